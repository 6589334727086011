"""Recording the decision to pass something on without consent. It is added to the file and never changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.voice_facts import (
    answers_from_file,
    choose,
    facts_about,
    gathered,
    in_a_line,
    note_in_a_line,
    remind_of_file,
)
from cppp_cli.commands.ways import Errand, Ways
from cppp_cli.errors import BlockedError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.voice_facts import Voice
    from cppp_cli.programme.answers import Answer, Value
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.disclosure import Disclosure

FORM = "voice-disclose"
"""The form of what was begun; what it is about follows."""


def run(office: Office, case: Case, ways: Ways) -> None:
    """Ask for the decision and record it.

    Raises:
        BlockedError: there is nothing it could be about. A closed case takes a decision all the same.
        StoppedError: the officer left; what was answered is there the next time.
        AnswersError: a file has faults. Nothing of it is kept.
    """
    voice = gathered(office, case)
    rows = _rows(voice)
    if not rows:
        raise BlockedError(
            f"Nothing a child said and no safeguarding note is on file for case {case.reference}. Take the note first: "
            f"cppp session stop {case.reference}"
        )
    if ways.answers or ways.no_input:
        _from_file(office, case, rows, ways)
    else:
        _at_the_desk(office, case, rows)


def print_them(office: Office, case: Case) -> None:
    """Print the answers file to fill in."""
    from cppp_cli.questions.voice_disclose import SCRIPT

    print_questions(SCRIPT, facts_about(office, case, _rows(gathered(office, case))))


def _rows(voice: Voice) -> list[Mapping[str, Value | None]]:
    """Everything a decision may be about, with what an earlier one said where that left something open."""
    found: list[Mapping[str, Value | None]] = [
        {
            "ref": one.ref,
            "says": in_a_line(voice.case, one),
            "child": str(one.child),
            "on": one.on.isoformat() if one.on else None,
            **_last(voice, one.ref),
        }
        for one in voice.heard
    ]
    for row in voice.notes:
        ref = f"note.{row['id']}"
        found.append({"ref": ref, "says": note_in_a_line(row), **_last(voice, ref)})
    return found


def _last(voice: Voice, ref: str) -> dict[str, Value | None]:
    newest = next((one for one in reversed(voice.disclosures) if ref in one.refs), None)
    if newest is None or (newest.child_told != "later" and newest.manager and newest.told_on):
        return {}
    was_told = newest.child_told if newest.child_told != "later" else None
    said: dict[str, Value | None] = {
        "category": newest.category,
        "reason": newest.reason,
        "consulted": "yes" if newest.manager else "no",
        "manager": newest.manager,
        "consulted_on": _iso(newest.consulted_on),
        "decided_on": _iso(newest.decided_on),
        "told": newest.told,
        "told_other": newest.told_other,
        "told_on": _iso(newest.told_on),
        "child_told": was_told,
        "child_told_on": _iso(newest.child_told_on),
        "child_told_note": newest.child_told_note if was_told else None,
    }
    return {f"last.{name}": value for name, value in said.items()}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _at_the_desk(office: Office, case: Case, rows: list[Mapping[str, Value | None]]) -> None:
    from cppp_cli.questions.voice_disclose import SCRIPT
    from cppp_cli.store.forms import FormSheet

    note(f"Case {case.reference} · {case.initials} · passed on without consent")
    ref = choose(office, "Which words, letter, drawing or safeguarding note?", rows)
    if any("last.category" in row for row in rows if row["ref"] == ref):
        note("An earlier decision about this left something open. What it said is proposed again.")
    sheet = FormSheet(office.db, case.id, f"{FORM}:{ref}")
    facts = facts_about(office, case, rows, chosen=ref)
    ask_to_the_end(office, SCRIPT, sheet, facts, Ways(), Errand(f"cppp voice disclose {case.reference}", case.id))
    with office.db.atomic():
        number = _keep(office, case, ref, sheet.answers())
        sheet.clear()
    _tell(case, number)


def _from_file(office: Office, case: Case, rows: list[Mapping[str, Value | None]], ways: Ways) -> None:
    from cppp_cli.questions.voice_disclose import SCRIPT
    from cppp_cli.questions.voice_items import ITEM

    with office.db.atomic():
        answers, _ = answers_from_file(SCRIPT, facts_about(office, case, rows), ways)
        number = _keep(office, case, str(answers[ITEM].value), answers)
    remind_of_file(ways)
    _tell(case, number)


def _keep(office: Office, case: Case, ref: str, answers: Mapping[str, Answer]) -> int:
    from cppp_cli.store import disclosures

    return disclosures.add(office.db, case.id, decision_of(ref, answers), office.moment)


def decision_of(ref: str, answers: Mapping[str, Answer]) -> Disclosure:
    """The record of a decision, from the answers of its questions."""
    from cppp_cli.programme.disclosure import Disclosure
    from cppp_cli.programme.voice import LETTER, STATEMENT

    def text(path: str) -> str:
        found = answers.get(path)
        return "" if found is None or found.value is None else str(found.value)

    def day(path: str) -> date | None:
        return date.fromisoformat(text(path)) if text(path) else None

    kind, *numbers = ref.split(".")
    session = int(numbers[0]) if kind in {STATEMENT, LETTER} else None
    told = answers["told"].value
    return Disclosure(
        number=0,  # the file gives it
        session_id=session,
        statement=int(numbers[1]) if kind == STATEMENT else None,
        letter=int(numbers[1]) if kind == LETTER else None,
        note_id=int(numbers[0]) if session is None else None,
        category=text("category"),
        reason=text("reason"),
        manager=text("manager"),
        consulted_on=day("consulted_on"),
        told=told if isinstance(told, tuple) else (),
        told_other=text("told_other"),
        told_on=day("told_on"),
        child_told=text("child_told"),
        child_told_on=day("child_told_on"),
        child_told_note=text("child_told_why") or text("child_told_how"),
        decided_on=date.fromisoformat(text("decided_on")),
    )


def _tell(case: Case, number: int) -> None:
    result(f"Decision {number} is recorded. cppp voice show {case.reference}")
    note("It is never changed; where something is otherwise later, add another one.")
    note("A referral, a section 16A assessment and the case record are papers of their own: this is none of them.")
