"""The file, or one case of it, as an ordinary SQLite database or as JSON: readable with any tool, and by anybody.

Every table of contents goes along as it stands, and the history in words. What guards them stays behind: triggers,
salts, digests.
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import ConflictError
from cppp_cli.store import events
from cppp_cli.store.outgoing import NOT_WRITTEN, beside, digest_of, leaving
from cppp_cli.store.sealed import Part
from cppp_cli.store.triggers import LOGGED
from cppp_cli.store.whole_case import TABLES, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from cppp_cli.store.file import OfficerFile

FORMATS: Final = {".db": "SQLite", ".sqlite": "SQLite", ".json": "JSON"}
"""By the end of the file's name."""

WHOLE: Final = tuple(dict.fromkeys((*LOGGED, *TABLES)))
"""Every table of contents of the officer's file."""

NOTICE: Final = (
    "Not encrypted: anybody can read this. It holds confidential addresses, words that children said for nobody, and "
    "safeguarding notes. Keep it only as long as it is needed, and nowhere else."
)
_UNIT: Final = {"id": "INTEGER", "command": "TEXT", "at": "TEXT", "undoes": "INTEGER"}
_TEXTS: Final = ("at", "action", "place", "row", "before", "after", "reason")
_CHANGE: Final = {**dict.fromkeys(("id", "chain", "unit"), "INTEGER"), **dict.fromkeys(_TEXTS, "TEXT")}


def export(db: OfficerFile, case_id: int | None, path: Path, about: Mapping[str, str], now: Callable[[], str]) -> str:
    """Write the whole file or one case, whole or not at all, and tell it in the history; its SHA-256.

    Args:
        db: The officer's file.
        case_id: The case; None for all of the file.
        path: The file, which ends in one of ``FORMATS``; nothing may be there.
        about: What the file says of itself, beside that anybody can read it.
        now: The clock.

    Raises:
        ConflictError: something of that name is there, or it cannot be written.
        NotFoundError: the folder does not exist.
    """
    kind = FORMATS[path.suffix.lower()]
    with leaving(db, path) as out:
        said = {**about, "made_at": now(), "notice": NOTICE}
        parts = {"about": Part({"name": "TEXT", "value": "TEXT"}, [{"name": n, "value": v} for n, v in said.items()])}
        parts |= contents(db, case_id)
        out.digest = _write(path, kind, parts)
        detail = f"{'the whole file' if case_id is None else 'one case'}, {kind}"
        events.add(db, events.PLAIN_EXPORT, now, case_id=case_id, detail=detail, path=path, digest=out.digest)
    return out.digest


def contents(db: OfficerFile, case_id: int | None) -> dict[str, Part]:
    """Every table of contents with its rows, those of one case when it is given, and the history."""
    found = {}
    for table in WHOLE if case_id is None else (*TABLES, "handover"):
        columns = {column.name: column.type for column in db.table(table).columns}
        rows = list(db.query(f"SELECT * FROM {table}")) if case_id is None else rows_of(db, table, case_id)
        found[table] = Part(columns, rows)
    chosen, values = ("", []) if case_id is None else (" WHERE link.chain = ?", [case_id])
    units = f"SELECT {', '.join(_UNIT)} FROM unit WHERE id IN (SELECT unit FROM link{chosen}) ORDER BY id"
    cells = ", ".join("link.unit" if name == "unit" else f'change."{name}"' for name in _CHANGE)
    changes = f"SELECT {cells} FROM change JOIN link USING (id){chosen} ORDER BY change.id"
    return {
        **found,
        "unit": Part(_UNIT, list(db.query(units, values))),
        "change": Part(_CHANGE, list(db.query(changes, values))),
    }


def _write(path: Path, kind: str, parts: Mapping[str, Part]) -> str:
    with beside(path) as temporary:
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            if kind == "JSON":
                json.dump(_objects(parts), file, ensure_ascii=False, indent=1)
                file.write("\n")
        if kind == "SQLite":
            _fill(temporary, parts)
        return digest_of(temporary)


def _fill(path: Path, parts: Mapping[str, Part]) -> None:
    with closing(sqlite3.connect(path)) as connection, _told():
        for name, part in parts.items():
            names = ", ".join(f'"{column}"' for column in part.columns)
            typed = ", ".join(f'"{column}" {kind}' for column, kind in part.columns.items())
            marks = ", ".join("?" for _ in part.columns)
            connection.execute(f'CREATE TABLE "{name}" ({typed})')
            connection.executemany(
                f'INSERT INTO "{name}" ({names}) VALUES ({marks})',
                [[row[column] for column in part.columns] for row in part.rows],
            )
        connection.commit()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error:
        raise ConflictError(NOT_WRITTEN) from None


def _objects(parts: Mapping[str, Part]) -> dict[str, Any]:
    """The tables as lists of objects; what the file says of itself as one object, and pictures in base 64."""
    about = {row["name"]: row["value"] for row in parts["about"].rows}
    tables = {
        name: [{column: _plain(row[column]) for column in part.columns} for row in part.rows]
        for name, part in parts.items()
        if name != "about"
    }
    return {"about": about, **tables}


def _plain(value: object) -> object:
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
