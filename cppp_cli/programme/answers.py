"""An answer: a value, or the kind of gap left instead. Pure.

An answer has a *path*, such as ``children.2.born``: groups and items from the outside in, then the
question's key. The prompts, the answers files, the store and the review screen all name it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | tuple[str, ...]


class Gap(StrEnum):
    """Why a question has no value. A gap is an answer: it is saved, shown and reported as such."""

    NOT_KNOWN = "not_known"
    DECLINED = "declined"
    NOT_DISCUSSED = "not_discussed"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"

    @property
    def label(self) -> str:
        """The gap as people read it, for instance ``not known``."""
        return _GAP_LABELS[self]


_GAP_LABELS = {
    Gap.NOT_KNOWN: "not known",
    Gap.DECLINED: "declined to say",
    Gap.NOT_DISCUSSED: "not discussed",
    Gap.NOT_APPLICABLE: "does not apply",
    Gap.BLANK: "left blank",
}


@dataclass(frozen=True)
class Answer:
    """What was answered: a value, or the kind of gap left instead."""

    value: Value | None = None
    gap: Gap | None = None


Answers: TypeAlias = Mapping[str, Answer]
