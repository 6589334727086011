"""``cppp passphrase`` without a terminal: two files with passphrases in, a recovery key out, nothing else opens."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from cppp_cli.store import backups, credential, events, history
from cppp_cli.store.contents import verify
from cppp_cli.store.credential import Kept
from cppp_cli.store.encrypted import connect
from cppp_cli.store.file import open_file
from cppp_cli.store.keys import derive, is_group, read_recovery, read_salt

NEW = "sparrow lantern cobalt meadow thimble"
NINE = datetime(2026, 8, 6, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def path(home):
    return home / "officer.db"


@pytest.fixture
def new_in(monkeypatch, tmp_path):
    """Write the new passphrase into a file, and name it."""

    def write(passphrase, end="\n"):
        place = tmp_path / "new"
        place.write_text(passphrase + end, encoding="utf-8", newline="")
        monkeypatch.setenv("CPPP_NEW_PASSPHRASE_FILE", str(place))

    return write


@pytest.fixture(autouse=True)
def keychain(monkeypatch):
    """No test asks this machine's credential store; what is asked is remembered."""
    asked = []
    monkeypatch.setattr(credential, "forget", lambda account: asked.append(account) or Kept(ok=True))
    return asked


def shown_key(out):
    """The groups a command printed, as one would write them down."""
    return " ".join(re.findall(r"^    ([0-9A-Z-]+)$", out, re.MULTILINE))


def opens(path, key):
    try:
        connect(path, key).close()
    except Exception:  # noqa: BLE001 - whatever it says, it does not open
        return False
    return True


def test_the_new_passphrase_and_recovery_key_open_it_and_the_old_do_not(cppp, shelf, path, new_in):
    new_in(NEW)
    done = cppp("passphrase")
    assert done.code == 0
    salt = read_salt(path)
    assert salt != shelf.key.salt
    assert opens(path, derive(NEW, salt))
    assert read_recovery(shown_key(done.out), salt) == derive(NEW, salt)
    assert not opens(path, derive(shelf.passphrase, salt))
    assert not opens(path, read_recovery(shelf.recovery, salt))
    for secret in (NEW, shelf.recovery, shelf.passphrase):
        assert secret not in done.out + done.err
    assert cppp("case", "list").code == 5


def test_everything_written_is_still_there_and_the_change_is_in_the_history(cppp, shelf, path, new_in):
    new_in(NEW)
    assert cppp("passphrase").code == 0
    with closing(open_file(path, derive(NEW, read_salt(path)))) as db:
        assert {row[0] for row in db.execute("SELECT reference FROM case_file")} == set(shelf.references.values())
        (event,) = events.listed(db, events.NEW_PASSPHRASE)
        assert event.at.startswith("2026-08-06T09:00:00")
        assert history.verify(db) == ()


def test_renew_keeps_the_passphrase_and_makes_another_recovery_key(cppp, shelf, path, monkeypatch):
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.passphrase)
    done = cppp("passphrase", "--renew")
    assert done.code == 0
    salt = read_salt(path)
    assert opens(path, derive(shelf.passphrase, salt))
    assert opens(path, read_recovery(shown_key(done.out), salt))
    assert not opens(path, read_recovery(shelf.recovery, salt))
    with closing(open_file(path, derive(shelf.passphrase, salt))) as db:
        assert len(events.listed(db, events.NEW_RECOVERY_KEY)) == 1


def test_renew_needs_the_passphrase_itself(cppp, path):
    before = path.read_bytes()
    done = cppp("passphrase", "--renew")  # opened by the recovery key
    assert done.code == 5
    assert "cppp passphrase" in done.err
    assert path.read_bytes() == before


def test_the_copies_open_with_it_too_and_with_nothing_old(cppp, shelf, home, path, new_in):
    with closing(open_file(path, shelf.key)) as db:
        for days in range(3):
            backups.make(db, home / "backups", NINE - timedelta(days=days))
    new_in(NEW)
    done = cppp("passphrase")
    assert done.code == 0
    assert "open with it too: 3." in done.out
    key = derive(NEW, read_salt(path))
    for each in backups.listed(home / "backups"):
        verify(each.path, key)
        assert not opens(each.path, shelf.key)


def test_what_could_not_be_renewed_is_named_with_what_it_needs(cppp, shelf, home, path, new_in):
    with closing(open_file(path, shelf.key)) as db:
        damaged, older = (backups.make(db, home / "backups", NINE - timedelta(days=days)) for days in (1, 2))
    content = bytearray(damaged.path.read_bytes())
    content[-2000] ^= 1
    damaged.path.write_bytes(content)
    backups.remake(older.path, shelf.key, derive("older still", bytes(range(16))))
    new_in(NEW)
    done = cppp("passphrase")
    assert done.code == 0
    lines = {line.split(" ")[0]: line for line in done.err.splitlines()}
    assert "until now" in lines[damaged.path.name]
    assert "older passphrase" in lines[older.path.name]
    assert "4 Aug 2026" in lines[older.path.name]


