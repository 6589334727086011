"""Answers in the officer's file: each has a column of its own, or a row by path, and is on disk when kept.

A path such as ``children.2.born`` is the column ``born`` of child 2. Which group of items is which table
is said once, in ``CASE`` and ``SESSION``; a path no table takes is kept whole in the sheet's overflow.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cppp_cli.errors import ConflictError
from cppp_cli.programme.answers import Answer, Gap, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database


@dataclass(frozen=True)
class Table:
    """A table and the columns that number its items, after the owner's own key."""

    name: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Where a sheet's answers live: ``groups`` by chain of group names; ``overflow`` for the rest."""

    owner: Table  # its keys hold the one column that identifies the owner
    groups: Mapping[tuple[str, ...], Table]
    overflow: Table | None


CASE = Layout(
    Table("case_file", ("id",)),
    {
        ("questions",): Table("court_question", ("number",)),
        ("adults",): Table("adult", ("number",)),
        ("children",): Table("child", ("number",)),
        ("children", "adults"): Table("relation", ("child", "adult")),
        ("others",): Table("other_person", ("number",)),
        ("adults", "restrictions"): Table("restriction", ("adult", "number")),
        ("screening",): Table("screening", ("criterion",)),
    },
    None,
)
SESSION = Layout(
    Table("session", ("id",)),
    {
        ("statements",): Table("statement", ("number",)),
        ("letters",): Table("letter", ("number",)),
        ("topics",): Table("topic", ("number",)),
    },
    Table("session_answer", ("session_id",)),
)
REPORT = Layout(Table("case_file", ("id",)), {}, Table("report_answer", ("case_id",)))

# Columns of the owning tables that answers may fill; the rest of the row is the program's.
OWNER_COLUMNS = {
    "case_file": frozenset(
        [
            "case_number",
            "court",
            "judge",
            "route",
            "route_other",
            "order_date",
            "hearing_on",
            "hearing_kind",
            "report_due",
            "guardian",
            "child_solicitor",
            "local_authority",
            "has_others",
            "arrangement_now",
            "order_now",
            "day_zero",
        ]
    ),
    "session": frozenset(["outcome", "outcome_reason", "held_on", "starts_at", "ends_at", "mode", "place"]),
}
_HALVES = re.compile("[\ud800-\udfff]")
_LISTS = frozenset({"wish", "decision", "children", "said_yes"})  # columns that hold JSON lists
_NUMBERS = frozenset({"child", "picture"})  # columns that hold references to numbered rows


