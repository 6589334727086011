"""From what was typed, chosen or written in an answers file to a value. The one validator for all three. Pure."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Literal, cast

from cppp_cli.programme.clean import clean
from cppp_cli.programme.dates import DateProblem, parse_date, parse_time
from cppp_cli.questions.model import Choice, Kind, Question

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Answer, Value
    from cppp_cli.questions.flow import Step

TEXT_LIMIT = 2_000  # characters in a one-line answer
LONG_LIMIT = 200_000  # characters in a long one; about sixty pages


class NotValidError(ValueError):
    """The value cannot be taken; the text says what to enter instead."""


def read(step: Step, raw: object) -> Value:
    """The value of a raw answer.

    Raises:
        NotValidError: with a sentence that says what to enter instead.
    """
    question = step.question
    value = _by_kind(step, raw)
    objection = question.check(value, step.view)
    if objection:
        raise NotValidError(objection)
    return value


def still_fits(step: Step, answer: Answer) -> bool:
    """Whether an answer kept earlier could be given now, or a later change of another one has overtaken it.

    A gap always fits where no answer is needed.
    """
    if answer.value is None:
        return not step.question.required
    try:
        return read(step, answer.value) == answer.value
    except NotValidError:
        return False


def _by_kind(step: Step, raw: object) -> Value:
    question = step.question
    match question.kind:
        case Kind.TEXT | Kind.LONG:
            return _text(question, raw)
        case Kind.CHOICE:
            return _choice(step.question.choices_for(step.view), raw)
        case Kind.MANY:
            return _many(step.question.choices_for(step.view), raw)
        case Kind.DATE:
            return _date(question, raw, step.view.facts.today)
        case Kind.TIME:
            return _time(raw)
        case Kind.NUMBER | Kind.PICTURE:
            return _number(question, raw)


def _text(question: Question, raw: object) -> str:
    if not isinstance(raw, str):
        raise NotValidError("Write this answer as text, between quotation marks.")
    raw = clean(raw)
    limit = LONG_LIMIT if question.kind is Kind.LONG else TEXT_LIMIT
    if len(raw) > limit:
        raise NotValidError(f"This is longer than {limit:,} characters. Shorten it, or split it in two.")
    if not raw.strip():
        raise NotValidError("Type an answer, or :k to say why there is none.")
    if question.kind is Kind.TEXT and ("\n" in raw or "\r" in raw):
        raise NotValidError("This answer takes one line. Put it on one line.")
    return raw.strip("\n") if question.kind is Kind.LONG else raw.strip()


def _choice(choices: tuple[Choice, ...], raw: object) -> str:
    if isinstance(raw, bool):  # true and false in an answers file
        raw = "yes" if raw else "no"
    wanted = str(raw).strip().casefold()
    for found in (
        [c for c in choices if c.value.casefold() == wanted],
        [c for c in choices if c.label.casefold() == wanted],
        [c for c in choices if wanted and c.label.casefold().startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0].value
        if found:
            break  # two labels fit: never guess between them
    raise NotValidError(f"Choose one of: {', '.join(c.label for c in choices)}.")


def _many(choices: tuple[Choice, ...], raw: object) -> tuple[str, ...]:
    parts = [raw] if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        raise NotValidError("Give a list of choices.")
    chosen = tuple(dict.fromkeys(_choice(choices, part) for part in parts))
    if not chosen:
        raise NotValidError("Choose at least one, or :k to say why there is none.")
    alone = [c.label for c in choices if c.alone and c.value in chosen]
    if alone and len(chosen) > 1:
        raise NotValidError(f"“{alone[0]}” cannot be combined with other choices. Choose it alone, or leave it out.")
    return chosen


def _date(question: Question, raw: object, today: date) -> str:
    if isinstance(raw, date):  # an answers file may hold a date, with or without a time
        return date(raw.year, raw.month, raw.day).isoformat()
    try:
        return parse_date(str(raw), today, lean=cast("Literal['past', 'future', 'near']", question.lean)).isoformat()
    except DateProblem as problem:
        raise NotValidError(str(problem)) from None


def _time(raw: object) -> str:
    if isinstance(raw, time):
        return raw.isoformat("minutes")
    try:
        return parse_time(str(raw)).isoformat("minutes")
    except DateProblem as problem:
        raise NotValidError(str(problem)) from None


def _number(question: Question, raw: object) -> int:
    try:
        value = int(str(raw).strip())
    except ValueError:
        raise NotValidError(f"Type a whole number from {question.least} to {question.most}.") from None
    if not question.least <= value <= question.most:
        raise NotValidError(f"Type a whole number from {question.least} to {question.most}.")
    return value
