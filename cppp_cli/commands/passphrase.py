"""``cppp passphrase``: another passphrase, or another recovery key only. The old file stays until all is well."""

from __future__ import annotations

import os
import secrets
import sys
import unicodedata
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli.errors import AnswersError, LockedError, NoTerminalError, StoppedError
from cppp_cli.show import moment, note, progress, result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cppp_cli.interview.asking import Asker
    from cppp_cli.store.backups import Backup
    from cppp_cli.store.keys import Key

app = typer.Typer()

NEW_IN_FILE = "CPPP_NEW_PASSPHRASE_FILE"
GROUPS_ASKED = 2
_UNCHANGED = "Nothing was changed: the present passphrase and recovery key stay."


@app.command("passphrase")
def passphrase(
    ctx: typer.Context,
    *,
    renew: Annotated[
        bool, typer.Option("--renew", help="Keep the passphrase, and make a new recovery key only.")
    ] = False,
) -> None:
    """Change the passphrase and with it the recovery key, or with --renew the recovery key only.

    Without a terminal, CPPP_PASSPHRASE_FILE names a file with the present passphrase in it.

    CPPP_NEW_PASSPHRASE_FILE names one with the new; the new recovery key is then printed, and not asked back.
    """
    from cppp_cli import paths
    from cppp_cli.commands.office import where
    from cppp_cli.store.encrypted import told_plainly
    from cppp_cli.store.keys import make_key
    from cppp_cli.store.replacing import clear_leftovers, turn

    plain, given = bool(ctx.obj), _new_given()
    home, path = where()
    if not sys.stdin.isatty():
        _refuse_without_a_way(given, renew=renew)
    clear_leftovers(home, paths.backups(home))
    with told_plainly():
        present = _present(home, path, plain=plain)
        chosen = _same(present, plain=plain) if renew else _another(present, given, plain=plain)
        new = make_key(chosen)
        with turn(paths.backups(home)):
            _replace(path, present.key, new, renew=renew, ask=given is None and sys.stdin.isatty(), plain=plain)
            _forget(home, path)
            result("The recovery key is renewed." if renew else "The passphrase is changed.")
            _renew_copies(home, present, new, plain=plain)


@dataclass(frozen=True)
class _Present:
    """What was typed to open the file as it is, and what is known from inside it."""

    text: str = field(repr=False)
    key: Key
    personal: tuple[str, ...]  # what somebody who knows the officer would try first
    elsewhere: tuple[str, ...]  # where copies were brought


def _new_given() -> str | None:
    """The new passphrase, as a script gives it."""
    from cppp_cli.store import passphrases

    try:
        return passphrases.supplied({passphrases.IN_FILE: os.environ.get(NEW_IN_FILE, "")})
    except LockedError:
        raise LockedError(f"The file named by {NEW_IN_FILE} is empty, or cannot be read as text in UTF-8.") from None


def _refuse_without_a_way(given: str | None, *, renew: bool) -> None:
    from cppp_cli.store import passphrases

    if passphrases.supplied(os.environ) is None or (given is None and not renew):
        raise NoTerminalError(
            f"cppp passphrase asks at a terminal. Without one, name two files: {passphrases.IN_FILE} the one with the "
            f"present passphrase, and {NEW_IN_FILE} the one with the new."
        )


def _present(home: Path, path: Path, *, plain: bool) -> _Present:
    """Open the file with what is typed now, also when it is unlocked: whoever sits here must know it."""
    from cppp_cli import clock, paths
    from cppp_cli.commands.office import TRIES, ask_hidden
    from cppp_cli.store import backups, events, officer, passphrases
    from cppp_cli.store.file import OfficerFile, open_file
    from cppp_cli.store.keys import from_text, read_salt

    def copy_first(db: OfficerFile, step: str) -> None:
        backups.make(db, paths.backups(home), clock.now(), before=step)

    given, salt = passphrases.supplied(os.environ), read_salt(path)
    for left in range(TRIES - 1, -1, -1):
        text = given if given is not None else ask_hidden("Present passphrase (or recovery key)", plain=plain)
        try:
            key = from_text(text, salt)
            db = open_file(path, key, now=clock.now, before_upgrade=copy_first)
        except LockedError:
            if given is not None or not left:
                raise
            note(f"That does not open the file. {left} more {'try' if left == 1 else 'tries'}.")
            continue
        with closing(db):
            who = officer.load(db)
            personal = tuple(filter(None, (who.full_name, who.team, who.swe_number, who.usual_court)))
            elsewhere = dict.fromkeys(event.path for event in events.listed(db, events.COPIED) if event.path)
            return _Present(text, key, personal, tuple(elsewhere))
    raise LockedError("The file stays closed.")


def _same(present: _Present, *, plain: bool) -> str:
    """The passphrase that is kept; asked for when it was the recovery key that opened the file."""
    from cppp_cli.commands.office import ask_hidden
    from cppp_cli.store.keys import derive, looks_like_recovery

    if not looks_like_recovery(present.text):
        return present.text
    if sys.stdin.isatty():
        note("That was the recovery key. To keep the passphrase it has to be typed too.")
        text = ask_hidden("Passphrase", plain=plain)
        if derive(text, present.key.salt) == present.key:
            return text
    raise LockedError(
        f"A new recovery key is made from the passphrase. {_UNCHANGED} If you no longer know it, choose another: "
        "cppp passphrase"
    )


