"""``cppp case confirm``: consents and safety asked again in a case that came from another officer."""

from __future__ import annotations

import typer

from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.ways import AnswersOption, CaseArgument, Errand, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import BlockedError
from cppp_cli.show import note, result


def register(app: typer.Typer) -> None:
    """Add the command to those of a case."""
    app.command("confirm")(confirm)


def confirm(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Confirm the consents and safety again in a case that came from another officer.

    Until then no session of it can be logged.
    """
    from cppp_cli.commands.office import opened
    from cppp_cli.programme.dates import say_date
    from cppp_cli.questions.confirm_again import SCRIPT
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import cases, confirming

    if questions:
        print_questions(SCRIPT)
        return
    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        came = confirming.came(office.db, case_id)
        if came is None:
            raise BlockedError("This case did not come from another officer, so there is nothing to confirm again.")
        note(f"It came on {say_date(came.on)} from {came.officer}.")
        facts = Facts(office.today, cases.background(office.db, case_id, office.moment))
        sheet = confirming.ConfirmSheet(office.db, case_id)
        ask_to_the_end(
            office, SCRIPT, sheet, facts, Ways(answers, no_input), Errand(f"cppp case confirm {case}", case_id)
        )
        left = confirming.to_confirm(office.db, case_id)
        if left:
            result(f"Still to be confirmed: {', '.join(left)}.")
            note(f"No session can be logged until then. To go on: cppp case confirm {case}")
        else:
            result("Everything is confirmed. Sessions can be logged.")
