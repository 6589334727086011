"""``cppp session``: log a meeting, look at it, amend it with a reason, stop for a safeguarding concern."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.guided import ask_all, ask_choice, print_questions
from cppp_cli.commands.session_amend import run_amend
from cppp_cli.commands.session_read import (
    amendments,
    notes_data,
    print_amendments,
    print_answers,
    print_notes,
    tell_cleared,
    tell_what_is_next,
)
from cppp_cli.commands.session_script import facts_for, script_of
from cppp_cli.commands.ways import (
    AnswersOption,
    CaseArgument,
    Errand,
    JsonOption,
    NoInputOption,
    QuestionsOption,
    Ways,
)
from cppp_cli.errors import BlockedError, NotFoundError, UsageProblemError
from cppp_cli.show import counted, envelope, note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session

app = typer.Typer(help="The sessions of a case.", no_args_is_help=True)

SessionArgument = Annotated[
    str | None, typer.Argument(metavar="[parent-a|parent-b|child|joint|other]", help="The next due one when not given.")
]

RecordedArgument = Annotated[
    str | None, typer.Argument(metavar="[SESSION]", help="A session's name, or its number from cppp case show.")
]


@app.command()
def log(
    ctx: typer.Context,
    case: CaseArgument,
    session: SessionArgument = None,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Log a session by guided prompts. Each answer is on disk before the next question."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        if questions:
            name = _name(session) or _due(office, case_id)
            print_questions(script_of(name), facts_for(office, case_id, name))
            return
        run_log(office, case_id, _name(session), Ways(answers, no_input))


def _name(session: str | None) -> str | None:
    from cppp_cli.programme.sessions import NAMES

    if session is not None and session not in NAMES:
        raise UsageProblemError(f"There is no such session. It is one of: {', '.join(NAMES)}.")
    return session


def _due(office: Office, case_id: int) -> str:
    from cppp_cli.programme.sessions import next_due
    from cppp_cli.store import sessions

    return next_due(sessions.of_case(office.db, case_id)) or "other"


def run_log(office: Office, case_id: int, name: str | None, ways: Ways) -> int:
    """Log one session to its end; the number of the session.

    Raises:
        BlockedError: the programme is not open for this case.
    """
    from cppp_cli.commands.case_end import refuse_if_closed
    from cppp_cli.commands.office import asker
    from cppp_cli.programme.case import State
    from cppp_cli.programme.sessions import ORDER, latest
    from cppp_cli.store import cases, confirming, sessions

    case = cases.load(office.db, case_id)
    _recover_note(office, case)
    refuse_if_closed(office, case)
    confirming.refuse_unconfirmed(office.db, case_id, case.reference)
    if case.state in {State.DRAFT, State.REFERRED}:
        raise BlockedError(
            f"The programme has not started for case {case.reference}; cppp case show {case.reference} says why. "
            f"When this changes, type cppp case edit {case.reference}."
        )
    if case.state in {State.RETURNED, State.COMPLETED, State.PAUSED}:
        note(f"Note: case {case.reference} is {case.state.label}.")
    name = name or _choose(office, case_id, ways)
    if name in ORDER and latest(sessions.of_case(office.db, case_id), name):
        note(f"Note: a {name} session is held already; this adds another. To correct that one: cppp session amend")
    if ways.no_input:
        with office.db.atomic():  # with faults in the file there is no half a session
            session_id = sessions.begin(office.db, case_id, name, office.moment)
            _ask(office, case, session_id, name, ways)
    else:
        asker(plain=office.plain)  # with nobody to ask, no draft is left behind
        session_id = _draft_or_new(office, case, name)
        _ask(office, case, session_id, name, ways)
    return session_id


def _recover_note(office: Office, case: Case) -> None:
    from cppp_cli.store import sessions

    if sessions.recover_note(office.db, case.id, office.moment):
        note(f"Found: a safeguarding note that was begun and left. It is kept: cppp session notes {case.reference}")


def _choose(office: Office, case_id: int, ways: Ways) -> str:
    """The next due session, confirmed by the officer when somebody is there."""
    from cppp_cli.programme.sessions import NAMES

    due = _due(office, case_id)
    if ways.no_input:
        return due
    others = {name: name for name in NAMES if name != due}
    return ask_choice(office, "Which session do you log?", {due: f"{due} (next due)", **others})


def _ask(office: Office, case: Case, session_id: int, name: str, ways: Ways) -> None:
    from cppp_cli.store import sessions

    note(f"Case {case.reference} · {case.initials} · {name}")
    if name == "joint" and not ways.no_input:
        tell_cleared(office, case)
    sheet = sessions.sheet(office.db, session_id, case.id, office.moment)
    errand = Errand(f"cppp session log {case.reference} {name}", case.id, session_id)
    finished = ask_all(office, script_of(name), sheet, facts_for(office, case.id, name), ways, errand)
    with office.db.atomic():  # a kill between them would leave a finished session in a case that does not know of it
        if not finished:
            _stop_early(office, session_id, case.id)
        sessions.finish(office.db, session_id, office.moment)
        _move_on(office, case, session_id)
    tell_what_is_next(office, case, session_id)


def _stop_early(office: Office, session_id: int, case_id: int) -> None:
    """A session ended by a concern is recorded as stopped, with what was answered before."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.store import sessions

    sheet = sessions.sheet(office.db, session_id, case_id, office.moment)
    sheet.put("outcome", Answer("stopped"))
    if "held_on" not in sheet.answers():
        sheet.put("held_on", Answer(office.today.isoformat()))


