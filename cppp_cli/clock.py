"""What day and time it is: the only place that asks the system.

Commands read it once and pass the answer down, so that everything below can be tested on any day.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time

from cppp_cli.errors import UsageProblemError

FIXED_BY = "CPPP_TODAY"
"""Environment variable that fixes the date, written as 2027-03-06: for the demo and for tests."""

_FIXED_TIME = time(9)


def today() -> date:
    """The date where the officer is.

    Raises:
        UsageProblemError: `CPPP_TODAY` is set and is not a date.
    """
    return now().date()


def now() -> datetime:
    """The time where the officer is, with its offset from UTC; 09:00 on the day when the date is fixed.

    Raises:
        UsageProblemError: `CPPP_TODAY` is set and is not a date.
    """
    fixed = os.environ.get(FIXED_BY, "").strip()
    if not fixed:
        return datetime.now(tz=UTC).astimezone()
    try:
        day = date.fromisoformat(fixed)
    except ValueError:
        raise UsageProblemError(
            f"{FIXED_BY} must be a date such as 2027-03-06; correct it, or unset it to use the computer's own date."
        ) from None
    return datetime.combine(day, _FIXED_TIME).astimezone()
