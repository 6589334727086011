"""Restoring, and changing the passphrase, as an officer types it at a terminal."""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import UTC, datetime

import pytest

from cppp_cli.store import backups
from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import derive, make_key, read_recovery, read_salt

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a console of Windows cannot be driven from another program")

NEW = "sparrow lantern cobalt meadow thimble"
NINE = datetime(2026, 8, 6, 9, tzinfo=UTC)
ENTER = "\r"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def path(shelf, home):
    return shelf.take("filled", home)


@pytest.fixture
def copy(shelf, home, path):
    """A copy of the file before anything was written in it."""
    empty = shelf.take("empty", home)
    with closing(open_file(empty, shelf.key)) as db:
        made = backups.make(db, home / "backups", NINE)
    shelf.take("filled", home)
    return made.path


def cases(path, key):
    with closing(connect(path, key)) as connection:
        return connection.execute("SELECT count(*) FROM case_file").fetchone()[0]


def groups(window):
    """The recovery key that is on the screen."""
    return "-".join(re.findall(r"^ {4}([0-9A-Z]{5}(?:-[0-9A-Z]{5})*)\s*$", window.text, re.MULTILINE)).split("-")


def ask_back(window):
    """Wait for the question about a group, and say which it is."""
    window.until_asked("From your paper: group ")
    window.expect(" of the new recovery key")
    return int(re.findall(r"group (\d+) of the new", window.text)[-1])


# ----------------------------------------------------------------------------------------------------- restore


@pytest.mark.parametrize(("word", "code", "left"), [("restore", 0, 0), ("yes", 130, 2), ("", 130, 2), ("\x03", 130, 2)])
def test_only_the_word_restore_puts_the_copy_in_place(window, shelf, home, path, copy, word, code, left):
    opened = window(home, "restore", copy.name, passphrase=shelf.recovery)
    opened.expect("Only in your file now, so it would be gone: ")
    opened.until_asked("Type the word restore")
    opened.send(word + ENTER if word != "\x03" else word)
    assert opened.end() == code
    assert cases(path, shelf.key) == left
    kept = list((home / "backups").glob("replaced-*.db"))
    assert [cases(each, shelf.key) for each in kept] == ([] if left else [2])


def test_two_passphrases_are_asked_for_where_there_are_two(window, shelf, home, path, copy):
    earlier = make_key("an earlier phrase of six words")
    backups.remake(copy, shelf.key, earlier)
    opened = window(home, "restore", copy.name)
    opened.expect("Passphrase (or recovery key): ")
    opened.send(shelf.recovery + ENTER)
    opened.expect("made under an earlier passphrase", "of the copy: ")
    opened.send("not that one" + ENTER)
    opened.expect("1 more try", "of the copy: ")
    opened.send("an earlier phrase of six words" + ENTER)
    opened.until_asked("Type the word restore")
    opened.send("restore" + ENTER)
    assert opened.end() == 0
    assert cases(path, shelf.key) == 0, "and it opens with the present key"


def test_a_file_that_does_not_open_any_more_is_replaced_with_the_copys_passphrase_alone(
    window, shelf, home, path, copy
):
    damaged = b"x" * 8192
    path.write_bytes(damaged)
    opened = window(home, "restore", copy.name)
    opened.expect("Passphrase (or recovery key): ")
    opened.send(shelf.recovery + ENTER)
    opened.expect("of your present file: ")
    opened.send(ENTER)
    opened.expect("cannot be compared")
    opened.until_asked("Type the word restore")
    opened.send("restore" + ENTER)
    assert opened.end() == 0
    assert cases(path, shelf.key) == 0
    (kept,) = (home / "backups").glob("replaced-*.db")
    assert kept.read_bytes() == damaged


# -------------------------------------------------------------------------------------------------- passphrase


def begin(window, home, text):
    opened = window(home, "passphrase")
    opened.expect("Present passphrase (or recovery key): ")
    opened.send(text + ENTER)
    opened.expect("New passphrase: ")
    return opened


def test_the_passphrase_is_changed_when_two_groups_are_typed_back(window, shelf, home, path):
    opened = begin(window, home, shelf.recovery)
    opened.send("short" + ENTER)
    opened.expect("at least 12 characters", "New passphrase: ")
    opened.send(NEW + ENTER)
    opened.expect("The same again: ")
    opened.send(NEW + " " + ENTER)
    opened.expect("The two differ", "New passphrase: ")
    opened.send(NEW + ENTER)
    opened.expect("The same again: ")
    opened.send(NEW + ENTER)
    first = ask_back(opened)
    assert read_salt(path) == shelf.key.salt, "nothing is replaced before"
    opened.send("AAAAA" + ENTER)
    assert ask_back(opened) == first, "a wrong one may be typed again"
    opened.send(groups(opened)[first - 1].lower() + ENTER)
    second = ask_back(opened)
    assert second != first
    assert read_salt(path) == shelf.key.salt
    opened.send(groups(opened)[second - 1] + ENTER)
    assert opened.end() == 0
    assert "The passphrase is changed." in opened.text
    salt = read_salt(path)
    assert read_recovery("-".join(groups(opened)), salt) == derive(NEW, salt)
    assert cases(path, derive(NEW, salt)) == 2
    assert NEW not in opened.text
    assert shelf.recovery not in opened.text


@pytest.mark.parametrize("how", ["three wrong groups", "left", "interrupted", "killed"])
def test_what_is_not_finished_changes_nothing(window, shelf, home, path, how):
    before = path.read_bytes()
    opened = begin(window, home, shelf.recovery)
    opened.send(NEW + ENTER)
    opened.expect("The same again: ")
    opened.send(NEW + ENTER)
    ask_back(opened)
    if how == "killed":
        opened.kill()
        assert len(list(home.glob("unfinished-*.db"))) == 1
    elif how == "three wrong groups":
        for _ in range(2):
            opened.send("AAAAA" + ENTER)
            ask_back(opened)
        opened.send("AAAAA" + ENTER)
        assert opened.end() == 3
    else:
        opened.send("\x03" if how == "interrupted" else ":s" + ENTER)
        assert opened.end() == 130
        assert "Nothing was changed" in opened.text
    assert path.read_bytes() == before
    if how == "killed":  # the next command clears it away
        assert window(home, "case", "list", passphrase=shelf.recovery).end() == 0
    assert {each.name for each in home.iterdir()} == {"officer.db", "backups"}


def test_at_the_keys_another_window_may_go_on_writing(window, shelf, home, path):
    opened = begin(window, home, shelf.recovery)
    opened.send(NEW + ENTER)
    opened.expect("The same again: ")
    opened.send(NEW + ENTER)
    number = ask_back(opened)
    with closing(open_file(path, shelf.key)) as another, another.atomic():
        another.execute("UPDATE officer SET team = 'saved meanwhile'")
    opened.send(groups(opened)[number - 1] + ENTER)
    number = ask_back(opened)
    opened.send(groups(opened)[number - 1] + ENTER)
    assert opened.end() == 0
    with closing(open_file(path, derive(NEW, read_salt(path)))) as db:
        assert db.execute("SELECT team FROM officer").fetchone() == ("saved meanwhile",)
