"""The history in words, for what is recorded for good: finals, corrections, releases, decisions to pass on; and facts.

Each is told of its own row, whole: what was recorded and why.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cppp_cli.store.history import Change

    Cells = Mapping[str, Any]

PLACES: Final = frozenset({"final", "correction", "release", "disclosure", "fact_check", "fact_request"})


def told(change: Change) -> tuple[str, str, str, str] | None:
    """What a change is about, what it was before and after, and why; None where another change says it."""
    if change.place == "release" and change.action == "update":
        return None  # that it went into a final, which the final says
    cells: Cells = {**change.row, **change.before, **change.after}
    if change.place == "correction" and change.action == "insert":
        what = f"Corrected in {_paper(cells)}, {cells['place']}"
        return what, cells["before"], cells["after"], cells["reason"]
    what = _WHAT[change.place].format_map({**cells, "paper": _paper(cells)})
    said = _SAID[change.place]
    before, after = (said({**change.row, **side}) if side else "" for side in (change.before, change.after))
    return what, before, after, change.reason or cells.get("reason") or cells.get("why") or ""


def _final(cells: Cells) -> str:
    seen = (
        f"quality-assured by {cells['reviewed_by']}, {_day(cells['reviewed_on'])}" if cells.get("reviewed_by") else ""
    )
    in_place_of = f"in the place of version {cells['corrects']}" if cells.get("corrects") else ""
    return ", ".join(filter(None, (f"code {cells['code']}", seen or "quality-assured by nobody", in_place_of)))


def _release(cells: Cells) -> str:
    return f"{cells['place']}: {cells['passage']}"


def _disclosure(cells: Cells) -> str:
    from cppp_cli.programme.disclosure import CATEGORIES, TOLD

    told_to = [TOLD.get(code, code) for code in json.loads(cells["told"])]
    if cells.get("told_other"):
        told_to.append(cells["told_other"])
    child = {"yes": "the child was told", "no": "the child was not told", "later": "the child is still to be told"}
    said = (
        CATEGORIES.get(cells["category"], cells["category"]),
        f"told: {', '.join(told_to) or 'nobody yet'}",
        f"manager: {cells['manager']}" if cells.get("manager") else "no manager was consulted",
        child[cells["child_told"]],
        f"decided {_day(cells['decided_on'])}",
    )
    return "; ".join(said)


def _fact_check(cells: Cells) -> str:
    if "kind" in cells:
        return _paper(cells)
    return f"answered {_day(cells['answered_on'])}" if cells.get("answered_on") else "not answered"


def _fact_request(cells: Cells) -> str:
    return f"{cells['place']}: {cells['asked']} (accepted: {cells['accepted']})".removeprefix(": ")


def _correction(cells: Cells) -> str:
    return f"{cells['before']} – {cells['after']}"


_WHAT: Final = {
    "final": "Made final: {paper}",
    "correction": "Corrected in {paper}",
    "release": "Released, as it only resembles what is held in confidence",
    "disclosure": "Passed on without consent",
    "fact_check": "Fact check {number}",
    "fact_request": "Asked to be put right in fact check {fact_check}",
}
_SAID: Final[Mapping[str, Callable[[Cells], str]]] = {
    "final": _final,
    "correction": _correction,
    "release": _release,
    "disclosure": _disclosure,
    "fact_check": _fact_check,
    "fact_request": _fact_request,
}


def _paper(cells: Cells) -> str:
    """A version of a document, and for whom it was written; empty where a change does not say."""
    if "kind" not in cells or "version" not in cells:
        return ""
    side = f", for side {cells['side']}" if cells.get("side") else ""
    return f"{str(cells['kind']).replace('-', ' ')}, version {cells['version']}{side}"


def _day(said: str | None) -> str:
    from cppp_cli.programme.dates import short_date

    return short_date(date.fromisoformat(said)) if said else "on a day not recorded"
