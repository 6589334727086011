"""How each part of a case is put into the records a template reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.documents.shown import (
    Account,
    ChildHeard,
    ChildShown,
    Heading,
    JointShown,
    LetterShown,
    OwnWords,
    PartyShown,
    Recommendation,
    Said,
    Seen,
    SessionShown,
)
from cppp_cli.programme.dates import age_on
from cppp_cli.programme.sessions import OUTCOMES, Letter, Session, latest, letters, statements
from cppp_cli.programme.welfare import CHECKLIST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.people import Adult, Child

HEARINGS = {
    "fhdra": "first hearing dispute resolution appointment",
    "dra": "dispute resolution appointment",
    "decision": "decision hearing",
    "review": "review hearing",
    "final": "final hearing",
    "other": "hearing",
}


# How a child was seen, and what follows the date.
SEEN = {
    "seen_alone": ("seen alone", ""),
    "seen_with_siblings": ("seen together with brothers or sisters", ""),
    "observed": ("observed", "without a conversation"),
    "not_seen": ("not seen", ""),
}
# The prompts say "you" to the officer; a document does not.
FORMATS = {
    "together": "together in one room",
    "shuttle": "in separate rooms, the officer going between",
    "remote": "remotely",
}
RELATIONS = {"other relative": "relative", "not related": "no relation"}  # those that would not read well before "of"
MODES = {"in_person": "in person", "video": "by video", "telephone": "by telephone", "observation": "by observation"}

# The parents' account in the report. Other answers of those sessions are for the officer's work, not for the parties.
VIEW_PROMPTS = (
    ("obstacles", "What stands in the way"),
    ("situation", "How things are seen now"),
    ("communication", "How the parents communicate"),
    ("hopes", "What is hoped for from the proceedings"),
    ("best_for_child", "What would be best for the children"),
    ("child_would_say", "What the children would say"),
)


def heading(case: Case, title: str, today: date, version: int, status: str = "DRAFT") -> Heading:
    """The block at the head of a document."""
    return Heading(
        title=title,
        status=status,
        version=version,
        written_on=today,
        court=case.court,
        case_number=case.number,
        judge=case.judge,
        route=case.route_label,
        order_date=case.order_date,
        hearing_on=case.hearing_on,
        hearing_kind=HEARINGS.get(case.hearing_kind, "hearing"),
        report_due=case.report_due,
    )


def shown(child: Child, today: date) -> ChildShown:
    """A child as named in a document."""
    return ChildShown(
        child.number,
        child.full_name,
        child.called or child.full_name.split()[0],
        child.born,
        age_on(child.born, today) if child.born else None,
    )


def party(case: Case, adult: Adult) -> PartyShown:
    """A party as named in a document: no address, telephone number or e-mail."""
    relations: dict[str, list[str]] = {}
    for relation in case.relations:
        if relation.adult == adult.number and relation.kind:
            kind = RELATIONS.get(relation.kind, relation.kind)
            relations.setdefault(kind, []).append(case.child(relation.child).full_name)
    grouped = tuple((kind, tuple(names)) for kind, names in relations.items())
    return PartyShown(adult.full_name, adult.side, adult.role, grouped, adult.solicitor)


def own_words(case: Case, own: Mapping[str, Answer]) -> OwnWords:
    """The officer's own words, each with the heading or question it answers."""

    def text(path: str) -> str:
        found = own.get(path)
        return "" if found is None or found.value is None else str(found.value)

    if case.route == "section_7":
        analysis = tuple(
            (title[0].upper() + title[1:], text(f"checklist.{key}.words")) for key, title in CHECKLIST.items()
        )
    else:
        analysis = (("", text("analysis")),)
    numbers = sorted({int(p.split(".")[1]) for p in own if p.startswith("recommendations.")})
    recommendations = tuple(
        Recommendation(text(f"recommendations.{n}.words"), text(f"recommendations.{n}.rests_on"))
        for n in numbers
        if text(f"recommendations.{n}.words")
    )
    answers = tuple(
        (question, text(f"order_answers.{n}.words")) for n, question in enumerate(case.questions, 1) if question
    )
    return OwnWords(text("summary"), analysis, recommendations, answers)


