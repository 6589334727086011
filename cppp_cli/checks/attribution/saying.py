"""How a finding about a name is worded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks.finding import Finding, Severity

if TYPE_CHECKING:
    from cppp_cli.programme.passage import Passage

LONGEST: Final = 160  # signs of the document that a finding repeats
RECORD: Final = (
    "Compare it with the record (cppp session show, cppp agreement show, cppp case show). If the record is right, the "
    "template mixes two people up: correct it, or restore the shipped one, and write the document again."
)
TYPED: Final = "If it is a slip, correct it where it was typed, and write the document again."


def blocking(kind: str, passage: Passage, what: str, authority: str = "", do: str = RECORD) -> Finding:
    """A finding that stands in the way."""
    return Finding(kind, passage.place, what, do, Severity.BLOCKING, authority)


def advisory(kind: str, passage: Passage, what: str, authority: str = "", do: str = TYPED) -> Finding:
    """A finding to look at."""
    return Finding(kind, passage.place, what, do, Severity.ADVISORY, authority)


def shortened(text: str) -> str:
    """A piece of the document as a finding repeats it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
