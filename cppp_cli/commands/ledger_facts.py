"""What questions may know of the ledger: the entries there are, each in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.sessions import Session
    from cppp_cli.questions.model import Facts

SHOWN = 60  # characters of an entry in a list of choices


def ledger_background(office: Office, case: Case, recorded: Session | None = None) -> dict[str, Answer]:
    """The entries of a case as a script may know them; of a recorded session those it could know, or has chosen.

    A session from an answers file begins and ends within a second: what it made itself is not what it could know.
    """
    from datetime import datetime

    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import arranged, replay
    from cppp_cli.questions.topic_by_topic import LEDGER
    from cppp_cli.store import ledger

    found = ledger.entries(office.db, case.id)
    known: dict[str, Answer] = {}
    chosen = {topic["entry"].value for _, topic in recorded.numbered("topics") if "entry" in topic} if recorded else ()
    for entry in found:
        later = recorded and datetime.fromisoformat(entry.versions[0].made_at) >= recorded.started_at
        if later and str(entry.number) not in chosen:
            continue
        lead = f"{LEDGER}.{entry.number}."
        known[f"{lead}topic"] = Answer(entry.topic)
        known[f"{lead}topic_other"] = Answer(entry.topic_other or None)
        known[f"{lead}children"] = Answer(entry.children)
        known[f"{lead}state"] = Answer(entry.state)
        known[f"{lead}wording"] = Answer(entry.wording or None)
        known[f"{lead}arranged"] = Answer(repr(arranged(replay(entry.versions))))
        known[f"{lead}says"] = Answer(in_a_line(entry, found, case))
    return known


def in_a_line(entry: Entry, entries: tuple[Entry, ...], case: Case) -> str:
    """An entry as one row of a list: where it stands, its topic, whom it is for, how its words begin."""
    words = " ".join((entry.wording or entry.a.asked or entry.b.asked).split())
    words = f" “{words[:SHOWN]}{'…' if len(words) > SHOWN else ''}”" if words else ""
    return f"{at_a_glance(entry, entries, case)}{words}"


def at_a_glance(entry: Entry, entries: tuple[Entry, ...], case: Case) -> str:
    """An entry without its words: "Handovers, for all the children: agreed"."""
    from cppp_cli.programme.ledger import STATES
    from cppp_cli.programme.ledger_children import children_named

    whom = children_named(entry, entries, case)
    return f"{entry.title}, for {whom}: {STATES.get(entry.state, entry.state)}"


def entry_facts(office: Office, case: Case, item: str = "") -> Facts:
    """What the questions of one entry may know: the case, the ledger, what the children said; and which entry it is."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import ENTRY
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import cases

    background: dict[str, Answer] = cases.background(office.db, case.id, office.moment)
    background |= ledger_background(office, case) | _heard(office, case)
    if item:
        background["entry"] = Answer(item.removeprefix(ENTRY))
    return Facts(office.today, background)


def _heard(office: Office, case: Case) -> dict[str, Answer]:
    """What the children said and every reader may know, each in one line under the number that refers to it.

    The rest is for the officer alone, in cppp agreement compare: here a parent may be looking on.
    """
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.sessions import numbered_statements
    from cppp_cli.questions.agreement import HEARD
    from cppp_cli.store import sessions

    known = {}
    for session in sessions.of_case(office.db, case.id):
        for number, said in numbered_statements(session) if session.state == "finished" else ():
            if said.in_report:
                words = f"{case.child(said.child).full_name}: “{' '.join(said.words.split())}”"
                known[f"{HEARD}.{session.id}-{number}.says"] = Answer(words)
    return known
