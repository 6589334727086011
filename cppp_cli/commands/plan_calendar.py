"""The calendars of a plan, laid out for its documents: from the answers of the ledger, with each child's term dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from cppp_cli.commands.calendars import AGREED, OF_A, OF_B
from cppp_cli.programme.answers import Answer
from cppp_cli.show import note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.commands.calendars import Calendars
    from cppp_cli.commands.office import Office
    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
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

    For each child the agreed calendar, the child's own before that of all, as long as where the child lives is agreed.
    Where none is agreed, both proposals, if both sides made one and let it be told. The officer is told what is left
    out.
    """
    from cppp_cli.commands import calendars
    from cppp_cli.store import ledger

    kept, entries = calendars.of_case(office, case), ledger.entries(office.db, case.id)
    groups: list[tuple[dict[str, Arranged], list[int]]] = []
    outlived: dict[tuple[str, ...], list[int]] = {}
    for child in case.children:
        reasons = _no_longer_agreed(entries, child.number, case, office.today)
        if reasons and kept.answers(AGREED, child.number):
            outlived.setdefault(reasons, []).append(child.number)
        own = _of_child(kept, child.number, without_agreed=bool(reasons))
        if not own:
            continue
        same = next((numbers for found, numbers in groups if found == own), None)
        if same is None:
            groups.append((own, [child.number]))
        else:
            same.append(child.number)
    _tell_outlived(case, outlived)
    return tuple(_laid(own, tuple(numbers), office.today) for own, numbers in groups)


def _no_longer_agreed(entries: Sequence[Entry], child: int, case: Case, today: date) -> tuple[str, ...]:
    """How the entries about where a child lives stand, when there are such and none is agreed for it now.

    What was not raised says nothing about an agreement.
    """
    from cppp_cli.documents.describe_child import NIGHTS
    from cppp_cli.documents.describe_plan import has_ended
    from cppp_cli.programme.dates import say_date
    from cppp_cli.programme.ledger import STATES
    from cppp_cli.programme.ledger_children import holds_for

    found = []
    for entry in entries:
        if entry.topic != NIGHTS or entry.state == "not_raised" or not {"all", str(child)} & set(entry.children):
            continue
        stands = STATES[entry.state]
        if entry.is_agreed:
            if child in holds_for(entry, entries, case) and not has_ended(entry, today):
                return ()
            over = has_ended(entry, today) and entry.until_on
            stands = f"agreed until {say_date(over)}" if over else "agreed for others"
        found.append(f"entry {entry.number} ({stands})")
    return tuple(found)


def _tell_outlived(case: Case, outlived: Mapping[tuple[str, ...], Sequence[int]]) -> None:
    """Tell the officer which agreed calendar is left out, and why."""
    for reasons, numbers in outlived.items():
        some = len(numbers) < len(case.children)
        whom = f" for child {' and '.join(map(str, numbers))}" if some else ""
        note(
            f"The agreed calendar is left out{whom}, because it is not agreed now where the children live and spend "
            f"time: {', '.join(reasons)}. cppp agreement calendar {case.reference} agreed changes it."
        )


def _of_child(kept: Calendars, child: int, *, without_agreed: bool) -> dict[str, Arranged]:
    """What a child's part of the plan has: the agreed calendar, or both proposals, or nothing."""
    from cppp_cli.programme.nights.from_answers import handover_of

    def read(name: str) -> Arranged | None:
        answers, calendar = kept.answers(name, child), kept.of(name, child)
        if not answers or not calendar:
            return None
        yes_on = _day(answers, "yes_a_on"), _day(answers, "yes_b_on")
        return Arranged(calendar, handover_of(answers), yes_on)

    agreed = None if without_agreed else read(AGREED)
    if agreed:
        return {AGREED: agreed}
    # A proposal is told only with its maker's agreement, and one alone would tell how the other side answered.
    proposed = {
        name: found for name in (OF_A, OF_B) if _may_be_told(kept.answers(name, child)) and (found := read(name))
    }
    return proposed if len(proposed) == len((OF_A, OF_B)) else {}


def _may_be_told(answers: Answers | None) -> bool:
    return answers is not None and answers.get("told") == Answer("yes")


def _day(answers: Answers, path: str) -> date | None:
    found = answers.get(path)
    return date.fromisoformat(str(found.value)) if found and found.value else None


def _laid(own: Mapping[str, Arranged], children: tuple[int, ...], today: date) -> Laid:
    from cppp_cli.documents.calendar_shown import Laid

    # A cycle may have begun long ago; a plan shows the year to come. Nothing is counted before it begins.
    first = max(today.replace(day=1), *(one.calendar.starts_on for one in own.values()))
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
