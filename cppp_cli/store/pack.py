"""A pack about one person for the organisation's information team: an encrypted file, read by nobody else.

It is for those who review it, and never handed out: it holds what others said, what children said for nobody, and
safeguarding notes, each marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.errors import DamagedFileError, UsageProblemError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.dates import say_date
from cppp_cli.programme.pack import Item, Pack, pack, people
from cppp_cli.programme.pack_marks import MARKS
from cppp_cli.store import events
from cppp_cli.store.arrival import one_line
from cppp_cli.store.outgoing import leaving
from cppp_cli.store.sealed import FORMATS, NOT_OURS, PACK, Part, write
from cppp_cli.store.whole_case import gather, history_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from cppp_cli.store.file import OfficerFile
    from cppp_cli.store.keys import Key

NEVER: Final = "For the organisation's information team to review. Never to be handed out as it is."
_HEADER: Final = {"format": "INTEGER", "program": "TEXT", "made_at": "TEXT", "made_by": "TEXT"}
_LINE: Final = {"line": "TEXT"}
_ITEM: Final = {"number": "INTEGER", **dict.fromkeys(("source", "at", "words", "about", "marks"), "TEXT")}
_BETWEEN: Final = ", "


@dataclass(frozen=True)
class Reading:
    """A pack as it came: its lines to begin with, and its items."""

    lines: tuple[str, ...]
    items: tuple[Item, ...]


def make(
    db: OfficerFile, case_id: int, person: str, path: Path, key: Key,
    *, made_by: str, program: str, now: Callable[[], str],
) -> Pack:  # fmt: skip
    """Write the pack about one person of a case, and tell in the history that it left; what is in it.

    Args:
        db: The officer's file.
        case_id: The case.
        person: Their reference, such as ``adult-1``.
        path: The file; nothing may be there.
        key: Made from a passphrase of its own.
        made_by: The officer's name.
        program: Which cppp made it.
        now: The clock.

    Raises:
        UsageProblemError: nobody of the case has that reference.
        ConflictError: something of that name is there, or it cannot be written.
        NotFoundError: the folder does not exist.
    """
    with leaving(db, path) as out:
        rows = {**gather(db, case_id), "change": history_of(db, case_id)}
        known = [one.reference for one in people(rows)]
        if person not in known:
            raise UsageProblemError(f"There is no such person in this case. Give one of these: {', '.join(known)}.")
        made = pack(rows, person)
        at = now()
        header = {"format": FORMATS[PACK], "program": program, "made_at": at, "made_by": made_by}
        reference = rows["case_file"][0]["reference"]
        lines = [{"line": line} for line in _read_me(made, reference, header)]
        items = [_row(number, item) for number, item in enumerate(made.items, 1)]
        out.digest = write(
            path, key, {PACK: Part(_HEADER, [header]), "read_me": Part(_LINE, lines), "item": Part(_ITEM, items)}
        )
        events.add(db, events.PACK, now, case_id=case_id, detail=person, path=path, digest=out.digest)
    return made


def parse(parts: Mapping[str, Part]) -> Reading:
    """The pack in the tables of a file that came.

    Raises:
        DamagedFileError: they are not as cppp writes them.
    """
    wanted = {PACK: _HEADER, "read_me": _LINE, "item": _ITEM}
    if {name: dict(part.columns) for name, part in parts.items()} != wanted:
        raise DamagedFileError(NOT_OURS)
    lines = tuple(one_line(row["line"] or "") for row in parts["read_me"].rows)
    return Reading(lines, tuple(_item(row) for row in parts["item"].rows))


def _row(number: int, item: Item) -> dict[str, Any]:
    return {
        "number": number,
        "source": item.source,
        "at": item.at,
        "words": item.words,
        "about": _BETWEEN.join(item.about),
        "marks": _BETWEEN.join(item.marks),
    }


def _item(row: Mapping[str, Any]) -> Item:
    said = {name: one_line(row[name] or "") for name in ("source", "at", "about", "marks")}
    about, marks = (tuple(said[name].split(_BETWEEN)) if said[name] else () for name in ("about", "marks"))
    return Item(said["source"], said["at"], clean(row["words"] or ""), about, marks)


def _read_me(made: Pack, reference: str, header: Mapping[str, Any]) -> Iterator[str]:
    """What whoever opens the pack must know first, line by line."""
    day = datetime.fromisoformat(header["made_at"]).date()
    yield NEVER
    yield (
        f"About {made.person.reference} of case {reference}: {made.person.name}. "
        f"Made on {say_date(day)} by {header['made_by']} with {header['program']}."
    )
    yield (
        "It holds every entry of the officer's file of this case that concerns this person or mentions them. The file "
        "is the officer's working copy and not the official record."
    )
    yield "Who is who (the names of others are their data):"
    yield from (f"- {one.reference}: {one.name}" for one in made.people)
    yield "What the marks mean:"
    yield from (f"- {mark}: {meaning}." for mark, meaning in MARKS.items())
    yield (
        "Marks help, and are no judgement. Read every entry: a nickname, another spelling, “he” or “she” and the names "
        "of professionals are not recognised, and an entry without a mark may still speak of somebody else. Who is "
        "spoken of as father, mother or the like is taken to be whoever is that to a child of the case."
    )
    yield "Pictures are not in it; where there is one, its entry says so, and the officer has it."
    if made.left_out:
        yield "Left out, because it neither concerns nor mentions this person (number of answers):"
        yield from (f"- {kind}: {count}" for kind, count in made.left_out.items())
    else:
        yield "Nothing of the case was left out."
