"""The blanks that many ready-made clauses share, and the short way to write the others. Pure."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.clause import Blank


def words(key: str, ask: str, example: str) -> Blank:
    """A blank for a few words."""
    return Blank(key, ask, "text", example)


def day(key: str, ask: str, example: str) -> Blank:
    """A blank for a date."""
    return Blank(key, ask, "date", example)


def clock(key: str, ask: str, example: str) -> Blank:
    """A blank for a time of day."""
    return Blank(key, ask, "time", example)


def side(key: str, ask: str, example: str = "Sam") -> Blank:
    """A blank for one of the two sides."""
    return Blank(key, ask, "side", example)


CHILDREN: Final = Blank("children", "Which child or children?", "children", "Robin and Jo")
OTHER: Final = side("other", "Which is the other parent?", "Alex")
LIVES_WITH: Final = side("parent", "With which parent?")
REVIEW_ON: Final = day("review_on", "On which day will both look at it again?", "2027-03-01")
FIRST: Final = day("first", "From which day?", "2026-09-04")
START: Final = words("start", "From when? A time, or words such as “the end of school”.", "16:00")
END: Final = words("end", "Until when? A time, or words such as “the start of school”.", "18:00")
FROM: Final = clock("start", "From what time?", "10:00")
UNTIL: Final = clock("end", "Until what time?", "18:00")
DAYS: Final = words("days", "On which days?", "Wednesdays and Sundays")
AT: Final = clock("time", "At what time?", "17:00")
PLACE: Final = words("place", "Where?", "the library in Mill Lane")
THEN: Final = words("then", "What happens then?", "the day is made up on the next Sunday")
NOTICE: Final = words("notice", "How long before?", "four weeks")
ANSWER: Final = words("answer", "Within what time is it answered?", "two days")
CHANNEL: Final = words("channel", "By what means?", "e-mail")
WITHIN: Final = words("within", "Within what time?", "two days")
AMOUNT: Final = words("amount", "How much?", "£5")
