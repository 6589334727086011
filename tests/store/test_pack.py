"""A pack holds all that concerns or mentions one person, marked for those who review it, and nothing of other families."""

from __future__ import annotations

import json
import os
import re

import pytest

from cppp_cli.errors import ConflictError, DamagedFileError, UsageProblemError
from cppp_cli.programme import pack as rules
from cppp_cli.programme import pack_marks as marks
from cppp_cli.programme import pack_places, pack_words
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.store import cases, events, handover, pack, sealed, sessions, whole_case
from cppp_cli.store.keys import Key

FAMILIES = ("family-1", "family-2")
PEOPLE = {
    "family-1": {"adult-1": "Daniel", "adult-2": "Leanne", "child-1": "Isla", "child-2": "Theo", "other-1": "Gareth"},
    "family-2": {"adult-1": "Leonie", "adult-2": "David", "adult-3": "Margaret", "child-1": "Isaac", "child-2": "Thea"},
}
EVERYBODY = [(family, person) for family, people in PEOPLE.items() for person in people]
FAMILY_MEMBERS = [(f, p) for f, p in EVERYBODY if not p.startswith("other")]


@pytest.fixture
def key():
    return Key(os.urandom(32), os.urandom(16))


@pytest.fixture(scope="module")
def rows_by_family(crowded_file, shelf, tmp_path_factory):
    """Both crowded cases as rows, with the history of the file."""
    import shutil

    from cppp_cli.store.file import open_file

    db = open_file(shutil.copyfile(crowded_file, tmp_path_factory.mktemp("rows") / "officer.db"), shelf.key)
    found = {
        family: {**whole_case.gather(db, case_id), "change": whole_case.history_of(db, case_id)}
        for family, case_id in shelf.cases.items()
    }
    db.close()
    return found


@pytest.fixture(scope="module")
def packs(rows_by_family):
    """The pack about everybody."""
    return {
        (f, person.reference): rules.pack(rows, person.reference)
        for f, rows in rows_by_family.items()
        for person in rules.people(rows)
    }


def told(made):
    return "\n".join(item.words for item in made.items)


def holding(made, words):
    """The items whose words hold these."""
    return [item for item in made.items if words in item.words]


def as_written(value):
    """The texts that a cell holds, those inside an answer too."""
    try:
        kept = json.loads(value)
    except (TypeError, ValueError):
        return [value] if isinstance(value, str) else []
    if isinstance(kept, dict):
        return [text for inner in kept.values() for text in as_written(inner)]
    if isinstance(kept, list):
        return [text for inner in kept for text in as_written(inner)]
    return [kept] if isinstance(kept, str) else [value]


def every_text(rows):
    """Every text of a case with its table and column, the words that stood before too, whatever the pack's rules say."""
    for table, found in rows.items():
        for row in found:
            for column, value in row.items():
                if column not in {"after", "command", "reason", "digest", "scope"} or table not in {
                    "change",
                    "earlier_change",
                }:
                    for text in as_written(value):
                        yield table, column, text


# ------------------------------------------------------------------------------------------------ whole


def test_the_made_up_people_are_who_this_file_takes_them_for(rows_by_family):
    for family, people in PEOPLE.items():
        found = {person.reference: person.name.split()[0] for person in rules.people(rows_by_family[family])}
        assert people.items() <= found.items()


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_every_text_that_names_a_person_is_in_their_pack(packs, rows_by_family, family, person):
    name = PEOPLE[family][person]
    words = told(packs[family, person])
    naming = {
        text
        for table, column, text in every_text(rows_by_family[family])
        if re.search(rf"(?<!\w){name}(?!\w)", text, re.IGNORECASE) and (table, column) != ("event", "path")
    }
    assert len(naming) > 1
    missing = [text for text in naming if text.strip() not in words]
    assert missing == []


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_everything_on_file_of_a_person_is_in_their_pack(packs, rows_by_family, family, person):
    group, number = person.split("-")
    table = {"adult": "adult", "child": "child", "other": "other_person"}[group]
    (row,) = (r for r in rows_by_family[family][table] if r["number"] == int(number))
    lines = told(packs[family, person]).splitlines()
    for column, value in row.items():
        if value is not None and column not in {"case_id", "number", "gaps", "more"}:
            shown = pack_words.reference(value)
            assert shown in lines or f"{pack_words.spaced(column)}: {shown}" in lines, column


