"""How answers come to a command: options, an answers file, and what one run of questions is about."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from cppp_cli.errors import AnswersError, PictureError

AnswersOption = Annotated[
    str | None, typer.Option("--answers", metavar="FILE", help="Take answers from a TOML file (- for standard input).")
]
NoInputOption = Annotated[bool, typer.Option("--no-input", help="Never ask; fail naming all that is missing.")]
QuestionsOption = Annotated[bool, typer.Option("--questions", help="Print an answers file to fill in, and stop.")]
CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="Its reference, or the court's case number; cppp case list shows both.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@dataclass(frozen=True)
class Ways:
    """How the answers come: a file, nobody to ask, or (both unset) a person at the terminal."""

    answers: str | None = None
    no_input: bool = False


@dataclass(frozen=True)
class Errand:
    """One run of questions: about which case, what to type to resume, which session a note belongs to."""

    resume: str
    case_id: int | None = None
    session_id: int | None = None
    leave_out: str = ""  # a line of the answers file that the command itself reads


def read_answers(name: str, *, leave_out: str = "") -> Mapping[str, object]:
    """The answers of a file by path, but for one left out; ``-`` is standard input.

    Raises:
        AnswersError: it cannot be read, or is not TOML in UTF-8.
    """
    from cppp_cli.interview.scripted import parse

    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except OSError:
        raise AnswersError("The answers file cannot be read. Check its place, and type it again.") from None
    except UnicodeDecodeError:
        raise AnswersError("The answers file is not UTF-8 text. Save it as UTF-8 and run again.") from None
    return {path: raw for path, raw in parse(text, "The answers file").items() if path != leave_out}


def no_pictures(path: str) -> int:
    """Refuse a picture where none is asked for."""
    raise PictureError(f"No picture is asked for here ({Path(path).suffix or 'no file type'}).")
