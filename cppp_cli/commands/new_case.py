"""``cppp new-case``: open a case, save every answer, decide on the programme, plan the twelve weeks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from cppp_cli.commands.guided import ask_choice, ask_to_the_end, print_questions
from cppp_cli.commands.ways import AnswersOption, Errand, NoInputOption, QuestionsOption, Ways
from cppp_cli.show import counted, note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.store.cases import Summary

app = typer.Typer()


@app.command("new-case")
def new_case(
    ctx: typer.Context,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Open a case: court, people, orders, screening, timetable. Leave any time with :s; nothing is lost."""
    from cppp_cli.questions.new_case import SCRIPT

    if questions:
        print_questions(SCRIPT)
        return
    from cppp_cli.commands.office import opened

    with opened(ctx) as office:
        run(office, Ways(answers, no_input))


def run(office: Office, ways: Ways) -> str:
    """Ask everything, then say where the case stands; the reference of the case."""
    from cppp_cli.commands.office import asker
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.new_case import SCRIPT
    from cppp_cli.store import cases

    facts = Facts(
        office.today, {"usual_court": Answer(office.officer.usual_court)} if office.officer.usual_court else {}
    )
    if ways.answers or ways.no_input:
        with office.db.atomic():  # with faults in the file there is no half a case
            case_id = cases.begin(office.db, office.moment)
            sheet = cases.sheet(office.db, case_id, office.moment)
            ask_to_the_end(
                office, SCRIPT, sheet, facts, Ways(ways.answers, no_input=True), Errand("cppp new-case", case_id)
            )
    else:
        asker(plain=office.plain)  # with nobody to ask, no draft is left behind
        case_id = _draft_or_new(office)
        sheet = cases.sheet(office.db, case_id, office.moment)
        ask_to_the_end(office, SCRIPT, sheet, facts, ways, Errand("cppp new-case", case_id))
    return settle(office, case_id)


def _draft_or_new(office: Office) -> int:
    """A draft found from before, when the officer goes on with it; otherwise a new one."""
    from cppp_cli.interview.review import show_answers
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.new_case import SCRIPT
    from cppp_cli.store import cases

    for draft in cases.drafts(office.db):
        while True:
            sheet = cases.sheet(office.db, draft.id, office.moment)
            chosen = ask_choice(
                office,
                _found(draft, len(sheet.answers())),
                {
                    "keep": "go on with it",
                    "look": "look at it",
                    "new": "leave it and open another",
                    "discard": "discard it",
                },
            )
            if chosen == "keep":
                return draft.id
            if chosen != "look":
                break
            for question, said in show_answers(SCRIPT, sheet.answers(), Facts(office.today)):
                note(f"  {question}: {said}")
        if chosen == "discard" and not cases.discard_draft(office.db, draft.id):
            note("It holds a safeguarding note, so it stays in the file.")
    return cases.begin(office.db, office.moment)


def _found(draft: Summary, count: int) -> str:
    from cppp_cli.programme.dates import say_date

    at = datetime.fromisoformat(draft.changed_at)
    return f"Found: a new case not finished, from {say_date(at.date())}, {at:%H:%M}, {counted(count, 'answer')}."


def settle(office: Office, case_id: int) -> str:
    """Record whether the programme opens and plan it; say so; the case's reference."""
    from cppp_cli.commands.schedule import plan_days, print_timetable
    from cppp_cli.programme.case import State
    from cppp_cli.store import cases

    case = cases.load(office.db, case_id)
    if case.state in {State.DRAFT, State.REFERRED, State.CONSENTED}:
        state = State.CONSENTED if case.screening.opens else State.REFERRED
        cases.set_state(office.db, case_id, state, office.moment)
    result(f"Case {case.reference} is saved ({case.number}; children {case.initials}).")
    if not case.screening.opens:
        result("The programme does not start yet:")
        for reason in case.screening.reasons:
            result(f"  - {reason}")
        note(f"The case is kept. When this changes, type: cppp case edit {case.reference}")
        return case.reference
    if case.day_zero:
        plan_days(office, case_id)
        print_timetable(office, case_id)
        note(f"These days are planned, not booked. To move one: cppp schedule move {case.reference} parent-a --to DATE")
    note(f"Next, after the first meeting: cppp session log {case.reference}")
    return case.reference
