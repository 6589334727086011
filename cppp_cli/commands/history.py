"""``cppp history``: what was changed, by which command, when and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.telling import Teller, Told
from cppp_cli.commands.ways import JsonOption
from cppp_cli.show import counted, envelope, moment, note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.store.history import Change, Unit

app = typer.Typer()

OptionalCase = Annotated[
    str | None, typer.Argument(metavar="[CASE]", help="Its reference or number; without one, the file itself.")
]


@app.command("history")
def history(
    ctx: typer.Context,
    case: OptionalCase = None,
    *,
    full: Annotated[bool, typer.Option("--full", help="Every answer, also those given for the first time.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Tell what was changed in a case: when, by which command, from what to what, and why."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases
    from cppp_cli.store.triggers import FILE_CHAIN

    with opened(ctx) as office:
        case_id = cases.find(office.db, case, drafts_too=True) if case else None
        entries = list(_entries(office, FILE_CHAIN if case_id is None else case_id, case_id))
        if as_json:
            result(envelope("history", [_as_data(*entry) for entry in entries]))
            return
        earlier = _print_earlier(office, case_id)
        for unit, lines in entries:
            print_unit(unit, lines, full=full)
        if not entries and not earlier:
            note("Nothing was changed yet.")


def _entries(office: Office, chain: int, case_id: int | None) -> Iterator[tuple[Unit, list[Told]]]:
    from cppp_cli.store import history as kept

    teller = Teller(office, case_id)
    by_unit: dict[int, list[Change]] = {}
    for change in kept.of_chain(office.db, chain):
        by_unit.setdefault(change.unit, []).append(change)
    for unit in kept.units(office.db, chain):
        yield unit, teller.tell_all(by_unit.get(unit.id, ()))


def print_unit(unit: Unit, lines: Sequence[Told], *, full: bool) -> None:
    """One run of a command. Without ``full``, what it gave for the first time is counted, and an undo only named."""
    result(f"{moment(unit.at)} · {_said(unit)}")
    shown = lines if full else [line for line in lines if line.before and unit.undoes is None]
    if len(lines) > len(shown):
        more = len(lines) - len(shown)
        result(f"  {more} {'entry' if more == 1 else 'entries'} {'new' if unit.undoes is None else 'changed'}")
    for line in shown:
        print_line(line, why=unit.undoes is None)
    result("")


def print_line(line: Told, *, why: bool) -> None:
    """A change as labelled lines: what stood there, what stands there now, and why."""
    result(f"  {line.what}")
    if line.before:
        result(f"      was: {line.before}")
    result(f"      now: {line.after or '(removed)'}")
    if line.reason and why:
        result(f"      why: {line.reason}")


def _said(unit: Unit) -> str:
    """The command, with its number in the history, which an undo of it names."""
    return f"{unit.command} · no. {unit.id}" + ("" if unit.undoes is None else f", of no. {unit.undoes}")


def _as_data(unit: Unit, lines: Sequence[Told]) -> dict[str, object]:
    changes = [{"what": t.what, "before": t.before, "after": t.after, "reason": t.reason} for t in lines]
    return {"number": unit.id, "at": unit.at, "command": unit.command, "undoes": unit.undoes, "changes": changes}


def _print_earlier(office: Office, case_id: int | None) -> int:
    """How much another officer's history of the case is kept with it; the count."""
    if case_id is None:
        return 0
    rows = office.db.execute(
        "SELECT count(*), min(at), max(at) FROM earlier_change WHERE case_id = ?", [case_id]
    ).fetchone()
    if rows[0]:
        result(f"Before it came to you: {counted(rows[0], 'change')}, {moment(rows[1])} to {moment(rows[2])}.\n")
    return int(rows[0])
