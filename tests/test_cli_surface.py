"""What every command shares: help, exit codes, no name on a command line, and failures told in a sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import cppp_cli
from cppp_cli import cli, errors

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

# What may be typed after a command. A case is its reference or number, a session one of five words, a template one of
# a few files; none of them is a person. A new parameter that takes words is looked at before it is added here.
ARGUMENTS = {"case", "session"}
VALUES = {
    "answers": "a file",
    "out": "a folder",
    "fmt": "md or docx",
    "to": "a date, a folder or a file",
    "kind": "one of a list of words",
    "lift": "one of a list of words",
    "about": "a person by number, such as child-2",
    "confirm": "the reference of the case again, or one given word",
    "at": "a time",
    "hours": "a number",
    "reason": "one of a list of words",
    "install_completion": "the shell, found by itself",
    "show_completion": "the shell, found by itself",
}
OF_ONE_COMMAND = {
    ("template copy", "name"): "a shipped template",
    ("import", "file"): "what cppp export wrote",
    ("restore", "file"): "a copy",
    ("nights", "pattern"): "a pattern's name, or letters",
    ("nights", "compare"): "a pattern's name, or letters",
    ("nights", "of"): "one of a list of words",
    ("nights", "child"): "a number",
    ("nights", "first"): "a date",
    ("nights", "starts"): "a date",
    ("nights", "explain"): "a date",
    ("nights", "handover"): "a time",
    ("nights", "weeks"): "a number",
    ("nights", "days"): "a number",
    ("nights", "months"): "a number",
    ("nights", "terms"): "a file of term dates",
    ("nights", "ics"): "a calendar file to be written",
    ("plan", "reader"): "one given word",
    ("agreement show", "entry"): "a number",
    ("agreement history", "entry"): "a number",
    ("agreement check", "entry"): "a number",
    ("agreement check", "allow"): "one of a list of words",
    ("agreement calendar", "whose"): "one of a list of words",
    ("agreement calendar", "child"): "a number",
    ("agreement terms", "file"): "a file of term dates",
    ("agreement terms", "child"): "a number",
    ("agreement form", "side"): "one of a list of words",
    ("agreement read", "file"): "what a parent saved",
    ("agreement read", "case"): "a case",
    ("agreement read", "side"): "one of a list of words",
    ("letter", "kind"): "one of a list of words",
    ("letter", "child"): "a number",
    ("letter", "reader"): "one of a list of words",
    ("report", "fact_check"): "one of a list of words",
    ("report", "diff"): "two numbers",
    ("report", "explain"): "a number",
    ("verify", "file"): "a document",
}

# Words that must not come back out of a failure.
SECRET = "Isla Arden-Teasdale Mill Lane"


def commands():
    """Every command that does something, by what is typed."""
    found = {}
    for name in cli.COMMANDS:
        loaded = cli.load(name)
        inner = getattr(loaded, "commands", None)
        if inner is None:
            found[name] = loaded
        else:
            found |= {f"{name} {sub}": command for sub, command in inner.items()}
    return found


def groups():
    return [name for name in cli.COMMANDS if hasattr(cli.load(name), "commands")]


def failures(of=errors.CpppError):
    """Every class of failure, those of the modules too."""
    for module in Path(cppp_cli.__file__).parent.rglob("*.py"):
        if "Error)" in module.read_text(encoding="utf-8"):
            place = module.relative_to(Path(cppp_cli.__file__).parents[1]).with_suffix("")
            import_module(".".join(place.parts))
    inner = [deeper for kind in of.__subclasses__() for deeper in (kind, *failures_below(kind))]
    return sorted(set(inner), key=lambda kind: kind.__name__)


def failures_below(kind):
    return [deeper for below in kind.__subclasses__() for deeper in (below, *failures_below(below))]


COMMANDS = commands()
FAILURES = failures()


@pytest.fixture
def typed(monkeypatch, capsys):
    """Run a command line whole, as the program does; its exit code and what it said."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["cppp", *arguments])
        try:
            cli.run()
        except SystemExit as ended:
            code = ended.code or 0
        else:
            code = 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def opened_file(shelf, tmp_path, monkeypatch):
    """The file with both families' cases, opened by its recovery key; the reference of the first."""
    shelf.take("opened", tmp_path / "home")
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.recovery)
    return shelf.references["family-1"]


