"""The program killed, or its window closed, while an officer types: every answer shown as saved is in the file.

Here each script is killed at two of its prompts. To kill it at every prompt, and at many moments between two prompts:

    python tests/proof/run.py prompts

which runs this module with ``KILL_EVERYWHERE=1`` and sums the property ``kills`` of its tests.
"""

from __future__ import annotations

import importlib
import os
import random
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.programme.answers import Answer
from cppp_cli.questions import closing, confirm_again
from cppp_cli.questions.model import Facts
from cppp_cli.store import cases, confirming, records, sessions
from cppp_cli.store.closing import FORM as CLOSE
from cppp_cli.store.file import open_file
from cppp_cli.store.forms import NOTE, RETURN, FormSheet
from cppp_cli.store.ledger_sheet import LedgerSheet

sys.path.append(str(Path(__file__).parents[1]))
officer_file = importlib.import_module("proof.officer_file")
whole_stories = importlib.import_module("stories")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a console of Windows cannot be driven from another program")

EVERYWHERE = bool(os.environ.get("KILL_EVERYWHERE"))
NAMES = (
    *("new-case", "parent-a", "parent-b", "child", "joint", "other", "report", "return", "close", "confirm"),
    "calendar",
)
HERE = [("family-1", name) for name in NAMES if name not in {"parent-b", "confirm"}]
# What the second family's report leaves blank is asked again each time, and is nobody's words.
THERE = [(family, name) for family in FAMILIES for name in NAMES if (family, name) != ("family-2", "report")]
KEYS = THERE if EVERYWHERE else HERE
FORMS = {"return": RETURN, "note": NOTE, "close": CLOSE}
TODAY = date(2026, 8, 6)
ENDS = {
    "close": (
        closing.SCRIPT,
        {closing.KEEP_MONTHS: Answer(12)},
        'closed_on = 2026-08-04\nrecord_confirmed = "yes"\ndue_on = 2027-07-01',
    ),
    "confirm": (
        confirm_again.SCRIPT,
        {},
        "consent_a_on = 2026-08-03\nconsent_b_on = 2026-08-04\nsafety_on = 2026-08-05",
    ),
}
"""Scripts about a case as such: what they know, and an answers file."""


def nine():
    return "2026-08-06T09:00:00+00:00"


class Drawer:
    """The officer's file of one test."""

    def __init__(self, shelf, home, family, name):
        self.shelf, self.home, self.name = shelf, home, name
        self.case_id = shelf.cases[family]
        self.path = shelf.take({"new-case": "empty", "report": "held"}.get(name, "opened"), home)
        reference = shelf.references[family]
        self.command = {
            "new-case": ["new-case"],
            "report": ["report", reference],
            "return": ["case", "return", reference],
            "note": ["session", "stop", reference],
            "close": ["case", "close", reference],
            "confirm": ["case", "confirm", reference],
            "calendar": ["agreement", "calendar", reference, "agreed"],
        }.get(name, ["session", "log", reference, name])
        if name == "confirm":
            self._came_from_another_officer()

    def _came_from_another_officer(self):
        db = open_file(self.path, self.shelf.key)
        try:
            with db.atomic():
                row = [self.case_id, "2026-08-01", "Another Officer"]
                db.execute("INSERT INTO handover (case_id, came_on, came_from) VALUES (?, ?, ?)", row)
        finally:
            db.close()

    def _sheet(self, db):
        if self.name == "new-case":
            found = cases.drafts(db)
            number = found[-1].id if found else cases.begin(db, nine)
            return cases.sheet(db, number, nine)
        if self.name in FORMS:
            return FormSheet(db, self.case_id, FORMS[self.name])
        if self.name == "calendar":
            return LedgerSheet(db, self.case_id, "calendar.agreed")
        if self.name == "confirm":
            return confirming.ConfirmSheet(db, self.case_id)
        if self.name == "report":
            return cases.report_sheet(db, self.case_id, nine)
        found = sessions.of_case(db, self.case_id)
        number = found[-1].id if found else sessions.begin(db, self.case_id, self.name, nine)
        return sessions.sheet(db, number, self.case_id, nine)

    def answers(self):
        return self.look(lambda sheet: sheet.answers())

    def look(self, at):
        db = open_file(self.path, self.shelf.key)
        try:
            return at(self._sheet(db))
        finally:
            db.close()

    def be_whole(self):
        """Every page, every reference and the history are as they should be."""
        assert officer_file.faults(self.path, self.shelf.key) == []

    def fill(self, answers):
        """Lay down answers given before the test begins."""
        db = open_file(self.path, self.shelf.key)
        try:
            sheet = self._sheet(db)
            missing = [path for path in answers if path not in sheet.answers()]
            with db.atomic():
                for path in missing:
                    if path.endswith(".picture") and answers[path].value:
                        records.add_picture(db, self.case_id, b"", "image/png", (1, 1), nine)
                    sheet.put(path, answers[path])
        finally:
            db.close()

    @property
    def says_what_it_found(self):
        return self.name not in {"report", "confirm", *FORMS}


