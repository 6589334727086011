from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import traceback

import pytest
from sqlcipher3 import dbapi2

from cppp_cli.errors import ConflictError, CpppError, DamagedFileError, LockedError, NotFoundError
from cppp_cli.store import encrypted, keys
from cppp_cli.store.keys import Key

PASSPHRASE = "acorn maple violin kettle"
WORDS = "we agreed to share the school run"


def random_key(salt: bytes | None = None) -> Key:
    return Key(os.urandom(32), salt or os.urandom(16))


def fill(path, key):
    """A table with more than one page in it."""
    connection = encrypted.connect(path, key)
    connection.execute("CREATE TABLE agreement_words (id INTEGER PRIMARY KEY, words TEXT) STRICT")
    connection.executemany("INSERT INTO agreement_words (words) VALUES (?)", [(WORDS * 50,)] * 20)
    connection.commit()
    connection.close()


def read_all(path, key):
    """Every page, as a person using the program would meet them."""
    connection = encrypted.connect(path, key)
    try:
        with encrypted.told_plainly():
            return connection.execute("SELECT count(*), sum(length(words)) FROM agreement_words").fetchone()
    finally:
        connection.close()


@pytest.fixture
def key() -> Key:
    return random_key()


@pytest.fixture
def path(tmp_path, key):
    """A file as `init` makes it, in a folder that was not there."""
    place = tmp_path / "home" / "officer.db"
    encrypted.create(place, key).close()
    return place


@pytest.fixture
def full(path, key):
    fill(path, key)
    return path


def test_the_file_and_its_folder_are_for_one_person_only(path):
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    else:  # the mode means nothing on Windows: the folder's access list is inherited and the file only written by us
        assert path.is_file()
        assert path.stat().st_mode & stat.S_IWRITE


def test_the_journal_is_as_private_as_the_file_and_as_unreadable(full, key):
    connection = encrypted.connect(full, key)
    connection.execute("UPDATE agreement_words SET words = 'changed'")
    journal = full.with_name("officer.db-journal")
    content = journal.read_bytes()
    assert len(content) > encrypted.PAGE_BYTES
    assert WORDS.encode() not in content
    assert stat.S_IMODE(journal.stat().st_mode) == stat.S_IMODE(full.stat().st_mode)
    connection.close()
    assert not journal.exists()
    assert read_all(full, key) == (20, 20 * 50 * len(WORDS))


def test_a_file_that_is_there_is_left_as_it_is(tmp_path, key):
    place = tmp_path / "officer.db"
    place.write_bytes(b"something else")
    with pytest.raises(ConflictError, match="left as it is"):
        encrypted.create(place, key)
    assert place.read_bytes() == b"something else"


def test_a_place_where_no_file_can_be_is_a_conflict(tmp_path, key):
    (tmp_path / "home").write_bytes(b"a file, not a folder")
    with pytest.raises(ConflictError):
        encrypted.create(tmp_path / "home" / "officer.db", key)


def test_a_file_that_could_not_be_finished_is_taken_away(tmp_path, key, monkeypatch):
    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(encrypted, "_settle", interrupted)
    with pytest.raises(KeyboardInterrupt):
        encrypted.create(tmp_path / "officer.db", key)
    assert list(tmp_path.iterdir()) == []


def test_passphrase_and_recovery_key_both_open_the_file(tmp_path):
    path = tmp_path / "officer.db"
    made = keys.make_key(PASSPHRASE)
    encrypted.create(path, made).close()
    fill(path, made)

    salt = keys.read_salt(path)
    assert salt == made.salt
    assert keys.derive(PASSPHRASE, salt) == made
    assert read_all(path, keys.read_recovery(keys.recovery_text(made), salt))[0] == 20

    # SQLCipher itself, told nothing but the passphrase, is the judge of the derivation.
    judge = dbapi2.connect(str(path))
    judge.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert judge.execute("SELECT count(*) FROM agreement_words").fetchone() == (20,)
    judge.close()


def test_nothing_in_the_file_can_be_read(full, key):
    content = full.read_bytes()
    assert content[:16] == key.salt
    for readable in (b"SQLite format 3", b"agreement_words", b"CREATE TABLE", WORDS.encode(), key.raw):
        assert readable not in content


@pytest.mark.parametrize("how", ["created", "opened"])
def test_every_connection_has_the_settings(tmp_path, key, how):
    place = tmp_path / "officer.db"
    connection = encrypted.create(place, key)
    if how == "opened":
        connection.close()
        connection = encrypted.connect(place, key, timeout_s=1.5)
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "delete",
        "synchronous": 3,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 1,
        "recursive_triggers": 1,
        "busy_timeout": 1500 if how == "opened" else 5000,
        "cipher_page_size": str(encrypted.PAGE_BYTES),
        "cipher_hmac_algorithm": "HMAC_SHA512",
        "kdf_iter": str(keys.ROUNDS),
        "application_id": encrypted.APPLICATION_ID,
    }
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    connection.close()


