"""A letter that takes somebody for somebody else is not written; a doubt is told, and no name leaves the desk."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

WORDS = 'came_of_it = "{}"\nnext = "A judge reads the plan in September."\n'


@pytest.fixture
def outcome(cppp, shelf, tmp_path):
    """Write a letter to child 1 of a family with these words."""

    def run(family, words, *more):
        path = tmp_path / "letter.toml"
        path.write_text(WORDS.format(words), encoding="utf-8", newline="\n")
        return cppp("letter", shelf.references[family], "outcome", "--child", "1", "--out", tmp_path / "out",
                    "--format", "md", "--answers", path, "--no-input", *more)  # fmt: skip

    return run


def written(tmp_path):
    return [path.name for path in (tmp_path / "out").glob("*")]


@pytest.mark.parametrize(
    ("family", "words", "names"),
    [
        ("family-1", "Isaac Ashdown came too.", ("Isaac", "Isla")),
        ("family-2", "Gareth Poole came too.", ("Gareth", "Isaac")),
        ("family-1", "You are eight now.", ("Isla", "eight")),
    ],
)
def test_a_letter_that_misnames_somebody_is_not_written(outcome, tmp_path, family, words, names):
    done = outcome(family, words)
    assert (done.code, done.out, written(tmp_path)) == (4, "", [])
    assert "Nothing was written: 1 place takes somebody for somebody else" in done.err
    assert [name for name in names if name in done.err] == []


def test_a_doubt_is_told_and_the_letter_is_written(outcome, tmp_path):
    done = outcome("family-1", "Your sister Theo came too. Your brother Tom as well.")
    assert done.code == 0, done.err
    assert len(written(tmp_path)) == 1
    assert "To look at: 2 names" in done.err
    assert "Theo" not in done.err
    again = outcome("family-1", "Your sister Theo came too.", "--json")
    assert json.loads(again.out)["ok"] is True


def test_a_right_letter_says_nothing(outcome, tmp_path):
    done = outcome("family-2", "Your sister Thea is three. You are nine, and Leonie is your mother.")
    assert (done.code, len(written(tmp_path))) == (0, 1)
    assert "To look at" not in done.err


def test_at_a_terminal_the_findings_are_shown(outcome, monkeypatch):
    from cppp_cli.commands import letter_write

    monkeypatch.setattr(letter_write, "sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    done = outcome("family-1", "You are eight now, and your sister Theo came too.")
    assert done.code == 4
    assert "Stands in the way" in done.out
    assert "Isla Ashdown is said to be 8; by the date of birth it is 9" in done.out
    assert "To look at" in done.out
    assert "on file Theo goes by" in done.out
    assert "eight" not in done.err
