"""The dates in a text, as the documents write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")


@dataclass(frozen=True)
class Dated:
    """A date, and where it stands."""

    start: int
    end: int
    on: date


def dates_in(text: str) -> Iterator[Dated]:
    """Every date such as "6 March 2027" that there is."""
    for found in _DATE.finditer(text):
        try:
            on = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
        except ValueError:
            continue
        yield Dated(found.start(), found.end(), on)


def days_in(text: str) -> frozenset[date]:
    """The days a text names."""
    return frozenset(found.on for found in dates_in(text))


def said(day: date | None) -> str:
    """A day as the documents write it."""
    return "not recorded" if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
