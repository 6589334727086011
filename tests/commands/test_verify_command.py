"""``cppp verify FILE`` says which final report a file is, or what differs."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cppp_cli import cli
from cppp_cli.documents.docx_fields import DocFields
from cppp_cli.documents.md2docx import to_docx
from cppp_cli.documents.read_back import passages
from cppp_cli.programme.finals import Final
from cppp_cli.programme.fingerprint import ALPHABET, code

HERE = Path(__file__).parents[1]
EXAMPLES = HERE.parent / "examples"
FAMILIES = {"family-1": "ZE26P01234", "family-2": "ZE26P01243"}


def words_of(family):
    (path,) = (EXAMPLES / family / "documents").glob("*cppp-report*.md")
    return path.read_text(encoding="utf-8").replace("· DRAFT", "· FINAL")


class Maker:
    """Makes finals as they are made: the code of the words, then the files that carry it."""

    def __init__(self, house_style, drawing):
        self.house_style, self.drawing = house_style, drawing

    def files(self, family, version, markdown):
        own = code(passages("report.md", markdown.encode()))
        mark = f"Version {version} · code {own}"
        number = FAMILIES[family]
        fields = DocFields(
            title=f"CPPP report, {number}", subject="Programme", author="Ruth Adeyemi", case_number=number,
            classification="CONFIDENTIAL", short_title="CPPP report", status="", code=mark,
            created=datetime(2026, 8, 6, tzinfo=UTC),
        )  # fmt: skip
        pictures = dict.fromkeys(re.findall(r"\]\(([^)]+\.png)\)", markdown), self.drawing)
        name = f"{number}-cppp-report-v{version}-final"
        return own, {
            f"{name}.md": f"{markdown}\n<!-- only: markdown -->\n{mark}\n".encode(),
            f"{name}.docx": to_docx(markdown, self.house_style, fields, pictures),
        }


@pytest.fixture(scope="module")
def maker():
    (drawing,) = (EXAMPLES / "family-1" / "documents").glob("*.png")
    return Maker((HERE.parent / "templates" / "house-style.docx").read_bytes(), drawing.read_bytes())


@pytest.fixture
def freeze(shelf, tmp_path, maker):
    """Freeze a report in the file the commands use, and lay its files down; their paths and the code."""
    from cppp_cli.store import finals
    from cppp_cli.store.file import open_file

    def make(family="family-1", version=4, markdown=None, corrects=None, at="2026-08-06T09:00:00+01:00"):
        markdown = markdown or words_of(family)
        own, files = maker.files(family, version, markdown)
        db = open_file(tmp_path / "home" / "officer.db", shelf.key)
        try:
            final = Final(
                "cppp-report", version, own, "cppp_report.md.j2", "d", "cppp", corrects=corrects, frozen_at=at
            )
            finals.freeze(db, shelf.cases[family], final, markdown=markdown, data="{}", files=files, now=lambda: at)
        finally:
            db.close()
        paths = {}
        for name, data in files.items():
            path = tmp_path / name
            path.write_bytes(data)
            paths[path.suffix] = path
        return own, paths

    return make


@pytest.fixture
def in_json(cppp):
    """The envelope; its result may hold words of the report, which no error may."""

    def ask(path):
        done = CliRunner().invoke(cli.app, ["verify", str(path), "--json"], prog_name="cppp")
        (line,) = done.stdout.splitlines()
        envelope = json.loads(line)
        assert (envelope["error"] or {"exit_code": 0})["exit_code"] == done.exit_code
        return done.exit_code, envelope["result"]

    return ask


def changed_word(path, *edits, to=None):
    """The Word file with text of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for part, old, new in edits:
                if re.fullmatch(part, name):
                    assert old.encode() in content, f"nothing to replace in {name}"
                    content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    saved = to or path.with_name("saved.docx")
    saved.write_bytes(out.getvalue())
    return saved


# ------------------------------------------------------------------------------------- the same words


