"""From a script and the answers so far to the line of questions that apply. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cppp_cli.programme.screening import CRITERIA
from cppp_cli.programme.welfare import CHECKLIST
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cppp_cli.programme.answers import Answers


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
        return _WORDS[word](self.view, dict(zip(parts[::2], parts[1::2], strict=False)))


def _child(view: View, within: Mapping[str, str]) -> str:
    number = within.get("children") or view.text("child")  # a statement or letter says whose it is
    return view.name(f"children.{number}") if number else "the child"


def _order_question(view: View, within: Mapping[str, str]) -> str:
    return " ".join(view.text(f"questions.{within['order_answers']}.words").split())  # on one line, as a text is


def _blank(view: View, key: str) -> str:
    from cppp_cli.programme import clauses  # only the plan's questions need them

    clause = clauses.find(view.text("clause"))
    return next((blank.ask for blank in clause.blanks if blank.key == key), key) if clause else key


def _criterion_of_welfare(letter: str) -> str:
    title = CHECKLIST[letter]
    return f"({letter}) {title[0].upper()}{title[1:]}"


_WORDS: Mapping[str, Callable[[View, Mapping[str, str]], str]] = {
    "a": lambda view, _: view.side_names("A"),
    "b": lambda view, _: view.side_names("B"),
    "parent": lambda view, _: view.side_names(view.text("side")),
    "other_parent": lambda view, _: view.side_names("B" if view.text("side") == "A" else "A"),
    "criterion": lambda _, within: CRITERIA[within["screening"]],
    "checklist": lambda _, within: _criterion_of_welfare(within["checklist"]),
    "adult": lambda view, within: view.name(f"adults.{within['adults']}"),
    "child": _child,
    "children": lambda view, _: listed(view.name(f"children.{n}") for n in view.items("children")) or "the children",
    "order_question": _order_question,
    "blockers": lambda view, _: view.text("joint_blockers"),
    "blank": lambda view, within: _blank(view, within["blanks"]),
    "change": lambda view, within: view.text(f"changes.{next(iter(within.values()))}.told"),
}


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: "Ann, Bo and Cy"."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


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
    def proposal(inner: View) -> str:
        # A bare Enter ends a list, where it may end; it never opens another item to be filled.
        return "yes" if group.check("no", inner) else "no"

    more = Question(
        "more", group.another, Kind.CHOICE, choices=YES_NO, required=True, check=group.check, default=proposal
    )
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
