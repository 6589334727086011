"""The house style: a Word file whose styles, header and footer every document takes over.

Offices edit it in Word, so it is checked each time it is opened: what is missing is said in a sentence, and what it
would carry into every document unseen (its old text, its author, the folder of its template) is taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cppp_cli.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument
    from docx.opc.rel import Relationships

# The kind of a block, or what is inside one, and the name of its style in Word.
STYLES: Final = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading 1": "Heading 1",
    "heading 2": "Heading 2",
    "heading 3": "Heading 3",
    "body": "Body Text",
    "numbered": "Numbered Paragraph",
    "bullet": "List Bullet",
    "quote": "Quote",
    "notice": "Notice",
    "address": "Address",
    "signature": "Signature Block",
    "caption": "Caption",
    "picture": "Picture",
    "cell": "Table Text",
    "cell heading": "Table Heading",
    "gap": "Table Gap",
    "table": "CPPP Table",
    "facts": "CPPP Facts",
}

_KEPT_FROM_PACKAGE: Final = {RT.OFFICE_DOCUMENT}
_KEPT_FROM_DOCUMENT: Final = {
    *(RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE, RT.THEME),
    *(RT.HEADER, RT.FOOTER, RT.FOOTNOTES, RT.ENDNOTES),
}
_ALLOWED_BELOW: Final = {RT.IMAGE, RT.HYPERLINK, RT.FONT}
_FORGOTTEN_SETTINGS: Final = ("attachedTemplate", "proofState", "rsids", "mailMerge", "docVars")
_AFTER_COMPAT: Final = (
    *("w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping"),
    *("w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions"),
    *("w:readModeInkLockDown", "w:smartTagType", "w:shapeDefaults", "w:doNotEmbedSmartTags"),
    *("w:decimalSymbol", "w:listSeparator"),
)
_WORD_2013: Final = "15"  # below this Word opens a file in compatibility mode
_CLOSE_LINES: Final = 276  # 240ths of a line
_A4_TEXT_WIDTH: Final = 9026  # twentieths of a point between margins of 2.54 cm


@dataclass(frozen=True, slots=True)
class House:
    """An opened house style, ready to be written into."""

    document: WordDocument
    style_ids: dict[str, str]  # key of STYLES -> Word's identifier of the style
    text_width: int  # twentieths of a point


def open_house_style(data: bytes) -> House:
    """The house style without its own text, checked.

    Raises:
        TemplateError: it is no Word document, lacks a style, does not number its numbered paragraphs 1, 2, 3, holds
            tracked changes, or fetches something from elsewhere.
    """
    try:
        document = Document(BytesIO(data))
    except (OSError, ValueError, KeyError, SyntaxError, BadZipFile, OpcError):
        raise TemplateError(
            "The house style cannot be read as a Word document (.docx). Save it again in Word, or take the shipped one."
        ) from None
    settings = document.settings.element  # made when the file has none
    section = _empty(document)
    _drop_relationships(document, section)
    _forget(settings)
    _speak_english(document.styles.element)
    style_ids = _find_styles(document)
    _check_numbering(document, style_ids["numbered"])
    return House(document, style_ids, _text_width(section))


def draw_lines_closer(document: WordDocument) -> None:
    """Set wide lines closer in every style of paragraphs, and the space between paragraphs with them."""
    for spacing in document.styles.element.iter(qn("w:spacing")):
        line = spacing.get(qn("w:line"), "")
        if spacing.get(qn("w:lineRule"), "auto") == "auto" and line.isdigit() and int(line) > _CLOSE_LINES:
            spacing.set(qn("w:line"), str(_CLOSE_LINES))
        for side in ("before", "after"):
            space = spacing.get(qn(f"w:{side}"), "")
            if space.isdigit():
                spacing.set(qn(f"w:{side}"), str(int(space) * 3 // 5))


def packed(document: WordDocument) -> bytes:
    """The document as a file that is the same for the same content: no clock, no machine in it."""
    written = BytesIO()
    document.save(written)
    out = BytesIO()
    with ZipFile(written) as source, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(source.namelist()):
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()


def refused(what: str) -> TemplateError:
    """An error about the house style."""
    return TemplateError(f"The house style {what}. Correct it in Word, or restore the shipped one.")


def _empty(document: WordDocument) -> Any:  # noqa: ANN401  - an XML element; lxml has no types
    """Take out the text of the house style; what stays is its last section, with page, header and footer."""
    body = document.element.body
    section = body.sectPr
    if section is None:
        raise refused("has no page settings")
    for child in list(body):
        if child is not section:
            body.remove(child)
    return section


def _drop_relationships(document: WordDocument, section: Any) -> None:  # noqa: ANN401
    part = document.part
    package = part.package
    if package is None:
        raise refused("is incomplete")
    _keep(package.rels, _KEPT_FROM_PACKAGE)
    used = {reference.get(qn("r:id")) for reference in section if reference.tag.endswith("Reference")}
    _keep(part.rels, _KEPT_FROM_DOCUMENT)
    for key, relation in list(part.rels.items()):
        if relation.reltype in {RT.HEADER, RT.FOOTER} and key not in used:
            del part.rels[key]
    _keep(part.part_related_by(RT.SETTINGS).rels, set())  # the folder of the attached template
    for relation in part.rels.values():
        if relation.is_external:
            raise refused("holds something that is not in the file itself")
        for below in relation.target_part.rels.values():
            if below.reltype not in _ALLOWED_BELOW or (below.is_external and below.reltype != RT.HYPERLINK):
                raise refused("holds something that is not in the file itself, or an embedded object")


def _keep(relations: Relationships, kinds: set[str]) -> None:
    for key, relation in list(relations.items()):
        if relation.reltype not in kinds:
            del relations[key]


def _forget(settings: Any) -> None:  # noqa: ANN401
    for name in _FORGOTTEN_SETTINGS:
        for element in settings.findall(qn(f"w:{name}")):
            settings.remove(element)
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = OxmlElement("w:compat")
        after = next((e for e in settings if e.tag in {qn(name) for name in _AFTER_COMPAT}), None)
        if after is None:
            settings.append(compat)
        else:
            after.addprevious(compat)
    for setting in compat.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            compat.remove(setting)
    compat.append(
        OxmlElement(
            "w:compatSetting",
            {
                qn("w:name"): "compatibilityMode",
                qn("w:uri"): "http://schemas.microsoft.com/office/word",
                qn("w:val"): _WORD_2013,
            },
        )
    )


def _speak_english(styles: Any) -> None:  # noqa: ANN401
    """Set the language of every style to en-GB, so that Word checks spelling and a screen reader speaks English."""
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    defaults = styles.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}") if defaults is not None else None
    if run is None:
        raise refused("has no default font")
    if run.find(qn("w:lang")) is None:
        run.append(OxmlElement("w:lang", {qn("w:val"): "en-GB"}))


def _find_styles(document: WordDocument) -> dict[str, str]:
    known = {}
    for style in document.styles.element.findall(qn("w:style")):
        kind, name = style.get(qn("w:type")), style.find(qn("w:name"))
        if name is not None:
            known[kind, name.get(qn("w:val")).casefold()] = style.get(qn("w:styleId"))
    found = {}
    for key, name in STYLES.items():
        kind = "table" if key in {"table", "facts"} else "paragraph"
        if (kind, name.casefold()) not in known:
            raise refused(f"has no {kind} style called '{name}'")
        found[key] = known[kind, name.casefold()]
    return found


def _check_numbering(document: WordDocument, style_id: str) -> None:
    """Word must count 1, 2, 3 in the style of numbered paragraphs, because the Markdown does."""
    level = _numbering_level(document, style_id)
    values = {
        name: element.get(qn("w:val"))
        for name in ("start", "numFmt", "lvlText")
        if level is not None and (element := level.find(qn(f"w:{name}"))) is not None
    }
    if values.get("start") != "1" or values.get("numFmt") != "decimal" or "%1" not in values.get("lvlText", ""):
        raise refused(f"does not count 1, 2, 3 in the style '{STYLES['numbered']}'")


def _numbering_level(document: WordDocument, style_id: str) -> Any:  # noqa: ANN401
    """The definition Word counts the paragraphs of a style by; nothing when it has none, or starts anew in places."""
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.findall(qn("w:style"))}
    number = styles[style_id].find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if number is None or not any(relation.reltype == RT.NUMBERING for relation in document.part.rels.values()):
        return None
    root = document.part.numbering_part.element
    instance = _with_value(root.findall(qn("w:num")), "numId", number.get(qn("w:val")))
    if instance is None or instance.find(qn("w:lvlOverride")) is not None:
        return None
    wanted = instance.find(qn("w:abstractNumId")).get(qn("w:val"))
    abstract = _with_value(root.findall(qn("w:abstractNum")), "abstractNumId", wanted)
    return None if abstract is None else _with_value(abstract.findall(qn("w:lvl")), "ilvl", "0")


def _with_value(elements: Iterable[Any], name: str, value: str) -> Any:  # noqa: ANN401
    return next((element for element in elements if element.get(qn(f"w:{name}")) == value), None)


def _text_width(section: Any) -> int:  # noqa: ANN401
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return _A4_TEXT_WIDTH
    width, left, right, gutter = (
        int(element.get(qn(f"w:{name}"), "0"))
        for element, name in ((size, "w"), (margins, "left"), (margins, "right"), (margins, "gutter"))
    )
    return width - left - right - gutter
