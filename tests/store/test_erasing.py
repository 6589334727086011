"""Nothing of an erased case is left, and everything of the other: looked for in every page, decrypted here."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, NotFoundError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.store import (
    cases,
    closing,
    erasing,
    erasing_copies,
    erasing_preview,
    events,
    history,
    keys,
    ledger,
    ledger_sheet,
    parent_forms,
    records,
    sessions,
    terms,
)
from cppp_cli.store.encrypted import open_database
from cppp_cli.store.erasing import Subject
from cppp_cli.store.file import open_file
from cppp_cli.store.forms import FormSheet

sys.path.append(str(Path(__file__).parent))
kept_papers = importlib.import_module("kept_papers")

PAGE, RESERVED, IV = 4096, 80, 16
SHORTEST = 6  # letters; a shorter word can turn up in numbers and digests by chance
FAMILIES = ("family-1", "family-2")
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
SCHEMA_1 = Path(__file__).parent / "schemas" / "001.db"


def at():
    return AT.isoformat(timespec="seconds")


def image(path, key):
    """Every page of the file as SQLite sees it, unused ones too, decrypted by another library than the file's own."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data, found = path.read_bytes(), []
    for start in range(0, len(data), PAGE):
        page = data[start : start + PAGE]
        body = page[len(key.salt) if start == 0 else 0 : -RESERVED]
        cipher = Cipher(algorithms.AES(key.raw), modes.CBC(page[-RESERVED : -RESERVED + IV])).decryptor()
        found.append(cipher.update(body) + cipher.finalize())
    return b"".join(found)


def words_in(path, key, words):
    data = image(path, key)
    return {word for word in words if word.encode() in data}


def words_of(families, family, db, case_id):
    """The longer words a family's answers have and that stand nowhere in the rest of the file, nor in its schema."""
    mine = of_case(db, case_id)
    rest = {table: [row for row in rows if row not in mine.get(table, ())] for table, rows in everything(db).items()}
    # In a page the cells of a row stand side by side: "table" and "topic" hold the word tablet.
    schema = db.execute("SELECT group_concat(type || name || tbl_name || sql) FROM sqlite_master").fetchone()[0]
    others = json.dumps(rest, default=str, ensure_ascii=False) + schema
    answers = (str(value) for step in families.every_file(family).values() for value in step.values())
    words = {w for text in answers for w in re.findall(r"[^\W\d_]+", text) if len(w) >= SHORTEST}
    return {word for word in words if word not in others}


@pytest.fixture(scope="session")
def only_in(shelf, families, tmp_path_factory):
    """The words to look for, by family; hundreds, and none that may stand in the file for another reason."""
    pytest.importorskip("cryptography")  # comes with keyring on Linux
    with contextlib.closing(open_file(shelf.take("filled", tmp_path_factory.mktemp("words")), shelf.key)) as db:
        return {family: words_of(families, family, db, shelf.cases[family]) for family in FAMILIES}


@pytest.fixture(params=FAMILIES)
def mine(request):
    return request.param


@pytest.fixture
def other(mine):
    return next(family for family in FAMILIES if family != mine)


@pytest.fixture
def subject(shelf, mine):
    return Subject(shelf.cases[mine], shelf.references[mine], present=True)


def everything(db):
    """Every row of every table, by table, with its columns."""
    return {name: list(db.query(f'SELECT * FROM "{name}"')) for name in db.table_names()}


def of_case(db, case_id):
    """Every row of one case, found by walking the tables by hand: history and links too."""
    numbers = {row["id"] for row in db.query("SELECT id FROM session WHERE case_id = ?", [case_id])}
    found = {}
    for table, rows in everything(db).items():
        for column in ("chain", "case_id", "session_id"):
            if rows and column in rows[0]:
                wanted = numbers if column == "session_id" else {case_id}
                found[table] = [row for row in rows if row[column] in wanted]
                break
    found["case_file"] = list(db.query("SELECT * FROM case_file WHERE id = ?", [case_id]))
    return {table: rows for table, rows in found.items() if rows}


