"""``cppp import`` and ``cppp case confirm`` as typed, by the officer who takes a case over."""

from __future__ import annotations

import itertools
import json
import re
from types import SimpleNamespace

import pytest
import typer

from cppp_cli.store import backups, cases, confirming, events, handover, history, pack, sealed, sessions, whole_case
from cppp_cli.store.keys import Key, make_key

PHRASE = "gravel heron lantern pocket meadow"
MINE, OTHER = "family-1", "family-2"


@pytest.fixture(scope="module")
def phrase_key():
    """One derivation for all hand-overs of this module."""
    return make_key(PHRASE)


@pytest.fixture
def sent(open_desk, shelf, tmp_path, phrase_key):
    """A colleague's file with one case handed over, and a pack about one of its people."""
    desk = open_desk("filled", home="colleague")
    case_id, told = shelf.cases[MINE], {"made_by": "Ngozi Adeyemi", "program": "cppp 0", "now": desk.moment}
    sessions.add_note(desk.db, case_id, None, {"words": "He said he would wait outside."}, desk.moment)
    handover.hand_over(desk.db, case_id, tmp_path / "case.cppp", phrase_key, **told)
    pack.make(desk.db, case_id, "child-2", tmp_path / "pack.cppp", phrase_key, **told)
    return tmp_path / "case.cppp"


@pytest.fixture
def phrase(tmp_path, monkeypatch):
    path = tmp_path / "phrase"
    path.write_text(f"{PHRASE}\n", encoding="utf-8", newline="\n")
    monkeypatch.setenv("CPPP_EXPORT_PASSPHRASE_FILE", str(path))
    return path


@pytest.fixture
def receiver(cppp, sent, phrase, at_stage):
    """The commands of an officer who has no case yet."""
    at_stage("empty")
    return cppp


@pytest.fixture
def confirm(shelf, tmp_path, run_cppp):
    """``cppp case confirm``, wired or not."""
    from cppp_cli.commands import case, case_confirm

    if not any(c.name == "confirm" for c in case.app.registered_commands):
        case_confirm.register(case.app)
    return lambda *words: run_cppp("case", "confirm", *words)


def bytes_of(tmp_path):
    return (tmp_path / "home" / "officer.db").read_bytes()


def test_a_case_is_shown_and_brought_in(receiver, look, shelf, sent):
    done = receiver("import", sent)
    assert done.code == 0, done.err
    reference = shelf.references[MINE]
    shown = dict(line.split("\t") for line in done.out.splitlines() if "\t" in line)
    assert shown["Case"] == f"{reference} · ZE26P01234"
    assert shown["Children"] == "IA TA"
    assert shown["Handed over by"] == "Ngozi Adeyemi"
    assert shown["Children's statements"] == "3"
    assert shown["Safeguarding notes"] == "1"
    assert shown["Session 1"] == "parent-a, Tue 16 Jun 2026, held"
    assert f"cppp case confirm {reference}" in done.err
    assert look(lambda db: cases.load(db, cases.find(db, reference)).number) == "ZE26P01234"
    assert [e.what for e in look(lambda db: events.listed(db, events.IMPORT))] == [events.IMPORT]
    assert look(history.verify) == ()


def test_a_preview_brings_nothing_in_and_needs_no_file_of_ones_own(receiver, sent, tmp_path, monkeypatch):
    before = bytes_of(tmp_path)
    done = receiver("import", sent, "--preview")
    assert done.code == 0
    assert "ZE26P01234" in done.out
    assert "Nothing was brought in" in done.err
    assert bytes_of(tmp_path) == before
    (tmp_path / "home" / "officer.db").unlink()
    monkeypatch.delenv("CPPP_PASSPHRASE")
    assert receiver("import", sent, "--preview").out == done.out
    assert receiver("import", sent).code == 6, "to bring it in there must be a file"


def test_what_is_shown_holds_no_words_of_the_case(receiver, sent, families):
    done = receiver("import", sent, "--preview")
    names = "Isla|Theo|Daniel|Leanne|Gareth|Larkspur|wait outside"
    assert not re.search(names, done.out + done.err)


