"""Words that are open to the audience, and whether they explain what looks like a leak. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.confided import sentences, unit
from cppp_cli.checks.leaks.likeness import compare
from cppp_cli.checks.leaks.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.checks.leaks.confided import Unit
    from cppp_cli.checks.leaks.likeness import Likeness
    from cppp_cli.checks.leaks.reading import Reading

LEAST_WORDS: Final = 3  # of an open sentence that explains words of a document by itself


@dataclass(frozen=True)
class Opened:
    """Open words: as they are written, sentence by sentence, and the words of the document that are theirs."""

    reading: Reading
    sentences: Sequence[Unit]
    explained: frozenset[int]

    def holds(self, signs: str) -> bool:
        """Whether these very words, blanks and case aside, stand in one of the open texts."""
        homes = self.reading.homes
        return any(homes[first] == homes[last] for first, last in self.reading.spans(signs))

    def explains(self, likeness: Likeness, document: Reading) -> bool:
        """Whether what was found is itself open, or is more like something open than like the confidence."""
        if self.explained.issuperset(likeness.places):
            return True
        window = range(likeness.first, likeness.last + 1)
        keys = {key for place in window if document.senses[place].weight for key in document.senses[place].keys}
        for sentence in self.sentences:
            shared = sum(term.weight for term in sentence.telling if not keys.isdisjoint(term.keys))
            if shared >= likeness.weight:
                other = compare(sentence, document, likeness.first, likeness.last)
                if other.weight >= likeness.weight and other.points >= likeness.points:
                    return True
        return False


def opened(texts: Sequence[str], document: Reading) -> Opened:
    """The open words of a document."""
    units = []
    explained: set[int] = set()
    known = dict.fromkeys(piece for text in texts for piece in (text, *sentences(text)))
    for text in known:
        made = unit(text)
        if made is None:
            continue
        units.append(made)
        if made.length >= LEAST_WORDS:
            for first, last in document.spans(made.signs):
                explained.update(range(first, last + 1))
    return Opened(read(texts), units, frozenset(explained))
