from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.audiences import (
    BOTH_PARENTS,
    COURT,
    NOBODY,
    cleared,
    may_be_told_to_both,
    may_enter_report,
    readers,
)

READERS = ("parent-a", "parent-b", "court", "child-1", "child-2")
CLOSED = ("nobody", "unsure", "not-asked", "judge-only", "undecided")  # what keeps words in the file
EVERY_CHOICE = [*READERS, *CLOSED]
chosen = st.sets(st.sampled_from(EVERY_CHOICE))


def subsets(of):
    return chain.from_iterable(combinations(of, n) for n in range(len(of) + 1))


def heard_by(choice):
    """By hand: those named, and both parents when the court is named; a word that is no reader names nobody."""
    named = {reader for reader in choice if reader in READERS}
    return named | ({"parent-a", "parent-b"} if "court" in named else set())


def test_the_narrower_wins_for_every_pair_of_choices():
    """All 32 x 32 choices of readers."""
    for wish in subsets(READERS):
        for decision in subsets(READERS):
            heard = cleared(wish, decision)
            assert heard == heard_by(wish) & heard_by(decision)
            assert heard <= readers(wish)
            assert heard <= readers(decision)
            assert may_enter_report(wish, decision) == ("court" in wish and "court" in decision)
            assert may_be_told_to_both(wish, decision) == ({"parent-a", "parent-b"} <= heard)


@given(wish=chosen, decision=chosen)
def test_it_is_the_same_whose_gate_is_the_narrower(wish, decision):
    assert cleared(wish, decision) == cleared(decision, wish)
    assert cleared(wish, wish) == readers(wish)


@given(wish=chosen, decision=chosen, more=chosen)
def test_opening_a_gate_never_takes_a_reader_away_and_closing_it_never_adds_one(wish, decision, more):
    assert cleared(wish, decision) <= cleared(wish | more, decision)
    assert cleared(wish, decision) <= cleared(wish, decision | more)
    assert cleared(wish - more, decision) <= cleared(wish, decision)


@pytest.mark.parametrize("closed", [(), *((word,) for word in CLOSED), ("nobody", "unsure"), ("a reader of tomorrow",)])
def test_unsure_unasked_undecided_nobody_and_judge_only_open_nothing(closed):
    for other in subsets(READERS):
        for wish, decision in ((closed, other), (other, closed)):
            assert not cleared(wish, decision) & set(READERS)
            assert not may_enter_report(wish, decision)
            assert not may_be_told_to_both(wish, decision)


def test_the_court_is_never_told_without_both_parents():
    """Every party reads a report, so nothing can be for the judge alone."""
    assert readers((COURT,)) == BOTH_PARENTS | {COURT}
    for wish in subsets(EVERY_CHOICE):
        assert COURT not in readers(wish) or readers(wish) >= BOTH_PARENTS


@given(wish=chosen, decision=chosen)
def test_what_enters_a_report_may_be_told_to_both_parents_too(wish, decision):
    if may_enter_report(wish, decision):
        assert may_be_told_to_both(wish, decision)


def test_one_parent_is_not_both():
    for one in ("parent-a", "parent-b"):
        assert not may_be_told_to_both((one,), ("parent-a", "parent-b", "court"))
        assert not may_enter_report(("parent-a", "parent-b"), (one, "court"))
    assert may_be_told_to_both(("parent-a", "parent-b"), ("court",))
    assert not may_enter_report(("parent-a", "parent-b"), ("court",))
    assert cleared(("parent-a",), ("parent-b",)) == NOBODY
