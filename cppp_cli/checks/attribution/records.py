"""Who is who in a case, and what the record holds of each: what a finished text is read against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from cppp_cli.programme.case import Case
    from cppp_cli.programme.finals import FactCheck
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.nights.lay import Nights
    from cppp_cli.programme.people import OtherPerson
    from cppp_cli.programme.sessions import Session

ADULT: Final = "adult"
CHILD: Final = "child"
OTHER: Final = "other"
OFFICER: Final = "officer"
JUDGE: Final = "judge"
SOLICITOR: Final = "solicitor"
MANAGER: Final = "manager"

BROTHERS: Final = "Parliamentary and Health Service Ombudsman, case summary 783: two brothers exchanged in a report"
SURNAMES: Final = "Parliamentary and Health Service Ombudsman, case summary 1010: facts of somebody with a like surname"


class Laid(Protocol):
    """The calendars of some children, laid out, as ``documents.calendar_shown.Laid`` holds them."""

    @property
    def children(self) -> tuple[int, ...]:
        """The children's numbers."""

    @property
    def agreed(self) -> Nights | None:
        """The agreed calendar, when there is one."""

    @property
    def proposals(self) -> tuple[Nights, Nights] | None:
        """What A and what B proposes."""

    @property
    def handover_at(self) -> time | None:
        """When they change over, where that is settled."""

    @property
    def yes_on(self) -> tuple[date | None, date | None]:
        """When A and when B said yes to the agreed calendar."""


@dataclass(frozen=True)
class Person:
    """Somebody the file knows. ``ref`` names them in it: ``adults.1``, ``children.2``, ``officer``."""

    ref: str
    kind: str
    full_name: str
    called: str = ""
    pronouns: str = ""
    side: str = ""
    born: date | None = None
    role: str = ""

    @property
    def first_name(self) -> str:
        """The first word of the full name."""
        return self.full_name.split()[0] if self.full_name.split() else ""


@dataclass(frozen=True)
class Words:
    """Something typed, one paragraph of it. Words without an owner were typed by the officer, for nobody alone."""

    text: str
    owners: frozenset[str] = frozenset()
    """Refs of those who said it, or whom it is about."""
    about: bool = False
    """Whether it is about its owners rather than said by them."""
    entries: frozenset[int] = frozenset()
    """The entries of the ledger it belongs to."""
    own: bool = False
    """Whether it is the officer's own, alone or besides."""


@dataclass(frozen=True)
class Elsewhere:
    """What another case of the file is known by. ``reference`` is its short reference.

    ``full_names`` are those of its parties and children, ``called`` what they go by, ``beside`` the people around them.
    """

    reference: str
    case_numbers: tuple[str, ...] = ()
    full_names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    beside: tuple[OtherPerson, ...] = ()


@dataclass(frozen=True)
class Cast:
    """Everybody of a case, and what the record holds of each.

    Attributes:
        people: Everybody the file knows.
        words: Everything typed that a document may print, with whose it is.
        known: Words of the record, in small letters, that are no unknown names.
        case: The case.
        sessions: Its finished sessions.
        entries: Its ledger.
        today: The day of the document.
        elsewhere: Every other case of the file.
        laid: Its calendars.
        swe_number: The officer's registration.
        checked: The copies each side was given to check the facts.
        copy_for: The side this copy is for, where it is one.
        places: Those of the known words that the record has in fields of their own, so that they are no slips.
        addressed_to: The number of the child a letter is to, where it is one to a single child.
    """

    people: tuple[Person, ...]
    words: tuple[Words, ...]
    known: frozenset[str]
    case: Case
    sessions: Sequence[Session]
    entries: Sequence[Entry]
    today: date
    elsewhere: tuple[Elsewhere, ...] = ()
    laid: tuple[Laid, ...] = ()
    swe_number: str = ""
    checked: tuple[FactCheck, ...] = ()
    copy_for: str = ""
    places: frozenset[str] = frozenset()
    addressed_to: int | None = None

    def person(self, ref: str) -> Person:
        """Who is meant; StopIteration when nobody is."""
        return next(person for person in self.people if person.ref == ref)

    def side(self, side: str) -> frozenset[str]:
        """The refs of the adults of a side."""
        return frozenset(p.ref for p in self.people if p.kind == ADULT and p.side == side)

    def sides(self, refs: frozenset[str]) -> frozenset[str]:
        """The sides some people stand on."""
        return frozenset(p.side for p in self.people if p.ref in refs and p.side)

    def children(self, refs: frozenset[str]) -> frozenset[int]:
        """The numbers of the children among some people."""
        return frozenset(int(ref.partition(".")[2]) for ref in refs if ref.startswith("children."))

    def named(self, refs: frozenset[str]) -> str:
        """Some people by their full names, in the order of the file."""
        return " and ".join(p.full_name for p in self.people if p.ref in refs) or "nobody"
