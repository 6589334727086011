"""Nights as they are shown: one arrangement, two side by side, why a night is whose it is, the bands, a calendar file.

What is shown is a calendar with the words for it, wherever it comes from: a pattern typed now, or the ledger of a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli.show import columns, facts, paragraph, pieces, result, table

if TYPE_CHECKING:
    from cppp_cli.programme.nights.compare import Comparison
    from cppp_cli.programme.nights.figures import Figures
    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.nights.maintenance import Bands
    from cppp_cli.programme.nights.rules import Calendar, Layer
    from cppp_cli.programme.nights.telling_words import Names

YEAR, TWO_YEARS = 365, 730  # nights
PIPED_WIDTH = 80  # two months side by side


@dataclass(frozen=True)
class Arrangement:
    """One calendar and the words for it.

    Attributes:
        title: what it is called, such as a pattern's label or whose nights they are.
        calendar: what decides each night.
        names: what the people are called.
        handover_at: when the children change over, if anybody named a time.
        key: tells its events in a calendar file from those of another; nothing about anybody.
        children: the numbers of the children it holds for; none outside a case.
    """

    title: str
    calendar: Calendar
    names: Names
    handover_at: time | None = None
    key: str = ""
    children: tuple[int, ...] = ()


@dataclass(frozen=True)
class Window:
    """The nights that are counted; with ``both`` one and two years from the first night, side by side."""

    first: date
    days: int = YEAR
    both: bool = False

    @property
    def lengths(self) -> tuple[tuple[str, int], ...]:
        """Each window's heading and its nights."""
        if not self.both:
            return ((f"{self.days} nights" if self.days > 1 else "One night", self.days),)
        return ("One year", self.days), ("Two years", TWO_YEARS)


def nights_of(arrangement: Arrangement, window: Window) -> Nights:
    """The nights of the main window."""
    from cppp_cli.programme.nights.lay import lay

    return lay(arrangement.calendar, window.first, window.days)


def figures_of(arrangement: Arrangement, window: Window) -> tuple[Figures, ...]:
    """The figures of the main window, and of two years where these are shown too."""
    from cppp_cli.programme.nights.figures import figures
    from cppp_cli.programme.nights.lay import lay

    return tuple(figures(lay(arrangement.calendar, window.first, days)) for _, days in window.lengths)


def print_arrangement(arrangement: Arrangement, window: Window, *, months: int, plain: bool) -> None:
    """Print what is arranged in words, its figures, and the first months of its grid."""
    from cppp_cli.commands.nights_table import Counted, print_figures
    from cppp_cli.programme.nights.telling import tell, tell_window

    nights = nights_of(arrangement, window)
    result(arrangement.title)
    result("")
    told = tell(arrangement.calendar, arrangement.names, handover_at=arrangement.handover_at)
    for said in (*told, tell_window(nights, arrangement.names)):
        paragraph(said)
    counted = [
        Counted(heading, found)
        for (heading, _), found in zip(window.lengths, figures_of(arrangement, window), strict=True)
    ]
    print_figures(counted, arrangement.names, plain=plain)
    print_cautions([found.figures for found in counted], counted_backwards(arrangement, window.first))
    if months:
        print_months(nights, months, plain=plain)
        print_sides(arrangement)


def print_cautions(found: Sequence[Figures], more: Sequence[str] = ()) -> None:
    """Print what the reader should know besides the figures, each once."""
    for caution in dict.fromkeys((*more, *(caution for figures in found for caution in figures.cautions))):
        paragraph(f"Note: {caution}")


def counted_backwards(arrangement: Arrangement, first: date) -> tuple[str, ...]:
    """A sentence when nights of a case are asked for that lie before its calendar begins."""
    from cppp_cli.programme.dates import say_date

    starts_on = arrangement.calendar.starts_on
    if not arrangement.children or first >= starts_on:
        return ()
    said = (
        f"This calendar begins on {say_date(starts_on)}. For the nights before, its pattern is counted backwards; "
        "something else may have held then."
    )
    return (said,)


def print_sides(arrangement: Arrangement, indent: int = 0) -> None:
    """Print who A and B are, where they have names."""
    names = arrangement.names
    if (names.a, names.b) != ("A", "B"):
        paragraph(f"A is {names.a}, B is {names.b}.", indent=indent)


