"""A case erased: its rows, and the words of its history. What stays are digests that nobody can read back.

SQLite overwrites what it deletes (`secure_delete`), but a row that was moved to another page before may have left its
old bytes behind. So the file is rebuilt afterwards, and until that is done it says so itself, in its `user_version`.
Which tables hold something of a case is not written down here: it is asked of the file, so that none can be forgotten.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import ConflictError, DamagedFileError, NotFoundError
from cppp_cli.store import cases
from cppp_cli.store.copying import check
from cppp_cli.store.encrypted import told_plainly
from cppp_cli.store.replacing import journal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database

    from cppp_cli.store.file import OfficerFile

REASON: Final = "erased"

_REBUILD_DUE: Final = 1
"""In `user_version`, which is changed with the transaction that erases: the file is not rebuilt yet."""

_OF_THE_HISTORY: Final = frozenset({"erasure"})
"""Tables with the number of a case that stay when it is erased."""


@dataclass(frozen=True)
class Erasure:
    """A case that is gone: its number, its reference, when, how many rows left, and what was certified."""

    case_id: int
    reference: str
    erased_at: str
    rows: int = 0
    certificate: str = ""


@dataclass(frozen=True)
class Subject:
    """What is to be erased. Not ``present`` is a case that was taken back or discarded: only the history knows it."""

    case_id: int
    reference: str
    present: bool


@dataclass(frozen=True)
class Remains:
    """What stays of an erased case: the end of its chain and its length, to compare with; and how many rows left."""

    head: str
    links: int
    rows: int


def erasures(db: Database) -> tuple[Erasure, ...]:
    """Every case erased from this file, oldest first; none from a file older than the history."""
    if not db.table("erasure").exists():
        return ()
    rows = db.execute(
        "SELECT case_id, reference, erased_at, rows, certificate FROM erasure ORDER BY erased_at, case_id"
    )
    return tuple(Erasure(*row) for row in rows)


def certificate(db: Database, case_id: int) -> str:
    """What was certified when a case was erased; empty when it was erased again after a restore."""
    return str(db.execute("SELECT certificate FROM erasure WHERE case_id = ?", [case_id]).fetchone()[0])


def find(db: Database, name: str) -> Subject:
    """The case of that reference or number, in the file or, by its whole reference, only in the history.

    Raises:
        NotFoundError: there is none, or several fit.
    """
    try:
        case_id = cases.find(db, name, drafts_too=True)
    except NotFoundError:
        past = _past(db).get(name.strip().upper())
        if past is None:
            raise
        return Subject(past, name.strip().upper(), present=False)
    (reference,) = db.execute("SELECT reference FROM case_file WHERE id = ?", [case_id]).fetchone()
    return Subject(case_id, reference, present=True)


def known(db: Database, subject: Subject) -> bool:
    """Whether this file, of any schema, holds anything of that case, in its rows or in its history.

    A number is given once in a file, but a file brought back from an older copy gives it anew: so the reference counts
    as well.
    """
    if db.execute("SELECT 1 FROM case_file WHERE id = ? AND reference = ?", _pair(subject)).fetchone():
        return True
    return db.table("change").exists() and subject.reference in _references(db, subject.case_id)


def erase(
    db: OfficerFile,
    subject: Subject,
    certify: Callable[[Remains], str],
    now: Callable[[], str],
    *,
    reason: str = REASON,
) -> Remains:
    """Take one case out of this file, rows and history, and keep what is certified of it; what stays of it.

    The caller finishes it with `finish`, outside the transaction, and sees to the copies of the file. What is certified
    of the rebuilding is true from then on; until then `unfinished` says otherwise.

    Raises:
        RuntimeError: a table keeps rows of it, so a table was added that does not hang on the case. Nothing is erased.
    """
    case_id = subject.case_id
    with db.recorder.because(reason), db.atomic():
        sessions = _sessions(db, case_id)
        before = sum(rows_of(db, case_id, sessions).values())
        db.execute("DELETE FROM case_file WHERE id = ?", [case_id])
        _refuse_leftovers(db, case_id, sessions)
        remains = Remains(*_end_of_chain(db, case_id), before)
        db.execute(
            "INSERT INTO erasure (case_id, reference, erased_at, rows, certificate) VALUES (?, ?, ?, ?, ?)",
            [case_id, subject.reference, now(), before, certify(remains)],
        )
        db.execute("DELETE FROM change WHERE chain = ?", [case_id])
        db.execute(f"PRAGMA user_version = {_REBUILD_DUE}")
    return remains


def erase_plainly(db: Database, subject: Subject) -> None:
    """Take one case out of a copy that is older than the history, and so has no other words of it."""
    with db.atomic():
        sessions = _sessions(db, subject.case_id)
        db.execute("DELETE FROM case_file WHERE id = ? AND reference = ?", _pair(subject))
        _refuse_leftovers(db, subject.case_id, sessions)
        db.execute(f"PRAGMA user_version = {_REBUILD_DUE}")


def reapply(db: OfficerFile, made: Iterable[Erasure], now: Callable[[], str]) -> tuple[str, ...]:
    """Erase again what was erased from a later state of the file; the references of the cases that had come back."""
    again = []
    for erasure in made:
        subject = Subject(erasure.case_id, erasure.reference, present=True)
        if known(db, subject) and erasure.case_id not in {e.case_id for e in erasures(db)}:
            erase(db, subject, lambda _: "", now)
            again.append(erasure.reference)
    if again or unfinished(db):
        scrub(db)
    return tuple(again)


def remember(db: OfficerFile, made: Iterable[Erasure], given: int) -> None:
    """Keep in a file what it is too old to know: erasures of cases it never had, and which numbers were given.

    Args:
        db: The file.
        made: Every erasure known of.
        given: The highest number that a case is known to have had.
    """
    made = [*made]
    with db.atomic():
        for each in made:
            # One that has its number in this file is another case, and what tells of it has to stay.
            taken = (
                "SELECT :id IN "
                "(SELECT id FROM case_file UNION SELECT chain FROM change UNION SELECT case_id FROM erasure)"
            )
            if not db.execute(taken, {"id": each.case_id}).fetchone()[0]:
                db.execute(
                    "INSERT INTO erasure (case_id, reference, erased_at, rows, certificate) VALUES (?, ?, ?, ?, ?)",
                    [each.case_id, each.reference, each.erased_at, each.rows, each.certificate],
                )
        highest = max([given, *(each.case_id for each in made)])
        (last,) = db.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'case_file'").fetchone()
        if last is None and highest:
            db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('case_file', ?)", [highest])
        elif highest > (last or 0):
            db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'case_file'", [highest])


def unfinished(db: Database) -> bool:
    """Whether a case was erased and the file not rebuilt since, so that pages may hold what was moved from them."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] == _REBUILD_DUE)


