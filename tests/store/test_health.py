"""What can be observed inside the file, in states in which no other command opens it."""

from __future__ import annotations

import os
import shutil

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, DamagedFileError, LockedError
from cppp_cli.store import cases, erasing, health, records, sessions, triggers, undo
from cppp_cli.store.encrypted import PAGE_BYTES
from cppp_cli.store.file import OfficerFile, open_file
from cppp_cli.store.keys import Key
from cppp_cli.store.migrations import STEPS


@pytest.fixture
def opened(shelf, tmp_path):
    """A copy of the file, opened as it is; closed at the end."""
    made = []

    def take(stage="filled", change=None):
        path = shelf.take(stage, tmp_path / "home")
        if change:
            change(path)
        made.append(health.open_as_it_is(path, shelf.key))
        return made[-1]

    yield take
    for db in made:
        db.close()


def at():
    return "2026-08-06T10:42:00+00:00"


def test_it_is_opened_for_reading_only(opened, shelf):
    db = opened()
    before = db.path.read_bytes()
    for statement in (
        "UPDATE child SET school = 'x'",
        "DROP TABLE hold",
        "INSERT INTO unfinished VALUES (1, 'a', 'b', 'c')",
    ):
        with pytest.raises(dbapi2.OperationalError, match="readonly"):
            db.execute(statement)
    with pytest.raises((dbapi2.OperationalError, ConflictError)):
        cases.begin(db, at)
    assert db.path.read_bytes() == before


def test_another_key_does_not_open_it(opened, shelf):
    db = opened()
    with pytest.raises(LockedError):
        health.open_as_it_is(db.path, Key(bytes(32), shelf.key.salt))


@pytest.mark.parametrize("stage", ["empty", "opened", "held", "filled"])
def test_nothing_is_observed_in_a_file_that_is_well(opened, shelf, stage):
    db = opened(stage)
    assert health.pages(db) == (0, 0)
    assert health.schema(db) == health.Schema(newer=False, pending=False, empty=False, wrong=())
    assert (health.structure(db), health.references(db), health.guards(db)) == (0, 0, (0, 0, 0))
    assert health.flaws(db) == ()
    looks = (health.left_of_erased, health.draft_sessions, health.draft_cases, health.loose_pictures)
    looks += (health.half_notes, health.words_of_finished, health.taken_back, health.unconfirmed, health.closed)
    assert [look(db) for look in looks] == [()] * len(looks)
    assert health.rebuild_due(db) is None
    assert health.cases(db) == (0 if stage == "empty" else 2)
    assert len(health.moments(db)) == db.table("unit").count


@pytest.mark.parametrize("page", [2, 20, -1])
def test_a_changed_page_is_counted(opened, shelf, page):
    """Whichever it is: as one page of the file, or, where the tables are listed, as a file that does not open."""

    def flip(path):
        data = bytearray(path.read_bytes())
        place = page * PAGE_BYTES if page < 0 else (page - 1) * PAGE_BYTES
        data[place + 9] ^= 255
        path.write_bytes(data)

    try:
        assert health.pages(opened(change=flip)) == (1, 0)
    except DamagedFileError:
        assert page > 0


def test_pages_behind_the_end_are_counted_apart(opened):
    db = opened(change=lambda path: path.write_bytes(path.read_bytes() + os.urandom(3 * PAGE_BYTES)))
    assert health.pages(db) == (0, 3)
    assert health.structure(db) == 0


@pytest.mark.parametrize("step", range(len(STEPS._migrations)))
def test_a_file_of_every_earlier_schema_is_as_its_steps_make_it(tmp_path, step):
    """Also of one that has no step yet: it is empty, and not wrong."""
    key = Key(os.urandom(32), os.urandom(16))
    db = open_file_at(tmp_path / "officer.db", key, step)
    found = health.schema(db)
    db.close()
    assert found == health.Schema(newer=False, pending=True, empty=True, wrong=())


def open_file_at(path, key, steps):
    from cppp_cli.store.encrypted import create

    create(path, key).close()
    db = OfficerFile(path, key)
    if steps:
        STEPS.apply(db, stop_before=[step.name for step in STEPS._migrations[steps:]])
    return db


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("DROP TABLE hold", ("hold",)),
        ("DROP INDEX change_by_chain", ("change_by_chain",)),
        ("CREATE INDEX mine ON child (school)", ("mine",)),
        ("CREATE VIEW mine AS SELECT 1", ("mine",)),
        ("ALTER TABLE adult RENAME COLUMN called TO known_as", ("adult",)),
        ("ALTER TABLE report_answer RENAME TO answers", ("answers", "report_answer")),
    ],
)
def test_a_schema_that_was_changed_by_hand(opened, shelf, change, wrong):
    def meddle(path):
        db = OfficerFile(path, shelf.key)
        for name in triggers.present(db):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA legacy_alter_table = ON")
        db.execute(change)
        db.close()

    assert health.schema(opened(change=meddle)).wrong == wrong


