"""Asking a whole script, by file or by person, and single questions beside one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli.commands.ways import Errand, Ways, no_pictures, read_answers
from cppp_cli.errors import PictureError, StoppedError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.interview.run import Sheet
    from cppp_cli.questions.model import Facts, Question, Script


def ask_all(office: Office, script: Script, sheet: Sheet, facts: Facts, ways: Ways, errand: Errand) -> bool:
    """Get every answer of a script onto a sheet; False when a safeguarding concern ended it early.

    Raises:
        AnswersError: the answers file has faults, or with ``no_input`` something is missing. Nothing of it is kept.
        StoppedError: the officer left; everything answered is kept.
    """
    attach = _attacher(office, errand, ways)
    if ways.answers or ways.no_input:
        from cppp_cli.interview.scripted import apply, refuse

        given = read_answers(ways.answers, leave_out=errand.leave_out) if ways.answers else {}
        with office.db.atomic():
            refuse(apply(script, sheet, facts, given, attach=attach, complete=ways.no_input), complete=ways.no_input)
    if ways.no_input:
        _remind_of_file(ways)
        return True
    finished = _ask_person(office, script, sheet, facts, errand, attach)
    _offer_deletion(office, ways)
    return finished


def ask_to_the_end(office: Office, script: Script, sheet: Sheet, facts: Facts, ways: Ways, errand: Errand) -> None:
    """As ``ask_all``, where a safeguarding concern leaves what was begun for later.

    Raises:
        StoppedError: the officer left, or a concern ended it early; everything answered is kept.
        AnswersError: as ``ask_all``.
    """
    if not ask_all(office, script, sheet, facts, ways, errand):
        raise StoppedError(f"Everything answered is kept. To go on: {errand.resume}")


def _ask_person(
    office: Office, script: Script, sheet: Sheet, facts: Facts, errand: Errand, attach: Callable[[str], int]
) -> bool:
    from cppp_cli.commands.office import asker
    from cppp_cli.interview.run import Desk, interview

    skin = asker(plain=office.plain)

    def concern() -> bool:
        from cppp_cli.commands.safeguarding import take_concern

        return take_concern(office, skin, errand)

    return interview(script, sheet, facts, Desk(skin, office.now, attach, concern, errand.resume))


def _attacher(office: Office, errand: Errand, ways: Ways) -> Callable[[str], int]:
    """How a picture's path becomes a stored picture; a path in an answers file counts from that file."""
    folder = Path(ways.answers).parent if ways.answers and ways.answers != "-" else Path()

    def attach(typed: str) -> int:
        from cppp_cli.documents.pictures import clean_picture
        from cppp_cli.store.records import add_picture

        if errand.case_id is None:
            return no_pictures(typed)
        path = folder / Path(typed.strip().strip("\"'")).expanduser()
        try:
            data = path.read_bytes()
        except OSError:
            raise PictureError("There is no readable file at that place. Type the path of the picture.") from None
        picture = clean_picture(data)
        note("Stored inside the encrypted file. A copy may still be on the telephone, scanner or this disk: delete it.")
        size = (picture.width_px, picture.height_px)
        return add_picture(office.db, errand.case_id, picture.data, picture.media_type, size, office.moment)

    return attach


def _remind_of_file(ways: Ways) -> None:
    if ways.answers and ways.answers != "-":
        note("The answers file holds personal data in the open. Delete it when you no longer need it.")


def _offer_deletion(office: Office, ways: Ways) -> None:
    if not ways.answers or ways.answers == "-":
        return
    if ask_yes_no(office, "The answers file holds personal data in the open. Delete it now?"):
        try:
            Path(ways.answers).unlink()
        except OSError:
            note("It could not be deleted. Delete it yourself.")


def print_questions(script: Script, facts: Facts | None = None) -> None:
    """Print the answers file of a script, to be filled in; without facts, as for a file nobody has opened."""
    from cppp_cli.clock import today
    from cppp_cli.interview.skeleton import skeleton
    from cppp_cli.questions.model import Facts

    result(skeleton(script, facts or Facts(today())))


def ask_one(office: Office, question: Question) -> str:
    """Ask one question outside a script; leaving it raises StoppedError."""
    from cppp_cli.commands.office import asker
    from cppp_cli.interview.asking import Command, Left, Prompt
    from cppp_cli.questions.flow import Step
    from cppp_cli.questions.model import Facts, Section, View
    from cppp_cli.questions.read import NotValidError, read

    skin = asker(plain=office.plain)
    view = View({}, Facts(office.today))
    step = Step(question.key, question, view, Section("", ()), "")
    while True:
        prompt = Prompt(question.text, question.kind, question.hint, question.choices_for(view), question.default(view))
        try:
            reply = skin.ask(prompt)
        except Left:
            raise StoppedError("Stopped. Nothing was changed.") from None
        if reply is Command.SAVE:
            raise StoppedError("Stopped. Nothing was changed.")
        if isinstance(reply, Command):
            skin.say(question.why or "Type an answer, or :s to leave.")
            continue
        try:
            return str(read(step, reply))
        except NotValidError as problem:
            skin.say(str(problem))


def ask_choice(office: Office, text: str, choices: Mapping[str, str]) -> str:
    """Ask for one of a few words."""
    from cppp_cli.questions.model import Choice, Kind, Question

    rows = tuple(Choice(value, label) for value, label in choices.items())
    return ask_one(office, Question("choice", text, Kind.CHOICE, choices=rows))


def ask_yes_no(office: Office, text: str) -> bool:
    """Ask a question with yes or no."""
    return ask_choice(office, text, {"yes": "yes", "no": "no"}) == "yes"
