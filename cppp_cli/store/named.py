"""Whom of a case the sessions and the plan name, so that nobody who is named leaves it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def spoken_of(db: Database, case_id: int) -> set[str]:
    """Everybody whom a session names, as ``children.2``; a discarded session too, since it stays in the file."""
    found: set[str] = set()
    for table in ("statement", "letter"):
        for row in db.query(f"SELECT child, wish, decision FROM {table} WHERE case_id = ?", [case_id]):
            found.add(f"children.{row['child']}")
            readers = json.loads(row["wish"] or "[]") + json.loads(row["decision"] or "[]")
            found |= {reader.replace("child-", "children.") for reader in readers}
    for row in db.query("SELECT children FROM topic WHERE case_id = ?", [case_id]):
        found |= {f"children.{number}" for number in json.loads(row["children"] or "[]")}
    said = "SELECT path, value FROM session_answer WHERE session_id IN (SELECT id FROM session WHERE case_id = ?)"
    for row in db.query(said, [case_id]):
        found.add(".".join(row["path"].split(".")[:2]))
        value = json.loads(row["value"] or "null")
        found |= set(value) if isinstance(value, list) else set()
    return found


# Every word of the plan with its item, the versions that were overtaken too, since they stay in the file; and of an
# item that was begun and left.
_WORDS_OF_THE_PLAN = """SELECT item, path, value FROM ledger_answer WHERE case_id = :case
    UNION ALL SELECT substr(form, 8), path, value FROM form_answer WHERE case_id = :case AND form LIKE 'ledger:%'"""


def planned_for(db: Database, case_id: int) -> set[str]:
    """The children whom the plan names, as ``children.2``: in an entry, a calendar or the terms of a school."""
    from cppp_cli.programme.nights.from_answers import BIRTHDAY

    rows = db.query("SELECT DISTINCT child FROM term_period WHERE case_id = ?", [case_id])
    numbers = {str(row["child"]) for row in rows}
    for row in db.query(_WORDS_OF_THE_PLAN, {"case": case_id}):
        of_one = row["item"].split(".")[2:]  # calendar.agreed.2
        value = json.loads(row["value"] or "null")
        if row["path"] == "children" and isinstance(value, list):
            of_one += value
        elif row["path"].endswith(".day") and str(value).startswith(BIRTHDAY):  # a special day of a calendar
            of_one.append(str(value).removeprefix(BIRTHDAY))
        numbers.update(of_one)
    return {f"children.{number}" for number in numbers - {"all"}}
