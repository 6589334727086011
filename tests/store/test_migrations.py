from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Migrations

from cppp_cli.errors import DamagedFileError
from cppp_cli.store import file, migrations
from cppp_cli.store.file import make, open_file
from cppp_cli.store.keys import Key

CONTACT = "phone phone_confidential email email_confidential address address_confidential"
GATES = "wish wish_on wish_reason decision decision_on decision_reason"
# Written down once more by hand: a column that is renamed, added or lost is noticed here.
TABLES = {
    "officer": "id full_name title team swe_number usual_court phone working_days working_hours documents gaps "
    "keep_months",
    "case_file": "id reference state case_number court judge route route_other order_date hearing_on hearing_kind "
    "report_due guardian child_solicitor local_authority has_others arrangement_now order_now day_zero returned_on "
    "return_reason return_sentence gaps opened_at changed_at",
    "court_question": "case_id number words more gaps",
    "adult": f"case_id number side full_name called role pronouns {CONTACT} solicitor interpreter adjustments "
    "adjustments_open asked_alone has_restrictions willing consent_on consent_way prep_elearning prep_workshop "
    "prep_certificate more gaps",
    "child": "case_id number full_name called pronouns born school lives_with lives_elsewhere needs more gaps",
    "relation": "case_id child adult relation responsibility gaps",
    "other_person": "case_id number full_name role home note more gaps",
    "restriction": "case_id adult number kind terms forbids_meeting ends_on more gaps",
    "screening": "case_id criterion result note depart reason manager consulted_on gaps",
    "appointment": "id case_id step on_date at_time state chosen reason made_at ended_at",
    "session": "id case_id kind side state outcome outcome_reason held_on starts_at ends_at mode place gaps "
    "started_at changed_at finished_at",
    "session_answer": "session_id path value gap",
    "statement": f"session_id case_id number child exact words {GATES} more gaps",
    "letter": f"session_id case_id number child form idea_of picture words description {GATES} shown_how shown_by "
    "original more gaps",
    "topic": "session_id case_id number topic topic_other children state wording position_a position_b court_asked "
    "more gaps entry said_yes",
    "picture": "id case_id media_type width height data added_at",
    "amendment": "id session_id path before after reason at",
    "report_answer": "case_id path value gap",
    "safeguarding_note": "id case_id session_id words said_by said_when present place asked told_next manager_told at",
    "unfinished": "case_id scope path words",
    "form_answer": "case_id form path value gap",
    "document": "id case_id kind version status digest written_at",
    "unit": "id token command at undoes",
    "change": "id chain at action place row before after reason salt",
    "link": "id chain number unit digest head",
    "event": "id case_id what detail path digest at",
    "erasure": "case_id reference erased_at rows certificate",
    "closure": "case_id closed_on record_confirmed_on due_on",
    "hold": "case_id number kind since lifted_on",
    "handover": "case_id came_on came_from consent_a_on consent_b_on safety_on",
    "earlier_change": "case_id number command at action place row before after reason",
    "ledger_version": "case_id item number source session_id session_item said_on made_at",
    "ledger_answer": "case_id item number path value gap",
    "term_period": "case_id child number first_day last_day kind name",
    "parent_form": "id case_id side token children safe made_at read_at",
    "disclosure": "case_id number session_id statement letter note_id category reason manager consulted_on told "
    "told_other told_on child_told child_told_on child_told_note decided_on at",
    "letter_answer": "case_id session_id number path value gap",
    "document_text": "case_id kind version markdown data written_at",
    "final": "case_id kind version code template template_digest program reviewed_by reviewed_on not_reviewed corrects "
    "frozen_at",
    "final_file": "case_id kind version name data",
    "release": "case_id number kind version place passage confidence_ref confidence_digest how reason at",
    "correction": "case_id kind version number place before after reason told told_on",
    "fact_check": "case_id number kind version side written_at answered_on",
    "fact_request": "case_id fact_check number place asked accepted why at",
}
# What belongs to no case, and the history, whose words leave by a way of their own: store/erasing.py.
KEPT_FOR_EVER = {"officer", "unit", "change", "link", "erasure"}


@pytest.fixture
def key():
    return Key(os.urandom(32), os.urandom(16))


@pytest.fixture
def fresh(tmp_path, key):
    db = make(tmp_path / "home" / "officer.db", key)
    yield db
    db.close()


def test_the_schema_is_what_is_written_here(fresh):
    found = {
        table.name: [column.name for column in table.columns]
        for table in fresh.tables
        if not table.name.startswith(("_sqlite", "sqlite_"))
    }
    assert found == {name: columns.split() for name, columns in TABLES.items()}


