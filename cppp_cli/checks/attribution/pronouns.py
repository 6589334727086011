"""A pronoun that contradicts the record, in a sentence that can mean nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import ADULT, BROTHERS, CHILD, OTHER
from cppp_cli.checks.attribution.saying import TYPED, advisory, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.names import Mention
    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding

ID: Final = "name.pronoun"
_SETS: Final = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
}
_PRONOUN: Final = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_OBJECTS: Final = frozenset({"him", "hers"})
"""What never means the one who acts: "Leonie takes him on Tuesdays" speaks of somebody else."""
_THAT: Final = re.compile(r"\bthat\s+$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n|;")
_ANYBODY: Final = re.compile(
    r"\b(?:mother|father|mum|mummy|dad|daddy|sister|brother|sibling|twin|daughter|son|parent|step\w+|half-\w+|grand\w+|"
    r"gran|granny|nan|nana|grandad|aunt|auntie|uncle|cousin|niece|nephew|wife|husband|partner|girlfriend|boyfriend|"
    r"friend|woman|man|girl|boy|lady|gentleman|baby|officer|adviser|guardian|judge|solicitor|barrister|teacher|head|"
    r"doctor|nurse|therapist|worker|manager|child|person|somebody|someone|anybody|anyone|nobody|whoever|each|"
    r"applicant|respondent|neighbour|colleague|other|one|who|minder|childminder|nanny|coach|relative)s?\b",
    re.IGNORECASE,
)
"""Anybody else a pronoun may mean. One of them before the pronoun, and nothing is said."""


def pronouns(reading: Reading) -> Iterator[Finding]:
    """Sentences whose only person goes by other pronouns than those that follow."""
    for at in reading.body():
        passage = reading.passages[at]
        if passage.kind in {"quote", "heading"}:
            continue
        for piece in reading.of_passage[at]:
            yield from _in(reading, piece)


def _in(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """The text up to a pronoun has to name one person and to mean nobody else, or it is passed over."""
    mentions = list(reading.people.mentions(piece.text))
    for found in _PRONOUN.finditer(piece.text):
        before = [mention for mention in mentions if mention.end <= found.start()]
        if not before or _SENTENCE_END.search(piece.text[before[-1].end : found.start()]):
            continue
        ref = _only(before)
        if not ref or _ANYBODY.search(piece.text[: found.start()]) or is_quoted(piece, found.start()):
            continue
        if any(typed.words.owners and not typed.words.about for typed in piece.typed):
            continue  # somebody's own words: of whom they speak is theirs
        if _means_another(reading, ref, piece.text, found):
            continue
        wrong = _contradicted(reading, ref, found[0])
        if wrong and not _somebody_above(reading, piece, found[0]):
            what = f"{before[-1].text} goes by “{wrong}” on file; here stands “{found[0]}”: “{shortened(piece.text)}”"
            yield advisory(ID, piece.passage, what, BROTHERS, TYPED)
            return


def _means_another(reading: Reading, ref: str, text: str, found: re.Match[str]) -> bool:
    """Whether a pronoun plainly means somebody else: an object, "agreed that he", an adult's "from his mother"."""
    if found[0].casefold() in _OBJECTS or _THAT.search(text[: found.start()]):
        return True
    return reading.cast.person(ref).kind == ADULT and bool(_ANYBODY.match(text[found.end() :].lstrip()))


def _only(before: list[Mention]) -> str:
    """The one person named so far; empty when there are several, or the name is that of several."""
    refs = {mention.refs for mention in before}
    return next(iter(before[0].refs)) if len(refs) == 1 and len(before[0].refs) == 1 else ""


def _contradicted(reading: Reading, ref: str, pronoun: str) -> str:
    """The pronouns of a person, when they are known and the one that stands there is none of them."""
    person = reading.cast.person(ref)
    recorded = person.pronouns if person.kind in {ADULT, CHILD, OTHER} else ""
    parts = set(re.findall(r"[a-z]+", recorded.casefold()))
    allowed = frozenset().union(*(theirs for key, theirs in _SETS.items() if parts & theirs or key in parts))
    return recorded if parts and pronoun.casefold() not in allowed else ""


def _somebody_above(reading: Reading, piece: Piece, pronoun: str) -> bool:
    """Whether the heading, or the paragraph before, names somebody the pronoun may mean."""
    above = [*piece.passage.under[-1:]]
    above += [reading.passages[at].text for at in [*reading.before(piece.at)][:1]]
    if piece.cell is not None:
        above += [*piece.passage.cells, *piece.passage.columns]
    text = "\n".join(above)
    wanted = next(key for key, those in _SETS.items() if pronoun.casefold() in those)
    for ref in reading.people.named(text):
        recorded = reading.cast.person(ref).pronouns.casefold()
        if not recorded or wanted in re.findall(r"[a-z]+", recorded):
            return True
    return False


def is_quoted(piece: Piece, at: int) -> bool:
    """Whether a place in a piece stands inside quotation marks."""
    before = piece.text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
