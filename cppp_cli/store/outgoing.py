"""A file made for somebody else: whole or not there, readable by its owner only, never in the place of another.

It and the event that tells of it come together: nothing leaves the officer's file untold.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cppp_cli.errors import ConflictError, NotFoundError, UsageProblemError
from cppp_cli.store.replacing import journal_of, sync, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cppp_cli.store.file import OfficerFile


@dataclass
class Leaving:
    """A file that is about to leave; ``digest`` is its SHA-256 once it lies in its place."""

    path: Path
    digest: str = ""


@contextmanager
def leaving(db: OfficerFile, path: Path) -> Iterator[Leaving]:
    """One transaction for the file and for the event that tells of it; when the one fails, the other is taken back."""
    out = Leaving(path)
    try:
        with db.atomic():
            yield out
    except BaseException:
        if out.digest:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name beside ``path`` for a file in the making, which takes its own name when the block ends well.

    Raises:
        NotFoundError: the folder does not exist.
        ConflictError: something of that name is there, or the folder does not allow it.
    """
    refuse_place(path)
    temporary = path.with_name(f".cppp-{secrets.token_hex(8)}.part")
    try:
        yield temporary
        sync(temporary)
        _place(temporary, path)
    except FileExistsError:
        raise ConflictError(TAKEN) from None
    except OSError:
        raise ConflictError(NOT_WRITTEN) from None
    finally:
        for left in (temporary, journal_of(temporary)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    sync_folder(path.parent)


TAKEN = "There is a file of that name already. It was left as it is; choose another with --to."
NOT_WRITTEN = "The file cannot be written there: the folder does not allow it, or its disk is full. Choose another."


def refuse_place(path: Path) -> None:
    """Refuse a name where no new file can be made.

    Raises:
        NotFoundError: the folder does not exist.
        ConflictError: a file of that name is there.
        UsageProblemError: it is a folder.
    """
    if path.is_dir():
        raise UsageProblemError("That is a folder. Give the name of a file in it with --to.")
    if not path.parent.is_dir():
        raise NotFoundError("There is no such folder. Make it, or choose another place with --to.")
    if path.exists() or path.is_symlink():
        raise ConflictError(TAKEN)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(temporary: Path, path: Path) -> None:
    """Give the file its name; one that appeared meanwhile is not replaced."""
    if sys.platform == "win32":
        temporary.rename(path)  # fails on Windows when the name is taken
        return
    try:
        path.hardlink_to(temporary)  # fails when the name is taken; rename would replace it
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise
        temporary.replace(path)  # a file system without links, such as a memory stick
