"""``cppp backup`` and ``cppp restore`` as typed: what they say, what they leave, how they end."""

from __future__ import annotations

import hashlib
import os
import re
import time
from contextlib import closing
from pathlib import Path

import pytest

from cppp_cli import show
from cppp_cli.store import backups, erasing, events
from cppp_cli.store.contents import verify
from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key, derive, read_salt


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


def made(out):
    """The path a command printed."""
    (path,) = re.findall(r"^\S.*backups.officer-\S+\.db$", out, re.MULTILINE)
    return path


def copies(home):
    return [each.path.name for each in backups.listed(home / "backups")]


def rows(path, key):
    telling = {"unit", "change", "link", "event", "sqlite_sequence"}
    with closing(connect(path, key)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            t: sorted(connection.execute(f'SELECT * FROM "{t}"').fetchall(), key=repr)
            for t in tables
            if t not in telling
        }


# ------------------------------------------------------------------------------------------------------- backup


def test_backup_says_what_is_in_the_copy_and_where_it_is(cppp, shelf, home, look):
    done = cppp("backup")
    assert done.code == 0
    sessions = look(lambda db: db.execute("SELECT count(*) FROM session WHERE state <> 'discarded'").fetchone()[0])
    assert f"2 cases, {sessions} sessions, " in done.out
    path = made(done.out)
    assert path_of(home, path).name in copies(home)
    verify(path_of(home, path), shelf.key)
    assert rows(path_of(home, path), shelf.key) == rows(home / "officer.db", shelf.key)
    assert shelf.recovery not in done.out + done.err


def path_of(home, printed):
    return home / "backups" / Path(printed).name


def test_backup_to_a_stick_is_checked_there_and_remembered(cppp, shelf, home, stick, look):
    done = cppp("backup", "--to", stick)
    assert done.code == 0
    (there,) = stick.iterdir()
    assert str(there) in done.out.splitlines()
    assert there.read_bytes() == path_of(home, made(done.out)).read_bytes()
    verify(there, shelf.key)
    (event,) = look(lambda db: events.listed(db, events.COPIED))
    assert event.path == str(there)
    assert event.digest == hashlib.sha256(there.read_bytes()).hexdigest()
    assert event.at.startswith("2026-08-06T09:00:00")
    assert event.case_id is None


@pytest.mark.parametrize("inside", ["", "backups", "templates/deep"])
def test_the_officers_folder_is_no_other_place(cppp, home, inside):
    (home / inside).mkdir(parents=True, exist_ok=True)
    before = copies(home)
    done = cppp("backup", "--to", home / inside)
    assert (done.code, done.out) == (2, "")
    assert copies(home) == before


def test_a_way_round_into_the_officers_folder_is_noticed(cppp, home, tmp_path):
    (home / "backups").mkdir(mode=0o700, exist_ok=True)
    try:
        (tmp_path / "link").symlink_to(home / "backups")
    except OSError:
        pytest.skip("this account may make no links")
    assert cppp("backup", "--to", tmp_path / "link").code == 2


def test_a_stick_that_is_not_there_is_told_before_anything_is_made(cppp, home, stick):
    before = copies(home)
    done = cppp("backup", "--to", stick / "no")
    assert (done.code, done.out) == (6, "")
    assert copies(home) == before
    assert not (stick / "no").exists()


def test_a_folder_that_is_copied_to_a_service_is_remarked_on(cppp, tmp_path):
    (tmp_path / "Dropbox").mkdir()
    done = cppp("backup", "--to", tmp_path / "Dropbox")
    assert done.code == 0
    assert "Dropbox" in done.err


def test_a_second_cppp_that_copies_is_told(cppp, home):
    from cppp_cli.store.replacing import turn

    cppp("backup")
    with turn(home / "backups"):
        done = cppp("backup")
    assert done.code == 7
    assert "Another cppp" in done.err


# ------------------------------------------------------------------------------------------------------ restore


@pytest.fixture
def earlier(cppp, shelf, home, at_stage):
    """A copy from when both cases were open and no session was held; the file has gone on since."""
    at_stage("opened")
    path = path_of(home, made(cppp("backup").out))
    at_stage("filled")
    return path


