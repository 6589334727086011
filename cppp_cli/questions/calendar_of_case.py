"""The questions of one calendar of a case.

One that is agreed asks for the yes of both as well; one that a side proposes asks whether it may be told.
"""

from __future__ import annotations

from cppp_cli.questions import care_calendar
from cppp_cli.questions.conditions import not_after_today
from cppp_cli.questions.model import YES_NO, Kind, Question, Script, Section


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

PROPOSED = Script(
    "proposed-calendar",
    "The calendar one side proposes",
    (
        *care_calendar.SCRIPT.sections,
        Section(
            "Who may see it",
            (
                Question(
                    "told",
                    "May the other side and the court see this proposal?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    hint="Only with the agreement of the one who made it. Otherwise it stays in your file.",
                ),
            ),
        ),
    ),
)

_SCRIPTS = {"agreed": AGREED, "a": PROPOSED, "b": PROPOSED, "now": care_calendar.SCRIPT}


def script_of(item: str) -> Script:
    """The questions of a calendar, by its name in the ledger, such as ``calendar.agreed`` or ``calendar.a.2``."""
    return _SCRIPTS[item.split(".")[1]]
