"""Trouble made for real around the program, each time through a command in a process of its own.

More of each, and one system call after the other made to fail: ``python tests/proof/run.py hard``.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import partial
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1]))
commands = importlib.import_module("proof.commands")
hard_times = importlib.import_module("proof.hard_times")
desks = importlib.import_module("proof.desk")
officer_file = importlib.import_module("proof.officer_file")

POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit or permission")
MEGABYTES = 1 << 20


@pytest.fixture
def made(shelf):
    return officer_file.Filled(shelf.files["filled"], shelf.key, shelf.recovery, shelf.cases, shelf.references)


@pytest.fixture
def desk(made, tmp_path):
    """A desk at which a save can be tried; the fixture of the same name elsewhere is an opened one."""
    return desks.desk_in(tmp_path / "home", made, tmp_path)


@pytest.fixture
def disk():
    """A disk of its own, small enough to be filled."""
    with hard_times.small_disk(4 * MEGABYTES) as place:
        if place is None:
            pytest.skip("nobody may mount a disk here")
        yield place


@pytest.fixture
def bound():
    """How a command is started that permissions bind."""
    before = commands.powerless()
    if before is None:
        pytest.skip("permissions bind nobody here")
    return before


def test_without_trouble_a_save_is_a_save(desk):
    """What follows is worth something: the same save, the same looking, and nothing in the way."""
    assert hard_times.weather(desk, hard_times.nothing, codes=(0,)) == []


@pytest.mark.parametrize("left", [0, 16_384, 65_536])
def test_on_a_full_disk_a_save_fails_whole_and_works_when_there_is_room(disk, made, tmp_path, left):
    desk = desks.desk_in(disk / "home", made, tmp_path)
    assert hard_times.weather(desk, partial(hard_times.full, disk, left)) == []


def test_an_init_that_found_no_room_can_be_made_again(disk):
    assert hard_times.begun_on_a_full_disk(disk, left=20_480) == []


@POSIX_ONLY
@pytest.mark.parametrize("limit", [0, 20_480])
def test_a_write_that_fails_leaves_what_was_there(desk, limit):
    assert hard_times.weather(desk, hard_times.nothing, before=commands.no_larger(limit)) == []


def test_a_disk_mounted_for_reading_only(disk, made, tmp_path):
    desk = desks.desk_in(disk / "home", made, tmp_path)
    assert hard_times.weather(desk, partial(hard_times.read_only_disk, disk)) == []


@pytest.mark.parametrize(
    ("what", "bits"), [("home", 0o500), ("path", 0o400), ("path", 0)], ids=["folder", "file", "denied"]
)
def test_what_may_not_be_written_or_read(desk, bound, what, bits):
    assert hard_times.weather(desk, partial(hard_times.mode, getattr(desk, what), bits), before=bound) == []


def test_a_folder_that_may_not_be_entered(desk, bound):
    assert hard_times.weather(desk, partial(hard_times.mode, desk.home, 0), before=bound) == []


@pytest.mark.parametrize(("what", "bits"), [("home", 0o500), ("path", 0o400)], ids=["folder", "file"])
def test_half_a_save_that_cannot_be_taken_back_yet_is_not_shown(desk, bound, what, bits):
    assert hard_times.half_saved(desk, getattr(desk, what), bits, bound) == []


def test_a_file_locked_by_another_process(desk):
    assert hard_times.weather(desk, partial(hard_times.held, desk, "IMMEDIATE")) == []


def test_a_clock_set_back_breaks_nothing(desk):
    some = [command for command in hard_times.EVERY_DAY if command and command[0] in {"case", "history", "report"}]
    assert hard_times.set_back(desk, "2020-02-29", some) == []


def test_a_clock_set_back_keeps_nothing_unlocked_for_longer(desk, tmp_path):
    assert hard_times.stays_unlocked(desk, tmp_path) == []
