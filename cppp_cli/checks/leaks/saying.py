"""What a leak is called on the officer's screen: what stands where, why that matters, what to do. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks.finding import Finding, Severity
from cppp_cli.checks.leaks.records import EXACT, FOLDED, REWORDED

if TYPE_CHECKING:
    from cppp_cli.checks.leaks.records import Leak
    from cppp_cli.programme.audiences import Readers

SAME: Final = {
    EXACT: "It says, word for word,",
    FOLDED: "It says, in the same words,",
    REWORDED: "It may say, in other words,",
}
OF_A_CHILD: Final = "The child's own wish and the officer's decision about who may hear it; the narrower wins"
OF_A_NOTE: Final = "A safeguarding note stays out of every document; Family Procedure Rules 2010, rule 12.73"
OF_A_DETAIL: Final = "Family Procedure Rules 2010, rule 29.1; the detail is marked confidential in the case"
OF_WORDS: Final = "Family Procedure Rules 2010, rule 12.73, and Practice Direction 12G"
TAKE_OUT: Final = (
    "Take it out where it was typed: cppp session amend CASE, cppp agreement log CASE, or your own words with "
    "cppp report CASE."
)
OPEN: Final = " If the child wishes it and it is safe, open it with cppp voice consent CASE."
RELEASE: Final = " If it only resembles what is held: cppp check CASE --release."


def as_finding(leak: Leak, audience: Readers) -> Finding:
    """A leak as a finding, which stands in the way. It holds no word of the confidence, but says whose it is."""
    held = leak.confidence
    what = held.what or "what is held in confidence"
    if held.detail:
        return Finding(
            "leak.detail",
            leak.passage.place,
            f"It holds {what}, which is confidential.",
            TAKE_OUT,
            Severity.BLOCKING,
            OF_A_DETAIL,
        )
    do = TAKE_OUT
    if leak.how == REWORDED and held.may_be_released(audience):
        do += RELEASE
    elif held.of_child and held.may_be_released(audience):
        do += OPEN
    return Finding(
        f"leak.{leak.how}",
        leak.passage.place,
        f"{SAME[leak.how]} {what}, and not everybody who reads it may.",
        do,
        Severity.BLOCKING,
        _authority(leak),
    )


def _authority(leak: Leak) -> str:
    if leak.confidence.of_child:
        return OF_A_CHILD
    return OF_A_NOTE if leak.confidence.ref.startswith("note.") else OF_WORDS
