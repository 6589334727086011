"""An officer's folder in which something is tried, through the program's own commands."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proof.commands import Done, cppp
from proof.officer_file import BY_CHANCE, Filled, every_row

if TYPE_CHECKING:
    from pathlib import Path

    from cppp_cli.store.keys import Key


LONG_ANSWERS = ("next_steps", "topics.1.wording", "topics.2.wording")  # together more than a page of the file holds


@dataclass
class Desk:
    """The folder and what opens its file; ``number`` tells one save from the next."""

    home: Path
    key: Key
    recovery: str
    reference: str
    papers: Path  # where answers files lie: not on a disk that is full
    number: int = 0

    @property
    def path(self) -> Path:
        """The officer's file."""
        return self.home / "officer.db"

    def save(self, **more: Any) -> Done:
        """One save as an officer makes it, and one transaction: a finished session amended from an answers file."""
        self.number += 1
        words = " ".join([f"heard on day {self.number}"] * 90)
        changed = "".join(f'{path} = "{words}"\n' for path in LONG_ANSWERS)
        answers = self.papers / f"{self.home.parent.name}-{self.home.name}.toml"
        answers.write_text(f'amend_reason = "heard again"\n{changed}', encoding="utf-8")
        amend = ("session", "amend", self.reference, "joint", "--no-input", "--answers", str(answers))
        return self.run(*amend, **more)

    def run(self, *words: str, **more: Any) -> Done:
        """Any other command."""
        return cppp(self.home, self.recovery, *words, **more)

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """All that is in the file."""
        from cppp_cli.store.file import open_file

        db = open_file(self.path, self.key)
        try:
            return every_row(db, but=BY_CHANCE)
        finally:
            db.close()


def desk_in(home: Path, made: Filled, papers: Path | None = None) -> Desk:
    """A desk with a copy of the filled file in a folder; answers files lie beside the filled one if nowhere else."""
    home.mkdir(mode=0o700, exist_ok=True)
    shutil.copyfile(made.path, home / "officer.db")
    return Desk(home, made.key, made.recovery, made.references["family-1"], papers or made.path.parent)
