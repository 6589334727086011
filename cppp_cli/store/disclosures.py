"""Recorded decisions to pass something on without consent; added to, never changed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme.disclosure import Disclosure
from cppp_cli.store.sheets import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

_COLUMNS: Final = (
    *("session_id", "statement", "letter", "note_id", "category", "reason", "manager", "consulted_on", "told"),
    *("told_other", "told_on", "child_told", "child_told_on", "child_told_note", "decided_on"),
)
_DAYS: Final = ("consulted_on", "told_on", "child_told_on", "decided_on")
_MAY_BE_EMPTY: Final = ("manager", "told_other", "child_told_note")


def add(db: Database, case_id: int, disclosure: Disclosure, now: Callable[[], str]) -> int:
    """Record a decision; its number, which is given here.

    Raises:
        ConflictError: the session or the note it is about is not in this case.
    """
    said = {name: getattr(disclosure, name) for name in _COLUMNS}
    with db.atomic():
        highest = "SELECT coalesce(max(number), 0) FROM disclosure WHERE case_id = ?"
        number = int(db.execute(highest, [case_id]).fetchone()[0]) + 1
        row = {"case_id": case_id, "number": number, **{n: _cell(n, v) for n, v in said.items()}, "at": now()}
        marks = ", ".join("?" for _ in row)
        db.execute(f"INSERT INTO disclosure ({', '.join(row)}) VALUES ({marks})", [*row.values()])
    return number


def of_case(db: Database, case_id: int) -> tuple[Disclosure, ...]:
    """The decisions of a case, oldest first."""
    rows = db.query("SELECT * FROM disclosure WHERE case_id = ? ORDER BY number", [case_id])
    return tuple(_disclosure(row) for row in rows)


def _cell(name: str, said: object) -> object:
    if isinstance(said, date):
        return said.isoformat()
    if isinstance(said, tuple):
        return json.dumps(list(said))
    if name in _MAY_BE_EMPTY and not said:
        return None
    return storable(said) if isinstance(said, str) else said


def _disclosure(row: Mapping[str, Any]) -> Disclosure:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
    words = {name: row[name] or "" for name in _MAY_BE_EMPTY}
    kept = {name: row[name] for name in _COLUMNS}
    return Disclosure(**{**kept, **days, **words, "told": tuple(json.loads(row["told"])), "number": row["number"]})
