"""What of a confidence would give it away: the whole of it, and each sentence that says enough by itself. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks.folding import core, run_together, tokens
from cppp_cli.checks.leaks.function_words import NOT
from cppp_cli.checks.leaks.reading import senses_of

if TYPE_CHECKING:
    from cppp_cli.checks.leaks.stems import Sense

LEAST_WORDS: Final = 4
LEAST_TELLING: Final = 2  # words that are more than grammar
LEAST_GRAVE: Final = 3  # words
GRAVE: Final = 3.0  # weight of a word that says much by itself, such as "hits" or "hurts"
LEAST_ALONE: Final = 4.0  # weight of a sentence that gives a longer text away by itself
LONGEST_WHOLE: Final = 60  # words; a longer text is looked for in other words sentence by sentence
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")


class Where(Enum):
    """How words must stand in a document to be taken for the words of a confidence."""

    ANYWHERE = "anywhere"
    VERBATIM = "verbatim"  # anywhere, but as they are
    SENTENCE = "sentence"
    QUOTED = "quoted"


@dataclass(frozen=True)
class Unit:
    """A piece of a confidence, ready to be looked for."""

    text: str
    signs: str
    """Its words in their folded form, one after the other."""
    letters: str
    """Its letters and digits alone."""
    senses: tuple[Sense, ...]
    """In the order of the text, without the words that are left out."""
    where: Where
    length: int
    """In words."""

    @cached_property
    def telling(self) -> tuple[Sense, ...]:
        """The different words that say something."""
        return tuple({sense.stem: sense for sense in self.senses if sense.weight}.values())

    @cached_property
    def weight(self) -> float:
        """How much it says."""
        return sum(term.weight for term in self.telling)


@lru_cache(maxsize=2048)  # every file of a document is held against the same confidences
def units(words: str) -> tuple[Unit, ...]:
    """The pieces of a confidence; the whole comes first."""
    parts = sentences(words)
    made = [unit(sentence) for sentence in parts] if len(parts) > 1 else []
    alone = [part for part in made if part and part.where is Where.ANYWHERE and part.weight >= LEAST_ALONE]
    whole = unit(words)
    return (whole, *alone) if whole else ()


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence and sentence.strip()]


def unit(text: str) -> Unit | None:
    """A text as one piece; None where it has no words."""
    found = tokens(text)
    if not found:
        return None
    senses = tuple(sense for sense in senses_of(text, found) if sense.keys)
    telling = {sense.stem for sense in senses if sense.weight}
    denied = any(NOT in sense.keys for sense in senses)  # "I don't know" is said everywhere
    grave = len(found) >= LEAST_GRAVE and not denied and any(sense.weight >= GRAVE for sense in senses)
    where = Where.VERBATIM if grave else Where.QUOTED if len(telling) < LEAST_TELLING else Where.SENTENCE
    if len(found) >= LEAST_WORDS and len(telling) >= LEAST_TELLING:
        where = Where.ANYWHERE
    signs = "".join(word.word for word in found)
    return Unit(core(text), signs, run_together(text)[0], senses, where, len(found))
