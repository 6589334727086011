"""The ledger in the officer's file: versions are added, and what stands is read by playing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.errors import BlockedError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import (
    CALENDAR,
    DESK,
    ENTRY,
    SESSION,
    Entry,
    Version,
    difference,
    entry,
    objections,
    replay,
)
from cppp_cli.programme.ledger_from_session import NEW, given
from cppp_cli.store.forms import FormSheet
from cppp_cli.store.sheets import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.sessions import Session


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


def entries(db: Database, case_id: int) -> tuple[Entry, ...]:
    """The entries of a case by number, withdrawn ones included."""
    found = ((int(item.removeprefix(ENTRY)), all_of_it) for item, all_of_it in versions(db, case_id).items()
             if item.startswith(ENTRY))  # fmt: skip
    return tuple(entry(number, all_of_it) for number, all_of_it in sorted(found, key=lambda pair: pair[0]))


def answers(db: Database, case_id: int, item: str) -> dict[str, Answer]:
    """What stands of one item, by path; nothing for an item that is not there."""
    return replay(versions(db, case_id, item).get(item, ()))


def calendars(db: Database, case_id: int) -> dict[str, dict[str, Answer]]:
    """The calendars of a case by name: ``now``, ``a``, ``b`` or ``agreed``, and for one child ``agreed.2``."""
    found = versions(db, case_id)
    return {item.removeprefix(CALENDAR): replay(v) for item, v in found.items() if item.startswith(CALENDAR)}


def new_entry(db: Database, case_id: int) -> str:
    """The name of an entry that does not exist yet; the number of one taken back is not given again."""
    drafts = "SELECT substr(form, 8) AS item FROM form_answer WHERE case_id = ? AND form LIKE 'ledger:entry.%'"
    logged = "SELECT json_extract(\"row\", '$.item') AS item FROM change WHERE chain = ? AND place = 'ledger_version'"
    rows = [*db.query(drafts, [case_id]), *db.query(logged, [case_id])]
    rows += db.query("SELECT item FROM ledger_version WHERE case_id = ?", [case_id])
    numbers = [int(row["item"].removeprefix(ENTRY)) for row in rows if row["item"].startswith(ENTRY)]
    return f"{ENTRY}{max(numbers, default=0) + 1}"


def add(
    db: Database, case_id: int, item: str, after: Answers, now: Callable[[], str], source: Source | None = None
) -> int | None:
    """Add a version that makes an item what ``after`` says; its number, or None when nothing changes.

    Raises:
        BlockedError: an entry cannot stand so, for instance "agreed" without both sides; nothing is kept.
    """
    with db.atomic():
        stands = answers(db, case_id, item)
        return _add(db, case_id, item, difference(stands, after), now, source or Source())


def _add(
    db: Database,
    case_id: int,
    item: str,
    changes: Mapping[str, Answer | None],
    now: Callable[[], str],
    source: Source,
) -> int | None:
    if not changes:
        return None
    before = versions(db, case_id, item).get(item, ())
    number = len(before) + 1
    version = Version(item, number, source.kind, source.said_on, now(), changes, source.session_id, source.session_item)
    if item.startswith(ENTRY):
        _refuse(entry(int(item.removeprefix(ENTRY)), (*before, version)))
    _write(db, case_id, version)
    db.execute("UPDATE case_file SET changed_at = ? WHERE id = ?", [now(), case_id])
    return number


def _refuse(found: Entry) -> None:
    against = objections(found)
    if against:
        raise BlockedError(f"{found.title}: {' '.join(against)}")


def _write(db: Database, case_id: int, version: Version) -> None:
    said_on = version.said_on.isoformat() if version.said_on else None
    row = [version.source, version.session_id, version.session_item, said_on, version.made_at]
    key = [case_id, version.item, version.number]
    db.execute("INSERT INTO ledger_version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [*key, *row])
    for path, answer in version.changes.items():
        kept: Mapping[str, str | None] = encode(answer) if answer else {"value": None, "gap": None}
        db.execute("INSERT INTO ledger_answer VALUES (?, ?, ?, ?, ?, ?)", [*key, path, kept["value"], kept["gap"]])


def take_in(db: Database, session: Session, now: Callable[[], str]) -> int:
    """Bring what a finished session says of the topics into the ledger; the number of versions it made.

    A version from a session holds all that the session says of the entry, changed by it or not. So a session that
    was amended is taken in again, and changes of each entry only what the amendment changed: what was logged at the
    desk meanwhile stands. A topic that was taken out of the session is withdrawn.

    Raises:
        BlockedError: an entry cannot stand so; nothing is kept.
    """
    with db.atomic():
        before = _given_before(db, session)
        said = {number: (chosen, found) for number, chosen, found in given(session)}
        made = 0
        for number in sorted(before.keys() | said.keys()):
            chosen, found = said.get(number, (NEW, _WITHDRAWN))
            item = before.get(number) or (new_entry(db, session.case_id) if chosen == NEW else f"{ENTRY}{chosen}")
            last = _last_said(db, session, item, number)
            changes = difference(last, found if number in said else last | found)
            source = Source(SESSION, session.held_on, session.id, number)
            made += _add(db, session.case_id, item, changes, now, source) is not None
    return made


_WITHDRAWN = {"state": Answer("withdrawn")}


def _given_before(db: Database, session: Session) -> dict[int, str]:
    """The entries that topics of this session have changed before, by the topic's number."""
    rows = db.query(
        "SELECT DISTINCT session_item, item FROM ledger_version WHERE case_id = ? AND session_id = ?",
        [session.case_id, session.id],
    )
    return {row["session_item"]: row["item"] for row in rows}


def _last_said(db: Database, session: Session, item: str, number: int) -> dict[str, Answer]:
    """What this topic of this session had said of the item so far."""
    mine = [
        version
        for version in versions(db, session.case_id, item).get(item, ())
        if (version.session_id, version.session_item) == (session.id, number)
    ]
    return replay(mine)


class LedgerSheet(FormSheet):
    """An item being edited: what stands, with every answer given since on disk at once."""

    def __init__(self, db: Database, case_id: int, item: str) -> None:
        """Open with what stands, or with what was answered before the officer left."""
        super().__init__(db, case_id, f"ledger:{item}")
        self._item = item
        if not self.answers():
            with db.atomic():
                for path, answer in answers(db, case_id, item).items():
                    self.put(path, answer)

    def finish(self, after: Answers, now: Callable[[], str], source: Source | None = None) -> int | None:
        """Make a version that says ``after``, and forget the form; its number, or None when nothing changed.

        Raises:
            BlockedError: it cannot stand so; the form is kept.
        """
        case_id = int(str(self._row["case_id"]))
        with self._db.atomic():
            made = add(self._db, case_id, self._item, after, now, source)
            self.clear()
        return made


def drafts(db: Database, case_id: int) -> tuple[str, ...]:
    """The items that were begun and left."""
    rows = db.query("SELECT DISTINCT form FROM form_answer WHERE case_id = ? AND form LIKE 'ledger:%'", [case_id])
    return tuple(str(row["form"]).partition(":")[2] for row in rows)
