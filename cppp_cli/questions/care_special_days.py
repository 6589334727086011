"""What a care calendar asks about special days. The children's birthdays are offered by name, from the case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.nights.from_answers import BIRTHDAY, HOURS, NIGHTS, birthdays
from cppp_cli.programme.nights.rules import MOST_NIGHTS, DayKind
from cppp_cli.questions.care_choices import times, turns_of_anybody
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Repeat, Section, View

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Answers, Value

_OWN_DAYS = (DayKind.EVERY_YEAR.value, DayKind.DATES.value)
_LEAP_DAY = (2, 29)


def _background(view: View) -> Answers:
    """The case and what is answered now, by their paths."""
    return {**view.facts.background, **view.answers}


def _days(view: View) -> tuple[Choice, ...]:
    children = tuple(
        Choice(f"{BIRTHDAY}{n}", f"{view.name(f'children.{n}')}'s birthday") for n in birthdays(_background(view))
    )
    usual = tuple(Choice(kind.value, kind.label) for kind in DayKind if kind.value not in _OWN_DAYS)
    own = (
        Choice(DayKind.EVERY_YEAR.value, "another day of every year, such as a grandparent's birthday"),
        Choice(DayKind.DATES.value, "a day of one year alone, such as a wedding or a festival that moves"),
    )
    return (*children, *usual, *own)


def _about_a_day(value: Value, view: View) -> str | None:
    born = birthdays(_background(view)).get(str(value).removeprefix(BIRTHDAY))
    return _kept_on(born) if born and str(value).startswith(BIRTHDAY) else None


def _about_a_date(value: Value, view: View) -> str | None:
    return _kept_on(date.fromisoformat(str(value))) if view.text("day") == DayKind.EVERY_YEAR else None


def _kept_on(day: date) -> str | None:
    return "29 February is kept on 1 March in a year without one." if (day.month, day.day) == _LEAP_DAY else None


SPECIAL_DAYS = Section(
    "Special days",
    (
        Question(
            "has_special_days",
            "Do special days have a rule of their own?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="Birthdays, Christmas Day, Mothering Sunday, days of a faith or culture.",
        ),
        Repeat(
            "special_days",
            "Special day",
            (
                Question("day", "Which day?", Kind.CHOICE, required=True, choices=_days, caution=_about_a_day),
                Question("name", "What is the day called?", required=True, when=is_("day", *_OWN_DAYS)),
                Question(
                    "on",
                    "On which date?",
                    Kind.DATE,
                    required=True,
                    when=is_("day", *_OWN_DAYS),
                    caution=_about_a_date,
                    hint="For a day of every year any year will do.",
                ),
                Question(
                    "how",
                    "Does it change who has the night, or hours of the day alone?",
                    Kind.CHOICE,
                    required=True,
                    choices=(Choice(NIGHTS, "the night"), Choice(HOURS, "hours of the day alone")),
                    hint="A day that is split between two homes is hours of the day alone.",
                ),
                Question(
                    "who",
                    "Who has it?",
                    Kind.CHOICE,
                    required=True,
                    choices=turns_of_anybody,
                    hint="The year is that of the day itself.",
                ),
                Question(
                    "evening_before",
                    "Does it begin on the evening before?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    when=is_("how", NIGHTS),
                    hint="Then the night before the day is its first. Enter begins with the night of the day itself.",
                ),
                Question(
                    "nights",
                    "How many nights is that?",
                    Kind.NUMBER,
                    least=1,
                    most=MOST_NIGHTS,
                    when=is_("how", NIGHTS),
                    hint="Enter for one.",
                ),
                *times(is_("how", HOURS)),
            ),
            another="Is there another special day?",
            at_most=40,
            when=is_("has_special_days", "yes"),
        ),
    ),
    say="A special day comes before holidays and the normal pattern. Of two on one night the later in the list counts.",
)
