"""Taking back what one command did, change by change from the last to the first; and bringing it back again.

A change is taken back only where its row is as the command left it. What stays in any case: a safeguarding note, the
register of what was written, a picture, and the history itself, which tells the taking back as well. A command that
made a document final, or recorded a release or a decision to pass something on, is not taken back at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import BlockedError, ConflictError
from cppp_cli.store import history
from cppp_cli.store.triggers import LOGGED, UNTOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.history import Change, Unit

REASON: Final = "taken back"
_RECORDED: Final = {
    "final": (
        "That command made a document final, and a final document is corrected, never undone. Nothing was changed. "
        "To correct it: cppp report {case} --correct"
    ),
    "disclosure": (
        "That command recorded a decision to pass something on, which stays on record. Nothing was changed. Where it "
        "was wrong, record what was decided instead: cppp voice disclose {case}"
    ),
    "release": (
        "That command recorded that a passage only resembles what is held in confidence, which stays on record. "
        "Nothing was changed. It holds for those words only: write them otherwise, and they are looked at anew with "
        "cppp check {case}"
    ),
}
"""Tables that say what a command did for good, and what to do instead of taking it back."""

STAYS: Final = frozenset(
    {"safeguarding_note", "document", "event", "erasure", "parent_form", "picture", "correction", *_RECORDED}
)
"""Tables whose rows an undo leaves: all but a picture tell what happened; one no letter refers to harms nobody."""

_OF_SESSIONS: Final = {
    "safeguarding_note": "a safeguarding note was kept in it",
    "disclosure": "a decision to pass something of it on is recorded",
}
"""What of a session stays, and why the session does then."""

_WRITTEN: Final = ("fact_check", "insert")
"""Stays as well: that a copy was written for one side. What came back of it can be taken back."""

UPGRADE: Final = "upgrade"
"""The unit that told older rows into the history: they were there before it."""


def last(db: OfficerFile, chain: int | None = None) -> Unit | None:
    """The last command that can be taken back, of one case when its chain is given; none when there is none."""
    gone = _taken_back(history.units(db))
    return _newest(db, chain, [u for u in history.units(db, chain) if u.undoes is None and u.id not in gone])


def last_undo(db: OfficerFile, chain: int | None = None) -> Unit | None:
    """The last undo that can be taken back itself; none when there is none."""
    every = history.units(db)
    gone = _taken_back(every)
    first_hand = {unit.id for unit in every if unit.undoes is None}
    return _newest(db, chain, [u for u in history.units(db, chain) if u.undoes in first_hand and u.id not in gone])


def reversible(db: OfficerFile, unit: Unit) -> tuple[Change, ...]:
    """What taking a unit back would change, in the order the unit changed it.

    Where a note was kept, the form it was written in stays empty: it would become the same note once more.

    Raises:
        BlockedError: it cannot be taken back; the text says why, and what to do instead.
    """
    every = history.changes(db, unit.id)
    changed = _reversible(every)
    for change in changed:
        _refuse_if_needed(db, change)
    for place, why in _RECORDED.items():
        for change in every:
            if (change.place, change.action) == (place, "insert"):
                raise BlockedError(why.format(case=_reference(db, change.chain)))
    return changed


def take_back(db: OfficerFile, unit: Unit, shown: Sequence[Change]) -> None:
    """Bring every row the unit changed to what it was before; all of it or nothing.

    The caller has begun a unit of its own with ``undoes`` set. ``shown`` is what the officer agreed to.

    Raises:
        ConflictError: the command went on meanwhile, or something was changed again by a later one.
        BlockedError: as `reversible`, since it was shown.
    """
    with db.recorder.because(REASON), db.atomic():
        db.execute("PRAGMA defer_foreign_keys = ON")  # rows come and go in the order of the unit, not of the schema
        if tuple(shown) != reversible(db, unit):
            raise ConflictError(
                "That command went on in another window meanwhile, so nothing was taken back. Look again: cppp undo"
            )
        for change in reversed(shown):
            _refuse_if_changed_since(db, change)
            _reverse(db, change)


def _reversible(every: Sequence[Change]) -> tuple[Change, ...]:
    stays = STAYS | ({"form_answer"} if any(c.place == "safeguarding_note" for c in every) else frozenset())
    return tuple(change for change in every if change.place not in stays and (change.place, change.action) != _WRITTEN)


def _newest(db: OfficerFile, chain: int | None, found: Sequence[Unit]) -> Unit | None:
    for unit in reversed(found):
        every = history.changes(db, unit.id)
        changed = _reversible(every)
        recorded = any(c.place in _RECORDED and c.action == "insert" for c in every)
        began = unit.command == UPGRADE or any(c.place == "officer" and c.action == "insert" for c in changed)
        if (
            (recorded or _came_to_something(changed))
            and not began
            and (chain is None or {change.chain for change in changed or every} == {chain})
        ):
            return unit
    return None


def _came_to_something(changed: Sequence[Change]) -> bool:
    """Whether any row is otherwise after some changes than before: what was put in and taken out again is nothing."""
    first: dict[str, tuple[str, dict[str, Any]]] = {}
    last: dict[str, tuple[str, dict[str, Any]]] = {}
    for change in changed:
        row = f"{change.place} {dict(change.row)}"
        known = first.setdefault(row, (change.action, {}))[1]
        known.update({name: said for name, said in change.before.items() if name not in known})
        now = {} if change.action == "insert" else last.get(row, ("", {}))[1]
        last[row] = change.action, now | dict(change.after)
    for row, (action, before) in first.items():
        ended, after = last[row]
        if (action == "insert") != (ended == "delete"):
            return True
        if action != "insert" and any(before.get(name) != after.get(name) for name in before.keys() | after.keys()):
            return True
    return False


def _taken_back(every: tuple[Unit, ...]) -> set[int]:
    """The units that are taken back now: the last word on each counts, since an undo can be undone."""
    gone: set[int] = set()
    for unit in reversed(every):
        if unit.undoes is not None and unit.id not in gone:
            gone.add(unit.undoes)
    return gone


def _refuse_if_needed(db: OfficerFile, change: Change) -> None:
    """Refuse to take out a session or a case while something hangs on it that stays."""
    if change.action != "insert" or change.place not in {"session", "case_file"}:
        return
    of_session = change.place == "session"
    column = "session_id" if of_session else "case_id"
    for table in _OF_SESSIONS if of_session else sorted(STAYS - {"erasure"} | {_WRITTEN[0]}):
        if db.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", [change.row["id"]]).fetchone():
            what = _OF_SESSIONS.get(table, "something of it is kept")
            raise BlockedError(
                f"That cannot be taken back whole, because {what} and stays. Nothing was changed. Correct it with "
                "cppp session amend or cppp case edit; or take back another case's last command: cppp undo CASE"
            )


def _reference(db: OfficerFile, chain: int) -> str:
    """The reference of a case; the word for one where it is gone."""
    found = db.execute("SELECT reference FROM case_file WHERE id = ?", [chain]).fetchone()
    return str(found[0]) if found else "CASE"


def _refuse_if_changed_since(db: OfficerFile, change: Change) -> None:
    row = _present(db, change)
    if change.place == "ledger_version" and change.action == "insert":
        # What stands of an entry is its versions played one after the other, so none is taken out from below another.
        later = "SELECT 1 FROM ledger_version WHERE case_id = ? AND item = ? AND number > ?"
        as_left = row is not None and db.execute(later, list(change.row.values())).fetchone() is None
    elif change.action == "delete":
        as_left = row is None
    elif row is None:
        as_left = False
    else:
        left = change.after if change.action == "update" else {**dict.fromkeys(row), **change.after}
        as_left = all(row[name] == said for name, said in left.items() if (change.place, name) not in UNTOLD)
    if not as_left:
        raise ConflictError(
            "Something of it was changed again by a later command, so nothing was taken back. "
            "Take the later one back first: cppp history CASE shows the order."
        )


def _reverse(db: OfficerFile, change: Change) -> None:
    where, key = _where(change)
    if change.action == "insert":
        db.execute(f"DELETE FROM {change.place} WHERE {where}", key)
    elif change.action == "delete":
        marks = ", ".join("?" for _ in change.before)
        db.execute(
            f"INSERT INTO {change.place} ({', '.join(change.before)}) VALUES ({marks})", [*change.before.values()]
        )
    else:
        cells = ", ".join(f"{name} = ?" for name in change.before)
        db.execute(f"UPDATE {change.place} SET {cells} WHERE {where}", [*change.before.values(), *key])


def _present(db: OfficerFile, change: Change) -> Mapping[str, Any] | None:
    where, key = _where(change)
    return next(iter(db.query(f"SELECT * FROM {change.place} WHERE {where}", key)), None)


def _where(change: Change) -> tuple[str, list[Any]]:
    return " AND ".join(f"{name} = ?" for name in LOGGED[change.place].key), list(change.row.values())
