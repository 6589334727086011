"""The documents in ``examples/`` are what the program writes now."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
FAMILIES = ("family-1", "family-2")
REBUILD = "they differ from what the demo writes now; look at the difference, then: python tests/rebuild_examples.py"


@pytest.fixture(scope="module")
def now(tmp_path_factory):
    """What the demo writes now, by family and file name."""
    spec = importlib.util.spec_from_file_location("rebuild_examples", ROOT / "tests" / "rebuild_examples.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {
        family: {p.name: p for p in paths} for family, paths in module.fresh(tmp_path_factory.mktemp("now")).items()
    }


def kept(family):
    return {p.name: p for p in (ROOT / "examples" / family / "documents").iterdir()}


def inside(path):
    """The parts of a Word file, uncompressed: how well they were compressed may differ from one machine to another."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return {name: dots(data) if name.endswith(".png") else data for name, data in parts.items()}


def dots(data):
    """A picture by its dots, for the same reason."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size, picture.mode, picture.tobytes(), picture.info


@pytest.mark.parametrize("family", FAMILIES)
def test_the_documents_of_a_family_are_all_there_and_no_other(now, family):
    assert sorted(kept(family)) == sorted(now[family])
    for kind in ("cppp-report", "parenting-plan", "timetable"):
        assert {name.partition("-v1")[2] for name in kept(family) if kind in name} == {"-draft.md", "-draft.docx"}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_markdown_is_what_the_program_writes(now, family):
    names = [name for name in kept(family) if name.endswith(".md")]
    assert len(names) == 4
    for name in names:
        assert kept(family)[name].read_text(encoding="utf-8") == now[family][name].read_text(encoding="utf-8"), REBUILD
        assert kept(family)[name].read_bytes() == now[family][name].read_bytes(), REBUILD


@pytest.mark.parametrize("family", FAMILIES)
def test_the_word_files_hold_what_the_program_writes(now, family):
    names = [name for name in kept(family) if name.endswith(".docx")]
    assert len(names) == 4
    for name in names:
        was, is_now = inside(kept(family)[name]), inside(now[family][name])
        assert list(was) == list(is_now), REBUILD
        assert [part for part in was if was[part] != is_now[part]] == [], REBUILD


def test_the_drawing_beside_the_report_is_the_one_it_shows(now):
    for family in FAMILIES:
        names = [name for name in kept(family) if name.endswith(".png")]
        assert len(names) == (1 if family == "family-1" else 0)
        for name in names:
            assert dots(kept(family)[name].read_bytes()) == dots(now[family][name].read_bytes()), REBUILD
            assert any(
                f"]({name})" in p.read_text(encoding="utf-8") for p in kept(family).values() if p.suffix == ".md"
            )


def test_the_answers_files_take_part_in_the_demo():
    """A file that is not read would drift unnoticed."""
    from cppp_cli.commands import demo

    steps = [*(step for step, _ in demo.STEPS if step != "plan"), "agreement"]
    read = {f"{family}/{step}.toml" for family in demo.FAMILIES for step in steps}
    read |= {f"family-1/calendar-{name}.toml" for name in demo.CALENDARS if "child" not in name}
    read |= {"family-2/calendar-agreed-child-1.toml"}
    read |= {f"{family}/report.toml" for family in demo.FAMILIES} | {"officer.toml", "return.toml"}
    there = {p.relative_to(ROOT / "examples").as_posix() for p in (ROOT / "examples").rglob("*.toml")}
    assert there == read