def finish(db: OfficerFile) -> None:
    """Rebuild the file after erasing, if that is due, and look at the result.

    Raises:
        ConflictError: it cannot be rebuilt now; that it is due stays on file.
        DamagedFileError: the file is not whole.
    """
    if not unfinished(db):
        return
    try:
        scrub(db)
    except ConflictError:
        raise ConflictError(
            "The case is erased, but the file could not be rebuilt, so unused pages may still hold something of it. "
            "Close other windows of cppp, make room on the disk, and type the same command again."
        ) from None


def scrub(db: OfficerFile) -> None:
    """Rebuild the file without a free page, outside any transaction, and make sure of it.

    Raises:
        ConflictError: the file is in use, or the disk is full.
        DamagedFileError: the file is not whole.
    """
    with told_plainly():
        check(db.conn)  # a damaged page might be rebuilt as an empty one
        db.execute("VACUUM")
        check(db.conn)
        if db.execute("PRAGMA freelist_count").fetchone()[0] or journal_of(db.path).exists():
            raise DamagedFileError("The file was not rebuilt whole. Look at it with cppp doctor.")
        db.execute("PRAGMA user_version = 0")


def rows_of(db: Database, case_id: int, sessions: Iterable[int] = ()) -> dict[str, int]:
    """How many rows of a case each table of the file holds, asked of the tables themselves.

    Args:
        db: The file.
        case_id: The case.
        sessions: Its sessions, known from before they were deleted.
    """
    numbers = json.dumps([*sessions])
    found = {}
    for table in db.table_names():
        columns = {str(row[1]) for row in db.execute(f'PRAGMA table_info("{table}")')}
        if table == "case_file":
            where = "id = :case"
        elif table in _OF_THE_HISTORY or not columns & {"case_id", "session_id"}:
            continue
        elif "case_id" in columns:
            where = "case_id = :case"
        else:
            where = "session_id IN (SELECT value FROM json_each(:sessions))"
        given = {"case": case_id, "sessions": numbers}
        found[table] = db.execute(f'SELECT count(*) FROM "{table}" WHERE {where}', given).fetchone()[0]
    return found


def _sessions(db: Database, case_id: int) -> list[int]:
    return [row[0] for row in db.execute("SELECT id FROM session WHERE case_id = ?", [case_id])]


def _refuse_leftovers(db: Database, case_id: int, sessions: list[int]) -> None:
    left = [table for table, rows in rows_of(db, case_id, sessions).items() if rows]
    if left:
        raise RuntimeError(f"rows of an erased case stay in {', '.join(left)}")


def _end_of_chain(db: Database, case_id: int) -> tuple[str, int]:
    last = "SELECT lower(hex(head)), number FROM link WHERE chain = ? ORDER BY number DESC LIMIT 1"
    head, number = db.execute(last, [case_id]).fetchone() or ("", 0)
    return str(head), int(number)


def _past(db: Database) -> dict[str, int]:
    """The cases that were taken back or discarded, by reference: gone from the file, and not yet from its history."""
    opened = (
        "SELECT json_extract(after, '$.reference'), chain FROM change WHERE place = 'case_file' AND action = 'insert' "
        "AND chain NOT IN (SELECT id FROM case_file) ORDER BY chain DESC"
    )
    return {str(row[0]): int(row[1]) for row in db.execute(opened)}


def _references(db: Database, case_id: int) -> set[str]:
    """The references a case had when it was opened, in this file's history."""
    opened = (
        "SELECT json_extract(after, '$.reference') FROM change "
        "WHERE chain = ? AND place = 'case_file' AND action = 'insert'"
    )
    return {str(row[0]) for row in db.execute(opened, [case_id])}


def _pair(subject: Subject) -> list[object]:
    return [subject.case_id, subject.reference]
