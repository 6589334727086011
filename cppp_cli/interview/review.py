"""The review screen's rows: every question that applies, numbered, with its answer in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import say_date
from cppp_cli.questions.model import Kind

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Answer, Answers
    from cppp_cli.questions.flow import Step

SHOWN = 160  # characters of a long answer; the whole is in the answer itself


def rows(line: tuple[Step, ...], answers: Answers) -> list[tuple[str, list[tuple[int, str, str]]]]:
    """The questions by section, as (number, label, answer in words); numbers run through all sections."""
    found: list[tuple[str, list[tuple[int, str, str]]]] = []
    for number, step in enumerate(line, 1):
        if not found or found[-1][0] != step.section.title:
            found.append((step.section.title, []))
        label = f"{step.heading} · {step.text}" if step.heading else step.text
        said = say_value(step, answers[step.path]) if step.path in answers else "(not answered yet)"
        found[-1][1].append((number, label, said))
    return found


def say_value(step: Step, answer: Answer) -> str:
    """An answer as people read it; long ones are shortened, never changed."""
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
    flat = " ".join(said.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]} … ({len(said):,} characters)"
