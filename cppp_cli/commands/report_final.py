"""``cppp report --final``: every check, then a report that is frozen with all it rests on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cppp_cli.commands.report_build import prepared
from cppp_cli.commands.report_frozen import newest, plain, still_says_so
from cppp_cli.documents.standing import DRAFT
from cppp_cli.errors import BlockedError, ConflictError, StoppedError
from cppp_cli.show import note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.commands.ways import Ways
    from cppp_cli.documents.standing import Checked, Standing
    from cppp_cli.programme.finals import Correction
    from cppp_cli.programme.finals import Final as Frozen

FORM: Final = "report-final"


@dataclass(frozen=True)
class Made:
    """A final report before it is frozen: its words, its code, and its files by their names."""

    version: int
    markdown: str
    code: str
    files: dict[str, bytes]


def run_final(office: Office, case_id: int, ways: Ways, want: Wanted) -> list[Path]:
    """Ask who quality-assured it, run every check, freeze it and write it; the files written.

    A report whose words are final already is written again as it was frozen.

    Raises:
        BlockedError: the officer's own words are unwritten, a check stands in the way, or another version is final.
        StoppedError: the officer does not want it frozen yet.
    """
    ready = own_words_written(office, case_id, ways)
    frozen = newest(office, ready)
    if frozen is not None:
        if not still_says_so(office, ready, frozen):
            reference = ready.case.reference
            raise BlockedError(
                f"Version {frozen.version} is final, and what is on file has changed since. A final report is "
                f"corrected, so that everybody can see what changed: cppp report {reference} --correct"
            )
        note(f"Version {frozen.version} is final already. It is written again as it was frozen.")
        return write_frozen(office, ready, frozen, want)
    review = ask_review(office, ready, ways)
    made = make(office, ready, review, draft_version(office, ready))
    refuse_unfit(office, ready, made, review.reviewed_by)
    ask_leave(office, ways)
    freeze(office, ready, made, review)
    again = f"cppp report {ready.case.reference} --correct"
    note(f"It is frozen. What turns out to be wrong is corrected, never undone: {again}")
    return write_frozen(office, ready, newest(office, ready), want)


def own_words_written(office: Office, case_id: int, ways: Ways) -> Prepared:
    """The report's material, once the officer has written what no program may.

    Raises:
        BlockedError: something is unwritten.
    """
    from cppp_cli.commands.report import take_own_words
    from cppp_cli.commands.ways import Ways
    from cppp_cli.documents.describe import unwritten

    ready = prepared(office, case_id)
    missing = unwritten(ready.context(0, DRAFT))
    if missing and not ways.answers and not ways.no_input:
        take_own_words(office, case_id, Ways())
        ready = prepared(office, case_id, quietly=True)
        missing = unwritten(ready.context(0, DRAFT))
    if missing:
        raise BlockedError(
            f"Not yet written: {', '.join(missing)}. These words are yours alone, and a final report has them all. "
            f"To write them: cppp report {ready.case.reference}"
        )
    return ready


def draft_version(office: Office, ready: Prepared) -> int:
    """The version this report is or would be as a draft."""
    from cppp_cli.commands.paper import rendered
    from cppp_cli.store import records

    digest = hashlib.sha256(rendered(office, ready.paper, ready.context(0, DRAFT)).encode()).hexdigest()
    return records.next_version(office.db, ready.case.id, ready.paper.kind, digest)


def ask_review(office: Office, ready: Prepared, ways: Ways) -> Standing:
    """Who quality-assured it, and how the facts were checked, as the report says it."""
    from cppp_cli.commands.guided import ask_to_the_end
    from cppp_cli.commands.ways import Errand
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.report_final import FINAL
    from cppp_cli.store.forms import FormSheet

    sheet = FormSheet(office.db, ready.case.id, FORM)
    errand = Errand(f"cppp report {ready.case.reference} --final", ready.case.id)
    ask_to_the_end(office, FINAL, sheet, Facts(office.today), ways, errand)
    return standing_of(office, ready, {path: str(a.value) for path, a in sheet.answers().items() if a.value})


def standing_of(office: Office, ready: Prepared, said: dict[str, str]) -> Standing:
    """The standing of a final report by the answers about its quality assurance."""
    from datetime import date

    from cppp_cli.documents.standing import Standing

    reviewed = said.get("was_reviewed") == "yes"
    return Standing(
        status="",
        final=True,
        reviewed_by=said.get("reviewed_by", "") if reviewed else "",
        reviewed_on=date.fromisoformat(said["reviewed_on"]) if reviewed else None,
        checked=checked(office, ready),
    )


def checked(office: Office, ready: Prepared) -> tuple[Checked, ...]:
    """How the facts were checked, by the newest copy of each side."""
    from cppp_cli.documents.standing import Checked
    from cppp_cli.store import fact_checks

    newest = {c.side: c for c in fact_checks.of_case(office.db, ready.case.id) if c.kind == ready.paper.kind}
    found = []
    for side in ("A", "B"):  # of both alike, also of one that was asked nothing
        check = newest.get(side)
        if check is None:
            found.append(Checked(ready.case.side_names(side)))
            continue
        asked = fact_checks.requests(office.db, ready.case.id, check.number)
        found.append(
            Checked(
                ready.case.side_names(side),
                datetime.fromisoformat(check.written_at).date(),
                check.answered_on,
                len(asked),
                sum(request.accepted != "no" for request in asked),
            )
        )
    return tuple(found)


def make(office: Office, ready: Prepared, standing: Standing, version: int) -> Made:
    """The final report as it would be frozen; nothing is kept or written."""
    from cppp_cli.commands import paper
    from cppp_cli.documents.read_back import passages
    from cppp_cli.programme.fingerprint import code

    markdown = paper.rendered(office, ready.paper, ready.context(version, standing))
    found = code(passages("report.md", markdown.encode("utf-8")))
    mark = paper.Mark(status="", code=f"Version {version} · code {found}", ending="final")
    files = paper.files_of(
        office, ready.case, ready.paper, markdown, version, paper.FORMATS, ready.pictures, ready.today, mark
    )
    shown = {name: data for name, data in ready.pictures.items() if f"]({name})" in markdown}
    return Made(version, markdown, found, files | shown)


def refuse_unfit(office: Office, ready: Prepared, made: Made, reviewer: str) -> None:
    """Run every check on a report that is to be final, and show what each found.

    Raises:
        BlockedError: something stands in the way.
    """
    from cppp_cli.commands import checking
    from cppp_cli.commands.check import tell
    from cppp_cli.documents.read_back import passages

    refuse_leaks(office, ready, made.files)
    own = passages(next(name for name in made.files if name.endswith(".md")), made.markdown.encode("utf-8"))
    found = (*checking.of_record(office, ready), *checking.of_words(office, ready, own, reviewer=reviewer))
    stops = checking.blocking(found)
    tell(found)
    if stops:
        what = "Something stands" if len(stops) == 1 else f"{len(stops)} things stand"
        raise BlockedError(
            f"Nothing was frozen. {what} in the way, as shown above; all of it: cppp check {ready.case.reference}"
        )


def refuse_leaks(office: Office, ready: Prepared, files: Mapping[str, bytes]) -> None:
    """Let no report leave that tells the court and every party what they may not read.

    Raises:
        BlockedError: it would.
    """
    from cppp_cli.commands import guard

    guard.refuse_leaks(
        office, ready.case, files, ready.paper.audience(ready.case), ready.paper.kind, checked_again=True
    )


def ask_leave(office: Office, ways: Ways) -> None:
    """Ask whether to freeze it, where somebody is there to ask.

    Raises:
        StoppedError: not yet.
    """
    from cppp_cli.commands.guided import ask_yes_no

    if not ways.no_input and not ask_yes_no(office, "Make this report final? It cannot be undone, only corrected."):
        raise StoppedError("Nothing was frozen. The draft is as it was.")


def freeze(
    office: Office, ready: Prepared, made: Made, standing: Standing, corrections: Sequence[Correction] = ()
) -> None:
    """Keep the report with its words, data and files, in one go."""
    from cppp_cli import __version__
    from cppp_cli.programme.finals import Final as Frozen
    from cppp_cli.store import finals
    from cppp_cli.store.forms import FormSheet

    sheet = FormSheet(office.db, ready.case.id, FORM)
    why = sheet.answers().get("not_reviewed")
    with office.db.atomic():
        _refuse_if_changed(office, ready)
        finals.freeze(
            office.db,
            ready.case.id,
            Frozen(
                ready.paper.kind,
                made.version,
                made.code,
                ready.paper.template,
                template_digest(office),
                f"cppp {__version__}",
                standing.reviewed_by,
                standing.reviewed_on,
                str(why.value) if why and why.value and not standing.reviewed_by else "",
                standing.corrects,
                office.moment(),
            ),
            markdown=made.markdown,
            data=json.dumps(ready.context(made.version, standing), ensure_ascii=False, default=plain),
            files=made.files,
            corrections=corrections,
            now=office.moment,
        )
        sheet.clear()


def _refuse_if_changed(office: Office, ready: Prepared) -> None:
    """Freeze only what was checked.

    Raises:
        ConflictError: the case was changed in another window since.
    """
    from cppp_cli.store import finals

    if finals.stamp(office.db, ready.case.id) != ready.stamp:
        raise ConflictError("The case was changed in another window meanwhile, so nothing was frozen. Run it again.")


def template_digest(office: Office) -> str:
    """The SHA-256 over every template a report may be made of, the office's own in the place of the shipped."""
    from cppp_cli.commands.paper import template_folders

    used: dict[str, bytes] = {}
    for folder in template_folders(office):
        for path in sorted(folder.glob("*.j2")) + sorted(folder.glob("*.docx")):
            used.setdefault(path.name, path.read_bytes())
    digest = hashlib.sha256()
    for name in sorted(used):
        digest.update(name.encode() + hashlib.sha256(used[name]).digest())
    return digest.hexdigest()


def write_frozen(office: Office, ready: Prepared, frozen: Frozen | None, want: Wanted) -> list[Path]:
    """Write the files of a final report just as they were frozen, in the formats asked for."""
    from cppp_cli.commands.paper import folder_for, put
    from cppp_cli.store import events, finals

    if frozen is None:
        return []
    folder = folder_for(office, want)
    kept = finals.files(office.db, ready.case.id, frozen.kind, frozen.version)
    wanted = {
        name: data
        for name, data in kept.items()
        if name.rpartition(".")[2] in want.formats or (not name.endswith((".md", ".docx")) and "md" in want.formats)
    }
    refuse_leaks(office, ready, wanted)  # what may be told can have changed since
    written = [put(folder / name, data, want) for name, data in wanted.items()]
    for path in written:
        events.left(office.db, ready.case.id, f"{frozen.kind}, final", path, office.moment)
    note(f"Version {frozen.version}, final, code {frozen.code}. Whether a file still is this one: cppp verify FILE")
    return written
