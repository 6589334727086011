"""Conditions, checks and choices that several scripts share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.questions.model import YES_NO, Choice, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

RESULTS = (Choice("met", "met"), Choice("not_met", "not met"), Choice("not_known", "not known"))
YES_NO_UNKNOWN = (*YES_NO, Choice("not_known", "not known"))


def is_(key: str, *values: str) -> Callable[[View], bool]:
    """A condition: the nearest answer to ``key`` is one of ``values``."""
    return lambda view: view.text(key) in values


def not_after_today(value: Value, view: View) -> str | None:
    """Refuse a day that is still to come."""
    if date.fromisoformat(str(value)) > view.facts.today:
        return "That day is still to come. Type a date up to today."
    return None


def not_known(view: View) -> str:
    """Propose "not known", so that a bare Enter never records that something is met."""
    return "not_known"


def every_adult(view: View) -> tuple[str, ...]:
    """The adults of the case, by item name."""
    return view.items("adults")


def homes(view: View) -> tuple[Choice, ...]:
    """Where somebody may live."""
    adults = tuple(Choice(f"adults.{n}", view.name(f"adults.{n}")) for n in view.items("adults"))
    return (*adults, Choice("shared", "shared between homes"), Choice("elsewhere", "somewhere else"))
