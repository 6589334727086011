from __future__ import annotations

import re
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cppp_cli.checks.finding import Severity
from cppp_cli.checks.policy import FILE, policy, rules_from
from cppp_cli.documents import read_back
from cppp_cli.errors import TemplateError
from cppp_cli.programme.passage import Passage

HERE = Path(__file__).parent / "policy"
ROOT = HERE.parents[2]
TEXT = (ROOT / "templates" / FILE).read_text(encoding="utf-8")
RULES = rules_from(TEXT)
IDS = [
    "policy.claims",
    "policy.alleges",
    "policy.doubt",
    "policy.historical",
    "policy.one-off",
    "policy.softened",
    "policy.alienation",
    "policy.coached",
    "policy.diagnosis",
    "policy.blame",
    "policy.label",
    "policy.refused",
    "policy.failed",
    "policy.loaded",
    "policy.unsourced",
    "policy.earlier",
    "policy.old-term",
]
DOCUMENTS = sorted(path for path in (ROOT / "examples").glob("family-*/documents/*") if path.suffix in {".md", ".docx"})


def corpus(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["passage"]


def laid_out(entry, **changes):
    """The passages of an entry of a corpus; the one in question has the place "here"."""
    under = tuple(entry.get("under", ("Analysis",)))
    before, after = (
        [Passage(where, entry[where], under=under)] if where in entry else [] for where in ("before", "after")
    )
    here = replace(Passage("here", entry["text"], entry.get("kind", "text"), under=under), **changes)
    return [*before, here, *after]


def ids(passages, rules=RULES, place="here"):
    return sorted(finding.id for finding in policy(passages, rules) if finding.place == place)


def of(text, **more):
    return ids([Passage("here", text, **more)])


BAD = corpus("bad_tuning") + corpus("bad_held")
GOOD = corpus("good_tuning") + corpus("good_held")


# ------------------------------------------------------------------------------------------------ the corpora


@pytest.mark.parametrize("name", ["bad_tuning", "good_tuning"])
def test_what_the_rules_were_tuned_on_comes_out_right(name):
    wrong = [(e["text"], got) for e in corpus(name) if (got := ids(laid_out(e))) != sorted(e.get("finds", ()))]
    assert wrong == []


def test_what_was_kept_out_of_sight_comes_out_as_on_the_day_it_was_first_run():
    """38 of 39 and no false one, when it was run once; whoever changes a rule does no worse."""
    bad, good = corpus("bad_held"), corpus("good_held")
    wanted = [(number, name) for number, entry in enumerate(bad) for name in entry["finds"]]
    got = [(number, name) for number, entry in enumerate(bad) for name in ids(laid_out(entry))]
    assert (len(wanted), len(bad), len(good)) == (39, 36, 58)
    assert len(set(wanted) & set(got)) >= 38
    assert set(got) <= set(wanted)
    assert [entry["text"] for entry in good if ids(laid_out(entry))] == []


def test_the_corpora_are_large_enough_and_share_no_entry():
    assert len(BAD) >= 60
    assert len(GOOD) >= 100
    texts = [(entry.get("before"), entry["text"]) for entry in BAD + GOOD]
    assert len(set(texts)) == len(texts)
    assert all(entry["finds"] for entry in BAD)
    assert not any("finds" in entry for entry in GOOD)


def test_each_rule_is_wanted_in_the_tuned_and_in_the_held_part():
    for name in ("bad_tuning", "bad_held"):
        assert {one for entry in corpus(name) for one in entry["finds"]} == set(IDS)


# ------------------------------------------------------------------------------------------------ what holds for all


@pytest.mark.parametrize(("opening", "closing"), ["“”", "‘’", '""', "''"])
def test_between_quotation_marks_nothing_is_asked_about(opening, closing):
    marked = [e for e in BAD if not re.search(r"[“”‘’\"']", e["text"]) and e.get("kind") != "row"]
    assert len(marked) > 60
    for entry in marked:
        assert ids(laid_out(entry, text=f"Of this it was said: {opening}{entry['text']}{closing}")) == []


def test_a_quotation_that_goes_on_in_the_next_paragraph_needs_no_mark_at_its_end():
    assert of("“She is a narcissist and she refused.") == []
    assert of("“She is a narcissist.” She refused.") == ["policy.refused"]


@pytest.mark.parametrize("kind", ["quote", "property", "name"])
def test_no_kind_that_is_not_the_authors_words_is_asked_about(kind):
    assert {name for entry in BAD for name in ids(laid_out(entry, kind=kind))} == set()


@pytest.mark.parametrize("kind", ["heading", "row", "alternative text", "footer", "hidden"])
def test_every_other_kind_is(kind):
    assert of("In my view this is parental alienation.", kind=kind) == ["policy.alienation"]


@pytest.mark.parametrize(
    "says",
    [
        "The court found on 4 May 2025 that",
        "District Judge Amin concluded that",
        "The child arrangements order of 3 June 2024 records that",
        "There were findings of fact that",
        "It is said in the judgment that",
    ],
)
def test_what_a_court_or_an_order_says_is_not_asked_about(says):
    for entry in BAD:
        if not re.search(r"[.;?] |\n|“", entry["text"]):
            assert ids(laid_out(entry, text=f"{says} {entry['text']}")) == [], entry["text"]


def test_only_the_rest_of_that_one_sentence_is_exempt():
    assert of("The court found that he hit her. Mrs Bale claims that he did so again.") == ["policy.claims"]
    assert of("Mrs Bale claims that he hit her, and the court found that he did.") == ["policy.claims"]


def test_case_and_the_form_of_signs_change_nothing():
    signs = str.maketrans({"'": "’", "-": "‑", " ": "\u00a0"})
    # Whether "contact" is a noun for time is told by capitals too: "contact Ms Bale" is none.
    others = tuple(rule for rule in RULES if not rule.of_time)
    for entry in BAD:
        if "under" not in entry:
            assert ids(laid_out(entry, text=entry["text"].translate(signs))) == ids(laid_out(entry))
            for changed in (entry["text"].upper(), entry["text"].lower()):
                assert ids(laid_out(entry, text=changed), others) == ids(laid_out(entry), others), changed


@pytest.mark.parametrize("name", IDS)
def test_a_rule_that_is_switched_off_is_silent_and_the_others_are_not(name):
    less = tuple(replace(rule, on=False) if rule.id == name else rule for rule in RULES)
    for entry in BAD:
        assert ids(laid_out(entry), less) == [one for one in ids(laid_out(entry)) if one != name]


def test_with_no_rule_nothing_is_found():
    assert policy([Passage("here", "She claims that he hit her.")], ()) == ()
    assert policy((), RULES) == ()


# ------------------------------------------------------------------------------------------------ what is near

ABUSE = Passage("before", "Mrs Bale told me that he strangled her.", under=("Harm",))
CLAIM = Passage("here", "Mr Bale claims that he was out.", under=("Harm",))
BETWEEN = Passage("between", "Both live in Westmere.", under=("Harm",))


def test_a_claim_counts_beside_a_paragraph_on_abuse_and_no_further():
    assert ids([CLAIM]) == []
    assert ids([ABUSE, CLAIM]) == ids([CLAIM, ABUSE]) == ["policy.claims"]
    assert ids([ABUSE, BETWEEN, CLAIM]) == []
    assert ids([replace(ABUSE, under=("Money",)), CLAIM]) == []
    assert ids([replace(ABUSE, kind="quote"), CLAIM]) == ["policy.claims"]


@pytest.mark.parametrize("text", ["The trip to Spain was a one-off.", "Emre likes the historic market."])
def test_beside_abuse_a_word_that_is_about_something_else_in_its_sentence_passes(text):
    assert ids([ABUSE, replace(CLAIM, text=text)]) == []
    assert len(ids([ABUSE, replace(CLAIM, text=text.replace(".", ", and so was the assault."))])) == 1


def test_the_screening_of_every_report_is_no_talk_of_abuse():
    row = "Domestic abuse was considered first and does not stand in the way\nmet"
    assert ids([replace(ABUSE, text=row), CLAIM]) == []


def test_what_a_side_says_of_itself_is_its_own_words_and_what_is_told_of_it_is_not():
    said = ("What each side said", "Leanne Bale")
    assert of("What stands in the way. He refuses what I ask.", under=said) == []
    assert of("What stands in the way. He refuses what she asks.", under=said) == ["policy.refused"]
    assert of("He refuses what I ask.", under=("Analysis",)) == ["policy.refused"]
    cells = "Asks the court for: I want him to stop being manipulative.\nAsks the court for: Full custody."
    under = ("Not agreed, or for the court to decide", "Money")
    assert of(cells, kind="row", under=under) == ["policy.old-term"]


# ------------------------------------------------------------------------------------------------ what is told


def test_a_finding_quotes_the_words_and_says_what_to_do_and_on_what_it_rests():
    text = "Ms Doe Claims he hit her; she  claims that\u00a0he claimed otherwise."
    (found,) = policy([Passage("paragraph 12", text)], RULES)
    assert found.id == "policy.claims"
    assert found.place == "paragraph 12"
    assert found.what.startswith("It says “Claims” and “claimed”. ")
    assert found.severity is Severity.ADVISORY
    assert not found.blocks
    assert "own words" in found.do
    assert "9 October 2024" in found.authority
    assert "not verified" in found.authority


def test_all_is_advisory_and_every_rule_has_a_source_a_date_and_something_to_do():
    for entry in BAD:
        assert all(f.severity is Severity.ADVISORY for f in policy(laid_out(entry), RULES))
    for rule in RULES:
        assert min(len(rule.source), len(rule.dated), len(rule.why), len(rule.do)) > 3
        assert rule.on


def test_the_ids_are_a_contract():
    assert [rule.id for rule in RULES] == IDS


def test_findings_come_in_the_order_of_the_document_then_of_the_rules():
    passages = [Passage("2", "She refused."), Passage("1", "The toxic mother failed to call and was paranoid.")]
    found = [(f.place, f.id) for f in policy(passages, RULES)]
    assert found == [
        ("2", "policy.refused"),
        ("1", "policy.diagnosis"),
        ("1", "policy.blame"),
        ("1", "policy.failed"),
    ]


# ------------------------------------------------------------------------------------------------ the examples


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_example_document_is_asked_about(path):
    passages = read_back.passages(path.name, path.read_bytes())
    assert len(passages) > 10
    assert policy(passages, RULES) == ()


@pytest.mark.parametrize("family", ["family-1", "family-2"])
def test_a_bad_word_is_found_in_every_numbered_paragraph_of_a_report_and_at_its_place_alone(family):
    (path,) = (p for p in DOCUMENTS if p.match(f"{family}/documents/*-cppp-report-*.md"))
    passages = read_back.passages(path.name, path.read_bytes())
    numbered = [index for index, passage in enumerate(passages) if passage.number is not None]
    assert len(numbered) > 30
    for index in numbered:
        bad = replace(passages[index], text="She is the alienating parent, and this was parental alienation.")
        found = policy([*passages[:index], bad, *passages[index + 1 :]], RULES)
        assert [(f.id, f.place) for f in found] == [("policy.alienation", bad.place)]


# ------------------------------------------------------------------------------------------------ the file

RULE = """
[[rule]]
id = "policy.of-an-office"
words = ["blue moon"]
why = "Because."
do = "Write something else."
source = "The office"
dated = "May 2026"
"""


def test_an_office_may_write_a_rule_of_its_own():
    (rule,) = rules_from(RULE)
    (found,) = policy([Passage("here", "Once in a Blue  Moon he rings.")], [rule])
    assert (found.id, found.authority) == ("policy.of-an-office", "The office (May 2026)")


@pytest.mark.parametrize(
    ("phrase", "found", "passed"),
    [
        ("claim*", "claims claim claimant", "proclaim acclaim"),
        ("one-off", "one-off one off", "oneoff one-offs"),
        ("hit/hits her", "he hits her", "hitting her; hit him"),
        ("judge ... found", "the judge, Ms Amin (Leeds), found", "judge one two three four five six seven found"),
        ("judge ... found", "judge found", "judge. found"),
        ("{pets} bites", "the old dog bites", "the cow bites"),
        ("children's", "the children’s bus", "the children"),
    ],
)
def test_phrases_mean_what_the_head_of_the_file_says(phrase, found, passed):
    text = f'[lists]\npets = ["cat", "old dog"]\n{RULE}'.replace("blue moon", phrase)
    rules = rules_from(text)
    assert ids([Passage("here", found)], rules) == ["policy.of-an-office"]
    assert ids([Passage("here", passed)], rules) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("words = [", "words = "), r"cannot be read \(.*line 4"),
        (('words = ["blue moon"]\n', ""), "line 2, policy.of-an-office: it has no words"),
        (('"blue moon"', ""), "line 2, policy.of-an-office: words must be a list"),
        (('"blue moon"', "3"), "line 2, policy.of-an-office: words must be a list"),
        (('["blue moon"]', '"blue moon"'), "line 2, policy.of-an-office: words must be a list"),
        (("blue moon", "blue ..."), "must begin and end with a word"),
        (("blue moon", "(blue"), "has a sign that means nothing there"),
        (("blue moon", "*"), "has a sign that means nothing there"),
        (("blue moon", "{moons}"), "there is no list “moons”"),
        (('"policy.of-an-office"', '"blue"'), "line 2, blue: id must be"),
        (('id = "policy.of-an-office"\n', ""), "line 2: id must be"),
        (("why =", "wy ="), "“wy” means nothing in a rule"),
        (('why = "Because."\n', ""), "why must be words"),
        (('"May 2026"', "2026-05-01"), "dated must be words"),
        (('"The office"', '" "'), "source must be words"),
        (("[[rule]]", "near = 1\n[[rule]]"), "holds “near”"),
        (("words =", 'near = "abuse"\nwords ='), "near names “abuse”, and there is no such list"),
        (("words =", 'on = "no"\nwords ='), "on must be true or false"),
        (("[[rule]]", "[rule]"), r"each rule must begin with a line \[\[rule\]\]"),
        (("[[rule]]", '[lists-but-not]\nx = ["y"]\n[[rule]]'), "names “x”, and there is no such list"),
        (("[[rule]]", '[lists]\nx = ["{x}"]\n[[rule]]'), r"in \[lists\]: there is no list “x” to use here"),
        (("[[rule]]", '[exempt]\nx = ["y"]\n[[rule]]'), r"\[exempt\] may hold"),
        (("[[rule]]", "exempt = 3\n[[rule]]"), r"\[exempt\] may hold"),
        (("[[rule]]", "lists = 3\n[[rule]]"), "lists must be a part of its own"),
    ],
)
def test_a_fault_in_an_offices_file_says_where_it_is_and_what_to_do(change, told):
    text = RULE.replace(*change)
    assert text != RULE
    with pytest.raises(TemplateError, match=told) as refused:
        rules_from(text)
    assert str(refused.value).startswith(f"{FILE}: ")
    assert str(refused.value).endswith("Correct the file, or remove it to use the one that comes with cppp.")


def test_a_rule_twice_is_refused_with_the_line_of_the_second():
    with pytest.raises(TemplateError, match=r"line 9, policy\.of-an-office: there is a rule with this id already"):
        rules_from(RULE + RULE.lstrip())


def test_the_line_that_is_told_is_the_line_of_the_rule():
    broken = TEXT.replace('id = "policy.failed"', 'id = "policy.failed"\nwhen = "now"')
    line = broken.splitlines().index('id = "policy.failed"')  # the line before it, counted from 1
    with pytest.raises(TemplateError, match=rf"line {line}, policy\.failed: “when”"):
        rules_from(broken)


@pytest.mark.parametrize(
    "text",
    ["hit " * 8_000, "claims abuse " * 3_000, "historic. abuse " * 2_000, "“claims “" * 3_000, "(, " * 9_000],
    ids=lambda text: text[:8],
)
def test_no_text_is_slow_to_read(text):
    begun = time.perf_counter()
    policy([Passage("here", text)], RULES)
    assert time.perf_counter() - begun < 2
