"""Changing a finished session, with a reason; the ledger follows."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_one, ask_to_the_end
from cppp_cli.commands.session_script import facts_for, script_of
from cppp_cli.commands.ways import Errand, read_answers
from cppp_cli.errors import AnswersError, BlockedError, StoppedError, UsageProblemError
from cppp_cli.show import note

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.ways import Ways
    from cppp_cli.programme.sessions import Session

AMEND_REASON = "amend_reason"  # the line of an answers file that says why a finished session changes


def run_amend(office: Office, case_id: int, found: Session, ways: Ways, resume: str) -> None:
    """Ask why, then for what changes.

    Raises:
        StoppedError: the officer left; what was changed until then is kept, and the ledger follows it.
    """
    from cppp_cli.store import sessions

    reason = _reason(office, ways)
    sheet = sessions.AmendingSheet(office.db, found.id, case_id=case_id, now=office.moment, reason=reason)
    errand = Errand(resume, case_id, found.id, leave_out=AMEND_REASON)
    facts = facts_for(office, case_id, found.name, found)
    with office.db.atomic() if ways.answers or ways.no_input else nullcontext():  # from a file, all or nothing
        try:
            ask_to_the_end(office, script_of(found.name), sheet, facts, ways, errand)
        except StoppedError:
            _tell_ledger(office, case_id, found.id)
            raise
        _tell_ledger(office, case_id, found.id)


def _tell_ledger(office: Office, case_id: int, session_id: int) -> None:
    """Bring what was amended into the ledger, as far as the amendment got."""
    from cppp_cli.store import ledger, sessions

    try:
        ledger.take_in(
            office.db, next(s for s in sessions.of_case(office.db, case_id) if s.id == session_id), office.moment
        )
    except BlockedError as unready:
        note(f"The plan is not changed yet. {unready} To go on: cppp session amend")


def _reason(office: Office, ways: Ways) -> str:
    """Why a finished record is changed: from the answers file, or asked.

    Raises:
        AnswersError: nobody is there to ask and the file does not say.
    """
    from cppp_cli.programme.clean import clean
    from cppp_cli.questions.model import Kind, Question

    if ways.answers == "-":
        raise UsageProblemError("An amendment takes its answers from a file, not from standard input.")
    given = read_answers(ways.answers).get(AMEND_REASON) if ways.answers else None
    if isinstance(given, str) and given.strip():
        return clean(given).strip()
    if ways.no_input:
        raise AnswersError(
            f"A finished session is changed only with a reason. Add the line {AMEND_REASON} to the file."
        )
    return ask_one(office, Question("reason", "Why is the record changed?", Kind.TEXT, hint="Kept with the change."))
