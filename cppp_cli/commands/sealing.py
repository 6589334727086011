"""The passphrase of a file for somebody else: chosen anew for each, asked for when one comes in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import LockedError, NoTerminalError
from cppp_cli.show import note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cppp_cli.store.keys import Key
    from cppp_cli.store.sealed import Part

IN_FILE: Final = "CPPP_EXPORT_PASSPHRASE_FILE"
"""Names a file that holds the passphrase of an export or import, for scripts."""


def choose(own: Key, personal_words: Sequence[str], *, plain: bool) -> str:
    """A passphrase for a file that leaves: typed twice and strong enough, or supplied; never the officer's own.

    Raises:
        WeakPassphraseError: the supplied one would be guessed too soon, or is the officer's own.
        NoTerminalError: none is supplied and nobody is there to ask.
    """
    from cppp_cli.commands import choosing
    from cppp_cli.store import passphrases

    def weakness(typed: str) -> str | None:
        return passphrases.judge(typed, personal_words) or _is_own(typed, own)

    given = _supplied()
    if given is None and not sys.stdin.isatty():
        raise NoTerminalError(
            f"The file needs a passphrase of its own, and nobody is there to ask. Name a file with it in {IN_FILE}."
        )
    lead = "Choose a passphrase for this file, not your own. Whoever shall open it needs it."
    return choosing.choose(given, weakness, lead=lead, ask="Passphrase of this file", plain=plain)


def opened(path: Path, *, plain: bool) -> dict[str, Part]:
    """The tables of a file that came, opened with its passphrase: supplied, or asked for.

    Raises:
        LockedError: the passphrase does not open it, or none is given and nobody is there to ask.
        DamagedFileError: it is damaged, or cppp did not write it.
    """
    from cppp_cli.commands.office import TRIES, ask_hidden
    from cppp_cli.store import sealed
    from cppp_cli.store.keys import derive

    salt = sealed.salt_of(path)
    given = _supplied()
    if given is None and not sys.stdin.isatty():
        raise LockedError(
            f"This file is locked and there is nobody to ask. Name a file that holds its passphrase in {IN_FILE}."
        )
    for left in range(TRIES - 1, -1, -1):
        typed = ask_hidden("Passphrase of that file", plain=plain) if given is None else given
        try:
            return sealed.read(path, derive(typed, salt))
        except LockedError as error:
            if not left or given is not None:
                raise
            note(f"{error} {left} more {'try' if left == 1 else 'tries'}.")
    raise LockedError("The file stays closed.")


def personal_words(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> list[str]:
    """The names of a case: what would be tried first on a file about it."""
    tables = ("adult", "child", "other_person")
    return [str(row["full_name"]) for table in tables for row in rows[table] if row["full_name"]]


def _supplied() -> str | None:
    from cppp_cli.store import passphrases

    try:
        return passphrases.supplied({passphrases.IN_FILE: os.environ.get(IN_FILE, "")})
    except LockedError as error:
        raise LockedError(str(error).replace(passphrases.IN_FILE, IN_FILE)) from None


def _is_own(typed: str, own: Key) -> str | None:
    from cppp_cli.store.keys import derive

    if derive(typed, own.salt).raw != own.raw:
        return None
    return "This is the passphrase of your own file. It is told to nobody; choose another one for this file."
