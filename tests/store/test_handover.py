"""A case handed over arrives whole in another officer's file, or not at all; and nothing of another family with it."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import stat
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cppp_cli.errors import (
    BlockedError,
    ConflictError,
    CpppError,
    DamagedFileError,
    LockedError,
    NotFoundError,
    UsageProblemError,
)
from cppp_cli.programme.answers import Answer
from cppp_cli.store import (
    appointments,
    cases,
    columns,
    confirming,
    contents,
    disclosures,
    encrypted,
    events,
    fact_checks,
    finals,
    handover,
    history,
    ledger,
    letter_life,
    parent_forms,
    records,
    releases,
    sealed,
    sessions,
    sheets,
    terms,
    undo,
    whole_case,
)
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key

sys.path.append(str(Path(__file__).parent))
kept_papers = importlib.import_module("kept_papers")

FAMILIES = ("family-1", "family-2")
COLLEAGUE = "Ngozi Adeyemi"
TODAY = date(2026, 8, 7)


def a_key():
    return Key(os.urandom(32), os.urandom(16))


@pytest.fixture
def key():
    return a_key()


@pytest.fixture
def made(shelf, tmp_path, key):
    """Hand a family's case over from a desk; the file."""

    def make(desk, family="family-1", name="case.cppp"):
        path = tmp_path / name
        handover.hand_over(
            desk.db, shelf.cases[family], path, key, made_by=COLLEAGUE, program="cppp 0", now=desk.moment
        )
        return path

    return make


def arrive(desk, path, key, **more):
    came = handover.parse(sealed.read(path, key))
    return handover.bring_in(desk.db, came, path, "digest", desk.moment, TODAY, **more)


def taken(desk, path, key, **more):
    return arrive(desk, path, key, **more).case_id


# ------------------------------------------------------------------------------------------------ round trip


def without_sessions(entries):
    """Entries whose positions came from a session without its number, which belongs to one file."""

    def side(position):
        origins = {
            name: found and replace(found, session_id=None)
            for name, found in (("asked_from", position.asked_from), ("offered_from", position.offered_from))
        }
        return replace(position, **origins)

    return [replace(entry, a=side(entry.a), b=side(entry.b)) for entry in entries]


def read_as_commands_do(db, case_id):
    """Everything a command can read of a case, without the numbers that belong to one file."""
    held = [row["id"] for row in db.query("SELECT id FROM session WHERE case_id = ? ORDER BY id", [case_id])]
    place = {number: at for at, number in enumerate(held)}
    noted = {note["id"]: at for at, note in enumerate(sessions.notes(db, case_id))}
    case = cases.load(db, case_id)

    def answers(sheet):
        """Each answer, and a picture as what it shows."""
        return {
            path: records.picture(db, case_id, a.value) if path.endswith(".picture") and a.value else a
            for path, a in sheet.answers().items()
        }

    def change(row):
        if not row["path"].endswith(".picture"):
            return row
        pictures = {w: records.picture(db, case_id, json.loads(row[w])["value"]) for w in ("before", "after")}
        return {**row, **pictures}

    def half_typed():
        for row in db.query("SELECT * FROM unfinished WHERE case_id = ? ORDER BY scope, path", [case_id]):
            owner, _, number = row["scope"].partition(":")
            if owner == "ledger":
                assert number == ledger.entries(db, case_id)[-1].item
                yield owner, number, row["path"], row["words"]
                continue
            if owner == "letter_answer":
                session, _, letter = number.partition(".")
                yield owner, (place[int(session)], letter), row["path"], row["words"]
                continue
            assert number == "" or int(number) in {case_id, *held}
            yield owner, place.get(int(number)) if owner == "session_answer" else None, row["path"], row["words"]

    def said(path, value):
        """A word of the plan, with the statements it refers to by the place of their session."""
        if path != "wishes" or not value:
            return value
        pairs = [str(found).split(".") for found in value]
        return [(place[int(session)], number) for session, number in pairs]

    def about(ref):
        """What is held in confidence, by the place of its session or note."""
        kind, number, *item = ref.split(".")
        return kind, (noted if kind == "note" else place)[int(number)], item

    def papers():
        for final in finals.of_case(db, case_id):
            key = case_id, final.kind, final.version
            yield final, finals.data(db, *key), finals.files(db, *key), finals.corrections(db, *key)

    def form(row):
        return {**row, "value": said(row["path"], row["value"] and json.loads(row["value"]))}

    def plan():
        for item, versions in sorted(ledger.versions(db, case_id).items()):
            for v in versions:
                changes = {p: a and (said(p, a.value), a.gap) for p, a in v.changes.items()}
                session = place[v.session_id] if v.session_id else None
                yield item, v.number, v.source, v.said_on, v.made_at, session, v.session_item, changes

    return {
        "plan": list(plan()),
        "finals": list(papers()),
        "words": [finals.text(db, case_id, "cppp-report", version) for version in range(1, 9)],
        "releases": [replace(r, confidence_ref=about(r.confidence_ref)) for r in releases.of_case(db, case_id)],
        "facts": (fact_checks.of_case(db, case_id), fact_checks.requests(db, case_id)),
        "passed on": [
            replace(one, session_id=place.get(one.session_id), note_id=noted.get(one.note_id))
            for one in disclosures.of_case(db, case_id)
        ],
        "letters": {(place[session], n): life for (session, n), life in letter_life.lives(db, case_id).items()},
        "entries": [(e.number, e.title, e.state, e.children, e.a, e.b, e.steps, e.agreed_on, len(e.wishes))
                    for e in without_sessions(ledger.entries(db, case_id))],
        "terms": terms.of_case(db, case_id),
        "forms given": [replace(given, case_id=0) for given in parent_forms.of_case(db, case_id)],
        "case": [getattr(case, name) for name in case.__dataclass_fields__ if name != "id"],
        "answers": answers(cases.sheet(db, case_id, str)),
        "report": answers(cases.report_sheet(db, case_id, str)),
        "sessions": [
            (
                {k: v for k, v in row.items() if k not in {"id", "case_id"}},
                answers(sessions.sheet(db, row["id"], case_id, str)),
                [change(row) for row in sessions.amendments(db, row["id"])],
            )
            for row in db.query("SELECT * FROM session WHERE case_id = ? ORDER BY id", [case_id])
        ],
        "timetable": appointments.history(db, case_id),
        "notes": [
            {**note, "id": 0, "case_id": 0, "session_id": place.get(note["session_id"])}
            for note in sessions.notes(db, case_id)
        ],
        "half typed": sorted(half_typed(), key=repr),
        "forms": [
            form(row)
            for row in db.query("SELECT form, path, value, gap FROM form_answer WHERE case_id = ?", [case_id])
        ],
        "documents": list(
            db.query("SELECT kind, version, status, digest, written_at FROM document WHERE case_id = ?", [case_id])
        ),
        "events": [
            e for e in db.query("SELECT what, detail, digest, at FROM event WHERE case_id = ? ORDER BY id", [case_id])
            if e["what"] not in {events.IMPORT, events.EXPORT}
        ],
        "end": [*db.query("SELECT closed_on, record_confirmed_on, due_on FROM closure WHERE case_id = ?", [case_id])],
        "holds": [*db.query("SELECT number, kind, since, lifted_on FROM hold WHERE case_id = ?", [case_id])],
    }  # fmt: skip


