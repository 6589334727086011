"""Before anything leaves the desk: the finished text of an output against everything its readers may not read."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import BlockedError
from cppp_cli.show import counted, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.checks.leaks import Leak
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.confidences import Confidence
    from cppp_cli.programme.passage import Passage

KINDS: Final = {
    "statement": "words of a child",
    "letter": "a child's letter or drawing",
    "child": "what you noted of a child for your file",
    "note": "a safeguarding note",
    "answer": "what one side told alone",
    "entry": "an offer, or words, of one side that may not be told",
    "return": "why the case went back to the court",
}
"""What is held in confidence, by what its reference begins with: an error names nobody."""
SHOWN: Final = 5  # places an error names


@dataclass(frozen=True)
class Watch:
    """What of a case is held in confidence, what is open to the audience, and what the officer has released."""

    confidences: tuple[Confidence, ...]
    consented: tuple[str, ...]
    others: tuple[str, ...]
    released: frozenset[tuple[str, str, str]]
    audience: Readers

    def leaks(self, passages: Sequence[Passage]) -> tuple[Leak, ...]:
        """What of it the passages tell, but for what was released."""
        from cppp_cli.checks.leaks import leaks

        found = leaks(passages, self.confidences, self.audience, self.consented)
        if any(map(_may_be_of_others, found)):
            still = set(leaks(passages, self.confidences, self.audience, self.consented + self.others))
            found = tuple(leak for leak in found if leak in still or not _may_be_of_others(leak))
        return tuple(leak for leak in found if not (may_be_released(leak, self.audience) and self._is_released(leak)))

    def _is_released(self, leak: Leak) -> bool:
        return (leak.confidence.ref, digest_of(leak.confidence), told(leak.passage)) in self.released


def _may_be_of_others(leak: Leak) -> bool:
    """Whether what adults said and agreed may explain it: a likeness, or an offer that became what both agreed."""
    return leak.how == "reworded" or leak.confidence.ref.startswith("entry.")


def watch(office: Office, case: Case, audience: Readers) -> Watch:
    """What to look for in words for an audience."""
    from cppp_cli.programme.confidences_of import confidences, consented_words, words_of_others
    from cppp_cli.programme.disclosure import readers_added
    from cppp_cli.store import disclosures, ledger, releases, sessions

    held, entries = sessions.of_case(office.db, case.id), ledger.entries(office.db, case.id)
    decided = disclosures.of_case(office.db, case.id)
    notes = sessions.notes(office.db, case.id)
    plain = confidences(case, held, entries, notes)
    added = {one.ref: readers_added(decided, one.ref) for one in plain} if decided else {}
    return Watch(
        confidences(case, held, entries, notes, added) if added else plain,
        consented_words(held, audience),
        words_of_others(case, held, entries),
        frozenset(
            (one.confidence_ref, one.confidence_digest, one.passage) for one in releases.of_case(office.db, case.id)
        ),
        audience,
    )


def passages_of(outputs: Mapping[str, bytes]) -> tuple[Passage, ...]:
    """Every passage of files that are to be written, by their names; what the Markdown and the Word file share once."""
    from cppp_cli.documents.read_back import passages

    found = {(p.place, p.kind, p.text): p for name, data in outputs.items() for p in passages(name, data)}
    return tuple(found.values())


def refuse_leaks(
    office: Office, case: Case, outputs: Mapping[str, bytes], audience: Readers, *, checked_again: bool = False
) -> None:
    """Let nothing be written that tells its readers what they may not read.

    At a terminal both texts are shown to the officer.

    Args:
        office: The opened file.
        case: The case the output is about.
        outputs: The finished files by their names.
        audience: Everybody who reads them.
        checked_again: Whether ``cppp check`` reads this document too, so that it can be looked at there.

    Raises:
        BlockedError: it would; the text says where, and which kind of confidence, and names nobody.
    """
    watched = watch(office, case, audience)
    found = [leak for name, data in outputs.items() for leak in watched.leaks(passages_of({name: data}))]
    if found:
        _show(found)
        raise BlockedError(in_sentences(case, found, audience, checked_again=checked_again))


def _show(found: Sequence[Leak]) -> None:
    """Both texts of each, once, where the officer alone reads: never in an error, which may be kept by a machine."""
    if not sys.stdout.isatty():
        return
    for leak in {(one.confidence.ref, one.found): one for one in found}.values():
        result(f"\n{leak.passage.place[:1].upper()}{leak.passage.place[1:]}")
        paragraph(f"says: “{leak.found}”", indent=2)
        paragraph(f"In confidence ({leak.confidence.what}): “{leak.confidence.words}”", indent=2)


def in_sentences(case: Case, found: Sequence[Leak], audience: Readers, *, checked_again: bool) -> str:
    """What stands where, and what to do, without a name or a word of it."""
    places = list(dict.fromkeys(f"{leak.passage.place}: {kind_of(leak.confidence)}" for leak in found))
    told_of = "; ".join(places[:SHOWN]) + (f"; and {len(places) - SHOWN} more" if len(places) > SHOWN else "")
    held = counted(len({leak.confidence.ref for leak in found}), "thing")
    if not checked_again:
        return (
            f"Nothing was written. It would tell its readers {held} they may not read ({told_of}). Say it without "
            f"that, or look who may hear it: cppp voice show {case.reference}"
        )
    way = f"To see both texts side by side: cppp check {case.reference}."
    if any(may_be_released(leak, audience) for leak in found):
        way += f" If a passage only resembles what is held: cppp check {case.reference} --release"
    return f"Nothing was written. It would tell its readers {held} they may not read ({told_of}). {way}"


def kind_of(confidence: Confidence) -> str:
    """What a confidence is, without whose."""
    return confidence.what if confidence.detail else KINDS[confidence.ref.partition(".")[0]]


def may_be_released(leak: Leak, audience: Readers) -> bool:
    """Whether the officer may say that a passage only resembles what is held.

    Never for a confidential detail, what a child kept back, or the very words of a child: those are opened by the
    child's wish and the officer's decision, with ``cppp voice consent``.
    """
    very_words = leak.confidence.of_child and leak.how != "reworded"
    return leak.confidence.may_be_released(audience) and not very_words


def digest_of(confidence: Confidence) -> str:
    """What a release is tied to: other words are another confidence."""
    return hashlib.sha256(" ".join(confidence.words.split()).encode()).hexdigest()


def told(passage: Passage) -> str:
    """A passage as a release keeps it."""
    return " ".join(passage.text.split())
