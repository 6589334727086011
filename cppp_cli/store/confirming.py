"""What is to be confirmed anew in a case that came from another officer: each side's consent, and safety."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import BlockedError, ConflictError
from cppp_cli.programme.answers import Answer
from cppp_cli.store.sheets import MemorySheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

POINTS: Final = {
    "consent_a_on": "the consent of side A",
    "consent_b_on": "the consent of side B",
    "safety_on": "the screening of safety",
}
"""The columns of a handover that say when something was confirmed, and how each is called."""


@dataclass(frozen=True)
class Came:
    """When a case came from another officer, and from whom."""

    on: date
    officer: str


def came(db: Database, case_id: int) -> Came | None:
    """How a case came here; None when it was opened here."""
    rows = db.query("SELECT came_on, came_from FROM handover WHERE case_id = ?", [case_id])
    return next((Came(date.fromisoformat(row["came_on"]), row["came_from"]) for row in rows), None)


def to_confirm(db: Database, case_id: int) -> tuple[str, ...]:
    """What is still to be confirmed before a session of this case is logged; nothing for a case opened here."""
    rows = db.query("SELECT * FROM handover WHERE case_id = ?", [case_id])
    return tuple(point for row in rows for column, point in POINTS.items() if row[column] is None)


def refuse_unconfirmed(db: Database, case_id: int, reference: str) -> None:
    """Let no session be logged before everything is confirmed.

    Raises:
        BlockedError: something is open; says what, and what to type.
    """
    left = to_confirm(db, case_id)
    if left:
        raise BlockedError(
            f"Case {reference} came from another officer, and not everything is confirmed with you yet: "
            f"{', '.join(left)}. Type cppp case confirm {reference}."
        )


class ConfirmSheet(MemorySheet):
    """The days on which something was confirmed, each on disk when it is kept; a gap leaves the point open."""

    def __init__(self, db: Database, case_id: int) -> None:
        """Open with the days that are on file."""
        self._db = db
        self._case_id = case_id
        rows = db.query("SELECT * FROM handover WHERE case_id = ?", [case_id])
        super().__init__({column: Answer(row[column]) for row in rows for column in POINTS if row[column]})

    def put(self, path: str, answer: Answer) -> None:
        """Keep one day, or that there is none.

        Raises:
            ConflictError: the case was removed or replaced in another window.
        """
        self._keep(path, None if answer.value is None else str(answer.value))
        super().put(path, answer)

    def drop(self, paths: Iterable[str]) -> None:
        """Forget days."""
        leaving = tuple(paths)
        for path in leaving:
            self._keep(path, None)
        super().drop(leaving)

    def _keep(self, path: str, day: str | None) -> None:
        if path not in POINTS:
            raise KeyError(path)
        with self._db.atomic():
            done = self._db.execute(f"UPDATE handover SET {path} = ? WHERE case_id = ?", [day, self._case_id])
            if done.rowcount != 1:
                raise ConflictError(
                    "This case was removed or replaced in another window meanwhile, so the last answer was not saved."
                )
