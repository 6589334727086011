"""Gathers what is read in a finished document, and says of each piece where people find it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.clean import REPLACEMENT, clean
from cppp_cli.programme.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

TURNED: Final = REPLACEMENT
"""Stands where a mark turns the reading direction round, so that a reader sees other words than are written."""
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LONGEST_HEADING: Final = 60  # characters of a heading that a place repeats


class Collector:
    """The passages of one document, in their order.

    The same document gives the same places whether it is read as Markdown or as a Word file, because a place is told by
    what both print: paragraph numbers, headings, and the captions of tables. The title is nobody's heading above.
    """

    def __init__(self) -> None:
        self.found: list[Passage] = []
        self.beside = ("", "")
        """A kind and a place for everything that is read while it is set: a header, a footer, a comment."""
        self._trail: list[tuple[int, str]] = []
        self._number: int | None = None
        self._tables = 0
        self._table = ""
        self._columns: tuple[str, ...] = ()
        self._row = 0

    def heading(self, level: int, text: str) -> None:
        """A heading; level 0 is the title of the document, 1 to 9 stand below it."""
        text = readable(text).strip()
        if not text or self.beside[0]:
            self.paragraph(text)
            return
        place = "the title"
        if level:
            self._trail = [above for above in self._trail if above[0] < level]
            place = f"the heading “{_shortened(text)}”"
        self._number = None
        self.add(place, text, "heading")
        if level:
            self._trail.append((level, text))

    def paragraph(self, text: str, kind: str = "text", *, number: int | None = None, entry: bool = False) -> None:
        """A paragraph, or with `entry` a point of a list; one without words is left out, but its number counts."""
        if number is not None and not self.beside[0]:
            self._number = number
        if kind == "quote":
            place = f"the quotation {self.here()}"
        elif entry:
            place = f"the list {self.here()}"
        else:
            place = self.here() if number is None else f"paragraph {number}"
        self.add(place, text, kind, number=number)

    def picture(self, words: str) -> None:
        """The words for a picture that somebody cannot see."""
        self.add(f"the words for the picture {self.here()}", words, "alternative text")

    def begin_table(self, caption: str = "") -> None:
        """What follows are the rows of another table."""
        self._tables += 1
        caption = " ".join(caption.split())
        self._table = f"the table “{_shortened(caption)}”" if caption else f"table {self._tables}"
        self._columns = ()
        self._row = 0
        if caption:
            self.add(f"the title of {self._table}, for screen readers", caption, "hidden")

    def row(self, cells: Sequence[str], *, head: bool = False) -> None:
        """A row of the table begun last, or the heads of its columns."""
        cells = tuple(readable(cell).strip() for cell in cells)
        columns = self._columns
        if head:
            place = f"the head of {self._table}"
            self._columns = cells if any(cells) else ()
            columns = ()
        else:
            self._row += 1
            place = f"{self._table}, row {self._row}"
        if any(cells):
            kind, beside = self.beside
            under = tuple(text for _, text in self._trail)
            text = "\n".join(cells)
            self.found.append(Passage(beside or place, text, kind or "row", under=under, cells=cells, columns=columns))

    def add(self, place: str, text: str, kind: str, *, number: int | None = None) -> None:
        """Anything else that has words."""
        text = readable(text).strip()
        if not text:
            return
        beside, where = self.beside
        if beside:
            self.found.append(
                Passage(place if kind == "hidden" else where, text, "hidden" if kind == "hidden" else beside)
            )
            return
        self.found.append(Passage(place, text, kind, number, tuple(text for _, text in self._trail)))

    def here(self) -> str:
        """Where something without a number of its own stands."""
        if self.beside[0]:
            return f"in {self.beside[1]}"
        if self._number is not None:
            return f"below paragraph {self._number}"
        return f"under “{_shortened(self._trail[-1][1])}”" if self._trail else "at the beginning"


def readable(text: str) -> str:
    """A text from a file as it may be shown: with what no document of ours holds made visible."""
    return clean(_TURNS.sub(TURNED, text))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_HEADING else f"{line[: _LONGEST_HEADING - 1].rstrip()}…"
