"""A question, a group and a section of questions, and what a question may know.

Nothing here knows how a question is put to a person: a terminal, numbered plain text and an answers
file all work from the same data. Where answers live and how they are named: ``programme/answers.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from cppp_cli.programme.answers import Answer, Answers, Value


class Kind(StrEnum):
    """What sort of value a question takes."""

    TEXT = "text"  # one line
    LONG = "long"  # many lines
    CHOICE = "choice"  # one of a list
    MANY = "many"  # any number of a list
    DATE = "date"  # kept as YYYY-MM-DD
    TIME = "time"  # kept as HH:MM
    NUMBER = "number"  # a whole number
    PICTURE = "picture"  # a file, kept as the number of the stored picture


@dataclass(frozen=True)
class Choice:
    """One entry of a list; ``alone`` means it cannot be combined with others in a MANY."""

    value: str
    label: str
    alone: bool = False


YES_NO = (Choice("yes", "yes"), Choice("no", "no"))


@dataclass(frozen=True)
class Facts:
    """What is known before the first question: the day, and the case as answers under its own paths."""

    today: date
    background: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """The answers as one question sees them: its own item first, then outwards, then the case."""

    answers: Answers
    facts: Facts
    prefix: str = ""

    def answer(self, key: str) -> Answer | None:
        """The nearest answer to ``key``, or None when it was not asked."""
        prefix = self.prefix
        while True:
            found = self.answers.get(prefix + key)
            if found is not None:
                return found
            if not prefix:
                return self.facts.background.get(key)
            prefix = prefix.rstrip(".").rpartition(".")[0]
            prefix = f"{prefix}." if prefix else ""

    def value(self, key: str) -> Value | None:
        """The nearest value of ``key``; None for a gap and for a question not asked."""
        found = self.answer(key)
        return found.value if found else None

    def text(self, key: str) -> str:
        """The nearest value of ``key`` as text; empty for a gap."""
        found = self.value(key)
        return "" if found is None else str(found)

    def among(self, key: str) -> tuple[str, ...]:
        """The values chosen for a MANY question; empty for a gap."""
        found = self.value(key)
        return found if isinstance(found, tuple) else ()

    def day(self, key: str) -> date | None:
        """The nearest value of ``key`` as a date."""
        found = self.text(key)
        return date.fromisoformat(found) if found else None

    @property
    def item(self) -> str:
        """The innermost item's own name: ``2`` within ``children.2.``."""
        return self.prefix.rstrip(".").rpartition(".")[2]

    def items(self, group: str) -> tuple[str, ...]:
        """The items of a group that have any answer, in order, for instance ``("1", "2")`` of ``children``.

        They end with the one after which there were said to be no more; answers beyond it no longer apply.
        """
        lead = f"{group}."
        found: dict[str, None] = {}
        for source in (self.facts.background, self.answers):
            for path in source:
                if path.startswith(lead):
                    found.setdefault(path[len(lead) :].partition(".")[0])
        ordered = sorted(found, key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0, name))
        for place, name in enumerate(ordered, 1):
            path = f"{lead}{name}.more"
            more = self.answers.get(path) or self.facts.background.get(path)
            if more and more.value != "yes":
                return tuple(ordered[:place])
        return tuple(ordered)

    def name(self, person: str) -> str:
        """How a person, for instance ``children.2``, is called.

        By the full name when somebody else of the case is called so too, with their place in the case when
        that does not tell them apart either, and by that place alone when no name is known.
        """
        group, _, number = person.partition(".")
        place = {"adults": f"adult {number}", "children": f"child {number}"}.get(group, person)
        others = [f"{kind}.{n}" for kind in ("adults", "children") for n in self.items(kind) if f"{kind}.{n}" != person]
        taken = {name.casefold() for other in others for name in self._names(other)}
        names = self._names(person)
        apart = next((name for name in names if name.casefold() not in taken), None)
        return apart or (f"{names[0]} ({place})" if names else place)

    def _names(self, person: str) -> tuple[str, ...]:
        """What a person is called, then the full name; only what is known."""
        found = (
            self.answers.get(f"{person}.{key}") or self.facts.background.get(f"{person}.{key}")
            for key in ("called", "full_name")
        )
        return tuple(str(answer.value) for answer in found if answer and answer.value)

    def side(self, side: str) -> tuple[str, ...]:
        """The adults of a side, ``A`` or ``B``, as item names."""
        return tuple(
            n
            for n in self.items("adults")
            if (self.answers.get(f"adults.{n}.side") or self.facts.background.get(f"adults.{n}.side", Answer())).value
            == side
        )

    def side_names(self, side: str) -> str:
        """The names of a side's adults, joined by "and"."""
        return " and ".join(self.name(f"adults.{n}") for n in self.side(side)) or f"side {side}"


def always(view: View) -> bool:
    """Ask in every case."""
    return True


def no_objection(value: Value, view: View) -> str | None:
    """Accept every value."""
    return None


def no_default(view: View) -> Value | None:
    """Propose nothing."""
    return None


Choices: TypeAlias = tuple[Choice, ...] | Callable[[View], tuple[Choice, ...]]


@dataclass(frozen=True)
class Question:
    """One thing to ask.

    ``text`` may hold ``{adult}``, ``{child}`` and the other words ``flow`` fills. ``check`` returns a sentence
    that refuses the value; ``caution`` one that is shown while the value is kept.
    ``required`` questions cannot be skipped. ``least`` and ``most`` bound a NUMBER.
    """

    key: str
    text: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    why: str = ""
    choices: Choices = ()
    required: bool = False
    when: Callable[[View], bool] = always
    check: Callable[[Value, View], str | None] = no_objection
    caution: Callable[[Value, View], str | None] = no_objection
    default: Callable[[View], Value | None] = no_default
    lean: str = "near"
    least: int = 0
    most: int = 10_000

    def choices_for(self, view: View) -> tuple[Choice, ...]:
        """The list to choose from, given what has been answered."""
        return self.choices(view) if callable(self.choices) else self.choices


@dataclass(frozen=True)
class Repeat:
    """Items asked one after another until the officer says there are no more."""

    key: str
    title: str
    items: tuple[Item, ...]
    another: str
    at_least: int = 1
    at_most: int = 20
    when: Callable[[View], bool] = always
    check: Callable[[Value, View], str | None] = no_objection  # of the answer to ``another``


@dataclass(frozen=True)
class Each:
    """The same questions for every one of a known set: each adult, each child, each criterion."""

    key: str
    title: str
    items: tuple[Item, ...]
    over: Callable[[View], tuple[str, ...]]
    when: Callable[[View], bool] = always


Item: TypeAlias = Question | Repeat | Each


@dataclass(frozen=True)
class Section:
    """A titled run of questions; ``say`` is read by the officer before the first of them."""

    title: str
    items: tuple[Item, ...]
    say: str = ""
    when: Callable[[View], bool] = always


@dataclass(frozen=True)
class Script:
    """Everything one guided command asks."""

    key: str
    title: str
    sections: tuple[Section, ...]
