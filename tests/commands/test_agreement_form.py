"""``cppp agreement form`` and ``read``: what leaves the desk, and what of it comes back in."""

from __future__ import annotations

import html
import json
import re
import zlib
from pathlib import Path

import pytest

from cppp_cli.commands import office
from cppp_cli.interview.asking import Left
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.topics import FURTHER, OFFERED
from cppp_cli.store import cases, ledger, parent_forms, sessions

FAMILIES = ("family-1", "family-2")
OTHER = {"family-1": "family-2", "family-2": "family-1"}
SAFE = {"safe": "yes", "way": "by_hand", "topics": ["usual"]}
DAY = "2026-07-29"
NOW = "2026-08-06T10:42:00+00:00"
CHILDREN = {"family-1": ("Isla", "Theo"), "family-2": ("Isaac", "Thea")}
ADULTS = {"family-1": {"a": "Daniel", "b": "Leanne"}, "family-2": {"a": "David", "b": "Leonie"}}


@pytest.fixture(params=FAMILIES)
def mine(request):
    return request.param


@pytest.fixture(params="ab")
def side(request):
    return request.param


@pytest.fixture
def everything(look):
    """Every row of the plan of both families, and what left."""

    def rows(db):
        tables = ("ledger_version", "ledger_answer", "form_answer", "parent_form", "event")
        return {table: list(db.query(f"SELECT * FROM {table}")) for table in tables}

    return lambda: look(rows)


@pytest.fixture
def form(cppp, shelf, answers_file, tmp_path):
    """Make a form for a side of a family; how it ended, and the page."""

    def make(family, side, *more, code=0, out="out", **said):
        path = answers_file(name="safe.toml", **(SAFE | said))
        folder = tmp_path / out
        done = cppp("agreement", "form", shelf.references[family], "--for", f"parent-{side}", "--out", folder,
                    "--answers", path, "--no-input", *more)  # fmt: skip
        assert done.code == code, done.out + done.err
        pages = sorted(folder.glob("*.html"), key=lambda page: page.stat().st_mtime_ns) if folder.exists() else []
        return done, pages[-1] if pages else None

    return make


@pytest.fixture
def token(look, shelf):
    """The token of the last form of a family."""
    return lambda family: look(lambda db: parent_forms.of_case(db, shelf.cases[family]))[-1].token


@pytest.fixture
def saved(tmp_path):
    """A file as the form writes it, worked out here a second time."""

    def write(token, side, topics, *, name="answers.json", at="2026-08-05T18:30:00.000Z", **more):
        answers = {"topics": topics, "review": {}, "anything_else": ""} | more
        whole = {
            "form": "cppp-parent-form",
            "version": 1,
            "token": token,
            "for": side,
            "saved_at": at,
            "answers": answers,
        }
        covered = json.dumps(whole, indent=1, ensure_ascii=False)[:-2]
        path = tmp_path / name
        text = f'{covered},\n "check": "{zlib.crc32(covered.encode()):08x}"\n}}\n'
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return write


@pytest.fixture
def read(cppp):
    def run(path, *more, code=0):
        done = cppp("agreement", "read", path, *more)
        assert done.code == code, done.out + done.err
        return done

    return run


@pytest.fixture
def stands(look, shelf):
    return lambda family: look(lambda db: ledger.entries(db, shelf.cases[family]))


@pytest.fixture
def add(look, shelf):
    """Put an entry into the plan of a family."""

    def put(family, **said):
        answers = {path: Answer(value) for path, value in said.items()}
        answers = {
            "topic": Answer("house_rules"),
            "children": Answer(("all",)),
            "state": Answer("not_agreed"),
        } | answers

        def write(db):
            item = ledger.new_entry(db, shelf.cases[family])
            ledger.add(db, shelf.cases[family], item, answers, lambda: NOW)
            return int(item.removeprefix("entry."))

        return look(write)

    return put


def one(**answer):
    return {"all": answer}


# ------------------------------------------------------------------------------------------ what leaves the desk


