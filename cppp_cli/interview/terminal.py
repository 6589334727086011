"""The full-screen-free terminal skin: arrow keys for lists, one line or many for words.

The only module that imports questionary and prompt_toolkit. A reserved word such as ``:b`` can be typed
at every prompt, lists included, where it appears below the list until Enter.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import textwrap
from datetime import date
from typing import TYPE_CHECKING, Any

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import ConditionalKeyBindings, KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.bindings.cpr import load_cpr_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import PromptSession
from questionary import Choice as Row
from questionary import checkbox, select
from questionary.constants import DEFAULT_STYLE

from cppp_cli.interview.asking import Command, Left, Prompt, Reply, by_number, reserved
from cppp_cli.programme.clean import clean
from cppp_cli.programme.dates import say_date
from cppp_cli.questions.model import Kind

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.output import Output
    from questionary import Question as Widget

ROOM_FOR_ANSWER = 50  # columns; a longer question has its answer on the next line
KEPT_EVERY = 1.0  # seconds between looks at a field that is being typed into
LONG_HELP = "Enter: new line · Ctrl-D (or Esc, then Enter): finish"


class TerminalAsker:
    """Asks through questionary's lists and prompt_toolkit's editor."""

    def say(self, text: str) -> None:
        """Show a sentence that is not a question."""
        print(_wrapped(clean(text)), file=sys.stderr)

    def section(self, title: str, text: str) -> None:
        """Show that a new part begins."""
        print(f"\n━━ {title}", file=sys.stderr)
        if text:
            print(_wrapped(text), file=sys.stderr)

    def ask(self, prompt: Prompt) -> Reply:
        """Draw the prompt and return what was typed or chosen."""
        print(file=sys.stderr)
        if prompt.place:
            print(f"  {prompt.place}", file=sys.stderr)
        if prompt.kind in (Kind.CHOICE, Kind.MANY):
            return _list(prompt)
        return _words(prompt)


def _output() -> Output | None:
    """Where prompts are drawn: on standard error when the results are piped away, so that none of it mixes in."""
    piped = not sys.stdout.isatty() and sys.stderr.isatty()
    return create_output(stdout=sys.stderr) if piped else None


def _wrapped(text: str, indent: str = "  ") -> str:
    """Text broken between words to fit the terminal, at most 100 columns."""
    width = max(min(shutil.get_terminal_size().columns, 100) - 1, 20)
    lines = (textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent) for line in text.splitlines())
    return "\n".join("\n".join(line) for line in lines)


def _message(prompt: Prompt, *more: str) -> str:
    """The question, wrapped, with its hint and whatever else there is to know below."""
    below = "\n".join(filter(None, (prompt.hint, *more)))
    text = _wrapped(prompt.text).strip()
    return f"{text}\n{_wrapped(below)}" if below else text


def _list(prompt: Prompt) -> Reply:
    """A list to choose from. What is typed is shown below it and taken on Enter, as a number or a name."""
    rows = [Row(title=f"{n}. {c.label}", value=c.value) for n, c in enumerate(prompt.choices, 1)]
    if prompt.kind is Kind.MANY:
        for row in rows:
            row.checked = _is_current(prompt, str(row.value))
        message = _message(prompt, "(Space marks, Enter finishes; or type the numbers, such as 1, 3.)")
        widget = checkbox(f"{message}\n ", rows, instruction="", output=_output())
    else:
        current = next((row for row in rows if _is_current(prompt, str(row.value))), None)
        if current is None:  # a bare Enter must not choose anything
            rows.insert(0, Row(title="(leave it blank)" if prompt.optional else "(choose)", value=""))
        message = _message(prompt, "(Arrows or its number, then Enter.)")
        widget = select(f"{message}\n ", rows, default=current, instruction=" ", use_jk_keys=False, output=_output())
    _take_typed_words(widget, prompt)
    try:
        chosen = widget.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Left from None
    if isinstance(chosen, Command | tuple):
        return chosen
    return tuple(chosen) if isinstance(chosen, list) else str(chosen)


def _is_current(prompt: Prompt, value: str) -> bool:
    return value in prompt.current if isinstance(prompt.current, tuple) else value == prompt.current


def _take_typed_words(widget: Widget, prompt: Prompt) -> None:
    """Let words be typed at a list, shown below it, and taken on Enter as the whole answer.

    While they are typed the list's own keys rest, so that no letter of a sentence marks or moves anything.
    """
    typed: list[str] = []
    typing = Condition(lambda: bool(typed))
    keys = KeyBindings()

    @keys.add("a", eager=True)  # these four would mark or move in a list of several
    @keys.add("i", eager=True)
    @keys.add("j", eager=True)
    @keys.add("k", eager=True)
    @keys.add(Keys.Any, eager=True)
    def more(event: KeyPressEvent) -> None:
        if event.data.isprintable() and (typed or event.data != " "):  # not an arrow; a first space marks
            typed.append(event.data)

    @keys.add(Keys.BracketedPaste, eager=True)
    def paste(event: KeyPressEvent) -> None:
        words = " ".join(event.data.split())
        typed.extend([words] if words else [])

    @keys.add("backspace", filter=typing, eager=True)
    def less(event: KeyPressEvent) -> None:  # noqa: ARG001 - the shape of a key binding
        typed.pop()

    @keys.add("enter", filter=typing, eager=True)
    def finish(event: KeyPressEvent) -> None:
        words = "".join(typed)
        reply = reserved(words) or by_number(prompt, words)
        typed[:] = [_chosen_labels(prompt, reply) or words]  # what stays on the screen
        event.app.exit(result=reply)

    @keys.add("c-c", filter=typing, eager=True)
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    # The terminal's word on where its cursor is comes as a key too, and must not be taken for one that is typed.
    keys.add(Keys.CPRResponse, eager=True)(load_cpr_bindings().bindings[0])

    app: Application[Any] = widget.application
    own = ConditionalKeyBindings(app.key_bindings or KeyBindings(), ~typing)
    app.key_bindings = merge_key_bindings([own, keys])
    line = Window(FormattedTextControl(lambda: FormattedText([("", f"  {''.join(typed)}")])), height=1)
    app.layout = Layout(HSplit([app.layout.container, ConditionalContainer(line, typing)]))


def _chosen_labels(prompt: Prompt, reply: Reply) -> str:
    """What was chosen, in words; empty when one of it is not in the list."""
    labels = {c.value: c.label for c in prompt.choices}
    chosen = reply if isinstance(reply, tuple) else (reply,)
    return ", ".join(labels[value] for value in chosen) if set(chosen) <= set(labels) else ""


def _words(prompt: Prompt) -> Reply:
    """A text begins with what is there, to be changed; a date, time or number keeps it on a bare Enter."""
    long = prompt.kind is Kind.LONG
    current = "" if prompt.current is None else str(prompt.current)
    prefilled = current if prompt.kind in (Kind.TEXT, Kind.LONG) else ""
    kept = f"(Enter keeps {_readable(prompt.kind, current)}.)" if current and not prefilled else ""
    message = f"? {_message(prompt, kept)}"
    own_line = long or "\n" in message or len(message) > ROOM_FOR_ANSWER
    session: PromptSession[str] = PromptSession(
        message=FormattedText([("class:question", message), ("", "\n" if own_line else " ")]),
        multiline=long,
        bottom_toolbar=LONG_HELP if long else None,
        key_bindings=_long_keys(prefilled) if long else None,
        style=DEFAULT_STYLE,
        output=_output(),
    )
    try:
        typed = session.prompt(default=prefilled, pre_run=lambda: _keep_words(session, prompt, prefilled))
    except (KeyboardInterrupt, EOFError):
        raise Left(session.default_buffer.text) from None
    if not typed.strip() and not prefilled:
        return current
    return _typed_command(typed, prefilled) or typed


def _keep_words(session: PromptSession[str], prompt: Prompt, prefilled: str) -> None:
    """Hand what stands in a field of words to be kept, as often as it has changed, from a task beside the prompt."""

    async def watch() -> None:
        before = prefilled
        while True:
            await asyncio.sleep(KEPT_EVERY)
            now = session.default_buffer.text
            if now != before and _worth_keeping(now, prefilled):
                before = now
                with contextlib.suppress(Exception):  # no room on the disk: the answer itself will tell
                    prompt.keep(now)

    if prompt.kind in (Kind.TEXT, Kind.LONG):
        session.app.create_background_task(watch())


def _worth_keeping(text: str, prefilled: str) -> bool:
    """Whether a field holds words: not when it is empty, as it was, or has a reserved word on its way."""
    added = text.removeprefix(prefilled).strip().casefold()
    return bool(text.strip()) and not any(word.startswith(added) for word in Command)


def _readable(kind: Kind, value: str) -> str:
    """A value as people read it; words that were not taken yet stay as typed."""
    try:
        return say_date(date.fromisoformat(value)) if kind is Kind.DATE else value
    except ValueError:
        return value


def _typed_command(text: str, current: str) -> Command | None:
    """The reserved word that was typed: alone, or straight after the words the field began with."""
    return reserved(text) or (reserved(text.removeprefix(current)) if current else None)


def _long_keys(current: str) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-d", eager=True)
    def finish(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("enter", eager=True)
    def new_line(event: KeyPressEvent) -> None:
        if _typed_command(event.current_buffer.text, current):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.newline(copy_margin=False)

    return keys
