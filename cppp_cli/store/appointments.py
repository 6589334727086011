"""Planned days: proposed by the timetable or chosen by the officer. A move keeps the old one and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database


@dataclass(frozen=True)
class Appointment:
    """One planned time of a step. ``chosen`` tells the officer's own date from a proposed one."""

    step: str
    on: date
    at: time | None
    state: str  # planned, confirmed, moved or cancelled
    chosen: bool
    reason: str


def current(db: Database, case_id: int) -> dict[str, Appointment]:
    """The standing appointment of each step."""
    return {a.step: a for a in history(db, case_id) if a.state in {"planned", "confirmed"}}


def history(db: Database, case_id: int) -> tuple[Appointment, ...]:
    """Every appointment the case has had, oldest first."""
    rows = db.query("SELECT * FROM appointment WHERE case_id = ? ORDER BY id", [case_id])
    return tuple(_appointment(row) for row in rows)


def one(db: Database, case_id: int, number: int) -> Appointment | None:
    """An appointment of a case by its number; none when it was taken back since."""
    rows = db.query("SELECT * FROM appointment WHERE id = ? AND case_id = ?", [number, case_id])
    return next((_appointment(row) for row in rows), None)


def propose(db: Database, case_id: int, days: Mapping[str, date], now: Callable[[], str]) -> None:
    """Plan the proposed days. A proposal that was never chosen by the officer is replaced without a trace."""
    with db.atomic():
        db.execute("DELETE FROM appointment WHERE case_id = ? AND state = 'planned' AND chosen = 0", [case_id])
        standing = current(db, case_id)
        for step, day in days.items():
            if step not in standing:
                _add(db, case_id, Appointment(step, day, None, "planned", chosen=False, reason=""), now)


def move(db: Database, case_id: int, to: Appointment, now: Callable[[], str]) -> None:
    """Put a step on the officer's date; the old appointment stays in the record as moved, with the reason."""
    with db.atomic():
        db.execute(
            "UPDATE appointment SET state = 'moved', reason = ?, ended_at = ? "
            "WHERE case_id = ? AND step = ? AND state IN ('planned', 'confirmed')",
            [to.reason, now(), case_id, to.step],
        )
        _add(db, case_id, to, now)


def _appointment(row: Mapping[str, Any]) -> Appointment:
    return Appointment(
        row["step"],
        date.fromisoformat(row["on_date"]),
        time.fromisoformat(row["at_time"]) if row["at_time"] else None,
        row["state"],
        bool(row["chosen"]),
        row["reason"] or "",
    )


def _add(db: Database, case_id: int, appointment: Appointment, now: Callable[[], str]) -> None:
    db.table("appointment").insert(
        {
            "case_id": case_id,
            "step": appointment.step,
            "on_date": appointment.on.isoformat(),
            "at_time": appointment.at.isoformat("minutes") if appointment.at else None,
            "state": appointment.state,
            "chosen": int(appointment.chosen),
            "reason": appointment.reason or None,
            "made_at": now(),
        }
    )
