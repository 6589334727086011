from __future__ import annotations

import json
import re
import tomllib

import pytest

from cppp_cli.commands import voice_consent
from cppp_cli.commands.voice_facts import gathered
from cppp_cli.errors import ConflictError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.voice import heard as heard_in
from cppp_cli.store import cases, disclosures, letter_life, sessions
from cppp_cli.store.file import open_file

FAMILIES = ("family-1", "family-2")
# Words and names that only one of the two look-alike families has.
OWN = {
    "family-1": ("Isla", "Theo", "Daniel", "Leanne", "ZE26P01234", "pretend to be asleep", "the path is the same path"),
    "family-2": (
        "Isaac",
        "Thea",
        "Leonie",
        "Margaret",
        "ZE26P01243",
        "telephone under the stairs",
        "a very large door",
    ),
}


@pytest.fixture
def voice(cppp, shelf, tmp_path):
    """Run a command of ``cppp voice`` for a family, with lines of TOML as its answers file."""

    def run(command, family="family-1", lines=None, *more):
        words = ["voice", command, shelf.references[family]]
        if lines is not None:
            path = tmp_path / "voice.toml"
            path.write_text(lines, encoding="utf-8", newline="\n")
            words += ["--answers", path, "--no-input"]
        return cppp(*words, *more)

    return run


@pytest.fixture
def shown(voice):
    """What ``cppp voice show --json`` tells of a family."""
    return lambda family="family-1": json.loads(voice("show", family, None, "--json").out)["result"]


@pytest.fixture(scope="module")
def refs(shelf, tmp_path_factory):
    """What the families' statements and letters are called, child by child: ``refs()[0]`` is Isla's first."""
    db = open_file(shelf.take("filled", tmp_path_factory.mktemp("refs")), shelf.key)
    held = {family: sessions.of_case(db, case_id) for family, case_id in shelf.cases.items()}
    db.close()
    return lambda family="family-1": [one.ref for one in sorted(heard_in(held[family]), key=lambda one: one.child)]


@pytest.fixture
def the_case(look, shelf):
    """Whatever a function of the store tells of a family's case."""
    return lambda function, family="family-1": look(lambda db: function(db, shelf.cases[family]))


def heard(found, ref):
    return next(one for child in found["children"] for one in child["heard"] if one["ref"] == ref)


def back(found):
    (letter,) = found["letters_back"]
    return letter["ref"]


def kinds(found):
    return [one["kind"] for one in found["outstanding"]]


NARROWED = """
item = "{ref}"
changes = ["wish"]
wish = ["nobody"]
wish_on = 2026-08-05
wish_reason = "I do not want it read."
wish_why = "She rang from school."
"""
DISCLOSED = """
item = "{ref}"
category = "risk_of_significant_harm"
reason = "She is afraid to sleep."
consulted = "yes"
manager = "R. Okafor"
consulted_on = 2026-08-05
told = ["childrens_services"]
told_on = 2026-08-05
child_told = "later"
child_told_why = "On Friday, at school."
"""


# ------------------------------------------------------------------------------ show


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_the_screen_shows_this_family_and_nothing_of_the_other(voice, family, more):
    done = voice("show", family, None, *more)
    assert (done.code, done.err) == (0, "")
    other = next(name for name in FAMILIES if name != family)
    assert [word for word in OWN[other] if word in done.out] == []
    assert [word for word in OWN[family][-2:] if word not in done.out] == []


def test_each_statement_says_who_may_hear_it_and_why_not_others(voice, shown):
    out = voice("show").out
    assert "May hear it now: Daniel Ashdown, Leanne Ashdown and the court." in out
    assert "Nobody may hear it: it stays in your file. The child wished nobody to hear it." in out
    found = shown()
    kept = next(one for one in found["children"][0]["heard"] if one["wish"]["chosen"] == ["nobody"])
    assert kept["may_hear"] == []
    assert set(kept["why_not"]) == {"parent-a", "parent-b", "court", "child-2"}


