"""The program killed while it copies, restores or changes the key: there is always a file that opens, and no half copy.

Each is killed between two lines of the store, and at moments inside SQLite's own work. Here a few times; for more:

    CPPP_KILLS=300 python -m pytest tests/store/test_killed_copies.py
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from cppp_cli.errors import CpppError
from cppp_cli.store import backups, replacing
from cppp_cli.store.contents import verify
from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key

KILLS = int(os.environ.get("CPPP_KILLS", "6"))  # of each kind; half of them between two lines

NINE = datetime(2026, 11, 21, 9).astimezone()
TELLING = {"unit", "change", "link", "event", "sqlite_sequence"}

# Does one thing, and is killed before the given line of the store is run; 0 says how many lines there are.
CHILD = """
import os, signal, sys, time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from cppp_cli.store import backups, events, rekey, restoring
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key
from cppp_cli.store.replacing import turn

what, home, stop = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
path, folder = home / "officer.db", home / "backups"
old, new = (Key(bytes.fromhex(raw), bytes.fromhex(salt)) for raw, salt in (sys.stdin.readline().split() for _ in range(2)))
now = lambda: datetime(2026, 11, 22, 11).astimezone()
count = 0

def watched(frame, event, _):
    global count
    if not frame.f_code.co_filename.replace("\\\\", "/").endswith(FILES):
        return None
    if event == "line":
        count += 1
        if count == stop:
            os.kill(os.getpid(), signal.SIGKILL)
    return watched

FILES = tuple(f"cppp_cli/store/{name}.py" for name in ("backups", "copying", "replacing", "rekey", "restoring"))
db = open_file(path, old) if what == "backup" else None
print("ready", flush=True)
if stop >= 0:
    sys.settrace(watched)
if what == "backup":
    backups.daily(db, folder, now())
elif what == "restore":
    with turn(folder):
        restoring.restore(folder / "officer-20261121-090000.db", old, path, folder, now, present=old)
else:
    with turn(folder):
        with rekey.exported(path, old, new) as export:
            export.take_its_place(events.NEW_PASSPHRASE, now)
        rekey.renew_copies(folder, old, new)
sys.settrace(None)
print(count)
"""


def rows(path, key):
    with closing(connect(path, key)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            t: sorted(connection.execute(f'SELECT * FROM "{t}"').fetchall(), key=repr)
            for t in tables
            if t not in TELLING
        }


class Desk:
    """The officer's folder before and after a killed program."""

    def __init__(self, home, shelf, what):
        self.home, self.what, self.old = home, what, shelf.key
        self.path, self.folder = home / "officer.db", home / "backups"
        self.new = Key(os.urandom(32), os.urandom(16))
        shelf.take("held", home)
        with closing(open_file(self.path, self.old)) as db:
            backups.make(db, self.folder, NINE)
            backups.make(db, self.folder, NINE - timedelta(days=1), before="m002_history")
        self.before = rows(self.path, self.old)
        shelf.take("filled", home)
        self.now = rows(self.path, self.old)

    def start(self, stop):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, self.what, str(self.home), str(stop)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for key in (self.old, self.new):
            child.stdin.write(f"{key.raw.hex()} {key.salt.hex()}\n")
        child.stdin.flush()
        assert child.stdout.readline() == "ready\n", child.stderr.read()
        return child

    def key_of(self, path):
        salt = backups.salt_of(path)
        (key,) = [key for key in (self.old, self.new) if key.salt == salt]
        return key

    def holds(self):
        """Whatever happened, this is true."""
        key = self.key_of(self.path)
        assert key == self.old or self.what == "passphrase"
        found = rows(self.path, key)
        verify(self.path, key)
        assert found in ([self.now, self.before] if self.what == "restore" else [self.now])
        copies = backups.listed(self.folder)
        assert len(copies) >= 2
        for each in copies:
            verify(each.path, self.key_of(each.path))
            assert rows(each.path, self.key_of(each.path)) in (self.now, self.before)
        replacing.clear_leftovers(self.home, self.folder)
        assert [p.name for p in self.home.rglob("unfinished-*")] == []
        assert {p.name for p in self.home.iterdir()} == {"officer.db", "backups"}
        return key

    def goes_on(self, key):
        """The next command finds nothing in its way."""
        with closing(open_file(self.path, key)) as db:
            with db.atomic():
                db.execute("UPDATE officer SET team = 'the next command'")
            backups.make(db, self.folder, NINE + timedelta(days=1))


def finish(child):
    out, err = child.communicate(timeout=60)
    assert child.returncode in {0, -signal.SIGKILL}, err
    return child.returncode, out


@pytest.fixture
def desk(shelf, tmp_path):
    made = []

    def lay(what):
        made.append(Desk(tmp_path / f"home{len(made)}", shelf, what))
        return made[-1]

    return lay


pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that kills at once")
WHATS = ["backup", "restore", "passphrase"]


@pytest.mark.parametrize("what", WHATS)
def test_killed_between_two_lines(desk, what):
    dice, place = random.Random(what), desk(what)
    code, out = finish(place.start(0))
    assert code == 0
    lines = int(out)
    place.goes_on(place.holds())
    assert lines > 100
    killed = 0
    spread = range(1, lines + 1) if lines <= KILLS // 2 else sorted(dice.sample(range(1, lines + 1), KILLS // 2))
    for stop in spread:
        place = desk(what)
        code, _ = finish(place.start(stop))
        killed += code != 0
        place.goes_on(place.holds())
    assert killed == len(spread)
    print(f"\n{what}: killed before {killed} of {lines} lines, lost nothing")


@pytest.mark.parametrize("what", WHATS)
def test_killed_at_any_moment(desk, what):
    dice, place = random.Random(what), desk(what)
    child, began = place.start(-1), time.monotonic()
    finish(child)
    took = time.monotonic() - began
    killed, wanted, tries = 0, KILLS - KILLS // 2, 0
    while killed < wanted and tries < wanted * 5:  # some end before they are killed
        place, tries = desk(what), tries + 1
        child = place.start(-1)
        time.sleep(dice.uniform(0, took))
        child.kill()
        code, _ = finish(child)
        killed += code != 0
        place.goes_on(place.holds())
    assert killed == wanted
    print(f"\n{what}: killed at {killed} moments of {took:.2f} s, lost nothing")


def test_a_half_copy_would_be_noticed(desk):
    """What the tests above look for is there to be found."""
    place = desk("backup")
    (first, *_) = backups.listed(place.folder)
    first.path.write_bytes(first.path.read_bytes()[: -4096 * 3])
    with pytest.raises(CpppError):
        place.holds()
