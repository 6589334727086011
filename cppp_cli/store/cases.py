"""Cases in the officer's file: found by reference or number, read whole as one record."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cppp_cli.errors import BlockedError, NotFoundError
from cppp_cli.programme.case import Case, Return, State
from cppp_cli.programme.people import Adult, Child, ContactDetail, OtherPerson, Relation, Restriction
from cppp_cli.programme.screening import Criterion
from cppp_cli.store.named import planned_for, spoken_of
from cppp_cli.store.sheets import CASE, REPORT, RowSheet, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlite_utils import Database

    from cppp_cli.programme.answers import Answer

ALPHABET = "23456789ACDEFGHJKMNPQRTVWXYZ"  # no 0/O, 1/I/L, B/8, S/5, U/V pairs an eye could confuse
LENGTH = 4


@dataclass(frozen=True)
class Summary:
    """One line of the case list."""

    id: int
    reference: str
    number: str
    state: State
    initials: str
    report_due: date | None
    hearing_on: date | None
    changed_at: str


def begin(db: Database, now: Callable[[], str]) -> int:
    """Open a case in draft and return its id; its reference is new in this file."""
    with db.atomic():
        taken = {row["reference"] for row in db.query("SELECT reference FROM case_file")}
        while (reference := "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))) in taken:
            pass
        cursor = db.execute(
            "INSERT INTO case_file (reference, state, opened_at, changed_at) VALUES (?, 'draft', ?, ?)",
            [reference, now(), now()],
        )
        return int(cursor.lastrowid or 0)


def discard_draft(db: Database, case_id: int) -> bool:
    """Remove a case whose new-case was never finished; False when it stays, for a safeguarding note is kept."""
    with db.atomic():
        removed = db.execute(
            "DELETE FROM case_file WHERE id = ? AND state = 'draft' "
            "AND id NOT IN (SELECT case_id FROM safeguarding_note)",
            [case_id],
        )
        return removed.rowcount == 1


class CaseSheet(RowSheet):
    """The answers of new-case; nobody a session or the plan speaks of leaves them."""

    def drop(self, paths: Iterable[str]) -> None:
        """Remove answers to questions that no longer apply.

        Raises:
            BlockedError: with them somebody would leave of whom a session or the plan speaks; nothing is removed.
        """
        leaving = tuple(paths)
        people = {path.removesuffix(".full_name") for path in leaving if path.count(".") == 2}  # noqa: PLR2004 - adults.1.full_name
        if people & (spoken_of(self._db, self._case_id) | planned_for(self._db, self._case_id)):
            raise BlockedError(
                "A session or the plan on file speaks of somebody who would leave the case, so nobody was removed. "
                "Answer yes again where it is asked whether there is another one."
            )
        super().drop(leaving)


def sheet(db: Database, case_id: int, now: Callable[[], str]) -> CaseSheet:
    """The answers of new-case."""
    return CaseSheet(db, CASE, case_id, case_id=case_id, now=now)


def report_sheet(db: Database, case_id: int, now: Callable[[], str]) -> RowSheet:
    """The officer's own words for the report."""
    return RowSheet(db, REPORT, case_id, case_id=case_id, now=now)


def listed(db: Database) -> tuple[Summary, ...]:
    """Every case, the one filed soonest first."""
    children: dict[int, list[str]] = {}
    for row in db.query("SELECT case_id, full_name FROM child ORDER BY case_id, number"):
        letters = "".join(part[0] for part in str(row["full_name"] or "?").split())
        children.setdefault(row["case_id"], []).append(letters)
    rows = db.query("SELECT * FROM case_file ORDER BY report_due IS NULL, report_due, reference")
    return tuple(
        Summary(
            id=row["id"],
            reference=row["reference"],
            number=row["case_number"] or "",
            state=State(row["state"]),
            initials=" ".join(children.get(row["id"], [])),
            report_due=_day(row["report_due"]),
            hearing_on=_day(row["hearing_on"]),
            changed_at=row["changed_at"],
        )
        for row in rows
    )


