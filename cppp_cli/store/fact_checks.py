"""The copies each side was given to say what is not right, and what it asked to be put right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.errors import NotFoundError
from cppp_cli.programme.finals import FactCheck, FactRequest
from cppp_cli.store.sheets import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database


def begin(db: Database, case_id: int, kind: str, version: int, side: str, now: Callable[[], str]) -> int:
    """Record that a copy of a version was written for one side, A or B; the number of that fact check."""
    with db.atomic():
        highest = "SELECT coalesce(max(number), 0) FROM fact_check WHERE case_id = ?"
        number = int(db.execute(highest, [case_id]).fetchone()[0]) + 1
        db.execute(
            "INSERT INTO fact_check (case_id, number, kind, version, side, written_at) VALUES (?, ?, ?, ?, ?, ?)",
            [case_id, number, kind, version, side, now()],
        )
    return number


def answer(
    db: Database, case_id: int, number: int, requests: Iterable[FactRequest], answered_on: date, now: Callable[[], str]
) -> None:
    """Record what came back on a day; nothing is asked for where there are no requests.

    Requests are numbered after those of an earlier answer; their own numbers and times are not looked at.

    Raises:
        NotFoundError: the case has no such fact check.
    """
    with db.atomic():
        done = db.execute(
            "UPDATE fact_check SET answered_on = ? WHERE case_id = ? AND number = ?",
            [answered_on.isoformat(), case_id, number],
        )
        if done.rowcount != 1:
            raise NotFoundError("There is no such fact check in this case. Write the copy first: cppp report CASE")
        last = "SELECT coalesce(max(number), 0) FROM fact_request WHERE case_id = ? AND fact_check = ?"
        before = int(db.execute(last, [case_id, number]).fetchone()[0])
        for at, one in enumerate(requests, before + 1):
            said = map(storable, (one.place, one.asked, one.accepted, one.why))
            db.execute(
                "INSERT INTO fact_request (case_id, fact_check, number, place, asked, accepted, why, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [case_id, number, at, *said, now()],
            )


def of_case(db: Database, case_id: int) -> tuple[FactCheck, ...]:
    """The fact checks of a case, oldest first."""
    rows = db.query("SELECT * FROM fact_check WHERE case_id = ? ORDER BY number", [case_id])
    return tuple(
        FactCheck(
            number=row["number"],
            kind=row["kind"],
            version=row["version"],
            side=row["side"],
            written_at=row["written_at"],
            answered_on=date.fromisoformat(row["answered_on"]) if row["answered_on"] else None,
        )
        for row in rows
    )


def requests(db: Database, case_id: int, number: int | None = None) -> tuple[FactRequest, ...]:
    """What was asked for in one fact check, or in all of a case, in the order it was."""
    rows = db.query("SELECT * FROM fact_request WHERE case_id = ? ORDER BY fact_check, number", [case_id])
    return tuple(
        FactRequest(**{name: said for name, said in row.items() if name != "case_id"})
        for row in rows
        if number in (None, row["fact_check"])
    )
