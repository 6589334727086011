"""An age that the date of birth contradicts on the day of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import BROTHERS, CHILD
from cppp_cli.checks.attribution.saying import TYPED, blocking, shortened
from cppp_cli.programme.dates import age_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.people import Child

ID: Final = "name.age"
_NUMBERS: Final = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)
_N: Final = rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS[1:])})"
_ENDS: Final = r"(?=$|[.,;:)]|\s+(?:and|but|years?|now|or|so|today)\b)"
_AFTER: Final = re.compile(
    rf"^(?:\s*\((?:aged?\s+|is\s+|who is\s+|now\s+)?{_N}(?:\s+years?(?:\s+old)?)?\)"
    rf"|,?\s+(?:who\s+)?is(?:\s+now)?\s+(?:aged\s+)?{_N.replace('<n>', '<m>')}{_ENDS}"
    rf"|,?\s+(?:now\s+)?aged\s+{_N.replace('<n>', '<o>')}\b"
    rf"|,\s+{_N.replace('<n>', '<p>')}(?:\s+years\s+old)?,)",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(rf"\b{_N}[\s-]years?[\s-]old\s+$", re.IGNORECASE)
_YOU: Final = re.compile(
    rf"\byou(?:[’']re| are)(?: now| already| only| just| still)?(?: aged)? {_N}{_ENDS}", re.IGNORECASE
)
_NOT_NOW: Final = re.compile(
    r"\b(?:when|until|till|once|if|before|after|by the time|unless|as soon as)\b[^.!?\n]*$", re.IGNORECASE
)
_ANOTHER_DAY: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:by|at|before|after|since) the\b|\blast\b|\bthen\b", re.IGNORECASE
)
_COLUMN: Final = re.compile(r"\bage\b", re.IGNORECASE)


def ages(reading: Reading) -> Iterator[Finding]:
    """Ages beside a child's name, and in the column for them."""
    for at in reading.body():
        passage = reading.passages[at]
        if passage.kind == "quote":
            continue
        for piece in reading.of_passage[at]:
            yield from _in_text(reading, piece)
            yield from _of_you(reading, piece)
        if passage.columns and not reading.is_head(at):
            yield from _in_row(reading, reading.of_passage[at])


def _in_text(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """Ages in what a template or the officer wrote; what others said may be of another day."""
    theirs = [(typed.start, typed.end) for typed in piece.typed if typed.words.owners and not typed.words.about]
    for mention in reading.people.mentions(piece.text):
        children = reading.cast.children(mention.refs)
        if len(mention.refs) != 1 or not children or any(s <= mention.start < e for s, e in theirs):
            continue
        if _is_of_another_day(piece.text[: mention.start]):
            continue
        after, before = _AFTER.match(piece.text[mention.end :]), _BEFORE.search(piece.text[: mention.start])
        found = [*(after.groupdict().values() if after else ()), *(before.groups() if before else ())]
        for number in (number for number in found if number):
            years = int(number) if number.isdigit() else _NUMBERS.index(number.casefold())
            yield from _compared(reading, piece, reading.cast.case.child(next(iter(children))), years)


def _is_of_another_day(before: str) -> bool:
    """Whether the sentence speaks of another day before it comes to an age: "In March 2024 Isla, aged 6"."""
    sentence = re.split(r"[.!?\n]", before)[-1]
    return _ANOTHER_DAY.search(sentence) is not None or _NOT_NOW.search(sentence) is not None


def _of_you(reading: Reading, piece: Piece) -> Iterator[Finding]:
    """Ages of the one child a letter is to, to whom it says you."""
    to = reading.cast.addressed_to
    if to is None or any(typed.words.owners and not typed.words.about for typed in piece.typed):
        return
    for found in _YOU.finditer(piece.text):
        if not _NOT_NOW.search(piece.text[: found.start()]):
            years = int(found["n"]) if found["n"].isdigit() else _NUMBERS.index(found["n"].casefold())
            yield from _compared(reading, piece, reading.cast.case.child(to), years)


def _in_row(reading: Reading, pieces: list[Piece]) -> Iterator[Finding]:
    named = reading.people.named(pieces[0].rest, {CHILD})
    children = reading.cast.children(named)
    if len(children) != 1:
        return
    for piece, column in zip(pieces[1:], pieces[0].passage.columns[1:], strict=False):
        found = re.match(r"\d+", piece.text)
        if _COLUMN.search(column) and found:
            yield from _compared(reading, piece, reading.cast.case.child(next(iter(children))), int(found[0]))


def _compared(reading: Reading, piece: Piece, child: Child, years: int) -> Iterator[Finding]:
    if child.born is None or child.born > reading.cast.today:
        return
    age = age_on(child.born, reading.cast.today)
    if years != age:
        what = f"{child.full_name} is said to be {years}; by the date of birth it is {age}: “{shortened(piece.text)}”"
        do = f"Check the date of birth (cppp case show) and the age. {TYPED}"
        yield blocking(ID, piece.passage, what, BROTHERS, do)
