"""What the wording check gives back, and the reasons for which something may stay as it is."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

VAGUE: Final = "vague-word"
ALTERNATE: Final = "alternate-without-anchor"
PLACE: Final = "time-without-place"
WEEKEND: Final = "weekend-without-ends"
HALF: Final = "half-without-rule"
TRAVEL: Final = "nobody-travels"
FALLBACK: Final = "no-fallback"
REVIEW: Final = "no-review"
PERMISSION: Final = "permission-word"
OLD: Final = "old-term"
DETAIL: Final = "too-much-detail"

IDS: Final = (VAGUE, ALTERNATE, PLACE, WEEKEND, HALF, TRAVEL, FALLBACK, REVIEW, PERMISSION, OLD, DETAIL)
"""Every kind of finding, in the order in which findings at one place are given. None is ever given another meaning."""

KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "anchor": ALTERNATE,
        "place": PLACE,
        "ends": WEEKEND,
        "division": HALF,
        "traveller": TRAVEL,
        "fallback": FALLBACK,
        "review": REVIEW,
    }
)
"""What a plan may already say elsewhere, and the question that need then not be asked. The other word a caller may
pass is ``steps``: the steps of the arrangement are recorded, so that "gradually" is not vague."""

KEPT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "child_decides_with_age": "the child is old enough to have a say on the day",
        "shift_work": "a parent's shifts are known only a few weeks ahead",
        "both_ask_for_it": "both parents ask for this freedom and have managed with it",
        "court_ordered": "these are the words of an order",
        "safety": "a place or a time is left out for somebody's safety",
        "settled_elsewhere": "another document settles it, such as a centre's own rules",
        "trial_period": "the parents are trying it out and will write it down afterwards",
        "own_words": "the parents want their own words here and know what they mean",
        "other": "another reason, recorded by the officer",
    }
)
"""Why wording that was questioned is kept, by code."""


@dataclass(frozen=True)
class WordingFinding:
    """One thing to ask about a clause. It holds words of the clause, which may be personal: see `as_finding`."""

    id: str
    """One of `IDS`."""
    start: int
    end: int
    """Offsets in the text as given; what is missing altogether has the whole clause."""
    words: str
    """The text between the offsets."""
    why: str
    """A sentence."""
    authority: str
    """What it rests on."""
    question: str
    """What to ask the parents, in plain words."""
    completion: str | None
    """A sentence with one ``{answer}`` that is added to the clause. None where the answer replaces the words found."""
    suggestion: str = ""
    """What might be written instead, where the answer replaces the words found."""
