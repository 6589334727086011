"""``cppp schedule``: the twelve weeks of a case, and moving an appointment."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.guided import ask_choice
from cppp_cli.commands.ways import CaseArgument, JsonOption
from cppp_cli.errors import BlockedError, UsageProblemError
from cppp_cli.show import envelope, note, result, strip, table

if TYPE_CHECKING:
    from datetime import date, time
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.offsets import StepRule
    from cppp_cli.programme.schedule import Timetable
    from cppp_cli.store.appointments import Appointment

app = typer.Typer(help="The twelve weeks of a case.", no_args_is_help=True)

REASONS = {
    "officer": "the officer's diary",
    "parent-a": "asked for by side A",
    "parent-b": "asked for by side B",
    "child": "the child's needs",
    "court": "a date of the court",
    "venue": "the place was not free",
    "illness": "illness",
    "other": "another reason",
}


@app.command()
def show(ctx: typer.Context, case: CaseArgument, *, as_json: JsonOption = False) -> None:
    """Show the dated table and the twelve weeks with today on them."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import cases

    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        if as_json:
            timetable = require_timetable(office, case_id)
            result(envelope("schedule show", _as_data(office, case_id, timetable), warnings=_texts(timetable)))
        else:
            print_timetable(office, case_id)


@app.command()
def move(
    ctx: typer.Context,
    case: CaseArgument,
    session: Annotated[
        str, typer.Argument(metavar="SESSION", help="parent-a, parent-b, child, joint, or a desk step.")
    ],
    *,
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="The new day, such as 6 March 2027 or next tue.")],
    at: Annotated[str | None, typer.Option("--time", metavar="HH:MM", help="The time of day.")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=f"One of: {', '.join(REASONS)}.")] = None,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="The people concerned have agreed to it.")] = False,
) -> None:
    """Put a session or a desk step on another day. The old appointment and the reason stay in the record."""
    from cppp_cli.commands.office import opened
    from cppp_cli.programme.dates import DateProblem, parse_date, parse_time
    from cppp_cli.store import cases

    with opened(ctx) as office:
        case_id = cases.find(office.db, case)
        try:
            day = parse_date(to, office.today, lean="future", working_days=office.calendar())
            hour = parse_time(at) if at else None
        except DateProblem as problem:
            raise UsageProblemError(str(problem)) from None
        run_move(office, case_id, session, day, hour, reason=reason, confirmed=confirmed)
        print_timetable(office, case_id)


def run_move(
    office: Office, case_id: int, step: str, day: date, hour: time | None, *, reason: str | None, confirmed: bool
) -> None:
    """Move one step, keep the old appointment, and plan what follows around it.

    Raises:
        UsageProblemError: there is no such step, or no such reason.
        BlockedError: a joint session cannot be confirmed while something stands in the way.
    """
    from cppp_cli.programme.schedule import check_move
    from cppp_cli.store import appointments

    timetable = timetable_of(office, case_id, anew=True) or require_timetable(office, case_id)
    keys = [s.key for s in timetable.steps]
    if step not in keys:
        raise UsageProblemError(f"There is no such step. The steps are: {', '.join(keys)}.")
    if _held(office, case_id, step):
        raise BlockedError(
            "This session is held already, so its day is part of the record. To correct it: cppp session amend"
        )
    if reason is None and not sys.stdin.isatty():
        raise UsageProblemError(f"Say why it is moved with --reason and one of: {', '.join(REASONS)}.")
    if reason is None:
        reason = ask_choice(office, "Why is it moved?", REASONS)
    if reason not in REASONS:
        raise UsageProblemError(f"A reason is one of these words, and free text is none: {', '.join(REASONS)}.")
    if step == "joint" and confirmed:
        refuse_blocked_joint(office, case_id)
    for warning in check_move(timetable, step, day, office.calendar()):
        note(f"Note: {warning.text}")
    state = "confirmed" if confirmed else "planned"
    appointments.move(
        office.db,
        case_id,
        appointments.Appointment(step, day, hour, state, chosen=True, reason=REASONS[reason]),
        office.moment,
    )
    plan_days(office, case_id)


def refuse_blocked_joint(office: Office, case_id: int) -> None:
    """Raise BlockedError while an order or an open item stands in the way of the joint session."""
    from cppp_cli.programme.sessions import joint_blockers
    from cppp_cli.store import cases, sessions

    blockers = joint_blockers(cases.load(office.db, case_id), sessions.of_case(office.db, case_id), office.today)
    if blockers:
        raise BlockedError(
            f"The joint session cannot be confirmed: {'; '.join(blockers)}. It stays planned. "
            "Settle this and record it with cppp case edit or cppp session amend."
        )


def timetable_of(office: Office, case_id: int, *, anew: bool = False) -> Timetable | None:
    """The timetable as it stands: held sessions and every standing appointment; None without day 0.

    With ``anew``, only what was held or chosen by the officer stays, and the rest is proposed from today on.
    """
    from cppp_cli.programme.schedule import propose
    from cppp_cli.programme.sessions import ORDER, latest
    from cppp_cli.store import appointments, cases, sessions

    case = cases.load(office.db, case_id)
    if case.day_zero is None:
        return None
    standing = appointments.current(office.db, case_id)
    fixed = {step: a.on for step, a in standing.items() if not anew or a.chosen or a.state == "confirmed"}
    logged = sessions.of_case(office.db, case_id)
    for name in ORDER:
        session = latest(logged, name)
        if session and session.held_on:
            fixed[name] = session.held_on
    return propose(
        case.day_zero,
        case.report_due,
        case.hearing_on,
        step_rules(office),
        office.calendar(),
        fixed=fixed,
        not_before=office.today,
    )


