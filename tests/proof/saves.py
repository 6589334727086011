"""Saves of every kind, made through the program's own sheets, and what the file says of them afterwards.

Save number ``n`` of a day with a seed does the same thing to equal files wherever it is made: in the process that is
killed, and in the one that looks on. What an officer was told is saved is a dictionary of facts; ``facts`` reads the
same dictionary out of a file through the program's own readers.
"""

from __future__ import annotations

import hashlib
import random
import types
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.programme.people import Officer
from cppp_cli.store import appointments, cases, forms, ledger, officer, parent_forms, records, sessions, terms
from cppp_cli.store.appointments import Appointment

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

Facts = dict[str, Any]
"""What is told or read, by a name such as ``session 4 place``; None for what is no longer there."""

WORDS = "agreed bedtime bicycle café garden homework kitchen lantern meadow naïve pocket quiet river school Sunday \u2014 “yes”"
CASE_PATHS = (
    "judge", "court", "arrangement_now", "order_now", "local_authority", "questions.1.words", "questions.3.words",
    "adults.1.phone", "adults.2.adjustments", "children.1.needs", "children.2.school", "others.1.note",
    "screening.alcohol.note", "adults.2.restrictions.1.terms",
)  # fmt: skip
SESSION_PATHS = (
    "place", "mode", "purpose", "obstacles", "next_steps", "letters.1.description", "topics.2.wording",
    "topics.1.position_a", "statements.1.words", "statements.2.words", "statements.9.words",
)  # fmt: skip
PLAN_PATHS = ("asked_a", "asked_b", "offered_a", "court_asked", "steps.1.words")
FORM_PATHS = ("said_by", "said_when", "present", "place", "words", "asked")
STEPS = ("child", "joint", "filing")


