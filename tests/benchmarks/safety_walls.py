"""The walls part of ``safety.py``: every reading command, for each of two look-alike families in one file.

Looked for is whatever tells the other family and not this one: its full names and numbers, and every answer of its own
of ``walls.SHARED`` signs or more, in what is printed and in what is written.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import families
import walls
from proof.figures import Figure

NUMBERS = {"family-1": "ZE26P01234", "family-2": "ZE26P01243"}
REQUIRED = ("shows",)


def figures(part: str) -> list[Figure]:
    """What the commands showed of the other family, and how many ran."""
    with tempfile.TemporaryDirectory() as folder:
        return _in(Path(folder))


def _in(folder: Path) -> list[Figure]:
    from cppp_cli.commands import demo, report
    from cppp_cli.commands.ways import Ways
    from cppp_cli.store.keys import recovery_text

    ids: dict[str, int] = {}
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), demo.office(folder / "home") as desk:
        for step, day in demo.STEPS:
            for family in demo.FAMILIES:
                demo.log_step(demo.on_day(desk, day), family, step, ids)
        for family in demo.FAMILIES:
            report.take_own_words(
                desk, ids[family], Ways(str(families.EXAMPLES / family / "report.toml"), no_input=True)
            )
        references = dict(desk.db.execute("SELECT id, reference FROM case_file").fetchall())
        key = recovery_text(desk.db.key)
    os.environ |= {
        "CPPP_HOME": str(folder / "home"),
        "CPPP_PASSPHRASE": key,
        "CPPP_TODAY": "2026-08-06",
        "NO_COLOR": "1",
    }
    answers = {family: families.every_file(family) for family in NUMBERS}
    found = []
    for family, other in (tuple(NUMBERS), tuple(reversed(NUMBERS))):
        tells = walls.of_other(answers[family], answers[other])
        found += _of_family(folder / family, family, references[ids[family]], tells)
    return found


def _of_family(out: Path, family: str, reference: str, tells: object) -> list[Figure]:
    from typer.testing import CliRunner

    from cppp_cli import cli
    from cppp_cli.documents.read_back import passages

    ran, shown = 0, 0
    for line in walls.READING:
        words = line.format(ref=reference, out=out, number=NUMBERS[family]).split()
        sys.argv = ["cppp", *words]
        done = CliRunner().invoke(cli.app, words, prog_name="cppp")
        ran += done.exit_code in {0, 4}
        shown += bool(tells.search(done.output))  # type: ignore[attr-defined]
    files = list(out.iterdir())
    told = [p for path in files for p in passages(path.name, path.read_bytes()) if tells.search(p.text)]  # type: ignore[attr-defined]
    return [
        Figure(f"{family}: reading commands that ran", f"{ran}/{len(walls.READING)}"),
        Figure(f"shows of the other family: commands for {family}", str(shown), shown == 0),
        Figure(f"shows of the other family: passages of {len(files)} files", str(len(told)), not told),
    ]
