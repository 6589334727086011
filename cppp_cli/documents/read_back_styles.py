"""What the styles and the numbering of a Word file make of a paragraph: a heading, a quotation, a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from cppp_cli.documents.read_back_package import first, local, value

_HEADING: Final = re.compile(r"heading ([1-9])")
_QUOTES: Final = frozenset({"quote", "intense quote", "block text"})
_BODY_LEVEL: Final = 9  # an outline level that stands for no heading
_OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """How a paragraph is counted; ``number`` is none where it has a bullet or a letter."""

    number: int | None


class Styles:
    """The styles of a file, by Word's identifiers."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401  - an XML element, or nothing
        self._known = {value(s, "styleId"): s for s in root if local(s) == "style"} if root is not None else {}

    def level(self, paragraph: Any) -> int | None:  # noqa: ANN401
        """0 for the title, 1 to 9 for a heading, none for anything else."""
        chain = self._chain(paragraph)
        for style in chain:
            name = value(first(style, "name")).casefold() if first(style, "name") is not None else ""
            if name == "title":
                return 0
            heading = _HEADING.fullmatch(name)
            if heading:
                return int(heading[1])
        for properties in (first(paragraph, "pPr"), *(first(style, "pPr") for style in chain)):
            outline = first(properties, "outlineLvl")
            if outline is not None:
                level = value(outline)
                return int(level) + 1 if level.isdigit() and int(level) < _BODY_LEVEL else None
        return None

    def is_quote(self, paragraph: Any) -> bool:  # noqa: ANN401
        """Whether a paragraph is set as a quotation."""
        names = (first(style, "name") for style in self._chain(paragraph))
        return any(name is not None and value(name).casefold() in _QUOTES for name in names)

    def list_of(self, paragraph: Any) -> tuple[str, int] | None:  # noqa: ANN401
        """The list a paragraph is counted in, and how deep; none where it is counted in none."""
        chain = self._chain(paragraph)
        number, depth = "", ""
        for properties in (first(paragraph, "pPr"), *(first(style, "pPr") for style in chain)):
            entry = first(properties, "numPr")
            number = number or (value(e) if (e := first(entry, "numId")) is not None else "")
            depth = depth or (value(e) if (e := first(entry, "ilvl")) is not None else "")
        return (number, int(depth) if depth.isdigit() else 0) if number not in {"", "0"} else None

    def is_set(self, run: Any, paragraph: Any, *looks: str) -> bool:  # noqa: ANN401
        """Whether the words of a run have one of these looks, such as ``vanish`` or ``strike``."""
        return any(self._has(run, paragraph, look) for look in looks)

    def _has(self, run: Any, paragraph: Any, look: str) -> bool:  # noqa: ANN401
        own = first(run, "rPr")
        styled = first(own, "rStyle")
        chains = (self._based(value(styled)) if styled is not None else (), self._chain(paragraph))
        for properties in (own, *(first(style, "rPr") for chain in chains for style in chain)):
            found = first(properties, look)
            if found is not None:
                return value(found) not in _OFF
        return False

    def _chain(self, paragraph: Any) -> tuple[Any, ...]:  # noqa: ANN401
        style = first(paragraph, "pPr", "pStyle")
        return self._based(value(style)) if style is not None else ()

    def _based(self, key: str) -> tuple[Any, ...]:
        """A style and those it is based on. A damaged file may go round in a circle."""
        found: list[Any] = []
        while key in self._known and self._known[key] not in found:
            found.append(self._known[key])
            above = first(found[-1], "basedOn")
            key = value(above) if above is not None else ""
        return tuple(found)


class Numbering:
    """Counts the paragraphs of lists as Word does."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401  - an XML element, or nothing
        entries = tuple(root) if root is not None else ()
        self._abstract = {value(e, "abstractNumId"): e for e in entries if local(e) == "abstractNum"}
        self._lists = {value(e, "numId"): e for e in entries if local(e) == "num"}
        self._counted: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, key: str, depth: int) -> Numbered | None:
        """The next number of a list; none where the list is not known."""
        entry: Any = self._lists.get(key)
        shared = first(entry, "abstractNumId")
        if shared is None:
            return None
        abstract = value(shared)
        override = next((e for e in entry if local(e) == "lvlOverride" and value(e, "ilvl") == str(depth)), None)
        level = first(override, "lvl")
        if level is None:
            levels = self._abstract.get(abstract, ())
            level = next((e for e in levels if local(e) == "lvl" and value(e, "ilvl") == str(depth)), None)
        anew = first(override, "startOverride")
        if anew is not None and (key, depth) not in self._begun:
            self._counted[abstract, depth] = _integer(value(anew)) - 1
        self._begun.add((key, depth))
        start = first(level, "start")
        before = self._counted.get((abstract, depth), (_integer(value(start)) if start is not None else 1) - 1)
        self._counted[abstract, depth] = before + 1
        for other in [o for o in self._counted if o[0] == abstract and o[1] > depth]:
            del self._counted[other]
        form, words = first(level, "numFmt"), first(level, "lvlText")
        shown = words is not None and f"%{depth + 1}" in value(words)
        decimal = form is None or value(form) == "decimal"
        return Numbered(before + 1 if decimal and shown else None)


def _integer(text: str) -> int:
    return int(text) if text.lstrip("-").isdecimal() else 1
