"""A case erased from the copies of the officer's file: each opened, treated, rebuilt and looked at again.

A copy is changed in its own place and not replaced, so that its old pages are overwritten as those of the file are.
What cannot be treated is told with its reason; nothing is passed over.
"""

from __future__ import annotations

from contextlib import closing, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, LockedError
from cppp_cli.store import backups, erasing
from cppp_cli.store.encrypted import told_plainly
from cppp_cli.store.file import OfficerFile
from cppp_cli.store.migrations import NAMES, STEPS
from cppp_cli.store.replacing import turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from cppp_cli.store.erasing import Subject
    from cppp_cli.store.keys import Key

COMMAND: Final = "case erase"

_PROBLEMS: Final[dict[type[CpppError], str]] = {
    LockedError: "it opens with another passphrase, so nobody could look inside; delete it if you need it no more",
    DamagedFileError: "it is damaged, or from a newer version of cppp; delete it if you need it no more",
    ConflictError: (
        "it is in use or may not be written to; close what uses it, allow writing, and type the same command again"
    ),
}
_OTHER_PROBLEM: Final = "it could not be looked at; delete it if you need it no more"


@dataclass(frozen=True)
class Looked:
    """One copy. ``held`` says whether the case was in it, ``problem`` why that is not known or could not be changed."""

    path: Path
    held: bool = False
    problem: str = ""
    own_name: bool = True  # whether cppp gave it its name, in which no person can be named


def alone(folder: Path) -> AbstractContextManager[None]:
    """No other cppp makes or replaces copies meanwhile; nothing to do where there is no folder of copies.

    Raises:
        ConflictError: another one is doing that just now.
    """
    return turn(folder) if folder.is_dir() else nullcontext()


def look(folder: Path, key: Key, subject: Subject) -> tuple[Looked, ...]:
    """Which copies in the folder hold a case; they are read and not changed."""
    return tuple(_each(folder, lambda path: _holds(path, key, subject)))


def erase(folder: Path, key: Key, subject: Subject, now: Callable[[], datetime]) -> tuple[Looked, ...]:
    """Take a case out of every copy in the folder that holds it; the caller is alone in it."""
    return tuple(_each(folder, lambda path: _erase(path, key, subject, now)))


def _each(folder: Path, what: Callable[[Path], bool]) -> Iterator[Looked]:
    ours = {backup.path for backup in backups.listed(folder)}
    for path in sorted(folder.glob("*.db")):
        own = path in ours
        try:
            yield Looked(path, what(path), own_name=own)
        except CpppError as error:
            problem = next((said for kind, said in _PROBLEMS.items() if isinstance(error, kind)), _OTHER_PROBLEM)
            yield Looked(path, problem=problem, own_name=own)


def _holds(path: Path, key: Key, subject: Subject) -> bool:
    with told_plainly(), closing(OfficerFile(path, key)) as db:
        _refuse_newer(db)
        return erasing.known(db, subject)


def _erase(path: Path, key: Key, subject: Subject, now: Callable[[], datetime]) -> bool:
    with told_plainly(), closing(OfficerFile(path, key)) as db:
        _refuse_newer(db)
        held = erasing.known(db, subject)
        if held and db.table("erasure").exists():
            db.recorder.begin(COMMAND, now)
            erasing.erase(db, subject, lambda _: "", lambda: now().isoformat(timespec="seconds"))
        elif held:
            erasing.erase_plainly(db, subject)
        if held or erasing.unfinished(db):
            erasing.scrub(db)
    if held and _holds(path, key, subject):  # opened anew
        raise DamagedFileError("The case is still in that copy.")
    return held


def _refuse_newer(db: OfficerFile) -> None:
    if {step.name for step in STEPS.applied(db)} - NAMES:
        raise DamagedFileError("That copy was written by a newer version of cppp.")
