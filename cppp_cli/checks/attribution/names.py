"""Finds the people of a case in a text, by any name they go by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.records import ADULT, CHILD, OTHER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cppp_cli.checks.attribution.records import Cast, Person

TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "his", "her", "district", "judge", "deputy", "revd"}
)
"""What a full name may begin with that is no first name."""
ALSO_WORDS: Final = frozenset(
    {
        *("angel", "april", "art", "august", "autumn", "bill", "christian", "court", "daisy", "dawn", "eve", "faith"),
        *(
            "frank",
            "grace",
            "guy",
            "hope",
            "iris",
            "ivy",
            "jack",
            "jade",
            "joy",
            "june",
            "lily",
            "mark",
            "may",
            "mercy",
        ),
        *("miles", "noel", "page", "pearl", "penny", "poppy", "rich", "river", "rose", "ruby", "sky", "summer"),
        *("sunday", "will", "willow", "winter", "young"),
    }
)
"""First names that are words too: at the beginning of a sentence, or beside a number, they may be nobody's."""
_BEGINS: Final = re.compile(r"(?:^|[.!?:;–•“\"(]\s*|\n\s*)$")


@dataclass(frozen=True)
class Mention:
    """Somebody named in a text; several people when they go by the same name."""

    start: int
    end: int
    text: str
    refs: frozenset[str]


class Recogniser:
    """Knows everybody's names."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.forms: dict[str, frozenset[str]] = {}
        for person in cast.people:
            for form in forms_of(person):
                self.forms[form] = self.forms.get(form, frozenset()) | {person.ref}
        longest_first = sorted(self.forms, key=len, reverse=True)
        names = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
        self._pattern = re.compile(rf"(?<![\w’'\-])(?:{names})(?![\w\-])" if names else r"(?!)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Everybody named, in the order of the text."""
        for found in self._pattern.finditer(text):
            name = " ".join(found[0].split())
            if name.casefold() not in ALSO_WORDS or not _may_be_a_word(text, found):
                yield Mention(found.start(), found.end(), name, self.forms[name])

    def named(self, text: str, kinds: Collection[str] = ()) -> frozenset[str]:
        """The refs of everybody named; of the kinds given only."""
        return frozenset(
            ref
            for mention in self.mentions(text)
            for ref in mention.refs
            if not kinds or self.cast.person(ref).kind in kinds
        )


def forms_of(person: Person) -> tuple[str, ...]:
    """The names somebody goes by. Of those who are neither adult nor child of the case only the whole name counts."""
    found = [person.full_name]
    if person.kind in {ADULT, CHILD}:
        found += [person.called, person.first_name]
    elif person.kind == OTHER and person.first_name.rstrip(".").casefold() not in TITLES:
        found.append(person.first_name)
    return tuple(dict.fromkeys(form for form in found if form))


def _may_be_a_word(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    beside_a_number = re.search(r"\d\s*$", before) or re.match(r"\s*\d", after)
    return bool(beside_a_number or _BEGINS.search(before))
