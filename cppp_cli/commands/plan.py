"""``cppp plan``: the parenting-plan summary as a draft, and the page of it that is given to the children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli import paths
from cppp_cli.commands.report import FormatOption, OutOption, OverwriteOption
from cppp_cli.commands.ways import CaseArgument, JsonOption
from cppp_cli.errors import BlockedError, UsageProblemError
from cppp_cli.show import envelope, note, result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.programme.case import Case
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
    from cppp_cli.commands.agreement_log import tell_remarks
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.documents import contexts
    from cppp_cli.store import cases, ledger, sessions

    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)
    entries, laid = ledger.entries(office.db, case_id), laid_out(office, case)
    tell_untold(entries)
    tell_remarks(office, case)

    def build(version: int) -> dict[str, object]:
        return contexts.plan(case, office.officer, held, entries, today=office.today, version=version, laid=laid)

    return paper.write(office, case, paper.PLAN, build, want, refuse=lambda text: _refuse_names(office, case, text))


def run_for_children(office: Office, case_id: int, want: Wanted) -> list[Path]:
    """Write the children's page, and tell the officer what has no words for children yet; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.documents import contexts, mdenv, one_page
    from cppp_cli.store import cases, ledger, sessions

    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)
    entries, laid = ledger.entries(office.db, case_id), laid_out(office, case)
    _tell_of_the_childrens_page(case, entries, laid, office.today)

    def build(version: int) -> dict[str, object]:
        return contexts.child_plan(case, office.officer, held, entries, today=office.today, version=version, laid=laid)

    folders = [paths.office_templates(office.home), paths.shipped_templates()]
    if one_page.too_long(mdenv.render(paper.CHILD_PLAN.template, build(0), folders)):
        note("The children's page may be longer than one page. Shorten the words for children, or leave some out.")
    return paper.write(
        office, case, paper.CHILD_PLAN, build, want, refuse=lambda text: _refuse_names(office, case, text)
    )


def _refuse_names(office: Office, case: Case, markdown: str) -> None:
    """Let no plan be written in which somebody is taken for somebody else: it goes out as it is, without a final."""
    from cppp_cli.commands.checking import blocking, of_names
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.documents.read_back import passages

    ready = prepared(office, case.id, quietly=True)
    if blocking(of_names(office, ready, passages("plan.md", markdown.encode("utf-8")))):
        raise BlockedError(
            "Nothing was written: somebody is taken for somebody else in it. "
            f"To see who, and what to do: cppp check {case.reference}"
        )


def tell_untold(entries: Sequence[Entry]) -> None:
    """Tell the officer which open entries a document leaves out, because printing them would tell on one side."""
    from cppp_cli.documents.describe_plan import untold

    left_out = [entry for entry in entries if untold(entry)]
    if left_out:
        note(
            f"Left out, because only one side may know of it and lets nothing of it be told: {_named(left_out)}. "
            "What a side lets be put to the court, or an offer it lets be told, brings it in."
        )


def _tell_of_the_childrens_page(case: Case, entries: Sequence[Entry], laid: Sequence[Laid], today: date) -> None:
    """What is agreed and not told to the children, and what is told though it does not simply hold."""
    from cppp_cli.documents import describe_child

    to_write = f"To write them: cppp agreement log {case.reference}"
    told = describe_child.laid_for_children(case, entries, laid, today)
    found = {e.number: e for one in laid if one.agreed for e in describe_child.holding_back(case, entries, one, today)}
    held_back = [found[number] for number in sorted(found)]
    unworded = [e for e in describe_child.unworded(entries, told, today) if e not in held_back]
    depending = describe_child.told_though_it_depends(case, entries, told, today)
    if unworded:
        note(
            "Agreed, and left out of the children's page because there are no words for children yet: "
            f"{_named(unworded)}. {to_write}"
        )
    if held_back:
        note(
            "The calendar is left out of the children's page, because it holds only on a condition or changes in "
            f"steps, and there are no words for children that say so yet: {_named(held_back)}. {to_write}"
        )
    if depending:
        note(
            f"Told to the children, with a condition or steps: {_named(depending)}. Look again whether the words for "
            "children promise no more than holds now."
        )


def _named(entries: Sequence[Entry]) -> str:
    return "; ".join(f"entry {entry.number} ({entry.title})" for entry in entries)
