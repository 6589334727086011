from __future__ import annotations

import json

import pytest

from cppp_cli.store import cases, sessions

ORDER = ("parent-a", "parent-b", "child", "joint")


@pytest.fixture
def log(cppp, shelf, answers_file, families):
    """Log a session of a family from its answers file, with some answers changed."""

    def run(family, step, *more, kind=None, **changes):
        path = answers_file(family, step, **changes)
        for picture in ("isla-drawing.png", "isaac-drawing.png"):
            found = next(families.EXAMPLES.glob(f"*/{picture}"))
            (path.parent / picture).write_bytes(found.read_bytes())
        return cppp("session", "log", shelf.references[family], kind or step, "--answers", path, "--no-input", *more)

    return run


def of_case(look, shelf, family):
    return look(lambda db: sessions.of_case(db, shelf.cases[family]))


def test_the_four_sessions_are_logged_one_after_another(log, look, shelf, at_stage):
    at_stage("opened")
    states = []
    for number, step in enumerate(ORDER):
        done = log("family-1", step)
        assert done.code == 0
        assert done.out == f"Session {step} is saved: held.\n"
        assert (f"the {ORDER[number + 1]} session" if step != "joint" else "cppp report") in done.err
        states.append(look(lambda db: cases.load(db, shelf.cases["family-1"])).state.value)
    assert states == ["in_progress", "in_progress", "in_progress", "completed"]
    assert [s.name for s in of_case(look, shelf, "family-1")] == list(ORDER)
    assert of_case(look, shelf, "family-2") == ()


def test_with_none_named_the_next_due_one_is_logged(cppp, shelf, look, at_stage, answers_file):
    at_stage("opened")
    done = cppp(
        "session", "log", shelf.references["family-2"], "--answers", answers_file("family-2", "parent-a"), "--no-input"
    )
    assert done.code == 0
    assert [s.name for s in of_case(look, shelf, "family-2")] == ["parent-a"]


@pytest.mark.parametrize("outcome", ["did_not_attend", "cancelled"])
def test_a_session_that_was_not_held_is_recorded_and_still_due(cppp, shelf, look, at_stage, answers_file, outcome):
    at_stage("opened")
    path = answers_file(outcome=outcome, outcome_reason="ill", held_on="2026-08-05")
    assert cppp("session", "log", shelf.references["family-1"], "parent-a", "--answers", path, "--no-input").code == 0
    (session,) = of_case(look, shelf, "family-1")
    assert (session.outcome, session.counts) == (outcome, False)
    assert look(lambda db: cases.load(db, shelf.cases["family-1"])).state.value == "consented"


@pytest.mark.parametrize(
    ("step", "changes", "path"),
    [
        ("parent-a", {"came": ["adults.2"]}, "came"),
        ("parent-a", {"came": ["Daniel Ashdown", "Leanne Ashdown"]}, "came"),
        ("parent-a", {"ends_at": "09:00"}, "ends_at"),
        ("parent-a", {"held_on": "2026-08-07"}, "held_on"),
        ("parent-a", {"scale_conflict": 11}, "scale_conflict"),
        ("child", {"statements__1__child": "3"}, "statements.1.child"),
        ("child", {"statements__1__wish": ["court", "nobody"]}, "statements.1.wish"),
        ("child", {"statements__1__wish": None}, "statements.1.wish"),
        ("child", {"letters__1__picture": "nowhere.png"}, "letters.1.picture"),
        ("child", {"letters__1__picture": "answers.toml"}, "letters.1.picture"),
        ("child", {"children__2__seen": "seen_alone", "came": ["children.1"]}, "children.2.seen"),
        ("joint", {"came": ["adults.1"]}, "came"),
        ("joint", {"topics__5__wording": None}, "topics.5.wording"),
        ("joint", {"topics__5__children": ["all", "2"]}, "topics.5.children"),
        ("joint", {"review_on": "2026-07-01"}, "review_on"),
    ],
)
def test_a_session_with_a_fault_is_not_kept_at_all(log, look, shelf, at_stage, step, changes, path):
    at_stage("opened")
    done = log("family-1", step, **changes)
    assert (done.code, done.out) == (3, "")
    assert any(line.startswith(f"  {path}: ") for line in done.err.splitlines())
    assert of_case(look, shelf, "family-1") == ()
    assert look(lambda db: db.table("picture").count) == 0


