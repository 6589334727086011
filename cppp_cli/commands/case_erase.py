"""``cppp case erase``: shown first, confirmed by the case's reference, done in the file and its copies, certified."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli import __version__
from cppp_cli.commands.ways import CaseArgument
from cppp_cli.errors import (
    AnswersError,
    BlockedError,
    CpppError,
    NoTerminalError,
    NotFoundError,
    StoppedError,
    UsageProblemError,
)
from cppp_cli.programme import certificate
from cppp_cli.programme.retention import REASONS
from cppp_cli.show import counted, note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.store.erasing import Remains, Subject
    from cppp_cli.store.erasing_copies import Looked
    from cppp_cli.store.erasing_preview import Contents

ANOTHER_NAME = "with a name that cppp did not give it"
"""How a certificate calls a copy whose name somebody typed: it may name anybody."""
FOLDER = "its copies are treated after the file; what came of each stands at the end"
CLEAN = "opened again and looked at, nothing of it is left there"


def erase(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would be erased, and stop.")] = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="CODE", help=f"Why it is erased before it is due: {', '.join(REASONS)}."),
    ] = None,
    confirm: Annotated[
        str | None, typer.Option("--confirm", metavar="REFERENCE", help="The case's reference again; for scripts.")
    ] = None,
) -> None:
    """Erase a case for good, from your file, its history and its backups. Shown first, confirmed by its reference."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import erasing

    if reason is not None and reason not in REASONS:
        raise UsageProblemError(f"A reason is one of these words, and free text is none: {', '.join(REASONS)}.")
    with opened(ctx) as office:
        try:
            subject = erasing.find(office.db, case)
        except NotFoundError:
            if preview or not _again(office, case):
                raise
            return
        if preview:
            _show(office, subject, result)
            for obstacle in _obstacles(office, subject, reason):
                note(f"Note: {obstacle}")
            return
        _refuse(office, subject, reason)
        if confirm is None:
            _require_somebody(office)
        _show(office, subject, note)
        _confirm(office, subject, confirm)
        run_erase(office, subject, reason or "")


def run_erase(office: Office, subject: Subject, reason: str) -> None:
    """Erase a case from the file and then from the copies, show the certificate and write it beside the documents.

    The file comes first: a restore believes a copy that tells of an erasing, so none may tell of one that did not come
    about. The file keeps what is certified of itself. When the program is killed in between the same command goes
    on.
    """
    from cppp_cli import paths
    from cppp_cli.store import erasing, erasing_copies, erasing_preview
    from cppp_cli.store.replacing import clear_leftovers

    folder = paths.backups(office.home)
    clear_leftovers(office.home, folder)
    with erasing_copies.alone(folder):

        def certify(remains: Remains) -> str:
            return certificate.text(
                certificate.Certificate(
                    reference=subject.reference,
                    at=office.moment(),
                    team=office.officer.team,
                    program=f"cppp {__version__}",
                    reason=reason,
                    held=_words(contents),
                    clean=(),
                    not_clean=[("folder", FOLDER)],
                    outside=len(outside),
                    brought_away=len(away),
                    rows=remains.rows,
                    links=remains.links,
                    head=remains.head,
                )
            )

        with office.db.atomic():
            _refuse(office, subject, reason or None)  # another window may have put a hold on it meanwhile
            contents = erasing_preview.contents(office.db, subject.case_id)
            outside = erasing_preview.outside(office.db, subject.case_id)
            away = erasing_preview.brought_away(office.db, subject.case_id)
            erasing.erase(office.db, subject, certify, office.moment, reason=reason or erasing.REASON)
        copies = _treat_copies(office, folder, subject)
    erasing.finish(office.db)
    note(f"Case {subject.reference} is erased.")
    _tell_copies(copies)
    _list("Still outside, and yours to delete:", (*outside, *away), note)
    _hand_over(office, subject, office.today, copies)


def _treat_copies(office: Office, folder: Path, subject: Subject) -> tuple[Looked, ...]:
    from cppp_cli.store import erasing_copies

    try:
        return erasing_copies.erase(folder, office.db.key, subject, office.now)
    except KeyboardInterrupt:
        raise StoppedError(
            "Stopped. The case is erased from your file, and not yet from every backup. To go on: "
            f"cppp case erase {subject.reference}"
        ) from None


