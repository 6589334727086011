"""How the ledger is put into the records a template reads: what is agreed, what differs, what is looked at again.

Of each side only what it asks to be put to the court, and an offer it lets be told, is ever read here. Where nothing
of the kind is left, that a topic stands in the ledger at all can tell what one side said: it is not printed either.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.documents.shown_plan import Agreed, Differs, Review, Standing, Wish, Yes
from cppp_cli.programme.answers import Gap
from cppp_cli.programme.ledger import SESSION, STATES
from cppp_cli.programme.ledger_children import children_named
from cppp_cli.programme.sessions import statements
from cppp_cli.programme.topics import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry, Position
    from cppp_cli.programme.sessions import Session, Statement

OVERVIEW: Final = ("agreed", "agreed_in_principle", "not_agreed", "progress", "for_court")
"""The states an overview shows, in its order. What was withdrawn is not told, and what was not raised stands apart."""

RAISING: Final = frozenset({"parents_communication", "if_things_change", "review"})
"""The topics that say who raises a problem, and how."""

_SPOKEN: Final = frozenset(
    ("wording", "court_asked", *(f"{what}_{side}" for what in ("asked", "offered", "court") for side in "ab"))
)
_PLACE: Final = {section.key: section.number for section in SECTIONS}
_BEGINS: Final = re.compile(r"(?:from|once|when|after|before|until|if|as|in|on|at|by|every)\b", re.IGNORECASE)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in the order of the topics, one of the officer's own last; of one topic by their numbers."""
    return tuple(sorted(entries, key=lambda e: (_PLACE.get(e.topic, len(_PLACE) + 1), e.topic_other, e.number)))


def agreed(case: Case, entries: Sequence[Entry], sessions: Sequence[Session]) -> tuple[Agreed, ...]:
    """What both sides agreed, by topic."""
    return tuple(_agreed(case, entry, entries, sessions) for entry in in_order(entries) if entry.is_agreed)


def differs(case: Case, entries: Sequence[Entry], sessions: Sequence[Session]) -> tuple[Differs, ...]:
    """What is open between the two, by topic."""
    return tuple(
        Differs(
            title=entry.title,
            children=children_named(entry, entries, case),
            state=STATES[entry.state],
            to_court=(entry.a.to_court, entry.b.to_court),
            offers=(entry.a.told_offer, entry.b.told_offer),
            court_asked=entry.court_asked,
            for_court=entry.state == "for_court",
            wishes=cleared_wishes(case, entry, sessions),
        )
        for entry in in_order(entries)
        if entry.is_open and not untold(entry)
    )


def untold(entry: Entry) -> bool:
    """Whether an open entry is to be printed nowhere: one side alone may know of it, and nothing of it may be told."""
    told = any(side.to_court or side.told_offer for side in entry.positions)
    both_were_there = any(version.source == SESSION for version in entry.versions)
    return entry.is_open and not (told or entry.court_asked or both_were_there)


def has_ended(entry: Entry, today: date) -> bool:
    """Whether its last day is over."""
    return entry.until_on is not None and entry.until_on < today


def _agreed(case: Case, entry: Entry, entries: Sequence[Entry], sessions: Sequence[Session]) -> Agreed:
    yes = _yes(case, entry.a), _yes(case, entry.b)
    missing = [side.names for side in yes if side.confirmed_on is None]
    return Agreed(
        topic=entry.topic,
        title=entry.title,
        children=children_named(entry, entries, case),
        instead=entry.instead and "all" not in entry.children,
        state=STATES[entry.state],
        wording=entry.wording,
        steps=tuple((_begins(step.starts), step.words) for step in entry.steps),
        conditions=entry.conditions,
        until_on=entry.until_on,
        yes=yes,
        at_meeting=all(_source(entry, f"yes_{side.side.lower()}_on") == SESSION for side in entry.positions),
        agreed_on=entry.agreed_on,
        confirmed_on=entry.confirmed_on,
        unconfirmed="either side" if len(missing) == len(yes) else "".join(missing),
        wishes=cleared_wishes(case, entry, sessions),
    )