def test_a_family_with_nothing_said_shows_that(cppp, shelf, at_stage):
    at_stage("opened")
    done = cppp("voice", "show", shelf.references["family-1"])
    assert done.code == 0
    assert done.out.count("Nothing that others might hear.") == 2
    assert "Nothing is owed to the children." in done.out


def test_words_that_look_like_markup_are_shown_as_they_are(voice, refs, cppp, shelf, answers_file):
    odd = "[bold]He said[/bold] {{ x }} *so*"
    amended = answers_file(amend_reason="Heard again.", statements__1__words=odd)
    assert cppp("session", "amend", shelf.references["family-1"], "child", "--answers", amended, "--no-input").code == 0
    assert f"“{odd}”" in voice("show").out


# ------------------------------------------------------------------------------ consent


def test_a_narrowed_wish_is_kept_with_its_reason_and_the_session_follows(voice, refs, shown, the_case, cppp, shelf):
    ref = refs()[0]
    done = voice("consent", lines=NARROWED.format(ref=ref))
    assert done.code == 0, done.err
    now = heard(shown(), ref)
    assert (now["wish"]["chosen"], now["wish"]["on"], now["wish"]["reason"]) == (
        ["nobody"], "2026-08-05", "I do not want it read.",
    )  # fmt: skip
    assert now["may_hear"] == []
    (turn,) = now["history"]
    assert (turn["before"], turn["after"], turn["on"]) == (["court"], ["nobody"], "2026-08-05")
    assert turn["reason"] == "She rang from school."
    session = next(s for s in the_case(sessions.of_case) if s.id == int(ref.split(".")[1]))
    assert session.answers["statements.1.wish"] == Answer(("nobody",))
    assert "She rang from school." in cppp("session", "show", shelf.references["family-1"], "child").out
    assert "She rang from school." in cppp("history", shelf.references["family-1"]).out
    assert shown("family-2")["children"][0]["heard"][0]["history"] == []


def test_the_next_report_leaves_out_what_was_narrowed(voice, refs, cppp, shelf, tmp_path):
    words = "I want to sleep at Dad's"
    written = ("report", shelf.references["family-1"], "--no-input", "--format", "md", "--out", tmp_path / "out")
    assert cppp(*written).code == 0
    first = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*report*.md")}
    assert any(words in text for text in first.values())
    done = voice("consent", lines=NARROWED.format(ref=refs()[0]))
    assert "version 1 of the report, written on Thursday 6 August 2026, prints these words" in done.err
    assert words not in done.err
    # Her father said what she would say, and it is like what she keeps to herself now: somebody has to look at both.
    assert cppp(*written).code == 4
    asked = cppp("check", shelf.references["family-1"], "--release", "--questions").out
    keys = set(re.findall(r"^# (releases\.c\w+)\.same = ", asked, re.MULTILINE))
    given = "".join(f'{key}.same = "no"\n{key}.reason = "He said it of his own accord."\n' for key in keys)
    (tmp_path / "looked.toml").write_text(given, encoding="utf-8")
    release = ("check", shelf.references["family-1"], "--release", "--no-input", "--answers", tmp_path / "looked.toml")
    assert cppp(*release).code == 0
    assert cppp(*written).code == 0
    later = [p.read_text(encoding="utf-8") for p in (tmp_path / "out").glob("*report*.md") if p.name not in first]
    assert len(later) == 1
    assert words not in later[0]


def test_a_report_that_never_printed_the_words_is_not_named(voice, refs, cppp, shelf, tmp_path):
    """They were opened after the report was written, and closed again."""
    cppp("report", shelf.references["family-1"], "--no-input", "--format", "md", "--out", tmp_path / "out")
    decided = 'decision = ["court"]\ndecision_reason = "She asked me to."\n'
    opened = (
        NARROWED.format(ref=refs()[1]).replace('["nobody"]', '["court"]').replace('["wish"]', '["wish", "decision"]')
    )
    assert "May hear it now: Daniel" in voice("consent", lines=opened + decided).out
    done = voice("consent", lines=NARROWED.format(ref=refs()[1]))
    assert "Nobody may hear it" in done.out
    assert "version" not in done.err


