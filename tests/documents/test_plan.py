"""The parenting plan's documents: nobody is misnamed, nothing is told that was not to be told, both sides get the same.

What each document has to say is worked out in ``plan_expected.py`` from the records alone, wherever a name stands.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from cppp_cli.documents import calendar_shown, describe, describe_child, describe_plan
from cppp_cli.documents.md2docx import to_docx
from cppp_cli.errors import TemplateError
from cppp_cli.programme import ledger, ledger_children
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.case import Case
from cppp_cli.programme.ledger import DESK, FORM, SESSION, Version
from cppp_cli.programme.nights.rules import Daytime, HolidayRule, Share
from cppp_cli.programme.nights.terms import HolidayKind

HERE = Path(__file__).parent
FAMILIES = ("family-1", "family-2")


def _load(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


made, expected, parity = _load("plan_family"), _load("plan_expected"), _load("test_parity")
KINDS = tuple(made.TEMPLATE)
LAID = ("none", "agreed", "proposals", "one each", "two")


@pytest.fixture(scope="module")
def people(shelf, tmp_path_factory):
    """Both look-alike cases and their officer, from the file."""
    from cppp_cli.store import cases, officer
    from cppp_cli.store.file import open_file

    db = open_file(shelf.take("opened", tmp_path_factory.mktemp("people") / "home"), shelf.key)
    found = SimpleNamespace(officer=officer.load(db), cases={f: cases.load(db, n) for f, n in shelf.cases.items()})
    db.close()
    return found


@pytest.fixture
def family(people):
    return lambda name, laid="agreed", **more: made.family(people.cases[name], people.officer, laid, **more)


def plain(spans):
    return "".join(text for text, *_ in spans)


def blocks(markdown):
    found = []
    for kind, content in parity.read_markdown(markdown):
        if kind in {"row", "head"}:
            found.append((kind, tuple(plain(spans) for _, spans in content)))
        else:
            found.append((kind.split()[0], content if kind == "picture" else plain(content)))
    return found


def names_somebody(block, names):
    _, content = block
    texts = content if isinstance(content, tuple) else (content,)
    return any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts for name in names)


def check(family, kind, markdown):
    """Wherever the document names somebody it says what it has to say, in its order; and every word is there."""
    found, names = blocks(markdown), expected.names_of(family)
    wanted = list(expected.EXPECTED[kind](family))
    assert [b for b in found if names_somebody(b, names)] == [b for b in wanted if names_somebody(b, names)]
    # What names nobody stands between its neighbours: whose words they are shows by where they are.
    rest = iter(found)
    for block in wanted:
        assert block in rest, block


# ---------------------------------------------------------------------------------- who is who


@pytest.mark.parametrize("laid", LAID)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAMILIES)
def test_everybody_is_named_where_they_belong(family, name, kind, laid):
    found = family(name, laid)
    check(found, kind, found.written(kind))


# Exchanges of data a document has no part in: it must not change by them.
UNTOUCHED = {
    ("returned", "nights_exchanged"): "it shows no calendar",
    ("child plan", "words_exchanged"): "it tells what nobody said alone",
}


@pytest.mark.parametrize("exchange", made.EXCHANGES, ids=lambda e: e.__name__)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAMILIES)
def test_people_exchanged_in_the_data_are_exchanged_in_the_document_and_that_is_noticed(family, name, kind, exchange):
    before = family(name, "one each" if exchange is made.siblings_exchanged else "agreed")
    after = exchange(before)
    written = after.written(kind)
    check(after, kind, written)
    if (kind, exchange.__name__) in UNTOUCHED:
        assert written == before.written(kind)
        return
    with pytest.raises(AssertionError):
        check(before, kind, written)


@pytest.mark.parametrize("laid", ["agreed", "one each"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAMILIES)
def test_no_single_name_in_the_output_can_be_exchanged_unnoticed(family, name, kind, laid):
    """Each place where a document names an adult or a child, with the name of the other put there."""
    found = family(name, laid)
    written = found.written(kind)
    one, other = found.case.side("A")[0], found.case.side("B")[0]
    first, second = found.case.children[:2]
    tried = 0
    for x, y in ((one, other), (other, one), (first, second), (second, first)):
        for place in re.finditer(rf"\b{re.escape(x.called)}\b", written):
            tried += 1
            with pytest.raises(AssertionError):
                check(found, kind, written[: place.start()] + y.called + written[place.end() :])
    assert tried > (8 if kind == "child plan" else 20)


def references(folder):
    """Every place in a shipped template where a side is chosen by its number."""
    for path in sorted(folder.glob("*.md.j2")):
        text = path.read_text(encoding="utf-8")
        for place in re.finditer(r"\b(?:sides|to_court|offers|yes|views|nights|\])?\[([01])\]", text):
            yield path.name, place.start(1), place[1]


PLACES = list(references(made.TEMPLATES))


def test_there_are_references_to_exchange():
    assert {name for name, *_ in PLACES} >= {"parenting_plan.md.j2", "_agreed_when.md.j2", "_agreed_table.md.j2",
                                             "_positions.md.j2"}  # fmt: skip
    assert len(PLACES) > 40


@pytest.mark.parametrize(("file", "at", "number"), PLACES)
def test_a_side_exchanged_in_a_template_is_noticed(family, tmp_path, file, at, number):
    """One reference of one template at a time, in both families, with each calendar there may be."""
    text = (made.TEMPLATES / file).read_text(encoding="utf-8")
    (tmp_path / file).write_text(text[:at] + "10"[int(number)] + text[at + 1 :], encoding="utf-8", newline="\n")
    noticed = 0
    for name in FAMILIES:
        for kind in KINDS:
            for laid in ("agreed", "proposals"):
                found = with_every_date_apart(family(name, laid))
                try:
                    check(found, kind, found.written(kind, (tmp_path, made.TEMPLATES)))
                except (AssertionError, TemplateError):
                    noticed += 1
    assert noticed


def with_every_date_apart(found):
    """So that a date of one side can be told from the other's, and an offer of B's alone from one of A's alone."""
    specs = dict(found.specs)
    specs[12] = specs[1] | {"topic": "travel", "yes_a_on": "2026-07-02", "yes_b_on": "2026-07-03", "wishes": (),
                            "wording": "Word12", "confirmed_a_on": "2026-07-04", "confirmed_b_on": "2026-07-05"}  # fmt: skip
    specs[13] = {"topic": "money", "children": ("all",), "state": "not_agreed", "asked_a": "PutA13",
                 "court_a_as": "as_asked", "court_b_as": "nothing", "offered_b": "ToldB13", "offer_told_b": "yes"}  # fmt: skip
    return replace(found, specs=specs)


