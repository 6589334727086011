"""The guided prompts of the sessions and of the officer's own words, as stories and as laws."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.audiences import cleared
from cppp_cli.programme.sessions import Session, letters, statements, topics
from cppp_cli.questions import (
    child_session,
    joint_session,
    other_session,
    parent_session,
    report_words,
    safeguarding,
)
from cppp_cli.questions.flow import set_aside, steps
from cppp_cli.questions.model import Facts, Kind
from cppp_cli.questions.read import NotValidError, read, still_fits

PARENT, CHILD, JOINT, OTHER = (m.SCRIPT for m in (parent_session, child_session, joint_session, other_session))
SCRIPTS = {s.key: s for s in (PARENT, CHILD, JOINT, OTHER, report_words.SCRIPT, safeguarding.SCRIPT)}
BLOCKERS = "an order forbids the two sides meeting"

HELD = [("outcome", "held"), ("held_on", "4 March 2027")]
WHERE = [("starts_at", "10:00"), ("ends_at", "11:30"), ("mode", "in_person"), ("place", "the office")]
NOBODY_ELSE = [("also_present", None), ("interpreter_used", None)]


def step_at(script, answers, facts, path):
    return next(step for step in steps(script, answers, facts) if step.path == path)


def lines(prefix, *keys):
    return [(f"{prefix}{key}", None) for key in keys]


# ---------------------------------------------------------------------------------- stories: not held

NOT_HELD = ["did not attend", "cancelled"]


@pytest.mark.parametrize("outcome", NOT_HELD)
@pytest.mark.parametrize("script", [PARENT, CHILD, JOINT, OTHER], ids=lambda s: s.key)
def test_a_session_that_was_not_held_asks_why_when_and_what_next(desk, script, outcome):
    facts = desk.background(side="A", joint_blockers=BLOCKERS)
    rows = [
        ("outcome", outcome),
        ("outcome_reason", "ill"),
        ("held_on", "4 March 2027"),
        ("next_contact", "I ring her"),
    ]
    desk.story(script, facts, rows)


@pytest.mark.parametrize("script", [PARENT, CHILD, JOINT, OTHER], ids=lambda s: s.key)
def test_only_a_cancelled_session_may_lie_ahead(desk, script):
    facts = desk.background(side="A", planned_on="2027-03-20")
    called_off = desk.story(script, facts, [("outcome", "cancelled"), ("outcome_reason", None)], end="held_on")
    step = step_at(script, called_off, facts, "held_on")
    assert read(step, step.question.default(step.view)) == "2027-03-20"
    held = desk.story(script, facts, [("outcome", "held")], end="held_on")
    missed = desk.story(script, facts, [("outcome", "did not attend"), ("outcome_reason", None)], end="held_on")
    for answers in (held, missed):
        step = step_at(script, answers, facts, "held_on")
        assert step.question.default(step.view) is None
        with pytest.raises(NotValidError, match="still to come"):
            read(step, "2027-03-20")


@pytest.mark.parametrize("script", [PARENT, CHILD, JOINT, OTHER], ids=lambda s: s.key)
def test_a_session_that_turns_out_not_held_keeps_nothing_of_its_course(desk, script):
    for seed in range(12):
        facts = desk.background(side="A")
        answers = desk.walk(script, facts, seed, 0.0) | {"outcome": Answer("cancelled")}
        assert [s.path for s in steps(script, answers, facts)] == [
            "outcome",
            "outcome_reason",
            "held_on",
            "next_contact",
        ]


@pytest.mark.parametrize(
    ("held_on", "ends_at", "proposed"),
    [
        ("2027-03-04", None, "10:00"),
        ("2027-03-03", None, None),
        ("2027-03-04", "09:30", None),
        ("2027-03-04", "10:30", "10:00"),
    ],
)
def test_the_planned_time_is_proposed_for_the_planned_day_alone(desk, held_on, ends_at, proposed):
    known = {"outcome": "held", "held_on": held_on, "ends_at": ends_at}
    step = step_at(PARENT, {k: Answer(v) for k, v in known.items() if v}, desk.background(side="A"), "starts_at")
    assert step.question.default(step.view) == proposed


# ---------------------------------------------------------------------------------- stories: a parent

BEFORE = [("limits_explained", "yes"), ("screening_again", "met"), ("safety_changed", "no"), ("orders_again", "no")]
PARENT_REST = [
    ("safety_open", "no"),
    *lines("", "obstacles", "situation", "network", "hopes", "best_for_child", "child_would_say", "communication"),
    *(("scale_conflict", 8), ("scale_communication", 2), ("scale_worry", 10)),
    *(("first_step", "one kind message"), ("joint_topics", ["handovers", "money"]), ("joint_safe", None)),
    *lines("", "pass_on", "notes"),
]


def test_a_parent_session_as_it_mostly_goes(desk):
    facts = desk.background(side="A")
    desk.story(PARENT, facts, [*HELD, *WHERE, ("came", ["adults.1"]), *NOBODY_ELSE, *BEFORE, *PARENT_REST])


def test_a_parent_session_stopped_early_needs_little(desk):
    facts = desk.background(side="B")
    rows = [
        ("outcome", "stopped"),
        ("outcome_reason", "too upset"),
        ("held_on", "today"),
        *lines("", "starts_at", "ends_at", "mode", "place"),
    ]
    answers = desk.story(PARENT, facts, [*rows, ("came", "adults.2"), *NOBODY_ELSE], end="limits_explained")
    later = [s for s in steps(PARENT, answers, facts) if s.path not in answers]
    assert later
    assert not [s.path for s in later if s.question.required]


def test_what_came_to_light_in_a_parent_session_is_followed_up(desk):
    facts = desk.background(side="A")
    changed = [
        *(("limits_explained", "yes"), ("screening_again", "not met"), ("screening_note", "wants to stop")),
        *(("safety_changed", "yes"), ("safety_note", "said he was followed")),
        *(
            ("orders_again", "yes"),
            ("orders_note", "bail until May"),
            ("orders_forbid", "not known"),
            ("safety_open", "yes"),
            ("safety_open_note", "how to arrive"),
        ),
    ]
    desk.story(PARENT, facts, [*HELD, *WHERE, ("came", "adults.1"), *NOBODY_ELSE, *changed], end="obstacles")


def test_screening_that_was_skipped_asks_what_that_rests_on(desk):
    rows = [*HELD, *WHERE, ("came", "adults.1"), *NOBODY_ELSE, ("limits_explained", None), ("screening_again", None)]
    desk.story(PARENT, desk.background(side="A"), rows, end="screening_note")


def test_another_topic_is_named(desk):
    with_other = [(path, ["handovers", "other"] if path == "joint_topics" else given) for path, given in PARENT_REST]
    place = [path for path, _ in with_other].index("joint_topics") + 1
    rows = [
        *HELD,
        *WHERE,
        ("came", "adults.1"),
        *NOBODY_ELSE,
        *BEFORE,
        *with_other[:place],
        ("joint_topics_other", "the dog"),
    ]
    desk.story(PARENT, desk.background(side="A"), rows, end="joint_safe")


def test_both_parents_get_the_same_script(desk):
    ann_and_bo = desk.background(side="A")
    bo_and_ann = desk.background(adults=(("Bo Reed", "Bo", "A"), ("Ann Reed", "Ann", "B")), side="B")
    for seed in range(20):
        answers = desk.walk(PARENT, ann_and_bo, seed)
        of_ann = [(s.path, s.text, s.hint, s.question) for s in steps(PARENT, answers, ann_and_bo)]
        of_bo = [(s.path, s.text, s.hint, s.question) for s in steps(PARENT, answers, bo_and_ann)]
        assert of_ann == of_bo


def test_both_parents_have_the_same_long_questions(desk):
    every = [i for section in PARENT.sections for i in section.items if i.kind is Kind.LONG]
    for side in "AB":
        reached = set()
        for seed in range(60):
            facts = desk.background(side=side)
            reached |= {s.path for s in steps(PARENT, desk.walk(PARENT, facts, seed), facts)}
        assert {question.key for question in every} <= reached


def test_a_side_of_two_is_asked_who_came(desk):
    adults = (("Ann Reed", "Ann", "A"), ("Bo Reed", "Bo", "B"), ("Cy Lark", "Cy", "A"))
    facts = desk.background(adults=adults, side="A")
    answers = desk.story(PARENT, facts, [*HELD, *WHERE], end="came")
    step = step_at(PARENT, answers, facts, "came")
    assert [c.value for c in step.question.choices_for(step.view)] == ["adults.1", "adults.3"]
    assert step.question.default(step.view) is None


# ---------------------------------------------------------------------------------- stories: the children

TALKED = (
    "brought_by",
    "within_hearing",
    "tools",
    "told_limits",
    "presented",
    "same",
    "change",
    "next",
    "anything_else",
    "outcome_how",
)
CONSENT = [("parental_consent", ["adults.1", "adults.2"])]


def meeting_of(*came):
    return [*HELD, *WHERE, ("came", [f"children.{n}" for n in came]), *NOBODY_ELSE, *CONSENT]


def talk(number, seen="seen_alone", willing="yes"):
    at = f"children.{number}."
    return [(f"{at}seen", seen), (f"{at}willing_today", willing), *lines(at, *TALKED)]


NOTHING_KEPT = [("has_statements", "no"), ("has_letter", "no")]


def test_two_children_apart_and_no_letter(desk):
    desk.story(CHILD, desk.background(), [*meeting_of(1, 2), *talk(1), *talk(2), *NOTHING_KEPT], end="notes")


def test_two_children_together_and_a_letter_later(desk):
    rows = [*meeting_of(1, 2), *talk(1, "seen_with_siblings"), *talk(2, "seen_with_siblings", "stopped")]
    desk.story(CHILD, desk.background(), [*rows, ("has_statements", "no"), ("has_letter", "later")], end="notes")


def test_a_child_who_is_not_willing_is_asked_nothing_more(desk):
    rows = [*meeting_of(1, 2), *talk(1), ("children.2.seen", "alone"), ("children.2.willing_today", "no")]
    answers = desk.story(CHILD, desk.background(), [*rows, ("has_statements", "yes")], end="statements.1.child")
    step = step_at(CHILD, answers, desk.background(), "statements.1.child")
    assert [c.value for c in step.question.choices_for(step.view)] == ["1"]


def test_when_no_child_is_willing_there_is_nothing_more(desk):
    refused = [("children.1.seen", "alone"), ("children.1.willing_today", "no")]
    one = desk.background(children=(("Ivy Reed", "Ivy"),))
    desk.story(CHILD, one, [*meeting_of(1), *refused], end="notes")


def test_a_child_who_was_observed(desk):
    seen = [("children.1.seen", "observed"), *lines("children.1.", "willing_today", "brought_by", "within_hearing")]
    seen += [
        ("children.1.tools", ["play", "other"]),
        ("children.1.tools_other", "sand"),
        ("children.1.presented", "busy"),
    ]
    absent = [("children.2.seen", "not seen"), ("children.2.not_seen_reason", "eleven months old")]
    desk.story(CHILD, desk.background(), [*meeting_of(1), *seen, *absent, *NOTHING_KEPT], end="notes")


def test_a_child_who_did_not_come_was_not_seen(desk):
    facts = desk.background()
    answers = desk.story(CHILD, facts, [*meeting_of(1), *talk(1)], end="children.2.seen")
    step = step_at(CHILD, answers, facts, "children.2.seen")
    assert step.question.default(step.view) == "not_seen"
    with pytest.raises(NotValidError, match="Max is not among those who came"):
        read(step, "alone")


def test_a_child_session_needs_a_child(desk):
    facts = desk.background()
    answers = desk.story(CHILD, facts, [*HELD, *WHERE], end="came")
    step = step_at(CHILD, answers, facts, "came")
    with pytest.raises(NotValidError, match="No child"):
        read(step, ["adults.1"])


GATES = ("wish", "wish_on", "wish_reason", "decision", "decision_on", "decision_reason")


def gates(at, wish, decision):
    given = dict.fromkeys(GATES) | {"wish": wish, "decision": decision}
    skipped = {"wish_on"} if wish == ["not-asked"] else set()
    skipped |= {"decision_on"} if decision == ["undecided"] else set()
    return [(f"{at}{key}", value) for key, value in given.items() if key not in skipped]


def statement(number, child, words, wish, decision, more="no"):
    at = f"statements.{number}."
    said = [(f"{at}child", child), (f"{at}exact", "exact words"), (f"{at}words", words)]
    return [*said, *gates(at, wish, decision), (f"{at}more", more)]


def test_statements_one_by_one_each_with_its_two_gates(desk):
    facts = desk.background()
    rows = [
        *(*meeting_of(1, 2), *talk(1), *talk(2), ("has_statements", "yes")),
        *statement(1, "Ivy", "I like Fridays", ["parent-a", "court"], ["parent-a", "court"], "yes"),
        *statement(2, "Max", "Not so loud", ["not-asked"], ["undecided"], "yes"),
        *statement(3, "2", "Come to my match", ["parent-b", "child-1"], ["parent-b"]),
        ("has_letter", "no"),
    ]
    told = statements(as_session(desk.story(CHILD, facts, rows, end="notes")))
    assert [s.child for s in told] == [1, 2, 2]
    assert [s.in_report for s in told] == [True, False, False]
    assert [cleared(s.wish, s.decision) for s in told][1:] == [frozenset(), frozenset({"parent-b"})]


def test_a_letter_with_a_picture_says_what_it_shows(desk):
    at = "letters.1."
    rows = [
        *(*meeting_of(1, 2), *talk(1), *talk(2), ("has_statements", "no"), ("has_letter", "yes")),
        *((f"{at}child", "1"), (f"{at}form", "letter"), (f"{at}idea_of", "child"), (f"{at}picture", 4)),
        *((f"{at}words", "Dear all"), (f"{at}description", "A letter in green ink")),
        *gates(at, ["parent-a", "parent-b"], ["parent-a", "parent-b"]),
        *((f"{at}shown_how", "read out"), (f"{at}shown_by", "me"), (f"{at}original", None), (f"{at}more", "no")),
    ]
    (letter,) = letters(as_session(desk.story(CHILD, desk.background(), rows, end="notes")))
    assert (letter.picture, letter.for_both_parents, letter.in_report) == (4, True, False)


def test_a_letter_without_a_picture_needs_no_description(desk):
    at = "letters.1."
    rows = [
        *(*meeting_of(1, 2), *talk(1), *talk(2), ("has_statements", "no"), ("has_letter", "yes")),
        *((f"{at}child", "1"), (f"{at}form", "letter"), (f"{at}idea_of", None), (f"{at}picture", None)),
        *((f"{at}words", "Dear all"), *gates(at, ["nobody"], ["nobody"]), (f"{at}shown_how", "neither")),
    ]
    desk.story(CHILD, desk.background(), rows, end="letters.1.original")


@pytest.mark.parametrize("gate", ["wish", "decision"])
def test_no_and_not_yet_go_with_nothing_else(desk, gate):
    known = {
        "outcome": "held",
        "came": ("children.1",),
        "children.1.seen": "seen_alone",
        "has_statements": "yes",
        "statements.1.child": "1",
    }
    step = step_at(
        CHILD, {path: Answer(value) for path, value in known.items()}, desk.background(), f"statements.1.{gate}"
    )
    named = [c.value for c in step.question.choices_for(step.view) if not c.alone]
    assert named == ["parent-a", "parent-b", "court", "child-2"]
    for choice in {"wish": ("judge-only", "nobody", "unsure", "not-asked"), "decision": ("nobody", "undecided")}[gate]:
        assert read(step, [choice]) == (choice,)
        with pytest.raises(NotValidError, match="cannot be combined"):
            read(step, ["parent-a", choice])


def test_a_wish_is_dated_by_the_session_unless_that_day_is_still_to_come(desk):
    known = {
        "outcome": "held",
        "came": ("children.1",),
        "children.1.seen": "seen_alone",
        "has_statements": "yes",
        "statements.1.child": "1",
    }
    for held_on, proposed in (("2027-03-04", "2027-03-04"), ("2027-03-10", None)):
        answers = {path: Answer(value) for path, value in {**known, "held_on": held_on}.items()}
        step = step_at(CHILD, answers, desk.background(), "statements.1.wish_on")
        assert step.question.default(step.view) == proposed


def test_whoever_spoke_is_not_among_the_readers(desk):
    facts = desk.background(children=tuple((f"Child {n} Reed", f"Kid{n}") for n in range(1, 11)))
    rows = [
        *meeting_of(10),
        *(
            row
            for n in range(1, 10)
            for row in ((f"children.{n}.seen", "not_seen"), (f"children.{n}.not_seen_reason", None))
        ),
    ]
    rows += [*talk(10), ("has_statements", "yes"), *statement(1, "10", "Hm", ["nobody"], ["nobody"])[:3]]
    answers = desk.story(CHILD, facts, rows, end="statements.1.wish")
    step = step_at(CHILD, answers, facts, "statements.1.wish")
    offered = {c.value: c.label for c in step.question.choices_for(step.view)}
    assert {v for v in offered if v.startswith("child-")} == {f"child-{n}" for n in range(1, 10)}
    assert (offered["parent-a"], offered["parent-b"], offered["child-3"]) == ("Ann", "Bo", "Kid3")
    assert step.text == "Who does Kid10 want to share these words with?"


@pytest.mark.parametrize(
    ("wish", "decision", "said"),
    [
        (("court",), ("court",), "may stand in the report"),
        (("parent-a", "parent-b"), ("court",), "Some were not in the child's wish"),
        (("parent-a", "child-2"), ("parent-a", "child-2"), "passed on to Ann and Max. It stays out"),
        (("unsure",), ("court",), "stays in your file"),
        (("court",), ("undecided",), "stays in your file"),
        (("judge-only",), ("court",), "stays in your file"),
    ],
)
def test_the_decision_is_told_back_as_what_it_comes_to(desk, wish, decision, said):
    facts = desk.background()
    rows = [*meeting_of(1, 2), *talk(1), *talk(2), ("has_statements", "yes")]
    rows += statement(1, "1", "Hm", list(wish), ["nobody"])[:6]
    answers = desk.story(CHILD, facts, rows, end="statements.1.decision")
    step = step_at(CHILD, answers, facts, "statements.1.decision")
    assert said in (step.question.caution(decision, step.view) or "")


# ---------------------------------------------------------------------------------- stories: both parents

JOINT_START = [*WHERE, ("came", ["adults.1", "adults.2"]), *NOBODY_ELSE, ("format", "together in one room")]
NO_LETTER = [("information_presented", "yes"), ("presented_note", None), ("letter_shared", "there is none")]
FORWARD = lines("", "way_forward_a", "way_forward_b")
JOINT_END = [("joint_letter", "no"), ("next_steps", None), ("review_on", "in 3 months"), ("notes", None)]


def test_a_joint_session_with_nothing_in_the_way(desk):
    rows = [*HELD, *JOINT_START, *NO_LETTER, *FORWARD, ("has_topics", "no"), *JOINT_END]
    desk.story(JOINT, desk.background(), rows)


def test_a_joint_session_with_something_in_the_way_needs_a_reason_first(desk):
    facts = desk.background(joint_blockers=BLOCKERS)
    answers = desk.story(JOINT, facts, [("outcome", "held")], end="held_despite")
    step = step_at(JOINT, answers, facts, "held_despite")
    assert step.question.required
    assert BLOCKERS in step.text
    desk.story(JOINT, facts, [("outcome", "held"), ("held_despite", "bail ended on Monday")], end="held_on")


def test_a_joint_session_topic_by_topic(desk):
    facts = desk.background()

    def topic(number, *rows, more="yes"):
        return [*((f"topics.{number}.{key}", given) for key, given in rows), (f"topics.{number}.more", more)]

    rows = [
        *(*HELD, *JOINT_START, ("information_presented", "partly"), ("presented_note", "Ivy's words only")),
        *(("letter_shared", "yes"), ("letter_read_by", "me"), ("answer_a", "cried"), ("answer_b", "quiet"), *FORWARD),
        ("has_topics", "yes"),
        *topic(
            1,
            ("topic", "handovers"),
            ("children", "all the children"),
            ("state", "agreed"),
            ("wording", "At school"),
            ("said_yes", ["A", "B"]),
        ),
        *topic(
            2,
            ("topic", "health"),
            ("children", ["2"]),
            ("state", "agreed in principle"),
            ("wording", "GP"),
            ("said_yes", ["A", "B"]),
        ),
        *topic(
            3,
            ("topic", "money"),
            ("children", "all"),
            ("state", "they differ"),
            ("position_a", "x"),
            ("position_b", "y"),
        ),
        *topic(
            4,
            ("topic", "another topic"),
            ("topic_other", "the dog"),
            ("children", "all"),
            ("state", "progress made, more help needed"),
            ("position_a", None),
            ("position_b", None),
        ),
        *topic(
            5,
            ("topic", "education"),
            ("children", "all"),
            ("state", "for the court to decide"),
            ("position_a", "x"),
            ("position_b", "y"),
            ("court_asked", "Which school?"),
            more="no",
        ),
        *(("joint_letter", "yes"), ("joint_letter_words", "Dear Ivy, dear Max"), ("promises", "No shouting\nOn time")),
        *(("next_steps", None), ("review_on", None), ("notes", None)),
    ]
    listed = topics(as_session(desk.story(JOINT, facts, rows)))
    assert [(t.topic, t.children) for t in listed][1:4:2] == [("health", ("2",)), ("the dog", ("all",))]
    assert [bool(t.wording) for t in listed] == [True, True, False, False, False]


def test_a_joint_session_is_not_held_with_one_side_alone(desk):
    facts = desk.background()
    answers = desk.story(JOINT, facts, [*HELD, *WHERE], end="came")
    step = step_at(JOINT, answers, facts, "came")
    with pytest.raises(NotValidError, match="each side"):
        read(step, ["adults.2"])
    assert read(step, step.question.default(step.view)) == ("adults.1", "adults.2")


def test_the_review_comes_after_the_session(desk):
    rows = [*HELD, *JOINT_START, *NO_LETTER, *FORWARD, ("has_topics", "no"), *JOINT_END[:2]]
    answers = desk.story(JOINT, desk.background(), rows, end="review_on")
    step = step_at(JOINT, answers, desk.background(), "review_on")
    with pytest.raises(NotValidError, match="after the session of Thursday 4 March 2027"):
        read(step, "2027-03-04")
    assert read(step, "4 June") == "2027-06-04"


@given(seed=st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_each_side_is_asked_the_same_in_the_joint_session(desk, seed):
    facts = desk.background()
    swapped = desk.background(adults=(("Bo Reed", "Bo", "A"), ("Ann Reed", "Ann", "B")))
    answers = desk.walk(JOINT, facts, seed)
    here = {s.path: (s.text, s.hint) for s in steps(JOINT, answers, facts)}
    there = {s.path: (s.text, s.hint) for s in steps(JOINT, answers, swapped)}
    of_a = {path.removesuffix("_a"): said for path, said in here.items() if path.endswith("_a")}
    of_b = {path.removesuffix("_b"): said for path, said in there.items() if path.endswith("_b")}
    assert of_a == of_b


# ---------------------------------------------------------------------------------- stories: another session

FITS = [("purpose", "to hear more"), ("instead_of", "extra")]
SAID = [("limits_explained", "yes"), ("what_was_said", "much"), ("outcome_note", None)]


def test_an_extra_session_with_adults_only(desk):
    rows = [*HELD, *FITS, ("relates_to", None), *WHERE, ("came", ["adults.2"]), *NOBODY_ELSE, *SAID, ("notes", None)]
    desk.story(OTHER, desk.background(joint_blockers=BLOCKERS), rows)


def test_an_extra_session_with_a_child_takes_statements(desk):
    rows = [*HELD, *FITS, ("relates_to", None), *WHERE, ("came", ["children.2", "adults.2"]), *NOBODY_ELSE, *SAID]
    rows += [("has_statements", "yes"), *statement(1, "Max", "Hm", ["unsure"], ["nobody"]), ("notes", None)]
    desk.story(OTHER, desk.background(), rows)


def test_a_repeated_session_with_a_child_asks_of_that_child_in_full(desk):
    rows = [*HELD, ("purpose", "Max was ill"), ("instead_of", "split"), ("relates_to", "child"), *WHERE]
    rows = [*(("instead_of", "part of one that was split") if p == "instead_of" else (p, g) for p, g in rows)]
    rows += [("came", ["children.2"]), *NOBODY_ELSE, *SAID, *talk(2), *NOTHING_KEPT, ("notes", None)]
    desk.story(OTHER, desk.background(), rows)


def test_a_second_joint_meeting_needs_a_reason_too_and_goes_topic_by_topic(desk):
    both = [*HELD, ("purpose", "to finish"), ("instead_of", "one of them repeated"), ("relates_to", "joint"), *WHERE]
    both += [("came", ["adults.1", "adults.2"]), *NOBODY_ELSE]
    desk.story(OTHER, desk.background(), [*both, *SAID, ("has_topics", "no"), ("notes", None)])
    desk.story(OTHER, desk.background(joint_blockers=BLOCKERS), both, end="held_despite")


# ---------------------------------------------------------------------------------- stories: the officer's words

ORDER = {
    "questions__1__words": "Where should\nIvy live?",
    "questions__2__words": "",
    "questions__3__words": "And {child}?",
}
RECOMMEND = [
    ("recommendations.1.words", "Stepped"),
    ("recommendations.1.rests_on", None),
    ("recommendations.1.more", "no"),
]


def test_the_report_answers_each_question_of_the_order(desk):
    facts = desk.background(**ORDER)
    rows = [
        ("summary", None),
        ("order_answers.1.words", None),
        ("order_answers.3.words", "At both"),
        ("analysis", None),
    ]
    desk.story(report_words.SCRIPT, facts, [*rows, *RECOMMEND, ("supervision", None)])
    shown = {s.path: s.text for s in steps(report_words.SCRIPT, {}, facts)}
    assert shown["order_answers.1.words"] == "Where should Ivy live?"
    assert shown["order_answers.3.words"] == "And {child}?"


def test_the_analysis_goes_by_the_checklist_where_the_route_asks(desk):
    facts = desk.background(route="section_7")
    checklist = lines("checklist.", *(f"{letter}.words" for letter in "abcdefg"))
    rows = [("summary", None), *checklist, ("recommendations.1.words", None), ("recommendations.1.more", "no")]
    desk.story(report_words.SCRIPT, facts, rows, end="supervision")
    shown = {s.path: s.text for s in steps(report_words.SCRIPT, {}, facts)}
    assert shown["checklist.c.words"] == "(c) The likely effect of a change of circumstances"


def test_nothing_of_the_report_is_required(desk):
    facts = desk.background(route="section_7", **ORDER)
    assert [
        s.path for s in steps(report_words.SCRIPT, {}, facts) if s.question.required and s.question.key != "more"
    ] == []


def test_a_summary_longer_than_a_page_is_remarked_on(desk):
    step = steps(report_words.SCRIPT, {}, desk.background())[0]
    assert step.question.caution("word " * 400, step.view) is None
    assert "401 words" in (step.question.caution("word " * 401, step.view) or "")


def test_a_safeguarding_note_takes_the_words_first(desk):
    rows = [("words", "He hit me"), *lines("", "said_by", "said_when", "present", "place", "asked", "told_next")]
    desk.story(safeguarding.SCRIPT, desk.background(), [*rows, ("manager_told", "not yet"), ("end_session", "yes")])


def test_the_steps_say_what_must_be_done():
    said = " ".join(safeguarding.STEPS).casefold()
    for needed in (
        "listen",
        "lead",
        "secret",
        "words used",
        "manager today",
        "local authority",
        "999",
        "16a",
        "case record",
    ):
        assert needed in said
    assert all(step.endswith(".") for step in safeguarding.STEPS)


# ---------------------------------------------------------------------------------- laws

TIMES = [
    ({"starts_at": "10:00"}, "ends_at", "10:00", "start is down as 10:00"),
    ({"starts_at": "10:00"}, "ends_at", "9:59", "start is down as 10:00"),
    ({"ends_at": "11:00"}, "starts_at", "11:00", "end is down as 11:00"),
]


@pytest.mark.parametrize(("known", "path", "given", "said"), TIMES)
def test_a_session_ends_after_it_starts(desk, known, path, given, said):
    facts = desk.background(side="A")
    answers = {key: Answer(value) for key, value in {"outcome": "held", **known}.items()}
    step = step_at(PARENT, answers, facts, path)
    with pytest.raises(NotValidError, match=said):
        read(step, given)


def as_session(answers):
    moment = datetime.fromisoformat("2027-03-09T12:00:00+00:00")
    return Session(1, 1, "child", None, "finished", moment, moment, answers)


def families(desk):
    grand = (("Ann Reed", "Ann", "A"), ("Sam Reed", "Sam", "B"), ("Sam Lark", "Sam", "A"), ("Dee Lark", "", "B"))
    many = tuple((f"Kit{n} Reed", "Sam" if n == 3 else "") for n in range(1, 5))
    return (
        desk.background(side="A"),
        desk.background(
            side="B", planned_on=None, planned_at=None, joint_blockers=BLOCKERS, route="section_7", **ORDER
        ),
        desk.background(adults=grand, children=many, side="B", planned_on="2027-03-09", joint_blockers=BLOCKERS),
        desk.background(adults=grand, children=(("Lo Reed", ""),), side="A", planned_at="23:59"),
    )


class TestWhateverIsAnswered:
    tried: ClassVar = given(
        seed=st.integers(0, 2**32), family=st.integers(0, 3), skips=st.sampled_from((0.0, 0.3, 1.0))
    )

    @pytest.mark.parametrize("script", SCRIPTS)
    @tried
    @settings(max_examples=50, deadline=None)
    def test_it_comes_to_an_end_and_leaves_nothing_that_does_not_apply(self, desk, script, seed, family, skips):
        script, facts = SCRIPTS[script], families(desk)[family]
        answers = desk.walk(script, facts, seed, skips)
        line = steps(script, answers, facts)
        assert [s.path for s in line] == list(answers)  # no answer opens a question before it
        assert set_aside(script, answers, facts) == ()
        assert all(still_fits(s, answers[s.path]) for s in line)
        assert not [s.path for s in line if s.question.required and answers[s.path].value is None]

    @pytest.mark.parametrize("script", SCRIPTS)
    @tried
    @settings(max_examples=15, deadline=None)
    def test_changing_answers_comes_to_an_end_too_and_nothing_overtaken_is_left(
        self, desk, script, seed, family, skips
    ):
        script, facts = SCRIPTS[script], families(desk)[family]
        answers = desk.changed_mind(script, facts, seed, skips)
        line = steps(script, answers, facts)
        assert {s.path for s in line} == set(answers)
        assert all(still_fits(s, answers[s.path]) for s in line)

    @pytest.mark.parametrize("officer", ["walk", "changed_mind"])
    @pytest.mark.parametrize("script", [CHILD.key, OTHER.key])
    @tried
    @settings(max_examples=50, deadline=None)
    def test_no_words_of_a_child_are_kept_without_both_gates(self, desk, script, officer, seed, family, skips):
        script, facts = SCRIPTS[script], families(desk)[family]
        session = as_session(getattr(desk, officer)(script, facts, seed, skips))
        for words in (*statements(session), *letters(session)):
            assert words.wish
            assert words.decision
            assert f"child-{words.child}" not in {*words.wish, *words.decision}
            assert session.text(f"children.{words.child}.willing_today") != "no"
            assert session.text(f"children.{words.child}.seen") != "not_seen"
        assert all(letter.description for letter in letters(session) if letter.picture)

    @pytest.mark.parametrize("officer", ["walk", "changed_mind"])
    @tried
    @settings(max_examples=50, deadline=None)
    def test_nothing_is_agreed_without_wording_and_nothing_held_without_reason(
        self, desk, officer, seed, family, skips
    ):
        facts = families(desk)[family]
        session = as_session(getattr(desk, officer)(JOINT, facts, seed, skips))
        assert all(t.wording for t in topics(session) if t.state.startswith("agreed"))
        blocked = "joint_blockers" in facts.background and session.outcome in {"held", "stopped"}
        assert bool(session.text("held_despite")) == blocked


def test_no_session_question_stands_where_the_case_keeps_something(desk):
    facts: Facts = families(desk)[2]
    for script in (PARENT, CHILD, JOINT, OTHER):
        for seed in range(10):
            assert not set(desk.walk(script, facts, seed)) & set(facts.background)
