"""``cppp history`` and ``cppp undo`` as typed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.store import cases, history, sessions
from cppp_cli.store.keys import read_salt


@pytest.fixture
def reference(shelf):
    return shelf.references["family-1"]


@pytest.fixture
def amended(cppp, shelf, answers_file):
    """A place corrected in a finished session of each family."""
    for family, place in zip(FAMILIES, ("Room 9", "Room 12"), strict=True):
        file = answers_file(name=f"{family}.toml", place=place, amend_reason="the wrong room was noted")
        done = cppp("session", "amend", shelf.references[family], "parent-a", "--answers", file, "--no-input")
        assert done.code == 0


def of_case(cppp, reference):
    return json.loads(cppp("history", reference, "--json").out)["result"]


def place_of(look, shelf, family):
    return look(lambda db: sessions.of_case(db, shelf.cases[family])[0].answers["place"].value)


@pytest.mark.parametrize(("family", "place"), [("family-1", "Room 9"), ("family-2", "Room 12")])
def test_a_change_is_told_with_what_it_was_when_and_why(cppp, shelf, amended, family, place):
    told = cppp("history", shelf.references[family])
    assert told.code == 0
    last = told.out.strip().split("\n\n")[-1]
    assert last.startswith("Thu 6 Aug 2026, 09:00 · session amend")
    assert [line.strip() for line in last.splitlines()[1:]] == [
        "Where was it?",
        "was: Northbridge office",
        f"now: {place}",
        "why: the wrong room was noted",
    ]


def test_the_history_of_one_case_says_nothing_of_the_other(cppp, shelf, amended):
    one, two = (cppp("history", shelf.references[family], "--full").out for family in FAMILIES)
    assert "Room 9" in one
    assert "Room 12" not in one
    assert "Room 12" in two
    assert "Leonie" not in one
    assert "Leanne" not in two


def test_every_answer_of_both_families_can_be_told(cppp, shelf, families):
    """With --full nothing that was typed is left out, but for what the history points to elsewhere."""
    for family in FAMILIES:
        told = cppp("history", shelf.references[family], "--full").out
        for step in ("new-case", "child", "joint"):
            for path, value in families.load(family)[step].items():
                if isinstance(value, str) and value.count(" ") > 3 and "report" not in path:
                    assert " ".join(value.split())[:60] in told, path


def test_without_full_the_first_answers_are_counted(cppp, reference):
    short, full = (cppp("history", reference, *more).out for more in ((), ("--full",)))
    assert "entries new" in short
    assert len(short.splitlines()) < len(full.splitlines()) / 4


def test_the_history_of_the_file_itself(cppp, amended):
    told = cppp("history").out
    assert "Room" not in told
    assert "entries new" in told


def test_as_json(cppp, shelf, reference, amended):
    last = of_case(cppp, reference)[-1]
    assert (last["command"], last["undoes"]) == ("session amend", None)
    assert last["changes"] == [
        {
            "what": "Where was it?",
            "before": "Northbridge office",
            "after": "Room 9",
            "reason": "the wrong room was noted",
        }
    ]


def test_a_document_that_was_written_is_in_the_history(cppp, reference, tmp_path):
    cppp("plan", reference, "--out", tmp_path / "out")
    last = of_case(cppp, reference)[-1]
    said = " ".join(change["after"] for change in last["changes"])
    for path in (tmp_path / "out").iterdir():
        assert str(path) in said
    assert last["command"] == "plan"
    before = len(of_case(cppp, reference))
    assert cppp("plan", reference, "--out", tmp_path / "out").code == 0
    assert len(of_case(cppp, reference)) == before, "the same file written again is told once"


def test_reading_leaves_no_trace(cppp, reference, look):
    before = look(lambda db: db.table("link").count)
    for words in (("case", "list"), ("case", "show", reference), ("history", reference), ("undo", "--preview")):
        cppp(*words)
    assert look(lambda db: db.table("link").count) == before


# ---------------------------------------------------------------------------------- undo


def test_undo_shows_before_and_after_and_changes_nothing_in_preview(cppp, look, shelf, amended):
    before = look(lambda db: db.table("link").count)
    shown = cppp("undo", "--preview")
    assert shown.code == 0
    assert f"case {shelf.references['family-2']}" in shown.out
    lines = [line.strip() for line in shown.out.splitlines()]
    assert lines[1:] == ["Where was it?", "now:  Room 12", "then: Northbridge office"]
    assert look(lambda db: db.table("link").count) == before


def test_undo_asks_and_where_nobody_can_answer_nothing_happens(cppp, look, shelf, amended):
    refused = cppp("undo")
    assert refused.code == 3
    assert "--yes" in refused.err
    assert place_of(look, shelf, "family-2") == "Room 12"


def test_undo_redo_and_undo_again(cppp, look, shelf, amended):
    for words, place in ((("undo",), "Northbridge office"), (("undo", "--redo"), "Room 12"), (("undo",), "Northbridge office")):  # fmt: skip
        assert cppp(*words, "--yes").code == 0
        assert place_of(look, shelf, "family-2") == place
    assert look(history.verify) == ()


def test_undo_of_one_case_leaves_a_later_command_of_another(cppp, look, shelf, amended):
    assert cppp("undo", shelf.references["family-1"], "--yes").code == 0
    assert place_of(look, shelf, "family-1") == "Northbridge office"
    assert place_of(look, shelf, "family-2") == "Room 12"


def test_an_undo_is_in_the_history_too(cppp, reference, shelf, amended):
    cppp("undo", reference, "--yes")
    done, taken_back = of_case(cppp, reference)[-2:]
    assert (taken_back["command"], taken_back["undoes"]) == ("undo", done["number"])


def test_a_new_case_opened_by_mistake_is_taken_back(cppp, look, at_stage, answers_file):
    at_stage("empty")
    assert cppp("new-case", "--answers", answers_file("family-1"), "--no-input").code == 0
    assert cppp("undo", "--yes").code == 0
    assert look(cases.listed) == ()
    assert cppp("undo", "--redo", "--yes").code == 0
    (case,) = look(cases.listed)
    assert case.number == "ZE26P01234"


def test_nothing_to_take_back_is_said(cppp, at_stage):
    at_stage("empty")
    for words in (("undo",), ("undo", "--redo")):
        done = cppp(*words, "--yes")
        assert done.code == 6


@pytest.mark.parametrize("command", [("case", "list"), ("unlock",), ("history",)])
def test_whichever_command_comes_first_an_older_file_is_copied_before_it_is_changed(
    cppp, monkeypatch, shelf, tmp_path, command
):
    old = (Path(__file__).parents[1] / "store" / "schemas" / "001.db").read_bytes()
    (tmp_path / "home" / "officer.db").write_bytes(old)
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.passphrase)
    done = cppp(*command)
    assert done.code == 0
    assert "A copy of it is made first" in done.err
    (copy,) = (tmp_path / "home" / "backups").glob("officer-*-before-m002_history.db")
    assert read_salt(copy) == old[:16]
    assert cppp(*command).err.count("brought up to date") == 0


@pytest.mark.parametrize("name", ["[red]Anna", "[1, 2]", "Anna_Maria {{ 7 }}", "[/]"])
def test_a_name_is_told_as_typed_whatever_it_looks_like(cppp, answers_file, name):
    from cppp_cli import paths

    given = (paths.examples() / "officer.toml").read_text(encoding="utf-8")
    line = next(line for line in given.splitlines() if line.startswith("full_name"))
    file = answers_file(lines=given.replace(line, f"full_name = {json.dumps(name)}"))
    assert cppp("init", "--change", "--answers", file, "--no-input").code == 0
    told = cppp("history")
    assert told.code == 0
    assert f"now: {name}\n" in told.out


def test_a_reason_cannot_write_on_the_terminal(cppp, reference, answers_file):
    file = answers_file(place="Room 9", amend_reason="wrong\u001b[2J \u202eroom")
    assert cppp("session", "amend", reference, "parent-a", "--answers", file, "--no-input").code == 0
    told = cppp("history", reference).out
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "wrong" in told


def test_a_hold_that_was_lifted_is_put_back_by_an_undo_and_said_so(cppp, reference):
    assert cppp("case", "hold", reference, "--for", "appeal").code == 0
    assert cppp("case", "hold", reference, "--lift", "appeal").code == 0
    shown = cppp("undo", "--preview").out
    assert "now:  lifted on: 2026-08-06" in shown
    assert "then: lifted on: none" in shown


def test_a_court_number_that_is_another_cases_reference_hides_nobody(cppp, shelf, answers_file):
    one, two = shelf.references.values()
    assert cppp("case", "edit", two, "--answers", answers_file(case_number=one), "--no-input").code == 0
    assert json.loads(cppp("case", "show", one, "--json").out)["result"]["case"] == one


# ---------------------------------------------------------------------------------- the plan


@pytest.fixture
def planned(look, shelf):
    """An entry of each family that is changed by a later command, term dates and a form for a parent."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.nights.terms import Period, TermDates
    from cppp_cli.store import ledger, parent_forms, terms

    def now():
        return "2026-08-06T09:00:00+00:00"

    def add(db, case_id, item, **said):
        stands = ledger.answers(db, case_id, item) | {path: Answer(value) for path, value in said.items()}
        ledger.add(db, case_id, item, {path: a for path, a in stands.items() if a.value != ""}, now)

    def plan(db):
        items = {}
        for family, case_id in shelf.cases.items():
            day = date(2026, 9, 3)
            db.recorder.begin("agreement log", lambda: datetime(2026, 8, 6, 9, tzinfo=UTC))
            items[family] = ledger.new_entry(db, case_id)
            said = {"topic": "money", "state": "not_agreed", "asked_a": f"Halves, of {family}"}
            add(db, case_id, items[family], **said, review_on="2027-01-11")
            terms.replace(db, case_id, (2,), TermDates((Period(day, day, "inset", f"Inset day of {family}"),)))
            db.recorder.begin("agreement form", lambda: datetime(2026, 8, 6, 9, tzinfo=UTC))
            parent_forms.add(db, case_id, "A", f"TOKEN-{family}", "yes, by e-mail", now)
            parent_forms.mark_read(db, f"TOKEN-{family}", now)
            db.recorder.begin("agreement log", lambda: datetime(2026, 8, 6, 9, tzinfo=UTC))
            add(db, case_id, items[family], state="for_court", asked_a=f"Thirds, of {family}", review_on="")
        return items

    return look(plan)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_history_tells_the_plan_in_the_words_of_its_questions(cppp, shelf, planned, family):
    reference, item = shelf.references[family], planned[family].replace(".", " ")
    first, form, last = of_case(cppp, reference)[-3:]
    side_a = {"family-1": "Daniel", "family-2": "Leonie"}[family]
    lines = {line["what"]: (line["before"], line["after"]) for line in last["changes"]}
    assert lines == {
        f"The plan, {item} · Where does it stand?": ("they differ", "for the court to decide"),
        f"The plan, {item} · What did {side_a} ask for?": (f"Halves, of {family}", f"Thirds, of {family}"),
        f"The plan, {item} · When will both look at it again?": ("Monday 11 January 2027", ""),
    }
    lines = {line["what"]: (line["before"], line["after"]) for line in first["changes"]}
    assert lines[f"The plan, {item} · Which topic?"] == ("", "money and what the children need")
    dates = {line["after"]: line["before"] for line in first["changes"] if line["what"] == "Term dates of child 2"}
    assert f"2026-09-03, 2026-09-03, inset, Inset day of {family}" in dates
    assert any(dates.values()), "those of before are told as gone"
    assert {line["what"] for line in form["changes"]} == {"A form for a parent"}
    told = cppp("history", reference, "--full").out
    (other,) = set(FAMILIES) - {family}
    assert f"Halves, of {family}" in told
    assert f"of {other}" not in told
    assert "TOKEN" not in told
    assert "ledger" not in told


