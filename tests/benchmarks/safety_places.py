"""Where a confidence may turn up in a document: as the passages that the check is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from cppp_cli.programme.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.safety_corpus import Told

BETWEEN = 2  # neutral passages before each planted one


@dataclass(frozen=True)
class Planted:
    """A document with confidences in it, and the places where each stands."""

    passages: tuple[Passage, ...]
    there: dict[str, frozenset[str]]


def planted(texts: Iterable[tuple[Told, str]], place: str, neutral: Sequence[str]) -> Planted:
    """A document that says these texts, each at such a place and between neutral passages of its family."""
    found: list[Passage] = [Passage("the name of the file", "ZE26P01234-cppp-report-v1-draft.docx", "name")]
    there: dict[str, frozenset[str]] = {}
    for number, (told, text) in enumerate(texts):
        at = sum(map(ord, told.ref)) + 7 * number
        around = [neutral[(at + step) % len(neutral)] for step in range(BETWEEN + 2)]
        found += [
            Passage(f"paragraph {number}.{step}", words, number=1 + number * BETWEEN + step)
            for step, words in enumerate(around[:BETWEEN])
        ]
        pieces = PLACES[place](f"here {number}", text, around[BETWEEN:])
        found += pieces
        there[told.ref] = frozenset(each.place for each in pieces)
    return Planted(tuple(found), there)


def _alone(where: str, text: str, around: Sequence[str]) -> list[Passage]:
    return [Passage(where, text)]


def _inside(where: str, text: str, around: Sequence[str]) -> list[Passage]:
    return [Passage(where, f"{around[0]} {text} {around[1]}")]


def _split(where: str, text: str, around: Sequence[str]) -> list[Passage]:
    first, second = halves(text)
    return [Passage(f"{where}, first half", first), Passage(f"{where}, second half", second)]


def _cell(where: str, text: str, around: Sequence[str]) -> list[Passage]:
    cells = ("8 July 2026", text, around[0])
    return [
        Passage(where, "\n".join(cells), "row", cells=cells, columns=("Date", "What was said", "What is agreed")),
    ]


def _kind(kind: str) -> Callable[[str, str, Sequence[str]], list[Passage]]:
    return lambda where, text, _around: [Passage(where, text, kind)]


def _file_name(where: str, text: str, around: Sequence[str]) -> list[Passage]:
    return [Passage(where, as_file_name(text), "name")]


def halves(text: str) -> tuple[str, str]:
    """A text cut at the blank nearest to its middle."""
    middle = len(text) // 2
    at = min((match.start() for match in re.finditer(" ", text)), key=lambda place: abs(place - middle))
    return text[:at], text[at + 1 :]


def as_file_name(text: str) -> str:
    """Words as the name of a file, with what no system allows in one left out."""
    return re.sub(r"\s+", "-", re.sub(r'[\\/:*?"“”<>|]', "", text)).strip(".-") + ".docx"


ALONE, SPLIT = "alone", "split over two paragraphs"
PLACES: dict[str, Callable[[str, str, Sequence[str]], list[Passage]]] = {
    ALONE: _alone,
    "inside a longer paragraph": _inside,
    SPLIT: _split,
    "in a table": _cell,
    "alternative text": _kind("alternative text"),
    "header": _kind("header"),
    "property": _kind("property"),
    "name of the file": _file_name,
}


def groups(texts: Sequence[tuple[Told, str]], size: int) -> Iterable[Sequence[tuple[Told, str]]]:
    """So many at a time."""
    for start in count(0, size):
        if start >= len(texts):
            return
        yield texts[start : start + size]
