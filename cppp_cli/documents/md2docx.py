"""The Markdown of a document becomes a Word file, block by block, in the styles of the house.

The Word file is made from the very Markdown that is kept beside it, so the two cannot say different things.
"""

from __future__ import annotations

from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.shape import CT_Inline
from docx.shared import Emu, Inches

from cppp_cli.documents.blocks import Block, Paragraph, Picture, Spans, Table
from cppp_cli.documents.docx_calendar import ABREAST, Sections, begin_column, build_month
from cppp_cli.documents.docx_fields import DocFields, drop_headers, fill_headers, set_properties
from cppp_cli.documents.docx_house import House, draw_lines_closer, open_house_style, packed
from cppp_cli.documents.docx_table import build_table
from cppp_cli.documents.docx_text import child, keep_with_next, paragraph_element
from cppp_cli.documents.md_blocks import read_blocks
from cppp_cli.errors import PictureError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["DocFields", "to_docx"]

# A table has no space of its own below it, so the paragraph that follows brings some, unless its style does.
_SPACE_AFTER_TABLE: Final = 240  # twentieths of a point
_SPACE_BETWEEN_MONTHS: Final = 160
_NEEDS_SPACE: Final = frozenset({"body", "numbered", "bullet", "quote", "notice", "address"})

_PIXELS_PER_INCH: Final = 150  # a smaller picture is not blown up beyond this
_TALLEST: Final = Inches(4)  # a drawing, its heading and its caption stay together on a page
_TWENTIETH: Final = 635  # English Metric Units in a twentieth of a point
_FIRST_DRAWING: Final = 1000  # numbers below may be taken by drawings in a letterhead
_PICTURE_KINDS: Final = frozenset({"image/jpeg", "image/png"})


