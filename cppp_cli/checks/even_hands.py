"""How much of a document each of the two sides has, as information: words, places, quotations and mentions.

Nobody is judged by it. What belongs to a side is read from the document alone: what stands under a heading that names
one side and not the other, in a column headed by one, or after a lead-in such as “The way forward proposed by …”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.programme.passage import Passage

NOTHING_SAID: Final = ("Nothing recorded.", "puts no position to the court.", "no offer is told here.")
"""What a template prints where a side said nothing: it is no words of theirs."""

_FOLDED: Final = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "–": "-", "‑": "-"})
_WORD: Final = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")
_QUOTATION: Final = re.compile(r"“[^“”]+”|(?<!\w)\"[^\"]+\"(?!\w)|‘(?=\w)[^‘\n]*?’(?!\w)")
_LEAD: Final = re.compile(r"\s*([^.:?!\n]{1,120}[.:?])(?=\s|$)")
_AND: Final = re.compile(r",| and ")
_NEITHER, _BOTH = -1, 2
_UNREAD: Final = frozenset({"property", "name", "hidden", "header", "footer"})


@dataclass(frozen=True)
class Share:
    """What one side has of a document."""

    name: str
    words: int
    """In their places, without labels that both sides have."""
    places: int
    """Paragraphs, points, quotations and cells that are theirs and in which something is said."""
    quotations: int
    """In their places: quotations set apart, and those between quotation marks."""
    named: int
    """How often one of them is named, anywhere."""


@dataclass(frozen=True)
class Balance:
    """Both sides of a document, beside each other."""

    sides: tuple[Share, Share]
    first_about_children: int | None
    """The number of the first paragraph that names a child; none where no numbered paragraph does."""
    told: str


@dataclass(frozen=True)
class _Side:
    """By which words one side is known."""

    name: str
    names: re.Pattern[str]
    """Of its people, whole or in part; no part that both sides have."""


def even_hands(
    passages: Sequence[Passage],
    sides: tuple[str, str],
    children: Sequence[str] = (),
    called: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Balance:
    """How much each side has.

    Args:
        passages: the document.
        sides: the sides as the document prints them: "Leonie Ashdown", "David Ashdown and Margaret Ashdown".
        children: the children's full names.
        called: what else each side is called: "the mother", "Ms Ashdown".
    """
    known = _sides(sides, called)
    texts: list[list[tuple[str, bool]]] = [[], []]
    for passage in passages:
        for side, text in _theirs(passage, known):
            texts[side].append((text, passage.kind == "quote"))
    labels = set.intersection(*({lead for text, _ in own if (lead := _lead(text))} for own in texts))
    first, second = (_share(side, own, labels, passages) for side, own in zip(known, texts, strict=True))
    about = first_about_children(passages, children)
    return Balance((first, second), about, _told(first, second, about, children))


def first_about_children(passages: Sequence[Passage], children: Sequence[str]) -> int | None:
    """The number of the first numbered paragraph that names a child; none where no child is given or none is named."""
    names = _any_of({part for child in children for part in (child, child.split()[0]) if child.split()})
    return next((p.number for p in passages if p.number is not None and names.search(_fold(p.text))), None)


def _share(side: _Side, own: Sequence[tuple[str, bool]], labels: set[str], passages: Sequence[Passage]) -> Share:
    said = [(rest, quote) for text, quote in own if (rest := _without(text, labels)) and _WORD.search(rest)]
    return Share(
        side.name,
        words=sum(1 for text, _ in said for _ in _WORD.finditer(text)),
        places=len(said),
        quotations=sum(1 if quote else len(_QUOTATION.findall(text)) for text, quote in said),
        named=sum(1 for p in passages if p.kind not in _UNREAD for _ in side.names.finditer(_fold(p.text))),
    )


def _theirs(passage: Passage, known: Sequence[_Side]) -> Iterator[tuple[int, str]]:
    """The texts of a passage that belong to one side."""
    if passage.kind in _UNREAD or passage.kind == "heading":
        return
    under = next((whose for heading in reversed(passage.under) if (whose := _whose(heading, known)) != _NEITHER), -1)
    if passage.kind == "row":
        columns = [_whose(column, known) for column in passage.columns]
        if sorted(side for side in columns if side in {0, 1}) == [0, 1]:
            yield from ((side, cell) for side, cell in zip(columns, passage.cells, strict=False) if side in {0, 1})
            return
    if under in {0, 1}:
        yield under, passage.text
    elif under == _NEITHER and (lead := _LEAD.match(passage.text)):
        for side in (0, 1):
            ends_in_name = known[side].names.search(_fold(lead[1]))
            if ends_in_name and _whose(lead[1], known) == side and _leads_in(lead[1], known[side]):
                yield side, passage.text[lead.end() :]


def _leads_in(lead: str, side: _Side) -> bool:
    """Whether what follows is theirs: "… proposed by Leonie Ashdown.", "Leonie Ashdown:"."""
    said = _fold(lead).rstrip(".:? ")
    ends = [match for match in side.names.finditer(said) if match.end() == len(said)]
    if not ends:
        return False
    whole = all(not said[: match.start()].strip() for match in ends)
    return lead.rstrip().endswith(":") if whole else bool(re.search(r"\bby\b", said))


def _whose(text: str, known: Sequence[_Side]) -> int:
    """The side a heading or the head of a column names: 0, 1, both or neither."""
    named = [bool(side.names.search(_fold(text))) for side in known]
    if all(named):
        return _BOTH
    return named.index(True) if any(named) else _NEITHER


def _lead(text: str) -> str:
    """The label a text begins with: "What stands in the way."."""
    match = _LEAD.match(text)
    return match[1].strip() if match else ""


def _without(text: str, labels: set[str]) -> str:
    """A text without the label that both sides have, and without what a template prints for silence."""
    lead = _LEAD.match(text)
    after = text[lead.end() :].strip() if lead and lead[1].strip() in labels else ""
    rest = after or text.strip()
    return "" if rest in NOTHING_SAID else rest


def _sides(sides: tuple[str, str], called: tuple[Sequence[str], Sequence[str]]) -> tuple[_Side, _Side]:
    """Each side by the full and the given names of its people, and what else it is called, but for what both share."""
    names = []
    for side, more in zip(sides, called, strict=True):
        people = [" ".join(person.split()) for person in _AND.split(side) if person.strip()]
        names.append({part for person in people for part in (person, person.split()[0])} | set(more))
    first, second = (_Side(side, _any_of(own - (names[0] & names[1]))) for side, own in zip(sides, names, strict=True))
    return first, second


def _any_of(names: set[str]) -> re.Pattern[str]:
    """Any of these names as whole words, the longest first; of no names, nothing."""
    ordered = sorted((re.escape(_fold(name)) for name in names if name.strip()), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)") if ordered else re.compile(r"(?!)")


def _fold(text: str) -> str:
    return text.translate(_FOLDED)


def _told(first: Share, second: Share, about: int | None, children: Sequence[str]) -> str:
    said = f"{_of(first)}; {_of(second)}."
    if not children:
        return said
    where = "No numbered paragraph names a child" if about is None else f"A child is first named in paragraph {about}"
    return f"{said} {where}."


def _of(share: Share) -> str:
    several = bool(_AND.search(share.name))
    return (
        f"{share.name} {'have' if several else 'has'} {_number(share.words, 'word')} "
        f"in {_number(share.places, 'place')} and {_number(share.quotations, 'quotation')}, "
        f"and {'are' if several else 'is'} named {_number(share.named, 'time')}"
    )


def _number(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
