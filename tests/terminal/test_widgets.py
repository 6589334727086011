"""The real lists and fields, driven by the keys an officer presses."""

from __future__ import annotations

import pytest

from cppp_cli.interview import terminal
from cppp_cli.interview.asking import Command, Left
from cppp_cli.interview.terminal import TerminalAsker
from cppp_cli.questions.model import YES_NO, Choice, Kind
from cppp_cli.questions.topics import TOPICS

MANY_ROWS = tuple(Choice(f"v{n}", f"row number {n}") for n in range(40))
FAMILY = tuple(Choice(f"adults.{n}", name) for n, name in enumerate(("Ann", "Bo", "Cy", "{adult}"), 1))
LISTS = {"two": YES_NO, "four": FAMILY, "a row for every letter": TOPICS, "more rows than keys": MANY_ROWS}
FIELDS = {
    "text": (Kind.TEXT, None),
    "text with words": (Kind.TEXT, "An earlier answer"),
    "text that ends like a word": (Kind.TEXT, "as in :s"),
    "long": (Kind.LONG, None),
    "long with words": (Kind.LONG, "One\n\nTwo "),
    "date": (Kind.DATE, None),
    "date with a date": (Kind.DATE, "2026-08-06"),
    "time": (Kind.TIME, "09:00"),
    "number": (Kind.NUMBER, 3),
    "picture": (Kind.PICTURE, None),
}


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_arrows_walk_through_a_list_and_round(ask, keys, rows):
    values = ["", *(row.value for row in rows)]  # the first row chooses nothing
    for presses in (0, 1, len(rows), len(rows) + 1):
        assert ask(keys.DOWN * presses + keys.ENTER, Kind.CHOICE, choices=rows) == values[presses % len(values)]
    assert ask(keys.UP + keys.ENTER, Kind.CHOICE, choices=rows) == values[-1]


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_a_list_begins_at_the_answer_that_is_there(ask, keys, rows):
    for row in (rows[0], rows[-1]):
        assert ask(keys.ENTER, Kind.CHOICE, choices=rows, current=row.value) == row.value


def test_a_row_is_taken_by_its_number_and_words_only_as_a_whole(ask):
    assert [ask(f"{key}\r", Kind.CHOICE, choices=FAMILY) for key in "1234"] == [c.value for c in FAMILY]
    assert ask("1, 3\r", Kind.MANY, choices=FAMILY) == ("adults.1", "adults.3")
    # A sentence meant for the next question marks nothing and moves nothing: it comes back as it was typed.
    for said in ("I do not want to", "2 June 2019", "they/them", "y"):
        assert ask(f"{said}\r", Kind.CHOICE, choices=YES_NO) == said
    assert ask("5\r", Kind.CHOICE, choices=FAMILY) not in {c.value for c in FAMILY}


def test_space_marks_and_unmarks_in_a_list_of_several(ask, keys):
    down, enter = keys.DOWN, keys.ENTER
    assert ask(f" {down}{down} {enter}", Kind.MANY, choices=FAMILY) == ("adults.1", "adults.3")
    assert ask(f"  {enter}", Kind.MANY, choices=FAMILY) == ()
    assert ask(enter, Kind.MANY, choices=FAMILY) == ()
    assert ask(enter, Kind.MANY, choices=FAMILY, current=("adults.2",)) == ("adults.2",)
    assert ask(f"{down} {enter}", Kind.MANY, choices=FAMILY, current=("adults.2",)) == ()


