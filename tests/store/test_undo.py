"""Undo: a command is taken back whole and exactly, can be brought back, and never over something later."""

from __future__ import annotations

import importlib
import random
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.errors import BlockedError, ConflictError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.case import Return, State
from cppp_cli.programme.finals import FactRequest
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.programme.people import Officer
from cppp_cli.store import (
    appointments,
    cases,
    disclosures,
    fact_checks,
    forms,
    history,
    ledger,
    ledger_sheet,
    letter_life,
    officer,
    parent_forms,
    records,
    releases,
    sessions,
    terms,
    triggers,
    undo,
)
from cppp_cli.store.appointments import Appointment

sys.path.append(str(Path(__file__).parent))
kept_papers = importlib.import_module("kept_papers")

AFTER_EVERYTHING = triggers.LOGGED.keys() - undo.STAYS - {"fact_check"}


def rows(db):
    """Every row that an undo gives back, without the two columns that say when something last changed."""
    found = {"answered": [tuple(r) for r in db.execute("SELECT * FROM fact_check WHERE answered_on IS NOT NULL")]}
    for table in sorted(AFTER_EVERYTHING):
        names = [c.name for c in db.table(table).columns if (table, c.name) not in triggers.UNTOLD]
        found[table] = sorted(db.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
    return found


def begin(desk, command):
    desk.db.recorder.begin(command, desk.now)


def take_back(desk, *, redo=False, chain=None):
    unit = (undo.last_undo if redo else undo.last)(desk.db, chain)
    assert unit is not None
    desk.db.recorder.begin("undo", desk.now, undoes=unit.id)
    undo.take_back(desk.db, unit, undo.reversible(desk.db, unit))
    return unit


# Commands as they change the file: each is one unit, chosen at random for either family.


def correct_a_fact(desk, case_id, dice):
    path, value = dice.choice(
        [("judge", "Recorder Ames"), ("children.1.school", "Hill Top"), ("adults.2.phone", "01632 960777")]
    )
    answer = dice.choice([Answer(value), Answer(gap=Gap.DECLINED), Answer(f"{value} {dice.random()}")])
    cases.sheet(desk.db, case_id, desk.moment).put(path, answer)


def somebody_comes_and_goes(desk, case_id, dice):
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    if "others.3.full_name" in sheet.answers():
        sheet.drop(["others.3.full_name", "others.3.role"])
    else:
        sheet.put("others.3.full_name", Answer(f"Somebody {dice.random()}"))
        sheet.put("others.3.role", Answer("grandparent"))


def amend(desk, case_id, dice):
    held = [s for s in sessions.of_case(desk.db, case_id) if s.state == "finished"]
    if held:
        session = dice.choice(held)
        sheet = sessions.AmendingSheet(desk.db, session.id, case_id=case_id, now=desk.moment, reason="a slip")
        sheet.put("notes", Answer(f"amended {dice.random()}"))
        leaving = [path for path in session.answers if path.startswith(("topics.2.", "statements.2."))]
        if dice.random() < 0.5:
            sheet.drop(leaving)


def amend_what_was_agreed(desk, case_id, dice):
    """As session amend does: the plan follows."""
    joint = [s for s in sessions.of_case(desk.db, case_id) if s.name == "joint" and s.state == "finished"]
    if joint:
        sheet = sessions.AmendingSheet(desk.db, joint[0].id, case_id=case_id, now=desk.moment, reason="a slip")
        sheet.put("topics.1.wording", Answer(f"agreed otherwise {dice.random()}"))
        if dice.random() < 0.3:
            sheet.drop([path for path in sheet.answers() if path.startswith("topics.3.")])
        take_in(desk, case_id, joint[0].id)


def talk_a_topic_through(desk, case_id, dice):
    """A session with a topic, finished: a new entry, or another version of one that is there."""
    number = sessions.begin(desk.db, case_id, "other", desk.moment)
    sheet = sessions.sheet(desk.db, number, case_id, desk.moment)
    there = [str(entry.number) for entry in ledger.entries(desk.db, case_id)]
    said = {"held_on": "2026-08-05", "outcome": "held", "topics.1.topic": "health", "topics.1.state": "not_agreed",
            "topics.1.entry": dice.choice([*there[-2:], "new"]), "topics.1.position_a": f"asked {dice.random()}"}  # fmt: skip
    for path, value in said.items():
        sheet.put(path, Answer(value))
    sessions.finish(desk.db, number, desk.moment)
    take_in(desk, case_id, number)


def take_in(desk, case_id, number):
    ledger.take_in(desk.db, next(s for s in sessions.of_case(desk.db, case_id) if s.id == number), desk.moment)


def log_an_entry(desk, case_id, dice):
    there = [entry.item for entry in ledger.entries(desk.db, case_id)]
    item = dice.choice([*there[-2:], ledger.new_entry(desk.db, case_id)])
    sheet = ledger_sheet.LedgerSheet(desk.db, case_id, item)
    sheet.put("topic", Answer("money"))
    sheet.put("state", Answer("not_agreed"))
    sheet.put("offered_b", Answer(f"offered {dice.random()}"))
    if dice.random() < 0.7:
        sheet.finish(sheet.answers(), desk.moment)


def plan_the_weeks(desk, case_id, dice):
    item = dice.choice(["calendar.a", "calendar.agreed", "calendar.agreed.2"])
    said = {"letters": "AB" * dice.randint(1, 9), "yes_a_on": "2026-08-01", "yes_b_on": "2026-08-02"}
    ledger.add(desk.db, case_id, item, {path: Answer(value) for path, value in said.items()}, desk.moment)
    start = date(2026, 9, dice.randint(1, 28))
    school = TermDates((Period(start, date(2026, 12, 18), "term", f"term {dice.random()}"),))
    terms.replace(desk.db, case_id, dice.choice([(1,), (1, 2)]), school)


def give_a_form(desk, case_id, dice):
    """That it was given stays, and so does that it came back."""
    token = f"form {desk.db.table('parent_form').count} of {case_id}"
    parent_forms.add(desk.db, case_id, dice.choice("AB"), token, "yes", desk.moment)
    parent_forms.mark_read(desk.db, token, desk.moment)


def tell_of_a_letter(desk, case_id, dice):
    child = [s for s in sessions.of_case(desk.db, case_id) if s.name == "child" and s.state == "finished"]
    sheet = letter_life.sheet(desk.db, case_id, child[0].id, dice.randint(0, 2), desk.moment)
    sheet.put("words", dice.choice([Answer(f"we both {dice.random()}"), Answer(gap=Gap.DECLINED)]))
    if dice.random() < 0.5:
        sheet.put("shared_with", Answer(("parent-a",)))
        sheet.drop(["words"])


def hear_about_the_facts(desk, case_id, dice):
    """That the copy was given stays; what came back of it does not."""
    number = fact_checks.begin(desk.db, case_id, "cppp-report", 1, dice.choice("AB"), desk.moment)
    asked = [FactRequest(0, 0, "paragraph 3", f"wrong {dice.random()}", "no", "why") for _ in range(dice.randint(0, 2))]
    fact_checks.answer(desk.db, case_id, dice.randint(1, number), asked, date(2026, 8, dice.randint(1, 6)), desk.moment)


def log_a_session(desk, case_id, dice):
    number = sessions.begin(desk.db, case_id, dice.choice(["other", "parent-a"]), desk.moment)
    sheet = sessions.sheet(desk.db, number, case_id, desk.moment)
    sheet.put("held_on", Answer("2026-08-05"))
    sheet.put("statements.1.words", Answer("made up"))
    sheet.put("statements.1.wish", Answer(("nobody",)))
    dice.choice([sessions.finish, sessions.discard, lambda *_: None])(desk.db, number, desk.moment)


def plan(desk, case_id, dice):
    day = date(2026, 9, dice.randint(1, 28))
    if dice.random() < 0.5:
        appointments.propose(desk.db, case_id, {"filing": day, "joint": day}, desk.moment)
    else:
        appointments.move(
            desk.db, case_id, Appointment("joint", day, None, "planned", chosen=True, reason="venue"), desk.moment
        )


def write_own_words(desk, case_id, dice):
    sheet = cases.report_sheet(desk.db, case_id, desk.moment)
    sheet.put("summary", Answer(f"My words {dice.random()}"))
    records.register(desk.db, case_id, "cppp-report", dice.randint(1, 99), str(dice.random()), desk.moment)


def return_it(desk, case_id, dice):
    form = forms.FormSheet(desk.db, case_id, forms.RETURN)
    form.put("on", Answer("2026-08-06"))
    if dice.random() < 0.5:
        with desk.db.atomic():
            cases.record_return(desk.db, case_id, Return(date(2026, 8, 6), "why", "said"), desk.moment)
            form.clear()


def change_state(desk, case_id, dice):
    cases.set_state(desk.db, case_id, dice.choice(list(State)), desk.moment)


def open_another(desk, case_id, dice):
    number = cases.begin(desk.db, desk.moment)
    sheet = cases.sheet(desk.db, number, desk.moment)
    for path in ("adults.1.full_name", "children.1.full_name", "children.1.adults.1.relation"):
        sheet.put(path, Answer(f"Made Up {dice.random()}"))
    if dice.random() < 0.5:
        cases.discard_draft(desk.db, number)


def change_details(desk, case_id, dice):
    officer.save(desk.db, Officer(f"Ruth {dice.random()}", "", "", "", "", "", frozenset({0, 1}), "", "/somewhere"))


COMMANDS = (
    correct_a_fact, somebody_comes_and_goes, amend, log_a_session, plan, write_own_words, return_it, change_state,
    open_another, change_details, amend_what_was_agreed, talk_a_topic_through, log_an_entry, plan_the_weeks, give_a_form,
    tell_of_a_letter, hear_about_the_facts,
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(COMMANDS), st.sampled_from(FAMILIES), st.integers(0, 999)), min_size=1, max_size=9
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_is_undone_in_turn_and_brought_back(open_desk, shelf, steps):
    desk = open_desk()
    states = [rows(desk.db)]
    for command, family, seed in steps:
        begin(desk, command.__name__)
        command(desk, shelf.cases[family], random.Random(seed))
        if rows(desk.db) != states[-1] or history.changes(desk.db, history.units(desk.db)[-1].id) == ():
            states.append(rows(desk.db))
    undone = 0
    while rows(desk.db) != states[0]:
        take_back(desk)
        undone += 1
        assert rows(desk.db) in states
    assert history.verify(desk.db) == ()
    for _ in range(undone):
        take_back(desk, redo=True)
    assert rows(desk.db) == states[-1]
    assert undo.last_undo(desk.db) is None
    assert history.verify(desk.db) == ()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_command_alone_is_undone_and_brought_back_in_its_own_case(desk, shelf, command, family):
    (other,) = set(FAMILIES) - {family}
    before = rows(desk.db)
    for seed in range(4):
        begin(desk, command.__name__)
        command(desk, shelf.cases[family], random.Random(seed))
        after = rows(desk.db)
        if after == before:
            continue
        take_back(desk)
        assert rows(desk.db) == before
        take_back(desk, redo=True)
        assert rows(desk.db) == after
        take_back(desk)
        assert rows(desk.db) == before
        assert history.verify(desk.db) == ()
    touched = {change.chain for unit in history.units(desk.db) if unit.command == command.__name__
               for change in history.changes(desk.db, unit.id)}  # fmt: skip
    assert shelf.cases[other] not in touched


def test_a_version_is_not_taken_out_from_below_a_later_one(desk, shelf):
    """A long command in one window, and a short one in another between its first change and its last."""
    from cppp_cli.store.file import open_file

    case_id = shelf.cases["family-1"]
    begin(desk, "session log")
    cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("One"))
    other = open_file(desk.home / "officer.db", shelf.key)
    other.recorder.begin("agreement log", desk.now)
    item = ledger.new_entry(other, case_id)
    ledger.add(other, case_id, item, {"topic": Answer("money"), "asked_a": Answer("what A asked")}, desk.moment)
    other.close()
    known = ledger.answers(desk.db, case_id, item)
    ledger.add(desk.db, case_id, item, known | {"asked_b": Answer("what B asked")}, desk.moment)
    before, unit = rows(desk.db), undo.last(desk.db)
    assert unit.command == "agreement log"
    begin(desk, "undo")
    with pytest.raises(ConflictError, match="later"):
        undo.take_back(desk.db, unit, undo.reversible(desk.db, unit))
    assert rows(desk.db) == before
    assert ledger.answers(desk.db, case_id, item)["asked_a"] == Answer("what A asked")


