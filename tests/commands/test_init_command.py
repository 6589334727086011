from __future__ import annotations

import stat
import sys

import pytest

from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import derive, read_recovery, read_salt
from cppp_cli.store.officer import load

PASSPHRASE = "kettle orchard violin harbour mosaic"


@pytest.fixture
def officer(answers_file, tmp_path):
    return answers_file(
        full_name="Ruth Adeyemi", working_days=["Monday", "Friday"], documents=str(tmp_path / "documents")
    )


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def strong(monkeypatch):
    monkeypatch.setenv("CPPP_PASSPHRASE", PASSPHRASE)


def test_init_makes_an_encrypted_file_only_this_person_can_read(run_cppp, strong, officer, home):
    done = run_cppp("init", "--answers", officer, "--no-input")
    assert done.code == 0
    path = home / "officer.db"
    key = derive(PASSPHRASE, read_salt(path))
    db = open_file(path, key)
    assert (load(db).full_name, load(db).working_days) == ("Ruth Adeyemi", frozenset({0, 4}))
    db.close()
    assert [p.name for p in home.iterdir()] == ["officer.db"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_recovery_key_is_shown_once_and_opens_the_file(run_cppp, strong, officer, home):
    done = run_cppp("init", "--answers", officer, "--no-input")
    indented = "".join(line.strip() + " " for line in done.out.splitlines() if line.startswith("    "))
    key = read_recovery(indented, read_salt(home / "officer.db"))
    connect(home / "officer.db", key).close()
    assert PASSPHRASE not in done.out + done.err


def test_a_second_init_leaves_the_first_file_as_it_is(run_cppp, strong, officer, home):
    run_cppp("init", "--answers", officer, "--no-input")
    before = (home / "officer.db").read_bytes()
    done = run_cppp("init", "--answers", officer, "--no-input")
    assert (done.code, done.out) == (7, "")
    assert (home / "officer.db").read_bytes() == before


@pytest.mark.parametrize("weak", ["short", "password1234", "aaaaaaaaaaaaaaaa", " kettle orchard violin harbour"])
def test_a_weak_passphrase_is_refused_before_anything_is_made(run_cppp, monkeypatch, officer, home, weak):
    monkeypatch.setenv("CPPP_PASSPHRASE", weak)
    done = run_cppp("init", "--answers", officer, "--no-input")
    assert (done.code, done.out) == (5, "")
    assert weak not in done.err
    assert not home.exists()


def test_without_a_terminal_and_a_passphrase_init_says_what_it_needs(run_cppp, officer, home):
    done = run_cppp("init", "--answers", officer, "--no-input")
    assert (done.code, done.out) == (3, "")
    assert "CPPP_PASSPHRASE_FILE" in done.err
    assert not home.exists()


def test_the_passphrase_may_come_from_a_file(run_cppp, monkeypatch, officer, home, tmp_path):
    (tmp_path / "secret").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv("CPPP_PASSPHRASE_FILE", str(tmp_path / "secret"))
    assert run_cppp("init", "--answers", officer, "--no-input").code == 0
    connect(home / "officer.db", derive(PASSPHRASE, read_salt(home / "officer.db"))).close()


def test_what_is_missing_is_named_and_nothing_is_made(run_cppp, strong, answers_file, home):
    done = run_cppp("init", "--answers", answers_file(team="North", swe="SW1"), "--no-input")
    assert (done.code, done.out) == (3, "")
    assert "full_name" in done.err
    assert "swe" in done.err, "a key that no question has"
    assert not (home / "officer.db").exists()


def test_questions_need_no_passphrase_and_print_a_file_to_fill_in(run_cppp, home):
    done = run_cppp("init", "--questions")
    assert (done.code, done.err) == (0, "")
    assert all(line.startswith("#") or not line for line in done.out.splitlines())
    for key in ("full_name", "swe_number", "working_days", "documents"):
        assert f"# {key} = " in done.out
    assert not home.exists()


def test_a_folder_that_is_synced_is_remarked_on(run_cppp, strong, answers_file, tmp_path):
    documents = tmp_path / "Dropbox" / "documents"
    done = run_cppp("init", "--answers", answers_file(full_name="Ruth", documents=str(documents)), "--no-input")
    assert done.code == 0
    assert "Dropbox" in done.err


def test_the_folder_for_documents_does_not_depend_on_where_a_command_is_typed(
    run_cppp, strong, answers_file, home, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    assert run_cppp("init", "--answers", answers_file(full_name="Ruth", documents="papers"), "--no-input").code == 0
    db = open_file(home / "officer.db", derive(PASSPHRASE, read_salt(home / "officer.db")))
    assert load(db).documents == str(tmp_path / "papers")
    db.close()


def test_where_copies_of_a_file_lie_no_new_one_is_begun(cppp, shelf, tmp_path):
    """A file that vanished is brought back; an empty one beside its copies would hide it."""
    assert cppp("backup").code == 0
    (tmp_path / "home" / "officer.db").unlink()
    for words in ((), ("case", "list"), ("init", "--no-input"), ("session", "log", "2222")):
        done = cppp(*words)
        assert done.code == 6, words
        assert "cppp restore" in done.err
    assert not (tmp_path / "home" / "officer.db").exists()
