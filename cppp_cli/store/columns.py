"""What kind of thing the columns of a case hold, for rows that cppp did not write here: dates, moments, histories."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme.screening import CRITERIA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.store.whole_case import Rows

DATES: Final = frozenset(
    {
        *("order_date", "hearing_on", "report_due", "day_zero", "returned_on", "consent_on", "born", "ends_on"),
        *("consulted_on", "on_date", "held_on", "wish_on", "decision_on"),
        *("closed_on", "record_confirmed_on", "due_on", "since", "lifted_on"),
        *("said_on", "first_day", "last_day"),
    }
)
MOMENTS: Final = frozenset(
    {
        *("opened_at", "changed_at", "started_at", "finished_at", "added_at", "written_at", "made_at", "ended_at"),
        *("at", "read_at"),
    }
)
# Answers that have no column and are dates, by the end of their path; not every name that ends so is one.
_DATES_BY_PATH: Final = DATES | {
    *("review_on", "on", "consent_a_on", "consent_b_on", "safety_on"),
    *("until_on", "yes_a_on", "yes_b_on", "confirmed_a_on", "confirmed_b_on", "starts_on", "first", "last"),
}
_ITEM_OF_THE_PLAN: Final = re.compile(r"entry\.[1-9]\d*|calendar\.(?:now|a|b|agreed)(?:\.[1-9]\d*)?")
_ANSWERS: Final = frozenset({"value", "before", "after"})  # of a row with a path, as JSON
_YEARS: Final = range(2, 9999)  # so that no time zone takes a moment out of the calendar


def prove(rows: Rows) -> None:
    """Let only rows pass that can be read wherever the file is.

    Raises:
        ValueError: a cell is not of the kind its column is.
        KeyError: a column is missing.
        TypeError: as ValueError.
    """
    for table, found in rows.items():
        for row in found:
            _prove_row(table, row)


def moment(said: str) -> datetime:
    """A moment with its offset; ValueError when it has none."""
    at = datetime.fromisoformat(said)
    if at.tzinfo is None or at.year not in _YEARS:
        raise ValueError("a moment")
    return at


def _prove_row(table: str, row: Mapping[str, Any]) -> None:
    for name, said in row.items():
        if said is not None and name in DATES:
            _day(said)
        elif said is not None and name in MOMENTS:
            moment(said)
    if table == "screening" and row["criterion"] not in CRITERIA:
        raise ValueError("a criterion")
    if "item" in row and not _ITEM_OF_THE_PLAN.fullmatch(row["item"]):
        raise ValueError("an item of the plan")
    if table == "earlier_change":
        for told in (row["row"], row["before"], row["after"]):
            if told is not None and not isinstance(json.loads(told), dict):
                raise ValueError("a change")
    elif "path" in row and table != "event" and row["path"].rpartition(".")[2] in _DATES_BY_PATH:
        _prove_answers(row)


def _prove_answers(row: Mapping[str, Any]) -> None:
    for name in _ANSWERS & row.keys():
        kept = json.loads(row[name] or "null")
        said = kept["value"] if isinstance(kept, dict) else kept  # as an amendment keeps it
        if said is not None:
            _day(said)


def _day(said: str) -> None:
    """Refuse a day in any other form than the one by which days are put in order."""
    if date.fromisoformat(said).isoformat() != said:
        raise ValueError("a date")
