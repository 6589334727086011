"""A copy is one only when it holds what the file held, opens with both keys, and was read back."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import threading
from datetime import date, datetime, timedelta

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, LockedError, NotFoundError
from cppp_cli.programme.rotation import Why
from cppp_cli.store import backups, copying, replacing
from cppp_cli.store.contents import look_at, verify
from cppp_cli.store.encrypted import connect, create
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key, derive, read_recovery, read_salt

NINE = datetime(2026, 11, 21, 9).astimezone()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "backups"


@pytest.fixture
def db(shelf, tmp_path):
    opened = open_file(shelf.take("filled", tmp_path / "home"), shelf.key)
    yield opened
    opened.close()


def everything(path, key):
    """Every row of every table, and the whole schema: what two files are compared by."""
    connection = connect(path, key)
    try:
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        tables = [name for kind, name, *_ in schema if kind == "table"]
        rows = {t: sorted(connection.execute(f'SELECT * FROM "{t}"').fetchall(), key=repr) for t in tables}
        marks = [connection.execute(f"PRAGMA {p}").fetchone() for p in ("application_id", "user_version", "encoding")]
    finally:
        connection.close()
    return schema, rows, marks


def test_a_copy_holds_what_the_file_holds(db, folder, shelf):
    made = backups.make(db, folder, NINE)
    assert everything(made.path, shelf.key) == everything(db.path, shelf.key)
    rows = everything(made.path, shelf.key)[1]
    assert len(rows) > 20
    assert len(rows["session_answer"]) > 50


def test_passphrase_and_recovery_key_both_open_a_copy(db, folder, shelf):
    made = backups.make(db, folder, NINE)
    salt = read_salt(made.path)
    assert derive(shelf.passphrase, salt) == shelf.key
    assert read_recovery(shelf.recovery, salt) == shelf.key
    connect(made.path, shelf.key).close()
    judge = dbapi2.connect(str(made.path))  # SQLCipher itself, told nothing but the passphrase
    judge.execute(f"PRAGMA key = '{shelf.passphrase}'")
    assert judge.execute("SELECT count(*) FROM case_file").fetchone() == (2,)
    judge.close()


def test_it_lies_in_a_private_folder_under_the_moment_and_nothing_else_is_left(db, folder):
    made = backups.make(db, folder, NINE)
    before = backups.make(db, folder, NINE, before="m002_history")
    names = {"officer-20261121-090000.db", "officer-20261121-090000-before-m002_history.db", "turn"}
    assert {path.name for path in folder.iterdir()} == names
    assert {path.name for path in folder.parent.iterdir()} == {"officer.db", "backups"}
    assert (made.copy.why, before.copy.why, before.copy.step) == (Why.ROUTINE, Why.UPGRADE, "m002_history")
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_two_copies_of_one_second_have_two_names(db, folder):
    made = [backups.make(db, folder, NINE) for _ in range(3)]
    assert [each.path.name for each in made] == [
        "officer-20261121-090000.db", "officer-20261121-090000-2.db", "officer-20261121-090000-3.db",
    ]  # fmt: skip
    assert list(backups.listed(folder)) == made
    digests = {hashlib.sha256(each.path.read_bytes()).digest() for each in made}
    assert len(digests) == 3, "none was written over another"


def test_what_is_in_a_copy_is_told(db, folder, shelf):
    found = verify(backups.make(db, folder, NINE).path, shelf.key)
    asked = {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("session", "safeguarding_note")}
    assert found.cases == {(shelf.cases[family], shelf.references[family]) for family in shelf.cases}
    assert (found.sessions, found.notes) == (asked["session"], asked["safeguarding_note"])
    moments = db.execute(
        "SELECT at FROM change WHERE chain <> 0 UNION SELECT changed_at FROM session UNION SELECT changed_at FROM case_file"
    )
    assert found.changed == max(datetime.fromisoformat(row[0]) for row in moments)
    assert {"m001_first", "m002_history"} <= found.steps


@pytest.mark.parametrize("part", [0.0, 0.001, 0.2, 0.5, 0.8, 0.999])
def test_one_changed_bit_anywhere_is_noticed(db, folder, shelf, part):
    path = backups.make(db, folder, NINE).path
    content = bytearray(path.read_bytes())
    content[int(len(content) * part)] ^= 1
    path.write_bytes(content)
    with pytest.raises((DamagedFileError, LockedError)):
        verify(path, shelf.key)


def spoilt(path, how):
    content = path.read_bytes()
    changed = {
        "a page short": content[:-4096],
        "half a page short": content[:-2000],
        "first page never written": bytes(4096) + content[4096:],
        "empty": b"",
        "a letter": b"Dear Sir or Madam, " * 300,
        "not encrypted": b"SQLite format 3\0" + content[16:],
    }
    path.write_bytes(changed[how])


@pytest.mark.parametrize(
    "how", ["a page short", "half a page short", "first page never written", "empty", "a letter", "not encrypted"]
)
def test_what_is_no_whole_copy_is_refused(db, folder, shelf, how):
    path = backups.make(db, folder, NINE).path
    spoilt(path, how)
    with pytest.raises(DamagedFileError):
        verify(path, shelf.key)


def test_a_copy_of_another_program_or_of_a_newer_version_is_refused(db, folder, shelf):
    path = backups.make(db, folder, NINE).path
    copy = connect(path, shelf.key)
    copy.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('cppp', 'm900_later', '')")
    copy.commit()
    with pytest.raises(DamagedFileError, match="newer version"):
        verify(path, shelf.key)
    copy.execute("PRAGMA application_id = 7")
    copy.close()
    with pytest.raises(DamagedFileError, match="did not write it"):
        verify(path, shelf.key)


def test_a_wrong_key_is_told_as_such(db, folder, shelf):
    path = backups.make(db, folder, NINE).path
    with pytest.raises(LockedError, match="does not open the copy"):
        verify(path, Key(bytes(32), shelf.key.salt))
    with pytest.raises(NotFoundError):
        look_at(folder / "officer-20200101-090000.db")


WRITER = """
import sys, time
from pathlib import Path
from cppp_cli.store.encrypted import connect, create
from cppp_cli.store.keys import Key
path, raw, salt = Path(sys.argv[1]), *sys.stdin.readline().split()
other = connect(path, Key(bytes.fromhex(raw), bytes.fromhex(salt)))
print("writing", flush=True)
number = 0
while True:
    number += 1
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO unfinished (case_id, scope, path, words) SELECT id, 'left', ?, ? FROM case_file LIMIT 1", [str(number), "w" * 5000])
    other.execute("INSERT INTO unfinished (case_id, scope, path, words) SELECT id, 'right', ?, ? FROM case_file LIMIT 1", [str(number), "w" * 5000])
    other.execute("COMMIT")
    time.sleep(0.005)
