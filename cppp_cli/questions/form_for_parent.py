"""What is asked before a form is made for a parent to fill in at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import View


def _only_if_safe(value: Value, view: View) -> str | None:
    if value == "yes":
        return None
    return "Then no form is made. Talk it through in a session instead; :s leaves."


SCRIPT = Script(
    "parent-form",
    "A form for a parent",
    (
        Section(
            "Before it leaves your desk",
            (
                Question(
                    "safe",
                    "Is it safe to give {parent} this form?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    check=_only_if_safe,
                    hint="A partner or a child may see the paper, the telephone or the computer. Ask {parent} alone.",
                    why="What a parent writes alone at home can be read over a shoulder, or found.",
                ),
                Question(
                    "way",
                    "How does it reach {parent}, and come back?",
                    Kind.CHOICE,
                    required=True,
                    choices=(
                        Choice("by_hand", "by hand, at a session"),
                        Choice("secure_mail", "by the office's secure e-mail"),
                        Choice("solicitor", "through the solicitor"),
                        Choice("paper", "printed, on paper"),
                    ),
                ),
            ),
            say="The form holds the topics, ready-made choices, and what both have agreed. Nothing of the other side.",
        ),
    ),
)
