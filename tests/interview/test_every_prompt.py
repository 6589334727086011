"""At every prompt of every script, as both families answer it: nothing is lost, whatever the officer does there."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, datetime

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.errors import StoppedError
from cppp_cli.interview.asking import Command, Left
from cppp_cli.interview.run import Desk, interview
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Kind
from cppp_cli.questions.read import NotValidError, read, still_fits
from cppp_cli.store import cases, sessions
from cppp_cli.store.ledger_sheet import LedgerSheet
from cppp_cli.store.sheets import MemorySheet

SESSIONS = ("parent-a", "parent-b", "child", "joint", "other")
PLAN = {"agreed": "entry.99", "open": "entry.99", "calendar": "calendar.agreed"}
NAMES = ("new-case", *SESSIONS, "report", *PLAN)
STORED = [(family, name) for family in FAMILIES for name in NAMES]
FORMS = [("", "init"), ("", "return"), ("", "safeguarding")]
STORIES = [*STORED, *FORMS]


@pytest.fixture
def stored(open_desk, shelf):
    """A new sheet of a script's own in the encrypted file, and the same sheet opened again."""

    def of(family, name):
        desk = open_desk("opened" if name in PLAN else "held")
        case_id = shelf.cases[family]
        if name in PLAN:
            return lambda: LedgerSheet(desk.db, case_id, PLAN[name])
        if name == "new-case":
            new = cases.begin(desk.db, desk.moment)
            return lambda: cases.sheet(desk.db, new, desk.moment)
        if name == "report":
            return lambda: cases.report_sheet(desk.db, case_id, desk.moment)
        session = sessions.begin(desk.db, case_id, name, desk.moment)
        return lambda: sessions.sheet(desk.db, session, case_id, desk.moment)

    return of


def leave_everywhere(story, play, open_sheet):
    """Leave three times at every prompt, in each way there is, and come back; the answers given so far are there."""
    so_far = {}

    def leave(*rows):
        left = play.talk(story.script, rows, sheet=open_sheet(), facts=story.facts, attach=attach)
        assert left.end == "left"
        assert open_sheet().answers() == so_far

    def attach(_):
        return story.answers[step.path].value

    for step in story.line:
        asked = play.asked(story, step)
        leave((asked, Command.SAVE))
        leave((asked, Left("half a sen")))
        assert open_sheet().unfinished(step.path) == "half a sen"
        if not step.question.required:
            leave((asked, Command.SKIP), (play.gap_asked, Left()))
        before = dict(so_far)
        so_far[step.path] = story.answers[step.path]
        leave(*play.rows(story, step), ("", Left()))
        assert before.items() <= open_sheet().answers().items()
        assert not open_sheet().unfinished(step.path)
    leave((play.review_asked, Command.SAVE))
    done = play.talk(story.script, [(play.review_asked, "")], sheet=open_sheet(), facts=story.facts)
    assert done.end is True
    assert open_sheet().answers() == story.answers


@pytest.mark.parametrize("key", FORMS, ids="-".join)
def test_leaving_a_form_at_every_prompt_loses_nothing(stories, play, key):
    sheet = MemorySheet()
    leave_everywhere(stories[key], play, lambda: sheet)


@pytest.mark.parametrize("key", STORED, ids="-".join)
def test_leaving_at_every_prompt_loses_nothing(stories, play, stored, key):
    leave_everywhere(stories[key], play, stored(*key))


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_every_answer_is_kept_before_the_next_prompt_is_drawn(stories, play, key):
    story, sheet, kept = stories[key], MemorySheet(), []

    def watch(prompt):
        kept.append(tuple(sheet.answers()))

    rows = [row for step in story.line for row in play.rows(story, step)]
    told = play.talk(story.script, [*rows, ("", "")], sheet=sheet, facts=story.facts, attach=lambda _: 1, watch=watch)
    assert told.end is True
    paths = [step.path for step in story.line]
    asked = [n for n, prompt in enumerate(told.officer.prompts) if prompt.text != play.gap_asked]
    assert [kept[n] for n in asked] == [tuple(paths[:n]) for n in range(len(paths) + 1)]


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_going_back_at_every_prompt_keeps_what_comes_later(stories, play, key):
    story, line = stories[key], stories[key].line
    rows = []
    for before, step in zip((None, *line), line, strict=False):
        if before:
            rows += [(play.asked(story, step), Command.BACK), *play.rows(story, before)]
        rows += play.rows(story, step)
    home = [(play.asked(story, step), Command.BACK) for step in reversed(line)]
    rows += [("", Command.BACK), *home, *play.rows(story, line[0]), ("", "")]
    told = play.talk(story.script, rows, facts=story.facts, attach=lambda _: 1)
    assert told.end is True
    assert "This is the first question." in told.said
    assert set(told.answers) == set(story.answers)


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_the_other_words_ask_the_same_question_again(stories, play, key):
    story, stops = stories[key], []

    def concern():
        stops.append(1)
        return False

    rows = []
    for step in story.line:
        asked = play.asked(story, step)
        rows += [(asked, Command.WHY), (asked, Command.REVIEW), (play.review_asked, ""), (asked, Command.STOP)]
        rows += [(asked, Command.SKIP)]
        rows += [] if step.question.required else [(play.gap_asked, Command.BACK)]
        rows += play.rows(story, step)
    told = play.talk(story.script, [*rows, ("", "")], facts=story.facts, attach=lambda _: 1, concern=concern)
    assert told.end is True
    assert len(stops) == len(story.line)
    assert set(told.answers) == set(story.answers)
    needed = sum(step.question.required for step in story.line)
    assert told.said.count("This one cannot be skipped") == needed


