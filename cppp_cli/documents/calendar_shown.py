"""The care calendar as a document shows it: told in words, counted with the basis of each figure, and as month grids.

Figures come from the count of nights alone. No sum of money and no band of anything is ever made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from cppp_cli.documents.shown_plan import CalendarShown, Figure, MonthShown, PartOfWeeks, Proposals, ToldToChildren, Yes
from cppp_cli.programme.dates import WEEKDAYS, say_date, say_time
from cppp_cli.programme.nights.compare import compare
from cppp_cli.programme.nights.figures import figures
from cppp_cli.programme.nights.month import months
from cppp_cli.programme.nights.telling import Names, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, time

    from cppp_cli.programme.case import Case
    from cppp_cli.programme.nights.figures import Figures, Tally
    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.nights.month import Day
    from cppp_cli.programme.nights.rules import Daytime
    from cppp_cli.programme.people import Adult, Child

SOMEBODY: Final = "somebody else"
_WEEK: Final = 7


@dataclass(frozen=True)
class Laid:
    """The calendars of the children they hold for, laid out.

    Attributes:
        children: The children's numbers.
        agreed: The agreed calendar, when there is one.
        proposals: What A and what B proposes, over the same nights; only where none is agreed and both proposed.
        handover_at: When they change over, where somebody named a time.
        yes_on: The day on which A, and the day on which B, said yes to the agreed calendar.
    """

    children: tuple[int, ...]
    agreed: Nights | None = None
    proposals: tuple[Nights, Nights] | None = None
    handover_at: time | None = None
    yes_on: tuple[date | None, date | None] = (None, None)


def calendars(case: Case, laid: Iterable[Laid]) -> tuple[CalendarShown, ...]:
    """The agreed calendars."""
    return tuple(_calendar(case, one, one.agreed) for one in laid if one.agreed)


def proposals(case: Case, laid: Iterable[Laid]) -> tuple[Proposals, ...]:
    """What both sides propose where nothing is agreed: the nights of each, and on how many they differ."""
    return tuple(_proposals(case, one, *one.proposals) for one in laid if one.proposals and not one.agreed)


def named(case: Case, numbers: Sequence[int]) -> str:
    """The children of a calendar: all of them together, or each by name."""
    if len(numbers) == len(case.children) > 1:
        return "the children"
    return _and([case.child(number).full_name for number in numbers])


def _names(case: Case, numbers: Sequence[int]) -> Names:
    return Names(case.side_names("A"), case.side_names("B"), SOMEBODY, named(case, numbers), len(numbers) > 1)


def _calendar(case: Case, laid: Laid, nights: Nights) -> CalendarShown:
    names = _names(case, laid.children)
    found = figures(nights)
    return CalendarShown(
        children=names.children,
        several=names.plural,
        some=len(laid.children) < len(case.children),
        first=nights.first,
        last=nights.last,
        days=nights.days,
        telling=tell(nights.calendar, names, handover_at=laid.handover_at),
        figures=_figures(found, names),
        cautions=found.cautions,
        nights=_shares(found.nights, names, "night"),
        basis=_counted(nights, names),
        agreed_on=max((day for day in laid.yes_on if day), default=None) if all(laid.yes_on) else None,
        yes=(Yes(names.a, laid.yes_on[0], None), Yes(names.b, laid.yes_on[1], None)),
        key=tuple((letter, names.of(letter)) for letter in "ABO" if letter != "O" or "O" in nights.letters),
        months=tuple(
            MonthShown(month.title, tuple(tuple(_square(day) for day in week) for week in month.weeks))
            for month in (months(nights) if len(set(nights.letters)) > 1 else ())
        ),
    )


def _square(day: Day | None) -> str:
    return "" if day is None else f"{day.on.day} {day.letter}".rstrip()


def _figures(found: Figures, names: Names) -> tuple[Figure, ...]:
    weekends = found.weekends
    whole = [(weekends.a, names.a), (weekends.b, names.b), *([(weekends.o, names.o)] if weekends.o else [])]
    whole_words = "; ".join(f"{count} with {name}" for count, name in whole)
    divided = f"; {weekends.divided} divided between them" if weekends.divided else ""
    away = "; ".join(_away(found, side, name) for side, name in (("a", names.a), ("b", names.b)))
    # Parted by semicolons: a side may be two people with an "and" of their own.
    said = (
        ("nights", "Nights", _shares(found.nights, names, "")),
        ("weekends", "Weekends", whole_words + divided),
        ("school_nights", "Nights before school", _shares(found.school_nights, names, "")),
        ("holiday_nights", "Nights in school holidays", _shares(found.holiday_nights, names, "")),
        ("handovers", "Handovers", str(found.handovers)),
        ("longest_away", "Longest time away", away),
    )
    return tuple(Figure(what, words, found.basis[key]) for key, what, words in said)


def _away(found: Figures, side: str, name: str) -> str:
    stretch = found.longest_away[side]
    if stretch.first is None:
        return f"none from {name}"
    return f"{_count(stretch.nights, 'night')} from {name}, beginning on {say_date(stretch.first)}"


def _shares(tally: Tally | None, names: Names, what: str) -> str:
    """Such as "183 with A; 182 with B"; somebody else only where there are such nights."""
    if tally is None:
        return "not counted"
    found = [(tally.a, names.a), (tally.b, names.b), *([(tally.o, names.o)] if tally.o else [])]
    if what:
        return ", ".join(f"{_count(count, what)} with {name}" for count, name in found)
    return "; ".join(f"{count} with {name}" for count, name in found)


def _counted(nights: Nights, names: Names) -> str:
    """What the count of nights rests on, as a sentence of its own."""
    return (
        f"This counts where {names.children} {'sleep' if names.plural else 'sleeps'} on "
        f"{_count(nights.days, 'night')}, from {say_date(nights.first)} to {say_date(nights.last)}; a night belongs to "
        "the date of its evening."
    )


def _proposals(case: Case, laid: Laid, one: Nights, other: Nights) -> Proposals:
    names, found = _names(case, laid.children), (figures(one), figures(other))
    counts = tuple((f.nights.a, f.nights.b, f.nights.o) for f in found)
    return Proposals(
        children=names.children,
        first=one.first,
        last=one.last,
        days=one.days,
        nights=(counts[0], counts[1]),
        others=any(count[2] for count in counts),
        disputed=len(compare(one, other).nights),
        basis=_counted(one, names),
        cautions=tuple(dict.fromkeys(caution for f in found for caution in f.cautions)),
    )


def told_to_children(case: Case, laid: Iterable[Laid]) -> tuple[ToldToChildren, ...]:
    """The agreed calendars in a child's words: who is with whom on which night, by the names they go by."""
    return tuple(_told(case, one, one.agreed) for one in laid if one.agreed)


