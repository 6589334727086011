"""How alike a stretch of a document and a confidence are, and what of them counts for little."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from cppp_cli.checks.leaks import EXACT, FOLDED, REWORDED, leaks
from cppp_cli.checks.leaks.confided import unit
from cppp_cli.checks.leaks.folding import folded
from cppp_cli.checks.leaks.likeness import best_possible, compare
from cppp_cli.checks.leaks.reading import read
from cppp_cli.checks.leaks.stems import COMMON, NAME, RARE, USUAL
from cppp_cli.programme.confidences import Confidence
from cppp_cli.programme.passage import Passage

sys.path.append(str(Path(__file__).parents[1]))
corpus = importlib.import_module("benchmarks.safety_corpus")
proof = importlib.import_module("benchmarks.safety_leaks")

REPORT = frozenset({"parent-a", "parent-b", "court"})
SCARED = "I am scared when Dad shouts at Mum in the kitchen, and I hide behind the sofa."
SAID = "She is frightened when her father shouts at her mother in the kitchen, and hides behind the sofa."


def points(words, *texts):
    """Of the whole document against the whole confidence."""
    reading = read(texts)
    return compare(unit(words), reading, 0, len(reading.words) - 1).points


def how(text, words):
    return [leak.how for leak in leaks([Passage("paragraph 1", text)], [Confidence("statement.1.1", words)], REPORT)]


def weights(text):
    reading = read([text])
    return {token.word: sense.weight for token, sense in zip(reading.words, reading.senses, strict=True)}


def test_the_very_words_are_surer_than_other_words_and_these_than_part_of_them():
    less = SAID.partition(" in the kitchen")[0]
    assert points(SCARED, SCARED) > points(SCARED, SAID) > points(SCARED, less)


@pytest.mark.parametrize(
    "other",
    [
        "She is frightened when her father shouts in the kitchen, and Leanne keeps the biscuits behind the toaster there.",
        "She is not frightened when her father shouts at her mother in the kitchen, and hides behind the sofa.",
    ],
)
def test_what_else_a_sentence_says_and_what_it_denies_count_against_it(other):
    assert points(SCARED, SAID) > points(SCARED, other)


def test_a_neutral_sentence_stays_neutral_beside_another():
    texts = (
        "Her father shouts when the football is on, and her mother is in the kitchen then.",
        "The sofa was moved, and Isla hides her shoes from the dog.",
    )
    assert [how(text, SCARED) for text in texts] == [[], []]
    for both in (texts, texts[::-1]):
        passages = [Passage(f"paragraph {number}", text) for number, text in enumerate(both)]
        assert leaks(passages, [Confidence("statement.1.1", SCARED)], REPORT) == ()


def test_rare_words_say_most_and_names_least_wherever_they_stand():
    said = weights("Gareth locked Theo in the garage and Mum paid for the scaffolding at school.")
    assert said["gareth"] == said["theo"] == NAME
    assert said["school"] == COMMON
    assert said["garage"] == USUAL
    assert said["scaffolding"] == RARE
    assert weights("Scratches and pictures")["scratches"] == RARE  # a word, although it begins the sentence


@pytest.mark.parametrize("dress", [str.upper, str.title])
def test_capitals_make_no_names_of_a_heading(dress):
    assert how(dress(SAID), SCARED) == [REWORDED]
    assert how(SAID, dress(SCARED)) == [REWORDED]


def test_what_is_denied_may_be_said_in_one_word():
    words = "Thea does not remember him and Granny is glad about the photographs she burned."
    assert points(words, "Thea has forgotten him and Granny is glad about the photographs she burned.") > points(
        words, "Thea has drawn him and Granny is glad about the photographs she burned."
    )


def test_a_sentence_that_tells_little_is_found_only_as_it_stands():
    words = "This is me and this is a big dragon. The dragon comes when Mummy sleeps and I cannot wake her up."
    assert how("This is me and this is a big dragon.", words) == [EXACT]
    assert how("A drawing at nursery shows her and a big dragon.", words) == []


def test_two_words_of_every_case_are_found_only_as_they_stand():
    assert how("Both parents tell the children one thing.", "To be told things.") == []
    assert how("They wish “to be told things”.", "To be told things.") == [FOLDED]


def test_no_letter_of_another_alphabet_is_left_where_it_looks_latin():
    for latin, others in {"a": "\u0430\u03b1", "A": "\u0410\u0391", "p": "\u0440\u03c1", "H": "\u041d\u0397"}.items():
        assert {folded(f"x{other}x")[0] for other in others} == {f"x{latin.lower()}x"}
    assert folded("\u0436\u03c8")[0] == "\u0436\u03c8"


def test_nothing_is_passed_over_that_would_have_been_found():
    checked = 0
    for told in corpus.confidences("tuning"):
        whole = unit(told.words)
        for text in told.reworded.values():
            reading = read([text])
            numbers = {
                number
                for number, term in enumerate(whole.telling)
                if any(not term.keys.isdisjoint(sense.keys) for sense in reading.senses if sense.weight)
            }
            found = compare(whole, reading, 0, len(reading.words) - 1)
            if len(found.places) <= len(numbers):  # none of them by a slip of the pen
                checked += 1
                assert best_possible(whole, numbers) >= found.points - 1e-9, text
    assert checked > 500


@pytest.fixture(scope="module")
def scores():
    found = proof.Scores()
    proof.search(found, "second", placed=False, size=25)
    proof.alarms(found, "second")
    return found


def test_the_second_part_is_found_in_other_words(scores):
    reworded = [key for key in scores.planted if key[0] == REWORDED]
    assert sum(scores.caught[key] for key in reworded) >= 0.97 * sum(scores.planted[key] for key in reworded)
    assert [miss for miss in scores.missed if miss[0] != REWORDED] == []


def test_hardly_a_neutral_sentence_of_the_second_part_is_taken_for_a_confidence(scores):
    assert scores.neutral >= 1000
    assert len(scores.false) <= 3  # written to be taken for one; what is promised is counted on the held-out parts
