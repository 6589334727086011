"""One line of the table that the proof prints, and the table."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, FIGURES = 64, 28  # columns


@dataclass(frozen=True)
class Figure:
    """What was counted or timed, and whether it is as it must be; ``holds`` is None where nothing is demanded of it."""

    label: str
    figure: str
    holds: bool | None = None


def counted(label: str, number: int, *, at_least: int | None = None, exactly: int | None = None) -> Figure:
    """A number that must reach a least value, or be one value."""
    holds = None
    if at_least is not None:
        holds = number >= at_least
    if exactly is not None:
        holds = number == exactly
    return Figure(label, f"{number:,}", holds)


def not_run(label: str, why: str) -> Figure:
    """A part that this system does not allow."""
    return Figure(label, f"not run: {why}")


def table(title: str, figures: list[Figure]) -> str:
    """The figures below each other, a failure marked so that nobody overlooks it."""
    marks = {True: "holds", False: "FAILS", None: ""}
    lines = [f"{each.label:{WIDTH}} {each.figure:>{FIGURES}}  {marks[each.holds]}".rstrip() for each in figures]
    return "\n".join([f"== {title}", *lines])