@pytest.mark.parametrize(("family", "person"), FAMILY_MEMBERS)
def test_a_childs_own_words_are_whole_in_the_childs_pack(packs, rows_by_family, family, person):
    rows = rows_by_family[family]
    for table in ("statement", "letter"):
        for row in rows[table]:
            if person == f"child-{row['child']}" and row["words"]:
                assert holding(packs[family, person], row["words"])


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_what_is_not_in_a_pack_is_counted(packs, rows_by_family, family, person):
    every = list(rules.pieces(rows_by_family[family]))
    made = packs[family, person]
    mentions = rules.Mentions(made.people)
    in_it = [piece for piece in every if person in piece.place.of | mentions.in_piece(piece)]
    assert sum(made.left_out.values()) + len(in_it) == len(every)
    assert made.left_out == dict(sorted(made.left_out.items()))
    lines = told(made).splitlines()
    for piece in in_it:
        first = piece.words.splitlines()[0]
        assert any(line in (first, f"{piece.label}: {first}") for line in lines), piece


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_nothing_of_the_other_family_is_in_a_pack(packs, families, family, person):
    other = next(f for f in FAMILIES if f != family)
    words = "\n".join(f"{item.source}\n{item.words}" for item in packs[family, person].items)
    words += "\n".join(one.name for one in packs[family, person].people)
    assert f"of {other}" not in words
    names = {*PEOPLE[other].values()} - {*PEOPLE[family].values()}
    assert [name for name in names if re.search(rf"\b{name}\b", words)] == []
    theirs = {str(value).strip() for answers in families.every_file(other).values() for value in answers.values()}
    assert [said for said in theirs if len(said) > 40 and said in words] == []


def test_every_table_of_a_case_is_told_or_known_not_to_be():
    assert set(whole_case.TABLES) - set(pack_places.TABLES) == {"picture", "earlier_change", "final_file"}
    assert set(pack_places.TABLES) <= set(whole_case.TABLES)
    assert set(pack_places.OF_SESSIONS) <= set(pack_places.TABLES)


def test_every_column_is_told_or_says_only_how_a_row_is_kept(crowded):
    told_columns = {
        column.name
        for table in pack_places.TABLES
        for column in crowded.db.table(table).columns
        if column.name not in pack_words._OF_THE_FILE
    }
    kept = {c.name for t in pack_places.TABLES for c in crowded.db.table(t).columns} - told_columns
    assert kept == {
        *("id", "case_id", "session_id", "number", "scope", "form", "gaps", "more", "chosen", "digest", "at"),
        *("opened_at", "changed_at", "started_at", "finished_at", "made_at", "written_at"),
        *("token", "session_item", "frozen_at", "template", "template_digest", "program", "confidence_digest"),
        "data",  # told by a way of its own, where it is that of a final
    }


