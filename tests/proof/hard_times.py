"""Trouble that is made for real around the program: a full disk, what may not be written or read, a lock, the clock.

Each time the program is run as a command. While the trouble lasts a save ends with its exit code and one sentence;
when it is over the file is whole, holds what it held before (or the save, when that went through), and the next save
works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proof import failing_calls
from proof.commands import cppp, no_larger, not_told, powerless
from proof.desk import Desk, desk_in
from proof.figures import Figure, not_run
from proof.officer_file import PASSPHRASE, faults, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Trouble = Callable[[], Any]

IN_USE = 7
LOCKED = 5
PAGE = 4096


def weather(desk: Desk, trouble: Trouble, codes: Iterable[int] = (IN_USE,), **more: Any) -> list[str]:
    """Save while the trouble lasts, and again when it is over; what was not as it must be."""
    before = desk.rows()
    with trouble():
        done = desk.save(**more)
    wrong = not_told(done, codes) + faults(desk.path, desk.key)
    after = desk.rows()
    if (done.code == 0) == (after == before):
        wrong.append("it ended well and nothing is saved" if done.code == 0 else "it failed and something is changed")
    again = desk.save()
    if again.code or desk.rows() == after:
        wrong.append(f"the next save did not work either: {again.err.splitlines()[-1:]}")
    return wrong + faults(desk.path, desk.key)


# ------------------------------------------------------------------------------------------------ full disk


@contextmanager
def small_disk(size: int) -> Iterator[Path | None]:
    """A disk of so many bytes, in memory; None where nobody may mount one."""
    place = Path(tempfile.mkdtemp(prefix="cppp-disk-"))
    options = ["-t", "tmpfs", "-o", f"size={size},mode=0700", "cppp-proof", str(place)]
    mounted = (
        os.name == "posix"
        and shutil.which("mount") is not None
        and not subprocess.run(["mount", *options], capture_output=True, check=False).returncode
    )
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


@contextmanager
def full(disk: Path, left: int) -> Iterator[None]:
    """The disk with no more than so many bytes left."""
    ballast = disk / "ballast"
    room = shutil.disk_usage(disk).free - left
    ballast.write_bytes(bytes(room // PAGE * PAGE))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def nothing() -> Iterator[None]:
    """No trouble here: it is in how the command is started."""
    yield


# ------------------------------------------------------------------------------------------------ permissions


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    """A file or folder with other permissions."""
    before = path.stat().st_mode & 0o777
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


@contextmanager
def read_only_disk(disk: Path) -> Iterator[None]:
    """A disk that was mounted for reading only."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


# ------------------------------------------------------------------------------------------------ locked

HOLD = """
import sys
from pathlib import Path
from cppp_cli.store.encrypted import connect
from cppp_cli.store.keys import Key
raw, salt = (bytes.fromhex(part) for part in sys.stdin.readline().split())
connection = connect(Path(sys.argv[1]), Key(raw, salt))
connection.execute(f"BEGIN {sys.argv[2]}")
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(desk: Desk, how: str) -> Iterator[None]:
    """Another process in the middle of a transaction: IMMEDIATE lets others read, EXCLUSIVE does not."""
    words = [sys.executable, "-c", HOLD, str(desk.path), how]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as other:
        other.stdin.write(f"{desk.key.raw.hex()} {desk.key.salt.hex()}\n")
        other.stdin.flush()
        if other.stdout.readline() != "held\n":
            raise RuntimeError("the file was not held")
        try:
            yield
        finally:
            other.stdin.write("enough\n")


# ------------------------------------------------------------------------------------------------ the clock

EVERY_DAY = (
    (), ("case", "list"), ("case", "show", "CASE"), ("schedule", "show", "CASE"), ("session", "show", "CASE", "child"),
    ("report", "CASE", "--no-input", "--out", "OUT"), ("plan", "CASE", "--out", "OUT"), ("history", "CASE"),
)  # fmt: skip


def set_back(desk: Desk, today: str, commands: Iterable[tuple[str, ...]] = EVERY_DAY) -> list[str]:
    """Everyday commands on a day before everything in the file: none fails as a bug does, and a save is a save."""
    wrong = []
    for command in commands:
        words = [{"CASE": desk.reference, "OUT": str(desk.home.parent / "out")}.get(word, word) for word in command]
        wrong += [
            f"{' '.join(command)}: {fault}" for fault in not_told(desk.run(*words, CPPP_TODAY=today), (0, 2, 3, 4))
        ]
    before = desk.rows()
    move = ("schedule", "move", desk.reference, "filing", "--to", "2026-08-26", "--reason", "court")
    saved = desk.run(*move, CPPP_TODAY=today)
    if saved.code or desk.rows() == before:
        wrong.append(f"a save on that day did not work: {saved.err.splitlines()[-1:]}")
    return wrong + faults(desk.path, desk.key)


STAND_IN_STORE = """
from pathlib import Path
from keyring.backend import KeyringBackend
KEPT = Path(__file__).with_suffix(".secret")
class Keyring(KeyringBackend):
    priority = 5
    def get_password(self, service, username):
        return KEPT.read_text(encoding="utf-8") if KEPT.exists() else None
    def set_password(self, service, username, password):
        KEPT.write_text(password, encoding="utf-8")
    def delete_password(self, service, username):
        KEPT.unlink()
