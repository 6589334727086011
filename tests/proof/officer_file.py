"""A made-up officer's file with both families, and the ways to see that a file is whole."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.store.keys import Key

BY_CHANCE = frozenset({("unit", "token"), ("change", "salt"), ("link", "digest"), ("link", "head")})
"""Columns of the history that differ each time the same thing is done."""

PASSPHRASE = "acorn violin maple kettle barley"  # of a made-up officer


@dataclass(frozen=True)
class Filled:
    """An officer's file after the demo, with what opens it."""

    path: Path
    key: Key
    recovery: str
    cases: dict[str, int]  # by family
    references: dict[str, str]


def filled(home: Path) -> Filled:
    """Make an officer's folder with both families: every session, and the officer's own words for the report."""
    from cppp_cli import paths
    from cppp_cli.commands import demo, report
    from cppp_cli.commands.ways import Ways
    from cppp_cli.store import passphrases
    from cppp_cli.store.keys import derive, read_salt, recovery_text

    ids: dict[str, int] = {}
    quiet = io.StringIO()
    with (
        mock.patch.object(passphrases, "offer", return_value=PASSPHRASE),
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
        demo.office(home) as desk,
    ):
        for step, day in demo.STEPS:
            for family in demo.FAMILIES:
                demo.log_step(demo.on_day(desk, day), family, step, ids)
        for family in demo.FAMILIES:
            words = Ways(str(paths.examples() / family / "report.toml"), no_input=True)
            report.take_own_words(desk, ids[family], words)
        found = {row["id"]: row["reference"] for row in desk.db.query("SELECT id, reference FROM case_file")}
    path = paths.database(home)
    key = derive(PASSPHRASE, read_salt(path))
    return Filled(path, key, recovery_text(key), ids, {family: found[number] for family, number in ids.items()})


def every_row(connection: Any, *, but: frozenset[tuple[str, str]] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order that does not depend on where it lies; without the columns in ``but``."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    found = {}
    for (name,) in connection.execute(named).fetchall():
        columns = [column for _, column, *_ in connection.execute(f"PRAGMA table_info({name})").fetchall()]
        kept = ", ".join(f'"{column}"' for column in columns if (name, column) not in but)
        found[name] = sorted(connection.execute(f"SELECT {kept} FROM {name}").fetchall(), key=repr)
    return found


def faults(path: Path, key: Key) -> list[str]:
    """What is wrong with a file: its pages, their seals, its references, its history. Empty when it is whole."""
    from cppp_cli.errors import CpppError
    from cppp_cli.store.encrypted import told_plainly
    from cppp_cli.store.file import open_file

    found = []
    try:
        with told_plainly(), contextlib.closing(open_file(path, key)) as db:
            found += [f"page: {row[0]}" for row in db.execute("PRAGMA cipher_integrity_check").fetchall()]
            found += [row[0] for row in db.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
            found += [f"reference: {row}" for row in db.execute("PRAGMA foreign_key_check").fetchall()]
            found += broken_history(db)
    except CpppError as error:
        found.append(f"not readable: {error}")
    return found


def broken_history(db: Any) -> list[str]:
    """What the chain of the history says, where this version of the program keeps one."""
    try:
        from cppp_cli.store import history
    except ImportError:
        return []
    verify = getattr(history, "verify", None)
    return [f"history: {fault}" for fault in verify(db)] if verify else []
