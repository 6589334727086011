"""Writing each letter: what it may say, who reads it, and what stands in its way."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cppp_cli.commands.guided import ask_to_the_end
from cppp_cli.commands.paper import Mark, Paper
from cppp_cli.commands.ways import Errand
from cppp_cli.errors import BlockedError
from cppp_cli.show import counted, note, result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cppp_cli.checks.finding import Finding
    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.ways import Ways
    from cppp_cli.programme.answers import Answer, Answers
    from cppp_cli.programme.audiences import Readers
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.voice import Heard
    from cppp_cli.programme.voice_life import JointLetter
    from cppp_cli.questions.model import Facts

FORM = "outcome-letter"
"""The form that keeps the officer's own words of a letter; the child's number follows."""

AS_IT_IS: Final = Mark(status="", ending="letter")
"""A letter is no draft: it is given as it is."""


@dataclass(frozen=True)
class LetterPaper(Paper):
    """A letter: read by exactly those it says."""

    def audience(self, case: Case) -> Readers:  # noqa: ARG002 - as for any paper
        """Everybody who reads it."""
        return self.readers


def joint(office: Office, case: Case, child: int | None, want: Wanted) -> list[Path]:
    """Write the parents' letter back; the files written.

    Raises:
        BlockedError: there is none, not both sides have said yes to its words, or somebody is taken for somebody else.
    """
    from cppp_cli.commands import paper
    from cppp_cli.commands.voice_facts import gathered
    from cppp_cli.documents import letters

    found = _agreed_by_both(case, gathered(office, case).letters_back)
    children = [child] if child is not None else [one.child for one in found.given if one.given != "no"]
    if not children:
        raise BlockedError(f"It is on file that no child is to be given it. See cppp voice show {case.reference}")
    kind = f"joint-letter-{child}" if child is not None else "joint-letter"
    readers = letters.read_by_child_and_parents(*children)
    made = LetterPaper(kind, "letter_joint.md.j2", "A letter for you", for_children=True, readers=readers)
    context = letters.joint(case, found, children)
    words = _as_own(found.words, *found.promises)
    refuse_misnaming(office, case, made, context, words, children[0] if len(children) == 1 else None, found.agreed_on)
    written = paper.write(office, case, made, lambda _version: context, want, mark=AS_IT_IS)
    note(f"When it is given, record the day and how it was taken: cppp voice letter {case.reference}")
    return written


def _agreed_by_both(case: Case, found: Sequence[JointLetter]) -> JointLetter:
    newest = next((one for one in reversed(found) if one.wanted == "yes" and one.words), None)
    if newest is None:
        raise BlockedError(
            f"No letter back is on file for case {case.reference}. When both have written one: "
            f"cppp voice letter {case.reference}"
        )
    if not newest.is_agreed:
        missing = " and ".join(f"side {s}" for s, on in (("A", newest.yes_a_on), ("B", newest.yes_b_on)) if not on)
        raise BlockedError(
            f"Nothing was written: no yes of {missing} to the words of the letter back is on file, and it is from both "
            f"or from nobody. When it is said, record its day: cppp voice letter {case.reference}"
        )
    return newest


def makers(office: Office, case: Case) -> tuple[int, ...]:
    """The children of whom there is a letter or drawing."""
    from cppp_cli.commands.voice_facts import gathered
    from cppp_cli.programme.voice import LETTER

    return tuple(dict.fromkeys(one.child for one in gathered(office, case).heard if one.kind == LETTER))


def copy(office: Office, case: Case, child: int, readers_name: str, want: Wanted) -> list[Path]:
    """Write a copy of a child's letters for those who may read them; the files written.

    Raises:
        BlockedError: none of them is cleared for everybody who would read it, or somebody is taken for somebody else.
    """
    from cppp_cli.commands import paper
    from cppp_cli.commands.voice_facts import gathered
    from cppp_cli.documents import letters
    from cppp_cli.programme.voice import LETTER

    readers = letters.READERS[readers_name]
    there = [one for one in gathered(office, case).heard if one.kind == LETTER and one.child == child]
    open_to_all = letters.for_readers(there, child, readers)
    if not open_to_all:
        raise BlockedError(_why_no_copy(case, there))
    if len(open_to_all) < len(there):
        note(f"Left out, because not all of them may read it: {counted(len(there) - len(open_to_all), 'letter')}.")
    shown = _pictures(office, case, open_to_all)
    kind = f"letter-by-child-{child}-for-{readers_name}"
    at_home = readers_name != "court"
    made = LetterPaper(kind, "letter_child.md.j2", "A child's letter", for_children=at_home, readers=readers)
    names = {number: name for number, (name, _) in shown.items()}
    context = letters.copy(case, open_to_all, child, names)
    refuse_misnaming(office, case, made, context)
    written = paper.write(office, case, made, lambda _version: context, want, dict(shown.values()), AS_IT_IS)
    return [*written, *_documents(office, case, open_to_all, kind, want)]


def _why_no_copy(case: Case, there: Sequence[Heard]) -> str:
    if not there:
        return "Nothing was written: this child made no letter or drawing. Name another one with --child."
    return (
        "Nothing was written: the child's wish and your decision do not both let everybody read it who would read this "
        f"copy. Why: cppp voice show {case.reference}. When that changes: cppp voice consent {case.reference}"
    )


def _pictures(office: Office, case: Case, made: Sequence[Heard]) -> dict[int, tuple[str, bytes]]:
    """The pictures of these letters by number: the name the Markdown uses, and the bytes. A PDF stands apart."""
    from cppp_cli.commands.paper import picture_file
    from cppp_cli.store import records

    found = {}
    for number in (one.picture for one in made if one.picture is not None):
        stored = records.picture(office.db, case.id, number)
        if stored.media_type.startswith("image/"):
            found[number] = (picture_file(case, "drawing", number, stored.media_type), stored.data)
    return found


def _documents(office: Office, case: Case, made: Sequence[Heard], kind: str, want: Wanted) -> list[Path]:
    """What was scanned as PDF, each as a file of its own."""
    from cppp_cli.commands import paper
    from cppp_cli.store import events, records

    written = []
    for number in (one.picture for one in made if one.picture is not None):
        stored = records.picture(office.db, case.id, number)
        if stored.media_type.startswith("image/"):
            continue
        name = paper.picture_file(case, "letter-by-child", number, stored.media_type)
        path = paper.put(paper.folder_for(office, want) / name, stored.data, want)
        events.left(office.db, case.id, kind, path, office.moment)
        written.append(path)
    return written


def facts_for(office: Office, case: Case, child: int | None) -> Facts:
    """What the questions of a letter to a child may know."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import cases

    background = cases.background(office.db, case.id, office.moment)
    if child is not None:
        background["child"] = Answer(str(child))
    return Facts(office.today, background)


