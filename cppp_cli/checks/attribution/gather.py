"""The cast of a case, gathered from its record."""

from __future__ import annotations

import re
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
    """
    finished = [session for session in sessions if session.state == "finished"]
    people = tuple(_people(case, officer))
    words = tuple(merged(words_of(case, finished, entries, own)))
    return Cast(
        people=people,
        words=words,
        known=_known(case, finished, entries, officer, people) | _words(also),
        case=case,
        sessions=finished,
        entries=entries,
        today=today,
        elsewhere=tuple(elsewhere),
        laid=tuple(laid),
        swe_number=officer.swe_number,
        checked=tuple(checked),
        copy_for=copy_for,
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


def _known(
    case: Case, sessions: Sequence[Session], entries: Sequence[Entry], officer: Officer, people: Sequence[Person]
) -> frozenset[str]:
    """The words of the record in small letters, all but the officer's own: those are what is read against it."""
    texts = [person.full_name + " " + person.called + " " + person.role for person in people]
    texts += [officer.team, officer.title, officer.usual_court, officer.swe_number]
    texts += [case.number, case.court, case.route_label, case.arrangement_now, case.order_now, *case.questions]
    for adult in case.adults:
        details = (adult.address, adult.email, adult.phone)
        texts += [adult.solicitor, adult.interpreter, adult.adjustments, adult.consent_way]
        texts += [detail.text for detail in details if detail]
    texts += [f"{child.school} {child.needs}" for child in case.children]
    texts += [f"{person.note} {person.role}" for person in case.others]
    texts += [f"{criterion.note} {criterion.reason} {criterion.manager}" for criterion in case.criteria]
    texts += [f"{restriction.terms}" for restriction in case.restrictions]
    texts += [case.returned.sentence] if case.returned else []
    texts += [section.heading for section in SECTIONS]
    for session in sessions:
        texts += _typed(session.answers.values())
    for entry in entries:
        texts += [text for version in entry.versions for text in _typed(a for a in version.changes.values() if a)]
    return _words(texts)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for text in texts for word in WORD.findall(text.replace("’", "'")))


def _typed(answers: Iterable[Answer]) -> list[str]:
    return [answer.value for answer in answers if isinstance(answer.value, str)]
