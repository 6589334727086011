"""What new-case asks about the court and its order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.case import ROUTES, odd_case_number
from cppp_cli.programme.dates import say_date
from cppp_cli.questions.conditions import is_, not_after_today
from cppp_cli.questions.model import Choice, Kind, Question, Repeat, Section, View

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value


def _hearing_after_order(value: Value, view: View) -> str | None:
    order = view.day("order_date")
    if order and date.fromisoformat(str(value)) < order:
        return f"That is before the order of {say_date(order)}. Type the date of the next hearing."
    return None


def _due_after_order(value: Value, view: View) -> str | None:
    order = view.day("order_date")
    if order and date.fromisoformat(str(value)) < order:
        return f"That is before the order of {say_date(order)}. Type the date the order gives for the report."
    return None


def _due_before_hearing(value: Value, view: View) -> str | None:
    hearing = view.day("hearing_on")
    if hearing and date.fromisoformat(str(value)) >= hearing:
        return f"the hearing is on {say_date(hearing)}, and this is not before it. Check the order."
    return None


def _odd_number(value: Value, view: View) -> str | None:
    return odd_case_number(str(value))


COURT = Section(
    "The court and the order",
    (
        Question(
            "case_number",
            "Case number",
            required=True,
            caution=_odd_number,
            hint="As on the order, for example ZE23P01234.",
        ),
        Question(
            "court", "Family Court sitting at", required=True, default=lambda view: view.text("usual_court") or None
        ),
        Question("judge", "Judge or bench", hint="As named on the order; Enter leaves it blank."),
        Question(
            "route",
            "How did the case come to you?",
            Kind.CHOICE,
            required=True,
            choices=tuple(Choice(key, label) for key, label in ROUTES.items()),
        ),
        Question("route_other", "Which other route?", when=is_("route", "other")),
        Question("order_date", "Date of the order", Kind.DATE, required=True, lean="past", check=not_after_today),
        Repeat(
            "questions",
            "Question of the order",
            (
                Question(
                    "words",
                    "What did the order ask the report to answer?",
                    Kind.LONG,
                    hint="One question at a time, in the words of the order. Each gets its own answer in the report.",
                ),
            ),
            another="Did the order put another question?",
        ),
        Question("hearing_on", "Date of the next hearing", Kind.DATE, lean="future", check=_hearing_after_order),
        Question(
            "hearing_kind",
            "What kind of hearing is it?",
            Kind.CHOICE,
            choices=(
                Choice("fhdra", "first hearing dispute resolution appointment (FHDRA)"),
                Choice("dra", "dispute resolution appointment (DRA)"),
                Choice("decision", "decision hearing"),
                Choice("review", "review hearing"),
                Choice("final", "final hearing"),
                Choice("other", "another kind of hearing"),
            ),
            when=lambda view: bool(view.text("hearing_on")),
        ),
        Question(
            "report_due",
            "By which date does the order want the report filed?",
            Kind.DATE,
            lean="future",
            check=_due_after_order,
            caution=_due_before_hearing,
            hint="It comes from the order. Skip (:k) when the order gives none; it is not worked out for you.",
            why="There is no fixed number of days before a hearing for this report; only the order's date counts.",
        ),
    ),
)
