"""What of the plan is told to the children: only what both sides agreed, in words that were written for children."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.documents.calendar_shown import called
from cppp_cli.documents.describe import promises
from cppp_cli.documents.describe_plan import in_order
from cppp_cli.programme.ledger import holds_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.documents.shown_plan import ToldToChildren
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

_CHARACTERS: Final = 66  # of a line in a list
_LINES: Final = 19  # of lists that fit beside the headings and what is always there


def for_children(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries children may be told of: agreed by both, not in principle only, and about their daily life."""
    return tuple(entry for entry in in_order(entries) if entry.state == "agreed" and entry.topic not in ADULTS_MATTERS)


def worded(case: Case, entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """What is told, each with the names of those it is for alone; no name where it is for all."""
    found = []
    for entry in for_children(entries):
        numbers = holds_for(entry, entries, case)
        if entry.for_child and numbers:
            everybody = len(numbers) == len(case.children)
            found.append(("" if everybody else ", ".join(called(case.child(n)) for n in numbers), entry.for_child))
    return tuple(found)


def unworded(entries: Sequence[Entry], laid: Sequence[Laid]) -> tuple[Entry, ...]:
    """The entries children could be told of, for which nobody wrote words for them. The calendar tells its own."""
    told = any(one.agreed for one in laid)
    return tuple(e for e in for_children(entries) if not e.for_child and not (told and e.topic == "living_pattern"))


def too_long(told: Sequence[tuple[str, str]], promises: Sequence[str], calendars: Sequence[ToldToChildren]) -> bool:
    """Whether the children's page will probably run over its one page."""
    texts = [*(words for _, words in told), *promises]
    texts += [" ".join(part.said) for calendar in calendars for part in calendar.parts]
    return sum(-(-len(line) // _CHARACTERS) for text in texts for line in text.splitlines()) > _LINES


def promised(joint: Session | None) -> tuple[str, ...]:
    """What both promised the children in their joint letter."""
    return promises(joint) if joint else ()


def reviewed_next(entries: Sequence[Entry], joint: Session | None, today: date) -> date | None:
    """The next day on which something agreed is looked at again; None when none is set."""
    typed = joint.text("review_on") if joint else ""
    days = [entry.review_on for entry in entries if entry.is_agreed and entry.review_on]
    days += [date.fromisoformat(typed)] if typed else []
    return min((day for day in days if day >= today), default=None)