_position, _names, _statements = ledger._position, calendar_shown.Names, describe.statements


def swapped_names(case, side):
    return " and ".join(adult.full_name for adult in case.adults if adult.side != side)


def other_child(entry, entries, case):
    numbers = ledger_children.holds_for(entry, entries, case)
    return " and ".join(child.full_name for child in case.children if child.number not in numbers) or "all the children"


def _others(entry, entries, case):
    numbers = ledger_children.holds_for(entry, entries, case)
    return tuple(c.number for c in case.children if c.number not in numbers) or numbers


def _exchanged_statements(session):
    return tuple(replace(found, child=3 - found.child) for found in _statements(session))


BREAKS = {
    "sides named the other way round": (Case, "side_names", swapped_names, {"plan", "report", "returned"}),
    "children of an entry exchanged": (describe_plan, "children_named", other_child, {"plan", "report", "returned"}),
    "position of the other side": (ledger, "_position", lambda side, *rest: _position("AB".replace(side, ""), *rest),
                                   {"plan", "report", "returned"}),
    "everybody by the next one's name": (calendar_shown, "called", lambda person: f"not {person.called}", {"child plan"}),
    "names of the months' letters": (calendar_shown, "Names", lambda a, b, *rest: _names(b, a, *rest),
                                     {"plan", "report", "child plan"}),
    "told to the other child": (describe_child, "holds_for", _others, {"child plan"}),
    "what was heard of the other child": (describe, "statements", _exchanged_statements,
                                          {"report", "returned"}),
}  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("name", FAMILIES)
def test_the_check_fails_when_what_makes_the_documents_mixes_people_up(family, monkeypatch, name, broken):
    """It can fail: each of these is a mistake somebody might make in the code behind the templates."""
    target, attribute, wrong, kinds = BREAKS[broken]
    monkeypatch.setattr(target, attribute, wrong)
    found = family(name)
    for kind in kinds:
        with pytest.raises(AssertionError):
            check(found, kind, found.written(kind))


