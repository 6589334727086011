"""Passages that tell, or may tell, what is held in confidence: shown beside it, and released with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cppp_cli.show import counted, note, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cppp_cli.checks.finding import Finding
    from cppp_cli.checks.leaks import Leak
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Paper
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.commands.ways import Ways
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.passage import Passage
    from cppp_cli.questions.model import Facts
    from cppp_cli.store.forms import FormSheet


@dataclass(frozen=True)
class Drawn:
    """A document as it would be written now."""

    paper: Paper
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Suspect:
    """A passage of a document that tells, or may tell, a confidence."""

    leak: Leak
    paper: Paper
    audience: Readers
    releasable: bool
    released: bool

    @property
    def key(self) -> str:
        """What it is called in answers: another passage or confidence has another."""
        said = f"{self.paper.kind}\n{self.leak.confidence.ref}\n{self.leak.confidence.words}\n{self.leak.passage.text}"
        return f"c{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def drafts(office: Office, ready: Prepared) -> tuple[Drawn, ...]:
    """The report, the plan and the children's page as they would be written now; the report first."""
    from cppp_cli.commands import paper
    from cppp_cli.documents import contexts
    from cppp_cli.documents.read_back import passages
    from cppp_cli.documents.standing import DRAFT

    case, made = ready.case, (ready.case, ready.officer, ready.sessions, ready.entries)
    plan = contexts.plan(*made, today=office.today, version=0, laid=ready.laid)
    child_plan = contexts.child_plan(*made, today=office.today, version=0, laid=ready.laid)
    found = ((ready.paper, ready.context(0, DRAFT)), (paper.PLAN, plan), (paper.CHILD_PLAN, child_plan))
    return tuple(
        Drawn(kind, passages(f"{kind.kind}.md", paper.rendered(office, kind, context).encode("utf-8")))
        for kind, context in found
        if kind is not paper.CHILD_PLAN or case.children
    )


def suspects(office: Office, case: Case, drawn: Iterable[Drawn], *, released_too: bool = False) -> tuple[Suspect, ...]:
    """What of these documents would not be written, but for what was released; with that too, to look at it again."""
    from cppp_cli.commands.guard import watch

    found = []
    for one in drawn:
        audience = one.paper.audience(case)
        hits = watch(office, case, audience, one.paper.kind).hits(one.passages, released_too=released_too)
        found += [Suspect(hit.leak, one.paper, audience, hit.releasable, hit.released) for hit in hits]
    return tuple(found)


def as_findings(found: Iterable[Suspect]) -> tuple[Finding, ...]:
    """Suspects as findings, each with its document."""
    from dataclasses import replace

    from cppp_cli.checks.leaks import as_finding

    return tuple(
        replace(finding, place=f"leaks, {one.paper.short_title}, {finding.place}")
        for one in found
        for finding in (as_finding(one.leak, one.audience),)
    )


def named_in(office: Office, ready: Prepared, drawn: Iterable[Drawn]) -> tuple[Finding, ...]:
    """Who is taken for somebody else in documents beside the report, each finding with its document."""
    from dataclasses import replace

    from cppp_cli.commands.checking import of_names

    return tuple(
        replace(finding, place=f"{one.paper.short_title}, {finding.place}")
        for one in drawn
        for finding in of_names(office, ready, one.passages)
    )


def show_side_by_side(found: Iterable[Suspect]) -> None:
    """Both texts of each, one below the other."""
    for one in found:
        result(f"  {one.paper.short_title}, {one.leak.passage.place}")
        paragraph(f"In the document: “{one.leak.found}”", indent=4)
        paragraph(f"In confidence ({one.leak.confidence.what}): “{one.leak.confidence.words}”", indent=4)


def run_release(office: Office, case_id: int, ways: Ways, *, only_questions: bool) -> None:
    """Ask of each passage that may be released whether it tells the confidence; keep what was decided, and why.

    One that was released before is asked about again, so that it can be taken back.
    """
    from cppp_cli.commands.guided import ask_to_the_end, print_questions
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.commands.ways import Errand
    from cppp_cli.questions.report_final import RELEASE
    from cppp_cli.store.forms import FormSheet

    ready = prepared(office, case_id, quietly=True)
    held = suspects(office, ready.case, drafts(office, ready), released_too=True)
    found = [one for one in held if one.releasable]
    facts = _facts(office, found)
    if only_questions:
        print_questions(RELEASE, facts)
        return
    if not found:
        note("No passage can be released." if held else "No passage resembles what is held in confidence.")
        return
    sheet = FormSheet(office.db, case_id, "release")
    ask_to_the_end(office, RELEASE, sheet, facts, ways, Errand(f"cppp check {ready.case.reference} --release", case_id))
    _keep(office, ready.case, found, sheet)


def _facts(office: Office, found: Sequence[Suspect]) -> Facts:
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.model import Facts

    told = {
        f"changes.{one.key}.told": Answer(
            f"{one.paper.short_title}, {one.leak.passage.place}, says: “{one.leak.found}”. "
            f"Held in confidence is {one.leak.confidence.what}: “{one.leak.confidence.words}”."
        )
        for one in found
    }
    return Facts(office.today, told)


def _keep(office: Office, case: Case, found: Sequence[Suspect], sheet: FormSheet) -> None:
    """Keep what is released, and what was and is taken back."""
    from cppp_cli.commands import guard
    from cppp_cli.store import releases

    said, kept, back = sheet.answers(), 0, 0
    with office.db.atomic():
        for one in found:
            verdict = said.get(f"releases.{one.key}.same")
            reason = said.get(f"releases.{one.key}.reason")
            if verdict is None or (verdict.value == "no") is one.released:
                continue  # it stands as it did
            kept, back = kept + (not one.released), back + one.released
            releases.add(
                office.db,
                case.id,
                kind=one.paper.kind,
                place=one.leak.passage.place,
                passage=guard.told(one.leak.passage),
                confidence_ref=one.leak.confidence.ref,
                confidence_digest=guard.digest_of(one.leak.confidence),
                how=guard.TAKEN_BACK if one.released else one.leak.how,
                reason=str(reason.value) if reason and reason.value else guard.TAKEN_BACK,
                now=office.moment,
            )
        sheet.clear()
    taken = f", {back} taken back" if back else ""
    note(f"{counted(kept, 'passage')} released{taken}. The reasons go into the record of the final report.")
