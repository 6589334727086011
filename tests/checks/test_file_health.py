"""What the doctor makes of what was observed: from which number on it speaks, and that every finding can be acted on."""

from __future__ import annotations

import ast
import inspect
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from cppp_cli import cli
from cppp_cli.checks import file_health, surroundings
from cppp_cli.checks.finding import Finding, Severity

TODAY = date(2026, 8, 6)
NOW = datetime(2026, 8, 6, 9, 0, tzinfo=UTC)
WORDS = {"gap": "links are missing", "other": "something else"}


def ago(days):
    return TODAY - timedelta(days=days)


def away(**more):
    return surroundings.of_away(**{"last": TODAY, "today": TODAY, "cases": 1, **more})


def folder(**more):
    usual = {"open_to_others": (), "synced": None, "room": None, "strangers": 0}
    return surroundings.of_folder("/home/officer/cppp", **{**usual, **more})


def copies(**more):
    return surroundings.of_copies(**{"other_key": (), "damaged": (), "erased": (), "strangers": 0, **more})


def schema(**more):
    usual = {"newer": False, "pending": False, "empty": False, "wrong": ()}
    return file_health.of_schema(**{**usual, **more})


# Each observation that is well, beside one that is not and what that is called.
OBSERVED = [
    (lambda: file_health.of_pages(0, 0), lambda: file_health.of_pages(1, 0), ["file.pages"]),
    (lambda: (), lambda: file_health.of_pages(7, 1), ["file.pages", "file.longer"]),
    (schema, lambda: schema(newer=True, pending=True), ["file.newer"]),
    (schema, lambda: schema(empty=True, pending=True), ["file.unfinished"]),
    (schema, lambda: schema(wrong=("adult",), pending=True), ["file.schema"]),
    (schema, lambda: schema(pending=True), ["file.older"]),
    (lambda: file_health.of_structure(0, 0), lambda: file_health.of_structure(1, 2), ["file.structure", "file.references"]),
    (lambda: file_health.of_erased((), None), lambda: file_health.of_erased([("F3KQ", 1)], "F3KQ"), ["file.rebuild", "file.erased"]),
    (lambda: file_health.of_triggers(0, 0, 0), lambda: file_health.of_triggers(1, 0, 2), ["history.triggers"]),
    (lambda: file_health.of_history((), WORDS), lambda: file_health.of_history([("gap", ""), ("other", "F3KQ")], WORDS), ["history.gap", "history.unknown"]),
    (lambda: file_health.of_clock((), NOW), lambda: file_health.of_clock([NOW + timedelta(minutes=11)], NOW), ["clock.back"]),
    (lambda: file_health.of_clock([NOW + timedelta(minutes=10)], NOW), lambda: file_health.of_clock([NOW + timedelta(days=1), NOW], NOW), ["clock.back"]),
    (lambda: file_health.of_drafts([("F3KQ", "child", ago(14))], [("F3KQ", ago(14))], TODAY), lambda: file_health.of_drafts([("F3KQ", "child", ago(15))], [("F3KQ", ago(15))], TODAY), ["draft.session", "draft.case"]),
    (lambda: file_health.of_words((), [("F3KQ", ago(30))], TODAY), lambda: file_health.of_words(["F3KQ"], [("F3KQ", ago(31))], TODAY), ["words.note", "words.finished"]),
    (lambda: file_health.of_pictures(()), lambda: file_health.of_pictures([("F3KQ", 2)]), ["pictures.loose"]),
    (lambda: file_health.of_endings((), (), [("F3KQ", ago(-1))], TODAY), lambda: file_health.of_endings(["F3KQ"], ["G4MN"], [("H5PQ", TODAY)], TODAY), ["case.taken-back", "case.handover", "case.due"]),
    (folder, lambda: folder(open_to_others=["x"], synced="Dropbox", room=199_999_999, strangers=1), ["folder.open", "folder.synced", "folder.room", "folder.strangers"]),
    (lambda: folder(room=200_000_000), lambda: folder(room=0), ["folder.room"]),
    (lambda: surroundings.of_documents("/x", synced=None), lambda: surroundings.of_documents("/x", synced="OneDrive"), ["documents.synced"]),
    (lambda: surroundings.of_leftovers({}), lambda: surroundings.of_leftovers({"/x": 2}), ["documents.half"]),
    (lambda: surroundings.of_written(()), lambda: surroundings.of_written([(kind, "/x", TODAY) for kind in ("pack", "document", "export", "plain export")]), ["documents.lying", "export.lying", "export.plain", "export.pack"]),
    (lambda: surroundings.of_age(None, (), cases=0), lambda: surroundings.of_age(None, (), cases=1), ["copies.none"]),
    (lambda: surroundings.of_age(datetime(2026, 8, 1, 9), [datetime(2026, 8, 1, 10), datetime(2026, 8, 1, 22)], cases=1), lambda: surroundings.of_age(datetime(2026, 8, 1, 9), [datetime(2026, 8, 1, 10), datetime(2026, 8, 2, 0)], cases=1), ["copies.old"]),  # noqa: DTZ001
    (lambda: surroundings.of_age(datetime(2026, 8, 9), [datetime(2026, 8, 1), datetime(2026, 8, 2)], cases=1), lambda: (), []),  # noqa: DTZ001
    (lambda: away(last=ago(6)), lambda: away(last=ago(7)), ["copies.away"]),
    (lambda: away(last=None, cases=0), lambda: away(last=None), ["copies.away"]),
    (copies, lambda: copies(other_key=[NOW], damaged=[NOW], erased=["F3KQ"], strangers=1), ["copies.other-key", "copies.damaged", "copies.erased", "copies.strangers"]),
    (lambda: surroundings.of_templates(""), lambda: surroundings.of_templates("a.md.j2, line 3: no such name. Correct it."), ["template.wrong"]),
    (lambda: surroundings.of_calendar({2026: 8, 2027: 9}, ago(548), TODAY), lambda: surroundings.of_calendar({2026: 8, 2027: 7}, ago(600), TODAY), ["calendar.short"]),
    (lambda: surroundings.of_calendar({2026: 8}, None, TODAY), lambda: surroundings.of_calendar({2026: 8}, ago(549), TODAY), ["calendar.old"]),
]  # fmt: skip