def require_timetable(office: Office, case_id: int) -> Timetable:
    """The timetable, or an error that says what is missing."""
    timetable = timetable_of(office, case_id)
    if timetable is None:
        raise BlockedError("This case has no day 0 yet, so there is no timetable. Set it with cppp case edit.")
    return timetable


def step_rules(office: Office) -> tuple[StepRule, ...]:
    """The offsets of the timetable: the office's copy when there is one, else the shipped ones."""
    import tomllib

    from cppp_cli import paths
    from cppp_cli.errors import TemplateError
    from cppp_cli.programme.offsets import read_offsets

    own = paths.office_templates(office.home) / "timetable.toml"
    path = own if own.exists() else paths.shipped_templates() / "timetable.toml"
    try:
        return read_offsets(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise TemplateError(f"The timetable file is not valid TOML: {problem}. Mend it, or remove the copy.") from None


def plan_days(office: Office, case_id: int) -> None:
    """Keep the proposed days as planned appointments."""
    from cppp_cli.store import appointments

    timetable = timetable_of(office, case_id, anew=True)
    if timetable:
        days = {step.key: step.on for step in timetable.steps if not step.fixed}
        appointments.propose(office.db, case_id, days, office.moment)


def print_timetable(office: Office, case_id: int) -> None:
    """Show the table, the strip and what does not fit."""
    from cppp_cli.programme.dates import say_time, short_date
    from cppp_cli.programme.schedule import PROGRAMME_END
    from cppp_cli.programme.schedule import strip as weeks
    from cppp_cli.store import appointments, cases

    timetable = require_timetable(office, case_id)
    case = cases.load(office.db, case_id)
    standing = appointments.current(office.db, case_id)
    rows = []
    for step in timetable.steps:
        planned = standing.get(step.key)
        when = f"{short_date(step.on)}{' ' + say_time(planned.at) if planned and planned.at else ''}"
        window = f"{_brief(step.window_start)} to {_brief(step.window_end)}"
        rows.append((_who(case, step.label, step.key), when, _how(office, case_id, step.key, planned), window))
    result(f"Case {case.reference} · {case.number} · {case.initials} · day 0 {short_date(timetable.day_zero)}")
    table(("Step", "Day", "State", "Window"), rows, plain=office.plain)
    labels = {s.key: s.label for s in timetable.steps} | {PROGRAMME_END: "the twelve weeks end"}
    strip(weeks(timetable, office.today), labels, plain=office.plain)
    note(_next_step(timetable, office.today))
    court = [
        f"report due {short_date(case.report_due)}" if case.report_due else "no filing date from the order",
        f"hearing {short_date(case.hearing_on)}" if case.hearing_on else "no hearing listed",
        f"day 84 is {short_date(timetable.programme_end)}",
    ]
    result(" · ".join(court))
    for warning in timetable.warnings:
        note(f"Note: {warning.text}")


def _who(case: Case, label: str, key: str) -> str:
    """A step's label with the side it is about, for the officer's own screen."""
    side = {"parent-a": "A", "parent-b": "B"}.get(key)
    names = ", ".join(adult.called or adult.full_name for adult in case.side(side)) if side else ""
    return f"{label} ({names})" if names else label


def _brief(day: date) -> str:
    """A day within a year that is clear from the column beside it, such as "16 Aug"."""
    from cppp_cli.programme.dates import short_date

    return " ".join(short_date(day).split()[1:3])


def _next_step(timetable: Timetable, today: date) -> str:
    from cppp_cli.programme.dates import say_distance

    coming = next((step for step in timetable.steps if step.on >= today), None)
    return f"Next: {coming.label}, {say_distance(coming.on, today)}." if coming else "Every step lies behind."


def _held(office: Office, case_id: int, key: str) -> bool:
    from cppp_cli.programme.sessions import latest
    from cppp_cli.store import sessions

    return latest(sessions.of_case(office.db, case_id), key) is not None


def _how(office: Office, case_id: int, key: str, planned: Appointment | None) -> str:
    if _held(office, case_id, key):
        return "held"
    return planned.state if planned else "proposed"


def write_timetable(office: Office, case_id: int, want: Wanted) -> list[Path]:
    """Write the timetable as a document; the files written."""
    from cppp_cli.commands import paper
    from cppp_cli.documents import contexts
    from cppp_cli.store import appointments, cases

    planned = require_timetable(office, case_id)
    standing = appointments.current(office.db, case_id)
    states = {step.key: _how(office, case_id, step.key, standing.get(step.key)) for step in planned.steps}
    case = cases.load(office.db, case_id)

    def build(version: int) -> dict[str, object]:
        return contexts.timetable(case, planned, states, today=office.today, version=version)

    return paper.write(office, case, paper.TIMETABLE, build, want)


def _texts(timetable: Timetable) -> list[str]:
    return [warning.text for warning in timetable.warnings]


def _as_data(office: Office, case_id: int, timetable: Timetable) -> dict[str, object]:
    from cppp_cli.store import appointments, cases

    standing = appointments.current(office.db, case_id)
    return {
        "case": cases.load(office.db, case_id).reference,
        "day_zero": timetable.day_zero.isoformat(),
        "programme_end": timetable.programme_end.isoformat(),
        "steps": [
            {
                "step": step.key,
                "on": step.on.isoformat(),
                "state": _how(office, case_id, step.key, standing.get(step.key)),
                "window": [step.window_start.isoformat(), step.window_end.isoformat()],
            }
            for step in timetable.steps
        ],
    }
