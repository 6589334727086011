"""A case: what the court asked, the people, and where the programme stands. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cppp_cli.programme.screening import Criterion, Decision, decide

if TYPE_CHECKING:
    from datetime import date

    from cppp_cli.programme.people import Adult, Child, OtherPerson, Relation, Restriction

# Two letters, two digits for the year, a letter for the kind of case, five digits. Older and High Court
# numbers differ, so an odd number is remarked on and never refused.
CASE_NUMBER = re.compile(r"[A-Z]{2}\d{2}[A-Z]\d{5}")


class State(StrEnum):
    """Where the programme stands for a case."""

    DRAFT = "draft"  # new-case has begun and is not finished
    REFERRED = "referred"  # on file; the programme is not open
    CONSENTED = "consented"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The state as people read it."""
        return _STATES[self]


_STATES = {
    State.DRAFT: "new-case not finished",
    State.REFERRED: "referred, programme not started",
    State.CONSENTED: "consented",
    State.IN_PROGRESS: "in progress",
    State.PAUSED: "paused",
    State.COMPLETED: "completed",
    State.RETURNED: "returned to court",
}

ROUTES = {
    "rule_16_4": "Rule 16.4",
    "section_7": "Section 7",
    "child_impact_report": "Child Impact Report",
    "other": "other",
}


@dataclass(frozen=True)
class Return:
    """The case taken back to the normal court process. ``reason`` is for the file only."""

    on: date
    reason: str
    sentence: str  # neutral: does not say who withdrew or disclosed


@dataclass(frozen=True)
class Case:
    """One family's case, whole. ``reference`` is four characters; ``changed_at`` an ISO time."""

    id: int
    reference: str
    state: State
    number: str
    court: str
    judge: str
    route: str
    order_date: date | None
    hearing_on: date | None
    hearing_kind: str
    report_due: date | None
    day_zero: date | None
    questions: tuple[str, ...]
    adults: tuple[Adult, ...]
    children: tuple[Child, ...]
    relations: tuple[Relation, ...]
    others: tuple[OtherPerson, ...]
    restrictions: tuple[Restriction, ...]
    criteria: tuple[Criterion, ...]
    arrangement_now: str
    order_now: str
    returned: Return | None
    changed_at: str
    opened_on: date | None = None
    route_other: str = ""

    def side(self, side: str) -> tuple[Adult, ...]:
        """The adults of side A or B."""
        return tuple(adult for adult in self.adults if adult.side == side)

    def side_names(self, side: str) -> str:
        """How a side is named in a sentence."""
        return " and ".join(adult.full_name for adult in self.side(side))

    def adult(self, number: int) -> Adult:
        """The adult of that number; StopIteration when there is none."""
        return next(a for a in self.adults if a.number == number)

    def child(self, number: int) -> Child:
        """The child of that number; StopIteration when there is none."""
        return next(c for c in self.children if c.number == number)

    def relation(self, adult: int, child: int) -> Relation | None:
        """What an adult is to a child, when it was recorded."""
        return next((r for r in self.relations if (r.adult, r.child) == (adult, child)), None)

    @property
    def route_label(self) -> str:
        """The route as people read it; one the officer named stays as typed."""
        return self.route_other if self.route == "other" and self.route_other else ROUTES.get(self.route, self.route)

    @property
    def initials(self) -> str:
        """The children's initials, for the header of a screen: enough to notice the wrong case."""
        return " ".join("".join(part[0] for part in child.full_name.split() if part) for child in self.children)

    @property
    def screening(self) -> Decision:
        """Whether the programme may begin, from what is on file now."""
        sides = {adult.side for adult in self.adults}
        willing = [(adult.called or adult.full_name, adult.willing) for adult in self.adults]
        return decide(willing if sides == {"A", "B"} else willing[:1], self.criteria)

    @property
    def proposed_day_zero(self) -> date | None:
        """The later of the order and every adult's consent; None while one of them is missing."""
        days = [self.order_date, *(adult.consent_on for adult in self.adults)]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


def odd_case_number(number: str) -> str | None:
    """A remark when a case number has an unusual form; None when it looks as expected."""
    if CASE_NUMBER.fullmatch(number.replace(" ", "").upper()):
        return None
    digits = re.sub(r"\D", "", number)
    if len(digits) == 16 and re.fullmatch(r"[\d\- ]+", number):  # noqa: PLR2004 - the length HMCTS uses
        return None
    return "This is not the usual form of a case number (such as ZE23P01234). It is kept as typed; check it."
