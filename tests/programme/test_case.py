from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.case import Case, State, odd_case_number
from cppp_cli.programme.people import Adult, Child, Relation
from cppp_cli.programme.screening import CRITERIA, Criterion

ORDER = date(2026, 6, 2)


def adult(number, side, name, **more):
    role = "applicant" if side == "A" else "respondent"
    return Adult(number, side, name, name.split()[0], role, willing="met", **more)


def case(adults=(), children=(), relations=(), **more):
    fields = dict.fromkeys(
        (
            "reference",
            "number",
            "court",
            "judge",
            "route",
            "hearing_kind",
            "arrangement_now",
            "order_now",
            "changed_at",
        ),
        "",
    )
    dates = dict.fromkeys(("order_date", "hearing_on", "report_due", "day_zero", "returned"))
    lists = dict.fromkeys(("questions", "others", "restrictions"), ())
    criteria = tuple(Criterion(key, "met") for key in CRITERIA)
    return Case(
        id=1, state=State.REFERRED, adults=tuple(adults), children=tuple(children), relations=tuple(relations),
        criteria=criteria, **{**fields, **dates, **lists, **more},
    )  # fmt: skip


LEONIE, DAVID, MARGARET = (
    adult(1, "A", "Leonie Ashdown"),
    adult(2, "B", "David Ashdown"),
    adult(3, "B", "Margaret Ashdown"),
)
CHILDREN = (Child(1, "Isaac Ashdown", "Isaac", None), Child(2, "Thea Ashdown", "Thea", None))


def test_a_side_is_named_by_all_of_it_and_by_nobody_of_the_other():
    found = case([LEONIE, DAVID, MARGARET])
    assert found.side_names("A") == "Leonie Ashdown"
    assert found.side_names("B") == "David Ashdown and Margaret Ashdown"
    assert case([DAVID, LEONIE]).side("A") == (LEONIE,)


def test_who_is_who_is_a_number_and_never_a_place_in_the_list():
    relations = (Relation(2, 1, "father"), Relation(3, 1, "grandmother"), Relation(2, 2, "step-father"))
    found = case([MARGARET, DAVID, LEONIE], CHILDREN[::-1], relations)
    assert [found.adult(n).full_name for n in (1, 2, 3)] == ["Leonie Ashdown", "David Ashdown", "Margaret Ashdown"]
    assert found.child(2).full_name == "Thea Ashdown"
    assert [found.relation(2, n).kind for n in (1, 2)] == ["father", "step-father"]
    assert found.relation(3, 2) is None
    assert found.relation(1, 2) is None


@pytest.mark.parametrize("side", ["A", "B"])
def test_with_one_side_empty_the_programme_does_not_open(side):
    both = [replace(LEONIE, side=side), replace(DAVID, side=side)]
    assert not case(both).screening.opens
    assert "both sides" in " ".join(case(both).screening.reasons)
    assert case([LEONIE, DAVID]).screening.opens
    assert not case([]).screening.opens


@pytest.mark.parametrize("place", range(3))
def test_every_adult_of_a_side_must_be_willing(place):
    adults = [LEONIE, DAVID, MARGARET]
    assert case(adults).screening.opens
    adults[place] = replace(adults[place], willing="not_known")
    assert not case(adults).screening.opens
    assert adults[place].called in case(adults).screening.reasons[0]


@given(days=st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=3, max_size=3))
def test_day_zero_is_proposed_as_the_later_of_the_order_and_the_consents(days):
    order, first, second = days
    adults = [replace(LEONIE, consent_on=first), replace(DAVID, consent_on=second)]
    proposed = case(adults, order_date=order).proposed_day_zero
    assert proposed in days
    assert all(proposed >= day for day in days)


def test_day_zero_is_not_proposed_while_a_date_is_missing():
    for dates in product([ORDER, None], repeat=3):
        adults = [replace(LEONIE, consent_on=dates[1]), replace(DAVID, consent_on=dates[2])]
        assert (case(adults, order_date=dates[0]).proposed_day_zero is None) == (None in dates)


def test_initials_tell_the_children_without_naming_them():
    assert case(children=CHILDREN).initials == "IA TA"
    assert case(children=[Child(1, "  Ísla  van der Berg ", "", None), Child(2, "{x}", "", None)]).initials == "ÍvdB {"
    assert case().initials == ""


@pytest.mark.parametrize(
    "number",
    ["ZE26P01234", "ze26p01234", " ZE26 P01234 ", "1234-5678-9012-3456", "1234567890123456", "1234 5678 9012 3456"],
)
def test_a_usual_case_number_is_taken_in_silence(number):
    assert odd_case_number(number) is None


@pytest.mark.parametrize(
    "number", ["", "26P01234", "ZE26P0123", "ZE26P012345", "FD26P00001/A", "123456789012345", "x1234567890123456", "**"]
)
def test_an_odd_case_number_is_remarked_on(number):
    remark = odd_case_number(number)
    assert remark
    assert not number or number not in remark


def test_every_state_has_words():
    assert len({state.label for state in State}) == len(State)