def outcome(office: Office, case: Case, child: int, ways: Ways, want: Wanted) -> list[Path]:
    """Ask for the officer's own words to a child, and write the letter; the files written.

    Raises:
        AnswersError: words are missing and nobody is there to ask.
        StoppedError: the officer left; what was written so far is kept.
        BlockedError: it would tell its readers what they may not read, or takes somebody for somebody else.
    """
    from cppp_cli.commands import paper
    from cppp_cli.documents import letters
    from cppp_cli.questions.letter_outcome import SCRIPT, WRITTEN_ON
    from cppp_cli.store import ledger
    from cppp_cli.store.forms import FormSheet

    entries = ledger.entries(office.db, case.id)
    note(f"Case {case.reference} · {case.initials} · a letter to a child")
    if not (ways.answers or ways.no_input):
        _tell_how_to_tell(office, case, child)
    _tell_unworded(office, case, child)
    sheet = FormSheet(office.db, case.id, f"{FORM}:{child}")
    errand = Errand(f"cppp letter {case.reference} outcome --child {child}", case.id)
    ask_to_the_end(office, SCRIPT, sheet, facts_for(office, case, child), ways, errand)
    readers = letters.read_by_child_and_parents(child)
    kind = f"letter-to-child-{child}"
    made = LetterPaper(kind, "letter_outcome.md.j2", "A letter for you", for_children=True, readers=readers)
    to = case.child(child)
    own = sheet.answers()
    context = letters.outcome(case, office.officer, to, entries, own, today=office.today)
    refuse_misnaming(office, case, made, context, own, child, date.fromisoformat(str(own[WRITTEN_ON].value)))
    return paper.write(office, case, made, lambda _version: context, want, mark=AS_IT_IS)


