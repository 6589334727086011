"""Encrypted copies of the officer's file: made, listed, rotated, brought elsewhere.

A copy is called one only after it was opened again with its key, every page of it was read, and its tables, rows and
numbers were found equal to those of the file at that moment. It opens with the passphrase and the recovery key of the
file. Only files with the names that are given here are ever looked at or removed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, NotFoundError
from cppp_cli.programme import rotation
from cppp_cli.programme.rotation import Copy, Why
from cppp_cli.store.contents import verify
from cppp_cli.store.copying import copied, nobody
from cppp_cli.store.encrypted import PAGE_BYTES, connect
from cppp_cli.store.keys import read_salt
from cppp_cli.store.replacing import put, sync_folder, turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from cppp_cli.store.copying import Told
    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.keys import Key

_NAME: Final = re.compile(r"(officer|replaced)-(\d{8}-\d{6})(?:-(\d+))?(?:-before-(\w+))?\.db", re.ASCII)
_FILES_OF_ROOM: Final = 2
"""How many times the file must fit on the disk before a copy is made that nobody asked for."""
_MOMENT: Final = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Backup:
    """A copy in the folder of copies."""

    path: Path
    copy: Copy


def make(db: OfficerFile, folder: Path, at: datetime, *, before: str = "", told: Told = nobody) -> Backup:
    """Copy an open file, outside any transaction, into the folder of copies.

    Args:
        db: The file.
        folder: The folder of copies; made with mode 0700 when it is missing.
        at: Now, where the officer is.
        before: The step of the schema that an upgrade is about to make; empty for a copy of the day.
        told: Told how far it is.

    Raises:
        ConflictError: another cppp is copying or replaced the file, the disk is full, or the folder cannot be
            written to.
        DamagedFileError: a part of the file is damaged, or the copy could not be read back as it was written.
    """
    why = Why.UPGRADE if before else Why.ROUTINE
    with turn(folder):
        _refuse_if_replaced(db)  # whoever replaces it has the turn, so from here on it stays
        with copied(db.conn, db.key, folder, told) as fresh:
            named = free_name(folder, at, why, before)
            put(fresh, named.path)
    return named


def _refuse_if_replaced(db: OfficerFile) -> None:
    """What is open would be copied as it was before, and under a key that may have been given up."""
    try:
        db.refuse_if_replaced()
    except ConflictError:
        raise ConflictError(
            "The officer's file was replaced by another cppp meanwhile, so no copy was made. Start the command again."
        ) from None


def daily(db: OfficerFile, folder: Path, at: datetime, told: Told = nobody) -> Backup | None:
    """Make the copy of the day and rotate the older ones; none when there is one of today.

    Raises what `make` does, and ConflictError when it would take the room that the officer's own saving needs.
    """
    if not due(folder, at.date()):
        return None
    _refuse_the_last_room(db.path)
    made = make(db, folder, at, told=told)
    rotate(folder, db.key.salt)
    return made


def _refuse_the_last_room(path: Path) -> None:
    try:
        short = shutil.disk_usage(path.parent).free < _FILES_OF_ROOM * path.stat().st_size
    except OSError:  # then the copying itself says what is wrong
        return
    if short:
        raise ConflictError(
            "There is too little room on the disk: a copy could take what your own work needs. Make room on it."
        )


def due(folder: Path, today: date) -> bool:
    """Whether there is no copy of today yet; those made before an upgrade do not count."""
    return not any(found.copy.at.date() == today and found.copy.why is Why.ROUTINE for found in listed(folder))


def listed(folder: Path) -> tuple[Backup, ...]:
    """Every copy in the folder, oldest first. That it has the name of one does not say that it opens."""
    try:
        found = [backup for path in folder.iterdir() if (backup := known(path)) and path.is_file()]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda backup: backup.copy))


def under_another_key(folder: Path, salt: bytes) -> tuple[Backup, ...]:
    """The copies that do not open with the passphrase of the file with this salt."""
    return tuple(found for found in listed(folder) if salt_of(found.path) != salt)


def known(path: Path) -> Backup | None:
    """A file by its name alone; none when it is not the name of a copy."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    first, moment, number, step = found.groups()
    try:
        at = datetime.strptime(moment, _MOMENT)  # noqa: DTZ007  - the officer's own time, as in the name
    except ValueError:
        return None
    why = Why.REPLACED if first == "replaced" else Why.UPGRADE if step else Why.ROUTINE
    return Backup(path, Copy(at, int(number or 1), why, step or ""))


def salt_of(path: Path) -> bytes:
    """The salt of what may be a copy, which says which key opens it; empty when it is none."""
    try:
        return read_salt(path)
    except CpppError:
        return b""


