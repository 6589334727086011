"""Nobody is misnamed in a letter: those to a child, from a child, and from the parents; right ones give no finding."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cppp_cli.checks.attribution import attribution, cast_of
from cppp_cli.documents import letters
from cppp_cli.documents.mdenv import render
from cppp_cli.documents.read_back import passages
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.voice import heard
from cppp_cli.programme.voice_life import JointLetter
from cppp_cli.store.file import open_file

sys.path.append(str(Path(__file__).parents[1]))
families = importlib.import_module("benchmarks.safety_attribution_families")

NAMES = ("family-1", "family-2")
RIGHT = {
    (
        "family-1",
        1,
    ): "Thank you for drawing with me, Isla. You are nine, and your brother Theo is six. When you are ten "
    "we look again. Daniel is your father and Leanne is your mother. Your dad comes to the library.",
    (
        "family-1",
        2,
    ): "Thank you, Theo. You're 6 now, and your big sister Isla said hello. She likes the bike. Your father "
    "Daniel keeps it, and your mum Leanne knows.",
    ("family-2", 1): "Thank you, Isaac. You are nine years old. Your sister Thea is three, and Margaret is your "
    "grandmother. Your father, David, will be there.",
    ("family-2", 2): "Thank you, Thea. You are 3. Isaac is your brother. He goes to swimming with David, your dad. "
    "You are one of two children and Leonie is your mum.",
}


@pytest.fixture(scope="module")
def bases(shelf, tmp_path_factory):
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer

    home = tmp_path_factory.mktemp("letters") / "home"
    db = open_file(shelf.take("filled", home), shelf.key)
    desk = Office(home, db, officer.load(db), demo.WRITTEN_ON, demo._nine_oclock(demo.WRITTEN_ON))
    found = families.everything_of(demo.on_day(desk, demo.WRITTEN_ON), shelf.cases)
    db.close()
    return {base.name: base for base in found}


def read(base, template, context):
    markdown = render(f"letter_{template}.md.j2", context, [families.TEMPLATES])
    return passages("letter.md", markdown.encode())


def cast(base, own, to=None, today=None):
    return cast_of(
        base.case, base.sessions, base.entries, own, base.officer, today or base.today, base.others, base.laid,
        addressed_to=to,
    )  # fmt: skip


def to_child(base, child, words, **more):
    """The officer's letter to one child with these words, and what is found in it."""
    said = {"written_on": "2026-08-06", "came_of_it": words, "next": "A judge reads it in September."} | more
    own = {key: Answer(value) for key, value in said.items()}
    context = letters.outcome(base.case, base.officer, base.case.child(child), base.entries, own, today=base.today)
    on = date.fromisoformat(said["written_on"])
    return attribution(read(base, "outcome", context), cast(base, own, child, on))


def from_parents(base, words, children=(1, 2), promises=()):
    """The parents' letter back with these words, and what is found in it."""
    letter = JointLetter(14, base.today, "yes", words, tuple(promises), base.today, base.today, ())
    own = {str(at): Answer(text) for at, text in enumerate((words, *promises))}
    to = children[0] if len(children) == 1 else None
    return attribution(read(base, "joint", letters.joint(base.case, letter, children)), cast(base, own, to))


# ---------------------------------------------------------------------------------- right ones


@pytest.mark.parametrize(("name", "child"), list(RIGHT))
def test_nothing_is_found_in_a_right_letter_to_a_child(bases, name, child):
    assert to_child(bases[name], child, RIGHT[name, child]) == ()
    assert to_child(bases[name], child, "You were heard.", first="Thank you.", how="On Friday.", last="Bye.") == ()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found_in_a_right_letter_back(bases, name):
    base = bases[name]
    one, two = (child.called for child in base.case.children)
    words = f"Dear {one} and {two},\n\nwe have both looked at your picture for a long time.\n\nMum and Dad"
    assert from_parents(base, words, promises=("We will not ask you to choose.", "No rows.")) == ()
    assert from_parents(base, f"Dear {two},\n\nwe read it.", [2]) == ()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found_in_a_copy_of_a_childs_own_letter(bases, name):
    base = bases[name]
    made = [one for one in heard(base.sessions) if one.kind == "letter"]
    assert made
    for one in made:
        context = letters.copy(base.case, [one], one.child, {})
        assert attribution(read(base, "child", context), cast(base, {})) == ()


