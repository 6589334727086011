"""The process that is killed: saves one after the other, and says on its standard output what each has told the officer.

    python save_writer.py FILE SEED FIRST [COUNT [SYNCHRONOUS]]

With a word for SYNCHRONOUS it syncs less than the program does: to show what that would cost. The key comes on standard input. It says "ready", and begins when it reads one more line.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from proof import saves

from cppp_cli.store.file import open_file
from cppp_cli.store.keys import Key


def tell(line: object) -> None:
    """One line, past every buffer of this process."""
    os.write(1, json.dumps(line).encode() + b"\n")


def main(path: str, seed: str, first: str, count: str = "1000000", synchronous: str = "") -> None:
    """Save until killed, or so many times."""
    raw, salt = (bytes.fromhex(part) for part in sys.stdin.readline().split())
    tell("ready")
    sys.stdin.readline()
    day = saves.Day(open_file(Path(path), Key(raw, salt)), int(seed))
    if synchronous:
        day.db.execute(f"PRAGMA synchronous = {synchronous}")
    tell("opened")
    for number in itertools.islice(itertools.count(int(first)), int(count)):
        tell(day.save(number))


main(*sys.argv[1:])
