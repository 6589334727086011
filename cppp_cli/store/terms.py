"""The terms and holidays of each child's school."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.nights.terms import Period, TermDates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database


def of_case(db: Database, case_id: int) -> dict[int, TermDates]:
    """The term dates of each child that has any, by the child's number."""
    found: dict[int, list[Period]] = {}
    for row in db.query("SELECT * FROM term_period WHERE case_id = ? ORDER BY child, number", [case_id]):
        days = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
        found.setdefault(row["child"], []).append(Period(*days, row["kind"], row["name"]))
    return {child: TermDates(tuple(periods)) for child, periods in found.items()}


def replace(db: Database, case_id: int, children: Iterable[int], dates: TermDates) -> None:
    """Keep these term dates for some children, in the place of what was there."""
    with db.atomic():
        for child in children:
            db.execute("DELETE FROM term_period WHERE case_id = ? AND child = ?", [case_id, child])
            for number, period in enumerate(dates.periods, 1):
                days = [period.first.isoformat(), period.last.isoformat()]
                row = [case_id, child, number, *days, period.kind, period.name]
                db.execute("INSERT INTO term_period VALUES (?, ?, ?, ?, ?, ?, ?)", row)
