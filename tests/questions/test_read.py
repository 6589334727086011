"""From what was typed, chosen or written in a file to a value; and back again."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Choice, Facts, Kind, Question, Script, Section
from cppp_cli.questions.read import LONG_LIMIT, TEXT_LIMIT, NotValidError, read, still_fits

TODAY = date(2027, 3, 9)
COLOURS = (
    Choice("r", "Red"),
    Choice("g", "green"),
    Choice("gr", "green and red"),
    Choice("none", "no colour", alone=True),
)


def step(kind=Kind.TEXT, **more):
    script = Script("s", "S", (Section("One", (Question("q", "Q", kind, **more),)),))
    return steps(script, {}, Facts(TODAY))[0]


CHOICE = step(Kind.CHOICE, choices=COLOURS)
MANY = step(Kind.MANY, choices=COLOURS)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, "  Ann  ", "Ann"),
        (Kind.LONG, "\n  one\n\n two \n\n", "  one\n\n two "),
        (Kind.DATE, "6 March 2027", "2027-03-06"),
        (Kind.DATE, date(2027, 3, 6), "2027-03-06"),
        (Kind.TIME, "2.15pm", "14:15"),
        (Kind.NUMBER, " 7 ", 7),
        (Kind.NUMBER, 7, 7),
        (Kind.PICTURE, 12, 12),
    ],
)
def test_a_value_is_kept_in_one_form(kind, raw, value):
    assert read(step(kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.TEXT, ""),
        (Kind.TEXT, " \t "),
        (Kind.TEXT, "two\nlines"),
        (Kind.TEXT, 5),
        (Kind.TEXT, ["Ann"]),
        (Kind.TEXT, "x" * (TEXT_LIMIT + 1)),
        (Kind.LONG, "\n \n"),
        (Kind.LONG, "x" * (LONG_LIMIT + 1)),
        (Kind.DATE, "31 June 2027"),
        (Kind.DATE, "soon"),
        (Kind.TIME, "25:00"),
        (Kind.NUMBER, "seven"),
        (Kind.NUMBER, 7.5),
        (Kind.NUMBER, True),
        (Kind.NUMBER, "9" * 5_000),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(kind, raw):
    with pytest.raises(NotValidError) as refusal:
        read(step(kind), raw)
    assert str(refusal.value)[0].isupper() or str(refusal.value)[0].isdigit()
    assert str(refusal.value).endswith(".")


def test_a_long_answer_holds_what_a_long_answer_may():
    assert read(step(Kind.LONG), "x" * LONG_LIMIT) == "x" * LONG_LIMIT
    assert read(step(Kind.TEXT), f"  {'x' * (TEXT_LIMIT - 4)}  ") == "x" * (TEXT_LIMIT - 4)


@given(st.integers(-50, 50))
def test_a_number_stays_within_its_bounds(number):
    scale = step(Kind.NUMBER, most=10)
    if 0 <= number <= 10:
        assert read(scale, str(number)) == number
    else:
        with pytest.raises(NotValidError, match="from 0 to 10"):
            read(scale, str(number))


@pytest.mark.parametrize(
    ("raw", "value"),
    [("r", "r"), ("red", "r"), ("RED ", "r"), ("re", "r"), ("green", "g"), ("GR", "gr"), ("green a", "gr")],
)
def test_a_choice_may_be_given_by_value_label_or_its_beginning(raw, value):
    assert read(CHOICE, raw) == value


@pytest.mark.parametrize("raw", ["", "gree", "blue", 3, ["r"]])
def test_a_choice_that_could_be_two_or_none_is_refused(raw):
    with pytest.raises(NotValidError, match="Choose one of: Red, green"):
        read(CHOICE, raw)


def test_a_label_that_fits_two_is_never_guessed():
    twins = step(Kind.CHOICE, choices=(Choice("adults.1", "Sam"), Choice("adults.2", "sam"), Choice("Sam", "his dog")))
    assert read(twins, "adults.2") == "adults.2"
    assert read(twins, "Sam") == "Sam"  # a value comes before a label
    namesakes = step(Kind.CHOICE, choices=(Choice("adults.1", "Sam"), Choice("adults.2", "sam")))
    with pytest.raises(NotValidError):
        read(namesakes, "Sam")


def test_yes_and_no_may_be_written_as_true_and_false():
    yes_no = step(Kind.CHOICE, choices=(Choice("yes", "yes"), Choice("no", "no")))
    assert [read(yes_no, raw) for raw in (True, False, "Y", "n")] == ["yes", "no", "yes", "no"]


def test_a_list_is_kept_once_each_in_the_order_given():
    assert read(MANY, ["green", "Red", "g"]) == ("g", "r")
    assert read(MANY, "red") == ("r",)
    assert read(MANY, ("none",)) == ("none",)


@pytest.mark.parametrize(
    ("raw", "said"),
    [([], "at least one"), (["r", "none"], "cannot be combined"), (["blue"], "Choose one of"), (3, "a list")],
)
def test_a_list_that_makes_no_sense_is_refused(raw, said):
    with pytest.raises(NotValidError, match=said):
        read(MANY, raw)


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("2027-03-06", Kind.DATE, "2027-03-06"),
        ("2027-03-06T10:30:00", Kind.DATE, "2027-03-06"),
        ("2027-03-06T10:30:00Z", Kind.DATE, "2027-03-06"),
        ('"6 March 2027"', Kind.DATE, "2027-03-06"),
        ("09:30:00", Kind.TIME, "09:30"),
        ('"9:30"', Kind.TIME, "09:30"),
    ],
)
def test_dates_and_times_as_an_answers_file_writes_them(written, kind, value):
    assert read(step(kind), tomllib.loads(f"q = {written}")["q"]) == value


def test_the_questions_own_check_has_the_last_word():
    picky = step(Kind.NUMBER, check=lambda value, _view: "Type another." if value == 3 else None)
    assert read(picky, "4") == 4
    with pytest.raises(NotValidError, match="Type another"):
        read(picky, "3")


ANYTHING = {
    Kind.TEXT: st.text(),
    Kind.LONG: st.text(),
    Kind.CHOICE: st.sampled_from([c.value for c in COLOURS]),
    Kind.MANY: st.lists(st.sampled_from([c.value for c in COLOURS])),
    Kind.DATE: st.dates(),
    Kind.TIME: st.times().map(lambda t: t.isoformat("minutes")),
    Kind.NUMBER: st.integers(-5, 20_000),
    Kind.PICTURE: st.integers(-5, 20_000),
}


@given(st.data())
def test_reading_a_value_again_changes_nothing(data):
    kind = data.draw(st.sampled_from(list(Kind)))
    asked = step(kind, choices=COLOURS)
    try:
        value = read(asked, data.draw(ANYTHING[kind]))
    except NotValidError:
        return
    assert read(asked, value) == value
    assert still_fits(asked, Answer(value))


def test_an_answer_fits_until_another_one_overtakes_it():
    assert still_fits(CHOICE, Answer("r"))
    assert not still_fits(CHOICE, Answer("blue"))
    assert not still_fits(MANY, Answer(("r", "none")))
    assert still_fits(step(), Answer(gap=Gap.DECLINED))
    assert not still_fits(step(required=True), Answer(gap=Gap.DECLINED))
