"""How often the check for leaks is right, as passages and in real files.

A confidence counts as caught only where a leak names that very confidence, at the place where it stands.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.safety_corpus import (
    AUDIENCE,
    FAMILIES,
    FOLDS,
    HELD_OUT,
    PARTS,
    REWORDINGS,
    Told,
    chosen,
    confidences,
    folded,
    neutrals,
)
from benchmarks.safety_places import ALONE, PLACES, groups, planted
from proof.figures import Figure

from cppp_cli.checks.leaks import leaks
from cppp_cli.programme.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cppp_cli.programme.confidences import Confidence

AT_LEAST = 200  # confidences in all, and a third of them held out
REWORDED_AIM = 95.0  # per cent
FALSE_AIM = 1.0  # in 1,000
IN_ONE_DOCUMENT = 10
EXACT, FOLDED, REWORDED = "exact", "folded", "reworded"
REQUIRED = (EXACT, FOLDED)
"""The beginnings of the labels that must hold, or the command fails."""
REAL_FILES = "real files"


@dataclass
class Scores:
    """What came of one part: the confidences caught and those planted, by what was done to them."""

    caught: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """By class (exact, folded, reworded), by what was done, and by the place."""
    planted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)
    false: list[tuple[str, str, bool]] = field(default_factory=list)
    """A neutral sentence that was taken for a confidence: its words, the confidence, whether it was a hard one."""
    neutral: int = 0
    hard: int = 0
    others: int = 0
    """Findings of a confidence that does not stand in the document."""
    seconds: float = 0.0


def texts(family: int, part: str) -> Iterable[tuple[str, str, list[tuple[Told, str]]]]:
    """Every class and kind of text of a family's confidences."""
    told = [each for each in confidences(part) if each.family == family]
    yield EXACT, EXACT, [(each, each.words) for each in told]
    for name in FOLDS:
        yield FOLDED, name, [(each, text) for each in told for fold, text in folded(each.words) if fold == name]
    for name in REWORDINGS:
        yield REWORDED, name.replace("_", " "), [(each, each.reworded[name]) for each in told]


def search(scores: Scores, part: str, *, placed: bool, size: int = IN_ONE_DOCUMENT) -> None:
    """Put every text into documents and look for it.

    Args:
        scores: where the counts go.
        part: of the corpus.
        placed: also inside paragraphs, tables, headers and the like; otherwise as a passage of its own only.
        size: confidences in one document.
    """
    for family in FAMILIES:
        held = [each.confidence for each in confidences(part) if each.family == family]
        calm = [each.words for each in neutrals(part) if each.family == family and not each.near]
        for kind, name, rows in texts(family, part):
            for place in PLACES if placed and kind != FOLDED else (ALONE,):
                for group in groups(rows, size):
                    _look(scores, group, (kind, name, place), held, calm)


def _look(
    scores: Scores,
    group: Iterable[tuple[Told, str]],
    key: tuple[str, str, str],
    held: list[Confidence],
    calm: list[str],
) -> None:
    document = planted(group, key[2], calm)
    began = time.process_time()
    found = leaks(document.passages, held, AUDIENCE)
    scores.seconds += time.process_time() - began
    hits = {(leak.confidence.ref, leak.passage.place) for leak in found}
    for ref, places in document.there.items():
        scores.planted[key] += 1
        if any((ref, place) in hits for place in places):
            scores.caught[key] += 1
        else:
            scores.missed.append((*key, ref))
    scores.others += len({ref for ref, _ in hits} - set(document.there))


def alarms(scores: Scores, part: str) -> None:
    """Look at every neutral sentence alone, beside all that its family said in confidence."""
    for family in FAMILIES:
        held = [each.confidence for each in confidences(part) if each.family == family]
        for neutral in neutrals(part):
            if neutral.family != family:
                continue
            scores.neutral += 1
            scores.hard += bool(neutral.near)
            found = leaks((Passage("paragraph 1", neutral.words, number=1),), held, AUDIENCE)
            scores.false += [(neutral.words, leak.confidence.ref, bool(neutral.near)) for leak in found[:1]]


