"""What tells every other case of the file by: its number, its people's names, their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.people import OtherPerson

if TYPE_CHECKING:
    from sqlite_utils import Database

_PARTIES: Final = ("adult", "child")
_NUMBERS: Final = "SELECT id, case_number FROM case_file WHERE id <> :case AND case_number IS NOT NULL"
_NAMES: Final = " UNION ALL ".join(
    f"SELECT case_id, full_name FROM {table} WHERE case_id <> :case AND full_name IS NOT NULL" for table in _PARTIES
)
_CALLED: Final = " UNION ALL ".join(
    f"SELECT case_id, called FROM {table} WHERE case_id <> :case AND called IS NOT NULL" for table in _PARTIES
)
_ADDRESSES: Final = "SELECT case_id, address FROM adult WHERE case_id <> :case AND address IS NOT NULL"
_BESIDE: Final = """SELECT case_id, number, full_name, role, home FROM other_person
    WHERE case_id <> :case AND full_name IS NOT NULL ORDER BY case_id, number"""


@dataclass(frozen=True)
class OtherCase:
    """A case that a document of this one must not speak of.

    Attributes:
        reference: Its short reference.
        numbers: The court's number of it.
        full_names: Of its parties and children.
        addresses: Of its parties.
        called: What its parties and children go by.
        beside: The people of its homes and around its children, whatever they are to them.
    """

    reference: str
    numbers: tuple[str, ...] = ()
    full_names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    beside: tuple[OtherPerson, ...] = ()


def others(db: Database, case_id: int) -> tuple[OtherCase, ...]:
    """Every case of the file but one."""
    numbers, names, addresses, called = (
        _words(db, query, case_id) for query in (_NUMBERS, _NAMES, _ADDRESSES, _CALLED)
    )
    beside: dict[int, list[OtherPerson]] = {}
    for number, at, name, role, home in db.execute(_BESIDE, {"case": case_id}).fetchall():
        beside.setdefault(number, []).append(OtherPerson(at, name, role or "", home or ""))
    return tuple(
        OtherCase(
            reference,
            numbers.get(number, ()),
            names.get(number, ()),
            addresses.get(number, ()),
            called.get(number, ()),
            tuple(beside.get(number, ())),
        )
        for number, reference in db.execute(
            "SELECT id, reference FROM case_file WHERE id <> :case ORDER BY id", {"case": case_id}
        ).fetchall()
    )


def _words(db: Database, query: str, case_id: int) -> dict[int, tuple[str, ...]]:
    """What a query finds of each other case, once."""
    found: dict[int, dict[str, None]] = {}
    for number, words in db.execute(query, {"case": case_id}).fetchall():
        found.setdefault(number, {})[words] = None
    return {number: tuple(words) for number, words in found.items()}
