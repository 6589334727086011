"""What is certified when a case is erased, as Markdown: without a name, a date of birth or a case number. Pure."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.dates import say_date, say_time
from cppp_cli.programme.retention import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence


WIDEST: Final = 78

_FILE: Final = (
    "- The officer's file: the rows in every table and the words of every change to them. Each table was counted "
    "afterwards, deleted bytes are overwritten, and the file is rebuilt without an unused page."
)
_CHAIN: Final = (
    "The history of the case had {links} links. They stay, and tell nothing of what was said. The last of them is"
)


@dataclass(frozen=True)
class Certificate:
    """Everything a certificate tells. ``at`` is ISO with its offset from UTC."""

    reference: str
    at: str
    team: str
    program: str  # its name and version
    reason: str  # one of REASONS; empty where the working copy was due
    held: Sequence[str]  # "4 sessions", "2 letters and drawings", in words
    clean: Sequence[str]  # copies that were opened and hold nothing of the case, by name
    not_clean: Sequence[tuple[str, str]]  # copies that may still hold it, by name, and why
    outside: int  # documents that lie outside and are the officer's to delete
    brought_away: int  # copies and exports brought to another place since the case was opened
    rows: int
    links: int
    head: str


def text(said: Certificate) -> str:
    """The certificate as Markdown."""
    at = datetime.fromisoformat(said.at)
    lines = [
        f"# Certificate of erasing: case {said.reference}",
        "",
        f"- Case: {said.reference}",
        f"- Erased: {say_date(at.date())}, {say_time(at.time())} ({said.at})",
        f"- Team: {said.team or 'not recorded'}",
        f"- Why: {REASONS.get(said.reason, 'its working copy was due')}",
        f"- Program: {said.program}",
        "",
        "This was a working copy and not the official record, which this erasing did not touch.",
        "",
        "## What it held",
        "",
        *(f"- {line}" for line in (*said.held, f"{said.rows} rows of the officer's file")),
        "",
        "## Where nothing of it is left",
        "",
        _FILE,
        *(f"- The backup {name}: opened again and looked at." for name in said.clean),
        "",
        "## Where something of it may be left",
        "",
        *_left(said),
        "",
        "## To compare with",
        "",
        _CHAIN.format(links=said.links),
        "",
        f"    {said.head}",
        "",
    ]
    return "\n".join(_folded(line) for line in lines)


def _folded(line: str) -> str:
    """A line as lines no wider than a narrow screen; what is indented is to be copied and stays whole."""
    if line.startswith("    "):
        return line
    after = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, WIDEST, subsequent_indent=after, break_long_words=False, break_on_hyphens=False)


def _left(said: Certificate) -> list[str]:
    found = [f"- The backup {name}: {why}." for name, why in said.not_clean]
    if said.outside:
        found.append(f"- Files written before and still on the disk: {said.outside}. They are the officer's to delete.")
    if said.brought_away:
        found.append(
            f"- Places to which copies or exports of the whole file were brought since the case was opened: "
            f"{said.brought_away}. They are the officer's to delete."
        )
    return [
        *found,
        "- What was printed, sent or filed, and copies nobody told this program of.",
        "- Blocks that the disk itself has not reused yet. What this program wrote there was encrypted.",
    ]
