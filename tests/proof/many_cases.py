"""An officer's file with thousands of cases, written through the program's own tables, and its rows in plain files."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cppp_cli.programme.people import Officer
from cppp_cli.store import officer
from cppp_cli.store.file import OfficerFile, make
from cppp_cli.store.keys import Key

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 8, 6, 9, tzinfo=UTC)
NAMES = ("Ashdown", "Birch", "Cole", "Dale", "Ellwood", "Frost", "Garner", "Hollis", "Ivers", "Kemp")
WORDS = (
    "bedtime",
    "bicycle",
    "garden",
    "handover",
    "homework",
    "kitchen",
    "letter",
    "meadow",
    "quiet",
    "river",
    "school",
)


@dataclass(frozen=True)
class Files:
    """The encrypted file, and the plain ones with its rows: one with its triggers, one without."""

    home: Path
    key: Key
    plain: Path
    bare: Path

    @property
    def path(self) -> Path:
        return self.home / "officer.db"


def build(folder: Path, cases: int) -> Files:
    """An officer's folder with so many cases, and the same rows in plain files."""
    key, home = Key(os.urandom(32), os.urandom(16)), folder / "home"
    home.mkdir(mode=0o700)
    db = make(home / "officer.db", key)
    db.execute("PRAGMA synchronous = OFF")  # while it is filled only
    officer.save(db, Officer("Ruth Adeyemi", documents=str(folder / "documents")))
    dice = random.Random(5)
    for first in range(1, cases + 1, 250):
        with db.atomic():
            for number in range(first, min(first + 250, cases + 1)):
                db.recorder.begin("new-case", lambda: NOW)
                _case(db, number, dice)
    plain, bare = folder / "plain.db", folder / "bare.db"
    db.execute("ATTACH ? AS plain KEY ''", [str(plain)])
    db.execute("SELECT sqlcipher_export('plain')").fetchall()
    db.close()
    shutil.copyfile(plain, bare)
    with contextlib.closing(sqlite3.connect(bare)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.commit()
    return Files(home, key, plain, bare)


def _case(db: OfficerFile, number: int, dice: random.Random) -> None:
    """One case as an officer would leave it: its people, one session, what a child said, what was agreed."""
    name, at = dice.choice(NAMES), NOW.isoformat()

    def words(count: int) -> str:
        return " ".join(dice.choices(WORDS, k=count))

    def insert(into: str, **row: object) -> int:
        marks = ", ".join("?" for _ in row)
        return int(
            db.execute(f"INSERT INTO {into} ({', '.join(row)}) VALUES ({marks})", [*row.values()]).lastrowid or 0
        )

    case = insert(
        "case_file", reference=_reference(number), state="completed", case_number=f"ZE26P{number:05}", court="Northbridge",
        judge=f"District Judge {dice.choice(NAMES)}", route="section_7", order_date="2026-06-02", report_due="2026-08-27",
        arrangement_now=words(12), opened_at=at, changed_at=at,
    )  # fmt: skip
    for adult, side in ((1, "A"), (2, "B")):
        insert(
            "adult", case_id=case, number=adult, side=side, full_name=f"{dice.choice(WORDS).title()} {name}", called="me",
            phone=f"01632 960{number % 1000:03}", phone_confidential="yes", address=f"{number} Larkspur Close, Westmere",
            address_confidential="yes", willing="yes", consent_on="2026-06-05", consent_way="signed",
        )  # fmt: skip
    for child in (1, 2):
        insert("child", case_id=case, number=child, full_name=f"Child {name}", born="2017-05-04", needs=words(8))
        for adult in (1, 2):
            insert("relation", case_id=case, child=child, adult=adult, relation="father" if adult == 1 else "mother")
    session = insert(
        "session",
        case_id=case,
        kind="child",
        state="draft",
        held_on="2026-07-09",
        place="school",
        started_at=at,
        changed_at=at,
    )
    for statement in range(1, 5):
        insert(
            "statement", session_id=session, case_id=case, number=statement, child=1 + statement % 2, exact="yes",
            words=words(12), wish='["court"]', decision='["court"]', decision_reason=words(4),
        )  # fmt: skip
    for topic in (1, 2):
        insert(
            "topic",
            session_id=session,
            case_id=case,
            number=topic,
            topic="handovers",
            state="agreed",
            wording=words(12),
        )
    for path in ("feelings", "limits_explained", "next_steps"):
        insert("session_answer", session_id=session, path=path, value=f'"{words(8)}"')


def _reference(number: int) -> str:
    letters = "23456789ACDEFGHJKMNPQRTVWXYZ"
    return "".join(letters[number // len(letters) ** place % len(letters)] for place in range(4))
