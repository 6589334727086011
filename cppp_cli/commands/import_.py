"""``cppp import``: a case from another officer, shown first and brought in whole; a pack is only read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.errors import ConflictError, NoTerminalError, StoppedError, UsageProblemError
from cppp_cli.show import counted, facts, moment, note, result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cppp_cli.commands.office import Office
    from cppp_cli.store.arrival import Summary
    from cppp_cli.store.handover import Handover
    from cppp_cli.store.pack import Reading

app = typer.Typer()


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What cppp export wrote.")],
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what is in it.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the same case in your file, whole.")
    ] = False,
    confirm: Annotated[
        str | None,
        typer.Option("--confirm", metavar="REFERENCE", help="In place of typing the reference of the case that goes."),
    ] = None,
) -> None:
    """Bring in a case that another officer handed over, after showing it. Cases are never merged.

    A pack for the information team is printed as Markdown, and nothing of it is brought in.
    """
    from cppp_cli.commands import sealing
    from cppp_cli.store import handover, pack
    from cppp_cli.store.sealed import PACK

    path = Path(file).expanduser()
    parts = sealing.opened(path, plain=bool(ctx.obj))
    if PACK in parts:
        if replace or confirm:
            raise UsageProblemError("This is a pack to be read, not a case. Type cppp import FILE alone.")
        _print_pack(pack.parse(parts))
        note("A pack is read and not brought in. Your file is as it was.")
        return
    came = handover.parse(parts)
    _show(came.summary, came)
    if preview:
        note("Nothing was brought in.")
        return
    from cppp_cli.commands.office import opened

    with opened(ctx) as office:
        _bring_in(office, came, path, _chosen(office, came.summary, replace=replace, confirm=confirm))


def _chosen(office: Office, arriving: Summary, *, replace: bool, confirm: str | None) -> Summary | None:
    """The case of this file that is to go for the one that came; None when it comes beside the others.

    Raises:
        ConflictError: the case is in the file, and nobody said that it is to be replaced.
        StoppedError: the officer does not want it.
    """
    from cppp_cli.commands.guided import ask_yes_no
    from cppp_cli.store.handover import known

    present = known(office.db, arriving)
    if not present:
        if replace:
            note("No case of your file is this one, so nothing is replaced.")
        if confirm is None and sys.stdin.isatty() and not ask_yes_no(office, "Bring this case into your file?"):
            raise StoppedError("Stopped. Nothing was brought in.")
        return None
    note(f"In your file: {_side(present)}.")
    note(f"In the file that came: {_side([arriving])}.")
    note(_newer(present, arriving))
    if not replace:
        raise ConflictError(
            "Your file has this case already, so nothing was brought in. Cases are never merged. "
            "To put the one that came in the place of yours, whole: cppp import FILE --replace"
        )
    typed = confirm if confirm is not None else _reference_typed(office, present)
    found = next((one for one in present if one.reference == typed.strip().upper()), None)
    if found is None:
        raise StoppedError("That is not the reference of the case to be replaced. Nothing was changed.")
    return found


def _reference_typed(office: Office, present: Sequence[Summary]) -> str:
    """The reference of the case that goes, typed by the officer.

    Raises:
        NoTerminalError: nobody is there to type it.
    """
    from cppp_cli.commands.guided import ask_one
    from cppp_cli.questions.model import Kind, Question

    which = " or ".join(one.reference for one in present)
    if not sys.stdin.isatty():
        raise NoTerminalError(f"Replacing a case needs its reference. Add --confirm {which}.")
    text = f"Your case goes whole, with its safeguarding notes. To replace it, type its reference ({which})"
    return ask_one(office, Question("reference", text, Kind.TEXT, required=True))


def _bring_in(office: Office, came: Handover, path: Path, gone: Summary | None) -> None:
    from cppp_cli import paths
    from cppp_cli.store import backups
    from cppp_cli.store.handover import bring_in
    from cppp_cli.store.outgoing import digest_of

    if gone:
        backups.make(office.db, paths.backups(office.home), office.now())
        note("A copy of your whole file was made first. cppp restore brings it back.")
    arrived = bring_in(
        office.db,
        came,
        path,
        digest_of(path),
        office.moment,
        office.today,
        replacing=gone.id if gone else None,
    )
    if gone and arrived.reference != arrived.before:
        note(f"In the file that came its reference was {arrived.before}; here it stays {arrived.reference}.")
    elif arrived.reference != arrived.before:
        note(f"Its reference {arrived.before} is another case's in your file, so here it is {arrived.reference}.")
    result(f"Case {arrived.reference} is {'replaced' if gone else 'in your file'}, whole.")
    note("Consents and safety are confirmed again, with you, before the next session is logged.")
    note(f"Next: cppp case confirm {arrived.reference}")
    note("Delete the file that came when you no longer need it.")


def _show(case: Summary, came: Handover) -> None:
    """What would come in: enough to see that it is the right case, without any words of it."""
    from cppp_cli.programme.dates import short_date
    from cppp_cli.programme.sessions import OUTCOMES

    held = {
        f"Session {number}": f"{one.name}{f', {short_date(one.on)}' if one.on else ''}, "
        f"{OUTCOMES.get(one.outcome, one.outcome) if one.state == 'finished' else 'a draft'}"
        for number, one in enumerate(case.meetings, 1)
    }
    facts(
        {
            "Case": f"{case.reference} · {case.number or 'no court number'}",
            "Children": case.initials or "none on file",
            "State": case.state.label,
            **held,
            **{what.capitalize(): str(count) for what, count in case.counts},
            "Last changed": moment(case.changed.isoformat()),
            "Handed over by": came.made_by,
            "Written": f"{moment(came.made_at)}, with {came.program}",
        },
        title="This would come in",
    )


def _side(sides: Sequence[Summary]) -> str:
    """One case in a sentence: which it is, how much there is of it, and until when."""
    return "; and ".join(
        ", ".join(
            [
                one.reference,
                one.number or "no court number",
                f"children {one.initials or 'none on file'}",
                counted(len(one.meetings), "session"),
                *(f"{what} {count}" for what, count in one.counts),
                f"last changed {moment(one.changed.isoformat())}",
            ]
        )
        for one in sides
    )


def _newer(present: Sequence[Summary], arriving: Summary) -> str:
    """Which of two was changed last."""
    latest = max(one.changed for one in present)
    if latest == arriving.changed:
        return "Both were last changed at the same moment."
    if latest > arriving.changed:
        return "Yours was changed after the one that came: what was entered since then is not in it."
    return "The one that came was changed after yours."


def _print_pack(read: Reading) -> None:
    """A pack as Markdown. Words stand indented and the rest is escaped, so that nothing of it is a heading or a list.

    A line stands between the last list and the words: in a list, what is indented is read as Markdown again.
    """
    from cppp_cli.documents.md_escape import md_escape

    result("# A pack for review")
    listed = False
    for line in read.lines:
        if not (listed and line.startswith("- ")):
            result("")
        listed = line.startswith("- ")
        result(f"- {md_escape(line[2:])}" if listed else md_escape(line))
    for number, item in enumerate(read.items, 1):
        result(f"\n## {number}. {md_escape(item.source)}\n")
        if item.at:
            result(f"- at: {md_escape(item.at)}")
        result(f"- about: {md_escape(', '.join(item.about))}")
        result(f"- marks: {md_escape(', '.join(item.marks)) or 'none'}")
        result("\nWords:\n")
        for line in item.words.splitlines() or [""]:
            result(f"    {line}".rstrip())
