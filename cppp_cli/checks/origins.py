"""Where the words of a document come from: the session, the speaker, the day, and whose consent. Pure.

For the officer's screen. A paragraph that holds nobody's words is made of the template and of facts on file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import short_date
from cppp_cli.programme.ledger import SOURCES
from cppp_cli.programme.sessions import numbered_letters, numbered_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry, Position
    from cppp_cli.programme.passage import Passage
    from cppp_cli.programme.sessions import Session

LEAST_SIGNS: Final = 8  # letters and digits; shorter words stand in many places
LEAST_OF_PASSAGE: Final = 25  # of a passage that is only a part of what is on file
_SESSIONS: Final = {"parent": "session with one side", "child": "session with the children", "joint": "joint session"}
_ASKED: Final = {
    "obstacles": "what stands in the way",
    "situation": "how things are",
    "hopes": "what is hoped for",
    "best_for_child": "what would be best for the children",
    "child_would_say": "what the children would say",
    "communication": "how the parents communicate",
    "answer": "the child's letter",
    "way_forward": "the way forward",
    "joint_letter_words": "the letter back",
    "promises": "what both promise",
    "next_steps": "what comes next",
}
"""The answers of a session that documents print, by what they are about."""


@dataclass(frozen=True)
class Origin:
    """Words on file, and all that is known of them."""

    words: str
    where: str
    """The session, the entry of the plan, or the officer's own words."""
    speaker: str = ""
    on: date | None = None
    consent: str = ""
    """Whose consent they rest on, as a sentence; empty where none is needed."""


def origins(
    case: Case, sessions: Sequence[Session], entries: Sequence[Entry], own: Mapping[str, Answer]
) -> tuple[Origin, ...]:
    """Everything of a case that a document may print in somebody's words.

    Args:
        case: The case.
        sessions: Of it.
        entries: Of its ledger.
        own: The officer's own words by path.
    """
    return (
        *(found for session in sessions if session.state == "finished" for found in _of_session(case, session)),
        *(found for entry in entries for found in _of_entry(case, entry)),
        *(Origin(str(a.value), "your own words for the report") for a in own.values() if isinstance(a.value, str)),
        *(Origin(question, "a question of the court's order", on=case.order_date) for question in case.questions),
        *(
            Origin(c.reason, "a departure from the screening", c.manager, c.consulted_on)
            for c in case.screening.departures
        ),
        *(
            [Origin(case.returned.sentence, "your sentence about the end", on=case.returned.on)]
            if case.returned
            else []
        ),
    )


def of_passage(passage: Passage, found: Sequence[Origin]) -> tuple[Origin, ...]:
    """What of it a passage holds: a whole paragraph of the words, or the passage within them."""
    text = _signs(passage.text)
    return tuple(dict.fromkeys(origin for origin in found if any(_holds(text, part) for part in _parts(origin.words))))


def beneath(passages: Sequence[Passage], number: int) -> tuple[Passage, ...]:
    """The paragraph of a number with what stands below it up to the next number or heading; empty if there is none."""
    at = next((place for place, passage in enumerate(passages) if passage.number == number), None)
    if at is None:
        return ()
    found = [passages[at]]
    for passage in passages[at + 1 :]:
        if passage.number is not None or passage.kind == "heading":
            break
        found.append(passage)
    return tuple(found)


def _holds(text: str, part: str) -> bool:
    return len(part) >= LEAST_SIGNS and (part in text or (len(text) >= LEAST_OF_PASSAGE and text in part))


def _parts(words: str) -> Iterator[str]:
    return (_signs(line) for line in words.splitlines() if line.strip())


def _signs(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _of_return(case: Case) -> Iterator[Origin]:
    if case.returned:
        yield Origin(case.returned.sentence, "your sentence about the end", on=case.returned.on)


def _of_session(case: Case, session: Session) -> Iterator[Origin]:
    where = f"{_SESSIONS.get(session.kind, 'further session')}, {session.outcome.replace('_', ' ')}"
    for number, said in numbered_statements(session):
        path = f"statements.{number}"
        how = "exact words" if said.exact else "your summary"
        speaker = case.child(said.child).full_name
        yield Origin(said.words, f"{where} ({how})", speaker, session.held_on, _consent(session, path))
    for number, made in numbered_letters(session):
        for words in (made.words, made.description):
            speaker = case.child(made.child).full_name
            consent = _consent(session, f"letters.{number}")
            yield Origin(words, f"{where} (a child's {made.what})", speaker, session.held_on, consent)
    for path, answer in session.answers.items():
        asked = _ASKED.get(path.removesuffix("_a").removesuffix("_b"))
        if asked is None or not isinstance(answer.value, str):
            continue
        side = session.side or {"_a": "A", "_b": "B"}.get(path[-2:])
        speaker = case.side_names(side) if side else ""
        yield Origin(answer.value, f"{where}, on {asked}", speaker, session.held_on)


def _consent(session: Session, item: str) -> str:
    """Both gates in a sentence, with their days."""

    def said(key: str) -> str:
        chosen = ", ".join(session.among(f"{item}.{key}")) or "not on file"
        on = session.text(f"{item}.{key}_on")
        return f"{chosen} ({on})" if on else chosen

    return f"The child's wish: {said('wish')}. Your decision: {said('decision')}."


def _of_entry(case: Case, entry: Entry) -> Iterator[Origin]:
    where = f"entry {entry.number} of the plan ({entry.title})"
    agreed = ""
    if entry.is_agreed:
        days = [f"{case.side_names(p.side)} on {short_date(p.yes_on)}" for p in entry.positions if p.yes_on]
        agreed = f"Yes of {' and of '.join(days)}." if days else "No day of a yes is on file."
    for words in (entry.wording, entry.conditions, entry.for_child, *(step.words for step in entry.steps)):
        yield Origin(words, where, "both sides" if entry.is_agreed else "", entry.agreed_on, agreed)
    yield Origin(entry.court_asked, f"{where}: what the court is asked")
    for position in entry.positions:
        yield from _of_position(case, position, where)


def _of_position(case: Case, position: Position, where: str) -> Iterator[Origin]:
    names = case.side_names(position.side)
    from_, given = position.asked_from, position.offered_from
    source = f", {SOURCES[from_.source]}" if from_ else ""
    yield Origin(position.to_court, f"{where}: asked{source}", names, from_.said_on if from_ else None)
    if position.told_offer:
        source = f", {SOURCES[given.source]}" if given else ""
        let = f"{names} agreed that the offer may be told."
        yield Origin(position.told_offer, f"{where}: offered{source}", names, given.said_on if given else None, let)
