"""What documents are given, with every question of a case answered by a word of its own.

Each such word stands for the path it was the answer to, so that a document can be asked which answers are in it.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from dataclasses import fields, is_dataclass
from fnmatch import fnmatchcase
from itertools import chain

import pytest

from cppp_cli.documents import describe
from cppp_cli.store import cases, sessions

MARK = re.compile(r"zq(\d)(\d{4})x")
FAMILIES = ("family-1", "family-2")
KINDS = ("report", "plan", "child plan", "timetable")
# Opens every question there is: an order, safety, other people, another home, another tool and topic.
OPENS = {
    "has_restrictions": "yes",
    "forbids_meeting": "yes",
    "lives_with": "elsewhere",
    "has_others": "yes",
    "safety_changed": "yes",
    "orders_again": "yes",
    "orders_forbid": "yes",
    "safety_open": "yes",
    "screening_again": "not met",
    "joint_topics": ["handovers", "other"],
    "tools": ["drawing", "other"],
    "letter_shared": "yes",
    "joint_letter": "yes",
}
OF_EACH_PERSON = ("adults.*.full_name", "adults.*.solicitor", "children.*.full_name", "children.*.called")
COURT = ("case_number", "court", "judge")
TOPICS = ("topic_other", "wording", "position_a", "position_b", "court_asked")
VIEWS = ("obstacles", "situation", "communication", "hopes", "best_for_child", "child_would_say")

# What each reader may read, by hand: the step, then the path. Everything else in a case is for the file alone.
HEAD = {f"new-case:{path}" for path in (*COURT, *OF_EACH_PERSON)}
OF_TOPICS = {f"joint:topics.*.{key}" for key in TOPICS}
PLAN = HEAD | OF_TOPICS | {"joint:promises", "joint:next_steps"}
PLAN -= {"new-case:children.*.called"}
REPORT = (
    HEAD
    | OF_TOPICS
    | {"new-case:guardian", "new-case:questions.*.words", "new-case:screening.*.reason", "new-case:screening.*.manager"}
    | {f"parent-{side}:{key}" for side in "ab" for key in VIEWS}
    | {"*:children.*.not_seen_reason", "joint:promises", "joint:next_steps", "joint:way_forward_*"}
    | {"report:summary", "report:analysis", "report:checklist.*.words", "report:order_answers.*.words"}
    | {"report:recommendations.*.words", "report:recommendations.*.rests_on"}
)
TIMETABLE = {"new-case:case_number"}
CHILD_PLAN = {"new-case:adults.*.called", "new-case:children.*.called", "joint:promises"}
# By both gates of the answers files: in family 1 all but Isla's second statement; in family 2 only the first one.
CLEARED = {
    "family-1": {"child:statements.1.words", "child:statements.3.words", "child:letters.1.words",
                 "child:letters.1.description", "joint:letter_read_by", "joint:answer_a", "joint:answer_b"},
    "family-2": {"child:statements.1.words"},
}  # fmt: skip
# Given to the office's own templates, printed by none of the shipped ones.
ALSO_GIVEN = {"new-case:arrangement_now", "new-case:order_now", "joint:joint_letter_words"}


class Marked:
    """Both families in one file, each answer a word that says whose and what it is."""

    def __init__(self, desk, families, tmp_path):
        self.desk, self.paths, self.cases, self.seen = desk, {}, {}, {}
        self.texts, self.files = {}, {}
        for number, family in enumerate(FAMILIES, 1):
            seen = {}

            def word(step, path, kind, number=number):
                mark = f"zq{number}{len(self.paths):04}x"
                self.paths[mark] = f"{step}:{path}"
                return mark

            given = families.changed(family, other={"outcome": "held", "held_on": "2026-07-30", "came": ["children.2"],
                                                    "relates_to": "child", "children.2.seen": "not_seen"})  # fmt: skip
            given["joint"]["topics.1.topic"] = "other"
            given["other:called off"] = {"outcome": "cancelled", "held_on": "2026-07-31"}
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                self.cases[family] = families.fill(desk, given, words=word, force=OPENS, seen=seen)
            self.seen[family] = seen
            note = {key: word("note", key, None) for key in ("words", "said_by", "place", "asked", "told_next")}
            sessions.add_note(desk.db, self.cases[family], None, note, desk.moment)
            found = families.documents(desk, self.cases[family], tmp_path / family, formats=("md", "docx"), kinds=KINDS)
            self.files[family] = found
            self.texts[family] = {kind: found[kind, "md"] for kind in KINDS}

    def in_text(self, text):
        return {self.paths[mark[0]] for mark in MARK.finditer(text)}

    def families_in(self, text):
        return {mark[1] for mark in MARK.finditer(text)}


@pytest.fixture(scope="module")
def marked(shelf, families, tmp_path_factory):
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer
    from cppp_cli.store.file import open_file

    folder = tmp_path_factory.mktemp("marked")
    db = open_file(shelf.take("empty", folder / "home"), shelf.key)
    desk = Office(folder / "home", db, officer.load(db), demo.WRITTEN_ON, demo._nine_oclock(demo.WRITTEN_ON))
    yield Marked(desk, families, folder)
    db.close()


def allowed(family, kind):
    return {"report": REPORT | CLEARED[family], "plan": PLAN, "timetable": TIMETABLE, "child plan": CHILD_PLAN}[kind]


def fits(path, patterns):
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def strings(value):
    """Every text anywhere in what a template is given."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from chain(strings(key), strings(inner))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from strings(inner)


