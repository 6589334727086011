"""What became of a child's letter or drawing, and of the parents' letter back. Pure.

A joint session tells some of it: whether a letter was shared, who read it out, what both wrote back. What is recorded
later stands in its place. A letter back is promised until it is agreed by both and given to every child.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.audiences import BOTH_PARENTS
from cppp_cli.programme.dates import short_date
from cppp_cli.programme.voice import LETTER, OF_THE_SESSION, child_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.disclosure import Disclosure
    from cppp_cli.programme.sessions import Session
    from cppp_cli.programme.voice import Heard

YES, NO, LATER = "yes", "no", "later"


@dataclass(frozen=True)
class Life:
    """What became of one letter or drawing of a child; empty where it is not known."""

    shared: str = ""  # YES, NO or LATER
    shared_with: tuple[str, ...] = ()
    shared_on: date | None = None
    read_by: str = ""
    not_shared_reason: str = ""
    answered: str = ""  # joint_letter, spoken or no
    original: str = ""  # returned, kept_by_child, with_officer or not_known
    original_on: date | None = None


@dataclass(frozen=True)
class Given:
    """The letter back and one child."""

    child: int
    given: str = ""  # YES, NO (not to be given) or LATER
    on: date | None = None
    by: str = ""
    how_taken: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class JointLetter:
    """The parents' letter back to the children, of one joint session. ``wanted`` is YES, LATER or NO."""

    session: int
    held_on: date | None
    wanted: str
    words: str
    promises: tuple[str, ...]
    yes_a_on: date | None
    yes_b_on: date | None
    given: tuple[Given, ...]

    @property
    def ref(self) -> str:
        """What scripts and the record call it."""
        return f"{LETTER}.{self.session}.{OF_THE_SESSION}"

    @property
    def is_agreed(self) -> bool:
        """Whether both sides said yes to its words."""
        return bool(self.words and self.yes_a_on and self.yes_b_on)

    @property
    def agreed_on(self) -> date | None:
        """The day of the later yes; None while one is missing."""
        return max(self.yes_a_on, self.yes_b_on) if self.yes_a_on and self.yes_b_on else None


def life_of(
    one: Heard, found: Sequence[Heard], sessions: Sequence[Session], lives: Mapping[tuple[int, int], Answers]
) -> Life:
    """What became of a letter: what was recorded of it, and for the rest what the sessions tell."""
    life = lives.get((one.session, one.number), {})
    told = _told_by_a_joint_session(one, found, sessions)
    made = next((session for session in sessions if session.id == one.session), None)
    shared = _text(life, "shared") or told.shared
    here = shared == told.shared  # what goes with it is the session's only as long as it is
    return Life(
        shared,
        (_among(life, "shared_with") or (told.shared_with if here else ())) if shared == YES else (),
        (_day(life, "shared_on") or (told.shared_on if here else None)) if shared == YES else None,
        (_text(life, "read_by") or (told.read_by if here else "")) if shared == YES else "",
        _text(life, "not_shared_reason") if shared == NO else "",
        _text(life, "answered") or told.answered,
        _text(life, "original") or (made.text(f"{one.path}original") if made else ""),
        _day(life, "original_on"),
    )


def _told_by_a_joint_session(one: Heard, found: Sequence[Heard], sessions: Sequence[Session]) -> Life:
    """What the joint sessions tell of a letter; nothing where several might be meant."""
    for joint in sessions:
        if joint.kind != "joint" or joint.state != "finished" or joint.text("letter_shared") != YES:
            continue
        meant = [
            letter
            for letter in found
            if letter.kind == LETTER
            and letter.was_open_to(BOTH_PARENTS)
            and (letter.on or date.min) <= (joint.held_on or date.max)
        ]
        if [letter.ref for letter in meant] != [one.ref]:
            continue
        spoken = bool(joint.text("answer_a") or joint.text("answer_b"))
        answered = "joint_letter" if joint.text("joint_letter") in {YES, LATER} else "spoken" if spoken else ""
        with_whom = tuple(sorted(BOTH_PARENTS))
        return Life(YES, with_whom, joint.held_on, joint.text("letter_read_by"), answered=answered)
    return Life()


def joint_letters(
    case: Case, sessions: Sequence[Session], lives: Mapping[tuple[int, int], Answers]
) -> tuple[JointLetter, ...]:
    """The letters back that were written or promised. One promised for later is gone once another was written."""
    found = [
        _joint_letter(case, session, lives.get((session.id, OF_THE_SESSION), {}))
        for session in sessions
        if session.kind == "joint" and session.state == "finished"
    ]
    wanted = [letter for letter in found if letter.wanted in {YES, LATER}]
    return tuple(
        letter
        for place, letter in enumerate(wanted)
        if letter.wanted == YES or not any(later.wanted == YES for later in wanted[place + 1 :])
    )


def _joint_letter(case: Case, session: Session, life: Answers) -> JointLetter:
    words = _text(life, "words") or session.text("joint_letter_words")
    promises = _text(life, "promises") if "promises" in life else session.text("promises")
    return JointLetter(
        session.id,
        session.held_on,
        _text(life, "wanted") or session.text("joint_letter"),
        words,
        tuple(line.strip() for line in promises.splitlines() if line.strip()),
        _day(life, "yes_a_on"),
        _day(life, "yes_b_on"),
        tuple(_given(life, child.number) for child in case.children),
    )


