"""The parent's form without a browser: what it may hold, what a saved file may say, and whose file it is."""

from __future__ import annotations

import json
import string
import zlib
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.errors import AnswersError, BlockedError, CpppError
from cppp_cli.programme import parent_form as pf
from cppp_cli.programme import parent_form_file as file_of
from cppp_cli.programme.clauses import options_for_parents
from cppp_cli.programme.clean import clean

TOKEN = pf.new_token(b"made-up bytes")
CLAUSES = options_for_parents("living_pattern")
WEEKS = next(clause for clause in CLAUSES if clause.key == "living_weeks")


def made_form(**changed):
    values = {
        "side": "a",
        "first_name": "Sam",
        "other_first_name": "Alex",
        "children": (pf.FormChild("child-1", "Robin"), pf.FormChild("child-2", "Jo"), pf.FormChild("child-3", "Kit")),
        "topics": (
            pf.FormTopic("living_pattern", "Where the children live", options=CLAUSES),
            pf.FormTopic("handovers", "Handovers"),
            pf.FormTopic("own-topic_2", "The dog"),
        ),
        "token": TOKEN,
        "made_on": date(2026, 8, 6),
    }
    return pf.FormFor(**values | changed)


def saved(answers=None, *, drop=(), **changed):
    """The text of a file as the form writes it, worked out here a second time."""
    whole = {
        "form": "cppp-parent-form",
        "version": 1,
        "token": TOKEN,
        "for": "a",
        "saved_at": "2026-08-07T18:30:00.123Z",
        "answers": {"topics": {}, "review": {}, "anything_else": ""} if answers is None else answers,
    } | changed
    covered = json.dumps({k: v for k, v in whole.items() if k not in drop}, indent=1)[:-2]
    return f'{covered},\n "check": "{zlib.crc32(covered.encode()):08x}"\n}}\n'


def one(topic, **answer):
    return {"topics": {topic: {"all": answer}}, "review": {}, "anything_else": ""}


FULL = {
    "topics": {
        "living_pattern": {
            "all": {"options": {"living_weeks": {"parent": "Sam", "day": "Friday"}}, "asked": "One week each."},
            "children": {"child-2": {"asked": "Jo stays.", "offered": "Wednesdays.", "offer_may_be_told": True}},
        },
        "handovers": {"declined": True},
        "own-topic_2": {
            "all": {"offered": "We share him.", "offer_may_be_told": False, "court_asked": "Who keeps him."}
        },
    },
    "review": {"months": 6, "words": "", "sooner": "A new school."},
    "anything_else": "Thank you.",
}


def test_a_saved_file_is_read_as_it_was_said():
    read = file_of.parse(saved(FULL))
    assert (read.token, read.side, read.saved_at) == (TOKEN, "a", datetime(2026, 8, 7, 18, 30, 0, 123000, UTC))
    assert read.review == pf.ReviewWish(6, "", "A new school.")
    assert read.anything_else == "Thank you."
    living, handovers, dog = read.topics
    assert living.answers[0].chosen == (pf.ChosenOption("living_weeks", (("parent", "Sam"), ("day", "Friday"))),)
    assert living.answers[1] == pf.Answer("child-2", (), "Jo stays.", "Wednesdays.", offer_may_be_told=True)
    assert handovers == pf.TopicAnswers("handovers", declined=True)
    assert dog.answers == (
        pf.Answer("", (), "", "We share him.", offer_may_be_told=False, court_asked="Who keeps him."),
    )


def test_positions_name_the_children_they_are_for_and_keep_what_was_not_told():
    form = made_form()
    read = file_of.parse(saved(FULL))
    file_of.fits(read, form)
    positions = pf.as_positions(read, form)
    assert [(p.topic, p.children, p.declined) for p in positions] == [
        ("living_pattern", (), False),
        ("living_pattern", ("child-2",), False),
        ("handovers", (), True),
        ("own-topic_2", (), False),
    ]
    shared, jo, declined, dog = positions
    assert len(shared.clauses) == len(shared.chosen) == 1
    assert "Robin and Kit" in shared.clauses[0]
    assert "Jo" not in shared.clauses[0], "a child with an answer of her own is named in the one for the others"
    assert "Sam" in shared.clauses[0]
    assert "[" in shared.clauses[0], "a blank left empty does not show"
    assert (jo.offered, jo.offer_may_be_told, jo.asked) == ("Wednesdays.", True, "Jo stays.")
    assert (dog.offered, dog.offer_may_be_told, dog.court_asked) == ("We share him.", False, "Who keeps him.")
    assert declined == pf.Position("handovers", declined=True)


@pytest.mark.parametrize(
    ("told", "may"), [({}, False), ({"offer_may_be_told": False}, False), ({"offer_may_be_told": True}, True)]
)
def test_an_offer_may_be_told_only_after_a_clear_yes(told, may):
    read = file_of.parse(saved(one("handovers", offered="I could drive.", **told)))
    assert [p.offer_may_be_told for p in pf.as_positions(read, made_form())] == [may]


