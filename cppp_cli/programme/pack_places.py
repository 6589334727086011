"""Whom the rows of a case concern, and what a reader must know of them. Pure.

That is told by what was asked and in which session, never guessed from the words: names and the like are looked for
in ``programme/pack.py``. Where it cannot be told, it is everybody of the family.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme import pack_papers, pack_plan
from cppp_cli.programme.audiences import may_enter_report
from cppp_cli.programme.dates import say_date
from cppp_cli.programme.pack_marks import (
    CHILD,
    CONFIDENCE,
    COURT,
    DETAIL,
    DETAILS,
    EARLIER,
    NOT_CLEARED,
    OWN,
    SAFEGUARDING,
    UNFINISHED,
    Place,
)
from cppp_cli.programme.pack_words import reference, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cppp_cli.programme.pack_marks import References, Row

# Questions to one side that are about the other side, or about the children, whatever the answer says.
_ABOUT_BOTH: Final = frozenset(
    {"communication", "scale_conflict", "scale_communication", "pass_on", "obstacles", "orders_note"}
)
_ABOUT_CHILDREN: Final = frozenset({"best_for_child", "child_would_say", "network", "scale_worry"})
_OF_ALL: Final = frozenset(
    {"joint_letter_words", "promises", "next_steps", "information_presented", "presented_note", "held_despite"}
)
_CHILD_SAID: Final = frozenset({"same", "change", "next", "anything_else", "outcome_how"})
_OWN_WORDS: Final = frozenset(
    {
        *("notes", "screening_note", "purpose", "outcome_note", "held_despite", "presented", "presented_note"),
        *("decision_reason", "note", "reason", "return_reason", "return_sentence", "why"),
    }
)
_ABOUT_SAFETY: Final = frozenset({"screening_note", "safety_note", "orders_note", "safety_open_note", "joint_safe"})
_WRITTEN: Final = "documents and files"
_TOLD_ON: Final = frozenset({"pass_on"})  # what one side said the other may hear
_STEPS: Final = {"parent-a": "A", "parent-b": "B"}
_TITLES: Final = {"child": "Session with the children", "joint": "Joint session", "other": "Another session"}


@dataclass(frozen=True)
class Meeting:
    """A session, as far as it says whom its words concern."""

    kind: str
    side: str | None
    title: str
    on: str
    people: References
    marks: frozenset[str] = frozenset()


class Family:
    """The people and sessions of one case: what must be known to say whom a row concerns."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Of a case as rows by table."""
        self.rows = rows
        self.sides = {side: _refs("adult", (r for r in rows["adult"] if r["side"] == side)) for side in ("A", "B")}
        self.adults = _refs("adult", rows["adult"])
        self.children = _refs("child", rows["child"])
        self.all = self.adults | self.children
        self._meetings = {row["id"]: self._meeting(row) for row in rows["session"]}

    def place(self, table: str, row: Row) -> Place:
        """Where a row of a table stands; KeyError for a table that tells nothing of anybody."""
        return _PLACES[table](self, row)

    def meeting(self, number: object) -> Meeting:
        """A session of the case; one that is not in the file may have been with anybody."""
        found = self._meetings.get(number) if isinstance(number, int) else None
        return found or Meeting("other", None, "A session", "", self.all)

    def answer(self, number: object, path: str) -> Place:
        """An answer of a session, by its path."""
        meeting = self.meeting(number)
        group, _, rest = path.partition(".")
        item, _, key = rest.partition(".")
        if group in {"statements", "letters"} and key:
            return self.childs_words(meeting, group[:-1], {"number": item, **self._row(group[:-1], number, item)})
        if group == "topics" and key:
            return self.topic(meeting, {"number": item, **self._row("topic", number, item)})
        marks = set(meeting.marks) | ({OWN} if (key or path) in _OWN_WORDS else set())
        if path in _ABOUT_SAFETY:
            marks |= {CONFIDENCE, COURT} if path == "orders_note" else {CONFIDENCE}
        if group == "children" and key in _CHILD_SAID:
            marks |= {CHILD}
        kind = f"session with side {meeting.side}" if meeting.side else _TITLES[meeting.kind].lower()
        alone = meeting.people if meeting.side and path not in _TOLD_ON else frozenset()
        return Place(kind, meeting.title, meeting.on, self._concerned(meeting, path), frozenset(marks), alone)

    def childs_words(self, meeting: Meeting, table: str, row: Row) -> Place:
        """A child's statement, letter or drawing; of any child where it does not say of which."""
        of = frozenset({f"child-{row['child']}"}) if row.get("child") else self.children
        what = {"statement": "statement", "letter": "letter or drawing"}[table]
        group = f"{meeting.title}, {what} {row['number']} of {' or '.join(sorted(of))}"
        cleared = may_enter_report(*(json.loads(row.get(gate) or "[]") for gate in ("wish", "decision")))
        marks = {CHILD} if cleared else {CHILD, NOT_CLEARED}
        return Place(CHILD, group, meeting.on, of, meeting.marks | marks)

    def topic(self, meeting: Meeting, row: Row) -> Place:
        """A topic of a joint meeting: both sides, and the children it is about."""
        numbers = json.loads(row.get("children") or '["all"]')
        children = self.children if "all" in numbers else frozenset(f"child-{number}" for number in numbers)
        group = f"{meeting.title}, topic {row['number']}"
        return Place("joint session", group, meeting.on, self.adults | children, meeting.marks)

    def _meeting(self, row: Row) -> Meeting:
        answers = (r for r in self.rows["session_answer"] if r["session_id"] == row["id"] and r["path"] == "came")
        came = frozenset(reference(person) for r in answers for person in json.loads(r["value"] or "[]"))
        people = {
            "parent": self.sides.get(row["side"], frozenset()),
            "child": (self.children & came) or self.children,
            "joint": self.adults,
            "other": came or self.all,
        }
        title = f"Session with side {row['side']}" if row["side"] else _TITLES[row["kind"]]
        day = f", {say_date(date.fromisoformat(row['held_on']))}" if row["held_on"] else ""
        aside = {"draft": ", a draft", "discarded": ", set aside"}.get(row["state"], "")
        marks = frozenset({UNFINISHED}) if aside else frozenset()
        return Meeting(row["kind"], row["side"], title + day + aside, row["held_on"] or "", people[row["kind"]], marks)

    def _concerned(self, meeting: Meeting, path: str) -> References:
        group, _, rest = path.partition(".")
        if group == "children" and rest:
            return frozenset({f"child-{rest.partition('.')[0]}"})
        if path in _OF_ALL:
            return self.all
        if meeting.kind == "joint" and path[-2:] in {"_a", "_b"}:
            return self.sides[path[-1].upper()]
        more = self.adults if path in _ABOUT_BOTH else frozenset()
        return meeting.people | more | (self.children if path in _ABOUT_CHILDREN else frozenset())

    def _row(self, table: str, number: object, item: str) -> Row:
        found = (r for r in self.rows[table] if r["session_id"] == number and str(r["number"]) == item)
        return next(found, {})


