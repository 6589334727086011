from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.audiences import BOTH_PARENTS, COURT, cleared
from cppp_cli.programme.case import Case, State
from cppp_cli.programme.disclosure import Disclosure
from cppp_cli.programme.people import Adult, Child
from cppp_cli.programme.sessions import KINDS, Session
from cppp_cli.programme.voice import (
    Change,
    change_of,
    child_name,
    everybody,
    heard,
    hears_how,
    narrowed,
    needs_direction,
    reader_names,
    why_not,
)
from cppp_cli.programme.voice_life import JointLetter, joint_letters, life_of, outstanding

NOON = datetime(2026, 7, 8, 12, tzinfo=UTC)
ADULTS = (Adult(1, "A", "Ann Reed", "Ann", "applicant"), Adult(2, "B", "Bo Reed", "Bo", "respondent"))
CHILDREN = (Child(1, "Ivy Reed", "Ivy", None), Child(2, "Max Reed", "Max", None))
READERS = ("parent-a", "parent-b", COURT, "child-1", "child-2")
WISHES = (
    ("court",),
    ("parent-a",),
    ("parent-b", "child-2"),
    ("nobody",),
    ("unsure",),
    ("not-asked",),
    ("judge-only",),
    (),
)
DECISIONS = (("court",), ("parent-a",), ("parent-b", "child-2"), ("nobody",), ("undecided",), ())


def case(children=CHILDREN):
    text = (
        "reference",
        "number",
        "court",
        "judge",
        "route",
        "hearing_kind",
        "arrangement_now",
        "order_now",
        "changed_at",
    )
    dates = dict.fromkeys(("order_date", "hearing_on", "report_due", "day_zero", "returned"))
    lists = dict.fromkeys(("questions", "relations", "others", "restrictions", "criteria"), ())
    return Case(
        id=1, state=State.IN_PROGRESS, adults=ADULTS, children=children, **dict.fromkeys(text, "AB12"), **dates, **lists
    )


def session(name, number, state="finished", **answers):
    kind, side = KINDS[name]
    said = {"outcome": "held", "held_on": "2026-07-08"} | {k.replace("__", "."): v for k, v in answers.items()}
    return Session(number, 1, kind, side, state, NOON, NOON, {path: Answer(value) for path, value in said.items()})


def statement(number=1, child="1", words="I like both houses.", wish=("court",), decision=("court",), **more):
    found = {"child": child, "exact": "exact", "words": words, "wish": wish, "decision": decision, **more}
    return {f"statements.{number}.{key}": value for key, value in found.items()}


def letter(number=1, child="1", wish=("court",), decision=("court",), original="returned", **more):
    found = {"child": child, "form": "letter", "words": "Dear Mum and Dad", "wish": wish, "decision": decision, **more}
    return {f"letters.{number}.{key}": value for key, value in {**found, "original": original}.items()}


def child_session(*items, number=12, state="finished"):
    found = session("child", number, state)
    for item in items:
        found.answers.update({path: Answer(value) for path, value in item.items()})
    return found


def joint_session(number=14, held_on="2026-07-29", **answers):
    return session("joint", number, held_on=held_on, **answers)


def disclosure(number=1, *, statement=1, child_told="yes", told=("police",), session_id=12, **more):
    day = date(2026, 7, 10)
    return Disclosure(
        number, session_id, statement, None, None, "other", "Because.", "", None, told, "", None, child_told, None, "",
        day, **more,
    )  # fmt: skip


def owed(sessions, lives=None, given=(), *, met=None):
    """Everything still owed, worked out as the commands do."""
    lives = lives or {}
    found = heard(sessions, {}, lives, given)
    of_letters = {one.ref: life_of(one, found, sessions, lives) for one in found if one.kind == "letter"}
    met = any(s.kind == "joint" for s in sessions) if met is None else met
    return outstanding(case(), found, of_letters, joint_letters(case(), sessions, lives), given, met=met)


