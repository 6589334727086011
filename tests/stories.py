"""Every guided script with a whole set of answers, as both made-up families give them."""

from __future__ import annotations

import contextlib
from functools import cached_property

from cppp_cli import paths
from cppp_cli.commands.demo import FAMILIES, WRITTEN_ON, on_day
from cppp_cli.commands.ledger_facts import entry_facts
from cppp_cli.commands.office import Office
from cppp_cli.commands.session_script import facts_for, script_of
from cppp_cli.interview.scripted import Outcome, apply, parse
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import AGREED, OPEN
from cppp_cli.questions import (
    agreement,
    calendar_of_case,
    new_case,
    officer,
    report_words,
    return_to_court,
    safeguarding,
)
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Facts
from cppp_cli.store import cases, sessions
from cppp_cli.store import officer as officers
from cppp_cli.store.file import open_file
from cppp_cli.store.sheets import MemorySheet

SESSIONS = ("parent-a", "parent-b", "child", "joint", "other")
PLAN = ("agreed", "open", "calendar")  # two entries of the plan, and the calendar both agreed
OF_A_FAMILY = ("new-case", *SESSIONS, "report", *PLAN)
OF_NOBODY = ("init", "return", "safeguarding")
KEYS = [*((family, name) for family in FAMILIES for name in OF_A_FAMILY), *(("", name) for name in OF_NOBODY)]

NOTE = """
words = "I am cold at night and I told nobody."
said_by = "A child"
told_next = "That I would speak to my manager today."
manager_told = "yes"
end_session = "no"
"""
# A further meeting is in no example: with the children in the first family, with both sides in the second.
OTHER = """
outcome = "held"
held_on = 2026-08-03
came = ["children.1", "adults.1", "adults.2"]
purpose = "To finish what the bell cut short."
instead_of = "split"
relates_to = "{relates_to}"
"""
OTHER_MORE = {
    "child": 'children.1.seen = "seen_alone"\nchildren.1.same = "The cat."\nhas_statements = "no"',
    "joint": 'has_topics = "yes"\ntopics.1.topic = "health"\ntopics.1.state = "agreed"\ntopics.1.wording = "Both go."\ntopics.1.said_yes = ["A", "B"]',
}


class Story:
    """One script as one family answers it."""

    def __init__(self, name, script, facts, answers):
        self.name, self.script, self.facts, self.answers = name, script, facts, dict(answers)

    @cached_property
    def line(self):
        """The questions in the order they are asked when all answers are known."""
        return steps(self.script, self.answers, self.facts)


def every(shelf, folder):
    """All stories by (family, name); those that are of no family under ""."""
    found = {}
    with contextlib.ExitStack() as stack:

        def desk(stage):
            home = folder / f"{stage}-{len(found)}"
            db = open_file(shelf.take(stage, home), shelf.key)
            stack.callback(db.close)
            return on_day(Office(home, db, officers.load(db), WRITTEN_ON, lambda: None), WRITTEN_ON)

        for number, family in enumerate(FAMILIES):
            relates_to = list(OTHER_MORE)[number]
            before, after = desk("opened"), desk("filled")
            for story in _of_family(before, after, shelf.cases[family], relates_to):
                found[family, story.name] = story
    for name, script, text in (
        ("init", officer.SCRIPT, (paths.examples() / "officer.toml").read_text(encoding="utf-8")),
        ("return", return_to_court.SCRIPT, (paths.examples() / "return.toml").read_text(encoding="utf-8")),
        ("safeguarding", safeguarding.SCRIPT, NOTE),
    ):
        found["", name] = _filled(name, script, Facts(WRITTEN_ON), text)
    return found


def _of_family(before, after, case_id, relates_to):
    new = Facts(after.today, {"usual_court": Answer(after.officer.usual_court)})
    own = Facts(after.today, cases.background(after.db, case_id, after.moment))
    yield Story("new-case", new_case.SCRIPT, new, own.background)
    for session in sessions.of_case(after.db, case_id):
        yield Story(session.name, script_of(session.name), facts_for(before, case_id, session.name), session.answers)
    words = cases.report_sheet(after.db, case_id, after.moment).answers()
    yield Story("report", report_words.SCRIPT, own, words)
    text = OTHER.format(relates_to=relates_to) + OTHER_MORE[relates_to]
    yield _filled("other", script_of("other"), facts_for(before, case_id, "other"), text)
    yield from _of_the_plan(after, case_id)


def _of_the_plan(desk, case_id):
    """Of the entries that a family logged at the desk the fullest of each kind, as a new one; and its calendar."""
    case = cases.load(desk.db, case_id)
    place = paths.examples() / next(family for family in FAMILIES if _is(family, case))
    entries = {}
    for path, value in parse((place / "agreement.toml").read_text(encoding="utf-8"), "agreement").items():
        _, number, key = path.split(".", 2)
        entries.setdefault(number, {})[key] = value
    facts = entry_facts(desk, case, "entry.99")
    for name, states in (("agreed", AGREED), ("open", OPEN)):
        of_kind = [said for said in entries.values() if said["entry"] == "new" and said["state"] in states]
        said = max(of_kind, key=len)
        yield _answered(name, agreement.SCRIPT, facts, {key: value for key, value in said.items() if key != "entry"})
    text = next(place.glob("calendar-agreed*.toml")).read_text(encoding="utf-8")
    yield _filled("calendar", calendar_of_case.AGREED, facts, text)


def _is(family, case):
    return case.number in (paths.examples() / family / "new-case.toml").read_text(encoding="utf-8")


def _filled(name, script, facts, text):
    return _answered(name, script, facts, parse(text, name))


def _answered(name, script, facts, given):
    sheet = MemorySheet()
    outcome = apply(script, sheet, facts, given, attach=lambda _: 1, complete=True)
    assert outcome == Outcome()
    return Story(name, script, facts, sheet.answers())
