from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.errors import UsageProblemError
from cppp_cli.programme.nights.patterns import LETTERS, PATTERNS, Pattern, find, read_letters, swapped, whole_weeks

NAMES = sorted({(name, pattern.key) for pattern in PATTERNS for name in pattern.names})


def test_every_name_belongs_to_one_pattern():
    names = [name for name, _ in NAMES]
    assert len(names) == len(set(names))
    assert len(PATTERNS) == 22  # twenty rows, two of which are two patterns each


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.key)
def test_a_named_pattern_fills_whole_weeks_from_a_and_gives_a_the_more(pattern):
    assert whole_weeks(pattern.letters)
    assert pattern.weeks * 7 == len(pattern.letters)
    assert set(pattern.letters) == {"A", "B"}
    assert pattern.letters[0] == "A"
    assert pattern.letters.count("A") >= pattern.letters.count("B")
    assert pattern.says.endswith(".")


@pytest.mark.parametrize(("name", "key"), NAMES)
def test_each_name_finds_its_pattern_however_it_is_written(name, key):
    for typed in (name, name.upper(), name.replace("-", " "), f" {name.replace('-', '/')} ", name.replace("-", "–")):
        found = find(typed)
        assert isinstance(found, Pattern)
        assert found.key == key


def test_the_names_people_use():
    wanted = {
        "7-7": "week-on-week-off",
        "alternating weeks": "week-on-week-off",
        "Week on / week off": "week-on-week-off",
        "4-4-3": "3-4-4-3",
        "12-2": "alternate-weekends",
        "every other weekend": "alternate-weekends",
        "Alternate weekend": "alternate-weekends",
        "5-2": "every-weekend",
        "2-2-5-5": "2-2-5-5",
        "5-2-2-5": "5-2-2-5",
    }
    assert {typed: find(typed).key for typed in wanted} == wanted


def test_an_unambiguous_beginning_is_enough():
    assert find("2-2-5").key == "2-2-5-5"
    assert find("two-weeks").key == "two-weeks-on-off"
    assert find("every-th").key == "every-third-weekend"


@pytest.mark.parametrize("typed", ["alt", "every", "2-2", "one", "alternate-weekends-fri-mon-mid"])
def test_an_ambiguous_beginning_names_the_patterns_to_choose_from(typed):
    with pytest.raises(UsageProblemError) as caught:
        find(typed)
    listed = re.search(r"one of: (.*)\.$", str(caught.value))[1].split(", ")
    assert len(listed) > 1
    assert set(listed) == {p.key for p in PATTERNS if any(name.startswith(typed) for name in p.names)}


@pytest.mark.parametrize("typed", ["", "  ", "-", "Ivy Reed", "99", "AABBC", "7-8", "A.B"])
def test_what_is_no_pattern_is_refused_without_repeating_it(typed):
    with pytest.raises(UsageProblemError) as caught:
        find(typed)
    assert "2-2-3" in str(caught.value)
    assert len(typed.strip()) < 3 or typed not in str(caught.value)


@given(st.text("ABO", min_size=1, max_size=60), st.data())
def test_letters_are_read_in_any_writing(letters, data):
    written = "".join(
        data.draw(st.sampled_from(["", " ", "/", " - ", "-", "\n"])) + data.draw(st.sampled_from([c, c.lower()]))
        for c in letters
    )
    assert find(written) == letters
    assert read_letters(written) == letters


@given(st.text("ABO", min_size=1, max_size=60))
def test_swapping_twice_changes_nothing_and_leaves_others_where_they_are(letters):
    exchanged = swapped(letters)
    assert swapped(exchanged) == letters
    assert [c for c in exchanged if c == "O"] == [c for c in letters if c == "O"]
    for mine, theirs in zip(letters, exchanged, strict=True):
        assert {mine, theirs} in ({"A", "B"}, {"O"})


def test_whole_weeks_are_told_from_others():
    assert [n for n in range(30) if whole_weeks("A" * n)] == [7, 14, 21, 28]
    assert LETTERS == "ABO"
