"""``cppp case``: list, show, edit, pause, resume and return. The end of a case: case_end.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import typer

from cppp_cli.commands import case_confirm, case_end
from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.today import refuse_if_lost
from cppp_cli.commands.ways import AnswersOption, CaseArgument, Errand, JsonOption, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import BlockedError
from cppp_cli.show import envelope, facts, note, result, table

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.people import Adult

app = typer.Typer(help="The cases in your file.", no_args_is_help=True)


@app.command("list")
def list_cases(ctx: typer.Context, *, as_json: JsonOption = False) -> None:
    """List every case: reference, number, the children's initials, where it stands, what is due."""
    from cppp_cli.commands.office import opened
    from cppp_cli.programme.dates import short_date
    from cppp_cli.store import cases, closing

    with opened(ctx) as office:
        found, ended = cases.listed(office.db), closing.closures(office.db)
        if not found:
            refuse_if_lost(office)
        if as_json:
            rows = [
                {
                    "case": c.reference,
                    "number": c.number,
                    "state": c.state.value,
                    "report_due": c.report_due,
                    "hearing_on": c.hearing_on,
                    **case_end.days_of_the_end(ended.get(c.id)),
                }
                for c in found
            ]
            result(envelope("case list", rows))
            return
        if not found:
            note("No case yet. Type cppp new-case to open one.")
            return

        def day(value: date | None) -> str:
            return short_date(value) if value else ""

        table(
            ("Case", "Number", "Children", "State", "Report due", "Hearing"),
            [
                (c.reference, c.number, c.initials, case_end.label_of(c, ended), day(c.report_due), day(c.hearing_on))
                for c in found
            ],
            plain=office.plain,
        )


@app.command()
def show(ctx: typer.Context, case: CaseArgument, *, as_json: JsonOption = False) -> None:
    """Show one case: people, court dates, screening, sessions, notes."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        if as_json:
            result(envelope("case show", as_data(office, found)))
        else:
            _print_case(office, found)


def _print_case(office: Office, case: Case) -> None:
    from cppp_cli.programme.dates import age_on, short_date
    from cppp_cli.store import sessions

    def day(value: date | None) -> str:
        return short_date(value) if value else "not known"

    facts(
        {
            "State": case.state.label,
            "Court": case.court,
            "Judge": case.judge or "not known",
            "Route": case.route_label,
            "Order": day(case.order_date),
            "Hearing": day(case.hearing_on),
            "Report due": day(case.report_due),
            "Day 0": day(case.day_zero),
        },
        title=f"Case {case.reference} · {case.number}",
    )
    end = case_end.facts_of_the_end(office, case)
    if end:
        facts(end, title="End of the case")
    for side in ("A", "B"):
        facts(_each((adult.full_name, _about(adult)) for adult in case.side(side)), title=f"Side {side}")
    facts(
        _each(
            (child.full_name, f"born {day(child.born)}, {age_on(child.born, office.today)} years old")
            for child in case.children
            if child.born
        ),
        title="Children",
    )
    facts(
        {"In force now": case.arrangement_now or "not recorded", "Order": case.order_now or "not recorded"},
        title="Arrangement",
    )
    if case.others:
        facts(_each((person.full_name, person.role) for person in case.others), title="Others")
    _print_safety(office, case)
    _print_sessions(office, case)
    count = len(sessions.notes(office.db, case.id))
    if count:
        result(f"\nSafeguarding notes: {count}. To read them: cppp session notes {case.reference}")


def _print_safety(office: Office, case: Case) -> None:
    """The screening, and what stands in the way of the programme or of a joint session."""
    from cppp_cli.programme.screening import CRITERIA
    from cppp_cli.programme.sessions import joint_blockers
    from cppp_cli.store import sessions

    found = {criterion.key: criterion for criterion in case.criteria}
    results = {
        label: found[key].result.replace("_", " ") + (", departed from" if found[key].departed else "")
        if key in found
        else "not known"
        for key, label in CRITERIA.items()
    }
    facts(results, title="Screening")
    reasons = case.screening.reasons or joint_blockers(case, sessions.of_case(office.db, case.id), office.today)
    if reasons:
        result("\nThe programme is not open:" if case.screening.reasons else "\nIn the way of a joint session:")
    for reason in reasons:
        result(f"  - {reason}")


def _each(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Labelled lines; two people of one name are told apart by their place."""
    found: dict[str, str] = {}
    for place, (name, about) in enumerate(rows, 1):
        found[f"{name} ({place})" if name in found else name] = about
    return found


def _about(adult: Adult) -> str:
    parts = [adult.role, adult.pronouns, f"solicitor {adult.solicitor}" if adult.solicitor else ""]
    parts.append(f"interpreter {adult.interpreter}" if adult.interpreter else "")
    parts.append(f"adjustments {adult.adjustments}" if adult.adjustments else "")
    parts.append("(still to be arranged)" if adult.adjustments_open else "")
    details = (detail for detail in (adult.phone, adult.email, adult.address) if detail)
    parts += [f"{detail.text}{' (confidential)' if detail.confidential else ''}" for detail in details]
    return ", ".join(part for part in parts if part)