def test_what_still_opens_with_the_old_is_told_and_no_name_that_somebody_typed(cppp, shelf, home, path, new_in):
    with closing(open_file(path, shelf.key)) as db:
        made = backups.make(db, home / "backups", NINE).path
    shutil.copyfile(made, home / "backups" / "Isla-hearing.db")
    shutil.copyfile(made, home / "Isla-old.db")
    shutil.copyfile(made, home / "officer-20260101-090000.db")
    new_in(NEW)
    done = cppp("passphrase")
    assert "open with it too: 2." in done.out
    assert opens(home / "backups" / "Isla-hearing.db", derive(NEW, read_salt(path)))
    told = " ".join(done.err.split())
    assert "A file with a name that cppp did not give" in told
    assert "officer-20260101-090000.db lies beside your file" in told
    assert "Isla" not in done.out + done.err


def test_copies_that_left_this_computer_are_told_of(cppp, shelf, path, new_in, tmp_path):
    (tmp_path / "stick").mkdir()
    assert cppp("backup", "--to", tmp_path / "stick").code == 0
    (there,) = (tmp_path / "stick").iterdir()
    new_in(NEW)
    done = cppp("passphrase")
    assert str(there) in done.err
    assert opens(there, shelf.key)


@pytest.mark.parametrize(
    "weak", ["short", "password1234", "Ruth Adeyemi Ruth Adeyemi", " kettle orchard violin harbour"]
)
def test_a_weak_passphrase_changes_nothing(cppp, path, new_in, weak, look):
    look(lambda db: db.execute("UPDATE officer SET full_name = 'Ruth Adeyemi'"))
    before = path.read_bytes()
    new_in(weak)
    done = cppp("passphrase")
    assert (done.code, done.out) == (5, "")
    assert weak not in done.err
    assert path.read_bytes() == before


def test_the_present_passphrase_is_no_new_one(cppp, shelf, path, new_in, monkeypatch):
    monkeypatch.setenv("CPPP_PASSPHRASE", shelf.passphrase)
    before = path.read_bytes()
    new_in(shelf.passphrase)
    done = cppp("passphrase")
    assert (done.code, done.out) == (5, "")
    assert "--renew" in done.err
    assert path.read_bytes() == before


def test_a_wrong_present_passphrase_changes_nothing(cppp, path, new_in, monkeypatch):
    before = path.read_bytes()
    new_in(NEW)
    monkeypatch.setenv("CPPP_PASSPHRASE", "another phrase altogether")
    assert cppp("passphrase").code == 5
    assert path.read_bytes() == before


@pytest.mark.parametrize("lacks", ["present", "new"])
def test_without_a_terminal_it_says_which_files_it_needs(cppp, path, new_in, monkeypatch, lacks):
    before = path.read_bytes()
    if lacks == "present":
        new_in(NEW)
        monkeypatch.delenv("CPPP_PASSPHRASE")
    done = cppp("passphrase")
    assert (done.code, done.out) == (3, "")
    assert "CPPP_PASSPHRASE_FILE" in done.err
    assert "CPPP_NEW_PASSPHRASE_FILE" in done.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("how", ["missing", "empty", "not text"])
def test_a_file_for_the_new_passphrase_that_cannot_be_read_is_told(cppp, path, monkeypatch, tmp_path, how):
    place = tmp_path / "new"
    if how != "missing":
        place.write_bytes(b"" if how == "empty" else b"\xff\xfe\x00")
    monkeypatch.setenv("CPPP_NEW_PASSPHRASE_FILE", str(place))
    done = cppp("passphrase")
    assert (done.code, done.out) == (5, "")
    assert "CPPP_NEW_PASSPHRASE_FILE" in done.err


def test_a_key_kept_by_unlock_is_forgotten(cppp, home, path, new_in, keychain):
    credential.mark(home, NINE + timedelta(hours=8))
    new_in(NEW)
    assert cppp("passphrase").code == 0
    assert credential.marked_until(home) is None
    assert credential.account_for(path) in keychain


def test_unlocked_or_not_the_present_passphrase_is_asked_for(cppp, shelf, home, path, new_in, monkeypatch):
    """Somebody at an unlocked laptop must not be able to take the file away from its officer."""
    credential.mark(home, NINE + timedelta(hours=8))
    monkeypatch.setattr(credential, "recall", lambda *_: shelf.key)
    monkeypatch.delenv("CPPP_PASSPHRASE")
    assert cppp("case", "list").code == 0
    new_in(NEW)
    before = path.read_bytes()
    assert cppp("passphrase").code == 3
    assert path.read_bytes() == before


def test_a_group_is_known_by_its_place_however_it_is_written(shelf):
    groups = shelf.recovery.split("-")
    for number, group in enumerate(groups, 1):
        assert is_group(shelf.key, number, group)
        assert is_group(shelf.key, number, f" {group.lower()} ")
        assert is_group(shelf.key, number, "-".join(group))
        others = [other for other in range(1, 14) if other != number and is_group(shelf.key, other, group)]
        assert others == []
    for wrong in ("", groups[0][:4], groups[0] + "0", "ZZZZZ", groups[0] + groups[1]):
        assert not is_group(shelf.key, 1, wrong)
