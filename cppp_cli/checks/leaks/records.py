"""What the check for leaks gives back. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cppp_cli.programme.confidences import Confidence
    from cppp_cli.programme.passage import Passage

EXACT: Final = "exact"
FOLDED: Final = "folded"
REWORDED: Final = "reworded"
WAYS: Final = (EXACT, FOLDED, REWORDED)
"""How a confidence stands in a document, the surest first."""


@dataclass(frozen=True)
class Leak:
    """A confidence that stands in a document. It holds words that not everybody may read: for the officer's screen."""

    confidence: Confidence
    passage: Passage
    """Where it begins; it may go on in the next."""
    how: str
    """One of ``WAYS``."""
    score: int
    """How alike the two are, 0 to 100; 100 when the words are the same."""
    found: str
    """The piece of the document, as it is written; over two passages on two lines."""