"""


def test_a_writer_beside_it_neither_spoils_a_copy_nor_its_count(db, folder, shelf):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(db.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as writer:
        writer.stdin.write(f"{shelf.key.raw.hex()} {shelf.key.salt.hex()}\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "writing\n"
        try:
            made = [backups.make(db, folder, NINE + timedelta(hours=hour)) for hour in range(6)]
        finally:
            writer.kill()
    seen = []
    for each in made:
        copy = connect(each.path, shelf.key)
        left, right = (
            copy.execute("SELECT count(*) FROM unfinished WHERE scope = ?", [scope]).fetchone()[0]
            for scope in ("left", "right")
        )
        copy.close()
        assert left == right, "a copy is of one moment"
        seen.append(left)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "the writer was at work meanwhile"


def test_a_damaged_file_makes_no_copy(db, folder, shelf):
    """The end of a picture: SQLite's own copying would write zeros there, and its own check finds nothing wrong."""
    with db.atomic():
        db.execute(
            "INSERT INTO picture (case_id, media_type, width, height, data, added_at) "
            "SELECT id, 'image/png', 1, 1, zeroblob(40000), '2026-08-06T09:00:00+00:00' FROM case_file LIMIT 1"
        )
    db.close()
    last_page = db.path.stat().st_size - 3000
    content = bytearray(db.path.read_bytes())
    content[last_page] ^= 1
    db.path.write_bytes(content)
    damaged = open_file(db.path, shelf.key)
    plain = folder.parent / "plain.db"
    unchecked = create(plain, shelf.key)
    damaged.conn.backup(unchecked)
    assert unchecked.execute("PRAGMA cipher_integrity_check").fetchall() == []
    unchecked.close()
    plain.unlink()
    with pytest.raises(
        DamagedFileError, match="no copy of it was made; bring back a copy made before with cppp restore"
    ):
        backups.make(damaged, folder, NINE)
    damaged.close()
    assert [path.name for path in folder.iterdir()] == ["turn"]


