"""``cppp doctor``: each trouble is made for real in a copy of the file, and found, and nothing else is."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from cppp_cli import clock
from cppp_cli.commands.demo import FAMILIES
from cppp_cli.programme.dates import short_date
from cppp_cli.store import (
    backups,
    cases,
    credential,
    encrypted,
    erasing,
    events,
    forms,
    history,
    records,
    sessions,
    triggers,
)
from cppp_cli.store import officer as officers
from cppp_cli.store.file import OfficerFile, open_file
from cppp_cli.store.health import open_as_it_is
from cppp_cli.store.keys import Key, read_salt

FIRST_SCHEMA = Path(__file__).parents[1] / "store" / "schemas" / "001.db"
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")


class Desk:
    """An officer's folder in which everything is well, and ways to make trouble in it."""

    def __init__(self, home, shelf, day):
        self.home, self.shelf, self.key = home, shelf, shelf.key
        self.path, self.copies = home / "officer.db", home / "backups"
        self.documents = home.with_name("documents")
        self.now = datetime.combine(day, time(9)).astimezone()
        self.refs = shelf.references

    def moment(self, days=0):
        return (self.now + timedelta(days=days)).isoformat(timespec="seconds")

    def at(self, days):
        return lambda: self.moment(days)

    @contextlib.contextmanager
    def opened(self, path=None):
        """As a command has it: on the day, with the history at work."""
        db = open_file(path or self.path, self.key)
        db.recorder.begin("test", lambda: self.now)
        try:
            yield db
        finally:
            db.close()

    def meddle(self, *statements, guards=True):
        """Change the file as somebody with the key and another program could, and put the guards back."""
        db = OfficerFile(self.path, self.key)
        for name in triggers.present(db):
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            db.execute(statement)
        if guards:
            with db.atomic():
                triggers.renew(db)
        db.close()

    def copy(self, days=0):
        """A copy made so many days from now."""
        with self.opened() as db:
            return backups.make(db, self.copies, self.now + timedelta(days=days)).path

    def flip(self, path, page):
        with path.open("r+b") as file:
            file.seek((page - 1) * encrypted.PAGE_BYTES + 100)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))


@pytest.fixture
def well(shelf, tmp_path, monkeypatch):
    """The day after the last entry of both families' file, with a copy of today that has left the computer."""
    home = tmp_path / "home"
    shelf.take("filled", home)
    (home / "officer.db").chmod(0o600)
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.recovery)
    db = open_as_it_is(home / "officer.db", shelf.key)
    last = max(unit.at for unit in history.units(db))
    db.close()
    day = date.fromisoformat(last[:10]) + timedelta(days=1)
    monkeypatch.setenv("CPPP_TODAY", day.isoformat())
    desk = Desk(home, shelf, day)
    desk.documents.mkdir()
    with desk.opened() as db:
        officers.save(db, replace(officers.load(db), documents=str(desk.documents)))
        events.add(db, events.COPIED, desk.moment, path=tmp_path / "stick" / "copy.db")
    desk.copy()
    return desk


@pytest.fixture
def found(run_cppp):
    """Run the doctor; which findings there were, and how it ended."""

    def look(*options):
        done = run_cppp("doctor", "--json", *options)
        told = json.loads(done.out)
        for finding in told["result"]:
            assert list(finding) == ["id", "place", "what", "do", "severity", "authority"]
            assert all(finding[key] for key in ("id", "place", "what", "do", "severity"))
        assert told["ok"] is (done.code == 0)
        blocking = [finding for finding in told["result"] if finding["severity"] == "blocking"]
        assert bool(blocking) is (done.code != 0)
        return [finding["id"] for finding in told["result"]], done.code

    return look


# ------------------------------------------------------------------------------------------------ well


