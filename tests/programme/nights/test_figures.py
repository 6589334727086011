"""What is counted in the nights, beside counts written in another way."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

from made_up_calendars import HIGH, LOW, calendars, swapped_side
from slow_nights import minutes_of_care

from cppp_cli.programme.nights.daytimes import visits, visits_on
from cppp_cli.programme.nights.figures import figures
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.patterns import PATTERNS, swapped
from cppp_cli.programme.nights.rules import (
    Calendar,
    DayKind,
    Daytime,
    HolidayRule,
    Layer,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.terms import HolidayKind, Period, TermDates

MONDAY = date(2027, 1, 4)

# The columns of domain.md 4.2, typed from it: nights of the side with fewer per 14 and per 28, percent, the least and the
# most in 365 nights over every start, handovers per cycle, and the weeks of that cycle (there: 2 unless it says otherwise).
TABLE = {
    "one-weekend-in-4": (1.0, 2, 7.1, 26, 27, 2, 4),
    "every-third-weekend": (1.33, 2.67, 9.5, 34, 36, 2, 3),
    "one-night-a-week": (2, 4, 14.3, 52, 53, 4, 2),
    "alternate-weekends": (2, 4, 14.3, 52, 53, 2, 2),
    "alternate-weekends-fri-mon": (3, 6, 21.4, 78, 79, 2, 2),
    "alternate-weekends-midweek-off-week": (3, 6, 21.4, 78, 79, 4, 2),
    "alternate-weekends-thu-mon": (4, 8, 28.6, 104, 105, 2, 2),
    "every-weekend": (4, 8, 28.6, 104, 105, 4, 2),
    "two-nights-a-week": (4, 8, 28.6, 104, 105, 4, 2),
    "alternate-weekends-midweek": (4, 8, 28.6, 104, 105, 6, 2),
    "alternate-weekends-fri-mon-midweek-off-week": (4, 8, 28.6, 104, 105, 4, 2),
    "alternate-weekends-fri-mon-midweek": (5, 10, 35.7, 130, 131, 6, 2),
    "9-5": (5, 10, 35.7, 130, 131, 2, 2),
    "every-weekend-fri-mon": (6, 12, 42.9, 156, 157, 4, 2),
    "4-3": (6, 12, 42.9, 156, 157, 4, 2),
    "8-6": (6, 12, 42.9, 156, 157, 4, 2),
    "3-4-4-3": (7, 14, 50, 182, 183, 4, 2),
    "2-2-3": (7, 14, 50, 182, 183, 6, 2),
    "2-2-5-5": (7, 14, 50, 182, 183, 4, 2),
    "5-2-2-5": (7, 14, 50, 182, 183, 4, 2),
    "week-on-week-off": (7, 14, 50, 182, 183, 2, 2),
    "two-weeks-on-off": (7, 14, 50, 182, 183, 2, 4),
}
# domain.md 4.2, last lines: the longest time away from the side with fewer nights, or from each where they are equal.
LONGEST_AWAY = {
    "alternate-weekends": 12,
    "alternate-weekends-fri-mon": 11,
    "week-on-week-off": 7,
    "2-2-5-5": 5,
    "3-4-4-3": 4,
    "2-2-3": 3,
}


def count(calendar, first=MONDAY, days=365):
    return figures(lay(calendar, first, days))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.key)
def test_the_table_of_patterns(pattern):
    per_14, per_28, percent, least, most, handovers, weeks = TABLE[pattern.key]
    calendar = Calendar(pattern.letters, MONDAY)
    # 12 weeks are whole cycles of one, two, three and four weeks.
    long = count(calendar, days=84)
    assert round(long.nights.b / 6, 2) == per_14
    assert round(long.nights.b / 3, 2) == per_28
    assert round(long.as_data()["share"]["b"], 1) == percent
    # One night more shows the change from the last night to the next first one.
    assert count(calendar, days=weeks * 7 + 1).handovers == handovers
    year = {count(calendar, MONDAY + timedelta(days=n)).nights.b for n in range(28 if weeks != 3 else 21)}
    assert (min(year), max(year)) == (least, most)
    if pattern.key in LONGEST_AWAY:
        assert count(calendar).longest_away["b"].nights == LONGEST_AWAY[pattern.key]
    if per_14 == 7:
        assert count(calendar).longest_away["a"].nights == count(calendar).longest_away["b"].nights


# peers.md 2.2: over every start offset, in 365 and in 366 nights.
@pytest.mark.parametrize(
    ("keys", "least", "most"),
    [
        (["alternate-weekends"], 52, 54),
        (["alternate-weekends-fri-mon"], 78, 80),
        (["alternate-weekends-midweek"], 104, 106),
        (["alternate-weekends-fri-mon-midweek"], 130, 132),
        (["every-weekend"], 104, 106),
        (["week-on-week-off", "2-2-3", "2-2-5-5", "3-4-4-3"], 182, 184),
    ],
)
def test_golden_numbers_of_the_peers(keys, least, most):
    for key in keys:
        letters = next(p.letters for p in PATTERNS if p.key == key)
        found = {
            count(Calendar(letters, MONDAY), MONDAY + timedelta(days=n), days).nights.b
            for n in range(14)
            for days in (365, 366)
        }
        assert (min(found), max(found)) == (least, most)


@pytest.mark.parametrize(
    ("key", "handovers", "longest"), [("week-on-week-off", 2, 7), ("2-2-3", 6, 3), ("2-2-5-5", 4, 5), ("3-4-4-3", 4, 4)]
)
def test_equal_patterns_change_so_often_and_run_so_long(key, handovers, longest):
    letters = next(p.letters for p in PATTERNS if p.key == key)
    found = count(Calendar(letters, MONDAY), days=15)
    assert found.handovers == handovers
    year = count(Calendar(letters, MONDAY), days=366)
    assert {side: run.nights for side, run in year.longest_run.items()} == {"a": longest, "b": longest}


def naive(nights):
    """The same figures, one night after the other."""
    letters = list(nights.letters)
    days = [nights.first + timedelta(days=n) for n in range(len(letters))]
    by_day = dict(zip(days, letters, strict=True))
    weekends = {"a": 0, "b": 0, "o": 0, "divided": 0}
    for day, letter in by_day.items():
        if day.strftime("%A") == "Friday" and day + timedelta(days=1) in by_day:
            same = by_day[day + timedelta(days=1)] == letter
            weekends[letter.lower() if same else "divided"] += 1
    runs, away = {"a": 0, "b": 0}, {"a": 0, "b": 0}
    for side in "AB":
        for mine, run in groupby(letters, key=lambda letter, side=side: letter == side):
            into = runs if mine else away
            into[side.lower()] = max(into[side.lower()], len(list(run)))
    terms = nights.calendar.terms
    holiday = school = None
    if terms is not None:
        free = [letter for day, letter in by_day.items() if terms.holiday_of(day)]
        before = [
            letter
            for day, letter in by_day.items()
            if terms.is_school_day(day + timedelta(days=1), nights.calendar.bank_holidays)
        ]
        holiday, school = ({c.lower(): found.count(c) for c in "ABO"} for found in (free, before))
    return {
        "first": str(days[0]),
        "last": str(days[-1]),
        "days": len(days),
        "nights": {c.lower(): sum(letter == c for letter in letters) for c in "ABO"},
        "weekends": weekends,
        "holiday_nights": holiday,
        "school_nights": school,
        "handovers": len(list(groupby(letters))) - 1,
        "longest_run": runs,
        "longest_away": away,
    }


@settings(max_examples=120, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 400))
def test_every_figure_agrees_with_a_slow_count(calendar, first, days):
    nights = lay(calendar, first, days)
    found = figures(nights).as_data()
    slow = naive(nights)
    assert {key: found[key] for key in slow} == slow
    assert sum(found["nights"].values()) == days
    assert sum(figures(nights).minutes.as_data().values()) == days * 24 * 60
    assert set(found["basis"]) >= {
        "nights",
        "share",
        "hours",
        "weekends",
        "holiday_nights",
        "school_nights",
        "handovers",
    }
    for side in "ab":
        for name, inside in (("longest_run", {side.upper()}), ("longest_away", {"A", "B", "O"} - {side.upper()})):
            length, since = found[name][side], found[f"{name}_from"][side]
            if length == 0:
                assert since is None
                continue
            start = (date.fromisoformat(since) - first).days
            assert set(nights.letters[start : start + length]) <= inside
            # It is the first of its length.
            assert all(not set(nights.letters[n : n + length]) <= inside for n in range(start))


@settings(max_examples=60, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 12))
def test_hours_agree_with_a_slow_clock(calendar, first, days):
    spent = figures(lay(calendar, first, days)).minutes
    assert {"A": spent.a, "B": spent.b, "O": spent.o} == minutes_of_care(calendar, first, days)


@settings(max_examples=40, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 60))
def test_the_visits_of_each_day_are_those_of_the_window(calendar, first, days):
    nights = lay(calendar, first, days)
    dates = [first + timedelta(days=n) for n in range(days)]
    assert tuple(visit for day in dates for visit in visits_on(nights, day)) == visits(nights)
    assert not visits_on(nights, first - timedelta(days=1))
    assert not visits_on(nights, first + timedelta(days=days))


def exchanged(calendar):
    """The calendar with A and B in each other's place."""
    return replace(
        calendar,
        letters=swapped(calendar.letters),
        daytimes=tuple(replace(d, side=swapped(d.side)) for d in calendar.daytimes),
        holidays=tuple(replace(h, who=swapped_side(h.who), middle=swapped_side(h.middle)) for h in calendar.holidays),
        special_days=tuple(replace(s, who=swapped_side(s.who)) for s in calendar.special_days),
        swaps=tuple(replace(s, letter=swapped(s.letter)) for s in calendar.swaps),
    )


