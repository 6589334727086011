"""What a document may say, as records a template reads. One builder per document, with only what its reader may see.

The report is read by the court and every party, so what a child did not clear for all of them is never put in
here; a template cannot print what it is not given. No address, telephone number or e-mail is in any of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.documents.describe import (
    AGREED,
    STATES,
    account,
    appointed,
    heading,
    heard,
    joint_meeting,
    own_words,
    party,
    session_row,
    shown,
    standing_topics,
)
from cppp_cli.documents.shown import (
    Author,
    StepShown,
)
from cppp_cli.programme.schedule import Timetable, week_of
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.programme.sessions import Session, latest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.people import Officer


def report(
    case: Case,
    officer: Officer,
    sessions: Sequence[Session],
    own: Mapping[str, Answer],
    *,
    today: date,
    version: int,
    pictures: Mapping[int, str],
) -> dict[str, object]:
    """What the report to the court may say: read by the court and every party.

    Args:
        case: The case.
        officer: Its author.
        sessions: Of this case; drafts among them are passed over.
        own: The officer's own words by path.
        today: The day the report is written.
        version: Of this document.
        pictures: For each stored picture that can be shown, the name the converter knows it by.
    """
    finished = [session for session in sessions if session.state == "finished"]
    joint = latest(finished, "joint")
    return {
        "doc": heading(case, "Positive co-Parenting Programme: report to the court", today, version),
        "author": Author(officer.full_name, officer.title, officer.team, officer.swe_number),
        "children": tuple(shown(child, today) for child in case.children),
        "parties": tuple(party(case, adult) for adult in case.adults),
        "guardian": appointed(case, "children's guardian"),
        "consents": tuple((adult.full_name, adult.consent_on, adult.consent_way) for adult in case.adults),
        "criteria": tuple(
            (label, next((c.result for c in case.criteria if c.key == key), "not_known").replace("_", " "))
            for key, label in CRITERIA.items()
        ),
        "screened_on": case.opened_on,
        "departures": tuple((CRITERIA[c.key], c.reason, c.manager, c.consulted_on) for c in case.screening.departures),
        "sessions": tuple(session_row(case, session) for session in finished),
        "heard": tuple(heard(child, finished, today, pictures) for child in case.children),
        "views": tuple(account(case, finished, side) for side in ("A", "B")),
        "joint": joint_meeting(case, joint, finished) if joint else None,
        "agreed": tuple(t for t in standing_topics(case, finished) if t.state in AGREED),
        "open": tuple(t for t in standing_topics(case, finished) if t.state not in AGREED),
        "states": STATES,
        "own": own_words(case, own),
        "returned": case.returned.sentence if case.returned else "",
        "returned_on": case.returned.on if case.returned else None,
        "arrangement_now": case.arrangement_now,
        "order_now": case.order_now,
    }


def plan(case: Case, officer: Officer, sessions: Sequence[Session], *, today: date, version: int) -> dict[str, object]:
    """What the parenting-plan summary may say: read by both parents, and by the court with the report."""
    finished = [session for session in sessions if session.state == "finished"]
    joint = latest(finished, "joint")
    return {
        "doc": heading(case, "Parenting plan: summary", today, version),
        "author": Author(officer.full_name, officer.title, officer.team, officer.swe_number),
        "children": tuple(shown(child, today) for child in case.children),
        "parties": tuple(party(case, adult) for adult in case.adults),
        "agreed": tuple(t for t in standing_topics(case, finished) if t.state in AGREED),
        "open": tuple(t for t in standing_topics(case, finished) if t.state not in AGREED),
        "states": STATES,
        "joint": joint_meeting(case, joint, finished) if joint else None,
        "sides": (case.side_names("A"), case.side_names("B")),
    }


def timetable(
    case: Case, planned: Timetable, states: Mapping[str, str], *, today: date, version: int
) -> dict[str, object]:
    """What the timetable may say: dates and steps, and nobody's name.

    Args:
        case: The case it belongs to.
        planned: Its timetable.
        states: planned, confirmed or held, by step.
        today: The day it is written.
        version: Of this document.
    """
    return {
        "doc": heading(case, "Timetable of the programme", today, version),
        "day_zero": planned.day_zero,
        "programme_end": planned.programme_end,
        "steps": tuple(
            StepShown(step.label, step.on, week_of(planned.day_zero, step.on), states.get(step.key, "proposed"))
            for step in planned.steps
        ),
        "warnings": tuple(warning.text for warning in planned.warnings),
    }
