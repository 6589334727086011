"""Ways around the check for leaks and around a final that were tried, and are closed."""

from __future__ import annotations

import json
import re

import pytest

from cppp_cli.store import disclosures, finals, releases

FAMILY = "family-1"
STEM = "ZE26P01234-cppp-report"
PRETENDS = "Sometimes I pretend to be asleep so that nobody asks me about the other house."
ALIKE = "Isla told me that she sometimes pretended to be asleep so that nobody would ask her about the other house."
REVIEW = {"was_reviewed": "no"}


@pytest.fixture
def ref(shelf):
    return shelf.references[FAMILY]


@pytest.fixture
def draft(cppp, ref, answers_file, tmp_path):
    return lambda **own: cppp("report", ref, "--answers", answers_file(**own), "--no-input", "--out", tmp_path / "out")


@pytest.fixture
def freeze(cppp, ref, answers_file, tmp_path):
    return lambda: cppp(
        "report", ref, "--final", "--answers", answers_file(**REVIEW), "--no-input", "--out", tmp_path / "out"
    )


@pytest.fixture
def amend(cppp, ref, answers_file):
    def run(session="child", **answers):
        done = cppp(
            "session", "amend", ref, session, "--answers", answers_file(amend_reason="x", **answers), "--no-input"
        )
        assert done.code == 0, done.err

    return run


def offered(cppp, ref):
    """The passages that ``check --release`` asks about, by the key of each."""
    done = cppp("check", ref, "--release", "--questions")
    keys = {key.rpartition(".")[0] for key in re.findall(r"^# (releases\.\w+\.\w+) = ", done.out, re.MULTILINE)}
    return keys - {"releases.1"}  # how such a line looks, where there is none


def test_what_the_officer_words_alone_excuses_no_likeness(cppp, ref, amend, tmp_path):
    amend("joint", next_steps=f"Both will talk again. {ALIKE}")
    assert cppp("report", ref, "--no-input", "--out", tmp_path / "out").code == 4


def test_a_parents_own_words_that_are_like_a_childs_are_looked_at_once(cppp, ref, amend, answers_file, tmp_path):
    amend("parent-b", hopes="That Isla need not pretend to be asleep so that nobody asks her about the other house.")
    write = ("report", ref, "--no-input", "--out", tmp_path / "out")
    assert cppp(*write).code == 4
    (key,) = offered(cppp, ref)
    given = answers_file(**{f"{key}.same": "no", f"{key}.reason": "Her mother said it of her own accord."})
    assert cppp("check", ref, "--release", "--answers", given, "--no-input").code == 0
    assert cppp(*write).code == 0


def test_a_parents_answer_excuses_no_words_a_child_said_in_another_place(draft, cppp, ref):
    assert draft(summary=ALIKE).code == 4
    assert offered(cppp, ref) == set()  # the child kept them back


def test_a_release_can_be_taken_back(cppp, ref, amend, draft, answers_file, look, shelf):
    amend(**{"statements.2.wish": ["unsure"]})
    assert draft(summary=ALIKE).code == 4
    (key,) = offered(cppp, ref)
    release = ("check", ref, "--release", "--no-input", "--answers")
    assert cppp(*release, answers_file(**{f"{key}.same": "no", f"{key}.reason": "From her mother."})).code == 0
    assert draft(summary=ALIKE).code == 0
    assert offered(cppp, ref) == {key}
    assert cppp(*release, answers_file(**{f"{key}.same": "yes"})).code == 0
    assert cppp("report", ref, "--no-input").code == 4
    assert [one.how for one in look(lambda db: releases.of_case(db, shelf.cases[FAMILY]))] == ["reworded", "taken back"]


def test_a_release_is_for_one_kind_of_document(cppp, ref, amend, draft, answers_file, open_desk, shelf):
    from cppp_cli.commands import guard
    from cppp_cli.programme.confidences_of import ALL_PARTIES
    from cppp_cli.programme.passage import Passage
    from cppp_cli.store import cases

    desk = open_desk(home="own")
    case = cases.load(desk.db, shelf.cases[FAMILY])
    sheet = cases.sheet(desk.db, case.id, desk.moment)
    assert sheet is not None
    hit = guard.watch(desk, case, ALL_PARTIES, "cppp-report").hits([Passage("paragraph 1", ALIKE)])[0]
    releases.add(
        desk.db, case.id, kind="cppp-report", place="paragraph 1", passage=guard.told(hit.leak.passage),
        confidence_ref=hit.leak.confidence.ref, confidence_digest=guard.digest_of(hit.leak.confidence),
        how="reworded", reason="x", now=desk.moment,
    )  # fmt: skip
    assert guard.watch(desk, case, ALL_PARTIES, "cppp-report").is_released(hit.leak)
    assert not guard.watch(desk, case, ALL_PARTIES, "parenting-plan").is_released(hit.leak)


