"""Nobody is misnamed: a finished text, read against who is who in its case.

Who spoke and whom something concerns are references in the record. What a template wrote around the typed words has
its names from there, so a name that contradicts the record is a mistake, and stands in the way. Names inside typed
text stay as typed: of them only a doubt is told. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.checks.attribution.addressed import addressed
from cppp_cli.checks.attribution.ages import ages
from cppp_cli.checks.attribution.elsewhere import elsewhere
from cppp_cli.checks.attribution.elsewhere_names import borne_elsewhere
from cppp_cli.checks.attribution.facts import facts
from cppp_cli.checks.attribution.facts_copies import facts_of_copies
from cppp_cli.checks.attribution.facts_plan import Plan, facts_of_plan
from cppp_cli.checks.attribution.facts_sessions import facts_of_sessions
from cppp_cli.checks.attribution.facts_yes import facts_of_yes
from cppp_cli.checks.attribution.gather import cast_of
from cppp_cli.checks.attribution.nights import facts_of_nights
from cppp_cli.checks.attribution.nights_shown import facts_of_shown_nights
from cppp_cli.checks.attribution.nights_told import facts_of_told_nights
from cppp_cli.checks.attribution.pronouns import pronouns
from cppp_cli.checks.attribution.reading import Reading
from cppp_cli.checks.attribution.records import Cast, Elsewhere, Person, Words
from cppp_cli.checks.attribution.roles import roles
from cppp_cli.checks.attribution.siblings import siblings
from cppp_cli.checks.attribution.speakers import speakers
from cppp_cli.checks.attribution.structure import structure
from cppp_cli.checks.attribution.unknown import alike, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.checks.finding import Finding
    from cppp_cli.programme.passage import Passage

__all__ = ("IDS", "Cast", "Elsewhere", "Person", "Words", "attribution", "cast_of")

IDS = (
    *("name.speaker", "name.fact", "name.sibling", "name.other-parent", "name.age", "name.other-case"),
    *("name.unknown", "name.near", "name.pronoun", "name.role"),
)
"""Every kind of finding there is. The last four are doubts to look at; `name.sibling` and `name.other-case` may be."""


def attribution(passages: Sequence[Passage], cast: Cast) -> tuple[Finding, ...]:
    """Wherever a finished text names somebody it should not, those that stand in the way first.

    Args:
        passages: The finished text, as it was read back.
        cast: Who is who in its case.
    """
    reading = Reading(passages, cast)
    plan = Plan(reading)
    found = [
        *speakers(reading),
        *structure(reading),
        *addressed(reading),
        *siblings(reading, plan),
        *facts(reading),
        *facts_of_sessions(reading),
        *facts_of_copies(reading),
        *facts_of_plan(reading, plan),
        *facts_of_yes(reading, plan),
        *facts_of_nights(reading, plan),
        *facts_of_shown_nights(reading, plan),
        *facts_of_told_nights(reading, plan),
        *ages(reading),
        *elsewhere(reading),
        *borne_elsewhere(reading),
        *unknown(reading),
        *alike(reading),
        *pronouns(reading),
        *roles(reading),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: (not finding.blocks, IDS.index(finding.id))))
