"""Dates and times as people type them, and as the program says them back.

A small grammar that never guesses between two readings: a written-out year or a named rule decides, or the answer is
refused in a sentence. In numbers the day comes first, except in ISO form. Nothing here depends on the language of the
machine. An error repeats only what was understood as a date or a time, because anything else may be a name that was
typed into the wrong field.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, time, timedelta
from typing import TYPE_CHECKING, Literal

from cppp_cli.errors import AnswersError

if TYPE_CHECKING:
    from cppp_cli.programme.working_days import WorkingDays

Lean = Literal["past", "future", "near"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d+))?", re.ASCII)
_WRITTEN = re.compile(
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? ?(?P<month>[a-z]{3,})[.,]{0,2} ?(?P<year>\d+)?",
    re.ASCII,
)
_AMOUNT = re.compile(r"(?P<number>\d{1,3}) ?(?P<unit>working day|wd|day|d|week|w|month)s?", re.ASCII)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))? ?(?:(?P<half>[ap])\.?m\.?)?", re.ASCII)

_TYPE_A_DATE = "Type a date such as 6 March 2027 or 2027-03-06."
_TYPE_A_TIME = "Type a time such as 10:30 or 2.15pm."

_FORTNIGHT = 14
_EXACT_DAYS = 84
_DAYS_IN_MONTH = 365.2425 / 12
_MONTHS_SAID = 24
_NOON = 12
_FIRST_PLAIN_HOUR = 8  # "8.30" is a morning, "7.30" may be an evening handover


class DateProblem(AnswersError, ValueError):  # noqa: N818  - reads as what it is: a problem with the date typed
    """What was typed is not a date or a time, or could be two."""


def parse_date(text: str, today: date, *, lean: Lean = "near", working_days: WorkingDays | None = None) -> date:
    """The date somebody typed.

    Understood are `2027-03-06`, `6 March 2027`, `6/3/2027` (also with dots or dashes), each with or without its
    weekday in front; `6 Mar` and `6/3` without a year; `today`, `tomorrow`, `yesterday`, `tue`, `next tue`, `last tue`;
    `in 2 weeks`, `3 days ago`, `+2w`, `-5d`, and in working days `+10wd`. "Next" is the first such weekday after
    today, and "last" the latest before it.

    Args:
        text: what was typed.
        today: the day relative words start from.
        lean: which way to go when no year was typed, or a weekday alone: to the latest such day that is not after
            today, to the earliest that is not before it, or to the nearer of the two. A weekday alone is never today,
            and goes forward unless the lean is to the past.
        working_days: how to count working days; without it they are refused.

    Raises:
        DateProblem: there is no such date, or it can be read in two ways.
    """
    said = _tidy(text)
    try:
        found = _relative(said, today, lean) or _counted(said, today, working_days) or _absolute(said, today, lean)
    except DateProblem:
        raise
    except (OverflowError, ValueError):  # the first from timedelta, the second from relativedelta
        raise DateProblem(f"That is beyond the calendar. {_TYPE_A_DATE}") from None
    if found is None:
        raise DateProblem(f"That is not a date this program can read. {_TYPE_A_DATE}")
    return found


def parse_time(text: str) -> time:
    """The time of day somebody typed: `10:30`, `10.30`, `1030`, `10am`, `2.15pm` or `noon`.

    An hour from 1 to 7 needs `am`, `pm` or a nought in front: "2:15" may be meant for the afternoon.

    Raises:
        DateProblem: there is no such time, or it can be read in two ways.
    """
    said = _tidy(text)
    if said in {"noon", "midday"}:
        return time(_NOON)
    if said == "midnight":
        raise DateProblem("Midnight belongs to two days. Type 00:00 for the start of a day or 23:59 for its end.")
    match = _CLOCK.fullmatch(said)
    if match is None:
        raise DateProblem(f"That is not a time of day. {_TYPE_A_TIME}")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        return _half_day_clock(hour, minute, match["half"])
    if match["minute"] is None:
        raise DateProblem(f"An hour alone can be read in two ways. {_TYPE_A_TIME}")
    found = _existing_time(hour, minute)
    if len(match["hour"]) == 1 and 0 < hour < _FIRST_PLAIN_HOUR:
        both = f"{say_time(found)} or {say_time(found.replace(hour=hour + _NOON))}"
        raise DateProblem(f"{hour}:{minute:02d} may be in the morning or the afternoon. Type {both}.")
    return found


def say_date(day: date) -> str:
    """The date in full: "Tuesday 6 April 2027"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """The date for a narrow column: "Tue 6 Apr 2027"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def say_time(moment: time) -> str:
    """The time on the 24-hour clock: "14:15"."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def say_distance(day: date, today: date) -> str:
    """How far away `day` is: "today", "in 3 weeks", "9 days ago".

    Exact up to twelve weeks; further away in rounded months and years, with "about".
    """
    apart = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(apart)
    if near:
        return near
    length = _say_length(abs(apart))
    return f"in {length}" if apart > 0 else f"{length} ago"


