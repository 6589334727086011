"""Whom the rows of finals, fact checks, decisions and letters concern, and the words of a document in pieces. Pure.

A report is about everybody of the family, block by block; what one side asked to be put right it told alone.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from cppp_cli.programme.pack_marks import CHILD, CONFIDENCE, COURT, OWN, SAFEGUARDING, UNFINISHED, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.programme.pack_marks import Row
    from cppp_cli.programme.pack_places import Family

_KIND: Final = "documents and files"
_FACTS: Final = "checking of facts"
_BLOCKS: Final = re.compile(r"\n(?:[ \t]*\n)+")


def document(family: Family, row: Row) -> Place:
    """A document that was written."""
    return Place(_KIND, f"Document {_version(row)}", row.get("written_at") or "", family.all)


def words(family: Family, row: Row) -> Place:
    """What stands in a version of a document."""
    key = (row.get("kind"), row.get("version"))
    final = any((known["kind"], known["version"]) == key for known in family.rows.get("final", ()))
    marks = frozenset({OWN, COURT} if final else {OWN, COURT, UNFINISHED})
    return Place(_KIND, f"The words of {_version(row)}", row.get("written_at") or "", family.all, marks)


def final(family: Family, row: Row) -> Place:
    """That a version was made final, and by whom it was read before."""
    return Place(_KIND, f"Made final: {_version(row)}", row.get("frozen_at") or "", family.all, frozenset({OWN}))


def correction(family: Family, row: Row) -> Place:
    """What was corrected in a final."""
    return Place(_KIND, f"Corrected in {_version(row)}", "", family.all, frozenset({OWN, COURT}))


def release(family: Family, row: Row) -> Place:
    """A passage that resembles what is held in confidence."""
    group = f"Released in {_version(row)}"
    return Place(_KIND, group, row.get("at") or "", family.all, frozenset({OWN, CONFIDENCE}))


def fact_check(family: Family, row: Row) -> Place:
    """A copy that was written for one side."""
    known = _check(family, row.get("number"))
    side = row.get("side") or known.get("side")
    of = family.sides.get(side or "", family.adults)
    group = f"Fact check {row.get('number')}: {_version({**known, **row})}, for side {side}"
    return Place(_FACTS, group, row.get("written_at") or known.get("written_at") or "", of)


def fact_request(family: Family, row: Row) -> Place:
    """What one side asked to be put right, and what came of it."""
    of = family.sides.get(_check(family, row["fact_check"]).get("side") or "", family.adults)
    group = f"Asked to be put right in fact check {row['fact_check']}"
    return Place(_FACTS, group, row.get("at") or "", of, frozenset({CONFIDENCE}), of)


def disclosure(family: Family, row: Row) -> Place:
    """A decision to pass something on. Whom it is about cannot be told from how it is kept."""
    of_child = row.get("statement") or row.get("letter")
    session = row.get("session_id")
    group = f"Passed on without consent{f' ({family.meeting(session).title})' if session else ''}"
    marks = frozenset({SAFEGUARDING, CONFIDENCE, OWN} | ({CHILD} if of_child else set()))
    return Place(SAFEGUARDING, group, row.get("decided_on") or "", family.all, marks)


def letter(family: Family, row: Row) -> Place:
    """What became of a child's letter; 0 is the letter back of both parents, or of what was said in that session."""
    session, number, path = row.get("session_id"), int(row["number"]), row.get("path") or ""
    if path.startswith(("statements.", "letters.")):
        return family.answer(session, path)
    if number:
        return family.answer(session, f"letters.{number}.life")
    meeting = family.meeting(session)
    # How a child took it is the officer's to note, and tells of the child.
    marks = meeting.marks | (frozenset({OWN, CHILD}) if path.endswith("how_taken") else frozenset())
    return Place("joint session", f"{meeting.title}, the letter back", meeting.on, family.all, marks)


def half_typed(family: Family, scope: str, path: str) -> Place:
    """Words typed about a letter, by its session and number."""
    session, _, number = scope.partition(".")
    return letter(family, {"session_id": int(session), "number": number, "path": path})


def pieces(row: Row) -> Iterator[tuple[str, str, str]]:
    """The words of a document block by block, and whatever of its data does not stand in them."""
    markdown = str(row.get("markdown") or "")
    blocks = [block for block in _BLOCKS.split(markdown) if block.strip()]
    yield from (("markdown", f"part {number}", block) for number, block in enumerate(blocks, 1))
    printed, seen = _bare(markdown), {""}
    for path, said in _leaves(json.loads(row.get("data") or "null")):
        if _bare(said) not in seen and _bare(said) not in printed:
            seen.add(_bare(said))
            yield "data", f"its data, {path}", said


def _bare(text: str) -> str:
    """Its words alone: in a document they stand with marks of quotation, of tables and of emphasis."""
    return " ".join(re.findall(r"\w+", text))


def _leaves(kept: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever JSON holds
    """Every text in something that was read from JSON, with where it stands."""
    if isinstance(kept, str):
        yield path.replace("_", " ").strip() or "text", kept
    elif isinstance(kept, dict):
        for name, inner in kept.items():
            yield from _leaves(inner, f"{path} {name}")
    elif isinstance(kept, list):
        for number, inner in enumerate(kept, 1):
            yield from _leaves(inner, f"{path} {number}")


def _check(family: Family, number: object) -> Row:
    return next((row for row in family.rows.get("fact_check", ()) if row["number"] == number), {})


def _version(row: Row) -> str:
    return f"{row.get('kind')}, version {row.get('version')}" if row.get("version") else f"{row.get('kind')}"
