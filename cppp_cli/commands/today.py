"""What ``cppp`` alone shows: the open cases, the soonest report first, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cppp_cli.commands import case_end
from cppp_cli.errors import DamagedFileError
from cppp_cli.show import note, result, table

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office


def show_today(ctx: typer.Context) -> None:
    """What ``cppp`` alone shows: the open cases, soonest report first, and what is due; or how to begin."""
    from cppp_cli import paths
    from cppp_cli.commands.office import opened, refuse_if_missing
    from cppp_cli.programme.dates import say_date, say_distance, short_date
    from cppp_cli.programme.sessions import next_due
    from cppp_cli.store import cases, closing, sessions

    refuse_if_missing(paths.home())
    if not paths.is_set_up(paths.home()):
        result("Welcome. Type cppp init to set up your file, cppp demo to see it work, or cppp --help.")
        return
    with opened(ctx) as office:
        result(f"{say_date(office.today)}")
        rows = []
        ended = closing.closures(office.db)
        for c in (c for c in cases.listed(office.db) if c.id not in ended):
            logged = sessions.of_case(office.db, c.id)
            drafts = [s.name for s in logged if s.state == "draft"]
            due = next_due(logged) if c.state.value in {"consented", "in_progress"} else None
            if drafts:
                due = f"{drafts[0]} (draft waiting)"
            filing = f"{short_date(c.report_due)}, {say_distance(c.report_due, office.today)}" if c.report_due else ""
            rows.append((c.reference, c.initials, c.state.label, due or "", filing))
        if not rows:
            refuse_if_lost(office)
        else:
            table(("Case", "Children", "State", "Next session", "Report due"), rows, plain=office.plain)
        case_end.tell_due(office)
        note("cppp new-case · cppp session log CASE · cppp report CASE · cppp --help")


def refuse_if_lost(office: Office) -> None:
    """Never show an empty list for a file that had cases.

    Raises:
        DamagedFileError: the history knows of cases that are not in the file, and of nothing that took them out.
    """
    from cppp_cli.store import health

    if health.lost_cases(office.db):
        raise DamagedFileError(
            "The history of your file knows of cases that are not in it any more. Type nothing more into it, and see "
            "what to do: cppp doctor"
        )
