"""The board of the plan, and one entry of it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.errors import NotFoundError
from cppp_cli.show import counted, facts, note, result, table

if TYPE_CHECKING:
    from datetime import date

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry, Position

WORDS = 90  # characters of wording on the board


def board(office: Office, case: Case) -> None:
    """Every entry in one row, and which of the starting topics nobody has raised."""
    from cppp_cli.checks import plan_wording
    from cppp_cli.programme.ledger import ENTRY, STATES
    from cppp_cli.programme.ledger_children import came_later, children_named
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    result(f"Case {case.reference} · {case.initials} · the plan")
    rows = [
        (
            str(entry.number),
            entry.title,
            children_named(entry, entries, case),
            STATES.get(entry.state, entry.state),
            _days(entry),
            _short(entry),
        )
        for entry in entries
    ]
    if rows:
        table(("No.", "Topic", "For", "State", "Day", "Words"), rows, plain=office.plain)
    else:
        result("Nothing is in the plan yet.")
    open_topics = _not_raised(entries)
    if open_topics:
        note(f"Not raised yet: {', '.join(open_topics)}.")
    count = len(plan_wording.findings(entries))
    if count:
        note(f"The wording leaves {counted(count, 'question')} open: cppp agreement check {case.reference}")
    for entry in entries:
        if came_later(entry, case):
            note(
                f"Entry {entry.number} was agreed for all the children before another child came into the case, and "
                "does not hold for that child. If it is to: ask both, and log the day on which they said yes."
            )
    begun = [item for item in ledger.drafts(office.db, case.id) if item.startswith(ENTRY)]
    if begun:
        note(f"Begun and not finished: {counted(len(begun), 'entry', 'entries')}. cppp agreement log {case.reference}")


def _days(entry: Entry) -> str:
    from cppp_cli.programme.dates import short_date

    if not entry.is_agreed or not entry.agreed_on:
        return ""
    confirmed = f", confirmed {short_date(entry.confirmed_on)}" if entry.confirmed_on else ""
    return f"{short_date(entry.agreed_on)}{confirmed}"


def _short(entry: Entry) -> str:
    if entry.is_agreed:
        words = entry.wording
    else:
        words = " / ".join(f"{side.side}: {side.asked or side.offered or '-'}" for side in entry.positions)
    flat = " ".join(words.split())
    return flat if len(flat) <= WORDS else f"{flat[: WORDS - 1]}…"


def _not_raised(entries: tuple[Entry, ...]) -> list[str]:
    from cppp_cli.programme.topics import OFFERED

    there = {entry.topic for entry in entries}
    return [section.label for section in OFFERED if section.starting and section.key not in there]


def one(office: Office, case: Case, number: int) -> None:
    """One entry whole.

    Raises:
        NotFoundError: there is none of that number.
    """
    from cppp_cli.checks.wording import KEPT
    from cppp_cli.programme.ledger import STATES
    from cppp_cli.programme.ledger_children import children_named
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    entry = _find(entries, number)
    facts(
        {
            "For": children_named(entry, entries, case),
            "State": STATES.get(entry.state, entry.state),
            "Words": entry.wording or "-",
            "Condition": entry.conditions or "-",
            **{f"Step {n}": f"{step.starts}: {step.words}" for n, step in enumerate(entry.steps, 1)},
            "Ends": _day(entry.until_on),
            "Review": _day(entry.review_on),
            "The court is asked": entry.court_asked or "-",
            "Told to the children": entry.for_child or "-",
        },
        title=f"Entry {entry.number}: {entry.title}",
    )
    for position in entry.positions:
        facts(_of_side(position), title=f"Side {position.side}: {case.side_names(position.side)}")
    if entry.kept:
        facts({key: KEPT.get(code, code) for key, code in entry.kept.items()}, title="Wording that is meant to be so")
    result(f"\n{counted(len(entry.versions), 'version')}: cppp agreement history {case.reference} --entry {number}")


def _of_side(position: Position) -> dict[str, str]:
    told = "may be told" if position.offer_may_be_told else "not to be told"
    return {
        "Asked": position.asked or "-",
        "Offered": f"{position.offered} ({told})" if position.offered else "-",
        "To the court": position.to_court
        or (f"{position.wished} (from the form; talk it through first, it is not printed)" if position.wished else "-"),
        "Said yes": _day(position.yes_on),
        "Confirmed": _day(position.confirmed_on),
    }


def _day(day: date | None) -> str:
    from cppp_cli.programme.dates import short_date

    return short_date(day) if day else "-"


def _find(entries: tuple[Entry, ...], number: int) -> Entry:
    for entry in entries:
        if entry.number == number:
            return entry
    raise NotFoundError("The plan has no entry of that number. cppp agreement show lists them.")


def board_data(office: Office, case: Case, number: int | None) -> dict[str, object]:
    """The plan for scripts.

    Raises:
        NotFoundError: there is no entry of that number.
    """
    from cppp_cli.programme.ledger_children import children_named
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    chosen = entries if number is None else (_find(entries, number),)
    return {
        "case": case.reference,
        "entries": [
            {
                "entry": entry.number,
                "topic": entry.topic,
                "title": entry.title,
                "children": entry.children,
                "for": children_named(entry, entries, case),
                "state": entry.state,
                "wording": entry.wording,
                "conditions": entry.conditions,
                "steps": [{"starts": step.starts, "words": step.words} for step in entry.steps],
                "until_on": entry.until_on,
                "review_on": entry.review_on,
                "agreed_on": entry.agreed_on if entry.is_agreed else None,
                "confirmed_on": entry.confirmed_on if entry.is_agreed else None,
                "court_asked": entry.court_asked,
                "positions": {side.side.lower(): _side_data(side) for side in entry.positions},
                "wishes": entry.wishes,
                "kept": dict(entry.kept),
                "versions": len(entry.versions),
            }
            for entry in chosen
        ],
        "not_raised": _not_raised(entries),
    }


def _side_data(side: Position) -> dict[str, object]:
    return {
        "asked": side.asked,
        "offered": side.offered,
        "offer_may_be_told": side.offer_may_be_told,
        "to_court": side.to_court,
        "said_yes_on": side.yes_on,
        "confirmed_on": side.confirmed_on,
    }
