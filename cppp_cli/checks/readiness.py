"""What still stands between a case and the court, from the record alone; the words of the documents are read elsewhere.

Pure. A finding of this module is for the officer's screen: it may name people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.finding import Finding, Severity
from cppp_cli.programme.dates import say_distance, short_date
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.programme.sessions import ORDER, joint_blockers, latest
from cppp_cli.programme.working_days import WorkingDays, clear_days_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cppp_cli.programme.case import Case
    from cppp_cli.programme.finals import FactCheck
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.people import Adult
    from cppp_cli.programme.sessions import Session

AREAS: Final = (
    *("sessions", "consents", "screening", "orders", "preparation", "positions", "own words", "questions of the order"),
    *("wording", "leaks", "names", "dates", "fact check", "quality assurance", "children's voice"),
)
"""What the board covers, in its order; ``Finding.place`` begins with one of them."""

_CPPP: Final = "Cafcass on the programme: a session with each parent, one with the children, one with both"
_ELIGIBILITY: Final = "Cafcass, professionals' page on the programme: both willing, court involved, harmful conflict"
_PD12J: Final = "Practice Direction 12J: domestic abuse is considered at every stage"
_COURSE: Final = "Cafcass: parents do the course, Planning Together for Children, before the programme"
_FPR_2_9: Final = "Family Procedure Rules 2010, rule 2.9: clear days"
_ORDER: Final = "the court's order"
_PHSO: Final = "Ombudsman's case summaries 783, 801, 983 and 985: errors that a check of facts would have found"

_NAMES: Final = {"parent-a": "side A", "parent-b": "side B", "child": "the children", "joint": "both sides together"}


@dataclass(frozen=True)
class Record:
    """What the board looks at."""

    case: Case
    sessions: Sequence[Session]
    today: date
    court_days: WorkingDays
    """The business days of the court: Monday to Friday without bank holidays."""
    entries: Sequence[Entry] = ()
    unwritten: Sequence[str] = ()
    """Which of the officer's own words the report lacks, as its headings name them."""
    fact_checks: Sequence[FactCheck] = field(default=())
    final_on: date | None = None
    """The day the newest final report was frozen; None while there is none."""
    reviewed: bool = False
    """Whether somebody else quality-assured the report, or is recorded as having done so."""


def readiness(record: Record) -> tuple[Finding, ...]:
    """What is missing or open, in the order of ``AREAS``; nothing when all is well."""
    return (
        *_sessions(record),
        *_consents(record),
        *_screening(record),
        *_orders(record),
        *_preparation(record),
        *_positions(record),
        *_own_words(record),
        *_dates(record),
        *_fact_checks(record),
        *_review(record),
    )


def _found(kind: str, place: str, what: str, do: str, authority: str, *, blocks: bool = False) -> Finding:
    severity = Severity.BLOCKING if blocks else Severity.ADVISORY
    return Finding(f"ready.{kind}", place, what, do, severity, authority)


def _sessions(record: Record) -> Iterator[Finding]:
    ref = record.case.reference
    for session in record.sessions:
        if session.state == "draft":
            yield _found(
                "session-unfinished",
                "sessions",
                f"The session with {_NAMES.get(session.name, 'others')} was begun and is not finished.",
                f"cppp session log {ref} {session.name}",
                _CPPP,
                blocks=True,
            )
    if record.case.returned:
        return
    begun = {session.name for session in record.sessions if session.state == "draft"}
    for name in ORDER:
        if latest(record.sessions, name) is None and name not in begun:
            yield _found(
                "session-missing",
                "sessions",
                f"No session with {_NAMES[name]} has been held.",
                f"cppp session log {ref} {name}; or, when the programme ends early, cppp case return {ref}",
                _CPPP,
            )


def _consents(record: Record) -> Iterator[Finding]:
    ref = record.case.reference
    for adult in record.case.adults:
        if adult.consent_on is None and not record.case.returned:
            yield _found(
                "consent-missing",
                "consents",
                f"There is no day on which {adult.full_name} agreed to take part.",
                f"cppp case edit {ref}",
                _ELIGIBILITY,
                blocks=True,
            )


def _screening(record: Record) -> Iterator[Finding]:
    if record.case.returned:
        return
    for criterion in record.case.criteria:
        if criterion.result == "met" or criterion.departed:
            continue
        label = CRITERIA.get(criterion.key, criterion.key)
        known = criterion.result == "not_met"
        yield _found(
            "screening-not-met" if known else "screening-open",
            "screening",
            f"“{label}” is {'not met, and no departure is recorded' if known else 'not known'}.",
            f"cppp case edit {record.case.reference}",
            _PD12J if criterion.key == "abuse_considered" else _ELIGIBILITY,
            blocks=known,
        )


def _orders(record: Record) -> Iterator[Finding]:
    held = latest(record.sessions, "joint")
    for sentence in joint_blockers(record.case, record.sessions, record.today):
        after = " A joint session was held all the same." if held else ""
        yield _found(
            "order-open",
            "orders",
            f"{sentence[0].upper()}{sentence[1:]}.{after}",
            f"cppp case edit {record.case.reference}, or cppp session amend {record.case.reference}",
            _PD12J,
        )


