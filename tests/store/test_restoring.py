"""A copy in the place of the file: exactly its rows, nothing lost of what was replaced, nothing erased come back."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, LockedError
from cppp_cli.store import backups, cases, erasing, events, history, replacing, restoring
from cppp_cli.store.contents import verify
from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key
from cppp_cli.store.replacing import turn

NINE = datetime(2026, 11, 21, 9).astimezone()
LATER = NINE + timedelta(hours=2)
TELLING = {"unit", "change", "link", "event", "sqlite_sequence"}
"""Where the restore itself is told."""


@pytest.fixture
def path(shelf, tmp_path):
    return shelf.take("held", tmp_path / "home")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home" / "backups"


@pytest.fixture
def copy(path, folder, shelf):
    """A copy of the file as it was before the officer wrote the reports and a case was added to."""
    with closing(open_file(path, shelf.key)) as db:
        made = backups.make(db, folder, NINE)
    shelf.take("filled", path.parent)
    return made.path


def rows(path, key, *, without=TELLING):
    with closing(connect(path, key)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {t: sorted(connection.execute(f'SELECT * FROM "{t}"').fetchall(), key=repr) for t in tables}
    return {table: said for table, said in found.items() if table not in without}


def restore(copy, path, folder, key, *, present, now=LATER, told=lambda _done: None):
    with turn(folder):
        return restoring.restore(copy, key, path, folder, lambda: now, present=present, told=told)


def only_files(home):
    return sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file())


def test_it_brings_back_exactly_the_rows_and_keeps_the_replaced_file(copy, path, folder, shelf):
    wanted, replaced = rows(copy, shelf.key), rows(path, shelf.key, without=())
    assert wanted != rows(path, shelf.key)
    done = restore(copy, path, folder, shelf.key, present=shelf.key)
    assert rows(path, shelf.key) == wanted
    assert done.kept == folder / "replaced-20261121-110000.db"
    assert rows(done.kept, shelf.key, without=()) == replaced
    assert done.erased == ()
    assert only_files(path.parent) == sorted(
        ["officer.db", f"backups/{copy.name}", f"backups/{done.kept.name}", "backups/turn"]
    )
    with closing(open_file(path, shelf.key)) as db:
        (event,) = events.listed(db, events.RESTORED)
        assert (event.path, event.at) == (str(copy), LATER.isoformat(timespec="seconds"))
        assert history.verify(db) == ()


def test_back_and_forth_is_as_it_was(copy, path, folder, shelf):
    before = rows(path, shelf.key)
    first = restore(copy, path, folder, shelf.key, present=shelf.key)
    second = restore(first.kept, path, folder, shelf.key, present=shelf.key)
    assert rows(path, shelf.key) == before
    assert second.kept.name == "replaced-20261121-110000-2.db"


def test_the_copy_itself_is_not_touched(copy, path, folder, shelf):
    before = copy.read_bytes()
    restore(copy, path, folder, shelf.key, present=shelf.key)
    assert copy.read_bytes() == before


def test_a_copy_under_an_earlier_passphrase_comes_back_under_the_present_one(copy, path, folder, shelf):
    """Otherwise a passphrase that was changed because somebody knew it would be good again."""
    earlier = Key(os.urandom(32), os.urandom(16))
    backups.remake(copy, shelf.key, earlier)
    wanted = rows(copy, earlier)
    restore(copy, path, folder, earlier, present=shelf.key)
    assert rows(path, shelf.key) == wanted
    with pytest.raises(LockedError):
        connect(path, earlier)


def test_without_a_file_the_copy_comes_back_under_its_own_key(copy, path, folder, shelf):
    wanted = rows(copy, shelf.key)
    path.unlink()
    done = restore(copy, path, folder, shelf.key, present=None)
    assert done.kept is None
    assert rows(path, shelf.key) == wanted


@pytest.mark.parametrize("position", [3, 4000, -3000])
@pytest.mark.parametrize("knows", [True, False])
def test_a_damaged_file_is_replaced_and_kept_to_the_byte(copy, path, folder, shelf, position, knows):
    """Damaged in the first page nothing opens it; further on it opens and cannot be copied."""
    wanted = rows(copy, shelf.key)
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)
    opens = position < 0
    done = restore(copy, path, folder, shelf.key, present=shelf.key if knows and opens else None)
    assert done.kept.read_bytes() == content
    assert rows(path, shelf.key) == wanted
    verify(path, shelf.key)


@pytest.mark.parametrize("missing", [True, False])
def test_a_journal_is_never_played_into_the_new_file(copy, path, folder, shelf, missing):
    """A program was killed while it wrote; then the file was lost, or its first page damaged."""
    journal = hot_journal(path, shelf.key)
    stale = journal.read_bytes()
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    if missing:
        path.unlink()
    wanted = rows(copy, shelf.key)
    done = restore(copy, path, folder, shelf.key, present=None)
    assert not journal.exists()
    assert rows(path, shelf.key) == wanted
    verify(path, shelf.key)
    kept = folder / "replaced-20261121-110000.db-journal"
    assert kept.read_bytes() == stale
    assert done.kept == (None if missing else folder / "replaced-20261121-110000.db")


def hot_journal(path, key):
    """Leave the file and its journal as a killed program does."""
    other = connect(path, key)
    other.execute("PRAGMA cache_size = 1")
    other.execute("BEGIN")
    for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        other.execute(f"DROP TRIGGER {trigger}")
    other.execute("UPDATE session_answer SET value = json_quote('half written') WHERE value IS NOT NULL")
    journal = path.with_name("officer.db-journal")
    kept = path.with_name("half.db"), path.with_name("half.db-journal")
    shutil.copyfile(path, kept[0])
    shutil.copyfile(journal, kept[1])
    other.close()
    kept[0].replace(path)
    kept[1].replace(journal)
    return journal


def test_what_a_killed_program_left_half_written_is_taken_back_before_the_file_is_kept(copy, path, folder, shelf):
    before = rows(path, shelf.key)
    hot_journal(path, shelf.key)
    done = restore(copy, path, folder, shelf.key, present=shelf.key)
    assert rows(done.kept, shelf.key) == before


# -------------------------------------------------------------------------------------- what was erased since


def erase(path, key, reference):
    with closing(open_file(path, key)) as db:
        db.recorder.begin("case erase", lambda: NINE)
        erasing.erase(db, erasing.find(db, reference), lambda _: "made up", NINE.isoformat)
        erasing.finish(db)


def of_case(path, key, case_id):
    with closing(connect(path, key)) as connection:
        sessions = "(SELECT id FROM session WHERE case_id = ?)"
        return [
            connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", [case_id]).fetchone()[0]
            for table, where in (
                ("case_file", "id = ?"), ("session", "case_id = ?"), ("change", "chain = ?"),
                ("session_answer", f"session_id IN {sessions}"),
            )
        ]  # fmt: skip


def test_what_was_erased_since_is_erased_again(copy, path, folder, shelf):
    gone, stays = shelf.cases["family-1"], shelf.cases["family-2"]
    erase(path, shelf.key, shelf.references["family-1"])
    assert all(of_case(copy, shelf.key, gone)), "the copy still has it"
    done = restore(copy, path, folder, shelf.key, present=shelf.key)
    assert done.erased == (shelf.references["family-1"],)
    assert of_case(path, shelf.key, gone) == [0, 0, 0, 0]
    assert all(of_case(path, shelf.key, stays))
    with closing(open_file(path, shelf.key)) as db:
        assert [e.reference for e in erasing.erasures(db)] == [shelf.references["family-1"]]
        assert history.verify(db) == ()


def test_an_erasure_is_remembered_by_the_copies_when_the_file_is_lost(copy, path, folder, shelf):
    erase(path, shelf.key, shelf.references["family-1"])
    with closing(open_file(path, shelf.key)) as db:
        backups.make(db, folder, NINE + timedelta(hours=1))
    path.write_bytes(b"damaged")
    done = restore(copy, path, folder, shelf.key, present=None)
    assert done.erased == (shelf.references["family-1"],)
    assert of_case(path, shelf.key, shelf.cases["family-1"]) == [0, 0, 0, 0]


@pytest.mark.parametrize("readable", [True, False])
def test_an_erasing_that_only_a_copy_tells_of_never_takes_a_live_case(copy, path, folder, shelf, readable):
    """As an erasing left behind that treated the copies and then failed in the file."""
    erase(copy, shelf.key, shelf.references["family-1"])
    with closing(open_file(path, shelf.key)) as db:
        newest = backups.make(db, folder, NINE + timedelta(hours=1)).path
    if not readable:
        path.write_bytes(b"damaged")
    done = restore(newest, path, folder, shelf.key, present=shelf.key if readable else None)
    assert done.erased == ()
    assert all(of_case(path, shelf.key, shelf.cases["family-1"]))


def test_a_copy_older_than_the_case_remembers_that_it_was_erased(path, folder, shelf, tmp_path):
    before = tmp_path / "before.db"
    shutil.copyfile(shelf.files["empty"], before)
    with_it = shutil.copyfile(path, tmp_path / "with.db")
    erase(path, shelf.key, shelf.references["family-1"])
    assert restore(before, path, folder, shelf.key, present=shelf.key).erased == ()
    with closing(open_file(path, shelf.key)) as db:
        (kept,) = erasing.erasures(db)
        assert (kept.case_id, kept.reference) == (shelf.cases["family-1"], shelf.references["family-1"])
        assert kept.certificate == "made up"
        assert cases.begin(db, NINE.isoformat) > max(shelf.cases.values()), "no number is given twice"
        assert history.verify(db) == ()
    for each in backups.listed(folder):
        each.path.unlink()
    assert restore(with_it, path, folder, shelf.key, present=shelf.key).erased == (shelf.references["family-1"],)


def test_the_erased_case_is_not_in_the_bytes_either(copy, path, folder, shelf):
    """The file is rebuilt: no free page is left that could hold it."""
    erase(path, shelf.key, shelf.references["family-1"])
    restore(copy, path, folder, shelf.key, present=shelf.key)
    with closing(connect(path, shelf.key)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


# ------------------------------------------------------------------------------- refused, and two at once


@pytest.mark.parametrize("position", [2000, 9000, -3000])
def test_a_damaged_copy_changes_nothing(copy, path, folder, shelf, position):
    before = path.read_bytes()
    content = bytearray(copy.read_bytes())
    content[position] ^= 1
    copy.write_bytes(content)
    with pytest.raises((DamagedFileError, LockedError)):
        restore(copy, path, folder, shelf.key, present=shelf.key)
    assert path.read_bytes() == before
    assert only_files(path.parent) == sorted(["officer.db", f"backups/{copy.name}", "backups/turn"])


def test_a_program_at_a_prompt_is_refused_afterwards_and_its_answer_goes_nowhere(copy, path, folder, shelf):
    waiting = open_file(path, shelf.key)
    waiting.execute("SELECT count(*) FROM case_file").fetchone()
    done = restore(copy, path, folder, shelf.key, present=shelf.key)
    before = path.read_bytes(), done.kept.read_bytes()
    for _ in range(2):
        with pytest.raises(ConflictError, match="replaced by another cppp"), waiting.atomic():
            waiting.execute("UPDATE officer SET team = 'lost?'")
    waiting.close()
    assert (path.read_bytes(), done.kept.read_bytes()) == before


def test_another_program_that_is_writing_is_waited_for_and_then_told(copy, path, folder, shelf, monkeypatch):
    monkeypatch.setattr(replacing, "connect", lambda path, key: connect(path, key, timeout_s=0.1))
    with closing(open_file(path, shelf.key)) as another:
        with another.atomic():
            another.execute("UPDATE officer SET team = 'saved'")
            with pytest.raises(ConflictError, match="in use by another cppp"):
                restore(copy, path, folder, shelf.key, present=shelf.key)
        assert another.execute("SELECT team FROM officer").fetchone() == ("saved",)


def test_where_an_open_file_cannot_be_replaced_it_is_closed_first_and_a_refusal_is_told(
    copy, path, folder, shelf, monkeypatch
):
    """As on Windows: whoever has the file open stands in the way, and nobody else does."""
    real, opened = type(path).replace, []

    def windows(new, target):
        if target == path and any(not is_closed(each) for each in opened):
            raise PermissionError(13, "in use")
        return real(new, target)

    def counting(place, key):
        opened.append(connect(place, key))
        return opened[-1]

    monkeypatch.setattr(replacing, "CLOSE_FIRST", True)
    monkeypatch.setattr(restoring, "CLOSE_FIRST", True)
    monkeypatch.setattr(replacing, "connect", counting)
    monkeypatch.setattr(type(path), "replace", windows)
    wanted = rows(copy, shelf.key)
    restore(copy, path, folder, shelf.key, present=shelf.key)
    assert len(opened) == 2
    assert rows(path, shelf.key) == wanted

    opened.append(connect(path, shelf.key))  # another cppp
    with pytest.raises(ConflictError, match="another cppp has it open"):
        restore(copy, path, folder, shelf.key, present=shelf.key)
    opened[-1].close()
    assert rows(path, shelf.key) == wanted


def is_closed(connection):
    try:
        connection.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - closed, and that is all that is asked
        return True
    return False


def test_no_room_for_the_replaced_file_leaves_everything_as_it_was(copy, path, folder, shelf, monkeypatch):
    before = path.read_bytes()

    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "sync", full)
    path.write_bytes(b"damaged" + before[7:])
    with pytest.raises(ConflictError, match="nothing was replaced"):
        restore(copy, path, folder, shelf.key, present=None)
    assert path.read_bytes() == b"damaged" + before[7:]
    assert only_files(path.parent) == sorted(["officer.db", f"backups/{copy.name}", "backups/turn"])


def test_an_interruption_leaves_everything_as_it_was(copy, path, folder, shelf):
    before = path.read_bytes()

    def interrupt(done):
        if done > 0.8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(copy, path, folder, shelf.key, present=shelf.key, told=interrupt)
    assert path.read_bytes() == before
    assert only_files(path.parent) == sorted(["officer.db", f"backups/{copy.name}", "backups/turn"])


def test_a_copy_of_an_older_schema_is_brought_up_to_date_before_it_takes_the_place(path, folder, shelf):
    folder.mkdir()
    old = older(path, folder, shelf)
    done = restore(old, path, folder, shelf.key, present=shelf.key)
    with closing(open_file(path, shelf.key)) as db:
        assert {row["full_name"] for row in db.query("SELECT full_name FROM officer")}
        assert history.verify(db) == ()
        assert events.listed(db, events.RESTORED)
    with pytest.raises(CpppError):
        verify(old, Key(bytes(32), shelf.key.salt))
    assert done.kept


def older(path, folder, shelf):
    """The file as the first version would have written it: without the tables and triggers that came later."""
    from cppp_cli.store.encrypted import create
    from cppp_cli.store.step_001 import _M001

    place = folder / "officer-20260901-090000.db"
    with closing(create(place, shelf.key)) as copy, closing(connect(path, shelf.key)) as source:
        for statement in _M001:
            copy.execute(statement)
        copy.execute(
            "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)"
        )
        copy.execute("INSERT INTO _sqlite_migrations VALUES (1, 'cppp', 'm001_first', '2026-09-01')")
        columns = [row[1] for row in copy.execute("PRAGMA table_info(officer)")]
        names = ", ".join(columns)
        values = source.execute(f"SELECT {names} FROM officer").fetchone()
        copy.execute(f"INSERT INTO officer ({names}) VALUES ({', '.join('?' * len(columns))})", values)
        copy.commit()
    return place
