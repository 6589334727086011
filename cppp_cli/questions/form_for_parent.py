"""What is asked before a form is made for a parent to fill in at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.topics import OFFERED
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import View


USUAL = "usual"
"""The short starting set of topics, and those the plan has already."""

_TOPICS = (
    Choice(USUAL, "the usual starting topics, and those in the plan", alone=True),
    *(Choice(section.key, section.label) for section in OFFERED),
)


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
                    "Can {parent} be given this form safely?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    check=_only_if_safe,
                    hint="A partner or a child may see the paper, the telephone or the computer. Ask {parent} alone.",
                    why="What a parent writes alone at home can be read over a shoulder, or found.",
                ),
                Question(
                    "topics",
                    "Which topics should it ask about?",
                    Kind.MANY,
                    required=True,
                    choices=_TOPICS,
                    hint="Three or four at a time are enough to think about at home; each takes two or three pages.",
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
