from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest

from cppp_cli.calendar_files import read_terms, write_stays
from cppp_cli.errors import AnswersError
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.patterns import PATTERNS
from cppp_cli.programme.nights.rules import Calendar
from cppp_cli.programme.nights.stays import stays

LONDON = ZoneInfo("Europe/London")
STAMP = datetime(2027, 1, 4, tzinfo=UTC)
LABELS = {letter: f"Nights with {letter}" for letter in "ABO"}
FIRST = date(2027, 1, 6)
SECRET = "Isla's party at Nan's"


def written(letters, *, handover=None, key="k", first=FIRST, stamp=STAMP):
    return write_stays(stays(first, letters), key=key, stamp=stamp, handover=handover, labels=LABELS)


def events(data):
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def laid(pattern, days=400):
    return lay(Calendar(pattern.letters, FIRST), FIRST, days).letters


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.key)
@pytest.mark.parametrize("handover", [None, time(17, 30), time(8)])
def test_read_back_the_file_gives_every_night_once(pattern, handover):
    letters, found = laid(pattern), {}
    for event in events(written(letters, handover=handover)):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert isinstance(start, datetime) == (handover is not None)
        if handover:
            assert start.timetz().replace(tzinfo=None) == end.timetz().replace(tzinfo=None) == handover
            assert str(start.tzinfo) == "Europe/London"
            start, end = start.date(), end.date()
        for n in range((end - start).days):
            day = start + timedelta(n)
            assert day not in found
            found[day] = str(event["SUMMARY"])[-1]
    assert found == {FIRST + timedelta(n): letter for n, letter in enumerate(letters)}


def test_stays_follow_one_another_without_a_gap_and_change_the_side():
    found = stays(FIRST, laid(PATTERNS[0]))
    assert sum(stay.nights for stay in found) == 400
    for before, after in pairwise(found):
        assert before.leaves == after.first
        assert before.letter != after.letter


