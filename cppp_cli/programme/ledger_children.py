"""For which children an entry holds: an override never becomes "all", nor is a child who came later taken in. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry


def holds_for(found: Entry, entries: Iterable[Entry], case: Case) -> tuple[int, ...]:
    """The children an entry holds for: those of "all" for whom no other entry takes its place, or those it names.

    Agreed "for all" means all there were when both said yes. A child who came later is not taken in unasked.
    """
    if "all" not in found.children:
        return tuple(int(number) for number in found.children)
    elsewhere = {
        number
        for other in entries
        if other.number != found.number and other.instead and (other.is_agreed or other.is_open)
        if (other.topic, other.topic_other) == (found.topic, found.topic_other)
        for number in other.children
    }
    then = found.agreed_for if found.is_agreed else ()
    return tuple(
        child.number
        for child in case.children
        if str(child.number) not in elsewhere and (not then or str(child.number) in then)
    )


def came_later(found: Entry, case: Case) -> tuple[int, ...]:
    """The children who came into the case after both had said yes to something for all: nobody agreed it for them."""
    if "all" not in found.children or not found.is_agreed or not found.agreed_for:
        return ()
    return tuple(child.number for child in case.children if str(child.number) not in found.agreed_for)


def children_named(found: Entry, entries: Iterable[Entry], case: Case) -> str:
    """Whom an entry is for: "all the children" only when it holds for every one of them."""
    numbers = holds_for(found, entries, case)
    if "all" in found.children and len(numbers) == len(case.children) > 1:
        return "all the children"
    *first, last = [case.child(number).full_name for number in numbers] or ["no child"]
    return f"{', '.join(first)} and {last}" if first else last
