"""The calendars of a case: read from its ledger, with each child's own before that of all, and its school's terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cppp_cli.programme.ledger import AGREED_FOR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.nights.rules import Calendar
    from cppp_cli.programme.nights.terms import TermDates

AGREED, OF_A, OF_B, NOW = "agreed", "a", "b", "now"
WHICH = (AGREED, OF_A, OF_B, NOW)
"""Whose calendar: as the ledger names it, before the number of a child that has its own."""


@dataclass(frozen=True)
class Calendars:
    """What the ledger holds of them, what each school says, and the case as answers for names and birthdays."""

    kept: Mapping[str, Answers]
    schools: Mapping[int, TermDates]
    people: Answers

    def answers(self, name: str, child: int) -> Answers | None:
        """What was answered for a child: its own calendar of that name, else that of all; None when there is none.

        A calendar agreed for all holds for the children there were when both said yes.
        """
        of_all = self.kept.get(name)
        there = of_all.get(AGREED_FOR) if of_all else None
        if there and there.value and str(child) not in tuple(there.value if isinstance(there.value, tuple) else ()):
            of_all = None
        return self.kept.get(f"{name}.{child}") or of_all

    def of(self, name: str, child: int, bank_holidays: frozenset[date] = frozenset()) -> Calendar | None:
        """The calendar of a child; None when there is none of that name."""
        from cppp_cli.programme.nights.from_answers import calendar_of

        answers = self.answers(name, child)
        if not answers:
            return None
        return calendar_of(answers, self.people, terms=self.schools.get(child), bank_holidays=bank_holidays)


def of_case(office: Office, case: Case) -> Calendars:
    """The calendars of one case."""
    from cppp_cli.store import cases, ledger, terms

    people = cases.background(office.db, case.id, office.moment)
    return Calendars(ledger.calendars(office.db, case.id), terms.of_case(office.db, case.id), people)
