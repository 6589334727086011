"""The cast of a case, gathered from its record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.gather_words import collapsed, merged, words_of
from cppp_cli.checks.attribution.records import (
    ADULT,
    CHILD,
    JUDGE,
    MANAGER,
    OFFICER,
    OTHER,
    SOLICITOR,
    Cast,
    Elsewhere,
    Laid,
    Person,
)
from cppp_cli.programme.topics import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from cppp_cli.programme.answers import Answer, Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.finals import FactCheck
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.people import Officer
    from cppp_cli.programme.sessions import Session

WORD: Final = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
"""A word as it stands in a text: letters, with hyphens and apostrophes inside."""


def cast_of(
    case: Case,
    sessions: Sequence[Session],
    entries: Sequence[Entry],
    own: Answers,
    officer: Officer,
    today: date,
    elsewhere: Iterable[Elsewhere] = (),
    laid: Iterable[Laid] = (),
    checked: Iterable[FactCheck] = (),
    copy_for: str = "",
    also: Iterable[str] = (),
    addressed_to: int | None = None,
) -> Cast:
    """Everybody of a case and what the record holds of each.

    Args:
        case: The case.
        sessions: Of this case; drafts among them are passed over.
        entries: The ledger of this case.
        own: The officer's own words by path.
        officer: Whose file it is.
        today: The day the document is written.
        elsewhere: Every other case of the file.
        laid: The calendars of the plan; without them nothing of a calendar is checked.
        checked: The copies each side was given to check the facts, of this kind of document.
        copy_for: The side, A or B, this copy is for, where it is one.
        also: Other names the document may hold, such as that of the manager who read it.
        addressed_to: The number of the child whom the document speaks to, where it is a letter to one child.
    """
    finished = [session for session in sessions if session.state == "finished"]
    people = tuple(_people(case, officer))
    refs = frozenset(person.ref for person in people)
    words = tuple(
        replace(found, owners=found.owners & refs) for found in merged(words_of(case, finished, entries, own))
    )
    places = _words(_fields(case, officer, people)) | _words(also)
    return Cast(
        people=people,
        words=words,
        known=places | _words(_typed_texts(case, finished, entries)),
        places=places,
        case=case,
        sessions=finished,
        entries=entries,
        today=today,
        elsewhere=tuple(elsewhere),
        laid=tuple(one for one in laid if {f"children.{number}" for number in one.children} <= refs),
        swe_number=officer.swe_number,
        checked=tuple(checked),
        copy_for=copy_for,
        addressed_to=addressed_to,
    )


def _people(case: Case, officer: Officer) -> Iterator[Person]:
    for adult in case.adults:
        yield Person(
            adult.reference, ADULT, collapsed(adult.full_name), collapsed(adult.called), adult.pronouns, adult.side,
            role=adult.role,
        )  # fmt: skip
    for child in case.children:
        yield Person(
            f"children.{child.number}", CHILD, collapsed(child.full_name), collapsed(child.called), child.pronouns,
            born=child.born,
        )  # fmt: skip
    for at, person in enumerate(case.others):
        yield Person(f"others.{at}", OTHER, collapsed(person.full_name), role=person.role)
    yield Person("officer", OFFICER, collapsed(officer.full_name), role=officer.title)
    if case.judge:
        yield Person("judge", JUDGE, collapsed(case.judge))
    for adult in case.adults:
        name = collapsed(adult.solicitor.partition(",")[0])
        if name:
            yield Person(f"solicitor.{adult.number}", SOLICITOR, name)
    for criterion in case.criteria:
        if criterion.manager:
            yield Person(f"manager.{criterion.key}", MANAGER, collapsed(criterion.manager))


def _fields(case: Case, officer: Officer, people: Sequence[Person]) -> Iterator[str]:
    """What the record names in fields of its own: people, places, schools, the court."""
    for person in people:
        yield f"{person.full_name} {person.called} {person.role}"
    yield from (officer.team, officer.title, officer.usual_court, officer.swe_number)
    yield from (case.number, case.court, case.route_label)
    for adult in case.adults:
        yield from (detail.text for detail in (adult.address, adult.email, adult.phone) if detail)
        yield f"{adult.solicitor} {adult.interpreter}"
    yield from (child.school for child in case.children)
    yield from (section.heading for section in SECTIONS)


def _typed_texts(case: Case, sessions: Sequence[Session], entries: Sequence[Entry]) -> Iterator[str]:
    """Everything typed but the officer's own words: those are what is read against it."""
    yield from (case.arrangement_now, case.order_now, *case.questions)
    yield from (f"{adult.adjustments} {adult.consent_way}" for adult in case.adults)
    yield from (child.needs for child in case.children)
    yield from (person.note for person in case.others)
    yield from (f"{criterion.note} {criterion.reason}" for criterion in case.criteria)
    yield from (restriction.terms for restriction in case.restrictions)
    yield case.returned.sentence if case.returned else ""
    for session in sessions:
        yield from _typed(session.answers.values())
    for entry in entries:
        for version in entry.versions:
            yield from _typed(answer for answer in version.changes.values() if answer)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for text in texts for word in WORD.findall(text.replace("’", "'")))


def _typed(answers: Iterable[Answer]) -> list[str]:
    return [answer.value for answer in answers if isinstance(answer.value, str)]
