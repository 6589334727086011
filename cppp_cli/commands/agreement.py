"""``cppp agreement``: the ledger of the parenting plan, and the forms that parents fill in at home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cppp_cli.commands.report import OutOption, OverwriteOption
from cppp_cli.commands.ways import AnswersOption, CaseArgument, JsonOption, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import UsageProblemError
from cppp_cli.show import envelope, result

app = typer.Typer(help="What the parents ask for, offer and agree.", no_args_is_help=True)

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="The file the parent saved.")]
ChildOption = Annotated[int | None, typer.Option("--child", metavar="N", help="For one child, by its number.")]
SideOption = Annotated[str | None, typer.Option("--for", metavar="parent-a|parent-b", help="Whose it is.")]
EntryOption = Annotated[int | None, typer.Option("--entry", metavar="N", help="One entry, by its number.")]


@app.command()
def log(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Walk the topics of the plan: what each side asks, offers and agrees. Every change makes a version."""
    from cppp_cli.commands import agreement_log
    from cppp_cli.commands.guided import print_questions
    from cppp_cli.commands.ledger_facts import entry_facts
    from cppp_cli.commands.office import opened
    from cppp_cli.questions.agreement import LOG
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        if questions:
            print_questions(LOG, entry_facts(office, found))
            return
        agreement_log.run(office, found, Ways(answers, no_input))


@app.command()
def show(ctx: typer.Context, case: CaseArgument, *, entry: EntryOption = None, as_json: JsonOption = False) -> None:
    """Show the board: each topic, for whom, where it stands. With --entry, one of them whole."""
    from cppp_cli.commands import agreement_show
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        if as_json:
            result(envelope("agreement show", agreement_show.board_data(office, found, entry)))
        elif entry is None:
            agreement_show.board(office, found)
        else:
            agreement_show.one(office, found, entry)


@app.command()
def history(ctx: typer.Context, case: CaseArgument, *, entry: EntryOption = None, as_json: JsonOption = False) -> None:
    """Show how the plan came to be: every version of every entry, or of one."""
    from cppp_cli.commands import agreement_history
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        told = agreement_history.versions_told(office, found, entry)
        if as_json:
            result(envelope("agreement history", told))
        else:
            agreement_history.print_versions(told)


@app.command()
def compare(ctx: typer.Context, case: CaseArgument, *, as_json: JsonOption = False) -> None:
    """Set side by side what holds now, what each side asks and offers, and what the children said. For your eyes."""
    from cppp_cli.commands import agreement_compare
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        data = agreement_compare.side_by_side(office, found)
        if as_json:
            result(envelope("agreement compare", data))
        else:
            agreement_compare.print_sides(found, data)


@app.command()
def check(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    entry: EntryOption = None,
    allow: Annotated[
        str | None, typer.Option("--allow", metavar="ID", help="Keep one finding of --entry as deliberate.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="CODE", help="Why; one of the codes shown.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the wording of the plan: what is vague or missing, why it matters, and what to ask."""
    from cppp_cli.commands import agreement_wording
    from cppp_cli.commands.agreement_log import tell_remarks
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        if allow or reason:
            kept = agreement_wording.keep(office, found, entry, allow, reason)
            if not as_json:
                result(kept)
                return
        data = agreement_wording.findings_data(office, found, entry)
        if as_json:
            result(envelope("agreement check", data))
        else:
            agreement_wording.print_findings(data)
            tell_remarks(office, found)


@app.command()
def calendar(
    ctx: typer.Context,
    case: CaseArgument,
    whose: Annotated[str, typer.Argument(metavar="now|parent-a|parent-b|agreed", help="Whose calendar it is.")],
    *,
    child: ChildOption = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take it back; its versions stay.")] = False,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Log a calendar of nights: what holds now, what one side proposes, or what both agreed."""
    from cppp_cli.commands import agreement_calendar
    from cppp_cli.commands.guided import print_questions
    from cppp_cli.commands.ledger_facts import entry_facts
    from cppp_cli.commands.office import opened
    from cppp_cli.questions.calendar_of_case import script_of
    from cppp_cli.store import cases

    if whose not in agreement_calendar.WHOSE:
        raise UsageProblemError(f"A calendar is one of these: {', '.join(agreement_calendar.WHOSE)}.")
    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        item = agreement_calendar.item_for(found, whose, child)
        if questions:
            print_questions(script_of(item), entry_facts(office, found))
            return
        if withdraw:
            agreement_calendar.withdraw(office, found, item)
            return
        one = f" --child {child}" if child else ""
        resume = f"cppp agreement calendar {found.reference} {whose}{one}"
        agreement_calendar.log(office, found, item, Ways(answers, no_input), resume)


@app.command()
def terms(
    ctx: typer.Context,
    case: CaseArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A school's term dates, as CSV or as a calendar (ICS).")],
    *,
    child: ChildOption = None,
) -> None:
    """Keep a school's term dates: for all the children, or for one of them."""
    from cppp_cli.commands.agreement_calendar import take_terms
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        take_terms(office, found, Path(file).expanduser(), child)


@app.command()
def form(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    side: SideOption = None,
    out: OutOption = None,
    overwrite: OverwriteOption = False,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Make a form that a parent fills in at home in any browser, or on paper. It is offered to both alike."""
    from cppp_cli.commands import agreement_form
    from cppp_cli.commands.guided import print_questions
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.paper import wanted
    from cppp_cli.questions.form_for_parent import SCRIPT
    from cppp_cli.store import cases

    if questions:
        print_questions(SCRIPT)
        return
    letter = _side(side)
    if letter is None:
        raise UsageProblemError("Say for whom: --for parent-a or --for parent-b.")
    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        want = wanted(None, out, overwrite=overwrite)
        path = agreement_form.make(office, found, letter, Ways(answers, no_input), want)
        agreement_form.tell_made(office, found, letter, path)


def _side(typed: str | None) -> str | None:
    if typed is None:
        return None
    if typed not in {"parent-a", "parent-b"}:
        raise UsageProblemError("--for is parent-a or parent-b.")
    return typed[-1].upper()


@app.command()
def read(
    ctx: typer.Context,
    file: FileArgument,
    *,
    case: Annotated[str | None, typer.Option("--case", metavar="CASE", help="Refuse it if it is of another.")] = None,
    side: SideOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is kept.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring in what a parent filled in: as that parent's proposals, after showing what would change."""
    from cppp_cli.commands import agreement_read
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        expected = cases.load(office.db, cases.find(office.db, case)) if case else None
        reading = agreement_read.read(office, Path(file).expanduser(), expected, _side(side))
        shown = agreement_read.show(office, reading)
        if as_json:
            if yes:
                agreement_read.refuse_older(office, reading)
            kept = yes and agreement_read.keep(office, reading)
            result(envelope("agreement read", {"kept": kept, "changes": shown}))
            return
        agreement_read.bring_in(office, reading, agreed=yes, plain_data=shown)
