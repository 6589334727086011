"""A large officer's file beside plain SQLite: run with ``python tests/benchmarks/big_file.py``.

A file of about 50 MB with 5,000 cases is filled through the program's own tables, whose triggers write the history.
The same tables, rows and triggers are put into an ordinary database for the interpreter's own ``sqlite3``. Then both
do the same, in turn, round after round: open, one save, a backup, the check of everything, the list of cases. Compare
ratios, not milliseconds: both sides of a ratio come from the same sitting.

A save is ``RowSheet.put`` of one statement of a child. Its statements are recorded once and made again on the plain
file with the same ``synchronous``, with the triggers and without them, and, to tell what is the encryption and what
the program, on the encrypted file too.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from proof.commands import cppp
from proof.figures import Figure, table
from proof.many_cases import NOW, Files, build

from cppp_cli.programme.answers import Answer
from cppp_cli.store import backups, officer, sessions
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import recovery_text
from cppp_cli.store.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES = 5000  # about 50 MB
AT_MOST = 1.5  # of a save, beside plain SQLite with the same triggers; an aim, and no proof fails by it
AIMED_AT = f"save, cppp (aim: at most {AT_MOST} times)"
SETTINGS = ("foreign_keys = ON", "synchronous = EXTRA", "secure_delete = ON", "temp_store = MEMORY")


# ------------------------------------------------------------------------------------------------ both sides


class Recording:
    """A connection that also lists what is executed on it."""

    def __init__(self, connection: Any) -> None:
        self._connection, self.made = connection, []

    def execute(self, statement: str, values: Any = ()) -> Any:
        self.made.append((statement, values))
        return self._connection.execute(statement, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class Saves:
    """The same save on every file: each time the words of one statement change."""

    def __init__(self, files: Files) -> None:
        self._number = 0
        self._db = open_file(files.path, files.key)
        session, case = self._db.execute("SELECT id, case_id FROM session ORDER BY id LIMIT 1").fetchone()
        self._sheet = sessions.sheet(self._db, session, case, NOW.isoformat)
        self._plain, self._bare = plain(files.plain), plain(files.bare)
        connection = self._db.conn
        recording = self._db.conn = Recording(connection)
        self._sheet.put("statements.2.words", Answer("as recorded"))
        self._made, self._db.conn = recording.made, connection

    def close(self) -> None:
        """Close all files."""
        for each in (self._db, self._plain, self._bare):
            each.close()

    def _words(self) -> str:
        self._number += 1
        return f"what was said on day {self._number} about the bicycle and the school"

    def by_program(self) -> None:
        """As a guided session saves."""
        self._sheet.put("statements.2.words", Answer(self._words()))

    def again(self, connection: Any) -> None:
        """The recorded statements, and nothing else."""
        words = self._words()
        for statement, values in self._made:
            if isinstance(values, dict):
                connection.execute(statement, values)
            else:
                connection.execute(statement, [words if value == "as recorded" else value for value in values])

    def timings(self) -> dict[str, Callable[[], Any]]:
        """By label."""
        return {
            AIMED_AT: self.by_program,
            "save, the same statements on the encrypted file": lambda: self.again(self._db.conn),
            "save, plain SQLite": lambda: self.again(self._plain),
            "save, plain SQLite without the history": lambda: self.again(self._bare),
        }


def plain(path: Path) -> sqlite3.Connection:
    """An ordinary database with the settings and the functions of the program's."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    Recorder().register(connection)
    return connection


def openings(files: Files) -> dict[str, Callable[[], Any]]:
    """Open a file, read the officer in it, and close it."""

    def by_program() -> None:
        with contextlib.closing(open_file(files.path, files.key)) as db:
            officer.load(db)

    def by_plain() -> None:
        with contextlib.closing(plain(files.plain)) as connection:
            connection.execute("SELECT * FROM officer").fetchone()

    return {"open, cppp": by_program, "open, plain SQLite": by_plain}


def copies(files: Files) -> dict[str, Callable[[], Any]]:
    """Copy a file and check the copy; the copy is removed again."""

    def by_program() -> None:
        with contextlib.closing(open_file(files.path, files.key)) as db:
            backups.make(db, files.home / "backups", NOW).path.unlink()

    def copied() -> Iterator[sqlite3.Connection]:
        target = files.plain.with_name("copy.db")
        with contextlib.closing(plain(files.plain)) as source, contextlib.closing(plain(target)) as copy:
            source.backup(copy)
            yield copy
        with target.open("rb+") as file:
            os.fsync(file.fileno())
        target.unlink()

    def by_plain() -> None:
        for copy in copied():
            copy.execute("PRAGMA quick_check").fetchall()
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()

    return {
        "backup, cppp": by_program,
        "backup, plain SQLite, checked": by_plain,
        "backup, plain SQLite, not checked": lambda: list(copied()),
    }


