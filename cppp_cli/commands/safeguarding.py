"""Safeguarding notes: taken word for word at any question, by themselves, or from an answers file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.ways import no_pictures, read_answers
from cppp_cli.errors import StoppedError

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.ways import Errand, Ways
    from cppp_cli.interview.asking import Asker
    from cppp_cli.store.forms import FormSheet

SAVED = "The note is saved with the time. It is in no document. cppp session notes CASE shows it."


def take_concern(office: Office, skin: Asker, errand: Errand) -> bool:
    """Take a note by questions; True when the session should end here."""
    from cppp_cli.interview.run import Desk, interview
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.safeguarding import SCRIPT, STEPS
    from cppp_cli.store.forms import NOTE, FormSheet
    from cppp_cli.store.sessions import recover_note

    if errand.case_id is None:
        skin.say("A note needs a case. Type cppp new-case, or cppp session stop CASE for a case on file.")
        return False
    skin.section("Safeguarding concern", "\n".join(f"- {step}" for step in STEPS))
    if recover_note(office.db, errand.case_id, office.moment):
        skin.say("A note that was begun and left before is kept as it was. This is a new one.")
    sheet = FormSheet(office.db, errand.case_id, NOTE)
    desk = Desk(skin, office.now, no_pictures, lambda: False, errand.resume)
    try:
        interview(SCRIPT, sheet, Facts(office.today), desk)
    except StoppedError:
        recover_note(office.db, errand.case_id, office.moment, session_id=errand.session_id)
        raise
    ends = _keep(office, sheet, errand.case_id, errand.session_id)
    skin.say(SAVED)
    return ends


def note_from_file(office: Office, case_id: int, ways: Ways) -> None:
    """Keep a note from an answers file, with nobody to ask.

    Raises:
        AnswersError: the words are missing, or something is not valid. Nothing is kept.
    """
    from cppp_cli.interview.scripted import apply, refuse
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.safeguarding import SCRIPT
    from cppp_cli.store.forms import NOTE, FormSheet

    given = read_answers(ways.answers) if ways.answers else {}
    with office.db.atomic():
        sheet = FormSheet(office.db, case_id, NOTE)
        refuse(apply(SCRIPT, sheet, Facts(office.today), given, attach=no_pictures, complete=True), complete=True)
        _keep(office, sheet, case_id, None)


def _keep(office: Office, sheet: FormSheet, case_id: int, session_id: int | None) -> bool:
    """Make the note of the form's answers; whether the session is to end."""
    from cppp_cli.store.sessions import add_note

    given = {path: str(answer.value) for path, answer in sheet.answers().items() if answer.value is not None}
    ends = given.pop("end_session", "no") == "yes"
    with office.db.atomic():
        add_note(office.db, case_id, session_id, given, office.moment)
        sheet.clear()
    return ends
