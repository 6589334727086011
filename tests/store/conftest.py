"""A file in which every table of both families has rows, some of them with words that tell the families apart."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from pathlib import Path

import pytest

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.ledger import FORM
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.store import cases, closing, events, forms, ledger, ledger_sheet, parent_forms, records, sessions, terms
from cppp_cli.store.appointments import Appointment, current, move

sys.path.append(str(Path(__file__).parent))
kept_papers = importlib.import_module("kept_papers")

LINES = "Word for word:\n“I” – it's cold\tat night… {{ x }} [b]"


def crowd(desk, case_id, family):
    """Give a case rows in every table: drafts, half-typed words, amendments, a picture changed, orders, holds."""
    db, now, mark = desk.db, desk.moment, f"of {family}"
    sheet = cases.sheet(db, case_id, now)
    sheet.put("adults.1.has_restrictions", Answer("yes"))
    sheet.put("adults.1.restrictions.1.kind", Answer("bail condition"))
    sheet.put("adults.1.restrictions.1.terms", Answer(f"Not within a mile, {mark}. {LINES}"))
    sheet.put("others.2.full_name", Answer("Rowan Teal"))
    sheet.put("others.2.role", Answer(f"a neighbour {mark}"))
    sheet.put("adults.1.phone", Answer(gap=Gap.DECLINED))
    sheet.keep_unfinished("arrangement_now", f"half an arrangement {mark}")
    cases.report_sheet(db, case_id, now).keep_unfinished("summary", f"half a summary {mark}")
    held = sessions.of_case(db, case_id)
    child = next(s for s in held if s.name == "child")
    joint = next(s for s in held if s.name == "joint")
    second = records.add_picture(db, case_id, f"picture {mark}".encode(), "image/png", (3, 4), now)
    amending = sessions.AmendingSheet(db, child.id, case_id=case_id, now=now, reason=f"another scan {mark}")
    amending.put("letters.1.picture", Answer(second))
    amending.put("statements.1.words", Answer(f"I said it otherwise, {mark}."))
    again = sessions.AmendingSheet(db, joint.id, case_id=case_id, now=now, reason="heard again")
    again.put("next_steps", Answer(gap=Gap.NOT_KNOWN))
    draft = sessions.begin(db, case_id, "parent-b", now)
    sessions.sheet(db, draft, case_id, now).put("obstacles", Answer(f"a draft {mark}"))
    sessions.sheet(db, draft, case_id, now).keep_unfinished("hopes", f"half a hope {mark}")
    gone = sessions.begin(db, case_id, "other", now)
    sessions.sheet(db, gone, case_id, now).put("what_was_said", Answer(f"set aside {mark}"))
    sessions.discard(db, gone, now)
    sessions.add_note(db, case_id, child.id, {"words": f"A concern {mark}. {LINES}", "said_by": "A child"}, now)
    sessions.add_note(db, case_id, None, {"words": f"Another concern {mark}."}, now)
    forms.FormSheet(db, case_id, forms.RETURN).put("reason", Answer(f"a reason {mark}"))
    records.register(db, case_id, "cppp-report", 1, f"digest {mark}", now)
    events.add(db, events.DOCUMENT, now, case_id=case_id, detail="cppp-report", path=desk.home / f"{family}.md")
    step, day = next(iter(current(db, case_id).items()))
    move(db, case_id, Appointment(step, day.on, None, "confirmed", chosen=True, reason="court"), now)
    db.execute("INSERT INTO closure VALUES (?, '2026-08-05', '2026-08-05', '2044-09-12')", [case_id])
    closing.put_hold(db, case_id, "complaint", desk.today)
    closing.lift_hold(db, case_id, "complaint", desk.today)
    plan(desk, case_id, mark)
    kept_papers.add(db, case_id, mark, now)


def plan(desk, case_id, mark):
    """The plan of a case with everything a plan may hold: what is asked, offered, agreed, drafted, withdrawn."""
    db, now = desk.db, desk.moment
    child = next(s for s in sessions.of_case(db, case_id) if s.name == "child")
    item = ledger.new_entry(db, case_id)
    said = {
        "topic": "house_rules",
        "children": ("2",),
        "instead": "yes",
        "state": "progress",
        "asked_a": f"What A asks for alone, {mark}. {LINES}",
        "asked_b": f"What B asks for alone, {mark}.",
        "offered_a": f"An offer of A that may not be told, {mark}.",
        "offer_told_a": "no",
        "court_a_as": "own_words",
        "court_a": f"What A puts to the court, {mark}.",
        "court_b_as": "as_asked",
        "court_asked": f"What the court is asked, {mark}.",
        "wishes": (f"{child.id}.1",),
    }
    ledger.add(db, case_id, item, answers(said), now)
    agreed = {
        "topic": "house_rules",
        "children": ("2",),
        "state": "agreed",
        "wording": f"To bed at eight, {mark}.",
        "conditions": f"Once it is dark at eight, {mark}.",
        "yes_a_on": "2026-08-01",
        "yes_b_on": "2026-08-02",
        "confirmed_a_on": "2026-08-03",
        "steps.1.starts": "from May",
        "steps.1.words": f"to bed at nine, {mark}",
        "until_on": "2027-07-31",
        "review_on": "2027-01-11",
        "for_child": f"You go to bed at eight, {mark}.",
        "kept.no-review": "settled_elsewhere",
        "wishes": (f"{child.id}.1", f"{child.id}.2"),
    }
    ledger.add(db, case_id, item, answers(agreed), now)
    form = ledger.Source(FORM, desk.today)
    ledger.add(db, case_id, "calendar.a", calendar(f"Grandad's day {mark}"), now, form)
    both = answers({"yes_a_on": "2026-08-01", "yes_b_on": "2026-08-02"})
    ledger.add(db, case_id, "calendar.agreed", calendar("Sports day") | both, now)
    ledger.add(db, case_id, "calendar.agreed.2", calendar(f"Carnival {mark}") | both, now)
    terms.replace(db, case_id, (1, 2), school(mark))
    parent_forms.add(db, case_id, "A", f"TOKEN{case_id}", f"yes, by e-mail {mark}", now)
    parent_forms.add(db, case_id, "B", f"KENTO{case_id}", "yes", now)
    parent_forms.mark_read(db, f"TOKEN{case_id}", now)
    draft = ledger_sheet.LedgerSheet(db, case_id, item)  # begins with what stands
    draft.put("asked_b", Answer(f"Half an entry, said by B alone, {mark}."))
    draft.keep_unfinished("wording", f"half a wording {mark}")
    ledger_sheet.LedgerSheet(db, case_id, "calendar.b").put("letters", Answer("AAAABBA"))


def answers(said):
    return {path: Answer(value) for path, value in said.items()}


def calendar(day):
    """One that can be laid out, with a special day and the birthday of the second child."""
    return answers(
        {
            "pattern": "letters",
            "letters": "AAAAABB AAAAAAA",
            "starts_on": "2026-09-07",
            "handover_at": "18:00",
            "has_special_days": "yes",
            "special_days.1.day": "birthday.2",
            "special_days.1.how": "nights",
            "special_days.1.who": "a",
            "special_days.1.more": "yes",
            "special_days.2.day": "every_year",
            "special_days.2.name": day,
            "special_days.2.on": "2026-10-11",
            "special_days.2.how": "nights",
            "special_days.2.who": "b_even",
            "has_swaps": "yes",
            "swaps.1.first": "2026-11-20",
            "swaps.1.letter": "B",
        }
    )


def school(mark):
    term = Period(date(2026, 9, 3), date(2026, 12, 18), "term", f"Autumn term {mark}")
    half = Period(date(2026, 10, 26), date(2026, 10, 30), "holiday", "October half term")
    return TermDates((term, half, Period(date(2026, 9, 4), date(2026, 9, 4), "inset", "Inset day")))


@pytest.fixture(scope="session")
def crowded_file(shelf, tmp_path_factory):
    """The file with both families filled and rows of each in every table; a copy is never written to."""
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer
    from cppp_cli.store.file import open_file

    home = tmp_path_factory.mktemp("crowded")
    path = shelf.take("filled", home)
    db = open_file(path, shelf.key)
    desk = demo.on_day(Office(home, db, officer.load(db), demo.WRITTEN_ON, lambda: None), demo.WRITTEN_ON)
    for family, case_id in shelf.cases.items():
        crowd(desk, case_id, family)
    db.close()
    return path


@pytest.fixture
def crowded(crowded_file, shelf, open_desk, monkeypatch):
    """A desk with a copy of that file."""
    monkeypatch.setitem(shelf.files, "crowded", crowded_file)
    return open_desk("crowded")


@pytest.fixture
def receiver(open_desk):
    """Another officer's file, without a case."""
    return open_desk("empty", home="other")