def marks_of(column: str, row: Row) -> frozenset[str]:
    """The marks of one cell beyond those of its row."""
    found = {OWN} if column in _OWN_WORDS else set()
    if row.get(f"{column}_confidential", "no") != "no":
        found.add(DETAIL)
    return frozenset(found)


def _refs(group: str, rows: Iterable[Row]) -> References:
    return frozenset(f"{group}-{row['number']}" for row in rows)


def _court(family: Family, row: Row) -> Place:
    return Place("court and case", "The case and the court", row.get("opened_at") or "", family.all, frozenset({COURT}))


def _person(group: str) -> Callable[[Family, Row], Place]:
    def place(family: Family, row: Row) -> Place:
        me = f"{group}-{row['number']}"
        homes = {reference(row.get(column) or "") for column in ("lives_with", "home")}
        return Place(DETAILS, me, "", frozenset({me}) | (family.all & homes))

    return place


def _relation(_: Family, row: Row) -> Place:
    adult, child = f"adult-{row['adult']}", f"child-{row['child']}"
    return Place(DETAILS, f"What {adult} is to {child}", "", frozenset({adult, child}))


def _restriction(family: Family, row: Row) -> Place:
    told_by = f"adult-{row['adult']}"
    group = f"Who may meet whom, as {told_by} told it alone"
    marks = frozenset({COURT, CONFIDENCE})
    return Place("orders and conditions", group, "", family.adults, marks, frozenset({told_by}))


