"""The rules of wording as they stand in policy_wording.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.policy.phrases import PhraseError, Phrases, fold, phrases
from cppp_cli.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FILE: Final = "policy_wording.toml"

_PARTS: Final = {"lists", "lists-but-not", "exempt", "rule"}
_EXEMPT: Final = {"told-by-the-court", "own-words-under"}
_SAID: Final = ("why", "do", "source", "dated")
_PHRASES: Final = ("but-not", "settled-by")
_KEYS: Final = {"id", "on", "words", "near", "in-sentence", "of-time", "note", *_SAID, *_PHRASES}
_ID: Final = re.compile(r"policy\.[a-z]+(?:-[a-z]+)*")
_RULE_LINE: Final = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Exempt:
    """What no rule looks at."""

    told_by_the_court: Phrases
    """After one of these a sentence tells what an order, a judgment or a finding says."""
    own_words_under: tuple[str, ...]
    """Headings, folded, under which people are quoted in their own words though without quotation marks."""


@dataclass(frozen=True)
class Rule:
    """Some words, where they are questioned, and what is told of them."""

    id: str
    """``policy.claims``. It is never given another meaning."""
    on: bool
    words: Phrases
    near: Phrases
    """Only where one of these stands in the same paragraph or the one before or after it."""
    in_sentence: Phrases
    """Only where one of these stands in the same sentence."""
    settled_by: Phrases
    """Not where one of these stands in the same sentence."""
    of_time: bool
    """Only as a noun for a child's time with somebody."""
    why: str
    do: str
    source: str
    dated: str
    """When the source was published, as it says it."""
    note: str
    """What to know of the source: that a summary of it was read, and not its text."""
    exempt: Exempt

    @property
    def authority(self) -> str:
        """The source with its date, and what to know of it."""
        said = f"{self.source} ({self.dated})"
        return f"{said}. {self.note}" if self.note else said


def rules_from(text: str) -> tuple[Rule, ...]:
    """The rules of a file, in its order; those switched off too.

    Raises:
        TemplateError: the file is no TOML, or a rule is incomplete or written wrongly; says which, and its line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _problem(f"it cannot be read ({fault})") from fault
    if unknown := set(table) - _PARTS:
        raise _problem(f"it holds “{min(unknown)}”, which means nothing there")
    lists, harmless = (_lists(table, part) for part in ("lists", "lists-but-not"))
    if stray := set(harmless) - set(lists):
        raise _problem(f"lists-but-not names “{min(stray)}”, and there is no such list")
    exempt = _exempt(table.get("exempt", {}), lists)
    written = table.get("rule", [])
    if not isinstance(written, list) or not all(isinstance(rule, dict) for rule in written):
        raise _problem("each rule must begin with a line [[rule]]")
    lines = [text.count("\n", 0, match.start()) + 1 for match in _RULE_LINE.finditer(text)]
    found: list[Rule] = []
    for number, entry in enumerate(written):
        where = f"line {lines[number]}" if len(lines) == len(written) else f"rule {number + 1}"
        if isinstance(entry.get("id"), str):
            where += f", {entry['id']}"
        try:
            rule = _rule(entry, lists, harmless, exempt)
        except PhraseError as fault:
            raise _problem(f"{where}: {fault}") from fault
        if any(rule.id == other.id for other in found):
            raise _problem(f"{where}: there is a rule with this id already")
        found.append(rule)
    return tuple(found)


def _rule(
    entry: Mapping[str, object],
    lists: Mapping[str, Sequence[str]],
    harmless: Mapping[str, Sequence[str]],
    exempt: Exempt,
) -> Rule:
    """One rule; a fault of any kind is told as a PhraseError, to which the caller adds where it stands."""
    if unknown := set(entry) - _KEYS:
        raise PhraseError(f"“{min(unknown)}” means nothing in a rule")
    name = entry.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise PhraseError("id must be policy. and words in small letters, such as policy.claims")
    for key in ("on", "of-time"):
        if not isinstance(entry.get(key, False), bool):
            raise PhraseError(f"{key} must be true or false")
    said = {key: _words_of(entry, key) for key in _SAID}
    said["note"] = _words_of(entry, "note") if "note" in entry else ""
    if "words" not in entry:
        raise PhraseError("it has no words")
    words = _list_of(entry, "words")
    but_not, settled_by = (_list_of(entry, key) for key in _PHRASES)
    return Rule(
        id=name,
        on=entry.get("on", True) is True,
        words=phrases(words, but_not, lists),
        near=_named(entry, "near", lists, harmless),
        in_sentence=_named(entry, "in-sentence", lists, harmless),
        settled_by=phrases(settled_by, (), lists),
        of_time=entry.get("of-time", False) is True,
        exempt=exempt,
        **said,
    )


def _named(
    entry: Mapping[str, object], key: str, lists: Mapping[str, Sequence[str]], harmless: Mapping[str, Sequence[str]]
) -> Phrases:
    if key not in entry:
        return Phrases()
    name = _words_of(entry, key)
    if name not in lists:
        raise PhraseError(f"{key} names “{name}”, and there is no such list")
    return phrases([f"{{{name}}}"], harmless.get(name, ()), lists)


def _lists(table: Mapping[str, object], part: str) -> dict[str, list[str]]:
    """The named lists of one part of the file."""
    named = table.get(part, {})
    if not isinstance(named, dict):
        raise _problem(f"{part} must be a part of its own, [{part}]")
    try:
        found = {name: _list_of(named, name) for name in named}
        for written in found.values():
            phrases(written, (), found if part == "lists" else _lists(table, "lists"))
    except PhraseError as fault:
        raise _problem(f"in [{part}]: {fault}") from fault
    return found


def _exempt(written: object, lists: Mapping[str, Sequence[str]]) -> Exempt:
    if not isinstance(written, dict) or set(written) - _EXEMPT:
        raise _problem(f"[exempt] may hold {' and '.join(sorted(_EXEMPT))}, and nothing else")
    try:
        told = phrases(_list_of(written, "told-by-the-court"), (), lists)
        under = _list_of(written, "own-words-under")
    except PhraseError as fault:
        raise _problem(f"in [exempt]: {fault}") from fault
    return Exempt(told, tuple(fold(heading).casefold() for heading in under))


def _words_of(entry: Mapping[str, object], key: str) -> str:
    found = entry.get(key)
    if not isinstance(found, str) or not found.strip():
        raise PhraseError(f"{key} must be words between quotation marks")
    return " ".join(found.split())


def _list_of(entry: Mapping[str, object], key: str) -> list[str]:
    written = entry.get(key, [])
    found = [one for one in written if isinstance(one, str) and one.strip()] if isinstance(written, list) else []
    if written != found or (key in entry and not found):
        raise PhraseError(f"{key} must be a list of phrases, each between quotation marks")
    return found


def _problem(what: str) -> TemplateError:
    return TemplateError(f"{FILE}: {what}. Correct the file, or remove it to use the one that comes with cppp.")
