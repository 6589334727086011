"""What a care calendar asks, and the calendar its answers make."""

from __future__ import annotations

import re
from datetime import date, time
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.errors import AnswersError
from cppp_cli.interview.scripted import apply
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.nights.figures import figures
from cppp_cli.programme.nights.from_answers import (
    birthdays,
    calendar_of,
    equal,
    handover_of,
    items,
    letters_of,
    weeks_of,
)
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.patterns import PATTERNS, swapped
from cppp_cli.programme.nights.rules import (
    HANDOVER_AT,
    DayKind,
    Daytime,
    HolidayRule,
    Middle,
    Share,
    SpecialDay,
    Swap,
    Turn,
)
from cppp_cli.programme.nights.terms import HolidayKind, Period, TermDates
from cppp_cli.questions.care_calendar import SCRIPT
from cppp_cli.questions.flow import set_aside, steps
from cppp_cli.questions.model import Each, Facts, Kind, Question, Repeat
from cppp_cli.questions.read import NotValidError, read, still_fits

TODAY = date(2027, 3, 9)
NOBODY = Facts(TODAY)
START = {"pattern": "alternate-weekends", "fewer": "B", "starts_on": "2027-01-04"}


def put(given):
    return {path: Answer(value) for path, value in given.items()}


def paths(given, facts=NOBODY):
    return [step.path for step in steps(SCRIPT, put(given), facts)]


def step_at(path, given, facts=NOBODY):
    return next(step for step in steps(SCRIPT, put(given), facts) if step.path == path)


def labels(path, given, facts=NOBODY):
    step = step_at(path, given, facts)
    return {choice.value: choice.label for choice in step.question.choices_for(step.view)}


def made(given, case=None, **known):
    return calendar_of(put({**START, **given}), put(case or {}), **known)


# ------------------------------------------------------------------------------------------- which questions apply


def test_the_first_round_asks_only_what_every_calendar_needs():
    assert paths({}) == [
        *("pattern", "starts_on", "handover_at"),
        *("has_daytimes", "has_holidays", "has_special_days", "has_swaps"),
    ]


@pytest.mark.parametrize("pattern", [*(p.key for p in PATTERNS), "letters"])
def test_a_pattern_asks_what_it_needs_to_be_placed(pattern):
    wanted = "letters" if pattern == "letters" else "begins" if equal(pattern) else "fewer"
    assert [p for p in paths({"pattern": pattern}) if p in {"letters", "begins", "fewer"}] == [wanted]


def test_every_equal_pattern_and_no_other_is_asked_who_begins():
    assert {p.key for p in PATTERNS if equal(p.key)} == {
        *("3-4-4-3", "2-2-3", "2-2-5-5", "5-2-2-5", "week-on-week-off", "two-weeks-on-off")
    }


def test_time_in_the_day_asks_for_the_week_only_where_there_are_several():
    opened = {"has_daytimes": "yes"}
    inside = ["weekday", "week", "start", "end", "side", "more"]
    assert [p.split(".")[2] for p in paths({**START, **opened}) if p.startswith("daytimes.")] == inside
    weekly = {"pattern": "every-weekend", "fewer": "B", **opened}
    assert [p.split(".")[2] for p in paths(weekly) if p.startswith("daytimes.")] == [p for p in inside if p != "week"]
    assert list(labels("daytimes.1.week", {**START, **opened})) == ["every", "1", "2"]
    three = {"pattern": "letters", "letters": "AAAAAAA AAAABBA AAB", **opened}
    assert list(labels("daytimes.1.week", three)) == ["every", "1", "2", "3"]


HOLIDAY = {
    ("easter", "halves"): ["kind", "share", "who", "middle", "evening_before", "home_before_school"],
    ("easter", "whole"): ["kind", "share", "who", "evening_before", "home_before_school"],
    ("summer", "blocks"): ["kind", "share", "who", "block", "evening_before", "home_before_school"],
    ("any", "pattern"): ["kind", "share", "evening_before", "home_before_school"],
    ("bank_holiday", "weekend"): ["kind", "share"],
    ("inset", "whole"): ["kind", "share", "who"],
    ("inset", "pattern"): ["kind", "share"],
}


