"""The sessions of the programme: what each is, what one record holds, which is due, what stands in the way. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from cppp_cli.programme.audiences import may_be_told_to_both, may_enter_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case

ORDER = ("parent-a", "parent-b", "child", "joint")  # the four sessions, as the officer names them
NAMES = (*ORDER, "other")
KINDS: Mapping[str, tuple[str, str | None]] = {
    "parent-a": ("parent", "A"),
    "parent-b": ("parent", "B"),
    "child": ("child", None),
    "joint": ("joint", None),
    "other": ("other", None),
}
OUTCOMES = {
    "held": "held",
    "did_not_attend": "did not attend",
    "cancelled": "cancelled",
    "stopped": "stopped early",
}


@dataclass(frozen=True)
class Session:
    """One session as recorded. ``state`` is draft, finished or discarded; moments are aware."""

    id: int
    case_id: int
    kind: str
    side: str | None
    state: str
    started_at: datetime
    changed_at: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the officer names it: parent-a, parent-b, child, joint or other."""
        return f"parent-{self.side.lower()}" if self.side else self.kind

    def text(self, key: str) -> str:
        """An answer as text; empty for a gap and for a question not asked."""
        found = self.answers.get(key)
        return "" if found is None or found.value is None else str(found.value)

    def among(self, key: str) -> tuple[str, ...]:
        """The values of a list answer; empty for a gap."""
        found = self.answers.get(key)
        return found.value if found and isinstance(found.value, tuple) else ()

    @property
    def outcome(self) -> str:
        """held, did_not_attend, cancelled or stopped; empty while not answered."""
        return self.text("outcome")

    @property
    def held_on(self) -> date | None:
        """The day it took place or was to take place."""
        typed = self.text("held_on")
        return date.fromisoformat(typed) if typed else None

    @property
    def counts(self) -> bool:
        """Whether it counts as one of the programme's sessions: finished, and held."""
        return self.state == "finished" and self.outcome == "held"

    def items(self, group: str) -> Iterator[Mapping[str, Answer]]:
        """The items of a group in order, each with its answers by the key within the item."""
        return (item for _, item in self.numbered(group))

    def numbered(self, group: str) -> Iterator[tuple[int, Mapping[str, Answer]]]:
        """The same, each with its number."""
        numbers = sorted(
            {int(p.split(".")[1]) for p in self.answers if p.startswith(f"{group}.") and p.split(".")[1].isdigit()}
        )
        for number in numbers:
            lead = f"{group}.{number}."
            yield number, {path[len(lead) :]: a for path, a in self.answers.items() if path.startswith(lead)}


@dataclass(frozen=True)
class Statement:
    """Words of a child with the two gates that stand before them. ``exact`` is False for a summary."""

    child: int
    words: str
    exact: bool
    wish: tuple[str, ...]
    decision: tuple[str, ...]
    said_on: date | None

    @property
    def in_report(self) -> bool:
        """Whether the court and every party may read it."""
        return may_enter_report(self.wish, self.decision)


@dataclass(frozen=True)
class Letter:
    """A child's letter or drawing. ``description`` is its alternative text; ``picture`` a stored picture's number."""

    child: int
    form: str
    idea_of: str
    words: str
    description: str
    picture: int | None
    wish: tuple[str, ...]
    decision: tuple[str, ...]
    shown_how: str
    original: str

    @property
    def in_report(self) -> bool:
        """Whether the court and every party may see it."""
        return may_enter_report(self.wish, self.decision)

    @property
    def what(self) -> str:
        """What it is, in words: letter, drawing, or letter and drawing."""
        return "letter and drawing" if self.form == "both" else self.form or "letter"

    @property
    def for_both_parents(self) -> bool:
        """Whether it may be read or shown in the joint meeting."""
        return may_be_told_to_both(self.wish, self.decision)


@dataclass(frozen=True)
class Topic:
    """One topic of the joint meeting and where it stands. ``children`` is ("all",) or child numbers as text."""

    topic: str
    children: tuple[str, ...]
    state: str
    wording: str
    position_a: str
    position_b: str
    court_asked: str


def _text(item: Mapping[str, Answer], key: str) -> str:
    found = item.get(key)
    return "" if found is None or found.value is None else str(found.value)


def _among(item: Mapping[str, Answer], key: str) -> tuple[str, ...]:
    found = item.get(key)
    return found.value if found and isinstance(found.value, tuple) else ()


