"""What differs between two documents in words, for people. Pure.

Paragraphs are matched by what they say and not by their numbers, so one more or one fewer near the beginning does not
make every later one new. What counts as a word, and which form of a mark is the same, is said in `fingerprint`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.fingerprint import COUNTED, folded, normal_words, words_of
from cppp_cli.programme.word_diff_match import matched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cppp_cli.programme.passage import Passage

CHANGED: Final = "changed"
PUNCTUATION: Final = "punctuation"
ADDED: Final = "added"
REMOVED: Final = "removed"
MOVED: Final = "moved"

_REWRITTEN: Final = 0.4  # of the words; where fewer stayed, the passage is shown whole
_GAP: Final = 1  # words that stayed between two changes; up to so many the two are told as one
_CONTEXT: Final = 4  # words told before a change
_SHOWN: Final = 300  # characters of words that a sentence repeats


@dataclass(frozen=True)
class Change:
    """One thing that differs. Words stand as they are printed."""

    how: str
    """``CHANGED``, ``PUNCTUATION`` (nothing but marks), or of a whole passage ``ADDED``, ``REMOVED`` or ``MOVED``."""
    place: str
    """Where it is in the first document; of an added passage where it is in the second."""
    before: str
    after: str
    lead: str = ""
    """The words just before a change, as the first document has them; empty at the beginning of a passage."""
    now: str = ""
    """Where it is in the second document, when its paragraph number or its place is another there."""


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[Change, ...]:
    """What a reader of the second document would find different from the first, in the order of the documents.

    Nothing where both have the same words in the same order, however their paragraphs are cut.
    """
    if normal_words(before) == normal_words(after):
        return ()
    old, new = ([p for p in each if p.kind in COUNTED and any(words_of(p))] for each in (before, after))
    return _without_moves(_compared(old, new))


def changes_beside(before: Sequence[Passage], after: Sequence[Passage], kinds: Iterable[str]) -> tuple[Change, ...]:
    """What differs in passages that do not count as words: the header, the footer, the properties.

    Their order does not matter, nor how often one is repeated, since every part of a document may name its header anew.
    """
    found: list[Change] = []
    for kind in kinds:
        old = {tuple(words_of(p)): p for p in before if p.kind == kind}
        new = {tuple(words_of(p)): p for p in after if p.kind == kind}
        gone = [passage for words, passage in old.items() if words not in new]
        come = [passage for words, passage in new.items() if words not in old]
        found += _paired_by_place(gone, come)
    return tuple(found)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How many words two documents or passages share, from 0 to 1, wherever the words stand."""
    if not one and not other:
        return 1.0
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other))


def said(change: Change) -> str:
    """A change as a sentence: "paragraph 12: “every Wednesday” became “every Thursday”"."""
    before, after = _quoted(change.before), _quoted(change.after)
    if change.how == ADDED:
        return f"{change.place}: added: {after}"
    if change.how == REMOVED:
        return f"{change.place}: taken out: {before}"
    if change.how == MOVED:
        return f"{change.place}: moved, now {change.now}: {before}"
    place = f"{change.place} (now {change.now})" if change.now else change.place
    what = "only the punctuation: " if change.how == PUNCTUATION else ""
    return f"{place}: {what}{before} became {after}"


