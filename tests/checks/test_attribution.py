"""Nobody is misnamed: each kind of finding, with what it finds and what looks alike and is right."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cppp_cli.checks.attribution import IDS, Elsewhere, attribution
from cppp_cli.documents.read_back import passages
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.passage import Passage
from cppp_cli.store.file import open_file

sys.path.append(str(Path(__file__).parents[1]))
families = importlib.import_module("benchmarks.safety_attribution_families")


@pytest.fixture(scope="module")
def bases(shelf, tmp_path_factory):
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer

    home = tmp_path_factory.mktemp("attribution") / "home"
    db = open_file(shelf.take("filled", home), shelf.key)
    desk = Office(home, db, officer.load(db), demo.WRITTEN_ON, demo._nine_oclock(demo.WRITTEN_ON))
    found = families.everything_of(demo.on_day(desk, demo.WRITTEN_ON), shelf.cases)
    db.close()
    return {base.name: base for base in found}


@pytest.fixture
def first(bases):
    return bases["family-1"]


@pytest.fixture
def second(bases):
    return bases["family-2"]


def found(base, markdown, name=""):
    return attribution(passages(name or f"{base.case.number}-cppp-report-v1-draft.md", markdown.encode()), base.cast)


def ids(base, markdown, **more):
    return {finding.id for finding in found(base, markdown, **more)}


def own(base, words):
    """The family whose officer wrote these words as the summary, and the words as a document prints them."""
    return replace(base, own={"summary": Answer(words)}), f"## Summary\n\n1. {words}\n"


# ---------------------------------------------------------------------------------- who spoke

ISLA = "I want to sleep at Dad's when it is not a school day, and I want them to stop reading messages with that face."
OF_LEANNE = "Plans change on the day. I tell the children one thing and then have to tell them another."


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        (f"### Isla Ashdown\n\n> {ISLA}", False),
        (f"### Theo Ashdown\n\n> {ISLA}", True),
        (f"Isla said:\n\n> {ISLA}", False),
        (f"Theo said:\n\n> {ISLA}", True),
        (f"Theo said to Isla:\n\n> {ISLA}", False),  # it names her too
        (f"| Theo Ashdown | Isla Ashdown |\n| --- | --- |\n| nothing | {ISLA} |", False),
        (f"| Theo Ashdown | Isla Ashdown |\n| --- | --- |\n| {ISLA} | nothing |", True),
        (f"| Child | Words |\n| --- | --- |\n| Theo | {ISLA} |", True),
        (f"### Daniel Ashdown\n\n1. *What stands in the way.* {OF_LEANNE}", True),
        (f"### Leanne Ashdown\n\n1. *What stands in the way.* {OF_LEANNE}", False),
        (f"### Something, for Theo\n\n1. *In the way.* {OF_LEANNE}", False),  # whom it is for is not who said it
        (f"### Theo Ashdown\n\n1. {OF_LEANNE}", True),  # his section alone
        (f"## What was said\n\n1. {OF_LEANNE}", False),  # under nobody's name
    ],
)
def test_words_stand_under_the_name_of_who_said_them(first, markdown, wrong):
    assert ("name.speaker" in ids(first, markdown)) == wrong


def test_names_in_typed_words_attribute_nothing(first):
    words = "Isla needs to know in advance what happens. Theo needs it not to be a big thing when he moves between us."
    assert found(first, f"### Daniel Ashdown\n\n1. {words}\n\n2. Leanne is not meant here.") != ()
    assert found(first, f"### Daniel Ashdown\n\n1. {words}") == ()


def test_a_second_paragraph_is_attributed_as_the_first(first):
    joint = next(s for s in first.sessions if s.kind == "joint")
    answers = {**joint.answers, "way_forward_a": Answer("One night first, I think.\n\nAnd then two, when that works.")}
    base = replace(first, sessions=tuple(replace(s, answers=answers) if s is joint else s for s in first.sessions))
    text = "1. The way forward proposed by {}. One night first, I think.\n\n2. And then two, when that works.\n"
    assert found(base, text.format("Daniel Ashdown")) == ()
    assert len([f for f in found(base, text.format("Leanne Ashdown")) if f.id == "name.speaker"]) == 2


def test_words_both_said_may_stand_under_either(first):
    joint = next(s for s in first.sessions if s.kind == "joint")
    answers = {
        **joint.answers,
        "way_forward_a": Answer("Every other weekend."),
        "way_forward_b": Answer("Every other weekend."),
    }
    base = replace(first, sessions=tuple(replace(s, answers=answers) if s is joint else s for s in first.sessions))
    for name in ("Daniel", "Leanne"):
        assert found(base, f"1. The way forward proposed by {name} Ashdown. Every other weekend.\n") == ()


# ---------------------------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("markdown", "kind"),
    [
        ("| Child | Date of birth | Age |\n| --- | --- | --- |\n| Isla Ashdown | 4 May 2017 | 9 |", None),
        ("| Child | Date of birth | Age |\n| --- | --- | --- |\n| Isla Ashdown | 12 September 2019 | 9 |", "name.fact"),
        ("| Child | Date of birth | Age |\n| --- | --- | --- |\n| Isla Ashdown | 4 May 2017 | 6 |", "name.age"),
        ("| Party | Role | More |\n| --- | --- | --- |\n| Leanne Ashdown | applicant | |", "name.fact"),
        ("| Party | More |\n| --- | --- |\n| Leanne Ashdown | father of Isla Ashdown |", "name.fact"),
        ("| Party | More |\n| --- | --- |\n| Leanne Ashdown | represented by Priya Nair, Nair & Holt |", "name.fact"),
        ("| Party | More |\n| --- | --- |\n| Daniel Ashdown | represented by Priya Nair, Nair & Holt |", None),
        ("| Party | More |\n| --- | --- |\n| Daniel Ashdown | no solicitor on record |", "name.fact"),
        ("1. Daniel Ashdown agreed to take part on 4 June 2026, by telephone.", None),
        ("1. Leanne Ashdown agreed to take part on 4 June 2026, by telephone.", "name.fact"),
        ("1. Leanne Ashdown has not agreed to take part.", "name.fact"),
        ("1. No session with Daniel Ashdown has been held.", "name.fact"),
        ("| Session | Date | Who came |\n| --- | --- | --- |\n| Session with Daniel Ashdown | 16 June 2026 | Leanne Ashdown |", "name.fact"),
        ("1. Theo was seen alone on 9 July 2026.", "name.fact"),
        ("1. Theo made a drawing.", "name.fact"),
        ("1. No words of Isla's are passed on.", "name.fact"),
        ("1. No words of Theo's, of all he said.", "name.fact"),
        ("### School holidays (for the court to decide), for Theo Ashdown", "name.fact"),
        ("### School holidays (for the court to decide), for all the children", None),
        ("1. A is Daniel Ashdown and B is Leanne Ashdown.", None),
        ("1. A is Leanne Ashdown and B is Daniel Ashdown.", "name.fact"),
        ("1. The children spend 339 nights with Daniel Ashdown, 26 nights with Leanne Ashdown.", "name.fact"),
        ("1. Daniel Ashdown wrote it down on 6 August 2026.", "name.fact"),
        ("1. Isla Ashdown and Isla Ashdown live here.", "name.sibling"),
        ("### Isla Ashdown\n\n1. Theo was seen alone on 8 July 2026.", "name.sibling"),
        ("| Daniel Ashdown | Daniel Ashdown |\n| --- | --- |\n| a | b |", "name.other-parent"),
        ("## Said\n\n### Daniel Ashdown\n\n1. a\n\n### Daniel Ashdown\n\n2. b", "name.other-parent"),
    ],
)  # fmt: skip
def test_a_fact_stands_with_whom_it_is_of(first, markdown, kind):
    given = [finding for finding in found(first, markdown) if finding.blocks]
    assert {finding.id for finding in given} == ({kind} if kind else set())
    assert all(finding.authority and finding.do and finding.place for finding in given)


def test_the_guardian_is_nobody_else(second):
    assert found(second, "1. The children's guardian is Helen Marsh.") == ()
    assert ids(second, "1. The children's guardian is Margaret Ashdown.") == {"name.fact"}
    assert ids(second, "1. The children's guardian is Jonah Pike, Pike & Co.") == {"name.fact"}


# ---------------------------------------------------------------------------------- doubts in typed text


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Isla (9) spoke first.", set()),
        ("Isla (7) spoke first.", {"name.age"}),
        ("Isla, who is 7, spoke first.", {"name.age"}),
        ("Isla is seven and spoke first.", {"name.age"}),
        ("Isla, aged nine, spoke first.", set()),
        ("The 7-year-old Isla spoke first.", {"name.age"}),
        ("Isla is two hours away and Theo is one of two.", set()),
        ("Isla (2 nights) and Theo (3 nights) stay.", set()),
        ("Theo said she was tired.", {"name.pronoun"}),
        ("Theo said he was tired.", set()),
        ("Theo said his mother knew that she was tired.", set()),
        ("Leanne came late. Daniel said she was tired.", set()),
        ("Theo's bag has her name in it.", {"name.pronoun"}),
        ("Theo said: “she was tired”.", set()),
        ("They met Mr Okonkwo at Canal Street.", {"name.unknown"}),
        ("Later Marcus Webb collected them.", {"name.unknown"}),
        ("Marcus collected them.", {"name.unknown"}),
        ("Nobody else was there. Everything went well.", set()),
        ("On Mondays and at Christmas they go to London by Zoom, as Cafcass and CPPP advise.", set()),
        ("Then Isal spoke.", {"name.near"}),
        ("Leane was asked.", {"name.near"}),
        ("Then Gareth Poole came to Northbridge.", set()),
        ("It was at the library on Mill Lane.", set()),
    ],
)
def test_a_doubt_in_the_officers_own_words(first, words, kinds):
    base, markdown = own(first, words)
    assert ids(base, markdown) == kinds


def test_ages_in_words_of_others_are_left_alone(first):
    parent = next(s for s in first.sessions if s.side == "A")
    answers = {**parent.answers, "hopes": Answer("When it began Isla is 4, and now look.")}
    base = replace(first, sessions=tuple(replace(s, answers=answers) if s is parent else s for s in first.sessions))
    assert found(base, "### Daniel Ashdown\n\n1. When it began Isla is 4, and now look.") == ()


def test_a_clause_for_one_child_that_names_only_the_other_is_a_doubt(first):
    entry = next(e for e in first.entries if e.topic == "activities")
    changed = tuple(replace(e, wording=e.wording.replace("Theo", "Isla")) if e is entry else e for e in first.entries)
    base = replace(first, entries=changed)
    given = base.findings("plan", base.read(base.written("plan")))
    assert {finding.id for finding in given} == {"name.sibling"}
    assert not any(finding.blocks for finding in given)


def test_two_who_are_called_nearly_the_same_are_told_of_when_both_are_named(first):
    one, two = first.case.children
    alike = replace(first.case, children=(one, replace(two, full_name="Isla-Mae Ashdown", called="Islay")))
    base = replace(first, case=alike)
    assert "name.near" in ids(base, "1. Isla and Islay were both there.")
    assert "name.near" not in ids(base, "1. Isla was there.")


def test_the_same_first_name_means_either_and_condemns_nobody(first):
    one, two = first.case.children
    base = replace(
        first, case=replace(first.case, children=(one, replace(two, full_name="Isla Rose Ashdown", called="Isla")))
    )
    assert "name.speaker" not in ids(base, f"Isla said:\n\n> {ISLA}")
    assert "name.near" in ids(base, "1. Isla was there.")


@pytest.mark.parametrize("name", ["May", "Will", "Grace"])
def test_a_name_that_is_a_word_too_is_not_found_in_the_word(first, name):
    one, two = first.case.children
    base = replace(
        first, case=replace(first.case, children=(one, replace(two, full_name=f"{name} Ashdown", called=name)))
    )
    changed, markdown = own(base, f"{name} 2026 was warm. {name} both come on 4 {name} 2026? Isla (9) may.")
    assert ids(changed, markdown) <= {"name.unknown"}


# ---------------------------------------------------------------------------------- another case


def test_another_familys_name_number_or_address_is_found_anywhere(first, second):
    for text in ("Isaac Ashdown", "ISAAC  ASHDOWN", "Isaac Ashdown's bike", "ZE26P01243", "ze26 p01243",
                 "71 Larkspur Rd", "71 Larkspur Road, Eastmere", "NB8 9ZZ"):  # fmt: skip
        assert "name.other-case" in ids(first, f"1. It says {text} here."), text
    for text in ("Isaac", "Isla Ashdown", "ZE26P01234", "Larkspur Road", "17 Larkspur Close", "71 people"):
        assert "name.other-case" not in ids(first, f"1. It says {text} here."), text
    assert ids(first, "1. Nothing.", name="ZE26P01243-cppp-report-v1.md") == {"name.other-case"}
    assert ids(first, "1. Nothing.", name=f"{second.case.reference}-cppp-report-v1.md") == {"name.other-case"}
    for kind in ("header", "property", "hidden", "alternative text", "footer"):
        assert [f.id for f in attribution([Passage("somewhere", "For Thea Ashdown", kind)], first.cast)].count(
            "name.other-case"
        ) == 1


def test_a_name_borne_in_both_cases_is_nobody_elses(first):
    base = replace(
        first, others=(Elsewhere("ABCD", (), ("Isla Ashdown", "Daniel  Ashdown"), ("4 Tanner's Row, NB1 9ZZ",)),)
    )
    assert found(base, "1. Isla Ashdown and Daniel Ashdown live at 4 Tanner's Row, NB1 9ZZ.") == ()


def test_the_finding_does_not_repeat_what_belongs_to_the_other_case(first):
    given = [f for f in found(first, "1. Isaac Ashdown.") if f.id == "name.other-case"]
    assert given
    assert not any("Isaac" in f.what + f.do + f.place for f in given)


# ---------------------------------------------------------------------------------- the whole


def test_every_finding_is_of_a_known_kind_and_the_blocking_ones_come_first(first):
    given = found(first, f"### Theo Ashdown\n\n> {ISLA}\n\n1. Then Isal came with Marcus Webb.\n")
    assert {finding.id for finding in given} <= set(IDS)
    assert [finding.blocks for finding in given] == sorted((f.blocks for f in given), reverse=True)


def test_nothing_is_found_in_an_empty_text_nor_by_an_empty_case(first):
    assert attribution((), first.cast) == ()
    bare = replace(first.case, adults=(), children=(), relations=(), others=(), judge="", criteria=())
    empty = replace(first, case=bare, sessions=(), entries=(), own={}, laid=(), checked=())
    assert attribution([Passage("here", "Nothing at all")], empty.cast) == ()


def test_words_of_a_child_who_left_the_case_are_nobodys(first):
    base = replace(first, case=replace(first.case, children=first.case.children[1:]))
    assert "name.speaker" not in ids(base, f"### Theo Ashdown\n\n> {ISLA}")


def test_a_copy_for_the_other_side_is_noticed(first):
    read = first.read(first.written("copy"))
    assert attribution(read, replace(first.cast, copy_for="A")) == ()
    assert {f.id for f in attribution(read, replace(first.cast, copy_for="B"))} == {"name.fact"}


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        (
            "A copy to check the facts was given to Daniel Ashdown on 6 August 2026. The answer came on 11 August 2026.",
            0,
        ),
        (
            "A copy to check the facts was given to Leanne Ashdown on 6 August 2026. The answer came on 11 August 2026.",
            1,
        ),
        ("A copy to check the facts was given to Daniel Ashdown on 6 August 2026. No answer is recorded.", 1),
        ("No copy to check the facts was given to Daniel Ashdown before this.", 1),
    ],
)
def test_how_the_facts_were_checked_is_told_of_the_right_side(first, markdown, wrong):
    assert len(found(first, f"1. {markdown}")) == wrong


def test_an_age_is_of_the_day_of_the_document(first):
    base, markdown = own(first, "Theo (7) spoke.")
    assert ids(base, markdown) == {"name.age"}
    assert ids(replace(base, today=date(2026, 9, 12)), markdown) == set()
