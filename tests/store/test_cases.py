from __future__ import annotations

import random
import tomllib
from datetime import date
from pathlib import Path

import pytest

from cppp_cli.errors import BlockedError, NotFoundError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.case import Return, State
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.programme.people import ContactDetail
from cppp_cli.store import appointments, cases, ledger, ledger_sheet, records, sessions, terms
from cppp_cli.store.appointments import Appointment

EXAMPLES = Path(__file__).parents[2] / "examples"
NUMBERS = {"family-1": "ZE26P01234", "family-2": "ZE26P01243"}
FAMILIES = tuple(NUMBERS)


def answers_file(family, name="new-case"):
    return tomllib.loads((EXAMPLES / family / f"{name}.toml").read_text(encoding="utf-8"))


# ---------------------------------------------------------------------------------- references and finding


def test_a_reference_is_four_characters_nobody_confuses(desk):
    found = [cases.load(desk.db, cases.begin(desk.db, desk.moment)).reference for _ in range(60)]
    assert len(set(found)) == len(found)
    assert {len(reference) for reference in found} == {4}
    assert not set("".join(found)) & set("01OILBSU")


def test_a_reference_that_is_taken_is_not_given_again(desk, monkeypatch):
    rolls = iter("2222222222222223")
    monkeypatch.setattr(cases.secrets, "choice", lambda _: next(rolls))
    first, second = (cases.load(desk.db, cases.begin(desk.db, desk.moment)) for _ in range(2))
    assert (first.reference, second.reference) == ("2222", "2223")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_is_found_by_its_reference_its_beginning_or_its_number(desk, shelf, family):
    reference, case_id = shelf.references[family], shelf.cases[family]
    other = shelf.references[next(f for f in FAMILIES if f != family)]
    beginnings = [reference[:n] for n in range(1, 5) if not other.startswith(reference[:n])]
    assert reference in beginnings
    for name in (*beginnings, reference.lower(), f"  {reference} ", NUMBERS[family], NUMBERS[family].lower()):
        assert cases.find(desk.db, name) == case_id


def test_a_beginning_that_fits_both_names_both(desk, shelf):
    for number, case_id in enumerate(shelf.cases.values()):
        desk.db.execute("UPDATE case_file SET reference = ? WHERE id = ?", [f"77A{number + 2}", case_id])
    for name in ("7", "77", "77a"):
        with pytest.raises(NotFoundError, match="77A2, 77A3"):
            cases.find(desk.db, name)
    assert cases.find(desk.db, "77A3") == shelf.cases["family-2"]
    for middle in ("A3", "3", "7A3"):
        with pytest.raises(NotFoundError, match="no case"):
            cases.find(desk.db, middle)


def test_a_whole_reference_wins_over_a_number_that_begins_so(desk, shelf):
    one, two = shelf.cases.values()
    desk.db.execute("UPDATE case_file SET case_number = '24' WHERE id = ?", [one])
    desk.db.execute("UPDATE case_file SET reference = '24AA' WHERE id = ?", [two])
    assert cases.find(desk.db, "24") == one
    assert cases.find(desk.db, "24A") == two


@pytest.mark.parametrize("name", ["", " ", "*", "%", "_", "ZE26P", "Isla", "Ashdown", "1", "' OR 1=1 --"])
def test_what_names_no_case_is_told_without_repeating_it(desk, shelf, name):
    for case_id, reference in zip(shelf.cases.values(), ("AAAA", "CCCC"), strict=True):
        desk.db.execute("UPDATE case_file SET reference = ? WHERE id = ?", [reference, case_id])
    with pytest.raises(NotFoundError) as problem:
        cases.find(desk.db, name)
    assert problem.value.exit_code == 6
    assert not name.strip() or name not in str(problem.value)


def test_two_files_on_one_court_number_are_told_apart_by_reference(desk, shelf):
    desk.db.execute("UPDATE case_file SET case_number = 'ZE26P01234'")
    with pytest.raises(NotFoundError, match="several") as problem:
        cases.find(desk.db, "ZE26P01234")
    assert all(reference in str(problem.value) for reference in shelf.references.values())


