"""The forms given to parents: which token stands for which case and side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils import Database


@dataclass(frozen=True)
class Given:
    """A form that was made. ``side`` is A or B; the times are ISO; ``read_at`` is empty until it came back."""

    case_id: int
    side: str
    token: str
    children: tuple[int, ...]  # those the form asks about
    made_at: str
    read_at: str


def add(
    db: Database, case_id: int, side: str, token: str, safe: str, now: Callable[[], str], children: Sequence[int] = ()
) -> None:
    """Keep that a form was made, for which children, and what the officer said about whether it is safe to give."""
    with db.atomic():
        row = [case_id, side, token, json.dumps(list(children)), safe, now()]
        names = "case_id, side, token, children, safe, made_at"
        db.execute(f"INSERT INTO parent_form ({names}) VALUES (?, ?, ?, ?, ?, ?)", row)


def by_token(db: Database, token: str) -> Given | None:
    """The form of that token; None when this file knows of none."""
    rows = db.query("SELECT * FROM parent_form WHERE token = ?", [token])
    return next((_given(row) for row in rows), None)


def of_case(db: Database, case_id: int) -> tuple[Given, ...]:
    """The forms of a case, oldest first."""
    rows = db.query("SELECT * FROM parent_form WHERE case_id = ? ORDER BY id", [case_id])
    return tuple(_given(row) for row in rows)


def mark_read(db: Database, token: str, now: Callable[[], str]) -> None:
    """Keep that its answers came back."""
    with db.atomic():
        db.execute("UPDATE parent_form SET read_at = ? WHERE token = ?", [now(), token])


def _given(row: dict[str, object]) -> Given:
    read_at = row["read_at"]
    case_id = int(str(row["case_id"]))
    children = tuple(json.loads(str(row["children"])))
    return Given(case_id, str(row["side"]), str(row["token"]), children, str(row["made_at"]), str(read_at or ""))
