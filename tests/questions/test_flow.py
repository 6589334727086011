"""From a script and its answers to the questions that apply; and what every script has in common."""

from __future__ import annotations

import re
import string
import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.interview.scripted import apply, parse
from cppp_cli.interview.skeleton import skeleton
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions import (
    agreement,
    calendar_of_case,
    care_calendar,
    child_session,
    confirm_again,
    form_for_parent,
    joint_session,
    new_case,
    officer,
    other_session,
    parent_session,
    report_words,
    return_to_court,
    safeguarding,
)
from cppp_cli.questions.flow import fill, listed, set_aside, steps
from cppp_cli.questions.model import Choice, Each, Facts, Kind, Question, Repeat, Script, Section, View

OWN = (
    parent_session,
    child_session,
    joint_session,
    other_session,
    report_words,
    safeguarding,
    agreement,
    form_for_parent,
)
SCRIPTS = (
    *(module.SCRIPT for module in (*OWN, new_case, officer, return_to_court, confirm_again, care_calendar)),
    agreement.LOG,
    calendar_of_case.AGREED,
    calendar_of_case.PROPOSED,
)
TODAY = date(2027, 3, 9)


def facts_with(**known):
    return Facts(TODAY, {path.replace("__", "."): Answer(value) for path, value in known.items()})


def put(**given):
    return {path.replace("__", "."): Answer(value) for path, value in given.items()}


def ask(*items, **section):
    return Script("s", "S", (Section("One", items, **section),))


def paths(script, answers, facts=facts_with()):  # noqa: B008 - never changed
    return [step.path for step in steps(script, answers, facts)]


# ---------------------------------------------------------------------------------- which questions apply

PETS = Repeat(
    "pets", "Pet", (Question("name", "Name"), Question("age", "How old is it?")), another="Another?", at_most=3
)


def test_a_repeat_goes_on_only_while_there_is_another():
    one = ["pets.1.name", "pets.1.age", "pets.1.more"]
    assert paths(ask(PETS), {}) == one
    assert paths(ask(PETS), put(pets__1__more="no")) == one
    assert paths(ask(PETS), put(pets__1__more="yes")) == [*one, "pets.2.name", "pets.2.age", "pets.2.more"]
    full = paths(ask(PETS), put(pets__1__more="yes", pets__2__more="yes", pets__3__more="yes"))
    assert full[-1] == "pets.3.age"  # at the most there may be, nobody is asked for another


def test_a_repeat_asks_for_the_least_there_must_be_without_asking():
    two = Repeat("pets", "Pet", (Question("name", "Name"),), another="Another?", at_least=2)
    assert paths(ask(two), {}) == ["pets.1.name", "pets.2.name", "pets.2.more"]


def test_answers_to_what_no_longer_applies_are_set_aside():
    script = ask(
        Question("a", "A", Kind.CHOICE, choices=(Choice("x", "x"),)),
        Question("b", "B", when=lambda v: v.text("a") == "x"),
        PETS,
    )
    answers = put(a="y", b="kept", pets__1__more="no", pets__2__name="Rex")
    assert set_aside(script, answers, facts_with()) == ("b", "pets.2.name")


def test_a_section_that_does_not_apply_asks_nothing():
    assert paths(ask(Question("a", "A"), when=lambda view: view.text("on") == "yes"), {}) == []
    assert paths(ask(Question("a", "A"), when=lambda view: view.text("on") == "yes"), {}, facts_with(on="yes")) == ["a"]


def test_a_question_sees_its_own_item_first_then_outwards_then_the_case():
    facts = facts_with(colour="case")
    view = View(put(colour="root", pets__1__colour="pet"), facts, "pets.1.")
    assert view.text("colour") == "pet"
    assert View(put(colour="root"), facts, "pets.1.").text("colour") == "root"
    assert View({}, facts, "pets.1.").text("colour") == "case"
    assert (
        View({"pets.1.colour": Answer(gap=Gap.DECLINED)}, facts, "pets.1.").text("colour") == ""
    )  # a gap is an answer


@given(st.sets(st.integers(1, 40), min_size=1))
def test_items_come_in_number_order_from_case_and_answers(numbers):
    half = sorted(numbers)[::2]
    known = {f"children.{n}.born": Answer("x") for n in half}
    given_now = {f"children.{n}.seen": Answer("x") for n in sorted(numbers, key=str)}
    assert View(given_now, Facts(TODAY, known)).items("children") == tuple(str(n) for n in sorted(numbers))


