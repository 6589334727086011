"""One family with a whole plan, in words of which each stands for one thing only, and a reader of finished documents.

Everything typed is a marker, so that a name in a document is always one the program put there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from cppp_cli.documents import contexts
from cppp_cli.documents.calendar_shown import Laid
from cppp_cli.documents.mdenv import render
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.case import Return
from cppp_cli.programme.ledger import DESK, SESSION, Version, entry
from cppp_cli.programme.nights.lay import lay
from cppp_cli.programme.nights.rules import Calendar
from cppp_cli.programme.sessions import Session

TEMPLATES = Path(__file__).parents[2] / "templates"
TODAY = date(2026, 8, 6)
STARTS = date(2026, 9, 7)  # a Monday
FORTNIGHT, WEEKLY, WITH_OTHERS = "AAAABBA" + "AAAAAAA", "AABBAAA", "AABBAAO"
CHILD_SESSION, JOINT_SESSION = 50, 60
MET = "2026-07-29"

BOTH_YES = {"yes_a_on": MET, "yes_b_on": MET}
ENTRIES = {
    1: {"topic": "living_pattern", "children": ("all",), "state": "agreed", "wording": "Word1", **BOTH_YES,
        "confirmed_a_on": "2026-08-04", "confirmed_b_on": "2026-08-05", "review_on": "2027-02-01",
        "conditions": "Condition1", "steps.1.starts": "May 2027", "steps.1.words": "Step1",
        "wishes": (f"{CHILD_SESSION}.1", f"{CHILD_SESSION}.2"), "for_child": "Tell1"},
    2: {"topic": "handovers", "children": ("all",), "state": "agreed", "wording": "Word2", "yes_a_on": MET,
        "yes_b_on": "2026-08-01", "confirmed_a_on": "2026-08-04", "until_on": "2027-07-31", "for_child": "Tell2"},
    3: {"topic": "handovers", "children": ("2",), "instead": "yes", "state": "agreed", "wording": "Word3", **BOTH_YES,
        "confirmed_b_on": "2026-08-03", "for_child": "Tell3"},
    4: {"topic": "school_holidays", "children": ("all",), "state": "for_court", "asked_a": "PutA4",
        "court_a_as": "as_asked", "asked_b": "AskedB4", "court_b_as": "own_words", "court_b": "PutB4",
        "offered_a": "ToldA4", "offer_told_a": "yes", "offered_b": "KeptB4", "offer_told_b": "no",
        "court_asked": "Question4"},
    5: {"topic": "health", "children": ("1",), "state": "not_agreed", "asked_a": "AskedA5", "court_a_as": "nothing",
        "asked_b": "PutB5", "court_b_as": "as_asked", "offered_a": "KeptA5", "offer_told_a": "no"},
    6: {"topic": "activities", "children": ("1",), "state": "agreed_in_principle", "wording": "Word6", **BOTH_YES,
        "for_child": "Principle6"},
    7: {"topic": "money", "children": ("all",), "state": "not_raised"},
    8: {"topic": "education", "children": ("2",), "state": "not_raised"},
    9: {"topic": "if_things_change", "children": ("all",), "state": "agreed", "wording": "Word9", **BOTH_YES,
        "confirmed_a_on": "2026-08-04", "confirmed_b_on": "2026-08-04", "for_child": "Adult9"},
    10: {"topic": "travel", "children": ("all",), "state": "withdrawn", "asked_a": "AskedA10", "court_a_as": "as_asked",
         "asked_b": "AskedB10", "court_b_as": "as_asked"},
    11: {"topic": "religion_culture", "children": ("2",), "state": "progress", "asked_a": "PutA11",
         "court_a_as": "as_asked", "asked_b": "PutB11", "court_b_as": "as_asked", "court_asked": ""},
}  # fmt: skip
NEVER = ("AskedB4", "KeptB4", "AskedA5", "KeptA5", "AskedA10", "AskedB10", "Said2")
"""What no document may print: asked and not put to the court, offered and not to be told, withdrawn, not cleared."""

VIEWS = ("obstacles", "situation", "communication", "hopes", "best_for_child", "child_would_say")
SESSIONS = {
    10: ("parent", "A", {key: f"ViewA{n}" for n, key in enumerate(VIEWS)} | {"came": ("adults.1",)}),
    20: ("parent", "B", {key: f"ViewB{n}" for n, key in enumerate(VIEWS)} | {"came": ("adults.2",)}),
    CHILD_SESSION: ("child", None, {
        "came": ("children.1", "children.2"), "children.1.seen": "seen_alone", "children.2.seen": "observed",
        "statements.1.child": "1", "statements.1.words": "Said1", "statements.1.exact": "exact",
        "statements.1.wish": ("court",), "statements.1.decision": ("court",),
        "statements.2.child": "2", "statements.2.words": "Said2", "statements.2.exact": "exact",
        "statements.2.wish": ("nobody",), "statements.2.decision": ("court",),
        "statements.3.child": "2", "statements.3.words": "Said3", "statements.3.exact": "summary",
        "statements.3.wish": ("court",), "statements.3.decision": ("court",),
        "letters.1.child": "1", "letters.1.form": "letter", "letters.1.words": "Letter1",
        "letters.1.wish": ("court",), "letters.1.decision": ("court",)}),
    JOINT_SESSION: ("joint", None, {
        "came": ("adults.1", "adults.2"), "answer_a": "AnswerA", "answer_b": "AnswerB", "way_forward_a": "WayA",
        "way_forward_b": "WayB", "promises": "Promise1\nPromise2", "next_steps": "Next1", "review_on": "2026-12-07"}),
}  # fmt: skip


def answers(values):
    return {path: value if isinstance(value, Answer) else Answer(value) for path, value in values.items()}


def entries_of(specs):
    """The entries of a ledger, each with one version that a session or the desk gave."""
    found = []
    for number, values in sorted(specs.items()):
        together = values.get("yes_a_on") == values.get("yes_b_on")
        version = Version(f"entry.{number}", 1, SESSION if together else DESK, TODAY, "2026-08-06T09:00:00+00:00",
                          answers(values), JOINT_SESSION if together else None)  # fmt: skip
        found.append(entry(number, [version]))
    return tuple(found)


def sessions_of(specs, case_id):
    moment = datetime(2026, 8, 1, 9, tzinfo=UTC)
    return tuple(
        Session(number, case_id, kind, side, "finished", moment, moment,
                answers({"outcome": "held", "held_on": MET, **said}))
        for number, (kind, side, said) in specs.items()
    )  # fmt: skip


def a_year(letters, starts=STARTS, **more):
    return lay(Calendar(letters, starts, **more), STARTS, 365)


@dataclass(frozen=True)
class Family:
    """Everything the documents of one case are made of."""

    case: object
    officer: object
    sessions: tuple
    specs: dict
    laid: tuple = ()
    own: dict = None
    returned: bool = False

    @property
    def entries(self):
        return entries_of(self.specs)

    def context(self, kind):
        case = replace(self.case, returned=Return(TODAY, "Reason", "Sentence")) if kind == "returned" else self.case
        more = {"today": TODAY, "version": 1, "laid": self.laid}
        if kind == "plan":
            return contexts.plan(case, self.officer, self.sessions, self.entries, **more)
        if kind == "child plan":
            return contexts.child_plan(case, self.officer, self.sessions, self.entries, **more)
        return contexts.report(
            case, self.officer, self.sessions, self.entries, answers({"summary": "Summary"}), pictures={}, **more
        )

    def written(self, kind, folders=(TEMPLATES,)):
        return render(TEMPLATE[kind], self.context(kind), list(folders))


TEMPLATE = {
    "plan": "parenting_plan.md.j2",
    "child plan": "child_plan.md.j2",
    "report": "cppp_report.md.j2",
    "returned": "cppp_report_returned.md.j2",
}


def family(case, officer, laid="agreed", specs=ENTRIES):
    numbers = tuple(child.number for child in case.children)
    both, proposed = (a_year(FORTNIGHT), a_year(WEEKLY)), (a_year(FORTNIGHT), a_year(WITH_OTHERS))
    kinds = {
        "none": (),
        "agreed": (Laid(numbers, agreed=both[0], yes_on=(date(2026, 8, 1), date(2026, 8, 2))),),
        "proposals": (Laid(numbers, proposals=proposed),),
        "one each": (Laid((1,), agreed=both[0]), Laid((2,), proposals=proposed)),
        "two": (Laid((1,), agreed=both[0]), Laid((2,), agreed=both[1])),
    }
    return Family(case, officer, sessions_of(SESSIONS, case.id), specs, kinds[laid])


# ---------------------------------------------------------------------------------- the family with people exchanged


def sides_exchanged(found):
    """Each adult on the other side, and nothing else changed: so the words of A are now the other adult's."""
    adults = tuple(replace(adult, side={"A": "B", "B": "A"}[adult.side]) for adult in found.case.adults)
    return replace(found, case=replace(found.case, adults=adults))


