"""What ``cppp case close`` asks: when, whether the official record is complete, and when the working copy falls due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.retention import MONTHS, MONTHS_AT_MOST, WORKING_COPY, due_date
from cppp_cli.questions.conditions import is_, not_after_today
from cppp_cli.questions.model import YES_NO, Kind, Question, Script, Section

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import View

CLOSED_ON, CONFIRMED, DUE_ON = "closed_on", "record_confirmed", "due_on"
KEEP_MONTHS = "keep_months"
"""Where the office's setting stands among the facts."""


def _today(view: View) -> str:
    return view.facts.today.isoformat()


def _due(view: View) -> str:
    closed = view.day(CLOSED_ON) or view.facts.today
    return due_date(closed, int(view.text(KEEP_MONTHS) or MONTHS)).isoformat()


def _fits(value: Value, view: View) -> str | None:
    """Refuse a day before the case is closed, or so late that nobody would think of it."""
    closed, due = view.day(CLOSED_ON) or view.facts.today, date.fromisoformat(str(value))
    if due < closed:
        return "That is before the case was closed. Type a later day."
    if due > due_date(closed, MONTHS_AT_MOST):
        return f"That is more than {MONTHS_AT_MOST // 12} years after the case was closed. Type an earlier day."
    return None


SCRIPT = Script(
    "close",
    "Closing a case",
    (
        Section(
            "The end of the case",
            (
                Question(
                    CLOSED_ON,
                    "When was the case closed?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=not_after_today,
                    default=_today,
                    hint="The day your work on it ended.",
                ),
                Question(
                    CONFIRMED,
                    "Does the official record have everything it needs from this case?",
                    Kind.CHOICE,
                    required=True,
                    choices=YES_NO,
                    hint="Look it up there before you say yes: reports, letters and drawings, safeguarding notes.",
                    why="This working copy is erased later. What is only here is then gone.",
                ),
                Question(
                    DUE_ON,
                    "On which day should this working copy fall due to be erased?",
                    Kind.DATE,
                    required=True,
                    lean="future",
                    when=is_(CONFIRMED, "yes"),
                    check=_fits,
                    default=_due,
                    hint="Proposed from your office's setting, which cppp init --change changes.",
                    why="Nothing is erased by itself. From that day on, cppp reminds you.",
                ),
            ),
            say=f"{WORKING_COPY} Closing it changes nothing there.",
        ),
    ),
)
