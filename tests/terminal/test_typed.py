"""Whole commands typed into a window of 80 columns, as an officer would, and what goes wrong while typing."""

from __future__ import annotations

import os
import time

import pytest

from cppp_cli.programme.answers import Answer
from cppp_cli.store import cases, officer, sessions
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import derive, read_salt

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a console of Windows cannot be driven from another program")

LOCKED, STOPPED = 5, 130


def type_all(window, who, *, first=1):
    """Every answer from a question on, then the review accepted; the command's exit code."""
    for number in range(first, len(who.line) + 1):
        who.give(window, number)
    window.until_asked("Type a number to change that answer")
    window.send("\r")
    return window.end()


def read(path, key, look):
    db = open_file(path, key)
    try:
        return look(db)
    finally:
        db.close()


def test_from_setting_up_to_the_first_session(window, typist, shelf, tmp_path):
    home = tmp_path / "home"
    opened = window(home, "init")
    opened.expect("Passphrase: ")
    opened.send("password\r")
    opened.expect("Passphrase: ")
    opened.send(f"{shelf.passphrase}\r")
    opened.expect("The same again: ")
    opened.send("something else\r")
    opened.expect("The two differ", "Passphrase: ")
    opened.send(f"{shelf.passphrase}\r")
    opened.expect("The same again: ")
    opened.send(f"{shelf.passphrase}\r")
    who = typist("", "init")
    assert type_all(opened, who) == 0
    assert shelf.passphrase not in opened.text.replace("\n", " ")
    path = home / "officer.db"
    key = derive(shelf.passphrase, read_salt(path))
    kept = read(path, key, officer.load)
    assert (kept.full_name, kept.working_days) == (who.answers["full_name"].value, frozenset(range(4)))

    opened = window(home, "new-case")
    opened.expect("Passphrase (or recovery key): ")
    opened.send(f"{shelf.passphrase}\r")
    who = typist("family-2", "new-case")
    assert type_all(opened, who) == 0
    (case,) = read(path, key, cases.listed)
    assert read(path, key, lambda db: cases.background(db, case.id, str)) == who.answers

    opened = window(home, "session", "log", case.reference, passphrase=shelf.passphrase)
    opened.until_asked("Which session do you log?")
    opened.send("1\r")
    who = typist("family-2", "parent-a")
    assert type_all(opened, who) == 0
    (session,) = read(path, key, lambda db: sessions.of_case(db, case.id))
    assert (session.name, session.state, session.answers) == ("parent-a", "finished", who.answers)


@pytest.mark.parametrize("name", ["child", "joint"])
def test_a_session_typed_to_the_end(window, typist, shelf, tmp_path, name):
    home = tmp_path / "home"
    path = shelf.take("opened", home)
    who = typist("family-1", name)
    opened = window(home, "session", "log", shelf.references["family-1"], name, passphrase=shelf.recovery)
    assert type_all(opened, who) == 0
    (session,) = read(path, shelf.key, lambda db: sessions.of_case(db, shelf.cases["family-1"]))
    assert (session.state, session.answers) == ("finished", who.answers)


def test_three_wrong_passphrases_and_nothing_is_asked(window, shelf, tmp_path):
    home = tmp_path / "home"
    before = shelf.take("opened", home).read_bytes()
    opened = window(home, "new-case")
    for left in ("2 more tries.", "1 more try.", None):
        opened.expect("Passphrase (or recovery key): ")
        opened.send("not the passphrase\r")
        if left:
            opened.expect(left)
    assert opened.end() == LOCKED
    assert "Question" not in opened.text
    assert "not the passphrase" not in opened.text
    assert (home / "officer.db").read_bytes() == before


def test_the_recovery_key_opens_it_too(window, shelf, tmp_path):
    shelf.take("opened", tmp_path / "home")
    opened = window(tmp_path / "home", "case", "list")
    opened.expect("Passphrase (or recovery key): ")
    opened.send(f"{shelf.recovery.lower()}\r")
    assert opened.end() == 0
    assert shelf.references["family-1"] in opened.text


@pytest.fixture
def at_obstacles(window, typist, shelf, tmp_path):
    """Windows that stand at the first long question of one draft of a session; its number; a look at the draft."""
    home, family, name = tmp_path / "home", "family-1", "parent-a"
    path, who, case_id = shelf.take("opened", home), typist("family-1", "parent-a"), shelf.cases["family-1"]
    number = 1 + [step.path for step in who.line].index("obstacles")
    db = open_file(path, shelf.key)
    draft = sessions.begin(db, case_id, name, lambda: "2026-08-06T09:00:00+00:00")
    sheet = sessions.sheet(db, draft, case_id, lambda: "2026-08-06T09:00:00+00:00")
    for place, answer in who.first(number - 1).items():
        sheet.put(place, answer)
    db.close()

    def open_window(**more):
        command = ("session", "log", shelf.references[family], name)
        opened = window(home, *command, passphrase=shelf.recovery, **more)
        opened.until_asked("go on with it")
        opened.send("1\r")
        opened.until_question(number)
        return opened

    def kept():
        return read(path, shelf.key, lambda db: sessions.of_case(db, case_id)[-1].answers)

    return open_window, number, kept


