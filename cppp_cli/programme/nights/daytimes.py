"""Time in the day that is with somebody else than the nights around it, and the hours all this makes.

Care changes at the hour of handover, so the night of a date carries the 24 hours from the handover on it to the
handover on the next. Time in the day moves hours out of that and leaves the night where it is. Clocks that go forward
or back are left out of account: every day has 24 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.occasions import days_of
from cppp_cli.programme.nights.patterns import LETTERS, WEEK
from cppp_cli.programme.nights.rules import Layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.nights.rules import Calendar, Daytime

DAY: Final = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Visit:
    """Time on one day that goes to a side, whoever has the nights: of the pattern, or the hours of a special day."""

    on: date
    start: time
    end: time
    letter: str
    layer: Layer
    label: str = ""


def minutes_of(moment: time) -> int:
    """A time of day as whole minutes after midnight."""
    return moment.hour * 60 + moment.minute


def visits(nights: Nights) -> tuple[Visit, ...]:
    """Every visit on the dates of the nights, by date; where two overlap, the one that stands later has the hours."""
    return _visits(nights, 0, nights.days)


def visits_on(nights: Nights, day: date) -> tuple[Visit, ...]:
    """The visits on one day; nothing for a date outside the nights."""
    place = (day - nights.first).days
    return _visits(nights, place, place + 1) if 0 <= place < nights.days else ()


def minutes(nights: Nights) -> dict[str, int]:
    """The minutes with A, B and O from the handover on the first date to the handover after the last night."""
    found = {letter: nights.letters.count(letter) * DAY for letter in LETTERS}
    calendar = nights.calendar
    if not calendar.daytimes and not any(rule.hours for rule in calendar.special_days):
        return found
    # The hours before the handover on the date after the last night still belong to that night.
    after = nights.last + timedelta(days=1)
    by_day: dict[int, list[tuple[int, int, str]]] = {}
    for visit in (*visits(nights), *visits(lay(calendar, after, 1))):
        span = (minutes_of(visit.start), minutes_of(visit.end), visit.letter)
        by_day.setdefault((visit.on - nights.first).days, []).append(span)
    handover = minutes_of(calendar.handover_at)
    known: dict[tuple[str, str, tuple[tuple[int, int, str], ...]], dict[str, int]] = {}
    for place, spans in by_day.items():
        before = nights.letters[place - 1] if place else ""
        later = nights.letters[place] if place < nights.days else ""
        same = (before, later, tuple(spans))
        if same not in known:
            known[same] = _moved(handover, *same)
        for letter, moved in known[same].items():
            found[letter] += moved
    return found


def _visits(nights: Nights, low: int, high: int) -> tuple[Visit, ...]:
    """The visits on the dates from one place among the nights to before another."""
    calendar, start = nights.calendar, nights.first.toordinal() + low
    found = [
        Visit(date.fromordinal(start + place), at.start, at.end, at.side, Layer.PATTERN)
        for at in calendar.daytimes
        for place in _places(at, calendar, start, high - low)
        if nights.follows_pattern(low + place)
    ]
    for rule in calendar.special_days:
        if rule.hours is not None:
            begins, ends = rule.hours
            found += [
                Visit(day, begins, ends, rule.who.letter(day.year), Layer.SPECIAL, rule.name)
                for day in days_of(rule, start, start + high - low)
            ]
    return tuple(sorted(found, key=lambda visit: visit.on))  # the order of rules is kept within a day


def _places(daytime: Daytime, calendar: Calendar, start: int, days: int) -> Iterator[int]:
    """Where a daytime of the pattern falls, counted from the ordinal ``start``."""
    # Ordinal 1 is a Monday.
    first = (daytime.weekday - (start - 1)) % WEEK
    cycle, anchor = len(calendar.letters), calendar.starts_on.toordinal()
    for place in range(first, days, WEEK):
        if daytime.week is None or (start + place - anchor) % cycle // WEEK + 1 == daytime.week:
            yield place


def _moved(handover: int, before: str, later: str, spans: tuple[tuple[int, int, str], ...]) -> dict[str, int]:
    """How many minutes each side gains or loses on a day by its visits.

    Args:
        handover: the minute of the day at which care changes.
        before: who has the night before the day; empty where that is outside the window.
        later: who has the night of the day, likewise.
        spans: from when to when, and who; a later one wins.
    """
    normal = (before or " ") * handover + (later or " ") * (DAY - handover)
    day = bytearray(normal.encode("ascii"))
    low, high = (0 if before else handover), (DAY if later else handover)
    for begins, ends, letter in spans:
        begins, ends = max(begins, low), min(ends, high)  # noqa: PLW2901  - the part inside the window
        if begins < ends:
            day[begins:ends] = letter.encode("ascii") * (ends - begins)
    return {letter: day.count(letter.encode("ascii")) - normal.count(letter) for letter in LETTERS}
