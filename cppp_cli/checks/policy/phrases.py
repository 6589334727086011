"""Phrases as the file of rules writes them, so plain that an office can edit them.

Case and the length of blanks do not matter. In a phrase

    claim*          is any word that begins like this, and the word itself
    hit/hits        is one word or the other
    one-off         has a hyphen or a blank
    judge ... found has up to six words between
    {abuse}         is any phrase of the list of that name
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_GAP: Final = r"(?:[\s,()]+[\w'&.%£-]+){0,6}?[\s,()]+"
_WORD: Final = re.compile(r"(?:[^\W_](?:[\w'.&-]*[\w.])?'?\*?)(?:/[^\W_](?:[\w'.&-]*[\w.])?'?\*?)*")
_LIST: Final = re.compile(r"\{([a-z][a-z-]*)\}")
_START, _END = r"(?<![\w-])", r"(?!\w|-\w)"
_FOLDED: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-"})


class PhraseError(ValueError):
    """A phrase is written wrongly; the text says how."""


def fold(text: str) -> str:
    """The text with plain quotation marks, dashes and blanks, each character at its own place."""
    return text.translate(_FOLDED)


@dataclass(frozen=True)
class Phrases:
    """Some phrases, and those in which their words do no harm."""

    expression: str = ""
    but_not: str = ""

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression, re.IGNORECASE)

    @cached_property
    def _harmless(self) -> re.Pattern[str]:
        return re.compile(self.but_not, re.IGNORECASE)

    def spans(self, text: str, whole: str = "") -> Iterator[tuple[int, int]]:
        """Where they stand in a folded text, but for the harmless ones.

        Args:
            text: what is searched.
            whole: where harmless phrases are looked for, as long as the text; the text itself where none is given.
        """
        if not self.expression:
            return
        harmless: list[tuple[int, int]] | None = None
        for match in self._compiled.finditer(text):
            if harmless is None:
                harmless = [found.span() for found in self._harmless.finditer(whole or text)] if self.but_not else []
            start, end = match.span()
            if not any(start < b and a < end for a, b in harmless):
                yield start, end

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.expression)

    def within(self, text: str) -> bool:
        """Whether one of them stands in a folded text."""
        return next(self.spans(text), None) is not None


def phrases(written: Sequence[str], but_not: Sequence[str], lists: Mapping[str, Sequence[str]]) -> Phrases:
    """Phrases from their written form.

    Raises:
        PhraseError: a phrase is written wrongly or names a list that is not there.
    """
    return Phrases(_any_of(written, lists), _any_of(but_not, lists))


def _any_of(written: Sequence[str], lists: Mapping[str, Sequence[str]], inside: tuple[str, ...] = ()) -> str:
    """The expression for any of some phrases; the longest is tried first, so that the whole of it is quoted."""
    if not written:
        return ""
    ordered = sorted(written, key=len, reverse=True)
    return f"{_START}(?:{'|'.join(_expression(phrase, lists, inside) for phrase in ordered)}){_END}"


def _expression(phrase: str, lists: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> str:
    parts = fold(phrase).split()
    if not parts or "..." in {parts[0], parts[-1]}:
        raise PhraseError(f"“{phrase}” must begin and end with a word")
    said, gap = "", False
    for number, part in enumerate(parts):
        if part == "...":
            gap = True
            continue
        if number:
            said += _GAP if gap else r"\s+"
        gap = False
        named = _LIST.fullmatch(part)
        if named:
            said += _list(named[1], lists, inside)
        elif _WORD.fullmatch(part):
            said += f"(?:{'|'.join(_word(one) for one in part.split('/'))})"
        else:
            raise PhraseError(f"“{phrase}” has a sign that means nothing there: only letters, - ' / * {{}} and ... do")
    return said


def _list(name: str, lists: Mapping[str, Sequence[str]], inside: tuple[str, ...]) -> str:
    if name not in lists or name in inside:
        raise PhraseError(f"there is no list “{name}” to use here")
    return _any_of(lists[name], lists, (*inside, name))


def _word(word: str) -> str:
    stem, star = (word[:-1], r"\w*") if word.endswith("*") else (word, "")
    return re.escape(stem).replace(r"\-", r"(?:-|\s+)") + star
