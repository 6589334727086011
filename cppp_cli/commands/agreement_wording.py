"""The wording check at the desk: the question a clause leaves open, and the answer that completes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_choice, ask_one
from cppp_cli.errors import NotFoundError, UsageProblemError
from cppp_cli.show import counted, note, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.checks.wording import WordingFinding
    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.store.ledger import LedgerSheet

KEEP, LATER = "keep", "later"


def complete_wording(office: Office, case: Case, sheet: LedgerSheet, item: str) -> None:
    """Ask what the wording of an entry leaves open, until nothing is, or the officer leaves it for now.

    Each answer completes the wording and is kept at once. When the words changed, both sides' yes is asked again.
    """
    before = sheet.answers()
    left: set[tuple[str, str]] = set()
    while (found := _next_finding(office, case, sheet, item, left)) is not None:
        _tell(found)
        chosen = ask_choice(
            office, found.question, {"answer": "answer it now", LATER: "leave it for now", KEEP: "it is meant to be so"}
        )
        if chosen == LATER:
            left.add(_left(found))
        elif chosen == KEEP:
            _keep_on_purpose(office, sheet, found)
        else:
            _answer(office, sheet, found)
    if before.get("wording") != sheet.answers().get("wording"):
        _ask_yes_again(office, sheet, before)


def _left(found: WordingFinding) -> tuple[str, str]:
    """What tells a question that was left for now from others, whatever is answered before it in the text."""
    return found.id, found.words if found.completion is None else ""


def _wording(sheet: LedgerSheet) -> str:
    answer = sheet.answers().get("wording")
    return str(answer.value) if answer and answer.value else ""


def _entry_so_far(sheet: LedgerSheet, item: str) -> Entry:
    """The entry as it would stand with what is on the sheet."""
    from cppp_cli.programme.ledger import DESK, ENTRY, Version, entry
    from cppp_cli.questions.agreement import settled

    said = settled(sheet.answers()) | sheet.kept()
    return entry(int(item.removeprefix(ENTRY)), [Version(item, 1, DESK, None, "", dict(said))])


def _next_finding(
    office: Office, case: Case, sheet: LedgerSheet, item: str, left: set[tuple[str, str]]
) -> WordingFinding | None:
    from cppp_cli.checks import plan_wording
    from cppp_cli.store import ledger

    entry = _entry_so_far(sheet, item)
    if not entry.is_agreed:
        return None
    others = [other for other in ledger.entries(office.db, case.id) if other.number != entry.number]
    found = plan_wording.of_entry(entry, [*others, entry])
    return next((finding for finding in found if _left(finding) not in left), None)


def _tell(found: WordingFinding) -> None:
    note("")
    words = f": “{found.words}”" if found.completion is None else ""
    note(f"About the wording ({found.id}){words}")
    note(f"  {found.why} {found.authority}")


def _keep_on_purpose(office: Office, sheet: LedgerSheet, found: WordingFinding) -> None:
    from cppp_cli.checks.wording import KEPT
    from cppp_cli.programme.answers import Answer

    sheet.put(f"kept.{found.id}", Answer(ask_choice(office, "Why is it meant to be so?", KEPT)))


def _answer(office: Office, sheet: LedgerSheet, found: WordingFinding) -> None:
    from cppp_cli.checks import wording
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import CONFIRMED, YES
    from cppp_cli.questions.model import Kind, Question

    hint = f"It is added to the wording: {found.completion.replace('{answer}', '…')}" if found.completion else (
        f"It takes the place of “{found.words}”. For instance: {found.suggestion or 'the exact words'}"
    )  # fmt: skip
    said = ask_one(office, Question("answer", found.question, Kind.TEXT, hint=hint, required=True))
    words = wording.complete(_wording(sheet), found, said)
    with office.db.atomic():  # whoever is cut off here has the words without a yes, and is asked for it
        sheet.put("wording", Answer(words))
        sheet.drop([path for path in (*YES, *CONFIRMED) if path in sheet.answers()])
    note("The wording is now:")
    note(f"  {words}")


def _ask_yes_again(office: Office, sheet: LedgerSheet, before: Mapping[str, Answer]) -> None:
    """Both are asked for the yes to the words as they are now; without it they agree in principle, as they did before.

    A confirmation was of the words before, so it falls.
    """
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import YES
    from cppp_cli.questions.conditions import not_after_today
    from cppp_cli.questions.model import Kind, Question

    rows = {"yes": "yes, both", "no": "not yet: it is agreed in principle"}
    if ask_choice(office, "The words were completed. Have both said yes to them as they are now?", rows) == "no":
        given = {"state": Answer("agreed_in_principle"), "words_changed": Answer("slip")}
        given |= {path: before[path] for path in YES if path in before}
    else:
        text = "On which day did both say yes to them?"
        day = Answer(
            ask_one(office, Question("day", text, Kind.DATE, required=True, lean="past", check=not_after_today))
        )
        given = {"words_changed": Answer("both"), "changed_on": day} | dict.fromkeys(YES, day)
    with office.db.atomic():
        for path, answer in given.items():
            sheet.put(path, answer)


# ------------------------------------------------------------------ the command


def findings_data(office: Office, case: Case, number: int | None) -> list[dict[str, object]]:
    """What the wording of the plan leaves open, for scripts.

    Raises:
        NotFoundError: there is no entry of that number.
    """
    from cppp_cli.checks import plan_wording
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    _refuse_unknown(entries, number)
    return [
        {
            "entry": entry.number,
            "topic": entry.topic,
            "title": entry.title,
            "id": found.id,
            "words": found.words if found.completion is None else "",
            "why": found.why,
            "authority": found.authority,
            "question": found.question,
        }
        for entry, found in plan_wording.findings(entries)
        if number in (None, entry.number)
    ]


def _refuse_unknown(entries: Sequence[Entry], number: int | None) -> None:
    if number is not None and number not in {entry.number for entry in entries}:
        raise NotFoundError("The plan has no entry of that number. cppp agreement show lists them.")


def print_findings(data: Sequence[Mapping[str, object]]) -> None:
    """Show each finding with its question."""
    for found in data:
        words = f": “{found['words']}”" if found["words"] else ""
        result(f"\nEntry {found['entry']}, {found['title']} · {found['id']}{words}")
        paragraph(f"{found['why']} {found['authority']}", indent=2)
        paragraph(f"Ask: {found['question']}", indent=2)
    if data:
        note(
            f"\n{counted(len(data), 'question')} the wording leaves open. To answer them: cppp agreement log. "
            "To keep one as it is meant: cppp agreement check CASE --entry N --allow ID --reason CODE"
        )
    else:
        note("The wording of what is agreed leaves no question open.")


def _codes() -> str:
    from cppp_cli.checks.wording import KEPT

    return "".join(f"\n  {code}: {words}" for code, words in KEPT.items())


def keep(office: Office, case: Case, number: int | None, finding: str | None, reason: str | None) -> str:
    """Keep one finding of an entry as deliberate, with a reason by its code; says what was kept.

    Raises:
        UsageProblemError: the entry, the finding or the reason is missing or not known.
        NotFoundError: there is no entry of that number, or no such finding in it.
    """
    from cppp_cli.checks import plan_wording
    from cppp_cli.checks.wording import IDS, KEPT
    from cppp_cli.commands.case_end import refuse_unready
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import item_of
    from cppp_cli.store import ledger

    if number is None or finding is None or reason is None or finding not in IDS or reason not in KEPT:
        missing = [
            "--entry N, the number of the entry" if number is None else "",
            f"--allow with one of: {', '.join(IDS)}" if finding not in IDS else "",
            "--reason with one of:" + _codes() if reason not in KEPT else "",
        ]
        raise UsageProblemError(f"To keep wording as it is meant, give {'; and '.join(filter(None, missing))}")
    refuse_unready(office, case)
    entries = ledger.entries(office.db, case.id)
    _refuse_unknown(entries, number)
    if finding not in {found.id for entry, found in plan_wording.findings(entries) if entry.number == number}:
        raise NotFoundError(
            f"The wording of entry {number} has no such finding, so there is nothing to keep. "
            f"To see what it has: cppp agreement check {case.reference} --entry {number}"
        )
    item = item_of(number)
    after = ledger.answers(office.db, case.id, item) | {f"kept.{finding}": Answer(reason)}
    ledger.add(office.db, case.id, item, after, office.moment)
    return f"Kept: {finding} of entry {number}, {KEPT[reason]}."
