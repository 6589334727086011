"""Bringing a parent's answers in: whose they are, what would change, and then as that side's proposals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.commands.agreement_form import form_for
from cppp_cli.commands.guided import ask_yes_no
from cppp_cli.errors import AnswersError, BlockedError, ConflictError
from cppp_cli.show import counted, moment, note, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.parent_form import FormFor, ParentAnswers, Position

_MOST: Final = 5_000_000  # bytes
REVIEW, OTHER = "review", "other"


@dataclass(frozen=True)
class Change:
    """What a form would change of one item: what stands, and what would."""

    item: str
    title: str
    before: dict[str, Answer]
    after: dict[str, Answer]


@dataclass(frozen=True)
class Reading:
    """A form that came back: of which case and side, written when, and what it would change."""

    case: Case
    side: str
    answers: ParentAnswers
    changes: tuple[Change, ...]
    read_before: str = ""  # the moment at which answers from the same form were kept


def read(office: Office, path: Path, case: Case | None, side: str | None) -> Reading:
    """Read a file and find out whose it is and what it would change; nothing is changed yet.

    Raises:
        AnswersError: it cannot be read, or is damaged.
        BlockedError: it belongs to another case or side, or to none in this file, or the case is closed.
    """
    from cppp_cli.commands.case_end import refuse_unready
    from cppp_cli.programme.parent_form import as_positions
    from cppp_cli.programme.parent_form_file import fits, parse, tied_to
    from cppp_cli.store import cases, parent_forms

    answers = parse(_bytes(path))
    given = parent_forms.by_token(office.db, answers.token)
    if given is None:
        raise BlockedError("This was not filled in on a form made from this file. Nothing was changed.")
    if case is not None and case.id != given.case_id:
        raise BlockedError("This was filled in on the form of another case. Nothing was changed.")
    tied_to(answers, given.token, given.side.lower())
    if side is not None and side != given.side:
        raise BlockedError("This was filled in on the form of the other side. Nothing was changed.")
    found = cases.load(office.db, given.case_id)
    refuse_unready(office, found)
    form = form_for(office, found, given.side, given.token, children=given.children)
    fits(answers, form)
    positions = as_positions(answers, form)
    changes = tuple(_changes(office, found, given.side, answers, positions, form))
    return Reading(found, given.side, answers, changes, given.read_at)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST + 1)
    except OSError:
        raise AnswersError("The file cannot be read. Check its place, and type it again.") from None


def _changes(
    office: Office, case: Case, side: str, answers: ParentAnswers, positions: Sequence[Position], form: FormFor
) -> Iterator[Change]:
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import ENTRY, item_of
    from cppp_cli.store import ledger

    entries = [entry for entry in ledger.entries(office.db, case.id) if entry.state != "withdrawn"]
    fresh = int(ledger.new_entry(office.db, case.id).removeprefix(ENTRY))
    taken: set[str] = set()
    everybody = tuple(child.number for child in case.children)
    for topic, other, children, said in _said(side.lower(), answers, positions, form, everybody):
        known = _entry_of(entries, topic, other, children, taken)
        item = known.item if known else item_of(fresh)
        taken.add(item)
        before = ledger.answers(office.db, case.id, item) if known else {}
        after = before | _still_put(side.lower(), before, said) | said
        if known is None:
            fresh += 1
            after |= {"topic": Answer(topic), "children": Answer(children), "state": Answer("not_raised")}
            after |= {"topic_other": Answer(other)} if other else {}
        if before != after:
            yield Change(item, known.title if known else _title(topic, other), before, after)


def _still_put(side: str, before: dict[str, Answer], said: dict[str, Answer]) -> dict[str, Answer]:
    """What this side put to the court before, in the words it had then.

    New words were written for the officer: they reach the court and the other side only when this side asks for it.
    The same goes for a new offer, of which the form asks anew whether it may be told.
    """
    from cppp_cli.programme.answers import Answer, Gap

    asked, put = f"asked_{side}", f"court_{side}_as"
    if f"court_{side}" in said and before.get(f"court_{side}") != said[f"court_{side}"]:
        return {put: Answer(gap=Gap.NOT_DISCUSSED)}
    if asked not in said or before.get(asked) == said[asked] or before.get(put) != Answer("as_asked"):
        return {}
    words = before.get(asked, Answer())
    return {put: Answer("own_words"), f"court_{side}": words} if words.value else {put: Answer("nothing")}


def _title(topic: str, other: str) -> str:
    from cppp_cli.programme.topics import topic_label

    return topic_label(other or topic)


def _entry_of(
    entries: Sequence[Entry], topic: str, other: str, children: tuple[str, ...], taken: set[str]
) -> Entry | None:
    """The entry these words are about: of the same topic, for the very same children."""
    return next(
        (
            entry
            for entry in entries
            if (entry.topic, entry.topic_other) == (topic, other)
            and set(entry.children) == set(children)
            and entry.item not in taken
        ),
        None,
    )


def _said(
    side: str, answers: ParentAnswers, positions: Sequence[Position], form: FormFor, everybody: tuple[int, ...]
) -> Iterator[tuple[str, str, tuple[str, ...], dict[str, Answer]]]:
    """Each proposal as topic, topic of their own, children, and the answers of an entry."""
    from cppp_cli.programme.answers import Answer

    review = answers.review
    every = f"After {review.months} months." if review.months else ""
    sooner = f"Sooner if: {review.sooner}" if review.sooner else ""
    words = "\n".join(part for part in (every, review.words, sooner) if part)
    for position in positions:
        said = _answers(side, position)
        if words and position.topic == REVIEW and not position.children:
            asked = said.get(f"asked_{side}", Answer()).value
            said[f"asked_{side}"] = Answer(f"{asked}\n{words}" if asked else words)
            words = ""
        children = _children(position, positions, form, everybody)
        if children:  # where every child has words of its own, the words for all are about nobody
            yield position.topic, "", children, said
    if words:
        yield REVIEW, "", ("all",), {f"asked_{side}": Answer(words)}
    if answers.anything_else:
        yield OTHER, "Anything else", ("all",), {f"asked_{side}": Answer(answers.anything_else)}


def _children(
    position: Position, positions: Sequence[Position], form: FormFor, everybody: tuple[int, ...]
) -> tuple[str, ...]:
    """The children a proposal is for; where another one differs for a child, it is for the others and not for all.

    Nor is it for all where a child came into the case after the form was made.
    """
    differing = {key for other in positions if other.topic == position.topic for key in other.children}
    keys = position.children
    if not keys:
        if not differing and len(form.children) == len(everybody):
            return ("all",)
        keys = tuple(child.key for child in form.children if child.key not in differing)
    return tuple(key.removeprefix("child-") for key in keys)


def _answers(side: str, position: Position) -> dict[str, Answer]:
    from cppp_cli.programme.answers import Answer, Gap

    if position.declined:
        return {f"asked_{side}": Answer(gap=Gap.DECLINED)}
    asked = "\n".join(part for part in (*position.clauses, position.asked) if part)
    found = {f"asked_{side}": Answer(asked)} if asked else {}
    if position.offered:
        found[f"offered_{side}"] = Answer(position.offered)
        found[f"offer_told_{side}"] = Answer("yes" if position.offer_may_be_told else "no")
    if position.court_asked:  # kept, and put to the court only when this side has talked it through with the officer
        found[f"court_{side}"] = Answer(position.court_asked)
    return found


def show(office: Office, reading: Reading) -> list[dict[str, Any]]:
    """What would change, in words."""
    from cppp_cli.commands.agreement_history import differences
    from cppp_cli.commands.ledger_facts import entry_facts
    from cppp_cli.questions.agreement import SCRIPT

    facts = entry_facts(office, reading.case)
    return [
        {
            "item": change.item,
            "title": change.title,
            "changes": [
                {"what": what, "before": was, "after": now}
                for what, was, now in differences(SCRIPT, change.before, change.after, change.after, facts)
            ],
        }
        for change in reading.changes
    ]


def bring_in(office: Office, reading: Reading, *, agreed: bool, plain_data: list[dict[str, Any]]) -> bool:
    """Show what would change, ask, and keep it as that side's proposals; whether it was kept.

    Raises:
        NoTerminalError: nobody is there to ask, and ``agreed`` is not given.
        BlockedError: ``agreed`` is given, and newer answers of this side were kept already.
    """
    from cppp_cli.programme.dates import short_date

    case, side = reading.case, reading.side
    day = reading.answers.saved_at.date()
    result(f"Case {case.reference} · {case.initials} · from {case.side_names(side)} (side {side}), {short_date(day)}")
    if agreed:
        refuse_older(office, reading)
    elif not _is_newest(office, reading):
        note("Newer answers of this side were kept already. What would change below is of an earlier day.")
    if reading.read_before:
        note(f"Answers from this form were kept before, on {moment(reading.read_before)}. These may be older or newer.")
    for row in plain_data:
        result(f"\n{row['title']} ({row['item'].replace('.', ' ')})")
        for line in row["changes"]:
            was = f"was: {line['before']} · now: " if line["before"] else ""
            paragraph(f"{line['what']} {was}{line['after'] or '(taken out)'}", indent=2)
    if not reading.changes:
        result("It says nothing that is not in the plan already.")
        return False
    if not agreed and not ask_yes_no(office, "Keep this as what they propose? Nothing becomes agreed by it."):
        note("Nothing was changed.")
        return False
    keep(office, reading)
    result(f"Kept: proposals on {counted(len(reading.changes), 'topic')}. cppp agreement compare {case.reference}")
    note("The file they sent holds personal data in the open. Delete it when you no longer need it.")
    return True


def refuse_older(office: Office, reading: Reading) -> None:
    """Let nothing take the place of newer answers of this side, whichever form they came on, unless somebody looks.

    Raises:
        BlockedError: newer ones were kept already.
    """
    if not _is_newest(office, reading):
        raise BlockedError("Newer answers of this side were kept already. Read the file without --yes, and compare.")


def _is_newest(office: Office, reading: Reading) -> bool:
    """Whether no version came from a later form of this side."""
    from cppp_cli.programme.ledger import FORM
    from cppp_cli.store import ledger

    mine = f"_{reading.side.lower()}"
    days = [
        version.said_on
        for found in ledger.versions(office.db, reading.case.id).values()
        for version in found
        if version.source == FORM and version.said_on and any(path.endswith(mine) for path in version.changes)
    ]
    return max(days, default=reading.answers.saved_at.date()) <= reading.answers.saved_at.date()


def keep(office: Office, reading: Reading) -> bool:
    """Keep it as that side's proposals, all of it or nothing; whether there was anything to keep.

    Raises:
        ConflictError: something of it was changed since it was shown.
    """
    from cppp_cli.programme.ledger import FORM
    from cppp_cli.store import ledger, parent_forms

    source = ledger.Source(FORM, reading.answers.saved_at.date())
    with office.db.atomic():
        for change in reading.changes:
            if ledger.answers(office.db, reading.case.id, change.item) != change.before:
                raise ConflictError("The plan was changed meanwhile, so nothing was kept. Read the file again.")
            ledger.add(office.db, reading.case.id, change.item, change.after, office.moment, source)
        if reading.changes:
            parent_forms.mark_read(office.db, reading.answers.token, office.moment)
    return bool(reading.changes)