def test_a_draft_is_listed_and_not_found(desk):
    case_id = cases.begin(desk.db, desk.moment)
    cases.sheet(desk.db, case_id, desk.moment).put("case_number", Answer("ZE26P09999"))
    (draft,) = cases.drafts(desk.db)
    assert (draft.id, draft.state, draft.initials) == (case_id, State.DRAFT, "")
    for name in (draft.reference, "ZE26P09999"):
        with pytest.raises(NotFoundError, match="not finished"):
            cases.find(desk.db, name)
        assert cases.find(desk.db, name, drafts_too=True) == case_id


def test_only_a_draft_can_be_discarded_and_goes_whole(desk, shelf):
    def counts():
        return {t.name: t.count for t in desk.db.tables if t.name not in {"unit", "change", "link", "sqlite_sequence"}}

    before = counts()
    case_id = cases.begin(desk.db, desk.moment)
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    for path in ("adults.1.full_name", "children.1.full_name", "questions.1.words", "children.1.adults.1.relation",
                 "adults.1.restrictions.1.terms", "screening.court_involved.note", "others.1.full_name"):  # fmt: skip
        sheet.put(path, Answer("x"))
    sheet.keep_unfinished("judge", "His Hon")
    records.add_picture(desk.db, case_id, b"x", "image/png", (1, 1), desk.moment)
    for one in (case_id, *shelf.cases.values()):
        cases.discard_draft(desk.db, one)
    assert counts() == before
    with pytest.raises(NotFoundError):
        cases.load(desk.db, case_id)


def test_a_draft_with_a_safeguarding_note_is_kept(desk):
    case_id = cases.begin(desk.db, desk.moment)
    sessions.add_note(desk.db, case_id, None, {"words": "said"}, desk.moment)
    assert not cases.discard_draft(desk.db, case_id)
    assert [note["words"] for note in sessions.notes(desk.db, case_id)] == ["said"]


@pytest.mark.parametrize("family", FAMILIES)
def test_nobody_a_session_speaks_of_leaves_the_case(desk, shelf, family):
    """Each person in turn; all of them came to a session, and each child was asked about in one."""
    case_id = shelf.cases[family]
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    before = sheet.answers()
    people = {
        path.rpartition(".")[0] for path in before if path.endswith(".full_name") and not path.startswith("others")
    }
    assert len(people) == len(answers_file(family)["adults"]) + len(answers_file(family)["children"])
    for person in people:
        with pytest.raises(BlockedError) as refused:
            sheet.drop([path for path in before if path.startswith(f"{person}.")])
        assert refused.value.exit_code == 4
        assert sheet.answers() == before
    sheet.put("children.3.full_name", Answer("Not met yet"))
    sheet.drop(["children.3.full_name"])
    assert sheet.answers() == before
    with desk.db.atomic():
        sessions.AmendingSheet(
            desk.db, sessions.of_case(desk.db, case_id)[2].id, case_id=case_id, now=desk.moment, reason="shaken"
        ).put("statements.1.wish", Answer(("child-3",)))
        sheet.put("children.3.full_name", Answer("Named as a reader"))
    with pytest.raises(BlockedError):
        sheet.drop(["children.3.full_name"])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "where", ["entry", "overtaken", "calendar", "birthday", "terms", "draft", "draft of a calendar"]
)
def test_no_child_the_plan_speaks_of_leaves_the_case(desk, shelf, family, where):
    case_id = shelf.cases[family]
    (other,) = set(shelf.cases.values()) - {case_id}
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    sheet.put("children.3.full_name", Answer("Not met yet"))
    before = sheet.answers()
    entry = {"topic": Answer("money"), "state": Answer("not_agreed"), "asked_a": Answer("birthday.3 and children.3")}
    item = ledger.new_entry(desk.db, case_id)
    ledger.add(desk.db, case_id, item, entry | {"children": Answer(("all",))}, desk.moment)
    sheet.drop(["children.3.full_name"])
    sheet.put("children.3.full_name", Answer("Not met yet"))

    def name(place):
        if place in ("entry", "overtaken"):
            ledger.add(desk.db, case_id, item, entry | {"children": Answer(("3",))}, desk.moment)
        if place == "overtaken":
            ledger.add(desk.db, case_id, item, entry | {"children": Answer(("1",))}, desk.moment)
        if place == "calendar":
            ledger.add(desk.db, case_id, "calendar.a.3", {"letters": Answer("AB")}, desk.moment)
        if place == "birthday":
            ledger.add(desk.db, case_id, "calendar.a", {"special_days.2.day": Answer("birthday.3")}, desk.moment)
        if place == "terms":
            day = date(2026, 9, 3)
            terms.replace(desk.db, case_id, (3,), TermDates((Period(day, day, "inset", "Inset day"),)))
        if place == "draft":
            ledger_sheet.LedgerSheet(desk.db, case_id, item).put("children", Answer(("3",)))
        if place == "draft of a calendar":
            ledger_sheet.LedgerSheet(desk.db, case_id, "calendar.b.3").put("letters", Answer("AB"))

    name(where)
    with pytest.raises(BlockedError, match="the plan") as refused:
        sheet.drop(["children.3.full_name"])
    assert refused.value.exit_code == 4
    assert sheet.answers() == before
    theirs = cases.sheet(desk.db, other, desk.moment)
    theirs.put("children.3.full_name", Answer("Of the other family"))
    theirs.drop(["children.3.full_name"])


