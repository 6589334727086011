"""How long a calendar takes: run with ``python tests/benchmarks/nights.py``.

One year with its figures, and 18 years for three children with every layer, in this process; and the same nights worked
out one by one by the slow reading the tests compare with (tests/programme/nights/slow_nights.py). All of them take turns
round after round; the medians are printed, and whether both readings gave the same nights.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import time
from datetime import date, timedelta
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "programme" / "nights"))

from slow_nights import letters_of

from cppp_cli.programme.nights.figures import figures
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.patterns import find
from cppp_cli.programme.nights.rules import (
    Calendar,
    DayKind,
    Daytime,
    HolidayRule,
    Middle,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.terms import HolidayKind, Period, TermDates

if TYPE_CHECKING:
    from collections.abc import Callable

AIM = 100  # ms, for 18 years of three children with every layer
FIRST, YEARS = date(2026, 9, 1), 18
DAYS = (date(FIRST.year + YEARS, FIRST.month, FIRST.day) - FIRST).days


def school(shift: int) -> TermDates:
    """The terms of 18 school years; ``shift`` days later at one school than at another."""
    moved = timedelta(days=shift)
    ends = (
        ((9, 1), (10, 23)),
        ((11, 2), (12, 18)),
        ((1, 4), (2, 12)),
        ((2, 22), (3, 25)),
        ((4, 12), (5, 28)),
        ((6, 7), (7, 21)),
    )
    return TermDates(
        tuple(
            Period(date(year + (low[0] < 9), *low) + moved, date(year + (low[0] < 9), *high) + moved, "term")
            for year in range(FIRST.year, FIRST.year + YEARS)
            for low, high in ends
        )
        + tuple(
            Period(date(year, 11, 27), date(year, 11, 27), "inset") for year in range(FIRST.year, FIRST.year + YEARS)
        )
    )


def child(number: int) -> Calendar:
    """One child's arrangement with every layer."""
    bank_holidays = frozenset(
        date(year, month, day)
        for year in range(FIRST.year, FIRST.year + YEARS + 1)
        for month, day in ((1, 1), (5, 3), (5, 31), (8, 30), (12, 25))
    )
    return Calendar(
        find(("alternate-weekends-midweek", "2-2-5-5", "week-on-week-off")[number]).letters,
        date(2026, 9, 7),
        daytimes=(Daytime(2, *_hours(15, 19), "B"), Daytime(6, *_hours(10, 16), "B", 2)),
        holidays=(
            HolidayRule(HolidayKind.ANY, Share.HALVES, Turn.A_EVEN, Middle.B_EVEN),
            HolidayRule(HolidayKind.SUMMER, Share.BLOCKS, Turn.B_EVEN),
            HolidayRule(HolidayKind.OCTOBER, Share.WHOLE, Turn.A_EVEN),
            HolidayRule(HolidayKind.BANK_HOLIDAY, Share.WEEKEND),
            HolidayRule(HolidayKind.INSET, Share.WHOLE, Turn.B),
        ),
        special_days=(
            *(
                SpecialDay(kind, Turn.A_EVEN)
                for kind in (DayKind.CHRISTMAS_EVE, DayKind.CHRISTMAS_DAY, DayKind.EASTER_SUNDAY)
            ),
            SpecialDay(DayKind.MOTHERING_SUNDAY, Turn.A, before=1),
            SpecialDay(DayKind.FATHERS_DAY, Turn.B, before=1),
            SpecialDay(DayKind.BOXING_DAY, Turn.B_EVEN, hours=_hours(12, 18)),
            SpecialDay(DayKind.EVERY_YEAR, Turn.B_EVEN, "a birthday", 2, 29 - number),
        ),
        swaps=tuple(
            Swap(day, day + timedelta(days=2), "AB"[year % 2])
            for year in range(40)
            if (day := FIRST + timedelta(days=160 * year + number))
        ),
        terms=school(number),
        bank_holidays=bank_holidays,
    )


def _hours(low: int, high: int) -> tuple[clock, clock]:
    return clock(low), clock(high)


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=15)
    rounds = options.parse_args().rounds
    children = [child(number) for number in range(3)]
    bare = Calendar(find("2-2-5-5").letters, date(2026, 9, 7))
    tasks = {
        "one year of a bare pattern, laid out and counted": lambda: figures(lay(bare, FIRST, 365)),
        "one year with every layer, laid out and counted": lambda: figures(lay(children[0], FIRST, 365)),
        f"{YEARS} years, three children, every layer: laid out": lambda: [lay(one, FIRST, DAYS) for one in children],
        f"{YEARS} years, three children, every layer: laid out and counted": lambda: [
            figures(lay(one, FIRST, DAYS)) for one in children
        ],
        f"{YEARS} years, three children, school years known anew": lambda: [
            figures(lay(child(n), FIRST, DAYS)) for n in range(3)
        ],
        "one year with every layer, night by night (slow reading)": lambda: letters_of(children[0], FIRST, 365),
    }
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            taken[name].append(timed(task))
    slow = [letters_of(one, FIRST, DAYS) == lay(one, FIRST, DAYS).letters for one in children]
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; {rounds} rounds, medians in ms (least to most)"
    )
    for name, found in taken.items():
        print(f"{name:<66} {statistics.median(found):>9.2f}   ({min(found):.2f} to {max(found):.2f})")
    whole = statistics.median(taken[f"{YEARS} years, three children, every layer: laid out and counted"])
    print(
        f"aim: under {AIM} ms for {YEARS} years of three children ({DAYS} nights each): {'met' if whole < AIM else 'NOT met'}"
    )
    print(f"both readings give the same nights over {YEARS} years: {'yes' if all(slow) else 'NO'}")
    if not all(slow):
        sys.exit(1)


if __name__ == "__main__":
    main()
