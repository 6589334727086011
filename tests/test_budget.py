"""Which heavy libraries an everyday command may load: the guard of the start-up times.

Milliseconds differ from machine to machine; what is loaded does not. tests/benchmarks/startup.py measures.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

HEAVY = frozenset(
    {
        *("typer", "click", "pydantic", "rich", "questionary", "prompt_toolkit", "asyncio"),
        *("sqlite_utils", "sqlcipher3", "sqlite3", "keyring", "zxcvbn", "xkcdpass", "holidays", "dateutil"),
        *("icalendar", "zoneinfo"),
        *("jinja2", "markdown_it", "docx", "lxml", "PIL", "pillow_heif", "platformdirs", "importlib.metadata"),
    }
)

TYPER = frozenset({"typer"})
# sqlite-utils itself needs click, dateutil and the sqlite3 of the standard library.
FILE = TYPER | {"sqlite_utils", "sqlcipher3", "sqlite3", "click", "dateutil"}
CALENDAR = FILE | {"holidays", "importlib.metadata"}  # holidays asks for its own version
PROMPT = FILE | {"questionary", "prompt_toolkit", "asyncio"}

# The passphrase of a made-up officer.
PASSPHRASE = "heron lantern pocket gravel meadow twelve"

RUN = """
import atexit, sys
def tell():
    with open({told!r}, "w", encoding="utf-8") as file:
        file.write("\\n".join(sys.modules))
atexit.register(tell)
sys.argv = ["cppp", *{arguments!r}]
{before}
from cppp_cli.__main__ import main
main()
"""

# A terminal that answers the first prompt with Ctrl-C, on every system. The pipe is prompt_toolkit's own.
AT_A_TERMINAL = """
class Terminal:
    def isatty(self): return True
    def fileno(self): return 0
    def readline(self): raise AssertionError("asked in plain lines")
