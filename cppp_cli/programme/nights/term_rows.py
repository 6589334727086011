"""From the lines of a school's term dates to its terms and holidays: what each is, and whether they fit together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from cppp_cli.errors import AnswersError
from cppp_cli.programme.dates import short_date
from cppp_cli.programme.nights.terms import Period, TermDates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

Kind = Literal["term", "holiday", "inset"]

YEARS: Final = range(1900, 2201)
"""The years a school's dates may lie in; beyond them something was mistyped."""

_LONGEST_GAP: Final = 80  # days; beyond it a term is missing from the file
_LONGEST_HALF_TERM: Final = 17  # days with their weekends; beyond it "half term 1" is a half of a term
_LONGEST_INSET: Final = 5

_BANK_HOLIDAY: Final = re.compile(r"\bbank holiday|\bmay day\b", re.IGNORECASE)
_INSET: Final = re.compile(
    r"\binset\b|\btraining\b|\bclos(?:ed|ure)\b|\b(?:staff|development|occasional|non[- ]?pupil) day", re.IGNORECASE
)
_HALF_TERM: Final = re.compile(r"\bhalf[- ]?terms?\b", re.IGNORECASE)
_HOLIDAY: Final = re.compile(r"\b(?:holidays?|hols|breaks?|vacation|recess)\b", re.IGNORECASE)
_TERM: Final = re.compile(
    r"\bterms?\b|\b(?:autumn|spring|summer)\s*\d\b|\b(?:michaelmas|lent|trinity|hilary)\b|\bsemester\b", re.IGNORECASE
)
_OPENS: Final = re.compile(r"\b(?:starts?|begins?|commences|(?:re)?opens|first day|back to school)\b", re.IGNORECASE)
_CLOSES: Final = re.compile(r"\b(?:ends?|finish(?:es)?|closes|last day|breaks? up)\b", re.IGNORECASE)
_SEASON: Final = re.compile(r"\b(?:christmas|easter|summer)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One line or event of a file of term dates. ``place`` tells where it stands, such as "line 3"."""

    place: str
    first: date
    last: date
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Found:
    """The term dates of a file, and sentences on what was taken from it and how."""

    terms: TermDates
    notes: tuple[str, ...] = ()


def refuse_far_off(day: date, what: str, which: str) -> None:
    """Refuse a date no school has.

    Args:
        day: the date.
        what: how the file is called, such as "The file of term dates".
        which: which of its dates it is, such as "the start of line 3".

    Raises:
        AnswersError: it lies in no year of ``YEARS``.
    """
    if day.year not in YEARS:
        raise AnswersError(f"{what}: {which} is not in the years {YEARS[0]} to {YEARS[-1]}. Correct it.")


def kind_of(name: str, first: date, last: date) -> Kind | Literal["bank holiday"] | None:
    """What a line is by its name and length; none when that cannot be told."""
    days = (last - first).days + 1
    if _BANK_HOLIDAY.search(name):
        return "bank holiday"
    if _INSET.search(name) and days <= _LONGEST_INSET:
        return "inset"
    if _HALF_TERM.search(name):
        return "holiday" if days <= _LONGEST_HALF_TERM else "term"
    if _HOLIDAY.search(name):
        return "holiday"
    if _TERM.search(name):
        return "term"
    return "holiday" if _SEASON.search(name) or _INSET.search(name) else None


def periods(rows: Iterable[Row], what: str) -> Found:
    """The term dates of a file, with a sentence on the holidays that no line names.

    A holiday may lie within a term, and a training day anywhere; nothing else may lie over another.

    Args:
        rows: in any order.
        what: how the file is called in an error, such as "The file of term dates".

    Raises:
        AnswersError: a line ends before it starts, two do not go together, or a term is missing; it says which.
    """
    given = sorted(rows, key=lambda row: (row.first, row.last))
    if not given:
        raise AnswersError(f"{what} holds no terms and no holidays. It needs a start and an end for each.")
    for row in given:
        if row.last < row.first:
            raise AnswersError(f"{what}: {row.place} ends before it starts. Correct its dates.")
    given = _paired(given, what)
    terms = [row for row in given if row.kind == "term"]
    holidays = [row for row in given if row.kind == "holiday"]
    for group in (terms, holidays):
        _refuse_overlap(group, what)
    _refuse_halfway(terms, holidays, what)
    _refuse_missing_term(terms, holidays, what)
    found = TermDates(tuple(Period(row.first, row.last, row.kind, row.name) for row in given))
    if not found.holidays and not terms:
        raise AnswersError(f"{what} holds training days alone. It needs the terms or the holidays as well.")
    return Found(found, _told(found, holidays))


def _paired(rows: Sequence[Row], what: str) -> list[Row]:
    """The rows, with one for each "term starts" and the "term ends" after it."""
    found: list[Row] = []
    begun: dict[str, Row] = {}
    for row in rows:
        edge = row.first == row.last and row.kind != "inset"
        if edge and _CLOSES.search(row.name):
            start = begun.pop(row.kind, None)
            if start is None:
                raise AnswersError(f"{what}: {row.place} is an end without its start. Add the start.")
            found.append(replace(start, last=row.last))
        elif edge and _OPENS.search(row.name):
            if row.kind in begun:
                raise AnswersError(f"{what}: {begun[row.kind].place} is a start without its end. Add the end.")
            begun[row.kind] = replace(row, name="")
        elif edge and row.kind == "term":
            raise AnswersError(f"{what}: {row.place} is a term of one day. Give its end.")
        else:
            found.append(row)
    for row in begun.values():
        raise AnswersError(f"{what}: {row.place} is a start without its end. Add the end.")
    return sorted(found, key=lambda row: (row.first, row.last))


def _refuse_overlap(rows: Sequence[Row], what: str) -> None:
    for one, two in pairwise(rows):
        if two.first <= one.last:
            raise AnswersError(f"{what}: {one.place} and {two.place} overlap. Correct their dates.")


def _refuse_halfway(terms: Sequence[Row], holidays: Sequence[Row], what: str) -> None:
    for term in terms:
        for holiday in holidays:
            apart = holiday.last < term.first or holiday.first > term.last
            within = term.first <= holiday.first and holiday.last <= term.last
            if not apart and not within:
                raise AnswersError(f"{what}: {term.place} and {holiday.place} overlap. Correct their dates.")


def _refuse_missing_term(terms: Sequence[Row], holidays: Sequence[Row], what: str) -> None:
    """A gap longer than any summer would be counted as one holiday."""
    for before, after in pairwise(terms):
        days = (after.first - before.last).days - 1
        named = any(before.last < holiday.first and holiday.last < after.first for holiday in holidays)
        if days > _LONGEST_GAP and not named:
            raise AnswersError(
                f"{what}: between {before.place} and {after.place} lie {days} days without a term. Add what is missing."
            )


def _told(found: TermDates, listed: Sequence[Row]) -> tuple[str, ...]:
    """A sentence on the holidays that stand between terms and in no line."""
    gaps = [
        holiday
        for holiday in found.holidays
        if not any(row.first <= holiday.last and holiday.first <= row.last for row in listed)
    ]
    if not gaps:
        return ()
    said = "; ".join(f"{gap.kind.label} {short_date(gap.first)} to {short_date(gap.last)}" for gap in gaps)
    return (f"Taken as school holidays, because they lie between terms: {said}.",)
