"""The ledger in the officer's file: versions are added, and what stands is read by playing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import (
    AGREED,
    CALENDAR,
    CONFIRMED,
    ENTRY,
    SESSION,
    WORDS_AND_STATE,
    YES,
    Entry,
    difference,
    entry,
    replay,
)
from cppp_cli.programme.ledger_from_session import NEW, given
from cppp_cli.store.ledger_sheet import LedgerSheet
from cppp_cli.store.ledger_versions import Source, add, add_changes, answers, replay_on, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.sessions import Session

__all__ = [
    "LedgerSheet",
    "Source",
    "add",
    "answers",
    "calendars",
    "drafts",
    "entries",
    "new_entry",
    "take_in",
    "versions",
]


def entries(db: Database, case_id: int) -> tuple[Entry, ...]:
    """The entries of a case by number, withdrawn ones included."""
    found = ((int(item.removeprefix(ENTRY)), all_of_it) for item, all_of_it in versions(db, case_id).items()
             if item.startswith(ENTRY))  # fmt: skip
    return tuple(entry(number, all_of_it) for number, all_of_it in sorted(found, key=lambda pair: pair[0]))


def calendars(db: Database, case_id: int) -> dict[str, dict[str, Answer]]:
    """The calendars of a case by name: ``now``, ``a``, ``b`` or ``agreed``, and for one child ``agreed.2``."""
    stands = {item: replay(found) for item, found in versions(db, case_id).items() if item.startswith(CALENDAR)}
    return {item.removeprefix(CALENDAR): answers for item, answers in stands.items() if answers}


def new_entry(db: Database, case_id: int) -> str:
    """The name of an entry that does not exist yet; the number of one taken back is not given again."""
    drafts = "SELECT substr(form, 8) AS item FROM form_answer WHERE case_id = ? AND form LIKE 'ledger:entry.%'"
    logged = "SELECT json_extract(\"row\", '$.item') AS item FROM change WHERE chain = ? AND place = 'ledger_version'"
    rows = [*db.query(drafts, [case_id]), *db.query(logged, [case_id])]
    rows += db.query("SELECT item FROM ledger_version WHERE case_id = ?", [case_id])
    numbers = [int(row["item"].removeprefix(ENTRY)) for row in rows if row["item"].startswith(ENTRY)]
    return f"{ENTRY}{max(numbers, default=0) + 1}"


def take_in(db: Database, session: Session, now: Callable[[], str]) -> int:
    """Bring what a finished session says of the topics into the ledger; the number of versions it made.

    A version from a session holds all that the session says of the entry, changed by it or not. So a session that
    was amended is taken in again, and changes of each entry only what the amendment changed: what was logged at the
    desk or said in another session meanwhile stands. A topic that was taken out of the session is withdrawn.

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
            found = _with_yes_of_then(found, last)
            found |= _yes_of_before(session, number, found, last)
            changes = difference(last, found if number in said else last | found)
            changes = _where_it_still_stands(changes, last, answers(db, session.case_id, item))
            source = Source(SESSION, session.held_on, session.id, number)
            made += add_changes(db, session.case_id, item, changes, now, source) is not None
    return made


_WITHDRAWN = {"state": Answer("withdrawn")}


def _yes_of_before(session: Session, number: int, found: Answers, last: Answers) -> dict[str, Answer]:
    """The yes to a topic of a session from before it was asked who said yes: it holds as long as the words do."""
    asked = f"topics.{number}.said_yes" in session.answers
    same = all(found.get(path) == last.get(path) for path in ("state", "children", "wording"))
    return {path: last[path] for path in YES if same and not asked and path in last}


def _with_yes_of_then(found: Answers, last: Answers) -> dict[str, Answer]:
    """What a session says; with the yes kept with the same words, where it is of a time when it was not asked."""
    asked = any(path in found for path in YES)
    same = "wording" in found and found.get("wording") == last.get("wording")
    if asked or not same or found.get("state", Answer()).value not in AGREED:
        return dict(found)
    return {**found, **{path: last[path] for path in YES if path in last}}


def _where_it_still_stands(
    changes: Mapping[str, Answer | None], last: Answers, stands: Answers
) -> dict[str, Answer | None]:
    """What a session changes: of what it has told before, only what nobody has said otherwise since.

    Where something stands, for whom, in which words and who said yes to it belong together. What both confirmed they
    confirmed as it was, so it does not outlive other words or a later yes.
    """
    moved_on = {path for path in last if stands.get(path) != last[path]}
    if moved_on & set(WORDS_AND_STATE):
        moved_on |= set(WORDS_AND_STATE)
    found = {path: answer for path, answer in changes.items() if path not in moved_on}
    after = replay_on(stands, found)
    for yes, confirmed in zip(YES, CONFIRMED, strict=True):
        if confirmed not in stands:
            continue
        other_words = "wording" in stands and after.get("wording") != stands["wording"]
        later = yes in after and str(after[yes].value) > str(stands[confirmed].value)
        if other_words or later:
            found |= {path: None for path in CONFIRMED if path in stands}
    return found


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


def drafts(db: Database, case_id: int) -> tuple[str, ...]:
    """The items that were begun and left."""
    rows = db.query("SELECT DISTINCT form FROM form_answer WHERE case_id = ? AND form LIKE 'ledger:%'", [case_id])
    return tuple(str(row["form"]).partition(":")[2] for row in rows)