def refuse_misnaming(
    office: Office,
    case: Case,
    made: LetterPaper,
    context: Mapping[str, object],
    own: Answers | None = None,
    to: int | None = None,
    on: date | None = None,
) -> None:
    """Let no letter be written that takes somebody for somebody else; at a terminal all that was found is shown.

    Args:
        office: The opened file.
        case: The case.
        made: The letter.
        context: What its template may say.
        own: The words typed for it, by the key of their question.
        to: The child it is to, where it is to one.
        on: The day that stands on it; today when none does.

    Raises:
        BlockedError: it would; the text names nobody.
    """
    from dataclasses import replace

    from cppp_cli.commands import checking, paper
    from cppp_cli.commands.report_build import prepared
    from cppp_cli.documents.read_back import passages

    ready = prepared(office, case.id, quietly=True)
    ready = replace(ready, own=own or {}, today=on or office.today)
    read = passages("letter.md", paper.rendered(office, made, context).encode("utf-8"))
    found = checking.of_names(office, ready, read, addressed_to=to)
    _tell_names(found)
    stops = checking.blocking(found)
    if stops:
        said = counted(len(stops), "place takes somebody", "places take somebody")
        raise BlockedError(
            f"Nothing was written: {said} for somebody else, or gives a wrong age. The same command at a terminal "
            "shows where. Correct what was typed, or the template, and write it again."
        )


def _tell_names(found: Sequence[Finding]) -> None:
    """Tell the officer at the desk: findings name people, so what a script keeps has only how many there are."""
    from cppp_cli.commands.check import tell

    if found and sys.stdout.isatty():
        tell(found)
        result("")
    elif any(not finding.blocks for finding in found):
        doubts = sum(not finding.blocks for finding in found)
        note(f"To look at: {counted(doubts, 'name')} in this letter. The same command at a terminal shows them.")


def _as_own(*texts: str) -> dict[str, Answer]:
    """Words of a letter as what was typed is given to the check: names in them stay as typed."""
    from cppp_cli.programme.answers import Answer

    return {str(number): Answer(text) for number, text in enumerate(texts)}


def _tell_how_to_tell(office: Office, case: Case, child: int) -> None:
    """Tell the officer at the desk how the child wished to hear it. It was told in confidence, so it is not printed."""
    from cppp_cli.programme.voice import hears_how
    from cppp_cli.store import sessions

    how = hears_how(sessions.of_case(office.db, case.id), child)
    if how:
        note(f"How the child wished to hear it, for you alone: {' '.join(how.split())}")


def _tell_unworded(office: Office, case: Case, child: int) -> None:
    """Tell which agreed entries for this child have no words for children yet."""
    from cppp_cli.documents.describe_child import unworded
    from cppp_cli.programme.ledger_children import holds_for
    from cppp_cli.store import ledger

    entries = ledger.entries(office.db, case.id)
    left_out = [e for e in unworded(entries, (), office.today) if child in holds_for(e, entries, case)]
    if left_out:
        named = "; ".join(f"entry {entry.number} ({entry.title})" for entry in left_out)
        note(
            f"Agreed, and not told in the letter because there are no words for children yet: {named}. "
            f"To write them: cppp agreement log {case.reference}"
        )
