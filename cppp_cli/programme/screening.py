"""Whether the programme may begin. Pure.

The criteria are those Cafcass publishes for its Positive co-Parenting Programme (both willing, court
still involved, harmful conflict the most significant concern), and the order its assessment framework
sets: domestic abuse is considered first, and other risk is settled before conflict is worked on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

CRITERIA: Mapping[str, str] = {
    "court_involved": "The court is still involved, and needs to be",
    "harmful_conflict": "Harmful conflict is the most significant concern for the children",
    "abuse_considered": "Domestic abuse was considered first and does not stand in the way",
    "no_other_safety": "No other safety information stands in the way",
}


@dataclass(frozen=True)
class Criterion:
    """One criterion as assessed. ``result`` is met, not_met or not_known; a gap is not known."""

    key: str
    result: str
    note: str = ""
    depart: bool = False
    reason: str = ""
    manager: str = ""
    consulted_on: date | None = None

    @property
    def departed(self) -> bool:
        """Whether a departure is complete: a reason, the manager consulted and the date."""
        return self.depart and bool(self.reason and self.manager and self.consulted_on)


@dataclass(frozen=True)
class Decision:
    """Whether the programme opens, and every reason it does not."""

    opens: bool
    reasons: tuple[str, ...]
    departures: tuple[Criterion, ...]


def decide(willing: Sequence[tuple[str, str]], criteria: Iterable[Criterion]) -> Decision:
    """Open the programme only when every adult is willing and every criterion is met or departed from.

    Args:
        willing: For each adult, how they are called and met, not_met or not_known.
        criteria: Every criterion of ``CRITERIA``; one that is absent counts as not known.
    """
    by_key = {criterion.key: criterion for criterion in criteria}
    reasons = [f"{name}: willingness is {_said(result)}" for name, result in willing if result != "met"]
    if len(willing) < 2:  # noqa: PLR2004 - two sides
        reasons.append("There is not an adult on both sides")
    departures: list[Criterion] = []
    for key, label in CRITERIA.items():
        criterion = by_key.get(key, Criterion(key, "not_known"))
        if criterion.result == "met":
            continue
        if criterion.departed:
            departures.append(criterion)
        else:
            reasons.append(f"{label}: {_said(criterion.result)}")
    return Decision(not reasons, tuple(reasons), tuple(departures))


def _said(result: str) -> str:
    return {"met": "met", "not_met": "not met"}.get(result, "not known")
