"""The history: no change without its entry, no entry without its link, and every break of the chain noticed."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.errors import ConflictError, DamagedFileError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.ledger import objections
from cppp_cli.store import cases, encrypted, erasing, history, ledger, records, sessions, triggers, undo
from cppp_cli.store.file import OfficerFile, open_file
from cppp_cli.store.history import Flaw
from cppp_cli.store.migrations import NAMES

SCHEMAS = Path(__file__).parent / "schemas"  # a file of every released schema, as the program of its time wrote it


@pytest.fixture
def case_id(shelf):
    return shelf.cases["family-1"]


@pytest.fixture
def meddle(desk, shelf):
    """Change the file as somebody with the key and another program could: no guard, no history."""

    def work(*statements, keep_guards=False):
        db = desk.db
        if not keep_guards:
            for name in triggers.present(db):
                db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)

    return work


def chain_of(flaws):
    return {(flaw.what, flaw.chain) for flaw in flaws}


# ---------------------------------------------------------------------------------- every change is told


def test_the_history_of_both_families_holds(desk):
    assert history.verify(desk.db) == ()
    assert desk.db.table("change").count == desk.db.table("link").count > 500


def test_every_table_is_logged_or_says_why_not(desk):
    tables = set(desk.db.table_names())
    assert tables == set(triggers.LOGGED) | triggers.NOT_LOGGED - {"sqlite_sequence"} | {"sqlite_sequence"}


def test_an_answer_is_told_with_what_stood_there(desk, case_id):
    desk.db.recorder.begin("case edit", desk.now)
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    was = sheet.answers()["children.1.school"].value
    sheet.put("children.1.school", Answer("Hill Top School"))
    (change,) = history.of_chain(desk.db, case_id)[-1:]
    assert (change.action, change.place, change.row) == ("update", "child", {"case_id": case_id, "number": 1})
    assert (change.before, change.after) == ({"school": was}, {"school": "Hill Top School"})
    (unit,) = history.units(desk.db, case_id)[-1:]
    assert (unit.command, unit.at, unit.undoes) == ("case edit", "2026-08-06T09:00:00+00:00", None)


def test_one_command_is_one_unit_and_one_that_changes_nothing_is_none(desk, case_id):
    before = len(history.units(desk.db))
    desk.db.recorder.begin("case edit", desk.now)
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    sheet.put("judge", Answer("Recorder Ames"))
    sheet.put("children.1.school", Answer("Hill Top School"))
    desk.db.recorder.begin("case show", desk.now)
    sheet.answers()
    desk.db.recorder.begin("case edit", desk.now)
    sheet.put("judge", Answer(gap=Gap.NOT_KNOWN))
    assert [len(history.changes(desk.db, unit.id)) for unit in history.units(desk.db)[before:]] == [2, 1]


def test_what_is_rolled_back_is_not_told(desk, case_id):
    before = desk.db.table("change").count, desk.db.table("link").count, desk.db.table("unit").count
    desk.db.recorder.begin("case edit", desk.now)
    with contextlib.suppress(RuntimeError), desk.db.atomic():
        cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("Recorder Ames"))
        raise RuntimeError
    assert (desk.db.table("change").count, desk.db.table("link").count, desk.db.table("unit").count) == before
    assert history.verify(desk.db) == ()


def test_a_row_that_is_replaced_is_told_as_gone_and_come(desk, case_id):
    desk.db.execute("INSERT OR REPLACE INTO court_question SELECT * FROM court_question WHERE case_id = ? AND number = 1", [case_id])  # fmt: skip
    assert [(c.action, c.place) for c in history.of_chain(desk.db, case_id)[-2:]] == [
        ("delete", "court_question"),
        ("insert", "court_question"),
    ]
    assert history.verify(desk.db) == ()


def test_rows_that_go_with_another_are_told_too(desk, shelf):
    first, second = shelf.cases.values()
    with desk.db.recorder.because("test"):
        desk.db.execute("DELETE FROM case_file WHERE id = ?", [first])
    assert history.verify(desk.db) == ()
    gone = [c.place for c in history.of_chain(desk.db, first) if c.action == "delete"]
    assert set(gone) >= {"session", "session_answer", "statement", "letter", "topic", "picture", "adult", "child"}
    assert not [c for c in history.of_chain(desk.db, second) if c.action == "delete" and c.place == "session_answer"]


def test_a_picture_is_told_by_its_digest_and_not_by_what_it_shows(desk, case_id):
    records.add_picture(desk.db, case_id, b"a drawing of a house", "image/png", (3, 4), desk.moment)
    told = history.of_chain(desk.db, case_id)[-1].after
    assert len(told["data"]) == 64
    assert "house" not in json.dumps(told)
    assert history.verify(desk.db) == ()


def test_a_program_without_the_functions_cannot_write(desk, shelf, case_id):
    """A client that knows the key can read the file, and its first write is refused by the file itself."""
    path = desk.home / "officer.db"
    stranger = encrypted.connect(path, shelf.key)
    with pytest.raises(dbapi2.OperationalError, match="no such function"):
        stranger.execute("UPDATE case_file SET judge = 'x' WHERE id = ?", [case_id])
    assert stranger.execute("SELECT count(*) FROM case_file").fetchone() == (2,)
    stranger.close()


def test_a_finished_session_takes_no_change_without_a_reason_however_it_comes(desk, case_id):
    session = sessions.of_case(desk.db, case_id)[0]
    for statement in (
        "UPDATE session SET place = 'x' WHERE id = ?",
        "UPDATE session SET state = 'draft' WHERE id = ?",
        "DELETE FROM session WHERE id = ?",
        "UPDATE session_answer SET value = '\"x\"' WHERE session_id = ?",
        "DELETE FROM session_answer WHERE session_id = ?",
        "INSERT INTO session_answer (session_id, path, value) VALUES (?, 'new', '1')",
        "INSERT OR REPLACE INTO session_answer SELECT session_id, path, '1', NULL FROM session_answer WHERE session_id = ?",
    ):
        with pytest.raises(dbapi2.IntegrityError, match="with a reason only"):
            desk.db.execute(statement, [session.id])
    assert sessions.of_case(desk.db, case_id)[0] == session
    with pytest.raises(dbapi2.IntegrityError):
        sessions.AmendingSheet(desk.db, session.id, case_id=case_id, now=desk.moment, reason="").put(
            "place", Answer("x")
        )


# ---------------------------------------------------------------------------------- every break is noticed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET after = 'x'",
        "DELETE FROM change",
        "UPDATE link SET head = x'00'",
        "DELETE FROM link",
        "UPDATE unit SET at = ''",
        "DELETE FROM unit",
        "INSERT OR REPLACE INTO link SELECT * FROM link WHERE id = 1",
    ],
)
def test_the_history_refuses_to_be_changed(desk, statement):
    with pytest.raises(dbapi2.IntegrityError, match="added to, never changed"):
        desk.db.execute(statement)
    assert history.verify(desk.db) == ()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE change SET after = replace(after, 'Isla', 'Isa') WHERE id = (SELECT min(id) FROM change WHERE after LIKE '%Isla%')", "digest"),
        ("UPDATE change SET at = '2020-01-01' WHERE id = 5", "digest"),
        ("UPDATE change SET salt = x'00' WHERE id = 5", "digest"),
        ("UPDATE change SET reason = 'because' WHERE id = 5", "digest"),
        ("DELETE FROM change WHERE id = 5", "lost"),
        ("UPDATE link SET digest = x'00' WHERE id = 5", "head"),
        ("UPDATE unit SET command = 'another'", "head"),
        ("UPDATE unit SET at = '2020-01-01'", "head"),
        ("DELETE FROM link WHERE id = 5", "gap"),
        ("DELETE FROM link WHERE id = (SELECT max(id) FROM link)", "gap"),
        ("DELETE FROM link WHERE id = (SELECT max(id) FROM link); ", "extra"),
        ("INSERT INTO change (chain, at, action, place, \"row\") VALUES (1, '', 'insert', 'adult', '{}')", "extra"),
        ("UPDATE statement SET words = 'I want to live with Dad'", "row"),
        ("DELETE FROM statement", "row"),
        ("INSERT INTO court_question (case_id, number, words) VALUES (1, 9, 'another')", "row"),
        ("UPDATE picture SET data = x'00'", "row"),
        ("UPDATE officer SET full_name = 'Somebody Else'", "row"),
    ],
)  # fmt: skip
def test_what_somebody_changed_behind_its_back_is_noticed(desk, meddle, statement, what):
    meddle("PRAGMA foreign_keys = OFF", statement.rstrip("; "))
    assert what in {flaw.what for flaw in history.verify(desk.db)}


def test_a_chain_cut_off_at_its_end_with_its_words_is_noticed(desk, meddle):
    (last,) = desk.db.execute("SELECT max(id) FROM link").fetchone()
    meddle(
        "PRAGMA foreign_keys = OFF",
        f"DELETE FROM link WHERE id > {last - 3}",
        f"DELETE FROM change WHERE id > {last - 3}",
    )
    assert Flaw("gap", triggers.FILE_CHAIN) in history.verify(desk.db)


def test_two_changes_exchanged_are_noticed(desk, meddle, case_id):
    one, two = (row["id"] for row in desk.db.query("SELECT id FROM change WHERE chain = ? LIMIT 2", [case_id]))
    meddle(
        f"UPDATE change SET id = -1 WHERE id = {one}",
        f"UPDATE change SET id = {one} WHERE id = {two}",
        f"UPDATE change SET id = {two} WHERE id = -1",
    )
    assert ("digest", case_id) in chain_of(history.verify(desk.db))


def test_a_break_is_said_of_the_case_it_is_in(desk, meddle, shelf):
    second = shelf.cases["family-2"]
    meddle(f"UPDATE statement SET words = 'other words' WHERE case_id = {second}")
    assert chain_of(history.verify(desk.db)) == {("row", second)}


def test_every_flaw_has_words():
    assert {"gap", "head", "digest", "lost", "extra", "row"} == set(history.WHAT)


# ---------------------------------------------------------------------------------- erasing, opening


@pytest.mark.parametrize("family", FAMILIES)
def test_the_chain_holds_after_a_case_is_erased(desk, shelf, family):
    other = next(number for name, number in shelf.cases.items() if name != family)
    theirs = history.of_chain(desk.db, other)
    gone = erasing.Subject(shelf.cases[family], shelf.references[family], present=True)
    erasing.erase(desk.db, gone, lambda _: "certificate", desk.moment)
    assert history.verify(desk.db) == ()
    assert history.of_chain(desk.db, shelf.cases[family]) == ()
    assert history.of_chain(desk.db, other) == theirs
    (links,) = desk.db.execute("SELECT count(*) FROM link WHERE chain = ?", [shelf.cases[family]]).fetchone()
    assert links > 300, "what stays proves that there was something, and not what"


def test_words_that_went_without_an_erasure_are_noticed(desk, meddle, case_id):
    meddle(f"DELETE FROM change WHERE chain = {case_id}")
    assert ("lost", case_id) in chain_of(history.verify(desk.db))


def test_every_trigger_is_as_it_should_be_and_known_by_name(desk):
    assert triggers.present(desk.db) == triggers.expected(desk.db)
    assert triggers.names() == triggers.expected(desk.db).keys()


@pytest.mark.parametrize("name", ["history_statement_update", "change_is_chained", "finished_letter_delete"])
def test_a_missing_trigger_stops_the_opening(desk, shelf, name):
    desk.db.execute(f"DROP TRIGGER {name}")
    with pytest.raises(DamagedFileError, match="cppp restore"):
        open_file(desk.home / "officer.db", shelf.key)


def test_transform_drops_triggers_and_the_file_is_then_refused_until_they_are_renewed(desk, shelf):
    """The reason they are made anew after every migration; should sqlite-utils keep them one day, this says so."""
    desk.db.table("appointment").transform(types={"reason": str})
    assert "history_appointment_update" not in triggers.present(desk.db)
    with pytest.raises(DamagedFileError):
        open_file(desk.home / "officer.db", shelf.key)
    with desk.db.atomic():
        triggers.renew(desk.db)
    open_file(desk.home / "officer.db", shelf.key).close()


def test_a_file_replaced_meanwhile_takes_no_answer(desk, shelf, case_id, tmp_path):
    if not (desk.home / "officer.db").stat().st_ino:
        pytest.skip("this file system gives files no number")
    new = shelf.take("filled", tmp_path / "other")
    try:
        new.replace(desk.home / "officer.db")
    except PermissionError:  # Windows does not replace a file that is open, which is as good
        return
    before = (desk.home / "officer.db").read_bytes()
    # Of a writer killed in the new file: beginning a transaction on the old one would play it there, and remove it.
    journal = desk.home / "officer.db-journal"
    journal.write_bytes(bytes(4096))
    with pytest.raises(ConflictError, match="replaced"):
        cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("Recorder Ames"))
    assert (desk.home / "officer.db").read_bytes() == before
    assert journal.read_bytes() == bytes(4096)


# ---------------------------------------------------------------------------------- released schemas


@pytest.fixture
def released(shelf, tmp_path):
    """A copy of a file that a released version wrote, with every table of its schema filled."""
    from cppp_cli.store.keys import derive, read_salt

    def take(name):
        path = tmp_path / "old" / "officer.db"
        path.parent.mkdir()
        path.write_bytes((SCHEMAS / name).read_bytes())
        return path, derive(shelf.passphrase, read_salt(path))

    return take


def rows_of(db, tables):
    return {table: [tuple(row) for row in db.execute(f"SELECT * FROM {table}")] for table in tables}


def test_there_is_a_file_of_every_schema():
    assert [path.stem for path in sorted(SCHEMAS.iterdir())] == [name[1:4] for name in sorted(NAMES)]


@pytest.mark.parametrize("name", sorted(path.name for path in SCHEMAS.iterdir()))
def test_a_file_of_every_released_schema_opens_with_all_its_rows(released, name):
    path, key = released(name)
    before = OfficerFile(path, key)
    tables = [t for t in before.table_names() if not t.startswith(("_", "sqlite_"))]
    were = rows_of(before, tables)
    before.close()
    assert [table for table in tables if not were[table] and (table, name) not in NOT_FILLED] == []
    db = open_file(path, key)
    try:
        now = rows_of(db, tables)
        for table in tables:  # a later schema may add columns at the end, and the history goes on
            kept = now[table][: len(were[table])]
            assert [row[: len(old)] for row, old in zip(kept, were[table], strict=True)] == were[table]
            assert len(now[table]) == len(were[table]) or table in {"unit", "change", "link"}
        assert history.verify(db) == (), "its history accounts for every row"
        assert len(cases.listed(db)) == 3
    finally:
        db.close()


NOT_FILLED = {("restriction", "001.db"), ("unfinished", "001.db"), ("form_answer", "001.db")}


def test_before_an_upgrade_a_copy_can_be_made_of_the_file_as_it_is(released):
    saved = []
    path, key = released("001.db")
    open_file(path, key, before_upgrade=lambda file, step: saved.append((step, file.table_names()))).close()
    ((step, tables),) = saved
    assert step == "m002_history"
    assert "change" not in tables
    open_file(path, key, before_upgrade=lambda *_: saved.append(None)).close()
    assert len(saved) == 1, "only once"


TOPICS = """SELECT topic.*, held_on, session.kind FROM topic JOIN session ON session.id = session_id
    ORDER BY topic.case_id, session_id, number"""


@pytest.mark.parametrize("name", ["001.db", "002.db"])
def test_what_sessions_said_of_topics_begins_the_plan(released, name):
    """Against the rows as they were: each topic of the joint sessions of both families, with the day it was said."""
    path, key = released(name)
    with contextlib.closing(OfficerFile(path, key)) as before:
        topics = list(before.query(TOPICS))
        sessions_before = rows_of(before, ["session", "session_answer", "statement", "letter", "amendment", "topic"])
    assert {row["case_id"] for row in topics} == {1, 2}
    assert {row["state"] for row in topics} == {"agreed", "agreed_in_principle", "not_agreed", "for_court"}
    with contextlib.closing(open_file(path, key)) as db:
        made = [(number, entry) for number in (1, 2, 3) for entry in ledger.entries(db, number)]
        assert len(made) == len(topics) == 8
        for row, (case_id, entry) in zip(topics, made, strict=True):
            assert (case_id, entry.topic, list(entry.children)) == (
                row["case_id"], row["topic"], json.loads(row["children"])
            )  # fmt: skip
            assert (entry.state, entry.wording or None, entry.court_asked or None) == (
                row["state"], row["wording"], row["court_asked"]
            )  # fmt: skip
            agreed = row["state"].startswith("agreed")
            for side, asked in ((entry.a, row["position_a"]), (entry.b, row["position_b"])):
                assert (side.asked or None, side.to_court or None, side.offered) == (asked, asked, "")
                assert side.yes_on == (date.fromisoformat(row["held_on"]) if agreed else None)
                assert side.confirmed_on is None, "nobody was asked after time to reflect"
            (version,) = entry.versions
            assert (version.source, version.session_id, version.session_item, version.said_on.isoformat()) == (
                "session", row["session_id"], row["number"], row["held_on"]
            )  # fmt: skip
            assert objections(entry) == ()
        now = rows_of(db, sessions_before)
        for table, rows in sessions_before.items():
            assert [row[: len(old)] for row, old in zip(now[table], rows, strict=True)] == rows
        assert history.verify(db) == ()


@pytest.mark.parametrize("name", ["001.db", "002.db"])
def test_the_upgrade_tells_the_rows_it_made_and_no_other_twice(released, name):
    path, key = released(name)
    with contextlib.closing(OfficerFile(path, key)) as before:
        told = before.table("change").count if before.table("change").exists() else 0
    with contextlib.closing(open_file(path, key)) as db:
        unit = history.units(db)[-1]
        changes = history.changes(db, unit.id)
        places = Counter(change.place for change in changes)
        assert unit.command == "upgrade"
        assert db.table("change").count == told + len(changes)
        assert {place: places[place] for place in ("ledger_version", "ledger_answer")} == {
            table: db.table(table).count for table in ("ledger_version", "ledger_answer")
        }
        assert places["ledger_version"] == 8
        assert ({*places} == {"ledger_version", "ledger_answer"}) is (name == "002.db")
        assert {change.action for change in changes} == {"insert"}
        assert undo.last(db) is None or undo.last(db).command != "upgrade"
        assert history.verify(db) == ()


def test_of_two_sessions_that_spoke_of_one_topic_the_later_one_begins_the_entry(released):
    """As documents did before: what the earlier one said was no longer printed. What speaks of another child stays."""
    path, key = released("002.db")
    with contextlib.closing(OfficerFile(path, key)) as db, db.recorder.because("test"):
        db.execute(
            "INSERT INTO session (case_id, kind, state, outcome, held_on, started_at, changed_at, finished_at) VALUES "
            "(2, 'other', 'finished', 'held', '2026-08-04', '2026-08-04T09:00:00+00:00', '2026-08-04T09:00:00+00:00', "
            "'2026-08-04T10:00:00+00:00')"
        )
        for state, outcome in (("draft", "held"), ("discarded", "held"), ("finished", "cancelled")):
            db.execute(
                "INSERT INTO session (case_id, kind, state, outcome, held_on, started_at, changed_at) VALUES "
                "(2, 'other', ?, ?, '2026-08-05', '2026-08-05T09:00:00+00:00', '2026-08-05T09:00:00+00:00')",
                [state, outcome],
            )
        (first,) = db.execute("SELECT min(id) FROM session WHERE kind = 'other' AND held_on = '2026-08-04'").fetchone()
        row = "(session_id, case_id, number, topic, children, state, wording)"
        for number, topic, words in ((1, "living_pattern", "From October Thea comes too."), (2, "money", "Halves.")):
            db.execute(
                f"INSERT INTO topic {row} VALUES (?, 2, ?, ?, '[\"2\"]', 'agreed', ?)", [first, number, topic, words]
            )
        for later in (first + 1, first + 2, first + 3):
            db.execute(f"INSERT INTO topic {row} VALUES (?, 2, 1, 'money', '[\"2\"]', 'agreed', 'Not said.')", [later])
    with contextlib.closing(open_file(path, key)) as db:
        found = [(e.topic, e.children, e.state, e.wording, len(e.versions)) for e in ledger.entries(db, 2)]
        assert [(topic, children, state) for topic, children, state, _, _ in found] == [
            ("living_pattern", ("1",), "agreed_in_principle"),
            ("parents_communication", ("all",), "agreed"),
            ("living_pattern", ("2",), "agreed"),
            ("money", ("2",), "agreed"),
        ]
        assert [words for *_, words, _ in found][-2:] == ["From October Thea comes too.", "Halves."]
        assert {number for *_, number in found} == {1}
        assert len(ledger.entries(db, 1)) == 5
        assert history.verify(db) == ()


def test_what_an_upgrade_found_is_told_as_such(released):
    db = open_file(*released("001.db"))
    assert {unit.command for unit in history.units(db)} == {"upgrade"}
    db.close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(released, monkeypatch):
    path, key = released("001.db")
    before = path.read_bytes()
    monkeypatch.setattr(triggers, "renew", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        open_file(path, key)
    assert path.read_bytes() == before
    monkeypatch.undo()
    open_file(path, key).close()
