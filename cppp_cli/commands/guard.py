"""Before anything leaves the desk: the finished text of an output against everything its readers may not read."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import BlockedError
from cppp_cli.show import counted, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cppp_cli.checks.leaks import Leak
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.confidences import Confidence
    from cppp_cli.programme.finals import Release
    from cppp_cli.programme.passage import Passage
    from cppp_cli.programme.sessions import Session

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
VERY_WORDS: Final = frozenset({"statement", "letter", "note", "answer"})
"""What is never released as it was said."""
OF_A_CHILD: Final = re.compile(r"(statement|letter)s\.(\d+)\.words")
TAKEN_BACK: Final = "taken back"
"""What a later release says of an earlier one that does not stand any more."""
SHOWN: Final = 5  # places an error names


@dataclass(frozen=True)
class Watch:
    """What of a case is held in confidence, what is open to the audience, and what the officer has released."""

    confidences: tuple[Confidence, ...]
    consented: tuple[str, ...]
    known: tuple[str, ...]
    adults: tuple[str, ...]
    released: frozenset[tuple[str, str, str, str]]
    audience: Readers
    kind: str

    def hits(self, passages: Sequence[Passage], *, released_too: bool = False) -> tuple[Hit, ...]:
        """What of it the passages tell, but for what was released."""
        found = self._leaks(passages)
        if any(map(_may_be_known, found)):
            still = set(self._leaks(passages, self.known))
            found = [leak for leak in found if leak in still or not _may_be_known(leak)]
        not_of_adults = set(self._leaks(passages, self.known + self.adults)) if found else set()
        hits = [self._hit(leak, of_an_adult=leak not in not_of_adults) for leak in found]
        return tuple(hit for hit in hits if released_too or not hit.released)

    def _hit(self, leak: Leak, *, of_an_adult: bool) -> Hit:
        releasable = self._may_be_released(leak, of_an_adult=of_an_adult)
        return Hit(leak, releasable, releasable and self.is_released(leak))

    def _leaks(self, passages: Sequence[Passage], *more: tuple[str, ...]) -> list[Leak]:
        from cppp_cli.checks.leaks import leaks

        return list(leaks(passages, self.confidences, self.audience, self.consented + sum(more, ())))

    def _may_be_released(self, leak: Leak, *, of_an_adult: bool) -> bool:
        """Whether the officer may say that a passage only resembles what is held.

        Never for a confidential detail, what a child kept back, or the very words of a child, of a safeguarding note or
        of what one side told alone; a child's are opened by its wish and the officer's decision. What an adult said in
        a session may be like it and yet be the adult's own to tell.
        """
        if leak.confidence.detail:
            return False
        ref = leak.confidence.ref
        very_words = leak.how != "reworded" and (ref.partition(".")[0] in VERY_WORDS or ref.endswith(".wish_reason"))
        return of_an_adult or (leak.confidence.may_be_released(self.audience) and not very_words)

    def is_released(self, leak: Leak) -> bool:
        """Whether the officer has said so of this passage and these words."""
        return (self.kind, leak.confidence.ref, digest_of(leak.confidence), told(leak.passage)) in self.released


@dataclass(frozen=True)
class Hit:
    """A passage that tells, or may tell, what its readers may not read."""

    leak: Leak
    releasable: bool
    """Whether the officer may say that it only resembles it."""
    released: bool = False
    """Whether the officer has said so."""


def _may_be_known(leak: Leak) -> bool:
    """Whether what both know may explain it: a likeness, or an offer that became what both agreed."""
    return leak.how == "reworded" or leak.confidence.ref.startswith("entry.")


def standing(found: Iterable[Release]) -> frozenset[tuple[str, str, str, str]]:
    """The releases that stand: the newest about a passage and a confidence counts, and it may have been taken back."""
    newest = {(r.kind, r.confidence_ref, r.confidence_digest, r.passage): r.how != TAKEN_BACK for r in found}
    return frozenset(key for key, stands in newest.items() if stands)


def watch(office: Office, case: Case, audience: Readers, kind: str) -> Watch:
    """What to look for in words for an audience; ``kind`` is the document, which alone its releases are for."""
    from cppp_cli.programme.confidences_of import answers_of_adults, confidences, consented_words, known_to_both
    from cppp_cli.programme.disclosure import readers_added
    from cppp_cli.store import disclosures, ledger, releases, sessions

    held, entries = sessions.of_case(office.db, case.id), ledger.entries(office.db, case.id)
    decided = disclosures.of_case(office.db, case.id)
    notes = sessions.notes(office.db, case.id)
    earlier = _earlier(office, held)
    plain = confidences(case, held, entries, notes, earlier=earlier)
    added = {one.ref: readers_added(decided, one.ref) for one in plain} if decided else {}
    return Watch(
        confidences(case, held, entries, notes, added, earlier) if added else plain,
        consented_words(held, audience),
        known_to_both(case, held, entries),
        answers_of_adults(held),
        standing(releases.of_case(office.db, case.id)),
        audience,
        kind,
    )


def _earlier(office: Office, held: Sequence[Session]) -> dict[str, list[str]]:
    """What children's words were before sessions were amended, by what a confidence is called."""
    from cppp_cli.store import sessions

    found: dict[str, list[str]] = {}
    for session in held:
        for row in sessions.amendments(office.db, session.id):
            said = OF_A_CHILD.fullmatch(str(row["path"]))
            words = json.loads(str(row["before"] or "null"))
            text = words.get("value") if isinstance(words, dict) else words
            if said and isinstance(text, str) and text != session.text(str(row["path"])):
                found.setdefault(f"{said[1]}.{session.id}.{said[2]}", []).append(text)
    return found


