"""Words said in confidence, and confidential details, in the finished text of a document. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.checks.leaks.details import Marks
from cppp_cli.checks.leaks.opened import opened
from cppp_cli.checks.leaks.reading import in_order, read
from cppp_cli.checks.leaks.records import EXACT, FOLDED, REWORDED, WAYS, Leak
from cppp_cli.checks.leaks.saying import as_finding
from cppp_cli.checks.leaks.search import Hit, detail_in, words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.confidences import Confidence
    from cppp_cli.programme.passage import Passage

__all__ = ["EXACT", "FOLDED", "REWORDED", "WAYS", "Leak", "as_finding", "leaks"]


def leaks(
    passages: Sequence[Passage], confidences: Sequence[Confidence], audience: Readers, cleared: Sequence[str] = ()
) -> tuple[Leak, ...]:
    """Every passage that carries a confidence which is not open to the audience, in the order of the document.

    Words are found as they are (exact), in another dress (folded: case, blanks, punctuation, accents, signs nobody
    sees, numbers in words), and in other words (reworded: synonyms, another order or tense, reported speech), also
    where they run from one passage into the next. A longer text is also found by one of its sentences.

    Short words would be found everywhere, so they must stand as they were said. Fewer than two words that say
    something ("No.", "I don't know") are found only as a whole quotation. Fewer than four words ("I like school")
    are found as they are only where they make a sentence, a cell or a quotation. With a grave word in them ("He hurts
    me") they are found anywhere, and where their telling words stand beside each other ("that Dad hits her"). Other
    words are found anywhere. In other words, the fewer telling words a confidence has, the more its row of words must
    agree.

    Words in ``cleared``, and confidences that are open, are open: what repeats them is no leak, nor what is more like
    them than like the confidence. A confidential detail is never cleared by them.

    Args:
        passages: the whole document, with its headers, properties and name, in the order it is read.
        confidences: all that the file holds in confidence, open or not.
        audience: who will read the document; nobody means that nothing is open.
        cleared: other words that the audience may read.
    """
    held = [confidence for confidence in confidences if not confidence.is_open_to(audience)]
    if not held:
        return ()
    ordered = in_order(passages)
    texts = [passage.text for passage in ordered]
    reading, marks = read(texts), Marks(texts)
    free = [c.words for c in confidences if not c.detail and c.is_open_to(audience)]
    known = opened([text for text in (*cleared, *free) if text.strip()], reading)
    best: dict[tuple[int, int], Hit] = {}
    for number, confidence in enumerate(held):
        hits = detail_in(confidence, marks) if confidence.detail else words_in(confidence, reading, ordered, known)
        for hit in hits:
            key = (hit.home, number)
            if key not in best or _rank(hit) > _rank(best[key]):
                best[key] = hit
    order = {id(passage): place for place, passage in enumerate(passages)}
    found = [Leak(held[n], ordered[home], hit.how, hit.score, hit.found) for (home, n), hit in best.items()]
    return tuple(sorted(found, key=lambda leak: order[id(leak.passage)]))


def _rank(hit: Hit) -> tuple[int, int, int]:
    """The surest hit of a passage is shown, and of equal ones the longest."""
    return (-WAYS.index(hit.how), hit.score, len(hit.found))