def fill_up(desk, case_id):
    """Rows in the tables that the demo leaves empty, and changes of what was there."""
    sheet = cases.sheet(desk.db, case_id, at)
    sheet.put("adults.1.has_restrictions", Answer("yes"))
    sheet.put("adults.1.restrictions.1.terms", Answer("Zanzibar terms"))
    sheet.put("others.1.note", Answer("Zanzibar note"))
    sheet.keep_unfinished("judge", "Zanzibar judge")
    held = sessions.of_case(desk.db, case_id)[0]
    amending = sessions.AmendingSheet(desk.db, held.id, case_id=case_id, now=at, reason="Zanzibar reason")
    amending.put("place", Answer("Zanzibar place"))
    sessions.add_note(desk.db, case_id, held.id, {"words": "Zanzibar words"}, at)
    draft = sessions.begin(desk.db, case_id, "other", at)
    sessions.sheet(desk.db, draft, case_id, at).put("purpose", Answer("Zanzibar purpose"))
    sessions.discard(desk.db, draft, at)
    FormSheet(desk.db, case_id, "return-to-court").put("reason", Answer("Zanzibar return"))
    records.register(desk.db, case_id, "cppp-report", 1, "digest", at)
    events.add(desk.db, events.DOCUMENT, at, case_id=case_id, detail="Zanzibar", path=Path("Zanzibar.md"))
    day = AT.date()
    closing.close(desk.db, case_id, closing.Closure(day, day, day))
    closing.put_hold(desk.db, case_id, "appeal", day)
    closing.lift_hold(desk.db, case_id, "appeal", day)
    item = ledger.new_entry(desk.db, case_id)
    words = {"topic": "other", "topic_other": "Zanzibar topic", "state": "not_agreed", "asked_a": "Zanzibar asked"}
    ledger.add(desk.db, case_id, item, {path: Answer(said) for path, said in words.items()}, at)
    draft = ledger_sheet.LedgerSheet(desk.db, case_id, item)
    draft.put("offered_b", Answer("Zanzibar offered"))
    draft.keep_unfinished("wording", "Zanzibar wording")
    ledger.add(desk.db, case_id, "calendar.a.2", {"letters": Answer("AAAABBA Zanzibar")}, at)
    term = Period(date(2026, 9, 3), date(2026, 12, 18), "term", "Zanzibar term")
    terms.replace(desk.db, case_id, (1, 2), TermDates((term,)))
    parent_forms.add(desk.db, case_id, "A", f"Zanzibar{case_id}", "Zanzibar safe", at)
    kept_papers.add(desk.db, case_id, "Zanzibar", at)
    desk.db.execute(
        "INSERT INTO handover (case_id, came_on, came_from) VALUES (?, '2027-01-01', 'Zanzibar')", [case_id]
    )
    desk.db.execute(
        "INSERT INTO earlier_change (case_id, number, command, at, action, place, row, after) "
        "VALUES (?, 1, 'x', '', 'insert', 'child', '{}', 'Zanzibar')",
        [case_id],
    )


def erase(db, subject, words=lambda _: "certified"):
    remains = erasing.erase(db, subject, words, at)
    erasing.finish(db)
    return remains


# --------------------------------------------------------------------------------------------- nothing of it is left


def test_no_page_of_the_file_has_a_word_of_an_erased_case(open_desk, shelf, only_in, mine, other, subject, tmp_path):
    desk = open_desk()
    path, key = tmp_path / "home" / "officer.db", shelf.key
    for family in FAMILIES:
        fill_up(desk, shelf.cases[family])
    before = words_in(path, key, only_in[mine])
    assert len(before) > 50
    assert len(only_in[mine] - before) <= 2, "a word or two may lie across the border of two pages"
    assert b"Zanzibar" in image(path, key)
    others = words_in(path, key, only_in[other])
    erase(desk.db, subject)
    assert words_in(path, key, only_in[mine]) == set()
    assert words_in(path, key, only_in[other]) == others
    assert desk.db.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert [p.name for p in path.parent.iterdir()] == ["officer.db"], "no journal is left"
    desk.db.close()
    with contextlib.closing(open_file(path, key)) as db:  # after a restart
        assert words_in(path, key, only_in[mine]) == set()
        erase(db, Subject(shelf.cases[other], shelf.references[other], present=True))
    data = image(path, key)
    assert b"Zanzibar" not in data
    assert b"Ashdown" not in data
    assert b"Adeyemi" in data, "the officer is still there"


