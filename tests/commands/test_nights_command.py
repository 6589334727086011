"""``cppp nights`` without a case: no file, no passphrase, and figures that anybody can count again from the letters."""

from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from collections import Counter
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import icalendar
import pytest

from cppp_cli import paths

TERMS = """start,end,name
2026-09-02,2026-12-18,Autumn term
2026-10-26,2026-10-30,Half term
2027-01-05,2027-03-25,Spring term
2027-02-15,2027-02-19,Half term
2027-04-12,2027-07-21,Summer term
2027-05-31,2027-06-04,Half term
2027-09-02,2027-12-17,Autumn term
"""
PATTERNS = ["alternate-weekends", "2-2-5-5", "week-on-week-off", "AAABBOA", "ABBAO", "9-5"]


@pytest.fixture
def nights(run_cppp, tmp_path, monkeypatch):
    """The command in a place where nobody ever set anything up."""
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0, before=()):
        done = run_cppp(*before, "nights", *words)
        assert done.code == code, done.out + done.err
        assert not (tmp_path / "home").exists(), "it made a folder"
        return done

    return run


@pytest.fixture
def data(nights):
    """What --json gives, checked for its shape."""

    def run(*words):
        done = nights(*words, "--json")
        found = json.loads(done.out)
        assert list(found) == ["schema", "command", "ok", "result", "warnings", "error"]
        assert (found["command"], found["ok"]) == ("nights", True)
        return found["result"]

    return run


