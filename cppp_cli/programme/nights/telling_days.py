"""Special days in sentences, and which of them counts where two meet."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import MONTHS, say_date, say_time
from cppp_cli.programme.nights.lay import EARLIEST, LATEST
from cppp_cli.programme.nights.occasions import days_of, special_pieces
from cppp_cli.programme.nights.rules import DayKind
from cppp_cli.programme.nights.telling_words import join, number, turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.nights.rules import Calendar, SpecialDay
    from cppp_cli.programme.nights.telling_words import Names

_CHILDHOOD: Final = 18  # years over which days that move are asked whether they meet


def special_day(rule: SpecialDay, names: Names) -> str:
    """One special day in a sentence: whose it is, for how long, and in which years the rule holds."""
    always = "" if rule.kind is DayKind.DATES else " every year"
    since = f"From {say_date(rule.first)} on: on" if rule.first else "On"
    until = f", until {say_date(rule.last)}" if rule.last else ""
    moved = " In a year without 29 February it is kept on 1 March." if rule.moved_in_ordinary_years else ""
    return f"{since} {_subject(rule)} {names.are} {turn(rule.who, names, always)}{_spell(rule)}{until}.{moved}"


def _spell(rule: SpecialDay) -> str:
    """For how long a special day lasts."""
    if rule.hours is not None:
        return f", from {say_time(rule.hours[0])} to {say_time(rule.hours[1])}; the nights stay as they are"
    if rule.nights == 1 and not rule.before:
        return ", for that night"
    begins = {0: "that evening", 1: "the evening before"}.get(rule.before, f"{number(rule.before)} evenings before")
    return f", for {number(rule.nights)} {'night' if rule.nights == 1 else 'nights'} from {begins}"


def which_counts(calendar: Calendar) -> list[str]:
    """A sentence when two special days give one night, or one hour, to different people within a childhood."""
    years = (min(max(calendar.starts_on.year + n, EARLIEST), LATEST) for n in (-1, _CHILDHOOD))
    first, stop = (date(year, 1, 1).toordinal() for year in years)
    pair = next(_meetings(calendar, first, stop), None)
    if pair is None:
        return []
    one, other = (_subject(rule) for rule in pair)
    such = "" if one == other else f", such as {one} and {other}"
    return [f"Where two of these days meet{such}, the one that is told later counts."]


def _meetings(calendar: Calendar, first: int, stop: int) -> Iterator[tuple[SpecialDay, SpecialDay]]:
    """The special days that would give the same night or hour to different people, in the order of the list."""
    days = calendar.special_days
    nights: dict[int, dict[int, str]] = {}
    for piece in special_pieces(calendar, first, stop):
        for night in range(max(piece.first, first), min(piece.stop, stop)):
            nights.setdefault(night, {})[piece.rule] = piece.letter
    for said in nights.values():
        for mine, theirs in combinations(said, 2):
            if said[mine] != said[theirs]:
                yield days[mine], days[theirs]
    held: dict[date, list[SpecialDay]] = {}
    for rule in days:
        for day in days_of(rule, first, stop) if rule.hours else ():
            for other in held.setdefault(day, []):
                if _hours_meet(other, rule) and other.who.letter(day.year) != rule.who.letter(day.year):
                    yield other, rule
            held[day].append(rule)


def _hours_meet(one: SpecialDay, other: SpecialDay) -> bool:
    return bool(one.hours and other.hours and one.hours[0] < other.hours[1] and other.hours[0] < one.hours[1])


def _subject(rule: SpecialDay) -> str:
    """What a special day is called, with its date where it has one of its own."""
    if rule.kind is DayKind.EVERY_YEAR:
        when = f"{rule.day} {MONTHS[rule.month - 1]}"
    elif rule.kind is DayKind.DATES and rule.dates:
        when = join([say_date(day) for day in sorted(rule.dates)])
    else:
        return rule.name
    return f"{rule.label} ({when})" if rule.label else when
