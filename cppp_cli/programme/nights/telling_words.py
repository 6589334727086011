"""Whom and how: the words an arrangement is read out in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.programme.nights.rules import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the people of an arrangement are called when it is read out.

    Attributes:
        a: whoever is side A.
        b: whoever is side B.
        o: anybody else.
        children: whose nights they are; "the children", "the child" or a name.
        plural: whether the children are several.
    """

    a: str = "A"
    b: str = "B"
    o: str = "somebody else"
    children: str = "the children"
    plural: bool = True

    def of(self, letter: str) -> str:
        """Whom a letter stands for."""
        return {"A": self.a, "B": self.b}.get(letter, self.o)

    @property
    def are(self) -> str:
        """The children with their verb: "the children are", "Ivy is"."""
        return f"{self.children} {'are' if self.plural else 'is'}"


def number(count: int) -> str:
    """A number as it is read out: in words up to sixteen."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def join(parts: Sequence[str], *, comma: bool = False, word: str = "and") -> str:
    """One sentence part: "one", "one and two", "one, two and three"; with a comma before "and" where parts are long."""
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])}{',' if comma else ''} {word} {parts[-1]}"


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def turn(who: Turn, names: Names, always: str = " every year") -> str:
    """Whose turn it is: "with A every year", "with A in even years and with B in odd years"."""
    if not who.alternates:
        return f"with {names.of(who.value.upper())}{'' if who is Turn.O else always}"
    even, odd = ("A", "B") if who is Turn.A_EVEN else ("B", "A")
    return f"with {names.of(even)} in even years and with {names.of(odd)} in odd years"
