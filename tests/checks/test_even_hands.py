from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cppp_cli.checks.even_hands import NOTHING_SAID, Share, even_hands, first_about_children
from cppp_cli.documents import read_back
from cppp_cli.programme.passage import Passage

EXAMPLES = Path(__file__).parents[2] / "examples"
SIDES = {
    "family-1": ("Daniel Ashdown", "Leanne Ashdown"),
    "family-2": ("Leonie Ashdown", "David Ashdown and Margaret Ashdown"),
}
CHILDREN = {"family-1": ("Isla Ashdown", "Theo Ashdown"), "family-2": ("Isaac Ashdown", "Thea Ashdown")}
A, B = "Ada Bell", "Ed Bell"
HEARD = "What each side said"


def read(family, kind, suffix=".md"):
    (path,) = (EXAMPLES / family / "documents").glob(f"*-{kind}-v1-draft{suffix}")
    return read_back.passages(path.name, path.read_bytes())


def renamed(passages, pairs):
    """Every name put in the place of the other, in every part of every passage."""

    def turn(text):
        for number, (old, _) in enumerate(pairs):
            text = text.replace(old, f"\x00{number}\x00")
        for number, (_, new) in enumerate(pairs):
            text = text.replace(f"\x00{number}\x00", new)
        return text

    return [
        replace(
            p,
            text=turn(p.text),
            under=tuple(map(turn, p.under)),
            cells=tuple(map(turn, p.cells)),
            columns=tuple(map(turn, p.columns)),
        )
        for p in passages
    ]


def numbers(share):
    return share.words, share.places, share.quotations, share.named


# ------------------------------------------------------------------------------------------------ a document by hand

DOCUMENT = (
    Passage("1", "Ada and Ed took part. Ada’s home is in Westmere.", number=1),
    Passage("2", "Ada Bell", "heading", under=(HEARD,)),
    Passage("3", "What is hoped for. A calendar that stands.", number=2, under=(HEARD, A)),
    Passage("4", "What is feared. “Nothing will change,” she said.", number=3, under=(HEARD, A)),
    Passage("5", "She drew two houses.", "quote", under=(HEARD, A)),
    Passage("6", "Ed Bell", "heading", under=(HEARD,)),
    Passage("7", "What is hoped for. More time.", number=4, under=(HEARD, B)),
    Passage("8", "What is feared. Nothing recorded.", number=5, under=(HEARD, B)),
    Passage("9", "The way forward proposed by Ed Bell. One night, then two.", number=6),
    Passage("10", "The way forward proposed by Ada Bell. One night.", number=7),
    Passage("11", "Bo is five. Ed took her to school.", number=8, under=("The children",)),
    Passage(
        "12",
        "Offers: to pay half\nOffers: no offer is told here.",
        "row",
        under=("Money",),
        cells=("Offers: to pay half", "Offers: no offer is told here."),
        columns=(B, A),
    ),
    Passage("13", "Ed Bell: I will come.", under=("The meeting",)),
    Passage("14", "Ada Bell and Ed Bell", "heading", under=(HEARD,)),
    Passage("15", "Both of them want calm.", under=(HEARD, "Ada Bell and Ed Bell")),
)


def test_the_words_of_a_small_document_are_counted_as_by_hand():
    balance = even_hands(DOCUMENT, (A, B), ("Bo Bell",))
    # Ada: 4 + 5 + 4 + 2 words; named in 1 (twice), 2, 10, 14. Ed: 2 + 4 + 3 + 3; named in 1, 6, 9, 11, 13, 14.
    assert balance.sides == (Share(A, 15, 4, 2, 5), Share(B, 12, 4, 0, 6))
    assert balance.first_about_children == 8
    assert balance.told == (
        "Ada Bell has 15 words in 4 places and 2 quotations, and is named 5 times; "
        "Ed Bell has 12 words in 4 places and 0 quotations, and is named 6 times. "
        "A child is first named in paragraph 8."
    )


def test_numbers_of_one_and_sides_of_several_people_are_told_in_grammar():
    one = [Passage("1", "Yes.", under=("Ada Bell and Al Bell",))]
    assert even_hands(one, ("Ada Bell and Al Bell", B)).told == (
        "Ada Bell and Al Bell have 1 word in 1 place and 0 quotations, and are named 0 times; "
        "Ed Bell has 0 words in 0 places and 0 quotations, and is named 0 times."
    )


def test_a_document_that_gives_nobody_a_place_has_only_mentions():
    balance = even_hands([Passage("1", "Ada rang. Ed wrote.", number=1)], (A, B), ("Bo Bell",))
    assert [numbers(share) for share in balance.sides] == [(0, 0, 0, 1), (0, 0, 0, 1)]
    assert balance.first_about_children is None
    assert balance.told.endswith("No numbered paragraph names a child.")


def test_who_is_met_is_not_who_speaks():
    told = [Passage("1", "I met Ed Bell. He was early."), Passage("2", "Ed Bell agreed to take part, by video.")]
    assert [share.words for share in even_hands(told, (A, B)).sides] == [0, 0]


def test_a_table_that_names_one_side_alone_gives_nobody_room():
    row = Passage("1", "x\ny", "row", cells=("one two", "three"), columns=("Session", B))
    assert [share.words for share in even_hands([row], (A, B)).sides] == [0, 0]


