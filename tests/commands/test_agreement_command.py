"""``cppp agreement log``, ``show``, ``history``, ``compare``, ``check``, ``calendar`` and ``terms``, as typed."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from cppp_cli.commands import office
from cppp_cli.interview.asking import Command, Left
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.sessions import numbered_statements
from cppp_cli.store import ledger, sessions, terms

EXAMPLES = Path(__file__).parents[2] / "examples"
FAMILIES = ("family-1", "family-2")
OTHER = {"family-1": "family-2", "family-2": "family-1"}
DAY = "2026-07-29"
HOSTILE = {
    "markup": "[b]bold[/b] [red]x[/red] **z**",
    "template": "{{ x }} {% for %} {# c #}",
    "placeholder": "{a} {child} {nobody} {0} %s",
    "lines": "one\ntwo\n\nfour",
    "long": "word " * 1_000 + "end",
    "right to left": "\u05e9\u05dc\u05d5\u05dd and back",
    "quotes": "“q” 'single' \\ back",
}


class Change(str):
    """At the review: the question that holds these words, to be answered anew."""

    __slots__ = ()


class Asker:
    """Answers each prompt by the first rule whose words it holds; otherwise what stands there, or nothing."""

    def __init__(self, *rules):
        self.rules = list(rules)
        self.prompts, self.said = [], []

    def ask(self, prompt):
        self.prompts.append(prompt)
        for place, (words, reply) in enumerate(self.rules):
            if words in prompt.text:
                del self.rules[place]
                if isinstance(reply, BaseException):
                    raise reply
                if isinstance(reply, Change):
                    return self.number_of(reply)
                return reply(prompt) if callable(reply) else reply
        if prompt.current is not None:
            return prompt.current if isinstance(prompt.current, tuple) else str(prompt.current)
        if prompt.optional or "Type a number" in prompt.text:
            return ""
        pytest.fail(f"nobody answers: {prompt.text}")

    def say(self, text):
        self.said.append(text)

    def section(self, title, text):
        self.said.append(f"{title}\n{text}")

    def number_of(self, words, which=-1):
        """The number at which the last review shows a question."""
        return re.findall(rf"^(\d+)\. [^\n]*{words}", "\n".join(self.said), re.MULTILINE)[which]

    @property
    def texts(self):
        return [prompt.text for prompt in self.prompts]


@pytest.fixture
def at_desk(monkeypatch):
    """Sit somebody at the terminal who answers by rules; every rule must be used, in whatever order."""
    sat = []

    def sit(*rules):
        asker = Asker(*rules)
        sat.append(asker)
        monkeypatch.setattr(office, "asker", lambda **_: asker)
        return asker

    yield sit
    assert [rule for asker in sat for rule in asker.rules] == []


@pytest.fixture(params=FAMILIES)
def mine(request):
    return request.param


@pytest.fixture
def agreement(cppp, shelf):
    """Run ``cppp agreement WORD CASE ...`` for a family; ``file`` are the lines of an answers file."""

    def run(family, word, *more, code=0, stdin="", **options):
        done = cppp("agreement", word, shelf.references[family], *more, stdin=stdin, **options)
        assert done.code == code, done.out + done.err
        return done

    return run


@pytest.fixture
def log(agreement, answers_file):
    """Log entries from a file; ``e1__topic`` is the path ``entries.1.topic``."""

    def run(family, code=0, **given):
        paths = {path.replace("e", "entries.", 1).replace("__", "."): said for path, said in given.items()}
        return agreement(family, "log", "--answers", answers_file(name="log.toml", **paths), code=code)

    return run


@pytest.fixture
def data(agreement):
    return lambda family, word, *more: json.loads(agreement(family, word, *more, "--json").out)["result"]


@pytest.fixture
def entries(look, shelf):
    return lambda family: look(lambda db: ledger.entries(db, shelf.cases[family]))


@pytest.fixture
def everything(look):
    """Every row of the plan of both families."""

    def rows(db):
        return {t: list(db.query(f"SELECT * FROM {t}"))
                for t in ("ledger_version", "ledger_answer", "form_answer", "term_period", "parent_form")}  # fmt: skip

    return lambda: look(rows)


def new(number=1, **said):
    whole = {"entry": "new", "topic": "house_rules", "children": ["all"], "state": "not_agreed", "court_a_as": "nothing",
             "court_b_as": "nothing"} | said  # fmt: skip
    return {f"e{number}__{path}": value for path, value in whole.items() if value is not None}


def agreed(number=1, **said):
    whole = {"state": "agreed", "wording": "Each pays half.", "yes_a_on": DAY, "yes_b_on": "2026-08-01",
             "court_a_as": None, "court_b_as": None} | said  # fmt: skip
    return new(number, **whole)


def last(entries, family):
    return entries(family)[-1]


# ------------------------------------------------------------------------------------------ words survive


@pytest.mark.parametrize("words", HOSTILE.values(), ids=list(HOSTILE))
def test_words_come_back_as_they_were_logged(log, agreement, data, entries, mine, words):
    one_line = " ".join(words.split())[:1_900].strip()
    log(mine, **new(topic="other", topic_other=one_line, asked_a=words, offered_a=words, offer_told_a="no",
                    asked_b=words, court_a_as="own_words", court_a=words) )  # fmt: skip
    number = last(entries, mine).number
    (shown,) = data(mine, "show", "--entry", number)["entries"]
    assert (shown["positions"]["a"]["asked"], shown["positions"]["a"]["offered"]) == (words, words)
    assert (shown["positions"]["b"]["asked"], shown["positions"]["a"]["to_court"]) == (words, words)
    (version,) = data(mine, "history", "--entry", number)
    assert [line["after"] for line in version["changes"]].count(words) == 4 + (words == one_line)
    (compared,) = [e for e in data(mine, "compare")["entries"] if e["entry"] == number]
    assert compared["positions"]["b"]["asked"] == words
    for word, more in (("show", ["--entry", number]), ("history", ["--entry", number]), ("compare", [])):
        printed = agreement(mine, word, *more).out
        assert words in printed
        assert one_line in printed
    assert "Traceback" not in agreement(mine, "show").out
    log(mine, e1__entry=number, e1__asked_a="Otherwise", e1__court_a_as="nothing")
    first, second = data(mine, "history", "--entry", number)
    assert {"what": shown_question(first, words), "before": words, "after": "Otherwise"} in second["changes"]


def shown_question(version, words):
    return next(line["what"] for line in version["changes"] if line["after"] == words and "ask for" in line["what"])


@pytest.mark.parametrize("words", HOSTILE.values(), ids=list(HOSTILE))
def test_words_in_the_choices_of_a_prompt_are_only_words(log, at_desk, agreement, mine, words):
    one_line = " ".join(words.split())[:1_900].strip()
    log(mine, **new(topic="other", topic_other=one_line, asked_a=words))
    officer = at_desk(("Which topic?", "done"))
    agreement(mine, "log")
    assert any(one_line.casefold() in choice.label.casefold() for choice in officer.prompts[0].choices)
    questions = agreement(mine, "log", "--questions").out
    assert tomllib.loads(questions) == {}


def test_a_place_to_fill_in_is_never_filled_in_user_text(log, at_desk, agreement, entries):
    log("family-1", **agreed(wording="{a} pays [half?] and {b} {other}."))
    number = last(entries, "family-1").number
    at_desk(("Which topic?", f"entry.{number}"), ("Type a number", Change("only on a condition")),
            ("only on a condition", "{a} if {b}"), ("otherwise than what both said yes to", "slip"),
            ("Which topic?", "done"))  # fmt: skip
    agreement("family-1", "log")
    found = last(entries, "family-1")
    assert (found.wording, found.conditions) == ("{a} pays [half?] and {b} {other}.", "{a} if {b}")


# ------------------------------------------------------------------------------------------ one yes is not two


@pytest.mark.parametrize("missing", ["yes_a_on", "yes_b_on", "wording"])
@pytest.mark.parametrize("state", ["agreed", "agreed_in_principle"])
def test_no_file_makes_one_yes_an_agreement(log, everything, mine, state, missing):
    before = everything()
    done = log(mine, code=3, **agreed(state=state, **{missing: None}))
    assert f"entries.1.{missing}" in done.err
    done = log(mine, code=3, **agreed(state=state, **{missing: {"skip": "not known"}}))
    assert "needed" in done.err
    assert everything() == before


def test_no_file_brings_an_open_entry_to_agreed_with_one_yes(log, everything, entries, mine):
    log(mine, **new(asked_a="Mine", asked_b="Theirs"))
    number = last(entries, mine).number
    before = everything()
    done = log(mine, code=3, e1__entry=number, e1__state="agreed", e1__wording="X", e1__yes_a_on=DAY)
    assert "entries.1.yes_b_on" in done.err
    assert "yes_a_on" not in done.err
    assert everything() == before
    log(mine, e1__entry=number, e1__state="agreed", e1__wording="X", e1__yes_a_on=DAY, e1__yes_b_on=DAY)
    found = last(entries, mine)
    assert (found.is_agreed, found.a.asked, found.b.asked) == (True, "Mine", "Theirs")


def test_a_yes_lies_never_in_the_future(log, everything, mine):
    before = everything()
    assert "yes_a_on" in log(mine, code=3, **agreed(yes_a_on="2026-08-07")).err
    assert "confirmed_b_on" in log(mine, code=3, **agreed(confirmed_b_on="2026-08-07")).err
    log(mine, code=3, **agreed(confirmed_b_on="2026-07-01"))
    assert everything() == before


def test_open_and_agreed_again_needs_a_new_yes(log, everything, entries, mine):
    log(mine, **agreed(asked_a=None))
    number = last(entries, mine).number
    log(mine, e1__entry=number, e1__state="not_agreed", e1__asked_a="All of it", e1__court_a_as="as_asked",
        e1__court_b_as="nothing")  # fmt: skip
    found = last(entries, mine)
    assert (found.wording, found.a.asked, found.a.yes_on, found.agreed_on) == (
        "Each pays half.",
        "All of it",
        None,
        None,
    )
    before = everything()
    done = log(mine, code=3, e1__entry=number, e1__state="agreed")
    assert {"entries.1.yes_a_on", "entries.1.yes_b_on"} <= set(re.findall(r"entries\.1\.\w+", done.err))
    assert everything() == before
    log(mine, e1__entry=number, e1__state="agreed", e1__yes_a_on="2026-08-04", e1__yes_b_on="2026-08-05")
    found = last(entries, mine)
    assert (found.agreed_on.isoformat(), found.a.asked, len(found.versions)) == ("2026-08-05", "All of it", 3)


def test_new_words_need_a_new_yes_or_are_a_slip(log, everything, entries, mine):
    log(mine, **agreed(confirmed_a_on="2026-08-03", confirmed_b_on="2026-08-03"))
    number = last(entries, mine).number
    before = everything()
    assert "entries.1.words_changed" in log(mine, code=3, e1__entry=number, e1__wording="A third each.").err
    done = log(mine, code=3, e1__entry=number, e1__wording="A third each.", e1__words_changed="both")
    assert "entries.1.changed_on" in done.err
    assert everything() == before
    log(mine, e1__entry=number, e1__wording="Each pays a half.", e1__words_changed="slip")
    found = last(entries, mine)
    assert (found.a.yes_on.isoformat(), found.confirmed_on.isoformat()) == (DAY, "2026-08-03")
    log(mine, e1__entry=number, e1__wording="A third each.", e1__words_changed="both", e1__changed_on="2026-08-05")
    found = last(entries, mine)
    assert (found.wording, found.agreed_on.isoformat(), found.a.confirmed_on) == ("A third each.", "2026-08-05", None)
    assert found.b.yes_on.isoformat() == "2026-08-05"
    assert found.b.confirmed_on is None


ARRANGED = {
    "a condition": {"conditions": "Once school starts"},
    "a step": {"has_steps": "yes", "steps.1.starts": "May", "steps.1.words": "Longer"},
    "an end": {"until_on": "2027-05-01"},
    "the children": {"children": ["1"]},
    "its place": {"instead": "yes"},
    "less": {"conditions": {"skip": "left blank"}},
}


@pytest.fixture
def two(log, entries):
    """Two agreements on a topic, one for all and one beside it for a child, both confirmed; the number of the latter."""

    def put(family, **more):
        sure = {"confirmed_a_on": "2026-08-03", "confirmed_b_on": "2026-08-03"}
        log(family, **agreed(), **agreed(2, children=["2"], instead="no", **sure, **more))
        return last(entries, family).number

    return put


def stands_of(found):
    return (found.a.yes_on.isoformat(), found.b.yes_on.isoformat(), found.a.confirmed_on and found.a.confirmed_on.isoformat(),
            found.b.confirmed_on and found.b.confirmed_on.isoformat())  # fmt: skip


UNCHANGED = (DAY, "2026-08-01", "2026-08-03", "2026-08-03")


@pytest.mark.parametrize("what", ARRANGED)
def test_what_is_otherwise_than_both_agreed_needs_their_yes_or_is_a_slip(log, two, everything, entries, mine, what):
    number = two(mine, **({"conditions": "While it is dry"} if what == "less" else {}))
    change = {f"e1__{path.replace('.', '__')}": said for path, said in ARRANGED[what].items()}
    before = everything()
    assert "entries.1.words_changed" in log(mine, code=3, e1__entry=number, **change).err
    assert "entries.1.changed_on" in log(mine, code=3, e1__entry=number, **change, e1__words_changed="both").err
    assert everything() == before
    log(mine, e1__entry=number, **change, e1__words_changed="slip")
    assert stands_of(last(entries, mine)) == UNCHANGED
    found = last(entries, mine)
    assert set(found.versions[-1].changes) == {*ARRANGED[what], *({"steps.1.more"} if what == "a step" else ())}
    log(
        mine, e1__entry=number, e1__conditions="If both are well", e1__words_changed="both", e1__changed_on="2026-08-05"
    )
    found = last(entries, mine)
    assert stands_of(found) == ("2026-08-05", "2026-08-05", None, None)
    assert found.conditions == "If both are well"


@pytest.mark.parametrize("what", ["review_on", "for_child", "wishes", "kept"])
def test_what_is_no_part_of_the_agreement_asks_for_no_yes(log, two, agreement, entries, look, shelf, mine, what):
    number = two(mine, **({"wording": "Each pays a reasonable half."} if what == "kept" else {}))
    if what == "kept":
        agreement(mine, "check", "--entry", number, "--allow", "vague-word", "--reason", "other")
    else:
        (said, *_) = (
            f"{session.id}.{place}"
            for session in look(lambda db: sessions.of_case(db, shelf.cases[mine])) if session.state == "finished"
            for place, _ in numbered_statements(session)
        )  # fmt: skip
        given = {"review_on": "2027-05-01", "for_child": "You share.", "wishes": [said]}[what]
        log(mine, e1__entry=number, **{f"e1__{what}": given})
    found = last(entries, mine)
    assert (len(found.versions), stands_of(found)) == (2, UNCHANGED)


AT_DESK = {
    "a condition": [("Type a number", Change("only on a condition")), ("only on a condition", "Once school starts")],
    "a step": [("Type a number", Change("grow or change in steps")), ("grow or change in steps", "yes"),
               ("From when?", "May"), ("What then?", "Longer"), ("Is there a further step?", "no")],
    "an end": [("Type a number", Change("end on a certain day")), ("end on a certain day", "2027-05-01")],
    "the children": [("Type a number", Change("Which children is it about")), ("Which children is it about", ("1",))],
    "its place": [("Type a number", Change("take the place")), ("take the place", "yes")],
}  # fmt: skip


@pytest.mark.parametrize("answer", ["both", "slip"])
@pytest.mark.parametrize("what", AT_DESK)
def test_at_the_desk_as_well_it_needs_their_yes_or_is_a_slip(two, at_desk, agreement, entries, mine, what, answer):
    number = two(mine)
    on = [("yes to it as it is now?", "2026-08-05")] if answer == "both" else []
    at_desk(("Which topic?", f"entry.{number}"), *AT_DESK[what], ("It is otherwise than what both said yes to", answer), *on,
            ("Which topic?", "done"))  # fmt: skip
    agreement(mine, "log")
    found = last(entries, mine)
    assert stands_of(found) == (("2026-08-05", "2026-08-05", None, None) if answer == "both" else UNCHANGED)
    assert set(ARRANGED[what]) <= set(found.versions[-1].changes)


def test_what_was_said_of_an_offer_is_said_anew_of_another_one(log, everything, entries, mine):
    log(mine, **new(asked_a="Half", court_a_as="as_asked", offered_a="A third", offer_told_a="yes"))
    number = last(entries, mine).number
    before = everything()
    done = log(mine, code=3, e1__entry=number, e1__offered_a="Nearly all", e1__asked_a="More than half")
    assert set(re.findall(r"entries\.1\.\w+", done.err)) == {"entries.1.offer_told_a", "entries.1.court_a_as"}
    assert everything() == before
    log(mine, e1__entry=number, e1__offered_a="Nearly all", e1__offer_told_a="no", e1__asked_a="More than half",
        e1__court_a_as="nothing")  # fmt: skip
    found = last(entries, mine).a
    assert (found.told_offer, found.to_court, found.offered) == ("", "", "Nearly all")
    log(mine, e1__entry=number, e1__asked_b="Nothing")
    assert last(entries, mine).a == found


# ------------------------------------------------------------------------------------------ a joint session


@pytest.mark.parametrize("said", [["A"], ["B"], []])
def test_no_session_makes_one_yes_an_agreement(cppp, at_stage, shelf, answers_file, everything, look, mine, said):
    at_stage("opened")
    reference = shelf.references[mine]
    for step in ("parent-a", "parent-b", "child"):
        path = EXAMPLES / mine / f"{step}.toml"
        assert cppp("session", "log", reference, step, "--answers", path, "--no-input").code == 0
    before = everything()
    joint = answers_file(mine, "joint", topics__1__said_yes=said)
    done = cppp("session", "log", reference, "joint", "--answers", joint, "--no-input")
    assert done.code == 3
    assert "topics.1.said_yes" in done.err
    assert everything() == before
    assert "joint" not in [s.name for s in look(lambda db: sessions.of_case(db, shelf.cases[mine]))]
    either_way = answers_file(mine, "joint", topics__1__said_yes=["B", "A"])
    assert cppp("session", "log", reference, "joint", "--answers", either_way, "--no-input").code == 0
    found = look(lambda db: ledger.entries(db, shelf.cases[mine]))
    assert all(e.agreed_on for e in found if e.is_agreed)
    assert [e for e in found if e.is_agreed]


def test_no_amendment_makes_one_yes_an_agreement(cppp, shelf, answers_file, everything):
    before = everything()
    path = answers_file(amend_reason="misheard", topics__1__said_yes=["A"])
    done = cppp("session", "amend", shelf.references["family-1"], "joint", "--answers", path, "--no-input")
    assert done.code == 3
    assert everything() == before


def test_an_amended_session_is_followed_by_the_plan(cppp, shelf, answers_file, entries):
    before = {e.number: e for e in entries("family-1")}
    path = answers_file(amend_reason="misheard", topics__4__court_asked="Who has the holidays?")
    assert cppp("session", "amend", shelf.references["family-1"], "joint", "--answers", path, "--no-input").code == 0
    after = {e.number: e for e in entries("family-1")}
    assert after[4].court_asked == "Who has the holidays?"
    assert after[4].a == before[4].a
    assert {n: e for n, e in after.items() if n != 4} == {n: e for n, e in before.items() if n != 4}


# ------------------------------------------------------------------------------------------ undo and redo


def test_undo_and_redo_lead_through_states_that_can_stand(cppp, shelf, log, everything, entries, mine):
    reference = shelf.references[mine]
    states = [everything()]
    log(mine, **new(asked_a="Mine"))
    number = last(entries, mine).number
    states.append(everything())
    log(mine, e1__entry=number, e1__state="agreed", e1__wording="X", e1__yes_a_on=DAY, e1__yes_b_on=DAY)
    states.append(everything())
    log(mine, e1__entry=number, e1__state="not_agreed", e1__court_b_as="nothing")
    for state in reversed(states):
        assert cppp("undo", reference, "--yes").code == 0
        assert everything() == state
        for found in entries(mine):
            assert not found.is_agreed or found.agreed_on
    log(mine, **new())
    assert last(entries, mine).number != number, "a number that was taken back is not given again"


# ------------------------------------------------------------------------------------------ answers files


def test_a_file_with_faults_keeps_nothing_of_it(log, everything, mine):
    before = everything()
    done = log(mine, code=3, **agreed(1), **agreed(2, topic="nonsense", yes_b_on=None), e2__nonsense="x")
    assert {"entries.2.topic", "entries.2.yes_b_on", "entries.2.nonsense"} <= set(
        re.findall(r"entries\.\d\.\w+", done.err)
    )
    assert everything() == before


def test_a_file_from_standard_input(agreement, entries, mine):
    lines = 'entries.1 = { entry = "new", topic = "house_rules", children = ["2"], state = "withdrawn" }\n'
    agreement(mine, "log", "--answers", "-", stdin=lines)
    found = last(entries, mine)
    assert (found.topic, found.children, found.state) == ("house_rules", ("2",), "withdrawn")


@pytest.mark.parametrize("lines", ["", "entries = 3\n", "entries.1.entry = 99\n", "x", 'entries.1.entry = ""\n'])
def test_a_file_that_says_nothing_keeps_nothing(agreement, everything, mine, lines):
    before = everything()
    agreement(mine, "log", "--answers", "-", stdin=lines, code=3)
    assert everything() == before


def test_a_file_that_changes_one_entry_twice_is_refused(log, everything, entries, mine):
    log(mine, **new(asked_a="Half"))
    number = last(entries, mine).number
    before = everything()
    done = log(mine, code=3, e1__entry=number, e1__asked_b="One", e2__entry=str(number), e2__conditions="Two")
    assert "entries.2" in done.err
    assert everything() == before


def test_a_file_may_name_an_entry_by_its_line_and_loses_nothing_of_it(agreement, log, entries, mine):
    log(mine, **agreed(wording="Marker wording"))
    number = last(entries, mine).number
    listed = agreement(mine, "log", "--questions").out
    label = re.search(rf"\b{number} \((.*?“Marker wording”)\)", listed)[1]
    log(mine, e1__entry=label, e1__conditions="Once school starts", e1__words_changed="slip")
    found = last(entries, mine)
    assert (found.number, found.wording, found.conditions) == (number, "Marker wording", "Once school starts")
    assert len(found.versions) == 2
    assert set(found.versions[1].changes) == {"conditions"}


def test_an_error_repeats_no_words_of_the_plan_nor_of_a_child(log, entries, mine):
    log(mine, **agreed(topic="other", topic_other="Marker topic", wording="Marker wording"))
    number = last(entries, mine).number
    for given in ({"e1__entry": "nonsense"}, new(wishes=["nonsense"]), {"e1__entry": number, "e1__yes_b_on": DAY,
                  "e1__confirmed_b_on": "2026-07-01"}, {"e1__entry": number, "e1__children": ["Marker"]}):  # fmt: skip
        done = log(mine, code=3, **given)
        assert "entries.1" in done.err
        assert "Marker" not in done.err
        assert "“" not in done.err.replace("“Agreed” needs", "")


QUESTION_LINE = re.compile(r"^# ([\w.]+) = ")


def test_the_questions_can_be_filled_in_and_read_back(agreement, entries, tmp_path, mine):
    text = agreement(mine, "log", "--questions").out
    said = {"entry": '"new"', "topic": '"house_rules"', "children": '["2"]', "state": '"agreed"', "wording": '"Each pays half."',
            "yes_a_on": DAY, "yes_b_on": "2026-08-01", "has_steps": '"yes"', "steps.1.starts": '"May"',
            "steps.1.words": '"More"', "review_on": "2027-01-01", "for_child": '"They share."'}  # fmt: skip
    lines, open_text = [], False
    for line in text.splitlines():
        found = QUESTION_LINE.match(line)
        key = found and found[1].removeprefix("entries.1.")
        lines.append(f"{found[1]} = {said.pop(key)}" if key in said else line)
    assert said == {}
    assert not open_text
    path = tmp_path / "filled.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    agreement(mine, "log", "--answers", path)
    found = last(entries, mine)
    assert (found.wording, found.children, found.steps[0].words) == ("Each pays half.", ("2",), "More")
    assert (found.review_on.isoformat(), found.for_child) == ("2027-01-01", "They share.")


# ------------------------------------------------------------------------------------------ whom it is for


def test_an_override_stays_with_its_child(log, data, entries, agreement, mine):
    log(mine, **agreed(), **agreed(2, children=["2"], instead="yes", wording="For the second."))
    everybody, second = entries(mine)[-2:]
    assert second.children == ("2",)
    shown = {e["entry"]: e for e in data(mine, "show")["entries"]}
    assert shown[second.number]["children"] == ["2"]
    assert "all" not in shown[everybody.number]["for"]
    assert shown[everybody.number]["for"] != shown[second.number]["for"]
    log(mine, e1__entry=second.number, e1__conditions="Once school starts", e1__words_changed="both",
        e1__changed_on="2026-08-05")  # fmt: skip
    log(mine, e1__entry=second.number, e1__state="for_court", e1__court_a_as="nothing", e1__court_b_as="nothing")
    assert entries(mine)[-1].children == ("2",)
    assert entries(mine)[-1].instead
    done = log(mine, code=3, e1__entry=second.number, e1__children={"skip": "not known"})
    assert "entries.1.children" in done.err


@pytest.fixture
def third_child(cppp, shelf, answers_file):
    """Another child comes into a case by ``case edit``."""

    def come(family):
        third = {"children__2__more": "yes", "children__3__full_name": "Robin Ashdown", "children__3__born": "2024-05-01",
                 "children__3__lives_with": "adults.2", "children__3__adults__1__relation": "father",
                 "children__3__adults__2__relation": "mother"}  # fmt: skip
        if family == "family-2":  # a grandmother is asked about as well
            third |= {"children__3__adults__3__relation": "grandmother"}
        done = cppp("case", "edit", shelf.references[family], "--answers", answers_file(**third), "--no-input")
        assert done.code == 0, done.err

    return come


def test_a_child_who_comes_later_is_told_of_and_not_taken_in(third_child, log, agreement, data, entries):
    log("family-1", **agreed())
    number = last(entries, "family-1").number
    third_child("family-1")
    shown = {e["entry"]: e for e in data("family-1", "show")["entries"]}
    assert "all" not in shown[number]["for"]
    assert "Robin" not in shown[number]["for"]
    board = agreement("family-1", "show")
    assert f"Entry {number} was agreed for all the children before" in board.err


def test_no_slip_of_the_pen_takes_a_later_child_in_and_a_yes_of_both_does(third_child, log, data, entries):
    log("family-1", **agreed(), **agreed(2, topic="health", children=["1", "2"]))
    whole, named = (e.number for e in entries("family-1")[-2:])
    third_child("family-1")

    def holds():
        return {e["entry"]: e["for"] for e in data("family-1", "show")["entries"]}

    log("family-1", e1__entry=whole, e1__wording="Each pays a half.", e1__words_changed="slip",
        e2__entry=named, e2__children=["all"], e2__words_changed="slip")  # fmt: skip
    assert {number: holds()[number] for number in (whole, named)} == dict.fromkeys(
        (whole, named), "Isla Ashdown and Theo Ashdown"
    )
    log("family-1", e1__entry=whole, e1__children=["1"], e1__words_changed="slip")
    log("family-1", e1__entry=whole, e1__children=["all"], e1__words_changed="slip")
    assert "Robin" not in holds()[whole]
    assert "all" not in holds()[whole]
    for number in (whole, named):
        log(
            "family-1",
            e1__entry=number,
            e1__wording="All of it, by halves.",
            e1__words_changed="both",
            e1__changed_on="2026-08-06",
        )
        assert holds()[number] == "all the children"


# ------------------------------------------------------------------------------------------ at the desk


def test_an_entry_is_logged_by_questions_and_completed(at_desk, agreement, entries, mine):
    officer = at_desk(
        ("Which topic?", "more"),
        ("Which other topic?", "topic:other"),
        ("Which other topic?", "Pocket money"),
        ("Where does it stand?", "agreed"),
        ("What exactly was agreed?", "Each pays a reasonable half."),
        ("say yes to these very words", DAY),
        ("say yes to these very words", DAY),
        ("confirm it", "2026-08-01"),
        ("How much does", "answer"),
        ("How much does", "forty pounds a month"),
        ("said yes to them as they are now", "yes"),
        ("On which day did both say yes", "2026-08-05"),
        ("Which topic?", "done"),
    )
    agreement(mine, "log")
    found = last(entries, mine)
    assert "forty pounds a month" in found.wording
    assert (found.state, found.agreed_on.isoformat(), found.a.yes_on.isoformat()) == (
        "agreed",
        "2026-08-05",
        "2026-08-05",
    )
    assert found.a.confirmed_on is None, "what was confirmed were other words"
    assert len(found.versions) == 1
    assert officer.texts[0] == "Which topic?"


def test_completed_words_without_a_yes_are_agreed_in_principle(at_desk, agreement, log, entries, mine):
    log(mine, **agreed(wording="Each pays a reasonable half.", confirmed_a_on="2026-08-03"))
    number = last(entries, mine).number
    at_desk(("Which topic?", f"entry.{number}"), ("How much does", "answer"), ("How much does", "forty pounds"),
            ("said yes to them as they are now", "no"), ("Which topic?", "done"))  # fmt: skip
    agreement(mine, "log")
    found = last(entries, mine)
    assert (found.state, found.agreed_on.isoformat(), found.a.confirmed_on) == (
        "agreed_in_principle",
        "2026-08-01",
        None,
    )


def test_cut_off_between_the_new_words_and_the_yes_nothing_is_agreed(
    at_desk, agreement, log, entries, everything, mine
):
    log(mine, **agreed(wording="Each pays a reasonable half."))
    number = last(entries, mine).number
    at_desk(("Which topic?", f"entry.{number}"), ("How much does", "answer"), ("How much does", "forty pounds"),
            ("said yes to them as they are now", Left("")))  # fmt: skip
    agreement(mine, "log", code=130)
    assert len(last(entries, mine).versions) == 1
    assert "reasonable half" in last(entries, mine).wording
    officer = at_desk(("Which topic?", f"entry.{number}"), ("begun and left", "keep"), ("What happened?", "both"),
                      ("yes to it as it is now", "2026-08-04"), ("yes to these very words", "2026-08-04"),
                      ("yes to these very words", "2026-08-04"), ("Which topic?", "done"))  # fmt: skip
    agreement(mine, "log")
    found = last(entries, mine)
    assert "forty pounds" in found.wording
    assert found.agreed_on.isoformat() == "2026-08-04"
    assert officer.texts[1].startswith("Found: this was begun and left")


def test_a_draft_is_gone_on_with_or_discarded(at_desk, agreement, log, entries, everything, mine):
    log(mine, **new(asked_a="Old"))
    number, before = last(entries, mine).number, everything()
    at_desk(("Which topic?", f"entry.{number}"), ("Type a number", Change("Where does it stand")), ("Where does it stand?", "for_court"),
            ("What is the court asked", "Who pays?"), ("Type a number", Left("")))  # fmt: skip
    agreement(mine, "log", code=130)
    assert last(entries, mine).state == "not_agreed"
    assert "1 entry" in agreement(mine, "show").err
    assert not [row for row in everything()["form_answer"] if row["form"] != f"ledger:entry.{number}"]
    at_desk(("Which topic?", f"entry.{number}"), ("begun and left", "discard"), ("Which topic?", "done"))
    agreement(mine, "log")
    assert everything() == before
    at_desk(("Which topic?", f"entry.{number}"), ("Type a number", Change("Where does it stand")), ("Where does it stand?", "for_court"),
            ("What is the court asked", "Who pays?"), ("Type a number", Left("")))  # fmt: skip
    agreement(mine, "log", code=130)
    at_desk(("Which topic?", f"entry.{number}"), ("begun and left", "keep"), ("Which topic?", "done"))
    agreement(mine, "log")
    found = last(entries, mine)
    assert (found.state, found.court_asked, found.a.asked, len(found.versions)) == ("for_court", "Who pays?", "Old", 2)
    assert everything()["form_answer"] == []


def test_a_draft_that_was_overtaken_goes_on_beside_what_stands(at_desk, agreement, log, entries, mine):
    log(mine, **new(asked_a="Old A", asked_b="Old B"))
    number = last(entries, mine).number
    at_desk(("Which topic?", f"entry.{number}"), ("Type a number", Change("Where does it stand")), ("Where does it stand?", "progress"),
            ("Type a number", Left("")))  # fmt: skip
    agreement(mine, "log", code=130)
    log(mine, e1__entry=number, e1__asked_b="New B")
    officer = at_desk(("Which topic?", f"entry.{number}"), ("1 version", "keep"), ("Which topic?", "done"))
    agreement(mine, "log")
    found = last(entries, mine)
    assert (found.state, found.a.asked, found.b.asked) == ("progress", "Old A", "New B")
    assert "The plan was changed there since" in officer.texts[1]


def test_another_window_that_finishes_first_is_not_written_over(at_desk, agreement, log, entries, mine):
    log(mine, **new(asked_a="Old A"))
    number = last(entries, mine).number

    def meanwhile(prompt):
        log(mine, e1__entry=number, e1__asked_b="From elsewhere")
        return ""

    at_desk(("Which topic?", f"entry.{number}"), ("Type a number", Change("Where does it stand")), ("Where does it stand?", "progress"),
            ("Type a number", meanwhile))  # fmt: skip
    done = agreement(mine, "log", code=7)
    assert "changed meanwhile" in done.err
    assert (last(entries, mine).state, last(entries, mine).b.asked) == ("not_agreed", "From elsewhere")


def test_an_offer_that_became_another_one_is_asked_about_again(at_desk, agreement, log, entries, mine):
    log(mine, **new(offered_a="A third", offer_told_a="yes"))
    number = last(entries, mine).number
    asked = []
    officer = at_desk(("Which topic?", f"entry.{number}"), ("Type a number", lambda _: officer.number_of("offer\\?", -2)),
                      ("offer?", "Nearly all"), ("May the other side", lambda p: asked.append(p.current) or "no"),
                      ("Which topic?", "done"))  # fmt: skip
    agreement(mine, "log")
    assert asked == [None]
    assert last(entries, mine).a.told_offer == ""
    assert last(entries, mine).a.offered == "Nearly all"


def test_a_concern_stops_the_questions_and_keeps_what_is_begun(at_desk, agreement, log, entries, look, shelf, mine):
    log(mine, **new())
    number = last(entries, mine).number
    at_desk(("Which topic?", f"entry.{number}"), ("Type a number", Change("Where does it stand")), ("Where does it stand?", Command.STOP),
            ("", "She is afraid"), ("End the session here?", "yes"))  # fmt: skip
    done = agreement(mine, "log", code=130)
    assert "Everything answered is kept. To go on" in done.err
    assert [note["words"] for note in look(lambda db: sessions.notes(db, shelf.cases[mine]))] == ["She is afraid"]
    assert len(last(entries, mine).versions) == 1


# ------------------------------------------------------------------------------------------ the wording check


def test_a_finding_is_kept_by_its_id_and_reason_and_no_other_goes(log, data, agreement, entries, everything, mine):
    log(mine, **agreed(wording="Each pays a reasonable half. He allows it to happen."))
    number = last(entries, mine).number
    found = [f["id"] for f in data(mine, "check", "--entry", number)]
    assert "vague-word" in found
    before = everything()
    for more in (("--allow", "nonsense", "--reason", "trial_period"), ("--allow", "vague-word"),
                 ("--allow", "vague-word", "--reason", "because Isla"), ("--reason", "trial_period")):  # fmt: skip
        done = agreement(mine, "check", "--entry", number, *more, code=2)
        assert "Isla" not in done.err
    agreement(mine, "check", "--allow", "vague-word", "--reason", "trial_period", code=2)
    agreement(mine, "check", "--entry", number, "--allow", "weekend-without-ends", "--reason", "other", code=6)
    agreement(mine, "check", "--entry", 99, "--allow", "vague-word", "--reason", "other", code=6)
    assert everything() == before
    agreement(mine, "check", "--entry", number, "--allow", "vague-word", "--reason", "trial_period")
    assert [f["id"] for f in data(mine, "check", "--entry", number)] == [i for i in found if i != "vague-word"]
    assert dict(last(entries, mine).kept) == {"vague-word": "trial_period"}
    assert last(entries, mine).is_agreed
    done = agreement(mine, "check", "--entry", number, "--allow", "vague-word", "--reason", "other", "--json", code=6)
    assert json.loads(done.out)["ok"] is False


def test_what_is_kept_lasts_as_long_as_the_words(log, data, entries, at_desk, agreement, mine):
    log(mine, **agreed(wording="Each pays a reasonable half."))
    number = last(entries, mine).number
    done = agreement(mine, "check", "--entry", number, "--allow", "vague-word", "--reason", "trial_period", "--json")
    assert json.loads(done.out)["result"] == []
    log(mine, e1__entry=number, e1__conditions="Once school starts", e1__words_changed="slip")
    assert dict(last(entries, mine).kept) == {"vague-word": "trial_period"}
    at_desk(("Which topic?", f"entry.{number}"), ("Which topic?", "done"))
    agreement(mine, "log")
    assert data(mine, "check", "--entry", number) == []
    log(mine, e1__entry=number, e1__wording="Each pays something reasonable.", e1__words_changed="both",
        e1__changed_on="2026-08-05")  # fmt: skip
    assert [f["id"] for f in data(mine, "check", "--entry", number)] == ["vague-word"]


def test_keeping_a_finding_at_the_desk_asks_no_yes(log, at_desk, agreement, entries, data, mine):
    log(mine, **agreed(wording="Each pays a reasonable half.", confirmed_a_on="2026-08-03"))
    number = last(entries, mine).number
    at_desk(("Which topic?", f"entry.{number}"), ("How much does", "keep"), ("Why is it meant", "both_ask_for_it"),
            ("Which topic?", "done"))  # fmt: skip
    agreement(mine, "log")
    found = last(entries, mine)
    assert (dict(found.kept), found.a.confirmed_on.isoformat()) == ({"vague-word": "both_ask_for_it"}, "2026-08-03")
    assert data(mine, "check", "--entry", number) == []


def test_only_what_is_agreed_is_checked_and_the_questions_are_told(log, data, agreement, entries, mine):
    log(mine, **new(asked_a="Something reasonable"), **agreed(2, wording="Something reasonable"))
    first, second = (e.number for e in entries(mine)[-2:])
    assert data(mine, "check", "--entry", first) == []
    (found,) = data(mine, "check", "--entry", second)
    printed = agreement(mine, "check", "--entry", second).out
    for key in ("id", "why", "authority", "question"):
        assert found[key]
        assert found[key] in printed
    agreement(mine, "check", "--entry", 99, code=6)


# ------------------------------------------------------------------------------------------ calendars

CALENDAR = {"pattern": "alternate-weekends", "fewer": "B", "starts_on": "2027-01-04", "has_daytimes": "no",
            "has_holidays": "no", "has_special_days": "no", "has_swaps": "no"}  # fmt: skip


@pytest.fixture
def calendar(agreement, answers_file):
    def run(family, whose, *more, code=0, **said):
        path = answers_file(name="calendar.toml", **said)
        return agreement(family, "calendar", whose, *more, "--answers", path, "--no-input", code=code)

    return run


@pytest.fixture
def kept_calendar(look, shelf):
    return lambda family, item: look(lambda db: ledger.answers(db, shelf.cases[family], f"calendar.{item}"))


CHILD = ("--child", "2")
"""Neither example has an agreed calendar of this child alone."""


@pytest.mark.parametrize("missing", ["yes_a_on", "yes_b_on"])
def test_no_calendar_is_agreed_by_one(calendar, everything, mine, missing):
    before = everything()
    said = CALENDAR | {"yes_a_on": DAY, "yes_b_on": DAY}
    done = calendar(mine, "agreed", *CHILD, code=3, **{k: v for k, v in said.items() if k != missing})
    assert missing in done.err
    calendar(mine, "agreed", *CHILD, code=3, **said | {missing: {"skip": "not known"}})
    calendar(mine, "agreed", *CHILD, code=3, **said | {missing: "2026-08-07"})
    assert everything() == before


@pytest.mark.parametrize("given", [{}, {"yes_a_on": "2026-08-05"}, {"yes_b_on": "2026-08-05"}])
def test_a_changed_calendar_needs_both_anew(calendar, kept_calendar, everything, mine, given):
    calendar(mine, "agreed", *CHILD, **CALENDAR, yes_a_on=DAY, yes_b_on=DAY)
    before = everything()
    calendar(mine, "agreed", *CHILD, code=3, starts_on="2027-01-11", **given)
    assert everything() == before
    both = {"yes_a_on": "2026-08-05", "yes_b_on": "2026-08-05"}
    calendar(mine, "agreed", *CHILD, starts_on="2027-01-11", **both)
    found = kept_calendar(mine, "agreed.2")
    assert {path: found[path].value for path in (*both, "starts_on")} == both | {"starts_on": "2027-01-11"}
    calendar(mine, "agreed", *CHILD, starts_on="2027-01-18", **both)  # the same evening, once more


@pytest.mark.parametrize("renewed", [(), ("a",), ("b",)])
@pytest.mark.parametrize("yes", [True, False])
def test_a_calendar_changed_at_the_desk_asks_both(calendar, kept_calendar, at_desk, agreement, mine, renewed, yes):
    calendar(mine, "agreed", *CHILD, **CALENDAR, yes_a_on=DAY, yes_b_on=DAY)
    officer = at_desk(
        ("Type a number", Change("first night of the cycle")),
        ("first night of the cycle", "2027-01-11"),
        *[step for side in renewed
          for step in (("Type a number", lambda _, s=side: officer.number_of("this calendar", -2 if s == "a" else -1)), ("say yes to this calendar", "2026-08-05"))],
        ("Have both said yes to it as it is?", "yes" if yes else "no"),
        *([("On which day?", "2026-08-04")] if yes else []),
    )  # fmt: skip
    agreement(mine, "calendar", "agreed", *CHILD, code=0 if yes else 130)
    found = kept_calendar(mine, "agreed.2")
    if yes:
        assert [found[p].value for p in ("starts_on", "yes_a_on", "yes_b_on")] == [
            "2027-01-11",
            "2026-08-04",
            "2026-08-04",
        ]
    else:
        assert [found[p].value for p in ("starts_on", "yes_a_on", "yes_b_on")] == ["2027-01-04", DAY, DAY]


@pytest.mark.parametrize("leave", ["yes", "no"])
def test_a_leave_to_show_one_proposal_is_none_for_another(
    calendar, kept_calendar, at_desk, agreement, everything, mine, leave
):
    calendar(mine, "parent-a", *CHILD, **CALENDAR, told="yes")
    before = everything()
    assert "told" in calendar(mine, "parent-a", *CHILD, code=3, starts_on="2027-01-11").err
    assert everything() == before
    at_desk(("Type a number", Change("first night of the cycle")), ("first night of the cycle", "2027-01-11"),
            ("May the other side and the court see this one?", leave))  # fmt: skip
    agreement(mine, "calendar", "parent-a", *CHILD)
    found = kept_calendar(mine, "a.2")
    assert (found["starts_on"].value, found["told"].value) == ("2027-01-11", leave)


def test_a_calendar_file_leaves_a_draft_alone(calendar, kept_calendar, at_desk, agreement, everything, mine):
    calendar(mine, "now", *CHILD, **CALENDAR)
    at_desk(("Type a number", Change("first night of the cycle")), ("first night of the cycle", "2027-01-11"),
                      ("Type a number", Left("")))  # fmt: skip
    agreement(mine, "calendar", "now", *CHILD, code=130)
    drafts = everything()["form_answer"]
    calendar(mine, "now", *CHILD, fewer="A")
    assert everything()["form_answer"] == drafts
    found = kept_calendar(mine, "now.2")
    assert (found["fewer"].value, found["starts_on"].value) == ("A", "2027-01-04")
    at_desk(("1 version", "keep"))
    agreement(mine, "calendar", "now", *CHILD)
    found = kept_calendar(mine, "now.2")
    assert (found["fewer"].value, found["starts_on"].value) == ("A", "2027-01-11")


def test_nobody_at_a_terminal_leaves_no_draft(agreement, everything, mine):
    before = everything()
    agreement(mine, "calendar", "now", code=3)
    agreement(mine, "log", code=3)
    assert everything() == before


def test_a_calendar_that_cannot_be_is_refused(agreement, everything, mine):
    before = everything()
    agreement(mine, "calendar", "nonsense", code=2)
    agreement(mine, "calendar", "now", "--child", "9", code=6)
    agreement(mine, "calendar", "now", "--answers", "-", "--no-input", stdin='letters = "A"\n', code=3)
    assert everything() == before


@pytest.fixture
def papers(cppp, shelf, tmp_path):
    """The plan and the children's page of a family as they are written now, whichever version that is."""

    def write(family, name):
        found = {}
        for kind, more in (("plan", ()), ("child", ("--for", "child"))):
            folder = tmp_path / name / kind
            done = cppp("plan", shelf.references[family], *more, "--format", "md", "--out", folder)
            assert done.code == 0, done.err
            (page,) = folder.glob("*.md")
            found[kind] = re.sub(r"version \d+", "version", page.read_text(encoding="utf-8"))
        return found

    return write


