"""The review screen's rows: every question that applies, numbered, with its answer in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import say_date
from cppp_cli.questions.flow import Step, fill, steps
from cppp_cli.questions.model import Kind, Question, Repeat, Section, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.programme.answers import Answer, Answers
    from cppp_cli.questions.model import Facts, Item, Script

ASIDE = "No longer asked, and left out when you finish"
SHOWN = 160  # characters of a long answer; the whole is in the answer itself


def screen(
    script: Script, line: Sequence[Step], aside: Sequence[str], answers: Answers, facts: Facts
) -> list[tuple[str, str]]:
    """The whole screen as (title, lines): all questions numbered through, and what is set aside at the end."""
    found: list[tuple[str, list[str]]] = []
    for number, step in enumerate(line, 1):
        if not found or found[-1][0] != step.section.title:
            found.append((step.section.title, []))
        said = say_value(step, answers[step.path]) if step.path in answers else "(not answered yet)"
        found[-1][1].append(f"{number}. {_row(step, said)}")
    if aside:
        left = [step_at(script, path, answers, facts) for path in aside]
        found.append((ASIDE, [_row(step, say_value(step, answers[step.path])) for step in left]))
    return [(title, "\n".join(lines)) for title, lines in found]


def _row(step: Step, said: str) -> str:
    asked = label(step)
    return f"{asked}{' ' if asked.endswith('?') else ': '}{said}"


def label(step: Step) -> str:
    """A question with the group it belongs to, for instance "Child 2 · Full name"."""
    return f"{step.heading} · {step.text}" if step.heading else step.text


def say_value(step: Step, answer: Answer, *, shown: int | None = SHOWN) -> str:
    """An answer as people read it, on one line of ``shown`` characters at most; whole when that is None."""
    if answer.value is None:
        return f"({answer.gap.label})" if answer.gap else "(nothing)"
    labels = {c.value: c.label for c in step.question.choices_for(step.view)}
    if isinstance(answer.value, tuple):
        return ", ".join(labels.get(v, v) for v in answer.value)
    if step.question.kind is Kind.DATE:
        return say_date(date.fromisoformat(str(answer.value)))
    said = labels.get(str(answer.value), str(answer.value))
    if step.question.kind is Kind.PICTURE:
        return f"attached (picture {said})"
    if shown is None:
        return said
    flat = " ".join(said.split())
    return flat if len(flat) <= shown else f"{flat[:shown]} … ({len(said):,} characters)"


def show_answers(script: Script, answers: Answers, facts: Facts) -> list[tuple[str, str]]:
    """Every answered question with its whole answer, as (question, answer)."""
    return [
        (label(step), say_value(step, answers[step.path], shown=None))
        for step in steps(script, answers, facts)
        if step.path in answers and step.question.key != "more"
    ]


def step_at(script: Script, path: str, answers: Answers, facts: Facts) -> Step:
    """The question of a path as it was asked, whether or not it applies now."""
    prefix, dot, key = path.rpartition(".")
    view = View(answers, facts, prefix + dot)
    for section in script.sections:
        found = _question_at(section.items, path.split("."), view)
        if found:
            return Step(path, found[1], view, section, found[0])
    return Step(path, Question(key, key), view, Section("", ()), "")  # of an earlier version of the script


def _question_at(items: Sequence[Item], parts: list[str], view: View) -> tuple[str, Question] | None:
    """The innermost group's heading and the question."""
    for item in items:
        if isinstance(item, Question):
            if [item.key] == parts:
                return "", item
        elif parts[0] == item.key and len(parts) > len(("group", "item")):
            title = f"{item.title} {parts[1]}" if isinstance(item, Repeat) else fill(item.title, view)
            if isinstance(item, Repeat) and parts[2:] == ["more"]:
                return title, Question("more", item.another)
            found = _question_at(item.items, parts[2:], view)
            if found:
                return found[0] or title, found[1]
    return None