@pytest.mark.parametrize("family", FAMILIES)
def test_undo_of_the_plan_shows_what_stands_then(cppp, look, shelf, planned, family):
    reference = shelf.references[family]
    shown = cppp("undo", reference, "--preview").out
    assert f"now:  Thirds, of {family}" in shown
    assert f"then: Halves, of {family}" in shown
    assert cppp("undo", reference, "--yes").code == 0
    (last,) = (line for line in of_case(cppp, reference)[-1]["changes"] if "ask for" in line["what"])
    assert (last["before"], last["after"]) == (f"Thirds, of {family}", f"Halves, of {family}")
    assert look(history.verify) == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_wording_that_is_kept_is_told_and_for_which_children_it_was_agreed(cppp, look, shelf, family):
    from cppp_cli.programme.answers import Answer
    from cppp_cli.store import ledger

    case_id = shelf.cases[family]

    def keep(db):
        db.recorder.begin("agreement check", lambda: datetime(2026, 8, 6, 9, tzinfo=UTC))
        said = {"topic": "money", "state": "agreed", "wording": "Halves.", "children": ("all",),
                "yes_a_on": "2026-08-01", "yes_b_on": "2026-08-01", "kept.no-review": "trial_period"}  # fmt: skip
        item = ledger.new_entry(db, case_id)
        ledger.add(db, case_id, item, {p: Answer(v) for p, v in said.items()}, lambda: "2026-08-06T09:00:00+00:00")
        return ledger.answers(db, case_id, item).keys() - said.keys()

    assert look(keep) == {"agreed_for"}
    lines = {
        line["what"].partition(" · ")[2]: line["after"]
        for line in of_case(cppp, shelf.references[family])[-1]["changes"]
    }
    assert lines["Wording that is meant to be so: no-review"] == "trial period"
    assert lines["Which children is it about?"] == "all the children"
    children = {"family-1": "Isla, Theo", "family-2": "Isaac, Thea"}
    assert lines["Agreed for these children"] == children[family]
    assert len(lines) == 8
    shown = cppp("undo", shelf.references[family], "--preview").out
    assert f"Agreed for these children – {children[family]}\n" in shown


def test_what_a_draft_of_the_plan_was_begun_from_is_not_told(cppp, look, shelf):
    from cppp_cli.programme.answers import Answer
    from cppp_cli.store import ledger
    from cppp_cli.store.ledger_sheet import BEGUN_FROM

    case_id, reference = shelf.cases["family-1"], shelf.references["family-1"]

    def draft(db):
        db.recorder.begin("agreement log", lambda: datetime(2026, 8, 6, 9, tzinfo=UTC))
        sheet = ledger.LedgerSheet(db, case_id, ledger.new_entry(db, case_id))
        sheet.put("topic", Answer("money"))
        return next(iter(db.query("SELECT value FROM form_answer WHERE path = ?", [BEGUN_FROM])))["value"]

    mark = json.loads(look(draft))
    told = cppp("history", reference, "--full").out + cppp("history", reference, "--json").out
    assert mark not in told
    assert "begun" not in told
