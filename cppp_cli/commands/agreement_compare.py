"""What holds now, what each side asks and offers, and what the children said, side by side. For the officer's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cppp_cli.show import note, paragraph, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Origin, Position


def side_by_side(office: Office, case: Case) -> dict[str, Any]:
    """All of it, for scripts and for the screen. Nothing of it is cleared for anybody else."""
    from cppp_cli.programme.ledger import STATES
    from cppp_cli.programme.ledger_children import children_named
    from cppp_cli.store import ledger

    entries = [entry for entry in ledger.entries(office.db, case.id) if entry.state != "withdrawn"]
    said = _said(office, case)
    beside = {wish for entry in entries for wish in entry.wishes}
    return {
        "case": case.reference,
        "now": {"arrangement": case.arrangement_now, "order": case.order_now},
        "entries": [
            {
                "entry": entry.number,
                "title": entry.title,
                "for": children_named(entry, entries, case),
                "state": STATES.get(entry.state, entry.state),
                "agreed": entry.wording if entry.is_agreed else "",
                "positions": {side.side.lower(): _position(side) for side in entry.positions},
                "children": [said[wish] for wish in entry.wishes if wish in said],
            }
            for entry in entries
        ],
        "children": [words for reference, words in said.items() if reference not in beside],
        "calendars": _calendars(office, case),
    }


def _position(side: Position) -> dict[str, Any]:
    return {
        "asked": side.asked,
        "asked_from": _from(side.asked_from),
        "offered": side.offered,
        "offered_from": _from(side.offered_from),
        "offer_may_be_told": side.offer_may_be_told,
        "to_court": side.to_court,
    }


def _from(origin: Origin | None) -> str:
    """Where words came from, in words."""
    from cppp_cli.programme.dates import short_date
    from cppp_cli.programme.ledger import SOURCES

    if origin is None:
        return ""
    number = f", no. {origin.session_id}" if origin.session_id else ""
    return f"{SOURCES[origin.source]}{number}" + (f", {short_date(origin.said_on)}" if origin.said_on else "")


def _said(office: Office, case: Case) -> dict[str, dict[str, Any]]:
    """What the children said, by the number an entry refers to it with."""
    from cppp_cli.programme.sessions import numbered_statements
    from cppp_cli.store import sessions

    return {
        f"{session.id}.{number}": {
            "child": case.child(said.child).full_name,
            "words": said.words,
            "exact": said.exact,
            "cleared_for_every_reader": said.in_report,
            "said_on": said.said_on.isoformat() if said.said_on else None,
        }
        for session in sessions.of_case(office.db, case.id)
        if session.state == "finished"
        for number, said in numbered_statements(session)
    }


def _calendars(office: Office, case: Case) -> dict[str, str]:
    """Each calendar of the case in words, by its name."""
    from cppp_cli.commands.agreement_calendar import telling_of
    from cppp_cli.programme.ledger import CALENDAR
    from cppp_cli.store import ledger

    return {
        name: telling_of(office, case, f"{CALENDAR}{name}") for name in sorted(ledger.calendars(office.db, case.id))
    }


def print_sides(case: Case, data: dict[str, Any]) -> None:
    """Show it topic by topic, each side under the same words."""
    result(f"Case {case.reference} · {case.initials} · for your eyes only")
    result("\nWhat holds now")
    paragraph(data["now"]["arrangement"] or "Not recorded.", indent=2)
    paragraph(f"Order: {data['now']['order'] or 'not recorded'}", indent=2)
    for name, telling in data["calendars"].items():
        result(f"\nCalendar: {calendar_title(case, name)}")
        for line in telling.splitlines():
            paragraph(line, indent=2)
    for entry in data["entries"]:
        result(f"\nEntry {entry['entry']}: {entry['title']}, for {entry['for']} ({entry['state']})")
        if entry["agreed"]:
            paragraph(f"Agreed: {entry['agreed']}", indent=2)
        both = [entry["positions"][side] for side in ("a", "b")]
        if not entry["agreed"] or any(side["asked"] or side["offered"] for side in both):
            for side, position in zip("AB", both, strict=True):
                _print_side(case, side, position)
        for words in entry["children"]:
            _print_words(words)
    if data["children"]:
        result("\nWhat the children said besides")
        for words in data["children"]:
            _print_words(words)
    note("\nThis screen holds what children said in confidence. It is for you alone.")


def _print_side(case: Case, side: str, position: dict[str, Any]) -> None:
    result(f"  {case.side_names(side)} (side {side})")
    asked, offered = position["asked"] or "nothing recorded", position["offered"] or "nothing recorded"
    paragraph(f"asks: {asked}{_whence(position['asked_from'])}", indent=4)
    told = "" if not position["offered"] else (", may be told" if position["offer_may_be_told"] else ", not to be told")
    paragraph(f"offers: {offered}{told}{_whence(position['offered_from'])}", indent=4)
    if position["to_court"] and position["to_court"] != position["asked"]:
        paragraph(f"to the court: {position['to_court']}", indent=4)


def _whence(origin: str) -> str:
    return f" ({origin})" if origin else ""


def _print_words(words: dict[str, Any]) -> None:
    kind = "said" if words["exact"] else "in your summary"
    cleared = "" if words["cleared_for_every_reader"] else " [not cleared for every reader]"
    paragraph(f"{words['child']} {kind}: “{words['words']}”{cleared}", indent=2)


def calendar_title(case: Case, name: str) -> str:
    """Whose calendar it is: "agreed", "what holds now", or the side that proposes it; and for which child."""
    whose, _, child = name.partition(".")
    of_side = f"proposed by {case.side_names(whose.upper())}"
    title = {"agreed": "agreed", "now": "what holds now"}.get(whose, of_side)
    return f"{title}, for {case.child(int(child)).full_name}" if child else title