class Day:
    """An officer's day at an opened file: ``save`` makes one save and returns what the officer is told."""

    def __init__(self, db: Database, seed: int) -> None:
        """Saves are drawn by lot from the seed and their number alone."""
        self.db, self._seed, self._number = db, seed, 0

    def save(self, number: int) -> Facts:
        """Make the save of that number; on disk when this returns."""
        self._number, self._dice = number, random.Random(f"{self._seed} {number}")
        if hasattr(self.db, "recorder"):
            self.db.recorder.begin("session log", self._moment)
        self._case = self._dice.choice(
            [row[0] for row in self.db.execute("SELECT id FROM case_file WHERE state <> 'draft'")]
        )
        kind = KINDS[number] if number < len(KINDS) else self._dice.choice(KINDS)
        with mock.patch.object(cases, "secrets", types.SimpleNamespace(choice=self._dice.choice)):  # for references
            return kind(self)

    def _moment(self) -> datetime:
        return datetime(2026, 8, 6, 9, tzinfo=UTC) + timedelta(seconds=self._number)

    def now(self) -> str:
        """The moment of this save: equal wherever it is made."""
        return self._moment().isoformat(timespec="seconds")

    def answer(self, path: str) -> Answer:
        """Something to say: a few words, a gap, or now and then more than one page of the file holds."""
        if self._dice.random() < 0.1:
            return Answer(gap=self._dice.choice([Gap.NOT_KNOWN, Gap.DECLINED, Gap.NOT_DISCUSSED]))
        count = self._dice.choice([1, 4, 9, 30, 900])
        words = " ".join(self._dice.choices(WORDS.split(" "), k=count))
        return Answer(words if path != "mode" else words[:20])

    def case_answer(self) -> Facts:
        path = self._dice.choice(CASE_PATHS)
        return self._put(cases.sheet(self.db, self._case, self.now), f"case {self._case}", path)

    def report_words(self) -> Facts:
        sheet = cases.report_sheet(self.db, self._case, self.now)
        return self._put(sheet, f"report {self._case}", self._dice.choice(["analysis", "recommendation"]))

    def session_answer(self) -> Facts:
        number = self._session("draft")
        if not number:
            return self.begin_session()
        sheet = sessions.sheet(self.db, number, self._case_of(number), self.now)
        return self._put(sheet, f"session {number}", self._dice.choice(SESSION_PATHS))

    def withdrawn_answer(self) -> Facts:
        number = self._session("draft")
        if not number:
            return self.begin_session()
        sheet = sessions.sheet(self.db, number, self._case_of(number), self.now)
        answers = list(sheet.answers())
        leaving = self._dice.sample(answers, min(2, len(answers)))
        sheet.drop(leaving)
        return {f"session {number} {path}": None for path in leaving}

    def amendment(self) -> Facts:
        number = self._session("finished")
        sheet = sessions.AmendingSheet(
            self.db, number, case_id=self._case_of(number), now=self.now, reason=f"heard again at {self._number}"
        )
        return self._put(sheet, f"session {number}", self._dice.choice(SESSION_PATHS))

    def begin_session(self) -> Facts:
        name = self._dice.choice(["parent-a", "child", "other"])
        return {f"session {sessions.begin(self.db, self._case, name, self.now)}": "draft"}

    def finish_session(self) -> Facts:
        number = self._session("draft")
        if not number:
            return self.begin_session()
        sessions.finish(self.db, number, self.now)
        return {f"session {number}": "finished"}

    def discard_session(self) -> Facts:
        number = self._session("draft")
        if not number:
            return self.begin_session()
        sessions.discard(self.db, number, self.now)
        return {f"session {number}": "discarded"}

    def form_answer(self) -> Facts:
        form = self._dice.choice([forms.NOTE, forms.RETURN])
        sheet = forms.FormSheet(self.db, self._case, form)
        return self._put(sheet, f"{form} {self._case}", self._dice.choice(FORM_PATHS))

    def words_half_typed(self) -> Facts:
        words = " ".join(self._dice.choices(WORDS.split(" "), k=12))
        cases.sheet(self.db, self._case, self.now).keep_unfinished("order_now", words)
        return {f"case {self._case} half typed": words}

    def note_of_concern(self) -> Facts:
        before = forms.FormSheet(self.db, self._case, forms.NOTE).answers()
        if not sessions.recover_note(self.db, self._case, self.now):
            return self.form_answer()
        gone: Facts = {f"{forms.NOTE} {self._case} {path}": None for path in before}
        return gone | {f"note {self._case} {self.now()}": before["words"].value}

    def moved_appointment(self) -> Facts:
        step, on = self._dice.choice(STEPS), date(2026, 8, 10) + timedelta(days=self._dice.randrange(60))
        to = Appointment(step, on, None, "planned", chosen=True, reason="child")
        appointments.move(self.db, self._case, to, self.now)
        return {f"appointment {self._case} {step}": on.isoformat()}

    def picture(self) -> Facts:
        data = self._dice.randbytes(self._dice.choice([200, 30_000]))
        number = records.add_picture(self.db, self._case, data, "image/png", (10, 10), self.now)
        return {f"picture {self._case} {number}": hashlib.sha256(data).hexdigest()}

    def document(self) -> Facts:
        digest = self._dice.randbytes(32).hex()
        version = records.next_version(self.db, self._case, "report", digest)
        records.register(self.db, self._case, "report", version, digest, self.now)
        return {f"document {self._case} {version}": digest}

    def new_case(self) -> Facts:
        return {f"case {cases.begin(self.db, self.now)}": "draft"}

    def dropped_case(self) -> Facts:
        found = cases.drafts(self.db)
        if not found:
            return self.new_case()
        number = self._dice.choice(found).id
        cases.discard_draft(self.db, number)
        return {f"case {number}": None}

    def officer_details(self) -> Facts:
        phone = f"01632 960{self._dice.randrange(1000):03}"
        officer.save(self.db, Officer("Ruth Adeyemi", phone=phone, working_days=frozenset({0, 1, 3})))
        return {"officer": phone}

    def plan_version(self) -> Facts:
        known = [entry.item for entry in ledger.entries(self.db, self._case)]
        item = self._dice.choice([*known, ledger.new_entry(self.db, self._case)])
        path, answer = self._dice.choice(PLAN_PATHS), self.answer("words")
        stands = ledger.answers(self.db, self._case, item)
        new = {} if item in known else {"topic": Answer("money"), "state": Answer("not_agreed")}
        if stands.get(path) != answer:
            ledger.add(self.db, self._case, item, {**stands, **new, path: answer}, self.now)
        return {f"plan {self._case} {item} {path}": said(answer)}

    def term_dates(self) -> Facts:
        first = date(2026, 9, 1) + timedelta(days=self._dice.randrange(60))
        periods = [Period(first + timedelta(days=n), first + timedelta(days=n), "inset", "Inset day") for n in range(9)]
        terms.replace(self.db, self._case, (1, 2), TermDates(tuple(periods)))
        return {f"terms {self._case} {child}": periods[0].first.isoformat() for child in (1, 2)}

    def form_for_a_parent(self) -> Facts:
        token = f"T{self._number}-{self._dice.randrange(10**9)}"
        parent_forms.add(self.db, self._case, "A", token, "yes", self.now)
        return {f"form {self._case} {token}": "A"}

    def _put(self, sheet: Any, owner: str, path: str) -> Facts:
        answer = self.answer(path)
        sheet.put(path, answer)
        return {f"{owner} {path}": said(answer)}

    def _session(self, state: str) -> int:
        rows = self.db.execute("SELECT id FROM session WHERE state = ? ORDER BY id", [state]).fetchall()
        return self._dice.choice(rows)[0] if rows else 0

    def _case_of(self, session: int) -> int:
        return int(self.db.execute("SELECT case_id FROM session WHERE id = ?", [session]).fetchone()[0])