def _again(office: Office, name: str) -> bool:
    """Finish with a case that is erased from the file already: copies that could not be treated before are now."""
    from cppp_cli import paths
    from cppp_cli.store import erasing, erasing_copies

    wanted = name.strip().upper()
    done = next((e for e in reversed(erasing.erasures(office.db)) if e.reference == wanted), None)
    if done is None:
        return False
    subject = erasing.Subject(done.case_id, done.reference, present=False)
    folder = paths.backups(office.home)
    with erasing_copies.alone(folder):
        copies = _treat_copies(office, folder, subject)
    erasing.finish(office.db)
    note(f"Case {done.reference} is erased from your file already. The backups were looked at again.")
    _tell_copies(copies)
    _hand_over(office, subject, datetime.fromisoformat(done.erased_at).date(), copies)
    return True


def _hand_over(office: Office, subject: Subject, day: date, copies: Sequence[Looked]) -> None:
    """Show the certificate with what came of the copies, and write it as a document when it is not there yet."""
    from cppp_cli import paths
    from cppp_cli.documents.write import write_document
    from cppp_cli.store import erasing, events

    kept = erasing.certificate(office.db, subject.case_id)
    if not kept:
        note("It had come back with an older copy and was erased again; its certificate is the one from before.")
        return
    words = f"{kept}\n{_of_copies(copies)}"
    result(words)
    name = f"{subject.reference}-erased-{day.isoformat()}"
    path = _free_for(words, kept, (office.documents() / f"{name}{more}.md" for more in _numbers()))
    was_there = path.exists()
    try:
        paths.make_private_folder(path.parent)
        write_document(path, words.encode("utf-8"))
    except CpppError as problem:
        note(f"The certificate is kept in your file, and was not written as a document: {problem}")
        return
    if not was_there:
        events.add(office.db, events.DOCUMENT, office.moment, detail="certificate of erasing", path=path)
    note(f"Written: {path}")


def _of_copies(copies: Sequence[Looked]) -> str:
    """What came of the copies, as the end of a certificate."""
    said = [
        f"The backup {_named(copy)}: {f'it may still hold it: {copy.problem}' if copy.problem else CLEAN}."
        for copy in copies
    ]
    lines = [
        textwrap.fill(
            f"- {line}", certificate.WIDEST, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        for line in said or ["There was none in the folder of backups."]
    ]
    return "\n".join(["## The backups", "", *lines, ""])


def _numbers() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in count(2))


def _free_for(words: str, kept: str, names: Iterator[Path]) -> Path:
    """The first name under which an earlier certificate of this erasing, with less done to the copies, does not lie."""

    def earlier(path: Path) -> bool:
        try:
            there = path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False
        return there != words and there.startswith(kept)

    return next(path for path in names if not earlier(path))


# -------------------------------------------------------------------------------- what stands in the way


def _obstacles(office: Office, subject: Subject, reason: str | None) -> Iterator[str]:
    """Why the case cannot be erased now, each as a sentence with what would clear it."""
    from cppp_cli.programme.case import State
    from cppp_cli.programme.dates import short_date
    from cppp_cli.store import cases, closing

    reference = subject.reference
    for hold in closing.standing(office.db, subject.case_id):
        code = hold.kind.replace("_", "-")
        yield f"Case {reference} is held by {hold.label}; when that is over: cppp case hold {reference} --lift {code}."
    closed = closing.closure(office.db, subject.case_id)
    if reason or (closed and closed.is_due(office.today)):
        return
    codes = f"--reason with one of: {', '.join(REASONS)}."
    if closed:
        yield f"Its working copy falls due on {short_date(closed.due_on)}. To erase it sooner, add {codes}"
    elif not subject.present:
        yield f"Case {reference} was taken back, and only the history has its words. To erase those, add {codes}"
    elif cases.load(office.db, subject.case_id).state is State.DRAFT:
        yield f"Case {reference} is a draft, which cppp new-case goes on with. To erase it, add {codes}"
    else:
        yield f"Case {reference} is not closed. Type cppp case close {reference} first, or add {codes}"


