"""A change of the history as answers by path: what stood there before, and what after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.store.sheets import CASE, OWNER_COLUMNS, REPORT, SESSION, decode, decode_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.store.history import Change
    from cppp_cli.store.sheets import Layout

BY_PATH = frozenset({"session_answer", "report_answer", "form_answer", "ledger_answer", "letter_answer"})
"""Tables that keep answers by path and not by column."""

_PREFIXES = {table.name: (chain, table.keys) for layout in (CASE, SESSION) for chain, table in layout.groups.items()}


def answers(change: Change) -> dict[str, tuple[Answer | None, Answer | None]]:
    """Each answer the change gave, altered or removed, by path: before and after, None where there was none.

    Empty for a table that keeps no answers, and for columns that only the program fills.
    """
    before, after = _answers(change, change.before), _answers(change, change.after)
    pairs = {path: (before.get(path), after.get(path)) for path in [*before, *after]}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def keeps_answers(place: str) -> bool:
    """Whether a table keeps answers, or something that is told as a row."""
    return place in BY_PATH or place in _PREFIXES or place in OWNER_COLUMNS


def _answers(change: Change, cells: Mapping[str, Any]) -> dict[str, Answer]:
    if change.place in BY_PATH:
        row = {"value": None, "gap": None, **cells}
        empty = row["value"] is None and row["gap"] is None
        return {} if empty else {str(change.row["path"]): decode(row)}
    prefix, left_out = _where(change)
    found = {}
    for column, said in cells.items():
        if column == "gaps":
            gaps = {prefix + name: Answer(gap=Gap(kind)) for name, kind in json.loads(said).items()}
            found.update({path: answer for path, answer in gaps.items() if path not in found})
        elif said is not None and column not in left_out and _is_answer(change.place, column):
            found[prefix + column] = Answer(decode_column(column, said))
    return found


def _where(change: Change) -> tuple[str, frozenset[str]]:
    """The beginning of the row's paths, and the columns that are its key."""
    chain, keys = _PREFIXES.get(change.place, ((), ()))
    prefix = "".join(f"{group}.{change.row[key]}." for group, key in zip(chain, keys, strict=True))
    return prefix, frozenset({"case_id", "session_id", *keys})


def _is_answer(place: str, column: str) -> bool:
    return place in _PREFIXES or column in OWNER_COLUMNS.get(place, frozenset())


def layout_of(place: str) -> Layout | None:
    """Whose answers a table keeps: the case's, a session's or the report's; none for any other table."""
    if place == "case_file" or place in {table.name for table in CASE.groups.values()}:
        return CASE
    if place in {"session", "session_answer"} or place in {table.name for table in SESSION.groups.values()}:
        return SESSION
    return REPORT if place == "report_answer" else None
