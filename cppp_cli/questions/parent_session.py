"""What a session with one parent's side asks. Both sides get this very script; only the names differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.questions.conditions import RESULTS, YES_NO_UNKNOWN, is_, not_known
from cppp_cli.questions.meeting import limits_explained, meeting, notes, opening, people, took_place
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section, View
from cppp_cli.questions.topics import OTHER, TOPICS

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

IN_THE_REPORT = "What you write here may stand in the report, which both sides read; the rest belongs in your notes."
OWN_WORDS = "In {parent}'s own words where you can. Say who offered, who asked and who agreed."


def _own_side(view: View) -> tuple[Choice, ...]:
    return people(view, (f"adults.{n}" for n in view.side(view.text("side"))))


def _the_only_one(view: View) -> Value | None:
    side = _own_side(view)
    return (side[0].value,) if len(side) == 1 else None


def _answered_and_not_met(view: View) -> bool:
    return view.answer("screening_again") is not None and view.text("screening_again") != "met"


def _scale(key: str, text: str, low: str, high: str) -> Question:
    return Question(
        key,
        text,
        Kind.NUMBER,
        most=10,
        hint=f"From 0 to 10. 0: {low}. 10: {high}. {{parent}}'s own number, not yours.",
        why="The same scale is put to both sides. It starts a conversation; it measures nothing.",
    )


BEFORE = Section(
    "Before you begin",
    (
        limits_explained("{parent}"),
        Question(
            "screening_again",
            "{parent}: still willing, and the programme still suitable?",
            Kind.CHOICE,
            choices=RESULTS,
            default=not_known,
            hint="Taking part is voluntary. A no needs no reason and goes against nobody.",
            why="Willingness can change from week to week, and so can what you know.",
        ),
        Question(
            "screening_note",
            "What makes you say so?",
            Kind.LONG,
            when=_answered_and_not_met,
            hint="For your file only. If the programme has to end here, cppp case return takes the case back to court.",
        ),
        Question(
            "safety_changed",
            "Has anything about safety changed, or come to light, since the screening?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="For {parent}, for the children, for anybody. Ask about the time since separation too.",
            why="Domestic abuse and other risks are considered first, every time, and before conflict is worked on.",
        ),
        Question(
            "safety_note",
            "What was said?",
            Kind.LONG,
            when=is_("safety_changed", "yes"),
            hint="The words used, for your file only. If somebody may be at risk of harm, type :stop alone.",
        ),
        Question(
            "orders_again",
            "Is there any new order, bail condition or undertaking about who may meet whom?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="Since you last asked. Either side's, from any court or the police.",
        ),
        Question(
            "orders_note",
            "What is it, and what does it say?",
            Kind.LONG,
            when=is_("orders_again", "yes"),
            hint="Kind, court or police force, date, end. For your file only; ask to see the paper.",
        ),
        Question(
            "orders_forbid",
            "Does it stand in the way of the two sides being in one meeting?",
            Kind.CHOICE,
            choices=YES_NO_UNKNOWN,
            required=True,
            when=is_("orders_again", "yes"),
            default=not_known,
            hint="While it does, or while that is not known, no joint session is confirmed.",
        ),
        Question(
            "safety_open",
            "Is there anything to settle before a joint meeting would be safe?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="Yes keeps the joint session from being confirmed until it is settled.",
            why="A joint meeting is never worth more than anybody's safety.",
        ),
        Question(
            "safety_open_note",
            "What is to be settled, and by whom?",
            Kind.LONG,
            when=is_("safety_open", "yes"),
            hint="For your file only. When it is settled, change the answer above with cppp session amend.",
        ),
    ),
    say=(
        "Speak with this parent alone. Say what the session is for; that it is voluntary; that what is said may go "
        "into a report the judge and every party read; and that you must pass on a risk of harm. What is said here "
        "about safety is not shown to the other side."
    ),
    when=took_place,
)

VIEWS = Section(
    "How this parent sees things",
    (
        Question(
            "obstacles",
            "What stands in the way of an agreement, in {parent}'s view?",
            Kind.LONG,
            hint=OWN_WORDS,
            why="What blocks a solution is the first thing this session is for.",
        ),
        Question(
            "situation",
            "How are things now, in {parent}'s view?",
            Kind.LONG,
            hint="What works and what does not, day to day. Facts and feelings both, each as told.",
        ),
        Question(
            "network",
            "Who are the people around {children}, in {parent}'s view?",
            Kind.LONG,
            hint="Family, new partners, friends, school, helpers. Who supports, who worries, who is missed.",
        ),
        Question(
            "hopes",
            "What are {parent}'s hopes for these proceedings?",
            Kind.LONG,
            hint="What would be different, and how would anybody notice? In {parent}'s own words where you can.",
        ),
    ),
    say=f"Ask both sides the same, and give both the same room. {IN_THE_REPORT}",
    when=took_place,
)

CHILDREN = Section(
    "With the children in mind",
    (
        Question(
            "best_for_child",
            "What would be best for {children}, in {parent}'s view?",
            Kind.LONG,
            hint="Name each child, and keep them apart: what is best for one may not be for another.",
        ),
        Question(
            "child_would_say",
            "What would {children} say, in {parent}'s view, if asked by somebody they trust?",
            Kind.LONG,
            hint="Name each child. It stands as {parent}'s guess, not as what a child said.",
            why="Seeing things through a child's eyes often moves more than an argument does.",
        ),
    ),
    say=IN_THE_REPORT,
    when=took_place,
)

BETWEEN = Section(
    "Between the parents",
    (
        Question(
            "communication",
            "How do {parent} and {other_parent} communicate, in {parent}'s view?",
            Kind.LONG,
            hint="How, how often, about what; what goes well; what the children see and hear of it.",
        ),
        _scale(
            "scale_conflict", "How much conflict is there now?", "none at all", "as bad as it has ever been or could be"
        ),
        _scale(
            "scale_communication",
            "How well does communication work?",
            "not at all",
            "as well as the children need it to",
        ),
        _scale("scale_worry", "How great is the worry for {children}?", "none", "all the time"),
    ),
    say=IN_THE_REPORT,
    when=took_place,
)

TOWARDS = Section(
    "Towards the joint meeting",
    (
        Question(
            "first_step",
            "What first small step will {parent} take?",
            Kind.LONG,
            hint="Something {parent} can do alone, this month, that the children would notice.",
        ),
        Question(
            "joint_topics",
            "What would {parent} like to talk about in the joint meeting?",
            Kind.MANY,
            choices=TOPICS,
            hint="As many as {parent} named. Both sides' lists make the agenda.",
        ),
        Question(
            "joint_topics_other",
            "Which other topic?",
            when=lambda view: OTHER in view.among("joint_topics"),
        ),
        Question(
            "joint_safe",
            "What would make the joint meeting safe and bearable for {parent}?",
            Kind.LONG,
            hint="Arriving and leaving apart, breaks, separate rooms, video, who sits where, a sign to stop.",
        ),
        Question(
            "pass_on",
            "What may be passed on to {other_parent}?",
            Kind.LONG,
            hint="Only what {parent} clearly said you may pass on, in {parent}'s words. Enter when it is nothing.",
            why="Nothing else from this session is told to the other side in conversation.",
        ),
    ),
    when=took_place,
)

SCRIPT = Script(
    "parent-session",
    "Session with one parent",
    (
        opening(),
        meeting(
            _own_side,
            who_default=_the_only_one,
            who_hint="Those of this side. A meeting with the other side too is a joint session.",
        ),
        BEFORE,
        VIEWS,
        CHILDREN,
        BETWEEN,
        TOWARDS,
        Section("Your notes", (notes(),), when=took_place),
    ),
)
