"""The wording of a whole plan: what one entry leaves to another, what is kept, and what is not agreed at all."""

from __future__ import annotations

import pytest

from cppp_cli.checks import plan_wording, wording
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import DESK, Version, entry

DAY = "2026-07-29"
PATTERN = "Their father collects them on Fridays at 18:00 and brings them back on Sundays at 18:00."
HANDOVER = "Their father collects them from the library at 18:00. If one parent is ill, it is made up the next weekend."


def one(number, topic, words, *, state="agreed", **more):
    said = {"topic": topic, "children": ("all",), "state": state, "wording": words, "yes_a_on": DAY, "yes_b_on": DAY}
    answers = {path.replace("__", "."): Answer(value) for path, value in (said | more).items()}
    return entry(number, [Version(f"entry.{number}", 1, DESK, None, "2026-08-06T09:00:00+00:00", answers)])


def ids(entries, number=1):
    return [finding.id for found, finding in plan_wording.findings(entries) if found.number == number]


@pytest.mark.parametrize("state", ["progress", "not_agreed", "for_court", "withdrawn", "not_raised"])
def test_only_what_is_agreed_is_asked_about(state):
    assert ids([one(1, "money", "A reasonable half.", state=state)]) == []
    for agreed in ("agreed", "agreed_in_principle"):
        assert ids([one(1, "money", "A reasonable half.", state=agreed)]) == ["vague-word"]


def test_a_kept_finding_is_left_out_and_no_other():
    words = "He has them at reasonable times and allows them to phone."
    every = ids([one(1, "time_apart", words)])
    assert "vague-word" in every
    assert len(set(every)) > 1
    for kept in set(every):
        left = ids([one(1, "time_apart", words, **{f"kept__{kept}": "trial_period"})])
        assert left == [found for found in every if found != kept]


def test_what_is_kept_in_one_entry_is_asked_in_another():
    kept = one(1, "money", "A reasonable half.", **{"kept__vague-word": "other"})
    other = one(2, "money", "A reasonable half.")
    assert ids([kept, other], 1) == []
    assert ids([kept, other], 2) == ["vague-word"]


def test_a_review_of_its_own_or_of_the_plan_answers_the_question():
    assert "no-review" in ids([one(1, "living_pattern", PATTERN)])
    assert "no-review" not in ids([one(1, "living_pattern", PATTERN, review_on="2027-01-01")])
    plan = one(2, "review", "Both meet on 7 December 2026 at 10:00 at the library to look at the plan.")
    assert "no-review" not in ids([one(1, "living_pattern", PATTERN), plan])
    open_plan = one(2, "review", "Both meet sometime.", state="progress")
    assert "no-review" in ids([one(1, "living_pattern", PATTERN), open_plan])


def test_what_the_handovers_settle_the_pattern_need_not():
    alone = set(ids([one(1, "living_pattern", PATTERN)]))
    settled = {wording.KNOWN[key] for key in ("place", "traveller", "fallback")}
    assert alone & settled == {"time-without-place", "no-fallback"}
    beside = set(ids([one(1, "living_pattern", PATTERN), one(2, "handovers", HANDOVER)]))
    assert beside == alone - settled
    for useless in (one(2, "handovers", HANDOVER, state="not_agreed"), one(2, "money", HANDOVER),
                    one(2, "handovers", "Clean clothes travel with them.")):  # fmt: skip
        assert set(ids([one(1, "living_pattern", PATTERN), useless])) == alone


def test_what_is_settled_for_one_child_is_asked_for_the_others():
    settled = {"time-without-place", "no-fallback"}
    of_first, of_second = (one(n, "handovers", HANDOVER, children=(str(n - 1),)) for n in (2, 3))
    everybody = one(1, "living_pattern", PATTERN, agreed_for=("1", "2"))
    assert settled <= set(ids([everybody, of_first]))
    assert not settled & set(ids([everybody, of_first, of_second]))
    assert not settled & set(ids([one(1, "living_pattern", PATTERN, children=("1",)), of_first]))
    assert settled <= set(ids([one(1, "living_pattern", PATTERN, children=("2",)), of_first]))
    assert not settled & set(ids([one(1, "living_pattern", PATTERN, children=("2",)), one(2, "handovers", HANDOVER)]))


def test_a_place_left_out_on_purpose_is_not_asked_for_elsewhere():
    words = "Their father collects them at 18:00. If one parent is ill, it is made up the next weekend."
    assert "time-without-place" in ids([one(1, "living_pattern", PATTERN), one(2, "handovers", words)])
    kept = one(2, "handovers", words, **{"kept__time-without-place": "safety"})
    assert "time-without-place" not in ids([one(1, "living_pattern", PATTERN), kept])


def test_an_open_place_of_the_handovers_stays_a_question_everywhere():
    handovers = one(2, "handovers", "Their father collects them at 18:00.")
    open_there = set(ids([handovers], 2))
    for_pattern = set(ids([one(1, "living_pattern", PATTERN), handovers]))
    for key in ("place", "traveller", "fallback"):
        known = wording.KNOWN[key]
        assert known not in open_there or known not in set(ids([one(1, "living_pattern", PATTERN)])) - for_pattern


def test_other_words_can_be_tried_before_they_are_kept():
    found = one(1, "money", "A reasonable half.")
    assert [f.id for f in plan_wording.of_entry(found, [found])] == ["vague-word"]
    assert plan_wording.of_entry(found, [found], "Each pays half.") == ()
    assert plan_wording.of_entry(one(1, "money", "Each pays half."), [], "A fair half, reasonably.") != ()


@pytest.mark.parametrize(
    "words", ["", "[b]", "{{ x }}", "{a} {answer}", "\n\n", "x" * 5_000, "\u05e9\u05dc\u05d5\u05dd"]
)
def test_any_words_can_be_checked(words):
    found = plan_wording.findings([one(1, "living_pattern", words), one(2, "handovers", words)])
    assert all(0 <= finding.start <= finding.end <= len(words) for _, finding in found)
