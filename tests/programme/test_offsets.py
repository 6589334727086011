from __future__ import annotations

import copy
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from cppp_cli.errors import TemplateError
from cppp_cli.programme.offsets import PROGRAMME_DAYS, STEP_KEYS, StepRule, read_offsets

SHIPPED = tomllib.loads((Path(__file__).parents[2] / "templates" / "timetable.toml").read_text(encoding="utf-8"))


@pytest.fixture
def table():
    return copy.deepcopy(SHIPPED)


def test_the_shipped_timetable_is_valid_and_in_order():
    rules = read_offsets(SHIPPED)
    assert tuple(rule.key for rule in rules) == STEP_KEYS
    assert [rule.kind for rule in rules] == ["session"] * 4 + ["desk"] * 3 + ["filing"]
    assert rules[-1].last_day == PROGRAMME_DAYS
    assert all(before.first_day <= rule.first_day for before, rule in pairwise(rules))


def test_what_is_read_is_what_is_written(table):
    table["step"][2] |= {"label": " The child ", "first-day": 22, "last-day": 40, "gap": 3}
    assert read_offsets(table)[2] == StepRule("child", "The child", "session", first_day=22, last_day=40, gap=3)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda table: table.clear(), "one [[step]] for each step"),
        (lambda table: table.update(step="parent-a"), "one [[step]] for each step"),
        (lambda table: table.update(weeks=12), "nothing else"),
        (lambda table: table["step"].pop(), "in this order, parent-a, parent-b"),
        (lambda table: table["step"].reverse(), "in this order, parent-a, parent-b"),
        (lambda table: table["step"].append(table["step"][0]), "in this order, parent-a, parent-b"),
        (lambda table: table["step"].insert(0, "parent-a"), "step 1 must hold key, label"),
        (lambda table: table["step"][1].pop("gap"), "step 2 must hold key, label"),
        (lambda table: table["step"][1].update(gapp=1), "step 2 must hold key, label"),
        (lambda table: table["step"][3].update(label=" "), "label of step 4"),
        (lambda table: table["step"][3].update(key=4), "label of step 4"),
        (lambda table: table["step"][3].update(kind="meeting"), "one of session, desk, filing"),
        (lambda table: table["step"][3].update(kind=[]), "one of session, desk, filing"),
        (lambda table: table["step"][3].update(kind="filing"), "the only step of kind"),
        (lambda table: table["step"][7].update(kind="desk"), "the only step of kind"),
        (lambda table: table["step"][4].update({"gap": -1}), 'the days of "draft"'),
        (lambda table: table["step"][4].update({"gap": True}), 'the days of "draft"'),
        (lambda table: table["step"][4].update({"gap": 1.5}), 'the days of "draft"'),
        (lambda table: table["step"][7].update({"last-day": 85}), 'the days of "filing"'),
        (lambda table: table["step"][4].update({"first-day": 70}), "closes before it opens"),
        (lambda table: table["step"][4].update({"first-day": 41}), 'opens or closes before the one of "joint"'),
        (lambda table: table["step"][3].update({"last-day": 70}), 'opens or closes before the one of "joint"'),
        (lambda table: table["step"][4].update({"gap": 30}), 'leave no day for "draft"'),
    ],
)
def test_what_is_wrong_is_said_and_what_to_do(table, spoil, what):
    spoil(table)
    with pytest.raises(TemplateError) as refused:
        read_offsets(table)
    assert str(refused.value).startswith("timetable.toml: ")
    assert what in str(refused.value)
    assert str(refused.value).endswith("use the one that comes with cppp.")
