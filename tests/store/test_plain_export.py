"""A readable copy holds every row of the file, or of one case, for any tool; and it never leaves untold."""

from __future__ import annotations

import base64
import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from hashlib import sha256

import pytest

from cppp_cli.errors import ConflictError, NotFoundError
from cppp_cli.store import events, plain_export, whole_case
from cppp_cli.store.triggers import LOGGED

ABOUT = {"program": "cppp 0", "made_by": "A. Officer", "contents": "x"}
NAMES = ("plain.db", "plain.json")


@pytest.fixture
def export(crowded, tmp_path):
    def write(name, case_id=None):
        path = tmp_path / name
        plain_export.export(crowded.db, case_id, path, ABOUT, crowded.moment)
        return path

    return write


def tables(path):
    """The tables of a readable copy as lists of rows, as a tool without cppp reads them; what it says of itself apart."""
    if path.suffix == ".json":
        found = json.loads(path.read_text(encoding="utf-8"))
        for row in (*found["picture"], *found["final_file"]):
            row["data"] = base64.b64decode(row["data"], validate=True)
        return found.pop("about"), found
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master").fetchall()]
        found = {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in names}
    return {row["name"]: row["value"] for row in found.pop("about")}, found


def in_any_order(rows):
    return sorted(rows, key=repr)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_file_is_in_it(crowded, export, name):
    before = {table: list(crowded.db.query(f"SELECT * FROM {table}")) for table in plain_export.WHOLE}
    history = list(crowded.db.query("SELECT change.*, unit FROM change JOIN link USING (id)"))
    about, found = tables(export(name))
    assert {table: in_any_order(found[table]) for table in before} == {t: in_any_order(r) for t, r in before.items()}
    assert [row["before"] for row in found["change"]] == [row["before"] for row in history]
    assert [row["unit"] for row in found["change"]] == [row["unit"] for row in history]
    assert {row["id"] for row in found["unit"]} == {row["unit"] for row in history}
    assert about == {**ABOUT, "made_at": crowded.moment(), "notice": plain_export.NOTICE}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("mine", "other"), [("family-1", "family-2"), ("family-2", "family-1")])
def test_one_case_is_that_case_whole_and_nothing_of_another(crowded, shelf, export, name, mine, other):
    rows = whole_case.gather(crowded.db, shelf.cases[mine])
    history = whole_case.history_of(crowded.db, shelf.cases[mine])
    path = export(name, shelf.cases[mine])
    _, found = tables(path)
    assert {table: in_any_order(found[table]) for table in rows} == {t: in_any_order(r) for t, r in rows.items()}
    assert [row["after"] for row in found["change"]] == [row["after"] for row in history]
    assert {row["chain"] for row in found["change"]} == {shelf.cases[mine]}
    told = str(found)
    assert f"of {mine}" in told
    assert f"of {other}" not in told
    assert shelf.references[other] not in told
    assert "officer" not in found


def test_no_table_of_the_file_is_forgotten(crowded):
    left = set(crowded.db.table_names()) - set(plain_export.WHOLE)
    assert left == {"unit", "change", "link", "_sqlite_migrations", "sqlite_sequence"}
    assert set(LOGGED) < set(plain_export.WHOLE)


@pytest.mark.parametrize("name", NAMES)
def test_neither_salts_nor_digests_nor_triggers_go_along(crowded, export, name):
    (salt,) = crowded.db.execute("SELECT salt FROM change ORDER BY id DESC LIMIT 1").fetchone()
    (token,) = crowded.db.execute("SELECT token FROM unit ORDER BY id DESC LIMIT 1").fetchone()
    path = export(name)
    data = path.read_bytes()
    assert salt not in data
    assert base64.b64encode(salt) not in data
    assert token.encode() not in data
    _, found = tables(path)
    assert "link" not in found
    assert all("salt" not in row for row in found["change"])
    if name.endswith(".db"):
        with closing(sqlite3.connect(path)) as connection:
            assert {kind for (kind,) in connection.execute("SELECT type FROM sqlite_master")} == {"table"}


def test_any_tool_reads_it(export):
    """Python's own sqlite3 in another process, which knows nothing of cppp."""
    code = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT full_name FROM child ORDER BY 1'))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(export("plain.db"))],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "Isla Ashdown" in done.stdout
    assert export("plain.json").read_bytes().count(b"\r") == 0


@pytest.mark.parametrize("name", NAMES)
def test_it_is_its_owners_alone_and_told_in_the_history(crowded, shelf, export, name, tmp_path):
    path = export(name, shelf.cases["family-1"])
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (event,) = events.listed(crowded.db, events.PLAIN_EXPORT)
    assert event.case_id == shelf.cases["family-1"]
    assert event.digest == sha256(path.read_bytes()).hexdigest()
    assert event.path == str(path.absolute())
    export(f"all-{name}")
    assert [e.case_id for e in events.listed(crowded.db, events.PLAIN_EXPORT)] == [shelf.cases["family-1"], None]
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {name, f"all-{name}"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_of_one_that_cannot_be_written(crowded, export, name, tmp_path, monkeypatch):
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(ConflictError):
        export(name)
    assert (tmp_path / name).read_bytes() == b"mine"
    with pytest.raises(NotFoundError):
        export(f"nowhere/{name}")

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(plain_export, "digest_of", full)
    (tmp_path / name).unlink()
    with pytest.raises(ConflictError):
        export(name)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == []
    assert events.listed(crowded.db, events.PLAIN_EXPORT) == ()