def _preparation(record: Record) -> Iterator[Finding]:
    for adult in record.case.adults:
        if not _prepared(adult):
            yield _found(
                "preparation-open",
                "preparation",
                f"It is not recorded that {adult.full_name} has done the course before the programme.",
                f"cppp case edit {record.case.reference}",
                _COURSE,
            )


def _prepared(adult: Adult) -> bool:
    how_far = dict(adult.preparation)
    return how_far.get("workshop") == "done" or how_far.get("certificate") == "done"


def _positions(record: Record) -> Iterator[Finding]:
    ref = record.case.reference
    for entry in record.entries:
        if entry.is_open and not all(side.asked or side.to_court for side in entry.positions):
            yield _found(
                "position-missing",
                "positions",
                f"Entry {entry.number} ({entry.title}) is open, and what a side asks for is not recorded.",
                f"cppp agreement log {ref}",
                "Ombudsman's case summary 983: who asked, who offered",
            )
        if entry.state == "for_court" and not entry.court_asked:
            yield _found(
                "court-not-asked",
                "positions",
                f"Entry {entry.number} ({entry.title}) is for the court to decide, and it is not said what the court "
                "is asked.",
                f"cppp agreement log {ref}",
                "Cafcass's progress summary: “we need a court to help decide the following”",
            )
    waiting = [entry for entry in record.entries if entry.state == "agreed" and entry.confirmed_on is None]
    if waiting:
        named = ", ".join(f"{entry.number} ({entry.title})" for entry in waiting)
        yield _found(
            "agreement-unconfirmed",
            "positions",
            f"Agreed, and not confirmed by both after time to reflect: {'entry' if len(waiting) == 1 else 'entries'} "
            f"{named}.",
            f"cppp agreement log {ref}",
            "what is agreed is confirmed after time to reflect or take advice",
        )


def _own_words(record: Record) -> Iterator[Finding]:
    for part in record.unwritten:
        of_order = part.endswith("of the order")
        yield _found(
            "question-unanswered" if of_order else "own-words-missing",
            "questions of the order" if of_order else "own words",
            f"Not yet written: {part}.",
            f"cppp report {record.case.reference}",
            _ORDER if of_order else "these words are the officer's alone",
            blocks=True,
        )


def _dates(record: Record) -> Iterator[Finding]:
    case, today, ref = record.case, record.today, record.case.reference
    if record.final_on is not None:
        if case.report_due and record.final_on > case.report_due:
            late = f"The report was made final on {short_date(record.final_on)}; the order asked for it by "
            yield _found("report-late", "dates", f"{late}{short_date(case.report_due)}.", "Tell the court why.", _ORDER)
        return
    if case.report_due is None:
        yield _found(
            "due-unknown",
            "dates",
            "The day by which the report is to be filed is not recorded.",
            f"Look in the order, then: cppp case edit {ref}",
            _ORDER,
        )
    elif case.report_due < today:
        yield _found(
            "report-overdue",
            "dates",
            f"The report was to be filed by {short_date(case.report_due)}, {say_distance(case.report_due, today)}.",
            f"File it now and tell the court; a new day given by the court: cppp case edit {ref}",
            _ORDER,
        )
    elif not record.court_days.is_working(case.report_due):
        before = record.court_days.on_or_before(case.report_due)
        yield _found(
            "due-on-closed-day",
            "dates",
            f"The court office is closed on {short_date(case.report_due)}, the day to file by.",
            f"File by {short_date(before)}.",
            _FPR_2_9,
        )
    yield from _hearing(record)


def _hearing(record: Record) -> Iterator[Finding]:
    case, today = record.case, record.today
    if case.hearing_on is None:
        return
    if case.hearing_on < today:
        yield _found(
            "hearing-over",
            "dates",
            f"The hearing on file was on {short_date(case.hearing_on)}.",
            f"cppp case edit {case.reference}",
            _ORDER,
        )
        return
    last = case.report_due if case.report_due and case.report_due >= today else today
    days = clear_days_between(last, case.hearing_on, record.court_days)
    if days < _LEAST_CLEAR_DAYS:
        yield _found(
            "hearing-near",
            "dates",
            f"A report filed on {short_date(last)} leaves {days} clear days before the hearing on "
            f"{short_date(case.hearing_on)}.",
            "Look in the order what it asks, and file sooner if it can be done.",
            _FPR_2_9,
        )


_LEAST_CLEAR_DAYS: Final = 3
"""As for a safeguarding letter before a first hearing (Cafcass, PD12B); no rule sets it for this report."""


def _fact_checks(record: Record) -> Iterator[Finding]:
    ref = record.case.reference
    for side in ("A", "B"):
        asked = [check for check in record.fact_checks if check.side == side]
        option = f"cppp report {ref} --fact-check parent-{side.lower()}"
        if not asked:
            yield _found("facts-unchecked", "fact check", f"Side {side} has not been given a copy.", option, _PHSO)
        elif asked[-1].answered_on is None:
            yield _found(
                "facts-unanswered",
                "fact check",
                f"What side {side} said to its copy is not recorded.",
                f"{option} --came-back",
                _PHSO,
            )


def _review(record: Record) -> Iterator[Finding]:
    if not record.reviewed:
        done = record.final_on is not None
        yield _found(
            "not-reviewed",
            "quality assurance",
            "Nobody else is recorded as having read the report for its quality.",
            "The report says so." if done else f"cppp report {record.case.reference} --final asks who did, and when",
            "Ofsted, visit of 2023: management oversight",
        )
