"""What a document may say, as records a template reads. One builder per document, with only what its reader may see.

The report is read by the court and every party, so what a child did not clear for all of them is never put in
here; a template cannot print what it is not given. No address, telephone number or e-mail is in any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from cppp_cli.programme.case import ROUTES, Case
from cppp_cli.programme.dates import age_on
from cppp_cli.programme.schedule import Timetable, week_of
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.programme.sessions import OUTCOMES, Letter, Session, latest, letters, statements, topics
from cppp_cli.programme.topics import topic_label
from cppp_cli.programme.welfare import CHECKLIST

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.people import Adult, Child, Officer

SCHEMA = 1  # of what templates may use; raised when a name in it changes

Words: TypeAlias = Callable[[Session, str], str]
"""The answer to a session's question in words, as the officer saw it; empty when there is none."""

NOT_WRITTEN = ""

HEARINGS = {
    "fhdra": "first hearing dispute resolution appointment",
    "dra": "dispute resolution appointment",
    "decision": "decision hearing",
    "review": "review hearing",
    "final": "final hearing",
    "other": "hearing",
}


@dataclass(frozen=True)
class Heading:
    """The block at the head of a document. ``status`` is DRAFT until a document is final."""

    title: str
    status: str
    version: int
    written_on: date
    court: str
    case_number: str
    judge: str
    route: str
    order_date: date | None
    hearing_on: date | None
    hearing_kind: str
    report_due: date | None


@dataclass(frozen=True)
class Author:
    """The officer as a document names them: nothing of where files lie or how to telephone."""

    full_name: str
    title: str
    team: str
    swe_number: str


@dataclass(frozen=True)
class ChildShown:
    """A child as named in a document. ``age`` in completed years on the day it is written."""

    number: int
    full_name: str
    called: str
    born: date | None
    age: int | None


@dataclass(frozen=True)
class PartyShown:
    """A party as named in a document. ``relations`` pairs what they are with the children they are it to."""

    full_name: str
    side: str
    role: str
    relations: tuple[tuple[str, tuple[str, ...]], ...]
    solicitor: str


@dataclass(frozen=True)
class SessionShown:
    """One row of the work done."""

    what: str
    held_on: date | None
    how: str
    who: str
    minutes: int | None
    outcome: str


@dataclass(frozen=True)
class Said:
    """Words of a child cleared for this reader. ``exact`` tells a quotation from a summary."""

    words: str
    exact: bool


@dataclass(frozen=True)
class LetterShown:
    """A letter or drawing cleared for this reader; ``picture`` is a name the converter knows, or empty."""

    form: str
    idea_of: str
    words: str
    description: str
    picture: str


@dataclass(frozen=True)
class Seen:
    """How a child was seen in one session; ``reason`` only when not seen."""

    how: str
    on: date | None
    reason: str


@dataclass(frozen=True)
class ChildHeard:
    """What one child's section may say."""

    child: ChildShown
    seen: tuple[Seen, ...]
    said: tuple[Said, ...]
    letters: tuple[LetterShown, ...]


@dataclass(frozen=True)
class View:
    """One side's account: the same prompts for both, in the same order; empty answers stay in as empty."""

    names: str
    held_on: date | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TopicShown:
    """A topic of the joint meeting. ``children`` reads "all the children" or their names."""

    title: str
    children: str
    state: str
    wording: str
    position_a: str
    position_b: str
    court_asked: str


@dataclass(frozen=True)
class JointShown:
    """The joint meeting: how it was held, how each side answered, what each offers."""

    held_on: date | None
    how: str
    information: str
    letter_read_by: str
    answers: tuple[tuple[str, str], ...]
    ways_forward: tuple[tuple[str, str], ...]
    joint_letter: str
    promises: tuple[str, ...]
    next_steps: str
    review_on: date | None


@dataclass(frozen=True)
class Recommendation:
    """The officer's recommendation and what it rests on."""

    words: str
    rests_on: str


@dataclass(frozen=True)
class OwnWords:
    """What only the officer may write; an empty text prints "not yet written"."""

    summary: str
    analysis: tuple[tuple[str, str], ...]
    recommendations: tuple[Recommendation, ...]
    order_answers: tuple[tuple[str, str], ...]