@pytest.fixture(scope="module")
def contexts(marked):
    """Everything each template is given, as one text, by family and document; taken where it is rendered."""
    from cppp_cli.commands import plan, report, schedule
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.ways import Ways
    from cppp_cli.documents import mdenv

    found, given = {}, []
    real = mdenv.render
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stderr(io.StringIO()):
        patch.setattr(
            mdenv, "render", lambda name, context, folders: given.append(context) or real(name, context, folders)
        )
        for family, case_id in marked.cases.items():
            want = Wanted(("md",), marked.desk.home.parent / "again" / family)
            for kind, write in (
                ("report", lambda i=case_id, w=want: report.run(marked.desk, i, Ways(no_input=True), w)),
                ("plan", lambda i=case_id, w=want: plan.run(marked.desk, i, w)),
                ("child plan", lambda i=case_id, w=want: plan.run_for_children(marked.desk, i, w)),
                ("timetable", lambda i=case_id, w=want: schedule.write_timetable(marked.desk, i, w)),
            ):
                write()
                found[family, kind] = given[-1]
    return found


EVERY = [(family, kind) for family in FAMILIES for kind in KINDS]


def test_every_question_there_is_was_answered(marked):
    """Otherwise what follows would prove little: each text question of every script."""
    from cppp_cli.questions import child_session, joint_session, new_case, other_session, parent_session, report_words
    from cppp_cli.questions.model import Kind, Question

    def keys(items):
        for item in items:
            if not isinstance(item, Question):
                yield from keys(item.items)
            elif item.kind in {Kind.TEXT, Kind.LONG}:
                yield item.key

    answered = {path.rpartition(":")[2].rpartition(".")[2] for path in marked.paths.values()}
    for script in (new_case, child_session, joint_session, parent_session, other_session, report_words):
        asked = {key for section in script.SCRIPT.sections for key in keys(section.items)}
        assert asked - answered <= {"route_other"}, script.__name__


@pytest.mark.parametrize(("family", "kind"), EVERY)
def test_a_document_holds_the_answers_meant_for_its_readers_and_no_other(marked, family, kind):
    found = marked.in_text(marked.texts[family][kind])
    meant = {path for path in marked.paths.values() if fits(path, allowed(family, kind))}
    assert sorted(path for path in found if not fits(path, allowed(family, kind))) == []
    of_this_family = {marked.paths[m] for m in marked.paths if m.startswith(f"zq{FAMILIES.index(family) + 1}")}
    assert sorted(meant & of_this_family - found) == []
    assert found


