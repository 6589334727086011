"""A confidential address, telephone number or e-mail, found again however it is typed. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.folding import tokens
from cppp_cli.checks.leaks.function_words import NUMBERS
from cppp_cli.programme.confidences import ADDRESS, EMAIL, TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_SIGNS: Final = 6  # letters and digits; a shorter piece would be found in words that have nothing to do with it
LEAST_DIGITS: Final = 7  # of a telephone number, without the 0 or +44 it begins with
MOST_BETWEEN: Final = 40  # signs that may stand among the digits of a number: more is not one number
AFTER_A_NUMBER: Final = 2  # words of a street that make it known, with the number before them
POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")
_PREFIX: Final = re.compile(r"^(?:00|\+)?44|^0")
_SHORT: Final = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "cl": "close",
    "ln": "lane",
    "dr": "drive",
    "ct": "court",
    "gdns": "gardens",
    "pl": "place",
    "sq": "square",
    "cres": "crescent",
    "terr": "terrace",
}
"""How streets are shortened; the text and the address are both read in full."""


class Marks:
    """The letters and digits of texts, with streets in full, and where each came from."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Read the texts, one after the other."""
        self.words: list[tuple[int, int, int]] = []  # the number of the text, where the word begins and ends
        pieces = []
        for home, text in enumerate(texts):
            for token in tokens(text):
                self.words.append((home, token.start, token.end))
                pieces.append(_SHORT.get(token.word, token.word))
        self.texts = texts
        self.signs = "".join(pieces)
        self.owner = [number for number, piece in enumerate(pieces) for _ in piece]
        self.digits = [place for place, sign in enumerate(self.signs) if sign.isdecimal()]
        self.number = "".join(self.signs[place] for place in self.digits)

    def starts(self, place: int) -> bool:
        """Whether a word begins with this sign."""
        return not place or self.owner[place] != self.owner[place - 1]

    def ends(self, place: int) -> bool:
        """Whether a word ends with this sign."""
        return place + 1 == len(self.owner) or self.owner[place] != self.owner[place + 1]

    def piece(self, first: int, last: int) -> tuple[int, str]:
        """The number of the text a stretch of signs begins in, and the stretch as it is written."""
        inside = self.words[self.owner[first] : self.owner[last] + 1]
        homes = list(dict.fromkeys(home for home, _, _ in inside))
        lines = []
        for home in homes:
            own = [(start, end) for at, start, end in inside if at == home]
            lines.append(self.texts[home][own[0][0] : own[-1][1]])
        return homes[0], "\n".join(lines)


def found(what: str, detail: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """Where a detail of a kind stands: the number of the text and the piece of it, as written.

    Case, blanks, punctuation, +44, shortened streets and numbers in words do not matter. Of an address these give it
    away by themselves: a number with the words after it, the name of a house, the postcode. A reworded address is not
    found.
    """
    if what == TELEPHONE:
        number = _PREFIX.sub("", re.sub(r"[^\d+]", "", _plain(detail)))
        if len(number) >= LEAST_DIGITS:
            for at in _all(number, marks.number):
                first, last = marks.digits[at], marks.digits[at + len(number) - 1]
                if last - first < len(number) + MOST_BETWEEN:
                    yield marks.piece(first, last)
        return
    if what == ADDRESS:
        yield from _street_beside(_plain(detail), marks)
    pieces = _emails(detail) if what == EMAIL else _addresses(_plain(detail)) if what == ADDRESS else ()
    for piece, whole in pieces:
        for at in _all(piece, marks.signs):
            last = at + len(piece) - 1
            # 12 Mill Lane is not 112 Mill Lane.
            if what == EMAIL or (marks.starts(at) and (marks.ends(last) or not whole)):
                yield marks.piece(at, last)


def _street_beside(address: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """Texts that name the street of an address and, anywhere beside it, its number or its town."""
    first, *rest = [
        [_SHORT.get(word, word) for word in re.findall(r"\w+", part)] for part in re.split(r"[,\n]", address)
    ]
    place = next((at for at, word in enumerate(first) if word[0].isdigit()), None)
    if place is None or len(first) < place + 1 + AFTER_A_NUMBER:
        return
    number, street = first[place], first[place + 1 : place + 1 + AFTER_A_NUMBER]
    towns = [[word for word in part if not any(map(str.isdigit, word))] for part in rest]
    for home, text in enumerate(marks.texts):
        said = [_SHORT.get(token.word, token.word) for token in tokens(text)]
        named = [at for at in range(len(said)) if said[at : at + len(street)] == street]
        numbered = any(_is_its_number(said, at, number, named) for at in range(len(said)))
        short = any(said[at : at + 2] == [number, street[0]] for at in range(len(said)))
        in_town = any(said[at : at + len(town)] == town for town in towns if town for at in range(len(said)))
        if (named and (numbered or in_town)) or (short and in_town):
            yield home, text


def _is_its_number(said: Sequence[str], at: int, number: str, named: Sequence[int]) -> bool:
    """Whether the word at a place is the number of a street named elsewhere; "at 12" may be an hour."""
    if said[at] != number:
        return re.fullmatch(rf"{re.escape(number)}[a-z]", said[at]) is not None
    called = at > 0 and said[at - 1] in {"number", "no", "nr"}
    return called or any(0 < street - at <= AFTER_A_NUMBER for street in named)


def _all(piece: str, signs: str) -> Iterator[int]:
    """Every place where a piece stands."""
    at = signs.find(piece) if piece else -1
    while at >= 0:
        yield at
        at = signs.find(piece, at + 1)


def _emails(detail: str) -> Iterator[tuple[str, bool]]:
    """An e-mail, and as it is spoken."""
    yield _signs(detail), False
    yield _signs(detail.replace("@", " at ")), False
    yield _signs(detail.replace("@", " at ").replace(".", " dot ")), False


def _addresses(address: str) -> Iterator[tuple[str, bool]]:
    """The whole of an address and what of it gives it away, and whether a word must end where it ends."""
    if len(_signs(address)) >= LEAST_SIGNS:
        yield _signs(address), True
    for postcode in POSTCODE.findall(address):
        yield _signs(postcode), True
    for part in _parts(POSTCODE.sub(" ", address)):
        piece = _signs(part)
        if len(piece) >= LEAST_SIGNS:
            yield piece, False


def _parts(street: str) -> Iterator[str]:
    """The parts of an address without its postcode that would be known again."""
    words = re.findall(r"\w+", street)
    for place, word in enumerate(words):
        if not _numbered(word):
            continue
        after = [other for other in words[place + 1 :] if not _numbered(other)][:AFTER_A_NUMBER]
        piece = " ".join([word, *after])
        # A short one, such as "9 Elm", is known by what stands before it: "Flat 2, 9 Elm".
        yield piece if len(_signs(piece)) >= LEAST_SIGNS else " ".join(words[: place + 1 + len(after)])
    house, *rest = (part.strip() for part in re.split(r"[,\n]", street) if part.strip()) if street.strip() else ("",)
    if rest and " " in house and not any(_numbered(word) for word in house.split()):
        yield house


def _numbered(word: str) -> bool:
    return word[0].isdigit() or word in NUMBERS


def _plain(text: str) -> str:
    """The text in one case, with full-width and other forms of a sign as the sign itself."""
    return re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFKC", text).casefold())


def _signs(text: str) -> str:
    """Only the letters and digits, streets in full."""
    return "".join(_SHORT.get(token.word, token.word) for token in tokens(text))