PICTURE = 1  # the number every picture gets


class Whim:
    """An officer who does what comes to mind, and at every prompt looks for each answer ever given."""

    def __init__(self, story, seed, sheet):
        self.story, self.dice, self.sheet = story, random.Random(seed), sheet
        self.given = {}
        self.step = None
        self.left = 120  # prompts until the officer only answers, to come to an end

    def ask(self, prompt):
        assert self.sheet.answers() == self.given
        self.left -= 1
        assert self.left > -1_000, f"no end: {prompt.text}"
        if prompt.text.startswith("Type a number"):
            reply = self.at_review()
        elif prompt.text == "Why is there no answer?":
            reply = self.dice.choice([*(c.value for c in prompt.choices), "soon", Command.BACK, Command.SAVE])
            if reply in set(Gap):
                self.given[self.step.path] = Answer(gap=Gap(reply))
        else:
            line = steps(self.story.script, self.sheet.answers(), self.story.facts)
            self.step = line[int(prompt.place.split()[1]) - 1]
            assert self.step.text == prompt.text
            reply = self.at_question()
        if isinstance(reply, Left):
            raise reply
        return reply

    def at_review(self):
        if self.left <= 0:
            return ""
        number = self.dice.randint(0, len(steps(self.story.script, self.given, self.story.facts)) + 1)
        return self.dice.choice(["", "", Command.BACK, str(number), "what?", Command.SAVE, Command.WHY, Left()])

    def at_question(self):
        if self.left > 0 and self.dice.random() < 0.4:
            return self.dice.choice([*Command, Left(), Left("half a sen")])
        reply = self.answer()
        with contextlib.suppress(NotValidError):
            attached = PICTURE if self.step.question.kind is Kind.PICTURE else reply
            self.given[self.step.path] = Answer(read(self.step, attached))
        return reply

    def answer(self):
        step, kind, choices = self.step, self.step.question.kind, self.step.question.choices_for(self.step.view)
        known = self.story.answers.get(step.path)
        fits = known is not None and known.value is not None and still_fits(step, known)
        if fits and self.dice.random() < 0.7 + 0.3 * (self.left <= 0):
            return known.value if isinstance(known.value, tuple) else str(known.value)
        if kind in (Kind.CHOICE, Kind.MANY):
            no_more = step.question.key == "more" and still_fits(step, Answer("no")) and self.left <= 0
            value = "no" if no_more else self.dice.choice(choices).value
            every = tuple(choice.value for choice in choices if not choice.alone)
            return value if kind is Kind.CHOICE else self.dice.choice([(value,), every or (value,)])
        some = {
            Kind.DATE: ("2026-08-01", "20 September 2026", "today", "31 June", "Monday 3 August 2026"),
            Kind.TIME: ("09:00", "17:15", "22:00", "25:00"),
            Kind.NUMBER: ("3", "11"),
        }
        return self.dice.choice(some.get(kind, (f"words {self.left}", f"more words {self.left}")))

    def say(self, text):
        assert text

    def section(self, title, text):
        assert title or text


class Watched(MemorySheet):
    """Tells the officer of answers that are dropped, which happens when a review is accepted."""

    officer: Whim

    def drop(self, paths):
        super().drop(paths)
        for path in paths:
            del self.officer.given[path]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("key", STORED, ids="-".join)
def test_whatever_the_officer_does_every_answer_stands(stories, key, seed):
    story, sheet = stories[key], Watched()
    officer = sheet.officer = Whim(story, seed, sheet)
    desk = Desk(
        officer, lambda: datetime(2026, 8, 6, 10, 42, tzinfo=UTC), lambda _: PICTURE, lambda: False, "cppp again"
    )
    end, sittings = None, 0
    while end is None:
        sittings += 1
        assert sittings < 200
        with contextlib.suppress(StoppedError):
            end = interview(story.script, sheet, story.facts, desk)
    assert end is True
    answers = sheet.answers()
    line = steps(story.script, answers, story.facts)
    assert {step.path for step in line} == set(answers)
    assert all(still_fits(step, answers[step.path]) for step in line)
