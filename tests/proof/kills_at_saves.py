"""Kills while a save is on its way: at a moment drawn by lot, and before every single call that writes or syncs.

A process makes saves of every kind through the program's own sheets and acknowledges each when the call returns. It is
killed with SIGKILL (TerminateProcess on Windows). The file is opened again, and

- its pages, their seals, its references and its history are checked;
- every acknowledged answer is read through the program and compared with what was said;
- every row of every table is compared with a second file in which the acknowledged saves, and no others, were made,
  or those and the one that was in flight. Nothing else may differ.

The same file goes on through many kills. A kill keeps the page cache: this proves the death of the process only.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proof import saves
from proof.figures import Figure, counted, not_run
from proof.officer_file import BY_CHANCE, Filled, every_row, faults, filled

if TYPE_CHECKING:
    from cppp_cli.store.keys import Key

Rows = dict[str, list[tuple[object, ...]]]

WRITER = Path(__file__).with_name("save_writer.py")
CALLS = ("openat", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink")
"""System calls of a save on Linux; the process is killed before the first of each kind, the second, and so on."""


@dataclass
class Tally:
    """What became of the kills."""

    kills: int = 0
    acknowledged: int = 0
    in_the_middle: int = 0
    """A journal lay beside the file: the kill fell inside a transaction."""
    unacknowledged_and_kept: int = 0
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Sum up."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Writer:
    """One process that saves, started ahead of time so that its start costs nothing later."""

    def __init__(self, path: Path, key: Key, seed: int, first: int, *more: str, before: tuple[str, ...] = ()) -> None:
        words = [*before, sys.executable, str(WRITER), str(path), str(seed), str(first), *more]
        keep = {name: value for name, value in os.environ.items() if not name.startswith("CPPP_")}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=keep)
        self._write(f"{key.raw.hex()} {key.salt.hex()}\n")

    def _write(self, line: str) -> None:
        self.process.stdin.write(line.encode())
        self.process.stdin.flush()

    def read(self) -> Any:
        """The next line it says; None when it has ended."""
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def go(self) -> None:
        """Let it begin."""
        while (said := self.read()) != "ready":
            assert said is not None, "the writer did not start"
        self._write("\n")

    def kill(self) -> list[saves.Facts]:
        """Kill it; what it had acknowledged and nobody had read yet."""
        self.process.kill()
        self.process.wait()
        return self.rest()

    def rest(self) -> list[saves.Facts]:
        """What is left to read, to the end."""
        rest = []
        while (said := self.read()) is not None:
            rest.append(said)
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        return [said for said in rest if isinstance(said, dict)]


@dataclass(frozen=True)
class State:
    """All of a file: every row, and what its readers say or what the officer was told."""

    rows: Rows
    told: saves.Facts


class Shift:
    """One file that is killed over and over, the second file that says how it must look, and what was told."""

    def __init__(self, master: Path, key: Key, folder: Path, seed: int) -> None:
        from cppp_cli.store.file import open_file

        folder.mkdir()
        self.path, self.key, self.seed = folder / "officer.db", key, seed
        shutil.copyfile(master, self.path)
        self._second = open_file(Path(shutil.copyfile(master, folder / "second.db")), key)
        self._second.execute("PRAGMA synchronous = OFF")  # nobody kills this one
        self._day = saves.Day(self._second, seed)
        self.done, self.told, self.tally = 0, {}, Tally()
        self.expected = self._rows()

    def close(self) -> None:
        """Close the second file."""
        self._second.close()

    def writer(self, *more: str, before: tuple[str, ...] = ()) -> Writer:
        """A process that goes on where the file stands."""
        return Writer(self.path, self.key, self.seed, self.done, *more, before=before)

    def catch_up(self) -> saves.Facts:
        """Make the next save in the second file too."""
        told = self._day.save(self.done)
        self.done += 1
        self.expected = self._rows()
        return told

    def killed(self, acknowledged: list[saves.Facts]) -> None:
        """Look at the file after a kill; the saves acknowledged since the last one are given in their order."""
        for told in acknowledged:
            self.told |= told
            self.catch_up()
        found = self.look(len(acknowledged))
        if found.rows != self.expected:
            self.told |= self.catch_up()
            self.tally.unacknowledged_and_kept += 1
        self.compare(found, State(self.expected, self.told))

    def look(self, acknowledged: int) -> State:
        """Count a kill, see whether the file is whole, and read all of it."""
        from cppp_cli.store.file import open_file

        self.tally.kills += 1
        self.tally.acknowledged += acknowledged
        self.tally.in_the_middle += self.path.with_name("officer.db-journal").exists()
        damaged = faults(self.path, self.key)
        self.tally.damaged += [f"{self.place}: {fault}" for fault in damaged]
        if damaged:
            return State({}, {})
        db = open_file(self.path, self.key)
        try:
            return State(every_row(db, but=BY_CHANCE), json.loads(json.dumps(saves.facts(db))))
        finally:
            db.close()

    def compare(self, found: State, expected: State) -> None:
        """Note every answer that is not as it was told, and every table that has another row."""
        lost = [name for name, value in expected.told.items() if found.told.get(name) != value]
        lost += [f"rows of {name}" for name, there in expected.rows.items() if found.rows.get(name) != there]
        self.tally.lost += [f"{self.place}: {name}" for name in lost]

    @property
    def place(self) -> str:
        """Where the day stands, to find a failure again."""
        return f"seed {self.seed}, save {self.done}"

    def _rows(self) -> Rows:
        return every_row(self._second, but=BY_CHANCE)


def at_any_moment(shift: Shift, kills: int) -> Tally:
    """Kill the writer so many times, each at a moment drawn by lot within a save."""
    dice, took = random.Random(f"moments {shift.seed}"), [0.005]
    for _ in range(kills):
        writer, acknowledged, wanted = shift.writer(), [], dice.choice([0, 0, 1, 2, 5])
        writer.go()
        assert writer.read() == "opened"
        while len(acknowledged) < wanted:
            began = time.perf_counter()
            acknowledged.append(writer.read())
            assert acknowledged[-1] is not None, "the writer ended by itself"
            took.append(time.perf_counter() - began)
        until = time.perf_counter() + dice.uniform(0, 1.2 * statistics.median(took[-50:]))
        while time.perf_counter() < until:  # sleeping is not exact enough to fall inside a commit
            pass
        acknowledged += writer.kill()
        shift.killed(acknowledged)
    shift.close()
    return shift.tally


def at_every_call(shift: Shift, number: int) -> Tally:
    """Kill the writer before every call that writes or syncs in the save of that number, the file as before each time."""
    writer = shift.writer(str(number))
    writer.go()
    for told in writer.rest():
        shift.told |= told
        shift.catch_up()
    assert shift.done == number
    kept = Path(shutil.copyfile(shift.path, shift.path.with_name("kept.db")))
    without = State(shift.expected, dict(shift.told))
    told = shift.catch_up()
    shift.done = number
    for call in CALLS:
        nth = 1
        while _killed_before(shift, call, nth, without, State(shift.expected, without.told | told)):
            nth += 1
            _restore(kept, shift.path)
        _restore(kept, shift.path)
    shift.close()
    return shift.tally


def _restore(kept: Path, path: Path) -> None:
    path.with_name("officer.db-journal").unlink(missing_ok=True)
    shutil.copyfile(kept, path)


def _killed_before(shift: Shift, call: str, nth: int, without: State, made: State) -> bool:
    """Kill the process before the nth call of that kind; False when its save makes fewer of them."""
    strace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"]
    for place in (shift.path, f"{shift.path}-journal", shift.path.parent):
        strace += ["-P", str(place)]
    writer = shift.writer("1", before=(*strace, "-e", f"inject={call}:signal=KILL:when={nth}"))
    writer.go()
    acknowledged = writer.rest()
    if writer.process.returncode == 0:
        return False
    found = shift.look(len(acknowledged))
    kept = found.rows != without.rows
    shift.tally.unacknowledged_and_kept += kept and not acknowledged
    shift.compare(found, made if kept or acknowledged else without)
    return True


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Both kinds of kills, in so many shifts, on two cores."""
    made = filled(folder / "home")
    shifts, each = (2, 10) if quick else (16, 32)
    kinds = 1 if quick else len(saves.KINDS)
    moments = Tally()
    calls = Tally() if shutil.which("strace") else None
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for tally in pool.map(partial(_moments, made, folder, each), range(shifts)):
            moments.add(tally)
        if calls:
            for tally in pool.map(partial(_calls, made, folder), range(kinds)):
                calls.add(tally)
    every_call = "before every call of a save that writes or syncs"
    return figures("at a moment drawn by lot in a save", moments) + (
        figures(every_call, calls) if calls else [not_run(f"kills {every_call}", "no strace")]
    )


def _moments(made: Filled, folder: Path, kills: int, seed: int) -> Tally:
    return at_any_moment(Shift(made.path, made.key, folder / f"moments-{seed}", seed), kills)


def _calls(made: Filled, folder: Path, kind: int) -> Tally:
    return at_every_call(Shift(made.path, made.key, folder / f"calls-{kind}", 7), kind)


def figures(where: str, tally: Tally) -> list[Figure]:
    """The lines of the table."""
    for fault in tally.lost + tally.damaged:
        print(f"   {fault}", file=sys.stderr)
    return [
        counted(f"kills {where}", tally.kills, at_least=1),
        counted("  of these with a journal beside the file (inside a transaction)", tally.in_the_middle),
        counted("  saves acknowledged before them", tally.acknowledged),
        counted("  saves on disk that were killed before they said so", tally.unacknowledged_and_kept),
        counted("  committed answers lost or changed", len(tally.lost), exactly=0),
        counted("  damaged files", len(tally.damaged), exactly=0),
    ]
