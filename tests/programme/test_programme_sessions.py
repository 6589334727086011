from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.case import Case, State
from cppp_cli.programme.people import Adult, Restriction
from cppp_cli.programme.sessions import (
    KINDS,
    NAMES,
    ORDER,
    OUTCOMES,
    Session,
    joint_blockers,
    latest,
    letters,
    next_due,
    statements,
    topics,
)

TODAY = date(2026, 7, 20)
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANSWERS = {"outcome": "held", "held_on": "2026-07-01"}


def session(name, number=1, state="finished", **answers):
    kind, side = KINDS[name]
    said = {key.replace("__", "."): value for key, value in {**ANSWERS, **answers}.items()}
    found = {key: value if isinstance(value, Answer) else Answer(value) for key, value in said.items()}
    return Session(number, 1, kind, side, state, NOON, NOON, found)


def case(*restrictions, **adult):
    fields = dict.fromkeys(
        (
            "reference",
            "number",
            "court",
            "judge",
            "route",
            "hearing_kind",
            "arrangement_now",
            "order_now",
            "changed_at",
        ),
        "",
    )
    dates = dict.fromkeys(("order_date", "hearing_on", "report_due", "day_zero", "returned"))
    lists = dict.fromkeys(("questions", "children", "relations", "others", "criteria"), ())
    adults = (Adult(1, "A", "Zed Quux", "Zed", "applicant"), Adult(2, "B", "Yen Quux", "Yen", "respondent", **adult))
    return Case(id=1, state=State.IN_PROGRESS, adults=adults, restrictions=restrictions, **fields, **dates, **lists)


# ---------------------------------------------------------------------------------- which is due


def test_the_four_come_one_after_another():
    held = []
    for number, name in enumerate(ORDER):
        assert next_due(held) == name
        held.append(session(name, number))
    assert next_due(held) is None


@given(st.sets(st.sampled_from(ORDER)), st.randoms())
def test_the_first_of_the_four_that_was_not_held_is_due(held, dice):
    done = [session(name, number) for number, name in enumerate(held)] + [session("other", 9)]
    dice.shuffle(done)
    assert next_due(done) == next((name for name in ORDER if name not in held), None)


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize(
    "not_held",
    [{"outcome": outcome} for outcome in OUTCOMES if outcome != "held"]
    + [{"outcome": Answer(gap=Gap.NOT_KNOWN)}, {"state": "draft"}, {"state": "discarded"}],
)
def test_what_was_not_held_to_its_end_does_not_count(name, not_held):
    others = [session(other, number) for number, other in enumerate(ORDER) if other != name]
    missed = session(name, 7, **not_held)
    assert not missed.counts
    assert next_due([*others, missed]) == name
    assert latest([missed], name) is None
    assert next_due([*others, missed, session(name, 8)]) is None


def test_the_latest_is_by_the_day_it_was_held():
    days = ["2026-07-03", "2026-07-09", "2026-07-06"]
    found = [session("child", number, held_on=day) for number, day in enumerate(days)]
    for order in permutations(found):
        assert latest(order, "child").id == 1
    assert latest(found, "joint") is None
    same = [session("child", 4), session("child", 5)]
    assert latest(same, "child").id == latest(same[::-1], "child").id == 5
    assert latest([session("child", 6, held_on=Answer(gap=Gap.NOT_KNOWN)), *found], "child").id == 1


def test_a_session_is_named_as_the_officer_names_it():
    assert [session(name).name for name in NAMES] == list(NAMES)


# ---------------------------------------------------------------------------------- what stands in the way

