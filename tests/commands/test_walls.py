"""Nothing of one family is shown by a command that reads the other."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from cppp_cli.documents.read_back import passages

spec = importlib.util.spec_from_file_location("walls", Path(__file__).parents[1] / "walls.py")
walls = importlib.util.module_from_spec(spec)
spec.loader.exec_module(walls)

NUMBERS = {"family-1": "ZE26P01234", "family-2": "ZE26P01243"}
OTHER = {"family-1": "family-2", "family-2": "family-1"}


@pytest.fixture(scope="module")
def told_of(families):
    """For each family an expression for whatever would tell the other one."""
    files = {family: families.every_file(family) for family in OTHER}
    return {family: walls.of_other(files[family], files[other]) for family, other in OTHER.items()}


def test_the_search_finds_each_family_in_its_own_words(told_of, families):
    for family, other in OTHER.items():
        own = walls.telling(families.every_file(other))
        found = [words for words in own if told_of[family].search(words)]
        assert len(found) > 60
        assert not any(told_of[family].search(words) for words in walls.telling(families.every_file(family)))


@pytest.mark.parametrize("half", [0, 1])
def test_no_reading_command_shows_anything_of_the_other_family(cppp, shelf, told_of, tmp_path, half):
    """Each command for one of the families; tests/benchmarks/safety.py runs all of them for both."""
    out, ran = tmp_path / "papers", 0
    for place, line in enumerate(walls.READING):
        if line != walls.WRITES_FIRST and place % 2 != half:
            continue
        family = list(NUMBERS)[half]
        done = cppp(*line.format(ref=shelf.references[family], out=out, number=NUMBERS[family]).split())
        assert done.code in {0, 4, 6}, (line, done.err)
        found = told_of[family].search(done.out + done.err)
        assert found is None, f"{line}: {found[0]}"
        ran += done.code == 0
    assert ran > len(walls.READING) // 3
    files = list(out.iterdir())
    assert len(files) >= 3
    for path in files:
        for passage in passages(path.name, path.read_bytes()):
            found = told_of[family].search(f"{passage.place} {passage.text}")
            assert found is None, f"{path.name}, {passage.place}: {found[0]}"


def test_every_command_about_a_case_is_tried():
    """A new command that takes a case has to be added to the list, or to what stands aside with its reason."""
    import inspect

    from cppp_cli import cli

    changing = {
        *(
            "case erase",
            "case close",
            "case reopen",
            "case hold",
            "case pause",
            "case resume",
            "case confirm",
            "export",
        ),
        *(
            "schedule move",
            "session stop",
            "session discard",
            "agreement calendar",
            "agreement terms",
            "agreement read",
        ),
    }
    tried = {" ".join(re.sub(r"\{.*", "", line).split()[:2]) for line in walls.READING}
    missing = []
    for name in cli.COMMANDS:
        loaded = cli.load(name)
        for sub, command in getattr(loaded, "commands", {"": loaded}).items():
            typed = f"{name} {sub}".strip()
            takes_case = "case" in inspect.signature(command.callback).parameters
            if takes_case and typed not in tried | changing | set(walls.ASIDE):
                missing.append(typed)
    assert missing == []
