"""Schema 3: the ledger of the parenting plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_M003 = (
    # The ledger: one change of one entry, or of one side's calendar. `item` is such as `entry.3` or `calendar.agreed`.
    """CREATE TABLE ledger_version (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        item TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
        source TEXT NOT NULL CHECK (source IN ('session', 'desk', 'form')),
        session_id INTEGER, session_item INTEGER,  -- the topic of the session it was said in
        said_on TEXT, made_at TEXT NOT NULL,
        PRIMARY KEY (case_id, item, number),
        FOREIGN KEY (case_id, session_id) REFERENCES session (case_id, id) ON DELETE CASCADE,
        CHECK ((source = 'session') = (session_id IS NOT NULL))
    ) STRICT, WITHOUT ROWID""",
    # What the version changed, by path. Neither value nor gap: it was taken out.
    """CREATE TABLE ledger_answer (
        case_id INTEGER NOT NULL, item TEXT NOT NULL, number INTEGER NOT NULL,
        path TEXT NOT NULL, value TEXT, gap TEXT,  -- value is JSON
        PRIMARY KEY (case_id, item, number, path), CHECK (value IS NULL OR gap IS NULL),
        FOREIGN KEY (case_id, item, number) REFERENCES ledger_version (case_id, item, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # The terms and holidays of a child's school.
    """CREATE TABLE term_period (
        case_id INTEGER NOT NULL, child INTEGER NOT NULL, number INTEGER NOT NULL,
        first_day TEXT NOT NULL, last_day TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('term', 'holiday', 'inset')), name TEXT NOT NULL,
        PRIMARY KEY (case_id, child, number), CHECK (first_day <= last_day),
        FOREIGN KEY (case_id, child) REFERENCES child (case_id, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # A form made for one parent to fill in at home. The token ties what comes back to this case and side.
    """CREATE TABLE parent_form (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        side TEXT NOT NULL CHECK (side IN ('A', 'B')), token TEXT NOT NULL UNIQUE,
        children TEXT NOT NULL DEFAULT '[]', safe TEXT NOT NULL, made_at TEXT NOT NULL, read_at TEXT
    ) STRICT""",
    "ALTER TABLE topic ADD COLUMN entry TEXT",  # the entry of the ledger it changes; "new" for a new one
    "ALTER TABLE topic ADD COLUMN said_yes TEXT",  # the sides, as a JSON list
)


def m003_ledger(db: Database) -> None:
    """The ledger, the calendars, the terms of schools, and the forms given to parents."""
    for statement in _M003:
        db.execute(statement)
    for (case_id,) in db.execute("SELECT id FROM case_file ORDER BY id").fetchall():
        begin_ledger(db, case_id)


_TOPICS_SAID = """SELECT topic.*, session.held_on, session.finished_at FROM topic JOIN session
    ON session.id = session_id
    WHERE topic.case_id = ? AND topic.topic IS NOT NULL AND topic.state IS NOT NULL
    AND session.state = 'finished' AND session.outcome IN ('held', 'stopped')
    ORDER BY coalesce(held_on, ''), session_id, topic.number"""


def begin_ledger(db: Database, case_id: int) -> None:
    """What the sessions of a case from before this schema tell of becomes the first version of an entry each.

    Where a later session spoke of the same topic and children, what an earlier one said was no longer printed; so
    only the last one's is begun with. The sessions keep it all.
    """
    standing: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for row in db.query(_TOPICS_SAID, [case_id]):
        key = (row["topic"], row["topic_other"], row["children"])
        if key in standing and standing[key][0]["session_id"] != row["session_id"]:
            del standing[key]
        standing.setdefault(key, []).append(row)
    for number, row in enumerate((row for rows in standing.values() for row in rows), 1):
        version = [case_id, f"entry.{number}", row["session_id"], row["number"], row["held_on"], row["finished_at"]]
        db.execute("INSERT INTO ledger_version VALUES (?, ?, 1, 'session', ?, ?, ?, ?)", version)
        for path, value in (_first_answers(row) | _agreed_for(db, row)).items():
            answer = [case_id, f"entry.{number}", path, json.dumps(value, ensure_ascii=False)]
            db.execute("INSERT INTO ledger_answer (case_id, item, number, path, value) VALUES (?, ?, 1, ?, ?)", answer)


def _agreed_for(db: Database, row: dict[str, object]) -> dict[str, object]:
    """What was agreed for all the children was agreed for those there are: another may come later."""
    if not str(row["state"]).startswith("agreed") or json.loads(str(row["children"] or '["all"]')) != ["all"]:
        return {}
    numbers = "SELECT number FROM child WHERE case_id = ? ORDER BY number"
    return {"agreed_for": [str(number) for (number,) in db.execute(numbers, [row["case_id"]]).fetchall()]}


def _first_answers(row: dict[str, object]) -> dict[str, object]:
    """A topic as schema 2 kept it, in the paths of the ledger. Both sides were asked, so both said yes."""
    agreed = str(row["state"]).startswith("agreed")
    found = {name: row[name] for name in ("topic", "topic_other", "state", "wording", "court_asked")}
    found["children"] = json.loads(str(row["children"] or '["all"]'))
    for side in ("a", "b"):
        found[f"asked_{side}"] = row[f"position_{side}"]
        found[f"court_{side}_as"] = "as_asked" if row[f"position_{side}"] else None
        found[f"yes_{side}_on"] = row["held_on"] if agreed else None
    return {path: value for path, value in found.items() if value is not None}