def print_months(nights: Nights, most: int, *, plain: bool) -> None:
    """Print the first months of a window as a grid; plain, as lines that can be read aloud."""
    from cppp_cli.programme.nights.month import abreast, in_lines, legend
    from cppp_cli.programme.nights.month import months as months_of

    found = months_of(nights, most)
    result("")
    if plain:
        for month in found:
            result(month.title)
            for line in in_lines(month):
                result(line)
        return
    pieces(abreast(found, columns() or PIPED_WIDTH))
    result("")
    paragraph(legend(found))


def print_comparison(one: Arrangement, other: Arrangement, window: Window, *, plain: bool) -> None:
    """Print two arrangements in words, their figures side by side, and the nights on which they differ."""
    from cppp_cli.commands.nights_table import Counted, print_figures
    from cppp_cli.programme.nights.telling import tell

    for heading, arrangement in (("First", one), ("Second", other)):
        if arrangement is other:
            result("")
        result(f"{heading}: {arrangement.title}")
        for said in tell(arrangement.calendar, arrangement.names, handover_at=arrangement.handover_at):
            paragraph(said, indent=2)
        print_cautions([], counted_backwards(arrangement, window.first))
    for place, (length, _) in enumerate(window.lengths):
        counted = [
            Counted(f"{heading}, {length.lower()}", figures_of(arrangement, window)[place])
            for heading, arrangement in (("First", one), ("Second", other))
        ]
        print_figures(counted, one.names, plain=plain)
        print_cautions([found.figures for found in counted])
    found = comparison(one, other, window)
    result("")
    _print_disputed(found, one.names, plain=plain)
    print_sides(one)


def comparison(one: Arrangement, other: Arrangement, window: Window) -> Comparison:
    """The nights of the main window on which two arrangements differ."""
    from cppp_cli.programme.nights.compare import compare

    return compare(nights_of(one, window), nights_of(other, window))


def _print_disputed(found: Comparison, names: Names, *, plain: bool) -> None:
    from cppp_cli.programme.dates import say_date, short_date

    span = f"the {found.days} nights from {say_date(found.first)} to {say_date(found.last)}"
    if not found.nights:
        paragraph(f"No night of {span} is disputed: both give each to the same side.")
        return
    paragraph(f"{len(found.nights)} of {span} {'is' if len(found.nights) == 1 else 'are'} disputed:")
    rows = [
        (short_date(part.first), short_date(part.last), str(part.nights), names.of(part.one), names.of(part.other))
        for part in found.ranges
    ]
    table(("First night", "Last night", "Nights", "First", "Second"), rows, plain=plain)


def print_why(arrangement: Arrangement, day: date) -> None:
    """Print whose night it is, which layer decided that, and what the layers below would have said."""
    from cppp_cli.programme.dates import say_date, say_time
    from cppp_cli.programme.nights.daytimes import visits_on
    from cppp_cli.programme.nights.lay import lay

    nights, names = lay(arrangement.calendar, day, 1), arrangement.names
    why = nights.explain(day)
    paragraph(f"The night of {say_date(day)} is with {names.of(why.letter)}.")
    paragraph(f"Decided by the {_layered(why.layer, why.words)}.", indent=2)
    for said in why.lower:
        words = _layered(said.layer, said.words)
        paragraph(f"Below it, {names.of(said.letter)} by the {words}.", indent=2)
    for visit in visits_on(nights, day):
        hours = f"{say_time(visit.start)} to {say_time(visit.end)}"
        paragraph(f"In the day, {hours} is with {names.of(visit.letter)}; that changes no night.", indent=2)
    print_sides(arrangement, indent=2)
    print_cautions([], counted_backwards(arrangement, day))


def _layered(layer: Layer, words: str) -> str:
    """A rule after the name of its layer, which is not said twice."""
    own = words.partition(": ")
    return f"{layer.label}: {own[2] if own[0] and layer.label.startswith(own[0]) else words}"


