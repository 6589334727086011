"""What was observed in the officer's file: which of it matters, in words, and what to do about it.

How old something may be before it is told is decided here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.finding import Finding, Severity
from cppp_cli.programme.dates import say_distance, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

DRAFT_DAYS: Final = 14
FINISHED_DAYS: Final = 30
CLOCK: Final = timedelta(minutes=10)
"""Two computers may differ by as much."""

DAMAGE: Final = frozenset(
    {
        *("file.refused", "file.newer", "file.unfinished", "file.pages", "file.longer", "file.structure"),
        *("file.schema", "file.references", "file.erased", "history.triggers", "history.gap", "history.head"),
        *("history.digest", "history.lost", "history.extra", "history.row", "history.unknown"),
    }
)
"""The kinds of findings that say that the file itself is not whole."""

FILE: Final = "your file"
HISTORY: Final = "the history"
_RESTORE: Final = "cppp restore lists the copies on this computer; bring one back."


def is_damage(found: Iterable[Finding]) -> bool:
    """Whether one of them says that the file itself is not whole."""
    return any(finding.id in DAMAGE for finding in found)


def blocks(kind: str, place: str, what: str, do: str) -> Finding:
    """A finding that stands in the way."""
    return Finding(kind, place, what, do, Severity.BLOCKING)


def counted(number: int, what: str, more: str = "") -> str:
    """A number with its noun; ``more`` is what several are called when an s at the end does not do."""
    return f"{number} {what}" if number == 1 else f"{number} {more or what + 's'}"


# ------------------------------------------------------------------------------------------------ the file itself


def refused(reason: str) -> Finding:
    """The file does not open for a reason that is not the key; what to do about it is said after a semicolon."""
    return blocks("file.refused", FILE, reason.partition(";")[0].rstrip(".") + ".", _RESTORE)


def of_pages(wrong: int, behind: int) -> Iterator[Finding]:
    """Pages that are not as they were written, and pages behind the end of the file."""
    if wrong:
        what = f"{counted(wrong, 'page of it is not as it was', 'pages of it are not as they were')} written."
        yield blocks("file.pages", FILE, what, f"{_RESTORE} Type nothing more into it until then.")
    if behind:
        what = "Something was added behind its end. What is yours in it is whole, but no copy of it can be made so."
        yield blocks("file.longer", FILE, what, _RESTORE)


def of_schema(*, newer: bool, pending: bool, empty: bool, wrong: Sequence[str]) -> Iterator[Finding]:
    """Whether this version of cppp and the file's tables fit together."""
    if empty:
        what = "It was begun and never finished; nothing is in it."
        yield blocks("file.unfinished", FILE, what, "cppp init, once officer.db is moved away.")
    elif newer:
        what = "It was written by a newer version of cppp."
        yield blocks("file.newer", FILE, what, "Install that version and use it from now on.")
    elif wrong:
        what = f"Tables or indexes of it are not as cppp makes them: {', '.join(wrong)}."
        yield blocks("file.schema", FILE, what, f"{_RESTORE} Type nothing more into it until then.")
    elif pending:
        do = "Type cppp: it is brought up to date, and a copy is made first."
        yield Finding("file.older", FILE, "It is from an older version of cppp.", do)


def of_structure(broken: int, references: int) -> Iterator[Finding]:
    """Whether tables, indexes and rows fit together."""
    if broken:
        what = f"Its parts do not fit together in {counted(broken, 'place')}."
        yield blocks("file.structure", FILE, what, f"{_RESTORE} Type nothing more into it until then.")
    if references:
        what = f"{counted(references, 'row refers', 'rows refer')} to something that is not in it."
        yield blocks("file.references", FILE, what, f"{_RESTORE} Something other than cppp wrote into it.")


def of_erased(left: Iterable[tuple[str, int]], rebuild_due: str | None) -> Iterator[Finding]:
    """Erased cases of which something is still there, and a file that was not rebuilt after erasing.

    Args:
        left: the reference of each case, and how many rows.
        rebuild_due: the case that was erased last; none when the file was rebuilt.
    """
    if rebuild_due is not None:
        what = (
            "A case was erased, and the file was not rebuilt since: unused parts of it may hold something of the case."
        )
        yield blocks("file.rebuild", FILE, what, f"cppp case erase {rebuild_due}")
    for reference, rows in left:
        what = f"It was erased, and {counted(rows, 'row')} of it {'is' if rows == 1 else 'are'} still in the file."
        do = "cppp restore brings back the newest copy, and erases it there again."
        yield blocks("file.erased", f"case {reference}", what, do)


