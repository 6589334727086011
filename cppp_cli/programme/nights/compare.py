"""Two proposals side by side: the nights they would give to different people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cppp_cli.errors import UsageProblemError
from cppp_cli.programme.nights.figures import Tally

if TYPE_CHECKING:
    from cppp_cli.programme.nights.lay import Nights


@dataclass(frozen=True, slots=True)
class DisputedNight:
    """One night, and whom each proposal gives it to."""

    on: date
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class DisputedRange:
    """Disputed nights one after the other with the same two answers; both dates belong to it."""

    first: date
    last: date
    one: str
    other: str

    @property
    def nights(self) -> int:
        """How many nights it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The nights of a window on which two proposals differ.

    Attributes:
        first: the first night of the window.
        last: the last night of it.
        days: how many nights the window has.
        nights: the disputed nights, by date.
        one: who has the disputed nights by the first proposal.
        other: who has them by the second.
        pairs: how many there are of each pair of answers, such as ``("A", "B")``.
        ranges: the disputed nights, drawn together.
    """

    first: date
    last: date
    days: int
    nights: tuple[DisputedNight, ...]
    one: Tally
    other: Tally
    pairs: dict[tuple[str, str], int]
    ranges: tuple[DisputedRange, ...]

    def as_data(self) -> dict[str, object]:
        """All of it in plain values, as ``--json`` prints them."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "days": self.days,
            "disputed": len(self.nights),
            "one": self.one.as_data(),
            "other": self.other.as_data(),
            "pairs": {f"{one}{other}".lower(): count for (one, other), count in self.pairs.items()},
            "nights": [{"on": n.on.isoformat(), "one": n.one, "other": n.other} for n in self.nights],
            "ranges": [
                {
                    "first": r.first.isoformat(),
                    "last": r.last.isoformat(),
                    "nights": r.nights,
                    "one": r.one,
                    "other": r.other,
                }
                for r in self.ranges
            ],
        }


def compare(one: Nights, other: Nights) -> Comparison:
    """The nights on which two proposals differ.

    Raises:
        UsageProblemError: they were not laid out over the same nights.
    """
    if (one.first, one.days) != (other.first, other.days):
        raise UsageProblemError(
            "Two proposals are compared over the same nights. Give both the same first night and length."
        )
    found = tuple(
        DisputedNight(one.first + timedelta(days=place), mine, theirs)
        for place, (mine, theirs) in enumerate(zip(one.letters, other.letters, strict=True))
        if mine != theirs
    )
    by_one, by_other = Counter(night.one for night in found), Counter(night.other for night in found)
    return Comparison(
        first=one.first,
        last=one.last,
        days=one.days,
        nights=found,
        one=Tally(by_one["A"], by_one["B"], by_one["O"]),
        other=Tally(by_other["A"], by_other["B"], by_other["O"]),
        pairs=dict(sorted(Counter((night.one, night.other) for night in found).items())),
        ranges=_ranges(found),
    )


def _ranges(found: tuple[DisputedNight, ...]) -> tuple[DisputedRange, ...]:
    ranges: list[DisputedRange] = []
    for night in found:
        last = ranges[-1] if ranges else None
        if last and (last.one, last.other) == (night.one, night.other) and (night.on - last.last).days == 1:
            ranges[-1] = DisputedRange(last.first, night.on, night.one, night.other)
        else:
            ranges.append(DisputedRange(night.on, night.on, night.one, night.other))
    return tuple(ranges)