def _compared(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    for one, other in matched(old, new):
        if one is None and other is not None:
            yield Change(ADDED, other.place, "", other.text)
        elif one is not None and other is None:
            yield Change(REMOVED, one.place, one.text, "")
        elif one is not None and other is not None:
            yield from _within(one, other)


def _within(one: Passage, other: Passage) -> Iterator[Change]:
    """What differs between a passage and what it became."""
    now = other.place if one.number != other.number else ""
    if not one.cells:
        yield from _word_by_word(one.text, other.text, one.place, now)
        return
    for at, (cell, became) in enumerate(zip(one.cells, other.cells, strict=True)):
        if tuple(folded(cell).split()) == tuple(folded(became).split()):
            continue
        head = one.columns[at] if at < len(one.columns) else ""
        if not head and at and not one.columns:
            head = one.cells[0]  # a table of facts names what it says in its first column
        place = f"{one.place}, {_quoted(head)}" if head else one.place
        yield from _word_by_word(cell, became, place, now)


def _word_by_word(before: str, after: str, place: str, now: str) -> Iterator[Change]:
    old, new = _words(before), _words(after)
    plain_old, plain_new = [folded(word) for word in old], [folded(word) for word in new]
    codes = SequenceMatcher(None, plain_old, plain_new, autojunk=False).get_opcodes()
    kept = sum(end - first for kind, first, end, _, _ in codes if kind == "equal")
    if 2 * kept < _REWRITTEN * (len(old) + len(new)):
        codes = [("replace", 0, len(old), 0, len(new))]
    for first, end, begin, until in _joined(codes):
        how = PUNCTUATION if _bare(plain_old[first:end]) == _bare(plain_new[begin:until]) else CHANGED
        # With one word that stayed, “not” put in reads as “would” that became “would not”.
        led = 1 if first and begin else 0
        followed = 1 - led
        gone = " ".join(old[first - led : end + followed])
        come = " ".join(new[begin - led : until + followed])
        yield Change(how, place, gone, come, " ".join(old[max(first - led - _CONTEXT, 0) : first - led]), now)


def _joined(codes: Iterable[tuple[str, int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ; those with next to nothing between them as one."""
    held: tuple[int, int, int, int] | None = None
    for kind, first, end, begin, until in codes:
        if kind == "equal":
            continue
        if held and first - held[1] <= _GAP and begin - held[3] <= _GAP:
            held = (held[0], end, held[2], until)
            continue
        if held:
            yield held
        held = (first, end, begin, until)
    if held:
        yield held


def _words(text: str) -> list[str]:
    return [word for word in text.split() if folded(word)]


def _bare(words: Iterable[str]) -> list[str]:
    """Words without the marks at their ends. A mark within a word, a sign of money and a minus are part of it."""
    bare = (_trimmed(word) for word in words)
    return [word for word in bare if word]


def _trimmed(word: str) -> str:
    end = len(word)
    while end and _is_mark(word[end - 1]):
        end -= 1
    first = 0
    while first < end and _is_mark(word[first]) and not (word[first] == "-" and word[first + 1].isdigit()):
        first += 1
    return word[first:end]


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("P") and char not in "%&#@*/"


def _without_moves(found: Iterable[Change]) -> tuple[Change, ...]:
    """A passage that was taken out and added elsewhere is told once, where it was."""
    told = list(found)
    added: dict[tuple[str, ...], list[int]] = {}
    for at, change in enumerate(told):
        if change.how == ADDED:
            added.setdefault(tuple(folded(change.after).split()), []).append(at)
    moved = {}
    for at, change in enumerate(told):
        places = added.get(tuple(folded(change.before).split()), []) if change.how == REMOVED else []
        if places:
            moved[at] = places.pop(0)
    gone = set(moved.values())
    return tuple(
        replace(change, how=MOVED, after=told[moved[at]].after, now=told[moved[at]].place) if at in moved else change
        for at, change in enumerate(told)
        if at not in gone
    )


def _paired_by_place(gone: Sequence[Passage], come: Sequence[Passage]) -> Iterator[Change]:
    """What left and what came in the same place is one change."""
    left = list(come)
    for passage in gone:
        other = next((other for other in left if other.place == passage.place), None)
        if other is None:
            yield Change(REMOVED, passage.place, passage.text, "")
        else:
            left.remove(other)
            yield from _word_by_word(passage.text, other.text, passage.place, "")
    yield from (Change(ADDED, passage.place, "", passage.text) for passage in left)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _SHOWN else line[:_SHOWN].rstrip() + '…'}”"
