"""The Markdown a document may be made of, read into plain records. Anything else is refused, never dropped.

Known are headings (`#` is the title, `##` to `####` the three levels below it), paragraphs, numbered paragraphs,
bullets, quotations, tables, pictures, bold, italic, line breaks, and hints. A hint is an HTML comment on a line of its
own directly above the block it is about. Nobody can type one into a case, because typed `<` is escaped:

    <!-- table: widths=22,56,22 caption="Arrangements" -->   widths in parts of the whole; a title for screen readers
    <!-- table: facts widths=30,70 -->                       two columns without a header: name and value
    <!-- table: calendar caption="May 2027" -->              a month: seven columns, squares such as "14 B"; in the Word
                                                             file small, three abreast, and shaded by their letter
    <!-- style: signature -->                                also caption, notice, subtitle, address
    <!-- only: markdown -->                                  the block is left out of the Word file
    <!-- page: new -->                                       the block begins a new page
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cppp_cli.documents.blocks import Block, Paragraph, Picture, Span, Spans, Table
from cppp_cli.errors import TemplateError
from cppp_cli.programme.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADINGS: Final = {"h1": "title", "h2": "heading 1", "h3": "heading 2", "h4": "heading 3"}
STYLE_HINTS: Final = frozenset({"signature", "caption", "notice", "subtitle", "address"})
_TABLE_HINT: Final = re.compile(
    r'(?P<kind>facts|calendar)?\s*(?:widths=(?P<widths>\d+(?:,\d+)*))?\s*(?:caption="(?P<caption>.*)")?', re.DOTALL
)
_HINT: Final = re.compile(r"<!--\s*(?P<what>\w+):\s*(?P<value>.*?)\s*-->\s*", re.DOTALL)
_SQUARE: Final = re.compile(r"(?:\d{1,2}(?: [ABO])?)?")
_DAYS: Final = 7
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE: Final = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class _Hints:
    """What the comments before a block asked for."""

    style: str = ""
    table: re.Match[str] | None = None
    markdown_only: bool = False
    new_page: bool = False
    end: int | None = None  # the line after the last of them, where the block has to begin


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a document in their order.

    Raises:
        TemplateError: the Markdown holds something a document does not have; the sentence says the line.
    """
    source = clean(markdown)
    # Escaped characters stay apart from plain ones, so that a stray mark can be told from a typed one.
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    environment: dict[str, object] = {}
    tree = SyntaxTreeNode(parser.parse(source, environment))
    if environment.get("references"):
        raise TemplateError("The document defines a link, and documents have no links. Correct the template.")
    return tuple(_Reader(parser, source.split("\n")).blocks(tree.children))