@pytest.fixture
def author(typist):
    """Who types the answers of a script."""

    def find(family, name):
        if name not in ENDS:
            return typist(*(("", "return") if name == "return" else (family, name)))
        script, known, answers = ENDS[name]
        return type(typist("", "return"))(whole_stories._filled(name, script, Facts(TODAY, known), answers))

    return find


@pytest.fixture
def drawer(shelf, tmp_path):
    return lambda family, name: Drawer(shelf, tmp_path / "home", family, name)


def come_back(window, drawer, *, begun):
    """Start the command and go on with what was found."""
    opened = window(drawer.home, *drawer.command, passphrase=drawer.shelf.recovery)
    if begun and drawer.says_what_it_found:
        opened.until_asked("Found: ")
        opened.send("1\r")
    return opened


def answer_and_lose(window, drawer, who, number, lose):
    """Answer one question, wait until the next is drawn, lose the program, and compare one answer after the other."""
    opened = come_back(window, drawer, begun=number > 1)
    who.give(opened, number)
    if number < len(who.line):
        opened.until_question(number + 1)
    else:
        opened.until_asked("Type a number to change that answer")
    lose(opened)
    drawer.be_whole()
    kept, expected = drawer.answers(), who.first(number)
    for path, answer in expected.items():
        assert kept.get(path) == answer
    assert kept.keys() == expected.keys()


def places(count, dice):
    """The questions at which to kill: all of them, or one in the first half and one in the second."""
    if EVERYWHERE:
        return range(1, count + 1)
    return sorted({dice.randint(1, count // 2), dice.randint(count // 2 + 1, count)})


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_killed_at_a_prompt_every_answer_is_in_the_file(window, drawer, author, key, record_property):
    place, who = drawer(*key), author(*key)
    numbers = places(len(who.line), random.Random(f"{key}"))
    for number in numbers:
        if number > 1:
            place.fill(who.first(number - 1))
        answer_and_lose(window, place, who, number, lambda opened: opened.kill())
    record_property("kills", len(numbers))


@pytest.mark.parametrize("name", ["new-case", "child"])
def test_a_window_closed_at_a_prompt_loses_nothing(window, drawer, typist, name):
    place, who = drawer("family-2", name), typist("family-2", name)
    place.fill(who.first(11))
    answer_and_lose(window, place, who, 12, lambda opened: opened.shut())


@pytest.mark.parametrize("seed", range(60 if EVERYWHERE else 3))
def test_killed_at_any_moment_the_file_opens_with_the_answer_or_without_it(
    window, drawer, typist, seed, record_property
):
    dice, who, place = random.Random(seed), typist("family-2", "joint"), drawer("family-2", "joint")
    number = dice.randint(2, len(who.line))
    place.fill(who.first(number - 1))
    opened = come_back(window, place, begun=True)
    who.give(opened, number)
    time.sleep(dice.uniform(0, 0.03))
    opened.kill()
    record_property("kills", 1)
    place.be_whole()
    kept = place.answers()
    assert kept in (who.first(number - 1), who.first(number))


def test_a_note_of_concern_that_was_cut_off_is_a_note(window, drawer, typist, shelf):
    place, who = drawer("family-1", "note"), typist("", "safeguarding")
    for number in range(1, 4):  # each start keeps the note cut off before as it was, and begins a new one
        opened = come_back(window, place, begun=False)
        for done in range(1, number + 1):
            who.give(opened, done)
        opened.until_question(number + 1)
        opened.kill()
        assert place.answers() == who.first(number)
    listed = window(place.home, "session", "notes", shelf.references["family-1"], passphrase=shelf.recovery)
    assert listed.end() == 0
    assert listed.text.count("I am cold at night and I told nobody.") == 3


def test_words_that_were_being_typed_are_kept_too(window, drawer, typist):
    who, place = typist("family-1", "parent-a"), drawer("family-1", "parent-a")
    number = 1 + [step.path for step in who.line].index("obstacles")
    place.fill(who.first(number - 1))
    opened = come_back(window, place, begun=True)
    opened.until_question(number)
    words = "We begin with one thing\nand end with another"
    opened.send(words.replace("\n", "\r"))
    until = time.monotonic() + 20
    while place.look(lambda sheet: sheet.unfinished("obstacles")) != words:
        assert time.monotonic() < until, "words in a field are kept once a second"
        time.sleep(0.1)
    opened.kill()
    again = come_back(window, place, begun=True)
    again.expect("These words were typed and not yet saved")
    again.until_question(number)
    again.expect("and end with another")
    again.send("\x04")
    again.until_question(number + 1)
    again.kill()
    assert place.answers()["obstacles"].value == words