@pytest.mark.parametrize("options", [(), ("--all",)])
def test_what_is_well_is_silent(well, run_cppp, options):
    done = run_cppp("doctor", *options)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_it_changes_no_byte(well, found):
    before = {path: path.read_bytes() for path in well.home.rglob("*") if path.is_file()}
    assert found("--all") == ([], 0)
    assert {path: path.read_bytes() for path in well.home.rglob("*") if path.is_file()} == before


def test_a_fresh_file_without_a_case_is_well(well, shelf, found):
    shelf.take("empty", well.home)
    shutil.rmtree(well.copies)
    assert found() == ([], 0)


def test_a_change_that_was_cut_off_is_taken_back_and_then_all_is_well(well, found):
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from cppp_cli.store.file import OfficerFile\n"
        "from cppp_cli.store.keys import Key\n"
        "db = OfficerFile(Path(sys.argv[1]), Key(bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])))\n"
        "db.execute('PRAGMA cache_size = 2')\n"
        "db.execute('BEGIN IMMEDIATE')\n"
        "db.execute('UPDATE child SET school = hex(randomblob(20000))')\n"
        "os._exit(9)\n"
    )
    arguments = [str(well.path), well.key.raw.hex(), well.key.salt.hex()]
    assert subprocess.run([sys.executable, "-c", code, *arguments], check=False).returncode == 9
    journal = well.home / "officer.db-journal"
    assert journal.stat().st_size > 0
    assert found() == ([], 0)
    assert not journal.exists()


def test_a_marker_of_an_unlocking_that_is_over_goes_without_a_word(well, found):
    assert credential.mark(well.home, clock.now() - timedelta(hours=1))
    assert found() == ([], 0)
    assert not (well.home / "unlocked").exists()


# ------------------------------------------------------------------------------------------------ the file


def garbage(desk, more):
    with desk.path.open("ab") as file:
        file.write(more)


def of_another_program(desk):
    db = OfficerFile(desk.path, desk.key)
    db.execute("PRAGMA application_id = 1")
    db.close()


def of_a_newer_one(desk):
    with desk.opened() as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('cppp', 'm999_later', '')")


def without_encryption(desk):
    desk.path.unlink()
    plain = sqlite3.connect(desk.path)
    plain.execute("CREATE TABLE x (y)")
    plain.commit()
    plain.close()
    desk.path.chmod(0o600)


def never_finished(desk):
    desk.path.unlink()
    encrypted.create(desk.path, desk.key).close()


def without_an_officer(desk):
    desk.path.unlink()
    encrypted.create(desk.path, desk.key).close()
    open_file(desk.path, desk.key).close()


def against_a_check(desk):
    with desk.opened() as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(
            "INSERT INTO session (case_id, kind, side, state, started_at, changed_at) "
            f"VALUES ({desk.shelf.cases['family-1']}, 'parent', NULL, 'finished', '', '')"
        )


def of_no_case(desk):
    with desk.opened() as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO court_question (case_id, number) VALUES (999, 1)")


def of_an_erased_case(desk):
    with desk.opened() as db:
        subject = erasing.find(db, desk.refs["family-1"])
        erasing.erase(db, subject, lambda _: "", desk.moment)
        erasing.finish(db)
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO report_answer (case_id, path, value) VALUES (?, 'opinion', '\"x\"')", [subject.case_id])
    for path in desk.copies.glob("*.db"):
        path.unlink()
    desk.copy()


