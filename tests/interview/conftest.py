"""An officer played from a table, and both made-up families as the answers such an officer gives."""

from __future__ import annotations

import contextlib
import importlib.util
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from cppp_cli.errors import StoppedError
from cppp_cli.interview.asking import Command, Left
from cppp_cli.interview.run import Desk, interview
from cppp_cli.programme.answers import Gap
from cppp_cli.store.sheets import MemorySheet

if TYPE_CHECKING:
    from cppp_cli.interview.asking import Prompt, Reply

GAP_ASKED = "Why is there no answer?"
REVIEW_ASKED = "Type a number to change that answer"


class Officer:
    """Asks nobody: what must be asked and what is replied stand in rows; any other prompt is a failure.

    What must be asked is words of the prompt or of its place, or several such.
    """

    def __init__(self, *rows: tuple[str | tuple[str, ...], Reply | Left], watch=id) -> None:
        self.rows = deque(rows)
        self.watch = watch
        self.prompts: list[Prompt] = []
        self.said: list[str] = []

    def ask(self, prompt):
        self.watch(prompt)
        self.prompts.append(prompt)
        shown = f"{prompt.place}\n{prompt.text}"
        if not self.rows:
            pytest.fail(f"nobody expected to be asked: {shown}")
        expected, reply = self.rows.popleft()
        for words in (expected,) if isinstance(expected, str) else expected:
            assert words in shown
        if isinstance(reply, Left):
            raise reply
        return reply

    def say(self, text):
        self.said.append(text)

    def section(self, title, text):
        self.said.append(f"{title}\n{text}")


@dataclass
class Talk:
    """What came of an interview. ``end`` is True or False as it returned, or "left"."""

    end: bool | str
    officer: Officer
    sheet: MemorySheet

    @property
    def answers(self):
        return self.sheet.answers()

    @property
    def said(self):
        return "\n".join(self.officer.said)


def talk(script, rows, *, sheet=None, facts, attach=lambda _: 7, concern=lambda: False, watch=id):
    """Hold an interview to its end; every row must have been used. ``watch`` sees each prompt before it is answered."""
    found, player = MemorySheet() if sheet is None else sheet, Officer(*rows, watch=watch)
    desk = Desk(player, lambda: datetime(2026, 8, 6, 10, 42, tzinfo=UTC), attach, concern, "cppp again")
    end = "left"
    with contextlib.suppress(StoppedError):
        end = interview(script, found, facts, desk)
    assert not player.rows, f"never asked: {player.rows}"
    return Talk(end, player, found)


def asked(story, step):
    """What is seen of a question, with its number: paths are not shown, and texts come more than once."""
    number = 1 + [other.path for other in story.line].index(step.path)
    return f"Question {number} of ", step.text


def rows_for(story, step):
    """The rows in which one question of a story is asked and answered."""
    return rows_for_answer(asked(story, step), story.answers[step.path])


def rows_for_answer(expected, answer):
    """The rows in which an answer is given where these words are asked."""
    if answer.gap is Gap.BLANK:
        return [(expected, "")]
    if answer.gap:
        return [(expected, Command.SKIP), (GAP_ASKED, answer.gap.value)]
    return [(expected, answer.value if isinstance(answer.value, tuple) else str(answer.value))]


@pytest.fixture
def play():
    """Everything above, for a test to use."""
    return SimpleNamespace(
        talk=talk,
        asked=asked,
        rows=rows_for,
        rows_for_answer=rows_for_answer,
        Officer=Officer,
        gap_asked=GAP_ASKED,
        review_asked=REVIEW_ASKED,
    )


@pytest.fixture(scope="session")
def stories(shelf, tmp_path_factory):
    """Every guided script with a whole set of answers, by (family, name)."""
    spec = importlib.util.spec_from_file_location("stories", Path(__file__).parents[1] / "stories.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.every(shelf, tmp_path_factory.mktemp("stories"))
