"""The shared-care bands of child maintenance, as they stand in maintenance_bands.toml: nights a year, never money.

For the officer alone: the edges between bands are what parents haggle over, so no plan, report or form shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import TemplateError
from cppp_cli.programme.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = "maintenance_bands.toml"
YEAR: Final = 365  # nights the bands count over

_MOST: Final = 366
_SETTINGS: Final = {"source", "rule-date", "band"}
_MONEY: Final = ("£", "$", "€", "pound", "pence")


@dataclass(frozen=True, slots=True)
class Band:
    """From this many nights a year with the parent who pays, what is paid becomes less by this much, in words."""

    from_nights: int
    reduction: str


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands in order, where they come from, and the day their source was last changed."""

    source: str
    rule_date: date
    bands: tuple[Band, ...]

    @property
    def edges(self) -> tuple[int, ...]:
        """The first number of nights of each band."""
        return tuple(band.from_nights for band in self.bands)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number of nights lies among the bands.

    Attributes:
        nights: a year, to half a night where it is the mean of two years.
        band: its band; none below the first edge.
        last: the highest whole number of nights of the band; none in the last band.
        over: nights above the edge it has passed; none below the first.
        short: nights still wanting to the next edge; none in the last band.
    """

    nights: float
    band: Band | None
    last: int | None
    over: float | None
    short: float | None


def read_bands(table: Mapping[str, object]) -> Bands:
    """The bands in a parsed maintenance_bands.toml.

    Raises:
        TemplateError: something is missing or written wrongly, the edges do not rise, or money is named.
    """
    if set(table) != _SETTINGS:
        raise _problem("it must hold source, rule-date and one [[band]] for each band, and nothing else")
    source, day, found = table["source"], table["rule-date"], table["band"]
    if not isinstance(source, str) or not source.strip():
        raise _problem("source must be words")
    if type(day) is not date:
        raise _problem("rule-date must be a date such as 2023-10-27, without quotation marks")
    if not isinstance(found, list) or not found:
        raise _problem("there must be one [[band]] at least")
    bands = tuple(_band(number, entry) for number, entry in enumerate(found, start=1))
    if any(after.from_nights <= before.from_nights for before, after in pairwise(bands)):
        raise _problem("from-nights must rise from each band to the next")
    return Bands(source.strip(), day, bands)


def place(bands: Bands, nights: float) -> Place:
    """The band of so many nights a year with the parent who pays, and how far its edges are."""
    passed = [band for band in bands.bands if nights >= band.from_nights]
    coming = next((band for band in bands.bands if nights < band.from_nights), None)
    band = passed[-1] if passed else None
    return Place(
        nights,
        band,
        coming.from_nights - 1 if coming else None,
        nights - band.from_nights if band else None,
        coming.from_nights - nights if coming else None,
    )


def say_band(bands: Bands, found: Place) -> str:
    """The band in words: "104 to 155 nights: two sevenths less"."""
    if found.band is None:
        return f"under {bands.edges[0]} nights: nothing less"
    first = found.band.from_nights
    return f"{f'{first} or more' if found.last is None else f'{first} to {found.last}'} nights: {found.band.reduction}"


def say_edges(found: Place) -> str:
    """How far the edges are, in words: "exactly on the edge of 104; 52 below the next"."""
    said = []
    if found.band is not None and found.over is not None:
        edge = found.band.from_nights
        said.append(f"{_number(found.over)} above {edge}" if found.over else f"exactly on the edge of {edge}")
    if found.short is not None and found.last is not None:
        said.append(f"{_number(found.short)} below {found.last + 1}")
    return "; ".join(said)


def say_rule(bands: Bands) -> str:
    """What the bands are, with the rule's date, and what they are not."""
    day = bands.rule_date
    return (
        f"Rule of {day.day} {MONTHS[day.month - 1]} {day.year} ({bands.source}). "
        "Not a maintenance calculation: the bands count nights with the parent who pays, usually over twelve months, "
        "and other rules apply as well. For you only; no document shows them."
    )


def _band(number: int, entry: object) -> Band:
    if not isinstance(entry, dict) or set(entry) != {"from-nights", "reduction"}:
        raise _problem(f"band {number} must hold from-nights and reduction and nothing else")
    nights, words = entry["from-nights"], entry["reduction"]
    if type(nights) is not int or not 0 < nights <= _MOST:
        raise _problem(f"from-nights of band {number} must be a whole number from 1 to {_MOST}")
    if not isinstance(words, str) or not words.strip():
        raise _problem(f"the reduction of band {number} must be words")
    if any(sign in words.lower() for sign in _MONEY):
        raise _problem(f"the reduction of band {number} names money; nights do not give a sum")
    return Band(nights, words.strip())


def _number(nights: float) -> str:
    return f"{nights:g}"


def _problem(what: str) -> TemplateError:
    return TemplateError(f"{FILE}: {what}. Correct the file, or remove it to use the one that comes with cppp.")