def test_a_wrong_key_is_told_in_a_sentence_that_admits_what_it_cannot_know(full, key, capfd):
    with pytest.raises(LockedError) as caught:
        encrypted.connect(full, random_key(key.salt))
    assert caught.value.exit_code == 5
    assert "does not open" in str(caught.value)
    assert "If it is surely right, the file itself may be damaged" in str(caught.value)
    assert capfd.readouterr() == ("", "")
    assert read_all(full, key)[0] == 20


def test_a_key_kept_for_another_file_is_told_apart(full):
    with pytest.raises(LockedError, match="not this file's"):
        encrypted.connect(full, random_key())


def test_no_failure_shows_the_key_even_with_its_local_variables(full, key):
    wrong = random_key(key.salt)
    with pytest.raises(CpppError) as caught:
        encrypted.connect(full, wrong)
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    shown = "".join(report.format())
    assert "_unlock" in shown
    for secret in (wrong.raw.hex(), repr(wrong.raw), key.raw.hex(), repr(key.raw)):
        assert secret not in shown


def test_a_missing_file_is_not_made(tmp_path, key):
    with pytest.raises(NotFoundError, match="cppp init"):
        encrypted.connect(tmp_path / "officer.db", key)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_and_one_without_encryption_are_damaged(tmp_path, key):
    place = tmp_path / "officer.db"
    place.touch()
    with pytest.raises(DamagedFileError, match="is empty"):
        encrypted.connect(place, key)
    plain = sqlite3.connect(place)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    with pytest.raises(DamagedFileError, match="without encryption"):
        encrypted.connect(place, key)


@pytest.mark.parametrize("change", [-1, -4000, 1, 100])
def test_a_file_of_a_size_no_database_has_is_damaged(full, key, change):
    content = full.read_bytes()
    full.write_bytes(content[:change] if change < 0 else content + bytes(change))
    with pytest.raises(DamagedFileError, match="cut short or something was added"):
        encrypted.connect(full, key)


def test_an_odd_size_is_left_to_the_database_while_a_journal_is_there(full, key):
    with full.open("ab") as file:
        file.write(b"half a page")
    full.with_name("officer.db-journal").touch()
    assert read_all(full, key)[0] == 20


def test_a_file_that_lost_its_last_page_is_damaged(full, key):
    full.write_bytes(full.read_bytes()[: -encrypted.PAGE_BYTES])
    with pytest.raises(DamagedFileError):
        read_all(full, key)


@pytest.mark.parametrize("position", [0, 15, 16, 1000, 4095, 4096, 6000, 8191, -4096, -1])
def test_a_single_changed_bit_is_noticed(full, key, position):
    content = bytearray(full.read_bytes())
    content[position] ^= 4
    full.write_bytes(content)
    in_first_page = 0 <= position < encrypted.PAGE_BYTES
    with pytest.raises(LockedError if in_first_page else DamagedFileError, match="a copy made before"):
        read_all(full, key)


def test_an_encrypted_file_of_another_program_is_told_apart(path, key):
    connection = encrypted.connect(path, key)
    connection.execute("PRAGMA application_id = 0")
    connection.close()
    with pytest.raises(DamagedFileError, match="cppp did not write this file"):
        encrypted.connect(path, key)


