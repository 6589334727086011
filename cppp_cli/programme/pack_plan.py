"""Whom the rows of the parenting plan concern, and what a reader must know of them. Pure.

What one side asks for, offers and proposes it told the officer alone, at the desk or on its own form; what it said in
a session was said as that session's topics were.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.ledger import SESSION
from cppp_cli.programme.pack_marks import CHILD, CONFIDENCE, OWN, UNFINISHED, Place
from cppp_cli.programme.pack_words import spaced

if TYPE_CHECKING:
    from cppp_cli.programme.pack_marks import References, Row
    from cppp_cli.programme.pack_places import Family

FORM: Final = "ledger:"
"""What the name of a form begins with that is a part of the plan; the item follows."""

_KIND: Final = "parenting plan"
_POSITION: Final = re.compile(r"(?:asked|offered|offer_told|court)_([ab])(?:_as)?")
_PROPOSAL: Final = re.compile(r"calendar\.([ab])(?:\.\d+)?")
_WISHES: Final = "wishes"  # which statements of children the officer put beside an entry
_KEPT: Final = "kept."  # wording the officer kept with a reason


def change(family: Family, row: Row) -> Place:
    """One change of the plan, or what it says of one question."""
    item, path = row.get("item") or "", row.get("path") or ""
    version = _version(family, item, row.get("number"))
    children = _children(family, item)
    number = f", version {row['number']}" if row.get("number") else ""
    title, at = f"The plan, {spaced(item)}{number}", version.get("said_on") or version.get("made_at") or ""
    if path == _WISHES:
        return Place(_KIND, title, at, children, frozenset({CHILD, OWN}), children)
    marks = frozenset({OWN} if path.startswith(_KEPT) else ())
    told = _POSITION.fullmatch(path) or _PROPOSAL.fullmatch(item)
    if told and version.get("source") != SESSION:
        side = family.sides[told[1].upper()]
        return Place(_KIND, title, at, side | children, marks | {CONFIDENCE}, side)
    return Place(_KIND, title, at, family.adults | children, marks)


def draft(family: Family, row: Row) -> Place:
    """A part of the plan that was begun and left."""
    place = change(family, {"item": row["form"].removeprefix(FORM), "path": row.get("path")})
    return replace(place, group=f"Not finished: {place.group}", marks=place.marks | {OWN, UNFINISHED})


def terms(_: Family, row: Row) -> Place:
    """The terms of a child's school."""
    return Place(_KIND, f"Term dates of child-{row['child']}", "", frozenset({f"child-{row['child']}"}))


def parent_form(family: Family, row: Row) -> Place:
    """A form that one side was given; whether that was safe it told alone."""
    of = family.sides[row["side"]]
    title = f"A form for side {row['side']} to fill in at home"
    return Place(_KIND, title, row.get("made_at") or "", of, frozenset({CONFIDENCE}), of)


def _version(family: Family, item: str, number: object) -> Row:
    rows = family.rows.get("ledger_version", ())
    return next((row for row in rows if (row["item"], row["number"]) == (item, number)), {})


def _children(family: Family, item: str) -> References:
    """The children an item was ever for; all of them where that is not known any more."""
    of_one = item.split(".")[2:]  # calendar.agreed.2
    rows = family.rows.get("ledger_answer", ())
    said = (row["value"] for row in rows if (row["item"], row["path"]) == (item, "children"))
    numbers = {*of_one, *(number for value in said for number in json.loads(value or "[]"))}
    return frozenset(f"child-{number}" for number in numbers) & family.children or family.children
