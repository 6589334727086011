from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.documents import write
from cppp_cli.documents.write import file_name, write_document
from cppp_cli.errors import ConflictError, CpppError, NotFoundError


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ZE23P01234-cppp-report-v1-draft.docx"


def test_a_new_file_holds_the_data_and_belongs_to_its_owner_alone(path):
    assert write_document(path, b"one") == path
    assert path.read_bytes() == b"one"
    assert names(path.parent) == [path.name]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_content_is_left_as_it_is(path):
    write_document(path, b"one")
    before = path.stat()
    assert write_document(path, b"one") == path
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


@pytest.mark.parametrize("old", [b"two", b"", b"one and more"])
def test_other_content_is_not_replaced_unasked(path, old):
    path.write_bytes(old)
    with pytest.raises(ConflictError, match="another file of that name"):
        write_document(path, b"one")
    assert path.read_bytes() == old
    assert names(path.parent) == [path.name]


def test_other_content_is_replaced_when_asked(path):
    path.write_bytes(b"two")
    write_document(path, b"one", overwrite=True)
    assert path.read_bytes() == b"one"
    assert names(path.parent) == [path.name]


def test_a_file_that_appears_meanwhile_is_not_replaced(path, monkeypatch):
    def write_and_be_overtaken(target, data):
        temporary = original(target, data)
        target.write_bytes(b"overtaken")
        return temporary

    original = write._write_beside
    monkeypatch.setattr(write, "_write_beside", write_and_be_overtaken)
    with pytest.raises(ConflictError):
        write_document(path, b"one")
    assert path.read_bytes() == b"overtaken"
    assert names(path.parent) == [path.name]


def test_a_disk_without_links_is_written_too(path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_document(path, b"one")
    assert path.read_bytes() == b"one"
    assert names(path.parent) == [path.name]


def failing(code):
    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("step", ["fsync", "replace", "link", "rename"])
@pytest.mark.parametrize(
    "stop", [KeyboardInterrupt, MemoryError, OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "bad")]
)
def test_nothing_is_left_behind_whatever_stops_it(path, monkeypatch, step, stop, overwrite):
    def fail(*_, **__):
        raise stop

    path.write_bytes(b"old")
    if not overwrite:
        path.unlink()
    monkeypatch.setattr(os, step, fail)
    try:
        write_document(path, b"new", overwrite=overwrite)
    except (KeyboardInterrupt, MemoryError, ConflictError):
        left = {path.name: b"old"} if overwrite else {}
    else:
        left = {path.name: b"new"}
    monkeypatch.undo()
    assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir()} == left


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "cannot be written"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EACCES, "You may not write into that folder"),
        (errno.EIO, "could not be written"),
    ],
)
def test_what_the_system_refuses_is_said_in_words(path, monkeypatch, code, words):
    monkeypatch.setattr(write.tempfile, "mkstemp", failing(code))
    with pytest.raises(ConflictError, match=words) as caught:
        write_document(path, b"one")
    assert path.name not in str(caught.value)


def test_a_document_open_in_word_is_named_as_such(path, monkeypatch):
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))
    with pytest.raises(ConflictError, match=r"Close the document in Word and run the command again\."):
        write_document(path, b"new", overwrite=True)
    assert names(path.parent) == [path.name]


def test_a_document_that_word_lets_nobody_read_is_named_as_such(path, monkeypatch):
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "read_bytes", failing(errno.EACCES))
    with pytest.raises(ConflictError, match="Close the document in Word"):
        write_document(path, b"new")


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(NotFoundError, match="folder"):
        write_document(tmp_path / "none" / "a.docx", b"one")


def test_a_folder_in_the_place_of_the_document_is_said(path):
    path.mkdir()
    for overwrite in (False, True):
        with pytest.raises(ConflictError, match="folder of that name"):
            write_document(path, b"one", overwrite=overwrite)


def test_a_name_too_long_for_the_disk_is_said(tmp_path):
    for target in (tmp_path / ("x" * 300), tmp_path / ("x" * 300) / "a.docx"):
        with pytest.raises(CpppError):
            write_document(target, b"one")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("ZE23P01234", "cppp-report", 1, "draft.docx"), "ZE23P01234-cppp-report-v1-draft.docx"),
        (("ZE23P01234", "cppp-report", 1, "-draft.docx"), "ZE23P01234-cppp-report-v1-draft.docx"),
        (("ZE23P01234", "cppp-report", 12, ".md"), "ZE23P01234-cppp-report-v12.md"),
        (("ze23/p01234 ", "Joint_Letter", 2, ".docx"), "ZE23-P01234-joint-letter-v2.docx"),
        (("../../etc", "con", 1, ".docx"), "ETC-con-v1.docx"),
        (("", "", 1, ".docx"), "CASE-document-v1.docx"),
    ],
)
def test_names(arguments, name):
    assert file_name(*arguments) == name


RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}


@given(
    st.one_of(st.text(max_size=80), st.sampled_from(sorted(RESERVED))),
    st.one_of(st.text(max_size=80), st.sampled_from(sorted(RESERVED))),
    st.integers(1, 999),
)
def test_every_name_is_a_good_one_on_every_system(number, kind, version):
    name = file_name(number, kind, version, "draft.docx")
    assert re.fullmatch(r"[0-9A-Za-z-]+\.docx", name)
    assert name.split(".")[0].lower() not in RESERVED
    assert len(name) < 160
    assert not name.startswith("-")
