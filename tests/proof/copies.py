"""The officer's file, copies of it, and all of them again after the passphrase was changed: by the program's commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from proof.commands import Done, cppp
from proof.officer_file import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cppp_cli.store.keys import Key

NEW_PASSPHRASE = "gravel lantern otter thimble meadow"  # of the same made-up officer
GROUPED = re.compile(r"\b(?:[0-9A-Z]{5}-?\s*){13}")


@dataclass(frozen=True)
class Opens:
    """A file, what opens it, and what did before and must not any more."""

    what: str
    path: Path
    passphrase: str
    recovery: str
    no_longer: Mapping[str, str] = field(default_factory=dict)


def change(home: Path, papers: Path, *words: str, present: str, new: str = "", **more: str) -> str:
    """``cppp passphrase`` by a script, with words such as ``--renew``; the new recovery key it shows."""
    (papers / "new.txt").write_text(new, encoding="utf-8")
    named = {"CPPP_NEW_PASSPHRASE_FILE": str(papers / "new.txt")} if new else {}
    done = _well(cppp(home, present, "passphrase", *words, **named, **more))
    shown = GROUPED.search(done.out)
    if shown is None:
        raise RuntimeError("no recovery key was shown")
    return re.sub(r"\s", "", shown[0])


def back_up(home: Path, stick: Path, *, present: str, **more: str) -> None:
    """``cppp backup``, in the officer's folder and on a stick."""
    stick.mkdir(exist_ok=True)
    _well(cppp(home, present, "backup", "--to", str(stick), **more))


def _well(done: Done) -> Done:
    if done.code:
        raise RuntimeError(f"a command ended with {done.code}: {done.err.splitlines()[-1:]}")
    return done


def all_of(
    home: Path, stick: Path, when: str, passphrase: str, recovery: str, no_longer: Mapping[str, str]
) -> Iterator[Opens]:
    """The file and every copy there is now."""
    there = [("file", home / "officer.db")]
    there += [("copy", path) for path in sorted((home / "backups").glob("officer-*.db"))]
    there += [("copy on a stick", path) for path in sorted(stick.glob("*.db"))]
    for what, path in there:
        yield Opens(f"{what} {when}", path, passphrase, recovery, no_longer)


def after_changes(home: Path, recovery: str) -> Iterator[Opens]:
    """The file and copies of it; again with another passphrase; and again with another recovery key only."""
    papers = home.parent
    back_up(home, papers / "stick", present=PASSPHRASE)
    yield from all_of(home, papers / "stick", "after the demo", PASSPHRASE, recovery, {})
    before = _spelt("before", PASSPHRASE, home)
    second = change(home, papers, present=PASSPHRASE, new=NEW_PASSPHRASE)
    yield from all_of(home, papers / "none", "after a changed passphrase", NEW_PASSPHRASE, second, before)
    back_up(home, papers / "second-stick", present=NEW_PASSPHRASE)
    yield from all_of(home, papers / "second-stick", "copied since", NEW_PASSPHRASE, second, before)
    between = _spelt("between", NEW_PASSPHRASE, home)
    del between["the passphrase of between"]  # it is kept when only the recovery key is renewed
    third = change(home, papers, "--renew", present=NEW_PASSPHRASE)
    yield from all_of(home, papers / "none", "after a renewed recovery key", NEW_PASSPHRASE, third, before | between)


def _spelt(when: str, passphrase: str, home: Path) -> dict[str, str]:
    """A passphrase and the key that it gives now, as another program takes them."""
    from cppp_cli.store.keys import derive, read_salt, recovery_text

    key: Key = derive(passphrase, read_salt(home / "officer.db"))
    return {
        f"the passphrase of {when}": passphrase,
        f"the key of {when}": f"x'{key.raw.hex()}'",
        f"the key of {when} with its salt": f"x'{key.raw.hex()}{key.salt.hex()}'",
        f"the recovery key of {when} as typed": recovery_text(key),
    }
