from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.errors import AnswersError
from cppp_cli.programme.working_days import WorkingDays, latest_clear_days_before

ONE_DAY = timedelta(days=1)
COURT = WorkingDays()
CHRISTMAS = WorkingDays(closed=frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}))

days = st.dates(date(2026, 9, 1), date(2027, 6, 30))
calendars = st.builds(
    WorkingDays,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    closed=st.frozensets(st.dates(date(2026, 12, 20), date(2027, 1, 10))),
)


def walk(start, step):
    """Every day from `start` on, one way."""
    while True:
        yield start
        start += step


def test_a_week_without_working_days_is_refused():
    for weekdays in (frozenset(), frozenset({7})):
        with pytest.raises(AnswersError, match="at least one day"):
            WorkingDays(weekdays=weekdays)


@given(calendars, days)
def test_the_nearest_working_day_each_way(calendar, day):
    after, before = calendar.on_or_after(day), calendar.on_or_before(day)
    assert after == next(found for found in walk(day, ONE_DAY) if calendar.is_working(found))
    assert before == next(found for found in walk(day, -ONE_DAY) if calendar.is_working(found))
    assert calendar.on_or_after(after) == after
    assert calendar.on_or_before(before) == before


@given(calendars, days, st.integers(-30, 30))
def test_adding_and_counting_undo_each_other(calendar, day, number):
    moved = calendar.add_working_days(day, number)
    assert calendar.count_between(day, moved) == number
    assert number == 0 or calendar.is_working(moved)


@given(calendars, days, days)
def test_counting_is_counting(calendar, start, end):
    between = [start + ONE_DAY * number for number in range(1, (end - start).days + 1)]
    if start <= end:
        assert calendar.count_between(start, end) == len([day for day in between if calendar.is_working(day)])


def test_ten_working_days_across_christmas():
    assert CHRISTMAS.add_working_days(date(2026, 12, 18), 10) == date(2027, 1, 6)


# Worked by hand from rule 2.9: clear days, and in seven days or less only business days.
@pytest.mark.parametrize(
    ("hearing", "number", "latest"),
    [
        (date(2026, 10, 16), 3, date(2026, 10, 12)),
        (date(2026, 10, 19), 3, date(2026, 10, 13)),
        (date(2026, 10, 19), 7, date(2026, 10, 7)),
        (date(2026, 10, 19), 14, date(2026, 10, 4)),
        (date(2026, 10, 19), 8, date(2026, 10, 10)),
        (date(2026, 10, 19), 0, date(2026, 10, 18)),
    ],
)
def test_clear_days_before_a_hearing(hearing, number, latest):
    assert latest_clear_days_before(hearing, number, COURT) == latest


def test_the_office_may_be_closed_on_the_last_day():
    fortnight = latest_clear_days_before(date(2026, 10, 19), 14, COURT)
    assert COURT.on_or_before(fortnight) == date(2026, 10, 2)
    after_new_year = latest_clear_days_before(date(2027, 1, 4), 3, CHRISTMAS)
    assert after_new_year == date(2026, 12, 28)  # the 31st, 30th and 29th are clear
    assert CHRISTMAS.on_or_before(after_new_year) == date(2026, 12, 24)


@given(calendars, days, st.integers(0, 30))
def test_there_are_exactly_so_many_clear_days(calendar, hearing, number):
    def clear_days(act):
        between = [act + ONE_DAY * step for step in range(1, (hearing - act).days)]
        return sum(calendar.is_working(day) or number > 7 for day in between)

    latest = latest_clear_days_before(hearing, number, calendar)
    assert clear_days(latest) >= number
    assert latest + ONE_DAY == hearing or clear_days(latest + ONE_DAY) < number
