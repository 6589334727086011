"""Whether a stretch of a document says what a confidence says, in other words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.function_words import NOT
from cppp_cli.checks.leaks.stretches import SYNONYM

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from cppp_cli.checks.leaks.confided import Unit
    from cppp_cli.checks.leaks.reading import Reading
    from cppp_cli.checks.leaks.stems import Sense

ALIKE: Final = 84.0  # of 100: two words that differ by a slip of the pen
LEAST_ALIKE: Final = 5  # letters of each; "care" is no slip for "scare"
AROUND: Final = 2  # words on each side of a stretch that belong to its order
NEIGHBOURHOOD: Final = 3  # words after a word that still count as following it

# What each agreement is worth. Order counts most: neutral sentences on the same topic share words, but not their row.
COVERED: Final = 4.5
IN_ORDER: Final = 10.0
ALIGNED: Final = 11.0
PURE: Final = 1.0
DENIED: Final = -2.0
SPREAD: Final = -5.0  # for every length of the unit by which the stretch is longer than it may be
MAY_SPREAD: Final = 1.6  # lengths: reported speech takes more words
WEIGHT: Final = 4.0
SHARED: Final = 8.5
ENOUGH_WEIGHT: Final = 12.0  # shared weight from which more adds nothing
ENOUGH_SHARED: Final = 8  # the same of telling words
MOST: Final = COVERED + IN_ORDER + ALIGNED + PURE + WEIGHT + SHARED


@dataclass(frozen=True)
class Likeness:
    """How a stretch of a document and a unit agree; shares from 0 to 1."""

    first: int
    """The first word of the document that stands for one of the unit."""
    last: int
    covered: float
    """Of what the unit says, by weight."""
    in_order: float
    """Of the row of its words, grammar included, or of its pairs of neighbours where clauses changed places."""
    aligned: float
    """Of the row of its words, against a row of the same length."""
    pure: float
    """Of what the stretch says, by weight."""
    denied: bool
    """One of the two denies and the other does not."""
    spread: float
    """By how many lengths of the unit the stretch is longer than reported speech would make it."""
    weight: float
    """The weight they share."""
    places: tuple[int, ...]
    """The words of the document that stand for one of the unit."""

    @property
    def score(self) -> float:
        """How alike they are, 0 to 100."""
        points = (
            COVERED * self.covered
            + IN_ORDER * self.in_order
            + ALIGNED * self.aligned
            + PURE * self.pure
            + DENIED * self.denied
            + SPREAD * self.spread
            + WEIGHT * min(self.weight / ENOUGH_WEIGHT, 1)
            + SHARED * min(len(self.places) / ENOUGH_SHARED, 1)
        )
        return max(0.0, 100 * points / MOST)


def best_possible(unit: Unit, numbers: Collection[int], there: Collection[str] | None = None) -> float:
    """The most a stretch can score that holds only these telling words of the unit, by number.

    Args:
        unit: what is looked for.
        numbers: its telling words that the stretch holds.
        there: the stems of all words of the stretch, where they are known.
    """
    terms = unit.telling
    weight = sum(terms[number].weight for number in numbers)
    stems = {terms[number].stem for number in numbers}
    row = 0
    for sense in unit.senses:
        row += sense.stem in stems if sense.weight else there is None or sense.stem in there
    share = row / len(unit.senses)
    return Likeness(
        first=0,
        last=0,
        covered=weight / unit.weight,
        in_order=share,
        aligned=2 * share / (1 + share),
        pure=1.0,
        denied=False,
        spread=0.0,
        weight=weight,
        places=tuple(numbers),
    ).score


def around(unit: Unit, reading: Reading, first: int, last: int) -> range:
    """The words of a stretch and those beside it, as many as the unit has at least, within the same texts."""
    more = max(AROUND, len(unit.senses) + AROUND - (last - first))
    low = max(reading.firsts[reading.homes[first]], first - more)
    return range(low, min(reading.firsts[reading.homes[last] + 1], last + more + 1))


def compare(unit: Unit, reading: Reading, first: int, last: int) -> Likeness:
    """How a stretch and a unit agree."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    terms = unit.telling
    window = around(unit, reading, first, last)
    pairs = _pairs(terms, reading.senses, window)
    met = {place: number for number, (place, _) in pairs.items()}
    numbers = {term.stem: str(number) for number, term in enumerate(terms)}
    wanted = [numbers[sense.stem] if sense.weight else sense.stem for sense in unit.senses]
    there = [
        str(met[place]) if place in met else reading.senses[place].stem
        for place in window
        if reading.senses[place].keys
    ]
    shared = sum(terms[number].weight * share for number, (_, share) in pairs.items())
    start, stop = min(met, default=first), max(met, default=last)
    said = sum(reading.senses[place].weight for place in range(start, stop + 1))
    return Likeness(
        first=start,
        last=stop,
        covered=shared / unit.weight if unit.weight else 0.0,
        in_order=max(LCSseq.similarity(wanted, there) / len(wanted), _neighbours(wanted, there)) if wanted else 0.0,
        aligned=fuzz.partial_ratio(wanted, there) / 100 * min(1, len(there) / len(wanted)) if wanted else 0.0,
        pure=sum(reading.senses[place].weight for place in met) / said if said else 0.0,
        denied=(NOT in wanted) != (NOT in there),
        spread=max(0.0, (stop - start + 1) / unit.length - MAY_SPREAD),
        weight=shared,
        places=tuple(sorted(met)),
    )


def _neighbours(wanted: Sequence[str], there: Sequence[str]) -> float:
    """Of the words that follow each other, how many still do, with a word or two between them at most."""
    following = {(word, after) for at, word in enumerate(there) for after in there[at + 1 : at + 1 + NEIGHBOURHOOD]}
    pairs = list(pairwise(wanted))
    return sum(pair in following for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(terms: Sequence[Sense], senses: Sequence[Sense], window: range) -> Mapping[int, tuple[int, float]]:
    """Which word of the stretch stands for which telling word of the unit, each once, and how well."""
    free = [place for place in window if senses[place].weight]
    found: dict[int, tuple[int, float]] = {}
    for way, share in ((_same, 1.0), (_akin, SYNONYM), (_alike, SYNONYM)):
        left = [number for number in range(len(terms)) if number not in found]
        choices = [(way(terms[number], senses, free), number) for number in left]
        for places, number in sorted(choices, key=lambda choice: len(choice[0])):
            unused = [place for place in places if place in free]
            if unused:
                # Of several, the one nearest to those already found.
                middle = sum(at for at, _ in found.values()) / len(found) if found else window[0]
                place = min(unused, key=lambda at: (abs(at - middle), at))
                found[number] = (place, share)
                free.remove(place)
    return found


def _same(term: Sense, senses: Sequence[Sense], free: Sequence[int]) -> list[int]:
    return [place for place in free if senses[place].stem == term.stem]


def _akin(term: Sense, senses: Sequence[Sense], free: Sequence[int]) -> list[int]:
    return [place for place in free if not term.keys.isdisjoint(senses[place].keys)]


def _alike(term: Sense, senses: Sequence[Sense], free: Sequence[int]) -> list[int]:
    """Words of which one is a slip of the pen for the other."""
    from rapidfuzz import fuzz

    if len(term.stem) < LEAST_ALIKE:
        return []
    words = [(place, senses[place].stem) for place in free if len(senses[place].stem) >= LEAST_ALIKE]
    return [place for place, stem in words if fuzz.ratio(term.stem, stem, score_cutoff=ALIKE)]
