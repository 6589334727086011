"""What ``cppp doctor`` looks at around the officer's file: folders, copies, what was written out, what came along."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cppp_cli import clock, paths
from cppp_cli.checks import surroundings
from cppp_cli.errors import CpppError
from cppp_cli.show import progress

if TYPE_CHECKING:
    from cppp_cli.checks.finding import Finding
    from cppp_cli.store.backups import Backup
    from cppp_cli.store.events import Event
    from cppp_cli.store.keys import Key

YEARS_AHEAD = 2  # of bank holidays: a case closed today may be looked at in two years
STILL_WRITING = timedelta(hours=1)  # what is younger may be in the making in another window
FIRST_YEAR = 2025  # of the program; a package manager may give files a date of no meaning


@dataclass
class Seen:
    """What the file itself told, as far as it could be asked."""

    key: Key | None = None
    documents: Path | None = None
    cases: int = 0
    events: tuple[Event, ...] = ()
    moments: tuple[datetime, ...] = ()
    erased: frozenset[tuple[int, str]] = frozenset()  # numbers and references
    live: frozenset[str] = frozenset()  # references


def around(home: Path, seen: Seen, *, every: bool, plain: bool) -> Iterator[Finding]:
    """Everything but the file; with ``every``, each copy is read through and not only the newest."""
    yield from _folders(home, seen)
    yield from _written(seen)
    yield from _copies(home, seen)
    yield from _inside_copies(home, seen, every=every, plain=plain)
    yield from _came_along(home)


def day_of(said: str) -> date:
    """The day of a moment, or of a day."""
    return datetime.fromisoformat(said).date()


def _folders(home: Path, seen: Seen) -> Iterator[Finding]:
    private = [home, paths.database(home), paths.backups(home)]
    yield from surroundings.of_folder(
        str(home),
        open_to_others=[str(place) for place in (*private, *_copies_in(home)) if paths.open_to_others(place)],
        synced=paths.synced_by(home),
        room=paths.free_bytes(home),
        strangers=len(paths.strangers(home)),
    )
    documents = seen.documents or paths.default_documents(home)
    yield from surroundings.of_documents(str(documents), synced=paths.synced_by(documents))
    folders = [documents, home, *(Path(event.path).parent for event in seen.events if event.path)]
    left = {str(folder): sum(map(_given_up, paths.left_in_writing(folder))) for folder in folders}
    yield from surroundings.of_leftovers({folder: count for folder, count in left.items() if count})


def _copies_in(home: Path) -> list[Path]:
    from cppp_cli.store import backups

    return [backup.path for backup in backups.listed(paths.backups(home))]


def _given_up(path: Path) -> bool:
    """Whether nobody writes it any more."""
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, clock.now().tzinfo)
    except OSError:
        return False
    return clock.now() - written > STILL_WRITING


def _written(seen: Seen) -> Iterator[Finding]:
    """What left the file and still lies where it was put."""
    from cppp_cli.store.events import DOCUMENT

    # What cppp writes of no case is a certificate that one was erased: it is to be kept, and tells nothing of anybody.
    written = (event for event in seen.events if event.what != DOCUMENT or event.case_id is not None)
    last = {event.path: event for event in written if event.path}
    there = [event for path, event in last.items() if _lies(Path(path))]
    yield from surroundings.of_written((e.what, str(Path(e.path).parent), day_of(e.at)) for e in there)


def _lies(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a server that is away, or a folder that may not be looked into
        return False


def _copies(home: Path, seen: Seen) -> Iterator[Finding]:
    """How old they are, and how long ago one was brought elsewhere."""
    from cppp_cli.programme.rotation import Why
    from cppp_cli.store import backups
    from cppp_cli.store.events import COPIED

    listed = reversed(backups.listed(paths.backups(home)))
    newest = next((backup.copy.at for backup in listed if backup.copy.why is not Why.REPLACED), None)
    used = (moment.replace(tzinfo=None) for moment in seen.moments)  # as the clock said, as in the name of a copy
    yield from surroundings.of_age(newest, used, cases=seen.cases)
    away = [day_of(event.at) for event in seen.events if event.what == COPIED]
    yield from surroundings.of_away(max(away, default=None), clock.today(), cases=seen.cases)


def _inside_copies(home: Path, seen: Seen, *, every: bool, plain: bool) -> Iterator[Finding]:
    """Whether they open and are whole; the newest alone unless every one is asked for."""
    from cppp_cli.store import backups

    folder = paths.backups(home)
    listed = backups.listed(folder)
    names = {backup.path.name for backup in listed}
    other = backups.under_another_key(folder, seen.key.salt) if seen.key else ()
    mine = [backup for backup in reversed(listed) if backup not in other]
    damaged, erased = _read(mine if every else mine[:1], seen.key, seen.erased, plain=plain)
    yield from surroundings.of_copies(
        other_key=[backup.copy.at for backup in other if backups.salt_of(backup.path)],
        damaged=[backup.copy.at for backup in (*damaged, *(b for b in other if not backups.salt_of(b.path)))],
        erased=sorted({reference for _, reference in erased}),
        live=seen.live,
        strangers=len(paths.strangers_among_copies(folder, names)),
    )


def _read(
    listed: list[Backup], key: Key | None, gone: frozenset[tuple[int, str]], *, plain: bool
) -> tuple[list[Backup], set[tuple[int, str]]]:
    """Those that cannot be read through, and the erased cases that one of them still holds."""
    from cppp_cli.store.contents import verify

    damaged: list[Backup] = []
    erased: set[tuple[int, str]] = set()
    if key is None:
        return damaged, erased
    with progress("Reading the copies", plain=plain) as told:
        for number, backup in enumerate(listed):
            told(number / len(listed))
            try:
                inside = verify(backup.path, key)
            except CpppError:
                damaged.append(backup)
                continue
            erased |= inside.cases & gone
    return damaged, erased


def _came_along(home: Path) -> Iterator[Finding]:
    from cppp_cli.bank_holidays import bank_holiday_names

    own = paths.office_templates(home)
    if own.is_dir() and any(own.iterdir()):
        yield from surroundings.of_templates(_template_problem())
    today = clock.today()
    years = range(today.year, today.year + YEARS_AHEAD + 1)
    known = {year: len(bank_holiday_names(year, year)) for year in years}
    yield from surroundings.of_calendar(known, _installed(), today)


def _template_problem() -> str:
    """What `cppp template check` says is wrong; empty when nothing is."""
    from cppp_cli.commands import template

    with contextlib.redirect_stderr(io.StringIO()):
        try:
            template.check()
        except CpppError as error:
            return str(error)
    return ""


def _installed() -> date | None:
    """The day the calendar of bank holidays was put on this computer; its package says nowhere how old it is."""
    from importlib.metadata import PackageNotFoundError, files

    try:
        place = next(path.locate() for path in files("holidays") or () if path.name == "METADATA")
        written = datetime.fromtimestamp(Path(str(place)).stat().st_mtime, clock.now().tzinfo).date()
    except (PackageNotFoundError, StopIteration, OSError):
        return None
    return written if written.year >= FIRST_YEAR else None