def test_no_narrowing_of_one_family_speaks_of_the_others_documents(voice, refs, cppp, shelf, tmp_path):
    cppp("report", shelf.references["family-2"], "--no-input", "--format", "md", "--out", tmp_path / "out")
    assert "version" not in voice("consent", lines=NARROWED.format(ref=refs()[0])).err


def test_a_decision_alone_needs_its_reason_and_leaves_the_wish(voice, refs, shown):
    ref = refs()[0]
    lines = f'item = "{ref}"\nchanges = ["decision"]\ndecision = ["parent-a"]\n'
    refused = voice("consent", lines=lines)
    assert refused.code == 3
    assert "decision_reason" in refused.err
    assert heard(shown(), ref)["history"] == []
    assert voice("consent", lines=lines + 'decision_reason = "A threat was made."\n').code == 0
    now = heard(shown(), ref)
    assert now["wish"]["chosen"] == ["court"]
    assert (now["decision"]["chosen"], now["decision"]["on"]) == (["parent-a"], "2026-08-06")
    assert now["may_hear"] == ["parent-a"]


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ("", "item"),
        ('item = "statement.99.1"', "item"),
        ('item = "{ref}"', "changes"),
        ('item = "{ref}"\nchanges = ["wish"]\nwish = ["nobody"]', "wish_why"),
        ('item = "{ref}"\nchanges = ["wish"]\nwish = ["court"]\nwish_why = "x"', "wish"),
        ('item = "{ref}"\nchanges = ["wish"]\nwish = ["child-1"]\nwish_why = "x"', "wish"),
        ('item = "{ref}"\nchanges = ["wish"]\nwish = ["nobody"]\nwish_why = "x"\nwish_on = 2026-07-01', "wish_on"),
    ],
)
def test_a_change_with_a_fault_is_not_kept_at_all(voice, refs, shown, lines, path):
    ref = refs()[0]
    done = voice("consent", lines=lines.format(ref=ref))
    assert (done.code, done.out) == (3, "")
    assert any(line.startswith(f"  {path}: ") for line in done.err.splitlines()), done.err
    assert heard(shown(), ref)["history"] == []


def test_a_statement_of_the_other_family_cannot_be_meant(voice, refs, shown):
    assert voice("consent", lines=NARROWED.format(ref=refs("family-2")[0])).code == 3
    assert heard(shown("family-2"), refs("family-2")[0])["history"] == []


def test_what_another_window_changed_meanwhile_is_not_replaced(desk, shelf, refs):
    ref = refs()[0]
    case = cases.load(desk.db, shelf.cases["family-1"])
    seen = gathered(desk, case)
    answers = {"changes": Answer(("wish",)), "wish": Answer(("court",)), "wish_why": Answer("She rang.")}
    other = sessions.AmendingSheet(
        desk.db, seen.of(ref).session, case_id=case.id, now=desk.moment, reason="She said no."
    )
    other.put("statements.1.wish", Answer(("nobody",)))
    with pytest.raises(ConflictError, match="another window"):
        voice_consent.keep(desk, seen, seen.of(ref), answers)
    assert gathered(desk, case).of(ref).wish.chosen == ("nobody",)


def test_for_the_judge_alone_is_listed_until_the_child_was_told(voice, refs, shown):
    ref = refs()[0]
    wish = NARROWED.format(ref=ref).replace('["nobody"]', '["judge-only"]')
    done = voice("consent", lines=wish + 'child_told = "no"\n')
    assert done.code == 0
    assert "has to be told" in done.err
    assert "needs the court's direction" in voice("show").out
    assert [one["ref"] for one in shown()["needs_direction"]] == [ref]
    assert "judge-only" in kinds(shown())
    told = f'item = "{ref}"\nchanges = ["told"]\ntold_on = 2026-08-06\ntold_how = "At school."\n'
    assert voice("consent", lines=told).code == 0
    found = shown()
    assert "judge-only" not in kinds(found)
    assert (found["needs_direction"][0]["told_on"], heard(found, ref)["may_hear"]) == ("2026-08-06", [])


