"""An item of the ledger while it is edited: a draft on disk, begun from what stood then."""

from __future__ import annotations

import secrets
import zlib
from typing import TYPE_CHECKING

from cppp_cli.errors import ConflictError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import (
    AGREED_FOR,
    ARRANGED,
    CONFIRMED,
    KEPT,
    WORDS_AND_STATE,
    YES,
    YES_ANEW,
    Version,
    arranged,
    replay,
)
from cppp_cli.store import ledger_versions
from cppp_cli.store.forms import FormSheet
from cppp_cli.store.sheets import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answers

BEGUN_FROM = "begun_from"
"""The row of a draft that says which versions it was begun from, and which draft it is."""
_OUTDATED = (
    "This was changed meanwhile, by another window, a session or a form, so nothing was saved over it. What you "
    "answered is kept: type the command again, and go on with it beside what stands now."
)
_GONE = (
    "All this was finished or discarded in another window meanwhile, so the last answer was not saved. "
    "Copy from the screen what you need, and start the command again."
)


class LedgerSheet(FormSheet):
    """An item being edited: what stands, with every answer given since on disk at once.

    Two windows on one item share one draft: each reads what the other answered. ``answers`` leaves out what is not
    asked (the draft's own row, and which wording is deliberate), so that no review sets it aside.
    """

    def __init__(self, db: Database, case_id: int, item: str) -> None:
        """Open with what stands, or with what was answered before the officer left."""
        super().__init__(db, case_id, f"ledger:{item}")
        self._case_id = case_id
        self._item = item
        with db.atomic():
            if not self._rows():
                for path, answer in ledger_versions.answers(db, case_id, item).items():
                    if path != AGREED_FOR:
                        super().put(path, answer)
            if BEGUN_FROM not in self._rows():
                super().put(BEGUN_FROM, Answer(f"{_mark(self._versions())} {secrets.token_hex(4)}"))
        self._begun = str(self._rows()[BEGUN_FROM].value)

    def answers(self) -> dict[str, Answer]:
        """Every answer so far, by path, as it is on disk; nothing where the draft is gone."""
        return {p: a for p, a in self._rows().items() if p != BEGUN_FROM and not p.startswith(KEPT)}

    def kept(self) -> dict[str, Answer]:
        """Which findings about the wording are deliberate."""
        return {path: answer for path, answer in self._rows().items() if path.startswith(KEPT)}

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer; on disk when this returns.

        Raises:
            ConflictError: the draft was finished or discarded in another window.
        """
        with self._db.atomic():
            self._refuse_if_gone()
            if (path in ARRANGED or path.startswith("steps.")) and self._rows().get(path) != answer:
                super().drop([aside for aside in YES_ANEW if aside in self._rows()])  # it was about other words
            super().put(path, answer)

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers.

        Raises:
            ConflictError: the draft was finished or discarded in another window.
        """
        with self._db.atomic():
            self._refuse_if_gone()
            super().drop(paths)

    @property
    def newer(self) -> tuple[Version, ...]:
        """The versions that were made since this was begun; all of them, where it was taken back meanwhile."""
        found = self._versions()
        begun = self._begun.rpartition(" ")[0]
        before = next((n for n in range(len(found) + 1) if _mark(found[:n]) == begun), 0)
        return tuple(found[before:])

    @property
    def outdated(self) -> bool:
        """Whether what stands is not what this was begun from any more."""
        return _mark(self._versions()) != self._begun.rpartition(" ")[0]

    def bring_up_to_date(self) -> None:
        """Go on from what stands now: what was changed here stays, all else is as it stands.

        A yes was said to what was arranged; where that, the children or the state are others by now, so is the yes.
        """
        with self._db.atomic():
            self._refuse_if_gone()
            found = self._versions()
            before, stands = replay(found[: len(found) - len(self.newer)]), replay(found)
            mine = self._rows()
            other_words = any(before.get(path) != stands.get(path) for path in WORDS_AND_STATE)
            other_words = other_words or arranged(before) != arranged(stands)
            if other_words:
                super().drop(path for path in YES_ANEW if path in mine)
            for path in {*before, *stands, *YES, *CONFIRMED} - {AGREED_FOR}:
                if mine.get(path) == before.get(path) or (other_words and path in {*YES, *CONFIRMED}):
                    self._become(path, stands.get(path))
            self._begun = f"{_mark(found)} {self._begun.rpartition(' ')[2]}"
            super().put(BEGUN_FROM, Answer(self._begun))

    def finish(
        self, after: Answers, now: Callable[[], str], source: ledger_versions.Source | None = None
    ) -> int | None:
        """Make a version that says ``after``, and forget the form; its number, or None when nothing changed.

        Raises:
            BlockedError: it cannot stand so; the form is kept.
            ConflictError: the item was changed since this was begun, or the draft is gone; nothing is made.
        """
        with self._db.atomic():
            self._refuse_if_gone()
            if self.outdated:
                raise ConflictError(_OUTDATED)
            made = ledger_versions.add(self._db, self._case_id, self._item, {**after, **self.kept()}, now, source)
            self.clear()
        return made

    def _become(self, path: str, answer: Answer | None) -> None:
        if answer is None:
            super().drop([path])
        else:
            super().put(path, answer)

    def _rows(self) -> dict[str, Answer]:
        query = "SELECT path, value, gap FROM form_answer WHERE case_id = ? AND form = ?"
        return {row["path"]: decode(row) for row in self._db.query(query, [*self._row.values()])}

    def _versions(self) -> Sequence[Version]:
        return ledger_versions.versions(self._db, self._case_id, self._item).get(self._item, ())

    def _refuse_if_gone(self) -> None:
        begun = self._rows().get(BEGUN_FROM, Answer("")).value
        if str(begun).rpartition(" ")[2] != self._begun.rpartition(" ")[2]:
            raise ConflictError(_GONE)


def _mark(versions: Sequence[Version]) -> str:
    """What tells these versions from others: how many there are, and what they say."""
    said = repr([(v.number, v.made_at, sorted((path, str(a)) for path, a in v.changes.items())) for v in versions])
    return f"{len(versions)} {zlib.crc32(said.encode()):08x}"
