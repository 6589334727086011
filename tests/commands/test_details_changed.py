from __future__ import annotations

from cppp_cli.store import appointments, cases, officer, sessions


def test_the_officers_details_change_and_the_rest_stays(cppp, look, answers_file, tmp_path):
    before = look(officer.load)
    changes = answers_file(name="me.toml", team="Southbridge team", documents=str(tmp_path / "elsewhere"))
    done = cppp("init", "--change", "--answers", changes, "--no-input")
    assert done.code == 0, done.err
    after = look(officer.load)
    assert (after.team, after.documents) == ("Southbridge team", str(tmp_path / "elsewhere"))
    assert after.full_name == before.full_name
    assert after.working_days == before.working_days


def test_changing_the_working_days_moves_no_day_that_stands(cppp, look, answers_file):
    def planned(db):
        return {case.reference: appointments.current(db, case.id) for case in cases.listed(db)}

    before = look(planned)
    assert cppp("init", "--change", "--answers", answers_file(working_days=["Friday"]), "--no-input").code == 0
    assert look(planned) == before


def test_the_first_screen_says_that_a_draft_waits(cppp, look, shelf):
    def begin(db):
        sessions.begin(db, cases.find(db, shelf.references["family-2"]), "other", lambda: "2026-08-06T10:42:00+00:00")

    assert "draft waiting" not in cppp().out
    look(begin)
    lines = [line for line in cppp().out.splitlines() if "draft waiting" in line]
    assert len(lines) == 1
    assert lines[0].startswith(shelf.references["family-2"])


def test_a_case_shows_its_screening_and_what_keeps_the_sides_apart(cppp, shelf):
    done = cppp("case", "show", shelf.references["family-2"])
    assert "not known, departed from" in done.out
    assert "have not spent time with their father since March 2026" in done.out
    assert "Daniel" not in done.out
