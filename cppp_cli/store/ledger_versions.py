"""The versions of the ledger in the officer's file: one is added for each change, and none is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.errors import BlockedError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import (
    AGREED,
    AGREED_FOR,
    CALENDAR,
    DESK,
    ENTRY,
    SESSION,
    YES,
    Entry,
    Version,
    calendar_objections,
    difference,
    entry,
    objections,
    replay,
    without_old_yes,
)
from cppp_cli.store.sheets import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answers


@dataclass(frozen=True)
class Source:
    """Where a change comes from, as ``programme.ledger.Version`` has it."""

    kind: str = DESK
    said_on: date | None = None
    session_id: int | None = None
    session_item: int | None = None


def versions(db: Database, case_id: int, item: str | None = None) -> dict[str, tuple[Version, ...]]:
    """Every version of a case by item, oldest first; of one item when it is given."""
    where, values = ("case_id = ?", [case_id]) if item is None else ("case_id = ? AND item = ?", [case_id, item])
    said: dict[tuple[str, int], dict[str, Answer | None]] = {}
    for row in db.query(f"SELECT * FROM ledger_answer WHERE {where}", values):
        gone = row["value"] is None and row["gap"] is None
        said.setdefault((row["item"], row["number"]), {})[row["path"]] = None if gone else decode(row)
    found: dict[str, list[Version]] = {}
    for row in db.query(f"SELECT * FROM ledger_version WHERE {where} ORDER BY item, number", values):
        version = Version(
            item=row["item"],
            number=row["number"],
            source=row["source"],
            said_on=date.fromisoformat(row["said_on"]) if row["said_on"] else None,
            made_at=row["made_at"],
            changes=said.get((row["item"], row["number"]), {}),
            session_id=row["session_id"],
            session_item=row["session_item"],
        )
        found.setdefault(row["item"], []).append(version)
    return {name: tuple(rows) for name, rows in found.items()}


def answers(db: Database, case_id: int, item: str) -> dict[str, Answer]:
    """What stands of one item, by path; nothing for an item that is not there."""
    return replay(versions(db, case_id, item).get(item, ()))


def add(
    db: Database, case_id: int, item: str, after: Answers, now: Callable[[], str], source: Source | None = None
) -> int | None:
    """Add a version that makes an item what ``after`` says; its number, or None when nothing changes.

    Raises:
        BlockedError: an entry cannot stand so, for instance "agreed" without both sides; nothing is kept.
    """
    with db.atomic():
        stands = answers(db, case_id, item)
        return add_changes(db, case_id, item, difference(stands, after), now, source or Source())


def add_changes(
    db: Database,
    case_id: int,
    item: str,
    changes: Mapping[str, Answer | None],
    now: Callable[[], str],
    source: Source,
) -> int | None:
    """Add a version of what changes; its number, or None when nothing does. Within a transaction of the caller.

    Raises:
        BlockedError: it cannot stand so.
    """
    before = versions(db, case_id, item).get(item, ())
    if item.startswith(ENTRY):
        changes = without_old_yes(changes, replay(before))
    changes = _for_those_there(db, case_id, item, replay(before), changes, source)
    if not changes:
        return None
    number = len(before) + 1
    version = Version(item, number, source.kind, source.said_on, now(), changes, source.session_id, source.session_item)
    if item.startswith(ENTRY):
        _refuse(entry(int(item.removeprefix(ENTRY)), (*before, version)))
    else:
        _refuse_calendar(item, replay((*before, version)))
    _write(db, case_id, version)
    db.execute("UPDATE case_file SET changed_at = ? WHERE id = ?", [now(), case_id])
    return number


def _for_those_there(
    db: Database, case_id: int, item: str, before: Answers, changes: Mapping[str, Answer | None], source: Source
) -> dict[str, Answer | None]:
    """The changes, and of an agreement for all the children which ones there are at the yes: a child may come later.

    What was agreed for named children, and is "for all" by a slip of the pen that is mended, has a yes for those only.
    """
    found = {path: answer for path, answer in changes.items() if path != AGREED_FOR}
    after = replay_on(before, found | {AGREED_FOR: None})
    if item.startswith(ENTRY):
        agreed = after.get("state", Answer()).value in AGREED
        for_all = agreed and after.get("children", Answer(("all",))).value == ("all",)
    else:
        for_all = item == f"{CALENDAR}agreed" and bool(after)
    if not for_all:
        return found | ({AGREED_FOR: None} if AGREED_FOR in before else {})
    named = before.get("children", Answer()).value
    was_agreed = before.get("state", Answer()).value in AGREED
    if was_agreed and named and "children" in found and source.kind != SESSION and not any(p in found for p in YES):
        found[AGREED_FOR] = Answer(named)
    elif any(path in found for path in (*YES, "children")):
        rows = db.query("SELECT number FROM child WHERE case_id = ? ORDER BY number", [case_id])
        there = Answer(tuple(str(row["number"]) for row in rows))
        if there.value and before.get(AGREED_FOR) != there:
            found[AGREED_FOR] = there
    return found


def replay_on(before: Answers, changes: Mapping[str, Answer | None]) -> dict[str, Answer]:
    """What stands after changes to what stood."""
    return {path: answer for path, answer in {**before, **changes}.items() if answer is not None}


def _refuse(found: Entry) -> None:
    against = objections(found)
    if against:  # by its number: a topic of the parents' own may hold anything
        raise BlockedError(f"Entry {found.number}: {' '.join(against)}")


def _refuse_calendar(item: str, after: Answers) -> None:
    against = calendar_objections(item, after)
    if against:
        raise BlockedError(" ".join(against))


def _write(db: Database, case_id: int, version: Version) -> None:
    said_on = version.said_on.isoformat() if version.said_on else None
    row = [version.source, version.session_id, version.session_item, said_on, version.made_at]
    key = [case_id, version.item, version.number]
    db.execute("INSERT INTO ledger_version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [*key, *row])
    for path, answer in version.changes.items():
        kept: Mapping[str, str | None] = encode(answer) if answer else {"value": None, "gap": None}
        db.execute("INSERT INTO ledger_answer VALUES (?, ?, ?, ?, ?, ?)", [*key, path, kept["value"], kept["gap"]])
