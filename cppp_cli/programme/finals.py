"""What was frozen as final, what of it was corrected, what was released in it, what each side asked about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Final:
    """One version of a document that was frozen; it is corrected by a later one, and never changed."""

    kind: str
    version: int
    code: str
    """The short code in its footer."""
    template: str
    template_digest: str
    program: str
    """The name and version of the program that made it."""
    reviewed_by: str = ""
    """Who quality-assured it; empty where nobody did."""
    reviewed_on: date | None = None
    not_reviewed: str = ""
    """Why nobody did, where that was said."""
    corrects: int | None = None
    """The version of the final it stands in the place of."""
    frozen_at: str = ""
    """ISO with its offset from UTC."""


@dataclass(frozen=True)
class Correction:
    """One thing that is otherwise in a final than in the one it corrects."""

    number: int
    place: str
    before: str
    after: str
    reason: str
    told: tuple[str, ...] = ()
    told_on: date | None = None


@dataclass(frozen=True)
class Release:
    """A passage that only resembles something held in confidence, as the officer decided after seeing both."""

    number: int
    kind: str
    place: str
    passage: str
    confidence_ref: str
    confidence_digest: str
    how: str
    reason: str
    at: str
    version: int | None = None
    """Of the final it went into; None until then."""


@dataclass(frozen=True)
class FactCheck:
    """A copy that was written for one side, so that it can say what is not right."""

    number: int
    kind: str
    version: int
    side: str
    """A or B."""
    written_at: str
    answered_on: date | None = None


@dataclass(frozen=True)
class FactRequest:
    """Something that side asked to be put right, and what came of it."""

    fact_check: int
    number: int
    place: str
    asked: str
    accepted: str
    """yes, no or partly."""
    why: str
    at: str = ""
