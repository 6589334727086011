from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import keyring
import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from cppp_cli.store import credential
from cppp_cli.store.keys import Key

KEY = Key(bytes(range(32)), bytes(range(16)))
NOON = datetime(2027, 3, 8, 12, tzinfo=UTC)
EVENING = NOON + timedelta(hours=6)


class Memory(KeyringBackend):
    priority = 5
    viable = False  # so that no other test finds it when it looks for the system's own store

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class ReadableFile(Memory):
    priority = 0.5  # what keyring gives to a store that writes secrets into a plain file


class Refusing(Memory):
    def get_password(self, *_names):
        raise RuntimeError("locked, and the message holds 00010203")

    set_password = delete_password = get_password


class Hanging(Memory):
    def __init__(self):
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service, username):
        self.released.wait(30)
        return super().get_password(service, username)

    def set_password(self, service, username, password):
        self.released.wait(30)
        super().set_password(service, username, password)


class Roaming(Memory):
    persist = "enterprise"


@pytest.fixture
def use():
    """Puts a backend in place of the system's, and the former one back."""
    before = keyring.core._keyring_backend

    def put(backend):
        keyring.set_keyring(backend)
        return backend

    yield put
    keyring.core._keyring_backend = before


@pytest.fixture
def hanging(use):
    backend = use(Hanging())
    yield backend
    backend.released.set()


def test_a_key_is_kept_recalled_and_forgotten(use):
    store = use(Memory())
    assert credential.remember("one", KEY, EVENING) == credential.Kept(ok=True)
    assert credential.recall("one", NOON) == KEY
    assert credential.recall("other", NOON) is None
    assert credential.forget("one")
    assert credential.recall("one", NOON) is None
    assert store.kept == {}


def test_forgetting_what_was_not_kept_is_no_failure(use):
    use(Memory())
    assert credential.forget("one") == credential.Kept(ok=True)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=400)])
def test_a_key_that_has_expired_is_removed(use, late):
    store = use(Memory())
    credential.remember("one", KEY, EVENING)
    assert credential.recall("one", EVENING + late) is None
    assert store.kept == {}


def test_the_expiry_holds_in_every_time_zone(use):
    use(Memory())
    credential.remember("one", KEY, EVENING.astimezone(timezone(timedelta(hours=1))))
    assert credential.recall("one", (EVENING - timedelta(minutes=1)).astimezone(timezone(-timedelta(hours=5)))) == KEY
    assert credential.recall("one", (EVENING + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=9)))) is None


@pytest.mark.parametrize(
    ("moved", "kept"),
    [(timedelta(0), True), (timedelta(hours=5), True), (timedelta(seconds=-1), False), (timedelta(days=-400), False)],
)
def test_a_clock_set_back_to_before_the_unlocking_closes_the_file(use, moved, kept):
    store = use(Memory())
    credential.remember("one", KEY, EVENING, NOON)
    assert (credential.recall("one", NOON + moved) == KEY) == kept
    assert bool(store.kept) == kept, "and the key is gone, so setting the clock right again does not help"
    assert (credential.recall("one", NOON + timedelta(hours=1)) == KEY) == kept


def test_the_moment_of_unlocking_holds_in_every_time_zone(use):
    use(Memory())
    credential.remember("one", KEY, EVENING, NOON.astimezone(timezone(timedelta(hours=11))))
    assert credential.recall("one", NOON.astimezone(timezone(-timedelta(hours=11)))) == KEY


def test_what_an_earlier_version_kept_without_that_moment_counts_as_expired(use):
    store = use(Memory())
    secret = json.dumps({"key": KEY.raw.hex(), "salt": KEY.salt.hex(), "expires": EVENING.isoformat()})
    store.set_password(credential.SERVICE, "one", secret)
    assert credential.recall("one", NOON) is None
    assert store.kept == {}


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hello",
        "[]",
        '{"key": 1, "since": "0001-01-01T00:00:00+14:00", "expires": "9999-12-31T23:59:59-14:00"}',
        "{}",
        "null",
        '{"key": "00", "salt": "00", "expires": "2099-01-01"}',
        '{"expires": "never"}',
    ],
)
def test_what_something_else_wrote_is_removed(use, written):
    store = use(Memory())
    store.set_password(credential.SERVICE, "one", written)
    assert credential.recall("one", NOON) is None
    assert store.kept == {}


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, ReadableFile, chainer.ChainerBackend])
def test_a_stand_in_is_not_taken_for_a_credential_store(use, backend, monkeypatch):
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [])
    use(backend())
    assert credential.remember("one", KEY, EVENING) == credential.NO_STORE
    assert credential.forget("one") == credential.NO_STORE
    assert credential.recall("one", NOON) is None
    assert not credential.NO_STORE
    assert "no credential store" in credential.NO_STORE.reason