@pytest.mark.parametrize("more", [(), ("--confirm", "REF")])
def test_a_case_that_is_there_is_not_touched(cppp, sent, phrase, shelf, tmp_path, more):
    before = bytes_of(tmp_path)
    done = cppp("import", sent, *[shelf.references[MINE] if word == "REF" else word for word in more])
    assert done.code == 7
    assert done.err.count("children's statements 3") == 2, "both sides are told"
    assert "safeguarding notes 0" in done.err
    assert "safeguarding notes 1" in done.err
    assert "never merged" in done.err
    assert done.err.replace("\n", " ").count("ZE26P01234, children IA TA") == 2
    assert bytes_of(tmp_path) == before


def test_a_case_is_replaced_by_its_typed_reference_after_a_copy(cppp, sent, phrase, shelf, look, tmp_path):
    reference = shelf.references[MINE]
    done = cppp("import", sent, "--replace", "--confirm", reference.lower())
    assert done.code == 0, done.err
    assert "replaced" in done.out
    assert "cppp restore" in done.err
    assert backups.listed(tmp_path / "home" / "backups")
    case_id = look(lambda db: cases.find(db, reference))
    assert case_id == shelf.cases[MINE]
    assert [n["words"] for n in look(lambda db: sessions.notes(db, case_id))] == ["He said he would wait outside."]
    assert look(lambda db: db.table("case_file").count) == 2
    (unit,) = [u for u in look(history.units) if u.command == "import"]
    assert unit.undoes is None
    assert look(history.verify) == ()


def test_a_copy_made_first_brings_the_replaced_case_back(cppp, sent, phrase, shelf, look, tmp_path):
    reference = shelf.references[MINE]
    assert cppp("case", "list").code == 0  # the copy of the day is older than the next line
    since = {"words": "since the copy of the day"}
    look(lambda db: sessions.add_note(db, shelf.cases[MINE], None, since, lambda: "2026-08-06T10:00:00+00:00"))
    before = look(lambda db: whole_case.gather(db, shelf.cases[MINE]))
    assert cppp("import", sent, "--replace", "--confirm", reference).code == 0
    from cppp_cli.store.file import open_file

    newest = backups.listed(tmp_path / "home" / "backups")[-1]
    db = open_file(newest.path, shelf.key)
    assert whole_case.gather(db, shelf.cases[MINE]) == before
    db.close()


@pytest.mark.parametrize("typed", ["ZZZZ", "OTHER", ""])
def test_another_reference_replaces_nothing(cppp, sent, phrase, shelf, tmp_path, typed):
    cppp("case", "list")  # makes the copy of the day
    before, copies = bytes_of(tmp_path), backups.listed(tmp_path / "home" / "backups")
    done = cppp("import", sent, "--replace", "--confirm", shelf.references[OTHER] if typed == "OTHER" else typed)
    assert done.code == 130
    assert "Nothing was changed" in done.err
    assert bytes_of(tmp_path) == before
    assert backups.listed(tmp_path / "home" / "backups") == copies


def test_replacing_needs_the_reference_typed(cppp, sent, phrase, shelf, tmp_path):
    before = bytes_of(tmp_path)
    done = cppp("import", sent, "--replace")
    assert done.code == 3
    assert f"--confirm {shelf.references[MINE]}" in done.err
    assert bytes_of(tmp_path) == before


def test_what_was_entered_here_since_is_told_before_it_goes(cppp, sent, phrase, shelf, monkeypatch):
    monkeypatch.setenv("CPPP_TODAY", "2026-08-09")
    reference = shelf.references[MINE]
    assert cppp("case", "pause", reference).code == 4  # it is completed
    stop = cppp("case", "edit", reference, "--no-input", "--answers", "-", stdin='judge = "DJ Oakes"\n')
    assert stop.code == 0
    done = cppp("import", sent, "--replace", "--confirm", reference)
    assert done.code == 0
    assert "Yours was changed after" in done.err


def test_where_nothing_is_there_to_replace_it_is_brought_in(receiver, sent):
    done = receiver("import", sent, "--replace", "--confirm", "ABCD")
    assert done.code == 0
    assert "nothing is replaced" in done.err


def test_a_case_that_is_held_stays(cppp, sent, phrase, shelf, look, tmp_path):
    from cppp_cli.store import closing

    look(lambda db: closing.put_hold(db, shelf.cases[MINE], "appeal", cases.load(db, shelf.cases[MINE]).order_date))
    before = bytes_of(tmp_path)
    done = cppp("import", sent, "--replace", "--confirm", shelf.references[MINE])
    assert done.code == 4
    assert bytes_of(tmp_path) == before