def test_the_very_file_is_told_by_whatever_name(cppp, shelf, freeze, tmp_path):
    own, paths = freeze()
    freeze("family-2")
    for path in paths.values():
        elsewhere = tmp_path / f"renamed{path.suffix}"
        elsewhere.write_bytes(path.read_bytes())
        done = cppp("verify", elsewhere)
        assert done.code == 0
        assert done.out == (
            f"This is the final CPPP report of case {shelf.references['family-1']}, version 4, "
            "frozen on Thu 6 Aug 2026, 09:00: byte for byte the file that was written.\n"
        )
        assert own not in done.out


def test_the_same_words_saved_again(cppp, freeze):
    _, paths = freeze()
    word = changed_word(paths[".docx"], ("docProps/core.xml", "<cp:revision>1<", "<cp:revision>7<"))
    markdown = paths[".md"].with_name("saved.md")
    markdown.write_text(paths[".md"].read_text(encoding="utf-8").replace("'", "’"), encoding="utf-8", newline="\r\n")
    for path in (word, markdown):
        done = cppp("verify", path)
        assert done.code == 0
        assert done.out.endswith(": the same words, in a file that was saved again.\n")
        assert len(done.out.splitlines()) == 1


def test_a_report_saved_by_another_program_is_the_same(cppp, freeze, in_json):
    """tests/documents/saved_again holds a final as Markdown and its Word file as LibreOffice saved it."""
    folder = HERE / "documents" / "saved_again"
    words, _, mark = (folder / "report.md").read_text(encoding="utf-8").partition("\n<!-- only: markdown -->\n")
    own, _ = freeze(markdown=words)
    assert mark == f"Version 4 · code {own}\n"
    exit_code, told = in_json(folder / "report.docx")
    assert exit_code == 0
    assert (told["verdict"], told["code_in_file"], told["code_of_words"]) == ("same-words", own, own)
    assert (told["around"], told["beside"], told["other_pictures"]) == ([], [], False)
    assert cppp("verify", folder / "report.md").out.endswith("byte for byte the file that was written.\n")


def test_another_header_is_told_and_is_not_what_was_frozen(cppp, freeze, in_json):
    _, paths = freeze()
    word = changed_word(paths[".docx"], (r"word/header\d*\.xml", "ZE26P01234", "ZE26P01243"))
    done = cppp("verify", word)
    assert done.code == 4
    assert "the same words" in done.out
    assert "the header: “number ZE26P01234” became “number ZE26P01243”" in done.out
    assert "its header or footer" in done.err
    exit_code, told = in_json(word)
    assert (exit_code, told["verdict"], told["same_words"]) == (4, "same-words", True)


def test_a_remark_or_property_that_was_put_in_is_told(cppp, freeze):
    _, paths = freeze()
    unseen = "</w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r>"
    word = changed_word(
        paths[".docx"],
        ("docProps/core.xml", "Ruth Adeyemi", "Somebody Else"),
        ("word/document.xml", "</w:pPr><w:r>", unseen),
    )
    done = cppp("verify", word)
    assert done.code == 0
    assert "the same words" in done.out
    assert "Beside the words, this differs:" in done.out
    assert "the property “creator”: “Ruth Adeyemi” became “Somebody Else”" in done.out
    assert "added: “unseen”" in done.out


def test_another_picture_is_told(cppp, freeze, tmp_path):
    _, paths = freeze()
    out = io.BytesIO()
    with zipfile.ZipFile(paths[".docx"]) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name) + (b"x" if name.startswith("word/media") else b""))
    (tmp_path / "saved.docx").write_bytes(out.getvalue())
    done = cppp("verify", tmp_path / "saved.docx")
    assert done.code == 0
    assert "A picture in it is not the one that was frozen." in done.out


def test_a_version_that_was_corrected_says_so(cppp, freeze):
    _, paths = freeze(version=4)
    freeze(version=5, markdown=words_of("family-1").replace("95 min", "96 min"), corrects=4)
    done = cppp("verify", paths[".docx"])
    assert done.code == 0
    assert "version 4" in done.out
    assert "Version 5 of this report has taken its place." in done.out