# ---------------------------------------------------------------------------------- listing


def test_the_list_has_what_is_filed_soonest_first_and_what_has_no_date_last(desk, shelf):
    undated = cases.begin(desk.db, desk.moment)
    found = cases.listed(desk.db)
    assert [c.id for c in found] == [shelf.cases["family-2"], shelf.cases["family-1"], undated]
    assert [c.initials for c in found] == ["IA TA", "IA TA", ""]
    assert [c.report_due for c in found] == [date(2026, 8, 26), date(2026, 8, 27), None]
    assert [c.hearing_on for c in found] == [date(2026, 9, 15), date(2026, 9, 14), None]
    assert [c.number for c in found] == ["ZE26P01243", "ZE26P01234", ""]
    desk.db.execute("UPDATE case_file SET report_due = '2026-08-01' WHERE id = ?", [shelf.cases["family-1"]])
    assert cases.listed(desk.db)[0].id == shelf.cases["family-1"]


# ---------------------------------------------------------------------------------- loading


def detail(given, key):
    return ContactDetail(given[key], given[f"{key}_confidential"] == "yes") if isinstance(given.get(key), str) else None


def text(given, key):
    found = given.get(key, "")
    return "" if isinstance(found, dict) else found


@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_loads_as_its_answers_file_says(desk, shelf, family):
    """The file is read here by a few lines of its own, item by item."""
    given, case = answers_file(family), cases.load(desk.db, shelf.cases[family])
    for field in ("court", "judge", "route", "order_date", "hearing_on", "hearing_kind", "report_due", "day_zero",
                  "arrangement_now"):  # fmt: skip
        assert getattr(case, field) == given[field], field
    assert case.number == given["case_number"]
    assert case.reference == shelf.references[family]
    assert case.order_now == text(given, "order_now")
    assert case.questions == tuple(q["words"] for q in given["questions"].values())
    assert len(case.adults) == len(given["adults"])
    for number, said in given["adults"].items():
        adult = case.adult(int(number))
        for field in ("full_name", "called", "side", "role", "pronouns", "willing", "consent_on", "consent_way"):
            assert getattr(adult, field) == said[field], field
        for field in ("solicitor", "adjustments", "interpreter"):
            assert getattr(adult, field) == text(said, field), field
        assert (adult.phone, adult.email, adult.address) == tuple(
            detail(said, k) for k in ("phone", "email", "address")
        )
        prepared = tuple(
            (k, said[f"prep_{k}"]) for k in ("elearning", "workshop", "certificate") if f"prep_{k}" in said
        )
        assert adult.preparation == prepared
    assert len(case.children) == len(given["children"])
    for number, said in given["children"].items():
        child = case.child(int(number))
        for field in ("full_name", "called", "pronouns", "born", "school", "lives_with"):
            assert getattr(child, field) == said[field], field
        assert child.needs == said.get("needs", "")
        for adult, relation in said["adults"].items():
            found = case.relation(int(adult), int(number))
            assert (found.kind, found.responsibility) == (relation["relation"], relation["responsibility"])
    assert len(case.relations) == sum(len(said["adults"]) for said in given["children"].values())
    offices = [
        (text(given, key), role)
        for key, role in (("guardian", "children's guardian"), ("child_solicitor", "children's solicitor"))
        if text(given, key)
    ]
    others = [(o["full_name"], o["role"]) for o in given.get("others", {}).values()]
    assert [(o.full_name, o.role) for o in case.others] == [*offices, *others]
    assert case.restrictions == ()
    assert len(case.criteria) == 4
    for criterion in case.criteria:
        said = given["screening"][criterion.key]
        assert criterion.result == said["result"]
        assert criterion.note == said.get("note", "")
        assert criterion.depart == (said.get("depart") == "yes")
        assert (criterion.reason, criterion.manager, criterion.consulted_on) == (
            said.get("reason", ""), said.get("manager", ""), said.get("consulted_on"),
        )  # fmt: skip
    assert case.returned is None
    assert case.state is State.COMPLETED


