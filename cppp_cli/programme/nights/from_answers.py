"""From the answers of the care-calendar questions to a calendar.

The paths are those of ``questions/care_calendar.py``. What was left blank is never taken for more than it says: no
handover hour means that none is settled, and the calendar then counts with a usual one.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import AnswersError
from cppp_cli.programme.nights.patterns import PATTERNS, WEEK, read_letters, swapped
from cppp_cli.programme.nights.rules import (
    HANDOVER_AT,
    Calendar,
    DayKind,
    Daytime,
    HolidayRule,
    Middle,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.terms import HolidayKind

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.nights.terms import TermDates

LETTERS: Final = "letters"
"""The choice of a pattern of one's own."""

BIRTHDAY: Final = "birthday."
"""What the choice of a child's birthday begins with; the child's number follows."""

EVERY_WEEK: Final = "every"
NIGHTS, HOURS = "nights", "hours"

_EQUAL: Final = frozenset(p.key for p in PATTERNS if 2 * p.letters.count("B") == len(p.letters))


def calendar_of(
    answers: Answers,
    case: Answers,
    *,
    terms: TermDates | None = None,
    bank_holidays: frozenset[date] = frozenset(),
) -> Calendar:
    """The calendar that was answered.

    Args:
        answers: those to the care-calendar questions.
        case: the case as answers by its own paths, for the children's names and birthdays.
        terms: the dates of the school of the child the calendar is for.
        bank_holidays: those of the years that are counted.

    Raises:
        AnswersError: an answer that is needed is missing, or two do not go together.
    """
    letters, starts_on = letters_of(answers), _text(answers, "starts_on")
    if not letters or not starts_on:
        raise AnswersError("The calendar has no pattern or no first night yet. Answer these questions first.")
    return Calendar(
        letters,
        date.fromisoformat(starts_on),
        handover_of(answers) or HANDOVER_AT,
        tuple(_daytime(answers, path) for path in items(answers, "daytimes")),
        tuple(_holiday(answers, path) for path in items(answers, "holidays")),
        tuple(_special_day(answers, case, path) for path in items(answers, "special_days")),
        tuple(_swap(answers, path) for path in items(answers, "swaps")),
        terms,
        bank_holidays,
        hour_named=handover_of(answers) is not None,
    )


def equal(pattern: str) -> bool:
    """Whether a named pattern gives both sides as many nights."""
    return pattern in _EQUAL


def letters_of(answers: Answers) -> str:
    """The letters of the pattern that was answered, with the sides in their places; empty while that is open."""
    chosen = _text(answers, "pattern")
    if chosen == LETTERS:
        return read_letters(_text(answers, "letters"))
    named = next((pattern for pattern in PATTERNS if pattern.key == chosen), None)
    if named is None:
        return ""
    # A begins where both have as many nights, and has the more where they do not.
    side = _text(answers, "begins" if equal(chosen) else "fewer")
    if not side:
        return ""
    return named.letters if side == ("A" if equal(chosen) else "B") else swapped(named.letters)