# ------------------------------------------------------------------------------------------- a pack


@pytest.mark.parametrize("own_file", [True, False])
def test_a_pack_is_printed_and_brings_nothing_in(receiver, sent, tmp_path, monkeypatch, own_file):
    before = bytes_of(tmp_path)
    if not own_file:
        (tmp_path / "home" / "officer.db").unlink()
        monkeypatch.delenv("CPPP_PASSPHRASE")
    done = receiver("import", tmp_path / "pack.cppp")
    assert done.code == 0, done.err
    assert done.out.startswith("# A pack for review\n\nFor the organisation's information team to review. Never")
    assert "\n    Bringing his bike.\n" in done.out or "children 2 change: Bringing his bike." in done.out
    assert "He said he would wait outside." in done.out
    headings = re.findall(r"^## (\d+)\. ", done.out, re.MULTILINE)
    assert headings == [str(n) for n in range(1, len(headings) + 1)]
    assert len(re.findall(r"^- marks: ", done.out, re.MULTILINE)) == len(headings) > 20
    assert "not brought in" in done.err
    if own_file:
        assert bytes_of(tmp_path) == before


def test_a_packs_words_are_never_read_as_markdown(receiver, sent, open_desk, shelf, tmp_path, phrase_key):
    desk = open_desk("filled", home="third")
    words = "# Theo\n- a list\n\n## 999. A heading\n```\n<b>x</b>"
    sessions.add_note(desk.db, shelf.cases[MINE], None, {"words": words}, desk.moment)
    pack.make(
        desk.db, shelf.cases[MINE], "child-2", tmp_path / "p", phrase_key, made_by="A", program="x", now=desk.moment
    )
    out = receiver("import", tmp_path / "p").out
    for line in words.splitlines():
        assert not line or f"\n    {line}\n" in out
    assert "\n## 999" not in out


def test_nothing_of_a_pack_is_read_as_markdown(receiver, sent, tmp_path, phrase_key):
    """What a reader of Markdown makes of it is the oracle: our own headings, and not a link, a picture or a tag."""
    from markdown_it import MarkdownIt

    parts = sealed.read(tmp_path / "pack.cppp", Key(phrase_key.raw, sealed.salt_of(tmp_path / "pack.cppp")))
    bad = "# x\n## 999. A heading\n- [y](http://z) ![p](q) <b>b</b> `c` *d* \x1b[2J"
    item = {"number": 1, "source": bad, "at": bad, "words": bad, "about": bad, "marks": bad}
    lines = [{"line": f"- adult-1: {bad}"}, {"line": bad}]
    changed = {
        "pack_file": parts["pack_file"],
        "read_me": sealed.Part(parts["read_me"].columns, lines),
        "item": sealed.Part(parts["item"].columns, [item]),
    }
    sealed.write(tmp_path / "bad", phrase_key, changed)
    out = receiver("import", tmp_path / "bad").out
    assert "\x1b" not in out
    tokens = MarkdownIt().parse(out)
    headings = [after.content for token, after in itertools.pairwise(tokens) if token.type == "heading_open"]
    assert len(headings) == 2
    assert headings[0] == "A pack for review"
    inline = {child.type for token in tokens for child in token.children or ()}
    assert inline <= {"text", "text_special"}
    assert {token.type for token in tokens} & {"html_block", "fence", "blockquote_open"} == set()
    (block,) = [token.content for token in tokens if token.type == "code_block"]
    assert block.rstrip("\n") == bad.replace("\x1b", "\ufffd")


@pytest.mark.parametrize("name", ["case_number", "outcome"])
def test_what_came_cannot_forge_a_line_of_the_preview(receiver, sent, tmp_path, phrase_key, name):
    parts = sealed.read(sent, Key(phrase_key.raw, sealed.salt_of(sent)))
    table = "case_file" if name == "case_number" else "session"
    said = "x\nCase ABCD is in your file, whole.\ny\tz"
    changed = {**parts, table: sealed.Part(parts[table].columns, [{**row, name: said} for row in parts[table].rows])}
    rows = {t: part.rows for t, part in changed.items() if t != "handover_file"}
    header = {k: v for k, v in parts["handover_file"].rows[0].items() if k != "digest"} | {"made_by": said}
    signed = [{**header, "digest": handover._digest(header, rows)}]
    changed["handover_file"] = sealed.Part(parts["handover_file"].columns, signed)
    sealed.write(tmp_path / "bad", phrase_key, changed)
    honest, forged = (receiver("import", path, "--preview") for path in (sent, tmp_path / "bad"))
    assert forged.code == 0, forged.err
    assert len(forged.out.splitlines()) == len(honest.out.splitlines())
    assert not any(line.startswith("Case ABCD") for line in forged.out.splitlines())


