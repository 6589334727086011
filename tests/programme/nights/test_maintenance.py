from __future__ import annotations

import copy
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from cppp_cli.errors import TemplateError
from cppp_cli.programme.nights.maintenance import place, read_bands, say_band, say_edges, say_rule

TEXT = (Path(__file__).parents[3] / "templates" / "maintenance_bands.toml").read_text(encoding="utf-8")
TABLE = tomllib.loads(TEXT)
BANDS = read_bands(TABLE)

# The table of the factsheet, as sevenths; a half is 3.5.
FACTSHEET = [(0, 51, 0), (52, 103, 1), (104, 155, 2), (156, 174, 3), (175, 366, 3.5)]
WORDS = {"nothing less": 0, "one seventh less": 1, "two sevenths less": 2, "three sevenths less": 3}


def test_every_number_of_nights_lies_in_the_band_of_the_factsheet():
    for first, last, sevenths in FACTSHEET:
        for nights in range(first, last + 1):
            said = say_band(BANDS, place(BANDS, nights))
            reduction = said.partition(": ")[2]
            assert WORDS.get(reduction, 3.5) == sevenths, nights
            assert (sevenths == 3.5) == reduction.startswith("half")


@pytest.mark.parametrize("nights", [0, 51, 51.5, 52, 103, 104, 155, 156, 174, 174.5, 175, 182.5, 365])
def test_the_edges_are_as_far_as_they_are(nights):
    found = place(BANDS, nights)
    below = [edge for edge in (52, 104, 156, 175) if edge <= nights]
    above = [edge for edge in (52, 104, 156, 175) if edge > nights]
    assert found.over == (nights - below[-1] if below else None)
    assert found.short == (above[0] - nights if above else None)
    assert found.last == (above[0] - 1 if above else None)
    said = say_edges(found)
    assert ("exactly on the edge" in said) == (nights in (52, 104, 156, 175))
    assert all(str(edge) in said for edge in (below[-1:] + above[:1]))


def test_the_rule_is_told_with_its_date_and_is_no_calculation():
    assert BANDS.rule_date == date(2023, 10, 27)
    said = say_rule(BANDS)
    assert "27 October 2023" in said
    assert "Not a maintenance calculation" in said


def test_no_sum_of_money_stands_in_the_data():
    assert not re.search(r"[£$€]|pound|penc|\bpay \d", TEXT, re.IGNORECASE)


@pytest.mark.parametrize(
    ("change", "about"),
    [
        (lambda t: t.pop("source"), "source"),
        (lambda t: t.update(source=" "), "source"),
        (lambda t: t.update(more=1), "nothing else"),
        (lambda t: t.update({"rule-date": "27 October 2023"}), "rule-date"),
        (lambda t: t.update(band=[]), "one \\[\\[band"),
        (lambda t: t["band"].reverse(), "rise"),
        (lambda t: t["band"].append(t["band"][-1]), "rise"),
        (lambda t: t["band"][0].pop("reduction"), "band 1"),
        (lambda t: t["band"][1].update({"from-nights": 104.0}), "band 2"),
        (lambda t: t["band"][1].update({"from-nights": 400}), "band 2"),
        (lambda t: t["band"][2].update(reduction=""), "band 3"),
        (lambda t: t["band"][3].update(reduction="half and £7 a week"), "money"),
    ],
)
def test_a_file_that_is_wrong_is_refused_and_named(change, about):
    table = copy.deepcopy(TABLE)
    change(table)
    with pytest.raises(TemplateError, match=about) as refused:
        read_bands(table)
    assert str(refused.value).startswith("maintenance_bands.toml: ")


def test_an_offices_own_edges_count():
    table = copy.deepcopy(TABLE)
    table["band"][0]["from-nights"] = 60
    assert place(read_bands(table), 55).band is None
