"""``cppp backup``: a checked copy of the officer's file, here and, when asked, in another place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cppp_cli.errors import NotFoundError, UsageProblemError
from cppp_cli.show import counted, note, progress, result

app = typer.Typer()

_KILOBYTE = 1000


@app.command("backup")
def backup(
    ctx: typer.Context,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DIR", help="Bring the copy to this folder as well, such as a stick.")
    ] = None,
) -> None:
    """Make a checked copy of your encrypted file now; with --to one that leaves this computer."""
    from cppp_cli import paths
    from cppp_cli.commands.office import opened
    from cppp_cli.store import backups, events
    from cppp_cli.store.contents import verify

    elsewhere = _elsewhere(to) if to is not None else None
    with opened(ctx) as office:
        with progress("Making a copy", plain=office.plain) as told:
            made = backups.make(office.db, paths.backups(office.home), office.now(), told=told)
        inside = verify(made.path, office.db.key, every_page=False)
        held = f"{counted(len(inside.cases), 'case')}, {counted(inside.sessions, 'session')}"
        result(f"A copy is made and checked: {held}, {size(made.path)}.")
        result(str(made.path))
        if elsewhere is None:
            note("It is on this computer only. To bring one elsewhere: cppp backup --to DIR")
            return
        with progress("Bringing it there", plain=office.plain) as told:
            path, digest = backups.bring(made, office.db.key, elsewhere, told)
        events.add(office.db, events.COPIED, office.moment, path=path, digest=digest)
        result("Brought elsewhere, and read back there:")
        result(str(path))
        note("It opens with your passphrase or your recovery key, and with nothing else.")


def size(path: Path) -> str:
    """How large a file is, in kilobytes or megabytes."""
    kilobytes = max(1, round(path.stat().st_size / _KILOBYTE))
    return f"{kilobytes} kB" if kilobytes < _KILOBYTE else f"{kilobytes / _KILOBYTE:.1f} MB"


def _elsewhere(typed: str) -> Path:
    """The folder to bring a copy to.

    Raises:
        NotFoundError: there is none.
        UsageProblemError: it is in the officer's folder, where a copy is made anyway.
    """
    from cppp_cli import paths

    folder = Path(typed).expanduser().absolute()
    if not folder.is_dir():
        raise NotFoundError("There is no such folder. Plug the stick in, or make the folder, then try again.")
    if folder.resolve().is_relative_to(paths.home().resolve()):
        raise UsageProblemError(
            "That folder is inside the officer's own, where a copy is made anyway. Give one on a stick or another disk."
        )
    service = paths.synced_by(folder)
    if service:
        note(f"Note: that folder is copied to {service}. Choose another unless your office allows that.")
    return folder
