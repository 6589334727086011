from __future__ import annotations

import json
from datetime import date

import pytest

from cppp_cli.store import appointments


@pytest.fixture
def opened(cppp, at_stage):
    """Both cases opened and nothing held yet, on the day after."""
    at_stage("opened")
    return cppp


@pytest.fixture(autouse=True)
def early(monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", "2026-06-12")


def history(look, shelf, family="family-1"):
    return look(lambda db: appointments.history(db, shelf.cases[family]))


def current(look, shelf, family="family-1"):
    return look(lambda db: appointments.current(db, shelf.cases[family]))


@pytest.mark.parametrize("family", ["family-1", "family-2"])
def test_the_table_the_strip_and_the_dates_of_the_court_are_shown(opened, shelf, families, family):
    done = opened("schedule", "show", shelf.references[family])
    assert done.code == 0
    given = families.load(family)["new-case"]
    for key in ("report_due", "hearing_on", "day_zero"):
        day = given[key]
        assert f"{day.day} {day:%b} {day.year}" in done.out
    assert sum("week" in line for line in done.out.splitlines()) >= 12
    assert done.out.count("planned") == 8
    assert not any(name in done.out for name in ("Ashdown", "Isla", "Isaac"))


def test_for_scripts_the_steps_come_with_dates_and_states(cppp, shelf, monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", "2026-08-06")
    data = json.loads(cppp("schedule", "show", shelf.references["family-1"], "--json").out)
    steps = data["result"]["steps"]
    assert [(s["step"], s["on"], s["state"]) for s in steps[:4]] == [
        ("parent-a", "2026-06-16", "held"), ("parent-b", "2026-06-18", "held"),
        ("child", "2026-07-08", "held"), ("joint", "2026-07-29", "held"),
    ]  # fmt: skip
    assert [date.fromisoformat(s["on"]) for s in steps] == sorted(date.fromisoformat(s["on"]) for s in steps)
    assert data["warnings"]


def test_a_move_keeps_the_old_day_and_the_reason(opened, look, shelf):
    before = current(look, shelf)["child"]
    done = opened(
        "schedule",
        "move",
        shelf.references["family-1"],
        "child",
        "--to",
        "2026-07-06",
        "--time",
        "15:30",
        "--reason",
        "child",
    )
    assert done.code == 0
    now = current(look, shelf)["child"]
    assert (now.on, f"{now.at:%H:%M}", now.state, now.chosen) == (date(2026, 7, 6), "15:30", "planned", True)
    (old,) = [a for a in history(look, shelf) if a.state == "moved"]
    assert (old.step, old.on, old.reason) == ("child", before.on, "the child's needs")
    assert "Mon 6 Jul 2026 15:30" in done.out
    assert current(look, shelf, "family-2") == current(look, shelf, "family-2")


def test_what_follows_is_planned_around_a_move_and_another_chosen_day_stays(opened, look, shelf):
    reference = shelf.references["family-1"]
    opened("schedule", "move", reference, "joint", "--to", "2026-07-27", "--reason", "venue")
    opened("schedule", "move", reference, "child", "--to", "2026-07-20", "--reason", "illness")
    now = current(look, shelf)
    assert (now["joint"].on, now["child"].on) == (date(2026, 7, 27), date(2026, 7, 20))
    assert all(now[step].on > now["joint"].on for step in ("draft", "filing"))
    twice = [a for a in history(look, shelf) if a.chosen]
    assert [(a.step, a.on) for a in twice] == [("joint", date(2026, 7, 27)), ("child", date(2026, 7, 20))]


def test_days_may_be_typed_as_an_officer_says_them(opened, look, shelf):
    assert (
        opened(
            "schedule", "move", shelf.references["family-1"], "parent-a", "--to", "next wed", "--reason", "officer"
        ).code
        == 0
    )
    assert current(look, shelf)["parent-a"].on == date(2026, 6, 17)


def test_a_day_on_which_nobody_works_is_taken_and_remarked_on(opened, look, shelf):
    done = opened("schedule", "move", shelf.references["family-1"], "child", "--to", "2026-07-04", "--reason", "child")
    assert done.code == 0
    assert "Saturday 4 July 2026" in done.err
    assert current(look, shelf)["child"].on == date(2026, 7, 4)


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere", "--to", "2026-07-06", "--reason", "child"),
        ("child", "--to", "2026-07-06", "--reason", "because Isla is ill"),
        ("child", "--to", "31 June 2026", "--reason", "child"),
        ("child", "--to", "whenever", "--reason", "child"),
        ("child", "--to", "2026-07-06", "--time", "25:00", "--reason", "child"),
        ("child", "--reason", "child"),
    ],
)
def test_a_move_that_cannot_be_is_told_and_changes_nothing(opened, look, shelf, words):
    before = history(look, shelf)
    done = opened("schedule", "move", shelf.references["family-1"], *words)
    assert (done.code, done.out) == (2, "")
    assert history(look, shelf) == before


