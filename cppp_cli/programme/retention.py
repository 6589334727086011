"""How long things are kept: this working copy, and the official record, which is no part of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import say_date

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS: Final = 6
MONTHS_AT_LEAST: Final = 1
MONTHS_AT_MOST: Final = 120
"""After how many months a closed case's working copy falls due until the office says otherwise, and what it may say."""

RECORD_AGE: Final = 25
"""Years: in most cases Cafcass keeps the official record until the youngest child of the case is that old."""

_LEAP_DAY: Final = (2, 29)

WORKING_COPY: Final = "This is a working copy and not the official record."

HOLDS: Final = {"complaint": "a complaint", "appeal": "an appeal", "access_request": "an access request"}
"""What keeps a case from being erased while it goes on."""

REASONS: Final = {
    "opened-in-error": "it was opened by mistake",
    "office-instruction": "the office gave the instruction",
    "other-record": "what it holds is kept in another record",
}
"""Why a case may be erased before its working copy falls due."""


@dataclass(frozen=True)
class Closure:
    """The end of a case: when it was closed, when its record was confirmed, and when the working copy falls due."""

    closed_on: date
    record_confirmed_on: date
    due_on: date

    def is_due(self, today: date) -> bool:
        """Whether the working copy is to be erased, from the due day itself on."""
        return today >= self.due_on


@dataclass(frozen=True)
class Hold:
    """Something that goes on and needs the case: one of ``HOLDS``, since when, and until when it is over."""

    kind: str
    since: date
    lifted_on: date | None = None

    @property
    def label(self) -> str:
        """The hold as a sentence names it."""
        return HOLDS[self.kind]


def due_date(closed_on: date, months: int) -> date:
    """The day so many months later; where the month has no such day, its last."""
    from dateutil.relativedelta import relativedelta  # 17 ms, and not needed to show a day that is kept

    return closed_on + relativedelta(months=months)


def record_date(born: date) -> date:
    """The 25th birthday. Born on 29 February it is 1 March, the later day, so that a record never goes too soon."""
    year = born.year + RECORD_AGE
    # No year that is 25 after a leap year has a 29 February.
    return date(year, 3, 1) if (born.month, born.day) == _LEAP_DAY else born.replace(year=year)


def official_record(births: Iterable[date | None]) -> date | None:
    """The day until which the official record is usually kept; None while a child's date of birth is not known."""
    known = list(births)
    days = [record_date(born) for born in known if born is not None]
    return max(days) if days and len(days) == len(known) else None


def say_official_record(births: Iterable[date | None]) -> str:
    """That day in words, with what was decided where a child was born on 29 February."""
    known = list(births)
    day = official_record(known)
    if day is None:
        return f"usually kept until the youngest child is {RECORD_AGE}; a child's date of birth is not on file"
    said = f"usually kept until {say_date(day)}, when the youngest child is {RECORD_AGE}"
    youngest = max(born for born in known if born is not None)
    if (youngest.month, youngest.day) == _LEAP_DAY:
        said += (
            f" (born on 29 February, a day that {day.year} does not have: 1 March is taken, the later day, so that the "
            "record does not go too soon)"
        )
    return said
