from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from cppp_cli.documents.md2docx import DocFields, to_docx
from cppp_cli.documents.md_escape import md_escape
from cppp_cli.errors import PictureError, TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

REPORT = """\
# Report

<!-- table: facts widths=30,70 caption="The case" -->
| | |
|---|---|
| Court | Northbridge |
| Children | Robin<br>Sam |

<!-- style: notice -->
**Confidential.** For the court only.

## Work done

1. These sessions took place:

<!-- style: caption -->
Table 1

<!-- table: widths=1,2,1 caption="Sessions" -->
| No | Who | Length |
|---:|---|---|
| 1 | Alex | short |
| 2 | Jo | {long} |

2. Robin said:

> I like it when you both come.

![Two houses]({picture})

<!-- style: caption -->
Drawing 1

- one
- two

<!-- page: new -->
## Annex

| a | b |
|---|---|
| c | d |

<!-- table: facts -->
| | |
|---|---|
| e | f |

3. Last words.

<!-- style: signature -->
**Pat Lindqvist**\\
Family Court Adviser
"""


def png(width=40, height=30, **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG", **options)
    return out.getvalue()


@pytest.fixture
def report(house_style, fields):
    text = REPORT.format(long="word " * 200, picture="files/drawing.png")
    return to_docx(text, house_style, fields, {"files/drawing.png": png()})


@pytest.fixture
def body(report, parts):
    return parts(report)["word/document.xml"].find(f"{W}body")


def style_of(paragraph):
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def text_of(element):
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def paragraph_with(body, words):
    (found,) = [p for p in body.iter(f"{W}p") if text_of(p).startswith(words)]
    return found


def test_an_independent_validator_finds_nothing(report, audit):
    assert audit(report) == []


def test_the_validator_would_find_something(report, audit):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(report)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:pStyle ", b"<w:noSuchThing "))
    assert audit(changed.getvalue())


def test_a_hostile_document_is_valid(house_style, fields, audit):
    hostile = (
        md_escape("\x00\x0b\ud800\ufffe\u202e </w:t> <!-- ]]> & \t\n {{ x }} | `*_ אב 👨‍👩‍👧") + "&#1;&#x202e;&#xfffe;"
    )
    text = f"# {hostile}\n\n1. {hostile}\n\n> {hostile}\n\n| a |\n|---|\n| {hostile} |\n\n![{hostile}](a.png)\n"
    strange = replace(
        fields, title=hostile * 9, author="\x07\ud800", case_number="{{ status }}\n\x00", short_title="<&>"
    )
    data = to_docx(text, house_style, strange, {"a.png": png()})
    assert audit(data) == []


def test_the_same_input_gives_the_same_bytes(report, house_style, fields):
    text = REPORT.format(long="word " * 200, picture="files/drawing.png")
    assert to_docx(text, house_style, fields, {"files/drawing.png": png()}) == report
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        entries = archive.infolist()
    assert [e.filename for e in entries] == sorted(e.filename for e in entries)
    assert {(e.date_time, e.create_system, e.external_attr) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16)
    }


def test_case_marking_and_draft_stand_in_the_header_and_pages_are_counted(report, parts):
    xml = parts(report)
    header = text_of(xml["word/header1.xml"])
    assert all(words in header for words in ("ZE23P01234", "CONFIDENTIAL: family proceedings", "Report to the court"))
    assert "DRAFT" in header
    codes = [code.text.strip() for code in xml["word/footer1.xml"].iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]
    assert re.fullmatch(r"Page \d+ of \d+", text_of(xml["word/footer1.xml"]))


def test_no_placeholder_is_left_anywhere(report):
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        assert all(b"{{" not in archive.read(name) for name in archive.namelist())


def test_a_final_document_has_no_draft_mark(house_style, fields, parts):
    xml = parts(to_docx("a", house_style, replace(fields, status="")))
    assert "DRAFT" not in text_of(xml["word/header1.xml"])


