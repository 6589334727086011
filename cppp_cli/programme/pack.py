"""Everything of a case that concerns one person or mentions them, marked for those who review it. Pure.

Words are chosen by whom they were said of and by whom, and by the names and the like that stand in them. It is chosen
rather too much than too little: people look through it, and it is never handed out as it is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.pack_marks import (
    CHILD,
    CONFIDENCE,
    DETAILS,
    EARLIER,
    MARKS,
    NOT_CLEARED,
    OTHER,
    SAFEGUARDING,
    Piece,
)
from cppp_cli.programme.pack_places import OF_SESSIONS, TABLES, Family, marks_of
from cppp_cli.programme.pack_words import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cppp_cli.programme.pack_marks import Place, References, Row

# How a person is spoken of beside their name.
_KIN: Final = {
    "mother": ("mother", "mum", "mummy", "mam", "mama"),
    "father": ("father", "dad", "daddy", "papa"),
    "step-mother": ("stepmother", "step-mother", "stepmum", "step-mum"),
    "step-father": ("stepfather", "step-father", "stepdad", "step-dad"),
    "grandmother": ("grandmother", "grandma", "gran", "granny", "nan", "nana"),
    "grandfather": ("grandfather", "grandad", "granddad", "grandpa"),
}
_CHILDREN: Final = (
    *("child", "children", "kid", "kids", "son", "sons", "daughter", "daughters", "boy", "boys", "girl", "girls"),
    *("brother", "brothers", "sister", "sisters", "siblings"),
)
_TITLES: Final = ("mr", "mrs", "ms", "miss", "mx", "dr")
_NAMES: Final = frozenset({"full name", "called", "email"})  # labels of what names only whose row it is
_QUOTED: Final = 15  # characters: a shorter text stands elsewhere by chance
_SAYINGS: Final = ("words", "same", "change", "next", "else")  # how the labels of what was said end
_SHORT: Final = 80  # characters of words that are told in one line with others of the same place
_STEPS_OF_WORK: Final = frozenset({"state", "ended_at", "chosen", "started_at"})  # said by every step, of nobody
_PROPOSED: Final = frozenset({"appointment"})  # days the program proposed anew; what the officer moved stays a row
_WHOSE: Final = ("child", "adult", "path", "form", "session_id", "children", "number")


@dataclass(frozen=True)
class Person:
    """Somebody of the case: their reference, their name, the names they go by, and what else they are called."""

    reference: str
    name: str
    names: frozenset[str]
    spoken_of_as: frozenset[str]


@dataclass(frozen=True)
class Item:
    """One entry of a pack."""

    source: str
    at: str
    words: str
    about: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """What concerns or mentions one person, and how much of each kind does not."""

    person: Person
    people: tuple[Person, ...]
    items: tuple[Item, ...]
    left_out: Mapping[str, int]


def people(rows: Mapping[str, Sequence[Row]]) -> tuple[Person, ...]:
    """The adults, the children and the others of a case."""
    kin: dict[int, set[str]] = {}
    for row in rows["relation"]:
        kin.setdefault(row["adult"], set()).update(_KIN.get(row["relation"] or "", ()))
    adults = [
        _person("adult", row, {*kin.get(row["number"], ()), *((row["role"],) if row["role"] else ())})
        for row in rows["adult"]
    ]
    children = [_person("child", row, _CHILDREN) for row in rows["child"]]
    others = [_person("other", row, ()) for row in rows["other_person"]]
    return (*adults, *children, *others)


def pack(rows: Mapping[str, Sequence[Row]], reference: str) -> Pack:
    """The pack about one person of a case.

    Args:
        rows: The case by table; ``change`` is the history of this file, ``earlier_change`` one that came with it.
        reference: The person; StopIteration when there is none of it.
    """
    everybody = people(rows)
    person = next(one for one in everybody if one.reference == reference)
    spoken_of = Mentions(everybody)
    every = list(_quoting(list(pieces(rows))))
    about = [piece.place.of | spoken_of.in_piece(piece) for piece in every]
    chosen = [(p, seen) for p, seen in zip(every, about, strict=True) if reference in seen]
    left_out = Counter(p.place.kind for p, seen in zip(every, about, strict=True) if reference not in seen)
    entries = [(_marked(piece, seen, reference), tuple(sorted(seen))) for piece, seen in _once(chosen)]
    return Pack(person, everybody, tuple(_together(entries)), dict(sorted(left_out.items())))


def pieces(rows: Mapping[str, Sequence[Row]]) -> Iterator[Piece]:
    """Every piece of words of a case, as it stands and as it stood before."""
    family = Family(rows)
    for table, row in _in_order(rows):
        yield from _of_row(family, table, row)
    for table in ("earlier_change", "change"):
        for change in rows.get(table, ()):
            yield from _before(family, rows, change, here=table == "change")


def _in_order(rows: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, Row]]:
    """Every row with its table: session by session what belongs to one, the rest table by table."""
    for table in TABLES:
        if table == "session":
            for session in sorted(rows[table], key=lambda row: (row["held_on"] or "", row["id"])):
                yield table, session
                for below in OF_SESSIONS[1:]:
                    yield from ((below, row) for row in rows.get(below, ()) if row["session_id"] == session["id"])
        elif table not in OF_SESSIONS:
            yield from ((table, row) for row in rows.get(table, ()))


def _of_row(family: Family, table: str, row: Row, only: Iterable[str] | None = None) -> Iterator[Piece]:
    place = family.place(table, row)
    for column, label, words in cells(table, row, None if only is None else frozenset(only)):
        yield Piece(replace(place, marks=place.marks | marks_of(column, row)), label, words)


def _before(family: Family, rows: Mapping[str, Sequence[Row]], change: Row, *, here: bool) -> Iterator[Piece]:
    """What a change of the history took away. Numbers of the file a case came from mean nothing here."""
    table, key = change["place"], json.loads(change["row"])
    gone = {name: said for name, said in json.loads(change["before"] or "{}").items() if said is not None}
    only = gone.keys() - _STEPS_OF_WORK
    if table not in TABLES or table in _PROPOSED or not only:
        return
    known = next((row for row in rows[table] if here and key.items() <= row.items()), {})
    numbers = {} if here else {name: None for name in ("id", "session_id") if name in key}
    row = {**{name: known[name] for name in _WHOSE if name in known}, **key, **gone, **numbers}
    for piece in _of_row(family, table, row, only):
        place = piece.place
        now = replace(
            place, kind=EARLIER, group=f"Earlier: {place.group}", at=change["at"], marks=place.marks | {EARLIER}
        )
        yield replace(piece, place=now)


class Mentions:
    """Finds who is spoken of in a text: by name, as father or respondent, by ``adult-1``."""

    def __init__(self, everybody: Iterable[Person]) -> None:
        """Of the people of a case."""
        self._known = [(one.reference, _any_of(one.names), _any_of(one.names | one.spoken_of_as)) for one in everybody]

    def in_piece(self, piece: Piece) -> References:
        """The references of those a piece speaks of; somebody's own name speaks of nobody else of that name."""
        names = piece.place.kind == DETAILS and piece.label in _NAMES
        return frozenset() if names else self.among(piece.words)

    def among(self, text: str) -> References:
        """The references of those a text speaks of."""
        told = _folded(text)
        coded = " " not in told  # "child" alone is an answer chosen from a list, and no child
        return frozenset(
            reference for reference, names, words in self._known if (names if coded else words).search(told)
        )


