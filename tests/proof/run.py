"""The proof that nothing is lost and no one gets in: run with ``python tests/proof/run.py``.

Every part does what it claims on real files with the real program and counts what came of it. With no part named, all
of them run, one after the other; ``--quick`` runs less of each. It ends with 1 if any figure is not as it must be.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from proof.figures import Figure, table

PARTS = {
    "prompts": ("proof.kills_at_prompts", "Killed at every prompt"),
    "saves": ("proof.kills_at_saves", "Killed within a save"),
    "power": ("proof.power_loss", "Power lost: recorded writes replayed"),
    "bytes": ("proof.byte_changes", "Single bytes changed"),
    "traces": ("proof.traces", "Searched after the demo"),
    "client": (
        "proof.other_client",
        "An independent client: rows read equally by passphrase and recovery key, other ways in refused",
    ),
    "hard": ("proof.hard_times", "Full disk, read-only, denied, locked, clock set back"),
    "big": ("benchmarks.big_file", "A large file beside plain SQLite"),
}


def figures_of(module: str, folder: Path, *, quick: bool) -> list[Figure]:
    """What a part found; that it broke off is a failure too, and the other parts go on."""
    try:
        found: list[Figure] = import_module(module).run(folder, quick=quick)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the table must come
        traceback.print_exc()
        return [Figure("broke off", type(error).__name__, holds=False)]
    return found


def main() -> int:
    """Run the parts that are asked for and print one table; 1 if any of them fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="less of each: under two minutes for all")
    options = parser.parse_args()
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    found: dict[str, list[Figure]] = {}
    for name in options.parts or PARTS:
        module, title = PARTS[name]
        began = time.monotonic()
        print(f"{title} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix=f"cppp-proof-{name}-", ignore_cleanup_errors=True) as folder:
            figures = figures_of(module, Path(folder), quick=options.quick)
        found[f"{title} ({time.monotonic() - began:.0f} s)"] = figures
    print(f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}")
    for title, figures in found.items():
        print(f"\n{table(title, figures)}")
    fails = [figure.label for figures in found.values() for figure in figures if figure.holds is False]
    print(f"\n{'All of it holds.' if not fails else f'{len(fails)} FAIL: ' + '; '.join(fails)}")
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main())
