"""What ``cppp voice disclose`` asks: words passed on without consent, by a decision that is recorded and never changed.

Listening, the steps to take and the words themselves belong to a safeguarding note (``safeguarding.py``); this is the
decision about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.programme.disclosure import CATEGORIES, TOLD
from cppp_cli.questions.conditions import is_, not_after_today
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section, View
from cppp_cli.questions.voice_items import known, proposed, since_it_was_said, today, which

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

LAST: Final = "last."
"""What an earlier decision about the same words said stands among what is known of them, under this."""


def _whom(view: View) -> tuple[Choice, ...]:
    sides = {"parent-a": view.side_names("A"), "parent-b": view.side_names("B")}
    return tuple(Choice(code, sides.get(code, label)) for code, label in TOLD.items())


def _day_before(view: View) -> Value:
    return known(view, f"{LAST}decided_on") or today(view)


def _said_before(told: str) -> Callable[[View], Value | None]:
    """Propose what an earlier decision said of telling the child, where the answer is the same."""

    def propose(view: View) -> Value | None:
        same = known(view, f"{LAST}child_told") == told == view.text("child_told")
        return known(view, f"{LAST}child_told_note") if same else None

    return propose


def _nobody_asked(value: Value, view: View) -> str | None:
    if value == "no":
        return "speak to your manager today, or to the duty manager, and then record it with a further decision."
    return None


def _opens_the_report(value: Value, view: View) -> str | None:
    if isinstance(value, tuple) and "court" in value:
        return "from now on these words may stand in the report, which the court and both sides read."
    if isinstance(value, tuple) and {"parent-a", "parent-b"} & set(value):
        return "think whether telling a parent could put a child or an adult at greater risk."
    return None


SCRIPT = Script(
    "voice-disclose",
    "Passed on without consent",
    (
        Section(
            "Which words, and why",
            (
                which("Which words, letter, drawing or safeguarding note?"),
                Question(
                    "category",
                    "Why can it not stay with you?",
                    Kind.CHOICE,
                    required=True,
                    choices=tuple(Choice(code, label) for code, label in CATEGORIES.items()),
                    default=proposed(f"{LAST}category"),
                ),
                Question(
                    "reason",
                    "What does the decision rest on?",
                    Kind.LONG,
                    required=True,
                    default=proposed(f"{LAST}reason"),
                    hint="What makes the risk outweigh the child's wish, what else you thought of, and who may be hurt "
                    "either way.",
                    why="Those it concerns may ask one day why a child's words were passed on.",
                ),
                Question(
                    "consulted",
                    "Did you speak to your manager first?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    default=proposed(f"{LAST}consulted"),
                    caution=_nobody_asked,
                ),
                Question(
                    "manager",
                    "Which manager?",
                    required=True,
                    when=is_("consulted", "yes"),
                    default=proposed(f"{LAST}manager"),
                ),
                Question(
                    "consulted_on",
                    "When?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    when=is_("consulted", "yes"),
                    default=lambda view: known(view, f"{LAST}consulted_on") or today(view),
                    check=since_it_was_said,
                ),
                Question(
                    "decided_on",
                    "When was it decided?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    default=_day_before,
                    check=since_it_was_said,
                ),
            ),
            say=(
                "If somebody is in danger now, ring 999 first. This records a decision: it is added to the file, never "
                "changed, and it is the only way words go further than a child's wish and your decision allow."
            ),
        ),
        Section(
            "Told to whom",
            (
                Question(
                    "told",
                    "Who was told, or is to be told?",
                    Kind.MANY,
                    required=True,
                    choices=_whom,
                    default=proposed(f"{LAST}told"),
                    caution=_opens_the_report,
                    hint="No more people than the reason needs, and no more words.",
                ),
                Question(
                    "told_other",
                    "Who else?",
                    required=True,
                    when=lambda view: "other" in view.among("told"),
                    default=proposed(f"{LAST}told_other"),
                ),
                Question(
                    "told_on",
                    "When were they told?",
                    Kind.DATE,
                    lean="past",
                    default=proposed(f"{LAST}told_on"),
                    check=since_it_was_said,
                    hint="Enter when that is still to come.",
                ),
            ),
        ),
        Section(
            "What the child was told",
            (
                Question(
                    "child_told",
                    "Was the child told that you pass it on?",
                    Kind.CHOICE,
                    required=True,
                    choices=(*YES_NO, Choice("later", "later")),
                    default=proposed(f"{LAST}child_told"),
                    hint="Before it happens, where that is safe: nobody should find out afterwards that a secret was "
                    "not kept.",
                ),
                Question(
                    "child_told_on",
                    "When?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    when=is_("child_told", "yes"),
                    default=lambda view: known(view, f"{LAST}child_told_on") or today(view),
                    check=not_after_today,
                ),
                Question(
                    "child_told_why",
                    "Why not, or not yet, and who will tell the child when?",
                    Kind.LONG,
                    required=True,
                    when=is_("child_told", "no", "later"),
                    default=_said_before("no"),
                ),
                Question(
                    "child_told_how",
                    "How was the child told, and what did the child say?",
                    Kind.LONG,
                    when=is_("child_told", "yes"),
                    default=_said_before("yes"),
                ),
            ),
        ),
    ),
)
