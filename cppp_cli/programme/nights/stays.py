"""Stays: the runs of nights that follow one another with the same side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """Nights in a row with one side: the evening of ``first`` to the evening of ``last``, both included."""

    first: date
    last: date
    letter: str

    @property
    def nights(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def leaves(self) -> date:
        """The day after its last night."""
        return self.last + _DAY


def stays(first: date, letters: str) -> tuple[Stay, ...]:
    """The stays of a window, the first and the last as far as they lie in it."""
    found, day = [], first
    for letter, run in groupby(letters):
        last = day + timedelta(days=len(list(run)) - 1)
        found.append(Stay(day, last, letter))
        day = last + _DAY
    return tuple(found)
