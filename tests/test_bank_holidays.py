from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from cppp_cli.bank_holidays import bank_holiday_names, bank_holidays

# As the government announced them.
YEAR_2026 = {
    date(2026, 1, 1): "New Year's Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
    date(2026, 8, 31): "Summer bank holiday",
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
}


def test_a_whole_year_on_working_weekdays():
    found = {day: name for day, name in bank_holiday_names(2026, 2026).items() if day.weekday() < 5}
    assert found == YEAR_2026


@pytest.mark.parametrize("year", range(2024, 2041))
def test_easter_moves_good_friday_and_easter_monday(year):
    names = bank_holiday_names(year, year)
    assert names[easter(year) - timedelta(days=2)] == "Good Friday"
    assert names[easter(year) + timedelta(days=1)] == "Easter Monday"


@pytest.mark.parametrize("year", range(2024, 2041))
def test_eight_weekdays_are_lost_every_year(year):
    assert sum(day.weekday() < 5 for day in bank_holidays(year, year)) == 8


def test_substitute_days_and_the_days_they_stand_for():
    christmas = {date(2027, 12, number) for number in (25, 26, 27, 28)}
    assert christmas <= bank_holidays(2027, 2027)
    assert {date(2027, 3, 29), date(2027, 5, 3)} <= bank_holidays(2027, 2027)
    assert date(2028, 1, 3) in bank_holidays(2028, 2028)  # New Year's Day is a Saturday


def test_the_years_are_those_asked_for_and_the_days_in_order():
    names = bank_holiday_names(2025, 2027)
    assert list(names) == sorted(names)
    assert {day.year for day in names} == {2025, 2026, 2027}
    assert bank_holidays(2025, 2027) == frozenset(names)


def test_the_names_do_not_follow_the_language_of_the_machine(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "th")
    assert bank_holiday_names(2026, 2026)[date(2026, 4, 3)] == "Good Friday"