@pytest.mark.parametrize("left_out", ["history", "overwriting and rebuilding"])
def test_the_same_search_finds_the_words_when_something_is_left_out(
    open_desk, shelf, only_in, mine, subject, tmp_path, left_out
):
    """The search above is worth something, and each half of erasing is needed."""
    desk = open_desk()
    path, key, db = tmp_path / "home" / "officer.db", shelf.key, desk.db
    if left_out == "history":
        with db.recorder.because("test"):
            db.execute("DELETE FROM case_file WHERE id = ?", [subject.case_id])
        db.execute("VACUUM")
    else:
        db.execute("PRAGMA secure_delete = OFF")
        erasing.erase(db, subject, lambda _: "", at)
        tables = json.dumps(everything(db), default=str, ensure_ascii=False)
        assert [word for word in only_in[mine] if word in tables] == [], "no table has them"
        assert db.execute("PRAGMA freelist_count").fetchone()[0] > 0
    db.close()
    assert len(words_in(path, key, only_in[mine])) > 50


def test_rebuilding_takes_away_what_deleting_left(open_desk, shelf, only_in, mine, subject, tmp_path):
    """Also where something else had switched the overwriting off."""
    desk = open_desk()
    desk.db.execute("PRAGMA secure_delete = OFF")
    erase(desk.db, subject)
    desk.db.close()
    assert words_in(tmp_path / "home" / "officer.db", shelf.key, only_in[mine]) == set()


def test_what_moved_from_page_to_page_before_is_gone_too(open_desk, shelf, tmp_path):
    """Overwriting reaches a row where it is when it is deleted. Where it was before it moved, only rebuilding does."""
    pytest.importorskip("cryptography")
    one, two = shelf.cases.values()
    path = tmp_path / "home" / "officer.db"
    left = 0
    for seed in range(20):
        desk, dice = open_desk(), random.Random(seed)
        with desk.db.atomic():
            for _ in range(400):
                case_id, word = dice.choice([(one, "Zanzibar"), (two, "Timbuktu")])
                row = [case_id, f"words.{dice.randint(1, 40)}", word * dice.randint(1, 150)]
                desk.db.execute("INSERT OR REPLACE INTO report_answer (case_id, path, value) VALUES (?, ?, ?)", row)
        assert image(path, shelf.key).count(b"Zanzibar") > 1000
        erasing.erase(desk.db, Subject(one, shelf.references["family-1"], present=True), lambda _: "", at)
        left = image(path, shelf.key).count(b"Zanzibar")
        erasing.finish(desk.db)
        assert image(path, shelf.key).count(b"Zanzibar") == 0
        assert image(path, shelf.key).count(b"Timbuktu") > 1000
        desk.db.close()
        if left:
            return
    pytest.fail("deleting alone left nothing in any of these files, so rebuilding was not put to the test")


def test_the_pages_are_read_rightly_here(shelf):
    """The decryption above is that of the file: its first page begins as SQLite's do, and its tables are named in it."""
    pytest.importorskip("cryptography")
    data = image(shelf.files["filled"], shelf.key)
    assert int.from_bytes(data[:2], "big") == PAGE  # byte 16 of a database
    assert data.count(b"CREATE TABLE") > 20


def test_while_it_is_rebuilt_nothing_readable_is_written_anywhere(shelf, only_in, mine, subject, tmp_path):
    """Every file that was open for writing is asked for by its bytes: the journal and the file are as encrypted as ever."""
    path = shelf.take("filled", tmp_path / "home")
    spy = tmp_path / "spy"
    spy.mkdir()
    code = (
        "import sys, os, shutil, threading, time; from pathlib import Path\n"
        "from cppp_cli.store import erasing; from cppp_cli.store.file import open_file\n"
        "from cppp_cli.store.keys import Key, read_salt\n"
        "path, spy = Path(sys.argv[1]), Path(sys.argv[2]); key = Key(bytes.fromhex(sys.argv[3]), read_salt(path))\n"
        "db = open_file(path, key); over, seen = threading.Event(), set()\n"
        "def look():\n"
        "    while not over.is_set():\n"
        "        for place in (path.parent, Path(os.environ['TMPDIR'])):\n"
        "            for found in place.iterdir():\n"
        "                if found.name not in seen or found.name.endswith('-journal'):\n"
        "                    try: shutil.copyfile(found, spy / found.name)\n"
        "                    except OSError: continue\n"
        "                    seen.add(found.name)\n"
        "watch = threading.Thread(target=look); watch.start()\n"
        "erasing.erase(db, erasing.Subject(int(sys.argv[4]), sys.argv[5], True), lambda _: '', lambda: '')\n"
        "erasing.finish(db); over.set(); watch.join(); print(*sorted(seen))"
    )
    (tmp_path / "tmp").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(spy), shelf.key.raw.hex(), str(subject.case_id), subject.reference],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), "SQLITE_TMPDIR": str(tmp_path / "tmp")},
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) <= {"officer.db", "officer.db-journal"}, "another file was written"
    for seen in spy.iterdir():
        data = seen.read_bytes()
        assert [word for word in only_in[mine] if word.encode() in data] == [], seen.name


