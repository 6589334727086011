"""The calendars of a case: what holds now, what each side proposes, what both agreed; and the schools' term dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.commands.guided import ask_all, ask_one, ask_to_the_end, ask_yes_no
from cppp_cli.commands.ways import Errand
from cppp_cli.errors import NotFoundError, StoppedError
from cppp_cli.show import counted, note, paragraph, result

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.ways import Ways
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.store.ledger import LedgerSheet

TOLD = "told"
"""The answer that says whether a proposal may be seen by the other side and the court."""
WHOSE = {"agreed": "agreed", "now": "now", "parent-a": "a", "parent-b": "b"}


def item_for(case: Case, whose: str, child: int | None) -> str:
    """The name of a calendar in the ledger.

    Raises:
        NotFoundError: there is no child of that number.
    """
    from cppp_cli.programme.ledger import CALENDAR

    if child is None:
        return f"{CALENDAR}{WHOSE[whose]}"
    if child not in {found.number for found in case.children}:
        raise NotFoundError("There is no child of that number in this case. cppp case show lists them.")
    return f"{CALENDAR}{WHOSE[whose]}.{child}"


def log(office: Office, case: Case, item: str, ways: Ways, resume: str) -> None:
    """Ask one calendar to its end, and keep it as a version.

    Raises:
        StoppedError: the officer left; what is answered is there again the next time.
        AnswersError: a file has faults, or says nothing of the yes of both.
    """
    from cppp_cli.commands.case_end import refuse_unready
    from cppp_cli.commands.ledger_facts import entry_facts
    from cppp_cli.programme.ledger import YES
    from cppp_cli.questions.calendar_of_case import script_of
    from cppp_cli.store import ledger
    from cppp_cli.store.sheets import MemorySheet

    refuse_unready(office, case)
    stands = ledger.answers(office.db, case.id, item)
    script, facts, errand = script_of(item), entry_facts(office, case), Errand(resume, case.id)
    if ways.no_input:
        # The yes of both, or the leave to show it, goes for what the file makes of it, so the file has to say it.
        memory = MemorySheet({path: answer for path, answer in stands.items() if path not in {*YES, TOLD}})
        ask_all(office, script, memory, facts, ways, errand)
        made = ledger.add(office.db, case.id, item, memory.answers(), office.moment)
    else:
        sheet = _sheet(office, case, item)
        ask_to_the_end(office, script, sheet, facts, ways, errand)
        _renew_yes(office, sheet, stands)
        _renew_leave(office, sheet, stands)
        made = sheet.finish(sheet.answers(), office.moment)
    result(f"Saved, version {made}." if made else "Nothing was changed.")
    for line in telling_of(office, case, item).splitlines():
        paragraph(line)


def _sheet(office: Office, case: Case, item: str) -> LedgerSheet:
    """The calendar to be edited: what was begun and left, when the officer goes on with it, or what stands."""
    from cppp_cli.commands.agreement_log import goes_on
    from cppp_cli.commands.office import asker
    from cppp_cli.store import ledger

    asker(plain=office.plain)  # with nobody to ask, no draft is left behind
    begun = item in ledger.drafts(office.db, case.id)
    sheet = ledger.LedgerSheet(office.db, case.id, item)
    return sheet if not begun or goes_on(office, sheet) else ledger.LedgerSheet(office.db, case.id, item)


def _renew_yes(office: Office, sheet: LedgerSheet, stands: dict[str, Answer]) -> None:
    """An agreed calendar that is changed needs the yes of both to what it says now; one side's yes is not enough."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import YES
    from cppp_cli.questions.conditions import not_after_today
    from cppp_cli.questions.model import Kind, Question

    now = sheet.answers()
    if not all(path in stands for path in YES) or all(now.get(path) != stands[path] for path in YES):
        return
    if {p: a for p, a in now.items() if p not in YES} == {p: a for p, a in stands.items() if p not in YES}:
        return
    if not ask_yes_no(office, "The calendar says something else now. Have both said yes to it as it is?"):
        raise StoppedError("Kept as a draft, and not as agreed. To put it down as a proposal: parent-a or parent-b")
    question = Question("day", "On which day?", Kind.DATE, required=True, lean="past", check=not_after_today)
    day = ask_one(office, question)
    for path in YES:
        sheet.put(path, Answer(day))


