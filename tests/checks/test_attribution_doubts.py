"""What is only a doubt: names known from another case, and who is said to be whose mother, father, brother or sister."""

from __future__ import annotations

import importlib
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cppp_cli.checks.attribution import Elsewhere, attribution
from cppp_cli.documents.read_back import passages
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.people import OtherPerson
from cppp_cli.store.file import open_file
from cppp_cli.store.others import others

sys.path.append(str(Path(__file__).parents[1]))
families = importlib.import_module("benchmarks.safety_attribution_families")

CORPORA = ("neutral_tuning.toml", "neutral_second.toml")


@pytest.fixture(scope="module")
def bases(shelf, tmp_path_factory):
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer

    home = tmp_path_factory.mktemp("doubts") / "home"
    db = open_file(shelf.take("filled", home), shelf.key)
    desk = Office(home, db, officer.load(db), demo.WRITTEN_ON, demo._nine_oclock(demo.WRITTEN_ON))
    found = families.everything_of(demo.on_day(desk, demo.WRITTEN_ON), shelf.cases)
    db.close()
    return {base.name: base for base in found}


def found(base, words):
    """What is found where the officer wrote these words as the summary."""
    base = replace(base, own={"summary": Answer(words)})
    read = passages(f"{base.case.number}-cppp-report-v1-draft.md", f"## Summary\n\n1. {words}\n".encode())
    return attribution(read, base.cast)


def ids(base, words):
    return {finding.id for finding in found(base, words)}


# ---------------------------------------------------------------------------------- names of another case


@pytest.mark.parametrize(
    ("name", "words", "count"),
    [
        ("family-2", "Isla prefers weekends. Daniel denies it. Leanne reported bruises. Gareth shouts.", 4),
        ("family-2", "Isla’s bike is red.", 1),
        ("family-2", "Theo's bike is red.", 1),
        ("family-2", "ISLA prefers weekends.", 1),
        ("family-2", "They met Mr Poole.", 1),
        ("family-2", "Then they met Poole.", 1),
        ("family-1", "Isaac prefers weekends. Thea laughs; Leonie denies it. Margaret’s car is small. David came.", 5),
    ],
)
def test_a_first_name_of_another_case_is_told_wherever_it_stands_and_never_repeated(bases, name, words, count):
    (one,) = found(bases[name], words)
    assert (one.id, one.blocks) == ("name.unknown", False)
    assert one.what.startswith("A name" if count == 1 else f"{count} names")
    assert bases[name].others[0].reference in one.what
    told = f"{one.what} {one.do} {one.place}"
    theirs = {word for case in (bases["family-1"].case, bases["family-2"].case) for p in (*case.adults, *case.children)
              for word in p.full_name.split()} | {"Gareth", "Poole"}  # fmt: skip
    assert [word for word in theirs if word in told] == []


def test_each_such_name_is_told_once(bases):
    text = "1. Isla came.\n\n2. Isla and Theo left.\n\n3. Isla slept.\n"
    base = bases["family-2"]
    given = attribution(passages(f"{base.case.number}-x.md", text.encode()), base.cast)
    assert [finding.what[:6] for finding in given] == ["A name", "A name"]
    assert [finding.place for finding in given] == ["paragraph 1", "paragraph 2"]


def test_a_name_somebody_of_this_case_bears_is_no_doubt(bases):
    base = replace(bases["family-1"], others=(Elsewhere("ABCD", (), ("Isla Green", "Tom Hart", "Ruth Gale")),))
    assert found(base, "Isla slept. Tom Birch wrote. Ruth came.") == ()  # the child, a solicitor, the officer


@pytest.mark.parametrize(("first", "words"), [
    ("May", "May is warm. They meet in May."), ("Will", "Will it rain? It will."), ("Grace", "Grace is not asked for."),
    ("Summer", "In Summer they swim."), ("Mark", "Mark the day."),
])  # fmt: skip
def test_a_first_name_that_is_a_word_too_is_not_found_in_the_word(bases, first, words):
    assert found(replace(bases["family-1"], others=(Elsewhere("ABCD", (), (f"{first} Green",)),)), words) == ()


def test_the_full_name_of_somebody_at_home_blocks_and_of_a_professional_is_a_doubt(bases):
    beside = (
        OtherPerson(1, "Gareth Poole", "Leanne's partner", "adults.2"),
        OtherPerson(2, "Joan Marchant", "social worker"),
        OtherPerson(3, "Kit Lowe", "health visitor, and her aunt"),
        OtherPerson(4, "Ola Berg", ""),
        OtherPerson(5, "Una Frame", "class teacher", "elsewhere"),
    )
    base = replace(bases["family-2"], others=(Elsewhere("ABCD", beside=beside),))
    blocks = {
        p.full_name: [f.blocks for f in found(base, f"{p.full_name} came.") if f.id == "name.other-case"]
        for p in beside
    }
    assert blocks == {"Gareth Poole": [True], "Joan Marchant": [False], "Kit Lowe": [True], "Ola Berg": [True],
                      "Una Frame": [False]}  # fmt: skip
    assert "Joan" not in next(f for f in found(base, "Joan Marchant came.") if f.id == "name.other-case").what
    assert ids(base, "Gareth Poole came.") == {"name.other-case"}, "told once"


