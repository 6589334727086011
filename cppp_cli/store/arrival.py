"""What a case comes to, told in numbers: to compare the one that arrives with one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme.case import State
from cppp_cli.programme.sessions import KINDS
from cppp_cli.store.cases import ALPHABET, LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cppp_cli.store.whole_case import Rows

# Where a row says when it came or changed.
_MOMENTS: Final = {
    "case_file": "changed_at",
    "session": "changed_at",
    "appointment": "made_at",
    "picture": "added_at",
    "amendment": "at",
    "safeguarding_note": "at",
}


@dataclass(frozen=True)
class Meeting:
    """One session in a line."""

    name: str
    on: date | None
    state: str  # draft or finished
    outcome: str


@dataclass(frozen=True)
class Summary:
    """One case in numbers. ``children`` is what tells a family from another: name and date of birth of each."""

    id: int
    reference: str
    number: str
    state: State
    initials: str
    children: frozenset[tuple[str, str]]
    meetings: tuple[Meeting, ...]
    counts: tuple[tuple[str, int], ...]
    changed: datetime


def summary(rows: Rows) -> Summary:
    """A case as rows, in numbers.

    Raises:
        KeyError: a column is missing.
        ValueError: something in it is not what cppp writes.
    """
    (case,) = rows["case_file"]
    if len(case["reference"]) != LENGTH or set(case["reference"]) - set(ALPHABET):
        raise ValueError("the reference")
    names = [str(row["full_name"] or "?") for row in rows.get("child", ())]
    return Summary(
        id=case["id"],
        reference=case["reference"],
        number=case["case_number"] or "",
        state=State(case["state"]),
        initials=" ".join("".join(part[0] for part in name.split()) for name in names),
        children=frozenset(
            (" ".join(name.casefold().split()), str(row["born"]))
            for name, row in zip(names, rows.get("child", ()), strict=True)
        ),
        meetings=tuple(_meeting(row) for row in rows.get("session", ()) if row["state"] != "discarded"),
        counts=(
            ("children's statements", len(rows.get("statement", ()))),
            ("letters and drawings", len(rows.get("letter", ()))),
            ("safeguarding notes", len(rows.get("safeguarding_note", ()))),
            ("documents written", len(rows.get("document", ()))),
        ),
        changed=max(_moments(rows)),
    )


def named_alike(reference: str, number: str, arriving: Summary) -> bool:
    """Whether a case has the court's number of the one that arrives, or its reference."""
    return reference == arriving.reference or (bool(number) and _folded(number) == _folded(arriving.number))


def same_case(present: Summary, arriving: Summary) -> bool:
    """Whether two are one case: by the court's number, or by the reference and nothing that says otherwise.

    Two families can have the same four characters by chance; then the court's number and all the children differ.
    """
    if not named_alike(present.reference, present.number, arriving):
        return False
    if _folded(present.number) == _folded(arriving.number):
        return True
    strangers = bool(present.children and arriving.children) and not present.children & arriving.children
    return not (present.number and arriving.number and strangers)


def _folded(number: str) -> str:
    return "".join(number.casefold().split())


def _meeting(row: Mapping[str, Any]) -> Meeting:
    (name,) = (name for name, pair in KINDS.items() if pair == (row["kind"], row["side"]))
    on = date.fromisoformat(row["held_on"]) if row["held_on"] else None
    return Meeting(name, on, row["state"], row["outcome"] or "")


def _moments(rows: Rows) -> Iterator[datetime]:
    for table, column in _MOMENTS.items():
        for row in rows.get(table, ()):
            moment = datetime.fromisoformat(row[column])
            yield moment if moment.tzinfo else moment.astimezone()
