"""Recording what became of a letter: a child's, which goes back to the child, and the parents' letter back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_to_the_end, print_questions
from cppp_cli.commands.voice_facts import (
    answers_from_file,
    back_in_a_line,
    choose,
    facts_about,
    gathered,
    in_a_line,
    remind_of_file,
)
from cppp_cli.commands.ways import Errand, Ways
from cppp_cli.errors import BlockedError, StoppedError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.voice_facts import Voice
    from cppp_cli.programme.answers import Answer, Value
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.sessions import Session
    from cppp_cli.store.letter_life import LetterSheet


def run(office: Office, case: Case, ways: Ways) -> None:
    """Ask what became of one letter, and say what is still owed.

    Raises:
        BlockedError: there is no letter in this case, or the case is closed.
        StoppedError: the officer left; everything answered is kept.
        AnswersError: a file has faults. Nothing of it is kept.
    """
    from cppp_cli.commands.case_end import refuse_unready

    refuse_unready(office, case)
    rows = _rows(gathered(office, case))
    if not rows:
        raise BlockedError(
            f"There is no letter or drawing in case {case.reference}, and no joint session. A letter is entered in the "
            f"session it was made in: cppp session log {case.reference} child"
        )
    if ways.answers or ways.no_input:
        _from_file(office, case, rows, ways)
    else:
        _at_the_desk(office, case, rows)
    _tell(office, case)


def print_them(office: Office, case: Case) -> None:
    """Print the answers file to fill in."""
    from cppp_cli.questions.letter_life import SCRIPT

    print_questions(SCRIPT, facts_about(office, case, _rows(gathered(office, case))))


def _rows(voice: Voice) -> list[Mapping[str, Value | None]]:
    """Each child's letter, and the letter back of each joint session, with what is known of it."""
    from cppp_cli.programme.voice import LETTER

    letters = [one for one in voice.heard if one.kind == LETTER]
    found: list[Mapping[str, Value | None]] = []
    for one in letters:
        life = voice.lives[one.ref]
        found.append(
            {
                "ref": one.ref,
                "says": in_a_line(voice.case, one),
                "kind": "child",
                "child": str(one.child),
                "on": one.on.isoformat() if one.on else None,
                "may_hear": tuple(sorted(one.may_hear)),
                "shared": life.shared,
                "shared_with": life.shared_with,
                "shared_on": life.shared_on.isoformat() if life.shared_on else None,
                "read_by": life.read_by,
                "answered": life.answered,
                "original": life.original,
            }
        )
    return [*found, *(_back(voice, session) for session in _joints(voice))]


def _joints(voice: Voice) -> list[Session]:
    return [session for session in voice.sessions if session.kind == "joint" and session.state == "finished"]


def _back(voice: Voice, session: Session) -> Mapping[str, Value | None]:
    """The letter back of a joint session; one that nobody wanted may still come."""
    from cppp_cli.programme.dates import short_date
    from cppp_cli.programme.voice import LETTER, OF_THE_SESSION

    ref = f"{LETTER}.{session.id}.{OF_THE_SESSION}"
    known = next((one for one in voice.letters_back if one.ref == ref), None)
    day = f" ({short_date(session.held_on)})" if session.held_on else ""
    return {
        "ref": ref,
        "says": back_in_a_line(known) if known else f"The parents' letter back to the children{day}",
        "kind": "joint",
        "on": session.held_on.isoformat() if session.held_on else None,
        "wanted": known.wanted if known else session.text("joint_letter"),
        "words": known.words if known else "",
        "promises": "\n".join(known.promises) if known else "",
    }


def _sheet(office: Office, case: Case, ref: str) -> LetterSheet:
    from cppp_cli.store import letter_life

    _, session, number = ref.split(".")
    return letter_life.sheet(office.db, case.id, int(session), int(number), office.moment)


def _at_the_desk(office: Office, case: Case, rows: list[Mapping[str, Value | None]]) -> None:
    from cppp_cli.programme.voice_life import LATER
    from cppp_cli.questions.letter_life import SCRIPT

    note(f"Case {case.reference} · {case.initials} · the life of a letter")
    ref = choose(office, "Which letter or drawing?", rows)
    sheet, facts = _sheet(office, case, ref), facts_about(office, case, rows, chosen=ref)
    errand = Errand(f"cppp voice letter {case.reference}", case.id, int(ref.split(".")[1]))
    while True:
        before = sheet.answers()
        still_open = {path: answer for path, answer in before.items() if answer.value in (None, LATER)}
        sheet.drop(still_open)  # asked again
        try:
            ask_to_the_end(office, SCRIPT, sheet, facts, Ways(), errand)
        except StoppedError:
            for path in [path for path in still_open if path not in sheet.answers()]:
                sheet.put(path, still_open[path])
            raise
        finally:
            stale = _said_to_other_words(before, sheet.answers(), set())
            sheet.drop(stale)
        if not stale:
            return
        note("The words are other ones than both said yes to, so the yes of each is asked again.")


def _from_file(office: Office, case: Case, rows: list[Mapping[str, Value | None]], ways: Ways) -> None:
    from cppp_cli.questions.letter_life import SCRIPT
    from cppp_cli.questions.voice_items import ITEM

    stand = {str(row["ref"]): _sheet(office, case, str(row["ref"])).answers() for row in rows}
    with office.db.atomic():
        answers, given = answers_from_file(SCRIPT, facts_about(office, case, rows), ways, stand)
        ref = str(answers.pop(ITEM).value)
        for path in _said_to_other_words(stand[ref], answers, given):
            del answers[path]
        sheet = _sheet(office, case, ref)
        sheet.drop(path for path in stand[ref] if path not in answers)
        for path, answer in answers.items():
            if stand[ref].get(path) != answer:
                sheet.put(path, answer)
    remind_of_file(ways)


def _said_to_other_words(before: Mapping[str, Answer], after: Mapping[str, Answer], given: set[str]) -> list[str]:
    """Each yes that was said to words that are other ones now, but for what was given anew along with them."""
    from cppp_cli.questions.letter_life import SAID_YES_TO

    if not any(path in before and before[path] != after.get(path) for path in SAID_YES_TO):
        return []
    return [
        path
        for path in ("yes_a_on", "yes_b_on")
        if path not in given and before.get(path) and before.get(path) == after.get(path)
    ]


def _tell(office: Office, case: Case) -> None:
    owed = [one for one in gathered(office, case).outstanding if one.ref.startswith("letter.")]
    result("Saved." if owed else "Saved. Nothing is owed to the children.")
    for one in owed:
        note(f"Still open: {one.what} {one.to_type}")