def find(db: Database, name: str, *, drafts_too: bool = False) -> int:
    """The id of the case with that reference (a unique beginning is enough) or court case number.

    A case whose new-case is not finished is found only when ``drafts_too`` asks for it.

    Raises:
        NotFoundError: no case fits, or several do.
    """
    wanted = name.strip().upper()
    rows = list(db.query("SELECT id, reference, case_number, state FROM case_file")) if wanted else []
    # A court number can be anything somebody typed, also another case's reference.
    exact = [r for r in rows if wanted == r["reference"]] or [
        r for r in rows if wanted == (r["case_number"] or "").upper()
    ]
    named = exact or [r for r in rows if r["reference"].startswith(wanted)]
    fits = [r for r in named if drafts_too or r["state"] != "draft"]
    if len(fits) == 1:
        return int(fits[0]["id"])
    if fits:
        raise NotFoundError(f"That fits several cases: {', '.join(r['reference'] for r in fits)}. Type one of these.")
    if named:
        raise NotFoundError("That case is not finished yet. Type cppp new-case to go on with it.")
    # What was typed is not repeated: it may be somebody's name.
    raise NotFoundError("There is no case of that reference or number. Type cppp case list to see them.")


def exists(db: Database, case_id: int) -> bool:
    """Whether a case is in the file: it was not erased, discarded or taken back."""
    return db.execute("SELECT 1 FROM case_file WHERE id = ?", [case_id]).fetchone() is not None


def drafts(db: Database) -> tuple[Summary, ...]:
    """Cases whose new-case was begun and not finished."""
    return tuple(case for case in listed(db) if case.state is State.DRAFT)


def load(db: Database, case_id: int) -> Case:
    """One case whole."""
    row = next(iter(db.query("SELECT * FROM case_file WHERE id = ?", [case_id])), None)
    if row is None:
        raise NotFoundError("This case is no longer in the file. Type cppp case list to see what is.")
    return Case(
        id=case_id,
        reference=row["reference"],
        state=State(row["state"]),
        number=row["case_number"] or "",
        court=row["court"] or "",
        judge=row["judge"] or "",
        route=row["route"] or "",
        route_other=row["route_other"] or "",
        order_date=_day(row["order_date"]),
        hearing_on=_day(row["hearing_on"]),
        hearing_kind=row["hearing_kind"] or "",
        report_due=_day(row["report_due"]),
        day_zero=_day(row["day_zero"]),
        questions=tuple(_said(r, "words") for r in _rows(db, "court_question", case_id)),
        adults=tuple(_adult(r) for r in _rows(db, "adult", case_id)),
        children=tuple(_child(r) for r in _rows(db, "child", case_id)),
        relations=tuple(
            Relation(r["adult"], r["child"], r["relation"] or "", r["responsibility"] or "not_known")
            for r in db.query("SELECT * FROM relation WHERE case_id = ? ORDER BY child, adult", [case_id])
        ),
        others=_others(row, db, case_id),
        restrictions=tuple(
            Restriction(
                r["adult"],
                r["number"],
                r["kind"] or "",
                r["terms"] or "",
                r["forbids_meeting"] or "not_known",
                _day(r["ends_on"]),
            )
            for r in db.query("SELECT * FROM restriction WHERE case_id = ? ORDER BY adult, number", [case_id])
        ),
        criteria=tuple(
            Criterion(
                r["criterion"],
                r["result"] or "not_known",
                r["note"] or "",
                r["depart"] == "yes",
                r["reason"] or "",
                r["manager"] or "",
                _day(r["consulted_on"]),
            )
            for r in db.query("SELECT * FROM screening WHERE case_id = ?", [case_id])
        ),
        arrangement_now=row["arrangement_now"] or "",
        order_now=row["order_now"] or "",
        returned=_return(row),
        opened_on=datetime.fromisoformat(row["opened_at"]).date(),
        changed_at=row["changed_at"],
    )


