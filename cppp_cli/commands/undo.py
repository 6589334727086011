"""``cppp undo``: take back what one command did, after showing it in words; and bring it back again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.guided import ask_yes_no
from cppp_cli.commands.history import OptionalCase
from cppp_cli.commands.telling import Teller, Told
from cppp_cli.errors import NoTerminalError, NotFoundError, StoppedError
from cppp_cli.show import moment, note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.store.history import Change, Unit

app = typer.Typer()

LINES_SHOWN = 40


@app.command("undo")
def undo(
    ctx: typer.Context,
    case: OptionalCase = None,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would be taken back, and stop.")] = False,
    redo: Annotated[bool, typer.Option("--redo", help="Bring back what the last undo took away.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
) -> None:
    """Take back what the last command changed, whole; or the last one of a case. Typed again, one further back."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases
    from cppp_cli.store import undo as undoing

    with opened(ctx) as office:
        chain = cases.find(office.db, case, drafts_too=True) if case else None
        unit = (undoing.last_undo if redo else undoing.last)(office.db, chain)
        if unit is None:
            raise NotFoundError(
                "There is no undo to bring back." if redo else "There is nothing that can be taken back."
            )
        changed = undoing.reversible(office.db, unit)
        _show(office, unit, changed)
        if preview:
            return
        if not yes:
            _ask(office, redo=redo)
        office.db.recorder.begin("undo --redo" if redo else "undo", office.now, undoes=unit.id)
        undoing.take_back(office.db, unit, changed)
        result("Brought back." if redo else "Taken back.")
        note("To take it away again: cppp undo" if redo else "To bring it back: cppp undo --redo")


def _ask(office: Office, *, redo: bool) -> None:
    if not sys.stdin.isatty():
        raise NoTerminalError("This asks before it changes anything. Add --yes where nobody is there to answer.")
    if not ask_yes_no(office, "Bring this back?" if redo else "Take this back?"):
        raise StoppedError("Nothing was changed.")


def _show(office: Office, unit: Unit, changed: Sequence[Change]) -> None:
    """What stands there now and what would after it, in words; a long list is cut and counted."""
    lines: list[Told] = []
    for chain in dict.fromkeys(change.chain for change in changed):
        lines += Teller(office, chain or None).tell_all(change for change in changed if change.chain == chain)
    result(f"{moment(unit.at)} · {unit.command}{_about(office, {change.chain for change in changed})}")
    for line in lines[:LINES_SHOWN]:
        _print(line)
    if len(lines) > LINES_SHOWN:
        result(f"  and {len(lines) - LINES_SHOWN} more")


def _print(line: Told) -> None:
    """Two lines for what would be changed, one for what would only come or go."""
    if line.before and line.after:
        result(f"  {line.what}")
        result(f"      now:  {line.after}")
        result(f"      then: {line.before}")
    else:
        result(f"  {'put back' if line.before else 'take out'}: {line.what} – {line.before or line.after}")


def _about(office: Office, chains: set[int]) -> str:
    """Which cases it is about, by reference."""
    if chains == {0}:
        return ", your file"
    found = [row["reference"] for row in office.db.query("SELECT id, reference FROM case_file") if row["id"] in chains]
    return f", case {', '.join(found)}" if found else ""