# ------------------------------------------------------------------------------------------------ marks


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_every_statement_of_a_child_is_marked(packs, rows_by_family, family, person):
    rows, found = rows_by_family[family], 0
    said = [r["words"] for table in ("statement", "letter") for r in rows[table]]
    said += [
        text
        for r in rows["session_answer"]
        if re.fullmatch(r"children\.\d+\.(same|change|next|anything_else)", r["path"])
        for text in as_written(r["value"])
    ]
    said += [
        json.loads(change["before"])["words"]
        for change in rows["change"]
        if change["place"] == "statement" and "words" in json.loads(change["before"] or "{}")
    ]
    assert len([words for words in said if words]) > 5
    for words in filter(None, said):
        for item in holding(packs[family, person], words):
            if len(words) > 12:
                found += 1
                assert marks.CHILD in item.marks, item
    assert found or person not in {f"child-{row['child']}" for row in rows["statement"]}
    for item in packs[family, person].items:
        if re.search(r"(statement|letter or drawing) \d+ of", item.source):
            assert marks.CHILD in item.marks


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_a_statement_that_nobody_may_hear_is_marked_so(packs, rows_by_family, family, person):
    from cppp_cli.programme.audiences import may_enter_report

    for row in rows_by_family[family]["statement"]:
        cleared = may_enter_report(json.loads(row["wish"]), json.loads(row["decision"]))
        for item in holding(packs[family, person], row["words"]):
            if marks.EARLIER not in item.marks:
                assert (marks.NOT_CLEARED in item.marks) is not cleared


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_every_safeguarding_note_is_marked_and_in_the_pack_of_everybody_of_the_family(packs, family, person):
    for words in (f"A concern of {family}", f"Another concern of {family}"):
        found = holding(packs[family, person], words)
        assert found or person.startswith("other")
        assert all({marks.SAFEGUARDING, marks.CONFIDENCE} <= set(item.marks) for item in found)
    for item in packs[family, person].items:
        if item.source.startswith("Safeguarding"):
            assert marks.SAFEGUARDING in item.marks


@pytest.mark.parametrize(("family", "person"), EVERYBODY)
def test_what_is_about_somebody_else_as_well_is_marked(packs, family, person):
    for item in packs[family, person].items:
        assert person in item.about
        if set(item.about) != {person}:
            assert marks.OTHER in item.marks, item
        assert list(item.marks) == [mark for mark in marks.MARKS if mark in item.marks]


def test_a_confidential_address_is_marked_and_in_nobody_elses_pack(packs):
    address = "17 Larkspur Close"
    own = holding(packs["family-1", "adult-2"], address)
    assert own
    assert all(marks.DETAIL in item.marks for item in own)
    for person in ("adult-1", "child-1", "child-2", "other-1"):
        assert holding(packs["family-1", person], address) == []


@pytest.mark.parametrize("person", ["adult-1", "adult-2"])
def test_orders_told_alone_are_marked(packs, person):
    found = holding(packs["family-1", person], "Not within a mile")
    assert found
    for item in found:
        assert {marks.COURT, marks.CONFIDENCE} <= set(item.marks)
        assert marks.OTHER in item.marks


def test_what_one_side_said_alone_is_marked_in_the_pack_of_the_other(packs):
    hers, his = packs["family-1", "adult-2"], packs["family-1", "adult-1"]
    words = "Messages between us turn into arguments"
    assert all({marks.OTHER, marks.CONFIDENCE} <= set(item.marks) for item in holding(hers, words))
    assert all(marks.CONFIDENCE not in item.marks for item in holding(his, words))
    told_on = holding(hers, "That I am sorry about the message")
    assert told_on
    assert all(marks.CONFIDENCE not in item.marks for item in told_on)
    assert holding(hers, "Not a visitor") == [], "what he said of himself alone"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("side", "other"), [("A", "B"), ("B", "A")])
def test_what_one_side_asks_for_and_offers_at_the_desk_was_told_in_confidence(
    packs, rows_by_family, family, side, other
):
    """Only what it said in a session, where both are, was not."""
    adults = {row["side"]: f"adult-{row['number']}" for row in rows_by_family[family]["adult"]}
    alone = [f"What {side} asks for alone, of {family}"]
    alone += ["An offer of A that", "What A puts to the court", "Grandad's day"] if side == "A" else ["Half an entry"]
    for words in alone:
        own = holding(packs[family, adults[side]], words)
        assert own, words
        assert all(marks.CONFIDENCE in item.marks for item in own)
        for item in holding(packs[family, adults[other]], words):
            assert marks.EARLIER not in item.marks
            assert {marks.OTHER, marks.CONFIDENCE} <= set(item.marks), item
        assert holding(packs[family, "child-2"], words), "the entry is for this child"
    both = holding(packs[family, adults[other]], f"What the court is asked, of {family}")
    assert both
    assert all(marks.CONFIDENCE not in item.marks for item in both)