KINDS: tuple[Callable[[Day], Facts], ...] = (
    Day.case_answer, Day.begin_session, Day.session_answer, Day.amendment, Day.form_answer, Day.note_of_concern,
    Day.finish_session, Day.moved_appointment, Day.report_words, Day.begin_session, Day.withdrawn_answer,
    Day.discard_session, Day.words_half_typed, Day.picture, Day.document, Day.new_case, Day.dropped_case,
    Day.officer_details, Day.plan_version, Day.term_dates, Day.form_for_a_parent,
)  # fmt: skip
"""Each is one transaction. The first saves of a day are these in this order, and lots decide from then on."""


def said(answer: Answer) -> Any:
    """An answer as plain data."""
    return {"skip": answer.gap.value} if answer.gap else answer.value


def facts(db: Database) -> Facts:
    """Everything the file says that a save can tell of, through the readers the program itself uses."""
    found: Facts = {"officer": officer.load(db).phone}
    for case_id, state in db.execute("SELECT id, state FROM case_file").fetchall():
        found |= {f"case {case_id}": state} | _of_case(db, case_id)
        sheets = {
            "case": cases.sheet(db, case_id, str),
            "report": cases.report_sheet(db, case_id, str),
            forms.NOTE: forms.FormSheet(db, case_id, forms.NOTE),
            forms.RETURN: forms.FormSheet(db, case_id, forms.RETURN),
        }
        for name, sheet in sheets.items():
            found |= {f"{name} {case_id} {path}": said(answer) for path, answer in sheet.answers().items()}
    for number, case_id, state in db.execute("SELECT id, case_id, state FROM session").fetchall():
        answers = sessions.sheet(db, number, case_id, str).answers()
        found |= {f"session {number}": state}
        found |= {f"session {number} {path}": said(answer) for path, answer in answers.items()}
    return found


def _of_case(db: Database, case_id: int) -> Facts:
    found: Facts = {
        f"appointment {case_id} {a.step}": a.on.isoformat() for a in appointments.current(db, case_id).values()
    }
    found |= {f"note {case_id} {note['at']}": note["words"] for note in sessions.notes(db, case_id)}
    half = cases.sheet(db, case_id, str).unfinished("order_now")
    found |= {f"case {case_id} half typed": half} if half else {}
    for (number,) in db.execute("SELECT id FROM picture WHERE case_id = ?", [case_id]).fetchall():
        data = records.picture(db, case_id, number).data
        found[f"picture {case_id} {number}"] = hashlib.sha256(data).hexdigest()
    for version, digest in db.execute("SELECT version, digest FROM document WHERE case_id = ?", [case_id]).fetchall():
        found[f"document {case_id} {version}"] = digest
    found |= {f"form {case_id} {given.token}": given.side for given in parent_forms.of_case(db, case_id)}
    found |= {
        f"terms {case_id} {n}": dates.periods[0].first.isoformat() for n, dates in terms.of_case(db, case_id).items()
    }
    for item in ledger.versions(db, case_id):
        stands = ledger.answers(db, case_id, item)
        found |= {f"plan {case_id} {item} {path}": said(answer) for path, answer in stands.items()}
    return found
