"""Two windows on one file: what one of them discards or finishes, the other does not write into."""

from __future__ import annotations

import pytest

from cppp_cli.errors import ConflictError
from cppp_cli.programme.answers import Answer
from cppp_cli.store import cases, forms, sessions


def at():
    return "2026-08-06T10:42:00+00:00"


def everything(db):
    return [list(db.query(f"SELECT * FROM {t.name}")) for t in db.tables if not t.name.startswith("sqlite_")]


def test_a_number_is_never_used_again(desk):
    first = cases.begin(desk.db, at)
    late = cases.sheet(desk.db, first, at)
    cases.discard_draft(desk.db, first)
    second = cases.begin(desk.db, at)
    assert second != first
    with pytest.raises(ConflictError):
        late.put("court", Answer("Northbridge"))
    assert cases.sheet(desk.db, second, at).answers() == {}


@pytest.mark.parametrize("end", [sessions.finish, sessions.discard])
@pytest.mark.parametrize(
    ("path", "value"), [("place", "school"), ("purpose", "a talk"), ("statements.1.words", "I like both")]
)
def test_a_session_that_is_over_takes_no_answers(desk, end, path, value):
    for case in cases.listed(desk.db):
        number = sessions.begin(desk.db, case.id, "other", at)
        late = sessions.sheet(desk.db, number, case.id, at)
        late.put("mode", Answer("video"))
        end(desk.db, number, at)
        before = everything(desk.db)
        with pytest.raises(ConflictError):
            late.put(path, Answer(value))
        with pytest.raises(ConflictError):
            late.drop(["mode"])
        assert everything(desk.db) == before


def test_a_note_that_was_cut_off_keeps_every_half_typed_word(desk):
    case = cases.listed(desk.db)[0]
    form = forms.FormSheet(desk.db, case.id, forms.NOTE)
    form.put("words", Answer("He waits outside."))
    form.put("said_by", Answer("the older child"))
    form.keep_unfinished("asked", "I asked whe")
    session = sessions.of_case(desk.db, case.id)[0].id
    assert sessions.recover_note(desk.db, case.id, at, session_id=session)
    (note,) = sessions.notes(desk.db, case.id)
    assert (note["words"], note["said_by"], note["asked"]) == ("He waits outside.", "the older child", "I asked whe")
    assert note["session_id"] == session
    assert not sessions.recover_note(desk.db, case.id, at)
    assert forms.FormSheet(desk.db, case.id, forms.NOTE).answers() == {}
