"""Changing who may hear something a child said: the wish, the decision, each with its day and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.voice_facts import (
    answers_from_file,
    choose,
    facts_about,
    gathered,
    in_a_line,
    of_child,
    remind_of_file,
)
from cppp_cli.commands.ways import Errand, Ways
from cppp_cli.errors import BlockedError, ConflictError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.voice_facts import Voice
    from cppp_cli.programme.answers import Answer, Value
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.voice import Heard

FORM = "voice-consent"
"""The form of what was begun; which statement or letter follows."""


def run(office: Office, case: Case, ways: Ways) -> None:
    """Ask what changed, keep it with its reason, and say which documents print what may no longer be heard.

    Raises:
        BlockedError: nothing a child said is on file, or the case is closed.
        StoppedError: the officer left; nothing is changed, and what was answered is there the next time.
        AnswersError: a file has faults. Nothing of it is kept.
    """
    from cppp_cli.commands.case_end import refuse_unready

    refuse_unready(office, case)
    voice = _voice(office, case)
    if ways.answers or ways.no_input:
        _from_file(office, voice, ways)
    else:
        _at_the_desk(office, voice)


def print_them(office: Office, case: Case) -> None:
    """Print the answers file to fill in."""
    from cppp_cli.questions.voice_consent import SCRIPT

    print_questions(SCRIPT, facts_about(office, case, _rows(gathered(office, case))))


def _voice(office: Office, case: Case) -> Voice:
    voice = gathered(office, case)
    if not voice.heard:
        raise BlockedError(
            f"Nothing a child said, wrote or drew is on file for case {case.reference}. It is entered in a session: "
            f"cppp session log {case.reference} child"
        )
    return voice


def _rows(voice: Voice) -> list[Mapping[str, Value | None]]:
    return [
        {
            "ref": one.ref,
            "says": in_a_line(voice.case, one),
            "child": str(one.child),
            "on": one.on.isoformat() if one.on else None,
            "wish": one.wish.chosen,
            "decision": one.decision.chosen,
        }
        for one in voice.heard
    ]


def _at_the_desk(office: Office, voice: Voice) -> None:
    from cppp_cli.commands.voice_show import print_one
    from cppp_cli.questions.voice_consent import SCRIPT
    from cppp_cli.store.forms import FormSheet

    case, rows = voice.case, _rows(voice)
    note(f"Case {case.reference} · {case.initials} · who may hear it")
    one = _meant(voice, choose(office, "Which words, letter or drawing?", rows))
    print_one(voice, one)
    sheet = FormSheet(office.db, case.id, f"{FORM}:{one.ref}")
    errand = Errand(f"cppp voice consent {case.reference}", case.id, one.session)
    ask_to_the_end(office, SCRIPT, sheet, facts_about(office, case, rows, chosen=one.ref), Ways(), errand)
    with office.db.atomic():
        keep(office, voice, one, sheet.answers())
        sheet.clear()
    _tell(office, case, one)


def _from_file(office: Office, voice: Voice, ways: Ways) -> None:
    from cppp_cli.questions.voice_consent import SCRIPT
    from cppp_cli.questions.voice_items import ITEM

    with office.db.atomic():
        answers, _ = answers_from_file(SCRIPT, facts_about(office, voice.case, _rows(voice)), ways)
        one = _meant(voice, str(answers[ITEM].value))
        keep(office, voice, one, answers)
    remind_of_file(ways)
    _tell(office, voice.case, one)


def _meant(voice: Voice, ref: str) -> Heard:
    return next(one for one in voice.heard if one.ref == ref)


def keep(office: Office, voice: Voice, one: Heard, answers: Mapping[str, Answer]) -> None:
    """Put what changed into the session it was said in, each with its reason.

    Raises:
        ConflictError: it was changed in another window while the questions were asked.
    """
    from cppp_cli.programme.voice import DECISION, OF_THE_SESSION, WISH
    from cppp_cli.questions.voice_consent import TOLD_HOW, TOLD_ON, WISH_WHY
    from cppp_cli.store import letter_life, sessions

    now = gathered(office, voice.case).of(one.ref)
    if now is None or (now.wish, now.decision) != (one.wish, one.decision):
        raise ConflictError(
            "Who may hear this was changed in another window meanwhile, so nothing was replaced. "
            f"See how it stands, and begin again: cppp voice show {voice.case.reference}"
        )
    changes = answers["changes"].value
    for gate, why in ((WISH, WISH_WHY), (DECISION, f"{DECISION}_reason")):
        if not isinstance(changes, tuple) or gate not in changes:
            continue
        sheet = sessions.AmendingSheet(
            office.db, one.session, case_id=voice.case.id, now=office.moment, reason=str(answers[why].value)
        )
        for name in (gate, f"{gate}_on", f"{gate}_reason"):
            if name in answers:
                sheet.put(f"{one.path}{name}", answers[name])
            else:
                sheet.drop([f"{one.path}{name}"])  # a wish that was not asked has no day
    if TOLD_ON in answers:
        life = letter_life.sheet(office.db, voice.case.id, one.session, OF_THE_SESSION, office.moment)
        for name in (TOLD_ON, TOLD_HOW):
            if name in answers:
                life.put(f"{one.path}{name}", answers[name])


def _tell(office: Office, case: Case, before: Heard) -> None:
    """What holds now, and what was printed while more was allowed."""
    from cppp_cli.commands.voice_printed import tell_printed
    from cppp_cli.commands.voice_show import who_may_hear
    from cppp_cli.programme.voice import narrowed

    voice = gathered(office, case)
    now = voice.of(before.ref)
    if now is None:
        return
    result(f"Saved: {of_child(case, now)}. {who_may_hear(case, now)}")
    if narrowed(before.may_hear, now.may_hear):
        tell_printed(office, case, now)
    for owed in (one for one in voice.outstanding if one.ref == now.ref):
        note(f"Still open: {owed.what} {owed.to_type}")