def test_the_zone_in_the_file_is_londons_own_for_years_to_come():
    """Another program knows only what the file says of the zone, so that is asked at both turns of each year."""
    data = written("A" * 7, handover=time(17, 30))
    (zone,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    told = zone.to_tz(lookup_tzid=False)
    day = date(2020, 1, 1)
    while day < date(2045, 1, 1):
        noon = datetime.combine(day, time(12))
        assert noon.replace(tzinfo=told).utcoffset() == noon.replace(tzinfo=LONDON).utcoffset(), day
        day += timedelta(1)


def test_a_handover_keeps_its_hour_when_the_clocks_change():
    march = written("AABB", handover=time(17, 30), first=date(2027, 3, 26))
    first, second = events(march)
    assert first["DTSTART"].dt.utcoffset() == timedelta(0)
    assert second["DTSTART"].dt.utcoffset() == timedelta(hours=1)
    assert second["DTSTART"].dt.hour == 17


def test_lines_end_and_fold_as_the_standard_says():
    data = written(laid(PATTERNS[2]), handover=time(17, 30))
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"VTIMEZONE" in data
    assert b"VTIMEZONE" not in written("AB")


def test_an_event_keeps_its_identity_as_long_as_it_is_the_same_stay():
    def ids(**changed):
        return [str(event["UID"]) for event in events(written("AABBBAA", **changed))]

    assert ids() == ids(stamp=STAMP + timedelta(3), handover=time(9))
    assert len(set(ids())) == 3
    assert not set(ids()) & set(ids(key="another"))
    assert not set(ids()) & set(ids(first=FIRST + timedelta(1)))
    longer = [str(event["UID"]) for event in events(written("AABBBBB"))]
    assert longer == ids()[:2]


def test_nobody_is_named():
    text = written("ABO", key=SECRET).decode()
    assert "Isla" not in text
    assert {str(event["SUMMARY"]) for event in events(text)} == set(LABELS.values())


# ------------------------------------------------------------------------------------------- term dates


def calendar(*rows, zone="", end="\r\n"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for summary, *more in rows:
        lines += ["BEGIN:VEVENT", f"SUMMARY:{summary}", *more, "END:VEVENT"]
    return end.join([*lines, "END:VCALENDAR", ""])


def days(name, first, after):
    return (name, f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{after}")


TERMS = [days("Autumn term", "20260902", "20261219"), days("Half term", "20261026", "20261031"),
         days("Spring term", "20270105", "20270326"), days("INSET day", "20270104", "20270105")]  # fmt: skip


def test_the_end_of_an_all_day_event_is_the_day_after_it():
    found = read_terms(calendar(*TERMS))
    assert [(p.kind, p.first, p.last) for p in found.terms.periods] == [
        ("term", date(2026, 9, 2), date(2026, 12, 18)),
        ("holiday", date(2026, 10, 26), date(2026, 10, 30)),
        ("inset", date(2027, 1, 4), date(2027, 1, 4)),
        ("term", date(2027, 1, 5), date(2027, 3, 25)),
    ]
    assert [h.kind.label for h in found.terms.holidays] == ["October half term", "Christmas holiday"]


@pytest.mark.parametrize(
    "more",
    [
        ("DTSTART;TZID=Europe/London:20270412T083000", "DTEND;TZID=Europe/London:20270721T151500"),
        ("DTSTART:20270412T073000Z", "DTEND:20270721T141500Z"),
        ("DTSTART:20270411T230000Z", "DTEND:20270721T230000Z"),  # midnight to midnight in summer time
        ("DTSTART:20270412T000000", "DTEND:20270722T000000"),
        ("DTSTART;VALUE=DATE:20270412", "DURATION:P101D"),
    ],
)
def test_timed_events_and_lengths_give_the_days_of_london(more):
    (term,) = read_terms(calendar(("Summer term", *more))).terms.terms
    assert (term.first, term.last) == (date(2027, 4, 12), date(2027, 7, 21))


def test_starts_and_ends_as_events_of_their_own_are_brought_together():
    rows = [("Autumn term begins", "DTSTART;VALUE=DATE:20260902"), ("Autumn term ends", "DTSTART;VALUE=DATE:20261218")]
    (term,) = read_terms(calendar(*rows)).terms.terms
    assert (term.first, term.last) == (date(2026, 9, 2), date(2026, 12, 18))


def test_what_is_neither_term_nor_holiday_is_left_out_with_a_word():
    rows = [*TERMS, days(SECRET, "20261101", "20261102"), days("Boxing Day bank holiday", "20261228", "20261229")]
    found = read_terms(calendar(*rows))
    assert found.terms == read_terms(calendar(*TERMS)).terms
    assert "2 events are left out" in found.notes[0]
    assert "Isla" not in str(found.notes)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_several_calendars_in_one_file_are_read_together(end):
    text = calendar(TERMS[0], end=end) + calendar(TERMS[2], end=end)
    assert len(read_terms("\ufeff" + text).terms.terms) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read"),
        (SECRET, "cannot be read"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "cannot be read"),
        (calendar(), "no terms"),
        (calendar(days(SECRET, "20261101", "20261102")), "no terms"),
        (calendar((f"Term {SECRET}",)), "event 1 has no start"),
        (calendar(TERMS[0], ("Spring term", "DTSTART;VALUE=DATE:20271301")), "event 2 has no start"),
        (calendar(("Spring term", "DTSTART;VALUE=DATE:20270105", "DTEND:20270326T100000Z")), "event 1 has no end"),
        (calendar(("Spring term", "DTSTART;VALUE=DATE:20270105", "DTEND;VALUE=DATE:2027")), "event 1 has no end"),
        (calendar(days("Spring term", "20270326", "20270105")), "event 1 ends before it starts"),
        (calendar((*TERMS[0], "RRULE:FREQ=YEARLY")), "event 1 repeats"),
        (calendar(days("Christmas holiday", "00010101", "00010102")), "start of event 1 is not in the years 1900"),
        (
            calendar(("Christmas holiday", "DTSTART:00010101T000000Z", "DTEND:00010102T000000Z")),
            "start of event 1 is not in the years",
        ),
        (calendar(("Christmas holiday", "DTSTART;VALUE=DATE:99991231")), "start of event 1 is not in the years"),
        (calendar(days("Autumn term", "20260902", "99991231")), "end of event 1 is not in the years"),
        (
            calendar(("Autumn term", "DTSTART:20260902T000000Z", "DTEND:99991231T235959Z")),
            "end of event 1 is not in the years",
        ),
        (calendar(("Autumn term", "DTSTART:20260902T000000Z", "DURATION:P99999999D")), "end of event 1 is not in"),
        (calendar(("Autumn term", "DTSTART;VALUE=DATE:20260902", "DURATION:P99999999D")), "end of event 1 is not in"),
        (calendar(("Autumn term", "DTSTART;VALUE=DATE:20260902", "DURATION:P9999999999D")), "."),
        (calendar(TERMS[0], days(f"Autumn term {SECRET}", "20261201", "20261224")), "event 1 and event 2 overlap"),
    ],
)
def test_what_is_wrong_is_told_with_its_event_and_never_repeated(text, words):
    with pytest.raises(AnswersError) as refused:
        read_terms(text)
    assert words in str(refused.value)
    assert "Isla" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_broken_event_beside_terms_that_is_none_of_them_is_left_out():
    rows = [*TERMS, (SECRET, "DTSTART;VALUE=DATE:20271301")]
    assert len(read_terms(calendar(*rows)).terms.terms) == 2
