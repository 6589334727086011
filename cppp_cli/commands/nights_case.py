"""``cppp nights CASE``: the nights of a case's own calendars, for each child the one that holds for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from cppp_cli.commands.calendars import AGREED, NOW, OF_A, OF_B, WHICH
from cppp_cli.errors import NotFoundError, UsageProblemError

if TYPE_CHECKING:
    import typer

    from cppp_cli.commands.calendars import Calendars
    from cppp_cli.commands.nights import Shown
    from cppp_cli.commands.nights_show import Arrangement, Window
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.nights.rules import Calendar
    from cppp_cli.programme.nights.telling_words import Names


@dataclass(frozen=True)
class Asked:
    """Which of a case's calendars: whose, compared with whose, and for which child alone."""

    of: str | None = None
    compare: str | None = None
    child: int | None = None
    any_first: bool = False  # nobody said from which night to count


Named: TypeAlias = "tuple[str, Calendar, time | None]"
"""A calendar with its name and the hour of handover, where that is settled."""


@dataclass(frozen=True)
class Held:
    """What holds for some children: their numbers, the calendar, and perhaps a second to compare it with."""

    children: tuple[int, ...]
    one: Named
    other: Named | None = None


def of_case(ctx: typer.Context, case: str, asked: Asked, window: Window, shown: Shown) -> None:
    """Show the nights of a case's calendars, children with the same one together.

    Raises:
        NotFoundError: no such case, child, or calendar.
        UsageProblemError: there is no calendar of that name, or a calendar file would need several.
    """
    from cppp_cli.commands import guard
    from cppp_cli.commands.nights import show
    from cppp_cli.commands.office import opened
    from cppp_cli.programme.confidences_of import ANYONE
    from cppp_cli.store import cases

    for name in (asked.of, asked.compare):
        if name is not None and name not in WHICH:
            raise UsageProblemError(f"For a case, a calendar is one of these: {', '.join(WHICH)}.")
    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        held = held_by(office, found, asked, window)
        starts = min(calendar.starts_on for one in held for _, calendar, _ in (one.one, one.other or one.one))
        if asked.any_first and starts > window.first:  # what begins later is not counted before it begins
            window = replace(window, first=starts)
            held = held_by(office, found, asked, window)
        if shown.ics and len(held) > 1:
            raise UsageProblemError("These children have different calendars. Choose one child with --child NUMBER.")
        pairs = [
            (_arranged(found, own, own.one), _arranged(found, own, own.other) if own.other else None) for own in held
        ]
        watched = guard.watch(office, found, ANYONE, "calendar file") if shown.ics else None

    def refuse(name: str, data: bytes) -> None:
        if watched:
            guard.refuse_what_is_told(found, watched, {name: data})

    show(pairs, window, shown, refuse)


def held_by(office: Office, case: Case, asked: Asked, window: Window) -> list[Held]:
    """The calendars that were asked for, each with the children it holds for.

    Unless one is named, that is for each child the agreed calendar; where none is agreed, both proposals side by side
    or the only one; and where there is none, what holds now.

    Raises:
        NotFoundError: no calendar is there.
    """
    from cppp_cli.commands import calendars

    kept = calendars.of_case(office, case)
    numbers = [child.number for child in case.children if asked.child in {None, child.number}]
    if not numbers:
        raise NotFoundError("There is no child of that number in this case. cppp case show lists them.")
    found: list[Held] = []
    for number in numbers:
        own = _of_child(kept, number, asked, window)
        if own is None:
            continue
        same = next((place for place, held in enumerate(found) if (held.one, held.other) == own), None)
        if same is None:
            found.append(Held((number,), *own))
        else:
            found[same] = Held((*found[same].children, number), *own)
    if not found:
        raise NotFoundError(
            "No such calendar is kept for this case yet. Log one with cppp agreement, or count a pattern with "
            "cppp nights --pattern."
        )
    return found


def _of_child(kept: Calendars, number: int, asked: Asked, window: Window) -> tuple[Named, Named | None] | None:
    """The calendar of one child and the one it is compared with; the child's own goes before that of all."""
    from cppp_cli.programme.nights.from_answers import handover_of

    there = [name for name in WHICH if kept.answers(name, number)]
    of, compare = asked.of, asked.compare
    if of is None:
        of = next((name for name in there if name != compare), None)
        if of == OF_A and OF_B in there and compare is None:
            compare = OF_B
    if of not in there or (compare is not None and compare not in there):
        return None

    def read(name: str) -> Named | None:
        calendar, answers = kept.of(name, number, _bank_holidays(window)), kept.answers(name, number)
        return (name, calendar, handover_of(answers)) if calendar and answers else None

    one = read(of)
    return (one, read(compare) if compare else None) if one else None


def _bank_holidays(window: Window) -> frozenset[date]:
    from cppp_cli.bank_holidays import bank_holidays
    from cppp_cli.commands.nights_show import TWO_YEARS

    last = window.first + timedelta(days=max(window.days, TWO_YEARS) + 1)
    return bank_holidays(window.first.year - 1, last.year + 1)


def _arranged(case: Case, held: Held, found: Named) -> Arrangement:
    from cppp_cli.commands.nights_show import Arrangement

    name, calendar, at = found
    names = names_of(case, held.children)
    whose = {
        AGREED: "Agreed",
        OF_A: f"Proposed by {names.a}",
        OF_B: f"Proposed by {names.b}",
        NOW: "As it is now",
    }[name]
    numbers = "".join(f".{number}" for number in held.children)
    return Arrangement(
        f"{whose}: {names.children}", calendar, names, at, f"{case.reference}/{name}{numbers}", held.children
    )


def names_of(case: Case, children: tuple[int, ...]) -> Names:
    """What the people of a case are called on the officer's own screen; by full name where two are called alike."""
    from cppp_cli.programme.nights.telling_words import Names, join

    sides = {side: join([a.called or a.full_name for a in case.side(side)] or [side]) for side in "AB"}
    if sides["A"] == sides["B"]:
        sides = {side: case.side_names(side) or side for side in "AB"}
    if len(children) == len(case.children) > 1:
        called = "the children"
    else:
        called = join([case.child(number).called or case.child(number).full_name for number in children])
    return Names(sides["A"], sides["B"], children=called, plural=len(children) > 1)
