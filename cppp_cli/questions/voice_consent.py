"""What ``cppp voice consent`` asks: what changed in a child's wish or the officer's decision, when, and why.

The questions of the two gates are those of the child's session, in the same words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.voice import DECISION, JUDGE_ONLY, WISH
from cppp_cli.questions.child_words import gates
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section, View
from cppp_cli.questions.voice_items import ITEM, known_among, of_the_child, since_it_was_said, today, which

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

TOLD: Final = "told"
TOLD_ON, TOLD_HOW = "told_on", "told_how"
WISH_WHY: Final = "wish_why"


def _changes(view: View) -> tuple[Choice, ...]:
    told = Choice(TOLD, "the child was told that a report is read by both parents")
    found = (Choice(WISH, "the child's wish"), Choice(DECISION, "your decision"))
    may_be_told = JUDGE_ONLY in known_among(view, WISH) or not view.text(ITEM)
    return (*found, told) if may_be_told else found


def _changed(view: View, gate: str) -> bool:
    return gate in view.among("changes")


def as_it_will_be(view: View) -> View:
    """The view with both gates as they stand after the change, so that a remark on one knows the other."""
    whose = of_the_child(view)
    stand = {gate: Answer(known_among(view, gate)) for gate in (WISH, DECISION) if not _changed(view, gate)}
    return View({**whose.answers, **stand}, view.facts, view.prefix)


def _newly_for_the_court(view: View) -> bool:
    return _changed(view, WISH) and JUDGE_ONLY in view.among(WISH)


def _told(view: View) -> bool:
    return _changed(view, TOLD) or (_newly_for_the_court(view) and view.text("child_told") == "yes")


def _not_the_same(value: Value, view: View, gate: str) -> str | None:
    """Refuse what stands already: there is nothing to record, and no reason to keep."""
    if isinstance(value, tuple) and set(value) == set(known_among(view, gate)):
        return "That is what is on file already. Choose what it is now, or go back (:b) and leave it out."
    return None


def _gate(question: Question, gate: str) -> Question:
    """A question of the child's session, asked again."""
    return replace(
        question,
        choices=lambda view: question.choices_for(of_the_child(view)),
        caution=lambda value, view: question.caution(value, as_it_will_be(view)),
        when=lambda view: _changed(view, gate) and question.when(as_it_will_be(view)),
    )


def _day(question: Question, gate: str) -> Question:
    return replace(_gate(question, gate), required=True, default=today, check=since_it_was_said)


_WISH, _WISH_ON, _WISH_REASON, _DECISION, _DECISION_ON, _DECISION_REASON = gates("this")

SCRIPT = Script(
    "voice-consent",
    "Who may hear it",
    (
        Section(
            "What has changed",
            (
                which("Which words, letter or drawing?"),
                Question(
                    "changes",
                    "What has changed?",
                    Kind.MANY,
                    required=True,
                    choices=_changes,
                    hint="A child may change their mind at any time, and needs no reason for it.",
                ),
            ),
            say="What stood before is kept, with the day and the reason of each change.",
        ),
        Section(
            "The child's wish",
            (
                replace(
                    _gate(_WISH, WISH),
                    text="Who does {child} want to share it with now?",
                    check=lambda value, view: _not_the_same(value, view, WISH),
                ),
                _day(_WISH_ON, WISH),
                _gate(_WISH_REASON, WISH),
                Question(
                    WISH_WHY,
                    "Why is the record changed?",
                    Kind.LONG,
                    required=True,
                    when=lambda view: _changed(view, WISH),
                    hint="How you know: who told you, where, in which words. Kept with the change.",
                    why="Nobody should wonder later whether it was the child who changed it.",
                ),
                Question(
                    "child_told",
                    "Was {child} told that a report to the judge is read by both parents, so that this stays with you?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    when=_newly_for_the_court,
                    hint="Not yet is a no. It shows up until {child} was told.",
                ),
            ),
            when=lambda view: _changed(view, WISH),
        ),
        Section(
            "Your decision",
            (
                replace(_gate(_DECISION, DECISION), check=lambda value, view: _not_the_same(value, view, DECISION)),
                _day(_DECISION_ON, DECISION),
                replace(_gate(_DECISION_REASON, DECISION), required=True, hint="For your file, with the change."),
            ),
            when=lambda view: _changed(view, DECISION),
        ),
        Section(
            "What the child was told",
            (
                Question(
                    TOLD_ON,
                    "When was {child} told?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    default=today,
                    check=since_it_was_said,
                ),
                Question(
                    TOLD_HOW,
                    "How was {child} told, and what did {child} say?",
                    Kind.LONG,
                    hint="Only the court can let the judge alone hear it, by a direction. Say so in plain words.",
                ),
            ),
            when=_told,
        ),
    ),
)