def _move_on(office: Office, case: Case, session_id: int) -> None:
    """Move the case on, and plan the days that remain."""
    from cppp_cli.commands.schedule import plan_days
    from cppp_cli.programme.case import State
    from cppp_cli.programme.sessions import next_due
    from cppp_cli.store import cases, ledger, sessions

    held = sessions.of_case(office.db, case.id)
    this = next(s for s in held if s.id == session_id)
    ledger.take_in(office.db, this, office.moment)
    if case.state in {State.CONSENTED, State.IN_PROGRESS} and this.counts:
        state = State.IN_PROGRESS if next_due(held) else State.COMPLETED
        cases.set_state(office.db, case.id, state, office.moment)
    plan_days(office, case.id)


def _draft_or_new(office: Office, case: Case, name: str) -> int:
    """A draft of this session found from before, when the officer goes on with it; otherwise a new one."""
    from cppp_cli.store import sessions

    for draft in sessions.of_case(office.db, case.id):
        if draft.state != "draft" or draft.name != name:
            continue
        while True:
            chosen = ask_choice(
                office, _found(draft), {"keep": "go on with it", "look": "look at it", "discard": "discard it"}
            )
            if chosen == "keep":
                return draft.id
            if chosen == "discard":
                sessions.discard(office.db, draft.id, office.moment)
                break
            print_answers(office, case.id, draft)
    return sessions.begin(office.db, case.id, name, office.moment)


def _found(draft: Session) -> str:
    from cppp_cli.programme.dates import say_date

    at = draft.changed_at
    words = counted(len(draft.answers), "answer")
    return f"Found: a draft of the {draft.name} session from {say_date(at.date())}, {at:%H:%M}, {words}."


def _pick(office: Office, case_id: int, session: str | None) -> Session:
    """A session of the case by its number or, for the latest one, its name; asked for where it is not named."""
    from cppp_cli.store import sessions

    every = sessions.of_case(office.db, case_id)
    session = session or _ask_which(office, every)
    found = [s for s in every if session in {str(s.id), s.name}]
    if not found:
        raise NotFoundError("There is no such session in this case. cppp case show lists them.")
    return found[-1]


def _ask_which(office: Office, every: tuple[Session, ...]) -> str:
    """Which session is meant, by its number.

    Raises:
        UsageProblemError: nobody is there to ask, and the case has several.
    """
    from cppp_cli.programme.dates import short_date

    rows = {str(s.id): f"{s.name}, {short_date(s.held_on) if s.held_on else s.state}" for s in every}
    if len(rows) < 2:  # noqa: PLR2004 - of one session there is no choice
        return next(iter(rows), "")
    if not sys.stdin.isatty():
        raise UsageProblemError(f"Name the session as well, by its number: {'; '.join(map(' '.join, rows.items()))}.")
    return ask_choice(office, "Which session?", rows)


@app.command()
def show(
    ctx: typer.Context, case: CaseArgument, session: RecordedArgument = None, *, as_json: JsonOption = False
) -> None:
    """Show everything recorded in one session: by its name, or its number from cppp case show."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        found = _pick(office, case_id, session)
        if as_json:
            data = {path: a.value if a.value is not None else {"skip": a.gap} for path, a in found.answers.items()}
            changes = list(amendments(office, case_id, found))
            shown = {"session": found.name, "state": found.state, "answers": data, "amendments": changes}
            result(envelope("session show", shown))
            return
        result(f"Session {found.name} · {found.state}")
        print_answers(office, case_id, found)
        print_amendments(office, case_id, found)


@app.command()
def amend(
    ctx: typer.Context,
    case: CaseArgument,
    session: RecordedArgument = None,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Change an answer of a finished session. The reason is asked first, and kept with what was there before.

    An answers file holds the reason under amend_reason, and only what changes.
    """
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        found = _pick(office, case_id, session)
        if found.state == "draft":
            raise BlockedError("This session is not finished. Go on with cppp session log.")
        if questions:
            print_questions(script_of(found.name), facts_for(office, case_id, found.name, found))
            return
        run_amend(office, case_id, found, Ways(answers, no_input), f"cppp session amend {case} {found.id}")
        result(f"Session {found.name} is amended.")


@app.command()
def stop(
    ctx: typer.Context,
    case: CaseArgument,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
) -> None:
    """Write a safeguarding note at any time: verbatim, with the time, in no document."""
    from cppp_cli.commands.office import asker, opened
    from cppp_cli.commands.safeguarding import SAVED, note_from_file, take_concern
    from cppp_cli.questions.safeguarding import SCRIPT
    from cppp_cli.store import cases

    if questions:
        print_questions(SCRIPT)
        return
    with opened(ctx) as office:
        case_id = cases.find(office.db, case, drafts_too=True)
        if answers or no_input:
            note_from_file(office, case_id, Ways(answers, no_input))
            note(SAVED)
            return
        take_concern(office, asker(plain=office.plain), Errand(f"cppp session stop {case}", case_id))


@app.command()
def notes(ctx: typer.Context, case: CaseArgument, *, as_json: JsonOption = False) -> None:
    """Read the safeguarding notes of a case, on this screen only."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.voice_show import print_disclosures
    from cppp_cli.store import cases, disclosures, sessions

    with opened(ctx) as office:
        case_id = cases.find(office.db, case, drafts_too=True)
        sessions.recover_note(office.db, case_id, office.moment)
        found = sessions.notes(office.db, case_id)
        if as_json:
            result(envelope("session notes", notes_data(found)))
            return
        if not found:
            note("There is no safeguarding note in this case.")
        print_notes(found)
        decided = disclosures.of_case(office.db, case_id)
        if decided:
            print_disclosures(cases.load(office.db, case_id), decided)
