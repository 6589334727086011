"""Another program opens the officer's file: apsw with SQLite3 Multiple Ciphers, whose encryption is not SQLCipher's code.

What it reads with the passphrase, or with the key written down on paper, is compared row by row with what ours reads;
and nothing else opens the file, in it or in the interpreter's own SQLite.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from typing import TYPE_CHECKING, Any

import apsw
from proof.copies import Opens, after_changes
from proof.figures import Figure
from proof.officer_file import every_row, filled

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.store.keys import Key

FIRST = 5  # files: two copies and the file after the demo, one copy and the file after a changed passphrase
Rows = dict[str, list[tuple[object, ...]]]


def read(path: Path, key: str | None) -> Rows | None:
    """Every row, read by the other program with a key as SQLCipher takes it; None when that does not open the file."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.pragma("cipher", "sqlcipher")
        connection.pragma("legacy", 4)
        if key is not None:
            connection.pragma("key", key)
        return every_row(connection)
    except apsw.NotADBError:
        return None
    finally:
        connection.close()


def raw(key: Key, *, salt: bytes | None = None) -> str:
    """A derived key and a salt, as SQLCipher takes them."""
    return f"x'{key.raw.hex()}{(salt or key.salt).hex()}'"


def by_paper(path: Path, recovery: str) -> Rows | None:
    """As ``read``, with the recovery key that an officer wrote down."""
    from cppp_cli.store.keys import read_recovery, read_salt

    return read(path, raw(read_recovery(recovery, read_salt(path))))


def strangers(opens: Opens) -> dict[str, str | None]:
    """What must not open the file, by name."""
    from cppp_cli.store.keys import Key, derive, read_salt, recovery_text

    key = derive(opens.passphrase, read_salt(opens.path))
    flipped = bytes([key.raw[0] ^ 1]) + key.raw[1:]
    return {
        "no key": None,
        "an empty key": "",
        "another passphrase": "acorn violin maple kettle barely",
        "the passphrase in capitals": opens.passphrase.upper(),
        "the passphrase and a blank": f"{opens.passphrase} ",
        "the recovery key as a passphrase": recovery_text(key),
        "the key as a passphrase": key.raw.hex(),
        "the key with one bit changed": raw(Key(flipped, key.salt)),
        "the right key with another salt": raw(key, salt=os.urandom(16)),
        "another key": raw(Key(os.urandom(32), key.salt)),
        "nothing but noughts": raw(Key(bytes(32), key.salt)),
        **opens.no_longer,
    }


def as_plain(path: Path) -> Rows | None:
    """As ``read``, by the interpreter's own SQLite, which knows no encryption."""
    connection = sqlite3.connect(path)
    try:
        return every_row(connection)
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()


def ours(opens: Opens) -> Rows:
    """Every row, read by the program."""
    from cppp_cli.store.encrypted import connect
    from cppp_cli.store.keys import derive, read_salt

    connection: Any = connect(opens.path, derive(opens.passphrase, read_salt(opens.path)))
    try:
        return every_row(connection)
    finally:
        connection.close()


def look(opens: Opens) -> Figure:
    """One file: read equally by the passphrase and the recovery key, and by nothing else."""
    expected = ours(opens)
    total = sum(map(len, expected.values()))
    others = strangers(opens)
    got_in = [name for name, key in others.items() if read(opens.path, key) is not None]
    got_in += ["plain SQLite"] if as_plain(opens.path) is not None else []
    same = {"passphrase": read(opens.path, opens.passphrase), "recovery key": by_paper(opens.path, opens.recovery)}
    wrong = [f"opens with {name}" for name in got_in]
    wrong += [f"not read equally by the {how}" for how, rows in same.items() if rows != expected]
    for fault in wrong:
        print(f"   {opens.what}: {fault}")
    refused = len(others) + 1 - len(got_in)
    return Figure(opens.what, f"{total:,} rows, {refused} refused", not wrong)


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """The officer's file and a copy of it, and both again after the passphrase was changed."""
    made = filled(folder / "home")
    files = after_changes(folder / "home", made.recovery)
    return [look(opens) for opens in itertools.islice(files, FIRST if quick else None)]
