"""A final stands as it was frozen: its words, its files, its place in the register, and what was recorded about it."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, NotFoundError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.finals import Correction, FactRequest, Final
from cppp_cli.store import (
    cases,
    disclosures,
    fact_checks,
    finals,
    history,
    letter_life,
    records,
    releases,
    sessions,
    triggers,
)
from cppp_cli.store.file import open_file

sys.path.append(str(Path(__file__).parent))
kept_papers = importlib.import_module("kept_papers")

REPORT = kept_papers.REPORT
FAMILIES = ("family-1", "family-2")
DAY = date(2026, 8, 5)
A_FINAL = Final(REPORT, 1, "K7QD-2M4X", "cppp_report.md.j2", "ab" * 32, "cppp 0")


@pytest.fixture(params=FAMILIES)
def mine(request, shelf):
    return shelf.cases[request.param]


@pytest.fixture
def other(mine, shelf):
    return next(case_id for case_id in shelf.cases.values() if case_id != mine)


def freeze(desk, case_id, final=A_FINAL, markdown="# Report\n\nAs it is.\n", **more):
    given = {"data": "{}", "files": {"report.md": markdown.encode()}, "corrections": (), **more}
    finals.freeze(desk.db, case_id, final, markdown=markdown, now=desk.moment, **given)


def draft(desk, case_id, words, kind=REPORT):
    """Write a draft as the report does; the version it got."""
    digest = sha256(words.encode()).hexdigest()
    version = records.next_version(desk.db, case_id, kind, digest)
    with desk.db.atomic():
        records.register(desk.db, case_id, kind, version, digest, desk.moment)
        finals.keep_text(desk.db, case_id, kind, version, words, desk.moment)
    return version


def release(desk, case_id, kind=REPORT):
    return releases.add(
        desk.db, case_id, kind=kind, place="paragraph 2", passage="As it is.", confidence_ref="statement.5.1",
        confidence_digest="cd" * 32, how="reworded", reason="said by the school", now=desk.moment,
    )  # fmt: skip


def everything(db):
    """Every row that a final consists of."""
    tables = ("document", "document_text", "final", "final_file", "correction", "release", "disclosure")
    return {table: [tuple(row) for row in db.execute(f"SELECT * FROM {table}")] for table in tables}


# ------------------------------------------------------------------------------------------------ freezing


def test_a_final_is_read_as_it_was_frozen(desk, mine, other):
    data, files = {"rows": ["é", 1]}, {"report.docx": bytes(range(256)), "report.md": b"x"}
    made = replace(A_FINAL, reviewed_by="Mo Reed", reviewed_on=DAY, frozen_at="2026-08-06T10:00:00+01:00")
    freeze(desk, mine, made, "# Ré\n", data=json.dumps(data), files=files)
    assert finals.of_case(desk.db, mine) == finals.of_case(desk.db, mine, REPORT) == (made,)
    assert finals.of_case(desk.db, mine, "parenting-plan") == finals.of_case(desk.db, other) == ()
    assert finals.final_of(desk.db, mine, REPORT, 1) == made
    assert (finals.text(desk.db, mine, REPORT, 1), finals.files(desk.db, mine, REPORT, 1)) == ("# Ré\n", files)
    assert json.loads(finals.data(desk.db, mine, REPORT, 1)) == data
    assert finals.text(desk.db, other, REPORT, 1) is None
    assert finals.files(desk.db, other, REPORT, 1) == {}
    reference = cases.load(desk.db, mine).reference
    assert finals.all_finals(desk.db) == ((reference, mine, made),)
    assert history.verify(desk.db) == ()


def test_the_register_has_the_digest_of_the_words_that_were_frozen(desk, mine):
    """So that the history, which keeps the register, would show a final whose words were exchanged."""
    draft(desk, mine, "# A draft\n")
    freeze(desk, mine, markdown="# Final\n")
    (row,) = desk.db.query("SELECT * FROM document WHERE case_id = ?", [mine])
    assert (row["version"], row["status"], row["digest"]) == (1, "final", sha256(b"# Final\n").hexdigest())
    told = [c for c in history.of_chain(desk.db, mine) if c.place == "document" and c.action == "update"]
    assert [c.after for c in told] == [{"status": "final", "digest": row["digest"]}]


def test_corrections_are_kept_in_order_with_who_was_told(desk, mine):
    freeze(desk, mine)
    said = [Correction(9, "paragraph 3", "Tuesday", "Thursday", "a slip", ("court", "parent-a"), DAY)]
    said.append(Correction(9, "paragraph 4", "", "added", "left out"))
    freeze(desk, mine, replace(A_FINAL, version=2, corrects=1), "# Two\n", corrections=said)
    kept = finals.corrections(desk.db, mine, REPORT, 2)
    assert kept == (replace(said[0], number=1), replace(said[1], number=2))
    assert finals.corrections(desk.db, mine, REPORT, 1) == ()
    assert finals.text(desk.db, mine, REPORT, 1) != finals.text(desk.db, mine, REPORT, 2)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_no_version_up_to_the_last_final_becomes_final_again(desk, mine, version):
    freeze(desk, mine, replace(A_FINAL, version=3))
    before = everything(desk.db)
    with pytest.raises(ConflictError, match="--correct") as refused:
        freeze(desk, mine, replace(A_FINAL, version=version), "# Other\n")
    assert refused.value.exit_code == 7
    assert everything(desk.db) == before


def test_of_two_windows_that_make_it_final_one_does(desk, mine, shelf):
    another = open_file(desk.home / "officer.db", shelf.key)
    finals.freeze(another, mine, A_FINAL, markdown="# One\n", data="{}", files={}, now=desk.moment)
    another.close()
    with pytest.raises(ConflictError):
        freeze(desk, mine, markdown="# Two\n")
    assert finals.text(desk.db, mine, REPORT, 1) == "# One\n"


@pytest.mark.parametrize(
    "wrong",
    [
        {"files": {"../report.md": b""}},
        {"files": {"a/b.md": b""}},
        {"files": {"a\\b.md": b""}},
        {"files": {"C:b.md": b""}},
        {"files": {".hidden": b""}},
        {"files": {"": b""}},
        {"files": {"a\nb": b""}},
        {"data": "{"},
        {"final": replace(A_FINAL, corrects=1)},
        {"final": replace(A_FINAL, version=3, corrects=2)},
    ],
)
def test_what_cannot_be_is_not_frozen_and_leaves_nothing(desk, mine, wrong):
    before = everything(desk.db)
    with pytest.raises((ValueError, dbapi2.IntegrityError, ConflictError)):
        freeze(desk, mine, **wrong)
    assert everything(desk.db) == before


def test_a_release_goes_into_the_next_final_of_its_kind_and_no_other(desk, mine, other):
    first, plan, theirs = release(desk, mine), release(desk, mine, "parenting-plan"), release(desk, other)
    freeze(desk, mine)
    second = release(desk, mine)
    assert (first, plan, second, theirs) == (1, 2, 3, 1)
    freeze(desk, mine, replace(A_FINAL, version=2, corrects=1), "# Two\n")
    assert [(r.number, r.kind, r.version) for r in releases.of_case(desk.db, mine)] == [
        (1, REPORT, 1), (2, "parenting-plan", None), (3, REPORT, 2),
    ]  # fmt: skip
    assert [r.version for r in releases.of_case(desk.db, other)] == [None]


# ------------------------------------------------------------------------------------------------ drafts beside it


@given(
    st.lists(st.one_of(st.just("final"), st.sampled_from(["# a\n", "# b\n", "# c\n"])), min_size=1, max_size=12),
    st.sampled_from(FAMILIES),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_drafted_and_frozen_no_final_is_ever_a_draft_again(open_desk, shelf, steps, family):
    """Against a plain reckoning: what each version says, and which of them are final."""
    desk, case_id = open_desk(), shelf.cases[family]
    known, last = {}, 0
    for step in steps:
        if step == "final":
            version = last if last and known[last][0] == "draft" else last + 1
            words = known[last][1] if last else "# a\n"  # as it was drafted, so that a later draft can say the same
            freeze(desk, case_id, replace(A_FINAL, version=version), words)
            known[version], last = ("final", words), version
        else:
            same = last and known[last] == ("draft", step)
            version = draft(desk, case_id, step)
            assert version == (last if same else last + 1)
            known[version], last = ("draft", step), version
    kept = {
        row["version"]: (row["status"], finals.text(desk.db, case_id, REPORT, row["version"]))
        for row in desk.db.query("SELECT version, status FROM document WHERE case_id = ?", [case_id])
    }
    assert kept == known
    assert {final.version for final in finals.of_case(desk.db, case_id)} == {
        version for version, (status, _) in known.items() if status == "final"
    }
    assert history.verify(desk.db) == ()


def test_a_draft_keeps_the_words_it_was_last_written_with(desk, mine, other):
    assert finals.text(desk.db, mine, REPORT, 1) is None
    assert draft(desk, mine, "# a\n") == 1
    finals.keep_text(desk.db, mine, REPORT, 1, "# a, on another day\n", desk.moment)
    assert finals.text(desk.db, mine, REPORT, 1) == "# a, on another day\n"
    assert finals.data(desk.db, mine, REPORT, 1) is finals.text(desk.db, other, REPORT, 1) is None
    assert finals.files(desk.db, mine, REPORT, 1) == {}


def test_a_final_registered_or_written_again_stays_as_it_is(desk, mine):
    freeze(desk, mine)
    before = everything(desk.db)
    records.register(desk.db, mine, REPORT, 1, "other words", desk.moment)
    finals.keep_text(desk.db, mine, REPORT, 1, "# other words\n", desk.moment)
    assert everything(desk.db) == before


def test_words_of_what_was_never_registered_are_not_kept(desk, mine):
    with pytest.raises((dbapi2.IntegrityError, ConflictError)):
        finals.keep_text(desk.db, mine, REPORT, 7, "# a\n", desk.moment)
    assert finals.text(desk.db, mine, REPORT, 7) is None


# ------------------------------------------------------------------------------------------------ added to, never changed


KEPT = ("final", "final_file", "correction", "disclosure", "release")


@pytest.fixture
def filled(desk, mine):
    kept_papers.add(desk.db, mine, "of mine", desk.moment)
    return desk


@pytest.mark.parametrize("table", KEPT)
def test_what_is_recorded_for_good_is_neither_changed_nor_replaced_nor_deleted(filled, table):
    db, before = filled.db, everything(filled.db)
    columns = [column.name for column in db.table(table).columns]
    for column in columns:
        for value in (f"{column} || 'x'", "NULL", "7"):
            with pytest.raises(dbapi2.IntegrityError):
                db.execute(f"UPDATE {table} SET {column} = {value}")
    for statement in (
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET case_id = 1",
        f"UPDATE OR REPLACE {table} SET case_id = case_id",
    ):
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            db.execute(statement)
    assert everything(db) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET status = 'draft' WHERE status = 'final'",
        "UPDATE document SET digest = 'x' WHERE status = 'final'",
        "UPDATE document SET version = 99 WHERE status = 'final'",
        "DELETE FROM document WHERE status = 'final'",
        "INSERT OR REPLACE INTO document SELECT * FROM document WHERE status = 'final'",
        "UPDATE document_text SET markdown = 'x' WHERE data IS NOT NULL",
        "UPDATE document_text SET data = NULL WHERE data IS NOT NULL",
        "DELETE FROM document_text WHERE data IS NOT NULL",
        "INSERT OR REPLACE INTO document_text SELECT * FROM document_text WHERE data IS NOT NULL",
        "UPDATE OR REPLACE document_text SET version = 2 WHERE data IS NULL",
        "UPDATE release SET version = 2 WHERE version = 1",
        "UPDATE release SET version = NULL WHERE version IS NOT NULL",
        "UPDATE release SET version = 3, reason = 'x' WHERE version IS NULL",
    ],
)
def test_neither_the_register_nor_the_words_of_a_final_are_changed(filled, mine, statement):
    release(filled, mine)
    before = everything(filled.db)
    with pytest.raises(dbapi2.IntegrityError, match="never changed"):
        filled.db.execute(statement)
    assert everything(filled.db) == before


def test_a_draft_beside_finals_can_leave_the_register(filled, mine):
    """The guards above are about finals only."""
    filled.db.execute("DELETE FROM document WHERE case_id = ? AND status = 'draft'", [mine])
    assert [row["version"] for row in filled.db.query("SELECT version FROM document_text ORDER BY 1")] == [1, 2]


def test_with_its_case_it_leaves_whole(filled, mine, other):
    kept_papers.add(filled.db, other, "of the other", filled.moment)
    theirs = {t: list(filled.db.query(f"SELECT * FROM {t} WHERE case_id = ?", [other])) for t in everything(filled.db)}
    with filled.db.recorder.because("test"):
        filled.db.execute("DELETE FROM case_file WHERE id = ?", [mine])
    for table, rows in theirs.items():
        assert sorted(filled.db.query(f"SELECT * FROM {table}"), key=repr) == sorted(rows, key=repr)
        assert rows
    assert filled.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_table_of_what_is_recorded_has_its_guards():
    """A table that is added to and never changed is guarded three times: a fourth way in would be noticed above."""
    for table in ("safeguarding_note", *KEPT):
        assert {f"{table}_stands", f"{table}_is_not_replaced", f"{table}_is_kept"} <= triggers.names()


# ------------------------------------------------------------------------------------------------ facts


def test_what_came_back_of_a_fact_check_is_numbered_on(desk, mine, other):
    one = fact_checks.begin(desk.db, mine, REPORT, 1, "A", desk.moment)
    two = fact_checks.begin(desk.db, mine, REPORT, 1, "B", desk.moment)
    assert (one, two, fact_checks.begin(desk.db, other, REPORT, 1, "A", desk.moment)) == (1, 2, 1)
    asked = [FactRequest(0, 0, f"paragraph {n}", "said", said, "because") for n, said in ((3, "yes"), (4, "partly"))]
    fact_checks.answer(desk.db, mine, one, asked, DAY, desk.moment)
    fact_checks.answer(desk.db, mine, two, [], DAY, desk.moment)
    fact_checks.answer(desk.db, mine, one, asked[:1], date(2026, 8, 6), desk.moment)
    assert [(c.side, c.answered_on) for c in fact_checks.of_case(desk.db, mine)] == [
        ("A", date(2026, 8, 6)), ("B", DAY),
    ]  # fmt: skip
    assert [(r.number, r.place, r.accepted) for r in fact_checks.requests(desk.db, mine, one)] == [
        (1, "paragraph 3", "yes"), (2, "paragraph 4", "partly"), (3, "paragraph 3", "yes"),
    ]  # fmt: skip
    assert fact_checks.requests(desk.db, mine) == fact_checks.requests(desk.db, mine, one)
    assert fact_checks.requests(desk.db, mine, two) == fact_checks.requests(desk.db, other) == ()


def test_a_fact_check_of_another_case_is_not_answered(desk, mine, other):
    fact_checks.begin(desk.db, other, REPORT, 1, "A", desk.moment)
    with pytest.raises(NotFoundError):
        fact_checks.answer(desk.db, mine, 1, [FactRequest(0, 0, "p", "a", "no", "w")], DAY, desk.moment)
    assert fact_checks.requests(desk.db, mine) == fact_checks.requests(desk.db, other) == ()
    assert [check.answered_on for check in fact_checks.of_case(desk.db, other)] == [None]


# ------------------------------------------------------------------------------------------------ passed on


def of_kind(db, case_id, kind):
    return next(session for session in sessions.of_case(db, case_id) if session.name == kind)


def test_a_decision_is_read_as_it_was_recorded(desk, mine, other):
    child = of_kind(desk.db, mine, "child").id
    full = kept_papers.decision("of mine", session_id=child, statement=1)
    bare = replace(
        full, statement=None, letter=1, manager="", consulted_on=None, told=(), told_other="", told_on=None,
        child_told="later", child_told_on=None, child_told_note="",
    )  # fmt: skip
    assert [disclosures.add(desk.db, mine, one, desk.moment) for one in (full, bare)] == [1, 2]
    assert disclosures.of_case(desk.db, mine) == (replace(full, number=1), replace(bare, number=2))
    assert disclosures.of_case(desk.db, other) == ()


@pytest.mark.parametrize("about", ["the session of another case", "the note of another case", "nothing", "two things"])
def test_a_decision_is_about_something_of_its_case(desk, mine, other, about):
    sessions.add_note(desk.db, other, None, {"words": "theirs"}, desk.moment)
    (note,) = sessions.notes(desk.db, other)
    wrong = {
        "the session of another case": {"session_id": of_kind(desk.db, other, "child").id, "statement": 1},
        "the note of another case": {"note_id": note["id"]},
        "nothing": {},
        "two things": {"session_id": of_kind(desk.db, mine, "child").id, "statement": 1, "letter": 1},
    }[about]
    with pytest.raises((dbapi2.IntegrityError, ConflictError)):
        disclosures.add(desk.db, mine, kept_papers.decision("x", **wrong), desk.moment)
    assert disclosures.of_case(desk.db, mine) == disclosures.of_case(desk.db, other) == ()


# ------------------------------------------------------------------------------------------------ the life of a letter

ANSWERS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(Answer),
    st.integers(-9, 9).map(Answer),
    st.lists(st.sampled_from(["parent-a", "court"]), max_size=2).map(lambda found: Answer(tuple(found))),
    st.sampled_from(Gap).map(lambda gap: Answer(gap=gap)),
)
PATHS = st.sampled_from(["shared", "words", "children.1.given", "statements.3.told_on"])


@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 2]), PATHS, st.none() | ANSWERS), max_size=12), st.sampled_from(FAMILIES)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_about_a_letter_is_on_disk_at_once_and_of_that_letter(open_desk, shelf, steps, family):
    desk, case_id = open_desk(), shelf.cases[family]
    session, known = of_kind(desk.db, case_id, "child").id, {}
    for number, path, answer in steps:
        sheet = letter_life.sheet(desk.db, case_id, session, number, desk.moment)
        if answer is None:
            sheet.drop([path])
            known.get((session, number), {}).pop(path, None)
        else:
            sheet.put(path, answer)
            known.setdefault((session, number), {})[path] = answer
    known = {letter: life for letter, life in known.items() if life}
    another = open_file(desk.home / "officer.db", shelf.key)
    assert letter_life.lives(another, case_id) == known
    for number in (0, 1, 2):
        sheet = letter_life.sheet(another, case_id, session, number, desk.moment)
        assert sheet.answers() == known.get((session, number), {})
    assert [letter_life.lives(another, i) for i in shelf.cases.values() if i != case_id] == [{}]
    assert history.verify(another) == ()
    another.close()


def test_half_typed_words_are_of_one_letter(desk, mine, other):
    session = of_kind(desk.db, mine, "child").id
    one, two = (letter_life.sheet(desk.db, mine, session, number, desk.moment) for number in (1, 2))
    one.keep_unfinished("read_by", "half a na")
    theirs = letter_life.sheet(desk.db, other, of_kind(desk.db, other, "child").id, 1, desk.moment)
    assert (one.unfinished("read_by"), one.unfinished("x")) == ("half a na", "")
    assert two.unfinished("read_by") == theirs.unfinished("read_by") == ""
    one.keep_unfinished("read_by", "")
    assert desk.db.execute("SELECT count(*) FROM unfinished WHERE scope LIKE 'letter%'").fetchone() == (0,)


def test_what_is_recorded_marks_the_case_as_changed(desk, mine, other):
    before = {row.id: row.changed_at for row in cases.listed(desk.db)}
    sheet = letter_life.sheet(desk.db, mine, of_kind(desk.db, mine, "child").id, 1, lambda: "2026-09-01T09:00:00+00:00")
    sheet.put("shared", Answer("yes"))
    assert {row.id: row.changed_at for row in cases.listed(desk.db)} == {**before, mine: "2026-09-01T09:00:00+00:00"}


@pytest.mark.parametrize("gone", ["discarded", "of another case", "not there"])
def test_nothing_is_kept_of_a_letter_whose_session_is_gone(desk, mine, other, gone):
    number = sessions.begin(desk.db, mine, "child", desk.moment)
    sheet = letter_life.sheet(desk.db, mine, number, 1, desk.moment)
    sheet.put("shared", Answer("yes"))
    if gone == "discarded":
        sessions.discard(desk.db, number, desk.moment)
    else:
        number = of_kind(desk.db, other, "child").id if gone == "of another case" else 999
        sheet = letter_life.sheet(desk.db, mine, number, 1, desk.moment)
    with pytest.raises(ConflictError, match="another window"):
        sheet.put("shared", Answer("no"))
    with pytest.raises(ConflictError, match="another window"):
        sheet.drop(["shared"])
    if gone == "discarded":
        assert letter_life.lives(desk.db, mine) == {}, "of a session that was set aside nothing is told"
