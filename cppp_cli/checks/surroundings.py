"""What was observed around the officer's file: its folder, its copies, what was written out, what came along.

How old something may be before it is told is decided here. Moments are those of the officer's own clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks.file_health import blocks, counted
from cppp_cli.checks.finding import Finding
from cppp_cli.programme.dates import say_distance, short_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

USE_DAYS: Final = 2
"""Days on which something was changed that no copy has."""
AWAY_DAYS: Final = 7
ROOM: Final = 200_000_000
"""Bytes: a file with pictures, its copy in the making and some documents."""
CALENDAR_DAYS: Final = 548  # a year and a half
YEAR_OF_HOLIDAYS: Final = 8
"""Bank holidays in an ordinary year."""

COPIES: Final = "the copies"


# ------------------------------------------------------------------------------------------------ folders


def of_folder(
    folder: str, *, open_to_others: Sequence[str], synced: str | None, room: int | None, strangers: int
) -> Iterator[Finding]:
    """The officer's folder: who can look into it, who copies it, what else lies there."""
    if open_to_others:
        what = f"Other accounts of this computer may look into {counted(len(open_to_others), 'place')} of it."
        do = f"Close it to them: chmod -R go= '{folder}'"
        yield Finding("folder.open", folder, what, do)
    if synced:
        what = f"It is copied to {synced}. A copy made in the middle of writing can be damaged."
        do = "Move it to a folder that stays on this computer, and name that in CPPP_HOME."
        yield Finding("folder.synced", folder, what, do)
    if room is not None and room < ROOM:
        what = f"There are {room // 1_000_000} MB left on its disk."
        yield Finding("folder.room", folder, what, "Make room: on a full disk nothing can be saved.")
    if strangers:
        what = f"{counted(strangers, 'thing lies', 'things lie')} in it that cppp does not know."
        do = "Move it elsewhere, or delete it: cppp neither encrypts it nor copies it."
        yield Finding("folder.strangers", folder, what, do)


def of_documents(folder: str, *, synced: str | None) -> Iterator[Finding]:
    """The folder for documents."""
    if synced:
        what = f"Your documents are copied to {synced}."
        do = "cppp init --change chooses another folder, unless your office allows this one."
        yield Finding("documents.synced", folder, what, do)


def of_leftovers(left: Mapping[str, int]) -> Iterator[Finding]:
    """Documents and exports half-written when the program was killed, by folder."""
    for folder, count in left.items():
        what = f"{counted(count, 'half-written file lies', 'half-written files lie')} there and may be readable."
        yield Finding("documents.half", folder, what, "Delete what is called .cppp-….part there.")


# Its finding, what one and several are called, what to do, and whether that comes before anything else.
_LEFT: Final = {
    "document": (
        "documents.lying",
        ("document", "documents"),
        "Delete what is filed; cppp writes it anew at any time.",
        False,
    ),
    "export": (
        "export.lying",
        ("encrypted export", "encrypted exports"),
        "Delete it once the other officer has the case.",
        False,
    ),
    "plain export": (
        "export.plain",
        ("readable export", "readable exports"),
        "Delete it: everything of the case can be read in it.",
        True,
    ),
    "pack": (
        "export.pack",
        ("pack for the information team", "packs for the information team"),
        "Send it as your office does, then delete it.",
        True,
    ),
}


def of_written(there: Iterable[tuple[str, str, date]]) -> Iterator[Finding]:
    """What left the file and still lies where it was written: its kind, its folder, and the day it was written."""
    by_kind: dict[str, list[tuple[str, date]]] = {}
    for kind, folder, day in there:
        by_kind.setdefault(kind, []).append((folder, day))
    for kind, (name, nouns, do, first) in _LEFT.items():
        found = by_kind.get(kind, [])
        if found:
            folders = list(dict.fromkeys(folder for folder, _ in found))
            oldest = short_date(min(day for _, day in found))
            what = f"{counted(len(found), *nouns)} outside the encrypted file, the oldest of {oldest}."
            where = ", ".join(folders)
            yield (blocks if first else Finding)(name, where, what, do)


