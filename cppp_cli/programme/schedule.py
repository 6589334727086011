"""The timetable of one case: a date for every step between day zero and the filing of the report.

The usual windows come from `offsets`, the dates in them from `placing`, and what does not fit from
`schedule_warnings`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from cppp_cli.errors import NotFoundError
from cppp_cli.programme.offsets import PROGRAMME_DAYS
from cppp_cli.programme.placing import Slot, place
from cppp_cli.programme.schedule_warnings import ScheduleWarning, assess

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.programme.offsets import Kind, StepRule
    from cppp_cli.programme.working_days import WorkingDays

PROGRAMME_END = "programme-end"
_WEEKS = PROGRAMME_DAYS // 7


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case.

    Attributes:
        key, label, kind, gap: as in its rule.
        window_start: where its window opens, shortened when the court wants the report early.
        window_end: the last day of that window.
        on: the day it is planned for, or was held.
        fixed: the officer chose the date, or the step has happened; planning leaves it alone.
    """

    key: str
    label: str
    kind: Kind
    gap: int
    window_start: date
    window_end: date
    on: date
    fixed: bool


@dataclass(frozen=True, slots=True)
class Timetable:
    """Every step with its date, what it was worked out from, and what does not fit.

    Attributes:
        day_zero: the day of the order or of the consent.
        programme_end: twelve weeks later, day 84.
        filing_due: the date the court ordered, if it did.
        hearing: the next hearing, if one is listed.
        not_before: no step that is not fixed was planned before this day.
        rules: the offsets used.
        steps: in the order of the programme.
        warnings: what to look at; empty when everything fits.
    """

    day_zero: date
    programme_end: date
    filing_due: date | None
    hearing: date | None
    not_before: date | None
    rules: tuple[StepRule, ...]
    steps: tuple[Step, ...]
    warnings: tuple[ScheduleWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class StripCell:
    """One week of the programme: its number, its first day, the keys that fall in it, and whether today does."""

    week: int
    start: date
    keys: tuple[str, ...]
    today: bool


def propose(
    day_zero: date,
    filing_due: date | None,
    hearing: date | None,
    rules: Sequence[StepRule],
    calendar: WorkingDays,
    *,
    fixed: Mapping[str, date] = MappingProxyType({}),
    not_before: date | None = None,
) -> Timetable:
    """A date for every step, and warnings about what does not fit.

    The report is filed by the ordered date; without one, by day 84. A hearing moves nothing: it is only warned about.

    Args:
        day_zero: the day of the order or of the consent.
        filing_due: the last day for filing, if the court ordered one.
        hearing: the next hearing, if one is listed.
        rules: the usual timetable; its last step is the filing.
        calendar: the officer's own working days; no date is proposed on another day.
        fixed: steps that were held, or were moved by the officer, and when.
        not_before: propose nothing earlier than this, usually today.

    Raises:
        NotFoundError: `fixed` names a step that the rules do not have.
    """
    _refuse_unknown(fixed, rules)
    programme_end = day_zero + timedelta(days=PROGRAMME_DAYS)
    windows = [_window(rule, day_zero, filing_due) for rule in rules]
    slots = [Slot(rule.gap, opens, fixed.get(rule.key)) for rule, (opens, _) in zip(rules, windows, strict=True)]
    floor = max(day_zero, not_before or day_zero)
    dates = place(slots, floor, _limits(programme_end, filing_due), calendar)
    steps = tuple(
        Step(rule.key, rule.label, rule.kind, rule.gap, *window, on, fixed=rule.key in fixed)
        for rule, window, on in zip(rules, windows, dates, strict=True)
    )
    timetable = Timetable(day_zero, programme_end, filing_due, hearing, not_before, tuple(rules), steps)
    return replace(timetable, warnings=assess(timetable, calendar))


def move(timetable: Timetable, key: str, to: date, calendar: WorkingDays) -> Timetable:
    """The timetable with one step fixed on another day, and the steps that are not fixed planned around it.

    Raises:
        NotFoundError: there is no such step.
    """
    fixed = {step.key: step.on for step in timetable.steps if step.fixed} | {key: to}
    return propose(
        timetable.day_zero,
        timetable.filing_due,
        timetable.hearing,
        timetable.rules,
        calendar,
        fixed=fixed,
        not_before=timetable.not_before,
    )


def check_move(timetable: Timetable, key: str, to: date, calendar: WorkingDays) -> tuple[ScheduleWarning, ...]:
    """What `move` would newly cause to be warned about; nothing that was warned about before.

    Raises:
        NotFoundError: there is no such step.
    """
    return tuple(found for found in move(timetable, key, to, calendar).warnings if found not in timetable.warnings)


def week_of(day_zero: date, day: date) -> int:
    """The week of the programme `day` falls in, from 1.

    Weeks begin on the weekday of day zero. Day 84 closes week 12 and does not open another; days before day zero
    belong to week 1.
    """
    days = (day - day_zero).days
    return _WEEKS if days == PROGRAMME_DAYS else max(days // 7, 0) + 1


def strip(timetable: Timetable, today: date) -> tuple[StripCell, ...]:
    """The weeks of the programme in a row: twelve, or as many as there are steps.

    The key `programme-end` marks the week with day 84. No cell holds today before day zero or after the last week.
    """
    day_zero = timetable.day_zero
    weeks = [(week_of(day_zero, step.on), step.key) for step in timetable.steps]
    weeks.append((week_of(day_zero, timetable.programme_end), PROGRAMME_END))
    this_week = week_of(day_zero, today) if today >= day_zero else None
    return tuple(
        StripCell(
            week=week,
            start=day_zero + timedelta(weeks=week - 1),
            keys=tuple(key for falls_in, key in weeks if falls_in == week),
            today=week == this_week,
        )
        for week in range(1, max(falls_in for falls_in, _ in weeks) + 1)
    )


def _refuse_unknown(fixed: Mapping[str, date], rules: Sequence[StepRule]) -> None:
    known = [rule.key for rule in rules]
    if not set(known).issuperset(fixed):
        raise NotFoundError(f"There is no such step in the timetable. The steps are {', '.join(known)}.")


def _window(rule: StepRule, day_zero: date, filing_due: date | None) -> tuple[date, date]:
    """The first and last day of a window, shortened in proportion when the court wants the report before day 84."""
    length = PROGRAMME_DAYS if filing_due is None else min(max((filing_due - day_zero).days, 0), PROGRAMME_DAYS)
    opens = day_zero + timedelta(days=rule.first_day * length // PROGRAMME_DAYS)
    closes = day_zero + timedelta(days=rule.last_day * length // PROGRAMME_DAYS)
    return opens, closes


def _limits(programme_end: date, filing_due: date | None) -> tuple[date, ...]:
    """The last days for filing, the better one first: a later ordered date is used only when day 84 cannot be met."""
    if filing_due is None or filing_due == programme_end:
        return (programme_end,)
    return (programme_end, filing_due) if filing_due > programme_end else (filing_due,)