def damage_every_page(desk):
    for page in range(2, desk.path.stat().st_size // encrypted.PAGE_BYTES + 1):
        desk.flip(desk.path, page)


IN_THE_FILE = {
    "a byte changed": (lambda desk: desk.flip(desk.path, 3), ["file.pages"]),
    "every page changed": (damage_every_page, ["file.refused"]),
    "a page added at its end": (lambda desk: garbage(desk, os.urandom(4096)), ["file.longer"]),
    "a byte added at its end": (lambda desk: garbage(desk, b"x"), ["file.refused"]),
    "a page cut off": (lambda desk: os.truncate(desk.path, desk.path.stat().st_size - 4096), ["file.refused"]),
    "cut short": (lambda desk: os.truncate(desk.path, 10), ["file.refused"]),
    "empty": (lambda desk: os.truncate(desk.path, 0), ["file.refused"]),
    "gone": (lambda desk: desk.path.unlink(), ["file.refused"]),
    "not encrypted": (without_encryption, ["file.refused"]),
    "of another program": (of_another_program, ["file.refused"]),
    "newer": (of_a_newer_one, ["file.newer"]),
    "never finished": (never_finished, ["file.unfinished"]),
    "without an officer": (without_an_officer, ["file.unfinished"]),
    "an index gone": (lambda desk: desk.meddle("DROP INDEX link_by_unit"), ["file.schema"]),
    "a table gone": (lambda desk: desk.meddle("DROP TABLE hold", guards=False), ["file.schema"]),
    "a table more": (lambda desk: desk.meddle("CREATE TABLE more (x TEXT) STRICT"), ["file.schema"]),
    "a column more": (lambda desk: desk.meddle("ALTER TABLE child ADD COLUMN x TEXT"), ["file.schema"]),
    "its steps forgotten": (lambda desk: desk.meddle("DELETE FROM _sqlite_migrations"), ["file.schema"]),
    "a row against a check": (against_a_check, ["file.structure"]),
    "a row of no case": (of_no_case, ["file.references"]),
    "a row of an erased case": (of_an_erased_case, ["file.erased"]),
}


@pytest.mark.parametrize("trouble", IN_THE_FILE)
def test_trouble_in_the_file(well, found, trouble):
    make, expected = IN_THE_FILE[trouble]
    make(well)
    assert found() == (expected, 9)


def test_a_file_that_was_not_rebuilt_after_erasing(well, found, run_cppp):
    with well.opened() as db:
        erasing.erase(db, erasing.find(db, well.refs["family-1"]), lambda _: "certified", well.moment)
    only_copy(well, 0)
    assert found() == (["file.rebuild"], 4)
    do = run_cppp("doctor").out.splitlines()[-1].split("\t")[1]
    assert run_cppp(*do.split()[1:]).code == 0
    assert found() == ([], 0), "what it says to do does it; and the certificate is no document that lies about"


def test_a_file_of_an_older_version_is_told_and_not_changed(well, found, monkeypatch, shelf):
    shutil.copyfile(FIRST_SCHEMA, well.path)
    before = well.path.read_bytes()
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.passphrase)
    ids, code = found()
    assert "file.older" in ids
    assert not {"file.schema", "history.triggers"} & set(ids)
    assert code == 0
    assert well.path.read_bytes() == before


# ------------------------------------------------------------------------------------------------ the history


def an_entry_at_the_end(desk):
    with desk.opened() as db:
        events.add(db, events.RESTORED, desk.moment)


def cut_the_tail(desk):
    an_entry_at_the_end(desk)
    last = "(SELECT max(id) FROM link)"
    desk.meddle(
        "DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
        f"DELETE FROM change WHERE id = {last}",
        f"DELETE FROM link WHERE id = {last}",
    )


def change_a_guard(desk):
    desk.meddle(
        "DROP TRIGGER history_child_update",
        "CREATE TRIGGER history_child_update AFTER UPDATE ON child BEGIN SELECT 1; END",
        guards=False,
    )


def with_guards(desk, *statements):
    db = OfficerFile(desk.path, desk.key)
    for statement in statements:
        db.execute(statement)
    db.close()


