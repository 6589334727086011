"""What a check noticed: where, what, and what to do about it. A check raises nothing; it returns these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether somebody may go on in spite of a finding."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


@dataclass(frozen=True)
class Finding:
    """One thing that was noticed.

    Of a case: for the officer's screen only. Of the file or the computer: nothing in it is about a person.
    """

    id: str
    """Its kind, for scripts: `copies.old`. It is never given another meaning."""
    place: str
    """Where it is, as people read it: a folder, "the history", "case F3KQ"."""
    what: str
    """A sentence."""
    do: str
    """A sentence, with the command to type where there is one."""
    severity: Severity = Severity.ADVISORY
    authority: str = ""
    """The rule, act, policy or page it rests on; empty where it is the program's own care."""

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way."""
        return self.severity is Severity.BLOCKING
