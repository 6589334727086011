"""Plain text and calendar files, line by line, as a recipient finds them."""

from __future__ import annotations

import re
from typing import Final

from cppp_cli.documents.read_back_places import readable
from cppp_cli.programme.passage import Passage

_FOLD: Final = re.compile(r"\n[ \t]")  # a long line of a calendar file goes on after a line end and a blank
_ESCAPED: Final = re.compile(r"\\([nN,;\\])")
# A name, parameters of which some are in quotation marks, and a value.
_LINE: Final = re.compile(r'(?P<name>[A-Za-z0-9-]+)(?P<more>(?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*):(?P<value>.*)', re.DOTALL)
_SHOWN: Final = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT"})
_ABOUT_THE_FILE: Final = frozenset({"PRODID", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "METHOD", "VERSION"})


def line_passages(text: str) -> tuple[Passage, ...]:
    """The lines of plain text that have words."""
    lines = readable(text).split("\n")
    return tuple(Passage(f"line {number}", line.strip()) for number, line in enumerate(lines, 1) if line.strip())


def calendar_passages(text: str) -> tuple[Passage, ...]:
    """What the entries of a calendar file say; what calendars do not show of them is hidden."""
    found = []
    entry = 0
    for line in _FOLD.sub("", readable(text)).split("\n"):
        parts = _LINE.fullmatch(line)
        if parts is None:
            if line.strip():
                found.append(Passage("a line that is no part of an entry", line.strip(), "hidden"))
            continue
        name = parts["name"].upper()
        if name == "BEGIN":
            entry += parts["value"].upper() == "VEVENT"
            continue
        if name == "END":
            continue
        where = f"{name} of entry {entry}" if entry else f"{name} of the calendar"
        kind = "property" if name in _ABOUT_THE_FILE else "text" if name in _SHOWN else "hidden"
        value = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], parts["value"]).strip()
        if value:
            found.append(Passage(where, value, kind))
        if parts["more"]:
            found.append(Passage(f"what stands beside {where}", parts["more"][1:], "hidden"))
    return tuple(found)