def test_a_case_that_comes_under_another_reference_takes_that_of_the_one_it_replaces(
    cppp, phrase, open_desk, shelf, look, tmp_path, phrase_key
):
    desk = open_desk("filled", home="third")
    desk.db.execute("UPDATE case_file SET reference = 'WXYZ' WHERE id = ?", [shelf.cases[MINE]])
    handover.hand_over(
        desk.db, shelf.cases[MINE], tmp_path / "c", phrase_key, made_by="B", program="x", now=desk.moment
    )
    own = shelf.references[MINE]
    done = cppp("import", tmp_path / "c", "--replace", "--confirm", own)
    assert done.code == 0, done.err
    assert f"Case {own} is replaced" in done.out
    assert f"its reference was WXYZ; here it stays {own}" in done.err.replace("\n", " ")
    assert look(lambda db: cases.find(db, own)) == shelf.cases[MINE]


@pytest.mark.parametrize("more", [("--replace",), ("--confirm", "ABCD")])
def test_a_pack_is_nothing_to_put_in_a_place(receiver, sent, tmp_path, more):
    assert receiver("import", tmp_path / "pack.cppp", *more).code == 2


# ------------------------------------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("none", 6, "no such file"),
        ("home", 7, "cannot be read"),
        ("officer", 5, "does not open"),
        ("wrong", 5, "does not open"),
        ("text", 9, "not made by cppp export"),
        ("cut", 9, "cut short"),
        ("empty", 9, "damaged"),
    ],
)
def test_what_cannot_be_brought_in_is_told_of_the_file_that_came(receiver, sent, phrase, tmp_path, what, code, said):
    path = {"none": tmp_path / "none", "home": tmp_path / "home", "officer": tmp_path / "home" / "officer.db"}.get(
        what, sent
    )
    if what == "wrong":
        phrase.write_text("another phrase altogether\n", encoding="utf-8")
    elif what == "text":
        path = tmp_path / "t"
        path.write_bytes(b"SQLite format 3\0 and nothing more")
    elif what in {"cut", "empty"}:
        path.write_bytes(path.read_bytes()[:-5] if what == "cut" else b"")
    before = bytes_of(tmp_path)
    done = receiver("import", path)
    assert done.code == code, done.err
    assert said in done.err
    assert done.out == ""
    assert "officer's file" not in done.err
    assert bytes_of(tmp_path) == before


def test_an_officers_file_with_its_passphrase_is_sent_to_restore(receiver, sent, phrase, shelf, tmp_path):
    phrase.write_text(f"{shelf.passphrase}\n", encoding="utf-8")
    done = receiver("import", tmp_path / "home" / "officer.db")
    assert done.code == 2
    assert "cppp restore" in done.err


def test_without_its_passphrase_and_a_terminal_it_stays_closed(receiver, sent, monkeypatch):
    monkeypatch.delenv("CPPP_EXPORT_PASSPHRASE_FILE")
    done = receiver("import", sent)
    assert done.code == 5
    assert "CPPP_EXPORT_PASSPHRASE_FILE" in done.err


# ------------------------------------------------------------------------------------------- at a terminal


