"""Another family's name, case number or address, anywhere in the file."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import SURNAMES
from cppp_cli.checks.attribution.saying import advisory, blocking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.attribution.records import Cast, Elsewhere
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.passage import Passage
    from cppp_cli.programme.people import OtherPerson

ID: Final = "name.other-case"
LEAST_NAMES: Final = 2  # words of a name, initials apart; a first name alone is common
LEAST_SIGNS: Final = 6
OUTSIDER: Final = "name of a professional"
_PROFESSIONAL: Final = re.compile(
    r"\b(?:guardian|social|judge|solicitor|barrister|lawyer|teacher|head|headteacher|doctor|gp|nurse|midwife|visitor|"
    r"officer|adviser|advisor|therapist|counsellor|psychologist|psychiatrist|worker|manager|advocate|mediator|"
    r"interpreter|police|constable|supervisor|senco|tutor|coach|expert|cafcass|school)\b",
    re.IGNORECASE,
)
_OF_A_HOME: Final = re.compile(
    r"\b(?:partner|husband|wife|girlfriend|boyfriend|fianc\w+|\w*mother|\w*father|mum|dad|step\S*|half-?\S*|\w*sister|"
    r"\w*brother|sibling|twin|son|daughter|child|baby|grand\w*|gran|nan|aunt\w*|uncle|cousin|niece|nephew|relative|"
    r"friend|neighbour|lodger|special guardian)\b",
    re.IGNORECASE,
)
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
                yield _doubt(passage, other) if what == OUTSIDER else _found(passage, other, what)
        for other in reading.cast.elsewhere:
            if passage.kind == "name" and other.reference and passage.text.startswith(f"{other.reference}-"):
                yield _found(passage, other, "reference")


def folded(text: str) -> str:
    """The words of a text in small letters, parted by single blanks, streets in full."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return " ".join(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", plain))


def is_private(person: OtherPerson) -> bool:
    """Whether somebody on file beside the parties is of a home or family, and not there for their work.

    A guardian, social worker or teacher may rightly be in two cases; a parent's partner may not. Whose role is not
    known is private.
    """
    at_home = bool(person.home) and person.home != "elsewhere"
    return at_home or bool(_OF_A_HOME.search(person.role)) or not _PROFESSIONAL.search(person.role)


def _marks(other: Elsewhere, cast: Cast) -> Iterator[tuple[str, str]]:
    """What of another case is looked for, as it stands in folded text; what this case has as well is left out."""
    ours = {folded(person.full_name) for person in cast.people}
    names = [(name, "name") for name in other.full_names]
    names += [(person.full_name, "name" if is_private(person) else OUTSIDER) for person in other.beside]
    for name, what in names:
        mark = folded(name)
        if sum(len(word) > 1 for word in mark.split()) >= LEAST_NAMES and mark not in ours:
            yield what, mark
            yield what, f"{mark}s"
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


def _doubt(passage: Passage, other: Elsewhere) -> Finding:
    return advisory(
        ID,
        passage,
        f"The full name of a professional stands here who is on file in another case ({other.reference}) and not in "
        "this one.",
        SURNAMES,
        "If they work with this family too, add them to the case (cppp case edit). If not, correct it where it was "
        "typed, and write the document again.",
    )