@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_session_gave_to_the_plan_is_no_more_secret_than_there(packs, rows_by_family, family):
    said = {row["position_b"] for row in rows_by_family[family]["topic"]} - {None}
    (words,) = said
    adults = {row["side"]: f"adult-{row['number']}" for row in rows_by_family[family]["adult"]}
    for side in "AB":
        sources = {item.source.partition(",")[0]: item for item in holding(packs[family, adults[side]], words)}
        assert {"The plan", "Joint session"} <= sources.keys()
        assert all(marks.CONFIDENCE not in item.marks for item in sources.values())


def test_an_entry_is_about_the_children_it_was_ever_for(packs):
    """An entry for Theo alone is not in the pack of Isla, and one for all is in both."""
    for words, about in (
        ("To bed at eight, of family-1", {"child-2"}),
        ("By e-mail, once a week on Sunday", {"child-1", "child-2"}),
        ("Carnival of family-1", {"child-2"}),
        ("birthday.2", {"child-1", "child-2"}),  # in the calendar for all
    ):
        found = {person for person in ("child-1", "child-2") if holding(packs["family-1", person], words)}
        assert found == about, words


def test_for_whom_something_was_agreed_is_told_by_reference_and_what_a_draft_was_begun_from_is_not():
    row = {"case_id": 1, "item": "entry.1", "number": 1, "path": "agreed_for", "value": '["1", "2"]', "gap": None}
    (cell,) = pack_words.cells("ledger_answer", row)
    assert cell == ("value", "agreed for these children", "child-1, child-2")
    assert list(pack_words.cells("ledger_answer", {**row, "value": None})) == []
    begun = {"case_id": 1, "form": "ledger:entry.1", "path": "begun_from", "value": '"2 abcd 12"', "gap": None}
    assert list(pack_words.cells("form_answer", begun)) == []


@pytest.mark.parametrize(("family", "person"), FAMILY_MEMBERS)
def test_a_final_and_the_data_it_was_made_from_are_in_the_pack_of_everybody_of_the_family(packs, family, person):
    made = packs[family, person]
    for words in (f"The report of {family}, number 1.", f"The report of {family}, number 2.", "| 1 | 2 |"):
        found = [item for item in holding(made, words) if "The words of cppp-report" in item.source]
        assert found, words
        assert all({marks.COURT, marks.OWN} <= set(item.marks) for item in found)
        assert all(marks.UNFINISHED not in item.marks for item in found)
    (draft,) = holding(made, f"A draft of {family}.")
    assert marks.UNFINISHED in draft.marks
    behind = holding(made, f"Behind the words of {family}")
    assert len(behind) == 2, "once for each final, and what stands in the words is not told a second time as data"
    assert not [item for item in made.items if "its data, printed" in item.source]
    for words in (f"was of {family}", f"is of {family}", f"a slip of {family}"):
        assert [item for item in holding(made, words) if "Corrected in" in item.source], words


@pytest.mark.parametrize("family", FAMILIES)
def test_what_one_side_asked_to_be_put_right_it_asked_alone(packs, rows_by_family, family):
    adults = {row["side"]: f"adult-{row['number']}" for row in rows_by_family[family]["adult"]}
    words = f"The day is wrong, of {family}."
    own = holding(packs[family, adults["A"]], words)
    assert own
    assert all(marks.CONFIDENCE in item.marks and "fact check 1" in item.source for item in own)
    assert all(
        marks.OWN in item.marks for item in holding(packs[family, adults["A"]], f"The record has it, of {family}")
    )
    assert holding(packs[family, adults["B"]], words) == []


@pytest.mark.parametrize(("family", "person"), FAMILY_MEMBERS)
def test_a_decision_to_pass_on_is_a_matter_of_safety_told_in_plain_words(packs, family, person):
    found = holding(packs[family, person], f"The risk of {family}")
    assert found
    assert all({marks.SAFEGUARDING, marks.CONFIDENCE, marks.OWN} <= set(item.marks) for item in found)
    about_a_child = [item for item in found if "Session with the children" in item.source]
    assert about_a_child
    assert all(marks.CHILD in item.marks for item in about_a_child)
    assert holding(packs[family, person], "children's services of the local authority, the parent on side B")