def test_not_answered_gives_nothing_and_not_saying_is_kept():
    assert pf.as_positions(file_of.parse(saved()), made_form()) == ()
    read = file_of.parse(saved({"topics": {"handovers": {"declined": True}}}))
    assert pf.as_positions(read, made_form()) == (pf.Position("handovers", declined=True),)


@given(st.text(max_size=300))
def test_any_text_comes_back_clean_and_whole(text):
    read = file_of.parse(saved(one("handovers", asked="x" + text, offered=text)))
    assert read.topics[0].answers[0].asked == clean("x" + text)
    assert read.topics[0].answers[0].offered == (clean(text) if clean(text).strip() else "")
    assert clean(read.topics[0].answers[0].asked) == read.topics[0].answers[0].asked


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_are_not_minded(ending, mark):
    data = mark + saved(FULL).replace("\n", ending).encode() + b"\n \n"
    assert file_of.parse(data) == file_of.parse(saved(FULL))


@settings(max_examples=150)
@given(st.data())
def test_one_changed_character_is_noticed(data):
    text = saved(FULL)
    place = data.draw(st.integers(0, len(text) - 4))
    other = data.draw(
        st.sampled_from(string.ascii_letters + string.digits + '"{}:, ').filter(lambda c: c != text[place])
    )
    changed = text[:place] + other + text[place + 1 :]
    try:
        read = file_of.parse(changed)
    except AnswersError:
        return
    assert read == file_of.parse(text), "a change got through"


@given(st.integers(0, len(saved(FULL)) - 4))
def test_a_file_cut_anywhere_is_refused(length):
    with pytest.raises(AnswersError):
        file_of.parse(saved(FULL)[:length])


SECRET = "Oak-Lane-secret"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a file saved"),
        ("[]", "not a file saved"),
        ("null", "not a file saved"),
        (f"{SECRET} in plain words", "not a file saved"),
        ("[" * 100_000, "not a file saved"),
        ("<!DOCTYPE html>\n<html>" + SECRET, "the form itself"),
        (saved(FULL)[:-30], "damaged or was cut"),
        (saved(FULL).replace("One week", SECRET), "damaged or was cut"),
        (saved(version=2), "newer cppp"),
        (saved(version=True), "does not write"),
        (saved(version=0), "does not write"),
        (saved(form="another"), "not a file saved"),
        (saved(**{"for": "c"}), "does not write"),
        (saved(token=SECRET), "does not write"),
        (saved(token=TOKEN.lower()), "does not write"),
        (saved(token=7), "does not write"),
        (saved(saved_at="yesterday"), "does not write"),
        (saved(saved_at="2026-08-07T18:30:00"), "does not write"),
        (saved(saved_at="0001-01-01T00:00:00+14:00"), "does not write"),
        (saved(saved_at=12), "does not write"),
        (saved(drop=("saved_at",)), "does not write"),
        (saved(drop=("answers",)), "does not write"),
        (saved(more=SECRET), "does not write"),
        (saved([]), "does not write"),
        (saved({"topics": []}), "does not write"),
        (saved({"topics": {}, SECRET: ""}), "does not write"),
        (saved({"topics": {SECRET: {"declined": True}}}), "does not write"),
        (saved({"topics": {"../x": {"declined": True}}}), "does not write"),
        (saved({"topics": {f"t{n}": {"declined": True} for n in range(101)}}), "does not write"),
        (saved({"topics": {"handovers": {"declined": False}}}), "does not write"),
        (saved({"topics": {"handovers": {"declined": 1}}}), "does not write"),
        (saved({"topics": {"handovers": {"declined": True, "all": {"asked": SECRET}}}}), "does not write"),
        (saved({"topics": {"handovers": {}}}), "does not write"),
        (saved({"topics": {"handovers": {"all": {"asked": " "}}}}), "does not write"),
        (saved({"topics": {"handovers": {"children": ["child-1"]}}}), "does not write"),
        (saved(one("handovers", asked=3)), "does not write"),
        (saved(one("handovers", asked=[SECRET])), "does not write"),
        (saved(one("handovers", offered="x", offer_may_be_told="yes")), "does not write"),
        (saved(one("handovers", offered="x", offer_may_be_told=1)), "does not write"),
        (saved(one("handovers", agreed=SECRET)), "does not write"),
        (saved(one("handovers", options={"x": SECRET})), "does not write"),
        (saved(one("handovers", asked="x" * 10_001)), "longer than"),
        (saved(one("handovers", options={"x": {"place": "x" * 301}})), "longer than"),
        (saved({"review": {"months": 7}}), "does not write"),
        (saved({"review": {"months": True}}), "does not write"),
        (saved({"anything_else": None}), "does not write"),
        (saved(one("handovers", asked="x")).replace('"version": 1', '"version": NaN'), "does not write"),
        (saved().replace('"version": 1,', '"version": 1, "version": 1,'), "does not write"),
        (b"\xff\xfe{\x00}\x00", "not a file saved"),
        ("x" * 5_000_001, "larger than"),
    ],
)
def test_what_the_form_does_not_write_is_refused_without_repeating_it(text, says):
    with pytest.raises(AnswersError) as refused:
        file_of.parse(text)
    assert says in str(refused.value)
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None, "the cause would hold words of the file"


