from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from cppp_cli.errors import AnswersError
from cppp_cli.programme.dates import (
    MONTHS,
    WEEKDAYS,
    DateProblem,
    age_on,
    parse_date,
    parse_time,
    say_date,
    say_distance,
    say_time,
    short_date,
)
from cppp_cli.programme.working_days import WorkingDays

TODAY = date(2027, 3, 16)  # a Tuesday

any_day = st.dates(min_value=date(1000, 1, 1))
likely_day = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def read_or_refuse(read, *typed, **settings):
    """What was read, or the sentence that refuses it; any other error fails the test."""
    try:
        return read(*typed, **settings)
    except DateProblem as problem:
        return str(problem)


def walk(start, step):
    """Every day from `start` on, one way."""
    return (start + timedelta(days=step * number) for number in range(9 * 366))


def is_sentence(outcome):
    return isinstance(outcome, str) and outcome[0].isupper() and outcome.endswith(".")


@given(any_day, any_day)
def test_an_iso_date_is_never_turned_round(day, today):
    assert parse_date(day.isoformat(), today) == day


@given(any_day, any_day, st.sampled_from("/.-"))
def test_in_numbers_the_day_comes_first(day, today, mark):
    assert parse_date(f"{day.day}{mark}{day.month}{mark}{day.year}", today) == day
    assert parse_date(f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}", today) == day


@given(any_day, any_day)
def test_what_the_program_says_it_can_read(day, today):
    assert parse_date(say_date(day), today) == day
    assert parse_date(short_date(day), today) == day


@given(st.text(), likely_day)
def test_whatever_is_typed_gives_a_date_or_a_sentence(text, today):
    outcome = read_or_refuse(parse_date, text, today)
    assert isinstance(outcome, date) or is_sentence(outcome)


@given(st.from_regex(r"(in |\+|-|)[0-9]{1,4} ?(d|w|wd|weeks|months|working days)( ago|)", fullmatch=True), st.dates())
def test_counting_stops_at_the_ends_of_the_calendar(text, today):
    outcome = read_or_refuse(parse_date, text, today, working_days=WorkingDays())
    assert isinstance(outcome, date) or is_sentence(outcome)


@pytest.mark.parametrize(
    "text",
    [
        *("6 March 2027", "6 mar 2027", "06 MARCH 2027", "6th March 2027", "the 6th of March 2027", "6 Mar. 2027"),
        *("6 March, 2027", "6march2027", "  6   March  2027 ", "6\N{NO-BREAK SPACE}March 2027"),
        *(
            "Saturday 6 March 2027",
            "Sat 6 March 2027",
            "Sat, 6 Mar 2027",
            "Sat. 6 March 2027",
            "sat 6/3/2027",
            "Sat 2027-03-06",
        ),
        *("6 March", "6/3", "Sat 6 March", "sat 6.3"),
    ],
)
def test_ways_to_write_one_day(text):
    assert parse_date(text, TODAY) == date(2027, 3, 6)


@pytest.mark.parametrize("index", range(12))
def test_a_month_may_be_cut_short_after_three_letters(index):
    name = MONTHS[index]
    for letters in range(3, len(name) + 1):
        assert parse_date(f"5 {name[:letters]} 2027", TODAY) == date(2027, index + 1, 5)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("today", 0), ("Tomorrow", 1), ("yesterday", -1), ("in 2 weeks", 14), ("in 1 week", 7), ("in 3 days", 3)),
        *(("2 weeks ago", -14), ("1 day ago", -1), ("+2w", 14), ("+5d", 5), ("+ 5 d", 5), ("-5d", -5), ("+0d", 0)),
    ],
)
def test_counted_from_today(text, days):
    assert parse_date(text, TODAY) == TODAY + timedelta(days=days)


@given(likely_day, st.integers(0, 99))
def test_months_are_calendar_months(today, number):
    assert parse_date(f"in {number} months", today) == today + relativedelta(months=number)
    assert parse_date(f"{number} months ago", today) == today - relativedelta(months=number)


