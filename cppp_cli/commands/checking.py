"""Every check of a report, gathered: the record, the finished words, the names, the wording, and what leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cppp_cli.checks.attribution import Elsewhere
    from cppp_cli.checks.finding import Finding
    from cppp_cli.checks.policy import Rule
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.finals import Final as Frozen
    from cppp_cli.programme.passage import Passage
    from cppp_cli.programme.people import Adult, Child
    from cppp_cli.programme.working_days import WorkingDays

POLICY: Final = "policy_wording.toml"
CORRECTED: Final = "What was corrected"
"""The heading under which a report repeats what an earlier one said wrongly."""
_CORRECTION: Final = "Ombudsman's case summaries 20 and 801: what was wrong was put right by a later letter"
_VOICE: Final = "Cafcass on the programme: the child's letter is shared when the child would like it, and answered"
CHECKED: Final = "How this report was checked"
"""The heading under which it says who read it and who checked its facts."""


def of_record(office: Office, ready: Prepared) -> tuple[Finding, ...]:
    """What is missing or open in the record."""
    from cppp_cli.checks.readiness import Record, readiness
    from cppp_cli.commands.report_frozen import day_of, newest
    from cppp_cli.documents.describe import unwritten
    from cppp_cli.documents.standing import DRAFT
    from cppp_cli.store import fact_checks

    kind, frozen = ready.paper.kind, newest(office, ready)
    record = Record(
        ready.case,
        ready.sessions,
        office.today,
        court_days(office),
        ready.entries,
        unwritten(ready.context(0, DRAFT)),
        [check for check in fact_checks.of_case(office.db, ready.case.id) if check.kind == kind],
        day_of(frozen) if frozen else None,
        bool(frozen and frozen.reviewed_by) or _review_is_answered(office, ready.case.id),
    )
    return (
        *_changed_since(office, ready, frozen),
        *readiness(record),
        *_wording_of_plan(ready),
        *_voice(office, ready),
        *_silent_children(ready),
    )


def _changed_since(office: Office, ready: Prepared, frozen: Frozen | None) -> tuple[Finding, ...]:
    """What is on file is no longer what a final report says."""
    from cppp_cli.checks.finding import Finding
    from cppp_cli.commands.report_frozen import still_says_so

    if frozen is None or still_says_so(office, ready, frozen):
        return ()
    said = f"What is on file has changed since version {frozen.version} was made final."
    do = f"cppp report {ready.case.reference} --correct"
    return (Finding("ready.final-outdated", "final", said, do, authority=_CORRECTION),)


def _silent_children(ready: Prepared) -> tuple[Finding, ...]:
    """The officer's own words name a child of whose words none may be passed on."""
    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.sessions import statements

    said = [one for session in ready.sessions if session.state == "finished" for one in statements(session)]
    own = " ".join(str(answer.value) for answer in ready.own.values() if isinstance(answer.value, str))
    found = []
    for child in ready.case.children:
        of_child = [one for one in said if one.child == child.number]
        name = child.called or child.full_name
        if of_child and not any(one.in_report for one in of_child) and name in own:
            found.append(
                Finding(
                    "ready.own-words-of-silent-child",
                    "own words",
                    f"No words of {name}'s may be passed on, and your own words speak of {name}. Look whether they "
                    "tell what was wished.",
                    f"cppp report {ready.case.reference}, then :r",
                    authority=_VOICE,
                )
            )
    return tuple(found)


def court_days(office: Office) -> WorkingDays:
    """The days on which the court office is open, as far as weekends and bank holidays tell."""
    from cppp_cli.bank_holidays import bank_holidays
    from cppp_cli.programme.working_days import WorkingDays

    return WorkingDays(closed=bank_holidays(office.today.year - 1, office.today.year + 1))


def _review_is_answered(office: Office, case_id: int) -> bool:
    """Whether somebody is recorded, on the way to a final, as having read the report for its quality."""
    from cppp_cli.commands.report_final import FORM
    from cppp_cli.store.forms import FormSheet

    answer = FormSheet(office.db, case_id, FORM).answers().get("was_reviewed")
    return answer is not None and answer.value == "yes"


def _wording_of_plan(ready: Prepared) -> tuple[Finding, ...]:
    """What the agreed clauses leave open, one finding for each entry."""
    from cppp_cli.checks import plan_wording
    from cppp_cli.checks.finding import Finding

    numbers: dict[int, int] = {}
    for entry, _ in plan_wording.findings(ready.entries):
        numbers[entry.number] = numbers.get(entry.number, 0) + 1
    return tuple(
        Finding(
            "ready.wording",
            "wording",
            f"The wording of entry {number} leaves {count} question{'s' if count > 1 else ''} open.",
            f"cppp agreement check {ready.case.reference}",
            authority="Re L-W [2010] EWCA Civ 1253: what is to bind has to say who does what, where and when",
        )
        for number, count in numbers.items()
    )


