"""Passages that only resemble something held in confidence, as the officer decided; added to, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.finals import Release
from cppp_cli.store.sheets import storable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database


def add(
    db: Database, case_id: int,
    *, kind: str, place: str, passage: str, confidence_ref: str, confidence_digest: str, how: str, reason: str,
    now: Callable[[], str],
) -> int:  # fmt: skip
    """Record a release for a kind of document; its number. The final it goes into is noted when that is frozen."""
    said = (kind, place, passage, confidence_ref, confidence_digest, how, reason)
    with db.atomic():
        highest = "SELECT coalesce(max(number), 0) FROM release WHERE case_id = ?"
        number = int(db.execute(highest, [case_id]).fetchone()[0]) + 1
        db.execute(
            "INSERT INTO release "
            "(case_id, number, kind, place, passage, confidence_ref, confidence_digest, how, reason, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [case_id, number, *map(storable, said), now()],
        )
    return number


def of_case(db: Database, case_id: int) -> tuple[Release, ...]:
    """The releases of a case, oldest first."""
    rows = db.query("SELECT * FROM release WHERE case_id = ? ORDER BY number", [case_id])
    return tuple(Release(**{name: said for name, said in row.items() if name != "case_id"}) for row in rows)
