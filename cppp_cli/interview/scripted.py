"""An answers file: TOML in, the same answers as a person would have given out.

The file names each answer by its path (``children.1.born = 2017-05-04``); groups may also be written
as TOML tables. A skip is written ``{ skip = "not known" }``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cppp_cli.errors import AnswersError, PictureError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.flow import Step, fill, set_aside, steps
from cppp_cli.questions.model import Facts, Kind, Script, View
from cppp_cli.questions.read import NotValidError, read

if TYPE_CHECKING:
    from cppp_cli.interview.run import Sheet


def parse(text: str, name: str) -> dict[str, object]:
    """The answers of a TOML text by path. ``name`` is how the file is called in a message.

    Raises:
        AnswersError: the text is not TOML.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise AnswersError(f"{name} is not a valid answers file: {problem}. Mend that line and run again.") from None
    return dict(_flatten(table, ""))


def _flatten(value: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        path = f"{prefix}{key}"
        if isinstance(inner, Mapping) and set(inner) != {"skip"}:
            yield from _flatten(inner, f"{path}.")
        elif isinstance(inner, list) and inner and all(isinstance(entry, Mapping) for entry in inner):
            for number, entry in enumerate(inner, 1):
                yield from _flatten(entry, f"{path}.{number}.")
        else:
            yield path, inner


@dataclass
class Outcome:
    """What an answers file came to: questions it left open, and what was wrong with it, each with its path."""

    missing: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def apply(
    script: Script,
    sheet: Sheet,
    facts: Facts,
    given: Mapping[str, object],
    *,
    attach: Callable[[str], int],
    complete: bool,
) -> Outcome:
    """Put every given answer on the sheet, in place of one already there, by the same checks as at a terminal.

    With ``complete`` nobody will be asked afterwards: questions the file does not mention are left
    blank, and required ones are listed as missing.
    """
    outcome = Outcome()
    answers = sheet.answers()
    bad: set[str] = set()
    taken: set[str] = set()
    while (step := _next(script, answers, facts, given, bad | taken, complete=complete)) is not None:
        taken.add(step.path)
        try:
            answer = _answer(step, given, attach)
        except (NotValidError, PictureError) as problem:
            bad.add(step.path)
            outcome.problems.append(f"{step.path}: {_nameless(_by_value(str(problem), step), step.view)}")
            continue
        if answer is None:
            bad.add(step.path)
            # What a document says, and what is held in confidence, is no more for an error than a name.
            asked = fill(step.question.text.replace("{change}", "").strip(), step.view)
            outcome.missing.append(f"{step.path}: {_nameless(asked, step.view)}")
            continue
        sheet.put(step.path, answer)
        answers[step.path] = answer
    line = steps(script, answers, facts)
    outcome.problems.extend(_unused(given, {step.path for step in line}, bad))
    if complete:
        outcome.problems.extend(_overtaken(line, answers))
    if complete and not outcome.problems:
        sheet.drop(set_aside(script, answers, facts))
    return outcome


def _next(
    script: Script,
    answers: Mapping[str, Answer],
    facts: Facts,
    given: Mapping[str, object],
    done: set[str],
    *,
    complete: bool,
) -> Step | None:
    """The first question the file answers, or that nobody will answer otherwise."""
    for step in steps(script, answers, facts):
        if step.path in done:
            continue
        implied = _implied(step, given)
        if step.path in given or (implied == "yes" and answers.get(step.path) != Answer("yes")):
            return step
        if step.path not in answers and (complete or implied is not None):
            return step
    return None


def _implied(step: Step, given: Mapping[str, object]) -> str | None:
    """The answer to "is there another?", which a file gives by going on to the next item or not."""
    if step.question.key != "more":
        return None
    group, _, number = step.path.removesuffix(".more").rpartition(".")
    following = f"{group}.{int(number) + 1}."
    if any(path.startswith(following) for path in given):
        return "yes"
    return "no" if any(path.startswith(f"{group}.") for path in given) else None


def _answer(step: Step, given: Mapping[str, object], attach: Callable[[str], int]) -> Answer | None:
    """The answer the file gives to a step; None when it is required and missing."""
    if step.path in given:
        raw = given[step.path]
        if isinstance(raw, Mapping):
            return Answer(gap=_gap(raw, required=step.question.required))
        if step.question.kind is Kind.PICTURE:
            raw = attach(str(raw))
        return Answer(read(step, raw))
    implied = _implied(step, given)
    if step.question.key == "more":
        return Answer(read(step, implied or "no"))
    proposed = step.question.default(step.view)
    if proposed is not None:
        return Answer(read(step, proposed))
    return None if step.question.required else Answer(gap=Gap.BLANK)


def _gap(raw: Mapping[str, object], *, required: bool) -> Gap:
    if required:
        raise NotValidError("This one is needed and cannot be skipped.")
    wanted = str(raw["skip"]).strip().casefold().replace("_", " ")
    for gap in Gap:
        if wanted in {gap.label, gap.value.replace("_", " ")}:
            return gap
    raise NotValidError(f"A skip is one of: {', '.join(gap.label for gap in Gap)}.")


def _unused(given: Mapping[str, object], live: set[str], bad: set[str]) -> Iterator[str]:
    for path in given:
        if path not in live and path not in bad:
            near = difflib.get_close_matches(path, live, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            yield f"{path}: there is no such question, or it does not apply with these answers.{hint}"


def _overtaken(line: Iterable[Step], answers: Mapping[str, Answer]) -> Iterator[str]:
    """Answers that do not go with another one that came later. A person would be asked again."""
    for step in line:
        kept = answers.get(step.path)
        if kept is None or kept.value is None:
            continue
        try:
            read(step, kept.value)
        except NotValidError as problem:
            yield f"{step.path}: {_nameless(_by_value(str(problem), step), step.view)}"


def _by_value(text: str, step: Step) -> str:
    """A text with what to type in place of labels that come from the case: some hold what somebody said or agreed."""
    if not callable(step.question.choices):
        return text
    choices = step.question.choices_for(step.view)
    text = text.replace(f": {', '.join(c.label for c in choices)}.", f": {', '.join(c.value for c in choices)}.")
    for choice in choices:
        text = text.replace(f"“{choice.label}”", f"“{choice.value}”")
    return text


def _nameless(text: str, view: View) -> str:
    """A text with "adult 2" and "child 1" for names: what is wrong with a file is an error, and errors name nobody."""
    places = {
        said: f"{kind} {number}"
        for group, kind in (("adults", "adult"), ("children", "child"), ("others", "other person"))
        for number in view.items(group)
        for key in ("called", "full_name")
        if (said := View(view.answers, view.facts).text(f"{group}.{number}.{key}"))
    }
    if not places:
        return text
    names = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{names})(?!\w)", lambda found: places[found[0]], text)


def refuse(outcome: Outcome, *, complete: bool) -> None:
    """Raise one error that lists everything wrong or missing, so that a file is mended in one go.

    Raises:
        AnswersError: with a line for every problem.
    """
    lines = [*outcome.problems, *(outcome.missing if complete else ())]
    if lines:
        what = "Nothing was saved. These answers are missing or not valid:"
        raise AnswersError("\n".join([what, *(f"  {line}" for line in lines)]))
