"""Where in a document it is worth looking for a confidence in other words. Pure."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cppp_cli.checks.leaks.confided import Unit
    from cppp_cli.checks.leaks.reading import Reading
    from cppp_cli.checks.leaks.stems import Sense

SYNONYM: Final = 0.85  # of the weight of the very word
ROOM: Final = 1.7  # a stretch is so many times as long as the confidence
MORE_ROOM: Final = 8  # and so many words: he told me that


NOTHING: Final[frozenset[int]] = frozenset()


class Enough(Protocol):
    """Whether a stretch that holds these telling words, by number, over so many borders, is worth a look."""

    def __call__(self, terms: frozenset[int], /, borders: int) -> bool:
        """Whether it is."""


class Hit(NamedTuple):
    """A word of a document that may stand for a telling word of a unit."""

    place: int
    term: int
    """The number of the telling word."""
    akin: bool
    """It is another word."""


class Stretch(NamedTuple):
    """The first and the last word, and the numbers of the telling words it holds."""

    first: int
    last: int
    terms: frozenset[int]


def stretches(unit: Unit, reading: Reading, enough: Enough) -> Iterator[Stretch]:
    """Stretches about as long as the unit that may say the same.

    Of each text, and of each two and three in a row, the fullest stretch: once as wide and once as tight as it can be.

    Args:
        unit: what is looked for.
        reading: the document.
        enough: which stretches are worth a look.
    """
    terms = unit.telling
    room = int(ROOM * len(unit.senses)) + MORE_ROOM
    held = _held(terms, reading)
    hits: dict[int, list[Hit]] = {}

    def of(home: int) -> list[Hit]:
        if home not in hits:
            hits[home] = _hits(terms, reading, home)
        return hits[home]

    for home, numbers in held.items():
        if enough(numbers, 0):
            yield from _fullest(terms, of(home), room, partial(enough, borders=0))
        for borders in (1, 2):
            after = held.get(home + borders, NOTHING)
            between = held.get(home + 1, NOTHING) if borders > 1 else NOTHING
            # Each end must add something, or a shorter row says as much.
            if not (after - numbers - between and numbers - between - after):
                continue
            if enough(numbers | between | after, borders):
                inner, outer = reading.firsts[home + 1], reading.firsts[home + borders]
                near = [hit for hit in of(home) if hit.place >= inner - room]
                near += of(home + 1) if between else []
                near += [hit for hit in of(home + borders) if hit.place < outer + room]
                found = _fullest(terms, near, room, partial(enough, borders=borders))
                yield from (one for one in found if one.first < inner and outer <= one.last)


def _held(terms: Sequence[Sense], reading: Reading) -> Mapping[int, frozenset[int]]:
    """Which terms each text holds."""
    found: dict[int, set[int]] = {}
    for number, term in enumerate(terms):
        for key in term.keys:
            for home in reading.within.get(key, ()):
                found.setdefault(home, set()).add(number)
    return {home: frozenset(numbers) for home, numbers in found.items()}


def _hits(terms: Sequence[Sense], reading: Reading, home: int) -> list[Hit]:
    """The words of a text that may stand for a term, in their order."""
    low, high = reading.firsts[home], reading.firsts[home + 1]
    found = set()
    for number, term in enumerate(terms):
        for key in term.keys:
            places = reading.places.get(key, ())
            for place in places[bisect_left(places, low) : bisect_left(places, high)]:
                found.add(Hit(place, number, term.stem != reading.senses[place].stem))
    return sorted(found)


def _fullest(
    terms: Sequence[Sense], hits: Sequence[Hit], room: int, enough: Callable[[frozenset[int]], bool]
) -> Iterator[Stretch]:
    """The stretch of at most so many words that holds most, as wide and as tight as it can be."""
    counts = [[0, 0] for _ in terms]
    covered, left = 0.0, 0
    best, bounds = (0.0, 0), (0, 0)
    for right, hit in enumerate(hits):
        covered += _change(terms, counts, hit, 1)
        while hit.place - hits[left].place > room:
            covered += _change(terms, counts, hits[left], -1)
            left += 1
        found = (round(covered, 3), hit.place - hits[left].place)
        if found > best:
            best, bounds = found, (left, right)
    inside = hits[bounds[0] : bounds[1] + 1]
    held = frozenset(hit.term for hit in inside)
    if enough(held):
        yield Stretch(inside[0].place, inside[-1].place, held)
        tight = _tightest(inside)
        if tight != inside[0].place:
            yield Stretch(tight, inside[-1].place, held)


def _change(terms: Sequence[Sense], counts: Sequence[list[int]], hit: Hit, by: int) -> float:
    """Count a word in or out; what that adds to the weight that is covered."""
    count = counts[hit.term]
    before = _share(count)
    count[hit.akin] += by
    return terms[hit.term].weight * (_share(count) - before)


def _share(count: Sequence[int]) -> float:
    """How well a term is met: by itself, by another word, or not."""
    return 1.0 if count[False] else SYNONYM if count[True] else 0.0


def _tightest(hits: Sequence[Hit]) -> int:
    """The last place where the stretch may begin and still hold as much."""
    after: dict[int, set[bool]] = {}
    first = hits[-1].place
    for hit in reversed(hits):
        known = after.setdefault(hit.term, set())
        if not known or (not hit.akin and False not in known):
            first = hit.place
        known.add(hit.akin)
    return first
