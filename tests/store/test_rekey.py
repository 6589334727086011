"""A new key for the file: what the old key opens afterwards is nothing, and what is in the file is the same."""

from __future__ import annotations

import os
import shutil
import traceback
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, LockedError
from cppp_cli.store import backups, events, history, rekey, replacing
from cppp_cli.store.contents import verify
from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key, derive, make_key, read_recovery, read_salt, recovery_text
from cppp_cli.store.replacing import turn

NINE = datetime(2026, 11, 21, 9).astimezone()
NEW = "sparrow lantern cobalt meadow thimble"
OWN = {"unit", "change", "link", "event", "sqlite_sequence"}
"""Where the change of the key itself is told."""


def now():
    return NINE


@pytest.fixture
def path(shelf, tmp_path):
    return shelf.take("filled", tmp_path / "home")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "backups"


@pytest.fixture
def new():
    return Key(os.urandom(32), os.urandom(16))


def everything(path, key):
    with closing(connect(path, key)) as connection:
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        tables = [name for kind, name, *_ in schema if kind == "table"]
        rows = {t: sorted(connection.execute(f'SELECT * FROM "{t}"').fetchall(), key=repr) for t in tables}
        return schema, rows


def content(path, key):
    """What the officer wrote, without what tells of the change of key."""
    schema, rows = everything(path, key)
    return schema, {table: found for table, found in rows.items() if table not in OWN}


def opens(path, key):
    try:
        connect(path, key).close()
    except LockedError:
        return False
    return True


def change(path, folder, old, new, what=events.NEW_PASSPHRASE):
    with turn(folder):
        with rekey.exported(path, old, new) as export:
            export.take_its_place(what, now)
        return rekey.renew_copies(folder, old, new)


def test_a_window_that_has_the_old_file_open_makes_no_copy_of_it(path, folder, shelf, new):
    with closing(open_file(path, shelf.key)) as window:
        backups.make(window, folder, now())
        change(path, folder, shelf.key, new)
        before = backups.listed(folder)
        with pytest.raises(ConflictError, match="no copy was made"):
            backups.make(window, folder, now() + timedelta(hours=1))
    assert backups.listed(folder) == before
    assert [found.path for found in before if backups.salt_of(found.path) == shelf.key.salt] == []


def test_a_copy_that_somebody_named_is_put_under_the_new_key_too(path, folder, shelf, new):
    with closing(open_file(path, shelf.key)) as db:
        made = backups.make(db, folder, now()).path
    named = shutil.copyfile(made, folder / "before-the-hearing.db")
    beside = shutil.copyfile(made, path.parent / "officer-old.db")
    assert change(path, folder, shelf.key, new) == ()
    assert content(named, new) == content(made, new)
    assert not opens(named, shelf.key)
    assert rekey.still_under(shelf.key, path.parent, folder) == (beside,)


def test_the_new_file_is_the_old_one_under_another_key(path, folder, shelf, new):
    before = everything(path, shelf.key)
    with turn(folder), rekey.exported(path, shelf.key, new) as export:
        assert everything(export.fresh, new) == before, "rows, schema, triggers and the numbers given"
        assert everything(path, shelf.key) == before, "and the old one is still in its place"
        assert export.fresh.parent == path.parent
        assert os.name == "nt" or export.fresh.stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "officer.db"]


def test_afterwards_the_old_passphrase_and_recovery_key_open_nothing(path, folder, shelf):
    with closing(open_file(path, shelf.key)) as db:
        for days in range(3):
            backups.make(db, folder, NINE - timedelta(days=days))
        backups.make(db, folder, NINE, before="m002_history")
    before, copies = content(path, shelf.key), len(backups.listed(folder))
    new = make_key(NEW)
    assert change(path, folder, shelf.key, new) == ()
    files = [path, *(each.path for each in backups.listed(folder))]
    assert len(files) == 1 + copies
    for each in files:
        salt = read_salt(each)
        assert salt == new.salt != shelf.key.salt
        assert opens(each, derive(NEW, salt))
        assert opens(each, read_recovery(recovery_text(new), salt))
        assert not opens(each, derive(shelf.passphrase, salt)), "the old passphrase"
        assert not opens(each, read_recovery(shelf.recovery, salt)), "the old recovery key"
        assert not opens(each, shelf.key), "the key kept by unlock"
        judge = dbapi2.connect(str(each))  # SQLCipher itself
        judge.execute("PRAGMA cipher_log_level = NONE")
        judge.execute(f"PRAGMA key = '{shelf.passphrase}'")
        with pytest.raises(dbapi2.DatabaseError):
            judge.execute("SELECT count(*) FROM sqlite_master")
        judge.close()
        assert content(each, new) == before
        verify(each, new)


def test_the_same_passphrase_with_a_new_salt_is_another_recovery_key(path, folder, shelf):
    new = make_key(shelf.passphrase)
    change(path, folder, shelf.key, new, events.NEW_RECOVERY_KEY)
    assert recovery_text(new) != shelf.recovery
    assert opens(path, derive(shelf.passphrase, read_salt(path)))
    assert not opens(path, read_recovery(shelf.recovery, read_salt(path)))