def _refuse(office: Office, subject: Subject, reason: str | None) -> None:
    obstacles = list(_obstacles(office, subject, reason))
    if obstacles:
        raise BlockedError(f"Nothing was erased. {' '.join(obstacles)}")


def _require_somebody(office: Office) -> None:
    from cppp_cli.commands.office import asker

    try:
        asker(plain=office.plain)
    except NoTerminalError:
        raise NoTerminalError(
            "Erasing asks for the reference of the case and needs a terminal. A script gives it with --confirm."
        ) from None


def _confirm(office: Office, subject: Subject, given: str | None) -> None:
    """Have the reference typed once more.

    Raises:
        AnswersError: something else was typed. Nothing is erased.
    """
    from cppp_cli.commands.guided import ask_one
    from cppp_cli.questions.model import Kind, Question

    if given is None:
        text = f"This cannot be taken back. Type {subject.reference} to erase the case"
        given = ask_one(office, Question("reference", text, Kind.TEXT, hint=":s leaves, and nothing is erased."))
    if given.strip().upper() != subject.reference:
        raise AnswersError("That is not the reference of this case, so nothing was erased.")


# -------------------------------------------------------------------------------- what is shown


def _show(office: Office, subject: Subject, say: Callable[[str], None]) -> None:
    """What would go, what lies outside, and which copies hold it."""
    from cppp_cli import paths
    from cppp_cli.store import erasing_copies, erasing_preview

    db, case_id = office.db, subject.case_id
    contents = erasing_preview.contents(db, case_id)
    say(f"Case {subject.reference}: this would be erased from your file and its backups.")
    if not subject.present:
        say("  It was taken back or discarded before. Only the history still has its words.")
    for line in _words(contents):
        say(f"  - {line}")
    if contents.notes:
        say("  Make sure that the official record has the safeguarding notes.")
    _list("Files of it on this disk, which are yours to delete:", erasing_preview.outside(db, case_id), say)
    _list("Copies and exports brought elsewhere, yours to delete:", erasing_preview.brought_away(db, case_id), say)
    copies = erasing_copies.look(paths.backups(office.home), db.key, subject)
    _list("Backups it would be erased from:", [c.path.name for c in copies if c.held], say)
    _list("Backups that cannot be treated:", [f"{c.path.name}: {c.problem}" for c in copies if c.problem], say)


def _list(title: str, rows: Sequence[object], say: Callable[[str], None]) -> None:
    if rows:
        say(title)
    for row in rows:
        say(f"  - {row}")


def _words(contents: Contents) -> list[str]:
    """What a case holds, in words; what it has none of is left out."""
    pairs = "letter or drawing" if contents.letters == 1 else "letters and drawings"
    people = "person" if contents.people == 1 else "people"
    said = {
        f"{contents.people} {people}": contents.people,
        counted(contents.sessions, "session"): contents.sessions,
        counted(contents.statements, "statement"): contents.statements,
        f"{contents.letters} {pairs}": contents.letters,
        counted(contents.notes, "safeguarding note"): contents.notes,
        counted(contents.plan, "entry", "entries") + " and calendars of the parenting plan": contents.plan,
        counted(contents.forms, "form") + " given to parents": contents.forms,
        counted(contents.documents, "document") + " registered as written": contents.documents,
        counted(contents.finals, "final document") + ", with its words and files": contents.finals,
        counted(contents.decisions, "decision") + " to pass something on": contents.decisions,
        counted(contents.changes, "change") + " in the history": contents.changes,
    }
    return [words for words, count in said.items() if count]


def _named(copy: Looked) -> str:
    return copy.path.name if copy.own_name else ANOTHER_NAME


def _tell_copies(copies: Sequence[Looked]) -> None:
    held = sum(copy.held for copy in copies)
    if held:
        note(f"It was erased from {counted(held, 'backup')} too.")
    for copy in copies:
        if copy.problem:
            note(f"Note: the backup {copy.path.name} may still hold it: {copy.problem}.")
