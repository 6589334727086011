from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cppp_cli.errors import ConflictError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.screening import CRITERIA
from cppp_cli.programme.welfare import CHECKLIST
from cppp_cli.questions import child_session, joint_session, new_case, other_session, parent_session, report_words
from cppp_cli.questions.model import Each, Facts, Kind, Question, Repeat
from cppp_cli.store import cases, records, sessions, sheets

SESSION_SCRIPTS = {
    "parent-a": parent_session.SCRIPT,
    "parent-b": parent_session.SCRIPT,
    "child": child_session.SCRIPT,
    "joint": joint_session.SCRIPT,
    "other": other_session.SCRIPT,
}
HOSTILE = (
    "x", " ", "  leading", "two\nlines", "\r\n", "\x00 and \x1b[31m", "{adult} {{ 7 }} **x** [a](b) | \\ ' \" $.x",
    "Ünïcode ✓ 👨‍👩‍👧 \u202e", "'; DROP TABLE child; --", "null", "[]", "{}", "5", "0", "true", "x" * 20_000,
)  # fmt: skip


@pytest.fixture(scope="session")
def walks():
    """The officer who answers at random, from the tests of the questions."""
    place = Path(__file__).parents[1] / "questions" / "conftest.py"
    spec = importlib.util.spec_from_file_location("walks", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return SimpleNamespace(walk=module.walk, background=module.background)


def keys_of(items, prefix="", answer=None):
    """Every question below some items, as (path, question); of a group, its first item or each named one."""
    for item in items:
        if isinstance(item, Question):
            yield prefix + item.key, item
        elif isinstance(item, Repeat):
            yield from keys_of(item.items, f"{prefix}{item.key}.1.")
            yield f"{prefix}{item.key}.1.more", Question("more", "", Kind.CHOICE)
        else:
            assert isinstance(item, Each)
            names = {"screening": CRITERIA, "checklist": CHECKLIST}.get(item.key, ("1",))
            for name in names:
                yield from keys_of(item.items, f"{prefix}{item.key}.{name}.")


def paths_of(script):
    return dict(pair for section in script.sections for pair in keys_of(section.items))


SAMPLES = {
    Kind.TEXT: "words", Kind.LONG: "two\nlines", Kind.CHOICE: "yes", Kind.MANY: ("1", "2"), Kind.DATE: "2026-06-16",
    Kind.TIME: "10:30", Kind.NUMBER: 7, Kind.PICTURE: 1,
}  # fmt: skip


def sample(path, question):
    if path.endswith(".child"):
        return "1"
    return "A" if path.endswith(".side") else SAMPLES[question.kind]


@pytest.fixture(autouse=True)
def sessions_open_again(desk):
    """A finished session takes no answers (test_two_windows.py); here they are written as while it is logged."""
    with desk.db.recorder.because("opened again"), desk.db.atomic():
        desk.db.execute("UPDATE session SET state = 'draft'")


def every_sheet(desk, shelf):
    """All sheets of both families: the case's, each session's, and the officer's own words."""
    found = {}
    for family, case_id in shelf.cases.items():
        found[family, "case"] = cases.sheet(desk.db, case_id, desk.moment)
        found[family, "report"] = cases.report_sheet(desk.db, case_id, desk.moment)
        for session in sessions.of_case(desk.db, case_id):
            found[family, session.name] = sessions.sheet(desk.db, session.id, case_id, desk.moment)
    return found


def everything(desk, shelf):
    return {name: sheet.answers() for name, sheet in every_sheet(desk, shelf).items()}


# ---------------------------------------------------------------------------------- a place for everything


def test_every_question_of_a_case_has_a_place(desk, shelf):
    sheet = cases.sheet(desk.db, shelf.cases["family-1"], desk.moment)
    asked = paths_of(new_case.SCRIPT)
    assert len(asked) > 60
    for wanted in (
        {path: Answer(sample(path, question)) for path, question in asked.items()},
        {path: Answer(gap=random.Random(path).choice(list(Gap))) for path in asked},
    ):
        with desk.db.atomic():
            for path, answer in wanted.items():
                sheet.put(path, answer)
        assert {path: answer for path, answer in sheet.answers().items() if path in asked} == wanted


@pytest.mark.parametrize("name", SESSION_SCRIPTS)
def test_every_question_of_a_session_has_a_place(desk, shelf, name):
    case_id = shelf.cases["family-1"]
    sheet = sessions.sheet(desk.db, sessions.begin(desk.db, case_id, name, desk.moment), case_id, desk.moment)
    asked = paths_of(SESSION_SCRIPTS[name])
    for wanted in (
        {path: Answer(sample(path, question)) for path, question in asked.items()},
        {path: Answer(gap=random.Random(path).choice(list(Gap))) for path in asked},
    ):
        with desk.db.atomic():
            for path, answer in wanted.items():
                sheet.put(path, answer)
        assert sheet.answers() == wanted


def test_every_question_of_the_report_has_a_place(desk, shelf):
    sheet = cases.report_sheet(desk.db, shelf.cases["family-2"], desk.moment)
    sheet.drop(list(sheet.answers()))
    wanted = {path: Answer(sample(path, question)) for path, question in paths_of(report_words.SCRIPT).items()}
    for path, answer in wanted.items():
        sheet.put(path, answer)
    assert sheet.answers() == wanted


def test_no_column_waits_for_an_answer_that_is_never_asked(desk):
    """Each column of a group's table is the key of a question of that group; what is asked nowhere is not kept."""
    of_sessions = {path for script in SESSION_SCRIPTS.values() for path in paths_of(script)}
    for layout, asked in ((sheets.CASE, set(paths_of(new_case.SCRIPT))), (sheets.SESSION, of_sessions)):
        for chain, table in layout.groups.items():
            columns = {c.name for c in desk.db.table(table.name).columns}
            depth = len(chain) * 2
            keys = {p.split(".")[-1] for p in asked if tuple(p.split(".")[:depth:2]) == chain and p.count(".") == depth}
            assert columns - {"case_id", "session_id", "gaps", *table.keys} == keys, table.name
        assert sheets.OWNER_COLUMNS[layout.owner.name] <= {p for p in asked if "." not in p}


def test_a_path_no_table_takes_is_refused_and_changes_nothing(desk, shelf):
    sheet = cases.sheet(desk.db, shelf.cases["family-1"], desk.moment)
    before = everything(desk, shelf)
    with pytest.raises(KeyError):
        sheet.put("no_such_question", Answer("x"))
    assert everything(desk, shelf) == before


@pytest.mark.parametrize("path", ["reference", "state", "id", "opened_at", "return_reason", "gaps"])
def test_no_answer_reaches_a_column_of_the_program(desk, shelf, path):
    sheet = cases.sheet(desk.db, shelf.cases["family-1"], desk.moment)
    row = list(desk.db.query("SELECT * FROM case_file WHERE id = ?", [shelf.cases["family-1"]]))
    with pytest.raises(KeyError):
        sheet.put(path, Answer("returned"))
    sheet.drop([path])
    after = list(desk.db.query("SELECT * FROM case_file WHERE id = ?", [shelf.cases["family-1"]]))
    assert [{**r, "changed_at": ""} for r in after] == [{**r, "changed_at": ""} for r in row]


# ---------------------------------------------------------------------------------- round trips


def test_every_path_of_both_families_keeps_each_gap_and_gets_its_value_back(desk, shelf):
    whole = everything(desk, shelf)
    assert sum(len(answers) for answers in whole.values()) > 450
    found = every_sheet(desk, shelf)
    for turn in range(len(Gap)):
        gaps = {
            name: {path: Answer(gap=list(Gap)[(turn + place) % len(Gap)]) for place, path in enumerate(answers)}
            for name, answers in whole.items()
        }
        for wanted in (gaps, whole):
            with desk.db.atomic():  # one commit for all, or this takes long
                for name, sheet in found.items():
                    for path, answer in wanted[name].items():
                        sheet.put(path, answer)
            assert everything(desk, shelf) == wanted


@pytest.mark.parametrize("name", [*SESSION_SCRIPTS, "case", "report"])
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_answered_comes_back_and_nothing_else_changes(desk, shelf, walks, name, seed):
    case_id = shelf.cases["family-2"]
    before = everything(desk, shelf)
    if name == "case":
        new_id = cases.begin(desk.db, desk.moment)
        sheet, script, facts = cases.sheet(desk.db, new_id, desk.moment), new_case.SCRIPT, Facts(desk.today)
    elif name == "report":
        sheet = cases.report_sheet(desk.db, cases.begin(desk.db, desk.moment), desk.moment)
        script, facts = report_words.SCRIPT, Facts(desk.today, cases.background(desk.db, case_id, desk.moment))
    else:
        session = sessions.begin(desk.db, case_id, name, desk.moment)
        sheet, script = sessions.sheet(desk.db, session, case_id, desk.moment), SESSION_SCRIPTS[name]
        side = {"side": Answer(name[-1].upper())} if name.startswith("parent") else {}
        facts = Facts(desk.today, {**cases.background(desk.db, case_id, desk.moment), **side})
    picture = records.add_picture(desk.db, case_id, b"x", "image/png", (1, 1), desk.moment)
    answers = walks.walk(script, facts, seed, skips=0.3)
    answers |= {p: Answer(picture) for p, a in answers.items() if p.endswith(".picture") and a.value is not None}
    with desk.db.atomic():
        for path, answer in answers.items():
            sheet.put(path, answer)
    assert sheet.answers() == answers
    after = everything(desk, shelf)
    fresh = {key for key in before if before[key] != after[key]}
    assert fresh <= {("family-2", name)}, "another sheet changed"  # a second session of a name hides the first here
    paths = list(answers)
    random.Random(seed).shuffle(paths)
    with desk.db.atomic():
        sheet.drop(paths)
    assert sheet.answers() == {}


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_typed_comes_back_as_typed(desk, shelf, typed):
    case_id = shelf.cases["family-1"]
    child = next(s for s in sessions.of_case(desk.db, case_id) if s.name == "child")
    for sheet, paths in (
        (cases.sheet(desk.db, case_id, desk.moment), ("judge", "children.1.needs", "adults.2.full_name")),
        (sessions.sheet(desk.db, child.id, case_id, desk.moment), ("place", "statements.1.words", "children.1.same")),
        (cases.report_sheet(desk.db, case_id, desk.moment), ("summary", "order_answers.1.words")),
    ):
        for path in paths:
            sheet.put(path, Answer(typed))
            sheet.keep_unfinished(path, typed)
            assert sheet.answers()[path] == Answer(typed)
            assert sheet.unfinished(path) == typed


def test_half_a_character_is_kept_as_a_mark_and_not_refused(desk, shelf):
    """A console that is not UTF-8 hands over halves of characters, which no file can hold."""
    case_id = shelf.cases["family-1"]
    for sheet, path in (
        (cases.sheet(desk.db, case_id, desk.moment), "judge"),
        (cases.report_sheet(desk.db, case_id, desk.moment), "summary"),
    ):
        sheet.put(path, Answer("caf\udce9 \ud83d end"))
        assert sheet.answers()[path] == Answer("caf\ufffd \ufffd end")
        sheet.keep_unfinished(path, "caf\udce9")
        assert sheet.unfinished(path) == "caf\ufffd"


# ---------------------------------------------------------------------------------- against a plain dictionary

PATHS = ("judge", "adults.1.called", "children.1.needs", "children.2.school", "children.1.adults.1.relation", "others.1.note",
         "others.1.role", "screening.no_other_safety.note", "questions.3.words")  # fmt: skip
ANSWERS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(Answer),
    st.sampled_from(Gap).map(lambda g: Answer(gap=g)),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(PATHS), ANSWERS),
        st.tuples(st.just("drop"), st.lists(st.sampled_from(PATHS), max_size=4), st.none()),
        st.tuples(st.just("keep"), st.sampled_from(PATHS), st.text(st.characters(exclude_categories=["Cs"]))),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_sheet_in_the_file_behaves_as_one_in_memory(desk, shelf, steps):
    case_id = shelf.cases["family-1"]
    kept = cases.sheet(desk.db, case_id, desk.moment)
    memory = sheets.MemorySheet(kept.answers())
    with desk.db.atomic():
        for what, path, value in steps:
            for sheet in (kept, memory):
                if what == "put":
                    sheet.put(path, value)
                elif what == "drop":
                    sheet.drop(path)
                else:
                    sheet.keep_unfinished(path, value)
            assert kept.answers() == memory.answers()
        for path in PATHS:
            mine = [value for what, at, value in steps if what == "keep" and at == path]
            if mine:
                assert kept.unfinished(path) == memory.unfinished(path) == mine[-1]


