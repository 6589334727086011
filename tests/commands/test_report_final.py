from __future__ import annotations

import json
import re

import pytest

from cppp_cli.documents.read_back import passages
from cppp_cli.store import cases, events, fact_checks, finals, releases

FAMILY, OTHER = "family-1", "family-2"
STEM = "ZE26P01234-cppp-report"
PRETENDS = "Sometimes I pretend to be asleep so that nobody asks me about the other house."
REVIEW = {"was_reviewed": "yes", "reviewed_by": "Anna Bell, service manager", "reviewed_on": "2026-08-05"}


@pytest.fixture
def ref(shelf):
    return shelf.references[FAMILY]


@pytest.fixture
def freeze(cppp, ref, answers_file, tmp_path):
    """Make the report of the first family final."""

    def run(*more, **answers):
        given = answers_file(**(REVIEW | answers))
        return cppp("report", ref, "--final", "--answers", given, "--no-input", "--out", tmp_path / "out", *more)

    return run


@pytest.fixture
def amend(cppp, ref, answers_file):
    def run(session="child", **answers):
        changed = answers_file(amend_reason="Heard wrongly.", **answers)
        done = cppp("session", "amend", ref, session, "--answers", changed, "--no-input")
        assert done.code == 0, done.err

    return run


@pytest.fixture
def draft(cppp, ref, answers_file, tmp_path):
    """Write a draft with other words of the officer's."""
    return lambda **own: cppp("report", ref, "--answers", answers_file(**own), "--no-input", "--out", tmp_path / "out")


def asked(cppp, ref, *options):
    """The answers a command asks for, each commented out in its questions."""
    done = cppp("report", ref, *options, "--questions")
    assert done.code == 0, done.err
    return re.findall(r"^# ([\w.]+) = ", done.out, re.MULTILINE)


@pytest.fixture
def correct(cppp, ref, answers_file, tmp_path):
    def run(reason="The school said so on 6 August.", **answers):
        keys = [key for key in asked(cppp, ref, "--correct") if key.startswith("corrections.")]
        given = {key: f"{reason} ({n})" for n, key in enumerate(keys, 1)} | {
            "told": ["court", "parent-a"],
            "told_on": "2026-08-06",
        }
        file = answers_file(**(given | REVIEW | answers))
        return cppp("report", ref, "--correct", "--answers", file, "--no-input", "--out", tmp_path / "out")

    return run


def words(tmp_path, name):
    return (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_a_final_is_frozen_with_its_files_its_data_and_who_read_it(freeze, look, shelf, tmp_path):
    done = freeze()
    assert done.code == 0, done.err
    case_id = shelf.cases[FAMILY]
    (final,) = look(lambda db: finals.of_case(db, case_id))
    kept = look(lambda db: finals.files(db, case_id, final.kind, final.version))
    assert {name: (tmp_path / "out" / name).read_bytes() for name in kept} == kept
    assert {f"{STEM}-v1-final.md", f"{STEM}-v1-final.docx"} <= kept.keys()
    assert (final.reviewed_by, str(final.reviewed_on)) == (REVIEW["reviewed_by"], REVIEW["reviewed_on"])
    assert len(final.template_digest) == 64
    data = json.loads(look(lambda db: finals.data(db, case_id, final.kind, final.version)))
    assert data["doc"]["case_number"] == "ZE26P01234"
    assert look(lambda db: finals.of_case(db, shelf.cases[OTHER])) == ()
    assert {e.detail for e in look(events.listed) if "final" in e.detail} == {"cppp-report, final"}


def test_a_final_says_so_everywhere_and_carries_the_code_of_its_words(freeze, look, shelf, tmp_path):
    from cppp_cli.programme.fingerprint import code

    freeze()
    (final,) = look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))
    for suffix in ("md", "docx"):
        name = f"{STEM}-v1-final.{suffix}"
        found = passages(name, (tmp_path / "out" / name).read_bytes())
        assert code(found) == final.code
        assert final.code in " ".join(p.text for p in found if p.kind == "footer")
        assert not [p for p in found if "DRAFT" in p.text or "Not yet written" in p.text]
        assert [p for p in found if "Anna Bell, service manager read this report" in p.text]


def test_a_final_nobody_read_says_that(freeze, look, shelf, tmp_path):
    assert freeze(was_reviewed="no", reviewed_by=None, reviewed_on=None, not_reviewed="On leave.").code == 0
    assert "Nobody but its author read this report" in words(tmp_path, f"{STEM}-v1-final.md")
    assert "On leave" not in words(tmp_path, f"{STEM}-v1-final.md")
    assert look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))[0].not_reviewed == "On leave."


