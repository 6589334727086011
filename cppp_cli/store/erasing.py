"""A case erased: its rows, and the words of its history. What stays are digests that nobody can read back.

SQLite overwrites what it deletes (`secure_delete`), and rebuilding the file afterwards leaves no free page behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.store.triggers import LOGGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database

    from cppp_cli.store.file import OfficerFile

REASON: Final = "erased"


@dataclass(frozen=True)
class Erasure:
    """A case that is gone: its number, its reference, and when."""

    case_id: int
    reference: str
    erased_at: str


def erasures(db: Database) -> tuple[Erasure, ...]:
    """Every case erased from this file, oldest first; none from a file older than the history."""
    if not db.table("erasure").exists():
        return ()
    rows = db.query("SELECT case_id, reference, erased_at FROM erasure ORDER BY erased_at, case_id")
    return tuple(Erasure(row["case_id"], row["reference"], row["erased_at"]) for row in rows)


def erase(db: OfficerFile, case_id: int, reference: str, certificate: str, now: Callable[[], str]) -> int:
    """Take one case out of this file, rows and history, and keep the certificate; how many rows left.

    The caller rebuilds the file afterwards with `scrub`, and sees to the copies of it.
    """
    with db.recorder.because(REASON), db.atomic():
        rows = _count(db, case_id)
        db.execute("DELETE FROM case_file WHERE id = ?", [case_id])
        db.execute(
            "INSERT INTO erasure (case_id, reference, erased_at, rows, certificate) VALUES (?, ?, ?, ?, ?)",
            [case_id, reference, now(), rows, certificate],
        )
        db.execute("DELETE FROM change WHERE chain = ?", [case_id])
    return rows


def reapply(db: OfficerFile, made: Iterable[Erasure], now: Callable[[], str]) -> tuple[str, ...]:
    """Erase again what was erased from a later state of the file; the references of the cases that had come back.

    A number of a case is never given twice, so number and reference together say that it is the same one.
    """
    again = []
    for erasure in made:
        known = _references(db, erasure.case_id)
        if erasure.reference in known and erasure.case_id not in {e.case_id for e in erasures(db)}:
            erase(db, erasure.case_id, erasure.reference, "", now)
            again.append(erasure.reference)
    if again:
        scrub(db)
    return tuple(again)


def scrub(db: Database) -> None:
    """Rebuild the file without a free page, outside any transaction."""
    db.execute("VACUUM")


def _references(db: Database, case_id: int) -> set[str]:
    """The reference of a case, in the file or taken back and only in the history."""
    past = (
        "SELECT json_extract(after, '$.reference') FROM change "
        "WHERE chain = ? AND place = 'case_file' AND action = 'insert'"
    )
    found = db.execute(f"SELECT reference FROM case_file WHERE id = ? UNION {past}", [case_id, case_id])
    return {row[0] for row in found}


def _count(db: Database, case_id: int) -> int:
    """The rows of a case, those below its sessions too."""
    total = 0
    for table in LOGGED:
        columns = {column.name for column in db.table(table).columns}
        if table == "case_file":
            where = "id = ?"
        elif table == "erasure":
            continue
        elif "case_id" in columns:
            where = "case_id = ?"
        elif "session_id" in columns:
            where = "session_id IN (SELECT id FROM session WHERE case_id = ?)"
        else:
            continue
        total += db.execute(f"SELECT count(*) FROM {table} WHERE {where}", [case_id]).fetchone()[0]
    return total