def test_every_table_is_strict_and_keeps_foreign_keys(fresh):
    assert [t.name for t in fresh.tables if t.name in TABLES and not t.strict] == []
    assert fresh.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert fresh.execute("PRAGMA foreign_key_check").fetchall() == []
    assert fresh.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_everything_of_a_case_goes_with_it(desk):
    """Deleting a case must leave nothing of it: each table hangs on the case, directly or through another."""
    db = desk.db
    parents = {name: {row[2] for row in db.execute(f"PRAGMA foreign_key_list({name})").fetchall()} for name in TABLES}

    def hangs_on_a_case(name):
        return name == "case_file" or any(hangs_on_a_case(parent) for parent in parents[name] - {name})

    assert {name for name in TABLES if not hangs_on_a_case(name)} == KEPT_FOR_EVER
    before = {name: db.table(name).count for name in TABLES}
    assert [name for name, rows in before.items() if not rows] == [
        "restriction",
        "amendment",
        "safeguarding_note",
        "unfinished",
        "form_answer",
        "document",
        "event",
        "erasure",
        "closure",
        "hold",
        "handover",
        "earlier_change",
        "parent_form",
        "disclosure",
        "letter_answer",
        "document_text",
        "final",
        "final_file",
        "release",
        "correction",
        "fact_check",
        "fact_request",
    ]  # the two families have no such thing; every other table is put to the test
    with db.recorder.because("test"):
        db.execute("DELETE FROM case_file")
    assert [name for name in TABLES if name not in KEPT_FOR_EVER and db.table(name).count] == []


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("INSERT INTO child (case_id, number, full_name) VALUES (999, 1, 'x')", []),
        ("INSERT INTO relation (case_id, child, adult) VALUES (1, 99, 1)", []),
        ("INSERT INTO statement (session_id, case_id, number) VALUES (1, 999, 1)", []),
        ("INSERT INTO letter (session_id, case_id, number, picture) VALUES (1, 1, 9, 999)", []),
        (
            "INSERT INTO session (case_id, kind, side, state, started_at, changed_at) VALUES (1, 'joint', 'A', 'draft', '', '')",
            [],
        ),
        (
            "INSERT INTO session (case_id, kind, side, state, started_at, changed_at) VALUES (1, 'parent', NULL, 'draft', '', '')",
            [],
        ),
        ("INSERT INTO session_answer (session_id, path, value, gap) VALUES (1, 'x', '1', 'blank')", []),
        ("INSERT INTO report_answer (case_id, path) VALUES (1, 'x')", []),
        ("INSERT INTO amendment (session_id, path, reason, at) VALUES (1, 'x', '', '')", []),
        ("INSERT INTO officer (id, full_name, working_days) VALUES (2, 'x', '[]')", []),
        ("UPDATE case_file SET state = 'nowhere' WHERE id = 1", []),
        ("UPDATE adult SET side = 'C' WHERE case_id = 1", []),
        ("UPDATE child SET number = 'two' WHERE case_id = 1", []),
        ("UPDATE picture SET data = 'text' WHERE id = 1", []),
        ("INSERT INTO ledger_version VALUES (999, 'entry.9', 1, 'desk', NULL, NULL, NULL, '')", []),
        ("INSERT INTO ledger_version VALUES (1, 'entry.9', 0, 'desk', NULL, NULL, NULL, '')", []),
        ("INSERT INTO ledger_version VALUES (1, 'entry.9', 1, 'rumour', NULL, NULL, NULL, '')", []),
        ("INSERT INTO ledger_version VALUES (1, 'entry.9', 1, 'session', NULL, NULL, NULL, '')", []),
        ("INSERT INTO ledger_version VALUES (1, 'entry.9', 1, 'desk', 1, 1, NULL, '')", []),
        (
            "INSERT INTO ledger_version SELECT 1, 'entry.9', 1, 'session', id, 1, NULL, '' FROM session WHERE case_id = 2 LIMIT 1",
            [],
        ),
        ("INSERT INTO ledger_answer VALUES (1, 'entry.9', 1, 'state', '\"agreed\"', NULL)", []),
        ("UPDATE ledger_answer SET gap = 'blank' WHERE value IS NOT NULL", []),
        ("INSERT INTO term_period VALUES (1, 9, 1, '2026-09-01', '2026-12-18', 'term', '')", []),
        ("INSERT INTO term_period VALUES (1, 1, 1, '2026-12-18', '2026-09-01', 'term', '')", []),
        ("INSERT INTO term_period VALUES (1, 1, 1, '2026-09-01', '2026-12-18', 'week', '')", []),
        ("INSERT INTO parent_form (case_id, side, token, safe, made_at) VALUES (1, 'O', 'T', 'yes', '')", []),
        (
            "INSERT INTO parent_form (case_id, side, token, safe, made_at) SELECT id, 'A', 'T', 'yes', '' FROM case_file",
            [],
        ),
        ("INSERT INTO letter_answer VALUES (1, 999, 1, 'shared', '\"yes\"', NULL)", []),
        ("INSERT INTO letter_answer VALUES (1, 1, -1, 'shared', '\"yes\"', NULL)", []),
        ("INSERT INTO letter_answer VALUES (1, 1, 1, 'shared', NULL, NULL)", []),
        ("INSERT INTO letter_answer VALUES (1, 1, 1, 'shared', '\"yes\"', 'blank')", []),
        (
            "INSERT INTO letter_answer SELECT 1, id, 1, 'shared', '\"yes\"', NULL FROM session WHERE case_id = 2 LIMIT 1",
            [],
        ),
        ("INSERT INTO final VALUES (1, 'cppp-report', 1, 'c', 't', 'd', 'p', NULL, NULL, NULL, NULL, '')", []),
        ("INSERT INTO final_file VALUES (1, 'cppp-report', 1, 'x.md', x'00')", []),
        ("INSERT INTO correction VALUES (1, 'cppp-report', 1, 1, '', '', '', '', '[]', NULL)", []),
        ("INSERT INTO release VALUES (1, 1, 'cppp-report', 1, '', '', '', '', '', '', '')", []),
        ("INSERT INTO release VALUES (1, 0, 'cppp-report', NULL, '', '', '', '', '', '', '')", []),
        ("INSERT INTO fact_check VALUES (1, 1, 'cppp-report', 1, 'O', '', NULL)", []),
        ("INSERT INTO fact_check VALUES (999, 1, 'cppp-report', 1, 'A', '', NULL)", []),
        ("INSERT INTO fact_request VALUES (1, 1, 1, '', '', 'yes', '', '')", []),
    ],
)
def test_the_file_itself_refuses_what_cannot_be(desk, statement, values):
    with pytest.raises(dbapi2.IntegrityError):
        desk.db.execute(statement, values)


