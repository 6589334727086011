"""Reading a recorded session back: its answers, what was amended, the safeguarding notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cppp_cli.commands.session_script import facts_for, script_of
from cppp_cli.show import moment, note, result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session

NOTHING_CLEARED = "Nothing the children said, wrote or drew is cleared for both sides to hear."


def print_answers(office: Office, case_id: int, session: Session) -> None:
    """Show every answer of a session whole, under its question."""
    from cppp_cli.interview.review import show_answers

    facts = facts_for(office, case_id, session.name, session)
    for question, said in show_answers(script_of(session.name), session.answers, facts):
        result(f"  {question}")
        for line in said.splitlines() or [""]:
            result(f"      {line}")


def print_amendments(office: Office, case_id: int, session: Session) -> None:
    """Show each later change: what stood there, what stands there now, and why."""
    for change in amendments(office, case_id, session):
        result(f"\n  Amended {moment(change['at'])}: {change['question']}")
        result(f"      was: {change['before']}")
        result(f"      now: {change['after']}")
        result(f"      why: {change['reason']}")


def amendments(office: Office, case_id: int, session: Session) -> Iterator[dict[str, str]]:
    """Each later change in words, oldest first."""
    from cppp_cli.interview.review import label
    from cppp_cli.questions.flow import steps
    from cppp_cli.store import sessions

    facts = facts_for(office, case_id, session.name, session)
    questions = {step.path: label(step) for step in steps(script_of(session.name), session.answers, facts)}
    for change in sessions.amendments(office.db, session.id):
        path = str(change["path"])
        yield {
            "at": str(change["at"]),
            "question": questions.get(path, path),
            "before": _said(change["before"]),
            "after": _said(change["after"]),
            "reason": str(change["reason"]),
        }


def _said(kept: object) -> str:
    """An answer as the record of a change keeps it, in words."""
    from cppp_cli.programme.answers import Gap

    if kept is None:
        return "(not answered)"
    answer = json.loads(str(kept))
    if answer["gap"]:
        return f"({Gap(answer['gap']).label})"
    value = answer["value"]
    return ", ".join(value) if isinstance(value, list) else str(value)


def print_notes(found: list[Mapping[str, object]]) -> None:
    """Show safeguarding notes, each with its moment."""
    from cppp_cli.store.sessions import NOTE_PARTS

    for entry in found:
        result(moment(str(entry["at"])))
        for key in NOTE_PARTS:
            if entry[key]:
                result(f"  {key.replace('_', ' ')}: {entry[key]}")
        result("")


def notes_data(found: list[Mapping[str, object]]) -> list[dict[str, object]]:
    """Safeguarding notes for scripts."""
    from cppp_cli.store.sessions import NOTE_PARTS

    return [{"at": entry["at"], **{key: entry[key] or "" for key in NOTE_PARTS}} for entry in found]


def tell_cleared(office: Office, case: Case) -> None:
    """Before a joint session: what the children said that both sides may hear, and nothing else."""
    from cppp_cli.programme.audiences import may_be_told_to_both
    from cppp_cli.programme.sessions import letters, statements
    from cppp_cli.store import sessions

    finished = [session for session in sessions.of_case(office.db, case.id) if session.state == "finished"]
    words = [s for session in finished for s in statements(session) if may_be_told_to_both(s.wish, s.decision)]
    made = [letter for session in finished for letter in letters(session) if letter.for_both_parents]
    note("Both sides may hear this, and nothing else the children said:" if words or made else NOTHING_CLEARED)
    for statement in words:
        kind = "in these words" if statement.exact else "in your summary"
        note(f"  {case.child(statement.child).full_name}, {kind}: {' '.join(statement.words.split())}")
    for letter in made:
        note(f"  {case.child(letter.child).full_name}: the {letter.what}")


def tell_what_is_next(office: Office, case: Case, session_id: int) -> None:
    """After a session: that it is saved, and what comes next."""
    from cppp_cli.programme.sessions import OUTCOMES, next_due
    from cppp_cli.store import sessions

    held = sessions.of_case(office.db, case.id)
    this = next(s for s in held if s.id == session_id)
    due = next_due(held)
    result(f"Session {this.name} is saved: {OUTCOMES.get(this.outcome, this.outcome)}.")
    if any(path.endswith(".picture") and a.value is not None for path, a in this.answers.items()):
        note("Remember the copy of the letter or drawing left on the telephone or scanner.")
    if due:
        note(f"Next: the {due} session. cppp schedule show {case.reference}")
    else:
        note(f"All four sessions are held. Next: cppp report {case.reference}")
