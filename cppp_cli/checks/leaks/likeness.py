"""Whether a stretch of a document says what a confidence says, in other words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.function_words import NOT
from cppp_cli.checks.leaks.stems import RARE, reporting
from cppp_cli.checks.leaks.stretches import SYNONYM

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from cppp_cli.checks.leaks.confided import Unit
    from cppp_cli.checks.leaks.reading import Reading
    from cppp_cli.checks.leaks.stems import Sense

ALIKE: Final = 84.0  # of 100: two words that differ by a slip of the pen
STRAY: Final = 2.5  # weight; a sentence that shares less with the unit beside a fuller one shares it by chance
LEAST_ALIKE: Final = 5  # letters of each; "care" is no slip for "scare"
AROUND: Final = 2  # words on each side of a stretch that belong to its order
NEIGHBOURHOOD: Final = 3  # words after a word that still count as following it

# What each agreement is worth, from a logistic regression on the parts of the corpus that may be tuned on, fifths tried
# on each other and rounded; START lies 0.9 below what was found, to ask for more than an even chance. Neutral sentences
# on the same topics share words with a confidence, but not their row.
START: Final = -11.3
COVERED: Final = 1.8
IN_ROW: Final = 2.9
NEIGHBOURS: Final = 3.3
ALIGNED: Final = 3.3
COVERED_IN_ORDER: Final = 2.4
COVERED_WEIGHT: Final = 2.0
SHARED: Final = 2.9
LENGTH: Final = 1.4
PLAIN: Final = 2.9
DENIED: Final = -2.1
MISSED: Final = -1.6
MISSED_RARE: Final = -0.9
LEAST_SHARED: Final = 2  # telling words
ONLY_THESE: Final = -1.0  # no more than that: two words meet by chance
LEAST_OF_TWO: Final = 3.0  # weight; and two common ones say nothing ("To be told things.") unless their row agrees
SAME_ROW: Final = 0.8
ENOUGH_WEIGHT: Final = 12.0  # from which more adds nothing; the same of what is missed
ENOUGH_SHARED: Final = 8  # the same of telling words
ENOUGH_RARE: Final = 3
ENOUGH_LENGTH: Final = 20


@dataclass(frozen=True)
class Likeness:
    """How a stretch of a document and a unit agree; shares from 0 to 1."""

    first: int
    """The first word of the document that stands for one of the unit."""
    last: int
    covered: float
    """Of what the unit says, by weight."""
    in_row: float
    """Of the row of its words, grammar included."""
    neighbours: float
    """Of its pairs of neighbours, which stay together where clauses change places."""
    aligned: float
    """Of the row of its words, against a row of the same length."""
    plain: float
    """Of what the sentences of the document say, by weight: the rest of them says something else."""
    denied: bool
    """The document denies and the unit does not."""
    weight: float
    """The weight they share."""
    missed: float
    """The weight of the words of the unit that have no match."""
    missed_rare: int
    """How many of them are seldom met."""
    length: int
    """Of the unit, in words that count for its row."""
    places: tuple[int, ...]
    """The words of the document that stand for one of the unit."""

    @property
    def points(self) -> float:
        """How sure it is that they say the same: from 0 it is taken for the same."""
        few = len(self.places) <= LEAST_SHARED
        if len(self.places) < LEAST_SHARED or (few and self.weight < LEAST_OF_TWO and self.aligned < SAME_ROW):
            return -inf
        return (
            START
            + COVERED * self.covered
            + IN_ROW * self.in_row
            + NEIGHBOURS * self.neighbours
            + ALIGNED * self.aligned
            + COVERED_IN_ORDER * self.covered * max(self.in_row, self.neighbours)
            + COVERED_WEIGHT * self.covered * min(self.weight / ENOUGH_WEIGHT, 1)
            + SHARED * min(len(self.places) / ENOUGH_SHARED, 1)
            + LENGTH * min(self.length / ENOUGH_LENGTH, 1)
            + ONLY_THESE * few
            + PLAIN * self.plain
            + DENIED * self.denied
            + MISSED * min(self.missed / ENOUGH_WEIGHT, 1)
            + MISSED_RARE * min(self.missed_rare / ENOUGH_RARE, 1)
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
        in_row=share,
        neighbours=share,
        aligned=2 * share / (1 + share),
        plain=1.0,
        denied=False,
        weight=weight,
        missed=unit.weight - weight,
        missed_rare=_rare(term for number, term in enumerate(terms) if number not in numbers),
        length=len(unit.senses),
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
    left = [term for number, term in enumerate(terms) if number not in pairs]
    start, stop = min(met, default=first), max(met, default=last)
    return Likeness(
        first=start,
        last=stop,
        covered=shared / unit.weight if unit.weight else 0.0,
        in_row=LCSseq.similarity(wanted, there) / len(wanted) if wanted else 0.0,
        neighbours=_neighbours(wanted, there),
        aligned=fuzz.partial_ratio(wanted, there) / 100 * min(1, len(there) / len(wanted)) if wanted else 0.0,
        plain=_plain(reading, met),
        denied=NOT not in wanted
        and any(reading.senses[at].stem == NOT for at in inside if start - AROUND <= at < stop),
        weight=shared,
        missed=sum(term.weight for term in left),
        missed_rare=_rare(left),
        length=len(wanted),
        places=tuple(sorted(met)),
    )


def _rare(terms: Iterable[Sense]) -> int:
    return sum(term.weight >= RARE for term in terms)


def _plain(reading: Reading, met: Mapping[int, int]) -> float:
    """How much of the sentences that hold these words is in these words, reported speech aside."""
    if not met:
        return 0.0
    homes, sentences = reading.homes, {reading.sentences[place] for place in met}
    whole = range(reading.firsts[homes[min(met)]], reading.firsts[homes[max(met)] + 1])
    told = [reading.senses[place] for place in whole if reading.sentences[place] in sentences]
    said = sum(sense.weight for sense in told if sense.stem not in reporting())
    return min(1.0, sum(reading.senses[place].weight for place in met) / said) if said else 1.0


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
