from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cppp_cli import clock
from cppp_cli.store import credential
from cppp_cli.store.credential import Kept


@pytest.fixture
def keychain(monkeypatch):
    """A credential store of this test; and the hour, which can be moved."""
    kept, hour = {}, [9]
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 6, hour[0], tzinfo=UTC))
    monkeypatch.setattr(
        credential, "remember", lambda account, key, *until: kept.update({account: (key, until)}) or Kept(ok=True)
    )
    monkeypatch.setattr(credential, "recall", lambda account, _: kept.get(account, (None,))[0])
    monkeypatch.setattr(credential, "forget", lambda account: Kept(ok=kept.pop(account, ()) != "refused"))
    kept["hour"] = hour
    return kept


def at_hour(keychain, number):
    keychain["hour"][0] = number


def test_unlocked_it_opens_without_a_passphrase_until_it_is_locked(cppp, keychain, monkeypatch, shelf):
    done = cppp("unlock", "--hours", "3")
    assert done.code == 0
    assert "12:00" in done.out
    assert shelf.recovery not in done.out + done.err
    monkeypatch.delenv("CPPP_PASSPHRASE")
    assert cppp("case", "list").code == 0
    assert cppp("lock").code == 0
    assert cppp("case", "list").code == 5


def test_it_closes_by_itself_when_the_time_is_up(cppp, keychain, monkeypatch):
    cppp("unlock", "--hours", "3")
    monkeypatch.delenv("CPPP_PASSPHRASE")
    at_hour(keychain, 11)
    assert cppp("case", "list").code == 0
    at_hour(keychain, 12)
    assert cppp("case", "list").code == 5
    assert set(keychain) == {"hour"}, "and the key is gone from the store"
    at_hour(keychain, 11)
    assert cppp("case", "list").code == 5


def test_a_wrong_passphrase_is_not_kept(cppp, keychain, monkeypatch):
    monkeypatch.setenv("CPPP_PASSPHRASE", "another phrase altogether")
    done = cppp("unlock")
    assert (done.code, done.out) == (5, "")
    assert set(keychain) == {"hour"}


def test_a_kept_key_that_no_longer_fits_is_told_and_the_passphrase_asked_for(cppp, keychain, shelf, monkeypatch):
    import os

    from cppp_cli.store.keys import Key

    cppp("unlock")
    (account,) = set(keychain) - {"hour"}
    keychain[account] = (Key(os.urandom(32), os.urandom(16)), None)
    done = cppp("case", "list")
    assert done.code == 0
    assert "no longer fits" in done.err


@pytest.mark.parametrize(
    "reason", ["There is no credential store on this computer.", "The credential store did not answer."]
)
def test_without_a_credential_store_it_says_so_and_nothing_breaks(cppp, monkeypatch, reason):
    monkeypatch.setattr(credential, "remember", lambda *_: Kept(ok=False, reason=reason))
    monkeypatch.setattr(credential, "forget", lambda *_: Kept(ok=False, reason=reason))
    for command in ("unlock", "lock"):
        done = cppp(command)
        assert (done.code, done.out) == (0, "")
        assert reason in done.err
    assert cppp("case", "list").code == 0


class Store:
    """What keyring would talk to: it keeps what it is given, for as long as it is not told otherwise."""

    priority = 5

    def __init__(self):
        self.kept = {}

    def get_password(self, service, account):
        return self.kept.get((service, account))

    def set_password(self, service, account, secret):
        self.kept[service, account] = secret

    def delete_password(self, service, account):
        del self.kept[service, account]


@pytest.fixture
def own_store(monkeypatch):
    """The real keeping and expiring, with a store of this test's own and a clock that can be moved."""
    store, hour = Store(), [9]
    monkeypatch.setattr(credential, "_store", lambda: store)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 6, hour[0], tzinfo=UTC))
    store.hour = hour
    return store


def test_the_expiry_is_enforced_at_the_next_command_and_the_key_is_gone(cppp, own_store, monkeypatch, tmp_path):
    assert cppp("unlock", "--hours", "3").code == 0
    assert len(own_store.kept) == 1
    monkeypatch.delenv("CPPP_PASSPHRASE")
    own_store.hour[0] = 11
    assert cppp("case", "list").code == 0
    own_store.hour[0] = 12
    assert cppp("case", "list").code == 5
    assert own_store.kept == {}
    assert not (tmp_path / "home" / "unlocked").exists()
    own_store.hour[0] = 11
    assert cppp("case", "list").code == 5


def test_a_clock_set_back_closes_the_file_too(cppp, own_store, monkeypatch):
    assert cppp("unlock", "--hours", "3").code == 0
    monkeypatch.delenv("CPPP_PASSPHRASE")
    own_store.hour[0] = 8
    assert cppp("case", "list").code == 5
    assert own_store.kept == {}
    own_store.hour[0] = 10
    assert cppp("case", "list").code == 5


def test_neither_the_marker_nor_any_output_holds_the_key(cppp, own_store, shelf, tmp_path):
    done = cppp("unlock")
    marker = (tmp_path / "home" / "unlocked").read_text(encoding="utf-8")
    for shown in (done.out, done.err, marker):
        assert shelf.recovery not in shown
        assert shelf.key.raw.hex() not in shown
    assert any(shelf.key.raw.hex() in secret for secret in own_store.kept.values()), "it is in the store"