def test_without_answers_no_empty_draft_is_left(cppp, shelf, look, at_stage):
    at_stage("opened")
    for more in ((), ("--no-input",)):
        done = cppp("session", "log", shelf.references["family-1"], "parent-a", *more)
        assert (done.code, done.out) == (3, "")
        assert of_case(look, shelf, "family-1") == ()


def test_a_name_that_is_no_session_is_told(cppp, shelf):
    done = cppp("session", "log", shelf.references["family-1"], "mother", "--no-input")
    assert (done.code, done.out) == (2, "")
    assert "parent-a, parent-b, child, joint, other" in done.err


def test_a_joint_session_while_an_order_forbids_meeting_needs_a_reason(log, cppp, look, shelf, at_stage, answers_file):
    at_stage("opened")
    order = answers_file(
        adults__2__has_restrictions="yes", adults__2__restrictions__1__kind="non-molestation order",
        adults__2__restrictions__1__forbids_meeting="yes",
    )  # fmt: skip
    assert cppp("case", "edit", shelf.references["family-1"], "--answers", order, "--no-input").code == 0
    done = log("family-1", "joint")
    assert done.code == 3
    assert "held_despite" in done.err
    assert of_case(look, shelf, "family-1") == ()
    assert log("family-1", "joint", held_despite="The order was discharged that morning.").code == 0


# ---------------------------------------------------------------------------------- looking


@pytest.mark.parametrize("family", ["family-1", "family-2"])
def test_a_session_is_shown_by_name_or_number_with_its_own_words_only(cppp, shelf, look, families, family):
    (other,) = set(families.FAMILIES) - {family}
    for session in of_case(look, shelf, family):
        by_name = cppp("session", "show", shelf.references[family], session.name)
        assert by_name.code == 0
        assert cppp("session", "show", shelf.references[family], session.id).out == by_name.out
        mine, theirs = (
            [
                v
                for v in families.load(f)[session.name].values()
                if isinstance(v, str) and 30 < len(v) < 150 and "\n" not in v
            ]
            for f in (family, other)
        )
        assert [words for words in mine if words not in by_name.out] == []
        assert [words for words in theirs if words in by_name.out] == []


def test_a_session_of_the_other_case_is_not_shown_in_this_one(cppp, shelf, look):
    for session in of_case(look, shelf, "family-2"):
        done = cppp("session", "show", shelf.references["family-1"], session.id)
        assert (done.code, done.out) == (6, "")


def test_a_session_shown_for_scripts_holds_every_answer(cppp, shelf, look, families):
    for family in families.FAMILIES:
        for session in of_case(look, shelf, family):
            shown = json.loads(cppp("session", "show", shelf.references[family], session.id, "--json").out)["result"]
            assert shown["session"] == session.name
            assert shown["answers"] == {
                path: ({"skip": a.gap.value} if a.gap else list(a.value) if isinstance(a.value, tuple) else a.value)
                for path, a in session.answers.items()
            }


# ---------------------------------------------------------------------------------- amending


