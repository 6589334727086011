"""Walking the topics: pick one, answer its questions, complete the wording, keep it as a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_choice, ask_to_the_end
from cppp_cli.commands.ledger_facts import at_a_glance, entry_facts
from cppp_cli.commands.ways import Errand, Ways, no_pictures, read_answers
from cppp_cli.errors import AnswersError, BlockedError, StoppedError
from cppp_cli.show import counted, note, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.questions.model import Facts
    from cppp_cli.store.ledger import LedgerSheet

DONE, MORE = "done", "more"
TOPIC = "topic:"


def run(office: Office, case: Case, ways: Ways) -> None:
    """Log entries by questions, one topic after another, or all at once from a file.

    Raises:
        StoppedError: the officer left; what is begun is kept, and is there again the next time.
        AnswersError: a file has faults. Nothing of it is kept.
        BlockedError: an entry cannot stand so, or the case is closed.
    """
    from cppp_cli.commands.case_end import refuse_unready

    refuse_unready(office, case)
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

    with office.db.atomic():  # two windows never begin the same new entry
        item = ledger.new_entry(office.db, case.id) if chosen.startswith(TOPIC) else chosen
        begun = item in ledger.drafts(office.db, case.id)
        sheet = ledger.LedgerSheet(office.db, case.id, item)
        if chosen.startswith(TOPIC):
            sheet.put("topic", Answer(chosen.removeprefix(TOPIC)))
    if begun and not goes_on(office, sheet):
        return
    note(f"Case {case.reference} · {case.initials} · the plan")
    _show_as_it_stands(office, case, item)
    errand = Errand(f"cppp agreement log {case.reference}", case.id)
    asked_again: set[str] = set()
    while True:
        try:
            ask_to_the_end(office, SCRIPT, sheet, entry_facts(office, case, item), Ways(), errand)
        except StoppedError:
            if sheet.answers() == ledger.answers(office.db, case.id, item):
                sheet.clear()  # looked at and left as it is: there is nothing to go on with
            raise
        if _asks_again(office, case, sheet, item, asked_again):
            continue
        complete_wording(office, case, sheet, item)
        try:
            made = sheet.finish(settled(sheet.answers()), office.moment)
        except BlockedError as against:
            note(f"Not saved yet. {against}")
            continue
        break
    _tell_saved(office, case, item, made)


def _show_as_it_stands(office: Office, case: Case, item: str) -> None:
    """An entry that is opened is shown first, so that nobody answers about words out of sight."""
    from cppp_cli.commands.agreement_show import one
    from cppp_cli.store import ledger

    number = next((entry.number for entry in ledger.entries(office.db, case.id) if entry.item == item), None)
    if number is not None:
        one(office, case, number)


def _asks_again(office: Office, case: Case, sheet: LedgerSheet, item: str, asked: set[str]) -> bool:
    """Take out what was said of other words than stand on the sheet now; whether there was any.

    That is a leave to tell an offer that is another one now, and which wording was meant to be so.
    """
    from cppp_cli.questions.agreement import said_of_other_words
    from cppp_cli.store import ledger

    before, after = ledger.answers(office.db, case.id, item), sheet.answers()
    if before.get("wording") and before.get("wording") != after.get("wording"):
        sheet.drop([path for path, kept in sheet.kept().items() if before.get(path) == kept])
    stale = set(said_of_other_words(before, after)) - asked
    asked |= stale
    if stale:
        note("What was said of the words before does not go for the new ones, so it is asked again.")
        sheet.drop(stale)
    return bool(stale)


def goes_on(office: Office, sheet: LedgerSheet) -> bool:
    """Whether the officer goes on with what was begun and left; otherwise it is forgotten.

    Where the plan was changed since, the officer is told so, and goes on from what stands now.
    """
    newer = len(sheet.newer) if sheet.outdated else 0
    since = f" The plan was changed there since, by {counted(newer, 'version')}; cppp agreement history tells how."
    text = f"Found: this was begun and left, with {counted(len(sheet.answers()), 'answer')}.{since if newer else ''}"
    with_it = "go on with it, beside what stands now" if newer else "go on with it"
    if ask_choice(office, text, {"keep": with_it, "discard": "discard what was begun"}) == "keep":
        if sheet.outdated:
            sheet.bring_up_to_date()
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
    tell_remarks(office, case)


def tell_remarks(office: Office, case: Case) -> None:
    """Tell what the plan says against itself, or against what is confidential."""
    from cppp_cli.checks import plan_whole
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    for remark in plan_whole.remarks(entries, ledger.calendars(office.db, case.id), case):
        note(f"Note: {remark}")


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
    made: list[str] = []
    with office.db.atomic():
        sheet = MemorySheet(_as_they_stand(office, case, given, facts))
        refuse(apply(LOG, sheet, facts, given, attach=no_pictures, complete=True), complete=True)
        by_entry = _by_entry(sheet.answers())
        _refuse_twice(by_entry)
        for number, answers in by_entry.items():
            chosen = str(answers["entry"].value)
            item = ledger.new_entry(office.db, case.id) if chosen == NEW else item_of(chosen)
            after = settled(answers) | _kept(ledger.answers(office.db, case.id, item), answers)
            try:
                version = ledger.add(office.db, case.id, item, after, office.moment)
            except BlockedError as against:
                raise AnswersError(f"entries.{number}: {against}") from None
            made += [item] if version else []
    if ways.answers and ways.answers != "-":
        note("The answers file holds personal data in the open. Delete it when you no longer need it.")
    result(f"{counted(len(made), 'entry', 'entries')} of the plan saved.")


def _as_they_stand(office: Office, case: Case, given: Mapping[str, object], facts: Facts) -> dict[str, Answer]:
    """The entries a file changes, as they stand, so that it needs to hold only what is otherwise."""
    from cppp_cli.programme.ledger import AGREED_FOR, KEPT, item_of
    from cppp_cli.store import ledger

    found: dict[str, Answer] = {}
    for path, chosen in given.items():
        lead, _, key = path.rpartition(".")
        group, _, _ = lead.partition(".")
        number = _number_of(chosen, facts) if (group, key) == ("entries", "entry") else ""
        if number:
            stands = ledger.answers(office.db, case.id, item_of(number))
            stale = _of_other_words(stands, lead, given)
            found |= {
                f"{lead}.{name}": answer
                for name, answer in stands.items()
                if name not in stale and name != AGREED_FOR and not name.startswith(KEPT)
            }
    return found


def _number_of(chosen: object, facts: Facts) -> str:
    """The number of the entry a file means, however it names it; empty for a new one, and where none fits."""
    from cppp_cli.questions.agreement import LOG
    from cppp_cli.questions.flow import steps
    from cppp_cli.questions.read import NotValidError, read

    try:
        said = str(read(steps(LOG, {}, facts)[0], chosen))
    except NotValidError:
        return ""
    return said if said.isdigit() else ""


def _of_other_words(stands: Mapping[str, Answer], lead: str, given: Mapping[str, object]) -> tuple[str, ...]:
    """What a file has to say anew, because it changes the words it was said of."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.agreement import said_of_other_words

    words = [f"{kind}_{side}" for kind in ("asked", "offered") for side in ("a", "b")]
    after = {path: Answer(str(given[f"{lead}.{path}"]).strip()) for path in words if f"{lead}.{path}" in given}
    return said_of_other_words(dict(stands), {**stands, **after})


def _kept(stands: Mapping[str, Answer], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Which wording is deliberate, as long as the wording stays."""
    from cppp_cli.programme.ledger import KEPT

    same = stands.get("wording") == answers.get("wording")
    return {path: answer for path, answer in stands.items() if same and path.startswith(KEPT)}


def _refuse_twice(by_entry: Mapping[int, Mapping[str, Answer]]) -> None:
    """A file that changes one entry in two places would take back with the second what it says in the first."""
    seen: set[object] = set()
    for number, answers in by_entry.items():
        chosen = answers["entry"].value
        if chosen in seen and str(chosen).isdigit():
            raise AnswersError(f"entries.{number}.entry: The file changes this entry in another place as well.")
        seen.add(chosen)


def _by_entry(answers: Mapping[str, Answer]) -> dict[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = {}
    for path, answer in answers.items():
        _, number, key = path.split(".", 2)
        found.setdefault(int(number), {})[key] = answer
    return dict(sorted(found.items()))