# ------------------------------------------------------------------------------------------------ the history


def of_triggers(missing: int, changed: int, unknown: int) -> Iterator[Finding]:
    """Whether what writes the history is whole."""
    said = [(missing, "missing"), (changed, "changed"), (unknown, "not from cppp")]
    if any(number for number, _ in said):
        counts = ", ".join(f"{number} {how}" for number, how in said if number)
        what = f"The parts of the file that write its history are not as cppp makes them: {counts}."
        yield blocks("history.triggers", HISTORY, what, f"{_RESTORE} Type nothing more into it until then.")


def of_history(flaws: Iterable[tuple[str, str]], words: Mapping[str, str]) -> Iterator[Finding]:
    """Where the history does not hold.

    Args:
        flaws: the kind of each, and the reference of the case, or nothing for the file itself.
        words: what each kind is, in words.
    """
    for kind, reference in flaws:
        known = f"history.{kind}" if f"history.{kind}" in DAMAGE else "history.unknown"
        what = f"The history does not hold: {words[kind]}."
        do = "cppp restore lists copies to compare with. An accident changed it, or something other than cppp."
        yield blocks(known, f"case {reference}" if reference else HISTORY, what, do)


def of_clock(moments: Sequence[datetime], now: datetime) -> Iterator[Finding]:
    """Whether something in the history happened later than now."""
    newest = max(moments, default=now)
    if newest - now > CLOCK:
        what = f"Its newest change is of {short_date(newest.date())}, {newest:%H:%M}, which is later than now."
        do = "Put the computer's date and time right; every day that cppp proposes and writes down depends on it."
        yield Finding("clock.back", HISTORY, what, do)


# ------------------------------------------------------------------------------------------------ cases


def of_drafts(
    sessions: Iterable[tuple[str, str, date]], cases: Iterable[tuple[str, date]], today: date
) -> Iterator[Finding]:
    """Sessions and cases that were begun, and lie unfinished for two weeks."""
    for reference, name, last in sessions:
        if (today - last).days > DRAFT_DAYS:
            what = f"Its {name} session is not finished; the last answer was given {say_distance(last, today)}."
            yield Finding("draft.session", f"case {reference}", what, f"cppp session log {reference} {name}")
    for reference, last in cases:
        if (today - last).days > DRAFT_DAYS:
            what = f"It was begun and not finished; the last answer was given {say_distance(last, today)}."
            yield Finding("draft.case", f"case {reference}", what, "cppp new-case goes on with it, or discards it.")


def of_words(notes: Iterable[str], finished: Iterable[tuple[str, date]], today: date) -> Iterator[Finding]:
    """Words that were typed and became no record."""
    for reference in notes:
        what = "A safeguarding note was begun and is not kept as one yet."
        yield Finding("words.note", f"case {reference}", what, f"cppp session stop {reference}")
    for reference, last in finished:
        if (today - last).days > FINISHED_DAYS:
            what = "It is over, and words that were typed and never given as an answer are still in it."
            do = f"Give or clear them where they were typed. They go with the case: cppp case erase {reference}"
            yield Finding("words.finished", f"case {reference}", what, do)


def of_pictures(loose: Iterable[tuple[str, int]]) -> Iterator[Finding]:
    """Pictures that no letter refers to."""
    for reference, count in loose:
        what = f"{counted(count, 'picture')} in it {'belongs' if count == 1 else 'belong'} to no letter."
        do = f"Nothing, if the case is to stay: it is in no document, and goes with cppp case erase {reference}"
        yield Finding("pictures.loose", f"case {reference}", what, do)


def of_endings(
    taken_back: Iterable[str], unconfirmed: Iterable[str], closed: Iterable[tuple[str, date]], today: date
) -> Iterator[Finding]:
    """Cases that are gone but for the history, came and are not confirmed, or are past their day."""
    for reference in taken_back:
        what = "It was discarded or taken back, and what was typed lives on in the history."
        do = f"cppp case erase {reference} --reason opened-in-error, unless you want it back."
        yield Finding("case.taken-back", f"case {reference}", what, do)
    for reference in unconfirmed:
        what = "It came from another officer, and is not confirmed with both sides yet."
        yield Finding("case.handover", f"case {reference}", what, f"cppp case confirm {reference}")
    for reference, due in closed:
        if due <= today:
            what = f"It is closed, and was to be erased on {short_date(due)}."
            yield Finding("case.due", f"case {reference}", what, f"cppp case erase {reference}")
