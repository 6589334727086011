"""Every guided command takes answers from a file, can be told never to ask, and prints its questions."""

from __future__ import annotations

import tomllib

import pytest

from cppp_cli.programme.answers import Answer
from cppp_cli.store import cases, sessions


def notes_of(look, reference):
    return look(lambda db: sessions.notes(db, cases.find(db, reference)))


def test_a_note_from_a_file_is_kept_word_for_word_and_in_one_case_only(cppp, look, shelf, answers_file):
    words = "He said he would “wait outside”.\n[every day] {{ x }}"
    done = cppp("session", "stop", shelf.references["family-1"], "--answers", answers_file(words=words), "--no-input")
    assert done.code == 0, done.err
    (note,) = notes_of(look, shelf.references["family-1"])
    assert note["words"] == words
    assert notes_of(look, shelf.references["family-2"]) == []


def test_a_note_without_words_is_not_kept(cppp, look, shelf, answers_file):
    done = cppp(
        "session", "stop", shelf.references["family-1"], "--answers", answers_file(place="school"), "--no-input"
    )
    assert done.code == 3
    assert "words" in done.err
    assert notes_of(look, shelf.references["family-1"]) == []


@pytest.mark.parametrize(
    "typed",
    [
        "new-case",
        "init",
        "session log CASE",
        "session amend CASE child",
        "session stop CASE",
        "case edit CASE",
        "case return CASE",
        "case close CASE",
        "case confirm CASE",
        "agreement log CASE",
        "agreement calendar CASE parent-a",
        "agreement calendar CASE agreed --child 2",
        "report CASE",
        "agreement calendar CASE now",
        "agreement calendar CASE agreed --child 1",
        "agreement form CASE",
        "voice consent CASE",
        "voice letter CASE",
        "voice disclose CASE",
        "letter CASE outcome --child 1",
        "report CASE --final",
        "report CASE --fact-check parent-a --came-back",
    ],
)
def test_the_questions_of_a_command_are_an_answers_file(cppp, shelf, typed):
    done = cppp(*typed.replace("CASE", shelf.references["family-1"]).split(), "--questions")
    assert done.code == 0, done.err
    assert tomllib.loads(done.out) == {}  # every answer is commented out
    assert len([line for line in done.out.splitlines() if line.startswith("# ") and " = " in line]) > 2


def test_a_held_session_is_not_moved(cppp, look, shelf):
    reference = shelf.references["family-1"]
    done = cppp("schedule", "move", reference, "child", "--to", "2026-08-20", "--reason", "officer")
    assert done.code == 4
    assert "amend" in done.err


def test_another_route_is_named_as_typed(cppp, look, shelf, answers_file, tmp_path):
    reference = shelf.references["family-1"]
    changes = answers_file(route="other", route_other="Section *37* [report]")
    assert cppp("case", "edit", reference, "--answers", changes, "--no-input").code == 0
    assert look(lambda db: cases.load(db, cases.find(db, reference))).route_label == "Section *37* [report]"
    assert "Section *37* [report]" in cppp("case", "show", reference).out


def test_an_order_nobody_knows_of_keeps_the_joint_session_unconfirmed(cppp, at_stage, look, shelf, answers_file):
    at_stage("opened")
    reference = shelf.references["family-1"]
    move = ("schedule", "move", reference, "joint", "--to", "2026-07-27", "--reason", "officer", "--confirmed")
    unknown = answers_file(adults__2__has_restrictions="not_known")
    assert cppp("case", "edit", reference, "--answers", unknown, "--no-input").code == 0
    assert cppp(*move).code == 4
    known = answers_file(adults__2__has_restrictions="no", name="known.toml")
    assert cppp("case", "edit", reference, "--answers", known, "--no-input").code == 0
    assert cppp(*move).code == 0
    assert look(lambda db: cases.sheet(db, cases.find(db, reference), str).answers())[
        "adults.2.has_restrictions"
    ] == Answer("no")