# ---------------------------------------------------------------------------------------------------- help


def test_there_are_commands():
    assert {"new-case", "session log", "report", "plan", "case list", "schedule show", "nights", "init", "demo"} <= set(
        COMMANDS
    )
    of_the_plan = {name.partition(" ")[2] for name in COMMANDS if name.startswith("agreement ")}
    assert of_the_plan == {"log", "show", "history", "compare", "check", "calendar", "terms", "form", "read"}


@pytest.mark.parametrize("line", [*COMMANDS, *groups()])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_of_every_command(line, flag):
    done = CliRunner().invoke(cli.app, [*line.split(), flag], env={"COLUMNS": "120"})
    assert done.exit_code == 0, done.output
    assert f"Usage: cppp {line}" in " ".join(done.output.split())


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_and_every_parameter_says_what_it_is(line):
    command = COMMANDS[line]
    assert command.help
    assert command.help.strip().endswith((".", "?", ")")), "a sentence"
    assert [p.name for p in command.params if not p.help] == []


def test_root_help_shows_every_command_without_loading_one():
    done = CliRunner().invoke(cli.app, ["--help"])
    assert done.exit_code == 0
    for name, (_, summary, _) in cli.COMMANDS.items():
        assert f" {name} " in done.output
        assert summary.split(".")[0].split()[0] in done.output


