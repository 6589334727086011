"""``cppp plan``: the parenting-plan summary as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cppp_cli.commands.report import FormatOption, OutOption, OverwriteOption
from cppp_cli.commands.ways import CaseArgument, JsonOption
from cppp_cli.show import envelope, note, result

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted

app = typer.Typer()


@app.command("plan")
def plan(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    fmt: FormatOption = None,
    out: OutOption = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the parenting-plan summary: what is agreed, what is not, what the court is asked."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.paper import wanted
    from cppp_cli.store import cases

    want = wanted(fmt, out, overwrite=overwrite)
    with opened(ctx) as office:
        written = run(office, cases.find(office.db, case), want)
        if as_json:
            result(envelope("plan", [str(path) for path in written]))
        else:
            for path in written:
                result(f"Written: {path}")
            note("This is a draft. Read every page before it leaves your desk.")


def run(office: Office, case_id: int, want: Wanted) -> list[Path]:
    """Write the summary; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.documents import contexts
    from cppp_cli.store import cases, sessions

    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)

    def build(version: int) -> dict[str, object]:
        return contexts.plan(case, office.officer, held, today=office.today, version=version)

    return paper.write(office, case, paper.PLAN, build, want)
