"""Who may hear what a child said. Pure.

Two gates stand before every statement, letter and drawing: the child's own wish and the officer's
decision that sharing is safe. The narrower wins. Unsure, unasked and undecided mean nobody: the words
stay in the officer's file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection

# A reader: "parent-a", "parent-b", "child-1" .. "child-10", or "court" for the judge and every party.
Readers: TypeAlias = frozenset[str]

NOBODY: Readers = frozenset()
COURT = "court"
BOTH_PARENTS: Readers = frozenset({"parent-a", "parent-b"})

# Choices that name no reader. "judge-only" is a wish a report cannot meet, since every party reads it.
NOT_READERS = frozenset({"nobody", "unsure", "not-asked", "judge-only", "undecided"})


def readers(chosen: Collection[str]) -> Readers:
    """The readers a choice stands for; a report to the court is read by both parents too."""
    named = frozenset(chosen) - NOT_READERS
    return named | BOTH_PARENTS if COURT in named else named


def cleared(wish: Collection[str], decision: Collection[str]) -> Readers:
    """Who may hear it: those the child wished and the officer decided are safe."""
    return readers(wish) & readers(decision)


def may_enter_report(wish: Collection[str], decision: Collection[str]) -> bool:
    """Whether words may stand in a report, which the court and every party read."""
    return BOTH_PARENTS | {COURT} <= cleared(wish, decision)


def may_be_told_to_both(wish: Collection[str], decision: Collection[str]) -> bool:
    """Whether words may be passed on in the joint meeting, where both parents hear them."""
    return cleared(wish, decision) >= BOTH_PARENTS
