"""What the file holds in confidence, and who may read it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.audiences import NOBODY

if TYPE_CHECKING:
    from cppp_cli.programme.audiences import Readers

ADDRESS: Final = "address"
TELEPHONE: Final = "telephone number"
EMAIL: Final = "e-mail"


@dataclass(frozen=True)
class Confidence:
    """Words or a detail that not everybody may read."""

    ref: str
    """What it is, for scripts and the record: ``statement.12.3`` is the third statement of session 12."""
    words: str
    readers: Readers = NOBODY
    """Who may read it; nobody means the officer's file only."""
    what: str = ""
    """What it is, on the officer's screen: "what Isla said on 4 May 2026"."""
    wished: Readers | None = None
    """Whom a child wished to hear it; None where a child was unsure or not asked, or it is not a child's."""
    of_child: bool = False
    """Whether a child said, wrote or drew it."""
    detail: str = ""
    """``ADDRESS``, ``TELEPHONE`` or ``EMAIL``; empty for words."""

    def is_open_to(self, audience: Readers) -> bool:
        """Whether everybody of an audience may read it."""
        return bool(audience) and audience <= self.readers

    def may_be_released(self, audience: Readers) -> bool:
        """Whether the officer may say that a text only resembles it.

        Never for a confidential detail, nor for words a child kept back from somebody of the audience.
        """
        return not self.detail and (self.wished is None or (bool(audience) and audience <= self.wished))
