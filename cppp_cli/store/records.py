"""Pictures kept inside the file, and the register of documents written out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cppp_cli.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database


@dataclass(frozen=True)
class StoredPicture:
    """A child's letter or drawing as kept: cleaned bytes and what they are."""

    media_type: str
    data: bytes


def add_picture(
    db: Database, case_id: int, data: bytes, media_type: str, size: tuple[int, int], now: Callable[[], str]
) -> int:
    """Keep a cleaned picture and return its number. ``size`` is width and height in pixels; 0 for a PDF."""
    with db.atomic():
        cursor = db.execute(
            "INSERT INTO picture (case_id, media_type, width, height, data, added_at) VALUES (?, ?, ?, ?, ?, ?)",
            [case_id, media_type, *size, data, now()],
        )
        return int(cursor.lastrowid or 0)


def picture(db: Database, case_id: int, number: int) -> StoredPicture:
    """A picture of this case; one of another case is not found."""
    for row in db.query("SELECT media_type, data FROM picture WHERE id = ? AND case_id = ?", [number, case_id]):
        return StoredPicture(row["media_type"], row["data"])
    raise NotFoundError("The attached picture is not in the file of this case.")


def next_version(db: Database, case_id: int, kind: str, digest: str) -> int:
    """The version a document would be: the last one's when its words are the same, else one more."""
    rows = list(
        db.query(
            "SELECT version, digest FROM document WHERE case_id = ? AND kind = ? ORDER BY version DESC LIMIT 1",
            [case_id, kind],
        )
    )
    if not rows:
        return 1
    last = rows[0]
    return int(last["version"]) if last["digest"] == digest else int(last["version"]) + 1


def first_written(db: Database, case_id: int, kind: str, version: int) -> date | None:
    """The day a version first left the file; None when it never did."""
    rows = db.query(
        "SELECT written_at FROM document WHERE case_id = ? AND kind = ? AND version = ?", [case_id, kind, version]
    )
    return next((datetime.fromisoformat(row["written_at"]).date() for row in rows), None)


def register(db: Database, case_id: int, kind: str, version: int, digest: str, now: Callable[[], str]) -> None:
    """Record that a draft left the file."""
    with db.atomic():
        db.execute(
            "INSERT OR IGNORE INTO document (case_id, kind, version, status, digest, written_at) "
            "VALUES (?, ?, ?, 'draft', ?, ?)",
            [case_id, kind, version, digest, now()],
        )
