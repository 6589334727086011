"""An arrangement of nights in plain English, to be read back to parents: the pattern, who moves when, and every rule.

Sentences are built from the letters, not from a pattern's name, so that what is read out is what is counted.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import WEEKDAYS, say_date, say_time
from cppp_cli.programme.nights.patterns import LETTERS, WEEK
from cppp_cli.programme.nights.telling_rules import rules, weeks_differ
from cppp_cli.programme.nights.telling_words import Names, capital, join, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.nights.rules import Calendar

__all__ = ("Names", "tell", "tell_pattern", "tell_window")

_PAIR: Final = 2


def tell(calendar: Calendar, names: Names, *, handover_at: time | None = None) -> tuple[str, ...]:
    """The whole arrangement, a paragraph each for the pattern, its changes, its count, and every rule over it.

    Args:
        calendar: what is told.
        names: what the people are called.
        handover_at: when they change over; left out where nobody named a time.
    """
    return (*tell_pattern(calendar.letters, calendar.starts_on, names, handover_at), *rules(calendar, names))


def tell_pattern(letters: str, starts_on: date, names: Names, handover_at: time | None = None) -> tuple[str, ...]:
    """The normal pattern: each week of its cycle, when the children move, and how many nights of how many."""
    if len(set(letters)) == 1:
        return (f"Every night {names.are} with {names.of(letters[0])}.",)
    if len(letters) % WEEK:
        return _by_nights(letters, starts_on, names)
    weeks = [letters[n : n + WEEK] for n in range(0, len(letters), WEEK)]
    if not weeks_differ(letters):
        weeks, letters = weeks[:1], letters[:WEEK]
    told = [] if len(weeks) == 1 else [_opening(weeks, starts_on)]
    for week in dict.fromkeys(weeks):
        numbers = [place for place, other in enumerate(weeks) if other == week]
        told.append(f"{capital(_in_weeks(numbers, len(weeks)))} {_week(week, starts_on, names)}.")
    return " ".join(told), _changes(letters, starts_on, names, handover_at), _count(letters, len(weeks), names)


def tell_window(nights: Nights, names: Names) -> str:
    """How many nights out of how many lie with each, over the dates counted."""
    shares = _shares(nights.letters, names, [letter for letter in LETTERS if letter != "O" or "O" in nights.letters])
    if nights.days == 1:
        return f"On the night of {say_date(nights.first)} {names.are} with {names.of(nights.letters)}."
    return f"Of the {nights.days} nights from {say_date(nights.first)} to {say_date(nights.last)}, {join(shares)}."


def _opening(weeks: Sequence[str], starts_on: date) -> str:
    return f"The pattern repeats every {number(len(weeks))} weeks. Week one begins on {say_date(starts_on)}."


def _in_weeks(numbers: Sequence[int], of: int) -> str:
    if of == 1:
        return "every week"
    said = [number(place + 1) for place in numbers]
    return f"in {'week' if len(said) == 1 else 'weeks'} {join(said)}"


def _week(week: str, starts_on: date, names: Names) -> str:
    """One week: "the children are with A for the nights from Monday to Thursday, and with B ..."."""
    if len(set(week)) == 1:
        return f"{names.are} with {names.of(week[0])} every night"
    spells, at = [], starts_on.weekday()
    for letter, run in groupby(week):
        days = [WEEKDAYS[(at + n) % WEEK] for n, _ in enumerate(run)]
        at += len(days)
        spells.append(f"with {names.of(letter)} for {_nights(days)}")
    return f"{names.are} {join(spells, comma=True)}"


def _nights(days: Sequence[str]) -> str:
    if len(days) == 1:
        return f"the night of {days[0]}"
    if len(days) == _PAIR:
        return f"the nights of {days[0]} and {days[1]}"
    return f"the nights from {days[0]} to {days[-1]}"


def _changes(letters: str, starts_on: date, names: Names, handover_at: time | None) -> str:
    """When the children move, and to whom, over one cycle."""
    moves: dict[int, list[str]] = {}
    for place, letter in enumerate(letters):
        if letter != letters[place - 1]:
            day = WEEKDAYS[(starts_on.weekday() + place) % WEEK]
            moves.setdefault(place // WEEK, []).append(f"on {day} to {names.of(letter)}")
    several = len(letters) > WEEK
    said = [f"{f'in week {number(week + 1)} ' if several else ''}{join(days)}" for week, days in moves.items()]
    many = sum(map(len, moves.values()))
    length = f"every {number(len(letters) // WEEK)} weeks" if several else "each week"
    times = {1: "once", 2: "twice"}.get(many, f"{number(many)} times")
    at = f" The time is {say_time(handover_at)}." if handover_at else ""
    move = "move" if names.plural else "moves"
    return f"{capital(names.children)} {move} {times} {length}: {'; '.join(said)}.{at}"


def _count(letters: str, weeks: int, names: Names) -> str:
    length = "a week" if weeks == 1 else f"{number(weeks)} weeks"
    shares = _shares(letters, names, [letter for letter in LETTERS if letter in letters])
    return f"Of the {len(letters)} nights of {length}, {join(shares)}."


def _shares(nights: str, names: Names, letters: Sequence[str]) -> list[str]:
    """How many nights are with each: "12 are with A", then "2 with B"."""
    counts = [nights.count(letter) for letter in letters]
    first = f"{counts[0]} {'is' if counts[0] == 1 else 'are'} with {names.of(letters[0])}"
    rest = [f"{count} with {names.of(letter)}" for letter, count in zip(letters[1:], counts[1:], strict=True)]
    return [first, *rest]


def _by_nights(letters: str, starts_on: date, names: Names) -> tuple[str, ...]:
    """A cycle that does not fill weeks has no weekdays of its own."""
    runs = [(letter, len(list(run))) for letter, run in groupby(letters)]
    spells = [f"{count} {'nights' if count > 1 else 'night'} with {names.of(letter)}" for letter, count in runs]
    said = (
        f"The pattern repeats every {len(letters)} nights, so it falls on other weekdays each time. Beginning with the "
        f"night of {say_date(starts_on)}, {names.children} {'spend' if names.plural else 'spends'} {join(spells)}; "
        "then it begins again."
    )
    return (said,)
