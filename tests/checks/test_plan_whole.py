from __future__ import annotations

from dataclasses import replace

import pytest

from cppp_cli.checks import plan_whole
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import DESK, Version, entry
from cppp_cli.store import cases

RULED = {"agreed": {"has_holidays": Answer("yes"), "has_special_days": Answer("no")}}


@pytest.fixture
def both(desk):
    found = {case.number: cases.load(desk.db, case.id) for case in cases.listed(desk.db)}
    return found["ZE26P01234"], found["ZE26P01243"]


def made(number, topic="handovers", state="agreed", wording="At the library.", children=("all",)):
    said = {"topic": topic, "state": state, "wording": wording, "children": children}
    return entry(number, [Version(f"entry.{number}", 1, DESK, None, "", {k: Answer(v) for k, v in said.items()})])


def test_a_calendar_that_settles_what_an_entry_leaves_open_is_told(both):
    left_open = made(4, "school_holidays", "for_court", "")
    (said,) = plan_whole.remarks([left_open], RULED, both[0])
    assert "entry 4" in said
    assert plan_whole.remarks([made(4, "school_holidays")], RULED, both[0]) == ()
    assert plan_whole.remarks([made(4, "special_days", "not_agreed", "")], RULED, both[0]) == ()
    assert plan_whole.remarks([left_open], {"a": RULED["agreed"]}, both[0]) == (), "a proposal settles nothing"
    assert plan_whole.remarks([left_open], {"agreed.2": RULED["agreed"]}, both[0]) == (said,)


def test_one_thing_agreed_and_not_agreed_is_told(both):
    one, other = made(1), made(2, state="not_agreed", wording="")
    (said,) = plan_whole.remarks([one, other], {}, both[0])
    assert "Entries 1 and 2" in said
    assert plan_whole.remarks([one, made(2, state="withdrawn")], {}, both[0]) == ()
    assert plan_whole.remarks([one, made(2, state="not_agreed", children=("2",))], {}, both[0]) == ()
    assert plan_whole.remarks([one, made(2, "money", "not_agreed")], {}, both[0]) == ()


@pytest.mark.parametrize(
    "wording",
    [
        "The parent whose time begins will collect Isla and Theo from the home of the other.",
        "He brings them back to their mother's house at six.",
        "She waits at his front door.",
    ],
)
def test_a_home_is_no_place_to_meet_where_an_address_is_confidential(both, wording):
    first, _ = both  # an address is confidential in either family
    assert [len(plan_whole.remarks([made(2, wording=wording)], {}, case)) for case in both] == [1, 1]
    open_now = tuple(replace(a, address=None) for a in first.adults)
    assert plan_whole.remarks([made(2, wording=wording)], {}, replace(first, adults=open_now)) == ()
    assert plan_whole.remarks([made(2)], {}, first) == ()
    assert plan_whole.remarks([made(2, wording="Homework goes with them.")], {}, first) == ()
    assert plan_whole.remarks([made(2, state="not_agreed", wording=wording)], {}, first) == ()