def test_a_person_of_one_case_cannot_be_put_into_another(desk, shelf):
    """A statement points at a child of its own case: the pair of case and number is checked, not the number alone."""
    first, second = shelf.cases.values()
    desk.db.execute("INSERT INTO child (case_id, number, full_name) VALUES (?, 7, 'Only here')", [first])
    session = next(r["id"] for r in desk.db.query("SELECT id FROM session WHERE case_id = ?", [second]))
    with pytest.raises(dbapi2.IntegrityError):
        desk.db.execute(
            "INSERT INTO statement (session_id, case_id, number, child) VALUES (?, ?, 9, 7)", [session, second]
        )
    with pytest.raises(dbapi2.IntegrityError):
        desk.db.execute(
            "INSERT INTO statement (session_id, case_id, number, child) VALUES (?, ?, 9, 7)", [session, first]
        )


def test_a_safeguarding_note_stands_as_written(desk, shelf):
    from cppp_cli.store import sessions

    sessions.add_note(desk.db, shelf.cases["family-1"], None, {"words": "as said"}, desk.moment)
    for column in TABLES["safeguarding_note"].split():
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            desk.db.execute(f"UPDATE safeguarding_note SET {column} = {column}")
    for statement in (
        "INSERT OR REPLACE INTO safeguarding_note (id, case_id, words, at) VALUES (1, 1, 'otherwise', '')",
        "INSERT INTO safeguarding_note (id, case_id, words, at) VALUES (1, 1, '', '') ON CONFLICT DO UPDATE SET words = ''",
        "DELETE FROM safeguarding_note",
    ):
        with pytest.raises(dbapi2.IntegrityError):
            desk.db.execute(statement)
    (note,) = sessions.notes(desk.db, shelf.cases["family-1"])
    assert note["words"] == "as said"
    sessions.add_note(desk.db, shelf.cases["family-1"], None, {"words": "and another"}, desk.moment)
    with desk.db.recorder.because("test"):
        desk.db.execute("DELETE FROM case_file WHERE id = ?", [shelf.cases["family-1"]])
    assert desk.db.table("safeguarding_note").count == 0


# ---------------------------------------------------------------------------------- migrating