def test_the_number_of_an_entry_that_was_taken_back_is_not_given_again(desk, shelf):
    case_id = shelf.cases["family-1"]
    begin(desk, "agreement log")
    item = ledger.new_entry(desk.db, case_id)
    ledger.add(desk.db, case_id, item, {"topic": Answer("money")}, desk.moment)
    take_back(desk)
    begin(desk, "agreement log")
    again = ledger.new_entry(desk.db, case_id)
    assert again != item
    ledger.add(desk.db, case_id, again, {"topic": Answer("health")}, desk.moment)
    take_back(desk)
    take_back(desk, redo=True)
    assert [e.topic for e in ledger.entries(desk.db, case_id)][-1] == "health"


def test_that_a_form_was_given_stays_and_keeps_its_case(desk, shelf, open_desk):
    desk = open_desk("empty", home="other")
    begin(desk, "new-case")
    case_id = cases.begin(desk.db, desk.moment)
    begin(desk, "agreement form")
    parent_forms.add(desk.db, case_id, "A", "TOKEN", "yes", desk.moment)
    unit = undo.last(desk.db)
    assert unit.command == "new-case"
    with pytest.raises(BlockedError):
        undo.take_back(desk.db, unit, undo.reversible(desk.db, unit))
    assert parent_forms.by_token(desk.db, "TOKEN").case_id == case_id


