"""``cppp export`` as typed: three kinds of file, each with its own safeguards, and none without a trace."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import pytest

from cppp_cli.store import events, handover, pack, sealed
from cppp_cli.store.keys import derive

PHRASE = "gravel heron lantern pocket meadow"
MINE = "family-1"


@pytest.fixture
def phrase(tmp_path, monkeypatch):
    """The passphrase of the file that leaves, in a file as a script gives it."""

    def give(words=PHRASE):
        path = tmp_path / "phrase"
        path.write_text(f"{words}\n", encoding="utf-8", newline="\n")
        monkeypatch.setenv("CPPP_EXPORT_PASSPHRASE_FILE", str(path))

    give()
    return give


@pytest.fixture
def case(shelf):
    return shelf.references[MINE]


def read(path, words=PHRASE):
    return sealed.read(path, derive(words, sealed.salt_of(path)))


def left(look):
    return look(lambda db: [e for e in events.listed(db) if e.what in events.LEAVING])


def test_a_case_is_handed_over(cppp, phrase, case, look, shelf, tmp_path):
    done = cppp("export", case, "--to", tmp_path / "case.cppp")
    assert done.code == 0, done.err
    assert case in done.out
    assert PHRASE not in done.out + done.err
    assert "cppp import" in done.err
    came = handover.parse(read(tmp_path / "case.cppp"))
    assert came.summary.reference == case
    assert came.program.startswith("cppp ")
    (event,) = left(look)
    assert (event.what, event.case_id) == (events.EXPORT, shelf.cases[MINE])
    assert event.digest in done.err


def test_a_pack_is_made(cppp, phrase, case, look, tmp_path):
    done = cppp("export", case, "--about", "child-2", "--to", tmp_path / "p.cppp")
    assert done.code == 0, done.err
    assert "Theo Ashdown" in done.err, "the officer sees whom it is about"
    assert "Never to be handed out" in done.err
    assert "Theo Ashdown" in "\n".join(pack.parse(read(tmp_path / "p.cppp")).lines)
    assert [(e.what, e.detail) for e in left(look)] == [(events.PACK, "child-2")]


@pytest.mark.parametrize("name", ["x.db", "x.JSON", "x.sqlite"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_readable_copy_is_written_after_the_word(cppp, case, look, shelf, tmp_path, name, whole):
    path = tmp_path / name
    done = cppp("export", *([] if whole else [case]), "--plain", "--to", path, "--confirm", "readable")
    assert done.code == 0, done.err
    assert "not be encrypted" in done.err
    if name.endswith("JSON"):
        numbers = [row["case_number"] for row in json.loads(path.read_text(encoding="utf-8"))["case_file"]]
    else:
        with closing(sqlite3.connect(path)) as connection:
            numbers = [row[0] for row in connection.execute("SELECT case_number FROM case_file")]
    assert sorted(numbers) == (["ZE26P01234", "ZE26P01243"] if whole else ["ZE26P01234"])
    (event,) = left(look)
    assert (event.what, event.case_id) == (events.PLAIN_EXPORT, None if whole else shelf.cases[MINE])


@pytest.mark.parametrize("place", ["export CASE --plain", "--plain export CASE --plain"])
def test_plain_after_the_command_is_the_files_and_not_the_prompts(cppp, case, shelf, tmp_path, place):
    """Typed whole, as the program gets it: --plain before a command asks in plain lines, here it writes readably."""
    words = [*place.replace("CASE", case).split(), "--to", "x.db", "--confirm", "readable"]
    done = subprocess.run(
        [sys.executable, "-m", "cppp_cli", *words],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "x.db").read_bytes().startswith(b"SQLite format 3")


def test_a_note_that_was_left_half_way_goes_along_as_a_note(cppp, phrase, case, look, shelf, tmp_path):
    from cppp_cli.programme.answers import Answer
    from cppp_cli.store import forms, sessions

    look(lambda db: forms.FormSheet(db, shelf.cases[MINE], forms.NOTE).put("words", Answer("I am cold at night.")))
    assert cppp("export", case, "--to", tmp_path / "x.cppp").code == 0
    rows = handover.parse(read(tmp_path / "x.cppp")).rows
    assert [row["words"] for row in rows["safeguarding_note"]] == ["I am cold at night."]
    assert rows["form_answer"] == []
    assert len(look(lambda db: sessions.notes(db, shelf.cases[MINE]))) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("CASE", "--plain", "--to", "x.db"), 3, "--confirm readable"),
        (("CASE", "--plain", "--to", "x.db", "--confirm", "yes"), 2, "readable"),
        (("CASE", "--to", "x.cppp", "--confirm", "readable"), 2, "--plain"),
        (("CASE", "--plain", "--to", "x.docx", "--confirm", "readable"), 2, ".json"),
        (("CASE", "--plain", "--about", "child-1", "--to", "x.db"), 2, "--about"),
        (("--to", "x.cppp"), 2, "Say which case"),
        (("--about", "child-1", "--to", "x.cppp"), 2, "Say which case"),
        (("CASE", "--about", "child-9", "--to", "x.cppp"), 2, "adult-1, adult-2"),
        (("CASE", "--about", "Isla Ashdown", "--to", "x.cppp"), 2, "never a name"),
        (("2222", "--to", "x.cppp"), 6, "no case"),
        (("CASE", "--to", "nowhere/x.cppp"), 6, "no such folder"),
        (("CASE", "--to", "."), 2, "a folder"),
        (("CASE", "--to", "home/x.cppp"), 2, "the folder of the encrypted file"),
        (("CASE", "--to", "home/backups/x.cppp"), 2, "the folder of the encrypted file"),
        (("CASE", "--plain", "--to", "home/x.db", "--confirm", "readable"), 2, "the folder of the encrypted file"),
        (("CASE", "--to", "taken.cppp"), 7, "of that name"),
        (("CASE", "--plain", "--to", "taken.db", "--confirm", "readable"), 7, "of that name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_refused_leaves_nothing(cppp, phrase, case, look, tmp_path, words, code, said):
    for name in ("taken.cppp", "taken.db"):
        (tmp_path / name).write_bytes(b"mine")
    cppp("case", "list")  # makes the copy of the day
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    done = cppp("export", *[case if word == "CASE" else word for word in words])
    assert done.code == code, done.err
    assert said in done.err
    assert done.out == ""
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    assert left(look) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("short", "characters"),
        ("Isla Ashdown Theo Ashdown", "guessed"),
        ("OWN", "your own file"),
        ("RECOVERY", "recovery key"),
        ("", "CPPP_EXPORT_PASSPHRASE_FILE"),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused(cppp, phrase, case, look, shelf, tmp_path, words, said):
    phrase({"OWN": shelf.passphrase, "RECOVERY": shelf.recovery}.get(words, words))
    done = cppp("export", case, "--to", tmp_path / "x.cppp")
    assert done.code == 5
    assert said in done.err
    assert not (tmp_path / "x.cppp").exists()
    assert left(look) == []


@pytest.mark.parametrize("more", [(), ("--about", "child-1")])
def test_without_a_passphrase_and_without_a_terminal_nothing_is_written(cppp, case, tmp_path, more):
    done = cppp("export", case, *more, "--to", tmp_path / "x.cppp")
    assert done.code == 3
    assert "CPPP_EXPORT_PASSPHRASE_FILE" in done.err
    assert not (tmp_path / "x.cppp").exists()


def test_a_passphrase_file_that_is_not_there_is_named_rightly(cppp, case, tmp_path, monkeypatch):
    monkeypatch.setenv("CPPP_EXPORT_PASSPHRASE_FILE", str(tmp_path / "none"))
    done = cppp("export", case, "--to", tmp_path / "x.cppp")
    assert done.code == 5
    assert "CPPP_EXPORT_PASSPHRASE_FILE" in done.err


# ------------------------------------------------------------------------------------------- at a terminal


@pytest.fixture
def at_terminal(cppp, monkeypatch):
    """Run a command with somebody there: the secrets in turn, and the answers to questions in turn."""

    def run(*words, secrets=(), answers=()):
        typed, said, asked = list(secrets), list(answers), []

        def answer(text, given):
            asked.append(text)
            return given.pop(0)

        there = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
        skin = SimpleNamespace(ask=lambda prompt: answer(prompt.text, said), say=asked.append)
        monkeypatch.setattr("cppp_cli.commands.sealing.sys", there)
        monkeypatch.setattr("cppp_cli.commands.export.sys", there)
        monkeypatch.setattr("cppp_cli.commands.office.ask_hidden", lambda text, **_: answer(text, typed))
        monkeypatch.setattr("cppp_cli.commands.office.asker", lambda **_: skin)
        done = cppp(*words)
        assert (typed, said) == ([], []), "something was not asked for"
        return done, asked

    return run


def test_a_passphrase_is_asked_for_twice_until_it_will_do(at_terminal, case, shelf, tmp_path):
    secrets = ["short", shelf.passphrase, PHRASE, "something else", PHRASE, PHRASE]
    done, asked = at_terminal("export", case, "--to", tmp_path / "x.cppp", secrets=secrets)
    assert done.code == 0, done.err
    assert [text for text in asked if text == "The same again"] == ["The same again"] * 2
    assert "your own file" in done.err
    assert "The two differ" in done.err
    assert handover.parse(read(tmp_path / "x.cppp")).summary.reference == case


@pytest.mark.parametrize(("word", "code"), [("readable", 0), (" Readable", 0), ("yes", 130)])
def test_a_readable_copy_needs_the_word_typed(at_terminal, case, tmp_path, word, code):
    done, asked = at_terminal("export", case, "--plain", "--to", tmp_path / "x.db", answers=[word])
    assert done.code == code
    assert "readable" in asked[0]
    assert (tmp_path / "x.db").exists() is (code == 0)
