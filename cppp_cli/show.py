"""Everything shown that is not a prompt. The only module that imports rich; user text is never markup.

Results go to standard output. Piped, they have no colour, no boxes, and are never cut to a width.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cppp_cli.errors import CpppError
    from cppp_cli.programme.schedule import StripCell

SCHEMA = "cppp/1"
WIDEST = 100  # columns of running text


def envelope(command: str, result: object, *, warnings: Sequence[str] = (), error: CpppError | None = None) -> str:
    """One JSON object for scripts: what was asked, whether it went well, the result, warnings, the error."""
    failed = (
        None if error is None else {"kind": type(error).__name__, "message": str(error), "exit_code": error.exit_code}
    )
    return json.dumps(
        {
            "schema": SCHEMA,
            "command": command,
            "ok": error is None,
            "result": result,
            "warnings": list(warnings),
            "error": failed,
        },
        ensure_ascii=False,
        default=str,
    )


def result(text: str) -> None:
    """Print a line of the result, exactly as it is."""
    print(text)


def note(text: str) -> None:
    """Tell the officer something beside the result, broken between words on a terminal."""
    if sys.stderr.isatty():
        width = min(shutil.get_terminal_size().columns, WIDEST) - 1
        text = "\n".join(
            textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False) for line in text.splitlines()
        )
    print(text, file=sys.stderr)


def counted(number: int, what: str) -> str:
    """A number with its noun: "1 answer", "7 answers"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def moment(said: str) -> str:
    """A moment kept as ISO, as people read it: "Tue 4 Mar 2027, 10:42"."""
    from cppp_cli.programme.dates import say_time, short_date

    at = datetime.fromisoformat(said)
    return f"{short_date(at.date())}, {say_time(at.time())}"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, plain: bool = False) -> None:
    """Print rows under headings; as labelled lines when plain, as tab-separated lines when piped."""
    if plain:
        for row in rows:
            for name, cell in zip(columns, row, strict=True):
                result(f"{name}: {cell or '-'}")
            result("")
        return
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            result("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        drawn.add_column(Text(name), overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(drawn)


def facts(entries: Mapping[str, str], *, title: str = "") -> None:
    """Print labelled lines, wrapped beside their label on a terminal, whole when piped."""
    if title:
        result(f"\n{title}")
    column = max((len(label) for label in entries), default=0)
    for label, value in entries.items():
        if sys.stdout.isatty():
            room = min(shutil.get_terminal_size().columns, WIDEST) - column - 5
            lines = textwrap.wrap(value, max(room, 20), break_on_hyphens=False) or [""]
            result(f"  {label:<{column}}  " + f"\n{' ' * (column + 4)}".join(lines))
        else:
            result(f"{label}\t{value}")


def strip(cells: Sequence[StripCell], labels: Mapping[str, str], *, plain: bool = False) -> None:
    """Draw the weeks as a strip, one line each, with today marked."""
    from cppp_cli.programme.dates import short_date

    for cell in cells:
        what = ", ".join(labels.get(key, key) for key in cell.keys)
        mark = ("today," if plain else ">") if cell.today else " "
        bar = "" if plain else ("#" if what else ".")
        result(f"{mark} week {cell.week:>2}  {short_date(cell.start):<15}  {bar} {what}".rstrip())