# ------------------------------------------------------------------------------------------- everything else is as it was


def test_the_other_familys_rows_and_history_are_as_they_were(open_desk, shelf, mine, other, subject, tmp_path):
    desk = open_desk()
    fill_up(desk, shelf.cases[other])
    fill_up(desk, shelf.cases[mine])
    before, file_before = of_case(desk.db, shelf.cases[other]), history.of_chain(desk.db, 0)
    assert set(erasing.rows_of(desk.db, 1)) | {"change", "link"} == set(before), "every table is put to the test"
    assert sum(len(rows) for rows in before.values()) > 900
    assert history.verify(desk.db) == ()
    erase(desk.db, subject)
    assert history.verify(desk.db) == ()
    assert of_case(desk.db, shelf.cases[other]) == before
    assert history.of_chain(desk.db, 0)[: len(file_before)] == file_before
    desk.db.close()
    db = open_file(tmp_path / "home" / "officer.db", shelf.key)
    assert history.verify(db) == ()
    assert of_case(db, shelf.cases[other]) == before
    assert cases.load(db, shelf.cases[other]).reference == shelf.references[other]
    with pytest.raises(NotFoundError):
        cases.load(db, shelf.cases[mine])
    db.close()


def test_what_stays_of_an_erased_case_is_its_links_and_its_erasure(desk, shelf, subject):
    fill_up(desk, subject.case_id)
    rows = sum(
        len(found) for table, found in of_case(desk.db, subject.case_id).items() if table not in {"change", "link"}
    )
    links = len(of_case(desk.db, subject.case_id)["link"])
    seen = []
    remains = erase(desk.db, subject, lambda remains: seen.append(remains) or "certified")
    left = of_case(desk.db, subject.case_id)
    assert set(left) == {"link", "erasure"}
    (erasure,) = left["erasure"]
    assert erasure == {
        "case_id": subject.case_id, "reference": subject.reference, "erased_at": at(), "rows": rows,
        "certificate": "certified",
    }  # fmt: skip
    # What was deleted is told too, before its words go: a link for each row, but for what the history leaves out.
    assert len(left["link"]) == remains.links > links
    assert remains.head == left["link"][-1]["head"].hex()
    assert seen == [remains]
    assert remains.rows == rows


def test_a_chain_that_is_tampered_with_after_an_erasing_is_still_noticed(desk, subject):
    erase(desk.db, subject)
    desk.db.execute("DROP TRIGGER link_is_not_changed")
    desk.db.execute("UPDATE link SET digest = randomblob(32) WHERE chain = ? AND number = 3", [subject.case_id])
    assert {flaw.chain for flaw in history.verify(desk.db)} == {subject.case_id}


def test_the_words_of_a_case_that_is_not_erased_cannot_leave_the_history(desk, shelf, subject, other):
    erase(desk.db, subject)
    with pytest.raises(dbapi2.IntegrityError):
        desk.db.execute("DELETE FROM change WHERE chain = ?", [shelf.cases[other]])
    with pytest.raises(dbapi2.IntegrityError):
        desk.db.execute("DELETE FROM erasure")


# ------------------------------------------------------------------------------------------------ no table is forgotten


