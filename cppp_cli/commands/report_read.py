"""``cppp report --diff`` and ``--explain``: what changed between two versions, and what a paragraph rests on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from cppp_cli.errors import NotFoundError
from cppp_cli.show import envelope, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.checks.origins import Origin
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.programme.passage import Passage


def run_diff(office: Office, case_id: int, one: int, other: int, *, as_json: bool) -> None:
    """Show what changed in words between two versions of the report.

    Raises:
        NotFoundError: one of them is not kept.
    """
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.commands.report_correct import with_lead
    from cppp_cli.programme.word_diff import changes

    ready = prepared(office, case_id, quietly=True)
    found = changes(_version(office, ready, one), _version(office, ready, other))
    if as_json:
        result(envelope("report", [asdict(change) for change in found]))
        return
    result(f"Case {ready.case.reference} · {ready.case.initials} · report, version {one} and version {other}")
    if not found:
        result("The words are the same.")
    for change in found:
        _show_change(change.place, *with_lead(change))


def _show_change(place: str, before: str, after: str) -> None:
    result(f"\n{place[:1].upper()}{place[1:]}")
    paragraph(f"was: “{before}”" if before else "was not there", indent=2)
    paragraph(f"is: “{after}”" if after else "is gone", indent=2)


def _version(office: Office, ready: Prepared, version: int) -> tuple[Passage, ...]:
    from cppp_cli.documents.read_back import passages
    from cppp_cli.store import finals

    words = finals.text(office.db, ready.case.id, ready.paper.kind, version)
    if words is None:
        raise NotFoundError(
            f"The words of version {version} of this report are not kept. Versions are kept since cppp 0.4; "
            "the number stands at the head of each report."
        )
    return passages("report.md", words.encode("utf-8"))


def run_explain(office: Office, case_id: int, number: int, *, as_json: bool) -> None:
    """Show which session, speaker, day and consent a paragraph of the report rests on.

    Of the final report where there is one, otherwise of the report as it would be written now.

    Raises:
        NotFoundError: there is no paragraph of that number.
    """
    from cppp_cli.checks.origins import beneath, of_passage, origins
    from cppp_cli.commands.leaking import drafts
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.commands.report_frozen import newest

    ready = prepared(office, case_id, quietly=True)
    frozen = newest(office, ready)
    whole = _version(office, ready, frozen.version) if frozen else drafts(office, ready)[0].passages
    which = f"Version {frozen.version} of the report" if frozen else "The report as it would be written now"
    here = beneath(whole, number)
    if not here:
        raise NotFoundError(f"{which} has no paragraph {number}.")
    known = origins(ready.case, ready.sessions, ready.entries, ready.own)
    found = [(passage, of_passage(passage, known)) for passage in here]
    if as_json:
        told = [{"text": passage.text, "rests_on": [asdict(one) for one in rests]} for passage, rests in found]
        result(envelope("report", told))
        return
    result(f"Case {ready.case.reference} · {ready.case.initials} · for your eyes only · {which}")
    for passage, rests in found:
        _show_origin(passage, rests)


def _show_origin(passage: Passage, rests: Sequence[Origin]) -> None:
    from cppp_cli.programme.dates import short_date

    result(f"\n{passage.place[:1].upper()}{passage.place[1:]}")
    paragraph(f"“{passage.text}”", indent=2)
    if not rests:
        paragraph("Words of the template, with facts on file; nobody's own words.", indent=4)
    for one in rests:
        who = f" · {one.speaker}" if one.speaker else ""
        when = f" · {short_date(one.on)}" if one.on else ""
        paragraph(f"{one.where}{who}{when}", indent=4)
        if one.consent:
            paragraph(one.consent, indent=6)
