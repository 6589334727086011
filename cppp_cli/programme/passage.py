"""A finished document, piece by piece, as its reader meets it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "heading",
    "text",  # a paragraph, numbered or not; an entry of a list
    "quote",
    "row",  # of a table
    "alternative text",
    "header",
    "footer",
    "property",  # of the file: its title, its author
    "name",  # of the file
    "hidden",  # a comment, or anything else a reader does not see at once
)


@dataclass(frozen=True)
class Passage:
    """One piece of a finished document that can be read by itself."""

    place: str
    """Where it is, as people read it: "paragraph 12", "the table “Sessions”, row 2", "the name of the file"."""
    text: str
    """Without marks of Markdown or Word, and without its paragraph number."""
    kind: str = "text"
    """One of ``KINDS``."""
    number: int | None = None
    """The paragraph number it is printed with."""
    under: tuple[str, ...] = ()
    """The headings it stands under, the outermost first."""
    cells: tuple[str, ...] = ()
    """Of a row, whose text they are, joined by line ends."""
    columns: tuple[str, ...] = ()
    """The heads of the columns of a row; empty where the table has none."""