IN_THE_HISTORY = {
    "a guard gone": (lambda desk: with_guards(desk, "DROP TRIGGER history_child_update"), {"history.triggers"}),
    "a guard changed": (
        lambda desk: with_guards(
            desk,
            "DROP TRIGGER history_child_update",
            "CREATE TRIGGER history_child_update AFTER UPDATE ON child BEGIN SELECT 1; END",
        ),
        {"history.triggers"},
    ),
    "a guard more": (
        lambda desk: with_guards(desk, "CREATE TRIGGER mine AFTER DELETE ON child BEGIN SELECT 1; END"),
        {"history.triggers"},
    ),
    "a row changed": (lambda desk: desk.meddle("UPDATE child SET school = 'Elsewhere'"), {"history.row"}),
    "every case gone": (lambda desk: desk.meddle("DELETE FROM case_file"), {"history.row", "file.references"}),
    "the officer gone": (lambda desk: desk.meddle("DELETE FROM officer"), {"history.row"}),
    "the tail cut off": (cut_the_tail, {"history.gap", "history.extra"}),
    "a link gone": (lambda desk: desk.meddle("DELETE FROM link WHERE id = 7"), {"history.gap", "history.head", "history.extra"}),
    "a head changed": (lambda desk: desk.meddle("UPDATE link SET head = x'00' WHERE id = 7"), {"history.head"}),
    "a reason changed": (lambda desk: desk.meddle("UPDATE change SET reason = 'other' WHERE id = 7"), {"history.digest"}),
    "words gone": (lambda desk: desk.meddle("DELETE FROM change WHERE action = 'insert' AND place = 'letter'"), {"history.lost", "history.row"}),
    "a unit changed": (lambda desk: desk.meddle("UPDATE unit SET command = 'x' WHERE id = 3"), {"history.head"}),
}  # fmt: skip


@pytest.mark.parametrize("trouble", IN_THE_HISTORY)
def test_trouble_in_the_history(well, found, trouble):
    make, expected = IN_THE_HISTORY[trouble]
    make(well)
    ids, code = found()
    assert (set(ids), code) == (expected, 9)


def test_the_case_is_named_by_its_reference(well, run_cppp):
    well.meddle(f"UPDATE adult SET called = 'Other' WHERE case_id = {well.shelf.cases['family-2']}")
    done = run_cppp("doctor")
    assert f"Case {well.refs['family-2']}" in done.out
    assert well.refs["family-1"] not in done.out


def test_a_list_that_became_empty_is_never_shown_as_well(well, run_cppp, found):
    """Whatever way the rows go: when the list shows none of them, the doctor does not keep silent."""
    shown = run_cppp("case", "list", "--json")
    assert len(json.loads(shown.out)["result"]) == len(FAMILIES)
    well.meddle("DELETE FROM case_file")
    ids, code = found()
    assert code == 9
    assert ids.count("history.row") == len(FAMILIES)


