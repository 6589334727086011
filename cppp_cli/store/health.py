"""What can be observed inside the officer's file, also in a state in which no other command opens it.

Nothing here changes the file; what SQLite itself does when it opens one, such as taking back a change that a killed
program left half-written, has been done by then. What an observation means is said in ``checks/file_health.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from cppp_cli.programme.sessions import KINDS
from cppp_cli.store import erasing, history, triggers
from cppp_cli.store.confirming import POINTS
from cppp_cli.store.file import OfficerFile
from cppp_cli.store.forms import NOTE
from cppp_cli.store.migrations import NAMES, STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.store.keys import Key

_PAGE: Final = re.compile(r"page (\d+)")
_PAST_CASES: Final = (
    "SELECT chain, json_extract(after, '$.reference') AS reference FROM change "
    "WHERE place = 'case_file' AND action = 'insert'"
)
_OVER: Final = "('completed', 'returned')"  # states of a case in which nothing more is typed


def open_as_it_is(path: Path, key: Key) -> OfficerFile:
    """Open the file for reading only, whatever its schema; raises what `encrypted.connect` does."""
    db = OfficerFile(path, key)
    db.execute("PRAGMA query_only = ON")
    return db


def pages(db: Database) -> tuple[int, int]:
    """How many pages are not as they were written; and how many lie behind the end that the file's header gives."""
    (count,) = db.execute("PRAGMA page_count").fetchone()
    told = [_PAGE.search(row[0]) for row in db.execute("PRAGMA cipher_integrity_check").fetchall()]
    behind = sum(bool(found and int(found[1]) > count) for found in told)
    return len(told) - behind, behind


def structure(db: Database) -> int:
    """In how many places tables, indexes and pages do not fit together; at most 100 are counted."""
    return sum(row != ("ok",) for row in db.execute("PRAGMA integrity_check").fetchall())


@dataclass(frozen=True)
class Schema:
    """Which steps of the schema the file has, and whether its tables are as those steps make them."""

    newer: bool
    """It has a step that this program does not know."""
    pending: bool
    """It lacks a step."""
    empty: bool
    """There is no table in it, or no officer and no case: it was begun and not finished."""
    wrong: tuple[str, ...]
    """Tables and indexes that are missing, changed or unknown; not looked at in a newer file."""


def schema(db: Database) -> Schema:
    """The file's schema, compared with one made anew from the steps it says it has."""
    applied = {step.name for step in STEPS.applied(db)}
    lacking = [step.name for step in STEPS.pending(db)]
    found = _shapes(db)
    if applied - NAMES or not found:
        return Schema(bool(applied - NAMES), bool(lacking), not found, ())
    # The same library that the file was opened with: the interpreter's own SQLite may be too old for the tables.
    model = Database(type(db.conn)(":memory:"), execute_plugins=False, strict=True)
    try:
        if applied:
            STEPS.apply(model, stop_before=lacking)
        wanted = _shapes(model)
    finally:
        model.close()
    names = found.keys() | wanted.keys()
    wrong = tuple(sorted(name for name in names if found.get(name) != wanted.get(name)))
    return Schema(newer=False, pending=bool(lacking), empty=not wrong and _nobodys(db), wrong=wrong)


def _nobodys(db: Database) -> bool:
    return db.execute("SELECT 1 FROM officer UNION ALL SELECT 1 FROM case_file LIMIT 1").fetchone() is None


def _shapes(db: Database) -> dict[str, str]:
    """Tables and indexes by name, as they were made; those that SQLite makes for itself are left out."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith("sqlite_")}


def guards(db: Database) -> tuple[int, int, int]:
    """How many triggers are missing, how many are not as they should be, how many are unknown."""
    wanted, found = triggers.expected(db), triggers.present(db)
    changed = sum(found[name] != wanted[name] for name in found.keys() & wanted.keys())
    return len(wanted.keys() - found.keys()), changed, len(found.keys() - wanted.keys())


def flaws(db: Database) -> tuple[tuple[str, str], ...]:
    """Where the history does not hold: a key of ``history.WHAT``, and a case's reference or nothing for the file."""
    db.execute("BEGIN")  # so that what another window saves meanwhile is not taken for a flaw
    try:
        found = history.verify(db)
        names = _references(db) if found else {}
    finally:
        db.conn.rollback()
    return tuple((flaw.what, names.get(flaw.chain, "")) for flaw in found)


def _references(db: Database) -> dict[int, str]:
    """Every case that is or was in the file, by its number."""
    now = "SELECT case_id, reference FROM erasure UNION SELECT id, reference FROM case_file"
    rows = db.execute(f"{_PAST_CASES} UNION {now}")
    return {number: reference for number, reference in rows if reference}


def left_of_erased(db: Database) -> tuple[tuple[str, int], ...]:
    """The references of erased cases of which something is still there, with the number of rows."""
    words = dict(db.execute("SELECT chain, count(*) FROM change GROUP BY chain").fetchall())
    found = [
        (each.reference, sum(erasing.rows_of(db, each.case_id).values()) + words.get(each.case_id, 0))
        for each in erasing.erasures(db)
    ]
    return tuple((reference, rows) for reference, rows in found if rows)


def rebuild_due(db: Database) -> str | None:
    """The reference of the case that was erased last, when the file was not rebuilt since; none when it was."""
    gone = erasing.erasures(db)
    return gone[-1].reference if gone and erasing.unfinished(db) else None


