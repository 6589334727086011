"""The schema, step by step. A released step is never edited; a change is a new step at the end.

Conventions: every table is STRICT. Dates are TEXT ``YYYY-MM-DD``, times ``HH:MM``, moments ISO with offset.
Lists are JSON in TEXT. ``gaps`` holds, as JSON, the kind of gap for each column left empty on purpose
(``programme/answers.py``); a column that is NULL and not in ``gaps`` has not been asked.
People and items of a case are numbered within it, so that a reference is a number and never a name.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from cppp_cli.store.step_001 import m001_first
from cppp_cli.store.step_002 import m002_history
from cppp_cli.store.step_003 import m003_ledger
from cppp_cli.store.step_004 import m004_finals

STEPS = Migrations("cppp")

_IN_ORDER = (m001_first, m002_history, m003_ledger, m004_finals)
NAMES = frozenset(step.__name__ for step in _IN_ORDER)
"""Every step this program knows; a file that lists another was written by a newer one."""
MADE_BY_EXPORT = "made_by_cppp_export"
"""Stands among the steps of a file made for somebody else, so that no version takes it for an officer's file."""

for _step in _IN_ORDER:
    STEPS()(_step)
