"""The life of a child's letter or drawing: with whom it was shared, how it was answered, what became of it.

What it is and says stands in its session, which is finished; what happens to it goes on afterwards. Number 0 is the
joint letter of the parents, which belongs to the joint session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.errors import ConflictError
from cppp_cli.store.sheets import decode, encode, keep_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answer, Answers

JOINT: Final = 0
"""The number of the joint letter."""
SCOPE: Final = "letter_answer"
"""What half-typed words of such a sheet are kept under; the session and the number follow."""


class LetterSheet:
    """The answers about one letter, each on disk when it is kept; read from disk, so that two windows agree."""

    def __init__(self, db: Database, case_id: int, session_id: int, number: int, now: Callable[[], str]) -> None:
        """Of which letter. ``now`` gives the ISO time the case is marked with."""
        self._db = db
        self._row: dict[str, object] = {"case_id": case_id, "session_id": session_id, "number": number}
        self._scope = (case_id, f"{SCOPE}:{session_id}.{number}")
        self._now = now

    def answers(self) -> dict[str, Answer]:
        """Every answer so far, by path."""
        query = "SELECT path, value, gap FROM letter_answer WHERE case_id = ? AND session_id = ? AND number = ?"
        return {row["path"]: decode(row) for row in self._db.query(query, [*self._row.values()])}

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer; on disk when this returns.

        Raises:
            ConflictError: the session it belongs to was discarded or taken back in another window.
        """
        with self._db.atomic():
            self._refuse_if_gone()
            pk = ("case_id", "session_id", "number", "path")
            self._db.table("letter_answer").upsert({**self._row, "path": path, **encode(answer)}, pk=pk)
            self._touch()

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers to questions that no longer apply; none is no change.

        Raises:
            ConflictError: the session it belongs to was discarded or taken back in another window.
        """
        leaving = tuple(paths)
        if not leaving:
            return
        where = "case_id = ? AND session_id = ? AND number = ? AND path = ?"
        with self._db.atomic():
            self._refuse_if_gone()
            for path in leaving:
                self._db.execute(f"DELETE FROM letter_answer WHERE {where}", [*self._row.values(), path])
            self._touch()

    def unfinished(self, path: str) -> str:
        """Words typed and not yet given as the answer to ``path``."""
        query = "SELECT words FROM unfinished WHERE case_id = ? AND scope = ? AND path = ?"
        found = self._db.execute(query, [*self._scope, path]).fetchone()
        return str(found[0]) if found else ""

    def keep_unfinished(self, path: str, typed: str) -> None:
        """Keep such words; empty text forgets them."""
        keep_words(self._db, (*self._scope, path), typed)

    def _refuse_if_gone(self) -> None:
        there = "SELECT 1 FROM session WHERE case_id = ? AND id = ? AND state <> 'discarded'"
        if self._db.execute(there, [self._row["case_id"], self._row["session_id"]]).fetchone() is None:
            raise ConflictError(
                "The session of this letter was discarded or taken back in another window meanwhile, so the last "
                "answer was not saved. Copy from the screen what you need, and start the command again."
            )

    def _touch(self) -> None:
        self._db.execute("UPDATE case_file SET changed_at = ? WHERE id = ?", [self._now(), self._row["case_id"]])


def sheet(db: Database, case_id: int, session_id: int, number: int, now: Callable[[], str]) -> LetterSheet:
    """The answers about one letter of a session."""
    return LetterSheet(db, case_id, session_id, number, now)


def lives(db: Database, case_id: int) -> dict[tuple[int, int], Answers]:
    """What is known of the letters of a case, by session and number, without sessions that were discarded."""
    rows = db.query(
        "SELECT letter_answer.* FROM letter_answer JOIN session ON session.id = session_id "
        "WHERE letter_answer.case_id = ? AND state <> 'discarded' ORDER BY session_id, number, path",
        [case_id],
    )
    found: dict[tuple[int, int], dict[str, Answer]] = {}
    for row in rows:
        found.setdefault((row["session_id"], row["number"]), {})[row["path"]] = decode(row)
    return dict(found)


def child_of(db: Database, session_id: int, group: str, number: int) -> int | None:
    """Whose words, letter or drawing it is, by the child's number; None where that is not on file.

    Args:
        db: The file.
        session_id: The session it was said or made in.
        group: ``statements`` or ``letters``.
        number: In that session.
    """
    table = {"statements": "statement", "letters": "letter"}[group]
    query = f"SELECT child FROM {table} WHERE session_id = ? AND number = ?"
    found = db.execute(query, [session_id, number]).fetchone()
    return None if found is None or found[0] is None else int(found[0])
