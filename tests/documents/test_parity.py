"""The Markdown and the Word file of a document say the same, read back by two readers that share nothing.

One reads the Markdown through an HTML renderer, as any viewer would. The other reads the XML of the Word file and
counts paragraph numbers as Word does, from the styles. Both also have to give back what was typed.
"""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from PIL import Image

from cppp_cli.documents import filters
from cppp_cli.documents.md2docx import to_docx
from cppp_cli.errors import TemplateError
from cppp_cli.programme.clean import clean

HOSTILE = [
    "plain words",
    "",
    " ",
    "  leading blanks",
    "trailing blanks  ",
    "in   between   blanks",
    "\ttab at the start",
    "tab\tin\tbetween",
    "one\ntwo\nthree",
    "one\r\ntwo\rthree",
    "one\n\n\ntwo after empty lines",
    "\nfirst line empty",
    "last line empty\n",
    "\n",
    "\n\n\n",
    "    four blanks, as code begins",
    "line\n    four blanks on the second line",
    "\u00a0hard blank\u2003em blank\u3000",
    "control \x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\x9f characters",
    "half of a character \ud83d end",
    "\ufffe\uffff",
    "\u202eright to left override\u202c and \u2066isolate\u2069",
    "\u200e\u200fאבג دانيال 1.",
    "emoji 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 :x: :smile:",
    "[brackets] [a](b) ![a](b.png) [x]: http://y [^1]",
    "*one* **two** ***three*** _four_ __five__ a*b*c a_b_c",
    "* * *",
    "***",
    "- - -",
    "---",
    "===",
    "___",
    "# heading",
    "## heading ##",
    "ends in # #",
    "#",
    "> quoted",
    "- bullet",
    "+ bullet",
    "* bullet",
    "-",
    "1. numbered",
    "1) numbered",
    "12.",
    "1234567890. too long for a number",
    "one\n# two\n- three\n1. four\n> five\n---\n===",
    "`code` ``code`` ```",
    "```\nfence\n```",
    "~~~\nfence\n~~~",
    "~~struck~~ H~2~O x^2^",
    "{{ 7 * 7 }} {% for x in y %} {# note #} {_{ 7 }_}",
    "{{ case_number }} {{ classification }}",
    "$5 and $6 $$x$$ \\(y\\) \\[z\\]",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "</w:t></w:r></w:p>",
    "<b>bold</b><br><br/><script>alert(1)</script><!-- only: markdown --><?php ?><![CDATA[x]]>",
    "<!-- style: signature -->",
    "-->",
    "pain <5 and worse > 3",
    "Birch & Rowe &amp; &lt; &#35; &#x41; &nbsp; &copy; &unknown; &",
    "http://example.org https://example.org/a_b_c?d=*e* www.example.org ftp://x mailto:a@b.c a@b.c <http://x.y>",
    "a | b | c",
    "| a | b |\n|---|---|\n| c | d |",
    "|",
    "\\| \\\\| \\",
    "ends in a backslash\\",
    "ends in two\\\\",
    "\\",
    "\\* \\n \\u0041 C:\\Users\\pat",
    '"double" \'single\' -- --- ... (c) (tm) "quoted" caption="x"',
    ": definition\n:--\n:-:",
    "@someone #123 !important",
    "x" * 20_000,
    "many words " * 400,
    "e\u0301 combined, ﬁ ligature, ﷽",
]

TEMPLATE = """\
# {{ t }}

<!-- style: subtitle -->
Subtitle: {{ t }}

## Heading {{ t }} end

1. {{ t }}

2. Before {{ t }} after

3. **{{ t }}**

## Between

4. *Slanted {{ t }} words*

{{ t }}

<!-- style: address -->
{{ lines }}

- {{ t }}
- second

> {{ t }}

{{ t|quote }}

<!-- style: caption -->
Caption {{ t }}

<!-- table: widths=1,2,1 caption="For {{ t }}" -->
| Left | Middle | Right |
|---|:-:|--:|
| {{ t }} | {{ t|cell }} | end |
|{{ t }}|x{{ t }}x|{{ t }}|

<!-- table: facts -->
| | |
|---|---|
| {{ t }} | {{ t }} |

5. After the table

{{ 'a/drawing.png'|image('Drawing: ' ~ t) }}

<!-- only: markdown -->
Only in the Markdown: {{ t }}

<!-- style: notice -->
Notice {{ t }}

<!-- style: signature -->
Signed {{ t }}
"""
# An empty value inside stars leaves bare stars, which is refused; that is another test's matter.
TEMPLATE_FOR_EMPTY = TEMPLATE.replace("**{{ t }}**", "{{ t }}")


