from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.errors import NotFoundError
from cppp_cli.programme.offsets import STEP_KEYS, StepRule, read_offsets
from cppp_cli.programme.schedule import check_move, move, propose, strip, week_of
from cppp_cli.programme.working_days import WorkingDays

SHIPPED = Path(__file__).parents[2] / "templates" / "timetable.toml"
RULES = read_offsets(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))
WEEKDAYS = WorkingDays()
DAY_ZERO = date(2027, 2, 1)  # a Monday


def day(number, day_zero=DAY_ZERO):
    return day_zero + timedelta(days=number)


def dates_of(timetable):
    return {step.key: step.on for step in timetable.steps}


def ids_of(timetable):
    return [warning.id for warning in timetable.warnings]


def propose_from(day_zero=DAY_ZERO, *, due=None, hearing=None, calendar=WEEKDAYS, **settings):
    return propose(day_zero, due, hearing, RULES, calendar, **settings)


# An independent planner for short horizons: it walks every assignment of dates there is.

HORIZON = 10


@st.composite
def small_cases(draw):
    number = draw(st.integers(2, 4))
    first_days = sorted(draw(st.lists(st.integers(0, 84), min_size=number, max_size=number)))
    rules = tuple(
        StepRule(f"step-{index}", f"Step {index}", "desk", first_day, 84, draw(st.integers(0, 3)))
        for index, first_day in enumerate(first_days)
    )
    offsets = st.integers(0, HORIZON)
    fixed = draw(st.dictionaries(st.sampled_from([rule.key for rule in rules]), offsets.map(day), max_size=2))
    closed = draw(st.frozensets(offsets.map(day), max_size=4))
    not_before = draw(st.none() | st.integers(0, 5).map(day))
    return rules, day(draw(offsets)), WorkingDays(frozenset(range(7)), closed), fixed, not_before


def assignments(candidates, gaps, chosen=()):
    """Every way to choose one candidate per step with the gaps kept."""
    if len(chosen) == len(candidates):
        yield chosen
        return
    place = len(chosen)
    for on in candidates[place]:
        if not chosen or (on - chosen[-1]).days >= gaps[place]:
            yield from assignments(candidates, gaps, (*chosen, on))


def candidates_for(case, last_day):
    rules, _, calendar, fixed, not_before = case
    free = [day(number) for number in range(HORIZON * 3)]
    free = [on for on in free if calendar.is_working(on) and on >= (not_before or DAY_ZERO)]
    return [
        [fixed[rule.key]] if rule.key in fixed else [on for on in free if rule is not rules[-1] or on <= last_day]
        for rule in rules
    ]


