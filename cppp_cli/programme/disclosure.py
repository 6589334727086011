"""A decision to pass something on without consent, and whom it lets hear a child's words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.audiences import BOTH_PARENTS, COURT, NOBODY, Readers, readers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

CATEGORIES: Final[Mapping[str, str]] = {
    "risk_of_significant_harm": "a child suffers, or is likely to suffer, significant harm",
    "immediate_danger": "somebody is in danger now",
    "criminal_offence": "an offence, or to prevent one",
    "court_directed": "the court directed it",
    "other": "another reason",
}
"""Why something may be passed on without consent, as a code and in words."""

TOLD: Final[Mapping[str, str]] = {
    "childrens_services": "children's services of the local authority",
    "police": "the police",
    "court_s16a": "the court, in a risk assessment under section 16A",
    "court": "the court and every party, in the report",
    "parent-a": "the parent on side A",
    "parent-b": "the parent on side B",
    "manager": "a manager",
    "health": "a health service",
    "school": "a school or nursery",
    "other": "somebody else",
}
"""To whom, as a code and in words. A risk assessment is a paper of its own, and opens nothing to the report."""

CHILD_TOLD: Final = ("yes", "no", "later")

_READ: Final = BOTH_PARENTS | {COURT}


@dataclass(frozen=True)
class Disclosure:
    """A recorded decision. It is about a statement or a letter of a session, by number, or a safeguarding note."""

    number: int
    session_id: int | None
    statement: int | None
    letter: int | None
    note_id: int | None
    category: str
    """One of ``CATEGORIES``."""
    reason: str
    manager: str
    """Who was consulted; empty where nobody was yet."""
    consulted_on: date | None
    told: tuple[str, ...]
    """Out of ``TOLD``."""
    told_other: str
    told_on: date | None
    child_told: str
    """One of ``CHILD_TOLD``: whether the child was told of it."""
    child_told_on: date | None
    child_told_note: str
    decided_on: date

    @property
    def refs(self) -> frozenset[str]:
        """What it is about, as a confidence is called: ``statement.12.3``, ``letter.12.1``, ``note.4``."""
        found = {
            f"statement.{self.session_id}.{self.statement}": self.statement,
            f"letter.{self.session_id}.{self.letter}": self.letter,
            f"note.{self.note_id}": self.note_id,
        }
        return frozenset(ref for ref, number in found.items() if number is not None)


def readers_added(disclosures: Iterable[Disclosure], ref: str) -> Readers:
    """Who of both parents and the court may hear something without consent, by any decision about it.

    Args:
        disclosures: Of the case.
        ref: What it is: ``statement.12.3`` is the third statement of session 12.
    """
    told = (readers(_READ.intersection(one.told)) for one in disclosures if ref in one.refs)
    return NOBODY.union(*told)
