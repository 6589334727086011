"""The loop: ask, check, save, go on. Every answer is on disk before the next question is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from cppp_cli.errors import BlockedError, ConflictError, NotSavedError, PictureError, StoppedError
from cppp_cli.interview.asking import COMMANDS_HELP, Asker, Command, Left, Prompt, Raw, reserved
from cppp_cli.interview.review import say_value, screen
from cppp_cli.programme.answers import Answer, Answers, Gap, Value
from cppp_cli.programme.dates import say_date, say_distance
from cppp_cli.questions.flow import Step, set_aside, steps
from cppp_cli.questions.model import Choice, Facts, Kind, Script
from cppp_cli.questions.read import NotValidError, read, still_fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
from contextlib import suppress


class Sheet(Protocol):
    """Where answers are kept. Each call is durable when it returns."""

    def answers(self) -> dict[str, Answer]:
        """Every answer so far, by path."""

    def put(self, path: str, answer: Answer) -> None:
        """Keep one answer."""

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers to questions that no longer apply; a BlockedError says why that cannot be."""

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
    answers: Answers  # as they were on the sheet when the question was drawn
    section: str = ""
    saved: str = ""
    last: str = ""  # the path of the answer saved last
    unsaved: tuple[str, Raw] | None = None  # an answer that could not be saved, and its path


def interview(script: Script, sheet: Sheet, facts: Facts, desk: Desk) -> bool:
    """Ask until every question has an answer and the review is accepted.

    Returns:
        True when finished; False when a safeguarding concern ended it early.

    Raises:
        StoppedError: the officer saved and left, or the terminal closed; all answers are kept.
        ConflictError: the sheet is gone.
    """
    run = _Run(script, sheet, facts, desk, {})
    desk.asker.say(COMMANDS_HELP)
    at = _FIRST_OPEN
    while True:
        run.answers = sheet.answers()  # another window may have answered some
        if run.last and run.last not in run.answers:
            raise ConflictError(
                "All this was discarded in another window meanwhile, so the last answer was not saved. "
                "Copy from the screen what you need, and start the command again."
            )
        line = steps(script, run.answers, facts)
        step = _pick(line, run.answers, at)
        try:
            moved = _ask_step(run, line, step) if step else _review(run, line)
        except (Left, KeyboardInterrupt):  # pressed at a prompt, or between two
            raise StoppedError(f"{_stopped(run)} To go on: {desk.resume}") from None
        if isinstance(moved, bool):
            return moved
        at = moved


def _stopped(run: _Run) -> str:
    if run.unsaved:
        return "Stopped. The last answer could not be saved; everything before it is."
    return "Saved. Nothing is lost."


# Where to go instead of to a path.
_FIRST_OPEN = ""
_REVIEW = ":r"


def _pick(line: tuple[Step, ...], answers: Answers, at: str) -> Step | None:
    """The question to ask: the one at ``at``, or the first that is open; None for the review."""
    if at == _REVIEW:
        return None
    return next((step for step in line if step.path == at), None) or _first_open(line, answers)


def _first_open(line: tuple[Step, ...], answers: Answers) -> Step | None:
    """The first question without an answer, or with one that a later change of another has overtaken."""
    return next((s for s in line if s.path not in answers or not still_fits(s, answers[s.path])), None)


def _ask_step(run: _Run, line: tuple[Step, ...], step: Step) -> str | bool:
    """Ask one question; where to go next, or False to end."""
    if step.section.title != run.section:
        run.section = step.section.title
        run.desk.asker.section(step.section.title, step.section.say)
    prompt = _prompt(run, line, step)
    try:
        reply = run.desk.asker.ask(prompt)
    except Left as left:
        if left.typed.strip() and left.typed != prompt.current and not reserved(left.typed):
            _keep(run, step, left.typed)
        raise
    if not isinstance(reply, Command):
        return _take(run, step, reply)
    match reply:
        case Command.BACK:
            return _before(run, line, step)
        case Command.SKIP:
            return _skip(run, step)
        case _:
            return _obey(run, step, reply)


