"""From the rules of a calendar to the nights they speak of, as runs of dates within a window.

Every run is worked out once for each year or holiday, never day by day.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.nights.rules import (
    FIXED_DAYS,
    MOST_NIGHTS,
    SINGLE_DAYS,
    DayKind,
    HolidayRule,
    Layer,
    Share,
    SpecialDay,
)
from cppp_cli.programme.nights.terms import Holiday, HolidayKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cppp_cli.programme.nights.rules import Calendar

_MONDAY, _FRIDAY = 0, 4
_MOTHERING: Final = timedelta(days=21)
_NEAR: Final = 2  # nights
_SATURDAY_FROM: Final = {_MONDAY: -2, _FRIDAY: 1}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of nights of which one rule says one thing.

    Attributes:
        layer: where the rule stands.
        rule: its place in the calendar's list of such rules.
        first: the first night, as an ordinal of its date.
        stop: the night after the last one, likewise.
        letter: who has them; empty where the normal pattern goes on.
        part: which part of the holiday it is; empty for the whole of anything.
        about: the holiday or the day the rule was applied to; None for a swap.
    """

    layer: Layer
    rule: int
    first: int
    stop: int
    letter: str
    part: str = ""
    about: Holiday | date | None = None


def pattern_letter(calendar: Calendar, ordinal: int) -> str:
    """What the normal pattern says of one night."""
    return calendar.letters[(ordinal - calendar.starts_on.toordinal()) % len(calendar.letters)]


def holiday_pieces(calendar: Calendar, first: int, stop: int) -> Iterator[Piece]:
    """What the holiday rules say of the nights from ``first`` to before ``stop``; a later piece wins over an earlier.

    So bank holidays and inset days come first, then the rules for any holiday, then those for a holiday by name.
    """
    # A weekend rule asks for a Saturday up to two nights before the window or after it. It never speaks of a Saturday
    # night itself, but of a Thursday or a Sunday, so what the other rules say of Saturdays is known before it.
    first, stop = first - _NEAR, stop + _NEAR
    single = list(_single_days(calendar, first, stop))
    school = list(_school_holidays(calendar, first, stop))
    weekends = [at for at in single if at[1].share is Share.WEEKEND]
    others = [_of_single_day(*at) for at in single if at[1].share is not Share.WEEKEND] if weekends else []
    saturdays = _letters_of(calendar, (_saturday(day) for _, _, day in weekends), (*others, *school))
    for place, rule, day in single:
        if rule.share is not Share.WEEKEND:
            yield _of_single_day(place, rule, day)
        elif day.weekday() in _SATURDAY_FROM:
            moved = day.toordinal() - 1
            yield Piece(Layer.HOLIDAY, place, moved, moved + 1, saturdays[_saturday(day)], "weekend", day)
    yield from school


def _school_holidays(calendar: Calendar, first: int, stop: int) -> Iterator[Piece]:
    """What the rules for school holidays say, those for any holiday before those for a holiday by name."""
    holidays = calendar.terms.holidays if calendar.terms else ()
    near = [h for h in holidays if first <= h.last.toordinal() and h.first.toordinal() - 1 < stop]
    rules = [(place, rule) for place, rule in enumerate(calendar.holidays) if rule.kind not in SINGLE_DAYS]
    named = {rule.kind for _, rule in rules}
    for place, rule in sorted(rules, key=lambda found: found[1].kind is not HolidayKind.ANY):
        for holiday in near:
            if holiday.kind is rule.kind or (rule.kind is HolidayKind.ANY and holiday.kind not in named):
                yield from _of_holiday(place, rule, holiday)


def special_pieces(calendar: Calendar, first: int, stop: int) -> Iterator[Piece]:
    """What the special days say of the nights from ``first`` to before ``stop``; a later piece wins."""
    reach = MOST_NIGHTS + 1
    for place, rule in enumerate(calendar.special_days):
        if rule.hours is None:
            for day in days_of(rule, first - reach, stop + reach):
                begins = day.toordinal() - rule.before
                letter = rule.who.letter(day.year)
                yield Piece(Layer.SPECIAL, place, begins, begins + rule.nights, letter, "", day)


def swap_pieces(calendar: Calendar) -> Iterator[Piece]:
    """What the swaps say; a later piece wins."""
    for place, swap in enumerate(calendar.swaps):
        yield Piece(Layer.SWAP, place, swap.first.toordinal(), swap.last.toordinal() + 1, swap.letter)


