"""The end of a case in the officer's file: closed, opened again, held back from erasing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.retention import Closure, Hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

FORM: Final = "close"
"""The answers of a closing that is not finished: see store/forms.py."""


def close(db: Database, case_id: int, closure: Closure) -> None:
    """Record that a case has ended; the caller has made sure that it had not."""
    days = (closure.closed_on, closure.record_confirmed_on, closure.due_on)
    with db.atomic():
        db.execute(
            "INSERT INTO closure (case_id, closed_on, record_confirmed_on, due_on) VALUES (?, ?, ?, ?)",
            [case_id, *(day.isoformat() for day in days)],
        )


def reopen(db: Database, case_id: int) -> None:
    """Take the end of a case back; that it was closed stays in the history."""
    with db.atomic():
        db.execute("DELETE FROM closure WHERE case_id = ?", [case_id])


def closures(db: Database) -> dict[int, Closure]:
    """The end of every case that has one, by the number of the case."""
    return {int(str(row["case_id"])): _closure(row) for row in db.query("SELECT * FROM closure")}


def closure(db: Database, case_id: int) -> Closure | None:
    """The end of one case; None while it is open."""
    rows = db.query("SELECT * FROM closure WHERE case_id = ?", [case_id])
    return next((_closure(row) for row in rows), None)


def put_hold(db: Database, case_id: int, kind: str, since: date) -> None:
    """Record that something goes on which needs the case."""
    with db.atomic():
        db.execute(
            "INSERT INTO hold (case_id, number, kind, since) "
            "SELECT ?1, coalesce((SELECT max(number) FROM hold WHERE case_id = ?1), 0) + 1, ?2, ?3",
            [case_id, kind, since.isoformat()],
        )


def lift_hold(db: Database, case_id: int, kind: str, on: date) -> None:
    """Record that it is over."""
    with db.atomic():
        db.execute(
            "UPDATE hold SET lifted_on = ? WHERE case_id = ? AND kind = ? AND lifted_on IS NULL",
            [on.isoformat(), case_id, kind],
        )


def holds(db: Database, case_id: int) -> tuple[Hold, ...]:
    """Every hold of a case there ever was, oldest first."""
    rows = db.query("SELECT * FROM hold WHERE case_id = ? ORDER BY number", [case_id])
    return tuple(
        Hold(
            row["kind"],
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["lifted_on"]) if row["lifted_on"] else None,
        )
        for row in rows
    )


def standing(db: Database, case_id: int) -> tuple[Hold, ...]:
    """The holds that are not over."""
    return tuple(hold for hold in holds(db, case_id) if hold.lifted_on is None)


def is_registered(db: Database, case_id: int, kind: str) -> bool:
    """Whether a document of that kind was ever written."""
    found = db.execute("SELECT 1 FROM document WHERE case_id = ? AND kind = ? LIMIT 1", [case_id, kind])
    return found.fetchone() is not None


def _closure(row: Mapping[str, object]) -> Closure:
    days = (date.fromisoformat(str(row[column])) for column in ("closed_on", "record_confirmed_on", "due_on"))
    return Closure(*days)
