"""Made-up families as a session sees them, and an officer who answers at random."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.flow import set_aside, steps
from cppp_cli.questions.model import Facts, Kind
from cppp_cli.questions.read import NotValidError, read, still_fits

TODAY = date(2027, 3, 9)
ADULTS = (("Ann Reed", "Ann", "A"), ("Bo Reed", "Bo", "B"))
CHILDREN = (("Ivy Reed", "Ivy"), ("Max Reed", "Max"))
WORDS = (
    "Ann",
    "{a} and {child}",
    "%s",
    "Ünïcode ✓",
    "[x](y) **z**",
    "x" * 300,
    ":b in a sentence",
    "AAAABBA AABBOOA",
)  # the last are letters of nights


def background(adults=ADULTS, children=CHILDREN, **more):
    """A case as answers by its own paths; ``more`` with two underscores for each dot."""
    found = {"case_number": "ZE23P01234", "route": "rule_16_4", "planned_on": "2027-03-04", "planned_at": "10:00"}
    for number, (full_name, called, side) in enumerate(adults, 1):
        role = "applicant" if side == "A" else "respondent"
        found |= {
            f"adults.{number}.{key}": value
            for key, value in (("full_name", full_name), ("called", called), ("side", side), ("role", role))
            if value
        }
    for number, (full_name, called) in enumerate(children, 1):
        found |= {
            f"children.{number}.{key}": value
            for key, value in (("full_name", full_name), ("called", called), ("born", "2017-05-04"))
            if value
        }
    found |= {key.replace("__", "."): value for key, value in more.items()}
    return Facts(TODAY, {path: Answer(value) for path, value in found.items() if value is not None})


def candidate(step, dice):
    """Something an officer might give to a question; not always something it takes."""
    kinds = {
        Kind.TEXT: lambda: dice.choice(WORDS),
        Kind.LONG: lambda: "\n".join(dice.choices(WORDS, k=dice.randint(1, 3))),
        Kind.CHOICE: partial(_one, step, dice),
        Kind.MANY: partial(_several, step, dice),
        Kind.DATE: partial(_day, dice),
        Kind.TIME: lambda: f"{dice.randint(0, 23):02}:{dice.choice((0, 15, 59)):02}",
    }
    number = lambda: dice.randint(step.question.least, step.question.most)  # noqa: E731 - the last of the kinds
    return kinds.get(step.question.kind, number)()


def _day(dice):
    return (TODAY + timedelta(days=dice.choice((0, 0, -1, 1, -6, 20, -700, 400)))).isoformat()


def _one(step, dice):
    """One choice; mostly no further item, and mostly a session that was held, so that walks are short and go deep."""
    if step.question.key == "more":
        return "yes" if dice.random() < 0.25 else "no"
    if step.question.key == "outcome" and dice.random() < 0.75:
        return "held"
    return dice.choice(step.question.choices_for(step.view)).value


def _several(step, dice):
    choices = step.question.choices_for(step.view)
    together = [c.value for c in choices if not c.alone]
    if not together or (len(together) < len(choices) and dice.random() < 0.3):
        return (dice.choice([c.value for c in choices if c.alone]),)
    return tuple(dice.sample(together, dice.randint(1, len(together))))


def give(step, dice, skips=0.2):
    """An answer the question takes, found by trying; a gap when none is found and none is needed."""
    question = step.question
    if not question.required and dice.random() < skips:
        return Answer(gap=dice.choice(list(Gap)))
    for _ in range(60):
        try:
            return Answer(read(step, candidate(step, dice)))
        except NotValidError:
            continue
    if question.key == "more":
        return Answer(read(step, "yes"))
    assert not question.required, f"nothing could be answered to {step.path}"
    return Answer(gap=Gap.NOT_KNOWN)


def look_at(step, dice):
    """Call everything a question can do, as the skins would, and check what comes back."""
    question, view = step.question, step.view
    assert step.text
    assert isinstance(step.hint, str)
    choices = question.choices_for(view)
    assert len({c.value for c in choices}) == len(choices)
    assert len({c.label for c in choices}) == len(choices)
    assert bool(choices) == (question.kind in {Kind.CHOICE, Kind.MANY})
    proposed = question.default(view)
    if proposed is not None:
        read(step, proposed)
    value = candidate(step, dice)
    objection = question.check(value, view)
    remark = question.caution(value, view) if objection is None else None
    assert all(said is None or said.endswith(".") for said in (objection, remark))


def walk(script, facts, seed, skips=0.2, answers=None):
    """Answer at random, one open question after another, until none is open."""
    dice = random.Random(seed)
    answers = dict(answers or {})
    for _ in range(5_000):
        line = steps(script, answers, facts)
        paths = [step.path for step in line]
        assert len(set(paths)) == len(paths)
        step = next((step for step in line if step.path not in answers), None)
        if step is None:
            return answers
        look_at(step, dice)
        answers[step.path] = give(step, dice, skips)
    raise AssertionError("the questions do not come to an end")


def changed_mind(script, facts, seed, skips=0.2):
    """A walk, then some answers changed, and whatever they overtook or opened answered again."""
    dice = random.Random(seed)
    answers = walk(script, facts, seed, skips)
    for _ in range(4):
        step = dice.choice(steps(script, answers, facts))
        answers[step.path] = give(step, dice)
        answers = _settled(script, facts, walk(script, facts, dice.random(), skips, answers), dice)
    for path in set_aside(script, answers, facts):
        del answers[path]
    return answers


def _settled(script, facts, answers, dice):
    for _ in range(200):
        line = steps(script, answers, facts)
        stale = next((step for step in line if not still_fits(step, answers[step.path])), None)
        if stale is None:
            return answers
        answers[stale.path] = give(stale, dice)
        answers = walk(script, facts, dice.random(), answers=answers)
    raise AssertionError("the answers never come to fit each other")


def story(script, facts, rows, end=None):
    """Follow a table of (path, answer): each row must be the open question; None as an answer leaves it blank."""
    answers = {}

    def open_path():
        return next((s for s in steps(script, answers, facts) if s.path not in answers), None)

    for path, given in rows:
        step = open_path()
        assert step is not None, f"no question is open where {path} was expected"
        assert step.path == path
        if given is None:
            assert not step.question.required, f"{path} cannot be left blank"
            answers[path] = Answer(gap=Gap.BLANK)
        else:
            answers[path] = Answer(read(step, given))
    left = open_path()
    assert (left.path if left else None) == end
    return answers


@pytest.fixture(scope="session")
def desk():
    """Everything above, for a test to use."""
    return SimpleNamespace(
        today=TODAY, background=background, give=give, walk=walk, changed_mind=changed_mind, story=story
    )