@pytest.mark.parametrize(("kind", "share"), HOLIDAY)
def test_a_holiday_asks_what_its_share_needs(kind, share):
    known = {"has_holidays": "yes", "holidays.1.kind": kind, "holidays.1.share": share}
    assert [p.split(".")[2] for p in paths(known) if p.startswith("holidays.")] == [*HOLIDAY[kind, share], "more"]


def test_the_ways_to_share_fit_the_holiday():
    def of(kind):
        return list(labels("holidays.1.share", {"has_holidays": "yes", "holidays.1.kind": kind}))

    assert of("christmas") == of("any") == ["halves", "whole", "blocks", "pattern"]
    assert of("bank_holiday") == of("inset") == ["weekend", "whole", "pattern"]


def test_halves_and_runs_begin_with_a_side_and_a_whole_may_be_with_others():
    known = {"has_holidays": "yes", "holidays.1.kind": "easter"}
    for share, others in (("halves", False), ("blocks", False), ("whole", True)):
        assert ("o" in labels("holidays.1.who", known | {"holidays.1.share": share})) is others


SPECIAL = {
    ("christmas_day", "nights"): ["day", "how", "who", "evening_before", "nights"],
    ("christmas_day", "hours"): ["day", "how", "who", "start", "end"],
    ("every_year", "nights"): ["day", "name", "on", "how", "who", "evening_before", "nights"],
    ("dates", "hours"): ["day", "name", "on", "how", "who", "start", "end"],
}


@pytest.mark.parametrize(("day", "how"), SPECIAL)
def test_a_special_day_asks_what_it_needs(day, how):
    known = {"has_special_days": "yes", "special_days.1.day": day, "special_days.1.how": how}
    assert [p.split(".")[2] for p in paths(known) if p.startswith("special_days.")] == [*SPECIAL[day, how], "more"]


def test_a_swap_asks_for_its_nights_and_whose_they_are():
    assert [p for p in paths({"has_swaps": "yes"}) if p.startswith("swaps.")] == [
        *("swaps.1.first", "swaps.1.last", "swaps.1.letter", "swaps.1.more")
    ]


# ------------------------------------------------------------------------------------------- names and proposals


def test_the_sides_are_called_by_their_names_and_the_turn_of_this_year_is_told(desk):
    facts = desk.background()
    assert labels("fewer", {"pattern": "every-weekend"}, facts) == {"A": "Ann", "B": "Bo"}
    assert "A is Ann, B is Bo" in step_at("letters", {"pattern": "letters"}, facts).hint
    turns = labels("special_days.1.who", {"has_special_days": "yes"}, facts)
    assert turns["a_even"] == "Ann in even years, Bo in odd years, so Bo in 2027"
    assert turns["b_even"] == "Bo in even years, Ann in odd years, so Ann in 2027"
    assert Turn("a_even").letter(2027) == "B"


def test_the_birthdays_of_the_case_are_offered_by_name(desk):
    offered = labels("special_days.1.day", {"has_special_days": "yes"}, desk.background())
    assert list(offered.items())[:2] == [("birthday.1", "Ivy's birthday"), ("birthday.2", "Max's birthday")]
    assert set(offered) - {"birthday.1", "birthday.2"} == {kind.value for kind in DayKind}
    unborn = desk.background(children__2__born=None)
    assert "birthday.2" not in labels("special_days.1.day", {"has_special_days": "yes"}, unborn)


def every_question(given):
    """Each step of a sheet in which every list and branch is open."""
    return steps(SCRIPT, put(given), NOBODY)


OPEN: ClassVar = {
    **START,
    "has_daytimes": "yes",
    "has_holidays": "yes",
    "holidays.1.kind": "easter",
    "holidays.1.share": "halves",
    "holidays.1.more": "yes",
    "holidays.2.kind": "summer",
    "holidays.2.share": "blocks",
    "has_special_days": "yes",
    "special_days.1.day": "every_year",
    "special_days.1.how": "nights",
    "special_days.1.more": "yes",
    "special_days.2.how": "hours",
    "has_swaps": "yes",
}