def words_exchanged(found):
    """What A said of every entry is B's, and the other way round."""

    def other(path):
        for one, two in (("_a", "_b"), ("_b", "_a")):
            for end in ("", "_as", "_on"):
                if path.endswith(one + end):
                    return path.removesuffix(one + end) + two + end
        return path

    specs = {number: {other(path): value for path, value in spec.items()} for number, spec in found.specs.items()}
    return replace(found, specs=specs)


def nights_exchanged(found):
    def swap(nights):
        calendar = nights.calendar
        return a_year(calendar.letters.translate(str.maketrans("AB", "BA")))

    laid = tuple(
        replace(one, agreed=one.agreed and swap(one.agreed), proposals=one.proposals and one.proposals[::-1])
        for one in found.laid
    )
    return replace(found, laid=laid)


def siblings_renamed(found):
    one, two = found.case.children[:2]
    children = (replace(one, full_name=two.full_name, called=two.called),
                replace(two, full_name=one.full_name, called=one.called), *found.case.children[2:])  # fmt: skip
    return replace(found, case=replace(found.case, children=children))


def siblings_exchanged(found):
    """Each entry that is for one child is for the other, as are its calendar and what was said."""
    swap = {"1": "2", "2": "1", "all": "all"}
    specs = {n: spec | {"children": tuple(swap[c] for c in spec["children"])} for n, spec in found.specs.items()}
    laid = tuple(replace(one, children=tuple(int(swap[str(c)]) for c in one.children)) for one in found.laid)
    sessions = []
    for session in found.sessions:
        moved = {}
        for path, answer in session.answers.items():
            parts = path.split(".")
            if parts[-1] == "child":
                moved[path] = Answer(swap[answer.value])
            elif parts[0] == "children":
                moved[".".join([parts[0], swap[parts[1]], *parts[2:]])] = answer
            else:
                moved[path] = answer
        sessions.append(replace(session, answers=moved))
    return replace(found, specs=specs, laid=laid, sessions=tuple(sessions))


EXCHANGES = (sides_exchanged, words_exchanged, nights_exchanged, siblings_renamed, siblings_exchanged)
