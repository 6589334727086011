"""What a care calendar asks: the pattern, time in the day, school holidays, special days, one-off swaps.

Nothing is proposed that would become part of an arrangement: an empty Enter leaves a gap or ends a list.
How the answers become a calendar: ``programme/nights/from_answers.py``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import WEEKDAYS, say_date
from cppp_cli.programme.nights.from_answers import EVERY_WEEK, LETTERS, equal, weeks_of
from cppp_cli.programme.nights.patterns import PATTERNS, WEEK, read_letters
from cppp_cli.questions.care_choices import anybody, sides, times
from cppp_cli.questions.care_holidays import HOLIDAYS
from cppp_cli.questions.care_special_days import SPECIAL_DAYS
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Repeat, Script, Section, View

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

_FULL_LENGTH = 366  # letters; longer is mostly a slip

_PATTERNS = (
    *(Choice(pattern.key, pattern.label) for pattern in PATTERNS),
    Choice(LETTERS, "another one, written as letters"),
)


def _named(view: View) -> bool:
    return bool(view.text("pattern")) and view.text("pattern") != LETTERS


def _of_letters(value: Value, view: View) -> str | None:
    found = read_letters(str(value))
    if not found:
        return "Type A, B or O for each night, with or without spaces between weeks, such as AAAABBA AAAAAAA."
    if len(found) > _FULL_LENGTH:
        return f"That is more than {_FULL_LENGTH} nights. Type one cycle of the pattern; it repeats."
    return None


def _about_letters(value: Value, view: View) -> str | None:
    nights = len(read_letters(str(value)))
    if nights % WEEK:
        return f"that is a cycle of {nights} nights, not of whole weeks, so the weekdays move from cycle to cycle."
    return None


def _a_monday(value: Value, view: View) -> str | None:
    day = date.fromisoformat(str(value))
    if not _named(view) or not day.weekday():
        return None
    monday = day - timedelta(days=day.weekday())
    return f"Week one of this pattern begins on a Monday. Type {say_date(monday)} or another Monday."


PATTERN = Section(
    "The pattern",
    (
        Question(
            "pattern",
            "How do the nights go round?",
            Kind.CHOICE,
            required=True,
            choices=_PATTERNS,
            hint="The normal weeks, without holidays and special days. A weekend from Friday to Sunday is two nights.",
            why="Two plans that sound alike may differ by a night in every fortnight.",
        ),
        Question(
            "fewer",
            "Who has the fewer nights?",
            Kind.CHOICE,
            required=True,
            choices=sides,
            when=lambda view: _named(view) and not equal(view.text("pattern")),
        ),
        Question(
            "begins",
            "With whom does week one begin?",
            Kind.CHOICE,
            required=True,
            choices=sides,
            when=lambda view: _named(view) and equal(view.text("pattern")),
        ),
        Question(
            "letters",
            "The nights of one cycle, as letters",
            required=True,
            when=is_("pattern", LETTERS),
            check=_of_letters,
            caution=_about_letters,
            hint="A is {a}, B is {b}, O anybody else; one letter for each night, such as AAAABBA AAAAAAA.",
        ),
        Question(
            "starts_on",
            "On which date is the first night of the cycle?",
            Kind.DATE,
            required=True,
            check=_a_monday,
            hint="For a pattern with a name it is the Monday of a week one, in the past or to come.",
            why="Without an anchor nobody can tell whose weekend the next one is.",
        ),
        Question(
            "handover_at",
            "At what hour does care change?",
            Kind.TIME,
            hint="On a day between two different nights. Enter when that is not settled; hours then count from 18:00.",
        ),
    ),
    say="A night belongs to the date of its evening.",
)


def _weeks(view: View) -> tuple[Choice, ...]:
    numbers = range(1, weeks_of(view.answers) + 1)
    return (Choice(EVERY_WEEK, "every week"), *(Choice(str(n), f"week {n} of the cycle alone") for n in numbers))


DAYTIMES = Section(
    "Time in the day",
    (
        Question(
            "has_daytimes",
            "Is there time in the day that repeats and changes no night?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="Such as tea on Wednesdays. It counts in hours and not in nights.",
        ),
        Repeat(
            "daytimes",
            "Time in the day",
            (
                Question(
                    "weekday",
                    "On which day?",
                    Kind.CHOICE,
                    required=True,
                    choices=tuple(Choice(str(number), name) for number, name in enumerate(WEEKDAYS)),
                ),
                Question(
                    "week",
                    "In every week, or in one of the cycle?",
                    Kind.CHOICE,
                    required=True,
                    choices=_weeks,
                    when=lambda view: weeks_of(view.answers) > 1,
                ),
                *times(lambda view: True),
                Question("side", "Who is the time with?", Kind.CHOICE, required=True, choices=anybody),
            ),
            another="Is there more time in the day?",
            at_most=14,
            when=is_("has_daytimes", "yes"),
        ),
    ),
    say="Where a holiday, a special day or a swap decides the night, this time rests on that day.",
)


def _not_before_first(value: Value, view: View) -> str | None:
    first = view.day("first")
    if first and date.fromisoformat(str(value)) < first:
        return f"The swap begins on {say_date(first)}. Type that day or a later one."
    return None


SWAPS = Section(
    "One-off swaps",
    (
        Question(
            "has_swaps",
            "Are there one-off swaps?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="Single nights that go another way once, whatever the rules say.",
        ),
        Repeat(
            "swaps",
            "Swap",
            (
                Question("first", "Which night is the first?", Kind.DATE, required=True),
                Question(
                    "last", "Which night is the last?", Kind.DATE, check=_not_before_first, hint="Enter for one night."
                ),
                Question("letter", "Who has the child then?", Kind.CHOICE, required=True, choices=anybody),
            ),
            another="Is there another swap?",
            at_most=60,
            when=is_("has_swaps", "yes"),
        ),
    ),
    say="A swap comes before everything else.",
)

SCRIPT = Script("care-calendar", "Care calendar", (PATTERN, DAYTIMES, HOLIDAYS, SPECIAL_DAYS, SWAPS))
