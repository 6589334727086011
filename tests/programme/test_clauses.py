from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.clauses import CLAUSES, Blank, Clause, complete, find, missing, of_topic, options_for_parents
from cppp_cli.programme.dates import say_date, say_time
from cppp_cli.programme.topics import STARTING, TOPICS

CORPUS = Path(__file__).parents[1] / "checks" / "wording"
FINDINGS = {
    *("vague-word", "alternate-without-anchor", "time-without-place", "weekend-without-ends", "half-without-rule"),
    *("nobody-travels", "no-fallback", "no-review", "permission-word", "old-term", "too-much-detail"),
}
PATTERNS_ONLY = {"no-fallback", "no-review"}
PATTERN_TOPICS = {"living_pattern", "handovers", "school_holidays"}
AT_LEAST = {"good_tuning": 45, "good_held": 25, "bad_tuning": 45, "bad_held": 25}

# "contact centre" is the name of a place; nothing else of this kind may stand in wording that is offered to everybody.
UNFIT = re.compile(
    r"\b(custody|access|residen\w+|contact(?! centre)\w*|visitation|allow\w*|lets?|permit\w*|permission|make available|"
    r"entitled|reasonabl[ey]|regular(ly)?|liberal\w*|flexibl[ey]|generous\w*|as agreed|to be agreed|where possible|"
    r"from time to time|by arrangement|as and when|appropriate\w*|the parties|applicant|respondent)\b",
    re.IGNORECASE,
)
# Words that change with how many are named; beside a name there stands "will", "can" or "may" in their place.
NUMBERED = re.compile(r"(?!this\b)(is|are|was|were|have|do|go|live|spend|stay|sleep|need|[a-z]+[^s]s)\b")
SINGULAR = {"principles_first": "comes", "parents_urgent": "is"}  # of "what is best for …" and "something about …"
PRONOUNS = re.compile(r"\b(he|she|him|her|his|hers|himself|herself|them|their|theirs)\b", re.IGNORECASE)
ids = [clause.key for clause in CLAUSES]


@pytest.fixture(params=CLAUSES, ids=ids)
def clause(request):
    return request.param


def corpus(name):
    return tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8"))["clause"]


def test_keys_are_unique_every_topic_has_clauses_and_the_everyday_ones_have_more():
    assert len(set(ids)) == len(CLAUSES) >= 90
    assert {clause.topic for clause in CLAUSES} == set(TOPICS)
    assert all(len(of_topic(topic)) >= 2 for topic in TOPICS)
    assert all(3 <= len(of_topic(section.key)) <= 8 for section in STARTING)
    assert all(find(clause.key) is clause for clause in CLAUSES)
    assert find("no such clause") is None
    assert of_topic("The dog") == ()


def test_the_blanks_are_those_that_stand_in_the_words_in_their_order(clause):
    standing = list(dict.fromkeys(re.findall(r"\{(.*?)\}", clause.words)))
    assert [blank.key for blank in clause.blanks] == standing
    assert all(re.fullmatch(r"[a-z][a-z_]*", key) for key in standing)
    assert len({blank.ask for blank in clause.blanks}) == len(clause.blanks)
    assert all("?" in blank.ask and blank.example for blank in clause.blanks)


def test_a_clause_is_named_and_its_words_are_whole_sentences(clause):
    assert clause.label[0].isupper()
    assert clause.label[-1] not in ".:"
    assert clause.words.endswith(".")
    assert "  " not in clause.words
    assert clause.words[0] == "{" or clause.words[0].isupper()
    labels = [other.label for other in of_topic(clause.topic)]
    assert labels.count(clause.label) == 1


def test_no_clause_uses_an_out_of_date_vague_or_permitting_word(clause):
    for said in (clause.words, clause.label, *(blank.ask for blank in clause.blanks)):
        assert not UNFIT.search(said), said


@pytest.mark.parametrize("children", ["Robin", "Robin and Jo", "Robin, Jo and Kit"])
@pytest.mark.parametrize("sides", [("Sam Reed", "Alex Cole"), ("Sam Reed and Lou Reed", "Alex Cole and Jean Cole")])
def test_a_completed_clause_has_no_brace_no_gap_and_every_value_in_it(clause, children, sides):
    named = iter((*sides, *sides))
    values = {
        blank.key: children if blank.kind == "children" else next(named) if blank.kind == "side" else blank.example
        for blank in clause.blanks
    }
    said = complete(clause, values)
    assert not re.search(r"[{}\[\]]|\s\s|\.\.| [.,;:]", said)
    assert not missing(clause, values)
    assert all(re.match(r"[A-Z0-9£“]", sentence) for sentence in re.split(r"(?<=\.) ", said))
    for blank in clause.blanks:
        shown = values[blank.key]
        if blank.kind == "date":
            shown = say_date(date.fromisoformat(shown))
        elif blank.kind == "time":
            shown = say_time(time.fromisoformat(shown))
        assert shown.casefold() in said.casefold()


def test_nothing_beside_a_name_changes_with_how_many_are_named(clause):
    people = {blank.key for blank in clause.blanks if blank.kind in {"side", "children"}}
    beside = [re.split(r"\W", clause.words[found.end() :].lstrip(), maxsplit=1)[0]
              for found in re.finditer(r"\{(\w+)\}", clause.words) if found.group(1) in people]  # fmt: skip
    changing = [word for word in beside if NUMBERED.fullmatch(word)]
    assert changing == [word for key, word in SINGULAR.items() if key == clause.key]
    assert not PRONOUNS.search(clause.words)


