"""An officer played from a table, and both made-up families as the answers such an officer gives."""

from __future__ import annotations

import contextlib
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from cppp_cli import paths
from cppp_cli.commands.demo import FAMILIES, WRITTEN_ON, on_day
from cppp_cli.commands.office import Office
from cppp_cli.commands.session_script import facts_for, script_of
from cppp_cli.errors import StoppedError
from cppp_cli.interview.asking import Command, Left
from cppp_cli.interview.run import Desk, interview
from cppp_cli.interview.scripted import apply, parse
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions import new_case, officer, report_words, return_to_court, safeguarding
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Facts, Script
from cppp_cli.store import cases, sessions
from cppp_cli.store import officer as officers
from cppp_cli.store.file import open_file
from cppp_cli.store.sheets import MemorySheet

if TYPE_CHECKING:
    from cppp_cli.interview.asking import Prompt, Reply

GAP_ASKED = "Why is there no answer?"
REVIEW_ASKED = "Type a number to change that answer"
NOTE = """
words = "I am cold at night and I told nobody."
said_by = "A child"
told_next = "That I would speak to my manager today."
manager_told = "yes"
end_session = "no"
"""
# A further meeting is in no example: with the children in the first family, with both sides in the second.
OTHER = """
outcome = "held"
held_on = 2026-08-03
came = ["children.1", "adults.1", "adults.2"]
purpose = "To finish what the bell cut short."
instead_of = "split"
relates_to = "{relates_to}"
"""
OTHER_MORE = {
    "child": 'children.1.seen = "seen_alone"\nchildren.1.same = "The cat."\nhas_statements = "no"',
    "joint": 'has_topics = "yes"\ntopics.1.topic = "health"\ntopics.1.state = "agreed"\ntopics.1.wording = "Both go."',
}


class Officer:
    """Asks nobody: what must be asked and what is replied stand in rows; any other prompt is a failure.

    What must be asked is words of the prompt or of its place, or several such.
    """

    def __init__(self, *rows: tuple[str | tuple[str, ...], Reply | Left], watch=print) -> None:
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


def talk(script, rows, *, sheet=None, facts, attach=lambda _: 7, concern=lambda: False, watch=print):
    """Hold an interview to its end; every row must have been used. ``watch`` sees each prompt before it is answered."""
    found, player = MemorySheet() if sheet is None else sheet, Officer(*rows, watch=watch)
    desk = Desk(player, lambda: datetime(2026, 8, 6, 10, 42, tzinfo=UTC), attach, concern, "cppp again")
    end = "left"
    with contextlib.suppress(StoppedError):
        end = interview(script, found, facts, desk)
    assert not player.rows, f"never asked: {player.rows}"
    return Talk(end, player, found)


def reply_for(answer):
    """What an officer gives for an answer: the words, or nothing for a blank; a gap goes by way of ``:k``."""
    if answer.gap is Gap.BLANK:
        return ""
    if answer.gap:
        return Command.SKIP
    return answer.value if isinstance(answer.value, tuple) else str(answer.value)


@dataclass(frozen=True)
class Story:
    """One script as one family answers it."""

    name: str
    script: Script
    facts: Facts
    answers: dict[str, Answer] = field(repr=False)

    @cached_property
    def line(self):
        """The questions in the order they are asked when all answers are known."""
        return steps(self.script, self.answers, self.facts)

    def asked(self, step):
        """What is seen of a question, with its number: paths are not shown, and texts come more than once."""
        number = 1 + [other.path for other in self.line].index(step.path)
        return f"Question {number} of ", step.text

    def rows(self, step):
        """The rows in which one question is asked and answered."""
        answer = self.answers[step.path]
        first = (self.asked(step), reply_for(answer))
        return [first, (GAP_ASKED, answer.gap.value)] if first[1] is Command.SKIP else [first]


def _filled(name, script, facts, text):
    sheet = MemorySheet()
    found = apply(script, sheet, facts, parse(text, name), attach=lambda _: 1, complete=True)
    assert not found.problems + found.missing
    return Story(name, script, facts, sheet.answers())


def _of_family(open_desk, shelf, family):
    before, after = open_desk("opened", home="before"), open_desk("filled", home="after")
    case_id = shelf.cases[family]
    new = Facts(after.today, {"usual_court": Answer(after.officer.usual_court)})
    own = Facts(after.today, cases.background(after.db, case_id, after.moment))
    yield Story("new-case", new_case.SCRIPT, new, dict(own.background))
    for session in sessions.of_case(after.db, case_id):
        facts = facts_for(before, case_id, session.name)
        yield Story(session.name, script_of(session.name), facts, dict(session.answers))
    words = cases.report_sheet(after.db, case_id, after.moment).answers()
    yield Story("report", report_words.SCRIPT, own, words)
    relates_to = dict(zip(FAMILIES, OTHER_MORE, strict=True))[family]
    text = OTHER.format(relates_to=relates_to) + OTHER_MORE[relates_to]
    yield _filled("other", script_of("other"), facts_for(before, case_id, "other"), text)


@pytest.fixture(scope="session")
def stories(shelf, tmp_path_factory):
    """Every guided script with a whole set of answers, by (family, name); those without a family under ""."""
    found = {}
    with contextlib.ExitStack() as stack:

        def open_desk(stage, home):
            db = open_file(shelf.take(stage, tmp_path_factory.mktemp(home)), shelf.key)
            stack.callback(db.close)
            desk = Office(tmp_path_factory.getbasetemp(), db, officers.load(db), WRITTEN_ON, lambda: None)
            return on_day(desk, WRITTEN_ON)

        for family in FAMILIES:
            found |= {(family, story.name): story for story in _of_family(open_desk, shelf, family)}
    for name, script, text in (
        ("init", officer.SCRIPT, (paths.examples() / "officer.toml").read_text(encoding="utf-8")),
        ("return", return_to_court.SCRIPT, (paths.examples() / "return.toml").read_text(encoding="utf-8")),
        ("safeguarding", safeguarding.SCRIPT, NOTE),
    ):
        found["", name] = _filled(name, script, Facts(WRITTEN_ON), text)
    return found


@pytest.fixture
def play():
    """Everything above, for a test to use."""
    return SimpleNamespace(
        talk=talk, reply_for=reply_for, Officer=Officer, gap_asked=GAP_ASKED, review_asked=REVIEW_ASKED
    )