def test_unwritten_words_of_the_officer_keep_a_report_from_being_final(cppp, shelf, answers_file, look, tmp_path):
    ref = shelf.references[OTHER]  # its analysis is not written
    done = cppp("report", ref, "--final", "--answers", answers_file(**REVIEW), "--no-input", "--out", tmp_path / "out")
    assert done.code == 4
    assert "the analysis" in done.err
    assert look(lambda db: finals.of_case(db, shelf.cases[OTHER])) == ()
    assert not (tmp_path / "out").exists()


def test_a_leak_keeps_a_report_from_being_written_and_from_being_final(draft, freeze, look, shelf, tmp_path):
    assert draft(summary=f"Isla was open. {PRETENDS}").code == 4
    done = freeze()
    assert done.code == 4
    assert "words of a child" in done.err
    assert look(lambda db: finals.of_case(db, shelf.cases[FAMILY])) == ()
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_wrong_age_or_another_familys_name_keeps_a_report_from_being_final(draft, freeze, look, shelf):
    for said in ("Isla, who is 11, spoke clearly.", "As in the case of Isaac Ashdown, it works."):
        assert draft(summary=said).code == 0
        done = freeze()
        assert done.code == 4, said
        assert look(lambda db: finals.of_case(db, shelf.cases[FAMILY])) == ()


def test_policy_wording_is_told_and_does_not_stand_in_the_way(draft, freeze):
    assert draft(summary="Leanne Ashdown alleges abuse by text message, which is historical.").code == 0
    done = freeze()
    assert done.code == 0, done.err
    assert "alleges" in done.out


def test_a_final_of_the_same_words_is_written_again_just_as_it_was(freeze, tmp_path, look, shelf, monkeypatch):
    freeze()
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for path in (tmp_path / "out").iterdir():
        path.unlink()
    monkeypatch.setenv("CPPP_TODAY", "2026-11-30")  # Theo is a year older
    done = freeze()
    assert done.code == 0, done.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert len(look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))) == 1


def test_a_changed_record_is_no_second_final_but_a_correction(freeze, amend, correct, look, shelf, tmp_path, cppp, ref):
    assert cppp("report", ref, "--correct", "--no-input").code == 4  # nothing is final yet
    freeze()
    assert cppp("report", ref, "--correct", "--no-input").code == 4  # nothing has changed
    amend(**{"statements.3.words": "Theo would like to ride his bike at both homes and to have his dad at his gala."})
    assert freeze().code == 4
    done = correct()
    assert done.code == 0, done.err
    case_id = shelf.cases[FAMILY]
    first, second = look(lambda db: finals.of_case(db, case_id))
    assert (second.corrects, second.version > first.version) == (first.version, True)
    (kept,) = look(lambda db: finals.corrections(db, case_id, second.kind, second.version))
    assert "sports day" in kept.before
    assert "gala" in kept.after
    assert (kept.reason, kept.told, str(kept.told_on)) == (
        "The school said so on 6 August. (1)",
        ("the court", "Daniel Ashdown"),
        "2026-08-06",
    )
    said = words(tmp_path, f"{STEM}-v{second.version}-final.md")
    assert "## What was corrected" in said
    assert "at sports day" in said.partition("## Summary")[0]
    assert "at sports day" not in said.partition("## Summary")[2].partition("## The joint session")[0]
    assert "Told of this correction on 6 August 2026: the court and Daniel Ashdown." in said


def test_a_correction_can_be_corrected_and_tells_only_its_own(freeze, amend, correct, look, shelf, tmp_path):
    freeze()
    amend(**{"statements.3.words": "Theo would like to ride his bike at both homes and to have his dad at his gala."})
    assert correct("First.").code == 0
    amend("parent-a", hopes="One night at first, then more.")
    assert correct("Second.").code == 0
    versions = look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))
    assert [final.corrects for final in versions] == [None, versions[0].version, versions[1].version]
    said = words(tmp_path, f"{STEM}-v{versions[-1].version}-final.md")
    assert "Second. (1)" in said
    assert "First." not in said


def test_every_check_runs_again_on_a_correction(draft, freeze, correct, look, shelf):
    freeze()
    assert draft(summary="Isla, who is 11, spoke clearly.").code == 0
    assert correct().code == 4
    assert draft(summary="Isla spoke clearly.").code == 0
    assert correct(reason=f"She had said: {PRETENDS}").code == 4
    assert len(look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))) == 1
    assert correct().code == 0


