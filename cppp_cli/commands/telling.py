"""The history in words: which question was answered how before and after, which day was moved, what was written."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from cppp_cli.commands import telling_records
from cppp_cli.commands.session_script import facts_for, script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cppp_cli.commands.office import Office
    from cppp_cli.programme.answers import Answer
    from cppp_cli.programme.ledger import Version
    from cppp_cli.questions.model import Facts, Script
    from cppp_cli.store.history import Change

    Context: TypeAlias = tuple[Script, Facts, Mapping[str, Answer]]

SHOWN = 300  # characters of a long answer; session show prints it whole

# Where a row is told as a whole: its label, and whether what it holds is shown.
_ROWS = {
    "picture": ("A letter or drawing as a picture", False),
    "safeguarding_note": ("A safeguarding note, read with cppp session notes", False),
    "erasure": ("Erased", True),
    "closure": ("Closing", True),
    "hold": ("A hold against erasing", True),
    "handover": ("Come from another officer", True),
    "term_period": ("Term dates of child {child}", True),
    "parent_form": ("A form for a parent", True),
}
_STATES = {"case_file": "Where the case stands", "session": "Where the session stands"}
# An amendment is told with the answer it changed, and a form as the record it became.
# So is a version of the plan, with what it says, and a draft that became final, by that.
_TOLD_ELSEWHERE = frozenset({"amendment", "form_answer", "ledger_version"})
_NOT_SHOWN = frozenset({"id", "case_id", "number", "child", "token", "data", "certificate", "gaps"})


@dataclass(frozen=True)
class Told:
    """One line of the history. Nothing before means that it was new, nothing after that it is gone."""

    what: str
    before: str
    after: str
    reason: str = ""


class Teller:
    """Tells the changes of one case, or of the file itself when there is none; looks each script up once."""

    def __init__(self, office: Office, case_id: int | None) -> None:
        """Of which case."""
        self._office = office
        self._case_id = case_id
        self._known: dict[str, Context] = {}
        self._plan_versions: Mapping[str, Sequence[Version]] | None = None

    def tell_all(self, changes: Iterable[Change]) -> list[Told]:
        """What came of some changes in words: of a thing changed twice, what stood there first and what stands last."""
        first: dict[tuple[str, str, str], Told] = {}
        for change in changes:
            for line in self.tell(change):
                # A planned day is proposed anew as another row, and is still the day of that step.
                row = "" if change.place == "appointment" else json.dumps(dict(change.row))
                key = change.place, row, line.what
                known = first.get(key)
                first[key] = replace(line, before=known.before) if known else line
        return [line for line in first.values() if line.before != line.after]

    def tell(self, change: Change) -> Iterator[Told]:
        """A change in words; no line for what another one says already."""
        from cppp_cli.store import told

        if change.place in _TOLD_ELSEWHERE or (change.place == "document" and change.action == "update"):
            return
        label = _STATES.get(change.place)
        states = change.before.get("state"), change.after.get("state")
        if label and states[0] != states[1]:
            yield Told(label, _plainly(states[0]), _plainly(states[1]), change.reason)
        if change.place == "officer":
            yield from _officer(change)
        elif change.place in telling_records.PLACES:
            said = telling_records.told(change)
            yield from (Told(*said),) if said else ()
        elif change.place == "letter_answer":
            yield from self._letter(change)
        elif change.place == "ledger_answer":
            yield from self._planned(change)
        elif told.keeps_answers(change.place):
            yield from self._answers(change)
        elif change.place == "appointment" and change.action == "update":
            yield self._moved(change)
        else:
            yield _row(change)

    def _moved(self, change: Change) -> Told:
        """An appointment that ended: which one it was stands in its row, and not in the change."""
        from cppp_cli.store import appointments

        moved = appointments.one(self._office.db, change.chain, int(change.row["id"]))
        day = {"on_date": moved.on.isoformat()} if moved else {}
        before, after = (_planned({**day, **cells}) for cells in (change.before, change.after))
        return Told(f"Planned day, {moved.step if moved else ''}", before, after, change.reason)

    def _answers(self, change: Change) -> Iterator[Told]:
        from cppp_cli.interview.review import label, say_value, step_at
        from cppp_cli.store import told

        given = told.answers(change)
        if not given:
            return
        script, facts, known = self._context(change)
        for path, pair in given.items():
            step = step_at(script, path, known, facts)
            before, after = (say_value(step, answer, shown=SHOWN) if answer else "" for answer in pair)
            yield Told(label(step), before, after, change.reason)

    def _planned(self, change: Change) -> Iterator[Told]:
        """What a version of the plan says to one question, beside what the versions before it had said."""
        from cppp_cli.interview.review import label, say_value, step_at
        from cppp_cli.programme.ledger import AGREED_FOR, KEPT, replay
        from cppp_cli.store import told

        item, number, path = str(change.row["item"]), int(change.row["number"]), str(change.row["path"])
        versions = self._versions().get(item, ())
        earlier = replay(version for version in versions if version.number < number).get(path)
        taken, given = told.answers(change).get(path, (None, None))
        pair = (taken, earlier) if change.action == "delete" else (earlier, given)
        if not any(answer and answer.value is not None for answer in pair):
            return
        script, facts, known = self._once(item, lambda: self._plan(item))
        lead = f"The plan, {item.replace('.', ' ')}"
        if path == AGREED_FOR:  # noted by the program: no question asks it
            before, after = (_children(answer, facts) for answer in pair)
            yield Told(f"{lead} · Agreed for these children", before, after, change.reason)
            return
        step = step_at(script, path, known, facts)
        before, after = (
            say_value(step, answer, shown=SHOWN) if answer and answer.value is not None else "" for answer in pair
        )
        what = label(step)
        if path.startswith(KEPT):
            what, (before, after) = f"Wording that is meant to be so: {what}", (_plainly(before), _plainly(after))
        yield Told(f"{lead} · {what}", before, after, change.reason)

    def _letter(self, change: Change) -> Iterator[Told]:
        """What became of a letter, or what a child was told about words of a session."""
        from cppp_cli.interview.review import label, say_value, step_at
        from cppp_cli.programme.answers import Answer
        from cppp_cli.questions import letter_life, voice_consent
        from cppp_cli.questions.model import Facts
        from cppp_cli.store import told
        from cppp_cli.store.letter_life import child_of

        facts = Facts(self._office.today, self._once("case", self._case)[2])
        for path, pair in told.answers(change).items():
            group, _, rest = path.partition(".")
            if group in {"statements", "letters"}:
                (item, _, key), script = rest.partition("."), voice_consent.SCRIPT
            else:
                item, group, key, script = str(change.row["number"]), "letters", path, letter_life.SCRIPT
            child = child_of(self._office.db, int(change.row["session_id"]), group, int(item))
            step = step_at(script, key, {"child": Answer(str(child))} if child else {}, facts)
            before, after = (say_value(step, answer, shown=SHOWN) if answer else "" for answer in pair)
            lead = f"{'Statement' if group == 'statements' else 'Letter or drawing'} {item}"
            lead = "The parents' letter back" if item == "0" else lead
            yield Told(f"{lead} · {_plainly(label(step))}", before, after, change.reason)

    def _versions(self) -> Mapping[str, Sequence[Version]]:
        from cppp_cli.store import ledger

        if self._plan_versions is None:
            self._plan_versions = ledger.versions(self._office.db, self._case_id or 0)
        return self._plan_versions

    def _plan(self, item: str) -> Context:
        from cppp_cli.commands.agreement_history import script_of as script_of_plan
        from cppp_cli.commands.ledger_facts import entry_facts
        from cppp_cli.programme.ledger import replay
        from cppp_cli.questions.model import Facts
        from cppp_cli.store import cases

        known = replay(self._versions().get(item, ()))
        if cases.exists(self._office.db, self._case_id or 0):
            facts = entry_facts(self._office, cases.load(self._office.db, self._case_id or 0))
            return script_of_plan(item), facts, known
        return script_of_plan(item), Facts(self._office.today), known

    def _context(self, change: Change) -> Context:
        from cppp_cli.store import told
        from cppp_cli.store.sheets import CASE, SESSION

        layout = told.layout_of(change.place)
        if layout is SESSION:
            number = int(change.row["id"] if change.place == "session" else change.row["session_id"])
            return self._once(f"session {number}", lambda: self._session(number))
        return self._once("case", self._case) if layout is CASE else self._once("report", self._report)

    def _once(self, key: str, look_up: Callable[[], Context]) -> Context:
        if key not in self._known:
            self._known[key] = look_up()
        return self._known[key]

    def _case(self) -> Context:
        from cppp_cli.questions.model import Facts
        from cppp_cli.questions.new_case import SCRIPT
        from cppp_cli.store import cases

        known = cases.background(self._office.db, self._case_id or 0, self._office.moment)
        return SCRIPT, Facts(self._office.today), known

    def _report(self) -> Context:
        from cppp_cli.questions.model import Facts
        from cppp_cli.questions.report_words import SCRIPT
        from cppp_cli.store import cases

        facts = Facts(self._office.today, self._case()[2])
        return SCRIPT, facts, cases.report_sheet(self._office.db, self._case_id or 0, self._office.moment).answers()

    def _session(self, number: int) -> Context:
        from cppp_cli.questions.model import Facts
        from cppp_cli.store import cases, history, sessions

        case_id = self._case_id or 0
        name = history.session_name(self._office.db, number)
        answers = sessions.sheet(self._office.db, number, case_id, self._office.moment).answers()
        if cases.exists(self._office.db, case_id):
            recorded = next((s for s in sessions.of_case(self._office.db, case_id) if s.id == number), None)
            return script_of(name), facts_for(self._office, case_id, name, recorded), answers
        return script_of(name), Facts(self._office.today), answers


def _children(answer: Answer | None, facts: Facts) -> str:
    """The children of an answer by name."""
    from cppp_cli.questions.model import View

    numbers = answer.value if answer and isinstance(answer.value, tuple) else ()
    return ", ".join(View({}, facts).name(f"children.{number}") for number in numbers)


def _officer(change: Change) -> Iterator[Told]:
    """The officer's details are a record of columns and not a sheet of answers."""
    from cppp_cli.questions.flow import steps
    from cppp_cli.questions.model import Facts
    from cppp_cli.questions.officer import SCRIPT

    for step in steps(SCRIPT, {}, Facts(date.min)):
        column = step.path
        if column in change.before or column in change.after:
            before, after = (_detail(column, cells.get(column)) for cells in (change.before, change.after))
            yield Told(step.text, before, after, change.reason)


