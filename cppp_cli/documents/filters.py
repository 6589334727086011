"""The filters a template may use on the officer's words and dates, and the rule that everything is escaped.

A filter returns either plain text, which is escaped when it is printed, or `Ready`, which is Markdown already. Only
filters here make `Ready`, and it is not text: it cannot be joined to anything, so no half-escaped mixture arises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final, NoReturn

from jinja2 import Undefined

from cppp_cli.documents.md_escape import md_escape
from cppp_cli.programme.clean import clean
from cppp_cli.programme.dates import MONTHS, say_date, say_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n(?:[^\S\n]*\n)*")
_PICTURE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*(?:[./][0-9A-Za-z_-]+)*", re.ASCII)


class RefusedError(Exception):
    """A template asks for something that is never printed; the text lacks the place, which the renderer adds."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Markdown made by a filter. It is printed as it stands and can be used for nothing else."""

    markdown: str

    def __str__(self) -> NoReturn:
        """Refuse to become text, because joined to other text it would be escaped twice or not at all."""
        raise RefusedError("a filter's result is joined or filtered again; print it in braces of its own")


def printed(value: object) -> str:
    """The Markdown of one printed value.

    Raises:
        RefusedError: the value is empty, is no text or number, or claims to be escaped already.
    """
    if isinstance(value, Ready):
        return value.markdown
    if hasattr(value, "__html__"):
        raise RefusedError("text that was put together earlier is printed; put shared wording into an include")
    return md_escape(_text(value))


def paras(value: object) -> list[str]:
    """Long text cut into paragraphs at its empty lines; a loop prints each."""
    return [part for part in (piece.strip("\n") for piece in _BLANK_LINES.split(clean(_text(value)))) if part.strip()]


def cell(value: object) -> Ready:
    """One value in a table. Printed values fit a table anyway; the filter says so where the template is read."""
    return Ready(printed(value))


def quote(value: object) -> Ready:
    """Somebody's own words as a block quotation, one quoted paragraph for each of theirs."""
    return Ready("\n>\n".join(f"> {md_escape(part)}" for part in paras(value)))


def lines(value: object) -> Ready:
    """An address, or several lines that belong together, as a paragraph of its own. Empty lines are left out."""
    parts = [_text(item) for item in value] if isinstance(value, (list, tuple)) else clean(_text(value)).split("\n")
    return Ready("\\\n".join(md_escape(part) for part in parts if part.strip()))


def image(value: object, alt: object) -> Ready:
    """A picture, named as in the map given to the converter, with the words for readers who cannot see it."""
    name = _text(value)
    if _PICTURE_NAME.fullmatch(name) is None:
        raise RefusedError("a picture is named by something other than a plain file name")
    words = clean(_text(alt)).replace("\n", " ").strip()
    if not words:
        raise RefusedError("a picture has no words for readers who cannot see it; give them to the image filter")
    return Ready(f"![{md_escape(words)}]({name})")


def ukdate(value: object) -> str:
    """A date: "6 March 2027"."""
    day = _date(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def longdate(value: object) -> str:
    """A date with its weekday: "Saturday 6 March 2027"."""
    return say_date(_date(value))


def uktime(value: object) -> str:
    """A time of day: "10:30"."""
    if isinstance(value, datetime):
        return say_time(value.time())
    if isinstance(value, time):
        return say_time(value)
    raise RefusedError("the filter uktime is given something that is not a time")


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    f.__name__: f for f in (paras, cell, quote, lines, image, ukdate, longdate, uktime)
}


def _text(value: object) -> str:
    """The text of a value that may be printed: text, or a whole number."""
    if isinstance(value, str):
        return "".join(value)  # an enum that is also text prints its value, not its name
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, (Ready, Undefined)):
        return str(value)  # each refuses, in words of its own
    raise RefusedError(_objection(value))


def _objection(value: object) -> str:
    if value is None:
        return "a value is empty; ask with {% if %} whether it is there"
    if isinstance(value, (date, time)):
        return "a date or time is printed as it is; add | ukdate, | longdate or | uktime"
    if isinstance(value, bool):
        return "a yes-or-no value is printed; write the words with {% if %}"
    kind = "a list" if isinstance(value, (list, tuple, dict, set, frozenset)) else "something that is not text"
    return f"{kind} is printed; print its parts"


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    raise RefusedError("a date filter is given something that is not a date")