def test_a_bare_enter_never_records_an_arrangement():
    line = every_question(OPEN)
    assert len(line) > 40
    proposed = {step.path: step.question.default(step.view) for step in line}
    assert {path: value for path, value in proposed.items() if value is not None} == {
        step.path: "no" for step in line if step.question.key == "more"
    }


def test_what_is_only_skipped_makes_no_rule():
    given = {
        **put(START),
        **{f"has_{g}": Answer(gap=Gap.BLANK) for g in ("daytimes", "holidays", "special_days", "swaps")},
    }
    given["handover_at"] = Answer(gap=Gap.BLANK)
    assert [s.path for s in steps(SCRIPT, given, NOBODY) if s.path not in given] == []
    calendar = calendar_of(given, {})
    assert (calendar.daytimes, calendar.holidays, calendar.special_days, calendar.swaps) == ((), (), (), ())
    assert handover_of(given) is None
    assert calendar.handover_at == HANDOVER_AT


# ------------------------------------------------------------------------------------------- refusals and remarks

REFUSED = [
    ("starts_on", "2027-01-05", START, "Type Monday 4 January 2027"),
    ("letters", "AABX", {"pattern": "letters"}, "Type A, B or O"),
    ("letters", "AB" * 200, {"pattern": "letters"}, "one cycle"),
    ("daytimes.1.end", "15:00", {**START, "has_daytimes": "yes", "daytimes.1.start": "15:00"}, "begins at 15:00"),
    ("daytimes.1.start", "21:30", {**START, "has_daytimes": "yes"}, "begins by 21:00"),
    (
        "special_days.1.end",
        "09:30",
        {"has_special_days": "yes", "special_days.1.how": "hours", "special_days.1.start": "10:00"},
        "begins at 10:00",
    ),
    (
        "holidays.2.kind",
        "easter",
        {"has_holidays": "yes", "holidays.1.kind": "easter", "holidays.1.more": "yes"},
        "already a rule",
    ),
    (
        "holidays.1.block",
        "0",
        {"has_holidays": "yes", "holidays.1.kind": "summer", "holidays.1.share": "blocks"},
        "from 1 to",
    ),
    ("swaps.1.last", "2027-03-04", {"has_swaps": "yes", "swaps.1.first": "2027-03-05"}, "Friday 5 March 2027"),
]


@pytest.mark.parametrize(("path", "raw", "known", "said"), REFUSED, ids=[r[0] + " " + r[1][:10] for r in REFUSED])
def test_what_cannot_be_is_refused_in_a_sentence(path, raw, known, said):
    with pytest.raises(NotValidError, match=said):
        read(step_at(path, known), raw)


def test_a_start_or_first_night_that_moved_past_the_end_has_the_end_asked_again():
    times = {**START, "has_daytimes": "yes", "daytimes.1.start": "19:30", "daytimes.1.end": "19:00"}
    nights = {"has_swaps": "yes", "swaps.1.first": "2027-03-08", "swaps.1.last": "2027-03-07"}
    for path, known in (("daytimes.1.end", times), ("swaps.1.last", nights)):
        assert not still_fits(step_at(path, known), Answer(known[path]))


def test_what_can_be_is_taken():
    for path, raw, known in (
        ("starts_on", "2027-01-04", START),
        ("starts_on", "2027-01-06", {"pattern": "letters", "letters": "AB"}),
        ("letters", "aaaabba/aaaaaaa", {"pattern": "letters"}),
        ("swaps.1.last", "2027-03-05", {"has_swaps": "yes", "swaps.1.first": "2027-03-05"}),
        ("holidays.1.kind", "easter", {"has_holidays": "yes", "holidays.1.kind": "easter"}),
        ("special_days.1.nights", "3", {"has_special_days": "yes", "special_days.1.how": "nights"}),
    ):
        assert read(step_at(path, known), raw)


