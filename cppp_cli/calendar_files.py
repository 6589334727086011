"""Calendar files (ICS): term dates read from one, and the nights with each side written into one.

The only home of the `icalendar` library. Nobody is named in what is written: "Nights with A".
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from cppp_cli.errors import AnswersError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.nights.term_rows import Found, Row, kind_of, periods, refuse_far_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from icalendar import Component

    from cppp_cli.programme.nights.stays import Stay

LONDON: Final = ZoneInfo("Europe/London")
WHAT: Final = "The calendar file"

_DAY: Final = timedelta(days=1)
_OURS: Final = UUID("6f0e3c1c-8a7b-5d0e-9f43-2f4b8f0f9a51")  # made once for these events
_ANY_DAY: Final = date(2000, 1, 1)
_LONGEST_NAME: Final = 60

# The rule in force since 1996. The library would write every change from 1970 to 2037 one by one, and none after.
_TIMEZONE: Final = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def read_terms(text: str) -> Found:
    """The term dates in the text of a calendar file.

    The end of an all-day event is the day after it. Events that are no term, holiday or training day are left out.

    Raises:
        AnswersError: it is no calendar, an event repeats by a rule or has no dates, or events do not go together.
    """
    rows, others = [], 0
    for number, event in enumerate(_events(text), start=1):
        place = f"event {number}"
        name = " ".join(clean(str(event.get("SUMMARY", ""))).split())[:_LONGEST_NAME]
        if kind_of(name, _ANY_DAY, _ANY_DAY) is None:  # so its dates do not matter
            others += 1
            continue
        days = _days(event, place)
        kind = kind_of(name, *days)
        if kind is None or kind == "bank holiday":
            others += 1
            continue
        if "RRULE" in event or "RDATE" in event:
            raise AnswersError(
                f"{WHAT}: {place} repeats by a rule. Put each term or holiday in as an event of its own."
            )
        rows.append(Row(place, *days, name, kind))
    found = periods(rows, WHAT)
    return Found(found.terms, (*_left_out(others), *found.notes))


def write_stays(
    stays: Iterable[Stay], *, key: str, stamp: datetime, handover: time | None = None, labels: Mapping[str, str]
) -> bytes:
    """A calendar file with an event for each stay.

    Args:
        stays: in order.
        key: tells this calendar from another, without anything about anybody; an event keeps its identity as long as
            the key, the side and the first night are the same.
        stamp: when it is written.
        handover: when a stay begins and ends; without it events last whole days, each day for its evening.
        labels: what each letter is called, such as "Nights with A".
    """
    from icalendar import Calendar, Event, Timezone

    calendar = Calendar()
    calendar.add("prodid", "-//cppp//nights//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if handover is not None:
        calendar.add_component(Timezone.from_ical(_TIMEZONE))
    for stay in stays:
        event = Event()
        event.add("uid", f"{uuid5(_OURS, f'{key}/{stay.letter}/{stay.first.isoformat()}')}@cppp.invalid")
        event.add("dtstamp", stamp)
        event.add("summary", labels[stay.letter])
        event.add("dtstart", _moment(stay.first, handover))
        event.add("dtend", _moment(stay.leaves, handover))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _left_out(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    said = "One event is" if count == 1 else f"{count} events are"
    return (f"{said} left out: by name neither a term, a school holiday nor a training day.",)


def _moment(day: date, at: time | None) -> date | datetime:
    return day if at is None else datetime.combine(day, at, LONDON)


def _events(text: str) -> list[Component]:
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(text.removeprefix("\ufeff"), multiple=True)
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        calendars = []
    if not calendars:
        raise AnswersError(f"{WHAT} cannot be read. Save it again from where it came, or type the dates as CSV.")
    return found


def _days(event: Component, place: str) -> tuple[date, date]:
    """The first and the last day of an event."""
    first, end = _value(event, "DTSTART"), _value(event, "DTEND")
    length = _value(event, "DURATION")
    if not isinstance(first, date):
        raise AnswersError(f"{WHAT}: {place} has no start that can be read. Correct it where the file came from.")
    refuse_far_off(first, WHAT, f"the start of {place}")
    broken = {name for name, _ in event.errors} & {"DTEND", "DURATION"}
    if end is None and isinstance(length, timedelta):
        try:
            end = first + length
        except OverflowError:
            refuse_far_off(date.max, WHAT, f"the end of {place}")
    if end is None and not broken:
        end = first if isinstance(first, datetime) else first + _DAY
    if not isinstance(end, date) or isinstance(end, datetime) != isinstance(first, datetime):
        raise AnswersError(f"{WHAT}: {place} has no end that can be read. Correct it where the file came from.")
    refuse_far_off(end, WHAT, f"the end of {place}")
    opens, closes = _local(first), _local(end)
    # An event that ends as a day begins does not belong to that day.
    last = closes.date() - _DAY if closes.time() == time() and closes.date() > opens.date() else closes.date()
    if closes < opens:
        raise AnswersError(f"{WHAT}: {place} ends before it starts. Correct its dates.")
    return opens.date(), last


def _local(moment: date) -> datetime:
    """The moment by the clock of London, without its zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(LONDON).replace(tzinfo=None) if moment.tzinfo else moment


def _value(event: Component, name: str) -> object:
    """What a property holds; none when it is missing or broken."""
    try:
        return getattr(event.get(name), "dt", None)
    except ValueError:
        return None
