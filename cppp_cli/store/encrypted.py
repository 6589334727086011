"""The officer's encrypted file: made, opened, and its failures told in sentences.

The only module that imports sqlcipher3. The key goes in as hexadecimal with the salt: a PRAGMA takes no bound value,
and hexadecimal cannot end the string it stands in.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, LockedError, NotSavedError
from cppp_cli.store.keys import RESTORE, read_salt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from cppp_cli.store.keys import Key

APPLICATION_ID: Final = 0x43505050
"""`CPPP` in the header of the file: what is encrypted in it is ours."""

PAGE_BYTES: Final = 4096
BUSY_S: Final = 5.0
"""Seconds to wait for another program that is writing."""

# SQLite's primary result codes, https://sqlite.org/rescode.html
_BUSY, _LOCKED, _READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26

_FOREIGN_KEY: Final = "FOREIGN KEY constraint failed"  # SQLite's own words; the library hands on no extended code
_RESTORE: Final = RESTORE

_TOLD: Final[dict[int, tuple[type[CpppError], str]]] = {
    _BUSY: (
        NotSavedError,
        "The officer's file is in use by another cppp; finish or close that one, then try again. Nothing was changed.",
    ),
    _READ_ONLY: (
        NotSavedError,
        "The officer's file cannot be written to: it or its folder is marked read-only; allow writing, then try again.",
    ),
    _IO_ERROR: (
        NotSavedError,
        "The disk did not answer while the officer's file was in use; check the disk, then try again.",
    ),
    _CORRUPT: (DamagedFileError, f"A part of the officer's file is damaged; {_RESTORE}."),
    _FULL: (NotSavedError, "The disk is full, so nothing was saved; make room on it, then try again."),
    _CANNOT_OPEN: (
        NotSavedError,
        "The officer's file cannot be opened: its folder may not be written to; allow that, then try again.",
    ),
}
_TOLD[_LOCKED] = _TOLD[_BUSY]
_TOLD[_NOT_A_DATABASE] = _TOLD[_CORRUPT]


def create(path: Path, key: Key) -> dbapi2.Connection:
    """Make the officer's file, readable by this person only, and open it.

    The file takes the key's salt as its first sixteen bytes, so it opens with the passphrase the key was derived
    from, in any program that has SQLCipher 4. A folder that is missing is made with mode 0700. A copy made by an
    online backup into the connection keeps the salt too.

    Raises:
        ConflictError: something lies there already, or the file cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite would make it with mode 0644. On Windows the mode is ignored and the folder's access list counts.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise ConflictError(
            "There is a file already where the officer's file should go; it was left as it is."
        ) from None
    except OSError:
        raise ConflictError(
            "The officer's file cannot be made: its folder may not be written to; choose another with CPPP_HOME."
        ) from None
    try:
        return _open(path, key, BUSY_S, new=True)
    except BaseException:
        path.unlink(missing_ok=True)  # nothing is in it yet, and an empty file would be taken for a damaged one
        raise


def connect(path: Path, key: Key, *, timeout_s: float = BUSY_S) -> dbapi2.Connection:
    """Open the officer's file with the key, waiting up to `timeout_s` seconds for a program that is writing.

    A wrong key cannot be told from damage in the first page: to anyone without the key both are noise. The sentence
    says so. What can be told is told: no file, an empty file, a file without encryption, a file cut short, another
    file's key, and damage after the first page.

    Raises:
        NotFoundError: there is no file.
        LockedError: the key does not open it.
        DamagedFileError: it is damaged, or not a file that cppp wrote.
        ConflictError: it is in use, or cannot be read.
    """
    salt = read_salt(path)
    # While a journal is there, a writer is at work or was killed, and a half-written page will be put right.
    if path.stat().st_size % PAGE_BYTES and not path.with_name(f"{path.name}-journal").exists():
        raise DamagedFileError(f"The officer's file was cut short or something was added to it; {_RESTORE}.")
    if salt != key.salt:
        raise LockedError(
            "The key kept from before is not this file's; unlock with the passphrase or the recovery key. "
            f"If neither opens it, the file itself may be damaged: {_RESTORE}."
        )
    return _open(path, key, timeout_s, new=False)


def open_database(path: Path, key: Key, *, timeout_s: float = BUSY_S) -> Database:
    """The officer's file for sqlite-utils, with STRICT tables and nobody's plug-ins; raises what `connect` does."""
    connection = connect(path, key, timeout_s=timeout_s)
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False, strict=True)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the database says inside the block into an error with a sentence; what is a bug stays as it is.

    Raises:
        ConflictError: the file is in use, cannot be written, or the disk is full.
        DamagedFileError: a page of it is damaged.
    """
    try:
        yield
    except dbapi2.Error as error:
        told = _told(error)
        if told is None:
            raise
        raise told from None


def _open(path: Path, key: Key, timeout_s: float, *, new: bool) -> dbapi2.Connection:
    with told_plainly():
        connection = dbapi2.connect(str(path), timeout=timeout_s)
    try:
        with told_plainly():
            _unlock(connection, key, new=new)
            _settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: dbapi2.Connection, key: Key, *, new: bool) -> None:
    # First of all: a wrong key would make SQLCipher write about it on standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise LockedError("The database library installed here cannot encrypt; install cppp again.")
    connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}{key.salt.hex()}'\"")
    connection.execute("PRAGMA cipher_compatibility = 4")  # has no effect before the key
    if new:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # also writes the first page, with the salt
    try:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
    except dbapi2.DatabaseError as error:
        if _code(error) != _NOT_A_DATABASE:
            raise
        raise LockedError(
            "The passphrase or recovery key does not open the officer's file; try it again. "
            f"If it is surely right, the file itself may be damaged: {_RESTORE}."
        ) from None
    if mark != APPLICATION_ID:
        raise DamagedFileError(f"The key is right, but cppp did not write this file; {_RESTORE}.")


def _settle(connection: dbapi2.Connection) -> None:
    """The settings that hold for one connection only."""
    for setting in (
        "foreign_keys = ON",
        "journal_mode = DELETE",  # a write-ahead log is unsafe on a network drive
        "synchronous = EXTRA",  # also syncs the folder after the journal is removed
        "fullfsync = ON",  # heeded on macOS only, where fsync alone leaves data in the drive's memory
        "checkpoint_fullfsync = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        # The history's triggers call the functions of store/recorder.py, which can do nothing but make digests. A file
        # from somebody else is opened with this off again: see store/handover.py.
        "trusted_schema = ON",
        "recursive_triggers = ON",  # so that a row replaced is told as deleted
    ):
        connection.execute(f"PRAGMA {setting}")


def _code(error: dbapi2.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _told(error: dbapi2.Error) -> CpppError | None:
    if str(error) == _FOREIGN_KEY:
        return ConflictError(
            "What this belongs to was taken out in another window meanwhile, so the last answer was not saved. "
            "Copy from the screen what you need, and start the command again."
        )
    kind, sentence = _TOLD.get(_code(error), (None, ""))
    return kind(sentence) if kind else None
