"""What left the file or befell it: documents and exports written, copies brought elsewhere, restores, new keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database

DOCUMENT: Final = "document"  # a report, plan, timetable, letter or picture: `detail` says which
EXPORT: Final = "export"
PLAIN_EXPORT: Final = "plain export"
PACK: Final = "pack"  # for the organisation's information team
IMPORT: Final = "import"
COPIED: Final = "copied"  # a backup brought to another place
RESTORED: Final = "restored"
NEW_PASSPHRASE: Final = "passphrase changed"  # noqa: S105 - the name of an event
NEW_RECOVERY_KEY: Final = "recovery key renewed"
LEAVING: Final = frozenset({DOCUMENT, EXPORT, PLAIN_EXPORT, PACK})
"""What put words of a case outside the encrypted file."""


@dataclass(frozen=True)
class Event:
    """One of them. ``path`` is where it was written, empty when nothing was."""

    what: str
    case_id: int | None
    detail: str
    path: str
    digest: str
    at: str


def add(
    db: Database,
    what: str,
    now: Callable[[], str],
    *,
    case_id: int | None = None,
    detail: str = "",
    path: Path | None = None,
    digest: str = "",
) -> None:
    """Keep an event; the history tells it too."""
    with db.atomic():
        db.execute(
            "INSERT INTO event (case_id, what, detail, path, digest, at) VALUES (?, ?, ?, ?, ?, ?)",
            [case_id, what, detail or None, str(path.absolute()) if path else None, digest or None, now()],
        )


def left(db: Database, case_id: int, kind: str, path: Path, now: Callable[[], str]) -> None:
    """Keep that a document was written outside the file; one written again just as it was is told once."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = "SELECT 1 FROM event WHERE case_id = ? AND what = ? AND path = ? AND digest = ?"
    if not db.execute(known, [case_id, DOCUMENT, str(path.absolute()), digest]).fetchone():
        add(db, DOCUMENT, now, case_id=case_id, detail=kind, path=path, digest=digest)


def listed(db: Database, what: str | None = None) -> tuple[Event, ...]:
    """Every event, or those of one kind, oldest first."""
    where = "" if what is None else " WHERE what = ?"
    rows = db.query(f"SELECT * FROM event{where} ORDER BY id", [] if what is None else [what])
    return tuple(
        Event(r["what"], r["case_id"], r["detail"] or "", r["path"] or "", r["digest"] or "", r["at"]) for r in rows
    )
