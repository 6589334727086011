"""A confidential address, telephone number or e-mail that was typed into words a document prints."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cppp_cli.programme.case import Case

LEAST_SIGNS: Final = 6  # letters and digits; a shorter piece would be found in words that have nothing to do with it
LEAST_DIGITS: Final = 7  # of a telephone number, without the 0 or +44 it begins with
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


def confidential_details_in(texts: Iterable[str], case: Case) -> tuple[str, ...]:
    """Which confidential details of the adults stand in the texts, such as "the address of an adult on side B".

    Case, blanks, punctuation, +44 and shortened streets do not matter. Of an address these give it away by themselves:
    a number with the words after it, the name of a house, the postcode. A reworded address is not found.
    """
    typed = [_plain(text) for text in texts]
    signs = [_signs(text) for text in typed]
    digits = [re.sub(r"\D", "", text) for text in typed]
    found = []
    for adult in case.adults:
        details = (("address", adult.address), ("telephone number", adult.phone), ("e-mail", adult.email))
        for what, detail in details:
            if detail is None or not detail.confidential:
                continue
            within = digits if what == "telephone number" else signs
            pieces = [re.compile(piece) for piece in _pieces(what, _plain(detail.text))]
            if any(piece.search(text) for piece in pieces for text in within):
                found.append(f"the {what} of an adult on side {adult.side}")
    return tuple(dict.fromkeys(found))


def _pieces(what: str, detail: str) -> list[str]:
    """What of a detail would give it away, as expressions, each long enough not to be found by chance."""
    if what == "telephone number":
        number = _PREFIX.sub("", re.sub(r"[^\d+]", "", detail))
        return [number] if len(number) >= LEAST_DIGITS else []
    if what == "e-mail":
        return [_signs(detail)]
    # 12 Mill Lane is not 112 Mill Lane.
    return [rf"(?<!\d){piece}" for piece in map(_signs, _parts(detail)) if len(piece) >= LEAST_SIGNS]


def _parts(address: str) -> Iterator[str]:
    """The parts of an address that would be known again."""
    yield from POSTCODE.findall(address)
    street = POSTCODE.sub(" ", address)
    words = re.findall(r"\w+", street)
    for place, word in enumerate(words):
        if not word[0].isdigit():
            continue
        after = [other for other in words[place + 1 :] if not other[0].isdigit()][:AFTER_A_NUMBER]
        piece = " ".join([word, *after])
        # A short one, such as "9 Elm", is known by what stands before it: "Flat 2, 9 Elm".
        yield piece if len(_signs(piece)) >= LEAST_SIGNS else " ".join(words[: place + 1 + len(after)])
    house, *rest = (part.strip() for part in re.split(r"[,\n]", street) if part.strip()) if street.strip() else ("",)
    if rest and " " in house and not re.search(r"\d", house):
        yield house


def _plain(text: str) -> str:
    """The text in one case, with full-width and other forms of a sign as the sign itself."""
    return unicodedata.normalize("NFKC", text).casefold()


def _signs(text: str) -> str:
    """Only the letters and digits, streets in full."""
    words = re.findall(r"[^\W_]+", text)
    return "".join(_SHORT.get(word, word) for word in words)
