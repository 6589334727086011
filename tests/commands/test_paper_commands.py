from __future__ import annotations

import json
import re
import stat
import sys
import zipfile
from datetime import UTC, datetime

import pytest

from cppp_cli.store import cases

KINDS = {"report": "cppp-report", "plan": "parenting-plan"}
NUMBERS = {"family-1": "ZE26P01234", "family-2": "ZE26P01243"}


@pytest.fixture
def write(cppp, shelf, tmp_path):
    """Write a document of a family into a folder of its own; the run and the names of the files there."""

    def run(command, family="family-1", *more, out="out"):
        words = [command, shelf.references[family], "--out", tmp_path / out, *more]
        if command == "report" and not {"--answers", "--final"} & set(more):
            words.append("--no-input")
        done = cppp(*words)
        return done, sorted(p.name for p in (tmp_path / out).iterdir()) if (tmp_path / out).exists() else []

    return run


def read(tmp_path, name, out="out"):
    return (tmp_path / out / name).read_bytes()


@pytest.mark.parametrize("command", KINDS)
@pytest.mark.parametrize("family", NUMBERS)
@pytest.mark.parametrize(
    ("formats", "endings"), [((), ("docx", "md")), (("--format", "md"), ("md",)), (("--format", "docx"), ("docx",))]
)
def test_a_document_is_written_in_the_formats_asked_for(write, tmp_path, command, family, formats, endings):
    done, names = write(command, family, *formats)
    assert done.code == 0
    stem = f"{NUMBERS[family]}-{KINDS[command]}-v1-draft"
    drawing = (
        [f"{NUMBERS[family]}-drawing-1-v1.png"]
        if (command, family) == ("report", "family-1") and "md" in endings
        else []
    )
    assert names == sorted([f"{stem}.{ending}" for ending in endings] + drawing)
    assert done.out.splitlines() == [
        f"Written: {tmp_path / 'out' / name}" for name in [f"{stem}.{e}" for e in reversed(endings)] + drawing
    ]
    assert "draft" in done.err
    if sys.platform != "win32":
        assert {stat.S_IMODE((tmp_path / "out" / name).stat().st_mode) for name in names} == {0o600}


def test_no_file_name_holds_the_name_of_a_person(write, shelf, look, tmp_path):
    """Not even when somebody was typed in as the case number."""
    from cppp_cli.programme.answers import Answer

    sheet = lambda db: cases.sheet(db, shelf.cases["family-1"], lambda: "2026-08-06T09:00:00+00:00")  # noqa: E731
    look(lambda db: sheet(db).put("case_number", Answer("ZE26P01234")))
    names = [
        name for command in KINDS for family in NUMBERS for name in write(command, family, out=f"{command}-{family}")[1]
    ]
    assert len(names) == 9
    assert all(re.fullmatch(r"ZE26P012(34|43)-[a-z0-9-]+\.(md|docx|png)", name) for name in names)


def test_the_same_words_are_the_same_file_whenever_they_are_written(write, tmp_path, monkeypatch, answers_file):
    """A second run a little later, with the same answers given again, finds its own files and leaves them."""
    from cppp_cli import clock

    answers = ("--answers", answers_file("family-1", "report"), "--no-input")
    done, names = write("report", "family-1", *answers)
    before = {name: (read(tmp_path, name), (tmp_path / "out" / name).stat().st_mtime_ns) for name in names}
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 6, 16, 42, 7, tzinfo=UTC))
    for command in (answers, ("--no-input",)):
        again, names = write("report", "family-1", *command)
        assert again.code == 0, again.err
        assert again.out == done.out
        assert {name: (read(tmp_path, name), (tmp_path / "out" / name).stat().st_mtime_ns) for name in names} == before


def test_another_day_does_not_make_another_file_of_the_same_words(cppp, shelf, tmp_path, open_desk):
    """A timetable bears no date of writing, so tomorrow's is today's."""
    import contextlib
    import io
    from datetime import date

    from cppp_cli.commands import schedule
    from cppp_cli.commands.paper import Wanted

    found = []
    desk = open_desk()
    for day in (date(2026, 8, 6), date(2026, 8, 9)):
        from cppp_cli.commands import demo

        with contextlib.redirect_stderr(io.StringIO()):
            paths = schedule.write_timetable(
                demo.on_day(desk, day), shelf.cases["family-1"], Wanted(out=tmp_path / "out")
            )
        found.append({path.name: path.read_bytes() for path in paths})
    assert found[0] == found[1]


