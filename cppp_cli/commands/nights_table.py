"""The figures of one or several windows side by side, each with the basis it was counted on beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cppp_cli.show import columns, paragraph, result, table

if TYPE_CHECKING:
    from cppp_cli.programme.nights.figures import Figures
    from cppp_cli.programme.nights.telling_words import Names

LABELS = {
    "nights": "Nights",
    "share": "Share of nights",
    "hours": "Hours",
    "share_of_hours": "Share of hours",
    "weekends": "Weekends",
    "holiday_nights": "Holiday nights",
    "school_nights": "School nights",
    "handovers": "Handovers",
    "longest_run": "Longest run",
    "longest_away": "Longest away",
}
GAP = 2  # columns between two figures
MARGIN = 4  # before a basis
NOT_COUNTED = "-"


@dataclass(frozen=True)
class Counted:
    """Figures with the heading they stand under."""

    heading: str
    figures: Figures


def print_figures(counted: Sequence[Counted], names: Names, *, plain: bool) -> None:
    """Print the figures of several windows side by side where they fit, else one after the other."""
    others = any(one.figures.nights.o for one in counted)
    heads = (*((names.a, names.b, "others") if others else (names.a, names.b)), "all")
    wide = columns()
    if plain or wide is None:
        _print_table(counted, heads, others=others, plain=plain)
        return
    rows = {key: [cells_of(one.figures, key, others=others) for one in counted] for key in LABELS}
    cell = GAP + max(map(len, (*heads, *(said for row in rows.values() for cells in row for said in cells))))
    label = max(map(len, LABELS.values()))
    if label + cell * len(heads) * len(counted) < wide:
        _print_columns(counted, heads, rows, label, cell)
        return
    for place, one in enumerate(counted):
        own = {key: [row[place]] for key, row in rows.items()}
        _print_columns([one], heads, own, label, cell, told=counted if place == 0 else ())


def _print_columns(
    counted: Sequence[Counted],
    heads: Sequence[str],
    rows: Mapping[str, Sequence[Sequence[str]]],
    label: int,
    cell: int,
    told: Sequence[Counted] | None = None,
) -> None:
    """As people look at it: a row of numbers, and below it what they rest on.

    Args:
        counted: the windows side by side.
        heads: the columns of each.
        rows: for each figure the cells of each window.
        label: columns for a figure's name.
        cell: columns for a number.
        told: the windows whose basis is told; those shown, if not given.
    """
    result("")
    result(" " * (label + GAP) + "".join(f"{one.heading:<{cell * len(heads)}}" for one in counted).rstrip())
    result(" " * label + "".join(f"{head:>{cell}}" for _ in counted for head in heads))
    for key, text in LABELS.items():
        line = "".join(f"{said:>{cell}}" for cells in rows[key] for said in cells)
        result(f"{text:<{label}}{line}".rstrip())
        if told is None or told:
            paragraph(basis(told or counted, key), indent=MARGIN)


def _print_table(counted: Sequence[Counted], heads: Sequence[str], *, others: bool, plain: bool) -> None:
    names = [f"{one.heading}, {head}" for one in counted for head in heads]
    rows = [
        (
            text,
            *(cell for one in counted for cell in cells_of(one.figures, key, others=others)),
            basis(counted, key),
        )
        for key, text in LABELS.items()
    ]
    table(("Figure", *names, "Basis"), rows, plain=plain)


def basis(counted: Sequence[Counted], key: str) -> str:
    """What a figure rests on: a sentence that holds for every window, or one for each."""
    said = [one.figures.basis[key] for one in counted]
    if len(set(said)) == 1:
        return _with_divided(counted, key, said[0])
    from cppp_cli.programme.dates import say_date

    if key == "nights" and len({one.figures.first for one in counted}) == 1:
        more = " ".join(f"{one.heading}: to {say_date(one.figures.last)}." for one in counted[1:])
        return f"{said[0]} {more}"
    return " ".join(f"{one.heading}: {basis}" for one, basis in zip(counted, said, strict=True))


def _with_divided(counted: Sequence[Counted], key: str, said: str) -> str:
    """Weekends that are with nobody whole stand in no column but the last."""
    if key != "weekends":
        return said
    divided = [one.figures.weekends.divided for one in counted]
    if not any(divided):
        return said
    if len(counted) == 1:
        return f"{said} Divided: {divided[0]}."
    return f"{said} Divided: {'; '.join(f'{one.heading}, {n}' for one, n in zip(counted, divided, strict=True))}."


def cells_of(figures: Figures, key: str, *, others: bool) -> tuple[str, ...]:
    """One figure for A, B, where there are any for others, and all together."""
    a, b, o, every = _four(figures, key)
    return (a, b, o, every) if others else (a, b, every)


def _four(figures: Figures, key: str) -> tuple[str, str, str, str]:
    if key == "handovers":
        return "", "", "", str(figures.handovers)
    found = figures.as_data()[key]
    if not isinstance(found, Mapping):
        return (NOT_COUNTED,) * 4
    a, b, o = (float(found.get(side, 0)) for side in "abo")
    if key in {"share", "share_of_hours"}:
        return f"{a:.2f}%", f"{b:.2f}%", f"{o:.2f}%", ""
    if key in {"longest_run", "longest_away"}:
        return _number(a), _number(b), "", ""
    every = sum(value for value in found.values())
    return _number(a), _number(b), _number(o), _number(every)


def _number(count: float) -> str:
    return f"{count:,.2f}".removesuffix(".00")
