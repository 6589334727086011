"""The way in: ``cppp --version`` is answered at once, everything else is handed over."""

from __future__ import annotations

import sys

from cppp_cli import __version__

# Importing makes thousands of lasting objects, and the collector would search all of them several times over.
_NEW_OBJECTS = 50_000


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        print(f"cppp {__version__}")
        return
    _collect_seldom()
    try:
        from cppp_cli.cli import run

        run()
    except KeyboardInterrupt:  # pressed while it was still starting; nothing was asked yet
        sys.exit(130)


def _collect_seldom() -> None:
    """Spare every command the collector's work: a few ms while it starts, and 25 ms of tidying just before it ends."""
    import atexit
    import gc

    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)  # what is left then goes with the process


if __name__ == "__main__":
    main()