@pytest.mark.parametrize("stage", ["opened", "held", "filled"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_arrives_as_it_left_at_every_stage(open_desk, receiver, shelf, made, key, stage, family):
    sender = open_desk(stage)
    arrived = arrive(receiver, made(sender, family), key)
    assert arrived.reference == arrived.before == shelf.references[family]
    sent, got = sender.db, receiver.db
    assert read_as_commands_do(got, arrived.case_id) == read_as_commands_do(sent, shelf.cases[family])
    assert history.verify(got) == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_with_rows_in_every_table_arrives_as_it_left(crowded, receiver, shelf, made, key, family):
    """The other family's came before it, so that no number is the same by chance."""
    other = next(f for f in FAMILIES if f != family)
    taken(receiver, made(crowded, other, "other.cppp"), key)
    path = made(crowded, family)
    rows = whole_case.gather(crowded.db, shelf.cases[family])
    assert [table for table, found in rows.items() if not found] == ["earlier_change"]
    sent = read_as_commands_do(crowded.db, shelf.cases[family])
    case_id = taken(receiver, path, key)
    assert case_id != shelf.cases[family] or family == "family-2"
    assert read_as_commands_do(receiver.db, case_id) == sent
    counts = {t: len(found) for t, found in whole_case.gather(receiver.db, case_id).items()}
    told = len(whole_case.history_of(crowded.db, shelf.cases[family])) - 1  # the event that it left came after
    assert counts == {**{t: len(found) for t, found in rows.items()}, "earlier_change": told}
    assert receiver.db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert history.verify(receiver.db) == ()


def test_every_table_of_the_file_is_taken_along_or_said_to_stay(crowded):
    """A table added later is noticed here, and so is a column that refers to a case or a session."""
    found = set(crowded.db.table_names())
    assert found == {*whole_case.TABLES, *whole_case.STAYS}
    assert len(whole_case.TABLES) == len(set(whole_case.TABLES))
    for table in found - {*whole_case.TABLES, "handover", "erasure"}:
        columns = {column.name for column in crowded.db.table(table).columns}
        assert not columns & {"case_id", "session_id"}, table


def test_rows_come_in_an_order_in_which_none_refers_to_a_later_one(crowded):
    place = {table: at for at, table in enumerate(whole_case.TABLES)}
    for table in whole_case.TABLES:
        for row in crowded.db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            # A final refers to an earlier one, which comes before it by its version.
            assert place[row[2]] < place[table] or (row[2] == table == "final")


def test_every_kind_of_half_typed_words_finds_its_owner():
    layouts = [layout for layout in vars(sheets).values() if isinstance(layout, sheets.Layout)]
    assert len(layouts) == 3
    names = {(layout.overflow.name if layout.overflow else layout.owner.name): layout.owner.name for layout in layouts}
    assert names == whole_case._SCOPES


@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_child_said_stays_beside_its_entry_under_another_number(crowded, receiver, shelf, made, key, family):
    """Sessions are numbered anew where a case arrives: not one statement is exchanged for another child's."""
    from cppp_cli.programme.sessions import numbered_statements

    def beside(db, case_id):
        known = {
            f"{session.id}.{number}": said.words
            for session in sessions.of_case(db, case_id)
            for number, said in numbered_statements(session)
        }
        drafts = [json.loads(row["value"]) for row in db.query(
            "SELECT value FROM form_answer WHERE case_id = ? AND path = 'wishes'", [case_id])]  # fmt: skip
        wishes = [v.changes["wishes"].value for vs in ledger.versions(db, case_id).values() for v in vs
                  if (v.changes.get("wishes") or Answer()).value]  # fmt: skip
        return [[known[wish] for wish in found] for found in (*wishes, *drafts)]

    other = next(f for f in FAMILIES if f != family)
    taken(receiver, made(crowded, other, "other.cppp"), key)
    case_id = taken(receiver, made(crowded, family), key)
    sent = beside(crowded.db, shelf.cases[family])
    assert [len(found) for found in sent][-3:] == [1, 2, 2]
    assert beside(receiver.db, case_id) == sent


def test_a_statement_of_a_session_that_was_taken_back_does_not_come_along(crowded, receiver, shelf, made, key):
    """What is beside an entry refers to it by number; here that would be another session, or none."""
    mine = shelf.cases["family-1"]
    crowded.db.recorder.begin("session log", crowded.now)
    session = sessions.begin(crowded.db, mine, "other", crowded.moment)
    crowded.db.recorder.begin("agreement log", crowded.now)
    known = next(s.id for s in sessions.of_case(crowded.db, mine) if s.name == "child")
    last = ledger.entries(crowded.db, mine)[-1]
    stands = ledger.answers(crowded.db, mine, last.item)
    stands["wishes"] = Answer((f"{session}.1", f"{known}.2"))
    ledger.add(crowded.db, mine, last.item, stands, crowded.moment)
    (unit,) = (u for u in history.units(crowded.db) if u.command == "session log" and u.undoes is None)
    crowded.db.recorder.begin("undo", crowded.now, undoes=unit.id)
    undo.take_back(crowded.db, unit, undo.reversible(crowded.db, unit))
    case_id = taken(receiver, made(crowded), key)
    (entry,) = (e for e in ledger.entries(receiver.db, case_id) if e.number == last.number)
    (number,) = (s.id for s in sessions.of_case(receiver.db, case_id) if s.name == "child")
    assert entry.wishes == (f"{number}.2",)


def test_a_case_from_before_the_plan_begins_one_with_what_its_sessions_say(meddled, receiver, crowded, shelf):
    case_id = meddled(
        *(f"DROP TABLE {table}" for table in ("ledger_answer", "ledger_version", "term_period", "parent_form")),
        "ALTER TABLE topic DROP COLUMN entry",
        "ALTER TABLE topic DROP COLUMN said_yes",
        "DELETE FROM form_answer WHERE form LIKE 'ledger:%'",
        "DELETE FROM unfinished WHERE scope LIKE 'ledger:%'",
        "UPDATE handover_file SET schema = 'm002_history'",
        sign=True,
    )
    by_session = [e for e in ledger.entries(crowded.db, shelf.cases["family-1"]) if e.versions[0].source == "session"]
    known = {e.number: replace(e, versions=()) for e in by_session}
    came = ledger.entries(receiver.db, case_id)
    assert [e.number for e in came] == [1, 2, 3, 4, 5] == list(known)
    for entry in came:
        was = known[entry.number]
        assert (entry.topic, entry.children, entry.state, entry.wording, entry.agreed_on, entry.a.to_court) == (
            was.topic, was.children, was.state, was.wording, was.agreed_on, was.a.to_court
        )  # fmt: skip
    assert history.verify(receiver.db) == ()


def test_what_was_released_of_a_session_that_was_taken_back_is_of_none_here(crowded, receiver, shelf, made, key):
    """The record stays, and its number is not that of another child's words."""
    mine = shelf.cases["family-1"]
    crowded.db.recorder.begin("session log", crowded.now)
    session = sessions.begin(crowded.db, mine, "other", crowded.moment)
    crowded.db.recorder.begin("check", crowded.now)
    for ref in (f"statement.{session}.1", f"answer.{session}.safety_note", "entry.3.offered_a", "return.reason"):
        releases.add(
            crowded.db, mine, kind="cppp-report", place="p", passage="p", confidence_ref=ref, confidence_digest="d",
            how="reworded", reason="r", now=crowded.moment,
        )  # fmt: skip
    (unit,) = (u for u in history.units(crowded.db) if u.command == "session log" and u.undoes is None)
    crowded.db.recorder.begin("undo", crowded.now, undoes=unit.id)
    undo.take_back(crowded.db, unit, undo.reversible(crowded.db, unit))
    came = releases.of_case(receiver.db, taken(receiver, made(crowded), key))
    assert [r.confidence_ref for r in came[-4:]] == [
        "statement.0.1", "answer.0.safety_note", "entry.3.offered_a", "return.reason",
    ]  # fmt: skip


def test_a_case_with_finals_is_replaced_by_the_one_that_comes_back(crowded, receiver, shelf, made, key, tmp_path):
    """What may not leave a case leaves with it, and the history tells what it was."""
    here = taken(receiver, made(crowded), key)
    kept_papers.freeze(receiver.db, here, "meanwhile", receiver.moment)
    sent = read_as_commands_do(receiver.db, here)
    back = tmp_path / "back.cppp"
    handover.hand_over(receiver.db, here, back, key, made_by="B", program="cppp 0", now=receiver.moment)
    arrive(crowded, back, key, replacing=shelf.cases["family-1"])
    got = read_as_commands_do(crowded.db, shelf.cases["family-1"])
    assert got["finals"] == sent["finals"]
    assert [final.version for final, *_ in got["finals"]] == [2, 3, 5]
    assert history.verify(crowded.db) == ()


def test_a_form_answers_to_the_case_that_had_it_first(crowded, receiver, shelf, made, key):
    path = made(crowded)
    first, second = taken(receiver, path, key), arrive(receiver, path, key).case_id
    tokens = {
        case_id: [given.token for given in parent_forms.of_case(receiver.db, case_id)] for case_id in (first, second)
    }
    assert tokens[first] == [given.token for given in parent_forms.of_case(crowded.db, shelf.cases["family-1"])]
    assert len({*tokens[first], *tokens[second]}) == 4
    assert parent_forms.by_token(receiver.db, tokens[first][0]).case_id == first


def test_the_history_comes_along_and_grows_from_hand_to_hand(crowded, receiver, open_desk, shelf, made, key, tmp_path):
    mine = whole_case.history_of(crowded.db, shelf.cases["family-1"])
    here = taken(receiver, made(crowded), key)
    came = whole_case.rows_of(receiver.db, "earlier_change", here)
    assert [{**row, "case_id": 0} for row in came] == [{**row, "case_id": 0} for row in mine]
    assert any("a draft of family-1" in (row["after"] or "") for row in came)
    third, path = open_desk("empty", home="third"), tmp_path / "on.cppp"
    theirs = whole_case.history_of(receiver.db, here)
    handover.hand_over(receiver.db, here, path, key, made_by="B", program="cppp 0", now=receiver.moment)
    there = taken(third, path, key)
    both = whole_case.rows_of(third.db, "earlier_change", there)
    assert [row["number"] for row in both] == list(range(1, len(mine) + len(theirs) + 1))
    assert [row["after"] for row in both] == [row["after"] for row in (*mine, *theirs)]
    assert confirming.came(third.db, there) == confirming.Came(TODAY, "B")


@pytest.mark.parametrize(("mine", "other"), [FAMILIES, FAMILIES[::-1]])
def test_nothing_of_the_other_family_is_in_the_file(crowded, families, made, key, mine, other):
    parts = sealed.read(made(crowded, mine), key)
    told = "\n".join(str(row) for part in parts.values() for row in part.rows)

    names = {"family-1": "Isla Theo Daniel Leanne Gareth", "family-2": "Isaac Thea David Leonie Margaret"}
    assert [name for name in names[other].split() if re.search(rf"\b{name}\b", told)] == []
    assert [name for name in names[mine].split() if name not in told] == []
    theirs = {str(value).strip() for answers in families.every_file(other).values() for value in answers.values()}
    assert [said for said in theirs if len(said) > 40 and said in told] == []
    assert f"of {mine}" in told
    assert f"of {other}" not in told


# ------------------------------------------------------------------------------------------------ the file


def test_the_file_is_encrypted_and_its_owners_alone(crowded, made, key, tmp_path):
    path = made(crowded)
    data = path.read_bytes()
    assert data[:16] == key.salt
    for word in (b"SQLite", b"Ashdown", b"CREATE TABLE", b"statement", b"handover"):
        assert word not in data
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["case.cppp"]
    with pytest.raises(LockedError, match="does not open this file"):
        sealed.read(path, Key(os.urandom(32), key.salt))


def test_the_history_tells_what_left(crowded, shelf, made):
    from hashlib import sha256

    path = made(crowded)
    (event,) = events.listed(crowded.db, events.EXPORT)
    assert (event.case_id, event.path) == (shelf.cases["family-1"], str(path.absolute()))
    assert event.digest == sha256(path.read_bytes()).hexdigest()


def test_nothing_is_put_in_the_place_of_another_file(crowded, made, tmp_path):
    (tmp_path / "case.cppp").write_bytes(b"mine")
    with pytest.raises(ConflictError, match="of that name"):
        made(crowded)
    assert (tmp_path / "case.cppp").read_bytes() == b"mine"
    with pytest.raises(NotFoundError, match="no such folder"):
        made(crowded, name="nowhere/case.cppp")
    assert events.listed(crowded.db, events.EXPORT) == ()
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["case.cppp"]


@pytest.mark.parametrize("where", ["sealed.read", "outgoing._place", "events.add", "outgoing.sync"])
def test_what_cannot_be_finished_leaves_neither_a_file_nor_an_event(crowded, made, tmp_path, monkeypatch, where):
    from cppp_cli.store import outgoing

    def fail(*_args, **_options):
        raise KeyboardInterrupt

    module, _, name = where.partition(".")
    monkeypatch.setattr({"sealed": sealed, "outgoing": outgoing, "events": events}[module], name, fail)
    with pytest.raises(KeyboardInterrupt):
        made(crowded)
    monkeypatch.undo()
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []
    assert events.listed(crowded.db, events.EXPORT) == ()


def test_a_file_that_reads_back_otherwise_is_removed(crowded, made, tmp_path, monkeypatch):
    monkeypatch.setattr(sealed, "read", lambda *_: {})
    with pytest.raises(DamagedFileError, match="read back"):
        made(crowded)
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []


def test_a_file_that_appears_meanwhile_is_left(crowded, made, tmp_path, monkeypatch):
    from cppp_cli.store import outgoing

    def late(path):
        (tmp_path / "case.cppp").write_bytes(b"theirs")

    monkeypatch.setattr(outgoing, "sync", late)
    with pytest.raises(ConflictError, match="of that name"):
        made(crowded)
    assert (tmp_path / "case.cppp").read_bytes() == b"theirs"
    assert events.listed(crowded.db, events.EXPORT) == ()


def test_every_changed_byte_is_noticed(crowded, made, key):
    path = made(crowded)
    data = path.read_bytes()
    step = len(data) // 60
    for at in {*range(0, len(data), step), 15, 16, len(data) - 1}:
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises((DamagedFileError, LockedError)):
            handover.parse(sealed.read(path, Key(key.raw, sealed.salt_of(path))))
    for cut in (data[:-1], data[:-4096], data[:100], b"", b"SQLite format 3\0" + data[16:]):
        path.write_bytes(cut)
        with pytest.raises((DamagedFileError, LockedError)):
            sealed.read(path, Key(key.raw, sealed.salt_of(path)))


def test_reading_leaves_the_file_as_it_is(crowded, made, key):
    path = made(crowded)
    before, at = path.read_bytes(), path.stat().st_mtime_ns
    path.chmod(0o400)
    sealed.read(path, key)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, at)
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == ["case.cppp"]


def test_it_is_no_officers_file_and_an_officers_file_is_none(crowded, made, key, shelf):
    path = made(crowded)
    before = path.read_bytes()
    with pytest.raises(DamagedFileError):
        open_file(path, key)
    with pytest.raises(DamagedFileError):
        contents.verify(path, key)
    assert path.read_bytes() == before
    own = shelf.files["filled"]
    before = own.read_bytes()
    with pytest.raises(UsageProblemError, match="cppp restore"):
        sealed.read(own, shelf.key)
    assert own.read_bytes() == before


@pytest.mark.parametrize("there", ["nothing", "a folder", "a text"])
def test_what_is_no_such_file_is_told(tmp_path, key, there):
    path = tmp_path / "x"
    if there == "a folder":
        path.mkdir()
    elif there == "a text":
        path.write_text("a letter that is longer than a salt\n" * 200, encoding="utf-8")
    with pytest.raises(CpppError) as told:
        sealed.read(path, Key(key.raw, sealed.salt_of(path)))
    assert "officer's file" not in str(told.value)
    assert str(told.value).endswith(".")


# --------------------------------------------------------------------------------- somebody else's hand


@pytest.fixture(scope="module")
def sent(crowded_file, shelf, tmp_path_factory):
    """One hand-over that is never written to, and its key."""
    folder, key = tmp_path_factory.mktemp("sent"), a_key()
    db = open_file(shutil.copyfile(crowded_file, folder / "officer.db"), shelf.key)
    handover.hand_over(
        db, shelf.cases["family-1"], folder / "case.cppp", key, made_by=COLLEAGUE, program="cppp 0",
        now=lambda: "2026-08-06T09:00:00+00:00",
    )  # fmt: skip
    db.close()
    return folder / "case.cppp", key


@pytest.fixture(scope="module")
def sent_parts(sent):
    """What is in it."""
    return sealed.read(*sent)


@pytest.fixture
def meddled(sent, tmp_path, receiver):
    """Change a file by hand, with its passphrase, and try to bring it in; the receiver's file stays as it was."""
    original, key = sent

    def change(*statements, sign=False):
        path = shutil.copyfile(original, tmp_path / "meddled.cppp")
        connection = encrypted.connect(path, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        if sign:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master").fetchall()]
            parts = {name: sealed._part(connection, name, sealed._columns(connection, name)) for name in tables}
            header = {k: v for k, v in parts["handover_file"].rows[0].items() if k != "digest"}
            rows = {n: p.rows for n, p in parts.items() if n not in {"handover_file", "_sqlite_migrations"}}
            connection.execute("UPDATE handover_file SET digest = ?", [handover._digest(header, rows)])
        connection.commit()
        connection.close()
        before, there = path.read_bytes(), receiver.db.path.read_bytes()
        try:
            return taken(receiver, path, key)
        finally:
            assert path.read_bytes() == before
            if receiver.db.table("case_file").count == 0:
                assert receiver.db.path.read_bytes() == there

    return change


HOSTILE = {
    "a view": "CREATE VIEW adult_names AS SELECT full_name FROM adult",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON adult BEGIN DELETE FROM child; END",
    "an index": "CREATE INDEX i ON adult (full_name)",
    "another table": 'CREATE TABLE "more" ("x" TEXT) STRICT',
    "a table of another form": "CREATE TABLE more (x TEXT)",
    "a full-text table": "CREATE VIRTUAL TABLE more USING fts5(x)",
    "a computed column": "ALTER TABLE adult ADD COLUMN y TEXT GENERATED ALWAYS AS (full_name) VIRTUAL",
    "a check": "ALTER TABLE adult ADD COLUMN y TEXT CHECK (abs(1))",
    "another column": 'ALTER TABLE adult ADD COLUMN "y" TEXT',
    "no header": "DROP TABLE handover_file",
    "two headers": "INSERT INTO handover_file SELECT * FROM handover_file",
    "no guard": "DROP TABLE _sqlite_migrations",
    "another guard": "UPDATE _sqlite_migrations SET name = 'm001_first'",
    "no case": "DELETE FROM case_file",
    "a case twice": "INSERT INTO case_file SELECT * FROM case_file",
    "a name exchanged": "UPDATE child SET full_name = 'Somebody Else' WHERE number = 1",
    "a statement gone": "DELETE FROM statement WHERE number = 1",
    "another hand": "UPDATE handover_file SET made_by = 'Somebody Else'",
    "a gap in the header": "UPDATE handover_file SET made_by = NULL",
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_cppp_does_not_write_is_not_taken(meddled, how):
    with pytest.raises(DamagedFileError):
        meddled(HOSTILE[how])


SIGNED = {
    "a column nobody knows": 'ALTER TABLE adult ADD COLUMN "y" TEXT',
    "a table nobody knows": 'CREATE TABLE "more" ("x" TEXT) STRICT',
    "a state": "UPDATE case_file SET state = 'won'",
    "a date": "UPDATE case_file SET order_date = 'last week'",
    "a moment": "UPDATE case_file SET changed_at = 'now'",
    "the moment it was made": "UPDATE handover_file SET made_at = 'now'",
    "a reference": "UPDATE case_file SET reference = '../..'",
    "gaps": "UPDATE adult SET gaps = '['",
    "gaps of another kind": 'UPDATE adult SET gaps = \'{"phone": "forgot"}\'',
    "a list": "UPDATE statement SET wish = '{'",
    "a session of nobody": "UPDATE statement SET session_id = 4711",
    "a child of nobody": "UPDATE statement SET child = 17",
    "a picture of nobody": "UPDATE letter SET picture = 4711",
    "words of nobody": "UPDATE unfinished SET scope = 'session_answer:4711'",
    "words of nothing": "UPDATE unfinished SET scope = 'officer:1'",
    "an answer without a value": "UPDATE session_answer SET value = NULL, gap = NULL",
    "an answer that is none": "UPDATE session_answer SET value = '{' WHERE value IS NOT NULL",
    "a kind of session": "UPDATE session SET kind = 'secret', side = NULL",
    "two of a number": "UPDATE adult SET number = 1",
    "a note without words": "UPDATE safeguarding_note SET words = NULL",
    "an amendment": "UPDATE amendment SET before = 'x'",
    "two cases": "UPDATE handover_file SET case_count = 2",
    "the moment it was made, anywhere": "UPDATE handover_file SET made_at = '2026-08-06T09:00:00'",
    "a criterion": "UPDATE screening SET criterion = 'soon' WHERE criterion = 'court_involved'",
    "an answer that is no day": "INSERT INTO form_answer VALUES (1, 'close', 'due_on', '\"soon\"', NULL)",
    "an answer that was no day": "UPDATE amendment SET path = 'letters.1.wish_on', before = '{\"value\": \"soon\"}'",
    "a change of nothing": "UPDATE earlier_change SET after = '[red]'",
    "an item of the plan": "UPDATE ledger_version SET item = 'entry.x' WHERE item LIKE 'entry.%'",
    "another item of the plan": "UPDATE ledger_answer SET item = 'budget.1'",
    "a version of nothing": "DELETE FROM ledger_version WHERE item = 'entry.1'",
    "a version that comes from nowhere": "UPDATE ledger_version SET source = 'rumour'",
    "a version of a session of nobody": "UPDATE ledger_version SET session_id = 4711 WHERE source = 'session'",
    "words of the plan that are none": "UPDATE ledger_answer SET value = '{' WHERE path = 'wording'",
    "a day of a yes": "UPDATE ledger_answer SET value = '\"soon\"' WHERE path = 'yes_a_on'",
    "a day of a swap": "UPDATE ledger_answer SET value = '\"soon\"' WHERE path = 'swaps.1.first'",
    "a day in a draft of the plan": "UPDATE form_answer SET value = '\"soon\"' WHERE path = 'yes_a_on'",
    "an hour": "UPDATE ledger_answer SET value = '\"soon\"' WHERE path = 'handover_at'",
    "a turn": "UPDATE ledger_answer SET value = '\"C\"' WHERE path = 'special_days.1.who'",
    "a step of the plan": "UPDATE ledger_answer SET path = 'steps.x.words' WHERE path = 'steps.1.words'",
    "an entry for a child of nobody": "UPDATE ledger_answer SET value = '[\"17\"]' WHERE path = 'children'",
    "a calendar for a child of nobody": "UPDATE form_answer SET form = 'ledger:calendar.b.17' WHERE form LIKE '%calendar.b'",
    "a birthday of nobody": "UPDATE ledger_answer SET value = '\"birthday.17\"' WHERE path = 'special_days.1.day'",
    "terms of a child of nobody": "UPDATE term_period SET child = 17 WHERE child = 2",
    "a kind of term": "UPDATE term_period SET kind = 'week'",
    "a form for nobody": "UPDATE parent_form SET side = 'O'",
    "a reason to pass on": "UPDATE disclosure SET category = 'because'",
    "whom it was passed on to": "UPDATE disclosure SET told = '[\"the press\"]'",
    "whom it was passed on to, as no list": "UPDATE disclosure SET told = '\"police\"'",
    "whether the child was told": "UPDATE disclosure SET child_told = 'perhaps'",
    "a decision about a session of nobody": "UPDATE disclosure SET session_id = 4711 WHERE letter IS NOT NULL",
    "a decision about a note of nobody": "UPDATE disclosure SET note_id = 4711 WHERE note_id IS NOT NULL",
    "a decision about nothing": "UPDATE disclosure SET note_id = NULL, session_id = NULL",
    "a letter of a session of nobody": "UPDATE letter_answer SET session_id = 4711",
    "a day of a letter": "UPDATE letter_answer SET value = '\"soon\"' WHERE path = 'shared_on'",
    "a day of a letter back": "UPDATE letter_answer SET path = 'children.1.given_on', value = '\"soon\"' WHERE path = 'words'",
    "an answer about a letter that is none": "UPDATE letter_answer SET value = '{' WHERE path = 'read_by'",
    "words of a letter of nobody": "UPDATE unfinished SET scope = 'letter_answer:4711.1' WHERE scope LIKE 'letter%'",
    "words of a letter without a number": "UPDATE unfinished SET scope = 'letter_answer:1' WHERE scope LIKE 'letter%'",
    "a final with other words": "UPDATE document_text SET markdown = markdown || ' not'",
    "a final without words": "DELETE FROM document_text WHERE data IS NOT NULL",
    "a final without data": "UPDATE document_text SET data = NULL",
    "a final with data that is none": "UPDATE document_text SET data = '{' WHERE data IS NOT NULL",
    "a final that is a draft": "UPDATE document SET status = 'draft'",
    "a draft that is a final": "UPDATE document SET status = 'final'",
    "a status": "UPDATE document SET status = 'filed' WHERE status = 'draft'",
    "a final of nothing": "DELETE FROM document WHERE status = 'final'",
    "words of nothing written": "DELETE FROM document WHERE version = 4",
    "a final that corrects none": "UPDATE final SET corrects = 1 WHERE corrects IS NOT NULL",
    "a final that corrects a later one": "UPDATE final SET corrects = 9",
    "a file in another folder": "UPDATE final_file SET name = '../' || name",
    "a file in a folder of Windows": "UPDATE final_file SET name = 'C:\\' || name",
    "a file without a name": "UPDATE final_file SET name = '' WHERE name = 'report.md'",
    "a file of no final": "UPDATE final_file SET version = 1 WHERE version = 2",
    "a correction of no final": "UPDATE correction SET version = 1",
    "who was told of it": "UPDATE correction SET told = '[7]'",
    "a release about a session that is no number": "UPDATE release SET confidence_ref = 'statement.x.1' WHERE number = 1",
    "a release in no final": "UPDATE release SET version = 4 WHERE number = 1",
    "a fact check of nobody": "UPDATE fact_check SET side = 'O'",
    "a request of no fact check": "UPDATE fact_request SET fact_check = 9",
    "whether it was accepted": "UPDATE fact_request SET accepted = 'perhaps'",
    "statements that are none": "UPDATE ledger_answer SET value = '[\"x.1\"]' WHERE path = 'wishes'",
}
# Every cell that was once taken and stopped commands later, and what it held.
DAYS = {
    "case_file": ("order_date", "hearing_on", "report_due", "day_zero", "returned_on"),
    "adult": ("consent_on",),
    "child": ("born",),
    "restriction": ("ends_on",),
    "screening": ("consulted_on",),
    "appointment": ("on_date",),
    "session": ("held_on",),
    "statement": ("wish_on", "decision_on"),
    "letter": ("wish_on", "decision_on"),
    "closure": ("closed_on", "record_confirmed_on", "due_on"),
    "hold": ("since", "lifted_on"),
    "ledger_version": ("said_on",),
    "term_period": ("first_day", "last_day"),
    "disclosure": ("consulted_on", "told_on", "child_told_on", "decided_on"),
    "final": ("reviewed_on",),
    "correction": ("told_on",),
    "fact_check": ("answered_on",),
}
TIMES = {
    "case_file": ("opened_at", "changed_at"),
    "appointment": ("made_at", "ended_at"),
    "session": ("started_at", "changed_at", "finished_at"),
    "picture": ("added_at",),
    "amendment": ("at",),
    "safeguarding_note": ("at",),
    "document": ("written_at",),
    "event": ("at",),
    "earlier_change": ("at",),
    "ledger_version": ("made_at",),
    "parent_form": ("made_at", "read_at"),
    "disclosure": ("at",),
    "document_text": ("written_at",),
    "final": ("frozen_at",),
    "release": ("at",),
    "fact_check": ("written_at",),
    "fact_request": ("at",),
}
NO_DAY = ("soon", "", "2026-02-30", "20260801", "2026-08-01T00:00:00")
NO_MOMENT = ("soon", "", "2026-08-01T09:00:00", "9999-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "2026-08-01")
CELLS = [
    (table, name, said)
    for kinds, wrong in ((DAYS, NO_DAY), (TIMES, NO_MOMENT))
    for table, names in kinds.items()
    for name in names
    for said in wrong
]


@pytest.mark.parametrize(("table", "name", "said"), CELLS)
def test_a_cell_that_would_stop_commands_later_is_not_taken(sent_parts, table, name, said):
    rows = [*sent_parts[table].rows]
    changed = {**sent_parts, table: sealed.Part(sent_parts[table].columns, [*rows[:-1], {**rows[-1], name: said}])}
    assert handover.parse(_signed(sent_parts))
    with pytest.raises(DamagedFileError, match="cppp"):
        handover.parse(_signed(changed))


def _signed(parts):
    (told,) = parts["handover_file"].rows
    rows = {table: part.rows for table, part in parts.items() if table != "handover_file"}
    header = {name: said for name, said in told.items() if name != "digest"}
    signed = {**header, "digest": handover._digest(header, rows)}
    return {**parts, "handover_file": sealed.Part(parts["handover_file"].columns, [signed])}


def test_every_day_and_every_moment_of_a_case_is_looked_at(crowded):
    """Told from what the columns are called; the three that end so and are neither hold a time of day."""
    made = {(t, column.name) for t in whole_case.TABLES for column in crowded.db.table(t).columns}
    told = {(t, name) for kinds in (DAYS, TIMES) for t, names in kinds.items() for name in names}
    assert {(t, n) for t, n in made if n in columns.DATES | columns.MOMENTS} == told
    named = {n for _, n in made if n.endswith(("_on", "_at", "_date", "_due")) or n in {"at", "born", "since"}}
    assert named - {"starts_at", "ends_at"} <= columns.DATES | columns.MOMENTS


@pytest.mark.parametrize("how", SIGNED)
def test_what_fits_together_and_makes_no_sense_is_not_taken_either(meddled, how, receiver):
    with pytest.raises(DamagedFileError):
        meddled(SIGNED[how], sign=True)
    assert receiver.db.table("case_file").count == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE handover_file SET format = 2",
        "UPDATE handover_file SET schema = 'm900_later'",
    ],
)
def test_a_newer_file_is_told_as_such(meddled, statement):
    with pytest.raises(DamagedFileError, match="newer version of cppp and was not touched"):
        meddled(statement, sign=True)


def test_an_older_file_comes_in_without_what_it_did_not_know(meddled, receiver):
    case_id = meddled(
        "DROP TABLE hold",
        "DROP TABLE earlier_change",
        "ALTER TABLE adult DROP COLUMN prep_certificate",
        "UPDATE handover_file SET schema = 'm001_first'",
        sign=True,
    )
    (first, *_) = cases.load(receiver.db, case_id).adults
    assert dict(first.preparation).keys() == {"elearning", "workshop"}
    assert receiver.db.table("hold").count == receiver.db.table("earlier_change").count == 0


def test_a_newer_file_may_have_any_form(meddled):
    with pytest.raises(DamagedFileError, match="newer version"):
        meddled("UPDATE handover_file SET format = 2", "CREATE VIEW v AS SELECT 1", "DROP TABLE adult")


def test_what_could_steer_a_screen_does_not_come_in(meddled, receiver):
    case_id = meddled(
        "UPDATE child SET full_name = 'Isla' || char(27) || '[31m Ashdown' WHERE number = 1",
        "UPDATE session_answer SET value = '\"x\\u001b[2J\\u202ey\"' WHERE path = 'obstacles'",
        "UPDATE adult SET gaps = '{}'",
        sign=True,
    )
    assert cases.load(receiver.db, case_id).child(1).full_name == "Isla�[31m Ashdown"
    (said, *_) = [s.text("obstacles") for s in sessions.of_case(receiver.db, case_id) if s.text("obstacles")]
    assert said == "x�[2Jy"


text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.none() | text, st.none() | st.integers(-(2**63), 2**63 - 1), st.none() | st.binary(max_size=20)),
        max_size=5,
    )
)
def test_whatever_a_table_holds_is_read_back(rows, tmp_path, key):
    part = sealed.Part({"a": "TEXT", "b": "INTEGER", "c": "BLOB"}, [dict(zip("abc", row, strict=True)) for row in rows])
    path = tmp_path / "any"
    path.unlink(missing_ok=True)
    sealed.write(path, key, {"some": part, "none": sealed.Part({"a": "TEXT"}, [])})
    assert sealed.read(path, key) == {"some": part, "none": sealed.Part({"a": "TEXT"}, [])}


