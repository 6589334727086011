"""What letters may say: the parents' letter back, a child's own letter as a copy, the officer's letter to one child.

Nothing of the court is in any of them: no case number, no address, no name of a judge. Each has only what its readers
may read; a letter at home is read by whoever opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.documents.calendar_shown import called
from cppp_cli.documents.describe_child import for_children
from cppp_cli.programme.audiences import BOTH_PARENTS, COURT
from cppp_cli.programme.ledger_children import holds_for
from cppp_cli.programme.voice import LETTER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.people import Child, Officer
    from cppp_cli.programme.voice import Heard
    from cppp_cli.programme.voice_life import JointLetter

_AT_HOME: Final = {"mother": "Mum", "father": "Dad"}

READERS: Final[Mapping[str, Readers]] = {
    "parents": BOTH_PARENTS,
    "parent-a": frozenset({"parent-a"}),
    "parent-b": frozenset({"parent-b"}),
    "court": BOTH_PARENTS | {COURT},
}
"""For whom a copy of a child's letter may be, as it is typed; the court's is read by every party."""


@dataclass(frozen=True)
class LetterBack:
    """The parents' letter back: only their words."""

    title: str
    children: tuple[str, ...]
    adults: tuple[str, ...]
    words: str
    promises: tuple[str, ...]
    agreed_on: date


@dataclass(frozen=True)
class Copied:
    """A child's own letter or drawing, as a copy. ``picture`` is a name the converter knows, or empty."""

    what: str
    words: str
    description: str
    picture: str
    made_on: date | None


@dataclass(frozen=True)
class LetterToChild:
    """The officer's letter to one child. ``told`` is what both sides agreed, in words written for children."""

    title: str
    child: str
    officer: str
    written_on: date
    adults: tuple[str, ...]
    first: str
    came_of_it: str
    told: tuple[str, ...]
    next: str
    how: str
    last: str


def read_by_child_and_parents(*children: int) -> Readers:
    """Who reads a letter that lies at home with these children."""
    return BOTH_PARENTS | {f"child-{number}" for number in children}


def joint(case: Case, letter: JointLetter, children: Sequence[int]) -> dict[str, object]:
    """What the parents' letter back may say; its words are agreed by both.

    Raises:
        ValueError: they are not.
    """
    if not letter.is_agreed or letter.agreed_on is None:
        raise ValueError("a letter back that not both agreed")
    names = tuple(called(case.child(number)) for number in children)
    adults = _as_children_say(case, children)
    return {
        "letter": LetterBack(
            f"A letter for {_and(names)}", names, adults, letter.words, letter.promises, letter.agreed_on
        )
    }


def for_readers(found: Sequence[Heard], child: int, readers: Readers) -> tuple[Heard, ...]:
    """The letters and drawings of a child that all these readers may read."""
    return tuple(one for one in found if one.kind == LETTER and one.child == child and one.is_open_to(readers))


def copy(case: Case, made: Sequence[Heard], child: int, pictures: Mapping[int, str]) -> dict[str, object]:
    """What a copy of a child's letters may say; ``made`` holds only what its readers may read."""
    name = called(case.child(child))
    things = tuple(dict.fromkeys(one.what for one in made))
    return {
        "title": f"A {things[0]} by {name}" if len(made) == 1 else f"Letters and drawings by {name}",
        "name": name,
        "made": tuple(
            Copied(
                one.what,
                one.words,
                one.description or f"The {one.what} by {name}",
                pictures.get(one.picture, "") if one.picture is not None else "",
                one.on,
            )
            for one in made
        ),
    }


def told_to(case: Case, entries: Sequence[Entry], child: Child, today: date) -> tuple[str, ...]:
    """What both sides agreed that holds for this child, in the words written for children."""
    return tuple(
        entry.for_child
        for entry in for_children(entries, today)
        if entry.for_child and child.number in holds_for(entry, entries, case)
    )


def outcome(
    case: Case, officer: Officer, child: Child, entries: Sequence[Entry], own: Answers, *, today: date
) -> dict[str, object]:
    """What the officer's letter to one child may say: the officer's own words, and what both agreed for this child.

    Args:
        case: The case.
        officer: Who writes.
        child: To whom.
        entries: The ledger of this case.
        own: The officer's own words, by the key of their question.
        today: The day it is written.
    """

    def text(key: str) -> str:
        found = own.get(key)
        return "" if found is None or found.value is None else str(found.value)

    name = called(child)
    return {
        "letter": LetterToChild(
            title=f"A letter for {name}",
            child=name,
            officer=officer.full_name,
            written_on=date.fromisoformat(text("written_on")),
            adults=_as_children_say(case, (child.number,)),
            first=text("first"),
            came_of_it=text("came_of_it"),
            told=told_to(case, entries, child, today),
            next=text("next"),
            how=text("how"),
            last=text("last"),
        )
    }


def _as_children_say(case: Case, children: Sequence[int]) -> tuple[str, ...]:
    """The adults of both sides as these children would call them: Mum and Dad where they are; others by their names."""
    found = []
    for adult in (adult for side in ("A", "B") for adult in case.side(side)):
        kinds = {relation.kind for n in children if (relation := case.relation(adult.number, n))}
        known = len(kinds) == 1 and all(case.relation(adult.number, n) for n in children)
        found.append(_AT_HOME.get(kinds.pop(), called(adult)) if known else called(adult))
    return tuple(found) if len(set(found)) == len(found) else tuple(called(a) for s in ("A", "B") for a in case.side(s))


def _and(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