def test_a_form_is_written_and_remembered(form, token, everything, look, shelf, mine, side):
    before = everything()
    done, page = form(mine, side)
    assert str(page) in done.out
    after = everything()
    (made,) = (row for row in after["parent_form"] if row not in before["parent_form"])
    assert (made["case_id"], made["side"], made["read_at"]) == (shelf.cases[mine], side.upper(), None)
    assert made["token"] in page.read_text(encoding="utf-8")
    assert len(after["event"]) == len(before["event"]) + 1
    assert after["ledger_version"] == before["ledger_version"]
    other = "b" if side == "a" else "a"
    assert f"--for parent-{other}" in done.err, "it is offered to both alike"
    done, _ = form(mine, other)
    assert "has not been offered" not in done.err


@pytest.mark.parametrize(
    "said", [{"safe": "no"}, {"safe": {"skip": "not known"}}, {"safe": None}, {"way": None}, {"topics": None}]
)
def test_no_form_is_made_when_it_is_not_safe_or_not_said(form, everything, mine, said):
    before = everything()
    _, page = form(mine, "a", code=3, **said)
    assert page is None
    assert everything() == before


def test_no_form_is_made_at_the_desk_unless_it_is_safe(cppp, shelf, monkeypatch, everything, tmp_path):
    replies = iter(["no", Left("")])

    said = []

    class Asker:
        def ask(self, _):
            reply = next(replies)
            if isinstance(reply, Left):
                raise reply
            return reply

        def say(self, text):
            said.append(text)

        def section(self, *_):
            pass

    monkeypatch.setattr(office, "asker", lambda **_: Asker())
    before = everything()
    done = cppp("agreement", "form", shelf.references["family-1"], "--for", "parent-a", "--out", tmp_path / "out")
    assert done.code == 130
    assert any("no form is made" in text for text in said)
    assert not (tmp_path / "out").exists()
    assert everything() == before


@pytest.mark.parametrize("words", [(), ("--for", "Daniel"), ("--for", "a"), ("--for", "parent-A")])
def test_a_form_is_for_one_side(cppp, shelf, everything, words):
    before = everything()
    done = cppp("agreement", "form", shelf.references["family-1"], *words, "--no-input")
    assert done.code == 2
    assert everything() == before


def test_nobody_is_named_in_a_files_name(form, shelf, mine, side):
    _, page = form(mine, side)
    name = page.name.casefold()
    people = [*CHILDREN[mine], *ADULTS[mine].values(), "Ashdown", shelf.references[mine], "Birch", "court"]
    assert not [word for word in people if word.casefold() in name]


SHOWN, HIDDEN = "Shown", "Hidden"


def marked(family, side):
    """Entries of which only what holds the word "Shown" may be read by this side."""
    other = "b" if side == "a" else "a"
    hidden = {"asked_" + other: "HiddenAsked", "offered_" + other: "HiddenOffer", "offer_told_" + other: "yes",
              f"court_{other}_as": "own_words", "court_" + other: "HiddenPut", "court_asked": "HiddenQuestion",
              "offered_" + side: "HiddenOwnOffer", "offer_told_" + side: "no", "conditions": "HiddenCondition",
              "for_child": "HiddenTold"}  # fmt: skip
    shown = {"conditions": "ShownCondition", "has_steps": "yes", "steps.1.starts": "ShownStart",
             "steps.1.words": "ShownStep"}  # fmt: skip
    both = {"yes_a_on": DAY, "yes_b_on": DAY}
    return [
        {"topic": "handovers", "state": "agreed", "wording": "ShownAgreed", **both, **hidden, **shown},
        {
            "topic": "handovers",
            "state": "agreed",
            "wording": "ShownForOne",
            "children": ("2",),
            **both,
            **hidden,
            **shown,
        },
        {"topic": "health", "state": "agreed_in_principle", "wording": "HiddenInPrinciple", **both, **hidden},
        {"topic": "education", "state": "not_agreed", "wording": "HiddenFormer", f"asked_{side}": "ShownOwn", **hidden},
        {"topic": "money", "state": "for_court", "wording": "HiddenFormer", f"asked_{side}": "ShownOwnToo", **hidden},
        {"topic": "travel", "state": "withdrawn", "wording": "HiddenGone", f"asked_{side}": "HiddenGoneOwn", **hidden},
        {"topic": "other", "topic_other": "HiddenTopic", "state": "progress", **hidden},
    ]


