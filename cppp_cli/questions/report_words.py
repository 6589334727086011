"""What only the officer can write for the report: the summary, the analysis, the recommendations, the answers.

Nothing is required: what is empty is printed as "not yet written" in a draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.welfare import CHECKLIST
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.model import Each, Kind, Question, Repeat, Script, Section

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import View

SUMMARY_WORDS = 400  # about what an A4 page takes at 12 point and 1.5 lines, below a heading

ONLY_YOU = (
    "The program writes none of this. Use only what is on file: no new facts. Plain words, short sentences; the child "
    "may read it one day. Leave it (:s) and come back as often as you like; what is empty is printed “not yet written”."
)


def _longer_than_a_page(value: Value, view: View) -> str | None:
    count = len(str(value).split())
    return f"these are {count:,} words; about {SUMMARY_WORDS} fit on one page." if count > SUMMARY_WORDS else None


_by_checklist = is_("route", "section_7")


def _not_by_checklist(view: View) -> bool:
    return not _by_checklist(view)


def _questions_of_the_order(view: View) -> tuple[str, ...]:
    return tuple(n for n in view.items("questions") if view.text(f"questions.{n}.words").strip())


SUMMARY = Section(
    "Summary for the judge",
    (
        Question(
            "summary",
            "What should the judge know from one page?",
            Kind.LONG,
            caution=_longer_than_a_page,
            hint="The outcome, what is agreed, what the court is asked, what comes next. One page, no more.",
        ),
    ),
    say=ONLY_YOU,
)

ANSWERS = Section(
    "The questions of the order",
    (
        Each(
            "order_answers",
            "Question of the order",
            (
                Question(
                    "words",
                    "{order_question}",
                    Kind.LONG,
                    hint="Your answer to this question, and nothing beyond it. Say so when it cannot be answered.",
                ),
            ),
            over=_questions_of_the_order,
        ),
    ),
    when=lambda view: bool(_questions_of_the_order(view)),
)

BY_CHECKLIST = Section(
    "Analysis by the welfare checklist",
    (
        Each(
            "checklist",
            "Welfare checklist",
            (
                Question(
                    "words",
                    "{checklist}",
                    Kind.LONG,
                    hint="What it means for each child, and what that rests on. Name the child each sentence is about.",
                ),
            ),
            over=lambda view: tuple(CHECKLIST),
        ),
    ),
    say="Section 1(3) of the Children Act 1989.",
    when=_by_checklist,
)

ANALYSIS = Section(
    "Analysis",
    (
        Question(
            "analysis",
            "What do you make of what you saw and heard?",
            Kind.LONG,
            hint="What it means for each child, and what that rests on. Keep what you saw apart from what you think.",
        ),
    ),
    when=_not_by_checklist,
)

RECOMMENDATIONS = Section(
    "Recommendations",
    (
        Repeat(
            "recommendations",
            "Recommendation",
            (
                Question(
                    "words",
                    "What do you recommend?",
                    Kind.LONG,
                    hint="One at a time. Who does what, where, when, from which date, so that an order could say it.",
                ),
                Question(
                    "rests_on",
                    "What does it rest on?",
                    Kind.LONG,
                    when=lambda view: bool(view.text("words")),
                    hint="Which session, which words, which agreement. Nothing the reader cannot find in the report.",
                ),
            ),
            another="Is there another recommendation?",
        ),
    ),
)

SUPERVISION = Section(
    "Supervision",
    (
        Question(
            "supervision",
            "What did your manager say about this report, and when?",
            hint="For your file only. Enter leaves it blank.",
        ),
    ),
)

SCRIPT = Script(
    "report-words",
    "Your own words for the report",
    (SUMMARY, ANSWERS, BY_CHECKLIST, ANALYSIS, RECOMMENDATIONS, SUPERVISION),
)
