"""Words that are there and should be others, or should say more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.wording import records, terms
from cppp_cli.checks.wording.asking import ask
from cppp_cli.checks.wording.reading import ADULT, CHILD, NAME, OWN, PRONOUN, THING, pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cppp_cli.checks.wording.reading import Reading
    from cppp_cli.checks.wording.records import WordingFinding

EXCEPTIONS: Final = 4
"""Exceptions that are too many in a sentence."""
LONG_WORDS, LONG_EXCEPTIONS = 50, 3
"""In a sentence of so many words, so many exceptions are too many."""
MOST_CONDITIONS: Final = 8
"""Conditions and exceptions in a whole clause."""

_DEFINED: Final = pattern(r'"([^"]{1,60})" (?:here )?means\b:?')
_EXCEPTION: Final = pattern(
    r"\b(?:unless|except|save (?:that|for|where|as|when)|provided(?: always)?(?: that)?|but (?:if|not if|only if|where)"
    r"|in which (?:case|event)|failing which|subject to|notwithstanding|so long as|other than (?:where|when|if)"
    r"|otherwise than|in the event (?:that|of)|and only if)\b"
)
_CONDITION: Final = pattern(r"\b(?:if|when|where|whenever|should|otherwise|instead)\b")
_WORD: Final = re.compile(r"\w+")

_SOMEONE: Final = pattern(rf"{ADULT}|{CHILD}|{PRONOUN}|\b(?:he|she|they)\b|{NAME}{OWN}")
_SOME_CHILD: Final = pattern(rf"{CHILD}|\b(?:him|her|them)\b(?! \w+ available)|{NAME}{OWN}")
_PASSIVE: Final = pattern(r"\b(?:is|are|be|been|being|was|were|get|gets|not|to be) (?:also |not |only )?$")


def vague(clause: Reading, knows: Collection[str]) -> Iterator[WordingFinding]:
    """Words that two people can read in two ways, unless the clause says what they mean."""
    defined = {" ".join(match[1].casefold().split()) for match in _DEFINED.finditer(clause.plain)}
    quoted = [match.span() for match in _DEFINED.finditer(clause.plain)]
    taken: list[tuple[int, int]] = list(quoted)
    for kind, expression in terms.VAGUE:
        for match in expression.finditer(clause.plain):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            word = " ".join(match[0].casefold().split())
            if word not in defined and not _is_clear(clause, kind, match, knows):
                yield ask(records.VAGUE, clause.text, start, end, kind)


def _is_clear(clause: Reading, kind: str, match: re.Match[str], knows: Collection[str]) -> bool:
    """Whether the words around it take the vagueness away."""
    after = clause.after(match.end())
    if terms.SAID_AT_ONCE.search(after):
        return True
    if kind == "later":
        return "steps" in knows and bool(terms.GROWING.search(match[0]))
    if kind == "possibility" and clause.topic == "health":
        return "needed" in match[0] or "required" in match[0] or "necessary" in match[0]
    if kind != "agreement":
        return False
    before = clause.before(match.start())
    if not match[0].casefold().startswith("to be") and (
        terms.IN_WRITING.search(after) or terms.DEFAULT_STANDS.search(before)
    ):
        return True
    return bool(terms.BY_A_DAY.search(after) and terms.IF_NOT_AGREED.search(clause.plain[match.end() :]))


def old_terms(clause: Reading) -> Iterator[WordingFinding]:
    """Custody, access, residence, and contact as a noun for time."""
    for match in terms.OLD.finditer(clause.plain):
        before, after = clause.before(match.start()), clause.after(match.end())
        word = match[0].casefold()
        passes = {"cont": _contact_passes, "acce": _access_passes, "cust": _custody_passes, "resi": _residence_passes}
        test = passes.get(word[:4])
        if test is None or not test(before, after):
            yield ask(records.OLD, clause.text, match.start(), match.end())


def _contact_passes(before: str, after: str) -> bool:
    if terms.CONTACT_PASSES_BEFORE.search(before) or terms.CONTACT_PASSES_AFTER.search(after):
        return True
    has_object = bool(terms.CONTACT_OBJECT_AFTER.search(after))
    if terms.CONTACT_TO_BEFORE.search(before):
        return True
    starts = not before.strip() or before.rstrip().endswith((",", ";", ":"))
    return has_object and (starts or bool(terms.CONTACT_VERB_BEFORE.search(before)) or before.rstrip()[-1:].isalpha())


_ACCESS_TO: Final = pattern(r"^ to\b(?P<what>(?: [\w'-]+){1,5})")
_ACCESS_TO_CHILD: Final = pattern(
    rf"^ (?:(?:the|his|her|their|both|all|any|each|our|my|of) ){{0,3}}(?:{CHILD}|{ADULT}|(?:him|them)\b|her\b(?! \w)"
    rf"|{NAME}{OWN}(?! (?-i:[A-Z])| (?:school|portal|app|account|system)))"
)


def _access_passes(before: str, after: str) -> bool:
    if terms.ACCESS_PASSES_BEFORE.search(before) or terms.ACCESS_PASSES_AFTER.search(after):
        return True
    if to := _ACCESS_TO.search(after):
        return not _ACCESS_TO_CHILD.search(to["what"])
    return bool(terms.ACCESS_VERB_BEFORE.search(before) and terms.ACCESS_VERB_AFTER.search(after))


def _custody_passes(before: str, after: str) -> bool:
    if terms.CUSTODY_PASSES_BEFORE.search(before) or terms.CUSTODY_PASSES_AFTER.search(after):
        return True
    return before.rstrip().casefold().endswith(" in") and not after.casefold().startswith(" of")


def _residence_passes(before: str, after: str) -> bool:
    if re.match(r"\s+(?:(?:is|shall be|will be|to be)\s+)?with\b", after, re.IGNORECASE):
        return False
    return bool(terms.RESIDENCE_PASSES_BEFORE.search(before) or terms.RESIDENCE_PASSES_AFTER.search(after))


def permissions(clause: Reading) -> Iterator[WordingFinding]:
    """One parent as the gatekeeper of the other's or the child's time."""
    if re.search(r"\bto bring this about,", clause.plain, re.IGNORECASE):
        return
    for match in terms.PERMISSION.finditer(clause.plain):
        before, after = clause.before(match.start()), clause.after(match.end())
        if not _permission_passes(match[0].casefold(), before, after):
            end = match.end()
            if match[0].casefold().startswith("mak") and (more := re.search(r"\bavailable\b", after, re.IGNORECASE)):
                end += more.end()
            yield ask(records.PERMISSION, clause.text, match.start(), end)


def _permission_passes(word: str, before: str, after: str) -> bool:
    """Whether this is no permission one parent gives."""
    if word.startswith("entitled"):
        return bool(terms.NO_GATE.search(after))
    if word.startswith("mad"):
        return not _SOME_CHILD.search(before[-60:])
    if word.startswith("mak"):
        between = after.partition("available")[0]
        a_thing = THING.search(before) and between.strip() in {"them", "it"}
        return bool(a_thing) or not _SOME_CHILD.search(between + " ")
    if word.startswith("let"):
        return bool(terms.TELLS.search(after) or terms.NOT_OF_PARENTS.search(before))
    return word.startswith(("allow", "permit")) and _nobody_is_permitted(word, before, after)


def _nobody_is_permitted(word: str, before: str, after: str) -> bool:
    """Whether a school allows something, a thing is allowed, a paper is a permit, or twenty minutes are allowed."""
    if word.startswith("permit") and terms.A_PERMIT.search(before):
        return True
    if terms.NOT_OF_PARENTS.search(before) or (word.startswith("allow") and terms.ROOM_FOR.search(after)):
        return True
    passive = _PASSIVE.search(before)
    return passive is not None and not _SOMEONE.search(before[: passive.start()][-40:] + " ")


def too_much_detail(clause: Reading) -> Iterator[WordingFinding]:
    """Exceptions to exceptions."""
    for start, end in clause.sentences:
        sentence = clause.plain[start:end]
        exceptions = sum(1 for _ in _EXCEPTION.finditer(sentence))
        length = sum(1 for _ in _WORD.finditer(sentence))
        if exceptions >= EXCEPTIONS or (exceptions >= LONG_EXCEPTIONS and length >= LONG_WORDS):
            yield ask(records.DETAIL, clause.text, *clause.whole)
            return
    both = sum(1 for expression in (_EXCEPTION, _CONDITION) for _ in expression.finditer(clause.plain))
    if both >= MOST_CONDITIONS:
        yield ask(records.DETAIL, clause.text, *clause.whole)
