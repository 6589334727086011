"""The options of ``cppp nights``."""

from __future__ import annotations

from typing import Annotated

import typer

MONTHS = 2  # of the grid, unless asked for more; they stand side by side at 80 columns
MOST_MONTHS = 240
MOST_DAYS = 7305  # twenty years
WEEK = 7

CaseOption = Annotated[
    str | None,
    typer.Argument(metavar="[CASE]", help="A case's own arrangement; leave it out and give --pattern for any other."),
]
PatternOption = Annotated[
    str | None,
    typer.Option("--pattern", metavar="NAME|LETTERS", help="A name of --patterns, or letters: AAAABBA AAAAAAA."),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="The first night that is counted. Today if left out.")
]
StartsOption = Annotated[
    str | None,
    typer.Option(
        "--starts",
        metavar="DATE",
        help="The night of the first letter. Left out: letters begin with --from, a named pattern on the Monday "
        "on or before it.",
    ),
]
WeeksOption = Annotated[
    int | None, typer.Option("--weeks", min=1, max=MOST_DAYS // WEEK, help="How many weeks are counted.")
]
DaysOption = Annotated[
    int | None, typer.Option("--days", min=1, max=MOST_DAYS, help="How many nights. Left out: one and two years.")
]
TermsOption = Annotated[
    str | None, typer.Option("--terms", metavar="FILE", help="A school's term dates, as CSV or as a calendar (ICS).")
]
SwapOption = Annotated[bool, typer.Option("--swap", help="Exchange A and B: A has the fewer nights.")]
HandoverOption = Annotated[
    str | None, typer.Option("--handover", metavar="HH:MM", help="When the children change over.")
]
CompareOption = Annotated[
    str | None,
    typer.Option(
        "--compare",
        metavar="NAME|LETTERS",
        help="A second pattern (for a case, one of its calendars): list the disputed nights.",
    ),
]
OfOption = Annotated[
    str | None,
    typer.Option("--of", metavar="WHICH", help="For a case: agreed, a, b or now; without it, what there is."),
]
ChildOption = Annotated[int | None, typer.Option("--child", min=1, help="For a case: one child, by number.")]
ExplainOption = Annotated[
    str | None, typer.Option("--explain", metavar="DATE", help="Say only whose that night is, and why.")
]
MaintenanceOption = Annotated[
    bool, typer.Option("--maintenance", help="Show the shared-care bands of child maintenance, for your eyes.")
]
MonthsOption = Annotated[
    int, typer.Option("--months", min=0, max=MOST_MONTHS, help="Months shown as a grid; 0 leaves it out.")
]
YearOption = Annotated[bool, typer.Option("--year", help="Show the grid of the whole year.")]
IcsOption = Annotated[
    str | None, typer.Option("--ics", metavar="FILE", help="Write the nights into a calendar file; it names nobody.")
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace another calendar file of that name.")]
ListOption = Annotated[bool, typer.Option("--patterns", help="List the patterns that have a name.")]