def test_a_later_change_keeps_its_reason_and_what_was_there(cppp, shelf, look, answers_file):
    path = answers_file(amend_reason="Leanne wrote that she meant Sunday", next_steps="Nothing further.")
    done = cppp("session", "amend", shelf.references["family-1"], "joint", "--answers", path, "--no-input")
    assert (done.code, done.out) == (0, "Session joint is amended.\n")
    joint = of_case(look, shelf, "family-1")[-1]
    assert joint.text("next_steps") == "Nothing further."
    (change,) = look(lambda db: sessions.amendments(db, joint.id))
    assert (change["path"], change["reason"]) == ("next_steps", "Leanne wrote that she meant Sunday")
    assert "The officer gives the joint letter" in change["before"]
    assert "Leanne wrote that she meant Sunday" in cppp("session", "show", shelf.references["family-1"], "joint").out


def test_what_an_amendment_overtakes_is_kept_in_the_record(cppp, shelf, look, answers_file):
    """A joint session that turns out not to have been held loses its topics from the report, not from the file."""
    joint = of_case(look, shelf, "family-1")[-1]
    path = answers_file(amend_reason="Logged by mistake", outcome="cancelled")
    assert cppp("session", "amend", shelf.references["family-1"], "joint", "--answers", path, "--no-input").code == 0
    now = of_case(look, shelf, "family-1")[-1]
    gone = set(joint.answers) - set(now.answers)
    assert {path for path in gone if path.startswith("topics.")}
    changes = look(lambda db: sessions.amendments(db, joint.id))
    assert {c["path"] for c in changes} >= gone | {"outcome"}
    assert {c["reason"] for c in changes} == {"Logged by mistake"}


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_nothing_is_amended_without_a_reason(cppp, shelf, look, answers_file, reason):
    before = of_case(look, shelf, "family-1")
    path = answers_file(amend_reason=reason, next_steps="Nothing further.")
    done = cppp("session", "amend", shelf.references["family-1"], "joint", "--answers", path, "--no-input")
    assert (done.code, done.out) == (3, "")
    assert of_case(look, shelf, "family-1") == before


def test_an_amendment_with_a_fault_leaves_the_session_and_the_record(cppp, shelf, look, answers_file):
    before = of_case(look, shelf, "family-1")
    path = answers_file(amend_reason="x", next_steps="changed", held_on="2030-01-01")
    assert cppp("session", "amend", shelf.references["family-1"], "joint", "--answers", path, "--no-input").code == 3
    assert of_case(look, shelf, "family-1") == before
    assert look(lambda db: sessions.amendments(db, before[-1].id)) == []


def test_a_draft_is_gone_on_with_and_not_amended(cppp, shelf, look, answers_file):
    look(lambda db: sessions.begin(db, shelf.cases["family-1"], "other", lambda: "2026-08-06T09:00:00+00:00"))
    path = answers_file(amend_reason="x", purpose="y")
    done = cppp("session", "amend", shelf.references["family-1"], "other", "--answers", path, "--no-input")
    assert (done.code, done.out) == (4, "")


# ---------------------------------------------------------------------------------- notes


def test_notes_of_a_case_are_shown_on_the_screen_alone(cppp, shelf, look):
    look(
        lambda db: sessions.add_note(
            db,
            shelf.cases["family-1"],
            None,
            {"words": "what was said", "place": "at school"},
            lambda: "2026-08-06T09:00:00+00:00",
        )
    )
    shown = cppp("session", "notes", shelf.references["family-1"])
    assert "what was said" in shown.out
    assert "at school" in shown.out
    other = cppp("session", "notes", shelf.references["family-2"])
    assert (other.code, other.out) == (0, "")
    for command in (("case", "show"), ("schedule", "show"), ("session", "show")):
        more = ["child"] if command[0] == "session" else []
        assert "what was said" not in cppp(*command, shelf.references["family-1"], *more).out


@pytest.mark.parametrize("step", [*ORDER, "other"])
def test_questions_of_a_session_print_and_change_nothing(cppp, shelf, look, step):
    before = of_case(look, shelf, "family-1")
    done = cppp("session", "log", shelf.references["family-1"], step, "--questions")
    assert (done.code, done.err) == (0, "")
    assert "# outcome = " in done.out
    assert of_case(look, shelf, "family-1") == before
