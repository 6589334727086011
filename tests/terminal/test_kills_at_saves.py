"""A process that saves, killed at moments drawn by lot: whole, and every acknowledged answer as it was said.

More of them, and a kill before every single call of a save that writes or syncs: ``python tests/proof/run.py saves``.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1]))
kills_at_saves = importlib.import_module("proof.kills_at_saves")
saves = importlib.import_module("proof.saves")


@pytest.fixture
def shift(shelf, tmp_path):
    """A file that is killed over and over, and a second one in which the same saves are made."""
    return lambda seed: kills_at_saves.Shift(shelf.files["filled"], shelf.key, tmp_path / "shift", seed)


@pytest.mark.parametrize("seed", [41, 42])
def test_killed_in_a_save_nothing_acknowledged_is_lost_and_no_file_damaged(shift, seed):
    tally = kills_at_saves.at_any_moment(shift(seed), kills=8)
    assert tally.kills == 8
    assert tally.lost == []
    assert tally.damaged == []


def test_saves_of_every_kind_are_read_back_as_they_were_told(shift):
    """Nobody is killed here: what is compared after a kill is what the program says without one."""
    at_work = shift(43)
    count = len(saves.KINDS)
    writer = at_work.writer(str(count))
    writer.go()
    told = writer.rest()
    assert len(told) == count
    at_work.killed(told)
    assert at_work.tally == kills_at_saves.Tally(kills=1, acknowledged=count)
    at_work.close()


def test_a_lost_answer_and_a_damaged_page_would_be_found(shift):
    """The looking is worth something: an answer that was told and never written, and a byte that changed."""
    at_work = shift(44)
    at_work.killed([{"case 1 judge": "somebody who was never saved"}])
    assert any("case 1 judge" in lost for lost in at_work.tally.lost)
    data = bytearray(at_work.path.read_bytes())
    data[-1] ^= 1
    at_work.path.write_bytes(data)
    at_work.look(0)
    assert at_work.tally.damaged
    at_work.close()