@settings(max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["topics", "review", "all", "children", "asked", "options", "declined", "handovers", "months", "x"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_in_it_a_file_is_read_or_refused(answers):
    try:
        read = file_of.parse(saved(answers))
    except AnswersError:
        return
    assert isinstance(read, pf.ParentAnswers)


def test_a_file_is_tied_to_its_case_and_side():
    read = file_of.parse(saved(FULL))
    file_of.tied_to(read, TOKEN, "a")
    with pytest.raises(BlockedError, match="another case"):
        file_of.tied_to(read, pf.new_token(b"another form"), "a")
    with pytest.raises(BlockedError, match="other side"):
        file_of.tied_to(read, TOKEN, "b")


@pytest.mark.parametrize(
    "answers",
    [
        one("money", asked=SECRET),
        {"topics": {"money": {"declined": True}}},
        {"topics": {"handovers": {"children": {"child-4": {"asked": SECRET}}}}},
        one("handovers", options={"living_weeks": {}}),
        one("living_pattern", options={"nothing": {}}),
        one("living_pattern", options={"living_weeks": {"nothing": SECRET}}),
        one("living_pattern", options={"living_weeks": {"children": "Jo"}}),
    ],
)
def test_answers_to_what_was_not_asked_are_refused(answers):
    read = file_of.parse(saved(answers))
    with pytest.raises(AnswersError) as refused:
        file_of.fits(read, made_form())
    assert SECRET not in str(refused.value)


def test_every_ready_made_option_can_be_chosen_and_is_completed():
    form = made_form()
    for clause in CLAUSES:
        typed = {blank.key: blank.example for blank in pf.asked_blanks(clause)}
        read = file_of.parse(saved(one("living_pattern", options={clause.key: typed})))
        file_of.fits(read, form)
        (position,) = pf.as_positions(read, form)
        assert "[" not in position.clauses[0]
        assert "{" not in position.clauses[0]
        if "{children}" in clause.words:
            assert "Robin, Jo and Kit" in position.clauses[0]


@given(st.binary(min_size=8, max_size=16))
def test_a_token_is_well_formed_and_hard_to_misread(raw):
    token = pf.new_token(raw)
    assert pf.TOKEN.fullmatch(token)
    assert not set(token) & set("IOLU01")
    assert token == pf.new_token(raw)


def test_tokens_differ_with_their_bytes():
    assert len({pf.new_token(n.to_bytes(8, "big")) for n in range(2000)}) == 2000
    with pytest.raises(ValueError, match="eight random bytes"):
        pf.new_token(b"seven..")


@pytest.mark.parametrize(
    "changed",
    [
        {"side": "c"},
        {"token": "short"},
        {"children": ()},
        {"topics": ()},
        {"children": (pf.FormChild("x", "Jo"), pf.FormChild("x", "Kit"))},
        {"children": (pf.FormChild("Jo Smith", "Jo"),)},
        {"topics": (pf.FormTopic("a b", "x"),)},
        {"topics": (pf.FormTopic("a", "x"), pf.FormTopic("a", "y"))},
        {"topics": (pf.FormTopic("a", "x", options=(WEEKS, WEEKS)),)},
    ],
)
def test_a_form_that_is_not_well_formed_is_refused(changed):
    with pytest.raises(ValueError, match="form"):
        made_form(**changed)


def test_a_form_has_no_place_for_the_other_sides_words_or_a_childs():
    """What may be shown is what these records have fields for; a new field is a decision to be taken here."""
    assert {f.name for f in fields(pf.FormFor)} == {
        *("side", "first_name", "other_first_name", "children", "topics", "token", "made_on"),
    }
    assert {f.name for f in fields(pf.FormTopic)} == {"key", "label", "prompts", "options", "agreed", "own_before"}
    assert {f.name for f in fields(pf.FormChild)} == {"key", "first_name"}


def test_every_refusal_ends_in_what_to_do():
    said = [
        value
        for name, value in vars(file_of).items()
        if name[:1] == "_" and name[1:2].isupper() and isinstance(value, str) and " " in value
    ]
    assert len(said) >= 10
    assert all(text.endswith(".") for text in said)
    assert issubclass(AnswersError, CpppError)