def test_every_table_that_names_a_case_or_a_session_is_looked_at(desk, shelf):
    """Asked of the statements that made the tables, in another way than the program does."""
    made = desk.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    named = {name for name, sql in made if re.search(r"[(,]\s*(case_id|session_id)\s+INTEGER", sql)}
    assert set(erasing.rows_of(desk.db, 1)) == (named - {"erasure"}) | {"case_file"}
    assert len(named) > 20


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE later (case_id INTEGER NOT NULL, words TEXT) STRICT",
        "CREATE TABLE later (session_id INTEGER NOT NULL, words TEXT) STRICT",
        "CREATE VIRTUAL TABLE later USING fts5(words, case_id UNINDEXED)",
    ],
)
def test_a_table_that_does_not_hang_on_the_case_stops_the_erasing(desk, subject, made):
    """Such as a later table, or an index of words, for which nobody thought of erasing."""
    desk.db.execute(made)
    column = "session_id" if "session_id" in made else "case_id"
    number = sessions.of_case(desk.db, subject.case_id)[0].id if column == "session_id" else subject.case_id
    desk.db.execute(f"INSERT INTO later ({column}, words) VALUES (?, 'Zanzibar')", [number])
    before = everything(desk.db)
    with pytest.raises(RuntimeError, match="later"):
        erasing.erase(desk.db, subject, lambda _: "", at)
    assert everything(desk.db) == before
    assert not erasing.unfinished(desk.db)


def test_a_later_table_that_hangs_on_the_case_goes_with_it(desk, shelf, subject, other):
    desk.db.execute("CREATE TABLE later (case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE) STRICT")
    for number in shelf.cases.values():
        desk.db.execute("INSERT INTO later VALUES (?)", [number])
    erase(desk.db, subject)
    assert [row["case_id"] for row in desk.db.query("SELECT case_id FROM later")] == [shelf.cases[other]]


# --------------------------------------------------------------------------------------------- cut off in the middle


def test_an_erasing_that_fails_changes_nothing(desk, subject):
    before = everything(desk.db)

    def fail(_):
        raise KeyError("x")

    with pytest.raises(KeyError):
        erasing.erase(desk.db, subject, fail, at)
    assert everything(desk.db) == before
    assert not erasing.unfinished(desk.db)
    assert history.verify(desk.db) == ()


def test_a_file_that_was_not_rebuilt_says_so_until_it_is(open_desk, shelf, only_in, mine, subject, tmp_path):
    desk = open_desk()
    path = tmp_path / "home" / "officer.db"
    assert not erasing.unfinished(desk.db)
    erasing.finish(desk.db)
    desk.db.execute("PRAGMA secure_delete = OFF")
    erasing.erase(desk.db, subject, lambda _: "", at)
    desk.db.close()  # the battery dies here
    assert words_in(path, shelf.key, only_in[mine])
    db = open_file(path, shelf.key)
    assert erasing.unfinished(db)
    erasing.finish(db)
    assert not erasing.unfinished(db)
    db.close()
    assert words_in(path, shelf.key, only_in[mine]) == set()
    db = open_file(path, shelf.key)
    assert not erasing.unfinished(db)
    assert history.verify(db) == ()
    db.close()


def test_a_file_that_somebody_reads_is_rebuilt_later(desk, subject, another_connection, tmp_path):
    reader = another_connection(tmp_path / "home" / "officer.db")
    erasing.erase(desk.db, subject, lambda _: "", at)
    desk.db.conn.execute("PRAGMA busy_timeout = 50")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM case_file").fetchone()
    with pytest.raises(ConflictError) as told:
        erasing.finish(desk.db)
    assert "is erased" in str(told.value)
    assert erasing.unfinished(desk.db)
    reader.rollback()
    erasing.finish(desk.db)
    assert not erasing.unfinished(desk.db)


# ------------------------------------------------------------------------------------------------ finding what to erase


def test_a_case_is_found_by_its_reference_its_beginning_or_its_number(desk, shelf, mine, subject):
    number = cases.load(desk.db, subject.case_id).number
    for name in (subject.reference, subject.reference.lower(), number):
        assert erasing.find(desk.db, name) == subject
    for name in ("", "2222", "Ashdown"):
        with pytest.raises(NotFoundError):
            erasing.find(desk.db, name)


