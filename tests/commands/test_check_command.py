from __future__ import annotations

import json

import pytest

PRETENDS = "Sometimes I pretend to be asleep so that nobody asks me about the other house."


@pytest.fixture
def ref(shelf):
    return shelf.references["family-1"]


def found(cppp, ref):
    done = cppp("check", ref, "--json")
    told = json.loads(done.out)
    assert told["ok"] is (done.code == 0)
    return done.code, told["result"]["findings"]


def test_every_finding_says_where_why_and_what_to_do(cppp, shelf):
    for reference in shelf.references.values():
        code, findings = found(cppp, reference)
        assert findings
        assert [f for f in findings if not (f["id"] and f["place"] and f["what"].endswith(".") and f["do"])] == []
        assert (code == 4) is any(f["severity"] == "blocking" for f in findings)


def test_what_one_command_mends_stands_together_and_why_is_told_when_asked(cppp, ref):
    plain, whole = cppp("check", ref), cppp("check", ref, "--why")
    assert plain.code == 0
    assert "To look at" in plain.out
    assert "Stands in the way" not in plain.out
    assert "Rests on" not in plain.out
    assert "Rests on: Ombudsman" in whole.out
    assert plain.out.count("--fact-check parent-a") == 1


def test_both_texts_of_a_leak_are_shown_to_the_officer_and_not_in_the_error(cppp, ref, answers_file):
    said = "Isla told me that she sometimes pretends to be asleep so that nobody asks her about the other house."
    done = cppp("report", ref, "--answers", answers_file(summary=said), "--no-input")
    assert done.code == 4
    assert "asleep" not in done.err
    done = cppp("check", ref)
    assert done.code == 4
    assert PRETENDS in done.out
    assert "asleep" not in done.err


def test_every_kind_of_finding_is_on_the_board(cppp, ref, answers_file):
    own = {
        "summary": f"Isla said: {PRETENDS}",
        "checklist.a.words": "Isla, who is 11, is well. Zebedee Crumb helps her. Leanne alleges abuse.",
    }
    cppp("report", ref, "--answers", answers_file(**own), "--no-input")
    ids = {f["id"].partition(".")[0] for f in found(cppp, ref)[1]}
    assert {"leak", "name", "policy", "ready"} <= ids


def test_an_agreed_clause_that_leaves_questions_is_told_by_its_number(cppp, ref, answers_file):
    changed = answers_file(amend_reason="x", **{"topics.1.wording": "Reasonable contact as agreed from time to time."})
    assert cppp("session", "amend", ref, "joint", "--answers", changed, "--no-input").code in {0, 4}
    assert [f for f in found(cppp, ref)[1] if f["id"] == "ready.wording"]


def test_nothing_is_said_and_all_is_well_once_everything_is_done(cppp, ref, answers_file, tmp_path):
    """From the example as it stands to silence, only by what the board says to type."""
    given = answers_file(**{"adults.2.prep_workshop": "done"})
    assert cppp("case", "edit", ref, "--answers", given, "--no-input").code == 0
    for side in ("parent-a", "parent-b"):
        option = ("report", ref, "--fact-check", side)
        assert cppp(*option, "--out", tmp_path / "out").code == 0
        came = answers_file(answered_on="2026-08-06", has_requests="no")
        assert cppp(*option, "--came-back", "--answers", came, "--no-input").code == 0
    letter = answers_file(
        item=next(f["ref"] for f in json.loads(cppp("voice", "show", ref, "--json").out)["result"]["letters_back"]),
        yes_a_on="2026-07-29", yes_b_on="2026-07-29",
        **{f"children.{n}.{key}": value for n in (1, 2) for key, value in (("given", "yes"), ("given_on", "2026-08-03"))},
    )  # fmt: skip
    assert cppp("voice", "letter", ref, "--answers", letter, "--no-input").code == 0
    review = answers_file(was_reviewed="yes", reviewed_by="Anna Bell, service manager", reviewed_on="2026-08-05")
    assert cppp("report", ref, "--final", "--answers", review, "--no-input", "--out", tmp_path / "out").code == 0
    left = [f for f in found(cppp, ref)[1] if f["id"] != "ready.agreement-unconfirmed"]
    assert left == []


def test_options_that_ask_nothing_are_refused(cppp, ref, answers_file):
    assert cppp("check", ref, "--no-input").code == 2
    assert cppp("check", ref, "--questions").code == 2
    assert cppp("check", "ZZZZ").code == 6