class _Reader:
    """Walks the tree of one document."""

    def __init__(self, parser: MarkdownIt, rows: Sequence[str]) -> None:
        self.parser = parser
        self.rows = rows

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        hints = _Hints()
        for node in nodes:
            # A hint above an empty value must not reach the block after it.
            if hints.end not in {None, _line(node)}:
                raise _lonely_hint(hints)
            if node.type == "html_block":
                self.hint(node, hints)
                continue
            found = list(self.block(node, hints))
            if hints.style and not (node.type == "paragraph" and isinstance(found[0], Paragraph)):
                raise _refused(node, "has a style hint before something that is not a paragraph")
            if hints.table and node.type != "table":
                raise _refused(node, "has a table hint before something that is not a table")
            if not hints.markdown_only:
                yield from found
            hints = _Hints()
        if hints.end is not None:
            raise _lonely_hint(hints)

    def hint(self, node: SyntaxTreeNode, hints: _Hints) -> None:
        match = _HINT.fullmatch(node.content)
        if match is None:
            raise _refused(node, "has HTML that is not a hint")
        hints.end = node.map[1] + 1 if node.map else None
        what, value = match["what"], match["value"]
        if what == "table":
            hints.table = _TABLE_HINT.fullmatch(value)
            known = hints.table is not None
        elif what == "style":
            hints.style = value
            known = value in STYLE_HINTS
        else:
            hints.markdown_only |= (what, value) == ("only", "markdown")
            hints.new_page |= (what, value) == ("page", "new")
            known = (what, value) in {("only", "markdown"), ("page", "new")}
        if not known:
            raise _refused(node, "has a hint that is not known")

    def block(self, node: SyntaxTreeNode, hints: _Hints) -> Iterator[Block]:
        if hints.new_page and node.type not in {"heading", "paragraph"}:
            raise _refused(node, "begins a page with something other than a heading, a paragraph or a picture")
        match node.type:
            case "heading" if node.tag in _HEADINGS:
                yield Paragraph(_HEADINGS[node.tag], _spans(node), new_page=hints.new_page)
            case "paragraph":
                yield _picture(node, hints) or Paragraph(hints.style or "body", _spans(node), new_page=hints.new_page)
            case "ordered_list" | "bullet_list":
                for item in node.children:
                    yield self.item(item, numbered=node.type == "ordered_list")
            case "blockquote":
                for child in node.children:
                    if child.type != "paragraph":
                        raise _refused(child, "has something other than paragraphs in a quotation")
                    yield Paragraph("quote", _spans(child))
            case "table":
                yield self.table(node, hints)
            case _:
                raise _refused(node, f"has {_NAMES.get(node.type, 'Markdown')}, which a document cannot hold")

    def item(self, node: SyntaxTreeNode, *, numbered: bool) -> Paragraph:
        if len(node.children) > 1 or any(child.type != "paragraph" for child in node.children):
            raise _refused(node, "has more than one paragraph in one point of a list")
        spans = _spans(node.children[0]) if node.children else ()
        return Paragraph("numbered", spans, number=int(node.info)) if numbered else Paragraph("bullet", spans)

    def table(self, node: SyntaxTreeNode, hints: _Hints) -> Table:
        rows = [row for part in node.children for row in part.children]
        cells = [tuple(_spans(cell) for cell in row.children) for row in rows]
        columns = len(cells[0])
        self.check_cells(node, columns)
        align = tuple(str(cell.attrs.get("style", "text-align:left")).partition(":")[2] for cell in rows[0].children)
        hint = hints.table
        widths = tuple(int(part) for part in hint["widths"].split(",")) if hint and hint["widths"] else ()
        if widths and (len(widths) != columns or not all(widths)):
            raise _refused(node, "has a table whose widths do not fit its columns")
        kind = hint["kind"] if hint else None
        if kind == "facts" and any(cells[0]):
            raise _refused(node, "has a table of facts with a header; leave its header row empty")
        if kind == "calendar" and not _is_month(cells):
            raise _refused(node, "has a calendar that is not seven days wide, or has a square with other words")
        caption = self.caption(hint["caption"]) if hint and hint["caption"] else ""
        return Table(
            cells[0], tuple(cells[1:]), align, widths, caption, facts=kind == "facts", calendar=kind == "calendar"
        )

    def caption(self, text: str) -> str:
        """The words of a caption, which may hold printed values and therefore Markdown."""
        return _one_line(SyntaxTreeNode(self.parser.parseInline(text)).children[0])

    def check_cells(self, node: SyntaxTreeNode, columns: int) -> None:
        """Markdown drops the cells a row has too many; that is refused before it happens."""
        first, end = node.map or (0, 0)
        for number in range(first, end):
            row = self.rows[number].strip()
            inner = row.removeprefix("|")
            inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
            if len(_PIPE.findall(inner)) + 1 != columns:
                raise TemplateError(
                    f"Line {number + 1} of the document is a table row with the wrong number of cells. "
                    "Correct the template."
                )


