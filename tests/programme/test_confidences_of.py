from __future__ import annotations

from dataclasses import replace

import pytest

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.audiences import BOTH_PARENTS, COURT
from cppp_cli.programme.confidences import ADDRESS, TELEPHONE
from cppp_cli.programme.confidences_of import (
    ALL_PARTIES,
    ANYONE,
    answers_of_adults,
    confidences,
    consented_words,
    known_to_both,
)
from cppp_cli.store import cases, ledger, sessions

PRETENDS = "Sometimes I pretend to be asleep so that nobody asks me about the other house."
DADS = "I want to sleep at Dad's when it is not a school day, and I want them to stop reading messages with that face."


@pytest.fixture
def isla(desk):
    """The first family, with all it has said."""
    found = next(case for case in cases.listed(desk.db) if case.number == "ZE26P01234")
    return cases.load(desk.db, found.id), sessions.of_case(desk.db, found.id), ledger.entries(desk.db, found.id)


def told(case, held, words, path, **changes):
    """The same sessions with other answers to one statement or other item."""
    found = []
    for session in held:
        answers = dict(session.answers)
        if any(a.value == words for a in answers.values()):
            answers |= {f"{path}.{key}": Answer(value) for key, value in changes.items()}
        found.append(replace(session, answers=answers))
    return {c.words: c for c in confidences(case, found)}[words]


@pytest.mark.parametrize(
    ("wish", "decision", "open_to_court"),
    [
        (("court",), ("court",), True),
        (("court",), ("undecided",), False),
        (("court",), ("parent-a",), False),
        (("parent-a", "parent-b"), ("court",), False),
        (("judge-only",), ("court",), False),
        (("nobody",), ("court",), False),
        (("unsure",), ("court",), False),
        (("not-asked",), ("court",), False),
        ((), (), False),
    ],
)
def test_words_are_open_only_where_both_gates_are(isla, wish, decision, open_to_court):
    case, held, _ = isla
    found = told(case, held, PRETENDS, "statements.2", wish=wish, decision=decision)
    assert found.is_open_to(ALL_PARTIES) is open_to_court
    assert not found.is_open_to(ANYONE)
    assert not found.is_open_to(frozenset())


@pytest.mark.parametrize(
    ("wish", "released"),
    [
        (("nobody",), False),
        (("judge-only",), False),
        (("parent-a",), False),
        (("unsure",), True),
        (("not-asked",), True),
    ],
)
def test_what_a_child_kept_back_is_never_released(isla, wish, released):
    case, held, _ = isla
    found = told(case, held, PRETENDS, "statements.2", wish=wish, decision=("undecided",))
    assert found.may_be_released(ALL_PARTIES) is released


def test_a_child_may_read_its_own_words_and_a_sister_or_brother_may_not(isla):
    case, held, _ = isla
    found = told(case, held, PRETENDS, "statements.2", wish=("nobody",), decision=("nobody",))
    assert found.is_open_to(frozenset({"child-1"}))
    assert not found.is_open_to(frozenset({"child-1", "child-2"}))


def test_every_statement_of_every_session_is_held_drafts_too(isla):
    case, held, _ = isla
    drafts = [replace(session, state="draft") for session in held]
    for found in (held, drafts):
        words = {c.words for c in confidences(case, found) if c.ref.startswith("statement.")}
        assert {PRETENDS, DADS} <= words
    assert consented_words(drafts, ALL_PARTIES) == ()
    assert answers_of_adults(drafts) == ()


def test_confidential_details_are_open_to_their_own_side_and_never_released(isla):
    case, held, _ = isla
    hidden = replace(case.adults[1], phone=replace(case.adults[0].phone, confidential=True))
    case = replace(case, adults=(case.adults[0], hidden))
    details = {c.detail: c for c in confidences(case, held) if c.detail}
    assert details.keys() == {ADDRESS, TELEPHONE}
    for found in details.values():
        assert found.is_open_to(frozenset({"parent-b"}))
        assert not found.is_open_to(frozenset({"parent-a"}))
        assert not found.may_be_released(frozenset({"parent-b"}))


def test_what_one_side_told_alone_is_open_to_it_and_to_nobody_else(isla):
    case, held, _ = isla
    alone = next(c for c in confidences(case, held) if c.words == "To arrive first and to have a break.")
    assert alone.is_open_to(frozenset({"parent-b"}))
    assert not alone.is_open_to(BOTH_PARENTS)
    assert not alone.is_open_to(ALL_PARTIES)


def test_a_recorded_decision_opens_words_to_those_it_names_and_to_no_others(isla):
    case, held, _ = isla
    ref = next(c.ref for c in confidences(case, held) if c.words == PRETENDS)
    added = {c.ref: c for c in confidences(case, held, told={ref: frozenset({"parent-a"})})}[ref]
    assert added.is_open_to(frozenset({"parent-a"}))
    assert not added.is_open_to(BOTH_PARENTS | {COURT})


def test_open_words_are_those_of_others_and_never_the_officers_own(isla, desk):
    case, held, entries = isla
    consented, others = (
        consented_words(held, ALL_PARTIES),
        (*answers_of_adults(held), *known_to_both(case, held, entries)),
    )
    assert DADS in consented
    assert PRETENDS not in consented
    assert DADS not in consented_words(held, ALL_PARTIES | {"child-2"})  # Isla did not say that Theo may hear it
    assert "By text. I leave it until the morning now. Isla asked me once whether I was reading 'a Dad one'." in others
    assert not {DADS, PRETENDS} & set(others)
    own = cases.report_sheet(desk.db, case.id, desk.moment).answers()
    assert not {answer.value for answer in own.values()} & {*consented, *others}


def test_an_offer_that_may_not_be_told_is_held_for_its_own_side(isla):
    case, held, entries = isla
    entry = next(e for e in entries if e.is_open)
    silent = replace(entry, a=replace(entry.a, offered="I could do every second Friday.", offer_may_be_told=False))
    loud = replace(entry, a=replace(entry.a, offered="I could do every second Friday.", offer_may_be_told=True))
    (kept,) = (c for c in confidences(case, held, [silent]) if c.words == "I could do every second Friday.")
    assert kept.is_open_to(frozenset({"parent-a"}))
    assert not kept.is_open_to(BOTH_PARENTS)
    assert not [c for c in confidences(case, held, [loud]) if c.words == "I could do every second Friday."]


def test_every_reference_names_one_thing_of_one_family(desk):
    for summary in cases.listed(desk.db):
        case, held = cases.load(desk.db, summary.id), sessions.of_case(desk.db, summary.id)
        found = confidences(case, held, ledger.entries(desk.db, summary.id))
        by_ref = {}
        for one in found:
            by_ref.setdefault(one.ref, set()).add((one.readers, one.wished))
        assert all(len(gates) == 1 for gates in by_ref.values())
        others = [c for c in cases.listed(desk.db) if c.id != summary.id]
        for other in others:
            theirs = confidences(cases.load(desk.db, other.id), sessions.of_case(desk.db, other.id))
            assert not {c.words for c in found} & {c.words for c in theirs}
