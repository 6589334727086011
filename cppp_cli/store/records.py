"""Pictures kept inside the file, and the register of documents written out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cppp_cli.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

DRAFT, FINAL = "draft", "final"
"""The status of a version: one that was frozen is final, see store/finals.py."""


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
    """The version a draft would be: the last one's when that is a draft with the same words, else one more."""
    last = "SELECT version, digest, status FROM document WHERE case_id = ? AND kind = ? ORDER BY version DESC LIMIT 1"
    found = db.execute(last, [case_id, kind]).fetchone()
    if found is None:
        return 1
    version, words, status = found
    return int(version) if words == digest and status != FINAL else int(version) + 1


def first_written(db: Database, case_id: int, kind: str, version: int) -> date | None:
    """The day a version first left the file; None when it never did."""
    rows = db.query(
        "SELECT written_at FROM document WHERE case_id = ? AND kind = ? AND version = ?", [case_id, kind, version]
    )
    return next((datetime.fromisoformat(row["written_at"]).date() for row in rows), None)


def register(db: Database, case_id: int, kind: str, version: int, digest: str, now: Callable[[], str]) -> None:
    """Record that a draft left the file; a version that is there stays as it is, a final one final."""
    with db.atomic():
        db.execute(
            "INSERT OR IGNORE INTO document (case_id, kind, version, status, digest, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [case_id, kind, version, DRAFT, digest, now()],
        )
