"""The form a parent fills in at home: what it may show, and what comes back as that parent's proposals. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.clause import complete

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from cppp_cli.programme.clause import Blank, Clause

SIDES: Final = ("a", "b")
LONGEST_TEXT: Final = 10_000  # characters of an answer in own words
LONGEST_BLANK: Final = 300  # characters of one completed place in ready-made wording

# Without the letters and digits that are mistaken for each other on paper.
_TOKEN_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # noqa: S105 - letters to choose from
TOKEN_LENGTH: Final = 12
TOKEN: Final = re.compile(rf"[{_TOKEN_LETTERS}]{{{TOKEN_LENGTH}}}")
KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_CHILDREN: Final = "children"  # the kind of blank that the form fills itself


@dataclass(frozen=True)
class FormTopic:
    """One topic of the form.

    Attributes:
        key: As in the list of topics.
        label: Its heading.
        prompts: What to think of, each in a few words.
        options: Ready-made wording fit for a parent; a blank for children is filled by the form itself.
        agreed: Wording both sides have said yes to, and nothing else.
        own_before: This same parent's own earlier words.
    """

    key: str
    label: str
    prompts: tuple[str, ...] = ()
    options: tuple[Clause, ...] = ()
    agreed: tuple[str, ...] = ()
    own_before: str = ""


@dataclass(frozen=True)
class FormChild:
    """A child by first name; the key stays the same for as long as the case lives."""

    key: str
    first_name: str


@dataclass(frozen=True)
class FormFor:
    """Everything one parent's form may show. What is not in here cannot get into the file.

    Raises:
        ValueError: a side, token or key is not well formed, or a key stands twice.
    """

    side: str
    first_name: str
    other_first_name: str
    children: tuple[FormChild, ...]
    topics: tuple[FormTopic, ...]
    token: str
    made_on: date

    def __post_init__(self) -> None:
        """Refuse what is not well formed."""
        if self.side not in SIDES or not TOKEN.fullmatch(self.token):
            raise ValueError("The side or the token of a form is not well formed.")
        if not self.topics or not self.children:
            raise ValueError("A form needs a topic and a child.")
        _need_keys([child.key for child in self.children])
        _need_keys([topic.key for topic in self.topics])
        for topic in self.topics:
            _need_keys([option.key for option in topic.options])

    @property
    def short_token(self) -> str:
        """What tells this form from others at a glance; it stands in the names of both files."""
        return self.token[:4]

    def names(self, children: Collection[str] = ()) -> str:
        """First names as they are read out, of the children with these keys; of all when none is given."""
        *front, last = (child.first_name for child in self.children if not children or child.key in children)
        return f"{', '.join(front)} and {last}" if front else last


def _need_keys(keys: list[str]) -> None:
    if len(set(keys)) != len(keys) or not all(KEY.fullmatch(key) for key in keys):
        raise ValueError("A key of the form is not well formed or stands twice.")


def new_token(raw: bytes) -> str:
    """A token of twelve characters made from at least eight random bytes."""
    if len(raw) < 8:  # noqa: PLR2004 - 59 bits are used
        raise ValueError("A token is made from at least eight random bytes.")
    number, letters = int.from_bytes(raw, "big"), []
    for _ in range(TOKEN_LENGTH):
        number, which = divmod(number, len(_TOKEN_LETTERS))
        letters.append(_TOKEN_LETTERS[which])
    return "".join(letters)


@dataclass(frozen=True)
class ChosenOption:
    """Ready-made wording a parent ticked, with what was typed into its blanks."""

    key: str
    typed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What was said on one topic, for all the children or for one who differs.

    Attributes:
        child: The key of the child this is for; empty for all of them.
        chosen: Ready-made wording.
        asked: "What I ask for".
        offered: "What I could offer".
        offer_may_be_told: Whether the offer may be told to the other parent; None when the question was left open.
        court_asked: What the court is asked to decide if there is no agreement.
    """

    child: str = ""
    chosen: tuple[ChosenOption, ...] = ()
    asked: str = ""
    offered: str = ""
    offer_may_be_told: bool | None = None
    court_asked: str = ""


@dataclass(frozen=True)
class TopicAnswers:
    """One topic: "I would rather not say", or at least one answer."""

    topic: str
    declined: bool = False
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class ReviewWish:
    """When this parent wants to look at the plan again.

    Attributes:
        months: From the plan's beginning: 3, 6 or 12.
        words: Another time, in own words.
        sooner: What should bring it on.
    """

    months: int | None = None
    words: str = ""
    sooner: str = ""


@dataclass(frozen=True)
class ParentAnswers:
    """What one parent's saved file says."""

    token: str
    side: str
    saved_at: datetime
    topics: tuple[TopicAnswers, ...]
    review: ReviewWish
    anything_else: str


@dataclass(frozen=True)
class Position:
    """One parent's proposal on one topic, as the ledger takes it.

    Attributes:
        topic: Its key.
        children: Keys of the children it is for; none means all of them, or all the others where some differ.
        declined: "I would rather not say"; everything else is then empty.
        clauses: Chosen ready-made wording, completed; a blank left empty shows its question in brackets.
        chosen: The same as keys and as typed, the children's names filled in.
        asked: In own words.
        offered: In own words.
        offer_may_be_told: True only after a clear yes; an open question counts as "only the officer".
        court_asked: In own words.
    """

    topic: str
    children: tuple[str, ...] = ()
    declined: bool = False
    clauses: tuple[str, ...] = ()
    chosen: tuple[ChosenOption, ...] = ()
    asked: str = ""
    offered: str = ""
    offer_may_be_told: bool = False
    court_asked: str = ""


def as_positions(answers: ParentAnswers, form: FormFor) -> tuple[Position, ...]:
    """What a parent said, topic by topic; a topic not answered gives nothing. The answers must fit the form."""
    clauses = {(topic.key, clause.key): clause for topic in form.topics for clause in topic.options}
    found: list[Position] = []
    for entry in answers.topics:
        if entry.declined:
            found.append(Position(entry.topic, declined=True))
        differing = {answer.child for answer in entry.answers}
        for answer in entry.answers:
            meant = [answer.child] if answer.child else [c.key for c in form.children if c.key not in differing]
            names = form.names(meant)
            chosen = tuple(_with_children(clauses[entry.topic, o.key], o, names) for o in answer.chosen)
            found.append(
                Position(
                    entry.topic,
                    (answer.child,) if answer.child else (),
                    clauses=tuple(complete(clauses[entry.topic, o.key], dict(o.typed)) for o in chosen),
                    chosen=chosen,
                    asked=answer.asked,
                    offered=answer.offered,
                    offer_may_be_told=answer.offer_may_be_told is True,
                    court_asked=answer.court_asked,
                )
            )
    return tuple(found)


def asked_blanks(clause: Clause) -> tuple[Blank, ...]:
    """The blanks a parent completes: all but those for the children, who are named by where the answer stands."""
    return tuple(blank for blank in clause.blanks if blank.kind != _CHILDREN)


def _with_children(clause: Clause, chosen: ChosenOption, names: str) -> ChosenOption:
    own = tuple((blank.key, names) for blank in clause.blanks if blank.kind == _CHILDREN)
    return ChosenOption(chosen.key, own + chosen.typed)