def _voice(office: Office, ready: Prepared) -> tuple[Finding, ...]:
    """What is still owed to a child: a wish not asked, a letter back that was promised, a drawing not returned."""
    from cppp_cli.checks.finding import Finding
    from cppp_cli.commands.voice_facts import gathered

    return tuple(
        Finding(f"ready.voice-{one.kind}", "children's voice", one.what, one.to_type, authority=_VOICE)
        for one in gathered(office, ready.case).outstanding
    )


def of_words(
    office: Office, ready: Prepared, passages: Sequence[Passage], *, reviewer: str = ""
) -> tuple[Finding, ...]:
    """What the finished words of a report say of the wrong person, or in words policy asks not to use."""
    from cppp_cli.checks.policy import policy

    own = [passage for passage in passages if CORRECTED not in passage.under]
    return (*of_names(office, ready, own, reviewer=reviewer), *policy(own, rules(office)))


def of_names(
    office: Office,
    ready: Prepared,
    passages: Sequence[Passage],
    *,
    reviewer: str = "",
    copy_for: str = "",
    addressed_to: int | None = None,
) -> tuple[Finding, ...]:
    """Who is taken for somebody else in the finished words of any document.

    Args:
        office: The opened file.
        ready: What the documents of the case are made of.
        passages: The document.
        reviewer: Who quality-assured it, whose name the file has nowhere else.
        copy_for: The side a copy for the checking of facts is for, A or B.
        addressed_to: The number of the child a letter to one child is to.
    """
    from cppp_cli.checks.attribution import attribution, cast_of
    from cppp_cli.store import fact_checks

    given = [check for check in fact_checks.of_case(office.db, ready.case.id) if check.kind == ready.paper.kind]
    cast = cast_of(
        ready.case,
        ready.sessions,
        ready.entries,
        ready.own,
        ready.officer,
        ready.today,
        elsewhere(office, ready),
        ready.laid,
        given,
        copy_for,
        (reviewer,) if reviewer else (),
        addressed_to,
    )
    found = attribution(passages, cast)
    return tuple(map(_as_a_doubt, found)) if _two_are_called_alike(ready.case) else found


def _two_are_called_alike(case: Case) -> bool:
    """Whether two people of a case go by one name, so that no text can tell who of them is meant."""
    people: tuple[Adult | Child, ...] = (*case.adults, *case.children)
    names = [{person.full_name.casefold(), (person.called or person.full_name).casefold()} for person in people]
    return any(one & other for at, one in enumerate(names) for other in names[at + 1 :])


def _as_a_doubt(finding: Finding) -> Finding:
    """The same, as something to look at; a name of another case stands in the way as before."""
    from dataclasses import replace

    from cppp_cli.checks.finding import Severity

    return finding if finding.id == "name.other-case" else replace(finding, severity=Severity.ADVISORY)


def elsewhere(office: Office, ready: Prepared) -> tuple[Elsewhere, ...]:
    """What every other case of the file is told by."""
    from cppp_cli.checks.attribution import Elsewhere
    from cppp_cli.store.others import others

    quoted = " ".join((*ready.case.questions, ready.case.order_now))  # the court may speak of a case before this one
    return tuple(
        Elsewhere(
            other.reference,
            tuple(n for n in other.numbers if n not in quoted),
            other.full_names,
            other.addresses,
            other.called,
            other.beside,
        )
        for other in others(office.db, ready.case.id)
    )


def rules(office: Office) -> tuple[Rule, ...]:
    """The rules of wording, the office's own where it keeps some."""
    from cppp_cli.checks.policy import rules_from
    from cppp_cli.commands.paper import template_folders

    path = next(folder / POLICY for folder in template_folders(office) if (folder / POLICY).is_file())
    try:
        return rules_from(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise TemplateError(f"{POLICY}: it is not UTF-8 text. Save it again as UTF-8.") from None


def even_hands(ready: Prepared, passages: Sequence[Passage]) -> str:
    """How much room and how many quotations each side has, as information."""
    from cppp_cli.checks.even_hands import even_hands as weigh

    children = [child.full_name for child in ready.case.children]
    return weigh(passages, (ready.case.side_names("A"), ready.case.side_names("B")), children).told


def blocking(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stand in the way."""
    return tuple(finding for finding in found if finding.blocks)