def test_remarks_are_made_where_something_may_surprise(desk):
    def remark(path, value, known, facts=NOBODY):
        step = step_at(path, known, facts)
        return step.question.caution(value, step.view)

    letters = {"pattern": "letters"}
    assert "9 nights" in remark("letters", "AAAAABBBB", letters)
    assert remark("letters", "AAAABBA AAAAAAA", letters) is None
    leap = desk.background(children__1__born="2020-02-29")
    known = {"has_special_days": "yes", "special_days.1.day": "every_year"}
    assert "1 March" in remark("special_days.1.day", "birthday.1", known, leap)
    assert remark("special_days.1.day", "birthday.2", known, leap) is None
    assert remark("special_days.1.day", "boxing_day", known, leap) is None
    assert "1 March" in remark("special_days.1.on", "2028-02-29", known)
    assert remark("special_days.1.on", "2028-02-28", known) is None
    once = known | {"special_days.1.day": "dates"}
    assert remark("special_days.1.on", "2028-02-29", once) is None


# ------------------------------------------------------------------------------------------- the calendar


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.key)
def test_the_sides_stand_where_they_were_said_to(pattern):
    key = "begins" if equal(pattern.key) else "fewer"
    as_written, other = ("A", "B") if equal(pattern.key) else ("B", "A")
    for side, letters in ((as_written, pattern.letters), (other, swapped(pattern.letters))):
        found = letters_of(put({"pattern": pattern.key, key: side}))
        assert found == letters
        assert found[0] == side if key == "begins" else found.count(side) * 2 < len(found)
    assert letters_of(put({"pattern": pattern.key})) == ""
    assert weeks_of(put({"pattern": pattern.key})) == pattern.weeks


def test_letters_of_ones_own_stand_as_they_were_typed():
    assert letters_of(put({"pattern": "letters", "letters": "aabb / ooa"})) == "AABBOOA"
    assert letters_of({}) == ""
    assert weeks_of({}) == 0


