"""The children's voice of one case, read from the file whole, and what the questions about it may know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.ways import Ways
    from cppp_cli.programme.answers import Answer, Value
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.disclosure import Disclosure
    from cppp_cli.programme.sessions import Session
    from cppp_cli.programme.voice import Heard
    from cppp_cli.programme.voice_life import JointLetter, Life, Outstanding
    from cppp_cli.questions.model import Facts, Script

SHOWN = 60  # characters of somebody's words in a list of choices


@dataclass(frozen=True)
class Voice:
    """Everything of one case that the children said, wrote and drew, and what became of it."""

    case: Case
    sessions: tuple[Session, ...]
    heard: tuple[Heard, ...]
    lives: Mapping[str, Life]
    letters_back: tuple[JointLetter, ...]
    disclosures: tuple[Disclosure, ...]
    notes: tuple[Mapping[str, object], ...]
    outstanding: tuple[Outstanding, ...]

    def of(self, ref: str) -> Heard | None:
        """A statement or letter by what it is called; None for anything else."""
        return next((one for one in self.heard if one.ref == ref), None)


def gathered(office: Office, case: Case) -> Voice:
    """The children's voice of a case, from its finished sessions and what was recorded since."""
    from cppp_cli.programme import voice, voice_life
    from cppp_cli.programme.sessions import latest
    from cppp_cli.store import disclosures, letter_life, sessions

    held, lives = sessions.of_case(office.db, case.id), letter_life.lives(office.db, case.id)
    given = disclosures.of_case(office.db, case.id)
    changes = {s.id: [voice.change_of(row) for row in sessions.amendments(office.db, s.id)] for s in held}
    found = voice.heard(held, changes, lives, given)
    of_letters = {one.ref: voice_life.life_of(one, found, held, lives) for one in found if one.kind == voice.LETTER}
    back = voice_life.joint_letters(case, held, lives)
    met = latest(held, "joint") is not None
    owed = voice_life.outstanding(case, found, of_letters, back, given, met=met)
    notes = tuple(sessions.notes(office.db, case.id))
    return Voice(case, held, found, of_letters, back, given, notes, owed)


def of_child(case: Case, one: Heard) -> str:
    """Something a child said or made, as the title of a line: "Isla, statement of 8 Jul 2026"."""
    from cppp_cli.programme.dates import short_date
    from cppp_cli.programme.voice import child_name

    return f"{child_name(case, one.child)}, {one.what}{f' of {short_date(one.on)}' if one.on else ''}"


def in_a_line(case: Case, one: Heard) -> str:
    """The same with how its words begin."""
    return _begun(of_child(case, one), one.words or one.description)


def back_in_a_line(one: JointLetter) -> str:
    """The parents' letter back, as the title of a line."""
    from cppp_cli.programme.dates import short_date

    day = f" ({short_date(one.held_on)})" if one.held_on else ""
    return _begun(f"The parents' letter back to the children{day}", one.words)


def note_in_a_line(row: Mapping[str, object]) -> str:
    """A safeguarding note, as the title of a line."""
    from cppp_cli.show import moment

    return _begun(f"Safeguarding note of {moment(str(row['at']))}", str(row["words"]))


def _begun(title: str, words: str) -> str:
    flat = " ".join(words.split())
    if not flat:
        return title
    return f"{title}: “{flat[:SHOWN].rstrip()}{'…' if len(flat) > SHOWN else ''}”"


def facts_about(office: Office, case: Case, rows: Iterable[Mapping[str, Value | None]], *, chosen: str = "") -> Facts:
    """What the questions may know: the case, and each thing there is to choose from.

    Args:
        office: The opened file.
        case: The case.
        rows: For each thing what is known of it; ``ref`` and ``says`` always.
        chosen: The one it is about, where that was asked before.
    """
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.voice_items import ITEM, VOICES
    from cppp_cli.store import cases

    background: dict[str, Answer] = cases.background(office.db, case.id, office.moment)
    for place, row in enumerate(rows, 1):
        background |= {f"{VOICES}.{place}.{name}": Answer(v) for name, v in row.items() if v not in (None, "", ())}
        if chosen and row["ref"] == chosen and row.get("child"):
            background["child"] = Answer(row["child"])  # so that the questions name the child
    if chosen:
        background[ITEM] = Answer(chosen)
    return Facts(office.today, background)


def answers_from_file(
    script: Script, facts: Facts, ways: Ways, before: Mapping[str, Mapping[str, Answer]] | None = None
) -> tuple[dict[str, Answer], set[str]]:
    """Every answer of a script from a file, with nobody to ask; and the paths the file itself gives.

    Args:
        script: What is asked.
        facts: What it may know.
        ways: Where the answers are.
        before: What is on file already by what it is about, so that a file needs to hold only what is otherwise.

    Raises:
        AnswersError: something is missing or not valid; nothing is kept.
    """
    from cppp_cli.commands.ways import no_pictures, read_answers
    from cppp_cli.interview.scripted import apply, refuse
    from cppp_cli.questions.voice_items import ITEM
    from cppp_cli.store.sheets import MemorySheet

    given = read_answers(ways.answers) if ways.answers else {}
    sheet = MemorySheet((before or {}).get(str(given.get(ITEM)), {}))
    refuse(apply(script, sheet, facts, given, attach=no_pictures, complete=True), complete=True)
    return sheet.answers(), set(given)


def remind_of_file(ways: Ways) -> None:
    """Say that an answers file is still there."""
    from cppp_cli.show import note

    if ways.answers and ways.answers != "-":
        note("The answers file holds personal data in the open. Delete it when you no longer need it.")


def choose(office: Office, text: str, rows: Iterable[Mapping[str, Value | None]]) -> str:
    """Which of several things it is about; the only one there is without asking."""
    from cppp_cli.commands.guided import ask_choice

    known = {str(row["ref"]): str(row["says"]) for row in rows}
    return next(iter(known)) if len(known) == 1 else ask_choice(office, text, known)
