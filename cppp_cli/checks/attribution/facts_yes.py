"""Who said yes, who confirmed it and when, and who put forward nothing: told of one, it is not the other's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import dates_in, said
from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.records import ADULT
from cppp_cli.checks.attribution.saying import shortened
from cppp_cli.programme.ledger import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cppp_cli.checks.attribution.facts_plan import Plan
    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding

_YES: Final = re.compile(r"\bsaid yes\b|\bconfirmed\b|^By\b", re.MULTILINE)
_CONFIRMED: Final = re.compile(r"\bconfirmed\b")
_CALENDAR: Final = re.compile(r"\bthis calendar\b")
_UNCONFIRMED: Final = re.compile(r"\bnot yet confirmed by (either side)?")
_BOTH: Final = re.compile(r"\bboth\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[.;]\s+|\n")
_NO_POSITION: Final = re.compile(r"\bno position\b")
_NO_OFFER: Final = re.compile(r"\bno offer\b")


@dataclass(frozen=True)
class Yes:
    """When A and B said yes to something, and when they confirmed it."""

    said: tuple[date | None, date | None]
    confirmed: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True)
class Claim:
    """That some sides said yes, or confirmed, on a day; with `latest`, that the last of them did."""

    sides: frozenset[str]
    on: date
    confirmed: bool
    latest: bool

    def holds(self, yes: Yes) -> bool:
        """Whether it is so."""
        days = [(yes.confirmed if self.confirmed else yes.said)[SIDES.index(side)] for side in sorted(self.sides)]
        if self.latest:
            return all(days) and max(day for day in days if day) == self.on
        return all(day == self.on for day in days)


def facts_of_yes(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """Who said yes and when, and who put forward nothing."""
    for at in reading.body():
        for piece in reading.of_passage[at]:
            if _YES.search(piece.rest):
                yield from _agreed(plan, piece)
            yield from _nothing(plan, piece)


def _agreed(plan: Plan, piece: Piece) -> Iterator[Finding]:
    entries = plan.entries_of(piece)
    found = [Yes((e.a.yes_on, e.b.yes_on), (e.a.confirmed_on, e.b.confirmed_on)) for e in entries]
    for clause in _CLAUSE.split(piece.rest):
        meant = [Yes(laid.yes_on) for laid in plan.cast.laid] if _CALENDAR.search(clause) else found
        false = [claim for claim in _claims(plan, clause) if meant and not any(claim.holds(yes) for yes in meant)]
        for claim in false[:1]:
            who = " and ".join(plan.cast.named(plan.cast.side(side)) for side in sorted(claim.sides))
            did = "confirmed it" if claim.confirmed else "said yes"
            yield wrong(
                piece.passage, f"On file {who} {did} on another day than {said(claim.on)}: “{shortened(clause)}”"
            )
        missing = _UNCONFIRMED.search(clause)
        if missing and meant:
            named = plan.cast.sides(plan.reading.people.named(clause[missing.start() :], {ADULT}))
            sides = frozenset(SIDES) if missing[1] else named
            if not any(all(yes.confirmed[SIDES.index(side)] is None for side in sides) for yes in meant):
                yield wrong(piece.passage, f"On file it is confirmed: “{shortened(clause)}”")


def _claims(plan: Plan, clause: str) -> Iterator[Claim]:
    """Each day of a clause with those named last before it: "by A on 3 August, and by B on 4 August"."""
    at = 0
    for found in dates_in(clause):
        before = clause[at : found.start]
        sides = plan.cast.sides(plan.reading.people.named(before, {ADULT}))
        if not sides and _BOTH.search(before):
            sides = frozenset(SIDES)
        at = found.end
        if sides:
            confirmed = bool(_CONFIRMED.search(clause[: found.start]))
            yield Claim(sides, found.on, confirmed, latest=before.rstrip().endswith(" by"))


def _nothing(plan: Plan, piece: Piece) -> Iterator[Finding]:
    """That a side asks for nothing, or that no offer of it is told, in its own column."""
    columns = piece.passage.columns
    if piece.cell is None or piece.cell >= len(columns):
        return
    sides = plan.cast.sides(plan.reading.people.named(columns[piece.cell], {ADULT}))
    no_position, no_offer = _NO_POSITION.search(piece.rest), _NO_OFFER.search(piece.rest)
    if len(sides) != 1 or not (no_position or no_offer):
        return
    (side,) = sides
    positions = [entry.positions[SIDES.index(side)] for entry in plan.entries_of(piece)]
    if positions and all(p.to_court if no_position else p.told_offer for p in positions):
        what = f"“{shortened(piece.text)}” stands in the column of {plan.cast.named(plan.cast.side(side))}, who did."
        yield wrong(piece.passage, what)
