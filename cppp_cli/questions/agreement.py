"""One entry of the ledger: its topic, for whom, where it stands, the wording, each side's position.

Whatever is asked about side A is asked about side B in the same words. What was asked, what was offered and what was
agreed are three questions: an offer that was not taken up is nobody's agreement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import AGREED, OPEN, STATES, YES_ANEW, arranged
from cppp_cli.programme.ledger_from_session import NEW
from cppp_cli.questions.agreement_clause import CLAUSE, OWN_WORDS, agreed, composed, kept, still_blank, was
from cppp_cli.questions.conditions import is_, not_after_today
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Repeat, Script, Section
from cppp_cli.questions.topic_by_topic import LEDGER, entries_of_topic, which_children
from cppp_cli.questions.topics import OTHER, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.answers import Answers
    from cppp_cli.questions.model import Item, View

HEARD = "heard"
"""Where children's statements stand among what a question may know: ``heard.12-3.says`` for number 3 of session 12."""
_ASIDE = (*YES_ANEW, "entry", "clause", "more")
"""What is asked to find the words and to settle the days, and is no part of the entry; nor are the blanks."""

_open = is_("state", *OPEN)


def _exists_for_all(view: View) -> bool:
    """Whether the entry is for named children, and another one of the topic is for all."""
    if not view.among("children") or "all" in view.among("children"):
        return False
    others = [f"{LEDGER}.{number}" for number in entries_of_topic(view) if number != view.text("entry")]
    wanted = view.text("topic"), view.text("topic_other")
    for number in view.items("entries"):  # of an answers file: the entries that stand in it before this one
        if f"entries.{number}." == view.prefix:
            break
        if (view.text(f"entries.{number}.topic"), view.text(f"entries.{number}.topic_other")) == wanted:
            others.append(f"entries.{number}")
    return any("all" in view.among(f"{other}.children") for other in others)


# ------------------------------------------------------------------ what is agreed


def _words_changed(view: View) -> bool:
    """Whether it is otherwise than what both said yes to: the wording, a condition, a step, its end, for whom."""
    before = was(view, "arranged")
    lead = len(view.prefix)
    now = {path[lead:]: answer for path, answer in view.answers.items() if path.startswith(view.prefix)}
    return agreed(view) and was(view, "state") in AGREED and bool(before) and repr(arranged(now)) != before


def _yes(side: str) -> Question:
    return Question(
        f"yes_{side}_on",
        f"On which day did {{{side}}} say yes to these very words?",
        Kind.DATE,
        required=True,
        lean="past",
        when=agreed,
        check=not_after_today,
        hint="The day of the meeting, the call or the letter. Without a yes of both it is not agreed.",
    )


def _confirmed(side: str) -> Question:
    return Question(
        f"confirmed_{side}_on",
        f"On which day did {{{side}}} confirm it, after time to reflect or take advice?",
        Kind.DATE,
        lean="past",
        when=is_("state", "agreed"),
        check=not_after_today,
        hint="Enter when that has not happened yet.",
    )


ARRANGEMENT: tuple[Item, ...] = (
    *CLAUSE,
    Question(
        "wording",
        "What exactly was agreed?",
        Kind.LONG,
        required=True,
        when=kept("wording", agreed),
        default=composed,
        caution=still_blank,
        hint="Who does what, where, when, from which date, and what if it cannot be. The very words both said yes to.",
    ),
    _yes("a"),
    _yes("b"),
    _confirmed("a"),
    _confirmed("b"),
    Question(
        "conditions",
        "Does it hold only on a condition?",
        when=kept("conditions", agreed),
        hint="Such as: once the new school has begun. Enter when there is none.",
    ),
    Question(
        "has_steps",
        "Does it grow or change in steps?",
        Kind.CHOICE,
        choices=YES_NO,
        default=lambda view: "no",
        when=kept("has_steps", agreed),
    ),
    Repeat(
        "steps",
        "Step",
        (
            Question("starts", "From when?", required=True, hint="A date, or an event: from 1 May 2027."),
            Question("words", "What then?", Kind.LONG, required=True),
        ),
        another="Is there a further step?",
        when=lambda view: view.text("has_steps") == "yes",
    ),
    Question(
        "until_on",
        "Does it end on a certain day?",
        Kind.DATE,
        lean="future",
        when=kept("until_on", agreed),
        hint="Enter when it does not.",
    ),
    Question(
        "words_changed",
        "It is otherwise than what both said yes to. What happened?",
        Kind.CHOICE,
        required=True,
        choices=(
            Choice("both", "both said yes to it as it is now"),
            Choice("slip", "only a slip of the pen is mended"),
        ),
        when=_words_changed,
        hint="When not both have said yes yet, go back (:b) and say that progress is made.",
    ),
    Question(
        "changed_on",
        "On which day did both say yes to it as it is now?",
        Kind.DATE,
        required=True,
        lean="past",
        when=lambda view: _words_changed(view) and view.text("words_changed") == "both",
        check=not_after_today,
    ),
    Question(
        "review_on",
        "When will both look at it again?",
        Kind.DATE,
        lean="future",
        when=kept("review_on", agreed),
        hint="A date. Enter when none was set for this.",
    ),
    Question(
        "for_child",
        "How would you tell the children this, in their words?",
        Kind.LONG,
        when=kept("for_child", agreed),
        hint="Short and plain, and nothing said in confidence. Left empty, it is left out of the children's page.",
    ),
)

# ------------------------------------------------------------------ what is not