# ---------------------------------------------------------------------------------- what is not to be told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAMILIES)
def test_what_was_only_asked_or_offered_is_neither_printed_nor_given_to_a_template(family, name, kind):
    found = family(name)
    given = repr(found.context(kind))
    for word in made.NEVER:
        assert any(word in repr(spec) for spec in (*found.specs.values(), *made.SESSIONS.values())), "it is in the case"
        assert word not in found.written(kind)
        assert word not in given


def test_an_offer_stands_there_only_while_its_maker_lets_it_be_told(family):
    found = family("family-1")
    for told_a, told_b in (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")):
        specs = found.specs | {4: found.specs[4] | {"offer_told_a": told_a, "offer_told_b": told_b}}
        for kind in ("plan", "report"):
            written = replace(found, specs=specs).written(kind)
            assert ("ToldA4" in written, "KeptB4" in written) == (told_a == "yes", told_b == "yes")


def test_a_childs_wish_stands_by_an_entry_only_when_cleared_for_every_reader(family):
    found = family("family-1")
    assert found.written("plan").count("Said1") == 1
    for gate in ("wish", "decision"):
        for readers in (("parent-a", "parent-b"), ("nobody",), ("judge-only",), ()):
            sessions = tuple(
                replace(s, answers={**s.answers, f"statements.1.{gate}": Answer(readers)}) if s.kind == "child" else s
                for s in found.sessions
            )
            for kind in KINDS:
                assert "Said1" not in replace(found, sessions=sessions).written(kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAMILIES)
def test_no_document_speaks_of_child_maintenance(family, name, kind):
    for laid in LAID:
        written = family(name, laid).written(kind).lower()
        assert not re.search(r"maintenance|\bband|£|reduction|paying parent", written)


def test_what_is_withdrawn_is_not_printed_and_what_was_not_raised_is_named(family):
    found = family("family-1")
    written = found.written("plan")
    assert "Travel" not in written
    assert "Not talked about: Education and childcare (Theo Ashdown); Money and what the children need." in written
    assert written.count("Money and what the children need") == 1


@pytest.mark.parametrize("side", ["a", "b"])
@pytest.mark.parametrize(
    "said",
    [
        *({f"{what}_X": "Raised"} for what in ("asked", "offered", "court")),
        {"asked_X": Answer(gap=Gap.DECLINED)},
        {"wording": "Raised"},
        {"court_asked": "Raised"},
        {"instead": "yes", "children": ("2",)},
    ],
)
def test_a_topic_one_side_raised_in_its_form_is_neither_called_not_talked_about_nor_printed(family, side, said):
    """It is false that nobody thought of it, and that it stands there tells the other side that somebody did."""
    found = family("family-1")
    form = {"topic": "travel", "children": ("all",), "state": "not_raised"}
    form |= {path.replace("_X", f"_{side}"): value for path, value in said.items()}
    written = {kind: replace(found, specs={7: found.specs[7], 20: form}).written(kind) for kind in KINDS}
    assert "Not talked about: Money and what the children need." in written["plan"]
    assert not [kind for kind in KINDS if "Travel" in written[kind] or "Raised" in written[kind]]


def test_words_taken_back_are_no_topic_nobody_talked_about(family):
    found = family("family-1")
    spec = {"topic": "travel", "children": ("all",), "state": "not_raised"}
    said = Version("entry.20", 1, FORM, made.TODAY, "", made.answers(spec | {"asked_a": "Raised"}))
    back = Version("entry.20", 2, DESK, made.TODAY, "", {"asked_a": None})
    assert describe_plan.not_raised(found.case, [ledger.entry(20, [said, back])]) == ()
    blank = Version("entry.20", 1, DESK, made.TODAY, "", made.answers(spec) | {"asked_a": Answer(gap=Gap.BLANK)})
    assert describe_plan.not_raised(found.case, [ledger.entry(20, [blank])]) == ("Travel and passports",)


def test_what_was_not_raised_takes_no_place_and_is_not_called_so_beside_what_holds_for_all(family):
    """An override nobody talked about yet: the words for all hold for all, and nothing on the page says otherwise."""
    found = family("family-1", "none")
    for state in ("not_raised", "withdrawn"):
        instead = {"topic": "handovers", "children": ("2",), "instead": "yes", "state": state}
        written = replace(found, specs={2: found.specs[2], 3: instead}).written("plan")
        assert "For all the children:" in written
        assert "Not talked about" not in written
        assert written.count("Handovers") == 2, "at a glance, and where it is agreed"


SILENT = {"topic": "relocation_name", "children": ("all",), "court_a_as": "nothing", "review_on": "2027-03-03"}
TOLD = ({"asked_b": "Put", "court_b_as": "as_asked"}, {"offered_a": "Offer", "offer_told_a": "yes"},
        {"court_asked": "Question"})  # fmt: skip
HIDDEN = ({"asked_a": "Asked"}, {"offered_b": "Offer", "offer_told_b": "no"}, {"asked_b": "Asked"}, {})


def with_an_entry_from(found, source, spec):
    """What the documents of a family say when its ledger has this entry alone."""
    version = Version("entry.1", 1, source, made.TODAY, "", made.answers(spec), 60 if source == SESSION else None)
    entries = (ledger.entry(1, [version]),)
    alone = type("Alone", (made.Family,), {"entries": property(lambda _: entries)})
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return {kind: alone(**fields).written(kind) for kind in ("plan", "report")}


@pytest.mark.parametrize("state", sorted(ledger.OPEN))
@pytest.mark.parametrize("source", [DESK, FORM])
def test_an_entry_only_one_side_knows_of_is_printed_only_when_something_of_it_may_be_told(family, source, state):
    found = family("family-1", "none")
    nothing = replace(found, specs={})
    for said in HIDDEN:
        written = with_an_entry_from(found, source, SILENT | said | {"state": state})
        assert written == {kind: nothing.written(kind) for kind in written}, "as if it did not exist, nor counted"
    for said in TOLD:
        written = with_an_entry_from(found, source, SILENT | said | {"state": state})
        for kind, text in written.items():
            assert "Moving house" in text, kind
            assert text != nothing.written(kind)


@pytest.mark.parametrize("state", sorted(ledger.OPEN))
def test_what_both_talked_about_is_printed_also_when_neither_puts_anything_to_the_court(family, state):
    found = family("family-1", "none")
    written = with_an_entry_from(found, SESSION, SILENT | {"state": state, "asked_a": "Asked"})
    for kind, text in written.items():
        assert "puts no position to the court" in text
        assert "Asked" not in text.replace("Asks", ""), kind


def test_nothing_left_out_is_denied(family):
    """What is left out may not be told; that there is nothing between the sides may not be said either."""
    found = family("family-1", "none")
    for text in with_an_entry_from(found, DESK, SILENT | {"state": "for_court", "asked_a": "Asked"}).values():
        assert "Nothing is recorded" not in text
        assert "Nothing is put forward here as open between the two sides." in text


# ---------------------------------------------------------------------------------- the form for a parent


@pytest.fixture
def form(monkeypatch):
    """The form of one side of a family, as ``cppp agreement form`` makes it."""
    from cppp_cli.commands.agreement_form import form_for
    from cppp_cli.documents.parent_form import render
    from cppp_cli.programme.parent_form import new_token
    from cppp_cli.store import ledger as kept

    def make(found, side):
        monkeypatch.setattr(kept, "entries", lambda *_: found.entries)
        office = SimpleNamespace(db=None, today=made.TODAY)
        return render(form_for(office, found.case, side, new_token(bytes(8))), [made.TEMPLATES])

    return make


def exchanged_words(text, one, other):
    return re.sub(f"{re.escape(one)}|{re.escape(other)}", lambda m: other if m[0] == one else one, text)


@pytest.mark.parametrize("side", ["A", "B"])
@pytest.mark.parametrize("name", FAMILIES)
def test_people_exchanged_are_exchanged_wherever_a_form_names_them(family, form, name, side):
    found = family(name)
    page = form(found, side)
    sides = [expected.both([adult.called for adult in found.case.side(s)]) for s in "AB"]
    children = [child.called for child in found.case.children[:2]]
    assert all(word in page for word in (*sides, *children))
    assert form(made.sides_exchanged(found), side) == exchanged_words(page, *sides)
    assert form(made.siblings_renamed(found), side) == exchanged_words(page, *children)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_form_holds_what_both_agreed_and_its_own_sides_words_alone(family, form, name):
    found = family(name)
    pages = {side: form(found, side) for side in "AB"}
    own = {"A": ("PutA4", "AskedA5", "PutA11"), "B": ("AskedB4", "PutB5", "PutB11")}
    never = ("AskedA10", "AskedB10", "Said1", "Said2", "Said3", "Letter1", "Question4", "ViewA0", "ViewB0")
    for side, other in ("AB", "BA"):
        assert all(word in pages[side] for word in (*own[side], "Word1", "Word2", "Word3"))
        words = re.findall(rf"\b(?:Put|Asked|Told|Kept){other}\d+|\b(?:{'|'.join(never)})\b", pages[side])
        assert words == []
    for side in "AB":
        assert pages[side] != form(made.words_exchanged(found), side), "the words follow the side"


# ---------------------------------------------------------------------------------- for all, or for one


@pytest.mark.parametrize("kind", ["plan", "report", "returned"])
def test_all_the_children_is_said_only_of_what_holds_for_all(family, kind):
    found = family("family-1")
    alone = {1: found.specs[2]}
    together = alone | {2: found.specs[3]}

    def says(specs):
        return [line for line in found_lines(replace(found, specs=specs).written(kind)) if "Word2" in line]

    def found_lines(written):
        if kind != "plan":
            return written.splitlines()
        lines = written.splitlines()
        return [f"{lines[n - 2]} {line}" for n, line in enumerate(lines) if line.startswith("> ")]

    assert "all the children" in says(alone)[0]
    assert "all the children" not in says(together)[0]
    assert "Isla Ashdown" in says(together)[0]
    assert "all the children" in says(alone | {2: found.specs[3] | {"instead": "no"}})[0], "both hold then"
    assert "all the children" in says(alone | {2: found.specs[3] | {"state": "withdrawn"}})[0], (
        "an override that is gone"
    )


# ---------------------------------------------------------------------------------- the same room for both


@pytest.mark.parametrize("kind", ["plan", "report"])
@pytest.mark.parametrize("name", FAMILIES)
def test_both_sides_have_the_same_room_and_prompts(family, house_style, fields, parts, name, kind):
    found = family(name, "proposals")
    markdown = found.written(kind)
    tables = [row for row in blocks(markdown) if row[0] == "row" and row[1][0].startswith(("Asks the court", "Offers"))]
    assert len(tables) >= 4
    for _, cells in tables:
        assert len({cell.partition(":")[0] for cell in cells}) == 1, "the same prompt in both cells"
    xml = parts(to_docx(markdown, house_style, fields))["word/document.xml"]
    widths = [
        {int(cell.get(f"{parity.W}w")) for cell in table.iter(f"{parity.W}gridCol")}
        for table in xml.iter(f"{parity.W}tbl")
        if (caption := table.find(f"{parity.W}tblPr/{parity.W}tblCaption")) is not None
        and caption.get(f"{parity.W}val") == "Positions"
    ]
    assert widths
    assert all(len(found) == 1 for found in widths), "two columns of one width"


def test_a_side_that_says_nothing_has_its_place_all_the_same(family):
    found = family("family-1")
    silent = {**found.specs[4], "court_b_as": "nothing", "offer_told_a": "no"}
    rows = [b[1] for b in blocks(replace(found, specs={1: silent}).written("plan")) if b[0] == "row"]
    assert ("Asks the court for: PutA4", "Asks the court for: puts no position to the court.") in rows
    assert not [row for row in rows if row[0].startswith("Offers")]


# ---------------------------------------------------------------------------------- nothing twice


@pytest.mark.parametrize("kind", ["report", "returned"])
@pytest.mark.parametrize("name", FAMILIES)
def test_no_sentence_of_an_entry_stands_twice_in_a_report(family, name, kind):
    found = family(name)
    written = found.written(kind)
    words = {value for spec in found.specs.values() for key, value in spec.items() if isinstance(value, str)
             and re.fullmatch(r"[A-Z]\w+\d+", value)} | {"Said1", "Said3", "Letter1", "Promise1", "Next1"}  # fmt: skip
    counted = Counter({word: len(re.findall(rf"\b{word}\b", written)) for word in words})
    assert {word: n for word, n in counted.items() if n > 1} == {}
    assert counted["Word1"] == counted["Step1"] == counted["Said1"] == 1
    assert counted["Question4"] == counted["PutA4"] == (1 if kind == "report" else 0)


def test_the_report_points_to_the_summary_for_the_calendar_and_repeats_none_of_it(family):
    found = family("family-1")
    report, plan = found.written("report"), found.written("plan")
    assert len([line for line in report.splitlines() if "calendar" in line.lower()]) == 2, "a heading and a paragraph"
    assert "table: calendar" in plan
    assert "table: calendar" not in report


# ---------------------------------------------------------------------------------- the calendar


def test_the_months_hold_every_night_of_the_year_with_its_letter(family):
    """Counted day by day against the pattern, from the document alone."""
    written = family("family-2").written("plan")
    months = [calendar_shown.say_date(date(2026, n, 1)).split()[2] for n in range(1, 13)]
    found, month = {}, None
    for line in written.splitlines():
        if match := re.fullmatch(r"(\w+) (20\d\d)", line):
            month = (int(match[2]), months.index(match[1]) + 1)
        elif month and line.startswith("|") and "Mon" not in line and ":-:" not in line:
            for column, square in enumerate(cell.strip() for cell in line.strip("|").split("|")):
                if square:
                    day, _, letter = square.partition(" ")
                    on = date(*month, int(day))
                    assert on.weekday() == column
                    found[on] = letter
    nights = {day: letter for day, letter in found.items() if letter}
    assert nights == {made.STARTS + timedelta(n): made.FORTNIGHT[n % 14] for n in range(365)}


@pytest.mark.parametrize("laid", ["agreed", "two", "one each", "proposals"])
def test_what_nights_are_counted_on_is_said_in_sentences(family, laid):
    """Each begins with a capital, has a verb of its own and ends in a full stop."""
    found = family("family-1", laid)
    for kind in ("plan", "report"):
        said = [content for block, content in blocks(found.written(kind)) if block == "numbered" and "sleep" in content]
        assert all(
            re.search(r"(?:\. |^)This counts where .+ sleeps? on 365 nights, from .+ evening\.", s) for s in said
        )
        assert len(said) == sum(bool(one.agreed if kind == "report" else one.proposals) for one in found.laid)


def test_no_grid_is_drawn_of_nights_that_are_all_the_same(family):
    found = family("family-1")
    written = replace(found, laid=(replace(found.laid[0], agreed=made.a_year("B")),)).written("plan")
    assert "Every night the children are with Leanne Ashdown." in written
    assert "table: calendar" not in written


def test_no_calendar_is_shown_where_there_is_none(family):
    written = family("family-1", "none").written("plan")
    assert "calendar" not in written.lower()
    assert "calendar" not in family("family-1", "none").written("report").lower()


def test_two_proposals_are_set_side_by_side_and_no_grid_is_drawn(family):
    written = family("family-1", "proposals").written("plan")
    assert "table: calendar" not in written
    assert "the two proposals differ on" in written


# ---------------------------------------------------------------------------------- the children's page


def test_the_children_are_told_nothing_that_is_not_agreed(family):
    for name in FAMILIES:
        found = family(name)
        written = found.written("child plan")
        told = {word for spec in found.specs.values() for value in spec.values() if isinstance(value, str)
                for word in [value] if word in written and re.fullmatch(r"[A-Z]\w+\d+", word)}  # fmt: skip
        assert told == {"Tell1", "Tell2", "Tell3"}
        for said in ("Said", "Letter", "Way", "Answer", "View"):
            assert said not in written
        assert {"Promise1", "Promise2"} <= set(written.split())
        assert "7 December 2026" in written
        for word in ("court", "judge", "order", "legal", "party", "parties", "position", "Cafcass", found.case.number):
            assert not re.search(rf"\b{word}\b", written, re.IGNORECASE), word
        for person in (*found.case.adults, *found.case.children):
            assert person.full_name not in written, "first names only"


def told_of(family, letters, **more):
    found = family("family-1", "agreed")
    laid = replace(found.laid[0], agreed=made.a_year(letters, **more))
    written = replace(found, laid=(laid,)).written("child plan")
    return [content for kind, content in blocks(written) if kind in {"bullet", "p"} and "You can" not in content]


def test_the_nights_are_told_in_a_childs_words(family):
    """Patterns of one week, of several, of no whole weeks, with others in them, and time in the day."""
    assert "Every week. On Wednesday and Thursday nights you are with Leanne. On all the other nights you are with Daniel." in told_of(family, "AABBAAA")  # fmt: skip
    assert "Week 1. You are with Daniel every night." in told_of(family, "AAAAAAABBBBBBB")
    assert "Weeks 2, 3 and 4. You are with Daniel every night." in told_of(family, "AAAABBA" + "A" * 21)
    assert ("Every week. On Saturday night you are with somebody else. On Friday and Sunday nights you are with Leanne. "
            "On all the other nights you are with Daniel.") in told_of(family, "AAAABOB")  # fmt: skip
    spells = told_of(family, "AAABB")
    assert "It starts on Monday 7 September 2026." in spells
    assert ("Night by night. First you are with Daniel for 3 nights. Then you are with Leanne for 2 nights. "
            "Then it starts again.") in spells  # fmt: skip
    day = told_of(
        family, "A" * 7, daytimes=(Daytime(5, time(10), time(12), "B"), Daytime(2, time(16), time(18), "B", 1))
    )
    assert ("In the day. On Saturdays you are with Leanne from 10:00 to 12:00. On Wednesday of week 1 you are with Leanne "
            "from 16:00 to 18:00.") in day  # fmt: skip
    other_days = told_of(family, "A" * 7, holidays=(HolidayRule(HolidayKind.SUMMER, Share.HALVES),))
    assert "Holidays and special days can be different. Ask to see the calendar." in other_days
    assert not any("Holidays" in said for said in told_of(family, "A" * 7))


def syllables(word):
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower()))))


