"""The nights as children are told them: "On Friday nights you are with Daniel", read against the calendar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.dates_in import days_in
from cppp_cli.checks.attribution.facts import wrong
from cppp_cli.checks.attribution.reading import sentences
from cppp_cli.checks.attribution.records import ADULT
from cppp_cli.checks.attribution.saying import shortened
from cppp_cli.programme.dates import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.facts_plan import Plan
    from cppp_cli.checks.attribution.reading import Reading
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.nights.rules import Calendar

_WEEK: Final = 7
_WEEKS: Final = re.compile(r"^Weeks? (?P<numbers>[\d, and]+)\.|^(?P<every>Every week)\.|^(?P<spells>Night by night)\.")
_BY_DAY: Final = re.compile(r"^In the day\.")
_SPELL: Final = re.compile(r"^(?:First|Then) .*\bfor (\d+) nights?\b")
_AGAIN: Final = re.compile(r"\bAfter week (\d+) it starts again\b")
_STARTS: Final = re.compile(r"^(?:[^:]+: )?(?:Week 1 starts on|It starts on)\b")


def facts_of_told_nights(reading: Reading, plan: Plan) -> Iterator[Finding]:
    """Nights told of the wrong adult, or to the wrong child."""
    agreed = [laid for laid in reading.cast.laid if laid.agreed]
    for at in reading.body():
        passage, rest = reading.passages[at], reading.rest(at)
        if not agreed:
            return
        children = plan.children(rest)
        fitting = [laid for laid in agreed if children is None or frozenset(laid.children) == children]
        calendars = [laid.agreed.calendar for laid in fitting if laid.agreed]
        if _STARTS.search(rest):
            everybody = frozenset(child.number for child in reading.cast.case.children)
            meant = [
                laid.agreed.calendar
                for laid in agreed
                if laid.agreed and frozenset(laid.children) == (children or everybody)
            ]
            if not any(_starts_so(rest, calendar) for calendar in meant):
                yield wrong(passage, f"By the agreed calendar of these children it is otherwise: “{shortened(rest)}”")
            continue
        if not (_WEEKS.search(rest) or _BY_DAY.search(rest)):
            continue
        if not any(_is_so(reading, rest, calendar) for calendar in calendars):
            yield wrong(passage, f"By the agreed calendar it is otherwise: “{shortened(rest)}”")


def _starts_so(text: str, calendar: Calendar) -> bool:
    """Whether a calendar begins on the day told, and begins again after the weeks told."""
    again, weeks = (
        _AGAIN.search(text),
        {calendar.letters[at : at + _WEEK] for at in range(0, len(calendar.letters), _WEEK)},
    )
    if again and (int(again[1]) * _WEEK != len(calendar.letters) or len(weeks) == 1):
        return False
    return calendar.starts_on in days_in(text)


def _is_so(reading: Reading, text: str, calendar: Calendar) -> bool:
    """Whether a calendar says the same as one point of the children's page."""
    weeks = _WEEKS.search(text)
    if weeks is None:
        return all(_day_is_so(reading, said, calendar) for said in list(sentences(text))[1:])
    if weeks["spells"]:
        spells = [_SPELL.search(said) for said in sentences(text)]
        told = [(_side(reading, found.string), int(found[1])) for found in spells if found]
        return all(side for side, _ in told) and "".join(side * many for side, many in told) == calendar.letters
    letters = [calendar.letters[at : at + _WEEK] for at in range(0, len(calendar.letters), _WEEK)]
    numbers = [int(number) for number in re.findall(r"\d+", weeks["numbers"] or "")] or [1]
    return all(
        number <= len(letters) and _week_is_so(reading, text, letters[number - 1], calendar) for number in numbers
    )


def _week_is_so(reading: Reading, text: str, letters: str, calendar: Calendar) -> bool:
    by_day = {WEEKDAYS[(calendar.starts_on.weekday() + at) % _WEEK]: letter for at, letter in enumerate(letters)}
    left = dict(by_day)
    for said in list(sentences(text))[1:]:
        side = _side(reading, said)
        days = [day for day in WEEKDAYS if re.search(rf"\b{day}\b", said)]
        if "all the other nights" in said or "every night" in said:
            days = list(left)
        if not side or any(by_day[day] != side for day in days):
            return False
        for day in days:
            left.pop(day, None)
    return True


def _day_is_so(reading: Reading, said: str, calendar: Calendar) -> bool:
    """Whether time in the day is told as it is: "On Saturdays Isaac is with David from 10:00 to 12:00."."""
    return any(
        re.search(rf"\b{WEEKDAYS[found.weekday]}s?\b", said)
        and f"{found.start:%H:%M} to {found.end:%H:%M}" in said
        and _side(reading, said) == found.side
        for found in calendar.daytimes
    )


def _side(reading: Reading, text: str) -> str:
    """Whose name stands last after "with": A, B, or O for somebody else; empty when that cannot be told."""
    after = text.rpartition(" with ")[2]
    sides = reading.cast.sides(reading.people.named(after, {ADULT}))
    if "somebody else" in after:
        return "O"
    return next(iter(sides)) if len(sides) == 1 else ""
