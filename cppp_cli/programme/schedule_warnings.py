"""What does not fit in a timetable, said in sentences.

Judged from the finished dates alone, so that a timetable gets the same warnings however it came about.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import say_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.schedule import Step, Timetable
    from cppp_cli.programme.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class ScheduleWarning:
    """Something in a timetable that the officer should look at.

    Attributes:
        id: which kind, for programs; it does not change when the wording does.
        text: what does not fit, and what to do about it. Holds step names and dates, nothing about the family.
    """

    id: str
    text: str


def assess(timetable: Timetable, calendar: WorkingDays) -> tuple[ScheduleWarning, ...]:
    """Everything in the timetable that does not fit; the dates of the court first, then the steps in order."""
    return (
        *_court_dates(timetable),
        *_filing(timetable),
        *_order(timetable),
        *_days(timetable, calendar),
    )


def _court_dates(timetable: Timetable) -> Iterator[ScheduleWarning]:
    """Whether the ordered date goes with day zero, the twelve weeks and the hearing."""
    due, hearing, end = timetable.filing_due, timetable.hearing, timetable.programme_end
    if due is None:
        return
    if due <= timetable.day_zero:
        yield ScheduleWarning(
            "due-before-start",
            f"The report is due on {say_date(due)}, but the programme starts on {say_date(timetable.day_zero)}. "
            "Check both dates against the order.",
        )
    elif due < end:
        yield ScheduleWarning(
            "windows-shortened",
            f"The report is due on {say_date(due)}, before the twelve weeks end on {say_date(end)}, so every window "
            "was shortened. Ask the court for a later date if that leaves the family too little time.",
        )
    if hearing is not None and due >= hearing:
        yield ScheduleWarning(
            "due-after-hearing",
            f"The report is due on {say_date(due)}, but the hearing is on {say_date(hearing)}. "
            "Check both against the order, and ask the court which it meant.",
        )


def _filing(timetable: Timetable) -> Iterator[ScheduleWarning]:
    """Whether the report is in time, and every step inside the twelve weeks."""
    filing, due, hearing = timetable.steps[-1].on, timetable.filing_due, timetable.hearing
    if due is not None and filing > due:
        yield ScheduleWarning(
            "filing-after-due",
            f"The report would be filed on {say_date(filing)}, later than the court ordered: {say_date(due)}. "
            "Bring steps forward, or ask the court for more time before the date passes.",
        )
    if hearing is not None and filing >= hearing:
        yield ScheduleWarning(
            "hearing-before-filing",
            f"The hearing on {say_date(hearing)} would come before the report, filed on {say_date(filing)}. "
            "File earlier, or tell the court that the programme will not have ended.",
        )
    beyond = [step for step in timetable.steps if step.on > timetable.programme_end]
    if beyond:
        yield ScheduleWarning(
            "past-programme-end",
            f"The twelve weeks end on {say_date(timetable.programme_end)}, and these steps come later: "
            f"{', '.join(step.label for step in beyond)}. Bring steps forward, or tell the court of the delay.",
        )


def _order(timetable: Timetable) -> Iterator[ScheduleWarning]:
    """Whether each step comes after the one before it, and long enough after."""
    by_key = {step.key: step for step in timetable.steps}
    child, joint = by_key.get("child"), by_key.get("joint")
    if child and joint and child.on > joint.on:
        yield ScheduleWarning(
            "child-after-joint",
            f"{_when(child)} comes after {_when(joint)}, so what the child says could not be heard there. "
            "Move one of them if it is still to come, or record why.",
        )
    for before, step in pairwise(timetable.steps):
        days = (step.on - before.on).days
        if days < 0 and (before, step) != (child, joint):
            yield ScheduleWarning(
                "before-predecessor",
                f"{_when(step)} comes before {_when(before)}, which should be first. "
                "Move one of them if it is still to come, or record why.",
            )
        elif 0 <= days < step.gap:
            yield ScheduleWarning(
                "gap-too-short",
                f"Between {_when(before)} and {_when(step)} there should be {step.gap} days or more; there are {days}. "
                "Move one of them, or make sure that the work between them can be done.",
            )


def _days(timetable: Timetable, calendar: WorkingDays) -> Iterator[ScheduleWarning]:
    """Whether fixed dates are days on which they can happen."""
    for step in timetable.steps:
        if step.on < timetable.day_zero:
            yield ScheduleWarning(
                "before-day-zero",
                f"{_when(step)} comes before the programme starts on {say_date(timetable.day_zero)}. Check both dates.",
            )
        if not calendar.is_working(step.on):
            closed = step.on in calendar.closed
            what = "a bank holiday or another closed day" if closed else "not one of your working days"
            yield ScheduleWarning(
                "not-a-working-day",
                f"{step.label}: {say_date(step.on)} is {what}. "
                f"The next working day is {say_date(calendar.on_or_after(step.on))}.",
            )


def _when(step: Step) -> str:
    return f"{step.label} ({say_date(step.on)})"
