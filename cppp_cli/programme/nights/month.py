"""A window of nights as calendar months: which square holds which day, whose night it is, and what is marked on it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.programme.nights.lay import Nights

HANDOVER_MARK: Final = ">"
HOLIDAY_MARK: Final = "*"
CELL: Final = 5  # columns: the day, the mark of a change, the letter, the mark of a holiday
WIDTH: Final = CELL * 7
GAP: Final = 4  # columns between two months side by side


@dataclass(frozen=True, slots=True)
class Day:
    """One square of a month.

    Attributes:
        on: its date.
        letter: whose night begins on its evening; empty outside the window.
        handover: whether the night before was with somebody else, so that the child moves on this day.
        holiday: whether it lies in a school holiday.
    """

    on: date
    letter: str = ""
    handover: bool = False
    holiday: bool = False

    @property
    def text(self) -> str:
        """The square in five columns, such as "14>B*"."""
        change = HANDOVER_MARK if self.handover else " "
        return f"{self.on.day:>2}{change}{self.letter or ' '}{HOLIDAY_MARK if self.holiday else ' '}"


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks from Monday to Sunday, with nothing where a square belongs to another month."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def title(self) -> str:
        """Such as "March 2027"."""
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def days(self) -> tuple[Day, ...]:
        """Its days in order."""
        return tuple(day for week in self.weeks for day in week if day is not None)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a line, and the letter whose colour it may have; empty for none."""

    text: str
    letter: str = ""


def months(nights: Nights, most: int | None = None) -> tuple[Month, ...]:
    """The months a window touches, at most so many from its first."""
    found: list[Month] = []
    first = nights.first.replace(day=1)
    terms = nights.calendar.terms
    holidays = terms.holidays if terms else ()
    off = {h.first + timedelta(n) for h in holidays for n in range(h.nights)}
    while first <= nights.last and (most is None or len(found) < most):
        found.append(_month(nights, first, off))
        first += timedelta(days=monthrange(first.year, first.month)[1])
    return tuple(found)


def _month(nights: Nights, first: date, off: set[date]) -> Month:
    start = first.toordinal() - nights.first.toordinal()
    squares: list[Day | None] = [None] * first.weekday()
    for n in range(monthrange(first.year, first.month)[1]):
        day, place = first + timedelta(days=n), start + n
        if not 0 <= place < nights.days:
            squares.append(Day(day))
            continue
        letter = nights.letters[place]
        squares.append(Day(day, letter, place > 0 and nights.letters[place - 1] != letter, day in off))
    squares += [None] * (-len(squares) % 7)
    return Month(first, tuple(tuple(squares[n : n + 7]) for n in range(0, len(squares), 7)))


def abreast(found: Sequence[Month], width: int) -> list[list[Piece]]:
    """The months drawn side by side as many as fit, each line as its pieces; never wider than ``width`` unless one is.

    Args:
        found: the months, in order.
        width: columns there are.
    """
    beside = max(1, (width + GAP) // (WIDTH + GAP))
    lines: list[list[Piece]] = []
    for at in range(0, len(found), beside):
        row = [_drawn(month) for month in found[at : at + beside]]
        for parts in zip_longest(*row, fillvalue=()):
            line: list[Piece] = []
            for number, part in enumerate(parts):
                line += [Piece(" " * GAP)] if number else []
                line += part or [Piece(" " * WIDTH)]
            lines.append(line)
        lines.append([])
    return lines[:-1]


def legend(found: Sequence[Month]) -> str:
    """What the marks mean that are on these months."""
    days = [day for month in found for day in month.days]
    said = ["the letter is whose night begins that evening"]
    said += [f"{HANDOVER_MARK} the child moves that day"] if any(day.handover for day in days) else []
    said += [f"{HOLIDAY_MARK} school holiday"] if any(day.holiday for day in days) else []
    return "; ".join(said)


def in_lines(month: Month) -> list[str]:
    """The weeks of a month as sentences for a screen reader: "Mon 1 A, Tue 2 changes to B"."""
    lines = []
    for week in month.weeks:
        days = [day for day in week if day is not None and day.letter]
        if not days:
            continue
        said = [
            f"{WEEKDAYS[day.on.weekday()][:3]} {day.on.day} "
            f"{'changes to ' if day.handover else ''}{day.letter}{' holiday' if day.holiday else ''}"
            for day in days
        ]
        lines.append(", ".join(said))
    return lines


def _drawn(month: Month) -> list[list[Piece]]:
    heads = "".join(f"{name[:2]:<{CELL}}" for name in WEEKDAYS)
    weeks = [
        [Piece(" " * CELL) if day is None else Piece(day.text, day.letter) for day in week] for week in month.weeks
    ]
    return [[Piece(f"{month.title:<{WIDTH}}")], [Piece(heads)], *weeks]
