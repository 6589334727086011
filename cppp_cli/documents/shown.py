"""What templates may use: frozen records of plain values. A change of a name in here raises ``SCHEMA``.

Addresses, telephone numbers and e-mails have no place in any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

SCHEMA = 2


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
    note: str
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
class Account:
    """One side's account: the same prompts for both, in the same order; empty answers stay in as empty."""

    names: str
    held_on: date | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class JointShown:
    """The joint meeting: how it was held, how each side answered, what each offers."""

    held_on: date | None
    how: str
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


@dataclass(frozen=True)
class StepShown:
    """One step of the timetable; ``week`` counts from 1 at day 0."""

    label: str
    on: date
    week: int
    state: str
