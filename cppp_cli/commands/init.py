"""``cppp init``: the officer, the passphrase, the encrypted file, the recovery key."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.commands.guided import print_questions
from cppp_cli.commands.ways import AnswersOption, NoInputOption, QuestionsOption
from cppp_cli.errors import ConflictError, NoTerminalError, StoppedError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from cppp_cli.interview.asking import Asker
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.people import Officer
    from cppp_cli.questions.model import Facts
    from cppp_cli.store.keys import Key
    from cppp_cli.store.sheets import MemorySheet

app = typer.Typer()

GROUPS_A_LINE = 5  # of the recovery key, as it is copied onto paper


@app.command("init")
def init(
    ctx: typer.Context,
    *,
    answers: AnswersOption = None,
    no_input: NoInputOption = False,
    questions: QuestionsOption = False,
    change: Annotated[bool, typer.Option("--change", help="Change your details in a file that is set up.")] = False,
) -> None:
    """Set up your encrypted file, once: who you are, where documents go, and a passphrase."""
    from cppp_cli import clock, paths
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.officer import SCRIPT
    from cppp_cli.store.sheets import MemorySheet

    home = paths.home()
    facts = Facts(clock.today(), {"proposed_documents": Answer(str(paths.default_documents(home)))})
    if questions:
        print_questions(SCRIPT, facts)
        return
    if change:
        _change(ctx, facts, answers, no_input=no_input)
        return
    _refuse_if_set_up(home)
    _warn_of_sync(home, "your encrypted file")
    passphrase = choose_passphrase(plain=bool(ctx.obj))
    try:
        officer = _ask(facts, MemorySheet(), answers, no_input=no_input, plain=bool(ctx.obj))
    except StoppedError:
        raise StoppedError("Stopped. Nothing is set up yet, and nothing was kept. To begin again: cppp init") from None
    key = make_file(home, passphrase, officer, clock.now)
    _show_recovery(key)


def _change(ctx: typer.Context, facts: Facts, answers: str | None, *, no_input: bool) -> None:
    """Ask again for the officer's details, beginning with what is there."""
    from cppp_cli.commands.office import opened
    from cppp_cli.store import officer as officers
    from cppp_cli.store.sheets import MemorySheet

    with opened(ctx) as office:
        sheet = MemorySheet(answers_of(office.officer))
        officers.save(office.db, _ask(facts, sheet, answers, no_input=no_input, plain=office.plain))
        result("Your details are changed.")


def _ask(facts: Facts, sheet: MemorySheet, answers: str | None, *, no_input: bool, plain: bool) -> Officer:
    """The officer's details; the folder for documents once more when it is copied elsewhere."""
    from cppp_cli import clock, paths
    from cppp_cli.commands.office import asker
    from cppp_cli.commands.ways import no_pictures, read_answers
    from cppp_cli.interview.run import Desk, interview
    from cppp_cli.interview.scripted import apply, refuse
    from cppp_cli.questions.officer import SCRIPT

    if answers or no_input:
        given = read_answers(answers) if answers else {}
        refuse(apply(SCRIPT, sheet, facts, given, attach=no_pictures, complete=no_input), complete=no_input)
    if not no_input:
        skin = asker(plain=plain)
        desk = Desk(skin, clock.now, no_pictures, lambda: False, "cppp init")
        interview(SCRIPT, sheet, facts, desk)
        while paths.synced_by(Path(officer_from(sheet.answers()).documents)) and not _kept(skin, sheet):
            interview(SCRIPT, sheet, facts, desk)
    officer = officer_from(sheet.answers())
    _warn_of_sync(Path(officer.documents), "your documents")
    return officer


def _kept(skin: Asker, sheet: MemorySheet) -> bool:
    """Whether the officer keeps a folder that is copied to a service; otherwise it will be asked for again."""
    from cppp_cli.interview.asking import Prompt
    from cppp_cli.questions.model import YES_NO, Kind

    text = "The folder for documents is copied to a cloud service or a network drive. Use it all the same?"
    if skin.ask(Prompt(text, Kind.CHOICE, choices=YES_NO)) == "yes":
        return True
    sheet.drop(["documents"])
    return False


