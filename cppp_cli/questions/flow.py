"""From a script and the answers so far to the line of questions that apply. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cppp_cli.programme.answers import Answers
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.questions.model import (
    YES_NO,
    Each,
    Facts,
    Item,
    Kind,
    Question,
    Repeat,
    Script,
    Section,
    View,
)


@dataclass(frozen=True)
class Step:
    """One question in its place: where its answer is kept, and how it reads just here."""

    path: str
    question: Question
    view: View
    section: Section
    heading: str  # "Child 2: Ivy"; empty outside a group

    @property
    def text(self) -> str:
        """The question with the names of this case in it."""
        return fill(self.question.text, self.view)

    @property
    def hint(self) -> str:
        """The hint with the names of this case in it."""
        return fill(self.question.hint, self.view)


class _Names(dict[str, str]):
    """The words a question's text may hold; looked up only when used."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __missing__(self, word: str) -> str:
        parts = self.view.prefix.rstrip(".").split(".")
        within = dict(zip(parts[::2], parts[1::2], strict=False))
        if word in {"a", "b"}:
            return self.view.side_names(word.upper())
        if word == "parent":
            return self.view.side_names(self.view.text("side"))
        if word == "other_parent":
            return self.view.side_names("B" if self.view.text("side") == "A" else "A")
        if word == "criterion":
            return CRITERIA[within["screening"]]
        group = {"adult": "adults", "child": "children"}[word]
        return self.view.name(f"{group}.{within[group]}")


def fill(text: str, view: View) -> str:
    """Put names into a question's own text; a name is never read as a placeholder in turn."""
    return text.format_map(_Names(view)) if "{" in text else text


def steps(script: Script, answers: Answers, facts: Facts) -> tuple[Step, ...]:
    """Every question that applies, in order, given what has been answered so far."""
    root = View(answers, facts)
    found: list[Step] = []
    for section in script.sections:
        if section.when(root):
            found.extend(_walk(section.items, section, root, ""))
    return tuple(found)


def _walk(items: tuple[Item, ...], section: Section, view: View, heading: str) -> Iterator[Step]:
    for item in items:
        if not item.when(view):
            continue
        if isinstance(item, Question):
            yield Step(view.prefix + item.key, item, view, section, heading)
        elif isinstance(item, Each):
            for name in item.over(view):
                inner = View(view.answers, view.facts, f"{view.prefix}{item.key}.{name}.")
                yield from _walk(item.items, section, inner, fill(item.title, inner))
        else:
            yield from _walk_repeat(item, section, view)


def _walk_repeat(group: Repeat, section: Section, view: View) -> Iterator[Step]:
    more = Question("more", group.another, Kind.CHOICE, choices=YES_NO, required=True, check=group.check)
    for number in range(1, group.at_most + 1):
        inner = View(view.answers, view.facts, f"{view.prefix}{group.key}.{number}.")
        yield from _walk(group.items, section, inner, f"{group.title} {number}")
        if number < group.at_least:
            continue
        if number == group.at_most:
            return
        yield Step(f"{inner.prefix}more", more, inner, section, f"{group.title} {number}")
        if inner.answers.get(f"{inner.prefix}more", None) is None or inner.text("more") != "yes":
            return


def set_aside(script: Script, answers: Answers, facts: Facts) -> tuple[str, ...]:
    """Paths that hold an answer to a question that no longer applies."""
    live = {step.path for step in steps(script, answers, facts)}
    return tuple(path for path in answers if path not in live)