def test_a_calendar_that_is_taken_back_is_gone_everywhere_and_undo_brings_it_back(
    cppp, shelf, calendar, agreement, kept_calendar, papers, everything, look, data, mine
):
    reference = shelf.references[mine]
    for item in ("agreed", "agreed.1", "agreed.2"):
        if kept_calendar(mine, item):
            agreement(mine, "calendar", "agreed", *(["--child", item[-1]] if "." in item else []), "--withdraw")
    without = papers(mine, "without"), cppp("nights", reference).out, data(mine, "compare")["calendars"]
    calendar(mine, "agreed", **CALENDAR, yes_a_on=DAY, yes_b_on=DAY)
    before, there = everything(), papers(mine, "there")
    assert all(there[kind] != without[0][kind] for kind in there), "else nothing is put to the test"
    assert cppp("nights", reference).out.startswith("Agreed")
    kept = ledger_of(look, shelf, mine)
    agreement(mine, "calendar", "agreed", "--child", "2", "--withdraw", code=6)
    assert everything() == before
    done = agreement(mine, "calendar", "agreed", "--withdraw")
    assert "Taken back, version" in done.out
    assert kept_calendar(mine, "agreed") == {}
    assert (papers(mine, "gone"), cppp("nights", reference).out, data(mine, "compare")["calendars"]) == without
    assert ledger_of(look, shelf, mine)[: len(kept)] == kept, "every version stays"
    assert len(ledger_of(look, shelf, mine)) == len(kept) + 1
    after = everything()
    agreement(mine, "calendar", "agreed", "--withdraw", code=6)
    assert everything() == after
    assert cppp("undo", reference, "--yes").code == 0
    again = everything()
    assert {t: again[t] for t in again if t != "event"} == {t: before[t] for t in before if t != "event"}
    assert papers(mine, "back") == there