@pytest.mark.parametrize(("family", "kind"), EVERY)
def test_a_template_is_not_even_given_more(marked, contexts, family, kind):
    """An office edits templates; what is not in the context cannot be printed by a mistake."""
    found = marked.in_text("\n".join(strings(contexts[family, kind])))
    limits = allowed(family, kind) | HEAD | ALSO_GIVEN
    if kind != "report":
        limits |= CLEARED[family] - {p for p in CLEARED[family] if p.startswith("child:")} | {"joint:way_forward_*"}
    assert sorted(path for path in found if not fits(path, limits)) == []
    assert found >= marked.in_text(marked.texts[family][kind])


@pytest.mark.parametrize(("family", "kind"), EVERY)
def test_the_word_file_holds_the_same_answers(marked, family, kind):
    """In any part of it: text, headers, properties."""
    data = marked.files[family][kind, "docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert marked.in_text(inside) == marked.in_text(marked.texts[family][kind])


@pytest.mark.parametrize(("family", "kind"), EVERY)
def test_no_word_of_the_other_family_is_in_it(marked, contexts, family, kind):
    mine = {str(FAMILIES.index(family) + 1)}
    assert marked.families_in(marked.texts[family][kind]) == mine
    assert marked.families_in("\n".join(strings(contexts[family, kind]))) == mine


@pytest.mark.parametrize(("family", "kind"), EVERY)
def test_what_is_for_the_file_alone_is_in_no_document(marked, contexts, family, kind):
    """Named one by one, as the officer fears them; the test above covers them all by what is allowed."""
    feared = ("*.phone", "*.email", "*.address", "note:*", "*:notes", "*:safety_note", "*:orders_note", "*:pass_on",
              "*:network", "*:joint_safe", "*:first_step", "*:screening_note", "*.terms", "*.needs", "*.adjustments",
              "*.wish_reason", "*.decision_reason", "*.presented", "*.same", "*.change", "*.next", "*.anything_else",
              "child:statements.2.words", "*:supervision", "*:presented_note", "*:held_despite", "other:what_was_said",
              "new-case:others.*", "new-case:local_authority", "new-case:child_solicitor", "*.brought_by")  # fmt: skip
    answered = set(marked.paths.values())
    assert [pattern for pattern in feared if not any(fnmatchcase(p, pattern) for p in answered)] == []
    for text in (marked.texts[family][kind], "\n".join(strings(contexts[family, kind]))):
        assert sorted(path for path in marked.in_text(text) if fits(path, feared)) == []


# ---------------------------------------------------------------------------------- returned to court


def test_a_report_of_a_returned_case_has_the_sentence_and_not_the_reason(marked, families, tmp_path):
    from datetime import date

    from cppp_cli.programme.case import Return

    family = "family-1"
    case_id = marked.cases[family]
    with marked.desk.db.atomic():
        before = marked.desk.db.execute("SELECT state FROM case_file WHERE id = ?", [case_id]).fetchone()
        cases.record_return(
            marked.desk.db, case_id, Return(date(2026, 8, 5), "the reason", "the sentence"), marked.desk.moment
        )
    try:
        found = families.documents(marked.desk, case_id, tmp_path, formats=("md",))
    finally:
        marked.desk.db.execute(
            "UPDATE case_file SET state = ?, returned_on = NULL, return_reason = NULL, return_sentence = NULL WHERE id = ?",
            [*before, case_id],
        )
    text = found["report", "md"]
    assert "the sentence" in text
    assert "the reason" not in "".join(found.values())
    views = {f"parent-{side}:{key}" for side in "ab" for key in VIEWS}
    read = marked.in_text(text)
    assert sorted(path for path in read if not fits(path, REPORT | CLEARED[family])) == []
    assert not {path for path in read if fits(path, views | {"joint:way_forward_*", "joint:answer_*"})}
    assert {"report:summary", "child:statements.1.words", "new-case:adults.1.full_name"} <= read


# ---------------------------------------------------------------------------------- the gates, in the document

GATES = [("court",), ("parent-a",), ("parent-b",), ("parent-a", "parent-b"), ("child-2",), ("judge-only",), ("nobody",),
         ("unsure",), ("not-asked",)]  # fmt: skip
DECISIONS = [g for g in GATES if g[0] not in {"judge-only", "unsure", "not-asked"}] + [
    ("undecided",),
    ("parent-a", "court"),
]


def put_gates(desk, case_id, wish, decision):
    """Isla's first statement and her letter behind these two gates; the child's session as the store then reads it."""
    from cppp_cli.programme.answers import Answer

    child = next(s for s in sessions.of_case(desk.db, case_id) if s.name == "child")
    sheet = sessions.AmendingSheet(desk.db, child.id, case_id=case_id, now=desk.moment, reason="a test")
    for item in ("statements.1", "letters.1"):
        for key, value in {"words": "The words themselves", "wish": wish, "decision": decision}.items():
            sheet.put(f"{item}.{key}", Answer(value))
    sheet.put("letters.1.description", Answer("The words themselves"))
    return next(s for s in sessions.of_case(desk.db, case_id) if s.name == "child")


def test_words_are_given_to_the_report_only_when_both_gates_open_to_all(desk, shelf):
    """Every wish with every decision, for a statement and a letter, written into the file of a real case."""
    case_id = shelf.cases["family-1"]
    case = cases.load(desk.db, case_id)
    isla, theo = case.children
    opened = 0
    with desk.db.atomic():
        for wish in GATES:
            for decision in DECISIONS:
                child = put_gates(desk, case_id, wish, decision)
                heard = describe.heard(isla, [child], desk.today, {})
                opens = wish == ("court",) and "court" in decision
                opened += opens
                assert ("The words themselves" in "".join(strings(heard))) == opens, (wish, decision)
                assert bool(heard.letters) == opens
                assert "The words themselves" not in "".join(strings(describe.heard(theo, [child], desk.today, {})))
    assert opened == 2


@pytest.mark.parametrize(
    ("wish", "decision", "opens"),
    [
        (("court",), ("parent-a", "court"), True),
        (("court",), ("undecided",), False),
        (("parent-a", "parent-b"), ("court",), False),
        (("unsure",), ("court",), False),
    ],
)
def test_the_document_follows_the_gates(desk, shelf, families, tmp_path, wish, decision, opens):
    case_id = shelf.cases["family-1"]
    put_gates(desk, case_id, wish, decision)
    report = families.documents(desk, case_id, tmp_path, kinds=("report",))["report", "md"]
    assert ("The words themselves" in report) == opens
    assert ("![" in report) == opens, "the drawing follows the same gates"
    assert ("She should not have to draw that." in report) == opens
    assert bool(list(tmp_path.glob("*.png"))) == opens, "nor does the picture lie beside the report"


def test_what_an_adult_said_of_a_letter_that_is_not_on_file_is_not_told(desk, shelf, families, tmp_path):
    from cppp_cli.programme.answers import Answer

    case_id = shelf.cases["family-2"]
    joint = next(s for s in sessions.of_case(desk.db, case_id) if s.name == "joint")
    child = next(s for s in sessions.of_case(desk.db, case_id) if s.name == "child")
    sheet = sessions.AmendingSheet(desk.db, joint.id, case_id=case_id, now=desk.moment, reason="a test")
    for path, value in {
        "letter_shared": "yes",
        "answer_a": "It says she hides",
        "answer_b": "It says she hides",
    }.items():
        sheet.put(path, Answer(value))
    assert "hides" not in families.documents(desk, case_id, tmp_path / "1")["report", "md"], "its gates are shut"
    sessions.AmendingSheet(desk.db, child.id, case_id=case_id, now=desk.moment, reason="a test").drop(
        [p for p in child.answers if p.startswith("letters.")]
    )
    assert "hides" not in families.documents(desk, case_id, tmp_path / "2")["report", "md"], "nobody cleared it"


# ---------------------------------------------------------------------------------- who somebody is


@pytest.mark.parametrize(
    ("relation", "reads"), [("mother", "mother"), ("not related", "no relation"), ("other relative", "relative")]
)
def test_a_relation_reads_well_before_of(desk, shelf, relation, reads):
    from cppp_cli.programme.answers import Answer

    case_id = shelf.cases["family-1"]
    cases.sheet(desk.db, case_id, desk.moment).put("children.2.adults.1.relation", Answer(relation))
    case = cases.load(desk.db, case_id)
    assert describe.party(case, case.adult(1)).relations == (("father", ("Isla Ashdown",)), (reads, ("Theo Ashdown",)))