def test_a_command_is_taken_back_whole_and_the_next_one_goes_further_back(desk, shelf):
    case_id = shelf.cases["family-1"]
    before = rows(desk.db)
    begin(desk, "first")
    cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("One"))
    cases.sheet(desk.db, case_id, desk.moment).put("court", Answer("Two"))
    between = rows(desk.db)
    begin(desk, "second")
    cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("Three"))
    assert take_back(desk).command == "second"
    assert rows(desk.db) == between
    assert take_back(desk).command == "first"
    assert rows(desk.db) == before


def test_of_one_case_only_the_last_command_of_that_case(desk, shelf):
    one, two = shelf.cases.values()
    for command, case_id in (("first", one), ("second", two)):
        begin(desk, command)
        cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("New"))
    assert take_back(desk, chain=one).command == "first"
    assert cases.sheet(desk.db, one, desk.moment).answers()["judge"] != Answer("New")
    assert cases.sheet(desk.db, two, desk.moment).answers()["judge"] == Answer("New")


def test_nothing_is_taken_back_over_a_later_change(desk, shelf):
    case_id = shelf.cases["family-1"]
    begin(desk, "first")
    cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("One"))
    take_back(desk)
    begin(desk, "second")
    cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("Two"))
    before = rows(desk.db)
    with pytest.raises(ConflictError, match="later"):
        take_back(desk, redo=True)
    assert rows(desk.db) == before


