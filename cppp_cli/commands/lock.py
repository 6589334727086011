"""``cppp unlock`` and ``cppp lock``: keep the derived key in the operating system's credential store for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from cppp_cli.show import note, result

app = typer.Typer()

HOURS = 8  # a working day
HOURS_AT_MOST = 24


@app.command("unlock")
def unlock(
    ctx: typer.Context,
    hours: Annotated[str, typer.Option("--hours", help=f"For how long, at most {HOURS_AT_MOST}.")] = str(HOURS),
) -> None:
    """Keep the file open on this computer for a while, through the operating system's credential store."""
    from cppp_cli import clock
    from cppp_cli.commands.office import given_key, open_with, where
    from cppp_cli.errors import UsageProblemError
    from cppp_cli.store import credential

    if not hours.isdigit() or not 1 <= int(hours) <= HOURS_AT_MOST:
        raise UsageProblemError(f"Give whole hours from 1 to {HOURS_AT_MOST}.")
    home, path = where()
    key, _ = given_key(path, plain=bool(ctx.obj))
    open_with(path, key).close()  # a key that does not open the file is not kept
    until = clock.now() + timedelta(hours=int(hours))
    kept = credential.remember(credential.account_for(path), key, until, clock.now())
    if kept:
        kept = credential.mark(home, until)
        if not kept:  # nothing would end it
            credential.forget(credential.account_for(path))
    if kept:
        result(f"Open until {until:%H:%M}. Type cppp lock to close it sooner.")
    else:
        note(kept.reason)


@app.command("lock")
def lock() -> None:
    """Close the file again: the kept key is removed."""
    from cppp_cli import paths
    from cppp_cli.store import credential

    home = paths.home()
    kept = credential.forget(credential.account_for(paths.database(home)))
    credential.unmark(home)
    if kept:
        result("Locked.")
    else:
        note(kept.reason)