@pytest.mark.parametrize("word", list(Command))
@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.MANY])
def test_a_reserved_word_can_be_typed_at_every_list(ask, keys, kind, rows, word):
    assert ask(word + keys.ENTER, kind, choices=rows) is word
    assert ask(keys.DOWN + word.upper() + keys.ENTER, kind, choices=rows) is word


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.MANY])
def test_what_is_typed_at_a_list_can_be_taken_back(ask, keys, kind):
    first = (TOPICS[0].value,) if kind is Kind.MANY else TOPICS[0].value
    for typed in (
        f":bx{keys.BACKSPACE * 3}",
        f":{keys.UP}{keys.BACKSPACE}",
        f":s{keys.BACKSPACE * 2}",
    ):
        mark = " " if kind is Kind.MANY else keys.DOWN
        assert ask(typed + mark + keys.ENTER, kind, choices=TOPICS) == first


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzA0-'é李")
def test_a_sentence_typed_at_a_list_is_taken_as_a_whole_whatever_it_begins_with(ask, letter):
    assert ask(f"{letter} jaki\r", Kind.CHOICE, choices=FAMILY) == f"{letter} jaki"
    assert ask(f"{letter} jaki\r", Kind.MANY, choices=FAMILY) == (f"{letter} jaki",)


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.MANY])
@pytest.mark.parametrize("before", ["", ":", ":st", "\x1b[B"])
def test_ctrl_c_leaves_a_list(ask, keys, kind, before):
    left = ask(before + keys.CTRL_C, kind, choices=TOPICS)
    assert isinstance(left, Left)
    assert left.typed == ""


def test_what_is_pasted_into_a_list_is_shown_and_chooses_only_as_a_whole(ask, keys):
    for pasted, taken in (("3\n:b\nmore", "3 :b more"), ("3\n", "adults.3"), (":s", Command.SAVE), (" \n ", "")):
        assert ask(keys.paste(pasted) + keys.ENTER, Kind.CHOICE, choices=FAMILY) == taken
    assert ask(keys.paste("1, 3") + keys.ENTER, Kind.MANY, choices=FAMILY) == ("adults.1", "adults.3")
    assert ask(keys.paste("3") + keys.BACKSPACE + keys.ENTER, Kind.MANY, choices=FAMILY) == ()


def finished(kind, keys):
    return keys.CTRL_D if kind is Kind.LONG else keys.ENTER


@pytest.mark.parametrize("word", list(Command))
@pytest.mark.parametrize(("kind", "current"), FIELDS.values(), ids=FIELDS)
def test_a_reserved_word_can_be_typed_at_every_field(ask, keys, kind, current, word):
    for end in {finished(kind, keys), keys.ENTER}:
        assert ask(word + end, kind, current=current) is word
        assert ask(f" {word.upper()} {end}", kind, current=current) is word


@pytest.mark.parametrize("text", ["x :b", ":b x", ":bb", "b", "::", ":", "Time: 10:s"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG])
def test_a_reserved_word_among_others_is_text(ask, keys, kind, text):
    assert ask(text + finished(kind, keys), kind) == text


@pytest.mark.parametrize(
    "pasted",
    [
        "one\n:b\nthree",
        ":b\nmore",
        "\n\n:s\n\nx",
        "a\tb",
        "x" * 20_000,
        "👩‍👧 é ü 李小龍 مريم",
        "[x](y) **z** {{ a }} {adult}",
    ],
    ids=lambda text: text[:12],
)
def test_pasted_lines_arrive_as_they_are(ask, keys, pasted):
    assert ask(keys.paste(pasted) + keys.CTRL_D, Kind.LONG) == pasted
    assert ask(keys.paste(pasted) + keys.ENTER, Kind.TEXT) == pasted  # several lines are refused later, not cut


def test_a_reserved_word_pasted_alone_is_one(ask, keys):
    assert ask(keys.paste(":b\n") + keys.CTRL_D, Kind.LONG) is Command.BACK
    assert ask(keys.paste(":s") + keys.ENTER, Kind.TEXT) is Command.SAVE


