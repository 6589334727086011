from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cppp_cli.bank_holidays import bank_holidays
from cppp_cli.checks.finding import Severity
from cppp_cli.checks.readiness import AREAS, Record, readiness
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.finals import FactCheck
from cppp_cli.programme.people import Restriction
from cppp_cli.programme.screening import Criterion
from cppp_cli.programme.working_days import WorkingDays, clear_days_between, latest_clear_days_before
from cppp_cli.store import cases, ledger, sessions

COURT_DAYS = WorkingDays(closed=bank_holidays(2025, 2028))
CHECKED = [
    FactCheck(n, "cppp-report", 1, side, "2026-08-05T10:00:00+01:00", date(2026, 8, 6))
    for n, side in ((1, "A"), (2, "B"))
]


@pytest.fixture(params=["ZE26P01234", "ZE26P01243"])
def whole(desk, request):
    """Either family, as it would be with nothing left to do."""
    found = next(case for case in cases.listed(desk.db) if case.number == request.param)
    case, held = cases.load(desk.db, found.id), sessions.of_case(desk.db, found.id)
    entries = [
        replace(e, a=replace(e.a, confirmed_on=e.a.yes_on), b=replace(e.b, confirmed_on=e.b.yes_on))
        for e in ledger.entries(desk.db, found.id)
        if e.is_agreed
    ]
    prepared = (("elearning", "done"), ("workshop", "done"), ("certificate", "done"))
    case = replace(
        case,
        adults=tuple(replace(a, preparation=prepared, consent_on=date(2026, 6, 5)) for a in case.adults),
        criteria=tuple(replace(c, result="met") for c in case.criteria),
        report_due=date(2026, 8, 21),
        hearing_on=date(2026, 9, 11),
        returned=None,
    )
    return Record(case, held, desk.today, COURT_DAYS, entries, (), CHECKED, None, reviewed=True)


def ids(record):
    return [finding.id.removeprefix("ready.") for finding in readiness(record)]


def of_case(record, **changes):
    return replace(record, case=replace(record.case, **changes))


def test_nothing_is_said_when_all_is_well(whole):
    assert readiness(whole) == ()


def test_a_session_that_was_not_held_or_not_finished_is_missed(whole):
    for name, kind in (("parent-a", "parent"), ("parent-b", "parent"), ("child", "child"), ("joint", "joint")):
        without = [s for s in whole.sessions if s.name != name]
        assert "session-missing" in ids(replace(whole, sessions=without))
        begun = [replace(s, state="draft") if s.name == name else s for s in whole.sessions]
        found = readiness(replace(whole, sessions=begun))
        assert [f.id for f in found if f.blocks] == ["ready.session-unfinished"], kind


def test_a_returned_case_misses_no_session(whole):
    from cppp_cli.programme.case import Return

    ended = of_case(replace(whole, sessions=()), returned=Return(date(2026, 7, 1), "one_side_left", "It ended."))
    assert "session-missing" not in ids(ended)


def test_a_missing_consent_stands_in_the_way(whole):
    for adult in whole.case.adults:
        others = tuple(replace(a, consent_on=None) if a == adult else a for a in whole.case.adults)
        (found,) = readiness(of_case(whole, adults=others))
        assert (found.id, found.severity) == ("ready.consent-missing", Severity.BLOCKING)
        assert adult.full_name in found.what


def test_screening_that_is_not_met_stands_in_the_way_unless_it_was_departed_from(whole):
    key = "abuse_considered"

    def with_result(criterion):
        kept = tuple(c for c in whole.case.criteria if c.key != key)
        return readiness(of_case(whole, criteria=(*kept, criterion)))

    (found,) = with_result(Criterion(key, "not_met"))
    assert found.blocks
    assert "12J" in found.authority
    (found,) = with_result(Criterion(key, "not_known"))
    assert not found.blocks
    assert (
        with_result(Criterion(key, "not_met", depart=True, reason="r", manager="m", consulted_on=date(2026, 6, 1)))
        == ()
    )


def test_an_order_that_forbids_meeting_is_told_with_the_joint_session_that_was_held(whole):
    adult = whole.case.adults[0].number
    ordered = of_case(whole, restrictions=(Restriction(adult, 1, "non_molestation", "", "yes"),))
    (found,) = readiness(ordered)
    assert "forbids" in found.what
    assert "was held all the same" in found.what
    over = of_case(
        whole, restrictions=(Restriction(adult, 1, "x", "", "yes", ends_on=whole.today - timedelta(days=1)),)
    )
    assert readiness(over) == ()


