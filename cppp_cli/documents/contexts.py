"""What a document may say, as records a template reads. One builder per document, with only what its reader may see.

The report is read by the court and every party, so what a child did not clear for all of them is never put in
here; a template cannot print what it is not given. No address, telephone number or e-mail is in any of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.documents import describe_plan
from cppp_cli.documents.calendar_shown import calendars, called, proposals, told_to_children
from cppp_cli.documents.describe import (
    account,
    appointed,
    heading,
    heard,
    joint_meeting,
    own_words,
    party,
    session_row,
    shown,
)
from cppp_cli.documents.describe_child import laid_for_children, promised, reviewed_next, worded
from cppp_cli.documents.shown import Author, StepShown
from cppp_cli.documents.standing import DRAFT, Standing
from cppp_cli.programme.schedule import Timetable, week_of
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.programme.sessions import Session, latest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.people import Officer


def report(
    case: Case,
    officer: Officer,
    sessions: Sequence[Session],
    entries: Sequence[Entry],
    own: Mapping[str, Answer],
    *,
    today: date,
    version: int,
    pictures: Mapping[int, str],
    laid: Sequence[Laid] = (),
    standing: Standing = DRAFT,
) -> dict[str, object]:
    """What the report to the court may say: read by the court and every party.

    Args:
        case: The case.
        officer: Its author.
        sessions: Of this case; drafts among them are passed over.
        entries: The ledger of this case.
        own: The officer's own words by path.
        today: The day the report is written.
        version: Of this document.
        pictures: For each stored picture that can be shown, the name the converter knows it by.
        laid: The calendars of the plan, laid out.
        standing: Whether it is a draft, a copy for the checking of facts, or final, and what it says of that.
    """
    finished = [session for session in sessions if session.state == "finished"]
    joint = latest(finished, "joint")
    title = "Positive co-Parenting Programme: report to the court"
    return {
        "doc": heading(case, title, today, version, standing.status),
        "standing": standing,
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
        # The children's words stand once, each under the child's own name.
        "agreed": describe_plan.agreed(case, entries, ()),
        "open": describe_plan.differs(case, entries, ()),
        "sides": (case.side_names("A"), case.side_names("B")),
        "calendars": calendars(case, laid),
        "own": own_words(case, own),
        "returned": case.returned.sentence if case.returned else "",
        "returned_on": case.returned.on if case.returned else None,
        "arrangement_now": case.arrangement_now,
        "order_now": case.order_now,
    }


def plan(
    case: Case,
    officer: Officer,
    sessions: Sequence[Session],
    entries: Sequence[Entry],
    *,
    today: date,
    version: int,
    laid: Sequence[Laid] = (),
) -> dict[str, object]:
    """What the parenting-plan summary may say: read by both parents, and by the court with the report.

    Args:
        case: The case.
        officer: Who wrote it down.
        sessions: Of this case; drafts among them are passed over.
        entries: The ledger of this case.
        today: The day it is written.
        version: Of this document.
        laid: The calendars of the plan, laid out.
    """
    finished = [session for session in sessions if session.state == "finished"]
    joint = latest(finished, "joint")
    agreed = describe_plan.agreed(case, entries, finished)
    raising = tuple(one for one in agreed if one.topic in describe_plan.RAISING)
    still_open = describe_plan.differs(case, entries, finished)
    return {
        "doc": heading(case, "Parenting plan: summary", today, version),
        "author": Author(officer.full_name, officer.title, officer.team, officer.swe_number),
        "children": tuple(shown(child, today) for child in case.children),
        "parties": tuple(party(case, adult) for adult in case.adults),
        "sides": (case.side_names("A"), case.side_names("B")),
        "overview": describe_plan.at_a_glance(case, entries),
        "not_raised": describe_plan.not_raised(case, entries),
        "agreed": describe_plan.by_topic([one for one in agreed if one not in raising]),
        "raising": describe_plan.by_topic(raising),
        "open": still_open,
        "questions": tuple(one for one in still_open if one.court_asked or one.for_court),
        "calendars": calendars(case, laid),
        "proposals": proposals(case, laid),
        "reviews": describe_plan.reviews(case, entries, joint),
        "promises": joint_meeting(case, joint, finished).promises if joint else (),
        "next_steps": joint.text("next_steps") if joint else "",
    }


def child_plan(
    case: Case,
    officer: Officer,
    sessions: Sequence[Session],
    entries: Sequence[Entry],
    *,
    today: date,
    version: int,
    laid: Sequence[Laid] = (),
) -> dict[str, object]:
    """What the children's page of the plan may say: what is agreed, in words for them, and nothing else.

    No position, no question to the court and no child's statement is in it. Arguments as for ``plan``.
    """
    joint = latest([session for session in sessions if session.state == "finished"], "joint")
    return {
        "doc": heading(case, "Our plan", today, version),
        "author": Author(officer.full_name, "", "", ""),
        "children": tuple(shown(child, today).called for child in case.children),
        "adults": tuple(called(adult) for side in ("A", "B") for adult in case.side(side)),
        "calendars": told_to_children(case, laid_for_children(case, entries, laid, today)),
        "told": worded(case, entries, today),
        "promises": promised(joint),
        "review_on": reviewed_next(entries, joint, today),
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
