"""A name that nobody of the case bears, and one that is nearly somebody's."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.common import COMMON, SPEAKS
from cppp_cli.checks.attribution.elsewhere_names import Strangers
from cppp_cli.checks.attribution.gather import WORD
from cppp_cli.checks.attribution.records import ADULT, BROTHERS, CHILD, OTHER, SURNAMES
from cppp_cli.checks.attribution.roles import FAMILY_BEFORE
from cppp_cli.checks.attribution.saying import TYPED, advisory, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.finding import Finding

UNKNOWN: Final = "name.unknown"
NEAR: Final = "name.near"
LEAST: Final = 4  # letters of a name that a slip of the pen can be told from
LONG: Final = 7  # letters from which two slips are allowed
_START: Final = re.compile(r"(?:^|[.!?:;–•]\s+|[“‘\"'(\[]\s*|[.!?]\s*[”’\"')]+\s*|\n\s*|·\s*|/)$")
_PASSED_OVER: Final = frozenset({"hidden", "name"})


class Vocabulary:
    """What a capital letter may stand for in this document."""

    def __init__(self, reading: Reading) -> None:
        self.names: set[str] = {
            part for form in reading.people.forms for part in WORD.findall(form.replace("’", "'")) if part[0].isupper()
        }
        at_home = {
            form for p in reading.cast.people if p.kind in {ADULT, CHILD, OTHER} for form in (p.full_name, p.called)
        }
        self.family = {part for form in at_home for part in WORD.findall(form.replace("’", "'"))}
        small = {
            word for passage in reading.passages for word in WORD.findall(passage.text.replace("’", "'"))
            if word[0].islower()
        }  # fmt: skip
        self.common = COMMON | small | {name.casefold() for name in self.names}
        self.known = self.common | reading.cast.known
        self.places = reading.cast.places
        self.relatives = (
            COMMON | small | (reading.cast.known - reading.cast.places) | (reading.cast.known - reading.cast.places)
        )
        self.strangers = Strangers(reading.cast)

    def is_name(self, word: str, *, related: bool = False) -> bool:
        """Whether a word is part of somebody's name; of somebody's at home, where it is said to be a relative's."""
        return word in (self.family if related else self.names)

    def near(self, word: str) -> str:
        """The name a word is a slip of; empty when it is none, or is a word of its own."""
        from rapidfuzz.distance import OSA

        if len(word) < LEAST or word.casefold() in self.common | self.places:
            return ""
        for name in sorted(self.names):
            allowed = 2 if min(len(name), len(word)) >= LONG else 1
            if len(name) >= LEAST and OSA.distance(word.casefold(), name.casefold(), score_cutoff=allowed) <= allowed:
                return name
        return ""


def unknown(reading: Reading) -> Iterator[Finding]:
    """Names that are nobody's, and such as are nearly somebody's; each once."""
    vocabulary, told = Vocabulary(reading), set[str]()
    for piece in reading.pieces:
        if piece.passage.kind in _PASSED_OVER:
            continue
        for word, starts, after, related in _capitalised(piece):
            if word in told or vocabulary.is_name(word, related=related) or vocabulary.strangers.knows(word):
                continue
            near = vocabulary.near(word)
            is_name = not starts or after in SPEAKS
            if near:
                told.add(word)
                what = f"“{word}” is nearly “{near}”, and nobody on file is called so: “{shortened(piece.text)}”"
                yield advisory(NEAR, piece.passage, what, BROTHERS, TYPED)
            elif (is_name or related) and not {word.casefold(), f"{word.casefold()}'s"} & (
                vocabulary.relatives if related else vocabulary.known
            ):
                told.add(word)
                what = f"Nobody and nothing on file is called “{word}”: “{shortened(piece.text)}”"
                do = f"Check who is meant. Somebody who belongs to the case is added with cppp case edit. {TYPED}"
                yield advisory(UNKNOWN, piece.passage, what, SURNAMES, do)


def alike(reading: Reading) -> Iterator[Finding]:
    """Two people of the case who are called the same, or nearly, and are both spoken of."""
    from rapidfuzz.distance import OSA

    body = [reading.passages[at] for at in reading.body()]
    text = "\n".join(passage.text for passage in body)
    people = [p for p in reading.cast.people if p.kind in {ADULT, CHILD} and (p.called or p.first_name)]
    counts = Counter(mention.text for mention in reading.people.mentions(text))
    for at, one in enumerate(people):
        for other in people[at + 1 :]:
            mine, theirs = (p.called or p.first_name for p in (one, other))
            least = min(len(mine), len(theirs))
            near = mine == theirs or (
                least >= LEAST and OSA.distance(mine.casefold(), theirs.casefold(), score_cutoff=1) <= 1
            )
            if near and all(counts[name] or counts[p.full_name] for name, p in ((mine, one), (theirs, other))):
                same = "the same" if mine == theirs else "nearly the same"
                what = (
                    f"{one.full_name} and {other.full_name} go by {same} name: read every place that names one of them."
                )
                where = next((passage for passage in body if mine in passage.text), body[0])
                do = "Write the full name, or what they are to the child, wherever it could be either."
                yield advisory(NEAR, where, what, SURNAMES, do)


def _capitalised(piece: Piece) -> Iterator[tuple[str, bool, str, bool]]:
    """Words with a capital and small letters after it.

    Each with whether a sentence begins with it, the next word, and whether it is said to be somebody's relative.
    """
    text = piece.text.replace("’", "'")
    found = list(WORD.finditer(text))
    for at, match in enumerate(found):
        word = re.sub(r"'s$|s'$", "", match[0]) if match[0].endswith("'s") else match[0]
        if len(word) < 2 or not word[0].isupper() or word.isupper():  # noqa: PLR2004  - an initial is no name
            continue
        starts = bool(_START.search(text[: match.start()]))
        beyond = found[at + 1] if at + 1 < len(found) else None
        joined = beyond is not None and text[match.end() : beyond.start()] == " "
        after = beyond[0] if beyond is not None and joined else ""
        if starts and piece.passage.kind != "heading" and after[:1].isupper() and not after.isupper():
            starts = False  # "Marcus Webb came": a first name and a surname, wherever they stand
        yield word, starts, after, bool(FAMILY_BEFORE.search(text[: match.start()]))