def test_consent_without_answers_asks_nobody_who_is_not_there(voice, cppp, shelf):
    assert voice("consent").code == 3
    assert cppp("voice", "consent", shelf.references["family-1"], "--no-input").code == 3


def test_where_nothing_was_said_there_is_nothing_to_change(cppp, shelf, at_stage):
    at_stage("opened")
    for command in ("consent", "letter", "disclose"):
        done = cppp("voice", command, shelf.references["family-1"], "--no-input")
        assert done.code == 4
        assert "cppp session" in done.err


# ------------------------------------------------------------------------------ the life of a letter


def test_the_letter_back_is_owed_until_agreed_and_given(voice, shown):
    letter = back(shown())
    assert kinds(shown()) == ["answer-unagreed", "answer-ungiven", "answer-ungiven"]
    yes = f'item = "{letter}"\nyes_a_on = 2026-08-01\nyes_b_on = 2026-08-03\n'
    assert voice("letter", lines=yes).code == 0
    assert kinds(shown()) == ["answer-ungiven", "answer-ungiven"]
    given = "".join(f'children.{n}.given = "yes"\nchildren.{n}.given_on = 2026-08-05\n' for n in (1, 2))
    done = voice("letter", lines=f'item = "{letter}"\n{given}children.1.how_taken = "She read it twice."\n')
    assert (done.code, "Nothing is owed" in done.out) == (0, True)
    assert kinds(shown()) == []
    out = voice("show").out
    assert "Given to Isla on Wed 5 Aug 2026" in out
    assert "She read it twice." in out
    assert kinds(shown("family-2")) == ["decision", "answer-unwritten"]


def test_other_words_are_not_what_both_said_yes_to(voice, shown):
    letter = back(shown())
    yes = "yes_a_on = 2026-08-01\nyes_b_on = 2026-08-03\n"
    voice("letter", lines=f'item = "{letter}"\n{yes}')
    voice("letter", lines=f'item = "{letter}"\nwords = "Other words."\nyes_b_on = 2026-08-03\n')
    (now,) = shown()["letters_back"]
    assert (now["words"], now["yes_a_on"], now["yes_b_on"]) == ("Other words.", None, "2026-08-03")
    assert "answer-unagreed" in kinds(shown())


def test_what_the_joint_session_told_is_not_asked_again(voice, refs, shown, the_case):
    ref = refs()[2]
    done = voice("letter", lines=f'item = "{ref}"\n')
    assert done.code == 0, done.err
    life = heard(shown(), ref)["life"]
    assert (life["shared"], life["shared_on"], life["original"]) == ("yes", "2026-07-29", "returned")
    _, session, number = ref.split(".")
    kept = the_case(letter_life.lives)[int(session), int(number)]
    assert kept["shared_with"] == Answer(("parent-a", "parent-b"))


def test_a_life_with_a_fault_is_not_kept_at_all(voice, shown, the_case):
    before = the_case(letter_life.lives)
    done = voice("letter", lines=f'item = "{back(shown())}"\nyes_a_on = 2026-08-01\nyes_b_on = 2026-08-07\n')
    assert (done.code, done.out) == (3, "")
    assert "yes_b_on" in done.err
    assert the_case(letter_life.lives) == before


# ------------------------------------------------------------------------------ passed on without consent


def test_a_decision_is_recorded_whole_and_shown(voice, refs, shown, the_case):
    ref = refs()[1]
    done = voice("disclose", lines=DISCLOSED.format(ref=ref))
    assert done.code == 0, done.err
    (given,) = the_case(disclosures.of_case)
    assert given.refs == {ref}
    assert (given.category, given.manager, given.told, given.child_told) == (
        "risk_of_significant_harm", "R. Okafor", ("childrens_services",), "later",
    )  # fmt: skip
    out = voice("show").out
    for words in (
        "She is afraid to sleep.",
        "R. Okafor, Wed 5 Aug 2026",
        "children's services",
        "On Friday, at school.",
    ):
        assert words in out
    assert heard(shown(), ref)["may_hear"] == [], "passing on is no consent"
    assert "disclosure" in kinds(shown())
    assert the_case(disclosures.of_case, "family-2") == ()
    assert "Okafor" not in voice("show", "family-2").out