@pytest.fixture
def at_terminal(receiver, monkeypatch):
    """Run a command with somebody there: the secrets in turn, and the answers to questions in turn."""
    monkeypatch.delenv("CPPP_EXPORT_PASSPHRASE_FILE")

    def run(*words, secrets=(), answers=()):
        typed, said, asked = list(secrets), list(answers), []

        def answer(text, given):
            asked.append(text)
            return given.pop(0)

        there = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
        skin = SimpleNamespace(ask=lambda prompt: answer(prompt.text, said), say=asked.append)
        for module in ("sealing", "import_"):
            monkeypatch.setattr(f"cppp_cli.commands.{module}.sys", there)
        monkeypatch.setattr("cppp_cli.commands.office.ask_hidden", lambda text, **_: answer(text, typed))
        monkeypatch.setattr("cppp_cli.commands.office.asker", lambda **_: skin)
        done = receiver(*words)
        assert (typed, said) == ([], []), "something was not asked for"
        return done, asked

    return run


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("no", 130)])
def test_an_officer_is_asked_before_it_comes_in(at_terminal, look, sent, tmp_path, answer, code):
    before = bytes_of(tmp_path)
    done, asked = at_terminal("import", sent, secrets=["a slip", PHRASE], answers=[answer])
    assert done.code == code
    assert asked == ["Passphrase of that file", "Passphrase of that file", "Bring this case into your file?"]
    assert "2 more tries" in done.err
    assert (bytes_of(tmp_path) == before) is (code == 130)


def test_three_slips_end_it(at_terminal, sent):
    done, asked = at_terminal("import", sent, secrets=["one", "two", "three"])
    assert done.code == 5
    assert len(asked) == 3


@pytest.mark.parametrize("typed", ["the reference", "yes"])
def test_an_officer_types_the_reference_of_the_case_that_goes(at_terminal, at_stage, sent, shelf, tmp_path, typed):
    at_stage("opened")
    before = bytes_of(tmp_path)
    word = shelf.references[MINE] if typed == "the reference" else typed
    done, asked = at_terminal("import", sent, "--replace", secrets=[PHRASE], answers=[word])
    assert done.code == (0 if typed == "the reference" else 130)
    assert "goes whole, with its safeguarding notes" in asked[-1]
    assert "In your file" in done.err
    assert (bytes_of(tmp_path) == before) is (typed == "yes")


# ------------------------------------------------------------------------------------------- confirmed again


def test_consents_and_safety_are_confirmed_again(receiver, confirm, look, sent, shelf, tmp_path):
    reference = shelf.references[MINE]
    assert receiver("import", sent).code == 0
    answers = tmp_path / "a.toml"
    answers.write_text("consent_a_on = 2026-08-05\n", encoding="utf-8")
    done = confirm(reference, "--answers", answers, "--no-input")
    assert done.code == 0, done.err
    assert done.out == "Still to be confirmed: the consent of side B, the screening of safety.\n"
    assert "Ngozi Adeyemi" in done.err
    answers.write_text("consent_b_on = 2026-08-05\nsafety_on = 2026-08-06\n", encoding="utf-8")
    done = confirm(reference, "--answers", answers, "--no-input")
    assert done.out == "Everything is confirmed. Sessions can be logged.\n"
    assert look(lambda db: confirming.to_confirm(db, cases.find(db, reference))) == ()


def test_a_day_still_to_come_confirms_nothing(receiver, confirm, look, sent, shelf, tmp_path):
    reference = shelf.references[MINE]
    assert receiver("import", sent).code == 0
    answers = tmp_path / "a.toml"
    answers.write_text("consent_a_on = 2026-08-05\nsafety_on = 2026-08-07\n", encoding="utf-8")
    done = confirm(reference, "--answers", answers, "--no-input")
    assert done.code == 3
    assert "safety_on" in done.err
    assert len(look(lambda db: confirming.to_confirm(db, cases.find(db, reference)))) == 3


def test_a_case_opened_here_has_nothing_to_confirm(cppp, confirm, shelf):
    assert confirm(shelf.references[MINE], "--no-input").code == 4
    assert confirm("2222", "--no-input").code == 6


def test_the_questions_of_confirm_are_an_answers_file(confirm):
    import tomllib

    done = confirm("ABCD", "--questions")
    assert done.code == 0
    assert tomllib.loads(done.out) == {}
    assert [word for word in ("consent_a_on", "consent_b_on", "safety_on") if f"# {word} =" not in done.out] == []


def test_confirm_is_added_to_the_commands_of_a_case():
    from cppp_cli.commands import case_confirm

    app = typer.Typer()
    app.command("other")(lambda: None)
    case_confirm.register(app)
    assert "confirm" in typer.main.get_group(app).commands


def test_what_scripts_read_is_not_changed_by_a_case_that_came(receiver, sent, shelf):
    assert receiver("import", sent).code == 0
    (row,) = json.loads(receiver("case", "list", "--json").out)["result"]
    assert (row["case"], row["number"]) == (shelf.references[MINE], "ZE26P01234")
