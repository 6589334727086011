"""The made-up confidences and neutral sentences of ``tests/checks/leaks``, and what is done to a confidence.

The rules of the check were tuned on one part and never on the other, which is held out and was written by somebody else.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cppp_cli.programme.audiences import BOTH_PARENTS, COURT
from cppp_cli.programme.confidences import Confidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORPUS = Path(__file__).parents[1] / "checks" / "leaks"
PARTS = ("tuning", "second", "held", "last_held")
HELD_OUT = ("held", "last_held")
"""The parts the rules were not tuned on. The last one was written after the rules were last changed for the others: the
second was once held out, showed too many false findings, and has been tuned on since."""
FAMILIES = (1, 2)
AUDIENCE = BOTH_PARENTS | {COURT}
"""Whoever reads a report."""
REWORDINGS = ("three_words", "order", "tense", "reported")
KINDS = frozenset({"statement", "letter", "note", "file"})


@dataclass(frozen=True)
class Told:
    """Words said in confidence, and the same said otherwise by a person."""

    ref: str
    family: int
    kind: str
    words: str
    reworded: dict[str, str]

    @property
    def confidence(self) -> Confidence:
        """As the program holds it: for nobody."""
        return Confidence(ref=self.ref, words=self.words, what=f"{self.kind} {self.ref}")


@dataclass(frozen=True)
class Neutral:
    """A sentence that tells nothing said in confidence."""

    family: int
    words: str
    near: str
    """The confidence it comes close to; empty where it is close to none, or the writer did not say."""


@cache
def confidences(part: str) -> tuple[Told, ...]:
    """The confidences of a part; of both for ``all``."""
    return tuple(
        Told(f"{each}.{row['id']}", row["family"], row["kind"], row["words"], dict(row["reworded"]))
        for each in chosen(part)
        for row in _rows(f"{each}.toml", "confidence")
    )


@cache
def neutrals(part: str) -> tuple[Neutral, ...]:
    """The neutral sentences of a part; of both for ``all``."""
    return tuple(
        Neutral(row["family"], row["words"], row.get("near", ""))
        for each in chosen(part)
        for row in _rows(f"neutral_{each}.toml", "neutral")
    )


def chosen(part: str) -> tuple[str, ...]:
    """The parts a name stands for, as far as they are written."""
    return tuple(each for each in PARTS if part in {each, "all"} and (CORPUS / f"{each}.toml").exists())


def _rows(name: str, table: str) -> list[dict[str, Any]]:
    path = CORPUS / name
    return list(tomllib.loads(path.read_text(encoding="utf-8"))[table]) if path.exists() else []


def folded(words: str) -> Iterator[tuple[str, str]]:
    """The same words as a keyboard, a word processor or a copy would leave them; what changes nothing is left out."""
    for name, fold in FOLDS.items():
        if (other := fold(words)) != words:
            yield name, other


def _quotes(words: str) -> str:
    if re.search("[‘’“”]", words):
        return words.translate(str.maketrans("‘’“”", "''\"\""))
    marks = cycle("“”")
    return re.sub('"', lambda _: next(marks), words).replace("'", "’")


def _line_breaks(words: str) -> str:
    blanks = cycle((" ", " ", "\n", " ", " \n ", " ", "\r\n"))
    return re.sub(" ", lambda _: next(blanks), words)


def _blanks(words: str) -> str:
    blanks = cycle(("  ", " ", "\u00a0", "   ", "\t", "\u2009", "\u202f"))
    return re.sub(" ", lambda _: next(blanks), words)


def _invisible(words: str) -> str:
    """A sign nobody sees, inside every longer word: where a line may break, where it may not, or nothing at all."""
    signs = cycle(("\u00ad", "\u200b", "\u2060", "\ufeff", "\u200d"))
    return re.sub(r"(?<=\w\w)(?=\w\w)", lambda _: next(signs), words)


def _dashes(words: str) -> str:
    dashes = cycle("‐‑–—−")
    return re.sub("[-–—]", lambda _: next(dashes), words)


FOLDS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "curly or straight quotes": _quotes,
    "other blanks": _blanks,
    "line breaks": _line_breaks,
    "invisible signs": _invisible,
    "forms of the dash": _dashes,
}
