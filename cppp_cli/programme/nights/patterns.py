"""Residential patterns by name, and any pattern written as letters.

A letter is a night, and a night belongs to the date of its evening: A and B are the two sides, O is anybody else, such
as a grandparent or a boarding school. The letters of a named pattern begin on a Monday and fill whole weeks; A has the
more nights and B the fewer, and where they are equal A begins. Letters of one's own begin on any day and have any
length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cppp_cli.errors import UsageProblemError

LETTERS: Final = "ABO"
WEEK: Final = 7  # nights

_SWAP = str.maketrans("AB", "BA")
_BETWEEN_WEEKS = re.compile(r"[\s/–—-]+")
_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One named pattern.

    Attributes:
        key: the name as it is typed, such as ``2-2-5-5``.
        label: the name as it is read.
        letters: one for each night of the cycle, from a Monday.
        says: the pattern in a sentence, with A and B for the sides.
        synonyms: other names it goes by, typed as the key is.
    """

    key: str
    label: str
    letters: str
    says: str
    synonyms: tuple[str, ...] = ()

    @property
    def weeks(self) -> int:
        """The length of the cycle, in weeks."""
        return len(self.letters) // WEEK

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that may be typed for it."""
        return (self.key, *self.synonyms, _slug(self.label))


def swapped(letters: str) -> str:
    """The same letters with the two sides exchanged; O stays."""
    return letters.translate(_SWAP)


def whole_weeks(letters: str) -> bool:
    """Whether the letters fill a whole number of weeks, so that the pattern keeps to its weekdays."""
    return bool(letters) and len(letters) % WEEK == 0


def read_letters(text: str) -> str:
    """The letters in what was typed, or nothing when it is not letters alone.

    Capitals or not; spaces, slashes and dashes between weeks are ignored.
    """
    found = _BETWEEN_WEEKS.sub("", text).upper()
    return found if set(found) <= set(LETTERS) else ""


def find(text: str) -> Pattern | str:
    """The pattern of this name, synonym or unambiguous beginning of a name; or the letters, when letters were typed.

    Raises:
        UsageProblemError: nothing fits, or several patterns do.
    """
    said = _slug(text)
    exact = next((pattern for pattern in PATTERNS if said in pattern.names), None)
    if exact is not None:
        return exact
    letters = read_letters(text)
    if letters:
        return letters
    begun = [pattern for pattern in PATTERNS if said and any(name.startswith(said) for name in pattern.names)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise UsageProblemError(
            f"Several patterns begin like that. Type one of: {', '.join(pattern.key for pattern in begun)}."
        )
    raise UsageProblemError(
        "There is no pattern of that name. Type letters, one for each night, such as AAAABBA AAAAAAA, "
        f"or one of: {', '.join(pattern.key for pattern in PATTERNS)}."
    )


def _weeks(letters: str) -> str:
    """Letters written with a space between weeks."""
    return letters.replace(" ", "")


def _slug(text: str) -> str:
    return _WORD.sub("-", text.casefold()).strip("-")


PATTERNS: Final = (
    Pattern(
        "one-weekend-in-4",
        "One weekend in four, Friday to Sunday",
        _weeks("AAAABBA AAAAAAA AAAAAAA AAAAAAA"),
        "Every fourth weekend, the nights of Friday and Saturday are with B; all other nights are with A.",
        ("one-weekend-in-four", "every-fourth-weekend", "every-4th-weekend", "monthly-weekend"),
    ),
    Pattern(
        "every-third-weekend",
        "Every third weekend, Friday to Sunday",
        _weeks("AAAABBA AAAAAAA AAAAAAA"),
        "Every third weekend, the nights of Friday and Saturday are with B; all other nights are with A.",
        ("every-3rd-weekend", "one-weekend-in-3", "one-weekend-in-three"),
    ),
    Pattern(
        "one-night-a-week",
        "One night a week",
        "AABAAAA",
        "Every Wednesday night is with B; all other nights are with A.",
        ("one-midweek-night", "6-1"),
    ),
    Pattern(
        "alternate-weekends",
        "Alternate weekends, Friday to Sunday",
        _weeks("AAAABBA AAAAAAA"),
        "Every other weekend, the nights of Friday and Saturday are with B; all other nights are with A.",
        (
            *("alternate-weekend", "alternating-weekends", "alternate-weekend-fri-sun", "alternate-weekends-fri-sun"),
            *("every-other-weekend", "fortnightly-weekends", "every-second-weekend", "12-2"),
        ),
    ),
    Pattern(
        "alternate-weekends-fri-mon",
        "Alternate weekends, Friday to Monday",
        _weeks("AAAABBB AAAAAAA"),
        "Every other weekend, the nights of Friday, Saturday and Sunday are with B; all other nights are with A.",
        ("alternate-weekend-fri-mon", "every-other-long-weekend", "11-3"),
    ),
    Pattern(
        "alternate-weekends-midweek-off-week",
        "Alternate weekends, Friday to Sunday, and a midweek night in the other week",
        _weeks("AAAABBA AABAAAA"),
        "In one week the nights of Friday and Saturday are with B, in the next the night of Wednesday; "
        "all other nights are with A.",
        ("alternate-weekend-midweek-off-week", "alternate-weekends-fri-sun-midweek-off-week"),
    ),
    Pattern(
        "alternate-weekends-thu-mon",
        "Alternate weekends, Thursday to Monday",
        _weeks("AAABBBB AAAAAAA"),
        "Every other week, the nights from Thursday to Sunday are with B; all other nights are with A.",
        ("alternate-weekend-thu-mon", "10-4"),
    ),
    Pattern(
        "every-weekend",
        "Every weekend, Friday to Sunday",
        "AAAABBA",
        "Every week, the nights of Friday and Saturday are with B; all other nights are with A.",
        ("every-weekend-fri-sun", "weekends", "5-2"),
    ),
    Pattern(
        "two-nights-a-week",
        "Two fixed nights a week",
        "AABBAAA",
        "Every week, the nights of Wednesday and Thursday are with B; all other nights are with A.",
        ("two-fixed-nights", "two-fixed-nights-a-week", "2-fixed-nights"),
    ),
    Pattern(
        "alternate-weekends-midweek",
        "Alternate weekends, Friday to Sunday, and a midweek night every week",
        _weeks("AABABBA AABAAAA"),
        "Every Wednesday night is with B, and every other weekend the nights of Friday and Saturday too; "
        "all other nights are with A.",
        ("alternate-weekend-midweek", "alternate-weekends-midweek-every-week", "alternate-weekends-fri-sun-midweek"),
    ),
    Pattern(
        "alternate-weekends-fri-mon-midweek-off-week",
        "Alternate weekends, Friday to Monday, and a midweek night in the other week",
        _weeks("AAAABBB AABAAAA"),
        "In one week the nights of Friday, Saturday and Sunday are with B, in the next the night of Wednesday; "
        "all other nights are with A.",
        ("alternate-weekend-fri-mon-midweek-off-week",),
    ),
    Pattern(
        "alternate-weekends-fri-mon-midweek",
        "Alternate weekends, Friday to Monday, and a midweek night every week",
        _weeks("AABABBB AABAAAA"),
        "Every Wednesday night is with B, and every other weekend the nights of Friday, Saturday and Sunday too; "
        "all other nights are with A.",
        ("alternate-weekend-fri-mon-midweek", "alternate-weekends-fri-mon-midweek-every-week"),
    ),
    Pattern(
        "9-5",
        "Nine and five: five nights together, once a fortnight",
        _weeks("AABBBBB AAAAAAA"),
        "Every other week, the nights from Wednesday to Sunday are with B; all other nights are with A.",
        ("9-5-fortnight", "nine-five"),
    ),
    Pattern(
        "every-weekend-fri-mon",
        "Every weekend, Friday to Monday",
        "AAAABBB",
        "Every week, the nights of Friday, Saturday and Sunday are with B; all other nights are with A.",
        ("long-weekends",),
    ),
    Pattern(
        "4-3",
        "Four and three each week",
        "AAAABBB",
        "Every week, the nights from Monday to Thursday are with A and those from Friday to Sunday with B.",
        ("four-three", "4-3-each-week"),
    ),
    Pattern(
        "8-6",
        "Eight and six: two fixed nights a week, and alternate weekends",
        _weeks("AABBBBA AABBAAA"),
        "Every week, the nights of Wednesday and Thursday are with B, and every other week those of Friday and "
        "Saturday too; all other nights are with A.",
        ("eight-six", "8-6-fortnight"),
    ),
    Pattern(
        "3-4-4-3",
        "Three, four, four, three",
        _weeks("AAABBBB AAAABBB"),
        "In one week three nights are with A and four with B, in the next four with A and three with B.",
        ("4-4-3", "3-4", "three-four-four-three"),  # 4-4-3 is the Ministry of Justice's name for it
    ),
    Pattern(
        "2-2-3",
        "Two, two, three",
        _weeks("AABBAAA BBAABBB"),
        "Two nights are with A, two with B and the weekend's three with A; in the next week A and B change places.",
        ("2-2-3-2-2-3", "two-two-three"),
    ),
    Pattern(
        "2-2-5-5",
        "Two, two, five, five",
        _weeks("AABBAAA AABBBBB"),
        "The nights of Monday and Tuesday are with A, those of Wednesday and Thursday with B, and the weekends from "
        "Friday to Sunday with each in turn.",
        ("two-two-five-five",),
    ),
    Pattern(
        "5-2-2-5",
        "Five, two, two, five",
        _weeks("AAAAABB AABBBBB"),
        "Five nights are with A, two with B, two with A and five with B.",
        ("five-two-two-five",),
    ),
    Pattern(
        "week-on-week-off",
        "Week on, week off",
        _weeks("AAAAAAA BBBBBBB"),
        "One week is with A and the next with B, changing on a Monday.",
        ("7-7", "alternating-weeks", "alternate-weeks", "alternate-week", "week-about", "week-on-off", "week-and-week"),
    ),
    Pattern(
        "two-weeks-on-off",
        "Two weeks on, two weeks off",
        _weeks("AAAAAAA AAAAAAA BBBBBBB BBBBBBB"),
        "Two weeks are with A and the next two with B, changing on a Monday.",
        ("14-14", "2-weeks-on-off", "two-weeks-on-two-weeks-off", "alternate-fortnights", "fortnight-about"),
    ),
)
"""All patterns this program knows by name, from the fewest nights with B to equal ones."""
