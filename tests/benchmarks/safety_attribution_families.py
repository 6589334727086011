"""Both look-alike families with all that their documents are made of: as the demo has them, and with marked words.

The marked ones have every kind of thing a document can say: words of both sides and both children, each day apart, an
entry for one child beside one for all, every kind of calendar. A word of theirs stands for one thing only.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path

from cppp_cli.checks.attribution import Elsewhere, attribution, cast_of
from cppp_cli.documents import contexts, mdenv
from cppp_cli.documents.read_back import passages
from cppp_cli.documents.standing import COPY, Checked, Standing
from cppp_cli.errors import TemplateError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.case import Return
from cppp_cli.programme.finals import FactCheck
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.people import OtherPerson

TESTS = Path(__file__).parents[1]
TEMPLATES = TESTS.parent / "templates"
TEMPLATE = {
    "report": "cppp_report.md.j2",
    "copy": "cppp_report.md.j2",
    "returned": "cppp_report_returned.md.j2",
    "plan": "parenting_plan.md.j2",
    "child plan": "child_plan.md.j2",
    "timetable": "timetable.md.j2",
}
NIGHTS = 70  # of a marked calendar: enough for every figure of it
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.md.j2"))}
"""Every template as it is now: a run takes minutes, and somebody may be writing."""
ENDED = "The programme has come to its end before all sessions were held."


def load(name, path):
    """A module of the tests by its path."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


class Pen:
    """Renders as ``mdenv.render`` does, and compiles a template once; one template at a time may be another text."""

    def __init__(self):
        self._changed = {}
        loader = mdenv.BoundLoader([TEMPLATES])
        loader.get_source = self._source
        self._environment = mdenv._make_environment(loader)

    def _source(self, _, template):
        return self._changed.get(template) or SOURCES[template], str(TEMPLATES / template), lambda: True

    def change(self, name, text=None):
        """Put a text in the place of a template; the shipped one again when none is given."""
        self._changed = {} if text is None else {name: text}
        for key in [key for key in self._environment.cache.keys() if key[1] == name]:  # noqa: SIM118
            del self._environment.cache[key]

    def write(self, name, context):
        """The Markdown of a document.

        Raises:
            TemplateError: the template asks for what is not there.
        """
        numbers = count(1)
        self._environment.globals["n"] = lambda: next(numbers)
        try:
            text = self._environment.get_template(name).render(context)
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing is printed
            raise TemplateError(f"refused: {type(error).__name__}") from None
        return mdenv._MANY_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


PEN = Pen()


@dataclass(frozen=True)
class Base:
    """One family, and what its documents are made of."""

    name: str
    case: object
    officer: object
    sessions: tuple
    entries: tuple
    own: dict
    today: date
    laid: tuple = ()
    timetable: tuple | None = None
    checked: tuple = ()
    others: tuple = field(default=(), compare=False)

    @property
    def kinds(self):
        """What is written of it; of a family for its calendar alone, the documents that show one."""
        if self.name.endswith(("agreed", "proposals", "two")):
            return "plan", "child plan"
        return tuple(kind for kind in TEMPLATE if self.timetable or kind not in {"timetable", "copy"})

    @cached_property
    def cast(self):
        return cast_of(
            self.case, self.sessions, self.entries, self.own, self.officer, self.today, self.others, self.laid,
            self.checked, "", ("Colin Osei",),
        )  # fmt: skip

    def cast_for(self, kind):
        return replace(self.cast, copy_for="A" if kind == "copy" else "")

    def context(self, kind):
        case, more = self.case, {"today": self.today, "version": 1}
        if kind == "timetable":
            return contexts.timetable(case, *self.timetable, **more)
        more["laid"] = self.laid
        if kind == "plan":
            return contexts.plan(case, self.officer, self.sessions, self.entries, **more)
        if kind == "child plan":
            return contexts.child_plan(case, self.officer, self.sessions, self.entries, **more)
        standing = Standing("", final=True, reviewed_by="Colin Osei", reviewed_on=self.today, checked=self._checked())
        if kind == "copy":
            standing = Standing(COPY, copy_for=case.side_names("A"))
        if kind == "returned":
            case = replace(case, returned=Return(self.today, "Reason", ENDED))
        pictures = {number: f"d{number}.png" for number in range(1, 9)}
        return contexts.report(
            case, self.officer, self.sessions, self.entries, self.own, pictures=pictures, standing=standing, **more
        )

    def _checked(self):
        return tuple(
            Checked(self.case.side_names(c.side), date.fromisoformat(c.written_at[:10]), c.answered_on, 1, 1)
            for c in self.checked
        )

    def written(self, kind, context=None, pen=None):
        return (pen or PEN).write(TEMPLATE[kind], self.context(kind) if context is None else context)

    def read(self, markdown):
        return passages(f"{self.case.number}-document-v1.md", markdown.encode())

    def findings(self, kind, read):
        return attribution(read, self.cast_for(kind))