def _print_sessions(office: Office, case: Case) -> None:
    from cppp_cli.programme.dates import short_date
    from cppp_cli.programme.sessions import OUTCOMES
    from cppp_cli.store import sessions

    rows = [
        (
            str(s.id),
            s.name,
            short_date(s.held_on) if s.held_on else "",
            "draft" if s.state == "draft" else OUTCOMES.get(s.outcome, s.outcome),
        )
        for s in sessions.of_case(office.db, case.id)
    ]
    if rows:
        result("\nSessions")
        table(("No.", "Session", "Day", "State"), rows, plain=office.plain)


def as_data(office: Office, case: Case) -> dict[str, object]:
    """One case for scripts. Confidential details are left out."""
    from cppp_cli.store import sessions

    return {
        "case": case.reference,
        "number": case.number,
        "state": case.state.value,
        "court": case.court,
        "route": case.route,
        "order_date": case.order_date,
        "hearing_on": case.hearing_on,
        "report_due": case.report_due,
        "day_zero": case.day_zero,
        "adults": [{"side": a.side, "name": a.full_name, "role": a.role, "willing": a.willing} for a in case.adults],
        "children": [{"name": c.full_name, "born": c.born} for c in case.children],
        **case_end.data_of_the_end(office, case),
        "programme_open": case.screening.opens,
        "reasons_not_open": list(case.screening.reasons),
        "sessions": [
            {"number": s.id, "session": s.name, "on": s.held_on, "outcome": s.outcome, "state": s.state}
            for s in sessions.of_case(office.db, case.id)
        ],
    }


@app.command()
def edit(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Correct any fact of a case. With an answers file, give only what changes."""
    from cppp_cli.commands.new_case import settle
    from cppp_cli.commands.office import opened
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.new_case import SCRIPT
    from cppp_cli.store import cases

    if questions:
        print_questions(SCRIPT)
        return
    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        case_end.refuse_if_closed(office, cases.load(office.db, case_id))
        sheet = cases.sheet(office.db, case_id, office.moment)
        errand = Errand(f"cppp case edit {case}", case_id)
        ask_to_the_end(office, SCRIPT, sheet, Facts(office.today), Ways(answers, no_input), errand)
        settle(office, case_id)


@app.command()
def pause(ctx: typer.Context, case: CaseArgument) -> None:
    """Pause the programme, for example while something is settled. Nothing else changes."""
    _change_state(ctx, case, to="paused", allowed=("consented", "in_progress"))


@app.command()
def resume(ctx: typer.Context, case: CaseArgument) -> None:
    """Go on with a paused programme."""
    _change_state(ctx, case, to="in_progress", allowed=("paused",))


def _change_state(ctx: typer.Context, name: str, *, to: str, allowed: tuple[str, ...]) -> None:
    from cppp_cli.commands.office import opened
    from cppp_cli.programme.case import State
    from cppp_cli.store import cases

    with opened(ctx) as office:
        case = cases.load(office.db, cases.find(office.db, name))
        case_end.refuse_if_closed(office, case)
        if case.state.value not in allowed:
            raise BlockedError(f"Case {case.reference} is {case.state.label}, so this does not apply.")
        cases.set_state(office.db, case.id, State(to), office.moment)
        result(f"Case {case.reference} is now {State(to).label}.")


@app.command("return")
def return_(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Take the case back to the normal court process. The report then has its own form."""
    from cppp_cli.commands.office import opened
    from cppp_cli.questions.return_to_court import SCRIPT
    from cppp_cli.store import cases

    if questions:
        print_questions(SCRIPT)
        return
    with opened(ctx) as office:
        run_return(office, cases.find(office.db, case), Ways(answers, no_input))


def run_return(office: Office, case_id: int, ways: Ways) -> None:
    """Ask for the reason and the sentence, and record the return."""
    from cppp_cli.programme.case import Return
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.return_to_court import SCRIPT
    from cppp_cli.store import cases
    from cppp_cli.store.forms import RETURN, FormSheet

    case = cases.load(office.db, case_id)
    case_end.refuse_if_closed(office, case)
    if case.returned:
        raise BlockedError(f"Case {case.reference} was already returned to court.")
    sheet = FormSheet(office.db, case_id, RETURN)
    ask_to_the_end(
        office, SCRIPT, sheet, Facts(office.today), ways, Errand(f"cppp case return {case.reference}", case_id)
    )
    given = {path: str(answer.value) for path, answer in sheet.answers().items()}
    returned = Return(date.fromisoformat(given["on"]), given["reason"], given["sentence"])
    with office.db.atomic():
        cases.record_return(office.db, case_id, returned, office.moment)
        sheet.clear()
    result(f"Case {case.reference} is returned to court. Next: cppp report {case.reference}")
    note("If a child may be at risk of harm, that goes to the court in a separate section 16A risk assessment.")


case_confirm.register(app)
case_end.register(app)
