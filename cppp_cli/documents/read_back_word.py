"""A Word file as its reader finds it, and everything in it that a reader does not see at once.

Files that Word or another program saved are read as well as our own: runs cut anywhere, styles found by what they are
called and based on, both sets of names that Word writes. Tracked insertions count as words and deletions as hidden,
because that is what a page shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cppp_cli.documents.read_back_package import Package, first, local, value
from cppp_cli.documents.read_back_places import Collector
from cppp_cli.documents.read_back_runs import RunReader, Words
from cppp_cli.documents.read_back_styles import Numbering, Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.passage import Passage

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_PLACES: Final = {"default": "", "first": " of the first page", "even": " of even pages"}
_READ_ELSEWHERE: Final = ("styles", "numbering", "fontTable", "theme", "webSettings", "stylesWithEffects")
_SUFFIXES: Final = (".xml", ".rels")


def word_passages(data: bytes) -> tuple[Passage, ...]:
    """The passages of a Word file: its text, its notes, headers, footers, comments, properties, and the rest as hidden.

    Raises:
        AnswersError: it is no Word file, is damaged, or is too large to be read safely.
    """
    package = Package(data)
    main = package.main()
    kinds: dict[str, list[str]] = {}
    for kind, target, outside in package.relations(main):
        if not outside and target in package.names:
            kinds.setdefault(kind, []).append(target)
    styles = Styles(_root(package, kinds, "styles"))
    collector = Collector()

    def story(name: str) -> _Story:
        return _Story(package, name, collector, styles, Numbering(_root(package, kinds, "numbering")))

    root = package.xml(main)
    story(main).blocks(first(root, "body") if first(root, "body") is not None else root)
    for kind, what in (("footnotes", "footnote"), ("endnotes", "endnote")):
        for name in kinds.get(kind, []):
            story(name).notes(what)
    shown = _pages(root, package, main)
    for kind in ("header", "footer"):
        for name in kinds.get(kind, []):
            collector.beside = (kind, f"the {kind}{_PLACES.get(shown.get(name, ''), '')}")
            story(name).blocks(package.xml(name))
    for name in kinds.get("comments", []):
        story(name).comments()
    collector.beside = ("", "")
    _properties(package, collector)
    _rest(package, collector)
    return tuple(collector.found)


class _Story:
    """One part of the file that holds paragraphs: the text, a header, the footnotes."""

    def __init__(self, package: Package, name: str, collector: Collector, styles: Styles, numbering: Numbering) -> None:
        self.package = package
        self.name = name
        self.collector = collector
        self.styles = styles
        self.numbering = numbering
        links = {key: target for key, _, target, outside in package.numbered_relations(name) if outside}
        self.runs = RunReader(styles, links)

    def blocks(self, parent: Any) -> None:  # noqa: ANN401  - an XML element; lxml has no types
        """The paragraphs and tables below an element, in their order."""
        for element in parent:
            match local(element):
                case "p":
                    self.paragraph(element)
                case "tbl":
                    self.table(element)
                case "AlternateContent":
                    choice = first(element, "Choice")
                    self.blocks(choice if choice is not None else element)
                case "sectPr" | "":
                    pass
                case name if name in _WRAPPERS or name == "Fallback":
                    self.blocks(element)
                case _:
                    self.aside(self.runs.read([element]))

    def paragraph(self, element: Any) -> None:  # noqa: ANN401
        words = self.runs.read(element)
        counted = self.styles.list_of(element)
        numbered = self.numbering.next(*counted) if counted else None
        level = self.styles.level(element)
        if level is not None and words.text.strip():
            self.collector.heading(level, words.text)
        else:
            self.collector.paragraph(
                words.text,
                "quote" if self.styles.is_quote(element) else "text",
                number=numbered.number if numbered else None,
                entry=numbered is not None and numbered.number is None,
            )
        self.aside(words)

    def aside(self, words: Words) -> None:
        """What a paragraph holds beside its words."""
        for text in words.pictures:
            self.collector.picture(text)
        for what, text in dict.fromkeys(words.hidden):
            self.collector.add(f"{what}, {self.collector.here()}", text, "hidden")
        for box in words.boxes:
            self.blocks(box)

    def table(self, element: Any) -> None:  # noqa: ANN401
        settings = first(element, "tblPr")
        caption, description = (first(settings, f"tbl{name}") for name in ("Caption", "Description"))
        self.collector.begin_table(value(caption) if caption is not None else "")
        if description is not None:
            self.collector.add("the description of the table", value(description), "hidden")
        for row in _within(element, "tr"):
            asides: list[Words] = []
            cells = ["\n".join(self.cell(cell, asides)) for cell in _within(row, "tc")]
            if first(row, "trPr", "del") is not None or first(row, "trPr", "hidden") is not None:
                self.collector.add("a row struck out or hidden in the file", "\n".join(cells), "hidden")
            else:
                head = first(row, "trPr", "tblHeader")
                self.collector.row(cells, head=head is not None and value(head) not in {"0", "false", "off"})
            for words in asides:
                self.aside(words)

    def cell(self, parent: Any, asides: list[Words]) -> Iterator[str]:  # noqa: ANN401
        """The paragraphs of a cell, those of a table within it too."""
        for element in parent:
            name = local(element)
            if name == "p":
                words = self.runs.read(element)
                asides.append(words)
                yield words.text
            elif name in {"tbl", "tr", "tc", *_WRAPPERS}:
                yield from self.cell(element, asides)

    def notes(self, what: str) -> None:
        """Footnotes or endnotes; they are words of the document, read after its text."""
        count = 0
        for note in self.package.xml(self.name):
            if local(note) != what or value(note, "type") in {"separator", "continuationSeparator"}:
                continue
            count += 1
            self.collector.beside = ("text", f"{what} {count}")
            self.blocks(note)
        self.collector.beside = ("", "")

    def comments(self) -> None:
        """What was written into the margin."""
        for comment in self.package.xml(self.name):
            if local(comment) == "comment":
                self.collector.beside = ("hidden", "a comment in the margin")
                self.collector.add("the author of a comment", value(comment, "author"), "hidden")
                self.blocks(comment)
        self.collector.beside = ("", "")


def _within(parent: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table or the cells of a row, those within a content control too."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _within(element, name)


def _root(package: Package, kinds: dict[str, list[str]], kind: str) -> Any:  # noqa: ANN401
    names = kinds.get(kind, [])
    return package.xml(names[0]) if names else None


def _pages(root: Any, package: Package, main: str) -> dict[str, str]:  # noqa: ANN401
    """On which pages each header and footer is shown, by the names of the parts."""
    names = {key: target for key, _, target, outside in package.numbered_relations(main) if not outside}
    found: dict[str, str] = {}
    for element in root.iter():
        if local(element) in {"headerReference", "footerReference"}:
            found.setdefault(names.get(value(element, "id"), ""), value(element, "type"))
    return found


def _properties(package: Package, collector: Collector) -> None:
    """Everything the file says of itself."""
    for name in package.names:
        if not name.startswith("docProps/") or not name.endswith(".xml"):
            continue
        for element in package.xml(name):
            what = value(element, "name") or local(element)
            text = " ".join(piece.strip() for piece in element.itertext() if piece.strip())
            collector.add(f"the property “{what}”", text, "property")


def _rest(package: Package, collector: Collector) -> None:
    """What nothing above has read: data of other programs, diagrams, pictures, and where the file points to."""
    for name in package.names:
        stem = name.rpartition("/")[2].partition(".")[0].rstrip("0123456789")
        if not name.endswith(_SUFFIXES):
            collector.add("the name of a part of the file", name, "hidden")
        elif name.endswith(".rels"):
            for element in package.xml(name):
                if value(element, "TargetMode") == "External":
                    collector.add("an address the file points to", value(element, "Target"), "hidden")
        elif not package.was_read(name) and stem not in _READ_ELSEWHERE and name != "[Content_Types].xml":
            root = package.xml(name)
            said = [text.strip() for text in root.itertext()]
            said += [str(text) for element in root.iter("{*}docVar") for text in element.attrib.values()]
            collector.add(f"the part “{name}” of the file", "\n".join(text for text in said if text), "hidden")