@given(text)
def test_what_cppp_writes_is_harmless_as_it_is(said):
    from cppp_cli.programme.clean import clean

    kept = clean(said)
    for value in (kept, json.dumps(kept, ensure_ascii=False), json.dumps([kept, {kept: 1}], ensure_ascii=False)):
        assert handover.harmless(value) == clean(value)
    assert clean(handover.harmless(json.dumps(said))) == handover.harmless(json.dumps(said))


@pytest.mark.parametrize("value", [None, 7, b"\x00\x1b", "[" * 100_000, "9" * 5000, "NaN", ""])
def test_odd_values_are_harmless_as_they_are(value):
    assert handover.harmless(value) == value


def test_where_another_officer_wrote_a_document_is_no_place_here(meddled, receiver):
    case_id = meddled("UPDATE event SET path = '//server/share/x', digest = 'd'", sign=True)
    came = [e for e in events.listed(receiver.db) if e.what != events.IMPORT]
    assert [(e.case_id, e.what, e.path) for e in came] == [(case_id, events.DOCUMENT, "")]
    assert came[0].digest == "d"


def test_nothing_that_came_makes_a_line_of_its_own(sent_parts):
    (told,) = sent_parts["handover_file"].rows
    (case,) = sent_parts["case_file"].rows
    forged = "x\nCase ABCD is in your file.\r\n\u2028y\tz"
    header = sealed.Part(sent_parts["handover_file"].columns, [{**told, "made_by": forged, "program": forged}])
    rows = sealed.Part(sent_parts["case_file"].columns, [{**case, "case_number": forged}])
    came = handover.parse(_signed({**sent_parts, "handover_file": header, "case_file": rows}))
    assert {came.made_by, came.program, came.summary.number} == {"x Case ABCD is in your file. y z"}