def set_state(db: Database, case_id: int, state: State, now: Callable[[], str]) -> None:
    """Record where the programme stands."""
    with db.atomic():
        db.execute("UPDATE case_file SET state = ?, changed_at = ? WHERE id = ?", [state.value, now(), case_id])


def record_return(db: Database, case_id: int, returned: Return, now: Callable[[], str]) -> None:
    """Record that the case goes back to the normal court process."""
    with db.atomic():
        db.execute(
            "UPDATE case_file SET state = 'returned', returned_on = ?, return_reason = ?, return_sentence = ?, "
            "changed_at = ? WHERE id = ?",
            [returned.on.isoformat(), storable(returned.reason), storable(returned.sentence), now(), case_id],
        )


def background(db: Database, case_id: int, now: Callable[[], str]) -> dict[str, Answer]:
    """The case as answers by path: what a session's questions may know."""
    return sheet(db, case_id, now).answers()


def _rows(db: Database, table: str, case_id: int) -> list[dict[str, object]]:
    return list(db.query(f"SELECT * FROM {table} WHERE case_id = ? ORDER BY number", [case_id]))


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _said(row: Mapping[str, object], column: str) -> str:
    return str(row[column] or "")


def _contact(row: Mapping[str, object], column: str) -> ContactDetail | None:
    # A detail whose flag was never answered is treated as confidential.
    return ContactDetail(str(row[column]), row[f"{column}_confidential"] != "no") if row[column] else None


def _adult(row: Mapping[str, object]) -> Adult:
    prepared = [(key, _said(row, f"prep_{key}")) for key in ("elearning", "workshop", "certificate")]
    return Adult(
        number=int(str(row["number"])),
        side=_said(row, "side"),
        full_name=_said(row, "full_name"),
        called=_said(row, "called"),
        role=_said(row, "role"),
        pronouns=_said(row, "pronouns"),
        phone=_contact(row, "phone"),
        email=_contact(row, "email"),
        address=_contact(row, "address"),
        solicitor=_said(row, "solicitor"),
        interpreter=_said(row, "interpreter"),
        adjustments=_said(row, "adjustments"),
        adjustments_open=row["adjustments_open"] == "yes",
        willing=_said(row, "willing") or "not_known",
        consent_on=_day(row["consent_on"]),
        consent_way=_said(row, "consent_way"),
        restrictions_known=row["has_restrictions"] in {"yes", "no"},
        preparation=tuple((key, how) for key, how in prepared if how),
    )


def _child(row: Mapping[str, object]) -> Child:
    return Child(
        number=int(str(row["number"])),
        full_name=_said(row, "full_name"),
        called=_said(row, "called"),
        born=_day(row["born"]),
        pronouns=_said(row, "pronouns"),
        school=_said(row, "school"),
        lives_with=_said(row, "lives_with"),
        needs=_said(row, "needs"),
    )


def _others(row: Mapping[str, object], db: Database, case_id: int) -> tuple[OtherPerson, ...]:
    """People beside the parties; those the court appointed are asked for by their office and numbered 0."""
    offices = {
        "guardian": "children's guardian",
        "child_solicitor": "children's solicitor",
        "local_authority": "local authority",
    }
    appointed = tuple(OtherPerson(0, _said(row, column), role) for column, role in offices.items() if row[column])
    return appointed + tuple(
        OtherPerson(int(str(r["number"])), _said(r, "full_name"), _said(r, "role"), _said(r, "home"), _said(r, "note"))
        for r in _rows(db, "other_person", case_id)
    )


def _return(row: Mapping[str, object]) -> Return | None:
    if not row["returned_on"]:
        return None
    return Return(
        date.fromisoformat(str(row["returned_on"])), _said(row, "return_reason"), _said(row, "return_sentence")
    )
