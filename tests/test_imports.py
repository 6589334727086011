"""The arrows of the house: who may import whom, which library has its one home, and how long a module may grow."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import cppp_cli

PACKAGE = Path(cppp_cli.__file__).parent

# "a: b c" says that a may import b and c, and what they may import.
ARROWS = """
__main__: cli
cli: commands
commands: interview store documents checks show
interview: questions
questions: programme
checks: programme
store: programme
documents: programme
show: programme
programme: errors
paths: errors
clock: errors
bank_holidays: errors
calendar_files: programme
errors:
"""
# Asked by commands only, which pass the answer down.
ASKED_BY_COMMANDS = {"paths", "clock", "bank_holidays", "calendar_files"}

# Each library and the modules that may load it; a name without a dot is everything below it.
HOMES = {
    "typer": {"cli", "commands"},
    "sqlite_utils": {"store"},
    "sqlcipher3": {"store"},
    "keyring": {"store.credential"},
    "zxcvbn": {"store.passphrases"},
    "xkcdpass": {"store.passphrases"},
    "jinja2": {"documents"},
    "markupsafe": {"documents"},
    "markdown_it": {"documents"},
    "docx": {"documents"},
    "lxml": {"documents"},
    "PIL": {"documents"},
    "pillow_heif": {"documents"},
    "rich": {"show"},
    "questionary": {"interview.terminal"},
    "prompt_toolkit": {"interview.terminal"},
    "holidays": {"bank_holidays"},
    "icalendar": {"calendar_files"},
    "platformdirs": {"paths"},
    "rapidfuzz": {"checks"},
    "dateutil": {"programme"},
}

PURE = {"programme", "questions", "checks"}
FORBIDDEN_CALLS = {"print", "open", "input", "exec", "eval", "breakpoint"}
FORBIDDEN_ATTRIBUTES = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("os", "environ"),
    ("os", "getenv"),
    ("sys", "argv"),
    ("sys", "stdin"),
    ("sys", "stdout"),
    ("sys", "stderr"),
}
FORBIDDEN_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes"}

LONGEST_MODULE = 350
LONGEST_FUNCTION = 60

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def closure() -> dict[str, set[str]]:
    """Everything each room may import, directly or through another."""
    drawn = {room.strip(): set(after.split()) for room, _, after in (a.partition(":") for a in ARROWS.split("\n") if a)}
    reach: dict[str, set[str]] = {}

    def reachable(room: str) -> set[str]:
        if room not in reach:
            reach[room] = set(drawn[room]).union(*(reachable(after) for after in drawn[room]))
        return reach[room]

    for room in drawn:
        reachable(room)
    reach["commands"] |= ASKED_BY_COMMANDS
    # The way in passes on and does nothing itself; a failure asked for as JSON is told through show.
    return reach | {"__main__": {"cli"}, "cli": {"commands", "show", "errors"}}


REACH = closure()


@dataclass(frozen=True)
class Import:
    """One import: the module that makes it, what it names, and whether it is there for annotations alone."""

    by: str
    name: str
    line: int
    for_types: bool

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.name}"


def room(module: str) -> str:
    """The package or single module directly under the house."""
    return module.split(".", maxsplit=1)[0]


def imports(module: str, source: str) -> list[Import]:
    """Every import of a module, in functions too."""
    tree = ast.parse(source)
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}:{node.lineno} is a relative import; write it out"
            # "from cppp_cli import paths" names a module, "from cppp_cli import __version__" does not.
            inside = node.module == "cppp_cli"
            names = [f"cppp_cli.{a.name}" if inside else str(node.module) for a in node.names]
        else:
            continue
        found += [Import(module, name, node.lineno, id(node) in for_types) for name in names]
    return found


def undrawn(found: list[Import]) -> list[str]:
    """The imports within the house that no arrow allows; annotations count as well."""
    wrong = []
    for entry in found:
        top, _, rest = entry.name.partition(".")
        if top != "cppp_cli" or rest in {"", "__version__"} or room(rest) == room(entry.by):
            continue
        if room(rest) not in REACH.get(room(entry.by), set()):
            wrong.append(str(entry))
    return wrong


def homeless(found: list[Import]) -> list[str]:
    """The libraries loaded outside their home, or that have none. An annotation loads nothing."""
    wrong = []
    for entry in found:
        library = entry.name.split(".")[0]
        if entry.for_types or library == "cppp_cli" or library in sys.stdlib_module_names:
            continue
        if not HOMES.get(library, set()) & {entry.by, room(entry.by)}:
            wrong.append(str(entry))
    return wrong


def impure(module: str, source: str) -> list[str]:
    """What a pure module must not do: show, read, ask the time or the surroundings."""
    wrong = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            wrong.append(f"{module}:{node.lineno} calls {node.func.id}")
        if isinstance(node, ast.Attribute):
            base = ast.unparse(node.value).split(".")[-1]
            if (base, node.attr) in FORBIDDEN_ATTRIBUTES or node.attr in FORBIDDEN_METHODS:
                wrong.append(f"{module}:{node.lineno} uses {base}.{node.attr}")
    return wrong


def too_long(module: str, source: str) -> list[str]:
    """The functions over the limit. One that only returns a literal of questions is data, and may be as long as they."""
    wrong = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = node.body[1:] if ast.get_docstring(node) else node.body
        data = room(module) == "questions" and len(body) == 1 and isinstance(body[0], ast.Return)
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > LONGEST_FUNCTION and not data:
            wrong.append(f"{module}.{node.name}: {lines} lines")
    return wrong


def everything() -> list[Import]:
    return [entry for module, path in MODULES.items() for entry in imports(module, path.read_text(encoding="utf-8"))]


def test_the_house_is_not_empty():
    assert {"__main__", "cli", "errors", "show", "clock", "paths"} <= set(MODULES)
    assert len(everything()) > 100


def test_every_import_follows_a_drawn_arrow():
    assert undrawn(everything()) == []


def test_every_library_is_loaded_only_at_its_home():
    assert homeless(everything()) == []


def test_every_home_is_lived_in():
    """A library that nothing imports any more leaves this table, and pyproject.toml."""
    used = {entry.name.split(".")[0] for entry in everything() if not entry.for_types}
    # lxml and markupsafe come with docx and jinja2, and may be named or not.
    assert set(HOMES) - {"lxml", "markupsafe"} <= used


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("programme.case", "from cppp_cli.store import cases"),
        ("programme.case", "from cppp_cli.questions.model import Question"),
        ("store.cases", "from cppp_cli.interview.run import Sheet"),
        ("documents.write", "def f():\n    from cppp_cli.store import cases"),
        ("documents.write", "from cppp_cli import paths"),
        ("show", "from cppp_cli import documents"),
        ("interview.run", "from cppp_cli import clock"),
        ("documents.write", "from cppp_cli import calendar_files"),
        ("programme.nights.stays", "from cppp_cli.calendar_files import write_stays"),
        ("cli", "from cppp_cli.clock import today"),
        ("cli", "from cppp_cli.store import cases"),
        ("__main__", "from cppp_cli.commands import case"),
        ("questions.officer", "import cppp_cli.interview.run"),
        (
            "checks.wording",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from cppp_cli.store.keys import Key",
        ),
        ("errors", "from cppp_cli.programme.case import Case"),
        ("a_new_room", "from cppp_cli.errors import CpppError"),
    ],
)
def test_an_arrow_that_is_not_drawn_is_noticed(module, source):
    assert len(undrawn(imports(module, source))) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("commands.case", "from cppp_cli import clock, paths, store"),
        ("commands.case", "from cppp_cli.programme.case import Case"),
        ("commands.case", "from cppp_cli.commands.office import opened"),
        ("interview.run", "from cppp_cli.programme.answers import Answer"),
        ("store.cases", "from cppp_cli.errors import NotFoundError"),
        ("__main__", "from cppp_cli import __version__"),
    ],
)
def test_an_arrow_that_is_drawn_is_not(module, source):
    assert undrawn(imports(module, source)) == []


@pytest.mark.parametrize(
    ("module", "source", "count"),
    [
        ("commands.case", "def f():\n    import rich.table", 1),
        ("interview.run", "import questionary", 1),
        ("interview.terminal", "import questionary", 0),
        ("store.cases", "import keyring", 1),
        ("programme.dates", "from dateutil.relativedelta import relativedelta", 0),
        ("questions.read", "from dateutil.relativedelta import relativedelta", 1),
        ("documents.write", "import requests", 1),
        (
            "commands.office",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sqlite_utils import Database",
            0,
        ),
    ],
)
def test_a_library_away_from_home_is_noticed(module, source, count):
    assert len(homeless(imports(module, source))) == count


def test_modules_are_found_by_name_in_one_place():
    """Only the table of commands imports by a text; anywhere else it would hide an arrow."""
    found = [
        module
        for module, path in MODULES.items()
        if any(word in path.read_text(encoding="utf-8") for word in ("import_module", "__import__"))
    ]
    assert found == ["cli"]


def test_the_pure_rooms_do_nothing_but_think():
    wrong = [
        line
        for module, path in MODULES.items()
        if room(module) in PURE
        for line in impure(module, path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "open('x')",
        "datetime.now(tz=UTC)",
        "datetime.date.today()",
        "os.environ['X']",
        "Path('x').read_text()",
        "sys.stdout.write('x')",
    ],
)
def test_an_impure_line_is_noticed(source):
    assert len(impure("programme.case", source)) == 1


def test_no_module_is_too_long():
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: count for module, count in lines.items() if count > LONGEST_MODULE} == {}


def test_no_function_is_too_long():
    wrong = [line for module, path in MODULES.items() for line in too_long(module, path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_a_long_function_is_noticed_unless_it_is_data():
    logic = "def f():\n    x = 1\n" + "    x += 1\n" * LONGEST_FUNCTION
    data = "def f():\n    return (\n" + "        1,\n" * LONGEST_FUNCTION + "    )\n"
    assert too_long("programme.case", logic) == [f"programme.case.f: {LONGEST_FUNCTION + 2} lines"]
    assert too_long("questions.officer", logic) == [f"questions.officer.f: {LONGEST_FUNCTION + 2} lines"]
    assert len(too_long("programme.case", data)) == 1
    assert too_long("questions.officer", data) == []


# Each module is imported by a process that has imported none of ours. Where a process can be copied, that costs a
# fraction of starting one; what the copy says comes back through a file of its own.
COPIES = """
import os, sys, tempfile, traceback
for name in sys.argv[1:]:
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            code = 0
            try:
                __import__(name)
            except BaseException:
                traceback.print_exc()
                code = 1
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        text = said.read().decode("utf-8", "replace").strip()
        if status or text:
            print(f"{name}: {text}")