def kinds(*arguments, **named):
    return [(one.kind, one.child) for one in owed(*arguments, **named)]


# ------------------------------------------------------------------------------ who may hear it


@pytest.mark.parametrize(("wish", "decision"), list(product(WISHES, DECISIONS)))
def test_who_may_hear_and_why_not_never_disagree(wish, decision):
    """Oracle: a reader may hear it when both gates name them (the court naming both parents), and only then."""
    (one,) = heard([child_session(statement(wish=wish, decision=decision))])

    def names(gate, reader):
        return reader in gate or ("court" in gate and reader in {"parent-a", "parent-b"})

    for reader in everybody(case(), 1):
        allowed = names(wish, reader) and names(decision, reader)
        assert (reader in one.may_hear) == allowed
        assert (why_not(one, reader) == ()) == allowed
    assert one.may_hear == cleared(wish, decision)
    assert "child-1" not in everybody(case(), 1)
    assert one.is_open_to(frozenset({"child-1"})), "a child may read what is its own"
    assert not one.is_open_to(frozenset())


@pytest.mark.parametrize("wish", [("unsure",), ("not-asked",), ("nobody",), ("judge-only",), ()])
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_wish_that_names_nobody_keeps_it_in_the_file_whatever_is_decided(wish, decision):
    (one,) = heard([child_session(statement(wish=wish, decision=decision))])
    assert one.may_hear == frozenset()
    assert {why_not(one, reader) for reader in everybody(case(), 1)} == {why_not(one, "parent-a")}


def test_every_reader_is_named_and_children_called_alike_by_their_full_names():
    assert set(reader_names(case())) == set(READERS)
    twins = (Child(1, "Ivy Reed", "Ivy", None), Child(2, "Ivy Marsh", "Ivy", None))
    assert [child_name(case(twins), n) for n in (1, 2)] == ["Ivy Reed", "Ivy Marsh"]
    assert child_name(case(), 1) == "Ivy"


def test_drafts_are_not_heard_and_numbers_are_kept():
    held = child_session(statement(2), letter(3, child="2"))
    assert [one.ref for one in heard([held])] == ["statement.12.2", "letter.12.3"]
    assert [one.child for one in heard([held])] == [1, 2]
    assert heard([child_session(statement(), state="draft"), child_session(statement(), state="discarded")]) == ()


def test_how_a_child_wants_to_hear_it_is_the_latest_word_on_it():
    first, later = session("child", 1, children__1__outcome_how="By letter"), session("other", 2)
    assert hears_how([first, later], 1) == "By letter"
    assert hears_how([first, session("child", 3, children__1__outcome_how="From Ann")], 1) == "From Ann"
    assert hears_how([first], 2) == ""
    assert hears_how([session("child", 1, "draft", children__1__outcome_how="By letter")], 1) == ""


# ------------------------------------------------------------------------------ how that came to be


def change(path, before, after, reason, at="2026-08-01T10:00:00+00:00"):
    return Change(path, before and Answer(before), after and Answer(after), reason, at)


def test_the_history_of_both_gates_with_the_day_entered_along_with_each():
    session_changes = [
        change("statements.1.wish", ("court",), ("parent-a",), "She rang."),
        change("statements.1.wish_on", "2026-07-08", "2026-07-31", "She rang."),
        change("statements.1.decision", ("court",), ("nobody",), "A threat.", "2026-08-02T10:00:00+00:00"),
        change("statements.1.words", "old", "new", "A slip."),
        change("statements.11.wish", ("court",), ("nobody",), "Another one's."),
    ]
    one = heard([child_session(statement(wish=("parent-a",), decision=("nobody",)))], {12: session_changes})[0]
    assert [(t.gate, t.before, t.after, t.on, t.reason) for t in one.turns] == [
        ("wish", ("court",), ("parent-a",), date(2026, 7, 31), "She rang."),
        ("decision", ("court",), ("nobody",), None, "A threat."),
    ]


