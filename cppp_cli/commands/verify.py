"""``cppp verify FILE``: which final report a file is, whether it still has its words, and what differs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from typing import Final as Constant

import typer

from cppp_cli.commands.verify_judged import (
    DIFFERS,
    EXACT,
    MISTYPED_CODE,
    NEAR,
    NONE,
    NOT_FINAL,
    SAME_WORDS,
    UNKNOWN_CODE,
)
from cppp_cli.commands.ways import JsonOption
from cppp_cli.errors import AnswersError, BlockedError, CpppError, NotFoundError, UsageProblemError
from cppp_cli.show import counted, envelope, moment, note, result

if TYPE_CHECKING:
    from cppp_cli.commands.verify_judged import Frozen, Verdict

app = typer.Typer()

READ: Constant = (".docx", ".md")
_SAID: Constant = {
    EXACT: "This is {which}: byte for byte the file that was written.",
    SAME_WORDS: "This is {which}: the same words, in a file that was saved again.",
    DIFFERS: "This file carries the code of {which}, and does not have its words.",
    NEAR: "This file is no final report. Its words are nearest to those of {which}.",
    UNKNOWN_CODE: "The code in this file, {code}, is that of no final report in your file.",
    MISTYPED_CODE: "The code in this file, {code}, is none that cppp gives: a symbol of it is wrong.",
    NOT_FINAL: "This file says of itself that it is {says}; it carries no code.",
    NONE: "This file carries no code, and is near to no final report in your file.",
}
_NEAR_AND_SAYS: Constant = "This file says of itself that it is {says}. Its words are nearest to those of {which}."


@app.command("verify")
def verify(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report, as a Word file or as Markdown.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Say which final report a file is, whether its words are still those that were frozen, and what differs."""
    from cppp_cli.commands.office import opened
    from cppp_cli.commands.verify_judged import Given, judged
    from cppp_cli.documents.read_back import passages

    path = Path(file).expanduser()
    data = _bytes(path)
    given = Given(path.suffix.lower(), data, passages(path.name, data))
    with opened(ctx) as office:
        verdict = judged(office, given)
    error = _error(verdict)
    if as_json:
        result(envelope("verify", _as_json(verdict), error=error))
    else:
        for line in in_words(verdict):
            result(line)
    if error:
        note(f"Error: {error}")
        raise typer.Exit(error.exit_code)


def _bytes(path: Path) -> bytes:
    from cppp_cli.documents.read_back import LARGEST_FILE

    if path.suffix.lower() not in READ:
        raise UsageProblemError(
            "cppp verify reads reports as Word files (.docx) and as Markdown (.md). Of another kind of file nobody can "
            "say whether its words are the same; ask for the Word file."
        )
    if path.exists() and not path.is_file():
        raise AnswersError("That is no file that can be read whole. Name the Word file or the Markdown file.")
    try:
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            raise AnswersError(f"The file is larger than {LARGEST_FILE // 1024**2} MB; no report is. It is not read.")
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError("There is no such file. Check its name and its folder, and type it again.") from None
    except OSError:
        raise AnswersError("The file cannot be read. Close it in Word, check its place, and type it again.") from None


def in_words(verdict: Verdict) -> list[str]:
    """The verdict in sentences, and what differs line by line."""
    from cppp_cli.programme.word_diff import said

    lines = [_first_line(verdict)]
    if verdict.changes:
        lines += ["", f"{counted(len(verdict.changes), 'thing')} in its words:"]
        lines += [f"  {number}. {said(change)}" for number, change in enumerate(verdict.changes, 1)]
    if verdict.what == NEAR and verdict.code_in_file:
        lines += ["", f"The code it carries, {verdict.code_in_file}, is that of no final report in your file."]
    if verdict.around or verdict.beside:
        differs = (*verdict.around, *verdict.beside)
        lines += ["", "Beside the words, this differs:", *(f"  {said(change)}" for change in differs)]
    if verdict.other_pictures:
        lines += ["", "A picture in it is not the one that was frozen. Saving can do that; look at it."]
    if verdict.followed_by and verdict.frozen:
        lines += ["", f"Version {verdict.followed_by} of this report has taken its place."]
    return lines


def _first_line(verdict: Verdict) -> str:
    sentence = _NEAR_AND_SAYS if verdict.what == NEAR and verdict.says_it_is else _SAID[verdict.what]
    which, code, says = _named(verdict.frozen), verdict.code_in_file, verdict.says_it_is
    return sentence.format(which=which, code=code, says=says)


def _named(one: Frozen | None) -> str:
    if one is None:
        return ""
    from cppp_cli.commands import paper

    papers = (paper.REPORT, paper.PLAN, paper.TIMETABLE, paper.CHILD_PLAN)
    title = next((each.short_title for each in papers if each.kind == one.final.kind), one.final.kind)
    final = one.final
    return f"the final {title} of case {one.case}, version {final.version}, frozen on {moment(final.frozen_at)}"


def _error(verdict: Verdict) -> CpppError | None:
    """What the verdict comes to; None where it is the report, however often it was saved."""
    if verdict.what in {EXACT, SAME_WORDS}:
        if verdict.around:
            return BlockedError(
                "Its words are those that were frozen, and its header or footer is not. Do not pass it on."
            )
        return None
    if verdict.what in {DIFFERS, NEAR}:
        return BlockedError(
            "Its words are not those that were frozen. To write the final again: cppp report CASE --final"
        )
    return NotFoundError("It is none of the final reports in your file. To see the cases in it: cppp case list")


def _as_json(verdict: Verdict) -> dict[str, object]:
    one = verdict.frozen
    told = one and {
        "case": one.case,
        "kind": one.final.kind,
        "version": one.final.version,
        "code": one.final.code,
        "frozen_at": one.final.frozen_at,
        "corrects": one.final.corrects,
        "followed_by": verdict.followed_by,
    }
    return {
        "verdict": verdict.what,
        "same_words": verdict.what in {EXACT, SAME_WORDS},
        "code_in_file": verdict.code_in_file,
        "code_of_words": verdict.code_of_words,
        "says_it_is": verdict.says_it_is,
        "final": told,
        "changes": [asdict(change) for change in verdict.changes],
        "around": [asdict(change) for change in verdict.around],
        "beside": [asdict(change) for change in verdict.beside],
        "other_pictures": verdict.other_pictures,
    }
