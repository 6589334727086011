from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.month import abreast, in_lines, legend, months
from cppp_cli.programme.nights.patterns import PATTERNS
from cppp_cli.programme.nights.rules import Calendar
from cppp_cli.programme.nights.terms import Period, TermDates

HALF_TERM = TermDates((Period(date(2027, 2, 13), date(2027, 2, 21), "holiday", "half term"),))


def laid(letters="AAAABBAAAAAAAA", first=date(2027, 1, 4), days=365, terms=None):
    return lay(Calendar(letters, first, terms=terms), first, days)


@pytest.mark.parametrize("first", [date(2027, 1, 1), date(2027, 1, 31), date(2028, 2, 29), date(2026, 11, 22)])
@pytest.mark.parametrize("days", [1, 28, 365, 366, 730])
def test_every_day_of_a_month_stands_once_under_its_weekday(first, days):
    found = months(laid(first=first, days=days))
    for month in found:
        assert [[day.on.day if day else 0 for day in week] for week in month.weeks] == calendar.monthcalendar(
            month.first.year, month.first.month
        )
        assert all(day.on.replace(day=1) == month.first for day in month.days)
    inside = [day for month in found for day in month.days if day.letter]
    assert [day.on for day in inside] == [first + timedelta(n) for n in range(days)]
    assert "".join(day.letter for day in inside) == laid(first=first, days=days).letters


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.key)
def test_the_marks_of_a_change_are_where_the_letter_changes(pattern):
    nights = laid(pattern.letters)
    marked = {day.on for month in months(nights) for day in month.days if day.handover}
    changes = {nights.first + timedelta(n) for n in range(1, nights.days) if nights.letters[n] != nights.letters[n - 1]}
    assert marked == changes


def test_only_days_of_a_school_holiday_are_marked_as_one():
    nights = laid(terms=HALF_TERM)
    marked = {day.on for month in months(nights) for day in month.days if day.holiday}
    assert marked == {date(2027, 2, 13) + timedelta(n) for n in range(9)}
    assert "school holiday" in legend(months(nights))
    assert "school holiday" not in legend(months(laid()))


def test_no_more_months_than_asked_for():
    assert [m.title for m in months(laid(), 2)] == ["January 2027", "February 2027"]
    assert len(months(laid())) == 13


@pytest.mark.parametrize("width", [20, 79, 80, 113, 120, 200])
@pytest.mark.parametrize("terms", [None, HALF_TERM])
def test_drawn_side_by_side_nothing_is_wider_than_the_screen_and_nothing_is_lost(width, terms):
    nights = laid(terms=terms)
    lines = ["".join(piece.text for piece in line) for line in abreast(months(nights), width)]
    assert max(len(line) for line in lines) <= max(width, 35)
    letters = {"A": 0, "B": 0}
    for line in abreast(months(nights), width):
        for piece in line:
            if piece.letter:
                assert piece.text[3] == piece.letter
                letters[piece.letter] += 1
    assert letters == {side: nights.letters.count(side) for side in "AB"}
    text = "\n".join(lines)
    assert [text.count(f"{name} 2027") for name in calendar.month_name[1:]] == [1] * 12
    assert (text.count("*") == 9) == (terms is not None)


def test_a_square_stands_under_the_weekday_it_is_drawn_under():
    head, *weeks = ["".join(piece.text for piece in line) for line in abreast(months(laid(), 1), 80)][1:]
    drawn = {
        int(week[at : at + 2]): head[at : at + 2]
        for week in weeks
        for at in range(0, 35, 5)
        if week[at : at + 2].strip()
    }
    assert drawn == {day: calendar.day_name[date(2027, 1, day).weekday()][:2] for day in range(1, 32)}


def test_read_aloud_each_night_is_told_once_and_every_change():
    nights = laid(days=59)
    told = [entry for month in months(nights) for line in in_lines(month) for entry in line.split(", ")]
    assert len(told) == 59
    assert "".join(entry.split()[-1] for entry in told) == nights.letters
    assert sum("changes" in entry for entry in told) == sum(
        a != b for a, b in zip(nights.letters, nights.letters[1:], strict=False)
    )
