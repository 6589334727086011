"""What ``cppp case return`` asks: the full reason for the file, and a neutral sentence for the report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cppp_cli.questions.conditions import not_after_today
from cppp_cli.questions.model import Kind, Question, Script, Section

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import View

NEUTRAL = (
    "The Positive co-Parenting Programme has ended before its planned close and the case returns to the court "
    "for directions."
)


def _names_nobody(value: Value, view: View) -> str | None:
    """Refuse a sentence that names one of the adults: the report is not to say who withdrew or told what."""
    words = set(re.findall(r"\w+", str(value).casefold()))
    for number in view.items("adults"):
        for key in ("full_name", "called"):
            named = set(re.findall(r"\w+", view.text(f"adults.{number}.{key}").casefold()))
            if named & words:
                return "This names one of the adults. Write it so that it does not say who withdrew, or who told what."
    return None


SCRIPT = Script(
    "return",
    "Return to court",
    (
        Section(
            "Back to the normal court process",
            (
                Question(
                    "on",
                    "From which day?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=not_after_today,
                    default=lambda view: view.facts.today.isoformat(),
                ),
                Question(
                    "reason",
                    "What is the full reason?",
                    Kind.LONG,
                    required=True,
                    hint="For the file only. It is in no document. Those it concerns may one day ask to read it.",
                ),
                Question(
                    "sentence",
                    "Which sentence should stand in the report?",
                    Kind.LONG,
                    required=True,
                    check=_names_nobody,
                    default=lambda view: NEUTRAL,
                    hint="Neutral: it does not say who withdrew, or who told what.",
                ),
            ),
            say=(
                "A risk of harm to a child goes to the court in a separate risk assessment under section 16A of the "
                "Children Act 1989, not in this report. If there is one, write it now and speak to your manager."
            ),
        ),
    ),
)
