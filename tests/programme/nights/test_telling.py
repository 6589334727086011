"""What is read out is what is counted: the letters are built again from the sentences alone."""

from __future__ import annotations

import random
import re
import sys
from datetime import date, time, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

from made_up_calendars import special_days
from slow_nights import is_the_day, whose_turn

from cppp_cli.programme.nights.daytimes import visits
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.patterns import PATTERNS, swapped
from cppp_cli.programme.nights.rules import (
    Calendar,
    DayKind,
    Daytime,
    HolidayKind,
    HolidayRule,
    Middle,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.telling import tell, tell_pattern, tell_window
from cppp_cli.programme.nights.telling_words import Names
from cppp_cli.programme.nights.terms import Period, TermDates

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBERS = {word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight"], start=1)}
SIDES = Names("Robin", "Sam", "Granny")
LETTER = {"Robin": "A", "Sam": "B", "Granny": "O"}
MONDAY = date(2027, 1, 4)


def rebuilt(said: str, weekday: int, weeks: int) -> str:
    """The letters of a cycle, from the sentences on its weeks."""
    week_of = [WEEKDAYS[(weekday + n) % 7] for n in range(7)]
    found: dict[int, str] = {}
    for which, rest in re.findall(r"(?:Every week|In weeks? ([a-z, ]+?)) the children are (.*?)\.", said):
        if rest.endswith("every night"):
            week = LETTER[rest.split()[1]] * 7
        else:
            nights = dict.fromkeys(week_of, "")
            for who, days in re.findall(r"with (\w+) for the nights? (.*?)(?=, with|, and with|$)", rest):
                first, mark, last = (
                    days.removeprefix("of ").removeprefix("from ").partition(" to " if " to " in days else " and ")
                )
                spell = week_of[week_of.index(first) : week_of.index(last or first) + 1]
                assert mark != " and " or len(spell) == 2
                for day in spell:
                    assert not nights[day], f"{day} is told twice"
                    nights[day] = LETTER[who]
            week = "".join(nights.values())
            assert len(week) == 7
        for number in re.findall(r"[a-z]+", which.replace(" and ", " ")) or ["one"]:
            assert NUMBERS[number] not in found
            found[NUMBERS[number]] = week
    assert sorted(found) == list(range(1, weeks + 1))
    return "".join(found[n] for n in sorted(found))


def moves(said: str) -> list[tuple[int, str, str]]:
    found, week = [], 1
    for part in re.findall(r"in week (\w+)|on (\w+) to (\w+)", said.split(":", 1)[1]):
        if part[0]:
            week = NUMBERS[part[0]]
        else:
            found.append((week, part[1], LETTER[part[2]]))
    return found


def shares(said: str) -> dict[str, int]:
    return {LETTER[who]: int(count) for count, who in re.findall(r"(\d+) (?:is |are )?with (\w+)", said)}


def own_patterns():
    chance = random.Random(4)
    return ["".join(chance.choice("ABO") for _ in range(7 * weeks)) for weeks in (1, 2, 3, 4, 6, 8) for _ in range(6)]


ALL = [letters for p in PATTERNS for letters in (p.letters, swapped(p.letters))] + own_patterns()


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("letters", ALL)
def test_the_pattern_can_be_built_again_from_what_is_read_out(letters, weekday):
    starts = MONDAY + timedelta(weekday)
    once = letters[:7] if letters == letters[:7] * (len(letters) // 7) else letters
    weeks, changes, count = tell_pattern(letters, starts, SIDES)
    assert rebuilt(weeks, weekday, len(once) // 7) == once
    real = [(n // 7 + 1, WEEKDAYS[(weekday + n) % 7], letter) for n, letter in enumerate(once) if letter != once[n - 1]]
    assert moves(changes) == real
    times = re.search(r"moves? (\w+)", changes)[1]
    assert {"once": 1, "twice": 2}.get(times, NUMBERS.get(times, len(real))) == len(real)
    assert shares(count) == {letter: once.count(letter) for letter in "ABO" if letter in once}
    assert f"Of the {len(once)} nights" in count
    if len(once) > 7:
        assert f"Week one begins on {WEEKDAYS[weekday]} {starts.day} January 2027" in weeks


def test_a_handover_time_is_told_only_when_somebody_named_one():
    assert "17:30" in tell_pattern("AAAABBA", MONDAY, SIDES, time(17, 30))[1]
    assert not re.search(r"\d:\d", " ".join(tell_pattern("AAAABBA", MONDAY, SIDES)))


@pytest.mark.parametrize("letters", ["A", "B", "OOOO", "AAAAAAA"])
def test_one_side_alone_is_one_sentence(letters):
    (said,) = tell_pattern(letters, MONDAY, SIDES)
    assert said == f"Every night the children are with {SIDES.of(letters[0])}."


@pytest.mark.parametrize("letters", ["AB", "AAABB", "AABBBOAAAA", "ABBBBBBBB"])
def test_a_cycle_that_fills_no_weeks_is_told_by_nights(letters):
    (said,) = tell_pattern(letters, MONDAY, SIDES)
    runs = re.findall(r"(\d+) nights? with (\w+)", said)
    assert "".join(LETTER[who] * int(count) for count, who in runs) == letters
    assert f"every {len(letters)} nights" in said
    assert "Monday 4 January 2027" in said


def test_one_child_is_spoken_of_as_one():
    said = " ".join(tell_pattern("AAAABBA", MONDAY, Names("Robin", "Sam", children="Ivy", plural=False)))
    assert "Ivy is with Robin" in said
    assert "Ivy moves" in said
    assert " are with Robin for" not in said


@pytest.mark.parametrize("days", [1, 2, 28, 365, 366, 730])
@pytest.mark.parametrize("letters", ["AAAABBAAAAAAAA", "ABO", "A"])
def test_the_nights_out_of_how_many_are_those_of_the_window(letters, days):
    nights = lay(Calendar(letters, MONDAY), MONDAY + timedelta(3), days)
    said = tell_window(nights, SIDES)
    if days == 1:
        assert said == f"On the night of Thursday 7 January 2027 the children are with {SIDES.of(nights.letters)}."
        return
    assert f"Of the {days} nights from Thursday 7 January 2027" in said
    found = shares(said)
    assert found.pop("O", 0) == nights.letters.count("O")
    assert found == {"A": nights.letters.count("A"), "B": nights.letters.count("B")}


def told(**layers):
    return " ".join(tell(Calendar("AAAABBAAAAAAAA", MONDAY, **layers), SIDES)[3:])


@pytest.mark.parametrize("who", list(Turn))
def test_turns_name_who_has_which_years(who):
    said = told(special_days=(SpecialDay(DayKind.BOXING_DAY, who),))
    for year, word in ((2026, "even"), (2027, "odd")):
        name = SIDES.of(who.letter(year))
        assert (f"with {name} in {word} years" if who.alternates else f"with {name}") in said
    assert "Boxing Day" in said


@pytest.mark.parametrize("kind", [k for k in HolidayKind if k not in {HolidayKind.BANK_HOLIDAY, HolidayKind.INSET}])
def test_a_holiday_is_told_with_how_it_is_shared(kind):
    terms = TermDates((Period(MONDAY, MONDAY, "holiday"),))
    halves = told(holidays=(HolidayRule(kind, Share.HALVES, Turn.B_EVEN, Middle.A, evening_before=True),), terms=terms)
    name = "school holiday" if kind is HolidayKind.ANY else kind.label
    assert name in halves
    assert "first half is with Sam in even years and with Robin in odd years" in halves
    assert "middle night is with Robin" in halves
    assert "evening before" in halves
    assert "year in which it begins" in halves
    about = told(holidays=(HolidayRule(kind, Share.BLOCKS, Turn.A, home_before_school=True),), terms=terms)
    assert "week about" in about
    assert "last night goes by the normal pattern" in about
    assert "three nights" in told(holidays=(HolidayRule(kind, Share.BLOCKS, Turn.A, block=3),), terms=terms)
    assert "with Granny" in told(holidays=(HolidayRule(kind, Share.WHOLE, Turn.O),), terms=terms)


def test_holiday_rules_without_the_schools_dates_say_so():
    rule = HolidayRule(HolidayKind.EASTER, Share.WHOLE, Turn.A)
    assert "not known yet" in told(holidays=(rule,))
    assert "not known yet" not in told(holidays=(rule,), terms=TermDates((Period(MONDAY, MONDAY, "term"),)))
    assert "not known yet" not in told(holidays=(HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND),))


def test_every_layer_is_told_in_the_order_in_which_it_counts():
    said = told(
        daytimes=(Daytime(2, time(15, 30), time(19), "B"), Daytime(3, time(8), time(9), "O", week=2)),
        holidays=(HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND),),
        special_days=(
            SpecialDay(DayKind.CHRISTMAS_DAY, Turn.A_EVEN, nights=2, before=1),
            SpecialDay(DayKind.MOTHERING_SUNDAY, Turn.A, hours=(time(10), time(18))),
            SpecialDay(DayKind.EVERY_YEAR, Turn.B, "A's birthday", 2, 29),
            SpecialDay(DayKind.DATES, Turn.B, "Eid", dates=(date(2027, 3, 10),)),
        ),
        swaps=(Swap(date(2027, 3, 3), date(2027, 3, 3), "B"), Swap(date(2027, 3, 12), date(2027, 3, 14), "A")),
    )
    parts = ["On Wednesdays", "15:30 to 19:00", "Thursday of week two", "with Granny", "bank holiday", "Saturday night",
             "Christmas Day", "two nights from the evening before", "Mothering Sunday", "10:00 to 18:00",
             "A's birthday (29 February)", "1 March", "Eid (Wednesday 10 March 2027)", "Wednesday 3 March 2027 is with Sam",
             "three nights from Friday 12 March 2027 to Sunday 14 March 2027 are with Robin",
             "swaps come before special days"]  # fmt: skip
    at = [said.index(part) for part in parts]
    assert at == sorted(at)
    assert "before the normal pattern" in said
    assert told() == ""


def test_every_sentence_ends_and_begins_as_one():
    for letters in ALL:
        for said in tell_pattern(letters, MONDAY, SIDES):
            assert said.endswith(".")
            assert said[0].isupper()
            assert "  " not in said


# ------------------------------------------------------------------------------- where one rule gives way to another

ANY, EASTER = HolidayRule(HolidayKind.ANY, Share.WHOLE, Turn.B), HolidayRule(HolidayKind.EASTER, Share.WHOLE, Turn.A)
GOES_ON = HolidayRule(HolidayKind.ANY, Share.PATTERN)
BANK, INSET = HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND), HolidayRule(HolidayKind.INSET, Share.WHOLE, Turn.B)
TEA = Daytime(2, time(16), time(18), "B")
BOXING_DAY = SpecialDay(DayKind.BOXING_DAY, Turn.B)
SWAP = Swap(date(2027, 3, 3), date(2027, 3, 3), "B")


@pytest.mark.parametrize("rules", [(EASTER, ANY), (ANY, BANK, EASTER)])
def test_any_holiday_beside_one_by_name_is_never_said_to_alternate(rules):
    said = told(holidays=rules)
    assert "every school holiday without a rule of its own is with sam" in said.lower()
    assert "very other" not in said


@pytest.mark.parametrize("rules", [(ANY,), (ANY, BANK), (INSET, ANY)])
def test_any_holiday_alone_is_every_school_holiday(rules):
    assert "Every school holiday is with Sam" in told(holidays=rules)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ((BANK, ANY), "What is said of bank holidays holds for nights outside school holidays; within one"),
        ((EASTER, INSET), "What is said of inset days holds for nights outside these school holidays; within one"),
        ((INSET, EASTER, BANK, ANY), "What is said of bank holidays and inset days holds for nights outside school"),
        ((BANK, INSET), ""),
        ((ANY, EASTER), ""),
    ],
)
def test_rules_for_single_days_say_that_they_hold_outside_school_holidays(rules, words):
    said = told(holidays=rules)
    assert words in said
    assert ("What is said of" in said) == bool(words)


def test_what_lies_over_a_saturday_is_said_not_to_move_the_weekend_with_it():
    assert "A special day or a swap on such a Saturday moves the Saturday night alone." in told(
        holidays=(BANK,), special_days=(BOXING_DAY,), swaps=(SWAP,)
    )
    assert "A swap on such a Saturday" in told(holidays=(BANK,), swaps=(SWAP,))
    assert "such a Saturday" not in told(holidays=(BANK,))
    assert "such a Saturday" not in told(holidays=(INSET,), swaps=(SWAP,))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (HolidayRule(HolidayKind.ANY, Share.HALVES, Turn.A, Middle.B_EVEN), True),
        (HolidayRule(HolidayKind.ANY, Share.HALVES, Turn.A_EVEN, Middle.FIRST), True),
        (HolidayRule(HolidayKind.ANY, Share.HALVES, Turn.A, Middle.SECOND), False),
        (HolidayRule(HolidayKind.ANY, Share.WHOLE, Turn.A, Middle.B_EVEN), False),
        (HolidayRule(HolidayKind.ANY, Share.PATTERN, Turn.A_EVEN), False),
    ],
)
def test_the_year_of_a_holiday_is_told_wherever_it_matters(rule, said):
    assert ("year in which it begins" in told(holidays=(rule,))) is said


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ({"holidays": (ANY,)}, "a holiday"),
        ({"holidays": (BANK,)}, "a holiday"),
        ({"holidays": (INSET,)}, "an inset day"),
        ({"special_days": (BOXING_DAY,)}, "a special day"),
        ({"swaps": (SWAP,)}, "a swap"),
        (
            {"holidays": (GOES_ON, INSET), "special_days": (BOXING_DAY,), "swaps": (SWAP,)},
            "an inset day, a special day or a swap",
        ),
    ],
)
def test_time_in_the_day_is_said_to_rest_under_the_layers_there_are(layers, words):
    assert f"Such time in the day rests on a day whose night {words} decides." in told(daytimes=(TEA,), **layers)
    assert "rests" not in told(**layers)


