"""Answers files: the same answers as at a terminal, every fault named at once, and nothing saved while there is one."""

from __future__ import annotations

from datetime import date

import pytest

from cppp_cli import paths
from cppp_cli.commands.demo import FAMILIES
from cppp_cli.errors import AnswersError, PictureError
from cppp_cli.interview.scripted import Outcome, apply, parse, refuse
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.model import Facts
from cppp_cli.questions.new_case import SCRIPT
from cppp_cli.store import cases, records
from cppp_cli.store.sheets import MemorySheet

FACTS = Facts(date(2026, 8, 6))
EXAMPLE = {family: (paths.examples() / family / "new-case.toml").read_text(encoding="utf-8") for family in FAMILIES}


def no_picture(path):
    raise PictureError(f"no file at {path}")


def given(text, *, script=SCRIPT, facts=FACTS, sheet=None, attach=no_picture, complete=True):
    """What came of a file, and the sheet it was put on."""
    on = MemorySheet() if sheet is None else sheet
    return apply(script, on, facts, parse(text, "The answers file"), attach=attach, complete=complete), on


def with_lines(family, *lines, without=()):
    """An example with lines replaced by those given for the same path, or added."""
    new = {line.partition(" =")[0]: line for line in lines}
    kept = [line for line in EXAMPLE[family].splitlines() if line.partition(" =")[0] not in {*new, *without}]
    return "\n".join([*kept, *new.values()])


@pytest.mark.parametrize("family", FAMILIES)
def test_an_example_gives_every_answer_and_no_problem(family, stories):
    outcome, sheet = given(EXAMPLE[family])
    assert outcome == Outcome()
    assert sheet.answers() == stories[family, "new-case"].answers


TABLES = """
route = "rule_16_4"
[[questions]]
words = "First?"
[[questions]]
words = "Second?"
[[adults]]
full_name = "Ann Reed"
phone = { skip = "declined to say" }
[adults.9]
"""
DOTTED = """
route = "rule_16_4"
questions.1.words = "First?"
questions.2.words = "Second?"
adults.1.full_name = "Ann Reed"
adults.1.phone = { skip = "declined to say" }
"""
NESTED = """
route = "rule_16_4"
[questions.1]
words = "First?"
[questions.2]
words = "Second?"
[adults.1]
full_name = "Ann Reed"
[adults.1.phone]
skip = "declined to say"
"""


@pytest.mark.parametrize("text", [TABLES.replace("[adults.9]\n", ""), NESTED])
def test_lists_of_tables_and_tables_say_what_dotted_keys_say(text):
    assert parse(text, "") == parse(DOTTED, "")
    assert given(text, complete=False)[1].answers() == given(DOTTED, complete=False)[1].answers()


def test_groups_within_groups_as_lists_of_tables():
    nested = '[[children]]\n[[children.adults]]\nrelation = "mother"\n[[children.adults]]\nrelation = "father"\n'
    assert parse(nested, "") == {"children.1.adults.1.relation": "mother", "children.1.adults.2.relation": "father"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("route = section_7", 1),
        ('court = "a"\ncourt = "b"', 2),
        ('judge = "never ends', 1),
        ("adults = [}", 1),
        ('a = "x"\na.b = "y"', 2),
        ('name = "\x00"', 1),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text, line):
    with pytest.raises(AnswersError, match=rf"The answers file is not a valid answers file.*line {line}\b") as told:
        parse(f"{text}\n", "The answers file")
    assert told.value.exit_code == 3


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("case_numbr", "case_number"),
        ("adults.1.fullname", "adults.1.full_name"),
        ("childern.1.born", "children.1.born"),
        ("hearing_date", ""),
        ("adults.7.full_name", "adults.2.full_name"),
        ("route_other", ""),  # there is such a question, and it does not apply
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_that_exists(key, near):
    outcome, _ = given(f"{EXAMPLE['family-1']}\n{key} = 'x'")
    (problem,) = outcome.problems
    assert problem.startswith(f"{key}: there is no such question, or it does not apply")
    assert f"Did you mean {near}" in problem or not near


