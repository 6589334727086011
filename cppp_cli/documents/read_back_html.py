"""A page for a browser, with what its markup holds beside what it shows."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from cppp_cli.documents.read_back_places import Collector, readable
from cppp_cli.programme.passage import Passage  # noqa: TC001  - part of what is public here

_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details", "dialog", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header"}
    | {"hr", "html", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary"}
    | {"table", "tbody", "textarea", "tfoot", "thead", "title", "tr", "ul"}
)
_HEADINGS: Final = {f"h{level}": level - 1 for level in range(1, 7)}
_UNSEEN: Final = frozenset({"script", "style", "template", "noscript"})
# What says how a page works and never what it says.
_TECHNICAL: Final = frozenset(
    {"class", "id", "for", "type", "rows", "cols", "maxlength", "autocomplete", "lang", "dir", "role", "tabindex"}
    | {"colspan", "rowspan", "scope", "charset", "style", "aria-describedby", "aria-labelledby", "aria-hidden"}
    | {"aria-live", "name", "hidden", "disabled", "checked", "selected", "required", "multiple"}
)
# A letter spelt by number, and a mark behind a backslash, as the data of scripts have them.
_ESCAPED: Final = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\[n\"'/]")


def html_passages(text: str) -> tuple[Passage, ...]:
    """What a page shows, and as hidden its comments, scripts, and the values of its attributes."""
    reader = _Reader()
    reader.feed(readable(text))
    reader.close()
    reader.end_piece()
    return tuple(reader.collector.found)


class _Reader(HTMLParser):
    """Cuts a page into pieces at every element that begins a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.collector = Collector()
        self.open: list[str] = []
        self.words: list[str] = []
        self.told: set[tuple[str, str]] = set()
        self.cells: list[str] | None = None
        self.in_cell = False
        self.head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag == "br":
            self.words.append("\n")
        elif tag in {"td", "th"}:
            self.end_cell()
            self.in_cell, self.head = True, self.head and tag == "th"
        elif tag in _BLOCKS or tag in _UNSEEN:
            self.end_piece()
        if tag == "table":
            self.collector.begin_table()
        elif tag == "tr":
            self.end_row()
            self.cells, self.head = [], True
        if tag in _BLOCKS or tag in _UNSEEN:
            self.open.append(tag)
        for name, value in attrs:
            self.attribute(tag, name, (value or "").strip())

    def attribute(self, tag: str, name: str, value: str) -> None:
        """What an attribute says, unless it says only how the page works."""
        if not value or name in _TECHNICAL:
            return
        if name == "alt":
            self.collector.picture(value)
        elif (name, value) not in self.told:  # a form says most of it again for every question
            self.told.add((name, value))
            self.collector.add(f"{name} of <{tag}> {self.collector.here()}", _unescaped(value), "hidden")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in {"td", "th"}:
            self.end_cell()
        elif tag in _BLOCKS or tag in _UNSEEN:
            self.end_piece()
        if tag in {"tr", "table"}:
            self.end_row()
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Words. A line end in the file is a blank on the page."""
        unseen = bool(self.open) and self.open[-1] in _UNSEEN
        self.words.append(data if unseen or "pre" in self.open else data.replace("\n", " "))

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.collector.add("a comment in the page", data, "hidden")

    def handle_decl(self, decl: str) -> None:
        """What kind of page it says it is."""
        if decl.strip().lower() != "doctype html":
            self.collector.add("a declaration in the page", decl, "hidden")

    def handle_pi(self, data: str) -> None:
        """An instruction to a program."""
        self.collector.add("an instruction in the page", data, "hidden")

    def unknown_decl(self, data: str) -> None:
        """Anything else of that kind."""
        self.collector.add("a declaration in the page", data, "hidden")

    def end_cell(self) -> None:
        """A cell of a table is complete."""
        if self.in_cell and self.cells is not None:
            self.cells.append(_shown("".join(self.words)))
            self.words = []
        self.in_cell = False

    def end_row(self) -> None:
        """A row of a table is complete."""
        self.end_cell()
        if self.cells is not None:
            self.collector.row(self.cells, head=self.head)
        self.cells = None

    def end_piece(self) -> None:
        """Everything since the last piece is one."""
        if self.in_cell:
            self.words.append("\n")
            return
        words = "".join(self.words)
        self.words = []
        here = self.open[-1] if self.open else ""
        if here in _UNSEEN:
            self.collector.add(f"<{here}> of the page", _unescaped(words), "hidden")
        elif here == "title":
            self.collector.add("the title of the page", _shown(words), "property")
        elif here in _HEADINGS:
            self.collector.heading(_HEADINGS[here], _shown(words))
        else:
            self.collector.paragraph(
                _shown(words), "quote" if "blockquote" in self.open else "text", entry="li" in self.open
            )


def _shown(words: str) -> str:
    """Browsers show white space as one blank; only a line break is one."""
    lines = (" ".join(re.split(r"[ \t\f]+", line)).strip() for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def _unescaped(text: str) -> str:
    """What a script says, with the letters and marks that its data spell by number or behind a backslash."""

    def read(match: re.Match[str]) -> str:
        code = match[0]
        if code[1] != "u":
            return "\n" if code[1] == "n" else code[1]
        units = bytes.fromhex(code.replace("\\u", ""))
        return units.decode("utf-16-be", "replace")

    return readable(_ESCAPED.sub(read, text))