def references(db: Database) -> int:
    """How many rows refer to something that is not there, leaving out tables in which an erased case has rows."""
    of_erased = (erasing.rows_of(db, each.case_id) for each in erasing.erasures(db))
    left = {table for rows in of_erased for table, count in rows.items() if count}
    return sum(row[0] not in left for row in db.execute("PRAGMA foreign_key_check").fetchall())


def documents(db: Database) -> str:
    """The folder the officer chose for documents; empty when none was, or the officer's row is gone."""
    row = db.execute("SELECT documents FROM officer").fetchone()
    return str(row[0] or "") if row else ""


def cases(db: Database) -> int:
    """How many cases are in the file, drafts too."""
    return int(db.execute("SELECT count(*) FROM case_file").fetchone()[0])


def draft_sessions(db: Database) -> tuple[tuple[str, str, str], ...]:
    """Sessions begun and not finished: the case's reference, the session's name, when an answer was last given."""
    rows = db.execute(
        "SELECT reference, kind, side, session.changed_at FROM session JOIN case_file ON case_file.id = case_id "
        "WHERE session.state = 'draft' ORDER BY session.id"
    )
    names = {pair: name for name, pair in KINDS.items()}
    return tuple((reference, names.get((kind, side), "other"), at) for reference, kind, side, at in rows)


def draft_cases(db: Database) -> tuple[tuple[str, str], ...]:
    """Cases whose new-case was begun and not finished: reference, and when an answer was last given."""
    rows = db.execute("SELECT reference, changed_at FROM case_file WHERE state = 'draft' ORDER BY id")
    return tuple((reference, at) for reference, at in rows)


def loose_pictures(db: Database) -> tuple[tuple[str, int], ...]:
    """Pictures that no letter refers to: the case's reference, and how many."""
    rows = db.execute(
        "SELECT reference, count(*) FROM picture JOIN case_file ON case_file.id = case_id "
        "WHERE picture.id NOT IN (SELECT picture FROM letter WHERE picture IS NOT NULL) GROUP BY 1 ORDER BY 1"
    )
    return tuple((reference, int(count)) for reference, count in rows)


def half_notes(db: Database) -> tuple[str, ...]:
    """The cases with a safeguarding note that was begun and is not kept yet, by reference."""
    rows = db.execute(
        "SELECT reference FROM case_file WHERE id IN (SELECT case_id FROM form_answer WHERE form = :note "
        "UNION SELECT case_id FROM unfinished WHERE scope = :note) ORDER BY 1",
        {"note": NOTE},
    )
    return tuple(row[0] for row in rows)


def words_of_finished(db: Database) -> tuple[tuple[str, str], ...]:
    """Cases that are over and still hold words typed and never given: reference, and when the case last changed."""
    rows = db.execute(
        f"SELECT reference, changed_at FROM case_file WHERE state IN {_OVER} AND id IN ("
        "SELECT case_id FROM form_answer WHERE form <> :note UNION SELECT case_id FROM unfinished WHERE scope <> :note"
        ") ORDER BY 1",
        {"note": NOTE},
    )
    return tuple((reference, at) for reference, at in rows)


def live(db: Database) -> frozenset[str]:
    """The references of the cases in the file."""
    return frozenset(row[0] for row in db.execute("SELECT reference FROM case_file"))


def taken_back(db: Database) -> tuple[str, ...]:
    """The references of cases that were discarded or taken back, and live on in the history only."""
    # One that came back by import has another number; its reference now means the case that is there.
    there = live(db)
    return tuple(reference for reference in _gone(db, "delete") if reference not in there)


def lost_cases(db: Database) -> tuple[str, ...]:
    """The references of cases that the history knows to be in the file, and that are not: it must not look empty."""
    return _gone(db, "insert")


def _gone(db: Database, last: str) -> tuple[str, ...]:
    """The cases that are not in the file and were not erased, by what the history says happened last to their row."""
    # Beside max() SQLite takes the other columns from the row that has it.
    ends = "SELECT chain, action, max(id) FROM change WHERE place = 'case_file' AND action <> 'update' GROUP BY chain"
    rows = db.execute(
        f"SELECT DISTINCT reference FROM ({ends}) JOIN ({_PAST_CASES}) USING (chain) WHERE action = ? "
        "AND chain NOT IN (SELECT id FROM case_file) AND chain NOT IN (SELECT case_id FROM erasure) ORDER BY 1",
        [last],
    )
    return tuple(row[0] for row in rows)


def unconfirmed(db: Database) -> tuple[str, ...]:
    """The references of cases that came from another officer and are not confirmed with everybody yet."""
    missing = " OR ".join(f"{column} IS NULL" for column in POINTS)
    query = f"SELECT reference FROM handover JOIN case_file ON id = case_id WHERE {missing} ORDER BY 1"
    return tuple(row[0] for row in db.execute(query))


def closed(db: Database) -> tuple[tuple[str, str], ...]:
    """Closed cases that nothing holds against erasing: reference, and the day they are due to go."""
    rows = db.execute(
        "SELECT reference, due_on FROM closure JOIN case_file ON id = case_id "
        "WHERE case_id NOT IN (SELECT case_id FROM hold WHERE lifted_on IS NULL) ORDER BY 1"
    )
    return tuple((reference, due) for reference, due in rows)


def moments(db: Database) -> tuple[datetime, ...]:
    """When commands changed something, as the clock said then, in the order they did."""
    return tuple(datetime.fromisoformat(row[0]) for row in db.execute("SELECT at FROM unit ORDER BY id"))
