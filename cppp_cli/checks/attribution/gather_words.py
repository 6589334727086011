"""Everything typed into a case that a document may print, paragraph by paragraph, and whose it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import Words
from cppp_cli.programme.ledger import SIDES
from cppp_cli.programme.sessions import letters, statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.sessions import Session

LEAST_UNOWNED: Final = 4  # words; a shorter text that is nobody's is not looked for, as it may stand anywhere
_PARAGRAPHS: Final = re.compile(r"\n[^\S\n]*\n\s*")
_VIEWS: Final = frozenset({"obstacles", "situation", "communication", "hopes", "best_for_child", "child_would_say"})
"""The answers of a session with one side that are its own account; its other answers are the officer's notes."""


def collapsed(text: str) -> str:
    """The text with single blanks for every run of blanks and line ends."""
    return " ".join(text.split())


def words_of(case: Case, sessions: Sequence[Session], entries: Sequence[Entry], own: Answers) -> Iterator[Words]:
    """Everything typed, each paragraph by itself."""
    yield from _of_case(case)
    for session in sessions:
        yield from _of_session(case, session)
    for entry in entries:
        yield from _of_entry(case, entry)
    for answer in own.values():
        yield from (replace(words, own=True) for words in _unowned(answer.value))


def merged(found: Iterable[Words]) -> Iterator[Words]:
    """The longest first. What was typed in several places belongs to all who said it there."""
    by_text: dict[str, Words] = {}
    for words in found:
        before = by_text.get(words.text)
        by_text[words.text] = words if before is None else replace(
            before, owners=before.owners | words.owners, entries=before.entries | words.entries,
            about=before.about and words.about, own=before.own or words.own,
        )  # fmt: skip
    yield from sorted(by_text.values(), key=lambda words: (-len(words.text), words.text))


def _cut(text: object, **more: object) -> Iterator[Words]:
    """The paragraphs of a text; a line of its own, in a list of promises, is one too."""
    if not isinstance(text, str):
        return
    for paragraph in _PARAGRAPHS.split(text.replace("\r\n", "\n").strip()):
        words = collapsed(paragraph)
        if any(sign.isalnum() for sign in words):
            yield replace(Words(words), **more)  # type: ignore[arg-type]


def _unowned(text: object) -> Iterator[Words]:
    return (words for words in _cut(text) if len(words.text.split()) >= LEAST_UNOWNED)


def _side(case: Case, side: str) -> frozenset[str]:
    return frozenset(adult.reference for adult in case.side(side))


def _of_case(case: Case) -> Iterator[Words]:
    for criterion in case.criteria:
        if criterion.departed:
            yield from _cut(criterion.reason, owners=frozenset({f"manager.{criterion.key}"}), about=True)
    texts = (case.arrangement_now, case.order_now, case.returned.sentence if case.returned else "", *case.questions)
    for text in texts:
        yield from _unowned(text)


def _of_session(case: Case, session: Session) -> Iterator[Words]:
    for said in statements(session):
        yield from _cut(said.words, owners=frozenset({f"children.{said.child}"}))
    for letter in letters(session):
        owner = frozenset({f"children.{letter.child}"})
        yield from _cut(letter.words, owners=owner)
        yield from _cut(letter.description, owners=owner, about=True)
    for child in case.children:
        reason = session.text(f"children.{child.number}.not_seen_reason")
        yield from _cut(reason, owners=frozenset({f"children.{child.number}"}), about=True)
    if session.side:
        for key in _VIEWS:
            yield from _cut(session.text(key), owners=_side(case, session.side))
    for side in SIDES if session.kind == "joint" else ():
        for key in ("answer", "way_forward"):
            yield from _cut(session.text(f"{key}_{side.lower()}"), owners=_side(case, side))
    for line in session.text("promises").splitlines():
        yield from _cut(line)
    for answer in session.answers.values():
        yield from _unowned(answer.value)


def _of_entry(case: Case, entry: Entry) -> Iterator[Words]:
    number = frozenset({entry.number})
    for side, position in zip(SIDES, entry.positions, strict=True):
        for text in (position.asked, position.offered, position.to_court, position.wished):
            yield from _cut(text, owners=_side(case, side), entries=number)
    for text in (entry.wording, entry.conditions, entry.court_asked, entry.for_child):
        yield from _cut(text, entries=number)
    for step in entry.steps:
        yield from _cut(step.words, entries=number)
        yield from _unowned(step.starts)