def test_a_clock_that_was_set_back(well, found, monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", (well.now - timedelta(days=3)).date().isoformat())
    assert found() == (["clock.back"], 0)


# ------------------------------------------------------------------------------------------------ cases


def begin_a_session(desk, days):
    with desk.opened() as db:
        sessions.begin(db, desk.shelf.cases["family-1"], "child", desk.at(days))


def begin_a_case(desk, days):
    with desk.opened() as db:
        cases.begin(db, desk.at(days))


def discard_a_case(desk):
    with desk.opened() as db:
        assert cases.discard_draft(db, cases.begin(db, desk.moment))


def half_a_note(desk):
    with desk.opened() as db:
        form = forms.FormSheet(db, desk.shelf.cases["family-1"], forms.NOTE)
        form.keep_unfinished("words", "I asked whe")


def words_left(desk, days):
    first = desk.shelf.cases["family-1"]
    with desk.opened() as db:
        cases.report_sheet(db, first, desk.moment).keep_unfinished("own_words", "He wou")
        db.execute("UPDATE case_file SET changed_at = ? WHERE id = ?", [desk.moment(days), first])


def loose_picture(desk):
    with desk.opened() as db:
        records.add_picture(db, desk.shelf.cases["family-1"], b"a house", "image/png", (1, 1), desk.moment)


def hand_over(desk, *confirmed):
    row = {"case_id": desk.shelf.cases["family-1"], "came_on": "2026-08-01", "came_from": "an officer"}
    with desk.opened() as db:
        db.table("handover").insert({**row, **dict.fromkeys(confirmed, "2026-08-02")})


def close_a_case(desk, days, *, held=False, lifted=False):
    first = desk.shelf.cases["family-1"]
    with desk.opened() as db:
        row = {"case_id": first, "closed_on": "2026-01-01", "record_confirmed_on": "2026-01-01"}
        db.table("closure").insert({**row, "due_on": desk.moment(days)[:10]})
        if held:
            over = "2026-08-03" if lifted else None
            db.table("hold").insert(
                {"case_id": first, "number": 1, "kind": "appeal", "since": "2026-08-01", "lifted_on": over}
            )


IN_CASES = {
    "a session not finished for a fortnight": (lambda desk: begin_a_session(desk, -14), []),
    "a session not finished for longer": (lambda desk: begin_a_session(desk, -15), ["draft.session"]),
    "a case begun today": (lambda desk: begin_a_case(desk, 0), []),
    "a case not finished": (lambda desk: begin_a_case(desk, -15), ["draft.case"]),
    "a case discarded": (discard_a_case, ["case.taken-back"]),
    "half a note": (half_a_note, ["words.note"]),
    "words of a case that just ended": (lambda desk: words_left(desk, -30), []),
    "words of a case long over": (lambda desk: words_left(desk, -31), ["words.finished"]),
    "a picture of no letter": (loose_picture, ["pictures.loose"]),
    "come and not confirmed": (hand_over, ["case.handover"]),
    "come and confirmed in part": (lambda desk: hand_over(desk, "consent_a_on", "safety_on"), ["case.handover"]),
    "come and confirmed": (lambda desk: hand_over(desk, "consent_a_on", "consent_b_on", "safety_on"), []),
    "due tomorrow": (lambda desk: close_a_case(desk, 1), []),
    "due today": (lambda desk: close_a_case(desk, 0), ["case.due"]),
    "due and held": (lambda desk: close_a_case(desk, -1, held=True), []),
    "due and no longer held": (lambda desk: close_a_case(desk, -1, held=True, lifted=True), ["case.due"]),
}


@pytest.mark.parametrize("trouble", IN_CASES)
def test_trouble_with_a_case(well, found, trouble):
    make, expected = IN_CASES[trouble]
    make(well)
    assert found() == (expected, 0)


# ------------------------------------------------------------------------------------------------ folders


@POSIX
@pytest.mark.parametrize("place", ["", "officer.db", "backups", "backups/*.db"])
def test_a_place_that_others_may_look_into(well, found, place):
    for path in well.home.glob(place) if place else [well.home]:
        path.chmod(path.stat().st_mode | 0o040)
    assert found() == (["folder.open"], 0)


def test_a_folder_that_a_service_copies(well, found, monkeypatch, tmp_path):
    moved = tmp_path / "Dropbox" / "cppp"
    moved.parent.mkdir()
    well.home.rename(moved)
    monkeypatch.setenv("CPPP_HOME", str(moved))
    assert found() == (["folder.synced"], 0)


def test_documents_that_a_service_copies(well, found, tmp_path):
    with well.opened() as db:
        officers.save(db, replace(officers.load(db), documents=str(tmp_path / "OneDrive - Some Council" / "CPPP")))
    assert found() == (["documents.synced"], 0)


def test_a_disk_that_is_nearly_full(well, found, monkeypatch):
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 9 * 10**8, 10**8))
    assert found() == (["folder.room"], 0)


def test_what_lies_in_the_folder_and_is_not_known_is_counted_and_not_named(well, run_cppp, found):
    (well.home / "Isla.docx").touch()
    (well.home / ".DS_Store").touch()
    (well.home / "templates").mkdir()
    assert found() == (["folder.strangers"], 0)
    done = run_cppp("doctor")
    assert "1 thing lies in it" in done.out
    assert "Isla" not in done.out + done.err