def _yes(case: Case, position: Position) -> Yes:
    return Yes(case.side_names(position.side), position.yes_on, position.confirmed_on)


def _source(entry: Entry, path: str) -> str:
    """Where an answer was given as it stands now."""
    return next((version.source for version in reversed(entry.versions) if path in version.changes), "")


def _begins(starts: str) -> str:
    """When a step starts, as its line begins: "From May 2027"; what the officer typed as a beginning stays one."""
    said = starts.strip()
    if not said:
        return ""
    return said[0].upper() + said[1:] if _BEGINS.match(said) else f"From {said}"


def cleared_wishes(case: Case, entry: Entry, sessions: Sequence[Session]) -> tuple[Wish, ...]:
    """What children said of an entry, as far as both gates are open to the court and every party."""
    said = {f"{session.id}.{number}": found for session in sessions for number, found in _numbered(session)}
    found = (said.get(reference) for reference in entry.wishes)
    return tuple(Wish(case.child(one.child).full_name, one.words, one.exact) for one in found if one and one.in_report)


def _numbered(session: Session) -> Iterator[tuple[int, Statement]]:
    """The statements of a session with their numbers; those without a child or words are none."""
    numbers = sorted({int(path.split(".")[1]) for path in session.answers if path.startswith("statements.")})
    told = [n for n in numbers if session.text(f"statements.{n}.child") and session.text(f"statements.{n}.words")]
    return zip(told, statements(session), strict=True)


def at_a_glance(case: Case, entries: Sequence[Entry]) -> tuple[Standing, ...]:
    """Every state an overview shows, with its topics; also those that no topic stands in."""
    told = [entry for entry in in_order(entries) if not untold(entry)]
    found = {state: [entry for entry in told if entry.state == state] for state in OVERVIEW}
    return tuple(
        Standing(STATES[state], tuple(_topic(case, entry, entries) for entry in those))
        for state, those in found.items()
    )


def not_raised(case: Case, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The topics that nobody said anything of.

    What one side wrote in its form stays "not raised" until it is talked about, and is no topic nobody thought of. Nor
    is one in which something was to take the place, for a child, of what holds for all.
    """
    return tuple(
        _topic(case, entry, entries)
        for entry in in_order(entries)
        if entry.state == "not_raised" and not entry.instead and not _was_spoken_of(entry)
    )


def _was_spoken_of(entry: Entry) -> bool:
    """Whether a side ever gave an answer to it, also that it would rather not say, or words for it were put down."""
    answers = (a for version in entry.versions for path, a in version.changes.items() if path in _SPOKEN)
    return any(answer is not None and answer.gap is not Gap.BLANK for answer in answers)


def _topic(case: Case, entry: Entry, entries: Sequence[Entry]) -> str:
    """A topic in a list, with the children's names where it is not for all of them."""
    named = children_named(entry, entries, case)
    return entry.title if len(case.children) == 1 or named == "all the children" else f"{entry.title} ({named})"


def reviews(case: Case, entries: Sequence[Entry], joint: Session | None) -> tuple[Review, ...]:
    """When things are looked at again, the earliest first."""
    found = [
        Review(f"{entry.title}, for {children_named(entry, entries, case)}", entry.review_on)
        for entry in in_order(entries)
        if entry.review_on and (entry.is_agreed or entry.is_open) and not untold(entry)
    ]
    whole = joint.text("review_on") if joint else ""
    if whole:
        found.append(Review("All of the arrangements", date.fromisoformat(whole)))
    return tuple(sorted(found, key=lambda review: review.on))


def by_topic(found: Sequence[Agreed]) -> tuple[tuple[str, tuple[Agreed, ...]], ...]:
    """Arrangements that follow one another under the same topic."""
    titles = dict.fromkeys(one.title for one in found)
    return tuple((title, tuple(one for one in found if one.title == title)) for title in titles)