def test_a_safeguarding_note_is_never_taken_back(desk, shelf):
    case_id = shelf.cases["family-1"]
    begin(desk, "session log")
    number = sessions.begin(desk.db, case_id, "other", desk.moment)
    sessions.add_note(desk.db, case_id, number, {"words": "as said"}, desk.moment)
    before = rows(desk.db)
    with pytest.raises(BlockedError, match="safeguarding note"):
        take_back(desk)
    assert rows(desk.db) == before
    assert [note["words"] for note in sessions.notes(desk.db, case_id)] == ["as said"]


def test_over_a_safeguarding_note_it_is_refused_before_anything_is_asked(desk, shelf):
    """What would be taken back is looked up before it is shown and a yes is asked for."""
    case_id = shelf.cases["family-1"]
    begin(desk, "session log")
    number = sessions.begin(desk.db, case_id, "other", desk.moment)
    sessions.add_note(desk.db, case_id, number, {"words": "as said"}, desk.moment)
    unit = undo.last(desk.db)
    assert unit.command == "session log"
    with pytest.raises(BlockedError, match="a safeguarding note was kept in it"):
        undo.reversible(desk.db, unit)


# What stays for good, how it is recorded, and what the refusal tells to type instead.


def freeze(desk, case_id):
    kept_papers.freeze(desk.db, case_id, "of a test", desk.moment)


