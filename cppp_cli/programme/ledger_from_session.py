"""What the topics of a session give to the ledger. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import AGREED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.sessions import Session

NEW: Final = "new"
_SAME: Final = ("topic", "topic_other", "children", "state", "wording", "court_asked")
_TOLD_IN: Final = frozenset({"held", "stopped"})


def given(session: Session) -> Iterator[tuple[int, str, dict[str, Answer]]]:
    """For each topic of a session: its number there, the entry it changes (or ``NEW``), and what it says of it.

    In a joint session each side asks what it wants put to the court, and both are asked for the yes to the words.
    """
    if session.outcome not in _TOLD_IN:
        return
    numbers = sorted({int(p.split(".")[1]) for p in session.answers if p.startswith("topics.")})
    for number in numbers:
        lead = f"topics.{number}."
        said = {p.removeprefix(lead): a for p, a in session.answers.items() if p.startswith(lead)}
        if said.get("topic", Answer()).value and said.get("state", Answer()).value:
            yield number, str(said.get("entry", Answer(NEW)).value or NEW), _answers(said, session)


def _answers(said: Answers, session: Session) -> dict[str, Answer]:
    found = {path: said[path] for path in _SAME if path in said}
    agreed = said["state"].value in AGREED
    yes = said.get("said_yes", Answer()).value
    for side in ("a", "b"):
        position = said.get(f"position_{side}")
        if position and position.value:
            found[f"asked_{side}"] = position
            found[f"court_{side}_as"] = Answer("as_asked")
        if agreed and isinstance(yes, tuple) and side.upper() in yes and session.held_on:
            found[f"yes_{side}_on"] = Answer(session.held_on.isoformat())
    return found