def passages_of(outputs: Mapping[str, bytes]) -> tuple[Passage, ...]:
    """Every passage of files that are to be written, by their names; what the Markdown and the Word file share once."""
    from cppp_cli.documents.read_back import passages

    found = {(p.place, p.kind, p.text): p for name, data in outputs.items() for p in passages(name, data)}
    return tuple(found.values())


def refuse_leaks(
    office: Office,
    case: Case,
    outputs: Mapping[str, bytes],
    audience: Readers,
    kind: str,
    *,
    checked_again: bool = False,
) -> None:
    """Let nothing be written that tells its readers what they may not read.

    At a terminal both texts are shown to the officer.

    Args:
        office: The opened file.
        case: The case the output is about.
        outputs: The finished files by their names.
        audience: Everybody who reads them.
        kind: Which document it is.
        checked_again: Whether ``cppp check`` reads this document too, so that it can be looked at there.

    Raises:
        BlockedError: it would; the text says where, and which kind of confidence, and names nobody.
    """
    refuse_what_is_told(case, watch(office, case, audience, kind), outputs, checked_again=checked_again)


def refuse_what_is_told(
    case: Case, watched: Watch, outputs: Mapping[str, bytes], *, checked_again: bool = False
) -> None:
    """The same, by what was gathered while the officer's file was open.

    Raises:
        BlockedError: as above.
    """
    found = watched.hits(passages_of(outputs))
    if found:
        _show([hit.leak for hit in found])
        raise BlockedError(in_sentences(case, found, checked_again=checked_again))


def _show(found: Sequence[Leak]) -> None:
    """Both texts of each, once, where the officer alone reads: never in an error, which may be kept by a machine."""
    if not sys.stdout.isatty():
        return
    for leak in {(one.confidence.ref, one.found): one for one in found}.values():
        result(f"\n{leak.passage.place[:1].upper()}{leak.passage.place[1:]}")
        paragraph(f"says: “{leak.found}”", indent=2)
        paragraph(f"In confidence ({leak.confidence.what}): “{leak.confidence.words}”", indent=2)


def in_sentences(case: Case, found: Sequence[Hit], *, checked_again: bool) -> str:
    """What stands where, and what to do, without a name or a word of it."""
    places = list(dict.fromkeys(f"{hit.leak.passage.place}: {kind_of(hit.leak.confidence)}" for hit in found))
    told_of = "; ".join(places[:SHOWN]) + (f"; and {len(places) - SHOWN} more" if len(places) > SHOWN else "")
    held = counted(len({hit.leak.confidence.ref for hit in found}), "thing")
    if not checked_again:
        return (
            f"Nothing was written. It would tell its readers {held} they may not read ({told_of}). Say it without "
            f"that, or look who may hear it: cppp voice show {case.reference}"
        )
    way = f"To see both texts side by side: cppp check {case.reference}."
    if any(hit.releasable for hit in found):
        way += f" If a passage only resembles what is held: cppp check {case.reference} --release"
    return f"Nothing was written. It would tell its readers {held} they may not read ({told_of}). {way}"


def kind_of(confidence: Confidence) -> str:
    """What a confidence is, without whose."""
    return confidence.what if confidence.detail else KINDS[confidence.ref.partition(".")[0]]


def digest_of(confidence: Confidence) -> str:
    """What a release is tied to: other words are another confidence."""
    return hashlib.sha256(" ".join(confidence.words.split()).encode()).hexdigest()


def told(passage: Passage) -> str:
    """A passage as a release keeps it."""
    return " ".join(passage.text.split())