@pytest.fixture(scope="module")
def pictures():
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(out, "PNG")
    return {"a/drawing.png": out.getvalue()}


def merged(spans):
    """Neighbouring spans of one look as one; empty ones left out."""
    found = []
    for text, bold, italic in spans:
        if found and found[-1][1:] == (bold, italic):
            found[-1] = (found[-1][0] + text, bold, italic)
        elif text:
            found.append((text, bold, italic))
    return tuple(found)


class HtmlReader(HTMLParser):
    """Blocks of the Markdown, as a viewer shows them."""

    def __init__(self):
        super().__init__()
        self.blocks, self.spans, self.lists, self.row = [], None, [], None
        self.bold = self.italic = 0
        self.in_quote, self.head, self.align = False, False, "left"
        self.skip_next = self.facts = self.picture = False

    def handle_comment(self, data):
        self.skip_next |= data.strip() == "only: markdown"
        self.facts |= data.strip().startswith("table: facts")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in {"p", "h1", "h2", "h3", "h4", "li", "td", "th"}:
            self.spans = []
        if tag in {"td", "th"}:
            self.align = (attrs.get("style") or "text-align:left").partition(":")[2]
        elif tag == "tr":
            self.row = []
        elif tag == "thead":
            self.head = True
        elif tag == "blockquote":
            self.in_quote = True
        elif tag in {"ol", "ul"}:
            self.lists.append(int(attrs.get("start", 1)) if tag == "ol" else None)
        elif tag == "strong":
            self.bold += 1
        elif tag == "em":
            self.italic += 1
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "img":
            self.blocks.append(("picture", attrs["alt"]))
            self.picture = True

    def handle_data(self, data):
        if self.spans is not None:
            self.spans.append((data, bool(self.bold), bool(self.italic)))

    def handle_endtag(self, tag):
        if tag == "strong":
            self.bold -= 1
        elif tag == "em":
            self.italic -= 1
        elif tag == "blockquote":
            self.in_quote = False
        elif tag in {"ol", "ul"}:
            self.lists.pop()
        elif tag == "thead":
            self.head = False
        elif tag in {"td", "th"}:
            self.row.append((self.align, merged(self.spans)))
            self.spans = None
        elif tag == "tr":
            if not (self.facts and self.head):
                self.blocks.append(("head" if self.head else "row", tuple(self.row)))
        elif tag == "table":
            self.facts = False
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.end_block(tag)
        elif tag in {"p", "li"} and self.spans is not None:
            self.end_block(self.kind())

    def kind(self):
        if self.in_quote:
            return "quote"
        if not self.lists:
            return "p"
        if self.lists[-1] is None:
            return "bullet"
        self.lists[-1] += 1
        return f"numbered {self.lists[-1] - 1}"

    def end_block(self, kind):
        if not self.skip_next and not self.picture:
            self.blocks.append((kind, merged(self.spans)))
        self.spans, self.skip_next, self.picture = None, False, False


def read_markdown(markdown):
    parser = MarkdownIt("commonmark").enable("table")
    parser.add_render_rule("softbreak", lambda *_: " ")
    parser.add_render_rule("hardbreak", lambda *_: "<br>")
    reader = HtmlReader()
    reader.feed(parser.render(markdown))
    reader.close()
    return reader.blocks


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = {
    "Title": "h1",
    "heading 1": "h2",
    "heading 2": "h3",
    "heading 3": "h4",
    "List Bullet": "bullet",
    "Quote": "quote",
    "Picture": "picture",
}


def read_docx(xml):
    """Blocks of a Word file, from its XML."""
    names, numbers = {}, {}
    for style in xml["word/styles.xml"].iter(f"{W}style"):
        key = style.get(f"{W}styleId")
        names[key] = style.find(f"{W}name").get(f"{W}val")
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            numbers[key] = number.get(f"{W}val")
    formats = word_numbering(xml["word/numbering.xml"])
    counted, blocks = {}, []

    def paragraph(element):
        key = element.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        number = numbers.get(key)
        if number is None or formats[number][0] == "bullet":
            return KINDS.get(names[key], "p"), read_runs(element)
        counted[number] = counted.get(number, formats[number][1] - 1) + 1
        return f"numbered {counted[number]}", read_runs(element)

    for element in xml["word/document.xml"].find(f"{W}body"):
        if element.tag == f"{W}tbl":
            blocks += [read_row(row, paragraph) for row in element.iter(f"{W}tr")]
        elif element.tag == f"{W}p" and names[element.find(f"{W}pPr/{W}pStyle").get(f"{W}val")] != "Table Gap":
            kind, spans = paragraph(element)
            drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
            blocks += [(kind, e.get("descr")) for e in element.iter(drawing)] or [(kind, spans)]
    return blocks