def _told(case: Case, laid: Laid, nights: Nights) -> ToldToChildren:
    calendar = nights.calendar
    letters, starts_on = calendar.letters, calendar.starts_on
    other_days = bool(calendar.holidays or calendar.special_days)
    all_of_them = len(laid.children) == len(case.children)
    who = "" if all_of_them else _and([called(case.child(number)) for number in laid.children])
    are = f"{who or 'you'} {'are' if all_of_them or len(laid.children) > 1 else 'is'}"
    one, other = (_and([called(adult) for adult in case.side(side)]) for side in ("A", "B"))
    names = Names(one, other, SOMEBODY, are)
    by_day = (PartOfWeeks("In the day", _by_day(calendar.daytimes, names)),) if calendar.daytimes else ()
    if len(letters) % _WEEK:
        spells = (PartOfWeeks("Night by night", _spells(letters, names)), *by_day)
        return ToldToChildren(who, starts_on, 0, spells, other_days)
    each = [letters[at : at + _WEEK] for at in range(0, len(letters), _WEEK)]
    each = each[:1] if len(set(each)) == 1 else each
    starts = starts_on if len(each) > 1 else None
    return ToldToChildren(who, starts, len(each), (*_weeks(each, starts_on, names), *by_day), other_days)


def _weeks(each: Sequence[str], starts_on: date, names: Names) -> tuple[PartOfWeeks, ...]:
    found = []
    for week in dict.fromkeys(each):
        numbers = [str(at + 1) for at, other in enumerate(each) if other == week]
        label = "Every week" if len(each) == 1 else f"Week{'s' if len(numbers) > 1 else ''} {_and(numbers)}"
        found.append(PartOfWeeks(label, _week(week, starts_on.weekday(), names)))
    return tuple(found)


def _week(week: str, begins: int, names: Names) -> tuple[str, ...]:
    """The nights of one week: those of which there are fewer by their days, and all the others."""
    by_count = sorted(set(week), key=lambda letter: (week.count(letter), letter))
    *fewer, most = by_count
    if not fewer:
        return (f"{_capital(names.children)} with {names.of(most)} every night.",)
    said = []
    for letter in fewer:
        days = [WEEKDAYS[(begins + at) % _WEEK] for at, other in enumerate(week) if other == letter]
        nights = "night" if len(days) == 1 else "nights"
        said.append(f"On {_and(days)} {nights} {names.children} with {names.of(letter)}.")
    return (*said, f"On all the other nights {names.children} with {names.of(most)}.")


def _by_day(daytimes: Sequence[Daytime], names: Names) -> tuple[str, ...]:
    """Time in the day, in the order of the week."""
    return tuple(
        f"On {WEEKDAYS[found.weekday]}{f' of week {found.week}' if found.week else 's'} {names.children} with "
        f"{names.of(found.side)} from {say_time(found.start)} to {say_time(found.end)}."
        for found in sorted(daytimes, key=lambda found: (found.week or 0, found.weekday, found.start))
    )


def _spells(letters: str, names: Names) -> tuple[str, ...]:
    runs = [(letter, len(list(run))) for letter, run in groupby(letters)]
    said = [
        f"{'First' if not at else 'Then'} {names.children} with {names.of(letter)} for {_count(count, 'night')}."
        for at, (letter, count) in enumerate(runs)
    ]
    return (*said, "Then it starts again.")


def called(person: Adult | Child) -> str:
    """The name somebody goes by."""
    return person.called or person.full_name.split()[0]


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:  # noqa: PLR2004  - two are needed for an "and"
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
