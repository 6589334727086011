"""The parent's form in a real browser: run with ``python tests/browser/run.py``, after installing the extra ``browser``.

It opens the form from a file as a parent would, fills it in by keyboard alone, saves it, reads the saved file with the
program's own reader, opens it again, looks at it with axe-core, prints it without script, and watches the network.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import finding  # noqa: E402 - beside this file, which is no package


def main() -> int:
    """Run the checks; 1 when one fails, 2 when they cannot be run here."""
    if finding.browser() is None:
        print(f"There is no browser here. Install one of: {', '.join(finding.BROWSERS)}.", file=sys.stderr)
        return 2
    if names := finding.missing():
        print(f'Not installed: {", ".join(names)}. Run: pip install ".[browser]"', file=sys.stderr)
        return 2
    print(f"Browser: {finding.browser()}")
    # Not called test_*, so that a plain run of pytest neither needs a browser nor counts these as skipped.
    return int(pytest.main([str(HERE / "form_in_browser.py"), "-p", "no:cacheprovider", "-v", *sys.argv[1:]]))


if __name__ == "__main__":
    sys.exit(main())