def test_the_guards_are_compared_in_full(opened, shelf):
    def meddle(path):
        db = OfficerFile(path, shelf.key)
        for name in ("history_adult_update", "link_is_not_deleted", "unit_is_not_deleted"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("CREATE TRIGGER link_is_not_deleted BEFORE DELETE ON link BEGIN SELECT 1; END")
        db.execute("CREATE TRIGGER mine BEFORE DELETE ON link BEGIN SELECT 1; END")
        db.close()

    assert health.guards(opened(change=meddle)) == (2, 1, 1)


def test_a_draft_is_told_with_its_case_its_name_and_its_last_answer(opened, desk, shelf):
    for family, name in (("family-2", "parent-a"), ("family-1", "joint"), ("family-1", "other")):
        sessions.begin(desk.db, shelf.cases[family], name, at)
    finished = sessions.begin(desk.db, shelf.cases["family-1"], "child", at)
    sessions.finish(desk.db, finished, at)
    one, two = shelf.references["family-1"], shelf.references["family-2"]
    assert health.draft_sessions(desk.db) == ((two, "parent-a", at()), (one, "joint", at()), (one, "other", at()))


def test_a_picture_belongs_to_a_letter_or_is_told(desk, shelf):
    total = desk.db.table("picture").count
    assert total > 0
    for _ in range(2):
        records.add_picture(desk.db, shelf.cases["family-2"], b"a house", "image/png", (1, 1), at)
    assert health.loose_pictures(desk.db) == ((shelf.references["family-2"], 2),)


def test_a_case_that_was_discarded_is_no_lost_one_and_a_lost_one_was_not_discarded(desk, shelf):
    for _ in range(2):
        assert cases.discard_draft(desk.db, cases.begin(desk.db, at))
    gone = health.taken_back(desk.db)
    assert len(set(gone)) == 2
    assert not set(gone) & set(shelf.references.values())
    assert health.lost_cases(desk.db) == ()
    for name in triggers.present(desk.db):
        desk.db.execute(f"DROP TRIGGER {name}")
    desk.db.execute("DELETE FROM case_file")
    assert health.taken_back(desk.db) == gone
    assert health.lost_cases(desk.db) == tuple(sorted(shelf.references.values()))


def test_a_case_that_came_back_is_neither(desk):
    desk.db.recorder.begin("new-case", desk.now)
    number = cases.begin(desk.db, at)
    (reference,) = {case.reference for case in cases.drafts(desk.db)}
    for command, unit, gone in (("undo", undo.last, (reference,)), ("undo --redo", undo.last_undo, ())):
        before = unit(desk.db, number)
        desk.db.recorder.begin(command, desk.now, undoes=before.id)
        undo.take_back(desk.db, before, undo.reversible(desk.db, before))
        assert (health.taken_back(desk.db), health.lost_cases(desk.db)) == (gone, ())


def test_an_erased_case_is_neither(desk, shelf):
    subject = erasing.find(desk.db, shelf.references["family-2"])
    erasing.erase(desk.db, subject, lambda _: "", at)
    assert health.rebuild_due(desk.db) == shelf.references["family-2"]
    erasing.finish(desk.db)
    assert (health.taken_back(desk.db), health.lost_cases(desk.db)) == ((), ())
    assert (health.left_of_erased(desk.db), health.rebuild_due(desk.db), health.flaws(desk.db)) == ((), None, ())


def test_a_flaw_is_told_with_the_reference_of_its_case(desk, shelf):
    for name in triggers.present(desk.db):
        desk.db.execute(f"DROP TRIGGER {name}")
    desk.db.execute("UPDATE adult SET called = 'x' WHERE case_id = ?", [shelf.cases["family-2"]])
    desk.db.execute("UPDATE officer SET team = 'x'")
    assert set(health.flaws(desk.db)) == {("row", shelf.references["family-2"]), ("row", "")}
    assert not desk.db.conn.in_transaction


def test_what_another_window_saves_meanwhile_is_no_flaw(opened, shelf, monkeypatch):
    """The chain, the words and the rows are read at one moment, whatever is written between their queries."""
    db = opened()
    other = open_file(db.path, shelf.key)
    other.execute("PRAGMA busy_timeout = 0")
    real, refused = health.history._words, []

    def words(read):
        try:
            cases.begin(other, at)
        except (dbapi2.OperationalError, ConflictError):
            refused.append(True)
        return real(read)

    monkeypatch.setattr(health.history, "_words", words)
    assert health.flaws(db) == ()
    assert refused, "nobody wrote meanwhile"
    cases.begin(other, at)
    other.close()


def test_a_copy_of_the_file_is_as_well_as_the_file(opened, shelf, tmp_path):
    path = shutil.copyfile(opened().path, tmp_path / "copy.db")
    db = health.open_as_it_is(path, shelf.key)
    assert health.flaws(db) == ()
    db.close()
