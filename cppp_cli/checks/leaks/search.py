"""Every way in which one confidence stands in a document. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp
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

OF_SEVERAL: Final = 2.0  # points; more is asked of one sentence of several
OVER_TWO: Final = 3.0  # and of what runs over two passages


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
        found = list(_word_for_word(piece, reading, passages, opened))
        yield from found
        if not found and piece.where is Where.ANYWHERE:
            for home, text in reading.lost_blanks(piece.letters):
                yield Hit(home, FOLDED, 100, text)
        if piece.length <= LONGEST_WHOLE and piece.where is Where.ANYWHERE:
            yield from _reworded(piece, piece is pieces[0], reading, opened)


def _word_for_word(piece: Unit, reading: Reading, passages: Sequence[Passage], opened: Opened) -> Iterator[Hit]:
    for first, last in reading.spans(piece.signs):
        is_open = opened.explained.issuperset(range(first, last + 1))
        if not is_open and _stands_so(piece.where, reading, passages, first, last):
            text = reading.piece(first, last)
            yield Hit(reading.homes[first], EXACT if text == piece.text else FOLDED, 100, text)


def _reworded(piece: Unit, whole: bool, reading: Reading, opened: Opened) -> Iterator[Hit]:
    least = 0.0 if whole else OF_SEVERAL

    @cache
    def worth_a_look(terms: frozenset[int]) -> bool:
        return best_possible(piece, terms) >= least

    for first, last, terms in stretches(piece, reading, worth_a_look):
        stems = {reading.senses[place].stem for place in around(piece, reading, first, last)}
        if best_possible(piece, terms, stems) < least:
            continue
        likeness = compare(piece, reading, first, last)
        over_two = reading.homes[likeness.first] != reading.homes[likeness.last]
        points = likeness.points - OVER_TWO * over_two
        if points >= least and not opened.explains(likeness, reading):
            text = reading.piece(likeness.first, likeness.last)
            yield Hit(reading.homes[likeness.first], REWORDED, _percent(points), text)


def _percent(points: float) -> int:
    """Points as a share of 100; 100 itself is kept for the very words."""
    return min(99, round(100 / (1 + exp(-points))))


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