def ledger_of(look, shelf, family):
    return look(lambda db: ledger.versions(db, shelf.cases[family]).get("calendar.agreed", ()))


def test_only_that_calendar_is_taken_back(calendar, agreement, everything, kept_calendar, look, shelf, mine):
    for whose in ("parent-a", "parent-b"):
        calendar(mine, whose, *CHILD, **CALENDAR, told="no")
    calendar(mine, "now", *CHILD, **CALENDAR)
    before = look(lambda db: {family: ledger.calendars(db, shelf.cases[family]) for family in FAMILIES})
    agreement(mine, "calendar", "parent-b", *CHILD, "--withdraw")
    after = look(lambda db: {family: ledger.calendars(db, shelf.cases[family]) for family in FAMILIES})
    assert before[mine].pop("b.2")
    assert after == before
    agreement(mine, "calendar", "now", "--child", "9", "--withdraw", code=6)


def test_a_calendar_for_all_does_not_hold_for_a_child_who_comes_later(cppp, shelf, calendar, third_child):
    mine = "family-1"
    reference = shelf.references[mine]
    calendar(mine, "agreed", **CALENDAR, yes_a_on=DAY, yes_b_on=DAY)
    third_child(mine)

    def agreed_for():
        done = json.loads(cppp("nights", reference, "--of", "agreed", "--json").out)["result"]["calendars"]
        return sorted({child for one in done for child in one["children"]})

    assert agreed_for() == [1, 2]
    calendar(mine, "agreed", starts_on="2027-01-11", yes_a_on="2026-08-06", yes_b_on="2026-08-06")
    assert agreed_for() == [1, 2, 3]


