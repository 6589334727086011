"""Names that are on file in another case and that nobody of this one bears: told by reference, never repeated."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.common import COMMON, SPEAKS
from cppp_cli.checks.attribution.elsewhere import LEAST_NAMES, folded, is_private
from cppp_cli.checks.attribution.names import ALSO_WORDS, TITLES
from cppp_cli.checks.attribution.records import SURNAMES
from cppp_cli.checks.attribution.saying import advisory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.attribution.records import Cast, Elsewhere
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.passage import Passage

ID: Final = "name.unknown"
SHOWN: Final = 3  # references a finding names
_PASSED_OVER: Final = frozenset({"hidden", "name", "property"})
_BEGINS: Final = re.compile(r"(?:^|[.!?:;–•“\"(/]\s*|\n\s*|\d\s*)$")
_TITLED: Final = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr)\.?\s+$", re.IGNORECASE)
_DO: Final = (
    "If somebody of the other case is meant, it was typed into the wrong case: take it out where it was typed, and "
    "write the document again. If it is somebody else of that name, nothing is to be done; somebody who belongs to "
    "this case is added with cppp case edit."
)


class Strangers:
    """The names people of other cases go by and nobody of this one does: each with the references of those cases."""

    def __init__(self, cast: Cast) -> None:
        self.first: dict[str, set[str]] = defaultdict(set)
        self.last: dict[str, set[str]] = defaultdict(set)
        for other in cast.elsewhere:
            for form in (*other.called, *(_first(name) for name in _whole(other))):
                words = folded(form).split()
                if words and not set(words) <= cast.places | COMMON:
                    self.first[" ".join(form.split())].add(other.reference)
            for name in _whole(other):
                word = name.split()[-1]
                if len(name.split()) >= LEAST_NAMES and word.casefold() not in cast.places:
                    self.last[word].add(other.reference)
        self.words = {folded(name) for name in (*self.first, *self.last)}
        self._names = _pattern(self.first)
        self._surnames = _pattern(self.last)

    def knows(self, word: str) -> bool:
        """Whether a word is such a name: then it is told of by reference, and not repeated as unknown."""
        return folded(word) in self.words

    def stand_in(self, text: str, small: frozenset[str]) -> Iterator[tuple[str, set[str]]]:
        """Each such name in a text, and whose it is.

        Args:
            text: Of a passage.
            small: Words the document writes with a small letter as well.
        """
        for found in self._names.finditer(text):
            is_word = found[0].casefold() in ALSO_WORDS | small
            if found[0][0].isupper() and not (is_word and _BEGINS.search(text[: found.start()])):
                yield found[0].casefold(), self._of(self.first, found[0])
        for found in self._surnames.finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            is_name = found[0].istitle() and found[0].casefold() not in small | COMMON
            acts = re.match(r"[’']s\b|\s+(\w+)", after)
            if _BEGINS.search(before):
                is_name = is_name and acts is not None and (acts[1] is None or acts[1] in SPEAKS)
            if is_name or _TITLED.search(before):
                yield found[0].casefold(), self._of(self.last, found[0])

    @staticmethod
    def _of(names: dict[str, set[str]], found: str) -> set[str]:
        wanted = " ".join(found.split()).casefold()
        return {reference for name, those in names.items() if name.casefold() == wanted for reference in those}


def borne_elsewhere(reading: Reading) -> Iterator[Finding]:
    """Such names, each once, at the first place it stands; where the whole name stands, that is told already."""
    strangers = Strangers(reading.cast)
    if not strangers.words:
        return
    small = frozenset(
        word for passage in reading.passages for word in re.findall(r"[^\W\d_]+", passage.text) if word[0].islower()
    )
    whole = [folded(name) for other in reading.cast.elsewhere for name in _whole(other, everybody=True)]
    told: set[str] = set()
    for passage in reading.passages:
        if passage.kind in _PASSED_OVER:
            continue
        text = f" {folded(passage.text)} "
        covered = {word for name in whole if f" {name} " in text or f" {name}s " in text for word in name.split()}
        standing = strangers.stand_in(passage.text, small)
        here = {name: those for name, those in standing if name not in told and folded(name) not in covered}
        told |= here.keys()
        if here:
            yield _told(passage, len(here), sorted(set().union(*here.values())))


def _told(passage: Passage, count: int, references: list[str]) -> Finding:
    named = ", ".join(references[:SHOWN]) + (f" and {len(references) - SHOWN} more" if len(references) > SHOWN else "")
    names = "A name that is" if count == 1 else f"{count} names that are"
    stand = "stands" if count == 1 else "stand"
    cases = "another case" if len(references) == 1 else "other cases"
    what = f"{names} on file in {cases} ({named}), and that nobody of this case bears, {stand} here."
    return advisory(ID, passage, what, SURNAMES, _DO)


def _whole(other: Elsewhere, *, everybody: bool = False) -> Iterator[str]:
    """The full names of a case's private people; of everybody on file there when wanted."""
    yield from other.full_names
    yield from (person.full_name for person in other.beside if everybody or is_private(person))


def _first(name: str) -> str:
    """The first name in a full name; empty when only a title and a surname are known."""
    words = name.split()
    titled = bool(words) and words[0].rstrip(".").casefold() in TITLES
    return "" if not words or titled else words[0]


def _pattern(names: dict[str, set[str]]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    return re.compile(rf"(?<![\w’'\-])(?:{forms})(?!\w)" if forms else r"(?!)", re.IGNORECASE)
