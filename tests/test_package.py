"""What is installed: the version, the files that come along, the licence, and nowhere to fetch things from."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import cppp_cli
from cppp_cli import paths

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Says where an installed copy finds its folders, from a folder that holds nothing.
WHERE = """
import json
import cppp_cli
from cppp_cli import __version__, paths
print(json.dumps([cppp_cli.__file__, __version__, str(paths.shipped_templates()), str(paths.examples())]))
"""


def shipped():
    """Every file of the two folders that must come along."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "examples")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this checkout by the project's own build backend: no network, no other environment."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-c", f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    """The wheel's files where an installer would put them."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def ask(place: Path, *words: str, cwd: Path) -> str:
    """What a fresh interpreter prints that finds the package in that place first."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, *words],
        env=clean | {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout


def test_the_version_is_written_once_and_is_what_is_installed(wheel):
    assert re.fullmatch(r"\d+\.\d+\.\d+", cppp_cli.__version__)
    assert importlib.metadata.version("cppp") == cppp_cli.__version__
    assert wheel.name == f"cppp-{cppp_cli.__version__}-py3-none-any.whl"
    assert PROJECT["project"]["dynamic"] == ["version"]


def test_the_changelog_begins_with_this_version():
    heads = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert cppp_cli.__version__ in heads[:2]
    assert set(heads[: heads.index(cppp_cli.__version__)]) <= {"Unreleased"}


def test_this_installation_finds_its_templates_and_examples():
    """From a checkout that is installed in place as well as from an installed wheel."""
    for folder, file in ((paths.shipped_templates(), "house-style.docx"), (paths.examples(), "officer.toml")):
        assert (folder / file).is_file()


def test_the_wheel_holds_the_package_and_what_belongs_to_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
    assert {f"cppp_cli/{name}" for name in shipped()} <= names
    modules = {p.relative_to(ROOT).as_posix() for p in (ROOT / "cppp_cli").rglob("*.py")}
    assert modules <= names
    assert "cppp_cli/templates/house-style.docx" in names


def test_the_wheel_holds_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    about = f"cppp-{cppp_cli.__version__}.dist-info/"
    assert {name for name in names if not name.startswith(("cppp_cli/", about))} == set()
    assert {name for name in names if name.endswith((".pyc", ".db", ".toml~")) or "tests/" in name} == set()


def test_the_shipped_files_arrive_byte_for_byte(unpacked):
    for name in shipped():
        assert (unpacked / "cppp_cli" / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_the_wheel_finds_its_own_templates_and_examples(unpacked, tmp_path):
    home, version, templates, examples = json.loads(ask(unpacked, "-c", WHERE, cwd=tmp_path))
    inside = unpacked / "cppp_cli"
    assert Path(home) == inside / "__init__.py"
    assert version == cppp_cli.__version__
    assert Path(templates) == inside / "templates"
    assert Path(examples) == inside / "examples"


def test_the_wheel_starts(unpacked, tmp_path):
    assert ask(unpacked, "-m", "cppp_cli", "--version", cwd=tmp_path) == f"cppp {cppp_cli.__version__}\n"


def test_the_command_is_declared():
    assert PROJECT["project"]["scripts"] == {"cppp": "cppp_cli.__main__:main"}


def test_the_licence_is_mit_and_comes_along(wheel):
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License")
    assert "WITHOUT WARRANTY OF ANY KIND" in text
    assert PROJECT["project"]["license"] == "MIT"
    with zipfile.ZipFile(wheel) as archive:
        about = f"cppp-{cppp_cli.__version__}.dist-info/"
        assert archive.read(f"{about}licenses/LICENSE").decode() == text
        assert "License-Expression: MIT" in archive.read(f"{about}METADATA").decode()


@pytest.mark.parametrize("name", ["pyproject.toml", ".ci/run", ".github/workflows/ci.yml", "README.md"])
def test_nothing_says_where_packages_come_from(name):
    """A registry is the machine's own business; a host written here would override it or stop working."""
    text = (ROOT / name).read_text(encoding="utf-8").lower()
    for word in ("index-url", "find-links", "trusted-host", "artifactory", "://pypi", "/simple"):
        assert word not in text
    assert " @ " not in " ".join(PROJECT["project"]["dependencies"]), "a dependency by address"


def test_every_dependency_has_a_tested_floor():
    extras = PROJECT["project"]["optional-dependencies"]
    for line in [*PROJECT["project"]["dependencies"], *extras["test"]]:
        assert re.match(r"[A-Za-z0-9_-]+>=\d", line), line


def test_the_python_versions_agree():
    """What the metadata promises is what the workflow tries."""
    named = {
        line.rsplit(" ", 1)[1] for line in PROJECT["project"]["classifiers"] if re.search(r"Python :: 3\.\d+$", line)
    }
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert named == set(re.findall(r'"(3\.\d+)"', workflow))
    assert PROJECT["project"]["requires-python"] == f">={min(named, key=lambda v: int(v.split('.')[1]))}"
