"""Every way in which one confidence stands in a document. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.confided import LONGEST_WHOLE, Where, units
from cppp_cli.checks.leaks.details import found as details_found
from cppp_cli.checks.leaks.likeness import around, best_possible, compare
from cppp_cli.checks.leaks.records import EXACT, FOLDED, REWORDED
from cppp_cli.checks.leaks.stretches import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.checks.leaks.confided import Unit
    from cppp_cli.checks.leaks.details import Marks
    from cppp_cli.checks.leaks.opened import Opened
    from cppp_cli.checks.leaks.reading import Reading
    from cppp_cli.programme.confidences import Confidence
    from cppp_cli.programme.passage import Passage

ENOUGH: Final = 60.0  # of 100, from which two texts say the same
OF_SEVERAL: Final = 4.0  # more is asked of one sentence of several
OVER_TWO: Final = 8.0  # and of what runs over two passages
FEW_TERMS: Final = {2: 12.0, 3: 5.0}  # more is asked of few shared telling words, and one is never enough


@dataclass(frozen=True)
class Hit:
    """One place where a confidence stands."""

    home: int
    """The number of the passage."""
    how: str
    score: int
    found: str


def words_in(confidence: Confidence, reading: Reading, passages: Sequence[Passage], opened: Opened) -> Iterator[Hit]:
    """Where the words of a confidence stand, word for word or in other words."""
    pieces = units(confidence.words)
    for piece in pieces:
        if opened.holds(piece.signs):
            continue
        for first, last in reading.spans(piece.signs):
            if opened.explained.issuperset(range(first, last + 1)):
                continue
            if _stands_so(piece.where, reading, passages, first, last):
                text = reading.piece(first, last)
                yield Hit(reading.homes[first], EXACT if text == piece.text else FOLDED, 100, text)
        if piece.length <= LONGEST_WHOLE and piece.where is Where.ANYWHERE:
            yield from _reworded(piece, piece is pieces[0], reading, opened)


def _reworded(piece: Unit, whole: bool, reading: Reading, opened: Opened) -> Iterator[Hit]:
    @cache
    def worth_a_look(numbers: frozenset[int]) -> bool:
        few = FEW_TERMS.get(len(numbers), 0)
        return len(numbers) >= min(FEW_TERMS) and best_possible(piece, numbers) >= ENOUGH + few

    for first, last, terms in stretches(piece, reading, worth_a_look):
        stems = {reading.senses[place].stem for place in around(piece, reading, first, last)}
        if best_possible(piece, terms, stems) < ENOUGH:
            continue
        likeness = compare(piece, reading, first, last)
        over_two = reading.homes[likeness.first] != reading.homes[likeness.last]
        enough = ENOUGH + OVER_TWO * over_two + OF_SEVERAL * (not whole) + FEW_TERMS.get(len(likeness.places), 0)
        if len(likeness.places) < min(FEW_TERMS) or likeness.score < enough or opened.explains(likeness, reading):
            continue
        text = reading.piece(likeness.first, likeness.last)
        yield Hit(reading.homes[likeness.first], REWORDED, min(99, round(likeness.score)), text)


def _stands_so(where: Where, reading: Reading, passages: Sequence[Passage], first: int, last: int) -> bool:
    """Whether words stand as their kind must to be taken for the confidence."""
    if where is Where.ANYWHERE:
        return True
    one, other = reading.words[first], reading.words[last]
    if not (one.starts and other.ends):
        return False
    return where is Where.SENTENCE or (one.opens and other.closes) or passages[reading.homes[first]].kind == "quote"


def detail_in(confidence: Confidence, marks: Marks) -> Iterator[Hit]:
    """Where a confidential address, telephone number or e-mail stands."""
    for home, text in details_found(confidence.detail, confidence.words, marks):
        yield Hit(home, EXACT if text == confidence.words.strip() else FOLDED, 100, text)