def correct(desk, case_id):
    freeze(desk, case_id)
    begin(desk, "report")
    freeze(desk, case_id)


def release(desk, case_id):
    releases.add(
        desk.db, case_id, kind="cppp-report", place="p", passage="p", confidence_ref="statement.1.1",
        confidence_digest="d", how="reworded", reason="r", now=desk.moment,
    )  # fmt: skip


def pass_on(desk, case_id):
    child = next(s for s in sessions.of_case(desk.db, case_id) if s.name == "child")
    disclosures.add(desk.db, case_id, kept_papers.decision("x", session_id=child.id, statement=1), desk.moment)


RECORDED = {
    freeze: "corrected, never undone.* cppp report {} --correct",
    correct: "corrected, never undone.* cppp report {} --correct",
    release: "stays on record.* cppp check {}",
    pass_on: "stays on record.* cppp voice disclose {}",
}


@pytest.mark.parametrize("record", RECORDED, ids=lambda record: record.__name__)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("with_answers", [False, True])
@pytest.mark.parametrize("of_the_case", [False, True])
def test_what_is_recorded_for_good_is_refused_before_anything_is_asked(
    desk, shelf, record, family, with_answers, of_the_case
):
    case_id = shelf.cases[family]
    begin(desk, "report")
    if with_answers:
        cases.report_sheet(desk.db, case_id, desk.moment).put("summary", Answer("My words"))
    record(desk, case_id)
    before = rows(desk.db)
    unit = undo.last(desk.db, case_id if of_the_case else None)
    assert unit.command == "report", "it is not passed over for an older one"
    with pytest.raises(BlockedError, match=RECORDED[record].format(shelf.references[family])) as refused:
        undo.reversible(desk.db, unit)
    assert refused.value.exit_code == 4
    assert not any(name in str(refused.value) for name in ("Isla", "Isaac", "Ashdown", "of a test"))
    begin(desk, "undo")
    with pytest.raises(BlockedError):
        undo.take_back(desk.db, unit, [])
    assert rows(desk.db) == before
    assert history.verify(desk.db) == ()


def test_what_came_after_a_final_is_taken_back_and_another_cases_too(desk, shelf):
    one, two = shelf.cases.values()
    before = rows(desk.db)
    begin(desk, "case edit")
    cases.sheet(desk.db, two, desk.moment).put("judge", Answer("Before"))
    begin(desk, "report")
    freeze(desk, one)
    begin(desk, "case edit")
    cases.sheet(desk.db, one, desk.moment).put("judge", Answer("After"))
    assert take_back(desk).command == "case edit"
    with pytest.raises(BlockedError):
        take_back(desk)
    assert take_back(desk, chain=two).command == "case edit"
    assert rows(desk.db) == before


