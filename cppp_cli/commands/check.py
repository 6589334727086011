"""``cppp check``: what still stands between a case and the court, on one screen; silent when nothing does."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cppp_cli.commands.ways import AnswersOption, CaseArgument, JsonOption, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import BlockedError, UsageProblemError
from cppp_cli.show import counted, envelope, note, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.checks.finding import Finding
    from cppp_cli.commands.leaking import Suspect
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case

app = typer.Typer()

HEADINGS: Final = {True: "Stands in the way", False: "To look at"}


@app.command("check")
def check(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    release: Annotated[
        bool, typer.Option("--release", help="Look at passages that resemble a confidence, both texts side by side.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Say what each finding rests on.")] = False,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what still stands between a case and the court, and what to type. Silent when nothing does."""
    from cppp_cli.commands import leaking
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    if (answers or no_input or questions) and not release:
        raise UsageProblemError("Only --release asks something: cppp check CASE --release")
    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        if release:
            leaking.run_release(office, case_id, Ways(answers, no_input), only_questions=questions)
            return
        run(office, case_id, as_json=as_json, why=why)


def run(office: Office, case_id: int, *, as_json: bool, why: bool = False) -> None:
    """Run every check and show what was found.

    Raises:
        BlockedError: something stands in the way.
        Exit: the same, where it was told as JSON.
    """
    from cppp_cli.commands import checking, leaking
    from cppp_cli.commands.report_build import prepared

    ready = prepared(office, case_id, quietly=True)
    drawn = leaking.drafts(office, ready)
    suspects = leaking.suspects(office, ready.case, drawn)
    found = (
        *checking.of_record(office, ready),
        *leaking.as_findings(suspects),
        *checking.of_words(office, ready, drawn[0].passages),
        *leaking.named_in(office, ready, drawn[1:]),
    )
    error = None
    stops = checking.blocking(found)
    if stops:
        error = BlockedError(f"{counted(len(stops), 'thing')} {'stands' if len(stops) == 1 else 'stand'} in the way.")
    hands = checking.even_hands(ready, drawn[0].passages)
    if as_json:
        told = {"findings": [asdict(finding) for finding in found], "even_hands": hands}
        result(envelope("check", told, error=error))
    elif found:
        show(ready.case, found, suspects, why=why)
        result("")
        paragraph(hands)
    if error:
        note(f"Error: {error}")
        raise typer.Exit(error.exit_code)


def show(case: Case, found: Sequence[Finding], suspects: Sequence[Suspect], *, why: bool = False) -> None:
    """The board of one case."""
    from cppp_cli.commands import leaking

    result(f"Case {case.reference} · {case.initials} · for your eyes only")
    tell(found, why=why)
    if suspects:
        result("\nBoth texts side by side")
        leaking.show_side_by_side(suspects)


def tell(found: Sequence[Finding], *, why: bool = False) -> None:
    """Findings, what stands in the way first; what one command mends stands together.

    Args:
        found: In the order to show them in.
        why: Whether to say what each rests on.
    """
    for blocks in (True, False):
        those = [finding for finding in found if finding.blocks is blocks]
        if those:
            result(f"\n{HEADINGS[blocks]}")
        for place, here in groupby(those, key=lambda finding: finding.place):
            result(f"  {place[:1].upper()}{place[1:]}")
            for do, alike in groupby(here, key=lambda finding: finding.do):
                _tell_alike(do, list(alike), why=why)


def _tell_alike(do: str, alike: Sequence[Finding], *, why: bool) -> None:
    for finding in alike:
        paragraph(finding.what, indent=4)
    if why:
        for authority in dict.fromkeys(finding.authority for finding in alike if finding.authority):
            paragraph(f"Rests on: {authority}", indent=6)
    if do:
        paragraph(do if do[:1].isupper() else f"Type: {do}", indent=6)
