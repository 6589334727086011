"""The words of both made-up families in every spelling they could leak in, and a search for them in any bytes.

Taken from the answers files in ``examples/``: every name, address, telephone number and e-mail address, every word of
five letters or more, and every three words in a row. Spelt as UTF-8 (as typed, small, capital), UTF-16 of both orders,
with JSON's escapes, as hexadecimal, and as base 64 at each of the three places a word can begin in it.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LETTERS = 5
"""The shortest word; a shorter one can turn up in noise by chance."""
BYTES = 5
LONGEST = 100  # characters of a value that is searched for as a whole; longer ones are, three words at a time


def said(examples: Path) -> frozenset[str]:
    """Everything that was said in the answers files, cut up."""
    found: set[str] = set()
    for path in sorted(examples.rglob("*.toml")):
        for value in _texts(tomllib.loads(path.read_text(encoding="utf-8"))):
            parts = value.split()
            found |= {" ".join(three) for three in zip(parts, parts[1:], parts[2:], strict=False)}
            found |= {word for word in re.findall(r"[^\W\d_]+", value) if len(word) >= LETTERS}
            found |= {value} if LETTERS <= len(value) <= LONGEST else set()
    return frozenset(found)


def who(examples: Path) -> frozenset[str]:
    """Every name, address, telephone number and e-mail address: what may be missing in no search."""
    found: set[str] = set()
    keys = ("full_name", "address", "phone", "email", "judge", "solicitor", "school")
    for path in sorted(examples.rglob("*.toml")):
        for key, value in _named(tomllib.loads(path.read_text(encoding="utf-8"))):
            found |= {value} if key in keys else set()
    return frozenset(found)


def _named(table: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _named(value, key)
    elif isinstance(table, str):
        yield name, table


def _texts(table: object) -> Iterator[str]:
    if isinstance(table, dict):
        for value in table.values():
            yield from _texts(value)
    elif isinstance(table, list):
        for value in table:
            yield from _texts(value)
    elif isinstance(table, str):
        yield table


def spelt(word: str) -> set[bytes]:
    """A word in every spelling."""
    plain = word.encode()
    found = {plain, word.lower().encode(), word.upper().encode(), json.dumps(word)[1:-1].encode()}
    found |= {word.encode("utf-16-le"), word.encode("utf-16-be")}
    found |= {plain.hex().encode(), plain.hex().upper().encode()}
    for before in range(3):  # the first and the last symbol also tell of what stands beside the word
        coded = base64.b64encode(bytes(before) + plain).rstrip(b"=")
        found.add(coded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6])
    return {form for form in found if len(form) >= BYTES}


class Search:
    """All spellings of some words, ready to be looked for at once."""

    def __init__(self, words: Iterable[str]) -> None:
        """Prepare the search."""
        self._by_first: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for word in words:
            for form in spelt(word):
                self._by_first[form[:BYTES]].append((form, word))

    def found_in(self, data: bytes) -> set[str]:
        """The words that are in there in some spelling."""
        first, found = self._by_first, set()
        for place in range(len(data) - BYTES + 1):
            if data[place : place + BYTES] in first:
                known = first[data[place : place + BYTES]]
                found |= {word for form, word in known if data.startswith(form, place)}
        return found

    def by_chance(self, size: int) -> float:
        """How many hits to expect in so many bytes of noise."""
        forms = {form for known in self._by_first.values() for form, _ in known}
        return sum(size / 256 ** len(form) for form in forms)
