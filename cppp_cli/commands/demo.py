"""``cppp demo``: the whole programme on two made-up families, in a throw-away encrypted file."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli import paths
from cppp_cli.commands.ways import Ways
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.programme.case import Case

app = typer.Typer()

FAMILIES = ("family-1", "family-2")
# What happens on which day, in the order of both families' lives.
STEPS = (
    ("new-case", date(2026, 6, 11)),
    ("parent-a", date(2026, 6, 17)),
    ("parent-b", date(2026, 6, 22)),
    ("child", date(2026, 7, 9)),
    ("joint", date(2026, 7, 30)),
    ("plan", date(2026, 8, 5)),
)
CALENDARS = {"parent-a": "a", "parent-b": "b", "agreed": "agreed", "agreed-child-1": "agreed.1"}
"""The calendars an example may have, by the end of their file's name, as the ledger calls them."""
WRITTEN_ON = date(2026, 8, 6)
SEEN = (
    "Isla's statement marked “nobody” is in the file and in none of these documents; nor is any confidential address."
)


@app.command("demo")
def demo(
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Where the documents go.")] = "cppp-demo",
) -> None:
    """Run all of it on two made-up families: cases, four sessions each, timetable, report and plan."""
    folder = Path(out).expanduser()
    with tempfile.TemporaryDirectory(prefix="cppp-demo-") as home, office(Path(home)) as desk:
        note("A throw-away encrypted file is set up. Its people are made up; nothing of yours is touched.")
        written = run(desk, folder)
    for path in written:
        result(f"Written: {path}")
    note(f"Two families with the same surname, four sessions each. {SEEN}")
    note("The throw-away file is gone again. To begin for yourself: cppp init, then cppp new-case.")


@contextlib.contextmanager
def office(home: Path) -> Iterator[Office]:
    """A made-up officer's file in a folder, opened; at 09:00 UTC on the demo's days, so that every run is the same."""
    from cppp_cli.commands.init import make_file, officer_from
    from cppp_cli.commands.office import Office
    from cppp_cli.interview.scripted import apply, parse, refuse
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.officer import SCRIPT
    from cppp_cli.store.file import open_file
    from cppp_cli.store.passphrases import offer
    from cppp_cli.store.sheets import MemorySheet

    given = parse((paths.examples() / "officer.toml").read_text(encoding="utf-8"), "officer.toml")
    sheet = MemorySheet()
    refuse(apply(SCRIPT, sheet, Facts(WRITTEN_ON), given, attach=lambda _: 0, complete=True), complete=True)
    officer = officer_from(sheet.answers())
    key = make_file(home, offer(), officer, _nine_oclock(STEPS[0][1]))
    db = open_file(paths.database(home), key)
    try:
        yield on_day(Office(home, db, officer, WRITTEN_ON, _nine_oclock(WRITTEN_ON)), WRITTEN_ON)
    finally:
        db.close()


def on_day(desk: Office, day: date) -> Office:
    """The same desk on another day, at the next command."""
    desk.db.recorder.begin("demo", _nine_oclock(day))
    return replace(desk, today=day, now=_nine_oclock(day))


def _nine_oclock(day: date) -> Callable[[], datetime]:
    return lambda: datetime.combine(day, time(9), UTC)


def run(desk: Office, out: Path) -> list[Path]:
    """Both families, step by step in the order of the days, then every document; the files written."""
    from cppp_cli.commands.paper import Wanted

    ids: dict[str, int] = {}
    written: list[Path] = []
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for step, day in STEPS:
            for family in FAMILIES:
                log_step(on_day(desk, day), family, step, ids)
        for family in FAMILIES:
            written += documents(on_day(desk, WRITTEN_ON), family, ids[family], Wanted(out=out))
    return written


def log_step(desk: Office, family: str, step: str, ids: dict[str, int]) -> None:
    """One step of one family from its answers file; a new case's number is kept in ``ids``."""
    from cppp_cli.commands import new_case, session
    from cppp_cli.store import cases

    ways = Ways(str(paths.examples() / family / f"{step}.toml"), no_input=True)
    if step == "new-case":
        ids[family] = cases.find(desk.db, new_case.run(desk, ways))
    elif step == "plan":
        log_plan(desk, family, cases.load(desk.db, ids[family]))
    else:
        session.run_log(desk, ids[family], step, ways)


def log_plan(desk: Office, family: str, case: Case) -> None:
    """The ledger of one family: the school's term dates, the calendars there are, the entries."""
    from cppp_cli.commands import agreement_calendar, agreement_log
    from cppp_cli.programme.ledger import CALENDAR

    folder = paths.examples() / family
    agreement_calendar.take_terms(desk, case, folder / "terms.csv", None)
    for name, item in CALENDARS.items():
        file = folder / f"calendar-{name}.toml"
        if file.exists():
            ways = Ways(str(file), no_input=True)
            agreement_calendar.log(desk, case, f"{CALENDAR}{item}", ways, "cppp demo")
    agreement_log.run(desk, case, Ways(str(folder / "agreement.toml"), no_input=True))


def documents(desk: Office, family: str, case_id: int, want: Wanted) -> list[Path]:
    """The report, the plan and the timetable of one family."""
    from cppp_cli.commands import plan, report, schedule

    ways = Ways(str(paths.examples() / family / "report.toml"), no_input=True)
    return [
        *report.run(desk, case_id, ways, want),
        *plan.run(desk, case_id, want),
        *plan.run_for_children(desk, case_id, want),
        *schedule.write_timetable(desk, case_id, want),
    ]


def run_returned(desk: Office, out: Path) -> list[Path]:
    """The first family again, returned to court after one session; the report's files.

    The desk must hold both families already: this is a third case beside them.
    """
    from cppp_cli.commands import case, report
    from cppp_cli.commands.paper import Wanted

    ids: dict[str, int] = {}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for step, day in STEPS[:2]:
            log_step(on_day(desk, day), FAMILIES[0], step, ids)
        case_id = ids[FAMILIES[0]]
        later = on_day(desk, WRITTEN_ON)
        case.run_return(later, case_id, Ways(str(paths.examples() / "return.toml"), no_input=True))
        return report.run(later, case_id, Ways(no_input=True), Wanted(out=out / "returned"))
