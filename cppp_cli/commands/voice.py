"""``cppp voice``: what the children said, wrote and drew, who may hear it, and what is still owed to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cppp_cli.commands.ways import AnswersOption, CaseArgument, JsonOption, NoInputOption, QuestionsOption, Ways

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case

app = typer.Typer(help="What the children said, and who may hear it.", no_args_is_help=True)


@app.command()
def show(ctx: typer.Context, case: CaseArgument, *, as_json: JsonOption = False) -> None:
    """Show who may hear what each child said, what needs the court's direction, and what is still owed."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.voice_data import as_data
    from cppp_cli.commands.voice_facts import gathered
    from cppp_cli.commands.voice_show import print_voice
    from cppp_cli.show import envelope, result

    with opened(ctx) as office:
        voice = gathered(office, _case(office, case))
        if as_json:
            result(envelope("voice show", as_data(voice)))
        else:
            print_voice(voice, plain=office.plain)


@app.command()
def consent(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Change a child's wish or your decision about who may hear something, with the day and the reason."""
    from cppp_cli.commands import voice_consent
    from cppp_cli.commands.office import opened

    with opened(ctx) as office:
        found = _case(office, case)
        if questions:
            voice_consent.print_them(office, found)
        else:
            voice_consent.run(office, found, Ways(answers, no_input))


@app.command()
def letter(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Record what became of a child's letter or drawing, and of the parents' letter back."""
    from cppp_cli.commands import voice_letter
    from cppp_cli.commands.office import opened

    with opened(ctx) as office:
        found = _case(office, case)
        if questions:
            voice_letter.print_them(office, found)
        else:
            voice_letter.run(office, found, Ways(answers, no_input))


@app.command()
def disclose(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Record the decision to pass something on without consent: why, who was consulted, who was told."""
    from cppp_cli.commands import voice_disclose
    from cppp_cli.commands.office import opened

    with opened(ctx) as office:
        found = _case(office, case)
        if questions:
            voice_disclose.print_them(office, found)
        else:
            voice_disclose.run(office, found, Ways(answers, no_input))


def _case(office: Office, name: str) -> Case:
    from cppp_cli.store import cases

    return cases.load(office.db, cases.find(office.db, name))