def _screening(family: Family, row: Row) -> Place:
    return Place("screening", f"Screening: {spaced(row['criterion'])}", "", family.all, frozenset({OWN}))


def _appointment(family: Family, row: Row) -> Place:
    step = row.get("step") or ""
    of = family.children if step == "child" else family.sides.get(_STEPS.get(step, ""), family.all)
    return Place("timetable", f"The timetable, {step}", row.get("made_at") or "", of)


def _amendment(family: Family, row: Row) -> Place:
    place = family.answer(row["session_id"], row["path"])
    marks = place.marks | {EARLIER, OWN}
    return replace(place, kind=EARLIER, group=f"Amended: {place.group}", at=row["at"], marks=marks)


def _report(family: Family, row: Row) -> Place:
    marks = frozenset({OWN} if row["path"] == "supervision" else {OWN, COURT})
    return Place("report", "The officer's words for the report", "", family.all, marks)


def _note(family: Family, row: Row) -> Place:
    # Whom a concern is about cannot be told from how it is kept, so it is looked at for everybody.
    marks = frozenset({SAFEGUARDING, CONFIDENCE})
    return Place(SAFEGUARDING, "Safeguarding note", row.get("at") or "", family.all, marks)


def _form(family: Family, row: Row) -> Place:
    if (row.get("form") or "").startswith(pack_plan.FORM):
        return pack_plan.draft(family, row)
    if "safeguarding" in (row.get("form") or ""):
        place = _note(family, {})
        return replace(place, marks=place.marks | {UNFINISHED})
    return Place("forms", "A form that is not finished", "", family.all, frozenset({OWN, UNFINISHED}))


def _unfinished(family: Family, row: Row) -> Place:
    scope, _, number = row["scope"].partition(":")
    if scope == "session_answer":
        place = family.answer(int(number), row["path"])
    elif scope == "letter_answer":
        place = pack_papers.half_typed(family, number, row["path"])
    else:
        place = _form(family, {**row, "form": row["scope"]})
    return replace(place, group=f"Half-typed: {place.group}", marks=place.marks | {UNFINISHED})


def _event(family: Family, row: Row) -> Place:
    return Place(_WRITTEN, f"What was written or came: {row.get('what')}", row.get("at") or "", family.all)


def _ending(family: Family, row: Row) -> Place:
    return Place("closing", "The end of the case", row.get("closed_on") or row.get("since") or "", family.all)


_PLACES: Final[Mapping[str, Callable[[Family, Row], Place]]] = {
    "case_file": _court,
    "court_question": lambda family, row: replace(_court(family, row), group="A question of the order"),
    "adult": _person("adult"),
    "child": _person("child"),
    "relation": _relation,
    "other_person": _person("other"),
    "restriction": _restriction,
    "screening": _screening,
    "appointment": _appointment,
    "session": lambda family, row: family.answer(row["id"], "outcome_reason"),
    "session_answer": lambda family, row: family.answer(row["session_id"], row["path"]),
    "statement": lambda family, row: family.childs_words(family.meeting(row["session_id"]), "statement", row),
    "letter": lambda family, row: family.childs_words(family.meeting(row["session_id"]), "letter", row),
    "topic": lambda family, row: family.topic(family.meeting(row["session_id"]), row),
    "amendment": _amendment,
    "safeguarding_note": _note,
    "report_answer": _report,
    "form_answer": _form,
    "unfinished": _unfinished,
    "document": pack_papers.document,
    "document_text": pack_papers.words,
    "final": pack_papers.final,
    "correction": pack_papers.correction,
    "release": pack_papers.release,
    "fact_check": pack_papers.fact_check,
    "fact_request": pack_papers.fact_request,
    "disclosure": pack_papers.disclosure,
    "letter_answer": pack_papers.letter,
    "event": _event,
    "ledger_version": pack_plan.change,
    "ledger_answer": pack_plan.change,
    "term_period": pack_plan.terms,
    "parent_form": pack_plan.parent_form,
    "closure": _ending,
    "hold": _ending,
}

TABLES: Final = tuple(_PLACES)
"""The tables that tell something of somebody, in the order a reader would want them."""

OF_SESSIONS: Final = ("session", "session_answer", "statement", "letter", "topic", "amendment", "letter_answer")
"""Those of them that are read session by session."""