@pytest.mark.parametrize("flag", [None, Answer("yes"), Answer(gap=Gap.DECLINED)])
@pytest.mark.parametrize("key", ["phone", "email", "address"])
def test_a_detail_is_confidential_unless_that_was_denied(desk, shelf, key, flag):
    case_id = shelf.cases["family-2"]
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    sheet.put(f"adults.2.{key}", Answer("somewhere"))
    sheet.drop([f"adults.2.{key}_confidential"])
    if flag:
        sheet.put(f"adults.2.{key}_confidential", flag)
    assert getattr(cases.load(desk.db, case_id).adult(2), key) == ContactDetail("somewhere", confidential=True)
    sheet.put(f"adults.2.{key}_confidential", Answer("no"))
    assert getattr(cases.load(desk.db, case_id).adult(2), key) == ContactDetail("somewhere", confidential=False)


@pytest.mark.parametrize("gap", Gap)
def test_what_was_skipped_is_not_known(desk, shelf, gap):
    case_id = shelf.cases["family-1"]
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    for path in ("adults.1.willing", "children.1.adults.1.responsibility", "screening.no_other_safety.result",
                 "adults.2.restrictions.1.forbids_meeting"):  # fmt: skip
        sheet.put(path, Answer(gap=gap))
    case = cases.load(desk.db, case_id)
    assert case.adult(1).willing == "not_known"
    assert case.relation(1, 1).responsibility == "not_known"
    assert next(c for c in case.criteria if c.key == "no_other_safety").result == "not_known"
    assert [r.forbids_meeting for r in case.restrictions] == ["not_known"]
    assert not case.screening.opens


def test_items_come_in_the_order_of_their_numbers(desk, shelf):
    case_id = shelf.cases["family-1"]
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    for number in (10, 3, 9, 4):
        sheet.put(f"children.{number}.full_name", Answer(f"Child {number}"))
        sheet.put(f"questions.{number}.words", Answer(f"Question {number}"))
    case = cases.load(desk.db, case_id)
    assert [c.number for c in case.children] == [1, 2, 3, 4, 9, 10]
    assert case.questions[2:] == ("Question 3", "Question 4", "Question 9", "Question 10")


def test_a_return_is_kept_whole(desk, shelf):
    returned = Return(date(2026, 8, 5), "One of them\nsaid why.", "It has ended.")
    cases.record_return(desk.db, shelf.cases["family-1"], returned, desk.moment)
    case = cases.load(desk.db, shelf.cases["family-1"])
    assert (case.returned, case.state) == (returned, State.RETURNED)
    assert cases.load(desk.db, shelf.cases["family-2"]).returned is None


@pytest.mark.parametrize("state", State)
def test_a_state_is_kept_for_one_case(desk, shelf, state):
    cases.set_state(desk.db, shelf.cases["family-1"], state, desk.moment)
    assert cases.load(desk.db, shelf.cases["family-1"]).state is state
    assert cases.load(desk.db, shelf.cases["family-2"]).state is State.COMPLETED


def test_a_case_that_is_not_there_is_told(desk):
    with pytest.raises(NotFoundError):
        cases.load(desk.db, 999)


# ---------------------------------------------------------------------------------- two cases never mix


def all_that_is_read(desk, case_id, name):
    """Everything any function of the store gives for one case."""
    held = sessions.of_case(desk.db, case_id)
    pictures = [row["id"] for row in desk.db.query("SELECT id FROM picture")]
    sheets = [cases.sheet(desk.db, case_id, desk.moment), cases.report_sheet(desk.db, case_id, desk.moment)]
    sheets += [sessions.sheet(desk.db, s.id, case_id, desk.moment) for s in held]
    return {
        "case": cases.load(desk.db, case_id),
        "found": [cases.find(desk.db, name), cases.find(desk.db, NUMBERS.get(name, name))],
        "listed": [c for c in cases.listed(desk.db) if c.id == case_id],
        "background": cases.background(desk.db, case_id, desk.moment),
        "sheets": [sheet.answers() for sheet in sheets],
        "unfinished": [sheet.unfinished("summary") for sheet in sheets],
        "sessions": held,
        "amendments": [sessions.amendments(desk.db, s.id) for s in held],
        "notes": sessions.notes(desk.db, case_id),
        "appointments": (appointments.history(desk.db, case_id), appointments.current(desk.db, case_id)),
        "pictures": [picture_of(desk, case_id, number) for number in pictures],
        "versions": [records.next_version(desk.db, case_id, kind, "digest") for kind in ("cppp-report", "timetable")],
    }