sys.stdin = Terminal()
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
pipe = create_pipe_input()
keys = pipe.__enter__()
session = create_app_session(input=keys, output=DummyOutput())
session.__enter__()
keys.send_text("\\x03")
"""


class Officer:
    """A made-up officer's folder and the commands run in it, each in a fresh interpreter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.surroundings = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("CPPP_", "PYTHON"))},
            "CPPP_HOME": str(folder / "home"),
            "CPPP_TODAY": "2026-06-11",
            "CPPP_PASSPHRASE": PASSPHRASE,
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "PYTHONUTF8": "1",
        }

    def run(self, *arguments: str, before: str = "", code: int = 0) -> tuple[str, frozenset[str]]:
        """What a command printed, and which heavy libraries it had loaded when it ended."""
        told = self.folder / "modules"
        done = subprocess.run(
            [sys.executable, "-c", RUN.format(told=str(told), arguments=arguments, before=before)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            timeout=60,
            env=self.surroundings,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout, HEAVY & set(told.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def officer(tmp_path_factory):
    made = Officer(tmp_path_factory.mktemp("budget"))
    printed, _ = made.run("init", "--answers", str(EXAMPLES / "officer.toml"), "--no-input")
    # It is the derived key, so nothing is derived below.
    made.surroundings["CPPP_PASSPHRASE"] = "-".join(re.findall(r"\b[A-Z0-9]{5}\b(?=-|$)", printed, re.MULTILINE))
    made.run("new-case", "--answers", str(EXAMPLES / "family-1" / "new-case.toml"), "--no-input")
    return made


@pytest.fixture(scope="module")
def case(officer):
    printed, _ = officer.run("case", "list")
    return printed.splitlines()[1].split("\t")[0]


def test_version_loads_nothing(officer):
    printed, loaded = officer.run("--version")
    assert printed.startswith("cppp ")
    assert loaded == set()


def test_help_loads_only_what_draws_it(officer):
    printed, loaded = officer.run("--help")
    assert "new-case" in printed
    assert loaded == TYPER | {"rich", "markdown_it"}


@pytest.mark.parametrize("group", ["case", "session", "schedule", "report", "new-case", "init", "unlock", "demo", "nights",
                                   "agreement"])  # fmt: skip
def test_help_of_a_command_loads_no_more(officer, group):
    assert officer.run(group, "--help")[1] == TYPER | {"rich", "markdown_it"}


@pytest.mark.parametrize("arguments", [(), ("case", "list"), ("case", "list", "--json")])
def test_reading_the_list_loads_the_file_and_nothing_else(officer, arguments):
    printed, loaded = officer.run(*arguments)
    assert "IA" in printed or '"state"' in printed, "no case was listed"
    assert loaded <= FILE


def test_showing_a_case_loads_the_file_and_nothing_else(officer, case):
    assert officer.run("case", "show", case)[1] <= FILE


@pytest.mark.parametrize("word", ["show", "history", "compare", "check"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_reading_the_plan_loads_the_file_and_nothing_else(officer, case, word, more):
    assert officer.run("agreement", word, case, *more)[1] <= FILE


def test_an_entry_from_a_file_loads_the_file_and_nothing_else(officer, case):
    path = officer.folder / "entry.toml"
    path.write_text(
        'entries.1 = { entry = "new", topic = "money", children = ["all"], state = "withdrawn" }\n', encoding="utf-8"
    )
    printed, loaded = officer.run("agreement", "log", case, "--answers", str(path))
    assert "1 entry" in printed
    assert loaded <= FILE
    printed, loaded = officer.run("agreement", "show", case)
    assert "withdrawn" in printed
    assert loaded <= FILE


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_the_timetable_needs_the_bank_holidays_as_well(officer, case, more):
    assert officer.run("schedule", "show", case, *more)[1] <= CALENDAR


def test_a_sessions_first_prompt_needs_the_widgets_as_well(officer, case):
    printed, loaded = officer.run("session", "log", case, "parent-a", before=AT_A_TERMINAL, code=130)
    assert printed == ""
    assert "questionary" in loaded, "no question was asked"
    assert loaded <= PROMPT


def test_a_skeleton_of_answers_needs_no_widgets(officer, case):
    printed, loaded = officer.run("session", "log", case, "child", "--questions")
    assert "=" in printed
    assert loaded <= FILE


@pytest.mark.parametrize("arguments", [("init", "--questions"), ("new-case", "--questions"), ("template", "list"),
                                       ("nights", "--pattern", "2-2-5-5", "--year", "--maintenance", "--compare", "9-5"),
                                       ("nights", "--pattern", "2-2-5-5", "--json"), ("nights", "--patterns")])  # fmt: skip
def test_what_needs_no_file_opens_none(officer, arguments):
    assert officer.run(*arguments)[1] <= TYPER


def test_nights_need_the_bank_holidays_only_with_term_dates(officer):
    terms = officer.folder / "terms.csv"
    terms.write_text("start,end,name\n2026-06-01,2026-07-21,Summer term\n", encoding="utf-8")
    printed, loaded = officer.run("nights", "--pattern", "9-5", "--terms", str(terms))
    assert "School nights" in printed
    assert loaded <= TYPER | {"holidays", "dateutil", "importlib.metadata"}
    assert "holidays" in loaded


def test_a_calendar_file_needs_its_library_and_no_word_writer(officer):
    out = officer.folder / "nights.ics"
    _, loaded = officer.run("nights", "--pattern", "9-5", "--days", "28", "--ics", str(out))
    assert out.exists()
    assert loaded <= TYPER | {"icalendar", "zoneinfo", "dateutil"}


def test_markdown_alone_needs_no_word_writer(officer, case):
    _, loaded = officer.run("plan", case, "--format", "md", "--out", str(officer.folder / "out"))
    assert "jinja2" in loaded
    assert not loaded & {"docx", "lxml", "PIL", "questionary", "rich"}