def test_everything_answered_is_in_the_calendar():
    case = {"children.2.born": "2016-02-29", "children.2.called": "Max", "children.1.born": "2018-05-04"}
    terms, bank = TermDates((Period(date(2027, 1, 4), date(2027, 2, 12), "term"),)), frozenset({date(2027, 5, 3)})
    calendar = made(
        {
            "handover_at": "17:30",
            "has_daytimes": "yes",
            "daytimes.1.weekday": "2",
            "daytimes.1.week": "2",
            "daytimes.1.start": "15:30",
            "daytimes.1.end": "19:00",
            "daytimes.1.side": "B",
            "daytimes.1.more": "yes",
            "daytimes.2.weekday": "6",
            "daytimes.2.week": "every",
            "daytimes.2.start": "10:00",
            "daytimes.2.end": "16:00",
            "daytimes.2.side": "O",
            "has_holidays": "yes",
            "holidays.1.kind": "easter",
            "holidays.1.share": "halves",
            "holidays.1.who": "b_even",
            "holidays.1.middle": "second",
            "holidays.1.evening_before": "yes",
            "holidays.1.more": "yes",
            "holidays.2.kind": "summer",
            "holidays.2.share": "blocks",
            "holidays.2.who": "a",
            "holidays.2.block": 14,
            "holidays.2.home_before_school": "yes",
            "holidays.2.more": "yes",
            "holidays.3.kind": "bank_holiday",
            "holidays.3.share": "weekend",
            "holidays.3.more": "yes",
            "holidays.4.kind": "any",
            "holidays.4.share": "pattern",
            "has_special_days": "yes",
            "special_days.1.day": "birthday.2",
            "special_days.1.how": "hours",
            "special_days.1.who": "a_even",
            "special_days.1.start": "10:00",
            "special_days.1.end": "14:00",
            "special_days.1.more": "yes",
            "special_days.2.day": "mothering_sunday",
            "special_days.2.how": "nights",
            "special_days.2.who": "a",
            "special_days.2.evening_before": "yes",
            "special_days.2.nights": 2,
            "special_days.2.more": "yes",
            "special_days.3.day": "every_year",
            "special_days.3.name": "Grandma's birthday",
            "special_days.3.on": "2027-08-30",
            "special_days.3.how": "nights",
            "special_days.3.who": "o",
            "special_days.3.more": "yes",
            "special_days.4.day": "dates",
            "special_days.4.name": "Eid",
            "special_days.4.on": "2027-03-10",
            "special_days.4.how": "nights",
            "special_days.4.who": "b",
            "has_swaps": "yes",
            "swaps.1.first": "2027-03-05",
            "swaps.1.letter": "B",
            "swaps.1.more": "yes",
            "swaps.2.first": "2027-04-01",
            "swaps.2.last": "2027-04-03",
            "swaps.2.letter": "A",
            "swaps.2.more": "no",
            "swaps.3.first": "2027-06-01",
            "swaps.3.letter": "A",
        },
        case,
        terms=terms,
        bank_holidays=bank,
    )
    assert (calendar.letters, calendar.starts_on, calendar.handover_at) == (
        "AAAABBAAAAAAAA",
        date(2027, 1, 4),
        time(17, 30),
    )
    assert (calendar.terms, calendar.bank_holidays) == (terms, bank)
    assert calendar.daytimes == (
        Daytime(2, time(15, 30), time(19), "B", 2),
        Daytime(6, time(10), time(16), "O", None),
    )
    assert calendar.holidays[:2] == (
        HolidayRule(HolidayKind.EASTER, Share.HALVES, Turn.B_EVEN, Middle.SECOND, evening_before=True),
        HolidayRule(HolidayKind.SUMMER, Share.BLOCKS, Turn.A, block=14, home_before_school=True),
    )
    assert [(rule.kind, rule.share) for rule in calendar.holidays[2:]] == [
        (HolidayKind.BANK_HOLIDAY, Share.WEEKEND),
        (HolidayKind.ANY, Share.PATTERN),
    ]
    assert calendar.special_days == (
        SpecialDay(DayKind.EVERY_YEAR, Turn.A_EVEN, "Max's birthday", 2, 29, hours=(time(10), time(14))),
        SpecialDay(DayKind.MOTHERING_SUNDAY, Turn.A, before=1, nights=2),
        SpecialDay(DayKind.EVERY_YEAR, Turn.O, "Grandma's birthday", 8, 30),
        SpecialDay(DayKind.DATES, Turn.B, "Eid", dates=(date(2027, 3, 10),)),
    )
    assert calendar.swaps == (
        Swap(date(2027, 3, 5), date(2027, 3, 5), "B"),
        Swap(date(2027, 4, 1), date(2027, 4, 3), "A"),
    )


def test_children_called_alike_are_told_apart_and_a_nameless_one_by_number():
    case = {
        "children.1.called": "Sam",
        "children.1.full_name": "Samira Reed",
        "children.2.called": "Sam",
        "children.2.full_name": "Samuel Reed",
        **{f"children.{n}.born": "2018-05-04" for n in (1, 2, 3)},
    }
    given = {"has_special_days": "yes"}
    for n in (1, 2, 3):
        lead = f"special_days.{n}."
        given |= {f"{lead}day": f"birthday.{n}", f"{lead}how": "nights", f"{lead}who": "a", f"{lead}more": "yes"}
    found = [rule.label for rule in made(given, case).special_days]
    assert found == ["Samira Reed's birthday", "Samuel Reed's birthday", "child 3's birthday"]


def test_a_list_that_was_denied_or_ended_no_longer_counts():
    given = put({"has_swaps": "no", "swaps.1.first": "2027-03-05", "swaps.1.letter": "B"})
    assert items(given, "swaps") == ()
    assert items({**given, "has_swaps": Answer("yes")}, "swaps") == ("swaps.1.",)


