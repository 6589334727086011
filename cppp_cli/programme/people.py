"""The people of a case. Pure records; who is who is always a number, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Officer:
    """The Family Court Adviser whose file this is. ``working_days`` holds 0 for Monday to 6 for Sunday."""

    full_name: str
    title: str = ""
    team: str = ""
    swe_number: str = ""
    usual_court: str = ""
    phone: str = ""
    working_days: frozenset[int] = frozenset(range(5))
    working_hours: str = ""
    documents: str = ""
    keep_months: int = 6  # after closing a case, until its working copy falls due


@dataclass(frozen=True)
class ContactDetail:
    """A telephone number, an e-mail or a postal address; ``confidential`` keeps it out of every document."""

    text: str
    confidential: bool


@dataclass(frozen=True)
class Adult:
    """A party who is a significant carer. ``side`` is A or B; a side may hold two adults."""

    number: int
    side: str
    full_name: str
    called: str
    role: str
    pronouns: str = ""
    phone: ContactDetail | None = None
    email: ContactDetail | None = None
    address: ContactDetail | None = None
    solicitor: str = ""
    interpreter: str = ""
    adjustments: str = ""
    adjustments_open: bool = False
    willing: str = "not_known"
    consent_on: date | None = None
    consent_way: str = ""
    restrictions_known: bool = True  # whether it is known if an order limits whom they may meet
    preparation: tuple[tuple[str, str], ...] = ()  # (what, how far), in the order asked

    @property
    def reference(self) -> str:
        """How answers name this adult, for instance ``adults.1``."""
        return f"adults.{self.number}"


@dataclass(frozen=True)
class Relation:
    """What one adult is to one child."""

    adult: int
    child: int
    kind: str
    responsibility: str = "not_known"


@dataclass(frozen=True)
class Child:
    """A child the proceedings are about."""

    number: int
    full_name: str
    called: str
    born: date | None
    pronouns: str = ""
    school: str = ""
    lives_with: str = ""
    needs: str = ""


@dataclass(frozen=True)
class OtherPerson:
    """Someone who matters to the case and is not a party: a guardian, a social worker, a person in a home."""

    number: int
    full_name: str
    role: str
    home: str = ""
    note: str = ""


@dataclass(frozen=True)
class Restriction:
    """An order, bail condition or undertaking that limits who may meet whom, as one adult told it alone."""

    adult: int
    number: int
    kind: str
    terms: str
    forbids_meeting: str  # yes, no or not_known
    ends_on: date | None = None
