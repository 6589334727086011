"""What can be counted in the nights of a window, each figure with the basis it was counted on.

A figure that cannot be counted, because no term dates were given, is None and never nought.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import say_date, say_time
from cppp_cli.programme.nights.daytimes import minutes
from cppp_cli.programme.nights.patterns import LETTERS, WEEK
from cppp_cli.programme.nights.terms import HolidayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.programme.nights.lay import Nights

_FRIDAY: Final = 4
_RUNS: Final = {"A": re.compile("A+"), "B": re.compile("B+")}
_AWAY: Final = {"A": re.compile("[^A]+"), "B": re.compile("[^B]+")}


@dataclass(frozen=True, slots=True)
class Tally:
    """A count for each letter."""

    a: int = 0
    b: int = 0
    o: int = 0

    @property
    def total(self) -> int:
        """All of them together."""
        return self.a + self.b + self.o

    def shares(self) -> dict[str, float]:
        """Each count in percent of the total, with two decimals; nought of nothing is nought."""
        whole = self.total or 1
        return {key: round(100 * count / whole, 2) for key, count in self.as_data().items()}

    def as_data(self) -> dict[str, int]:
        """The counts by small letters."""
        return {"a": self.a, "b": self.b, "o": self.o}


@dataclass(frozen=True, slots=True)
class Weekends:
    """Weekends, as the nights of a Friday and its Saturday: whole with A, with B, with others, or divided."""

    a: int
    b: int
    o: int
    divided: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The longest run of nights of some kind; ``first`` is None when there is none."""

    nights: int
    first: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted; the sentence each figure rests on stands in ``basis`` under its name.

    Attributes:
        first: the first night.
        last: the last night.
        days: how many nights.
        nights: nights with A, B and others.
        minutes: minutes with each, from the handover on the first date to the handover after the last night.
        weekends: weekends wholly inside the window.
        holiday_nights: nights of school holidays; None without term dates.
        school_nights: nights before a school day; None without term dates.
        handovers: changes between one night and the next.
        longest_run: the longest run of nights with A, and with B.
        longest_away: the longest run of nights not with A, and not with B.
        basis: a sentence for each figure.
        cautions: what the reader should know besides, such as term dates that do not reach to the end.
    """

    first: date
    last: date
    days: int
    nights: Tally
    minutes: Tally
    weekends: Weekends
    holiday_nights: Tally | None
    school_nights: Tally | None
    handovers: int
    longest_run: Mapping[str, Stretch]
    longest_away: Mapping[str, Stretch]
    basis: Mapping[str, str]
    cautions: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """All of it in plain values, as ``--json`` prints them; shares in percent, hours with two decimals."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "days": self.days,
            "nights": self.nights.as_data(),
            "share": self.nights.shares(),
            "hours": {key: round(count / 60, 2) for key, count in self.minutes.as_data().items()},
            "share_of_hours": self.minutes.shares(),
            "weekends": {
                "a": self.weekends.a,
                "b": self.weekends.b,
                "o": self.weekends.o,
                "divided": self.weekends.divided,
            },
            "holiday_nights": self.holiday_nights.as_data() if self.holiday_nights else None,
            "school_nights": self.school_nights.as_data() if self.school_nights else None,
            "handovers": self.handovers,
            "longest_run": {side: stretch.nights for side, stretch in self.longest_run.items()},
            "longest_run_from": _firsts(self.longest_run),
            "longest_away": {side: stretch.nights for side, stretch in self.longest_away.items()},
            "longest_away_from": _firsts(self.longest_away),
            "basis": dict(self.basis),
            "cautions": list(self.cautions),
        }


def figures(nights: Nights) -> Figures:
    """Everything that is counted in the nights of a window."""
    letters = nights.letters
    spent = minutes(nights)
    return Figures(
        first=nights.first,
        last=nights.last,
        days=nights.days,
        nights=_tally(letters),
        minutes=Tally(spent["A"], spent["B"], spent["O"]),
        weekends=_weekends(nights),
        holiday_nights=_holiday_nights(nights),
        school_nights=_school_nights(nights),
        handovers=sum(one != other for one, other in pairwise(letters)),
        longest_run={side.lower(): _longest(runs, nights) for side, runs in _RUNS.items()},
        longest_away={side.lower(): _longest(runs, nights) for side, runs in _AWAY.items()},
        basis=_basis(nights),
        cautions=_cautions(nights),
    )


def _firsts(stretches: Mapping[str, Stretch]) -> dict[str, str | None]:
    return {side: stretch.first.isoformat() if stretch.first else None for side, stretch in stretches.items()}


