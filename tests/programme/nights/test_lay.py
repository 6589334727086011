"""Where the child sleeps each night, beside a slow reading of the same rules: see slow_nights.py."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

from made_up_calendars import HIGH, LOW, calendars, long_weekends
from slow_nights import layer_and_letter, letters_of

from cppp_cli.errors import AnswersError, UsageProblemError
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.occasions import day_in, easter_sunday
from cppp_cli.programme.nights.patterns import PATTERNS
from cppp_cli.programme.nights.rules import (
    Calendar,
    DayKind,
    Daytime,
    HolidayRule,
    Layer,
    Middle,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.terms import HolidayKind, Period, TermDates

# B's nights of each named pattern in words, week by week of the cycle: typed from domain.md 4.2 and not from patterns.py.
WEEKEND, LONG = "Fri Sat", "Fri Sat Sun"
EVERY = "Mon Tue Wed Thu Fri Sat Sun"
NIGHTS_OF_B = {
    "one-weekend-in-4": (WEEKEND, "", "", ""),
    "every-third-weekend": (WEEKEND, "", ""),
    "one-night-a-week": ("Wed",),
    "alternate-weekends": (WEEKEND, ""),
    "alternate-weekends-fri-mon": (LONG, ""),
    "alternate-weekends-midweek-off-week": (WEEKEND, "Wed"),
    "alternate-weekends-thu-mon": ("Thu Fri Sat Sun", ""),
    "every-weekend": (WEEKEND,),
    "two-nights-a-week": ("Wed Thu",),
    "alternate-weekends-midweek": ("Wed Fri Sat", "Wed"),
    "alternate-weekends-fri-mon-midweek-off-week": (LONG, "Wed"),
    "alternate-weekends-fri-mon-midweek": ("Wed Fri Sat Sun", "Wed"),
    "9-5": ("Wed Thu Fri Sat Sun", ""),
    "every-weekend-fri-mon": (LONG,),
    "4-3": (LONG,),
    "8-6": ("Wed Thu Fri Sat", "Wed Thu"),
    "3-4-4-3": ("Thu Fri Sat Sun", LONG),
    "2-2-3": ("Wed Thu", "Mon Tue Fri Sat Sun"),
    "2-2-5-5": ("Wed Thu", "Wed Thu Fri Sat Sun"),
    "5-2-2-5": ("Sat Sun", "Wed Thu Fri Sat Sun"),
    "week-on-week-off": ("", EVERY),
    "two-weeks-on-off": ("", "", EVERY, EVERY),
}
MONDAY = date(2027, 1, 4)


def test_every_named_pattern_has_its_nights_here():
    assert [pattern.key for pattern in PATTERNS] == list(NIGHTS_OF_B)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.key)
def test_golden_nights_at_every_start_offset(pattern):
    """Over 365, 366 and 730 days from each night of the cycle, counted date by date from the words above."""
    weeks = NIGHTS_OF_B[pattern.key]
    calendar = Calendar(pattern.letters, MONDAY)
    for offset in range(len(weeks) * 7):
        first = MONDAY + timedelta(days=offset)
        expected, counts = [], {}
        for number in range(730):
            day = first + timedelta(days=number)
            monday_of_week = day - timedelta(days=day.weekday())
            week = ((monday_of_week - MONDAY).days // 7) % len(weeks)
            expected.append("B" if day.strftime("%a") in weeks[week].split() else "A")
            if number + 1 in (365, 366, 730):
                counts[number + 1] = expected.count("B")
        for length, count in counts.items():
            nights = lay(calendar, first, length)
            assert nights.letters == "".join(expected[:length])
            assert nights.letters.count("B") == count


@given(
    st.text("ABO", min_size=1, max_size=40),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(1, 800),
)
def test_letters_of_any_length_begin_on_the_night_they_are_said_to(letters, starts_on, first, days):
    nights = lay(Calendar(letters, starts_on), first, days)
    assert nights.days == days
    assert nights.last == first + timedelta(days=days - 1)
    for number, letter in enumerate(nights.letters):
        assert letter == letters[((first - starts_on).days + number) % len(letters)]


# ------------------------------------------------------------------------------------------- all layers at random


@settings(max_examples=150, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 120))
def test_all_layers_agree_with_a_slow_reading(calendar, first, days):
    assert lay(calendar, first, days).letters == letters_of(calendar, first, days)


@settings(max_examples=60, deadline=None)
@given(long_weekends(), st.integers(1, 6))
def test_long_weekends_beside_holidays_agree_with_a_slow_reading(calendar, days):
    for day in sorted({*calendar.bank_holidays, *calendar.terms.insets}):
        for first in (day - timedelta(days=4), day - timedelta(days=1)):
            assert lay(calendar, first, days).letters == letters_of(calendar, first, days)


@settings(max_examples=60, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 60))
def test_explain_agrees_with_the_letters_and_the_layers_below_say_what_they_would(calendar, first, days):
    nights = lay(calendar, first, days)
    bare = {
        Layer.SPECIAL: replace(calendar, swaps=()),
        Layer.HOLIDAY: replace(calendar, swaps=(), special_days=()),
        Layer.PATTERN: replace(calendar, swaps=(), special_days=(), holidays=()),
    }
    order = list(Layer)
    for number, letter in enumerate(nights.letters):
        day = first + timedelta(days=number)
        why = nights.explain(day)
        layer, expected = layer_and_letter(calendar, day)
        assert (why.day, why.letter, letter) == (day, letter, expected)
        assert why.layer == ("holiday" if layer == "pattern goes on" else layer)
        assert nights.layer(day) is why.layer
        assert nights.follows_pattern(number) == layer.startswith("pattern")
        assert why.words
        assert [order.index(said.layer) for said in why.lower] == sorted(
            (order.index(said.layer) for said in why.lower), reverse=True
        )
        assert (why.layer is Layer.PATTERN) == (not why.lower)
        for said in why.lower:
            assert order.index(said.layer) < order.index(why.layer)
            assert said.letter == lay(bare[said.layer], day, 1).letters


@settings(max_examples=100, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 90), st.integers(0, 400), st.integers(0, 400))
def test_a_window_is_a_slice_of_a_longer_one(calendar, first, days, before, after):
    longer = lay(calendar, first - timedelta(days=before), before + days + after)
    assert lay(calendar, first, days).letters == longer.letters[before : before + days]


@settings(max_examples=100, deadline=None)
@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 400))
def test_a_layer_never_decides_outside_its_dates(calendar, first, days):
    nights = lay(calendar, first, days)
    for number in range(days):
        day = first + timedelta(days=number)
        layer = nights.layer_at(number)
        if layer is Layer.SWAP:
            assert any(swap.first <= day <= swap.last for swap in calendar.swaps)
        elif layer is Layer.HOLIDAY:
            near = [day, day + timedelta(days=1)]  # a holiday may begin the evening before
            closed = {*calendar.bank_holidays, *(calendar.terms.insets if calendar.terms else ())}
            school = calendar.terms and any(calendar.terms.holiday_of(d) for d in near)
            assert school or closed & set(near)
        elif layer is Layer.PATTERN:
            assert nights.letters[number] == lay(Calendar(calendar.letters, calendar.starts_on), day, 1).letters


# --------------------------------------------------------------------------------------------------- single rules


def term_dates(*holidays):
    return TermDates(tuple(Period(first, last, "holiday", name) for first, last, name in holidays))


CHRISTMAS = term_dates((date(2026, 12, 19), date(2027, 1, 3), "Christmas"), (date(2027, 12, 18), date(2028, 1, 3), ""))


def with_a(**rules):
    return Calendar("A", MONDAY, **rules)


def test_a_holiday_across_new_year_counts_as_the_year_it_begins_in():
    rule = HolidayRule(HolidayKind.CHRISTMAS, Share.HALVES, Turn.B_EVEN)
    calendar = with_a(holidays=(rule,), terms=CHRISTMAS)
    assert lay(calendar, date(2026, 12, 18), 18).letters == "A" + "B" * 8 + "A" * 8 + "A"
    # 17 nights from 18 December 2027: A begins in an odd year, and the middle night belongs to the first half.
    assert lay(calendar, date(2027, 12, 17), 19).letters == "A" + "A" * 9 + "B" * 8 + "A"
    assert "2027" in lay(calendar, date(2028, 1, 2), 1).explain(date(2028, 1, 2)).words


@pytest.mark.parametrize(
    ("middle", "letter"),
    [
        (Middle.FIRST, "A"),
        (Middle.SECOND, "B"),
        (Middle.A, "A"),
        (Middle.B, "B"),
        (Middle.A_EVEN, "B"),
        (Middle.B_EVEN, "A"),
    ],
)
def test_the_middle_night_of_an_odd_holiday(middle, letter):
    rule = HolidayRule(HolidayKind.CHRISTMAS, Share.HALVES, Turn.A, middle)
    letters = lay(with_a(holidays=(rule,), terms=CHRISTMAS), date(2027, 12, 18), 17).letters
    assert letters == "A" * 8 + letter + "B" * 8


def test_a_holiday_may_begin_the_evening_before_and_end_before_the_night_before_school():
    rule = HolidayRule(HolidayKind.CHRISTMAS, Share.WHOLE, Turn.B, evening_before=True, home_before_school=True)
    letters = lay(with_a(holidays=(rule,), terms=CHRISTMAS), date(2026, 12, 17), 19).letters
    assert letters == "A" + "B" * 16 + "A" * 2


def test_week_about_and_other_runs_begin_with_the_first_night():
    week = HolidayRule(HolidayKind.SUMMER, Share.BLOCKS, Turn.B)
    terms = term_dates((date(2027, 7, 22), date(2027, 8, 31), "Summer"))
    assert (
        lay(with_a(holidays=(week,), terms=terms), date(2027, 7, 22), 41).letters
        == ("B" * 7 + "A" * 7) * 2 + "B" * 7 + "A" * 6
    )
    ten = replace(week, block=10)
    assert lay(with_a(holidays=(ten,), terms=terms), date(2027, 7, 22), 41).letters == ("B" * 10 + "A" * 10) * 2 + "B"


def test_a_rule_by_name_wins_over_one_for_any_holiday_and_later_rules_over_earlier():
    any_b = HolidayRule(HolidayKind.ANY, Share.WHOLE, Turn.B)
    goes_on = HolidayRule(HolidayKind.CHRISTMAS, Share.PATTERN)
    with_others = HolidayRule(HolidayKind.CHRISTMAS, Share.WHOLE, Turn.O)
    night = date(2026, 12, 24)
    for rules, letter in (
        ((any_b,), "B"),
        ((goes_on, any_b), "A"),
        ((goes_on, any_b, with_others), "O"),
        ((with_others, goes_on), "A"),
    ):
        assert lay(with_a(holidays=rules, terms=CHRISTMAS), night, 1).letters == letter


def test_the_evening_before_a_holiday_is_decided_by_its_own_rule_alone():
    any_b = HolidayRule(HolidayKind.ANY, Share.WHOLE, Turn.B, evening_before=True)
    with_others = HolidayRule(HolidayKind.CHRISTMAS, Share.WHOLE, Turn.O)
    for rules in ((any_b, with_others), (with_others, any_b)):
        assert lay(with_a(holidays=rules, terms=CHRISTMAS), date(2026, 12, 17), 4).letters == "AAOO"


def test_where_two_holidays_meet_the_one_with_a_rule_by_name_wins():
    terms = term_dates(
        (date(2027, 3, 26), date(2027, 4, 9), "Easter"), (date(2027, 4, 12), date(2027, 4, 16), "May half term")
    )
    any_b, may = HolidayRule(HolidayKind.ANY, Share.WHOLE, Turn.B), HolidayRule(HolidayKind.MAY, Share.WHOLE, Turn.O)
    for rules in ((any_b, may), (may, any_b)):  # both reach over the weekend of 10 April
        assert lay(with_a(holidays=rules, terms=terms), date(2027, 4, 9), 3).letters == "BOO"


def test_each_night_by_itself_is_what_it_is_in_its_year():
    """Rules reach from days outside the window into it: the shortest window of all shows it."""
    monday = date(2027, 5, 3)
    calendar = Calendar(
        "AAAABBAAAAAAAA",
        monday - timedelta(days=7),
        holidays=(
            HolidayRule(HolidayKind.CHRISTMAS, Share.HALVES, Turn.B, evening_before=True),
            HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND),
        ),
        special_days=(
            SpecialDay(DayKind.EVERY_YEAR, Turn.O, "a journey", 7, 1, before=3, nights=10),
            SpecialDay(DayKind.EVERY_YEAR, Turn.O, "a week before", 10, 10, before=7, nights=2),
        ),
        terms=CHRISTMAS,
        bank_holidays=frozenset({monday}),
    )
    year = lay(calendar, date(2027, 1, 1), 365)
    assert year.letters == letters_of(calendar, date(2027, 1, 1), 365)
    assert year.letters.count("O") == 12
    assert year.on(monday - timedelta(days=1)) == "B"
    assert year.on(date(2027, 12, 17)) == "B"
    for number, letter in enumerate(year.letters):
        assert lay(calendar, date(2027, 1, 1) + timedelta(days=number), 1).letters == letter


def test_a_bank_holiday_makes_its_weekend_longer():
    rule = HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND)
    friday, monday, tuesday = date(2027, 3, 26), date(2027, 5, 3), date(2027, 12, 28)
    fortnight = "AAAABBAAAAAAAA"  # B has the nights of Friday and Saturday
    calendar = Calendar(fortnight, monday - timedelta(days=7), holidays=(rule,), bank_holidays=frozenset({monday}))
    assert lay(calendar, monday - timedelta(days=3), 4).letters == "BBBA"
    calendar = Calendar(fortnight, friday - timedelta(days=4), holidays=(rule,), bank_holidays=frozenset({friday}))
    assert lay(calendar, friday - timedelta(days=2), 5).letters == "ABBBA"
    calendar = replace(calendar, bank_holidays=frozenset({tuesday}))
    assert (
        lay(calendar, tuesday - timedelta(days=4), 9).letters
        == lay(replace(calendar, holidays=()), tuesday - timedelta(days=4), 9).letters
    )


@pytest.mark.parametrize("easter", [HolidayRule(HolidayKind.EASTER, Share.WHOLE, Turn.B), HolidayRule(HolidayKind.ANY, Share.HALVES, Turn.B)])  # fmt: skip
@pytest.mark.parametrize("bank_first", [True, False])
def test_a_weekend_follows_the_saturday_night_as_the_holidays_have_it(easter, bank_first):
    """Good Friday 2027 is the first day of the holiday: the Thursday night goes with the Saturday of the holiday."""
    thursday, friday = date(2027, 3, 25), date(2027, 3, 26)
    rule, terms = HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND), term_dates((friday, date(2027, 4, 9), "Easter"))
    rules = (rule, easter) if bank_first else (easter, rule)
    calendar = with_a(holidays=rules, terms=terms, bank_holidays=frozenset({friday}))
    assert lay(calendar, thursday - timedelta(days=1), 4).letters == "ABBB"
    for day in (thursday, friday, friday + timedelta(days=1)):
        assert lay(calendar, day, 1).letters == "B"
    why = lay(calendar, thursday, 1).explain(thursday)
    assert (why.letter, why.layer) == ("B", Layer.HOLIDAY)
    assert "Saturday night" in why.words


def test_a_weekend_follows_neither_a_special_day_nor_a_swap_on_its_saturday():
    saturday, monday = date(2027, 5, 1), date(2027, 5, 3)
    rule = HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND)
    day, swap = SpecialDay(DayKind.DATES, Turn.B, dates=(saturday,)), Swap(saturday, saturday, "B")
    for over in ({"special_days": (day,)}, {"swaps": (swap,)}):
        calendar = with_a(holidays=(rule,), bank_holidays=frozenset({monday}), **over)
        assert lay(calendar, saturday, 3).letters == "BAA"


def test_a_bank_holiday_on_the_saturday_itself_decides_its_weekend():
    """Boxing Day 2026 is a Saturday, and the Monday after it is kept in its place."""
    boxing_day = date(2026, 12, 26)
    whole = HolidayRule(HolidayKind.INSET, Share.WHOLE, Turn.B)
    terms = TermDates((Period(date(2026, 12, 1), date(2026, 12, 31), "term"), Period(boxing_day, boxing_day, "inset")))
    rule = HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND)
    calendar = with_a(holidays=(rule, whole), terms=terms, bank_holidays=frozenset({date(2026, 12, 28)}))
    assert lay(calendar, boxing_day - timedelta(days=1), 4).letters == "ABBA"
    assert lay(calendar, boxing_day + timedelta(days=1), 1).letters == "B"


def test_inset_days_follow_their_own_rule():
    terms = TermDates(
        (Period(date(2027, 1, 4), date(2027, 2, 12), "term"), Period(date(2027, 1, 8), date(2027, 1, 8), "inset"))
    )
    rule = HolidayRule(HolidayKind.INSET, Share.WHOLE, Turn.B)
    assert lay(with_a(holidays=(rule,), terms=terms), date(2027, 1, 7), 3).letters == "ABA"


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (DayKind.EASTER_SUNDAY, date(2027, 3, 28)),
        (DayKind.MOTHERING_SUNDAY, date(2027, 3, 7)),
        (DayKind.FATHERS_DAY, date(2027, 6, 20)),
        (DayKind.CHRISTMAS_EVE, date(2027, 12, 24)),
        (DayKind.CHRISTMAS_DAY, date(2027, 12, 25)),
        (DayKind.BOXING_DAY, date(2027, 12, 26)),
        (DayKind.NEW_YEARS_EVE, date(2027, 12, 31)),
        (DayKind.NEW_YEARS_DAY, date(2027, 1, 1)),
    ],
)
def test_special_days_of_2027(kind, day):
    rule = SpecialDay(kind, Turn.B_EVEN)  # 2027 is odd: A
    assert day_in(rule, 2027) == day
    nights = lay(Calendar("O", MONDAY, special_days=(rule,)), date(2027, 1, 1), 365)
    assert [n for n, letter in enumerate(nights.letters) if letter != "O"] == [(day - nights.first).days]
    assert nights.on(day) == "A"
    assert rule.name in nights.explain(day).words


def test_moving_days_over_a_century():
    # Published dates, not worked out here.
    assert [easter_sunday(y) for y in (1999, 2000, 2024, 2025, 2026, 2030, 2038)] == [
        *(date(1999, 4, 4), date(2000, 4, 23), date(2024, 3, 31), date(2025, 4, 20)),
        *(date(2026, 4, 5), date(2030, 4, 21), date(2038, 4, 25)),
    ]
    fathers_day = SpecialDay(DayKind.FATHERS_DAY, Turn.A)
    assert [day_in(fathers_day, y) for y in (2024, 2025, 2026, 2031, 2032)] == [
        *(date(2024, 6, 16), date(2025, 6, 15), date(2026, 6, 21)),
        *(date(2031, 6, 15), date(2032, 6, 20)),
    ]


def test_a_birthday_on_29_february_is_kept_on_1_march_and_says_so():
    rule = SpecialDay(DayKind.EVERY_YEAR, Turn.B, "Ivy's birthday", 2, 29)
    nights = lay(with_a(special_days=(rule,)), date(2027, 1, 1), 1461)
    kept = [nights.first + timedelta(days=n) for n, letter in enumerate(nights.letters) if letter == "B"]
    assert kept == [date(2027, 3, 1), date(2028, 2, 29), date(2029, 3, 1), date(2030, 3, 1)]
    assert "1 March in a year without" in nights.explain(date(2027, 3, 1)).words
    assert "Ivy's birthday (29 February)" in nights.explain(date(2028, 2, 29)).words
    century = lay(with_a(special_days=(rule,)), date(2100, 2, 28), 3)
    assert century.letters == "ABA"


def test_a_special_day_may_begin_before_and_last_several_nights_and_hold_for_some_years():
    rule = SpecialDay(DayKind.CHRISTMAS_DAY, Turn.B, before=1, nights=3, first=date(2027, 1, 1), last=date(2028, 6, 30))
    calendar = with_a(special_days=(rule,))
    assert "B" not in lay(calendar, date(2026, 12, 1), 60).letters
    assert lay(calendar, date(2027, 12, 23), 5).letters == "ABBBA"
    assert "B" not in lay(calendar, date(2028, 12, 1), 60).letters


def test_hours_of_a_special_day_change_no_night():
    rule = SpecialDay(DayKind.CHRISTMAS_DAY, Turn.B, hours=(time(14), time(19)))
    assert set(lay(with_a(special_days=(rule,)), date(2027, 12, 1), 60).letters) == {"A"}


def test_the_order_of_the_layers():
    christmas = HolidayRule(HolidayKind.CHRISTMAS, Share.WHOLE, Turn.B)
    day = SpecialDay(DayKind.CHRISTMAS_DAY, Turn.O)
    swap = Swap(date(2026, 12, 25), date(2026, 12, 25), "A")
    calendar = with_a(holidays=(christmas,), special_days=(day,), swaps=(swap,), terms=CHRISTMAS)
    why = lay(calendar, date(2026, 12, 25), 1).explain(date(2026, 12, 25))
    assert (why.layer, why.letter) == (Layer.SWAP, "A")
    assert [(said.layer, said.letter) for said in why.lower] == [
        (Layer.SPECIAL, "O"),
        (Layer.HOLIDAY, "B"),
        (Layer.PATTERN, "A"),
    ]


def test_siblings_with_different_schools_part_in_their_holidays_alone():
    rule = HolidayRule(HolidayKind.OCTOBER, Share.WHOLE, Turn.B)
    primary = term_dates((date(2027, 10, 25), date(2027, 10, 29), "Autumn half term"))
    secondary = term_dates((date(2027, 10, 18), date(2027, 10, 29), "October half term"))
    older, younger = (
        lay(with_a(holidays=(rule,), terms=terms), date(2027, 10, 1), 31) for terms in (secondary, primary)
    )
    apart = [older.first + timedelta(days=n) for n in range(31) if older.letters[n] != younger.letters[n]]
    assert apart == [date(2027, 10, 16) + timedelta(days=n) for n in range(7)]


def test_without_term_dates_no_holiday_rule_has_any_effect():
    rule = HolidayRule(HolidayKind.ANY, Share.WHOLE, Turn.B)
    assert set(lay(with_a(holidays=(rule,)), date(2027, 1, 1), 365).letters) == {"A"}


def test_outside_the_window_nothing_is_explained():
    nights = lay(Calendar("AB", MONDAY), MONDAY, 10)
    for day in (MONDAY - timedelta(days=1), MONDAY + timedelta(days=10)):
        for ask in (nights.on, nights.layer, nights.explain):
            with pytest.raises(UsageProblemError, match="outside"):
                ask(day)


@pytest.mark.parametrize(
    ("first", "days"), [(MONDAY, 0), (MONDAY, -3), (date(1899, 12, 31), 5), (date(3999, 1, 1), 900)]
)
def test_a_window_that_cannot_be_laid_out_is_refused(first, days):
    with pytest.raises(UsageProblemError):
        lay(Calendar("AB", MONDAY), first, days)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Calendar("", MONDAY),
        lambda: Calendar("AABX", MONDAY),
        lambda: Calendar("ab", MONDAY),
        lambda: Swap(MONDAY, MONDAY - timedelta(days=1), "A"),
        lambda: Swap(MONDAY, MONDAY, "C"),
        lambda: Daytime(1, time(10), time(10), "A"),
        lambda: Daytime(1, time(10), time(11), ""),
        lambda: HolidayRule(HolidayKind.BANK_HOLIDAY, Share.HALVES),
        lambda: HolidayRule(HolidayKind.INSET, Share.BLOCKS),
        lambda: HolidayRule(HolidayKind.EASTER, Share.WEEKEND),
        lambda: HolidayRule(HolidayKind.EASTER, Share.HALVES, Turn.O),
        lambda: HolidayRule(HolidayKind.EASTER, Share.BLOCKS, Turn.A, block=0),
        lambda: SpecialDay(DayKind.EVERY_YEAR, Turn.A, month=2, day=30),
        lambda: SpecialDay(DayKind.EVERY_YEAR, Turn.A),
        lambda: SpecialDay(DayKind.BOXING_DAY, Turn.A, nights=0),
        lambda: SpecialDay(DayKind.BOXING_DAY, Turn.A, before=101),
        lambda: SpecialDay(DayKind.BOXING_DAY, Turn.A, hours=(time(12), time(9))),
    ],
)
def test_a_rule_that_cannot_be_worked_out_is_refused(wrong):
    with pytest.raises(AnswersError):
        wrong()
