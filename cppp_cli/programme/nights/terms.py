"""Term dates of one school, and what they say of a day: term or holiday, school or not.

Only records stand here. Reading them from a file is the business of ``term_files``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final, Literal

_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)

PeriodKind = Literal["term", "holiday", "inset"]


class HolidayKind(StrEnum):
    """Which holiday it is. The last three are not found in a school's list of holidays; rules name them."""

    OCTOBER = "october"
    CHRISTMAS = "christmas"
    FEBRUARY = "february"
    EASTER = "easter"
    MAY = "may"
    SUMMER = "summer"
    BANK_HOLIDAY = "bank_holiday"
    INSET = "inset"
    ANY = "any"

    @property
    def label(self) -> str:
        """The holiday as it stands in a sentence, such as "October half term"."""
        return _LABELS[self]


_LABELS: Final = {
    HolidayKind.OCTOBER: "October half term",
    HolidayKind.CHRISTMAS: "Christmas holiday",
    HolidayKind.FEBRUARY: "February half term",
    HolidayKind.EASTER: "Easter holiday",
    HolidayKind.MAY: "May half term",
    HolidayKind.SUMMER: "summer holiday",
    HolidayKind.BANK_HOLIDAY: "bank holiday",
    HolidayKind.INSET: "inset day",
    HolidayKind.ANY: "school holiday",
}

SCHOOL_HOLIDAYS: Final = tuple(HolidayKind)[:6]
"""The six holidays of a school year, in its order."""

# Words of a holiday's name, most telling first; with "half" in the name only the half terms are meant.
_HALF_TERMS: Final = (
    (HolidayKind.OCTOBER, ("october", "autumn", "michaelmas")),
    (HolidayKind.FEBRUARY, ("february", "spring", "lent")),
    (HolidayKind.MAY, ("may", "whit", "summer")),
)
_WHOLE: Final = (
    (HolidayKind.CHRISTMAS, ("christmas", "winter")),
    (HolidayKind.EASTER, ("easter", "spring")),
    (HolidayKind.SUMMER, ("summer",)),
    (HolidayKind.OCTOBER, ("october", "autumn")),
    (HolidayKind.FEBRUARY, ("february",)),
    (HolidayKind.MAY, ("whit", "may ")),
)
_BY_MONTH: Final = (
    *(HolidayKind.CHRISTMAS, HolidayKind.FEBRUARY, HolidayKind.EASTER, HolidayKind.EASTER),
    *(HolidayKind.MAY, HolidayKind.MAY, HolidayKind.SUMMER, HolidayKind.SUMMER, HolidayKind.SUMMER),
    *(HolidayKind.OCTOBER, HolidayKind.OCTOBER, HolidayKind.CHRISTMAS),
)


