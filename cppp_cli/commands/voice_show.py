"""The children's voice on one screen, for the officer alone; and the same for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.show import moment, paragraph, result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cppp_cli.commands.voice_facts import Voice
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.disclosure import Disclosure
    from cppp_cli.programme.voice import Gate, Heard, Turn
    from cppp_cli.programme.voice_life import JointLetter, Life

WISHES = {
    "judge-only": "the judge alone, not the parents",
    "nobody": "nobody",
    "unsure": "unsure",
    "not-asked": "not asked",
    "undecided": "not decided yet",
}
ORIGINALS = {
    "returned": "the original is back with the child",
    "kept_by_child": "the child kept the original",
    "with_officer": "the original is with you",
    "not_known": "it is not known where the original is",
}
ANSWERED = {"joint_letter": "answered by a letter back", "spoken": "answered in words", "no": "not answered"}


def print_voice(voice: Voice, *, plain: bool = False) -> None:
    """Everything: child by child, what is for the court alone, the letters back, what was passed on, what is owed."""
    from cppp_cli.programme.voice import hears_how

    case = voice.case
    result(f"Case {case.reference} · {case.initials} · what the children said, and who may hear it. For you alone.")
    if any(s.state == "draft" for s in voice.sessions):
        paragraph("A session is still a draft: what was said in it is not counted here.")
    for child in case.children:
        result(f"\n{child.full_name}")
        how = hears_how(voice.sessions, child.number)
        if how:
            paragraph(f"Wants to hear what comes of it: {' '.join(how.split())}", indent=2)
        of_it = [one for one in voice.heard if one.child == child.number]
        for one in of_it:
            print_one(voice, one, plain=plain)
        if not of_it:
            result("  Nothing that others might hear.")
    _print_direction(voice)
    _print_back(voice)
    print_disclosures(case, voice.disclosures)
    _print_owed(voice)


def print_one(voice: Voice, one: Heard, *, plain: bool = False) -> None:
    """One statement or letter: its words, who may hear it, why not others, how that came to be."""
    from cppp_cli.programme.voice import LETTER

    case = voice.case
    how = "" if one.kind == LETTER else " in exact words" if one.exact else " in your summary"
    result(f"  {one.ref}: {one.what}{how}{f', {_day(one.on)}' if one.on else ''}")
    for said in (one.words, one.description if one.kind == LETTER else ""):
        if said:
            paragraph(f"“{' '.join(said.split())}”" if said == one.words else said, indent=6)
    paragraph(who_may_hear(case, one), indent=6)
    for line in _gates(case, one):
        paragraph(line, indent=6)
    for turn in one.turns:
        paragraph(in_a_turn(case, turn), indent=6)
    if one.kind == LETTER:
        for line in _life(case, voice.lives[one.ref]):
            paragraph(line, indent=6)
    for given in one.disclosures:
        paragraph(f"Passed on without consent to {whom_told(case, given)}: decision {given.number}, below.", indent=6)
    if plain:
        result("")


def who_may_hear(case: Case, one: Heard) -> str:
    """Who may hear it and why the others may not, in one sentence each."""
    from cppp_cli.programme.voice import everybody, reader_names, why_not

    names = reader_names(case)
    barred: dict[tuple[str, ...], list[str]] = {}
    for reader in everybody(case, one.child):
        barred.setdefault(why_not(one, reader), []).append(names[reader])
    may = barred.pop((), [])
    said = f"May hear it now: {_list(may)}." if may else "Nobody may hear it: it stays in your file."
    if len(barred) == 1 and not may:
        ((why, _),) = barred.items()
        return f"{said} {_sentence(_list(why))}."
    return " ".join([said, *(f"Not {_list(who, 'or')}: {_list(why)}." for why, who in barred.items())])


def _gates(case: Case, one: Heard) -> Iterator[str]:
    yield f"The child's wish: {_gate(case, one.wish, 'not asked')}"
    yield f"Your decision: {_gate(case, one.decision, 'not decided yet')}"
    if one.for_court_alone:
        told = f"{f'The child was told on {_day(one.told_on)}' if one.told_on else 'The child has to be told'}"
        how = f" {' '.join(one.told_how.split())}" if one.told_how else ""
        yield f"In no report; it needs the court's direction. {told} that a report is read by both sides.{how}"


def _gate(case: Case, gate: Gate, none: str) -> str:
    on = f", {_day(gate.on)}" if gate.on else ""
    why = f". {' '.join(gate.reason.split())}" if gate.reason else ""
    return f"{named(case, gate.chosen) or none}{on}{why}"


def named(case: Case, chosen: Sequence[str]) -> str:
    """The readers a gate names, in words."""
    from cppp_cli.programme.audiences import COURT
    from cppp_cli.programme.voice import reader_names

    names = reader_names(case) | {COURT: "the court and every party"} | WISHES
    return _list([names.get(one, one) for one in chosen])


def in_a_turn(case: Case, turn: Turn) -> str:
    """One change of a gate, in a sentence."""
    from cppp_cli.programme.voice import WISH

    whose = "The child's wish" if turn.gate == WISH else "Your decision"
    was, now = (named(case, chosen) or "nothing on file" for chosen in (turn.before, turn.after))
    on = f" (of {_day(turn.on)})" if turn.on else ""
    return f"Changed {moment(turn.at)}: {whose} was {was}, and is {now}{on}. Why: {' '.join(turn.reason.split())}"


def _life(case: Case, life: Life) -> Iterator[str]:
    if life.shared == "yes":
        by = f" (by: {life.read_by})" if life.read_by else ""
        on = f" on {_day(life.shared_on)}" if life.shared_on else ""
        answered = f"; {ANSWERED[life.answered]}" if life.answered else ""
        yield f"Read out or shown{on} to {named(case, life.shared_with) or 'nobody named'}{by}{answered}."
    elif life.shared == "no":
        yield f"Not shared, and it will not be: {' '.join(life.not_shared_reason.split())}"
    else:
        yield "Not shared so far."
    back = f" ({_day(life.original_on)})" if life.original_on else ""
    yield f"{_sentence(ORIGINALS.get(life.original, ORIGINALS['not_known']))}{back}."


def _print_direction(voice: Voice) -> None:
    from cppp_cli.programme.voice import needs_direction

    found = needs_direction(voice.heard)
    if found:
        result("\nFor the court, not the parents: needs the court's direction, and the child has to be told so")
    for one in found:
        told = f"the child was told on {_day(one.told_on)}" if one.told_on else "the child has not been told"
        paragraph(f"- {one.ref}: in no report; {told}.", indent=2)


def _print_back(voice: Voice) -> None:
    for one in voice.letters_back:
        result(f"\n{one.ref}: the parents' letter back{f', {_day(one.held_on)}' if one.held_on else ''}")
        for line in back_lines(voice.case, one):
            paragraph(line, indent=6)


def back_lines(case: Case, one: JointLetter) -> Iterator[str]:
    """The life of the letter back: its words, each yes, each child."""
    from cppp_cli.programme.voice import child_name

    if one.wanted == "later" or not one.words:
        yield "Promised, and not written yet."
        return
    yield f"“{' '.join(one.words.split())}”"
    for said in one.promises:
        yield f"Promised: {said}"
    for side, on in (("A", one.yes_a_on), ("B", one.yes_b_on)):
        yield f"{case.side_names(side)}: {f'said yes on {_day(on)}' if on else 'no yes to these words is recorded'}."
    for given in one.given:
        name = child_name(case, given.child)
        if given.given == "yes":
            by = f" by {given.by}" if given.by else ""
            taken = f". How it was taken: {' '.join(given.how_taken.split())}" if given.how_taken else ""
            yield f"Given to {name}{f' on {_day(given.on)}' if given.on else ''}{by}{taken}"
        elif given.given == "no":
            yield f"Not to be given to {name}: {' '.join(given.why_not.split())}"
        else:
            yield f"Not given to {name} yet."


def print_disclosures(case: Case, given: Sequence[Disclosure]) -> None:
    """What was passed on without consent, decision by decision; nothing where there is none."""
    if given:
        result("\nPassed on without consent, by a recorded decision")
    for one in given:
        for place, line in enumerate(disclosure_lines(case, one)):
            paragraph(line, indent=2 if place == 0 else 6)


def disclosure_lines(case: Case, one: Disclosure) -> Iterator[str]:
    """A decision to pass something on without consent, line by line."""
    from cppp_cli.programme.disclosure import CATEGORIES

    yield f"Decision {one.number}, {_day(one.decided_on)}: {', '.join(sorted(one.refs))}; {CATEGORIES[one.category]}"
    yield f"Why: {' '.join(one.reason.split())}"
    asked = f"{one.manager}{f', {_day(one.consulted_on)}' if one.consulted_on else ''}"
    yield f"Manager consulted: {asked if one.manager else 'not yet'}"
    yield f"Told: {whom_told(case, one)}{f', {_day(one.told_on)}' if one.told_on else ', not yet'}"
    when = f" on {_day(one.child_told_on)}" if one.child_told_on else ""
    why = f". {' '.join(one.child_told_note.split())}" if one.child_told_note else ""
    yield f"The child told of it: {one.child_told}{when}{why}"


def whom_told(case: Case, one: Disclosure) -> str:
    """To whom it was passed on, in words."""
    from cppp_cli.programme.disclosure import TOLD

    sides = {"parent-a": case.side_names("A"), "parent-b": case.side_names("B"), "other": one.told_other}
    return _list([sides.get(code) or TOLD[code] for code in one.told])


def _print_owed(voice: Voice) -> None:
    if not voice.outstanding:
        result("\nNothing is owed to the children.")
        return
    result("\nStill open")
    for one in voice.outstanding:
        paragraph(f"- {one.what} {one.to_type}", indent=2)


def _day(day: date | None) -> str:
    from cppp_cli.programme.dates import short_date

    return short_date(day) if day else ""


def _list(names: Sequence[str], word: str = "and") -> str:
    *first, last = [*names] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