def picture_of(desk, case_id, number):
    try:
        return records.picture(desk.db, case_id, number)
    except NotFoundError:
        return None


def shake(desk, case_id):
    """Change everything that can be changed about a case."""
    dice = random.Random(case_id)
    for sheet in [cases.sheet(desk.db, case_id, desk.moment), cases.report_sheet(desk.db, case_id, desk.moment)] + [
        sessions.AmendingSheet(desk.db, s.id, case_id=case_id, now=desk.moment, reason="shaken")
        for s in sessions.of_case(desk.db, case_id)
    ]:
        with desk.db.atomic():
            for path, answer in sheet.answers().items():
                dated = path.rpartition(".")[2] in {"born", "order_date", "hearing_on", "report_due", "day_zero", "held_on",
                                                    "consent_on", "consulted_on", "side", "child", "picture", "state"}  # fmt: skip
                if isinstance(answer.value, str) and not dated:
                    sheet.put(path, Answer(f"shaken {dice.random()}"))
            sheet.keep_unfinished("summary", "shaken")
    first = sessions.of_case(desk.db, case_id)[0]
    amending = sessions.AmendingSheet(desk.db, first.id, case_id=case_id, now=desk.moment, reason="shaken")
    amending.put("notes", Answer("amended"))
    sessions.add_note(desk.db, case_id, first.id, {"words": "shaken"}, desk.moment)
    sessions.begin(desk.db, case_id, "other", desk.moment)
    appointments.move(
        desk.db,
        case_id,
        Appointment("joint", date(2026, 8, 20), None, "planned", chosen=True, reason="shaken"),
        desk.moment,
    )
    appointments.propose(desk.db, case_id, {"filing": date(2026, 8, 25)}, desk.moment)
    records.add_picture(desk.db, case_id, b"shaken", "image/png", (1, 1), desk.moment)
    records.register(desk.db, case_id, "cppp-report", 7, "shaken", desk.moment)
    cases.record_return(desk.db, case_id, Return(date(2026, 8, 6), "shaken", "shaken"), desk.moment)


@pytest.mark.parametrize(("mine", "other"), [FAMILIES, FAMILIES[::-1]])
def test_whatever_happens_to_one_case_the_other_reads_the_same(desk, shelf, mine, other):
    before = all_that_is_read(desk, shelf.cases[mine], shelf.references[mine])
    shake(desk, shelf.cases[other])
    after = all_that_is_read(desk, shelf.cases[mine], shelf.references[mine])
    assert {**after, "pictures": after["pictures"][: len(before["pictures"])]} == before
    assert after["pictures"][-1] is None, "a picture of the other case is not found in this one"
    changed = all_that_is_read(desk, shelf.cases[other], shelf.references[other])
    assert "shaken" in repr(changed["case"])
    assert "shaken" in repr(changed["sessions"])
    assert "shaken" not in repr(after)


ONLY_IN = {
    "family-1": (
        "Isla",
        "Theo Ashdown",
        "Leanne",
        "Daniel",
        "Gareth",
        "Carys",
        "Fairweather",
        "Nair",
        "Larkspur Close",
    ),
    "family-2": ("Isaac", "Thea", "Leonie", "Margaret", "Osei", "Helen", "Fairbrother", "Quill", "Larkspur Road"),
}


@pytest.mark.parametrize(("mine", "other"), [FAMILIES, FAMILIES[::-1]])
def test_nothing_read_of_one_case_has_a_word_of_the_other(desk, shelf, mine, other):
    read = repr(all_that_is_read(desk, shelf.cases[mine], shelf.references[mine]))
    assert [word for word in ONLY_IN[mine] if word not in read] == []
    assert [word for word in ONLY_IN[other] if word in read] == []
