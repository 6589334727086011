"""Another program opens the file with the passphrase or the recovery key, and with nothing else.

Copies on a stick, and everything again after a changed passphrase: ``python tests/proof/run.py client``.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.store.keys import Key

sys.path.append(str(Path(__file__).parents[1]))
other_client = importlib.import_module("proof.other_client")
copies = importlib.import_module("proof.copies")


@pytest.fixture
def opens(shelf, tmp_path):
    """The file with both families, and what opens it."""
    return copies.Opens("file", shelf.take("filled", tmp_path / "home"), shelf.passphrase, shelf.recovery)


def test_it_reads_every_row_of_both_families_by_passphrase_and_by_recovery_key(opens, families):
    rows = other_client.read(opens.path, opens.passphrase)
    assert rows == other_client.by_paper(opens.path, opens.recovery) == other_client.ours(opens)
    for family in FAMILIES:
        given = families.load(family)["new-case"]
        assert any(given["adults.1.full_name"] in row for row in rows["adult"])
        assert any(given["children.1.full_name"] in row for row in rows["child"])


def test_nothing_else_opens_it(opens):
    others = other_client.strangers(opens)
    assert len(others) > 10
    assert [name for name, key in others.items() if other_client.read(opens.path, key) is not None] == []
    assert other_client.as_plain(opens.path) is None


def test_a_key_of_another_file_is_none_of_this_one(opens, shelf):
    assert other_client.read(opens.path, other_client.raw(shelf.key)) is not None
    assert other_client.read(opens.path, other_client.raw(Key(shelf.key.raw, bytes(16)))) is None


def test_a_copy_and_a_changed_passphrase(opens, tmp_path):
    """By the program's own commands."""
    home = opens.path.parent
    copies.back_up(home, tmp_path / "stick", present=opens.recovery)
    (on_stick,) = (tmp_path / "stick").iterdir()
    recovery = copies.change(home, tmp_path, present=opens.passphrase, new=copies.NEW_PASSPHRASE)
    (copy,) = (home / "backups").glob("officer-*.db")
    assert other_client.by_paper(on_stick, opens.recovery) is not None, "what is elsewhere opens as before"
    for path in (opens.path, copy):
        assert other_client.read(path, opens.passphrase) is None
        assert other_client.by_paper(path, opens.recovery) is None
        assert other_client.read(path, copies.NEW_PASSPHRASE) == other_client.by_paper(path, recovery) is not None
