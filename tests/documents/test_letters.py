"""What the letters may say, and that a template prints it whole, escaped, and nothing of the court."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cppp_cli import paths
from cppp_cli.documents import letters
from cppp_cli.documents.mdenv import render
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.voice import Gate, Heard
from cppp_cli.programme.voice_life import JointLetter
from cppp_cli.store import cases, ledger

FAMILIES = ("family-1", "family-2")
TODAY = date(2026, 8, 6)
MADE_ON = date(2026, 7, 8)
ODD = "# *Not* a [heading](x) {{ case }} <b>&"


@pytest.fixture
def family(desk, shelf):
    """A family's case and ledger."""
    return lambda name: (cases.load(desk.db, shelf.cases[name]), ledger.entries(desk.db, shelf.cases[name]))


def back(**changed):
    found = JointLetter(14, date(2026, 7, 29), "yes", "We love you.\n\nBoth of us.", ("No rows.",), TODAY, MADE_ON, ())
    return replace(found, **changed)


def letter(child=1, number=1, wish=("court",), decision=("court",), **more):
    found = Heard(
        12, number, "letter", child, "letter", "Dear Mum and Dad", True, "", None, MADE_ON, Gate(wish), Gate(decision)
    )
    return replace(found, **more)


def own(**said):
    said = {"written_on": "2026-08-06", "came_of_it": "We talked.", "next": "A judge reads it."} | said
    return {key: Answer(value) for key, value in said.items()}


def written(template, context):
    return render(f"letter_{template}.md.j2", context, [paths.shipped_templates()])


def of_the_court(case):
    """What of a case no letter may tell: its number, the court, where anybody lives, full names of the adults."""
    details = [d.text for adult in case.adults for d in (adult.address, adult.phone, adult.email) if d]
    return [word for word in (case.number, case.reference, case.court, case.judge, *details) if word]


def every_letter(case, entries):
    made = [letter(words=ODD)]
    readers = letters.READERS["parents"]
    return {
        "joint": letters.joint(case, back(words=ODD), [1, 2]),
        "child": letters.copy(case, letters.for_readers(made, 1, readers), 1, {}),
        "outcome": letters.outcome(
            case, _officer(), case.child(1), entries, own(first=ODD, how="On Friday.", last="Bye."), today=TODAY
        ),
    }


def _officer():
    from cppp_cli.programme.people import Officer

    return Officer("Pat Lindqvist", "Family Court Adviser", "Team 9", "SW12345", phone="01632 960123")


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("kind", ["joint", "child", "outcome"])
def test_no_letter_tells_anything_of_the_court_or_of_the_other_family(family, name, kind):
    case, entries = family(name)
    other, _ = family(next(one for one in FAMILIES if one != name))
    text = written(kind, every_letter(case, entries)[kind])
    assert [word for word in of_the_court(case) if word in text] == []
    strangers = {person.called for person in (*other.adults, *other.children)}
    assert [who for who in strangers if who and who in text] == []
    for word in ("SW12345", "01632", "Team 9", "Children Act", "DRAFT"):
        assert word not in text


@pytest.mark.parametrize("kind", ["joint", "child", "outcome"])
def test_words_are_printed_as_words(family, kind):
    case, entries = family("family-1")
    text = written(kind, every_letter(case, entries)[kind])
    assert ODD not in text
    assert "\n# *Not*" not in text
    assert "<b>" not in text
    assert "heading" in text


# ------------------------------------------------------------------------------ the letter back


def test_the_letter_back_is_both_parents_words_and_no_others(family):
    case, _ = family("family-1")
    text = written("joint", letters.joint(case, back(), [1, 2]))
    said = [line for line in text.splitlines() if line and not line.startswith(("#", "<!--"))]
    assert said == [
        "From Dad and Mum",
        "We love you.",
        "Both of us.",
        "- No rows.",
        "Dad and Mum",
        "6 August 2026",
    ]
    assert text.startswith("# A letter for Isla and Theo\n")
    assert "# A letter for Theo\n" in written("joint", letters.joint(case, back(promises=()), [2]))


def test_everybody_of_both_sides_writes_it(family):
    case, _ = family("family-2")
    assert "From Mum, Dad and Margaret" in written("joint", letters.joint(case, back(), [1, 2]))