# --------------------------------------------------------------------------------- an agreement of one

OF_ONE = {
    "the yes of B alone": "DELETE FROM ledger_answer WHERE path = 'yes_a_on' AND item LIKE 'entry.%'",
    "nobody's yes": "DELETE FROM ledger_answer WHERE path LIKE 'yes___on' AND item LIKE 'entry.%'",
    "a yes that was left blank":
        "UPDATE ledger_answer SET value = NULL, gap = 'blank' WHERE path = 'yes_b_on' AND item LIKE 'entry.%'",
    "no words": "DELETE FROM ledger_answer WHERE path = 'wording'",
    "confirmed before the yes":
        "UPDATE ledger_answer SET value = '\"2020-01-01\"' WHERE path = 'confirmed_a_on' AND value IS NOT NULL",
    "a calendar with the yes of A alone":
        "DELETE FROM ledger_answer WHERE path = 'yes_b_on' AND item = 'calendar.agreed'",
    "one child's calendar with the yes of B alone":
        "DELETE FROM ledger_answer WHERE path = 'yes_a_on' AND item = 'calendar.agreed.2'",
}  # fmt: skip


@pytest.mark.parametrize("how", OF_ONE)
def test_what_only_one_agreed_does_not_come_in_as_agreed(meddled, receiver, how):
    with pytest.raises(DamagedFileError):
        meddled(OF_ONE[how], sign=True)
    assert receiver.db.table("case_file").count == 0