# ------------------------------------------------------------------------------------------------ copies


def of_age(newest: datetime | None, used: Iterable[datetime], *, cases: int) -> Iterator[Finding]:
    """Whether there is a copy of what was done."""
    if newest is None:
        if cases:
            yield blocks("copies.none", COPIES, "There is no copy of your file.", "cppp backup")
        return
    days = {moment.date() for moment in used if moment > newest}
    if len(days) >= USE_DAYS:
        what = f"The newest is of {short_date(newest.date())}; what was done on {len(days)} days since is in none."
        yield Finding("copies.old", COPIES, what, "cppp backup")


def of_away(last: date | None, today: date, *, cases: int) -> Iterator[Finding]:
    """Whether a copy has left this computer within a week."""
    do = "cppp backup --to DIR, with a stick or folder that your office allows."
    if last is None:
        if cases:
            what = "No copy has ever left this computer. If it is lost, so is every record on it."
            yield Finding("copies.away", COPIES, what, do)
    elif (today - last).days >= AWAY_DAYS:
        what = f"No copy has left this computer since {short_date(last)}, {say_distance(last, today)}."
        yield Finding("copies.away", COPIES, what, do)


def of_copies(
    *,
    other_key: Sequence[datetime],
    damaged: Sequence[datetime],
    erased: Iterable[str],
    strangers: int,
    live: Collection[str] = (),
) -> Iterator[Finding]:
    """Copies that do not open now or are damaged, by their moment; erased cases in them; what is no copy.

    ``live`` are references of cases in the file: the command that erases one would mean the case that is there.
    """
    if other_key:
        what = f"{counted(len(other_key), 'copy opens', 'copies open')} with an earlier key only: {_days(other_key)}."
        do = "Keep the old passphrase or recovery key as long as they are wanted, or delete them."
        yield Finding("copies.other-key", COPIES, what, do)
    if damaged:
        what = f"{counted(len(damaged), 'copy is', 'copies are')} damaged: {_days(damaged)}."
        yield blocks("copies.damaged", COPIES, what, "cppp backup makes a new one; delete what is damaged.")
    for reference in erased:
        what = "It was erased, and a copy of your file still holds it."
        do = f"cppp case erase {reference}"
        if reference in live:
            what = "It was erased and came back by import, and a copy of your file still holds it as it was before."
            do = "Delete the copies made before it was erased. Where they lie: cppp restore"
        yield blocks("copies.erased", f"case {reference}", what, do)
    if strangers:
        what = f"{counted(strangers, 'file lies', 'files lie')} among them that cppp did not put there."
        do = "Move them elsewhere: cppp neither checks nor removes them, and an erased case may be in them."
        yield Finding("copies.strangers", COPIES, what, do)


def _days(moments: Sequence[datetime]) -> str:
    return ", ".join(f"{short_date(moment.date())} {moment:%H:%M}" for moment in moments)


# ------------------------------------------------------------------------------------------------ what came along


def of_templates(problem: str) -> Iterator[Finding]:
    """The office's own wording."""
    if problem:
        what, _, do = problem.partition(". ")
        do = do or "cppp template check, once it is corrected."
        yield blocks("template.wrong", "your templates", f"{what.rstrip('.')}.", do)


def of_calendar(days: Mapping[int, int], installed: date | None, today: date) -> Iterator[Finding]:
    """The calendar of bank holidays.

    Args:
        days: how many it knows, by year, for the years a timetable may reach.
        installed: the day it was put on this computer; none when that is not known.
        today: the day it is.
    """
    do = "Renew cppp, or ask your IT desk to; until then close such a day by hand."
    short = [str(year) for year, count in days.items() if count < YEAR_OF_HOLIDAYS]
    if short:
        yield Finding("calendar.short", "bank holidays", f"Those of {', '.join(short)} are not known.", do)
    elif installed and (today - installed).days > CALENDAR_DAYS:
        what = f"They were put on this computer {say_distance(installed, today)}; one proclaimed since is not known."
        yield Finding("calendar.old", "bank holidays", what, do)
