"""What any other session asks: one that is extra, split off or repeated, with any mix of people.

A second meeting with a child asks about that child in full, and a second joint meeting goes topic by topic, so
that nothing said there has to wait for a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.questions.child_session import each_child, speakers
from cppp_cli.questions.child_words import letters, statements
from cppp_cli.questions.joint_session import BOTH_SIDES, blocked, held_despite
from cppp_cli.questions.meeting import (
    MODES_WITH_CHILDREN,
    came,
    everyone,
    limits_explained,
    meeting,
    notes,
    opening,
    sides_that_came,
    took_place,
)
from cppp_cli.questions.model import Choice, Kind, Question, Script, Section
from cppp_cli.questions.topic_by_topic import topic_by_topic

if TYPE_CHECKING:
    from cppp_cli.questions.model import View


def children_here(view: View) -> tuple[str, ...]:
    """The children who came to this session."""
    return came(view, "children") if took_place(view) else ()


def _of_the_childs_session(view: View) -> bool:
    return view.text("relates_to") == "child" and bool(children_here(view))


def _of_the_joint_session(view: View) -> bool:
    return took_place(view) and view.text("relates_to") == "joint"


def _speakers(view: View) -> tuple[str, ...]:
    here = children_here(view)
    return speakers(view, here) if _of_the_childs_session(view) else here


def _letter_makers(view: View) -> tuple[str, ...]:
    return _speakers(view) if _of_the_childs_session(view) else ()


def _both_sides_despite(view: View) -> bool:
    return blocked(view) and len(sides_that_came(view.among("came"), view)) == BOTH_SIDES


PURPOSE = Section(
    "What it was for",
    (
        Question(
            "purpose",
            "What was this session for?",
            Kind.LONG,
            hint="One or two sentences, as you would tell the judge.",
        ),
        Question(
            "instead_of",
            "How does it fit in with the four sessions?",
            Kind.CHOICE,
            choices=(
                Choice("extra", "extra"),
                Choice("split", "part of one that was split"),
                Choice("repeated", "one of them repeated"),
            ),
        ),
        Question(
            "relates_to",
            "Which of the four does it belong to?",
            Kind.CHOICE,
            choices=(
                Choice("parent-a", "the session with side A"),
                Choice("parent-b", "the session with side B"),
                Choice("child", "the session with the children"),
                Choice("joint", "the joint session"),
            ),
            hint="Skip (:k) when it belongs to none of them.",
        ),
    ),
    when=took_place,
)

DESPITE = Section("Both sides were there", (held_despite(_both_sides_despite),), when=_both_sides_despite)

SAID = Section(
    "What was said",
    (
        limits_explained("everybody there"),
        Question(
            "what_was_said",
            "What was said?",
            Kind.LONG,
            hint="Who said what: name each speaker. A child's words go into a statement below, never here.",
        ),
        Question(
            "outcome_note",
            "What came of it?",
            Kind.LONG,
            hint="What changed, what was offered, asked or agreed, by whom.",
        ),
    ),
    say="Speak with each side alone about safety, in this session too.",
    when=took_place,
)

SCRIPT = Script(
    "other-session",
    "Another session",
    (
        opening(),
        PURPOSE,
        meeting(everyone, modes=MODES_WITH_CHILDREN, who_hint="Everybody of the family who took part."),
        DESPITE,
        SAID,
        topic_by_topic(_of_the_joint_session),
        each_child(children_here, _of_the_childs_session),
        statements(_speakers),
        letters(_letter_makers),
        Section("Your notes", (notes(),), when=took_place),
    ),
)
