"""The cells of a row as a reader of a pack sees them: a label, and words. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme import pack_papers
from cppp_cli.programme.answers import Gap
from cppp_cli.programme.disclosure import TOLD
from cppp_cli.programme.ledger import AGREED_FOR

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from cppp_cli.programme.pack_marks import Row

# Columns that say where a row belongs or when and how it is kept, and nothing about anybody.
_OF_THE_FILE: Final = frozenset(
    {
        *("id", "case_id", "session_id", "number", "scope", "form", "gaps", "more", "chosen", "digest", "at"),
        *("token", "session_item", "data", "width", "height"),
        *("opened_at", "changed_at", "started_at", "finished_at", "made_at", "written_at", "frozen_at"),
        *("template", "template_digest", "program", "confidence_digest"),
    }
)
# Columns that the place of a row tells already.
_IN_PLACE: Final = {
    "relation": ("child", "adult"),
    "restriction": ("adult",),
    "screening": ("criterion",),
    "ledger_version": ("item",),
    "ledger_answer": ("item",),
    "term_period": ("child",),
    "parent_form": ("side",),
    **dict.fromkeys(("final", "correction", "release"), ("kind", "version")),
    "fact_check": ("kind", "version", "side"),
    "fact_request": ("fact_check",),
}
# Tables with one answer a row, under the path of its question.
_BY_PATH: Final = frozenset(
    {"session_answer", "report_answer", "form_answer", "unfinished", "amendment", "ledger_answer", "letter_answer"}
)
_WORDS: Final = "document_text"  # whose cells are whole documents
_OF_THE_DRAFT: Final = "begun_from"  # which versions of the plan a draft was begun from
# Columns that hold an answer by the path of their row, as JSON.
_ANSWERS: Final = frozenset({"value", "before", "after"})
_LISTS: Final = frozenset({"wish", "decision", "children", "said_yes", "told"})
_GROUPS: Final = {"adults": "adult", "children": "child", "others": "other"}


def cells(table: str, row: Row, only: Container[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """Column, label and words of every cell that says something; a gap says why there is nothing.

    Args:
        table: Of the row.
        row: Its cells.
        only: The columns to tell; all of them when not given.
    """
    if table == _WORDS:
        yield from (piece for piece in pack_papers.pieces(row) if only is None or piece[0] in only)
        return
    gaps = json.loads(row.get("gaps") or "{}")
    path = row["path"] if table in _BY_PATH else ""
    if path.endswith(".more") or path == _OF_THE_DRAFT:  # whether there is another item, which its words show
        return
    for column, value in row.items():
        if column in _OF_THE_FILE or (path and column == "path") or column in _IN_PLACE.get(table, ()):
            continue
        if (only is not None and column not in only) or _blank(column, value, gaps):
            continue
        if value is not None:
            if words := said(column, value, path):  # an empty list says nothing
                yield column, _label(path, column), words
        elif column in gaps:
            yield column, _label(path, column), f"({Gap(gaps[column]).label})"


def reference(told: str) -> str:
    """``adults.1`` as ``adult-1``; anything else as it is."""
    group, dot, number = told.partition(".")
    return f"{_GROUPS[group]}-{number}" if dot and group in _GROUPS and number.isdigit() else told


def spaced(name: str) -> str:
    """The name of a column, a path or a criterion as words."""
    return name.replace("_", " ").replace(".", " ")


def said(column: str, value: object, path: str = "") -> str:
    """A value as people read it: people by reference, lists with commas, an answer as what it says."""
    match column:
        case "picture":
            return "kept in the officer's file, and not in this pack"
        case "child" | "adult":
            return f"{column}-{value}"
        case "gap":
            return f"({Gap(str(value)).label})"
    kept = _unpacked(str(value)) if column in _LISTS or (path and column in _ANSWERS) else value
    if isinstance(kept, dict):  # as an amendment keeps it
        kept = kept["value"] if kept.get("gap") is None else f"({Gap(kept['gap']).label})"
    if isinstance(kept, list):
        of = path.rpartition(".")[2] if path else column
        return ", ".join(_one(of, str(entry)) for entry in kept)
    return reference(str(kept))


def _one(column: str, entry: str) -> str:
    if column == "wishes":
        session, _, number = entry.partition(".")
        return f"statement {number} of session {session}"
    if column == "told":
        return TOLD.get(entry, entry)
    if column not in {"children", AGREED_FOR}:
        return reference(entry)
    return f"child-{entry}" if entry.isdigit() else entry


def _blank(column: str, value: object, gaps: Mapping[str, str]) -> bool:
    """Whether nothing was answered, which says nothing of anybody; why somebody did not answer does."""
    return value == Gap.BLANK if column == "gap" else value is None and gaps.get(column) == Gap.BLANK


def _label(path: str, column: str) -> str:
    """What a cell answers: the question of its path, or the column."""
    if not path:
        return spaced(column)
    if path == AGREED_FOR:
        return "agreed for these children"
    return spaced(path) if column in {"value", "gap", "words"} else f"{spaced(path)}, {spaced(column)}"


def _unpacked(text: str) -> Any:  # noqa: ANN401 - whatever an answer is
    try:
        return json.loads(text)
    except ValueError:
        return text