def days_of(rule: SpecialDay, first: int, stop: int) -> Iterator[date]:
    """The dates of a special day from ``first`` to before ``stop``, as ordinals, on which its rule holds."""
    if rule.kind is DayKind.DATES:
        found = iter(sorted(rule.dates))
    else:
        found = (day_in(rule, year) for year in range(date.fromordinal(first).year, date.fromordinal(stop).year + 1))
    for day in found:
        if first <= day.toordinal() < stop and (rule.first or day) <= day <= (rule.last or day):
            yield day


def day_in(rule: SpecialDay, year: int) -> date:
    """The date of a special day in a year; 29 February is kept on 1 March in a year without one."""
    if rule.kind in FIXED_DAYS:
        return date(year, *FIXED_DAYS[rule.kind])
    if rule.kind is DayKind.EASTER_SUNDAY:
        return easter_sunday(year)
    if rule.kind is DayKind.MOTHERING_SUNDAY:
        return easter_sunday(year) - _MOTHERING
    if rule.kind is DayKind.FATHERS_DAY:
        return date(year, 6, 21 - date(year, 6, 21).isoweekday() % 7)  # the Sunday among 15 to 21 June
    if rule.moved_in_ordinary_years and not _leap(year):
        return date(year, 3, 1)
    return date(year, rule.month, rule.day)


@lru_cache(maxsize=512)
def easter_sunday(year: int) -> date:
    """Easter Sunday of a year from 1583 to 4099."""
    from dateutil.easter import easter

    return easter(year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _single_days(calendar: Calendar, first: int, stop: int) -> Iterator[tuple[int, HolidayRule, date]]:
    """The bank holidays and inset days there is a rule for, each with the rule and its place in the list."""
    insets = calendar.terms.insets if calendar.terms else ()
    for place, rule in enumerate(calendar.holidays):
        days = {HolidayKind.BANK_HOLIDAY: calendar.bank_holidays, HolidayKind.INSET: insets}.get(rule.kind, ())
        for day in sorted(days):
            if first <= day.toordinal() < stop:
                yield place, rule, day


def _of_single_day(place: int, rule: HolidayRule, day: date) -> Piece:
    """A bank holiday or an inset day that does not go with its weekend."""
    on = day.toordinal()
    letter = "" if rule.share is Share.PATTERN else rule.who.letter(day.year)
    return Piece(Layer.HOLIDAY, place, on, on + 1, letter, "", day)


def _saturday(day: date) -> int:
    """The Saturday night of the weekend next to a Monday or a Friday; of another day, that day itself."""
    return day.toordinal() + _SATURDAY_FROM.get(day.weekday(), 0)


def _letters_of(calendar: Calendar, nights: Iterable[int], pieces: Iterable[Piece]) -> Mapping[int, str]:
    """Whose some nights are by the normal pattern with pieces over it; a later piece wins."""
    wanted = sorted(set(nights))
    found = {night: pattern_letter(calendar, night) for night in wanted}
    for piece in pieces if wanted else ():
        for night in wanted[bisect_left(wanted, piece.first) : bisect_left(wanted, piece.stop)]:
            found[night] = piece.letter or pattern_letter(calendar, night)
    return found


def _of_holiday(place: int, rule: HolidayRule, holiday: Holiday) -> Iterator[Piece]:
    """One school holiday, in as many runs as it is shared in."""
    first = holiday.first.toordinal() - rule.evening_before
    stop = holiday.last.toordinal() + 1 - rule.home_before_school
    year = holiday.first.year

    def piece(low: int, high: int, letter: str, part: str = "") -> Piece:
        return Piece(Layer.HOLIDAY, place, low, high, letter, part, holiday)

    if stop <= first:
        return
    if rule.share is Share.PATTERN:
        yield piece(first, stop, "")
        return
    mine = rule.who.letter(year)
    if rule.share is Share.WHOLE:
        yield piece(first, stop, mine)
        return
    other = "B" if mine == "A" else "A"
    if rule.share is Share.BLOCKS:
        for turn, low in enumerate(range(first, stop, rule.block)):
            yield piece(low, min(low + rule.block, stop), (mine, other)[turn % 2], f"run {turn + 1}")
        return
    half, odd = divmod(stop - first, 2)
    if half:
        yield piece(first, first + half, mine, "first half")
        yield piece(stop - half, stop, other, "second half")
    if odd:
        yield piece(first + half, first + half + 1, rule.middle.letter(year, mine, other), "middle night")