def test_the_file_tells_who_stands_beside_another_case(bases, desk, shelf):
    (other,) = others(desk.db, shelf.cases["family-2"])
    assert (other.reference, other.called) == (shelf.references["family-1"], ("Daniel", "Leanne", "Isla", "Theo"))
    assert [(p.full_name, p.role, p.home) for p in other.beside] == [("Gareth Poole", "Leanne's partner", "adults.2")]
    (back,) = others(desk.db, shelf.cases["family-1"])
    assert (back.numbers, back.beside) == (("ZE26P01243",), ())
    assert "Thea Ashdown" in back.full_names


# ---------------------------------------------------------------------------------- who is what to whom


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Leonie is the father of Isaac.", {"name.role"}),
        ("Leonie is Isaac's father.", {"name.role"}),
        ("Leonie is the mother of Isaac and Thea.", set()),
        ("David is the mother.", {"name.role"}),
        ("David is the father.", set()),
        ("Margaret is the mother of Thea.", {"name.role"}),
        ("Margaret is the mother of David.", set()),
        ("David came, and Margaret is his mother.", set()),
        ("David and his mother Margaret came.", set()),
        ("Isaac and her brother Thea came.", {"name.role", "name.pronoun"}),
        ("Thea and her brother Isaac came.", set()),
        ("Thea likes his nursery.", {"name.pronoun"}),
        ("Thea likes her nursery.", set()),
        ("Isaac’s brother Thea came.", {"name.role"}),
        ("Isaac's little sister Thea came.", set()),
        ("Isaac's sister Isaac came.", {"name.role"}),
        ("Their mother David collects them.", {"name.role"}),
        ("Their grandmother Margaret collects them.", set()),
        ("When they are with their father Leonie works late.", set()),
        ("After a day with his father Thea asked for a story.", set()),
        ("Leonie says that David is the mother in the play.", set()),
        ("It is not that Leonie is the father of Isaac.", set()),
        ("Isaac is the father of the class rabbit.", set()),
        ("Thea is her father's favourite.", set()),
        ("Leonie said: “David is the mother of Isaac.”", set()),
        ("Leonie is a father figure to nobody.", set()),
    ],
)
def test_who_is_said_to_be_whose_relative(bases, words, kinds):
    given = found(bases["family-2"], words)
    assert {finding.id for finding in given} == kinds
    assert not any(finding.blocks for finding in given)


def test_somebody_beside_the_parties_is_no_recorded_parent(bases):
    base = bases["family-1"]
    assert ids(base, "Gareth is the father of Theo.") == {"name.role"}
    assert ids(base, "Gareth is the partner of Leanne.") == set()
    stepped = replace(base.case, others=(replace(base.case.others[0], role="step-father"),))
    assert ids(replace(base, case=stepped), "Gareth is the step-father of Theo.") == set()


def test_nothing_is_said_of_pronouns_or_relations_that_are_not_on_file(bases):
    case = bases["family-2"].case
    adults = tuple(replace(adult, pronouns="") for adult in case.adults)
    children = tuple(replace(child, pronouns="they/them") for child in case.children)
    base = replace(bases["family-2"], case=replace(case, adults=adults, children=children, relations=()))
    assert found(base, "Leonie is the father of Isaac, and Isaac is the sister of Thea.") == ()


@pytest.mark.parametrize("name", ["family-1", "family-2"])
def test_no_false_alarm_in_neutral_sentences(bases, name):
    """Read as the officer's own words; a name that nobody bears is told of rightly."""
    words = [
        one["words"]
        for corpus in CORPORA
        for one in tomllib.loads((Path(__file__).parent / "leaks" / corpus).read_text(encoding="utf-8"))["neutral"]
        if name == f"family-{one['family']}"
    ]
    words.append(f"{bases[name].case.children[0].called} is the grandmother.")  # so that the count can fail
    base = replace(bases[name], own={str(at): Answer(text) for at, text in enumerate(words)})
    # Each under a heading of its own, so that none explains a pronoun of the next.
    text = "".join(f"## Part {at}\n\n{text}\n\n" for at, text in enumerate(words))
    given = attribution(passages("x.md", text.encode()), base.cast)
    alarms = [f for f in given if f.id != "name.unknown" or "another case" in f.what]
    assert [(f.id, words[-1] in f.what) for f in alarms] == [("name.role", True)]
    assert len(words) > 500