HOLD = """
import sys
from pathlib import Path
from cppp_cli.store import encrypted
from cppp_cli.store.keys import Key
raw, salt = sys.stdin.readline().split()
connection = encrypted.connect(Path(sys.argv[1]), Key(bytes.fromhex(raw), bytes.fromhex(salt)))
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_file_another_program_writes_to_is_in_use(full, key):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(full)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as other:
        other.stdin.write(f"{key.raw.hex()} {key.salt.hex()}\n")
        other.stdin.flush()
        assert other.stdout.readline() == "held\n"
        began = time.monotonic()
        with pytest.raises(ConflictError, match="in use by another cppp") as caught:
            encrypted.connect(full, key, timeout_s=0.2)
        assert 0.15 < time.monotonic() - began < 2
        assert caught.value.exit_code == 7
        other.stdin.write("enough\n")
    assert read_all(full, key)[0] == 20


def test_a_short_write_by_another_is_waited_for(full, key):
    other = dbapi2.connect(str(full), check_same_thread=False)
    encrypted._unlock(other, key, new=False)
    other.execute("BEGIN EXCLUSIVE")
    finished = threading.Timer(0.2, other.rollback)
    finished.start()
    connection = encrypted.connect(full, key, timeout_s=5)
    assert connection.execute("SELECT count(*) FROM agreement_words").fetchone() == (20,)
    finished.join()
    connection.close()
    other.close()


def test_a_write_while_another_writes_is_told_plainly(full, key):
    one, other = encrypted.connect(full, key), encrypted.connect(full, key, timeout_s=0.1)
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(ConflictError, match="in use"), encrypted.told_plainly():
        other.execute("UPDATE agreement_words SET words = 'mine'")
    one.close()
    other.close()


@pytest.mark.parametrize(
    ("setting", "said"), [("query_only = ON", "marked read-only"), ("max_page_count = 1", "disk is full")]
)
def test_a_write_that_cannot_be_made_is_told_plainly(full, key, setting, said):
    connection = encrypted.connect(full, key)
    connection.execute(f"PRAGMA {setting}")
    with pytest.raises(ConflictError, match=said), encrypted.told_plainly():
        connection.executemany("INSERT INTO agreement_words (words) VALUES (?)", [(WORDS * 100,)] * 50)
    connection.close()


def test_a_file_that_cannot_be_opened_is_told_plainly(tmp_path):
    with pytest.raises(ConflictError, match="cannot be opened"), encrypted.told_plainly():
        dbapi2.connect(str(tmp_path / "nowhere" / "officer.db"))


def test_a_bug_is_not_told_as_something_else(full, key):
    connection = encrypted.connect(full, key)
    with pytest.raises(dbapi2.IntegrityError), encrypted.told_plainly():
        connection.execute("INSERT INTO agreement_words (id, words) VALUES (1, 'again')")
    with pytest.raises(dbapi2.OperationalError), encrypted.told_plainly():
        connection.execute("SELECT nonsense")
    connection.close()


def test_a_library_that_cannot_encrypt_is_refused_before_anything_is_written(tmp_path, key, monkeypatch):
    # The module of the standard library takes the same statements and silently ignores those about keys.
    monkeypatch.setattr(encrypted.dbapi2, "connect", sqlite3.connect)
    with pytest.raises(LockedError, match="cannot encrypt"):
        encrypted.create(tmp_path / "officer.db", key)
    assert list(tmp_path.iterdir()) == []


def test_sqlite_utils_works_on_it_with_strict_tables_and_references(path, key):
    database = encrypted.open_database(path, key)
    database["adult"].insert({"id": 1, "side": "A"}, pk="id")
    database["said"].insert({"adult": 1, "words": WORDS}, foreign_keys=[("adult", "adult", "id")])
    assert database["said"].strict
    with pytest.raises(dbapi2.IntegrityError):
        database["said"].insert({"adult": 2, "words": "nobody said this"})
    with pytest.raises(dbapi2.IntegrityError):
        database["adult"].insert({"id": "not a number", "side": "B"})
    database.close()


def test_full_text_search_is_kept_up_to_date_by_its_triggers(path, key):
    database = encrypted.open_database(path, key)
    database["said"].insert({"words": "bedtime"})
    database["said"].enable_fts(["words"], create_triggers=True)
    database["said"].insert({"words": "homework"})
    assert [row["words"] for row in database["said"].search("homework")] == ["homework"]
    database.close()


def test_a_trigger_in_the_file_can_call_the_functions_of_the_history_and_nothing_else_of_the_program(path, key):
    """They take no file, no network and no process: they answer with the command at work, or with a digest."""
    from cppp_cli.store.recorder import Recorder

    connection = encrypted.connect(path, key)
    built_in = {row[0] for row in connection.execute("SELECT name FROM pragma_function_list")}
    Recorder().register(connection)
    ours = {row[0] for row in connection.execute("SELECT name FROM pragma_function_list")} - built_in
    assert ours == {"cppp_unit", "cppp_command", "cppp_undoes", "cppp_now", "cppp_reason", "cppp_digest"}
    assert (
        connection.execute("SELECT cppp_digest(1, 'x', x'00', NULL)").fetchone()[0]
        == hashlib.sha256(
            b"t"
            + (1).to_bytes(8, "big")
            + b"1"
            + b"t"
            + (1).to_bytes(8, "big")
            + b"x"
            + b"b"
            + (1).to_bytes(8, "big")
            + b"\0n"
        ).digest()
    )
    connection.close()


def test_an_online_backup_opens_with_the_same_key(full, key, tmp_path):
    place = tmp_path / "backups" / "copy.db"
    source, copy = encrypted.connect(full, key), encrypted.create(place, key)
    source.backup(copy)
    source.close()
    copy.close()
    assert keys.read_salt(place) == key.salt
    assert read_all(place, key) == read_all(full, key)
    assert WORDS.encode() not in place.read_bytes()


def test_importing_it_does_not_import_sqlite_utils():
    code = "import sys, cppp_cli.store.encrypted; sys.exit('sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
