"""``cppp report --correct``: a final report is replaced by one that says what was wrong in it, and why."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cppp_cli.commands.report_final import (
    FORM,
    ask_leave,
    draft_version,
    freeze,
    make,
    own_words_written,
    refuse_unfit,
    standing_of,
    write_frozen,
)
from cppp_cli.commands.report_frozen import newest, other_pictures, still_says_so, then_and_now
from cppp_cli.errors import BlockedError
from cppp_cli.programme.word_diff import MOVED
from cppp_cli.show import note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.report_build import Prepared
    from cppp_cli.commands.ways import Ways
    from cppp_cli.documents.standing import Standing
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.finals import Correction
    from cppp_cli.programme.finals import Final as Frozen
    from cppp_cli.programme.word_diff import Change
    from cppp_cli.questions.model import Facts

NOT_REPEATED: Final = "(words that should not have stood here; they are not repeated)"


def run_correct(office: Office, case_id: int, ways: Ways, want: Wanted) -> list[Path]:
    """Ask why each thing changed and who was told, run every check anew, freeze and write it; the files written.

    Raises:
        BlockedError: nothing is final, nothing has changed since, or a check stands in the way.
    """
    ready = own_words_written(office, case_id, ways)
    frozen, changes = what_changed(office, ready)
    said = _ask(office, ready, changes, ways)
    standing, corrections = _standing(office, ready, frozen, changes, said)
    made = make(office, ready, standing, max(draft_version(office, ready), frozen.version + 1))
    refuse_unfit(office, ready, made, standing.reviewed_by)
    ask_leave(office, ways)
    freeze(office, ready, made, standing, corrections)
    note(f"It takes the place of version {frozen.version}. Send it to everybody who has that one.")
    return write_frozen(office, ready, newest(office, ready), want)


def what_changed(office: Office, ready: Prepared) -> tuple[Frozen, tuple[Change, ...]]:
    """The final report that stands, and how the record differs from it now.

    Raises:
        BlockedError: nothing is final yet, or nothing has changed since.
    """
    from cppp_cli.programme.word_diff import CHANGED, Change, changes

    reference = ready.case.reference
    frozen = newest(office, ready)
    if frozen is None:
        raise BlockedError(
            f"No report of this case is final yet, so there is nothing to correct. cppp report {reference} --final "
            "makes it final."
        )
    found = () if still_says_so(office, ready, frozen) else changes(*then_and_now(office, ready, frozen))
    found += tuple(
        Change(CHANGED, f"the picture {name}", "another picture", "the picture as it is now")
        for name in other_pictures(office, ready, frozen)
    )
    if not found:
        raise BlockedError(
            f"What is on file says what version {frozen.version} says. Change the record first, with cppp session "
            f"amend {reference}, cppp case edit {reference} or cppp report {reference}; then correct the report."
        )
    return frozen, found


def facts_of(office: Office, ready: Prepared, changes: Sequence[Change]) -> Facts:
    """What the questions about a correction know: the people, and each change in words."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import cases

    background = {**cases.background(office.db, ready.case.id, office.moment)}
    for change in changes:
        background[f"changes.{key_of(change)}.told"] = Answer(in_words(change))
    return Facts(office.today, background)


def key_of(change: Change) -> str:
    """What a change is called in answers; another change has another key, so that no reason goes to a wrong one."""
    said = f"{change.place}\n{change.lead}\n{change.before}\n{change.after}"
    return f"c{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def in_words(change: Change) -> str:
    """A change as the officer reads it."""
    before, after = with_lead(change)
    if not before:
        return f"{_begun(change.place)}: “{after}” was added."
    if not after:
        return f"{_begun(change.place)}: “{before}” was taken out."
    return f"{_begun(change.place)}: “{before}” became “{after}”."


def with_lead(change: Change) -> tuple[str, str]:
    """What it said and what it says, each after the words before it, so that both can be read; rows on one line."""
    if change.how == MOVED:
        return change.before, f"(the same words, now in {change.now})"
    lead = f"… {change.lead} " if change.lead else ""
    before, after = (" | ".join(said.splitlines()) for said in (change.before, change.after))
    # What went before it may have changed too, and stands in a line of its own.
    return f"{lead}{before}" if before else "", f"… {after}" if after and lead else after


def _begun(place: str) -> str:
    return place[:1].upper() + place[1:]


def _ask(office: Office, ready: Prepared, changes: Sequence[Change], ways: Ways) -> Mapping[str, Answer]:
    from cppp_cli.commands.guided import ask_to_the_end
    from cppp_cli.commands.ways import Errand
    from cppp_cli.questions.report_final import CORRECTION
    from cppp_cli.store.forms import FormSheet

    sheet = FormSheet(office.db, ready.case.id, FORM)
    errand = Errand(f"cppp report {ready.case.reference} --correct", ready.case.id)
    ask_to_the_end(office, CORRECTION, sheet, facts_of(office, ready, changes), ways, errand)
    return sheet.answers()


def _standing(
    office: Office, ready: Prepared, frozen: Frozen, changes: Sequence[Change], said: Mapping[str, Answer]
) -> tuple[Standing, tuple[Correction, ...]]:
    """What the corrected report says of itself, and what the file keeps of it."""
    from cppp_cli.commands import guard
    from cppp_cli.documents.standing import Corrected
    from cppp_cli.programme.finals import Correction
    from cppp_cli.programme.passage import Passage

    watched = guard.watch(office, ready.case, ready.paper.audience(ready.case), ready.paper.kind)
    told = _told(ready, said)
    on = said.get("told_on")
    told_on = date.fromisoformat(str(on.value)) if on and on.value and told else None
    kept, shown = [], []
    for number, change in enumerate(changes, 1):
        reason = str(said[f"corrections.{key_of(change)}.reason"].value)
        before, after = with_lead(change)
        row = [Passage(change.place, "\n".join(cell for cell in (before, after, reason) if cell))]
        rest = [Passage(change.place, "\n".join(cell for cell in (after, reason) if cell))]
        leaked = before and (
            watched.hits([Passage(change.place, before)]) or (watched.hits(row) and not watched.hits(rest))
        )
        kept.append(Correction(number, change.place, before, after, reason, told, told_on))
        shown.append(Corrected(_begun(change.place), NOT_REPEATED if leaked else before, after, reason))
    plain = {path: str(answer.value) for path, answer in said.items() if answer.value}
    standing = replace(
        standing_of(office, ready, plain),
        corrects=frozen.version,
        corrects_of=datetime.fromisoformat(frozen.frozen_at).date(),
        corrections=tuple(shown),
        told=told,
        told_on=told_on,
    )
    return standing, tuple(kept)


def _told(ready: Prepared, said: Mapping[str, Answer]) -> tuple[str, ...]:
    """Who was told, in words."""
    names = {
        "court": "the court",
        "parent-a": ready.case.side_names("A"),
        "parent-b": ready.case.side_names("B"),
        "guardian": "the children's guardian",
        "manager": "the author's manager",
    }
    chosen = said["told"].value
    return tuple(names[who] for who in chosen if who in names) if isinstance(chosen, tuple) else ()