def test_ctrl_c_in_the_middle_of_a_long_answer(at_obstacles, keys):
    open_window, number, kept = at_obstacles
    opened = open_window()
    opened.send(keys.paste("Two lines\n:b of words"), keys.CTRL_C)
    assert opened.end() == STOPPED
    assert "Saved. Nothing is lost. To go on: cppp session log" in opened.text
    again = open_window()
    again.send(", and more", keys.CTRL_D)
    again.until_question(number + 1)
    again.send(":s\r")
    assert again.end() == STOPPED
    assert kept()["obstacles"] == Answer("Two lines\n:b of words, and more")


def test_two_windows_over_the_same_draft(at_obstacles, keys):
    """The first stands at a question while the second answers it and the next; both are told, nothing is replaced."""
    open_window, number, kept = at_obstacles
    first, second = open_window(), open_window()
    second.send("Told in the second", keys.CTRL_D)
    second.until_question(number + 1)
    second.send("The situation, in the second", keys.CTRL_D)
    second.until_question(number + 2)
    first.send("Told in the first", keys.CTRL_D)
    first.expect("in another window")
    first.until_question(number)
    assert "answered there: Told in the second" in " ".join(first.text.split())
    assert kept()["obstacles"] == Answer("Told in the second")
    first.send(" and in the second", keys.CTRL_D)
    first.until_question(number + 2)
    second.send("The network", keys.CTRL_D)
    second.until_question(number + 3)
    for each in (first, second):
        each.send(keys.CTRL_C)
        assert each.end() == STOPPED
    answers = kept()
    assert answers["obstacles"] == Answer("Told in the first and in the second")
    assert answers["situation"] == Answer("The situation, in the second")
    assert answers["network"] == Answer("The network")


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (5, 20), (60, 200)])
def test_a_window_of_another_size_and_one_that_changes(at_obstacles, keys, rows, columns):
    open_window, number, kept = at_obstacles
    opened = open_window(rows=rows, columns=columns)
    words = "A line of words that is longer than the window is wide, " * 20
    opened.send(keys.paste(words))
    for size in ((3, 10), (1, 1), (50, 132), (rows, columns)):
        opened.pty.setwinsize(*size)
        opened.send("x")
    opened.send(keys.CTRL_D)
    opened.until_question(number + 1)
    opened.send(keys.CTRL_C)
    assert opened.end() == STOPPED
    assert kept()["obstacles"] == Answer(f"{words}xxxx")


def test_plain_questions_on_a_terminal(window, typist, shelf, tmp_path):
    home = tmp_path / "home"
    shelf.take("empty", home)
    opened = window(home, "--plain", "new-case", passphrase=shelf.recovery)
    for asked, typed in (
        ("Case number", "ZE26P01234"),
        ("Family Court sitting at", ""),
        ("Judge or bench", "Judge Quill"),
        ("How did the case come to you?", ":b"),
        ("Judge or bench", ""),
        ("How did the case come to you?", "2"),
        ("Date of the order", "2 June 2026"),
        ("What did the order ask", ":s"),
    ):
        opened.expect(asked)
        opened.expect("\n")
        opened.send(f"{typed}\r")
    assert opened.end() == STOPPED
    assert "\x1b" not in opened.seen
    (draft,) = read(home / "officer.db", shelf.key, cases.drafts)
    kept = read(home / "officer.db", shelf.key, lambda db: cases.background(db, draft.id, str))
    assert {path: answer.value for path, answer in kept.items()} == {
        "case_number": "ZE26P01234",
        "court": "Northbridge",
        "judge": "Judge Quill",
        "route": "section_7",
        "order_date": "2026-06-02",
    }


def test_a_page_pasted_at_once_arrives_whole(at_obstacles, keys):
    open_window, number, kept = at_obstacles
    words = "\n".join(("ä" * 20_000, ":b", "", "**x** {{ a }} [b] {adult}", "👩‍👧"))
    opened = open_window()
    opened.send(keys.paste(words), keys.CTRL_D)
    opened.until_question(number + 1)
    opened.send(keys.CTRL_C)
    assert opened.end() == STOPPED
    assert kept()["obstacles"] == Answer(words)


def test_a_terminal_that_says_where_its_cursor_is(window, shelf, tmp_path):
    """prompt_toolkit asks; a list that took the reply for something typed would wait for it, and complain."""
    shelf.take("opened", tmp_path / "home")
    opened = window(
        tmp_path / "home",
        *("session", "log", shelf.references["family-1"]),
        passphrase=shelf.recovery,
        PROMPT_TOOLKIT_NO_CPR="",
    )
    opened.expect("\x1b[6n")
    opened.send("\x1b[1;1R")
    time.sleep(2.2)  # it gives up after two seconds
    opened.send(":s\r")
    assert opened.end() == STOPPED
    assert "WARNING" not in opened.text
    assert "[1;1R" not in opened.text
