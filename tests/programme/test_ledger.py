"""The ledger itself: versions played one after the other, what an entry may say, and whom it holds for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.ledger import (
    AGREED,
    CONFIRMED,
    DESK,
    FORM,
    SESSION,
    STATES,
    YES,
    Version,
    arranged,
    calendar_objections,
    difference,
    entry,
    objections,
    replay,
    without_old_yes,
)
from cppp_cli.programme.ledger_children import came_later, children_named, holds_for
from cppp_cli.programme.ledger_from_session import NEW
from cppp_cli.programme.ledger_from_session import given as given_by

DAY, LATER = "2026-07-29", "2026-08-04"


def put(**said):
    return {path.replace("__", "."): Answer(value) for path, value in said.items()}


def version(number, changes, source=DESK, said_on=None, **more):
    return Version("entry.1", number, source, said_on, f"2026-08-06T09:{number:02}:00+00:00", changes, **more)


def one(**said):
    return entry(1, [version(1, put(**({"topic": "handovers", "children": ("all",), "state": "not_agreed"} | said)))])


def agreed(**said):
    return one(**({"state": "agreed", "wording": "At six.", "yes_a_on": DAY, "yes_b_on": DAY} | said))


# ------------------------------------------------------------------------------------------ versions

PATHS = ("topic", "state", "wording", "asked_a", "asked_b", "offered_a", "yes_a_on", "steps.1.words", "kept.vague")
VALUES = st.one_of(
    st.text(max_size=20), st.integers(0, 9), st.lists(st.sampled_from("123"), max_size=3).map(tuple)
).map(Answer) | st.sampled_from(list(Gap)).map(lambda gap: Answer(gap=gap))
CHANGES = st.lists(st.dictionaries(st.sampled_from(PATHS), st.none() | VALUES, max_size=5), max_size=12)


@given(CHANGES)
def test_playing_the_versions_gives_what_a_plain_dictionary_kept(changes):
    model, made, states = {}, [], [{}]
    for change in changes:
        for path, answer in change.items():
            if answer is None:
                model.pop(path, None)
            else:
                model[path] = answer
        made.append(version(len(made) + 1, change))
        states.append(dict(model))
    for number, state in enumerate(states):
        assert replay(made[:number]) == state


@given(CHANGES, CHANGES)
def test_a_difference_leads_from_one_state_to_the_other_and_says_nothing_more(before, after):
    one_state, other = replay(version(1, c) for c in before), replay(version(1, c) for c in after)
    change = difference(one_state, other)
    assert replay([version(1, one_state), version(2, change)]) == other
    assert all(one_state.get(path) != answer for path, answer in change.items())
    assert difference(one_state, one_state) == {}


def test_an_entry_knows_where_the_words_of_a_position_came_from():
    made = [
        version(1, put(topic="money", asked_a="Half", state="not_agreed"), SESSION, date(2026, 7, 1), session_id=4),
        version(2, put(offered_a="A third"), FORM, date(2026, 7, 8)),
        version(3, put(state="for_court"), DESK, date(2026, 7, 9)),
    ]
    position = entry(1, made).a
    assert (position.asked_from.source, position.asked_from.session_id) == (SESSION, 4)
    assert (position.offered_from.source, position.offered_from.said_on) == (FORM, date(2026, 7, 8))
    assert entry(1, made).b.asked_from is None
    assert entry(1, [*made, version(4, {"offered_a": None})]).a.offered_from is None


# ------------------------------------------------------------------------------------------ agreed


def test_agreed_by_both_with_words_stands():
    for state in AGREED:
        assert objections(agreed(state=state)) == ()


@pytest.mark.parametrize("state", sorted(AGREED))
@pytest.mark.parametrize("missing", ["yes_a_on", "yes_b_on", "wording"])
def test_nothing_is_agreed_without_the_words_and_the_yes_of_both(state, missing):
    for gap in (None, Answer(gap=Gap.DECLINED)):
        said = put(topic="money", children=("all",), state=state, wording="X", yes_a_on=DAY, yes_b_on=DAY)
        said.pop(missing)
        found = entry(1, [version(1, said | ({missing: gap} if gap else {}))])
        assert objections(found)
        assert missing == "wording" or found.agreed_on is None


@given(
    state=st.sampled_from(sorted(STATES)),
    days=st.lists(st.sampled_from([None, DAY, LATER]), min_size=4, max_size=4),
    wording=st.sampled_from([None, "At six."]),
)
def test_whatever_is_said_agreed_is_two_yeses_to_words_and_never_less(state, days, wording):
    said = {"topic": "money", "children": ("all",), "state": state, "wording": wording}
    said |= dict(zip([*YES, *CONFIRMED], days, strict=True))
    found = entry(1, [version(1, put(**{k: v for k, v in said.items() if v is not None}))])
    if found.is_agreed and not objections(found):
        assert days[0]
        assert days[1]
        assert wording
        assert found.agreed_on.isoformat() == max(days[:2])
    if any(confirmed and (not yes or confirmed < yes) for yes, confirmed in zip(days[:2], days[2:], strict=True)):
        assert objections(found)


def test_the_day_of_the_agreement_is_the_later_yes_and_confirming_is_a_day_of_its_own():
    found = agreed(yes_b_on="2026-08-01", confirmed_a_on=LATER)
    assert found.agreed_on == date(2026, 8, 1)
    assert found.confirmed_on is None, "one side has not"
    both = agreed(yes_b_on="2026-08-01", confirmed_a_on=LATER, confirmed_b_on="2026-08-05")
    assert both.confirmed_on == date(2026, 8, 5)


def test_an_objection_repeats_nothing_that_was_typed():
    found = agreed(topic="other", topic_other="Isla's horse", wording="Isla rides", yes_b_on=None)
    assert objections(found)
    assert "Isla" not in " ".join(objections(found))


def test_an_agreed_calendar_needs_both_and_a_proposal_needs_nobody():
    for item in ("calendar.agreed", "calendar.agreed.2"):
        assert calendar_objections(item, put(letters="AB"))
        assert calendar_objections(item, put(letters="AB", yes_a_on=DAY))
        assert calendar_objections(item, put(yes_a_on=DAY) | {"yes_b_on": Answer(gap=Gap.NOT_KNOWN)})
        assert not calendar_objections(item, put(letters="AB", yes_a_on=DAY, yes_b_on=DAY))
    for item in ("calendar.now", "calendar.a", "calendar.b", "calendar.b.2"):
        assert not calendar_objections(item, put(letters="AB"))


def test_what_is_open_again_keeps_no_yes():
    before = put(state="agreed", wording="X", yes_a_on=DAY, yes_b_on=DAY, confirmed_a_on=LATER, asked_a="Y")
    for state in set(STATES) - AGREED:
        change = without_old_yes(put(state=state), before)
        assert change == put(state=state) | dict.fromkeys(("yes_a_on", "yes_b_on", "confirmed_a_on"))
    assert without_old_yes(put(asked_b="Z"), before) == put(asked_b="Z")


def test_a_yes_said_to_nothing_is_not_kept_for_later():
    change = without_old_yes(put(state="not_agreed", yes_a_on=DAY, asked_a="X"), put(topic="money"))
    assert change == put(state="not_agreed", asked_a="X")


def test_a_new_yes_to_new_words_is_not_confirmed_yet():
    before = put(state="agreed", wording="X", yes_a_on=DAY, yes_b_on=DAY, confirmed_a_on=LATER, confirmed_b_on=LATER)
    new = put(wording="Y", yes_a_on="2026-08-05", yes_b_on="2026-08-05")
    assert without_old_yes(new, before) == new | dict.fromkeys(CONFIRMED)
    again = new | put(confirmed_a_on="2026-08-06")
    assert without_old_yes(again, before) == again | {"confirmed_b_on": None}
    assert without_old_yes(put(wording="X."), before) == put(wording="X."), "a slip of the pen"


WHOLE_ENTRY = {"topic": "money", "children": ("all",), "state": "agreed", "wording": "X", "has_steps": "yes",
               "steps__1__starts": "May", "steps__1__words": "More", "conditions": "C", "until_on": "2028-01-01"}  # fmt: skip


@pytest.mark.parametrize("path", ["wording", "children", "instead", "conditions", "until_on", "steps__1__words",
                                  "steps__1__starts", "steps__2__words"])  # fmt: skip
def test_what_both_say_yes_to_is_otherwise_when_any_of_it_is(path):
    assert arranged(put(**WHOLE_ENTRY)) != arranged(put(**WHOLE_ENTRY | {path: "otherwise"}))
    assert arranged(put(**WHOLE_ENTRY)) == arranged(dict(reversed(put(**WHOLE_ENTRY).items())))


@pytest.mark.parametrize("path", ["review_on", "for_child", "kept__vague", "wishes", "asked_a", "court_a", "yes_a_on",
                                  "confirmed_b_on", "state", "agreed_for", "steps__1__more"])  # fmt: skip
def test_what_is_no_part_of_it_makes_nothing_otherwise(path):
    assert arranged(put(**WHOLE_ENTRY)) == arranged(put(**WHOLE_ENTRY | {path: "otherwise"}))


def test_what_is_empty_is_nothing_that_was_arranged():
    gaps = {path: Answer(gap=Gap.BLANK) for path in ("conditions", "until_on")}
    bare = put(wording="X", children=("all",))
    assert arranged(bare | gaps | put(has_steps="no", instead="no", steps__1__words="Not asked")) == arranged(bare)


@pytest.mark.parametrize("side", ["a", "b"])
def test_words_for_the_court_from_a_form_are_wished_and_not_put(side):
    for how, to_court, wished in ((None, "", "W"), ("own_words", "W", ""), ("as_asked", "A", ""), ("nothing", "", "")):
        found = getattr(one(**{f"asked_{side}": "A", f"court_{side}": "W", f"court_{side}_as": how}), side)
        assert (found.to_court, found.wished) == (to_court, wished)
    gap = {f"court_{side}_as": Answer(gap=Gap.NOT_DISCUSSED), f"court_{side}": Answer("W")}
    found = getattr(entry(1, [version(1, put(topic="money", state="not_agreed") | gap)]), side)
    assert (found.to_court, found.wished) == ("", "W")


# ------------------------------------------------------------------------------------------ positions


@pytest.mark.parametrize("side", ["a", "b"])
def test_asked_offered_and_put_to_the_court_are_three_things(side):
    found = {
        how: getattr(one(**{f"asked_{side}": "Asked", f"offered_{side}": "Offered", f"court_{side}": "Put",
                            f"court_{side}_as": how}), side)
        for how in ("as_asked", "own_words", "nothing", None)
    }  # fmt: skip
    assert [found[how].to_court for how in found] == ["Asked", "Put", "", ""]
    assert {(p.asked, p.offered, p.told_offer, p.yes_on) for p in found.values()} == {("Asked", "Offered", "", None)}
    other = getattr(one(**{f"asked_{side}": "Asked"}), "b" if side == "a" else "a")
    assert (other.asked, other.offered, other.to_court) == ("", "", "")


@pytest.mark.parametrize(("told", "read"), [("yes", "Offered"), ("no", ""), (None, "")])
def test_an_offer_is_told_only_after_a_clear_yes(told, read):
    assert one(offered_a="Offered", offer_told_a=told).a.told_offer == read


# ------------------------------------------------------------------------------------------ whom it holds for

CASE = SimpleNamespace(
    children=[SimpleNamespace(number=n, full_name=name) for n, name in ((1, "Ann"), (2, "Bo"), (3, "Cy"))],
    child=lambda number: CASE.children[number - 1],
)


def test_an_override_takes_the_place_of_all_for_its_children_and_for_nobody_else():
    everybody = agreed()
    for theo in (
        replace(agreed(children=("2",), instead="yes"), number=2),
        replace(one(children=("2",), instead="yes"), number=2),
    ):
        assert holds_for(theo, [everybody, theo], CASE) == (2,)
        assert holds_for(everybody, [everybody, theo], CASE) == (1, 3)
        assert children_named(everybody, [everybody, theo], CASE) == "Ann and Cy"
        assert children_named(theo, [everybody, theo], CASE) == "Bo"


@pytest.mark.parametrize(
    "change", [{"instead": "no"}, {"topic": "money"}, {"state": "withdrawn"}, {"topic_other": "x"}]
)
def test_what_does_not_take_its_place_leaves_all_as_it_is(change):
    everybody = agreed()
    other = replace(one(**({"children": ("2",), "instead": "yes"} | change)), number=2)
    assert holds_for(everybody, [everybody, other], CASE) == (1, 2, 3)
    assert children_named(everybody, [everybody, other], CASE) == "all the children"
    assert holds_for(other, [everybody, other], CASE) == (2,), "it is still for one child"


@given(st.lists(st.tuples(st.sets(st.sampled_from("123"), min_size=1), st.booleans()), max_size=4))
def test_named_children_are_never_more_than_were_named(overrides):
    found = [agreed()]
    for number, (children, instead) in enumerate(overrides, 2):
        kind = agreed(children=tuple(sorted(children)), instead="yes" if instead else "no")
        found.append(replace(kind, number=number))
    for override in found[1:]:
        assert set(map(str, holds_for(override, found, CASE))) == set(override.children)
    taken = {int(n) for children, instead in overrides if instead for n in children}
    assert set(holds_for(found[0], found, CASE)) == {1, 2, 3} - taken


def test_all_the_children_are_those_there_were_when_both_said_yes():
    before = agreed(agreed_for=("1", "2"))
    assert holds_for(before, [before], CASE) == (1, 2)
    assert children_named(before, [before], CASE) == "Ann and Bo"
    assert came_later(before, CASE) == (3,)
    unknown = agreed()
    assert (holds_for(unknown, [unknown], CASE), came_later(unknown, CASE)) == ((1, 2, 3), ())
    still_open = one(agreed_for=("1", "2"))
    assert holds_for(still_open, [still_open], CASE) == (1, 2, 3), "nobody has agreed anything yet"
    named = agreed(children=("1",), agreed_for=("1", "2"))
    assert (holds_for(named, [named], CASE), came_later(named, CASE)) == ((1,), ())


# ------------------------------------------------------------------------------------------ from a session


def session(outcome="held", held_on=date(2026, 7, 29), **said):
    answers = {f"topics.{path.replace('__', '.')}": Answer(value) for path, value in said.items()}
    renamed = {path.replace("topics.t", "topics."): answer for path, answer in answers.items()}
    return SimpleNamespace(outcome=outcome, held_on=held_on, answers=renamed)


WHOLE = {"t1__topic": "money", "t1__children": ("all",), "t1__state": "agreed", "t1__wording": "X"}


@pytest.mark.parametrize("said_yes", [None, (), ("A",), ("B",)])
def test_a_session_gives_no_yes_that_was_not_said(said_yes):
    ((_, which, found),) = given_by(session(**WHOLE, t1__said_yes=said_yes))
    assert which == NEW
    assert {path for path in found if path in YES} == {f"yes_{side.lower()}_on" for side in said_yes or ()}
    assert objections(entry(1, [version(1, found)]))


def test_a_session_gives_the_yes_of_both_on_its_day_and_only_to_what_is_agreed():
    ((_, _, found),) = given_by(session(**WHOLE, t1__said_yes=("B", "A")))
    assert [found[path].value for path in YES] == [DAY, DAY]
    assert objections(entry(1, [version(1, found)])) == ()
    differ = WHOLE | {"t1__state": "not_agreed"}
    ((_, _, found),) = given_by(session(**differ, t1__said_yes=("A", "B"), t1__position_a="P"))
    assert not [path for path in found if path in YES]
    assert (found["asked_a"].value, found["court_a_as"].value) == ("P", "as_asked")
    assert "asked_b" not in found


@pytest.mark.parametrize("outcome", ["cancelled", "not_attended", "", None])
def test_a_session_that_was_not_held_gives_nothing(outcome):
    assert list(given_by(session(outcome=outcome, **WHOLE, t1__said_yes=("A", "B")))) == []
