"""The officer's file as a database of the current schema: made, opened, brought up to date."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlite_utils import Database

from cppp_cli.errors import ConflictError, DamagedFileError
from cppp_cli.store import triggers
from cppp_cli.store.encrypted import connect, create, told_plainly
from cppp_cli.store.migrations import MADE_BY_EXPORT, NAMES, STEPS
from cppp_cli.store.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from datetime import datetime
    from pathlib import Path

    from cppp_cli.store.keys import Key

TRUSTED_FROM = "m002_history"
"""The first schema with a history; an older file has no triggers to compare."""


class OfficerFile(Database):
    """The officer's file for sqlite-utils, with STRICT tables, nobody's plug-ins, and a history of every change."""

    def __init__(self, path: Path, key: Key) -> None:
        """Open it; raises what `encrypted.connect` does."""
        connection = connect(path, key)
        super().__init__(connection, execute_plugins=False, strict=True)
        self.path = path
        self.key = key
        self.recorder = Recorder()
        self.recorder.register(connection)
        self._identity = _identity(path)
        self.current = False  # whether its schema is the present one

    @contextmanager
    def atomic(self) -> Generator[Database, None, None]:
        """All changes of the block or none; another program that writes is waited for first.

        Raises:
            ConflictError: the file was replaced since it was opened, by a restore or a changed passphrase.
            NotSavedError: it is in use, cannot be written, or the disk is full; nothing of the block is kept.
            DamagedFileError: a page of it is damaged.
        """
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        with told_plainly():
            # Before as well: to begin would play a journal of the new file into the one that is open here.
            self.refuse_if_replaced()
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                # From here on no other program can write or replace it, so what is read in the block stays true.
                self.refuse_if_replaced()
                self._leave_unit_taken_back()
                yield self
                self.conn.execute("COMMIT")
            except BaseException:
                self.rollback()
                raise

    def refuse_if_replaced(self) -> None:
        """Raise ConflictError when the file on disk is another than the one that was opened."""
        if _identity(self.path) != self._identity:
            raise ConflictError(
                "The officer's file was replaced by another cppp meanwhile, so the last answer was not saved. "
                "Copy from the screen what you need, and start the command again."
            )

    def _leave_unit_taken_back(self) -> None:
        """What a command does after an undo in another window took it back is a unit of its own."""
        if self.current and self.execute(_TAKEN_BACK, [self.recorder.token]).fetchone():
            self.recorder.go_on()


_TAKEN_BACK = "SELECT 1 FROM unit JOIN unit AS later ON later.undoes = unit.id WHERE unit.token = ?"


def make(path: Path, key: Key) -> OfficerFile:
    """Make a new encrypted file with the current schema."""
    create(path, key).close()
    return open_file(path, key)


def open_file(
    path: Path,
    key: Key,
    *,
    now: Callable[[], datetime] | None = None,
    before_upgrade: Callable[[OfficerFile, str], None] | None = None,
) -> OfficerFile:
    """Open a file and apply what its schema lacks, all of it or nothing.

    Args:
        path: The file.
        key: Its key.
        now: The clock by which an upgrade is told in the history; the system's when not given.
        before_upgrade: Called with the file as it is and the first step it lacks, before a file in use is changed.

    Raises:
        DamagedFileError: the file was written by a newer program, or its history is no longer guarded; it is left
            as it is.
    """
    db = OfficerFile(path, key)
    if now:
        db.recorder.begin("cppp", now)
    try:
        _bring_up_to_date(db, before_upgrade)
        db.current = True
    except BaseException:
        db.close()
        raise
    return db


def _bring_up_to_date(db: OfficerFile, before_upgrade: Callable[[OfficerFile, str], None] | None) -> None:
    applied = {step.name for step in STEPS.applied(db)}
    if MADE_BY_EXPORT in applied:
        raise DamagedFileError(
            "This was made by cppp export and is no officer's file; it was not touched. To read it: cppp import FILE"
        )
    if applied - NAMES:
        raise DamagedFileError(
            "This file was written by a newer version of cppp and was not touched. Install that version and try again."
        )
    pending = [step.name for step in STEPS.pending(db)]
    if not pending:
        if not triggers.names() <= triggers.present(db).keys():
            raise DamagedFileError(
                "A part of the file that keeps its history is missing, so it was not opened and not changed. "
                "Bring back a copy: cppp restore FILE"
            )
        return
    if applied and before_upgrade:
        before_upgrade(db, pending[0])
    with db.atomic():
        told = set() if TRUSTED_FROM in pending else {table.name for table in db.tables}
        STEPS.apply(db)
        triggers.renew(db)
        if applied:
            _tell_what_was_there(db, [table for table in triggers.LOGGED if table not in told])


def _tell_what_was_there(db: OfficerFile, tables: Sequence[str]) -> None:
    """Tell the history the rows of tables it has not told of yet, so that it accounts for every one."""
    db.recorder.begin("upgrade", db.recorder.now)
    for table in tables:
        columns = [column.name for column in db.table(table).columns]
        told = triggers.record(table, "insert", table, "NULL", triggers.whole(table, columns, table))
        db.execute(f"{told} FROM {table}")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
