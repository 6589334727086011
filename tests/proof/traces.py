"""After the demo: no word of the families in any byte of the officer's file, beside it, or in the temporary folder.

The documents folder is left out: what is written there is meant to be read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from proof.commands import cppp
from proof.copies import NEW_PASSPHRASE, back_up, change
from proof.figures import Figure, counted
from proof.officer_file import PASSPHRASE
from proof.words import Search, said, who

if TYPE_CHECKING:
    from collections.abc import Mapping

DEMO = Path(__file__).with_name("kept_demo.py")


def surroundings(folder: Path) -> dict[str, str]:
    """What sends a child's temporary files and home into this folder."""
    temporary = folder / "temp"
    temporary.mkdir(parents=True, exist_ok=True)
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)) | {"HOME": str(folder / "person")}


def kept_demo(folder: Path) -> None:
    """The demo's own steps in a process of their own, whose file is kept, and a journal caught in a transaction."""
    around = os.environ | surroundings(folder)
    subprocess.run([sys.executable, str(DEMO), str(folder)], env=around, cwd=folder, check=True)


def killed_demo(folder: Path, after_s: float) -> None:
    """The demo as a command, killed on its way: what it leaves lies in the temporary folder."""
    words = [sys.executable, "-m", "cppp_cli", "demo", "--out", str(folder / "documents")]
    around, temporary = os.environ | surroundings(folder), folder / "temp"
    known = set(temporary.iterdir())
    demo = subprocess.Popen(words, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not [place for place in set(temporary.iterdir()) - known if (place / "officer.db").exists()]:
        if demo.poll() is not None:
            raise RuntimeError("the demo ended before it could be killed")
        time.sleep(0.01)
    time.sleep(after_s)
    demo.kill()
    demo.wait()


def days_work(folder: Path, *, quick: bool) -> None:
    """Commands that read, write, copy and put the file under another key, with faults among them."""
    home, stick, around = folder / "home", folder / "stick", surroundings(folder)
    back_up(home, stick, present=PASSPHRASE, **around)
    change(home, folder, present=PASSPHRASE, new=NEW_PASSPHRASE, **around)
    back_up(home, stick, present=NEW_PASSPHRASE, **around)
    recovery = change(home, folder, "--renew", present=NEW_PASSPHRASE, **around)
    listed = cppp(home, recovery, "case", "list", **around)
    for line in listed.out.splitlines()[1 : 2 if quick else None]:
        case = line.split("\t")[0]
        for words in (
            ("case", "show", case), ("session", "show", case, "child"), ("schedule", "show", case), ("history", case),
            ("report", case, "--no-input"), ("plan", case), ("case", "edit", case, "--no-input", "--answers", "nowhere"),
            ("session", "amend", case, "joint", "--no-input"), ("doctor", "--all"), ("nonsense",),
        ):  # fmt: skip
            done = cppp(home, recovery, *words, **around)
            if done.code == 1:
                raise RuntimeError(f"{words[0]} ended with 1: {done.err.splitlines()[-1:]}")
    cppp(home, "another phrase altogether", "case", "list", **around)


def below(folder: Path) -> dict[Path, bytes]:
    """Every file in a folder, with its name before its bytes; "officer" is the program's own word in names."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: path.name.replace("officer", "").encode() + path.read_bytes() for path in files}


def searched(what: str, search: Search, files: Mapping[Path, bytes]) -> Figure:
    """The line of one place."""
    hits = {path: found for path, data in files.items() if (found := search.found_in(data))}
    for path, found in hits.items():
        print(f"   {path.name} holds {len(found)} of the words, such as {min(found, key=len)!r}")
    size = sum(map(len, files.values()))
    return Figure(what, f"{len(hits)} in {len(files)} files, {size:,} B", not hits)


def in_the_open(folder: Path) -> bytes:
    """The same rows in an ordinary database that nobody encrypted: where the search must find them."""
    from cppp_cli.store.encrypted import connect
    from cppp_cli.store.keys import derive, read_salt

    path = folder / "home" / "officer.db"
    connection = connect(path, derive(PASSPHRASE, read_salt(path)))
    plain = folder / "plain.db"
    connection.execute("ATTACH ? AS plain KEY ''", [str(plain)])
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    data = plain.read_bytes()
    plain.unlink()
    return data


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Each place after the demo, after a day's work, after demos that were killed; and that the search can fail."""
    from cppp_cli import paths

    words, everybody = said(paths.examples()), who(paths.examples())
    search = Search(words)
    kept_demo(folder)
    found = search.found_in(in_the_open(folder))
    figures = [
        counted("words, names and three words in a row, from all answers", len(words)),
        counted("  found in the same rows without encryption", len(found), at_least=len(words) * 9 // 10),
        counted("  names, addresses, telephone numbers, e-mail not found there", len(everybody - found), exactly=0),
        searched("officer.db after the demo", search, below(folder / "home")),
        searched("file and journal in the middle of a transaction", search, below(folder / "caught")),
    ]
    days_work(folder, quick=quick)
    figures += [
        searched("officer's folder with its copies, after more commands", search, below(folder / "home")),
        searched("copies on a stick", search, below(folder / "stick")),
    ]
    left = below(folder / "temp")
    for number in range(2 if quick else 10):
        killed_demo(folder, 0.1 * (number + 1))
    figures += [
        searched("temporary folder", search, left),
        searched("temporary folder after demos that were killed", search, below(folder / "temp")),
    ]
    size = sum(len(data) for data in below(folder).values())
    return [*figures, Figure("  hits to expect by chance in all that was searched", f"{search.by_chance(size):.4f}")]