def test_passing_something_on_to_one_parent_opens_it_to_nobody_else(cppp, ref, draft, open_desk, shelf, look):
    from cppp_cli.programme.disclosure import Disclosure

    def decide(db):
        (session,) = [
            row["session_id"] for row in db.query("SELECT session_id FROM statement WHERE words = ?", [PRETENDS])
        ]
        from datetime import date

        disclosures.add(
            db, shelf.cases[FAMILY],
            Disclosure(1, session, 2, None, None, "other", "r", "m", date(2026, 8, 1), ("parent-a",), "", None, "no", None, "n", date(2026, 8, 1)),
            lambda: "2026-08-06T09:00:00+01:00",
        )  # fmt: skip

    look(decide)
    assert draft(summary=ALIKE).code == 4
    assert offered(cppp, ref) == set()


def test_a_safeguarding_note_is_not_released_as_it_was_said(cppp, ref, draft, answers_file):
    said = "Theo said that Gareth locked him in the shed until it was dark."
    assert cppp("session", "stop", ref, "--answers", answers_file(words=said), "--no-input").code == 0
    assert draft(summary=said).code == 4
    assert offered(cppp, ref) == set()


def test_words_that_were_amended_away_are_held_like_those_in_their_place(cppp, ref, amend, draft):
    amend(**{"statements.2.words": "I like cats and dogs and birds."})
    assert draft(summary=f"Isla said: {PRETENDS}").code == 4


def test_nothing_is_frozen_that_was_changed_while_it_was_looked_at(open_desk, shelf):
    from cppp_cli.commands import report_final
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.documents.standing import Standing
    from cppp_cli.errors import ConflictError
    from cppp_cli.programme.answers import Answer
    from cppp_cli.store import sessions

    desk, case_id = open_desk(), shelf.cases[FAMILY]
    ready = prepared(desk, case_id, quietly=True)
    standing = Standing("", final=True)
    made = report_final.make(desk, ready, standing, 1)
    child = next(s for s in sessions.of_case(desk.db, case_id) if s.kind == "child")
    sheet = sessions.AmendingSheet(desk.db, child.id, case_id=case_id, now=desk.moment, reason="x")
    sheet.put("statements.1.wish", Answer(("nobody",)))
    with pytest.raises(ConflictError, match="another window"):
        report_final.freeze(desk, ready, made, standing)
    assert finals.of_case(desk.db, case_id) == ()
    fresh = prepared(desk, case_id, quietly=True)
    report_final.freeze(desk, fresh, report_final.make(desk, fresh, standing, 1), standing)
    assert len(finals.of_case(desk.db, case_id)) == 1


def test_a_final_is_not_written_again_when_what_it_tells_may_not_be_told_any_more(
    freeze, draft, cppp, ref, answers_file
):
    assert draft(summary="They met at 4 Tanner Row, Northbridge NB1 4XX, on Saturdays.").code == 0
    assert freeze().code == 0
    hidden = answers_file(
        **{"adults.1.address": "4 Tanner Row, Northbridge NB1 4XX", "adults.1.address_confidential": "yes"}
    )
    assert cppp("case", "edit", ref, "--answers", hidden, "--no-input").code == 0
    assert freeze().code == 4


def test_another_picture_in_a_final_is_a_correction_of_its_own(freeze, cppp, ref, answers_file, tmp_path, look, shelf):
    assert freeze().code == 0
    drawing = tmp_path / "other.png"
    from PIL import Image

    Image.new("RGB", (40, 30), "teal").save(drawing)
    given = answers_file(amend_reason="Wrong scan.", **{"letters.1.picture": "other.png"})
    assert cppp("session", "amend", ref, "child", "--answers", given, "--no-input").code == 0
    assert freeze().code == 4
    keys = re.findall(
        r"^# (corrections\.\w+\.reason) = ", cppp("report", ref, "--correct", "--questions").out, re.MULTILINE
    )
    assert keys
    file = answers_file(**dict.fromkeys(keys, "It was the wrong scan."), told=["nobody"], **REVIEW)
    done = cppp("report", ref, "--correct", "--answers", file, "--no-input", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    assert len(look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))) == 2


