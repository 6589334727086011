"""The one shape of --json: for every reading command, when it goes well and when it does not."""

from __future__ import annotations

import json

import pytest

READING = {
    "case list": ("case", "list"),
    "case show": ("case", "show", "CASE"),
    "session show": ("session", "show", "CASE", "child"),
    "session notes": ("session", "notes", "CASE"),
    "schedule show": ("schedule", "show", "CASE"),
    "report": ("report", "CASE", "--no-input", "--out", "OUT"),
    "plan": ("plan", "CASE", "--out", "OUT"),
    "agreement show": ("agreement", "show", "CASE"),
    "agreement history": ("agreement", "history", "CASE"),
    "agreement compare": ("agreement", "compare", "CASE"),
    "agreement check": ("agreement", "check", "CASE"),
    "template list": ("template", "list"),
}
OF_A_CASE = [name for name, words in READING.items() if "CASE" in words]
NEEDS_THE_FILE = [name for name in READING if name != "template list"]
KEYS = ["schema", "command", "ok", "result", "warnings", "error"]


@pytest.fixture
def asked(cppp, shelf, tmp_path):
    """Run a reading command with --json; its envelope, checked for shape, and how it ended."""

    def ask(name, *, case=shelf.references["family-1"], before=()):
        words = [{"CASE": case, "OUT": str(tmp_path / "out")}.get(word, word) for word in READING[name]]
        done = cppp(*before, *words, "--json")
        lines = done.out.splitlines()
        assert len(lines) == 1, "one object on one line, and nothing beside it"
        found = json.loads(lines[0])
        assert list(found) == KEYS
        assert found["schema"] == "cppp/1"
        assert found["ok"] is (done.code == 0)
        assert isinstance(found["warnings"], list)
        assert all(isinstance(warning, str) for warning in found["warnings"])
        if found["ok"]:
            assert found["error"] is None
            assert found["result"] is not None
        else:
            assert found["result"] is None
            assert list(found["error"]) == ["kind", "message", "exit_code"]
            assert found["error"]["exit_code"] == done.code
            assert found["error"]["message"] in done.err
        return found, done

    return ask


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("before", [(), ("--plain",)])
def test_what_goes_well_has_the_shape(asked, name, before):
    found, done = asked(name, before=before)
    assert done.code == 0
    assert found["command"] == name


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_case_that_is_not_there_has_the_shape(asked, name):
    found, done = asked(name, case="2222")
    assert done.code == 6
    assert found["error"]["kind"] == "NotFoundError"
    assert found["command"] == name


@pytest.mark.parametrize("name", NEEDS_THE_FILE)
def test_a_file_that_is_locked_has_the_shape(asked, monkeypatch, name):
    monkeypatch.delenv("CPPP_PASSPHRASE")
    found, done = asked(name)
    assert done.code == 5
    assert (found["command"], found["error"]["kind"]) == (name, "LockedError")


@pytest.mark.parametrize("name", NEEDS_THE_FILE)
def test_no_file_at_all_has_the_shape(asked, tmp_path, name):
    (tmp_path / "home" / "officer.db").unlink()
    found, done = asked(name)
    assert (done.code, found["command"]) == (6, name)


def test_a_document_that_would_overwrite_has_the_shape(asked, tmp_path):
    asked("plan")
    for path in (tmp_path / "out").iterdir():
        path.write_bytes(b"mine")
    found, done = asked("plan")
    assert (done.code, found["error"]["kind"]) == (7, "ConflictError")


def test_a_template_check_has_the_shape(cppp, tmp_path):
    done = cppp("template", "check", "--json")
    assert json.loads(done.out)["ok"] is True
    cppp("template", "copy", "timetable.md.j2")
    (tmp_path / "home" / "templates" / "timetable.md.j2").write_text("{{ nothing }}\n", encoding="utf-8")
    done = cppp("template", "check", "--json")
    found = json.loads(done.out)
    assert (done.code, found["ok"], found["command"]) == (3, False, "template check")
    assert "timetable.md.j2, line 1" in found["error"]["message"]


@pytest.mark.parametrize(("mine", "other"), [("family-1", "family-2"), ("family-2", "family-1")])
def test_what_scripts_read_of_one_case_has_nothing_of_the_other(asked, shelf, mine, other):
    words = {"family-1": ("Isla", "Theo Ashdown", "Leanne", "Daniel", "ZE26P01234"),
             "family-2": ("Isaac", "Thea", "Leonie", "Margaret", "ZE26P01243")}  # fmt: skip
    for name in OF_A_CASE:
        found, _ = asked(name, case=shelf.references[mine])
        text = json.dumps(found, ensure_ascii=False)
        assert not [word for word in (*words[other], shelf.references[other]) if word in text]
        if name == "case show":
            assert not [word for word in words[mine] if word not in text]


def test_dates_are_iso_and_nothing_is_a_python_repr(asked):
    text = json.dumps([asked(name)[0] for name in READING])
    assert "datetime" not in text
    assert "2026-08-27" in text
    assert "(" not in json.dumps(asked("case list")[0])
