"""``cppp report``: the officer's own words first, then the report to the court as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.ways import AnswersOption, CaseArgument, Errand, JsonOption, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import UsageProblemError
from cppp_cli.show import envelope, note, result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session

app = typer.Typer()

SIDES: Final = {"parent-a": "A", "parent-b": "B"}

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
    final: Annotated[bool, typer.Option("--final", help="Run every check and freeze the report.")] = False,
    correct: Annotated[
        bool, typer.Option("--correct", help="Replace a final report by a corrected one, saying what changed and why.")
    ] = False,
    fact_check: Annotated[
        str | None,
        typer.Option("--fact-check", metavar="parent-a|parent-b", help="Write a copy for one side to check the facts."),
    ] = None,
    came_back: Annotated[
        bool, typer.Option("--came-back", help="With --fact-check: record what that side asked for.")
    ] = False,
    diff: Annotated[
        tuple[int, int] | None, typer.Option("--diff", metavar="A B", help="Show what changed between two versions.")
    ] = None,
    explain: Annotated[
        int | None, typer.Option("--explain", metavar="PARAGRAPH", help="Show what a paragraph rests on.")
    ] = None,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the report as a draft. Asks first for what only you can write; --no-input writes what is there."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.paper import wanted
    from cppp_cli.store import cases

    asked = _Asked(final, correct, fact_check, came_back, diff, explain, with_letter)
    asked.refuse_what_does_not_go_together()
    want = wanted(fmt, out, overwrite=overwrite)
    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        if questions:
            _print_questions(office, case_id, asked)
            return
        if diff or explain is not None:
            _read(office, case_id, asked, as_json=as_json)
            return
        written = _written(office, case_id, Ways(answers, no_input), want, asked)
        if as_json:
            result(envelope("report", [str(path) for path in written]))
        else:
            for path in written:
                result(f"Written: {path}")
        if not (as_json or final or correct or came_back):
            note("This is a draft. Read every page before it leaves your desk.")


@dataclass(frozen=True)
class _Asked:
    """Which of its errands a call of the command is on; a plain draft where none is named."""

    final: bool
    correct: bool
    fact_check: str | None
    came_back: bool
    diff: tuple[int, int] | None
    explain: int | None
    with_letter: bool

    def refuse_what_does_not_go_together(self) -> None:
        """Raise UsageProblemError for two errands at once, or a side that is none."""
        errands = [self.final, self.correct, self.fact_check, self.diff, self.explain is not None]
        if sum(map(bool, errands)) > 1:
            raise UsageProblemError("Choose one of --final, --correct, --fact-check, --diff and --explain.")
        if self.fact_check and self.fact_check not in SIDES:
            raise UsageProblemError("The facts are checked by one side: --fact-check parent-a, or parent-b.")
        if self.came_back and not self.fact_check:
            raise UsageProblemError("Say whose answer came: --fact-check parent-a --came-back.")
        if self.with_letter and any(map(bool, errands)):
            raise UsageProblemError("The children's letters are written beside a draft: --with-letter alone.")


def _written(office: Office, case_id: int, ways: Ways, want: Wanted, asked: _Asked) -> list[Path]:
    """Run the errand that writes; the files written."""
    if asked.final:
        from cppp_cli.commands.report_final import run_final

        return run_final(office, case_id, ways, want)
    if asked.correct:
        from cppp_cli.commands.report_correct import run_correct

        return run_correct(office, case_id, ways, want)
    if asked.fact_check:
        from cppp_cli.commands import report_facts

        side = SIDES[asked.fact_check]
        if not asked.came_back:
            return report_facts.write_copy(office, case_id, side, want)
        report_facts.came_back(office, case_id, side, ways)
        return []
    return run(office, case_id, ways, want, with_letter=asked.with_letter)


def _read(office: Office, case_id: int, asked: _Asked, *, as_json: bool) -> None:
    """Run the errand that only shows."""
    from cppp_cli.commands import report_read

    if asked.diff:
        report_read.run_diff(office, case_id, *asked.diff, as_json=as_json)
    elif asked.explain is not None:
        report_read.run_explain(office, case_id, asked.explain, as_json=as_json)


def _print_questions(office: Office, case_id: int, asked: _Asked) -> None:
    from cppp_cli.questions import report_final
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.report_words import SCRIPT
    from cppp_cli.store import cases

    facts = Facts(office.today, cases.background(office.db, case_id, office.moment))
    if asked.correct:
        from cppp_cli.commands import report_correct
        from cppp_cli.commands.report_build import prepared

        ready = prepared(office, case_id, quietly=True)
        _, changes = report_correct.what_changed(office, ready)
        print_questions(report_final.CORRECTION, report_correct.facts_of(office, ready, changes))
    elif asked.final:
        print_questions(report_final.FINAL, facts)
    elif asked.came_back:
        print_questions(report_final.FACTS_CAME_BACK, facts)
    else:
        print_questions(SCRIPT, facts)


def run(office: Office, case_id: int, ways: Ways, want: Wanted, *, with_letter: bool = False) -> list[Path]:
    """Take the officer's own words, then write the report; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.documents.standing import DRAFT

    take_own_words(office, case_id, ways)
    ready = prepared(office, case_id)
    _tell_of_final(office, ready)
    _remark(office, ready.case, ready.sessions, ready.context(0, DRAFT))
    written = paper.write(office, ready.case, ready.paper, lambda v: ready.context(v, DRAFT), want, ready.pictures)
    if with_letter:
        written += _write_letters(office, ready.case, ready.sessions, want)
    return written


def _tell_of_final(office: Office, ready: Prepared) -> None:
    """A draft beside a final report goes nowhere."""
    from cppp_cli.commands.report_frozen import newest

    frozen = newest(office, ready)
    if frozen is not None:
        again = f"cppp report {ready.case.reference} --correct"
        note(f"Version {frozen.version} of this report is final. What has changed since goes out only with {again}")


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


def _write_letters(office: Office, case: Case, held: tuple[Session, ...], want: Wanted) -> list[Path]:
    """Each cleared letter or drawing as a file of its own, for filing under its own document type."""
    from cppp_cli.commands.paper import cleared_pictures, picture_file
    from cppp_cli.documents.write import write_document
    from cppp_cli.store import events, records

    written = []
    for number in cleared_pictures(held):
        stored = records.picture(office.db, case.id, number)
        path = (want.out or office.documents()) / picture_file(case, "letter-from-child", number, stored.media_type)
        written.append(write_document(path, stored.data, overwrite=want.overwrite))
        events.left(office.db, case.id, "letter-from-child", path, office.moment)
    if not written:
        note("No letter or drawing is cleared for the court and both sides, so none is written.")
    return written