def _tally(letters: str) -> Tally:
    return Tally(*(letters.count(letter) for letter in LETTERS))


def _weekends(nights: Nights) -> Weekends:
    friday = (_FRIDAY - nights.first.weekday()) % WEEK
    # A Friday that is the last night has no Saturday in the window, and is left out by zip.
    both = Counter(zip(nights.letters[friday::WEEK], nights.letters[friday + 1 :: WEEK], strict=False))
    a, b, o = (both[letter, letter] for letter in LETTERS)
    return Weekends(a, b, o, divided=both.total() - a - b - o)


def _holiday_nights(nights: Nights) -> Tally | None:
    terms = nights.calendar.terms
    if terms is None or terms.first is None:
        return None
    start = nights.first.toordinal()
    inside = bytearray(nights.days)
    for holiday in terms.holidays:
        low, high = max(holiday.first.toordinal() - start, 0), min(holiday.last.toordinal() - start + 1, nights.days)
        if low < high:
            inside[low:high] = b"\x01" * (high - low)
    return _tally("".join(compress(nights.letters, inside)))


def _school_nights(nights: Nights) -> Tally | None:
    terms = nights.calendar.terms
    if terms is None or terms.first is None:
        return None
    tomorrow = nights.first + timedelta(days=1)
    school = terms.school_days(tomorrow, nights.days, nights.calendar.bank_holidays)
    return _tally("".join(compress(nights.letters, school)))


def _longest(runs: re.Pattern[str], nights: Nights) -> Stretch:
    """The first of the longest runs."""
    best = max(runs.finditer(nights.letters), key=lambda found: found.end() - found.start(), default=None)
    if best is None:
        return Stretch(0, None)
    return Stretch(best.end() - best.start(), nights.first + timedelta(days=best.start()))


def _basis(nights: Nights) -> dict[str, str]:
    at = say_time(nights.calendar.handover_at)
    if nights.calendar.hour_named:
        span_of_hours = f"from {at} on its date, when care changes, to {at} on the next"
    else:
        span_of_hours = f"from {at} on its date to {at} on the next, counted with {at}, as no hour was named"
    span = f"{nights.days} nights" if nights.days > 1 else "one night"
    terms = nights.calendar.terms
    if terms is None or terms.first is None:
        holidays = school = "Not counted: no term dates were given."
    else:
        holidays = (
            "Nights of the days of school holidays, from the first day without school to the last, with the weekends "
            "at both ends; bank holidays and inset days by themselves are not holidays here."
        )
        school = (
            "Nights before a school day: a weekday in term that is no holiday, inset day or bank holiday. The last "
            "night of a holiday counts here as well."
        )
    run = "A run that reaches the first or the last night counted may be longer than is seen here."
    return {
        "nights": f"Where the child sleeps on {span}, from {say_date(nights.first)} to {say_date(nights.last)}; "
        "a night belongs to the date of its evening.",
        "share": "Nights with each in percent of all nights counted.",
        "hours": f"Each night carries the 24 hours {span_of_hours}; "
        "daytimes and hours of special days are moved to whoever has them. School hours are not taken out, and the "
        "clocks going forward or back are ignored.",
        "share_of_hours": "Hours with each in percent of all hours counted.",
        "weekends": "The nights of a Friday and its Saturday, both inside the window; divided when not with the same.",
        "holiday_nights": holidays,
        "school_nights": school,
        "handovers": "Changes between one night and the next inside the window; visits in the day are not counted.",
        "longest_run": f"The most nights one after the other with the same side. {run}",
        "longest_away": f"The most nights one after the other that are not with that side. {run}",
    }


def _cautions(nights: Nights) -> tuple[str, ...]:
    calendar, terms = nights.calendar, nights.calendar.terms
    found = []
    kinds = {rule.kind for rule in calendar.holidays}
    needs_terms = bool(kinds - {HolidayKind.BANK_HOLIDAY})
    if terms is None or terms.first is None or terms.last is None:
        if needs_terms:
            found.append("There are rules for school holidays but no term dates, so these rules had no effect.")
    elif not (terms.covers(nights.first) and terms.covers(nights.last + timedelta(days=1))):
        found.append(
            f"The term dates reach from {say_date(terms.first)} to {say_date(terms.last)}. Other nights are counted "
            "neither as holiday nor as school nights, and no rule for school holidays had any effect on them."
        )
    if HolidayKind.BANK_HOLIDAY in kinds and not calendar.bank_holidays:
        found.append("There is a rule for bank holidays but no bank holidays were given, so it had no effect.")
    return tuple(found)