def _of_side(side: str) -> Iterator[Question]:
    """The position of one side: asked, offered, and what is to be put to the court."""
    yield Question(
        f"asked_{side}",
        f"What did {{{side}}} ask for?",
        Kind.LONG,
        when=kept(f"asked_{side}", _open),
        hint=f"In {{{side}}}'s own words.",
    )
    yield Question(
        f"offered_{side}",
        f"What did {{{side}}} offer?",
        Kind.LONG,
        when=kept(f"offered_{side}", _open),
        hint="What was only offered is kept apart from what was asked. Leave it empty when nothing was.",
    )
    yield Question(
        f"offer_told_{side}",
        f"May the other side and the court read what {{{side}}} offered?",
        Kind.CHOICE,
        required=True,
        choices=YES_NO,
        when=lambda view: (_open(view) or _answered(view, f"offer_told_{side}")) and bool(view.text(f"offered_{side}")),
        hint="Only with the agreement of the one who offered. Otherwise it stays in your file.",
    )
    yield Question(
        f"court_{side}_as",
        f"What did {{{side}}} ask to be put to the court?",
        Kind.CHOICE,
        required=True,
        choices=(
            Choice("as_asked", "what was asked for, in these words"),
            Choice(OWN_WORDS, "something else"),
            Choice("nothing", "nothing"),
        ),
        when=kept(f"court_{side}_as", _open),
        hint="Only this is printed. The rest stays in your file.",
    )
    yield Question(
        f"court_{side}",
        f"In which words is the position of {{{side}}} put to the court?",
        Kind.LONG,
        required=True,
        when=lambda view: view.text(f"court_{side}_as") == OWN_WORDS or _only_wished(view, side),
    )


def _only_wished(view: View, side: str) -> bool:
    """Whether words for the court came on its form, and it is not said yet what of them is put to the court."""
    return _answered(view, f"court_{side}") and not view.text(f"court_{side}_as")


def _answered(view: View, key: str) -> bool:
    return (view.prefix + key) in view.answers


POSITIONS: tuple[Item, ...] = (
    *_of_side("a"),
    *_of_side("b"),
    Question(
        "court_asked",
        "What is the court asked to decide?",
        Kind.LONG,
        when=kept("court_asked", is_("state", "for_court")),
        hint="One question a judge can answer, without taking a side.",
    ),
)

# ------------------------------------------------------------------ the whole


def _heard(view: View) -> tuple[Choice, ...]:
    keys = view.items(HEARD)
    return tuple(Choice(key.replace("-", "."), view.text(f"{HEARD}.{key}.says")) for key in keys)


ITEMS: tuple[Item, ...] = (
    Question("topic", "Which topic?", Kind.CHOICE, required=True, choices=TOPICS),
    Question("topic_other", "Which other topic?", required=True, when=is_("topic", OTHER)),
    Question(
        "children",
        "Which children is it about?",
        Kind.MANY,
        required=True,
        choices=which_children,
        default=lambda view: ("all",),
        hint="When something holds for one child only, make it an entry of its own.",
    ),
    Question(
        "instead",
        "Does it take the place, for them, of what holds for all?",
        Kind.CHOICE,
        required=True,
        choices=YES_NO,
        when=_exists_for_all,
        hint="No means that both hold. With yes, what holds for all is printed with the names of the others only.",
    ),
    Question(
        "state",
        "Where does it stand?",
        Kind.CHOICE,
        required=True,
        choices=tuple(Choice(state, label) for state, label in STATES.items()),
    ),
    *ARRANGEMENT,
    *POSITIONS,
    Question(
        "wishes",
        "Did the children say something about it that you want beside it?",
        Kind.MANY,
        choices=_heard,
        when=lambda view: bool(view.items(HEARD)),
        hint="For your eyes, in cppp agreement compare. A document prints only what is cleared for every reader.",
    ),
)

SCRIPT = Script("agreement", "The parenting plan: one entry", (Section("The entry", ITEMS),))
"""One entry, asked of the officer; which one is known before, as ``entry``."""


def _which(view: View) -> tuple[Choice, ...]:
    known = (Choice(number, view.text(f"{LEDGER}.{number}.says")) for number in view.items(LEDGER))
    return (Choice(NEW, "something new"), *known)


LOG = Script(
    "agreement-log",
    "The parenting plan",
    (
        Section(
            "Entries",
            (
                Repeat(
                    "entries",
                    "Entry",
                    (
                        Question("entry", "Which entry of the plan?", Kind.CHOICE, required=True, choices=_which),
                        *ITEMS,
                    ),
                    another="Is there another entry?",
                    at_most=200,
                ),
            ),
        ),
    ),
)
"""The same from an answers file: any number of entries, new or changed."""


def said_of_other_words(before: Answers, after: Answers) -> tuple[str, ...]:
    """Answers that were given about other words than stand now, and have to be given anew.

    Whoever let an offer be told, or had words put to the court, agreed to those words and not to later ones.
    """
    found = []
    for side in ("a", "b"):
        told, put = f"offer_told_{side}", f"court_{side}_as"
        for path, about, yes in ((told, f"offered_{side}", "yes"), (put, f"asked_{side}", "as_asked")):
            both = before.get(path, Answer()).value, after.get(path, Answer()).value
            if both == (yes, yes) and before.get(about) != after.get(about):
                found.append(path)
    return tuple(found)


def settled(answers: Answers) -> dict[str, Answer]:
    """The answers as the entry keeps them: a yes to new words is the yes of both on that day, to be confirmed anew."""
    found = {path: answer for path, answer in answers.items() if path not in _ASIDE and not path.startswith("blanks.")}
    on = answers.get("changed_on")
    if on and on.value and answers.get("words_changed", Answer()).value == "both":
        for side in ("a", "b"):
            found[f"yes_{side}_on"] = on
            found.pop(f"confirmed_{side}_on", None)
    return found
