"""Who came to which session, on which day, and how a child was seen: what is told of one is not another's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import days_in, said
from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.reading import sentences
from cppp_cli.checks.attribution.records import ADULT, CHILD
from cppp_cli.checks.attribution.saying import shortened
from cppp_cli.programme.ledger import SIDES
from cppp_cli.programme.sessions import letters, statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.sessions import Session

MODES: Final = {
    "in_person": "in person",
    "video": "by video",
    "telephone": "by telephone",
    "observation": "by observation",
}
FORMATS: Final = {
    "together": "together in one room",
    "shuttle": "in separate rooms, the officer going between",
    "remote": "remotely",
}
SEEN: Final = (
    ("seen alone", "seen_alone"),
    ("seen together", "seen_with_siblings"),
    ("observed", "observed"),
    ("not seen", "not_seen"),
)
_PLANNED: Final = frozenset({"planned", "proposed", "confirmed"})
"""States of a step of the timetable that is still to come: nothing on file says how it was held."""
_TITLE: Final = re.compile(r"\bsession\b", re.IGNORECASE)
_SIDE: Final = re.compile(r"\bparent ([AB]) session\b", re.IGNORECASE)
_MINUTES: Final = re.compile(r"\b(\d+) min")
_NONE_HELD: Final = re.compile(r"\bNo session with\b")
_NOT_AT_ALL: Final = re.compile(r"\bhas not been seen\b")
_MADE: Final = re.compile(r"\bmade an? (letter and drawing|letter|drawing)\b")
_WISHED: Final = re.compile(r"\bwished\b.*\bto know\b|\bsaid of this\b")
_NO_WORDS: Final = re.compile(r"\bNo words of\b")


def facts_of_sessions(reading: Reading) -> Iterator[Finding]:
    """Rows of sessions, and sentences on how a child was seen."""
    for at in reading.body():
        passage = reading.passages[at]
        if passage.kind == "row" and not reading.is_head(at):
            yield from _row(reading, reading.of_passage[at])
            continue
        for piece in reading.of_passage[at]:
            for sentence in sentences(piece.rest):
                yield from _child(reading, piece, sentence)
                yield from _none_held(reading, piece, sentence)


def _row(reading: Reading, pieces: Sequence[Piece]) -> Iterator[Finding]:
    title = pieces[0].rest
    if not _TITLE.search(title):
        return
    fitting = _of_title(reading, title)
    if fitting is None:
        return
    text = "\n".join(piece.rest for piece in pieces[1:])
    came = reading.people.named(text, {ADULT, CHILD})
    if not came and not days_in(text):
        return
    if any(piece.text in _PLANNED for piece in pieces[1:]):
        return
    timetable = not came
    if not any(_fits(session, text, came, whole=not timetable) for session in fitting):
        what = f"On file no such session was held so: “{shortened(' · '.join(piece.text for piece in pieces))}”"
        yield wrong(pieces[0].passage, what)


def _of_title(reading: Reading, title: str) -> list[Session] | None:
    """The sessions a title may mean; None when it is not about one side, the children or both together."""
    sessions, sides = reading.cast.sessions, reading.cast.sides(reading.people.named(title, {ADULT}))
    letter = _SIDE.search(title)
    sides = frozenset({letter[1].upper()}) if letter else sides
    if len(sides) == 1:
        return [session for session in sessions if session.side in sides]
    kinds = {"child": ("child",), "children": ("child",), "joint": ("joint",), "further": ("other",)}
    words = set(re.findall(r"[a-z]+", title.casefold()))
    found = [kind for word, those in kinds.items() if word in words for kind in those]
    return [session for session in sessions if session.kind in found] if found else None


def _fits(session: Session, text: str, came: frozenset[str], *, whole: bool) -> bool:
    """Whether what a row says of a session is what the file says of this one."""
    days = days_in(text)
    if days and session.held_on not in days:
        return False
    if not whole:
        return True
    minutes, modes = _MINUTES.search(text), {key for key, words in MODES.items() if words in text}
    formats = {key for key, words in FORMATS.items() if words in text}
    if formats and session.text("format") not in formats:
        return False
    if minutes and int(minutes[1]) != _length(session):
        return False
    if modes and session.text("mode") not in modes:
        return False
    return came == frozenset(session.among("came"))


def _length(session: Session) -> int | None:
    start, end = session.text("starts_at"), session.text("ends_at")
    if not start or not end:
        return None
    return (int(end[:2]) - int(start[:2])) * 60 + int(end[3:]) - int(start[3:])


def _none_held(reading: Reading, piece: Piece, sentence: str) -> Iterator[Finding]:
    sides = reading.cast.sides(reading.people.named(sentence, {ADULT})) & set(SIDES)
    if not _NONE_HELD.search(sentence) or len(sides) != 1:
        return
    held = [session.held_on for session in reading.cast.sessions if session.side in sides and session.counts]
    if held:
        yield wrong(piece.passage, f"“{shortened(sentence)}” On file one was held on {said(held[0])}.")


def _child(reading: Reading, piece: Piece, sentence: str) -> Iterator[Finding]:
    """What is said of one child: how the child was seen, what it made, and whether it said anything."""
    named = reading.people.named(sentence, {CHILD})
    if len(named) != 1:
        return
    (number,) = reading.cast.children(named)
    sessions, name = reading.cast.sessions, reading.cast.named(named)
    seen = {(s.text(f"children.{number}.seen"), s.held_on) for s in sessions if s.text(f"children.{number}.seen")}
    said_any = any(one.child == number and one.in_report for s in sessions for one in statements(s))
    made = {one.what for s in sessions for one in letters(s) if one.child == number and one.in_report}
    days, form = days_in(sentence), _MADE.search(sentence)
    how = next((key for words, key in SEEN if re.search(rf"\b{words}\b", sentence)), "")
    false = [
        _NOT_AT_ALL.search(sentence) is not None and bool(seen),
        bool(how) and not any(key == how and (not days or on in days) for key, on in seen),
        form is not None and form[1] not in made,
        _WISHED.search(sentence) is not None and not said_any,
        _NO_WORDS.search(sentence) is not None and said_any,
    ]
    if any(false):
        yield wrong(piece.passage, f"On file this is otherwise for {name}: “{shortened(sentence)}”")
