"""A ready-made clause: its words, its blanks, and the whole sentence when the blanks are filled. Pure.

The words are written for one child and for several, and for a side of one adult or of two: what stands beside a blank
never changes with who is named, so "will" takes the place of "lives", and a name is repeated where a pronoun would have
to choose.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Final, Literal

from cppp_cli.programme.dates import say_date, say_time

if TYPE_CHECKING:
    from collections.abc import Mapping

BlankKind = Literal["text", "date", "time", "side", "children"]

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_SENTENCE_ENDS: Final = (".", "?", "!")


@dataclass(frozen=True)
class Blank:
    """A place in a clause. ``side`` takes the names of one side, ``children`` those of the children it is for.

    Attributes:
        key: As it stands in the words.
        ask: The question whose answer belongs there.
        kind: A ``date`` is given as YYYY-MM-DD and a ``time`` as HH:MM; anything else is taken as it was typed.
        example: An answer that fits the sentence.
    """

    key: str
    ask: str
    kind: BlankKind
    example: str


@dataclass(frozen=True)
class Clause:
    """Ready-made wording of one topic.

    Attributes:
        key: How it is stored; never changed.
        topic: The key of its topic.
        label: Its name in a list.
        words: Whole sentences, with ``{key}`` where a blank is filled.
        blanks: In the order in which the words have them.
        for_parents: Whether a parent who fills in a form alone would understand it and be safe with it.
    """

    key: str
    topic: str
    label: str
    words: str
    blanks: tuple[Blank, ...]
    for_parents: bool = True

    @property
    def examples(self) -> dict[str, str]:
        """An answer for every blank, which together make a sensible clause."""
        return {blank.key: blank.example for blank in self.blanks}

    @property
    def shown(self) -> str:
        """The words with the question of each blank in its place."""
        return complete(self, {})


def complete(clause: Clause, values: Mapping[str, str]) -> str:
    """The clause in full. A blank without a value shows its question, so that nothing seems settled by accident."""
    blanks = {blank.key: blank for blank in clause.blanks}

    def fill(found: re.Match[str]) -> str:
        blank = blanks[found.group(1)]
        said = _said(blank, values.get(blank.key, ""))
        if not said:
            return f"[{blank.ask}]"
        before, after = clause.words[: found.start()].rstrip(), clause.words[found.end() :]
        if said.endswith(".") and (after.startswith(".") or said.count(".") == 1):
            said = said[:-1]
        if not before or before.endswith(_SENTENCE_ENDS):
            said = said[0].upper() + said[1:]
        return said

    return _PLACE.sub(fill, clause.words)


def missing(clause: Clause, values: Mapping[str, str]) -> tuple[Blank, ...]:
    """The blanks that still have no value."""
    return tuple(blank for blank in clause.blanks if not _said(blank, values.get(blank.key, "")))


def _said(blank: Blank, value: str) -> str:
    """A value as a sentence says it, on one line; a date or time that is not in its stored form stays as typed."""
    typed = " ".join(value.split())
    with suppress(ValueError):
        if blank.kind == "date":
            return say_date(date.fromisoformat(typed))
        if blank.kind == "time":
            return say_time(time.fromisoformat(typed))
    return typed
