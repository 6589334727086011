"""The officer whose file this is: one row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cppp_cli.errors import DamagedFileError
from cppp_cli.programme.people import Officer
from cppp_cli.programme.retention import MONTHS

if TYPE_CHECKING:
    from sqlite_utils import Database


def save(db: Database, officer: Officer) -> None:
    """Write the officer's details, the first time or again."""
    with db.atomic():
        db.table("officer").upsert(
            {
                "id": 1,
                "full_name": officer.full_name,
                "title": officer.title,
                "team": officer.team,
                "swe_number": officer.swe_number,
                "usual_court": officer.usual_court,
                "phone": officer.phone,
                "working_days": json.dumps(sorted(officer.working_days)),
                "working_hours": officer.working_hours,
                "documents": officer.documents,
                "keep_months": str(officer.keep_months),
            },
            pk="id",
        )


def load(db: Database) -> Officer:
    """The officer's details.

    Raises:
        DamagedFileError: the file has no officer, so `cppp init` never finished.
    """
    row = next(iter(db.query("SELECT * FROM officer WHERE id = 1")), None)
    if row is None:
        raise DamagedFileError("The officer's file was begun and not finished. Move it away and type cppp init.")
    return Officer(
        full_name=row["full_name"],
        title=row["title"] or "",
        team=row["team"] or "",
        swe_number=row["swe_number"] or "",
        usual_court=row["usual_court"] or "",
        phone=row["phone"] or "",
        working_days=frozenset(json.loads(row["working_days"])),
        working_hours=row["working_hours"] or "",
        documents=row["documents"] or "",
        keep_months=int(row["keep_months"] or MONTHS),  # a file from before this was asked has none
    )