@pytest.mark.parametrize("where", ["documents", "beside a document"])
def test_a_document_that_was_cut_off(well, found, tmp_path, where):
    folder = well.documents
    if where == "beside a document":
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        with well.opened() as db:
            events.add(db, events.DOCUMENT, well.moment, path=folder / "gone.docx")
    left = folder / ".cppp-x1y2.part"
    left.touch()
    os.utime(left, (well.now.timestamp() - 60,) * 2)
    assert found() == ([], 0), "it may be in the making"
    os.utime(left, (well.now.timestamp() - 2 * 3600,) * 2)
    assert found() == (["documents.half"], 0)


@pytest.mark.parametrize(
    ("kind", "expected", "code"),
    [
        (events.DOCUMENT, "documents.lying", 0),
        (events.EXPORT, "export.lying", 0),
        (events.PLAIN_EXPORT, "export.plain", 4),
        (events.PACK, "export.pack", 4),
    ],
)
def test_what_was_written_and_still_lies_there(well, found, run_cppp, kind, expected, code):
    written = [well.documents / name for name in ("one.docx", "two.docx")]
    with well.opened() as db:
        for number, path in enumerate((*written, written[0])):
            path.touch()
            events.add(db, kind, well.at(number - 20), path=path, case_id=well.shelf.cases["family-1"])
    assert found() == ([expected], code)
    told = run_cppp("doctor").out
    assert str(well.documents) in told
    assert "2 " in told
    written[0].unlink()
    assert found() == ([expected], code)
    written[1].unlink()
    assert found() == ([], 0)


# ------------------------------------------------------------------------------------------------ copies


def only_copy(desk, days):
    """The one copy there is is older than what was done since."""
    for path in desk.copies.glob("*.db"):
        path.unlink()
    desk.copy(days)


def use(desk, days):
    with desk.opened() as db:
        db.recorder.begin("test", lambda: desk.now + timedelta(days=days))
        events.add(db, events.RESTORED, desk.at(days))


def test_no_copy_at_all(well, found):
    shutil.rmtree(well.copies)
    assert found() == (["copies.none"], 4)


def test_a_copy_that_lacks_two_days_of_use(well, found, monkeypatch):
    use(well, 1)
    monkeypatch.setenv("CPPP_TODAY", well.moment(1)[:10])
    assert found() == ([], 0), "today's work is in tomorrow's copy"
    use(well, 3)
    monkeypatch.setenv("CPPP_TODAY", well.moment(3)[:10])
    assert found() == (["copies.old"], 0)
    well.copy(3)
    assert found() == ([], 0)


