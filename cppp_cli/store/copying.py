"""A checked copy of an open file: every page read back, every table counted, before anybody calls it one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cppp_cli.errors import DamagedFileError, LockedError
from cppp_cli.store.encrypted import connect, create, told_plainly
from cppp_cli.store.keys import RESTORE
from cppp_cli.store.replacing import sync, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cppp_cli.store.keys import Key

Told: TypeAlias = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""

_PAGES_AT_ONCE: Final = 500

# SQLite's own words for its primary codes, https://sqlite.org/rescode.html
_CODES: Final = {
    "database is locked": 5,
    "database table is locked": 6,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


def nobody(_done: float) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Measure:
    """What a copy must have in common with its source: the rows of each table, the schema, the numbers given."""

    rows: Mapping[str, int]
    schema: tuple[tuple[Any, ...], ...]
    given: tuple[tuple[Any, ...], ...]
    version: int
    mark: int


def measured(connection: Any) -> Measure:  # noqa: ANN401  - sqlcipher3 has no types
    """Count a file; consistent only within a transaction."""
    schema = tuple(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"))
    tables = [name for kind, name, *_ in schema if kind == "table"]
    rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    numbered = "sqlite_sequence" in rows
    return Measure(
        rows,
        schema,
        tuple(connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")) if numbered else (),
        connection.execute("PRAGMA user_version").fetchone()[0],
        connection.execute("PRAGMA application_id").fetchone()[0],
    )


def check(connection: Any, told: Told = nobody) -> None:  # noqa: ANN401  - as above
    """Read every page of a file: its seal, and how it hangs together with the others.

    Raises:
        DamagedFileError: a page is damaged.
    """
    with told_plainly():
        unsealed = connection.execute("PRAGMA cipher_integrity_check").fetchone()
        told(1 / 2)
        if unsealed or connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DamagedFileError("A part of the file is damaged.")
        told(1)


@contextmanager
def copied(source: Any, key: Key, folder: Path, told: Told = nobody) -> Iterator[Path]:  # noqa: ANN401  - as above
    """A checked copy of an open file under a key and its salt, as an unfinished file of the folder.

    It is a copy page by page of one moment, whoever writes meanwhile; the key may be another than the source's.

    Raises:
        ConflictError: it cannot be written, or the disk is full.
        DamagedFileError: the source is damaged, or the copy could not be read back as it was written.
    """
    if source.in_transaction:  # the copying would wait for its own end
        raise RuntimeError("a file is copied outside of a transaction")
    with unfinished(folder) as path:
        with told_plainly():
            source.execute("BEGIN")
            try:
                _refuse_damaged(source)
                told(1 / 4)
                expected = measured(source)
                _write(source, path, key, told)
            finally:
                source.rollback()
        _compare(path, key, expected, told)
        sync(path)
        yield path


def _refuse_damaged(source: Any) -> None:  # noqa: ANN401  - as above
    """SQLite copies a damaged page as zeros and says nothing: in the copy they would pass for what was written."""
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on nobody writes
    if source.execute("PRAGMA cipher_integrity_check").fetchone():
        raise DamagedFileError(f"A part of the file is damaged, so no copy of it was made; {RESTORE}.")


def _write(source: Any, path: Path, key: Key, told: Told) -> None:  # noqa: ANN401  - as above
    def pages(_status: int, remaining: int, total: int) -> None:
        told((2 - remaining / total) / 4)  # of four times through all pages, each of which takes about as long

    with closing(create(path, key)) as copy:
        try:
            source.backup(copy, pages=_PAGES_AT_ONCE, progress=pages, sleep=0)
        except Exception as error:
            # This one call raises without SQLite's code, by which a full disk is told from a damaged file.
            vars(error).setdefault("sqlite_errorcode", _CODES.get(str(error), 0))
            raise


def _compare(path: Path, key: Key, expected: Measure, told: Told) -> None:
    try:
        with closing(connect(path, key)) as copy:
            check(copy, lambda done: told((1 + done) / 2))
            with told_plainly():
                same = measured(copy) == expected
    except (DamagedFileError, LockedError):
        same = False
    if not same:
        raise DamagedFileError(
            "The copy could not be read back as it was written, so it was removed. The disk may be failing; look at "
            "the file with cppp doctor."
        )
