"""Single bytes of a filled officer's file changed, and what the program makes of it.

The file is opened as the program opens it and every row of every table is read. A change is noticed when that ends in
an error with a sentence. Reading every row needs neither the free pages nor most of an index, so a change there shows
nothing wrong; ``PRAGMA cipher_integrity_check``, which looks at every page, must notice those.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from proof.desk import desk_in
from proof.figures import Figure, counted
from proof.officer_file import PASSPHRASE, Filled, every_row, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cppp_cli.store.keys import Key

PAGE = 4096
RESERVE = 80
"""Bytes at the end of each page: 16 of its own random start value, 64 of its seal."""
SALT = 16
DAMAGED = 9

NOTICED, UNUSED, SILENT, SHOWN_WRONG, TRACEBACK = (
    "noticed",
    "in a page not needed",
    "not noticed",
    "shown wrong",
    "no sentence",
)


@dataclass
class Counts:
    """How many changes ended in which way, how many hit which part of a page, and where one went wrong."""

    ended: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unused: list[tuple[int, int]] = field(default_factory=list)
    """Changes that only the check of all pages noticed."""


def part_of(position: int, size: int) -> str:
    """Which part of the file a byte belongs to."""
    page, within = divmod(position, PAGE)
    if page == 0:
        return "the salt" if within < SALT else "page 1"
    if within >= PAGE - RESERVE:
        return "a start value" if within < PAGE - RESERVE + 16 else "a seal"
    return "the last page" if page == size // PAGE - 1 else "the words of a page"


def by_lot(size: int, count: int, seed: int) -> Iterator[tuple[int, int]]:
    """So many positions over the whole file, each with the value it is combined with; never nothing."""
    dice = random.Random(seed)
    for _ in range(count):
        yield dice.randrange(size), dice.randrange(1, 256)


def aimed(size: int, count: int, seed: int) -> Iterator[tuple[int, int]]:
    """So many positions again, so that each part of the file is hit equally often."""
    dice, last = random.Random(seed), size // PAGE - 1
    for number in range(count):
        page = dice.randrange(1, last)
        yield (
            (
                dice.randrange(SALT),
                dice.randrange(SALT, PAGE),
                page * PAGE + dice.randrange(PAGE - RESERVE),
                page * PAGE + PAGE - RESERVE + dice.randrange(16),
                page * PAGE + PAGE - 64 + dice.randrange(64),
                last * PAGE + dice.randrange(PAGE),
            )[number % 6],
            dice.randrange(1, 256),
        )


def read_all(path: Path, key: Key) -> dict[str, list[tuple[object, ...]]]:
    """Every row, as the program opens and reads a file."""
    from cppp_cli.store.encrypted import told_plainly
    from cppp_cli.store.file import open_file

    with told_plainly():
        db = open_file(path, key)
        try:
            return every_row(db)
        finally:
            db.close()


def leave_free_pages(path: Path, key: Key) -> int:
    """Keep a picture in a case and discard the case, which leaves pages that nobody uses; how many there are."""
    from cppp_cli.store import cases, records
    from cppp_cli.store.file import open_file

    db = open_file(path, key)
    try:
        number = cases.begin(db, lambda: "2026-08-06T09:00:00+00:00")
        records.add_picture(db, number, bytes(12 * PAGE), "image/png", (10, 10), lambda: "2026-08-06T09:00:00+00:00")
        cases.discard_draft(db, number)
        return int(db.execute("PRAGMA freelist_count").fetchone()[0])
    finally:
        db.close()


def change_each(
    master: Path, copy: Path, key: Key, changes: Iterable[tuple[int, int]], *, by_passphrase: bool
) -> Counts:
    """Change one byte after the other, each in a fresh copy."""
    from cppp_cli.errors import CpppError
    from cppp_cli.store.keys import derive, read_salt

    expected, size, counts = read_all(master, key), master.stat().st_size, Counts()
    for position, value in changes:
        shutil.copyfile(master, copy)
        combine(copy, position, value)
        # Somebody who types the passphrase gets another key when the salt has changed; a kept key is that of before.
        used = derive(PASSPHRASE, read_salt(copy)) if by_passphrase and position < SALT else key
        try:
            ended = _unnoticed(copy, key) if read_all(copy, used) == expected else SHOWN_WRONG
        except CpppError as error:
            ended = NOTICED if str(error).endswith(".") and error.exit_code in {5, 9} else TRACEBACK
        except Exception as error:  # noqa: BLE001 - whatever it is, an officer would see a traceback of it
            ended = f"{TRACEBACK}: {type(error).__name__}"
        counts.ended[ended] += 1
        counts.hit[part_of(position, size)] += 1
        if ended == UNUSED:
            counts.unused.append((position, value))
        elif ended != NOTICED:
            counts.wrong.append(f"byte {position} of {size}, combined with {value}: {ended}")
    return counts


def combine(path: Path, position: int, value: int) -> None:
    """Change one byte of a file."""
    with path.open("r+b") as file:
        file.seek(position)
        (before,) = file.read(1)
        file.seek(position)
        file.write(bytes([before ^ value]))


def told_by(command: str, made: Filled, home: Path, changes: Iterable[tuple[int, int]]) -> list[str]:
    """Changes that a command, run by the officer, does not end with 9 and a sentence for."""
    missed = []
    for position, value in changes:
        desk = desk_in(home, made)
        combine(desk.path, position, value)
        done = desk.run(command)
        if done.code != DAMAGED or "Traceback" in done.err or not done.err.strip().endswith("."):
            missed.append(f"byte {position}, combined with {value}: {command} ended with {done.code}")
    return missed


def _unnoticed(copy: Path, key: Key) -> str:
    """What a change is that no reading met: in a page not needed for it, if the check of all pages sees it."""
    from cppp_cli.store.encrypted import connect

    connection: Any = connect(copy, key)
    try:
        return UNUSED if connection.execute("PRAGMA cipher_integrity_check").fetchall() else SILENT
    finally:
        connection.close()


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Changes by lot over the whole file, and as many aimed at each of its parts."""
    made = filled(folder / "home")
    free = leave_free_pages(made.path, made.key)
    copy, size = folder / "copy.db", made.path.stat().st_size
    lots = change_each(made.path, copy, made.key, by_lot(size, 100 if quick else 600, 1), by_passphrase=True)
    aims = change_each(made.path, copy, made.key, aimed(size, 60 if quick else 300, 2), by_passphrase=False)
    unused = (lots.unused + aims.unused)[: 1 if quick else 6]
    missed = [each for command in ("doctor", "backup") for each in told_by(command, made, folder / "told", unused)]
    for wrong in lots.wrong + aims.wrong + missed:
        print(f"   {wrong}")
    both = lots.ended + aims.ended
    return [
        counted("bytes changed, by lot over the whole file", lots.ended.total(), at_least=100 if quick else 500),
        counted("bytes changed, aimed at each part of the file", aims.ended.total()),
        counted("free pages in the file", free, at_least=1),
        *(counted(f"  of all these in {part}", number) for part, number in sorted((lots.hit + aims.hit).items())),
        counted("noticed when the file is opened and read", both[NOTICED]),
        counted("  in a page not needed for that: noticed by the check of all pages", both[UNUSED]),
        counted(
            f"  {2 * len(unused)} runs of the doctor and of backup on some of these; silent", len(missed), exactly=0
        ),
        counted("shown wrong, not noticed, or told without a sentence", len(lots.wrong + aims.wrong), exactly=0),
    ]