# ---------------------------------------------------------------------------------- dropping


def test_an_item_without_answers_is_no_item(desk, shelf):
    case_id = shelf.cases["family-1"]
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    sheet.put("others.2.full_name", Answer("Nobody yet"))
    sheet.put("others.2.note", Answer(gap=Gap.NOT_KNOWN))
    sheet.drop(["others.2.full_name"])
    assert desk.db.table("other_person").count_where("case_id = ? AND number = 2", [case_id]) == 1
    sheet.drop(["others.2.note"])
    assert desk.db.table("other_person").count_where("case_id = ? AND number = 2", [case_id]) == 0


def test_dropping_what_is_not_there_does_nothing(desk, shelf):
    before = everything(desk, shelf)
    for sheet in every_sheet(desk, shelf).values():
        sheet.drop(
            ["children.9.full_name", "statements.9.words", "topics.7.topic", "recommendations.9.words", "nowhere"]
        )
    assert everything(desk, shelf) == before


def test_dropping_nothing_is_no_change(desk, shelf):
    """A document's date of change comes from the file; looking at a case must not move it."""
    case_id = shelf.cases["family-1"]
    before = cases.load(desk.db, case_id).changed_at
    cases.report_sheet(desk.db, case_id, lambda: "2031-01-01T00:00:00+00:00").drop([])
    assert cases.load(desk.db, case_id).changed_at == before


