"""What every session asks alike: whether it took place, when, how, where, and who came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import say_date
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.model import Choice, Kind, Question, Section, View, no_default, no_objection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cppp_cli.programme.answers import Value

IN_PERSON = Choice("in_person", "in person")
VIDEO = Choice("video", "by video")
TELEPHONE = Choice("telephone", "by telephone")
OBSERVATION = Choice("observation", "observation, without a conversation")
MODES = (IN_PERSON, VIDEO, TELEPHONE)
MODES_WITH_CHILDREN = (*MODES, OBSERVATION)
LONG_MEETING = 4 * 60  # minutes; the outline of the programme speaks of about an hour and a half

took_place = is_("outcome", "held", "stopped")


def people(view: View, references: Iterable[str]) -> tuple[Choice, ...]:
    """The people as choices by reference, such as ``children.2``."""
    return tuple(Choice(reference, view.name(reference)) for reference in references)


def children(view: View, numbers: Iterable[str]) -> tuple[Choice, ...]:
    """Children as choices by number."""
    return tuple(Choice(number, view.name(f"children.{number}")) for number in numbers)


def every_adult(view: View) -> tuple[Choice, ...]:
    """Every adult of the case."""
    return people(view, (f"adults.{n}" for n in view.items("adults")))


def everyone(view: View) -> tuple[Choice, ...]:
    """Every child and every adult of the case."""
    found = [f"children.{n}" for n in view.items("children")]
    return people(view, [*found, *(f"adults.{n}" for n in view.items("adults"))])


def came(view: View, group: str) -> tuple[str, ...]:
    """The item names of those of a group, ``adults`` or ``children``, who came."""
    lead = f"{group}."
    return tuple(person.removeprefix(lead) for person in view.among("came") if person.startswith(lead))


def sides_that_came(value: Value, view: View) -> frozenset[str]:
    """The sides, A and B, with an adult among the people of ``value``."""
    return frozenset(
        side for side in ("A", "B") if isinstance(value, tuple) and any(f"adults.{n}" in value for n in view.side(side))
    )


def _not_held(view: View) -> bool:
    return bool(view.text("outcome")) and view.text("outcome") != "held"


def _the_planned_day(view: View) -> Value | None:
    planned = view.day("planned_on")
    if planned is None or (planned > view.facts.today and view.text("outcome") != "cancelled"):
        return None
    return planned.isoformat()


def _the_day(value: Value, view: View) -> str | None:
    if date.fromisoformat(str(value)) > view.facts.today and view.text("outcome") != "cancelled":
        return "That day is still to come. Type a date up to today."
    return None


def _not_the_planned_day(value: Value, view: View) -> str | None:
    planned = view.day("planned_on")
    return f"it was planned for {say_date(planned)}." if planned and planned.isoformat() != value else None


def _the_planned_time(view: View) -> Value | None:
    as_planned = view.text("planned_on") and view.text("held_on") == view.text("planned_on")
    planned, end = view.text("planned_at"), view.text("ends_at")
    return planned if as_planned and planned and (not end or planned < end) else None


def _start_before_end(value: Value, view: View) -> str | None:
    end = view.text("ends_at")
    if end and str(value) >= end:
        return f"The end is down as {end}. Type a start before that, or change the end first."
    return None


def _end_after_start(value: Value, view: View) -> str | None:
    start = view.text("starts_at")
    if start and str(value) <= start:
        return f"The start is down as {start}. Type an end after that, on the 24-hour clock."
    return None


def _a_long_meeting(value: Value, view: View) -> str | None:
    start = view.text("starts_at")
    length = _minutes(str(value)) - _minutes(start) if start else 0
    if length <= LONG_MEETING:
        return None
    return f"that makes {length // 60} hours {length % 60} minutes. Check both times."


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def opening(*first: Question) -> Section:
    """Whether the session took place; ``first`` comes straight after that question."""
    return Section(
        "How it went",
        (
            Question(
                "outcome",
                "Did this session take place?",
                Kind.CHOICE,
                required=True,
                choices=(
                    Choice("held", "held"),
                    Choice("did_not_attend", "did not attend"),
                    Choice("cancelled", "cancelled"),
                    Choice("stopped", "stopped early"),
                ),
                hint="Each of these is a complete record. Stopped early: keep what you have, and skip the rest.",
            ),
            *first,
            Question(
                "outcome_reason",
                "What was the reason?",
                Kind.LONG,
                when=_not_held,
                hint="As you were told it, and by whom. A reason you do not know is skipped as not known.",
            ),
            Question(
                "held_on",
                "Date of the session",
                Kind.DATE,
                required=True,
                lean="past",
                default=_the_planned_day,
                check=_the_day,
                caution=_not_the_planned_day,
                hint="When it did not take place: the date it was planned for.",
            ),
            Question(
                "next_contact",
                "What was agreed about a new date?",
                Kind.LONG,
                when=is_("outcome", "did_not_attend", "cancelled"),
                hint="Who will get in touch with whom, by when. The new date itself is set with cppp schedule move.",
            ),
        ),
    )


def meeting(
    who: Callable[[View], tuple[Choice, ...]],
    *,
    modes: tuple[Choice, ...] = MODES,
    who_hint: str,
    who_check: Callable[[Value, View], str | None] = no_objection,
    who_default: Callable[[View], Value | None] = no_default,
) -> Section:
    """When, how and where the session was, and who of ``who`` came."""
    return Section(
        "When, where and who",
        (
            Question(
                "starts_at",
                "When did it start?",
                Kind.TIME,
                default=_the_planned_time,
                check=_start_before_end,
                hint="For example 10:30 or 2.15pm.",
            ),
            Question("ends_at", "When did it end?", Kind.TIME, check=_end_after_start, caution=_a_long_meeting),
            Question("mode", "How did you meet?", Kind.CHOICE, choices=modes),
            Question(
                "place",
                "Where was it?",
                hint="The office, the school, a home. By video or telephone: where they were, and whether they could "
                "speak freely.",
            ),
            Question(
                "came",
                "Who came?",
                Kind.MANY,
                required=True,
                choices=who,
                check=who_check,
                default=who_default,
                hint=who_hint,
            ),
            Question(
                "also_present",
                "Who else was present, and as what?",
                hint="A supporter, a solicitor, a social worker, a child in the room. Enter when nobody was.",
            ),
            Question(
                "interpreter_used",
                "Did an interpreter help? Who, and in which language?",
                hint="A relative is not an interpreter. Enter when nobody was needed.",
            ),
        ),
        when=took_place,
    )


def limits_explained(audience: str) -> Question:
    """Whether the purpose of the session and the limits of confidentiality were explained to ``audience``."""
    return Question(
        "limits_explained",
        f"Did you explain to {audience} what the session is for and what cannot stay private?",
        Kind.CHOICE,
        choices=(Choice("yes", "yes"), Choice("no", "no")),
        hint="What may go into a report that the judge and every party read, and that a risk of harm is passed on.",
        why="People can only choose what to say when they know who may read it.",
    )


def notes() -> Question:
    """Notes that stay in the officer's file."""
    return Question(
        "notes",
        "Notes for your file",
        Kind.LONG,
        hint="Never part of a document. Those they are about may ask to read them one day, so write as if they will.",
    )
