from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cppp_cli.documents.md_escape import md_escape
from cppp_cli.programme.clean import clean

# Everything, but mostly the characters Markdown gives a meaning.
MARKUP = st.text(alphabet="\\`*_[]()<>~$^{}#|&;:=-+.!\"' \t\n1aé", max_size=25)
ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=25)
WORDS = st.lists(
    st.sampled_from(
        ["&amp;", "&#35;", "http://x.org", "www.x", "<br>", "{{ 7 }}", "1.", "2)", "- ", "\n\n", "    ", "|", "\\", "a"]
    ),
    max_size=8,
).map("".join)
TYPED = st.one_of(MARKUP, ANYTHING, WORDS)

POSITIONS = {
    "paragraph": "{}",
    "numbered": "12. {}",
    "bullet": "- {}",
    "heading": "## {}",
    "quotation": "> {}",
    "bold": "**{}**",
    "cell": "| a | b |\n|---|---|\n| {} | z |",
    "cramped cell": "|a|b|\n|-|-|\n|{}|z|",
}


class Words(HTMLParser):
    """The text of HTML in which a line break is a tag; block ends are not text."""

    def __init__(self):
        super().__init__()
        self.text = []

    def handle_starttag(self, tag, _attrs):
        self.text.append("\n" if tag == "br" else "")

    def handle_data(self, data):
        self.text.append(data)


PARSER = MarkdownIt("commonmark").enable("table")
PARSER.add_render_rule("softbreak", lambda *_: "\u241f")  # must never come from a typed line end


def inner(markdown, first, last):
    """The text between two markers of the rendered HTML."""
    html = PARSER.render(markdown)
    assert html.count(first) >= 1, html
    words = Words()
    words.feed(html.split(first, 1)[1].rsplit(last, 1)[0])
    words.close()
    return "".join(words.text)


def read_back(position, escaped):
    markdown = POSITIONS[position].format(escaped)
    if position in {"cell", "cramped cell"}:
        html = PARSER.render(markdown)
        assert html.count("<tr>") == 2, html
        assert html.count("<td>") == 2, html
        return inner(markdown, "<td>", "</td>\n<td>z</td>")
    tags = {
        "paragraph": ("<p>", "</p>"),
        "numbered": ('<ol start="12">\n<li>', "</li>"),
        "bullet": ("<ul>\n<li>", "</li>"),
        "heading": ("<h2>", "</h2>"),
        "quotation": ("<blockquote>\n<p>", "</p>"),
        "bold": ("<p><strong>", "</strong></p>"),
    }
    return inner(markdown, *tags[position])


@pytest.mark.parametrize("position", [p for p in POSITIONS if p != "bold"])
@given(typed=TYPED)
@example(typed="\n")
@example(typed="\\")
@example(typed=" a\\")
@example(typed="# #")
@example(typed="---")
@example(typed="1.")
@example(typed="a\n\n\nb\n")
@example(typed=":-- | --:")
@settings(max_examples=120, deadline=None)
def test_typed_words_read_back_as_typed(position, typed):
    escaped = md_escape(typed)
    assert "\n" not in escaped
    if escaped:
        assert read_back(position, escaped) == clean(typed)


@given(typed=st.text(alphabet="abc*_`<&\\|{[\n", min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_bold_words_read_back_as_typed(typed):
    assert read_back("bold", md_escape(typed)) == clean(typed)


@given(first=TYPED, second=TYPED)
@example(first="&", second="lt;")
@example(first="1", second=". a")
@example(first="&#3", second="5;")
@settings(max_examples=150, deadline=None)
def test_two_values_side_by_side_read_back_as_typed(first, second):
    escaped = md_escape(first) + md_escape(second)
    if escaped:
        assert read_back("paragraph", escaped) == clean(first) + clean(second)


@given(typed=TYPED)
def test_no_tag_but_a_line_break_and_no_pipe(typed):
    escaped = md_escape(typed).replace("<br>", "").replace("\\<", "").replace("\\>", "")
    assert not {"<", ">", "|"} & set(escaped)


def test_ordinary_words_stay_readable():
    text = "Birch & Rowe (aged 7): 3-4 days, 50% each! It's \"fine\" - isn't it? £20, e-mail a.b@example.org"
    assert md_escape(text) == text


def test_without_escaping_the_round_trip_fails():
    typed = "*not* a <b>tag</b>"
    assert read_back("paragraph", typed) != typed