def test_the_readme_names_every_command():
    words = README.read_text(encoding="utf-8")
    for line in COMMANDS:
        group, *sub = line.split()
        assert re.search(rf"cppp {group}\b", words) or re.search(rf"^cppp .*\b{group}\b", words, re.MULTILINE), line
        assert not sub or re.search(rf"{group}`?\b[^\n]*\b{sub[0]}\b", words), line


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["shedule"], "schedule"),
        (["case", "lst"], "list"),
        (["session", "logg", "X"], "log"),
        (["case", "--jsn"], None),
    ],
)
def test_a_slip_of_the_finger_is_told_what_was_meant(arguments, meant):
    done = CliRunner().invoke(cli.app, arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert meant is None or f"Did you mean '{meant}'?" in done.stderr


def test_version_is_the_same_on_both_ways():
    quick = subprocess.run([sys.executable, "-m", "cppp_cli", "--version"], capture_output=True, text=True, check=True)
    done = CliRunner().invoke(cli.app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, quick.stdout)
    assert quick.stdout.split() == ["cppp", cppp_cli.__version__]


def test_alone_and_piped_it_says_how_to_begin():
    done = subprocess.run(
        [sys.executable, "-m", "cppp_cli"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert "cppp init" in done.stdout
    assert "cppp demo" in done.stdout
    assert done.stderr == ""


# ----------------------------------------------------------------------------------------- nobody is named


@pytest.mark.parametrize("line", COMMANDS)
def test_no_command_takes_a_persons_name(line):
    takes_words = {p.name: p.param_type_name for p in COMMANDS[line].params if not getattr(p, "is_flag", False)}
    unknown = {
        name
        for name, kind in takes_words.items()
        if name not in (ARGUMENTS if kind == "argument" else VALUES) and (line, name) not in OF_ONE_COMMAND
    }
    assert unknown == set()


def test_root_options_take_no_words():
    root = typer.main.get_group(cli.app)
    assert {p.name for p in root.params if not p.is_flag} <= set(VALUES)


def test_a_reason_on_the_command_line_is_one_of_a_list(opened_file, typed):
    code, out, err = typed("schedule", "move", opened_file, "child", "--to", "2026-08-20", "--reason", SECRET)
    assert code == 2
    assert out == ""
    assert "illness" in err, "it does not say which there are"


# ---------------------------------------------------------------------------------------------- exit codes


def documented_in_help():
    epilog = typer.main.get_group(cli.app).epilog
    return {int(code) for code in re.findall(r"(?:: |, )(\d+) [a-z]", epilog)}


def documented_in_readme():
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert all(meaning.strip() for _, meaning in rows)
    assert len(rows) == len(dict(rows)), "a code stands twice"
    return {int(code) for code, _ in rows}


def test_exit_codes_are_those_documented():
    used = {0, errors.CpppError.exit_code} | {kind.exit_code for kind in FAILURES}
    assert documented_in_help() == used
    assert documented_in_readme() == used


def test_every_failure_is_documented_and_belongs_to_a_code():
    assert len(FAILURES) > 10
    direct = {kind.exit_code: kind for kind in errors.CpppError.__subclasses__()}
    assert len(direct) == len(errors.CpppError.__subclasses__()), "two classes share a code"
    assert 1 not in direct, "1 is for mistakes of the program"
    for kind in FAILURES:
        assert (kind.__doc__ or "").strip().endswith("."), kind.__name__
        assert isinstance(kind(SECRET), direct[kind.exit_code]), kind.__name__


@pytest.mark.parametrize("kind", FAILURES, ids=lambda kind: kind.__name__)
def test_a_failure_is_its_sentence_and_its_code(kind, monkeypatch, typed):
    def fail(*_):
        raise kind("The sentence of the failure.")

    monkeypatch.setattr("cppp_cli.commands.today.show_today", fail)
    code, out, err = typed()
    assert code == kind.exit_code
    assert out == ""
    assert err.splitlines()[-1].endswith("The sentence of the failure.")
    assert len(err.splitlines()) == 1


def test_a_failure_asked_for_as_json_is_one_object(opened_file, typed):
    code, out, err = typed("case", "show", "ZZZZ", "--json")
    answer = json.loads(out)
    assert code == answer["error"]["exit_code"] == 6
    assert (answer["ok"], answer["result"], answer["error"]["kind"]) == (False, None, "NotFoundError")
    assert answer["error"]["message"] in err


# ---------------------------------------------------------------------------------- what nobody foresaw


class OddError(Exception):
    """A failure whose text and whose cause hold words of a case."""


def break_down(*_args, **_options):
    wrong = OddError(SECRET)
    wrong.add_note(SECRET)
    raise wrong from KeyError(SECRET)


@pytest.mark.parametrize(
    ("broken", "arguments"),
    [
        ("cppp_cli.store.cases.listed", ["case", "list"]),
        ("cppp_cli.store.cases.listed", []),
        ("cppp_cli.store.cases.load", ["case", "show", "CASE"]),
        ("cppp_cli.store.cases.load", ["schedule", "show", "CASE", "--json"]),
        ("cppp_cli.store.sessions.notes", ["session", "notes", "CASE"]),
        ("cppp_cli.documents.mdenv.render", ["plan", "CASE", "--format", "md"]),
        ("cppp_cli.bank_holidays.bank_holidays", ["schedule", "show", "CASE"]),
        ("cppp_cli.commands.office.clock.today", ["case", "list"]),
        ("cppp_cli.programme.nights.lay.lay", ["nights", "--pattern", "9-5"]),
        ("cppp_cli.store.ledger.entries", ["agreement", "show", "CASE"]),
        ("cppp_cli.store.ledger.versions", ["agreement", "history", "CASE", "--json"]),
        ("cppp_cli.store.sessions.of_case", ["agreement", "compare", "CASE"]),
    ],
)
def test_a_bug_is_one_line_without_the_words_of_the_case(broken, arguments, opened_file, monkeypatch, typed):
    module, _, name = broken.rpartition(".")
    import_module(module.removesuffix(".clock"))
    monkeypatch.setattr(broken, break_down)
    code, _out, err = typed(*[opened_file if word == "CASE" else word for word in arguments])
    assert code == 1
    line = err.splitlines()[-1]
    assert "mistake in cppp" in line
    assert "OddError" in line
    assert re.search(r"cppp_cli/[a-z_/]+\.py:\d+", line), "it does not say where"
    for word in ("Traceback", 'File "', *SECRET.split()):
        assert word not in err
        assert word not in _out
    assert err.count("\n") == 1, f"{name}: more than a line"


def test_ctrl_c_ends_quietly(opened_file, monkeypatch, typed):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("cppp_cli.store.cases.listed", interrupt)
    code, _out, err = typed("case", "list")
    assert code == 130
    assert "Traceback" not in err