def mirrored(value):
    """Figures with the keys of A and B exchanged."""
    if isinstance(value, dict):
        return {{"a": "b", "b": "a"}.get(key, key): mirrored(inner) for key, inner in value.items()}
    return value


@settings(max_examples=80, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 400))
def test_swapping_the_sides_swaps_every_figure(calendar, first, days):
    one, other = lay(calendar, first, days), lay(exchanged(calendar), first, days)
    assert other.letters == swapped(one.letters)
    assert figures(other).as_data() == mirrored(figures(one).as_data())


# ------------------------------------------------------------------------------------------------- known windows


def test_a_year_of_alternate_weekends_by_hand():
    data = count(Calendar("AAAABBAAAAAAAA", MONDAY)).as_data()
    assert data["nights"] == {"a": 313, "b": 52, "o": 0}
    assert data["share"] == {"a": 85.75, "b": 14.25, "o": 0.0}
    assert data["hours"] == {"a": 7512.0, "b": 1248.0, "o": 0.0}
    assert data["weekends"] == {"a": 26, "b": 26, "o": 0, "divided": 0}
    assert (data["holiday_nights"], data["school_nights"]) == (None, None)
    assert data["handovers"] == 52
    assert data["longest_away"] == {"a": 2, "b": 12}
    assert data["longest_run_from"] == {"a": "2027-01-10", "b": "2027-01-08"}
    assert "no term dates" in data["basis"]["school_nights"]


