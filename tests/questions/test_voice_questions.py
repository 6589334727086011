"""The guided prompts about the children's voice: consents, the life of a letter, decisions to pass on, letters."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer
from cppp_cli.questions import letter_life, letter_outcome, voice_consent, voice_disclose
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Facts
from cppp_cli.questions.read import NotValidError, read

ITEMS = (
    {"ref": "statement.12.1", "says": "Ivy: “one”", "child": "1", "on": "2027-03-01", "wish": ("court",), "decision": ("court",)},
    {"ref": "statement.12.2", "says": "Max: “two”", "child": "2", "on": "2027-03-01", "wish": ("judge-only",), "decision": ("undecided",)},
)  # fmt: skip
LETTERS = (
    MappingProxyType({"ref": "letter.12.1", "says": "Ivy, letter", "kind": "child", "child": "1", "on": "2027-03-01",
     "may_hear": ("court", "parent-a", "parent-b"), "original": "returned"}),
    MappingProxyType({"ref": "letter.14.0", "says": "The letter back", "kind": "joint", "on": "2027-03-05", "wanted": "yes",
     "words": "We love you.", "promises": "No rows."}),
)  # fmt: skip
NOTE = {"ref": "note.3", "says": "A note"}


def facts(desk, rows, **more):
    """The case and the things to choose from, as the commands lay them out."""
    known = desk.background()
    found = {f"voices.{n}.{name}": Answer(value) for n, row in enumerate(rows, 1) for name, value in row.items()}
    return Facts(known.today, {**known.background, **found, **{key: Answer(value) for key, value in more.items()}})


def step_at(script, known, answers, path):
    return next(step for step in steps(script, {k: Answer(v) for k, v in answers.items()}, known) if step.path == path)


# ------------------------------------------------------------------------------ consent


def test_a_childs_change_of_mind_is_asked_with_its_day_and_reason(desk):
    rows = [
        ("item", "statement.12.1"),
        ("changes", ["wish"]),
        ("wish", ["nobody"]),
        ("wish_on", "2027-03-08"),
        ("wish_reason", None),
        ("wish_why", "She rang."),
    ]
    desk.story(voice_consent.SCRIPT, facts(desk, ITEMS), rows)


def test_both_gates_may_change_at_once(desk):
    rows = [
        ("item", "statement.12.1"),
        ("changes", ["wish", "decision"]),
        ("wish", ["parent-a"]),
        ("wish_on", "2027-03-08"),
        ("wish_reason", "Because."),
        ("wish_why", "She rang."),
        ("decision", ["undecided"]),
        ("decision_reason", "To be thought over."),
    ]
    desk.story(voice_consent.SCRIPT, facts(desk, ITEMS), rows)


def test_for_the_judge_alone_asks_at_once_whether_the_child_was_told(desk):
    to_here = [
        ("item", "statement.12.1"),
        ("changes", ["wish"]),
        ("wish", ["judge-only"]),
        ("wish_on", "2027-03-08"),
        ("wish_reason", None),
        ("wish_why", "She rang."),
    ]
    desk.story(voice_consent.SCRIPT, facts(desk, ITEMS), [*to_here, ("child_told", "no")])
    told = [("child_told", "yes"), ("told_on", "2027-03-08"), ("told_how", None)]
    desk.story(voice_consent.SCRIPT, facts(desk, ITEMS), [*to_here, *told])


def test_that_a_child_was_told_is_recorded_without_a_change_of_the_wish(desk):
    rows = [("item", "statement.12.2"), ("changes", ["told"]), ("told_on", "2027-03-02"), ("told_how", "At school.")]
    desk.story(voice_consent.SCRIPT, facts(desk, ITEMS), rows)
    with pytest.raises(NotValidError):
        read(step_at(voice_consent.SCRIPT, facts(desk, ITEMS), {"item": "statement.12.1"}, "changes"), ["told"])


@pytest.mark.parametrize(
    ("answers", "path", "refused"),
    [
        ({"item": "statement.12.1", "changes": ("wish",)}, "wish", ["court"]),  # what stands already
        ({"item": "statement.12.1", "changes": ("wish",)}, "wish", ["child-1"]),  # the speaker is no reader
        ({"item": "statement.12.1", "changes": ("decision",)}, "decision", ["judge-only"]),
        ({"item": "statement.12.1", "changes": ("wish",), "wish": ("nobody",)}, "wish_on", "2027-02-28"),  # before it was said
        ({"item": "statement.12.1", "changes": ("wish",), "wish": ("nobody",)}, "wish_on", "2027-03-10"),  # still to come
        ({}, "item", "statement.99.1"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(desk, answers, path, refused):
    with pytest.raises(NotValidError):
        read(step_at(voice_consent.SCRIPT, facts(desk, ITEMS), answers, path), refused)


@pytest.mark.parametrize(
    ("ref", "named", "speaker"), [("statement.12.1", "Max", "Ivy"), ("statement.12.2", "Ivy", "Max")]
)
def test_brothers_and_sisters_are_offered_and_the_speaker_is_not(desk, ref, named, speaker):
    step = step_at(voice_consent.SCRIPT, facts(desk, ITEMS), {"item": ref, "changes": ("decision",)}, "decision")
    labels = [choice.label for choice in step.question.choices_for(step.view)]
    assert named in labels
    assert speaker not in labels


def test_a_remark_on_a_decision_knows_the_wish_that_stands(desk):
    known = facts(desk, ITEMS)
    wide = step_at(voice_consent.SCRIPT, known, {"item": "statement.12.1", "changes": ("decision",)}, "decision")
    assert "report" in wide.question.caution(("court",), wide.view)
    closed = step_at(voice_consent.SCRIPT, known, {"item": "statement.12.2", "changes": ("decision",)}, "decision")
    assert "stays in your file" in closed.question.caution(("court",), closed.view)
    both = {"item": "statement.12.1", "changes": ("wish", "decision"), "wish": ("parent-a",)}
    narrowed = step_at(voice_consent.SCRIPT, known, both, "decision")
    assert "passed on to Ann" in narrowed.question.caution(("court",), narrowed.view)


def test_with_one_chosen_before_the_child_is_named_and_nothing_is_asked_twice(desk):
    known = facts(desk, ITEMS, item="statement.12.1", child="1")
    line = steps(voice_consent.SCRIPT, {"changes": Answer(("wish",))}, known)
    assert next(step.path for step in line) == "changes"
    assert "Ivy" in next(step for step in line if step.path == "wish").text


# ------------------------------------------------------------------------------ the life of a letter


def test_the_life_of_a_childs_letter(desk):
    rows = [
        ("item", "letter.12.1"),
        ("shared", "yes"),
        ("shared_with", ["parent-a", "parent-b"]),
        ("shared_on", "2027-03-05"),
        ("read_by", "Bo"),
        ("answered", "spoken"),
        ("original", "returned"),
        ("original_on", None),
    ]
    desk.story(letter_life.SCRIPT, facts(desk, LETTERS), rows)
    kept = [
        ("item", "letter.12.1"),
        ("shared", "no"),
        ("not_shared_reason", "She took it back."),
        ("original", "with_officer"),
    ]
    desk.story(letter_life.SCRIPT, facts(desk, LETTERS), kept)


def test_the_life_of_a_letter_back(desk):
    rows = [
        ("item", "letter.14.0"),
        ("wanted", "yes"),
        ("words", "We love you."),
        ("promises", None),
        ("yes_a_on", "2027-03-06"),
        ("yes_b_on", None),
        ("children.1.given", "yes"),
        ("children.1.given_on", "2027-03-07"),
        ("children.1.given_by", None),
        ("children.1.how_taken", "She smiled."),
        ("children.2.given", "no"),
        ("children.2.why_not", "Too young."),
    ]
    desk.story(letter_life.SCRIPT, facts(desk, LETTERS), rows)
    desk.story(letter_life.SCRIPT, facts(desk, LETTERS), [("item", "letter.14.0"), ("wanted", "later")])


def test_what_a_session_told_is_proposed(desk):
    known = facts(desk, LETTERS)
    for path, proposed in (("wanted", "yes"), ("words", "We love you."), ("promises", "No rows.")):
        step = step_at(letter_life.SCRIPT, known, {"item": "letter.14.0", "wanted": "yes"}, path)
        assert step.question.default(step.view) == proposed
    original = step_at(letter_life.SCRIPT, known, {"item": "letter.12.1"}, "original")
    assert original.question.default(original.view) == "returned"


def test_each_child_is_named_where_the_letter_back_is_given(desk):
    line = steps(letter_life.SCRIPT, {"item": Answer("letter.14.0"), "wanted": Answer("yes")}, facts(desk, LETTERS))
    asked = {step.path: step.text for step in line}
    assert "Ivy" in asked["children.1.given"]
    assert "Max" in asked["children.2.given"]
    assert "Max" not in asked["children.1.given"]


def test_sharing_beyond_consent_is_taken_down_and_said(desk):
    narrow = [{**LETTERS[0], "may_hear": ("parent-a",)}]
    answers = {"item": "letter.12.1", "shared": "yes"}
    step = step_at(letter_life.SCRIPT, facts(desk, narrow), answers, "shared_with")
    assert read(step, ["parent-a", "parent-b"]) == ("parent-a", "parent-b"), "what happened is recorded"
    remark = step.question.caution(("parent-a", "parent-b"), step.view)
    assert "Bo" in remark
    assert "Ann" not in remark
    assert step.question.caution(("parent-a",), step.view) is None


def test_a_letter_given_before_both_agreed_is_remarked_on(desk):
    answers = {"item": "letter.14.0", "wanted": "yes", "yes_a_on": "2027-03-06"}
    step = step_at(letter_life.SCRIPT, facts(desk, LETTERS), answers, "children.1.given")
    assert "yes of both" in step.question.caution("yes", step.view)
    both = step_at(letter_life.SCRIPT, facts(desk, LETTERS), {**answers, "yes_b_on": "2027-03-06"}, "children.1.given")
    assert both.question.caution("yes", both.view) is None


# ------------------------------------------------------------------------------ passed on without consent

DECIDED = [
    ("item", "note.3"),
    ("category", "risk_of_significant_harm"),
    ("reason", "A bruise."),
]


def test_a_decision_to_pass_on_asks_for_all_of_it(desk):
    rows = [
        *DECIDED,
        ("consulted", "yes"),
        ("manager", "R. Okafor"),
        ("consulted_on", "2027-03-08"),
        ("decided_on", "2027-03-08"),
        ("told", ["childrens_services", "other"]),
        ("told_other", "The health visitor"),
        ("told_on", None),
        ("child_told", "later"),
        ("child_told_why", "On Friday."),
    ]
    desk.story(voice_disclose.SCRIPT, facts(desk, (*ITEMS, NOTE)), rows)


def test_a_manager_not_yet_reached_is_an_answer_with_a_remark(desk):
    rows = [*DECIDED, ("consulted", "no"), ("decided_on", "2027-03-08"), ("told", ["police"]), ("told_on", "2027-03-08"),
            ("child_told", "yes"), ("child_told_on", "2027-03-09"), ("child_told_how", None)]  # fmt: skip
    desk.story(voice_disclose.SCRIPT, facts(desk, (*ITEMS, NOTE)), rows)
    step = step_at(voice_disclose.SCRIPT, facts(desk, ITEMS), {"item": "statement.12.1"}, "consulted")
    assert "manager today" in step.question.caution("no", step.view)


@pytest.mark.parametrize("path", ["category", "reason", "consulted", "told", "child_told", "decided_on"])
def test_no_part_of_a_decision_can_be_skipped(desk, path):
    step = step_at(voice_disclose.SCRIPT, facts(desk, ITEMS), {"item": "statement.12.1"}, path)
    assert step.question.required


def test_an_earlier_decision_is_proposed_when_the_child_is_told(desk):
    earlier = {
        "last.category": "other",
        "last.reason": "Because.",
        "last.told": ("police",),
        "last.decided_on": "2027-03-02",
    }
    known = facts(desk, [{**ITEMS[0], **earlier}, ITEMS[1]])
    for path, proposed in (
        ("category", "other"),
        ("reason", "Because."),
        ("told", ("police",)),
        ("decided_on", "2027-03-02"),
    ):
        step = step_at(voice_disclose.SCRIPT, known, {"item": "statement.12.1"}, path)
        assert step.question.default(step.view) == proposed
    other = step_at(voice_disclose.SCRIPT, known, {"item": "statement.12.2"}, "reason")
    assert other.question.default(other.view) is None, "of other words nothing is proposed"


# ------------------------------------------------------------------------------ the letter on what came of it


def test_a_letter_on_the_outcome_asks_for_the_officers_words_to_a_named_child(desk):
    known = facts(desk, (), child="1")
    rows = [
        ("written_on", "2027-03-09"),
        ("first", None),
        ("came_of_it", "We talked."),
        ("next", "A judge reads it."),
        ("how", None),
        ("last", None),
    ]
    desk.story(letter_outcome.SCRIPT, known, rows)
    assert all("Max" not in step.text + step.hint for step in steps(letter_outcome.SCRIPT, {}, known))
    assert any("Ivy" in step.text for step in steps(letter_outcome.SCRIPT, {}, known))
    proposed = [step.question.default(step.view) for step in steps(letter_outcome.SCRIPT, {}, known)]
    assert proposed[1:] == [None] * 5, "the program proposes no words"


# ------------------------------------------------------------------------------ laws


@pytest.mark.parametrize(
    "script",
    [voice_consent.SCRIPT, letter_life.SCRIPT, voice_disclose.SCRIPT, letter_outcome.SCRIPT],
    ids=lambda s: s.key,
)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_however_it_is_answered_it_ends_and_every_answer_fits(desk, script, seed):
    rows = LETTERS if script is letter_life.SCRIPT else ITEMS
    known = facts(desk, rows, **({"child": "1"} if script is letter_outcome.SCRIPT else {}))
    answers = desk.changed_mind(script, known, seed)
    line = steps(script, answers, known)
    assert {step.path for step in line} == set(answers)
