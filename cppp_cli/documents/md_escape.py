"""Typed words as Markdown that reads back as exactly those words.

An escaped value is one line whatever it held, and holds no pipe and no tag but `<br>`. It therefore means the same in
a paragraph, a heading, a list, a quotation and a table cell, and the author of a template cannot choose the wrong
kind of escaping for a place.
"""

from __future__ import annotations

import re

from cppp_cli.programme.clean import clean

# Escaped wherever they stand. Braces, dollars and carets mean nothing here, but do in other viewers of Markdown.
_MARKS = re.compile(r"[\\`*_\[\]<>~$^{}#]")
# Only where it would be read as a character reference, or might be with what is printed next; "Birch & Rowe" stays.
_REFERENCE = re.compile(r"&(?=#?[0-9A-Za-z]+;|#?[0-9A-Za-z]*\Z)")
# Viewers make links of these without being asked.
_LINK = re.compile(r"\b(?:https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.)", re.IGNORECASE)
# At the start of a line these begin a list, an underlined heading, a table or a citation; a point or bracket begins a
# list after a number that was printed before it.
_START = re.compile(r"[0-9]{1,9}(?=[.)])|(?=[-+=:@.)])")


def md_escape(text: str) -> str:
    """Markdown of one line that reads back as `clean(text)`.

    White space at either end is written as character references, because every reader of Markdown trims it.
    """
    typed = clean(text)
    words = typed.strip()
    if not words:
        return _as_references(typed)
    start = typed.index(words)
    lead, tail = typed[:start], typed[start + len(words) :]
    return _as_references(lead) + _escape_words(words) + _as_references(tail)


def _escape_words(words: str) -> str:
    escaped = _MARKS.sub(r"\\\g<0>", words)
    escaped = _REFERENCE.sub(r"\&", escaped)
    escaped = _LINK.sub(r"\g<0>\\", escaped)
    start = _START.match(escaped)
    if start:
        escaped = escaped[: start.end()] + "\\" + escaped[start.end() :]
    # A table is cut at its pipes before anything else is read, and a backslash at the end would hide the next pipe.
    escaped = escaped.replace("|", "&#124;").replace("\n", "<br>")
    return escaped.removesuffix("\\\\") + "&#92;" if words.endswith("\\") else escaped


def _as_references(white: str) -> str:
    return "".join(f"&#{ord(char)};" for char in white)