@pytest.mark.parametrize("missing", [{"yes_a_on": None}, {"yes_b_on": None}, {"words": ""}])
def test_what_not_both_agreed_is_no_letter(family, missing):
    case, _ = family("family-1")
    with pytest.raises(ValueError, match="agreed"):
        letters.joint(case, back(**missing), [1, 2])


# ------------------------------------------------------------------------------ a copy of a child's own


@pytest.mark.parametrize(
    "wish", [("court",), ("parent-a", "parent-b"), ("parent-b",), ("nobody",), ("judge-only",), ()]
)
@pytest.mark.parametrize("decision", [("court",), ("parent-a", "parent-b"), ("parent-b",), ("undecided",), ()])
def test_a_copy_holds_only_what_all_its_readers_may_read(wish, decision):
    """Oracle: the court opens it to both parents; a parent needs to be named by both gates."""
    one = letter(wish=wish, decision=decision)

    def opened(who):
        return all(who in gate or ("court" in gate and who.startswith("parent")) for gate in (wish, decision))

    wanted = {
        "parents": opened("parent-a") and opened("parent-b"),
        "parent-a": opened("parent-a"),
        "parent-b": opened("parent-b"),
        "court": opened("court"),
    }
    for name, readers in letters.READERS.items():
        assert bool(letters.for_readers([one], 1, readers)) == wanted[name], name
        assert letters.for_readers([one], 2, readers) == (), "of another child"


def test_a_statement_is_no_letter():
    said = letter(kind="statement", what="statement")
    assert letters.for_readers([said], 1, letters.READERS["court"]) == ()


def test_a_copy_shows_the_picture_with_its_words_for_those_who_cannot_see_it(family):
    case, _ = family("family-1")
    drawn = letter(what="drawing", words="", description="Two houses and a path", picture=7)
    text = written("child", letters.copy(case, [drawn], 1, {7: "drawing-7.png"}))
    assert "![Two houses and a path](drawing-7.png)" in text
    without = written("child", letters.copy(case, [drawn], 1, {}))
    assert "What can be seen: Two houses and a path" in without
    assert "![" not in without
    assert "belongs to Isla" in text


def test_several_letters_stand_one_after_the_other(family):
    case, _ = family("family-1")
    text = written(
        "child", letters.copy(case, [letter(), letter(number=2, words="Another one", what="drawing")], 1, {})
    )
    assert text.startswith("# Letters and drawings by Isla\n")
    assert text.index("Dear Mum and Dad") < text.index("Another one")


# ------------------------------------------------------------------------------ what came of it


@pytest.mark.parametrize("name", FAMILIES)
def test_a_letter_tells_a_child_what_holds_for_that_child_in_words_for_children(family, name):
    case, entries = family(name)
    for child in case.children:
        told = letters.told_to(case, entries, child, TODAY)
        expected = {
            e.for_child
            for e in entries
            if e.for_child and e.state == "agreed" and ("all" in e.children or str(child.number) in e.children)
        }
        assert set(told) <= expected
        context = letters.outcome(case, _officer(), child, entries, own(), today=TODAY)
        text = written("outcome", context)
        assert text.count("\n- ") == len(told)
        assert f"Dear {child.called}," in text
        for entry in entries:
            assert entry.wording not in text or entry.wording in told or not entry.wording
            for position in entry.positions:
                assert not position.asked or position.asked not in text


def test_the_two_children_of_the_first_family_are_told_different_things(family):
    case, entries = family("family-1")
    assert letters.told_to(case, entries, case.child(1), TODAY) != letters.told_to(case, entries, case.child(2), TODAY)


def test_what_is_over_or_not_agreed_is_not_told(family):
    case, entries = family("family-1")
    child = case.child(1)
    assert letters.told_to(case, entries, child, TODAY)
    opened = [replace(entry, state="not_agreed") for entry in entries]
    assert letters.told_to(case, opened, child, TODAY) == ()


def test_what_was_left_blank_leaves_no_gap(family):
    case, entries = family("family-1")
    full = written(
        "outcome", letters.outcome(case, _officer(), case.child(1), entries, own(first="Hello there."), today=TODAY)
    )
    bare = written("outcome", letters.outcome(case, _officer(), case.child(1), (), own(), today=TODAY))
    assert "Hello there." in full
    assert "said yes to" not in bare
    assert "None" not in bare
    assert "6 August 2026" in bare
    assert bare.rstrip().endswith("Pat Lindqvist")


def test_who_reads_a_letter_at_home():
    assert letters.read_by_child_and_parents(2) == {"parent-a", "parent-b", "child-2"}
