"""The questions of the plan: what one entry asks, of both sides alike, and what of the answers is kept."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from cppp_cli.interview.scripted import apply
from cppp_cli.programme import clauses
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.ledger import AGREED, CONFIRMED, DESK, STATES, YES, Version, arranged, entry, objections
from cppp_cli.questions import agreement, calendar_of_case, care_calendar, form_for_parent
from cppp_cli.questions.flow import set_aside, steps
from cppp_cli.questions.read import NotValidError, read
from cppp_cli.store.sheets import MemorySheet

PLAN = {
    "ledger__3__topic": "handovers", "ledger__3__children": ("all",), "ledger__3__state": "agreed",
    "ledger__3__wording": "At six.", "ledger__3__says": "Handovers, for all the children: agreed “At six.”",
}  # fmt: skip
DAY, LATER = "2027-02-01", "2027-03-01"
AGREED_ENTRY = {"topic": "handovers", "children": ("all",), "state": "agreed", "wording": "At six.", "yes_a_on": DAY,
                "yes_b_on": DAY, "has_steps": "no"}  # fmt: skip


def put(**said):
    return {path.replace("__", "."): Answer(value) for path, value in said.items()}


PLAN["ledger__3__arranged"] = repr(arranged(put(**AGREED_ENTRY)))


def asked(facts, **said):
    return [step.path for step in steps(agreement.SCRIPT, put(**said), facts)]


def step_of(facts, path, **said):
    return next(step for step in steps(agreement.SCRIPT, put(**said), facts) if step.path == path)


def as_entry(answers):
    return entry(1, [Version("entry.1", 1, DESK, None, "", agreement.settled(answers))])


# ------------------------------------------------------------------------------------------ both sides alike


def test_both_sides_are_asked_the_same_in_the_same_words(desk):
    facts = desk.background()
    for state in STATES:
        line = steps(agreement.SCRIPT, put(topic="money", children=("all",), state=state), facts)
        texts = {"a": [], "b": []}
        for step in line:
            found = re.search(r"_([ab])(_as|_on)?$", step.path)
            if found and step.path not in {"court_a", "court_b"}:
                same = (
                    step.text.replace("Ann", "X").replace("Bo", "X"),
                    step.hint.replace("Ann", "X").replace("Bo", "X"),
                )
                texts[found[1]].append((re.sub(r"_[ab](?=_|$)", "", step.path), *same, step.question.required))
        assert texts["a"] == texts["b"]
        assert bool(texts["a"]) == (state not in {"withdrawn", "not_raised"})


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_yes_is_asked_only_of_what_is_agreed_and_then_it_is_needed(desk, state):
    facts = desk.background()
    line = {s.path: s for s in steps(agreement.SCRIPT, put(topic="money", children=("all",), state=state), facts)}
    assert ({*YES, "wording"} <= set(line)) == (state in AGREED)
    assert set(CONFIRMED) <= set(line) if state == "agreed" else not set(CONFIRMED) & set(line)
    assert all(line[path].question.required for path in (*YES, "wording") if path in line)
    for path in (*YES, *CONFIRMED):
        if path in line:
            with pytest.raises(NotValidError):
                read(line[path], "2027-03-10")  # tomorrow


def test_offered_and_put_to_the_court_are_asked_apart_and_only_when_there_is_something(desk):
    facts = desk.background()
    line = asked(facts, topic="money", children=("all",), state="not_agreed")
    assert {"asked_a", "offered_a", "court_a_as"} <= set(line)
    assert "offer_told_a" not in line
    line = asked(facts, topic="money", children=("all",), state="not_agreed", offered_a="Half", court_b_as="own_words")
    assert "offer_told_a" in line
    assert "offer_told_b" not in line
    assert "court_b" in line
    assert "court_a" not in line


# ------------------------------------------------------------------------------------------ any order of answers


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_answered_agreed_is_two_yeses_to_words(desk, seed):
    facts = desk.background(**PLAN)
    answers = desk.changed_mind(agreement.SCRIPT, facts, seed)
    found = as_entry(answers)
    if found.is_agreed:
        assert found.wording
        assert found.agreed_on
    assert [said for said in objections(found) if "confirmed" not in said] == []
    kept = agreement.settled(answers)
    assert not {path for path in kept if path.startswith("blanks.")} | {"clause", "words_changed"} & set(kept)


@pytest.mark.parametrize("seed", range(6))
def test_what_a_walk_answers_can_be_given_in_a_file(desk, seed):
    facts = desk.background(**PLAN)
    whole = desk.walk(agreement.LOG, facts, seed)
    given = {path: {"skip": a.gap.label} if a.gap else a.value for path, a in whole.items()}
    sheet = MemorySheet()
    outcome = apply(agreement.LOG, sheet, facts, given, attach=int, complete=True)
    assert (outcome.problems, outcome.missing) == ([], [])
    assert sheet.answers() == whole


@pytest.mark.parametrize("state", ["not_agreed", "for_court", "progress"])
def test_what_moves_from_open_to_agreed_and_back_keeps_its_positions(desk, state):
    facts = desk.background()
    positions = put(
        asked_a="A", asked_b="B", offered_a="C", offer_told_a="no", court_a_as="nothing", court_b_as="as_asked"
    )
    there = put(topic="money", children=("all",), state=state) | positions
    agreed = there | put(state="agreed", wording="Words", yes_a_on=DAY, yes_b_on=DAY)
    assert set_aside(agreement.SCRIPT, agreed, facts) == ()
    back = agreed | put(state=state)
    assert set(set_aside(agreement.SCRIPT, back, facts)) == set(YES), "the old yes, and nothing else"


# ------------------------------------------------------------------------------------------ other words than before


STEPS = {"has_steps": "yes", "steps__1__starts": "May", "steps__1__words": "Longer", "steps__1__more": "no"}


@pytest.mark.parametrize(
    ("change", "asks"),
    [({}, False), ({"wording": "At seven."}, True), ({"state": "agreed_in_principle", "wording": "At seven."}, True),
     ({"state": "agreed_in_principle"}, False), ({"state": "not_agreed", "wording": "At seven."}, False),
     ({"conditions": "x"}, True), (STEPS, True), ({"until_on": "2028-01-01"}, True), ({"children": ("1",)}, True),
     ({"instead": "yes"}, True), ({"instead": "no"}, False), ({"review_on": "2028-01-01"}, False),
     ({"for_child": "x"}, False), ({"wishes": ("12.1",)}, False), ({"asked_a": "x"}, False),
     ({"confirmed_a_on": LATER}, False)],
)  # fmt: skip
def test_otherwise_than_both_said_yes_to_is_asked_about(desk, change, asks):
    facts = desk.background(**PLAN, entry="3")
    assert ("words_changed" in asked(facts, **AGREED_ENTRY | change)) == asks
    new = desk.background(**PLAN, entry="new")
    assert "words_changed" not in asked(new, **AGREED_ENTRY | change)
    still_open = desk.background(**PLAN | {"ledger__3__state": "not_agreed"}, entry="3")
    assert "words_changed" not in asked(still_open, **AGREED_ENTRY | change)


@pytest.mark.parametrize(
    ("change", "asks"),
    [({}, False), ({"steps__1__words": "Shorter"}, True), ({"steps__1__starts": "June"}, True), ({"has_steps": "no"}, True),
     ({"steps__1__more": "yes"}, False), ({"conditions": None}, True), ({"until_on": None}, True)],
)  # fmt: skip
def test_what_is_taken_out_of_it_is_asked_about_as_well(desk, change, asks):
    before = AGREED_ENTRY | STEPS | {"conditions": "x", "until_on": "2028-01-01"}
    facts = desk.background(**PLAN | {"ledger__3__arranged": repr(arranged(put(**before)))}, entry="3")
    after = {path: said for path, said in (before | change).items() if said is not None}
    assert ("words_changed" in asked(facts, **after)) == asks
    blank = put(**after) | {path: Answer(gap=Gap.BLANK) for path in before.keys() - after.keys()}
    assert ("words_changed" in [step.path for step in steps(agreement.SCRIPT, blank, facts)]) == asks


def test_a_yes_to_new_words_is_the_yes_of_both_on_that_day_to_be_confirmed_anew():
    said = put(
        **AGREED_ENTRY, confirmed_a_on=LATER, confirmed_b_on=LATER, words_changed="both", changed_on="2027-03-05"
    )
    found = as_entry(said)
    assert (found.a.yes_on.isoformat(), found.b.yes_on.isoformat()) == ("2027-03-05", "2027-03-05")
    assert (found.a.confirmed_on, found.b.confirmed_on) == (None, None)
    slip = as_entry(said | put(words_changed="slip") | {"changed_on": Answer(gap=Gap.BLANK)})
    assert (slip.agreed_on.isoformat(), slip.confirmed_on.isoformat()) == (DAY, LATER)


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_leave_for_one_offer_is_none_for_another(side):
    before = put(
        **{
            f"offered_{side}": "Half",
            f"offer_told_{side}": "yes",
            f"asked_{side}": "All",
            f"court_{side}_as": "as_asked",
        }
    )
    assert agreement.said_of_other_words(before, before) == ()
    assert agreement.said_of_other_words(before, before | put(**{f"offered_{side}": "Less"})) == (f"offer_told_{side}",)
    assert agreement.said_of_other_words(before, before | put(**{f"asked_{side}": "More"})) == (f"court_{side}_as",)
    told_not = before | put(**{f"offered_{side}": "Less", f"offer_told_{side}": "no", f"court_{side}_as": "nothing"})
    assert agreement.said_of_other_words(before, told_not) == ()
    assert agreement.said_of_other_words({}, before) == ()


# ------------------------------------------------------------------------------------------ whom it is for


@pytest.mark.parametrize(
    ("said", "known", "asks"),
    [({"children": ("2",)}, "new", True), ({"children": ("all",)}, "new", False), ({"children": ("2",)}, "3", False),
     ({"children": ("2",), "topic": "money"}, "new", False)],
)  # fmt: skip
def test_an_entry_for_one_child_beside_one_for_all_says_whether_it_takes_its_place(desk, said, known, asks):
    facts = desk.background(**PLAN, entry=known)
    assert ("instead" in asked(facts, **{"topic": "handovers"} | said)) == asks


def test_a_file_may_hold_what_is_for_all_and_what_takes_its_place(desk):
    facts = desk.background()

    def line(**said):
        answers = put(**{f"entries__{path}": value for path, value in said.items()})
        return [step.path for step in steps(agreement.LOG, answers, facts)]

    first = {"1__entry": "new", "1__topic": "money", "1__children": ("all",), "1__more": "yes"}
    assert "entries.2.instead" in line(**first, **{"2__topic": "money", "2__children": ("2",)})
    assert "entries.2.instead" not in line(**first, **{"2__topic": "health", "2__children": ("2",)})
    assert "entries.1.instead" not in line(
        **first | {"1__children": ("1",)}, **{"2__topic": "money", "2__children": ("all",)}
    )


def test_the_children_are_named_or_all_of_them(desk):
    facts = desk.background()
    step = step_of(facts, "children", topic="money")
    assert [choice.label for choice in step.question.choices_for(step.view)] == ["all the children", "Ivy", "Max"]
    assert read(step, ["2"]) == ("2",)
    with pytest.raises(NotValidError):
        read(step, ["all", "1"])
    with pytest.raises(NotValidError):
        read(step, ["3"])


# ------------------------------------------------------------------------------------------ ready-made wording


def test_a_clause_that_is_picked_and_completed_becomes_the_wording(desk):
    facts = desk.background()
    seen = 0
    for clause in clauses.of_topic("handovers"):
        said = {"topic": "handovers", "children": ("all",), "state": "agreed", "clause": clause.key}
        open_words = step_of(facts, "wording", **said)
        text = open_words.question.default(open_words.view)
        assert text
        assert "{" not in text
        blanks = [s for s in steps(agreement.SCRIPT, put(**said), facts) if s.path.startswith("blanks.")]
        assert bool(open_words.question.caution(text, open_words.view)) == bool(blanks)
        values = {}
        for number, step in enumerate(blanks):
            kind = step.path.rpartition(".")[2]
            values[step.path] = {"on": "2027-05-01", "at": "18:00", "side": "A"}.get(kind, f"{{a}} marker{number}")
        filled = put(**said) | {path: Answer(value) for path, value in values.items()}
        step = next(s for s in steps(agreement.SCRIPT, filled, facts) if s.path == "wording")
        words = step.question.default(step.view)
        for value in values.values():
            assert "marker" not in str(value) or value in words, "what was typed is not read as a place to fill"
        seen += len(blanks)
    assert seen > 5


def test_what_the_children_said_is_offered_with_who_it_is_cleared_for(desk):
    said = {"heard__12-1__says": "Ivy: “{a} [b]” (not cleared for every reader)", "heard__12-2__says": "Max: “No”"}
    facts = desk.background(**said)
    step = step_of(facts, "wishes", topic="money", children=("all",), state="not_agreed")
    assert [(c.value, c.label) for c in step.question.choices_for(step.view)] == [
        ("12.1", said["heard__12-1__says"]), ("12.2", "Max: “No”")
    ]  # fmt: skip
    assert read(step, ["12.2"]) == ("12.2",)
    assert "wishes" not in asked(desk.background(), topic="money", children=("all",), state="not_agreed")


# ------------------------------------------------------------------------------------------ calendars and forms


def test_only_the_agreed_calendar_asks_for_a_yes_and_then_needs_both(desk):
    assert calendar_of_case.script_of("calendar.now") is care_calendar.SCRIPT
    for item in ("calendar.now", "calendar.a", "calendar.b", "calendar.b.2"):
        line = {step.path: step for step in steps(calendar_of_case.script_of(item), {}, desk.background())}
        assert not set(YES) & set(line)
        assert ("told" in line and line["told"].question.required) == (item != "calendar.now")
    for item in ("calendar.agreed", "calendar.agreed.2"):
        script = calendar_of_case.script_of(item)
        line = {step.path: step for step in steps(script, {}, desk.background())}
        assert all(line[path].question.required for path in YES)
        with pytest.raises(NotValidError):
            read(line["yes_a_on"], "2027-03-10")
        assert "Ann" in line["yes_a_on"].text
        assert "Bo" in line["yes_b_on"].text


def test_no_form_is_made_that_is_not_safe(desk):
    line = {s.path: s for s in steps(form_for_parent.SCRIPT, {}, desk.background(side="A"))}
    with pytest.raises(NotValidError, match="no form is made"):
        read(line["safe"], "no")
    assert read(line["safe"], "yes") == "yes"
    assert all(step.question.required for step in line.values())
    assert "Ann" in line["safe"].text
    assert "Bo" not in SimpleNamespace(text=line["safe"].text + line["safe"].hint).text