def test_a_midweek_tea_moves_hours_and_no_night():
    tea = Daytime(2, time(15, 30), time(19), "B")
    calendar = Calendar("AAAABBAAAAAAAA", MONDAY, time(18), (tea,))
    with_tea, without = count(calendar, days=14), count(replace(calendar, daytimes=()), days=14)
    assert with_tea.nights == without.nights
    assert with_tea.handovers == without.handovers
    assert with_tea.minutes.b - without.minutes.b == 2 * 210
    in_week_two = replace(calendar, daytimes=(replace(tea, week=2),))
    assert count(in_week_two, days=14).minutes.b - without.minutes.b == 210
    assert [visit.on for visit in visits(lay(in_week_two, MONDAY, 28))] == [date(2027, 1, 13), date(2027, 1, 27)]


def test_time_with_whoever_has_the_child_anyway_moves_nothing():
    calendar = Calendar("B", MONDAY, time(18), (Daytime(2, time(9), time(21), "B"),))
    assert count(calendar, days=14).minutes == count(replace(calendar, daytimes=()), days=14).minutes


def test_daytimes_rest_when_a_higher_layer_decides_and_go_on_with_the_pattern():
    terms = TermDates((Period(date(2027, 2, 13), date(2027, 2, 21), "holiday", "half term"),))
    tea = Daytime(2, time(15, 30), time(19), "B")
    wednesday = date(2027, 2, 17)
    for share, there in ((Share.WHOLE, False), (Share.PATTERN, True)):
        rule = HolidayRule(HolidayKind.FEBRUARY, share, Turn.A)
        nights = lay(Calendar("A", MONDAY, daytimes=(tea,), holidays=(rule,), terms=terms), MONDAY, 84)
        assert bool(visits_on(nights, wednesday)) is there
        assert visits_on(nights, wednesday - timedelta(days=7))
    swap = Swap(wednesday, wednesday, "A")
    assert not visits_on(lay(Calendar("A", MONDAY, daytimes=(tea,), swaps=(swap,)), MONDAY, 84), wednesday)


