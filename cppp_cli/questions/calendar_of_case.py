"""The questions of one calendar of a case. One that is agreed asks for the yes of both as well."""

from __future__ import annotations

from cppp_cli.questions import care_calendar
from cppp_cli.questions.conditions import not_after_today
from cppp_cli.questions.model import Kind, Question, Script, Section


def _yes(side: str) -> Question:
    return Question(
        f"yes_{side}_on",
        f"On which day did {{{side}}} say yes to this calendar?",
        Kind.DATE,
        required=True,
        lean="past",
        check=not_after_today,
        hint="Read the calendar back to both first. Without a yes of both it is a proposal.",
    )


AGREED = Script(
    "agreed-calendar",
    "The calendar both agreed",
    (*care_calendar.SCRIPT.sections, Section("The yes of both", (_yes("a"), _yes("b")))),
)


def script_of(item: str) -> Script:
    """The questions of a calendar, by its name in the ledger."""
    return AGREED if item.split(".")[1] == "agreed" else care_calendar.SCRIPT
