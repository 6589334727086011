"""A copy brought back in the place of the officer's file, which is kept. Works without a file too, or a damaged one.

Everything that is done to the copy, such as erasing again what was erased since, is done before it takes the place:
whenever the program is killed there is the file as it was, or the copy with all of that.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError
from cppp_cli.programme.rotation import Why
from cppp_cli.store import backups, erasing, events
from cppp_cli.store.contents import contents, verify
from cppp_cli.store.copying import copied, nobody
from cppp_cli.store.encrypted import connect, told_plainly
from cppp_cli.store.file import open_file
from cppp_cli.store.replacing import CLOSE_FIRST, held, journal_of, put, sync, sync_folder, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from cppp_cli.store.copying import Told
    from cppp_cli.store.erasing import Erasure
    from cppp_cli.store.keys import Key
    from cppp_cli.store.replacing import Held


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the replaced file is kept, if there was one, and the cases that were erased again."""

    kept: Path | None
    erased: tuple[str, ...]


def restore(
    source: Path,
    key: Key,
    path: Path,
    folder: Path,
    now: Callable[[], datetime],
    *,
    present: Key | None,
    told: Told = nobody,
) -> Restored:
    """Put a copy in the place of the officer's file. The caller has the turn and has looked at the copy.

    Args:
        source: The copy.
        key: What opens it.
        path: The officer's file.
        folder: The folder of copies; the replaced file is kept there.
        now: The time where the officer is.
        present: What opens the present file; then the restored one opens with it too, whatever the copy's was. None
            when there is no file or nothing opens it; then the restored file opens with the copy's key.
        told: Told how far it is.

    Raises:
        CpppError: it could not be done; the officer's file is as it was.
    """
    new = present or key
    with told_plainly(), ExitStack() as stack:
        still = stack.enter_context(held(path, present)) if present else None
        since = erased_since(folder, (key, new), still.reader if still else None)
        copy = stack.enter_context(closing(connect(source, key)))
        fresh = stack.enter_context(copied(copy, new, path.parent, told))
        given = highest_number(still.reader) if still else 0
        again = _prepare(fresh, new, source, (since, given), now)
        verify(fresh, new)
        kept = _keep(path, backups.free_name(folder, now(), Why.REPLACED).path, still, new, stack)
        put(fresh, path, still)
    return Restored(kept, again)


def erased_since(folder: Path, keys: Iterable[Key], present: Any) -> tuple[Erasure, ...]:  # noqa: ANN401  - no types
    """Every erasure that the copies tell of, as far as these keys open them, and the present file, if it is open.

    A copy may tell of one that never came about in the file. So the present file is believed about what is in it; where
    it cannot be read, a copy made later than the erasing is.
    """
    now = None if present is None else _live(present)
    found = [] if present is None else list(_erasures(present))
    later: dict[tuple[int, str], datetime] = {}  # when a case was last seen in a copy
    by_salt = {key.salt: key for key in keys}
    for backup in backups.listed(folder):
        key = by_salt.get(backups.salt_of(backup.path))
        if key:
            with contextlib.suppress(CpppError), closing(connect(backup.path, key)) as copy:
                found += _erasures(copy)
                later |= dict.fromkeys(_live(copy) or (), backup.copy.at)  # the oldest copy comes first

    def believed(erasure: Erasure) -> bool:
        pair = erasure.case_id, erasure.reference
        if now is not None:
            return pair not in now
        at = datetime.fromisoformat(erasure.erased_at).replace(tzinfo=None)  # as in the name of a copy
        return pair not in later or later[pair] <= at

    # Of several that tell of the same, the one that has the certificate.
    told = sorted(filter(believed, found), key=lambda erasure: bool(erasure.certificate))
    return tuple({(erasure.case_id, erasure.reference): erasure for erasure in told}.values())


def highest_number(connection: Any) -> int:  # noqa: ANN401  - as above
    """The highest number that was given to a case in an open file; 0 when that cannot be read."""
    with contextlib.suppress(CpppError), told_plainly():
        return int(
            connection.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'case_file'").fetchone()[0]
        )
    return 0


def _live(connection: Any) -> frozenset[tuple[int, str]] | None:  # noqa: ANN401  - as above
    """The cases in an open file, by number and reference; none when it cannot be read."""
    with contextlib.suppress(CpppError), told_plainly():
        return contents(connection).cases
    return None


def _erasures(connection: Any) -> tuple[Erasure, ...]:  # noqa: ANN401  - as above
    """Those of one file; none of one that is damaged."""
    with contextlib.suppress(CpppError), told_plainly():
        return erasing.erasures(Database(connection, execute_plugins=False, strict=True))
    return ()


def _prepare(
    fresh: Path, key: Key, source: Path, gone: tuple[tuple[Erasure, ...], int], now: Callable[[], datetime]
) -> tuple[str, ...]:
    """Bring the copy to the present schema, erase again what was erased since, and note where it came from.

    ``gone`` is every erasure known of, and the highest number that a case is known to have had.
    """

    def moment() -> str:
        return now().isoformat(timespec="seconds")

    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with closing(open_file(fresh, key)) as db:
        db.recorder.begin("restore", now)
        again = erasing.reapply(db, gone[0], moment)
        erasing.remember(db, *gone)
        events.add(db, events.RESTORED, moment, path=source, digest=digest)
    return again


def _keep(path: Path, name: Path, still: Held | None, key: Key, stack: ExitStack) -> Path | None:
    """Keep the present file under a name: as a checked copy when it is whole, else byte by byte with its journal."""
    if still:
        with contextlib.suppress(DamagedFileError), copied(still.reader, key, name.parent) as fresh:
            put(fresh, name)
            return name
    try:
        kept = _keep_bytes(path, name, stack)
        # Left there, the journal would be played into the file that comes.
        if _keep_bytes(journal_of(path), journal_of(name), stack):
            sync_folder(name.parent)
            journal_of(path).unlink()
            sync_folder(path.parent)
    except OSError:
        raise ConflictError(
            "The present file could not be kept, so nothing was replaced. Allow reading it and writing to the folder "
            "of copies, or make room on the disk; then try again."
        ) from None
    return name if kept else None


def _keep_bytes(path: Path, name: Path, stack: ExitStack) -> bool:
    """Whether there was such a file."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return False
    stack.callback(source.close)  # not now: on POSIX it would let go of the file
    with unfinished(name.parent) as fresh:
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as target:
            shutil.copyfileobj(source, target)
        sync(fresh)
        put(fresh, name)
    if CLOSE_FIRST:
        source.close()
    return True