def said(done):
    """The lines of the comparison, by label."""
    return {line.split("\t")[0]: line.split("\t")[1:] for line in done.out.splitlines() if "\t" in line}


def test_alone_it_lists_the_copies(cppp, home, earlier):
    done = cppp("restore")
    assert done.code == 0
    listed = [line.split("\t") for line in done.out.splitlines()]
    assert listed[0] == ["Made", "For", "Size", "Copy"]
    assert [line[3] for line in listed[1:]] == list(reversed(copies(home)))
    assert listed[-1][:2] == ["Thu 6 Aug 2026, 09:00", "day"]


def test_without_any_copy_it_says_so_and_needs_no_file(run_cppp):
    done = run_cppp("restore")
    assert (done.code, done.err) == (0, "")
    assert "no copy" in done.out


def test_a_copy_is_named_by_as_much_as_no_other_has(cppp, home, earlier):
    (home / "backups" / "officer-20260806-101500.db").write_bytes(earlier.read_bytes())
    several = cppp("restore", "officer-20260806-", "--preview")
    assert (several.code, several.out) == (6, "")
    assert cppp("restore", "officer-20260806-10", "--preview").code == 0
    assert cppp("restore", "officer-2027", "--preview").code == 6


@pytest.mark.parametrize("by_name", [True, False])
def test_preview_tells_what_would_change_and_changes_nothing(cppp, shelf, home, earlier, look, by_name):
    sessions = look(lambda db: db.execute("SELECT count(*) FROM session WHERE state <> 'discarded'").fetchone()[0])
    before = (home / "officer.db").read_bytes(), earlier.read_bytes(), copies(home)
    done = cppp("restore", earlier.name if by_name else earlier, "--preview")
    assert done.code == 0
    assert said(done)["Cases"] == ["2", "2"]
    assert said(done)["Sessions"] == ["0", str(sessions)]
    assert said(done)["Last change to a case"][0] != said(done)["Last change to a case"][1]
    assert ((home / "officer.db").read_bytes(), earlier.read_bytes(), copies(home)) == before


def test_preview_names_the_cases_that_would_come_and_go_by_reference(cppp, shelf, home, earlier, look, answers_file):
    one, two = shelf.references.values()
    assert cppp("new-case", "--no-input", "--answers", answers_file("family-1")).code == 0
    (new,) = look(lambda db: {row[0] for row in db.execute("SELECT reference FROM case_file")} - {one, two})
    with closing(open_file(home / "officer.db", shelf.key)) as db:
        erasing.erase(db, erasing.find(db, one), lambda _: "", lambda: "2026-08-06T09:00:00+00:00")
        erasing.finish(db)
    done = cppp("restore", earlier, "--preview")
    gone, again = (
        next(line for line in done.out.splitlines() if line.startswith(word))
        for word in ("Only in your file", "Erased since")
    )
    assert gone.endswith(f": {new}")
    assert again.endswith(f": {one}")
    assert "Only in the copy" not in done.out


def test_without_a_terminal_nothing_is_replaced(cppp, home, earlier):
    before = (home / "officer.db").read_bytes()
    done = cppp("restore", earlier)
    assert (done.code, done.out) == (3, "")
    assert "--preview" in done.err
    assert (home / "officer.db").read_bytes() == before


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("a byte changed", 9), ("cut short", 9), ("empty", 9), ("a letter", 9), ("not encrypted", 9), ("newer", 9),
        ("of another program", 9), ("missing", 6), ("the file itself", 2),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_refused(cppp, shelf, home, earlier, how, code):
    content = bytearray(earlier.read_bytes())
    changed = content[:]
    changed[-3000] ^= 1
    contents = {
        "a byte changed": changed, "cut short": content[:-100], "empty": b"", "a letter": b"Dear Sir, " * 1000,
        "not encrypted": b"SQLite format 3\0" + content[16:],
    }  # fmt: skip
    name = earlier
    if how in contents:
        earlier.write_bytes(contents[how])
    elif how == "missing":
        name = "officer-20200101-090000.db"
    elif how == "the file itself":
        name = home / "officer.db"
    else:
        with closing(connect(earlier, shelf.key)) as copy:
            if how == "newer":
                copy.execute(
                    "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('cppp', 'm900', '')"
                )
                copy.commit()
            else:
                copy.execute("PRAGMA application_id = 7")
    before = (home / "officer.db").read_bytes()
    done = cppp("restore", name, "--preview")
    assert done.code == code
    assert done.err.splitlines()[-1].startswith("Error: ")
    assert (home / "officer.db").read_bytes() == before


