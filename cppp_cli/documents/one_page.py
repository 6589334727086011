"""Whether a page for children stays one page: an estimate, rather too high than too low.

Nothing here can lay a page out. Measured is every block of the finished Markdown, in points, as the shipped house
style sets it with its lines drawn closer. Letters are taken as wide as Arial has them, or wider.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.documents.blocks import Paragraph, Table
from cppp_cli.documents.md_blocks import read_blocks

if TYPE_CHECKING:
    from cppp_cli.documents.blocks import Block, Spans

_PAGE: Final = 675  # points; the page has 698, and programs differ in what they make of a line
_PICTURE: Final = 350  # points; nobody has said how high it is
_WIDTHS: Final = {
    **dict.fromkeys("iljI.,:;'’‘!|/tf ", 0.28),
    **dict.fromkeys("r()[]-“”", 0.34),
    **dict.fromkeys("ckvsxyzJ", 0.5),
    **dict.fromkeys("mwMW@—…", 1.0),
}
_USUAL, _CAPITAL = 0.56, 0.78  # parts of the size of the letters


@dataclass(frozen=True)
class _Set:
    """How a kind of paragraph is set, in points: its width, its letters, the height of a line, the space around it."""

    room: float
    size: float
    line: float
    around: float


_SETS: Final = {
    "title": _Set(451, 21, 25.5, 7),
    "subtitle": _Set(451, 13, 16.5, 7.5),
    "heading 1": _Set(451, 16, 19, 12),
    "heading 2": _Set(451, 13.5, 16, 10),
    "body": _Set(451, 12, 16, 5),
    "bullet": _Set(400, 12, 16, 3),
}
_OTHER: Final = _Set(370, 12, 16, 16)


def too_long(markdown: str) -> bool:
    """Whether a page for children, as its template made it, will probably run over one page."""
    return sum(_height(block) for block in read_blocks(markdown)) > _PAGE


def _height(block: Block) -> float:
    if isinstance(block, Paragraph):
        found = _SETS.get(block.kind, _OTHER)
        return _lines(block.spans, found.room, found.size) * found.line + found.around
    if isinstance(block, Table):
        room = _OTHER.room / len(block.head or block.rows[0])
        rows = (row for row in (block.head, *block.rows) if row)
        return sum(max(_lines(cell, room, _OTHER.size) for cell in row) * _OTHER.line + 8 for row in rows)
    return _PICTURE


def _lines(spans: Spans, room: float, size: float) -> int:
    """How many lines some words take: a word that does not fit goes to the next line, one without end is cut."""
    count = 0
    for line in "".join(span.text for span in spans).split("\n"):
        count, left = count + 1, room
        for word in line.split():
            wide = size * sum(map(_width, f"{word} "))
            if wide > left:
                count, left = count + max(1, int(-(-wide // room))), room
            left -= wide % room
    return count


def _width(letter: str) -> float:
    return _WIDTHS.get(letter, _USUAL if letter.islower() or letter.isdigit() else _CAPITAL)
