"""A single byte of the file changed: noticed, or nothing of it is shown. The long way is ``tests/proof/run.py bytes``."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1]))
byte_changes = importlib.import_module("proof.byte_changes")

PARTS = {"the salt", "page 1", "the words of a page", "a start value", "a seal", "the last page"}


@pytest.fixture
def master(shelf, tmp_path):
    """The file with both families, and with pages in it that nobody uses just now."""
    path = shelf.take("filled", tmp_path / "home")
    assert byte_changes.leave_free_pages(path, shelf.key) > 10
    return path


def change(master, shelf, changes, *, by_passphrase):
    return byte_changes.change_each(
        master, master.with_name("copy.db"), shelf.key, changes, by_passphrase=by_passphrase
    )


def test_bytes_changed_by_lot_over_the_whole_file_are_noticed(master, shelf):
    counts = change(master, shelf, byte_changes.by_lot(master.stat().st_size, 80, seed=5), by_passphrase=True)
    assert counts.wrong == []
    assert counts.ended[byte_changes.NOTICED] > 50


def test_bytes_changed_in_each_part_of_a_page_are_noticed(master, shelf):
    counts = change(master, shelf, byte_changes.aimed(master.stat().st_size, 60, seed=6), by_passphrase=False)
    assert counts.wrong == []
    assert counts.hit.keys() == PARTS


def test_every_byte_of_the_salt_counts_for_who_types_the_passphrase(master, shelf):
    counts = change(master, shelf, [(position, 1) for position in (0, 7, 15)], by_passphrase=True)
    assert counts.ended == {byte_changes.NOTICED: 3}


def test_a_change_that_is_shown_would_be_found(master, shelf, tmp_path):
    """The comparison above is worth something: a file that says something else is not taken for the same."""
    from cppp_cli.store import cases
    from cppp_cli.store.file import open_file

    before = byte_changes.read_all(master, shelf.key)
    other = shutil.copyfile(master, tmp_path / "other.db")
    db = open_file(other, shelf.key)
    assert cases.discard_draft(db, cases.begin(db, lambda: "2026-08-06T09:00:00+00:00"))
    db.close()
    assert byte_changes.read_all(master, shelf.key) == before
    assert byte_changes.read_all(other, shelf.key) != before
