"""How the plan came to be: every version, with what it changed and where that came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cppp_cli.errors import NotFoundError
from cppp_cli.show import moment, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Version
    from cppp_cli.questions.model import Facts, Script


def versions_told(office: Office, case: Case, number: int | None) -> list[dict[str, Any]]:
    """Every version in words, entry by entry, oldest first.

    Raises:
        NotFoundError: there is no entry of that number.
    """
    from cppp_cli.commands.ledger_facts import entry_facts
    from cppp_cli.programme.ledger import item_of
    from cppp_cli.store import ledger

    wanted = None if number is None else item_of(number)
    found = ledger.versions(office.db, case.id, wanted)
    if wanted and not found:
        raise NotFoundError("The plan has no entry of that number. cppp agreement show lists them.")
    facts = entry_facts(office, case)
    return [told for item in sorted(found, key=_order) for told in _of_item(item, found[item], facts)]


def _order(item: str) -> tuple[str, int, str]:
    group, _, rest = item.partition(".")
    return ((group != "entry" and group) or "", int(rest) if rest.isdigit() else 0, rest)


def _of_item(item: str, versions: Sequence[Version], facts: Facts) -> list[dict[str, Any]]:
    from cppp_cli.programme.ledger import CALENDAR, ENTRY, SOURCES, entry, replay

    if item.startswith(ENTRY):
        title = f"Entry {item.removeprefix(ENTRY)}: {entry(0, versions).title}"
    else:
        title = f"Calendar {item.removeprefix(CALENDAR)}"
    script, known = script_of(item), replay(versions)
    told = []
    before: dict[str, Answer] = {}
    for version in versions:
        after = replay([*versions[: version.number]])
        lines = [
            {"what": what, "before": was, "after": now}
            for what, was, now in differences(script, before, after, known, facts)
        ]
        told.append(
            {
                "item": item,
                "title": title,
                "version": version.number,
                "source": SOURCES[version.source],
                "said_on": version.said_on.isoformat() if version.said_on else None,
                "made_at": version.made_at,
                "changes": lines,
            }
        )
        before = after
    return told


def script_of(item: str) -> Script:
    """The questions of an item of the ledger."""
    from cppp_cli.programme.ledger import ENTRY
    from cppp_cli.questions import agreement, calendar_of_case

    return agreement.SCRIPT if item.startswith(ENTRY) else calendar_of_case.script_of(item)


def differences(
    script: Script, before: dict[str, Answer], after: dict[str, Answer], known: dict[str, Answer], facts: Facts
) -> list[tuple[str, str, str]]:
    """What is otherwise, as question, answer before and answer after, whole: here alone old words can be read again.

    What was left blank both times is not told.
    """
    from cppp_cli.interview.review import label, say_value, step_at
    from cppp_cli.programme.ledger import AGREED_FOR
    from cppp_cli.questions.flow import steps

    order = {step.path: place for place, step in enumerate(steps(script, known, facts))}
    found = []
    for path in sorted({*before, *after}, key=lambda path: (order.get(path, len(order)), path)):
        old, new = (_said(answers.get(path)) for answers in (before, after))
        if old == new or path == AGREED_FOR:
            continue
        step = step_at(script, path, known, facts)
        was, now = (say_value(step, answer, shown=None) if answer else "" for answer in (old, new))
        found.append((label(step), was, now))
    return found


def _said(answer: Answer | None) -> Answer | None:
    """An answer; none where it was left blank, which nobody need be told of."""
    from cppp_cli.programme.answers import Gap

    return None if answer is None or (answer.value is None and answer.gap in {None, Gap.BLANK}) else answer


def print_versions(told: Sequence[dict[str, Any]]) -> None:
    """Show each version under its entry."""
    from datetime import date

    from cppp_cli.programme.dates import short_date

    title = ""
    for version in told:
        if version["title"] != title:
            title = version["title"]
            result(f"\n{title}")
        said = f", {short_date(date.fromisoformat(version['said_on']))}" if version["said_on"] else ""
        result(f"  Version {version['version']} · {version['source']}{said} · written {moment(version['made_at'])}")
        for line in version["changes"]:
            was = f"was: {line['before']} · " if line["before"] else ""
            paragraph(f"{line['what']} {was}{'now: ' if was else ''}{line['after'] or '(taken out)'}", indent=6)
    if not told:
        result("Nothing is in the plan yet.")
