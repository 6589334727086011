"""The ledger of a parenting plan: who asked, offered and agreed what, and every change of it. Pure.

An entry is never overwritten: each change is a version that holds only what it changed, and what stands now is the
versions played from the first. A version says where it came from: a session, the officer's desk, or a parent's form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.topics import topic_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cppp_cli.programme.answers import Answer, Answers, Value

STATES: Final = {
    "agreed": "agreed",
    "agreed_in_principle": "agreed in principle",
    "progress": "progress made, more help needed",
    "not_agreed": "they differ",
    "for_court": "for the court to decide",
    "withdrawn": "withdrawn",
    "not_raised": "not raised",
}
"""Where an entry may stand, as people read it. The first three and the fifth are those of Cafcass's progress summary
(domain.md 2.2); "withdrawn" and "not raised" say that nothing is left open by silence."""

AGREED: Final = frozenset({"agreed", "agreed_in_principle"})
OPEN: Final = frozenset({"progress", "not_agreed", "for_court"})
SIDES: Final = ("A", "B")

SESSION, DESK, FORM = "session", "desk", "form"
"""Where a version may come from."""
SOURCES: Final = {SESSION: "a session", DESK: "logged at the desk", FORM: "the parent's own form"}

ENTRY = "entry."
CALENDAR = "calendar."
"""What the names of the ledger's items begin with: ``entry.3``, ``calendar.a``, ``calendar.agreed.2`` for child 2."""

ARRANGED: Final = ("wording", "conditions", "has_steps", "until_on", "children", "instead")
"""With the steps, what both say yes to. Where any of it changes, the yes was said to something else."""
WORDS_AND_STATE: Final = ("state", "wording", "children", "yes_a_on", "yes_b_on")
YES: Final = ("yes_a_on", "yes_b_on")
CONFIRMED: Final = ("confirmed_a_on", "confirmed_b_on")
YES_ANEW: Final = ("words_changed", "changed_on")
"""What is asked of an agreement that is otherwise now: whether both said yes to it as it is, and when."""
KEPT: Final = "kept."
AGREED_FOR: Final = "agreed_for"
"""The children there were when both said yes to something for all of them. Kept beside what is asked."""


@dataclass(frozen=True)
class Version:
    """One change of one item. ``changes`` holds the answers it gave by path, and None for what it took out."""

    item: str
    number: int  # from 1
    source: str  # one of SOURCES
    said_on: date | None  # the day of the meeting, or of the form
    made_at: str
    changes: Mapping[str, Answer | None]
    session_id: int | None = None
    session_item: int | None = None  # which topic of that session


@dataclass(frozen=True)
class Origin:
    """Where the words of a position came from."""

    source: str
    said_on: date | None
    session_id: int | None


@dataclass(frozen=True)
class Position:
    """What one side asks for and offers, in its own words, and when it said yes. Asked and offered are apart."""

    side: str
    asked: str = ""
    offered: str = ""
    offer_may_be_told: bool = False  # its maker agreed that the other side and the court read it
    to_court: str = ""  # what this side asks to be put to the court; empty when it asks for nothing
    wished: str = ""  # words for the court from its form, which the officer has not yet talked through with it
    yes_on: date | None = None  # agreed at the meeting
    confirmed_on: date | None = None  # after time to reflect or take advice
    asked_from: Origin | None = None
    offered_from: Origin | None = None

    @property
    def told_offer(self) -> str:
        """The offer, when it may be told; otherwise empty."""
        return self.offered if self.offer_may_be_told else ""


@dataclass(frozen=True)
class Step:
    """One step of an arrangement that grows: from when, and what then."""

    starts: str
    words: str