def test_a_discarded_case_is_found_in_the_history_and_its_words_leave_it(desk, shelf, tmp_path):
    case_id = cases.begin(desk.db, at)
    reference = desk.db.execute("SELECT reference FROM case_file WHERE id = ?", [case_id]).fetchone()[0]
    assert erasing.find(desk.db, reference) == Subject(case_id, reference, present=True), "a draft is found as well"
    cases.sheet(desk.db, case_id, at).put("judge", Answer("Judge Zanzibar"))
    cases.discard_draft(desk.db, case_id)
    path = tmp_path / "home" / "officer.db"
    found = erasing.find(desk.db, reference.lower())
    assert found == Subject(case_id, reference, present=False)
    assert any("Zanzibar" in str(change.after) for change in history.of_chain(desk.db, case_id))
    before = {family: of_case(desk.db, number) for family, number in shelf.cases.items()}
    remains = erase(desk.db, found)
    assert remains.rows == 0
    assert remains.links == 3  # opened, answered, discarded
    assert history.of_chain(desk.db, case_id) == ()
    assert history.verify(desk.db) == ()
    assert {family: of_case(desk.db, number) for family, number in shelf.cases.items()} == before
    with pytest.raises(NotFoundError):
        erasing.find(desk.db, reference)
    with contextlib.suppress(ImportError):
        assert b"Zanzibar" not in image(path, shelf.key)


def test_a_case_whose_opening_was_undone_is_found_and_erased(desk, shelf, open_desk):
    from cppp_cli.store import undo

    desk = open_desk("empty", home="other")
    desk.db.recorder.begin("new-case", lambda: AT)
    from cppp_cli import paths
    from cppp_cli.commands import new_case
    from cppp_cli.commands.ways import Ways

    reference = new_case.run(desk, Ways(str(paths.examples() / "family-1" / "new-case.toml"), no_input=True))
    unit = undo.last(desk.db)
    desk.db.recorder.begin("undo", lambda: AT, undoes=unit.id)
    undo.take_back(desk.db, unit, undo.reversible(desk.db, unit))
    with pytest.raises(NotFoundError):
        cases.find(desk.db, reference, drafts_too=True)
    subject = erasing.find(desk.db, reference)
    assert not subject.present
    contents = erasing_preview.contents(desk.db, subject.case_id)
    assert (contents.people, contents.sessions, contents.documents) == (0, 0, 0)
    assert contents.changes > 50
    erase(desk.db, subject)
    assert history.verify(desk.db) == ()
    assert "Ashdown" not in json.dumps(everything(desk.db), default=str)


def test_erasing_again_what_came_back_does_it_once(desk, shelf, subject, other, tmp_path):
    """As a restore does with an older copy of the file."""
    done = [erasing.Erasure(subject.case_id, subject.reference, at())]
    strangers = [
        erasing.Erasure(subject.case_id, "ZZZZ", at()),  # the same number in another life of the file
        erasing.Erasure(999, subject.reference, at()),
    ]
    assert erasing.reapply(desk.db, strangers, at) == ()
    assert erasing.reapply(desk.db, done, at) == (subject.reference,)
    assert not erasing.unfinished(desk.db)
    assert erasing.reapply(desk.db, done, at) == ()
    assert [e.reference for e in erasing.erasures(desk.db)] == [subject.reference]
    assert erasing.certificate(desk.db, subject.case_id) == ""
    assert history.verify(desk.db) == ()
    assert cases.load(desk.db, shelf.cases[other])


# ------------------------------------------------------------------------------------------------------ what is told


def test_what_a_case_holds_is_counted(desk, shelf, subject):
    fill_up(desk, subject.case_id)
    found, rows = erasing_preview.contents(desk.db, subject.case_id), of_case(desk.db, subject.case_id)
    assert found.people == len(rows["adult"]) + len(rows["child"]) + len(rows["other_person"])
    assert (found.sessions, found.statements, found.letters) == tuple(
        len(rows[table]) for table in ("session", "statement", "letter")
    )
    assert (found.notes, found.documents, found.changes) == (1, 4, len(rows["change"]))
    assert (found.finals, found.decisions) == (2, 3)
    assert found.sessions == 5, "a session that was set aside counts: its words are in the file"


def test_documents_outside_are_those_of_this_case_that_are_still_there(desk, shelf, mine, other, tmp_path):
    here, gone, others = tmp_path / "here.md", tmp_path / "gone.md", tmp_path / "others.md"
    for path, family in ((here, mine), (gone, mine), (here, mine), (others, other)):
        path.write_text("x", encoding="utf-8")
        events.add(desk.db, events.DOCUMENT, at, case_id=shelf.cases[family], detail="report", path=path)
    gone.unlink()
    assert erasing_preview.outside(desk.db, shelf.cases[mine]) == (here,)
    assert erasing_preview.outside(desk.db, shelf.cases[other]) == (others,)