def test_an_office_that_changes_its_template_can_still_write_a_final_again(freeze, tmp_path):
    assert freeze().code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    folder = tmp_path / "home" / "templates"
    folder.mkdir()
    (folder / "_notice.md.j2").write_text("Another notice.\n", encoding="utf-8")
    assert freeze().code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_report_of_a_case_that_was_returned_corrects_no_other(freeze, cppp, ref, answers_file, look, shelf):
    assert freeze().code == 0
    returned = answers_file(reason="one_side_left", sentence="The programme has ended.", returned_on="2026-08-06")
    done = cppp("case", "return", ref, "--answers", returned, "--no-input")
    if done.code:  # the form of its own says what it needs
        returned = "examples/return.toml"
        from pathlib import Path

        done = cppp("case", "return", ref, "--answers", Path(__file__).parents[2] / returned, "--no-input")
    assert done.code == 0, done.err
    assert freeze().code == 0
    first, second = look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))
    assert (second.corrects, second.template) == (None, "cppp_report_returned.md.j2")
    assert second.version > first.version


def test_the_board_says_that_a_final_no_longer_says_what_is_on_file(freeze, amend, cppp, ref):
    assert freeze().code == 0
    ids = lambda: [f["id"] for f in json.loads(cppp("check", ref, "--json").out)["result"]["findings"]]  # noqa: E731
    assert "ready.final-outdated" not in ids()
    amend("parent-b", hopes="A calendar that bends, so that nobody has to ask anybody for anything.")
    assert "ready.final-outdated" in ids()


def test_own_words_about_a_child_who_keeps_silent_are_pointed_out(amend, cppp, ref):
    ids = lambda: [f["id"] for f in json.loads(cppp("check", ref, "--json").out)["result"]["findings"]]  # noqa: E731
    assert "ready.own-words-of-silent-child" not in ids()
    amend(**{"statements.3.wish": ["judge-only"]})
    assert "ready.own-words-of-silent-child" in ids()


def test_a_letter_that_was_filed_beside_the_report_is_known_to_have_left(cppp, ref, look, shelf, tmp_path):
    from cppp_cli.store import events

    cppp("report", ref, "--no-input", "--with-letter", "--out", tmp_path / "out")
    assert [e.case_id for e in look(events.listed) if e.detail == "letter-from-child"] == [shelf.cases[FAMILY]]


def test_a_pipe_or_a_folder_is_no_report(cppp, tmp_path):
    folder = tmp_path / "a.docx"
    folder.mkdir()
    assert cppp("verify", folder).code == 3


@pytest.mark.parametrize(
    "said", ["In March 2024 Isla, aged six, moved house.", "By the hearing Theo, aged 7, will know."]
)
def test_an_age_of_another_day_is_no_contradiction(draft, freeze, said):
    assert draft(summary=said).code == 0
    assert freeze().code == 0


def test_the_court_may_speak_of_an_earlier_case(cppp, ref, freeze, answers_file):
    asked = answers_file(**{"questions.1.words": "What has changed since the order in ZE26P01243?"})
    assert cppp("case", "edit", ref, "--answers", asked, "--no-input").code == 0
    assert freeze().code == 0


def test_a_calendar_file_tells_nothing_held_in_confidence_not_even_by_its_name(cppp, ref, tmp_path, answers_file):
    from pathlib import Path

    plan = Path(__file__).parents[2] / "examples" / FAMILY / "calendar-agreed.toml"
    assert cppp("agreement", "calendar", ref, "agreed", "--answers", plan, "--no-input").code == 0
    assert cppp("nights", ref, "--ics", tmp_path / "nights.ics").code == 0
    assert (tmp_path / "nights.ics").exists()
    told = tmp_path / "17-Larkspur-Close.ics"
    done = cppp("nights", ref, "--ics", told)
    assert done.code == 4
    assert not told.exists()
