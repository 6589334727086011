"""Typed words for one child that name only another: nothing in them can be told wrong for certain, so it is a doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.checks.attribution.gather_words import collapsed
from cppp_cli.checks.attribution.records import BROTHERS, CHILD
from cppp_cli.checks.attribution.saying import advisory, shortened
from cppp_cli.checks.attribution.structure import SIBLING
from cppp_cli.programme.sessions import statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.facts_plan import Plan
    from cppp_cli.checks.attribution.reading import Piece, Reading, Typed
    from cppp_cli.checks.finding import Finding


def siblings(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """Clauses for one child, and summaries of what one child said, that name a sibling and not that child."""
    summaries = {
        collapsed(one.words) for session in reading.cast.sessions for one in statements(session) if not one.exact
    }
    for piece in reading.pieces:
        for typed in piece.typed:
            named = reading.cast.children(reading.people.named(typed.words.text, {CHILD}))
            if named and typed.words.entries and not typed.words.owners:
                yield from _of_entry(plan, piece, typed, named)
            elif named and typed.words.text in summaries:
                yield from _of_summary(reading, piece, typed, named)


def _of_entry(plan: Plan, piece: Piece, typed: Typed, named: frozenset[int]) -> Iterator[Finding]:
    if not any(named & plan.holds[number] for number in typed.words.entries):
        meant = frozenset(f"children.{n}" for number in typed.words.entries for n in plan.holds[number])
        yield _doubt(plan.reading, piece, typed, named, f"This is for {plan.cast.named(meant)}")


def _of_summary(reading: Reading, piece: Piece, typed: Typed, named: frozenset[int]) -> Iterator[Finding]:
    if not named & reading.cast.children(typed.words.owners):
        yield _doubt(reading, piece, typed, named, f"This sums up what {reading.cast.named(typed.words.owners)} said")


def _doubt(reading: Reading, piece: Piece, typed: Typed, named: frozenset[int], where: str) -> Finding:
    who = reading.cast.named(frozenset(f"children.{number}" for number in named))
    return advisory(SIBLING, piece.passage, f"{where}, and names only {who}: “{shortened(typed.words.text)}”", BROTHERS)