@pytest.mark.parametrize("schema", ["001", "002", "003"])
def test_a_case_of_every_earlier_schema_can_be_handed_over(receiver, shelf, tmp_path, key, schema):
    """Its agreements are from before each side was asked for its yes."""
    from cppp_cli.store.keys import derive, read_salt

    path = shutil.copyfile(Path(__file__).parent / "schemas" / f"{schema}.db", tmp_path / "officer.db")
    db = open_file(path, derive(shelf.passphrase, read_salt(path)))
    numbers = [row["id"] for row in db.query("SELECT id FROM case_file")]
    agreed = 0
    for number in numbers:
        out = tmp_path / f"{number}.cppp"
        handover.hand_over(db, number, out, key, made_by=COLLEAGUE, program="cppp 0", now=receiver.moment)
        came = ledger.entries(receiver.db, taken(receiver, out, key))
        sent = ledger.entries(db, number)
        assert [(e.state, e.agreed_on) for e in came] == [(e.state, e.agreed_on) for e in sent]
        agreed += sum(entry.is_agreed for entry in came)
    assert agreed
    db.close()


# --------------------------------------------------------------------------------- a case that is there


def test_the_same_case_is_known_by_number_or_reference(open_desk, shelf, made, key):
    desk = open_desk("held")
    came = handover.parse(sealed.read(made(desk), key)).summary
    own = shelf.cases["family-1"]
    assert [one.id for one in handover.known(desk.db, came)] == [own]
    sheet = cases.sheet(desk.db, own, desk.moment)
    sheet.put("case_number", Answer("ze26 p01234 "))
    assert [one.id for one in handover.known(desk.db, came)] == [own], "the same number, otherwise spelt"
    sheet.put("case_number", Answer("ZE26P09999"))
    assert [one.id for one in handover.known(desk.db, came)] == [own], "the reference and the children"
    desk.db.execute("UPDATE case_file SET reference = 'ZZZZ' WHERE id = ?", [own])
    assert handover.known(desk.db, came) == ()
    desk.db.execute("UPDATE case_file SET reference = ? WHERE id = ?", [came.reference, shelf.cases["family-2"]])
    assert handover.known(desk.db, came) == (), "another family with the same four characters"


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize(("here", "there"), [(None, None), (None, "ZE26P01234"), ("ZE26P01234", None)])
def test_a_reference_alone_never_makes_two_families_one(open_desk, shelf, made, key, here, there, blank):
    """Nor do children of whom nothing is known."""
    desk, own, other = open_desk("held"), shelf.cases["family-1"], shelf.cases["family-2"]
    desk.db.execute("UPDATE case_file SET case_number = ? WHERE id = ?", [there, own])
    if blank:
        desk.db.execute("UPDATE child SET full_name = NULL, born = NULL")
    came = handover.parse(sealed.read(made(desk), key)).summary
    desk.db.execute("UPDATE case_file SET reference = 'ZZZZ', case_number = 'Y' WHERE id = ?", [own])
    desk.db.execute("UPDATE case_file SET reference = ?, case_number = ? WHERE id = ?", [came.reference, here, other])
    assert handover.known(desk.db, came) == ()


