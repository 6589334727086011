"""Term dates from the text of a table (CSV): a line for each term, holiday or training day of a school.

The columns are found by their headings and the mark between them by counting. An error names the line and what is
wrong with it, and never repeats what stands there.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import AnswersError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.dates import DateProblem, parse_date, say_date
from cppp_cli.programme.nights.term_rows import Found, Kind, Row, kind_of, periods, refuse_far_off

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WHAT: Final = "The file of term dates"

_COLUMNS: Final = {
    "first": {"start", "starts", "start date", "first", "first day", "from", "begin", "begins", "date from", "opens"},
    "last": {"end", "ends", "end date", "last", "last day", "to", "until", "finish", "finishes", "date to", "closes"},
    "name": {"name", "what", "title", "term", "holiday", "summary", "description", "period", "event", "subject"},
    "kind": {"kind", "type", "category"},
}
_KINDS: Final[Mapping[str, Kind]] = {
    "term": "term",
    "term time": "term",
    "school": "term",
    "open": "term",
    "holiday": "holiday",
    "holidays": "holiday",
    "half term": "holiday",
    "half-term": "holiday",
    "inset": "inset",
    "inset day": "inset",
    "training": "inset",
    "training day": "inset",
    "closed": "inset",
}
_MARKS: Final = (",", ";", "\t", "|")
_CLOCK: Final = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?$")
_NUMBERS: Final = re.compile(r"(?P<weekday>[A-Za-z]+[.,]* )?(?P<one>\d{1,2})[/.-](?P<two>\d{1,2})[/.-]\d{4}", re.ASCII)
_MONTHS: Final = 12
_YEAR: Final = re.compile(r"\d{4}")
_ANY_DAY: Final = date(2000, 1, 1)  # never counts: a date without its year is refused before
_LONGEST_NAME: Final = 60
_NEEDS: Final = "the headings start, end and name"


def read_csv(text: str) -> Found:
    """The term dates in the text of a table.

    Raises:
        AnswersError: it is empty, a column is missing, a line cannot be read, or lines do not go together.
    """
    lines = clean(text.removeprefix("\ufeff")).split("\n")
    head = next((number for number, line in enumerate(lines) if line.strip(" ,;\t|\"'")), None)
    if head is None:
        raise AnswersError(f"{WHAT} is empty. It needs {_NEEDS}, and a line for each term or holiday.")
    mark = max(_MARKS, key=lines[head].count)
    columns = _columns(next(csv.reader([lines[head]], delimiter=mark, skipinitialspace=True)), head + 1)
    rows, notes, dates = [], [], []
    for line, cells in _lines(lines, head + 1, mark):
        if any(cell.strip() for cell in cells):
            row = _row(cells, columns, f"line {line}")
            dates += [(f"line {line}", _cell(cells, columns, which)) for which in ("first", "last")]
            if row is None:
                notes.append(f"Line {line} is a bank holiday and is left out: those are known.")
            else:
                rows.append(row)
    found = periods(rows, WHAT)
    return Found(found.terms, (*notes, *_read_day_first(dates), *found.notes))


def _read_day_first(dates: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A sentence when dates in numbers could be read with the day or the month first, and none of the file tells.

    Args:
        dates: each as it stands in the file, after its place, such as "line 3"; every one was read.
    """
    found = [(place, said, numbers) for place, said in dates if (numbers := _NUMBERS.match(said))]
    either = [at for at in found if int(at[2]["one"]) != int(at[2]["two"])]
    # A weekday was held against the date as it is read, and goes with no other reading.
    if any(int(numbers["one"]) > _MONTHS or numbers["weekday"] for _, _, numbers in either):
        return ()
    for place, said, _ in either[:1]:
        day = say_date(parse_date(_CLOCK.sub("", said), _ANY_DAY))
        note = (
            "The dates could have the day or the month first. They are read with the day first, as in Britain: "
            f"{place} has {day}. If that is wrong, write the months as words."
        )
        return (note,)
    return ()


def _lines(lines: Sequence[str], before: int, mark: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line after the headings, with its number in the file."""
    reader = csv.reader((f"{line}\n" for line in lines[before:]), delimiter=mark, skipinitialspace=True)
    try:
        for cells in reader:
            yield before + reader.line_num, cells
    except csv.Error:
        line = before + reader.line_num
        raise AnswersError(f"{WHAT} is no table from about line {line} on. Save it as CSV again.") from None


def _columns(headings: Sequence[str], line: int) -> dict[str, int]:
    """Where each column stands."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        said = " ".join(heading.casefold().replace("_", " ").split())
        for what, names in _COLUMNS.items():
            if said in names and what not in found:
                found[what] = place
                break
    missing = [what for what in ("first", "last") if what not in found]
    if missing or not {"name", "kind"} & set(found):
        raise AnswersError(f"{WHAT}: line {line} must name the columns: it needs {_NEEDS}.")
    return found


def _row(cells: Sequence[str], columns: Mapping[str, int], place: str) -> Row | None:
    """One line; none for a bank holiday."""
    first = _day(_cell(cells, columns, "first"), place, "start")
    said = _cell(cells, columns, "last")
    last = _day(said, place, "end") if said else first
    if last < first:
        raise AnswersError(f"{WHAT}: {place} ends before it starts. Correct its dates.")
    name = _cell(cells, columns, "name")[:_LONGEST_NAME]
    typed = " ".join(_cell(cells, columns, "kind").casefold().split())
    kind = _KINDS.get(typed) or kind_of(f"{name} {typed}", first, last)
    if kind == "bank holiday":
        return None
    if kind is None:
        raise AnswersError(
            f"{WHAT}: {place} says neither term, holiday, half term nor inset. Write one of these into its name, "
            "or into a column headed kind."
        )
    return Row(place, first, last, name, kind)


def _cell(cells: Sequence[str], columns: Mapping[str, int], what: str) -> str:
    place = columns.get(what, len(cells))
    return " ".join(cells[place].split()) if place < len(cells) else ""


def _day(said: str, place: str, which: str) -> date:
    if not said:
        raise AnswersError(f"{WHAT}: {place} has no {which}. Write a date such as 2 September 2027.")
    plain = _CLOCK.sub("", said)
    if not _YEAR.search(plain):
        raise AnswersError(f"{WHAT}: the {which} of {place} needs a date with its year in four digits.")
    try:
        found = parse_date(plain, _ANY_DAY)
    except DateProblem as problem:
        raise AnswersError(f"{WHAT}: the {which} of {place} cannot be read. {problem}") from None
    refuse_far_off(found, WHAT, f"the {which} of {place}")
    return found
