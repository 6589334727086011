"""The end of a case: ``cppp case close``, ``reopen`` and ``hold``, and what the other commands tell of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.case_erase import erase
from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.ways import AnswersOption, CaseArgument, Errand, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import BlockedError, UsageProblemError
from cppp_cli.show import counted, facts, note, result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.retention import Closure
    from cppp_cli.store.cases import Summary

KINDS = {"complaint": "complaint", "appeal": "appeal", "access-request": "access_request"}
"""What holds a case, as it is typed and as it is kept."""


def register(app: typer.Typer) -> None:
    """Add the commands to those of ``cppp case``."""
    for command in (close, reopen, hold, erase):
        app.command(command.__name__)(command)


def close(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Close a case whose work is done, and say when this working copy of it falls due to be erased."""
    from cppp_cli.commands.office import opened
    from cppp_cli.questions.closing import SCRIPT
    from cppp_cli.store import cases

    if questions:
        print_questions(SCRIPT)
        return
    with opened(ctx) as office:
        run_close(office, cases.find(office.db, case), Ways(answers, no_input))


def run_close(office: Office, case_id: int, ways: Ways) -> None:
    """Ask what closing needs, and close.

    Raises:
        BlockedError: it is closed already, or the official record is not complete.
    """
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.retention import Closure
    from cppp_cli.questions.closing import CLOSED_ON, CONFIRMED, DUE_ON, KEEP_MONTHS, SCRIPT
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import cases, closing
    from cppp_cli.store.forms import FormSheet

    case = cases.load(office.db, case_id)
    refuse_if_closed(office, case)
    for line in _open_ends(office, case):
        note(f"Note: {line}")
    sheet = FormSheet(office.db, case_id, closing.FORM)
    facts = Facts(office.today, {KEEP_MONTHS: Answer(office.officer.keep_months)})
    ask_to_the_end(office, SCRIPT, sheet, facts, ways, Errand(f"cppp case close {case.reference}", case_id))
    given = {path: str(answer.value) for path, answer in sheet.answers().items()}
    with office.db.atomic():
        sheet.clear()
        if given[CONFIRMED] == "yes":
            refuse_if_closed(office, case)  # in another window meanwhile
            closed_on, due_on = (date.fromisoformat(given[path]) for path in (CLOSED_ON, DUE_ON))
            closing.close(office.db, case_id, Closure(closed_on, office.today, due_on))
    if given[CONFIRMED] != "yes":
        raise BlockedError(
            f"Case {case.reference} stays open, because the official record does not have what it needs. "
            f"Put it there first, then type cppp case close {case.reference} again."
        )
    _tell_closed(office, case)


def _tell_closed(office: Office, case: Case) -> None:
    from cppp_cli.programme.retention import WORKING_COPY
    from cppp_cli.store import closing

    result(f"Case {case.reference} is closed. {WORKING_COPY}")
    facts(facts_of_the_end(office, case))
    for held in closing.standing(office.db, case.id):
        note(f"Note: {held.label} holds it, so it cannot be erased until that is lifted.")
    note(f"To go on with it after all: cppp case reopen {case.reference}")


def _open_ends(office: Office, case: Case) -> Iterator[str]:
    """What is not finished in a case about to be closed; it may stay so."""
    from cppp_cli.commands.paper import REPORT
    from cppp_cli.commands.voice_facts import gathered
    from cppp_cli.store import closing, sessions

    for session in sessions.of_case(office.db, case.id):
        if session.state == "draft":
            yield f"the {session.name} session is a draft: cppp session log {case.reference} {session.name}"
    if not closing.is_registered(office.db, case.id, REPORT.kind):
        yield f"no report was written: cppp report {case.reference}"
    owed = gathered(office, case).outstanding
    if owed:
        yield f"{counted(len(owed), 'thing')} owed to the children: cppp voice show {case.reference}"


