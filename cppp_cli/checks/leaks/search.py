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

OF_SEVERAL: Final = 1.8  # points; more is asked of one sentence of several
TELLING_ALONE: Final = 3  # telling words of it; "This is a big dragon." tells too little in other words
OVER_TWO: Final = 1.0  # points; more is asked of what runs into the next passage, and again into the one after it


ROW_OF: Final = 2  # telling words of a short piece that must stand beside each other
ROW_WEIGHT: Final = 3.5
ROW_GAP: Final = 3  # the next of them is at most two words on


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
        if not found and piece.where in {Where.ANYWHERE, Where.VERBATIM}:
            for home, text in reading.lost_blanks(piece.letters):
                yield Hit(home, FOLDED, 100, text)
        if not found and piece.where is Where.VERBATIM:
            yield from _in_a_row(piece, reading, opened)
        whole = piece is pieces[0]
        if piece.length > LONGEST_WHOLE or piece.where is not Where.ANYWHERE:
            continue
        if whole or len(piece.telling) >= TELLING_ALONE:
            yield from _reworded(piece, whole, reading, opened)


def _word_for_word(piece: Unit, reading: Reading, passages: Sequence[Passage], opened: Opened) -> Iterator[Hit]:
    for first, last in reading.spans(piece.signs):
        is_open = opened.explained.issuperset(range(first, last + 1))
        if not is_open and _stands_so(piece.where, reading, passages, first, last):
            text = reading.piece(first, last)
            yield Hit(reading.homes[first], EXACT if text == piece.text else FOLDED, 100, text)


def _reworded(piece: Unit, whole: bool, reading: Reading, opened: Opened) -> Iterator[Hit]:
    least = 0.0 if whole else OF_SEVERAL

    @cache
    def best(terms: frozenset[int]) -> float:
        return best_possible(piece, terms)

    def worth_a_look(terms: frozenset[int], borders: int) -> bool:
        return best(terms) >= least + OVER_TWO * borders

    for first, last, terms in stretches(piece, reading, worth_a_look):
        stems = {reading.senses[place].stem for place in around(piece, reading, first, last)}
        if best_possible(piece, terms, stems) < least:
            continue
        likeness = compare(piece, reading, first, last)
        borders = reading.homes[last] - reading.homes[first]  # a passage that only lends its row counts too
        points = likeness.points - OVER_TWO * borders
        if points >= least and not opened.explains(likeness, reading):
            text = reading.piece(likeness.first, likeness.last)
            yield Hit(reading.homes[likeness.first], REWORDED, _percent(points), text)


def _in_a_row(piece: Unit, reading: Reading, opened: Opened) -> Iterator[Hit]:
    """Where the telling words of a few grave ones stand beside each other: "that Dad hits her"."""
    telling = [sense for sense in piece.senses if sense.weight]
    if len(telling) < ROW_OF or piece.weight < ROW_WEIGHT:
        return
    for first in sorted({at for key in telling[0].keys for at in reading.places.get(key, ())}):
        last = first
        for sense in telling[1:]:
            near = range(last + 1, min(last + ROW_GAP, len(reading.senses)))
            last = next((at for at in near if reading.senses[at].keys & sense.keys), -1)
            if last < 0:
                break
        same = last >= 0 and reading.sentences[first] == reading.sentences[last]
        if same and not opened.explained.issuperset(range(first, last + 1)):
            yield Hit(reading.homes[first], REWORDED, _percent(0.0), reading.piece(first, last))


def _percent(points: float) -> int:
    """Points as a share of 100; 100 itself is kept for the very words."""
    return min(99, round(100 / (1 + exp(-points))))


def _stands_so(where: Where, reading: Reading, passages: Sequence[Passage], first: int, last: int) -> bool:
    """Whether words stand as their kind must to be taken for the confidence."""
    if where in {Where.ANYWHERE, Where.VERBATIM}:
        return True
    one, other = reading.words[first], reading.words[last]
    if not (one.starts and other.ends):
        return False
    return where is Where.SENTENCE or (one.opens and other.closes) or passages[reading.homes[first]].kind == "quote"


def detail_in(confidence: Confidence, marks: Marks) -> Iterator[Hit]:
    """Where a confidential address, telephone number or e-mail stands."""
    for home, text in details_found(confidence.detail, confidence.words, marks):
        yield Hit(home, EXACT if text == confidence.words.strip() else FOLDED, 100, text)
