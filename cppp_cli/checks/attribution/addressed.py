"""A letter to one child that is headed with, or begins with, the name of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import BROTHERS, CHILD
from cppp_cli.checks.attribution.saying import blocking, shortened
from cppp_cli.checks.attribution.structure import SIBLING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.finding import Finding


_DEAR: Final = re.compile(r"^(?:my )?dear\b", re.IGNORECASE)


def addressed(reading: Reading) -> Iterator[Finding]:
    """Its headings and its salutation, where they name a sibling and not the child it is to."""
    to = reading.cast.addressed_to
    if to is None:
        return
    for piece in reading.pieces:
        if piece.passage.kind != "heading" and not _DEAR.match(piece.text):
            continue
        named = reading.people.named(piece.rest, {CHILD})
        if named and f"children.{to}" not in named:
            meant = reading.cast.person(f"children.{to}").full_name
            what = f"The letter is to {meant} and names {reading.cast.named(named)}: “{shortened(piece.text)}”"
            yield blocking(SIBLING, piece.passage, what, BROTHERS)