def test_a_copy_that_does_not_read_back_as_it_was_written_is_no_copy(db, folder, monkeypatch):
    """A disk that loses what it was given: the page is changed between writing and reading back."""
    real = copying._write

    def on_a_bad_disk(source, path, key, told):
        real(source, path, key, told)
        content = bytearray(path.read_bytes())
        content[-100] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(copying, "_write", on_a_bad_disk)
    with pytest.raises(DamagedFileError, match="could not be read back"):
        backups.make(db, folder, NINE)
    assert backups.listed(folder) == ()
    assert [path.name for path in folder.iterdir()] == ["turn"]


def test_a_copy_that_lacks_a_row_is_no_copy(db, folder, shelf, monkeypatch):
    real = copying._write

    def forgetful(source, path, key, told):
        real(source, path, key, told)
        copy = connect(path, key)
        copy.execute("DELETE FROM unfinished")
        copy.execute("DELETE FROM _sqlite_migrations WHERE name = 'm001_first'")
        copy.commit()
        copy.close()

    monkeypatch.setattr(copying, "_write", forgetful)
    with pytest.raises(DamagedFileError, match="could not be read back"):
        backups.make(db, folder, NINE)
    assert backups.listed(folder) == ()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_an_interruption_leaves_nothing(db, folder, stop):
    def interrupted(done):
        if done > 0.5:
            raise stop

    with pytest.raises(stop):
        backups.make(db, folder, NINE, told=interrupted)
    assert [path.name for path in folder.iterdir()] == ["turn"]
    assert not db.conn.in_transaction
    assert backups.make(db, folder, NINE).path.exists()


def test_how_far_it_is_goes_from_nothing_to_all(db, folder):
    told = []
    backups.make(db, folder, NINE, told=told.append)
    assert told == sorted(told)
    assert 0 < told[0] < 0.4
    assert told[-1] == 1


def test_a_folder_that_cannot_be_made_is_told(db, tmp_path):
    (tmp_path / "in the way").write_bytes(b"")
    with pytest.raises(ConflictError):
        backups.make(db, tmp_path / "in the way" / "backups", NINE)


def test_the_copying_never_begins_inside_a_transaction(db, folder):
    with db.atomic(), pytest.raises(RuntimeError, match="outside"):
        backups.make(db, folder, NINE)


# ------------------------------------------------------------------------------------------------ a full disk


@pytest.fixture
def small_disk(tmp_path):
    """A disk of half a megabyte, or a reason why there is none."""
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("mount") is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only an administrator may mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(place)], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_no_half_copy_and_says_so(db, small_disk):
    folder = small_disk / "backups"
    with pytest.raises(ConflictError, match="disk is full"):
        backups.make(db, folder, NINE)
    assert [path.name for path in folder.iterdir()] == ["turn"]
    assert db.execute("SELECT count(*) FROM case_file").fetchone() == (2,)


def test_a_full_stick_keeps_no_half_copy(db, folder, shelf, small_disk):
    made = backups.make(db, folder, NINE)
    with pytest.raises(ConflictError, match="no room"):
        backups.bring(made, shelf.key, small_disk)
    assert list(small_disk.iterdir()) == []