def _another(present: _Present, given: str | None, *, plain: bool) -> str:
    """A new passphrase, supplied or typed twice, and strong enough.

    Raises:
        WeakPassphraseError: the supplied one would be guessed too soon, or is the present one.
    """
    from cppp_cli.commands.choosing import choose
    from cppp_cli.store import passphrases

    def fault(text: str) -> str | None:
        if unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", present.text):
            return "That is the present passphrase. Choose another; or for a new recovery key only: --renew"
        return passphrases.judge(text, present.personal)

    lead = "Choose a new passphrase. It opens everything and cannot be looked up."
    return choose(given, fault, lead=lead, ask="New passphrase", plain=plain)


def _replace(path: Path, old: Key, new: Key, *, renew: bool, ask: bool, plain: bool) -> None:
    """Copy the file under the new key, check it, make sure the officer has the recovery key, and only then replace."""
    from cppp_cli import clock
    from cppp_cli.store import events, rekey

    with ExitStack() as stack:
        with progress("Encrypting your file anew", plain=plain) as told:
            export = stack.enter_context(rekey.exported(path, old, new, told))
        _show(new)
        if ask:
            _ask_back(new, plain=plain)
        export.take_its_place(events.NEW_RECOVERY_KEY if renew else events.NEW_PASSPHRASE, clock.now)


def _show(new: Key) -> None:
    from cppp_cli.commands.init import GROUPS_A_LINE
    from cppp_cli.store.keys import recovery_text

    result("New recovery key, shown once. Write it on paper, in place of the old one:")
    groups = recovery_text(new).split("-")
    result("")
    for start in range(0, len(groups), GROUPS_A_LINE):
        result("    " + "-".join(groups[start : start + GROUPS_A_LINE]))
    result("")


def _ask_back(new: Key, *, plain: bool) -> None:
    """Ask for two groups of the recovery key, so that it surely is on paper.

    Raises:
        AnswersError: one was typed wrongly three times; the old file stays.
        StoppedError: the officer left; the old file stays.
    """
    from cppp_cli.commands.office import TRIES, asker
    from cppp_cli.store.keys import GROUPS, is_group

    skin = asker(plain=plain)
    for number in sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), GROUPS_ASKED)):
        for left in range(TRIES - 1, -1, -1):
            if is_group(new, number, _typed(skin, number)):
                break
            if not left:
                raise AnswersError(f"That is not group {number} of the new recovery key. {_UNCHANGED}")
            note(
                f"That is not group {number}. Compare it with the paper. {left} more {'try' if left == 1 else 'tries'}."
            )


def _typed(skin: Asker, number: int) -> str:
    from cppp_cli.interview.asking import Command, Left, Prompt
    from cppp_cli.questions.model import Kind

    try:
        hint = "Counted from left to right, line by line. Nothing is changed until two are typed right."
        typed = skin.ask(Prompt(f"From your paper: group {number} of the new recovery key", Kind.TEXT, hint))
    except Left:
        typed = Command.SAVE
    if typed is Command.SAVE:
        raise StoppedError(f"Stopped. {_UNCHANGED}")
    return str(typed)


def _forget(home: Path, path: Path) -> None:
    """Remove the key kept by ``cppp unlock``: it opens nothing any more."""
    from cppp_cli.store import credential

    credential.forget(credential.account_for(path))
    credential.unmark(home)


def _renew_copies(home: Path, present: _Present, new: Key, *, plain: bool) -> None:
    """Put the copies under the new key, and name those that could not be, with what opens them."""
    from cppp_cli import paths
    from cppp_cli.store import backups, rekey

    folder = paths.backups(home)
    try:
        with progress("Encrypting the copies anew", plain=plain) as told:
            left = rekey.renew_copies(folder, present.key, new, told)
    except KeyboardInterrupt:  # the file itself is changed, so what is not must be said
        left = backups.under_another_key(folder, new.salt)
    renewed = len(rekey.still_under(new, folder))
    if renewed:
        result(f"Copies on this computer that open with it too: {renewed}.")
    for each in left:
        note(_needed(each, present.key))
    _tell_others([*rekey.still_under(present.key, home), *rekey.still_under(present.key, folder)], left)
    if present.elsewhere:
        note(
            "What you brought elsewhere still opens with what you had before. Bring a new copy with cppp backup --to "
            "DIR, and delete the old:"
        )
        for place in present.elsewhere:
            note(f"    {place}")


def _tell_others(old: Sequence[Path], told: Sequence[Backup]) -> None:
    """Tell of what else opens with what is given up; no name that somebody typed, as it may name anybody."""
    from cppp_cli.store import backups

    unnamed = 0
    for path in old:
        if backups.known(path) is None:
            unnamed += 1
        elif path not in {each.path for each in told}:
            note(f"{path.name} lies beside your file and still opens with what you had before. Delete it.")
    if unnamed:
        files = "A file with a name" if unnamed == 1 else f"{unnamed} files with names"
        opens, them = ("opens", "it") if unnamed == 1 else ("open", "them")
        note(
            f"{files} that cppp did not give, in your folder or among the copies, still {opens} with what you had "
            f"before. Delete {them} unless you need {them}."
        )


def _needed(left: Backup, old: Key) -> str:
    from cppp_cli.store import backups

    if backups.salt_of(left.path) == old.salt:
        needs = "the passphrase or recovery key you had until now; it is damaged, or there was no room to renew it"
    else:
        needs = f"an older passphrase or recovery key, of {moment(left.copy.at.isoformat())}"
    return f"{left.path.name} could not be renewed. It needs {needs}."