"""
ONE = "import sys; __import__(sys.argv[1])"


def imported_alone(names: list[str]) -> str:
    """What fresh interpreters say that each import one of these modules before any other; empty when all is well."""
    rounds = [names] if hasattr(os, "fork") else [[name] for name in names]
    said = []
    for some in rounds:
        done = subprocess.run(
            [sys.executable, "-W", "error::SyntaxWarning", "-c", COPIES if hasattr(os, "fork") else ONE, *some],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
        told = (done.stdout + done.stderr).strip()
        if done.returncode or told:
            said.append(f"{some[0]} ..: {told}")
    return "\n".join(said)


def test_every_module_imports_alone_and_silently():
    """No module leans on another having been imported first, and none prints, reads or asks while it loads."""
    names = [f"cppp_cli.{m}".removesuffix(".__init__") if m != "__init__" else "cppp_cli" for m in MODULES]
    halves = [names[::2], names[1::2]]
    with ThreadPoolExecutor(max_workers=len(halves)) as pool:
        failures = [said for said in pool.map(imported_alone, halves) if said]
    assert failures == []


def test_a_module_that_speaks_or_fails_is_noticed():
    assert "antigravity_is_not_there" in imported_alone(["json", "antigravity_is_not_there"])
    assert "Zen of Python" in imported_alone(["this"])
    assert imported_alone(["json", "csv"]) == ""
