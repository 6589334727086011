"""A letter to one child whose template names another child in the place of the one it is to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.checks.attribution.records import BROTHERS, CHILD
from cppp_cli.checks.attribution.saying import blocking, shortened
from cppp_cli.checks.attribution.structure import SIBLING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.finding import Finding


def addressed(reading: Reading) -> Iterator[Finding]:
    """What the template of such a letter wrote of a sibling: it speaks of nobody but the child it is to."""
    to = reading.cast.addressed_to
    if to is None:
        return
    for piece in reading.pieces:
        named = reading.people.named(piece.rest, {CHILD}) if piece.passage.kind != "name" else frozenset()
        if named and f"children.{to}" not in named:
            meant = reading.cast.person(f"children.{to}").full_name
            what = f"The letter is to {meant} and names {reading.cast.named(named)}: “{shortened(piece.text)}”"
            yield blocking(SIBLING, piece.passage, what, BROTHERS)
