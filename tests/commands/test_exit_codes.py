"""Every exit code, reached as an officer or a script would reach it, with a sentence and nothing on standard output."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cppp_cli.errors import CpppError
from cppp_cli.store.keys import Key

CASE = "CASE"
OF_A_CASE = [
    ("case", "show", CASE), ("case", "edit", CASE, "--no-input"), ("case", "pause", CASE), ("case", "resume", CASE),
    ("case", "return", CASE, "--no-input"), ("session", "log", CASE, "parent-a", "--no-input"),
    ("session", "show", CASE, "child"), ("session", "amend", CASE, "child", "--no-input"), ("session", "notes", CASE),
    ("session", "stop", CASE), ("schedule", "show", CASE), ("report", CASE, "--no-input"), ("plan", CASE),
    ("schedule", "move", CASE, "child", "--to", "2026-09-01", "--reason", "child"), ("history", CASE),
    ("undo", CASE, "--yes"), ("case", "close", CASE, "--no-input"), ("case", "reopen", CASE),
    ("case", "hold", CASE, "--for", "appeal"), ("case", "confirm", CASE, "--no-input"),
    ("case", "erase", CASE, "--reason", "opened-in-error", "--confirm", "x"), ("nights", CASE),
    ("agreement", "log", CASE, "--no-input"), ("agreement", "show", CASE), ("agreement", "history", CASE),
    ("agreement", "compare", CASE), ("agreement", "check", CASE), ("agreement", "terms", CASE, "terms.csv"),
    ("agreement", "calendar", CASE, "now", "--no-input"), ("agreement", "read", "answers.json", "--case", CASE),
    ("agreement", "form", CASE, "--for", "parent-a", "--no-input"), ("plan", CASE, "--for", "child"),
]  # fmt: skip
NEEDS_THE_FILE = [(), ("case", "list"), ("new-case", "--no-input"), ("unlock",), *OF_A_CASE]


def named(command, case):
    return [case if word == CASE else word for word in command]


def told(done, code):
    """It ended so, with one sentence on standard error and no result."""
    assert done.code == code
    assert done.out == ""
    *notes, last = done.err.splitlines()
    assert all(line.startswith("Note: ") for line in notes)
    assert last.startswith("Error: ")
    assert last.endswith(".")


def ids(command):
    return " ".join(command) or "cppp"


@pytest.mark.parametrize("command", OF_A_CASE, ids=ids)
def test_6_a_case_that_is_not_there(cppp, command):
    for name in ("2222", "Isla"):
        told(cppp(*named(command, name)), 6)


@pytest.mark.parametrize("command", NEEDS_THE_FILE[1:], ids=ids)
def test_6_no_file_yet(cppp, shelf, tmp_path, command):
    (tmp_path / "home" / "officer.db").unlink()
    done = cppp(*named(command, shelf.references["family-1"]))
    told(done, 6)
    assert "cppp init" in done.err


@pytest.mark.parametrize("command", NEEDS_THE_FILE, ids=ids)
def test_5_locked_and_nobody_to_ask(cppp, shelf, monkeypatch, command):
    monkeypatch.delenv("CPPP_PASSPHRASE")
    done = cppp(*named(command, shelf.references["family-1"]))
    told(done, 5)
    assert "cppp unlock" in done.err


@pytest.mark.parametrize("wrong", ["another phrase altogether", "KEY"])
def test_5_a_wrong_passphrase_or_recovery_key(cppp, shelf, monkeypatch, tmp_path, wrong):
    from cppp_cli.store.keys import recovery_text

    before = (tmp_path / "home" / "officer.db").read_bytes()
    given = recovery_text(Key(os.urandom(32), os.urandom(16))) if wrong == "KEY" else wrong
    monkeypatch.setenv("CPPP_PASSPHRASE", given)
    done = cppp("case", "list")
    told(done, 5)
    assert given not in done.err
    assert (tmp_path / "home" / "officer.db").read_bytes() == before


def test_5_a_passphrase_file_that_is_not_there(cppp, monkeypatch, tmp_path):
    monkeypatch.setenv("CPPP_PASSPHRASE_FILE", str(tmp_path / "nowhere"))
    told(cppp("case", "list"), 5)


def test_the_passphrase_itself_opens_the_file_too(cppp, shelf, monkeypatch):
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.passphrase)
    assert cppp("case", "list").code == 0


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("case",), ("case", "nonsense"), ("case", "list", "--nonsense"), ("case", "show"), ("schedule", "move", "2222"),
     ("unlock", "--hours", "0"), ("unlock", "--hours", "25"), ("unlock", "--hours", "x"), ("report", "2222", "--format", "pdf"),
     ("nights",), ("nights", "2222", "--pattern", "9-5"), ("nights", "--pattern", "nonsense"), ("nights", "--pattern", ""),
     ("nights", "--pattern", "9-5", "--weeks", "2", "--days", "3"), ("nights", "--pattern", "9-5", "--days", "0"),
     ("nights", "--pattern", "9-5", "--from", "never"), ("nights", "--pattern", "9-5", "--handover", "7"),
     ("nights", "--pattern", "9-5", "--compare", "week"), ("plan", "2222", "--for", "parent"), ("agreement",),
     ("agreement", "show", "2222", "--entry", "x"), ("agreement", "calendar", "2222", "theirs"), ("agreement", "form", "2222"),
     ("agreement", "form", "2222", "--for", "B"), ("agreement", "read"), ("agreement", "terms", "2222")],
    ids=" ".join,
)  # fmt: skip
def test_2_a_command_line_that_cannot_be(cppp, words):
    done = cppp(*words)
    assert done.code == 2
    assert done.out == "" or "Usage" in done.out  # a group without a command shows its help


def test_2_a_date_of_today_that_is_none(cppp, monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", "yesterday")
    told(cppp("case", "list"), 2)


def test_3_questions_and_nobody_to_answer_them(cppp, shelf):
    for words in (("new-case",), ("session", "log", CASE, "joint"), ("session", "stop", CASE), ("report", CASE),
                  ("case", "edit", CASE), ("case", "return", CASE), ("session", "amend", CASE, "joint"), ("agreement", "log", CASE),
                  ("agreement", "calendar", CASE, "now"), ("agreement", "form", CASE, "--for", "parent-a")):  # fmt: skip
        done = cppp(*named(words, shelf.references["family-1"]))
        told(done, 3)
        assert "terminal" in done.err


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"a,b\n1,2\n", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_3_term_dates_that_cannot_be_read(cppp, tmp_path, content):
    path = tmp_path / "terms.csv"
    if content is not None:
        path.write_bytes(content)
    told(cppp("nights", "--pattern", "9-5", "--terms", path), 3)


def test_7_a_calendar_file_in_the_place_of_another(cppp, tmp_path):
    path = tmp_path / "nights.ics"
    path.write_bytes(b"mine")
    told(cppp("nights", "--pattern", "9-5", "--ics", path), 7)
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("command", [("case", "pause", CASE), ("report", CASE, "--correct")], ids=ids)
def test_4_what_does_not_apply(cppp, shelf, command):
    told(cppp(*named(command, shelf.references["family-1"])), 4)


def test_7_a_file_that_another_program_writes_to(cppp, shelf, tmp_path, monkeypatch):
    from cppp_cli.store import encrypted

    path = tmp_path / "home" / "officer.db"
    real = encrypted._open
    monkeypatch.setattr(encrypted, "_open", lambda p, key, _, *, new: real(p, key, 0.05, new=new))
    other = encrypted.connect(path, shelf.key)
    other.execute("BEGIN IMMEDIATE")
    before = path.read_bytes()
    done = cppp(
        "case", "edit", shelf.references["family-1"], "--no-input", "--answers", "-", stdin='judge = "DJ Oakes"\n'
    )
    assert (done.code, done.out) == (7, "")
    assert "in use" in done.err
    assert path.read_bytes() == before
    other.close()


def damage(path, how):
    data = bytearray(path.read_bytes())
    if how == "a byte":
        data[4096 + len(data) % 4000] ^= 1  # of the second page, which every command reads
    elif how == "cut short":
        del data[-100:]
    elif how == "a page missing":
        del data[-4096:]
    elif how == "empty":
        data.clear()
    else:
        data[:16] = b"SQLite format 3\0"
    path.write_bytes(data)


@pytest.mark.parametrize("how", ["a byte", "cut short", "a page missing", "empty", "not encrypted"])
def test_9_a_damaged_file_is_told_and_left(cppp, shelf, tmp_path, how):
    path = tmp_path / "home" / "officer.db"
    damage(path, how)
    before = path.read_bytes()
    codes = set()
    for command in (
        ("case", "list"),
        ("case", "show", CASE),
        ("session", "show", CASE, "child"),
        ("report", CASE, "--no-input", "--out", tmp_path / "o"),
    ):
        done = cppp(*named(command, shelf.references["family-1"]))
        codes.add(done.code)
        assert done.code in {0, 9}
    assert 9 in codes
    assert path.read_bytes() == before


def test_9_a_file_of_a_newer_program_is_told_and_left(cppp, look, tmp_path):
    look(lambda db: db.table("_sqlite_migrations").insert({"migration_set": "cppp", "name": "m900", "applied_at": ""}))
    path = tmp_path / "home" / "officer.db"
    before = path.read_bytes()
    for command in (("case", "list"), ("new-case", "--no-input"), ("unlock",)):
        done = cppp(*command)
        told(done, 9)
        assert "newer version" in done.err
    assert path.read_bytes() == before


def test_9_a_file_whose_setup_was_never_finished(cppp, look):
    look(lambda db: db.execute("DELETE FROM officer"))
    told(cppp("case", "list"), 9)


def test_1_a_mistake_of_the_program_shows_a_line_and_no_traceback(tmp_path, shelf):
    """In a process of its own: an exception nobody foresaw, with a name in its text."""
    shelf.take("filled", tmp_path / "home")
    code = (
        "import sys; from cppp_cli import cli; from cppp_cli.store import cases\n"
        "def listed(db): raise RuntimeError('Isla Ashdown')\n"
        "cases.listed = listed; sys.argv = ['cppp', 'case', 'list']; cli.run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "CPPP_PASSPHRASE": shelf.recovery},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "Isla" not in done.stderr
    assert "RuntimeError at " in done.stderr


def test_every_code_of_the_contract_is_one_of_a_class():
    """The README and the help page list these numbers; a new class must take one of them."""

    def classes(parent):
        for child in parent.__subclasses__():
            yield child
            yield from classes(child)

    assert {child.exit_code for child in classes(CpppError)} == {2, 3, 4, 5, 6, 7, 8, 9, 130}
