"""What one child's arrangement says: a pattern, and the layers of rules that lie over it.

The layers, from the lowest to the highest: the normal pattern, school holidays, special days, one-off swaps. A night is
decided by the highest layer that says anything about it. Within a layer the rule that stands later in its list wins,
with one exception: a rule for a holiday by name wins over one for any school holiday, and both over rules for bank
holidays and inset days. A night belongs to the date of its evening: the night of 24 December ends on Christmas morning.

Years alternate by the calendar year: for a school holiday that of its first day, so the Christmas holiday that begins
in December 2026 counts as 2026 to its end; for a special day that of the day itself, so New Year's Day 2027 is 2027.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Final

from cppp_cli.errors import AnswersError
from cppp_cli.programme.nights.patterns import LETTERS
from cppp_cli.programme.nights.terms import HolidayKind, TermDates

HANDOVER_AT: Final = time(18)
"""The hour that is counted with when nobody named one."""

MOST_NIGHTS: Final = 100
"""The most nights one special day may bring with it."""

SINGLE_DAYS: Final = (HolidayKind.BANK_HOLIDAY, HolidayKind.INSET)


class Layer(StrEnum):
    """The layers, from the lowest to the highest."""

    PATTERN = "pattern"
    HOLIDAY = "holiday"
    SPECIAL = "special"
    SWAP = "swap"

    @property
    def label(self) -> str:
        """The layer as it stands in a sentence."""
        return _LAYER_LABELS[self]


_LAYER_LABELS: Final = {
    Layer.PATTERN: "normal pattern",
    Layer.HOLIDAY: "school holidays",
    Layer.SPECIAL: "special days",
    Layer.SWAP: "one-off swaps",
}


class Turn(StrEnum):
    """Who has something, in one year and the next."""

    A = "a"
    B = "b"
    O = "o"  # noqa: E741  - the letter of everybody who is on neither side
    A_EVEN = "a_even"
    B_EVEN = "b_even"

    @property
    def alternates(self) -> bool:
        """Whether it goes by the year."""
        return self in {Turn.A_EVEN, Turn.B_EVEN}

    @property
    def words(self) -> str:
        """The turn as it stands in a sentence."""
        return _TURN_WORDS[self]

    def letter(self, year: int) -> str:
        """Whose turn it is in a year."""
        if not self.alternates:
            return self.value.upper()
        return "A" if (self is Turn.A_EVEN) == (year % 2 == 0) else "B"


_TURN_WORDS: Final = {
    Turn.A: "A every year",
    Turn.B: "B every year",
    Turn.O: "somebody else every year",
    Turn.A_EVEN: "A in even years, B in odd years",
    Turn.B_EVEN: "B in even years, A in odd years",
}


class Share(StrEnum):
    """How a holiday is shared.

    HALVES: the first half with ``who``, the second with the other side.
    WHOLE: every night with ``who``.
    BLOCKS: runs of nights in turn, the first with ``who``; seven nights each are "week about".
    WEEKEND: for bank holidays and inset days only: the night between the day and its weekend is with whoever has the
        Saturday night by the pattern and the holidays; so on a Monday the weekend lasts until Monday and on a Friday
        it begins on Thursday evening. On other weekdays nothing changes.
    PATTERN: the normal pattern goes on.
    """

    HALVES = "halves"
    WHOLE = "whole"
    BLOCKS = "blocks"
    WEEKEND = "weekend"
    PATTERN = "pattern"


class Middle(StrEnum):
    """Who has the middle night when a holiday of an odd number of nights is halved."""

    FIRST = "first"  # it belongs to the first half
    SECOND = "second"
    A = "a"
    B = "b"
    A_EVEN = "a_even"
    B_EVEN = "b_even"

    def letter(self, year: int, first: str, second: str) -> str:
        """Who has it in a year, given who has the halves."""
        if self is Middle.FIRST:
            return first
        return second if self is Middle.SECOND else Turn(self.value).letter(year)


@dataclass(frozen=True, slots=True)
class Daytime:
    """Time in the day that repeats with the normal pattern and changes no night.

    It does not happen on a day whose night a holiday, a special day or a swap decides; where the normal pattern goes on
    in a holiday, so does it.

    Attributes:
        weekday: 0 for Monday to 6 for Sunday.
        start: when it begins.
        end: when it ends, later on the same day.
        side: whose time it is: A, B or O.
        week: in which week of the cycle alone, counted from 1; None for every week. The weeks of a cycle are runs of
            seven nights from the first letter.
    """

    weekday: int
    start: time
    end: time
    side: str
    week: int | None = None

    def __post_init__(self) -> None:
        """Refuse a time that ends before it begins, and a side that does not exist."""
        _refuse(self.end <= self.start, "Time in the day must end after it begins. Check both times.")
        _known_letters(self.side)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """How one kind of holiday is shared.

    The nights of a school holiday are those of its days, from the first day without school to the last.

    Attributes:
        kind: which holiday; ANY is every school holiday without a rule of its own.
        share: how it is shared.
        who: who has the whole of it, or its first half, or its first run of nights; A or B, except for a whole.
        middle: who has the middle night of an odd number.
        block: nights in each run, for runs in turn.
        evening_before: whether the evening before its first day belongs to it, as when it starts at the end of school.
        home_before_school: whether its last night stays with the normal pattern, so that school begins from there.
    """

    kind: HolidayKind
    share: Share
    who: Turn = Turn.A_EVEN
    middle: Middle = Middle.FIRST
    block: int = 7
    evening_before: bool = False
    home_before_school: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be worked out."""
        single = self.kind in SINGLE_DAYS
        _refuse(
            single and self.share in {Share.HALVES, Share.BLOCKS},
            "A single day cannot be halved or shared in weeks. Choose who has it.",
        )
        _refuse(
            not single and self.share is Share.WEEKEND,
            "Only a bank holiday or an inset day can go with its weekend. Choose another way to share.",
        )
        _refuse(
            self.share in {Share.HALVES, Share.BLOCKS} and self.who is Turn.O,
            "What is shared between the sides begins with A or B. Choose one of them.",
        )
        _refuse(self.block < 1, "A run of nights has at least one night. Type a number from 1.")