def word_numbering(root):
    """For each numbering its format and first number."""
    levels = {a.get(f"{W}abstractNumId"): a.find(f"{W}lvl") for a in root.iter(f"{W}abstractNum")}
    found = {}
    for number in root.iter(f"{W}num"):
        level = levels[number.find(f"{W}abstractNumId").get(f"{W}val")]
        start = int(level.find(f"{W}start").get(f"{W}val"))
        found[number.get(f"{W}numId")] = (level.find(f"{W}numFmt").get(f"{W}val"), start)
    return found


def read_row(row, paragraph):
    cells = []
    for cell in row.iter(f"{W}tc"):
        (element,) = cell.findall(f"{W}p")
        align = element.find(f"{W}pPr/{W}jc")
        cells.append(("left" if align is None else align.get(f"{W}val"), paragraph(element)[1]))
    is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
    return ("head" if is_head else "row", tuple(cells))


def read_runs(element):
    spans = []
    for run in element.iter(f"{W}r"):
        bold, italic = (run.find(f"{W}rPr/{W}{tag}") is not None for tag in "bi")
        for piece in run:
            if piece.get(f"{W}type") == "column":  # where the next column of months begins
                continue
            text = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}t": piece.text}.get(piece.tag)
            spans.append((text or "", bold, italic))
    return merged(spans)


@pytest.fixture
def both(markdown, house_style, fields, pictures, parts):
    """Blocks as read from the Markdown and as read from the Word file, for one typed text in every place."""

    def read(typed):
        text = markdown(source(typed), t=typed)
        return read_markdown(text), read_docx(parts(to_docx(text, house_style, fields, pictures)))

    return read


def plain(block):
    kind, spans = block
    return kind, "".join(text for text, *_ in spans)


def source(typed):
    text = TEMPLATE if typed else TEMPLATE_FOR_EMPTY
    return text.replace("{{ lines }}", "{{ t|lines }}" if typed.strip() else "No address")


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_and_word_say_the_same_and_what_was_typed(typed, both):
    seen, written = both(typed)
    assert seen == written
    text = clean(typed)

    def line(words):
        return words if text else words.strip()  # Markdown trims what the template wrote beside an empty value

    said = [plain(block) for block in written if block[0] not in {"picture", "row", "head"}]
    assert ("numbered 2", f"Before {text} after") in said
    assert ("numbered 1", text) in said
    assert ("numbered 3", text) in said
    assert ("bullet", text) in said
    assert ("p", line(f"Notice {text}")) in said
    assert ("h2", f"Heading {text} end") in said
    assert said[-1] == ("p", line(f"Signed {text}"))
    rows = [tuple(plain(cell)[1] for cell in block[1]) for block in written if block[0] == "row"]
    assert rows == [(text, text, "end"), (text, f"x{text}x", text), (text, text)]
    alts = [alt for kind, alt in written if kind == "picture"]
    assert alts == [f"Drawing: {text}".replace("\n", " ").strip()]


def test_without_escaping_the_two_differ_or_the_document_is_refused(monkeypatch, both):
    monkeypatch.setattr(filters, "md_escape", lambda text: text)
    failures = 0
    for typed in HOSTILE:
        try:
            seen, written = both(typed)
        except (TemplateError, ValueError):
            failures += 1
            continue
        said = [plain(block) for block in written if block[0] not in {"picture", "row", "head"}]
        failures += seen != written or ("numbered 2", f"Before {clean(typed)} after") not in said
    assert failures > len(HOSTILE) // 3


def test_a_paragraph_number_that_is_not_the_next_one_is_refused(house_style, fields):
    for wrong in ("2. a", "1. a\n\n## H\n\n1. b", "1. a\n\nb\n\n3. c"):
        with pytest.raises(TemplateError, match="numbered"):
            to_docx(wrong, house_style, fields)
