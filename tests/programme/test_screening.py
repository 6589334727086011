from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.screening import CRITERIA, Criterion, decide

RESULTS = ("met", "not_met", "not_known")
WILLING = (("Ann", "met"), ("Bo", "met"))
DAY = date(2026, 6, 10)


def criteria(results, **departure):
    return [Criterion(key, result, **departure) for key, result in zip(CRITERIA, results, strict=True)]


ALL_MET = criteria(("met",) * 4)
DEPARTED = {"depart": True, "reason": "why", "manager": "Colin Osei", "consulted_on": DAY}


def test_only_met_opens_whatever_else_is_known():
    """All 3 ** 6 ways two adults and four criteria can stand."""
    for *willing, a, b, c, d in product(RESULTS, repeat=6):
        found = decide([("Ann", willing[0]), ("Bo", willing[1])], criteria((a, b, c, d)))
        missing = [result for result in (*willing, a, b, c, d) if result != "met"]
        assert found.opens == (not missing)
        assert len(found.reasons) == len(missing)
        assert found.departures == ()


@pytest.mark.parametrize("result", ["not_met", "not_known", "", "yes", "MET", "met "])
def test_anything_but_met_is_said_and_keeps_it_closed(result):
    for place, key in enumerate(CRITERIA):
        results = ["met"] * 4
        results[place] = result
        found = decide(WILLING, criteria(results))
        said = "not met" if result == "not_met" else "not known"
        assert (found.opens, found.reasons) == (False, (f"{CRITERIA[key]}: {said}",))


@given(
    departed=st.sets(st.sampled_from(list(CRITERIA))),
    results=st.lists(st.sampled_from(RESULTS), min_size=4, max_size=4),
)
def test_a_complete_departure_opens_for_its_criterion_alone(departed, results):
    found = decide(
        WILLING,
        [
            Criterion(key, result, **DEPARTED) if key in departed else Criterion(key, result)
            for key, result in zip(CRITERIA, results, strict=True)
        ],
    )
    unmet = {key for key, result in zip(CRITERIA, results, strict=True) if result != "met"}
    assert found.opens == (unmet <= departed)
    assert {c.key for c in found.departures} == unmet & departed, "what is met is not departed from"
    assert len(found.reasons) == len(unmet - departed)


@pytest.mark.parametrize("result", ["not_met", "not_known"])
@pytest.mark.parametrize("without", [{"depart": False}, {"reason": ""}, {"manager": ""}, {"consulted_on": None}])
def test_a_departure_needs_the_reason_the_manager_and_the_date(result, without):
    for place in range(4):
        found = list(ALL_MET)
        found[place] = replace(found[place], result=result, **DEPARTED)
        assert decide(WILLING, found).opens
        found[place] = replace(found[place], **without)
        assert not decide(WILLING, found).opens
        assert decide(WILLING, found).departures == ()


@pytest.mark.parametrize("result", ["not_met", "not_known"])
def test_willingness_is_never_departed_from(result):
    """Not even when every criterion is departed from, nor by a criterion of that name."""
    everything = [*criteria(("not_met",) * 4, **DEPARTED), Criterion("willing", "met", **DEPARTED)]
    assert decide(WILLING, everything).opens
    for willing in ([("Ann", result), ("Bo", "met")], [("Ann", "met"), ("Bo", result)], [*WILLING, ("Cy", result)]):
        assert not decide(willing, everything).opens
        (reason,) = decide(willing, everything).reasons
        assert "willingness" in reason


@pytest.mark.parametrize("willing", [[], [("Ann", "met")]])
def test_there_must_be_somebody_on_both_sides(willing):
    assert not decide(willing, ALL_MET).opens


def test_a_criterion_that_was_never_asked_is_not_known():
    for key in CRITERIA:
        found = decide(WILLING, [c for c in ALL_MET if c.key != key])
        assert (found.opens, found.reasons) == (False, (f"{CRITERIA[key]}: not known",))


@given(st.permutations(criteria(("met", "not_met", "not_known", "met"), **DEPARTED)))
def test_the_order_they_come_in_does_not_matter(found):
    assert [c.key for c in decide(WILLING, found).departures] == ["harmful_conflict", "abuse_considered"]
