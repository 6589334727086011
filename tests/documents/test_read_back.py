"""A finished file is read as a reader, and a recipient who looks closely, would find it."""

from __future__ import annotations

import importlib.util
import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cppp_cli.documents import read_back_package
from cppp_cli.documents.md2docx import to_docx
from cppp_cli.documents.md_escape import md_escape
from cppp_cli.documents.read_back import LARGEST_FILE, READ, REMARKS, passages, pictures_in
from cppp_cli.errors import AnswersError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.fingerprint import COUNTED, code
from cppp_cli.programme.passage import KINDS

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE.parents[1] / "examples").glob("family-*/documents/*.md"))
DOCUMENT = "word/document.xml"


def counted(found):
    return [passage for passage in found if passage.kind in COUNTED]


def of_kind(found, kind):
    return [passage.text for passage in found if passage.kind == kind]


def texts(name, data):
    return [passage.text for passage in passages(name, data)]


@pytest.fixture(scope="module")
def report():
    """The Word file of a whole report."""
    (path,) = (p.with_suffix(".docx") for p in EXAMPLES if "ZE26P01234-cppp-report" in p.name)
    return path.read_bytes()


@pytest.fixture(scope="module")
def word(house_style, fields):
    """A Word file of some Markdown."""

    def make(markdown, pictures=None):
        return to_docx(markdown, house_style, fields, pictures or {})

    return make


