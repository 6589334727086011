"""What a care calendar asks about school holidays, bank holidays and inset days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.nights.rules import MOST_NIGHTS, SINGLE_DAYS, Middle, Share
from cppp_cli.programme.nights.terms import HolidayKind
from cppp_cli.questions.care_choices import turns, turns_of_anybody
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Repeat, Section, View

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

_SINGLE = tuple(kind.value for kind in SINGLE_DAYS)


def _turns_of_a_holiday(view: View) -> tuple[Choice, ...]:
    """Halves and runs begin with a side."""
    return turns_of_anybody(view) if view.text("share") == Share.WHOLE else turns(view)


def _middles(view: View) -> tuple[Choice, ...]:
    halves = (
        Choice(Middle.FIRST.value, "it belongs to the first half"),
        Choice(Middle.SECOND.value, "it belongs to the second half"),
    )
    return (*halves, *turns(view))


def _first_letter_up(text: str) -> str:
    return text[:1].upper() + text[1:]


_HOLIDAYS = (
    *(Choice(k.value, _first_letter_up(k.label)) for k in HolidayKind if k not in {*SINGLE_DAYS, HolidayKind.ANY}),
    Choice(HolidayKind.ANY.value, "Every school holiday without a rule of its own"),
    Choice(HolidayKind.BANK_HOLIDAY.value, "Bank holidays outside school holidays"),
    Choice(HolidayKind.INSET.value, "Inset days"),
)


def _shares(view: View) -> tuple[Choice, ...]:
    whole = Choice(Share.WHOLE.value, "all of it with one, or in turn from year to year")
    goes_on = Choice(Share.PATTERN.value, "the normal pattern goes on")
    if view.text("kind") in _SINGLE:
        return (Choice(Share.WEEKEND.value, "it makes its weekend one night longer"), whole, goes_on)
    halves = Choice(Share.HALVES.value, "in halves")
    return (halves, whole, Choice(Share.BLOCKS.value, "so many nights with each in turn, such as week about"), goes_on)


def _once(value: Value, view: View) -> str | None:
    others = (view.answers.get(f"holidays.{n}.kind") for n in view.items("holidays") if n != view.item)
    if any(other and other.value == value for other in others):
        return "There is already a rule for this one. Choose another, or go back (:b) and change that rule."
    return None


HOLIDAYS = Section(
    "School holidays",
    (
        Question(
            "has_holidays",
            "Are school holidays, bank holidays or inset days shared by a rule?",
            Kind.CHOICE,
            choices=YES_NO,
            hint="The dates come from the term dates of each child's school.",
        ),
        Repeat(
            "holidays",
            "Holiday",
            (
                Question("kind", "Which holiday?", Kind.CHOICE, required=True, choices=_HOLIDAYS, check=_once),
                Question("share", "How is it shared?", Kind.CHOICE, required=True, choices=_shares),
                Question(
                    "who",
                    "Who has it, or its first part?",
                    Kind.CHOICE,
                    required=True,
                    choices=_turns_of_a_holiday,
                    when=is_("share", Share.HALVES, Share.WHOLE, Share.BLOCKS),
                    hint="The year is that of the holiday's first day, for Christmas too.",
                ),
                Question(
                    "middle",
                    "When the number of nights is odd, who has the middle one?",
                    Kind.CHOICE,
                    required=True,
                    choices=_middles,
                    when=is_("share", Share.HALVES),
                ),
                Question(
                    "block",
                    "How many nights are in each run?",
                    Kind.NUMBER,
                    required=True,
                    least=1,
                    most=MOST_NIGHTS,
                    when=is_("share", Share.BLOCKS),
                    hint="7 is week about.",
                ),
                Question(
                    "evening_before",
                    "Does it begin on the evening before its first day without school?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    when=lambda view: view.text("kind") not in _SINGLE,
                    hint="For instance when it starts at the end of school. Enter counts its own days alone.",
                ),
                Question(
                    "home_before_school",
                    "Does its last night stay with the normal pattern?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    when=lambda view: view.text("kind") not in _SINGLE,
                    hint="So that school begins from there. Enter counts that night to the holiday.",
                ),
            ),
            another="Is another holiday shared by a rule?",
            at_most=len(_HOLIDAYS),
            when=is_("has_holidays", "yes"),
        ),
    ),
    say="A holiday by name comes before the rule for every school holiday, and both before the normal pattern.",
)
