from __future__ import annotations

import io
import json
import tomllib
import zipfile

import pytest

from cppp_cli.store import cases, events, sessions
from cppp_cli.store.forms import FormSheet

OTHERS = ("Isaac", "Thea", "Leonie", "Margaret", "ZE26P01243")  # of the look-alike family
OWN_WORDS = """
first = "Thank you for drawing with me."
came_of_it = "Your mum and dad looked at your picture together."
next = "A judge reads the plan in September."
last = "With best wishes,"
"""


@pytest.fixture
def letter(cppp, shelf, tmp_path):
    """Run ``cppp letter`` for a family; lines of TOML become its answers file, and documents go to ``out``."""

    def run(family, kind, *more, lines=None):
        words = ["letter", shelf.references[family], kind, "--out", tmp_path / "out", *more]
        if lines is not None:
            path = tmp_path / "letter.toml"
            path.write_text(lines, encoding="utf-8", newline="\n")
            words += ["--answers", path, "--no-input"]
        return cppp(*words)

    return run


@pytest.fixture
def agree(cppp, shelf, tmp_path, look):
    """Record the letter back of the first family as agreed; lines of TOML may say otherwise."""

    def run(lines="yes_a_on = 2026-08-01\nyes_b_on = 2026-08-03\n"):
        held = look(lambda db: sessions.of_case(db, shelf.cases["family-1"]))
        joint = next(session for session in held if session.kind == "joint")
        path = tmp_path / "agree.toml"
        path.write_text(f'item = "letter.{joint.id}.0"\n{lines}', encoding="utf-8", newline="\n")
        assert cppp("voice", "letter", shelf.references["family-1"], "--answers", path, "--no-input").code == 0

    return run


@pytest.fixture
def consent(cppp, shelf, tmp_path, look):
    """Change the wish of the only letter of the first family."""

    def run(wish):
        held = look(lambda db: sessions.of_case(db, shelf.cases["family-1"]))
        child = next(session for session in held if session.kind == "child")
        lines = f'item = "letter.{child.id}.1"\nchanges = ["wish"]\nwish = {json.dumps(wish)}\nwish_why = "She rang."\n'
        lines += 'child_told = "no"\n' if wish == ["judge-only"] else ""
        path = tmp_path / "consent.toml"
        path.write_text(lines, encoding="utf-8", newline="\n")
        assert cppp("voice", "consent", shelf.references["family-1"], "--answers", path, "--no-input").code == 0

    return run


def files(tmp_path, ending=""):
    folder = tmp_path / "out"
    return {path.name: path for path in folder.glob(f"*{ending}")} if folder.is_dir() else {}


def markdown(tmp_path):
    (path,) = files(tmp_path, ".md").values()
    return path.read_text(encoding="utf-8")


