"""The officer's file under a new key, with a new salt.

`PRAGMA rekey` keeps the salt, so the same passphrase would give the same key again and an old recovery key would go on
working. So the file is copied page by page into a new one that has a key and a salt of its own; no key is ever part of
a statement that could be shown. What is not yet in its place counts for nothing: the old file stays whole until then.
"""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cppp_cli.errors import CpppError, DamagedFileError, LockedError
from cppp_cli.store import backups, events
from cppp_cli.store.copying import copied, nobody
from cppp_cli.store.encrypted import connect, told_plainly
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key, read_salt
from cppp_cli.store.replacing import held, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from cppp_cli.store.backups import Backup
    from cppp_cli.store.copying import Told


@dataclass(frozen=True)
class Export:
    """The officer's file under the new key, checked, and not yet in its place."""

    path: Path
    old: Key
    new: Key
    fresh: Path
    reader: Any
    seen: int
    """What SQLite counted of other programs' changes when the copying began."""

    def take_its_place(self, what: str, now: Callable[[], datetime], told: Told = nobody) -> None:
        """Put it in the place of the file, with a note in its history that this was done.

        What another cppp wrote since, while the officer was copying the recovery key, is taken along.

        Raises:
            ConflictError: another cppp writes, or on Windows has the file open. The old file is as it was.
        """
        with ExitStack() as stack:
            still = stack.enter_context(held(self.path, self.old))
            fresh = self.fresh
            if _changes_seen(self.reader) != self.seen:
                fresh = stack.enter_context(copied(self.reader, self.new, self.path.parent, told))
            self.reader.close()
            with closing(open_file(fresh, self.new)) as db:
                db.recorder.begin("passphrase", now)
                events.add(db, what, lambda: now().isoformat(timespec="seconds"))
            put(fresh, self.path, still)


@contextmanager
def exported(path: Path, old: Key, new: Key, told: Told = nobody) -> Iterator[Export]:
    """The officer's file copied under a new key, checked, as an unfinished file beside it. The caller has the turn.

    Raises:
        ConflictError: the copy cannot be made, such as on a full disk.
        DamagedFileError: the file is damaged, or the copy is not as it should be.
    """
    with closing(connect(path, old)) as reader:
        seen = _changes_seen(reader)
        with copied(reader, new, path.parent, told) as fresh:
            _opens_with_the_new_key_only(fresh, old, new)
            yield Export(path, old, new, fresh, reader, seen)


def renew_copies(folder: Path, old: Key, new: Key, told: Told = nobody) -> tuple[Backup, ...]:
    """Put every copy that opens with the old key under the new one, each checked before the old is gone.

    Those to which somebody gave a name are among them. The caller has the turn. Returns the copies that are not under
    the new key, because they need an older key still, are damaged, or could not be written.
    """
    found = sorted(folder.glob("*.db"))
    for number, path in enumerate(found):
        told(number / len(found))
        if backups.salt_of(path) == old.salt:
            try:
                backups.remake(path, old, new)
            except CpppError:
                continue
    told(1)
    return backups.under_another_key(folder, new.salt)


def still_under(key: Key, *folders: Path) -> tuple[Path, ...]:
    """What lies directly in these folders and opens with a key: the officer's file, copies, whatever their names."""
    found = (path for folder in folders for path in sorted(folder.glob("*.db")))
    return tuple(path for path in found if backups.salt_of(path) == key.salt)


def _opens_with_the_new_key_only(fresh: Path, old: Key, new: Key) -> None:
    salt = read_salt(fresh)
    if salt != new.salt or salt == old.salt or not _opens(fresh, new) or _opens(fresh, Key(old.raw, salt)):
        raise DamagedFileError("The new file is not under a new key, so it was removed. Nothing was changed.")


def _opens(path: Path, key: Key) -> bool:
    try:
        connect(path, key).close()
    except LockedError:
        return False
    return True


def _changes_seen(reader: Any) -> int:  # noqa: ANN401  - sqlcipher3 has no types
    with told_plainly():
        return int(reader.execute("PRAGMA data_version").fetchone()[0])