def best(case, ways):
    """Step by step the first date in the window that some way has, or else the last before it."""
    rules, due, *_ = case
    for place, rule in enumerate(rules):
        opens = day(rule.first_day * (due - DAY_ZERO).days // 84)
        in_window = [way[place] for way in ways if way[place] >= opens]
        chosen = min(in_window) if in_window else max(way[place] for way in ways)
        ways = [way for way in ways if way[place] == chosen]
    return list(ways[0])


def planned(case):
    rules, due, calendar, fixed, not_before = case
    return propose(DAY_ZERO, due, None, rules, calendar, fixed=fixed, not_before=not_before)


@given(small_cases())
@settings(max_examples=300, deadline=None)
def test_when_everything_can_be_kept_it_is(case):
    rules, due, calendar, fixed, _ = case
    ways = list(assignments(candidates_for(case, due), [rule.gap for rule in rules]))
    timetable = planned(case)
    troubles = {"gap-too-short", "before-predecessor"} & set(ids_of(timetable))
    late = rules[-1].key not in fixed and timetable.steps[-1].on > due
    if ways:
        assert [step.on for step in timetable.steps] == best(case, ways)
    assert bool(ways) == (not troubles and not late)
    assert all(calendar.is_working(step.on) for step in timetable.steps if not step.fixed)


@given(small_cases())
@settings(max_examples=300, deadline=None)
def test_gaps_are_cut_evenly_and_only_as_far_as_the_ordered_date_needs(case):
    case = (*case[:3], {}, case[4])
    rules, due, *_ = case
    timetable = planned(case)
    candidates = candidates_for(case, due)
    for cut in range(4):
        ways = list(assignments(candidates, [max(min(rule.gap, 1), rule.gap - cut) for rule in rules]))
        if ways:
            assert [step.on for step in timetable.steps] == best(case, ways)
            assert "filing-after-due" not in ids_of(timetable)
            return
    # The date cannot be met: the soonest there is with full gaps.
    ways = assignments(candidates_for(case, date.max), [rule.gap for rule in rules])
    assert timetable.steps[-1].on == min(way[-1] for way in ways)
    assert "filing-after-due" in ids_of(timetable)
    assert "gap-too-short" not in ids_of(timetable)


# The programme as it is.

day_zeros = st.dates(date(2025, 1, 1), date(2035, 12, 31))
calendars = st.builds(
    WorkingDays,
    weekdays=st.frozensets(st.integers(0, 4), min_size=2),
    closed=st.frozensets(st.dates(date(2027, 1, 1), date(2027, 6, 30)), max_size=20),
)
offsets = st.integers(0, 100)
cases = st.fixed_dictionaries(
    {
        "due": st.none() | st.integers(-10, 120).map(day),
        "hearing": st.none() | offsets.map(day),
        "calendar": calendars,
        "fixed": st.dictionaries(st.sampled_from(STEP_KEYS), offsets.map(day), max_size=8),
        "not_before": st.none() | st.integers(-10, 100).map(day),
    }
)


@pytest.mark.parametrize("weekdays", [range(5), (0, 1, 2), (1, 3)], ids=["full time", "three days", "two days"])
def test_from_any_day_zero_the_usual_timetable_fits(weekdays):
    christmas_and_easter = [(12, 25), (12, 26), (12, 28), (1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30)]
    closed = frozenset(date(year, *one) for year in (2026, 2027, 2028) for one in christmas_and_easter)
    calendar = WorkingDays(frozenset(weekdays), closed)
    for number in range(500):
        timetable = propose_from(day(number, date(2026, 9, 1)), calendar=calendar)
        assert timetable.warnings == ()
        assert all(calendar.is_working(step.on) for step in timetable.steps)
        assert all(before.on + timedelta(days=step.gap) <= step.on for before, step in pairwise(timetable.steps))
        assert all(step.window_start <= step.on <= timetable.programme_end for step in timetable.steps)


@given(cases)
def test_every_step_gets_a_date_and_nothing_goes_wrong_silently(case):
    timetable = propose_from(**case)
    on, ids = dates_of(timetable), ids_of(timetable)
    assert tuple(on) == STEP_KEYS
    assert case["fixed"].items() <= on.items()
    for step in timetable.steps:
        assert DAY_ZERO <= step.window_start <= step.window_end <= timetable.programme_end
        assert step.fixed == (step.key in case["fixed"])
        if not step.fixed:
            assert case["calendar"].is_working(step.on)
            assert step.on >= max(DAY_ZERO, case["not_before"] or DAY_ZERO)
    in_order = all(before.on <= step.on for before, step in pairwise(timetable.steps))
    assert in_order == (not {"before-predecessor", "child-after-joint"} & set(ids))
    assert (max(on.values()) > timetable.programme_end) == ("past-programme-end" in ids)
    assert ("filing-after-due" in ids) == (case["due"] is not None and on["filing"] > case["due"])
    assert ("hearing-before-filing" in ids) == (case["hearing"] is not None and on["filing"] >= case["hearing"])


@given(cases)
def test_nothing_moves_when_every_date_is_fixed(case):
    timetable = propose_from(**case)
    again = propose_from(**case | {"fixed": dates_of(timetable)})
    assert dates_of(again) == dates_of(timetable)
    assert again.warnings == timetable.warnings


@given(cases)
def test_a_programme_a_week_later_is_the_same_a_week_later(case):
    week = timedelta(weeks=1)
    case["calendar"] = replace(case["calendar"], closed=frozenset())
    later = {name: value and value + week for name, value in case.items() if name in {"due", "hearing", "not_before"}}
    later |= {"calendar": case["calendar"], "fixed": {key: on + week for key, on in case["fixed"].items()}}
    timetable, moved = propose_from(**case), propose_from(DAY_ZERO + week, **later)
    assert dates_of(moved) == {key: on + week for key, on in dates_of(timetable).items()}
    assert ids_of(moved) == ids_of(timetable)


@given(day_zeros, st.integers(20, 83))
def test_windows_shrink_in_proportion_to_an_early_ordered_date(day_zero, days):
    timetable = propose_from(day_zero, due=day(days, day_zero))
    assert ids_of(timetable) == ["windows-shortened"]
    for rule, step in zip(RULES, timetable.steps, strict=True):
        assert (step.window_start - day_zero).days == int(rule.first_day * days / 84)
        assert (step.window_end - day_zero).days == int(rule.last_day * days / 84)
    assert timetable.steps[-1].window_end == timetable.filing_due


def test_a_later_ordered_date_is_used_only_when_day_84_cannot_be_met():
    due = day(100)
    leave = frozenset(day(number) for number in range(77, 90))
    before_leave = propose_from(due=due, calendar=WorkingDays(closed=leave))
    assert dates_of(before_leave)["filing"] == day(74)  # the Friday before the leave
    assert before_leave.warnings == ()
    late_joint = propose_from(due=due, fixed={"joint": day(81)})
    assert day(84) < dates_of(late_joint)["filing"] <= due
    assert ids_of(late_joint) == ["past-programme-end"]


def test_without_an_ordered_date_a_late_session_still_reaches_day_84():
    timetable = propose_from(fixed={"joint": day(78)})
    assert dates_of(timetable)["filing"] == day(84)
    assert set(ids_of(timetable)) == {"gap-too-short"}


def test_a_step_between_two_fixed_ones_shares_the_room_there_is():
    timetable = propose_from(fixed={"parent-b": day(28), "joint": day(31)})
    assert dates_of(timetable)["child"] == day(29)


def test_what_follows_comes_after_every_fixed_date_even_in_disorder():
    timetable = propose_from(fixed={"child": day(66), "joint": day(43)})
    assert dates_of(timetable)["draft"] == day(67)


def test_nothing_is_planned_before_day_zero():
    assert dates_of(propose_from(due=day(2), not_before=day(-30)))["parent-a"] == DAY_ZERO


def test_dates_that_just_meet():
    assert propose_from(due=day(84), hearing=day(85)).warnings == ()
    assert ids_of(propose_from(hearing=day(77))) == ["hearing-before-filing"]  # filed on the very day
    assert propose_from(hearing=day(78)).warnings == ()


def test_a_held_session_pulls_the_ones_before_it_forward():
    timetable = propose_from(fixed={"child": day(9)})
    assert dates_of(timetable)["parent-b"] == day(7)
    assert dates_of(timetable)["joint"] == day(42)
    assert timetable.warnings == ()


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ({"due": day(60)}, "windows-shortened"),
        ({"due": day(0)}, "due-before-start"),
        ({"due": day(84), "hearing": day(84)}, "due-after-hearing"),
        ({"hearing": day(60)}, "hearing-before-filing"),
        ({"fixed": {"filing": day(85)}, "due": day(84)}, "filing-after-due"),
        ({"not_before": day(84)}, "past-programme-end"),
        ({"fixed": {"child": day(46), "joint": day(43)}}, "child-after-joint"),
        ({"fixed": {"parent-a": day(10), "parent-b": day(9)}}, "before-predecessor"),
        ({"fixed": {"child": day(42), "joint": day(43)}}, "gap-too-short"),
        ({"fixed": {"joint": day(47)}}, "not-a-working-day"),
        ({"fixed": {"joint": day(46)}, "calendar": WorkingDays(closed=frozenset({day(46)}))}, "not-a-working-day"),
        ({"fixed": {"parent-a": day(-3)}}, "before-day-zero"),
    ],
)
def test_each_warning_says_what_and_what_to_do(case, expected):
    found = [warning for warning in propose_from(**case).warnings if warning.id == expected]
    assert len(found) == 1
    what, _, to_do = found[0].text.partition(". ")
    assert " 2027" in what
    assert to_do.endswith(".")