def test_the_day_of_another_change_is_not_taken_for_this_ones():
    changes = [
        change("statements.1.wish", ("court",), ("nobody",), "First."),
        change("statements.1.wish", ("nobody",), ("court",), "Second."),
        change("statements.1.wish_on", "2026-07-08", "2026-07-31", "Second."),
    ]
    one = heard([child_session(statement())], {12: changes})[0]
    assert [turn.on for turn in one.turns] == [None, date(2026, 7, 31)]


gate = st.sampled_from([("court",), ("parent-a",), ("parent-b",), ("nobody",), ("unsure",)])


@given(first=st.tuples(gate, gate), later=st.lists(st.tuples(st.sampled_from(["wish", "decision"]), gate), max_size=5))
@settings(max_examples=80, deadline=None)
def test_what_was_once_open_is_known_to_have_been(first, later):
    """Oracle: the gates played forward from the first."""
    stand, ever = dict(zip(("wish", "decision"), first, strict=True)), []
    changes = []
    ever.append(cleared(stand["wish"], stand["decision"]))
    for which, value in later:
        changes.append(change(f"statements.1.{which}", stand[which], value, "r"))
        stand[which] = value
        ever.append(cleared(stand["wish"], stand["decision"]))
    one = heard([child_session(statement(wish=stand["wish"], decision=stand["decision"]))], {12: changes})[0]
    for audience in (frozenset({"parent-a"}), BOTH_PARENTS, BOTH_PARENTS | {COURT}):
        assert one.was_open_to(audience) == any(audience <= open_to for open_to in ever)


@pytest.mark.parametrize("answer", [Answer(("court",)), Answer("2026-07-08"), Answer(gap=Gap.BLANK), None])
def test_a_change_as_the_file_keeps_it_is_read_back(answer):
    kept = (
        None if answer is None else json.dumps({"value": answer.value, "gap": answer.gap.value if answer.gap else None})
    )
    read = change_of({"path": "statements.1.wish", "before": kept, "after": None, "reason": "r", "at": "x"})
    assert (read.before, read.after, read.path) == (answer, None, "statements.1.wish")


@given(before=st.frozensets(st.sampled_from(READERS)), after=st.frozensets(st.sampled_from(READERS)))
def test_narrowed_is_when_somebody_is_taken_away(before, after):
    assert narrowed(before, after) == any(reader not in after for reader in before)


# ------------------------------------------------------------------------------ for the court, not the parents


def test_for_the_court_alone_waits_for_a_direction_and_for_the_child_to_be_told():
    held = [child_session(statement(1, wish=("judge-only",)), statement(2))]
    assert [one.ref for one in needs_direction(heard(held))] == ["statement.12.1"]
    assert kinds(held) == [("judge-only", 1)]
    told = {(12, 0): {"statements.1.told_on": Answer("2026-07-09"), "statements.1.told_how": Answer("At school.")}}
    assert kinds(held, told) == []
    found = heard(held, {}, told)
    assert [(one.told_on, one.told_how) for one in needs_direction(found)] == [(date(2026, 7, 9), "At school.")]
    assert not found[0].may_hear, "being told opens nothing"
    assert kinds(held, {(12, 0): {"statements.2.told_on": Answer("2026-07-09")}}) == [("judge-only", 1)]
    assert kinds(held, {(11, 0): {"statements.1.told_on": Answer("2026-07-09")}}) == [("judge-only", 1)]


@pytest.mark.parametrize(
    ("wish", "decision", "owing"),
    [
        (("not-asked",), ("court",), ["wish"]),
        ((), (), ["wish"]),
        (("unsure",), ("undecided",), []),  # being unsure is an answer, and nobody presses a child
        (("nobody",), ("undecided",), []),  # a decision could open nothing
        (("court",), ("undecided",), ["decision"]),
        (("court",), (), ["decision"]),
        (("court",), ("nobody",), []),
        (("judge-only",), ("undecided",), ["judge-only"]),
    ],
)
def test_what_is_open_about_words(wish, decision, owing):
    assert [kind for kind, _ in kinds([child_session(statement(wish=wish, decision=decision))])] == owing