@pytest.mark.parametrize("family", FAMILIES)
def test_the_life_of_a_letter_is_its_childs_and_a_letter_back_is_of_all(packs, rows_by_family, family):
    (letter,) = [row for row in rows_by_family[family]["letter"] if row["number"] == 1][:1]
    own, others = f"child-{letter['child']}", {"child-1", "child-2"} - {f"child-{letter['child']}"}
    words = f"The officer, of {family}."
    assert all(marks.CHILD in item.marks for item in holding(packs[family, own], words))
    assert holding(packs[family, own], words)
    assert [person for person in others if holding(packs[family, person], words)] == []
    for person in PEOPLE[family]:
        if not person.startswith("other"):
            assert holding(packs[family, person], f"We both love you, of {family}.")
            assert all(marks.OWN in item.marks for item in holding(packs[family, person], f"Smiled, of {family}."))


def test_what_the_officer_put_beside_an_entry_is_the_childs_and_the_officers(packs):
    (item,) = (i for i in packs["family-1", "child-2"].items if "wishes" in i.source and "version 1" in i.source)
    assert item.words.startswith("statement 1 of session ")
    assert {marks.CHILD, marks.OWN} <= set(item.marks)
    assert not [i for i in packs["family-1", "adult-1"].items if "statement 1 of session" in i.words]


def test_the_token_of_a_form_is_in_no_pack(packs, rows_by_family):
    for family in FAMILIES:
        for row in rows_by_family[family]["parent_form"]:
            assert all(row["token"] not in told(made) for made in packs.values())
        assert holding(packs[family, "adult-1"], f"by e-mail of {family}")
        assert not [i for i in packs[family, "adult-2"].items if f"by e-mail of {family}" in i.words]


def test_the_officers_words_and_court_papers_are_marked(packs):
    his = packs["family-1", "adult-1"]
    (notes,) = holding(his, "Spoke warmly of how Leanne")
    assert marks.OWN in notes.marks
    (asked,) = holding(his, "With whom should the children live")
    assert marks.COURT in asked.marks
    (analysis,) = holding(his, "Both homes meet the children's needs")
    assert {marks.OWN, marks.COURT} <= set(analysis.marks)


def test_what_is_not_finished_or_stood_before_is_there_and_marked(packs):
    for person in ("child-1", "adult-1"):
        (before,) = {i.words: i for i in holding(packs["family-1", person], "I want to sleep at Dad's")}.values()
        assert {marks.EARLIER, marks.CHILD} <= set(before.marks)
    for words in ("a draft of family-1", "half a hope of family-1", "set aside of family-1", "a reason of family-1"):
        found = holding(packs["family-1", "adult-2"], words)
        assert found, words
        assert all(marks.UNFINISHED in item.marks for item in found)
    (amended,) = (i for i in packs["family-1", "adult-1"].items if "heard again" in i.words)
    assert marks.EARLIER in amended.marks


def test_words_that_repeat_a_childs_or_a_concern_are_marked_where_they_stand(crowded, shelf):
    case_id = shelf.cases["family-1"]
    report = cases.report_sheet(crowded.db, case_id, crowded.moment)
    hidden = "sometimes I pretend to be asleep so that nobody asks me about the OTHER house"
    report.put(
        "analysis",
        Answer(
            f"He told me that “{hidden}.” was said. A  concern of family-1. Word for word: “I” – it’s cold at night… {{{{ x }}}} [b]"
        ),
    )
    rows = {**whole_case.gather(crowded.db, case_id), "change": []}
    (item,) = holding(rules.pack(rows, "adult-1"), hidden)
    assert {marks.CHILD, marks.NOT_CLEARED, marks.SAFEGUARDING, marks.OWN} <= set(item.marks)


