"""``--questions``: an answers file to fill in, with every question and hint as a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.questions.flow import fill
from cppp_cli.questions.model import Choice, Each, Facts, Item, Kind, Question, Repeat, Script, View

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLES = {
    Kind.TEXT: '""',
    Kind.LONG: "'''\n'''",
    Kind.CHOICE: '""',
    Kind.MANY: "[]",
    Kind.DATE: "2027-03-06",
    Kind.TIME: '"10:30"',
    Kind.NUMBER: "0",
    Kind.PICTURE: '"drawing.jpg"',
}


def skeleton(script: Script, facts: Facts) -> str:
    """A TOML text with every question of a script, each line commented out until it is filled in."""
    lines = [
        f"# {script.title}: answers file. Remove the # before each line you fill in.",
        "# This file holds personal data in the open. Delete it when it has been read.",
        '# To skip a question, write for example:  key = { skip = "not known" }',
        "# For a second child, adult or item, copy its lines and write 2 for 1.",
    ]
    for section in script.sections:
        lines += ["", f"# --- {section.title} ---"]
        lines += _walk(section.items, View({}, facts))
    return "\n".join(lines) + "\n"


def _walk(items: tuple[Item, ...], view: View) -> Iterator[str]:
    for item in items:
        match item:
            case Question():
                yield from _question(item, view)
            case Repeat():
                yield from _walk(item.items, View({}, view.facts, f"{view.prefix}{item.key}.1."))
            case Each():
                for name in item.over(view) or ("1",):
                    yield from _walk(item.items, View({}, view.facts, f"{view.prefix}{item.key}.{name}."))


def _question(question: Question, view: View) -> Iterator[str]:
    yield f"# {fill(question.text, view)}{' (needed)' if question.required else ''}"
    if question.hint:
        yield f"#   {fill(question.hint, view)}"
    choices = question.choices_for(view)
    if choices:
        yield f"#   one of: {', '.join(map(_named, choices))}"
    sample = _SAMPLES[question.kind].replace("\n", "\n# ")
    yield f"# {view.prefix}{question.key} = {sample}"


def _named(choice: Choice) -> str:
    """What to write for a choice, with what it stands for when that is not plain: "adults.1 (Ann)"."""
    plain = choice.value.replace("_", " ").casefold() == choice.label.casefold()
    return choice.value if plain else f"{choice.value} ({choice.label})"