def test_a_case_keeps_its_reference_when_it_is_replaced(crowded, open_desk, shelf, made, key):
    """So that erasing it finds it in every older copy of the file."""
    from cppp_cli.store import erasing

    mine, own = shelf.cases["family-1"], shelf.references["family-1"]
    crowded.db.execute("UPDATE case_file SET reference = 'WXYZ' WHERE id = ?", [mine])
    desk, older = open_desk("opened", home="other"), open_desk("opened", home="older")
    arrived = arrive(desk, made(crowded), key, replacing=mine)
    assert (arrived.case_id, arrived.reference, arrived.before) == (mine, own, "WXYZ")
    assert cases.load(desk.db, mine).reference == own
    for name in (own, "ZE26P01234"):
        assert erasing.known(older.db, erasing.find(desk.db, name))


def test_a_taken_reference_gives_way_to_a_new_one(crowded, receiver, shelf, made, key):
    path = made(crowded)
    case_id = taken(receiver, path, key)
    sheet = cases.sheet(receiver.db, case_id, receiver.moment)
    sheet.put("case_number", Answer("ZE26P07777"))
    second = arrive(receiver, path, key)
    assert second.before == shelf.references["family-1"] != second.reference
    assert set(second.reference) <= set(cases.ALPHABET)
    assert len(second.reference) == cases.LENGTH
    assert cases.find(receiver.db, second.reference) == second.case_id
    assert cases.load(receiver.db, case_id).reference == second.before


