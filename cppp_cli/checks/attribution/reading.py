"""A finished text, read: in pieces, with what was typed told from what a template wrote around it.

What is left when everything typed is covered was written by a template; the names in it came from the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.names import Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.checks.attribution.records import Cast, Words
    from cppp_cli.programme.passage import Passage

COVER: Final = "▪"
"""Stands for every sign of what was typed."""
PLAIN: Final = 4  # words; shorter ones are known only where a line or a sentence begins with them and a line ends
_ASIDE: Final = frozenset({"hidden", "property", "name", "header", "footer"})
_LIST: Final = "the list"  # how the place of a point of a list begins
_SENTENCE: Final = re.compile(r"(?<=[.!?;])[”’\"')]*\s+|\n+")


@dataclass(frozen=True)
class Typed:
    """Where words of the record stand in a piece."""

    start: int
    end: int
    words: Words


@dataclass
class Piece:
    """A paragraph, or one cell of a row. ``rest`` is its text with what was typed covered."""

    passage: Passage
    at: int  # of its passage
    cell: int | None
    text: str
    typed: list[Typed] = field(default_factory=list)
    rest: str = ""

    @property
    def is_words_only(self) -> bool:
        """Whether nothing in it was written by a template."""
        return not re.search(r"[^\W_]", self.rest)


class Reading:
    """A whole document, read against the cast of its case."""

    def __init__(self, passages: Sequence[Passage], cast: Cast) -> None:
        self.passages = passages
        self.cast = cast
        self.people = Recogniser(cast)
        self.pieces: list[Piece] = []
        self.of_passage: list[list[Piece]] = []
        found = [(words, _expression(words.text)) for words in cast.words if not self._only_names(words.text)]
        for at, passage in enumerate(passages):
            cells = [*enumerate(passage.cells)] if passage.cells else [(None, passage.text)]
            pieces = [Piece(passage, at, cell, _lined(text)) for cell, text in cells]
            for piece in pieces:
                _cover(piece, found)
            self.of_passage.append(pieces)
            self.pieces += pieces

    def _only_names(self, text: str) -> bool:
        """Whether words are nothing but names: covering them would cover what a template wrote."""
        without = text
        for mention in reversed(list(self.people.mentions(text))):
            without = without[: mention.start] + " " + without[mention.end :]
        return not re.search(r"[^\W_]", without.replace("and", ""))

    def body(self) -> Iterator[int]:
        """The places of the passages a reader meets in the text itself."""
        return (at for at, passage in enumerate(self.passages) if passage.kind not in _ASIDE)

    def is_head(self, at: int) -> bool:
        """Whether a row holds the heads of the columns below it."""
        passage = self.passages[at]
        after = self.passages[at + 1] if at + 1 < len(self.passages) else None
        return passage.kind == "row" and after is not None and bool(passage.cells) and after.columns == passage.cells

    def before(self, at: int) -> Iterator[int]:
        """The passages before one under the same headings, the nearest first; a table and a heading end them.

        The points of a list stand for themselves: what leads up to one is what stands before the list.
        """
        here = self.passages[at]
        for place in range(at - 1, -1, -1):
            passage = self.passages[place]
            if passage.kind == "hidden":
                continue
            if passage.under != here.under or passage.kind in {"heading", "row", *_ASIDE}:
                return
            if not (here.place.startswith(_LIST) and passage.place.startswith(_LIST)):
                yield place

    def rest(self, at: int) -> str:
        """What a template wrote in a passage."""
        return "\n".join(piece.rest for piece in self.of_passage[at])

    def scopes(self, piece: Piece) -> Iterator[str]:
        """Where somebody may be named for a piece: in it, beside it, above it; the nearest first, no typed text."""
        yield piece.rest
        if piece.cell is not None:
            if piece.cell < len(piece.passage.columns):
                yield piece.passage.columns[piece.cell]
            if piece.cell:
                yield self.of_passage[piece.at][0].rest
        elif piece.is_words_only:
            for place in self.before(piece.at):
                rest = self.rest(place)
                if re.search(r"[^\W_]", rest):
                    yield rest
                    break
        yield from reversed(piece.passage.under)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, and its lines."""
    return (part.strip() for part in _SENTENCE.split(text) if part.strip())


def _lined(text: str) -> str:
    """The text with single blanks, its line ends kept."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


@lru_cache(maxsize=4096)
def _expression(text: str) -> re.Pattern[str]:
    blanks = r"\s+".join(re.escape(word) for word in text.split())
    if len(text.split()) >= PLAIN:
        return re.compile(rf"(?<!\w){blanks}(?!\w)")
    return re.compile(rf"(?:(?<=[.:;–,]\s)|(?<=[.:;–,]\s[“‘])|^[“‘]?){blanks}(?=[”’]?[.]?\s*(?:$|\n))", re.MULTILINE)


def _cover(piece: Piece, known: Sequence[tuple[Words, re.Pattern[str]]]) -> None:
    """Find what was typed, the longest first: words inside longer words are no words of their own."""
    rest = piece.text
    for words, expression in known:
        first = words.text.split(maxsplit=1)[0]
        if first not in rest:
            continue
        for found in expression.finditer(rest):
            start, end = found.span()
            piece.typed.append(Typed(start, end, words))
            rest = rest[:start] + COVER * (end - start) + rest[end:]
    piece.rest = rest
