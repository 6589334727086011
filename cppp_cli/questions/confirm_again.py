"""What ``cppp case confirm`` asks: whether each side goes on with the new officer, and whether safety was looked at."""

from __future__ import annotations

from cppp_cli.questions.conditions import not_after_today
from cppp_cli.questions.model import Kind, Question, Script, Section


def _consent(side: str) -> Question:
    return Question(
        f"consent_{side}_on",
        f"On which day did {{{side}}} agree to go on with you?",
        Kind.DATE,
        lean="past",
        check=not_after_today,
        hint="Asked alone. Skip (:k) while it is open; no session is logged until then. A no: cppp case return.",
        why="A yes was given to another officer. It is asked for again, and a no needs no reason.",
    )


SCRIPT = Script(
    "confirm-again",
    "Confirm a case that came from another officer",
    (
        Section(
            "Going on with you",
            (
                _consent("a"),
                _consent("b"),
                Question(
                    "safety_on",
                    "On which day did you look at safety again, with each side alone?",
                    Kind.DATE,
                    lean="past",
                    check=not_after_today,
                    hint="Orders, conditions, abuse, anything new. What you found goes into the case: cppp case edit.",
                    why="Domestic abuse and other risks are considered first, each time, by whoever holds the case.",
                ),
            ),
            say=(
                "Speak with each side alone: who you are, that taking part stays voluntary, what is on file, and that "
                "a risk of harm is passed on. Then enter the days here."
            ),
        ),
    ),
)
