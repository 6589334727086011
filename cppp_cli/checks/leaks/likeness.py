"""Whether a stretch of a document says what a confidence says, in other words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
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
            + WEIGHT * min(self.weight / ENOUGH_WEIGHT, 1)
            + SHARED * min(len(self.places) / ENOUGH_SHARED, 1)
        )
        return max(0.0, 100 * points / MOST)


def best_possible(unit: Unit, numbers: Collection[int]) -> float:
    """The most a stretch can score that holds only these telling words of the unit, by number."""
    terms = unit.telling
    weight = sum(terms[number].weight for number in numbers)
    stems = {terms[number].stem for number in numbers}
    row = sum(not sense.weight or sense.stem in stems for sense in unit.senses) / len(unit.senses)
    return Likeness(
        first=0,
        last=0,
        covered=weight / sum(term.weight for term in terms),
        in_order=row,
        aligned=2 * row / (1 + row),
        pure=1.0,
        denied=False,
        weight=weight,
        places=tuple(numbers),
    ).score


def compare(unit: Unit, reading: Reading, first: int, last: int) -> Likeness:
    """How a stretch and a unit agree."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    terms = unit.telling
    around = max(AROUND, len(unit.senses) + AROUND - (last - first))
    low = max(reading.firsts[reading.homes[first]], first - around)
    high = min(reading.firsts[reading.homes[last] + 1] - 1, last + around)
    pairs = _pairs(terms, reading.senses, range(low, high + 1))
    met = {place: number for number, (place, _) in pairs.items()}
    numbers = {term.stem: str(number) for number, term in enumerate(terms)}
    wanted = [numbers[sense.stem] if sense.weight else sense.stem for sense in unit.senses]
    there = [
        str(met[place]) if place in met else reading.senses[place].stem
        for place in range(low, high + 1)
        if reading.senses[place].keys
    ]
    total = sum(term.weight for term in terms)
    shared = sum(terms[number].weight * share for number, (_, share) in pairs.items())
    start, stop = min(met, default=first), max(met, default=last)
    said = sum(reading.senses[place].weight for place in range(start, stop + 1))
    return Likeness(
        first=start,
        last=stop,
        covered=shared / total if total else 0.0,
        in_order=max(LCSseq.similarity(wanted, there) / len(wanted), _neighbours(wanted, there)) if wanted else 0.0,
        aligned=fuzz.partial_ratio(wanted, there) / 100 * min(1, len(there) / len(wanted)) if wanted else 0.0,
        pure=sum(reading.senses[place].weight for place in met) / said if said else 0.0,
        denied=(NOT in wanted) != (NOT in there),
        weight=shared,
        places=tuple(sorted(met)),
    )


def _neighbours(wanted: Sequence[str], there: Sequence[str]) -> float:
    """Of the words that follow each other, how many still do, with a word or two between them at most."""
    following = {(word, after) for at, word in enumerate(there) for after in there[at + 1 : at + 1 + NEIGHBOURHOOD]}
    pairs = list(zip(wanted, wanted[1:], strict=False))
    return sum(pair in following for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(terms: Sequence[Sense], senses: Sequence[Sense], window: range) -> Mapping[int, tuple[int, float]]:
    """Which word of the stretch stands for which telling word of the unit, each once, and how well."""
    from rapidfuzz import fuzz

    def same(term: Sense, place: int) -> float:
        return float(term.stem == senses[place].stem)

    def akin(term: Sense, place: int) -> float:
        return 0.0 if term.keys.isdisjoint(senses[place].keys) else SYNONYM

    def alike(term: Sense, place: int) -> float:
        both = (term.stem, senses[place].stem)
        return SYNONYM if min(map(len, both)) >= LEAST_ALIKE and fuzz.ratio(*both) >= ALIKE else 0.0

    free = {place for place in window if senses[place].weight}
    found: dict[int, tuple[int, float]] = {}
    for way in (same, akin, alike):
        left = [number for number in range(len(terms)) if number not in found]
        choices = {number: [place for place in free if way(terms[number], place)] for number in left}
        for number in sorted(left, key=lambda number: len(choices[number])):
            places = free.intersection(choices[number])
            if places:
                # Of several, the one nearest to those already found.
                middle = sum(at for at, _ in found.values()) / len(found) if found else window[0]
                place = min(places, key=lambda at: (abs(at - middle), at))
                found[number] = (place, way(terms[number], place))
                free.discard(place)
    return found
