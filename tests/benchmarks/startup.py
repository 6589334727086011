"""How long a command takes to start, beside its neighbours: run with ``python tests/benchmarks/startup.py``.

Every command is started in turn, round after round, so that a busy moment falls on all of them alike. The time is
wall time from the start of the process to its end, or, for a session's first prompt, to the moment the first
question stands on the terminal. Compare ratios, not milliseconds: both sides of a ratio come from the same sitting.

What is measured needs no private way in: the recovery key on paper is the derived key itself, so ``CPPP_PASSPHRASE``
with a recovery key in it supplies the raw key, and with a passphrase in it adds the derivation.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PASSPHRASE = "heron lantern pocket gravel meadow twelve"  # of a made-up officer
WIDTH = 44  # columns of a label

ONE_COMMAND = '''\
import typer

app = typer.Typer()


@app.command()
def greet(name: str = "world") -> None:
    """Say hello."""
    typer.echo(f"Hello {name}")


app()
'''

# Keeps the secret in a file, so that what is measured is keyring and our thread and not one system's store.
STAND_IN_STORE = """\
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


@dataclass
class Measured:
    """One line of the table: its label, how it is run once, and the milliseconds so far."""

    label: str
    once: Callable[[], float] | None
    why_not: str = ""
    times_ms: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.times_ms)

    @property
    def least(self) -> float:
        return min(self.times_ms)


@dataclass(frozen=True)
class Aim:
    """The ratio of two medians and the most it should be."""

    of: Measured
    to: Measured
    at_most: float