def age_on(born: date, on: date) -> int:
    """Completed years of age.

    A year is completed at the start of the birthday. Somebody born on 29 February completes it on 1 March when the
    year has no 29 February.

    Raises:
        DateProblem: `on` is before the birth.
    """
    if on < born:
        raise DateProblem("The date of birth is later than the day the age is asked for. Check both dates.")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _tidy(text: str) -> str:
    """Lower case with single spaces; full-width digits and hard spaces made plain."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _relative(said: str, today: date, lean: Lean) -> date | None:
    """A day named by its place beside today, or nothing when the words are not of that kind."""
    named = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if said in named:
        return today + timedelta(days=named[said])
    which, _, name = said.rpartition(" ")
    weekday = _index(name, WEEKDAYS)
    if weekday is None or which not in {"", "next", "last"}:
        return None
    if which == "last" or (not which and lean == "past"):
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _counted(said: str, today: date, working_days: WorkingDays | None) -> date | None:
    """A day so many days, weeks, months or working days from today, or nothing."""
    if said.startswith(("in ", "+")):
        sign, amount = 1, said.removeprefix("in ").removeprefix("+")
    else:
        sign, amount = -1, said.removeprefix("-").removesuffix(" ago")
    match = _AMOUNT.fullmatch(amount.strip())
    if match is None or amount == said:
        return None
    number = sign * int(match["number"])
    match match["unit"]:
        case "d" | "day":
            return today + timedelta(days=number)
        case "w" | "week":
            return today + timedelta(weeks=number)
        case "month":
            from dateutil.relativedelta import relativedelta  # 17 ms, and rarely asked for

            return today + relativedelta(months=number)
    if working_days is None:
        raise DateProblem(f"Working days cannot be counted here. {_TYPE_A_DATE}")
    return working_days.add_working_days(today, number)


def _absolute(said: str, today: date, lean: Lean) -> date | None:
    """A day named by its own number and month, with or without its weekday, or nothing."""
    first, _, rest = said.partition(" ")
    weekday = _index(first.rstrip(".,"), WEEKDAYS)
    found = _day_and_month(said if weekday is None else rest, today, lean)
    if found is not None and weekday not in {None, found.weekday()}:
        raise DateProblem(
            f"{found.day} {MONTHS[found.month - 1]} {found.year} is a {WEEKDAYS[found.weekday()]}. "
            "Check the date, or leave the weekday out."
        )
    return found


def _day_and_month(said: str, today: date, lean: Lean) -> date | None:
    if _ISO.fullmatch(said):
        with suppress(ValueError):
            return date.fromisoformat(said)
        raise DateProblem(f"There is no {said}. {_TYPE_A_DATE}")
    match = _NUMERIC.fullmatch(said) or _WRITTEN.fullmatch(said)
    if match is None:
        return None
    month = _month(match["month"])
    if month is None:
        return None
    day, year = int(match["day"]), match["year"]
    if year is None:
        return _in_some_year(day, month, today, lean)
    if len(year) != len("2027"):
        raise DateProblem(f"Write the year with four digits. {_TYPE_A_DATE}")
    if not _exists(day, month, int(year)):
        raise _no_such_day(day, month, year)
    return date(int(year), month, day)


def _in_some_year(day: int, month: int, today: date, lean: Lean) -> date:
    """The day in the year the lean asks for; 29 February may be eight years away, around 1900 and 2100."""
    years = range(max(MINYEAR, today.year - 8), min(MAXYEAR, today.year + 8) + 1)
    days = [date(year, month, day) for year in years if _exists(day, month, year)]
    if not days:
        raise _no_such_day(day, month, "")
    if lean == "past":
        return max(found for found in days if found <= today)
    if lean == "future":
        return min(found for found in days if found >= today)
    return min(days, key=lambda found: (abs(found - today), found < today))


def _exists(day: int, month: int, year: int) -> bool:
    return year >= MINYEAR and 1 <= month <= len(MONTHS) and 1 <= day <= monthrange(year, month)[1]


def _no_such_day(day: int, month: int, year: str) -> DateProblem:
    if not 1 <= month <= len(MONTHS):
        return DateProblem(f"There is no month {month}; the day comes first. {_TYPE_A_DATE}")
    written = f"{day} {MONTHS[month - 1]} {year}".rstrip()
    return DateProblem(f"There is no {written}. {_TYPE_A_DATE}")


def _month(said: str) -> int | None:
    if said.isdecimal():
        return int(said)
    index = _index(said, MONTHS)
    return None if index is None else index + 1


def _index(said: str, names: tuple[str, ...]) -> int | None:
    """The place of the name that `said` begins, from three letters on: "tue", "tues", "sept"."""
    said = "wed" if said == "weds" else said
    found = (place for place, name in enumerate(names) if len(said) >= len("tue") and name.lower().startswith(said))
    return next(found, None)


def _half_day_clock(hour: int, minute: int, half: str) -> time:
    if hour == _NOON and minute == 0:
        raise DateProblem("12am and 12pm are read in two ways. Type noon, 12:00 or 00:00.")
    if not 1 <= hour <= _NOON:
        raise DateProblem(f"With am or pm the hour goes from 1 to 12. {_TYPE_A_TIME}")
    return _existing_time(hour % _NOON + (_NOON if half == "p" else 0), minute)


def _existing_time(hour: int, minute: int) -> time:
    try:
        return time(hour, minute)
    except ValueError:
        raise DateProblem(f"There is no {hour:02d}:{minute:02d}. {_TYPE_A_TIME}") from None


def _say_length(days: int) -> str:
    weeks, rest = divmod(days, 7)
    if days > _EXACT_DAYS:
        months = round(days / _DAYS_IN_MONTH)
        return f"about {_count(months, 'month') if months < _MONTHS_SAID else _count(round(months / 12), 'year')}"
    if weeks and not rest:
        return _count(weeks, "week")
    if days < _FORTNIGHT:
        return _count(days, "day")
    return f"{_count(weeks, 'week')} and {_count(rest, 'day')}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
