"""Who a part of a care calendar can be with, and its times: what the questions about a calendar share."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from cppp_cli.programme.nights.rules import Turn
from cppp_cli.questions.model import Choice, Kind, Question, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value


_LATEST_START = time(21)


def sides(view: View) -> tuple[Choice, ...]:
    """Side A and side B by name."""
    return (Choice("A", view.side_names("A")), Choice("B", view.side_names("B")))


def anybody(view: View) -> tuple[Choice, ...]:
    """The two sides, or somebody else."""
    return (*sides(view), Choice("O", "somebody else, such as a grandparent or a boarding school"))


def turns(view: View) -> tuple[Choice, ...]:
    """Who has something, always or from year to year."""
    a, b = view.side_names("A"), view.side_names("B")
    year = view.facts.today.year
    in_turn = [
        Choice(turn.value, f"{even} in even years, {odd} in odd years, so {even if year % 2 == 0 else odd} in {year}")
        for turn, even, odd in ((Turn.A_EVEN, a, b), (Turn.B_EVEN, b, a))
    ]
    return (Choice(Turn.A.value, f"always {a}"), Choice(Turn.B.value, f"always {b}"), *in_turn)


def turns_of_anybody(view: View) -> tuple[Choice, ...]:
    """The same, or always somebody else."""
    return (*turns(view), Choice(Turn.O.value, "always somebody else, such as a grandparent"))


def _after_start(value: Value, view: View) -> str | None:
    start = view.text("start")
    if start and time.fromisoformat(str(value)) <= time.fromisoformat(start):
        return f"It begins at {start}, so it ends later on the same day. Type a later time."
    return None


def _early_enough(value: Value, view: View) -> str | None:
    if time.fromisoformat(str(value)) > _LATEST_START:
        return f"Time in the day begins by {_LATEST_START:%H:%M}; what begins later is a night. Type an earlier time."
    return None


def times(when: Callable[[View], bool]) -> tuple[Question, Question]:
    """From when to when on one day."""
    return (
        Question("start", "From what time?", Kind.TIME, required=True, when=when, check=_early_enough),
        Question("end", "Until what time?", Kind.TIME, required=True, when=when, check=_after_start),
    )