EVERY = [file_health.refused("It is empty; bring back a copy."), *(f for _, ill, _ in OBSERVED for f in ill())]


@pytest.mark.parametrize(
    ("well", "ill", "ids"), OBSERVED, ids=lambda value: "+".join(value) if isinstance(value, list) else ""
)
def test_it_speaks_when_something_is_wrong_and_only_then(well, ill, ids):
    assert list(well()) == []
    assert [finding.id for finding in ill()] == ids


def test_every_kind_of_finding_there_is_was_looked_at_here():
    """A kind that is added to the two modules and not to this table is noticed; so is a word for damage nobody finds."""
    written = set()
    for module in (file_health, surroundings):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[a-z]+\.[a-z-]+", node.value)
            ):
                written.add(node.value)
    of_history = {kind for kind in file_health.DAMAGE if kind.startswith("history.")}
    assert written - of_history == {finding.id for finding in EVERY} - of_history
    assert written >= file_health.DAMAGE


@pytest.mark.parametrize("finding", EVERY, ids=lambda finding: finding.id)
def test_a_finding_says_what_and_what_to_do(finding):
    assert finding.what.endswith(".")
    assert finding.what[0].isupper() or finding.what[0].isdigit() or finding.id == "template.wrong"
    assert "cppp " in finding.do or "chmod " in finding.do or finding.do.endswith(".")
    assert "\n" not in finding.what + finding.do
    assert "  " not in finding.what + finding.do
    assert not re.search(r"\b1 \w+s\b|\b[2-9] (row|page|copy|place|file|thing) ", finding.what), finding.what


def test_what_it_says_to_type_exists():
    typed = [line for finding in EVERY for line in re.findall(r"cppp ([a-z-]+(?: [a-z-]+)?)", finding.do)]
    assert len(typed) > 20
    for line in typed:
        first, _, second = line.partition(" ")
        if first in {"writes", "wrote", "neither", "proposes", "makes"}:  # where cppp is the one who does something
            continue
        assert first in cli.COMMANDS, line
        below = getattr(cli.load(first), "commands", None)
        assert below is None or second in below, line


def test_damage_always_blocks():
    assert all(finding.blocks for finding in EVERY if finding.id in file_health.DAMAGE)
    assert file_health.is_damage([Finding("file.pages", "", "", "")])
    assert not file_health.is_damage([finding for finding in EVERY if finding.id not in file_health.DAMAGE])


def test_a_finding_advises_unless_it_is_said_to_block():
    assert Finding("a.b", "there", "It is.", "Do.").severity is Severity.ADVISORY
    assert not Finding("a.b", "there", "It is.", "Do.").blocks


def test_why_a_file_does_not_open_is_told_apart_from_what_to_do():
    finding = file_health.refused("The officer's file is empty; bring back a copy made before.")
    assert finding.what == "The officer's file is empty."
    assert finding.do == file_health.refused("It is not whole.").do
    assert finding.do.startswith("cppp restore ")


def test_a_case_is_named_by_its_reference_and_the_file_by_itself():
    assert [f.place for f in file_health.of_history([("gap", ""), ("gap", "F3KQ")], WORDS)] == [
        "the history",
        "case F3KQ",
    ]


def test_what_lies_in_several_folders_is_one_finding_with_the_oldest_day():
    there = [("document", "/a", ago(3)), ("document", "/b", ago(9)), ("document", "/a", ago(1))]
    (finding,) = surroundings.of_written(there)
    assert finding.place == "/a, /b"
    assert "3 documents" in finding.what
    assert "28 Jul 2026" in finding.what
