"""What of the plan is told to the children: only what both sides agreed, in words that were written for children.

Nothing is told that is over. What depends on something, or changes in steps, is told only in words somebody wrote for
them, because a calendar tells it as if it held now.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.documents.calendar_shown import called
from cppp_cli.documents.describe import promises
from cppp_cli.documents.describe_plan import has_ended, in_order
from cppp_cli.programme.ledger_children import holds_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.sessions import Session

ADULTS_MATTERS: Final = frozenset(
    {
        *("decisions", "cancellations", "priority", "parents_communication", "information", "money", "safety"),
        *("if_things_change", "review"),
    }
)
"""Topics that parents settle between them and children need not carry."""
NIGHTS: Final = "living_pattern"
"""The topic whose arrangement the calendar lays out."""


def for_children(entries: Sequence[Entry], today: date) -> tuple[Entry, ...]:
    """The entries children may be told of: agreed by both, not in principle only, not over, about their daily life."""
    return tuple(
        entry
        for entry in in_order(entries)
        if entry.state == "agreed" and entry.topic not in ADULTS_MATTERS and not has_ended(entry, today)
    )


def worded(case: Case, entries: Sequence[Entry], today: date) -> tuple[tuple[str, str], ...]:
    """What is told, each with the names of those it is for alone; no name where it is for all."""
    found = []
    for entry in for_children(entries, today):
        numbers = holds_for(entry, entries, case)
        if entry.for_child and numbers:
            everybody = len(numbers) == len(case.children)
            found.append(("" if everybody else ", ".join(called(case.child(n)) for n in numbers), entry.for_child))
    return tuple(found)


def unworded(entries: Sequence[Entry], laid: Sequence[Laid], today: date) -> tuple[Entry, ...]:
    """The entries children could be told of, for which nobody wrote words for them. The calendar tells its own.

    Args:
        entries: The ledger.
        laid: The calendars children are told.
        today: The day the page is written.
    """
    told = any(one.agreed for one in laid)
    return tuple(
        entry for entry in for_children(entries, today) if not entry.for_child and not (told and entry.topic == NIGHTS)
    )


def depends(entry: Entry) -> bool:
    """Whether something agreed does not simply hold: only on a condition, or in steps."""
    return entry.is_agreed and bool(entry.conditions or entry.steps)


def holding_back(case: Case, entries: Sequence[Entry], laid: Laid, today: date) -> tuple[Entry, ...]:
    """The entries for whose sake a calendar is not told: its nights depend on what nobody put into words for them."""
    return tuple(e for e in _of_the_nights(case, entries, laid, today) if not e.for_child)


def laid_for_children(case: Case, entries: Sequence[Entry], laid: Sequence[Laid], today: date) -> tuple[Laid, ...]:
    """The calendars children are told."""
    return tuple(one for one in laid if one.agreed and not holding_back(case, entries, one, today))


def told_though_it_depends(
    case: Case, entries: Sequence[Entry], told: Sequence[Laid], today: date
) -> tuple[Entry, ...]:
    """The entries told in words of their own, or by a calendar children are told, that depend on something."""
    found = [entry for entry in for_children(entries, today) if entry.for_child and depends(entry)]
    found += [entry for one in told for entry in _of_the_nights(case, entries, one, today)]
    return in_order({entry.number: entry for entry in found}.values())


def _of_the_nights(case: Case, entries: Sequence[Entry], laid: Laid, today: date) -> tuple[Entry, ...]:
    """What is agreed about the nights of a calendar's children and depends on something."""
    return tuple(
        entry
        for entry in in_order(entries)
        if entry.topic == NIGHTS and depends(entry) and not has_ended(entry, today)
        if set(laid.children) & set(holds_for(entry, entries, case))
    )


def promised(joint: Session | None) -> tuple[str, ...]:
    """What both promised the children in their joint letter."""
    return promises(joint) if joint else ()


def reviewed_next(entries: Sequence[Entry], joint: Session | None, today: date) -> date | None:
    """The next day on which something agreed is looked at again; None when none is set."""
    typed = joint.text("review_on") if joint else ""
    days = [e.review_on for e in entries if e.is_agreed and e.review_on and not has_ended(e, today)]
    days += [date.fromisoformat(typed)] if typed else []
    return min((day for day in days if day >= today), default=None)
