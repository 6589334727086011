"""What tells every other case of the file by: its number, its people's full names, their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_NAMES = """SELECT case_id, full_name FROM adult WHERE case_id <> :case AND full_name IS NOT NULL
    UNION ALL SELECT case_id, full_name FROM child WHERE case_id <> :case AND full_name IS NOT NULL"""
_ADDRESSES = "SELECT case_id, address FROM adult WHERE case_id <> :case AND address IS NOT NULL"
_NUMBERS = "SELECT id, case_number FROM case_file WHERE id <> :case AND case_number IS NOT NULL"


@dataclass(frozen=True)
class OtherCase:
    """A case that a document of this one must not speak of."""

    reference: str
    numbers: tuple[str, ...]
    full_names: tuple[str, ...]
    addresses: tuple[str, ...]


def others(db: Database, case_id: int) -> tuple[OtherCase, ...]:
    """Every case of the file but one."""
    here = {"case": case_id}
    found: dict[int, tuple[list[str], list[str], list[str]]] = {}
    for place, query in enumerate((_NUMBERS, _NAMES, _ADDRESSES)):
        for number, words in db.execute(query, here).fetchall():
            found.setdefault(number, ([], [], []))[place].append(words)
    references = dict(db.execute("SELECT id, reference FROM case_file").fetchall())
    return tuple(
        OtherCase(references[number], *(tuple(dict.fromkeys(words)) for words in told))
        for number, told in found.items()
    )
