"""A passage as the rules read it: what somebody else said in it is blank."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.policy.phrases import fold
from cppp_cli.checks.wording.reading import Reading

if TYPE_CHECKING:
    from cppp_cli.programme.passage import Passage

# Marks of one kind, of the text as written. An apostrophe opens nothing after a letter, and closes nothing before one.
_QUOTED: Final = re.compile(
    r"“[^“”]*(?:”|$)|‘(?=\w)[^‘\n]*?’(?!\w)|(?<!\w)\"(?=\S)[^\"]*\"(?!\w)|(?<!\w)'(?=\w)[^'\n]*(?:'\w[^'\n]*)*'(?!\w)"
)
_FIRST_PERSON: Final = re.compile(r"(?<![\w.])(?:I(?!\.e)|(?i:me|my|mine|myself|we|us|our|ours|ourselves))(?![\w-])")
_UNREAD: Final = frozenset({"quote", "property", "name"})
"""Kinds of passage with no words of the author's: somebody's own words, and what the computer keeps of a file."""


@dataclass(frozen=True)
class Read:
    """One passage, folded; every character stands at the place it has in the text."""

    passage: Passage
    own_words_under: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> str:
        """All its words."""
        return fold(self.passage.text)

    @cached_property
    def told(self) -> str:
        """The author's own words: those of others are blank."""
        if self.passage.kind in _UNREAD:
            return " " * len(self.plain)
        told = _QUOTED.sub(lambda match: " " * len(match[0]), self.passage.text)
        if self._is_own_words:
            # A cell of a table is one person's, and its neighbour another's.
            told = "\n".join(" " * len(line) if _FIRST_PERSON.search(line) else line for line in told.split("\n"))
        return fold(told)

    @cached_property
    def reading(self) -> Reading:
        """The passage as the check of a plan's wording reads it."""
        return Reading(self.passage.text)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Where the sentence around an offset begins and ends."""
        sentences = self.reading.sentences
        return sentences[bisect_right(sentences, (offset, len(self.plain))) - 1]

    @property
    def _is_own_words(self) -> bool:
        headings = {fold(heading).casefold() for heading in self.passage.under}
        return not headings.isdisjoint(self.own_words_under)