def test_what_the_report_command_freezes_is_known_again(cppp, shelf, answers_file, tmp_path):
    """The whole way: from the record to the file on the disk, saved again, and one word changed."""
    review = answers_file(was_reviewed="yes", reviewed_by="Anna Bell", reviewed_on="2026-08-05")
    out = tmp_path / "out"
    done = cppp("report", shelf.references["family-1"], "--final", "--answers", review, "--no-input", "--out", out)
    assert done.code == 0, done.err
    for suffix in ("md", "docx"):
        (path,) = out.glob(f"*-final.{suffix}")
        said = cppp("verify", path)
        assert (said.code, said.out.count("byte for byte")) == (0, 1)
        assert f"case {shelf.references['family-1']}, version 1" in said.out
    again = changed_word(path, ("docProps/core.xml", "<cp:revision>1<", "<cp:revision>2<"))
    assert cppp("verify", again).out.endswith(": the same words, in a file that was saved again.\n")
    other = changed_word(path, ("word/document.xml", "was seen", "was not seen"))
    said = cppp("verify", other)
    assert said.code == 4
    assert said.out.startswith("This file carries the code of the final CPPP report")
    assert "“was” became “was not”" in said.out


# ------------------------------------------------------------------------------------- other words


def test_a_changed_word_is_told_at_its_place(cppp, freeze, in_json):
    own, paths = freeze()
    word = changed_word(paths[".docx"], ("word/document.xml", "Isla was seen alone", "Isla was not seen alone"))
    done = cppp("verify", word)
    assert done.code == 4
    assert done.out.startswith("This file carries the code of the final CPPP report of case ")
    assert "1 thing in its words:\n  1. paragraph 8: “was” became “was not”\n" in done.out
    assert "Isla" not in done.err
    exit_code, told = in_json(word)
    assert exit_code == 4
    assert (told["verdict"], told["same_words"], told["code_in_file"]) == ("differs", False, own)
    assert told["code_of_words"] != own
    assert [(c["place"], c["before"], c["after"]) for c in told["changes"]] == [("paragraph 8", "was", "was not")]
    assert (told["final"]["version"], told["final"]["followed_by"]) == (4, None)


def test_words_hidden_below_the_code_are_no_way_round(cppp, freeze):
    _, paths = freeze()
    own = paths[".md"].read_text(encoding="utf-8")
    paths[".md"].write_text(f"{own}\n<!-- only: markdown -->\nThe father must not call.\n", encoding="utf-8")
    done = cppp("verify", paths[".md"])
    assert done.code == 4
    assert "added: “The father must not call.”" in done.out
    paths[".md"].write_text(f"{own}\nThe father must not call.\n", encoding="utf-8")
    assert cppp("verify", paths[".md"]).code == 4


def test_words_without_a_code_that_are_nearly_a_final(cppp, freeze, tmp_path, in_json):
    freeze()
    freeze("family-2")
    path = tmp_path / "typed.md"
    path.write_text(words_of("family-1").replace("95 min", "59 min"), encoding="utf-8")
    done = cppp("verify", path)
    assert done.code == 4
    assert done.out.startswith("This file is no final report. Its words are nearest to those of the final CPPP report")
    assert "“person, 95” became “person, 59”" in done.out
    assert in_json(path)[1]["verdict"] == "near"


def test_a_draft_says_that_it_is_one(cppp, freeze, in_json):
    draft = next((EXAMPLES / "family-1" / "documents").glob("*cppp-report*.docx"))
    done = cppp("verify", draft)
    assert (done.code, done.out) == (6, "This file says of itself that it is a draft; it carries no code.\n")
    assert in_json(draft)[1]["verdict"] == "not-final"
    freeze()
    for path in (draft, draft.with_suffix(".md")):
        done = cppp("verify", path)
        assert done.code == 4
        assert done.out.startswith("This file says of itself that it is a draft. Its words are nearest to those of")
        assert "“DRAFT” became" in done.out or "became “· DRAFT”" in done.out


