"""The files ``cppp nights`` reads: a school's term dates, and the bands of child maintenance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli.errors import AnswersError

if TYPE_CHECKING:
    from cppp_cli.programme.nights.maintenance import Bands
    from cppp_cli.programme.nights.term_rows import Found

LARGEST = 5_000_000  # bytes of a file of term dates


def read_terms(path: Path) -> Found:
    """The term dates of a file, told apart by what is in it.

    Raises:
        AnswersError: it cannot be read, or is neither a table nor a calendar.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        raise AnswersError("The file of term dates cannot be read. Check its place, and type it again.") from None
    if len(data) > LARGEST:
        raise AnswersError("The file of term dates is too large to be one. Choose another.")
    if data.startswith((b"PK", b"%PDF", b"\xd0\xcf")):
        raise AnswersError("The file of term dates is a workbook or a document. Save it as CSV and try again.")
    text = _decoded(data)
    if text.lstrip("\ufeff \t\r\n").upper().startswith("BEGIN:VCALENDAR"):
        from cppp_cli import calendar_files

        return calendar_files.read_terms(text)
    from cppp_cli.programme.nights.term_files import read_csv

    return read_csv(text)


def read_bands() -> Bands:
    """The maintenance bands: the office's copy when there is one, else the shipped ones."""
    import tomllib

    from cppp_cli import paths
    from cppp_cli.errors import TemplateError
    from cppp_cli.programme.nights import maintenance

    own = paths.office_templates(paths.home()) / maintenance.FILE
    path = own if own.exists() else paths.shipped_templates() / maintenance.FILE
    try:
        return maintenance.read_bands(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise TemplateError(f"{maintenance.FILE} is not valid TOML: {problem}. Mend it, or remove the copy.") from None


def _decoded(data: bytes) -> str:
    """The text of a file, as UTF-8 or UTF-16, or as an older Windows program saves it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
