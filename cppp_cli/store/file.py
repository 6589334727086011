"""The officer's file as a database of the current schema: made, opened, brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.errors import DamagedFileError
from cppp_cli.store.encrypted import create, open_database
from cppp_cli.store.migrations import NAMES, STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from cppp_cli.store.keys import Key


def make(path: Path, key: Key) -> Database:
    """Make a new encrypted file with the current schema."""
    create(path, key).close()
    return open_file(path, key)


def open_file(path: Path, key: Key) -> Database:
    """Open a file and apply what its schema lacks, each step in a transaction.

    Raises:
        DamagedFileError: the file was written by a newer program; it is left as it is.
    """
    db = open_database(path, key)
    if {step.name for step in STEPS.applied(db)} - NAMES:
        db.close()
        raise DamagedFileError(
            "This file was written by a newer version of cppp and was not touched. Install that version and try again."
        )
    if STEPS.pending(db):
        STEPS.apply(db)
    return db
