from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent))

from made_up_calendars import HIGH, LOW, calendars

from cppp_cli.errors import UsageProblemError
from cppp_cli.programme.nights.compare import compare
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.rules import Calendar

MONDAY = date(2027, 1, 4)


@settings(max_examples=80, deadline=None)
@given(calendars(), calendars(), st.dates(LOW, HIGH), st.integers(1, 200))
def test_the_disputed_nights_are_those_on_which_the_letters_differ(one, other, first, days):
    mine, theirs = lay(one, first, days), lay(other, first, days)
    found = compare(mine, theirs)
    by_night = {night.on: (night.one, night.other) for night in found.nights}
    for number in range(days):
        day = first + timedelta(days=number)
        pair = (mine.letters[number], theirs.letters[number])
        assert by_night.get(day, pair) == pair
        assert (day in by_night) == (pair[0] != pair[1])
    # The ranges hold the disputed nights and nothing else, and none could be longer.
    walked = {
        r.first + timedelta(days=n): (r.one, r.other) for r in found.ranges for n in range((r.last - r.first).days + 1)
    }
    assert walked == by_night
    assert sum(r.nights for r in found.ranges) == len(found.nights)
    for r in found.ranges:
        for beside in (r.first - timedelta(days=1), r.last + timedelta(days=1)):
            assert by_night.get(beside) != (r.one, r.other)
    # What one gives away the other receives, on the disputed nights as on all.
    for letter in "abo":
        gained = getattr(found.one, letter) - getattr(found.other, letter)
        assert gained == mine.letters.count(letter.upper()) - theirs.letters.count(letter.upper())
    assert sum(found.pairs.values()) == len(found.nights) == found.one.total == found.other.total
    back = compare(theirs, mine)
    assert (back.one, back.other) == (found.other, found.one)


@given(calendars(), st.dates(LOW, HIGH), st.integers(1, 100))
@settings(max_examples=20, deadline=None)
def test_a_proposal_does_not_differ_from_itself(calendar, first, days):
    found = compare(lay(calendar, first, days), lay(calendar, first, days))
    assert (found.nights, found.ranges, found.pairs) == ((), (), {})


def test_alternate_weekends_with_and_without_the_sunday():
    short, long = Calendar("AAAABBAAAAAAAA", MONDAY), Calendar("AAAABBBAAAAAAA", MONDAY)
    data = compare(lay(short, MONDAY, 28), lay(long, MONDAY, 28)).as_data()
    assert data["disputed"] == 2
    assert data["nights"] == [
        {"on": "2027-01-10", "one": "A", "other": "B"},
        {"on": "2027-01-24", "one": "A", "other": "B"},
    ]
    assert (data["one"], data["other"]) == ({"a": 2, "b": 0, "o": 0}, {"a": 0, "b": 2, "o": 0})
    assert data["pairs"] == {"ab": 2}
    assert [r["nights"] for r in data["ranges"]] == [1, 1]


def test_a_range_ends_where_the_answers_change():
    found = compare(lay(Calendar("AABB", MONDAY), MONDAY, 4), lay(Calendar("BBAA", MONDAY), MONDAY, 4))
    assert [(r.first, r.last, r.one, r.other) for r in found.ranges] == [
        (MONDAY, date(2027, 1, 5), "A", "B"),
        (date(2027, 1, 6), date(2027, 1, 7), "B", "A"),
    ]


def test_two_windows_cannot_be_compared():
    calendar = Calendar("AB", MONDAY)
    for first, days in ((MONDAY, 9), (MONDAY + timedelta(days=1), 10)):
        with pytest.raises(UsageProblemError, match="same nights"):
            compare(lay(calendar, MONDAY, 10), lay(calendar, first, days))
