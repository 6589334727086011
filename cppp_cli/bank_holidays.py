"""Bank holidays in England and Wales, for any year and without a network.

They come from the `holidays` library. A day proclaimed after its release (a coronation, a funeral) is not known
until the library is renewed, so the officer can still close any day by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# The library's names, where an English calendar prints another.
_PRINTED = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Every bank holiday from the start of `first_year` to the end of `last_year`.

    Substitute days are in it, and so is the day they stand for: Saturday 26 December 2026 and Monday the 28th.
    """
    return frozenset(bank_holiday_names(first_year, last_year))


def bank_holiday_names(first_year: int, last_year: int) -> Mapping[date, str]:
    """The same days in order, each with the name an English calendar prints."""
    import holidays  # 50 ms, and few commands ask for a working day

    # Left to itself the library translates the names by the language of the machine.
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1), language="en_GB")
    return {day: _printed(name) for day, name in sorted(found.items())}


def _printed(name: str) -> str:
    substitute = name.removesuffix(" (observed)")
    if substitute != name:
        return f"{_PRINTED.get(substitute, substitute)} (substitute day)"
    return _PRINTED.get(name, name)