def test_a_date_or_time_that_is_not_in_stored_form_stays_as_typed_on_one_line():
    clause = Clause("k", "t", "L", "From {day} at {time} at {place}.",
                    (Blank("day", "When?", "date", ""), Blank("time", "When?", "time", ""), Blank("place", "Where?", "text", "")))  # fmt: skip
    assert (
        complete(clause, {"day": "2026-09-04", "time": "9:00", "place": "x"})
        == "From Friday 4 September 2026 at 9:00 at x."
    )
    assert (
        complete(clause, {"day": " the first\nFriday ", "time": "09:05", "place": "x."})
        == "From the first Friday at 09:05 at x."
    )
    assert (
        complete(clause, {"day": "2026-02-30", "time": "4 p.m.", "place": "Mill Ln."})
        == "From 2026-02-30 at 4 p.m. at Mill Ln."
    )
    assert complete(clause, {}) == "From [When?] at [When?] at [Where?]."


def test_a_blank_left_empty_shows_its_question_and_is_named_as_missing(clause):
    for blank in clause.blanks:
        values = {**clause.examples, blank.key: " \n"}
        assert missing(clause, values) == (blank,)
        assert complete(clause, values).count(f"[{blank.ask}]") == clause.words.count(f"{{{blank.key}}}")
    assert missing(clause, clause.examples) == ()


def test_a_name_that_begins_a_sentence_gets_a_capital_and_one_within_it_keeps_its_own():
    clause = find("handover_return")
    said = complete(clause, {**clause.examples, "bringer": "the father", "other": "the mother"})
    assert said.startswith("The father will bring ")
    assert ", the father will tell the mother " in said


@given(st.text(min_size=1).filter(lambda typed: typed.split() and not typed.strip().endswith(".")))
def test_what_was_typed_is_never_read_as_a_blank(typed):
    clause = find("handover_neutral")
    values = {blank.key: blank.example for blank in clause.blanks} | {"place": typed}
    assert complete(clause, values) == complete(clause, {**values, "place": "@@"}).replace(
        "@@", " ".join(typed.split())
    )
    braces = {**values, "place": "{children}{time}"}
    assert "{children}{time}" in complete(clause, braces)


def test_parents_are_offered_plain_clauses_in_every_topic_and_none_that_needs_an_officer():
    for topic in TOPICS:
        offered = options_for_parents(topic)
        assert offered
        assert all(clause.for_parents and clause.topic == topic for clause in offered)
    kept_back = {clause.key for clause in CLAUSES if not clause.for_parents}
    assert {"safety_supervised", "safety_stop", "safety_not_there", "travel_none", "decisions_one"} <= kept_back
    for clause in CLAUSES:
        if clause.for_parents:
            assert not re.search(r"supervis|recital|Family Court Adviser|indirect", clause.words)


@pytest.mark.parametrize("topic", ["living_pattern"])
def test_every_pattern_has_a_day_from_which_it_counts_and_one_for_looking_again(topic):
    for clause in of_topic(topic):
        kinds = {blank.key: blank.kind for blank in clause.blanks}
        assert kinds["first"] == kinds["review_on"] == "date"


@pytest.mark.parametrize("name", AT_LEAST)
def test_the_corpus_is_well_formed_and_large_enough(name):
    entries = corpus(name)
    assert len(entries) >= AT_LEAST[name]
    for number, entry in enumerate(entries, 1):
        where = f"{name}, entry {number}"  # never the words: those kept out of sight stay so
        found = entry.get("findings", [])
        good = name.startswith("good")
        assert set(entry) == ({"topic", "text"} if good else {"topic", "text", "findings"}), where
        assert entry["topic"] in TOPICS, where
        assert entry["text"] == " ".join(entry["text"].split()), where
        assert good != bool(found), where
        assert set(found) <= FINDINGS, where
        assert len(set(found)) == len(found), where
        assert entry["topic"] in PATTERN_TOPICS or not PATTERNS_ONLY & set(found), where


def test_the_corpus_covers_every_topic_and_every_finding_and_says_nothing_twice():
    for kind in ("good", "bad"):
        assert {entry["topic"] for entry in corpus(f"{kind}_tuning")} == set(TOPICS)
        assert len({entry["topic"] for entry in corpus(f"{kind}_held")}) >= 20
    for name in ("bad_tuning", "bad_held"):
        given_of = [found for entry in corpus(name) for found in entry["findings"]]
        assert all(given_of.count(found) >= 2 for found in FINDINGS)
    texts = ["".join(filter(str.isalnum, entry["text"].casefold())) for name in AT_LEAST for entry in corpus(name)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", AT_LEAST)
def test_weekdays_in_the_corpus_fit_their_dates(name):
    months = {month: number for number, month in enumerate(
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"], 1)}  # fmt: skip
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    for number, entry in enumerate(corpus(name), 1):
        for weekday, day, month, year in re.findall(
            rf"({'|'.join(weekdays)}) (\d+) ({'|'.join(months)}) (\d{{4}})", entry["text"]
        ):
            assert weekdays[date(int(year), months[month], int(day)).weekday()] == weekday, f"{name}, entry {number}"