def everything_of(desk, ids):
    """Both families of an opened file, as they are and marked, each told from the other."""
    from cppp_cli.commands import schedule
    from cppp_cli.commands.plan_calendar import laid_out
    from cppp_cli.store import appointments, cases, ledger, sessions

    found = []
    for family, case_id in ids.items():
        case = cases.load(desk.db, case_id)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            laid = laid_out(desk, case)
            planned = schedule.require_timetable(desk, case_id)
        standing = appointments.current(desk.db, case_id)
        states = {step.key: schedule._how(desk, case_id, step.key, standing.get(step.key)) for step in planned.steps}
        own = cases.report_sheet(desk.db, case_id, desk.moment).answers()
        found.append(
            Base(family, case, desk.officer, sessions.of_case(desk.db, case_id), ledger.entries(desk.db, case_id), own,
                 desk.today, laid, (planned, states), _copies())
        )  # fmt: skip
    other = {base.name: _elsewhere(base.case) for base in found}
    found = [replace(base, others=tuple(e for name, e in other.items() if name != base.name)) for base in found]
    return [*found, *(marked(base, laid) for base in found for laid in ("agreed", "proposals", "one each", "two"))]


def _copies():
    return (
        FactCheck(1, "cppp-report", 1, "A", "2026-08-06T10:00:00+00:00", date(2026, 8, 11)),
        FactCheck(2, "cppp-report", 1, "B", "2026-08-07T10:00:00+00:00", date(2026, 8, 12)),
    )


def _elsewhere(case):
    people = (*case.adults, *case.children)
    addresses = tuple(adult.address.text for adult in case.adults if adult.address)
    beside = tuple(person for person in case.others if person.number)  # the court's own appointments have none
    return Elsewhere(case.reference, (case.number,), tuple(person.full_name for person in people), addresses,
                     tuple(person.called for person in people if person.called), beside)  # fmt: skip


def marked(base, laid):
    """A family with a whole plan and every session in marked words, and with a calendar of a kind."""
    made = load("plan_family", TESTS / "documents" / "plan_family.py")
    specs = dict(made.ENTRIES)
    specs[12] = specs[1] | {"topic": "travel", "yes_a_on": "2026-07-02", "yes_b_on": "2026-07-03", "wishes": (),
                            "wording": "Word12", "confirmed_a_on": "2026-07-04", "confirmed_b_on": "2026-07-05"}  # fmt: skip
    specs[13] = {"topic": "money", "children": ("all",), "state": "not_agreed", "asked_a": "PutA13",
                 "court_a_as": "as_asked", "court_b_as": "nothing", "offered_b": "ToldB13", "offer_told_b": "yes"}  # fmt: skip
    specs[14] = specs[6] | {"topic": "activities", "children": ("2",), "wording": "Word14", "for_child": ""}
    case = replace(base.case, others=(
        OtherPerson(1, "Helen Marsh", "children's guardian"), OtherPerson(2, "Jonah Pike", "children's solicitor"),
    ))  # fmt: skip
    family = made.family(case, base.officer, laid, specs)
    short = tuple(replace(one, agreed=one.agreed and lay(one.agreed.calendar, one.agreed.first, NIGHTS), proposals=one.proposals
                          and tuple(lay(n.calendar, n.first, NIGHTS) for n in one.proposals)) for one in family.laid)  # fmt: skip
    sessions = made.sessions_of(_sessions(made), case.id)
    own = made.answers({"summary": "Summary of it all.", "analysis": "Analysis of it all."})
    return Base(f"{base.name}, marked, {laid}", case, base.officer, sessions, family.entries, own, made.TODAY, short,
                None, _copies(), base.others)  # fmt: skip


def _sessions(made):
    """The marked sessions on days of their own, with words, a letter and a drawing of both children."""
    days = {10: "2026-07-01", 20: "2026-07-03", made.CHILD_SESSION: "2026-07-10", made.JOINT_SESSION: made.MET}
    found = {}
    for number, (kind, side, marks) in made.SESSIONS.items():
        said = dict(marks) | {"held_on": days[number], "starts_at": "10:00", "ends_at": f"11:{number % 60:02}",
                             "mode": "video" if number == 20 else "in_person"}  # fmt: skip
        if kind == "child":
            said |= {"children.2.seen": "not_seen", "children.2.not_seen_reason": "Reason2"}
            said |= {"statements.4.child": "2", "statements.4.words": "Said4", "statements.4.exact": "exact",
                     "statements.4.wish": ("court",), "statements.4.decision": ("court",)}  # fmt: skip
            said |= {"letters.2.child": "2", "letters.2.form": "drawing", "letters.2.picture": 2,
                     "letters.2.description": "Drawing2", "letters.2.wish": ("court",), "letters.2.decision": ("court",)}  # fmt: skip
        found[number] = (kind, side, said)
    return found


def answers_changed(sessions, change):
    """Sessions whose answers went through a function of the session and its answers."""
    return tuple(replace(session, answers=change(session, dict(session.answers))) for session in sessions)


def answer(value):
    return value if isinstance(value, Answer) else Answer(value)
