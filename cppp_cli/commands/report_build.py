"""What a report is made of, gathered once for its draft, its copies, its final and its corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Paper
    from cppp_cli.documents.calendar_shown import Laid
    from cppp_cli.documents.standing import Standing
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.people import Officer
    from cppp_cli.programme.sessions import Session


@dataclass(frozen=True)
class Prepared:
    """Everything a report of one case is made of."""

    case: Case
    officer: Officer
    sessions: tuple[Session, ...]
    entries: Sequence[Entry]
    own: Mapping[str, Answer]
    laid: Sequence[Laid]
    named_pictures: Mapping[int, tuple[str, bytes]]
    today: date
    stamp: int  # of the case, when it was gathered

    @property
    def paper(self) -> Paper:
        """Which report it is: of a programme that ran, or of one that ended early."""
        from cppp_cli.commands import paper

        return paper.RETURNED if self.case.returned else paper.REPORT

    @property
    def pictures(self) -> dict[str, bytes]:
        """The pictures it may show, by the names the Markdown uses."""
        return dict(self.named_pictures.values())

    def context(self, version: int, standing: Standing) -> dict[str, object]:
        """What the template may say."""
        from cppp_cli.documents import contexts

        return contexts.report(
            self.case,
            self.officer,
            self.sessions,
            self.entries,
            self.own,
            today=self.today,
            version=version,
            pictures={number: name for number, (name, _) in self.named_pictures.items()},
            laid=self.laid,
            standing=standing,
        )


def prepared(office: Office, case_id: int, *, quietly: bool = False) -> Prepared:
    """Gather it, and tell the officer which open entries the report leaves out."""
    from cppp_cli.commands.plan import tell_untold
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.store import cases, finals, ledger, sessions

    stamp = finals.stamp(office.db, case_id)
    case = cases.load(office.db, case_id)
    held = sessions.of_case(office.db, case_id)
    entries = ledger.entries(office.db, case_id)
    if not quietly:
        tell_untold(entries)
    return Prepared(
        case,
        office.officer,
        held,
        entries,
        cases.report_sheet(office.db, case_id, office.moment).answers(),
        laid_out(office, case),
        _pictures(office, case, held),
        office.today,
        stamp,
    )


def _pictures(office: Office, case: Case, held: tuple[Session, ...]) -> dict[int, tuple[str, bytes]]:
    """The pictures the report may show, by number: the name the Markdown uses and the bytes. A PDF stands apart."""
    from cppp_cli.commands.paper import cleared_pictures, picture_file
    from cppp_cli.store import records

    found: dict[int, tuple[str, bytes]] = {}
    for number in cleared_pictures(held):
        stored = records.picture(office.db, case.id, number)
        if stored.media_type.startswith("image/"):
            found[number] = (picture_file(case, "drawing", number, stored.media_type), stored.data)
    return found