# ---------------------------------------------------------------------------------- on disk


def test_an_answer_is_on_disk_when_put_returns(desk, shelf, another_connection):
    """Read by another connection at once: what it sees survives a kill of this program."""
    other = another_connection(desk.home / "officer.db")
    case_id = shelf.cases["family-1"]
    child = next(s for s in sessions.of_case(desk.db, case_id) if s.name == "child")
    for mine, theirs, path in (
        (cases.sheet(desk.db, case_id, desk.moment), cases.sheet(other, case_id, desk.moment), "children.2.needs"),
        (cases.report_sheet(desk.db, case_id, desk.moment), cases.report_sheet(other, case_id, desk.moment), "summary"),
        *(
            (
                sessions.sheet(desk.db, child.id, case_id, desk.moment),
                sessions.sheet(other, child.id, case_id, desk.moment),
                p,
            )
            for p in ("place", "children.1.same", "statements.2.words")
        ),
    ):
        for answer in (Answer("now"), Answer(gap=Gap.DECLINED), Answer("and now")):
            mine.put(path, answer)
            assert theirs.answers()[path] == answer
        mine.keep_unfinished(path, "half a sent")
        assert theirs.unfinished(path) == "half a sent"
        mine.drop([path])
        assert path not in theirs.answers()
        assert not desk.db.conn.in_transaction


