"""The ready-made clauses of every topic, which an officer or a parent picks and completes. Pure.

Each says who does what, where and when, and what happens if it cannot be: wording a court can put in a recital and a
parent can keep to. Free wording is always there beside them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cppp_cli.programme import clauses_care, clauses_holidays, clauses_life, clauses_plan, clauses_time
from cppp_cli.programme.clause import Blank, Clause, complete, missing
from cppp_cli.programme.topics import OFFERED

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CLAUSES", "Blank", "Clause", "complete", "find", "missing", "of_topic", "options_for_parents"]

_ALL: Final = (
    *clauses_time.CLAUSES,
    *clauses_holidays.CLAUSES,
    *clauses_care.CLAUSES,
    *clauses_life.CLAUSES,
    *clauses_plan.CLAUSES,
)

CLAUSES: Final = tuple(clause for section in OFFERED for clause in _ALL if clause.topic == section.key)
"""Every clause, in the order of the topics."""

_BY_KEY: Final[Mapping[str, Clause]] = MappingProxyType({clause.key: clause for clause in CLAUSES})


def find(key: str) -> Clause | None:
    """The clause of that key; None when there is none."""
    return _BY_KEY.get(key)


def of_topic(topic: str) -> tuple[Clause, ...]:
    """The clauses of a topic, the most usual first; none for a topic the officer named."""
    return tuple(clause for clause in CLAUSES if clause.topic == topic)


def options_for_parents(topic: str) -> tuple[Clause, ...]:
    """The clauses of a topic fit for a form that a parent fills in alone."""
    return tuple(clause for clause in of_topic(topic) if clause.for_parents)