def test_without_a_reason_and_nobody_to_ask_nothing_is_moved(opened, look, shelf):
    before = history(look, shelf)
    done = opened("schedule", "move", shelf.references["family-1"], "child", "--to", "2026-07-06")
    assert (done.code, done.out) == (2, "")
    assert "--reason" in done.err
    assert history(look, shelf) == before


# ---------------------------------------------------------------------------------- the joint session


@pytest.mark.parametrize("forbids", ["yes", "not_known"])
def test_a_joint_session_is_not_confirmed_while_an_order_may_forbid_it(opened, look, shelf, answers_file, forbids):
    reference = shelf.references["family-1"]
    words = ("schedule", "move", reference, "joint", "--to", "2026-07-27", "--reason", "officer", "--confirmed")
    order = {"adults__2__has_restrictions": "yes", "adults__2__restrictions__1__kind": "bail condition",
             "adults__2__restrictions__1__terms": "Not to come to Larkspur Close", "adults__2__restrictions__1__ends_on": "2026-07-10"}  # fmt: skip
    path = answers_file(**order, adults__2__restrictions__1__forbids_meeting=forbids)
    assert opened("case", "edit", reference, "--answers", path, "--no-input").code == 0
    before = history(look, shelf)
    done = opened(*words)
    assert (done.code, done.out) == (4, "")
    assert "stays planned" in done.err
    assert history(look, shelf) == before
    assert opened(*words[:-1]).code == 0, "it may be planned"
    assert opened("schedule", "move", shelf.references["family-2"], *words[3:]).code == 0, (
        "the other family is free to meet"
    )
    path = answers_file(adults__2__restrictions__1__forbids_meeting="no")
    assert opened("case", "edit", reference, "--answers", path, "--no-input").code == 0
    assert opened(*words).code == 0
    assert current(look, shelf)["joint"].state == "confirmed"


def test_an_open_adjustment_and_open_safety_stand_in_the_way_too(opened, look, shelf, answers_file):
    reference = shelf.references["family-1"]
    words = ("schedule", "move", reference, "joint", "--to", "2026-07-27", "--reason", "officer", "--confirmed")
    edit = ("case", "edit", reference, "--no-input", "--answers")
    assert opened(*edit, answers_file(adults__2__adjustments_open="yes")).code == 0
    assert opened(*words).code == 4
    assert opened(*edit, answers_file(adults__2__adjustments_open="no")).code == 0
    assert opened(*words).code == 0
    session = answers_file("family-1", "parent-a", safety_open="yes", held_on="2026-06-11")
    assert opened("session", "log", reference, "parent-a", "--no-input", "--answers", session).code == 0
    assert opened(*words).code == 4


def test_another_session_is_confirmed_whatever_stands_in_the_way_of_the_joint_one(opened, look, shelf, answers_file):
    reference = shelf.references["family-1"]
    opened("case", "edit", reference, "--no-input", "--answers", answers_file(adults__2__adjustments_open="yes"))
    assert (
        opened("schedule", "move", reference, "child", "--to", "2026-07-06", "--reason", "child", "--confirmed").code
        == 0
    )
    assert current(look, shelf)["child"].state == "confirmed"


def test_without_day_zero_there_is_no_timetable(opened, look, shelf):
    look(lambda db: db.execute("UPDATE case_file SET day_zero = NULL WHERE id = ?", [shelf.cases["family-1"]]))
    for words in (("show", "--json"), ("show",), ("move", "child", "--to", "2026-07-06", "--reason", "child")):
        done = opened("schedule", words[0], shelf.references["family-1"], *words[1:])
        assert done.code == 4
        assert "day 0" in done.err
    assert opened("schedule", "show", shelf.references["family-2"]).code == 0