def test_a_form_shows_what_both_agreed_and_ones_own_words_and_nothing_else(form, add, look, shelf, mine, side):
    for family in FAMILIES:
        for said in marked(family, side):
            words = {
                p: f"{v}{family[-1]}" if isinstance(v, str) and v[:5] in {SHOWN, "Hidde"} else v
                for p, v in said.items()
            }
            add(family, **words)

    def hide(db):
        for family in FAMILIES:
            for table in ("statement", "letter"):
                for number, row in enumerate(
                    list(db.query(f"SELECT * FROM {table} WHERE case_id = ?", [shelf.cases[family]]))
                ):
                    with db.recorder.because("test"):
                        db.execute(f"UPDATE {table} SET words = ? WHERE session_id = ? AND number = ?",
                                   [f"HiddenSaid{number}", row["session_id"], row["number"]])  # fmt: skip
            draft = ledger.LedgerSheet(db, shelf.cases[family], "entry.1")
            draft.put("wording", Answer("HiddenDraft"))
            draft.keep_unfinished("conditions", "HiddenHalfTyped")
            for session in sessions.of_case(db, shelf.cases[family]):
                with db.recorder.because("test"):
                    db.execute("UPDATE session_answer SET value = '\"HiddenSession\"' WHERE session_id = ? AND value LIKE '\"%'",
                               [session.id])  # fmt: skip

    look(hide)
    _, page = form(mine, side)
    text = page.read_text(encoding="utf-8")
    found = set(re.findall(r"(?:Shown|Hidden)\w*", text))
    assert found == {f"{word}{mine[-1]}" for word in ("ShownAgreed", "ShownForOne", "ShownOwn", "ShownOwnToo",
                                                  "ShownCondition", "ShownStart", "ShownStep")}  # fmt: skip


def test_a_form_has_first_names_only_and_nobody_of_the_other_family(form, shelf, families, stands, mine, side):
    _, page = form(mine, side)
    text = html.unescape(page.read_text(encoding="utf-8"))
    for found in stands(mine):
        text = text.replace(found.wording or "\0", "")  # words both said yes to stay theirs, names and all
    for name in (*CHILDREN[mine], *ADULTS[mine].values()):
        assert name in text
    for name in (*CHILDREN[OTHER[mine]], *ADULTS[OTHER[mine]].values()):
        assert not re.search(rf"\b{name}\b", text)
    given = families.load(mine)["new-case"]
    private = [str(value) for path, value in given.items()
               if re.search(r"(address|phone|email|born|case_number|judge|court|full_name)$", path)]  # fmt: skip
    assert len(private) > 5
    assert [value for value in private if value in text] == []
    assert shelf.references[mine] not in text
    assert "Ashdown" not in text


def test_two_children_called_alike_are_told_apart(form, look, shelf):
    def call(db):
        cases.sheet(db, shelf.cases["family-1"], lambda: NOW).put("children.2.called", Answer("Isla"))

    look(call)
    _, page = form("family-1", "a")
    text = page.read_text(encoding="utf-8")
    assert "Isla (1)" in text
    assert "Isla (2)" in text


def test_a_confidential_detail_in_what_both_agreed_keeps_the_form_here(form, add, look, shelf, everything):
    given = look(lambda db: cases.load(db, shelf.cases["family-1"]))
    (address,) = [adult.address.text for adult in given.adults if adult.address and adult.address.confidential]
    add("family-1", topic="handovers", state="agreed", wording=f"At {address}.", yes_a_on=DAY, yes_b_on=DAY)
    before = everything()
    done, page = form("family-1", "a", code=4)
    assert page is None
    assert address not in done.err
    assert everything() == before


# ------------------------------------------------------------------------------------------ what comes back


