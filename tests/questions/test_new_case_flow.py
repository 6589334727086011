"""What new-case asks, as stories and as laws."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.questions.case_people import ADULTS_AT_MOST
from cppp_cli.questions.flow import set_aside, steps
from cppp_cli.questions.model import Facts
from cppp_cli.questions.new_case import SCRIPT
from cppp_cli.questions.read import NotValidError, read, still_fits

TODAY = date(2027, 3, 9)
FACTS = Facts(TODAY, {"usual_court": Answer("Exeter")})


def blank(prefix, *keys):
    return [(f"{prefix}{key}", None) for key in keys]


COURT = [
    *(("case_number", "ZE23P01234"), ("court", "Exeter"), ("judge", None), ("route", "Rule 16.4")),
    *(("order_date", "1 March 2027"), ("questions.1.words", "Where should Ivy live?"), ("questions.1.more", "no")),
    *(("hearing_on", "1 July 2027"), ("hearing_kind", "review hearing"), ("report_due", "17 June 2027")),
]


def adult(number, name, side, more=None):
    at = f"adults.{number}."
    rows = [(f"{at}full_name", name), (f"{at}called", None), (f"{at}side", side)]
    rows += [(f"{at}role", "applicant" if side == "A" else "respondent")]
    rows += blank(at, "pronouns", "phone", "email", "address", "solicitor", "interpreter", "adjustments")
    return [*rows, *([(f"{at}more", more)] if more else [])]


CHILD = [
    *(("children.1.full_name", "Ivy Reed"), ("children.1.called", "Ivy"), ("children.1.pronouns", None)),
    *(("children.1.born", "4 May 2017"), ("children.1.school", None), ("children.1.lives_with", "Ann Reed")),
    *(
        ("children.1.needs", None),
        ("children.1.adults.1.relation", "mother"),
        ("children.1.adults.1.responsibility", "yes"),
    ),
    *(
        ("children.1.adults.2.relation", "father"),
        ("children.1.adults.2.responsibility", "not known"),
        ("children.1.more", "no"),
    ),
]
OTHERS = [
    *blank("", "guardian", "child_solicitor", "local_authority"),
    ("has_others", "no"),
    *blank("", "arrangement_now", "order_now"),
]
ORDERS = [
    (f"adults.{n}.{key}", given_in)
    for n in (1, 2)
    for key, given_in in (("asked_alone", "yes"), ("has_restrictions", "no"))
]
FAMILY = [*COURT, *adult(1, "Ann Reed", "A"), *adult(2, "Bo Reed", "B", "no"), *CHILD, *OTHERS, *ORDERS]
WILLING = [
    (f"adults.{n}.{key}", given_in)
    for n in (1, 2)
    for key, given_in in (("willing", "met"), ("consent_on", f"{n + 1} March 2027"), ("consent_way", "in writing"))
]
MET = [row for key in CRITERIA for row in ((f"screening.{key}.result", "met"), (f"screening.{key}.note", None))]
PREPARED = [row for n in (1, 2) for row in blank(f"adults.{n}.", "prep_elearning", "prep_workshop", "prep_certificate")]


def step_at(answers, path, facts=FACTS):
    return next(step for step in steps(SCRIPT, answers, facts) if step.path == path)


# ---------------------------------------------------------------------------------- stories


def test_a_case_that_opens_is_asked_for_its_first_day(desk):
    answers = desk.story(SCRIPT, FACTS, [*FAMILY, *WILLING, *MET, *PREPARED], end="day_zero")
    step = step_at(answers, "day_zero")
    assert step.question.default(step.view) == "2027-03-03"  # the later of the order and both consents


@pytest.mark.parametrize("result", ["not met", "not known", None])
def test_a_case_that_does_not_open_is_kept_without_a_first_day(desk, result):
    key = "abuse_considered"
    rows = [row for row in MET if not row[0].startswith(f"screening.{key}.")]
    place = 2 * list(CRITERIA).index(key)
    rows[place:place] = [
        (f"screening.{key}.result", result),
        (f"screening.{key}.note", None),
        (f"screening.{key}.depart", "no"),
    ]
    desk.story(SCRIPT, FACTS, [*FAMILY, *WILLING, *rows, *PREPARED])


def test_a_departure_is_asked_for_its_reason_its_manager_and_its_date(desk):
    key = next(iter(CRITERIA))
    at = f"screening.{key}."
    departed = [(f"{at}result", "not met"), (f"{at}note", None), (f"{at}depart", "yes"), (f"{at}reason", "because")]
    departed += [(f"{at}manager", "Dee Lark"), (f"{at}consulted_on", "yesterday")]
    desk.story(SCRIPT, FACTS, [*FAMILY, *WILLING, *departed, *MET[2:], *PREPARED], end="day_zero")


def test_an_unwilling_adult_is_not_asked_when_they_agreed(desk):
    desk.story(
        SCRIPT,
        FACTS,
        [*FAMILY, ("adults.1.willing", "not met"), ("adults.2.willing", "not known")],
        end="screening.court_involved.result",
    )


def test_an_order_is_asked_of_the_adult_who_told_of_it(desk):
    at = "adults.1.restrictions.1."
    told = [("adults.1.asked_alone", "yes"), ("adults.1.has_restrictions", "yes"), (f"{at}kind", "bail condition")]
    told += [(f"{at}terms", None), (f"{at}forbids_meeting", "not known"), (f"{at}ends_on", None), (f"{at}more", "no")]
    rows = [row for row in FAMILY if not row[0].startswith("adults.1.") or row not in ORDERS]
    answers = desk.story(SCRIPT, FACTS, [*rows[: -len(ORDERS) // 2], *told], end="adults.2.asked_alone")
    assert step_at(answers, f"{at}more").text == "Did Ann Reed tell of another?"


# ---------------------------------------------------------------------------------- what is refused, and what is remarked on

REFUSED = [
    ({}, "order_date", "10 March 2027", "still to come"),
    ({"order_date": "2027-03-01"}, "hearing_on", "28 February 2027", "before the order of Monday 1 March 2027"),
    ({"order_date": "2027-03-01"}, "report_due", "2027-02-01", "before the order"),
    ({"adults.1.full_name": "Ann  Reed"}, "adults.2.full_name", "ann reed", "already on file"),
    ({"adults.1.side": "A", "adults.2.side": "A"}, "adults.2.more", "no", "Nobody is on side B"),
    ({"adults.1.side": "B", "adults.2.side": "B"}, "adults.2.more", "no", "Nobody is on side A"),
    ({}, "children.1.born", "10 March 2027", "after today"),
    ({}, "children.1.born", "31 June 2017", "."),
]


@pytest.mark.parametrize(("known", "path", "raw", "said"), REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence(known, path, raw, said):
    step = step_at({key: Answer(value) for key, value in known.items()}, path)
    with pytest.raises(NotValidError) as refusal:
        read(step, raw)
    assert said in str(refusal.value)


REMARKED = [
    ({}, "case_number", "12", "not the usual form"),
    ({}, "case_number", "ZE23P01234", None),
    ({"hearing_on": "2027-07-01"}, "report_due", "2027-07-01", "not before it"),
    ({"hearing_on": "2027-07-01"}, "report_due", "2027-06-30", None),
    ({"children.1.called": "Ivy"}, "children.1.born", "2009-03-09", "Is the year right?"),
    ({"children.1.called": "Ivy"}, "children.1.born", "2009-03-10", "makes Ivy 17 years old."),
]


@pytest.mark.parametrize(("known", "path", "value", "said"), REMARKED)
def test_what_is_odd_is_remarked_on_and_kept(known, path, value, said):
    step = step_at({key: Answer(kept) for key, kept in known.items()}, path)
    assert read(step, value) == value
    remark = step.question.caution(value, step.view)
    assert (remark is None) if said is None else (said in (remark or ""))


def test_the_sides_are_proposed_in_turn():
    adults = {"adults.1.full_name": Answer("Ann"), "adults.1.side": Answer("A")}
    first, second = step_at({}, "adults.1.side"), step_at(adults, "adults.2.side")
    assert [s.question.default(s.view) for s in (first, second)] == ["A", "B"]


def test_the_last_adult_there_can_be_cannot_leave_a_side_empty():
    known = {
        f"adults.{n}.{key}": Answer(value)
        for n in range(1, ADULTS_AT_MOST)
        for key, value in (("side", "A"), ("more", "yes"))
    }
    last = step_at(known, f"adults.{ADULTS_AT_MOST}.side")
    with pytest.raises(NotValidError, match="Nobody is on side B"):
        read(last, "A")
    assert read(last, "B") == "B"


def three_adults():
    known = {f"adults.{n}.{key}": value for n, side in ((1, "A"), (2, "A"), (3, "B")) for key, value in
             (("full_name", f"Adult {n}"), ("side", side), ("more", "no" if n == 3 else "yes"))}  # fmt: skip
    return {path: Answer(value) for path, value in known.items() if path != "adults.1.more"}


def test_an_adult_taken_off_again_is_asked_about_no_more():
    answers = three_adults() | {"adults.2.side": Answer("B"), "adults.3.asked_alone": Answer("yes")}
    assert [p for p in paths(answers) if p.startswith("adults.3.")]
    answers["adults.2.more"] = Answer("no")
    assert [p for p in paths(answers) if p.startswith("adults.3.") or ".adults.3." in p] == []


def test_an_adult_cannot_be_taken_off_when_a_side_would_be_empty():
    step = step_at(three_adults(), "adults.2.more")
    with pytest.raises(NotValidError, match="Nobody is on side B"):
        read(step, "no")


def paths(answers):
    return [step.path for step in steps(SCRIPT, answers, FACTS)]


def test_homes_of_two_who_are_called_alike_are_told_apart():
    known = {
        "adults.1.full_name": "Sam Reed",
        "adults.1.called": "Sam",
        "adults.2.full_name": "Sam Lark",
        "adults.2.called": "Sam",
    }
    step = step_at({path: Answer(name) for path, name in known.items()}, "children.1.lives_with")
    assert [c.label for c in step.question.choices_for(step.view)][:2] == ["Sam Reed", "Sam Lark"]


# ---------------------------------------------------------------------------------- laws


def sides(answers):
    return {answers[path].value for path in answers if path.startswith("adults.") and path.endswith(".side")}


class TestWhateverIsAnswered:
    tried: ClassVar = given(seed=st.integers(0, 2**32), skips=st.sampled_from((0.0, 0.3, 1.0)))

    @tried
    @settings(max_examples=15, deadline=None)
    def test_it_comes_to_an_end_with_both_sides_there(self, desk, seed, skips):
        answers = desk.walk(SCRIPT, FACTS, seed, skips)
        line = steps(SCRIPT, answers, FACTS)
        assert [s.path for s in line] == list(answers)
        assert set_aside(SCRIPT, answers, FACTS) == ()
        assert all(still_fits(s, answers[s.path]) for s in line)
        assert sides(answers) == {"A", "B"}

    @tried
    @settings(max_examples=15, deadline=None)
    def test_changing_answers_comes_to_an_end_too_and_nothing_overtaken_is_left(self, desk, seed, skips):
        answers = desk.changed_mind(SCRIPT, FACTS, seed, skips)
        line = steps(SCRIPT, answers, FACTS)
        assert {s.path for s in line} == set(answers)
        assert all(still_fits(s, answers[s.path]) for s in line)
        assert sides(answers) == {"A", "B"}


@pytest.mark.parametrize("key", CRITERIA)
def test_a_departure_that_is_no_longer_needed_is_set_aside_whole(key):
    at = f"screening.{key}."
    known = {
        f"{at}result": "met",
        f"{at}depart": "yes",
        f"{at}reason": "because",
        f"{at}manager": "Dee",
        f"{at}consulted_on": "2027-03-01",
    }
    answers = {path: Answer(value) for path, value in known.items()}
    assert set(set_aside(SCRIPT, answers, FACTS)) == set(known) - {f"{at}result"}
