"""Walking the topics: pick one, answer its questions, complete the wording, keep it as a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_choice, ask_to_the_end
from cppp_cli.commands.ledger_facts import at_a_glance, entry_facts
from cppp_cli.commands.ways import Errand, Ways, no_pictures, read_answers
from cppp_cli.errors import AnswersError, BlockedError
from cppp_cli.show import counted, note, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case

DONE, MORE = "done", "more"
TOPIC = "topic:"


def run(office: Office, case: Case, ways: Ways) -> None:
    """Log entries by questions, one topic after another, or all at once from a file.

    Raises:
        StoppedError: the officer left; what is begun is kept, and is there again the next time.
        AnswersError: a file has faults. Nothing of it is kept.
        BlockedError: an entry cannot stand so, or the case is closed.
    """
    from cppp_cli.commands.case_end import refuse_if_closed

    refuse_if_closed(office, case)
    if ways.answers or ways.no_input:
        _from_file(office, case, ways)
        return
    while True:
        chosen = _next_topic(office, case)
        if chosen == DONE:
            break
        _edit(office, case, chosen)
    note(f"The board: cppp agreement show {case.reference} · the summary: cppp plan {case.reference}")


# ------------------------------------------------------------------ at the desk


def _next_topic(office: Office, case: Case) -> str:
    """What to log next: an item of the ledger, a topic for a new one, or nothing more."""
    from cppp_cli.programme.topics import OFFERED
    from cppp_cli.questions.topics import OTHER
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    known = {entry.item for entry in entries}
    rows = {item: f"{_begun(office, case, item)} (begun, not finished)" for item in _new_drafts(office, case, known)}
    rows |= {entry.item: at_a_glance(entry, entries, case) for entry in entries if entry.state != "withdrawn"}
    there = {entry.topic for entry in entries}
    starting = {f"{TOPIC}{s.key}": f"{s.heading} (not raised)" for s in OFFERED if s.starting and s.key not in there}
    others = {f"{TOPIC}{s.key}": s.heading for s in OFFERED if f"{TOPIC}{s.key}" not in starting}
    others[f"{TOPIC}{OTHER}"] = "A topic of their own"
    chosen = ask_choice(office, "Which topic?", {DONE: "that is all", **rows, **starting, MORE: "another topic"})
    return ask_choice(office, "Which other topic?", others) if chosen == MORE else chosen


def _new_drafts(office: Office, case: Case, known: set[str]) -> list[str]:
    from cppp_cli.programme.ledger import ENTRY
    from cppp_cli.store import ledger

    return [item for item in ledger.drafts(office.db, case.id) if item.startswith(ENTRY) and item not in known]


def _begun(office: Office, case: Case, item: str) -> str:
    from cppp_cli.programme.topics import topic_label
    from cppp_cli.store.ledger import LedgerSheet

    answers = LedgerSheet(office.db, case.id, item).answers()
    words = [str(answers[key].value) for key in ("topic_other", "topic") if key in answers and answers[key].value]
    return topic_label(words[0]) if words else "An entry"


def _edit(office: Office, case: Case, chosen: str) -> None:
    """Ask one entry to its end and keep it."""
    from cppp_cli.commands.agreement_wording import complete_wording
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.agreement import SCRIPT, settled
    from cppp_cli.store import ledger

    item = ledger.new_entry(office.db, case.id) if chosen.startswith(TOPIC) else chosen
    if item in ledger.drafts(office.db, case.id) and not _goes_on(office, case, item):
        return
    sheet = ledger.LedgerSheet(office.db, case.id, item)
    if chosen.startswith(TOPIC):
        sheet.put("topic", Answer(chosen.removeprefix(TOPIC)))
    note(f"Case {case.reference} · {case.initials} · the plan")
    while True:
        facts = entry_facts(office, case, item)
        ask_to_the_end(office, SCRIPT, sheet, facts, Ways(), Errand(f"cppp agreement log {case.reference}", case.id))
        complete_wording(office, case, sheet, item)
        try:
            made = sheet.finish(settled(sheet.answers()), office.moment)
        except BlockedError as against:
            note(f"Not saved yet. {against}")
            continue
        break
    _tell_saved(office, case, item, made)


def _goes_on(office: Office, case: Case, item: str) -> bool:
    """Whether the officer goes on with what was begun and left; otherwise it is forgotten."""
    from cppp_cli.store.ledger import LedgerSheet

    sheet = LedgerSheet(office.db, case.id, item)
    text = f"Found: this entry was begun and left, with {counted(len(sheet.answers()), 'answer')}."
    if ask_choice(office, text, {"keep": "go on with it", "discard": "discard what was begun"}) == "keep":
        return True
    with office.db.atomic():
        sheet.clear()
    return False


def _tell_saved(office: Office, case: Case, item: str, made: int | None) -> None:
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    entry = next((found for found in entries if found.item == item), None)
    if made is None or entry is None:
        result("Nothing was changed.")
        return
    paragraph(f"Saved. Entry {entry.number}, version {made}: {at_a_glance(entry, entries, case)}")


# ------------------------------------------------------------------ from a file


def _from_file(office: Office, case: Case, ways: Ways) -> None:
    """Take any number of entries from an answers file: all of it, or nothing."""
    from cppp_cli.interview.scripted import apply, refuse
    from cppp_cli.programme.ledger import item_of
    from cppp_cli.programme.ledger_from_session import NEW
    from cppp_cli.questions.agreement import LOG, settled
    from cppp_cli.store import ledger
    from cppp_cli.store.sheets import MemorySheet

    given = read_answers(ways.answers) if ways.answers else {}
    facts = entry_facts(office, case)
    sheet = MemorySheet(_as_they_stand(office, case, given))
    refuse(apply(LOG, sheet, facts, given, attach=no_pictures, complete=True), complete=True)
    made: list[str] = []
    with office.db.atomic():
        for number, answers in _by_entry(sheet.answers()).items():
            chosen = str(answers["entry"].value)
            item = ledger.new_entry(office.db, case.id) if chosen == NEW else item_of(str(chosen))
            try:
                version = ledger.add(office.db, case.id, item, settled(answers), office.moment)
            except BlockedError as against:
                raise AnswersError(f"entries.{number}: {against}") from None
            made += [item] if version else []
    if ways.answers and ways.answers != "-":
        note("The answers file holds personal data in the open. Delete it when you no longer need it.")
    result(f"{counted(len(made), 'entry', 'entries')} of the plan saved.")


def _as_they_stand(office: Office, case: Case, given: Mapping[str, object]) -> dict[str, Answer]:
    """The entries a file changes, as they stand, so that it needs to hold only what is otherwise."""
    from cppp_cli.programme.ledger import item_of
    from cppp_cli.store import ledger

    found: dict[str, Answer] = {}
    for path, chosen in given.items():
        group, _, rest = path.partition(".")
        number, _, key = rest.partition(".")
        if group == "entries" and key == "entry" and str(chosen).isdigit():
            stands = ledger.answers(office.db, case.id, item_of(str(chosen)))
            found |= {f"entries.{number}.{name}": answer for name, answer in stands.items()}
    return found


def _by_entry(answers: Mapping[str, Answer]) -> dict[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = {}
    for path, answer in answers.items():
        _, number, key = path.split(".", 2)
        found.setdefault(int(number), {})[key] = answer
    return dict(sorted(found.items()))
