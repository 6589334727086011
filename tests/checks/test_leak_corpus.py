"""The check for leaks against the sentences it was tuned on; the held-out ones are for ``tests/benchmarks/safety.py``."""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from cppp_cli.checks.leaks import leaks
from cppp_cli.programme.passage import Passage

sys.path.append(str(Path(__file__).parents[1]))
corpus = importlib.import_module("benchmarks.safety_corpus")
places = importlib.import_module("benchmarks.safety_places")
proof = importlib.import_module("benchmarks.safety_leaks")
EXACT, FOLDED, REWORDED = proof.EXACT, proof.FOLDED, proof.REWORDED


@pytest.fixture(scope="module")
def scores():
    found = proof.Scores()
    proof.search(found, "tuning", placed=False, size=25)
    return found


def share(scores, kind):
    keys = [key for key in scores.planted if key[0] == kind]
    return sum(scores.caught[key] for key in keys) / sum(scores.planted[key] for key in keys)


def plain(words):
    """Words alone, in small letters."""
    return re.findall(r"\w+", words.casefold())


def test_every_confidence_is_found_as_it_stands(scores):
    assert [miss for miss in scores.missed if miss[0] == EXACT] == []
    assert share(scores, EXACT) == 1


def test_every_folded_confidence_is_found(scores):
    assert [miss for miss in scores.missed if miss[0] == FOLDED] == []
    assert share(scores, FOLDED) == 1


def test_nearly_every_reworded_confidence_is_found(scores):
    assert share(scores, REWORDED) >= 0.95


def test_hardly_a_neutral_sentence_is_taken_for_a_confidence():
    found = proof.Scores()
    proof.alarms(found, "tuning")
    assert found.neutral >= 700
    assert len(found.false) <= found.neutral / 1000 + 1  # the rate that is promised is that of the held-out part


def test_what_is_not_said_is_not_found():
    told = corpus.confidences("tuning")
    held = [each.confidence for each in told if each.family == 1]
    others = [Passage(f"paragraph {n}", each.words) for n, each in enumerate(told) if each.family == 2]
    assert len(leaks(tuple(others), held, corpus.AUDIENCE)) <= 1


def test_there_are_enough_sentences_and_a_third_is_held_out():
    every, held = len(corpus.confidences("all")), sum(len(corpus.confidences(part)) for part in corpus.HELD_OUT)
    assert every >= 200
    assert 3 * held >= every
    assert len(corpus.neutrals("all")) >= 1000


def test_no_sentence_stands_twice():
    words = [tuple(plain(each.words)) for each in chain(corpus.confidences("all"), corpus.neutrals("all"))]
    assert [each for each, times in Counter(words).items() if times > 1] == []


def test_every_confidence_has_a_name_of_its_own():
    refs = [each.ref for each in corpus.confidences("all")]
    assert len(set(refs)) == len(refs)


@pytest.mark.parametrize("part", corpus.chosen("all"))
def test_every_confidence_is_complete(part):
    for told in corpus.confidences(part):
        assert told.family in corpus.FAMILIES
        assert told.kind in corpus.KINDS
        assert set(told.reworded) == set(corpus.REWORDINGS), told.ref


@pytest.mark.parametrize("part", corpus.chosen("all"))
def test_every_rewording_says_it_in_other_words(part):
    for told in corpus.confidences(part):
        every = [plain(each) for each in (told.words, *told.reworded.values())]
        assert len({tuple(each) for each in every}) == len(every), told.ref


@pytest.mark.parametrize("part", corpus.chosen("all"))
def test_three_words_at_least_are_other_words(part):
    few = []
    for told in corpus.confidences(part):
        before, after = Counter(plain(told.words)), Counter(plain(told.reworded["three_words"]))
        if max((before - after).total(), (after - before).total()) < 3:
            few.append(told.ref)
    assert few == []


def test_neutral_sentences_that_come_near_name_what_they_come_near():
    of = {each.ref: each.family for each in corpus.confidences("tuning")}
    near = [each for each in corpus.neutrals("tuning") if each.near]
    assert len(near) >= 150
    assert [each.words for each in near if of[f"tuning.{each.near}"] != each.family] == []


@pytest.mark.parametrize("name", list(corpus.FOLDS))
def test_a_fold_changes_signs_and_no_word(name):
    changed = [
        (told.words, text)
        for told in corpus.confidences("tuning")
        for fold, text in corpus.folded(told.words)
        if fold == name
    ]
    assert changed
    for before, after in changed:
        bare = re.sub("[\u00ad\u200b\u2060\ufeff\u200d]", "", after)
        assert plain(bare.replace("’", "'")) == plain(before.replace("’", "'"))


def test_halves_are_the_whole():
    for told in corpus.confidences("tuning"):
        first, second = places.halves(told.words)
        assert f"{first} {second}" == told.words
        assert first
        assert second
