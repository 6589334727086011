"""The loop: ask, check, save, go on. Every answer is on disk before the next question is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from cppp_cli.errors import PictureError, StoppedError
from cppp_cli.interview.asking import COMMANDS_HELP, Asker, Command, Left, Prompt, Raw
from cppp_cli.interview.review import rows, say_value
from cppp_cli.programme.answers import Answer, Answers, Gap, Value
from cppp_cli.programme.dates import say_date, say_distance
from cppp_cli.questions.flow import Step, set_aside, steps
from cppp_cli.questions.model import Choice, Facts, Kind, Script
from cppp_cli.questions.read import NotValidError, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Sheet(Protocol):
    """Where answers are kept. Each call is durable when it returns."""

    def answers(self) -> dict[str, Answer]:
        """Every answer so far, by path."""

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer."""

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers to questions that no longer apply."""

    def unfinished(self, path: str) -> str:
        """Words typed into a question and not yet given as its answer."""

    def keep_unfinished(self, path: str, typed: str) -> None:
        """Keep such words; empty text forgets them."""


@dataclass(frozen=True)
class Desk:
    """What the loop needs besides questions and a sheet."""

    asker: Asker
    now: Callable[[], datetime]
    attach: Callable[[str], int]  # a file's path -> the number of the stored picture
    concern: Callable[[], bool]  # takes a safeguarding note; True ends the interview here
    resume: str  # what to type to come back


@dataclass
class _Run:
    script: Script
    sheet: Sheet
    facts: Facts
    desk: Desk
    answers: dict[str, Answer]
    asked: list[str]
    section: str = ""
    saved: str = ""


def interview(script: Script, sheet: Sheet, facts: Facts, desk: Desk) -> bool:
    """Ask until every question has an answer and the review is accepted.

    Returns:
        True when finished; False when a safeguarding concern ended it early.

    Raises:
        StoppedError: the officer saved and left, or the terminal closed; all answers are kept.
    """
    run = _Run(script, sheet, facts, desk, sheet.answers(), [])
    desk.asker.say(COMMANDS_HELP)
    at: str | None = None
    while True:
        line = steps(script, run.answers, facts)
        step = _pick(line, run.answers, at)
        try:
            if step is None:
                at = _review(run, line)
                if at is None:
                    return True
                continue
            moved = _ask_step(run, line, step)
        except Left as left:
            if step is not None and left.typed.strip():
                sheet.keep_unfinished(step.path, left.typed)
            raise StoppedError(f"Saved. Nothing is lost. To go on: {desk.resume}") from None
        if moved is False:
            return False
        at = moved if isinstance(moved, str) else None


def _pick(line: tuple[Step, ...], answers: Answers, at: str | None) -> Step | None:
    if at is not None:
        for step in line:
            if step.path == at:
                return step
    return next((step for step in line if step.path not in answers), None)


def _ask_step(run: _Run, line: tuple[Step, ...], step: Step) -> str | bool:
    """Ask one question; the path to ask next, True for the first open one, or False to end."""
    if step.section.title != run.section:
        run.section = step.section.title
        run.desk.asker.section(step.section.title, step.section.say)
    reply = run.desk.asker.ask(_prompt(run, line, step))
    if not isinstance(reply, Command):
        return _take(run, step, reply)
    match reply:
        case Command.BACK:
            return _before(run, line, step)
        case Command.SAVE:
            raise Left
        case Command.SKIP:
            return _skip(run, step)
        case Command.WHY:
            run.desk.asker.say(step.question.why or step.hint or "There is no more to say about this one.")
            return step.path
        case Command.REVIEW:
            return _review(run, line) or step.path
        case Command.STOP:
            return False if run.desk.concern() else step.path


def _take(run: _Run, step: Step, raw: Raw) -> str | bool:
    """Check and save what was typed; the same path again when it cannot be taken."""
    try:
        value: object = raw
        if step.question.kind is Kind.PICTURE and isinstance(raw, str) and not _is_kept_picture(run, step, raw):
            value = run.desk.attach(raw)
        answer = Answer(read(step, value)) if raw not in ("", ()) else _nothing(step)
    except (NotValidError, PictureError) as problem:
        run.desk.asker.say(str(problem))
        if isinstance(raw, str) and step.question.kind is Kind.LONG:
            run.sheet.keep_unfinished(step.path, raw)
        return step.path
    _save(run, step, answer)
    if answer.value is not None:
        _echo(run, step, answer.value)
    return True


def _is_kept_picture(run: _Run, step: Step, raw: str) -> bool:
    """Whether a bare Enter kept the picture that is attached already."""
    kept = run.answers.get(step.path)
    return raw == "" or (kept is not None and raw == str(kept.value))


def _nothing(step: Step) -> Answer:
    if step.question.required:
        raise NotValidError("This one is needed. Type an answer, or :s to save and leave.")
    return Answer(gap=Gap.BLANK)


def _save(run: _Run, step: Step, answer: Answer) -> None:
    run.sheet.put(step.path, answer)
    run.answers[step.path] = answer
    run.sheet.keep_unfinished(step.path, "")
    run.asked = [*(p for p in run.asked if p != step.path), step.path]
    run.saved = run.desk.now().strftime("%H:%M")


def _echo(run: _Run, step: Step, value: Value) -> None:
    if step.question.kind is Kind.DATE:
        day = date.fromisoformat(str(value))
        run.desk.asker.say(f"{say_date(day)} ({say_distance(day, run.facts.today)})")
    caution = step.question.caution(value, step.view)
    if caution:
        run.desk.asker.say(f"Note: {caution}")


def _before(run: _Run, line: tuple[Step, ...], step: Step) -> str:
    """The path of the question before this one; the first question stays where it is."""
    paths = [s.path for s in line]
    place = paths.index(step.path)
    if place == 0:
        run.desk.asker.say("This is the first question.")
    return paths[max(place - 1, 0)]


_GAPS = tuple(Choice(gap.value, gap.label) for gap in Gap if gap is not Gap.BLANK)


def _skip(run: _Run, step: Step) -> str | bool:
    if step.question.required:
        run.desk.asker.say("This one cannot be skipped. Type an answer, or :s to save and leave.")
        return step.path
    reply = run.desk.asker.ask(Prompt("Why is there no answer?", Kind.CHOICE, choices=_GAPS))
    if reply is Command.SAVE:
        raise Left
    if isinstance(reply, Command):
        return step.path
    try:
        gap = next(Gap(c.value) for c in _GAPS if reply in (c.value, c.label))
    except StopIteration:
        return step.path
    _save(run, step, Answer(gap=gap))
    return True


def _prompt(run: _Run, line: tuple[Step, ...], step: Step) -> Prompt:
    number = next(i for i, s in enumerate(line, 1) if s.path == step.path)
    kept = run.answers.get(step.path)
    current: Value | None = kept.value if kept else step.question.default(step.view)
    unfinished = run.sheet.unfinished(step.path)
    if unfinished:
        current = unfinished
        run.desk.asker.say("These words were typed and not yet saved as the answer. They are kept below.")
    place = [f"Question {number} of about {len(line)}", step.heading, f"saved {run.saved}" if run.saved else ""]
    return Prompt(
        text=step.text,
        kind=step.question.kind,
        hint=step.hint,
        choices=step.question.choices_for(step.view),
        current=current,
        place=" · ".join(part for part in place if part),
    )


def _review(run: _Run, line: tuple[Step, ...]) -> str | None:
    """Show every answer; the path to change, or None when all is right and nothing is open."""
    aside = set_aside(run.script, run.answers, run.facts)
    listed = rows(line, run.answers)
    for section, entries in listed:
        run.desk.asker.section(section, "\n".join(_row(*entry) for entry in entries))
    run.section = ""
    if aside:
        run.desk.asker.say(f"{len(aside)} earlier answers no longer apply and will be left out.")
    still_open = next((step for step in line if step.path not in run.answers), None)
    closing = "Enter to go on" if still_open else "Enter when all is right"
    while True:
        reply = run.desk.asker.ask(Prompt(f"Type a number to change that answer; {closing}.", Kind.TEXT))
        if reply is Command.SAVE:
            raise Left
        if reply is Command.BACK:
            return line[-1].path
        if reply is Command.STOP and run.desk.concern():
            raise Left
        if reply == "":
            if still_open:
                return still_open.path
            run.sheet.drop(aside)
            return None
        if isinstance(reply, str) and reply.isdigit() and 1 <= int(reply) <= len(line):
            return line[int(reply) - 1].path
        run.desk.asker.say(f"Type a number from 1 to {len(line)}, or just Enter.")


def _row(number: int, label: str, value: str) -> str:
    return f"{number}. {label}{' ' if label.endswith('?') else ': '}{value}"


def show_answers(script: Script, answers: Answers, facts: Facts) -> list[tuple[str, str]]:
    """Every answered question with its value, as (question, answer), for a look at a draft."""
    return [
        (step.text, say_value(step, answers[step.path]))
        for step in steps(script, answers, facts)
        if step.path in answers
    ]
