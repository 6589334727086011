"""What the templates of the parenting plan may use: what is agreed, what differs, the calendar. Plain frozen records.

What one side asked or offered for itself has no place in any of them: only what it asks to be put to the court, and
an offer that its maker lets be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Wish:
    """Words of a child cleared for every reader, and who said them. ``exact`` tells a quotation from a summary."""

    child: str
    words: str
    exact: bool


@dataclass(frozen=True)
class Yes:
    """When one side said yes, and when it confirmed that after time to reflect or take advice."""

    names: str
    said_on: date | None
    confirmed_on: date | None


@dataclass(frozen=True)
class Agreed:
    """One agreed arrangement. ``children`` reads "all the children" only when it holds for every one of them.

    Attributes:
        topic: The key of its topic.
        title: Its topic as a heading.
        children: Whom it holds for.
        instead: Whether it takes the place, for them, of what holds for the others.
        state: "agreed" or "agreed in principle".
        wording: The very words both said yes to.
        steps: Each as (from when, what then); the first part begins a sentence.
        conditions: On what it depends; may be empty.
        until_on: Its last day, when it has one.
        yes: Both sides' yes, A's first.
        at_meeting: Whether both said it in a session.
        agreed_on: The day on which the second side said yes.
        confirmed_on: The day on which the second side confirmed it; None while one has not.
        unconfirmed: Who has not confirmed it yet; empty when both have.
        wishes: What children said of it.
    """

    topic: str
    title: str
    children: str
    instead: bool
    state: str
    wording: str
    steps: tuple[tuple[str, str], ...]
    conditions: str
    until_on: date | None
    yes: tuple[Yes, Yes]
    at_meeting: bool
    agreed_on: date | None
    confirmed_on: date | None
    unconfirmed: str
    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Differs:
    """One thing that is open between the sides, each with the same room.

    Attributes:
        title: Its topic as a heading.
        children: Whom it is about.
        state: Where it stands.
        to_court: What A, then B, asks to be put to the court; empty for a side that asks for nothing.
        offers: What A, then B, offers and lets be told.
        court_asked: The question to the court; empty when none is worded.
        for_court: Whether the court is to decide it.
        wishes: What children said of it.
    """

    title: str
    children: str
    state: str
    to_court: tuple[str, str]
    offers: tuple[str, str]
    court_asked: str
    for_court: bool
    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Standing:
    """One line of the overview: a state, and the topics that stand so."""

    state: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """When something is looked at again."""

    what: str
    on: date


@dataclass(frozen=True)
class Figure:
    """One figure of the calendar in words, and how it was counted."""

    what: str
    found: str
    basis: str


@dataclass(frozen=True)
class MonthShown:
    """One month as rows of seven squares from Monday; a square outside the month is empty."""

    title: str
    weeks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class CalendarShown:
    """The agreed calendar of the children it holds for, over the nights from ``first`` to ``last``.

    Attributes:
        children: Whose nights these are.
        several: Whether they are more than one.
        some: Whether there are other children, for whom it does not hold.
        first: The first night.
        last: The last night.
        days: How many nights were counted.
        telling: The arrangement in plain English, in paragraphs.
        figures: What was counted.
        cautions: What the reader should know of the count.
        nights: The nights with each, in words.
        basis: What was counted, and what a night is, in a sentence.
        agreed_on: The day on which the second side said yes to it.
        yes: Who said yes to it and when, A first.
        key: Which letter stands for whom, A first.
        months: The month grids; none where every night is with the same.
    """

    children: str
    several: bool
    some: bool
    first: date
    last: date
    days: int
    telling: tuple[str, ...]
    figures: tuple[Figure, ...]
    cautions: tuple[str, ...]
    nights: str
    basis: str
    agreed_on: date | None
    yes: tuple[Yes, Yes]
    key: tuple[tuple[str, str], ...]
    months: tuple[MonthShown, ...]


@dataclass(frozen=True)
class Proposals:
    """Two proposed calendars over the same nights, none of them agreed.

    Attributes:
        children: Whose nights these are.
        first: The first night.
        last: The last night.
        days: How many nights were counted.
        nights: With A, with B and with others, first by A's proposal and then by B's.
        others: Whether any night is with somebody else.
        disputed: On how many nights the two differ.
        basis: What was counted, and what a night is, in a sentence.
        cautions: What the reader should know of the count.
    """

    children: str
    first: date
    last: date
    days: int
    nights: tuple[tuple[int, int, int], tuple[int, int, int]]
    others: bool
    disputed: int
    basis: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class PartOfWeeks:
    """The nights of some weeks as a child is told them: "Week 1", and sentences."""

    weeks: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class ToldToChildren:
    """The agreed calendar in a child's words.

    Attributes:
        who: A child it holds for alone; empty when it holds for all.
        starts: When its first week begins; None when it has no weeks.
        weeks: How many weeks there are before it begins again.
        parts: The nights, week by week.
        other_days: Whether holidays or special days have rules of their own.
    """

    who: str
    starts: date | None
    weeks: int
    parts: tuple[PartOfWeeks, ...]
    other_days: bool
