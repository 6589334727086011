"""Write the documents of both example families anew: ``python tests/rebuild_examples.py``.

They are what ``cppp demo`` writes, family by family, in ``examples/<family>/documents``. A test fails when they differ.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"


def fresh(folder: Path) -> dict[str, list[Path]]:
    """The demo's documents, written into a folder now, by family."""
    from cppp_cli.commands import demo

    with tempfile.TemporaryDirectory(prefix="cppp-examples-") as home, demo.office(Path(home)) as desk:
        written = demo.run(desk, folder)
    number = {"family-1": "ZE26P01234", "family-2": "ZE26P01243"}
    return {family: [path for path in written if path.name.startswith(number[family])] for family in demo.FAMILIES}


def main() -> None:
    """Replace the folders with what the demo writes now."""
    with tempfile.TemporaryDirectory(prefix="cppp-examples-") as folder:
        for family, paths in fresh(Path(folder)).items():
            target = EXAMPLES / family / "documents"
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            for path in paths:
                shutil.copyfile(path, target / path.name)
            print(f"{target.relative_to(ROOT)}: {len(paths)} files")


if __name__ == "__main__":
    sys.exit(main())
