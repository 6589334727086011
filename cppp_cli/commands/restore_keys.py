"""What opens a copy, and the file it would replace. Either may be damaged, or be under another passphrase."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cppp_cli.errors import CpppError, DamagedFileError, LockedError, NoTerminalError
from cppp_cli.show import note

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.store.keys import Key


def keys(home: Path, path: Path, source: Path, *, plain: bool) -> tuple[Key | None, Key]:
    """What opens the present file, none when there is none or nothing does; and what opens the copy.

    A key kept by ``cppp unlock`` comes first, then what the environment supplies, then what is asked for.

    Raises:
        LockedError: nothing that was given opens the copy.
        NoTerminalError: nothing is given and nobody is there to ask.
    """
    from cppp_cli.commands.office import TRIES, kept_key
    from cppp_cli.store.backups import salt_of

    present = kept_key(home, path) if salt_of(path) else None
    if present and not _opens(path, present):
        present = None
    if present and present.salt == salt_of(source):
        return present, present
    for left in range(TRIES - 1, -1, -1):
        text, asked = _text(
            "Passphrase (or recovery key) of the copy" if present else "Passphrase (or recovery key)", plain=plain
        )
        known, present = present, present or _opening(path, text)
        key = _opening(source, text, damaged_too=True)  # what is wrong with it is told later
        if key:
            return present or _ask_for_present(path, key, plain=plain), key
        if not asked:
            break
        if present and not known:
            note("That opens your file. The copy was made under an earlier passphrase: type that one.")
        elif left:
            note(f"That does not open the copy. {left} more {'try' if left == 1 else 'tries'}.")
    raise LockedError(
        "Nothing that was given opens the copy, so nothing was changed. It opens with the passphrase or the recovery "
        "key that were in use when it was made. If one of them is surely right, the copy is damaged: choose another."
    )


def _ask_for_present(path: Path, key: Key, *, plain: bool) -> Key | None:
    """What opens the present file, where the text that opens the copy does not; none when it is damaged or missing."""
    from cppp_cli.commands.office import TRIES, ask_hidden
    from cppp_cli.store.backups import salt_of

    salt = salt_of(path)
    if not salt:
        return None
    if salt == key.salt:
        note("Your present file is damaged: what opens the copy should open it too, and does not.")
        return None
    note(
        "Your present file does not open with that. Either it is damaged, or it has another passphrase now. Type what "
        "opens it, so that the two can be compared. If nothing does, just press Enter: it will be kept as it is."
    )
    for _ in range(TRIES if sys.stdin.isatty() else 0):
        text = ask_hidden("Passphrase (or recovery key) of your present file", plain=plain)
        found = _opening(path, text) if text else None
        if found or not text:
            return found
        note("That does not open it.")
    return None


def _text(prompt: str, *, plain: bool) -> tuple[str, bool]:
    """What was supplied or typed, and whether somebody was asked."""
    from cppp_cli.commands.office import ask_hidden
    from cppp_cli.store import passphrases

    given = passphrases.supplied(os.environ)
    if given is not None:
        return given, False
    if not sys.stdin.isatty():
        raise NoTerminalError(
            "There is nobody to ask for the passphrase. Name a file that holds it in CPPP_PASSPHRASE_FILE."
        )
    return ask_hidden(prompt, plain=plain), True


def _opening(path: Path, text: str, *, damaged_too: bool = False) -> Key | None:
    """The key that a passphrase or recovery key gives for this file; none when it does not open it."""
    from cppp_cli.store.backups import salt_of
    from cppp_cli.store.keys import from_text

    salt = salt_of(path)
    try:
        key = from_text(text, salt) if salt else None
    except LockedError as mistake:  # in a recovery key
        note(str(mistake))
        return None
    return key if key and _opens(path, key, damaged_too=damaged_too) else None


def _opens(path: Path, key: Key, *, damaged_too: bool = False) -> bool:
    from cppp_cli.store.encrypted import connect

    try:
        connect(path, key).close()
    except DamagedFileError:
        return damaged_too
    except CpppError:
        return False
    return True
