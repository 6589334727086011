"""What is said in a session goes into the plan: once, and afterwards only what an amendment changed."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.errors import BlockedError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.ledger import replay
from cppp_cli.programme.ledger_children import came_later, holds_for
from cppp_cli.store import cases, history, ledger, sessions, undo

SAID = {"topic": "health", "children": ("all",), "state": "agreed", "wording": "Both go.", "said_yes": ("A", "B")}
DIFFER = {"topic": "money", "children": ("2",), "state": "not_agreed", "position_a": "Halves.", "position_b": "Thirds."}


@pytest.fixture(params=FAMILIES)
def family(request):
    return request.param


@pytest.fixture
def case_id(shelf, family):
    return shelf.cases[family]


@pytest.fixture
def desk(open_desk, shelf, family):
    """Both cases before any session; the plan of the other family is empty and stays so."""
    desk = open_desk("opened")
    yield desk
    (other,) = set(shelf.cases.values()) - {shelf.cases[family]}
    assert ledger.versions(desk.db, other) == {}
    assert history.verify(desk.db) == ()


def begin(desk, command):
    desk.db.recorder.begin(command, desk.now)


def recorded(desk, case_id, number):
    return next(session for session in sessions.of_case(desk.db, case_id) if session.id == number)


def take_in(desk, case_id, number):
    return ledger.take_in(desk.db, recorded(desk, case_id, number), desk.moment)


def hold(desk, case_id, *topics, name="joint", on="2026-07-29", outcome="held", end=sessions.finish):
    """Hold a session about some topics and finish it as the command does; its number."""
    begin(desk, "session log")
    with desk.db.atomic():
        number = sessions.begin(desk.db, case_id, name, desk.moment)
        sheet = sessions.sheet(desk.db, number, case_id, desk.moment)
        said = {"outcome": outcome, "held_on": on}
        for place, topic in enumerate(topics, 1):
            said |= {f"topics.{place}.{key}": value for key, value in topic.items()}
        for path, value in said.items():
            sheet.put(path, Answer(value))
        end(desk.db, number, desk.moment)
        if end is sessions.finish:
            take_in(desk, case_id, number)
    return number


def amend(desk, case_id, number, said=None, *, leave_out=()):
    """Amend a session as the command does, but for the plan, which is told by ``take_in``."""
    begin(desk, "session amend")
    sheet = sessions.AmendingSheet(desk.db, number, case_id=case_id, now=desk.moment, reason="a slip")
    for path, value in (said or {}).items():
        sheet.put(path, value if isinstance(value, Answer) else Answer(value))
    sheet.drop([path for path in sheet.answers() if path.startswith(tuple(leave_out))] if leave_out else [])


def at_the_desk(desk, case_id, item, **said):
    begin(desk, "agreement log")
    stands = ledger.answers(desk.db, case_id, item)
    return ledger.add(desk.db, case_id, item, stands | {p: Answer(v) for p, v in said.items()}, desk.moment)


def entries(desk, case_id):
    return {entry.number: entry for entry in ledger.entries(desk.db, case_id)}


def told(desk, case_id):
    """Every version with what it says, as the file has it."""
    return {
        item: [(v.number, v.source, v.session_id, dict(v.changes)) for v in versions]
        for item, versions in ledger.versions(desk.db, case_id).items()
    }


# ---------------------------------------------------------------------------------- a session is finished


def test_the_joint_session_of_a_family_begins_an_entry_for_each_topic(open_desk, shelf, families):
    """Against the answers files, read here by hand."""
    desk = open_desk("held", home="held")
    for family, case_id in shelf.cases.items():
        joint = families.load(family)["joint"]
        (session,) = (s for s in sessions.of_case(desk.db, case_id) if s.name == "joint")
        first = {
            versions[0].session_item: versions[0]
            for versions in ledger.versions(desk.db, case_id).values()
            if versions[0].source == "session"
        }
        numbers = {int(path.split(".")[1]) for path in joint if path.startswith("topics.")}
        assert first.keys() == numbers
        for number, version in first.items():
            said = {
                p.removeprefix(f"topics.{number}."): v for p, v in joint.items() if p.startswith(f"topics.{number}.")
            }
            found = {path: answer.value for path, answer in version.changes.items() if answer.value is not None}
            assert (version.session_id, version.said_on) == (session.id, joint["held_on"])
            assert [found[path] for path in ("topic", "state")] == [said["topic"], said["state"]]
            assert found["children"] == tuple(said["children"])
            assert [found.get(path) for path in ("wording", "court_asked")] == [
                said.get(path) for path in ("wording", "court_asked")
            ]
            for side in "ab":
                assert found.get(f"asked_{side}") == said.get(f"position_{side}")
                assert found.get(f"court_{side}_as") == ("as_asked" if f"position_{side}" in said else None)
                assert found.get(f"yes_{side}_on") == (joint["held_on"].isoformat() if "said_yes" in said else None)


def test_a_finished_session_gives_entries(desk, case_id):
    number = hold(desk, case_id, SAID, DIFFER)
    agreed, open_ = entries(desk, case_id).values()
    assert (agreed.state, agreed.wording, agreed.children, agreed.agreed_on) == (
        "agreed", "Both go.", ("all",), date(2026, 7, 29)
    )  # fmt: skip
    assert (open_.state, open_.children, open_.a.to_court, open_.b.to_court) == (
        "not_agreed", ("2",), "Halves.", "Thirds."
    )  # fmt: skip
    assert (open_.a.asked_from.session_id, open_.a.asked_from.said_on) == (number, date(2026, 7, 29))
    assert (open_.a.offered, open_.a.yes_on, agreed.a.confirmed_on) == ("", None, None)


@pytest.mark.parametrize(
    ("outcome", "end", "given"),
    [
        ("held", sessions.finish, 2),
        ("stopped", sessions.finish, 2),
        ("cancelled", sessions.finish, 0),
        ("did_not_attend", sessions.finish, 0),
        ("held", sessions.discard, 0),
        ("held", lambda *_: None, 0),
    ],
)
def test_only_what_was_said_in_a_meeting_counts(desk, case_id, outcome, end, given):
    hold(desk, case_id, SAID, DIFFER, outcome=outcome, end=end)
    assert len(entries(desk, case_id)) == given


def test_a_topic_without_a_state_gives_nothing_yet(desk, case_id):
    hold(desk, case_id, {"topic": "health"}, SAID, outcome="stopped")
    (entry,) = entries(desk, case_id).values()
    assert entry.versions[0].session_item == 2


def test_what_only_one_side_said_yes_to_is_not_agreed(desk, case_id):
    with pytest.raises(BlockedError):
        hold(desk, case_id, DIFFER, SAID | {"said_yes": ("A",)})
    assert ledger.versions(desk.db, case_id) == {}
    assert sessions.of_case(desk.db, case_id) == (), "nothing of it is kept"


def test_a_second_session_changes_the_entry_that_was_chosen_and_no_other(desk, case_id):
    hold(desk, case_id, DIFFER, SAID)
    before = told(desk, case_id)
    second = SAID | {"topic": "money", "children": ("2",), "entry": "1", "wording": "Halves from May."}
    number = hold(desk, case_id, second, name="other", on="2026-08-03")
    now = told(desk, case_id)
    assert now.keys() == before.keys()
    assert now["entry.2"] == before["entry.2"]
    assert [row[:3] for row in now["entry.1"]] == [(1, "session", before["entry.1"][0][2]), (2, "session", number)]
    entry = entries(desk, case_id)[1]
    assert (entry.state, entry.wording, entry.agreed_on) == ("agreed", "Halves from May.", date(2026, 8, 3))
    assert entry.a.asked == "Halves.", "what each asked for before stays known"
    assert replay(entry.versions[:1])["state"] == Answer("not_agreed")


def test_something_new_of_the_same_topic_is_an_entry_of_its_own(desk, case_id):
    hold(desk, case_id, DIFFER)
    hold(desk, case_id, DIFFER | {"entry": "new", "position_a": "Nothing."}, name="other", on="2026-08-03")
    assert [entry.a.asked for entry in entries(desk, case_id).values()] == ["Halves.", "Nothing."]


# ---------------------------------------------------------------------------------- it is amended


def test_taking_a_session_in_again_changes_nothing(desk, case_id):
    number = hold(desk, case_id, SAID, DIFFER)
    before = told(desk, case_id)
    assert take_in(desk, case_id, number) == 0
    amend(desk, case_id, number, {"next_steps": "Something else."})
    assert take_in(desk, case_id, number) == 0
    assert told(desk, case_id) == before


def test_an_amendment_changes_what_it_amends_while_what_was_logged_at_the_desk_stands(desk, case_id):
    number = hold(desk, case_id, DIFFER, SAID)
    at_the_desk(desk, case_id, "entry.1", offered_b="Two fifths.", offer_told_b="no", review_on="2027-01-11")
    before = told(desk, case_id)
    amend(desk, case_id, number, {"topics.1.position_a": "Half of all of it."})
    assert take_in(desk, case_id, number) == 1
    now = told(desk, case_id)
    assert now["entry.1"][:2] == before["entry.1"]
    assert now["entry.1"][2:] == [(3, "session", number, {"asked_a": Answer("Half of all of it.")})]
    assert now["entry.2"] == before["entry.2"]
    entry = entries(desk, case_id)[1]
    assert (entry.a.to_court, entry.b.asked, entry.b.offered) == ("Half of all of it.", "Thirds.", "Two fifths.")
    assert entry.review_on == date(2027, 1, 11)


def test_what_the_desk_said_otherwise_since_is_not_turned_back(desk, case_id):
    """The words both said yes to later are not overwritten by a slip of the pen mended in the record of before."""
    number = hold(desk, case_id, SAID)
    at_the_desk(desk, case_id, "entry.1", wording="Both go, in turn.", yes_a_on="2026-08-02", yes_b_on="2026-08-03")
    amend(desk, case_id, number, {"topics.1.wording": "Both of them go."})
    take_in(desk, case_id, number)
    entry = entries(desk, case_id)[1]
    assert (entry.wording, entry.a.yes_on, entry.b.yes_on) == (
        "Both go, in turn.", date(2026, 8, 2), date(2026, 8, 3)
    )  # fmt: skip


def test_a_topic_that_is_added_is_an_entry_of_its_own(desk, case_id):
    number = hold(desk, case_id, SAID)
    before = told(desk, case_id)
    amend(desk, case_id, number, {f"topics.2.{key}": value for key, value in DIFFER.items()})
    assert take_in(desk, case_id, number) == 1
    now = told(desk, case_id)
    assert now["entry.1"] == before["entry.1"]
    assert now.keys() == {"entry.1", "entry.2"}
    assert entries(desk, case_id)[2].a.asked == "Halves."


def test_a_topic_that_is_taken_out_is_withdrawn_and_known(desk, case_id):
    number = hold(desk, case_id, SAID, DIFFER)
    before = told(desk, case_id)
    amend(desk, case_id, number, leave_out=["topics.2."])
    assert take_in(desk, case_id, number) == 1
    kept, gone = entries(desk, case_id).values()
    assert (kept.state, gone.state) == ("agreed", "withdrawn")
    assert gone.a.asked == "Halves.", "what was asked for is still on file"
    assert told(desk, case_id)["entry.1"] == before["entry.1"]
    assert take_in(desk, case_id, number) == 0


def test_a_session_that_was_not_held_after_all_withdraws_what_it_gave(desk, case_id):
    number = hold(desk, case_id, SAID, DIFFER)
    item = ledger.new_entry(desk.db, case_id)
    at_the_desk(desk, case_id, item, topic="travel", state="not_agreed", asked_a="A passport.")
    amend(desk, case_id, number, {"outcome": "cancelled"}, leave_out=["topics.", "held_on"])
    assert take_in(desk, case_id, number) == 2
    found = [entry.state for entry in entries(desk, case_id).values()]
    assert found == ["withdrawn", "withdrawn", "not_agreed"]
    amend(
        desk,
        case_id,
        number,
        {"outcome": "held", "held_on": "2026-07-29"} | {f"topics.1.{k}": v for k, v in SAID.items()},
    )
    take_in(desk, case_id, number)
    assert entries(desk, case_id)[1].agreed_on == date(2026, 7, 29)
    assert len(entries(desk, case_id)) == 3, "it is the same entry as before"


def test_an_amendment_left_half_way_leaves_the_plan_and_the_next_one_brings_it(desk, case_id):
    """They differ becomes agreed, and the officer left before it was asked who said yes."""
    number = hold(desk, case_id, DIFFER, SAID)
    before = told(desk, case_id)
    amend(
        desk,
        case_id,
        number,
        {"topics.1.state": "agreed", "topics.1.wording": "Halves.", "topics.2.wording": "One goes."},
    )
    with pytest.raises(BlockedError, match="yes of both"):
        take_in(desk, case_id, number)
    assert told(desk, case_id) == before, "not even the topic that was ready"
    assert recorded(desk, case_id, number).answers["topics.1.state"] == Answer("agreed")
    amend(desk, case_id, number, {"topics.1.said_yes": ("A", "B")}, leave_out=["topics.1.position_"])
    assert take_in(desk, case_id, number) == 2
    one, two = entries(desk, case_id).values()
    assert (one.state, one.wording, one.agreed_on) == ("agreed", "Halves.", date(2026, 7, 29))
    assert two.wording == "One goes."


def test_an_answer_that_becomes_a_gap_is_taken_over(desk, case_id):
    number = hold(desk, case_id, DIFFER | {"state": "for_court", "court_asked": "Who pays?"})
    amend(
        desk,
        case_id,
        number,
        {"topics.1.position_b": Answer(gap=Gap.DECLINED), "topics.1.court_asked": Answer(gap=Gap.BLANK)},
    )
    assert take_in(desk, case_id, number) == 1
    entry = entries(desk, case_id)[1]
    assert (entry.a.asked, entry.b.asked, entry.b.to_court, entry.court_asked) == ("Halves.", "", "", "")


@pytest.fixture
def upgraded(shelf, tmp_path):
    """The file that version 2 wrote: its sessions were never asked who said yes."""
    from cppp_cli.store.file import open_file
    from cppp_cli.store.keys import derive, read_salt

    path = shutil.copyfile(Path(__file__).parent / "schemas" / "002.db", tmp_path / "officer.db")
    db = open_file(path, derive(shelf.passphrase, read_salt(path)))
    yield SimpleNamespace(
        db=db, now=lambda: datetime(2026, 8, 6, 9, tzinfo=UTC), moment=lambda: "2026-08-06T09:00:00+00:00"
    )
    assert history.verify(db) == ()
    db.close()


@pytest.mark.parametrize(("number", "topics"), [(1, (1, 2, 3, 5)), (2, (1, 3))])
def test_the_yes_of_a_session_from_before_it_was_asked_holds_as_long_as_the_words(upgraded, number, topics):
    joint = next(s.id for s in sessions.of_case(upgraded.db, number) if s.name == "joint")
    before = told(upgraded, number)
    assert take_in(upgraded, number, joint) == 0
    amend(upgraded, number, joint, {"next_steps": "Something else."})
    assert take_in(upgraded, number, joint) == 0
    assert told(upgraded, number) == before
    for topic in topics:
        amend(upgraded, number, joint, {f"topics.{topic}.wording": "Other words."})
        with pytest.raises(BlockedError, match="yes of both"):
            take_in(upgraded, number, joint)
        assert told(upgraded, number) == before
        amend(upgraded, number, joint, {f"topics.{topic}.said_yes": ("A", "B")})
        assert take_in(upgraded, number, joint) == 1
        before = told(upgraded, number)
        assert entries(upgraded, number)[topic].wording == "Other words."
        assert entries(upgraded, number)[topic].agreed_on == recorded(upgraded, number, joint).held_on


@pytest.mark.parametrize("number", [1, 2])
def test_what_was_agreed_for_all_before_the_ledger_was_agreed_for_the_children_there_were(upgraded, number):
    db = upgraded.db
    before = entries(upgraded, number)
    children = tuple(child.number for child in cases.load(db, number).children)
    for_all = [e for e in before.values() if e.is_agreed and e.children == ("all",)]
    assert for_all, "else nothing is put to the test"
    assert {e.agreed_for for e in for_all} == {tuple(map(str, children))}
    assert not [e for e in before.values() if e not in for_all and e.agreed_for]
    with db.recorder.because("test"):
        db.execute("INSERT INTO child (case_id, number, full_name) VALUES (?, 9, 'Robin Teal')", [number])
    case = cases.load(db, number)
    for found in entries(upgraded, number).values():
        agreed_for_all = found.number in {e.number for e in for_all}
        assert came_later(found, case) == ((9,) if agreed_for_all else ())
        if found.children == ("all",):
            assert (9 in holds_for(found, (), case)) is not agreed_for_all


# ---------------------------------------------------------------------------------- undo


def take_back(desk, case_id, *, redo=False):
    unit = (undo.last_undo if redo else undo.last)(desk.db, case_id)
    desk.db.recorder.begin("undo", desk.now, undoes=unit.id)
    undo.take_back(desk.db, unit, undo.reversible(desk.db, unit))
    return unit.command


def test_undo_of_a_session_takes_its_entries_along_and_redo_brings_them_back(desk, case_id):
    hold(desk, case_id, SAID)
    first = told(desk, case_id)
    hold(desk, case_id, DIFFER | {"topic": "health", "children": ("all",), "entry": "1"}, DIFFER, name="other")
    second = told(desk, case_id)
    assert {item: len(rows) for item, rows in second.items()} == {"entry.1": 2, "entry.2": 1}
    for expected in (first, {}):
        assert take_back(desk, case_id) == "session log"
        assert told(desk, case_id) == expected
        assert len(sessions.of_case(desk.db, case_id)) == len(expected)
        assert history.verify(desk.db) == ()
    for expected in (first, second):
        take_back(desk, case_id, redo=True)
        assert told(desk, case_id) == expected
        assert history.verify(desk.db) == ()
    assert [s.answers["topics.1.topic"].value for s in sessions.of_case(desk.db, case_id)] == ["health", "health"]


def test_undo_of_an_amendment_gives_the_plan_back_as_it_was(desk, case_id):
    number = hold(desk, case_id, SAID, DIFFER)
    before = told(desk, case_id)
    amend(desk, case_id, number, {"topics.1.wording": "One goes."}, leave_out=["topics.2."])
    take_in(desk, case_id, number)
    after = told(desk, case_id)
    assert take_back(desk, case_id) == "session amend"
    assert told(desk, case_id) == before
    assert take_in(desk, case_id, number) == 0, "session and plan agree again"
    take_back(desk, case_id, redo=True)
    assert told(desk, case_id) == after
    assert take_in(desk, case_id, number) == 0