class RowSheet:
    """The answers of one case, session or report, kept in its rows."""

    takes_answers_while = "draft"  # the state of a session whose answers may be written

    def __init__(self, db: Database, layout: Layout, owner: int, *, case_id: int, now: Callable[[], str]) -> None:
        """Open the sheet of one owner. ``now`` gives the ISO time a change is marked with."""
        self._db = db
        self._layout = layout
        self._owner = owner
        self._case_id = case_id
        self._now = now
        self._scope = f"{layout.overflow.name if layout.overflow else layout.owner.name}:{owner}"

    def answers(self) -> dict[str, Answer]:
        """Every answer so far, by path."""
        found = dict(self._owner_answers())
        for chain, table in self._layout.groups.items():
            for row in self._db.query(f"SELECT * FROM {table.name} WHERE {self._owned_by()} = ?", [self._owner]):
                items = [str(row[key]) for key in table.keys]
                prefix = "".join(f"{group}.{item}." for group, item in zip(chain, items, strict=True))
                found.update(_from_row(row, prefix, {"case_id", "session_id", *table.keys}))
        if self._layout.overflow:
            table = self._layout.overflow
            for row in self._db.query(
                f"SELECT path, value, gap FROM {table.name} WHERE {table.keys[0]} = ?", [self._owner]
            ):
                found[row["path"]] = decode(row)
        return found

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer; on disk when this returns.

        Raises:
            ConflictError: what it belongs to was discarded or finished in another window.
        """
        with self._db.atomic():
            self._refuse_if_gone()
            self._write(path, answer)
            self._touch()

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers to questions that no longer apply, and items that are empty after it; none is no change."""
        leaving = tuple(paths)
        if not leaving:
            return
        with self._db.atomic():
            self._refuse_if_gone()
            for path in leaving:
                self._erase(path)
            self._touch()

    def unfinished(self, path: str) -> str:
        """Words typed and not yet given as the answer to ``path``."""
        key = (self._case_id, self._scope, path)
        for row in self._db.query("SELECT words FROM unfinished WHERE case_id = ? AND scope = ? AND path = ?", key):
            return str(row["words"])
        return ""

    def keep_unfinished(self, path: str, typed: str) -> None:
        """Keep such words; empty text forgets them."""
        keep_words(self._db, (self._case_id, self._scope, path), typed)

    def _refuse_if_gone(self) -> None:
        """Nothing is written into a case that is gone, or a session another window discarded or finished."""
        table = self._layout.owner.name
        column = "state" if table == "session" else "id"
        row = self._db.execute(f"SELECT {column} FROM {table} WHERE id = ?", [self._owner]).fetchone()
        if row is None or (table == "session" and row[0] != self.takes_answers_while):
            raise ConflictError(
                "This was discarded or finished in another window meanwhile, so the last answer was not saved. "
                "Copy from the screen what you need, and start the command again."
            )

    # ------------------------------------------------------------------ where a path lives

    def _owned_by(self) -> str:
        return "case_id" if self._layout.owner.name == "case_file" else "session_id"

    def _place(self, path: str) -> tuple[Table, dict[str, object], str] | None:
        """The table, the key of the row and the column of a path; None when it goes to the overflow."""
        *outer, column = path.split(".")
        chain, items = tuple(outer[::2]), outer[1::2]
        if not chain:
            if column in OWNER_COLUMNS.get(self._layout.owner.name, ()) and self._layout is not REPORT:
                return self._layout.owner, {"id": self._owner}, column
            return None
        table = self._layout.groups.get(chain)
        if table is None:
            return None
        key: dict[str, object] = {self._owned_by(): self._owner}
        for name, item in zip(table.keys, items, strict=True):
            key[name] = int(item) if item.isdigit() else item
        return table, key, column

    def _owner_answers(self) -> Iterator[tuple[str, Answer]]:
        columns = OWNER_COLUMNS[self._layout.owner.name]
        if self._layout is REPORT:
            return
        for row in self._db.query(f"SELECT * FROM {self._layout.owner.name} WHERE id = ?", [self._owner]):
            yield from _from_row(row, "", set(row) - columns - {"gaps"})

    # ------------------------------------------------------------------ writing

    def _write(self, path: str, answer: Answer) -> None:
        place = self._place(path)
        if place is None:
            self._write_overflow(path, answer)
            return
        table, key, column = place
        if table is not self._layout.owner:
            self._ensure_row(table, key)
        where = " AND ".join(f"{name} = ?" for name in key)
        gap = {column: answer.gap.value} if answer.gap else {}
        self._db.execute(
            f"UPDATE {table.name} SET {column} = ?, "
            f"gaps = json_patch(json_remove(gaps, '$.{column}'), ?) WHERE {where}",
            [_encode(column, answer.value), json.dumps(gap), *key.values()],
        )

    def _ensure_row(self, table: Table, key: dict[str, object]) -> None:
        row = dict(key)
        if table.name in {"statement", "letter", "topic"}:
            row["case_id"] = self._case_id
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        self._db.execute(f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})", list(row.values()))

    def _write_overflow(self, path: str, answer: Answer) -> None:
        table = self._layout.overflow
        if table is None:
            message = f"no column keeps {path}"
            raise KeyError(message)
        self._db.table(table.name).upsert(
            {table.keys[0]: self._owner, "path": path, **encode(answer)},
            pk=(table.keys[0], "path"),
        )

    def _erase(self, path: str) -> None:
        place = self._place(path)
        if place is None:
            table = self._layout.overflow
            if table:
                self._db.execute(
                    f"DELETE FROM {table.name} WHERE {table.keys[0]} = ? AND path = ?", [self._owner, path]
                )
            return
        table, key, column = place
        where = " AND ".join(f"{name} = ?" for name in key)
        self._db.execute(
            f"UPDATE {table.name} SET {column} = NULL, gaps = json_remove(gaps, '$.{column}') WHERE {where}",
            list(key.values()),
        )
        if table is not self._layout.owner:
            self._drop_if_empty(table, key, where)

    def _drop_if_empty(self, table: Table, key: dict[str, object], where: str) -> None:
        for row in list(self._db.query(f"SELECT * FROM {table.name} WHERE {where}", list(key.values()))):
            if not dict(_from_row(row, "", {"case_id", "session_id", *table.keys})):
                self._db.execute(f"DELETE FROM {table.name} WHERE {where}", list(key.values()))
                if table.name == "letter":  # its number may be given again, and what became of it was of this one
                    self._db.execute(f"DELETE FROM letter_answer WHERE {where}", list(key.values()))

    def _touch(self) -> None:
        self._db.execute("UPDATE case_file SET changed_at = ? WHERE id = ?", [self._now(), self._case_id])
        if self._layout.owner.name == "session":
            self._db.execute("UPDATE session SET changed_at = ? WHERE id = ?", [self._now(), self._owner])