LIMITED = """
import resource, signal, sys
from datetime import datetime
from pathlib import Path
from cppp_cli.errors import CpppError
from cppp_cli.store import backups
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key
raw, salt = sys.stdin.readline().split()
db = open_file(Path(sys.argv[1]), Key(bytes.fromhex(raw), bytes.fromhex(salt)))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    backups.make(db, Path(sys.argv[2]), datetime(2026, 11, 21, 9))
except CpppError as error:
    print(error.exit_code)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit to the size of a file")
def test_a_file_that_may_not_grow_further_leaves_no_half_copy(db, folder, shelf):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(db.path), str(folder)],
        input=f"{shelf.key.raw.hex()} {shelf.key.salt.hex()}\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == [str(ConflictError.exit_code)]
    assert [path.name for path in folder.iterdir()] == ["turn"]


# ------------------------------------------------------------------------------------ one a day, and rotation


def test_there_is_one_copy_a_day(db, folder):
    assert backups.due(folder, date(2026, 11, 21))
    first = backups.daily(db, folder, NINE)
    assert backups.listed(folder) == (first,)
    assert backups.daily(db, folder, NINE + timedelta(hours=5)) is None
    assert backups.daily(db, folder, NINE + timedelta(days=1))
    assert len(backups.listed(folder)) == 2


def test_the_copy_of_the_day_leaves_the_last_room_to_the_officer(db, folder, monkeypatch):
    size, usage = db.path.stat().st_size, shutil.disk_usage(db.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2 * size - 1))
    with pytest.raises(ConflictError, match="room"):
        backups.daily(db, folder, NINE)
    assert backups.listed(folder) == ()
    assert backups.make(db, folder, NINE - timedelta(days=1)), "one that was asked for is tried"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2 * size))
    assert backups.daily(db, folder, NINE)


def test_a_copy_made_before_an_upgrade_is_not_the_copy_of_the_day(db, folder):
    backups.make(db, folder, NINE, before="m002_history")
    assert backups.due(folder, NINE.date())


def test_rotation_removes_old_copies_and_nothing_that_is_not_one(db, folder):
    made = backups.make(db, folder, NINE)
    for days in range(1, 40):
        at = NINE - timedelta(days=days)
        shutil.copyfile(made.path, folder / f"officer-{at:%Y%m%d-%H%M%S}.db")
    foreign = {
        "officer.db", "officer-20240101-090000.db.txt", "officer-2024.db", "my officer-20240101-090000.db", "letter.docx",
        "officer-20240101-090000 (1).db", "officer-20241399-090000.db", "Officer-20240101-090000.db",
    }  # fmt: skip
    for name in foreign:
        (folder / name).write_bytes(b"theirs")
    (folder / "officer-20230101-090000.db").mkdir()
    earlier = folder / "officer-20230102-090000.db"  # of a file that had another key: it may be the last of it
    earlier.write_bytes(bytes(range(16)) + b"x" * 4080)
    left = backups.rotate(folder, db.key.salt)
    assert earlier.exists()
    days = sorted(each.copy.at.date() for each in left)
    assert days[-7:] == [(NINE - timedelta(days=n)).date() for n in range(6, -1, -1)]
    assert len(left) < 15
    assert {path.name for path in folder.iterdir()} == {
        *foreign, "turn", "officer-20230101-090000.db", *(each.path.name for each in left),
    }  # fmt: skip
    assert all((folder / name).read_bytes() == b"theirs" for name in foreign)


# -------------------------------------------------------------------------------------- brought elsewhere


def test_a_copy_brought_elsewhere_is_the_same_to_the_byte(db, folder, shelf, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backups.make(db, folder, NINE)
    path, digest = backups.bring(made, shelf.key, stick)
    again, _ = backups.bring(made, shelf.key, stick)
    assert path.read_bytes() == made.path.read_bytes()
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {each.name for each in stick.iterdir()} == {path.name, again.name}
    assert path.name != again.name
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_stick_pulled_out_too_early_holds_nothing_that_is_taken_for_a_copy(db, folder, shelf, tmp_path):
    """Whatever is on the stick at any moment before the end is refused without a key."""
    made, seen = backups.make(db, folder, NINE), []

    def look(_done):
        (half,) = tmp_path.glob("stick/*.db")
        with pytest.raises(DamagedFileError, match="not a whole copy"):
            look_at(half)
        seen.append(half.stat().st_size)
        raise KeyboardInterrupt

    (tmp_path / "stick").mkdir()
    with pytest.raises(KeyboardInterrupt):
        backups.bring(made, shelf.key, tmp_path / "stick", look)
    assert seen
    assert list((tmp_path / "stick").iterdir()) == [], "and it is taken away when there is time for it"


def test_a_stick_that_gives_back_something_else_keeps_no_copy(db, folder, shelf, tmp_path):
    (tmp_path / "stick").mkdir()
    made = backups.make(db, folder, NINE)

    def spoil(done):
        if done >= 0.5:
            (half,) = tmp_path.glob("stick/*.db")
            with half.open("r+b") as file:
                file.seek(-10, os.SEEK_END)
                file.write(b"0123456789")

    with pytest.raises(ConflictError, match="could not be read back"):
        backups.bring(made, shelf.key, tmp_path / "stick", spoil)
    assert list((tmp_path / "stick").iterdir()) == []
    with pytest.raises(NotFoundError):
        backups.bring(made, shelf.key, tmp_path / "no such stick")


# -------------------------------------------------------------------------------- one at a time, and leftovers

HOLDS_THE_TURN = """
import sys
from pathlib import Path
from cppp_cli.store.replacing import turn, unfinished
with turn(Path(sys.argv[1])), unfinished(Path(sys.argv[1])) as path:
    path.write_bytes(b"half")
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def another_cppp(folder):
    """A second program that is making a copy."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_TURN, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as other:
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def leftovers(*folders):
    return [path for folder in folders for path in folder.glob("unfinished-*")]


def test_only_one_cppp_makes_copies_at_a_time(db, folder, another_cppp):
    with pytest.raises(ConflictError, match="Another cppp"):
        backups.make(db, folder, NINE)
    another_cppp.communicate("done\n")
    assert backups.make(db, folder, NINE).path.exists()
    assert leftovers(folder) == []


def test_what_another_program_is_writing_is_left_and_what_a_killed_one_left_is_cleared(folder, another_cppp):
    home = folder.parent
    (home / "unfinished-0123456789abcdef.db").write_bytes(b"half")
    (home / "unfinished-0123456789abcdef.db-journal").write_bytes(b"half")
    (home / "unfinished-report.db").write_bytes(b"theirs")
    replacing.clear_leftovers(home, folder)
    assert len(leftovers(home, folder)) == 4
    another_cppp.kill()
    another_cppp.wait()
    assert len(leftovers(folder)) == 1
    replacing.clear_leftovers(home, folder)
    assert [path.name for path in leftovers(home, folder)] == ["unfinished-report.db"]


def test_a_folder_without_leftovers_is_not_touched(tmp_path):
    replacing.clear_leftovers(tmp_path, tmp_path / "backups")
    assert list(tmp_path.iterdir()) == []


def test_the_turn_is_free_again_after_a_failure(folder):
    with pytest.raises(KeyError), replacing.turn(folder):
        raise KeyError
    with replacing.turn(folder), pytest.raises(ConflictError), replacing.turn(folder):
        pass


# ------------------------------------------------------------------------------------------- made anew


def test_a_copy_is_put_under_another_key_or_changed_and_only_then_replaced(db, folder, shelf):
    made = backups.make(db, folder, NINE)
    before = everything(made.path, shelf.key)
    new = Key(os.urandom(32), os.urandom(16))
    backups.remake(made.path, shelf.key, new)
    assert everything(made.path, new) == before
    assert not backups.under_another_key(folder, new.salt)
    with pytest.raises(LockedError):
        verify(made.path, shelf.key)

    def change(path):
        copy = connect(path, new)
        copy.execute("DELETE FROM unfinished")
        copy.commit()
        copy.close()

    backups.remake(made.path, new, new, change)
    assert everything(made.path, new)[1]["unfinished"] == []
    assert {path.name for path in folder.iterdir()} == {made.path.name, "turn"}


def test_a_copy_that_cannot_be_made_anew_stays_as_it_was(db, folder, shelf):
    made = backups.make(db, folder, NINE)
    content = made.path.read_bytes()

    def fail(_path):
        raise ConflictError("no room")

    with pytest.raises(ConflictError):
        backups.remake(made.path, shelf.key, shelf.key, fail)
    with pytest.raises(CpppError):
        backups.remake(made.path, Key(bytes(32), shelf.key.salt), shelf.key)
    assert made.path.read_bytes() == content
    assert {path.name for path in folder.iterdir()} == {made.path.name, "turn"}


def test_a_copy_can_be_made_while_another_thread_reads(db, folder, shelf, another_connection):
    """Reading never stands in the way of a copy, nor a copy in the way of reading."""
    reader, reading, done, read = another_connection(db.path), threading.Event(), threading.Event(), []
    reader.close()

    def work():
        other = connect(db.path, shelf.key)
        while not done.is_set():
            read.append(other.execute("SELECT count(*) FROM case_file").fetchone())
            reading.set()
        other.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert reading.wait(60)  # seconds: on a busy machine the copy may be done before the thread has begun
        backups.make(db, folder, NINE)
    finally:
        done.set()
        thread.join()
    assert set(read) == {(2,)}