def test_a_copy_may_be_old_when_nothing_was_done_since(well, found, monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", well.moment(6)[:10])
    assert found() == ([], 0)


def test_a_file_that_a_restore_replaced_is_no_copy_of_the_present_one(well, found):
    (path,) = well.copies.glob("*.db")
    path.rename(path.with_name(path.name.replace("officer", "replaced")))
    assert found() == (["copies.none"], 4)


@pytest.mark.parametrize(("days", "expected"), [(6, []), (7, ["copies.away"]), (40, ["copies.away"])])
def test_no_copy_has_left_for_a_week(well, found, monkeypatch, days, expected):
    monkeypatch.setenv("CPPP_TODAY", well.moment(days)[:10])
    assert found() == (expected, 0)


def test_no_copy_has_ever_left(well, found, shelf):
    shelf.take("opened", well.home)
    for path in well.copies.glob("*.db"):
        path.unlink()
    well.copy()
    assert found() == (["copies.away"], 0)


def test_a_copy_under_an_earlier_key(well, found, run_cppp):
    backups.remake(well.copy(-1), well.key, Key(os.urandom(32), os.urandom(16)))
    assert found("--all") == (["copies.other-key"], 0)
    assert f"{short_date((well.now - timedelta(days=1)).date())} 09:00" in run_cppp("doctor").out


def test_a_damaged_copy_is_found_when_it_is_the_newest_or_all_are_read(well, found):
    older = well.copy(-1)
    well.flip(older, 5)
    assert found() == ([], 0)
    assert found("--all") == (["copies.damaged"], 4)
    older.unlink()
    newest = well.copy(1)
    well.flip(newest, 5)
    assert found() == (["copies.damaged"], 4)


@pytest.mark.parametrize("size", [0, 10])
def test_a_copy_that_was_cut_short_is_damaged_and_not_under_another_key(well, found, size):
    os.truncate(well.copy(-1), size)
    assert found() == (["copies.damaged"], 4)


def test_a_copy_that_still_holds_an_erased_case(well, found, run_cppp):
    with well.opened() as db:
        erasing.erase(db, erasing.find(db, well.refs["family-1"]), lambda _: "certified", well.moment)
        erasing.finish(db)
    assert found() == (["copies.erased"], 4)
    do = run_cppp("doctor").out.splitlines()[-1].split("\t")[1]
    assert run_cppp(*do.split()[1:]).code == 0
    assert found("--all") == ([], 0), "what it says to do does it"


def came_back(well, reference):
    """Erase a case, and have another of its reference come, as an import does: with a number of its own."""
    with well.opened() as db:
        erasing.erase(db, erasing.find(db, reference), lambda _: "certified", well.moment)
        erasing.finish(db)
        number = cases.begin(db, well.moment)
    well.meddle(
        f"UPDATE case_file SET reference = '{reference}' WHERE id = {number}",
        f"UPDATE change SET after = json_set(after, '$.reference', '{reference}') "
        f"WHERE chain = {number} AND place = 'case_file'",
    )
    return number


def test_a_case_that_came_back_by_import_is_not_the_one_that_was_erased(well, found, run_cppp):
    reference = well.refs["family-1"]
    came_back(well, reference)
    assert "copies.erased" in found()[0], "the copy from before holds the other"
    assert f"cppp case erase {reference}" not in run_cppp("doctor").out
    for path in well.copies.glob("*.db"):
        path.unlink()
    well.copy()
    assert "copies.erased" not in found("--all")[0]
    assert run_cppp("restore", next(well.copies.glob("*.db")).name, "--preview").out.count(reference) == 0


def test_a_case_taken_back_and_come_back_by_import_is_not_told_as_taken_back(well):
    from cppp_cli.store import health

    with well.opened() as db:
        gone, stays = (cases.begin(db, well.moment) for _ in range(2))
        references = dict(db.execute("SELECT id, reference FROM case_file").fetchall())
        db.execute("DELETE FROM case_file WHERE id = ?", [gone])
        assert health.taken_back(db) == (references[gone],)
    well.meddle(f"UPDATE case_file SET reference = '{references[gone]}' WHERE id = {stays}")
    with well.opened() as db:
        assert health.taken_back(db) == ()


def test_a_file_among_the_copies_that_is_none(well, found):
    (well.copies / "Kopie von officer.db").touch()
    (well.copies / "turn").touch()
    assert found() == (["copies.strangers"], 0)


def test_a_damaged_file_does_not_hide_what_its_copies_are(well, found):
    well.flip(well.copy(1), 5)
    well.flip(well.path, 3)
    assert found() == (["file.pages", "copies.damaged"], 9)


# ------------------------------------------------------------------------------------------------ what came along


def test_an_office_template_that_does_not_work(well, found, run_cppp):
    run_cppp("template", "copy", "timetable.md.j2")
    assert found() == ([], 0)
    (well.home / "templates" / "timetable.md.j2").write_text("{{ nothing }}\n", encoding="utf-8")
    done = run_cppp("doctor")
    assert done.code == 4
    assert "Found\ttimetable.md.j2, line 1: there is nothing called 'nothing' here.\n" in done.out


def test_a_timetable_that_cannot_be_read(well, found):
    (well.home / "templates").mkdir()
    (well.home / "templates" / "timetable.toml").write_text("[[step\n", encoding="utf-8")
    assert found() == (["template.wrong"], 4)


def test_a_calendar_that_was_put_here_long_ago(well, found, monkeypatch, tmp_path):
    """A package of that name before the real one on the path, as the package manager leaves it."""
    package = tmp_path / "site" / "holidays-0.1.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: holidays\nVersion: 0.1\n", encoding="utf-8")
    (package / "RECORD").write_text("holidays-0.1.dist-info/METADATA,,\n", encoding="utf-8")
    monkeypatch.syspath_prepend(package.parent)
    os.utime(package / "METADATA", (well.now.timestamp() - 547 * 86400,) * 2)
    assert found() == ([], 0)
    os.utime(package / "METADATA", (well.now.timestamp() - 549 * 86400,) * 2)
    assert found() == (["calendar.old"], 0)
    os.utime(package / "METADATA", (0, 0))
    assert found() == ([], 0), "a date of no meaning"