def weeks_of(answers: Answers) -> int:
    """How many weeks the cycle has, a week that is begun counted as one; 0 while the pattern is open."""
    chosen = _text(answers, "pattern")
    named = next((pattern.letters for pattern in PATTERNS if pattern.key == chosen), "")
    letters = read_letters(_text(answers, "letters")) if chosen == LETTERS else named
    return -(-len(letters) // WEEK)


def handover_of(answers: Answers) -> time | None:
    """The hour at which care changes; None when it was not settled."""
    found = _text(answers, "handover_at")
    return time.fromisoformat(found) if found else None


def birthdays(case: Answers) -> dict[str, date]:
    """The dates of birth of a case's children, by their numbers."""
    found = {}
    for path, answer in case.items():
        group, _, rest = path.partition(".")
        number, _, key = rest.partition(".")
        if group == "children" and key == "born" and answer.value:
            found[number] = date.fromisoformat(str(answer.value))
    return dict(sorted(found.items(), key=lambda entry: (len(entry[0]), entry[0])))


def items(answers: Answers, group: str) -> tuple[str, ...]:
    """The paths of a group's items, such as ``swaps.1.``, when there was said to be any.

    They end with the one after which there were said to be no more.
    """
    found: list[str] = []
    if _text(answers, f"has_{group}") != "yes":
        return ()
    while any(path.startswith(f"{group}.{len(found) + 1}.") for path in answers):
        found.append(f"{group}.{len(found) + 1}.")
        if _text(answers, f"{found[-1]}more") != "yes":
            break
    return tuple(found)


def _text(answers: Answers, path: str) -> str:
    answer = answers.get(path)
    return "" if answer is None or answer.value is None else str(answer.value)


def _needed(answers: Answers, path: str) -> str:
    found = _text(answers, path)
    if not found:
        raise AnswersError("An answer about the calendar is missing. Go through its questions again.")
    return found


def _span(answers: Answers, path: str) -> tuple[time, time]:
    start, end = (time.fromisoformat(_needed(answers, f"{path}{key}")) for key in ("start", "end"))
    return start, end


def _daytime(answers: Answers, path: str) -> Daytime:
    week = _text(answers, f"{path}week") or EVERY_WEEK
    return Daytime(
        int(_needed(answers, f"{path}weekday")),
        *_span(answers, path),
        _needed(answers, f"{path}side"),
        None if week == EVERY_WEEK else int(week),
    )


def _holiday(answers: Answers, path: str) -> HolidayRule:
    share = Share(_needed(answers, f"{path}share"))
    shared_out = share in {Share.HALVES, Share.WHOLE, Share.BLOCKS}
    return HolidayRule(
        HolidayKind(_needed(answers, f"{path}kind")),
        share,
        Turn(_needed(answers, f"{path}who")) if shared_out else Turn.A,  # of no effect where nothing is shared out
        Middle(_needed(answers, f"{path}middle")) if share is Share.HALVES else Middle.FIRST,
        int(_needed(answers, f"{path}block")) if share is Share.BLOCKS else WEEK,
        _text(answers, f"{path}evening_before") == "yes",
        _text(answers, f"{path}home_before_school") == "yes",
    )


def _special_day(answers: Answers, case: Answers, path: str) -> SpecialDay:
    chosen = _needed(answers, f"{path}day")
    who = Turn(_needed(answers, f"{path}who"))
    in_hours = _needed(answers, f"{path}how") == HOURS
    hours = _span(answers, path) if in_hours else None
    nights = 1 if in_hours else int(_text(answers, f"{path}nights") or 1)
    before = int(not in_hours and _text(answers, f"{path}evening_before") == "yes")
    if chosen.startswith(BIRTHDAY):
        number = chosen.removeprefix(BIRTHDAY)
        born = birthdays(case).get(number)
        if born is None:
            raise AnswersError("A birthday in the calendar has no date of birth in the case. Add it, or drop that day.")
        label = f"{_called(case, number)}'s birthday"
        return SpecialDay(DayKind.EVERY_YEAR, who, label, born.month, born.day, (), before, nights, hours)
    kind = DayKind(chosen)
    if kind not in {DayKind.EVERY_YEAR, DayKind.DATES}:
        return SpecialDay(kind, who, before=before, nights=nights, hours=hours)
    on, label = date.fromisoformat(_needed(answers, f"{path}on")), _text(answers, f"{path}name")
    if kind is DayKind.DATES:
        return SpecialDay(kind, who, label, dates=(on,), before=before, nights=nights, hours=hours)
    return SpecialDay(kind, who, label, on.month, on.day, (), before, nights, hours)


def _swap(answers: Answers, path: str) -> Swap:
    first = _needed(answers, f"{path}first")
    last = _text(answers, f"{path}last") or first
    return Swap(date.fromisoformat(first), date.fromisoformat(last), _needed(answers, f"{path}letter"))


def _called(case: Answers, number: str) -> str:
    """A child's name; the full one where another child is called alike."""
    called = _text(case, f"children.{number}.called")
    others = [_text(case, path) for path in case if path.startswith("children.") and path.endswith(".called")]
    full_name = _text(case, f"children.{number}.full_name")
    if called and others.count(called) == 1:
        return called
    return full_name or called or f"child {number}"