def _is_month(cells: Sequence[Sequence[Spans]]) -> bool:
    squares = ["".join(span.text for span in spans) for row in cells[1:] for spans in row]
    return len(cells[0]) == _DAYS and all(_SQUARE.fullmatch(square) for square in squares)


def _picture(node: SyntaxTreeNode, hints: _Hints) -> Picture | None:
    """The picture a paragraph consists of, or nothing when it has none."""
    (inline,) = node.children
    images = [child for child in inline.children if child.type == "image"]
    if not images:
        return None
    words = [child for child in inline.children if child.type != "image" and child.content]
    if len(images) > 1 or words or hints.style or "title" in images[0].attrs:
        raise _refused(node, "has a picture that does not stand alone in its paragraph")
    alt = _one_line(images[0])
    if not alt.strip():
        raise _refused(node, "has a picture without words for readers who cannot see it")
    return Picture(str(images[0].attrs["src"]), alt, hints.new_page)


def _one_line(parent: SyntaxTreeNode) -> str:
    """The words below a node without their look, and with blanks for line breaks."""
    spans = [span for child in parent.children for span in _inline(child, bold=False, italic=False)]
    return "".join(span.text for span in spans).replace("\n", " ")


def _spans(node: SyntaxTreeNode) -> Spans:
    """The words below a heading, paragraph or cell."""
    found: list[Span] = []
    for inline in node.children:
        if (len(inline.content) - len(inline.content.rstrip("\\"))) % 2:
            raise _refused(node, "ends in a backslash; take it away, or use the filter lines")
        for child in inline.children:
            found += _inline(child, bold=False, italic=False)
    return _joined(found)


def _inline(node: SyntaxTreeNode, *, bold: bool, italic: bool) -> Iterator[Span]:
    match node.type:
        case "text" if "*" in node.content or "`" in node.content or ("|" in node.content and not _in_table(node)):
            raise _refused(node, "has a mark without its partner; put a backslash before a *, ` or | that is meant")
        case "text" | "text_special":
            yield Span(clean(node.content), bold, italic)
        case "softbreak":
            yield Span(" ", bold, italic)
        case "hardbreak":
            yield Span("\n", bold, italic)
        case "html_inline" if _BREAK.fullmatch(node.content):
            yield Span("\n", bold, italic)
        case "strong" | "em":
            for child in node.children:
                yield from _inline(child, bold=bold or node.type == "strong", italic=italic or node.type == "em")
        case _:
            raise _refused(node, f"has {_NAMES.get(node.type, 'Markdown')}, which a document cannot hold")


def _joined(spans: Sequence[Span]) -> Spans:
    """The same words with neighbours of one kind put together and empty ones left out."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last and (last.bold, last.italic) == (span.bold, span.italic):
            found[-1] = Span(last.text + span.text, span.bold, span.italic)
        elif span.text:
            found.append(span)
    return tuple(found)


def _in_table(node: SyntaxTreeNode) -> bool:
    above = node.parent
    while above is not None and above.type not in {"td", "th"}:
        above = above.parent
    return above is not None


_NAMES: Final = {
    "code_block": "an indented block",
    "fence": "a block of code",
    "code_inline": "code",
    "hr": "a line across the page",
    "link": "a link",
    "heading": "a heading below the fourth level",
    "image": "a picture among words",
    "html_inline": "HTML",
    "s": "struck-out words",
}


def _lonely_hint(hints: _Hints) -> TemplateError:
    return TemplateError(
        f"Line {(hints.end or 1) - 1} of the document is a hint with nothing directly below it. Correct the template."
    )


def _refused(node: SyntaxTreeNode, what: str) -> TemplateError:
    return TemplateError(f"Line {_line(node)} of the document {what}. Correct the template.")


def _line(node: SyntaxTreeNode) -> int:
    """The line of the Markdown a node stands in, from 1."""
    here: SyntaxTreeNode | None = node
    while here is not None and here.map is None:
        here = here.parent
    return here.map[0] + 1 if here is not None and here.map else 1