def test_answers_become_that_sides_proposals_and_agree_nothing(form, token, saved, read, stands, add, mine, side):
    other = "b" if side == "a" else "a"
    number = add(mine, **{f"asked_{other}": "Theirs", f"asked_{side}": "Before", f"court_{side}_as": "as_asked"})
    settled = add(
        mine, topic="relocation_name", state="agreed", wording="No change of name.", yes_a_on=DAY, yes_b_on=DAY
    )
    before = {e.number: e for e in stands(mine)}
    form(mine, side)
    topics = {
        "house_rules": one(asked="After", offered="Bed at eight", offer_may_be_told=False),
        "relocation_name": one(asked="I would change it now"),
        "wider_family": {"all": {"asked": "Everybody"}, "children": {"child-2": {"asked": "Only for the second"}}},
        "priority": {"declined": True},
    }
    # Topics that are not offered to parents by this form are none of theirs.
    path = saved(token(mine), side, topics, review={"months": 6}, anything_else="Thank you")
    done = read(path, "--yes")
    after = {e.number: e for e in stands(mine)}
    mine_now = getattr(after[number], side)
    assert (mine_now.asked, mine_now.offered, mine_now.told_offer) == ("After", "Bed at eight", "")
    assert mine_now.to_court == "Before", "new words are not put to the court unasked"
    assert getattr(after[number], other) == getattr(before[number], other)
    assert after[settled].is_agreed
    assert after[settled].wording == "No change of name."
    changed = {n for n in before if after[n] != before[n]}
    for n in changed:
        assert getattr(after[n], other) == getattr(before[n], other)
        assert (after[n].state, after[n].wording, after[n].agreed_on) == (
            before[n].state,
            before[n].wording,
            before[n].agreed_on,
        )
        assert after[n].children == before[n].children
    fresh = [e for n, e in after.items() if n not in before]
    assert not [e for e in fresh if e.is_agreed or e.a.yes_on or e.b.yes_on]
    assert {(e.topic, e.children) for e in fresh if e.topic == "wider_family"} == {
        ("wider_family", ("1",)), ("wider_family", ("2",))
    }  # fmt: skip
    assert all(version.source == "form" for e in fresh for version in e.versions)
    assert "Kept: proposals" in done.out
    assert any("After 6 months." in getattr(e, side).asked for e in after.values())
    assert [getattr(e, side).asked for e in fresh if e.topic_other == "Anything else"] == ["Thank you"]


def test_reading_twice_changes_nothing_and_what_would_change_is_shown_before(
    form, token, saved, read, everything, mine
):
    form(mine, "a")
    path = saved(token(mine), "a", {"house_rules": one(asked="[b]Bed[/b] at {a}\n{{ eight }}", offered="x" * 5_000)})
    before = everything()
    shown = json.loads(read(path, "--json").out)["result"]
    assert everything() == before
    assert shown["kept"] is False
    (change,) = shown["changes"]
    said = [line["after"] for line in change["changes"]]
    assert "[b]Bed[/b] at {a}\n{{ eight }}" in said
    assert "x" * 5_000 in said
    done = read(path, code=3)  # nobody is there to say yes
    assert "[b]Bed[/b] at {a}\n{{ eight }}" in done.out
    assert everything() == before
    kept = json.loads(read(path, "--json", "--yes").out)["result"]
    assert (kept["kept"], kept["changes"]) == (True, shown["changes"])
    once = everything()
    assert once != before
    assert json.loads(read(path, "--json", "--yes").out)["result"] == {"kept": False, "changes": []}
    assert "nothing that is not in the plan already" in read(path, "--yes").out
    assert everything() == once


def test_somebody_who_says_no_keeps_nothing(form, token, saved, cppp, monkeypatch, everything, mine):
    form(mine, "b")
    path = saved(token(mine), "b", {"house_rules": one(asked="Bed at eight")})
    before, shown = everything(), []

    class Asker:
        def ask(self, prompt):
            shown.append(prompt.text)
            return "no"

        def say(self, _):
            pass

    monkeypatch.setattr(office, "asker", lambda **_: Asker())
    done = cppp("agreement", "read", path)
    assert (done.code, len(shown)) == (0, 1)
    assert "Bed at eight" in done.out
    assert "Nothing was changed" in done.err
    assert everything() == before


def test_what_changed_meanwhile_is_not_written_over(
    form, token, saved, cppp, monkeypatch, look, shelf, stands, add, mine
):
    number = add(mine, asked_a="Old", asked_b="Old")
    form(mine, "a")
    path = saved(token(mine), "a", {"house_rules": one(asked="From the form")})

    class Asker:
        def ask(self, _):
            def change(db):
                item, case_id = f"entry.{number}", shelf.cases[mine]
                ledger.add(
                    db, case_id, item, ledger.answers(db, case_id, item) | {"asked_b": Answer("Meanwhile")}, lambda: NOW
                )

            look(change)
            return "yes"

        def say(self, _):
            pass

    monkeypatch.setattr(office, "asker", lambda **_: Asker())
    done = cppp("agreement", "read", path)
    assert done.code == 7
    found = next(e for e in stands(mine) if e.number == number)
    assert (found.a.asked, found.b.asked) == ("Old", "Meanwhile")