# ------------------------------------------------------------------------------ the life of a letter


def test_what_a_joint_session_tells_of_the_only_letter_it_can_mean():
    made = child_session(letter(), statement())
    joint = joint_session(letter_shared="yes", letter_read_by="Bo", answer_a="I cried.", joint_letter="no")
    found = heard([made, joint])
    life = life_of(found[1], found, [made, joint], {})
    assert (life.shared, life.shared_on, life.read_by) == ("yes", date(2026, 7, 29), "Bo")
    assert set(life.shared_with) == {"parent-a", "parent-b"}
    assert (life.answered, life.original) == ("spoken", "returned")
    assert kinds([made, joint]) == []


@pytest.mark.parametrize(
    ("others", "shared"),
    [
        ([letter(2, child="2")], ""),  # two might be meant
        ([letter(2, child="2", wish=("nobody",))], "yes"),  # only one might
    ],
)
def test_where_several_letters_may_be_meant_nothing_is_guessed(others, shared):
    sessions = [child_session(letter(), *others), joint_session(letter_shared="yes")]
    found = heard(sessions)
    assert life_of(found[0], found, sessions, {}).shared == shared


def test_a_letter_that_was_read_stays_read_when_the_child_takes_the_consent_back():
    made, joint = child_session(letter(wish=("nobody",))), joint_session(letter_shared="yes")
    before = [change("letters.1.wish", ("court",), ("nobody",), "She rang.")]
    found = heard([made, joint], {12: before})
    assert life_of(found[0], found, [made, joint], {}).shared == "yes"
    assert not found[0].may_hear


def test_what_was_recorded_later_stands_in_the_place_of_what_a_session_tells():
    sessions = [child_session(letter(original="with_officer")), joint_session(letter_shared="yes", letter_read_by="Bo")]
    lives = {
        (12, 1): {
            "shared": Answer("no"),
            "not_shared_reason": Answer("She took it back."),
            "original": Answer("returned"),
        }
    }
    found = heard(sessions)
    life = life_of(found[0], found, sessions, lives)
    assert (life.shared, life.not_shared_reason, life.read_by, life.shared_on) == ("no", "She took it back.", "", None)
    assert life.original == "returned"
    assert kinds(sessions) == [("original", 1)]
    assert kinds(sessions, lives) == []


@pytest.mark.parametrize(
    ("made", "met", "owing"),
    [
        (letter(), True, ["share"]),
        (letter(), False, []),  # the joint session is still to come
        (letter(wish=("nobody",)), True, []),
        (letter(wish=("child-2",), decision=("child-2",)), True, []),
        (letter(original="not_known"), False, ["original"]),
        (letter(original=""), False, ["original"]),
        (letter(original="with_officer"), False, ["original"]),
        (letter(original="kept_by_child"), False, []),
    ],
)
def test_what_is_owed_about_a_letter(made, met, owing):
    assert [kind for kind, _ in kinds([child_session(made)], met=met)] == owing


# ------------------------------------------------------------------------------ the letter back


WRITTEN = {"joint_letter": "yes", "joint_letter_words": "We love you.", "promises": "No rows.\n\nBoth at the play."}
AGREED = {"yes_a_on": Answer("2026-08-01"), "yes_b_on": Answer("2026-08-03")}
GIVEN = {
    f"children.{n}.{key}": Answer(value)
    for n in (1, 2)
    for key, value in (("given", "yes"), ("given_on", "2026-08-05"))
}


def only(sessions, lives=None):
    (found,) = joint_letters(case(), sessions, lives or {})
    return found


