"""Which final report a file is: its words against those of every final in the officer's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from typing import Final as Constant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.finals import Final
    from cppp_cli.programme.passage import Passage
    from cppp_cli.programme.word_diff import Change

# What a file can be.
EXACT = "exact"  # byte for byte a file that was frozen
SAME_WORDS = "same-words"
DIFFERS = "differs"  # it carries the code of a final, and other words
NEAR = "near"  # it carries no code of a final, and nearly its words
UNKNOWN_CODE = "unknown-code"
MISTYPED_CODE = "mistyped-code"
NOT_FINAL = "not-final"  # it says of itself that it is a draft, or a copy
NONE = "none"

_NEAR: Constant = 0.8  # of the words; the reports of two families share less than two thirds
# What every program that saves a file writes anew.
_REWRITTEN: Constant = frozenset(
    f"the property “{name}”"
    for name in (
        *("Application", "AppVersion", "Template", "TotalTime", "Pages", "Words", "Characters", "Lines", "Paragraphs"),
        *("CharactersWithSpaces", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged"),
        *("HeadingPairs", "TitlesOfParts", "revision", "modified", "created", "lastModifiedBy", "lastPrinted"),
    )
)


@dataclass(frozen=True)
class Frozen:
    """One final with the reference and the number of its case."""

    case: str
    case_id: int
    final: Final


@dataclass(frozen=True)
class Verdict:
    """What a file was found to be."""

    what: str
    code_in_file: str
    """The code printed in it; empty where there is none."""
    code_of_words: str
    frozen: Frozen | None = None
    changes: tuple[Change, ...] = ()
    """What differs in its words from those of ``frozen``."""
    around: tuple[Change, ...] = ()
    """What differs in its header and footer."""
    beside: tuple[Change, ...] = ()
    """What differs in its remarks, in what it hides, and in its properties."""
    says_it_is: str = ""
    """What a file that is not final says of itself."""
    other_pictures: bool = False
    followed_by: int | None = None
    """The version that takes the place of ``frozen``."""


@dataclass(frozen=True)
class Given:
    """The file that is asked about."""

    suffix: str
    data: bytes
    passages: tuple[Passage, ...]


def judged(office: Office, given: Given) -> Verdict:
    """Compare a file with every final of the officer's file.

    Words decide, and a code only says which final a file means to be.
    """
    from cppp_cli.programme.fingerprint import code, code_in, is_code, normal_words
    from cppp_cli.programme.word_diff import changes
    from cppp_cli.store import finals

    every = [Frozen(*known) for known in finals.all_finals(office.db)]
    words, carried, own = normal_words(given.passages), code_in(given.passages), code(given.passages)
    plain = Verdict(NONE, carried, own, says_it_is=_says_it_is(given.passages))
    # The newest first: where two have the same words, the one that is in force is told.
    likely = sorted(every, key=lambda one: (one.final.code in {carried, own}, one.final.frozen_at), reverse=True)
    texts = {}
    for one in likely:
        texts[id(one)] = read = _words_of(office, one)
        if words and normal_words(read) == words:
            return _beside(office, replace(plain, what=SAME_WORDS, frozen=one), every, given)
    meant = next((one for one in likely if carried and one.final.code == carried), None)
    nearest = meant or _nearest(likely, texts, words)
    if nearest is not None:
        differs = changes(texts[id(nearest)], given.passages)
        found = replace(plain, what=DIFFERS if meant else NEAR, frozen=nearest, changes=differs)
        return _beside(office, found, every, given)
    if carried:
        return replace(plain, what=UNKNOWN_CODE if is_code(carried) else MISTYPED_CODE)
    return replace(plain, what=NOT_FINAL) if plain.says_it_is else plain


def _words_of(office: Office, one: Frozen) -> tuple[Passage, ...]:
    """The frozen words of a final."""
    from cppp_cli.documents.read_back import passages
    from cppp_cli.store import finals

    markdown = finals.text(office.db, one.case_id, one.final.kind, one.final.version) or ""
    return passages("report.md", markdown.encode("utf-8"))


def _frozen_file(office: Office, one: Frozen, suffix: str) -> tuple[str, bytes] | None:
    """The file of that kind that was frozen."""
    from cppp_cli.store import finals

    kept = finals.files(office.db, one.case_id, one.final.kind, one.final.version)
    return next((entry for entry in kept.items() if entry[0].lower().endswith(suffix)), None)


def _beside(office: Office, found: Verdict, every: Sequence[Frozen], given: Given) -> Verdict:
    """The verdict with what differs beside the words, but for what every program writes anew."""
    from cppp_cli.documents.read_back import REMARKS, passages, pictures_in
    from cppp_cli.programme.word_diff import changes_beside

    one = found.frozen
    if one is None:
        return found
    found = replace(found, followed_by=_followed_by(every, one))
    kept = _frozen_file(office, one, given.suffix)
    if kept is None:
        return found
    if kept[1] == given.data:
        return replace(found, what=EXACT, changes=())

    def matters(passage: Passage) -> bool:
        if passage.kind == "hidden":
            return passage.place.startswith(REMARKS)
        return passage.place not in _REWRITTEN

    before, after = ([p for p in several if matters(p)] for several in (passages(*kept), given.passages))
    return replace(
        found,
        around=changes_beside(before, after, ("header", "footer")),
        beside=changes_beside(before, after, ("hidden", "property")),
        other_pictures=pictures_in(*kept) != pictures_in(kept[0], given.data),
    )


def _nearest(likely: Sequence[Frozen], texts: Mapping[int, tuple[Passage, ...]], words: Sequence[str]) -> Frozen | None:
    from cppp_cli.programme.fingerprint import CELL_ENDS, normal_words
    from cppp_cli.programme.word_diff import likeness

    def plain(several: Sequence[str]) -> list[str]:
        return [word for word in several if word != CELL_ENDS]

    own = plain(words)
    alike = {id(one): likeness(plain(normal_words(texts[id(one)])), own) for one in likely}
    best = max(likely, key=lambda one: alike[id(one)], default=None)
    return best if best is not None and own and alike[id(best)] >= _NEAR else None


def _followed_by(every: Sequence[Frozen], one: Frozen) -> int | None:
    """The newest version of the same document, where that is another one."""
    same = (other.final for other in every if (other.case_id, other.final.kind) == (one.case_id, one.final.kind))
    newest = max(final.version for final in same)
    return newest if newest > one.final.version else None


def _says_it_is(found: Sequence[Passage]) -> str:
    """A draft or a copy, as the header or the lines below the title say."""
    from cppp_cli.documents.standing import COPY, DRAFT

    head = [p.text for p in found if p.kind == "header"] + [p.text for p in found if p.kind == "text"][:1]
    for status, what in ((COPY, "a copy for the checking of facts"), (DRAFT.status, "a draft")):
        if any(text.rstrip().endswith(status) for text in head):
            return what
    return ""
