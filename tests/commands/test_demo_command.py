from __future__ import annotations

import re
import tempfile

import pytest


@pytest.fixture
def made(run_cppp, tmp_path, monkeypatch):
    """The demo run as somebody types it who has set up nothing, with all that was left on the disk."""
    monkeypatch.delenv("CPPP_TODAY")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return run_cppp("demo", "--out", tmp_path / "demo")


def test_the_demo_needs_nothing_and_leaves_only_its_documents(made, tmp_path):
    assert made.code == 0
    names = sorted(p.name for p in (tmp_path / "demo").iterdir())
    assert made.out.splitlines() == [line for line in made.out.splitlines() if line.startswith("Written: ")]
    assert sorted(line.rpartition("demo/")[2] or line.rpartition("\\")[2] for line in made.out.splitlines()) == names
    for number in ("ZE26P01234", "ZE26P01243"):
        for kind in ("cppp-report", "parenting-plan", "timetable"):
            assert {f"{number}-{kind}-v1-draft.md", f"{number}-{kind}-v1-draft.docx"} <= set(names)
    assert all(re.fullmatch(r"ZE26P012(34|43)-[a-z0-9-]+\.(md|docx|png)", name) for name in names)
    assert list((tmp_path / "temporary").iterdir()) == [], "the throw-away file is gone"
    assert not (tmp_path / "home").exists(), "nothing of the officer's is touched"


def test_the_demo_says_what_it_did_and_what_to_type_next(made):
    assert "made up" in made.err
    assert "cppp init" in made.err
    assert "cppp new-case" in made.err


def test_a_second_demo_finds_its_files_as_they_are(made, run_cppp, tmp_path):
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in (tmp_path / "demo").iterdir()}
    again = run_cppp("demo", "--out", tmp_path / "demo")
    assert (again.code, again.out) == (0, made.out)
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in (tmp_path / "demo").iterdir()} == before


def test_what_the_demo_says_is_kept_back_is_kept_back(made, tmp_path):
    """Its own claims: the statement marked nobody, and every confidential address."""
    import zipfile

    kept_back = (
        "pretend to be asleep",
        "telephone under the stairs",
        "Larkspur",
        "Tanner",
        "01632 960",
        "Tearful",
        "sorry about the message",
    )
    for path in (tmp_path / "demo").iterdir():
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(part) for part in archive.namelist())
        assert [words for words in kept_back if words.encode() in data] == [], path.name


# ---------------------------------------------------------------------------------- templates


def test_templates_are_listed_without_a_file_of_the_officer(run_cppp, tmp_path):
    done = run_cppp("template", "list")
    assert done.code == 0
    assert "cppp_report.md.j2\tshipped" in done.out
    assert not (tmp_path / "home").exists()


def test_a_template_is_copied_once_and_then_wins(cppp, shelf, tmp_path):
    assert cppp("template", "copy", "parenting_plan.md.j2").code == 0
    own = tmp_path / "home" / "templates" / "parenting_plan.md.j2"
    assert "your office's" in cppp("template", "list").out
    again = cppp("template", "copy", "parenting_plan.md.j2")
    assert (again.code, again.out) == (7, "")
    own.write_text(own.read_text(encoding="utf-8") + "\nA line of our own.\n", encoding="utf-8")
    assert cppp("template", "check").code == 0
    assert cppp("plan", shelf.references["family-1"], "--out", tmp_path / "out", "--format", "md").code == 0
    (plan,) = (tmp_path / "out").iterdir()
    assert plan.read_text(encoding="utf-8").endswith("A line of our own.\n")


def test_a_template_that_is_not_there_is_told(cppp):
    for name in ("no_such.md.j2", "../cppp_cli/cli.py", ""):
        done = cppp("template", "copy", name)
        assert (done.code, done.out) == (6, "")


@pytest.mark.parametrize(
    ("name", "line", "says"),
    [
        ("cppp_report.md.j2", "{{ adults.1.address }}", "nothing called 'adults'"),
        ("cppp_report_returned.md.j2", "{{ reason }}", "nothing called 'reason'"),
        ("parenting_plan.md.j2", "{% if %}", "line"),
        ("timetable.md.j2", "{{ children }}", "nothing called 'children'"),
        ("_signature.md.j2", "{{ author.phone }}", "phone"),
    ],
)
def test_a_template_with_a_fault_is_told_with_file_and_line_and_writes_nothing(cppp, shelf, tmp_path, name, line, says):
    cppp("template", "copy", name)
    own = tmp_path / "home" / "templates" / name
    lines = own.read_text(encoding="utf-8").splitlines()
    own.write_text("\n".join([*lines, "", line, ""]), encoding="utf-8")
    done = cppp("template", "check")
    assert (done.code, done.out) == (3, "")
    assert f"{name}, line {len(lines) + 2}:" in done.err
    assert says in done.err
    if name == "cppp_report.md.j2":
        report = cppp("report", shelf.references["family-1"], "--no-input", "--out", tmp_path / "out")
        assert (report.code, report.out) == (3, "")
        assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
