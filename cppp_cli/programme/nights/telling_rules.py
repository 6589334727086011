"""What lies over the normal pattern, in sentences: time in the day, school holidays, special days, swaps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from cppp_cli.programme.dates import MONTHS, WEEKDAYS, say_date, say_time
from cppp_cli.programme.nights.patterns import WEEK
from cppp_cli.programme.nights.rules import SINGLE_DAYS, DayKind, Middle, Share, Turn
from cppp_cli.programme.nights.telling_words import capital, join, number
from cppp_cli.programme.nights.terms import HolidayKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.programme.nights.rules import Calendar, Daytime, HolidayRule, SpecialDay, Swap
    from cppp_cli.programme.nights.telling_words import Names

_SUBJECTS: Final = {
    HolidayKind.BANK_HOLIDAY: "each bank holiday",
    HolidayKind.INSET: "each inset day",
    HolidayKind.ANY: "every other school holiday",
}


def rules(calendar: Calendar, names: Names) -> tuple[str, ...]:
    """A paragraph for each layer that says anything, and one on which goes first."""
    layers = (
        [_daytime(found, names, len(calendar.letters)) for found in calendar.daytimes],
        [_holiday(found, names, alone=len(calendar.holidays) == 1) for found in calendar.holidays],
        [_special(found, names) for found in calendar.special_days],
        [_swap(found, names) for found in calendar.swaps],
    )
    said = [" ".join(sentences) for sentences in layers if sentences]
    if any(rule.who.alternates and rule.kind not in SINGLE_DAYS for rule in calendar.holidays):
        said.append("A holiday belongs to the year in which it begins.")
    there = (
        ("one-off swaps", calendar.swaps),
        ("special days", calendar.special_days),
        ("school holidays", calendar.holidays),
    )
    over = [what for what, found in there if found]
    if over:
        orders = [f"{upper} before {lower}" for upper, lower in pairwise([*over, "the normal pattern"])]
        said.append(f"{capital(orders[0].replace(' before ', ' come before ', 1))}{_then(orders[1:])}.")
    if calendar.holidays and calendar.terms is None and any(rule.kind not in SINGLE_DAYS for rule in calendar.holidays):
        said.append("The school's dates are not known yet, so its holidays are not counted.")
    return tuple(said)


def _then(orders: Sequence[str]) -> str:
    return f", {join(orders)}" if orders else ""


def turn(who: Turn, names: Names, always: str = " every year") -> str:
    """Whose turn it is: "with A every year", "with A in even years and with B in odd years"."""
    if not who.alternates:
        return f"with {names.of(who.value.upper())}{'' if who is Turn.O else always}"
    even, odd = ("A", "B") if who is Turn.A_EVEN else ("B", "A")
    return f"with {names.of(even)} in even years and with {names.of(odd)} in odd years"


def _daytime(found: Daytime, names: Names, cycle: int) -> str:
    day = WEEKDAYS[found.weekday]
    when = f"on {day} of week {number(found.week)}" if found.week else f"on {day}s"
    every = " in every week" if not found.week and cycle > WEEK else ""
    return (
        f"{capital(when)}{every}, {names.are} with {names.of(found.side)} from {say_time(found.start)} to "
        f"{say_time(found.end)}; this changes no night."
    )


def _holiday(rule: HolidayRule, names: Names, *, alone: bool) -> str:
    subject = _SUBJECTS.get(rule.kind, f"the {rule.kind.label}")
    if rule.kind is HolidayKind.ANY and alone:
        subject = "every school holiday"
    said = f"{capital(subject)} {_shared(rule, names)}."
    if rule.kind in SINGLE_DAYS or rule.share is Share.PATTERN:
        return said
    if rule.evening_before:
        said += " It begins on the evening before its first day."
    if rule.home_before_school:
        said += " Its last night goes by the normal pattern, so that school begins from there."
    return said


def _shared(rule: HolidayRule, names: Names) -> str:
    match rule.share:
        case Share.PATTERN:
            return "changes nothing: the normal pattern goes on"
        case Share.WHOLE:
            return f"is {turn(rule.who, names)}"
        case Share.WEEKEND:
            return "goes with its weekend: whoever has the Saturday night has the night between it and the weekend too"
        case Share.BLOCKS:
            length = "week about" if rule.block == WEEK else f"in turns of {number(rule.block)} nights"
            return f"is shared {length}; the first turn is {turn(rule.who, names)}"
        case Share.HALVES:
            return f"is shared in halves; the first half is {turn(rule.who, names)}. {_middle(rule.middle, names)}"
        case _:
            assert_never(rule.share)


def _middle(middle: Middle, names: Names) -> str:
    """Who has the odd night, without a full stop."""
    said = "When its nights are an odd number, the middle night "
    if middle in {Middle.FIRST, Middle.SECOND}:
        return f"{said}belongs to the {middle.value} half"
    return f"{said}is {turn(Turn(middle.value), names)}"


def _special(rule: SpecialDay, names: Names) -> str:
    if rule.kind is DayKind.EVERY_YEAR:
        when = f"{rule.day} {MONTHS[rule.month - 1]}"
        subject = f"{rule.label} ({when})" if rule.label else when
    elif rule.kind is DayKind.DATES:
        when = join([say_date(day) for day in sorted(rule.dates)])
        subject = f"{rule.label} ({when})" if rule.label else when
    else:
        subject = rule.name
    always = "" if rule.kind is DayKind.DATES else " every year"
    since = f"From {say_date(rule.first)} on: on" if rule.first else "On"
    until = f", until {say_date(rule.last)}" if rule.last else ""
    moved = " In a year without 29 February it is kept on 1 March." if rule.moved_in_ordinary_years else ""
    return f"{since} {subject} {names.are} {turn(rule.who, names, always)}{_spell(rule)}{until}.{moved}"


def _spell(rule: SpecialDay) -> str:
    """For how long a special day lasts."""
    if rule.hours is not None:
        return f", from {say_time(rule.hours[0])} to {say_time(rule.hours[1])}; the nights stay as they are"
    if rule.nights == 1 and not rule.before:
        return ", for that night"
    begins = {0: "that evening", 1: "the evening before"}.get(rule.before, f"{number(rule.before)} evenings before")
    return f", for {number(rule.nights)} {'night' if rule.nights == 1 else 'nights'} from {begins}"


def _swap(found: Swap, names: Names) -> str:
    if found.first == found.last:
        return f"By a swap, the night of {say_date(found.first)} is with {names.of(found.letter)}."
    return (
        f"By a swap, the {number((found.last - found.first).days + 1)} nights from {say_date(found.first)} to "
        f"{say_date(found.last)} are with {names.of(found.letter)}."
    )
