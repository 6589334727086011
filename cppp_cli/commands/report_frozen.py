"""A report that was made final, beside what the record would say now."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from cppp_cli.commands.report_build import prepared
from cppp_cli.documents.standing import DRAFT

if TYPE_CHECKING:
    from datetime import date

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.programme.finals import Final as Frozen
    from cppp_cli.programme.passage import Passage


def newest(office: Office, ready: Prepared) -> Frozen | None:
    """The newest final report of the case; None while there is none.

    Where the programme ended early, what was final before is a report of its own, and is not corrected by this one.
    """
    from cppp_cli.store import finals

    made = finals.of_case(office.db, ready.case.id, ready.paper.kind)
    return next((final for final in reversed(made) if final.template == ready.paper.template), None)


def still_says_so(office: Office, ready: Prepared, frozen: Frozen) -> bool:
    """Whether the record is still what a final report was made of, whatever its template has become since."""
    from cppp_cli.store import finals

    kept = json.loads(finals.data(office.db, ready.case.id, frozen.kind, frozen.version) or "{}")
    then = prepared(replace(office, today=day_of(frozen)), ready.case.id, quietly=True)
    now = json.loads(json.dumps(then.context(frozen.version, DRAFT), ensure_ascii=False, default=plain))
    return _same(kept, now) and not other_pictures(office, ready, frozen)


def _same(kept: object, now: object, *, but: frozenset[str] = frozenset({"standing", "status"})) -> bool:
    """Whether two sets of data agree, as far as both have them: a newer program may say more."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return all(_same(kept[key], now[key]) for key in kept.keys() & now.keys() - but)
    if isinstance(kept, list) and isinstance(now, list):
        return len(kept) == len(now) and all(_same(one, other) for one, other in zip(kept, now, strict=True))
    return kept == now


def other_pictures(office: Office, ready: Prepared, frozen: Frozen) -> tuple[str, ...]:
    """The pictures of a final report in whose place another would stand now, by their names."""
    from cppp_cli.store import finals

    kept = finals.files(office.db, ready.case.id, frozen.kind, frozen.version)
    shown = {name: data for name, data in kept.items() if not name.endswith((".md", ".docx"))}
    return tuple(sorted(name for name, data in shown.items() if data not in ready.pictures.values()))


def day_of(frozen: Frozen) -> date:
    """The day a report was made final."""
    return datetime.fromisoformat(frozen.frozen_at).date()


def then_and_now(office: Office, ready: Prepared, frozen: Frozen) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """What a final report says, and what the record would say now on that day; what it corrected itself left out."""
    from cppp_cli.commands import checking, paper
    from cppp_cli.documents.read_back import passages
    from cppp_cli.documents.standing import Standing
    from cppp_cli.store import finals

    kept = finals.text(office.db, ready.case.id, frozen.kind, frozen.version) or ""
    standing = Standing("", final=True, reviewed_by=frozen.reviewed_by, reviewed_on=frozen.reviewed_on)
    then = prepared(replace(office, today=day_of(frozen)), ready.case.id, quietly=True)
    now = paper.rendered(office, ready.paper, then.context(frozen.version, standing))
    before, after = (
        tuple(
            passage
            for passage in passages("report.md", words.encode("utf-8"))
            if not {checking.CORRECTED, checking.CHECKED} & {*passage.under, passage.text}
        )
        for words in (kept, now)
    )
    return before, after


def plain(value: object) -> object:
    """What JSON has no form for: records as mappings, days as text."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
