"""What a whole plan says against itself, or against what is confidential. Pure; for the officer's eyes."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry

AGREED: Final = "agreed"
_HOME: Final = re.compile(
    r"\b(?:from|at|to)\s+(?:[\w’']+\s+){0,4}?(?:home|house|address|front door|doorstep)\b", re.IGNORECASE
)
"""A home named as a place where somebody comes or goes."""
_RULES: Final = {"school_holidays": "has_holidays", "special_days": "has_special_days"}
"""Topics that a calendar may settle as well, and the answer that says it does."""


def remarks(entries: Sequence[Entry], calendars: Mapping[str, Answers], case: Case) -> tuple[str, ...]:
    """Sentences about what does not go together, each with the entries by number; nothing when all does.

    Args:
        entries: Of the ledger.
        calendars: As answers, by their names in the ledger.
        case: For which addresses are confidential.
    """
    return (*_against_calendar(entries, calendars), *_against_each_other(entries), *_at_a_home(entries, case))


def _against_calendar(entries: Sequence[Entry], calendars: Mapping[str, Answers]) -> Iterator[str]:
    agreed = [answers for name, answers in calendars.items() if name.partition(".")[0] == AGREED]
    for entry in entries:
        rule = _RULES.get(entry.topic)
        if rule and entry.is_open and any(a[rule].value == "yes" for a in agreed if rule in a):
            yield f"The agreed calendar has a rule for what entry {entry.number} ({entry.title}) leaves open."


def _against_each_other(entries: Sequence[Entry]) -> Iterator[str]:
    for one, other in combinations([entry for entry in entries if entry.is_agreed or entry.is_open], 2):
        same = (one.topic, one.topic_other, set(one.children)) == (other.topic, other.topic_other, set(other.children))
        if same and one.is_agreed != other.is_agreed:
            yield (
                f"Entries {one.number} and {other.number} ({one.title}) are about the same, and one of them is agreed "
                "and the other is not."
            )


def _at_a_home(entries: Sequence[Entry], case: Case) -> Iterator[str]:
    if not any(adult.address and adult.address.confidential for adult in case.adults):
        return
    for entry in entries:
        if entry.is_agreed and _HOME.search(" ".join(entry.wording.split())):
            yield (
                f"Entry {entry.number} ({entry.title}) has somebody come to a home, and an address in this case is "
                "confidential. If it is that one, another place has to be agreed."
            )