def test_a_report_of_another_officer_is_none_of_mine(cppp, freeze, maker, tmp_path, in_json):
    freeze("family-1")
    own, files = maker.files("family-2", 1, words_of("family-2"))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        done = cppp("verify", tmp_path / name)
        assert (done.code, done.out) == (6, f"The code in this file, {own}, is that of no final report in your file.\n")
        assert in_json(tmp_path / name)[1]["final"] is None


def test_a_mistyped_code_is_told_from_a_wrong_one(cppp, maker, tmp_path):
    own, files = maker.files("family-2", 1, words_of("family-2"))
    wrong = own[:-1] + ALPHABET[(ALPHABET.index(own[-1]) + 1) % len(ALPHABET)]
    path = tmp_path / "typed.md"
    path.write_bytes(files["ZE26P01243-cppp-report-v1-final.md"].replace(own.encode(), wrong.encode()))
    done = cppp("verify", path)
    assert (done.code, done.out) == (
        6,
        f"The code in this file, {wrong}, is none that cppp gives: a symbol of it is wrong.\n",
    )


def test_the_code_of_one_final_on_the_words_of_another(cppp, freeze):
    """The words decide which it is, and the wrong code is told."""
    first, _ = freeze("family-1")
    second, paths = freeze("family-2")
    word = changed_word(paths[".docx"], (r"word/footer\d*\.xml", second, first))
    done = cppp("verify", word)
    assert done.code == 4
    assert "the same words" in done.out
    assert f"the footer: “code {second}” became “code {first}”" in done.out


def test_a_changed_report_with_a_code_nobody_knows_is_compared_all_the_same(cppp, freeze, maker, tmp_path):
    freeze()
    own, files = maker.files("family-1", 4, words_of("family-1").replace("95 min", "59 min"))
    path = tmp_path / "forged.docx"
    path.write_bytes(files["ZE26P01234-cppp-report-v4-final.docx"])
    done = cppp("verify", path)
    assert done.code == 4
    assert done.out.startswith("This file is no final report. Its words are nearest to those of")
    assert "“person, 95” became “person, 59”" in done.out
    assert f"The code it carries, {own}, is that of no final report in your file." in done.out


def test_a_file_without_anything_of_a_report(cppp, freeze, tmp_path):
    freeze()
    for text in ("", "A shopping list", "# Plan\n\nCode: none"):
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        done = cppp("verify", tmp_path / "a.md")
        assert (done.code, done.out) == (6, "This file carries no code, and is near to no final report in your file.\n")


# ------------------------------------------------------------------------------------- what is no report at all


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.doc", "a", "Isla.png"])
def test_another_kind_of_file_is_refused(cppp, tmp_path, name):
    (tmp_path / name).write_text("Isla", encoding="utf-8")
    done = cppp("verify", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert "Word files (.docx) and as Markdown (.md)" in done.err


def test_a_file_that_is_not_there_or_cannot_be_read(cppp, tmp_path):
    assert cppp("verify", tmp_path / "Isla.docx").code == 6
    (tmp_path / "folder.md").mkdir()
    assert cppp("verify", tmp_path / "folder.md").code == 3
    (tmp_path / "Isla.docx").write_bytes(b"PK nonsense")
    done = cppp("verify", tmp_path / "Isla.docx")
    assert (done.code, done.out) == (3, "")
    big = tmp_path / "big.md"
    with big.open("wb") as file:
        file.truncate(61 * 1024 * 1024)
    assert cppp("verify", big).code == 3


def test_nothing_is_written_and_nothing_is_remembered(cppp, freeze, look):
    _, paths = freeze()

    def rows(db):
        return {name: db.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0] for name in db.table_names()}

    before = look(rows)
    cppp("verify", paths[".docx"])
    assert look(rows) == before