def statements(session: Session) -> tuple[Statement, ...]:
    """The children's statements of a session, in the order they were entered."""
    return tuple(said for _, said in numbered_statements(session))


def numbered_statements(session: Session) -> Iterator[tuple[int, Statement]]:
    """The same, each with its number in the session: the ledger refers to them by it."""
    for number, item in session.numbered("statements"):
        if _text(item, "child") and _text(item, "words"):
            yield (
                number,
                Statement(
                    child=int(_text(item, "child")),
                    words=_text(item, "words"),
                    exact=_text(item, "exact") == "exact",
                    wish=_among(item, "wish"),
                    decision=_among(item, "decision"),
                    said_on=session.held_on,
                ),
            )


def letters(session: Session) -> tuple[Letter, ...]:
    """The letters and drawings of a session."""
    return tuple(made for _, made in numbered_letters(session))


def numbered_letters(session: Session) -> Iterator[tuple[int, Letter]]:
    """The same, each with its number in the session."""
    for number, item in session.numbered("letters"):
        if _text(item, "child"):
            yield (
                number,
                Letter(
                    child=int(_text(item, "child")),
                    form=_text(item, "form"),
                    idea_of=_text(item, "idea_of"),
                    words=_text(item, "words"),
                    description=_text(item, "description"),
                    picture=int(_text(item, "picture")) if _text(item, "picture") else None,
                    wish=_among(item, "wish"),
                    decision=_among(item, "decision"),
                    shown_how=_text(item, "shown_how"),
                    original=_text(item, "original"),
                ),
            )


def topics(session: Session) -> tuple[Topic, ...]:
    """What the joint meeting came to, topic by topic."""
    return tuple(
        Topic(
            topic=_text(item, "topic_other") or _text(item, "topic"),
            children=_among(item, "children"),
            state=_text(item, "state"),
            wording=_text(item, "wording"),
            position_a=_text(item, "position_a"),
            position_b=_text(item, "position_b"),
            court_asked=_text(item, "court_asked"),
        )
        for item in session.items("topics")
        if _text(item, "topic")
    )


def latest(sessions: Sequence[Session], name: str) -> Session | None:
    """The latest session of that name that was held."""
    held = [session for session in sessions if session.name == name and session.counts]
    return max(held, key=_when, default=None)


def next_due(sessions: Sequence[Session]) -> str | None:
    """The first of the four sessions that has not been held; None when all have."""
    held = {session.name for session in sessions if session.counts}
    return next((name for name in ORDER if name not in held), None)


def joint_blockers(case: Case, sessions: Sequence[Session], today: date) -> tuple[str, ...]:
    """What stands in the way of a joint session, in sentences without names of who told it.

    An order that forbids meeting, or of which that is not known; an adjustment still to be arranged; whatever
    the latest session with each side found, or did not ask. What was not asked counts as open.
    """
    found: list[str] = []
    live = [r for r in case.restrictions if r.ends_on is None or r.ends_on >= today]
    if any(r.forbids_meeting == "yes" for r in live):
        found.append("an order, bail condition or undertaking forbids the two sides meeting")
    unknown = any(r.forbids_meeting not in {"yes", "no"} for r in live)
    if unknown or not all(adult.restrictions_known for adult in case.adults):
        found.append("it is not known whether an order or condition forbids the two sides meeting")
    if any(adult.adjustments_open for adult in case.adults):
        found.append("an adjustment or an interpreter is still to be arranged")
    for name in ("parent-a", "parent-b"):
        met = [s for s in sessions if s.name == name and s.state == "finished" and s.outcome in {"held", "stopped"}]
        if met:
            found.extend(_left_open(max(met, key=_when)))
    return tuple(dict.fromkeys(found))


def _left_open(session: Session) -> Iterator[str]:
    """What a session with one side found, or did not ask, that keeps the two sides apart."""
    orders = session.text("orders_again")
    if orders == "yes" and session.text("orders_forbid") != "no":
        yield "a session with one side told of a new order that may forbid meeting"
    if orders not in {"yes", "no"}:
        yield "a session with one side did not ask about new orders"
    if session.text("safety_open") != "no":
        yield "a session with one side left a point of safety open, or did not ask"
    if session.text("screening_again") != "met":
        yield "a session with one side did not find the programme still suitable"


def _when(session: Session) -> tuple[date, int]:
    return session.held_on or date.min, session.id
