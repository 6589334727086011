"""Schema 2: the history and its chain, what left the file, the end of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_M002 = (
    # One run of a command that changed something: the unit of the history, and of undo.
    """CREATE TABLE unit (
        id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE,
        command TEXT NOT NULL, at TEXT NOT NULL, undoes INTEGER REFERENCES unit
    ) STRICT""",
    "CREATE INDEX unit_by_undoes ON unit (undoes)",
    # What changed, in the words of the file. `chain` is a case, or 0 for what belongs to none. When a case is erased
    # its rows here go with it, salt and all, and what `link` keeps tells nothing.
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT, chain INTEGER NOT NULL, at TEXT NOT NULL,
        action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
        place TEXT NOT NULL, "row" TEXT NOT NULL, before TEXT, after TEXT, reason TEXT,
        salt BLOB NOT NULL DEFAULT (randomblob(16))
    ) STRICT""",
    "CREATE INDEX change_by_chain ON change (chain)",
    # The chain itself: each head is a digest of the one before it and of the digest of a change.
    """CREATE TABLE link (
        id INTEGER PRIMARY KEY, chain INTEGER NOT NULL, number INTEGER NOT NULL,
        unit INTEGER NOT NULL REFERENCES unit, digest BLOB NOT NULL, head BLOB NOT NULL,
        UNIQUE (chain, number)
    ) STRICT""",
    "CREATE INDEX link_by_unit ON link (unit)",
    # What left the file or befell it: a document or an export written, a copy brought to another place, a restore.
    """CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER REFERENCES case_file ON DELETE CASCADE,
        what TEXT NOT NULL, detail TEXT, path TEXT, digest TEXT, at TEXT NOT NULL
    ) STRICT""",
    # A case that was erased, without anything about anybody.
    """CREATE TABLE erasure (
        case_id INTEGER PRIMARY KEY, reference TEXT NOT NULL, erased_at TEXT NOT NULL,
        rows INTEGER NOT NULL, certificate TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE closure (
        case_id INTEGER PRIMARY KEY REFERENCES case_file ON DELETE CASCADE,
        closed_on TEXT NOT NULL, record_confirmed_on TEXT NOT NULL, due_on TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE hold (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('complaint', 'appeal', 'access_request')),
        since TEXT NOT NULL, lifted_on TEXT,
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    # A case that came from another officer, and when this one confirmed with everybody that it goes on.
    """CREATE TABLE handover (
        case_id INTEGER PRIMARY KEY REFERENCES case_file ON DELETE CASCADE,
        came_on TEXT NOT NULL, came_from TEXT NOT NULL,
        consent_a_on TEXT, consent_b_on TEXT, safety_on TEXT
    ) STRICT""",
    # The other officer's history of it, as it came.
    """CREATE TABLE earlier_change (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL,
        command TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, place TEXT NOT NULL, "row" TEXT NOT NULL,
        before TEXT, after TEXT, reason TEXT,
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    "ALTER TABLE officer ADD COLUMN keep_months TEXT",
)


def m002_history(db: Database) -> None:
    """The history and its chain, what left the file, the end of a case, and what comes from another officer."""
    for statement in _M002:
        db.execute(statement)
    # A number that is given again would make an undo take another family's row for its own.
    for table in ("appointment", "amendment", "safeguarding_note", "document"):
        _give_numbers_once(db, table)


def _give_numbers_once(db: Database, table: str) -> None:
    """Make a table anew with AUTOINCREMENT; its triggers are made anew after every migration."""
    (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
    indexes = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    of_it = [row[0] for row in db.execute(indexes, [table]).fetchall()]
    db.execute(f"ALTER TABLE {table} RENAME TO before_{table}")
    db.execute(made.replace("id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY AUTOINCREMENT", 1))
    db.execute(f"INSERT INTO {table} SELECT * FROM before_{table}")
    db.execute(f"DROP TABLE before_{table}")
    for index in of_it:
        db.execute(index)