def test_a_command_that_only_drafted_is_taken_back_as_ever(desk, shelf):
    case_id = shelf.cases["family-1"]
    before = rows(desk.db)
    begin(desk, "report")
    cases.report_sheet(desk.db, case_id, desk.moment).put("summary", Answer("My words"))
    records.register(desk.db, case_id, "cppp-report", 1, "digest", desk.moment)
    take_back(desk)
    assert rows(desk.db) == before
    assert desk.db.table("document").count == 1


def test_a_session_of_which_something_was_passed_on_stays(desk, shelf):
    case_id = shelf.cases["family-1"]
    begin(desk, "session log")
    number = sessions.begin(desk.db, case_id, "other", desk.moment)
    begin(desk, "voice disclose")
    disclosures.add(desk.db, case_id, kept_papers.decision("x", session_id=number), desk.moment)
    (unit,) = (
        u for u in history.units(desk.db) if u.command == "session log" and u.id == history.units(desk.db)[-2].id
    )
    with pytest.raises(BlockedError, match="a decision to pass something of it on is recorded"):
        undo.reversible(desk.db, unit)


def test_a_session_with_the_life_of_a_letter_is_taken_back_and_brought_back_with_it(desk, shelf):
    """One command that logs a session and what became of a letter in it."""
    case_id = shelf.cases["family-1"]
    before = rows(desk.db)
    begin(desk, "session log")
    number = sessions.begin(desk.db, case_id, "joint", desk.moment)
    letter_life.sheet(desk.db, case_id, number, 0, desk.moment).put("words", Answer("both of us"))
    after = rows(desk.db)
    take_back(desk)
    assert rows(desk.db) == before
    take_back(desk, redo=True)
    assert rows(desk.db) == after
    assert history.verify(desk.db) == ()


def test_a_case_of_which_a_copy_was_given_for_its_facts_stays(desk):
    begin(desk, "new-case")
    case_id = cases.begin(desk.db, desk.moment)
    begin(desk, "report")
    fact_checks.begin(desk.db, case_id, "cppp-report", 1, "A", desk.moment)
    unit = undo.last(desk.db)
    assert unit.command == "new-case", "that a copy was given is nothing to take back"
    with pytest.raises(BlockedError):
        undo.reversible(desk.db, unit)
    assert [check.number for check in fact_checks.of_case(desk.db, case_id)] == [1]


def test_a_case_of_which_a_document_was_written_stays(desk):
    begin(desk, "new-case")
    case_id = cases.begin(desk.db, desk.moment)
    begin(desk, "report")
    records.register(desk.db, case_id, "cppp-report", 1, "digest", desk.moment)
    with pytest.raises(BlockedError):
        take_back(desk)
    assert cases.exists(desk.db, case_id)


def test_what_was_written_stays_registered(desk, shelf):
    case_id = shelf.cases["family-2"]
    begin(desk, "report")
    write_own_words(desk, case_id, random.Random(1))
    written = desk.db.table("document").count
    take_back(desk)
    assert desk.db.table("document").count == written


def test_neither_the_officer_nor_what_an_upgrade_found_is_ever_taken_out(open_desk):
    desk = open_desk("empty")
    assert undo.last(desk.db) is None
    begin(desk, undo.UPGRADE)
    cases.begin(desk.db, desk.moment)
    assert undo.last(desk.db) is None
    begin(desk, "init")
    change_details(desk, 0, random.Random(1))
    take_back(desk)
    assert officer.load(desk.db).full_name != ""
    assert undo.last(desk.db) is None


def test_an_undo_changes_a_finished_session_with_a_reason_of_its_own(desk, shelf):
    case_id = shelf.cases["family-1"]
    begin(desk, "session amend")
    amend(desk, case_id, random.Random(3))
    take_back(desk)
    reasons = {change.reason for change in history.changes(desk.db, history.units(desk.db)[-1].id)}
    assert reasons == {undo.REASON}


