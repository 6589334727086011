"""A Markdown file as a viewer shows it, with the comments a viewer does not show.

Unlike the reader the Word file is made by, this one refuses nothing: a file that somebody changed is read too. What
stands below the hint that only the Markdown has it is told as the footer, whose place it takes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cppp_cli.documents.read_back_html import html_passages
from cppp_cli.documents.read_back_places import Collector, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.programme.passage import Passage

_COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_ONLY_HERE: Final = re.compile(r"\s*only:\s*markdown\s*")
_CAPTION: Final = re.compile(r'\s*table:.*?caption="(.*)"\s*', re.DOTALL)
_LOOK: Final = re.compile(r"\s*(?:style: \w+|page: new|table:[^\"]*)\s*")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FOOTER: Final = ("footer", "the line that only the Markdown has")


def markdown_passages(text: str) -> tuple[Passage, ...]:
    """The passages of a Markdown file."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    environment: dict[str, Any] = {}
    tree = SyntaxTreeNode(parser.parse(readable(text), environment))
    reader = _Reader(parser)
    reader.blocks(tree.children)
    for link in environment.get("references", {}).values():
        reader.hidden("a link that is defined", f"{link.get('href', '')} {link.get('title', '')}")
    return tuple(reader.collector.found)


class _Reader:
    """Walks the tree of one file."""

    def __init__(self, parser: MarkdownIt) -> None:
        self.parser = parser
        self.collector = Collector()
        self.caption = ""
        self.only_here = False

    def blocks(self, nodes: Sequence[SyntaxTreeNode], kind: str = "text") -> None:
        for node in nodes:
            if node.type == "html_block":
                self.html(node.content)
                continue
            if self.only_here:
                self.collector.beside = _FOOTER
            self.block(node, kind)
            self.collector.beside = ("", "")
            self.only_here, self.caption = False, ""

    def block(self, node: SyntaxTreeNode, kind: str) -> None:
        match node.type:
            case "heading":
                self.collector.heading(int(node.tag[1:]) - 1, self.words(node))
            case "ordered_list" | "bullet_list":
                for item in node.children:
                    self.item(item, kind)
            case "blockquote":
                beside = self.collector.beside
                self.blocks(node.children, "quote")
                self.collector.beside = beside
            case "table":
                self.table(node)
            case "hr":
                pass
            case _ if node.children:
                self.collector.paragraph(self.words(node), kind)
            case _:
                self.collector.paragraph(node.content, kind)

    def item(self, item: SyntaxTreeNode, kind: str) -> None:
        """One point of a list; with the number it shows when it has one."""
        number = int(item.info) if item.info.isdigit() else None
        first = item.children[0] if item.children else None
        if first is None or first.type != "paragraph":
            self.collector.paragraph("", kind, number=number, entry=True)
        else:
            self.collector.paragraph(self.words(first), kind, number=number, entry=number is None)
        for child in item.children[0 if first is None or first.type != "paragraph" else 1 :]:
            self.block(child, kind)

    def table(self, node: SyntaxTreeNode) -> None:
        self.collector.begin_table(self.caption)
        for part in node.children:
            for row in part.children:
                self.collector.row([self.words(cell) for cell in row.children], head=part.type == "thead")

    def html(self, content: str) -> None:
        """A comment, of which some are hints of ours, or HTML that a viewer shows."""
        for comment in _COMMENT.findall(content):
            caption = _CAPTION.fullmatch(comment)
            if _ONLY_HERE.fullmatch(comment):
                self.only_here = True
            elif caption:
                self.caption = self.inline_words(caption[1])
            elif not _LOOK.fullmatch(comment):
                self.hidden("a comment in the file", comment)
        for passage in html_passages(_COMMENT.sub("", content)):
            self.collector.add(passage.place, passage.text, passage.kind)

    def words(self, node: SyntaxTreeNode) -> str:
        """The words below a heading, paragraph or cell; what pictures and links hold beside is collected apart."""
        return "".join(piece for inline in node.children for piece in self.pieces(inline.children))

    def inline_words(self, text: str) -> str:
        inline = SyntaxTreeNode(self.parser.parseInline(text)).children[0]
        return "".join(self.pieces(inline.children))

    def pieces(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[str]:
        for node in nodes:
            match node.type:
                case "softbreak":
                    yield " "
                case "hardbreak":
                    yield "\n"
                case "html_inline" if _BREAK.fullmatch(node.content):
                    yield "\n"
                case "html_inline":
                    self.html_inline(node.content)
                case "image":
                    self.collector.picture("".join(self.pieces(node.children)).replace("\n", " "))
                    self.hidden("the file of a picture", str(node.attrs.get("src", "")))
                    self.hidden("the title of a picture", str(node.attrs.get("title", "")))
                case "link":
                    yield from self.pieces(node.children)
                    self.hidden("where a link leads", str(node.attrs.get("href", "")))
                    self.hidden("the title of a link", str(node.attrs.get("title", "")))
                case "s":
                    self.hidden("words struck out in the file", "".join(self.pieces(node.children)))
                case _ if node.children:
                    yield from self.pieces(node.children)
                case _:
                    yield node.content

    def html_inline(self, content: str) -> None:
        comment = _COMMENT.fullmatch(content)
        if comment:
            self.hidden("a comment in the file", comment[1])
            return
        for passage in html_passages(content):
            self.collector.add(passage.place, passage.text, passage.kind)

    def hidden(self, place: str, text: str) -> None:
        self.collector.add(f"{place} {self.collector.here()}", text, "hidden")