def test_a_file_of_another_case_or_side_is_refused(form, token, saved, read, shelf, everything, mine):
    form(mine, "a")
    of_a = token(mine)
    form(OTHER[mine], "a")
    path = saved(of_a, "a", {"house_rules": one(asked="Marker")})
    before = everything()
    for more in (("--case", shelf.references[OTHER[mine]]), ("--for", "parent-b")):
        done = read(path, "--yes", *more, code=4)
        assert "Marker" not in done.out + done.err
    swapped = saved(of_a, "b", {"house_rules": one(asked="Marker")}, name="swapped.json")
    assert "other side" in read(swapped, "--yes", code=4).err
    unknown = saved("ABCDEFGHJKMN", "a", {"house_rules": one(asked="Marker")}, name="unknown.json")
    read(unknown, "--yes", code=4)
    assert everything() == before
    read(path, "--yes", "--case", shelf.references[mine], "--for", "parent-a")
    after = everything()
    mine_only = [row for row in after["ledger_answer"] if row not in before["ledger_answer"]]
    assert {row["case_id"] for row in mine_only} == {shelf.cases[mine]}


def test_an_answer_the_form_did_not_ask_for_is_refused(form, token, saved, read, everything):
    form("family-1", "a")
    for topics in ({"nonsense": one(asked="Marker")}, {"house_rules": {"children": {"child-9": {"asked": "Marker"}}}},
                   {"house_rules": one(options={"nonsense": {}})}, {"house_rules": one(yes_a_on=DAY)},
                   {"house_rules": one(asked="x" * 10_001)}):  # fmt: skip
        before = everything()
        done = read(saved(token("family-1"), "a", topics), "--yes", code=3)
        assert "Marker" not in done.err
        assert everything() == before


@pytest.mark.parametrize("how", ["cut", "changed", "empty", "html", "not text", "missing", "a folder", "json"])
def test_a_damaged_file_is_refused_without_a_word_of_it(form, token, saved, read, everything, tmp_path, how):
    _, page = form("family-1", "a")
    path = saved(token("family-1"), "a", {"house_rules": one(asked="Marker of a parent")})
    data = path.read_bytes()
    damaged = {"cut": data[:-30], "changed": data.replace(b"Marker of", b"Marken of"), "empty": b"", "json": b"{}",
               "html": page.read_bytes(), "not text": b"\xff\xfe\x00\x01"}  # fmt: skip
    if how in damaged:
        path.write_bytes(damaged[how])
    else:
        path = tmp_path / "nowhere.json" if how == "missing" else tmp_path
    before = everything()
    for more in ((), ("--yes",), ("--json",), ("--json", "--yes")):
        done = read(path, *more, code=3)
        assert not re.search("Marke[rn] of", done.out + done.err)
        assert everything() == before


def test_a_closed_case_takes_no_answers(form, token, saved, read, cppp, shelf, answers_file, everything):
    form("family-1", "a")
    path = saved(token("family-1"), "a", {"house_rules": one(asked="Late")})
    closed = answers_file(closed_on="2026-08-05", record_confirmed="yes", due_on="2027-08-05")
    assert cppp("case", "close", shelf.references["family-1"], "--answers", closed, "--no-input").code == 0
    before = everything()
    read(path, "--yes", code=4)
    assert everything() == before


def test_what_one_parent_asks_for_is_not_told_by_its_form_to_the_other(form, token, saved, read, mine):
    form(mine, "a")
    read(
        saved(token(mine), "a", {"house_rules": one(asked="Quince", offered="Medlar", offer_may_be_told=True)}), "--yes"
    )
    _, page = form(mine, "b", out="for-b")
    assert not re.search("Quince|Medlar", page.read_text(encoding="utf-8"))
    _, page = form(mine, "a", out="for-a")
    text = page.read_text(encoding="utf-8")
    assert "Quince" in text
    assert "Medlar" not in text


def test_a_wish_for_a_review_is_kept_beside_words_on_the_review(form, token, saved, read, stands, mine, side):
    form(mine, side)
    path = saved(
        token(mine), side, {"review": one(asked="Meet at the library")}, review={"words": "In spring", "sooner": "Ill"}
    )
    read(path, "--yes")
    asked = [getattr(e, side).asked for e in stands(mine) if e.topic == "review"]
    assert any("Meet at the library" in words and "In spring" in words and "Ill" in words for words in asked)


