"""The copies each side was given to check the facts: whose copy it is, and which side answered when."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import days_in
from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.reading import sentences
from cppp_cli.checks.attribution.records import ADULT
from cppp_cli.checks.attribution.saying import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.finding import Finding

_COPY: Final = re.compile(r"\bcopy is for\b")
_GIVEN: Final = re.compile(r"\bgiven a copy\b")


def facts_of_copies(reading: Reading) -> Iterator[Finding]:
    """A copy for the other side, or what the other side answered."""
    cast = reading.cast
    for at in reading.body():
        for sentence in sentences(reading.rest(at)):
            sides = cast.sides(reading.people.named(sentence, {ADULT}))
            if len(sides) != 1:
                continue
            if _COPY.search(sentence) and cast.copy_for and sides != {cast.copy_for}:
                meant = cast.named(cast.side(cast.copy_for))
                yield wrong(reading.passages[at], f"This copy is written for {meant}: “{shortened(sentence)}”")
            given = [check for check in cast.checked if {check.side} == sides]
            fitting = (
                {datetime.fromisoformat(c.written_at).date()} | ({c.answered_on} if c.answered_on else set())
                for c in given
            )
            if _GIVEN.search(sentence) and cast.checked and not any(days_in(sentence) == days for days in fitting):
                yield wrong(reading.passages[at], f"On file it is otherwise for this side: “{shortened(sentence)}”")
