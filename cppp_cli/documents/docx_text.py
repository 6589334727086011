"""Paragraphs and runs of a Word file as XML elements, built directly: python-docx's own way is slow for many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cppp_cli.programme.clean import clean

if TYPE_CHECKING:
    from cppp_cli.documents.blocks import Span, Spans

_PIECES: Final = re.compile(r"[\n\t]|[^\n\t]+")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def child(parent: Any, tag: str, **attributes: str | int) -> Any:  # noqa: ANN401  - XML elements; lxml has no types
    """A new last child of `parent`; tag and attributes are in Word's own namespace unless the tag says another."""
    name = tag if ":" in tag else f"w:{tag}"
    element = OxmlElement(name, {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    parent.append(element)
    return element


def paragraph_element(
    style_id: str,
    spans: Spans = (),
    *,
    keep_next: bool | None = None,
    new_page: bool = False,
    space_before: int | None = None,
    align: str = "left",
) -> Any:  # noqa: ANN401
    """A paragraph.

    Args:
        style_id: Word's identifier of its style.
        spans: its words.
        keep_next: whether it stays on the page of what follows; None leaves that to its style.
        new_page: whether it begins a page.
        space_before: space above it in twentieths of a point, where the style's own does not suit.
        align: left, center or right.
    """
    paragraph = OxmlElement("w:p")
    properties = child(paragraph, "pPr")
    child(properties, "pStyle", val=style_id)
    # Word reads the properties in this order only.
    if keep_next is not None:
        child(properties, "keepNext", val=int(keep_next))
    if new_page:
        child(properties, "pageBreakBefore")
    if space_before is not None:
        child(properties, "spacing", before=space_before)
    if align != "left":
        child(properties, "jc", val=align)
    for span in spans:
        _add_run(paragraph, span)
    return paragraph


def keep_with_next(paragraph: Any) -> None:  # noqa: ANN401
    """Keep a paragraph that stands already on the page of what follows it."""
    properties = paragraph.find(qn("w:pPr"))
    if properties.find(qn("w:keepNext")) is None:
        properties.insert(1, OxmlElement("w:keepNext"))


def _add_run(paragraph: Any, span: Span) -> None:  # noqa: ANN401
    run = child(paragraph, "r")
    if span.bold or span.italic:
        properties = child(run, "rPr")
        if span.bold:
            child(properties, "b")
        if span.italic:
            child(properties, "i")
    for piece in _PIECES.findall(clean(span.text)):
        if piece == "\n":
            child(run, "br")
        elif piece == "\t":
            child(run, "tab")
        else:
            text = child(run, "t")
            text.text = piece
            text.set(_SPACE, "preserve")
