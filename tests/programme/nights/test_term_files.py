from __future__ import annotations

from datetime import date, timedelta

import pytest

from cppp_cli.errors import AnswersError
from cppp_cli.programme.nights.term_files import read_csv
from cppp_cli.programme.nights.term_rows import kind_of

# Somebody's words that must not come back out of an error.
SECRET = "Isla's week with Nan"

TERMS = [
    ("Autumn term 1", date(2026, 9, 2), date(2026, 10, 23)),
    ("Autumn term 2", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring term 1", date(2027, 1, 5), date(2027, 2, 12)),
    ("Spring term 2", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer term 1", date(2027, 4, 12), date(2027, 5, 28)),
    ("Summer term 2", date(2027, 6, 7), date(2027, 7, 21)),
    ("Autumn term 1", date(2027, 9, 1), date(2027, 10, 22)),
]
LABELS = [
    "October half term",
    "Christmas holiday",
    "February half term",
    "Easter holiday",
    "May half term",
    "summer holiday",
]


def every_day(first, last):
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def written(mark=",", headings=("start", "end", "name"), how="{:%Y-%m-%d}", end="\n", before=""):
    lines = [mark.join(headings)]
    lines += [mark.join((how.format(first), how.format(last), name)) for name, first, last in TERMS]
    return before + end.join(lines) + end


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("headings", [("start", "end", "name"), ("First", "LAST", "What"), ("From", "To", "Title"),
                                      ("begins", "until", "term"), ("Start Date", "End Date", "Summary"),
                                      ("start_date", "end_date", "description"), (' "Start" ', "End", "Holiday")])  # fmt: skip
def test_headings_and_marks_of_many_programs_give_the_same_terms(mark, headings):
    terms = read_csv(written(mark, headings)).terms.terms
    assert [(p.name, p.first, p.last) for p in terms] == TERMS


@pytest.mark.parametrize("how", ["{:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{:%d.%m.%Y}", "{:%A %d %B %Y}", "{:%d %b %Y}",
                                 "{:%Y-%m-%d}T00:00:00", "{:%d/%m/%Y} 00:00"])  # fmt: skip
@pytest.mark.parametrize(("end", "before"), [("\n", ""), ("\r\n", "\ufeff"), ("\r\n", "\r\n\r\n")])
def test_dates_are_read_day_first_however_they_are_written(how, end, before):
    terms = read_csv(written(how=how, end=end, before=before)).terms.terms
    assert [(p.first, p.last) for p in terms] == [(first, last) for _, first, last in TERMS]


def test_the_gaps_between_terms_are_the_holidays_named_by_their_months():
    found = read_csv(written())
    assert [h.kind.label for h in found.terms.holidays] == LABELS
    in_term = {day for _, first, last in TERMS for day in every_day(first, last)}
    for day in every_day(TERMS[0][1], TERMS[-1][2]):
        assert (found.terms.holiday_of(day) is None) == (day in in_term), day
    (note,) = found.notes
    assert all(label in note for label in LABELS)


def test_holidays_within_a_term_and_training_days_count_against_it():
    found = read_csv(
        "what,from,to\nAutumn term,2/9/2026,18/12/2026\nHalf term,26/10/2026,30/10/2026\nINSET day,2/11/2026,2/11/2026\n"
        "Spring term,5/1/2027,12/2/2027\n"
    )
    assert [h.kind.label for h in found.terms.holidays] == ["October half term", "Christmas holiday"]
    assert not any(found.terms.is_school_day(day) for day in every_day(date(2026, 10, 24), date(2026, 11, 2)))
    assert found.terms.is_school_day(date(2026, 10, 23))
    assert found.terms.is_school_day(date(2026, 11, 3))
    assert found.terms.is_inset(date(2026, 11, 2))


def test_the_kind_may_have_a_column_of_its_own_which_goes_before_the_name():
    found = read_csv(
        f"type;start;end;title\nholiday;1/4/2027;9/4/2027;{SECRET}\nTerm;12/4/2027;28/5/2027;\ninset;13/4/2027;;x\n"
    )
    assert [(p.kind, p.first.day) for p in found.terms.periods] == [("holiday", 1), ("term", 12), ("inset", 13)]


def test_starts_and_ends_on_lines_of_their_own_are_brought_together():
    found = read_csv(
        "date,end,what\n".replace("date", "start")
        + "2/9/2026,,Autumn term begins\n18/12/2026,,Autumn term ends\n26/10/2026,,Half term starts\n30/10/2026,,End of half term\n"
    )
    assert [(p.kind, p.first, p.last) for p in found.terms.periods] == [
        ("term", date(2026, 9, 2), date(2026, 12, 18)),
        ("holiday", date(2026, 10, 26), date(2026, 10, 30)),
    ]


def test_a_bank_holiday_is_left_out_with_a_word():
    found = read_csv("start,end,name\n12/4/2027,28/5/2027,Summer term\n3/5/2027,3/5/2027,Early May bank holiday\n")
    assert [p.kind for p in found.terms.periods] == ["term"]
    assert "Line 3" in found.notes[0]


@pytest.mark.parametrize(
    ("name", "days", "kind"),
    [
        ("Autumn term", 80, "term"), ("Summer Term 2", 40, "term"), ("Autumn 1", 45, "term"), ("Michaelmas", 70, "term"),
        ("Half term", 5, "holiday"), ("Autumn half-term", 9, "holiday"), ("Half term 1", 45, "term"), ("Spring Half Term", 16, "holiday"),
        ("Christmas", 14, "holiday"), ("Easter break", 14, "holiday"), ("Summer holidays", 42, "holiday"), ("Summer", 42, "holiday"),
        ("INSET day", 1, "inset"), ("Staff training", 1, "inset"), ("School closed", 1, "inset"), ("School closed", 14, "holiday"),
        ("Non-pupil day", 1, "inset"), ("Boxing Day bank holiday", 1, "bank holiday"), ("Sports day", 1, None), ("", 10, None),
        ("Determined", 3, None), ("Breakfast club", 30, None),
    ],
)  # fmt: skip
def test_what_a_line_is_by_its_name_and_length(name, days, kind):
    assert kind_of(name, date(2027, 1, 4), date(2027, 1, 4) + timedelta(days - 1)) == kind


HEAD = "start,end,name\n"
GOOD = "2/9/2026,23/10/2026,Autumn term\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\ufeff\n  \n", "empty"),
        (HEAD, "no terms"),
        (f"{SECRET},b,c\n1,2,3\n", "line 1"),
        ("start,end\n2/9/2026,23/10/2026\n", "line 1"),
        (f"{HEAD}{GOOD}\n{SECRET},30/10/2026,Half term\n", "line 4"),
        (f"{HEAD}{GOOD},30/10/2026,{SECRET}\n", "line 3 has no start"),
        (f"{HEAD}{GOOD}today,30/10/2026,Half term\n", "start of line 3"),
        (f"{HEAD}{GOOD}26/10/26,30/10/2026,Half term\n", "four digits"),
        (f"{HEAD}{GOOD}26/10/2026,31/11/2026,Half term\n", "end of line 3"),
        (f"{HEAD}{GOOD}10/26/2026,10/30/2026,Half term\n", "start of line 3"),
        (f"{HEAD}30/10/2026,26/10/2026,Half term {SECRET}\n", "line 2 ends before it starts"),
        (f"{HEAD}{GOOD}26/10/2026,30/10/2026,{SECRET}\n", "line 3 says neither"),
        (f"{HEAD}{GOOD}2/10/2026,18/12/2026,Another term {SECRET}\n", "line 2 and line 3 overlap"),
        (f"{HEAD}{GOOD}23/10/2026,30/10/2026,Half term {SECRET}\n", "line 2 and line 3 overlap"),
        (f"{HEAD}26/10/2026,30/10/2026,Half term\n30/10/2026,1/11/2026,break {SECRET}\n", "line 2 and line 3 overlap"),
        (f"{HEAD}{GOOD}2/9/2027,22/10/2027,Autumn term\n", "313 days without a term"),
        (f"{HEAD}2/9/2026,,Autumn term {SECRET}\n", "line 2 is a term of one day"),
        (f"{HEAD}2/9/2026,,Term starts\n", "start without its end"),
        (f"{HEAD}2/9/2026,,Term ends\n", "end without its start"),
        (f"{HEAD}2/9/2026,,Term starts\n3/9/2026,,Term starts\n", "line 2 is a start without its end"),
        (f"{HEAD}2/9/2026,,INSET\n", "training days alone"),
        (f"{HEAD}0001-01-01,0001-01-05,Christmas holiday\n", "start of line 2 is not in the years 1900 to 2200"),
        (f"{HEAD}{GOOD}9999-12-01,9999-12-31,Christmas holiday\n", "start of line 3 is not in the years 1900 to 2200"),
        (f"{HEAD}2/9/2026,9999-12-31,Autumn term\n", "end of line 2 is not in the years 1900 to 2200"),
        (f"{HEAD}1899-12-31,1900-01-05,Christmas holiday\n", "start of line 2 is not in the years"),
        (f"{HEAD}2200-12-20,2201-01-01,Christmas holiday\n", "end of line 2 is not in the years"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_never_repeated(text, words):
    with pytest.raises(AnswersError) as refused:
        read_csv(text)
    said = str(refused.value)
    assert words in said
    assert not any(word in said for word in ("Isla", "Nan", "week with"))
    assert said.endswith(".")


def test_a_quoted_field_over_two_lines_does_not_shift_the_line_numbers():
    with pytest.raises(AnswersError, match="line 4"):
        read_csv(f'{HEAD}2/9/2026,23/10/2026,"Autumn\nterm"\n26/10/2026,30/10/2026,{SECRET}\n')


def test_the_first_and_the_last_year_of_all_are_read():
    found = read_csv(f"{HEAD}1900-01-01,1900-01-05,Christmas holiday\n2200-12-20,2200-12-31,Christmas holiday\n")
    assert [h.nights for h in found.terms.holidays] == [9, 12]


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("9/2/2026,12/2/2026,Half term\n", "line 2 has Monday 9 February 2026"),
        ("9.2.2026,12-02-2026 00:00,Half term\n", "line 2 has Monday 9 February 2026"),
        ("5/5/2026,6/5/2026,Half term\n", "line 2 has Wednesday 6 May 2026"),
        ("2 February 2026,9/2/2026,Half term\n", "line 2 has Monday 9 February 2026"),
        ("1/6/2026,5/6/2026,Half term\n2026-02-16,2026-02-20,Half term\n", "line 2 has Monday 1 June 2026"),
        ("9/2/2026,13/2/2026,Half term\n", ""),
        ("9/2/2026,12/2/2026,Half term\n4/5/2026,25/5/2026,Early May bank holiday\n", ""),
        ("Monday 9/2/2026,12/2/2026,Half term\n", ""),
        ("5/5/2026,6 May 2026,Half term\n", ""),
        ("2026-02-09,2026-02-12,Half term\n", ""),
    ],
)
def test_dates_that_could_be_read_both_ways_are_told_as_they_are_read(lines, day):
    notes = [note for note in read_csv(HEAD + lines).notes if "day first" in note]
    assert len(notes) == bool(day)
    assert day in "".join(notes)
