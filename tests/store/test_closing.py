from __future__ import annotations

import shutil
from contextlib import closing as closed
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.programme.retention import HOLDS, Closure
from cppp_cli.store import closing, history, keys, officer, records
from cppp_cli.store.file import open_file

DAY = date(2026, 8, 6)
CLOSED = Closure(DAY - timedelta(days=1), DAY, date(2027, 2, 5))


@pytest.fixture(params=["family-1", "family-2"])
def pair(request, shelf):
    """A case, and the other family's."""
    (other,) = set(shelf.cases) - {request.param}
    return shelf.cases[request.param], shelf.cases[other]


def test_a_case_is_closed_and_the_other_stays_open(desk, pair):
    one, two = pair
    assert closing.closures(desk.db) == {}
    closing.close(desk.db, one, CLOSED)
    assert closing.closure(desk.db, one) == CLOSED
    assert closing.closure(desk.db, two) is None
    assert closing.closures(desk.db) == {one: CLOSED}


def test_a_case_is_closed_once(desk, pair):
    one, _ = pair
    closing.close(desk.db, one, CLOSED)
    with pytest.raises(dbapi2.IntegrityError):
        closing.close(desk.db, one, Closure(DAY, DAY, DAY))
    assert closing.closure(desk.db, one) == CLOSED


def test_reopened_it_is_open_and_the_history_knows_that_it_was_closed(desk, pair):
    one, two = pair
    closing.close(desk.db, one, CLOSED)
    closing.close(desk.db, two, CLOSED)
    closing.reopen(desk.db, one)
    assert closing.closures(desk.db) == {two: CLOSED}
    told = [(c.action, c.before or c.after) for c in history.of_chain(desk.db, one) if c.place == "closure"]
    assert [action for action, _ in told] == ["insert", "delete"]
    assert told[0][1] == told[1][1] == {
        "case_id": one, "closed_on": "2026-08-05", "record_confirmed_on": "2026-08-06", "due_on": "2027-02-05",
    }  # fmt: skip
    assert history.verify(desk.db) == ()


def test_closing_again_after_a_reopening_keeps_the_later_days(desk, pair):
    one, _ = pair
    for days in range(3):
        later = Closure(DAY, DAY, DAY + timedelta(days=days))
        closing.close(desk.db, one, later)
        assert closing.closure(desk.db, one) == later
        closing.reopen(desk.db, one)


def test_holds_come_and_go_each_by_itself(desk, pair):
    one, two = pair
    for kind in HOLDS:
        closing.put_hold(desk.db, one, kind, DAY)
    closing.put_hold(desk.db, two, "appeal", DAY)
    closing.lift_hold(desk.db, one, "appeal", DAY + timedelta(days=3))
    assert [hold.kind for hold in closing.standing(desk.db, one)] == ["complaint", "access_request"]
    assert [hold.kind for hold in closing.standing(desk.db, two)] == ["appeal"]
    closing.put_hold(desk.db, one, "appeal", DAY + timedelta(days=9))
    told = [(hold.kind, hold.since, hold.lifted_on) for hold in closing.holds(desk.db, one)]
    assert told == [
        ("complaint", DAY, None),
        ("appeal", DAY, DAY + timedelta(days=3)),
        ("access_request", DAY, None),
        ("appeal", DAY + timedelta(days=9), None),
    ], "one that is over stays on file"
    closing.lift_hold(desk.db, one, "appeal", DAY + timedelta(days=10))
    assert closing.holds(desk.db, one)[1].lifted_on == DAY + timedelta(days=3), "the first one ended on its own day"


def test_a_hold_of_another_kind_cannot_be(desk, pair):
    with pytest.raises(dbapi2.IntegrityError):
        closing.put_hold(desk.db, pair[0], "grudge", DAY)
    assert closing.holds(desk.db, pair[0]) == ()


def test_whether_a_report_was_written_is_asked_of_its_own_case(desk, pair):
    one, two = pair
    records.register(desk.db, one, "timetable", 1, "x", desk.moment)
    assert not closing.is_registered(desk.db, one, "cppp-report")
    records.register(desk.db, one, "cppp-report", 1, "x", desk.moment)
    assert closing.is_registered(desk.db, one, "cppp-report")
    assert not closing.is_registered(desk.db, two, "cppp-report")


def test_an_officer_who_was_never_asked_has_six_months(shelf, tmp_path):
    """A file of the first schema has no such answer."""
    path = shutil.copyfile(Path(__file__).parent / "schemas" / "001.db", tmp_path / "officer.db")
    with closed(open_file(path, keys.derive(shelf.passphrase, keys.read_salt(path)))) as db:
        assert officer.load(db).keep_months == 6
