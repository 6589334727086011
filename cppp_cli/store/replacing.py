"""One database file put in the place of another, durably.

Everything here is done by one cppp at a time, which holds the turn of the folder of copies. What is unfinished has a
name of its own and goes away on every way out; what a killed program left is cleared by the next one.

On POSIX a program loses all its locks on a file as soon as it closes any handle of it. So the officer's file is never
opened in passing, not even to read its salt, while it is held here.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import ConflictError
from cppp_cli.store.encrypted import connect, told_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cppp_cli.store.keys import Key

_UNFINISHED: Final = re.compile(r"unfinished-[0-9a-f]{16}\.db(-journal)?")
_TURN: Final = "turn"  # an empty file in the folder of copies; the lock on it goes with the program that holds it
CLOSE_FIRST: Final = os.name == "nt"  # Windows replaces no file that is open


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """No other cppp makes, replaces or clears copies inside the block.

    Raises:
        ConflictError: another one is doing that just now, or the folder cannot be written to.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / _TURN, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        raise ConflictError("The folder of copies cannot be written to; allow writing, then try again.") from None
    try:
        if not _locked(handle):
            raise ConflictError("Another cppp is copying or replacing the officer's file; try again when it has ended.")
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk that knows no locks; then nobody on it can be told apart
            return True
        return True


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A name in the folder for a file in the making, which is gone afterwards unless it was given its own name."""
    path = folder / f"unfinished-{secrets.token_hex(8)}.db"
    try:
        yield path
    finally:
        for left in (path, journal_of(path)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def clear_leftovers(home: Path, folder: Path) -> None:
    """Remove what a killed program left unfinished in the officer's folder and the folder of copies.

    While another program has the turn, what lies there may be its own, and is left.
    """
    if not (_leftovers(home) or _leftovers(folder)):
        return
    with contextlib.suppress(ConflictError), turn(folder):
        for left in (*_leftovers(home), *_leftovers(folder)):
            with contextlib.suppress(OSError):
                left.unlink()


def _leftovers(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _UNFINISHED.fullmatch(path.name)]
    except OSError:
        return []


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to take back a change that was cut off."""
    return path.with_name(f"{path.name}-journal")


@dataclass(frozen=True)
class Held:
    """The officer's file, which nobody else can write to; ``reader`` reads it and sees every change made before."""

    path: Path
    reader: Any
    writer: Any

    def release(self) -> None:
        """Let go of the file."""
        self.writer.close()
        self.reader.close()


@contextmanager
def held(path: Path, key: Key) -> Iterator[Held]:
    """Nobody else can write to this file inside the block, and what a killed program left half-written is taken back.

    Others may read it. A program that waits at a prompt goes on waiting; when it writes afterwards it finds that the
    file was replaced.

    Raises:
        ConflictError: another program is writing, for longer than a few seconds.
    """
    with closing(connect(path, key)) as reader, closing(connect(path, key)) as writer:
        with told_plainly():
            writer.execute("BEGIN IMMEDIATE")
        yield Held(path, reader, writer)


def put(new: Path, path: Path, still: Held | None = None) -> None:
    """Put a checked file in the place of another, or where there is none, so that there is a whole one at every moment.

    Raises:
        ConflictError: Windows refuses, because another cppp has the file open; or the folder cannot be written to.
    """
    if still and CLOSE_FIRST:
        still.release()
    try:
        new.replace(path)
    except OSError:
        raise ConflictError(
            "The file could not be put in its place: another cppp has it open, or its folder may not be written to. "
            "Close the other one, then try again. Nothing was changed."
        ) from None
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can; Windows does by itself."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync(path: Path) -> None:
    """Make a finished file durable. Not for a file that is held: closing the handle would let go of it."""
    handle = os.open(path, os.O_RDWR)
    try:
        if sys.platform == "darwin":
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # fsync alone leaves data in the drive's memory
        os.fsync(handle)
    finally:
        os.close(handle)