def test_the_page_and_the_letters_are_what_courts_ask_for(report, parts):
    xml = parts(report)
    section = xml["word/document.xml"].find(f"{W}body/{W}sectPr")
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert {margins.get(f"{W}{side}") for side in ("top", "right", "bottom", "left")} == {"1440"}
    styles = xml["word/styles.xml"]
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert set(default.find(f"{W}rFonts").attrib.values()) == {"Arial"}
    assert default.find(f"{W}sz").get(f"{W}val") == "24"
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {"en-GB"}
    by_id = {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")}
    for name in ("BodyText", "NumberedParagraph", "ListBullet", "Quote"):
        assert by_id[name].find(f"{W}pPr/{W}spacing").get(f"{W}line") == "360"
    for name in ("TableText", "Notice", "Caption"):
        assert int(by_id[name].find(f"{W}rPr/{W}sz").get(f"{W}val")) >= 22
    (mode,) = [
        s for s in xml["word/settings.xml"].iter(f"{W}compatSetting") if s.get(f"{W}name") == "compatibilityMode"
    ]
    assert mode.get(f"{W}val") == "15"


def test_nothing_is_coloured_in(report):
    with zipfile.ZipFile(io.BytesIO(report)) as archive:
        text = b"".join(archive.read(n) for n in archive.namelist() if n.startswith("word/") and "theme" not in n)
    assert b"<w:shd" not in text
    assert b"<w:highlight" not in text
    assert b"<w:color " not in text


def test_headings_are_real_headings(body, report, parts):
    styles = {s.get(f"{W}styleId"): s for s in parts(report)["word/styles.xml"].iter(f"{W}style")}
    heading = paragraph_with(body, "Work done")
    style = styles[style_of(heading)]
    assert style.find(f"{W}name").get(f"{W}val") == "heading 1"
    assert style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"
    assert style.find(f"{W}pPr/{W}keepNext") is not None


def test_tables_repeat_their_header_and_keep_to_their_widths(body):
    facts, sessions, small, _ = body.findall(f"{W}tbl")
    assert [int(c.get(f"{W}w")) for c in facts.iter(f"{W}gridCol")] == [2707, 6319]
    for table in (facts, sessions, small):
        widths = [c.get(f"{W}w") for c in table.iter(f"{W}gridCol")]
        assert sum(map(int, widths)) == 9026
        for row in table.iter(f"{W}tr"):
            assert [c.get(f"{W}w") for c in row.iter(f"{W}tcW")] == widths
    heads = [[row.find(f"{W}trPr/{W}tblHeader") is not None for row in t.iter(f"{W}tr")] for t in (facts, sessions)]
    assert heads == [[False, False], [True, False, False]]
    assert [t.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for t in (facts, sessions)] == ["The case", "Sessions"]
    assert [style_of(p) for p in facts.iter(f"{W}p")] == ["TableHeading", "TableText"] * 2


def test_columns_without_given_widths_have_room_for_their_words(house_style, fields, parts):
    text = f"| Amount | What | Outstanding |\n|---|---|---|\n| 1,200 | {'many words ' * 30} | yes |\n| 7 | {'x' * 500} | no |\n"
    xml = parts(to_docx(text, house_style, fields))["word/document.xml"]
    widths = [int(c.get(f"{W}w")) for c in xml.iter(f"{W}gridCol")]
    assert sum(widths) == 9026
    assert widths[0] >= len("Amount") * 110 + 200
    assert widths[2] >= len("Outstanding") * 110 + 200
    assert widths[1] > max(widths[0], widths[2])


def test_short_rows_stay_whole_and_long_ones_may_break(body):
    sessions = body.findall(f"{W}tbl")[1]
    assert [r.find(f"{W}trPr/{W}cantSplit") is not None for r in sessions.iter(f"{W}tr")] == [True, True, False]


def stays(paragraph):
    found = paragraph.find(f"{W}pPr/{W}keepNext")
    return None if found is None else found.get(f"{W}val") != "0"


def test_what_belongs_together_stays_on_one_page(body):
    assert stays(paragraph_with(body, "These sessions took place:"))
    assert stays(paragraph_with(body, "Robin said:"))
    assert stays(paragraph_with(body, "Last words."))
    assert stays(paragraph_with(body, "Drawing 1")) is False
    facts, sessions, *_ = body.findall(f"{W}tbl")
    assert [stays(row.find(f".//{W}p")) for row in facts.iter(f"{W}tr")] == [True, None]
    assert [stays(row.find(f".//{W}p")) for row in sessions.iter(f"{W}tr")] == [True, None, None]


def test_a_page_begins_where_asked(body):
    begins = [text_of(p) for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert begins == ["Annex"]


def test_two_tables_and_the_end_are_kept_apart_by_a_paragraph(house_style, fields, parts):
    table = "| a |\n|---|\n| b |\n"
    xml = parts(to_docx(f"{table}\n{table}", house_style, fields))
    tags = [child.tag.removeprefix(W) for child in xml["word/document.xml"].find(f"{W}body")]
    assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


def test_an_empty_document_is_still_a_document(house_style, fields, audit):
    assert audit(to_docx("", house_style, fields)) == []


def test_every_picture_has_words_and_fits_the_page(house_style, fields, parts):
    sizes = {"small.png": (30, 20), "wide.png": (4000, 100), "tall.png": (100, 4000), "page.png": (2400, 1700)}
    text = "\n\n".join(f"![About {name}]({name})" for name in sizes)
    pictures = {name: png(*size) for name, size in sizes.items()}
    xml = parts(to_docx(text, house_style, fields, pictures))["word/document.xml"]
    shown = list(xml.iter(f"{WP}inline"))
    assert [s.find(f"{WP}docPr").get("descr") for s in shown] == [f"About {name}" for name in sizes]
    assert len({s.find(f"{WP}docPr").get("id") for s in shown}) == len(sizes)
    for inline, (width, height) in zip(shown, sizes.values(), strict=True):
        cx, cy = (int(inline.find(f"{WP}extent").get(key)) for key in ("cx", "cy"))
        assert cx <= 9026 * 635 + 1
        assert cy <= 7 * 914400 + 1
        assert cx / cy == pytest.approx(width / height, rel=0.02)
    first = shown[0].find(f"{WP}extent")
    assert int(first.get("cx")) == 30 * 914400 // 150


def test_a_picture_comes_from_the_given_ones_only(house_style, fields, tmp_path):
    path = tmp_path / "secret.png"
    path.write_bytes(png())
    for name in (str(path), path.as_posix(), "other.png"):
        with pytest.raises(TemplateError, match="picture"):
            to_docx(f"![words](<{name}>)", house_style, fields, {"drawing.png": png()})


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a\x01\x00\x01\x00", b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]
)
def test_what_is_no_picture_is_refused(house_style, fields, data):
    with pytest.raises(PictureError):
        to_docx("![words](a.png)", house_style, fields, {"a.png": data})


def test_a_picture_without_a_sensible_resolution_is_taken(house_style, fields):
    assert to_docx("![words](a.png)", house_style, fields, {"a.png": png(dpi=(0.001, 0.001))})


def test_the_properties_come_from_the_fields_alone(changed_house_style, fields, parts):
    house = changed_house_style(
        ("docProps/core.xml", "House style</dc:title>", "Old title</dc:title><dc:creator>Somebody Else</dc:creator>")
    )
    data = to_docx("a", house, fields)
    core = {e.tag.rpartition("}")[2]: e.text or "" for e in parts(data)["docProps/core.xml"]}
    assert core["title"] == "CPPP report"
    assert core["creator"] == core["lastModifiedBy"] == "Pat Lindqvist"
    assert core["created"] == core["modified"] == "2027-03-06T10:30:00Z"
    assert core["contentStatus"] == "DRAFT"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Somebody Else" not in everything
    assert b"Old title" not in everything
    assert b"python-docx" not in everything


def test_the_fields_are_records_that_do_not_change(fields):
    record = DocFields("t", "s", "a", "n", "c", "h", "", fields.created)
    with pytest.raises(AttributeError):
        record.title = "x"


def test_a_long_report_takes_a_few_seconds_at_most(house_style, fields):
    """Guards against work that grows with the square of the length: 2,000 paragraphs and 500 rows."""
    rows = "".join(f"| {n} | some words about it | agreed |\n" for n in range(500))
    text = "".join(f"{n}. {'word ' * 40}\n\n" for n in range(1, 2001)) + "| a | b | c |\n|---|---|---|\n" + rows
    began = time.perf_counter()
    assert to_docx(text, house_style, fields)
    assert time.perf_counter() - began < 10
