"""What is in the officer's file or in a copy of it, told without naming anybody."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import ConflictError, DamagedFileError, LockedError, NotFoundError
from cppp_cli.store.copying import check, measured, nobody
from cppp_cli.store.encrypted import PAGE_BYTES, connect, told_plainly
from cppp_cli.store.keys import read_salt
from cppp_cli.store.migrations import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cppp_cli.store.copying import Told
    from cppp_cli.store.keys import Key

# Where a file says when something last changed in a case, by the table that must be there.
_LAST_CHANGES: Final = {
    "case_file": "SELECT max(changed_at) FROM case_file",
    "session": "SELECT max(changed_at) FROM session",
    "link": (
        "SELECT max(change.at) FROM change JOIN link USING (id) JOIN unit ON unit.id = link.unit "
        "WHERE change.chain <> 0 AND unit.command <> 'upgrade'"
    ),
}


@dataclass(frozen=True)
class Contents:
    """What is in a file, told without naming anybody."""

    rows: Mapping[str, int]
    """By table."""
    cases: frozenset[tuple[int, str]]
    """The number and the reference of its cases, drafts too. One that comes back by import has another number."""
    sessions: int
    notes: int
    """Of a safeguarding concern."""
    finals: int
    """Documents that were made final."""
    changed: datetime | None
    """When something last changed in a case; none when nothing ever did."""
    steps: frozenset[str]
    """The steps of the schema it has."""


def look_at(path: Path) -> bytes:
    """The salt of what may be a copy, looked at without a key.

    Raises:
        NotFoundError: there is no such file.
        DamagedFileError: cppp did not write it, or it was cut short.
        ConflictError: it cannot be read.
    """
    not_whole = DamagedFileError(
        "This is not a whole copy: cppp did not write it, or it was cut short. Choose another copy."
    )
    try:
        salt, size = read_salt(path), path.stat().st_size
    except NotFoundError:
        raise NotFoundError(
            "There is no such file. Type cppp restore alone to see the copies on this computer."
        ) from None
    except DamagedFileError:
        raise not_whole from None
    except (ConflictError, OSError):
        raise ConflictError("The copy cannot be read; allow reading it, or choose another copy.") from None
    if size % PAGE_BYTES or salt == bytes(len(salt)):  # the first page of a copy is written last
        raise not_whole
    return salt


def verify(path: Path, key: Key, told: Told = nobody, *, every_page: bool = True) -> Contents:
    """Say what is in a copy, after reading every page of it, or only those that say so.

    Raises:
        LockedError: the key does not open it.
        DamagedFileError: it is damaged, cppp did not write it, or it comes from a newer version.
        ConflictError: it is in use, or cannot be read.
    """
    look_at(path)
    try:
        with closing(connect(path, key)) as connection, told_plainly():
            if every_page:
                check(connection, told)
            found = contents(connection)
    except LockedError:
        raise LockedError("That passphrase or recovery key does not open the copy.") from None
    except DamagedFileError:
        raise DamagedFileError("This copy is damaged, or cppp did not write it. Choose another copy.") from None
    if found.steps - NAMES:
        raise DamagedFileError("This copy was made by a newer version of cppp. Install that version and try again.")
    return found


def contents(connection: Any) -> Contents:  # noqa: ANN401  - sqlcipher3 has no types
    """What is in an open file."""

    def asked(query: str) -> list[Any]:
        return [row[0] for row in connection.execute(query)]

    rows = measured(connection).rows
    changes = [asked(query)[0] for table, query in _LAST_CHANGES.items() if table in rows]
    return Contents(
        rows,
        frozenset(connection.execute("SELECT id, reference FROM case_file") if "case_file" in rows else ()),
        asked("SELECT count(*) FROM session WHERE state <> 'discarded'")[0] if "session" in rows else 0,
        rows.get("safeguarding_note", 0),
        rows.get("final", 0),
        max((datetime.fromisoformat(moment) for moment in changes if moment), default=None),
        frozenset(asked("SELECT name FROM _sqlite_migrations") if "_sqlite_migrations" in rows else ()),
    )