def _obey(run: _Run, step: Step, command: Command) -> str | bool:
    """What the words do that mean the same at every question."""
    match command:
        case Command.SAVE:
            raise Left
        case Command.WHY:
            run.desk.asker.say(step.question.why or step.hint or "There is no more to say about this one.")
        case Command.REVIEW:
            return _REVIEW
        case Command.STOP if run.desk.concern():
            return False
    return step.path


def _take(run: _Run, step: Step, raw: Raw) -> str | bool:
    """Check and save what was typed; the same question again when it cannot be taken."""
    try:
        value: object = raw
        if step.question.kind is Kind.PICTURE and isinstance(raw, str) and not _is_kept_picture(run, step, raw):
            value = run.desk.attach(raw)
        answer = Answer(read(step, value)) if raw not in ("", ()) else _nothing(step)
    except (NotValidError, PictureError) as problem:
        typed = _words_at_a_list(step, raw)
        run.desk.asker.say(f"You typed “{typed}”. {problem}" if typed else str(problem))
        _keep_words(run, step, raw)
        return step.path
    if _answered_elsewhere(run, step, answer):
        _keep_words(run, step, raw)
        return step.path
    if not _save(run, step, answer, raw):
        return step.path
    if answer.value is not None:
        _echo(run, step, answer.value)
    return _FIRST_OPEN


def _words_at_a_list(step: Step, raw: Raw) -> str:
    """What was typed where a list was shown, so that words meant for the next question are not gone unseen."""
    if step.question.kind not in (Kind.CHOICE, Kind.MANY):
        return ""
    return raw if isinstance(raw, str) else ", ".join(raw)


def _keep_words(run: _Run, step: Step, raw: Raw) -> None:
    """Words that were not taken stand in the field again, to be mended and not typed anew."""
    if isinstance(raw, str) and raw.strip() and step.question.kind in (Kind.TEXT, Kind.LONG):
        _keep(run, step, raw)


def _keep(run: _Run, step: Step, typed: str) -> None:
    try:
        run.sheet.keep_unfinished(step.path, typed)
    except NotSavedError:
        run.unsaved = step.path, typed


def _answered_elsewhere(run: _Run, step: Step, answer: Answer) -> bool:
    """Whether another window has answered this question meanwhile, and otherwise than ``answer``; says so."""
    now = run.sheet.answers().get(step.path)
    if now in (run.answers.get(step.path), answer):
        return False
    said = f"was answered there: {say_value(step, now)}" if now else "was taken out there"
    run.desk.asker.say(f"The same questions are open in another window, and this one {said}. Nothing was replaced yet.")
    return True


def _is_kept_picture(run: _Run, step: Step, raw: str) -> bool:
    """Whether a bare Enter kept the picture that is attached already."""
    kept = run.answers.get(step.path)
    return raw == "" or (kept is not None and raw == str(kept.value))


def _nothing(step: Step) -> Answer:
    if step.question.required:
        raise NotValidError("This one is needed. Type an answer, or :s to save and leave.")
    return Answer(gap=Gap.BLANK)


def _save(run: _Run, step: Step, answer: Answer, raw: Raw) -> bool:
    """Keep an answer; False, with what was typed kept in the field, when the disk or another program is in the way."""
    try:
        try:
            run.sheet.put(step.path, answer)
        except KeyboardInterrupt:  # pressed after the answer was given, and it undid the saving
            run.sheet.put(step.path, answer)
            raise
    except NotSavedError as trouble:
        run.unsaved = step.path, raw
        run.desk.asker.say(f"Not saved. {trouble} What you typed stands in the field again.")
        return False
    run.unsaved = None
    with suppress(NotSavedError):  # the answer itself is kept
        run.sheet.keep_unfinished(step.path, "")
    run.last = step.path
    run.saved = run.desk.now().strftime("%H:%M")
    return True


