"""What the questions about the children's voice share: what was said, written and drawn, to choose from.

A command lays it out among what a question may know, numbered through: ``voices.3.ref``, ``voices.3.says``,
``voices.3.child`` and so on. Which one it is about is an answer of the file, or chosen before the first question.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.dates import say_date
from cppp_cli.questions.conditions import not_after_today
from cppp_cli.questions.model import Choice, Kind, Question, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

VOICES: Final = "voices"
ITEM: Final = "item"


def _lead(view: View) -> str:
    wanted = view.text(ITEM)
    found = (f"{VOICES}.{n}." for n in view.items(VOICES))
    return next((lead for lead in found if view.text(f"{lead}ref") == wanted), "")


def known(view: View, name: str) -> Value | None:
    """What is known of the one that was chosen; None while none is, and where it is not known."""
    lead = _lead(view)
    found = view.facts.background.get(f"{lead}{name}") if lead else None
    return found.value if found else None


def known_text(view: View, name: str) -> str:
    """The same as text; empty where it is not known."""
    found = known(view, name)
    return "" if found is None else str(found)


def known_among(view: View, name: str) -> tuple[str, ...]:
    """The same as the values of a list."""
    found = known(view, name)
    return found if isinstance(found, tuple) else ()


def proposed(name: str) -> Callable[[View], Value | None]:
    """Propose what is on file already, so that nothing is typed twice."""
    return lambda view: known(view, name)


def of_the_child(view: View) -> View:
    """The view as a question of the child's session has it: whose words they are is known."""
    child = known_text(view, "child")
    found = {**view.answers, "child": Answer(child)} if child else view.answers
    return View(found, view.facts, view.prefix)


def today(view: View) -> str:
    """Propose today."""
    return view.facts.today.isoformat()


def since_it_was_said(value: Value, view: View) -> str | None:
    """Refuse a day that is still to come, or before the words were said."""
    said = known_text(view, "on")
    if said and str(value) < said:
        return f"It was said or made on {say_date(date.fromisoformat(said))}. Type that day or a later one."
    return not_after_today(value, view)


def which(text: str) -> Question:
    """Which of them it is about, asked where a command has not asked before."""
    return Question(ITEM, text, Kind.CHOICE, required=True, choices=_items, when=_not_chosen)


def _items(view: View) -> tuple[Choice, ...]:
    leads = [f"{VOICES}.{n}." for n in view.items(VOICES)]
    return tuple(Choice(view.text(f"{lead}ref"), view.text(f"{lead}says")) for lead in leads)


def _not_chosen(view: View) -> bool:
    return ITEM not in view.facts.background
