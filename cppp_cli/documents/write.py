"""Documents on the disk: whole or not at all, readable by their owner, never in the place of something else unasked."""

from __future__ import annotations

import errno
import os
import re
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from cppp_cli.errors import ConflictError, NotFoundError

_LONGEST_PART: Final = 60  # characters of a case number or kind in a file's name
_DISK_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_CLOSE_WORD: Final = "Close the document in Word and run the command again."
_TAKEN: Final = "There is another file of that name already. Choose another name, or say that it may be replaced."


def write_document(path: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Write a file so that at every moment it is there whole or not at all; give back its path.

    A file with the same content is left as it is. On systems with permissions only the owner can read the file.

    Args:
        path: the file; its folder must exist.
        data: its whole content.
        overwrite: whether a file with other content may be replaced.

    Raises:
        NotFoundError: the folder does not exist.
        ConflictError: another file is there and may not be replaced, or the disk or the system does not allow it.
    """
    temporary: Path | None = None
    try:
        if not path.parent.is_dir():
            raise NotFoundError("The folder for the document does not exist. Create it, or choose another folder.")
        if _is_there(path, data, overwrite=overwrite):
            return path
        temporary = _write_beside(path, data)
        _place(temporary, path, data, overwrite=overwrite)
    except OSError as error:
        raise ConflictError(_explain(error, path)) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return path


def file_name(case_number: str, kind: str, version: int, suffix: str) -> str:
    """The name of a document: `ZE23P01234-cppp-report-v1-draft.docx`.

    Only the letters and digits of ASCII and hyphens are used, so it is a good name on every system. The kind is a word
    of the program, never a person's name.

    Args:
        case_number: as the court gave it.
        kind: what the document is, such as `cppp-report`.
        version: from 1.
        suffix: the end of the name: `.docx`, or `draft.docx` for a draft.
    """
    number = _plain(case_number).upper() or "CASE"
    ending = suffix if suffix.startswith(".") else f"-{suffix.lstrip('-')}"
    return f"{number}-{_plain(kind).lower() or 'document'}-v{version}{ending}"


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]+", "-", text)[:_LONGEST_PART].strip("-")


def _is_there(path: Path, data: bytes, *, overwrite: bool) -> bool:
    """Whether the file is there with this content already.

    Raises:
        ConflictError: something else is there and may not be replaced.
    """
    if path.is_dir():
        raise ConflictError("There is a folder of that name already. Choose another name for the document.")
    if not path.exists():
        return False
    if path.stat().st_size == len(data) and path.read_bytes() == data:
        return True
    if not overwrite:
        raise ConflictError(_TAKEN)
    return False


def _write_beside(path: Path, data: bytes) -> Path:
    """The content in a new file of the same folder, safely on the disk. It is removed again if anything goes wrong."""
    handle, name = tempfile.mkstemp(prefix=".cppp-", suffix=".part", dir=path.parent)  # readable by the owner only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _place(temporary: Path, path: Path, data: bytes, *, overwrite: bool) -> None:
    """Give the file its name. Without `overwrite` a file that appeared meanwhile is not replaced either."""
    if overwrite:
        temporary.replace(path)
        return
    try:
        if sys.platform == "win32":
            temporary.rename(path)  # fails on Windows when the name is taken
        else:
            path.hardlink_to(temporary)  # fails when the name is taken; rename would replace it
    except FileExistsError:
        if not _is_there(path, data, overwrite=False):
            raise
    except OSError:
        if path.exists():
            raise
        temporary.replace(path)  # a file system without links, such as a memory stick


def _sync_folder(folder: Path) -> None:
    """Put the new name itself on the disk, where the system can; Windows does it unasked."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explain(error: OSError, path: Path) -> str:
    if error.errno in _DISK_FULL:
        return "The disk is full, and the document was not written. Make room and run the command again."
    if error.errno == errno.EROFS:
        return "That disk cannot be written to. Choose another folder."
    if error.errno == errno.ENAMETOOLONG:
        return "The name of the document or its folder is too long. Choose a shorter one."
    if isinstance(error, PermissionError):
        if _exists(path):
            return f"The document cannot be replaced, most likely because it is open. {_CLOSE_WORD}"
        return "You may not write into that folder. Choose another folder."
    return f"The document could not be written. {_CLOSE_WORD}"


def _exists(path: Path) -> bool:
    with suppress(OSError):
        return path.exists()
    return False