def test_a_drawing_put_in_the_place_of_another_lies_beside_it(write, shelf, look, tmp_path):
    """Its file is not the old one's, so nothing is overwritten and nothing stands in the way."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.store import records, sessions

    _, first = write("report")

    def exchange(db):
        case_id = shelf.cases["family-1"]
        (row,) = db.query("SELECT data FROM picture WHERE case_id = ?", [case_id])
        number = records.add_picture(
            db, case_id, row["data"] + b"\0", "image/png", (1, 1), lambda: "2026-08-06T09:00:00+00:00"
        )
        child = next(s for s in sessions.of_case(db, case_id) if s.name == "child")
        finished = sessions.AmendingSheet(
            db, child.id, case_id=case_id, now=lambda: "2026-08-06T09:00:00+00:00", reason="a better photograph"
        )
        finished.put("letters.1.picture", Answer(number))
        return number

    number = look(exchange)
    done, names = write("report")
    assert done.code == 0
    assert set(names) - set(first) >= {f"ZE26P01234-drawing-{number}-v1.png", "ZE26P01234-cppp-report-v2-draft.md"}


def test_other_words_are_another_version_beside_the_first(write, tmp_path, answers_file):
    _, first = write("report")
    before = {name: read(tmp_path, name) for name in first}
    _, names = write("report", "family-1", "--answers", answers_file(summary="Something else."), "--no-input")
    assert set(names) - set(first) == {"ZE26P01234-cppp-report-v2-draft.md", "ZE26P01234-cppp-report-v2-draft.docx"}
    assert {name: read(tmp_path, name) for name in first} == before
    assert b"version 2" in read(tmp_path, "ZE26P01234-cppp-report-v2-draft.md")


@pytest.mark.parametrize("command", KINDS)
@pytest.mark.parametrize("ending", ["md", "docx"])
def test_a_file_changed_by_hand_is_replaced_only_when_asked(write, tmp_path, command, ending):
    write(command)
    path = tmp_path / "out" / f"ZE26P01234-{KINDS[command]}-v1-draft.{ending}"
    original = path.read_bytes()
    path.write_bytes(b"my own notes")
    done, _ = write(command)
    assert (done.code, done.out) == (7, "")
    assert path.read_bytes() == b"my own notes"
    done, _ = write(command, "family-1", "--overwrite")
    assert done.code == 0
    assert path.read_bytes() == original


@pytest.mark.parametrize("command", KINDS)
def test_a_format_there_is_not_is_told(write, command):
    done, names = write(command, "family-1", "--format", "pdf")
    assert (done.code, done.out, names) == (2, "", [])
    assert "md or docx" in done.err


@pytest.mark.parametrize("command", KINDS)
def test_documents_do_not_go_into_the_folder_of_the_encrypted_file(write, tmp_path, command):
    for out in ("home", "home/documents"):
        done, names = write(command, out=out)
        assert (done.code, done.out) == (2, "")
        assert not [name for name in names if name.endswith((".md", ".docx"))]


def test_a_file_where_the_folder_should_be_is_told(write, tmp_path, cppp, shelf):
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    done = cppp("plan", shelf.references["family-1"], "--out", tmp_path / "taken")
    assert (done.code, done.out) == (7, "")


def test_without_out_documents_go_where_the_officer_said(cppp, shelf, look, tmp_path):
    look(lambda db: db.execute("UPDATE officer SET documents = ?", [str(tmp_path / "of the officer")]))
    assert cppp("plan", shelf.references["family-1"], "--format", "md").code == 0
    assert [p.name for p in (tmp_path / "of the officer").iterdir()] == ["ZE26P01234-parenting-plan-v1-draft.md"]


def test_the_letter_comes_as_a_file_of_its_own_only_when_chosen_and_cleared(write, tmp_path):
    _, names = write("report")
    assert not [name for name in names if "letter" in name]
    _, names = write("report", "family-1", "--with-letter", out="with")
    assert [name for name in names if "letter" in name] == ["ZE26P01234-letter-from-child-1-v1.png"]
    done, names = write("report", "family-2", "--with-letter", out="other")
    assert done.code == 0
    assert not [name for name in names if name.endswith(".png")], "that drawing is cleared for nobody"
    assert "No letter or drawing is cleared" in done.err


def test_own_words_are_kept_and_can_be_changed_later(cppp, shelf, look, answers_file, tmp_path):
    reference, case_id = shelf.references["family-2"], shelf.cases["family-2"]
    before = look(lambda db: cases.report_sheet(db, case_id, str).answers())
    words = ("report", reference, "--no-input", "--out", tmp_path / "out", "--format", "md", "--answers")
    assert cppp(*words, answers_file(analysis="My own analysis.")).code == 0
    after = look(lambda db: cases.report_sheet(db, case_id, str).answers())
    assert after["analysis"].value == "My own analysis."
    assert {p: a for p, a in after.items() if p != "analysis"} == {p: a for p, a in before.items() if p != "analysis"}
    assert cppp(*words, answers_file(no_such="x")).code == 3


def test_the_questions_of_the_report_name_the_questions_of_the_order(cppp, shelf):
    done = cppp("report", shelf.references["family-1"], "--questions")
    assert (done.code, done.err) == (0, "")
    for path in (
        "summary",
        "order_answers.1.words",
        "order_answers.2.words",
        "checklist.g.words",
        "recommendations.1.rests_on",
    ):
        assert f"# {path} = " in done.out


def test_two_runs_on_two_machines_give_the_same_bytes(write, tmp_path, at_stage, monkeypatch):
    """The same file, another folder and hour: nothing of either is in the document."""
    from cppp_cli import clock

    write("report", "family-2", out="one")
    at_stage("filled")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 6, 22, 1, tzinfo=UTC))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    write("report", "family-2", out="two")
    for name in (p.name for p in (tmp_path / "one").iterdir()):
        assert read(tmp_path, name, "one") == read(tmp_path, name, "two"), name


def test_documents_of_both_families_lie_beside_each_other(write, tmp_path):
    for family in NUMBERS:
        for command in KINDS:
            done, names = write(command, family)
            assert done.code == 0
    assert {name.partition("-")[0] for name in names} == set(NUMBERS.values())
    for name in names:
        data = read(tmp_path, name)
        if name.endswith(".docx"):
            with zipfile.ZipFile(tmp_path / "out" / name) as archive:
                data = b"".join(archive.read(part) for part in archive.namelist())
        (other,) = set(NUMBERS.values()) - {name.partition("-")[0]}
        assert other.encode() not in data


def test_for_scripts_the_files_are_listed(cppp, shelf, tmp_path):
    for command, more in (("report", ["--no-input"]), ("plan", [])):
        done = cppp(command, shelf.references["family-1"], "--out", tmp_path / command, "--json", *more)
        listed = json.loads(done.out)["result"]
        assert sorted(listed) == sorted(str(p) for p in (tmp_path / command).iterdir())
