"""``cppp export``: a case handed over, a readable copy, a pack for the information team. Each leaves a trace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli import __version__
from cppp_cli.errors import NoTerminalError, StoppedError, UsageProblemError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office
    from cppp_cli.store.keys import Key

app = typer.Typer()

READABLE = "readable"
PROGRAM = f"cppp {__version__}"
MAY_READ_ALL = (
    "The file will not be encrypted. Whoever gets it can read everything in it: names, confidential addresses, what "
    "children said for nobody, safeguarding notes, the history."
)


@app.command("export")
def export(
    ctx: typer.Context,
    case: Annotated[
        str | None,
        typer.Argument(metavar="[CASE]", help="Its reference or court number. With --plain, all cases when not given."),
    ] = None,
    *,
    to: Annotated[str, typer.Option("--to", metavar="FILE", help="The file to write. Nothing may be there yet.")],
    plain: Annotated[
        bool, typer.Option("--plain", help="An ordinary SQLite file (.db) or JSON (.json) that anybody can read.")
    ] = False,
    about: Annotated[
        str | None,
        typer.Option(
            "--about",
            metavar="PERSON",
            help="A pack about one person, such as adult-1 or child-2, for the information team to review.",
        ),
    ] = None,
    confirm: Annotated[
        str | None, typer.Option("--confirm", metavar=READABLE, help="With --plain, in place of typing that word.")
    ] = None,
) -> None:
    """Write a case for another officer, encrypted with its own passphrase: all of it, with its history.

    With --about, a pack about one person for the organisation's information team to review, never to be handed out.
    With --plain, a readable copy of one case or of all for any other tool.
    """
    _refuse_what_does_not_fit(case, plain=plain, about=about, confirm=confirm)
    from cppp_cli.commands.office import opened

    path = Path(to).expanduser()
    with opened(ctx) as office:
        case_id = _case(office, case)
        _refuse_place(office, path, plain=plain)
        if case_id is not None:
            _recover_note(office, case_id)
        if plain:
            _write_plain(office, case_id, path, confirm)
        elif case_id is not None and about:
            _write_pack(office, case_id, about, path)
        elif case_id is not None:
            _hand_over(office, case_id, path)


def _refuse_what_does_not_fit(case: str | None, *, plain: bool, about: str | None, confirm: str | None) -> None:
    if plain and about:
        raise UsageProblemError("--about makes an encrypted pack; it does not go with --plain.")
    if not plain and case is None:
        raise UsageProblemError("Say which case: cppp export CASE --to FILE. All of the file goes with --plain only.")
    if confirm is not None and (not plain or confirm != READABLE):
        raise UsageProblemError(f"--confirm {READABLE} goes with --plain, and with nothing else.")


def _case(office: Office, case: str | None) -> int | None:
    from cppp_cli.store import cases

    return None if case is None else cases.find(office.db, case)


def _recover_note(office: Office, case_id: int) -> None:
    """A safeguarding note that was begun and left goes along as a note."""
    from cppp_cli.store.sessions import recover_note

    if recover_note(office.db, case_id, office.moment):
        note("Found: a safeguarding note that was begun and left. It is kept as a note, and goes along.")


def _refuse_place(office: Office, path: Path, *, plain: bool) -> None:
    """Refuse a place before anything is asked; tell of one that is copied elsewhere.

    Raises:
        UsageProblemError: it is in the officer's folder, or does not say which readable form is meant.
    """
    from cppp_cli import paths
    from cppp_cli.store.outgoing import refuse_place

    if plain:
        from cppp_cli.store.plain_export import FORMATS

        if path.suffix.lower() not in FORMATS:
            raise UsageProblemError(f"The name of a readable file ends in one of: {', '.join(FORMATS)}.")
    if office.home.resolve() in path.resolve().parents:
        raise UsageProblemError("Nothing is written into the folder of the encrypted file. Choose another with --to.")
    refuse_place(path)
    service = paths.synced_by(path.parent)
    if service:
        note(f"Note: this folder is copied to {service}.")


def _hand_over(office: Office, case_id: int, path: Path) -> None:
    from cppp_cli.store import cases
    from cppp_cli.store.handover import hand_over

    reference = cases.load(office.db, case_id).reference
    digest = hand_over(
        office.db,
        case_id,
        path,
        _key(office, case_id),
        made_by=office.officer.full_name,
        program=PROGRAM,
        now=office.moment,
    )
    result(f"Case {reference} is written, encrypted and checked: {path}")
    note(f"SHA-256 {digest}")
    note(
        "The other officer brings it in with cppp import FILE. Tell them the passphrase in person or by telephone, "
        "never together with the file. The case stays in your file too; what you do with it there is yours to decide."
    )


def _write_pack(office: Office, case_id: int, person: str, path: Path) -> None:
    from cppp_cli.programme.pack import people
    from cppp_cli.store import pack
    from cppp_cli.store.whole_case import gather

    everybody = {one.reference: one.name for one in people(gather(office.db, case_id))}
    if person not in everybody:  # what was typed is not repeated: it may be somebody's name
        if sys.stdin.isatty():
            for reference, name in everybody.items():
                note(f"{reference}: {name}")
        raise UsageProblemError(
            f"There is no such person in this case. Give one of: {', '.join(everybody)}; never a name."
        )
    told = f"about {person}: {everybody[person]}"
    if sys.stdin.isatty():
        note(f"This will be a pack {told}")
    made = pack.make(
        office.db,
        case_id,
        person,
        path,
        _key(office, case_id),
        made_by=office.officer.full_name,
        program=PROGRAM,
        now=office.moment,
    )
    result(f"The pack is written, encrypted and checked: {path}")
    note(f"It is {told}. Entries: {len(made.items)}. {pack.NEVER}")
    note("The team reads it with cppp import FILE and its passphrase, told to them apart from the file.")


def _write_plain(office: Office, case_id: int | None, path: Path, confirm: str | None) -> None:
    from cppp_cli.store import plain_export

    note(MAY_READ_ALL)
    if confirm is None:
        _ask_for_the_word(office)
    what = "the whole file" if case_id is None else "one case"
    about = {"program": PROGRAM, "made_by": office.officer.full_name, "contents": what}
    plain_export.export(office.db, case_id, path, about, office.moment)
    result(f"Written, readable by anybody: {path}")
    note("That it was written is in the history. Delete it when it has served its purpose.")


def _ask_for_the_word(office: Office) -> None:
    """Have the officer type a word, so that nobody makes a readable file with a slip of the finger.

    Raises:
        NoTerminalError: nobody is there to type.
        StoppedError: something else was typed.
    """
    from cppp_cli.commands.guided import ask_one
    from cppp_cli.questions.model import Kind, Question

    if not sys.stdin.isatty():
        raise NoTerminalError(f"A readable file is written only after a typed word. Add --confirm {READABLE}.")
    typed = ask_one(office, Question("word", f"Type {READABLE} to write it all the same", Kind.TEXT, required=True))
    if typed.strip().casefold() != READABLE:
        raise StoppedError("Stopped. Nothing was written.")


def _key(office: Office, case_id: int) -> Key:
    """A key from a passphrase of the file's own."""
    from cppp_cli.commands import sealing
    from cppp_cli.store.keys import make_key
    from cppp_cli.store.whole_case import gather

    words = [office.officer.full_name, office.officer.team, *sealing.personal_words(gather(office.db, case_id))]
    return make_key(sealing.choose(office.db.key, words, plain=office.plain))
