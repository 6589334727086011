"""From a case to files on disk: the context, the Markdown, the Word file made of it, the register of drafts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli import paths
from cppp_cli.errors import BlockedError, ConflictError, UsageProblemError
from cppp_cli.show import note

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session

FORMATS = ("md", "docx")
MARKING = "CONFIDENTIAL – FAMILY PROCEEDINGS"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


@dataclass(frozen=True)
class Paper:
    """One kind of document: its template, how its file and its header are called, and whether it is for children."""

    kind: str
    template: str
    short_title: str
    for_children: bool = False


REPORT = Paper("cppp-report", "cppp_report.md.j2", "CPPP report")
RETURNED = Paper("cppp-report", "cppp_report_returned.md.j2", "CPPP report (returned)")
TIMETABLE = Paper("timetable", "timetable.md.j2", "Timetable of the programme")
PLAN = Paper("parenting-plan", "parenting_plan.md.j2", "Parenting plan: summary")
# A page that children keep shows nobody who finds it that there is a case.
CHILD_PLAN = Paper("childrens-plan", "child_plan.md.j2", "Our plan", for_children=True)


@dataclass(frozen=True)
class Wanted:
    """Where and in which formats to write, and whether a changed file may be replaced."""

    formats: tuple[str, ...] = FORMATS
    out: Path | None = None
    overwrite: bool = False


def wanted(fmt: str | None, out: str | None, *, overwrite: bool) -> Wanted:
    """The options of a document command, checked.

    Raises:
        UsageProblemError: the format is not known.
    """
    if fmt is not None and fmt not in FORMATS:
        raise UsageProblemError(f"“{fmt}” is not a format. Give md or docx, or leave it out for both.")
    return Wanted((fmt,) if fmt else FORMATS, Path(out).expanduser() if out else None, overwrite)


def write(
    office: Office,
    case: Case,
    paper: Paper,
    build: Callable[[int], dict[str, object]],
    want: Wanted,
    pictures: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Render a document, write its files, and register the draft; the files written.

    Args:
        office: The opened file.
        case: The case the document is about.
        paper: Which document.
        build: Gives the context for a version.
        want: Formats and folder.
        pictures: By the names the Markdown uses.
    """
    from cppp_cli.documents.mdenv import render
    from cppp_cli.store import events, records

    shown = pictures or {}
    folders = [paths.office_templates(office.home), paths.shipped_templates()]
    first = build(0)
    refuse_confidential(case, first)
    words = render(paper.template, first, folders)
    digest = hashlib.sha256(words.encode()).hexdigest()
    version = records.next_version(office.db, case.id, paper.kind, digest)
    markdown = render(paper.template, build(version), folders)
    folder = folder_for(office, want)
    # A version written again, on another day or after something else of the case changed, is the same file.
    day = records.first_written(office.db, case.id, paper.kind, version) or office.today
    files = {f".{fmt}": _bytes(case, office, paper, markdown, fmt, shown, folders, day) for fmt in want.formats}
    written = [_write(folder, case, paper.kind, version, suffix, data, want) for suffix, data in files.items()]
    if "md" in want.formats:
        written += [put(folder / name, data, want) for name, data in shown.items() if f"]({name})" in markdown]
    with office.db.atomic():
        records.register(office.db, case.id, paper.kind, version, digest, office.moment)
        for path in written:
            events.left(office.db, case.id, paper.kind, path, office.moment)
    return written


def refuse_confidential(case: Case, context: Mapping[str, object]) -> None:
    """Raise BlockedError when a confidential detail was typed into words this document would print."""
    from cppp_cli.checks.confidential import confidential_details_in

    found = confidential_details_in(_texts(context), case)
    if found:
        raise BlockedError(
            f"Nothing was written: {' and '.join(found)} stands in words this document would print. "
            "Find it with cppp agreement show or cppp session show, take it out with cppp agreement log or "
            "cppp session amend (or in your own words with cppp report), and write again."
        )


def _texts(value: object) -> Iterator[str]:
    """Every text a context holds, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def folder_for(office: Office, want: Wanted) -> Path:
    """The folder documents go to: the one asked for, or the officer's.

    Raises:
        UsageProblemError: it is the folder of the encrypted file.
        ConflictError: it cannot be made.
    """
    folder = want.out or office.documents()
    if folder.resolve() == office.home.resolve() or office.home.resolve() in folder.resolve().parents:
        raise UsageProblemError("Documents are not written into the folder of the encrypted file. Choose another.")
    try:
        paths.make_private_folder(folder)
    except OSError:
        raise ConflictError("The folder for documents cannot be made. Choose another with --out.") from None
    service = paths.synced_by(folder)
    if service:
        note(f"Note: this folder is copied to {service}.")
    return folder


def _bytes(
    case: Case,
    office: Office,
    paper: Paper,
    markdown: str,
    fmt: str,
    pictures: Mapping[str, bytes],
    folders: list[Path],
    day: date,
) -> bytes:
    if fmt == "md":
        return markdown.encode("utf-8")
    from cppp_cli.documents.md2docx import DocFields, to_docx

    house = next(f / "house-style.docx" for f in folders if (f / "house-style.docx").exists())
    said = DocFields(
        title=paper.short_title if paper.for_children else f"{paper.short_title}, {case.number}",
        subject="" if paper.for_children else "Positive co-Parenting Programme",
        author=office.officer.full_name,
        case_number="" if paper.for_children else case.number,
        classification="" if paper.for_children else MARKING,
        short_title=paper.short_title,
        status="DRAFT",
        for_children=paper.for_children,
        created=datetime.combine(day, time(), UTC),
    )
    return to_docx(markdown, house.read_bytes(), said, dict(pictures))


def _write(folder: Path, case: Case, kind: str, version: int, suffix: str, data: bytes, want: Wanted) -> Path:
    from cppp_cli.documents.write import file_name

    return put(folder / file_name(case.number or case.reference, kind, version, f"draft{suffix}"), data, want)


def put(path: Path, data: bytes, want: Wanted) -> Path:
    """Write one file, whole or not at all; where it was written."""
    from cppp_cli.documents.write import write_document

    return write_document(path, data, overwrite=want.overwrite)


def cleared_pictures(sessions: Sequence[Session]) -> tuple[int, ...]:
    """The numbers of the pictures that the court and every party may see, in the order they were made."""
    from cppp_cli.programme.sessions import letters

    cleared = (letter for s in sessions if s.state == "finished" for letter in letters(s) if letter.in_report)
    return tuple(letter.picture for letter in cleared if letter.picture is not None)


def picture_file(case: Case, kind: str, number: int, media_type: str) -> str:
    """The file name of a picture; it names nobody."""
    from cppp_cli.documents.write import file_name

    return file_name(case.number or case.reference, f"{kind}-{number}", 1, SUFFIXES[media_type])
