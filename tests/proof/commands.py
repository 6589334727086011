"""The program as an officer starts it: a process of its own, what it printed, how it ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PERMISSIONS_BIND = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
"""What comes before a command so that permissions hold for the superuser too, who may otherwise do anything."""


@dataclass(frozen=True)
class Done:
    """One run of the program."""

    code: int
    out: str
    err: str


def surroundings(home: Path, secret: str, **more: str) -> dict[str, str]:
    """The environment of a run: an officer's folder, and the passphrase or recovery key."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("CPPP_")}
    made_up = {"CPPP_HOME": str(home), "CPPP_TODAY": "2026-08-06", "CPPP_PASSPHRASE": secret, "PYTHONUTF8": "1"}
    return keep | made_up | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"} | more


def cppp(home: Path, secret: str, *words: str, stdin: str = "", before: Iterable[str] = (), **more: str) -> Done:
    """Run ``cppp`` once; ``before`` is a command that starts it, such as ``setpriv``."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "cppp_cli", *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=surroundings(home, secret, **more),
        cwd=home.parent,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def powerless() -> tuple[str, ...] | None:
    """What to put before a command so that permissions bind it; None when this system has no way."""
    if os.name == "nt":
        return None
    if os.geteuid() != 0:
        return ()
    return PERMISSIONS_BIND if shutil.which(PERMISSIONS_BIND[0]) else None


LIMITED = (
    "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
    "os.execvp(sys.argv[2], sys.argv[2:])"
)


def no_larger(size: int) -> tuple[str, ...]:
    """What to put before a command so that it can make no file larger than that: writing fails, for everybody."""
    return (sys.executable, "-c", LIMITED, str(size))


def not_told(done: Done, codes: Iterable[int]) -> list[str]:
    """What is wrong with how a run ended: it must be one of the codes, and a failure is told in one sentence."""
    lines = done.err.splitlines()
    errors = [line for line in lines if line.startswith("Error: ")]
    wrong = [] if done.code in codes else [f"ended with {done.code}: {lines[-1] if lines else ''}"]
    if "Traceback" in done.err:
        wrong.append("a traceback")
    if done.code and (len(errors) != 1 or lines[-1] != errors[0] or not errors[0].endswith(".")):
        wrong.append(f"not told in one sentence: {lines[-1:]}")
    if not done.code and errors:
        wrong.append("an error, and yet ended with 0")
    return wrong
