"""What a reader of a pack must know of words, as marks; and the words themselves in pieces. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

OTHER: Final = "other person's data"
CHILD: Final = "child's statement"
SAFEGUARDING: Final = "safeguarding note"
COURT: Final = "court paper"
CONFIDENCE: Final = "said in confidence"
OWN: Final = "officer's own words"
DETAIL: Final = "confidential detail"
NOT_CLEARED: Final = "not cleared for others"
EARLIER: Final = "earlier wording"
UNFINISHED: Final = "not finished"

MARKS: Final[Mapping[str, str]] = {
    OTHER: "it is about somebody else as well, or somebody else said it",
    CHILD: "what a child said, wrote or drew, or the officer's summary of it",
    SAFEGUARDING: "a concern about somebody's safety, taken down word for word",
    COURT: "from the papers or the order of the court, or written for the court",
    CONFIDENCE: "told to the officer alone, or about safety; the other side was not to hear it",
    OWN: "an assessment, a note or a decision of the officer",
    DETAIL: "an address, a telephone number or an e-mail kept from the other side",
    NOT_CLEARED: "a child's words that the court and the parties are not to hear, by the child's wish or for safety",
    EARLIER: "stood in the file once and was changed or removed since",
    UNFINISHED: "a draft, or words that were typed and not yet given as an answer",
}
"""Every mark and what it means, in the order in which they are told."""

DETAILS: Final = "details"
"""The kind of a place that tells who somebody is."""

References: TypeAlias = frozenset[str]
"""People by number, such as ``adult-1``, ``child-2`` and ``other-1``."""
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """What the words of one row have in common: where they stand, whom they concern, their marks.

    ``alone`` are those who said it without anybody of another side there.
    """

    kind: str
    group: str
    at: str
    of: References
    marks: frozenset[str] = frozenset()
    alone: References = frozenset()


@dataclass(frozen=True)
class Piece:
    """Words, and what they answer."""

    place: Place
    label: str
    words: str