def test_a_file_that_is_up_to_date_is_not_written_to_when_opened(fresh, tmp_path, key):
    path = tmp_path / "home" / "officer.db"
    before = path.read_bytes()
    open_file(path, key).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("schema", ["001", "002", "003"])
def test_a_file_of_every_earlier_schema_is_made_as_a_new_one_is(fresh, shelf, tmp_path, schema):
    """The same tables, indexes and guards: no upgrade leaves a file that is a little otherwise."""
    from cppp_cli.store.keys import derive, read_salt

    def made(db):
        rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return {(kind, name): " ".join((sql or "").replace('"', "").split()) for kind, name, sql in rows}

    path = shutil.copyfile(Path(__file__).parent / "schemas" / f"{schema}.db", tmp_path / "old.db")
    db = open_file(path, derive(shelf.passphrase, read_salt(path)))
    try:
        assert made(db) == made(fresh)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        db.close()


def test_the_step_to_finals_tells_the_history_nothing(shelf, tmp_path):
    """It makes tables and no rows: nothing an officer did, and nothing to undo."""
    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.keys import derive, read_salt

    path = shutil.copyfile(Path(__file__).parent / "schemas" / "003.db", tmp_path / "old.db")
    key = derive(shelf.passphrase, read_salt(path))
    before = OfficerFile(path, key)
    told = before.table("change").count, before.table("unit").count
    before.close()
    db = open_file(path, key)
    assert (db.table("change").count, db.table("unit").count) == told
    assert [name for name in ("disclosure", "final", "letter_answer") if db.table(name).count] == []
    db.close()


def test_a_step_that_fails_changes_nothing(fresh, tmp_path, key, monkeypatch):
    path = tmp_path / "home" / "officer.db"
    fresh.execute("INSERT INTO officer (id, full_name, working_days) VALUES (1, 'Ruth Adeyemi', '[]')")
    fresh.close()
    later = Migrations("cppp")
    later()(migrations.m001_first)
    later()(migrations.m002_history)
    later()(migrations.m003_ledger)
    later()(migrations.m004_finals)

    @later()
    def m005_breaks(db):
        db.execute("UPDATE officer SET full_name = 'lost'")
        db.execute("CREATE TABLE half (x TEXT) STRICT")
        db.execute("DROP TABLE document")
        db.execute("INSERT INTO no_such_table VALUES (1)")

    monkeypatch.setattr(file, "STEPS", later)
    monkeypatch.setattr(file, "NAMES", migrations.NAMES | {"m005_breaks"})
    with pytest.raises(dbapi2.OperationalError):
        open_file(path, key)
    monkeypatch.undo()
    db = open_file(path, key)
    try:
        assert "half" not in db.table_names()
        assert "document" in db.table_names()
        assert [row["full_name"] for row in db.query("SELECT full_name FROM officer")] == ["Ruth Adeyemi"]
        assert {step.name for step in migrations.STEPS.applied(db)} == migrations.NAMES
    finally:
        db.close()


def test_a_later_step_is_applied_once_and_keeps_what_is_there(fresh, tmp_path, key, monkeypatch):
    path = tmp_path / "home" / "officer.db"
    fresh.execute("INSERT INTO officer (id, full_name, working_days) VALUES (1, 'Ruth Adeyemi', '[]')")
    fresh.close()
    runs = []
    later = Migrations("cppp")
    later()(migrations.m001_first)
    later()(migrations.m002_history)
    later()(migrations.m003_ledger)
    later()(migrations.m004_finals)

    @later()
    def m005_more(db):
        runs.append(1)
        db.execute("CREATE TABLE more (x TEXT) STRICT")

    monkeypatch.setattr(file, "STEPS", later)
    monkeypatch.setattr(file, "NAMES", migrations.NAMES | {"m005_more"})
    for _ in range(2):
        db = open_file(path, key)
        assert db.table("more").exists()
        assert db.table("officer").count == 1
        db.close()
    assert runs == [1]


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(fresh, tmp_path, key):
    path = tmp_path / "home" / "officer.db"
    fresh.table("_sqlite_migrations").insert({"migration_set": "cppp", "name": "m900_of_tomorrow", "applied_at": ""})
    fresh.close()
    before = path.read_bytes()
    with pytest.raises(DamagedFileError, match="newer version") as refused:
        open_file(path, key)
    assert refused.value.exit_code == 9
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_names_of_released_steps_are_never_changed():
    """Files in the world list these names; a renamed step would run again on them."""
    assert {"m001_first", "m002_history"} <= migrations.NAMES
    assert [step.name for step in migrations.STEPS._migrations] == sorted(migrations.NAMES)
