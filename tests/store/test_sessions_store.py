from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.sessions import NAMES, ORDER, letters, next_due, statements, topics
from cppp_cli.store import cases, sessions
from cppp_cli.store.sessions import AmendingSheet


def at(clock):
    return lambda: f"2026-08-06T{clock}:00+00:00"


def named(desk, case_id, name):
    return next(s for s in sessions.of_case(desk.db, case_id) if s.name == name)


@pytest.fixture
def amending(desk, shelf):
    """The finished joint session of the second family, opened to be amended."""
    case_id = shelf.cases["family-2"]
    session = named(desk, case_id, "joint")
    return AmendingSheet(desk.db, session.id, case_id=case_id, now=at("10:00"), reason="a wrong date was noted")


@pytest.mark.parametrize("name", NAMES)
def test_a_session_begins_as_a_draft_of_its_kind(desk, shelf, name):
    case_id = shelf.cases["family-1"]
    session_id = sessions.begin(desk.db, case_id, name, at("10:42"))
    (session,) = [s for s in sessions.of_case(desk.db, case_id) if s.id == session_id]
    assert (session.name, session.state, session.answers) == (name, "draft", {})
    assert session.started_at == session.changed_at == datetime(2026, 8, 6, 10, 42, tzinfo=UTC)


def test_each_answer_marks_when_the_draft_was_last_touched(desk, shelf):
    case_id = shelf.cases["family-1"]
    session_id = sessions.begin(desk.db, case_id, "other", at("10:00"))
    sessions.sheet(desk.db, session_id, case_id, at("10:42")).put("outcome", Answer("held"))
    session = named(desk, case_id, "other")
    assert (session.started_at.minute, session.changed_at.minute) == (0, 42)
    assert cases.load(desk.db, case_id).changed_at == at("10:42")()


def test_a_session_that_is_closed_stays_closed(desk, shelf):
    case_id = shelf.cases["family-1"]
    session_id = sessions.begin(desk.db, case_id, "other", at("10:00"))
    sessions.finish(desk.db, session_id, at("11:00"))
    sessions.discard(desk.db, session_id, at("12:00"))
    with pytest.raises(ConflictError):
        sessions.finish(desk.db, session_id, at("13:00"))
    assert named(desk, case_id, "other").state == "finished"
    assert named(desk, case_id, "other").changed_at.hour == 11


def test_a_discarded_draft_is_in_no_list_and_counts_nowhere(desk, shelf):
    case_id = shelf.cases["family-1"]
    before = sessions.of_case(desk.db, case_id)
    session_id = sessions.begin(desk.db, case_id, "child", at("10:00"))
    sheet = sessions.sheet(desk.db, session_id, case_id, at("10:01"))
    for path, value in {"outcome": "held", "held_on": "2026-08-05", "statements.1.child": "1", "statements.1.words": "gone",
                        "letters.1.child": "2", "topics.1.topic": "money"}.items():  # fmt: skip
        sheet.put(path, Answer(value))
    sessions.discard(desk.db, session_id, at("10:02"))
    assert sessions.of_case(desk.db, case_id) == before
    assert "gone" not in repr(sessions.of_case(desk.db, case_id))
    assert sheet.answers()["statements.1.words"] == Answer("gone"), "it stays in the file"


def test_sessions_come_in_the_order_they_were_begun(desk, shelf):
    for case_id in shelf.cases.values():
        found = sessions.of_case(desk.db, case_id)
        assert [s.name for s in found] == list(ORDER)
        assert [s.id for s in found] == sorted(s.id for s in found)
        assert {s.state for s in found} == {"finished"}
        assert next_due(found) is None


def test_what_was_said_is_read_with_its_speaker(desk, shelf):
    """Against the answers files, read here by hand."""
    one, two = (named(desk, shelf.cases[family], "child") for family in shelf.cases)
    assert [(s.child, s.exact, s.words[:22], s.wish, s.decision) for s in statements(one)] == [
        (1, True, "I want to sleep at Dad", ("court",), ("court",)),
        (1, True, "Sometimes I pretend to", ("nobody",), ("undecided",)),
        (2, False, "Theo would like to rid", ("court",), ("court",)),
    ]
    assert [(s.child, s.exact, s.words[:22], s.wish, s.decision) for s in statements(two)] == [
        (1, True, "I want Dad to come, an", ("court",), ("court",)),
        (1, True, "Granny told me not to ", ("unsure",), ("nobody",)),
    ]
    assert [
        (letter.child, letter.form, letter.idea_of, letter.original) for s in (one, two) for letter in letters(s)
    ] == [
        (1, "both", "child", "returned"),
        (1, "drawing", "officer", "kept_by_child"),
    ]
    joint = named(desk, shelf.cases["family-2"], "joint")
    assert [(t.topic, t.children, t.state, bool(t.position_a)) for t in topics(joint)] == [
        ("living_pattern", ("1",), "agreed_in_principle", False),
        ("living_pattern", ("2",), "not_agreed", True),
        ("parents_communication", ("all",), "agreed", False),
    ]


# ---------------------------------------------------------------------------------- amending