def _renew_leave(office: Office, sheet: LedgerSheet, stands: dict[str, Answer]) -> None:
    """Whoever let a proposal be seen let that one be seen, and is asked again about another."""
    from cppp_cli.programme.answers import Answer

    now, leave = sheet.answers(), Answer("yes")
    same = {p: a for p, a in now.items() if p != TOLD} == {p: a for p, a in stands.items() if p != TOLD}
    if stands.get(TOLD) == now.get(TOLD) == leave and not same:
        seen = ask_yes_no(
            office, "The proposal says something else now. May the other side and the court see this one?"
        )
        sheet.put(TOLD, leave if seen else Answer("no"))


def withdraw(office: Office, case: Case, item: str) -> None:
    """Take a calendar back; its versions stay.

    Raises:
        NotFoundError: there is none.
    """
    from cppp_cli.commands.case_end import refuse_unready
    from cppp_cli.store import ledger

    refuse_unready(office, case)
    if not ledger.answers(office.db, case.id, item):
        raise NotFoundError("There is no such calendar. cppp agreement compare shows those there are.")
    made = ledger.add(office.db, case.id, item, {}, office.moment)
    result(f"Taken back, version {made}. cppp agreement history {case.reference} keeps what it said.")


def telling_of(office: Office, case: Case, item: str) -> str:
    """A calendar in plain English, one sentence a line, for the children it holds for; empty when it is not finished.

    A child with a calendar of its own of that name is not among them.
    """
    from cppp_cli.commands import calendars
    from cppp_cli.commands.nights_case import names_of
    from cppp_cli.programme.ledger import CALENDAR
    from cppp_cli.programme.nights.from_answers import calendar_of, handover_of
    from cppp_cli.programme.nights.telling import tell

    name, _, child = item.removeprefix(CALENDAR).partition(".")
    kept = calendars.of_case(office, case)
    answers = kept.kept.get(item.removeprefix(CALENDAR))
    if not answers:
        return ""
    every = tuple(found.number for found in case.children)
    numbers = (int(child),) if child else tuple(n for n in every if not kept.kept.get(f"{name}.{n}"))
    calendar = calendar_of(answers, kept.people, terms=kept.schools.get((numbers or every)[0]))
    told = tell(calendar, names_of(case, numbers or every), handover_at=handover_of(answers))
    nobody = () if numbers else ("Every child has a calendar of its own, so this one holds for nobody at present.",)
    return "\n".join((*nobody, *told))


def take_terms(office: Office, case: Case, path: Path, child: int | None) -> None:
    """Keep the term dates of a file for one child, or for all.

    Raises:
        AnswersError: it is not a file of term dates.
        NotFoundError: there is no child of that number.
    """
    from cppp_cli.commands.case_end import refuse_unready
    from cppp_cli.commands.nights_files import read_terms
    from cppp_cli.programme.dates import short_date
    from cppp_cli.store import terms

    refuse_unready(office, case)
    item_for(case, "now", child)
    found = read_terms(path)
    numbers = [child] if child is not None else [one.number for one in case.children]
    terms.replace(office.db, case.id, numbers, found.terms)
    for said in found.notes:
        note(f"Note: {said}")
    periods = found.terms.periods
    days = f"{short_date(min(p.first for p in periods))} to {short_date(max(p.last for p in periods))}"
    names = ", ".join(case.child(number).called or case.child(number).full_name for number in numbers)
    result(f"Term dates kept for {names}: {counted(len(periods), 'line')}, {days}.")
