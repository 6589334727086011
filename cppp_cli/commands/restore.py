"""``cppp restore``: what is in a copy, what would change, and then the copy in the place of the officer's file."""

from __future__ import annotations

import contextlib
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.errors import CpppError, NoTerminalError, NotFoundError, StoppedError, UsageProblemError
from cppp_cli.show import moment, note, progress, result, table

if TYPE_CHECKING:
    from cppp_cli.store.contents import Contents
    from cppp_cli.store.keys import Key

app = typer.Typer()

WORD = "restore"


@app.command("restore")
def restore(
    ctx: typer.Context,
    *,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A copy; without it, the copies on this computer are listed.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would change, and change nothing.")] = False,
) -> None:
    """Bring back a copy in the place of your file, which is kept. Shows first what would change."""
    from cppp_cli import paths
    from cppp_cli.commands.restore_keys import keys
    from cppp_cli.store.contents import look_at, verify
    from cppp_cli.store.encrypted import told_plainly

    plain, home = bool(ctx.obj), paths.home()
    if file is None:
        _list(paths.backups(home), plain=plain)
        return
    if not preview and not sys.stdin.isatty():
        raise NoTerminalError(
            "cppp restore asks for a word typed at a terminal before it replaces anything. "
            "To see what is in the copy: cppp restore FILE --preview"
        )
    path = paths.database(home)
    source = _found(file, paths.backups(home), path)
    look_at(source)
    with told_plainly():
        present, key = keys(home, path, source, plain=plain)
        with progress("Checking the copy", plain=plain) as told:
            inside = verify(source, key, told)
        _tell(inside, path, present, key, plain=plain)
        if not preview:
            _confirm(plain=plain)
            _restore(home, source, key, present, plain=plain)


def _list(folder: Path, *, plain: bool) -> None:
    from cppp_cli.commands.backup import size
    from cppp_cli.programme.rotation import Why
    from cppp_cli.store import backups

    made_for = {Why.ROUTINE: "day", Why.UPGRADE: "upgrade", Why.REPLACED: "restore"}
    found = backups.listed(folder)
    if not found:
        result("There is no copy on this computer yet. A copy you brought elsewhere: cppp restore FILE")
        return
    rows = [
        (moment(each.copy.at.isoformat()), made_for[each.copy.why], size(each.path), each.path.name)
        for each in reversed(found)
    ]
    table(("Made", "For", "Size", "Copy"), rows, plain=plain)
    note(
        "One is made each day of use, before an upgrade, and of a file that a restore replaced. To see what would "
        "change: cppp restore FILE --preview, with one of these names, or as much of it as no other begins with."
    )


def _found(typed: str, folder: Path, path: Path) -> Path:
    """The file that was meant: as typed, or by its name in the folder of copies, or by a beginning no other has.

    Raises:
        NotFoundError: several begin so.
        UsageProblemError: it is the officer's file itself.
    """
    from cppp_cli.store import backups

    source = Path(typed).expanduser().absolute()
    if not source.exists() and Path(typed).name == typed:
        source = folder / typed
        alike = [each.path for each in backups.listed(folder) if each.path.name.startswith(typed)]
        if len(alike) > 1 and source not in alike:
            raise NotFoundError("Several copies begin so. Type more of the name; cppp restore shows them.")
        source = source if source in alike else next(iter(alike), source)
    with contextlib.suppress(OSError):
        if source.samefile(path):
            raise UsageProblemError(
                "That is your file itself and not a copy of it. To see the copies on this computer: cppp restore"
            )
    return source


def _tell(inside: Contents, path: Path, present: Key | None, key: Key, *, plain: bool) -> None:
    """Show in words what is in the copy, and what would change."""
    from cppp_cli import paths
    from cppp_cli.store import restoring
    from cppp_cli.store.contents import contents
    from cppp_cli.store.encrypted import connect, told_plainly

    now, erased = None, frozenset[tuple[int, str]]()
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(closing(connect(path, present))) if present else None
        if connection:
            with contextlib.suppress(CpppError), told_plainly():
                now = contents(connection)
        given = [each for each in (present, key) if each]
        since = restoring.erased_since(paths.backups(path.parent), given, connection)
        erased = inside.cases & {(erasure.case_id, erasure.reference) for erasure in since}
    if now:
        rows = [(label, said, other) for (label, said), (_, other) in zip(_lines(inside), _lines(now), strict=True)]
        table(("What", "In the copy", "In your file now"), rows, plain=plain)
        _name("Only in the copy, so it would come back", inside.cases - now.cases - erased)
        _name("Only in your file now, so it would be gone", now.cases - inside.cases)
    else:
        table(("What", "In the copy"), _lines(inside), plain=plain)
        result("Your file is not there or cannot be read, so the two cannot be compared.")
    _name("Erased since the copy was made, so it would be erased from it again", erased)


def _lines(inside: Contents) -> list[tuple[str, str]]:
    return [
        ("Cases", str(len(inside.cases))),
        ("Sessions", str(inside.sessions)),
        ("Notes of a concern", str(inside.notes)),
        ("Documents made final", str(inside.finals)),
        ("Last change to a case", moment(inside.changed.isoformat()) if inside.changed else "none"),
    ]


def _name(what: str, cases: frozenset[tuple[int, str]]) -> None:
    if cases:
        result(f"{what}: {', '.join(sorted(reference for _, reference in cases))}")


def _confirm(*, plain: bool) -> None:
    from cppp_cli.commands.office import asker
    from cppp_cli.interview.asking import Left, Prompt
    from cppp_cli.questions.model import Kind

    try:
        typed = asker(plain=plain).ask(
            Prompt(f"Type the word {WORD} to put the copy in the place of your file", Kind.TEXT)
        )
    except Left:
        typed = ""
    if str(typed).strip().casefold() != WORD:
        raise StoppedError("Stopped. Nothing was changed.")


def _restore(home: Path, source: Path, key: Key, present: Key | None, *, plain: bool) -> None:
    from cppp_cli import clock, paths
    from cppp_cli.store import credential, restoring
    from cppp_cli.store.replacing import clear_leftovers, turn

    path, folder = paths.database(home), paths.backups(home)
    paths.make_private_folder(home)
    clear_leftovers(home, folder)
    with turn(folder), progress("Restoring", plain=plain) as told:
        done = restoring.restore(source, key, path, folder, clock.now, present=present, told=told)
    result("The copy is in the place of your file.")
    if done.kept:
        result(f"The file it replaced is kept: {done.kept}")
    if done.erased:
        result(f"Erased again, because you erased it since: {', '.join(done.erased)}")
    if present is None:
        credential.forget(credential.account_for(path))
        credential.unmark(home)
        note("It opens with the passphrase or the recovery key that you typed for the copy.")
    elif present.salt != key.salt:
        note("It opens with your present passphrase and recovery key.")
