"""The calendars of a plan, laid out for its documents: from the answers of the ledger, with each child's term dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from cppp_cli.commands.calendars import AGREED, OF_A, OF_B

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.commands.calendars import Calendars
    from cppp_cli.commands.office import Office
    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.nights.rules import Calendar

_LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class Arranged:
    """A calendar, the hour of its handovers where that is settled, and when A and B said yes to it."""

    calendar: Calendar
    handover_at: time | None
    yes_on: tuple[date | None, date | None]


def laid_out(office: Office, case: Case) -> tuple[Laid, ...]:
    """The calendars of a case over a year, children with the same one together; nothing where there is none.

    For each child the agreed calendar, the child's own before that of all. Where none is agreed, both proposals, if
    both sides made one.
    """
    from cppp_cli.commands import calendars

    kept = calendars.of_case(office, case)
    groups: list[tuple[dict[str, Arranged], list[int]]] = []
    for child in case.children:
        own = _of_child(kept, child.number)
        if not own:
            continue
        same = next((numbers for found, numbers in groups if found == own), None)
        if same is None:
            groups.append((own, [child.number]))
        else:
            same.append(child.number)
    return tuple(_laid(own, tuple(numbers), office.today) for own, numbers in groups)


def _of_child(kept: Calendars, child: int) -> dict[str, Arranged]:
    """What a child's part of the plan has: the agreed calendar, or both proposals, or nothing."""
    from cppp_cli.programme.nights.from_answers import handover_of

    def read(name: str) -> Arranged | None:
        answers, calendar = kept.answers(name, child), kept.of(name, child)
        if not answers or not calendar:
            return None
        yes_on = _day(answers, "yes_a_on"), _day(answers, "yes_b_on")
        return Arranged(calendar, handover_of(answers), yes_on)

    agreed = read(AGREED)
    if agreed:
        return {AGREED: agreed}
    proposed = {name: found for name in (OF_A, OF_B) if (found := read(name))}
    return proposed if len(proposed) == len((OF_A, OF_B)) else {}


def _day(answers: Answers, path: str) -> date | None:
    found = answers.get(path)
    return date.fromisoformat(str(found.value)) if found and found.value else None


def _laid(own: Mapping[str, Arranged], children: tuple[int, ...], today: date) -> Laid:
    from cppp_cli.documents.calendar_shown import Laid

    # A cycle may have begun long ago; a plan shows the year to come.
    starts = max(one.calendar.starts_on for one in own.values())
    first = starts if starts >= today else today.replace(day=1)
    nights = {name: _a_year(one.calendar, first) for name, one in own.items()}
    if AGREED in nights:
        said = own[AGREED]
        return Laid(children, agreed=nights[AGREED], handover_at=said.handover_at, yes_on=said.yes_on)
    return Laid(children, proposals=(nights[OF_A], nights[OF_B]))


def _a_year(calendar: Calendar, first: date) -> Nights:
    from dataclasses import replace

    from cppp_cli.bank_holidays import bank_holidays
    from cppp_cli.programme.nights.lay import lay

    leap_day = (first.month, first.day) == _LEAP_DAY
    until = date(first.year + 1, 3, 1) if leap_day else first.replace(year=first.year + 1)
    closed = bank_holidays(first.year - 1, until.year + 1)
    return lay(replace(calendar, bank_holidays=closed), first, (until - first) // timedelta(days=1))