ORDER_FORBIDS = Restriction(1, 1, "non-molestation order", "Not to go near Yen Quux", "yes")
CLEAR = {"orders_again": "no", "safety_open": "no", "screening_again": "met"}
CAUSES = {
    "an order forbids": (case(ORDER_FORBIDS), []),
    "not known whether an order forbids": (case(replace(ORDER_FORBIDS, forbids_meeting="not_known")), []),
    "never said whether it forbids": (case(replace(ORDER_FORBIDS, forbids_meeting="")), []),
    "an adjustment is open": (case(adjustments="A ramp", adjustments_open=True), []),
    **{
        f"{why} ({outcome} {name})": (case(), [session(name, **{**CLEAR, **answers, "outcome": outcome})])
        for name in ("parent-a", "parent-b")
        for outcome in ("held", "stopped")
        for why, answers in {
            "a new order forbids": {"orders_again": "yes", "orders_forbid": "yes"},
            "a new order, effect not known": {"orders_again": "yes", "orders_forbid": "not_known"},
            "a new order, effect not said": {"orders_again": "yes"},
            "orders not asked": {"orders_again": Answer(gap=Gap.BLANK)},
            "safety is open": {"safety_open": "yes"},
            "safety not asked": {"safety_open": Answer(gap=Gap.NOT_DISCUSSED)},
            "no longer willing": {"screening_again": "not_met"},
            "willingness not known": {"screening_again": "not_known"},
            "willingness not asked": {"screening_again": Answer(gap=Gap.BLANK)},
        }.items()
    },
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_alone_blocks_the_joint_session(cause):
    on_file, held = CAUSES[cause]
    (said,) = joint_blockers(on_file, held, TODAY)
    assert not any(word in said for word in ("Zed", "Yen", "Quux", "non-molestation", "ramp", "side A", "side B"))


def test_with_nothing_on_file_nothing_blocks():
    held = [session("parent-a", 1, **CLEAR), session("parent-b", 2, **CLEAR), session("child", 3, safety_open="yes")]
    harmless = replace(ORDER_FORBIDS, forbids_meeting="no")
    assert joint_blockers(case(harmless, adjustments="Breaks"), held, TODAY) == ()
    allowed = session("parent-a", 1, **{**CLEAR, "orders_again": "yes", "orders_forbid": "no"})
    assert joint_blockers(case(), [allowed], TODAY) == ()
    assert joint_blockers(case(), [], TODAY) == ()


@pytest.mark.parametrize(
    "outside", [{"state": "draft"}, {"state": "discarded"}, {"outcome": "cancelled"}, {"outcome": "did_not_attend"}]
)
def test_a_session_that_did_not_take_place_says_nothing_about_safety(outside):
    assert joint_blockers(case(), [session("parent-a", **{**CLEAR, "safety_open": "yes", **outside})], TODAY) == ()
    settled = session("parent-a", 1, **CLEAR, held_on="2026-07-01")
    later = session("parent-a", 2, **{"held_on": "2026-07-08", **outside})
    assert joint_blockers(case(), [settled, later], TODAY) == (), "nor does it take back what an earlier one settled"


@given(days=st.integers(-400, 400))
@pytest.mark.parametrize("forbids", ["yes", "not_known"])
def test_an_order_blocks_up_to_its_last_day_and_not_after(days, forbids):
    order = replace(ORDER_FORBIDS, forbids_meeting=forbids, ends_on=TODAY + timedelta(days=days))
    assert bool(joint_blockers(case(order), [], TODAY)) == (days >= 0)


def test_causes_add_up_and_are_said_once():
    everything = case(
        ORDER_FORBIDS,
        replace(ORDER_FORBIDS, adult=2),
        replace(ORDER_FORBIDS, forbids_meeting="not_known"),
        adjustments_open=True,
    )
    both = [
        session(name, n, safety_open="yes", screening_again="not_met", orders_again="yes")
        for n, name in enumerate(ORDER[:2])
    ]
    found = joint_blockers(everything, both, TODAY)
    assert len(found) == len(set(found)) == 6


def test_a_later_session_with_the_same_side_settles_what_an_earlier_one_left_open():
    earlier = session("parent-a", 1, held_on="2026-07-01", **{**CLEAR, "safety_open": "yes"})
    later = session("parent-a", 2, held_on="2026-07-08", **CLEAR)
    assert joint_blockers(case(), [earlier], TODAY)
    assert joint_blockers(case(), [earlier, later], TODAY) == ()
    assert joint_blockers(case(), [later, earlier], TODAY) == (), "by the day, not by the place in the list"
    other_side = session("parent-b", 3, held_on="2026-07-08", **CLEAR)
    assert joint_blockers(case(), [earlier, other_side], TODAY), "the other side cannot settle it"


# ---------------------------------------------------------------------------------- what was said


def test_answers_are_read_as_text_or_as_nothing():
    found = session("child", place=Answer(gap=Gap.DECLINED), came=("children.1",), scale=7)
    assert (found.text("place"), found.text("nowhere"), found.text("scale")) == ("", "", "7")
    assert (found.among("came"), found.among("place"), found.among("outcome")) == (("children.1",), (), ())


@given(numbers=st.sets(st.integers(1, 40), max_size=8))
def test_statements_come_in_the_order_of_their_numbers(numbers):
    said = {
        f"statements__{n}__{key}": value for n in numbers for key, value in (("child", str(n)), ("words", f"words {n}"))
    }
    found = session("child", **said, has_statements="yes", children__1__same="not a statement")
    assert [s.child for s in statements(found)] == sorted(numbers)
    assert [s.words for s in statements(found)] == [f"words {n}" for n in sorted(numbers)]


GATES = [
    ("court",),
    ("nobody",),
    ("unsure",),
    ("not-asked",),
    ("judge-only",),
    ("parent-a",),
    ("parent-a", "parent-b"),
    None,
]


@pytest.mark.parametrize("wish", GATES)
@pytest.mark.parametrize("decision", [*GATES[:2], ("undecided",), *GATES[5:]])
def test_only_what_both_gates_open_for_all_enters_the_report(wish, decision):
    gates = {key: value or Answer(gap=Gap.BLANK) for key, value in (("wish", wish), ("decision", decision))}
    item = {"child": "1", "words": "said", "form": "letter", **gates}
    found = session("child", **{f"{group}__1__{k}": v for group in ("statements", "letters") for k, v in item.items()})
    opens = wish == decision == ("court",)
    assert [s.in_report for s in statements(found)] == [opens]
    assert [letter.in_report for letter in letters(found)] == [opens]
    both = {("court",), ("parent-a", "parent-b")}
    assert [letter.for_both_parents for letter in letters(found)] == [wish in both and decision in both]


def test_words_without_a_speaker_and_a_speaker_without_words_are_no_statement():
    gap = Answer(gap=Gap.BLANK)
    found = session("child", statements__1__words="whose?", statements__2__child="1", statements__3__child=gap,
                    statements__3__words="whose?", statements__4__child="1", statements__4__words=gap,
                    letters__1__form="drawing", topics__1__state="agreed")  # fmt: skip
    assert statements(found) == ()
    assert letters(found) == ()
    assert topics(found) == ()


def test_summary_and_exact_words_are_told_apart():
    said = {f"statements__{n}__{key}": value for n, exact in enumerate(("exact", "summary", Answer(gap=Gap.BLANK)), 1)
            for key, value in (("child", "1"), ("words", "x"), ("exact", exact))}  # fmt: skip
    assert [s.exact for s in statements(session("child", **said))] == [True, False, False]


def test_a_topic_the_officer_named_is_called_so():
    found = session("joint", topics__1__topic="other", topics__1__topic_other="The dog", topics__1__children=("2",),
                    topics__2__topic="money", topics__2__children=("all",), topics__2__position_a="a", topics__2__position_b="b")  # fmt: skip
    assert [(t.topic, t.children, t.position_a, t.position_b) for t in topics(found)] == [
        ("The dog", ("2",), "", ""), ("money", ("all",), "a", "b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "what"), [("letter", "letter"), ("drawing", "drawing"), ("both", "letter and drawing"), ("", "letter")]
)
def test_a_letter_is_called_what_it_is(form, what):
    from cppp_cli.programme.sessions import Letter

    letter = Letter(1, form, "child", "", "", None, (), (), "", "")
    assert letter.what == what
