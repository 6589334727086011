"""What kind of thing the columns of a case hold, for rows that cppp did not write here: dates, moments, histories."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme.disclosure import CATEGORIES, TOLD
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.store.finals import digest_of, is_plain
from cppp_cli.store.records import DRAFT, FINAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cppp_cli.store.whole_case import Rows

DATES: Final = frozenset(
    {
        *("order_date", "hearing_on", "report_due", "day_zero", "returned_on", "consent_on", "born", "ends_on"),
        *("consulted_on", "on_date", "held_on", "wish_on", "decision_on"),
        *("closed_on", "record_confirmed_on", "due_on", "since", "lifted_on"),
        *("said_on", "first_day", "last_day"),
        *("told_on", "child_told_on", "decided_on", "reviewed_on", "answered_on"),
    }
)
MOMENTS: Final = frozenset(
    {
        *("opened_at", "changed_at", "started_at", "finished_at", "added_at", "written_at", "made_at", "ended_at"),
        *("at", "read_at", "frozen_at"),
    }
)
# Answers that have no column and are dates, by the end of their path; not every name that ends so is one.
_DATES_BY_PATH: Final = DATES | {
    *("review_on", "on", "consent_a_on", "consent_b_on", "safety_on"),
    *("until_on", "yes_a_on", "yes_b_on", "confirmed_a_on", "confirmed_b_on", "starts_on", "first", "last"),
    *("shared_on", "original_on", "given_on", "written_on"),
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
    _prove_finals(rows)


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
    if table in _PROOFS and not _PROOFS[table](row):
        raise ValueError(f"a row of {table}")
    if "item" in row and not _ITEM_OF_THE_PLAN.fullmatch(row["item"]):
        raise ValueError("an item of the plan")
    if "path" in row and table != "event" and row["path"].rpartition(".")[2] in _DATES_BY_PATH:
        _prove_answers(row)


def _names(kept: str) -> set[str]:
    """A list of words that is kept as JSON."""
    found = json.loads(kept)
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise TypeError("a list of words")
    return set(found)


def _is_change(row: Mapping[str, Any]) -> bool:
    told = (row["row"], row["before"], row["after"])
    return all(said is None or isinstance(json.loads(said), dict) for said in told)


_PROOFS: Final[Mapping[str, Callable[[Mapping[str, Any]], bool]]] = {
    "screening": lambda row: row["criterion"] in CRITERIA,
    "earlier_change": _is_change,
    "disclosure": lambda row: row["category"] in CATEGORIES and _names(row["told"]) <= TOLD.keys(),
    "correction": lambda row: _names(row["told"]) >= set(),
    "final_file": lambda row: is_plain(row["name"]),
}


def _prove_answers(row: Mapping[str, Any]) -> None:
    for name in _ANSWERS & row.keys():
        kept = json.loads(row[name] or "null")
        said = kept["value"] if isinstance(kept, dict) else kept  # as an amendment keeps it
        if said is not None:
            _day(said)


def _prove_finals(rows: Rows) -> None:
    """A final is registered as one, has its words, and they are those it was frozen with."""

    def keyed(table: str) -> dict[tuple[str, int], Mapping[str, Any]]:
        return {(row["kind"], row["version"]): row for row in rows.get(table, ())}

    registered, words, finals = keyed("document"), keyed("document_text"), keyed("final")
    if any(row["status"] != (FINAL if key in finals else DRAFT) for key, row in registered.items()):
        raise ValueError("the status of a document")
    if words.keys() - registered.keys():
        raise ValueError("words of no document")
    for key in finals:
        json.loads(words[key]["data"])
        if digest_of(words[key]["markdown"]) != registered[key]["digest"]:
            raise ValueError("the words of a final")


def _day(said: str) -> None:
    """Refuse a day in any other form than the one by which days are put in order."""
    if date.fromisoformat(said).isoformat() != said:
        raise ValueError("a date")
