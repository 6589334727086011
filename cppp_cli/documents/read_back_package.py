"""A Word file taken apart, so that no file from elsewhere can fill the memory or reach beyond itself."""

from __future__ import annotations

import posixpath
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from cppp_cli.errors import AnswersError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PARTS: Final = 4000
LARGEST_PART: Final = 40 * 1024 * 1024
"""Bytes once unpacked; the words of a report of a hundred pages are about one megabyte."""
LARGEST_WHOLE: Final = 80 * 1024 * 1024

# Parts of a Word file declare nothing; entities that stand for one another unpack to any size.
_DECLARED: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))

_NOT_WORD: Final = "The file cannot be read as a Word document (.docx). Open it in Word, save it again, and give that."
_DAMAGED: Final = "The Word file is damaged. Open it in Word, which may mend it, save it again, and give that."
_TOO_LARGE: Final = "The Word file unpacks to more than a document holds, and is not read. Do not open it."
_ENTITIES: Final = "The Word file holds declarations that no word processor writes, and is not read. Do not open it."


class Package:
    """The parts of one file. Each is unpacked when it is asked for, and only so far."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = ZipFile(BytesIO(data))
            self.names = tuple(entry.filename for entry in self._archive.infolist() if not entry.is_dir())
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise AnswersError(_NOT_WORD) from None
        if len(self.names) > MOST_PARTS:
            raise AnswersError(_TOO_LARGE)
        self._left = LARGEST_WHOLE
        self._read: dict[str, Any] = {}

    def main(self) -> str:
        """The name of the part that holds the text."""
        for kind, target, _ in self.relations(""):
            if kind == "officeDocument" and target in self.names:
                return target
        raise AnswersError(_NOT_WORD)

    def xml(self, name: str) -> Any:  # noqa: ANN401  - an XML element; lxml has no types
        """The root of a part."""
        if name not in self._read:
            self._read[name] = _parsed(self.data(name))
        return self._read[name]

    def was_read(self, name: str) -> bool:
        """Whether a part was asked for."""
        return name in self._read

    def relations(self, name: str) -> Iterator[tuple[str, str, bool]]:
        """What a part refers to: the kind, the name of the part or the address, and whether it is outside the file."""
        for _, kind, target, outside in self.numbered_relations(name):
            yield kind, target, outside

    def numbered_relations(self, name: str) -> Iterator[tuple[str, str, str, bool]]:
        """The same, each with the mark by which the part refers to it. An empty name is the whole file."""
        folder, _, last = name.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{last}.rels")
        if rels not in self.names:
            return
        for relation in self.xml(rels):
            if not isinstance(relation.tag, str):
                continue
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            outside = relation.get("TargetMode", "") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield relation.get("Id", ""), kind, target, outside

    def data(self, name: str) -> bytes:
        """A part, unpacked."""
        try:
            with self._archive.open(name) as part:
                data = part.read(min(LARGEST_PART, self._left) + 1)
        except (BadZipFile, KeyError, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error):
            raise AnswersError(_DAMAGED) from None
        if len(data) > min(LARGEST_PART, self._left):
            raise AnswersError(_TOO_LARGE)
        self._left -= len(data)
        return data


def local(element: Any) -> str:  # noqa: ANN401
    """The name of an element without its namespace, of which Word has two sets; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str:  # noqa: ANN401
    """An attribute of an element, whatever its namespace."""
    for key, text in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(text)
    return ""


def first(element: Any, *path: str) -> Any:  # noqa: ANN401
    """The first element below another by local names; none where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((child for child in element if local(child) == name), None)
    return element


def _parsed(data: bytes) -> Any:  # noqa: ANN401
    from lxml import etree

    if any(mark in data for mark in _DECLARED):
        raise AnswersError(_ENTITIES)
    # A comment would cut the words it stands among in two.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise AnswersError(_DAMAGED) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise AnswersError(_ENTITIES)
    return root
