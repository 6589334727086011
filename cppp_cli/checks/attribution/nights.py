"""Nights and days of one side told as the other's: in figures, in words, and in the key of the months."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.saying import shortened
from cppp_cli.programme.ledger import SIDES
from cppp_cli.programme.nights.figures import figures
from cppp_cli.programme.nights.telling import Names, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.facts_plan import Plan
    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.attribution.records import Cast, Laid
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.nights.lay import Nights

SOMEBODY: Final = "somebody else"
Counts = tuple[tuple[str, int], ...]
_COUNT: Final = re.compile(r"\b(?P<many>\d+|none)(?: nights?)?(?: is| are)? (?P<how>with|from) $")
_KEY: Final = re.compile(r"(?:^|[\s:,])(?P<letter>[AB]) is $")
_FOR: Final = re.compile(r"^for\b", re.IGNORECASE)
_NO_CALENDAR: Final = re.compile(r"\bNo calendar is agreed for\b")


def facts_of_nights(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """What is told of the calendars, read against them."""
    told = {_shape(reading, text): (text, children) for text, children in _told(reading.cast)}
    for at in reading.body():
        for piece in reading.of_passage[at]:
            yield from _figures(plan, piece)
            yield from _key(reading, piece)
            if told:
                yield from _words(reading, piece, told)
            yield from _unagreed(plan, piece)


def named(cast: Cast, laid: Laid) -> Names:
    """What the people of a calendar are called in the documents."""
    children = [cast.case.child(number) for number in laid.children]
    names = [child.full_name for child in children]
    together = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    if len(names) == len(cast.case.children) > 1:
        together = "the children"
    return Names(cast.case.side_names("A"), cast.case.side_names("B"), SOMEBODY, together, len(names) > 1)


def _told(cast: Cast) -> Iterator[tuple[str, frozenset[int]]]:
    for laid in cast.laid:
        if laid.agreed:
            for text in tell(laid.agreed.calendar, named(cast, laid), handover_at=laid.handover_at):
                yield " ".join(text.split()), frozenset(laid.children)


def _shape(reading: Reading, text: str) -> str:
    """A text with a mark in the place of every name."""
    at, parts = 0, []
    for mention in reading.people.mentions(text):
        parts += [text[at : mention.start], "▫"]
        at = mention.end
    return re.sub(r"▫(?:(?:, | and )▫)+", "▫", "".join([*parts, text[at:]]))


def _words(reading: Reading, piece: Piece, told: dict[str, tuple[str, frozenset[int]]]) -> Iterator[Finding]:
    """An arrangement told in the right words with the wrong names."""
    text = " ".join(piece.text.split())
    meant = told.get(_shape(reading, text))
    if meant is None or "▫" not in _shape(reading, text):
        return
    allowed = [other for other, _ in _told(reading.cast) if _shape(reading, other) == _shape(reading, text)]
    if text not in allowed:
        yield wrong(piece.passage, f"By the agreed calendar it is otherwise: “{shortened(text)}” It is “{allowed[0]}”")


def _tallies(nights: Nights, how: str) -> Iterator[Counts]:
    """Every pair of figures a document may print of some nights, by side: spent with it, or longest away from it."""
    found = figures(nights)
    if how == "from":
        yield tuple((side.upper(), found.longest_away[side].nights) for side in ("a", "b"))
        return
    for tally in (found.nights, found.weekends, found.school_nights, found.holiday_nights):
        if tally is not None:
            yield (("A", tally.a), ("B", tally.b))
    cycle = nights.calendar.letters
    yield (("A", cycle.count("A")), ("B", cycle.count("B")))


def _figures(plan: Plan, piece: Piece) -> Iterator[Finding]:
    """Figures such as "26 with A; 339 with B": those of a calendar, told the other way round or of another child."""
    reading, counts, ways = plan.reading, [], set[str]()
    for mention in reading.people.mentions(piece.rest):
        found = _COUNT.search(piece.rest[: mention.start])
        sides = reading.cast.sides(mention.refs)
        if found and len(sides) == 1:
            counts.append(("".join(sides), 0 if found["many"] == "none" else int(found["many"])))
            ways.add(found["how"])
    if len(counts) != len(SIDES) or len(ways) != 1:
        return
    meant = [
        (frozenset(laid.children), tally)
        for laid in reading.cast.laid
        if laid.agreed
        for tally in _tallies(laid.agreed, *ways)
        if sorted(count for _, count in tally) == sorted(count for _, count in counts)
    ]
    heading = next((above for above in reversed(piece.passage.under) if _FOR.match(above)), "")
    children = plan.children(piece.rest) or plan.children(heading)
    if meant and not any(tally == tuple(sorted(counts)) for _, tally in meant):
        yield wrong(piece.passage, f"By the calendar it is the other way round: “{shortened(piece.text)}”")
    elif children and not any(those == children for those, _ in meant):
        yield wrong(piece.passage, f"By the calendars these are no figures of this child's: “{shortened(piece.text)}”")


def _key(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """The letters of the months: A is whoever stands on side A."""
    for mention in reading.people.mentions(piece.rest):
        found = _KEY.search(piece.rest[: mention.start])
        sides = reading.cast.sides(mention.refs)
        if found and sides and found["letter"] not in sides:
            yield wrong(piece.passage, f"{mention.text} is not on side {found['letter']}: “{shortened(piece.text)}”")
            return


def _unagreed(plan: Plan, piece: Piece) -> Iterator[Finding]:
    """That no calendar is agreed for a child who has one."""
    children = plan.children(piece.rest) if _NO_CALENDAR.search(piece.rest) else None
    agreed = frozenset(number for laid in plan.cast.laid if laid.agreed for number in laid.children)
    if children and children & agreed:
        yield wrong(piece.passage, f"On file a calendar is agreed for one of them: “{shortened(piece.text)}”")