# ------------------------------------------------------------------------------------------ term dates

CSV = "start,end,name\n2026-09-02,2026-12-18,Autumn term\n2026-10-26,2026-10-30,Half term\n"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART;VALUE=DATE:20260902\r\nDTEND;VALUE=DATE:20261219\r\nSUMMARY:Autumn term\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_term_dates_are_kept_for_each_child(agreement, look, shelf, tmp_path, mine):
    def kept():
        return look(lambda db: {family: terms.of_case(db, shelf.cases[family]) for family in FAMILIES})

    before = kept()
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "b.ics").write_bytes(ICS.encode())
    agreement(mine, "terms", tmp_path / "a.csv")
    both = kept()[mine]
    assert both[1] == both[2]
    assert len(both[1].periods) == 2
    agreement(mine, "terms", tmp_path / "b.ics", "--child", "2")
    found = kept()
    assert found[mine][1] == both[1]
    assert [(p.first.isoformat(), p.last.isoformat()) for p in found[mine][2].periods] == [("2026-09-02", "2026-12-18")]
    assert found[OTHER[mine]] == before[OTHER[mine]]
    (tmp_path / "c.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    agreement(mine, "terms", tmp_path / "c.csv", code=3)
    agreement(mine, "terms", tmp_path / "nowhere.csv", code=3)
    agreement(mine, "terms", tmp_path / "a.csv", "--child", "9", code=6)
    assert kept() == found


# ------------------------------------------------------------------------------------------ closed, and the walls


def test_nothing_of_the_plan_changes_in_a_closed_case(cppp, shelf, look, agreement, answers_file, tmp_path, everything):
    mine = "family-1"
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    closed = {"closed_on": "2026-08-05", "record_confirmed": "yes", "due_on": "2027-08-05"}
    done = cppp("case", "close", shelf.references[mine], "--answers", answers_file(**closed), "--no-input")
    assert done.code == 0, done.err
    before = everything()
    entry_file = answers_file(name="e.toml", **{"entries.1.entry": "new", "entries.1.topic": "money"})
    for words in (("log",), ("log", "--answers", entry_file), ("calendar", "now"), ("calendar", "now", "--no-input"),
                  ("terms", tmp_path / "a.csv"), ("form", "--for", "parent-a"),
                  ("check", "--entry", "1", "--allow", "no-review", "--reason", "other")):  # fmt: skip
        done = agreement(mine, *words, code=4)
        assert "closed" in done.err
    assert everything() == before
    for words in (("show",), ("history",), ("compare",), ("check",), ("log", "--questions")):
        agreement(mine, *words)


def test_nothing_of_the_plan_is_logged_or_given_out_before_a_case_that_came_is_confirmed(
    shelf, look, agreement, answers_file, cppp, tmp_path, everything
):
    mine = "family-1"
    came = {"case_id": shelf.cases[mine], "came_on": "2026-08-05", "came_from": "Ngozi Adeyemi"}
    look(lambda db: db.table("handover").insert(came))
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    entry_file = answers_file(name="e.toml", **{
        path.replace("e1__", "entries.1."): said for path, said in new(1, asked_a="Half").items()})  # fmt: skip
    nights_file = answers_file(name="c.toml", **CALENDAR)
    safe = answers_file(name="s.toml", safe="yes", way="paper", topics=["usual"])
    log_it = ("log", "--answers", entry_file)
    number = entry_with_a_finding(look, shelf, mine)
    before = everything()
    all_of_them = (("log",), log_it, ("calendar", "now"), ("calendar", "now", "--answers", nights_file, "--no-input"),
                   ("calendar", "parent-a", "--withdraw"), ("terms", tmp_path / "a.csv"),
                   ("form", "--for", "parent-a", "--answers", safe, "--no-input", "--out", tmp_path / "out"),
                   ("check", "--entry", number, "--allow", "vague-word", "--reason", "other"))  # fmt: skip
    for words in all_of_them:
        assert "cppp case confirm" in agreement(mine, *words, code=4).err
    assert everything() == before
    assert not (tmp_path / "out").exists()
    for words in (("show",), ("history",), ("compare",), ("check",), ("log", "--questions")):
        agreement(mine, *words)
    agreement("family-2", "calendar", "now", "--answers", nights_file, "--no-input")
    days = answers_file(name="d.toml", consent_a_on="2026-08-06", consent_b_on="2026-08-06", safety_on="2026-08-06")
    assert cppp("case", "confirm", shelf.references[mine], "--answers", days, "--no-input").code == 0
    agreement(mine, *log_it)
    for words in (all_of_them[3], *all_of_them[5:]):
        agreement(mine, *words)


def entry_with_a_finding(look, shelf, family):
    def put(db):
        item = ledger.new_entry(db, shelf.cases[family])
        said = {"topic": "money", "children": ("all",), "state": "agreed", "wording": "Each pays a reasonable half.",
                "yes_a_on": DAY, "yes_b_on": DAY}  # fmt: skip
        ledger.add(
            db, shelf.cases[family], item, {p: Answer(v) for p, v in said.items()}, lambda: f"{DAY}T09:00:00+00:00"
        )
        return int(item.removeprefix("entry."))

    return look(put)


READING = [("show",), ("show", "--json"), ("history",), ("history", "--json"), ("compare",), ("compare", "--json"),
           ("check",), ("check", "--json"), ("log", "--questions"), ("calendar", "agreed", "--questions")]  # fmt: skip


def test_no_command_shows_anything_of_the_other_family(agreement, log, look, shelf, families):
    for family, marker in (("family-1", "Quince"), ("family-2", "Juniper")):
        log(family, **new(topic="other", topic_other=f"{marker} topic", asked_a=f"{marker} asked", offered_b=f"{marker} offer",
                          offer_told_b="no", conditions=f"{marker} condition") | {"e1__conditions": None},
            **agreed(2, wording=f"{marker} wording", conditions=f"{marker} condition", for_child=f"{marker} tells"))  # fmt: skip
    names = {"family-1": ("Quince", "Isla", "Theo ", "Daniel", "Leanne", "Birch", shelf.references["family-1"]),
             "family-2": ("Juniper", "Isaac", "Thea", "Leonie", "Margaret", shelf.references["family-2"])}  # fmt: skip
    for family in FAMILIES:
        for words in READING:
            done = agreement(family, *words)
            text = done.out + done.err
            assert not [name for name in names[OTHER[family]] if name in text], words
        told = "".join(agreement(family, *words).out for words in (("show",), ("history",), ("compare",)))
        assert names[family][0] in told


def test_nobody_is_there(cppp):
    for word in ("show", "history", "compare", "check", "log"):
        assert cppp("agreement", word, "2222").code == 6


def test_history_tells_every_version_of_every_item(data, look, shelf, mine):
    told = data(mine, "history")
    kept = look(lambda db: ledger.versions(db, shelf.cases[mine]))
    assert sorted((row["item"], row["version"]) for row in told) == sorted(
        (item, version.number) for item, versions in kept.items() for version in versions
    )
    assert all(row["source"] and row["changes"] for row in told)


def test_what_one_side_would_not_say_is_told_in_the_history(log, data, entries, mine):
    log(mine, **new(asked_a={"skip": "declined to say"}))
    (version,) = data(mine, "history", "--entry", last(entries, mine).number)
    assert "(declined to say)" in [line["after"] for line in version["changes"]]


def test_the_board_and_its_data_say_the_same(data, agreement, entries, mine):
    shown = data(mine, "show")["entries"]
    assert [e["entry"] for e in shown] == [e.number for e in entries(mine)]
    printed = agreement(mine, "show").out
    for row in shown:
        assert re.search(rf"^{row['entry']}\t{re.escape(row['title'])}\t", printed, re.MULTILINE)
    for number in (0, -1, 99):
        agreement(mine, "show", "--entry", number, code=6)
    agreement(mine, "history", "--entry", 99, code=6)