def test_a_case_is_replaced_whole_and_no_other(crowded, open_desk, shelf, made, key):
    desk = open_desk("opened", home="other")
    mine, theirs = shelf.cases["family-1"], read_as_commands_do(desk.db, shelf.cases["family-2"])
    sessions.add_note(desk.db, mine, None, {"words": "only here"}, desk.moment)
    path = made(crowded)
    arrived = arrive(desk, path, key, replacing=mine)
    assert arrived.reference == arrived.before
    assert arrived.case_id == mine, "one case has one history, which leaves with it"
    assert [row["id"] for row in desk.db.query("SELECT id FROM case_file ORDER BY id")] == sorted(shelf.cases.values())
    assert read_as_commands_do(desk.db, mine) == read_as_commands_do(crowded.db, mine)
    assert read_as_commands_do(desk.db, shelf.cases["family-2"]) == theirs
    changed = [c for c in history.of_chain(desk.db, mine) if c.reason == handover.REPLACED]
    gone = [c for c in changed if c.action == "delete"]
    assert [c.before["words"] for c in gone if c.place == "safeguarding_note"] == ["only here"]
    assert len({c.unit for c in changed}) == 1, "one command, one unit"
    assert history.verify(desk.db) == ()


def test_a_replaced_case_leaves_nothing_when_it_is_erased(crowded, open_desk, shelf, made, key):
    from cppp_cli.store import erasing

    desk = open_desk("opened", home="other")
    mine = shelf.cases["family-1"]
    sessions.add_note(desk.db, mine, None, {"words": "only here, and only once"}, desk.moment)
    arrived = arrive(desk, made(crowded), key, replacing=mine)
    erasing.erase(desk.db, erasing.find(desk.db, arrived.reference), lambda _: "", desk.moment)
    told = str([list(desk.db.query(f"SELECT * FROM {table}")) for table in desk.db.table_names()])
    assert "Isaac" in told
    assert [word for word in ("Isla", "only here", "of family-1", "ZE26P01234") if word in told] == []