def every_part(path):
    """Everything a Word file holds, its properties and headers too."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


# ------------------------------------------------------------------------------ the letter back


def test_the_letter_back_is_written_once_both_agreed(letter, agree, tmp_path, look, shelf):
    refused = letter("family-1", "joint")
    assert (refused.code, refused.out, files(tmp_path)) == (4, "", {})
    assert "side A and side B" in refused.err
    agree("yes_a_on = 2026-08-01\n")
    half = letter("family-1", "joint")
    assert (half.code, files(tmp_path)) == (4, {})
    assert "no yes of side B" in half.err
    agree()
    assert letter("family-1", "joint").code == 0
    assert sorted(path.suffix for path in files(tmp_path).values()) == [".docx", ".md"]
    text = markdown(tmp_path)
    assert "we have both looked at your picture for a long time" in text
    assert "We will not ask you to choose." in text
    assert [word for word in (*OTHERS, "ZE26P01234", "Family Court") if word in text] == []
    left = [e for e in look(lambda db: events.listed(db, events.DOCUMENT)) if e.detail == "joint-letter"]
    assert {event.case_id for event in left} == {shelf.cases["family-1"]}


def test_the_word_file_shows_no_case_number_and_no_marking(letter, agree, tmp_path):
    agree()
    letter("family-1", "joint")
    letter("family-1", "outcome", "--child", "1", lines=OWN_WORDS)
    letter("family-1", "child", "--for", "parents")
    assert len(files(tmp_path, ".docx")) == 3
    for path in files(tmp_path, ".docx").values():
        held = every_part(path)
        assert [word for word in (*OTHERS, "ZE26P01234", "CONFIDENTIAL", "Larkspur") if word in held] == []


def test_a_letter_promised_and_not_written_is_refused(letter, tmp_path):
    done = letter("family-2", "joint")
    assert (done.code, files(tmp_path)) == (4, {})
    assert "cppp voice letter" in done.err


def test_a_child_who_does_not_want_it_is_left_out(letter, agree, tmp_path):
    agree('yes_a_on = 2026-08-01\nyes_b_on = 2026-08-03\nchildren.2.given = "no"\nchildren.2.why_not = "Too young."\n')
    assert letter("family-1", "joint", "--format", "md").code == 0
    assert markdown(tmp_path).startswith("# A letter for Isla\n")
    assert letter("family-1", "joint", "--format", "md", "--child", "2").code == 0
    assert any("# A letter for Theo\n" in path.read_text(encoding="utf-8") for path in files(tmp_path, ".md").values())


def test_a_letter_back_that_repeats_what_a_child_kept_back_is_not_written(letter, agree, tmp_path):
    """The parents cannot know those words; a slip while typing must not carry them home."""
    kept_back = "Sometimes I pretend to be asleep so that nobody asks me about the other house."
    agree(f'words = "Dear Isla, you said: {kept_back}"\nyes_a_on = 2026-08-01\nyes_b_on = 2026-08-03\n')
    done = letter("family-1", "joint")
    assert (done.code, done.out, files(tmp_path)) == (4, "", {})
    assert "pretend" not in done.err


# ------------------------------------------------------------------------------ a copy of a child's own


def test_a_copy_is_written_for_those_it_is_cleared_for(letter, tmp_path):
    done = letter("family-1", "child", "--for", "parents")
    assert done.code == 0, done.err
    assert sorted(path.suffix for path in files(tmp_path).values()) == [".docx", ".md", ".png"]
    text = markdown(tmp_path)
    assert "the path is the same path" in text
    assert "Two houses joined by one long path" in text
    assert [word for word in (*OTHERS, "pretend to be asleep", "ZE26P01234-letter") if word in text] == []


def test_the_copy_for_the_court_carries_the_case_number_as_what_is_filed_does(letter, tmp_path):
    assert letter("family-1", "child", "--for", "court", "--format", "docx").code == 0
    (path,) = files(tmp_path, ".docx").values()
    assert "ZE26P01234" in every_part(path)


@pytest.mark.parametrize(
    ("wish", "readers", "code"),
    [
        (["parent-b"], "parents", 4),
        (["parent-b"], "parent-b", 0),
        (["parent-b"], "parent-a", 4),
        (["parent-a", "parent-b"], "parents", 0),
        (["parent-a", "parent-b"], "court", 4),
        (["judge-only"], "court", 4),
        (["nobody"], "parent-a", 4),
        (["unsure"], "parents", 4),
    ],
)
def test_a_copy_never_goes_beyond_the_narrower_of_the_two_gates(letter, consent, tmp_path, wish, readers, code):
    """The officer's decision opens it to the court and both; the wish is what narrows it here."""
    consent(wish)
    done = letter("family-1", "child", "--for", readers, "--format", "md")
    assert done.code == code, done.err
    assert bool(files(tmp_path)) == (code == 0)


def test_an_undecided_letter_is_copied_for_nobody(letter, tmp_path):
    for readers in ("parents", "parent-a", "parent-b", "court"):
        assert letter("family-2", "child", "--for", readers).code == 4
    assert files(tmp_path) == {}


def test_a_child_without_a_letter_has_no_copy(letter, tmp_path):
    done = letter("family-1", "child", "--child", "2", "--for", "parents")
    assert (done.code, files(tmp_path)) == (4, {})
    assert "made no letter" in done.err


# ------------------------------------------------------------------------------ what came of it


def test_a_letter_on_the_outcome_holds_the_officers_words_and_what_both_agreed(letter, tmp_path):
    done = letter("family-1", "outcome", "--child", "1", lines=OWN_WORDS)
    assert done.code == 0, done.err
    text = markdown(tmp_path)
    for words in (
        "Dear Isla,",
        "Thank you for drawing with me.",
        "A judge reads the plan in September.",
        "6 August 2026",
    ):
        assert words in text
    assert "On Wednesdays Dad calls you on the tablet." in text
    assert text.rstrip().endswith("Ruth Adeyemi")
    assert [word for word in (*OTHERS, "ZE26P01234", "pretend", "before anyone else") if word in text] == []
    assert "before anyone else" not in done.err, "how she wished to hear it is told to a person at the desk alone"