def _row(change: Change) -> Told:
    before, after, cells = change.before, change.after, {**change.before, **change.after}
    if change.place == "appointment":
        return Told(f"Planned day, {cells['step']}", _planned(before), _planned(after), change.reason)
    if change.place == "document":
        kind = str(cells["kind"]).replace("-", " ")
        return Told("Registered", "", f"{kind}, version {cells['version']}, {cells['status']}")
    if change.place == "event":
        said = [str(cells[key]) for key in ("detail", "path") if cells.get(key)]
        return Told(str(cells["what"]).capitalize(), "", ", ".join(said) or "done")
    label, shown = _ROWS[change.place]
    told = [_whole(side, named=change.action == "update") if shown else "kept" for side in (before, after)]
    return Told(label.format_map(change.row), told[0] if before else "", told[1] if after else "", change.reason)


def _whole(cells: Mapping[str, object], *, named: bool) -> str:
    """What a row holds; of a change in it, which column, so that "none" before and a day after can be told apart."""
    found = {name: said for name, said in cells.items() if name not in _NOT_SHOWN}
    if named:
        return ", ".join(f"{_plainly(name)}: {'none' if said is None else said}" for name, said in found.items())
    return ", ".join(_plainly(said) if name == "kind" else str(said) for name, said in found.items())


def _planned(cells: Mapping[str, object]) -> str:
    """What of a planned day is in a change: the day, the hour, whether it stands."""
    said = [str(cells[key]) for key in ("on_date", "at_time", "state", "reason") if cells.get(key)]
    if "on_date" in cells:
        from cppp_cli.programme.dates import short_date

        said[0] = short_date(date.fromisoformat(str(cells["on_date"])))
    return ", ".join(said)


def _plainly(said: object) -> str:
    """A word of the program, such as a state, as people read it."""
    return "" if said is None else str(said).replace("_", " ")


def _detail(column: str, said: object) -> str:
    """One of the officer's details, as it was typed; the days they work as a list."""
    from cppp_cli.questions.officer import DAYS

    if said is None:
        return ""
    return ", ".join(DAYS[day] for day in json.loads(str(said))) if column == "working_days" else str(said)
