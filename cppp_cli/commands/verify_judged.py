"""Which final report a file is: its words against those of every final in the officer's file."""

from __future__ import annotations

from dataclasses import dataclass
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
    beside: tuple[Change, ...] = ()
    """What differs in its header, footer, remarks and properties."""
    says_it_is: str = ""
    """What a file that is not final says of itself."""
    other_pictures: bool = False
    followed_by: int | None = None
    """The version that takes the place of ``frozen``."""


def judged(office: Office, suffix: str, data: bytes, found: Sequence[Passage]) -> Verdict:
    """Compare a file with every final of the officer's file.

    Words decide, and a code only says which final a file means to be.
    """
    from cppp_cli.programme.fingerprint import code, code_in, is_code, normal_words
    from cppp_cli.store import finals

    every = [Frozen(*known) for known in finals.all_finals(office.db)]
    words, carried, own = normal_words(found), code_in(found), code(found)
    # The newest first: where two have the same words, the one that is in force is told.
    likely = sorted(every, key=lambda one: (one.final.code in {carried, own}, one.final.frozen_at), reverse=True)
    texts = {}
    for one in likely:
        texts[id(one)] = read = _words_of(office, one)
        if normal_words(read) == words:
            return _same(office, every, one, suffix, data, found, (carried, own))
    for one in likely:
        if carried and one.final.code == carried:
            return _other(office, every, one, texts[id(one)], suffix, found, DIFFERS, (carried, own))
    nearest = _nearest(likely, texts, words)
    if nearest is not None:
        return _other(office, every, nearest, texts[id(nearest)], suffix, found, NEAR, (carried, own))
    if carried:
        return Verdict(UNKNOWN_CODE if is_code(carried) else MISTYPED_CODE, carried, own)
    said = _says_it_is(found)
    return Verdict(NOT_FINAL if said else NONE, carried, own, says_it_is=said)


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


def _same(
    office: Office,
    every: Sequence[Frozen],
    one: Frozen,
    suffix: str,
    data: bytes,
    found: Sequence[Passage],
    codes: tuple[str, str],
) -> Verdict:
    from cppp_cli.documents.read_back import pictures_in

    kept = _frozen_file(office, one, suffix)
    followed = _followed_by(every, one)
    if kept is not None and kept[1] == data:
        return Verdict(EXACT, *codes, one, followed_by=followed)
    pictures = kept is not None and pictures_in(*kept) != pictures_in(f"file{suffix}", data)
    beside = _beside(kept, found)
    return Verdict(SAME_WORDS, *codes, one, beside=beside, other_pictures=pictures, followed_by=followed)


def _other(
    office: Office,
    every: Sequence[Frozen],
    one: Frozen,
    words: Sequence[Passage],
    suffix: str,
    found: Sequence[Passage],
    what: str,
    codes: tuple[str, str],
) -> Verdict:
    from cppp_cli.programme.word_diff import changes

    beside = _beside(_frozen_file(office, one, suffix), found)
    said = _says_it_is(found) if what == NEAR else ""
    followed = _followed_by(every, one)
    return Verdict(what, *codes, one, changes(words, found), beside, says_it_is=said, followed_by=followed)


def _beside(kept: tuple[str, bytes] | None, found: Sequence[Passage]) -> tuple[Change, ...]:
    """What differs beside the words, but for what every program writes anew."""
    from cppp_cli.documents.read_back import REMARKS, passages
    from cppp_cli.programme.word_diff import changes_beside

    if kept is None:
        return ()

    def matters(passage: Passage) -> bool:
        if passage.kind == "hidden":
            return passage.place.startswith(REMARKS)
        return passage.place not in _REWRITTEN

    before, after = ([p for p in several if matters(p)] for several in (passages(*kept), found))
    return changes_beside(before, after, ("header", "footer", "hidden", "property"))


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
