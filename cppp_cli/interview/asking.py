"""What the loop asks of a skin, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

from cppp_cli.questions.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value
    from cppp_cli.questions.model import Choice


class Command(StrEnum):
    """A reserved word. It counts only when typed alone as the whole answer."""

    BACK = ":b"
    SAVE = ":s"
    SKIP = ":k"
    WHY = ":?"
    REVIEW = ":r"
    STOP = ":stop"


COMMANDS_HELP = (
    "At any question, typed alone: :b back · :s save and leave · :k skip, and say why · "
    ":? why this is asked · :r review all answers · :stop a safeguarding concern"
)

Raw: TypeAlias = str | tuple[str, ...]
Reply: TypeAlias = Raw | Command


def forget(typed: str) -> None:
    """Keep nothing of what is being typed."""


@dataclass(frozen=True)
class Prompt:
    """One question as a skin draws it. ``current`` is what to start from: an earlier answer or a proposal.

    A skin hands words to ``keep`` while they are typed, so that a window closed over them takes few or none.
    """

    text: str
    kind: Kind
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    current: Value | None = None
    place: str = ""  # "Question 4 of about 61 · Child 2 · saved 10:42"
    keep: Callable[[str], None] = forget
    optional: bool = False  # whether it may be left blank


class Left(Exception):  # noqa: N818 - leaving is not an error
    """Ctrl-C, a closed terminal or the end of input; carries what stood in the field."""

    def __init__(self, typed: str = "") -> None:
        """Keep the unfinished words."""
        super().__init__()
        self.typed = typed


class Asker(Protocol):
    """A skin: puts one prompt to a person."""

    def ask(self, prompt: Prompt) -> Reply:
        """Draw the prompt and return what was typed or chosen, unchecked.

        Raises:
            Left: the officer left.
        """

    def say(self, text: str) -> None:
        """Show a sentence that is not a question."""

    def section(self, title: str, text: str) -> None:
        """Show that a new part begins, with what to say or know before it."""


def reserved(typed: str) -> Command | None:
    """The reserved word that makes up the whole of what was typed, if it is one."""
    word = typed.strip().casefold()
    return Command(word) if word in set(Command) else None


def by_number(prompt: Prompt, typed: str) -> Raw:
    """Numbers of the list as the choices they stand for; anything else as it is."""
    values = {str(n): c.value for n, c in enumerate(prompt.choices, 1)}
    if prompt.kind is Kind.CHOICE:
        return _chosen(values, typed)
    if prompt.kind is Kind.MANY:
        return tuple(_chosen(values, part.strip()) for part in typed.split(",") if part.strip())
    return typed


def _chosen(values: dict[str, str], typed: str) -> str:
    """The choice a number stands for. A number beyond the list is no choice, even where one is kept by that number."""
    return values.get(typed, f"number {typed}" if typed.isdigit() else typed)
