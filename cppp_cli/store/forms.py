"""Short forms that become one record at the end: a safeguarding note, a return to court.

Until then their answers are as durable as any other: on disk before the next question is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.store.sheets import MemorySheet, decode, encode, keep_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answer

NOTE = "safeguarding-note"
RETURN = "return-to-court"


class FormSheet(MemorySheet):
    """The answers of one form of one case, in memory and on disk alike."""

    def __init__(self, db: Database, case_id: int, form: str) -> None:
        """Open with what was answered before the form was left, if anything."""
        self._db = db
        self._row: dict[str, object] = {"case_id": case_id, "form": form}
        rows = db.query("SELECT path, value, gap FROM form_answer WHERE case_id = ? AND form = ?", [case_id, form])
        super().__init__({row["path"]: decode(row) for row in rows})
        words = db.query("SELECT path, words FROM unfinished WHERE case_id = ? AND scope = ?", [case_id, form])
        for row in words:
            super().keep_unfinished(row["path"], row["words"])

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer; on disk when this returns."""
        with self._db.atomic():
            row = {**self._row, "path": path, **encode(answer)}
            self._db.table("form_answer").upsert(row, pk=("case_id", "form", "path"))
        super().put(path, answer)

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers to questions that no longer apply."""
        leaving = tuple(paths)
        with self._db.atomic():
            for path in leaving:
                self._db.execute(
                    "DELETE FROM form_answer WHERE case_id = ? AND form = ? AND path = ?", [*self._row.values(), path]
                )
        super().drop(leaving)

    def keep_unfinished(self, path: str, typed: str) -> None:
        """Keep words not yet given as an answer; empty text forgets them."""
        keep_words(self._db, (*self._row.values(), path), typed)
        super().keep_unfinished(path, typed)

    def clear(self) -> None:
        """Forget the form, in the transaction that makes its record."""
        self._db.execute("DELETE FROM form_answer WHERE case_id = ? AND form = ?", [*self._row.values()])
        self._db.execute("DELETE FROM unfinished WHERE case_id = ? AND scope = ?", [*self._row.values()])
