"""``cppp doctor``: whether the file, its history, its folder, its copies and what was written out of it are well.

It opens the file by itself, for reading only, so that it can tell what is wrong with one that no other command opens.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli import clock, paths
from cppp_cli.checks import file_health
from cppp_cli.commands.doctor_around import Seen, around, day_of
from cppp_cli.commands.office import TRIES, given_key, kept_key, where
from cppp_cli.commands.ways import JsonOption
from cppp_cli.errors import BlockedError, CpppError, DamagedFileError, LockedError
from cppp_cli.show import envelope, facts, note, progress, result

if TYPE_CHECKING:
    from cppp_cli.checks.finding import Finding
    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.keys import Key

app = typer.Typer()


@app.command("doctor")
def doctor(
    ctx: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Read every copy through, not only the newest.")] = False,
    as_json: JsonOption = False,
) -> None:
    """See whether your file, its copies and its folder are well. Silent when they are; else it says what to do."""
    home = paths.home()
    seen = Seen()
    found = [*_file(home, seen, plain=bool(ctx.obj))]
    found += around(home, seen, every=every, plain=bool(ctx.obj))
    found.sort(key=lambda finding: (finding.id not in file_health.DAMAGE, not finding.blocks))
    error = _error(found)
    if as_json:
        result(envelope("doctor", [asdict(finding) for finding in found], error=error))
    else:
        for finding in found:
            _tell(finding)
    if error:
        note(f"Error: {error}")
        raise typer.Exit(error.exit_code)


def _error(found: list[Finding]) -> CpppError | None:
    """What the findings come to; None when nothing stands in the way."""
    if file_health.is_damage(found):
        return DamagedFileError("Your file is not as it should be; do what is said above before you work in it.")
    if any(finding.blocks for finding in found):
        return BlockedError("What says “Do first” is to be done before anything else.")
    return None


def _tell(finding: Finding) -> None:
    place = finding.place[:1].upper() + finding.place[1:]
    facts({"Found": finding.what, "Do first" if finding.blocks else "Do": finding.do}, title=place)


# ------------------------------------------------------------------------------------------------ the file


def _file(home: Path, seen: Seen, *, plain: bool) -> Iterator[Finding]:
    """What the file tells, up to where it can be asked."""
    from cppp_cli.store import backups
    from cppp_cli.store.encrypted import told_plainly

    if not paths.is_set_up(home) and backups.listed(paths.backups(home)):
        yield file_health.refused("There is no officer's file, and there are copies of one; bring back the newest.")
        return
    _, path = where()
    try:
        with told_plainly(), contextlib.closing(_opened(home, path, seen, plain=plain)) as db:
            with progress("Reading your file", plain=plain) as told:
                found = [*_inside(db, seen, told)]
            yield from found
    except DamagedFileError as error:
        yield file_health.refused(str(error))


def _opened(home: Path, path: Path, seen: Seen, *, plain: bool) -> OfficerFile:
    """The file as it is, opened with the first key that fits.

    Raises:
        LockedError: none does.
    """
    from cppp_cli.store import health

    for key, another in _keys(home, path, plain=plain):
        seen.key = key  # also when the file is found damaged: its copies open with the same
        try:
            return health.open_as_it_is(path, key)
        except LockedError:
            if not another:
                raise
            note("That does not open the file.")
    raise LockedError("The file stays closed.")


def _keys(home: Path, path: Path, *, plain: bool) -> Iterator[tuple[Key, bool]]:
    """The keys to try, as for every command, and whether there is another after it."""
    kept = kept_key(home, path)
    if kept:
        yield kept, True
    for left in range(TRIES - 1, -1, -1):
        key, asked = given_key(path, plain=plain)
        yield key, asked and left > 0


def _inside(db: OfficerFile, seen: Seen, told: Callable[[float], None]) -> Iterator[Finding]:
    """Each check is asked only when those before it found the ground firm that it stands on."""
    from cppp_cli.store import health

    wrong, behind = health.pages(db)
    told(1 / 4)
    yield from file_health.of_pages(wrong, behind)
    if wrong:
        return
    schema = health.schema(db)
    yield from file_health.of_schema(newer=schema.newer, pending=schema.pending, empty=schema.empty, wrong=schema.wrong)
    if schema.newer or schema.empty or schema.wrong:
        return
    broken = health.structure(db)
    yield from file_health.of_structure(broken, 0 if broken else health.references(db))
    if broken:
        return
    told(1 / 2)
    _note_rows(db, seen, with_history=not schema.pending)
    if not schema.pending:
        yield from _history(db, seen)
    yield from _cases(db, with_history=not schema.pending)


def _note_rows(db: OfficerFile, seen: Seen, *, with_history: bool) -> None:
    from cppp_cli.store import erasing, events, health

    documents = health.documents(db)
    seen.documents = Path(documents) if documents else None
    seen.cases = health.cases(db)
    if with_history:
        seen.events, seen.moments = events.listed(db), health.moments(db)
        seen.erased = frozenset((each.case_id, each.reference) for each in erasing.erasures(db))
        seen.live = health.live(db)


def _history(db: OfficerFile, seen: Seen) -> Iterator[Finding]:
    from cppp_cli.store import health
    from cppp_cli.store.history import WHAT

    yield from file_health.of_erased(health.left_of_erased(db), health.rebuild_due(db))
    yield from file_health.of_triggers(*health.guards(db))
    yield from file_health.of_history(health.flaws(db), WHAT)
    yield from file_health.of_clock(seen.moments, clock.now())


def _cases(db: OfficerFile, *, with_history: bool) -> Iterator[Finding]:
    from cppp_cli.store import health

    today = clock.today()
    sessions = ((reference, name, day_of(at)) for reference, name, at in health.draft_sessions(db))
    drafts = ((reference, day_of(at)) for reference, at in health.draft_cases(db))
    yield from file_health.of_drafts(sessions, drafts, today)
    finished = ((reference, day_of(at)) for reference, at in health.words_of_finished(db))
    yield from file_health.of_words(health.half_notes(db), finished, today)
    yield from file_health.of_pictures(health.loose_pictures(db))
    if with_history:
        due = ((reference, day_of(on)) for reference, on in health.closed(db))
        yield from file_health.of_endings(health.taken_back(db), health.unconfirmed(db), due, today)
