"""Which passage of one document became which of another, by what they say. Pure."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, TypeAlias

from cppp_cli.programme.fingerprint import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.programme.passage import Passage

_ALIKE: Final = 0.4  # of the words of two passages; below that they are two passages and not one that was changed
_SHORT: Final = 6  # words; so short a passage in the place of another is that one, changed
_MOST_PAIRS: Final = 60_000  # comparisons of one stretch, about a quarter of a second
_Pair: TypeAlias = "tuple[Passage | None, Passage | None]"


def matched(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[_Pair]:
    """Every passage of both documents once, beside the one it became where there is one, in their order."""
    one, other = [tuple(words_of(p)) for p in old], [tuple(words_of(p)) for p in new]
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    # Of a passage that stayed and one that moved, the matcher may keep the wrong one: between what begins and what ends
    # both documents, everything is matched anew, as long as that is not too much.
    first = codes[0][2] if codes and codes[0][0] == "equal" else 0
    last = len(old) - codes[-1][1] if codes and codes[-1][0] == "equal" and len(codes) > 1 else 0
    if (len(old) - first - last) * (len(new) - first - last) <= _MOST_PAIRS:
        codes = [("equal", 0, first, 0, first), ("replace", first, len(old) - last, first, len(new) - last)]
        codes.append(("equal", len(old) - last, len(old), len(new) - last, len(new)))
    for kind, start, end, begin, until in codes:
        if kind == "equal":
            yield from zip(old[start:end], new[begin:until], strict=True)
        else:
            yield from _paired(old[start:end], new[begin:until])


def _paired(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[_Pair]:
    """The passages of a stretch that differs, each beside the one it became.

    Of all pairings that keep the order, the one whose passages have most in common.
    """
    if len(old) == len(new) == 1 and _one_for_another(old[0], new[0]):
        yield old[0], new[0]
        return
    if len(old) * len(new) > _MOST_PAIRS:
        yield from ((passage, None) for passage in old)
        yield from ((None, passage) for passage in new)
        return
    alike = _all_alike(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            together = best[row + 1][column + 1] + alike[row][column] if alike[row][column] else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], together)
    row = column = 0
    gone: list[Passage] = []
    come: list[Passage] = []
    while row < len(old) and column < len(new):
        if alike[row][column] and best[row][column] == best[row + 1][column + 1] + alike[row][column]:
            yield from _replaced(gone, come)
            gone, come = [], []
            yield old[row], new[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            gone.append(old[row])
            row += 1
        else:
            come.append(new[column])
            column += 1
    yield from _replaced([*gone, *old[row:]], [*come, *new[column:]])


def _replaced(gone: Sequence[Passage], come: Sequence[Passage]) -> Iterator[_Pair]:
    """What stands between two passages that were matched: one short one in the place of another, or several."""
    if len(gone) == len(come) == 1 and _one_for_another(gone[0], come[0]):
        yield gone[0], come[0]
        return
    yield from ((passage, None) for passage in gone)
    yield from ((None, passage) for passage in come)


def _one_for_another(one: Passage, other: Passage) -> bool:
    """Whether the only passage of a stretch that differs is the other one, changed, however little is left of it."""
    return _same_shape(one, other) and max(len(tuple(words_of(p))) for p in (one, other)) <= _SHORT


def _all_alike(old: Sequence[Passage], new: Sequence[Passage]) -> list[list[float]]:
    """How much each passage has in common with each; 0 where it cannot be that one, changed."""
    counted = [(passage, Counter(words_of(passage))) for passage in new]
    sizes = [max(words.total(), 1) for _, words in counted]
    table = []
    for one in old:
        own = Counter(words_of(one))
        line = []
        for (other, words), size in zip(counted, sizes, strict=True):
            share = 2 * (own & words).total() / (own.total() + size) if _same_shape(one, other) else 0.0
            line.append(share if share >= _ALIKE else 0.0)
        table.append(line)
    return table


def _same_shape(one: Passage, other: Passage) -> bool:
    shapes = ("row", "heading", "alternative text")
    return len(one.cells) == len(other.cells) and all((one.kind == s) == (other.kind == s) for s in shapes)
