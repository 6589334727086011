"""What a report says of its own standing: a draft, a copy for the checking of facts, final, or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Corrected:
    """One correction of a report that was final. ``before`` is empty where nothing stood there."""

    place: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """How the facts were checked with one side. ``given_on`` is None where it was given no copy to check."""

    names: str
    given_on: date | None = None
    answered_on: date | None = None  # None while it has not answered
    asked: int = 0
    accepted: int = 0


@dataclass(frozen=True)
class Standing:
    """The standing of one report. ``status`` is what the header shows; empty for a final one."""

    status: str = "DRAFT"
    copy_for: str = ""  # the names of the side that checks the facts of this copy
    final: bool = False
    reviewed_by: str = ""  # who quality-assured it; empty where nobody did
    reviewed_on: date | None = None
    corrects: int | None = None  # the version it takes the place of
    corrects_of: date | None = None  # the day that one was made final
    corrections: tuple[Corrected, ...] = ()
    told: tuple[str, ...] = ()  # who was told of them, in words
    told_on: date | None = None
    checked: tuple[Checked, ...] = ()


DRAFT: Final = Standing()
COPY: Final = "COPY FOR CHECKING FACTS"
