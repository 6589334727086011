"""What lies over the normal pattern, in sentences: time in the day, school holidays, special days, swaps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from cppp_cli.programme.dates import WEEKDAYS, say_date, say_time
from cppp_cli.programme.nights.patterns import WEEK
from cppp_cli.programme.nights.rules import SINGLE_DAYS, Middle, Share, Turn
from cppp_cli.programme.nights.telling_days import special_day, which_counts
from cppp_cli.programme.nights.telling_words import capital, join, number, turn
from cppp_cli.programme.nights.terms import HolidayKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.programme.nights.rules import Calendar, Daytime, HolidayRule, Swap
    from cppp_cli.programme.nights.telling_words import Names

_SUBJECTS: Final = {
    HolidayKind.BANK_HOLIDAY: "each bank holiday",
    HolidayKind.INSET: "each inset day",
    HolidayKind.ANY: "every school holiday without a rule of its own",
}


def rules(calendar: Calendar, names: Names) -> tuple[str, ...]:
    """A paragraph for each layer that says anything, and one on which goes first."""
    layers = (
        [_daytime(found, names, len(calendar.letters)) for found in calendar.daytimes] + _of_daytimes(calendar),
        [_holiday(found, names, alone=not _of_schools(calendar, named=True)) for found in calendar.holidays]
        + _of_single_days(calendar),
        [special_day(found, names) for found in calendar.special_days] + which_counts(calendar),
        [_swap(found, names) for found in calendar.swaps],
    )
    said = [" ".join(sentences) for sentences in layers if sentences]
    if any(_by_year(rule) for rule in _of_schools(calendar)):
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
    if calendar.terms is None and _of_schools(calendar):
        said.append("The school's dates are not known yet, so its holidays are not counted.")
    return tuple(said)


def _then(orders: Sequence[str]) -> str:
    return f", {join(orders)}" if orders else ""


def weeks_differ(letters: str) -> bool:
    """Whether a cycle is told by its weeks, and so with the day on which week one begins."""
    weeks = {letters[n : n + WEEK] for n in range(0, len(letters), WEEK)}
    return len(letters) % WEEK == 0 and len(weeks) > 1


def _of_schools(calendar: Calendar, *, named: bool = False) -> list[HolidayRule]:
    """The rules for school holidays; those for a holiday by name alone, if asked for."""
    left_out = (*SINGLE_DAYS, HolidayKind.ANY) if named else SINGLE_DAYS
    return [rule for rule in calendar.holidays if rule.kind not in left_out]


def _by_year(rule: HolidayRule) -> bool:
    """Whether somebody has the holiday, or the middle night of it, in one year and not in the next."""
    if rule.share is Share.PATTERN:
        return False
    middle = rule.share is Share.HALVES and rule.middle in {Middle.A_EVEN, Middle.B_EVEN}
    return middle or rule.who.alternates


def _of_daytimes(calendar: Calendar) -> list[str]:
    """From when the weeks of daytimes are counted, where that was not told, and when daytimes rest."""
    said, letters = [], calendar.letters
    if any(found.week for found in calendar.daytimes) and not weeks_differ(letters):
        weeks, rest = divmod(len(letters), WEEK)
        again = f"{len(letters)} nights" if rest else "week" if weeks == 1 else f"{number(weeks)} weeks"
        said.append(f"Week one begins on {say_date(calendar.starts_on)} and again every {again}.")
    decides = {rule.kind for rule in calendar.holidays if rule.share is not Share.PATTERN}
    there = (
        ("a holiday", decides - {HolidayKind.INSET}),
        ("an inset day", HolidayKind.INSET in decides),
    )
    over = [what for what, found in there if found] + _over_holidays(calendar)
    if calendar.daytimes and over:
        said.append(f"Such time in the day rests on a day whose night {join(over, word='or')} decides.")
    return said


def _over_holidays(calendar: Calendar) -> list[str]:
    """What may decide a night whatever the holidays say."""
    there = (("a special day", any(not rule.hours for rule in calendar.special_days)), ("a swap", calendar.swaps))
    return [what for what, found in there if found]


def _of_single_days(calendar: Calendar) -> list[str]:
    """Where the rules for bank holidays and inset days give way, and what no weekend they go with follows."""
    single = [rule for rule in calendar.holidays if rule.kind in SINGLE_DAYS]
    said = []
    over = _over_holidays(calendar)
    if over and any(rule.share is Share.WEEKEND for rule in single):
        said.append(f"{capital(join(over, word='or'))} on such a Saturday moves the Saturday night alone.")
    if single and _of_schools(calendar):
        every = any(rule.kind is HolidayKind.ANY for rule in calendar.holidays)
        kinds = [f"{kind.label}s" for kind in SINGLE_DAYS if any(rule.kind is kind for rule in single)]
        said.append(
            f"What is said of {join(kinds)} holds for nights outside {'' if every else 'these '}school holidays; "
            "within one, the rule for that holiday decides."
        )
    return said


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


def _swap(found: Swap, names: Names) -> str:
    if found.first == found.last:
        return f"By a swap, the night of {say_date(found.first)} is with {names.of(found.letter)}."
    return (
        f"By a swap, the {number((found.last - found.first).days + 1)} nights from {say_date(found.first)} to "
        f"{say_date(found.last)} are with {names.of(found.letter)}."
    )
