"""Numbered plain prompts: for screen readers, dumb terminals and anyone who prefers them. ASCII, no redraw."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from cppp_cli.interview.asking import Left, Prompt, Reply, by_number, reserved
from cppp_cli.programme.clean import clean
from cppp_cli.questions.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

END = "."  # a line with only this ends a long answer; a line of the text that is a lone dot is typed ".."
GO_ON = "+"  # as the first line: what follows comes after the words that are there
# Bytes of one line that a terminal hands over, with the line end; it drops the rest without a word.
LINE_AT_MOST = {"linux": 4096, "darwin": 1024}


def _read() -> str:
    return sys.stdin.readline()


class PlainAsker:
    """Asks by printing lines and reading lines."""

    def __init__(
        self,
        read: Callable[[], str] = _read,
        write: Callable[[str], object] = lambda text: print(text, file=sys.stderr),
    ) -> None:
        """Take where lines come from and go to; the terminal when not given."""
        self._read = read
        self._write = write

    def say(self, text: str) -> None:
        """Show a sentence that is not a question."""
        self._write(_ascii(clean(text)))

    def section(self, title: str, text: str) -> None:
        """Show that a new part begins."""
        self._write(f"\n{_ascii(title)}\n{_ascii(text)}".rstrip())

    def ask(self, prompt: Prompt) -> Reply:
        """Print the question and read the answer."""
        self._write("")
        if prompt.place:
            self._write(_ascii(prompt.place))
        self._write(_ascii(prompt.text))
        if prompt.hint:
            self._write(_ascii(prompt.hint))
        if prompt.kind is Kind.LONG:
            return self._long(prompt)
        for number, choice in enumerate(prompt.choices, 1):
            self._write(_ascii(f"  {number}. {choice.label}"))
        if prompt.kind is Kind.MANY:
            self._write("Type the numbers with commas between, for example 1, 3.")
        if prompt.current is not None:
            self._write(_ascii(f"Just Enter keeps: {_now(prompt)}"))
        typed = self._line()
        command = reserved(typed)
        if command:
            return command
        if not typed.strip() and prompt.current is not None:
            return prompt.current if isinstance(prompt.current, str | tuple) else str(prompt.current)
        return by_number(prompt, typed.strip())

    def _long(self, prompt: Prompt) -> Reply:
        self._write(f"Type as many lines as you like. A line with only {END} ends the answer.")
        if prompt.current is not None:
            self._write(f"A first line with only {END} keeps what is there; with only {GO_ON}, you go on after it:")
            self._write(_ascii(str(prompt.current)))
        lines: list[str] = []
        while True:
            try:
                line = self._line()
            except Left:
                raise Left("\n".join(lines)) from None
            command = reserved(line) if not lines else None
            if command:
                return command
            if line.strip() == END:
                return str(prompt.current) if not lines and prompt.current is not None else "\n".join(lines)
            if line.strip() == GO_ON and not lines and prompt.current is not None:
                lines = str(prompt.current).split("\n")
            else:
                lines.append(END if line.strip() == END * 2 else line)
            prompt.keep("\n".join(lines))

    def _line(self) -> str:
        try:
            line = self._read()
        except (KeyboardInterrupt, EOFError):
            raise Left from None
        except UnicodeDecodeError:
            self._write("That line was not in UTF-8 and was not taken. Type it again.")
            return self._line()
        if not line:
            raise Left
        if len(line.encode("utf-8", "replace")) >= LINE_AT_MOST.get(sys.platform, math.inf):
            self._write("That line was too long for this terminal: its end was cut off, and none of it was taken.")
            self._write("Type it again with Enter in between.")
            return self._line()
        return line.rstrip("\r\n")


def _now(prompt: Prompt) -> str:
    labels = {c.value: c.label for c in prompt.choices}
    if isinstance(prompt.current, tuple):
        return ", ".join(labels.get(v, v) for v in prompt.current)
    return labels.get(str(prompt.current), str(prompt.current))


_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "·": "-", "…": "...", "•": "-"})


def _ascii(text: str) -> str:
    """The program's own punctuation in ASCII; letters of names stay as they are."""
    return text.translate(_PLAIN)
