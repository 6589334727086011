"""What an officer may type that is wrong, odd or hostile: told in a sentence, or kept exactly as typed."""

from __future__ import annotations

import re

import pytest

from cppp_cli.commands.demo import FAMILIES
from cppp_cli.interview.asking import Command
from cppp_cli.programme.answers import Answer
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Facts
from cppp_cli.store.sheets import MemorySheet

WRONG = [
    ("case_number", "", "This one is needed"),
    ("case_number", "   ", "Type an answer"),
    ("court", "Northbridge\nand Westmere", "takes one line"),
    ("judge", "x" * 20_000, "longer than 2,000 characters"),
    ("route", "section 8", "Choose one of: Rule 16.4, Section 7"),
    ("order_date", "31 June 2026", "There is no 31 June 2026. Type a date such as"),
    ("order_date", "29 February 2026", "There is no 29 February 2026"),
    ("order_date", "2026-02-30", "There is no 2026-02-30"),
    ("order_date", "the other day", "such as"),
    ("order_date", "7 August 2026", "still to come"),
    ("hearing_on", "1 June 2026", "before the order of Tuesday 2 June 2026"),
    ("report_due", "1 June 2026", "before the order of Tuesday 2 June 2026"),
    ("adults.2.full_name", "daniel   ASHDOWN", "already on file as another adult"),
    ("adults.2.side", "A and B", "Choose one of: side A, side B"),
    ("adults.2.more", "perhaps", "Choose one of: yes, no"),
    ("children.1.born", "7 August 2026", "cannot be born after today"),
    ("children.1.born", "2026-13-01", "There is no 2026-13-01"),
    ("adults.1.consent_on", "tomorrow", "still to come"),
]


@pytest.mark.parametrize(("path", "typed", "said"), WRONG)
def test_what_is_wrong_is_told_and_asked_again(stories, play, path, typed, said):
    story = stories["family-1", "new-case"]
    before = {place: answer for place, answer in story.answers.items() if place != path}
    (step,) = [step for step in story.line if step.path == path]
    rows = [(step.text, typed), (step.text, Command.SAVE)]
    told = play.talk(story.script, rows, sheet=MemorySheet(before), facts=story.facts)
    assert told.answers == before
    assert said in told.said
    refused = next(line for line in told.officer.said if said in line)
    assert refused.rstrip().endswith((".", "?")), "a whole sentence"


def test_both_sides_are_needed_before_the_adults_end(stories, play):
    story = stories["family-1", "new-case"]
    kept = {path: answer for path, answer in story.answers.items() if path != "adults.2.more"}
    sheet = MemorySheet(kept | {"adults.2.side": Answer("A")})
    more = "Is there another adult party"
    told = play.talk(story.script, [(more, "no"), (more, Command.SAVE)], sheet=sheet, facts=story.facts)
    assert "Nobody is on side B yet" in told.said


HOSTILE = {
    "brackets": "[a] (b) <c> {d}",
    "templates": "{{ adult }} {% if x %} {# c #}",
    "placeholders": "{adult} {0} {} {child!r:>10} %s %(a)d",
    "markdown": "# head **bold** _it_ `code` | pipe | [x](y) ![z](w) ~~no~~ 1. one - two > three",
    "markup": "<b>&amp;</b> <!-- c --> &#65; <script>",
    "quotes": '"O\'Neil" “curly” ‘single’ «so»',
    "letters": "Zoë Søren Łukasz 李小龍 مريم דנה 👩‍👧 e\u0301 ﬁ",
    "words": ":b :s :stop x :b",
    "database": "'; DROP TABLE child; -- \\ \\n $HOME",
    "numbers": "²½٣ 1e9 NaN",
    "tabs and spaces": "a\tb  c\u00a0d\u200be",
    "long without a blank": "ö" * 2_000,
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_words_are_kept_exactly_as_typed(stories, play, typed):
    story = stories["family-1", "new-case"]
    names = [path for path in story.answers if path.endswith(("full_name", "called", "judge", "arrangement_now"))]
    for path in names:
        before = {place: answer for place, answer in story.answers.items() if place != path}
        rows = [("", typed), ("Type a number", Command.SAVE)]
        told = play.talk(story.script, rows, sheet=MemorySheet(before), facts=story.facts)
        assert told.answers[path] == Answer(typed)


@pytest.mark.parametrize("length", [20_000, 199_999])
def test_a_long_answer_without_a_blank_is_kept(stories, play, length):
    story = stories["family-1", "new-case"]
    before = {path: answer for path, answer in story.answers.items() if path != "arrangement_now"}
    typed = "x" * length
    rows = [("the arrangement in force", typed), ("Type a number", Command.SAVE)]
    told = play.talk(story.script, rows, sheet=MemorySheet(before), facts=story.facts)
    assert told.answers["arrangement_now"] == Answer(typed)
    assert f"({length:,} characters)" in told.said, "the review shortens it, and says so"


NAMED = re.compile(r"^(adults|children)\.\d\.(full_name|called)$")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", ["new-case", "parent-a", "child", "joint", "other"])
@pytest.mark.parametrize("word", ["{adult}", "{0} %s \\1", "{{ a }}", "1", "👩‍👧 مريم"])
def test_names_that_look_like_code_are_asked_about_by_that_name(stories, play, family, name, word):
    story = stories[family, name]

    def renamed(answers):
        odd = {path: Answer(f"{word} {path}") for path in answers if NAMED.match(path)}
        return {path: odd.get(path, answer) for path, answer in answers.items()}

    facts = Facts(story.facts.today, renamed(story.facts.background))
    answers = renamed(story.answers)
    line = steps(story.script, answers, facts)
    rows = [row for step in line for row in play.rows_for_answer(step.text, answers[step.path])]
    told = play.talk(story.script, [*rows, ("Type a number", "")], facts=facts, attach=lambda _: 1)
    assert told.end is True
    assert told.answers.keys() == answers.keys()
    prompts = told.officer.prompts
    asked = "\n".join([*(p.text for p in prompts), *(choice.label for p in prompts for choice in p.choices)])
    assert f"{word} children.1." in asked or f"{word} adults.1." in asked
    assert not re.search(r"\{(adult|child|children|a|b|parent|other_parent)\}", asked.replace(word, ""))
