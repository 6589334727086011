"""The documents of both look-alike families, against what each holds in confidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cppp_cli.checks.leaks import EXACT, FOLDED, leaks
from cppp_cli.commands.guard import watch
from cppp_cli.documents.read_back import passages
from cppp_cli.programme.confidences_of import ALL_PARTIES
from cppp_cli.programme.passage import Passage
from cppp_cli.store import cases

EXAMPLES = Path(__file__).parents[2] / "examples"
FAMILIES = ("family-1", "family-2")


@pytest.fixture
def of(desk, shelf):
    """What a family holds in confidence, and what of it is open to every party."""
    return lambda family: watch(desk, cases.load(desk.db, shelf.cases[family]), ALL_PARTIES, "report")


def documents(family, *endings):
    for path in sorted((EXAMPLES / family / "documents").iterdir()):
        if path.suffix in endings:
            yield path.name, passages(path.name, path.read_bytes())


def found(watched, text):
    return [hit.leak for hit in watched.hits(text)]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_document_of_the_examples_leaks(of, family):
    watched = of(family)
    assert len(watched.confidences) > 5
    read = list(documents(family, ".md", ".docx"))
    assert len(read) >= 4
    assert [(name, leak.how, leak.found) for name, text in read for leak in found(watched, text)] == []


@pytest.mark.parametrize(("family", "other"), [FAMILIES, FAMILIES[::-1]])
def test_the_documents_of_the_family_that_looks_alike_tell_nothing(of, family, other):
    closed = [one for one in of(family).confidences if not one.is_open_to(ALL_PARTIES)]
    found = [leak for _, text in documents(other, ".md") for leak in leaks(text, closed, ALL_PARTIES)]
    assert [(leak.how, leak.confidence.words, leak.found) for leak in found] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_everything_held_is_found_once_it_is_planted_in_the_report(of, family):
    watched = of(family)
    text = next(text for name, text in documents(family, ".md") if "report" in name)
    closed = [one for one in watched.confidences if not one.is_open_to(ALL_PARTIES)]
    assert {one.detail for one in closed} > {""}
    for confidence in closed:
        planted = Passage("paragraph 99", f"The officer adds: “{confidence.words}”", number=99)
        leaking = found(watched, (*text, planted))
        assert (confidence, EXACT) in {(leak.confidence, leak.how) for leak in leaking}, confidence.ref
        assert {leak.how for leak in leaking} <= {EXACT, FOLDED}
        assert {leak.passage for leak in leaking} == {planted}
