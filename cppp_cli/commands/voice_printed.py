"""Which documents already written print a child's words: when consent is narrowed, they have to be known at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.voice import Heard

TITLES = {
    "cppp-report": "the report",
    "parenting-plan": "the parenting plan",
    "childrens-plan": "the children's page of the plan",
    "joint-letter": "the parents' letter back",
    "letter-by-child": "the copy of a child's letter",
    "letter-to-child": "your letter to a child",
}
"""How documents are called, by what their kind begins with."""
_WORD = re.compile(r"[^\W_]+")
FEW_WORDS = 3  # fewer are found only where they stand alone on a line: "no" stands in every report


@dataclass(frozen=True)
class Printed:
    """One version of a document that prints something. ``known`` is False where its words were not kept."""

    kind: str
    version: int
    on: date
    final: bool
    known: bool = True

    @property
    def title(self) -> str:
        """How it is called in a sentence: "version 3 of the report"."""
        title = next((title for kind, title in TITLES.items() if self.kind.startswith(kind)), "a document")
        _, whose, readers = self.kind.partition("-for-")
        return f"version {self.version} of {title}{f' (for: {readers})' if whose else ''}"


def printed_in(office: Office, case: Case, one: Heard) -> tuple[Printed, ...]:
    """The versions, drafts and finals, that print these words or show this picture; and those of which nobody knows."""
    from cppp_cli.store import finals

    wanted = [words for words in (_bare(one.words), _bare(one.description)) if words]
    found = []
    for kind, version, on in _written(office, case):
        text = finals.text(office.db, case.id, kind, version)
        final = finals.final_of(office.db, case.id, kind, version) is not None
        if text is None:
            found.append(Printed(kind, version, on, final, known=False))
        elif any(_prints(text, words) for words in wanted):
            found.append(Printed(kind, version, on, final))
    return tuple(found)


def _written(office: Office, case: Case) -> Iterator[tuple[str, int, date]]:
    """Every version of every document that left the file for this case."""
    from cppp_cli.store import events, finals, records

    told = [event for event in events.listed(office.db, events.DOCUMENT) if event.case_id == case.id]
    kinds = [event.detail for event in told] + [final.kind for final in finals.of_case(office.db, case.id)]
    for kind in dict.fromkeys(kinds):
        version = 1
        while (on := records.first_written(office.db, case.id, kind, version)) is not None:
            yield kind, version, on
            version += 1


def _bare(text: str) -> str:
    """Words alone, between spaces: marks of Markdown, quotation marks and line ends make no difference."""
    found = _WORD.findall(text.casefold())
    return f" {' '.join(found)} " if found else ""


def _prints(text: str, words: str) -> bool:
    if len(words.split()) < FEW_WORDS:
        return any(_bare(line) == words for line in text.splitlines())
    return words in _bare(text)


def tell_printed(office: Office, case: Case, one: Heard) -> tuple[Printed, ...]:
    """Say at once which documents print what may no longer be heard; those documents."""
    from cppp_cli.programme.dates import say_date
    from cppp_cli.show import note

    found = printed_in(office, case, one)
    for printed in found:
        frozen = ", which is final," if printed.final else ","
        if printed.known:
            what = f"{printed.title}{frozen} written on {say_date(printed.on)}, prints {_thing(one)}."
            note(f"Now not to be read any more: {what} {_what_to_do(case, printed)}")
        else:
            note(
                f"Look yourself: {printed.title}{frozen} written on {say_date(printed.on)}, may print {_thing(one)}. "
                "Its words were not kept by the version of cppp that wrote it."
            )
    return found


def _thing(one: Heard) -> str:
    return "these words" if one.kind == "statement" else f"this {one.what}"


def _what_to_do(case: Case, printed: Printed) -> str:
    if printed.kind == "cppp-report" and printed.final:
        return f"A final is corrected: cppp report {case.reference} --correct. Ask whoever has it to give it back."
    if printed.kind == "cppp-report":
        return f"Write it again: cppp report {case.reference}. Take back any copy that left your desk."
    return "Take back any copy that left your desk, and write it again."
