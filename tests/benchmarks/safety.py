"""Whether nothing leaks and nobody is misnamed: run with ``python tests/benchmarks/safety.py``.

    python tests/benchmarks/safety.py [leaks] [attribution] [walls] [--part tuning|held|all] [--misses]

Leaks: sentences said in confidence, written for the purpose, are put into documents as they stand, folded (case, quotes,
blanks, signs nobody sees), and reworded by a person in four ways, as passages of their own and in every place a
document has. Neutral sentences about the same families are looked at alone. The rules were tuned on one part and never
on the other, which is held out and was written by somebody else: the figures that count are those of the held-out part.

A subject is a module ``safety_<subject>.py`` beside this one, with

- ``figures(part: str) -> list[Figure]``: what was counted; ``Figure.holds`` is None where nothing is demanded. ``part``
  is ``tuning``, ``held`` or ``all``, and a subject whose material is in one piece does not look at it;
- ``PARTS`` (may be missing): the parts that are printed each in a table of its own, before ``all``;
- ``REQUIRED`` (may be missing): beginnings of labels. The command ends with 1 only where a figure with such a label
  does not hold; every other figure is printed and judged by who reads it.
- ``misses(part: str) -> list[str]`` (may be missing): what was not caught, for ``--misses``. Of the tuning part only.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from proof.figures import Figure, not_run, table

if TYPE_CHECKING:
    from types import ModuleType

SUBJECTS = ("leaks", "attribution", "walls")
TITLES = {
    "tuning": "the tuning part",
    "second": "the second part, once held out and tuned on since",
    "held": "the held-out part",
    "last_held": "the last held-out part",
    "all": "all parts together",
}


def parts_of(module: ModuleType, part: str) -> tuple[str, ...]:
    """The parts of a subject to print, each in its table."""
    known: tuple[str, ...] = getattr(module, "PARTS", ())
    if not known:
        return ("all",)
    return (*known, "all") if part == "all" else (part,)


def show(subject: str, part: str, *, misses: bool) -> bool:
    """Print the figures of a subject; whether all that is required holds."""
    if not find_spec(f"benchmarks.safety_{subject}"):
        print(f"\n{table(subject, [not_run(subject, 'not written yet')])}")
        return True
    module = importlib.import_module(f"benchmarks.safety_{subject}")
    required: tuple[str, ...] = getattr(module, "REQUIRED", ())
    good = True
    for each in parts_of(module, part):
        found: list[Figure] = module.figures(each)
        title = f"{subject}: {TITLES[each]}" if hasattr(module, "PARTS") else subject
        print(f"\n{table(title, found)}", flush=True)
        good &= not any(figure.holds is False and figure.label.startswith(required) for figure in found if required)
        if misses and each in {"tuning", "second"} and hasattr(module, "misses"):
            print("\n".join(module.misses(each)))
    return good


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="*", metavar="subject", help="leaks, attribution, walls; all when left out")
    parser.add_argument("--part", choices=TITLES, default="all", help="one part of the sentences only")
    parser.add_argument("--misses", action="store_true", help="say what was missed in the tuning part")
    options = parser.parse_args()
    if unknown := set(options.subjects) - set(SUBJECTS):
        parser.error(f"not a subject: {', '.join(sorted(unknown))}")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    good = [show(subject, options.part, misses=options.misses) for subject in options.subjects or SUBJECTS]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