def to_docx(
    markdown: str,
    house_style: bytes,
    fields: DocFields,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The Word file of a document. The same arguments give the same bytes.

    Args:
        markdown: the document, as `mdenv.render` made it.
        house_style: a .docx file with the styles, header and footer.
        fields: what the header and the properties say.
        pictures: the picture files by the names the Markdown uses; no other file is ever read.

    Raises:
        TemplateError: the Markdown holds something a document does not have, a paragraph number is not the next one,
            a picture is not among the given ones, or the house style is not fit for use.
        PictureError: a picture is neither JPEG nor PNG.
    """
    blocks = read_blocks(markdown)
    house = open_house_style(house_style)
    # Before the text, because only the page settings that end the house style name its headers.
    if fields.for_children:
        drop_headers(house.document)
        draw_lines_closer(house.document)
    else:
        fill_headers(house.document, fields)
    writer = _Writer(house, pictures)
    for block, month in zip(blocks, _months(blocks), strict=True):
        writer.turn_to(month)
        writer.write(block)
    writer.finish()
    set_properties(house.document, fields)
    return packed(house.document)


class _Writer:
    """Writes blocks before the page settings that end a Word file."""

    def __init__(self, house: House, pictures: Mapping[str, bytes]) -> None:
        self.house = house
        self.pictures = pictures
        self.section = house.document.element.body.sectPr
        self.last: Any = None  # the element written last
        self.last_block: Block | None = None
        self.number = 0
        self.drawing = _FIRST_DRAWING
        self.sections = Sections(self.section)
        self.among_months = False
        self.begins_column = False  # at the top of the months' first column, or of another
        self.breaks_column = False

    def turn_to(self, month: tuple[int, int] | None) -> None:
        """Go over to the columns months stand in, to the next of them, or back to the text.

        Args:
            month: the place of the month the next block belongs to, and how many follow one another; None for text.
        """
        if (month is not None) != self.among_months:
            if self.among_months or not isinstance(self.last_block, Paragraph):
                self.add_gap()
            self.sections.end(self.last, months=self.among_months)
            self.among_months = month is not None
        self.begins_column = month is not None and month[0] % -(-month[1] // ABREAST) == 0
        self.breaks_column = self.begins_column and month is not None and month[0] > 0

    def write(self, block: Block) -> None:
        match block:
            case Paragraph():
                element = self.paragraph(block)
                if self.breaks_column:
                    begin_column(element)
            case Table(calendar=True):
                if isinstance(self.last_block, Table):
                    self.add_gap()
                element = build_month(block, self.house.style_ids, self.house.text_width)
            case Table():
                if isinstance(self.last_block, Table):
                    self.add_gap()  # Word would make one table of two
                element = build_table(block, self.house.style_ids, self.house.text_width)
            case Picture():
                element = self.picture(block)
        self.keep_together(block)
        self.add(element)
        self.last_block = block

    def finish(self) -> None:
        """End the document; Word wants a paragraph after a table."""
        if self.last_block is None or isinstance(self.last_block, Table):
            self.add_gap()
        if self.sections.several:
            self.sections.end_document(months=self.among_months)

    def paragraph(self, block: Paragraph) -> Any:  # noqa: ANN401  - an XML element; lxml has no types
        if block.number is not None:
            self.number += 1
            if block.number != self.number:
                raise TemplateError(
                    f"A paragraph is numbered {block.number} where {self.number} comes next. "
                    "Write {{ n() }} for every paragraph number in the template."
                )
        after_table = isinstance(self.last_block, Table) and block.kind in _NEEDS_SPACE
        below_picture = isinstance(self.last_block, Picture) and block.kind == "caption"
        return paragraph_element(
            self.house.style_ids[block.kind],
            block.spans,
            keep_next=False if below_picture else None,  # a caption above a table stays with the table
            new_page=block.new_page,
            space_before=_SPACE_AFTER_TABLE if after_table else self.space_between_months(),
        )

    def space_between_months(self) -> int | None:
        if not self.among_months:
            return None
        return 0 if self.begins_column else _SPACE_BETWEEN_MONTHS

    def picture(self, block: Picture) -> Any:  # noqa: ANN401
        data = self.pictures.get(block.name)
        if data is None:
            raise TemplateError("The template shows a picture that was not given to it. Take it out of the template.")
        part = self.house.document.part
        try:
            relation, image = part.get_or_add_image(BytesIO(data))
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
            raise PictureError(_NOT_A_PICTURE) from None
        if image.content_type not in _PICTURE_KINDS or not (image.px_width and image.px_height):
            raise PictureError(_NOT_A_PICTURE)
        width, height = self.picture_size(image.px_width, image.px_height)
        self.drawing += 1
        inline = CT_Inline.new_pic_inline(self.drawing, relation, f"Picture {self.drawing}", width, height)
        inline.docPr.set("descr", block.alt)
        paragraph = paragraph_element(self.house.style_ids["picture"], new_page=block.new_page)
        child(child(paragraph, "r"), "drawing").append(inline)
        return paragraph

    def picture_size(self, width_px: int, height_px: int) -> tuple[Emu, Emu]:
        """The size on the page: its own at 150 pixels to the inch, or less, so that it fits between the margins."""
        own_width, own_height = Inches(width_px / _PIXELS_PER_INCH), Inches(height_px / _PIXELS_PER_INCH)
        scale = min(1.0, self.house.text_width * _TWENTIETH / own_width, _TALLEST / own_height)
        return Emu(max(1, round(own_width * scale))), Emu(max(1, round(own_height * scale)))

    def keep_together(self, block: Block) -> None:
        """Keep what announces a list, quotation, table or signature on the page of what it announces."""
        last = self.last_block
        if not isinstance(last, Paragraph):
            return
        announces = _ends_in_colon(last.spans) and last.kind in {"body", "numbered"}
        signs = isinstance(block, Paragraph) and block.kind == "signature"
        if announces or signs:
            keep_with_next(self.last)

    def add_gap(self) -> None:
        self.add(paragraph_element(self.house.style_ids["gap"]))

    def add(self, element: Any) -> None:  # noqa: ANN401
        self.section.addprevious(element)
        self.last = element


def _months(blocks: Sequence[Block]) -> list[tuple[int, int] | None]:
    """For each block which month it belongs to, and of how many in a row; None for whatever else.

    A caption belongs to the calendar below it.
    """
    found: list[tuple[int, int] | None] = [None] * len(blocks)
    row: list[int] = []  # where the calendars of this row stand
    for at, block in enumerate((*blocks, None)):
        if isinstance(block, Table) and block.calendar:
            row.append(at)
        elif not (_is_caption(block) and at + 1 < len(blocks) and _is_month(blocks[at + 1])):
            for place, number in enumerate(row):
                found[number] = (place, len(row))
                if number and _is_caption(blocks[number - 1]):
                    found[number - 1] = (place, len(row))
            row = []
    return found


def _is_month(block: Block | None) -> bool:
    return isinstance(block, Table) and block.calendar


def _is_caption(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.kind == "caption"


_NOT_A_PICTURE: Final = "A picture for the document is neither JPEG nor PNG. Attach it again so that it is converted."


def _ends_in_colon(spans: Spans) -> bool:
    return "".join(span.text for span in spans).rstrip().endswith(":")