def unwritten(context: Mapping[str, object]) -> tuple[str, ...]:
    """Which of the officer's own words a report's context still lacks, as its headings name them."""
    own = context["own"]
    if not isinstance(own, OwnWords):
        return ()
    returned = bool(context["returned"])
    parts = [
        ("the summary", bool(own.summary)),
        ("the analysis", returned or all(text for _, text in own.analysis)),
        ("an answer to a question of the order", all(text for _, text in own.order_answers)),
        ("the recommendations", bool(own.recommendations)),
    ]
    return tuple(name for name, written in parts if not written)


def appointed(case: Case, role: str) -> str:
    """Who the court appointed to an office; empty when nobody is recorded."""
    return next((person.full_name for person in case.others if person.role == role), "")


_SESSION_TITLES = {
    "parent": "Session with {}",
    "child": "Session with the children",
    "joint": "Joint session",
    "other": "Further session",
}


def session_row(case: Case, session: Session) -> SessionShown:
    """One row of the work done."""
    names = case.side_names(session.side) if session.side else ""
    return SessionShown(
        what=_SESSION_TITLES[session.kind].format(names),
        held_on=session.held_on,
        how=", ".join(
            part for part in (MODES.get(session.text("mode"), ""), FORMATS.get(session.text("format"), "")) if part
        ),
        who=", ".join(_named(case, reference) for reference in session.among("came")),
        minutes=_minutes(session),
        outcome=OUTCOMES.get(session.outcome, session.outcome),
    )


def _named(case: Case, reference: str) -> str:
    group, _, number = reference.partition(".")
    return case.adult(int(number)).full_name if group == "adults" else case.child(int(number)).full_name


def _minutes(session: Session) -> int | None:
    start, end = session.text("starts_at"), session.text("ends_at")
    if not start or not end:
        return None
    return _since_midnight(end) - _since_midnight(start)


def _since_midnight(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def heard(child: Child, sessions: Sequence[Session], today: date, pictures: Mapping[int, str]) -> ChildHeard:
    """A child's section: only statements and letters both gates opened for the court and every party."""
    seen = tuple(
        Seen(
            *SEEN.get(session.text(f"children.{child.number}.seen"), ("", "")),
            session.held_on,
            session.text(f"children.{child.number}.not_seen_reason"),
        )
        for session in sessions
        if session.text(f"children.{child.number}.seen")
    )
    said = tuple(
        Said(statement.words, statement.exact)
        for session in sessions
        for statement in statements(session)
        if statement.child == child.number and statement.in_report
    )
    return ChildHeard(
        shown(child, today),
        seen,
        said,
        tuple(
            _letter(letter, pictures)
            for session in sessions
            for letter in letters(session)
            if letter.child == child.number and letter.in_report
        ),
    )


def _letter(letter: Letter, pictures: Mapping[int, str]) -> LetterShown:
    name = pictures.get(letter.picture, "") if letter.picture is not None else ""
    return LetterShown(
        letter.what, letter.idea_of, letter.words, letter.description or f"The child's {letter.what}", name
    )


def account(case: Case, sessions: Sequence[Session], side: str) -> Account:
    """What one side said: the same prompts for both, empty answers included."""
    session = latest(sessions, f"parent-{side.lower()}")
    return Account(
        case.side_names(side),
        session.held_on if session else None,
        tuple((label, session.text(key) if session else "") for key, label in VIEW_PROMPTS),
    )


def joint_meeting(case: Case, joint: Session, sessions: Sequence[Session]) -> JointShown:
    """How the joint meeting was held and what it came to."""
    # How a letter was answered may tell what it said. One that is not on file was cleared by nobody.
    made = [letter for session in sessions for letter in letters(session)]
    letter_may_be_told = bool(made) and all(letter.in_report for letter in made)
    sides = (case.side_names("A"), case.side_names("B"))
    typed = joint.text("review_on")
    return JointShown(
        held_on=joint.held_on,
        how=FORMATS.get(joint.text("format"), ""),
        letter_read_by=joint.text("letter_read_by") if letter_may_be_told else "",
        answers=tuple(zip(sides, (joint.text("answer_a"), joint.text("answer_b")), strict=True))
        if letter_may_be_told
        else (),
        ways_forward=tuple(zip(sides, (joint.text("way_forward_a"), joint.text("way_forward_b")), strict=True)),
        joint_letter=joint.text("joint_letter_words"),
        promises=promises(joint),
        next_steps=joint.text("next_steps"),
        review_on=date.fromisoformat(typed) if typed else None,
    )


def promises(joint: Session) -> tuple[str, ...]:
    """What both sides promised in their joint letter, one in each line."""
    return tuple(line.strip() for line in joint.text("promises").splitlines() if line.strip())
