"""Ready-made wording for one entry: pick a clause, fill its blanks, and change every word of it if need be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme import clauses
from cppp_cli.programme.ledger import AGREED, SIDES
from cppp_cli.programme.ledger_from_session import NEW
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.flow import listed
from cppp_cli.questions.model import Choice, Each, Kind, Question
from cppp_cli.questions.topic_by_topic import LEDGER

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import Item, View

OWN_WORDS = "own_words"
agreed = is_("state", *AGREED)


def was(view: View, key: str) -> str:
    """An answer of the entry as it stands in the ledger; empty for a new one."""
    number = view.text("entry")
    return view.text(f"{LEDGER}.{number}.{key}") if number not in ("", NEW) else ""


def kept(key: str, when: Callable[[View], bool]) -> Callable[[View], bool]:
    """Asked when it applies, and not forgotten when the entry moves on: what was asked for stays on file."""
    return lambda view: when(view) or (view.prefix + key) in view.answers


def _clauses(view: View) -> tuple[Choice, ...]:
    ready = (Choice(clause.key, clause.label) for clause in clauses.of_topic(view.text("topic")))
    return (Choice(OWN_WORDS, "words of their own"), *ready)


def _offers_clauses(view: View) -> bool:
    return agreed(view) and bool(clauses.of_topic(view.text("topic"))) and not was(view, "wording")


def _blanks(view: View) -> tuple[str, ...]:
    clause = clauses.find(view.text("clause"))
    return tuple(blank.key for blank in clause.blanks if blank.kind != "children") if clause else ()


def _of_kind(kind: str) -> Callable[[View], bool]:
    def asked(view: View) -> bool:
        clause = clauses.find(view.text("clause"))
        return clause is not None and any(b.key == view.item and b.kind == kind for b in clause.blanks)

    return asked


def _sides(view: View) -> tuple[Choice, ...]:
    return tuple(Choice(side, view.side_names(side)) for side in SIDES)


def composed(view: View) -> Value | None:
    """The words of the clause that was picked, with its blanks filled; None when none was."""
    clause = clauses.find(view.text("clause"))
    if clause is None:
        return None
    values: dict[str, str] = {}
    for blank in clause.blanks:
        said = view.text(f"blanks.{blank.key}.{_KEYS[blank.kind]}")
        if blank.kind == "children":
            named = view.among("children")
            numbers = view.items("children") if "all" in named else named
            said = listed(view.name(f"children.{number}") for number in numbers)
        values[blank.key] = view.side_names(said) if blank.kind == "side" and said else said
    return clauses.complete(clause, values)


_KEYS = {"text": "words", "date": "on", "time": "at", "side": "side", "children": "words"}


def still_blank(value: Value, view: View) -> str | None:
    """A caution where a blank of a clause was left open."""
    return "A blank of the clause is still open: it stands in square brackets." if "?]" in str(value) else None


CLAUSE: tuple[Item, ...] = (
    Question(
        "clause",
        "Is there ready-made wording that fits?",
        Kind.CHOICE,
        choices=_clauses,
        when=_offers_clauses,
        hint="You fill in who, what, where and when, and may change every word afterwards.",
    ),
    Each(
        "blanks",
        "To complete it",
        (
            Question("words", "{blank}", hint="Enter leaves it open, and the wording says so.", when=_of_kind("text")),
            Question("on", "{blank}", Kind.DATE, lean="future", when=_of_kind("date")),
            Question("at", "{blank}", Kind.TIME, when=_of_kind("time")),
            Question("side", "{blank}", Kind.CHOICE, choices=_sides, when=_of_kind("side")),
        ),
        over=_blanks,
        when=_offers_clauses,
    ),
)