def test_items_end_where_the_officer_said_there_are_no_more():
    answers = put(
        pets__1__name="Rex", pets__1__more="yes", pets__2__name="Tom", pets__2__more="no", pets__3__name="Old"
    )
    assert View(answers, facts_with()).items("pets") == ("1", "2")
    assert View({}, Facts(TODAY, answers)).items("pets") == ("1", "2")


# ---------------------------------------------------------------------------------- names in texts

NAMES = Each("children", "{child}", (Question("seen", "How is {child}?"),), over=lambda view: view.items("children"))


@given(st.text(string.printable + "{}%é✓", min_size=1).filter(str.strip))
def test_a_name_is_shown_as_it_is_and_never_read_as_a_placeholder(name):
    (step,) = steps(ask(NAMES), {}, facts_with(children__1__called=name))
    assert step.text == f"How is {name}?"
    assert step.heading == name


def test_names_are_taken_from_answers_before_the_case():
    facts = facts_with(children__1__full_name="Ivy Reed", children__2__full_name="Max Reed")
    asked = steps(ask(NAMES), put(children__1__called="Ivy"), facts)
    assert [step.text for step in asked] == ["How is Ivy?", "How is Max Reed?"]
    assert steps(ask(NAMES), {}, facts_with(children__3__born="2017-05-04"))[0].text == "How is child 3?"


def test_people_who_are_called_alike_are_told_apart():
    view = View({}, facts_with(
        adults__1__full_name="Sam Reed", adults__1__called="Sam", adults__1__side="A",
        adults__2__full_name="Sam Lark", adults__2__called="Sam", adults__2__side="B",
        adults__3__full_name="Jo Reed", adults__3__side="B",
        children__1__full_name="Jo Reed", children__2__full_name="Ivy Reed", children__2__called="Ivy",
    ))  # fmt: skip
    people = ["adults.1", "adults.2", "adults.3", "children.1", "children.2"]
    assert [view.name(person) for person in people] == [
        "Sam Reed",
        "Sam Lark",
        "Jo Reed (adult 3)",
        "Jo Reed (child 1)",
        "Ivy",
    ]
    assert view.side_names("B") == "Sam Lark and Jo Reed (adult 3)"


def test_sides_and_children_are_named_in_a_sentence():
    facts = facts_with(
        side="B", adults__1__called="Ann", adults__1__side="A", adults__2__called="Bo", adults__2__side="B",
        children__1__called="Ivy", children__2__called="Max", children__3__called="Noor",
    )  # fmt: skip
    (step,) = steps(ask(Question("q", "{a}/{b}/{parent}/{other_parent}/{children}")), {}, facts)
    assert step.text == "Ann/Bo/Bo/Ann/Ivy, Max and Noor"
    assert [listed(names) for names in ([], ["A"], ["A", "B"])] == ["", "A", "A and B"]


def test_an_order_that_runs_over_lines_is_shown_on_one():
    facts = facts_with(questions__1__words="Where\n  should she\r\nlive?")
    (step,) = (s for s in steps(report_words.SCRIPT, {}, facts) if s.path == "order_answers.1.words")
    assert step.text == "Where should she live?"


# ---------------------------------------------------------------------------------- every script

SAMPLE = facts_with(
    side="A", route="section_7", questions__1__words="Where?",
    adults__1__called="Ann", adults__1__side="A", adults__2__called="Bo", adults__2__side="B",
    children__1__called="Ivy", children__2__called="Max",
)  # fmt: skip


def questions(items, around=()):
    """Every question of a script with the groups it stands in, asked or not."""
    for item in items:
        match item:
            case Question():
                yield item, around
            case Repeat() | Each():
                yield from questions(item.items, (*around, item.key))


def in_place(script):
    for section in script.sections:
        for question, around in questions(section.items):
            name = {"screening": "court_involved", "checklist": "a"}
            prefix = "".join(f"{group}.{name.get(group, '1')}." for group in around)
            yield section, question, View(put(children__1__called="Ivy"), SAMPLE, prefix)


def groups(items):
    for item in items:
        if isinstance(item, Repeat | Each):
            yield item
            yield from groups(item.items)


def words_of(script):
    """Every text of a script that a person may see."""
    for section in script.sections:
        yield from (section.title, section.say)
        for group in groups(section.items):
            yield from (group.title, *([group.another] if isinstance(group, Repeat) else []))
    for _, question, view in in_place(script):
        yield from (question.text, question.hint, question.why, *(c.label for c in question.choices_for(view)))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_every_word_in_braces_becomes_a_name(script):
    for _, question, view in in_place(script):
        shown = [fill(text, view) for text in (question.text, question.hint)]
        assert not [text for text in shown if set(text) & set("{}")], question.key


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_nothing_that_is_shown_as_it_stands_holds_braces(script):
    for section, question, view in in_place(script):
        plain = [section.title, section.say, question.why, *(c.label for c in question.choices_for(view))]
        assert not [text for text in plain if set(text) & set("{}")]
    repeats = [g for section in script.sections for g in groups(section.items) if isinstance(g, Repeat)]
    assert not [g.title for g in repeats if "{" in g.title]


