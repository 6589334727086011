"""What ``cppp init`` asks about the officer."""

from __future__ import annotations

from cppp_cli.programme.retention import MONTHS, MONTHS_AT_LEAST, MONTHS_AT_MOST
from cppp_cli.questions.model import Choice, Kind, Question, Script, Section, View

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekdays(view: View) -> tuple[str, ...]:
    return tuple(DAYS[:5])


SCRIPT = Script(
    "init",
    "Setting up",
    (
        Section(
            "You",
            (
                Question("full_name", "Your full name", required=True, hint="As it stands under a report."),
                Question("title", "Your title", default=lambda view: "Family Court Adviser"),
                Question("team", "Your team or office"),
                Question("swe_number", "Your Social Work England number", hint="For example SW12345."),
                Question(
                    "usual_court",
                    "The court you usually report to",
                    hint="Only the place, such as Northbridge. Proposed in each new case.",
                ),
                Question("phone", "Your work telephone number"),
                Question(
                    "working_days",
                    "On which days do you work?",
                    Kind.MANY,
                    required=True,
                    choices=tuple(Choice(day, day) for day in DAYS),
                    default=_weekdays,
                    hint="No session is proposed on another day.",
                ),
                Question("working_hours", "Your usual hours", hint="For example 09:00 to 17:00."),
            ),
            say="Asked once. It goes under your reports and into the timetable.",
        ),
        Section(
            "Documents",
            (
                Question(
                    "documents",
                    "In which folder should documents be written?",
                    hint="Reports are ordinary files once written; choose a folder only you can read.",
                    required=True,
                    default=lambda view: view.text("proposed_documents") or None,
                ),
            ),
        ),
        Section(
            "Closed cases",
            (
                Question(
                    "keep_months",
                    "How many months after a case is closed should its working copy fall due to be erased?",
                    Kind.NUMBER,
                    required=True,
                    least=MONTHS_AT_LEAST,
                    most=MONTHS_AT_MOST,
                    default=lambda view: MONTHS,
                    hint="Your office sets this. A day is proposed from it, and nothing is erased by itself.",
                ),
            ),
            say="What you keep here is a working copy. The official record is kept elsewhere, and for longer.",
        ),
    ),
)
