"""``cppp letter``: the parents' letter back, a copy of a child's own, the officer's letter on what came of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.report import FormatOption, OutOption, OverwriteOption
from cppp_cli.commands.ways import AnswersOption, CaseArgument, JsonOption, NoInputOption, QuestionsOption, Ways
from cppp_cli.errors import UsageProblemError
from cppp_cli.show import envelope, note, result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.programme.case import Case

app = typer.Typer()

KINDS = ("joint", "child", "outcome")
KindArgument = Annotated[
    str,
    typer.Argument(
        metavar="|".join(KINDS),
        help="The parents' letter back; a copy of a child's own letter; your letter to a child on what came of it.",
    ),
]
ChildOption = Annotated[
    int | None, typer.Option("--child", metavar="N", help="Which child, by number; asked where it is not clear.")
]
ReadersOption = Annotated[
    str | None,
    typer.Option("--for", metavar="READERS", help="Of a child's letter: parents, parent-a, parent-b or court."),
]


@app.command("letter")
def letter(
    ctx: typer.Context,
    case: CaseArgument,
    kind: KindArgument,
    *,
    child: ChildOption = None,
    reader: ReadersOption = None,
    fmt: FormatOption = None,
    out: OutOption = None,
    overwrite: OverwriteOption = False,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write a letter that a child or the parents keep: plain words, no case number, no address."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.paper import wanted
    from cppp_cli.store import cases

    _refuse_what_does_not_go_together(kind, reader, answers, questions=questions)
    want = wanted(fmt, out, overwrite=overwrite)
    with opened(ctx) as office:
        found = cases.load(office.db, cases.find(office.db, case))
        if child is not None and child not in {one.number for one in found.children}:
            raise UsageProblemError(f"There is no child {child} in this case. cppp case show lists them in order.")
        if questions:
            _print_questions(office, found, child)
            return
        ways = Ways(answers, no_input)
        written = _write(office, found, kind, child, reader, ways, want)
        if as_json:
            result(envelope("letter", [str(path) for path in written]))
        else:
            for path in written:
                result(f"Written: {path}")
            note("Read it before it leaves your desk: whoever opens it at home reads it too.")


def _refuse_what_does_not_go_together(kind: str, reader: str | None, answers: str | None, *, questions: bool) -> None:
    """Raise UsageProblemError for a kind or readers that are not known, and for questions where nothing is asked."""
    from cppp_cli.documents.letters import READERS

    if kind not in KINDS:
        raise UsageProblemError(f"There is no such letter. It is one of: {', '.join(KINDS)}.")
    if reader is not None and (kind != "child" or reader not in READERS):
        raise UsageProblemError(f"--for goes with a child's own letter, and is one of: {', '.join(READERS)}.")
    if kind != "outcome" and (questions or answers):
        raise UsageProblemError("This letter asks nothing: its words are on file. Leave --questions and --answers out.")


def _write(
    office: Office, case: Case, kind: str, child: int | None, reader: str | None, ways: Ways, want: Wanted
) -> list[Path]:
    from cppp_cli.commands import letter_write

    if kind == "joint":
        return letter_write.joint(office, case, child, want)
    if kind == "child":
        number = _which_child(case, child, letter_write.makers(office, case), office, ways)
        return letter_write.copy(office, case, number, _for_whom(office, reader, ways), want)
    everybody = tuple(one.number for one in case.children)
    return letter_write.outcome(office, case, _which_child(case, child, everybody, office, ways), ways, want)


def _print_questions(office: Office, case: Case, child: int | None) -> None:
    from cppp_cli.commands import letter_write
    from cppp_cli.commands.guided import print_questions
    from cppp_cli.questions.letter_outcome import SCRIPT

    print_questions(SCRIPT, letter_write.facts_for(office, case, child))


def _which_child(case: Case, child: int | None, among: tuple[int, ...], office: Office, ways: Ways) -> int:
    """The child that is meant: named, the only one there is, or asked for.

    Raises:
        UsageProblemError: nobody is there to ask.
    """
    if child is not None:
        return child
    if len(among) == 1:
        return among[0]
    from cppp_cli.programme.voice import child_name

    rows = {str(number): child_name(case, number) for number in among or (one.number for one in case.children)}
    hint = f"Name the child by number: {', '.join(f'--child {number}' for number in rows)}."
    return int(_asked(office, "For which child?", rows, hint, ways))


def _for_whom(office: Office, reader: str | None, ways: Ways) -> str:
    from cppp_cli.documents.letters import READERS

    if reader is not None:
        return reader
    rows = {
        "parents": "both parents",
        "parent-a": "the parent on side A",
        "parent-b": "the parent on side B",
        "court": "the court and every party",
    }
    return _asked(office, "For whom is the copy?", rows, f"Say for whom: --for {' | '.join(READERS)}.", ways)


def _asked(office: Office, text: str, rows: Mapping[str, str], hint: str, ways: Ways) -> str:
    from cppp_cli.commands.guided import ask_choice

    if ways.answers or ways.no_input or not sys.stdin.isatty():
        raise UsageProblemError(hint)
    return ask_choice(office, text, rows)
