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
STRAY: Final = 2.5  # weight; a sentence that shares less with the unit beside a fuller one shares it by chance
LEAST_ALIKE: Final = 5  # letters of each; "care" is no slip for "scare"
AROUND: Final = 2  # words on each side of a stretch that belong to its order
NEIGHBOURHOOD: Final = 3  # words after a word that still count as following it

# What each agreement is worth, from a logistic regression on the tuning part of the corpus, halves tried on each other
# and rounded. Neutral sentences on the same topics share words with a confidence, but not their row.
START: Final = -17.35
COVERED: Final = 5.2
IN_ORDER: Final = 6.5
ALIGNED: Final = 10.0
LESS_THAN_HALF: Final = -1.5  # of what the unit says is covered
HALF: Final = 0.5
DENIED: Final = -1.7
WEIGHT: Final = 2.0
SHARED: Final = 8.5
SPREAD: Final = -4.5  # for every length of the unit by which the stretch is longer than it may be
MAY_SPREAD: Final = 1.2  # lengths
FEW: Final = {0: -100.0, 1: -100.0, 2: -2.0, 3: -1.0}  # by how many telling words they share
ENOUGH_WEIGHT: Final = 12.0  # shared weight from which more adds nothing
ENOUGH_SHARED: Final = 8  # the same of telling words


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
    denied: bool
    """One of the two denies and the other does not."""
    spread: float
    """By how many lengths of the unit the stretch is longer than reported speech would make it."""
    weight: float
    """The weight they share."""
    places: tuple[int, ...]
    """The words of the document that stand for one of the unit."""

    @property
    def points(self) -> float:
        """How sure it is that they say the same: from 0 it is more likely than not."""
        return (
            START
            + COVERED * self.covered
            + IN_ORDER * self.in_order
            + ALIGNED * self.aligned
            + LESS_THAN_HALF * (self.covered < HALF)
            + DENIED * self.denied
            + SPREAD * self.spread
            + WEIGHT * min(self.weight / ENOUGH_WEIGHT, 1)
            + SHARED * min(len(self.places) / ENOUGH_SHARED, 1)
            + FEW.get(len(self.places), 0.0)
        )


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
        denied=False,
        spread=0.0,
        weight=weight,
        places=tuple(numbers),
    ).points


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
    kept = _sentences(terms, reading, pairs)
    inside = [place for place in window if reading.sentences[place] in kept]
    if any(reading.sentences[place] not in kept for place, _ in pairs.values()):
        pairs = _pairs(terms, reading.senses, inside)
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
    return Likeness(
        first=start,
        last=stop,
        covered=shared / unit.weight if unit.weight else 0.0,
        in_order=max(LCSseq.similarity(wanted, there) / len(wanted), _neighbours(wanted, there)) if wanted else 0.0,
        aligned=fuzz.partial_ratio(wanted, there) / 100 * min(1, len(there) / len(wanted)) if wanted else 0.0,
        denied=(NOT in wanted) != any(reading.senses[place].stem == NOT for place in inside),
        spread=max(0.0, (stop - start + 1) / unit.length - MAY_SPREAD),
        weight=shared,
        places=tuple(sorted(met)),
    )


def _neighbours(wanted: Sequence[str], there: Sequence[str]) -> float:
    """Of the words that follow each other, how many still do, with a word or two between them at most."""
    following = {(word, after) for at, word in enumerate(there) for after in there[at + 1 : at + 1 + NEIGHBOURHOOD]}
    pairs = list(pairwise(wanted))
    return sum(pair in following for pair in pairs) / len(pairs) if pairs else 0.0


def _sentences(terms: Sequence[Sense], reading: Reading, pairs: Mapping[int, tuple[int, float]]) -> set[int]:
    """The sentences that share something with the unit, but for those that share only what stands in every sentence."""
    weights: dict[int, float] = {}
    for number, (place, _) in pairs.items():
        sentence = reading.sentences[place]
        weights[sentence] = weights.get(sentence, 0.0) + terms[number].weight
    fullest = max(weights, key=lambda sentence: (weights[sentence], -sentence), default=0)
    return {sentence for sentence, weight in weights.items() if weight >= STRAY or sentence == fullest}


def _pairs(terms: Sequence[Sense], senses: Sequence[Sense], window: Sequence[int]) -> Mapping[int, tuple[int, float]]:
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