def test_that_the_child_was_told_is_added_and_the_first_decision_stands(voice, refs, shown, the_case):
    ref = refs()[1]
    voice("disclose", lines=DISCLOSED.format(ref=ref))
    assert voice("disclose", lines=f'item = "{ref}"\nchild_told = "yes"\nchild_told_on = 2026-08-06\n').code == 0
    first, second = the_case(disclosures.of_case)
    assert (first.child_told, second.child_told) == ("later", "yes")
    assert (first.reason, first.told, first.decided_on) == (second.reason, second.told, second.decided_on)
    assert "disclosure" not in kinds(shown())


def test_a_safeguarding_note_may_be_passed_on(voice, cppp, shelf, answers_file, the_case):
    note = answers_file(words="He hits me.")
    assert cppp("session", "stop", shelf.references["family-1"], "--answers", note, "--no-input").code == 0
    (kept,) = the_case(sessions.notes)
    assert voice("disclose", lines=DISCLOSED.format(ref=f"note.{kept['id']}")).code == 0
    (given,) = the_case(disclosures.of_case)
    assert given.note_id == kept["id"]
    other = DISCLOSED.format(ref=f"note.{kept['id']}")
    assert voice("disclose", "family-2", other).code == 3, "a note of another case"


@pytest.mark.parametrize(
    "missing", ["category", "reason", "consulted", "manager", "told =", "child_told =", "child_told_why"]
)
def test_no_decision_is_recorded_without_one_of_its_parts(voice, refs, the_case, missing):
    lines = [line for line in DISCLOSED.format(ref=refs()[1]).splitlines() if not line.startswith(missing)]
    done = voice("disclose", lines="\n".join(lines))
    assert (done.code, done.out) == (3, "")
    assert missing.removesuffix(" =") in done.err
    assert the_case(disclosures.of_case) == ()


# ------------------------------------------------------------------------------ every way in


@pytest.mark.parametrize("command", ["consent", "letter", "disclose"])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_questions_are_an_answers_file_of_this_family(voice, command, family):
    done = voice(command, family, None, "--questions")
    assert done.code == 0
    assert tomllib.loads(done.out) == {}
    assert sum(" = " in line for line in done.out.splitlines()) > 5
    other = next(name for name in FAMILIES if name != family)
    assert [word for word in OWN[other] if word in done.out] == []


@pytest.mark.parametrize("command", ["show", "consent", "letter", "disclose"])
def test_a_case_that_is_not_there_is_not_found(cppp, command):
    assert cppp("voice", command, "ZZZZ").code == 6


def test_answers_may_come_from_standard_input(cppp, shelf, refs, shown):
    lines = NARROWED.format(ref=refs()[0])
    done = cppp("voice", "consent", shelf.references["family-1"], "--answers", "-", "--no-input", stdin=lines)
    assert done.code == 0, done.err
    assert heard(shown(), refs()[0])["may_hear"] == []


def test_a_closed_case_takes_no_change_but_a_decision_to_pass_on(voice, refs, cppp, shelf, answers_file):
    ref = refs()[1]
    closing = answers_file(closed_on="2026-08-06", record_confirmed="yes")
    cppp("case", "close", shelf.references["family-1"], "--answers", closing, "--no-input")
    done = cppp("case", "show", shelf.references["family-1"])
    assert "closed" in done.out.lower(), done.out
    assert voice("consent", lines=NARROWED.format(ref=ref)).code == 4
    assert voice("disclose", lines=DISCLOSED.format(ref=ref)).code == 0
