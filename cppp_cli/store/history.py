"""The history of the file: what was changed by which command, and whether the chain of it still holds.

The chain shows accident, and meddling by somebody without the key. Whoever holds the key could write all of it anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cppp_cli.store import triggers
from cppp_cli.store.recorder import START, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database


@dataclass(frozen=True)
class Change:
    """One row that was added, changed or removed; only the columns that changed, all of them for a whole row."""

    id: int
    chain: int  # the case, or 0 for what belongs to none
    at: str
    action: str  # insert, update or delete
    place: str  # the table
    row: Mapping[str, Any]  # its key
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str
    unit: int


@dataclass(frozen=True)
class Unit:
    """One run of a command that changed something; ``undoes`` is the unit it took back."""

    id: int
    command: str
    at: str
    undoes: int | None


def units(db: Database, chain: int | None = None) -> tuple[Unit, ...]:
    """Every run of a command that changed something, oldest first; of one chain when that is given."""
    where = "" if chain is None else " WHERE id IN (SELECT unit FROM link WHERE chain = ?)"
    rows = db.query(f"SELECT id, command, at, undoes FROM unit{where} ORDER BY id", [] if chain is None else [chain])
    return tuple(Unit(row["id"], row["command"], row["at"], row["undoes"]) for row in rows)


def changes(db: Database, unit: int, chain: int | None = None) -> tuple[Change, ...]:
    """What one run of a command changed, in the order it did; what an erased case held is not among it."""
    return tuple(c for c in _changes(db, "unit = ?", [unit]) if chain is None or c.chain == chain)


def of_chain(db: Database, chain: int) -> tuple[Change, ...]:
    """Everything that changed in one case, or in the file itself for 0, oldest first."""
    return tuple(_changes(db, "change.chain = ?", [chain]))


def _changes(db: Database, where: str, values: list[object]) -> Iterator[Change]:
    rows = db.query(f"SELECT change.*, link.unit FROM change JOIN link USING (id) WHERE {where} ORDER BY id", values)
    for row in rows:
        yield Change(
            id=row["id"],
            chain=row["chain"],
            at=row["at"],
            action=row["action"],
            place=row["place"],
            row=json.loads(row["row"]),
            before=json.loads(row["before"] or "{}"),
            after=json.loads(row["after"] or "{}"),
            reason=row["reason"] or "",
            unit=row["unit"],
        )


def session_name(db: Database, number: int) -> str:
    """What a session is called, whether it is in the file or was taken back since."""
    from cppp_cli.programme.sessions import KINDS

    past = "SELECT after FROM change WHERE place = 'session' AND action = 'insert' AND \"row\" = json_object('id', ?)"
    cells: dict[str, Any] = next((json.loads(row[0]) for row in db.execute(past, [number])), {})
    return next((name for name, pair in KINDS.items() if pair == (cells.get("kind"), cells.get("side"))), "other")


@dataclass(frozen=True)
class Flaw:
    """Where the history does not hold: ``what`` is one of the keys of ``WHAT``."""

    what: str
    chain: int


WHAT = {
    "gap": "links are missing",
    "head": "a link does not follow from the one before it",
    "digest": "the words of a change are not those that were kept",
    "lost": "the words of a change are missing",
    "extra": "there are words without a link",
    "row": "a row is not as its last change left it",
}


def verify(db: Database) -> tuple[Flaw, ...]:
    """Every place where the chain, the words or the rows of the file disagree; none when the history holds."""
    return tuple(dict.fromkeys([*_links(db), *_words(db), *_rows(db)]))


def _links(db: Database) -> Iterator[Flaw]:
    told = "json_array(unit.token, unit.command, unit.at, unit.undoes)"
    rows = db.execute(
        f"SELECT link.id, chain, number, {told}, digest, head FROM link LEFT JOIN unit ON unit.id = link.unit "
        "ORDER BY chain, number"
    )
    chain, number, head, seen = None, 0, START, 0
    for link_id, of, at, by, kept, said in rows:
        if of != chain:
            chain, number, head = of, 0, START
        if at != number + 1:
            yield Flaw("gap", of)
        if digest(head, link_id, of, at, by, kept) != said:
            yield Flaw("head", of)
        number, head, seen = at, said, seen + 1
    # Numbers are given one after the other over all chains, so that a chain cut off at its end is noticed too.
    (given,) = db.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'change'").fetchone()
    if (given or 0) != seen:
        yield Flaw("gap", triggers.FILE_CHAIN)


def _words(db: Database) -> Iterator[Flaw]:
    words = "salt, change.chain, at, action, place, change.row, before, after, reason"
    for row in db.execute(f"SELECT change.chain, link.digest, {words} FROM change LEFT JOIN link USING (id)"):
        if row[1] is None:
            yield Flaw("extra", row[0])
        elif digest(*row[2:]) != row[1]:
            yield Flaw("digest", row[0])
    idle = "SELECT 1 FROM unit WHERE id NOT IN (SELECT unit FROM link) LIMIT 1"
    yield from (Flaw("extra", triggers.FILE_CHAIN) for _ in db.execute(idle))
    lost = (
        "SELECT DISTINCT chain FROM link WHERE id NOT IN (SELECT id FROM change) "
        "AND chain NOT IN (SELECT case_id FROM erasure)"
    )
    yield from (Flaw("lost", row[0]) for row in db.execute(lost))


def _rows(db: Database) -> Iterator[Flaw]:
    """Play the history forward and compare: a change that no trigger saw would show here."""
    played: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
    for place, row, action, chain, after in db.execute(
        'SELECT place, "row", action, chain, after FROM change ORDER BY id'
    ):
        if action == "delete":
            played.pop((place, row), None)
        elif action == "insert":
            played[place, row] = (chain, _cells(after))
        else:
            known = played.setdefault((place, row), (chain, {}))[1]
            known.update(_cells(after))
    for table in triggers.LOGGED:
        columns = [column.name for column in db.table(table).columns]
        now = f"SELECT {triggers.key_of(table, table)}, {triggers.whole(table, columns, table)} FROM {table}"
        for row, whole in db.execute(now):
            chain, expected = played.pop((table, row), (triggers.FILE_CHAIN, {}))
            if _told(table, json.loads(whole)) != _told(table, expected):
                yield Flaw("row", chain)
    yield from (Flaw("row", chain) for chain, _ in played.values())


def _cells(kept: str | None) -> dict[str, Any]:
    """The columns of a change; none when somebody spoilt it, which its digest shows."""
    try:
        found = json.loads(kept or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _told(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in row.items() if said is not None and (table, name) not in triggers.UNTOLD}
