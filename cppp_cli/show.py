"""Everything shown that is not a prompt. The only module that imports rich; user text is never markup.

Results go to standard output. Piped, they have no colour, no boxes, and are never cut to a width.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
import time
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rich.progress import Progress

    from cppp_cli.errors import CpppError
    from cppp_cli.programme.nights.month import Piece
    from cppp_cli.programme.schedule import StripCell

SCHEMA = "cppp/1"
WIDEST = 100  # columns of running text

LETTER_STYLES = {"A": "cyan", "B": "bold magenta", "O": "yellow"}  # beside the letter, never in its place

PATIENCE_S = 1.0  # work that takes no longer is done without a word
LINE_EVERY_S = 5.0  # where no bar can be drawn


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


def counted(number: int, what: str, several: str = "") -> str:
    """A number with its noun: "1 answer", "7 answers", "2 entries"."""
    return f"{number} {what}" if number == 1 else f"{number} {several or f'{what}s'}"


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


def columns() -> int | None:
    """How wide the results may be; none when they are piped, and nothing is cut to a width."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def paragraph(text: str, *, indent: int = 0) -> None:
    """Print running text, broken between words on a terminal, whole when piped."""
    wide = columns()
    if wide is None:
        result(" " * indent + text)
        return
    margin = " " * indent
    result(
        textwrap.fill(
            text,
            min(wide, WIDEST) - 1,
            initial_indent=margin,
            subsequent_indent=margin,
            break_on_hyphens=False,
            break_long_words=False,
        )
    )


def pieces(lines: Sequence[Sequence[Piece]], *, plain: bool = False) -> None:
    """Print lines of which some pieces have the colour of their letter; piped or plain, without a colour."""
    if plain or not sys.stdout.isatty():
        for line in lines:
            result("".join(piece.text for piece in line).rstrip())
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        parts = [(piece.text, LETTER_STYLES.get(piece.letter, "")) for piece in line]
        console.print(Text.assemble(*parts), no_wrap=True, crop=False, overflow="ignore")


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


@contextmanager
def progress(text: str, *, plain: bool = False) -> Iterator[Callable[[float], None]]:
    """Show on standard error how much of a piece of work is done, once it has taken a second.

    A bar on a terminal, and now and then a line when plain or piped. What is yielded is called with 0 to 1. Nothing
    else may be shown inside the block.
    """
    began = last = time.monotonic()
    drawn = None

    def tell(done: float) -> None:
        nonlocal drawn, last
        now = time.monotonic()
        if now - began < PATIENCE_S:
            return
        if plain or not sys.stderr.isatty():
            if last == began or now - last >= LINE_EVERY_S:
                last = now
                note(f"{text}: {done:.0%}")
            return
        if drawn is None:
            drawn = _bar(text)
        drawn.update(drawn.task_ids[0], completed=done, refresh=True)

    try:
        yield tell
    finally:
        if drawn is not None:
            drawn.stop()


def _bar(text: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    bar.add_task(text, total=1)
    bar.start()
    return bar