def test_where_nothing_makes_it_rest_time_in_the_day_is_not_said_to():
    in_hours = SpecialDay(DayKind.BOXING_DAY, Turn.B, hours=(time(10), time(18)))
    assert "rests" not in told(daytimes=(TEA,))
    assert "rests" not in told(daytimes=(TEA,), holidays=(GOES_ON,), special_days=(in_hours,))


@pytest.mark.parametrize("week", [1, 2, 3])
@pytest.mark.parametrize("letters", ["AAAABBA" * 2, "AABBA" * 3, "A" * 14, "AB" * 4, "AAAABBA" * 3, "AAAABBAAAAAAAA"])
def test_a_week_that_is_named_can_be_found_from_what_is_told(letters, week):
    """From the anchor and how often it comes again, the same days as are counted."""
    calendar = Calendar(letters, MONDAY, daytimes=(Daytime(2, time(16), time(18), "B", week=week),))
    said = " ".join(tell(calendar, SIDES))
    assert said.count("Week one begins on Monday 4 January 2027") == 1
    again = re.search(r"every (\w+) (nights|weeks)", said)
    nights = int(again[1]) if again[2] == "nights" else 7 * NUMBERS[again[1]]
    days, wednesday = [], MONDAY + timedelta(2)
    for n in range(0, 200, 7):
        since = (wednesday + timedelta(n) - MONDAY).days % nights
        days += [wednesday + timedelta(n)] if since // 7 + 1 == week else []
    assert [visit.on for visit in visits(lay(calendar, MONDAY, 200))] == days


