"""A keyboard: for the real widgets in this process, and for a whole window with the program in it."""

from __future__ import annotations

import importlib.util
import os
import re
import signal
import sys
import threading
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from cppp_cli import paths
from cppp_cli.interview.asking import Left, Prompt
from cppp_cli.interview.terminal import TerminalAsker
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Kind

STUCK_S = 10


class Keys:
    """What a keyboard sends."""

    UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
    ENTER, ESC, TAB, BACKSPACE, DELETE = "\r", "\x1b", "\t", "\x7f", "\x1b[3~"
    CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"

    @staticmethod
    def paste(text):
        """Text from the clipboard, as a terminal hands it over; it sends a carriage return for each line end."""
        return "\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~"


@pytest.fixture
def keys():
    return Keys


@pytest.fixture
def ask():
    """Put a prompt to somebody who presses these keys; what the prompt returns, or Left."""

    def press(sent, kind, *, choices=(), current=None, on_keep=lambda _words, _press: None):
        """``on_keep`` is called with words that are kept while they are typed, and with a way to press more keys."""
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):

            def keep(words):
                on_keep(words, pipe.send_text)

            pipe.send_text(sent)
            stuck = threading.Timer(STUCK_S, lambda: pipe.send_text(Keys.CTRL_C))
            stuck.start()
            try:
                prompt = Prompt("What then?", kind, choices=choices, current=current, keep=keep)
                reply = TerminalAsker().ask(prompt)
            except Left as left:
                reply = left
            finally:
                assert stuck.is_alive(), f"the prompt did not end with these keys: {sent!r}"
                stuck.cancel()
        return reply

    return press


GAPS = [gap for gap in Gap if gap is not Gap.BLANK]
DRAWING = paths.examples() / "family-1" / "isla-drawing.png"
READY = "\x1b[?2004h"  # a prompt is drawn and takes keys
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>78])|[\r\x07]")


class Window:
    """A terminal window of 80 columns with one command in it. Waiting for what does not come is a failure."""

    def __init__(self, home, *args, passphrase=None, rows=40, columns=80, **more):
        import pexpect

        keep = {name: os.environ[name] for name in ("PATH", "TMPDIR", "VIRTUAL_ENV") if name in os.environ}
        env = keep | {
            "HOME": str(home),
            "CPPP_HOME": str(home),
            "CPPP_TODAY": "2026-08-06",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PROMPT_TOOLKIT_NO_CPR": "1",  # pexpect does not answer where the cursor is
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        if passphrase:
            env["CPPP_PASSPHRASE"] = passphrase
        self.pty = pexpect.spawn(
            sys.executable,
            ["-m", "cppp_cli", *args],
            env=env | more,
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=30,
            echo=True,
        )
        self.pty.delaybeforesend = None
        self.seen = ""

    def expect(self, *words):
        """Wait until all the words have come, in this order."""
        for each in words:
            self.pty.expect_exact(each)
            self.seen += self.pty.before + self.pty.after

    def until_question(self, number):
        """Wait for a question of the script, drawn and ready for keys."""
        self.expect(f"Question {number} of about", READY)

    def until_asked(self, words):
        """Wait for a prompt outside the script, drawn and ready for keys."""
        self.expect(READY, words)

    def send(self, *keys):
        for each in keys:
            self.pty.send(each)

    def end(self):
        """Wait for the end of the command; its exit code."""
        import pexpect

        self.pty.expect(pexpect.EOF)
        self.seen += self.pty.before
        self.pty.close()
        return self.pty.exitstatus

    def kill(self):
        """End it as a power cut would."""
        os.kill(self.pty.pid, signal.SIGKILL)
        self.pty.wait()
        self.pty.close()

    def shut(self):
        """Close the window over it, and wait until the command has noticed."""
        os.close(self.pty.child_fd)
        os.waitpid(self.pty.pid, 0)
        self.pty.closed = self.pty.ptyproc.closed = self.pty.ptyproc.terminated = True

    @property
    def text(self):
        """All that was shown, without what moves the cursor and colours."""
        return ESCAPES.sub("", self.seen)


class Typist:
    """Types the answers of one story; a picture is the first in a file that has none yet."""

    def __init__(self, story):
        self.script, self.facts, self.line = story.script, story.facts, story.line
        pictures = {step.path: Answer(1) for step in story.line if step.question.kind is Kind.PICTURE}
        self.answers = {
            step.path: pictures.get(step.path, answer) if answer.value is not None else answer
            for step, answer in ((step, story.answers[step.path]) for step in story.line)
        }

    def first(self, count):
        """The first answers of the story."""
        return {step.path: self.answers[step.path] for step in self.line[:count]}

    def give(self, window, number):
        """Answer a question by its number, from the moment it is drawn."""
        window.until_question(number)
        step = steps(self.script, self.first(number - 1), self.facts)[number - 1]  # with the proposal made just then
        answer = self.answers[step.path]
        if answer.gap and answer.gap is not Gap.BLANK:
            window.send(":k\r")
            window.until_asked("Why is there no answer?")
            window.send(f"{1 + GAPS.index(answer.gap)}\r")
        else:
            window.send(self._keys(step, answer.value))

    @staticmethod
    def _keys(step, value):
        choices = [choice.value for choice in step.question.choices_for(step.view)]
        if choices:
            chosen = [] if value is None else [value] if isinstance(value, str) else value
            return ", ".join(str(1 + choices.index(each)) for each in chosen) + Keys.ENTER
        proposed, text = step.question.default(step.view), "" if value is None else str(value)
        if step.question.kind is Kind.PICTURE and text:
            text = str(DRAWING)
        if step.question.kind is Kind.LONG:
            return Keys.BACKSPACE * len(str(proposed or "")) + text.replace("\n", Keys.ENTER) + Keys.CTRL_D
        return Keys.CTRL_U * bool(proposed) + text + Keys.ENTER


@pytest.fixture(scope="session")
def typist(stories):
    """Who types the answers of a story, by (family, name)."""
    return lambda *key: Typist(stories[key])


@pytest.fixture
def window():
    """Open windows; those still open at the end are killed."""
    opened = []

    def open_window(*args, **more):
        opened.append(Window(*args, **more))
        return opened[-1]

    yield open_window
    for each in opened:
        if each.pty.isalive():
            each.kill()


@pytest.fixture(scope="session")
def stories(shelf, tmp_path_factory):
    """Every guided script with a whole set of answers, by (family, name)."""
    spec = importlib.util.spec_from_file_location("stories", Path(__file__).parents[1] / "stories.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.every(shelf, tmp_path_factory.mktemp("stories"))
