"""The way in: ``cppp --version`` is answered at once, everything else is handed over."""

from __future__ import annotations

import sys

from cppp_cli import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        print(f"cppp {__version__}")
        return
    from cppp_cli.cli import run

    run()


if __name__ == "__main__":
    main()
