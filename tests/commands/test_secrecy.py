"""Nothing readable lies in the officer's folder: not a name, not a word of anything that was typed."""

from __future__ import annotations

import base64
import importlib
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cppp_cli import paths

sys.path.append(str(Path(__file__).parents[1]))
spellings = importlib.import_module("proof.words")

SHORTEST = 6  # letters; a shorter word can turn up in noise by chance


def words_of(families):
    """Every longer word of every answer of both families, the made-up officer's own, and the words of the schema."""
    found = {"CREATE TABLE", "safeguarding_note", "case_file", "Adeyemi", "Northbridge"}
    for family in families.FAMILIES:
        for answers in families.every_file(family).values():
            for value in answers.values():
                found |= {w for w in re.findall(r"[^\W\d_]+", str(value)) if len(w) >= SHORTEST}
    return found


def spelt(word):
    return word.encode("utf-8"), word.encode("utf-16-le"), word.upper().encode("utf-8"), word.lower().encode("utf-8")


def everything_below(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_word_of_the_families_is_in_the_bytes_of_the_file(shelf, families):
    data = shelf.files["filled"].read_bytes()
    words = words_of(families)
    assert len(words) > 200
    assert [word for word in words if any(form in data for form in spelt(word))] == []
    assert not data.startswith(b"SQLite")


def test_the_same_search_finds_them_where_nothing_is_encrypted(shelf, families, tmp_path):
    """The search above is worth something."""
    from cppp_cli.store.file import open_file

    db = open_file(shelf.take("filled", tmp_path / "home"), shelf.key)
    plain = "\n".join(str(row) for table in db.table_names() for row in db.query(f"SELECT * FROM {table}")).encode()
    db.close()
    missing = [word for word in words_of(families) if word.encode() not in plain]
    assert len(missing) < 10, missing


@pytest.fixture(scope="session")
def search():
    """Everything that was said to the two families' officer, three words at a time too, in every spelling."""
    return spellings.Search(spellings.said(paths.examples()))


def test_no_word_in_any_spelling_is_in_the_bytes_of_the_file(shelf, search):
    data = shelf.files["filled"].read_bytes()
    assert search.by_chance(len(data)) < 0.001
    assert search.found_in(data) == set()


@pytest.mark.parametrize("before", [0, 1, 2], ids="after {} letters".format)
def test_the_search_finds_a_name_in_each_spelling(search, before):
    name = "4 Tanner's Row, Northbridge NB1 9ZZ"
    assert name in spellings.who(paths.examples())
    noise = bytes(range(256))
    for spelt_so in (
        name.encode(), name.upper().encode(), name.encode("utf-16-le"), name.encode("utf-16-be"), name.encode().hex().encode(),
        base64.b64encode(b"x" * before + name.encode() + b"yz"),
    ):  # fmt: skip
        assert name in search.found_in(noise + spelt_so + noise)
    assert search.found_in(noise * 50) == set()


def test_it_cannot_be_opened_as_an_ordinary_database(shelf, tmp_path):
    plain = sqlite3.connect(shelf.take("filled", tmp_path / "home"))
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master").fetchall()
    plain.close()


def test_after_a_days_work_only_the_encrypted_file_lies_in_the_folder(cppp, shelf, families, tmp_path, answers_file):
    """Reading, writing, faults and documents: no journal, no copy, no trace of a word is left beside it."""
    one, two = shelf.references.values()
    for words in (
        ("case", "list"), ("case", "show", one), ("session", "show", two, "child"), ("schedule", "show", one),
        ("schedule", "move", one, "filing", "--to", "2026-08-25", "--reason", "court"),
        ("case", "edit", one, "--no-input", "--answers", answers_file(judge="District Judge Oakes")),
        ("case", "edit", one, "--no-input", "--answers", answers_file(order_date="2030-01-01")),
        ("session", "amend", one, "joint", "--no-input", "--answers", answers_file(amend_reason="because", next_steps="Nothing")),
        ("new-case", "--no-input", "--answers", answers_file("family-1")),
        ("report", two, "--no-input", "--out", tmp_path / "out"), ("plan", one, "--out", tmp_path / "out"),
    ):  # fmt: skip
        assert cppp(*words).code in {0, 3}
    found = everything_below(tmp_path / "home")
    names = sorted(path.relative_to(tmp_path / "home").as_posix() for path in found)
    assert names == ["backups/officer-20260806-090000.db", "backups/turn", "officer.db"]
    words = words_of(families)
    for name, data in found.items():
        assert [word for word in words if any(form in data for form in spelt(word))] == [], name
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_a_process_that_is_killed_while_it_writes_leaves_nothing_readable(shelf, families, tmp_path):
    """A journal may be left; it is as encrypted as the file."""
    path = shelf.take("filled", tmp_path / "home")
    code = (
        "import sys, os, signal; from pathlib import Path; from cppp_cli.store.file import open_file\n"
        "from cppp_cli.store.keys import Key, read_salt\n"
        "path = Path(sys.argv[1]); db = open_file(path, Key(bytes.fromhex(sys.argv[2]), read_salt(path)))\n"
        "why = db.recorder.because('test'); why.__enter__(); db.conn.execute('PRAGMA cache_size = 1'); db.conn.execute('BEGIN')\n"
        "db.conn.execute(\"UPDATE session_answer SET value = json_quote('Canal Street Primary') WHERE value IS NOT NULL\")\n"
        "db.conn.execute(\"UPDATE report_answer SET value = json_quote('Canal Street Primary') WHERE value IS NOT NULL\")\n"
        "print(*os.listdir(path.parent), flush=True); os._exit(9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), shelf.key.raw.hex()],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 9, done.stderr
    assert "officer.db-journal" in done.stdout, "the writer was in the middle"
    words = words_of(families)
    for name, data in everything_below(tmp_path / "home").items():
        assert [word for word in words if any(form in data for form in spelt(word))] == [], name
