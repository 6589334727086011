"""Commands as typed: one call, what it printed, how it ended."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

# Names and words of the two families that no error may repeat. Words of the program itself are not among them.
SECRET = re.compile(
    r"Ashdown|Isla|Theo|Daniel|Leanne|Isaac|Thea|Leonie|David|Margaret|Gareth|Poole|Nair|Birch|Quill|Osei|Helen Marsh"
    r"|Larkspur|Tanner|Canal Street|Fairweather|Fairbrother|01632"
)


@dataclass(frozen=True)
class Run:
    """What a command printed and the code it ended with."""

    code: int
    out: str
    err: str


@pytest.fixture
def run_cppp(monkeypatch):
    """Run a command line in this process, in a place without a terminal. No traceback and no name in an error is taken."""
    from cppp_cli import cli

    def run(*args, stdin=""):
        words = [str(arg) for arg in args]
        monkeypatch.setattr(sys, "argv", ["cppp", *words])
        done = CliRunner().invoke(cli.app, words, input=stdin, prog_name="cppp")
        assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
        assert "Traceback" not in done.output
        if done.exit_code:
            told = done.stderr + (_error_in(done.stdout) if "--json" in words else "")
            assert not SECRET.search(told), f"an error repeats a name: {told}"
            assert told.strip() or "Usage" in done.stdout, "a failure must say something"
        return Run(done.exit_code, done.stdout, done.stderr)

    return run


def _error_in(printed):
    """The error of an envelope: what was found, beside it, is for the officer's eyes like any other result."""
    last = printed.strip().splitlines()[-1] if printed.strip() else ""
    return json.dumps(json.loads(last)["error"]) if last.startswith("{") else printed


@pytest.fixture
def cppp(run_cppp, shelf, tmp_path, monkeypatch):
    """Run commands on a copy of the file with both families, opened by its recovery key: no derivation, so fast."""
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.recovery)
    monkeypatch.chdir(tmp_path)
    shelf.take("filled", tmp_path / "home")
    return run_cppp


@pytest.fixture
def at_stage(shelf, tmp_path):
    """Go back to an earlier moment of the file: ``empty``, ``opened``, ``held`` or ``filled``."""

    def take(stage):
        return shelf.take(stage, tmp_path / "home")

    return take


@pytest.fixture
def look(shelf, tmp_path):
    """Read the file behind the commands' back; the connection is closed before the next command."""
    from cppp_cli.store.file import open_file

    def ask(function):
        db = open_file(tmp_path / "home" / "officer.db", shelf.key)
        try:
            return function(db)
        finally:
            db.close()

    return ask


@pytest.fixture
def answers_file(tmp_path, families):
    """Write an answers file: a step of a family with some answers changed, or lines of one's own."""

    def write(family=None, step="new-case", name="answers.toml", lines="", **changes):
        given = families.load(family)[step] if family else {}
        given |= {path.replace("__", "."): value for path, value in changes.items()}
        path = tmp_path / name
        body = "\n".join(f"{key} = {toml(value)}" for key, value in given.items() if value is not None)
        path.write_text(f"{body}\n{lines}\n", encoding="utf-8", newline="\n")
        return path

    return write


def toml(value):
    import json
    from datetime import date

    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
