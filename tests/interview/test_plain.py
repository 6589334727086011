"""The plain skin: lines in, lines out, nothing but ASCII of its own, and the same answers as everywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.interview.asking import Command, Left, Prompt
from cppp_cli.interview.plain import PlainAsker
from cppp_cli.interview.run import Desk, interview
from cppp_cli.programme.answers import Gap
from cppp_cli.questions.model import Choice, Kind
from cppp_cli.store.sheets import MemorySheet

NAMES = ("new-case", "parent-a", "parent-b", "child", "joint", "other", "report", "agreed", "open", "calendar")
STORIES = [
    *((family, name) for family in FAMILIES for name in NAMES),
    ("", "init"),
    ("", "return"),
    ("", "safeguarding"),
]
COLOURS = (Choice("r", "red"), Choice("g", "green"), Choice("1", "the first child"))


class Lines:
    """A keyboard and a page: what is typed, line by line, and everything that was written."""

    def __init__(self, *typed):
        self.typed, self.page = list(typed), []

    def asker(self):
        return PlainAsker(self.read, self.page.append)

    def read(self):
        if not self.typed:
            return ""  # as at the end of a file
        line = self.typed.pop(0)
        if isinstance(line, BaseException | type):
            raise line
        return f"{line}\n"

    @property
    def written(self):
        return "\n".join(self.page)


def ask(*typed, kind=Kind.TEXT, choices=(), current=None, **more):
    lines = Lines(*typed)
    reply = lines.asker().ask(Prompt("What then?", kind, choices=choices, current=current, **more))
    assert not lines.typed
    return reply


def typed_for(step, answer):
    """The lines an officer types for an answer."""
    choices = [choice.value for choice in step.question.choices_for(step.view)]
    if answer.gap and answer.gap is not Gap.BLANK:
        asked_why = [gap for gap in Gap if gap is not Gap.BLANK]
        return [":k", str(1 + asked_why.index(answer.gap))]
    if step.question.kind is Kind.LONG:
        text = "" if answer.gap else answer.value
        return [*(".." if line.strip() == "." else line for line in text.split("\n") if text), "."]
    if answer.gap:
        return [""]
    if step.question.kind is Kind.MANY:
        return [", ".join(str(1 + choices.index(value)) for value in answer.value)]
    return [str(1 + choices.index(answer.value))] if choices else [str(answer.value)]


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_a_whole_interview_by_numbers_and_lines(stories, key):
    story, sheet = stories[key], MemorySheet()
    lines = Lines(*(line for step in story.line for line in typed_for(step, story.answers[step.path])), "")
    desk = Desk(lines.asker(), lambda: datetime(2026, 8, 6, tzinfo=UTC), int, lambda: False, "cppp again")
    assert interview(story.script, sheet, story.facts, desk) is True
    assert not lines.typed
    assert sheet.answers() == story.answers
    assert lines.written.isascii()
    assert "\x1b" not in lines.written


def test_its_own_punctuation_is_ascii_and_names_are_not_touched():
    lines = Lines("Zoë – “Z”")
    reply = lines.asker().ask(Prompt("“Who” — then…", Kind.TEXT, "‘Hint’ · •", (), "Søren", "Question 1 · Søren"))
    assert reply == "Zoë – “Z”"
    assert lines.written.replace("ø", "o").isascii()
    assert "Søren" in lines.written


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("word", list(Command))
def test_a_reserved_word_at_every_kind(kind, word):
    assert ask(f" {word.upper()} ", kind=kind, choices=COLOURS) is word


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("1", "r"),
        ("2", "g"),
        ("3", "1"),
        ("green", "g"),
        ("4", "number 4"),
        ("0", "number 0"),
        ("", ""),
        ("²", "number ²"),
    ],
)
def test_a_list_is_answered_by_number_and_by_nothing_that_looks_like_one(typed, reply):
    found = ask(typed, kind=Kind.CHOICE, choices=COLOURS)
    assert found == reply or (typed == "green" and found == "green")


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("1, 3", ("r", "1")),
        ("3,1", ("1", "r")),
        ("1,,2,", ("r", "g")),
        ("9", ("number 9",)),
        ("red", ("red",)),
        ("", ()),
    ],
)
def test_many_are_answered_by_numbers_with_commas(typed, reply):
    assert ask(typed, kind=Kind.MANY, choices=COLOURS) == reply


@pytest.mark.parametrize(
    ("kind", "current", "kept"),
    [
        (Kind.TEXT, "Ann", "Ann"),
        (Kind.DATE, "2026-08-06", "2026-08-06"),
        (Kind.NUMBER, 0, "0"),
        (Kind.CHOICE, "g", "g"),
        (Kind.MANY, ("r", "g"), ("r", "g")),
        (Kind.PICTURE, 7, "7"),
    ],
)
def test_enter_keeps_what_is_there(kind, current, kept):
    assert ask("", kind=kind, current=current, choices=COLOURS) == kept
    assert ask("new", kind=kind, current=current, choices=COLOURS) in ("new", ("new",))


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        (["one", "", " two ", "."], "one\n\n two "),
        (["."], ""),
        (["", "."], ""),
        (["..", "x", "."], ".\nx"),
        (["...", "."], "..."),
        (["x", ":b", ":s", "."], "x\n:b\n:s"),
        (["x :b", "."], "x :b"),
        (["+", "."], "+"),
    ],
)
def test_a_long_answer_ends_with_a_lone_dot(typed, reply):
    assert ask(*typed, kind=Kind.LONG) == reply


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        (["."], "one\n\ntwo"),
        (["+", "three", "."], "one\n\ntwo\nthree"),
        (["+", "+", "."], "one\n\ntwo\n+"),
        (["new", "."], "new"),
        ([":b"], Command.BACK),
    ],
)
def test_long_words_that_are_there_are_kept_continued_or_replaced(typed, reply):
    assert ask(*typed, kind=Kind.LONG, current="one\n\ntwo") == reply


@pytest.mark.parametrize("end", [KeyboardInterrupt, EOFError, ""], ids=str)
@pytest.mark.parametrize("kind", list(Kind))
def test_leaving_keeps_the_lines_of_a_long_answer(kind, end):
    before = ["one", "two"] if kind is Kind.LONG else []
    lines = Lines(*before, *([end] if end else []))
    with pytest.raises(Left) as left:
        lines.asker().ask(Prompt("What then?", kind, choices=COLOURS))
    assert left.value.typed == "\n".join(before)


def test_a_line_that_cannot_be_read_is_asked_for_again():
    broken = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    lines = Lines("one", broken, "two", ".")
    assert lines.asker().ask(Prompt("What then?", Kind.LONG)) == "one\ntwo"
    assert "not in UTF-8" in lines.written


def test_a_line_that_the_terminal_has_cut_is_not_taken(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    lines = Lines("é" * 2047 + "x", "x" * 4094, ".")
    assert lines.asker().ask(Prompt("What then?", Kind.LONG)) == "x" * 4094
    assert "none of it was taken" in lines.written
    monkeypatch.setattr("sys.platform", "win32")
    assert ask("x" * 20_000, ".", kind=Kind.LONG) == "x" * 20_000


def test_what_is_said_back_moves_no_cursor():
    lines = Lines()
    lines.asker().say("You typed “\x1b[2J”.")
    assert lines.written == 'You typed "\ufffd[2J".'


def test_lines_may_end_as_on_windows():
    lines = Lines()
    lines.read = lambda: "Ann\r\n"
    assert lines.asker().ask(Prompt("Who?", Kind.TEXT)) == "Ann"


def test_without_a_keyboard_and_page_of_its_own_it_uses_the_terminal(monkeypatch, capsys):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("Ann\n"))
    assert PlainAsker().ask(Prompt("Who?", Kind.TEXT)) == "Ann"
    shown = capsys.readouterr()
    assert (shown.out, "Who?" in shown.err) == ("", True)
