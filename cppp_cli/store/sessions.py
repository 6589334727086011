"""Sessions in the officer's file: begun as drafts, finished once, amended with a reason."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from cppp_cli.errors import ConflictError
from cppp_cli.programme.sessions import KINDS, Session
from cppp_cli.store.forms import NOTE, FormSheet
from cppp_cli.store.sheets import SESSION, RowSheet, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answer
    from cppp_cli.store.file import OfficerFile


def begin(db: Database, case_id: int, name: str, now: Callable[[], str]) -> int:
    """Open a draft session of a case and return its id. ``name`` is one of ``programme.sessions.NAMES``."""
    kind, side = KINDS[name]
    with db.atomic():
        cursor = db.execute(
            "INSERT INTO session (case_id, kind, side, state, started_at, changed_at) VALUES (?, ?, ?, 'draft', ?, ?)",
            [case_id, kind, side, now(), now()],
        )
        return int(cursor.lastrowid or 0)


def sheet(db: Database, session_id: int, case_id: int, now: Callable[[], str]) -> RowSheet:
    """The answers of a session."""
    return RowSheet(db, SESSION, session_id, case_id=case_id, now=now)


def of_case(db: Database, case_id: int) -> tuple[Session, ...]:
    """The sessions of one case in the order they were begun, drafts included, discarded ones left out."""
    rows = db.query("SELECT * FROM session WHERE case_id = ? AND state <> 'discarded' ORDER BY id", [case_id])
    return tuple(
        Session(
            id=row["id"],
            case_id=case_id,
            kind=row["kind"],
            side=row["side"],
            state=row["state"],
            started_at=datetime.fromisoformat(row["started_at"]),
            changed_at=datetime.fromisoformat(row["changed_at"]),
            answers=sheet(db, row["id"], case_id, lambda: "").answers(),
        )
        for row in list(rows)
    )


def finish(db: Database, session_id: int, now: Callable[[], str]) -> None:
    """Close a draft: from here on a change needs a reason.

    Raises:
        ConflictError: it was finished, discarded or taken back in another window.
    """
    with db.atomic():
        finished = db.execute(
            "UPDATE session SET state = 'finished', finished_at = ?, changed_at = ? WHERE id = ? AND state = 'draft'",
            [now(), now(), session_id],
        )
        if finished.rowcount != 1:
            raise ConflictError(
                "This session was finished, discarded or taken back in another window meanwhile. "
                "cppp case show tells what is on file."
            )


def discard(db: Database, session_id: int, now: Callable[[], str]) -> None:
    """Set a draft aside. Its answers stay in the file and in no list or document."""
    with db.atomic():
        db.execute(
            "UPDATE session SET state = 'discarded', changed_at = ? WHERE id = ? AND state = 'draft'",
            [now(), session_id],
        )


class AmendingSheet(RowSheet):
    """The answers of a finished session: every change is kept with what it was, and why it changed."""

    takes_answers_while = "finished"

    def __init__(self, db: OfficerFile, session_id: int, *, case_id: int, now: Callable[[], str], reason: str) -> None:
        """Open with the reason for the changes to come; without one the file refuses them."""
        super().__init__(db, SESSION, session_id, case_id=case_id, now=now)
        self._recorder = db.recorder
        self._reason = reason

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer together with the record of its change."""
        before = self.answers().get(path)
        if before == answer:
            return
        with self._recorder.because(self._reason), self._db.atomic():
            self._record(path, before, answer)
            super().put(path, answer)

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers that no longer apply, each with the record of what it was."""
        before = self.answers()
        leaving = [path for path in paths if path in before]
        with self._recorder.because(self._reason), self._db.atomic():
            for path in leaving:
                self._record(path, before[path], None)
            super().drop(leaving)

    def _record(self, path: str, before: Answer | None, after: Answer | None) -> None:
        self._db.execute(
            "INSERT INTO amendment (session_id, path, before, after, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
            [self._owner, path, _shown(before), _shown(after), storable(self._reason), self._now()],
        )


def _shown(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    shown = {"value": answer.value, "gap": answer.gap.value if answer.gap else None}
    return storable(json.dumps(shown, ensure_ascii=False))


def amendments(db: Database, session_id: int) -> list[Mapping[str, object]]:
    """Changes made to a finished session, oldest first."""
    return list(
        db.query("SELECT path, before, after, reason, at FROM amendment WHERE session_id = ? ORDER BY id", [session_id])
    )


def add_note(
    db: Database, case_id: int, session_id: int | None, note: Mapping[str, str], now: Callable[[], str]
) -> None:
    """Keep a safeguarding note. It is added to and never changed; a trigger refuses."""
    words = {key: storable(said) for key, said in note.items()}
    with db.atomic():
        db.table("safeguarding_note").insert({"case_id": case_id, "session_id": session_id, **words, "at": now()})


# The parts of a note, in the order they are read.
NOTE_PARTS = ("said_by", "said_when", "present", "place", "words", "asked", "told_next", "manager_told")


def recover_note(db: Database, case_id: int, now: Callable[[], str], *, session_id: int | None = None) -> bool:
    """Turn a note that was begun and left into a note of its own; whether there was one.

    Nothing said about safety waits in a form nobody looks at: what was only half typed is part of it.
    """
    form = FormSheet(db, case_id, NOTE)
    given = {path: str(answer.value) for path, answer in form.answers().items() if answer.value is not None}
    note = {part: given.get(part) or form.unfinished(part) for part in NOTE_PARTS}
    if not note["words"]:
        return False
    with db.atomic():
        add_note(db, case_id, session_id, {part: said for part, said in note.items() if said}, now)
        form.clear()
    return True


def notes(db: Database, case_id: int) -> list[Mapping[str, object]]:
    """The safeguarding notes of a case, oldest first."""
    return list(db.query("SELECT * FROM safeguarding_note WHERE case_id = ? ORDER BY id", [case_id]))