def test_undo_takes_a_reading_back_whole(form, token, saved, read, cppp, shelf, everything, mine):
    form(mine, "a")
    before = everything()
    path = saved(token(mine), "a", {"house_rules": one(asked="One"), "priority": one(asked="Two")})
    read(path, "--yes")
    assert cppp("undo", shelf.references[mine], "--yes").code == 0
    after = everything()
    told = ("parent_form",)  # that it was read happened, and stays told
    assert {t: rows for t, rows in after.items() if t not in told} == {t: r for t, r in before.items() if t not in told}
    assert "were kept before" in read(path, "--yes").err


def test_the_questions_before_a_form_can_be_filled_in(cppp, shelf, tmp_path):
    done = cppp("agreement", "form", shelf.references["family-1"], "--questions")
    assert done.code == 0
    lines = {"safe": '"yes"', "way": '"paper"', "topics": '["usual"]'}
    filled = re.sub(r"^# (safe|way|topics) = .*$", lambda m: f"{m[1]} = {lines[m[1]]}", done.out, flags=re.MULTILINE)
    path = tmp_path / "filled.toml"
    path.write_text(filled, encoding="utf-8")
    done = cppp("agreement", "form", shelf.references["family-1"], "--for", "parent-b", "--answers", path, "--no-input",
                "--out", tmp_path / "out")  # fmt: skip
    assert done.code == 0, done.err
    assert len(list(Path(tmp_path / "out").glob("*.html"))) == 1


# ------------------------------------------------------------------------------------------ words for the court


def printed(cppp, shelf, family, folder):
    """The plan and the report of a family, and nothing else."""
    text = ""
    for command, more in (("plan", ()), ("report", ("--no-input",))):
        done = cppp(command, shelf.references[family], "--format", "md", "--out", folder / command, *more)
        assert done.code == 0, done.err
        text += "".join(page.read_text(encoding="utf-8") for page in (folder / command).glob("*.md"))
    return text


@pytest.mark.parametrize("put", [None, "own_words", "as_asked", "nothing"])
def test_words_for_the_court_are_printed_only_when_the_officer_says_so(
    form, token, saved, read, stands, add, cppp, shelf, answers_file, tmp_path, mine, side, put
):
    other = "b" if side == "a" else "a"
    earlier = {f"court_{side}_as": put, f"court_{side}": "QuinceOld" if put == "own_words" else None}
    number = add(
        mine, **{f"asked_{side}": "QuinceAsked", f"asked_{other}": "Theirs", f"court_{other}_as": "nothing"},
        **{path: said for path, said in earlier.items() if said},
    )  # fmt: skip

    def position():
        return getattr(next(e for e in stands(mine) if e.number == number), side)

    form(mine, side)
    read(saved(token(mine), side, {"house_rules": one(asked="QuinceNew", court_asked="QuinceWish")}), "--yes")
    assert (position().to_court, position().wished) == ("", "QuinceWish")
    assert "Quince" not in printed(cppp, shelf, mine, tmp_path / "before")
    show = ("agreement", "show", shelf.references[mine], "--entry", number)
    assert re.search(r"QuinceWish \(from the\s+form", cppp(*show).out)

    def log(**said):
        paths = {"entries.1.entry": number, **{f"entries.1.{path}": words for path, words in said.items()}}
        path = answers_file(name="log.toml", **paths)
        done = cppp("agreement", "log", shelf.references[mine], "--answers", path)
        assert done.code == 0, done.err

    log(**{f"asked_{other}": "Otherwise"})  # something else is logged first
    assert (position().to_court, position().wished) == ("", "QuinceWish")
    assert "Quince" not in printed(cppp, shelf, mine, tmp_path / "between")
    log(**{f"court_{side}_as": "own_words"})
    assert (position().to_court, position().wished) == ("QuinceWish", "")
    text = printed(cppp, shelf, mine, tmp_path / "after")
    assert set(re.findall(r"Quince\w*", text)) == {"QuinceWish"}
    assert "from the form" not in cppp(*show).out


def test_the_same_words_for_the_court_again_leave_them_put(form, token, saved, read, stands, add, mine, side):
    number = add(mine, **{f"asked_{side}": "Asked", f"court_{side}_as": "own_words", f"court_{side}": "Put"})
    form(mine, side)
    read(saved(token(mine), side, {"house_rules": one(asked="Asked", court_asked="Put", offered="X")}), "--yes")
    found = getattr(next(e for e in stands(mine) if e.number == number), side)
    assert (found.to_court, found.wished, found.offered) == ("Put", "", "X")


