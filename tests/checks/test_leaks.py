"""Words said in confidence do not stand in a document for those who may not read them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.checks.finding import Severity
from cppp_cli.checks.leaks import EXACT, FOLDED, REWORDED, as_finding, leaks
from cppp_cli.programme.audiences import NOBODY
from cppp_cli.programme.confidences import Confidence
from cppp_cli.programme.passage import KINDS, Passage

REPORT = frozenset({"parent-a", "parent-b", "court"})
PRETEND = "Sometimes I pretend to be asleep so that nobody asks me about the other house."
GRANNY = "Granny told me not to tell Mum about the telephone under the stairs."
SCARED = "I am scared when Dad shouts at Mum in the kitchen, and I hide behind the sofa."
LETTER = """Dear Mum and Dad,
I don't like it when the seventeen letters come from the solicitor.
Nobody reads me a story on those nights."""
SAID = (PRETEND, GRANNY, SCARED)

NEUTRAL = (
    "Sami sleeps at his father's on Wednesdays.",
    "Isla and Theo live with their mother and spend alternate weekends with their father.",
    "Their father collects them from school on the Friday.",
    "The telephone call on Sundays is at 18:00, and their mother leaves the room.",
    "Isaac stays with his grandmother on Mondays until his mother comes home from work.",
    "Both parents said that the children are not asked about the other home.",
    "The children keep their bicycles under the stairs at their father's house.",
    "The father told the officer that he is sorry about the message at Easter.",
    "Dinner is in the kitchen at six, and both children help to lay the table.",
)


def held(words=PRETEND, **more):
    return Confidence("statement.12.3", words, **{"what": "what Isla said on 8 July 2026", **more})


def passage(text, kind="text", place="paragraph 1", **more):
    return Passage(place, text, kind, **more)


def how(text, words=PRETEND, **more):
    return [leak.how for leak in leaks([passage(text, **more)], [held(words)], REPORT)]


@pytest.mark.parametrize("words", [*SAID, LETTER])
def test_the_very_words_are_found_wherever_they_stand(words):
    for kind, text in itertools.product(KINDS, (words, f"Isla was seen. “{words}” She then drew.")):
        (leak,) = leaks([passage(text, kind)], [held(words)], REPORT)
        assert (leak.how, leak.score) == (EXACT, 100)
        assert leak.found in text
        assert leak.found == words.rstrip(".")


FOLDS = {
    "capitals": str.upper,
    "small letters": str.lower,
    "blanks": lambda text: text.replace(" ", "  "),
    "lines": lambda text: text.replace(" ", "\n"),
    "no blanks": lambda text: text.replace(" ", ""),
    "hard blanks": lambda text: text.replace(" ", "\u00a0"),
    "no punctuation": lambda text: "".join(sign for sign in text if sign.isalnum() or sign.isspace() or sign == "'"),
    "dashes": lambda text: text.replace(", ", " – "),
    "curly": lambda text: text.replace("'", "’"),
    "no apostrophes": lambda text: text.replace("'", ""),
    "written out": lambda text: text.replace("don't", "do not").replace("I'm", "I am"),
    "soft hyphens": "\u00ad".join,
    "zero width": lambda text: text.replace("e", "e\u200b"),
    "joiners": lambda text: text.replace("a", "\u2060a\ufeff"),
    "accents": lambda text: text.replace("e", "é").replace("o", "o\u0308"),
    "full width": lambda text: "".join(chr(ord(s) + 0xFEE0) if s.isascii() and s.isalnum() else s for s in text),
    "ligatures": lambda text: text.replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "hyphenated": lambda text: text.replace("tt", "t-\nt").replace("ouse", "o-\nuse"),
    "numbers": lambda text: text.replace("seventeen", "17"),
    "underlined": lambda text: text.replace(" ", "_"),
    "stops": lambda text: text.replace(" ", " . "),
    "Cyrillic": lambda text: text.translate(
        str.maketrans("aceopxyMTH", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u041c\u0422\u041d")
    ),
    "Greek": lambda text: text.translate(str.maketrans("aoMTH", "\u03b1\u03bf\u039c\u03a4\u0397")),
}


@pytest.mark.parametrize("fold", FOLDS)
@pytest.mark.parametrize("words", [*SAID, LETTER])
def test_words_in_another_dress_are_found(fold, words):
    changed = FOLDS[fold](words)
    (leak,) = leaks([passage(f"Before them. {changed} And after.")], [held(words)], REPORT)
    assert leak.score == 100
    assert leak.how == (EXACT if leak.found in words else FOLDED)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*SAID, LETTER]), st.lists(st.sampled_from(sorted(FOLDS)), max_size=4))
def test_no_dress_over_another_hides_the_very_words(words, folds):
    text = words
    # Letters of another alphabet look alike in one size only: put on last, or they are others.
    for fold in sorted(folds, key=lambda fold: fold in {"Greek", "Cyrillic"}):
        text = FOLDS[fold](text)
    assert set(how(f"Neutral words. {text}", words)) <= {EXACT, FOLDED}
    assert how(f"Neutral words. {text}", words)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SAID), st.integers(1, 9), st.sampled_from([None, *sorted(FOLDS)]))
def test_words_that_run_into_the_next_passage_are_found(words, after, fold):
    parts = words.split()
    halves = [" ".join(parts[:after]), " ".join(parts[after:])]
    first, second = (FOLDS[fold](half) if fold else half for half in halves)
    apart = [passage(f"The officer wrote: {first}"), passage(f"{second} That was all.", place="paragraph 2")]
    leak, *more = leaks(apart, [held(words)], REPORT)
    assert leak.how in {EXACT, FOLDED}
    assert leak.passage == apart[0]
    assert [(one.how, one.passage) for one in more] in ([], [(REWORDED, apart[1])])  # a long part says it by itself
    header = passage("Family Court at Northbridge", "header", "the header")
    assert leaks([apart[0], header, apart[1]], [held(words)], REPORT) == (leak, *more)
    row = passage(f"Isla\n{first}\n{second}", "row", cells=("Isla", first, second))
    assert [found.how for found in leaks([row], [held(words)], REPORT)] == [leak.how]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (SCARED, "She told me that she is scared when her father shouts at her mother in the kitchen and hides behind the sofa."),
        (SCARED, "When Daniel yells at Leanne in the kitchen Isla is afraid, and she hides behind the settee."),
        (SCARED, "I hid behind the sofa. I was frightened when Dad was shouting at Mummy in the kitchen."),
        (PRETEND, "So that no one asks her about the other home, Isla at times pretends to be sleeping."),
        (PRETEND, "The child has said that she sometimes pretended to be asleep so nobody would ask her about the other house."),
        (PRETEND, "Sometimes I make believe I am asleep so that nobody questions me about the other house."),
        (GRANNY, "His grandmother has told him not to tell his mother about the telephone under the stairs."),
        (GRANNY, "There is a telephone under the stairs, and Granny told me not to tell Mum about it."),
        ("I want to live with Mum.", "Isla said she wants to live with her mother."),
        ("I hate Gareth and his dog.", "She told the officer that she hates Gareth and hates his dog."),
    ],
)  # fmt: skip
def test_words_told_in_other_words_are_found(words, said):
    for text in (said, f"Isla was seen alone at school on 8 July 2026. {said} She then drew a house."):
        (leak,) = leaks([passage(text)], [held(words)], REPORT)
        assert leak.how == REWORDED
        assert 50 <= leak.score < 100
        assert leak.found in text


def test_other_words_over_two_passages_or_cells_are_found():
    first, second = "When her father shouted at her mother in the kitchen", "Isla was scared and hid behind the sofa."
    apart = [passage(first), passage(second, place="paragraph 2")]
    (leak,) = leaks(apart, [held(SCARED)], REPORT)
    assert (leak.how, leak.passage) == (REWORDED, apart[0])
    assert "kitchen\nIsla" in leak.found
    assert how(f"{first}\n{second}", SCARED, kind="row") == [REWORDED]


ITEMS = ("When Dad yells at Mummy in the kitchen", "she is frightened", "and hides behind the settee.")


@pytest.mark.parametrize("kind", ["text", "row"])
def test_other_words_over_three_items_of_a_list_are_found(kind):
    items = [passage(text, kind, f"paragraph {number}") for number, text in enumerate(ITEMS)]
    (leak,) = leaks(items, [held(SCARED)], REPORT)
    assert (leak.how, leak.passage) == (REWORDED, items[0])
    assert leak.found == "Dad yells at Mummy in the kitchen\nshe is frightened\nand hides behind the settee"
    apart = [items[0], *(passage(text) for text in NEUTRAL[:3]), *items[1:]]
    assert leaks(apart, [held(SCARED)], REPORT) == ()


def test_words_are_found_in_the_name_of_a_file():
    name = "isla-is-scared-when-dad-shouts-at-mum-in-the-kitchen-and-hides-behind-the-sofa.docx"
    assert how(name, SCARED, kind="name") == [REWORDED]
    assert how("Sometimes_I_pretend_to_be_asleep_so_that_nobody_asks_me_about_the_other_house.md") == [FOLDED]


@pytest.mark.parametrize("words", [*SAID, "I want to live with Mum.", "I am scared of Dad.", LETTER])
def test_neutral_sentences_on_the_same_topics_pass(words):
    assert [text for text in NEUTRAL if how(text, words)] == []
    whole = [passage(text, place=f"paragraph {number}") for number, text in enumerate(NEUTRAL)]
    assert leaks(whole, [held(words)], REPORT) == ()
    assert how(" ".join(NEUTRAL), words) == []


@pytest.mark.parametrize(
    ("words", "found", "passed"),
    [
        ("No.", ["Asked whether she wished it, she said “No.”"], ["No.", "No", "No overnight stay was agreed."]),
        ("I don't know.", ["'I don't know,' he said."], ["I don't know.", "The court will know."]),
        ("Saturdays", ['He said "Saturdays!"'], ["Saturdays", "Saturdays, 10:00 to 17:00"]),
        ("I like school.", ["I like school.", "Isla: i like school", "“I like school,” she said."],
         ["Isla likes school.", "I like school dinners.", "School is what I like."]),
    ],
)  # fmt: skip
def test_short_words_are_found_only_as_they_were_said(words, found, passed):
    assert [text for text in found if not how(text, words)] == []
    assert [text for text in passed if how(text, words)] == []


def test_a_cell_or_a_quotation_of_its_own_is_how_short_words_are_said():
    assert how("Isla\nI like school", "I like school.", kind="row") == [EXACT]
    assert how("No.", "No.", kind="quote") == [EXACT]


def test_one_sentence_of_a_letter_gives_it_away():
    assert how("She wrote: Nobody reads me a story on those nights.", LETTER) == [EXACT]
    assert how("Dear Mum and Dad, we have looked at your picture.", LETTER) == []


READERS = st.frozensets(st.sampled_from(["parent-a", "parent-b", "court", "child-1", "child-2"]))


@settings(max_examples=60, deadline=None)
@given(READERS, READERS, st.sampled_from(SAID))
def test_what_everybody_may_read_is_no_leak_and_all_else_is(audience, readers, words):
    found = leaks([passage(words)], [held(words, readers=readers)], audience)
    assert bool(found) == (not audience or not audience <= readers)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SAID), st.sampled_from(sorted(FOLDS)))
def test_open_words_are_no_leak(words, fold):
    text = FOLDS[fold](words)
    for known in (words, words.upper(), f"And {words} And more."):
        assert leaks([passage(text)], [held(words)], REPORT, [known]) == ()
    opened = Confidence("statement.12.4", words, REPORT)
    assert leaks([passage(text)], [held(words), opened], REPORT) == ()
    assert leaks([passage(text)], [held(words)], REPORT, NEUTRAL)


def test_what_is_more_like_open_words_than_like_the_confidence_is_no_leak():
    said = "Isla told me she is scared when her father shouts at her mother in the kitchen, and hides behind the sofa."
    parent = (
        "I know that Isla is scared when her father shouts at me in the kitchen, and that she hides behind the sofa."
    )
    assert leaks([passage(said)], [held(SCARED)], REPORT)
    assert leaks([passage(parent)], [held(SCARED)], REPORT, [parent]) == ()
    assert leaks([passage(said)], [held(SCARED)], REPORT, ["I shout in the kitchen.", "She is scared."])


def test_a_confidence_beside_open_words_is_still_found():
    known = "I want to sleep at Dad's when it is not a school day."
    text = f"“{known}” She sometimes pretends to be asleep so that nobody asks her about the other house."
    assert [leak.how for leak in leaks([passage(text)], [held()], REPORT, [known])] == [REWORDED]


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([*SAID, "She pretends to be asleep at times so nobody asks her about the other house."]))  # fmt: skip
def test_other_passages_change_nothing(chance, text):
    confidences = [Confidence(f"statement.1.{number}", words) for number, words in enumerate(SAID)]
    alone = leaks([passage(text)], confidences, REPORT)
    others = [passage(words, place=f"paragraph {n}") for n, words in enumerate(chance.sample(NEUTRAL, 6), 2)]
    at = chance.randrange(len(others))
    assert leaks([*others[:at], passage(text), *others[at:]], confidences, REPORT) == alone
    assert len(alone) == 1
    assert leaks(others, confidences, REPORT) == ()


def test_leaks_come_in_the_order_of_the_document_one_for_each_passage_and_confidence():
    texts = [passage(SCARED, "header", "the header"), passage(f"{PRETEND} {PRETEND} {GRANNY}"), passage(SCARED)]
    confidences = [Confidence(words[:5], words) for words in SAID]
    found = leaks(texts, confidences, REPORT)
    assert [leak.passage for leak in found] == [texts[0], texts[1], texts[1], texts[2]]
    assert {leak.confidence.words for leak in found[1:3]} == {PRETEND, GRANNY}


def test_nothing_held_or_nothing_written_is_no_leak():
    assert leaks([], [held()], REPORT) == ()
    assert leaks([passage(PRETEND)], [], REPORT) == ()
    assert leaks([passage(""), passage("—")], [held(""), held("?!")], REPORT) == ()


def test_a_finding_stands_in_the_way_says_why_and_holds_no_word_of_it():
    for text, words in ((PRETEND, PRETEND), (PRETEND.upper(), PRETEND), ("She told me " + SCARED, SCARED)):
        (leak,) = leaks([passage(text, place="paragraph 12")], [held(words)], REPORT)
        finding = as_finding(leak, REPORT)
        assert (finding.id, finding.place) == (f"leak.{leak.how}", "paragraph 12")
        assert finding.severity is Severity.BLOCKING
        assert finding.authority
        assert finding.do
        assert "what Isla said on 8 July 2026" in finding.what
        assert not {"asleep", "pretend", "sofa", "scared"} & set(f"{finding.what} {finding.do}".lower().split())


def test_only_what_merely_resembles_may_be_released():
    said = (
        "She told me that she is scared when her father shouts at her mother in the kitchen and hides behind the sofa."
    )
    (open_one,) = leaks([passage(said)], [held(SCARED)], REPORT)
    (kept_back,) = leaks([passage(said)], [held(SCARED, wished=NOBODY)], REPORT)
    assert "--release" in as_finding(open_one, REPORT).do
    assert "--release" not in as_finding(kept_back, REPORT).do


@pytest.mark.parametrize("held", ["Dad hits me.", "He touches me.", "Granny smacks me"])
def test_a_few_grave_words_are_found_in_the_middle_of_others(held):
    said = held.rstrip(".")
    (leak,) = leaks(
        [Passage("paragraph 1", f"Isla said: {said}, and then she cried.")],
        [Confidence("s.1.1", held)],
        frozenset({"court", "parent-a", "parent-b"}),
    )
    assert leak.how in {"exact", "folded"}


@pytest.mark.parametrize("text", ["Isla told me that Dad hits her.", "Her father hit her on the arm."])
def test_a_few_grave_words_are_found_told_of_somebody(text):
    assert leaks(
        [Passage("paragraph 1", text)],
        [Confidence("s.1.1", "Dad hits me.")],
        frozenset({"court", "parent-a", "parent-b"}),
    )
    assert not leaks(
        [Passage("paragraph 1", "Her dad lives in Hitchin.")],
        [Confidence("s.1.1", "Dad hits me.")],
        frozenset({"court", "parent-a", "parent-b"}),
    )
