"""The words of one paragraph of a Word file, and what lies hidden in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.documents.read_back_package import first, local, value
from cppp_cli.documents.read_back_places import TURNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.documents.read_back_styles import Styles

_MARKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_PASSED_OVER: Final = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtEndPr", "Fallback"})
_DRAWN: Final = frozenset({"docPr", "cNvPr", "shape", "shapetype", "rect", "imagedata", "textpath"})
_COUNTED: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*(?:[0-9]+|[ivxlcdm]+)?\s*", re.IGNORECASE)
_STRUCK_OUT: Final = "words struck out in the file"
_INSTRUCTION: Final = "the instruction of a field"
_COUNT: Final = "#"
"""Stands for a number of pages, which every program reckons anew."""


@dataclass(slots=True)
class Words:
    """What was found in a paragraph."""

    pieces: list[str] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words a reader sees."""
        return "".join(self.pieces)


@dataclass(slots=True)
class _Field:
    """A field of Word's: what it is told to do, and whether its result is being read."""

    told: str = ""
    in_result: bool = False
    counted: bool = False


class RunReader:
    """Reads the paragraphs of one part; a field of Word's may reach over several of them."""

    def __init__(self, styles: Styles, links: Mapping[str, str]) -> None:
        self.styles = styles
        self.links = links
        self.fields: list[_Field] = []

    def read(self, paragraph: Any) -> Words:  # noqa: ANN401  - an XML element; lxml has no types
        """The words of a paragraph, or of anything that stands where one may stand."""
        out = Words()
        self._inside(paragraph, out, paragraph)
        return out

    def _inside(self, parent: Any, out: Words, paragraph: Any) -> None:  # noqa: ANN401
        for element in parent:
            self._walk(element, out, paragraph)

    def _walk(self, element: Any, out: Words, paragraph: Any) -> None:  # noqa: ANN401
        name = local(element)
        if not name or name in _PASSED_OVER or self._is_plain(element, name, out):
            return
        unseen = self._unseen(element, name, paragraph)
        if unseen:
            self._apart(element, out, paragraph, unseen)
            return
        match name:
            case "bdo":  # shown from right to left, or otherwise than they are written
                self._say(TURNED, out)
                self._inside(element, out, paragraph)
            case "ins" | "moveTo":
                before = len(out.pieces)
                self._inside(element, out, paragraph)
                out.hidden.append(("words put in while changes were tracked", "".join(out.pieces[before:])))
            case "fldChar" | "instrText" | "fldSimple":
                self._field(element, name, out, paragraph)
            case "hyperlink":
                self._link(element, out)
                self._inside(element, out, paragraph)
            case "AlternateContent":
                self._alternative(element, out, paragraph)
            case "p":  # of a drawing
                self._inside(element, out, paragraph)
                self._say("\n", out)
            case _:
                if name in _DRAWN:
                    self._drawing(element, name, out)
                self._inside(element, out, paragraph)

    def _unseen(self, element: Any, name: str, paragraph: Any) -> str:  # noqa: ANN401
        """Why nobody reads what is below an element as words of the document; empty where it is read."""
        if name in {"del", "moveFrom"}:
            return _STRUCK_OUT
        if name == "r" and self.styles.is_set(element, paragraph, "vanish"):
            return "words that are not shown"
        return _STRUCK_OUT if name == "r" and self.styles.is_set(element, paragraph, "strike", "dstrike") else ""

    def _is_plain(self, element: Any, name: str, out: Words) -> bool:  # noqa: ANN401
        """Whether it was something with nothing below it that matters; it is told then."""
        match name:
            case "t":
                self._say(element.text or "", out)
            case "delText" | "delInstrText":
                out.hidden.append((_STRUCK_OUT, element.text or ""))
            case "sym":
                self._say(_symbol(value(element, "char")), out)
            case "txbxContent":
                out.boxes.append(element)
            case "bookmarkStart":
                out.hidden.append(("a bookmark", value(element, "name").removeprefix("_GoBack")))
            case "sdtPr" | "ffData":
                out.hidden += [("a form field", text) for text in _said_in(element)]
            case _ if name in _MARKS:
                self._say(_MARKS[name], out)
            case _:
                return False
        return True

    def _say(self, text: str, out: Words) -> None:
        """Words, unless they are a number of pages, or tell a field what to do."""
        if any(not each.in_result for each in self.fields):
            out.hidden.append((_INSTRUCTION, text))
        elif not (any(each.counted for each in self.fields) and _NUMBER.fullmatch(text)):
            out.pieces.append(text)

    def _apart(self, element: Any, out: Words, paragraph: Any, what: str) -> None:  # noqa: ANN401
        """Words that nobody sees at once."""
        unseen = Words()
        self._inside(element, unseen, paragraph)
        out.hidden += [(what, unseen.text), *unseen.hidden, *((what, words) for words in unseen.pictures)]
        for box in unseen.boxes:
            out.hidden.append((what, "".join(box.itertext())))

    def _field(self, element: Any, name: str, out: Words, paragraph: Any) -> None:  # noqa: ANN401
        if name == "fldSimple":
            self.fields.append(_Field(value(element, "instr")))
            self._turn("separate", out)
            self._inside(element, out, paragraph)
            self._turn("end", out)
        elif name == "instrText":
            if self.fields and not self.fields[-1].in_result:
                self.fields[-1].told += element.text or ""
            else:
                out.hidden.append((_INSTRUCTION, element.text or ""))
        else:
            self._turn(value(element, "fldCharType"), out)
            self._inside(element, out, paragraph)

    def _turn(self, kind: str, out: Words) -> None:
        """A field begins, goes over to its result, or ends."""
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and (kind == "separate" or not self.fields[-1].in_result):
            here = self.fields[-1]
            out.hidden.append((_INSTRUCTION, here.told))
            here.in_result = True
            if _COUNTED.match(here.told):
                self._say(_COUNT, out)
                here.counted = True
        if kind == "end" and self.fields:
            self.fields.pop()

    def _link(self, element: Any, out: Words) -> None:  # noqa: ANN401
        target = self.links.get(value(element, "id"), "")
        out.hidden += [
            ("where a link leads", target or value(element, "anchor")),
            ("what a link shows", value(element, "tooltip")),
        ]

    def _alternative(self, element: Any, out: Words, paragraph: Any) -> None:  # noqa: ANN401
        """One thing drawn in two ways, for newer and for older programs; the older is read for what the newer lacks."""
        newer, older = first(element, "Choice"), first(element, "Fallback")
        if newer is None:
            if older is not None:
                self._inside(older, out, paragraph)
            return
        self._inside(newer, out, paragraph)
        if older is not None:
            said = " ".join("".join(newer.itertext()).split())
            other = " ".join("".join(older.itertext()).split())
            out.hidden.append(("words for older programs", "" if other == said else other))

    def _drawing(self, element: Any, name: str, out: Words) -> None:  # noqa: ANN401
        if name == "textpath":
            self._say(value(element, "string"), out)
            return
        words = [value(element, "descr"), value(element, "title"), value(element, "alt")]
        if name == "cNvPr":  # says again what docPr says
            out.hidden += [("the words of a picture", text) for text in words if text not in out.pictures]
        elif name == "imagedata":
            out.hidden.append(("the name of a picture", value(element, "title")))
        else:
            out.pictures += [text for text in words if text.strip()]
        out.hidden.append(("the name of a picture", value(element, "name")))


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _said_in(element: Any) -> list[str]:  # noqa: ANN401
    """Every value below an element that holds letters."""
    found = [str(each.text or "") for each in element.iter()]
    found += [str(text) for each in element.iter() for text in each.attrib.values()]
    return [text for text in dict.fromkeys(found) if any(char.isalpha() for char in text)]