def test_nothing_of_it_is_typed_twice(letter, tmp_path, look, shelf):
    letter("family-1", "outcome", "--child", "1", lines=OWN_WORDS)
    first = markdown(tmp_path)
    again = letter("family-1", "outcome", "--child", "1", "--no-input", "--format", "md")
    assert again.code == 0
    assert markdown(tmp_path) == first
    changed = letter("family-1", "outcome", "--child", "1", "--format", "md", lines='last = "Yours,"\n')
    assert changed.code == 0
    later = next(p.read_text(encoding="utf-8") for name, p in files(tmp_path, ".md").items() if "-v2-" in name)
    assert later == first.replace("With best wishes,", "Yours,")
    of_the_other = look(lambda db: FormSheet(db, shelf.cases["family-1"], "outcome-letter:2").answers())
    assert of_the_other == {}, "another child has another letter"


def test_without_the_officers_words_there_is_no_letter(letter, tmp_path):
    done = letter("family-1", "outcome", "--child", "1", "--no-input")
    assert (done.code, done.out, files(tmp_path)) == (3, "", {})
    assert "came_of_it" in done.err
    assert "next" in done.err


@pytest.mark.parametrize(
    "kept_back",
    [
        "Sometimes I pretend to be asleep so that nobody asks me about the other house.",
        "She sometimes pretends to be asleep, so that nobody asks her about the other house.",
    ],
)
def test_what_a_child_kept_back_does_not_lie_at_home(letter, tmp_path, kept_back, look, shelf):
    """Isla knows her own words, and both parents read the letter too."""
    done = letter(
        "family-1", "outcome", "--child", "1", lines=OWN_WORDS.replace("A judge reads", f"{kept_back} A judge reads")
    )
    assert (done.code, done.out, files(tmp_path)) == (4, "", {})
    assert "asleep" not in done.err
    kept = look(lambda db: FormSheet(db, shelf.cases["family-1"], "outcome-letter:1").answers())
    assert kept_back in str(kept["next"].value), "what was typed is there to be mended"


def test_each_child_gets_its_own_letter(letter, tmp_path):
    for child, called, other in ((1, "Isaac", "Thea"), (2, "Thea", "Isaac")):
        assert letter("family-2", "outcome", "--child", child, "--format", "md", lines=OWN_WORDS).code == 0
        (text,) = (
            p.read_text(encoding="utf-8") for name, p in files(tmp_path, ".md").items() if f"child-{child}" in name
        )
        assert f"Dear {called}," in text
        assert other not in text
        assert "Isla" not in text
        assert "Daniel" not in text


# ------------------------------------------------------------------------------ as typed


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        (("letters",), "joint, child, outcome"),
        (("joint", "--for", "parents"), "--for"),
        (("child", "--for", "everybody"), "--for"),
        (("child",), "--for"),
        (("outcome",), "--child"),
        (("outcome", "--child", "3"), "no child 3"),
        (("joint", "--questions"), "asks nothing"),
        (("child", "--for", "parents", "--answers", "x.toml"), "asks nothing"),
        (("joint", "--format", "pdf"), "md or docx"),
    ],
)
def test_what_does_not_go_together_is_told(letter, tmp_path, more, hint):
    done = letter("family-1", *more)
    assert (done.code, done.out, files(tmp_path)) == (2, "", {})
    assert hint in done.err


def test_the_questions_are_an_answers_file(cppp, shelf):
    done = cppp("letter", shelf.references["family-1"], "outcome", "--questions")
    assert done.code == 0
    assert tomllib.loads(done.out) == {}
    assert "# came_of_it = " in done.out
    assert [name for name in OTHERS if name in done.out] == []


def test_for_scripts_the_files_are_told(letter, tmp_path):
    done = letter("family-1", "child", "--for", "parents", "--format", "md", "--json")
    answer = json.loads(done.out)
    assert (answer["command"], answer["ok"]) == ("letter", True)
    assert {path.rpartition("/")[2] for path in answer["result"]} == set(files(tmp_path))


def test_a_blocked_letter_for_scripts_is_one_object(letter):
    done = letter("family-2", "joint", "--json")
    assert json.loads(done.out)["error"]["exit_code"] == done.code == 4


def test_no_letter_changes_the_case(letter, agree, look, shelf):
    agree()
    before = look(lambda db: cases.load(db, shelf.cases["family-1"]).state)
    letter("family-1", "joint")
    assert look(lambda db: cases.load(db, shelf.cases["family-1"]).state) == before
    assert look(lambda db: cases.load(db, shelf.cases["family-2"])).reference == shelf.references["family-2"]