# ------------------------------------------------------------------------------------------------ how it tells


def test_what_blocks_comes_first_and_damage_decides_how_it_ends(well, run_cppp):
    (well.home / "notes.txt").touch()
    shutil.rmtree(well.copies)
    well.meddle("UPDATE child SET school = 'Elsewhere'")
    done = run_cppp("doctor", "--json")
    told = json.loads(done.out)
    ids = [finding["id"] for finding in told["result"]]
    assert ids == ["history.row", "history.row", "copies.none", "folder.strangers"]
    assert (done.code, told["error"]["exit_code"], told["error"]["kind"]) == (9, 9, "DamagedFileError")
    assert told["error"]["message"] in done.err


def test_each_finding_is_a_line_of_what_and_a_line_of_what_to_do(well, run_cppp):
    begin_a_session(well, -15)
    shutil.rmtree(well.copies)
    lines = run_cppp("doctor").out.splitlines()
    assert [line for line in lines if line.startswith(("Do first\t", "Do\t"))] == [
        "Do first\tcppp backup",
        f"Do\tcppp session log {well.refs['family-1']} child",
    ]
    assert sum(line.startswith("Found\t") for line in lines) == 2


def test_it_asks_for_the_key_as_every_command_does(well, run_cppp, monkeypatch):
    monkeypatch.delenv("CPPP_PASSPHRASE")
    assert run_cppp("doctor").code == 5
    monkeypatch.setenv("CPPP_PASSPHRASE", "not the passphrase at all")
    done = run_cppp("doctor", "--json")
    assert (done.code, json.loads(done.out)["error"]["kind"]) == (5, "LockedError")


def test_no_file_and_no_copy_is_told_as_everywhere(well, run_cppp):
    shutil.rmtree(well.home)
    done = run_cppp("doctor", "--json")
    assert (done.code, json.loads(done.out)["error"]["kind"]) == (6, "NotFoundError")


def test_nothing_it_says_names_anybody(well, run_cppp, families):
    """Everything at once that can be at once, in the file of both families."""
    begin_a_session(well, -15)
    half_a_note(well)
    words_left(well, -40)
    loose_picture(well)
    discard_a_case(well)
    close_a_case(well, -1)
    hand_over(well)
    well.meddle("UPDATE adult SET called = 'Other'", "UPDATE unit SET command = 'x' WHERE id = 3")
    told = run_cppp("doctor", "--json").out
    assert len(json.loads(told)["result"]) >= 9
    for name in (
        "Isla",
        "Theo",
        "Isaac",
        "Thea",
        "Leanne",
        "Leonie",
        "Daniel",
        "Margaret",
        "Ashdown",
        "Adeyemi",
        "ZE26",
    ):
        assert name not in told
    assert read_salt(well.path) == well.key.salt