NEVER = re.compile(
    r"\b(custody|visitation|access|residence|contact|alleg\w+|claims?|claimed|alienat\w+|historical|client|reasonabl[ey]"
    r"|high.conflict|absent parent|mother|father|husband|wife|he|she|his|her)\b",
    re.IGNORECASE,
)
ABOUT_TAKING_PART = "Access, breaks, format. Enter for none."  # a ramp, not a child


@pytest.mark.parametrize("module", OWN, ids=lambda m: m.SCRIPT.key)
def test_no_text_uses_a_word_the_programme_avoids(module):
    said = [*words_of(module.SCRIPT), *getattr(module, "STEPS", ())]
    assert len(said) > 10
    assert [text for text in said if NEVER.search(text)] == []


def test_the_case_avoids_them_too_where_it_does_not_name_a_relation():
    relations = {"mother", "father", "step-mother", "step-father"}
    pronouns = "For example she/her, he/him, they/them."
    said = [t for t in words_of(new_case.SCRIPT) if t not in {*relations, pronouns, ABOUT_TAKING_PART}]
    assert [text for text in said if NEVER.search(text)] == []


@pytest.mark.parametrize("module", OWN, ids=lambda m: m.SCRIPT.key)
def test_texts_are_short_and_sentences_are_whole(module):
    for _, question, _view in in_place(module.SCRIPT):
        assert len(question.text) <= 100, question.text
        assert len(question.hint) <= 170, question.hint
        assert question.hint == "" or question.hint[-1] in ".?", question.hint
        assert question.why == "" or question.why.endswith("."), question.why


FOR_ONE_ALONE = re.compile(
    r"\b(does|is|was|has|wants?) \{(parent|other_parent|a|b)\}|\{(parent|other_parent|a|b)\} [a-z]+s\b"
)


@pytest.mark.parametrize("module", OWN, ids=lambda m: m.SCRIPT.key)
def test_a_text_about_a_side_reads_well_for_two_people_too(module):
    said = [text for _, q, _ in in_place(module.SCRIPT) for text in (q.text, q.hint)]
    assert [text for text in said if FOR_ONE_ALONE.search(text)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_no_two_questions_of_a_script_share_a_place(script):
    places = [(*around, q.key) for section in script.sections for q, around in questions(section.items)]
    assert len(set(places)) == len(places)


# ---------------------------------------------------------------------------------- the answers file

ANSWER_LINE = re.compile(r"# ([\w.]+ = .*|''')")


@pytest.mark.parametrize("facts", [SAMPLE, facts_with(side="A")], ids=["a family", "nobody yet"])
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_the_file_to_fill_in_is_a_valid_one_with_every_line_taken_in(script, facts):
    text = skeleton(script, facts)
    assert tomllib.loads(text) == {}  # until a line is filled in, the file says nothing
    filled = "\n".join(line[2:] if ANSWER_LINE.fullmatch(line) else line for line in text.split("\n"))
    given_in = parse(filled, "answers.toml")
    asked = {view.prefix + q.key for _, q, view in in_place(script)}
    assert {re.sub(r"\.\w+\.", ".N.", path) for path in given_in} == {re.sub(r"\.\w+\.", ".N.", path) for path in asked}


class Sheet(dict):
    """Answers in memory."""

    def answers(self):
        return dict(self)

    def put(self, path, answer):
        self[path] = answer

    def drop(self, gone):
        for path in gone:
            del self[path]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_no_file_can_skip_what_is_needed(desk, script):
    facts = desk.background(side="A", joint_blockers="an order", questions__1__words="Where?", proposed_documents="/d")
    for seed in (3, 8):
        whole = desk.walk(script, facts, seed)
        given_in = {path: _raw(answer) for path, answer in whole.items()}
        line = steps(script, whole, facts)
        assert _problems(script, facts, given_in) == []
        needed = [step.path for step in line if step.question.required and step.question.key != "more"]
        for path in needed[:12]:
            found = _problems(script, facts, given_in | {path: {"skip": "not known"}})
            assert any(said.startswith(f"{path}: This one is needed") for said in found)


def _raw(answer):
    return {"skip": answer.gap.label} if answer.gap else answer.value


def _problems(script, facts, given_in):
    outcome = apply(script, Sheet(), facts, given_in, attach=int, complete=True)
    return [*outcome.problems, *outcome.missing]
