"""What a case comes to, told in numbers: to compare the one that arrives with one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme.case import State
from cppp_cli.programme.clean import clean
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
    "disclosure": "at",
    "final": "frozen_at",
    "release": "at",
    "fact_check": "written_at",
    "fact_request": "at",
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
    """One case in numbers. ``children`` tells a family from another: name and date of birth where both are known."""

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
        number=one_line(case["case_number"] or ""),
        state=State(case["state"]),
        initials=" ".join("".join(part[0] for part in name.split()) for name in names),
        children=frozenset(
            (" ".join(name.casefold().split()), str(row["born"]))
            for name, row in zip(names, rows.get("child", ()), strict=True)
            if row["full_name"] and row["born"]
        ),
        meetings=tuple(_meeting(row) for row in rows.get("session", ()) if row["state"] != "discarded"),
        counts=(
            ("children's statements", len(rows.get("statement", ()))),
            ("letters and drawings", len(rows.get("letter", ()))),
            ("safeguarding notes", len(rows.get("safeguarding_note", ()))),
            ("decisions to pass something on", len(rows.get("disclosure", ()))),
            ("documents written", len(rows.get("document", ()))),
            ("documents that are final", len(rows.get("final", ()))),
        ),
        changed=max(_moments(rows)),
    )


def named_alike(reference: str, number: str, arriving: Summary) -> bool:
    """Whether a case has the court's number of the one that arrives, or its reference."""
    return reference == arriving.reference or (bool(number) and _folded(number) == _folded(arriving.number))


def same_case(present: Summary, arriving: Summary) -> bool:
    """Whether two are one case: by the court's number, or by the reference and a child of both.

    Two families can have the same four characters by chance, and a case may have no number and no child yet. Then they
    stand beside each other, for what is replaced is gone.
    """
    if present.number and _folded(present.number) == _folded(arriving.number):
        return True
    return present.reference == arriving.reference and bool(present.children & arriving.children)


def one_line(text: str) -> str:
    """Text that came from elsewhere as one line, so that it cannot pass for another line of what is shown."""
    return " ".join(clean(text).split())


def _folded(number: str) -> str:
    return "".join(number.casefold().split())


def _meeting(row: Mapping[str, Any]) -> Meeting:
    (name,) = (name for name, pair in KINDS.items() if pair == (row["kind"], row["side"]))
    on = date.fromisoformat(row["held_on"]) if row["held_on"] else None
    return Meeting(name, on, row["state"], one_line(row["outcome"] or ""))


def _moments(rows: Rows) -> Iterator[datetime]:
    for table, column in _MOMENTS.items():
        for row in rows.get(table, ()):
            moment = datetime.fromisoformat(row[column])
            yield moment if moment.tzinfo else moment.astimezone()
