"""A save in which one system call fails: each call on the officer's file, its journal and its folder in turn.

On Linux ``strace`` makes the call fail as a dying disk, a full one or a missing permission would. The program must end
well or tell one sentence, and the file must hold all of the save or nothing of it.
"""

from __future__ import annotations

import itertools
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from proof.commands import not_told
from proof.desk import Desk, desk_in
from proof.figures import Figure, counted, not_run
from proof.officer_file import Filled, faults, filled

if TYPE_CHECKING:
    from pathlib import Path

LABEL = "calls on the file, its journal and its folder that failed in a save"
IN_SENTENCES = (5, 6, 7, 9)
FAILURES = (
    ("pwrite64", "EIO"), ("pwrite64", "ENOSPC"), ("fsync", "EIO"), ("fdatasync", "EIO"), ("openat", "EACCES"),
    ("openat", "EMFILE"), ("unlink", "EACCES"), ("ftruncate", "EIO"), ("pread64", "EIO"), ("fcntl", "ENOLCK"),
)  # fmt: skip


def failing(desk: Desk, call: str, error: str, nth: int, told: Path) -> tuple[str, ...]:
    """What to put before a command so that the nth call of a kind fails."""
    words = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(told),
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error={error}:when={nth}",
    ]
    for place in (desk.path, f"{desk.path}-journal", desk.home):
        words += ["-P", str(place)]
    return tuple(words)


@dataclass
class Count:
    """How many saves had a failing call, how they ended, and what was not as it must be."""

    tries: int = 0
    told: int = 0
    told_though_saved: int = 0
    wrong: list[str] = field(default_factory=list)


def each_call(made: Filled, folder: Path, every: int, failure: tuple[str, str]) -> Count:
    """Let each call of a kind, or one in so many, fail in a save of its own."""
    call, error = failure
    desk = desk_in(folder / f"{call}-{error}", made)
    listed, nothing = folder / f"{call}-{error}.txt", desk.rows()
    if done := desk.save().code:
        raise RuntimeError(f"the save ended with {done} without any trouble")
    complete, count = desk.rows(), Count()
    for nth in itertools.count(1, every):
        desk = desk_in(desk.home, made)
        done = desk.save(before=failing(desk, call, error, nth, listed))
        if "(INJECTED)" not in listed.read_text(encoding="utf-8"):
            return count
        rows, found = desk.rows(), not_told(done, (0, *IN_SENTENCES)) + faults(desk.path, desk.key)
        if rows != complete and (rows != nothing or not done.code):
            found.append("neither all of the save nor nothing of it")
        count.tries += 1
        count.told += bool(done.code)
        count.told_though_saved += bool(done.code) and rows == complete
        count.wrong += [f"{call} number {nth} with {error}: {fault}" for fault in found]
    raise AssertionError  # the numbers have no end


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Each kind of failure, on two cores."""
    if not shutil.which("strace"):
        return [not_run(LABEL, "no strace")]
    folder.mkdir()
    made = filled(folder / "home")
    total = Count()
    chosen = FAILURES[:2] if quick else FAILURES
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for count in pool.map(partial(each_call, made, folder, 20 if quick else 1), chosen):
            for name, value in vars(count).items():
                setattr(total, name, getattr(total, name) + value)
    for wrong in total.wrong:
        print(f"   {wrong}")
    return [
        counted(LABEL, total.tries, at_least=1),
        counted("  of these the save was told to have failed", total.told),
        counted("  of these it was on disk all the same, whole", total.told_though_saved),
        counted("  half a save, a damaged file, or no sentence", len(total.wrong), exactly=0),
    ]