def reopen(ctx: typer.Context, case: CaseArgument) -> None:
    """Open a closed case again. That it was closed stays in its history."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases, closing

    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        if closing.closure(office.db, found.id) is None:
            raise BlockedError(f"Case {found.reference} is not closed, so there is nothing to reopen.")
        closing.reopen(office.db, found.id)
        result(f"Case {found.reference} is open again: {found.state.label}.")


def hold(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    kind: Annotated[
        str | None, typer.Option("--for", metavar="KIND", help=f"What goes on, one of: {', '.join(KINDS)}.")
    ] = None,
    lift: Annotated[str | None, typer.Option("--lift", metavar="KIND", help="The same words, when it is over.")] = None,
) -> None:
    """Keep a case from being erased while a complaint, an appeal or an access request goes on."""
    from cppp_cli.commands.office import opened
    from cppp_cli.programme.retention import HOLDS
    from cppp_cli.store import cases, closing

    if (kind is None) == (lift is None):
        raise UsageProblemError("Give either --for or --lift, and one of: complaint, appeal, access-request.")
    kept = KINDS.get(kind or lift or "")
    if kept is None:
        raise UsageProblemError(f"A hold is one of these words, and free text is none: {', '.join(KINDS)}.")
    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        stands = kept in {held.kind for held in closing.standing(office.db, found.id)}
        if lift is None:
            if stands:
                raise BlockedError(f"{HOLDS[kept].capitalize()} holds case {found.reference} already.")
            closing.put_hold(office.db, found.id, kept, office.today)
            result(f"Case {found.reference} is held: {HOLDS[kept]}. Until that is lifted it cannot be erased.")
            return
        if not stands:
            raise BlockedError(f"{HOLDS[kept].capitalize()} does not hold case {found.reference}.")
        closing.lift_hold(office.db, found.id, kept, office.today)
        left = [held.label for held in closing.standing(office.db, found.id)]
        result(f"Case {found.reference} is no longer held by {HOLDS[kept]}.")
        if left:
            note(f"Still holding it: {', '.join(left)}.")


# ---------------------------------------------------------------------- what other commands tell of the end of a case


def refuse_if_closed(office: Office, case: Case) -> None:
    """Refuse what would go on with a case that has ended.

    Raises:
        BlockedError: it is closed.
    """
    from cppp_cli.programme.dates import short_date
    from cppp_cli.store import closing

    closed = closing.closure(office.db, case.id)
    if closed:
        raise BlockedError(
            f"Case {case.reference} was closed on {short_date(closed.closed_on)}. "
            f"To go on with it: cppp case reopen {case.reference}"
        )


def refuse_unready(office: Office, case: Case) -> None:
    """Let nothing be logged or given out in a closed case, or in one that came and is not confirmed yet.

    Raises:
        BlockedError: says which, and what to type.
    """
    from cppp_cli.store import confirming

    refuse_if_closed(office, case)
    confirming.refuse_unconfirmed(office.db, case.id, case.reference)


def label_of(case: Summary, ended: Mapping[int, Closure]) -> str:
    """Where a case stands, in a narrow column: its working copy's due day once it is closed."""
    from cppp_cli.programme.dates import short_date

    if case.id not in ended:
        return case.state.label
    return f"closed, due {short_date(ended[case.id].due_on).partition(' ')[2]}"


def facts_of_the_end(office: Office, case: Case) -> dict[str, str]:
    """When a case was closed, what is kept until when, and what holds it; empty for an open case without a hold."""
    from cppp_cli.programme.dates import say_distance, short_date
    from cppp_cli.programme.retention import say_official_record
    from cppp_cli.store import closing

    closed, holds = closing.closure(office.db, case.id), closing.holds(office.db, case.id)
    found: dict[str, str] = {}
    if closed:
        due = f"due to be erased on {short_date(closed.due_on)}, {say_distance(closed.due_on, office.today)}"
        found["Closed"] = short_date(closed.closed_on)
        found["Working copy"] = due
        found["Official record"] = say_official_record(child.born for child in case.children)
    if holds:
        found["Held by"] = "; ".join(
            f"{held.label}, since {short_date(held.since)}"
            + (f", lifted on {short_date(held.lifted_on)}" if held.lifted_on else "")
            for held in holds
        )
    return found


def data_of_the_end(office: Office, case: Case) -> dict[str, object]:
    """The same for scripts."""
    from cppp_cli.programme.retention import official_record
    from cppp_cli.store import closing

    return {
        **days_of_the_end(closing.closure(office.db, case.id)),
        "record_kept_until": official_record(child.born for child in case.children),
        "holds": [held.kind for held in closing.standing(office.db, case.id)],
    }


def days_of_the_end(closed: Closure | None) -> dict[str, date | None]:
    """The days a script reads of a case's end; none of an open one."""
    return {"closed_on": closed.closed_on if closed else None, "copy_due_on": closed.due_on if closed else None}


def tell_due(office: Office) -> None:
    """The working copies that are due to be erased, and what keeps one that is."""
    from cppp_cli.programme.dates import short_date
    from cppp_cli.store import cases, closing, erasing

    ended = closing.closures(office.db)
    for case in cases.listed(office.db):
        closed = ended.get(case.id)
        if closed and closed.is_due(office.today):
            held = ", ".join(hold.label for hold in closing.standing(office.db, case.id))
            what = f"held by {held}" if held else f"cppp case erase {case.reference}"
            result(f"Working copy of {case.reference} due to be erased since {short_date(closed.due_on)}: {what}")
    if erasing.unfinished(office.db):
        last = erasing.erasures(office.db)[-1].reference
        note(f"An erasing was cut off before the file was rebuilt. To finish it: cppp case erase {last}")
