"""The usual timetable as it stands in timetable.toml: for each step its window, and the gap before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeGuard

from cppp_cli.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["session", "desk", "filing"]

PROGRAMME_DAYS = 84
STEP_KEYS = ("parent-a", "parent-b", "child", "joint", "draft", "fact-check", "quality-assurance", "filing")

_KINDS = ("session", "desk", "filing")
_SETTINGS = ("key", "label", "kind", "first-day", "last-day", "gap")


@dataclass(frozen=True, slots=True)
class StepRule:
    """When one step usually happens.

    Attributes:
        key: which step, one of `STEP_KEYS`.
        label: what the officer calls it.
        kind: a session with people, work at the desk, or the filing itself.
        first_day: where its window opens, in days after day zero.
        last_day: the last day of its window.
        gap: the least number of days after the step before.
    """

    key: str
    label: str
    kind: Kind
    first_day: int
    last_day: int
    gap: int


def read_offsets(table: Mapping[str, object]) -> tuple[StepRule, ...]:
    """The rules in a parsed timetable.toml, in order.

    Raises:
        TemplateError: a step is missing, misplaced or written wrongly, or the windows cannot be kept one after the
            other within the programme.
    """
    found = table.get("step")
    if not isinstance(found, list) or set(table) != {"step"}:
        raise _problem("it must hold one [[step]] for each step and nothing else")
    rules = tuple(_read_step(number, entry) for number, entry in enumerate(found, start=1))
    if tuple(rule.key for rule in rules) != STEP_KEYS:
        raise _problem(f"the steps must be, in this order, {', '.join(STEP_KEYS)}")
    if [rule.key for rule in rules if rule.kind == "filing"] != ["filing"]:
        raise _problem('"filing" must be the only step of kind "filing"')
    _refuse_tangled_windows(rules)
    return rules


def _read_step(number: int, entry: object) -> StepRule:
    if not isinstance(entry, dict) or set(entry) != set(_SETTINGS):
        raise _problem(f"step {number} must hold {', '.join(_SETTINGS)} and nothing else")
    key, label, kind = entry["key"], entry["label"], entry["kind"]
    if not isinstance(key, str) or not isinstance(label, str) or not label.strip() or not _is_kind(kind):
        raise _problem(f"the key and label of step {number} must be words, and its kind one of {', '.join(_KINDS)}")
    days = entry["first-day"], entry["last-day"], entry["gap"]
    if any(type(day) is not int or not 0 <= day <= PROGRAMME_DAYS for day in days):
        raise _problem(f'the days of "{key}" must be whole numbers from 0 to {PROGRAMME_DAYS}')
    return StepRule(key, label.strip(), kind, *days)


def _is_kind(said: object) -> TypeGuard[Kind]:
    return said in _KINDS


def _refuse_tangled_windows(rules: tuple[StepRule, ...]) -> None:
    for rule in rules:
        if rule.first_day > rule.last_day:
            raise _problem(f'the window of "{rule.key}" closes before it opens')
    for before, rule in pairwise(rules):
        if rule.first_day < before.first_day or rule.last_day < before.last_day:
            raise _problem(f'the window of "{rule.key}" opens or closes before the one of "{before.key}"')
    earliest = 0
    for rule in rules:
        earliest = max(rule.first_day, earliest + rule.gap)
        if earliest > rule.last_day:
            raise _problem(f'the gaps leave no day for "{rule.key}" in its window')


def _problem(what: str) -> TemplateError:
    return TemplateError(f"timetable.toml: {what}. Correct the file, or remove it to use the one that comes with cppp.")
