"""From a case to files on disk: the context, the Markdown, the Word file made of it, the check for leaks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli import paths
from cppp_cli.errors import ConflictError, UsageProblemError
from cppp_cli.programme.audiences import BOTH_PARENTS
from cppp_cli.programme.confidences_of import ALL_PARTIES
from cppp_cli.show import note

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session

FORMATS = ("md", "docx")
MARKING = "CONFIDENTIAL – FAMILY PROCEEDINGS"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
DRAFT = "draft"


@dataclass(frozen=True)
class Paper:
    """One kind of document: its template, how its file and its header are called, and who reads it."""

    kind: str
    template: str
    short_title: str
    for_children: bool = False  # a page children keep: without a header, and their parents read it too
    readers: Readers = ALL_PARTIES

    def audience(self, case: Case) -> Readers:
        """Everybody who reads it."""
        if not self.for_children:
            return self.readers
        return BOTH_PARENTS | {f"child-{child.number}" for child in case.children}


REPORT = Paper("cppp-report", "cppp_report.md.j2", "CPPP report")
RETURNED = Paper("cppp-report", "cppp_report_returned.md.j2", "CPPP report (returned)")
TIMETABLE = Paper("timetable", "timetable.md.j2", "Timetable of the programme")
PLAN = Paper("parenting-plan", "parenting_plan.md.j2", "Parenting plan: summary")
# A page that children keep shows nobody who finds it that there is a case.
CHILD_PLAN = Paper("childrens-plan", "child_plan.md.j2", "Our plan", for_children=True)
CHECKED = (REPORT, RETURNED, PLAN, CHILD_PLAN)
"""Those that `cppp check` reads."""


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


@dataclass(frozen=True)
class Mark:
    """What a document says of its own standing: a draft, or a final with its code."""

    status: str = "DRAFT"
    code: str = ""
    ending: str = DRAFT  # of the file's name


def write(
    office: Office,
    case: Case,
    paper: Paper,
    build: Callable[[int], dict[str, object]],
    want: Wanted,
    pictures: Mapping[str, bytes] | None = None,
    mark: Mark | None = None,
    refuse: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Render a document, check it for leaks, write its files, and register the draft; the files written.

    Args:
        office: The opened file.
        case: The case the document is about.
        paper: Which document.
        build: Gives the context for a version.
        want: Formats and folder.
        pictures: By the names the Markdown uses.
        mark: What it says of its standing; a draft when not given.
        refuse: Raises BlockedError for Markdown that may not be written for a reason of its own.

    Raises:
        BlockedError: it would tell its readers what they may not read; nothing is written.
    """
    from cppp_cli.commands.guard import refuse_leaks
    from cppp_cli.store import events, finals, records

    shown = pictures or {}
    digest = hashlib.sha256(rendered(office, paper, build(0)).encode()).hexdigest()
    version = records.next_version(office.db, case.id, paper.kind, digest)
    markdown = rendered(office, paper, build(version))
    refuse(markdown)
    # A version written again, on another day or after something else of the case changed, is the same file.
    day = records.first_written(office.db, case.id, paper.kind, version) or office.today
    files = files_of(office, case, paper, markdown, version, want.formats, shown, day, mark)
    refuse_leaks(office, case, files, paper.audience(case), paper.kind, checked_again=paper in CHECKED)
    folder = folder_for(office, want)
    written = [put(folder / name, data, want) for name, data in files.items()]
    if "md" in want.formats:
        written += [put(folder / name, data, want) for name, data in shown.items() if f"]({name})" in markdown]
    with office.db.atomic():
        records.register(office.db, case.id, paper.kind, version, digest, office.moment)
        finals.keep_text(office.db, case.id, paper.kind, version, markdown, office.moment)
        for path in written:
            events.left(office.db, case.id, paper.kind, path, office.moment)
    return written


def rendered(office: Office, paper: Paper, context: Mapping[str, object]) -> str:
    """The Markdown of a document, by the office's template where it has one."""
    from cppp_cli.documents.mdenv import render

    return render(paper.template, dict(context), template_folders(office))


def template_folders(office: Office) -> list[Path]:
    """Where templates are looked for: the office's own first."""
    return [paths.office_templates(office.home), paths.shipped_templates()]


def files_of(
    office: Office,
    case: Case,
    paper: Paper,
    markdown: str,
    version: int,
    formats: Sequence[str],
    pictures: Mapping[str, bytes],
    day: date,
    mark: Mark | None = None,
) -> dict[str, bytes]:
    """The files of a document by their names, in the formats asked for; nothing is written."""
    from cppp_cli.documents.write import file_name

    marked = mark or Mark()
    found = {}
    for fmt in formats:
        name = file_name(case.number or case.reference, paper.kind, version, f"{marked.ending}.{fmt}")
        found[name] = _bytes(case, office, paper, markdown, fmt, pictures, day, marked)
    return found


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
    day: date,
    mark: Mark,
) -> bytes:
    if fmt == "md":
        return (f"{markdown}\n<!-- only: markdown -->\n{mark.code}\n" if mark.code else markdown).encode("utf-8")
    from cppp_cli.documents.md2docx import DocFields, to_docx

    house = next(f / "house-style.docx" for f in template_folders(office) if (f / "house-style.docx").exists())
    said = DocFields(
        title=paper.short_title if paper.for_children else f"{paper.short_title}, {case.number}",
        subject="" if paper.for_children else "Positive co-Parenting Programme",
        author=office.officer.full_name,
        case_number="" if paper.for_children else case.number,
        classification="" if paper.for_children else MARKING,
        short_title=paper.short_title,
        status=mark.status,
        code=mark.code,
        for_children=paper.for_children,
        created=datetime.combine(day, time(), UTC),
    )
    return to_docx(markdown, house.read_bytes(), said, dict(pictures))


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
