"""Words that stand under the name of somebody who did not say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import ADULT, BROTHERS, CHILD
from cppp_cli.checks.attribution.saying import blocking, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Piece, Reading, Typed
    from cppp_cli.checks.finding import Finding

ID: Final = "name.speaker"
SUMMARY: Final = "in the officer's summary"


def speakers(reading: Reading) -> Iterator[Finding]:
    """Words of somebody that stand under, beside or after the name of somebody else."""
    for piece in reading.pieces:
        for typed in piece.typed:
            if typed.words.owners:
                yield from _said(reading, piece, typed)


def _said(reading: Reading, piece: Piece, typed: Typed) -> Iterator[Finding]:
    owners = typed.words.owners
    named = _nearest(reading, piece, owners)
    if not named or named & owners:
        return
    cast = reading.cast
    verb = "What is recorded of" if typed.words.about else "Words of"
    yield blocking(
        ID,
        piece.passage,
        f"{verb} {cast.named(owners)} stand{'s' if typed.words.about else ''} under the name of {cast.named(named)}: "
        f"“{shortened(typed.words.text)}”",
        BROTHERS,
    )


def _nearest(reading: Reading, piece: Piece, owners: frozenset[str]) -> frozenset[str]:
    """Whose name stands nearest to the piece, among those who count for its owners; nobody when no name does.

    What an adult said is told in sections about a child as well, so there a child's name counts only where it is a
    heading by itself.
    """
    of_adults = all(reading.cast.person(ref).kind != CHILD for ref in owners)
    for scope in reading.scopes(piece):
        named = reading.people.named(scope)
        if of_adults and not is_name_alone(reading, scope):
            named = frozenset(ref for ref in named if reading.cast.person(ref).kind != CHILD)
        if named:
            return named
    return frozenset()


def is_name_alone(reading: Reading, scope: str) -> bool:
    """Whether a heading is nothing but the name of one person, or of the people of one side."""
    rest = scope
    found = list(reading.people.mentions(scope))
    for mention in reversed(found):
        rest = rest[: mention.start] + rest[mention.end :]
    kinds = {reading.cast.person(ref).kind for mention in found for ref in mention.refs}
    return bool(found) and kinds <= {ADULT, CHILD} and not rest.replace("and", "").strip(" ,")
