"""For whom something is agreed or open, and where it stands: a child's name beside the entry of another child."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import days_in
from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.gather_words import collapsed
from cppp_cli.checks.attribution.records import CHILD
from cppp_cli.checks.attribution.saying import shortened
from cppp_cli.programme.ledger import STATES
from cppp_cli.programme.ledger_children import children_named, holds_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Piece, Reading, Typed
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.ledger import Entry

ALL: Final = "all the children"
_AGAIN: Final = re.compile(r"\blooked at again\b")


class Plan:
    """The entries of the ledger as a document may speak of them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cast = reading.cast
        self.entries = {entry.number: entry for entry in self.cast.entries}
        self.holds = {n: frozenset(holds_for(e, self.cast.entries, self.cast.case)) for n, e in self.entries.items()}
        titles = sorted({collapsed(entry.title) for entry in self.entries.values()}, key=len, reverse=True)
        states = "|".join(re.escape(state) for state in STATES.values())
        self._claims = re.compile(
            rf"(?:^|(?<=[;:] ))(?P<title>{'|'.join(map(re.escape, titles))})(?: \((?P<state>{states})\))?"
            r"(?:, for (?P<for>[^:.;()\n]+)| \((?P<of>[^()\n]+)\))",
            re.MULTILINE,
        )

    def children(self, text: str) -> frozenset[int] | None:
        """The children a text speaks of; None when it speaks of none."""
        if ALL in text:
            return frozenset(child.number for child in self.cast.case.children)
        return self.cast.children(self.reading.people.named(text, {CHILD})) or None

    def claimed(self, text: str) -> Iterator[tuple[re.Match[str], frozenset[int], list[Entry]]]:
        """Each topic named together with children: where, the children, and the entries that may be meant."""
        for found in self._claims.finditer(text) if self.entries else ():
            children = self.children(found["for"] or found["of"])
            if children is not None:
                fitting = [
                    entry
                    for number, entry in self.entries.items()
                    if collapsed(entry.title) == found["title"] and self.holds[number] == children
                    if found["state"] in {None, STATES[entry.state]}
                ]
                yield found, children, fitting

    def entries_of(self, piece: Piece) -> list[Entry]:
        """The entries a piece speaks of, by the words beside it, before it, or by the heading above it."""
        reading, passage = self.reading, piece.passage
        if piece.cell is not None:
            beside = [typed for other in reading.of_passage[piece.at] for typed in other.typed]
        else:
            before = (reading.of_passage[at] for at in reading.before(piece.at))
            beside = next((found for pieces in before if (found := _of_entries(pieces))), [])
        numbers = {number for typed in beside for number in typed.words.entries}
        if numbers:
            return [self.entries[number] for number in sorted(numbers)]
        for heading in reversed(passage.under):
            for _, _, fitting in self.claimed(heading):
                return fitting
        return []


def _of_entries(pieces: list[Piece]) -> list[Typed]:
    return [typed for piece in pieces for typed in piece.typed if typed.words.entries]


def facts_of_plan(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """Topics that are put down for the wrong children."""
    for_child = {collapsed(entry.for_child) for entry in plan.entries.values() if entry.for_child}
    for at in reading.body():
        for piece in reading.of_passage[at]:
            yield from _topics(plan, piece)
            for typed in piece.typed:
                if typed.words.entries:
                    yield from _words(plan, piece, typed, told=typed.words.text in for_child)


def _topics(plan: Plan, piece: Piece) -> Iterator[Finding]:
    """A topic with children for whom there is none of the kind, of the state its row says, or looked at again then."""
    first = piece.passage.cells[0] if piece.passage.cells else ""
    state = first if first in STATES.values() else None
    for found, _, fitting in plan.claimed(piece.rest):
        line = piece.rest[found.end() :].partition("\n")[0]
        days = days_in(line) if _AGAIN.search(line) else frozenset()
        if not any((not state or STATES[e.state] == state) and (not days or e.review_on in days) for e in fitting):
            what = f"“{shortened(found[0])}” stands here{f' as “{state}”' if state else ''}; on file is no such entry."
            yield wrong(piece.passage, what)


def _words(plan: Plan, piece: Piece, typed: Typed, *, told: bool) -> Iterator[Finding]:
    """Words of an entry beside children it is not for."""
    entries = [plan.entries[number] for number in sorted(typed.words.entries)]
    beside = [other.rest for other in plan.reading.of_passage[piece.at] if other is not piece]
    claims = (plan.children(scope) for scope in [piece.rest, *beside, *plan.reading.scopes(piece)])
    claim = next((claim for claim in claims if claim is not None), None)
    to = plan.cast.addressed_to
    if to is not None:  # a letter to one child may tell what holds for several
        entries = [entry for entry in entries if not {to} | (claim or frozenset()) <= plan.holds[entry.number]]
        claim = claim or frozenset({to})
        if len(entries) < len(typed.words.entries):
            return
    elif claim is None and told and not typed.words.own:
        claim = frozenset(child.number for child in plan.cast.case.children)
    if claim is not None and not any(plan.holds[entry.number] == claim for entry in entries):
        named = plan.cast.named(frozenset(f"children.{number}" for number in claim))
        meant = children_named(entries[0], plan.cast.entries, plan.cast.case)
        what = f"It is put down for {named}; on file it is for {meant}: “{shortened(typed.words.text)}”"
        yield wrong(piece.passage, what)
