"""The wording of a whole plan: each agreed entry, read with what the rest of the plan already says. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks import wording
from cppp_cli.checks.wording import travel
from cppp_cli.checks.wording.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.checks.wording import WordingFinding
    from cppp_cli.programme.ledger import Entry

_SAID_ELSEWHERE: Final = {
    "living_pattern": ("handovers", ("place", "traveller", "fallback")),
    "school_holidays": ("handovers", ("place", "traveller")),
    "special_days": ("handovers", ("place", "traveller")),
}
"""What a topic leaves to another one, as far as that one says it."""


def findings(entries: Sequence[Entry]) -> tuple[tuple[Entry, WordingFinding], ...]:
    """What to ask about every agreed entry, in the order of the entries; what is deliberately so is left out."""
    return tuple((entry, found) for entry in entries if entry.is_agreed for found in of_entry(entry, entries))


def of_entry(entry: Entry, entries: Sequence[Entry], words: str | None = None) -> tuple[WordingFinding, ...]:
    """What to ask about one entry, or about other words for it."""
    text = entry.wording if words is None else words
    return wording.check(text, entry.topic, allowed=entry.kept, knows=knows(entry, entries))


def knows(entry: Entry, entries: Sequence[Entry]) -> tuple[str, ...]:
    """What need not be asked, because the entry's other answers or another entry of the plan say it."""
    found: list[str] = []
    if entry.review_on or any(other.topic == "review" and other.is_agreed for other in entries):
        found.append("review")
    if entry.steps:
        found.append("steps")
    found += [key for key, children in _settled_elsewhere(entry, entries).items() if _all_of(entry) <= children]
    return tuple(dict.fromkeys(found))


def _settled_elsewhere(entry: Entry, entries: Sequence[Entry]) -> dict[str, set[str]]:
    """What entries of another topic settle, each with the children they settle it for.

    What is kept open there on purpose is settled too: a place left out for safety is not asked for once more.
    """
    elsewhere, keys = _SAID_ELSEWHERE.get(entry.topic, ("", ()))
    settled: dict[str, set[str]] = {key: set() for key in keys}
    for other in entries:
        if elsewhere and other.topic == elsewhere and other.is_agreed and _sets_a_handover(other):
            open_there = {finding.id for finding in wording.check(other.wording, other.topic, allowed=other.kept)}
            for key in keys:
                if wording.KNOWN[key] not in open_there:
                    settled[key] |= _all_of(entry) if "all" in other.children else set(other.children)
    return settled


def _all_of(entry: Entry) -> set[str]:
    """The children an entry is for, by number where that is known."""
    return set(entry.agreed_for if "all" in entry.children and entry.agreed_for else entry.children)


def _sets_a_handover(entry: Entry) -> bool:
    """Whether it says when or where the children change over; a list of what travels with them does not."""
    return bool(travel.setting_sentences(Reading(entry.wording, entry.topic)))