def test_a_gap_that_says_something_is_told_and_a_blank_is_not(packs):
    (item,) = (i for i in packs["family-1", "adult-1"].items if "phone: (declined to say)" in i.words)
    assert item.about == ("adult-1",)
    assert "(left blank)" not in told(packs["family-1", "adult-1"])
    assert [gap for gap in Gap if gap.label == "left blank"] == [Gap.BLANK]


# ------------------------------------------------------------------------------------------------ mentions


def somebody(**rows):
    tables = {"adult": [], "child": [], "other_person": [], "relation": [], **rows}
    base = {"full_name": None, "called": None, "role": None}
    return {table: [{**base, "number": n, **row} for n, row in enumerate(found, 1)] for table, found in tables.items()}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Zoë was there", {"child-1"}),
        ("ZOE was there", {"child-1"}),
        ("zoe’s bag", {"child-1"}),
        ("Zo was there", {"child-1"}),
        ("Zoo time", set()),
        ("Zoey came", set()),
        ("O'Neil-Ray, Anna", {"adult-1"}),
        ("Mrs O’Neil-Ray rang", {"adult-1", "child-1"}),
        ("the O'Neil-Rays", set()),
        ("my mum and my\ndad", {"adult-1"}),
        ("mumps, dadaism", set()),
        ("the respondent said", {"adult-2"}),
        ("the children sleep", {"child-1"}),
        ("child", set()),
        ("child-1", {"child-1"}),
        ("child-11", set()),
        ("adult-2 and child-1", {"adult-2", "child-1"}),
        ("Sam and Sam", {"adult-2", "other-1"}),
        ("", set()),
    ],
)  # fmt: skip
def test_who_is_spoken_of(text, about):
    people = rules.people(
        somebody(
            adult=[{"full_name": "Anna O'Neil-Ray"}, {"full_name": "Sam Fox", "called": "Sam", "role": "respondent"}],
            child=[{"full_name": "Zoë O'Neil-Ray", "called": "Zo"}],
            other_person=[{"full_name": "Sam Wood"}],
            relation=[{"adult": 1, "child": 1, "relation": "mother"}],
        )
    )
    assert rules.Mentions(people).among(text) == about


def test_somebody_without_a_name_is_found_by_reference_alone():
    people = rules.people(somebody(adult=[{"full_name": None}]))
    assert rules.Mentions(people).among("adult-1 said") == {"adult-1"}
    assert rules.Mentions(people).among("somebody said") == set()


# ------------------------------------------------------------------------------------------------ the file


def make(desk, shelf, path, key, person="adult-1", family="family-1"):
    return pack.make(
        desk.db, shelf.cases[family], person, path, key, made_by="A. Officer", program="cppp 0", now=desk.moment
    )


@pytest.mark.parametrize(("family", "person"), [("family-1", "adult-2"), ("family-2", "child-1")])
def test_a_pack_is_read_as_it_was_made(crowded, shelf, tmp_path, key, family, person):
    made = make(crowded, shelf, tmp_path / "p", key, person, family)
    parts = sealed.read(tmp_path / "p", key)
    assert {name: list(part.columns) for name, part in parts.items()} == {
        "pack_file": ["format", "program", "made_at", "made_by"],
        "read_me": ["line"],
        "item": ["number", "source", "at", "words", "about", "marks"],
    }
    read = pack.parse(parts)
    assert read.items == made.items
    assert [row["number"] for row in parts["item"].rows] == list(range(1, len(made.items) + 1))
    assert read.lines[0] == pack.NEVER
    said = "\n".join(read.lines)
    assert person in read.lines[1]
    assert all(f"- {mark}: " in said for mark in marks.MARKS)
    assert all(f"- {kind}: {count}" in read.lines for kind, count in made.left_out.items())
    (event,) = events.listed(crowded.db, events.PACK)
    assert (event.case_id, event.detail) == (shelf.cases[family], person)


def test_every_mark_that_is_given_is_explained(packs):
    given = {mark for made in packs.values() for item in made.items for mark in item.marks}
    assert given == set(marks.MARKS)


