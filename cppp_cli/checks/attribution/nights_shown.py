"""Nights in tables: those of both proposals, and the months of an agreed calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.records import ADULT
from cppp_cli.checks.attribution.saying import shortened
from cppp_cli.programme.dates import MONTHS
from cppp_cli.programme.ledger import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.facts_plan import Plan
    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.passage import Passage

SOMEBODY: Final = "somebody else"
_PROPOSES: Final = re.compile(r"\bproposes\b")
_MONTH: Final = re.compile(rf"({'|'.join(MONTHS)}) (\d{{4}})")
_FOR: Final = re.compile(r"\bmonths\b.*\bfor\b", re.IGNORECASE)
_SQUARE: Final = re.compile(r"(\d{1,2}) ([ABO])")
_WEEK: Final = 7


def facts_of_shown_nights(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """Tables of nights that are another's."""
    month: tuple[int, int] | None = None
    for at, passage in enumerate(reading.passages):
        found = _MONTH.fullmatch(passage.text.strip())
        if found:
            month = int(found[2]), MONTHS.index(found[1]) + 1
        elif passage.kind == "heading" and _FOR.search(passage.text):
            yield from _months_for(plan, passage)
        elif passage.kind == "row" and not reading.is_head(at):
            if any(_PROPOSES.search(column) for column in passage.columns):
                yield from _proposed(reading, passage)
            elif month and len(passage.cells) == _WEEK:
                yield from _squares(plan, passage, month)


def _proposed(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """A row of the nights of both proposals: by whose proposal, and with whom."""
    cast = reading.cast
    whose = cast.sides(reading.people.named(passage.cells[0], {ADULT}))
    whose = frozenset("O") if SOMEBODY in passage.cells[0] else whose
    proposals = [laid.proposals for laid in cast.laid if laid.proposals]
    if len(whose) != 1 or not proposals:
        return
    (letter,) = whose
    seen = [
        (SIDES.index(next(iter(sides))), int(cell))
        for column, cell in zip(passage.columns[1:], passage.cells[1:], strict=False)
        if len(sides := cast.sides(reading.people.named(column, {ADULT}))) == 1 and cell.isdigit()
    ]
    if not any(all(both[by].letters.count(letter) == count for by, count in seen) for both in proposals):
        who = SOMEBODY if letter == "O" else cast.named(cast.side(letter))
        what = f"By the proposals these are not the nights with {who}: “{shortened(' · '.join(passage.cells))}”"
        yield wrong(passage, what)


def _months_for(plan: Plan, passage: Passage) -> Iterator[Finding]:
    """The heading of the months of children who have no agreed calendar together."""
    children = plan.children(passage.text)
    if plan.cast.laid and children and not _agreed(plan, children):
        yield wrong(passage, f"No such calendar is agreed for them: “{shortened(passage.text)}”")


def _squares(plan: Plan, passage: Passage, month: tuple[int, int]) -> Iterator[Finding]:
    """A week of a month: every night with whom the calendar says."""
    above = next((heading for heading in reversed(passage.under) if _FOR.search(heading)), "")
    calendars = _agreed(plan, plan.children(above) if above else None)
    squares = [found for cell in passage.cells if (found := _SQUARE.fullmatch(cell.strip()))]
    nights = [(date(*month, int(day)), letter) for day, letter in (found.groups() for found in squares)]
    if calendars and not any(all(_letter(one, on) in {letter, ""} for on, letter in nights) for one in calendars):
        yield wrong(passage, f"By the agreed calendar these nights are otherwise: “{' | '.join(passage.cells)}”")


def _agreed(plan: Plan, children: frozenset[int] | None) -> list[Nights]:
    """The agreed calendars of some children together; of anybody where nobody is named."""
    laid = (one for one in plan.cast.laid if children is None or frozenset(one.children) == children)
    return [one.agreed for one in laid if one.agreed]


def _letter(nights: Nights, on: date) -> str:
    at = (on - nights.first).days
    return nights.letters[at] if 0 <= at < nights.days else ""
