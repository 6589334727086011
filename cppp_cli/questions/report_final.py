"""What is asked before a report becomes final, when it is corrected, and when facts were checked.

The report that is being worked on is among the facts: ``changes.KEY.told`` is one change in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.questions.conditions import is_, not_after_today
from cppp_cli.questions.model import YES_NO, Choice, Each, Kind, Question, Repeat, Script, Section, View

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

CHANGES: Final = "changes"
"""Where the changes a correction makes stand among the facts."""
TOLD: Final = "told"


def _today(view: View) -> Value | None:
    return view.facts.today.isoformat()


REVIEW = Section(
    "Quality assurance",
    (
        Question(
            "was_reviewed",
            "Has somebody other than you read this report for its quality?",
            Kind.CHOICE,
            required=True,
            choices=YES_NO,
            hint="Your manager, or a colleague your office names. The report says so either way.",
            why="A second reader finds a wrong name or day before a family does.",
        ),
        Question(
            "reviewed_by",
            "Who was it?",
            required=True,
            when=is_("was_reviewed", "yes"),
            hint="Name and office, as they are to stand in the report.",
        ),
        Question(
            "reviewed_on",
            "On which day?",
            Kind.DATE,
            required=True,
            lean="past",
            check=not_after_today,
            default=_today,
            when=is_("was_reviewed", "yes"),
        ),
        Question(
            "not_reviewed",
            "Why did nobody?",
            Kind.LONG,
            when=is_("was_reviewed", "no"),
            hint="For the record of this final, not for the report.",
        ),
    ),
)

FINAL = Script("report-final", "Making the report final", (REVIEW,))


def _changes(view: View) -> tuple[str, ...]:
    """Every change, in the order of the document."""
    lead = f"{CHANGES}."
    return tuple(dict.fromkeys(path.split(".")[1] for path in view.facts.background if path.startswith(lead)))


def _whom(view: View) -> tuple[Choice, ...]:
    return (
        Choice("court", "the court"),
        Choice("parent-a", view.side_names("A")),
        Choice("parent-b", view.side_names("B")),
        *((Choice("guardian", "the children's guardian"),) if view.text("guardian") else ()),
        Choice("manager", "your manager"),
        Choice("nobody", "nobody yet", alone=True),
    )


CORRECTION = Script(
    "report-correction",
    "Correcting a final report",
    (
        Section(
            "What is corrected",
            (
                Each(
                    "corrections",
                    "Correction",
                    (
                        Question(
                            "reason",
                            "{change} Why is it corrected?",
                            Kind.LONG,
                            required=True,
                            hint="It stands in the corrected report, beside what it said and what it says now.",
                            why="Whoever read the earlier report has to see what was wrong in it, and why.",
                        ),
                    ),
                    over=_changes,
                ),
                Question(
                    TOLD,
                    "Who was told of it?",
                    Kind.MANY,
                    required=True,
                    choices=_whom,
                    hint="Everybody who has the earlier report has to know that it is replaced.",
                ),
                Question(
                    "told_on",
                    "On which day?",
                    Kind.DATE,
                    lean="past",
                    check=not_after_today,
                    default=_today,
                    when=lambda view: "nobody" not in view.among(TOLD),
                ),
            ),
            say="Each change since the final report, one after another. Change the record, not the document.",
        ),
        REVIEW,
    ),
)

FACTS_CAME_BACK = Script(
    "fact-check",
    "What came back from the checking of facts",
    (
        Section(
            "What came back",
            (
                Question(
                    "answered_on",
                    "When did the answer come?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=not_after_today,
                    default=_today,
                ),
                Question(
                    "has_requests",
                    "Was a correction asked for?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    hint="No is an answer: the facts are right.",
                ),
                Repeat(
                    "requests",
                    "Correction asked for",
                    (
                        Question(
                            "place", "Which paragraph is it about?", hint="Its number, or the table, as in the copy."
                        ),
                        Question(
                            "asked",
                            "What was asked for?",
                            Kind.LONG,
                            required=True,
                            hint="In their words. What is asked for is not yet what is right.",
                        ),
                        Question(
                            "accepted",
                            "Is it accepted?",
                            Kind.CHOICE,
                            required=True,
                            choices=(*YES_NO, Choice("partly", "in part")),
                            hint="When it is, change the record too: cppp session amend, or cppp case edit.",
                        ),
                        Question(
                            "why",
                            "Why?",
                            Kind.LONG,
                            required=True,
                            hint="What you compared it with. Kept for the record, and for whoever asks later.",
                        ),
                    ),
                    another="Was another correction asked for?",
                    at_most=40,
                    when=is_("has_requests", "yes"),
                ),
            ),
        ),
    ),
)

RELEASE = Script(
    "release",
    "Passages that only resemble what is held in confidence",
    (
        Section(
            "Both texts side by side",
            (
                Each(
                    "releases",
                    "Passage",
                    (
                        Question(
                            "same",
                            "{change} Does the passage tell what was said in confidence?",
                            Kind.CHOICE,
                            required=True,
                            choices=(
                                Choice("yes", "yes, or it may: it stays blocked"),
                                Choice("no", "no, it only resembles it"),
                            ),
                            hint="Read both. Could a parent tell from the passage what was said?",
                            why="A reader who knows the family recognises more than you would think.",
                        ),
                        Question(
                            "reason",
                            "How do you know?",
                            Kind.LONG,
                            required=True,
                            when=is_("same", "no"),
                            hint="For example where else it comes from. Kept with the final report.",
                        ),
                    ),
                    over=_changes,
                ),
            ),
        ),
    ),
)