@pytest.mark.parametrize("person", ["adult-3", "Daniel", "adults.1", "", "child-0"])
def test_a_person_who_is_not_in_the_case_is_refused(crowded, shelf, tmp_path, key, person):
    with pytest.raises(UsageProblemError, match="adult-1, adult-2, child-1, child-2, other-1"):
        make(crowded, shelf, tmp_path / "p", key, person)
    assert not (tmp_path / "p").exists()
    assert events.listed(crowded.db, events.PACK) == ()


def test_what_could_steer_a_screen_is_not_printed(crowded, shelf, tmp_path, key):
    make(crowded, shelf, tmp_path / "p", key)
    parts = sealed.read(tmp_path / "p", key)
    rows = [{**row, "words": "x\x1b[2J\u202ey", "source": "\x07z"} for row in parts["item"].rows[:1]]
    lines = [{"line": "a\x1bb"}]
    read = pack.parse(
        {**parts, "item": sealed.Part(parts["item"].columns, rows), "read_me": sealed.Part({"line": "TEXT"}, lines)}
    )
    assert (read.items[0].words, read.items[0].source, read.lines) == ("x\ufffd[2Jy", "\ufffdz", ("a\ufffdb",))


def test_a_pack_takes_the_place_of_nothing(crowded, shelf, tmp_path, key):
    (tmp_path / "p").write_bytes(b"mine")
    with pytest.raises(ConflictError):
        make(crowded, shelf, tmp_path / "p", key)
    assert (tmp_path / "p").read_bytes() == b"mine"


def test_a_pack_is_no_case_and_a_case_is_no_pack(crowded, shelf, tmp_path, key):
    make(crowded, shelf, tmp_path / "p", key)
    handover.hand_over(
        crowded.db, shelf.cases["family-1"], tmp_path / "c", key, made_by="A", program="x", now=crowded.moment
    )
    with pytest.raises(DamagedFileError):
        handover.parse(sealed.read(tmp_path / "p", key))
    with pytest.raises(DamagedFileError):
        pack.parse(sealed.read(tmp_path / "c", key))


def test_a_case_that_came_from_elsewhere_has_its_earlier_wordings_in_a_pack(crowded, receiver, shelf, tmp_path, key):
    handover.hand_over(
        crowded.db, shelf.cases["family-1"], tmp_path / "c", key, made_by="A", program="x", now=crowded.moment
    )
    came = handover.parse(sealed.read(tmp_path / "c", key))
    case_id = handover.bring_in(receiver.db, came, tmp_path / "c", "", receiver.moment, receiver.today).case_id
    sessions.add_note(receiver.db, case_id, None, {"words": "A third concern."}, receiver.moment)
    made = pack.make(
        receiver.db, case_id, "child-2", tmp_path / "p", key, made_by="B", program="x", now=receiver.moment
    )
    before = holding(made, "I want to sleep at Dad's")
    assert before, "of which child it was cannot be told any more, so it is in the pack of each"
    assert all({marks.EARLIER, marks.CHILD} <= set(item.marks) for item in before)
    assert holding(made, "A third concern.")


def test_a_number_of_another_file_says_nothing_here(rows_by_family):
    """In the file a case came from, session 5 may have been with anybody; so the words are looked at for everybody."""
    rows = rows_by_family["family-1"]
    held = next(row for row in rows["session"] if row["kind"] == "child")
    change = {
        "at": "2026-01-01T09:00:00+00:00",
        "place": "session_answer",
        "before": '{"value": "\\"words that stood\\""}',
        "row": json.dumps({"session_id": held["id"], "path": "notes"}),
    }
    here, elsewhere = {**rows, "change": [change]}, {**rows, "change": [], "earlier_change": [change]}
    of = {
        person: [bool(holding(rules.pack(found, person), "words that stood")) for found in (here, elsewhere)]
        for person in ("adult-1", "adult-2", "child-1", "child-2")
    }
    assert of == {"adult-1": [False, True], "adult-2": [False, True], "child-1": [True, True], "child-2": [True, True]}