def test_a_store_that_refuses_raises_nothing_and_its_words_are_not_passed_on(use):
    use(Refusing())
    kept = credential.remember("one", KEY, EVENING)
    assert kept == credential.REFUSED
    assert "00010203" not in kept.reason
    assert credential.recall("one", NOON) is None
    assert not credential.forget("one")


def test_a_store_that_hangs_is_given_two_seconds(hanging):
    began = time.monotonic()
    assert credential.recall("one", NOON) is None
    assert 1.9 < time.monotonic() - began < 2.5


def test_a_store_that_answers_too_late_keeps_nothing(hanging, monkeypatch):
    monkeypatch.setattr(credential, "WAIT_S", 0.05)
    assert credential.remember("one", KEY, EVENING) == credential.SILENT
    workers = [thread for thread in threading.enumerate() if thread.name == "credential store"]
    assert workers
    assert all(worker.daemon for worker in workers)
    hanging.released.set()
    for worker in workers:
        worker.join(5)
    assert hanging.kept == {}


def test_a_store_that_hangs_is_told_when_forgetting(hanging, monkeypatch):
    monkeypatch.setattr(credential, "WAIT_S", 0.05)
    assert credential.forget("one") == credential.SILENT
    assert "two seconds" in credential.SILENT.reason


def test_a_key_does_not_roam_to_other_computers(use):
    store = use(Roaming())
    assert credential.remember("one", KEY, EVENING)
    assert store.persist == "local machine"


def test_an_account_tells_nothing_and_is_the_same_each_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "alex" / "officer.db"
    account = credential.account_for(place)
    assert account == credential.account_for(Path("alex") / "officer.db")
    assert account != credential.account_for(tmp_path / "alex" / "other.db")
    assert len(account) == 16
    assert not set(account) - set("0123456789abcdef")


def test_the_marker_holds_a_time_and_no_secret(tmp_path):
    assert credential.marked_until(tmp_path) is None
    assert credential.mark(tmp_path, EVENING.astimezone(timezone(timedelta(hours=1))))
    marker = tmp_path / "unlocked"
    assert marker.read_bytes() == b"2027-03-08T18:00:00+00:00\n"
    assert credential.marked_until(tmp_path) == EVENING
    if os.name == "posix":
        assert stat.S_IMODE(marker.stat().st_mode) == 0o600
    else:
        assert marker.stat().st_mode & stat.S_IWRITE
    credential.unmark(tmp_path)
    credential.unmark(tmp_path)
    assert credential.marked_until(tmp_path) is None


def test_a_new_marker_takes_the_place_of_the_old_and_of_its_mode(tmp_path):
    marker = tmp_path / "unlocked"
    marker.write_text("2020-01-01T00:00:00+00:00\n" * 9, encoding="utf-8")
    marker.chmod(0o644)
    assert credential.mark(tmp_path, EVENING)
    assert credential.marked_until(tmp_path) == EVENING
    assert os.name != "posix" or stat.S_IMODE(marker.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"soon", b"2027-03-08T18:00:00", b"\xff\xfe"])
def test_a_marker_that_cannot_be_read_counts_as_none(tmp_path, content):
    (tmp_path / "unlocked").write_bytes(content)
    assert credential.marked_until(tmp_path) is None


def test_a_marker_that_cannot_be_written_is_told(tmp_path):
    kept = credential.mark(tmp_path / "nowhere", EVENING)
    assert not kept
    assert "cannot be written" in kept.reason


def test_without_a_marker_keyring_is_not_imported(tmp_path):
    code = (
        "import pathlib, sys; from cppp_cli.store import credential; "
        "until = credential.marked_until(pathlib.Path(sys.argv[1])); "
        "sys.exit(until is not None or 'keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0