# ---------------------------------------------------------------------------------- wrong ones


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Your sister Theo came too.", {"name.role"}),
        ("Your sister Theo came too, and you are eight.", {"name.role", "name.age"}),
        ("You are 8 years old.", {"name.age"}),
        ("You’re eight now and can say so.", {"name.age"}),
        ("When you are eight again, you can say so.", set()),
        ("You are two hours away.", set()),
        ("Your brother Tom came too.", {"name.unknown"}),
        ("Your brother Theo came too.", set()),
        ("Your sister Isla came too.", {"name.role"}),
        ("Leanne is your father.", {"name.role"}),
        ("Your mum Daniel reads this with you.", {"name.role"}),
        ("Gareth is your father.", {"name.role"}),
        ("Isaac Ashdown came too.", {"name.other-case"}),
        ("Isaac came too. Leonie knows.", {"name.unknown"}),
    ],
)
def test_somebody_misnamed_in_a_letter_to_isla_is_found(bases, words, kinds):
    found = to_child(bases["family-1"], 1, words)
    assert {finding.id for finding in found} == kinds
    assert {f.id for f in found if f.blocks} == kinds & {"name.age", "name.other-case"}


def test_the_other_familys_names_are_found_in_the_other_direction(bases):
    base = bases["family-2"]
    assert {f.id for f in to_child(base, 1, "Leonie is your father.")} == {"name.role"}
    assert {f.id for f in to_child(base, 1, "Your sister Theo, you are eight.")} == {"name.unknown", "name.age"}
    assert {f.id for f in to_child(base, 2, "Gareth Poole will be there.")} == {"name.other-case"}
    assert {f.id for f in from_parents(base, "Isla, we love you.")} == {"name.unknown"}


def test_an_age_is_of_the_day_that_stands_on_the_letter(bases):
    base = bases["family-1"]  # Theo is seven on 12 September 2026
    assert {f.id for f in to_child(base, 2, "You are seven.")} == {"name.age"}
    assert to_child(base, 2, "You are seven.", written_on="2026-09-12") == ()


def test_you_is_nobody_alone_in_a_letter_to_several(bases):
    assert from_parents(bases["family-1"], "You are eight.") == ()
    assert {f.id for f in from_parents(bases["family-1"], "You are eight.", [1])} == {"name.age"}


def test_a_letter_headed_with_a_siblings_name_is_found(bases):
    base = bases["family-1"]
    own = {
        key: Answer(value) for key, value in {"written_on": "2026-08-06", "came_of_it": "Good.", "next": "x"}.items()
    }
    context = letters.outcome(base.case, base.officer, base.case.child(1), base.entries, own, today=base.today)
    for wrong in ({"child": "Theo"}, {"title": "A letter for Theo"}):
        mixed = {"letter": replace(context["letter"], **wrong)}
        found = attribution(read(base, "outcome", mixed), cast(base, own, 1))
        assert {f.id for f in found if f.blocks} == {"name.sibling"}
    other = letters.told_to(base.case, base.entries, base.case.child(2), base.today)
    mixed = {"letter": replace(context["letter"], told=other)}
    assert {f.id for f in attribution(read(base, "outcome", mixed), cast(base, own, 1)) if f.blocks} == {"name.fact"}


def test_two_writers_of_the_same_name_are_found(bases):
    base = bases["family-1"]
    letter = {"letter": letters.LetterBack("A letter for Isla and Theo", ("Isla", "Theo"), ("Daniel", "Daniel"),
                                           "We read it.", (), base.today)}  # fmt: skip
    assert {f.id for f in attribution(read(base, "joint", letter), cast(base, {}))} == {"name.other-parent"}
