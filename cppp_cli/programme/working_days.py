"""Counting in working days: the officer's own, or the court's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cppp_cli.errors import AnswersError

MONDAY_TO_FRIDAY = frozenset(range(5))
_ONE_DAY = timedelta(days=1)
_SHORT_PERIOD = 7  # days; Family Procedure Rules 2010, rule 2.9


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The weekdays on which work is done, less the days that are closed.

    With bank holidays as `closed` and the weekdays left alone these are the court's business days. An officer who
    works part of the week has fewer weekdays; leave can be closed too.

    Attributes:
        weekdays: 0 for Monday to 6 for Sunday; at least one.
        closed: single days without work.
    """

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a week without a working day: a search for one would never end."""
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise AnswersError("A working week needs at least one day from Monday to Sunday. Choose the working days.")

    def is_working(self, day: date) -> bool:
        """Whether work is done on `day`."""
        return day.weekday() in self.weekdays and day not in self.closed

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """`day` if it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The working day that is `number` after `day`, or before it when negative.

        `day` itself is never counted, so one working day after a Friday and after the Saturday is the same Monday.
        None after `day` is `day`, working or not.
        """
        for _ in range(number):
            day = self.on_or_after(day + _ONE_DAY)
        for _ in range(-number):
            day = self.on_or_before(day - _ONE_DAY)
        return day

    def count_between(self, start: date, end: date) -> int:
        """How many working days `end` is after `start`; negative when it is before.

        `start` is not counted and `end` is, so this undoes `add_working_days`.
        """
        step = 1 if start <= end else -1
        days = (start + timedelta(days=step * number) for number in range(1, abs((end - start).days) + 1))
        return step * sum(map(self.is_working, days))


def latest_clear_days_before(hearing: date, days: int, calendar: WorkingDays) -> date:
    """The last day to act when something must be done at least `days` clear days before `hearing`.

    Clear days leave out both the day of the act and the day of the hearing. In a period of seven days or less, a day
    that is not a business day does not count (Family Procedure Rules 2010, rule 2.9). The answer can be a day on
    which the court office is closed; `calendar.on_or_before` of it is the last day it is open.

    Args:
        hearing: the day of the event.
        days: how many clear days there must be, not negative.
        calendar: the court's business days, not the officer's own.
    """
    if days > _SHORT_PERIOD:
        return hearing - timedelta(days=days + 1)
    return calendar.add_working_days(hearing, -days) - _ONE_DAY


def clear_days_between(act: date, event: date, calendar: WorkingDays) -> int:
    """How many clear days lie between the day of an act and the day of an event; none when it is not before it.

    In a period of seven days or less, a day that is not a business day does not count (Family Procedure Rules 2010,
    rule 2.9).

    Args:
        act: the day of the act.
        event: the day of the event, such as a hearing.
        calendar: the court's business days, not the officer's own.
    """
    days = max((event - act).days - 1, 0)
    if days > _SHORT_PERIOD:
        return days
    return sum(calendar.is_working(act + timedelta(days=number)) for number in range(1, days + 1))
