"""Power lost in a save: the writes that were recorded are replayed up to a moment, and those not yet synced by lot.

On Linux ``strace`` records every call of a day's first saves, one of each kind, on the officer's file, its journal and
its folder. Then the power fails after each call in turn. What was synced before is on the disk. Of what was not, each
write is there, is not there, or is there in some of its sectors of 512 bytes; each file made or removed since the
folder was synced may be so or not. The program opens what is left: it must be whole and hold every acknowledged save,
and nothing else but perhaps the one in flight.

This is a model of a disk that keeps what it said was synced, and that writes a sector of 512 bytes whole or not at
all. A disk that lies about that is beyond any program. SQLite says what it counts on at
https://sqlite.org/atomiccommit.html, and what ``synchronous = EXTRA`` adds at
https://sqlite.org/pragma.html#pragma_synchronous.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from proof import saves
from proof.figures import Figure, counted, not_run
from proof.kills_at_saves import Shift
from proof.officer_file import BY_CHANCE, Filled, every_row, faults, filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from proof.kills_at_saves import Rows

SECTOR = 512
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat2"
LINE = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")
DESCRIPTOR = re.compile(r"\d+<([^>]*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One recorded call: made, written, cut, synced, removed (all of a file by name), or acknowledged."""

    what: str
    name: str = ""
    place: int = 0
    data: bytes = b""


def record(shift: Shift, count: int, synchronous: str) -> list[Call]:
    """Make so many saves, and list what they did to the folder; the second file makes each of them too."""
    log = shift.path.parent.with_suffix(".log")
    before = ("strace", "-y", "-xx", "-s", str(1 << 20), "-o", str(log), "-e", f"trace={CALLS}")
    writer = shift.writer(str(count), *([synchronous] if synchronous else []), before=before)
    writer.go()
    if len(writer.rest()) != count:
        raise RuntimeError("the writer did not come to its end")
    return list(_parsed(log.read_text(encoding="ascii"), shift.path.parent))


def _parsed(log: str, folder: Path) -> Iterator[Call]:
    for line in log.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        call, words, result = found.groups()
        texts = [_bytes(text) for text in TEXT.findall(words)]
        opened = DESCRIPTOR.match(words)
        path = Path(os.fsdecode(_bytes(opened[1]))) if opened else Path()
        if call == "write" and words.startswith("1<") and texts[0].startswith(b"{"):
            yield Call("acknowledged")
        elif call in {"openat", "unlink", "rename", "unlinkat", "renameat2"}:
            target = Path(os.fsdecode(texts[0]))
            if target.parent == folder and call == "openat" and "O_CREAT" in words:
                yield Call("made", target.name)
            elif target.parent == folder and call == "unlink":
                yield Call("removed", target.name)
            elif target.parent == folder and call != "openat":
                raise RuntimeError(f"a save does what is not replayed: {call}")
        elif path == folder:
            yield Call("folder synced")
        elif path.parent == folder:
            yield _on_file(call, path.name, words, int(result), texts)


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _on_file(call: str, name: str, words: str, result: int, texts: list[bytes]) -> Call:
    if call == "pwrite64":
        return Call("written", name, int(words.rpartition(",")[2]), texts[0][:result])
    if call == "ftruncate":
        return Call("cut", name, int(words.rpartition(",")[2]))
    if call in {"fsync", "fdatasync"}:
        return Call("synced", name)
    raise RuntimeError(f"a save does what is not replayed: {call}")


@dataclass
class Disk:
    """What is on the disk for certain, and what was asked of it since."""

    contents: list[bytes]
    """Of each file that ever was, by number, as it was synced last."""
    names: dict[str, int]
    """The folder as it was synced last."""
    seen: dict[str, int]
    """The folder as programs see it."""
    writes: dict[int, list[Call]] = field(default_factory=lambda: defaultdict(list))
    renamed: list[tuple[str, int | None]] = field(default_factory=list)

    def take(self, call: Call) -> None:
        """Go on by one call."""
        if call.what == "made" and call.name not in self.seen:
            self.contents.append(b"")
            self.seen[call.name] = len(self.contents) - 1
            self.renamed.append((call.name, len(self.contents) - 1))
        elif call.what == "removed":
            del self.seen[call.name]
            self.renamed.append((call.name, None))
        elif call.what in {"written", "cut"}:
            self.writes[self.seen[call.name]].append(call)
        elif call.what == "synced":
            number = self.seen[call.name]
            self.contents[number] = _written(self.contents[number], self.writes.pop(number, []))
        elif call.what == "folder synced":
            self.names, self.renamed = dict(self.seen), []

    def after_power_loss(self, dice: random.Random, share: float, *, torn: bool) -> dict[str, bytes]:
        """The files that are left: of the writes not synced about a share, and of the names the first so many."""
        names = dict(self.names)
        kept = dice.choice([0, len(self.renamed), dice.randint(0, len(self.renamed))])
        for name, number in self.renamed[:kept]:
            if number is None:
                names.pop(name, None)
            else:
                names[name] = number
        found = {}
        for name, number in names.items():
            calls = [call for call in self.writes[number] if dice.random() < share]
            parts = [part for call in calls for part in (_torn(call, dice) if torn else [call])]
            found[name] = _written(self.contents[number], parts)
        return found


