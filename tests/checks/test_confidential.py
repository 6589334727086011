from __future__ import annotations

from dataclasses import replace

import pytest

from cppp_cli.checks.confidential import confidential_details_in
from cppp_cli.store import cases

LEANNE = "17 Larkspur Close, Westmere NB7 9ZZ"  # confidential in examples/family-1
LEONIE_PHONE = "01632 960201"  # confidential in examples/family-2


@pytest.fixture
def both(desk):
    found = {case.number: cases.load(desk.db, case.id) for case in cases.listed(desk.db)}
    return found["ZE26P01234"], found["ZE26P01243"]


@pytest.mark.parametrize(
    "said",
    [
        f"They stand in the hall at {LEANNE}.",
        "We met near 17 Larkspur Close last week",
        "17, LARKSPUR  CLOSE",
        "it was 17\nLarkspur-Close",
        "the flat in nb7 9zz",
    ],
)
def test_a_confidential_address_is_found_however_it_is_typed(both, said):
    first, second = both
    assert confidential_details_in(["Nothing here.", said], first) == ("the address of an adult on side B",)
    assert confidential_details_in([said], second) == ()


@pytest.mark.parametrize("said", ["01632 960201", "call 01632-960-201 after six", "(01632) 960201"])
def test_a_confidential_number_is_found_however_it_is_typed(both, said):
    first, second = both
    assert confidential_details_in([said], second) == ("the telephone number of an adult on side A",)
    assert confidential_details_in([said], first) == ()


@pytest.mark.parametrize("said", ["+44 1632 960201", "00441632960201", "1632 960201", "０１６３２ ９６０２０１"])
def test_a_confidential_number_is_found_with_its_country_or_without_its_nought(both, said):
    assert confidential_details_in([f"Ring {said}."], both[1]) == ("the telephone number of an adult on side A",)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("12 Mill Lane Northbridge NB1 2CD", "at 12 Mill Lane, by the gate"),
        ("12, Mill Lane, Northbridge", "12, Mill Lane"),
        ("12 Mill Lane, Northbridge", "at number 12 Mill Ln."),
        ("Rose Cottage, Church Lane, Northbridge NB1 2CD", "at Rose Cottage, Church Lane, Northbridge"),
        ("Flat 2, 9 Elm", "they live in Flat 2, 9 Elm"),
        ("71 Larkspur Road", "71 Larkspur Rd"),
        ("5a High Street", "above the shop, 5A High St"),
    ],
)
def test_an_address_of_any_form_is_found_by_its_parts(both, address, said):
    adult = both[0].adults[1]
    hidden = replace(both[0], adults=(both[0].adults[0], replace(adult, address=replace(adult.address, text=address))))
    assert confidential_details_in([said], hidden) == ("the address of an adult on side B",)
    others = ["the library in Mill Lane at 12", "112 Mill Lane", "Northbridge", "the church in Church Lane", "flat 2"]
    assert [confidential_details_in([other], hidden) for other in others] == [()] * len(others)


@pytest.mark.parametrize(
    "said", ["", "Larkspur grows in the close.", "4 Tanner's Row, Northbridge NB1 9ZZ", "17", "Westmere", "01632"]
)
def test_what_is_not_confidential_or_only_alike_passes(both, said):
    assert [confidential_details_in([said], case) for case in both] == [(), ()]


def test_a_finding_names_nobody(both):
    for case in both:
        details = [d.text for a in case.adults for d in (a.address, a.phone, a.email) if d]
        names = {a.full_name for a in case.adults}
        said = " ".join(confidential_details_in(details, case))
        assert said
        assert not any(name in said for name in names)


@pytest.mark.parametrize(
    "said",
    [
        "Leanne lives in Larkspur Close, Westmere, at number 17.",
        "17 Larkspur, Westmere",
        "the flat at 17A Larkspur Close",
        "17 - 19 Larkspur Close",
        "Larkspur Cl., where the children are at number 17",
    ],
)
def test_a_street_is_known_by_its_number_or_its_town_anywhere_beside_it(both, said):
    first, second = both
    assert confidential_details_in([said], first) == ("the address of an adult on side B",)
    assert confidential_details_in([said], second) == ()


@pytest.mark.parametrize(
    "said", ["The larkspur was in bloom on 17 June.", "They met in Westmere at 17:00.", "Larkspur"]
)
def test_a_word_of_an_address_alone_is_no_address(both, said):
    assert confidential_details_in([said], both[0]) == ()
