"""``--questions``: what is printed can be filled in as it stands, and comes back as the answers it was filled with."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.interview.scripted import Outcome, apply, parse
from cppp_cli.interview.skeleton import skeleton
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.model import Facts
from cppp_cli.store.sheets import MemorySheet

NAMES = ("new-case", "parent-a", "parent-b", "child", "joint", "other", "report", "agreed", "open", "calendar")
STORIES = [
    *((family, name) for family in FAMILIES for name in NAMES),
    ("", "init"),
    ("", "return"),
    ("", "safeguarding"),
]
KEY = re.compile(r"# ([a-z_0-9.]+) = ")


def opened(text):
    """The skeleton with every line to fill in freed of its #."""
    lines = text.splitlines()
    return "\n".join(line[2:] if KEY.match(line) or line == "# '''" else line for line in lines)


def written(answer):
    """A value as a file has it."""
    if answer.gap:
        return f'{{ skip = "{answer.gap.label}" }}'
    return json.dumps(answer.value, ensure_ascii=False)


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_every_line_is_a_comment_until_it_is_freed_and_then_a_question(stories, key):
    story = stories[key]
    text = skeleton(story.script, story.facts)
    assert tomllib.loads(text) == {}
    asked = set(parse(opened(text), key[1]))
    assert asked == set(KEY.findall(text)), "no question stands there twice"
    first_items = {step.path for step in story.line if not re.search(r"\.([2-9]|\d\d)\.", step.path)}
    assert {path for path in first_items if not path.endswith(".more")} <= asked


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_filled_in_it_gives_the_same_answers(stories, key):
    story = stories[key]
    needed = {step.path for step in story.line if step.question.required}
    value = {path: a for path, a in story.answers.items() if a.gap is not Gap.BLANK or path not in needed}
    lines, multi = [], False
    for line in skeleton(story.script, story.facts).splitlines():
        found = KEY.match(line)
        if found and found[1] in value:
            line = f"{found[1]} = {written(value.pop(found[1]))}"  # noqa: PLW2901 - the line is filled in
            multi = True
        elif found:
            multi = False
        elif line == "# '''" and multi:
            continue
        lines.append(line)
    # For a second item the lines are copied, as the head of the file says.
    lines += [f"{path} = {written(answer)}" for path, answer in value.items()]
    sheet = MemorySheet()
    given = parse("\n".join(lines), key[1])
    outcome = apply(story.script, sheet, story.facts, given, attach=int, complete=True)
    assert outcome == Outcome()
    assert sheet.answers() == story.answers


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_it_says_which_are_needed_what_can_be_chosen_and_who_is_who(stories, key):
    story = stories[key]
    lines = skeleton(story.script, story.facts).splitlines()
    above = {}
    for number, line in enumerate(lines):
        if found := KEY.match(line):
            start = next(n for n in range(number - 1, -1, -1) if not lines[n].startswith("#   "))
            above[found[1]] = "\n".join(lines[start:number])
    for step in story.line:
        if step.path not in above:
            continue
        assert ("(needed)" in above[step.path]) == step.question.required
        for choice in step.question.choices_for(step.view):
            if choice.value.startswith(("adults.", "children.")) and "one of" in above[step.path]:
                assert key[1] == "new-case" or f"{choice.value} ({choice.label})" in above[step.path]


def test_names_that_look_like_toml_stay_within_the_comments(stories):
    story = stories["family-1", "child"]
    odd = Facts(
        story.facts.today, {**story.facts.background, "children.1.called": Answer("''' \"\"\" \\u {x} # [y] =")}
    )
    text = skeleton(story.script, odd)
    assert tomllib.loads(text) == {}
    tomllib.loads(opened(text))