def answers_of(officer: Officer) -> dict[str, Answer]:
    """The officer's record as the answers it was made from."""
    from cppp_cli.programme.answers import Answer, Gap
    from cppp_cli.questions.officer import DAYS

    texts = ("full_name", "title", "team", "swe_number", "usual_court", "phone", "working_hours", "documents")
    said = {key: getattr(officer, key) for key in texts}
    found = {key: Answer(text) if text else Answer(gap=Gap.BLANK) for key, text in said.items()}
    days = tuple(DAYS[day] for day in sorted(officer.working_days))
    return {**found, "working_days": Answer(days), "keep_months": Answer(officer.keep_months)}


def officer_from(answers: dict[str, Answer]) -> Officer:
    """The officer's record from the answers of ``questions.officer``."""
    from cppp_cli.programme.people import Officer
    from cppp_cli.questions.officer import DAYS

    def text(key: str) -> str:
        found = answers.get(key)
        return "" if found is None or found.value is None else str(found.value)

    days = answers["working_days"].value
    return Officer(
        full_name=text("full_name"),
        title=text("title"),
        team=text("team"),
        swe_number=text("swe_number"),
        usual_court=text("usual_court"),
        phone=text("phone"),
        working_days=frozenset(DAYS.index(day) for day in days) if isinstance(days, tuple) else frozenset(range(5)),
        working_hours=text("working_hours"),
        documents=str(Path(text("documents")).expanduser().absolute()),
        keep_months=int(text("keep_months")),
    )


def choose_passphrase(*, plain: bool) -> str:
    """A passphrase typed twice and strong enough, or the one the environment supplies.

    Raises:
        WeakPassphraseError: the supplied one would be guessed too soon.
        NoTerminalError: none is supplied and nobody is there to ask.
    """
    from cppp_cli.commands.choosing import choose
    from cppp_cli.store import passphrases

    given = passphrases.supplied(os.environ)
    if given is None and not sys.stdin.isatty():
        raise NoTerminalError("cppp init needs a terminal, or a passphrase in the file CPPP_PASSPHRASE_FILE names.")
    lead = "Choose a passphrase. It opens everything and cannot be looked up."
    return choose(given, passphrases.judge, lead=lead, ask="Passphrase", plain=plain)


def make_file(home: Path, passphrase: str, officer: Officer, now: Callable[[], datetime]) -> Key:
    """Make the officer's file in a private folder, with the officer in it; there is a whole one afterwards or none."""
    from cppp_cli import paths
    from cppp_cli.store import officer as officers
    from cppp_cli.store.file import make
    from cppp_cli.store.keys import make_key
    from cppp_cli.store.replacing import put, unfinished

    paths.make_private_folder(home)
    key = make_key(passphrase)
    with unfinished(home) as fresh:
        db = make(fresh, key)
        try:
            db.recorder.begin("init", now)
            officers.save(db, officer)
        finally:
            db.close()
        _refuse_if_set_up(home)  # by another window, while this one asked
        put(fresh, paths.database(home))
    return key


def _refuse_if_set_up(home: Path) -> None:
    from cppp_cli.commands.office import refuse_if_missing
    from cppp_cli.paths import is_set_up

    refuse_if_missing(home)
    if is_set_up(home):
        raise ConflictError(
            "Your file is already set up. It was left as it is. Type cppp init --change to change your details."
        )


def _show_recovery(key: Key) -> None:
    from cppp_cli.store.keys import recovery_text

    result("Your file is set up and encrypted.")
    result("Recovery key, shown once. Write it on paper and keep it sealed where your manager can find it:")
    groups = recovery_text(key).split("-")
    result("")
    for start in range(0, len(groups), GROUPS_A_LINE):
        result("    " + "-".join(groups[start : start + GROUPS_A_LINE]))
    result("")
    note("It opens your file when the passphrase is forgotten. Without either, nobody can open it.")
    note("Next: cppp new-case")


def _warn_of_sync(folder: Path, what: str) -> None:
    from cppp_cli.paths import synced_by

    service = synced_by(folder)
    if service:
        note(f"Note: the folder for {what} is copied to {service}. Choose another unless your office allows that.")