def test_all_that_is_missing_is_listed_at_once():
    without = ("case_number", "court", "route", "adults.2.side", "children.1.born", "has_others", "adults.1.consent_on")
    outcome, _ = given(with_lines("family-1", without=without))
    assert {line.partition(":")[0] for line in outcome.missing} == {
        "case_number",
        "court",
        "route",
        "children.1.born",
        "has_others",
        "adults.1.consent_on",
    }  # the side has a proposal
    with pytest.raises(AnswersError) as told:
        refuse(outcome, complete=True)
    assert all(line in str(told.value) for line in outcome.missing)
    assert str(told.value).startswith("Nothing was saved.")


def test_an_empty_file_names_the_first_required_answers_and_nothing_else():
    outcome, sheet = given("")
    assert "case_number: Case number" in outcome.missing
    assert all(answer.gap for answer in sheet.answers().values() if answer.value is None)
    refuse(outcome, complete=False)  # a person will be asked for the rest


BAD = [
    ('case_number = ""', "case_number", "Type an answer"),
    ("case_number = 26", "case_number", "between quotation marks"),
    ('route = "section 7a"', "route", "Choose one of"),
    ('route = ["section_7"]', "route", "Choose one of"),
    ("order_date = 2026-08-07", "order_date", "still to come"),
    ('order_date = "31 June 2026"', "order_date", "June"),
    ('order_date = "soon"', "order_date", "date"),
    ("hearing_on = 2026-06-01", "hearing_on", "before the order"),
    ("report_due = 2026-06-01", "report_due", "before the order"),
    ("children.1.born = 2026-08-07", "children.1.born", "cannot be born after today"),
    ('adults.2.full_name = "DANIEL  ashdown"', "adults.2.full_name", "already on file"),
    ('adults.2.side = "C"', "adults.2.side", "Choose one of"),
    ('adults.1.consent_way = { skip = "not known" }', "adults.1.consent_way", "cannot be skipped"),
    ('judge = { skip = "forgot" }', "judge", "A skip is one of: not known, declined to say"),
    ('judge = "a\\nb"', "judge", "one line"),
    (f'judge = "{"x" * 20_000}"', "judge", "longer than 2,000"),
    ("judge = 2026-06-01", "judge", "between quotation marks"),
]


@pytest.mark.parametrize(("line", "path", "said"), BAD)
def test_what_is_wrong_with_an_answer_is_told_with_its_path(line, path, said):
    outcome, _ = given(with_lines("family-1", line))
    told = next(problem for problem in outcome.problems if problem.startswith(f"{path}: "))
    assert said in told
    assert told.endswith(".")


def test_every_fault_of_a_file_is_told_in_one_go():
    lines = [line for line, _, _ in BAD if line.startswith(("case_number = 26", "order_date = 2026", "judge = 2026"))]
    outcome, _ = given(with_lines("family-1", *lines, "colour = 'red'", without=("children.2.born",)))
    told = "\n".join(outcome.problems + outcome.missing)
    for path in ("case_number: ", "order_date: ", "judge: ", "colour: ", "children.2.born: "):
        assert path in told


@pytest.mark.parametrize("written", ["not known", "NOT KNOWN", "not_known", " Not known "])
def test_a_skip_may_be_written_as_it_is_shown_or_kept(written):
    outcome, sheet = given(with_lines("family-1", f'judge = {{ skip = "{written}" }}'))
    assert outcome == Outcome()
    assert sheet.answers()["judge"] == Answer(gap=Gap.NOT_KNOWN)


def test_true_and_false_are_yes_and_no():
    outcome, sheet = given(with_lines("family-1", "has_others = true", "adults.1.asked_alone = false"))
    assert outcome == Outcome()
    assert sheet.answers()["has_others"] == Answer("yes")
    assert sheet.answers()["adults.1.asked_alone"] == Answer("no")