class Sitting:
    """A made-up officer's folder, the surroundings of every run, and the ways to time one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scripts = Path(sysconfig.get_path("scripts"))
        self.surroundings = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("CPPP_", "PYTHON"))},
            "CPPP_HOME": str(folder / "home"),
            "CPPP_TODAY": "2026-06-11",
            "CPPP_PASSPHRASE": PASSPHRASE,
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),  # the warm-up compiles; the checkout stays clean
            "TERM": "xterm",
        }
        (folder / "one_command.py").write_text(ONE_COMMAND, encoding="utf-8")
        (folder / "stand_in_store.py").write_text(STAND_IN_STORE, encoding="utf-8")
        printed = self.output("init", "--answers", str(EXAMPLES / "officer.toml"), "--no-input")
        self.output("new-case", "--answers", str(EXAMPLES / "family-1" / "new-case.toml"), "--no-input")
        self.case = self.output("case", "list").splitlines()[1].split("\t")[0]
        self.raw_key = {
            "CPPP_PASSPHRASE": "-".join(re.findall(r"\b[A-Z0-9]{5}\b(?=-|$)", printed, re.MULTILINE)),
        }
        shutil.copytree(folder / "home", folder / "unlocked-home")
        self.kept_key = {
            "CPPP_HOME": str(folder / "unlocked-home"),
            "CPPP_PASSPHRASE": "",
            "PYTHONPATH": str(folder),
            "PYTHON_KEYRING_BACKEND": "stand_in_store.Keyring",
        }

    def script(self, name: str) -> str:
        """A command installed beside this interpreter."""
        found = shutil.which(name, path=str(self.scripts))
        if not found:
            sys.exit(f"{name} is not installed beside {sys.executable}. Install the project there first.")
        return found

    def output(self, *arguments: str, **surroundings: str) -> str:
        """What one cppp command prints."""
        done = subprocess.run(
            [self.script("cppp"), *arguments],
            env=self.surroundings | surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            sys.exit(f"cppp {arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def command(self, *words: str, **surroundings: str) -> Callable[[], float]:
        """A way to run a command once; milliseconds from its start to its end."""
        around = self.surroundings | surroundings

        def once() -> float:
            begin = time.perf_counter()
            subprocess.run(
                words,
                env=around,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            return (time.perf_counter() - begin) * 1000

        return once

    def first_prompt(self) -> Callable[[], float]:
        """A way to begin a session on a pseudo-terminal once; milliseconds until its first question is drawn."""
        import pexpect

        words = re.escape(_first_words())

        def once() -> float:
            home = Path(tempfile.mkdtemp(dir=self.folder)) / "home"  # a fresh copy, or the second run finds a draft
            shutil.copytree(self.folder / "home", home)
            around = self.surroundings | self.raw_key | {"CPPP_HOME": str(home)}
            begin = time.perf_counter()
            child = pexpect.spawn(
                self.script("cppp"), ["session", "log", self.case, "parent-a"], env=around, encoding="utf-8", timeout=30
            )
            child.expect(words)
            took = (time.perf_counter() - begin) * 1000
            child.close(force=True)
            return took

        return once


def _first_words() -> str:
    """How the first question of a parent session begins: as much as stands on one line."""
    from datetime import date

    from cppp_cli.questions.flow import steps
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.parent_session import SCRIPT

    return " ".join(steps(SCRIPT, {}, Facts(date(2026, 6, 11)))[0].question.text.split()[:4])


def find_copier(given: str | None, folder: Path, *, install: bool) -> str | None:
    """The copier to measure: the given one, one on the path, or one put into a virtual environment now."""
    if install:
        place = folder / "copier"
        venv.create(place, with_pip=True)
        scripts = place / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([scripts / "python", "-m", "pip", "install", "-q", "copier"], check=True)
        return shutil.which("copier", path=str(scripts))
    return shutil.which(given or os.environ.get("COPIER") or "copier")


def lines(sitting: Sitting, copier: str | None) -> tuple[list[Measured], list[Aim]]:
    """Everything that is measured, and what is hoped of it."""
    cppp, python = sitting.script("cppp"), sys.executable
    bare = Measured("python -c pass", sitting.command(python, "-c", "pass"))
    version = Measured("cppp --version", sitting.command(cppp, "--version"))
    typer = Measured(
        "a one-command Typer app, --help", sitting.command(python, str(sitting.folder / "one_command.py"), "--help")
    )
    overview = Measured("cppp --help", sitting.command(cppp, "--help"))
    tools = Measured("sqlite-utils --version", sitting.command(sitting.script("sqlite-utils"), "--version"))
    listed = Measured("cppp case list, raw key", sitting.command(cppp, "case", "list", **sitting.raw_key))
    by_words = Measured("cppp case list, passphrase (no aim)", sitting.command(cppp, "case", "list"))
    sitting.output("unlock", **(sitting.kept_key | {"CPPP_PASSPHRASE": PASSPHRASE}))
    by_store = Measured(
        "cppp case list, keyring stand-in (no aim)", sitting.command(cppp, "case", "list", **sitting.kept_key)
    )
    other = Measured("copier --help", sitting.command(copier, "--help") if copier else None, "not installed")
    prompt = Measured("cppp session log, first prompt, raw key", None, "not measured: it needs a POSIX terminal")
    if os.name == "posix":
        prompt.once = sitting.first_prompt()
    aims = [Aim(version, bare, 2.0), Aim(overview, typer, 1.15), Aim(listed, tools, 1.0), Aim(prompt, other, 0.7)]
    return [bare, version, typer, overview, tools, listed, by_words, by_store, other, prompt], aims


def measure(table: list[Measured], runs: int) -> None:
    """Run every line in turn, round after round; the first two rounds warm up and do not count."""
    for turn in range(-2, runs):
        for line in table:
            if line.once:
                took = line.once()
                if turn >= 0:
                    line.times_ms.append(took)


def show(table: list[Measured], aims: list[Aim]) -> None:
    """Print the table and what became of the aims."""
    print(f"{'milliseconds':{WIDTH}} {'median':>8} {'minimum':>8}")
    for line in table:
        figures = f"{line.median:8.1f} {line.least:8.1f}" if line.times_ms else f"{line.why_not:>17}"
        print(f"{line.label:{WIDTH}} {figures}")
    print(f"\n{'ratios':{WIDTH}} {'median':>8} {'minimum':>8}   aim")
    for aim in aims:
        print(f"{aim.of.label}")
        if not (aim.of.times_ms and aim.to.times_ms):
            missing = aim.of if not aim.of.times_ms else aim.to
            print(f"{'  to ' + aim.to.label:{WIDTH}} {'-':>8} {'-':>8}   {missing.label}: {missing.why_not}")
            continue
        middle, least = aim.of.median / aim.to.median, aim.of.least / aim.to.least
        verdict = "met" if middle <= aim.at_most else "MISSED"
        print(f"{'  to ' + aim.to.label:{WIDTH}} {middle:8.2f} {least:8.2f}   at most {aim.at_most:.2f}: {verdict}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="rounds that count (15)")
    parser.add_argument("--copier", help="the copier command to compare with; else $COPIER, else the one on the path")
    parser.add_argument("--with-peers", action="store_true", help="install copier into a temporary environment first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cppp-startup-", ignore_cleanup_errors=True) as name:
        sitting = Sitting(Path(name))
        copier = find_copier(options.copier, sitting.folder, install=options.with_peers)
        table, aims = lines(sitting, copier)
        measure(table, options.runs)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs")
    print(f"{options.runs} rounds, interleaved, after two to warm up; verdicts by the medians.")
    print(
        "Raw key: CPPP_PASSPHRASE holds the recovery key, which is the derived key. The keyring stand-in is a file, so"
    )
    print("its line shows what importing keyring costs, not what this system's credential store takes to answer.\n")
    show(table, aims)


if __name__ == "__main__":
    main()