SEEN = {
    "seen_alone": "seen alone",
    "seen_with_siblings": "seen together with brothers or sisters",
    "observed": "observed, without a conversation",
    "not_seen": "not seen",
}
AGREED = frozenset({"agreed", "agreed_in_principle"})
STATES = {
    "agreed": "agreed",
    "agreed_in_principle": "agreed in principle",
    "progress": "progress made, more help needed",
    "not_agreed": "not agreed",
    "for_court": "for the court to decide",
}

# The parents' account in the report. Other answers of those sessions are for the officer's work, not for the parties.
VIEW_PROMPTS = (
    ("obstacles", "What stands in the way"),
    ("situation", "How things are seen now"),
    ("communication", "How the parents communicate"),
    ("hopes", "What is hoped for from the proceedings"),
    ("best_for_child", "What would be best for the children"),
    ("child_would_say", "What the children would say"),
)


def report(
    case: Case,
    officer: Officer,
    sessions: Sequence[Session],
    own: Mapping[str, Answer],
    *,
    today: date,
    version: int,
    words: Words,
    pictures: Mapping[int, str],
) -> dict[str, object]:
    """What the report to the court may say: read by the court and every party.

    Args:
        case: The case.
        officer: Its author.
        sessions: Of this case; drafts among them are passed over.
        own: The officer's own words by path.
        today: The day the report is written.
        version: Of this document.
        words: Puts an answer into words.
        pictures: For each stored picture that can be shown, the name the converter knows it by.
    """
    finished = [session for session in sessions if session.state == "finished"]
    joint = latest(finished, "joint")
    return {
        "doc": heading(case, "Positive co-Parenting Programme: report to the court", today, version),
        "author": Author(officer.full_name, officer.title, officer.team, officer.swe_number),
        "children": tuple(shown(child, today) for child in case.children),
        "parties": tuple(party(case, adult) for adult in case.adults),
        "guardian": _appointed(case, "children's guardian"),
        "consents": tuple((adult.full_name, adult.consent_on, adult.consent_way) for adult in case.adults),
        "criteria": tuple(
            (label, next((c.result for c in case.criteria if c.key == key), "not_known").replace("_", " "))
            for key, label in CRITERIA.items()
        ),
        "departures": tuple((CRITERIA[c.key], c.reason, c.manager, c.consulted_on) for c in case.screening.departures),
        "sessions": tuple(_session(case, session, words) for session in finished),
        "heard": tuple(_heard(child, finished, today, pictures) for child in case.children),
        "views": tuple(_view(case, finished, side) for side in ("A", "B")),
        "joint": _joint(case, joint, finished, words) if joint else None,
        "agreed": tuple(t for t in _topics(case, joint) if t.state in AGREED),
        "open": tuple(t for t in _topics(case, joint) if t.state not in AGREED),
        "states": STATES,
        "own": own_words(case, own),
        "returned": case.returned.sentence if case.returned else "",
        "returned_on": case.returned.on if case.returned else None,
        "arrangement_now": case.arrangement_now,
        "order_now": case.order_now,
    }


def plan(
    case: Case, officer: Officer, sessions: Sequence[Session], *, today: date, version: int, words: Words
) -> dict[str, object]:
    """What the parenting-plan summary may say: read by both parents, and by the court with the report."""
    finished = [session for session in sessions if session.state == "finished"]
    joint = latest(finished, "joint")
    return {
        "doc": heading(case, "Parenting plan: summary", today, version),
        "author": Author(officer.full_name, officer.title, officer.team, officer.swe_number),
        "children": tuple(shown(child, today) for child in case.children),
        "parties": tuple(party(case, adult) for adult in case.adults),
        "agreed": tuple(t for t in _topics(case, joint) if t.state in AGREED),
        "open": tuple(t for t in _topics(case, joint) if t.state not in AGREED),
        "states": STATES,
        "joint": _joint(case, joint, finished, words) if joint else None,
        "sides": (case.side_names("A"), case.side_names("B")),
    }


