"""What a word means here: its stem, the words it may stand for, and how much it says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.leaks import function_words as little
from cppp_cli.checks.leaks import lemmas
from cppp_cli.checks.leaks.more_synonyms import MORE_GROUPS, MORE_PHRASES
from cppp_cli.checks.leaks.synonyms import GROUPS, PHRASES

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_STEM: Final = 4  # letters; shorter words have no ending to take off
RARE: Final = 3.0
USUAL: Final = 2.0
COMMON: Final = 1.0
NAME: Final = 0.5
WHOLE: Final = frozenset(lemmas.WHOLE.split())
_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True)
class Sense:
    """What is known of a word. Words with a key in common may stand for each other."""

    keys: frozenset[str]
    """The stem first of all, and the groups it belongs to; empty for a word that is left out."""
    weight: float
    """How much it says; 0 for a word kept for the order only."""
    stem: str

    def joined(self, other: Sense) -> Sense:
        """What two words mean together, and the first of them still by itself."""
        return Sense(self.keys | other.keys, max(self.weight, other.weight), self.stem)


@cache
def stem(word: str) -> str:
    """A word without its ending, the same for all its forms; not always a word."""
    base = _forms().get(word, word)
    if base == word and word not in WHOLE and len(word) >= LEAST_STEM:
        base = _without_tail(_without_tense(_without_s(word)))
    base = base.removesuffix("e") if len(base) >= LEAST_STEM else base
    if len(base) > LEAST_STEM - 1 and base.endswith("y"):
        base = base[:-1] + "i"
    return base[:-1] if len(base) >= LEAST_STEM and base[-1] == base[-2] else base


def _without_s(word: str) -> str:
    """Singular."""
    if word.endswith("ies") and len(word) > LEAST_STEM:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_tense(word: str) -> str:
    """Without -ed, -ing or -ly, where a syllable stays."""
    for ending, least in (("ied", 2), ("ing", 2), ("ed", 3), ("ily", 3), ("ly", 3)):
        rest = word.removesuffix(ending)
        if rest != word and word not in WHOLE and len(rest) >= least and _VOWELS & set(rest) and rest[-1:] != "e":
            return rest + "y" if ending in {"ied", "ily"} else rest
    return word


def _without_tail(word: str) -> str:
    """Without what makes a noun of a verb, or of how somebody is: argument, preference, sadness."""
    for tail in ("ment", "ness", "ful", "ation", "ence", "ance", "al"):
        if word.endswith(tail) and len(word) >= len(tail) + LEAST_STEM and word not in WHOLE:
            return word.removesuffix(tail)
    return word


@cache
def _forms() -> Mapping[str, str]:
    """The base of every irregular form."""
    found: dict[str, str] = {}
    for line in lemmas.IRREGULAR.split(";"):
        base, *forms = line.split() or [""]
        found |= dict.fromkeys((base, *forms), base)
    return found


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """The groups of each stem."""
    found: dict[str, set[str]] = {}
    for number, line in enumerate(f"{GROUPS};{MORE_GROUPS}".split(";")):
        for word in line.replace("-", " ").split():
            found.setdefault(stem(word), set()).add(f"={number}")
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def _common() -> frozenset[str]:
    return frozenset(map(stem, little.COMMON | little.REPORTING))


@cache
def _everyday() -> frozenset[str]:
    return frozenset(map(stem, little.EVERYDAY))


@cache
def reporting() -> frozenset[str]:
    """The stems of words that reported speech brings in."""
    return frozenset(map(stem, little.REPORTING))


@cache
def in_no_list(root: str) -> bool:
    """Whether nothing is known of a stem: where it stands with a capital it is taken for a name."""
    return not (root in _groups() or root in _common() or root in _everyday() or root in _forms().values())


@cache
def phrases() -> Mapping[tuple[str, str], str]:
    """Two stems that together mean what another word means."""
    more = (line.split("=") for line in MORE_PHRASES.split(";"))
    every = {**PHRASES, **{pair: word.strip() for pair, word in more}}
    pairs = ((pair.split(), word) for pair, word in every.items())
    return {(sense(one).stem or stem(one), sense(two).stem or stem(two)): word for (one, two), word in pairs}


@cache
def sense(word: str) -> Sense:
    """What is known of a word in its folded form."""
    for of, key in ((little.PRONOUNS, little.PERSON), (little.OWNERS, little.OWNER), (little.NEGATIONS, little.NOT)):
        if word in of:
            return Sense(frozenset({key}), 0.0, key)
    if word in little.DROPPED:
        return Sense(frozenset(), 0.0, "")
    root = stem(word)
    if word in little.FUNCTION or word == "1":
        return Sense(frozenset({root}), 0.0, root)
    keys = frozenset({root}) | _groups().get(root, frozenset())
    if root in _common() or word.isdigit():
        return Sense(keys, COMMON, root)
    return Sense(keys, USUAL if root in _everyday() else RARE, root)
