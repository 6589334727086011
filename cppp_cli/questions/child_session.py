"""What a session with the children asks: consent, each child, their statements, a letter or drawing.

Willing today, stopping, saying nothing and making no letter are complete answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.questions.child_words import letters, statements
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.meeting import (
    MODES_WITH_CHILDREN,
    came,
    every_adult,
    everyone,
    meeting,
    notes,
    opening,
    took_place,
)
from cppp_cli.questions.model import YES_NO, Choice, Each, Kind, Question, Script, Section, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

NOT_SEEN = "not_seen"
TALKED_WITH = ("seen_alone", "seen_with_siblings")
SEEN = (*TALKED_WITH, "observed")

TOOLS = (
    Choice("three_houses", "Three Houses"),
    Choice("how_it_looks", "How it Looks to Me"),
    Choice("say_it_your_own_way", "Say it Your Own Way"),
    Choice("my_needs", "My Needs, Wishes and Feelings"),
    Choice("worry_meter", "worry meter or emotion stickers"),
    Choice("board_game", "board game"),
    Choice("ill_go_first", "I'll Go First"),
    Choice("strengths", "Strengths and Difficulties Questionnaire"),
    Choice("drawing", "drawing"),
    Choice("play", "play or observation"),
    Choice("other", "something else"),
    Choice("none", "nothing but talking", alone=True),
)


def all_children(view: View) -> tuple[str, ...]:
    """Every child of the case, so that none is forgotten."""
    return view.items("children")


def seen(view: View) -> bool:
    """Whether this child was seen or observed."""
    return view.text("seen") in SEEN


def goes_on(view: View) -> bool:
    """Whether there is more to ask about this child: seen, and not unwilling."""
    return seen(view) and view.text("willing_today") != "no"


def talked(view: View) -> bool:
    """Whether there was a conversation with this child."""
    return goes_on(view) and view.text("seen") in TALKED_WITH


def speakers(view: View, among: tuple[str, ...]) -> tuple[str, ...]:
    """Those ``among`` the children whose words may be kept: seen or observed, and not unwilling."""
    return tuple(n for n in among if goes_on(View(view.answers, view.facts, f"children.{n}.")))


def _a_child_came(value: Value, view: View) -> str | None:
    if isinstance(value, tuple) and any(person.startswith("children.") for person in value):
        return None
    return "No child is among them. Add the child, or go back (:b) and say that this session did not take place."


def _the_only_child(view: View) -> Value | None:
    found = view.items("children")
    return (f"children.{found[0]}",) if len(found) == 1 else None


def _is_here(view: View) -> bool:
    return view.item in came(view, "children")


def _not_here(view: View) -> Value | None:
    return None if _is_here(view) else NOT_SEEN


def _only_if_here(value: Value, view: View) -> str | None:
    if value != NOT_SEEN and not _is_here(view):
        return f"{view.name(f'children.{view.item}')} is not among those who came. Choose not seen, or change who came."
    return None


def _together_with(value: Value, view: View) -> str | None:
    if value == "seen_with_siblings" and len(came(view, "children")) == 1:
        return "no other child of this case is down as having come."
    return None


def _nobody_agreed(value: Value, view: View) -> str | None:
    if value == ("nobody",):
        return "nobody with parental responsibility and no order stands behind this meeting. Speak to your manager."
    return None


CONSENT = Section(
    "Before you meet the children",
    (
        Question(
            "parental_consent",
            "Who agreed to the children being seen?",
            Kind.MANY,
            choices=lambda view: (
                *every_adult(view),
                Choice("court_order", "the court's order provides for it"),
                Choice("guardian", "the children's guardian"),
                Choice("other", "somebody else with parental responsibility"),
                Choice("nobody", "nobody yet", alone=True),
            ),
            caution=_nobody_agreed,
            hint="Those with parental responsibility, or the court. The child's own yes is asked for below.",
            why="A child is seen with somebody's authority, and the file should show whose.",
        ),
    ),
    say=(
        "Tell each child why you meet, that talking is their choice, that they may stop at any time, and that you "
        "cannot keep it to yourself when somebody may be harmed. Say who reads what you write."
    ),
    when=took_place,
)


def _kept_in_file(key: str, text: str) -> Question:
    return Question(
        key,
        text,
        Kind.LONG,
        when=talked,
        hint="Your summary, for your file. Only a statement can reach the report, with the child's yes and yours.",
    )


def each_child(over: Callable[[View], tuple[str, ...]], when: Callable[[View], bool] = took_place) -> Section:
    """How each child of ``over`` was seen, how they were, and what you heard."""
    return Section(
        "Each child",
        (
            Each(
                "children",
                "{child}",
                (
                    Question(
                        "seen",
                        "How was {child} seen?",
                        Kind.CHOICE,
                        choices=(
                            Choice("seen_alone", "alone"),
                            Choice("seen_with_siblings", "with brothers or sisters"),
                            Choice("observed", "observed, without a conversation"),
                            Choice(NOT_SEEN, "not seen"),
                        ),
                        default=_not_here,
                        check=_only_if_here,
                        caution=_together_with,
                        hint="Observed: watched at play or with others, for example when very young.",
                    ),
                    Question(
                        "not_seen_reason",
                        "Why was {child} not seen?",
                        Kind.LONG,
                        when=is_("seen", NOT_SEEN),
                        hint="Age, the child's choice, another day. These words stand in the report.",
                    ),
                    Question(
                        "willing_today",
                        "Was {child} willing today?",
                        Kind.CHOICE,
                        choices=(
                            Choice("yes", "yes"),
                            Choice("stopped", "yes, and then wanted to stop"),
                            Choice("no", "no"),
                        ),
                        when=seen,
                        hint="No is a complete answer and ends the questions for {child}. Too young to say: skip (:k).",
                        why="A child takes part by choice, each time anew, and nobody needs to know why not.",
                    ),
                    Question("brought_by", "Who brought {child}?", when=goes_on, hint="Enter when nobody had to."),
                    Question(
                        "within_hearing",
                        "Who was within hearing?",
                        when=goes_on,
                        hint="Behind a door counts. Nobody is an answer: type it.",
                        why="What a child says depends on who may be listening.",
                    ),
                    Question("tools", "What did you use with {child}?", Kind.MANY, choices=TOOLS, when=goes_on),
                    Question(
                        "tools_other",
                        "What else did you use?",
                        when=lambda view: goes_on(view) and "other" in view.among("tools"),
                    ),
                    Question(
                        "told_limits",
                        "Was {child} told what cannot stay private?",
                        Kind.CHOICE,
                        choices=(*YES_NO, Choice("partly", "partly")),
                        when=talked,
                        hint="In words {child} understands, before anything else is asked.",
                        why="A child should never learn afterwards that a secret could not be kept.",
                    ),
                    Question(
                        "presented",
                        "How was {child} today?",
                        Kind.LONG,
                        when=goes_on,
                        hint="What you saw and heard, not what you make of it: mood, play, changes as you talked.",
                    ),
                    _kept_in_file("same", "What would {child} like to stay the same?"),
                    _kept_in_file("change", "What would {child} like to change?"),
                    _kept_in_file("next", "What would {child} like to happen next?"),
                    _kept_in_file("anything_else", "Was there anything else {child} wanted to say?"),
                    Question(
                        "outcome_how",
                        "How does {child} want to hear what comes of it?",
                        when=talked,
                        hint="From whom, where, in a letter or face to face.",
                    ),
                ),
                over=over,
            ),
        ),
        say="One child after another. Skip whatever a child did not speak of; nothing here has to be filled.",
        when=when,
    )


def _speakers(view: View) -> tuple[str, ...]:
    return speakers(view, all_children(view)) if took_place(view) else ()


SCRIPT = Script(
    "child-session",
    "Session with the children",
    (
        opening(),
        meeting(
            everyone,
            modes=MODES_WITH_CHILDREN,
            who_check=_a_child_came,
            who_default=_the_only_child,
            who_hint="The children who came; adults only when they were in the room. Who brought whom is asked below.",
        ),
        CONSENT,
        each_child(all_children),
        statements(_speakers),
        letters(_speakers),
        Section("Your notes", (notes(),), when=took_place),
    ),
)