def test_working_days_are_counted_with_the_calendar_given():
    easter = WorkingDays(closed=frozenset({date(2027, 3, 26), date(2027, 3, 29)}))
    assert parse_date("+10wd", TODAY, working_days=easter) == date(2027, 4, 1)
    assert parse_date("in 10 working days", TODAY, working_days=easter) == date(2027, 4, 1)
    assert parse_date("1 working day ago", TODAY, working_days=easter) == date(2027, 3, 15)
    with pytest.raises(DateProblem, match="cannot be counted here"):
        parse_date("+10wd", TODAY)


@given(likely_day, st.sampled_from(WEEKDAYS), st.sampled_from(["past", "future", "near"]))
def test_a_weekday_is_within_a_week_and_never_today(today, name, lean):
    ahead, back = parse_date(f"next {name[:3]}", today, lean=lean), parse_date(f"last {name}", today, lean=lean)
    assert WEEKDAYS[ahead.weekday()] == WEEKDAYS[back.weekday()] == name
    assert timedelta(0) < ahead - today <= timedelta(7)
    assert timedelta(0) < today - back <= timedelta(7)
    assert parse_date(name, today, lean=lean) == (back if lean == "past" else ahead)


def test_the_middle_of_a_week_has_two_short_names():
    assert parse_date("wed", TODAY) == parse_date("weds", TODAY) == date(2027, 3, 17)


def test_29_february_may_be_eight_years_away():
    assert parse_date("29 Feb", date(1903, 3, 1), lean="past") == date(1896, 2, 29)
    assert parse_date("29 Feb", date(1896, 3, 1), lean="future") == date(1904, 2, 29)


def test_half_way_between_two_years_the_later_is_meant():
    assert parse_date("1 September", date(2028, 3, 2)) == date(2028, 9, 1)
    assert parse_date("1 September", date(2028, 3, 1)) == date(2027, 9, 1)


@given(likely_day, likely_day)
def test_without_a_year_the_lean_decides(day, today):
    typed = f"{day.day} {MONTHS[day.month - 1]}"
    past, future = parse_date(typed, today, lean="past"), parse_date(typed, today, lean="future")
    assert past == next(found for found in walk(today, -1) if (found.month, found.day) == (day.month, day.day))
    assert future == next(found for found in walk(today, 1) if (found.month, found.day) == (day.month, day.day))
    assert parse_date(typed, today) == (past if today - past < future - today else future)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31 June 2027", "There is no 31 June 2027. Type a date such as 6 March 2027 or 2027-03-06."),
        ("31 June", "There is no 31 June. Type a date such as 6 March 2027 or 2027-03-06."),
        ("29/2/2027", "There is no 29 February 2027."),
        ("2027-02-29", "There is no 2027-02-29."),
        ("0/3/2027", "There is no 0 March 2027."),
        ("6/3/0000", "There is no 6 March 0000."),
        ("3/13/2027", "There is no month 13; the day comes first."),
        ("3/13", "There is no month 13; the day comes first."),
        ("Mon 6 April 2027", "6 April 2027 is a Tuesday. Check the date, or leave the weekday out."),
        ("Mon 6 April", "6 April 2027 is a Tuesday."),
        ("6/3/27", "Write the year with four digits."),
        ("6 March 27", "Write the year with four digits."),
        ("6.3.127", "Write the year with four digits."),
        ("in 999 months and a day", "That is not a date this program can read."),
        ("", "That is not a date this program can read."),
    ],
)
def test_what_is_refused_and_how(text, sentence):
    with pytest.raises(DateProblem) as refused:
        parse_date(text, TODAY)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    "text",
    [
        *("20270306", "2027-W10-6", "2027-3-6", "2027/03/06", "March 6 2027", "6/3.2027", "6 ma 2027", "2027", "6"),
        *("next week", "next 6 March", "tu", "5", "5 days", "in days", "6 March 2027 10:30", "2027-03-06T10:30"),
    ],
)
def test_what_is_not_in_the_grammar_is_not_guessed(text):
    with pytest.raises(DateProblem, match="not a date this program can read"):
        parse_date(text, TODAY)


def test_words_that_are_no_date_are_not_repeated():
    with pytest.raises(DateProblem) as refused:
        parse_date("Wren Halloway 2027", TODAY)
    assert "Halloway" not in str(refused.value)


