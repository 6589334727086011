"""Calendars drawn at random, with every layer, for property tests."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from cppp_cli.programme.nights.rules import (
    SINGLE_DAYS,
    Calendar,
    DayKind,
    Daytime,
    HolidayRule,
    Middle,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.terms import HolidayKind, Period, TermDates

LOW, HIGH = date(2026, 6, 1), date(2029, 3, 31)

days = st.dates(LOW, HIGH)
letters = st.sampled_from("ABO")
sides = st.sampled_from("AB")
turns = st.sampled_from(Turn)
side_turns = st.sampled_from([turn for turn in Turn if turn is not Turn.O])
clocks = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
spans = st.tuples(clocks, clocks).filter(lambda found: found[0] != found[1]).map(sorted).map(tuple)


def swapped_side(value):
    """A value of a record with the sides exchanged."""
    exchange = {"a": "b", "b": "a", "a_even": "b_even", "b_even": "a_even"}
    return type(value)(exchange.get(str(value), str(value)))


@st.composite
def school_years(draw):
    """The lists of one school for three school years, in different styles and with shifted dates."""
    periods = []
    style = draw(st.sampled_from(["terms", "holidays", "both"]))
    for year in (2026, 2027, 2028):
        shift = timedelta(days=draw(st.integers(-4, 4)))
        terms = [
            (date(year, 9, 2), date(year, 10, 23)),
            (date(year, 11, 2), date(year, 12, 18)),
            (date(year + 1, 1, 4), date(year + 1, 2, 12)),
            (date(year + 1, 2, 22), date(year + 1, 3, 25)),
            (date(year + 1, 4, 12), date(year + 1, 5, 28)),
            (date(year + 1, 6, 7), date(year + 1, 7, 21)),
        ]
        terms = [(first + shift, last + shift) for first, last in terms]
        if style != "holidays":
            periods += [Period(first, last, "term") for first, last in terms]
        if style != "terms":
            gaps = [(a[1] + timedelta(1), b[0] - timedelta(1)) for a, b in pairwise(terms)]
            periods += [
                Period(first, last, "holiday", "half term" if (last - first).days < 10 else "") for first, last in gaps
            ]
        for _ in range(draw(st.integers(0, 2))):
            inset = draw(st.dates(terms[0][0], terms[-1][1]))
            periods.append(Period(inset, inset, "inset"))
    return TermDates(tuple(draw(st.permutations(periods))))


@st.composite
def holiday_rules(draw):
    kind = draw(st.sampled_from(HolidayKind))
    single = kind in SINGLE_DAYS
    shares = [Share.WHOLE, Share.WEEKEND, Share.PATTERN] if single else [s for s in Share if s is not Share.WEEKEND]
    share = draw(st.sampled_from(shares))
    who = draw(side_turns if share in {Share.HALVES, Share.BLOCKS} else turns)
    return HolidayRule(
        kind,
        share,
        who,
        draw(st.sampled_from(Middle)),
        draw(st.integers(1, 15)),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def long_weekends(draw):
    """Calendars with holidays beside whose ends there are bank holidays, most of them with a rule for their weekend."""
    terms = draw(school_years())
    near = [edge + timedelta(days=n) for h in terms.holidays for edge in (h.first, h.last) for n in range(-4, 5)]
    weekend = HolidayRule(draw(st.sampled_from(SINGLE_DAYS)), Share.WEEKEND)
    rules = draw(st.lists(holiday_rules(), min_size=1, max_size=4))
    rules.insert(draw(st.integers(0, len(rules))), weekend)
    insets = [Period(day, day, "inset") for day in draw(st.lists(st.sampled_from(near), max_size=6))]
    return Calendar(
        draw(st.text("ABO", min_size=1, max_size=15)),
        LOW,
        holidays=tuple(rules),
        terms=TermDates((*terms.periods, *insets)),
        bank_holidays=draw(st.frozensets(st.sampled_from(near), min_size=1, max_size=12)),
    )


@st.composite
def special_days(draw):
    kind = draw(st.sampled_from(DayKind))
    typed = draw(st.sampled_from([(2, 29), (5, 4), (12, 31), (1, 1), (3, 1), (12, 26)]))
    month, day = typed if kind is DayKind.EVERY_YEAR else (0, 0)
    return SpecialDay(
        kind,
        draw(turns),
        month=month,
        day=day,
        dates=tuple(draw(st.lists(days, max_size=4))) if kind is DayKind.DATES else (),
        before=draw(st.integers(0, 3)),
        nights=draw(st.integers(1, 5)),
        hours=draw(st.none() | spans),
        first=draw(st.none() | days),
        last=draw(st.none() | days),
    )


@st.composite
def swaps(draw):
    first = draw(days)
    return Swap(first, first + timedelta(days=draw(st.integers(0, 12))), draw(letters))


@st.composite
def daytimes(draw):
    start, end = draw(spans)
    return Daytime(draw(st.integers(0, 6)), start, end, draw(letters), draw(st.none() | st.integers(1, 3)))


@st.composite
def calendars(draw):
    return Calendar(
        draw(st.text("ABO", min_size=1, max_size=30)),
        draw(st.dates(date(2020, 1, 1), date(2031, 12, 31))),
        draw(clocks),
        tuple(draw(st.lists(daytimes(), max_size=3))),
        tuple(draw(st.lists(holiday_rules(), max_size=5))),
        tuple(draw(st.lists(special_days(), max_size=5))),
        tuple(draw(st.lists(swaps(), max_size=3))),
        draw(st.none() | school_years()),
        draw(st.frozensets(days, max_size=12)),
    )