def test_a_promised_answer_shows_up_until_it_is_written_agreed_and_given_to_each():
    joint = joint_session(**WRITTEN)
    steps = [
        ({}, [("answer-unagreed", None), ("answer-ungiven", 1), ("answer-ungiven", 2)]),
        ({"yes_a_on": AGREED["yes_a_on"]}, [("answer-unagreed", None), ("answer-ungiven", 1), ("answer-ungiven", 2)]),
        (AGREED, [("answer-ungiven", 1), ("answer-ungiven", 2)]),
        ({**AGREED, "children.1.given": Answer("yes"), "children.2.given": Answer("later")}, [("answer-ungiven", 2)]),
        ({**AGREED, "children.1.given": Answer("yes"), "children.2.given": Answer("no")}, []),
        ({**AGREED, **GIVEN}, []),
    ]
    for life, expected in steps:
        assert kinds([joint], {(14, 0): life}) == expected
    assert kinds([joint_session(joint_letter="later")]) == [("answer-unwritten", None)]
    assert kinds([joint_session(joint_letter="no")]) == []
    assert kinds([joint_session(joint_letter="later")], {(14, 0): {"wanted": Answer("no")}}) == []


def test_the_letter_back_begins_from_the_session_and_goes_on_in_its_own_life():
    joint = joint_session(**WRITTEN)
    assert only([joint]).words == "We love you."
    assert only([joint]).promises == ("No rows.", "Both at the play.")
    assert not only([joint]).is_agreed
    agreed = only([joint], {(14, 0): {**AGREED, **GIVEN}})
    assert agreed.agreed_on == date(2026, 8, 3)
    assert [(one.child, one.on) for one in agreed.given] == [(1, date(2026, 8, 5)), (2, date(2026, 8, 5))]
    other = only([joint], {(14, 0): {"words": Answer("Other words."), "promises": Answer(gap=Gap.BLANK)}})
    assert (other.words, other.promises, other.ref) == ("Other words.", (), "letter.14.0")


def test_a_yes_without_words_agrees_to_nothing():
    assert not JointLetter(14, None, "yes", "", (), date(2026, 8, 1), date(2026, 8, 1), ()).is_agreed


def test_a_letter_promised_for_later_is_settled_by_one_written_later():
    sessions = [joint_session(joint_letter="later"), joint_session(16, "2026-08-05", **WRITTEN)]
    assert [one.session for one in joint_letters(case(), sessions, {})] == [16]
    assert [one.session for one in joint_letters(case(), sessions[::-1], {})] == [16, 14], "promised again afterwards"


# ------------------------------------------------------------------------------ passed on without consent


def test_a_decision_is_shown_with_the_words_it_is_about_and_no_others():
    sessions = [child_session(statement(1), statement(2, child="2"))]
    found = heard(sessions, {}, {}, (disclosure(), disclosure(2, statement=2, session_id=99)))
    assert [[given.number for given in one.disclosures] for one in found] == [[1], []]


def test_a_child_who_is_told_later_is_owed_it_until_a_later_decision_says_that_it_was_done():
    sessions = [child_session(statement())]
    assert kinds(sessions, given=(disclosure(child_told="later"),)) == [("disclosure", 1)]
    assert kinds(sessions, given=(disclosure(child_told="later"), disclosure(2, child_told="yes"))) == []
    assert kinds(sessions, given=(disclosure(child_told="yes"), disclosure(2, child_told="later"))) == [
        ("disclosure", 1)
    ]
    assert kinds(sessions, given=(disclosure(child_told="no"),)) == []


def test_each_thing_that_is_owed_says_what_to_type_for_this_case():
    sessions = [
        child_session(statement(wish=("judge-only",)), statement(2, wish=()), letter(original="with_officer")),
        joint_session(**WRITTEN),
    ]
    found = owed(sessions, given=(disclosure(child_told="later"),))
    assert {one.kind for one in found} >= {"judge-only", "wish", "original", "share", "answer-unagreed", "disclosure"}
    for one in found:
        assert one.to_type.startswith("cppp voice ")
        assert one.to_type.endswith(" AB12")
        assert one.what.endswith(".")
        assert "I like both houses" not in one.what