@dataclass(frozen=True)
class Entry:
    """One thing the plan settles or leaves open. ``children`` is ("all",) or numbers of children as text."""

    number: int
    topic: str
    topic_other: str
    children: tuple[str, ...]
    agreed_for: tuple[str, ...]  # of an agreement for all: the children there were then; empty when that is not known
    instead: bool  # for these children it takes the place of what holds for all
    state: str
    wording: str
    conditions: str
    steps: tuple[Step, ...]
    until_on: date | None
    review_on: date | None
    a: Position
    b: Position
    court_asked: str
    wishes: tuple[str, ...]  # statements of children, as "session.number"
    for_child: str  # the agreement as the children may be told it, in words for them; empty when nobody wrote any
    kept: Mapping[str, str]  # findings about the wording that are deliberate: reason by the finding's id
    versions: tuple[Version, ...]

    @property
    def item(self) -> str:
        """Its name in the ledger."""
        return item_of(self.number)

    @property
    def title(self) -> str:
        """Its topic as a heading; one the officer named stays as typed."""
        return topic_label(self.topic_other or self.topic)

    @property
    def positions(self) -> tuple[Position, Position]:
        """Side A's and side B's."""
        return self.a, self.b

    @property
    def is_agreed(self) -> bool:
        """Whether both said yes, to the words or in principle."""
        return self.state in AGREED

    @property
    def is_open(self) -> bool:
        """Whether it is neither agreed nor gone."""
        return self.state in OPEN

    @property
    def agreed_on(self) -> date | None:
        """The day on which the second of the two said yes; None while one has not."""
        days = [side.yes_on for side in self.positions if side.yes_on]
        return max(days) if len(days) == len(SIDES) else None

    @property
    def confirmed_on(self) -> date | None:
        """The day on which the second of the two confirmed it; None while one has not."""
        days = [side.confirmed_on for side in self.positions if side.confirmed_on]
        return max(days) if len(days) == len(SIDES) else None


def item_of(number: int | str) -> str:
    """The name of an entry in the ledger, by its number."""
    return f"{ENTRY}{number}"


def replay(versions: Iterable[Version]) -> dict[str, Answer]:
    """What stands after these versions of one item, in the order of their numbers."""
    found: dict[str, Answer] = {}
    for version in versions:
        for path, answer in version.changes.items():
            if answer is None:
                found.pop(path, None)
            else:
                found[path] = answer
    return found


def difference(before: Answers, after: Answers) -> dict[str, Answer | None]:
    """What a version has to say so that ``before`` becomes ``after``; empty when they are the same."""
    changes: dict[str, Answer | None] = {path: a for path, a in after.items() if before.get(path) != a}
    return changes | {path: None for path in before if path not in after}


def entry(number: int, versions: Sequence[Version]) -> Entry:
    """An entry as its versions leave it."""
    answers = replay(versions)
    words = _Words(answers)
    numbers = sorted({int(p.split(".")[1]) for p in answers if p.startswith("steps.")})
    steps = (Step(words.text(f"steps.{n}.starts"), words.text(f"steps.{n}.words")) for n in numbers)
    return Entry(
        number=number,
        topic=words.text("topic"),
        topic_other=words.text("topic_other"),
        children=words.among("children") or ("all",),
        agreed_for=words.among(AGREED_FOR),
        instead=words.text("instead") == "yes",
        state=words.text("state"),
        wording=words.text("wording"),
        conditions=words.text("conditions"),
        steps=tuple(step for step in steps if step.words),
        until_on=words.day("until_on"),
        review_on=words.day("review_on"),
        a=_position("A", words, versions),
        b=_position("B", words, versions),
        court_asked=words.text("court_asked"),
        wishes=words.among("wishes"),
        for_child=words.text("for_child"),
        kept={p.removeprefix(KEPT): words.text(p) for p in answers if p.startswith(KEPT)},
        versions=tuple(versions),
    )


def arranged(answers: Answers) -> tuple[tuple[str, Value], ...]:
    """What both say yes to, of an entry's answers; what is empty, and steps of an entry without any, left out."""
    has_steps = "has_steps" in answers and answers["has_steps"].value == "yes"
    found = (
        (path, answer.value)
        for path, answer in answers.items()
        if (path in ARRANGED and answer.value != "no")
        or (has_steps and path.startswith("steps.") and path[-5:] != ".more")
        if answer.value is not None
    )
    return tuple(sorted(found))


