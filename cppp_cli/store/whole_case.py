"""One case as rows: all the file holds of it, table by table, and the same put into another file.

The numbers of cases, sessions, notes and pictures belong to one file. In another they are given anew, and all that
refers to them follows. People are numbered within their case, so that a reference to one stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
"""The rows of one case by table."""

TABLES: Final = (
    "case_file",
    "court_question",
    "adult",
    "child",
    "relation",
    "other_person",
    "restriction",
    "screening",
    "appointment",
    "session",
    "session_answer",
    "picture",
    "statement",
    "letter",
    "topic",
    "amendment",
    "report_answer",
    "safeguarding_note",
    "unfinished",
    "form_answer",
    "document",
    "event",
    "closure",
    "hold",
    "earlier_change",
    "ledger_version",
    "ledger_answer",
    "term_period",
    "parent_form",
    "disclosure",
    "letter_answer",
    "document_text",
    "final",
    "final_file",
    "release",
    "correction",
    "fact_check",
    "fact_request",
)
"""What makes a case, in an order in which no row refers to a later one."""

STAYS: Final = {
    "officer": "is the officer and no case",
    "handover": "says how the case came here; made anew where it goes, and told in the history",
    "erasure": "is of cases that are gone",
    "unit": "the history: see history_of",
    "change": "the history: see history_of",
    "link": "the chain of one file",
    "_sqlite_migrations": "the schema of one file",
    "sqlite_sequence": "the numbers of one file",
}
"""Every other table of the file, and why it is not taken along."""

# Columns that hold a number of a row, and of which table.
_REFERS: Final = {
    "case_id": "case_file",
    "session_id": "session",
    "picture": "picture",
    "note_id": "safeguarding_note",
}
# What half-typed words belong to is a table and the number of its owner (store/sheets.py), or a form of the case.
_SCOPES: Final = {"case_file": "case_file", "report_answer": "case_file", "session_answer": "session"}
_FORM_OF_THE_PLAN: Final = "ledger:"  # such a form is named by an item of the case, which keeps its name
_LETTER: Final = "letter_answer"  # such words belong to a letter, by session and number: store/letter_life.py
# What a release is about, where that has the number of a session or of a note: programme/confidences_of.py.
_OF_SESSIONS: Final = frozenset({"statement", "letter", "child", "answer"})
_PICTURE_PATH: Final = re.compile(r"letters\.\d+\.picture")


def gather(db: Database, case_id: int) -> dict[str, list[Row]]:
    """Every row of a case, in the order of its key."""
    return {table: rows_of(db, table, case_id) for table in TABLES}


def rows_of(db: Database, table: str, case_id: int) -> list[Row]:
    """The rows of one table that belong to a case."""
    columns = [column.name for column in db.table(table).columns]
    if table == "case_file":
        where = "id = ?"
    elif "case_id" in columns:
        where = "case_id = ?"
    else:
        where = "session_id IN (SELECT id FROM session WHERE case_id = ?)"
    order = ", ".join(db.table(table).pks)
    return list(db.query(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", [case_id]))


def history_of(db: Database, case_id: int, *, after: int = 0) -> list[Row]:
    """The history of a case in the form of ``earlier_change``, numbered from ``after`` + 1."""
    found = db.query(
        'SELECT unit.command, change.at, action, place, change."row", before, after, reason '
        "FROM change JOIN link USING (id) JOIN unit ON unit.id = link.unit WHERE change.chain = ? ORDER BY change.id",
        [case_id],
    )
    return [{"case_id": case_id, "number": number, **row} for number, row in enumerate(found, after + 1)]


def put_in(db: Database, rows: Rows, number: int | None = None) -> int:
    """Put a case into a file within the caller's transaction; its number there.

    Args:
        db: The file.
        rows: The case.
        number: That of the case it comes in the place of, so that both have one history, which goes when the case is
            erased; a new one when not given.

    Raises:
        KeyError: a row refers to one that is not among them.
    """
    given: dict[str, dict[int, int]] = {table: {} for table in _REFERS.values()}
    for table in TABLES:
        for row in rows.get(table, ()):
            cells = _renumbered(table, row, given)
            if table == "case_file" and number is not None:
                cells["id"] = number
            marks = ", ".join("?" for _ in cells)
            names = ", ".join(f'"{name}"' for name in cells)
            cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(cells.values()))
            if table in given:
                given[table][row["id"]] = int(cursor.lastrowid or 0)
    (case_id,) = given["case_file"].values()
    return case_id


def _renumbered(table: str, row: Mapping[str, Any], given: Mapping[str, Mapping[int, int]]) -> Row:
    """A row with the numbers of the file it goes to; its own is given by that file."""
    cells = {name: value for name, value in row.items() if name != "id"}
    for column, refers_to in _REFERS.items():
        if cells.get(column) is not None:
            cells[column] = given[refers_to][cells[column]]
    if table == "unfinished":
        cells["scope"] = _scope(cells["scope"], given)
    if row.get("path") == "wishes" and cells.get("value"):
        cells["value"] = _statements(cells["value"], given["session"])
    if table == "release":
        cells["confidence_ref"] = _confidence(cells["confidence_ref"], given)
    if table == "amendment" and _PICTURE_PATH.fullmatch(cells["path"]):
        cells |= {name: _picture(cells[name], given["picture"]) for name in ("before", "after")}
    return cells


def _scope(scope: str, given: Mapping[str, Mapping[int, int]]) -> str:
    if scope.startswith(_FORM_OF_THE_PLAN):
        return scope
    table, colon, number = scope.partition(":")
    if table == _LETTER:
        session, _, letter = number.partition(".")
        return f"{table}:{given['session'][int(session)]}.{int(letter)}"
    return f"{table}:{given[_SCOPES[table]][int(number)]}" if colon else scope


def _statements(kept: str, given: Mapping[int, int]) -> str:
    """The statements of children an entry of the plan refers to, as "session.number".

    One of a session that was taken back since is left out: here its number would be that of another.
    """
    parts = (str(found).partition(".") for found in json.loads(kept))
    return json.dumps([f"{given[int(session)]}.{int(number)}" for session, _, number in parts if int(session) in given])


def _confidence(ref: str, given: Mapping[str, Mapping[int, int]]) -> str:
    """What a release is about, under its number here; 0, which nothing has, where it was taken back since."""
    kind, _, rest = ref.partition(".")
    number, dot, item = rest.partition(".")
    if kind in _OF_SESSIONS:
        return f"{kind}.{given['session'].get(int(number), 0)}{dot}{item}"
    return f"{kind}.{given['safeguarding_note'].get(int(number), 0)}" if kind == "note" else ref


def _picture(kept: str | None, given: Mapping[int, int]) -> str | None:
    """An answer that is a picture's number, as the record of a change keeps it."""
    if kept is None:
        return None
    answer = json.loads(kept)
    return json.dumps({**answer, "value": given.get(answer["value"], answer["value"])}, ensure_ascii=False)