def print_bands(arrangement: Arrangement, first: date, bands: Bands) -> None:
    """Print where the nights with the side that has fewer lie among the maintenance bands; with equal nights, both."""
    from cppp_cli.programme.nights import maintenance

    result("")
    result("Child maintenance bands")
    for heading, letter, nights in bands_of(arrangement, first):
        found = maintenance.place(bands, nights)
        result("")
        facts(
            {
                "Counted over": heading,
                "If the one who pays is": arrangement.names.of(letter),
                "Nights a year": f"{nights:g}",
                "Band": maintenance.say_band(bands, found),
                "Edges": maintenance.say_edges(found),
            }
        )
    result("")
    paragraph(maintenance.say_rule(bands))


def bands_of(arrangement: Arrangement, first: date) -> list[tuple[str, str, float]]:
    """Over one year, and over two years as the mean of both: the side with fewer nights, and how many a year."""
    from cppp_cli.programme.nights.lay import lay

    found = []
    for heading, days, years in (("one year", YEAR, 1), ("two years, a mean year", TWO_YEARS, 2)):
        letters = lay(arrangement.calendar, first, days).letters
        counts = {letter: letters.count(letter) / years for letter in "AB"}
        fewest = min(counts.values())
        found += [(heading, letter, count) for letter, count in counts.items() if count == fewest]
    return found


def calendar_file(arrangement: Arrangement, window: Window, stamp: datetime) -> bytes:
    """The stays of the main window as a calendar file with letters for the sides."""
    from cppp_cli.calendar_files import write_stays
    from cppp_cli.programme.nights.stays import stays

    return write_stays(
        stays(window.first, nights_of(arrangement, window).letters),
        key=arrangement.key,
        stamp=stamp,
        handover=arrangement.handover_at,
        labels={"A": "Nights with A", "B": "Nights with B", "O": "Nights with others"},
    )


def write_calendar(path: Path, data: bytes, *, overwrite: bool) -> Path:
    """Write a calendar file; its path.

    Raises:
        ConflictError: another file is there and may not be replaced, or it cannot be written there.
    """
    from cppp_cli.documents.write import write_document

    return write_document(path.absolute(), data, overwrite=overwrite)


def as_data(arrangement: Arrangement, window: Window) -> dict[str, object]:
    """The figures of the main window and the letters of its nights, as ``--json`` prints them."""
    from cppp_cli.programme.nights.telling import tell, tell_window

    nights = nights_of(arrangement, window)
    main, *more = figures_of(arrangement, window)
    told = tell(arrangement.calendar, arrangement.names, handover_at=arrangement.handover_at)
    return {
        **main.as_data(),
        "cautions": [*counted_backwards(arrangement, window.first), *main.cautions],
        "title": arrangement.title,
        **({"children": list(arrangement.children)} if arrangement.children else {}),
        "letters": nights.letters,
        "pattern": {
            "letters": arrangement.calendar.letters,
            "starts_on": arrangement.calendar.starts_on.isoformat(),
        },
        "told": [*told, tell_window(nights, arrangement.names)],
        "two_years": more[0].as_data() if more else None,
    }


def why_as_data(arrangement: Arrangement, day: date) -> dict[str, object]:
    """Why a night is whose it is, in plain values."""
    from cppp_cli.programme.nights.lay import lay

    why = lay(arrangement.calendar, day, 1).explain(day)
    return {
        "on": day.isoformat(),
        "letter": why.letter,
        "layer": why.layer.value,
        "words": why.words,
        "lower": [{"layer": said.layer.value, "letter": said.letter, "words": said.words} for said in why.lower],
        "cautions": list(counted_backwards(arrangement, day)),
    }


def bands_as_data(arrangement: Arrangement, first: date, bands: Bands) -> dict[str, object]:
    """The bands' places, with the rule they come from, in plain values."""
    from cppp_cli.programme.nights import maintenance

    return {
        "rule_date": bands.rule_date.isoformat(),
        "rule": maintenance.say_rule(bands),
        "edges": list(bands.edges),
        "places": [
            {
                "over": heading,
                "side": letter.lower(),
                "nights": nights,
                "band": maintenance.say_band(bands, maintenance.place(bands, nights)),
                "edges": maintenance.say_edges(maintenance.place(bands, nights)),
            }
            for heading, letter, nights in bands_of(arrangement, first)
        ],
    }