def test_an_amendment_keeps_what_was_there_and_why(desk, shelf, amending):
    session = named(desk, shelf.cases["family-2"], "joint")
    was = session.answers["topics.2.position_b"]
    amending.put("topics.2.position_b", Answer("Thea joins in November."))
    amending.put("presented_note", Answer(gap=Gap.DECLINED))
    amending.put("format", session.answers["format"])
    changes = sessions.amendments(desk.db, session.id)
    assert [
        (c["path"], c["before"] and json.loads(c["before"]), json.loads(c["after"]), c["reason"], c["at"]) for c in changes
    ] == [
        ("topics.2.position_b", {"value": was.value, "gap": None}, {"value": "Thea joins in November.", "gap": None},
         "a wrong date was noted", at("10:00")()),
        ("presented_note", {"value": None, "gap": "blank"}, {"value": None, "gap": "declined"},
         "a wrong date was noted", at("10:00")()),
    ]  # fmt: skip
    now = named(desk, shelf.cases["family-2"], "joint")
    assert now.answers == {**session.answers, "topics.2.position_b": Answer("Thea joins in November."),
                           "presented_note": Answer(gap=Gap.DECLINED)}  # fmt: skip
    assert now.state == "finished"


def test_an_answer_that_no_longer_applies_leaves_a_record_too(desk, shelf, amending):
    """Otherwise a session changed to "cancelled" would lose what was said in it without a trace."""
    session = named(desk, shelf.cases["family-2"], "joint")
    leaving = [path for path in session.answers if path.startswith("topics.")]
    amending.drop([*leaving, "topics.9.topic"])
    changes = sessions.amendments(desk.db, session.id)
    kept = {c["path"]: json.loads(c["before"]) for c in changes}
    assert kept == {
        path: {"value": list(a.value) if isinstance(a.value, tuple) else a.value, "gap": a.gap and a.gap.value}
        for path, a in session.answers.items()
        if path in leaving
    }
    assert {(c["after"], c["reason"]) for c in changes} == {(None, "a wrong date was noted")}
    assert not set(leaving) & set(named(desk, shelf.cases["family-2"], "joint").answers)


def test_without_a_reason_nothing_is_amended(desk, shelf):
    case_id = shelf.cases["family-2"]
    session = named(desk, case_id, "joint")
    sheet = AmendingSheet(desk.db, session.id, case_id=case_id, now=desk.moment, reason="")
    with pytest.raises(dbapi2.IntegrityError):
        sheet.put("next_steps", Answer("otherwise"))
    with pytest.raises(dbapi2.IntegrityError):
        sheet.drop(["next_steps"])
    assert named(desk, case_id, "joint") == session
    assert sessions.amendments(desk.db, session.id) == []


def test_the_record_and_the_change_come_together_or_not_at_all(desk, shelf, amending, monkeypatch):
    session = named(desk, shelf.cases["family-2"], "joint")

    def breaks(*_):
        raise RuntimeError

    monkeypatch.setattr(AmendingSheet, "_write", breaks)
    with pytest.raises(RuntimeError):
        amending.put("next_steps", Answer("otherwise"))
    monkeypatch.undo()
    assert sessions.amendments(desk.db, session.id) == []
    assert named(desk, shelf.cases["family-2"], "joint") == session


def test_amendments_are_those_of_one_session(desk, shelf, amending):
    amending.put("next_steps", Answer("otherwise"))
    counts = {
        (family, s.name): len(sessions.amendments(desk.db, s.id))
        for family, case_id in shelf.cases.items()
        for s in sessions.of_case(desk.db, case_id)
    }
    assert {key for key, count in counts.items() if count} == {("family-2", "joint")}


# ---------------------------------------------------------------------------------- safeguarding notes


def test_notes_are_those_of_one_case_oldest_first(desk, shelf):
    one, two = shelf.cases.values()
    session = named(desk, two, "parent-b")
    for case_id, session_id, words in ((one, None, "first"), (two, session.id, "other family"), (one, None, "second")):
        note = {"words": words, "said_by": "x", "place": "y", "manager_told": "not_yet"}
        sessions.add_note(desk.db, case_id, session_id, note, at("10:00"))
    assert [n["words"] for n in sessions.notes(desk.db, one)] == ["first", "second"]
    assert [(n["words"], n["session_id"], n["at"]) for n in sessions.notes(desk.db, two)] == [
        ("other family", session.id, at("10:00")())
    ]


def test_a_note_is_in_no_session_and_no_case(desk, shelf):
    case_id = shelf.cases["family-1"]
    before = (sessions.of_case(desk.db, case_id), cases.load(desk.db, case_id))
    note = dict.fromkeys(("words", "said_by", "said_when", "present", "place", "asked", "told_next"), "zz-secret-�")
    sessions.add_note(desk.db, case_id, before[0][0].id, note, at("10:00"))
    after = (sessions.of_case(desk.db, case_id), cases.load(desk.db, case_id))
    assert after == before
    assert "zz-secret" not in repr(after)
    assert sessions.notes(desk.db, case_id)[0]["words"] == "zz-secret-\ufffd"
