"""Which passages say what a rule asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.checks.finding import Finding
from cppp_cli.checks.policy.reading import Read
from cppp_cli.checks.wording.words import old_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.checks.policy.rules import Rule
    from cppp_cli.programme.passage import Passage


def policy(passages: Sequence[Passage], rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """What the rules that are switched on ask about, in the order of the passages; all of it advisory."""
    live = [rule for rule in rules if rule.on]
    under = live[0].exempt.own_words_under if live else ()
    read = [Read(passage, under) for passage in passages]
    return tuple(
        _as_finding(rule, place, words)
        for number, place in enumerate(read)
        for rule in live
        if (words := tuple(_found(rule, number, read)))
    )


def _found(rule: Rule, number: int, read: Sequence[Read]) -> Iterator[str]:
    """The words of one passage a rule asks about, each as it is written there."""
    here = read[number]
    spans = list(rule.words.spans(here.told, here.plain))
    if not spans or (rule.near.any and not any(rule.near.within(text) for text in _around(number, read))):
        return
    if rule.of_time:
        of_time = [(found.start, found.end) for found in old_terms(here.reading)]
        spans = [(start, end) for start, end in spans if any(start < b and a < end for a, b in of_time)]
    open_until: dict[tuple[int, int], int] = {}
    for start, end in spans:
        sentence = here.sentence(start)
        if sentence not in open_until:
            open_until[sentence] = _open_until(rule, here, sentence)
        if start < open_until[sentence]:
            yield here.passage.text[start:end]


def _open_until(rule: Rule, here: Read, sentence: tuple[int, int]) -> int:
    """Up to where a sentence is the author's own to answer for; from there it tells what a court or an order says."""
    begins, ends = sentence
    text = here.plain[begins:ends]
    if (rule.in_sentence.any and not rule.in_sentence.within(text)) or rule.settled_by.within(text):
        return begins
    return next((begins + first + 1 for first, _ in rule.exempt.told_by_the_court.spans(text)), ends)


def _around(number: int, read: Sequence[Read]) -> Iterator[str]:
    """The passage itself, and those before and after it that stand under the same headings."""
    here = read[number]
    yield here.plain
    for other in (number - 1, number + 1):
        if 0 <= other < len(read) and read[other].passage.under == here.passage.under:
            yield read[other].plain


def _as_finding(rule: Rule, read: Read, words: Sequence[str]) -> Finding:
    distinct: dict[str, str] = {}
    for word in words:
        distinct.setdefault(" ".join(word.split()).casefold(), " ".join(word.split()))
    quoted = [f"“{word}”" for word in distinct.values()]
    said = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return Finding(rule.id, read.passage.place, f"It says {said}. {rule.why}", rule.do, authority=rule.authority)
