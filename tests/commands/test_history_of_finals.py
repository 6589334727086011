"""What is recorded for good is told in the history in plain words, and an undo of it is refused before it asks."""

from __future__ import annotations

import importlib
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.finals import FactRequest
from cppp_cli.store import cases, fact_checks, letter_life, sessions

sys.path.append(str(Path(__file__).parents[1] / "store"))
kept_papers = importlib.import_module("kept_papers")


@pytest.fixture(params=FAMILIES)
def family(request):
    return request.param


@pytest.fixture
def done(look, shelf, family):
    """Do something to the file as one command would."""

    def do(what, command="report"):
        def at_work(db):
            db.recorder.begin(command, lambda: datetime(2026, 8, 6, 10, tzinfo=UTC))
            what(db, shelf.cases[family], lambda: "2026-08-06T10:00:00+00:00")

        look(at_work)

    return do


def last_of(cppp, reference):
    return json.loads(cppp("history", reference, "--json").out)["result"][-1]["changes"]


def test_everything_that_is_recorded_is_told_in_words(cppp, done, shelf, family):
    done(lambda db, case_id, now: kept_papers.add(db, case_id, "of a test", now))
    told = {
        (line["what"], line["before"], line["after"], line["reason"])
        for line in last_of(cppp, shelf.references[family])
    }
    day, child = "Wed 5 Aug 2026", {"family-1": "Isla", "family-2": "Isaac"}[family]
    passed_on = (
        "a child suffers, or is likely to suffer, significant harm; told: children's services of the local authority, "
        "the parent on side B, somebody else, a coach of a test; manager: A Manager of a test; the child was told; "
        f"decided {day}"
    )
    for line in (
        ("Made final: cppp report, version 1", "", "code CODE-1, quality-assured by nobody", ""),
        (
            "Made final: cppp report, version 2", "",
            f"code CODE-2, quality-assured by A Manager of a test, {day}, in the place of version 1", "",
        ),
        ("Corrected in cppp report, version 2, paragraph 1", "was of a test", "is of a test", "a slip of a test"),
        (
            "Released, as it only resembles what is held in confidence", "", "paragraph 7: A passage of a test.",
            "The other parent said it, of a test.",
        ),
        ("Fact check 2", "", "cppp report, version 2, for side B", ""),
        (
            "Asked to be put right in fact check 1", "",
            "paragraph 3: The day is wrong, of a test. (accepted: partly)", "The record has it, of a test.",
        ),
        ("Passed on without consent", "", passed_on, "The risk of a test."),
        ("Letter or drawing 1 · Was it read out or shown to anybody?", "", "yes", ""),
        ("Letter or drawing 1 · When?", "", "Wednesday 5 August 2026", ""),
        ("The parents' letter back · What does the letter say?", "", "We both love you, of a test.", ""),
        (f"Statement 2 · When was {child} told?", "", "Wednesday 5 August 2026", ""),
    ):  # fmt: skip
        assert line in told, (line, told)
    assert not [line for line in told if "[" in line[2] or "{" in line[2]], "no list as the file keeps it"
    assert {what for what, *_ in told if what == "Registered"} == {"Registered"}


def test_a_letter_back_is_told_with_the_name_of_the_child(cppp, done, shelf, family):
    """By the question the program asks, which says whom it is about."""

    def take(db, case_id, now):
        joint = next(s for s in sessions.of_case(db, case_id) if s.name == "joint")
        letter_life.sheet(db, case_id, joint.id, 0, now).put("children.1.how_taken", Answer("Smiled."))

    done(take)
    (line,) = last_of(cppp, shelf.references[family])
    name = {"family-1": "Isla", "family-2": "Isaac"}[family]
    assert name in line["what"]
    assert "letter back" in line["what"]
    assert line["after"] == "Smiled."


def test_the_answer_of_a_side_is_told_when_it_came_and_taken_back_in_words(cppp, done, shelf, family):
    done(lambda db, case_id, now: fact_checks.begin(db, case_id, "cppp-report", 1, "A", now))
    asked = [FactRequest(0, 0, "", "The day is wrong.", "no", "The record says so.")]
    done(lambda db, case_id, now: fact_checks.answer(db, case_id, 1, asked, date(2026, 8, 5), now))
    told = last_of(cppp, shelf.references[family])
    assert [(line["what"], line["before"], line["after"]) for line in told] == [
        ("Fact check 1", "not answered", "answered Wed 5 Aug 2026"),
        ("Asked to be put right in fact check 1", "", "The day is wrong. (accepted: no)"),
    ]
    shown = cppp("undo", "--preview").out
    assert "then: not answered" in shown
    assert "take out: Asked to be put right in fact check 1" in shown
    assert cppp("undo", "--yes").code == 0


@pytest.mark.parametrize("words", [("undo",), ("undo", "--preview"), ("undo", "--yes")])
def test_an_undo_of_a_final_is_refused_before_it_asks(cppp, done, look, shelf, family, words):
    """Where nobody can answer a question the exit code is another one: none is asked."""

    def make(db, case_id, now):
        cases.report_sheet(db, case_id, now).put("summary", Answer("My words."))
        kept_papers.freeze(db, case_id, "of a test", now)

    done(make)
    before = look(lambda db: db.table("link").count)
    refused = cppp(*words)
    assert refused.code == 4
    assert f"cppp report {shelf.references[family]} --correct" in refused.err
    assert refused.out == ""
    assert look(lambda db: db.table("link").count) == before


@pytest.mark.parametrize("words", [("undo",), ("undo", "--yes")])
def test_an_undo_over_a_safeguarding_note_is_refused_before_it_asks(cppp, done, look, family, words):
    def log(db, case_id, now):
        number = sessions.begin(db, case_id, "other", now)
        sessions.sheet(db, number, case_id, now).put("purpose", Answer("a talk"))
        sessions.add_note(db, case_id, number, {"words": "as said"}, now)

    done(log, "session log")
    before = look(lambda db: db.table("link").count)
    refused = cppp(*words)
    assert (refused.code, refused.out) == (4, "")
    assert "a safeguarding note was kept in it" in refused.err
    assert look(lambda db: db.table("link").count) == before
