"""What the joint session asks: the children's information, both answers, topic by topic, what comes next.

Whatever is asked about side A is asked about side B in the same words.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import say_date
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.meeting import every_adult, meeting, notes, opening, sides_that_came, took_place
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section, View
from cppp_cli.questions.topic_by_topic import of_both, topic_by_topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

BOTH_SIDES = 2


def blocked(view: View) -> bool:
    """Whether something stood in the way of a joint meeting that was held all the same."""
    return took_place(view) and bool(view.text("joint_blockers"))


def held_despite(when: Callable[[View], bool] = blocked) -> Question:
    """The reason a joint meeting was held while something stood in its way."""
    return Question(
        "held_despite",
        "This stood in the way of a joint meeting: {blockers}. Why was it held all the same?",
        Kind.LONG,
        required=True,
        when=when,
        hint="What had changed or been settled, who decided it, and what kept everybody safe.",
        why="While an order may forbid meeting, or safety or an adjustment is open, the file must say why you went on.",
    )


def _both_came(value: Value, view: View) -> str | None:
    if view.text("outcome") == "held" and len(sides_that_came(value, view)) < BOTH_SIDES:
        return "A joint session needs somebody of each side. Add them, or go back (:b) and say it did not take place."
    return None


def _one_each(view: View) -> Value | None:
    side_a, side_b = view.side("A"), view.side("B")
    if view.text("outcome") != "held" or len(side_a) != 1 or len(side_b) != 1:
        return None
    return (f"adults.{side_a[0]}", f"adults.{side_b[0]}")


def _remote(view: View) -> Value | None:
    return "remote" if view.text("mode") in {"video", "telephone"} else None


def _format_fits(value: Value, view: View) -> str | None:
    far = view.text("mode") in {"video", "telephone"}
    if (value == "remote" and view.text("mode") == "in_person") or (value == "together" and far):
        return "this does not go with how you met, as answered above. Check both."
    return None


def _after_the_session(value: Value, view: View) -> str | None:
    held = view.day("held_on")
    if held and date.fromisoformat(str(value)) <= held:
        return f"The review comes after the session of {say_date(held)}. Type a later date."
    return None


CHILDRENS_INFORMATION = Section(
    "The children's information",
    (
        Question(
            "format",
            "In what form did you meet?",
            Kind.CHOICE,
            choices=(
                Choice("together", "together in one room"),
                Choice("shuttle", "in separate rooms, you going between"),
                Choice("remote", "remotely"),
            ),
            default=_remote,
            caution=_format_fits,
        ),
        Question(
            "information_presented",
            "Did you tell both sides what came out of the session with the children?",
            Kind.CHOICE,
            choices=(*YES_NO, Choice("partly", "partly")),
            hint="Only what is cleared for both of them; neutrally, and in the same words to both.",
            why="What a child did not agree to share is not told here either, not even in passing.",
        ),
        Question(
            "presented_note",
            "How was it told and received, or why was it not told?",
            Kind.LONG,
            hint="What you saw and heard from both sides.",
        ),
        Question(
            "letter_shared",
            "Was a child's letter or drawing shared?",
            Kind.CHOICE,
            choices=(*YES_NO, Choice("none", "there is none")),
            hint="Only one that is cleared for both sides.",
        ),
        Question("letter_read_by", "Who read it out or showed it?", when=is_("letter_shared", "yes")),
        *of_both(
            "answer",
            "How did {side} answer the letter or drawing?",
            when=is_("letter_shared", "yes"),
            hint="In {side}'s own words; what you saw, if there were none.",
        ),
    ),
    say="Agree how you will talk today, how anybody can ask for a break, and that you stop when it is not safe.",
    when=took_place,
)

WAY_FORWARD = Section(
    "The way forward",
    of_both(
        "way_forward",
        "What is the best way forward, in {side}'s view?",
        when=took_place,
        hint="In {side}'s own words. Say who offered, who asked and who agreed.",
    ),
    say="Both sides get the same question and the same room.",
    when=took_place,
)

LETTER_BACK = Section(
    "The letter back to the children",
    (
        Question(
            "joint_letter",
            "Did both sides write a letter back to the children?",
            Kind.CHOICE,
            choices=(*YES_NO, Choice("later", "later, perhaps")),
            hint="When it fits: their love, what they hope for, what they promise. No is a complete answer.",
        ),
        Question(
            "joint_letter_words",
            "What does the letter say?",
            Kind.LONG,
            when=is_("joint_letter", "yes"),
            hint="As both wrote it.",
        ),
        Question(
            "promises",
            "What do both promise the children?",
            Kind.LONG,
            when=is_("joint_letter", "yes"),
            hint="One promise on each line, as both put it. Only what a child could see being kept.",
        ),
    ),
    when=took_place,
)

NEXT = Section(
    "What comes next",
    (
        Question(
            "next_steps",
            "What are the next steps?",
            Kind.LONG,
            hint="Who does what by when, before the next hearing; who tells the children, and how.",
        ),
        Question(
            "review_on",
            "When will both look at the plan again?",
            Kind.DATE,
            lean="future",
            check=_after_the_session,
            hint="A date, not an interval. Enter when none was set.",
        ),
        notes(),
    ),
    when=took_place,
)

SCRIPT = Script(
    "joint-session",
    "Joint session",
    (
        opening(held_despite()),
        meeting(
            every_adult,
            who_check=_both_came,
            who_default=_one_each,
            who_hint="Somebody of each side, in one room or in two.",
        ),
        CHILDRENS_INFORMATION,
        WAY_FORWARD,
        topic_by_topic(took_place),
        LETTER_BACK,
        NEXT,
    ),
)