@pytest.fixture
def terms(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text(TERMS, encoding="utf-8")
    return path


def counted(letters, first):
    """Every figure again, from the letters alone and day by day."""
    runs = [(letter, len(list(run))) for letter, run in groupby(letters)]
    away = {side: [len(list(run)) for gone, run in groupby(letters, lambda n, s=side: n != s) if gone] for side in "AB"}
    weekends = Counter(
        letters[n] if letters[n] == letters[n + 1] else "divided"
        for n in range(len(letters) - 1)
        if (first + timedelta(n)).weekday() == 4
    )
    return {
        "nights": {side.lower(): letters.count(side) for side in "ABO"},
        "days": len(letters),
        "hours": {side.lower(): letters.count(side) * 24 for side in "ABO"},
        "weekends": {side.lower(): weekends[side] for side in "ABO"} | {"divided": weekends["divided"]},
        "handovers": sum(one != two for one, two in pairwise(letters)),
        "longest_run": {s.lower(): max((n for letter, n in runs if letter == s), default=0) for s in "AB"},
        "longest_away": {s.lower(): max(away[s], default=0) for s in "AB"},
    }


def check(found, letters, first):
    expected = counted(letters, first)
    assert {key: found[key] for key in expected} == expected
    assert sum(found["nights"].values()) == found["days"]
    assert all(found["basis"][key] for key in [*expected, "share", "holiday_nights", "school_nights"] if key != "days")
    for side in "abo":
        assert found["share"][side] == pytest.approx(100 * found["nights"][side] / found["days"], abs=0.006)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("first", ["2026-11-22", "2028-02-29"])
@pytest.mark.parametrize("span", [("--days", "1"), ("--days", "366"), ("--weeks", "9")])
def test_the_figures_are_those_of_the_letters(data, pattern, first, span):
    found = data("--pattern", pattern, "--from", first, *span)
    assert found["first"] == first
    assert len(found["letters"]) == (int(span[1]) if span[0] == "--days" else 63)
    check(found, found["letters"], date.fromisoformat(first))
    assert found["two_years"] is None


@pytest.mark.parametrize("pattern", PATTERNS)
def test_one_and_two_years_are_counted_unless_something_else_is_asked_for(data, pattern):
    found = data("--pattern", pattern, "--from", "2027-01-01")
    assert (found["days"], found["two_years"]["days"], found["last"]) == (365, 730, "2027-12-31")
    check(found, found["letters"], date(2027, 1, 1))
    twice = data("--pattern", pattern, "--from", "2027-01-01", "--days", "730")
    check(found["two_years"], twice["letters"], date(2027, 1, 1))
    assert twice["letters"].startswith(found["letters"])


def test_without_a_date_it_is_counted_from_today(data):
    assert data("--pattern", "9-5")["first"] == "2026-08-06"


def test_a_named_pattern_begins_on_the_monday_before_and_letters_on_the_first_night(data):
    thursday = ("--from", "2027-01-07", "--days", "14")
    named = data("--pattern", "alternate-weekends", *thursday)
    assert named["pattern"] == {"letters": "AAAABBAAAAAAAA", "starts_on": "2027-01-04"}
    assert named["letters"] == "ABBAAAAAAAAAAA"
    typed = data("--pattern", "aaaabba aaaaaaa", *thursday)
    assert typed["letters"] == "AAAABBAAAAAAAA"
    moved = data("--pattern", "alternate-weekends", *thursday, "--starts", "2027-01-11")
    assert moved["letters"] == "AAAAAAAABBAAAA"


@pytest.mark.parametrize(
    "words",
    [
        ("--pattern", "alternate-weekends"),
        ("--pattern", "week-on-week-off", "--swap"),
        ("--pattern", "AAB", "--compare", "9-5"),
    ],
)
def test_a_named_pattern_is_not_begun_within_a_week(nights, words):
    for day in range(5, 11):
        done = nights(*words, "--starts", f"2027-01-{day:02d}", code=2)
        assert "Type Monday 4 January 2027 or another Monday." in done.err
        assert done.out == ""
    nights(*words, "--starts", "2027-01-04")


def test_letters_begin_on_any_day(data):
    assert data("--pattern", "AAB", "--from", "2027-01-06", "--starts", "2027-01-06", "--days", "3")["letters"] == "AAB"


def test_an_hour_nobody_named_is_told_as_such(data):
    basis = data("--pattern", "9-5")["basis"]["hours"]
    assert "counted with 18:00, as no hour was named" in basis
    basis = data("--pattern", "9-5", "--handover", "18:00")["basis"]["hours"]
    assert "18:00 on its date, when care changes" in basis
    assert "no hour was named" not in basis


@pytest.mark.parametrize("rows", ["0001-01-01,0001-02-02,Autumn term", "9999-12-01,9999-12-31,Christmas holiday"])
def test_term_dates_at_the_edges_of_the_calendar_are_refused_in_a_sentence(nights, tmp_path, rows):
    (tmp_path / "far.csv").write_text(f"start,end,name\n{rows}\n", encoding="utf-8")
    done = nights("--pattern", "9-5", "--terms", tmp_path / "far.csv", code=3)
    assert "is not in the years 1900 to 2200" in done.err


def test_dates_read_with_the_day_first_are_told_beside_the_result(nights, tmp_path):
    (tmp_path / "t.csv").write_text("start,end,name\n9/2/2026,12/2/2026,Half term\n", encoding="utf-8")
    assert "Monday 9 February 2026" in nights("--pattern", "9-5", "--terms", tmp_path / "t.csv").err


def test_without_a_case_a_and_b_are_nobody(nights):
    for more in ((), ("--compare", "2-2-3"), ("--explain", "2027-01-04")):
        assert "A is " not in nights("--pattern", "9-5", *more).out


@pytest.mark.parametrize("pattern", PATTERNS)
def test_exchanged_the_sides_change_places_in_every_figure(data, pattern):
    one = data("--pattern", pattern)
    other = data("--pattern", pattern, "--swap")
    assert other["letters"] == one["letters"].translate(str.maketrans("AB", "BA"))
    for key in ("nights", "hours", "share", "weekends", "longest_run", "longest_away"):
        swapped = {"a": one[key]["b"], "b": one[key]["a"]}
        assert {side: other[key][side] for side in "ab"} == swapped
    assert one["handovers"] == other["handovers"]


def off_school():
    """The days without school by the file above, weekends at both ends included; written out by hand."""
    spans = [((2026, 10, 24), (2026, 11, 1)), ((2026, 12, 19), (2027, 1, 4)), ((2027, 2, 13), (2027, 2, 21)),
             ((2027, 3, 26), (2027, 4, 11)), ((2027, 5, 29), (2027, 6, 6)), ((2027, 7, 22), (2027, 9, 1))]  # fmt: skip
    return {date(*a) + timedelta(n) for a, b in spans for n in range((date(*b) - date(*a)).days + 1)}


def test_with_term_dates_holiday_and_school_nights_are_counted(data, terms):
    found = data("--pattern", "2-2-5-5", "--from", "2026-09-02", "--days", "365", "--terms", str(terms))
    off, first = off_school(), date(2026, 9, 2)
    bank = {date(2027, 5, 3)}  # the only one of these that is a weekday in term
    days = {first + timedelta(n): letter for n, letter in enumerate(found["letters"])}
    holiday, school = Counter(), Counter()
    for day, letter in days.items():
        tomorrow = day + timedelta(1)
        holiday[letter] += day in off
        school[letter] += tomorrow.weekday() < 5 and tomorrow not in off and tomorrow not in bank
    assert found["holiday_nights"] == {"a": holiday["A"], "b": holiday["B"], "o": 0}
    assert found["school_nights"] == {"a": school["A"], "b": school["B"], "o": 0}


def test_without_term_dates_they_are_not_counted_and_that_is_said(data, nights):
    found = data("--pattern", "9-5")
    assert found["holiday_nights"] is found["school_nights"] is None
    assert "no term dates" in found["basis"]["school_nights"]
    assert re.search(r"^Holiday nights\t-\t.*no term dates", nights("--pattern", "9-5").out, re.MULTILINE)


def test_a_calendar_file_of_term_dates_counts_as_the_table_does(data, terms, tmp_path):
    from cppp_cli.programme.nights.term_files import read_csv

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for p in read_csv(TERMS).terms.periods:
        lines += ["BEGIN:VEVENT", f"SUMMARY:{p.name}", f"DTSTART;VALUE=DATE:{p.first:%Y%m%d}",
                  f"DTEND;VALUE=DATE:{p.last + timedelta(1):%Y%m%d}", "END:VEVENT"]  # fmt: skip
    path = tmp_path / "terms.ics"
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    asked = ("--pattern", "9-5", "--from", "2026-09-02", "--terms")
    assert data(*asked, str(path)) == data(*asked, str(terms))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_term_dates_are_read_as_office_programs_save_them(data, tmp_path, encoding):
    path = tmp_path / "terms.csv"
    path.write_bytes(TERMS.replace("Half term", "Half term – Café").replace("\n", "\r\n").encode(encoding))
    assert data("--pattern", "9-5", "--from", "2026-09-02", "--terms", str(path))["holiday_nights"]["b"] > 0


def test_what_was_taken_from_the_file_is_told_beside_the_result(nights, terms):
    done = nights("--pattern", "9-5", "--terms", terms)
    assert "Christmas holiday Sat 19 Dec 2026 to Mon 4 Jan 2027" in done.err
    assert "Christmas holiday" not in done.out
    found = json.loads(nights("--pattern", "9-5", "--terms", terms, "--json").out)
    assert "Christmas holiday" in found["warnings"][0]


# --------------------------------------------------------------------------------------------- compared


def test_disputed_nights_are_those_on_which_two_patterns_differ(data, nights):
    asked = ("--pattern", "alternate-weekends", "--compare", "9-5", "--from", "2027-01-04", "--days", "100")
    found = data(*asked)
    one, other = found["letters"], found["second"]["letters"]
    assert other == data("--pattern", "9-5", "--from", "2027-01-04", "--days", "100")["letters"]
    differ = [date(2027, 1, 4) + timedelta(n) for n in range(100) if one[n] != other[n]]
    in_ranges = [
        date.fromisoformat(r["first"]) + timedelta(n) for r in found["compare"]["ranges"] for n in range(r["nights"])
    ]
    assert in_ranges == differ
    assert found["compare"]["disputed"] == len(differ)
    out = nights(*asked).out
    assert f"{len(differ)} of the 100 nights" in out
    rows = [line.split("\t") for line in out.partition("First night\t")[2].splitlines()[1:]]
    assert sum(int(row[2]) for row in rows) == len(differ)
    assert len(rows) == len(found["compare"]["ranges"])


def test_the_same_pattern_twice_leaves_no_night_disputed(nights):
    assert "No night of the 28" in nights("--pattern", "9-5", "--compare", "9-5", "--days", "28").out


# --------------------------------------------------------------------------------------------- shown


@pytest.mark.parametrize("before", [(), ("--plain",)])
def test_the_basis_stands_beside_every_figure(nights, data, before):
    out = nights("--pattern", "2-2-5-5", before=before).out
    basis = data("--pattern", "2-2-5-5")["basis"]
    for key in ("share", "hours", "weekends", "handovers", "longest_run", "longest_away"):
        assert basis[key] in out
    assert out.count("One year") >= 3
    assert out.count("Two years") >= 3
    assert "\x1b" not in out


def test_printed_figures_are_those_for_scripts(nights, data):
    rows = dict(line.split("\t", 1) for line in nights("--pattern", "AAAABBO").out.splitlines() if "\t" in line)
    found = data("--pattern", "AAAABBO")
    one, two = found["nights"], found["two_years"]["nights"]
    numbers = [*(one[side] for side in "abo"), 365, *(two[side] for side in "abo"), 730]
    assert rows["Nights"].split("\t")[:8] == [str(n) for n in numbers]
    assert rows["Handovers"].split("\t")[:8] == [
        "",
        "",
        "",
        str(found["handovers"]),
        "",
        "",
        "",
        str(found["two_years"]["handovers"]),
    ]
    assert rows["Share of nights"].split("\t")[0] == f"{found['share']['a']:.2f}%"


def grid(out):
    """The letters of a printed grid, by date."""
    found, months = {}, []
    for line in out.splitlines():
        titles = re.findall(r"([A-Z][a-z]+) (\d{4})", line)
        if titles and re.fullmatch(r"(?:[A-Z][a-z]+ \d{4}\s*)+", line):
            months = [date.fromisoformat(f"{year}-{paths_month(name):02d}-01") for name, year in titles]
        elif months and re.fullmatch(r"[ \d>*ABO]+", line):
            for place, month in enumerate(months):
                part = line[place * 39 : place * 39 + 35]
                for n, cell in enumerate(re.findall(".{1,5}", part)):
                    if len(cell) > 3 and cell[3].strip():
                        day = month.replace(day=int(cell[:2]))
                        assert day.weekday() == n
                        found[day] = cell[3]
    return found


def paths_month(name):
    return ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December"].index(name) + 1  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_grid_of_the_year_holds_every_night_under_its_weekday(nights, data, pattern):
    out = nights("--pattern", pattern, "--from", "2027-01-15", "--year").out
    letters = data("--pattern", pattern, "--from", "2027-01-15")["letters"]
    assert grid(out) == {date(2027, 1, 15) + timedelta(n): letter for n, letter in enumerate(letters)}
    lines = out[re.search(r"^January 2027 ", out, re.MULTILINE).start() :].splitlines()
    assert len(lines) > 50
    assert max(len(line) for line in lines) <= 80


def test_the_grid_is_as_long_as_asked_for(nights):
    assert {day.month for day in grid(nights("--pattern", "9-5", "--from", "2027-01-01").out)} == {1, 2}
    assert {day.month for day in grid(nights("--pattern", "9-5", "--from", "2027-01-01", "--months", "5").out)} == {
        1,
        2,
        3,
        4,
        5,
    }
    assert grid(nights("--pattern", "9-5", "--from", "2027-01-01", "--months", "0").out) == {}


def test_plain_it_is_lines_without_a_box(nights):
    out = nights("--pattern", "9-5", "--from", "2027-01-04", "--days", "14", before=("--plain",)).out
    assert "Mon 4 A, Tue 5 A, Wed 6 changes to B" in out
    assert "14 nights, A: 9" in out
    assert "Mo   Tu" not in out
    assert "\t" not in out


def test_it_is_told_in_words_that_can_be_read_back(nights):
    out = nights("--pattern", "alternate-weekends-fri-mon", "--from", "2027-01-04", "--handover", "17:30").out
    assert (
        "In week one the children are with A for the nights from Monday to Thursday, and with B for the nights from Friday"
        in out
    )
    assert "The time is 17:30." in out
    assert "Of the 365 nights from Monday 4 January 2027" in out


def test_why_a_night_is_whose_it_is(nights, data):
    out = nights("--pattern", "9-5", "--from", "2027-01-04", "--explain", "2027-01-06").out
    assert "The night of Wednesday 6 January 2027 is with B." in out
    assert "normal pattern" in out
    assert "Figure" not in out
    why = data("--pattern", "9-5", "--from", "2027-01-04", "--explain", "2030-01-06")["explain"]
    assert (why["on"], why["layer"]) == ("2030-01-06", "pattern")
    assert why["letter"] == "AABBBBBAAAAAAA"[(date(2030, 1, 6) - date(2027, 1, 4)).days % 14]


def test_every_named_pattern_is_listed_and_can_be_counted(nights, data):
    listed = json.loads(nights("--patterns", "--json").out)["result"]
    out = nights("--patterns").out
    assert len(listed) >= 20
    for pattern in listed:
        assert f"{pattern['name']}\t" in out
        assert data("--pattern", pattern["name"], "--days", "7")["pattern"]["letters"] == pattern["letters"]


class Terminal(io.StringIO):
    """A terminal to print to."""

    def isatty(self):
        return True


@pytest.fixture
def on_screen():
    """What stands on a terminal so many columns wide."""

    def run(*words, columns=80):
        from cppp_cli import cli

        screen = Terminal()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", str(columns))
            patch.setenv("TERM", "xterm-256color")
            patch.delenv("NO_COLOR", raising=False)
            patch.setattr(sys, "stdout", screen)
            cli.app(["nights", *words], standalone_mode=False)
        return screen.getvalue()

    return run


COLOUR = re.compile(r"\x1b\[[\d;]*m")
LONG = ["AAAABBOAAAAAAA", "2-2-5-5"]


@pytest.mark.parametrize("pattern", LONG)
@pytest.mark.parametrize("columns", [60, 80, 100, 160])
@pytest.mark.parametrize(
    "more", [("--year",), ("--compare", "AAABBBO"), ("--maintenance",), ("--explain", "2027-03-01")]
)
def test_on_a_screen_nothing_is_wider_than_it_and_no_figure_is_lost(on_screen, pattern, columns, more):
    shown = COLOUR.sub("", on_screen("--pattern", pattern, "--from", "2027-01-04", *more, columns=columns))
    assert max(len(line) for line in shown.splitlines()) <= columns
    if "--explain" not in more:
        rows = [line.split()[1:] for line in shown.splitlines() if line.startswith("Nights ")]
        numbers = [int(n.replace(",", "")) for row in rows for n in row if n[0].isdecimal()]
        assert numbers.count(365) == numbers.count(730) == (2 if "--compare" in more else 1)
        assert "Where the child sleeps" in " ".join(shown.split())
    assert "…" not in shown


def test_on_a_screen_each_letter_has_its_colour_as_well(on_screen, data):
    shown = on_screen("--pattern", "AAABBOA", "--from", "2027-01-04", "--months", "1", "--days", "28")
    letters = re.findall(r"\x1b\[([\d;]+)m *\d+[ >]([ABO])", shown)
    assert len(letters) == 28
    assert len({colour for colour, _ in letters}) == len({letter for _, letter in letters}) == 3
    assert len(set(letters)) == 3, "a letter has two colours"
    assert not COLOUR.search(on_screen("--patterns"))


def test_on_a_screen_a_patterns_name_is_never_broken(on_screen, nights):
    shown = on_screen("--patterns").splitlines()
    for pattern in json.loads(nights("--patterns", "--json").out)["result"]:
        assert pattern["name"] in shown


# ------------------------------------------------------------------------------------- maintenance bands


def test_the_bands_are_shown_only_when_asked_for_and_with_their_date(nights, data):
    assert not re.search("maintenance|seventh", nights("--pattern", "9-5").out, re.IGNORECASE)
    assert "maintenance" not in data("--pattern", "9-5")
    out = nights("--pattern", "alternate-weekends", "--maintenance", "--days", "14").out
    assert "27 October 2023" in out
    assert "Not a maintenance calculation" in out
    assert not re.search(r"[£$€]", out)


@pytest.mark.parametrize(
    ("pattern", "side", "edge"), [("AABAAAA", "b", 52), ("BBBBAAB", "a", 104), ("AAAABBB", "b", 156), ("AB", "b", 175)]
)
def test_the_band_is_that_of_the_side_with_fewer_nights(data, pattern, side, edge):
    found = data("--pattern", pattern, "--from", "2027-01-04", "--maintenance")
    one, two = (place for place in found["maintenance"]["places"] if place["side"] == side)
    assert one["nights"] == found["nights"][side]
    assert two["nights"] == found["two_years"]["nights"][side] / 2
    assert one["band"].startswith(str(edge))


def test_an_offices_own_bands_go_first(run_cppp, tmp_path):
    own = paths.office_templates(tmp_path / "home")
    own.mkdir(parents=True)
    shipped = (paths.shipped_templates() / "maintenance_bands.toml").read_text(encoding="utf-8")
    assert tomllib.loads(shipped)["band"][0]["from-nights"] == 52
    (own / "maintenance_bands.toml").write_text(
        shipped.replace("from-nights = 52", "from-nights = 60"), encoding="utf-8"
    )
    done = run_cppp("nights", "--pattern", "alternate-weekends", "--maintenance")
    assert "under 60 nights" in done.out
    (own / "maintenance_bands.toml").write_text("[[band\n", encoding="utf-8")
    done = run_cppp("nights", "--pattern", "alternate-weekends", "--maintenance")
    assert done.code == 3
    assert "maintenance_bands.toml" in done.err


def test_the_bands_can_be_copied_to_be_changed(run_cppp, tmp_path):
    assert run_cppp("template", "copy", "maintenance_bands.toml").code == 0
    assert (tmp_path / "home" / "templates" / "maintenance_bands.toml").exists()


# --------------------------------------------------------------------------------------------- calendar file


@pytest.mark.parametrize("handover", [None, "17:30"])
def test_the_calendar_file_holds_the_nights_that_are_counted(nights, data, tmp_path, handover):
    path = tmp_path / "nights.ics"
    asked = (
        "--pattern",
        "2-2-5-5",
        "--from",
        "2027-03-01",
        "--days",
        "60",
        *(("--handover", handover) if handover else ()),
    )
    done = nights(*asked, "--ics", path)
    assert str(path) in done.err
    found = {}
    for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        first, after = (event[name].dt for name in ("DTSTART", "DTEND"))
        if handover:
            assert f"{first:%H:%M}" == f"{after:%H:%M}" == handover
            first, after = first.date(), after.date()
        for n in range((after - first).days):
            found[first + timedelta(n)] = str(event["SUMMARY"])
    letters = data(*asked)["letters"]
    assert found == {date(2027, 3, 1) + timedelta(n): f"Nights with {letter}" for n, letter in enumerate(letters)}


def test_a_calendar_file_of_other_nights_is_replaced_only_when_asked(nights, tmp_path):
    path = tmp_path / "nights.ics"
    nights("--pattern", "9-5", "--ics", path)
    before = path.read_bytes()
    nights("--pattern", "9-5", "--ics", path)  # the same again is no harm
    assert path.read_bytes() == before
    nights("--pattern", "2-2-3", "--ics", path, code=7)
    assert path.read_bytes() == before
    nights("--pattern", "2-2-3", "--ics", path, "--overwrite")
    assert path.read_bytes() != before
    assert [p.name for p in tmp_path.iterdir()] == ["nights.ics"]


def test_a_calendar_file_in_no_folder_is_refused(nights, tmp_path):
    nights("--pattern", "9-5", "--ics", Path("nowhere") / "nights.ics", code=6)
    assert list(tmp_path.iterdir()) == []


def test_with_equal_nights_both_sides_are_placed(data):
    places = data("--pattern", "AB", "--maintenance", "--days", "14")["maintenance"]["places"]
    assert [(place["over"][:3], place["side"]) for place in places] == [("one", "b"), ("two", "a"), ("two", "b")]


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "9999-12-31"),
        ("--from", "0001-01-01"),
        ("--from", "3999-01-01"),
        ("--explain", "9999-12-31"),
        ("--months", "-1"),
    ],
)
def test_days_out_of_reach_are_refused_in_a_sentence(nights, terms, words):
    assert nights("--pattern", "9-5", "--terms", terms, *words, code=2).out == ""


def test_the_longest_window_is_counted(data):
    found = data("--pattern", "2-2-3", "--from", "2027-01-04", "--days", "7305")
    check(found, found["letters"], date(2027, 1, 4))
