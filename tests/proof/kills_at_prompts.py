"""Kills while a prompt stands on a real terminal: the tests of ``tests/terminal/test_kills.py``, at every prompt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from proof.figures import Figure, counted, not_run

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests" / "terminal" / "test_kills.py"
LABEL = "kills at a prompt, or on the way to the next one"


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Run those tests in processes of their own and sum what they report; the quick way is the ordinary suite's."""
    if os.name == "nt":
        return [not_run(LABEL, "no POSIX terminal")]
    report = folder / "report.xml"
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "-p",
        "no:cacheprovider",
        f"--junitxml={report}",
        str(TESTS),
    ]
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=os.environ | ({} if quick else {"KILL_EVERYWHERE": "1"}),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    tests = ET.parse(report).findall(".//testcase")
    kills = [sum(int(each.get("value")) for each in test.findall(".//property[@name='kills']")) for test in tests]
    failed = [test.get("name") for test in tests if test.find("failure") is not None or test.find("error") is not None]
    return [
        counted(LABEL, sum(kills), at_least=1 if quick else 700),
        counted("  tests that lost an answer, or found a fault in a file", len(failed), exactly=0),
    ]
