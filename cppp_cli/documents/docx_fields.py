"""What stands in the header of every page, and the properties of the file.

Headers hold plain words in double braces rather than Word's own fields: a field shows its old value until somebody
refreshes it, and a content control is lost by other word processors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from cppp_cli.documents.docx_house import refused
from cppp_cli.programme.clean import clean

if TYPE_CHECKING:
    from datetime import datetime

    from docx.document import Document as WordDocument

_PLACEHOLDER: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_PLACEHOLDERS: Final = ("case_number", "classification", "short_title", "status", "code")
_REQUIRED: Final = ("case_number", "classification", "status")
_LONGEST_PROPERTY: Final = 255  # characters Word takes in a property
_PAGES: Final = {"default": "ordinary pages", "first": "the first page", "even": "even pages"}


@dataclass(frozen=True, slots=True)
class DocFields:
    """What a document says about itself outside its text."""

    title: str
    subject: str
    author: str
    case_number: str
    classification: str  # the marking, as it is printed
    short_title: str
    status: str  # "DRAFT", or empty for a final document
    code: str = field(default="", kw_only=True)  # what the footer of a final document says: its version and its code
    # A page for children has no header, and its lines stand closer, so that it stays one page.
    for_children: bool = field(default=False, kw_only=True)
    created: datetime  # from the case and not from the clock, so that the same case gives the same file


def fill_headers(document: WordDocument, fields: DocFields) -> None:
    """Put the fields into every header and footer.

    Raises:
        TemplateError: a header that is in use lacks the case number, the marking or the draft mark, or a placeholder
            is not known or not complete.
    """
    values = {name: _one_line(getattr(fields, name)) for name in _PLACEHOLDERS}
    seen = {
        key: _fill(relation.target_part.element, values)
        for key, relation in document.part.rels.items()
        if relation.reltype in {RT.HEADER, RT.FOOTER}
    }
    for page, key in _headers_in_use(document).items():
        for name in _REQUIRED:
            if name not in seen.get(key, set()):
                raise refused(f"lacks {{{{ {name} }}}} in the header of {_PAGES[page]}")
    if fields.code and not any("code" in found for found in seen.values()):
        _stamp(document, fields.code)


def _stamp(document: WordDocument, code: str) -> None:
    """Put the code at the head of every footer, where the house style names no place for it.

    Raises:
        TemplateError: there is no footer.
    """
    footers = [r.target_part.element for r in document.part.rels.values() if r.reltype == RT.FOOTER]
    if not footers:
        raise refused("has no footer, where the code of a final document stands")
    for footer in footers:
        paragraph = next(footer.iter(qn("w:p")))
        run = paragraph.makeelement(qn("w:r"))
        text = run.makeelement(qn("w:t"))
        text.text = _one_line(code)
        run.append(text)
        settings = paragraph.find(qn("w:pPr"))
        paragraph.insert(0 if settings is None else 1, run)


def drop_headers(document: WordDocument) -> None:
    """Take the headers away: a page that is given to a child shows no case number and no marking.

    Raises:
        TemplateError: a placeholder of the footer is not known or not complete.
    """
    section = document.element.body.sectPr
    for reference in section.findall(qn("w:headerReference")):
        del document.part.rels[reference.get(qn("r:id"))]
        section.remove(reference)
    for relation in document.part.rels.values():
        if relation.reltype == RT.FOOTER:
            _fill(relation.target_part.element, dict.fromkeys(_PLACEHOLDERS, ""))


def set_properties(document: WordDocument, fields: DocFields) -> None:
    """Set every property of the file, so that none is left from the machine or from the house style."""
    properties = document.core_properties
    texts = {
        "title": fields.title,
        "subject": fields.subject,
        "author": fields.author,
        "last_modified_by": fields.author,
        "category": fields.classification,
        "content_status": fields.status,
        "identifier": fields.case_number,
        "language": "en-GB",
        "comments": "",
        "keywords": "",
        "version": "",
    }
    for name, text in texts.items():
        setattr(properties, name, _one_line(text)[:_LONGEST_PROPERTY])
    properties.revision = 1
    properties.created = properties.modified = fields.created


def _headers_in_use(document: WordDocument) -> dict[str, str]:
    """The kinds of page that occur, and the relationship of the header each shows; empty where there is none."""
    section = document.element.body.sectPr
    shown = {e.get(qn("w:type")): e.get(qn("r:id")) for e in section.findall(qn("w:headerReference"))}
    kinds = ["default"]
    if _is_on(section.find(qn("w:titlePg"))):
        kinds.append("first")
    if _is_on(document.settings.element.find(qn("w:evenAndOddHeaders"))):
        kinds.append("even")
    return {kind: shown.get(kind, "") for kind in kinds}


def _fill(story: Any, values: dict[str, str]) -> set[str]:  # noqa: ANN401  - an XML element; lxml has no types
    """Replace the placeholders of one header or footer; the names that were found."""
    if next(story.iter(qn("w:ins"), qn("w:del")), None) is not None:
        raise refused("has tracked changes in its header or footer; accept or reject them")
    found: set[str] = set()
    for paragraph in story.iter(qn("w:p")):
        # Word cuts a placeholder into several pieces as it pleases. Text boxes have paragraphs of their own.
        pieces = [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]
        text = "".join(piece.text or "" for piece in pieces)
        found |= _check_placeholders(text, values)
        # From the last to the first, so that earlier positions stay true.
        for match in reversed(list(_PLACEHOLDER.finditer(text))):
            _replace(pieces, match.start(), match.end(), values[match[1]])
    return found


def _check_placeholders(text: str, values: dict[str, str]) -> set[str]:
    names = set(_PLACEHOLDER.findall(text))
    rest = _PLACEHOLDER.sub("", text)
    if names - set(values):
        raise refused(f"has a placeholder that is not known: {', '.join(sorted(names - set(values)))}")
    if "{{" in rest or "}}" in rest:
        raise refused("has an incomplete placeholder in its header or footer")
    return names


def _replace(pieces: list[Any], start: int, end: int, value: str) -> None:
    """Put `value` for the characters from `start` to `end` of the pieces' joined text, with the first piece's look."""
    position = 0
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - position, 0), min(end - position, len(text))
        if first < last:
            piece.text = text[:first] + value + text[last:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            value = ""
        position += len(text)


def _is_on(element: Any) -> bool:  # noqa: ANN401
    return element is not None and element.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
