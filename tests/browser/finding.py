"""Whether the parent's form can be tried in a browser on this machine, and what to say when it was not."""

from __future__ import annotations

import importlib.util
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LIBRARIES = {"playwright": "playwright", "axe_playwright_python": "axe-playwright-python", "pypdf": "pypdf"}
COMMAND = "python tests/browser/run.py"


def browser() -> str | None:
    """The path of the first browser of this machine that can be driven."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def missing() -> list[str]:
    """The libraries of the extra ``browser`` that are not installed."""
    return [name for module, name in LIBRARIES.items() if importlib.util.find_spec(module) is None]


def not_run() -> str:
    """The sentence for the summary of a run that leaves the browser out."""
    if browser() is None:
        return (
            f"NOT RUN: the parent's form in a browser. There is no browser here ({', '.join(BROWSERS)}); "
            f"install one and the extra “browser”, then run {COMMAND}"
        )
    if missing():
        return f"NOT RUN: the parent's form in a browser. Install the extra “browser”, then run {COMMAND}"
    return f"NOT RUN: the parent's form in a browser. It is a command of its own: {COMMAND}"