LISTED = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
children = {}
for case, name in db.execute("SELECT case_id, full_name FROM child ORDER BY case_id, number"):
    children.setdefault(case, []).append("".join(part[0] for part in name.split()))
for row in db.execute("SELECT id, reference, case_number, state, report_due, hearing_on FROM case_file ORDER BY report_due, reference"):
    print(*row[1:4], " ".join(children[row[0]]), *row[4:], sep="\\t")
"""
CHECKED = """
import sqlite3, sys
from sqlite_utils import Database
from cppp_cli.store import history
from cppp_cli.store.recorder import Recorder
db = sqlite3.connect(sys.argv[1])
Recorder().register(db)
print(db.execute("PRAGMA integrity_check").fetchall(), db.execute("PRAGMA foreign_key_check").fetchall())
print(history.verify(Database(db)))
"""


def commands(files: Files) -> dict[str, Callable[[], Any]]:
    """Commands in processes of their own, beside a script that does the same with plain SQLite."""
    recovery = recovery_text(files.key)

    def command(*words: str) -> None:
        done = cppp(files.home, recovery, *words)
        if done.code not in {0, BLOCKED}:
            raise RuntimeError(f"cppp {words[0]} ended with {done.code}: {done.err}{done.out}")

    def script(code: str) -> None:
        subprocess.run([sys.executable, "-c", code, str(files.plain)], stdout=subprocess.DEVNULL, check=True)

    return {
        "case list, cppp": lambda: command("case", "list"),
        "case list, a script with plain SQLite": lambda: script(LISTED),
        "doctor, cppp": lambda: command("doctor"),
        "doctor, a script that checks plain SQLite": lambda: script(CHECKED),
    }


BLOCKED = 4  # how the doctor ends when it has something to say, such as that there is no copy

# ------------------------------------------------------------------------------------------------ measuring


def measure(doing: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The median milliseconds of each, done in turn, round after round; the first round warms up and does not count."""
    took: dict[str, list[float]] = {label: [] for label in doing}
    for turn in range(rounds + 1):
        for label, once in doing.items():
            began = time.perf_counter()
            once()
            took[label] += [(time.perf_counter() - began) * 1000] if turn else []
    return {label: statistics.median(times) for label, times in took.items()}


def figures(took: dict[str, float]) -> list[Figure]:
    """A line for each, with its ratio to the first plain one of its kind."""
    kinds = {label: label.partition(",")[0] for label in took}
    other = {
        kind: next(took[label] for label in took if kinds[label] == kind and "plain SQLite" in label)
        for kind in kinds.values()
    }
    lines = []
    for label, milliseconds in took.items():
        ratio = milliseconds / other[kinds[label]]
        met = (": met" if ratio <= AT_MOST else ": MISSED") if label == AIMED_AT else ""
        lines.append(Figure(label, f"{milliseconds:8.2f} ms {ratio:6.2f}{met}"))
    return lines


def measured(folder: Path, cases: int, rounds: int) -> list[Figure]:
    """Build the files and time everything."""
    began = time.monotonic()
    files = build(folder, cases)
    rows = 0
    with contextlib.closing(plain(files.plain)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows += connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
    print(f"{cases:,} cases, {rows:,} rows, built in {time.monotonic() - began:.0f} s", file=sys.stderr)
    saves = Saves(files)
    took = measure(openings(files), rounds) | measure(saves.timings(), 10 * rounds)
    saves.close()
    few = max(2, rounds // 8)
    took |= measure(copies(files), few) | measure(commands(files), few)
    size = files.path.stat().st_size / 1e6
    return [Figure(f"a file with {cases:,} cases and {rows:,} rows", f"{size:.1f} MB"), *figures(took)]


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """As a part of the proof."""
    return measured(folder, 300 if quick else CASES, 10 if quick else 40)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=CASES, help=f"how many ({CASES:,})")
    parser.add_argument(
        "--rounds",
        type=int,
        default=40,
        help="rounds that count (40); ten times as many for a save, an eighth for what is slow",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cppp-big-", ignore_cleanup_errors=True) as folder:
        found = measured(Path(folder), options.cases, options.rounds)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs")
    print("Medians, interleaved; the last column is the ratio to plain SQLite with the same triggers.")
    print(table("a large file", found))


if __name__ == "__main__":
    main()
