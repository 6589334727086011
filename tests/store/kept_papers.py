"""Finals with corrections, releases, fact checks, decisions to pass on and the life of letters, for a case of any file."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.disclosure import Disclosure
from cppp_cli.programme.finals import Correction, FactRequest, Final
from cppp_cli.store import disclosures, fact_checks, finals, letter_life, records, releases, sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

REPORT = "cppp-report"
DAY = date(2026, 8, 5)


def add(db: Database, case_id: int, mark: str, now: Callable[[], str]) -> None:
    """Give a case rows in every table of schema 4, some with words that hold ``mark``."""
    held = sessions.of_case(db, case_id)
    child = next(s for s in held if s.name == "child" and s.state == "finished")
    joint = next(s for s in held if s.name == "joint")
    note = next(iter(sessions.notes(db, case_id)), None)
    releases.add(
        db, case_id, kind=REPORT, place="paragraph 7", passage=f"A passage {mark}.",
        confidence_ref=f"statement.{child.id}.1", confidence_digest="ab" * 32, how="reworded",
        reason=f"The other parent said it, {mark}.", now=now,
    )  # fmt: skip
    first, second = freeze(db, case_id, mark, now), freeze(db, case_id, mark, now)
    assert second.corrects == first.version
    number = records.next_version(db, case_id, REPORT, f"draft {mark}")
    with db.atomic():
        records.register(db, case_id, REPORT, number, f"draft {mark}", now)
        finals.keep_text(db, case_id, REPORT, number, f"# Report\n\nA draft {mark}.\n", now)
    if note:
        releases.add(
            db, case_id, kind=REPORT, place="paragraph 8", passage=f"Another passage {mark}.",
            confidence_ref=f"note.{note['id']}", confidence_digest="cd" * 32, how="reworded", reason="seen", now=now,
        )  # fmt: skip
    check = fact_checks.begin(db, case_id, REPORT, second.version, "A", now)
    asked = FactRequest(0, 0, "paragraph 3", f"The day is wrong, {mark}.", "partly", f"The record has it, {mark}.")
    fact_checks.answer(db, case_id, check, [asked], DAY, now)
    fact_checks.begin(db, case_id, REPORT, second.version, "B", now)
    for about in ({"session_id": child.id, "statement": 2}, {"session_id": child.id, "letter": 1},
                  {"session_id": None, "note_id": note["id"]} if note else {"session_id": joint.id}):  # fmt: skip
        disclosures.add(db, case_id, decision(mark, **about), now)
    sheet = letter_life.sheet(db, case_id, child.id, 1, now)
    sheet.put("shared", Answer("yes"))
    sheet.put("shared_with", Answer(("parent-a", "parent-b")))
    sheet.put("shared_on", Answer(DAY.isoformat()))
    sheet.put("read_by", Answer(f"The officer, {mark}."))
    sheet.put("original_on", Answer(gap=Gap.NOT_KNOWN))
    back = letter_life.sheet(db, case_id, joint.id, letter_life.JOINT, now)
    back.put("words", Answer(f"We both love you, {mark}."))
    back.put("children.1.how_taken", Answer(f"Smiled, {mark}."))
    back.keep_unfinished("promises", f"half a promise {mark}")
    letter_life.sheet(db, case_id, child.id, 0, now).put("statements.2.told_on", Answer(DAY.isoformat()))


def freeze(db: Database, case_id: int, mark: str, now: Callable[[], str]) -> Final:
    """Make the next version final; one that corrects the last final, when there is one."""
    before = finals.of_case(db, case_id, REPORT)
    markdown = f"# Report\n\nThe report {mark}, number {len(before) + 1}.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    version = records.next_version(db, case_id, REPORT, finals.digest_of(markdown))
    final = Final(
        REPORT, version, f"CODE-{version}", "cppp_report.md.j2", "ef" * 32, "cppp 0",
        reviewed_by=f"A Manager {mark}", reviewed_on=DAY, corrects=before[-1].version if before else None,
    )  # fmt: skip
    if not before:
        final = Final(**{**vars(final), "reviewed_by": "", "reviewed_on": None, "not_reviewed": f"Nobody {mark}"})
    corrections = [Correction(0, "paragraph 1", f"was {mark}", f"is {mark}", f"a slip {mark}", ("court",), DAY)]
    finals.freeze(
        db, case_id, final, markdown=markdown,
        data=json.dumps({"printed": markdown, "beside": {"rows": [f"Behind the words {mark}", 7]}}),
        files={"report.md": markdown.encode(), "report.docx": f"PK {mark}".encode()},
        corrections=corrections if before else (), now=now,
    )  # fmt: skip
    return final


def decision(mark: str, **about: int | None) -> Disclosure:
    """A decision about a statement, a letter, a note or a session."""
    nothing = dict.fromkeys(("session_id", "statement", "letter", "note_id"))
    return Disclosure(
        number=0, **{**nothing, **about}, category="risk_of_significant_harm", reason=f"The risk {mark}.",
        manager=f"A Manager {mark}", consulted_on=DAY, told=("childrens_services", "parent-b", "other"),
        told_other=f"a coach {mark}", told_on=DAY, child_told="yes", child_told_on=DAY,
        child_told_note=f"Before it happened, {mark}.", decided_on=DAY,
    )  # fmt: skip