def test_enter_makes_a_new_line_and_two_keys_finish(ask, keys):
    assert ask(f"one\r\r  two\r{keys.CTRL_D}", Kind.LONG) == "one\n\n  two\n"
    assert ask(f"one\rtwo{keys.ESC}{keys.ENTER}", Kind.LONG) == "one\ntwo"
    assert ask(keys.CTRL_D, Kind.LONG) == ""
    assert ask(f"tw{keys.LEFT}{keys.LEFT}one{keys.ENTER}{keys.CTRL_D}", Kind.LONG) == "one\ntw"


def test_words_that_are_there_can_be_changed_and_a_date_is_kept_by_enter_alone(ask, keys):
    assert ask(keys.ENTER, Kind.TEXT, current="Ann") == "Ann"
    assert ask(f"e{keys.ENTER}", Kind.TEXT, current="Ann") == "Anne"
    assert ask(keys.CTRL_U + keys.ENTER, Kind.TEXT, current="Ann") == ""
    assert ask(keys.CTRL_D, Kind.LONG, current="One\nTwo") == "One\nTwo"
    assert ask(keys.ENTER, Kind.DATE, current="2026-08-06") == "2026-08-06"
    assert ask(f"7 August{keys.ENTER}", Kind.DATE, current="2026-08-06") == "7 August"
    assert ask(keys.ENTER, Kind.NUMBER, current=0) == "0"


@pytest.mark.parametrize(("kind", "current"), FIELDS.values(), ids=FIELDS)
def test_ctrl_c_keeps_what_stood_in_the_field(ask, keys, kind, current):
    before = str(current or "") if kind in (Kind.TEXT, Kind.LONG) else ""
    left = ask(f"half a sen{keys.CTRL_C}", kind, current=current)
    assert isinstance(left, Left)
    assert left.typed == f"{before}half a sen"


def test_the_end_of_input_leaves(ask, keys):
    for kind in (Kind.TEXT, Kind.DATE):
        assert isinstance(ask(keys.CTRL_D, kind), Left)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG])
def test_words_are_kept_while_they_are_typed(ask, keys, kind, monkeypatch):
    monkeypatch.setattr(terminal, "KEPT_EVERY", 0.01)
    kept = []

    def on_keep(words, press):
        kept.append(words)
        press(finished(kind, keys) if len(kept) > 1 else " that she was cold")

    assert ask("and then she said", kind, current="Before: ", on_keep=on_keep) == kept[-1]
    assert kept == ["Before: and then she said", "Before: and then she said that she was cold"]


def test_a_disk_that_is_full_does_not_disturb_who_is_typing(ask, keys, monkeypatch):
    monkeypatch.setattr(terminal, "KEPT_EVERY", 0.01)

    def full(_words, press):
        press(keys.ENTER)
        raise OSError("no room")

    assert ask("and then she said", Kind.TEXT, on_keep=full) == "and then she said"


@pytest.mark.parametrize("before", ["", "Before"])
@pytest.mark.parametrize("added", ["", " ", ":", ":s", " :STO", ":stop "])
def test_a_field_left_alone_and_a_word_on_its_way_are_not_kept(before, added):
    assert not terminal._worth_keeping(before + added, before)


@pytest.mark.parametrize(
    ("text", "before"), [("a", ""), (":)", ""), (":stops", ""), ("After", "Before"), ("Before: and", "Before")]
)
def test_words_are_worth_keeping(text, before):
    assert terminal._worth_keeping(text, before)


def test_what_is_said_back_moves_no_cursor(capsys):
    TerminalAsker().say("You typed “\x1b[2J\x07”.")
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("columns", ["1", "2", "20", "80", "400"])
def test_a_screen_of_any_width_shows_every_word(monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    text = "One sentence with {braces}, [brackets] and a_very_long_word_without_any_blank_in_it.\n\nAnother."
    TerminalAsker().say(text)
    TerminalAsker().section("A title", text)
    shown = capsys.readouterr().err
    squeezed = "".join(shown.split())
    assert squeezed.count("".join(text.split())) == 2
    assert max(map(len, shown.splitlines())) <= max(20, min(int(columns), 100))
