"""What each child said, wrote and drew in a case, who may hear it now, and how that came to be. Pure.

Two gates stand before every statement, letter and drawing (``audiences.py``), and the narrower wins. Each change of one
is kept with its reason. "For the court, not the parents" is a wish no report can meet, because every party reads it:
such words wait for the court's direction, and the child has to be told so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.audiences import BOTH_PARENTS, COURT, cleared, readers
from cppp_cli.programme.sessions import numbered_letters, numbered_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cppp_cli.programme.answers import Answers
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.disclosure import Disclosure
    from cppp_cli.programme.sessions import Session

WISH, DECISION = "wish", "decision"
STATEMENT, LETTER = "statement", "letter"
JUDGE_ONLY: Final = "judge-only"
GROUPS: Final = {STATEMENT: "statements", LETTER: "letters"}
"""Where a session keeps them among its answers."""
OF_THE_SESSION: Final = 0
"""The number under which the file keeps what belongs to no letter: that a child was told, and the letter back."""


@dataclass(frozen=True)
class Change:
    """One later change of one answer of a finished session. ``at`` is an ISO moment."""

    path: str
    before: Answer | None
    after: Answer | None
    reason: str
    at: str


@dataclass(frozen=True)
class Gate:
    """One of the two gates as it stands: who was named, on which day, and why."""

    chosen: tuple[str, ...] = ()
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Turn:
    """One change of a gate: what it was, what it became, and why the record was changed."""

    gate: str  # WISH or DECISION
    before: tuple[str, ...]
    after: tuple[str, ...]
    on: date | None  # when the child said so, or the officer decided
    reason: str
    at: str


@dataclass(frozen=True)
class Heard:
    """A statement, letter or drawing of a child, with everything that says who may hear it."""

    session: int
    number: int  # within its session
    kind: str  # STATEMENT or LETTER
    child: int
    what: str  # "statement", "letter", "drawing", "letter and drawing"
    words: str
    exact: bool
    description: str
    picture: int | None
    on: date | None
    wish: Gate
    decision: Gate
    turns: tuple[Turn, ...] = ()
    told_on: date | None = None  # of "for the court, not the parents": when the child was told what follows
    told_how: str = ""
    disclosures: tuple[Disclosure, ...] = ()

    @property
    def ref(self) -> str:
        """What scripts and the record call it, as ``Confidence.ref`` does: ``statement.12.3``."""
        return f"{self.kind}.{self.session}.{self.number}"

    @property
    def path(self) -> str:
        """Where its answers begin in its session: ``statements.3.``."""
        return f"{GROUPS[self.kind]}.{self.number}."

    @property
    def may_hear(self) -> Readers:
        """Who may hear it now by consent; the child whose it is needs none."""
        return cleared(self.wish.chosen, self.decision.chosen)

    @property
    def for_court_alone(self) -> bool:
        """Whether the child wished the judge to hear it and the parents not to."""
        return JUDGE_ONLY in self.wish.chosen

    @property
    def wants_somebody(self) -> bool:
        """Whether the child wished somebody to hear it whom a decision can open it to."""
        return bool(readers(self.wish.chosen))

    @property
    def asked(self) -> bool:
        """Whether the child's wish is on file; being unsure is a wish."""
        return bool(self.wish.chosen) and "not-asked" not in self.wish.chosen

    @property
    def decided(self) -> bool:
        """Whether the officer has decided."""
        return bool(self.decision.chosen) and "undecided" not in self.decision.chosen

    def was_open_to(self, audience: Readers) -> bool:
        """Whether an audience may hear it now, or might have before a gate was changed."""
        stands = {WISH: self.wish.chosen, DECISION: self.decision.chosen}
        if audience <= cleared(stands[WISH], stands[DECISION]):
            return True
        for turn in reversed(self.turns):
            stands[turn.gate] = turn.before
            if audience <= cleared(stands[WISH], stands[DECISION]):
                return True
        return False

    def is_open_to(self, audience: Readers) -> bool:
        """Whether everybody of an audience may hear it; the child whose it is may."""
        return bool(audience) and audience <= self.may_hear | {f"child-{self.child}"}


def heard(
    sessions: Sequence[Session],
    changes: Mapping[int, Sequence[Change]] | None = None,
    lives: Mapping[tuple[int, int], Answers] | None = None,
    disclosures: Sequence[Disclosure] = (),
) -> tuple[Heard, ...]:
    """Everything the children said, wrote and drew in the finished sessions, in the order it was entered.

    Args:
        sessions: Of one case.
        changes: What was changed in each session since it was finished, oldest first, by the session's id.
        lives: What became of the letters, by session and number.
        disclosures: What was passed on without consent.
    """
    return tuple(
        _with_the_rest(one, (changes or {}).get(one.session, ()), lives or {}, disclosures)
        for session in sessions
        if session.state == "finished"
        for one in (*_statements(session), *_letters(session))
    )


def change_of(row: Mapping[str, object]) -> Change:
    """A change as the file keeps it: before and after are JSON."""
    return Change(str(row["path"]), _answer(row["before"]), _answer(row["after"]), str(row["reason"]), str(row["at"]))


