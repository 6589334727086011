"""The root command: lazily loaded groups, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cppp_cli import __version__
from cppp_cli.errors import CpppError

# name: (module, what it does, panel of the help page). A module is imported when its command is called.
LIVE_BY, AROUND, KEEP = "Every case", "Around a case", "This file"
COMMANDS: dict[str, tuple[str, str, str]] = {
    "new-case": ("new_case", "Open a case: court, people, orders, screening, timetable.", LIVE_BY),
    "session": ("session", "Log a session, and look at or amend what was logged.", LIVE_BY),
    "report": ("report", "Write the report to the court, in your own words and the record's.", LIVE_BY),
    "plan": ("plan", "Write the parenting-plan summary.", AROUND),
    "check": ("check", "Show what still stands between a case and the court; silent when nothing does.", AROUND),
    "voice": ("voice", "What the children said, and who may hear it.", AROUND),
    "letter": ("letter", "Write the letter back, a child's letter, or what came of it.", AROUND),
    "verify": ("verify", "Say which report a file is, or what in it differs.", AROUND),
    "case": ("case", "List, show, edit, pause, return, close and erase cases.", AROUND),
    "schedule": ("schedule", "Show the twelve weeks of a case, and move an appointment.", AROUND),
    "agreement": ("agreement", "Keep what the parents ask, offer and agree; give them a form.", AROUND),
    "nights": ("nights", "Count the nights of a pattern or a case; needs no passphrase for a pattern.", AROUND),
    "history": ("history", "Tell what was changed in a case, when, by which command and why.", AROUND),
    "undo": ("undo", "Take back what the last command changed, after showing it.", AROUND),
    "export": ("export", "Hand a case over, encrypted; a pack about one person; a readable copy.", AROUND),
    "import": ("import_", "Bring in a case that another officer handed over.", AROUND),
    "init": ("init", "Set up your encrypted file, once.", KEEP),
    "unlock": ("lock", "Keep the file open on this computer for a while.", KEEP),
    "lock": ("lock", "Close the file again.", KEEP),
    "passphrase": ("passphrase", "Change the passphrase, or renew the recovery key.", KEEP),
    "backup": ("backup", "Make a checked copy of your file, here or on a stick.", KEEP),
    "restore": ("restore", "Bring back a copy, after showing what would change.", KEEP),
    "doctor": ("doctor", "See whether your file, its copies and its folder are well.", KEEP),
    "template": ("template", "List, copy and check the wording of the documents.", KEEP),
    "demo": ("demo", "See all of it on two made-up families. Needs no passphrase.", KEEP),
}


class LazyGroup(TyperGroup):
    """Shows every command in help without importing it, and tells errors in a sentence."""

    def __init__(self, **attrs: Any) -> None:
        """Fill the table with stand-ins that carry the name and the help line."""
        super().__init__(**attrs)
        for name, (_, summary, panel) in COMMANDS.items():
            self.add_command(TyperCommand(name, help=summary, rich_help_panel=panel))

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the table: the three an officer lives by come first."""
        return list(COMMANDS)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace the stand-in of the called command by the command."""
        name = args[0] if args else ""
        if name in COMMANDS:
            self.add_command(load(name), name)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run, and turn a failure into its message and exit code."""
        try:
            return super().invoke(ctx)
        except CpppError as error:
            _tell(error, self._called())
            raise typer.Exit(error.exit_code) from None

    def _called(self) -> str:
        """The command that was called, as an envelope names it: "case list"."""
        first, second, *_ = [*(word for word in sys.argv[1:] if not word.startswith("-")), "", ""]
        below = getattr(self.commands.get(first), "commands", {})
        return f"{first} {second}" if second in below else first


def load(name: str) -> Any:
    """The command or group of that name, imported now."""
    module, summary, panel = COMMANDS[name]
    group = typer.main.get_group(import_module(f"cppp_cli.commands.{module}").app)
    command: Any = group.commands.get(name, group)
    command.name, command.help, command.rich_help_panel = name, command.help or summary, panel
    return command


def _tell(error: CpppError, command: str) -> None:
    from cppp_cli.show import envelope, note

    if "--json" in sys.argv:
        typer.echo(envelope(command, None, error=error))
    note(str(error) if error.exit_code == _STOPPED else f"Error: {error}")


_STOPPED = 130
PLAIN = "--plain"
WITH_A_PLAIN_OF_THEIR_OWN = {"export"}  # where it says that the file to be written can be read by anybody

app = typer.Typer(
    cls=LazyGroup,
    name="cppp",
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"cppp {__version__}")
        raise typer.Exit


@app.callback(
    help="The desk companion for the Positive co-Parenting Programme (CPPP): four sessions, twelve weeks, one report. "
    "It is not Planning Together for Children, the course parents take before it.",
    epilog="Exit codes: 0 done, 1 a mistake in cppp, 2 usage, 3 answers, 4 a check blocks it, 5 locked, 6 not found, "
    "7 in use or changed, 8 nothing feasible, 9 damaged file, 130 stopped and kept.",
)
def root(
    ctx: typer.Context,
    *,
    plain: Annotated[
        bool, typer.Option("--plain", envvar="CPPP_ACCESSIBLE", help="Numbered plain questions, no boxes, no redraw.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Remember how to ask; with no command, show today."""
    ctx.obj = plain
    if ctx.invoked_subcommand is None:
        from cppp_cli.commands.today import show_today

        show_today(ctx)


def run() -> None:
    """Run the command line; what nobody foresaw is told in one line without any of the case's words."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a Windows code page may lack a letter of a name
    # An option of the whole program, taken wherever it is typed.
    if PLAIN in sys.argv[1:] and _first_word() not in WITH_A_PLAIN_OF_THEIR_OWN:
        sys.argv = [sys.argv[0], PLAIN, *(word for word in sys.argv[1:] if word != PLAIN)]
    try:
        app(prog_name="cppp")
    except Exception as error:  # noqa: BLE001 - the last resort: a bug must not show a traceback with case data
        typer.echo(_bug_line(error), err=True)
        sys.exit(CpppError.exit_code)


def _first_word() -> str:
    return next((word for word in sys.argv[1:] if not word.startswith("-")), "")


def _bug_line(error: Exception) -> str:
    frame, place = error.__traceback__, "?"
    while frame:
        path = frame.tb_frame.f_code.co_filename.replace("\\", "/")
        if "cppp_cli" in path:
            place = f"{path[path.rindex('cppp_cli') :]}:{frame.tb_lineno}"
        frame = frame.tb_next
    return (
        f"This is a mistake in cppp ({type(error).__name__} at {place}), not yours. "
        "Every answer shown as saved is kept. Please report that line; it holds nothing of the case."
    )
