"""A confidential address, telephone number or e-mail in the finished text of a document."""

from __future__ import annotations

import pytest

from cppp_cli.checks.leaks import EXACT, FOLDED, as_finding, leaks
from cppp_cli.programme.confidences import ADDRESS, EMAIL, TELEPHONE, Confidence
from cppp_cli.programme.passage import Passage

REPORT = frozenset({"parent-a", "parent-b", "court"})
HOME = Confidence("adult.2.address", "17 Larkspur Close, Westmere NB7 9ZZ", what="the address of an adult on side B", detail=ADDRESS)  # fmt: skip
PHONE = Confidence("adult.2.phone", "01632 960201", what="the telephone number of an adult on side A", detail=TELEPHONE)
MAIL = Confidence("adult.2.email", "leanne.a@ashdown.example", what="the e-mail of an adult on side B", detail=EMAIL)
ALL = (HOME, PHONE, MAIL)


def found(*texts, held=ALL, **more):
    passages = [Passage(f"paragraph {number}", text) for number, text in enumerate(texts, 1)]
    return [(leak.confidence, leak.passage.place, leak.how) for leak in leaks(passages, held, REPORT, **more)]


@pytest.mark.parametrize(
    ("confidence", "text"),
    [
        (HOME, "They wait at 17 LARKSPUR close."),
        (HOME, "They wait at Seventeen Larkspur Close."),
        (HOME, "report-17-larkspur-close.docx"),
        (HOME, "17 Lark\u00adspur Cl\u200bose"),
        (HOME, "Flat 2, 17 Larkspur Cl."),
        (HOME, "17\nLarkspur\nClose"),
        (HOME, "the flat in nb79zz"),
        (PHONE, "Ring +44 (0)1632 960 201."),
        (PHONE, "01632\n960201"),
        (PHONE, "０１６３２-９６０２０１"),
        (MAIL, "Leanne.A@Ashdown.example"),
        (MAIL, "mailto:leanne.a@ashdown.example"),
        (MAIL, "leanne dot a at ashdown dot example"),
    ],
)
def test_a_detail_is_found_however_it_is_typed(confidence, text):
    how = EXACT if confidence.words in text else FOLDED
    assert found("Nothing here.", text) == [(confidence, "paragraph 2", how)]


def test_a_detail_as_it_is_on_file_is_exact():
    for one in ALL:
        assert found(f"It is {one.words}.") == [(one, "paragraph 1", EXACT)]


@pytest.mark.parametrize(
    ("confidence", "first", "second"),
    [
        (HOME, "They live at 17", "Larkspur Close since May."),
        (PHONE, "Her number is 01632", "960201."),
        (MAIL, "Write to leanne.a@", "ashdown.example"),
    ],
)
def test_a_detail_that_runs_into_the_next_passage_is_found(confidence, first, second):
    assert found(first, second) == [(confidence, "paragraph 1", FOLDED)]


def test_what_is_only_alike_passes():
    alike = (
        "117 Larkspur Close is another house.",
        "Larkspur grows close to the path; 17 children came.",
        "01632 960210 and 960201 are others.",
        "ashdown.example is a place on the net.",
        "On 1 June 2026, 32 letters, 9 calls, 6 visits and 0 of 20 answers, 1 late.",
    )
    assert found(*alike) == []
    assert [found(text) for text in alike] == [[]] * len(alike)


def test_a_short_postcode_is_found_by_itself_and_not_within_other_words():
    home = Confidence("adult.1.address", "Rose Cottage, Church Lane, Northbridge M1 1AE", detail=ADDRESS)
    assert found("They moved to M1 1AE.", "m11ae", held=(home,)) == [
        (home, "paragraph 1", FOLDED),
        (home, "paragraph 2", FOLDED),
    ]
    assert found("form11ae", "room 11 and E1 1AE", held=(home,)) == []


def test_a_detail_is_never_cleared_but_may_be_open():
    assert found(HOME.words, cleared=[HOME.words])
    open_one = Confidence(HOME.ref, HOME.words, REPORT, detail=ADDRESS)
    assert found(HOME.words, held=(open_one,)) == []


def test_a_finding_says_whose_and_not_what():
    for one in ALL:
        (leak,) = leaks([Passage("the header", one.words, "header")], [one], REPORT)
        finding = as_finding(leak, REPORT)
        assert (finding.id, finding.place, finding.blocks) == ("leak.detail", "the header", True)
        assert one.what in finding.what
        assert one.words not in f"{finding.what} {finding.do} {finding.authority}"
        assert "--release" not in finding.do
