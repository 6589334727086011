"""Fixtures for every test: a folder of one's own, and an encrypted file that holds both made-up families."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cppp_cli.store.keys import Key

PASSPHRASE = "acorn violin maple kettle barley"
STAGES = ("empty", "opened", "held", "filled")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """No test reads what this machine has set, or writes anywhere but into its own folder."""
    for name in [name for name in os.environ if name.startswith("CPPP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CPPP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CPPP_TODAY", "2026-08-06")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(autouse=True, scope="session")
def compiled_once():
    """Templates are compiled anew for each document, which takes most of its time; here each text once."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    real, known = ImmutableSandboxedEnvironment.compile, {}

    def compile_once(environment, source, name=None, filename=None, *rest, **more):
        key = (source, name, filename)
        if key not in known:
            known[key] = real(environment, source, name, filename, *rest, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ImmutableSandboxedEnvironment, "compile", compile_once)
        yield


@dataclass(frozen=True)
class Shelf:
    """One made-up officer's encrypted file as it was at four moments, each a copy that is never written to.

    ``empty`` has the officer only, ``opened`` both cases, ``held`` all sessions, ``filled`` the officer's own words too.
    """

    files: dict[str, Path]
    key: Key
    cases: dict[str, int]  # by family
    references: dict[str, str]
    recovery: str
    passphrase: str = PASSPHRASE

    def take(self, stage: str, home: Path) -> Path:
        """Put a copy into an officer's folder."""
        home.mkdir(mode=0o700, exist_ok=True)
        return shutil.copyfile(self.files[stage], home / "officer.db")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Both families, filled once for all tests by the demo's own steps."""
    from cppp_cli import paths
    from cppp_cli.commands import demo, report
    from cppp_cli.commands.ways import Ways
    from cppp_cli.store import passphrases
    from cppp_cli.store.keys import derive, read_salt, recovery_text

    folder = tmp_path_factory.mktemp("shelf")
    home, ids, files = folder / "home", {}, {}

    def keep(stage):
        files[stage] = shutil.copyfile(home / "officer.db", folder / f"{stage}.db")

    quiet = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        patch.setattr(passphrases, "offer", lambda: PASSPHRASE)
        with demo.office(home) as desk:
            keep("empty")
            for step, day in demo.STEPS:
                for family in demo.FAMILIES:
                    demo.log_step(demo.on_day(desk, day), family, step, ids)
                if step == "new-case":
                    keep("opened")
            keep("held")
            for family in demo.FAMILIES:
                words = Ways(str(paths.examples() / family / "report.toml"), no_input=True)
                report.take_own_words(desk, ids[family], words)
            keep("filled")
            references = {row["id"]: row["reference"] for row in desk.db.query("SELECT id, reference FROM case_file")}
    key = derive(PASSPHRASE, read_salt(files["filled"]))
    names = {family: references[case_id] for family, case_id in ids.items()}
    return Shelf(files, key, ids, names, recovery_text(key))


@pytest.fixture
def open_desk(shelf, tmp_path):
    """Open a copy of the file of some moment on some day; closed when the test ends."""
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer
    from cppp_cli.store.file import open_file

    with contextlib.ExitStack() as stack:

        def opened(stage="filled", day=demo.WRITTEN_ON, home="home"):
            db = open_file(shelf.take(stage, tmp_path / home), shelf.key)
            stack.callback(db.close)
            return demo.on_day(Office(tmp_path / home, db, officer.load(db), day, demo._nine_oclock(day)), day)

        yield opened


@pytest.fixture
def desk(open_desk):
    """The file with both families filled, opened on the day their documents are written."""
    return open_desk()


@pytest.fixture
def another_connection(shelf):
    """A second program that reads the same file."""
    from cppp_cli.store.encrypted import open_database

    opened = []

    def connect(path):
        opened.append(open_database(path, shelf.key))
        return opened[-1]

    yield connect
    for db in opened:
        db.close()


@pytest.fixture(scope="session")
def families():
    """The module that makes whole cases from the answers files in ``examples/``."""
    place = Path(__file__).parent / "families.py"
    spec = importlib.util.spec_from_file_location("families", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pytest_terminal_summary(terminalreporter, config):
    """What the plain run leaves out is said, because it must not look as if it had passed."""
    if config.args_source is not config.ArgsSource.TESTPATHS:
        return
    spec = importlib.util.spec_from_file_location("finding", Path(__file__).parent / "browser" / "finding.py")
    finding = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(finding)
    terminalreporter.write_line(finding.not_run())
