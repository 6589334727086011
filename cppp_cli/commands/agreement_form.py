"""Making a form for a parent to fill in at home, and bringing the answers in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from cppp_cli.commands.guard import refuse_leaks
from cppp_cli.commands.guided import ask_all
from cppp_cli.commands.paper import folder_for, put
from cppp_cli.commands.ways import Errand
from cppp_cli.errors import BlockedError, StoppedError
from cppp_cli.show import note, result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cppp_cli.commands.office import Office
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.ways import Ways
    from cppp_cli.programme.answers import Answer, Value
    from cppp_cli.programme.case import Case
    from cppp_cli.programme.ledger import Entry
    from cppp_cli.programme.parent_form import FormFor, FormTopic

SIDES = {"parent-a": "A", "parent-b": "B"}
FORM = "parent form"


def make(office: Office, case: Case, side: str, ways: Ways, want: Wanted) -> Path:
    """Ask whether it is safe, write the form, and keep its token; the file written.

    Raises:
        BlockedError: it is not safe, or a confidential detail stands in the words it would show.
        StoppedError: the officer left; no form was made.
    """
    from cppp_cli import paths
    from cppp_cli.commands.case_end import refuse_unready
    from cppp_cli.documents import parent_form as drawn
    from cppp_cli.programme.parent_form import new_token
    from cppp_cli.store import events, parent_forms

    refuse_unready(office, case)
    answers = _ask_if_safe(office, case, side, ways)
    form = form_for(office, case, side, new_token(secrets.token_bytes(8)), answers["topics"].value)
    html = drawn.render(form, [paths.office_templates(office.home), paths.shipped_templates()]).encode("utf-8")
    name = drawn.file_name(form)
    refuse_leaks(office, case, {name: html}, frozenset({f"parent-{side.lower()}"}), FORM)
    folder = folder_for(office, want)
    with office.db.atomic():
        way = f"{answers['safe'].value}, {answers['way'].value}"
        numbers = [child.number for child in case.children]
        parent_forms.add(office.db, case.id, side, form.token, way, office.moment, numbers)
        path = put(folder / name, html, want)
        events.left(office.db, case.id, FORM, path, office.moment)
    return path


def _ask_if_safe(office: Office, case: Case, side: str, ways: Ways) -> dict[str, Answer]:
    """Whether it is safe, which topics, and the way the form goes; it goes none unless it is safe."""
    from cppp_cli.programme.answers import Answer
    from cppp_cli.questions.form_for_parent import SCRIPT
    from cppp_cli.questions.model import Facts
    from cppp_cli.store import cases
    from cppp_cli.store.sheets import MemorySheet

    background = {**cases.background(office.db, case.id, office.moment), "side": Answer(side)}
    sheet = MemorySheet()
    errand = Errand(f"cppp agreement form {case.reference} --for parent-{side.lower()}", case.id)
    if not ask_all(office, SCRIPT, sheet, Facts(office.today, background), ways, errand):
        raise StoppedError(f"No form was made. To go on: {errand.resume}")
    return sheet.answers()


def tell_made(office: Office, case: Case, side: str, path: Path) -> None:
    """Say what was written, and whether the other side was offered the same."""
    from cppp_cli.store import parent_forms

    result(f"Written: {path}")
    note("The parent opens it in any browser, or prints it. What comes back: cppp agreement read FILE")
    other = "B" if side == "A" else "A"
    if not any(given.side == other for given in parent_forms.of_case(office.db, case.id)):
        note(
            f"{case.side_names(other)} has not been offered the form. It is offered to both alike: "
            f"cppp agreement form {case.reference} --for parent-{other.lower()}"
        )


def form_for(
    office: Office, case: Case, side: str, token: str, topics: Value | None = None, children: Sequence[int] = ()
) -> FormFor:
    """All that a side's form may show: the topics, what both agreed, and this side's own words before.

    ``topics`` are those that were chosen, and ``children`` those it is about; all there are when not given.
    """
    from cppp_cli.programme.parent_form import FormChild, FormFor
    from cppp_cli.programme.topics import OFFERED
    from cppp_cli.questions.form_for_parent import USUAL
    from cppp_cli.store import ledger

    entries = [entry for entry in ledger.entries(office.db, case.id) if entry.state != "withdrawn"]
    raised = {entry.topic for entry in entries if _known_to(entry, side)}
    wanted = topics if isinstance(topics, tuple) else tuple(section.key for section in OFFERED)
    chosen = [s for s in OFFERED if s.key in wanted or (USUAL in wanted and (s.starting or s.key in raised))]
    about = [child for child in case.children if not children or child.number in children]
    first = {child.number: _first(child.called or child.full_name) for child in about}
    names = [f"{name} ({number})" if list(first.values()).count(name) > 1 else name for number, name in first.items()]
    return FormFor(
        side=side.lower(),
        first_name=_first_names(case, side),
        other_first_name=_first_names(case, "B" if side == "A" else "A"),
        children=tuple(FormChild(f"child-{c.number}", name) for c, name in zip(about, names, strict=True)),
        topics=tuple(_topic(section.key, entries, case, side) for section in chosen),
        token=token,
        made_on=office.today,
    )


def _first_names(case: Case, side: str) -> str:
    return " and ".join(_first(adult.called or adult.full_name) for adult in case.side(side))


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else name


def _known_to(entry: Entry, side: str) -> bool:
    """Whether a side knows that the topic was raised: both were there, both said yes, or it raised it itself."""
    from cppp_cli.programme.ledger import SESSION

    own = entry.a if side == "A" else entry.b
    together = any(version.source == SESSION for version in entry.versions)
    return together or bool(entry.agreed_on) or bool(own.asked or own.offered)


def _topic(key: str, entries: Sequence[Entry], case: Case, side: str) -> FormTopic:
    """A topic with what both said yes to, and what this side itself asked for before."""
    from cppp_cli.programme.clauses import options_for_parents
    from cppp_cli.programme.ledger_children import holds_for
    from cppp_cli.programme.parent_form import FormTopic
    from cppp_cli.programme.topics import find

    section = find(key)
    if section is None:
        raise BlockedError("The form asks about a topic that this version does not know.")
    of_it = [entry for entry in entries if entry.topic == key]
    known = [entry for entry in entries if _known_to(entry, side)]  # what the other side raised tells itself in no name
    own = (entry.a if side == "A" else entry.b for entry in of_it)
    return FormTopic(
        key,
        section.heading,
        section.prompts,
        options_for_parents(key),
        tuple(
            _agreed(entry, known, case)
            for entry in of_it
            if entry.state == "agreed" and entry.agreed_on and holds_for(entry, known, case)
        ),
        "\n".join(position.asked for position in own if position.asked),
    )


def _agreed(entry: Entry, entries: Sequence[Entry], case: Case) -> str:
    """What both said yes to, whole: for whom, on which condition, in which steps, until when."""
    from cppp_cli.programme.dates import say_date
    from cppp_cli.programme.ledger_children import holds_for

    numbers = holds_for(entry, entries, case)
    parts = [entry.wording, f"Only on this condition: {entry.conditions}" if entry.conditions else ""]
    parts += [f"{step.starts}: {step.words}" for step in entry.steps]
    parts += [f"Until {say_date(entry.until_on)}." if entry.until_on else ""]
    if len(numbers) < len(case.children):
        named = " and ".join(_first(case.child(number).called or case.child(number).full_name) for number in numbers)
        parts.insert(0, f"For {named}:")
    return "\n".join(part for part in parts if part)
