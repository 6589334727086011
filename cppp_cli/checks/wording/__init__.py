"""Wording that may become an arrangement: what is vague, out of date, unfair to somebody or missing, and what to ask.

Nothing is rewritten and nothing is forbidden. A finding asks the question the clause leaves open, and the answer
completes the clause. What is deliberately left open is kept, with a reason of `KEPT`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cppp_cli.checks.wording import gaps, words
from cppp_cli.checks.wording.asking import as_finding
from cppp_cli.checks.wording.reading import Reading
from cppp_cli.checks.wording.records import IDS, KEPT, KNOWN, WordingFinding

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["IDS", "KEPT", "KNOWN", "WordingFinding", "as_finding", "check", "complete"]


def check(
    text: str, topic: str = "", *, allowed: Collection[str] = (), knows: Collection[str] = ()
) -> tuple[WordingFinding, ...]:
    """What to ask about this wording, in the order of its places; good wording gives nothing.

    Args:
        text: one arrangement, of one sentence or several.
        topic: the topic it is about, by key; empty when it is not known.
        allowed: ids that are kept as they are, for a reason of `KEPT` that the caller records.
        knows: what the plan says elsewhere, by the keys of `KNOWN`, or ``steps``.
    """
    clause = Reading(text, topic)
    left_out = set(allowed) | {KNOWN[key] for key in knows if key in KNOWN}
    found = [
        *words.vague(clause, knows),
        *words.old_terms(clause),
        *words.permissions(clause),
        *words.too_much_detail(clause),
        *gaps.alternate_without_anchor(clause),
        *gaps.weekend_without_ends(clause),
        *gaps.half_without_rule(clause),
        *gaps.handover_gaps(clause),
        *gaps.no_review(clause),
    ]
    kept = (finding for finding in found if finding.id not in left_out)
    return tuple(sorted(kept, key=lambda finding: (finding.start, IDS.index(finding.id), finding.end)))


def complete(text: str, finding: WordingFinding, answer: str) -> str:
    """The clause with the answer in it: as a sentence at the end, or in the place of the words found.

    The finding must be of this very text: after an answer, check the new text again before the next one.
    """
    said = " ".join(answer.split())
    if not said:
        return text
    if finding.completion is None:
        return text[: finding.start] + said + text[finding.end :]
    sentence = finding.completion.replace("{answer}", said.rstrip(".!? "))
    before = text.rstrip().rstrip(",;:")
    if before and not re.search(r"[.!?][\"'”’)\]]*$", before):
        before += "."
    return f"{before} {sentence}".strip()