HOSTILE = [
    "[brackets] (and) {braces}",
    "{{ adults }} {% if x %} {# c #}",
    "{adult} {0} {}",
    "**bold** _it_ `code` # head > quote | pipe",
    "<b>&amp;</b> <!-- c -->",
    "Zoë O’Neill-Søren 李小龍 مريم 👩‍👧",
    "':b' :s :stop",
    "%s %(x)d \\n \\ $HOME",
    "'; DROP TABLE child; --",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_kept_exactly_as_typed(text):
    literal = f'"""{text}"""'.replace("\\", "\\\\")
    lines = [f"children.1.full_name = {literal}", f"judge = {literal}", f"arrangement_now = {literal}"]
    outcome, sheet = given(with_lines("family-1", *lines))
    assert outcome == Outcome()
    assert {sheet.answers()[path].value for path in ("children.1.full_name", "judge", "arrangement_now")} == {text}


def test_twenty_thousand_characters_without_a_blank_are_kept():
    outcome, sheet = given(with_lines("family-1", f'arrangement_now = "{"ö" * 20_000}"'))
    assert outcome == Outcome()
    assert sheet.answers()["arrangement_now"] == Answer("ö" * 20_000)


def test_a_picture_is_attached_from_the_path_in_the_file(stories):
    child, seen = stories["family-1", "child"], []

    def attach(path):
        seen.append(path)
        return 5

    text = (paths.examples() / "family-1" / "child.toml").read_text(encoding="utf-8")
    outcome, sheet = given(text, script=child.script, facts=child.facts, attach=attach)
    assert (outcome, seen) == (Outcome(), ["isla-drawing.png"])
    assert sheet.answers()["letters.1.picture"] == Answer(5)

    outcome, _ = given(text, script=child.script, facts=child.facts)
    assert outcome.problems == ["letters.1.picture: no file at isla-drawing.png"]


@pytest.mark.parametrize("line", ['case_number = ""', "colour = 'red'", 'letters.1.picture = "gone.png"', "route ="])
def test_nothing_is_saved_while_anything_is_wrong(desk, shelf, line):
    """The order of a guided command: everything within one transaction, and a refusal undoes it."""
    case_id = shelf.cases["family-1"]
    sheet = cases.sheet(desk.db, case_id, desk.moment)
    before = sheet.answers(), desk.db.execute("SELECT count(*) FROM picture").fetchone()

    def attach(_):
        return records.add_picture(desk.db, case_id, b"x", "image/png", (1, 1), desk.moment)

    text = f'judge = "Somebody else"\nadults.1.called = "Dan"\n{line}'
    with pytest.raises(AnswersError), desk.db.atomic():
        refuse(given(text, sheet=sheet, facts=FACTS, attach=attach)[0], complete=True)
    assert (sheet.answers(), desk.db.execute("SELECT count(*) FROM picture").fetchone()) == before


def test_a_second_file_changes_only_what_it_names(stories):
    story = stories["family-2", "new-case"]
    sheet = MemorySheet(story.answers)
    outcome, _ = given('judge = "Judge Quill"\nchildren.2.born = 2022-12-10', sheet=sheet)
    assert outcome == Outcome()
    assert sheet.answers() == story.answers | {"judge": Answer("Judge Quill"), "children.2.born": Answer("2022-12-10")}


def test_an_answer_that_another_has_overtaken_is_told(stories):
    sheet = MemorySheet(stories["family-1", "new-case"].answers)
    outcome, _ = given(
        'order_date = 2026-08-01\nhearing_on = 2026-08-02\nreport_due = { skip = "not known" }', sheet=sheet
    )
    assert outcome == Outcome()
    sheet = MemorySheet(stories["family-1", "new-case"].answers)
    outcome, _ = given("order_date = 2026-08-01\nhearing_on = 2026-07-02", sheet=sheet)
    assert any(problem.startswith("hearing_on: That is before the order") for problem in outcome.problems)
    sheet = MemorySheet(stories["family-1", "new-case"].answers | {"hearing_on": Answer("2026-06-30")})
    outcome, _ = given("order_date = 2026-08-01", sheet=sheet)
    assert any(problem.startswith("hearing_on: That is before the order") for problem in outcome.problems)


def test_the_next_item_in_the_file_is_another_and_no_next_item_is_none(stories):
    outcome, sheet = given(EXAMPLE["family-2"])
    assert outcome == Outcome()
    found = {path: answer.value for path, answer in sheet.answers().items() if path.endswith(".more")}
    assert found == {
        "questions.1.more": "no",
        "adults.2.more": "yes",
        "adults.3.more": "no",
        "children.1.more": "yes",
        "children.2.more": "no",
    }
    outcome, _ = given('others.1.full_name = "Bo"\nothers.3.full_name = "Cy"\nhas_others = "yes"', complete=False)
    assert [problem.partition(":")[0] for problem in outcome.problems] == ["others.3.full_name"]


def test_answers_that_no_longer_apply_are_left_out_when_nobody_will_be_asked(stories):
    kept = stories["family-1", "new-case"].answers
    assert "others.1.full_name" in kept
    asked, alone = MemorySheet(kept), MemorySheet(kept)
    assert given('has_others = "no"', sheet=asked, complete=False)[0] == Outcome()
    assert asked.answers() == kept | {"has_others": Answer("no")}, "a person sees them at the review"
    assert given('has_others = "no"', sheet=alone)[0] == Outcome()
    assert not [path for path in alone.answers() if path.startswith("others.")]


# ------------------------------------------------------------------ what an error may repeat

OF_THE_PLAN = {
    "children.1.full_name": Answer("Isla Ashdown"),
    "children.1.more": Answer("no"),
    "others.1.full_name": Answer("Gareth Pryce"),
    "ledger.3.topic": Answer("money"),
    "ledger.3.topic_other": Answer(None),
    "ledger.3.says": Answer("Money, for Isla Ashdown: agreed “Halves of what the shoes cost.”"),
    "heard.7-2.says": Answer("Isla Ashdown: “I hate it, and so does Gareth Pryce.”"),
}
TOPIC = 'topic = "money"\nchildren = ["all"]\nstate = "agreed"\nwording = "Halves."\n'
SECRET = ("Halves of what", "shoes", "hate", "Isla", "Ashdown", "Gareth", "Pryce")


@pytest.mark.parametrize(
    ("script", "text", "said"),
    [
        ("log", f'[[entries]]\nentry = "7"\n{TOPIC}', "entries.1.entry: Choose one of: new, 3."),
        ("log", f'[[entries]]\nentry = "new"\nwishes = ["7.3"]\n{TOPIC}', "entries.1.wishes: Choose one of: 7.2."),
        (
            "log",
            f'[[entries]]\nentry = "new"\n{TOPIC}'.replace('"all"', '"all", "1"'),
            "entries.1.children: “all” cannot be combined with other choices. Choose it alone, or leave it out.",
        ),
        ("joint", f'[[topics]]\nentry = "7"\n{TOPIC}', "topics.1.entry: Choose one of: 3, new."),
        ("child", 'came = ["children.9"]', "came: Choose one of: children.1"),
    ],
)
def test_what_is_wrong_with_a_choice_repeats_nothing_that_was_said_or_agreed(script, text, said):
    from cppp_cli.commands.session_script import script_of
    from cppp_cli.questions.agreement import LOG

    asked = LOG if script == "log" else script_of(script)
    if script != "log":
        text = f'outcome = "held"\nheld_on = 2026-08-01\nhas_topics = "yes"\n{text}'
    outcome, _ = given(text, script=asked, facts=Facts(FACTS.today, OF_THE_PLAN))
    assert any(problem.startswith(said) for problem in outcome.problems), outcome.problems
    told = "\n".join([*outcome.problems, *outcome.missing])
    assert [word for word in SECRET if word in told] == []


def test_the_name_of_somebody_else_of_the_case_is_in_no_error():
    from cppp_cli.questions.model import Kind, Question, Script, Section

    check = Question("a", "When with Gareth Pryce?", Kind.TEXT, required=True, check=lambda *_: "Gareth Pryce came.")
    script = Script("x", "x", (Section("x", (check,)),))
    facts = Facts(FACTS.today, OF_THE_PLAN)
    assert given('a = "b"', script=script, facts=facts)[0].problems == ["a: other person 1 came."]
    assert given("", script=script, facts=facts)[0].missing == ["a: When with other person 1?"]