def _encode(column: str, value: Value | None) -> object:
    if isinstance(value, tuple):
        return json.dumps(value)
    if column in _NUMBERS and value is not None:
        return int(value)
    return storable(value) if isinstance(value, str) else value


def storable(text: str) -> str:
    """Text without halves of characters: a console that is not UTF-8 hands them over, and no file can hold them."""
    return _HALVES.sub("\ufffd", text)


def _from_row(row: Mapping[str, object], prefix: str, not_answers: set[str]) -> Iterator[tuple[str, Answer]]:
    gaps = json.loads(str(row["gaps"]))
    for column, stored in row.items():
        if column == "gaps" or column in not_answers:
            continue
        if stored is not None:
            yield prefix + column, Answer(decode_column(column, stored))
        elif column in gaps:
            yield prefix + column, Answer(gap=Gap(gaps[column]))


def decode_column(column: str, stored: object) -> Value:
    """What a column keeps, as the value of an answer."""
    if column in _LISTS:
        return tuple(json.loads(str(stored)))
    if column == "child":
        return str(stored)
    return stored if isinstance(stored, int) else str(stored)


def encode(answer: Answer) -> dict[str, str | None]:
    """An answer as the two columns ``value`` (JSON) and ``gap``, of which one is filled."""
    value = None if answer.value is None else storable(json.dumps(answer.value, ensure_ascii=False))
    return {"value": value, "gap": answer.gap.value if answer.gap else None}


def decode(row: Mapping[str, object]) -> Answer:
    """The answer of those two columns."""
    if row["gap"] is not None:
        return Answer(gap=Gap(str(row["gap"])))
    value = json.loads(str(row["value"]))
    return Answer(tuple(value) if isinstance(value, list) else value)


def keep_words(db: Database, key: Sequence[object], typed: str) -> None:
    """Keep words not yet given as an answer, by case, scope and path; empty text forgets them."""
    with db.atomic():
        if typed:
            db.execute("INSERT OR REPLACE INTO unfinished VALUES (?, ?, ?, ?)", [*key, storable(typed)])
        else:
            db.execute("DELETE FROM unfinished WHERE case_id = ? AND scope = ? AND path = ?", [*key])


class MemorySheet:
    """Answers kept in memory, for trying a file out and for forms that become one row at the end."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        """Start from some answers, or none."""
        self._answers = dict(answers or {})
        self._unfinished: dict[str, str] = {}

    def answers(self) -> dict[str, Answer]:
        """Every answer so far, by path."""
        return dict(self._answers)

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer."""
        self._answers[path] = answer

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers."""
        for path in paths:
            self._answers.pop(path, None)

    def unfinished(self, path: str) -> str:
        """Words typed and not yet given."""
        return self._unfinished.get(path, "")

    def keep_unfinished(self, path: str, typed: str) -> None:
        """Keep such words."""
        self._unfinished[path] = typed
