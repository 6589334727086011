"""A file in which every table of both families has rows, some of them with words that tell the families apart."""

from __future__ import annotations

import pytest

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.store import cases, closing, events, forms, records, sessions
from cppp_cli.store.appointments import Appointment, current, move

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
