"""The demo's own steps, whose officer's file is kept, and the file and its journal copied in mid-transaction.

python kept_demo.py FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

from proof.officer_file import PASSPHRASE

from cppp_cli.commands import demo
from cppp_cli.store import passphrases


def main(folder: Path) -> None:
    """Run the demo into ``home`` and ``documents``; the journal goes into ``caught``."""
    (folder / "caught").mkdir()
    with mock.patch.object(passphrases, "offer", return_value=PASSPHRASE), demo.office(folder / "home") as desk:
        demo.run(desk, folder / "documents")
        db = desk.db
        db.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the end of the transaction
        with db.recorder.because("moved"):
            db.execute("BEGIN")
            for table, column in (("session_answer", "value"), ("report_answer", "value")):
                db.execute(f"UPDATE {table} SET {column} = json_quote({column} || ' moved') WHERE {column} IS NOT NULL")
            for path in sorted((folder / "home").iterdir()):
                shutil.copyfile(path, folder / "caught" / path.name)
            db.rollback()


main(Path(sys.argv[1]))
