"""``cppp nights CASE``: the calendars of the ledger, for each child the one that holds for it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import icalendar
import pytest

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import YES
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.store import ledger, terms

START = {"pattern": "alternate-weekends", "fewer": "B", "starts_on": "2027-01-04", "has_daytimes": "no",
         "has_holidays": "no", "has_special_days": "no", "has_swaps": "no"}  # fmt: skip
NINE = START | {"pattern": "9-5"}
FAMILIES = ["family-1", "family-2"]
OTHER = {"family-1": "family-2", "family-2": "family-1"}
FIRST = ("--from", "2027-01-04")


@pytest.fixture(autouse=True)
def without_a_plan(cppp, at_stage):
    """The families as they came, before anything of their plan was kept."""
    at_stage("opened")


@pytest.fixture
def keep(look, shelf):
    """Put a calendar into the ledger of a case; its answers are those of the questions."""

    def put(family, name, answers):
        yes = dict.fromkeys(YES, "2027-01-01") if name.startswith("agreed") else {}
        given = {path: Answer(value) for path, value in (answers | yes).items()}
        now = "2027-01-02T09:00:00+00:00"
        look(lambda db: ledger.add(db, shelf.cases[family], f"calendar.{name}", given, lambda: now))

    return put


@pytest.fixture
def nights(cppp, shelf):
    def run(family, *words, code=0, before=()):
        done = cppp(*before, "nights", shelf.references[family], *words)
        assert done.code == code, done.out + done.err
        return done

    return run


@pytest.fixture
def data(nights):
    return lambda family, *words: json.loads(nights(family, *words, "--json").out)["result"]


def called(families, family):
    given = families.load(family)["new-case"]
    return {
        side: next(
            given[f"adults.{n}.full_name"].split()[0] for n in (1, 2, 3) if given.get(f"adults.{n}.side") == side
        )
        for side in "AB"
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_the_agreed_calendar_is_the_one_that_is_counted(nights, data, keep, families, family):
    keep(family, "now", NINE | {"fewer": "A"})
    keep(family, "agreed", START)
    found = data(family, *FIRST)
    assert found["letters"] == ("AAAABBAAAAAAAA" * 27)[:365]
    assert found["nights"] == {"a": found["letters"].count("A"), "b": found["letters"].count("B"), "o": 0}
    assert [c["children"] for c in found["calendars"]] == [[1, 2]]
    out = nights(family, *FIRST).out
    assert out.startswith("Agreed: the children")
    own, other = called(families, family), called(families, OTHER[family])
    assert all(f"with {name}" in out for name in own.values())
    assert not any(name in out for name in set(other.values()) - set(own.values()))


@pytest.mark.parametrize("family", FAMILIES)
def test_where_nothing_is_agreed_both_proposals_stand_side_by_side(nights, data, keep, families, family):
    keep(family, "a", START)
    keep(family, "b", NINE)
    found = data(family, *FIRST, "--days", "56")
    one, two = found["letters"], found["second"]["letters"]
    assert (one, two) == ("AAAABBAAAAAAAA" * 4, "AABBBBBAAAAAAA" * 4)
    assert found["compare"]["disputed"] == sum(a != b for a, b in zip(one, two, strict=True))
    out = nights(family, *FIRST, "--days", "56").out
    own = called(families, family)
    assert f"First: Proposed by {own['A']}" in out
    assert f"Second: Proposed by {own['B']}" in out


def test_one_proposal_alone_is_shown_alone_and_another_is_chosen_by_name(data, keep):
    keep("family-1", "b", NINE)
    keep("family-1", "now", START)
    assert "second" not in data("family-1", *FIRST)
    assert data("family-1", *FIRST)["pattern"]["letters"] == "AABBBBBAAAAAAA"
    assert data("family-1", *FIRST, "--of", "now")["pattern"]["letters"] == "AAAABBAAAAAAAA"
    beside = data("family-1", *FIRST, "--of", "now", "--compare", "b")
    assert beside["second"]["pattern"]["letters"] == "AABBBBBAAAAAAA"


def test_a_childs_own_calendar_goes_before_that_of_all(nights, data, keep, tmp_path):
    keep("family-1", "agreed", START)
    keep("family-1", "agreed.2", NINE)
    found = data("family-1", *FIRST)["calendars"]
    assert [(c["children"], c["pattern"]["letters"]) for c in found] == [
        ([1], "AAAABBAAAAAAAA"),
        ([2], "AABBBBBAAAAAAA"),
    ]
    assert data("family-1", *FIRST, "--child", "2")["children"] == [2]
    nights("family-1", "--ics", tmp_path / "n.ics", code=2)
    nights("family-1", "--child", "7", code=6)
    nights("family-1", "--child", "2", *FIRST, "--days", "14", "--ics", tmp_path / "n.ics")
    text = (tmp_path / "n.ics").read_text(encoding="utf-8")
    assert [str(e["SUMMARY"])[-1] for e in icalendar.Calendar.from_ical(text).walk("VEVENT")] == ["A", "B", "A"]
    assert not any(word in text for word in ("Isla", "Theo", "Ashdown", "ZE26"))


def test_each_childs_own_school_counts(data, keep, look, shelf):
    keep("family-1", "agreed", START)
    week = TermDates(
        (Period(date(2027, 1, 11), date(2027, 1, 15), "term"), Period(date(2027, 1, 25), date(2027, 1, 29), "term"))
    )
    look(lambda db: terms.replace(db, shelf.cases["family-1"], [2], week))
    found = {c["children"][0]: c for c in data("family-1", *FIRST, "--days", "40")["calendars"]}
    assert found[1]["holiday_nights"] is None
    off = [date(2027, 1, 16) + timedelta(n) for n in range(9)]
    letters = found[2]["letters"]
    assert found[2]["holiday_nights"]["b"] == sum(letters[(day - date(2027, 1, 4)).days] == "B" for day in off)


def test_why_and_bands_are_shown_for_a_case_too(nights, keep, families):
    keep("family-1", "agreed", START)
    own = called(families, "family-1")
    out = nights("family-1", "--explain", "2027-01-08").out
    assert f"The night of Friday 8 January 2027 is with {own['B']}." in out
    assert f"A is {own['A']}, B is {own['B']}." in out
    out = nights("family-1", *FIRST, "--maintenance").out
    assert f"If the one who pays is\t{own['B']}" in out
    assert "27 October 2023" in out
    assert "maintenance" not in nights("family-1", *FIRST).out


@pytest.mark.parametrize("words", [("--of", "mine"), ("--compare", "9-5"), ("--swap",), ("--starts", "2027-01-04"),
                                   ("--handover", "17:30"), ("--terms", "x.csv"), ("--pattern", "9-5")])  # fmt: skip
def test_what_goes_with_a_pattern_alone_is_refused(nights, keep, words):
    keep("family-1", "agreed", START)
    nights("family-1", *words, code=2)


def test_a_case_without_a_calendar_says_what_to_do(nights, keep):
    assert "cppp agreement" in nights("family-1", code=6).err
    keep("family-1", "a", START)
    nights("family-1", "--of", "agreed", code=6)
    nights("family-1", "--of", "a", "--compare", "b", code=6)
    nights("family-2", code=6)


# ------------------------------------------------------------------------------------- who A and B are, and for whom


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("before", [(), ("--plain",)])
def test_who_a_and_b_are_is_told_below_the_grid_and_a_comparison(nights, keep, families, family, before):
    keep(family, "a", START)
    own = called(families, family)
    said = f"\nA is {own['A']}, B is {own['B']}"
    assert nights(family, *FIRST, before=before).out.count(said) == 1
    assert said not in nights(family, *FIRST, "--months", "0", before=before).out
    keep(family, "b", NINE)
    assert nights(family, *FIRST, before=before).out.count(said) == 1


def test_children_with_different_calendars_are_told_apart_for_scripts(nights, keep):
    keep("family-1", "agreed", START)
    one = json.loads(nights("family-1", *FIRST, "--json").out)
    assert one["result"]["children"] == [1, 2]
    assert one["warnings"] == []
    keep("family-1", "agreed.2", NINE)
    both = json.loads(nights("family-1", *FIRST, "--json").out)
    assert both["result"]["children"] == [1]
    assert both["result"]["nights"] == both["result"]["calendars"][0]["nights"]
    (warning,) = both["warnings"]
    assert "figures of child 1 alone" in warning
    assert "calendars" in warning
    assert json.loads(nights("family-1", *FIRST, "--child", "2", "--json").out)["warnings"] == []


BACKWARDS = "This calendar begins on Monday 4 January 2027. For the nights before, its pattern is counted backwards"


def test_nights_before_a_calendar_begins_are_counted_with_a_caution(nights, data, keep):
    keep("family-1", "agreed", START)
    early = ("--from", "2026-12-31", "--days", "20")
    out = " ".join(nights("family-1", *early).out.split())
    assert out.count(BACKWARDS) == 1
    found = data("family-1", *early)
    assert [BACKWARDS in caution for caution in found["cautions"]] == [True]
    assert found["letters"] == ("AAAABBAAAAAAAA" * 3)[10:30]
    why = nights("family-1", "--explain", "2026-12-26").out
    assert "The night of Saturday 26 December 2026 is with" in why
    assert BACKWARDS in " ".join(why.split())
    assert BACKWARDS in data("family-1", "--explain", "2026-12-26")["explain"]["cautions"][0]


def test_from_the_first_night_on_there_is_no_such_caution(nights, data, keep):
    keep("family-1", "agreed", START)
    for words in ((), FIRST, ("--explain", "2027-01-04")):
        assert "backwards" not in nights("family-1", *words).out
    assert data("family-1", *FIRST, "--explain", "2027-01-04")["explain"]["cautions"] == []
    assert data("family-1", *FIRST)["cautions"] == []


def test_both_sides_of_a_comparison_say_when_they_begin(nights, keep):
    keep("family-1", "a", START)
    keep("family-1", "b", NINE | {"starts_on": "2027-03-01"})
    out = " ".join(nights("family-1", "--from", "2027-01-01").out.split())
    assert "begins on Monday 4 January 2027. For the nights before" in out
    assert "begins on Monday 1 March 2027. For the nights before" in out
    later = " ".join(nights("family-1").out.split())  # from the earlier beginning
    assert "begins on Monday 4 January 2027. For" not in later
    assert "begins on Monday 1 March 2027. For" in later


def test_a_calendar_for_all_is_told_for_those_without_one_of_their_own(cppp, shelf, keep, families):
    """The one for all by the days of alternate weekends, the other child's by its five nights together."""
    keep("family-1", "agreed", START)

    def told():
        done = cppp("agreement", "compare", shelf.references["family-1"], "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)["result"]["calendars"]

    given = families.load("family-1")["new-case"]
    first, second = (given[f"children.{n}.full_name"].split()[0] for n in (1, 2))
    assert "the children are with" in told()["agreed"]
    keep("family-1", "agreed.1", NINE)
    found = told()
    assert f"{second} is with" in found["agreed"]
    assert "for the nights of Friday and Saturday" in found["agreed"]
    assert f"{first} is with" in found["agreed.1"]
    assert not any(word in found["agreed"] for word in ("the children", f"{first} is", "nobody"))
    keep("family-1", "agreed.2", NINE)
    found = told()
    assert found["agreed"].startswith("Every child has a calendar of its own, so this one holds for nobody")
    assert "for the nights of Friday and Saturday" in found["agreed"]


def test_an_hour_that_is_not_settled_is_told_as_such(data, keep):
    keep("family-1", "agreed", START)
    assert "counted with 18:00, as no hour was named" in data("family-1", *FIRST)["basis"]["hours"]
    keep("family-1", "agreed", START | {"handover_at": "18:00"})
    assert "18:00 on its date, when care changes" in data("family-1", *FIRST)["basis"]["hours"]
