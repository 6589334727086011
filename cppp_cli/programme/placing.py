"""Finding a date for each step of a programme.

Steps that are fixed keep their date and cut the programme into stretches, each placed by itself. In a stretch every
step falls on the first working day of its window, or earlier where that is needed to reach the next fixed date, or
the filing date, in time. What cannot be kept is given up in this order: the window; then the gaps, all by the same
number of days and never below one; and last the date to be reached, with the full gaps again, so that the dates are
the soonest anybody can promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.programme.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Slot:
    """A step as placing sees it.

    Attributes:
        gap: the least number of days after the step before.
        opens: the first day of its window.
        fixed: its date, when that is settled.
    """

    gap: int
    opens: date
    fixed: date | None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Steps in a row that are not fixed, and where they may begin."""

    slots: Sequence[Slot]
    floor: date
    before: date | None
    calendar: WorkingDays

    def earliest(self, slot: Slot, before: date | None, cut: int) -> date:
        """The first working day for a slot when the step before it is on `before`."""
        return self.calendar.on_or_after(self.floor if before is None else max(self.floor, before + _gap(slot, cut)))


def place(slots: Sequence[Slot], floor: date, limits: Sequence[date], calendar: WorkingDays) -> list[date]:
    """A date for each slot, in order.

    Args:
        slots: the steps of the programme.
        floor: no slot that is not fixed is placed before this day.
        limits: the last day for the last slot, the preferred one first; full gaps are tried with each before gaps are
            cut with the last.
        calendar: the only days on which a slot is placed.
    """
    dates: list[date] = []
    for is_fixed, group in groupby(slots, key=lambda slot: slot.fixed is not None):
        members = list(group)
        if is_fixed:
            dates.extend(slot.fixed for slot in members if slot.fixed is not None)
            continue
        stretch = _Stretch(members, floor, max(dates, default=None), calendar)
        following = slots[len(dates) + len(members) :]
        aims = _before(stretch, following[0]) if following else _within(stretch, limits)
        attempts = (_fit(stretch, last_day, cut) for last_day, cut in aims)
        dates += next((found for found in attempts if found), []) or _soonest(stretch)
    return dates


def _before(stretch: _Stretch, following: Slot) -> Iterator[tuple[date, int]]:
    """The last day that leaves room for the fixed step after a stretch, with gaps cut by more and more days."""
    if following.fixed is None:
        return
    for cut in range(max(slot.gap for slot in (*stretch.slots, following)) + 1):
        yield following.fixed - _gap(following, cut), cut


def _within(stretch: _Stretch, limits: Sequence[date]) -> Iterator[tuple[date, int]]:
    """Each limit with full gaps, then the last with gaps cut by more and more days."""
    yield from ((limit, 0) for limit in limits)
    for cut in range(1, max(slot.gap for slot in stretch.slots) + 1):
        yield limits[-1], cut


def _fit(stretch: _Stretch, last_day: date, cut: int) -> list[date]:
    """The stretch with every date on or before `last_day`; empty when that cannot be."""
    dates: list[date] = []
    before = stretch.before
    for slot, latest in zip(stretch.slots, _latest(stretch, last_day, cut), strict=True):
        earliest = stretch.earliest(slot, before, cut)
        if earliest > latest:
            return []
        before = min(stretch.calendar.on_or_after(max(earliest, slot.opens)), latest)
        dates.append(before)
    return dates


def _latest(stretch: _Stretch, last_day: date, cut: int) -> list[date]:
    """For each slot the last working day that leaves room for those after it."""
    dates: list[date] = []
    for slot in reversed(stretch.slots):
        latest = stretch.calendar.on_or_before(last_day)
        dates.append(latest)
        last_day = latest - _gap(slot, cut)
    return dates[::-1]


def _soonest(stretch: _Stretch) -> list[date]:
    """The stretch as soon as the full gaps allow, whatever comes after it."""
    dates: list[date] = []
    before = stretch.before
    for slot in stretch.slots:
        before = stretch.earliest(slot, before, cut=0)
        dates.append(before)
    return dates


def _gap(slot: Slot, cut: int) -> timedelta:
    """The gap before a slot after a cut: never below one day, unless none was asked for."""
    return timedelta(days=max(min(slot.gap, 1), slot.gap - cut))