def test_one_answer_is_one_transaction(desk, shelf):
    said = []
    sheet = cases.sheet(desk.db, shelf.cases["family-1"], desk.moment)
    desk.db.conn.set_trace_callback(said.append)
    try:
        sheet.put("children.2.school", Answer("Canal Street"))
    finally:
        desk.db.conn.set_trace_callback(None)
    assert [line for line in said if line.split()[0] in {"BEGIN", "COMMIT", "SAVEPOINT", "ROLLBACK"}] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]
    assert said[0] == "BEGIN IMMEDIATE"
    assert said[-1] == "COMMIT"


def test_a_put_that_fails_leaves_neither_half(desk, shelf):
    before = everything(desk, shelf)

    def clock_stops():
        raise RuntimeError("no time")

    for name, sheet in every_sheet(desk, shelf).items():
        sheet._now = clock_stops
        path = next(iter(before[name]))
        with pytest.raises(RuntimeError):
            sheet.put(path, Answer("x"))
        with pytest.raises(RuntimeError):
            sheet.drop([path])
    assert everything(desk, shelf) == before


def test_a_statement_by_a_child_the_case_does_not_have_is_refused_whole(desk, shelf):
    before = everything(desk, shelf)
    sheet = every_sheet(desk, shelf)["family-2", "child"]
    with pytest.raises(ConflictError, match="another window"):
        sheet.put("statements.5.child", Answer("9"))
    assert everything(desk, shelf) == before


# ---------------------------------------------------------------------------------- words not yet given


def test_unfinished_words_belong_to_one_question_of_one_sheet(desk, shelf):
    found = every_sheet(desk, shelf)
    for name, sheet in found.items():
        sheet.keep_unfinished("words", f"of {name}")
        sheet.keep_unfinished("more", "others")
    for name, sheet in found.items():
        assert sheet.unfinished("words") == f"of {name}"
        sheet.keep_unfinished("words", "")
        assert sheet.unfinished("words") == ""
        assert sheet.unfinished("more") == "others"
