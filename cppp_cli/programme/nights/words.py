"""Why a night is with whom it is, in words. A and B stand for the sides; whoever prints them puts in the names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, assert_never

from cppp_cli.programme.dates import MONTHS, say_date, say_time
from cppp_cli.programme.nights.patterns import WEEK, whole_weeks
from cppp_cli.programme.nights.rules import DayKind, HolidayRule, Layer, Middle, Share, SpecialDay
from cppp_cli.programme.nights.terms import Holiday

if TYPE_CHECKING:
    from cppp_cli.programme.nights.occasions import Piece
    from cppp_cli.programme.nights.rules import Calendar

LEAP_DAY = "29 February is kept on 1 March in a year without one"


def pattern_words(calendar: Calendar, day: date) -> str:
    """Which night of the normal pattern it is."""
    cycle = len(calendar.letters)
    night = (day - calendar.starts_on).days % cycle
    week = f"week {night // WEEK + 1}, " if whole_weeks(calendar.letters) and cycle > WEEK else ""
    return (
        f"normal pattern: {week}night {night + 1} of the {cycle} that begin on {say_date(calendar.starts_on)}"
        if cycle > 1
        else "normal pattern: every night the same"
    )


def piece_words(calendar: Calendar, piece: Piece) -> str:
    """The rule that spoke of a run of nights."""
    match piece.layer:
        case Layer.HOLIDAY:
            return _holiday(calendar.holidays[piece.rule], piece)
        case Layer.SPECIAL:
            return _special(calendar.special_days[piece.rule], piece)
        case Layer.SWAP:
            swap = calendar.swaps[piece.rule]
            until = f" to {say_date(swap.last)}" if swap.last != swap.first else ""
            return f"one-off swap: {say_date(swap.first)}{until}"
        case Layer.PATTERN:
            return "normal pattern"
        case _:
            assert_never(piece.layer)


def rule_words(rule: HolidayRule) -> str:
    """How a holiday is shared, without a date."""
    match rule.share:
        case Share.PATTERN:
            return "the normal pattern goes on"
        case Share.WHOLE:
            return f"the whole of it: {rule.who.words}"
        case Share.BLOCKS:
            length = "week about" if rule.block == WEEK else f"{rule.block} nights in turn"
            return f"{length}, beginning with: {rule.who.words}"
        case Share.WEEKEND:
            return (
                "the night between the day and its weekend is with whoever has the Saturday night by the normal "
                "pattern and the holidays"
            )
        case Share.HALVES:
            return f"in halves, the first: {rule.who.words}; an odd night {_middle(rule.middle)}"
        case _:
            assert_never(rule.share)


def special_words(rule: SpecialDay) -> str:
    """How a special day is shared, without a date."""
    if rule.hours is not None:
        spell = f"from {say_time(rule.hours[0])} to {say_time(rule.hours[1])}"
    else:
        spell = "the night" if rule.nights == 1 else f"{rule.nights} nights"
        begins = {0: "", 1: ", beginning the evening before"}.get(
            rule.before, f", beginning {rule.before} nights before"
        )
        spell += begins
    moved = f"; {LEAP_DAY}" if rule.moved_in_ordinary_years else ""
    return f"{spell}: {rule.who.words}{moved}"


def _middle(middle: Middle) -> str:
    match middle:
        case Middle.FIRST:
            return "belongs to the first half"
        case Middle.SECOND:
            return "belongs to the second half"
        case Middle.A | Middle.B:
            return f"is with {middle.value.upper()}"
        case _:
            return "is with " + (
                "A in even years, B in odd years" if middle is Middle.A_EVEN else "B in even years, A in odd years"
            )


def _holiday(rule: HolidayRule, piece: Piece) -> str:
    if isinstance(piece.about, Holiday):
        holiday = piece.about
        when = f"{holiday.kind.label}, {say_date(holiday.first)} to {say_date(holiday.last)}"
    elif isinstance(piece.about, date):
        when = f"{rule.kind.label}, {say_date(piece.about)}"
    else:
        when = rule.kind.label
    part = f"{piece.part} of it; " if piece.part and piece.part != "weekend" else ""
    return f"{when}: {part}{rule_words(rule)}"


def _special(rule: SpecialDay, piece: Piece) -> str:
    when = say_date(piece.about) if isinstance(piece.about, date) else ""
    fixed = f" ({rule.day} {MONTHS[rule.month - 1]})" if rule.kind is DayKind.EVERY_YEAR else ""
    return f"{rule.name}{fixed}, {when}: {special_words(rule)}"
