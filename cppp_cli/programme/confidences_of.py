"""What of one case is held in confidence, and what is open to a set of readers. Pure.

Held are: every word, letter and drawing of a child, as far as its two gates are closed; what the officer noted of a
child for the file; safeguarding notes; what an adult told alone about safety and orders; why a case went back to court;
offers that may not be told; and the adults' confidential details. The officer's own notes of a session are not: what
of them goes into a report is the officer's to weigh, and the words of others are not to be kept there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.audiences import BOTH_PARENTS, COURT, NOBODY, cleared, readers
from cppp_cli.programme.confidences import ADDRESS, EMAIL, TELEPHONE, Confidence
from cppp_cli.programme.dates import short_date
from cppp_cli.programme.sessions import numbered_letters, numbered_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.sessions import Letter, Session, Statement

ALL_PARTIES: Final[Readers] = BOTH_PARENTS | {COURT}
"""Who reads a report: the court and every party."""
ANYONE: Final[Readers] = frozenset({"anyone"})
"""Whoever comes upon it, such as a calendar on a telephone; nothing held in confidence is open to them."""

_OF_A_CHILD: Final = ("same", "change", "next", "anything_else")
"""What the officer sums up of each child, for the file."""
_TOLD_ALONE: Final = ("safety_note", "orders_note", "safety_open_note", "screening_note", "joint_safe")
"""What one side tells without the other, and the officer is told is not shown to it."""
_SAID_ALONE: Final = (
    "obstacles",
    "situation",
    "communication",
    "hopes",
    "best_for_child",
    "child_would_say",
    "network",
)
_SAID_TOGETHER: Final = ("way_forward_a", "way_forward_b", "joint_letter_words", "promises")
_ANSWERED_WITH_NO: Final = frozenset({"unsure", "not-asked"})


def confidences(
    case: Case,
    sessions: Sequence[Session],
    entries: Sequence[Entry] = (),
    notes: Sequence[Mapping[str, object]] = (),
    told: Mapping[str, Readers] | None = None,
    earlier: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Confidence, ...]:
    """Everything of a case that is not open to everybody.

    Args:
        case: The case.
        sessions: All of it, drafts too: what a draft holds is no less confidential.
        entries: Of its ledger.
        notes: Its safeguarding notes, each with ``id`` and ``words``.
        told: Whom a recorded decision lets hear something without consent, by ``Confidence.ref``.
        earlier: What a child's words were before they were amended or taken out, by ``Confidence.ref``. They are as
            open as what stands there now; where nothing does, they are the file's alone.
    """
    found = [
        *(held for session in sessions for held in _of_session(case, session)),
        *(Confidence(f"note.{note['id']}", str(note["words"]), what="a safeguarding note") for note in notes),
        *(held for entry in entries for held in _of_entry(entry)),
        *_of_adults(case),
    ]
    if case.returned and case.returned.reason:
        found.append(Confidence("return.reason", case.returned.reason, what="why the case went back to court"))
    found += _earlier(found, earlier or {})
    added = told or {}
    return tuple(_with(held, added.get(held.ref, NOBODY)) for held in found if held.words.strip())


def consented_words(sessions: Sequence[Session], audience: Readers) -> tuple[str, ...]:
    """What children said or wrote that both gates open to an audience: to repeat it gives nothing away."""
    finished = [session for session in sessions if session.state == "finished"]
    found = [said.words for s in finished for _, said in numbered_statements(s) if _is_open(said, audience)]
    found += [made.words for s in finished for _, made in numbered_letters(s) if _is_open(made, audience)]
    return tuple(dict.fromkeys(words for words in found if words.strip()))


def answers_of_adults(sessions: Sequence[Session]) -> tuple[str, ...]:
    """What one side said without the other and a report prints: words like it may come from there, not from a child.

    It is typed at the same desk as a child's confidence, so the officer has to look at both texts.
    """
    finished = [session for session in sessions if session.state == "finished"]
    found = [session.text(path) for session in finished if session.side for path in _SAID_ALONE]
    return tuple(dict.fromkeys(words for words in found if words.strip()))


def known_to_both(case: Case, sessions: Sequence[Session], entries: Sequence[Entry]) -> tuple[str, ...]:
    """What the court asked, was said before both, agreed, or let be told: a text like it gives nothing away.

    It never excuses a child's very words. What the officer puts into words alone is not among it, such as the next
    steps or an agreement told to children: that is what a check is for.
    """
    finished = [session for session in sessions if session.state == "finished"]
    found = [*case.questions, *(session.text(path) for session in finished for path in _SAID_TOGETHER)]
    for entry in entries:
        found += [words for side in entry.positions for words in (side.to_court, side.told_offer)]
        if entry.is_agreed:
            found += [entry.wording, entry.conditions, *(step.words for step in entry.steps)]
    return tuple(dict.fromkeys(words for words in found if words.strip()))


def _earlier(found: Sequence[Confidence], earlier: Mapping[str, Sequence[str]]) -> Iterator[Confidence]:
    now = {held.ref: held for held in reversed(found)}
    for ref, said in earlier.items():
        held = now.get(ref, Confidence(ref, "", of_child=True))
        for words in said:
            yield replace(held, words=words, what="what a child's words were before they were amended")


def _of_session(case: Case, session: Session) -> Iterator[Confidence]:
    for number, said in numbered_statements(session):
        ref = f"statement.{session.id}.{number}"
        yield _of_child(case, ref, said.words, said, said.child, f"said{_on(session.held_on)}")
        yield from _reasons(session, f"statements.{number}", ref)
    for number, made in numbered_letters(session):
        ref = f"letter.{session.id}.{number}"
        # How a drawing is described is the officer's text: where all may see it, it opens nothing else by what it says.
        for words in (made.words,) if made.in_report else (made.words, made.description):
            yield _of_child(case, ref, words, made, made.child, f"made{_on(session.held_on)} ({made.what})")
        yield from _reasons(session, f"letters.{number}", ref)
    for child in case.children:
        for key in _OF_A_CHILD:
            words = session.text(f"children.{child.number}.{key}")
            what = f"what you noted of {child.called or child.full_name} for your file{_on(session.held_on)}"
            yield Confidence(f"child.{session.id}.{child.number}.{key}", words, what=what, of_child=True)
    if session.side:
        alone = frozenset({f"parent-{session.side.lower()}"})
        for key in _TOLD_ALONE:
            what = f"what {case.side_names(session.side)} told alone{_on(session.held_on)}"
            yield Confidence(f"answer.{session.id}.{key}", session.text(key), alone, what)


def _of_child(case: Case, ref: str, words: str, given: Statement | Letter, number: int, what: str) -> Confidence:
    """Words, a letter or a drawing of a child, which the child itself may read too."""
    child = case.child(number)
    own = frozenset({f"child-{number}"})
    unsure = not given.wish or bool(set(given.wish) & _ANSWERED_WITH_NO)
    return Confidence(
        ref,
        words,
        cleared(given.wish, given.decision) | own,
        f"what {child.called or child.full_name} {what}",
        None if unsure else readers(given.wish) | own,
        of_child=True,
    )


def _reasons(session: Session, item: str, ref: str) -> Iterator[Confidence]:
    """Why a child wished so, and why the officer decided so: for the file."""
    for key, whose in (("wish_reason", "a child's reason"), ("decision_reason", "your reason")):
        words = session.text(f"{item}.{key}")
        yield Confidence(f"{ref}.{key}", words, what=f"{whose} for who may hear something{_on(session.held_on)}")


def _of_entry(entry: Entry) -> Iterator[Confidence]:
    for side in entry.positions:
        own = frozenset({f"parent-{side.side.lower()}"})
        if not side.offer_may_be_told:
            what = f"an offer of side {side.side} that may not be told (entry {entry.number})"
            yield Confidence(f"{entry.item}.offered_{side.side.lower()}", side.offered, own, what)
        what = f"words of side {side.side}'s form that were not talked through (entry {entry.number})"
        yield Confidence(f"{entry.item}.court_{side.side.lower()}", side.wished, own, what)


def _of_adults(case: Case) -> Iterator[Confidence]:
    for adult in case.adults:
        own = frozenset({f"parent-{adult.side.lower()}"})
        details = ((ADDRESS, adult.address), (TELEPHONE, adult.phone), (EMAIL, adult.email))
        for what, detail in details:
            if detail and detail.confidential:
                told = f"the {what} of an adult on side {adult.side}"
                yield Confidence(f"adult.{adult.number}.{what}", detail.text, own, told, detail=what)


def _is_open(given: Statement | Letter, audience: Readers) -> bool:
    """Whether an audience may read it; its maker may."""
    return audience <= cleared(given.wish, given.decision) | {f"child-{given.child}"}


def _on(day: date | None) -> str:
    return f" on {short_date(day)}" if day else ""


def _with(held: Confidence, more: Readers) -> Confidence:
    """The same, open to more readers by a recorded decision."""
    if not more:
        return held
    return replace(held, readers=held.readers | more)