def test_a_date_problem_is_both_a_bad_value_and_an_invalid_answer():
    assert issubclass(DateProblem, ValueError)
    assert issubclass(DateProblem, AnswersError)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("10:30", time(10, 30)), ("10.30", time(10, 30)), ("1030", time(10, 30)), ("0930", time(9, 30))),
        *(("10am", time(10)), ("10 AM", time(10)), ("2.15pm", time(14, 15)), ("2:15 pm", time(14, 15))),
        *(("2 p.m.", time(14)), ("215pm", time(14, 15)), ("12.30pm", time(12, 30)), ("12.30am", time(0, 30))),
        *(("noon", time(12)), ("Midday", time(12)), ("12:00", time(12)), ("00:00", time(0)), ("23:59", time(23, 59))),
        *(("9:30", time(9, 30)), ("930", time(9, 30)), ("02:15", time(2, 15)), ("0215", time(2, 15))),
    ],
)
def test_ways_to_write_a_time(text, expected):
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2:15", "2:15 may be in the morning or the afternoon. Type 02:15 or 14:15."),
        ("730", "7:30 may be in the morning or the afternoon. Type 07:30 or 19:30."),
        ("10", "An hour alone can be read in two ways."),
        ("12am", "12am and 12pm are read in two ways."),
        ("12:00 pm", "12am and 12pm are read in two ways."),
        ("midnight", "Midnight belongs to two days."),
        ("14pm", "With am or pm the hour goes from 1 to 12."),
        ("0.15am", "With am or pm the hour goes from 1 to 12."),
        ("24:00", "There is no 24:00. Type a time such as 10:30 or 2.15pm."),
        ("10:60", "There is no 10:60."),
        ("2:75", "There is no 02:75."),
        ("10:75am", "There is no 10:75."),
        ("10:3", "That is not a time of day."),
        ("half ten", "That is not a time of day."),
        ("", "That is not a time of day."),
    ],
)
def test_times_refused(text, sentence):
    with pytest.raises(DateProblem) as refused:
        parse_time(text)
    assert str(refused.value).startswith(sentence)


@given(st.times())
def test_a_time_said_is_the_time_typed(moment):
    minute = moment.replace(second=0, microsecond=0)
    assert parse_time(say_time(moment)) == minute
    assert parse_time(say_time(moment).replace(":", "")) == minute


@given(st.text())
def test_any_time_typed_gives_a_time_or_a_sentence(text):
    outcome = read_or_refuse(parse_time, text)
    assert isinstance(outcome, time) or is_sentence(outcome)


def test_dates_are_said_in_english():
    assert say_date(date(2027, 4, 6)) == "Tuesday 6 April 2027"
    assert short_date(date(2027, 4, 6)) == "Tue 6 Apr 2027"
    assert say_time(time(14, 15, 59)) == "14:15"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        *((0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (-9, "9 days ago"), (7, "in 1 week")),
        *((13, "in 13 days"), (21, "in 3 weeks"), (-15, "2 weeks and 1 day ago"), (-84, "12 weeks ago")),
        *((-85, "about 3 months ago"), (365, "in about 12 months"), (731, "in about 2 years")),
    ],
)
def test_how_far_away_a_day_is(days, said):
    assert say_distance(TODAY + timedelta(days=days), TODAY) == said


@given(likely_day, st.integers(-84, 84))
def test_a_distance_of_twelve_weeks_or_less_can_be_typed_back(today, days):
    said = say_distance(today + timedelta(days=days), today)
    if " and " not in said:
        assert parse_date(said, today) == today + timedelta(days=days)
    else:
        weeks, rest = (int(word) for word in said.split() if word.isdecimal())
        assert weeks * 7 + rest == abs(days)
        assert said.startswith("in ") == (days > 0)


@given(st.dates(date(1920, 1, 1), date(2020, 1, 1)), st.integers(0, 40_000))
def test_age_is_completed_years(born, days):
    assume((born.month, born.day) != (2, 29))
    assert age_on(born, born + timedelta(days=days)) == relativedelta(born + timedelta(days=days), born).years


def test_somebody_born_on_29_february_is_a_year_older_on_1_march():
    born = date(2016, 2, 29)
    assert age_on(born, date(2027, 2, 28)) == 10
    assert age_on(born, date(2027, 3, 1)) == 11
    assert age_on(born, date(2028, 2, 29)) == 12


def test_nobody_has_an_age_before_birth():
    with pytest.raises(DateProblem, match="later than the day"):
        age_on(date(2027, 3, 17), TODAY)
