"""A case handed from one officer to another: written out whole, looked at, brought in whole, never merged."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import AnswersError, BlockedError, ConflictError, DamagedFileError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.ledger import CALENDAR, calendar_objections, objections
from cppp_cli.programme.nights.from_answers import calendar_of, handover_of
from cppp_cli.programme.parent_form import TOKEN_LENGTH, new_token
from cppp_cli.store import (
    appointments,
    cases,
    columns,
    disclosures,
    events,
    fact_checks,
    finals,
    ledger,
    letter_life,
    parent_forms,
    releases,
    sessions,
    terms,
)
from cppp_cli.store.arrival import Summary, named_alike, one_line, same_case, summary
from cppp_cli.store.migrations import NAMES, STEPS
from cppp_cli.store.named import planned_for
from cppp_cli.store.outgoing import leaving
from cppp_cli.store.recorder import digest
from cppp_cli.store.sealed import FORMATS, HANDOVER, NOT_OURS, Part, write
from cppp_cli.store.step_003 import begin_ledger
from cppp_cli.store.whole_case import TABLES, gather, history_of, put_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.keys import Key
    from cppp_cli.store.whole_case import Rows

BROUGHT_IN: Final = "brought in"
REPLACED: Final = "replaced"
_HEADER: Final = {
    "format": "INTEGER",
    "program": "TEXT",
    "schema": "TEXT",
    "made_at": "TEXT",
    "made_by": "TEXT",
    "case_count": "INTEGER",
    "digest": "BLOB",
}


@dataclass(frozen=True)
class Handover:
    """One case as another officer handed it over."""

    made_at: str
    made_by: str  # the officer's name
    program: str
    rows: Rows
    summary: Summary


@dataclass(frozen=True)
class Arrived:
    """A case brought in: its number here, its reference, and the one it had when that was taken."""

    case_id: int
    reference: str
    before: str


def hand_over(  # noqa: D417 - what is told says itself
    db: OfficerFile, case_id: int, path: Path, key: Key, *, made_by: str, program: str, now: Callable[[], str]
) -> str:
    """Write one case and its history into an encrypted file, checked before it gets its name; its SHA-256.

    Args:
        db: The officer's file; an event tells there what left.
        case_id: The case.
        path: The file; nothing may be there.
        key: Made from a passphrase of its own.

    Raises:
        ConflictError: something of that name is there, or it cannot be written.
        NotFoundError: the folder does not exist.
        DamagedFileError: it could not be read back as it was written.
    """
    with leaving(db, path) as out:
        rows = gather(db, case_id)
        rows["earlier_change"] += history_of(db, case_id, after=len(rows["earlier_change"]))
        header = {
            "format": FORMATS[HANDOVER],
            "program": program,
            "schema": [step.name for step in STEPS.applied(db)][-1],
            "made_at": now(),
            "made_by": made_by,
            "case_count": len(rows["case_file"]),
        }
        parts = {table: Part(_columns(db, table), found) for table, found in rows.items()}
        out.digest = write(path, key, {HANDOVER: Part(_HEADER, [header | {"digest": _digest(header, rows)}]), **parts})
        events.add(db, events.EXPORT, now, case_id=case_id, path=path, digest=out.digest)
    return out.digest


def parse(parts: Mapping[str, Part]) -> Handover:
    """The case in the tables of a file that came.

    Raises:
        DamagedFileError: they are not as cppp writes them, or of a newer schema.
    """
    header = _header(parts)
    if header["schema"] not in NAMES:
        raise DamagedFileError(
            "This file was made by a newer version of cppp and was not touched. Install that version and try again."
        )
    rows = {table: part.rows for table, part in parts.items() if table != HANDOVER}
    if set(rows) - set(TABLES) or header["case_count"] != 1 or len(rows.get("case_file", ())) != 1:
        raise DamagedFileError(NOT_OURS)
    told = {name: said for name, said in header.items() if name != "digest"}
    if header["digest"] != _digest(told, rows):
        raise DamagedFileError(
            "This file is not whole: what is in it is not what was put in. Nothing of it was taken; ask for it again."
        )
    safe = {
        table: [{name: harmless(said) for name, said in row.items()} for row in found] for table, found in rows.items()
    }
    try:
        columns.moment(header["made_at"])
        columns.prove(safe)
        made_by, program = one_line(header["made_by"]), one_line(header["program"])
        return Handover(header["made_at"], made_by, program, safe, summary(safe))
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise DamagedFileError(NOT_OURS) from None


def known(db: OfficerFile, arriving: Summary) -> tuple[Summary, ...]:
    """The cases of this file that are the one which arrives."""
    rows = db.query("SELECT id, reference, case_number FROM case_file ORDER BY id")
    may_be = [row["id"] for row in rows if named_alike(row["reference"], row["case_number"] or "", arriving)]
    found = (summary(gather(db, number)) for number in may_be)
    return tuple(present for present in found if same_case(present, arriving))


def bring_in(
    db: OfficerFile, handover: Handover, path: Path, digest_of_file: str, now: Callable[[], str], today: date,
    *, replacing: int | None = None,
) -> Arrived:  # fmt: skip
    """Put a case that was handed over into the file, whole, in the place of one that is there or beside the others.

    Args:
        db: The officer's file.
        handover: What came.
        path: From which file, for the event that tells of it.
        digest_of_file: The SHA-256 of that file.
        now: The clock.
        today: The day it comes.
        replacing: The case that goes for it, and gives it its number and its reference, so that whatever is on file of
            a number has one reference; it was shown to the officer before.

    Raises:
        BlockedError: something holds the case that would go.
        DamagedFileError: the rows are not as cppp writes them; nothing was changed.
    """
    with db.recorder.because(BROUGHT_IN if replacing is None else REPLACED), db.atomic():
        (case,) = handover.rows["case_file"]
        reference = _free(db, case["reference"]) if replacing is None else _take_out(db, replacing)
        # Where the other officer wrote something says nothing of this computer.
        elsewhere = [{**row, "path": None} for row in handover.rows.get("event", ())]
        rows = {**handover.rows, "case_file": [{**case, "reference": reference}], "event": elsewhere}
        try:
            _refuse_unknown_columns(db, rows)
            case_id = put_in(db, _with_own_tokens(db, rows), replacing)
            if "ledger_version" not in handover.rows:
                begin_ledger(db, case_id)
            _prove(db, case_id)
        except (db.conn.IntegrityError, KeyError, ValueError, TypeError, AttributeError):
            raise DamagedFileError(NOT_OURS) from None
        db.execute(
            "INSERT INTO handover (case_id, came_on, came_from) VALUES (?, ?, ?)",
            [case_id, today.isoformat(), handover.made_by],
        )
        detail = REPLACED if replacing is not None else ""
        events.add(db, events.IMPORT, now, case_id=case_id, detail=detail, path=path, digest=digest_of_file)
    return Arrived(case_id, reference, case["reference"])


def harmless(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """A value that came from elsewhere without what a screen could take for a command; what cppp wrote stays."""
    if not isinstance(value, str):
        return value
    try:
        kept = json.loads(value)
    except (ValueError, RecursionError):
        return clean(value)
    cleaned = _cleaned(kept)
    return clean(value) if cleaned == kept else json.dumps(cleaned, ensure_ascii=False)


def _cleaned(kept: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(kept, str):
        return clean(kept)
    if isinstance(kept, list):
        return [_cleaned(entry) for entry in kept]
    return {clean(name): _cleaned(entry) for name, entry in kept.items()} if isinstance(kept, dict) else kept


def _header(parts: Mapping[str, Part]) -> dict[str, Any]:
    part = parts.get(HANDOVER)
    if part is None or dict(part.columns) != _HEADER or len(part.rows) != 1:
        raise DamagedFileError(NOT_OURS)
    header = dict(part.rows[0])
    if any(said is None for said in header.values()):
        raise DamagedFileError(NOT_OURS)
    return header


def _digest(header: Mapping[str, Any], rows: Rows) -> bytes:
    """One digest over everything: what the file says of itself, and every cell of every row with its column."""
    told: list[str | bytes] = [str(said) for _, said in sorted(header.items())]
    for table in sorted(rows):
        told += [table, *(_of_row(row) for row in rows[table])]
    return digest(*told)


def _of_row(row: Mapping[str, Any]) -> bytes:
    return digest(*(part for cell in sorted(row.items()) for part in cell))


def _columns(db: OfficerFile, table: str) -> dict[str, str]:
    return {column.name: column.type for column in db.table(table).columns}


def _refuse_unknown_columns(db: OfficerFile, rows: Rows) -> None:
    for table, found in rows.items():
        if found and not found[0].keys() <= _columns(db, table).keys():
            raise KeyError(table)


def _take_out(db: OfficerFile, case_id: int) -> str:
    """Remove the case that is replaced, and return its reference; what it said stays in the history."""
    if db.execute("SELECT 1 FROM hold WHERE case_id = ? AND lifted_on IS NULL", [case_id]).fetchone():
        raise BlockedError(
            "A complaint, an appeal or a request to see the record holds this case, so nothing was replaced. "
            "Ask your manager, and lift the hold first."
        )
    found = db.execute("SELECT reference FROM case_file WHERE id = ?", [case_id]).fetchone()
    if found is None:
        raise ConflictError("The case to be replaced is no longer in the file. Look with cppp case list and try again.")
    db.execute("DELETE FROM case_file WHERE id = ?", [case_id])
    return str(found[0])


def _free(db: OfficerFile, wanted: str) -> str:
    """The reference, or a new one when it is taken."""
    taken = {row["reference"] for row in db.query("SELECT reference FROM case_file")}
    while wanted in taken:
        wanted = "".join(secrets.choice(cases.ALPHABET) for _ in range(cases.LENGTH))
    return wanted


def _with_own_tokens(db: OfficerFile, rows: Rows) -> Rows:
    """A form that a case here was given as well answers to that case: the arriving one gets another token."""
    taken = {row["token"] for row in db.query("SELECT token FROM parent_form")}
    forms = [
        {**row, "token": new_token(secrets.token_bytes(TOKEN_LENGTH))} if row["token"] in taken else row
        for row in rows.get("parent_form", ())
    ]
    return {**rows, "parent_form": forms}


def _prove(db: OfficerFile, case_id: int) -> None:
    """Read the case as every command will: what cannot be read is not taken."""
    cases.load(db, case_id)
    cases.listed(db)
    cases.background(db, case_id, str)
    cases.report_sheet(db, case_id, str).answers()
    sessions.of_case(db, case_id)
    appointments.history(db, case_id)
    if not planned_for(db, case_id) <= {f"children.{child.number}" for child in cases.load(db, case_id).children}:
        raise ValueError("a child of the plan")
    if any(map(objections, ledger.entries(db, case_id))):
        raise ValueError("an agreement of one")
    people = cases.background(db, case_id, str)
    for name, calendar in ledger.calendars(db, case_id).items():
        if calendar_objections(f"{CALENDAR}{name}", calendar):
            raise ValueError("an agreement of one")
        with suppress(AnswersError):  # one that is not finished
            calendar_of(calendar, people)
            handover_of(calendar)
    terms.of_case(db, case_id)
    parent_forms.of_case(db, case_id)
    letter_life.lives(db, case_id)
    for read in (disclosures.of_case, releases.of_case, fact_checks.of_case, fact_checks.requests):
        read(db, case_id)
    for final in finals.of_case(db, case_id):
        finals.corrections(db, case_id, final.kind, final.version)
