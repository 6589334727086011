"""What makes two files the same document: their words and numbers in order, and a short code made of them. Pure.

What counts, everywhere in the program:

- the words of headings, paragraphs, quotations, lists, footnotes and tables, and the words that stand for a picture;
- their order, and in which cell of a table each of them stands, because a cell says whose words they are;
- capitals, and every mark within or beside a word: "not, Isla" is not "not Isla", and 18:00 is not 18.00.

What does not count, because saving a document anew may change it:

- the header, the footer, the properties and the name of the file, what is hidden, and the numbers of paragraphs;
- titles of tables for screen readers, which some word processors drop;
- where lines, pages and paragraphs end, and how wide a blank is;
- which form of quotation mark or dash is used, the dots of an ellipsis, hyphens a line may break at, and marks that
  have no width.

Letters are compared in their composed form and not in their compatible one, which would read 10² as 102.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cppp_cli.programme.passage import Passage

COUNTED: Final = frozenset({"heading", "text", "quote", "row", "alternative text"})
"""The kinds of passages whose words count."""

CELL_ENDS: Final = "\t"
"""Stands among the words where a cell ends. No word is like it, because no word holds white space."""

ALPHABET: Final = "23456789ACDEFGHJKMNPQRTVWXYZ"
"""As in the references of cases: no 0 and O, 1, I and L, 8 and B, 5 and S, U and V that an eye could confuse."""
GROUPS: Final = 3
GROUP_SYMBOLS: Final = 4
_DATA_SYMBOLS: Final = GROUPS * GROUP_SYMBOLS - 1

_QUOTES: Final = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ＇"), "'") | dict.fromkeys(map(ord, "“”„‟″«»＂"), '"')
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_LIGATURES: Final = {ord("ﬀ"): "ff", ord("ﬁ"): "fi", ord("ﬂ"): "fl", ord("ﬃ"): "ffi", ord("ﬄ"): "ffl"}
_FOLDED: Final = _QUOTES | _DASHES | {ord("…"): "..."} | _LIGATURES
_CODE: Final = re.compile(
    r"\bcode\W{0,3}" + r"\s*-\s*".join([r"([0-9A-Z]{4})"] * GROUPS) + r"(?![0-9A-Z-])", re.IGNORECASE
)


def normal_words(passages: Iterable[Passage]) -> tuple[str, ...]:
    """The words and numbers of a document in their order, with a mark at the end of each cell that has any."""
    return tuple(word for passage in passages if passage.kind in COUNTED for word in words_of(passage))


def words_of(passage: Passage) -> Iterator[str]:
    """The same of one passage, whatever its kind."""
    if not passage.cells:
        yield from folded(passage.text).split()
        return
    for cell in passage.cells:
        yield from folded(cell).split()
        yield CELL_ENDS


def folded(text: str) -> str:
    """A text with one form for each kind of mark, and nothing in it that has no width."""
    if text.isascii():
        return text.replace("`", "'")
    plain = unicodedata.normalize("NFC", text).translate(_FOLDED)
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")


def code(passages: Iterable[Passage]) -> str:
    """The short code of a document, such as ``7KQF-2MXA-94TD``: eleven symbols of its SHA-256 and one that checks them.

    Eleven of 28 symbols are 52 bits. They are the name of a version and not its proof: `verify` compares every word
    with the frozen text, so a forger gains nothing by another text with the same code. By chance two of ten thousand
    documents share a code less than once in a hundred million times.
    """
    text = "\n".join(normal_words(passages))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    symbols = ""
    for _ in range(_DATA_SYMBOLS):
        number, place = divmod(number, len(ALPHABET))
        symbols += ALPHABET[place]
    symbols += _check(symbols)
    return "-".join(symbols[at : at + GROUP_SYMBOLS] for at in range(0, len(symbols), GROUP_SYMBOLS))


def is_code(text: str) -> bool:
    """Whether it can be the code of a document at all; with one wrong symbol it never is.

    Two neighbours exchanged are noticed too, but for a few pairs.
    """
    symbols = folded(text).upper().replace("-", "").replace(" ", "")
    return len(symbols) == _DATA_SYMBOLS + 1 and set(symbols) <= set(ALPHABET) and _check(symbols[:-1]) == symbols[-1]


def code_in(passages: Sequence[Passage]) -> str:
    """The code printed in a footer, or else in the header or the last line of the text; empty where there is none.

    It may be mistyped: ask ``is_code``. A code that stands among the words of a document is that of another one.
    """
    places = [passage for kind in ("footer", "header") for passage in passages if passage.kind == kind]
    places += [passage for passage in passages if passage.kind in COUNTED][-1:]
    for passage in places:
        found = _CODE.search(folded(passage.text))
        if found:
            return "-".join(found.groups()).upper()
    return ""


def _check(symbols: str) -> str:
    """The check symbol of ISO 7064 for an alphabet of 28, MOD 29,28: it changes with every single symbol."""
    size = len(ALPHABET)
    product = size
    for symbol in symbols:
        product = ((product + ALPHABET.index(symbol)) % size or size) * 2 % (size + 1)
    return ALPHABET[(size + 1 - product) % size]
