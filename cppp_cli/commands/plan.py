"""``cppp plan``: the parenting-plan summary as a draft, and the page of it that is given to the children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.report import FormatOption, OutOption, OverwriteOption
from cppp_cli.commands.ways import CaseArgument, JsonOption
from cppp_cli.errors import UsageProblemError
from cppp_cli.show import envelope, note, result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.programme.ledger import Entry

app = typer.Typer()

CHILD = "child"
ForOption = Annotated[
    str | None, typer.Option("--for", metavar=CHILD, help="A page in plain words to give to the children.")
]


@app.command("plan")
def plan(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    reader: ForOption = None,
    fmt: FormatOption = None,
    out: OutOption = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the parenting-plan summary: what is agreed, what is not, what the court is asked."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.paper import wanted
    from cppp_cli.store import cases

    if reader not in {None, CHILD}:
        raise UsageProblemError(f"The plan is for the parents and the court, or for the children: --for {CHILD}.")
    want = wanted(fmt, out, overwrite=overwrite)
    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        written = run_for_children(office, case_id, want) if reader else run(office, case_id, want)
        if as_json:
            result(envelope("plan", [str(path) for path in written]))
        else:
            for path in written:
                result(f"Written: {path}")
            note("This is a draft. Read every page before it leaves your desk.")


def run(office: Office, case_id: int, want: Wanted) -> list[Path]:
    """Write the summary; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.documents import contexts
    from cppp_cli.store import cases, ledger, sessions

    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)
    entries, laid = ledger.entries(office.db, case_id), laid_out(office, case)

    def build(version: int) -> dict[str, object]:
        return contexts.plan(case, office.officer, held, entries, today=office.today, version=version, laid=laid)

    return paper.write(office, case, paper.PLAN, build, want)


def run_for_children(office: Office, case_id: int, want: Wanted) -> list[Path]:
    """Write the children's page, and tell the officer what has no words for children yet; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.documents import calendar_shown, contexts, describe_child
    from cppp_cli.programme.sessions import latest
    from cppp_cli.store import cases, ledger, sessions

    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)
    entries, laid = ledger.entries(office.db, case_id), laid_out(office, case)
    _tell_unworded(describe_child.unworded(entries, laid), case.reference)
    told, promises = describe_child.worded(case, entries), describe_child.promised(latest(held, "joint"))
    if describe_child.too_long(told, promises, calendar_shown.told_to_children(case, laid)):
        note("The children's page may be longer than one page. Shorten the words for children, or leave some out.")

    def build(version: int) -> dict[str, object]:
        return contexts.child_plan(case, office.officer, held, entries, today=office.today, version=version, laid=laid)

    return paper.write(office, case, paper.CHILD_PLAN, build, want)


def _tell_unworded(entries: Sequence[Entry], reference: str) -> None:
    if entries:
        named = "; ".join(f"entry {entry.number} ({entry.title})" for entry in entries)
        note(
            f"Agreed, and left out of the children's page because there are no words for children yet: {named}. "
            f"To write them: cppp agreement log {reference}"
        )