def test_words_a_child_took_back_are_not_repeated_in_the_correction(freeze, amend, correct, tmp_path, look, shelf):
    freeze()
    amend(**{"statements.1.wish": ["nobody"]})
    done = correct()
    assert done.code == 0, done.err
    said = words(tmp_path, f"{STEM}-v2-final.md")
    assert "not repeated" in said
    assert "sleep at Dad" not in said
    (kept, *_) = look(lambda db: finals.corrections(db, shelf.cases[FAMILY], "cppp-report", 2))
    assert "not repeated" not in kept.before


def test_a_final_is_not_undone(freeze, cppp, look, shelf):
    freeze()
    assert cppp("undo", "--yes").code == 4
    assert len(look(lambda db: finals.of_case(db, shelf.cases[FAMILY]))) == 1


def test_a_draft_after_a_final_is_a_draft_and_leaves_the_final_alone(freeze, cppp, ref, look, shelf, tmp_path):
    freeze()
    before = look(lambda db: finals.text(db, shelf.cases[FAMILY], "cppp-report", 1))
    assert cppp("report", ref, "--no-input", "--out", tmp_path / "out").code == 0
    assert "DRAFT" in words(tmp_path, f"{STEM}-v2-draft.md")
    assert look(lambda db: finals.text(db, shelf.cases[FAMILY], "cppp-report", 1)) == before


def test_a_copy_for_the_checking_of_facts_has_no_word_of_the_officers_own(cppp, ref, shelf, tmp_path, look):
    own = look(lambda db: cases.report_sheet(db, shelf.cases[FAMILY], lambda: "").answers())
    for side in ("parent-a", "parent-b"):
        assert cppp("report", ref, "--fact-check", side, "--out", tmp_path / "out").code == 0
        said = words(tmp_path, f"{STEM}-v1-facts-{side[-1]}.md")
        printed = [p.text for p in passages("x.md", said.encode())]
        assert not [
            a
            for a in own.values()
            if isinstance(a.value, str) and len(a.value) > 20 and any(a.value[:60] in t for t in printed)
        ]
        assert "Not yet written" not in said
        assert "COPY FOR CHECKING FACTS" in said
    assert [c.side for c in look(lambda db: fact_checks.of_case(db, shelf.cases[FAMILY]))] == ["A", "B"]
    assert look(lambda db: fact_checks.of_case(db, shelf.cases[OTHER])) == ()


def test_what_came_back_is_kept_and_told_in_the_final(cppp, ref, answers_file, look, shelf, freeze, tmp_path):
    came = {
        "answered_on": "2026-08-06", "has_requests": "yes",
        "requests.1.place": "15", "requests.1.asked": "Four lines.", "requests.1.accepted": "no",
        "requests.1.why": "My note says three.", "requests.1.more": "yes",
        "requests.2.asked": "His gala.", "requests.2.accepted": "partly", "requests.2.why": "The day is right.",
        "requests.2.more": "no",
    }  # fmt: skip
    option = ("report", ref, "--fact-check", "parent-a")
    assert cppp(*option, "--came-back", "--answers", answers_file(**came), "--no-input").code == 4  # no copy was given
    assert cppp(*option, "--out", tmp_path / "out").code == 0
    assert cppp(*option, "--came-back", "--answers", answers_file(**came), "--no-input").code == 0
    kept = look(lambda db: fact_checks.requests(db, shelf.cases[FAMILY]))
    assert [(one.asked, one.accepted, one.why) for one in kept] == [
        ("Four lines.", "no", "My note says three."), ("His gala.", "partly", "The day is right."),
    ]  # fmt: skip
    freeze()
    said = words(tmp_path, f"{STEM}-v1-final.md")
    assert "A copy to check the facts was given to Daniel Ashdown on 6 August 2026." in said
    assert "2 corrections were asked for, and 1 was made" in said
    assert "No copy to check the facts was given to Leanne Ashdown" in said  # of both alike
    assert "Four lines" not in said


def test_what_changed_between_two_versions_is_shown_in_words(cppp, ref, amend, tmp_path, shelf):
    assert cppp("report", ref, "--no-input", "--out", tmp_path / "out").code == 0
    amend("parent-b", hopes="A calendar that bends, so that nobody has to ask anybody for anything.")
    assert cppp("report", ref, "--no-input", "--out", tmp_path / "out").code == 0
    done = cppp("report", ref, "--diff", "1", "2")
    assert done.code == 0
    assert re.search(r"was: “.*stands.*”\n\s+is: “.*bends", done.out)
    told = json.loads(cppp("report", ref, "--diff", "1", "2", "--json").out)["result"]
    (change,) = [c for c in told if "version" not in c["before"]]
    assert ("stands" in change["before"], "bends" in change["after"]) == (True, True)
    assert "The words are the same." in cppp("report", ref, "--diff", "2", "2").out
    assert cppp("report", ref, "--diff", "1", "9").code == 6
    assert cppp("report", shelf.references[OTHER], "--diff", "1", "2").code == 6