def test_a_split_christmas_day_moves_five_hours():
    split = SpecialDay(DayKind.CHRISTMAS_DAY, Turn.B, hours=(time(14), time(19)))
    calendar = Calendar("A", MONDAY, special_days=(split,))
    found = count(calendar)
    assert found.minutes.b == 300
    assert found.nights.b == 0
    [visit] = visits(lay(calendar, MONDAY, 365))
    assert (visit.on, visit.letter, visit.layer, visit.label) == (
        date(2027, 12, 25),
        "B",
        Layer.SPECIAL,
        "Christmas Day",
    )


def test_the_window_of_hours_runs_from_handover_to_handover():
    morning = Daytime(0, time(9), time(12), "B")
    calendar = Calendar("A", MONDAY, time(18), (morning,))
    # The first Monday morning lies before the first handover; the one after the last night belongs to that night.
    assert count(calendar, days=1).minutes.b == 0
    assert count(calendar, days=6).minutes.b == 0
    assert count(calendar, days=7).minutes.b == 180


def test_others_count_as_time_away_from_both_sides():
    found = count(Calendar("AAOOOBB", MONDAY), days=21)
    assert found.nights.as_data() == {"a": 6, "b": 6, "o": 9}
    assert {side: run.nights for side, run in found.longest_away.items()} == {"a": 5, "b": 5}
    assert (found.weekends.o, found.weekends.divided) == (0, 3)


def test_a_side_without_a_night_has_no_run():
    found = count(Calendar("A", MONDAY), days=30)
    assert (found.longest_run["b"].nights, found.longest_run["b"].first) == (0, None)
    assert found.longest_away["b"].nights == 30
    assert found.handovers == 0


def test_a_weekend_needs_both_of_its_nights_inside_the_window():
    friday = date(2027, 1, 8)
    for first, days, weekends in ((friday, 1, 0), (friday, 2, 1), (friday + timedelta(days=1), 6, 0), (MONDAY, 6, 1)):
        assert count(Calendar("A", MONDAY), first, days).weekends.a == weekends


def test_school_nights_and_holiday_nights_of_a_half_term():
    terms = TermDates(
        (
            Period(date(2027, 1, 4), date(2027, 2, 12), "term"),
            Period(date(2027, 2, 22), date(2027, 3, 25), "term"),
            Period(date(2027, 2, 22), date(2027, 2, 22), "inset"),
        )
    )
    found = count(Calendar("A", MONDAY, terms=terms), date(2027, 2, 8), 21)
    assert found.holiday_nights.a == 9  # Saturday 13 to Sunday 21 February
    # Monday to Thursday; then the Monday, whose morning after is the first school day; to Thursday, and the last Sunday.
    assert found.school_nights.a == 4 + 4 + 1
    with_bank_holiday = replace(
        lay(Calendar("A", MONDAY, terms=terms), date(2027, 2, 8), 21).calendar,
        bank_holidays=frozenset({date(2027, 2, 10)}),
    )
    assert count(with_bank_holiday, date(2027, 2, 8), 21).school_nights.a == 8


def test_what_the_reader_should_know_is_said():
    terms = TermDates((Period(date(2027, 1, 4), date(2027, 2, 12), "term"),))
    rule, bank = HolidayRule(HolidayKind.ANY, Share.WHOLE), HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND)
    assert count(Calendar("A", MONDAY), days=30).cautions == ()
    assert count(Calendar("A", MONDAY, terms=terms), days=30).cautions == ()
    assert "reach from" in count(Calendar("A", MONDAY, terms=terms)).cautions[0]
    assert "no term dates" in count(Calendar("A", MONDAY, holidays=(rule,))).cautions[0]
    assert "no bank holidays" in count(Calendar("A", MONDAY, holidays=(bank,))).cautions[0]


def test_empty_term_dates_are_no_term_dates():
    found = count(Calendar("A", MONDAY, terms=TermDates()))
    assert (found.holiday_nights, found.school_nights) == (None, None)


def test_an_hour_that_nobody_named_is_not_said_to_be_the_one_of_handover():
    named, unnamed = Calendar("AB", MONDAY), Calendar("AB", MONDAY, hour_named=False)
    assert "when care changes" in count(named).basis["hours"]
    said = count(unnamed).basis["hours"]
    assert "counted with 18:00, as no hour was named" in said
    assert "when care changes" not in said
    assert count(named).minutes == count(unnamed).minutes