def test_a_case_that_is_held_is_not_replaced(crowded, open_desk, shelf, made, key):
    from cppp_cli.store import closing

    desk = open_desk("opened", home="other")
    closing.put_hold(desk.db, shelf.cases["family-1"], "access_request", TODAY)
    before = desk.db.path.read_bytes()
    path = made(crowded)
    with pytest.raises(BlockedError, match="holds this case"):
        arrive(desk, path, key, replacing=shelf.cases["family-1"])
    assert desk.db.path.read_bytes() == before
    closing.lift_hold(desk.db, shelf.cases["family-1"], "access_request", TODAY)
    assert arrive(desk, path, key, replacing=shelf.cases["family-1"]).case_id


def test_a_replacement_that_fails_leaves_the_case_that_was_there(crowded, open_desk, shelf, made, key, monkeypatch):
    desk = open_desk("opened", home="other")
    before = desk.db.path.read_bytes()
    path = made(crowded)
    monkeypatch.setattr(handover, "_prove", lambda *_: (_ for _ in ()).throw(ValueError))
    with pytest.raises(DamagedFileError):
        arrive(desk, path, key, replacing=shelf.cases["family-1"])
    assert desk.db.path.read_bytes() == before
    with pytest.raises(ConflictError, match="no longer in the file"):
        arrive(desk, path, key, replacing=4711)
    assert desk.db.path.read_bytes() == before


def test_what_came_is_told(crowded, receiver, made, key, tmp_path):
    path = made(crowded)
    came = handover.parse(sealed.read(path, key))
    assert (came.made_by, came.program) == (COLLEAGUE, "cppp 0")
    assert datetime.fromisoformat(came.made_at) == datetime(2026, 8, 6, 9, tzinfo=UTC)
    assert (came.summary.number, came.summary.initials) == ("ZE26P01234", "IA TA")
    names = [meeting.name for meeting in came.summary.meetings]
    assert names == ["parent-a", "parent-b", "child", "joint", "parent-b"], "a discarded one is not told"
    assert dict(came.summary.counts) == {
        "children's statements": 3,
        "letters and drawings": 1,
        "safeguarding notes": 2,
        "decisions to pass something on": 3,
        "documents written": 4,
        "documents that are final": 2,
    }
    case_id = taken(receiver, path, key)
    (event,) = events.listed(receiver.db, events.IMPORT)
    assert (event.case_id, event.path, event.digest) == (case_id, str(path), "digest")


# --------------------------------------------------------------------------------- confirmed again


def test_a_case_that_came_waits_until_everything_is_confirmed(crowded, receiver, shelf, made, key):
    assert confirming.to_confirm(crowded.db, shelf.cases["family-1"]) == ()
    assert confirming.came(crowded.db, shelf.cases["family-1"]) is None
    case_id = taken(receiver, made(crowded), key)
    assert confirming.came(receiver.db, case_id) == confirming.Came(TODAY, COLLEAGUE)
    assert confirming.to_confirm(receiver.db, case_id) == tuple(confirming.POINTS.values())
    sheet = confirming.ConfirmSheet(receiver.db, case_id)
    assert sheet.answers() == {}
    for left, column in zip((2, 1, 0), confirming.POINTS, strict=True):
        with pytest.raises(BlockedError, match="cppp case confirm ABCD"):
            confirming.refuse_unconfirmed(receiver.db, case_id, "ABCD")
        sheet.put(column, Answer("2026-08-07"))
        assert len(confirming.to_confirm(receiver.db, case_id)) == left
    confirming.refuse_unconfirmed(receiver.db, case_id, "ABCD")
    again = confirming.ConfirmSheet(receiver.db, case_id)
    assert set(again.answers()) == set(confirming.POINTS)
    again.put("safety_on", Answer(gap=None))
    assert confirming.to_confirm(receiver.db, case_id) == (confirming.POINTS["safety_on"],)
    again.drop(["consent_a_on"])
    assert len(confirming.to_confirm(receiver.db, case_id)) == 2
    with pytest.raises(KeyError):
        again.put("came_from", Answer("x"))
    receiver.db.execute("DELETE FROM handover WHERE case_id = ?", [case_id])
    with pytest.raises(ConflictError, match="another window"):
        again.put("safety_on", Answer("2026-08-07"))
