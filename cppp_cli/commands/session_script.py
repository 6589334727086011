"""Which questions a session asks, and what they may know of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.sessions import Session
    from cppp_cli.questions.model import Facts, Script


def script_of(name: str) -> Script:
    """The questions of a session. Both parents get the same."""
    from cppp_cli.questions import child_session, joint_session, other_session, parent_session

    return {
        "parent-a": parent_session.SCRIPT,
        "parent-b": parent_session.SCRIPT,
        "child": child_session.SCRIPT,
        "joint": joint_session.SCRIPT,
        "other": other_session.SCRIPT,
    }[name]


def facts_for(office: Office, case_id: int, name: str, recorded: Session | None = None) -> Facts:
    """What a session's questions may know: the case, the side, what was planned, the ledger, what stands in the way.

    Of a session that is recorded: a reason once given for a joint meeting that was held all the same stays a part of
    its record when what stood in the way is settled later, and entries of the ledger made since are not asked about.
    """
    from cppp_cli.commands.ledger_facts import ledger_background
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.sessions import KINDS, joint_blockers
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import appointments, cases, sessions

    background: dict[str, Answer] = cases.background(office.db, case_id, office.moment)
    side = KINDS[name][1]
    if side:
        background["side"] = Answer(side)
    planned = appointments.current(office.db, case_id).get(name)
    if planned:
        background["planned_on"] = Answer(planned.on.isoformat())
        if planned.at:
            background["planned_at"] = Answer(planned.at.isoformat("minutes"))
    if name in {"joint", "other"}:
        case, held = cases.load(office.db, case_id), sessions.of_case(office.db, case_id)
        background |= ledger_background(office, case, recorded)
        background |= _agreed_before(recorded) if recorded else {}
        blockers = joint_blockers(case, held, office.today)
        if blockers or (recorded and "held_despite" in recorded.answers):
            background["joint_blockers"] = Answer("; ".join(blockers) or "on file when it was held")
    return Facts(office.today, background)


def _agreed_before(recorded: Session) -> dict[str, Answer]:
    """The wording of topics that were agreed in a session of a time when the yes of each side was not asked."""
    from cppp_cli.programme.ledger import AGREED
    from cppp_cli.questions.topic_by_topic import BEFORE

    return {
        f"{BEFORE}.{number}.wording": topic["wording"]
        for number, topic in recorded.numbered("topics")
        if "said_yes" not in topic and "wording" in topic and "state" in topic and topic["state"].value in AGREED
    }
