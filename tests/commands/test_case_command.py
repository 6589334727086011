from __future__ import annotations

import json

import pytest

from cppp_cli.store import cases, sessions

ONLY_IN = {
    "family-1": ("Isla Ashdown", "Theo Ashdown", "Leanne Ashdown", "Daniel Ashdown", "Gareth Poole", "Fairweather"),
    "family-2": ("Isaac Ashdown", "Thea Ashdown", "Leonie Ashdown", "Margaret Ashdown", "Helen Marsh", "Fairbrother"),
}


def state_of(look, case_id):
    return look(lambda db: cases.load(db, case_id)).state.value


def test_the_list_has_both_cases_soonest_first(cppp, shelf):
    done = cppp("case", "list")
    assert (done.code, done.err) == (0, "")
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert [line[0] for line in lines[1:]] == [shelf.references["family-2"], shelf.references["family-1"]]
    assert "\x1b" not in done.out
    assert "Ashdown" not in done.out, "a list shows initials only"


def test_an_empty_list_says_how_to_begin(cppp, at_stage):
    at_stage("empty")
    done = cppp("case", "list")
    assert (done.code, done.out) == (0, "")
    assert "cppp new-case" in done.err


@pytest.mark.parametrize("family", ONLY_IN)
def test_a_case_shows_its_own_people_and_nobody_of_the_other(cppp, shelf, family):
    done = cppp("case", "show", shelf.references[family])
    assert done.code == 0
    (other,) = set(ONLY_IN) - {family}
    assert [name for name in ONLY_IN[family] if name not in done.out] == []
    assert [name for name in ONLY_IN[other] if name in done.out] == []


def test_two_people_of_one_name_are_both_shown(cppp, shelf, look):
    """The guardian's firm may be the solicitor's too, and two children may share a name."""
    from cppp_cli.programme.answers import Answer

    def put(db):
        sheet = cases.sheet(db, shelf.cases["family-2"], lambda: "2026-08-06T09:00:00+00:00")
        sheet.put("guardian", Answer("Pike & Co"))
        sheet.put("child_solicitor", Answer("Pike & Co"))
        sheet.put("children.2.full_name", Answer("Isaac Ashdown"))

    look(put)
    out = cppp("case", "show", shelf.references["family-2"]).out
    assert "children's guardian" in out
    assert "children's solicitor" in out
    assert "14 May 2017" in out
    assert "9 Dec 2022" in out


def test_a_case_without_a_command_is_shown_as_today(cppp, shelf):
    done = cppp()
    assert done.code == 0
    assert "6 August 2026" in done.out
    assert all(reference in done.out for reference in shelf.references.values())


def test_a_fact_is_corrected_and_the_rest_stays(cppp, shelf, look, answers_file):
    case_id = shelf.cases["family-1"]
    before = look(lambda db: cases.sheet(db, case_id, str).answers())
    path = answers_file(judge="District Judge Oakes", children__2__born="2019-09-13")
    done = cppp("case", "edit", shelf.references["family-1"], "--answers", path, "--no-input")
    assert done.code == 0
    after = look(lambda db: cases.sheet(db, case_id, str).answers())
    assert {p: a.value for p, a in after.items() if before.get(p) != a} == {
        "judge": "District Judge Oakes", "children.2.born": "2019-09-13",
    }  # fmt: skip
    assert state_of(look, case_id) == "completed", "a correction does not move the case"


def test_an_edit_with_a_fault_changes_nothing(cppp, shelf, look, answers_file):
    case_id = shelf.cases["family-1"]
    before = look(lambda db: cases.sheet(db, case_id, str).answers())
    path = answers_file(judge="District Judge Oakes", order_date="2026-09-30")
    done = cppp("case", "edit", shelf.references["family-1"], "--answers", path, "--no-input")
    assert (done.code, done.out) == (3, "")
    assert look(lambda db: cases.sheet(db, case_id, str).answers()) == before


