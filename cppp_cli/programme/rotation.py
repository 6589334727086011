"""Which copies of the officer's file are kept, and which give way to newer ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12
BEFORE_UPGRADES: Final = 2
"""How many days, weeks and months have a copy, counting only those that have one; and copies made before an upgrade."""

_A_YEAR: Final = timedelta(days=366)


class Why(StrEnum):
    """What a copy was made for."""

    ROUTINE = "routine"  # once a day of use, or asked for
    UPGRADE = "upgrade"  # before a new version of cppp changed the file
    REPLACED = "replaced"  # the file that a restore put another in place of


@dataclass(frozen=True, order=True)
class Copy:
    """One copy: when it was made by the officer's own clock, without an offset, and what for."""

    at: datetime
    number: int = 1
    """Tells copies of the same second apart."""
    why: Why = Why.ROUTINE
    step: str = ""
    """The step of the schema that an upgrade was about to make."""


def kept(copies: Iterable[Copy]) -> frozenset[Copy]:
    """The copies to keep: the newest of each of the last days, weeks and months that have one.

    Two kinds stand beside that. Of those made before an upgrade the last two stay. A file that was replaced by a
    restore stays as long as any copy does, a year: it may hold the only record of what was undone by mistake.
    """
    newest_first = sorted(copies, reverse=True)
    routine = [copy for copy in newest_first if copy.why is Why.ROUTINE]
    stay = {
        *_newest_of(routine, lambda copy: copy.at.date(), DAYS),
        *_newest_of(routine, lambda copy: copy.at.isocalendar()[:2], WEEKS),
        *_newest_of(routine, lambda copy: (copy.at.year, copy.at.month), MONTHS),
        *[copy for copy in newest_first if copy.why is Why.UPGRADE][:BEFORE_UPGRADES],
        *[copy for copy in newest_first if copy.why is Why.REPLACED and newest_first[0].at - copy.at <= _A_YEAR],
    }
    return frozenset(stay)


def _newest_of(newest_first: list[Copy], span: Callable[[Copy], Hashable], count: int) -> list[Copy]:
    found: dict[Hashable, Copy] = {}
    for copy in newest_first:
        found.setdefault(span(copy), copy)
    return list(found.values())[:count]