def rebuilt(data, *edits, **added):
    """The same file with text of its parts replaced, or with parts more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for part, old, new in edits:
                if part == name:
                    assert old.encode() in content, f"nothing to replace in {name}"
                    content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
        for name, content in added.get("parts", {}).items():
            target.writestr(name, content)
    return out.getvalue()


# ------------------------------------------------------------------------------------- Markdown and Word agree


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_markdown_and_word_are_read_the_same_to_the_place(path):
    markdown = passages(path.name, path.read_bytes())
    word = passages(path.with_suffix(".docx").name, path.with_suffix(".docx").read_bytes())
    assert counted(markdown) == counted(word)
    assert len(counted(word)) > 10
    assert {passage.kind for passage in word} <= set(KINDS)
    # The captions of tables are hidden in both.
    captions = [p for p in word if p.kind == "hidden" and p.place.endswith("for screen readers")]
    assert captions == [p for p in markdown if p.kind == "hidden" and p.place.endswith("for screen readers")]


def test_every_line_of_the_markdown_is_found_in_the_word_file(report):
    """An oracle of its own: each run of letters and digits of the Markdown, in its order."""
    (path,) = (p for p in EXAMPLES if "ZE26P01234-cppp-report" in p.name)
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("<!--")]
    plain = re.sub(r"<br>|\]\([^)]*\)|^\d+\. |[-:]{3,}", " ", "\n".join(lines), flags=re.MULTILINE)
    read = " ".join(passage.text for passage in counted(passages("r.docx", report)))
    assert re.findall(r"\w+", read) == re.findall(r"\w+", plain)


def parity():
    spec = importlib.util.spec_from_file_location("parity", HERE / "test_parity.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PARITY = parity()


@pytest.fixture(scope="module")
def drawing():
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(out, "PNG")
    return {"a/drawing.png": out.getvalue()}


@pytest.mark.parametrize("typed", PARITY.HOSTILE, ids=range(len(PARITY.HOSTILE)))
def test_whatever_was_typed_is_read_in_every_place(typed, markdown, word, drawing):
    source = markdown(PARITY.source(typed), t=typed)
    from_markdown = counted(passages("a.md", source.encode()))
    from_word = counted(passages("a.docx", word(source, drawing)))
    assert from_markdown == from_word
    text = clean(typed).strip()
    said = {passage.place: passage.text for passage in from_word if passage.number}
    assert said.get("paragraph 1", "") == text
    assert said["paragraph 2"] == f"Before {clean(typed)} after"
    assert f"Subtitle: {clean(typed)}".strip() in [passage.text for passage in from_word]
    rows = [passage.cells for passage in from_word if passage.kind == "row"]
    assert ("Left", "Middle", "Right") in rows
    assert (text, f"x{clean(typed)}x", text) in rows
    only_here = [p.text for p in passages("a.md", source.encode()) if p.kind == "footer"]
    assert only_here == [f"Only in the Markdown: {clean(typed)}".strip()]
    assert code(from_markdown) == code(from_word)


@given(
    typed=st.text(
        st.one_of(st.characters(), st.sampled_from(" \n\t*_|\\<>&#`~[]()-.:1“’–…\u00ad\u200b\u2011")), max_size=60
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_the_same_words_in_both(word, typed):
    one = md_escape(typed)
    source = (
        f"# Title {one}\n\n## Head {one}\n\n1. {one or 'x'}\n\n- {one or 'x'}\n\n> Said {one}\n\n"
        f"| a | b |\n|---|---|\n| {one} | x{one}x |\n\n<!-- style: signature -->\nSigned {one}\n"
    )
    from_markdown, from_word = (
        counted(passages("a.md", source.encode("utf-8"))),
        counted(passages("a.docx", word(source))),
    )
    assert from_markdown == from_word
    assert f"Said {clean(typed)}".strip() in [passage.text for passage in from_word]


# ------------------------------------------------------------------------------------- where things stand


def test_places_are_told_as_people_find_them(word):
    source = (
        "# The title\n\nFirst words\n\n## One\n\n### Below\n\nUnder a heading\n\n1. Numbered\n\n> Said\n\nAfter\n\n"
        '<!-- table: widths=1,1 caption="Sessions" -->\n| Day | Who |\n|---|---|\n| 4 May | Isla |\n\n- Entry\n\n'
        "| | |\n|---|---|\n| a | b |\n\n## Two\n\n2. Last\n"
    )
    found = counted(passages("a.docx", word(source)))
    assert [(p.place, p.text, p.kind, p.under) for p in found] == [
        ("the title", "The title", "heading", ()),
        ("at the beginning", "First words", "text", ()),
        ("the heading “One”", "One", "heading", ()),
        ("the heading “Below”", "Below", "heading", ("One",)),
        ("under “Below”", "Under a heading", "text", ("One", "Below")),
        ("paragraph 1", "Numbered", "text", ("One", "Below")),
        ("the quotation below paragraph 1", "Said", "quote", ("One", "Below")),
        ("below paragraph 1", "After", "text", ("One", "Below")),
        ("the head of the table “Sessions”", "Day\nWho", "row", ("One", "Below")),
        ("the table “Sessions”, row 1", "4 May\nIsla", "row", ("One", "Below")),
        ("the list below paragraph 1", "Entry", "text", ("One", "Below")),
        ("table 2, row 1", "a\nb", "row", ("One", "Below")),
        ("the heading “Two”", "Two", "heading", ()),
        ("paragraph 2", "Last", "text", ("Two",)),
    ]
    row = next(p for p in found if p.place == "the table “Sessions”, row 1")
    assert (row.cells, row.columns) == (("4 May", "Isla"), ("Day", "Who"))
    assert [p.number for p in found if p.number] == [1, 2]


def test_the_name_comes_first_and_is_all_that_is_read_of_other_files():
    for name in ("drawing.png", "a/b/letter.pdf", "C:\\Users\\x\\photo.jpg", "nothing"):
        (only,) = passages(name, b"\x89PNG anything")
        assert (only.kind, only.text) == ("name", re.split(r"[/\\]", name)[-1])
    assert passages("Isla.MD", b"words")[0].text == "Isla.MD"
    assert [p.text for p in passages("Isla.MD", b"words")[1:]] == ["words"]
    assert set(READ) == {".md", ".docx", ".html", ".ics", ".txt"}


# ------------------------------------------------------------------------------------- files saved elsewhere


def test_a_report_that_another_program_saved_says_the_same():
    """report.docx is report.md's Word file after LibreOffice opened and saved it."""
    before = counted(passages("report.md", (HERE / "saved_again" / "report.md").read_bytes()))
    after = counted(passages("report.docx", (HERE / "saved_again" / "report.docx").read_bytes()))
    # Places of tables change, because their captions are dropped.
    assert [(p.text, p.kind, p.number, p.under, p.cells, p.columns) for p in before] == [
        (p.text, p.kind, p.number, p.under, p.cells, p.columns) for p in after
    ]
    assert code(before) == code(after)


