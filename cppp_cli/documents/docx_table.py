"""Tables of a Word file: a header row that repeats, columns that fit their words, rows that stay whole."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement

from cppp_cli.documents.docx_text import child, paragraph_element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.documents.blocks import Spans, Table

_SHORT_CELL: Final = 600  # characters; a longer row may not fit a page and must be free to break
_SHORT_TABLE: Final = 800  # characters; a table up to this length stays on one page
# For tables whose template gives no widths, in characters:
_CHARACTER: Final = 110  # twentieths of a point, on average in the style of tables
_MARGIN: Final = 3  # what the space between two columns takes
_LONGEST_WORD: Final = 20  # a longer one is broken
_WIDEST: Final = 45  # a column is not made wider for the sake of longer cells


def build_table(table: Table, style_ids: dict[str, str], text_width: int) -> Any:  # noqa: ANN401  - an XML element
    """The table as Word's element, as wide as the text.

    Args:
        table: what it says.
        style_ids: Word's identifiers of the styles, by their keys in the house style.
        text_width: in twentieths of a point.
    """
    widths = _widths(table, text_width)
    element = OxmlElement("w:tbl")
    _add_properties(element, table, style_ids, text_width)
    grid = child(element, "tblGrid")
    for width in widths:
        child(grid, "gridCol", w=width)
    rows = table.rows if table.facts else (table.head, *table.rows)
    together = sum(map(_length, chain.from_iterable(rows))) <= _SHORT_TABLE
    for number, cells in enumerate(rows):
        is_head = number == 0 and not table.facts
        row = child(element, "tr")
        _add_row_properties(row, cells, is_head=is_head)
        for column, (spans, width) in enumerate(zip(cells, widths, strict=True)):
            cell = child(row, "tc")
            child(child(cell, "tcPr"), "tcW", w=width, type="dxa")
            names_others = is_head or (table.facts and column == 0)
            keep_next = True if (is_head or together) and number < len(rows) - 1 else None
            style_id = style_ids["cell heading" if names_others else "cell"]
            cell.append(paragraph_element(style_id, spans, keep_next=keep_next, align=table.align[column]))
    return element


def _add_properties(element: Any, table: Table, style_ids: dict[str, str], text_width: int) -> None:  # noqa: ANN401
    # Word reads the properties in this order only.
    properties = child(element, "tblPr")
    child(properties, "tblStyle", val=style_ids["facts" if table.facts else "table"])
    child(properties, "tblW", w=text_width, type="dxa")
    child(properties, "tblInd", w=0, type="dxa")
    child(properties, "tblLayout", type="fixed")
    first = {"firstRow": "0", "firstColumn": "1"} if table.facts else {"firstRow": "1", "firstColumn": "0"}
    look = "0680" if table.facts else "0620"
    child(properties, "tblLook", val=look, **first, lastRow="0", lastColumn="0", noHBand="1", noVBand="1")
    if table.caption:
        child(properties, "tblCaption", val=table.caption)


def _add_row_properties(row: Any, cells: Sequence[Spans], *, is_head: bool) -> None:  # noqa: ANN401
    stays_whole = max(map(_length, cells)) <= _SHORT_CELL
    if not stays_whole and not is_head:
        return
    properties = child(row, "trPr")
    if stays_whole:
        child(properties, "cantSplit")
    if is_head:
        child(properties, "tblHeader")


def _widths(table: Table, text_width: int) -> list[int]:
    """The width of each column, together exactly the width of the text."""
    parts = table.widths or _reckoned([*zip(table.head, *table.rows, strict=True)], text_width // _CHARACTER)
    edges = [text_width * sum(parts[:count]) // sum(parts) for count in range(len(parts) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _reckoned(columns: Sequence[Sequence[Spans]], capacity: int) -> Sequence[int]:
    """Shares of the width: each column gets room for its longest word, and more the longer its cells are."""
    least = [min(max(map(_longest_word, column)), _LONGEST_WORD) + _MARGIN for column in columns]
    wishes = [
        max(0, min(max(map(_length, column)), _WIDEST) + _MARGIN - need)
        for column, need in zip(columns, least, strict=True)
    ]
    spare = max(0, capacity - sum(least))
    if not spare * sum(wishes):
        return least
    return [need * sum(wishes) + wish * spare for need, wish in zip(least, wishes, strict=True)]


def _longest_word(spans: Spans) -> int:
    return max(map(len, "".join(span.text for span in spans).split()), default=0)


def _length(spans: Spans) -> int:
    return sum(len(span.text) for span in spans)
