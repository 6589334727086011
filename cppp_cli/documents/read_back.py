"""A finished document as its reader, and a recipient who looks closely, would find it.

What is checked before a document leaves the desk, and what is compared when it comes back, is the file itself and not
what it was made of. Nothing in a file is trusted: it may come from anywhere.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import AnswersError
from cppp_cli.programme.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Callable

READ: Final = (".md", ".docx", ".html", ".ics", ".txt")
"""The ends of the names of files that are read; of any other file only the name is."""

LARGEST_FILE: Final = 60 * 1024 * 1024
"""Bytes; a report with a scanned letter of every child stays far below."""

REMARKS: Final = (
    *("words struck out", "words put in", "words that are not shown", "words for older programs"),
    *("a row struck out", "a comment", "the author of a comment"),
)
"""How the places of hidden passages begin that somebody put in, and no program by itself."""


def passages(name: str, data: bytes) -> tuple[Passage, ...]:
    """Everything that can be read in a file, in the order of the file; its own name comes first.

    Args:
        name: The name of the file, with or without its folders; its end says how it is read.
        data: Its whole content.

    Raises:
        AnswersError: it is not what its name says, is damaged, or is too large to be read safely.
    """
    path = PurePath(name.replace("\\", "/"))
    found = [Passage("the name of the file", path.name, "name")]
    reader = _reader(path.suffix.lower())
    if reader is None:
        return tuple(found)
    if len(data) > LARGEST_FILE:
        raise AnswersError(
            f"The file is larger than {LARGEST_FILE // 1024**2} MB and is not read. Give the document itself."
        )
    return (*found, *reader(data))


def pictures_in(name: str, data: bytes) -> frozenset[str]:
    """The SHA-256 of each picture within a Word file; of another file there are none.

    Raises:
        AnswersError: it is no Word file, is damaged, or is too large to be read safely.
    """
    if not name.lower().endswith(".docx"):
        return frozenset()
    from cppp_cli.documents.read_back_package import Package

    package = Package(data)
    pictures = (package.data(part) for part in package.names if part.startswith("word/media/"))
    return frozenset(hashlib.sha256(picture).hexdigest() for picture in pictures)


def _reader(suffix: str) -> Callable[[bytes], tuple[Passage, ...]] | None:
    if suffix == ".md":
        from cppp_cli.documents.read_back_markdown import markdown_passages

        return lambda data: markdown_passages(_text(data))
    if suffix == ".docx":
        from cppp_cli.documents.read_back_word import word_passages

        return word_passages
    if suffix == ".html":
        from cppp_cli.documents.read_back_html import html_passages

        return lambda data: html_passages(_text(data))
    if suffix == ".ics":
        from cppp_cli.documents.read_back_plain import calendar_passages

        return lambda data: calendar_passages(_text(data))
    if suffix == ".txt":
        from cppp_cli.documents.read_back_plain import line_passages

        return lambda data: line_passages(_text(data))
    return None


def _text(data: bytes) -> str:
    """The words of a file of plain text. Some editors save it as UTF-16 and say so in its first two bytes."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise AnswersError("The file is not text. Save it again as UTF-8 text, or give the Word file.") from None
    if "\x00" in text:
        raise AnswersError("The file is not text. Save it again as UTF-8 text, or give the Word file.")
    return text
