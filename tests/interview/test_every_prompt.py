"""At every prompt of every script, for both families: leaving loses nothing, and coming back asks the same again."""

from __future__ import annotations

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.interview.asking import Command, Left

NAMES = ("new-case", "parent-a", "parent-b", "child", "joint", "other", "report")
STORIES = [*((family, name) for family in FAMILIES for name in NAMES), ("", "init"), ("", "return")]


@pytest.mark.parametrize("key", STORIES, ids="-".join)
def test_leaving_and_coming_back(stories, play, key):
    from time import perf_counter
    t=perf_counter()
    story = stories[key]
    sheet = None
    for step in story.line():
        rows = [(step.text, Command.SAVE)]
        left = play.talk(story.script, rows, sheet=sheet, facts=story.facts)
        sheet = left.sheet
        left = play.talk(story.script, [*story.rows(step), ("", Command.SAVE)], sheet=sheet, facts=story.facts)
    print(perf_counter()-t, len(story.line()))