def test_runs_cut_anywhere_and_styles_called_otherwise_change_nothing(report):
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        document = archive.read(DOCUMENT).decode()
        styles = archive.read("word/styles.xml").decode()
    cut = re.sub(
        r'<w:t xml:space="preserve">([^<&])([^<&]+)</w:t>',
        r'<w:t>\1</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:lastRenderedPageBreak/>'
        r'<w:t xml:space="preserve">\2</w:t>',
        document,
    )
    assert cut.count("<w:r ") > 200
    for key in ("NumberedParagraph", "Heading1", "Quote", "ListBullet"):
        cut = cut.replace(f'w:val="{key}"', f'w:val="a{key}x"')
        styles = styles.replace(f'w:styleId="{key}"', f'w:styleId="a{key}x"')
    numbering = ("word/numbering.xml", 'w:val="NumberedParagraph"', 'w:val="aNumberedParagraphx"')
    again = rebuilt(report, (DOCUMENT, document, cut), ("word/styles.xml", archive_text(report), styles), numbering)
    assert counted(passages("a.docx", again)) == counted(passages("a.docx", report))


def archive_text(data, name="word/styles.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_other_set_of_names_of_word_is_read_too(report):
    strict = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for usual, other in strict.items():
                content = content.replace(usual.encode(), other.encode())
            target.writestr(name, content)
    assert counted(passages("a.docx", out.getvalue())) == counted(passages("a.docx", report))


def test_a_list_that_begins_anew_is_counted_as_word_counts_it(word):
    data = word("1. One\n\n2. Two\n\n3. Three\n")
    anew = '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    own = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr><w:r><w:t>Three'
    document = archive_text(data, DOCUMENT)
    last = re.search(r"<w:pPr><w:pStyle[^>]*/></w:pPr><w:r><w:t[^>]*>Three", document)[0]
    again = rebuilt(data, ("word/numbering.xml", "</w:numbering>", anew), (DOCUMENT, last, own))
    assert [(p.number, p.text) for p in counted(passages("a.docx", again))] == [(1, "One"), (2, "Two"), (1, "Three")]


# ------------------------------------------------------------------------------------- what lies hidden


W14 = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="x" xmlns:v="urn:schemas-microsoft-com:vml"'
INSERTED = [
    # what is put into a paragraph, what its reader sees, what lies hidden
    ("<w:ins w:author='Pat'><w:r><w:t>not </w:t></w:r></w:ins>", "not here", "not"),
    ("<w:del w:author='Pat'><w:r><w:delText>never</w:delText></w:r></w:del>", "here", "never"),
    ("<w:moveFrom><w:r><w:t>Larkspur Road</w:t></w:r></w:moveFrom>", "here", "Larkspur Road"),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>", "here", "unseen"),
    ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen </w:t></w:r>", "seen here", None),
    ("<w:hyperlink w:anchor='there' w:tooltip='Tip'><w:r><w:t>link </w:t></w:r></w:hyperlink>", "link here", "Tip"),
    ("<w:fldSimple w:instr=' AUTHOR Pat '><w:r><w:t>P </w:t></w:r></w:fldSimple>", "P here", "AUTHOR Pat"),
    ("<w:fldSimple w:instr=' PAGE '><w:r><w:t>7</w:t></w:r></w:fldSimple>", "#here", "PAGE"),
    ("<w:r><w:t>one<!-- x --> two<?x y?> three </w:t></w:r>", "one two three here", None),
    ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>printed </w:t></w:r>", "printed here", None),
    ("<w:r><w:rPr><w:strike/></w:rPr><w:t>not </w:t></w:r>", "here", "not"),
    ("<w:r><w:rPr><w:dstrike w:val='true'/></w:rPr><w:t>not </w:t></w:r>", "here", "not"),
    ("<w:bdo w:val='rtl'><w:r><w:t>41 </w:t></w:r></w:bdo>", "\ufffd41 here", None),
    ("<w:r><w:t>\u202e41\u202c </w:t></w:r>", "\ufffd41\ufffd here", None),
    ("<w:fldSimple w:instr=' PAGE '><w:r><w:t>not agreed </w:t></w:r></w:fldSimple>", "#not agreed here", "PAGE"),
    ("<w:sdt><w:sdtPr><w:alias w:val='Mother'/></w:sdtPr><w:sdtContent><w:r><w:t>in </w:t></w:r></w:sdtContent></w:sdt>", "in here", "Mother"),
    ("<w:bookmarkStart w:id='0' w:name='Isla_1'/><w:bookmarkEnd w:id='0'/>", "here", "Isla_1"),
    ("<w:r><w:noBreakHyphen/><w:softHyphen/><w:tab/><w:sym w:font='x' w:char='F0FC'/></w:r>", "\u2011\u00ad\t\uf0fchere", None),
    ("<w:r><w:footnoteReference w:id='2'/></w:r><w:smartTag><w:r><w:t>tag </w:t></w:r></w:smartTag>", "tag here", None),
    (f"<w:r><mc:AlternateContent {W14}><mc:Choice><w:t>new </w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r>", "new here", "old"),
    (f"<w:r><w:pict {W14}><v:shape><v:textpath string='COPY '/></v:shape></w:pict></w:r>", "COPY here", None),
    ("<w:r><w:instrText>IF Isla</w:instrText></w:r>", "here", "IF Isla"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "seen", "unseen"), INSERTED, ids=range(len(INSERTED)))
def test_what_a_paragraph_shows_and_what_it_hides(word, inside, seen, unseen):
    data = rebuilt(word("here"), (DOCUMENT, "</w:pPr><w:r><w:t", f"</w:pPr>{inside}<w:r><w:t"))
    found = passages("a.docx", data)
    assert [p.text for p in counted(found)] == [seen]
    if unseen is None:
        assert not [p for p in found if p.kind == "hidden" and p.place.endswith("at the beginning")]
    else:
        assert unseen in of_kind(found, "hidden")


def test_a_field_that_reaches_over_paragraphs_and_one_within_another(word):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin, separate, end = (mark.format(kind) for kind in ("begin", "separate", "end"))

    def told(words):
        return f"<w:r><w:instrText>{words}</w:instrText></w:r>"

    data = word("one\n\ntwo")
    first = f"</w:pPr>{begin}{told('TOC ')}{begin}{told('NUMPAGES')}{separate}<w:r><w:t>9</w:t></w:r>{end}{separate}<w:r><w:t"
    document = archive_text(data, DOCUMENT).replace("</w:pPr><w:r><w:t", first, 1)
    at = document.rindex("</w:p>")
    document = f"{document[:at]}{end}<w:r><w:t> after</w:t></w:r>{document[at:]}"
    found = passages("a.docx", rebuilt(data, (DOCUMENT, archive_text(data, DOCUMENT), document)))
    assert [p.text for p in counted(found)] == ["one", "two after"]
    assert {"NUMPAGES", "TOC"} <= set(of_kind(found, "hidden"))


def test_text_boxes_are_read_once_and_as_text(word):
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    inside = (
        f"<w:r><mc:AlternateContent {W14}><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = passages("a.docx", rebuilt(word("here"), (DOCUMENT, "</w:pPr><w:r><w:t", f"</w:pPr>{inside}<w:r><w:t")))
    assert [p.text for p in counted(found)] == ["here", "In a box"]
    assert not [p for p in found if p.place.startswith("words for older programs")]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(data, **parts):
    """The file with parts more that its text refers to."""
    lines = "".join(f'<Relationship Id="x{kind}" Type="{KIND}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    rels = ("word/_rels/document.xml.rels", "</Relationships>", f"{lines}</Relationships>")
    return rebuilt(data, rels, parts={f"word/{kind}.xml": text for kind, text in parts.items()})


def test_notes_count_as_words_and_comments_are_hidden(word):
    note = f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote><w:p><w:r><w:t>Below</w:t></w:r></w:p></w:footnote></w:footnotes>'
    remark = f'<w:comments {W}><w:comment w:author="Pat Quill"><w:p><w:r><w:t>Who said so?</w:t></w:r></w:p></w:comment></w:comments>'
    found = passages("a.docx", related(word("here"), footnotes=note, comments=remark))
    assert [(p.place, p.text) for p in counted(found)] == [("at the beginning", "here"), ("footnote 1", "Below")]
    hidden = {p.text: p.place for p in found if p.kind == "hidden"}
    assert hidden["Who said so?"].startswith(REMARKS)
    assert hidden["Pat Quill"].startswith(REMARKS)


def test_header_footer_and_every_property_are_told(word, fields):
    custom = '<Properties xmlns="c" xmlns:vt="v"><property name="Client"><vt:lpwstr>Ashdown</vt:lpwstr></property></Properties>'
    app = "<Properties><Company>Team</Company><Pages>3</Pages></Properties>"
    data = rebuilt(word("here"), parts={"docProps/custom.xml": custom, "docProps/app.xml": app})
    found = passages("a.docx", data)
    assert of_kind(found, "header") == [
        "Report to the court\tCase number ZE23P01234",
        f"{fields.classification}\tDRAFT",
    ]
    assert [text.strip() for text in of_kind(found, "footer")] == ["Page # of #"]
    told = {p.place: p.text for p in found if p.kind == "property"}
    assert told["the property “Client”"] == "Ashdown"
    assert told["the property “Company”"] == "Team"
    assert told["the property “identifier”"] == "ZE23P01234"
    assert told["the property “creator”"] == "Pat Lindqvist"


def test_what_other_programs_left_in_the_file_is_told(word, drawing):
    settings = f'<w:settings {W}><w:docVars><w:docVar w:name="Addr" w:val="7 Larkspur Road"/></w:docVars></w:settings>'
    parts = {
        "customXml/item1.xml": "<data><who>Gareth</who></data>",
        "word/diagrams/data1.xml": "<d><a><t>Box words</t></a></d>",
        "word/embeddings/old-report.docx": b"PK",
    }
    rels = ("word/_rels/document.xml.rels", "</Relationships>",
            f'<Relationship Id="z" Type="{KIND}/attachedTemplate" Target="file:///C:/Users/pat/x.dotx" TargetMode="External"/></Relationships>')  # fmt: skip
    data = word("![Words for it](a/drawing.png)", drawing)
    data = rebuilt(data, rels, ("word/settings.xml", archive_text(data, "word/settings.xml"), settings), parts=parts)
    found = passages("a.docx", data)
    hidden = "\n".join(of_kind(found, "hidden"))
    for words in ("7 Larkspur Road", "Gareth", "Box words", "old-report.docx", "C:/Users/pat", "word/media/image1.png"):
        assert words in hidden
    assert of_kind(found, "alternative text") == ["Words for it"]
    assert len(pictures_in("a.docx", data)) == 1
    assert pictures_in("a.docx", word("here")) == pictures_in("a.md", b"") == frozenset()


def test_tables_within_tables_struck_rows_and_descriptions(word):
    data = word("| a | b |\n|---|---|\n| c | d |\n| e | f |\n")
    document = archive_text(data, DOCUMENT)
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    changed = document.replace("<w:tblLook", '<w:tblDescription w:val="Told"/><w:tblLook', 1)
    changed = re.sub(r"(<w:tc>(?:(?!<w:tc>).)*?>c</w:t></w:r></w:p>)", rf"\1{inner}<w:p/>", changed, count=1)
    head, row = changed.rsplit("<w:tr>", 1)
    row = (
        row.replace("<w:trPr>", '<w:trPr><w:del w:author="P"/>', 1)
        if "<w:trPr>" in row
        else f"<w:trPr><w:hidden/></w:trPr>{row}"
    )
    found = passages("a.docx", rebuilt(data, (DOCUMENT, document, f"{head}<w:tr>{row}")))
    assert [p.cells for p in counted(found)] == [("a", "b"), ("c\ninner", "d")]
    assert {"Told", "e\nf"} <= set(of_kind(found, "hidden"))


# ------------------------------------------------------------------------------------- Markdown of others


def test_markdown_that_was_changed_by_hand_is_read_and_not_refused():
    source = (
        '# T\n\nA [link](http://x.example "Tip") and `code`.\n\n<div>Raw <b>words</b></div>\n\n'
        "<!-- style: notice -->\nNotice <!-- within --> <i>seen</i>\n\n<!-- a remark -->\n\n```\nfenced\n```\n\n"
        '    indented\n\n---\n\n1. one\n   - below\n\n   more\n\n[ref]: http://y.example "Unused"\n\n~~gone~~\n'
    )  # fmt: skip
    found = passages("a.md", source.encode())
    seen = "\n".join(p.text for p in counted(found))
    for words in (
        "A link and code.",
        "Raw words",
        "Notice",
        "seen",
        "fenced",
        "indented",
        "one",
        "below",
        "more",
    ):
        assert words in seen
    hidden = of_kind(found, "hidden")
    for words in ("http://x.example", "Tip", "within", "a remark", "http://y.example Unused", "gone"):
        assert words in hidden
    assert "style: notice" not in hidden


def test_what_only_the_markdown_has_is_the_footer_and_no_word():
    source = "# T\n\nWords\n<!-- only: markdown -->\nVersion 4 · code 2222-2222-2222\n"
    found = passages("a.md", source.encode())
    assert of_kind(found, "footer") == ["Version 4 · code 2222-2222-2222"]
    assert [p.text for p in counted(found)] == ["T", "Words"]
    table = passages("a.md", b"<!-- only: markdown -->\n| a |\n|---|\n| b |\n\nafter\n")
    assert of_kind(table, "footer") == ["a", "b"]
    assert [p.text for p in counted(table)] == ["after"]


def test_a_mark_that_turns_words_round_is_seen_everywhere():
    for name in ("a.md", "a.html", "a.txt", "a.ics"):
        found = passages(name, "SUMMARY:On \u202e41\u202c May".encode())
        assert found[1].text.endswith("On \ufffd41\ufffd May")
    assert code(passages("a.md", "On \u202e41\u202c May".encode())) != code(passages("a.md", b"On 41 May"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_editors_may_save_markdown_in_their_own_way(encoding):
    found = passages("a.md", "# Zoë’s plan\r\n\r\n1. Words\r\n".encode(encoding))
    assert [(p.text, p.number) for p in counted(found)] == [("Zoë’s plan", None), ("Words", 1)]


# ------------------------------------------------------------------------------------- pages, calendars, lines


def test_a_page_is_read_with_its_attributes_scripts_and_comments():
    page = (
        "<!doctype html><html lang=en><head><title>Form for Sam</title><style>p{}</style></head><body>\n<h1>Plan</h1>"
        "<!-- left by hand --><h2>Nights</h2><p title='Tip'>Two\n  words<br>next &amp; last</p><ul><li>Entry</li></ul>"
        "<table><tr><th>Day</th><th>Who</th></tr><tr><td>4 May</td><td>Sam</td></tr></table>"
        "<input placeholder='Your words' value='Larkspur' aria-label='Address' data-case='F3KQ' type=text id=x>"
        "<img alt='A house' src='data:,'><script>const isla = 'Isla';</script><blockquote>Said</blockquote></body></html>"
    )
    found = passages("a.html", page.encode())
    told = [(p.text, p.kind) for p in found]
    for piece in (
        ("Plan", "heading"), ("Nights", "heading"), ("Two words\nnext & last", "text"), ("Entry", "text"),
        ("Day\nWho", "row"), ("4 May\nSam", "row"), ("A house", "alternative text"), ("Said", "quote"),
        ("Form for Sam", "property"), ("left by hand", "hidden"), ("Tip", "hidden"), ("Your words", "hidden"),
        ("Larkspur", "hidden"), ("Address", "hidden"), ("F3KQ", "hidden"), ("const isla = 'Isla';", "hidden"),
    ):  # fmt: skip
        assert piece in told
    row = next(p for p in found if p.text == "4 May\nSam")
    assert (row.columns, row.under) == (("Day", "Who"), ("Nights",))


def test_what_a_script_spells_by_number_is_read():
    page = r'<p data-x="Ren\u00e9e">x</p><script type="application/json">{"a": "Zo\u00eb \ud83d\ude42 said \"Dad\u0027s\"\nhome"}</script>'
    hidden = of_kind(passages("a.html", page.encode()), "hidden")
    assert hidden == ["Renée", '{"a": "Zoë 🙂 said "Dad\'s"\nhome"}']


@pytest.mark.parametrize("family", ["family-1", "family-2"])
def test_a_form_that_is_given_to_a_parent_is_read_to_the_last_word(desk, shelf, family):
    """Every word between two tags of the page, and every word of an attribute, is in a passage."""
    from html.parser import HTMLParser

    from cppp_cli import paths
    from cppp_cli.commands.agreement_form import form_for
    from cppp_cli.documents import parent_form
    from cppp_cli.programme.parent_form import new_token
    from cppp_cli.store import cases

    case = cases.load(desk.db, shelf.cases[family])
    page = parent_form.render(form_for(desk, case, "A", new_token(b"12345678")), [paths.shipped_templates()])
    found = passages("form.html", page.encode())
    words = []

    class Every(HTMLParser):
        def handle_data(self, data):
            words.append(data)

        def handle_starttag(self, _tag, attrs):
            words.extend(value or "" for name, value in attrs if name.startswith("data-") or name in {"title", "value"})

    Every().feed(page)
    everything = "\n".join(passage.text for passage in found)
    expected = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\\u[0-9a-f]{4}|\\n", " ", " ".join(words))))
    assert len(expected) > 500
    assert {word for word in expected if word not in everything} == set()
    shown = " ".join(passage.text for passage in found if passage.kind in COUNTED)
    assert all(child.called or child.full_name.split()[0] in shown for child in case.children)


def test_a_calendar_file_is_read_as_another_program_reads_it():
    from datetime import UTC, datetime

    from icalendar import Calendar, Event

    words = (
        "Session; with Isla, at the library "
        + "and a very long line that has to be folded, " * 4
        + "\nbring the letter"
    )
    event = Event()
    event.add("summary", words)
    event.add("location", "7 Larkspur Road")
    event.add("dtstart", datetime(2026, 8, 6, 9, tzinfo=UTC))
    event.add("attendee", "mailto:sam@example.org", parameters={"CN": "Sam; Poole"})
    calendar = Calendar()
    calendar.add("prodid", "-//cppp//EN")
    calendar.add("x-wr-calname", "Timetable")
    calendar.add_component(event)
    found = passages("a.ics", calendar.to_ical())
    told = {p.place: (p.text, p.kind) for p in found}
    assert told["SUMMARY of entry 1"] == (words, "text")
    assert told["LOCATION of entry 1"] == ("7 Larkspur Road", "text")
    assert told["X-WR-CALNAME of the calendar"] == ("Timetable", "property")
    assert told["ATTENDEE of entry 1"] == ("mailto:sam@example.org", "hidden")
    assert "Sam; Poole" in told["what stands beside ATTENDEE of entry 1"][0]


def test_plain_text_line_by_line():
    assert [(p.place, p.text) for p in passages("a.txt", b"one\r\n\r\n  two ")[1:]] == [
        ("line 1", "one"),
        ("line 3", "two"),
    ]


# ------------------------------------------------------------------------------------- files nobody should trust


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
RELS = f'<Relationships><Relationship Id="r" Type="{KIND}/officeDocument" Target="word/document.xml"/></Relationships>'
BAD = {
    "empty": b"",
    "not a zip": b"PK\x03\x04 nonsense",
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64,
    "another zip": zipped(**{"a.txt": "x"}),
    "no text": zipped(**{"_rels/.rels": RELS}),
    "outside the file": zipped(**{"_rels/.rels": RELS.replace("word/document.xml", "../../etc/hostname")}),
    "not XML": zipped(**{"_rels/.rels": RELS, DOCUMENT: "<w:document"}),
    "entities": zipped(**{"_rels/.rels": RELS, DOCUMENT: LAUGHS}),
    "entities in UTF-16": zipped(**{"_rels/.rels": RELS, DOCUMENT: LAUGHS.encode("utf-16")}),
    "a file of this computer": zipped(**{"_rels/.rels": RELS, DOCUMENT: OUTSIDE}),
    "too deep": zipped(**{"_rels/.rels": RELS, DOCUMENT: "<a>" * 5000 + "</a>" * 5000}),
    "a bomb": zipped(**{"_rels/.rels": RELS, DOCUMENT: b" " * (read_back_package.LARGEST_PART + 1)}),
    "many parts": zipped(**{f"{number}": "" for number in range(read_back_package.MOST_PARTS + 1)}),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_a_sentence_and_at_once(kind):
    began = time.monotonic()
    with pytest.raises(AnswersError) as refused:
        passages("Isla.docx", BAD[kind])
    assert time.monotonic() - began < 5
    assert refused.value.exit_code == 3
    assert str(refused.value).endswith(".")
    assert not re.search(r"Isla|hostname|etc|XML|Error", str(refused.value))


def test_parts_that_are_small_alone_and_large_together_are_refused(monkeypatch, word):
    monkeypatch.setattr(read_back_package, "LARGEST_WHOLE", 9_000)
    with pytest.raises(AnswersError, match="unpacks"):
        passages("a.docx", word("here"))


def test_a_file_that_lies_about_the_size_of_a_part_is_refused(word):
    data = bytearray(word("here"))
    at = data.index(b"PK\x01\x02")
    while bytes(data[at + 46 : at + 46 + len(DOCUMENT)]) != DOCUMENT.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = (7).to_bytes(4, "little")
    with pytest.raises(AnswersError):
        passages("a.docx", bytes(data))


def test_a_damaged_word_file_is_read_or_refused_and_never_breaks(report):
    """One byte changed at forty places, and the file cut off at ten."""
    for step in range(40):
        data = bytearray(report)
        data[len(data) * step // 40 + 11] ^= 0xFF
        read_or_refused(bytes(data))
    for step in range(10):
        read_or_refused(report[: len(report) * step // 10])


def read_or_refused(data):
    try:
        assert passages("a.docx", data)[0].kind == "name"
    except AnswersError as error:
        assert "\n" not in str(error)  # noqa: PT017  - either outcome is right


@pytest.mark.parametrize("suffix", [".md", ".html", ".ics", ".txt"])
def test_what_is_not_text_or_too_large_is_refused(suffix):
    for data in (b"\xff\x00\xfe", b"caf\xe9", b"a\x00b", b" " * (LARGEST_FILE + 1)):
        with pytest.raises(AnswersError):
            passages(f"a{suffix}", data)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_a_reader(text):
    for name in ("a.md", "a.html", "a.ics", "a.txt"):
        for passage in passages(name, text.replace("\x00", "").encode("utf-8", "replace")):
            assert passage.kind in KINDS
            assert passage.text == passage.text.strip()
            assert passage.text