class DayKind(StrEnum):
    """Which special day it is."""

    CHRISTMAS_EVE = "christmas_eve"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"
    NEW_YEARS_EVE = "new_years_eve"
    NEW_YEARS_DAY = "new_years_day"
    EASTER_SUNDAY = "easter_sunday"
    MOTHERING_SUNDAY = "mothering_sunday"  # 21 days before Easter Sunday
    FATHERS_DAY = "fathers_day"  # the third Sunday of June
    EVERY_YEAR = "every_year"  # on a typed day and month, such as a birthday
    DATES = "dates"  # on typed dates, such as a festival that moves from year to year

    @property
    def label(self) -> str:
        """The day as it stands in a sentence."""
        return _DAY_LABELS.get(self, self.value.replace("_", " ").title())


_DAY_LABELS: Final = {
    DayKind.NEW_YEARS_EVE: "New Year's Eve",
    DayKind.NEW_YEARS_DAY: "New Year's Day",
    DayKind.FATHERS_DAY: "Father's Day",
    DayKind.EVERY_YEAR: "a day of every year",
    DayKind.DATES: "a typed date",
}

FIXED_DAYS: Final = {
    DayKind.CHRISTMAS_EVE: (12, 24),
    DayKind.CHRISTMAS_DAY: (12, 25),
    DayKind.BOXING_DAY: (12, 26),
    DayKind.NEW_YEARS_EVE: (12, 31),
    DayKind.NEW_YEARS_DAY: (1, 1),
}
"""Month and day of the special days that have a fixed date."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with a rule of its own, every year or on typed dates.

    29 February is kept on 1 March in a year without one, as an age is.

    Attributes:
        kind: which day.
        who: who has it; by the year of the day itself.
        label: what it is called, such as "Ivy's birthday"; empty for the name of its kind.
        month: of a day of every year.
        day: of a day of every year.
        dates: the typed dates.
        before: how many nights before the day it begins; 1 is the evening before.
        nights: how many nights it lasts from there.
        hours: from when to when on the day alone; the nights then stay as the lower layers say.
        first: the first date on which the rule holds; None for always.
        last: the last date on which it holds; None for always.
    """

    kind: DayKind
    who: Turn
    label: str = ""
    month: int = 0
    day: int = 0
    dates: tuple[date, ...] = ()
    before: int = 0
    nights: int = 1
    hours: tuple[time, time] | None = None
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuse a day that never comes, and a span that cannot be counted."""
        if self.kind is DayKind.EVERY_YEAR:
            # 29 February exists in the year 2000, as every day of any year does.
            try:
                date(2000, self.month, self.day)
            except ValueError:
                raise AnswersError("There is no such day in any year. Type a day and a month, such as 4 May.") from None
        span = 1 <= self.nights <= MOST_NIGHTS and 0 <= self.before <= MOST_NIGHTS
        _refuse(not span, f"A special day lasts from 1 to {MOST_NIGHTS} nights. Type fewer.")
        _refuse(
            self.hours is not None and self.hours[1] <= self.hours[0],
            "The hours of a special day must end after they begin. Check both times.",
        )

    @property
    def name(self) -> str:
        """What the day is called."""
        return self.label or self.kind.label

    @property
    def moved_in_ordinary_years(self) -> bool:
        """Whether it stands on 29 February."""
        return self.kind is DayKind.EVERY_YEAR and (self.month, self.day) == (2, 29)


@dataclass(frozen=True, slots=True)
class Swap:
    """A one-off change: the nights from ``first`` to ``last``, both included, are with ``letter``."""

    first: date
    last: date
    letter: str

    def __post_init__(self) -> None:
        """Refuse a swap that ends before it begins, and a side that does not exist."""
        _refuse(self.last < self.first, "A swap ends on or after the day it begins. Check both dates.")
        _known_letters(self.letter)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything that decides where one child sleeps.

    Attributes:
        letters: the normal pattern, one letter for each night; it repeats for ever, also before its first night.
        starts_on: the date of the first letter's night.
        handover_at: when care changes on a day between two different nights.
        daytimes: time in the day that repeats with the pattern.
        holidays: how school holidays, bank holidays and inset days are shared.
        special_days: days with a rule of their own.
        swaps: one-off changes.
        terms: the dates of the child's school; None when they are not known, and then no holiday rule has any effect.
        bank_holidays: those of England and Wales for the years that are counted.
        hour_named: whether somebody named the hour of handover; if not, it is the one that is counted with.
    """

    letters: str
    starts_on: date
    handover_at: time = HANDOVER_AT
    daytimes: tuple[Daytime, ...] = ()
    holidays: tuple[HolidayRule, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    swaps: tuple[Swap, ...] = ()
    terms: TermDates | None = None
    bank_holidays: frozenset[date] = field(default_factory=frozenset)
    hour_named: bool = True

    def __post_init__(self) -> None:
        """Refuse a pattern without a night, or with other letters."""
        _known_letters(self.letters)


def _known_letters(letters: str) -> None:
    _refuse(
        not letters or not set(letters) <= set(LETTERS),
        "A night is with A, with B or with somebody else, O. Use these letters alone.",
    )


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise AnswersError(why)
