"""The officer at the desk: the opened file, the day, and a way to ask. Every command starts here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli import clock, paths
from cppp_cli.errors import CpppError, LockedError, NoTerminalError, NotFoundError
from cppp_cli.show import note, progress

if TYPE_CHECKING:
    import typer

    from cppp_cli.interview.asking import Asker
    from cppp_cli.programme.people import Officer
    from cppp_cli.programme.working_days import WorkingDays
    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.keys import Key

TRIES = 3
YEARS_OF_HOLIDAYS = 2  # on either side of today: a programme lasts twelve weeks


@dataclass(frozen=True)
class Office:
    """An opened file and the day it is. ``plain`` asks by numbered lines."""

    home: Path
    db: OfficerFile
    officer: Officer
    today: date
    now: Callable[[], datetime]
    plain: bool = False

    def moment(self) -> str:
        """Now, as the file keeps it: ISO with the offset from UTC."""
        return self.now().isoformat(timespec="seconds")

    def calendar(self) -> WorkingDays:
        """The officer's working days without the bank holidays of England and Wales."""
        from cppp_cli.bank_holidays import bank_holidays
        from cppp_cli.programme.working_days import WorkingDays

        closed = bank_holidays(self.today.year - YEARS_OF_HOLIDAYS, self.today.year + YEARS_OF_HOLIDAYS)
        return WorkingDays(self.officer.working_days, closed)

    def documents(self) -> Path:
        """The folder documents are written to."""
        return Path(self.officer.documents) if self.officer.documents else paths.default_documents(self.home)


def where() -> tuple[Path, Path]:
    """The officer's folder and the file in it.

    Raises:
        NotFoundError: there is no file yet.
        ConflictError: the folder may not be looked into.
    """
    home = paths.home()
    path = paths.database(home)
    refuse_if_missing(home)
    if not paths.is_set_up(home):
        raise NotFoundError("There is no officer's file yet. Type cppp init to set it up.")
    return home, path


def refuse_if_missing(home: Path) -> None:
    """Let nobody begin anew where a file was.

    Raises:
        NotFoundError: there is no file, and copies of one are there.
    """
    if not paths.is_set_up(home) and paths.backups(home).is_dir():
        from cppp_cli.store import backups

        if backups.listed(paths.backups(home)):
            raise NotFoundError(
                "Your file is missing, and copies of it are on this computer. Do not set up a new one; "
                "to see the copies and bring one back: cppp restore"
            )


@contextmanager
def opened(ctx: typer.Context) -> Iterator[Office]:
    """The officer's file for one command, opened by a kept key, the environment, or the passphrase asked for now.

    Raises:
        LockedError: none of them opens it.
        NotFoundError: there is no file yet.
    """
    home, path = where()
    from cppp_cli.store import officer as officers
    from cppp_cli.store import replacing
    from cppp_cli.store.encrypted import told_plainly

    plain = bool(ctx.obj)
    replacing.clear_leftovers(home, paths.backups(home))
    with told_plainly():
        db = _open_with_any_key(home, path, plain=plain)
        try:
            command = ctx.command_path.partition(" ")[2] or "cppp"
            db.recorder.begin(command, clock.now)
            if command != "backup":
                _copy_of_the_day(home, db, plain=plain)
            yield Office(home, db, officers.load(db), clock.today(), clock.now, plain)
        finally:
            db.close()


def _copy_of_the_day(home: Path, db: OfficerFile, *, plain: bool) -> None:
    """A checked copy at the first command of a day. When none can be made the officer's work goes on all the same."""
    from cppp_cli.store import backups

    folder = paths.backups(home)
    try:
        if backups.due(folder, clock.today()):
            with progress("Making today's copy of your file", plain=plain) as told:
                backups.daily(db, folder, clock.now(), told)
    except CpppError as trouble:
        note(f"Note: no copy of your file could be made today. {trouble}")


def _before_upgrade(db: OfficerFile, step: str) -> None:
    """Before the schema changes a copy is made; without one, nothing is changed."""
    from cppp_cli.store import backups

    note("Your file is brought up to date for this version of cppp. A copy of it is made first.")
    with progress("Making a copy") as told:
        backups.make(db, paths.backups(db.path.parent), clock.now(), before=step, told=told)


def open_with(path: Path, key: Key) -> OfficerFile:
    """The file opened with a key, and brought to the present schema after a copy of it was made."""
    from cppp_cli.store.file import open_file

    return open_file(path, key, now=clock.now, before_upgrade=_before_upgrade)


def _open_with_any_key(home: Path, path: Path, *, plain: bool) -> OfficerFile:
    kept = kept_key(home, path)
    if kept:
        try:
            return open_with(path, kept)
        except LockedError:
            note("The key kept by cppp unlock no longer fits; asking instead.")
    for left in range(TRIES - 1, -1, -1):
        key, asked = given_key(path, plain=plain)
        try:
            return open_with(path, key)
        except LockedError:
            if not left or not asked:
                raise
            note(f"That does not open the file. {left} more {'try' if left == 1 else 'tries'}.")
    raise LockedError("The file stays closed.")


def given_key(path: Path, *, plain: bool) -> tuple[Key, bool]:
    """The key from the environment, or asked for now; and whether somebody was asked.

    Raises:
        LockedError: none is given and nobody is there to ask.
    """
    from cppp_cli.store import passphrases
    from cppp_cli.store.keys import derive, looks_like_recovery, read_recovery, read_salt

    salt = read_salt(path)
    typed = passphrases.supplied(os.environ)
    asked = typed is None
    if typed is None:
        if not sys.stdin.isatty():
            raise LockedError(
                "The officer's file is locked and there is nobody to ask. Type cppp unlock first, "
                "or name a file that holds the passphrase in CPPP_PASSPHRASE_FILE."
            )
        typed = ask_hidden("Passphrase (or recovery key)", plain=plain)
    return (read_recovery(typed, salt) if looks_like_recovery(typed) else derive(typed, salt)), asked


def kept_key(home: Path, path: Path) -> Key | None:
    """The key kept by ``cppp unlock``; keyring is imported only when the marker says there is one."""
    from cppp_cli.store import credential

    until = credential.marked_until(home)
    if until is None:
        return None
    if until <= clock.now():
        credential.forget(credential.account_for(path))
        credential.unmark(home)
        return None
    return credential.recall(credential.account_for(path), clock.now())


def ask_hidden(text: str, *, plain: bool = False) -> str:
    """Ask for a secret without showing it."""
    import getpass

    try:
        if plain:
            note("What you type is not shown.")
        return getpass.getpass(f"{text}: ", stream=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        raise LockedError("No passphrase was given, so the file stays closed.") from None


def asker(*, plain: bool) -> Asker:
    """The skin for this terminal.

    Raises:
        NoTerminalError: nobody is there to answer.
    """
    if not sys.stdin.isatty():
        raise NoTerminalError(
            "This command asks questions and needs a terminal. Or give the answers with --answers FILE; "
            "--questions prints such a file to fill in."
        )
    if plain or os.environ.get("TERM") == "dumb":
        from cppp_cli.interview.plain import PlainAsker

        return PlainAsker()
    from cppp_cli.interview.terminal import TerminalAsker

    return TerminalAsker()
