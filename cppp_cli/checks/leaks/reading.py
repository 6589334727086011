"""A whole document as one row of words, to be searched many times. Pure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.folding import run_together, tokens
from cppp_cli.checks.leaks.function_words import NOT
from cppp_cli.checks.leaks.stems import NAME, Sense, in_no_list, phrases, sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cppp_cli.checks.leaks.folding import Token
    from cppp_cli.programme.passage import Passage

BODY: Final = frozenset({"heading", "text", "quote", "row"})
LONG: Final = 16  # letters and digits; so many are known again even where the blanks around them are gone


@dataclass(frozen=True)
class Reading:
    """The words of passages one after the other; what stands in the body first, so that it stays together."""

    texts: Sequence[str]
    words: Sequence[Token]
    homes: Sequence[int]
    """The number of the text each word stands in."""
    sentences: Sequence[int]
    """The number of the sentence each word stands in."""
    senses: Sequence[Sense]
    signs: str
    """All words without anything between them."""
    begins: Sequence[int]
    """Where each word begins in ``signs``; one more at the end."""
    firsts: Sequence[int]
    """The first word of each text; one more at the end."""
    places: Mapping[str, Sequence[int]]
    """Where the telling words of each key stand, in order."""
    within: Mapping[str, frozenset[int]]
    """The texts they stand in."""

    def spans(self, signs: str) -> Iterator[tuple[int, int]]:
        """The first and the last word of every place where these signs stand, on the bounds of words."""
        at = self.signs.find(signs) if signs else -1
        while at >= 0:
            end = at + len(signs)
            first, last = bisect_right(self.begins, at) - 1, bisect_right(self.begins, end - 1) - 1
            if len(signs) >= LONG or (self.begins[first] == at and self.begins[last + 1] == end):
                yield first, last
            at = self.signs.find(signs, at + 1)

    @cached_property
    def run_together(self) -> str:
        """The letters and digits of each text, a text a line: what is left where the blanks between words were lost."""
        return "\n".join(run_together(text)[0] for text in self.texts)

    def lost_blanks(self, signs: str) -> Iterator[tuple[int, str]]:
        """The number of each text where letters and digits stand one after the other, and the piece as written."""
        at = self.run_together.find(signs) if len(signs) >= LONG else -1
        while at >= 0:
            home = self.run_together.count("\n", 0, at)
            origin = run_together(self.texts[home])[1]
            first = at - (self.run_together.rfind("\n", 0, at) + 1)
            yield home, self.texts[home][origin[first] : origin[first + len(signs) - 1] + 1]
            at = self.run_together.find(signs, at + 1)

    def piece(self, first: int, last: int) -> str:
        """The text from one word to another as it is written; over several passages on several lines."""
        pieces = []
        for home in dict.fromkeys(self.homes[first : last + 1]):
            inside = [word for word in range(first, last + 1) if self.homes[word] == home]
            pieces.append(self.texts[home][self.words[inside[0]].start : self.words[inside[-1]].end])
        return "\n".join(pieces)


def in_order(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with the body first, so that a header does not part what stands on two pages."""
    return sorted(passages, key=lambda passage: passage.kind not in BODY)


def read(texts: Sequence[str]) -> Reading:
    """The words of texts."""
    words: list[Token] = []
    homes: list[int] = []
    firsts = [0]
    for home, text in enumerate(texts):
        found = tokens(text)
        words += found
        homes += [home] * len(found)
        firsts.append(len(words))
    begins = [0]
    for word in words:
        begins.append(begins[-1] + len(word.word))
    senses = [
        known for home in range(len(texts)) for known in senses_of(texts[home], words[firsts[home] : firsts[home + 1]])
    ]
    sentences = list(accumulate(word.stopped for word in words))
    places: dict[str, list[int]] = {}
    for place, known in enumerate(senses):
        for key in known.keys if known.weight else ():
            places.setdefault(key, []).append(place)
    within = {key: frozenset(homes[place] for place in at) for key, at in places.items()}
    signs = "".join(word.word for word in words)
    return Reading(texts, words, homes, sentences, senses, signs, begins, firsts, places, within)


def senses_of(text: str, words: Sequence[Token]) -> list[Sense]:
    """What the words of a text mean, each with what it means together with the next.

    A name says little, since a document may call the same person something else. A capital shows it, but where a
    sentence begins only in a word of which nothing is known, and nowhere in a text that is written in capitals.
    """
    found = [sense(word.word) for word in words]
    capitals = [text[word.start].isupper() for word in words]
    mixed = sum(capitals) <= len(words) / 2 + 1
    known = phrases()
    for place, word in enumerate(words):
        own = found[place]
        if mixed and capitals[place] and own.weight > NAME and (not word.starts or in_no_list(own.stem)):
            found[place] = Sense(own.keys, NAME, own.stem)
        both = known.get((found[place].stem, found[place + 1].stem)) if place + 1 < len(words) else None
        if both:
            # "not like" is a kind of "like"; that it is denied stands beside it.
            at = place + (own.stem == NOT)
            found[at] = sense(both).joined(found[at])
    return found