def test_the_history_tells_it_and_still_holds(path, folder, shelf, new):
    change(path, folder, shelf.key, new)
    with closing(open_file(path, new)) as db:
        assert [event.at for event in events.listed(db, events.NEW_PASSPHRASE)] == [NINE.isoformat(timespec="seconds")]
        assert history.verify(db) == ()
        assert history.units(db)[-1].command == "passphrase"


def test_the_same_key_again_is_refused(path, folder, shelf):
    for same in (shelf.key, Key(os.urandom(32), shelf.key.salt), Key(shelf.key.raw, os.urandom(16))):
        before = path.read_bytes()
        with turn(folder), pytest.raises(DamagedFileError, match="Nothing"), rekey.exported(path, shelf.key, same):
            pass
        assert path.read_bytes() == before


def test_left_before_the_end_everything_is_as_it_was(path, folder, shelf, new):
    before = path.read_bytes()
    for stop in (KeyboardInterrupt, CpppError("a wrong group")):
        with pytest.raises((KeyboardInterrupt, CpppError)), turn(folder), rekey.exported(path, shelf.key, new):
            raise stop
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "officer.db"]


def test_what_is_saved_while_the_officer_writes_down_the_key_is_taken_along(path, folder, shelf, new):
    with turn(folder), rekey.exported(path, shelf.key, new) as export:
        with closing(open_file(path, shelf.key)) as another, another.atomic():
            another.execute("UPDATE officer SET team = 'saved meanwhile'")
        export.take_its_place(events.NEW_PASSPHRASE, now)
    with closing(open_file(path, new)) as db:
        assert db.execute("SELECT team FROM officer").fetchone() == ("saved meanwhile",)
        assert history.verify(db) == ()
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "officer.db"]


def test_another_program_that_is_writing_is_waited_for_and_then_told(path, folder, shelf, new, monkeypatch):
    monkeypatch.setattr(replacing, "connect", lambda path, key: connect(path, key, timeout_s=0.1))
    with closing(open_file(path, shelf.key)) as another, another.atomic():
        in_use = pytest.raises(ConflictError, match="in use by another cppp")
        with turn(folder), rekey.exported(path, shelf.key, new) as export, in_use:
            export.take_its_place(events.NEW_PASSPHRASE, now)
        another.execute("UPDATE officer SET team = 'and this is saved'")
    assert content(path, shelf.key)[1]["officer"][0][3] == "and this is saved"


def test_a_program_at_a_prompt_is_refused_afterwards_and_its_answer_goes_nowhere(path, folder, shelf, new):
    waiting = open_file(path, shelf.key)
    assert waiting.execute("SELECT count(*) FROM case_file").fetchone() == (2,)
    change(path, folder, shelf.key, new)
    with pytest.raises(ConflictError, match="replaced by another cppp"), waiting.atomic():
        waiting.execute("UPDATE officer SET team = 'lost?'")
    with pytest.raises(CpppError), waiting.atomic():  # and again, as a program that goes on asking
        waiting.execute("UPDATE officer SET team = 'lost?'")
    waiting.close()
    verify(path, new)
    assert "lost?" not in repr(everything(path, new))


def test_a_copy_that_cannot_be_renewed_stays_and_is_named(path, folder, shelf, new):
    with closing(open_file(path, shelf.key)) as db:
        good, damaged, older = (backups.make(db, folder, NINE - timedelta(days=days)) for days in range(3))
    spoilt = bytearray(damaged.path.read_bytes())
    spoilt[-2000] ^= 1
    damaged.path.write_bytes(spoilt)
    backups.remake(older.path, shelf.key, Key(os.urandom(32), os.urandom(16)))
    kept = older.path.read_bytes()
    left = change(path, folder, shelf.key, new)
    assert {each.path for each in left} == {damaged.path, older.path}
    assert damaged.path.read_bytes() == spoilt
    assert older.path.read_bytes() == kept
    verify(good.path, new)


def test_no_failure_shows_a_key_even_with_its_local_variables(path, folder, shelf):
    wrong = Key(os.urandom(32), shelf.key.salt)
    with pytest.raises(CpppError) as caught, turn(folder), rekey.exported(path, wrong, shelf.key):
        pass
    with pytest.raises(CpppError) as late, turn(folder), rekey.exported(path, shelf.key, shelf.key):
        pass
    for error in (caught, late):
        report = traceback.TracebackException.from_exception(error.value, capture_locals=True)
        frames = [frame for frame in report.stack if "cppp_cli" in frame.filename]
        shown = repr([(frame.name, frame.line, frame.locals) for frame in frames])
        assert "exported" in shown
        for key in (wrong, shelf.key):
            for secret in (key.raw.hex(), repr(key.raw), recovery_text(key)):
                assert secret not in shown


def test_no_statement_that_could_be_logged_holds_a_key(path, folder, shelf, new):
    """ATTACH would show the key to whatever traces the connection that reads the file."""
    told = []
    with turn(folder), rekey.exported(path, shelf.key, new) as export:
        export.reader.set_trace_callback(told.append)
        export.take_its_place(events.NEW_PASSPHRASE, now)
    assert told
    assert not [line for line in told if new.raw.hex() in line.lower() or "key" in line.lower()]