"""


def stays_unlocked(desk: Desk, folder: Path) -> list[str]:
    """Unlock at nine on 6 August: the file is open on that day, and neither on the day after nor on the one before."""
    (folder / "stand_in_store.py").write_text(STAND_IN_STORE, encoding="utf-8")
    kept = {"PYTHONPATH": str(folder), "PYTHON_KEYRING_BACKEND": "stand_in_store.Keyring"}
    wrong = []
    for today, code in (("2026-08-06", 0), ("2026-08-07", LOCKED), ("2026-08-05", LOCKED)):
        opened = desk.run("unlock", **kept)
        if opened.code or "Open until" not in opened.out:
            wrong.append(f"unlock did not work: {opened.err.splitlines()[-1:]}")
        listed = cppp(desk.home, "", "case", "list", CPPP_TODAY=today, **kept)
        wrong += [f"on {today}: {fault}" for fault in not_told(listed, (code,))]
    return wrong + not_told(desk.run("lock", **kept), (0,))


def begun_on_a_full_disk(disk: Path, left: int) -> list[str]:
    """``init`` where there is no room: it fails with a sentence, and once there is room it works."""
    from cppp_cli import paths

    home, officer = disk / "home", str(paths.examples() / "officer.toml")
    with full(disk, left):
        wrong = not_told(cppp(home, PASSPHRASE, "init", "--answers", officer, "--no-input"), (IN_USE,))
    again = cppp(home, PASSPHRASE, "init", "--answers", officer, "--no-input")
    if again.code:
        wrong.append(f"init did not work with room either: {again.err.splitlines()[-1:]}")
    shutil.rmtree(home, ignore_errors=True)
    return wrong


def journal_left(desk: Desk) -> None:
    """Kill a process in the middle of a transaction: half of it is in the file, and the journal lies beside it."""
    words = [sys.executable, "-c", CUT_OFF, str(desk.path)]
    subprocess.run(words, input=f"{desk.key.raw.hex()} {desk.key.salt.hex()}\n", encoding="utf-8", check=False)
    if not desk.path.with_name("officer.db-journal").exists():
        raise RuntimeError("no journal was left")


CUT_OFF = """
import os, sys
from pathlib import Path
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key
raw, salt = (bytes.fromhex(part) for part in sys.stdin.readline().split())
db = open_file(Path(sys.argv[1]), Key(raw, salt))
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
db.execute("UPDATE report_answer SET value = json_quote('cut off') WHERE value IS NOT NULL")
os._exit(9)
"""


def half_saved(desk: Desk, path: Path, bits: int, before: tuple[str, ...]) -> list[str]:
    """A killed save that cannot be taken back, since writing is not allowed: nothing of it is shown, and it waits."""
    rows = desk.rows()
    journal_left(desk)
    with mode(path, bits):
        wrong = not_told(desk.run("case", "list", before=before), (IN_USE,))
    if desk.rows() != rows:
        wrong.append("half of the save is there")
    return wrong + faults(desk.path, desk.key)


def trials(folder: Path, *, quick: bool) -> Iterator[tuple[str, Callable[[], list[str]] | None]]:
    """Every hard time by name, with what tries it; None where this system does not allow it."""
    made = filled(folder / "made")
    desk = desk_in(folder / "home", made)
    with small_disk(4 << 20) as disk:
        rooms = (0, 20480) if quick else range(0, 100 * PAGE, PAGE)
        for left in rooms:
            here = disk and desk_in(disk / "home", made)
            yield (
                f"full disk, {left:,} bytes left",
                here and partial(weather, here, partial(full, disk, left), (0, IN_USE)),
            )
        yield "disk mounted for reading only", disk and partial(weather, here, partial(read_only_disk, disk))
        shutil.rmtree(disk / "home") if disk else None
        for left in (0, 20480) if quick else (0, 4096, 8192, 20480, 65536, 131072):
            yield f"init on a full disk, {left:,} bytes left", disk and partial(begun_on_a_full_disk, disk, left)
    posix = os.name == "posix"
    size = desk.path.stat().st_size
    for limit in (0, size) if quick else (0, 512, 4096, 20480, size - PAGE, size, size + PAGE):
        name = f"writing fails, beyond {limit:,} bytes"
        yield name, partial(weather, desk, nothing, (0, IN_USE), before=no_larger(limit)) if posix else None
    bound = powerless()
    for name, path, bits in (
        ("folder read-only", desk.home, 0o500),
        ("file read-only", desk.path, 0o400),
        ("permission to read denied", desk.path, 0),
        ("permission to enter the folder denied", desk.home, 0),
    ):
        yield name, None if bound is None else partial(weather, desk, partial(mode, path, bits), before=bound)
    for name, path, bits in (("folder", desk.home, 0o500), ("file", desk.path, 0o400)):
        tried = None if bound is None else partial(half_saved, desk, path, bits, bound)
        yield f"killed in a save and read-only, {name}", tried
    for how in ("IMMEDIATE",) if quick else ("IMMEDIATE", "EXCLUSIVE"):
        yield f"locked by another process, {how.lower()}", partial(weather, desk, partial(held, desk, how))
    yield "clock set back by six years", partial(set_back, desk, "2020-02-29")
    yield "clock set back while unlocked", partial(stays_unlocked, desk, folder)


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Every hard time, and a save in which one call fails; one line for those that differ in a number only."""
    tried: dict[str, list[list[str]]] = {}
    figures = []
    for name, trial in trials(folder, quick=quick):
        kind = name.partition(",")[0]
        if trial is None:
            figures.append(not_run(name, "not allowed here"))
            continue
        wrong = trial()
        tried.setdefault(kind, []).append(wrong)
        for fault in wrong:
            print(f"   {name}: {fault}")
    for kind, found in tried.items():
        bad = sum(map(bool, found))
        figures.append(Figure(kind, f"{len(found) - bad} of {len(found)} as it must be", not bad))
    return figures + failing_calls.run(folder / "calls", quick=quick)