def _given(life: Answers, child: int) -> Given:
    lead = f"children.{child}."
    given = _text(life, f"{lead}given")
    return Given(
        child,
        given,
        _day(life, f"{lead}given_on") if given == YES else None,
        _text(life, f"{lead}given_by"),
        _text(life, f"{lead}how_taken"),
        _text(life, f"{lead}why_not"),
    )


def _text(answers: Answers, path: str) -> str:
    found = answers.get(path)
    return "" if found is None or found.value is None else str(found.value)


def _among(answers: Answers, path: str) -> tuple[str, ...]:
    found = answers.get(path)
    return found.value if found and isinstance(found.value, tuple) else ()


def _day(answers: Answers, path: str) -> date | None:
    found = _text(answers, path)
    return date.fromisoformat(found) if found else None


# ------------------------------------------------------------------ what is still open


@dataclass(frozen=True)
class Outstanding:
    """Something promised to a child, or open about a child's words, and what to type. ``what`` names children."""

    kind: str  # one of KINDS
    ref: str
    what: str
    to_type: str
    child: int | None = None


KINDS: Final = (
    "wish",  # the child was not asked
    "decision",  # the officer has not decided
    "judge-only",  # the child was not told that a report is read by both sides
    "disclosure",  # the child is still to be told that something was passed on
    "share",  # the child wished it shared, and it was not
    "original",  # the child's own paper is not back
    "answer-unwritten",
    "answer-unagreed",
    "answer-ungiven",
)


def outstanding(
    case: Case,
    found: Sequence[Heard],
    lives: Mapping[str, Life],
    letters_back: Sequence[JointLetter],
    disclosures: Sequence[Disclosure] = (),
    *,
    met: bool,
) -> tuple[Outstanding, ...]:
    """Everything that is still owed to a child.

    Args:
        case: The case.
        found: What the children said, wrote and drew.
        lives: What became of each letter, by ``Heard.ref``.
        letters_back: Of the parents.
        disclosures: What was passed on without consent, oldest first.
        met: Whether the joint session was held: from then on a letter that may be shared should have been.
    """
    return (
        *(one for each in found for one in _of_words(case, each)),
        *(one for each in found if each.kind == LETTER for one in _of_letter(case, each, lives[each.ref], met=met)),
        *_of_disclosures(case, found, disclosures),
        *(one for letter in letters_back for one in _of_answer(case, letter)),
    )


def _of_words(case: Case, one: Heard) -> Iterator[Outstanding]:
    name, consent = child_name(case, one.child), f"cppp voice consent {case.reference}"
    thing = f"{name}'s {one.what}"
    if not one.asked:
        what = f"{thing}: {name} has not been asked who may hear it."
        yield Outstanding("wish", one.ref, what, consent, one.child)
    elif one.wants_somebody and not one.decided:
        what = f"{thing}: you have not decided who may hear it safely."
        yield Outstanding("decision", one.ref, what, consent, one.child)
    if one.for_court_alone and not one.told_on:
        what = f"{thing}: {name} has to be told that a report is read by both sides, so it stays in your file."
        yield Outstanding("judge-only", one.ref, what, consent, one.child)


def _of_disclosures(case: Case, found: Sequence[Heard], given: Sequence[Disclosure]) -> Iterator[Outstanding]:
    """Where the child is still to be told. A later decision about the same words tells how it stands now."""
    newest = {ref: one for one in given for ref in sorted(one.refs)}
    for ref, one in newest.items():
        if one.child_told != LATER:
            continue
        child = next((each.child for each in found if each.ref == ref), None)
        name = child_name(case, child) if child is not None else "the child"
        what = f"Passed on without consent ({ref}): {name} is still to be told."
        yield Outstanding("disclosure", ref, what, f"cppp voice disclose {case.reference}", child)


def _of_letter(case: Case, one: Heard, life: Life, *, met: bool) -> Iterator[Outstanding]:
    name, letter = child_name(case, one.child), f"cppp voice letter {case.reference}"
    thing = f"{name}'s {one.what}"
    if met and life.shared in {"", LATER} and one.may_hear & BOTH_PARENTS:
        what = f"{thing}: {name} wished it to be shared, and it is not recorded that it was, or why not."
        yield Outstanding("share", one.ref, what, letter, one.child)
    if life.original == "with_officer":
        yield Outstanding("original", one.ref, f"{thing}: the original is still with you.", letter, one.child)
    elif life.original not in {"returned", "kept_by_child"}:
        what = f"{thing}: it is not known where the original is."
        yield Outstanding("original", one.ref, what, letter, one.child)


def _of_answer(case: Case, letter: JointLetter) -> Iterator[Outstanding]:
    to_type = f"cppp voice letter {case.reference}"
    thing = f"The parents' letter back{f' ({short_date(letter.held_on)})' if letter.held_on else ''}"
    if letter.wanted == LATER or not letter.words:
        yield Outstanding("answer-unwritten", letter.ref, f"{thing} was promised and is not written.", to_type)
        return
    if not letter.is_agreed:
        sides = [case.side_names(s) for s, on in (("A", letter.yes_a_on), ("B", letter.yes_b_on)) if not on]
        what = f"{thing}: no yes to its words is recorded of {' or '.join(sides)}."
        yield Outstanding("answer-unagreed", letter.ref, what, to_type)
    for given in letter.given:
        if given.given in {"", LATER}:
            what = f"{thing} is not given to {child_name(case, given.child)}."
            yield Outstanding("answer-ungiven", letter.ref, what, to_type, given.child)
