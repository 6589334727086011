"""The copies each side was given to check the facts: whose copy it is, and which side answered when."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import days_in
from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.records import ADULT
from cppp_cli.checks.attribution.saying import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.finding import Finding

_COPY: Final = re.compile(r"\bcopy is for\b")
_GIVEN: Final = re.compile(r"\bgiven\b.*\bcopy\b|\bcopy\b.*\bgiven\b", re.DOTALL)
_NO_COPY: Final = re.compile(r"\bNo copy\b")
_NO_ANSWER: Final = re.compile(r"\b[Nn]o answer\b")


def facts_of_copies(reading: Reading) -> Iterator[Finding]:
    """A copy for the other side, or what the other side answered."""
    cast = reading.cast
    for at in reading.body():
        passage, rest = reading.passages[at], reading.rest(at)
        sides = cast.sides(reading.people.named(rest, {ADULT}))
        if len(sides) != 1:
            continue
        if _COPY.search(rest) and cast.copy_for and sides != {cast.copy_for}:
            meant = cast.named(cast.side(cast.copy_for))
            yield wrong(passage, f"This copy is written for {meant}: “{shortened(rest)}”")
        elif _GIVEN.search(rest) and cast.checked and not _is_so(reading, rest, next(iter(sides))):
            yield wrong(passage, f"On file it is otherwise for this side: “{shortened(rest)}”")


def _is_so(reading: Reading, text: str, side: str) -> bool:
    """Whether a side was given a copy, and answered, on the days a text tells."""
    checks = [check for check in reading.cast.checked if check.side == side]
    if _NO_COPY.search(text):
        return not checks
    days = days_in(text)
    for check in checks:
        answered = check.answered_on
        told = {answered} if answered and not _NO_ANSWER.search(text) else set()
        if days == {datetime.fromisoformat(check.written_at).date()} | told and bool(answered) == bool(told):
            return True
    return False
