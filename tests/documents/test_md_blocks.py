from __future__ import annotations

import pytest

from cppp_cli.documents.blocks import Paragraph, Picture, Span, Table
from cppp_cli.documents.md_blocks import STYLE_HINTS, read_blocks
from cppp_cli.errors import TemplateError


def words(text, **kind):
    return (Span(text, **kind),)


@pytest.mark.parametrize(
    ("markdown", "block"),
    [
        ("# A", Paragraph("title", words("A"))),
        ("## A", Paragraph("heading 1", words("A"))),
        ("### A", Paragraph("heading 2", words("A"))),
        ("#### A", Paragraph("heading 3", words("A"))),
        ("a\nb", Paragraph("body", words("a b"))),
        ("a\\\nb<br>c", Paragraph("body", words("a\nb\nc"))),
        ("7. a", Paragraph("numbered", words("a"), number=7)),
        ("- a", Paragraph("bullet", words("a"))),
        ("> a", Paragraph("quote", words("a"))),
        ("**a**", Paragraph("body", words("a", bold=True))),
        ("*a*", Paragraph("body", words("a", italic=True))),
        ("***a***", Paragraph("body", words("a", bold=True, italic=True))),
        ("&lt; \\*", Paragraph("body", words("< *"))),
        ("![a \\] b](c/d.png)", Picture("c/d.png", "a ] b")),
        ("![a\\\nb<br>*c*](d.png)", Picture("d.png", "a b c")),
        ("<!-- page: new -->\n## A", Paragraph("heading 1", words("A"), new_page=True)),
        ("<!-- page: new -->\n<!-- style: notice -->\nA", Paragraph("notice", words("A"), new_page=True)),
        *((f"<!-- style: {name} -->\na", Paragraph(name, words("a"))) for name in sorted(STYLE_HINTS)),
    ],
)
def test_known_blocks(markdown, block):
    assert read_blocks(markdown) == (block,)


def test_a_table_with_its_hints():
    (table,) = read_blocks(
        '<!-- table: widths=1,3 caption="For \\*Sam\\* & "co"" -->\n| a | b |\n|:-:|--:|\n| x | \\| |\n| &#124; | |\n'
    )
    assert table == Table(
        head=(words("a"), words("b")),
        rows=((words("x"), words("|")), (words("|"), ())),
        align=("center", "right"),
        widths=(1, 3),
        caption='For *Sam* & "co"',
    )


def test_a_table_of_facts_has_no_header():
    (table,) = read_blocks("<!-- table: facts -->\n| | |\n|---|---|\n| Court | Northbridge |\n")
    assert (table.facts, table.head) == (True, ((), ()))


def test_a_block_for_the_markdown_only_is_left_out_once():
    assert read_blocks("<!-- only: markdown -->\nnot here\n\nhere") == (Paragraph("body", words("here")),)
    assert read_blocks("<!-- only: markdown -->\n1. not\n2. here\n\nhere") == (Paragraph("body", words("here")),)


def test_numbers_may_run_on_across_headings():
    blocks = read_blocks("1. a\n\n2. b\n\n## H\n\n3. c\n")
    assert [block.number for block in blocks] == [1, 2, None, 3]


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("a\n\n    code", 3),
        ("```\ncode\n```", 1),
        ("`code`", 1),
        ("a\n\n---\n\nb", 3),
        ("[a](b)", 1),
        ("<https://example.org>", 1),
        ("<b>a</b>", 1),
        ("<div>\na\n</div>", 1),
        ("##### a", 1),
        ("- a\n  - b", 1),
        ("1. a\n\n   b", 1),
        ("> - a", 1),
        ("> > a", 1),
        ("a ![b](c.png)", 1),
        ("![b](c.png) ![b](c.png)", 1),
        ('![b](c.png "title")', 1),
        ("![](c.png)", 1),
        ("![`b`](c.png)", 1),
        ("a\n\nb\\", 3),
        ("## a\\\nb", 1),
        ("a *b", 1),
        ("**a", 1),
        ("a **\n", 1),
        ("x**(a)**y", 1),
        ("| a | b |\n|---|\n| c | d |", 1),
        ("| a | b |\n|---|---|\n| c | d | e |", 3),
        ("| a | b |\n|---|---|\n| c |", 3),
        ("| a | b |\n|---|---|\n| c | d |\ntext", 4),
        ("<!-- a remark -->\n\nb", 1),
        ("<!-- colour: red -->\n\nb", 1),
        ("<!-- style: fancy -->\n\nb", 1),
        ("<!-- style: notice -->\n# b", 2),
        ("<!-- style: notice -->\n- b", 2),
        ("<!-- style: notice -->\n![b](c.png)", 2),
        ("<!-- table: facts -->\nb", 2),
        ("<!-- table: widths=1 -->\n| a | b |\n|---|---|\n| c | d |", 2),
        ("<!-- table: widths=1,0 -->\n| a | b |\n|---|---|\n| c | d |", 2),
        ("<!-- table: width=1,2 -->\n| a | b |\n|---|---|\n| c | d |", 1),
        ("<!-- table: facts -->\n| a | b |\n|---|---|\n| c | d |", 2),
        ("<!-- page: new -->\n- a", 2),
        ("a\n\n<!-- style: notice -->", 3),
        ("<!-- style: notice -->\n\nb", 1),
        ("<!-- only: markdown -->\n\nb", 1),
    ],
)
def test_what_a_document_does_not_have_is_refused_with_its_line(markdown, line):
    with pytest.raises(TemplateError, match=rf"Line {line} of the document"):
        read_blocks(markdown)


def test_a_link_definition_is_not_dropped_silently():
    with pytest.raises(TemplateError, match="link"):
        read_blocks("a\n\n[b]: c")


def test_the_words_of_a_document_are_not_repeated_in_an_error():
    with pytest.raises(TemplateError) as caught:
        read_blocks("Robin `Birch`")
    assert "Robin" not in str(caught.value)
    assert "Birch" not in str(caught.value)