def _answer(kept: object) -> Answer | None:
    if kept is None:
        return None
    found = json.loads(str(kept))
    value = found["value"]
    return Answer(tuple(value) if isinstance(value, list) else value, Gap(found["gap"]) if found["gap"] else None)


def _statements(session: Session) -> Iterator[Heard]:
    for number, said in numbered_statements(session):
        yield Heard(
            session.id,
            number,
            STATEMENT,
            said.child,
            "statement",
            said.words,
            said.exact,
            "",
            None,
            session.held_on,
            _gate(session, f"statements.{number}.", WISH, said.wish),
            _gate(session, f"statements.{number}.", DECISION, said.decision),
        )


def _letters(session: Session) -> Iterator[Heard]:
    for number, made in numbered_letters(session):
        yield Heard(
            session.id,
            number,
            LETTER,
            made.child,
            made.what,
            made.words,
            True,
            made.description,
            made.picture,
            session.held_on,
            _gate(session, f"letters.{number}.", WISH, made.wish),
            _gate(session, f"letters.{number}.", DECISION, made.decision),
        )


def _gate(session: Session, lead: str, gate: str, chosen: tuple[str, ...]) -> Gate:
    on = session.text(f"{lead}{gate}_on")
    return Gate(chosen, date.fromisoformat(on) if on else None, session.text(f"{lead}{gate}_reason"))


def _with_the_rest(
    one: Heard,
    changes: Sequence[Change],
    lives: Mapping[tuple[int, int], Answers],
    disclosures: Sequence[Disclosure],
) -> Heard:
    kept = lives.get((one.session, OF_THE_SESSION), {})
    on = _text(kept, f"{one.path}told_on")
    return replace(
        one,
        turns=tuple(_turns(one.path, changes)),
        told_on=date.fromisoformat(on) if on else None,
        told_how=_text(kept, f"{one.path}told_how"),
        disclosures=tuple(given for given in disclosures if one.ref in given.refs),
    )


def _text(answers: Answers, path: str) -> str:
    found = answers.get(path)
    return "" if found is None or found.value is None else str(found.value)


def _turns(lead: str, changes: Sequence[Change]) -> Iterator[Turn]:
    """Each change of a gate, with the day that was entered along with it."""
    for place, change in enumerate(changes):
        gate = change.path.removeprefix(lead)
        if not change.path.startswith(lead) or gate not in {WISH, DECISION}:
            continue
        on = None
        for later in changes[place + 1 :]:
            if later.path == change.path or later.reason != change.reason:
                break
            if later.path == f"{change.path}_on" and later.after and later.after.value:
                on = date.fromisoformat(str(later.after.value))
        yield Turn(gate, _named(change.before), _named(change.after), on, change.reason, change.at)


def _named(answer: Answer | None) -> tuple[str, ...]:
    return answer.value if answer and isinstance(answer.value, tuple) else ()


# ------------------------------------------------------------------ who may hear it, and why not


def everybody(case: Case, child: int) -> tuple[str, ...]:
    """Everybody who might hear something of a child: both sides, the court, each other child."""
    others = (f"child-{other.number}" for other in case.children if other.number != child)
    return ("parent-a", "parent-b", COURT, *others)


def reader_names(case: Case) -> dict[str, str]:
    """How each reader is named on the officer's screen."""
    found = {f"parent-{side.lower()}": case.side_names(side) for side in ("A", "B")}
    found[COURT] = "the court"
    return found | {f"child-{child.number}": child_name(case, child.number) for child in case.children}


def child_name(case: Case, number: int) -> str:
    """A child by the name it goes by; by the full name where that is another's too."""
    child = case.child(number)
    called = child.called or child.full_name
    taken = {other.called for other in case.children if other.number != number}
    return child.full_name if called in taken else called


def why_not(one: Heard, reader: str) -> tuple[str, ...]:
    """What keeps something from a reader, gate by gate; nothing when the reader may hear it."""
    if reader in one.may_hear and (reader != COURT or one.may_hear >= BOTH_PARENTS | {COURT}):
        return ()
    general = _WISHES.get(one.wish.chosen[0] if one.wish.chosen else "not-asked")
    if general:
        return (general,)  # then no decision could open it
    found = [] if reader in readers(one.wish.chosen) else ["not in the child's wish"]
    if not one.decided:
        found.append("you have not decided")
    elif reader not in readers(one.decision.chosen):
        found.append("not in your decision")
    return tuple(found)


_WISHES: Final = {
    "not-asked": "the child was not asked",
    "unsure": "the child was unsure",
    "nobody": "the child wished nobody to hear it",
    JUDGE_ONLY: "the child wished the judge alone to hear it",
}


def hears_how(sessions: Iterable[Session], child: int) -> str:
    """How a child wished to hear what comes of it, as the officer noted it last; for the officer alone."""
    said = [s.text(f"children.{child}.outcome_how") for s in sessions if s.state == "finished"]
    return next((words for words in reversed(said) if words), "")


def needs_direction(found: Iterable[Heard]) -> tuple[Heard, ...]:
    """What is for the court and not the parents: in no report, until the court gives a direction."""
    return tuple(one for one in found if one.for_court_alone)


def narrowed(before: Readers, after: Readers) -> bool:
    """Whether somebody who might have heard something no longer may."""
    return bool(before - after)