@cache
def scored(part: str) -> Scores:
    """Everything about one part, counted once; of both together only what the size of a file's confidences may change."""
    scores = Scores()
    search(scores, part, placed=part != "all")
    alarms(scores, part)
    if part != "all" and _reads_back():
        from benchmarks.safety_files import search_files

        search_files(scores, part)
    return scores


def _reads_back() -> bool:
    from importlib.util import find_spec

    return all(find_spec(f"cppp_cli.documents.read_back{end}") for end in ("", "_markdown", "_word"))


def figures(part: str) -> list[Figure]:
    """The figures of a part of the corpus."""
    scores = scored(part)
    found = [
        Figure(f"{EXACT} or {FOLDED}, wherever they stand", *_aim(scores, {EXACT, FOLDED}, 100.0)),
        Figure(f"{REWORDED}, wherever they stand", *_aim(scores, {REWORDED}, REWORDED_AIM)),
        _false_alarms(scores, part),
    ]
    alone = sorted({key for key in scores.planted if key[2] == ALONE}, key=_order)
    found += [
        Figure(f"{kind}: {name}" if kind != name else kind, *_share(scores, [(kind, name, place)], _least(kind)))
        for kind, name, place in alone
    ]
    found.append(
        Figure(f"{REWORDED}: all four, alone", *_share(scores, [k for k in alone if k[0] == REWORDED], REWORDED_AIM))
    )
    found += _by_place(scores)
    found += [
        Figure("findings of a confidence that is not in the document", f"{scores.others:,}"),
        Figure("documents looked through in a second of the processor", f"{_documents(scores) / scores.seconds:,.0f}"),
    ]
    return [*found, *_sizes(part)]


def _by_place(scores: Scores) -> list[Figure]:
    places = dict.fromkeys(place for _, _, place in scores.planted if place != ALONE)
    found = []
    for place in places:
        for kind in (EXACT, FOLDED, REWORDED):
            keys = [key for key in scores.planted if key[0] == kind and key[2] == place]
            if keys:
                found.append(Figure(f"{kind}, {place}", *_share(scores, keys, _least(kind))))
    return found


def _least(kind: str) -> float:
    return REWORDED_AIM if kind == REWORDED else 100.0


def _order(key: tuple[str, str, str]) -> tuple[int, int]:
    names = [EXACT, *FOLDS, *(name.replace("_", " ") for name in REWORDINGS)]
    return (EXACT, FOLDED, REWORDED).index(key[0]), names.index(key[1])


def _aim(scores: Scores, kinds: set[str], least: float) -> tuple[str, bool]:
    return _share(scores, [key for key in scores.planted if key[0] in kinds], least)


def _share(scores: Scores, keys: Iterable[tuple[str, str, str]], least: float) -> tuple[str, bool]:
    keys = list(keys)
    caught, whole = sum(scores.caught[key] for key in keys), sum(scores.planted[key] for key in keys)
    share = 100 * caught / whole if whole else 0.0
    return f"{share:5.1f} % ({caught:,}/{whole:,})", share >= least


def _false_alarms(scores: Scores, part: str) -> Figure:
    if not scores.neutral:
        return Figure("false findings in neutral sentences", "none written", holds=None)
    rate = 1000 * len(scores.false) / scores.neutral
    hard = sum(near for _, _, near in scores.false)
    told = f"{rate:.2f} in 1,000 ({len(scores.false)}/{scores.neutral:,}" + (
        f", hard {hard}/{scores.hard})" if scores.hard else ")"
    )
    return Figure("false findings in neutral sentences", told, rate <= FALSE_AIM)


def _documents(scores: Scores) -> float:
    return sum(scores.planted.values()) / IN_ONE_DOCUMENT


def _sizes(part: str) -> list[Figure]:
    if part != "all" or len(chosen("all")) < len(PARTS):
        return []
    every, held = len(confidences("all")), sum(len(confidences(each)) for each in HELD_OUT)
    return [
        Figure("confidential sentences", f"{every}", every >= AT_LEAST),
        Figure("of them held out", f"{held}", 3 * held >= every),
    ]


def misses(part: str) -> list[str]:
    """What was not caught, and which neutral sentences were, one a line."""
    scores = scored(part)
    return [
        *(f"missed  {ref}  {kind}: {name}, {place}" for kind, name, place, ref in scores.missed),
        *(f"false   {ref}  {words}" for words, ref, _ in scores.false),
    ]