@pytest.mark.parametrize(("group", "number"), [("children", 2), ("adults", 3)])
def test_somebody_a_session_speaks_of_cannot_be_taken_out_of_the_case(cppp, shelf, look, answers_file, group, number):
    """Otherwise their words would have no speaker."""
    case_id = shelf.cases["family-2"]
    before = look(lambda db: cases.load(db, case_id))
    path = answers_file(**{f"{group}__{number - 1}__more": "no"})
    done = cppp("case", "edit", shelf.references["family-2"], "--answers", path, "--no-input")
    assert (done.code, done.out) == (4, "")
    assert look(lambda db: cases.load(db, case_id)) == before
    assert cppp("session", "show", shelf.references["family-2"], "child").code == 0


def test_before_any_session_a_person_can_be_taken_out_again(cppp, shelf, look, at_stage, answers_file):
    at_stage("opened")
    path = answers_file(children__1__more="no")
    assert cppp("case", "edit", shelf.references["family-1"], "--answers", path, "--no-input").code == 0
    case = look(lambda db: cases.load(db, shelf.cases["family-1"]))
    assert [child.full_name for child in case.children] == ["Isla Ashdown"]
    assert [relation.child for relation in case.relations] == [1, 1]
    assert len(look(lambda db: cases.load(db, shelf.cases["family-2"])).children) == 2


def test_a_case_that_now_passes_is_opened_by_an_edit(cppp, at_stage, look, answers_file):
    at_stage("empty")
    closed = answers_file("family-1", screening__no_other_safety__result="not_met", day_zero=None)
    assert cppp("new-case", "--answers", closed, "--no-input").code == 0
    (case,) = look(cases.listed)
    assert case.state.value == "referred"
    done = cppp("case", "edit", case.reference, "--answers",
                answers_file(screening__no_other_safety__result="met", day_zero="2026-06-08"), "--no-input")  # fmt: skip
    assert done.code == 0
    assert state_of(look, case.id) == "consented"


@pytest.mark.parametrize(
    ("stage", "command", "code", "after"),
    [
        ("opened", "pause", 0, "paused"),
        ("opened", "resume", 4, "consented"),
        ("filled", "pause", 4, "completed"),
        ("filled", "resume", 4, "completed"),
    ],
)
def test_a_case_is_paused_and_resumed_only_when_that_applies(cppp, shelf, look, at_stage, stage, command, code, after):
    at_stage(stage)
    assert cppp("case", command, shelf.references["family-1"]).code == code
    assert state_of(look, shelf.cases["family-1"]) == after
    assert state_of(look, shelf.cases["family-2"]) in {"consented", "completed"}


def test_a_paused_case_goes_on(cppp, shelf, look, at_stage):
    at_stage("opened")
    cppp("case", "pause", shelf.references["family-1"])
    assert cppp("case", "pause", shelf.references["family-1"]).code == 4
    assert cppp("case", "resume", shelf.references["family-1"]).code == 0
    assert state_of(look, shelf.cases["family-1"]) == "in_progress"


# ---------------------------------------------------------------------------------- back to court

REASON = "He told me in confidence that he no longer wants to."


def test_a_return_keeps_the_reason_in_the_file_and_the_sentence_for_the_report(
    cppp, shelf, look, answers_file, tmp_path
):
    reference = shelf.references["family-1"]
    done = cppp("case", "return", reference, "--answers", answers_file(on="2026-08-05", reason=REASON), "--no-input")
    assert done.code == 0
    assert "16A" in done.err
    assert REASON not in done.out + done.err
    case = look(lambda db: cases.load(db, shelf.cases["family-1"]))
    assert (case.state.value, case.returned.reason) == ("returned", REASON)
    assert not any(word in case.returned.sentence for word in ("Daniel", "Leanne", "withdrew", "confidence"))
    assert cppp("report", reference, "--no-input", "--out", tmp_path / "out", "--format", "md").code == 0
    (report,) = (tmp_path / "out").glob("*.md")
    text = report.read_text(encoding="utf-8")
    assert case.returned.sentence in text
    assert "confidence" not in text
    again = cppp("case", "return", reference, "--answers", answers_file(reason="x"), "--no-input")
    assert (again.code, again.out) == (4, "")
    assert look(lambda db: cases.load(db, shelf.cases["family-1"])).returned == case.returned


def test_a_return_needs_its_reason(cppp, shelf, look):
    done = cppp("case", "return", shelf.references["family-1"], "--no-input")
    assert (done.code, done.out) == (3, "")
    assert "reason" in done.err
    assert look(lambda db: cases.load(db, shelf.cases["family-1"])).returned is None