# ------------------------------------------------------------------------------------------ what tells on the other


def topics_of(page):
    return re.findall(r'data-topic="([a-z_]+)"', page.read_text(encoding="utf-8"))


def test_no_form_tells_by_its_topics_what_the_other_side_raised(form, add, stands, mine, side):
    other = "b" if side == "a" else "a"
    before = {entry.topic for entry in stands(mine)}
    raised, own, both, court, gone = [s.key for s in FURTHER if s.key in {o.key for o in OFFERED} - before][:5]
    usual = topics_of(form(mine, side, out="usual")[1])
    assert not {raised, own, both, court, gone} & set(usual)
    add(mine, topic=raised, **{f"asked_{other}": "Marker", f"offered_{other}": "Marker", f"offer_told_{other}": "yes"})
    add(
        mine,
        topic=court,
        state="for_court",
        court_asked="Marker",
        **{f"court_{other}_as": "own_words", f"court_{other}": "Marker"},
    )
    add(mine, topic=gone, state="withdrawn", **{f"asked_{side}": "Marker"})
    add(mine, topic=own, **{f"asked_{side}": "ShownOwn"})
    add(mine, topic=both, state="agreed", wording="ShownAgreed", yes_a_on=DAY, yes_b_on=DAY)
    _, page = form(mine, side, out="now")
    assert set(topics_of(page)) == {*usual, own, both}
    text = page.read_text(encoding="utf-8")
    assert "Marker" not in text
    assert "ShownOwn" in text
    _, page = form(mine, other, out="other")
    assert {raised, both} <= set(topics_of(page))
    assert own not in topics_of(page)
    _, page = form(mine, side, out="chosen", topics=[raised])
    assert topics_of(page) == [raised], "a topic that is chosen is there, without a word of the other"
    assert "Marker" not in page.read_text(encoding="utf-8")


def agreed_in(page):
    text = html.unescape(page.read_text(encoding="utf-8"))
    return re.findall(r'<p class="said">(.*?)</p>', text, re.DOTALL)


def test_what_both_agreed_stands_whole_on_the_form(form, add, mine, side):
    first, second = CHILDREN[mine]
    whole = {"topic": "pets", "state": "agreed", "yes_a_on": DAY, "yes_b_on": DAY}
    steps = {"has_steps": "yes", "steps.1.starts": "From May", "steps.1.words": "longer", "steps.2.starts": "From June",
             "steps.2.words": "all day"}  # fmt: skip
    topic = FURTHER[0].key
    add(
        mine,
        **whole | {"topic": topic},
        wording="Marker one",
        conditions="if it is dry",
        until_on="2027-05-01",
        **steps,
    )
    add(mine, **whole | {"topic": topic}, wording="Marker two", children=("2",), instead="yes")
    found = [said for said in agreed_in(form(mine, side, topics=[topic])[1]) if "Marker" in said]
    assert found == [
        (
            f"For {first}:\nMarker one\nOnly on this condition: if it is dry\nFrom May: longer\nFrom June: all day\n"
            "Until Saturday 1 May 2027."
        ),
        f"For {second}:\nMarker two",
    ]
    add(mine, **whole | {"topic": topic}, wording="Marker three", children=("1",), instead="yes")
    found = [said for said in agreed_in(form(mine, side, topics=[topic], out="again")[1]) if "Marker" in said]
    assert found == [f"For {second}:\nMarker two", f"For {first}:\nMarker three"], "what holds for nobody is left out"


def test_what_the_other_side_wants_instead_for_one_child_does_not_show_in_what_both_agreed(form, add, mine, side):
    other = "b" if side == "a" else "a"
    topic = FURTHER[0].key
    add(mine, topic=topic, state="agreed", wording="Marker", yes_a_on=DAY, yes_b_on=DAY)
    add(mine, topic=topic, children=("2",), instead="yes", **{f"asked_{other}": "Secret"})
    assert "Marker" in agreed_in(form(mine, side, topics=[topic])[1])
    assert any(said.startswith("For ") for said in agreed_in(form(mine, other, topics=[topic], out="other")[1]))


# ------------------------------------------------------------------------------------------ whom it is about


