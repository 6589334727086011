from __future__ import annotations

import pytest

from cppp_cli.errors import DamagedFileError, NotFoundError
from cppp_cli.programme.people import Officer
from cppp_cli.store import officer, records


def pictures_of(desk, case_id):
    return [row["id"] for row in desk.db.query("SELECT id FROM picture WHERE case_id = ?", [case_id])]


def test_a_picture_comes_back_byte_for_byte(desk, shelf):
    data = bytes(range(256)) * 300
    number = records.add_picture(desk.db, shelf.cases["family-1"], data, "application/pdf", (0, 0), desk.moment)
    kept = records.picture(desk.db, shelf.cases["family-1"], number)
    assert (kept.data, kept.media_type) == (data, "application/pdf")


@pytest.mark.parametrize(("mine", "other"), [("family-1", "family-2"), ("family-2", "family-1")])
def test_a_picture_of_another_case_is_not_found(desk, shelf, mine, other):
    (number,) = pictures_of(desk, shelf.cases[mine])
    assert records.picture(desk.db, shelf.cases[mine], number).data
    for case_id, wrong in ((shelf.cases[other], number), (shelf.cases[mine], 999)):
        with pytest.raises(NotFoundError) as problem:
            records.picture(desk.db, case_id, wrong)
        assert problem.value.exit_code == 6


def test_the_same_words_are_the_same_version_and_other_words_the_next(desk, shelf):
    case_id = shelf.cases["family-1"]

    def write(digest, kind="cppp-report"):
        version = records.next_version(desk.db, case_id, kind, digest)
        records.register(desk.db, case_id, kind, version, digest, desk.moment)
        return version

    assert [write(d) for d in ("a", "a", "b", "b", "a", "c")] == [1, 1, 2, 2, 3, 4]
    assert write("a", "parenting-plan") == 1
    assert records.next_version(desk.db, shelf.cases["family-2"], "cppp-report", "a") == 1
    assert desk.db.table("document").count_where("case_id = ?", [case_id]) == 5
    assert {row["status"] for row in desk.db.query("SELECT status FROM document")} == {"draft"}


def test_asking_for_a_version_registers_nothing(desk, shelf):
    before = desk.db.table("document").count
    for _ in range(3):
        assert records.next_version(desk.db, shelf.cases["family-2"], "timetable", "never written") == 1
    assert desk.db.table("document").count == before


def test_the_officer_is_one_and_can_be_corrected(desk):
    before = officer.load(desk.db)
    assert (before.full_name, before.team, before.working_days) == (
        "Ruth Adeyemi",
        "Northbridge team",
        frozenset(range(4)),
    )
    after = Officer(
        "Ruth Adeyemi-Stone", working_days=frozenset({0, 6}), documents="/x", title="FCA", phone="1", keep_months=18
    )
    officer.save(desk.db, after)
    assert officer.load(desk.db) == after
    assert desk.db.table("officer").count == 1


def test_a_file_without_an_officer_was_never_finished(desk):
    desk.db.execute("DELETE FROM officer")
    with pytest.raises(DamagedFileError, match="cppp init"):
        officer.load(desk.db)