def test_copies_brought_away_count_from_the_day_the_case_was_opened(desk, shelf, mine):
    opened = "2026-06-11T09:00:00+00:00"  # tests/conftest.py: the day of both cases
    for name, moment in (
        ("before", "2026-06-11T09:59:59+01:00"),
        ("then", opened),
        ("later", "2026-07-01T00:00:00+01:00"),
    ):
        events.add(desk.db, events.COPIED, lambda moment=moment: moment, path=Path("/stick") / name)
    events.add(desk.db, events.RESTORED, at, path=Path("/stick/none"))
    found = erasing_preview.brought_away(desk.db, shelf.cases[mine])
    assert [Path(path).name for path in found] == ["then", "later"]


# ---------------------------------------------------------------------------------------------------------- the copies


@pytest.fixture
def folder(shelf, tmp_path):
    """Copies from two moments, one replaced by a restore, one with a name of somebody's own, one under another key."""
    place = tmp_path / "home" / "backups"
    place.mkdir(parents=True)
    for name, stage in (
        ("officer-20260611-090000.db", "empty"),
        ("officer-20260612-090000.db", "opened"),
        ("replaced-20260801-090000.db", "held"),
        ("for Ashdown.db", "filled"),
    ):
        shutil.copyfile(shelf.files[stage], place / name)
    shutil.copyfile(SCHEMA_1, place / "officer-20260101-090000.db")
    (place / "notes.txt").write_text("not a copy", encoding="utf-8")
    return place


HOLDING = {"officer-20260612-090000.db", "replaced-20260801-090000.db", "for Ashdown.db"}
STRANGE = "officer-20260101-090000.db"  # another key


def test_looking_says_which_copies_hold_a_case_and_changes_none(folder, shelf, subject):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    found = erasing_copies.look(folder, shelf.key, subject)
    assert {copy.path.name for copy in found if copy.held} == HOLDING
    assert {copy.path.name for copy in found if copy.problem} == {STRANGE}
    assert {copy.path.name for copy in found if not copy.own_name} == {"for Ashdown.db"}
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_every_copy_that_opens_is_without_the_case_and_keeps_the_other(folder, shelf, only_in, mine, other, subject):
    key = shelf.key
    assert words_in(folder / "for Ashdown.db", key, only_in[mine])
    strange = (folder / STRANGE).read_bytes()
    before = {}
    for name in HOLDING:
        with contextlib.closing(open_file(folder / name, key)) as db:
            before[name] = of_case(db, shelf.cases[other])
    found = erasing_copies.erase(folder, key, subject, lambda: AT)
    assert {copy.path.name for copy in found if copy.held} == HOLDING
    assert [(copy.path.name, "passphrase" in copy.problem) for copy in found if copy.problem] == [(STRANGE, True)]
    assert (folder / STRANGE).read_bytes() == strange
    assert not [path for path in folder.iterdir() if path.name.endswith("-journal")]
    for name in HOLDING:
        assert words_in(folder / name, key, only_in[mine]) == set(), name
        with contextlib.closing(open_file(folder / name, key)) as db:
            assert history.verify(db) == ()
            assert of_case(db, shelf.cases[other]) == before[name]
            assert [e.reference for e in erasing.erasures(db)] == [subject.reference]
    again = erasing_copies.erase(folder, key, subject, lambda: AT)
    assert not [copy for copy in again if copy.held]


@pytest.fixture(scope="module")
def old_key(shelf):
    return keys.derive(shelf.passphrase, keys.read_salt(SCHEMA_1))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_copy_older_than_the_history_is_treated_too(old_key, families, number, tmp_path):
    """Such as the one made before the file was brought up to date: it stays as old as it is, without the case."""
    folder = tmp_path / "backups"
    folder.mkdir()
    copy = shutil.copyfile(SCHEMA_1, folder / "officer-20260101-090000-before-m002_history.db")
    with contextlib.closing(open_file(shutil.copyfile(SCHEMA_1, tmp_path / "officer.db"), old_key)) as db:
        reference = db.execute("SELECT reference FROM case_file WHERE id = ?", [number]).fetchone()[0]
        subject = erasing.find(db, reference)
    with contextlib.closing(open_database(copy, old_key)) as db:
        before = {other: of_case(db, other) for other in {1, 2, 3} - {number}}
        tables = set(db.table_names())
        words = words_of(families, "family-2", db, number) if number == 2 else set()
    assert "erasure" not in tables
    assert [looked.held for looked in erasing_copies.look(folder, old_key, subject)] == [True]
    assert [looked.held for looked in erasing_copies.erase(folder, old_key, subject, lambda: AT)] == [True]
    with contextlib.closing(open_database(copy, old_key)) as db:
        assert set(db.table_names()) == tables
        assert {other: of_case(db, other) for other in before} == before
        assert of_case(db, number) == {}
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert not erasing.unfinished(db)
    if words:  # the first and the third case are one family's, twice
        assert len(words_in(SCHEMA_1, old_key, words)) > 50
        assert words_in(copy, old_key, words) == set()
    with contextlib.closing(open_file(copy, old_key)) as db:
        assert history.verify(db) == ()