@dataclass(frozen=True, slots=True)
class Period:
    """One line of a school's list of dates; both its days belong to it."""

    first: date
    last: date
    kind: PeriodKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One school holiday: from the first day without school to the last, the weekends at both ends included."""

    first: date
    last: date
    kind: HolidayKind
    name: str = ""

    @property
    def nights(self) -> int:
        """How many nights belong to its days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class TermDates:
    """What one school says of its terms, holidays and inset days.

    A school may list its terms, its holidays, or both: holidays that are not listed are the gaps between two terms that
    hold a weekday; terms that are not listed are the days between two holidays. A holiday listed from Monday to Friday
    reaches over the weekends next to it, as it does where it is a gap between terms. A listed holiday wins over a term
    in which it lies, and an inset day over both. Nothing is known of a day before the first listed day or after
    the last.

    Attributes:
        periods: the lines of the list, in any order.
        school: what the list is called, such as the school's name; may be empty.
    """

    periods: tuple[Period, ...] = ()
    school: str = ""

    @cached_property
    def first(self) -> date | None:
        """The first day anything is known of."""
        found = [p.first for p in self.periods if p.kind != "inset"]
        return min((*found, *(h.first for h in self.holidays)), default=None)

    @cached_property
    def last(self) -> date | None:
        """The last day anything is known of."""
        found = [p.last for p in self.periods if p.kind != "inset"]
        return max((*found, *(h.last for h in self.holidays)), default=None)

    @cached_property
    def terms(self) -> tuple[Period, ...]:
        """The listed terms, earliest first."""
        return self._of("term")

    @cached_property
    def insets(self) -> tuple[date, ...]:
        """The inset days, earliest first."""
        days = {p.first + timedelta(n) for p in self._of("inset") for n in range((p.last - p.first).days + 1)}
        return tuple(sorted(days))

    @cached_property
    def holidays(self) -> tuple[Holiday, ...]:
        """The school holidays, listed or found between terms, earliest first."""
        listed = [_over_weekends(p) for p in self._of("holiday")]
        reached: date | None = None  # the last day of any term so far: terms may be listed whole and in halves
        gaps = []
        for term in self.terms:
            if reached is not None and term.first > reached + _ONE_DAY:
                gaps.append((reached + _ONE_DAY, term.first - _ONE_DAY))
            reached = max(reached, term.last) if reached else term.last
        for first, last in gaps:
            weekday_in_it = (last - first).days >= 2 or first.weekday() < _SATURDAY or last.weekday() < _SATURDAY  # noqa: PLR2004
            if weekday_in_it and not any(h.first <= last and first <= h.last for h in listed):
                listed.append(_over_weekends(Period(first, last, "holiday")))
        return tuple(sorted(listed, key=lambda h: h.first))

    def covers(self, day: date) -> bool:
        """Whether anything is known of this day."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last

    def holiday_of(self, day: date) -> Holiday | None:
        """The school holiday this day lies in."""
        return next((h for h in self.holidays if h.first <= day <= h.last), None)

    def is_inset(self, day: date) -> bool:
        """Whether the school is closed to children on this day for training."""
        return day in self.insets

    def is_school_day(self, day: date, bank_holidays: frozenset[date] = frozenset()) -> bool:
        """Whether children are at school: a weekday of a term, and no holiday, inset day or bank holiday."""
        if day.weekday() >= _SATURDAY or day in bank_holidays or self.is_inset(day) or self.holiday_of(day):
            return False
        if self.terms:
            return any(term.first <= day <= term.last for term in self.terms)
        return self.covers(day)

    def school_days(self, first: date, days: int, bank_holidays: frozenset[date] = frozenset()) -> bytes:
        """For each of ``days`` days from ``first`` whether it is a school day: 1 or 0."""
        week = bytes(int((first.weekday() + n) % 7 < _SATURDAY) for n in range(7))
        school_week = (week * (days // 7 + 1))[:days]
        found = bytearray(days)
        start = first.toordinal()
        known = [(t.first, t.last) for t in self.terms]
        if not known and self.first is not None and self.last is not None:
            known = [(self.first, self.last)]
        for opens, closes in known:
            low, high = max(opens.toordinal() - start, 0), min(closes.toordinal() - start + 1, days)
            if low < high:
                found[low:high] = school_week[low:high]
        closed = [(h.first, h.last) for h in self.holidays]
        closed += [(day, day) for day in (*self.insets, *bank_holidays)]
        for opens, closes in closed:
            low, high = max(opens.toordinal() - start, 0), min(closes.toordinal() - start + 1, days)
            if low < high:
                found[low:high] = bytes(high - low)
        return bytes(found)

    def _of(self, kind: PeriodKind) -> tuple[Period, ...]:
        return tuple(sorted((p for p in self.periods if p.kind == kind), key=lambda p: (p.first, p.last)))


def holiday_kind(name: str, first: date, last: date) -> HolidayKind:
    """Which of the six school holidays it is: by its name, and where that does not tell, by the month of its middle."""
    said = f"{name.casefold()} "
    for kind, words in _HALF_TERMS if "half" in said else _WHOLE:
        if any(word in said for word in words):
            return kind
    return _BY_MONTH[(first + (last - first) / 2).month - 1]


def _over_weekends(period: Period) -> Holiday:
    first, last = period.first, period.last
    # Monday reaches back to Saturday, Sunday likewise; Friday reaches forward to Sunday, Saturday likewise.
    first -= timedelta(days={0: 2, 6: 1}.get(first.weekday(), 0))
    last += timedelta(days={4: 2, 5: 1}.get(last.weekday(), 0))
    return Holiday(first, last, holiday_kind(period.name, period.first, period.last), period.name)