TELLS_DISTANCE = 400  # days; how far a date of birth lies back is told as an age


def _echo(run: _Run, step: Step, value: Value) -> None:
    if step.question.kind is Kind.DATE:
        day = date.fromisoformat(str(value))
        near = abs((day - run.facts.today).days) <= TELLS_DISTANCE
        distance = f" ({say_distance(day, run.facts.today)})" if near else ""
        run.desk.asker.say(f"{say_date(day)}{distance}")
    if step.question.kind is Kind.LONG and reserved(str(value).splitlines()[-1]):
        run.desk.asker.say("Note: the last line was kept as words. A command counts only when typed alone, first.")
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
    if isinstance(reply, Command):
        return _obey(run, step, reply)
    gap = next((Gap(c.value) for c in _GAPS if reply in (c.value, c.label)), None)
    if gap is None:
        run.desk.asker.say(f"Choose one of: {', '.join(c.label for c in _GAPS)}.")
        return step.path
    if _answered_elsewhere(run, step, Answer(gap=gap)):
        return step.path
    return _FIRST_OPEN if _save(run, step, Answer(gap=gap), "") else step.path


def _prompt(run: _Run, line: tuple[Step, ...], step: Step) -> Prompt:
    number = next(i for i, s in enumerate(line, 1) if s.path == step.path)
    kept = run.answers.get(step.path)
    current: Value | None = kept.value if kept else step.question.default(step.view)
    unfinished = run.sheet.unfinished(step.path)
    if run.unsaved and run.unsaved[0] == step.path:
        current = run.unsaved[1] or current
    elif unfinished:
        current = unfinished
        run.desk.asker.say("These words were typed and not yet saved as the answer. They are kept below.")
    elif kept and not still_fits(step, kept):
        run.desk.asker.say(f"Asked again, for it no longer goes with another answer. {_objection(step, kept)}".rstrip())
    place = [f"Question {number} of about {len(line)}", step.heading, f"saved {run.saved}" if run.saved else ""]
    return Prompt(
        text=step.text,
        kind=step.question.kind,
        hint=step.hint,
        choices=step.question.choices_for(step.view),
        current=current,
        place=" · ".join(part for part in place if part),
        keep=lambda typed: run.sheet.keep_unfinished(step.path, typed),
        optional=not step.question.required,
    )


def _objection(step: Step, kept: Answer) -> str:
    """What is said against an answer that does not fit any more; nothing of a gap."""
    try:
        if kept.value is not None:
            read(step, kept.value)
    except NotValidError as problem:
        return str(problem)
    return ""


def _review(run: _Run, line: tuple[Step, ...]) -> str | bool:
    """Show every answer; where to go next, True when all is right, or False to end."""
    aside = set_aside(run.script, run.answers, run.facts)
    for title, text in screen(run.script, line, aside, run.answers, run.facts):
        run.desk.asker.section(title, text)
    run.section = ""
    still_open = _first_open(line, run.answers)
    closing = "Enter to go on" if still_open else "Enter when all is right"
    while True:
        reply = run.desk.asker.ask(Prompt(f"Type a number to change that answer; {closing}.", Kind.TEXT))
        if isinstance(reply, Command) and reply in (Command.SAVE, Command.REVIEW, Command.STOP):
            return _obey(run, line[-1], reply) and _REVIEW
        if reply is Command.BACK:
            return line[-1].path
        if reply == "" and still_open:
            return still_open.path
        if reply == "":
            try:
                run.sheet.drop(aside)
            except BlockedError as problem:
                run.desk.asker.say(str(problem))
                continue
            return True
        if isinstance(reply, str) and reply.isdecimal() and 1 <= int(reply) <= len(line):
            return line[int(reply) - 1].path
        run.desk.asker.say(f"Type a number from 1 to {len(line)}, or just Enter.")
