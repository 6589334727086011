"""The children's voice of a case for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cppp_cli.commands.voice_facts import Voice
    from cppp_cli.programme.disclosure import Disclosure
    from cppp_cli.programme.voice import Gate, Heard


def as_data(voice: Voice) -> dict[str, object]:
    """Everything that ``cppp voice show`` shows."""
    from cppp_cli.programme.voice import hears_how

    return {
        "case": voice.case.reference,
        "children": [
            {
                "child": child.number,
                "name": child.full_name,
                "hears_how": hears_how(voice.sessions, child.number),
                "heard": [_heard(voice, one) for one in voice.heard if one.child == child.number],
            }
            for child in voice.case.children
        ],
        "needs_direction": [
            {"ref": one.ref, "child": one.child, "told_on": one.told_on} for one in voice.heard if one.for_court_alone
        ],
        "letters_back": [
            {
                "ref": one.ref,
                "wanted": one.wanted,
                "words": one.words,
                "promises": list(one.promises),
                "yes_a_on": one.yes_a_on,
                "yes_b_on": one.yes_b_on,
                "given": [dict(given.__dict__) for given in one.given],
            }
            for one in voice.letters_back
        ],
        "disclosures": [disclosure_data(one) for one in voice.disclosures],
        "outstanding": [dict(one.__dict__) for one in voice.outstanding],
    }


def disclosure_data(one: Disclosure) -> dict[str, object]:
    """A decision to pass something on, for scripts."""
    return {**one.__dict__, "about": sorted(one.refs), "told": list(one.told)}


def _heard(voice: Voice, one: Heard) -> dict[str, object]:
    from cppp_cli.programme.voice import everybody, why_not

    readers = everybody(voice.case, one.child)
    found: dict[str, object] = {
        "ref": one.ref,
        "kind": one.kind,
        "what": one.what,
        "words": one.words,
        "exact": one.exact,
        "description": one.description,
        "on": one.on,
        "wish": _gate_data(one.wish),
        "decision": _gate_data(one.decision),
        "may_hear": [reader for reader in readers if not why_not(one, reader)],
        "why_not": {reader: list(why_not(one, reader)) for reader in readers if why_not(one, reader)},
        "history": [{**turn.__dict__, "before": list(turn.before), "after": list(turn.after)} for turn in one.turns],
        "told_on": one.told_on,
        "disclosures": [given.number for given in one.disclosures],
    }
    life = voice.lives.get(one.ref)
    if life:
        found["life"] = {**life.__dict__, "shared_with": list(life.shared_with)}
    return found


def _gate_data(gate: Gate) -> dict[str, object]:
    return {"chosen": list(gate.chosen), "on": gate.on, "reason": gate.reason}
