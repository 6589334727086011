"""``cppp report --fact-check``: a copy for one side to check the facts, and what came back from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.errors import BlockedError
from cppp_cli.show import counted, note

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.commands.ways import Ways
    from cppp_cli.store.forms import FormSheet


def write_copy(office: Office, case_id: int, side: str, want: Wanted) -> list[Path]:
    """Write the copy for one side and keep that it was written; the files written.

    It has no words of the officer's own. Only what its reader may know is in it: it is checked for that side alone.

    Raises:
        BlockedError: it would tell its reader what may not be told, or takes somebody for somebody else.
    """
    from cppp_cli.commands import checking, guard, paper
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.commands.report_final import draft_version
    from cppp_cli.documents.read_back import passages
    from cppp_cli.documents.standing import COPY, Standing
    from cppp_cli.store import events, fact_checks

    ready = prepared(office, case_id)
    version = draft_version(office, ready)
    standing = Standing(status=COPY, copy_for=ready.case.side_names(side))
    markdown = paper.rendered(office, ready.paper, ready.context(version, standing))
    mark = paper.Mark(status=COPY, ending=f"facts-{side.lower()}")
    files = paper.files_of(
        office, ready.case, ready.paper, markdown, version, want.formats, ready.pictures, ready.today, mark
    )
    own = passages("copy.md", markdown.encode("utf-8"))
    if checking.blocking(checking.of_names(office, ready, own, copy_for=side)):
        raise BlockedError(
            "Nothing was written: somebody is taken for somebody else in it. "
            f"To see who: cppp check {ready.case.reference}"
        )
    # The other side reads it as soon as this one shows it.
    audience = ready.paper.audience(ready.case)
    guard.refuse_leaks(office, ready.case, files, audience, ready.paper.kind, checked_again=True)
    folder = paper.folder_for(office, want)
    written = [paper.put(folder / name, data, want) for name, data in files.items()]
    with office.db.atomic():
        fact_checks.begin(office.db, case_id, ready.paper.kind, version, side, office.moment)
        for path in written:
            events.left(office.db, case_id, f"{ready.paper.kind}, copy for side {side}", path, office.moment)
    note(f"When the answer has come: cppp report {ready.case.reference} --fact-check parent-{side.lower()} --came-back")
    return written


def came_back(office: Office, case_id: int, side: str, ways: Ways) -> None:
    """Ask what came back from the copy of one side, and keep each correction asked for with what came of it.

    Raises:
        BlockedError: that side was given no copy.
    """
    from cppp_cli.commands.guided import ask_to_the_end
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.commands.ways import Errand
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.report_final import FACTS_CAME_BACK
    from cppp_cli.store import cases, fact_checks
    from cppp_cli.store.forms import FormSheet

    ready = prepared(office, case_id, quietly=True)
    given = [c for c in fact_checks.of_case(office.db, case_id) if (c.side, c.kind) == (side, ready.paper.kind)]
    option = f"cppp report {ready.case.reference} --fact-check parent-{side.lower()}"
    if not given:
        raise BlockedError(f"No copy was written for side {side} yet. To write it: {option}")
    sheet = FormSheet(office.db, case_id, f"facts-{side.lower()}")
    facts = Facts(office.today, cases.background(office.db, case_id, office.moment))
    ask_to_the_end(office, FACTS_CAME_BACK, sheet, facts, ways, Errand(f"{option} --came-back", case_id))
    _keep(office, ready, given[-1].number, sheet)


def _keep(office: Office, ready: Prepared, number: int, sheet: FormSheet) -> None:
    from cppp_cli.programme.finals import FactRequest
    from cppp_cli.store import fact_checks

    said = {path: str(answer.value) for path, answer in sheet.answers().items() if answer.value is not None}
    asked = said.get("has_requests") == "yes"
    places = sorted({int(p.split(".")[1]) for p in said if p.startswith("requests.")}) if asked else []
    found = [
        FactRequest(
            number, place, *(said.get(f"requests.{place}.{k}", "") for k in ("place", "asked", "accepted", "why"))
        )
        for place in places
        if said.get(f"requests.{place}.asked")
    ]
    with office.db.atomic():
        fact_checks.answer(
            office.db, ready.case.id, number, found, date.fromisoformat(said["answered_on"]), office.moment
        )
        sheet.clear()
    accepted = sum(one.accepted != "no" for one in found)
    note(f"Kept: {counted(len(found), 'correction')} asked for, {accepted} accepted in full or in part.")
    if accepted:
        note(f"Now change the record: cppp session amend {ready.case.reference}, or cppp case edit.")
