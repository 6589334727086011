"""An encrypted file for somebody else, and one that came from somebody else: plain tables, and nothing that acts.

What is written is read back before it gets its name. What comes in is somebody else's: its schema is believed in
nothing, no view, trigger or unknown form of a table is taken, and every column is asked for by its name.
"""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import ConflictError, DamagedFileError, LockedError, NotFoundError, UsageProblemError
from cppp_cli.store.copying import check
from cppp_cli.store.encrypted import connect, create, told_plainly
from cppp_cli.store.keys import read_salt
from cppp_cli.store.migrations import MADE_BY_EXPORT
from cppp_cli.store.outgoing import NOT_WRITTEN, beside, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cppp_cli.store.keys import Key

HANDOVER: Final = "handover_file"
PACK: Final = "pack_file"
FORMATS: Final = {HANDOVER: 1, PACK: 1}
"""The table that says what a file is, and the newest format of it that is understood."""

NOT_OURS: Final = "This file is not as cppp export writes one, so nothing of it was taken. Ask for it to be made again."
_DAMAGED: Final = (
    "This file is damaged, was cut short, or was not made by cppp export. Nothing of it was taken; ask for it again."
)
_TYPES: Final = frozenset({"INTEGER", "TEXT", "BLOB"})
_NAME: Final = re.compile("[a-z_]+")


@dataclass(frozen=True)
class Part:
    """One table: its columns with their types, and its rows."""

    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]


_STEPS: Final = "_sqlite_migrations"
_STEP: Final = {"id": 1, "migration_set": "cppp", "name": MADE_BY_EXPORT, "applied_at": ""}
_GUARD: Final = Part({"id": "INTEGER", **dict.fromkeys(("migration_set", "name", "applied_at"), "TEXT")}, [_STEP])


def write(path: Path, key: Key, parts: Mapping[str, Part]) -> str:
    """Write an encrypted file with these tables, read it back, and only then give it its name; its SHA-256.

    Raises:
        ConflictError: something of that name is there, or it cannot be written.
        NotFoundError: the folder does not exist.
        DamagedFileError: it could not be read back as it was written; nothing is left of it.
    """
    with beside(path) as temporary:
        try:
            connection = create(temporary, key)
        except ConflictError:
            raise ConflictError(NOT_WRITTEN) from None
        with closing(connection), told_plainly():
            _fill(connection, {_STEPS: _GUARD, **parts})
        if read(temporary, key) != parts:
            raise DamagedFileError("The file could not be read back as it was written, so it was removed. Try again.")
        return digest_of(temporary)


def read(path: Path, key: Key) -> dict[str, Part]:
    """Every table of a file that came, by name; the file is left as it is.

    Raises:
        LockedError: the key does not open it.
        DamagedFileError: it is damaged, not as cppp writes one, or of a newer format.
        UsageProblemError: it is an officer's own file.
        NotFoundError: there is no such file.
        ConflictError: it cannot be read.
    """
    with _told_of_the_file():
        connection = connect(path, key)
    with closing(connection):
        for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {setting}")
        with _told_of_the_file(connection.DatabaseError):
            found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        _refuse_officers_file(found)
        with _told_of_the_file(connection.DatabaseError):
            tables = {name: _columns(connection, name) for kind, name, _ in found if kind == "table"}
            newer = _is_newer(connection, tables)
        if newer:
            raise DamagedFileError(
                "This file was made by a newer version of cppp and was not touched. Install that version and try again."
            )
        if [("table", name, _made(name, tables.get(name, {}))) for _, name, _ in found] != found:
            raise DamagedFileError(NOT_OURS)
        with _told_of_the_file(connection.DatabaseError):
            check(connection)
            parts = {name: _part(connection, name, columns) for name, columns in tables.items()}
    if parts.pop(_STEPS, None) != _GUARD:
        raise DamagedFileError(NOT_OURS)
    return parts


def salt_of(path: Path) -> bytes:
    """The salt of a file that came, with which its passphrase makes the key; raises what `read` does."""
    with _told_of_the_file():
        return read_salt(path)


@contextmanager
def _told_of_the_file(*foreseen: type[Exception]) -> Iterator[None]:
    """What goes wrong is told of the file that came, and not of the officer's own."""
    try:
        with told_plainly():
            yield
    except foreseen:  # what a file can be made to answer that cppp would not have written
        raise DamagedFileError(NOT_OURS) from None
    except NotFoundError:
        raise NotFoundError("There is no such file. Check its place, and type it again.") from None
    except LockedError:
        raise LockedError("That passphrase does not open this file; try it again.") from None
    except DamagedFileError:
        raise DamagedFileError(_DAMAGED) from None
    except ConflictError:
        raise ConflictError(
            "This file cannot be read just now. Allow reading it, or copy it to this computer."
        ) from None


def _fill(connection: Any, parts: Mapping[str, Part]) -> None:  # noqa: ANN401  - sqlcipher3 has no types
    for name, part in parts.items():
        connection.execute(_made(name, part.columns))
        names = ", ".join(f'"{column}"' for column in part.columns)
        marks = ", ".join("?" for _ in part.columns)
        connection.executemany(
            f'INSERT INTO "{name}" ({names}) VALUES ({marks})',
            [[row[column] for column in part.columns] for row in part.rows],
        )
    connection.commit()


def _made(name: str, columns: Mapping[str, str]) -> str:
    """The one statement by which a table of these columns is made, here and in any file that is taken."""
    return f'CREATE TABLE "{name}" ({", ".join(f"{_quoted(c)} {kind}" for c, kind in columns.items())}) STRICT'


def _quoted(column: str) -> str:
    return f'"{column}"'


def _columns(connection: Any, table: str) -> dict[str, str]:  # noqa: ANN401  - as above
    """The columns of a table with their types; none for a table that is not made in the one way."""
    if not _NAME.fullmatch(table):
        return {}
    told = {row[1]: row[2] for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall()}
    return told if all(_NAME.fullmatch(name) and kind in _TYPES for name, kind in told.items()) else {}


def _part(connection: Any, table: str, columns: Mapping[str, str]) -> Part:  # noqa: ANN401  - as above
    names = ", ".join(_quoted(column) for column in columns)
    rows = connection.execute(f'SELECT {names} FROM "{table}" ORDER BY rowid').fetchall()
    return Part(columns, [dict(zip(columns, row, strict=True)) for row in rows])


def _refuse_officers_file(found: Sequence[tuple[str, str, str]]) -> None:
    if {"officer", _STEPS} <= {name for _, name, _ in found}:
        raise UsageProblemError(
            "This is a whole officer's file or a copy of one, not a case handed over. To bring it back: "
            "cppp restore FILE"
        )


def _is_newer(connection: Any, tables: Mapping[str, Mapping[str, str]]) -> bool:  # noqa: ANN401  - as above
    """Whether a file says of itself that it is of a format not known here; asked before its form is looked at."""
    for table, newest in FORMATS.items():
        if "format" in tables.get(table, {}):
            (said,) = connection.execute(f'SELECT max("format") FROM "{table}"').fetchone()
            return isinstance(said, int) and said > newest
    return False
