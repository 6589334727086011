from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.case import State
from cppp_cli.programme.dates import age_on
from cppp_cli.programme.retention import (
    HOLDS,
    MONTHS_AT_LEAST,
    MONTHS_AT_MOST,
    Closure,
    Hold,
    due_date,
    official_record,
    record_date,
    say_official_record,
)

births = st.dates(date(1990, 1, 1), date(2070, 12, 31))
ONE_DAY = timedelta(days=1)


@given(births)
def test_the_record_is_kept_until_the_child_is_25_and_not_a_day_less(born):
    """Checked against another rule of the program, which counts completed years."""
    day = record_date(born)
    assert age_on(born, day) == 25
    assert age_on(born, day - ONE_DAY) == 24


@given(st.sampled_from(range(1904, 2096, 4)))
def test_a_child_born_on_29_february_is_25_on_1_march(year):
    assert record_date(date(year, 2, 29)) == date(year + 25, 3, 1)


@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(2017, 5, 14), date(2042, 5, 14)),
        (date(2020, 2, 28), date(2045, 2, 28)),
        (date(2020, 2, 29), date(2045, 3, 1)),
        (date(2020, 3, 1), date(2045, 3, 1)),
        (date(2019, 12, 31), date(2044, 12, 31)),
    ],
)
def test_some_days_worked_out_by_hand(born, day):
    assert record_date(born) == day


@given(st.lists(births, min_size=1, max_size=6), st.randoms())
def test_of_several_children_the_youngest_counts_in_whatever_order_they_stand(children, dice):
    day = official_record(children)
    assert day == record_date(max(children))
    assert all(age_on(born, day) >= 25 for born in children)
    mixed = children[:]
    dice.shuffle(mixed)
    assert official_record(mixed) == day


@given(st.lists(births, max_size=4), st.integers(0, 4))
def test_a_date_of_birth_that_is_not_known_leaves_the_day_open(children, place):
    """The child nobody knows the birthday of may be the youngest."""
    children.insert(place, None)
    assert official_record(children) is None
    assert "not on file" in say_official_record(children)


def test_a_case_without_a_child_has_no_such_day():
    assert official_record([]) is None
    assert "not on file" in say_official_record([])


def test_the_day_is_said_with_its_weekday_and_29_february_is_spelt_out():
    assert say_official_record([date(2012, 1, 1), date(2017, 5, 14)]) == (
        "usually kept until Wednesday 14 May 2042, when the youngest child is 25"
    )
    said = say_official_record([date(2019, 1, 1), date(2020, 2, 29)])
    assert "Wednesday 1 March 2045" in said
    assert "29 February" in said
    assert "later day" in said
    older = say_official_record([date(2020, 2, 29), date(2021, 2, 28)])
    assert "29 February" not in older, "only the youngest child's birthday counts"


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(MONTHS_AT_LEAST, MONTHS_AT_MOST))
def test_the_copy_falls_due_so_many_calendar_months_later(closed, months):
    due = due_date(closed, months)
    assert (due.year * 12 + due.month) - (closed.year * 12 + closed.month) == months
    assert due.day == closed.day or (due.day < closed.day and (due + ONE_DAY).day == 1)


@pytest.mark.parametrize(
    ("closed", "months", "due"),
    [
        (date(2026, 8, 6), 6, date(2027, 2, 6)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 120, date(2036, 12, 31)),
    ],
)
def test_some_due_days_worked_out_by_hand(closed, months, due):
    assert due_date(closed, months) == due


def test_a_copy_is_due_from_its_day_on():
    closure = Closure(date(2026, 8, 6), date(2026, 8, 6), date(2027, 2, 6))
    assert [closure.is_due(date(2027, 2, day)) for day in (5, 6, 7)] == [False, True, True]


def test_every_hold_has_words_and_none_is_a_state_of_a_case():
    assert {Hold(kind, date(2026, 8, 6)).label for kind in HOLDS} == set(HOLDS.values())
    assert not set(HOLDS) & {state.value for state in State}
