"""A sibling's name, or the other parent's, in a place that is one person's alone by the structure of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import ADULT, BROTHERS, CHILD
from cppp_cli.checks.attribution.saying import blocking, shortened
from cppp_cli.checks.attribution.speakers import is_name_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding

SIBLING: Final = "name.sibling"
OTHER_PARENT: Final = "name.other-parent"
_JOINS: Final = frozenset({", ", " and ", " or ", ", and "})
_FOR: Final = re.compile(r"^for\b", re.IGNORECASE)


def structure(reading: Reading) -> Iterator[Finding]:
    """Names in sections, columns and headings that are somebody else's."""
    for at in reading.body():
        for piece in reading.of_passage[at]:
            yield from _in_a_section(reading, piece)
            yield from _in_a_column(reading, piece)
            yield from _twice(reading, piece)
        if reading.is_head(at):
            yield from _heads(reading, at)
    yield from _headings(reading)


def _in_a_section(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """What a template names in a section that a name alone heads."""
    for heading in reversed(piece.passage.under):
        owners = reading.people.named(heading, {ADULT, CHILD})
        if not owners or not is_name_alone(reading, heading):
            continue
        kind = CHILD if _is_child(reading, owners) else ADULT
        named = reading.people.named(piece.rest, {kind})
        if named and not named & owners:
            yield _wrong(reading, piece, owners, named, f"In the part about {reading.cast.named(owners)}")
        return


def _twice(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """Somebody who stands in one list of names twice: so somebody else is left out of it."""
    listed, end = frozenset[str](), 0
    for mention in reading.people.mentions(piece.rest):
        joined = piece.rest[end : mention.start] in _JOINS
        if joined and listed & mention.refs:
            what = f"{mention.text} stands twice in one list of names: “{shortened(piece.text)}”"
            yield blocking(OTHER_PARENT if reading.cast.sides(mention.refs) else SIBLING, piece.passage, what, BROTHERS)
        listed, end = (listed if joined else frozenset()) | mention.refs, mention.end


def _in_a_column(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """What a template names in a column of a table that a side's name alone heads."""
    columns = piece.passage.columns
    if piece.cell is None or piece.cell >= len(columns) or not is_name_alone(reading, columns[piece.cell]):
        return
    owners = reading.people.named(columns[piece.cell], {ADULT})
    named = reading.people.named(piece.rest, {ADULT})
    if owners and named and not named & owners:
        yield _wrong(reading, piece, owners, named, f"In the column of {reading.cast.named(owners)}")
    elif owners and re.search(r"[^\W_]:$", piece.text.strip()):
        yield blocking(
            OTHER_PARENT,
            piece.passage,
            f"In the column of {reading.cast.named(owners)} nothing stands after “{shortened(piece.text)}”, so whose "
            "words are missing cannot be told.",
        )


def _heads(reading: Reading, at: int) -> Iterator[Finding]:
    """Two columns that are headed with the same side."""
    passage = reading.passages[at]
    seen: set[frozenset[str]] = set()
    for cell in passage.cells:
        named = reading.people.named(cell, {ADULT})
        if named and named in seen:
            what = f"Two columns of the table are headed with the same name, {reading.cast.named(named)}."
            yield blocking(OTHER_PARENT, passage, what, BROTHERS)
        seen |= {named} if named else set()


def _headings(reading: Reading) -> Iterator[Finding]:
    """Two sections side by side that are headed with the same name."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    for passage in reading.passages:
        if passage.kind != "heading" or not is_name_alone(reading, passage.text):
            continue
        key = (passage.under, passage.text)
        if key in seen:
            owners = reading.people.named(passage.text)
            kind = SIBLING if _is_child(reading, owners) else OTHER_PARENT
            what = f"Two parts side by side are headed with the same name, {passage.text}."
            yield blocking(kind, passage, what, BROTHERS)
        seen.add(key)
    for at, passage in enumerate(reading.passages):
        if passage.kind == "heading" and _FOR.match(passage.text):
            yield from _below(reading, at)


def _below(reading: Reading, at: int) -> Iterator[Finding]:
    """A heading for one child, and right below it another child."""
    owners = reading.people.named(reading.passages[at].text, {CHILD})
    below = next((n for n in range(at + 1, len(reading.passages)) if reading.passages[n].kind != "hidden"), None)
    if not owners or below is None:
        return
    named = reading.people.named(reading.rest(below), {CHILD})
    if named and not named & owners:
        yield _wrong(
            reading, reading.of_passage[below][0], owners, named, f"In the part for {reading.cast.named(owners)}"
        )


def _is_child(reading: Reading, refs: frozenset[str]) -> bool:
    return all(reading.cast.person(ref).kind == CHILD for ref in refs)


def _wrong(reading: Reading, piece: Piece, owners: frozenset[str], named: frozenset[str], where: str) -> Finding:
    kind = SIBLING if _is_child(reading, owners) else OTHER_PARENT
    what = f"{where} the document names {reading.cast.named(named)}: “{shortened(piece.text)}”"
    return blocking(kind, piece.passage, what, BROTHERS)
