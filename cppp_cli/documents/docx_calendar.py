"""Months in a Word file: a real table each, three abreast, every square with its letter and shaded by it.

Abreast they stand by columns of the page and not by a table around them: a screen reader meets one month after the
other, each with its caption and its header of weekdays.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cppp_cli.documents.docx_text import child, paragraph_element

if TYPE_CHECKING:
    from cppp_cli.documents.blocks import Spans, Table

ABREAST: Final = 3  # months beside one another
_BETWEEN: Final = 220  # twentieths of a point between two columns
_DAYS: Final = 7
_SIZE: Final = 17  # half points: smaller than the text, so that "12 A" fits a square and a year fits a page
_SHADES: Final = {"B": "D9D9D9", "O": "A6A6A6"}  # greys that a court's printer tells apart; A is left white
_BEFORE_TYPE: Final = frozenset(qn(f"w:{n}") for n in ("headerReference", "footerReference", "footnotePr", "endnotePr"))
_AFTER_COLUMNS: Final = frozenset(
    qn(f"w:{n}")
    for n in ("formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
)


def build_month(table: Table, style_ids: dict[str, str], text_width: int) -> Any:  # noqa: ANN401  - an XML element
    """One month as Word's element, as wide as its column.

    Args:
        table: the month; its header names the weekdays.
        style_ids: Word's identifiers of the styles, by their keys in the house style.
        text_width: of the page, in twentieths of a point.
    """
    day = (text_width - (ABREAST - 1) * _BETWEEN) // ABREAST // _DAYS
    element = OxmlElement("w:tbl")
    _add_properties(element, table, style_ids, day * _DAYS)
    grid = child(element, "tblGrid")
    for _ in range(_DAYS):
        child(grid, "gridCol", w=day)
    for number, cells in enumerate((table.head, *table.rows)):
        row = child(element, "tr")
        properties = child(row, "trPr")
        child(properties, "cantSplit")
        if number == 0:
            child(properties, "tblHeader")
        for spans in cells:
            cell = child(row, "tc")
            settings = child(cell, "tcPr")
            child(settings, "tcW", w=day, type="dxa")
            shade = _SHADES.get("".join(span.text for span in spans)[-1:]) if number else None
            if shade:
                child(settings, "shd", val="clear", color="auto", fill=shade)
            style_id = style_ids["cell" if number else "cell heading"]
            cell.append(_square(style_id, spans, keep_next=number < len(table.rows)))
    return element


def _add_properties(element: Any, table: Table, style_ids: dict[str, str], width: int) -> None:  # noqa: ANN401
    # Word reads the properties in this order only.
    properties = child(element, "tblPr")
    child(properties, "tblStyle", val=style_ids["table"])
    child(properties, "tblW", w=width, type="dxa")
    child(properties, "tblInd", w=0, type="dxa")
    borders = child(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(borders, side, val="single", sz=4, space=0, color="auto")
    child(properties, "tblLayout", type="fixed")
    margins = child(properties, "tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        child(margins, side, w=0, type="dxa")
    child(properties, "tblLook", val="0620", firstRow="1", firstColumn="0", lastRow="0", lastColumn="0",
          noHBand="1", noVBand="1")  # fmt: skip
    if table.caption:
        child(properties, "tblCaption", val=table.caption)


def _square(style_id: str, spans: Spans, *, keep_next: bool) -> Any:  # noqa: ANN401
    paragraph = paragraph_element(style_id, spans, keep_next=keep_next or None)
    properties = paragraph.find(qn("w:pPr"))
    child(properties, "spacing", before=30, after=30, line=240, lineRule="auto")
    child(properties, "jc", val="center")
    looks = [child(properties, "rPr")]  # of the end of the paragraph, which gives an empty square its height
    for run in paragraph.findall(qn("w:r")):
        look = run.find(qn("w:rPr"))
        if look is None:
            look = OxmlElement("w:rPr")
            run.insert(0, look)
        looks.append(look)
    for look in looks:
        child(look, "sz", val=_SIZE)
        child(look, "szCs", val=_SIZE)
    return paragraph


def begin_column(paragraph: Any) -> None:  # noqa: ANN401
    """Let a paragraph begin the next column."""
    run = OxmlElement("w:r")
    child(run, "br", type="column")
    paragraph.find(qn("w:pPr")).addnext(run)


class Sections:
    """The parts of a document with one column and with several. Each is described where it ends.

    Every part names the headers of the house style anew; what belongs to the first page of a document alone stays with
    the first part.
    """

    def __init__(self, last: Any) -> None:  # noqa: ANN401
        """Begin with the page settings that end the document."""
        self._last = last
        self._plain = deepcopy(last)
        self._ended = 0

    @property
    def several(self) -> bool:
        """Whether there is more than one part."""
        return self._ended > 0

    def end(self, paragraph: Any, *, months: bool) -> None:  # noqa: ANN401
        """End a part with this paragraph."""
        settings = deepcopy(self._plain)
        self._describe(settings, months=months)
        paragraph.find(qn("w:pPr")).append(settings)
        self._ended += 1

    def end_document(self, *, months: bool) -> None:
        """Describe the last part."""
        self._describe(self._last, months=months)

    def _describe(self, settings: Any, *, months: bool) -> None:  # noqa: ANN401
        if self._ended:
            for name in ("type", "titlePg", "pgNumType"):
                for element in settings.findall(qn(f"w:{name}")):
                    settings.remove(element)
            before = [element for element in settings if element.tag in _BEFORE_TYPE]
            settings.insert(len(before), OxmlElement("w:type", {qn("w:val"): "continuous"}))
        if months:
            for element in settings.findall(qn("w:cols")):
                settings.remove(element)
            columns = OxmlElement("w:cols", {qn("w:num"): str(ABREAST), qn("w:space"): str(_BETWEEN)})
            after = next((element for element in settings if element.tag in _AFTER_COLUMNS), None)
            if after is None:
                settings.append(columns)
            else:
                after.addprevious(columns)
