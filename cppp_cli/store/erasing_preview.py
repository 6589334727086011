"""What erasing a case would take away, and where else words of it are: counted and listed, nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cppp_cli.store import events

if TYPE_CHECKING:
    from sqlite_utils import Database

_ITEMS: Final = "SELECT count(DISTINCT item) FROM ledger_version WHERE case_id = ?"
_OF_THE_WHOLE_FILE: Final = frozenset({events.COPIED, events.EXPORT, events.PLAIN_EXPORT, events.PACK})
"""Kinds of event that, where they name no case, may hold every case there was at that moment."""


@dataclass(frozen=True)
class Contents:
    """How much a case holds; all nought for one that only the history knows, but for ``changes``."""

    people: int
    sessions: int
    statements: int
    letters: int
    notes: int
    plan: int  # entries and calendars of the parenting plan
    forms: int  # given to parents
    documents: int
    finals: int  # those of them that are final, with their words and files
    decisions: int  # to pass something on without consent
    changes: int


def contents(db: Database, case_id: int) -> Contents:
    """Count a case."""

    def count(table: str, column: str = "case_id") -> int:
        return int(db.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", [case_id]).fetchone()[0])

    return Contents(
        people=count("adult") + count("child") + count("other_person"),
        sessions=count("session"),
        statements=count("statement"),
        letters=count("letter"),
        notes=count("safeguarding_note"),
        plan=int(db.execute(_ITEMS, [case_id]).fetchone()[0]),
        forms=count("parent_form"),
        documents=count("document"),
        finals=count("final"),
        decisions=count("disclosure"),
        changes=count("change", "chain"),
    )


def outside(db: Database, case_id: int) -> tuple[Path, ...]:
    """The files written for a case that still lie where they were written, each once, oldest first.

    They are asked of the history, which knows those of a case that was taken back too.
    """
    written = (
        "SELECT json_extract(after, '$.path') FROM change "
        "WHERE chain = ? AND place = 'event' AND action = 'insert' ORDER BY id"
    )
    paths = (Path(row[0]) for row in db.execute(written, [case_id]) if row[0])
    return tuple(path for path in dict.fromkeys(paths) if _is_there(path))


def brought_away(db: Database, case_id: int) -> tuple[str, ...]:
    """Where copies and exports of the whole file went since the case was opened, each place once, oldest first.

    They may lie on a stick that is not plugged in, so that they are not looked for.
    """
    opened = (
        "SELECT json_extract(after, '$.opened_at') FROM change "
        "WHERE chain = ? AND place = 'case_file' AND action = 'insert' ORDER BY id LIMIT 1"
    )
    since = datetime.fromisoformat(db.execute(opened, [case_id]).fetchone()[0])
    return tuple(
        dict.fromkeys(
            event.path
            for event in events.listed(db)
            if event.what in _OF_THE_WHOLE_FILE
            and event.case_id is None
            and event.path
            and datetime.fromisoformat(event.at) >= since
        )
    )


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a stick or a server that is away
        return False