def test_the_nearest_heading_that_names_a_side_decides():
    passages = [Passage("1", "One two three.", under=("The home of Ada Bell", "What Ed Bell thinks", "Of the plan"))]
    assert [share.words for share in even_hands(passages, (A, B)).sides] == [0, 3]


def test_only_a_label_that_both_sides_have_is_left_out():
    passages = [Passage("1", "One. Two three.", under=(A,)), Passage("2", "One. Two.", under=(B,))]
    assert [share.words for share in even_hands(passages, (A, B)).sides] == [2, 1]
    passages[1] = replace(passages[1], text="Four. Two.")
    assert [share.words for share in even_hands(passages, (A, B)).sides] == [3, 2]


def test_a_name_both_sides_have_is_nobodys():
    balance = even_hands([Passage("1", "Sam rang. Sam Bell wrote.")], ("Sam Bell", "Sam Fox"))
    assert [share.named for share in balance.sides] == [1, 0]


def test_what_else_a_side_is_called_counts_when_it_is_given():
    passages = [Passage("1", "The mother rang."), Passage("2", "One two three.", under=("The mother",))]
    balance = even_hands(passages, (A, B), called=(("The mother", "the mother"), ("the father",)))
    assert [numbers(share) for share in balance.sides] == [(3, 1, 0, 1), (0, 0, 0, 0)]


# ------------------------------------------------------------------------------------------------ both families


@pytest.mark.parametrize("kind", ["cppp-report", "parenting-plan"])
@pytest.mark.parametrize("family", SIDES)
def test_swapping_the_sides_swaps_the_numbers(family, kind):
    passages, (first, second) = read(family, kind), SIDES[family]
    before = even_hands(passages, (first, second)).sides
    assert min(share.words for share in before) > 10
    assert numbers(before[0]) != numbers(before[1])
    given = [first.split()[0]], [name.split()[0] for name in second.split(" and ")]
    pairs = [(first, second), (second, first)]
    if len(given[1]) == 1:
        # One person for one: every mention changes hands with the name.
        pairs += [(given[0][0], given[1][0]), (given[1][0], given[0][0])]
        after = even_hands(renamed(passages, pairs), (first, second)).sides
        assert [numbers(share) for share in after] == [numbers(share) for share in reversed(before)]
    else:
        after = even_hands(renamed(passages, pairs), (first, second)).sides
        assert [numbers(share)[:3] for share in after] == [numbers(share)[:3] for share in reversed(before)]
    # Asked the other way round, the same document gives the same numbers in the other order.
    assert even_hands(passages, (second, first)).sides == tuple(reversed(before))


@pytest.mark.parametrize("family", SIDES)
def test_the_word_file_and_the_markdown_give_the_same(family):
    for kind in ("cppp-report", "parenting-plan"):
        markdown, word = (
            even_hands(read(family, kind, end), SIDES[family], CHILDREN[family]) for end in (".md", ".docx")
        )
        assert markdown == word


def test_the_report_gives_what_a_count_by_hand_gives():
    """Family 1: six answers, one reply to the letter, one way forward each; two positions for one side, four for the other."""
    daniel, leanne = even_hands(read("family-1", "cppp-report"), SIDES["family-1"]).sides
    assert (daniel.places, leanne.places) == (10, 12)
    assert daniel.quotations == leanne.quotations == 0


@pytest.mark.parametrize("family", SIDES)
def test_words_added_to_one_side_count_for_that_side_alone(family):
    passages, sides = list(read(family, "cppp-report")), SIDES[family]
    before = even_hands(passages, sides).sides
    for side in (0, 1):
        places = [n for n, p in enumerate(passages) if p.under[-1:] == (sides[side],) and p.number is not None]
        assert len(places) == 6
        for place in places:
            more = replace(passages[place], text=f"{passages[place].text} “Seven more words,” it was then said.")
            after = even_hands([*passages[:place], more, *passages[place + 1 :]], sides).sides
            assert after[side] == replace(before[side], words=before[side].words + 7, quotations=1)
            assert after[1 - side] == before[1 - side]


@pytest.mark.parametrize("family", SIDES)
def test_the_other_familys_names_find_nothing(family):
    other = next(name for name in SIDES if name != family)
    balance = even_hands(read(family, "cppp-report"), SIDES[other], CHILDREN[other])
    assert [numbers(share) for share in balance.sides] == [(0, 0, 0, 0), (0, 0, 0, 0)]
    assert balance.first_about_children is None


@pytest.mark.parametrize("family", SIDES)
def test_the_first_paragraph_on_a_child_moves_when_the_name_is_taken_out(family):
    passages, children = read(family, "cppp-report"), CHILDREN[family]
    given = [child.split()[0] for child in children]
    oracle = [p.number for p in passages if p.number is not None and any(name in p.text for name in given)]
    assert first_about_children(passages, children) == oracle[0]
    without = [p for p in passages if p.number != oracle[0]]
    assert first_about_children(without, children) == oracle[1]


def test_what_the_templates_print_for_silence_is_what_is_left_out():
    templates = "".join(
        (EXAMPLES.parent / "templates" / name).read_text(encoding="utf-8")
        for name in ("cppp_report.md.j2", "_positions.md.j2")
    )
    assert all(words in templates for words in NOTHING_SAID)