def test_a_copy_with_another_case_of_the_same_number_is_left(folder, shelf, subject):
    """After a restore of an old copy, numbers are given anew; the reference tells the cases apart."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    stranger = Subject(subject.case_id, "ZZZZ", present=True)
    assert not [copy for copy in erasing_copies.erase(folder, shelf.key, stranger, lambda: AT) if copy.held]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def damaged(path, shelf):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut_short(path, shelf):
    path.write_bytes(path.read_bytes()[:-100])


def emptied(path, shelf):
    path.write_bytes(b"")


def not_encrypted(path, shelf):
    path.write_bytes(b"SQLite format 3\0" + bytes(PAGE - 16))


def newer(path, shelf):
    with contextlib.closing(open_file(path, shelf.key)) as db:
        db.table("_sqlite_migrations").insert({"migration_set": "cppp", "name": "m900", "applied_at": ""})


@pytest.mark.parametrize("how", [damaged, cut_short, emptied, not_encrypted, newer])
def test_a_copy_that_cannot_be_treated_is_named_with_its_reason_and_the_others_are_treated(folder, shelf, subject, how):
    path = folder / "replaced-20260801-090000.db"
    how(path, shelf)
    before = path.read_bytes()
    found = {copy.path.name: copy for copy in erasing_copies.erase(folder, shelf.key, subject, lambda: AT)}
    assert found[path.name].problem
    assert "delete it" in found[path.name].problem
    assert path.read_bytes() == before
    assert {name for name, copy in found.items() if copy.held} == HOLDING - {path.name}


def test_a_copy_in_use_is_named_and_treated_by_the_next_try(folder, shelf, subject, monkeypatch):
    from cppp_cli.store import encrypted

    real = encrypted._open
    monkeypatch.setattr(encrypted, "_open", lambda p, key, _, *, new: real(p, key, 0.05, new=new))
    path = folder / "replaced-20260801-090000.db"
    writer = encrypted.connect(path, shelf.key)
    writer.execute("BEGIN IMMEDIATE")
    found = {copy.path.name: copy for copy in erasing_copies.erase(folder, shelf.key, subject, lambda: AT)}
    assert "in use" in found[path.name].problem
    writer.close()
    again = {copy.path.name: copy for copy in erasing_copies.erase(folder, shelf.key, subject, lambda: AT)}
    assert (again[path.name].problem, again[path.name].held) == ("", True)
    assert {name for name, copy in again.items() if copy.held} == {path.name}


def test_a_copy_that_was_treated_and_not_rebuilt_is_rebuilt_by_the_next_try(folder, shelf, only_in, mine, subject):
    path = folder / "replaced-20260801-090000.db"
    with contextlib.closing(open_file(path, shelf.key)) as db:
        db.execute("PRAGMA secure_delete = OFF")
        erasing.erase(db, subject, lambda _: "", at)
    assert words_in(path, shelf.key, only_in[mine])
    erasing_copies.erase(folder, shelf.key, subject, lambda: AT)
    assert words_in(path, shelf.key, only_in[mine]) == set()


def test_without_a_folder_of_copies_there_is_nothing_to_do(shelf, subject, tmp_path):
    nowhere = tmp_path / "nowhere"
    with erasing_copies.alone(nowhere):
        assert erasing_copies.erase(nowhere, shelf.key, subject, lambda: AT) == ()
    assert not nowhere.exists()


def test_while_another_cppp_makes_copies_nothing_is_begun(folder):
    from cppp_cli.store.replacing import turn

    with turn(folder), pytest.raises(ConflictError), erasing_copies.alone(folder):
        pytest.fail("two at once")
