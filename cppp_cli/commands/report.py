"""``cppp report``: the officer's own words first, then the report to the court as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.ways import AnswersOption, CaseArgument, Errand, JsonOption, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import BlockedError
from cppp_cli.show import envelope, note, result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session

app = typer.Typer()

FormatOption = Annotated[str | None, typer.Option("--format", metavar="md|docx", help="Both when not given.")]
OutOption = Annotated[str | None, typer.Option("--out", metavar="DIR", help="Your documents folder when not given.")]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace a file that was changed by hand.")]


@app.command("report")
def report(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    fmt: FormatOption = None,
    out: OutOption = None,
    overwrite: OverwriteOption = False,
    with_letter: Annotated[
        bool, typer.Option("--with-letter", help="Also write the children's letters, each as a file of its own.")
    ] = False,
    final: Annotated[bool, typer.Option("--final", help="Freeze the report (comes with a later version).")] = False,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the report as a draft. Asks first for what only you can write; --no-input writes what is there."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.paper import wanted
    from cppp_cli.store import cases

    if final:
        raise BlockedError("Freezing a report as final comes with a later version of cppp. Draft it without --final.")
    want = wanted(fmt, out, overwrite=overwrite)
    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        if questions:
            _print_questions(office, case_id)
            return
        written = run(office, case_id, Ways(answers, no_input), want, with_letter=with_letter)
        if as_json:
            result(envelope("report", [str(path) for path in written]))
        else:
            for path in written:
                result(f"Written: {path}")
            note("This is a draft. Read every page before it leaves your desk.")


def _print_questions(office: Office, case_id: int) -> None:
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.report_words import SCRIPT
    from cppp_cli.store import cases

    print_questions(SCRIPT, Facts(office.today, cases.background(office.db, case_id, office.moment)))


def run(office: Office, case_id: int, ways: Ways, want: Wanted, *, with_letter: bool = False) -> list[Path]:
    """Take the officer's own words, then write the report; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.commands.plan import tell_untold
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.documents import contexts
    from cppp_cli.store import cases, ledger, sessions

    take_own_words(office, case_id, ways)
    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)
    own = cases.report_sheet(office.db, case_id, office.moment).answers()
    shown = _pictures(office, case, held)
    entries, laid = ledger.entries(office.db, case_id), laid_out(office, case)
    tell_untold(entries)

    def build(version: int) -> dict[str, object]:
        return contexts.report(
            case,
            office.officer,
            held,
            entries,
            own,
            today=office.today,
            version=version,
            pictures={number: name for number, (name, _) in shown.items()},
            laid=laid,
        )

    _remark(office, case, held, build(0))
    kind = paper.RETURNED if case.returned else paper.REPORT
    written = paper.write(office, case, kind, build, want, dict(shown.values()))
    if with_letter:
        written += _write_letters(office, case, held, want)
    return written


def _remark(office: Office, case: Case, held: tuple[Session, ...], context: Mapping[str, object]) -> None:
    """Tell the officer what is not yet written, and what later records say beside the screening."""
    from cppp_cli.documents.describe import unwritten
    from cppp_cli.programme.sessions import joint_blockers
    from cppp_cli.store import sessions

    open_parts = unwritten(context)
    if open_parts:
        note(f"Not yet written: {', '.join(open_parts)}.")
    later = list(joint_blockers(case, held, office.today))
    if sessions.notes(office.db, case.id):
        later.append("there is a safeguarding note")
    if later:
        note(
            f"Look again before this leaves your desk: {'; '.join(later)}. The report shows the screening as it was "
            "recorded when the case was opened."
        )


def take_own_words(office: Office, case_id: int, ways: Ways) -> None:
    """Ask for what no program may write. What was left blank before is asked again; the rest is kept."""
    from cppp_cli.programme.answers import Gap
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.report_words import SCRIPT
    from cppp_cli.store import cases

    sheet = cases.report_sheet(office.db, case_id, office.moment)
    if ways.no_input and not ways.answers:
        return
    sheet.drop(path for path, answer in sheet.answers().items() if answer.gap is Gap.BLANK)
    reference = cases.load(office.db, case_id).reference
    facts = Facts(office.today, cases.background(office.db, case_id, office.moment))
    ask_to_the_end(office, SCRIPT, sheet, facts, ways, Errand(f"cppp report {reference}", case_id))


def _pictures(office: Office, case: Case, held: tuple[Session, ...]) -> dict[int, tuple[str, bytes]]:
    """The pictures the report may show, by number: the name the Markdown uses and the bytes. A PDF stands apart."""
    from cppp_cli.commands.paper import cleared_pictures, picture_file
    from cppp_cli.store import records

    found: dict[int, tuple[str, bytes]] = {}
    for number in cleared_pictures(held):
        stored = records.picture(office.db, case.id, number)
        if stored.media_type.startswith("image/"):
            found[number] = (picture_file(case, "drawing", number, stored.media_type), stored.data)
    return found


def _write_letters(office: Office, case: Case, held: tuple[Session, ...], want: Wanted) -> list[Path]:
    """Each cleared letter or drawing as a file of its own, for filing under its own document type."""
    from cppp_cli.commands.paper import cleared_pictures, picture_file
    from cppp_cli.documents.write import write_document
    from cppp_cli.store import records

    written = []
    for number in cleared_pictures(held):
        stored = records.picture(office.db, case.id, number)
        path = (want.out or office.documents()) / picture_file(case, "letter-from-child", number, stored.media_type)
        written.append(write_document(path, stored.data, overwrite=want.overwrite))
    if not written:
        note("No letter or drawing is cleared for the court and both sides, so none is written.")
    return written