def test_no_number_is_given_to_another_familys_row_after_an_undo_or_a_new_plan(open_desk, shelf):
    desk = open_desk("opened")
    for table in ("appointment", "amendment", "safeguarding_note", "document", "session", "picture", "event", "change"):
        (made,) = desk.db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
        assert "AUTOINCREMENT" in made, table
    one, two = shelf.cases.values()
    for case_id in (one, two, one):
        begin(desk, "plan")
        appointments.propose(desk.db, case_id, {"filing": date(2026, 9, 1), "joint": date(2026, 8, 20)}, desk.moment)
    take_back(desk, chain=two)
    assert history.verify(desk.db) == ()


def test_what_a_command_did_after_it_was_shown_is_not_taken_back_unseen(desk, shelf):
    begin(desk, "case edit")
    sheet = cases.sheet(desk.db, shelf.cases["family-1"], desk.moment)
    sheet.put("judge", Answer("One"))
    unit = undo.last(desk.db)
    shown = undo.reversible(desk.db, unit)
    sheet.put("court", Answer("typed in another window meanwhile"))
    before = rows(desk.db)
    begin(desk, "undo")
    with pytest.raises(ConflictError, match="went on"):
        undo.take_back(desk.db, unit, shown)
    assert rows(desk.db) == before


def test_a_command_that_goes_on_after_it_was_taken_back_is_a_unit_of_its_own(desk, shelf):
    from cppp_cli.store.file import open_file

    case_id = shelf.cases["family-1"]
    begin(desk, "case edit")
    cases.sheet(desk.db, case_id, desk.moment).put("judge", Answer("One"))
    other = open_file(desk.home / "officer.db", shelf.key)
    unit = undo.last(other)
    other.recorder.begin("undo", desk.now, undoes=unit.id)
    undo.take_back(other, unit, undo.reversible(other, unit))
    other.close()
    cases.sheet(desk.db, case_id, desk.moment).put("court", Answer("Elsewhere"))
    last = undo.last(desk.db)
    assert last.id != unit.id
    assert [change.after for change in undo.reversible(desk.db, last)] == [{"court": "Elsewhere"}]


def test_a_note_is_not_kept_twice_when_what_recovered_it_is_taken_back(desk, shelf):
    case_id = shelf.cases["family-1"]
    begin(desk, "session log")
    form = forms.FormSheet(desk.db, case_id, forms.NOTE)
    form.put("words", Answer("He waits outside."))
    begin(desk, "case show")
    assert sessions.recover_note(desk.db, case_id, desk.moment)
    assert undo.last(desk.db).command != "case show", "there is nothing of it to take back"
    assert not sessions.recover_note(desk.db, case_id, desk.moment)
    assert len(sessions.notes(desk.db, case_id)) == 1


def test_what_came_to_nothing_is_not_offered(desk, shelf):
    begin(desk, "session log")
    sheet = cases.sheet(desk.db, shelf.cases["family-1"], desk.moment)
    was = sheet.answers()["judge"]
    sheet.put("judge", Answer("One"))
    sheet.put("judge", was)
    number = cases.begin(desk.db, desk.moment)
    cases.discard_draft(desk.db, number)
    last = undo.last(desk.db)
    assert last is None or last.command != "session log"


def test_a_session_taken_back_in_another_window_cannot_be_finished(desk, shelf):
    begin(desk, "session log")
    number = sessions.begin(desk.db, shelf.cases["family-1"], "other", desk.moment)
    take_back(desk)
    with pytest.raises(ConflictError, match="another window"):
        sessions.finish(desk.db, number, desk.moment)


def test_what_hangs_on_a_case_that_is_gone_is_told_in_a_sentence(desk, shelf):
    for keep in (
        lambda: forms.FormSheet(desk.db, 999, forms.NOTE).put("words", Answer("said")),
        lambda: sessions.add_note(desk.db, 999, None, {"words": "said"}, desk.moment),
        lambda: records.add_picture(desk.db, 999, b"x", "image/png", (1, 1), desk.moment),
        lambda: cases.report_sheet(desk.db, 999, desk.moment).put("summary", Answer("words")),
    ):
        with pytest.raises(ConflictError, match="another window"):
            keep()