def rotate(folder: Path, salt: bytes) -> tuple[Backup, ...]:
    """Remove the copies that have given way to newer ones of the same key, and return those that are left.

    A copy under another key may be all that is left of an earlier file, so no newer one takes its place.
    """
    found = [backup for backup in listed(folder) if salt_of(backup.path) == salt]
    stay = rotation.kept(backup.copy for backup in found)
    for backup in found:
        if backup.copy not in stay:
            with contextlib.suppress(OSError):  # somebody has it open; it goes another day
                backup.path.unlink()
    sync_folder(folder)
    return listed(folder)


def bring(backup: Backup, key: Key, folder: Path, told: Told = nobody) -> tuple[Path, str]:
    """Bring a copy to another folder, read it back there, and return where it is and its SHA-256.

    The first page, without which nothing opens, is written last: a stick pulled out too early holds nothing that
    could be taken for a copy.

    Raises:
        NotFoundError: there is no such folder.
        ConflictError: the folder cannot be written to, has no room, or does not give back what was written.
    """
    if not folder.is_dir():
        raise NotFoundError("There is no such folder. Plug the stick in, or make the folder, then try again.")
    try:
        path, handle = _new_file(folder, backup.copy)
        try:
            digest = _write(backup.path, handle, told)
            _read_back(path, key, digest)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConflictError(_PLACE.get(error.errno or 0, _PLACE[errno.EIO])) from None
    except CpppError:
        raise ConflictError(
            "The copy could not be read back from that folder as it was written, so it was removed there. Use another "
            "stick or folder."
        ) from None
    sync_folder(folder)
    told(1)
    return path, digest


_PLACE: Final = {
    errno.ENOSPC: "There is no room for a copy in that folder, so none was left there. Make room, then try again.",
    errno.EACCES: "That folder may not be written to. Choose another, or allow writing.",
    errno.EROFS: "That folder may not be written to. Choose another, or allow writing.",
    errno.EIO: "The disk of that folder did not answer, so no copy was left there. Check it, then try again.",
}
_PLACE[errno.EPERM] = _PLACE[errno.EACCES]


def remake(path: Path, key: Key, new: Key, change: Callable[[Path], None] | None = None) -> None:
    """Put a copy under another key, or change what is in it, and only then replace it. The caller has the turn.

    Args:
        path: The copy.
        key: What opens it.
        new: What shall open it; the same key for a change only.
        change: Called with the new copy before it takes the place of the old.

    Raises:
        CpppError: it cannot be opened, copied or replaced; it is as it was.
    """
    with closing(connect(path, key)) as source, copied(source, new, path.parent) as fresh:
        if change:
            change(fresh)
        source.close()  # Windows replaces no file that is open
        put(fresh, path)


def free_name(folder: Path, at: datetime, why: Why, step: str = "") -> Backup:
    """A copy made now, under a name that no other has. The caller has the turn."""
    copy = Copy(_local(at), why=why, step=step)
    return next(named for named in _names(folder, copy) if not named.path.exists())


def _names(folder: Path, copy: Copy) -> Iterator[Backup]:
    """The names a copy may have in a folder, the plain one first."""
    first = "replaced" if copy.why is Why.REPLACED else "officer"
    last = f"-before-{copy.step}" if copy.why is Why.UPGRADE else ""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        path = folder / f"{first}-{copy.at:{_MOMENT}}{again}{last}.db"
        yield Backup(path, replace(copy, number=number))


def _local(at: datetime) -> datetime:
    return at.replace(microsecond=0, tzinfo=None)


def _read_back(path: Path, key: Key, digest: str) -> None:
    verify(path, key)
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise DamagedFileError("What was read is not what was written.")


def _new_file(folder: Path, copy: Copy) -> tuple[Path, int]:
    how = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    for named in _names(folder, copy):
        with contextlib.suppress(FileExistsError):
            return named.path, os.open(named.path, how, 0o600)
    raise AssertionError  # the names have no end


def _write(source: Path, handle: int, told: Told) -> str:
    size, running = source.stat().st_size, hashlib.sha256()
    with source.open("rb") as read, os.fdopen(handle, "wb") as write:
        first = read.read(PAGE_BYTES)
        running.update(first)
        write.write(bytes(len(first)))
        while chunk := read.read(PAGE_BYTES * 256):
            running.update(chunk)
            write.write(chunk)
            told(read.tell() / size / 2)
        write.flush()
        os.fsync(write.fileno())
        write.seek(0)
        write.write(first)
        write.flush()
        os.fsync(write.fileno())
    return running.hexdigest()