def without_old_yes(changes: Mapping[str, Answer | None], before: Answers) -> dict[str, Answer | None]:
    """Changes that leave no yes standing to anything else than it was said to.

    What is no longer agreed has no yes: to be agreed again it needs a new one. The words both said yes to were
    confirmed as they were, so words with a new yes are not confirmed yet, unless the change itself says so.
    """
    found = dict(changes)
    state = found.get("state", before.get("state"))
    if state is None or state.value not in AGREED:
        found |= {path: None for path in (*YES, *CONFIRMED) if path in before}
        for path in (*YES, *CONFIRMED):
            if path not in before:
                found.pop(path, None)
    elif any(path in found and found[path] != before.get(path) for path in YES) and "wording" in found:
        found |= {path: None for path in CONFIRMED if path in before and path not in changes}
    return found


def calendar_objections(item: str, answers: Answers) -> tuple[str, ...]:
    """Why a calendar cannot stand as it is: one that is agreed, and not taken back, needs the yes of both."""
    agreed = item.removeprefix(CALENDAR).partition(".")[0] == "agreed"
    if agreed and answers and not all(path in answers and answers[path].value for path in YES):
        return ("An agreed calendar needs the yes of both sides, each with its day. Until then it is a proposal.",)
    return ()


def objections(found: Entry) -> tuple[str, ...]:
    """Why an entry cannot stand as it is, in sentences; nothing when it can.

    An agreement is two recorded positions: nothing is "agreed" because one side, or the officer, says so.
    """
    said: list[str] = []
    if found.is_agreed and not found.wording:
        said.append("The very words that both said yes to are missing.")
    if found.is_agreed and found.agreed_on is None:
        said.append("“Agreed” needs the yes of both sides, each with its day. Until then, say that they differ.")
    for side in found.positions:
        if side.confirmed_on and not side.yes_on:
            said.append(f"Side {side.side} is said to have confirmed what it is not said to have agreed.")
        elif side.confirmed_on and side.yes_on and side.confirmed_on < side.yes_on:
            said.append(f"Side {side.side} cannot have confirmed it before it said yes.")
    return tuple(said)


def _position(side: str, words: _Words, versions: Sequence[Version]) -> Position:
    low = side.lower()
    asked = words.text(f"asked_{low}")
    put = {"as_asked": asked, "own_words": words.text(f"court_{low}")}
    return Position(
        side=side,
        asked=asked,
        offered=words.text(f"offered_{low}"),
        offer_may_be_told=words.text(f"offer_told_{low}") == "yes",
        to_court=put.get(words.text(f"court_{low}_as"), ""),
        wished="" if words.text(f"court_{low}_as") else words.text(f"court_{low}"),
        yes_on=words.day(f"yes_{low}_on"),
        confirmed_on=words.day(f"confirmed_{low}_on"),
        asked_from=_origin(f"asked_{low}", versions),
        offered_from=_origin(f"offered_{low}", versions),
    )


def _origin(path: str, versions: Sequence[Version]) -> Origin | None:
    """Where an answer was given as it stands now."""
    last = next((version for version in reversed(versions) if path in version.changes), None)
    return Origin(last.source, last.said_on, last.session_id) if last and last.changes[path] is not None else None


class _Words:
    """The answers of an entry as text, days and lists; a gap is empty."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def text(self, path: str) -> str:
        found = self._answers.get(path)
        return "" if found is None or found.value is None else str(found.value)

    def day(self, path: str) -> date | None:
        found = self.text(path)
        return date.fromisoformat(found) if found else None

    def among(self, path: str) -> tuple[str, ...]:
        found = self._answers.get(path)
        return found.value if found and isinstance(found.value, tuple) else ()