def test_where_every_child_has_words_of_its_own_nothing_is_for_nobody(
    form, token, saved, read, stands, everything, mine, side
):
    form(mine, side)
    own = {"child-1": {"asked": "For the first"}, "child-2": {"asked": "For the second"}}
    path = saved(token(mine), side, {"wider_family": {"all": {"asked": "For nobody"}, "children": own}})
    before = {e.number for e in stands(mine)}
    read(path, "--yes")
    fresh = {e.children: getattr(e, side).asked for e in stands(mine) if e.number not in before}
    assert fresh == {("1",): "For the first", ("2",): "For the second"}
    once = everything()
    for more in (("--yes",), ("--yes", "--json")):
        read(path, *more)
    assert everything() == once


def test_a_form_from_before_a_child_came_means_the_children_it_was_made_for(
    form, token, saved, read, stands, look, shelf, everything, mine, side
):
    form(mine, side)
    old = saved(
        token(mine),
        side,
        {
            "wider_family": one(asked="Everybody"),
            "priority": {"children": {"child-1": {"asked": "X"}}, "all": {"asked": "Y"}},
        },
    )

    def come(db):
        sheet = cases.sheet(db, shelf.cases[mine], lambda: NOW)
        for path, said in {"2.more": "yes", "3.full_name": "Robin Teal", "3.born": "2024-01-02"}.items():
            sheet.put(f"children.{path}", Answer(said))

    look(come)
    known = {e.number for e in stands(mine)}
    read(old, "--yes")
    fresh = {(e.topic, e.children) for e in stands(mine) if e.number not in known}
    assert fresh == {("wider_family", ("1", "2")), ("priority", ("1",)), ("priority", ("2",))}
    once = everything()
    read(old, "--yes")
    assert everything() == once
    known = {e.number for e in stands(mine)}
    form(mine, side, out="new")
    read(saved(token(mine), side, {"wider_family": one(asked="All three")}, name="new.json"), "--yes")
    assert [(e.topic, e.children) for e in stands(mine) if e.number not in known] == [("wider_family", ("all",))]


# ------------------------------------------------------------------------------------------ older and newer


@pytest.mark.parametrize("json_too", [(), ("--json",)])
@pytest.mark.parametrize("same_form", [True, False])
def test_older_answers_never_take_the_place_of_newer_ones_unseen(
    form, token, saved, read, stands, everything, add, mine, side, same_form, json_too
):
    number = add(mine, **{f"asked_{side}": "Before"})
    form(mine, side)
    older = saved(
        token(mine), side, {"house_rules": one(asked="Older")}, name="older.json", at="2026-08-03T18:30:00.000Z"
    )
    if same_form:
        read(older, "--yes")
    else:
        form(mine, side)
    newer = saved(
        token(mine), side, {"house_rules": one(asked="Newer")}, name="newer.json", at="2026-08-05T18:30:00.000Z"
    )
    read(newer, "--yes", *json_too)
    before = everything()
    done = read(older, "--yes", *json_too, code=4)
    assert "Newer answers" in done.err + done.out
    assert everything() == before
    assert "Newer answers" in read(older, code=3).err, "who looks is told; nobody is there to say yes"
    assert everything() == before
    read(newer, "--yes", *json_too)
    assert getattr(next(e for e in stands(mine) if e.number == number), side).asked == "Newer"
    other = "b" if side == "a" else "a"
    form(mine, other)
    read(saved(token(mine), other, {"house_rules": one(asked="Theirs")}, at="2026-08-01T18:30:00.000Z"), "--yes")
    found = next(e for e in stands(mine) if e.number == number)
    assert (getattr(found, side).asked, getattr(found, other).asked) == ("Newer", "Theirs")


def test_no_answers_come_in_before_a_case_that_came_is_confirmed(form, token, saved, read, shelf, look, everything):
    form("family-1", "a")
    path = saved(token("family-1"), "a", {"house_rules": one(asked="Early")})
    came = {"case_id": shelf.cases["family-1"], "came_on": "2026-08-05", "came_from": "Ngozi Adeyemi"}
    look(lambda db: db.table("handover").insert(came))
    before = everything()
    for more in ((), ("--yes",), ("--json",), ("--json", "--yes")):
        done = read(path, *more, code=4)
        assert "cppp case confirm" in done.err + done.out
        assert "Early" not in done.err + done.out
    assert everything() == before
