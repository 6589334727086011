"""What ``cppp new-case`` asks, from the court's order to the day the twelve weeks begin."""

from __future__ import annotations

from datetime import date

from cppp_cli.programme.screening import CRITERIA, Criterion, decide
from cppp_cli.questions.case_court import COURT
from cppp_cli.questions.case_people import ADULTS, CHILDREN, OTHERS
from cppp_cli.questions.case_safety import ORDERS, PREPARATION, SCREENING
from cppp_cli.questions.model import Kind, Question, Script, Section, View


def _opens(view: View) -> bool:
    """Whether the programme opens with the answers so far."""
    adults = [f"adults.{n}." for n in view.items("adults")]
    willing = [("", _said(view, f"{adult}willing")) for adult in adults]
    both = bool(view.side("A") and view.side("B"))
    return decide(willing if both else [], [_criterion(view, key) for key in CRITERIA]).opens


def _criterion(view: View, key: str) -> Criterion:
    at = f"screening.{key}."
    day = _said(view, f"{at}consulted_on")
    return Criterion(
        key,
        _said(view, f"{at}result") or "not_known",
        depart=_said(view, f"{at}depart") == "yes",
        reason=_said(view, f"{at}reason"),
        manager=_said(view, f"{at}manager"),
        consulted_on=date.fromisoformat(day) if day else None,
    )


def _said(view: View, path: str) -> str:
    found = view.answers.get(path)
    return "" if found is None or found.value is None else str(found.value)


def _latest_of_order_and_consents(view: View) -> str | None:
    days = [_said(view, "order_date"), *(_said(view, f"adults.{n}.consent_on") for n in view.items("adults"))]
    return max(days) if all(days) else None


TIMETABLE = Section(
    "The twelve weeks",
    (
        Question(
            "day_zero",
            "From which day are the twelve weeks counted?",
            Kind.DATE,
            required=True,
            default=_latest_of_order_and_consents,
            hint="Proposed: the later of the order and the consents. Day 84 ends the programme.",
        ),
    ),
    when=_opens,
)

SCRIPT = Script(
    "new-case",
    "New case",
    (COURT, ADULTS, CHILDREN, OTHERS, ORDERS, SCREENING, PREPARATION, TIMETABLE),
)