def heading(case: Case, title: str, today: date, version: int) -> Heading:
    """The block at the head of a document."""
    return Heading(
        title=title,
        status="DRAFT",
        version=version,
        written_on=today,
        court=case.court,
        case_number=case.number,
        judge=case.judge,
        route=ROUTES.get(case.route, case.route),
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
            relations.setdefault(relation.kind, []).append(case.child(relation.child).full_name)
    grouped = tuple((kind, tuple(names)) for kind, names in relations.items())
    return PartyShown(adult.full_name, adult.side, adult.role, grouped, adult.solicitor)


def own_words(case: Case, own: Mapping[str, Answer]) -> OwnWords:
    """The officer's own words, each with the heading or question it answers."""

    def text(path: str) -> str:
        found = own.get(path)
        return NOT_WRITTEN if found is None or found.value is None else str(found.value)

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


def _appointed(case: Case, role: str) -> str:
    return next((person.full_name for person in case.others if person.role == role), "")


_SESSION_TITLES = {
    "parent": "Session with {}",
    "child": "Session with the children",
    "joint": "Joint session",
    "other": "Further session",
}


def _session(case: Case, session: Session, words: Words) -> SessionShown:
    names = case.side_names(session.side) if session.side else ""
    return SessionShown(
        what=_SESSION_TITLES[session.kind].format(names),
        held_on=session.held_on,
        how=", ".join(part for part in (words(session, "mode"), words(session, "format")) if part),
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


def _heard(child: Child, sessions: Sequence[Session], today: date, pictures: Mapping[int, str]) -> ChildHeard:
    """A child's section: only statements and letters both gates opened for the court and every party."""
    seen = tuple(
        Seen(
            SEEN.get(session.text(f"children.{child.number}.seen"), ""),
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
    form = {"both": "letter and drawing"}.get(letter.form, letter.form or "letter")
    name = pictures.get(letter.picture, "") if letter.picture is not None else ""
    return LetterShown(form, letter.idea_of, letter.words, letter.description or f"The child's {form}", name)


def _view(case: Case, sessions: Sequence[Session], side: str) -> View:
    session = latest(sessions, f"parent-{side.lower()}")
    return View(
        case.side_names(side),
        session.held_on if session else None,
        tuple((label, session.text(key) if session else "") for key, label in VIEW_PROMPTS),
    )


def _topics(case: Case, joint: Session | None) -> tuple[TopicShown, ...]:
    if joint is None:
        return ()
    return tuple(
        TopicShown(
            topic_label(topic.topic),
            _children_named(case, topic.children),
            topic.state,
            topic.wording,
            topic.position_a,
            topic.position_b,
            topic.court_asked,
        )
        for topic in topics(joint)
    )


def _children_named(case: Case, chosen: Sequence[str]) -> str:
    """All the children only when that was said; otherwise each by name."""
    if "all" in chosen or not chosen:
        return case.children[0].full_name if len(case.children) == 1 else "all the children"
    return ", ".join(case.child(int(number)).full_name for number in chosen)


def _joint(case: Case, joint: Session, sessions: Sequence[Session], words: Words) -> JointShown:
    letter_may_be_told = all(
        letter.in_report for session in sessions for letter in letters(session)
    )  # how a letter was answered may tell what it said
    sides = (case.side_names("A"), case.side_names("B"))
    typed = joint.text("review_on")
    return JointShown(
        held_on=joint.held_on,
        how=words(joint, "format"),
        information=words(joint, "information_presented"),
        letter_read_by=joint.text("letter_read_by") if letter_may_be_told else "",
        answers=tuple(zip(sides, (joint.text("answer_a"), joint.text("answer_b")), strict=True))
        if letter_may_be_told
        else (),
        ways_forward=tuple(zip(sides, (joint.text("way_forward_a"), joint.text("way_forward_b")), strict=True)),
        joint_letter=joint.text("joint_letter_words"),
        promises=tuple(line.strip() for line in joint.text("promises").splitlines() if line.strip()),
        next_steps=joint.text("next_steps"),
        review_on=date.fromisoformat(typed) if typed else None,
    )


@dataclass(frozen=True)
class StepShown:
    """One step of the timetable; ``week`` counts from 1 at day 0."""

    label: str
    on: date
    week: int
    state: str


def timetable(
    case: Case, planned: Timetable, states: Mapping[str, str], *, today: date, version: int
) -> dict[str, object]:
    """What the timetable may say: dates and steps, and nobody's name.

    Args:
        case: The case it belongs to.
        planned: Its timetable.
        states: planned, confirmed or held, by step.
        today: The day it is written.
        version: Of this document.
    """
    return {
        "doc": heading(case, "Timetable of the programme", today, version),
        "day_zero": planned.day_zero,
        "programme_end": planned.programme_end,
        "steps": tuple(
            StepShown(step.label, step.on, week_of(planned.day_zero, step.on), states.get(step.key, "proposed"))
            for step in planned.steps
        ),
        "warnings": tuple(warning.text for warning in planned.warnings),
    }
