from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

from made_up_calendars import HIGH, LOW, days, school_years

from cppp_cli.programme.nights.terms import SCHOOL_HOLIDAYS, HolidayKind, Period, TermDates, holiday_kind

AUTUMN = Period(date(2026, 9, 1), date(2026, 10, 23), "term")
AUTUMN_2 = Period(date(2026, 11, 2), date(2026, 12, 18), "term")
SPRING = Period(date(2027, 1, 4), date(2027, 2, 12), "term")
LISTED = Period(date(2026, 10, 26), date(2026, 10, 30), "holiday", "Half term")
OCTOBER = (date(2026, 10, 24), date(2026, 11, 1))


def spans(terms):
    return [(h.first, h.last, h.kind) for h in terms.holidays]


@pytest.mark.parametrize(
    "periods",
    [
        (AUTUMN, AUTUMN_2),
        (AUTUMN_2, AUTUMN),
        (LISTED,),
        (Period(date(2026, 10, 25), date(2026, 10, 31), "holiday", "Half term"),),
        (Period(date(2026, 10, 24), date(2026, 11, 1), "holiday", "Half term"),),
        (AUTUMN, LISTED, AUTUMN_2),
        (Period(date(2026, 9, 1), date(2026, 12, 18), "term"), LISTED),
        (Period(date(2026, 9, 1), date(2026, 12, 18), "term"), AUTUMN, AUTUMN_2, LISTED),
    ],
)
def test_half_term_is_the_same_nine_days_however_it_is_listed(periods):
    assert spans(TermDates(periods)) == [(*OCTOBER, HolidayKind.OCTOBER)]


def test_gaps_between_terms_are_holidays_and_a_weekend_is_none():
    terms = TermDates((AUTUMN, AUTUMN_2, SPRING))
    assert spans(terms)[1] == (date(2026, 12, 19), date(2027, 1, 3), HolidayKind.CHRISTMAS)
    weekly = TermDates(
        (Period(date(2026, 9, 7), date(2026, 9, 11), "term"), Period(date(2026, 9, 14), date(2026, 9, 18), "term"))
    )
    assert weekly.holidays == ()


def test_a_term_listed_inside_another_leaves_no_gap():
    whole, inner = (
        Period(date(2026, 9, 1), date(2026, 12, 18), "term"),
        Period(date(2026, 9, 7), date(2026, 10, 23), "term"),
    )
    assert spans(TermDates((whole, inner, SPRING))) == [(date(2026, 12, 19), date(2027, 1, 3), HolidayKind.CHRISTMAS)]


def test_nothing_is_known_outside_the_listed_dates():
    terms = TermDates((AUTUMN, AUTUMN_2))
    assert (terms.first, terms.last) == (AUTUMN.first, AUTUMN_2.last)
    for day in (date(2026, 8, 31), date(2026, 12, 21)):
        assert not terms.covers(day)
        assert not terms.is_school_day(day)
        assert terms.holiday_of(day) is None
    assert (TermDates().first, TermDates().last, TermDates().holidays) == (None, None, ())


def test_a_school_day_is_a_weekday_of_a_term_with_school():
    inset = Period(date(2026, 9, 1), date(2026, 9, 2), "inset")
    terms = TermDates((AUTUMN, AUTUMN_2, inset))
    bank = frozenset({date(2026, 9, 8)})
    found = [d for n in range(14) if terms.is_school_day(d := date(2026, 9, 1) + timedelta(days=n), bank)]
    assert [day.day for day in found] == [3, 4, 7, 9, 10, 11, 14]
    assert terms.insets == (date(2026, 9, 1), date(2026, 9, 2))


def test_where_only_holidays_are_listed_the_days_between_them_are_term():
    terms = TermDates((LISTED, Period(date(2026, 12, 21), date(2027, 1, 1), "holiday", "Christmas holidays")))
    assert terms.is_school_day(date(2026, 11, 2))
    assert not terms.is_school_day(date(2026, 10, 29))
    assert not terms.is_school_day(date(2026, 10, 23))  # before the first: not known
    assert [h.nights for h in terms.holidays] == [9, 16]


@settings(max_examples=60, deadline=None)
@given(school_years(), st.frozensets(days, max_size=10), st.dates(LOW, HIGH), st.integers(1, 500))
def test_a_run_of_days_says_the_same_as_each_day(terms, bank_holidays, first, length):
    run = terms.school_days(first, length, bank_holidays)
    assert [bool(found) for found in run] == [
        terms.is_school_day(first + timedelta(days=n), bank_holidays) for n in range(length)
    ]


@settings(max_examples=60, deadline=None)
@given(school_years(), days)
def test_a_day_is_never_both_school_and_holiday(terms, day):
    assert not (terms.is_school_day(day) and (terms.holiday_of(day) or terms.is_inset(day) or day.weekday() > 4))
    holiday = terms.holiday_of(day)
    if holiday:
        assert holiday.first <= day <= holiday.last
        assert terms.covers(day)
        assert holiday.kind in SCHOOL_HOLIDAYS


@pytest.mark.parametrize(
    ("name", "first", "kind"),
    [
        ("Autumn half term", date(2026, 10, 26), HolidayKind.OCTOBER),
        ("October half-term", date(2026, 10, 19), HolidayKind.OCTOBER),
        ("Christmas", date(2026, 12, 21), HolidayKind.CHRISTMAS),
        ("Winter break", date(2026, 12, 21), HolidayKind.CHRISTMAS),
        ("Spring half term", date(2027, 2, 15), HolidayKind.FEBRUARY),
        ("Spring break", date(2027, 4, 5), HolidayKind.EASTER),
        ("Easter holiday", date(2027, 3, 26), HolidayKind.EASTER),
        ("Summer half term", date(2027, 5, 31), HolidayKind.MAY),
        ("Whitsun half term", date(2027, 5, 31), HolidayKind.MAY),
        ("Summer holidays", date(2027, 7, 22), HolidayKind.SUMMER),
        ("Half term", date(2027, 5, 31), HolidayKind.MAY),
        ("Half term", date(2027, 2, 15), HolidayKind.FEBRUARY),
        ("", date(2026, 12, 29), HolidayKind.CHRISTMAS),
        ("School closed", date(2027, 3, 29), HolidayKind.EASTER),
        ("", date(2027, 8, 20), HolidayKind.SUMMER),
    ],
)
def test_which_holiday_it_is(name, first, kind):
    assert holiday_kind(name, first, first + timedelta(days=6)) is kind
    assert kind.label