def test_every_word_of_a_child_can_say_where_it_comes_from(cppp, ref, tmp_path):
    cppp("report", ref, "--no-input", "--out", tmp_path / "out")
    found = passages("x.md", words(tmp_path, f"{STEM}-v1-draft.md").encode())
    number = next(p.number for p in found if "in the officer's summary" in p.text.casefold())
    done = cppp("report", ref, "--explain", str(number))
    assert done.code == 0
    assert "Theo Ashdown · Wed 8 Jul 2026" in done.out
    assert "The child's wish: court (2026-07-08). Your decision: court (2026-07-09)." in done.out
    last = max(p.number for p in found if p.number)
    for each in range(1, last + 1):
        told = json.loads(cppp("report", ref, "--explain", str(each), "--json").out)["result"]
        assert told[0]["text"] == next(p.text for p in found if p.number == each)
    assert cppp("report", ref, "--explain", str(last + 1)).code == 6


@pytest.mark.parametrize(
    "options",
    [
        ("--final", "--correct"),
        ("--final", "--diff", "1", "2"),
        ("--fact-check", "mother"),
        ("--came-back",),
        ("--explain", "3", "--final"),
        ("--with-letter", "--final"),
        ("--diff", "1"),
    ],
)
def test_errands_that_do_not_go_together_are_refused(cppp, ref, options):
    assert cppp("report", ref, *options, "--no-input").code == 2


# A child who was unsure: the officer's own words only resemble what was said.
UNSURE = {"statements.2.wish": ["unsure"]}
ALIKE = "Isla told me that she sometimes pretended to be asleep so that nobody would ask her about the other house."


def test_a_resembling_passage_is_released_only_with_a_reason_that_stays(
    cppp, ref, amend, draft, answers_file, look, shelf, freeze
):
    amend(**UNSURE)
    assert draft(summary=ALIKE).code == 4
    shown = cppp("check", ref)
    assert shown.code == 4
    assert PRETENDS in shown.out
    assert "pretended to be asleep" in shown.out
    done = cppp("check", ref, "--release", "--questions")
    (key,) = {k.rpartition(".")[0] for k in re.findall(r"^# (releases\.\w+\.\w+) = ", done.out, re.MULTILINE)}
    assert cppp("check", ref, "--release", "--answers", answers_file(**{f"{key}.same": "no"}), "--no-input").code == 3
    no = {f"{key}.same": "no", f"{key}.reason": "Her mother told me of it in the same words."}
    assert cppp("check", ref, "--release", "--answers", answers_file(**no), "--no-input").code == 0
    (kept,) = look(lambda db: releases.of_case(db, shelf.cases[FAMILY]))
    assert kept.reason == no[f"{key}.reason"]
    assert freeze().code == 0
    assert [one.version for one in look(lambda db: releases.of_case(db, shelf.cases[FAMILY]))] == [1]
    # Other words are not released with it.
    assert draft(summary=ALIKE.replace("sometimes", "often")).code == 4


def test_what_a_child_kept_back_cannot_be_released(cppp, ref, draft):
    assert draft(summary=ALIKE).code == 4
    done = cppp("check", ref, "--release", "--no-input")
    assert done.code == 0
    assert "No passage can be released" in done.err


def test_words_opened_to_all_parties_by_the_child_are_no_leak(amend, draft):
    amend(**{"statements.2.wish": ["court"], "statements.2.decision": ["court"]})
    done = draft(summary=ALIKE)
    assert done.code == 0, done.err


@pytest.mark.parametrize("place", ["description", "wording", "office template", "a parent's answer"])
def test_a_leak_is_found_wherever_it_is_printed(cppp, ref, amend, tmp_path, place):
    if place == "description":
        amend(**{"letters.1.description": PRETENDS})
    elif place == "wording":
        amend("joint", **{"topics.1.wording": f"On Fridays. {PRETENDS}"})
    elif place == "a parent's answer":
        amend("parent-a", situation=f"It goes well. {PRETENDS}")
    else:
        folder = tmp_path / "home" / "templates"
        folder.mkdir()
        (folder / "_notice.md.j2").write_text(f"{PRETENDS}\n", encoding="utf-8")
    done = cppp("report", ref, "--no-input", "--out", tmp_path / "out")
    assert done.code == 4
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