def _torn(call: Call, dice: random.Random) -> list[Call]:
    """Some of the sectors a write touches."""
    if call.what != "written":
        return [call]
    edges = range(call.place - call.place % SECTOR, call.place + len(call.data), SECTOR)
    parts = []
    for edge in edges:
        first, last = max(edge, call.place), min(edge + SECTOR, call.place + len(call.data))
        part = Call("written", call.name, first, call.data[first - call.place : last - call.place])
        parts += [part] if dice.random() < 0.5 else []
    return parts


def _written(before: bytes, calls: list[Call]) -> bytes:
    content = bytearray(before)
    for call in calls:
        if call.what == "cut":
            content[call.place :] = bytes(max(0, call.place - len(content)))
        else:
            content.extend(bytes(max(0, call.place - len(content))))
            content[call.place : call.place + len(call.data)] = call.data
    return bytes(content)


@dataclass
class Outcome:
    """What became of the states that were opened."""

    saves: int = 0
    cuts: int = 0
    states: int = 0
    taken_back: int = 0
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def replay(made: Filled, folder: Path, each: int, synchronous: str, numbers: tuple[int, int]) -> Outcome:
    """Record the saves between two numbers and let the power fail after each call, in so many ways at a time."""
    first, last = numbers
    shift = Shift(made.path, made.key, folder / f"power-{synchronous or 'as-is'}-{first}", 7)
    writer = shift.writer(str(first))
    writer.go()
    for _ in writer.rest():
        shift.catch_up()
    disk = Disk([shift.path.read_bytes()], {shift.path.name: 0}, {shift.path.name: 0})
    calls, expected = record(shift, last - first, synchronous), [shift.expected]
    for _ in range(last - first):
        shift.catch_up()
        expected.append(shift.expected)
    shift.close()
    outcome, acknowledged, known = Outcome(saves=last - first), 0, set()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as place:
        for number, call in enumerate(calls):
            disk.take(call)
            acknowledged += call.what == "acknowledged"
            dice = random.Random(f"{first} {number}")
            outcome.cuts += 1
            for share, torn in [(0, False), (1, False), (0.5, False), (0.5, True), (0.9, True), (0.1, True)][:each]:
                left = disk.after_power_loss(dice, share, torn=torn)
                digest = hashlib.sha256(repr((acknowledged, sorted(left.items()))).encode()).digest()
                if digest not in known:
                    known.add(digest)
                    where = (
                        f"saves from {first}, call {number} ({call.what} {call.name}), share {share}{' torn' * torn}"
                    )
                    _open(outcome, made, Path(place), left, expected[acknowledged : acknowledged + 2], where)
    return outcome


def _open(outcome: Outcome, made: Filled, folder: Path, left: dict[str, bytes], either: list[Rows], where: str) -> None:
    """Open what is left, and see whether it is one of the two states it may be in."""
    from cppp_cli.errors import CpppError
    from cppp_cli.store.encrypted import told_plainly
    from cppp_cli.store.file import open_file

    shutil.rmtree(folder)
    folder.mkdir()
    for name, content in left.items():
        (folder / name).write_bytes(content)
    outcome.states += 1
    try:
        with told_plainly():
            outcome.damaged += [f"{where}: {fault}" for fault in faults(folder / "officer.db", made.key)]
            db = open_file(folder / "officer.db", made.key)
            try:
                rows = every_row(db, but=BY_CHANCE)
            finally:
                db.close()
    except CpppError as error:
        outcome.damaged.append(f"{where}: {error}")
        return
    outcome.taken_back += rows == either[0]
    if rows not in either:
        outcome.lost.append(where)


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """The program as it is; and, to show that the replay can fail, syncing less than it does."""
    if not sys.platform.startswith("linux") or not shutil.which("strace"):
        return [not_run("power lost after each call of a save", "no strace")]
    made = filled(folder / "home")
    kinds = 1 if quick else len(saves.KINDS)
    numbers = [(number, min(number + 3, kinds)) for number in range(0, kinds, 3)]
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:

        def all_of(each: int, synchronous: str) -> Outcome:
            total = Outcome()
            for outcome in pool.map(partial(replay, made, folder, each, synchronous), numbers):
                for name, value in vars(outcome).items():
                    setattr(total, name, getattr(total, name) + value)
            return total

        real, full, off = all_of(3 if quick else 6, ""), all_of(2, "FULL"), all_of(2, "OFF")
    for wrong in real.lost + real.damaged:
        print(f"   {wrong}")
    return [
        counted("saves recorded", real.saves),
        counted("  moments at which the power failed", real.cuts, at_least=1),
        counted("  different states of the disk opened", real.states, at_least=real.cuts // 2),
        counted("  of these with the acknowledged saves and no more", real.taken_back),
        counted("acknowledged saves lost, or anything else changed", len(real.lost), exactly=0),
        counted("damaged files", len(real.damaged), exactly=0),
        counted("to compare: lost or damaged with synchronous = FULL", len(full.lost + full.damaged), at_least=1),
        counted("to compare: lost or damaged with synchronous = OFF", len(off.lost + off.damaged), at_least=1),
    ]