def grade(text):
    """Flesch and Kincaid's school grade; 3 to 5 is the age of 8 to 10."""
    sentences = [s for s in re.split(r"[.!?:]\s|\n", text) if re.search(r"[a-z]{2}", s)]
    words = re.findall(r"[A-Za-z]+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_readability_figure_tells_plain_words_from_others():
    assert grade("The cat is on the mat. You can sit too.") < 1
    assert grade("The arrangements are to be implemented notwithstanding any subsequent disagreement.") > 12


@pytest.mark.parametrize("laid", LAID)
@pytest.mark.parametrize("name", FAMILIES)
def test_the_childrens_page_can_be_read_by_a_child_of_eight(family, name, laid):
    """Its own words; the names are put as short ones, because they are no harder to a child who bears them."""
    found = family(name, laid)
    written = "\n".join(content for kind, content in blocks(found.written("child plan")) if kind != "picture")
    for known in (*expected.names_of(found), found.officer.full_name):
        written = written.replace(known, "Sam")
    assert grade(written) <= 4.5
    longest = max(re.split(r"[.!?:]\s|\n", written), key=lambda s: len(s.split()))
    assert len(longest.split()) <= 15, longest


def test_the_officer_is_told_which_agreements_have_no_words_for_children(family):
    found = family("family-1")
    bare = {n: {k: v for k, v in spec.items() if k != "for_child"} for n, spec in found.specs.items()}
    entries = replace(found, specs=bare).entries
    today = made.TODAY
    assert [e.number for e in describe_child.unworded(entries, (), today)] == [1, 2, 3]
    assert [e.number for e in describe_child.unworded(entries, found.laid, today)] == [2, 3], (
        "the calendar tells the nights"
    )
    assert describe_child.unworded(found.entries, (), today) == ()


@pytest.mark.parametrize(("until", "told"), [("2026-08-05", False), ("2026-08-06", True), ("2026-08-07", True)])
def test_children_are_told_nothing_that_is_over(family, until, told):
    found = family("family-1", "none")
    specs = {2: found.specs[2] | {"until_on": until, "review_on": "2026-08-20"}}
    written = replace(found, specs=specs).written("child plan")
    assert ("Tell2" in written) == told
    assert ("20 August 2026" in written) == told, "nor that it is looked at again"


DEPENDING = ({"conditions": "Condition1"}, {"steps.1.starts": "May 2027", "steps.1.words": "Step1"})


@pytest.mark.parametrize("more", [{}, *DEPENDING])
@pytest.mark.parametrize("state", ["agreed", "agreed_in_principle"])
def test_the_calendar_tells_children_nothing_as_if_it_held_that_depends_on_something(family, more, state):
    """With words somebody wrote for them it stands; without, the calendar would promise it as it is."""
    found = family("family-1", "two")
    plain = {"topic": "living_pattern", "state": state, "wording": "Word", **made.BOTH_YES}
    for children, whose in ((("all",), (1, 2)), (("2",), (2,))):
        bare = {1: plain | {"children": children} | more}
        worded = {1: bare[1] | {"for_child": "Tell1"}}
        for specs, told in ((bare, [n for n in (1, 2) if not more or n not in whose]), (worded, [1, 2])):
            changed = replace(found, specs=specs)
            written = changed.written("child plan")
            names = [found.case.child(n).called for n in (1, 2)]
            assert [n for n, name in zip((1, 2), names, strict=True) if f"{name} is with" in written] == told
            noted = describe_child.told_though_it_depends(
                found.case,
                changed.entries,
                describe_child.laid_for_children(found.case, changed.entries, found.laid, made.TODAY),
                made.TODAY,
            )
            assert [e.number for e in noted] == ([1] if more and "for_child" in specs[1] else [])


def test_what_depended_on_something_and_is_over_keeps_no_calendar_from_the_children(family):
    found = family("family-1")
    plain = {"topic": "living_pattern", "children": ("all",), "state": "agreed", "wording": "Word", **made.BOTH_YES}
    over = plain | {"conditions": "Condition", "until_on": "2026-08-01"}
    assert "Where you will be" in replace(found, specs={1: over, 2: plain}).written("child plan")


# ---------------------------------------------------------------------------------- Markdown and Word


@pytest.mark.parametrize("laid", ["agreed", "two", "proposals"])
@pytest.mark.parametrize("kind", KINDS)
def test_markdown_and_word_say_the_same(family, house_style, fields, parts, kind, laid):
    markdown = family("family-2", laid).written(kind)
    settings = replace(fields, for_children=kind == "child plan")
    assert parity.read_markdown(markdown) == parity.read_docx(parts(to_docx(markdown, house_style, settings)))


@pytest.mark.parametrize("kind", KINDS)
def test_an_independent_validator_finds_nothing_wrong(family, house_style, fields, audit, kind):
    settings = replace(fields, for_children=kind == "child plan")
    for laid in ("agreed", "two"):
        assert audit(to_docx(family("family-1", laid).written(kind), house_style, settings)) == []