@pytest.mark.parametrize(
    "given",
    [
        {"pattern": ""},
        {"starts_on": ""},
        {"fewer": ""},
        {"has_swaps": "yes", "swaps.1.letter": "A"},
        {
            "has_special_days": "yes",
            "special_days.1.day": "birthday.1",
            "special_days.1.how": "nights",
            "special_days.1.who": "a",
        },
    ],
)
def test_an_unfinished_calendar_is_refused(given):
    with pytest.raises(AnswersError):
        made(given)


def test_birthdays_come_in_the_order_of_the_children():
    case = put({f"children.{n}.born": f"2018-01-{n:02}" for n in (10, 2, 1)} | {"adults.1.born": "1980-01-01"})
    assert list(birthdays(case)) == ["1", "2", "10"]


# ------------------------------------------------------------------------------------------- whatever is answered


def walked(desk, facts, seed, skips):
    """Answers at random; the letters are given, for nobody hits on them by chance."""
    answers = desk.walk(SCRIPT, facts, seed, skips, {"letters": Answer("AAAABBA AABBOOA AAB")})
    return {path: answer for path, answer in answers.items() if path not in set_aside(SCRIPT, answers, facts)}


class TestWhateverIsAnswered:
    tried: ClassVar = given(seed=st.integers(0, 2**32), skips=st.sampled_from((0.0, 0.3, 1.0)))

    @tried
    @settings(max_examples=120, deadline=None)
    def test_it_makes_a_calendar_that_can_be_counted(self, desk, seed, skips):
        facts = desk.background(children__1__born="2016-02-29")
        answers = walked(desk, facts, seed, skips)
        line = steps(SCRIPT, answers, facts)
        assert {step.path for step in line} == set(answers)
        assert all(still_fits(step, answers[step.path]) for step in line)
        calendar = calendar_of(answers, facts.background, bank_holidays=frozenset({date(2027, 5, 3)}))
        for group, found in (
            ("daytimes", calendar.daytimes),
            ("holidays", calendar.holidays),
            ("special_days", calendar.special_days),
            ("swaps", calendar.swaps),
        ):
            asked = {path.split(".")[1] for path in answers if path.startswith(f"{group}.")}
            assert len(found) == len(asked)
        assert figures(lay(calendar, TODAY, 400)).nights.total == 400

    @tried
    @settings(max_examples=30, deadline=None)
    def test_an_answers_file_says_the_same(self, desk, seed, skips):
        facts = desk.background()
        answers = walked(desk, facts, seed, skips)
        sheet = Sheet()
        given_in = {p: {"skip": a.gap.label} if a.gap else a.value for p, a in answers.items()}
        outcome = apply(SCRIPT, sheet, facts, given_in, attach=int, complete=True)
        assert [*outcome.problems, *outcome.missing] == []
        assert calendar_of(sheet, facts.background) == calendar_of(answers, facts.background)


class Sheet(dict):
    """Answers in memory."""

    def answers(self):
        return dict(self)

    def put(self, path, answer):
        self[path] = answer

    def drop(self, gone):
        for path in gone:
            del self[path]


# ------------------------------------------------------------------------------------------- how it reads

NEVER = re.compile(
    r"\b(custody|visitation|access|residence|contact|alternat\w+ contact|reasonabl[ey]|client|mother|husband|wife|he|she|his|her)\b",
    re.IGNORECASE,
)


def all_questions(found):
    for item in found:
        match item:
            case Question():
                yield item
            case Repeat() | Each():
                yield from all_questions(item.items)


def test_texts_are_short_whole_and_in_the_programmes_words():
    said = []
    for section in SCRIPT.sections:
        said += [section.title, section.say]
        for question in all_questions(section.items):
            said += [question.text, question.hint, question.why]
            assert len(question.text) <= 100, question.text
            assert len(question.hint) <= 170, question.hint
            assert question.hint == "" or question.hint[-1] in ".?", question.hint
    for step in every_question(OPEN):
        choices = step.question.choices_for(step.view)
        said += [choice.label for choice in choices]
        assert len({c.label for c in choices}) == len(choices)
        assert bool(choices) == (step.question.kind in {Kind.CHOICE, Kind.MANY})
    assert len(said) > 100
    assert [text for text in said if NEVER.search(text)] == []