def test_child_after_joint_is_said_once():
    timetable = propose_from(fixed={"child": day(46), "joint": day(43)})
    assert ids_of(timetable) == ["child-after-joint"]


@given(cases, st.sampled_from(STEP_KEYS), offsets.map(day))
def test_checking_a_move_tells_what_the_move_would_add(case, key, to):
    timetable = propose_from(**case)
    moved = propose_from(**case | {"fixed": case["fixed"] | {key: to}})
    assert move(timetable, key, to, case["calendar"]) == moved
    new = check_move(timetable, key, to, case["calendar"])
    assert set(new) == set(moved.warnings) - set(timetable.warnings)
    assert check_move(moved, key, to, case["calendar"]) == ()


def test_a_step_that_does_not_exist_cannot_be_moved_or_fixed():
    for key in ("programme-end", "review"):
        with pytest.raises(NotFoundError, match="The steps are parent-a, parent-b"):
            check_move(propose_from(), key, day(1), WEEKDAYS)
        with pytest.raises(NotFoundError):
            propose_from(fixed={key: day(1)})


@pytest.mark.parametrize(
    ("number", "week"), [(-1, 1), (0, 1), (6, 1), (7, 2), (77, 12), (83, 12), (84, 12), (85, 13), (91, 14)]
)
def test_weeks_are_counted_from_one(number, week):
    assert week_of(DAY_ZERO, day(number)) == week


@given(cases, offsets.map(day))
def test_the_strip_holds_every_step_once_in_its_week(case, today):
    timetable = propose_from(**case)
    cells = strip(timetable, today)
    assert [cell.week for cell in cells] == list(range(1, max(12, len(cells)) + 1))
    assert [cell.start for cell in cells] == [day(7 * index) for index in range(len(cells))]
    placed = {key: cell.week for cell in cells for key in cell.keys}
    assert sum(len(cell.keys) for cell in cells) == len(placed) == len(STEP_KEYS) + 1
    assert placed.pop("programme-end") == 12
    assert placed == {key: week_of(DAY_ZERO, on) for key, on in dates_of(timetable).items()}
    assert [cell.week for cell in cells if cell.today] in ([week_of(DAY_ZERO, today)], [])


def test_the_strip_knows_where_today_is():
    timetable = propose_from()
    assert [cell.week for cell in strip(timetable, day(30)) if cell.today] == [5]
    assert not any(cell.today for number in (-1, 85) for cell in strip(timetable, day(number)))
