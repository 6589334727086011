from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from cppp_cli.store import appointments
from cppp_cli.store.appointments import Appointment

STEPS = ("parent-a", "parent-b", "child", "joint", "draft", "filing")


def on(number):
    return date(2026, 9, 1) + timedelta(days=number)


def chosen(step, day, at=None, *, state="planned", reason="illness"):
    return Appointment(step, day, at, state, chosen=True, reason=reason)


@pytest.fixture
def case_id(desk, shelf):
    """The first family's case with no appointment yet."""
    desk.db.execute("DELETE FROM appointment WHERE case_id = ?", [shelf.cases["family-1"]])
    return shelf.cases["family-1"]


def test_a_move_keeps_the_old_time_and_why_it_was_given_up(desk, case_id):
    appointments.propose(desk.db, case_id, {"joint": on(1), "filing": on(9)}, desk.moment)
    appointments.move(desk.db, case_id, chosen("joint", on(3), time(10, 30), reason="illness"), desk.moment)
    appointments.move(
        desk.db, case_id, chosen("joint", on(5), reason="a date of the court", state="confirmed"), desk.moment
    )
    joint = [a for a in appointments.history(desk.db, case_id) if a.step == "joint"]
    assert [(a.on, a.at, a.state, a.chosen) for a in joint] == [
        (on(1), None, "moved", False),
        (on(3), time(10, 30), "moved", True),
        (on(5), None, "confirmed", True),
    ]
    assert [a.reason for a in joint][:2] == ["illness", "a date of the court"]
    assert appointments.current(desk.db, case_id)["joint"].on == on(5)
    assert appointments.current(desk.db, case_id)["filing"].on == on(9)


def test_proposing_again_replaces_proposals_only(desk, case_id):
    appointments.propose(desk.db, case_id, {"child": on(1), "joint": on(2), "draft": on(3)}, desk.moment)
    appointments.move(desk.db, case_id, chosen("joint", on(6)), desk.moment)
    appointments.propose(desk.db, case_id, {"child": on(4), "joint": on(5), "filing": on(7)}, desk.moment)
    assert {step: (a.on, a.chosen) for step, a in appointments.current(desk.db, case_id).items()} == {
        "child": (on(4), False),
        "joint": (on(6), True),
        "filing": (on(7), False),
    }
    assert [(a.step, a.on, a.state) for a in appointments.history(desk.db, case_id) if a.state == "moved"] == [
        ("joint", on(2), "moved")
    ]


def test_a_step_has_one_standing_time(desk, case_id):
    appointments.propose(desk.db, case_id, {"joint": on(1)}, desk.moment)
    with pytest.raises(dbapi2.IntegrityError):
        appointments._add(desk.db, case_id, chosen("joint", on(2)), desk.moment)


def test_a_move_that_fails_leaves_the_old_one_standing(desk, case_id):
    appointments.propose(desk.db, case_id, {"joint": on(1)}, desk.moment)
    with pytest.raises(dbapi2.IntegrityError):
        appointments.move(desk.db, case_id, chosen("joint", on(2), state="perhaps"), desk.moment)
    assert [(a.on, a.state) for a in appointments.history(desk.db, case_id)] == [(on(1), "planned")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("move"), st.sampled_from(STEPS), st.integers(0, 60)),
            st.tuples(st.just("propose"), st.dictionaries(st.sampled_from(STEPS), st.integers(0, 60)), st.none()),
        ),
        max_size=10,
    )
)
def test_whatever_is_moved_no_chosen_time_is_ever_lost(desk, case_id, moves):
    """Against a plain model: what the officer chose stays in the record for ever, the latest of each step stands."""
    desk.db.execute("DELETE FROM appointment WHERE case_id = ?", [case_id])
    ever, stands = [], {}
    with desk.db.atomic():
        for what, target, number in moves:
            if what == "move":
                appointments.move(desk.db, case_id, chosen(target, on(number)), desk.moment)
                ever.append((target, on(number)))
                stands[target] = on(number)
            else:
                appointments.propose(desk.db, case_id, {step: on(n) for step, n in target.items()}, desk.moment)
    history = appointments.history(desk.db, case_id)
    assert [(a.step, a.on) for a in history if a.chosen] == ever
    current = appointments.current(desk.db, case_id)
    assert {step: a.on for step, a in current.items() if a.chosen} == stands
    proposed = [target for what, target, _ in moves if what == "propose"]
    assert {step for step, a in current.items() if not a.chosen} == (set(proposed[-1]) if proposed else set()) - set(
        stands
    )


def test_times_of_one_case_are_not_those_of_the_other(desk, shelf, case_id):
    other = shelf.cases["family-2"]
    before = appointments.history(desk.db, other)
    assert before
    appointments.propose(desk.db, case_id, dict.fromkeys(STEPS, on(1)), desk.moment)
    appointments.move(desk.db, case_id, chosen("joint", on(2)), desk.moment)
    assert appointments.history(desk.db, other) == before
