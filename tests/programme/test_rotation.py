from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.rotation import Copy, Why, kept

NINE = datetime.fromisoformat("2026-11-21T09:00:00")
MOMENTS = st.one_of(st.integers(-40, 40), st.integers(-1000, 1000)).flatmap(  # close together, and far apart
    lambda days: st.integers(0, 86399).map(lambda seconds: NINE + timedelta(days=days, seconds=seconds))
)
COPIES = st.lists(
    st.builds(Copy, MOMENTS, st.integers(1, 3), st.sampled_from([Why.ROUTINE, Why.ROUTINE, Why.ROUTINE, *Why])),
    max_size=60,
    unique=True,
)


def day(copy):
    return copy.at.date()


def week(copy):
    return copy.at.isocalendar()[:2]


def month(copy):
    return copy.at.year, copy.at.month


def routine(copies):
    return [copy for copy in copies if copy.why is Why.ROUTINE]


def use(days, *, every=1, start=NINE):
    """One copy on each day of use, rotated as the program does; what is left at the end."""
    left = frozenset()
    for number in range(0, days, every):
        left = kept([*left, Copy(start + timedelta(days=number))])
    return left


@given(COPIES)
def test_a_copy_stays_for_a_reason_and_goes_for_want_of_one(copies):
    """The rule once more, asked of each copy by itself."""
    stay = kept(copies)
    for copy in routine(copies):
        reasons = []
        for span, count in ((day, 7), (week, 4), (month, 12)):
            is_newest = copy == max(other for other in routine(copies) if span(other) == span(copy))
            newer_spans = {span(other) for other in routine(copies) if other > copy} - {span(copy)}
            reasons.append(is_newest and len(newer_spans) < count)
        assert (copy in stay) == any(reasons)


@given(COPIES)
def test_rotating_again_removes_nothing_and_the_newest_always_stays(copies):
    stay = kept(copies)
    assert stay <= set(copies)
    assert kept(stay) == stay
    if routine(copies):
        assert max(routine(copies)) in stay
    assert len(routine(stay)) <= 7 + 4 + 12


@given(COPIES)
def test_what_is_made_before_an_upgrade_neither_takes_a_place_nor_gives_one(copies):
    stay = kept(copies)
    upgrades = sorted(copy for copy in copies if copy.why is Why.UPGRADE)
    assert [copy for copy in sorted(stay) if copy.why is Why.UPGRADE] == upgrades[-2:]
    assert set(routine(stay)) == kept(routine(copies))


def test_after_three_years_of_daily_use_there_are_seven_days_four_weeks_and_twelve_months():
    left = sorted(use(3 * 365))
    last = NINE + timedelta(days=3 * 365 - 1)
    days = [last.date() - timedelta(days=number) for number in range(7)]
    assert set(days) <= {day(copy) for copy in left}
    sundays = [last.date() - timedelta(days=last.isoweekday() + 7 * number) for number in range(4)]
    assert set(sundays[:3]) <= {day(copy) for copy in left}, "the ends of the last weeks, with this one four"
    assert sundays[3] not in {day(copy) for copy in left}
    months = {month(copy) for copy in left}
    assert len(months) == 12
    # Each finished month is kept as it was on its last day.
    for copy in left:
        if month(copy) != month(left[-1]) and last - copy.at > timedelta(days=35):
            assert (copy.at + timedelta(days=1)).month != copy.at.month
    assert len(left) <= 23


def test_an_officer_who_opens_the_file_once_a_month_keeps_a_year():
    left = use(1000, every=31)
    assert len(left) == 12


def test_of_several_copies_of_a_day_the_last_stays():
    copies = [Copy(NINE), Copy(NINE, 2), Copy(NINE + timedelta(hours=3)), Copy(NINE - timedelta(days=1))]
    assert kept(copies) == {copies[2], copies[3]}


@pytest.mark.parametrize(("later", "stays"), [(1, True), (366, True), (367, False)])
def test_a_replaced_file_stays_for_a_year(later, stays):
    replaced = Copy(NINE, why=Why.REPLACED)
    others = [Copy(NINE, number, Why.REPLACED) for number in range(2, 9)]
    found = kept([replaced, *others, Copy(NINE + timedelta(days=later))])
    assert (replaced in found) == stays
    assert (set(others) <= found) == stays


def test_nothing_is_kept_of_nothing():
    assert kept([]) == frozenset()