def _person(group: str, row: Row, more: Iterable[str]) -> Person:
    """Somebody with every word that tells of them: the name, the first one, what they are called, Mrs and the last."""
    full, called = (" ".join(str(row.get(column) or "").split()) for column in ("full_name", "called"))
    parts = full.split()
    names = {full, called, *called.split()[:1], *parts[:1]}
    names |= {f"{title}{dot} {last}" for last in parts[1:][-1:] for title in _TITLES for dot in ("", ".")}
    reference = f"{group}-{row['number']}"
    folded = frozenset(_folded(name) for name in (*names, reference) if name)
    return Person(reference, full or called, folded, frozenset(map(_folded, more)))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words)))})(?!\w|-\d)")


def _folded(text: str) -> str:
    """A text for comparing: without accents, small letters, one kind of apostrophe and blank."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


def _quoting(every: list[Piece]) -> Iterator[Piece]:
    """Each piece, with the marks of a child's words or a concern that it repeats."""
    watched = frozenset({CHILD, NOT_CLEARED, SAFEGUARDING})
    quotable = [
        (_folded(piece.words), piece.place.marks)
        for piece in every
        if piece.place.marks & watched and len(piece.words) >= _QUOTED and piece.label.split()[-1] in _SAYINGS
    ]
    for piece in every:
        told = _folded(piece.words)
        more = frozenset(mark for words, marks in quotable if words in told for mark in marks & watched)
        yield replace(piece, place=replace(piece.place, marks=piece.place.marks | more)) if more else piece


def _once(chosen: Iterable[tuple[Piece, References]]) -> Iterator[tuple[Piece, References]]:
    """Without a long earlier wording that still stands somewhere, or that stood before as well."""
    standing: set[str] = set()
    for piece, seen in chosen:
        if len(piece.words) > _SHORT and EARLIER in piece.place.marks and piece.words in standing:
            continue
        standing.add(piece.words)
        yield piece, seen


def _marked(piece: Piece, about: References, person: str) -> Piece:
    place = piece.place
    marks = set(place.marks)
    if about - {person}:
        marks.add(OTHER)
    if place.alone and person not in place.alone:
        marks |= {OTHER, CONFIDENCE}
    return replace(piece, place=replace(place, marks=frozenset(marks)))


def _together(entries: Iterable[tuple[Piece, tuple[str, ...]]]) -> Iterator[Item]:
    """Short answers of one place, with the same marks and about the same people, as one entry; long ones each alone."""
    found: dict[tuple[Place, tuple[str, ...], int], list[Piece]] = {}
    for number, (piece, about) in enumerate(entries, 1):
        short = len(piece.words) <= _SHORT and "\n" not in piece.words
        found.setdefault((piece.place, about, 0 if short else number), []).append(piece)
    for (place, about, _), held in found.items():
        lines = "\n".join(f"{piece.label}: {piece.words}" for piece in held)
        alone = len(held) == 1
        yield Item(
            f"{place.group}: {held[0].label}" if alone else place.group,
            place.at,
            held[0].words if alone else lines,
            about,
            tuple(mark for mark in MARKS if mark in place.marks),
        )