def test_own_words_and_the_orders_questions_are_apart_and_both_stand_in_the_way(whole):
    found = readiness(replace(whole, unwritten=("the summary", "an answer to a question of the order")))
    assert [f.place for f in found] == ["own words", "questions of the order"]
    assert all(f.blocks for f in found)


def test_open_positions_are_missed_by_side_and_by_what_the_court_is_asked(whole):
    entry = replace(
        whole.entries[0], state="for_court", court_asked="", a=replace(whole.entries[0].a, asked="x"),
        b=replace(whole.entries[0].b, asked="", to_court=""),
    )  # fmt: skip
    assert ids(replace(whole, entries=[entry])) == ["position-missing", "court-not-asked"]
    both = replace(entry, b=replace(entry.b, asked="y"), court_asked="To decide.")
    assert ids(replace(whole, entries=[both])) == []


def test_unconfirmed_agreements_and_preparation_are_looked_at(whole):
    first = whole.entries[0]
    unconfirmed = replace(first, state="agreed", b=replace(first.b, confirmed_on=None))
    assert ids(replace(whole, entries=[unconfirmed])) == ["agreement-unconfirmed"]
    bare = tuple(replace(a, preparation=(("elearning", "done"), ("workshop", "booked"))) for a in whole.case.adults)
    assert ids(of_case(whole, adults=bare)) == ["preparation-open"] * len(bare)


@pytest.mark.parametrize(
    ("due", "hearing", "expected"),
    [
        (None, date(2026, 9, 11), ["due-unknown"]),
        (date(2026, 8, 5), date(2026, 9, 11), ["report-overdue"]),
        (date(2026, 8, 6), date(2026, 9, 11), []),  # today
        (date(2026, 8, 31), date(2026, 9, 11), ["due-on-closed-day"]),  # the summer bank holiday
        (date(2026, 8, 21), date(2026, 8, 5), ["hearing-over"]),
        (date(2026, 8, 21), None, []),
        # Friday to Wednesday: Monday and Tuesday are clear, the weekend does not count in seven days or less
        (date(2026, 8, 21), date(2026, 8, 26), ["hearing-near"]),
        (date(2026, 8, 21), date(2026, 8, 27), []),
    ],
)
def test_the_days_of_the_order_and_the_hearing(whole, due, hearing, expected):
    assert ids(of_case(whole, report_due=due, hearing_on=hearing)) == expected


def test_a_final_report_is_late_only_when_it_was_frozen_after_the_day(whole):
    assert ids(of_case(replace(whole, final_on=date(2026, 8, 21)), hearing_on=date(2026, 8, 5))) == []
    assert ids(replace(whole, final_on=date(2026, 8, 22))) == ["report-late"]


def test_each_side_is_to_check_the_facts_and_the_newest_copy_counts(whole):
    assert ids(replace(whole, fact_checks=CHECKED[:1])) == ["facts-unchecked"]
    again = FactCheck(3, "cppp-report", 2, "A", "2026-08-06T10:00:00+01:00", None)
    assert ids(replace(whole, fact_checks=[*CHECKED, again])) == ["facts-unanswered"]


def test_every_finding_says_where_and_what_to_do(whole):
    empty = Record(
        of_case(whole, adults=tuple(replace(a, consent_on=None, preparation=()) for a in whole.case.adults)).case,
        [replace(s, state="draft", answers={**s.answers, "outcome": Answer("held")}) for s in whole.sessions],
        whole.today,
        COURT_DAYS,
        whole.entries,
        ("the summary",),
    )
    found = readiness(empty)
    assert {f.id for f in found} >= {"ready.not-reviewed", "ready.facts-unchecked", "ready.own-words-missing"}
    assert all(f.place in AREAS and f.what.endswith(".") and f.do for f in found)


@pytest.mark.parametrize("days", range(12))
def test_clear_days_undo_the_latest_day_to_act(days):
    hearing = date(2026, 10, 19)
    act = latest_clear_days_before(hearing, days, COURT_DAYS)
    assert clear_days_between(act, hearing, COURT_DAYS) >= days
    if days <= 3:  # so near that weekends cannot make up for it
        assert clear_days_between(act + timedelta(days=1), hearing, COURT_DAYS) < max(days, 1)
    assert clear_days_between(hearing, hearing, COURT_DAYS) == clear_days_between(hearing, act, COURT_DAYS) == 0
