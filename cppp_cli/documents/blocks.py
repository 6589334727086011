"""What a document is made of, as plain records that know neither Markdown nor Word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in one weight and slant. A line feed in them is a line break."""

    text: str
    bold: bool = False
    italic: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Its kind is title, heading 1 to 3, body, numbered, bullet, quote, or the word of a style hint."""

    kind: str
    spans: Spans
    number: int | None = None  # as written in the Markdown
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. A table of facts has no header; its first column names the second.

    A calendar is one month: a header of weekdays, and squares with a day and the letter of whose night it is.
    """

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    align: tuple[str, ...]  # left, center or right, one for each column
    widths: tuple[int, ...] = ()  # parts of the whole; empty when the template leaves it open
    caption: str = ""
    facts: bool = False
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by its name in the map of pictures, with words for readers who cannot see it."""

    name: str
    alt: str
    new_page: bool = False


Block = Paragraph | Table | Picture
