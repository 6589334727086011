"""What differs between two documents is told in words, at its place, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.documents.read_back import passages
from cppp_cli.programme.fingerprint import folded, normal_words
from cppp_cli.programme.passage import Passage
from cppp_cli.programme.word_diff import (
    ADDED,
    CHANGED,
    MOVED,
    PUNCTUATION,
    REMOVED,
    changes,
    changes_beside,
    likeness,
    said,
)

REPORT = next((Path(__file__).parents[2] / "examples").glob("family-1/documents/*cppp-report*.md"))


def document(*words):
    """Numbered paragraphs; a tuple is a row of the table "Sessions" with two columns."""
    found, number = [], 0
    for text in words:
        if isinstance(text, tuple):
            found.append(
                Passage("the table “Sessions”, row 1", "\n".join(text), "row", cells=text, columns=("Day", "Who"))
            )
        else:
            number += 1
            found.append(Passage(f"paragraph {number}", text, number=number))
    return tuple(found)


def told(before, after):
    return [said(change) for change in changes(before, after)]


A = "The children spend time with their father every Wednesday, from four until six."
B = "Isla would like to sleep at her father's home when it is not a school day."
C = "The court is asked how the holidays are to be divided until Easter."


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ((A, B), (A.replace("Wednesday", "Thursday"), B), ["paragraph 1: “every Wednesday,” became “every Thursday,”"]),
        ((A, B), (A, B.replace("not ", "")), ["paragraph 2: “is not” became “is”"]),
        ((A, B), (A, B.replace("like", "not like")), ["paragraph 2: “would” became “would not”"]),
        ((A, B), (A, C, B), [f"paragraph 2: added: “{C}”"]),
        ((A, C, B), (A, B), [f"paragraph 2: taken out: “{C}”"]),
        ((A, C, B), (A, B.replace("Isla", "Theo")), [f"paragraph 2: taken out: “{C}”", "paragraph 3 (now paragraph 2): “Isla would” became “Theo would”"]),
        ((A, B, C), (B, C, A), [f"paragraph 1: moved, now paragraph 3: “{A}”"]),
        ((A,), (A.replace("Wednesday,", "Wednesday"),), ["paragraph 1: only the punctuation: “every Wednesday,” became “every Wednesday”"]),
        ((("4 May", "Isla"),), (("5 May", "Isla"),), ["the table “Sessions”, row 1, “Day”: “4 May” became “5 May”"]),
        ((("4 May", "Isla"), A), (("4 May", "Theo"), A), ["the table “Sessions”, row 1, “Who”: “Isla” became “Theo”"]),
        (("Yes",), ("No",), ["paragraph 1: “Yes” became “No”"]),
        ((A,), (C,), [f"paragraph 1: taken out: “{A}”", f"paragraph 1: added: “{C}”"]),
        ((), (A,), [f"paragraph 1: added: “{A}”"]),
        ((A,), (), [f"paragraph 1: taken out: “{A}”"]),
        ((A, A), (A,), [f"paragraph 2: taken out: “{A}”"]),
        (("Meet at 18:00 there",), ("Meet at 18.00 there",), ["paragraph 1: “at 18:00” became “at 18.00”"]),
        (("About 5% now",), ("About 5 now",), ["paragraph 1: “About 5%” became “About 5”"]),
        (("Then Daniel and Isla came",), ("Then David and Theo came",), ["paragraph 1: “Then Daniel and Isla” became “Then David and Theo”"]),
        (("It costs £5 now",), ("It costs 5 now",), ["paragraph 1: “costs £5” became “costs 5”"]),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_sentence(before, after, sentences):
    assert told(document(*before), document(*after)) == sentences


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((A, B), (f"{A} {B}",)),
        (("Dad’s – “words”…",), ('Dad\'s - "words"...',)),
        ((), ()),
        ((A,), (A.replace(" ", "\n "),)),
    ],
)
def test_what_is_the_same_words_is_no_change(before, after):
    assert changes(document(*before), document(*after)) == ()


def test_kinds_of_change_are_told_apart():
    before = document(A, B, C, "Fourth one, here", "Fifth")
    after = document(B, C.replace("asked", "not asked"), "Fourth one here", "Sixth and something else entirely new", A)
    assert sorted(change.how for change in changes(before, after)) == sorted(
        [MOVED, CHANGED, PUNCTUATION, REMOVED, ADDED]
    )


def test_several_changes_in_one_paragraph_are_told_apart_and_near_ones_together():
    before = document("On 4 May both came by train and spoke for an hour about the school and the bike")
    far = document("On 5 May both came by train and spoke for an hour about the school and the cat")
    near = document("On 5 June both came by train and spoke for an hour about the school and the bike")
    assert told(before, far) == ["paragraph 1: “On 4” became “On 5”", "paragraph 1: “the bike” became “the cat”"]
    assert told(before, near) == ["paragraph 1: “On 4 May” became “On 5 June”"]


def test_a_paragraph_put_in_does_not_make_every_later_one_new():
    words = REPORT.read_text(encoding="utf-8")
    before = passages("a.md", words.encode())
    lines = words.split("\n")
    at = lines.index("## Why this programme")
    number = 0
    for line, text in enumerate(lines):
        head, dot, rest = text.partition(". ")
        if dot and head.isdigit():
            number = int(head) + (line > at)
            lines[line] = f"{number}. {rest}"
    lines[at + 1 : at + 1] = ["", "4. A paragraph that nobody has seen."]
    after = passages("a.md", "\n".join(lines).encode())
    assert told(before, after) == ["paragraph 4: added: “A paragraph that nobody has seen.”"]
    changed = "\n".join(lines).replace("read them and go quiet", "read them and not go quiet")
    assert told(before, passages("a.md", changed.encode()))[1:] == [
        "paragraph 17 (now paragraph 18): “and” became “and not”"
    ]


def test_places_in_both_documents_are_told():
    (change,) = [c for c in changes(document(A, B), document(C, A, B.replace("Isla", "Theo"))) if c.how == CHANGED]
    assert (change.place, change.now, change.before, change.after) == (
        "paragraph 2",
        "paragraph 3",
        "Isla would",
        "Theo would",
    )
    (change,) = changes(document(A), document(A.replace("six", "five")))
    assert (change.lead, change.now) == ("every Wednesday, from four", "")


def test_what_stands_beside_the_words_is_compared_apart():
    before = (
        *document(A),
        Passage("the header", "Case ZE26P01234", "header"),
        Passage("the footer", "Page # of #", "footer"),
    )
    after = (
        *document(B),
        Passage("the header", "Case ZE26P01243", "header"),
        Passage("the footer", "Page # of #", "footer"),
    )
    after = (*after, after[1], Passage("a comment", "Who says so?", "hidden"))
    assert [said(c) for c in changes_beside(before, after, ("header", "footer", "hidden"))] == [
        "the header: “Case ZE26P01234” became “Case ZE26P01243”",
        "a comment: added: “Who says so?”",
    ]
    assert changes_beside(before, before, ("header", "footer", "hidden")) == ()
    assert [c.how for c in changes_beside(after, before, ("hidden",))] == [REMOVED]


def test_two_whole_documents_with_nothing_in_common_are_told_soon():
    one = document(*(f"alpha{n} beta{n} gamma{n}" for n in range(500)))
    other = document(*(f"delta{n} epsilon{n} zeta{n}" for n in range(500)))
    found = changes(one, other)
    assert len(found) == 1000
    assert likeness(normal_words(one), normal_words(other)) == 0
    assert likeness(normal_words(one), normal_words(one)) == likeness((), ()) == 1


VOCABULARY = ("Isla", "Theo", "agreed", "not", "agreed,", "on", "4", "5", "May", "18:00", "£5", "“home”", "to")
WORDS = st.lists(
    st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join),
    max_size=7,
)


@given(WORDS, WORDS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_and_nothing_is_made_up(one, other):
    before, after = document(*one), document(*other)
    found = changes(before, after)
    assert bool(found) == (normal_words(before) != normal_words(after))
    old, new = " ".join(one), " ".join(other)
    for change in found:
        assert change.before in old
        assert change.after in new
        assert change.before != change.after or change.how == MOVED
        assert said(change).startswith(change.place)
    # Whatever was put in or taken out, word by word, is in one of the changes.
    told_before = " ".join(folded(change.before) for change in found).split()
    told_after = " ".join(folded(change.after) for change in found).split()
    for word in set(folded(old + " " + new).split()):
        more = normal_words(after).count(word) - normal_words(before).count(word)
        assert told_after.count(word) - told_before.count(word) == more


@given(WORDS)
@settings(max_examples=50, deadline=None)
def test_a_document_does_not_differ_from_itself(one):
    assert changes(document(*one), document(*one)) == ()
