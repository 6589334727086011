"""Another family's name, case number or address, anywhere in the file."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import SURNAMES
from cppp_cli.checks.attribution.saying import blocking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.attribution.records import Cast, Elsewhere
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.passage import Passage

ID: Final = "name.other-case"
LEAST_NAMES: Final = 2  # words of a name; a first name alone is common
LEAST_SIGNS: Final = 6
_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")
_SHORT: Final = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "cl": "close",
    "ln": "lane",
    "dr": "drive",
    "ct": "court",
}


def elsewhere(reading: Reading) -> Iterator[Finding]:
    """What another case of the file is known by and this one is not."""
    marks = [(other, what, mark) for other in reading.cast.elsewhere for what, mark in _marks(other, reading.cast)]
    for passage in reading.passages:
        text = f" {folded(passage.text)} "
        for other, what, mark in marks:
            if f" {mark} " in text or (what == "case number" and mark in text.replace(" ", "")):
                yield _found(passage, other, what)
        for other in reading.cast.elsewhere:
            if passage.kind == "name" and other.reference and passage.text.startswith(f"{other.reference}-"):
                yield _found(passage, other, "reference")


def folded(text: str) -> str:
    """The words of a text in small letters, parted by single blanks, streets in full."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return " ".join(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", plain))


def _marks(other: Elsewhere, cast: Cast) -> Iterator[tuple[str, str]]:
    """What of another case is looked for, as it stands in folded text; what this case has as well is left out."""
    ours = {folded(person.full_name) for person in cast.people}
    for name in other.full_names:
        mark = folded(name)
        if len(mark.split()) >= LEAST_NAMES and mark not in ours:
            yield "name", mark
            yield "name", f"{mark}s"
    for number in other.case_numbers:
        mark = folded(number).replace(" ", "")
        if len(mark) >= LEAST_SIGNS and mark != folded(cast.case.number).replace(" ", ""):
            yield "case number", mark
    here = " ".join(f" {folded(a.address.text)} " for a in cast.case.adults if a.address)
    for address in other.addresses:
        for mark in _parts(address):
            if f" {mark} " not in here and len(mark.replace(" ", "")) >= LEAST_SIGNS:
                yield "address", mark


def _parts(address: str) -> Iterator[str]:
    """The number with the first two words after it, and the postcode."""
    text = folded(address)
    for found in _POSTCODE.finditer(text):
        yield found[0]
    for found in re.finditer(r"\b\d+[a-z]? [^\W\d_]+(?: [^\W\d_]+)?", _POSTCODE.sub(" ", text)):
        yield found[0]


def _found(passage: Passage, other: Elsewhere, what: str) -> Finding:
    return blocking(
        ID,
        passage,
        f"A {what} that belongs to another case of your file ({other.reference}) stands here."
        if what != "address"
        else f"An address that belongs to another case of your file ({other.reference}) stands here.",
        SURNAMES,
        "Find where it was typed (cppp session show, cppp agreement show, cppp report), take it out, and write the "
        "document again. If the two cases are linked and it is meant, ask the court first.",
    )
