"""``cppp nights``: counting the nights of a pattern. Without a case it needs no file and no passphrase."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cppp_cli.commands.nights_options import (
    MONTHS,
    MOST_DAYS,
    WEEK,
    CaseOption,
    ChildOption,
    CompareOption,
    DaysOption,
    ExplainOption,
    FromOption,
    HandoverOption,
    IcsOption,
    ListOption,
    MaintenanceOption,
    MonthsOption,
    OfOption,
    OverwriteOption,
    PatternOption,
    StartsOption,
    SwapOption,
    TermsOption,
    WeeksOption,
    YearOption,
)
from cppp_cli.commands.ways import JsonOption
from cppp_cli.errors import UsageProblemError
from cppp_cli.show import columns, envelope, note, paragraph, result, table

if TYPE_CHECKING:
    from cppp_cli.commands.nights_show import Arrangement, Window
    from cppp_cli.programme.nights.maintenance import Bands
    from cppp_cli.programme.nights.term_rows import Found

app = typer.Typer()

DAYS_OF_YEAR = 365


@dataclass(frozen=True)
class Shown:
    """What else was asked for beside the figures."""

    explain: date | None = None
    bands: Bands | None = None
    months: int = MONTHS
    ics: Path | None = None
    overwrite: bool = False
    notes: tuple[str, ...] = ()
    as_json: bool = False
    plain: bool = False


@app.command("nights")
def nights(
    ctx: typer.Context,
    case: CaseOption = None,
    *,
    pattern: PatternOption = None,
    first: FromOption = None,
    starts: StartsOption = None,
    weeks: WeeksOption = None,
    days: DaysOption = None,
    terms: TermsOption = None,
    swap: SwapOption = False,
    handover: HandoverOption = None,
    compare: CompareOption = None,
    of: OfOption = None,
    child: ChildOption = None,
    explain: ExplainOption = None,
    maintenance: MaintenanceOption = False,
    months: MonthsOption = MONTHS,
    year: YearOption = False,
    ics: IcsOption = None,
    overwrite: OverwriteOption = False,
    patterns: ListOption = False,
    as_json: JsonOption = False,
) -> None:
    """Count the nights with each side, tell the pattern in words, compare two, and say why a night is whose it is."""
    from cppp_cli import clock
    from cppp_cli.commands.nights_files import read_bands, read_terms

    if patterns:
        print_patterns(as_json=as_json, plain=bool(ctx.obj))
        return
    refuse_mixed(case, pattern, of_pattern=(starts, terms, swap, handover), of_case=(of, child))
    today = clock.today()
    window = _window(_day(first, today, "--from") or today, weeks, days)
    school = read_terms(Path(terms).expanduser()) if terms else None
    shown = Shown(
        explain=_day(explain, today, "--explain"),
        bands=read_bands() if maintenance else None,
        months=13 if year else months,
        ics=Path(ics).expanduser() if ics else None,
        overwrite=overwrite,
        notes=school.notes if school else (),
        as_json=as_json,
        plain=bool(ctx.obj),
    )
    if case is not None:
        from cppp_cli.commands.nights_case import Asked, of_case

        of_case(ctx, case, Asked(of, compare, child, first is None), window, shown)
        return
    begins, at = _day(starts, today, "--starts"), _time(handover)
    one, *other = (
        _arranged(typed, window, begins, at, school, swap=swap) for typed in (pattern, compare) if typed is not None
    )
    show([(one, other[0] if other else None)], window, shown)


def refuse_mixed(
    case: str | None, pattern: str | None, *, of_pattern: Sequence[object], of_case: Sequence[object]
) -> None:
    """Let a case and a pattern be asked for one at a time, each with the options that go with it.

    Raises:
        UsageProblemError: both are given or neither, or an option of the other.
    """
    if (case is None) == (pattern is None):
        raise UsageProblemError(
            "Give a pattern with --pattern, or a case. To see the patterns that have a name: cppp nights --patterns"
        )
    if case is not None and any(of_pattern):
        raise UsageProblemError("--starts, --terms, --swap and --handover go with --pattern; a case has its own.")
    if pattern is not None and any(of_case):
        raise UsageProblemError("--of and --child go with a case. Leave them out, or give a case.")


def show(
    found: Sequence[tuple[Arrangement, Arrangement | None]],
    window: Window,
    shown: Shown,
    refuse: Callable[[str, bytes], None] = lambda *_: None,
) -> None:
    """Print arrangements, each alone or beside a second, with what else was asked for; or all of it as one object.

    Args:
        found: one, or for children with different calendars several; a calendar file is written of the first alone.
        window: the nights that are counted.
        shown: what else was asked for.
        refuse: raises BlockedError for a calendar file, by its name, that tells what may not be told.
    """
    from cppp_cli import clock
    from cppp_cli.commands import nights_show

    if shown.ics:
        midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)  # the same all day long
        data = nights_show.calendar_file(found[0][0], window, midnight)
        refuse(shown.ics.name, data)
        written = nights_show.write_calendar(shown.ics, data, overwrite=shown.overwrite)
    if shown.as_json:
        every = [_as_data(one, other, window, shown) for one, other in found]
        several = {"calendars": every} if found[0][0].children else {}
        result(envelope("nights", every[0] | several, warnings=(*shown.notes, *_first_alone(found))))
        return
    for said in shown.notes:
        note(f"Note: {said}")
    for place, (one, other) in enumerate(found):
        if place:
            result("")
        _print(one, other, window, shown)
    if shown.ics:
        note(f"Written: {written}")


def _first_alone(found: Sequence[tuple[Arrangement, Arrangement | None]]) -> tuple[str, ...]:
    """What a script has to know when children have different calendars."""
    if len(found) == 1:
        return ()
    numbers = [str(number) for number in found[0][0].children]
    children = f"child {numbers[0]}" if len(numbers) == 1 else f"children {', '.join(numbers)}"
    said = (
        f"The children have different calendars. The top level has the figures of {children} alone; those of every "
        "child stand in calendars."
    )
    return (said,)


def _print(one: Arrangement, other: Arrangement | None, window: Window, shown: Shown) -> None:
    from cppp_cli.commands import nights_show

    both = (one, other) if other else (one,)
    if not shown.explain:
        if other:
            nights_show.print_comparison(one, other, window, plain=shown.plain)
        else:
            nights_show.print_arrangement(one, window, months=shown.months, plain=shown.plain)
    for arrangement in both if shown.explain or shown.bands else ():
        if other or arrangement.children:
            result(f"\n{arrangement.title}")
        if shown.explain:
            nights_show.print_why(arrangement, shown.explain)
        elif shown.bands:
            nights_show.print_bands(arrangement, window.first, shown.bands)


def _as_data(one: Arrangement, other: Arrangement | None, window: Window, shown: Shown) -> dict[str, object]:
    from cppp_cli.commands import nights_show

    found = nights_show.as_data(one, window)
    if other:
        second = nights_show.as_data(other, window)
        found |= {"second": second, "compare": nights_show.comparison(one, other, window).as_data()}
    if shown.explain:
        found["explain"] = nights_show.why_as_data(one, shown.explain)
    if shown.bands:
        found["maintenance"] = nights_show.bands_as_data(one, window.first, shown.bands)
    return found


def print_patterns(*, as_json: bool, plain: bool) -> None:
    """Print the patterns that have a name, from the fewest nights with B to equal ones."""
    from cppp_cli.programme.nights.patterns import PATTERNS

    if as_json:
        data = [{"name": p.key, "label": p.label, "letters": p.letters, "says": p.says} for p in PATTERNS]
        result(envelope("nights", data))
        return
    if columns() is not None and not plain:  # a name broken in a narrow column could not be typed
        for p in PATTERNS:
            result(p.key)
            paragraph(f"{_spaced(p.letters)}: {p.letters.count('B')} of {len(p.letters)} with B. {p.says}", indent=4)
        return
    rows = [(p.key, _spaced(p.letters), f"{p.letters.count('B')} of {len(p.letters)}", p.says) for p in PATTERNS]
    table(("Name", "Letters, from a Monday", "With B", "In words"), rows, plain=plain)


def _window(first: date, weeks: int | None, days: int | None) -> Window:
    from cppp_cli.commands.nights_show import Window
    from cppp_cli.programme.nights.lay import EARLIEST, LATEST

    if not EARLIEST <= first.year <= LATEST - MOST_DAYS // DAYS_OF_YEAR:
        raise UsageProblemError("--from: that is too far away for nights to be counted. Choose a nearer date.")
    if weeks is not None and days is not None:
        raise UsageProblemError("Give --weeks or --days, not both.")
    if weeks is None and days is None:
        return Window(first, both=True)
    return Window(first, days or (weeks or 0) * WEEK)


def _arranged(
    typed: str, window: Window, starts: date | None, at: time | None, school: Found | None, *, swap: bool
) -> Arrangement:
    """A typed pattern as a calendar, with the words for it."""
    from cppp_cli.commands.nights_show import TWO_YEARS, Arrangement
    from cppp_cli.programme.nights.patterns import Pattern, find, swapped
    from cppp_cli.programme.nights.rules import HANDOVER_AT, Calendar
    from cppp_cli.programme.nights.telling_words import Names

    found = find(typed)
    named = isinstance(found, Pattern)
    letters = found.letters if isinstance(found, Pattern) else found
    letters = swapped(letters) if swap else letters
    if starts and isinstance(found, Pattern) and starts.weekday():
        from cppp_cli.programme.dates import say_date

        monday = say_date(starts - timedelta(days=starts.weekday()))
        raise UsageProblemError(f"--starts: a named pattern begins on a Monday. Type {monday} or another Monday.")
    begins = starts or (window.first - timedelta(days=window.first.weekday() if named else 0))
    closed: frozenset[date] = frozenset()
    if school:
        from cppp_cli.bank_holidays import bank_holidays

        last = window.first + timedelta(days=max(window.days, TWO_YEARS) + 1)
        closed = bank_holidays(window.first.year, last.year)
    title = found.label if isinstance(found, Pattern) else f"Pattern {_spaced(letters)}"
    calendar = Calendar(
        letters,
        begins,
        handover_at=at or HANDOVER_AT,
        terms=school.terms if school else None,
        bank_holidays=closed,
        hour_named=at is not None,
    )
    key = hashlib.sha256(f"{letters} {begins.isoformat()}".encode()).hexdigest()
    return Arrangement(f"{title}, with A and B exchanged" if swap and named else title, calendar, Names(), at, key)


def _spaced(letters: str) -> str:
    """The letters in weeks, where they fill weeks."""
    if len(letters) % WEEK:
        return letters
    return " ".join(letters[n : n + WEEK] for n in range(0, len(letters), WEEK))


def _day(typed: str | None, today: date, option: str) -> date | None:
    from cppp_cli.programme.dates import DateProblem, parse_date

    try:
        return parse_date(typed, today) if typed is not None else None
    except DateProblem as problem:
        raise UsageProblemError(f"{option}: {problem}") from None


def _time(typed: str | None) -> time | None:
    from cppp_cli.programme.dates import DateProblem, parse_time

    try:
        return parse_time(typed) if typed is not None else None
    except DateProblem as problem:
        raise UsageProblemError(f"--handover: {problem}") from None