def test_a_return_on_a_day_to_come_is_refused(cppp, shelf, answers_file):
    path = answers_file(on="2026-08-07", reason=REASON)
    assert cppp("case", "return", shelf.references["family-1"], "--answers", path, "--no-input").code == 3


# ---------------------------------------------------------------------------------- with an officer at the prompts


@pytest.fixture
def officer(monkeypatch):
    """Somebody at the prompts who gives these replies in turn, and is gone when there are no more."""
    from cppp_cli.commands import office
    from cppp_cli.interview.asking import Left

    asked = []

    class Asker:
        def __init__(self, replies):
            self.replies = iter(replies)

        def ask(self, prompt):
            asked.append(prompt.text)
            reply = next(self.replies, None)
            if reply is None:
                raise Left("")
            return reply

        def say(self, text):
            asked.append(text)

        def section(self, title, text):
            asked.extend((title, text))

    def answer(*replies):
        asker = Asker(replies)
        monkeypatch.setattr(office, "asker", lambda **_: asker)
        return asked

    return answer


def test_a_concern_during_a_return_leaves_the_case_as_it_is(cppp, shelf, look, officer):
    """It ends the prompts, keeps the note, and returns nothing by halves."""
    from cppp_cli.interview.asking import Command

    officer("2026-08-05", Command.STOP, "She said she is afraid", "", "", "", "", "", "", "yes", "yes", "")
    done = cppp("case", "return", shelf.references["family-1"])
    assert done.code == 130
    assert look(lambda db: cases.load(db, shelf.cases["family-1"])).returned is None
    assert [n["words"] for n in look(lambda db: sessions.notes(db, shelf.cases["family-1"]))] == [
        "She said she is afraid"
    ]


def test_a_concern_during_new_case_keeps_the_draft_a_draft(cppp, look, at_stage, officer):
    from cppp_cli.interview.asking import Command

    at_stage("empty")
    officer("ZE26P01234", Command.STOP, "She said she is afraid", "", "", "", "", "", "", "yes", "yes", "")
    done = cppp("new-case")
    assert done.code == 130
    (draft,) = look(cases.listed)
    assert (draft.state.value, draft.number) == ("draft", "ZE26P01234")
    assert [n["words"] for n in look(lambda db: sessions.notes(db, draft.id))] == ["She said she is afraid"]


def test_leaving_new_case_keeps_every_answer_and_offers_it_again(cppp, look, at_stage, officer):
    at_stage("empty")
    officer("ZE26P01234", "Northbridge", "DJ Oakes")
    done = cppp("new-case")
    assert done.code == 130
    assert "cppp new-case" in done.err
    (draft,) = look(cases.listed)
    answers = look(lambda db: cases.sheet(db, draft.id, str).answers())
    assert {path: a.value for path, a in answers.items()} == {
        "case_number": "ZE26P01234",
        "court": "Northbridge",
        "judge": "DJ Oakes",
    }
    asked = officer("discard", "ZE26P09999")
    assert cppp("new-case").code == 130
    assert any(
        text.startswith("Found: a new case not finished, from Thursday 6 August 2026, 09:00, 3 answers")
        for text in asked
    )
    (draft,) = look(cases.listed)
    assert draft.number == "ZE26P09999"


@pytest.mark.parametrize("command", [("case", "list"), ("case", "show", "CASE")])
def test_what_is_shown_plainly_has_one_labelled_line_for_each_thing(cppp, shelf, command):
    words = [shelf.references["family-1"] if word == "CASE" else word for word in command]
    done = cppp("--plain", *words)
    assert done.code == 0
    assert done.out.isprintable() is False
    assert not set(done.out) & set("│─┌┐└┘╭╮╰╯━┃")


def test_json_of_a_case_leaves_out_how_to_reach_anybody(cppp, shelf):
    done = cppp("case", "show", shelf.references["family-1"], "--json")
    text = json.dumps(json.loads(done.out))
    assert "Isla Ashdown" in text
    assert not any(word in text for word in ("01632", "Larkspur", "Tanner", "@"))