def test_a_wrong_passphrase_is_told(cppp, monkeypatch, earlier):
    monkeypatch.setenv("CPPP_PASSPHRASE", "another phrase altogether")
    done = cppp("restore", earlier, "--preview")
    assert (done.code, done.out) == (5, "")


def test_nobody_to_ask_is_told(cppp, monkeypatch, earlier):
    monkeypatch.delenv("CPPP_PASSPHRASE")
    done = cppp("restore", earlier, "--preview")
    assert (done.code, done.out) == (3, "")
    assert "CPPP_PASSPHRASE_FILE" in done.err


@pytest.mark.parametrize("how", ["missing", "first page", "later page", "empty"])
def test_preview_works_without_a_file_that_opens(cppp, shelf, home, earlier, how):
    path = home / "officer.db"
    content = bytearray(path.read_bytes())
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    else:
        content[100 if how == "first page" else -3000] ^= 1
        path.write_bytes(content)
    done = cppp("restore", earlier, "--preview")
    assert done.code == 0
    assert said(done)["Cases"][0] == "2"
    assert "cannot be compared" in done.out
    assert "In your file now" not in done.out


def test_a_copy_under_an_earlier_passphrase_opens_with_that_one(cppp, shelf, home, earlier, monkeypatch):
    """The supplied passphrase opens the copy; the present file, which has another, is left out of the comparison."""
    phrase = "an earlier phrase of six words"
    backups.remake(earlier, shelf.key, derive(phrase, os.urandom(16)))
    monkeypatch.setenv("CPPP_PASSPHRASE", phrase)
    done = cppp("restore", earlier, "--preview")
    assert done.code == 0
    assert said(done)["Cases"] == ["2"]
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.recovery)
    assert cppp("restore", earlier, "--preview").code == 5


def test_a_damaged_file_points_to_restore(cppp, home):
    path = home / "officer.db"
    path.write_bytes(path.read_bytes()[:-100])
    done = cppp("case", "list")
    assert done.code == 9
    assert "cppp restore" in done.err


# ------------------------------------------------------------------------------------------------ how far it is


@pytest.fixture
def terminal(monkeypatch, capsys):
    """Standard error as a terminal; and the clock, which is moved by hand."""
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    def at(seconds):
        clock[0] = seconds

    return at


def test_work_of_less_than_a_second_is_done_without_a_word(terminal, capsys):
    for plain in (True, False):
        with show.progress("Copying", plain=plain) as told:
            for done in (0.1, 0.5, 1):
                terminal(done * 0.99)
                told(done)
    assert capsys.readouterr() == ("", "")


def test_piped_or_plain_there_are_lines_and_few_of_them(terminal, capsys, monkeypatch):
    for tty, plain in ((True, True), (False, False)):
        monkeypatch.setattr("sys.stderr.isatty", lambda tty=tty: tty)
        terminal(0)
        with show.progress("Copying", plain=plain) as told:
            for second in range(12):
                terminal(second)
                told(second / 12)
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines() == ["Copying: 8%", "Copying: 50%", "Copying: 92%"]
        assert err.isascii()


def test_on_a_terminal_a_bar_is_drawn_and_taken_away(terminal, capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal(0)
    with show.progress("[b]Copying") as told:
        terminal(2)
        told(0.4)
    out, err = capsys.readouterr()
    assert out == ""
    assert "[b]Copying" in err, "text is never markup"


def test_a_key_that_is_not_the_files_is_not_shown(cppp, shelf, earlier):
    """Neither command says a key, whatever happens."""
    for words in (("backup",), ("restore", earlier, "--preview")):
        done = cppp(*words)
        for secret in (shelf.recovery, shelf.key.raw.hex(), shelf.passphrase):
            assert secret not in done.out + done.err
    assert Key(bytes(32), read_salt(earlier)) != shelf.key
