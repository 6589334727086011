"""The house style is edited by offices, so whatever can be missing from it is refused before a document is written."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from cppp_cli.documents.docx_house import STYLES
from cppp_cli.documents.md2docx import to_docx
from cppp_cli.errors import TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADER, SETTINGS, DOCUMENT = "word/header1.xml", "word/settings.xml", "word/document.xml"


def text_of(element):
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_header(house_style, page, *texts):
    """The house style with another header for the first page or for even pages."""
    document = Document(io.BytesIO(house_style))
    section = document.sections[0]
    if page == "first":
        section.different_first_page_header_footer = True
        header = section.first_page_header
    else:
        document.settings.odd_and_even_pages_header_footer = True
        header = section.even_page_header
    header.is_linked_to_previous = False
    for text in texts:
        header.add_paragraph(text)
    return saved(document)


def test_the_committed_file_is_what_its_source_builds(house_style, make_house_style, parts):
    built, committed = parts(make_house_style.build()), parts(house_style)
    assert built.keys() == committed.keys()
    for name, root in built.items():
        assert [(e.tag, e.attrib, e.text) for e in root.iter()] == [
            (e.tag, e.attrib, e.text) for e in committed[name].iter()
        ]


def test_the_shipped_house_style_is_valid(house_style, audit):
    assert audit(house_style) == []


@pytest.mark.parametrize("page", ["first", "even"])
def test_each_header_in_use_is_filled(house_style, fields, parts, page):
    house = with_header(house_style, page, "{{ case_number }} {{classification}}", "{{ status }} x {{ short_title }}")
    xml = parts(to_docx("a", house, fields))
    headers = [text_of(root) for name, root in xml.items() if name.startswith("word/header")]
    assert len(headers) == 2
    for words in ("ZE23P01234", "CONFIDENTIAL: family proceedings", "DRAFT", "Report to the court"):
        assert all(words in header for header in headers)


@pytest.mark.parametrize("page", ["first", "even"])
@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ((), "case_number"),
        (("Letterhead",), "case_number"),
        (("{{ case_number }} {{ status }}",), "classification"),
        (("{{ case_number }} {{ classification }}",), "status"),
    ],
)
def test_a_header_in_use_without_case_or_marking_is_refused(house_style, fields, page, texts, missing):
    with pytest.raises(TemplateError, match=missing) as caught:
        to_docx("a", with_header(house_style, page, *texts), fields)
    assert page in str(caught.value)


def test_a_header_that_is_not_in_use_is_not_asked_for(house_style, fields, parts):
    document = Document(io.BytesIO(with_header(house_style, "first", "Letterhead without anything")))
    document.sections[0].different_first_page_header_footer = False
    assert to_docx("a", saved(document), fields)


@pytest.mark.parametrize("name", ["case_number", "classification", "status"])
def test_the_ordinary_header_without_case_or_marking_is_refused(changed_house_style, fields, name):
    house = changed_house_style((HEADER, f"{{{{ {name} }}}}", "gone"))
    with pytest.raises(TemplateError, match=name):
        to_docx("a", house, fields)


def test_a_house_style_without_a_header_is_refused(changed_house_style, fields):
    house = changed_house_style((DOCUMENT, '<w:headerReference w:type="default" r:id="rId4"/>', ""))
    with pytest.raises(TemplateError, match="case_number"):
        to_docx("a", house, fields)


@pytest.mark.parametrize("left", ["{{ judge }}", "{{ case_number", "case_number }}", "{{ }}", "{{{{ x"])
@pytest.mark.parametrize("part", [HEADER, "word/footer1.xml"])
def test_a_placeholder_that_cannot_be_filled_is_refused(changed_house_style, fields, left, part):
    house = changed_house_style((part, "</w:p></w:", f"<w:r><w:t>{left}</w:t></w:r></w:p></w:"))
    with pytest.raises(TemplateError, match="placeholder"):
        to_docx("a", house, fields)


def test_a_placeholder_cut_into_pieces_by_word_is_filled(changed_house_style, fields, parts):
    pieces = "".join(
        f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{piece}</w:t></w:r><w:proofErr w:type="spellStart"/>'
        for piece in ("No {", "{ case_", "number", " }", "} of {{status}} and {{ status }} ", "end")
    )
    house = changed_house_style((HEADER, "<w:p>", f"<w:p>{pieces}</w:p><w:p>"))
    header = text_of(parts(to_docx("a", house, fields))[HEADER])
    assert header.startswith("No ZE23P01234 of DRAFT and DRAFT end")


def test_a_value_that_looks_like_a_placeholder_is_printed_as_it_is(house_style, fields, parts):
    strange = replace(fields, short_title="{{ case_number }} {{ x }}")
    header = text_of(parts(to_docx("a", house_style, strange))[HEADER])
    assert "{{ case_number }} {{ x }}" in header


def test_a_placeholder_in_a_text_box_is_filled(changed_house_style, fields, parts):
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>{{ status }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    house = changed_house_style((HEADER, "</w:p></w:hdr>", f"{box}</w:p></w:hdr>"))
    assert text_of(parts(to_docx("a", house, fields))[HEADER]).count("DRAFT") == 2


def test_tracked_changes_in_a_header_are_refused(changed_house_style, fields):
    house = changed_house_style((HEADER, "<w:p>", '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>y</w:t></w:r></w:ins>'))
    with pytest.raises(TemplateError, match="tracked"):
        to_docx("a", house, fields)


@pytest.mark.parametrize("name", sorted(STYLES.values()))
def test_a_missing_style_is_named(house_style, fields, name):
    document = Document(io.BytesIO(house_style))
    for style in list(document.styles.element):
        label = style.find(f"{W}name")
        if label is not None and label.get(f"{W}val").casefold() == name.casefold():
            document.styles.element.remove(style)
    with pytest.raises(TemplateError, match=name):
        to_docx("a", saved(document), fields)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="lowerLetter"/>'),
        ('<w:start w:val="1"/>\n<w:numFmt w:val="decimal"/>', '<w:start w:val="5"/>\n<w:numFmt w:val="decimal"/>'),
        ('<w:lvlText w:val="%1."/>', '<w:lvlText w:val="."/>'),
        ('<w:num w:numId="1">', '<w:num w:numId="7">'),
        (
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/>',
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"/>',
        ),
    ],
)
def test_numbering_that_is_not_1_2_3_is_refused(changed_house_style, fields, old, new):
    with pytest.raises(TemplateError, match="1, 2, 3"):
        to_docx("1. a", changed_house_style(("word/numbering.xml", old, new)), fields)


def test_what_an_office_leaves_in_the_file_is_not_passed_on(changed_house_style, fields, parts):
    folder = "file:///C:/Users/somebody/Templates/Office.dotx"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{folder}" TargetMode="External"/></Relationships>'
    )
    attached = '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
    house = changed_house_style(
        (
            SETTINGS,
            '<w:defaultTabStop w:val="720"/>',
            f'{attached}<w:proofState w:spelling="clean"/><w:defaultTabStop w:val="720"/>',
        ),
        (SETTINGS, 'Mode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"', 'Mode" w:uri="x" w:val="12"'),
        (DOCUMENT, "Change the styles", "Words of the office. Change the styles"),
        parts={"word/_rels/settings.xml.rels": relations},
    )
    data = to_docx("a", house, fields)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"somebody" not in everything
    assert b"Words of the office" not in everything
    settings = parts(data)[SETTINGS]
    assert settings.find(f"{W}proofState") is None
    modes = [s.get(f"{W}val") for s in settings.iter(f"{W}compatSetting") if s.get(f"{W}name") == "compatibilityMode"]
    assert modes == ["15"]


def test_a_picture_fetched_from_elsewhere_is_refused(changed_house_style, fields):
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="http://example.org/seen.png" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(TemplateError, match="not in the file itself"):
        to_docx("a", changed_house_style(parts={"word/_rels/header1.xml.rels": relations}), fields)


@pytest.mark.parametrize("damaged", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_word_document_is_refused(damaged, fields):
    with pytest.raises(TemplateError, match="cannot be read"):
        to_docx("a", damaged, fields)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/header1.xml"])
def test_damaged_xml_is_refused(changed_house_style, fields, part):
    with pytest.raises(TemplateError, match="cannot be read"):
        to_docx("a", changed_house_style((part, "<w:p", "<w:p <")), fields)


def test_a_zip_file_of_something_else_is_refused(fields):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(TemplateError, match="cannot be read"):
        to_docx("a", out.getvalue(), fields)


def test_a_file_with_macros_is_refused(changed_house_style, fields):
    macro = ("[Content_Types].xml", "wordprocessingml.document.main+xml", "wordprocessingml.document.macro+xml")
    with pytest.raises(TemplateError, match="cannot be read"):
        to_docx("a", changed_house_style(macro), fields)
