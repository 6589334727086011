"""Topic by topic: what was talked through in a session, and where each topic stands. It goes into the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.ledger import AGREED, OPEN, SIDES, STATES
from cppp_cli.programme.ledger_from_session import NEW
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.meeting import children
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Repeat, Section
from cppp_cli.questions.topics import OTHER, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import View

SAID = ("agreed", "agreed_in_principle", "progress", "not_agreed", "for_court", "withdrawn")
"""Where a topic may stand at the end of a session."""
BEFORE = "agreed_before"
"""Where the wording of topics stands that were agreed before the yes of each side was asked, by the topic's number."""
LEDGER = "ledger"
"""Where the entries of the ledger stand among what a question may know: ``ledger.3.topic``, and so on."""


def of_both(key: str, text: str, *, when: Callable[[View], bool], hint: str) -> tuple[Question, Question]:
    """The same question about each side; ``{side}`` in a text becomes the side's names."""
    side_a, side_b = (
        Question(
            f"{key}_{side}",
            text.replace("{side}", f"{{{side}}}"),
            Kind.LONG,
            when=when,
            hint=hint.replace("{side}", f"{{{side}}}"),
        )
        for side in ("a", "b")
    )
    return side_a, side_b


def which_children(view: View) -> tuple[Choice, ...]:
    """All the children, or each by name."""
    return (Choice("all", "all the children", alone=True), *children(view, view.items("children")))


def entries_of_topic(view: View) -> tuple[str, ...]:
    """The entries the ledger has of the topic chosen, by number."""
    wanted = view.text("topic"), view.text("topic_other")
    return tuple(
        number
        for number in view.items(LEDGER)
        if (view.text(f"{LEDGER}.{number}.topic"), view.text(f"{LEDGER}.{number}.topic_other")) == wanted
    )


def _which_entry(view: View) -> tuple[Choice, ...]:
    found = (Choice(number, view.text(f"{LEDGER}.{number}.says")) for number in entries_of_topic(view))
    return (*found, Choice(NEW, "something new"))


def _children_of_entry(view: View) -> Value | None:
    number = view.text("entry")
    return view.among(f"{LEDGER}.{number}.children") or ("all",)


def both_sides(view: View) -> tuple[Choice, ...]:
    """Side A and side B by their names."""
    return tuple(Choice(side, view.side_names(side)) for side in SIDES)


def _both_said_yes(value: Value, view: View) -> str | None:
    if not isinstance(value, tuple) or set(value) != set(SIDES):
        return "Agreed needs the yes of both. Otherwise go back (:b) and say that they differ."
    return None


def _asks_for_yes(view: View) -> bool:
    """Whether the yes of both has to be asked; not for words recorded before anybody was asked, while they stand."""
    words = view.text("wording")
    return view.text("state") in AGREED and (not words or view.text(f"{BEFORE}.{view.item}.wording") != words)


def topic_by_topic(when: Callable[[View], bool]) -> Section:
    """What was talked through, and where each topic stands."""
    return Section(
        "Topic by topic",
        (
            Question(
                "has_topics",
                "Was any topic talked through, agreed or not?",
                Kind.CHOICE,
                choices=YES_NO,
                default=lambda view: "yes" if view.text("outcome") == "held" else None,
            ),
            Repeat(
                "topics",
                "Topic",
                (
                    Question("topic", "Which topic?", Kind.CHOICE, required=True, choices=TOPICS),
                    Question("topic_other", "Which other topic?", required=True, when=is_("topic", OTHER)),
                    Question(
                        "entry",
                        "The plan has this topic already. Does this change something there?",
                        Kind.CHOICE,
                        required=True,
                        choices=_which_entry,
                        when=lambda view: bool(entries_of_topic(view)),
                        hint="What stood before is kept: cppp agreement history shows it.",
                    ),
                    Question(
                        "children",
                        "Which children is it about?",
                        Kind.MANY,
                        required=True,
                        choices=which_children,
                        default=_children_of_entry,
                        hint="When something holds for one child only, make it a topic of its own.",
                    ),
                    Question(
                        "state",
                        "Where does it stand?",
                        Kind.CHOICE,
                        required=True,
                        choices=tuple(Choice(state, STATES[state]) for state in SAID),
                    ),
                    Question(
                        "wording",
                        "What exactly was agreed?",
                        Kind.LONG,
                        required=True,
                        when=is_("state", *AGREED),
                        hint="Who does what, where, when, from which date. The very words both said yes to.",
                    ),
                    Question(
                        "said_yes",
                        "Who said yes to these very words?",
                        Kind.MANY,
                        required=True,
                        choices=both_sides,
                        check=_both_said_yes,
                        when=_asks_for_yes,
                    ),
                    *of_both(
                        "position",
                        "What did {side} ask for?",
                        when=is_("state", *OPEN),
                        hint="In {side}'s own words, as it should be put to the court. Each side has the same room.",
                    ),
                    Question(
                        "court_asked",
                        "What is the court asked to decide?",
                        Kind.LONG,
                        when=is_("state", "for_court"),
                        hint="One question a judge can answer, without taking a side.",
                    ),
                ),
                another="Was there another topic?",
                at_most=60,
                when=is_("has_topics", "yes"),
            ),
        ),
        say="One topic after another. What is not agreed is worth as much to the court as what is, if put clearly.",
        when=when,
    )
