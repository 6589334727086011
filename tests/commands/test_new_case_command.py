from __future__ import annotations

import pytest

from cppp_cli.store import appointments, cases

EMPTY = "empty"


@pytest.fixture
def new(cppp, at_stage, answers_file):
    """Open a case of a family in a file without cases, with some answers changed."""
    at_stage(EMPTY)

    def run(family="family-1", *more, lines="", **changes):
        return cppp("new-case", "--answers", answers_file(family, lines=lines, **changes), "--no-input", *more)

    return run


def rows(db):
    """How many rows each table has, but for the officer and the history that begins with them."""
    apart = {"officer", "_sqlite_migrations", "sqlite_sequence", "unit", "change", "link"}
    return {t.name: t.count for t in db.tables if t.name not in apart and t.count}


@pytest.mark.parametrize(("family", "number"), [("family-1", "ZE26P01234"), ("family-2", "ZE26P01243")])
def test_a_case_is_opened_screened_and_planned(new, look, family, number):
    done = new(family)
    assert done.code == 0
    case_id = look(lambda db: cases.find(db, number))
    case = look(lambda db: cases.load(db, case_id))
    assert case.reference in done.out
    assert "Joint session" in done.out
    assert "planned, not booked" in done.err
    assert case.state.value == "consented"
    planned = look(lambda db: appointments.current(db, case_id))
    assert {a.state for a in planned.values()} == {"planned"}
    assert len(planned) == 8


def test_the_answers_may_come_on_standard_input(cppp, at_stage, answers_file, look):
    at_stage(EMPTY)
    text = answers_file("family-2").read_text(encoding="utf-8")
    assert cppp("new-case", "--answers", "-", stdin=text).code == 0
    assert len(look(cases.listed)) == 1


def test_everything_missing_is_named_at_once_and_nothing_is_kept(new, look):
    done = new("family-1", court=None, route=None, adults__2__consent_on=None, children__1__born=None)
    assert (done.code, done.out) == (3, "")
    for path in ("route", "adults.2.consent_on", "children.1.born"):
        assert f"  {path}: " in done.err
    assert look(rows) == {}


def test_with_no_answers_at_all_nothing_is_kept(cppp, at_stage, look):
    at_stage(EMPTY)
    done = cppp("new-case", "--no-input")
    assert (done.code, done.out) == (3, "")
    assert "case_number" in done.err
    assert look(rows) == {}


def test_with_nobody_to_ask_nothing_is_kept(cppp, at_stage, look):
    at_stage(EMPTY)
    for _ in range(2):
        done = cppp("new-case")
        assert (done.code, done.out) == (3, "")
        assert "--answers" in done.err
    assert look(rows) == {}


@pytest.mark.parametrize(
    ("changes", "path", "says"),
    [
        ({"order_date": "31 February 2026"}, "order_date", ""),
        ({"order_date": "2026-08-07"}, "order_date", "still to come"),
        ({"children__1__born": "2026-08-07"}, "children.1.born", "born after today"),
        ({"hearing_on": "2026-06-01"}, "hearing_on", "before the order"),
        ({"report_due": "2026-06-01"}, "report_due", "before the order"),
        ({"adults__2__full_name": "daniel  ASHDOWN"}, "adults.2.full_name", "already on file"),
        ({"adults__2__side": "A", "adults__2__role": "applicant"}, "adults.2.more", "side B"),
        ({"route": "by post"}, "route", "Choose one of"),
        ({"adults__1__willing": True}, "adults.1.willing", "Choose one of"),
        ({"judge": "two\nlines"}, "judge", "one line"),
        ({"judge": "x" * 2_001}, "judge", "2,000"),
        ({"judge": 7}, "judge", "text"),
        ({"court": {"skip": "not known"}}, "court", "cannot be skipped"),
        ({"judge": {"skip": "no idea"}}, "judge", "A skip is one of"),
        ({"jugde": "x"}, "jugde", "Did you mean judge"),
        ({"children__3__hobby": "x"}, "children.3.hobby", "no such question"),
        ({"guardian": "Helen"}, "guardian", "does not apply"),
    ],
)
def test_bad_input_is_told_with_what_to_enter_instead(new, look, changes, path, says):
    done = new("family-1", **changes)
    assert (done.code, done.out) == (3, "")
    line = next(line for line in done.err.splitlines() if line.startswith(f"  {path}: "))
    assert says in line
    assert look(rows) == {}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"court = ", "not a valid answers file"),
        (b"\xff\xfe", "UTF-8"),
        (None, "cannot be read"),
        (b"a = 1\na = 2\n", "not a valid"),
    ],
)
def test_a_file_that_is_no_answers_file_is_told(cppp, at_stage, look, tmp_path, content, says):
    at_stage(EMPTY)
    path = tmp_path / "answers.toml"
    if content is not None:
        path.write_bytes(content)
    done = cppp("new-case", "--answers", path, "--no-input")
    assert (done.code, done.out) == (3, "")
    assert says in done.err
    assert look(rows) == {}


def test_an_odd_case_number_is_kept(new, look):
    assert new("family-1", case_number="Nr. 7/26 (old)").code == 0
    (case,) = look(cases.listed)
    assert case.number == "Nr. 7/26 (old)"


@pytest.mark.parametrize(
    "changes", [{"adults__2__willing": "not_met"}, {"screening__no_other_safety__result": {"skip": "not known"}}]
)
def test_a_case_that_does_not_pass_is_kept_and_not_started(new, cppp, look, changes):
    gone = {"day_zero": None}
    if "adults__2__willing" in changes:
        gone |= {"adults__2__consent_on": None, "adults__2__consent_way": None}
    done = new("family-1", **changes, **gone)
    assert done.code == 0
    assert "does not start yet" in done.out
    (case,) = look(cases.listed)
    assert case.state.value == "referred"
    refused = cppp("session", "log", case.reference, "parent-a", "--no-input")
    assert (refused.code, refused.out) == (4, "")
    assert "cppp case edit" in refused.err
    assert cppp("schedule", "show", case.reference).code == 4


def test_questions_print_every_question_and_need_no_file(run_cppp):
    done = run_cppp("new-case", "--questions")
    assert (done.code, done.err) == (0, "")
    for path in (
        "case_number",
        "adults.1.full_name",
        "children.1.adults.1.relation",
        "screening.court_involved.result",
    ):
        assert f"# {path} = " in done.out


def test_the_file_of_answers_is_spoken_of_and_stays(new, tmp_path):
    assert "Delete it" in new("family-1").err
    assert (tmp_path / "answers.toml").exists(), "nobody was asked, so nothing is deleted"