def test_where_no_week_is_named_no_week_is_told_from():
    assert "Week one" not in " ".join(tell(Calendar("AAAABBA" * 2, MONDAY, daytimes=(TEA,)), SIDES))


EVE = SpecialDay(DayKind.CHRISTMAS_EVE, Turn.A, nights=3)
CHRISTMAS_DAY = SpecialDay(DayKind.CHRISTMAS_DAY, Turn.B)


def hours(kind, who, low, high):
    return SpecialDay(kind, who, hours=(time(low), time(high)))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((EVE, CHRISTMAS_DAY), "such as Christmas Eve and Christmas Day, the one that is told later counts."),
        ((CHRISTMAS_DAY, EVE), "such as Christmas Day and Christmas Eve, the one that is told later counts."),
        ((CHRISTMAS_DAY, SpecialDay(DayKind.CHRISTMAS_DAY, Turn.A)), "days meet, the one that is told later counts."),
        (
            # They meet in 2027 and not in every year.
            (
                SpecialDay(DayKind.MOTHERING_SUNDAY, Turn.A),
                SpecialDay(DayKind.EVERY_YEAR, Turn.B, "Ivy's birthday", 3, 7),
            ),
            "such as Mothering Sunday and Ivy's birthday (7 March)",
        ),
        (
            (hours(DayKind.BOXING_DAY, Turn.A, 10, 14), hours(DayKind.BOXING_DAY, Turn.B, 13, 18)),
            "days meet, the one that is told later counts.",
        ),
        ((hours(DayKind.BOXING_DAY, Turn.A, 10, 14), hours(DayKind.BOXING_DAY, Turn.B, 14, 18)), ""),
        ((hours(DayKind.BOXING_DAY, Turn.A, 10, 14), BOXING_DAY), ""),
        ((EVE, SpecialDay(DayKind.CHRISTMAS_DAY, Turn.A)), ""),
        ((SpecialDay(DayKind.CHRISTMAS_EVE, Turn.A), CHRISTMAS_DAY, BOXING_DAY), ""),
        ((SpecialDay(DayKind.MOTHERING_SUNDAY, Turn.A), SpecialDay(DayKind.FATHERS_DAY, Turn.B)), ""),
    ],
)
def test_which_of_two_special_days_counts_is_told_where_they_meet(days, words):
    said = told(special_days=days)
    assert words in said
    assert ("told later" in said) == bool(words)


@settings(max_examples=25, deadline=None)
@given(st.lists(special_days(), max_size=4))
def test_special_days_are_said_to_meet_just_when_they_do(rules):
    days = [date(2026, 1, 1) + timedelta(n) for n in range(19 * 365 + 4)]
    nights, moments = {}, {}
    for place, rule in enumerate(rules):
        for day in days:
            if is_the_day(rule, day):
                letter = whose_turn(rule.who, day.year)
                if rule.hours:
                    low, high = (clock.hour * 4 + clock.minute // 15 for clock in rule.hours)
                    for quarter in range(low, high):
                        moments.setdefault((day, quarter), {})[place] = letter
                else:
                    for n in range(rule.nights):
                        nights.setdefault(day + timedelta(n - rule.before), {})[place] = letter
    inside = [said for day, said in nights.items() if days[0] <= day <= days[-1]]
    meet = any(one != other for said in (*inside, *moments.values()) for one, other in combinations(said.values(), 2))
    assert ("told later" in told(special_days=tuple(rules))) is meet
