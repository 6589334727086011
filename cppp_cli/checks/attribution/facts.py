"""Facts of one person in the row or sentence of another: birth, role, relation, solicitor, consent, office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import days_in, said
from cppp_cli.checks.attribution.reading import sentences
from cppp_cli.checks.attribution.records import ADULT, BROTHERS, CHILD, SURNAMES
from cppp_cli.checks.attribution.saying import blocking, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.passage import Passage
    from cppp_cli.programme.people import Adult, Child

ID: Final = "name.fact"
RELATIONS: Final = {"other relative": "relative", "not related": "no relation"}
"""Relations that a document writes otherwise than they are stored."""
_BIRTH: Final = re.compile(r"\b(?:birth|born)\b", re.IGNORECASE)
_CONSENT: Final = re.compile(r"\b(?:take part|consent(?:ed|s)?)\b", re.IGNORECASE)
_NOT: Final = re.compile(r"\b(?:not|no|never)\b", re.IGNORECASE)
_AUTHOR: Final = re.compile(r"\bwrote it down\b|\bYou can also tell\b|^Author\b")
_REPRESENTED: Final = re.compile(r"\brepresented by\b")
_UNREPRESENTED: Final = re.compile(r"\bno solicitor\b")
_BEFORE: Final = re.compile(r"^Before$")


def facts(reading: Reading) -> Iterator[Finding]:
    """Facts that the record binds to somebody else."""
    for at in reading.body():
        pieces = reading.of_passage[at]
        if reading.passages[at].kind == "row" and not reading.is_head(at):
            yield from _row(reading, pieces)
        for piece in pieces:
            for sentence in sentences(piece.rest):
                yield from _sentence(reading, piece, sentence)
        yield from _officer(reading, reading.passages[at], reading.rest(at))


def wrong(passage: Passage, what: str, authority: str = BROTHERS) -> Finding:
    """A fact that stands with the wrong person."""
    return blocking(ID, passage, what, authority)


def _row(reading: Reading, pieces: list[Piece]) -> Iterator[Finding]:
    """A row about one person, whom its first cell names."""
    case, first = reading.cast.case, reading.people.named(pieces[0].rest, {ADULT, CHILD})
    if len(first) != 1:
        return
    group, _, number = next(iter(first)).partition(".")
    if group == "adults":
        yield from _adult_row(reading, pieces, case.adult(int(number)))
    else:
        yield from _child_row(pieces, case.child(int(number)))


def _child_row(pieces: list[Piece], child: Child) -> Iterator[Finding]:
    for piece, column in zip(pieces[1:], pieces[0].passage.columns[1:], strict=False):
        if not _BIRTH.search(column):
            continue
        days = days_in(piece.rest)
        if days != ({child.born} if child.born else set()):
            what = f"{child.full_name} stands beside the date of birth {shortened(piece.text)}; on file it is "
            yield wrong(piece.passage, f"{what}{said(child.born)}.")


def _adult_row(reading: Reading, pieces: list[Piece], adult: Adult) -> Iterator[Finding]:
    case = reading.cast.case
    roles = {other.role.casefold() for other in case.adults if other.role}
    for piece in pieces[1:]:
        if piece.text.casefold() in roles and piece.text.casefold() != adult.role.casefold():
            what = f"{adult.full_name} stands beside the role “{piece.text}”; on file it is “{adult.role}”."
            yield wrong(piece.passage, what)
        for other in case.adults:
            theirs = " ".join(other.solicitor.split())
            if theirs and theirs != " ".join(adult.solicitor.split()) and theirs in " ".join(piece.text.split()):
                what = f"{adult.full_name} stands beside {theirs}, who represents {other.full_name}."
                yield wrong(piece.passage, what, SURNAMES)
        mine = " ".join(adult.solicitor.split())
        missing = mine and _REPRESENTED.search(piece.rest) and mine not in " ".join(piece.text.split())
        if missing or (mine and _UNREPRESENTED.search(piece.rest)):
            what = f"On file {adult.full_name} is represented by {mine}: “{shortened(piece.text)}”"
            yield wrong(piece.passage, what, SURNAMES)
        yield from _relations(reading, piece, adult)


def _relations(reading: Reading, piece: Piece, adult: Adult) -> Iterator[Finding]:
    """What the row says the adult is to each child it names: "father of Isla Ashdown and Theo Ashdown"."""
    held = {
        (RELATIONS.get(relation.kind, relation.kind), relation.child)
        for relation in reading.cast.case.relations
        if relation.adult == adult.number
    }
    kinds = {RELATIONS.get(r.kind, r.kind) for r in reading.cast.case.relations if r.kind}
    for kind in kinds:
        for found in re.finditer(rf"(?<!\w){re.escape(kind)} of\b", piece.rest):
            at = found.end()
            for mention in reading.people.mentions(piece.rest):
                between = piece.rest[at : mention.start].strip(" ,")
                if mention.start < at or between not in {"", "and"}:
                    continue
                at = mention.end
                numbers = reading.cast.children(mention.refs)
                if numbers and not any((kind, number) in held for number in numbers):
                    what = f"It says that {adult.full_name} is {kind} of {mention.text}; on file it is otherwise."
                    yield wrong(piece.passage, what)


def _sentence(reading: Reading, piece: Piece, sentence: str) -> Iterator[Finding]:
    case = reading.cast.case
    adults = [case.adult(int(ref[7:])) for ref in sorted(reading.people.named(sentence, {ADULT}))]
    children = [case.child(int(ref[9:])) for ref in sorted(reading.people.named(sentence, {CHILD}))]
    if _CONSENT.search(sentence) and len(adults) == 1:
        yield from _consent(piece, sentence, adults[0], case.adults)
    if _BIRTH.search(sentence) and len(children) == 1 and piece.cell is None:
        child, days = children[0], days_in(sentence)
        if days and child.born not in days:
            what = f"It says that {child.full_name} was born on another day than {said(child.born)}: “{sentence}”"
            yield wrong(piece.passage, what)
    for person in case.others:
        found = re.search(rf"{re.escape(person.role)} is\b", sentence) if person.role else None
        named = reading.people.named(sentence[found.end() :]) if found else frozenset()
        bearers = {f"others.{at}" for at, other in enumerate(case.others) if other.role == person.role}
        if named and not named & bearers:
            what = f"It says that the {person.role} is {reading.cast.named(named)}; on file it is {person.full_name}."
            yield wrong(piece.passage, what, SURNAMES)


def _consent(piece: Piece, sentence: str, adult: Adult, everybody: tuple[Adult, ...]) -> Iterator[Finding]:
    """Whether the day and the way of a consent are those of the person named."""
    days = days_in(sentence)
    denied = bool(_NOT.search(sentence))
    if denied == bool(adult.consent_on) or (days and adult.consent_on not in days):
        what = f"“{shortened(sentence)}” On file {adult.full_name} agreed to take part: {said(adult.consent_on)}."
        yield wrong(piece.passage, what)
        return
    ways = {other.consent_way for other in everybody if other.consent_way and other.consent_way in piece.text}
    if ways and adult.consent_way not in ways:
        what = f"“{shortened(sentence)}” On file {adult.full_name} agreed “{adult.consent_way or 'not recorded'}”."
        yield wrong(piece.passage, what)


def _officer(reading: Reading, passage: Passage, rest: str) -> Iterator[Finding]:
    """Who wrote it, and before whom the case is."""
    number, first = reading.cast.swe_number, passage.cells[0] if passage.cells else rest
    if _AUTHOR.search(rest) or (number and number in rest):
        lines = [line for line in sentences(rest) if _AUTHOR.search(line)] or [rest]
        named = frozenset().union(*(reading.people.named(line if not passage.cells else rest) for line in lines))
        if named and "officer" not in named:
            yield wrong(passage, f"Where the officer is named stands {reading.cast.named(named)}.")
    elif _BEFORE.match(first):
        named = reading.people.named(rest)
        if named and "judge" not in named:
            yield wrong(passage, f"Where the judge is named stands {reading.cast.named(named)}.")
